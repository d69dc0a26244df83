/**
 * What a case looks like after some moves: every participant with its own state and its own ledger, and the messages
 * that are under way.
 *
 * A participant's *state* is what the tables make of what it sent and received, one step at a time (`transition`, `local`,
 * `observe`): it moves as `replay` would move it. Its *ledger* is the set of entries that have reached it, and the case is
 * read from that set. The two are kept side by side so that what comes apart in the one can be compared with the other.
 *
 * A message travels to each recipient by itself, as a *parcel*. Local steps stay with who takes them. What is said about
 * membership, observed, stamped or corrected reaches everybody at once; a newcomer is handed the entries that decide, as
 * whoever brought it in has them.
 *
 * An entry that does not say what its author had seen is given that as it is taken in: here it is known.
 */
import {
  contentOf, type Id, type LogHeader, type Membership, type Message, type Moment, type Observation, type Outcome, type Participant, type Protocol, protocols, type Refusal,
  reshape, shapeOf, startOf, type Statement,
} from 'mpcvd'
import { authorOf, charterOf, type CharterFault, entriesOf, heads, ingest, isDeciding, type Ledger, openLedger } from 'mpcvd/case'

/** What can happen: something is said or done, a message arrives at one recipient (perhaps once more), or is lost on its way there. */
export type Move =
  | { readonly kind: 'said'; readonly entry: Statement; /** Whether a message reaches all its recipients in the same step. */ readonly atOnce: boolean }
  | { readonly kind: 'arrives' | 'lost'; readonly message: Id; readonly by: Id; readonly at?: Moment }

/** One participant as it is: its state by the tables, and what its ledger holds. */
export interface Replica {
  readonly id: Id
  readonly state: Participant
  readonly ledger: Ledger
  /** Whether it has left the case, or was excluded. */
  readonly departed: boolean
  /** Whether its steps are known: in the log of one participant, only its own are. */
  readonly followed: boolean
}

/** One message on its way to one recipient, or there. */
export interface Parcel {
  readonly message: Message
  readonly to: Id
  readonly status: 'under way' | 'arrived' | 'lost'
  /** How often it has arrived. */
  readonly times: number
}

/** What a move did to one participant's state. */
export interface Effect {
  readonly who: Id
  readonly way: 'sent' | 'received' | 'local' | 'observed'
  readonly before: Participant
  readonly result: { readonly _tag: 'Left'; readonly left: Refusal } | { readonly _tag: 'Right'; readonly right: Outcome }
  /** A copy of what was there already: nothing was done, and `result` is what a second step would have done. */
  readonly again: boolean
}

/** The case after some moves. */
export interface World {
  readonly header: LogHeader
  readonly protocol: Protocol
  readonly replicas: ReadonlyArray<Replica>
  readonly parcels: ReadonlyArray<Parcel>
  /** Every message that was sent, as its sender wrote it, with what it had seen. */
  readonly messages: ReadonlyMap<Id, Message>
  /** The ids of all entries, so that none is given twice. */
  readonly ids: ReadonlySet<Id>
  /** All that was said, whoever has it. */
  readonly everything: Ledger
  /** When the last move was. */
  readonly now: Moment | undefined
}

/** The beginning of a case; `left` where its header lacks somebody whom it needs. */
export const beginning = (header: LogHeader): { readonly _tag: 'Left'; readonly left: ReadonlyArray<CharterFault> } | { readonly _tag: 'Right'; readonly right: World } => {
  const opened = openLedger(charterOf(header))
  if (opened._tag === 'Left') return opened
  const ledger = opened.right
  const replicas = header.participants.map(({ id, roles, start }): Replica => ({
    id, state: startOf(id, roles, start), ledger, departed: false, followed: header.as === undefined || header.as === id,
  }))
  return { _tag: 'Right', right: { header, protocol: protocols[header.protocol], replicas, parcels: [], messages: new Map(), ids: new Set(), everything: ledger, now: undefined } }
}

/** The participant of a name. */
export const replicaOf = (world: World, id: Id): Replica | undefined => world.replicas.find((one) => one.id === id)

