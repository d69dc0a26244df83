/**
 * The case log: what happened in one case, in the order in which it is to be replayed.
 *
 * One header, then entries. An entry is an object with one key that says what it is: `message` (a send), `receipt` (one
 * recipient has it), `local` (a participant's own step, which no message carries), `membership` (who is in the case),
 * `observation` (a fact that somebody recorded), `stamp` (a case manager's place for an entry), or `correction` (of what
 * an earlier entry says). A disclosure that is known only from dates is a log of observations; messages stand in it only
 * where the source says that one was sent.
 *
 * File order is replay order; `at` never orders anything. Without receipts, a message reaches all its recipients at
 * once; as soon as a log has one receipt, only receipts deliver.
 *
 * @module
 */
import type { CsEvent } from './cs.js'
import type { EmEvent } from './em.js'
import type { EmbargoTerms, Id, Json, Message, Moment } from './message.js'
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

/** How a member of a case can change. Who `withdraws` stays, and no longer keeps to the embargo that it signed. */
export const membershipChanges = ['joins', 'leaves', 'roles', 'excluded', 'withdraws'] as const

/** One of {@link membershipChanges}. */
export type MembershipChange = (typeof membershipChanges)[number]

/** The reading under which a log was made: a rule set and its edition. */
export type Edition = 'published@1' | 'adopted@1'

/** One participant in a log's header. `start` is compact notation; the start of its roles when absent. */
export interface LogParticipant {
  readonly id: Id
  readonly roles: ReadonlyArray<Role>
  readonly start?: string
  /** Other ids under which sources know this participant. */
  readonly aliases?: ReadonlyArray<Id>
}

/** Whose word decides about an embargo: the first answer, everybody's, or the case owner's. The standard leaves it open (erratum D-EM-14). */
export const decisionRules = ['first', 'unanimous', 'owner'] as const

/** One of {@link decisionRules}. */
export type DecisionRule = (typeof decisionRules)[number]

/** What orders the deciding entries of a case: what each had seen (`causal`), or the case manager's stamps (`manager`). */
export const orderings = ['causal', 'manager'] as const

/** One of {@link orderings}. */
export type Ordering = (typeof orderings)[number]

/** What a case that was merged or split off starts with. */
export interface Inheritance {
  /** The cases that it comes from. */
  readonly from: ReadonlyArray<Id>
  /** Other cases that were split off the same one. */
  readonly siblings?: ReadonlyArray<Id>
  /** The embargo that is in force from the start, and who has signed it. */
  readonly embargo?: EmbargoTerms
  readonly signed?: ReadonlyArray<Id>
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
  /** The participant whose case it is. */
  readonly owner?: Id
  /** The participant that keeps the case's record. */
  readonly manager?: Id
  /** `first` when absent. */
  readonly decision?: DecisionRule
  /** `causal` when absent. */
  readonly order?: Ordering
  readonly inherits?: Inheritance
  /** The participant that the log was cut down for: what it may not see is left out or redacted. */
  readonly projection?: Id
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

/** A case manager gives an entry its place: sequence numbers count from 1. */
export interface Stamp {
  readonly id?: Id
  readonly by: Id
  /** The entry that it places. */
  readonly entry: Id
  readonly sequence: number
  readonly at: Moment
  readonly note?: string
}

/**
 * What can be done about an earlier entry: say what its moment or its text should have been (`corrects`), that it should
 * not have been made (`retracts`), or remove its content for good (`erases`; a digest may stay). None of them undoes what
 * the entry decided.
 */
export const correctionChanges = ['corrects', 'retracts', 'erases'] as const

/** One of {@link correctionChanges}. */
export type CorrectionChange = (typeof correctionChanges)[number]

/** A correction of an earlier entry. */
export interface Correction {
  readonly id?: Id
  readonly by: Id
  /** The entry that it is about. */
  readonly of: Id
  readonly change: CorrectionChange
  /** When what the entry tells of happened, where that was wrong. */
  readonly moment?: Moment
  /** What stands for erased content: its digest, in the form `algorithm:value`. */
  readonly digest?: string
  readonly at: Moment
  readonly after?: ReadonlyArray<Id>
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
  | { readonly stamp: Stamp }
  | { readonly correction: Correction }

/** A line of a log that says something of its own; receipts only say that something arrived. */
export type Statement = Exclude<LogEntry, { readonly receipt: Receipt }>

/** What an entry holds, whatever its kind. */
export const contentOf = (entry: Statement): Message | Local | Membership | Observation | Stamp | Correction =>
  'message' in entry ? entry.message
  : 'local' in entry ? entry.local
  : 'membership' in entry ? entry.membership
  : 'observation' in entry ? entry.observation
  : 'stamp' in entry ? entry.stamp
  : entry.correction

/** A case log as a value. */
export interface CaseLog {
  readonly header: LogHeader
  readonly entries: ReadonlyArray<LogEntry>
}

/** The editions that this library can replay. */
export const editions: ReadonlyArray<Edition> = ['published@1', 'adopted@1']
