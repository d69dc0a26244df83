/**
 * The scene: a log as checks see it, entry by entry.
 *
 * A log is replayed once; then its entries are walked through in order, each with the moves that it made (one for its
 * sender, one for each recipient that it reached), while the scene says who is in the case, who is engaged, and how the
 * embargo was negotiated so far. A check is a watcher: it is shown every entry, and at the end that there are no more.
 *
 * What the scene says of an entry is what was so before it. Whom a check may blame for what is not there is {@link
 * Scene.answers}: everybody where the log holds all that was sent, the participant whose log it is, and otherwise nobody.
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import type { Finding } from '../protocol/finding.js'
import { type CaseLog, contentOf, type LogEntry } from '../protocol/log.js'
import { type Id, type Message, type MessageType, messageTypes, type Moment } from '../protocol/message.js'
import { type Participant, reshape, shapeOf, startOf } from '../protocol/participant.js'
import { replay } from '../protocol/replay.js'
import type { Context } from '../protocol/rules.js'
import { contextOf, type Protocol } from '../protocol/transition.js'
import type { Part } from './asked.js'
import { isInForce, type Move } from './move.js'
import { type Embargoes, embargoes } from './negotiation.js'

/** A participant, as far as the log has come. */
export interface Player {
  readonly id: Id
  readonly state: Participant
  /** Whether it is in the case: it joined, and has not left or been excluded. */
  readonly present: boolean
  /** Whether it has the report and has not closed it; for who is not replayed, whether it took part in more than inquiries, and has not said that it closed. */
  readonly engaged: boolean
  /** The entry by which it came, -1 for who is in the header. */
  readonly since: number
}

/** What checks can ask about the case at an entry. */
export interface Scene {
  readonly log: CaseLog
  readonly protocol: Protocol
  /** Everybody who is or was in the case. */
  readonly players: ReadonlyMap<Id, Player>
  /** Who is in the case and engaged, in the order in which they became so. */
  readonly engaged: ReadonlySet<Id>
  /** How often that has changed. */
  readonly turns: () => number
  /** Who was ever engaged, each with the entries before which that began and ended, in turns. */
  readonly spells: ReadonlyMap<Id, ReadonlyArray<number>>
  /** Who of them is under an embargo. */
  readonly bound: ReadonlySet<Id>
  /** Whether somebody can be blamed for what it did not send. */
  readonly answers: (id: Id) => boolean
  /** Whether somebody's steps are replayed, so that its state is known. */
  readonly replayed: (id: Id) => boolean
  readonly embargoes: Embargoes
  /** The messages so far, by id. */
  readonly messages: ReadonlyMap<Id, Sent>
  /** Whom somebody has sent a type to, so far. */
  readonly told: (from: Id, type: MessageType) => ReadonlySet<Id>
}

const nobody: ReadonlySet<Id> = new Set()

/** A message with the place of its entry. */
export interface Sent {
  readonly message: Message
  readonly entry: number
}

/** Looks at a log for one kind of thing. */
export interface Watcher {
  readonly see?: (entry: LogEntry, place: number, moves: ReadonlyArray<Move>) => void
  readonly end?: () => void
}

/** A log that was replayed. */
export interface Replayed {
  readonly findings: ReadonlyArray<Finding>
  readonly participants: ReadonlyArray<Participant>
  readonly moves: ReadonlyArray<ReadonlyArray<Move>>
  readonly messages: number
}

/** Replays a log, and keeps the moves of every entry. */
export const replayed = (protocol: Protocol, log: CaseLog): Replayed => {
  const moves: Move[][] = log.entries.map(() => [])
  const { findings, messages, participants } = replay(protocol, log, (step) => {
    const { before, entry, result, way } = step
    moves[entry]?.push({ entry, way, before, result, who: before.id, after: isLeft(result) ? before : result.right.state })
  })
  return { findings, moves, messages, participants }
}

const isEngagedIn = (state: Participant): boolean => state.rm !== 'Start' && state.rm !== 'Closed'

