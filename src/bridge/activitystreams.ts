/**
 * ActivityStreams 2.0 as CERTCC/Vultron writes it, both ways.
 *
 * Fewer things can be told on this wire than in the protocol. A proposal and a revision are one activity, and so are their
 * acceptances and their rejections: which it is, the receiver's own embargo state says, and two honest parties whose states
 * differ read one activity as two messages. CV to CA are one activity with a state in it: which it is, the difference from
 * what the receiver knew says. Acknowledgements other than of reports, and errors, have no form here: writing one is refused,
 * with what Vultron has in its place (a note, or the faults of ADR-0083).
 *
 * Two of the examples contradict the draft, which is followed: `invalidate_report` is a `Reject`, which closes a report, and
 * `close_report` a `Leave`, which is no message. Recipients are often a collection's id, which the caller has to resolve.
 *
 * What an id stands for that comes without its object has to be known: `kinds` says it. Vultron's own examples write
 * `asType` where its draft has `type`; they are read where the caller asks for that.
 *
 * Source: CERTCC/Vultron, docs/howto/activitypub and its reference examples, snapshot of 2026-08-21.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import type { EmState } from '../protocol/em.js'
import { bundleRank, type Id, type Json, type Message, type MessageType, type Moment } from '../protocol/message.js'
import { readDate } from './dates.js'
import { entryOf, fieldOf, itemsOf, kindOf, textOf } from './value.js'

/** What an object of an activity is. */
export const objectKinds = ['report', 'offer', 'case', 'embargo', 'invite', 'status', 'note'] as const

/** One of {@link objectKinds}. */
export type ObjectKind = (typeof objectKinds)[number]

/** What a receiver knows, and an activity does not say. */
export interface Receiver {
  /** The state of its embargo management. */
  readonly em: EmState
  /** The case state of the sender, as far as it is known: six letters. */
  readonly cs?: string
  /** When it read the activity: the time of one that has none. */
  readonly seen: Moment
  /** The case of an activity that names none. */
  readonly case?: Id
  /** Who receives an activity that names nobody. */
  readonly to?: ReadonlyArray<Id>
  /** What ids stand for that come without their objects. */
  readonly kinds?: Readonly<Record<Id, ObjectKind>>
  /** Which embargo an invitation was to, where an answer names the invitation by its id only. */
  readonly invitations?: Readonly<Record<Id, Id>>
  /** Read `asType` as `type`. */
  readonly asType?: boolean
}

/** Why an activity is no message here. */
export interface ActivityFault {
  readonly path: string
  readonly expected: string
  readonly got: string
}

interface WireRow {
  readonly verb: string
  readonly object: ObjectKind
  /** The message, or the two of which the receiver's state tells which: where no embargo is in force, and where one is. */
  readonly type: MessageType
  readonly inForce?: MessageType
}

/** The activities that are messages. */
const wire: ReadonlyArray<WireRow> = [
  { verb: 'Offer', object: 'report', type: 'RS' },
  { verb: 'Read', object: 'offer', type: 'RK' },
  { verb: 'Accept', object: 'offer', type: 'RV' },
  { verb: 'TentativeReject', object: 'offer', type: 'RI' },
  { verb: 'Reject', object: 'offer', type: 'RC' },
  { verb: 'Join', object: 'case', type: 'RA' },
  { verb: 'Ignore', object: 'case', type: 'RD' },
  { verb: 'Invite', object: 'embargo', type: 'EP', inForce: 'EV' },
  { verb: 'Accept', object: 'invite', type: 'EA', inForce: 'EC' },
  { verb: 'Reject', object: 'invite', type: 'ER', inForce: 'EJ' },
  { verb: 'Remove', object: 'embargo', type: 'ET' },
  { verb: 'Add', object: 'note', type: 'GI' },
]

/** What stands in the place of a type that has no form. */
const substitutes: Readonly<Partial<Record<MessageType, string>>> = {
  RE: 'Reject, where it was understood and declined; Create(ProcessingFault), where it was not understood (ADR-0083)',
  EE: 'Reject, where it was understood and declined; Create(ProcessingFault), where it was not understood (ADR-0083)',
  CE: 'Reject, where it was understood and declined; Create(ProcessingFault), where it was not understood (ADR-0083)',
  GE: 'Create(ProcessingFault), or a Note (ADR-0083)',
  EK: 'nothing: receipt is not told', CK: 'nothing: receipt is not told', GK: 'a Note',
}

