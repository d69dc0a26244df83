/**
 * The embargo of a log as it was negotiated: what was proposed, who answered what, and which terms are in force.
 *
 * This is bookkeeping for checks, in the order of the log: an acceptance that moved a machine puts into force what it
 * names, or the last that was offered. How a case of replicas decides (`mpcvd/case`) is not asked; where its decision rule
 * is not the first answer, the terms in force here can be ahead of the case. In the log of one participant, what others say
 * among themselves moves no machine, and is taken at its word.
 *
 * @module
 */
import type { LogEntry, LogHeader } from '../protocol/log.js'
import type { EmbargoTerms, Id, Message, MessageType, Moment } from '../protocol/message.js'
import type { ReplayStep } from '../protocol/replay.js'
import { fires } from './move.js'

/** Terms that were offered. */
export interface Offered {
  readonly id: Id
  readonly by: Id
  readonly to: ReadonlyArray<Id>
  readonly entry: number
  readonly at: Moment
  readonly message: Id
  readonly kind: 'initial' | 'revision' | 'existing'
  readonly terms: EmbargoTerms | undefined
  readonly status: 'open' | 'in force' | 'rejected' | 'over'
}

/** What is known of a case's embargo. */
export interface Embargoes {
  /** The terms that an answer names, or the last that wait for one; nothing where it names what the log does not have. */
  readonly named: (terms: EmbargoTerms | undefined) => Offered | undefined
  /** The proposals that wait for an answer, in their order. */
  readonly open: () => ReadonlyArray<Offered>
  /** The terms in force. */
  readonly inForce: () => Offered | undefined
  /** Whether somebody has agreed to the terms in force. */
  readonly signed: (id: Id) => boolean
  /** When the first embargo of the case came into force. */
  readonly began: () => Moment | undefined
  /** Who has refused terms, and not agreed to them since. */
  readonly against: (offer: Offered) => ReadonlySet<Id>
  /** The last offer of terms in force to a newcomer. */
  readonly offered: (id: Id) => Offered | undefined
}

const refusals: ReadonlyArray<MessageType> = ['ER', 'EJ']
const acceptances: ReadonlyArray<MessageType> = ['EA', 'EC']
const publications: ReadonlyArray<MessageType> = ['CP', 'CX', 'CA']

const nobody: ReadonlySet<Id> = new Set()

const moved = (moves: ReadonlyArray<ReplayStep>, event: string): boolean => moves.some((move) => fires(move, 'em', event))