/** Walks through a log with some watchers. */
export const walk = (protocol: Protocol, log: CaseLog, moves: Replayed['moves'], watchers: (scene: Scene) => ReadonlyArray<Watcher>): void => {
  const { header } = log
  const isReplayed = (id: Id): boolean => header.as === undefined || header.as === id
  const players = new Map<Id, Player>()
  const involved = new Set<Id>()
  const messages = new Map<Id, Sent>()
  const negotiation = embargoes(header)
  const told = new Map<string, Set<Id>>()
  const engaged = new Set<Id>()
  const bound = new Set<Id>()
  const spells = new Map<Id, number[]>()
  let turns = 0
  let next = 0
  const put = (player: Player): void => {
    const { id, present, state } = player
    players.set(id, player)
    const isIn = present && player.engaged
    if (isIn !== engaged.has(id)) {
      turns++
      const spell = spells.get(id)
      if (spell === undefined) spells.set(id, [next])
      else spell.push(next)
    }
    if (isIn) engaged.add(id)
    else engaged.delete(id)
    if (isIn && isInForce(state)) bound.add(id)
    else bound.delete(id)
  }
  const enter = (state: Participant, since: number): void => put({ id: state.id, state, present: true, engaged: isReplayed(state.id) ? isEngagedIn(state) : involved.has(state.id), since })
  const turn = (id: Id, change: Partial<Player>): void => {
    const known = players.get(id)
    if (known !== undefined) put({ ...known, ...change })
  }
  const engage = (id: Id): void => {
    if (involved.has(id)) return
    involved.add(id)
    if (!isReplayed(id)) turn(id, { engaged: true })
  }
  for (const one of header.participants) enter(startOf(one.id, one.roles, one.start), -1)
  const scene: Scene = {
    log, protocol, players, messages, engaged, spells, bound, embargoes: negotiation.view,
    turns: () => turns,
    answers: (id) => header.world === 'closed' || header.as === id,
    replayed: isReplayed,
    told: (from, type) => told.get(`${type} ${from}`) ?? nobody,
  }
  const all = watchers(scene)
  const seers = all.flatMap(({ see }) => (see === undefined ? [] : [see]))
  log.entries.forEach((entry, place) => {
    const made = moves[place] ?? []
    // What is of another case, comes a second time, or comes from nobody in the case, changes nothing.
    if ('message' in entry && (entry.message.case !== header.case || messages.has(entry.message.id) || !players.has(entry.message.from))) return
    for (const see of seers) see(entry, place, made)
    next = place + 1
    if ('message' in entry) {
      const { message } = entry
      messages.set(message.id, { message, entry: place })
      if (message.types.some((type) => messageTypes[type].family !== 'general')) for (const one of [message.from, ...message.to]) engage(one)
      if (message.types.includes('RC') && !isReplayed(message.from)) turn(message.from, { engaged: false })
      for (const type of message.types) {
        const known = told.get(`${type} ${message.from}`)
        if (known === undefined) told.set(`${type} ${message.from}`, new Set(message.to))
        else for (const to of message.to) known.add(to)
      }
    }
    for (const { who, after } of made) if (players.get(who)?.state !== after) turn(who, { state: after, engaged: isEngagedIn(after) })
    if ('membership' in entry) {
      const { change, participant, roles } = entry.membership
      const known = players.get(participant)
      if (change === 'joins' && known === undefined) enter(startOf(participant, roles ?? ['observer'], entry.membership.start), place)
      else if (change === 'joins') turn(participant, { present: true })
      else if (change === 'leaves' || change === 'excluded') turn(participant, { present: false })
      else if (change === 'roles' && roles !== undefined && known !== undefined) turn(participant, { state: made.at(-1)?.after ?? { ...known.state, roles, cs: reshape(known.state.cs, shapeOf(roles)) } })
    }
    negotiation.see(entry, place, made)
  })
  for (const { end } of all) end?.()
}

/** The parts of a message as demands see them: each type in the state that the one before left. CX and CP together are one step. */
export const partsOf = (protocol: Protocol, { before, way }: Move, message: Message): ReadonlyArray<Part> => {
  const context: Context = contextOf(message)
  const on = way === 'sent' ? 'sent' : 'received'
  const paired = message.types.includes('CX') && message.types.includes('CP')
  let state = before
  const parts: Part[] = []
  for (const type of message.types) {
    parts.push({ on, name: type, state, roles: before.roles, context })
    if (message.types.length === 1 || (paired && type === 'CX')) continue
    const result = protocol.transition(state, { ...message, types: paired && type === 'CP' ? ['CX', 'CP'] : [type] })
    if (!isLeft(result)) state = result.right.state
  }
  return parts
}

/** When an entry happened. A receipt without a moment of its own happened when nobody knows. */
export const momentOf = (entry: LogEntry | undefined): Moment | undefined =>
  entry === undefined ? undefined : 'receipt' in entry ? entry.receipt.at : contentOf(entry).at
