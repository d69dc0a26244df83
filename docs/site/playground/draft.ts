/**
 * What somebody would send: the wish of who clicks, made into a message with everything that its types need, and judged
 * by the protocol before it is sent.
 *
 * The fields that a type needs are filled in from what the sender knows: the proposal that an answer is about, the message
 * that an acknowledgement acknowledges, new ids, and the next moment. The clock of a playground is a counter: every move
 * is three hours after the one before.
 */
import {
  bundleRank, type EmbargoTerms, type Id, type Local, type LocalEvent, type Message, type MessageType, messageTypes, type Moment, readMoment, type Role, type Refusal, type Outcome,
} from 'mpcvd'
import { addDays, type Case, caseOf, formatInstant, heads, type Ledger, owed, type Owed } from 'mpcvd/case'
import type { Move, Replica, World } from './world.js'
import { fresh, present, replicaOf } from './world.js'

/** What somebody wants to send, and to whom; the rest has a default. */
export interface Wish {
  readonly from: Id
  readonly to: ReadonlyArray<Id>
  readonly types: ReadonlyArray<MessageType>
  /** For CP, CX and CA. */
  readonly cause?: 'own' | 'observed'
  /** Whose state CV, CF or CD tells of, where it is not the sender's. */
  readonly subject?: Id
  /** The terms in force are offered to a newcomer, instead of new ones. */
  readonly existing?: boolean
  /** The proposal that is answered. */
  readonly answers?: Id
  readonly inReplyTo?: Id
}

const cases = new WeakMap<Ledger, Case>()

/** The case that a ledger holds; read once for each ledger. */
export const caseIn = (ledger: Ledger): Case => {
  const known = cases.get(ledger)
  if (known !== undefined) return known
  const of = caseOf(ledger)
  cases.set(ledger, of)
  return of
}

/** When the first move of a new case is. */
const OPENING = '2026-01-05T09:00:00Z'
const THREE_HOURS = 3 * 3600 * 1000

/** The moment of the next move. */
export const nextMoment = ({ now }: World): Moment => {
  const last = now === undefined ? undefined : readMoment(now)
  return last === undefined ? OPENING : formatInstant(last.latest + THREE_HOURS)
}

/** The end of an embargo that is proposed now: ninety days on. */
const ninetyDays = (at: Moment): Moment => addDays(at, 90)?.slice(0, 10) ?? at

const inOrder = (types: ReadonlyArray<MessageType>): ReadonlyArray<MessageType> => [...types].sort((one, other) => bundleRank[one] - bundleRank[other])
const any = (types: ReadonlyArray<MessageType>, of: ReadonlyArray<MessageType>): boolean => types.some((type) => of.includes(type))

/** The proposals that somebody could answer: the open ones that it knows of, the newest of others first. */
export const answerable = (one: Replica): ReadonlyArray<Id> => {
  const open = caseIn(one.ledger).proposals.filter(({ status }) => status === 'open')
  return [...open.filter(({ by }) => by !== one.id).reverse(), ...open.filter(({ by }) => by === one.id).reverse()].map(({ id }) => id)
}

const termsOf = (world: World, sender: Replica | undefined, wish: Wish, at: Moment): EmbargoTerms | undefined => {
  const known = sender === undefined ? undefined : caseIn(sender.ledger)
  if (any(wish.types, ['EP', 'EV'])) {
    const inForce = known?.state.inForce
    const end = inForce === undefined ? undefined : known?.proposals.find(({ id }) => id === inForce)?.terms?.end
    if (wish.existing === true) return { id: inForce ?? 'e1', existing: true, ...(end === undefined ? {} : { end }) }
    return { id: fresh({ ...world, ids: new Set(caseIn(world.everything).proposals.map(({ id }) => id)) }, 'e'), end: ninetyDays(at) }
  }
  if (!any(wish.types, ['EA', 'ER', 'EC', 'EJ'])) return undefined
  const answers = wish.answers ?? (sender === undefined ? undefined : answerable(sender)[0])
  return answers === undefined ? undefined : { id: answers, answers }
}

const debts = new WeakMap<Case, readonly [at: Moment, owed: ReadonlyArray<Owed>]>()

/** What a participant owes as its own ledger has it. */
export const owedBy = (world: World, one: Replica): ReadonlyArray<Owed> => {
  if (!one.followed || one.departed) return []
  const of = caseIn(one.ledger)
  const now = world.now ?? OPENING
  const known = debts.get(of)
  const all = known !== undefined && known[0] === now ? known[1] : owed(of, now)
  debts.set(of, [now, all])
  return all.filter(({ by }) => by === one.id)
}

const acknowledged = (type: MessageType): ReadonlyArray<string> => {
  const kind = messageTypes[type]
  return 'acknowledges' in kind ? kind.acknowledges : []
}