/** Reads the negotiation of a log: `see` is shown each entry after the checks have seen it. */
export const embargoes = (header: LogHeader): { readonly view: Embargoes; readonly see: (entry: LogEntry, place: number, moves: ReadonlyArray<ReplayStep>) => void } => {
  const offers = new Map<Id, Offered>()
  const byMessage = new Map<Id, Id>()
  const open = new Set<Id>()
  const made: Id[] = []
  const toNewcomers = new Map<Id, Offered>()
  const against = new Map<Id, Set<Id>>()
  const signed = new Set<Id>(header.inherits?.signed ?? [])
  let agreed: Id | undefined
  let began: Moment | undefined

  const set = (offer: Offered): void => {
    offers.set(offer.id, offer)
    if (offer.status === 'open') open.add(offer.id)
    else open.delete(offer.id)
  }
  const turn = (id: Id | undefined, status: Offered['status']): void => {
    const offer = id === undefined ? undefined : offers.get(id)
    if (offer !== undefined) set({ ...offer, status })
  }
  const closeAll = (status: Offered['status']): void => {
    for (const id of [...open]) turn(id, status)
  }
  /** The last offer that is open; those that were closed above it are let go. */
  const last = (): Offered | undefined => {
    for (;;) {
      const id = made.at(-1)
      if (id === undefined || open.has(id)) return id === undefined ? undefined : offers.get(id)
      made.pop()
    }
  }
  const named = (terms: EmbargoTerms | undefined): Offered | undefined => {
    const { answers, id } = terms ?? {}
    const known = [answers, answers === undefined ? undefined : byMessage.get(answers), id].flatMap((one) => (one === undefined ? [] : (offers.get(one) ?? [])))
    return known[0] ?? (answers === undefined ? last() : undefined)
  }

  const propose = ({ at, embargo, from, id, to }: Message, place: number, type: MessageType): void => {
    const kind = embargo?.existing === true ? 'existing' : type === 'EV' ? 'revision' : 'initial'
    const offer: Offered = { id: embargo?.id ?? id, by: from, to, entry: place, at, message: id, kind, terms: embargo, status: 'open' }
    if (kind === 'existing') {
      for (const one of to) if (!signed.has(one)) toNewcomers.set(one, offer)
      return
    }
    // An id that was settled, or that its own proposer uses again, is of the newer terms.
    const known = offers.get(offer.id)
    if (known === undefined || known.status === 'rejected' || known.status === 'over' || (known.status === 'open' && known.by === from)) {
      against.delete(offer.id)
      set(offer)
      made.push(offer.id)
      byMessage.set(id, offer.id)
    }
  }
  const answer = ({ at, embargo, from }: Message, type: MessageType, moves: ReadonlyArray<ReplayStep>): void => {
    const newcomers = toNewcomers.get(from)
    const target = newcomers?.status === 'open' ? newcomers : named(embargo)
    if (target === undefined) return
    const refuses = refusals.includes(type)
    if (target.kind === 'existing') {
      toNewcomers.set(from, { ...target, status: refuses ? 'rejected' : 'in force' })
      if (!refuses && target.id === agreed) signed.add(from)
      return
    }
    const refusers = against.get(target.id) ?? new Set()
    against.set(target.id, refusers)
    if (refuses) refusers.add(from)
    else refusers.delete(from)
    const heard = moves.length > 0 || header.as === undefined
    // Two may agree at once, each before it hears of the other.
    if (!refuses && target.id === agreed) signed.add(from)
    else if (!refuses && (heard ? moved(moves, 'accept') : target.status === 'open')) {
      turn(agreed, 'over')
      closeAll('over')
      turn(target.id, 'in force')
      agreed = target.id
      signed.clear()
      signed.add(target.by).add(from)
      began ??= at
    } else if (refuses && (heard ? moved(moves, 'reject') : target.status === 'open')) {
      if (type === 'ER') closeAll('rejected')
      else turn(target.id, 'rejected')
    }
  }
  const see = (entry: LogEntry, place: number, moves: ReadonlyArray<ReplayStep>): void => {
    if ('message' in entry) {
      const { message } = entry
      for (const type of message.types) {
        if (type === 'EP' || type === 'EV') propose(message, place, type)
        else if (refusals.includes(type) || acceptances.includes(type) || (type === 'RS' && message.embargo?.answers !== undefined)) answer(message, type, moves)
      }
    }
    if ('membership' in entry && entry.membership.change === 'withdraws') signed.delete(entry.membership.participant)
    const ended = moved(moves, 'terminate') || (header.as !== undefined && moves.length === 0 && 'message' in entry && entry.message.types.includes('ET'))
    if (ended) {
      turn(agreed, 'over')
      agreed = undefined
    }
    if (ended || ('message' in entry && entry.message.types.some((type) => publications.includes(type)) && moved(moves, 'reject'))) closeAll('over')
  }
  const inherited = header.inherits?.embargo
  if (inherited !== undefined) {
    agreed = inherited.id
    set({ id: inherited.id, by: header.owner ?? header.inherits?.signed?.[0] ?? '', to: [], entry: -1, at: '', message: '', kind: 'initial', terms: inherited, status: 'in force' })
  }
  return {
    see,
    view: {
      named,
      open: () => [...open].flatMap((id) => offers.get(id) ?? []),
      inForce: () => (agreed === undefined ? undefined : offers.get(agreed)),
      signed: (id) => signed.has(id),
      began: () => began,
      against: (offer) => against.get(offer.id) ?? nobody,
      offered: (id) => toNewcomers.get(id),
    },
  }
}
