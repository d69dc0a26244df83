/**
 * The form in which a protocol is written down: rows.
 *
 * The machines say what an event does. Rows say when a message may be sent, what sending or receiving it fires, and what
 * is answered. **A row names events, never target states**, so that it cannot contradict the machines; and everything
 * that decides about legality is a row or a guard of a row. The engine (`compile.ts`) knows no message type.
 *
 * For one message type and direction, the first row whose guards hold decides. Without a row, a send is refused, and a
 * receipt is unspecified.
 *
 * Two more kinds of row couple the machines, as the adopted reading needs it (the published one has none):
 *
 * - *forced* rows fire on their own in a state that may only be passed through, before the message is looked at;
 * - *consequences* fire after an event, wherever that came from: a report received by becoming aware, an embargo that
 *   ends because the vulnerability is public.
 *
 * Case-state patterns are written as the standard prints them: six characters, a dot for any letter; the first three
 * may be dots only, which also fits participants without a fix path. Four characters are a deployer's state. A leading
 * `!` negates.
 *
 * @module
 */
import type { CsEvent } from './cs.js'
import type { EmEvent, EmState } from './em.js'
import type { LocalEvent } from './log.js'
import type { MessageType } from './message.js'
import type { RmEvent, RmState } from './rm.js'

/** A message type, or the pair CX and CP that the standard's send table has as one row. */
export type RowType = MessageType | 'CX+CP'

/** Which way a message goes, seen from the participant. */
export type Way = 'sent' | 'received'

/** What of a message, besides its types, decides what it does. */
export interface Context {
  /** Whether CV, CF, CD are about the sender itself or relay somebody else's state. */
  readonly subject: 'own' | 'other'
  /** The sender's word on CP, CX, CA: it did it, it saw it; `none` where it says nothing. */
  readonly cause: 'own' | 'observed' | 'none'
  /** It acknowledges or answers another message, or announces a silent step: `inReplyTo` is there. */
  readonly reply: boolean
  /** It offers an embargo that is already in force. */
  readonly existing: boolean
  /** It answers an open proposal and makes none itself. */
  readonly answers: boolean
}

/** The conditions of a row; what is absent does not matter. */
export interface Guard extends Partial<Context> {
  readonly cs?: string | ReadonlyArray<string>
  readonly rm?: ReadonlyArray<RmState>
  readonly em?: ReadonlyArray<EmState>
  /** A role that the participant does not have. */
  readonly withoutRole?: 'vendor' | 'deployer'
}

/** The events that a row fires: of RM, then of CS in the order given (the cause, then what it forces), then of EM. */
export interface Fire {
  readonly rm?: RmEvent
  readonly cs?: ReadonlyArray<CsEvent>
  readonly em?: EmEvent
}

/** One event of one machine, as it was fired. */
export type Fired =
  | { readonly machine: 'rm'; readonly event: RmEvent }
  | { readonly machine: 'cs'; readonly event: CsEvent }
  | { readonly machine: 'em'; readonly event: EmEvent }

/** Why a step is refused. */
export type RefusalKind = 'not-addressed' | 'no-row' | 'role' | 'subject' | 'bundle' | 'unspecified'

/**
 * A circumstance worth knowing: silence was taken as agreement, a state is relayed or announced late, a state that may
 * only be passed through was left, a late answer came, or the step is allowed but advised against.
 */
export type NoteKind = 'implied-acceptance' | 'relayed' | 'late-announcement' | 'late-answer' | 'forced' | 'advised-against'

/** One note on a step. */
export interface Note {
  readonly note: NoteKind
  /** The requirements that the step goes against, or that it rests on. */
  readonly requirements: ReadonlyArray<string>
}

/** One row of a protocol. */
export interface Row {
  /** Unique in its protocol. A printed row is named by its line, `FT:110`. */
  readonly id: string
  readonly types: ReadonlyArray<RowType>
  readonly when?: Guard
  readonly fire?: Fire
  /** The answers that are due. */
  readonly replies?: ReadonlyArray<MessageType>
  /** The answers that may be given besides and conform. */
  readonly optional?: ReadonlyArray<MessageType>
  /** The step is refused, and why. */
  readonly refuse?: RefusalKind
  /** What the row sets off besides its own events; consequences wait for it. */
  readonly signals?: Signal
  /** Announcements that this very message makes, so that its sender does not owe them as well. */
  readonly says?: ReadonlyArray<MessageType>
  readonly note?: NoteKind
  /** Where the standard says so: lines of the formal protocol (`FT:110`) and errata. */
  readonly source: ReadonlyArray<string>
  /** Requirement ids of the specification that say the same. */
  readonly requirements: ReadonlyArray<string>
}

/** A row for a step that no message carries. */
export interface LocalRow extends Omit<Row, 'types'> {
  readonly events: ReadonlyArray<LocalEvent>
}

/**
 * What a row sets off: it reminds of a public vulnerability, a public exploit or attacks, so an embargo that still
 * stands ends (`not-viable`); or it can stand for the acceptance of an open proposal (`may-accept`).
 */
export type Signal = 'not-viable' | 'may-accept'

/** A row that couples machines: events that follow from a state, from an event of the case state, or from a signal. */
export interface Consequence {
  readonly id: string
  /** The events and signals that it follows; absent for a forced row, which the state alone fires. */
  readonly after?: ReadonlyArray<CsEvent | Signal>
  readonly when: Guard
  readonly fire: Fire
  /** What must be told to the others, unless the message at hand {@link Row.says | says} it. */
  readonly announce: ReadonlyArray<MessageType>
  readonly note?: NoteKind
  readonly source: ReadonlyArray<string>
  readonly requirements: ReadonlyArray<string>
}

/** A step that the protocol allows and advises against, or asks to think over. Every piece of advice that fits is given. */
export interface Advice {
  readonly id: string
  readonly types: ReadonlyArray<RowType>
  readonly when: Guard
  readonly requirements: ReadonlyArray<string>
}

/** Edges that a reading adds to the machines, by state and event. */
export interface ExtraEdges {
  readonly rm?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly cs?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** A reading of the protocol, as data. */
export interface RuleSet {
  readonly name: 'published' | 'adopted'
  /** Rises when rows change. */
  readonly edition: number
  readonly sent: ReadonlyArray<Row>
  readonly received: ReadonlyArray<Row>
  readonly local: ReadonlyArray<LocalRow>
  readonly forced: ReadonlyArray<Consequence>
  readonly consequences: ReadonlyArray<Consequence>
  readonly advice: ReadonlyArray<Advice>
  /** Edges beyond the machines that the library exports. */
  readonly extraEdges: ExtraEdges
}

/** Every state but Closed: the guard of almost every row. */
export const notClosed: ReadonlyArray<RmState> = ['Start', 'Received', 'Invalid', 'Valid', 'Deferred', 'Accepted']

/** The states in which the report is known and not closed. */
export const open: ReadonlyArray<RmState> = ['Received', 'Invalid', 'Valid', 'Deferred', 'Accepted']