/** Who is in the case and has not left it. */
export const present = (world: World): ReadonlyArray<Replica> => world.replicas.filter((one) => !one.departed)

const changed = (world: World, id: Id, change: (one: Replica) => Replica): World =>
  ({ ...world, replicas: world.replicas.map((one) => (one.id === id ? change(one) : one)) })

const takenIn = (world: World, ids: ReadonlyArray<Id>, entries: Statement | ReadonlyArray<Statement>): World =>
  ({ ...world, replicas: world.replicas.map((one) => (ids.includes(one.id) ? { ...one, ledger: ingest(one.ledger, entries) } : one)) })

const withFields = (entry: Statement, fields: { readonly id: Id; readonly after?: ReadonlyArray<Id> }): Statement => {
  if ('message' in entry) return { message: { ...entry.message, ...fields } }
  if ('local' in entry) return { local: { ...entry.local, ...fields } }
  if ('membership' in entry) return { membership: { ...entry.membership, ...fields } }
  if ('correction' in entry) return { correction: { ...entry.correction, ...fields } }
  return entry
}

/** An entry with an id and with what its author had seen, where it does not say so itself. */
const linked = (world: World, entry: Statement): Statement => {
  if ('stamp' in entry || 'observation' in entry) return entry
  const content = contentOf(entry)
  const author = authorOf(entry)
  const own = replicaOf(world, author)?.ledger ?? world.everything
  const after = 'after' in content ? content.after : heads(own, author, 'message' in entry ? entry.message.to : [])
  const id = content.id ?? fresh(world, `${author}#`)
  return withFields(entry, { id, ...(after.length === 0 ? {} : { after }) })
}

/** The first id of a form that nothing has yet. */
export const fresh = (world: World, prefix: string): Id => {
  let number = 1
  while (world.ids.has(`${prefix}${number}`)) number++
  return `${prefix}${number}`
}

/** What a move comes to: the world after it, and what it did to whom. */
export interface Happened {
  readonly world: World
  readonly effects: ReadonlyArray<Effect>
}

const settled = (world: World, way: Effect['way'], before: Participant, result: Effect['result']): Happened => ({
  world: result._tag === 'Left' ? world : changed(world, before.id, (one) => ({ ...one, state: result.right.state })),
  effects: [{ who: before.id, way, before, result, again: false }],
})

/** Several participants' steps, one after the other. */
const each = (world: World, ids: ReadonlyArray<Id>, step: (world: World, one: Replica) => Happened): Happened =>
  ids.reduce<Happened>((so, id) => {
    const one = replicaOf(so.world, id)
    if (one === undefined || one.departed || !one.followed) return so
    const next = step(so.world, one)
    return { world: next.world, effects: [...so.effects, ...next.effects] }
  }, { world, effects: [] })

const arrive = (world: World, message: Message, by: Id): Happened => {
  const parcel = world.parcels.find((one) => one.message.id === message.id && one.to === by)
  const again = parcel?.status === 'arrived'
  const noted: World = {
    ...takenIn(world, [by], { message }),
    parcels: parcel === undefined
      ? [...world.parcels, { message, to: by, status: 'arrived', times: 1 }]
      : world.parcels.map((one) => (one === parcel ? { ...one, status: 'arrived', times: one.times + 1 } : one)),
  }
  return each(noted, [by], (at, one) => {
    const result = at.protocol.transition(one.state, message)
    return again ? { world: at, effects: [{ who: by, way: 'received', before: one.state, result, again }] } : settled(at, 'received', one.state, result)
  })
}

