/**
 * The 28 message types, and what a message is.
 *
 * A message says, for one case, what its sender did or asks; it carries one type or several (a *bundle*), and goes to
 * all its recipients in one step. The registry is the one list of types: the type unions, the codec, the JSON Schema,
 * the documentation and the tests are read from it.
 *
 * Source: docs/reference/formal_protocol/messages.md (types, names); what acknowledges what follows the receive tables,
 * which acknowledge errors too (erratum D-MS-02).
 *
 * @module
 */

/** The family of a message type: the machine that it is about, or `general`. */
export type Family = 'rm' | 'em' | 'cs' | 'general'

/** What the registry says of one message type. */
export interface MessageKind {
  readonly family: Family
  /** The standard's name. */
  readonly name: string
  /** What it tells its recipients, in one sentence. */
  readonly meaning: string
  /** The types that a message of this type acknowledges; absent where it acknowledges nothing. */
  readonly acknowledges?: ReadonlyArray<string>
}

/** Every message type, in the standard's order. */
export const messageTypes = {
  RS: { family: 'rm', name: 'Report Submission', meaning: 'Here is a report of a vulnerability, which I work on myself.' },
  RI: { family: 'rm', name: 'Report Invalid', meaning: 'I looked into the report and hold it to be invalid.' },
  RV: { family: 'rm', name: 'Report Valid', meaning: 'I looked into the report and hold it to be valid.' },
  RD: { family: 'rm', name: 'Report Deferred', meaning: 'I do not work on the report for now.' },
  RA: { family: 'rm', name: 'Report Accepted', meaning: 'I work on the report.' },
  RC: { family: 'rm', name: 'Report Closed', meaning: 'I have closed the report.' },
  RK: {
    family: 'rm',
    name: 'Report Acknowledgement',
    meaning: 'I have received your report message.',
    acknowledges: ['RS', 'RI', 'RV', 'RD', 'RA', 'RC', 'RE'],
  },
  RE: { family: 'rm', name: 'Report Error', meaning: 'I did not expect that report message.' },
  EP: { family: 'em', name: 'Embargo Proposal', meaning: 'I propose an embargo on these terms.' },
  ER: { family: 'em', name: 'Embargo Proposal Rejection', meaning: 'There is to be no embargo on the proposed terms.' },
  EA: { family: 'em', name: 'Embargo Proposal Acceptance', meaning: 'I agree to the proposed embargo.' },
  EV: { family: 'em', name: 'Embargo Revision Proposal', meaning: 'I propose new terms for the embargo in force.' },
  EJ: { family: 'em', name: 'Embargo Revision Rejection', meaning: 'I want the terms in force to stay.' },
  EC: { family: 'em', name: 'Embargo Revision Acceptance', meaning: 'I agree to the new terms.' },
  ET: { family: 'em', name: 'Embargo Termination', meaning: 'The embargo has ended, at once.' },
  EK: {
    family: 'em',
    name: 'Embargo Acknowledgement',
    meaning: 'I have received your embargo message.',
    acknowledges: ['EP', 'ER', 'EA', 'EV', 'EJ', 'EC', 'ET', 'EE'],
  },
  EE: { family: 'em', name: 'Embargo Error', meaning: 'I did not expect that embargo message.' },
  CV: { family: 'cs', name: 'Vendor Awareness', meaning: 'This vendor knows of the vulnerability.' },
  CF: { family: 'cs', name: 'Fix Readiness', meaning: 'This vendor has a fix ready.' },
  CD: { family: 'cs', name: 'Fix Deployed', meaning: 'This deployer has deployed the fix.' },
  CP: { family: 'cs', name: 'Public Awareness', meaning: 'The public knows of the vulnerability.' },
  CX: { family: 'cs', name: 'Exploit Public', meaning: 'An exploit is publicly available.' },
  CA: { family: 'cs', name: 'Attacks Observed', meaning: 'Attackers are exploiting the vulnerability.' },
  CK: {
    family: 'cs',
    name: 'CS Acknowledgement',
    meaning: 'I have received your case-state message.',
    acknowledges: ['CV', 'CF', 'CD', 'CP', 'CX', 'CA', 'CE'],
  },
  CE: { family: 'cs', name: 'CS Error', meaning: 'I did not expect that case-state message.' },
  GI: { family: 'general', name: 'General Inquiry', meaning: 'I ask or tell something that changes no state.' },
  GK: {
    family: 'general',
    name: 'General Acknowledgement',
    meaning: 'I have received your inquiry.',
    acknowledges: ['GI'],
  },
  GE: { family: 'general', name: 'General Error', meaning: 'Something went wrong that is no matter of the other families.' },
} as const satisfies Readonly<Record<string, MessageKind>>

/** One of the 28 message types, by its two letters. */
export type MessageType = keyof typeof messageTypes

/**
 * The place of each type in a bundle. A bundle is processed left to right, so it must be written in the order in which
 * its parts take effect: RS, other R*, E*, CX before CP, other C*, G* (erratum D-MS-05). Types of equal rank keep the
 * order in which they were written.
 */
