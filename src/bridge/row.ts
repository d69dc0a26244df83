/**
 * The form in which a bridge is written down: rows.
 *
 * A row says which change in a source tells of which step of the protocol, who makes that step, and how well the source
 * says so. One interpreter (`observe.ts`) reads all bridges. A row names messages, never states: whether a message may be
 * sent is for the protocol to say.
 *
 * Three things a row cannot do. It cannot speak for somebody who is not named: what it says is then an observation. It
 * cannot guess: where the source leaves open what was meant, it asks ({@link Question}), and an inferred row always asks.
 * It cannot undo: what is terminal or only ever rises stays, and the row says so with an inquiry (GI) that gives the reason.
 *
 * @module
 */
import type { MessageType } from '../protocol/message.js'

/**
 * How well a source says what a row takes from it: `exact`, it says just that; `lossy`, it says less than the protocol
 * tells apart, or several things with one word; `inferred`, it shows something from which that may be concluded.
 */
export const qualities = ['exact', 'lossy', 'inferred'] as const

/** One of {@link qualities}. */
export type Quality = (typeof qualities)[number]

/** The parts that sources know. A part is a participant's place towards the source, not all its roles. */
export const parts = ['reporter', 'vendor', 'coordinator', 'deployer'] as const

/** One of {@link parts}. */
export type Part = (typeof parts)[number]

/** A value that is compared. */
export type Scalar = string | number | boolean

/** What is asked of the values at a path: that there are any, that there are none, that one of some is among them, or none of some. */
export type Test = 'something' | 'nothing' | ReadonlyArray<Scalar> | { readonly not: ReadonlyArray<Scalar> }

/** A condition on one path: what was there in the snapshot before, and what is there now. Before the first snapshot, nothing was there. */
export interface Condition {
  readonly path: string
  readonly was?: Test
  readonly is?: Test
}

/** Messages that are sent one after the other, each on its own. What is so already is left out. */
export type Sayings = ReadonlyArray<MessageType>

/** One answer to a question. Several sayings are alternatives: the first that the state allows; no saying means that nothing is said. */
export interface Answer {
  readonly answer: string
  readonly meaning: string
  readonly says: ReadonlyArray<Sayings>
}

/** What a source leaves open. */
export interface Question {
  readonly question: string
  readonly answers: ReadonlyArray<Answer>
}

/** One row of a bridge. */
export interface BridgeRow {
  /** Unique in its bridge; a policy names it. */
  readonly id: string
  /** All must hold. */
  readonly when: ReadonlyArray<Condition>
  /** Whose word it is. `observer` is nobody in the case: what it says is evidence, never a message. */
  readonly speaker: Part | 'observer'
  /** Whom it is about, where that is not the speaker. */
  readonly about?: Part
  /** The one recipient; everybody else in the case when absent. */
  readonly to?: Part
  /** A list, and the name of an item: the row holds once for each item that was not there before, which is the recipient. */
  readonly each?: { readonly path: string; readonly name: string }
  /** Alternatives: the first whose messages the state allows. Absent where the row asks. */
  readonly says?: ReadonlyArray<Sayings>
  readonly asks?: Question
  /** The change takes something back that the protocol does not: the reason that the inquiry gives. */
  readonly undone?: string
  /** For CP, CX and CA: the speaker's own doing. */
  readonly cause?: 'own' | 'observed'
  /** Where its time is written, the best place first; between the two snapshots when absent. */
  readonly at?: ReadonlyArray<string>
  /** Where the end of an embargo that it proposes is written. */
  readonly until?: ReadonlyArray<string>
  readonly quality: Quality
  /** What it rests on besides the payload. */
  readonly needs?: string
  readonly note: string
}

/** A bridge: where a source keeps what every source has, and the rows. */
export interface Bridge {
  /** Short; ids of messages begin with it. */
  readonly name: string
  /** Where this was read. */
  readonly source: string
  /** `second-hand` where not the source's own documents or payloads were read. */
  readonly read: 'first-hand' | 'second-hand'
  /** Where the id of a record is, the best place first. */
  readonly id: ReadonlyArray<string>
  /** Where it says when the record was last changed. */
  readonly changed: ReadonlyArray<string>
  /** Where it says when the report came in. */
  readonly created?: ReadonlyArray<string>
  readonly title?: ReadonlyArray<string>
  /** Where its CVE and other ids are. */
  readonly vulnerabilities?: ReadonlyArray<string>
  /** A time at midnight UTC, or without a zone, is a bare date: that is how its tools write one. */
  readonly midnightIsDay?: boolean
  readonly rows: ReadonlyArray<BridgeRow>
}
