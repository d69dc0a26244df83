/**
 * Crosswalk rows, and the small language in which a row says what shows it.
 *
 * A row ties a clause of a standard to the protocol. It cites the clause by its number and names it in our own words: the
 * texts of the standards are copyrighted, and none of them is here. The symbols stand twice, as the published crosswalk
 * prints them, and as they are to be read where it misprints them, with the erratum that says so.
 *
 * What shows a clause is data. A row has *needs*; a need has a sentence and a rule. A rule asks for entries of the log:
 *
 * - a **sign** is one kind of entry: a message sent (`sent`), an event of the protocol, whatever entry tells of it
 *   (`event`), a participant's own step (`local`), or a recorded fact (`observed`);
 * - `all` and `any` combine rules; `each` asks for something after every sign of a kind (an answer to each report);
 *   `before` asks that one came no later than another; `over` that an embargo had ended by then.
 *
 * Rules only ask whether something was recorded, never in which state the protocol was. So an entry that is lost takes
 * with it the clauses that it shows, and no others. Whether the protocol allowed a step is another question, for the
 * conformance check.
 *
 * Source: docs/reference/iso_crosswalks of CERTCC/Vultron (clauses, symbols, behaviours). What a need asks for is this
 * library's reading; the pages are not normative, and neither is this.
 *
 * @module
 */
import type { LocalEvent, ObservedEvent } from '../protocol/log.js'
import type { MessageType } from '../protocol/message.js'

/**
 * Who, seen from the participant that the sheet is about: itself, all others, whoever caused what is being answered, or
 * those of the others who have a role.
 */
export type Who = 'self' | 'others' | 'cause' | 'vendors' | 'coordinators'

/** What a message must be besides its type. */
export interface SentSign {
  readonly sent: ReadonlyArray<MessageType>
  readonly by?: Who
  /** It reached one of these. */
  readonly to?: Who
  /** It says that it answers the cause, or does not say what it answers. */
  readonly answer?: true
  /** For CP, CX and CA: the sender did it (`own`, also where it says nothing), or saw it (`observed`). */
  readonly cause?: 'own' | 'observed'
  /** It names a report, the report that it duplicates, what the report is about, or an embargo that is in force already. */
  readonly with?: 'report' | 'duplicate' | 'details' | 'existing'
}

/** An event of the protocol, however the log has it: sent, a participant's own step, or observed. */
export interface EventSign {
  readonly event: ReadonlyArray<ObservedEvent>
  /** Whom it is about. */
  readonly of?: Who
  /** It names the day on which the embargo ends. */
  readonly ends?: true
}

/** A step that a participant took and told of by no message. */
export interface LocalSign {
  readonly local: ReadonlyArray<LocalEvent>
  readonly by: Who
  readonly reason?: string
}

/** A fact that somebody recorded with its source. */
export interface ObservedSign {
  readonly observed: ReadonlyArray<ObservedEvent>
  readonly of?: Who
}

/** One kind of entry. */
export type Sign = SentSign | EventSign | LocalSign | ObservedSign

/** What is asked of the log. */
export type Rule =
  | Sign
  | { readonly all: ReadonlyArray<Rule> }
  | { readonly any: ReadonlyArray<Rule> }
  /** After each of these, that; met where there are none of these. */
  | { readonly each: Sign; readonly has: Rule }
  /** One of the first, and one of the second that is not before it. */
  | { readonly before: readonly [first: Sign, second: Sign] }
  /** By the time of the cause, the embargo had ended, or its day had come. */
  | { readonly over: 'embargo' }

/** What the times are counted for. */
export const measures = ['acknowledge', 'validate', 'prioritise', 'fix', 'publish', 'deploy', 'close'] as const

/** One of {@link measures}. */
export type MeasureName = (typeof measures)[number]

/** One thing that a clause asks for. */
export interface Need {
  /** What it is, as the object of "the log shows". */
  readonly says: string
  readonly rule: Rule
  /** Asked for only where this is so. */
  readonly where?: Rule
  /** The time that it is held against, where the reader has set a term for it. */
  readonly within?: MeasureName
}

