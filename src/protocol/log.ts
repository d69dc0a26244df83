/**
 * The case log: what happened in one case, in the order in which it is to be replayed.
 *
 * One header, then entries. An entry is an object with one key that says what it is: `message` (a send), `receipt` (one
 * recipient has it), `local` (a participant's own step, which no message carries), `membership` (who is in the case), or
 * `observation` (a fact that somebody recorded). A disclosure that is known only from dates is a log of observations;
 * messages stand in it only where the source says that one was sent.
 *
 * File order is replay order; `at` never orders anything. Without receipts, a message reaches all its recipients at
 * once; as soon as a log has one receipt, only receipts deliver.
 *
 * @module
 */
import type { CsEvent } from './cs.js'
import type { EmEvent } from './em.js'
import type { Id, Json, Message, Moment } from './message.js'
import type { Role } from './participant.js'
import type { RmEvent } from './rm.js'

/**
 * The steps that a participant takes, or that happen to it, without a message: it finds the vulnerability (`discover`),
 * learns that something has become known (`learn P`, `learn X`, `learn A`), hears of it as a vendor other than by report
 * (`aware`), the embargo's time is up (`expire`), or it decides in silence (the rest), which leaves the announcement due.
 * Embargo proposals and answers are never local.
 */
export const localEvents = [
  'discover', 'learn P', 'learn X', 'learn A', 'aware', 'expire',
  'validate', 'invalidate', 'accept', 'defer', 'close', 'ready', 'deployed',
] as const

/** One of {@link localEvents}. */
export type LocalEvent = (typeof localEvents)[number]

/** What an observation can record: a case-state event by its letter, or an event of the other machines with its machine's name. */
export type ObservedEvent = CsEvent | `rm.${RmEvent}` | `em.${EmEvent}`

/** How a member of a case can change. */
export const membershipChanges = ['joins', 'leaves', 'roles', 'excluded'] as const

/** One of {@link membershipChanges}. */
export type MembershipChange = (typeof membershipChanges)[number]

/** The reading under which a log was made: a rule set and its edition. */
export type Edition = 'published@1' | 'adopted@1'

/** One participant in a log's header. `start` is compact notation; the start of its roles when absent. */
export interface LogParticipant {
  readonly id: Id
  readonly roles: ReadonlyArray<Role>
  readonly start?: string
}

/** The first line of a log. */
export interface LogHeader {
  readonly log: 1
  readonly protocol: Edition
  readonly case: Id
  readonly participants: ReadonlyArray<LogParticipant>
  /** The participant whose log this is. Only it is replayed; the others are known from what they sent it. */
  readonly as?: Id
  /** Whether everything that was sent is in the log (`closed`), or only what somebody knows of (`open`). */
  readonly world: 'open' | 'closed'
  readonly title?: string
  readonly ext?: { readonly [key: string]: Json }
}

/** One recipient has one message. */
export interface Receipt {
  readonly message: Id
  readonly by: Id
  readonly at?: Moment
}

/** A participant's own step. */
export interface Local {
  readonly id?: Id
  readonly by: Id
  readonly event: LocalEvent
  readonly at: Moment
  readonly after?: ReadonlyArray<Id>
  /** How it came about (`self-discovery`, `public-source`, `invite-accepted`, `timer` …). */
  readonly reason?: string
  readonly cause?: 'own' | 'observed'
  /** The product that became ready or was deployed. */
  readonly product?: string
  readonly note?: string
  readonly ext?: { readonly [key: string]: Json }
}

/** Somebody joins or leaves the case, changes roles, or is excluded. `by` says who recorded it. */
export interface Membership {
  readonly id?: Id
  readonly by: Id
  readonly participant: Id
  readonly change: MembershipChange
  /** The roles it joins with, or has from now on. */
  readonly roles?: ReadonlyArray<Role>
  /** Compact notation of the state that it joins in. */
  readonly start?: string
  readonly at: Moment
  readonly after?: ReadonlyArray<Id>
  readonly note?: string
  readonly ext?: { readonly [key: string]: Json }
}

/** A fact that somebody recorded. `about` names the participant of V, F, D and of RM and EM events; P, X and A are about the world. */
export interface Observation {
  readonly id?: Id
  readonly event: ObservedEvent
  readonly about?: Id
  readonly at: Moment
  readonly after?: ReadonlyArray<Id>
  /** Where it is written. */
  readonly source: string
  readonly note?: string
  readonly ext?: { readonly [key: string]: Json }
}

/** One line of a log after the header. */
export type LogEntry =
  | { readonly message: Message }
  | { readonly receipt: Receipt }
  | { readonly local: Local }
  | { readonly membership: Membership }
  | { readonly observation: Observation }

/** A case log as a value. */
export interface CaseLog {
  readonly header: LogHeader
  readonly entries: ReadonlyArray<LogEntry>
}

/** The editions that this library can replay. */
export const editions: ReadonlyArray<Edition> = ['published@1', 'adopted@1']