const send = (before: World, message: Message, entry: Statement, atOnce: boolean): Happened => {
  const sender = replicaOf(before, message.from)
  if (message.case !== before.header.case || sender === undefined || sender.departed) return { world: before, effects: [] }
  const kept = takenIn(before, [message.from], entry)
  // One id stands for one message: a second of the same id is what the ledger makes of it, and moves nobody.
  if (before.messages.has(message.id)) return { world: atOnce ? takenIn(kept, message.to, entry) : kept, effects: [] }
  const posted: World = {
    ...kept, messages: new Map([...kept.messages, [message.id, message]]),
    parcels: [...kept.parcels, ...message.to.filter((to) => to !== message.from).map((to): Parcel => ({ message, to, status: 'under way', times: 0 }))],
  }
  const sent = each(posted, [message.from], (at, one) => settled(at, 'sent', one.state, at.protocol.transition(one.state, message)))
  return atOnce
    ? message.to.reduce<Happened>((so, to) => {
        const next = arrive(so.world, message, to)
        return { world: next.world, effects: [...so.effects, ...next.effects] }
      }, sent)
    : sent
}

const observe = (world: World, fact: Observation): Happened =>
  each(world, fact.about === undefined ? world.replicas.map((one) => one.id) : [fact.about], (at, one) => settled(at, 'observed', one.state, at.protocol.observe(one.state, fact.event)))

const changeMembers = (world: World, change: Membership): Happened => {
  const { by, participant, roles } = change
  const known = replicaOf(world, participant)
  switch (change.change) {
    case 'joins': {
      if (known !== undefined) return { world: changed(world, participant, (one) => ({ ...one, departed: false })), effects: [] }
      const host = replicaOf(world, by)?.ledger ?? world.everything
      const opened = openLedger(world.everything.charter)
      const ledger = opened._tag === 'Right' ? ingest(opened.right, entriesOf(host).filter(isDeciding)) : host
      const newcomer: Replica = { id: participant, state: startOf(participant, roles ?? ['observer'], change.start), ledger, departed: false, followed: world.header.as === undefined }
      return { world: { ...world, replicas: [...world.replicas, newcomer] }, effects: [] }
    }
    case 'leaves':
    case 'excluded':
      return { world: changed(world, participant, (one) => ({ ...one, departed: true })), effects: [] }
    case 'withdraws':
      return { world, effects: [] }
    case 'roles': {
      if (roles === undefined || known === undefined || known.departed) return { world, effects: [] }
      const reshaped = changed(world, participant, (one) => ({ ...one, state: { ...one.state, roles, cs: reshape(one.state.cs, shapeOf(roles)) } }))
      // Who becomes a vendor when the vulnerability is public knows of it: what is so already is observed once more.
      return each(reshaped, [participant], (at, one) => one.state.cs.includes('P') ? settled(at, 'observed', one.state, at.protocol.observe(one.state, 'P')) : { world: at, effects: [] })
    }
  }
}

const said = (world: World, original: Statement, atOnce: boolean): Happened => {
  const entry = linked(world, original)
  const { id, at } = contentOf(entry)
  const heard: World = { ...world, everything: ingest(world.everything, entry), now: at, ids: id === undefined ? world.ids : new Set([...world.ids, id]) }
  if ('message' in entry) return send(heard, entry.message, entry, atOnce)
  if ('local' in entry) {
    const { by, event } = entry.local
    return each(takenIn(heard, [by], entry), [by], (now, one) => settled(now, 'local', one.state, now.protocol.local(one.state, event)))
  }
  const happened = 'membership' in entry ? changeMembers(heard, entry.membership) : 'observation' in entry ? observe(heard, entry.observation) : { world: heard, effects: [] }
  return { ...happened, world: takenIn(happened.world, happened.world.replicas.map((one) => one.id), entry) }
}

/** The world after a move. What the move speaks of and is not there changes nothing. */
export const happen = (world: World, move: Move): Happened => {
  if (move.kind === 'said') return said(world, move.entry, move.atOnce)
  const message = world.messages.get(move.message)
  if (message === undefined || message.from === move.by || replicaOf(world, move.by) === undefined) return { world, effects: [] }
  const now = move.at ?? world.now
  if (move.kind === 'arrives') return arrive({ ...world, now }, message, move.by)
  return { world: { ...world, now, parcels: world.parcels.map((one) => (one.message.id === message.id && one.to === move.by && one.status === 'under way' ? { ...one, status: 'lost' } : one)) }, effects: [] }
}