/** A standard or law that there is a sheet for. */
export const standards = ['iso-30111', 'iso-29147', 'iso-tr-5895', 'cra-14'] as const

/** One of {@link standards}. */
export type Standard = (typeof standards)[number]

/** A symbol of the published crosswalk that is misprinted or takes care: how it is to be read, and the erratum. */
export interface Reading {
  readonly erratum: string
  readonly reads: string
}

/** One row of a crosswalk. */
export interface CrosswalkRow {
  /** `X30-01` to `X30-20`, `X29-01` to `X29-34`, `X58-01` to `X58-18`, `CRA-14-a` to `CRA-14-c`. */
  readonly id: string
  /** The number of the clause, with its sub-clause. */
  readonly clause: string
  /** What it is about, in our own words. */
  readonly title: string
  /** The line of the row in the source page; absent for the law. */
  readonly line?: number
  /** The symbols in the source, exactly as printed, mathematics written as text. */
  readonly printed: ReadonlyArray<string>
  readonly readings: ReadonlyArray<Reading>
  /** The behaviours of the protocol that the source names. */
  readonly behaviours: ReadonlyArray<string>
  /** The message types and edges that belong to the row: those that are printed, and those that the tables add. */
  readonly elements: ReadonlyArray<string>
  /** Applies only where this is so; and what is to be said where it does not. */
  readonly when?: { readonly rule: Rule; readonly otherwise: string }
  /** Does not apply where this is so and nothing of it is shown; and what is to be said then. */
  readonly unless?: { readonly rule: Rule; readonly because: string }
  readonly needs: ReadonlyArray<Need>
  /** What no message can show. Without needs, that is all there is to the clause. */
  readonly cannot?: string
  /** The messages show only a part of the clause, however complete the log. */
  readonly atMost?: 'partly'
}

/** What several rows ask for. */
export const signs = {
  /** A report from outside reached the participant. */
  reported: { sent: ['RS'], by: 'others', to: 'self' },
  /** It knows of the vulnerability, however that came. */
  received: { event: ['rm.receive'], of: 'self' },
  aware: { event: ['V'], of: 'self' },
  judged: { event: ['rm.validate', 'rm.invalidate'], of: 'self' },
  prioritised: { event: ['rm.accept', 'rm.defer'], of: 'self' },
  accepted: { event: ['rm.accept'], of: 'self' },
  closed: { event: ['rm.close'], of: 'self' },
  fixed: { event: ['F'], of: 'self' },
  deployed: { event: ['D'] },
  public: { event: ['P'] },
  published: { sent: ['CP'], by: 'self', cause: 'own' },
  recordedPublic: { observed: ['P'] },
  agreed: { event: ['em.accept'] },
} as const satisfies Readonly<Record<string, Sign>>

/** Rules that several rows share. */
export const rules = {
  /** The case has reached the participant; where it has not, no clause concerns it. */
  reached: { any: [{ event: ['rm.receive', 'rm.validate', 'rm.invalidate', 'rm.accept', 'rm.defer', 'rm.close', 'V', 'F'], of: 'self' }, { sent: ['RS', 'CP'], by: 'self', cause: 'own' }] },
  /** The vulnerability was made public by the participant, or a source says when. */
  released: { any: [signs.published, signs.recordedPublic] },
  /** The fix was there when the vulnerability became public. */
  fixedFirst: { any: [{ before: [signs.fixed, signs.published] }, { before: [signs.fixed, signs.recordedPublic] }] },
  /** The participant published nothing while an embargo held. */
  kept: { each: signs.published, has: { over: 'embargo' } },
  acknowledged: { each: signs.reported, has: { sent: ['RK'], by: 'self', to: 'cause', answer: true } },
} as const satisfies Readonly<Record<string, Rule>>

/** Nothing more is to be done about a report that was found invalid, or was laid aside. */
export const laidAside = {
  rule: { event: ['rm.invalidate', 'rm.defer'], of: 'self' }, because: 'the report was found invalid or deferred',
} as const satisfies CrosswalkRow['unless']
