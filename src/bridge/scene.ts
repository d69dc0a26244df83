/**
 * What goes into the reading of a source, and what comes out of it.
 *
 * @module
 */
import type { LogEntry, Observation } from '../protocol/log.js'
import type { Id, Message, Moment } from '../protocol/message.js'
import type { Participant } from '../protocol/participant.js'
import type { Refusal } from '../protocol/refusal.js'
import type { Protocol } from '../protocol/transition.js'
import type { Lie } from './dates.js'
import type { Answer, Bridge, BridgeRow, Part } from './row.js'

/** The case that a record is about, as its caller knows it. */
export interface Scene {
  readonly case: Id
  /** Everybody in the case, as the log leaves them. */
  readonly participants: ReadonlyArray<Participant>
  /** Who has which part towards the source. */
  readonly parties: Readonly<Partial<Record<Part, Id>>>
  /** When the source was read. */
  readonly seen: Moment
  /** Answers to questions, by the id of the question; `refused` answers all those about what the state does not allow. */
  readonly policy?: Readonly<Record<string, string>>
  /** Under which ids the case knows those whom the source names. */
  readonly names?: Readonly<Record<string, Id>>
  /** The embargo in force or proposed. */
  readonly embargo?: Id
  /** The adopted reading when absent. */
  readonly protocol?: Protocol
}

/** Something odd in a source, or about how it was read. */
export interface BridgeWarning {
  readonly kind: Lie | 'cannot be undone' | 'nobody named' | 'not in the case' | 'newcomer' | 'no such answer'
  /** The row, or the place in the record. */
  readonly where: string
  readonly what: string
}

/** What the source, or the state, leaves open. */
export interface Undecided {
  /** What a policy answers it by. A question about one of several newcomers is answered by the id without the newcomer, too, for all of them. */
  readonly id: string
  readonly row: string
  readonly question: string
  readonly answers: ReadonlyArray<Answer>
  /** Why the state does not allow it, where that is the question. */
  readonly refusal?: Refusal
  /** Whom it is about, where the row holds for each newcomer. */
  readonly newcomer?: Id
  readonly at: Moment
}

/** What a change means. */
export interface Observed {
  /** Messages and observations, in the order in which they belong into the log. */
  readonly entries: ReadonlyArray<LogEntry>
  readonly messages: ReadonlyArray<Message>
  readonly observations: ReadonlyArray<Observation>
  readonly warnings: ReadonlyArray<BridgeWarning>
  readonly undecided: ReadonlyArray<Undecided>
  /** Everybody as the entries leave them. */
  readonly participants: ReadonlyArray<Participant>
  /** The rows that were met, whatever came of it. */
  readonly rows: ReadonlyArray<string>
}

/** Two snapshots of a record, the first only where there is none before. */
export interface Change {
  readonly before?: unknown
  readonly now: unknown
}

/** The longest piece of a source's own id that goes into an id here; with the rest it stays within the length of an id. */
export const KEY = 120
/** A piece of a source's own id, cut to that length. */
export const keyOf = (text: string): string => (text.length > KEY ? text.slice(0, KEY).toWellFormed() : text)

/** One reading of one record. */
export interface Reading {
  readonly bridge: Bridge
  readonly scene: Scene
  readonly protocol: Protocol
  readonly record: string
  readonly states: Map<Id, Participant>
  /** What was received in this reading makes these due, by the type and who owes it. */
  readonly owed: Set<string>
  readonly entries: LogEntry[]
  readonly warnings: BridgeWarning[]
  readonly undecided: Undecided[]
  readonly rows: string[]
  readonly change: Change
  readonly report: Moment | undefined
}

/** A row that was met: when, under which id, about and to whom. */
export interface Met {
  readonly row: BridgeRow
  readonly at: Moment
  readonly id: string
  readonly newcomer?: Id
}
