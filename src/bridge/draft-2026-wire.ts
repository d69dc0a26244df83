/**
 * Messages under the draft of 2026: sent to the case's manager, announced by it, and read.
 *
 * A participant writes to the manager only; the manager puts the activity into a ledger entry and announces that to
 * everybody. So every replica reads the same activity at the same place of the record, with the state that the entries before
 * it leave, and comes to the same message: it is to everybody in the case, whoever was told first. Read in any other state, the
 * same activity is another message; a reader takes entries in the order of their numbers.
 *
 * The ledger's numbers count from 0 and this library's stamps from 1. Hashes of Vultron's chain are neither made nor checked.
 *
 * Source: CERTCC/Vultron docs/reference/draft-vultron-spec.md, sections 4.4, 4.5, 5.7 and 6.4.4; for the ledger entry
 * vultron/wire/as2/vocab/objects/case_ledger_entry.py.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import type { Stamp } from '../protocol/log.js'
import type { Id, Json, Message, MessageType, Moment } from '../protocol/message.js'
import { type ActivityFault, type ActivityObjects, readActivity, type Receiver, writeActivity } from './activitystreams.js'
import { readDate } from './dates.js'
import { draft2026Context, draft2026Row } from './draft-2026-rows.js'
import { fieldOf, kindOf, textOf } from './value.js'

/** The case as its participants know it. */
export interface Draft2026Route {
  /** The Case Actor, and the owner for whom it acts; absent before there is a case. */
  readonly manager?: Id
  readonly owner?: Id
  /** Everybody in the case. */
  readonly participants: ReadonlyArray<Id>
}

/** A part of a message that is not told under the draft. */
export interface Draft2026Loss {
  readonly part: 'to' | 'embargo' | 'respondBy' | 'after' | 'inReplyTo' | 'subject' | 'cause' | 'report' | 'reason' | 'scope' | 'tlp' | 'ext' | 'note'
  readonly why: string
}

/** A message as it is sent. */
export interface Draft2026Sent {
  readonly activity: { readonly [key: string]: Json }
  /** Who gets it, directly. */
  readonly to: ReadonlyArray<Id>
  readonly losses: ReadonlyArray<Draft2026Loss>
}

const fault = (path: string, expected: string, got: unknown): Either<ActivityFault, never> => left({ path, expected, got: typeof got === 'string' ? got.slice(0, 60).toWellFormed() : kindOf(got) })

const isSame = (one: ReadonlyArray<Id>, other: ReadonlyArray<Id>): boolean => one.length === other.length && one.every((each) => other.includes(each))

const isAnswer = (type: MessageType): boolean => type === 'EA' || type === 'EC' || type === 'ER' || type === 'EJ'

const isOfWorld = (type: MessageType): boolean => type === 'CP' || type === 'CX' || type === 'CA'
const isStatus = (type: MessageType): boolean => isOfWorld(type) || type === 'CV' || type === 'CF' || type === 'CD'

const lossesOf = (message: Message, reach: ReadonlyArray<Id>): ReadonlyArray<Draft2026Loss> => {
  const { embargo, report, types } = message
  const [answers, invites] = [types.some((type) => isAnswer(type)), types.includes('EP') || types.includes('EV')]
  const told = [
    ['embargo', embargo?.answers === undefined || (answers && embargo.answers === embargo.id) ? undefined : true, 'an answer names the embargo that it answers, and nothing else names one'],
    ['respondBy', invites ? undefined : embargo?.respondBy, 'only an invitation asks for an answer'],
    ['to', isSame(message.to, reach) ? undefined : true, 'what is recorded is announced to everybody'],
    ['after', message.after, 'the place in the record says what came before'],
    ['inReplyTo', message.inReplyTo, 'an answer names the offer or the invitation'],
    ['subject', message.subject, 'a status is about its sender'],
    ['cause', message.cause, 'a status does not say how it came about'],
    ['report', report === undefined || (types[0] === 'RS' && Object.keys(report).join() === 'id') ? undefined : true, 'an offer names the report, and what is about it names the offer'],
    ['reason', embargo?.reason, 'an invitation has its dates only'],
    ['scope', embargo?.scope, 'an invitation has its dates only'],
    ['tlp', message.tlp, 'there is no label'],
    ['ext', message.ext, 'there is no place for it'],
    ['note', message.note === '' ? true : undefined, 'an empty text is none'],
  ] as const
  return told.flatMap(([part, value, why]) => (value === undefined ? [] : [{ part, why }]))
}