const kindNames: Readonly<Record<string, ObjectKind>> = {
  VulnerabilityReport: 'report', Offer: 'offer', VulnerabilityCase: 'case', EmbargoEvent: 'embargo', Event: 'embargo', Invite: 'invite', CaseStatus: 'status', ParticipantStatus: 'status', Note: 'note',
}

/** The longest id of a message, in characters. */
const LONGEST_ID = 512

const idIn = (value: unknown): Id | undefined => {
  const id = textOf(value) ?? textOf(fieldOf(value, 'id'))
  return id !== undefined && id.length <= LONGEST_ID ? id : undefined
}
const fault = (path: string, expected: string, got: unknown): Either<ActivityFault, never> => left({ path, expected, got: kindOf(got) })

/** The letters of a status: those of the sender's path, then of the world. */
const lettersOf = (status: unknown): string => {
  const path = textOf(fieldOf(status, 'vfdState')) ?? ''
  const world = textOf(fieldOf(status, 'pxaState')) ?? textOf(fieldOf(fieldOf(status, 'caseStatus'), 'pxaState')) ?? ''
  return `${/^[vV][fF][dD]$/.test(path) ? path : ''}${/^[pP][xX][aA]$/.test(world) ? world : ''}`
}
const caseTypes = { V: 'CV', F: 'CF', D: 'CD', P: 'CP', X: 'CX', A: 'CA' } as const
const letters = ['V', 'F', 'D', 'P', 'X', 'A'] as const

const typesOf = (verb: string, kind: ObjectKind, object: unknown, receiver: Receiver): ReadonlyArray<MessageType> => {
  if (verb === 'Add' && kind === 'status') {
    const now = lettersOf(object)
    return letters.filter((letter) => now.includes(letter) && !(receiver.cs ?? '').includes(letter)).map((letter) => caseTypes[letter]).sort((one, other) => bundleRank[one] - bundleRank[other])
  }
  // Vultron's examples answer the embargo itself where its draft answers the invitation.
  const meant = kind === 'embargo' && (verb === 'Accept' || verb === 'Reject') ? 'invite' : kind
  const row = wire.find((each) => each.verb === verb && each.object === meant)
  if (row === undefined) return []
  return [row.inForce !== undefined && (receiver.em === 'Revise' || (receiver.em === 'Active' && verb === 'Invite')) ? row.inForce : row.type]
}

/** Reads an activity as a message, with the receiver's own state. Never throws: what is none, or cannot be told, is a fault with its place. */
export const readActivity = (input: unknown, receiver: Receiver): Either<ActivityFault, Message> => {
  try {
    const typed = textOf(fieldOf(input, 'type'))
    const verb = typed ?? (receiver.asType === true ? textOf(fieldOf(input, 'asType')) : undefined)
    if (verb === undefined) return fault('/type', fieldOf(input, 'asType') === undefined ? 'the type of an activity' : 'type; asType is read only where that is asked for', fieldOf(input, 'type'))
    const [id, from, object] = [idIn(fieldOf(input, 'id')), idIn(fieldOf(input, 'actor')), fieldOf(input, 'object')]
    if (id === undefined) return fault('/id', 'an id', fieldOf(input, 'id'))
    if (from === undefined) return fault('/actor', 'an actor', fieldOf(input, 'actor'))
    const [objectId, objectType] = [idIn(object), textOf(fieldOf(object, 'type')) ?? (receiver.asType === true ? textOf(fieldOf(object, 'asType')) : undefined)]
    const kind = objectType !== undefined ? entryOf(kindNames, objectType) : objectId === undefined ? undefined : entryOf(receiver.kinds ?? {}, objectId)
    if (objectId === undefined || kind === undefined) return fault('/object', 'an object of a known type, or an id whose kind is known', objectType ?? object)
    const types = typesOf(verb, kind, object, receiver)
    if (types.length === 0) return fault(kind === 'status' ? '/object' : '/type', kind === 'status' ? 'a status with something that was not known' : `what is done with a ${kind} in a message`, kind === 'status' ? lettersOf(object) : verb)
    const inCase = idIn(fieldOf(input, 'context')) ?? idIn(fieldOf(fieldOf(object, 'caseStatus'), 'context'))
      ?? (kind === 'case' ? objectId : kind === 'embargo' ? idIn(fieldOf(object, 'context')) : kind === 'note' ? idIn(fieldOf(input, 'target')) : undefined) ?? receiver.case
    if (inCase === undefined) return fault('/context', 'the case', fieldOf(input, 'context'))
    const named = [fieldOf(input, 'to')].flatMap((each) => (Array.isArray(each) ? itemsOf(each) : [each])).flatMap((each) => idIn(each) ?? [])
    const to = [...new Set(named.length > 0 ? named : receiver.to ?? [])].filter((each) => each !== from)
    if (to.length === 0) return fault('/to', 'a recipient', fieldOf(input, 'to'))
    const written = textOf(fieldOf(input, 'published'))
    const at = written === undefined ? undefined : readDate(written)
    const event = kind === 'invite' ? fieldOf(object, 'object') : object
    const end = textOf(fieldOf(event, 'endTime'))
    const until = end === undefined ? undefined : readDate(end)
    const isEmbargo = types[0]?.startsWith('E') === true
    // An embargo is named by its event; an answer names it through the invitation, which is an activity with an id of its own.
    const embargo = idIn(event) ?? entryOf(receiver.invitations ?? {}, objectId) ?? objectId
    const isAnswer = verb === 'Accept' || verb === 'Reject'
    const note = textOf(fieldOf(input, 'content')) ?? (kind === 'note' ? textOf(fieldOf(object, 'content')) : undefined)
    return right({
      id, case: inCase, from, to, types, at: at ?? receiver.seen,
      ...(isEmbargo ? { embargo: { id: embargo, ...(isAnswer ? { answers: embargo } : {}), ...(until === undefined ? {} : { end: until }) } } : {}),
      ...(types[0] === 'RS' ? { report: { id: objectId } } : {}), ...(note === undefined ? {} : { note }),
    })
  } catch {
    return fault('', 'plain data', 'something that throws when it is read')
  }
}

