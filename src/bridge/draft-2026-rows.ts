/**
 * The draft specification of 2026, message by message: what of the protocol it has a wire form for, what it drops, and what
 * replaces that.
 *
 * The draft keeps the machines of the protocol, makes participant embargo consent (PEC) a required fifth, and changes how
 * messages travel: everything that is about a case goes to its Case Actor (here, the case's manager), which records it and
 * announces the record; nobody writes to another participant. Its forms are fewer than its meanings: revisions are
 * proposals, and which they are is inferred from the reader's embargo state; errors, and acknowledgements other than of
 * reports, are not told.
 *
 * It contradicts itself in one place that matters here: its table gives CV to CA as an `Add(CaseStatus)` (section 5.7),
 * while a CaseStatus may be written by the Case Actor only (4.2, 4.4.1), and a participant reports by
 * `Add(ParticipantStatus)` (6.5.1). The prohibition is followed: participants claim, the manager writes what is canonical.
 *
 * Source: CERTCC/Vultron docs/reference/draft-vultron-spec.md, version 2026.08.07, at commit 6883299; lines are of that file.
 * `CM-02-005` is of specs/case-management.yaml.
 *
 * @module
 */
import type { MessageType } from '../protocol/message.js'

/** How a message travels: to the case's manager, or from one participant to another before there is a case. */
export type Draft2026Way = 'to the manager' | 'before the case'

/** One message type under the draft. */
export interface Draft2026Row {
  readonly type: MessageType
  /** The form in which it is sent, as the draft writes it; absent where there is none. */
  readonly wire?: string
  /** Who can send it; anybody when absent. */
  readonly by?: 'the owner'
  readonly way?: Draft2026Way
  /** The types that have the same form, and what tells them apart. */
  readonly like?: ReadonlyArray<MessageType>
  readonly apart?: string
  /** What replaces it: all of it where it has no form, else what it can no longer say. */
  readonly instead?: string
  /** What is lost. */
  readonly lost?: string
  /** Lines of the draft. */
  readonly lines: ReadonlyArray<number>
}

const invitation = { wire: 'Invite(Event)[context=VulnerabilityCase]', way: 'to the manager', apart: 'the reader\'s embargo state: a revision where an embargo is in force' } as const
const yes = { wire: 'Accept(Invite(Event)[context=VulnerabilityCase])', way: 'to the manager', apart: 'the reader\'s embargo state: of a revision where one is open' } as const
const no = { wire: 'Reject(Invite(Event)[context=VulnerabilityCase])', way: 'to the manager', apart: 'the reader\'s embargo state: of a revision where one is open' } as const
const status = { wire: 'Add(CaseStatus)[target=VulnerabilityCase]', way: 'to the manager', apart: 'the letters in the status, against those that were known' } as const
const statuses: ReadonlyArray<MessageType> = ['CV', 'CF', 'CD', 'CP', 'CX', 'CA']
const besides = (type: MessageType): ReadonlyArray<MessageType> => statuses.filter((each) => each !== type)
const note = 'Add(Note)[target=VulnerabilityCase], which the case owner sees and may answer'
const silent = { instead: 'nothing: the record that is announced shows that the manager has it', lost: 'who has received it' } as const
const unheard = { instead: note, lost: 'that it was not expected; what cannot be processed is put aside, and its sender is not told' } as const

/** What becomes of each message type under the draft, in the order of the protocol. */
export const draft2026Rows: ReadonlyArray<Draft2026Row> = [
  { type: 'RS', wire: 'Offer(VulnerabilityReport)', way: 'before the case', instead: 'once there is a case, Invite[target=VulnerabilityCase] from the manager, and Accept(Invite)', lost: 'a report to somebody new within a case: who is invited has seen a stub, and is received by accepting', lines: [526, 270, 211, 1001] },
  { type: 'RI', wire: 'TentativeReject(Offer(VulnerabilityReport))', way: 'to the manager', lines: [527, 260] },
  { type: 'RV', wire: 'Accept(Offer(VulnerabilityReport))', way: 'to the manager', lines: [528, 260] },
  { type: 'RD', wire: 'Ignore(VulnerabilityCase)', way: 'to the manager', lines: [529, 260] },
  { type: 'RA', wire: 'Join(VulnerabilityCase)', way: 'to the manager', lines: [530, 260] },
  { type: 'RC', wire: 'Reject(Offer(VulnerabilityReport))', way: 'to the manager', lines: [531, 260] },
  { type: 'RK', wire: 'Read(Offer(VulnerabilityReport))', way: 'to the manager', instead: 'nothing for what it acknowledges besides a report', lost: 'receipts of RI, RV, RD, RA and RC', lines: [532, 387, 491] },
  { type: 'RE', ...unheard, lines: [538, 493, 495, 502, 509] },
  { type: 'EP', ...invitation, like: ['EV'], instead: 'for a newcomer to what is in force, Invite[target=VulnerabilityCase]: accepting it consents', lost: 'that what is proposed is in force already', lines: [533, 413, 418, 1003] },
  { type: 'ER', ...no, like: ['EJ'], lines: [535, 413] },
  { type: 'EA', ...yes, like: ['EC'], lines: [534, 413] },
  { type: 'EV', ...invitation, like: ['EP'], lost: 'that it is a revision', lines: [533, 413, 418] },
  { type: 'EJ', ...no, like: ['ER'], lost: 'that it answers a revision', lines: [535, 413] },
  { type: 'EC', ...yes, like: ['EA'], lost: 'that it answers a revision', lines: [534, 413] },
  { type: 'ET', wire: 'Remove(Event)', by: 'the owner', way: 'to the manager', instead: 'for anybody else, an Invite(Event) with an earlier end; or the status with P, X or A, on which the manager ends it', lost: 'that any participant can end the embargo (CM-02-005)', lines: [536, 237, 426, 1231] },
  { type: 'EK', ...silent, lines: [538, 492, 509] },
  { type: 'EE', ...unheard, lines: [538, 493, 495, 502, 509] },
  { type: 'CV', ...status, like: besides('CV'), lines: [537, 191, 454] },
  { type: 'CF', ...status, like: besides('CF'), lines: [537, 191, 454] },
  { type: 'CD', ...status, like: besides('CD'), lines: [537, 191, 454] },
  { type: 'CP', ...status, like: besides('CP'), instead: 'a claim, which the manager adopts or not', lost: 'that the sender\'s word alone makes it so', lines: [537, 193, 454] },
  { type: 'CX', ...status, like: besides('CX'), instead: 'a claim, which the manager adopts or not', lost: 'that the sender\'s word alone makes it so', lines: [537, 193, 454] },
  { type: 'CA', ...status, like: besides('CA'), instead: 'a claim, which the manager adopts or not', lost: 'that the sender\'s word alone makes it so', lines: [537, 193, 454] },
  { type: 'CK', ...silent, lines: [538, 492, 509] },
  { type: 'CE', ...unheard, lines: [538, 493, 495, 502, 509] },
  { type: 'GI', instead: note, lost: 'nothing but the name: the draft has no general messages', lines: [502] },
  { type: 'GK', instead: note, lost: 'that it acknowledges an inquiry', lines: [502] },
  { type: 'GE', instead: note, lost: 'that it is an error', lines: [502] },
]

/** The row of a message type. */
export const draft2026Row = (type: MessageType): Draft2026Row | undefined => draft2026Rows.find((row) => row.type === type)

/** The JSON-LD context that the draft demands of what is sent (line 296). */
export const draft2026Context = 'https://certcc.github.io/Vultron/ns/context.jsonld'
