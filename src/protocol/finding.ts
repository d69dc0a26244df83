/**
 * What a replay has to say about a log: findings, as data.
 *
 * A finding names the entry, the participant, the message and the rule, and says what was expected and what came. The
 * sentences are made by {@link describeFinding}.
 *
 * @module
 */
import type { Id } from './message.js'

/**
 * - `refused`: a send or a local step that the protocol does not allow there; it changed nothing;
 * - `unexpected`: a receipt that the protocol answers with an error (RE or EE);
 * - `unspecified`: a receipt that the published tables have no row for;
 * - `wrong-reply`: an acknowledgement or error that is not what the receipt calls for;
 * - `missing-reply`: an answer that was due and never came;
 * - `missing-announcement`: a change that was to be told to the others and was not;
 * - `time-order`: an effect that was surely over before its cause began;
 * - `impossible`: a recorded fact that the state before it rules out;
 * - `unknown-participant`, `unknown-message`: a reference to what the log does not have;
 * - `departed`: a message of somebody who has left the case or was excluded; it changed nothing;
 * - `conflicting-id`: one id, two contents; the second is not applied;
 * - `other-case`: a message of another case; it is not applied.
 */
export type FindingKind =
  | 'refused' | 'unexpected' | 'unspecified' | 'wrong-reply' | 'missing-reply' | 'missing-announcement' | 'time-order'
  | 'impossible' | 'unknown-participant' | 'unknown-message' | 'departed' | 'conflicting-id' | 'other-case'

/** One thing that is not as the protocol has it. */
export interface Finding {
  readonly kind: FindingKind
  /** The place of the entry in the log, from 0. */
  readonly entry: number
  readonly participant?: Id
  readonly message?: Id
  /** The rule that decided, or that governs. */
  readonly rule?: string
  readonly requirements: ReadonlyArray<string>
  /** What would have been right: types, steps, ids or moments, as the kind has it. */
  readonly expected: ReadonlyArray<string>
  /** What there was instead. */
  readonly got: ReadonlyArray<string>
}

const what = (finding: Finding): string => {
  const who = finding.participant ?? 'somebody'
  const got = finding.got.join(' ') || 'nothing'
  const expected = finding.expected.join(' ') || 'nothing'
  const message = finding.message === undefined ? 'it' : `message ${finding.message}`
  switch (finding.kind) {
    case 'refused':
      return `${got} by ${who} is not allowed here; allowed: ${expected}`
    case 'unexpected':
      return `${who} did not expect ${message}, and answers ${expected} to ${got}`
    case 'unspecified':
      return `the published tables have no row for ${who} to receive ${got} here`
    case 'wrong-reply':
      return `${who} answers ${message} with ${got}; due: ${expected}`
    case 'missing-reply':
      return `${who} never answered ${message}; due: ${expected}`
    case 'missing-announcement':
      return `${who} never told the others; due: ${expected}`
    case 'time-order':
      return `${got} is over before ${expected}, which it follows from`
    case 'impossible':
      return `${got} cannot be so for ${who} here; possible: ${expected}`
    case 'unknown-participant':
      return `${got} is no participant of the case; known: ${expected}`
    case 'unknown-message':
      return `${got} is no message that ${who} has`
    case 'departed':
      return `${who} is no longer in the case, and ${message} changes nothing`
    case 'conflicting-id':
      return `${got} stands for two different messages; the second is not applied`
    case 'other-case':
      return `${message} belongs to case ${got}, not to ${expected}`
  }
}

/** One sentence on a finding, with its rule and requirements. */
export const describeFinding = (finding: Finding): string => {
  const cited = [...(finding.rule === undefined ? [] : [finding.rule]), ...finding.requirements].join(', ')
  return `${finding.kind}: ${what(finding)}${cited === '' ? '' : ` (${cited})`}`
}
