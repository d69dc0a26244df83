/**
 * What a check of a log has to say: findings, as data.
 *
 * Each names its requirements, who did what where, and what would have conformed. A finding is a *root*, or it is
 * *derived*: what came of an earlier mistake, which it names. Severity follows the strongest word of its requirements:
 * MUST is an error, SHOULD a warning, MAY nothing; a step that the protocol refuses is an error in any case, and so is a
 * line that cannot be read. Acknowledgements that are owed are a warning, wherever the requirements have them.
 *
 * @module
 */
import type { Id, Moment } from '../protocol/message.js'

/** How bad it is. */
export type Severity = 'error' | 'warning' | 'none'

/** Until when what is missing was tolerable: the next step of whoever owed it, the end of the log, or a moment that was agreed or required. */
export interface Tolerable {
  /** The place of that entry, from 0; absent for a moment. */
  readonly entry?: number
  readonly at?: Moment
}

/** One finding of a check. */
export interface Breach {
  /** What was found: the name of a check, or of a fault of the log itself. */
  readonly kind: string
  readonly requirements: ReadonlyArray<string>
  readonly severity: Severity
  /** The place of the entry in the log, from 0; -1 for a line that could not be read. */
  readonly entry: number
  /** The line of the log, from 1, where the log was read from text. */
  readonly line?: number
  /** Whose doing it is. */
  readonly participant?: Id
  /** The message that it is about: the one that was sent, or the one that made something due. */
  readonly message?: Id
  /** The row of the protocol that governs. */
  readonly rule?: string
  /** What would have conformed. */
  readonly expected: ReadonlyArray<string>
  /** What there was; empty where something is missing. */
  readonly got: ReadonlyArray<string>
  readonly tolerable?: Tolerable
  readonly root: boolean
  /** The place of the root in the list of findings, where that is known. */
  readonly cause?: number
}

/** What each kind of finding means, in a sentence without its particulars. Those of the other checks are in `checkNames`. */
export const breachKinds = {
  'refused': 'a step that the protocol does not allow there; it changed nothing',
  'advised-against': 'a step that is allowed and should not be taken',
  'unexpected': 'a receipt that is answered with an error; no requirement says whose fault it is',
  'unspecified': 'a receipt that the published tables have no row for',
  'wrong-reply': 'an acknowledgement or error that is not what the receipt calls for',
  'missing-reply': 'an answer that was due and never came',
  'missing-announcement': 'a change that was to be told to the others and was not',
  'time-order': 'an effect that was surely over before its cause began',
  'impossible': 'a recorded fact that the state before it rules out',
  'unknown-participant': 'a reference to a participant that the log does not have',
  'unknown-message': 'a reference to a message that the log does not have',
  'departed': 'a message of or to somebody who has left the case',
  'conflicting-id': 'one id, two contents; the second is not applied',
  'other-case': 'a message of another case',
  'unreadable': 'a line that cannot be read',
} as const

const list = (all: ReadonlyArray<string>): string => all.join(', ') || 'nothing'

/** One sentence on a finding, with its requirements. */
export const describeBreach = (breach: Breach): string => {
  const { cause, expected, got, kind, message, participant, requirements, root, tolerable } = breach
  const who = participant === undefined ? '' : ` ${participant}`
  const about = message === undefined ? '' : ` (${message})`
  const until = tolerable === undefined ? '' : `, tolerable until ${tolerable.at ?? `entry ${(tolerable.entry ?? 0) + 1}`}`
  const derived = root ? '' : cause === undefined ? ', derived' : `, follows from finding ${cause + 1}`
  const cited = requirements.length === 0 ? '' : ` [${requirements.join(' ')}]`
  return `${kind}:${who}${about}${who === '' && about === '' ? '' : ':'} expected ${list(expected)}; got ${list(got)}${until}${derived}${cited}`
}
