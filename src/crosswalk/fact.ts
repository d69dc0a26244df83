/**
 * What a log shows, as the rules of a crosswalk ask for it: facts, each with the entry that it stands in.
 *
 * A fact is read from its own entry, from who is in the case, and from corrections; the states of the protocol have no
 * part in it. So without one message a log has the same facts but for those of that message. The one exception is the
 * end of an embargo, which an acceptance takes from the proposal that it answers; such a fact names both.
 *
 * What the entries mean is said in `src/case/happening.ts`, once for clocks and for this. An entry does not count where
 * it was retracted, where its author was never in the case, where it belongs to another case, and where its id already
 * stands for another; a message reached whom it names, or, in a log with receipts, whom a receipt says.
 *
 * @module
 */
import { authorOf, type HappeningKind, happenings } from '../case/index.js'
import { contentOf, type CaseLog, type LocalEvent, type ObservedEvent, type Statement } from '../protocol/log.js'
import type { Id, Message, MessageType, Moment } from '../protocol/message.js'
import { surelyBefore } from '../protocol/moment.js'
import type { Role } from '../protocol/participant.js'

/** A proposal that names the end of an embargo. */
export interface End {
  readonly until: Moment
  readonly via: number
}

/** One thing that an entry shows. */
export interface Fact {
  /** The place of the entry in the log, from 0. */
  readonly entry: number
  readonly at: Moment
  readonly by?: Id
  /** A message type that was sent, and the whole message. */
  readonly sent?: MessageType
  readonly message?: Message
  /** Whom the message reached. */
  readonly to?: ReadonlyArray<Id>
  /** An event of the protocol, and whom it is about. */
  readonly event?: ObservedEvent
  readonly about?: Id
  /** The event was recorded by somebody, with its source. */
  readonly observed?: true
  readonly local?: LocalEvent
  readonly reason?: string
  /** The end of an embargo, and the entry of the proposal that names it, where it is another. */
  readonly until?: Moment
  readonly via?: number
  /** Every proposal of the embargo that names an end, the one that holds last. */
  readonly ends?: ReadonlyArray<End>
}

/** The facts of a log, with what is needed to read them. */
export interface Facts {
  readonly all: ReadonlyArray<Fact>
  readonly roles: ReadonlyMap<Id, ReadonlySet<Role>>
  /** The entries that count, by their place in the log. */
  readonly entries: ReadonlyMap<number, Statement>
  /** The places of the entries that count, and of receipts, by what they tell of: for the replay's steps. */
  readonly carriers: ReadonlyMap<number, number>
}

/** The event of the protocol that a happening is. */
const events: Partial<Readonly<Record<HappeningKind, ObservedEvent>>> = {
  'reported': 'rm.receive', 'discovered': 'rm.receive', 'validated': 'rm.validate', 'invalid': 'rm.invalidate', 'accepted': 'rm.accept',
  'deferred': 'rm.defer', 'closed': 'rm.close', 'embargo-proposed': 'em.propose', 'embargo-accepted': 'em.accept',
  'embargo-rejected': 'em.reject', 'embargo-ended': 'em.terminate', 'aware': 'V', 'fix-ready': 'F', 'deployed': 'D', 'public': 'P',
  'exploit-public': 'X', 'attacks': 'A',
}

/** Everybody who was ever in the case, with all roles that they had. */
const rolesIn = ({ header, entries }: CaseLog): ReadonlyMap<Id, ReadonlySet<Role>> => {
  const roles = new Map<Id, Set<Role>>()
  const add = (id: Id, more: ReadonlyArray<Role>): void => {
    const known = roles.get(id) ?? new Set()
    for (const role of more) known.add(role)
    roles.set(id, known)
  }
  for (const { id, roles: own } of header.participants) add(id, own)
  for (const entry of entries) {
    if (!('membership' in entry)) continue
    const { change, participant, roles: own } = entry.membership
    if (change === 'joins' || roles.has(participant)) add(participant, own ?? [])
  }
  return roles
}