/** What a message lacks that an activity needs. */
export interface ActivityObjects {
  /** The offer that RK, RV, RI and RC are about; the message that they answer when absent. */
  readonly offer?: Id
  /** The invitation that an answer is to; the id of the proposal when absent. */
  readonly invitation?: Id
  /** The sender's case state after the message: six letters. */
  readonly cs?: string
}

/** Writes a message of one type as an activity. A type without a form is refused, with what Vultron has in its place. */
export const writeActivity = (message: Message, objects: ActivityObjects = {}): Either<ActivityFault, { readonly [key: string]: Json }> => {
  const [type, ...more] = message.types
  if (type === undefined || more.length > 0) return fault('/types', 'one type: an activity says one thing', message.types.join(' '))
  const substitute = substitutes[type]
  if (substitute !== undefined) return fault('/types', `a type that has a form; in its place: ${substitute}`, type)
  const shared = { '@context': 'https://www.w3.org/ns/activitystreams', id: message.id, actor: message.from, to: [...message.to], context: message.case, published: message.at, ...(message.note === undefined ? {} : { content: message.note }) }
  if (Object.values(caseTypes).some((each) => each === type)) {
    const cs = objects.cs ?? ''
    const worldly = type === 'CP' || type === 'CX' || type === 'CA'
    if (!/^[vV][fF][dD][pP][xX][aA]$/.test(cs)) return fault('/cs', 'the six letters of the sender\'s case state', cs)
    return right({ ...shared, type: 'Add', target: message.case, object: worldly ? { type: 'CaseStatus', id: `${message.id}#status`, pxaState: cs.slice(3) } : { type: 'ParticipantStatus', id: `${message.id}#status`, vfdState: cs.slice(0, 3) } })
  }
  const row = wire.find((each) => each.type === type || each.inForce === type)
  if (row === undefined) return fault('/types', 'a type that has a form', type)
  const event = { type: 'EmbargoEvent', id: message.embargo?.answers ?? message.embargo?.id ?? `${message.id}#embargo`, context: message.case, ...(message.embargo?.end === undefined ? {} : { endTime: message.embargo.end }) }
  const object = (): { readonly [key: string]: Json } => {
    switch (row.object) {
      case 'report':
        return { type: 'VulnerabilityReport', id: message.report?.id ?? `${message.id}#report` }
      case 'offer':
        return { type: 'Offer', id: objects.offer ?? message.inReplyTo ?? `${message.id}#offer` }
      case 'case':
        return { type: 'VulnerabilityCase', id: message.case }
      case 'embargo':
        return event
      case 'invite':
        return { type: 'Invite', id: objects.invitation ?? event.id, object: event }
      default:
        return { type: 'Note', id: `${message.id}#note`, content: message.note ?? '' }
    }
  }
  return right({ ...shared, type: row.verb, object: object() })
}