/** Sends a message under the draft: the activity, and to whom. What has no form, or is not the sender's to send, is refused with what replaces it. */
export const sendDraft2026 = (message: Message, route: Draft2026Route, objects: ActivityObjects = {}): Either<ActivityFault, Draft2026Sent> => {
  const [type] = message.types
  const row = type === undefined ? undefined : draft2026Row(type)
  if (type === undefined || row === undefined || (message.types.length > 1 && !message.types.every(isStatus))) return fault('/types', 'one type, or several letters of a status: an activity says one thing', message.types.join(' '))
  const { manager, owner } = route
  if (row.wire === undefined && type !== 'GI') return fault('/types', `a type that the draft has; in its place: ${row.instead ?? 'nothing'}`, type)
  if (row.way === 'before the case' ? manager !== undefined : manager === undefined)
    return manager === undefined ? fault('/manager', 'a case with a manager: before there is one, only a report is sent', type) : fault('/types', `what is sent within a case; in its place: ${row.instead ?? ''}`, type)
  if (row.by === 'the owner' && message.from !== owner && message.from !== manager) return fault('/from', `the owner, or the manager for it; in its place: ${row.instead ?? ''}`, message.from)
  if (message.embargo?.existing === true) return fault('/embargo/existing', `a proposal; in its place: ${row.instead ?? ''}`, 'an offer of what is in force')
  const to = manager === undefined ? message.to : [manager]
  const written = writeActivity({ ...message, to, types: [type] }, objects)
  if (written._tag === 'Left') return written
  const activity = written.right
  const claimed = isStatus(type) && (message.from !== manager || !message.types.every(isOfWorld)) ? { object: claimOf(message, objects.cs ?? '') } : {}
  const answerBy = message.embargo?.respondBy
  return right({
    activity: { ...activity, '@context': draft2026Context, ...(activity['type'] === 'Invite' && answerBy !== undefined ? { endTime: answerBy } : {}), ...claimed }, to,
    losses: lossesOf(message, manager === undefined ? to : route.participants.filter((id) => id !== message.from)),
  })
}

/** What a participant says of a status: a claim, with its own letters, or those of the world, or both. */
const claimOf = (message: Message, cs: string): { readonly [key: string]: Json } => {
  const id = `${message.id}#status`
  const world = message.types.some(isOfWorld) ? { caseStatus: { type: 'CaseStatus', id: `${id}/case`, context: message.case, pxaState: cs.slice(3) } } : {}
  return { type: 'ParticipantStatus', id, ...(message.types.every(isOfWorld) ? {} : { vfdState: cs.slice(0, 3) }), ...world }
}

/** Where the manager records an activity. */
export interface Draft2026Record {
  /** Its number: the first is 0. */
  readonly index: number
  /** When the manager got it. */
  readonly received: Moment
}

/** What the manager announces to everybody: the activity in an entry of the ledger. */
export const announceDraft2026 = (activity: { readonly [key: string]: Json }, caseId: Id, route: Draft2026Route & { readonly manager: Id }, record: Draft2026Record): { readonly [key: string]: Json } => {
  const { manager, participants } = route
  const id = `${caseId}/log/${record.index}`
  return {
    '@context': draft2026Context, type: 'Announce', id: `${id}#announce`, actor: manager, to: participants.filter((each) => each !== manager), context: caseId, published: record.received,
    object: { type: 'CaseLedgerEntry', id, caseId, logIndex: record.index, disposition: 'recorded', logObjectId: activity['id'] ?? '', eventType: activity['type'] ?? '', payloadSnapshot: activity, receivedAt: record.received },
  }
}

/** What a reader knows: its state at that place of the record, and the case. */
export interface Draft2026Reader extends Omit<Receiver, 'to' | 'case' | 'asType'> {
  readonly case: Id
  readonly route: Draft2026Route
  readonly self: Id
}

/** A message that was read, and its place in the record where it was announced. */
export interface Draft2026Read {
  readonly message: Message
  readonly stamp?: Stamp
}