/** The statements that count, each with its place: known author, this case, first of its id, corrections only by who may make them. */
const counting = (log: CaseLog, roles: ReadonlyMap<Id, unknown>): ReadonlyArray<readonly [place: number, entry: Statement]> => {
  const { header, entries } = log
  const authors = new Map<Id, Id>()
  const taken = new Set<Id>()
  for (const entry of entries) if (!('receipt' in entry)) {
    const { id } = contentOf(entry)
    if (id !== undefined && !authors.has(id)) authors.set(id, authorOf(entry))
  }
  return entries.flatMap((entry, place): ReadonlyArray<readonly [number, Statement]> => {
    if ('receipt' in entry || 'stamp' in entry) return []
    const { id } = contentOf(entry)
    const author = authorOf(entry)
    if (id !== undefined && taken.has(id)) return []
    if (id !== undefined) taken.add(id)
    if ('message' in entry && entry.message.case !== header.case) return []
    if (author !== '' && !roles.has(author)) return []
    if ('correction' in entry) {
      const of = authors.get(entry.correction.of)
      if (author !== of && of !== '' && author !== header.owner && author !== header.manager) return []
    }
    return [[place, entry]]
  })
}

/** The end that holds of those that proposals name: the last. */
export const ending = (ends: ReadonlyArray<End>): Pick<Fact, 'until' | 'via' | 'ends'> => {
  const last = ends.at(-1)
  return last === undefined ? {} : { ...last, ends }
}

/** The facts of a log; without those that surely came after `at`. */
export const factsOf = (log: CaseLog, at?: Moment): Facts => {
  const roles = rolesIn(log)
  const counted = counting(log, roles)
  const places = counted.map(([place]) => place)
  const statements = counted.map(([, entry]) => entry)
  const { as } = log.header
  const receipts = new Map<Id, Set<Id>>()
  const carriers = new Map<number, number>()
  const messages = new Map<Id, number>()
  for (const [place, entry] of counted) if ('message' in entry) messages.set(entry.message.id, place)
  for (const [place, entry] of log.entries.entries()) {
    if (!('receipt' in entry)) continue
    const { by, message } = entry.receipt
    receipts.set(message, (receipts.get(message) ?? new Set()).add(by))
    const sent = messages.get(message)
    if (sent !== undefined) carriers.set(place, sent)
  }
  for (const place of places) carriers.set(place, place)
  // In a log of one participant, what it sent has no receipts of others.
  const reaches = (message: Message, id: Id): boolean =>
    receipts.size === 0 || (as !== undefined && as !== id) || receipts.get(message.id)?.has(id) === true
  const proposals = new Map<Id, End[]>()
  for (const [via, entry] of counted) if ('message' in entry) {
    const { embargo, id } = entry.message
    if (embargo?.end !== undefined) for (const name of new Set([id, embargo.id])) proposals.set(name, [...(proposals.get(name) ?? []), { until: embargo.end, via }])
  }

  const known = happenings(statements).filter((one) => at === undefined || !surelyBefore(at, one.at))
  const moments = new Map<number, Moment>()
  const all: Fact[] = []
  for (const one of known) {
    const place = places[one.entry] ?? 0
    const entry = statements[one.entry]
    moments.set(place, one.at)
    const event = events[one.what]
    if (entry === undefined || event === undefined) continue
    const message = 'message' in entry ? entry.message : undefined
    if (one.what === 'reported' && message !== undefined && one.about !== undefined && !reaches(message, one.about)) continue
    const ends = event === 'em.accept' && message?.embargo?.end === undefined ? proposals.get(message?.embargo?.answers ?? '') : undefined
    all.push({
      entry: place, at: one.at, event,
      ...(one.by === undefined ? {} : { by: one.by }), ...(one.about === undefined ? {} : { about: one.about }),
      ...('observation' in entry ? { observed: true } : {}),
      ...(ends === undefined ? (one.until === undefined ? {} : { until: one.until }) : ending(ends)),
    })
  }
  for (const [place, entry] of counted) {
    const when = moments.get(place)
    if (when === undefined) continue
    if ('message' in entry) {
      const { message } = entry
      const to = message.to.filter((id) => id !== message.from && reaches(message, id))
      for (const sent of message.types) all.push({ entry: place, at: when, by: message.from, sent, message, to })
    } else if ('local' in entry) {
      const { by, event, reason } = entry.local
      all.push({ entry: place, at: when, by, local: event, ...(reason === undefined ? {} : { reason }) })
    }
  }
  return { all: all.sort((one, other) => one.entry - other.entry), roles, entries: new Map(counted), carriers }
}