export const bundleRank: Readonly<Record<MessageType, number>> = {
  RS: 0, RI: 1, RV: 1, RD: 1, RA: 1, RC: 1, RK: 1, RE: 1,
  EP: 2, ER: 2, EA: 2, EV: 2, EJ: 2, EC: 2, ET: 2, EK: 2, EE: 2,
  CV: 5, CF: 5, CD: 5, CP: 4, CX: 3, CA: 5, CK: 5, CE: 5,
  GI: 6, GK: 6, GE: 6,
}

/** The types in the standard's order. Read from {@link bundleRank}, so that who needs only the types does not carry the registry's texts. */
export const messageTypeList: ReadonlyArray<MessageType> = /* @__PURE__ */ Object.keys(bundleRank) as MessageType[]

/** Whether types form a bundle: at least one, each a known type, none twice, in the order of {@link bundleRank}. */
export const isBundle = (types: ReadonlyArray<string>): types is ReadonlyArray<MessageType> => {
  let rank = -1
  for (let i = 0; i < types.length; i++) {
    const type = types[i] ?? ''
    const next = Object.hasOwn(bundleRank, type) ? (bundleRank as Readonly<Record<string, number>>)[type] : undefined
    if (next === undefined || next < rank || types.indexOf(type) !== i) return false
    rank = next
  }
  return types.length > 0
}

/** The id of a participant, a message, a case or an embargo: a string of 1 to 512 characters, compared exactly. */
export type Id = string

/**
 * A point in time as far as it is known: an RFC 3339 instant with its zone (`2026-01-05T10:00:00Z`), a bare date
 * (`2026-01-05`, the whole day in whatever zone), or an interval of two of these (`2026-01-05/2026-01-09`).
 */
export type Moment = string

/** Whom a CV, CF or CD is about: a participant, or one product of a participant. */
export type Subject = Id | { readonly participant: Id; readonly product?: string }

/** Traffic Light Protocol 2.0 labels. */
export const tlpLabels = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const

/** A Traffic Light Protocol 2.0 label. */
export type Tlp = (typeof tlpLabels)[number]

/** What an embargo message is about: the proposal's id and terms, or the proposal that it answers. */
export interface EmbargoTerms {
  /** The id of this proposal, revision or answer's embargo. */
  readonly id: Id
  /** The proposal that this answers. */
  readonly answers?: Id
  /** An embargo that is already in force is offered to a newcomer (erratum D-EM-08). */
  readonly existing?: boolean
  /** When the embargo is to end. */
  readonly end?: Moment
  /** Until when an answer is asked for. */
  readonly respondBy?: Moment
  /** Why, in the sender's words or a code of the sender's choice; an open list (erratum D-EM-41). */
  readonly reason?: string
  /** What the embargo covers. */
  readonly scope?: string
}

/** The report that an R* message is about. */
export interface ReportReference {
  readonly id: Id
  /** The report that this one duplicates. */
  readonly duplicateOf?: Id
  readonly title?: string
  /** CVE or other vulnerability ids. */
  readonly vulnerabilities?: ReadonlyArray<string>
  readonly products?: ReadonlyArray<string>
}

/** A JSON value. */
export type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json }

/**
 * One message of one case. `to` is the whole recipient set: one send is one step, however many receive it. `at` is when
 * it was sent, and never orders anything; `after` does, it lists what the sender had seen.
 */
export interface Message {
  /** Version of this format; 1, also when absent. */
  readonly v?: 1
  readonly id: Id
  readonly case: Id
  readonly from: Id
  readonly to: ReadonlyArray<Id>
  /** One type, or a bundle in the order of {@link bundleRank}. */
  readonly types: ReadonlyArray<MessageType>
  readonly at: Moment
  /** What the sender had seen: its own previous entry first, then the others' latest; none when absent. */
  readonly after?: ReadonlyArray<Id>
  /** The message that this acknowledges or answers, or the silent local step that it announces. */
  readonly inReplyTo?: Id
  /** Whom CV, CF and CD are about; the sender when absent. */
  readonly subject?: Subject
  /** For CP, CX and CA: whether the sender did it or saw it. */
  readonly cause?: 'own' | 'observed'
  readonly embargo?: EmbargoTerms
  readonly report?: ReportReference
  readonly tlp?: Tlp
  /** Free text for people. */
  readonly note?: string
  /** Anything else, kept as it came. */
  readonly ext?: { readonly [key: string]: Json }
}

/** The participant that a message's CV, CF or CD is about. */
export const subjectOf = (message: Pick<Message, 'from' | 'subject'>): Id =>
  message.subject === undefined
    ? message.from
    : typeof message.subject === 'string'
      ? message.subject
      : message.subject.participant

/** Whether two JSON values say the same, in whatever order their fields were written. */
export const sameJson = (one: unknown, other: unknown): boolean => {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  const [left, right] = [Object.entries(one), new Map(Object.entries(other))]
  return Array.isArray(one) === Array.isArray(other) && left.length === right.size && left.every(([name, value]) => right.has(name) && sameJson(value, right.get(name)))
}