/** The message that acknowledgements are about: one that is still unanswered, else the last that came from a recipient. */
const repliedTo = (world: World, sender: Replica | undefined, { from, to, types }: Wish): Id | undefined => {
  const answering = types.filter((type) => acknowledged(type).length > 0 || type === 'RE' || type === 'EE' || type === 'CE')
  if (answering.length === 0 || sender === undefined) return undefined
  const due = owedBy(world, sender).find((one) => one.kind === 'answer' && one.to !== undefined && to.includes(one.to) && any(answering, one.types))
  const arrived = world.parcels.filter((one) => one.to === from && one.status === 'arrived' && to.includes(one.message.from))
  const fitting = arrived.filter(({ message }) => answering.some((type) => message.types.some((other) => acknowledged(type).includes(other))))
  return due?.entry ?? (fitting.at(-1) ?? arrived.at(-1))?.message.id
}

/** The message that a wish comes to, but for what its sender has seen, on which nothing hangs before it is sent. */
export const draftFor = (world: World, wish: Wish): Message => {
  const { from, to, subject, cause } = wish
  const sender = replicaOf(world, from)
  const at = nextMoment(world)
  const types = inOrder(wish.types)
  const embargo = termsOf(world, sender, wish, at)
  const inReplyTo = wish.inReplyTo ?? repliedTo(world, sender, wish)
  return {
    id: fresh(world, 'm'), case: world.header.case, from, to, types, at,
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(subject === undefined || subject === from || !any(types, ['CV', 'CF', 'CD']) ? {} : { subject }),
    ...(cause === undefined || !any(types, ['CP', 'CX', 'CA']) ? {} : { cause }),
    ...(embargo === undefined ? {} : { embargo }),
    ...(types.includes('RS') ? { report: { id: 'r1' } } : {}),
  }
}

/** The message that a wish comes to. */
export const messageFor = (world: World, wish: Wish): Message => {
  const after = heads(replicaOf(world, wish.from)?.ledger ?? world.everything, wish.from, wish.to)
  return { ...draftFor(world, wish), ...(after.length === 0 ? {} : { after }) }
}

/** A step of somebody's own. */
export const localFor = (world: World, by: Id, event: LocalEvent): Local => {
  const after = heads(replicaOf(world, by)?.ledger ?? world.everything, by, [])
  return { id: fresh(world, 'l'), by, event, at: nextMoment(world), ...(after.length === 0 ? {} : { after }) }
}

/** Somebody brings a participant into the case. */
export const joinFor = (world: World, by: Id, participant: Id, roles: ReadonlyArray<Role>): Move => {
  const after = heads(replicaOf(world, by)?.ledger ?? world.everything, by, world.replicas.map(({ id }) => id))
  return { kind: 'said', atOnce: true, entry: { membership: { id: fresh(world, 'j'), by, participant, change: 'joins', roles, at: nextMoment(world), ...(after.length === 0 ? {} : { after }) } } }
}

/** What the protocol says of a step before it is taken. */
export type Verdict = { readonly _tag: 'Left'; readonly left: Refusal } | { readonly _tag: 'Right'; readonly right: Outcome }

/** What sending it would do to its sender, or why it may not. */
export const judged = (world: World, message: Message): Verdict | undefined => {
  const sender = replicaOf(world, message.from)
  return sender === undefined ? undefined : world.protocol.transition(sender.state, message)
}

/** Everybody else who is in the case: whom a message goes to unless somebody says otherwise. */
export const others = (world: World, id: Id): ReadonlyArray<Id> => present(world).map((one) => one.id).filter((one) => one !== id)

/**
 * The messages that would pay something owed: one, or one for each way to decide. An acknowledgement in matters of the
 * embargo goes to everybody: it decides that what it acknowledges is settled, and what decides everybody must have.
 */
export const payments = (world: World, due: Owed): ReadonlyArray<Wish> => {
  const everybody = due.to === undefined || (due.types.includes('EK') && due.types.every((type) => type === 'RK' || type === 'EK' || type === 'CK'))
  const to = everybody ? others(world, due.by) : [due.to]
  const about = due.kind === 'answer' ? { inReplyTo: due.entry } : {}
  if (due.kind !== 'decision') return to.length === 0 ? [] : [{ from: due.by, to, types: due.types, ...about, ...(due.kind === 'offer' ? { existing: true } : {}) }]
  const sender = replicaOf(world, due.by)
  const proposal = sender === undefined ? undefined : caseIn(sender.ledger).proposals.find(({ entry }) => entry === due.entry)?.id
  return due.types.map((type) => ({ from: due.by, to: others(world, due.by), types: [type], ...(proposal === undefined ? {} : { answers: proposal }) }))
}

/** The move that a wish comes to. */
export const sendMove = (world: World, wish: Wish, atOnce: boolean): Move => ({ kind: 'said', entry: { message: messageFor(world, wish) }, atOnce })

/** Has everything that is under way arrive, in the order in which it was sent, or the latest first. */
export const deliveries = (world: World, order: 'first' | 'last'): ReadonlyArray<Move> => {
  const waiting = world.parcels.filter(({ status }) => status === 'under way')
  const at = nextMoment(world)
  return (order === 'first' ? waiting : [...waiting].reverse()).map(({ message, to }) => ({ kind: 'arrives', message: message.id, by: to, at }))
}

/** One parcel arrives, is lost, or arrives once more. */
export const parcelMove = (world: World, kind: 'arrives' | 'lost', message: Id, by: Id): Move => ({ kind, message, by, at: nextMoment(world) })