/** An activity with nothing in it but what is read, addressed to everybody in the case. Nothing of the input is called. */
const copied = (input: unknown, to: ReadonlyArray<Id>): { readonly [key: string]: unknown } =>
  Object.fromEntries([...['id', 'type', 'actor', 'object', 'context', 'target', 'inReplyTo', 'published', 'content', 'endTime'].map((name): readonly [string, unknown] => [name, fieldOf(input, name)]), ['to', to]])

const idOf = (value: unknown): Id | undefined => textOf(value) ?? textOf(fieldOf(value, 'id'))

const readOne = (input: unknown, reader: Draft2026Reader, seen: Moment): Either<ActivityFault, Message> => {
  const from = idOf(fieldOf(input, 'actor'))
  const { case: caseId, participants } = { case: reader.case, participants: reader.route.participants }
  if (from === undefined || !participants.includes(from)) return fault('/actor', 'somebody in the case', from)
  const read = readActivity(copied(input, participants.filter((id) => id !== from)), { em: reader.em, ...(reader.cs === undefined ? {} : { cs: reader.cs }), ...(reader.kinds === undefined ? {} : { kinds: reader.kinds }), ...(reader.invitations === undefined ? {} : { invitations: reader.invitations }), seen, case: caseId })
  if (read._tag === 'Left') return read
  const message = read.right
  if (message.case !== caseId) return fault('/context', `the case ${caseId.slice(0, 60)}`, message.case)
  const terms = message.embargo
  const asked = textOf(fieldOf(input, 'endTime'))
  const answerBy = asked === undefined || textOf(fieldOf(input, 'type')) !== 'Invite' ? undefined : readDate(asked)
  return right(answerBy === undefined || terms === undefined ? message : { ...message, embargo: { ...terms, respondBy: answerBy } })
}

const readFrom = (input: unknown, reader: Draft2026Reader): Either<ActivityFault, Draft2026Read> => {
  const { route, self } = reader
  const { manager } = route
  if (textOf(fieldOf(input, 'type')) !== 'Announce') {
    if (manager !== undefined && manager !== self) return fault('/type', 'an announcement of the manager\'s: no participant writes to another within a case', textOf(fieldOf(input, 'type')))
    const message = readOne(input, reader, reader.seen)
    if (message._tag === 'Left') return message
    const type = message.right.types[0]
    const isReport = type === 'RS'
    if (isReport !== (manager === undefined)) return fault('/type', isReport ? 'what is sent within a case' : 'a report: there is no case yet', type)
    return right({ message: message.right })
  }
  if (manager === undefined || idOf(fieldOf(input, 'actor')) !== manager) return fault('/actor', 'the manager of the case', idOf(fieldOf(input, 'actor')))
  const entry = fieldOf(input, 'object')
  const [index, received] = [fieldOf(entry, 'logIndex'), textOf(fieldOf(entry, 'receivedAt')) ?? textOf(fieldOf(input, 'published'))]
  if (textOf(fieldOf(entry, 'type')) !== 'CaseLedgerEntry') return fault('/object/type', 'CaseLedgerEntry', textOf(fieldOf(entry, 'type')))
  if (textOf(fieldOf(entry, 'caseId')) !== reader.case) return fault('/object/caseId', `the case ${reader.case.slice(0, 60)}`, textOf(fieldOf(entry, 'caseId')))
  if (textOf(fieldOf(entry, 'disposition')) !== 'recorded') return fault('/object/disposition', 'recorded: the case is made of nothing else', textOf(fieldOf(entry, 'disposition')))
  if (typeof index !== 'number' || !Number.isSafeInteger(index + 1) || index < 0) return fault('/object/logIndex', 'a number from 0', index)
  const at = received === undefined ? undefined : readDate(received)
  if (at === undefined) return fault('/object/receivedAt', 'when the manager got it', received)
  const message = readOne(fieldOf(entry, 'payloadSnapshot'), reader, at)
  if (message._tag === 'Left') return left({ ...message.left, path: `/object/payloadSnapshot${message.left.path}` })
  return right({ message: message.right, stamp: { by: manager, entry: message.right.id, sequence: index + 1, at } })
}

/** Reads an activity under the draft, with the state that the entries before it leave: an announcement of the manager's; for the manager, what it is sent; before there is a case, a report. Never throws. */
export const readDraft2026 = (input: unknown, reader: Draft2026Reader): Either<ActivityFault, Draft2026Read> => {
  try {
    return readFrom(input, reader)
  } catch {
    return fault('', 'plain data', 'something that throws when it is read')
  }
}
