/**
 * Who is bound by the embargo, who may publish, and who may have the report.
 *
 * Answers that a mistake in would be a broken embargo, so they lean one way: somebody is bound by what it has signed or
 * proposed itself, from that moment on, even while others do not know of it; and is freed only by what is settled, or by
 * the vulnerability being public. Somebody who signed nothing is bound by nothing, and may still be advised to wait.
 *
 * Only here does time come in: terms whose end is surely over bind nobody. Where an end is known by its date alone, that
 * is when the date is over everywhere.
 *
 * @module
 */
import type { Id, Moment } from '../protocol/message.js'
import { readMoment, surelyBefore } from '../protocol/moment.js'
import type { Case } from './case.js'
import type { Decided } from './decide.js'
import { isInForce, type Proposal } from './embargo.js'
import { ownEntries, stepOf } from './ledger.js'
import { forwards, get, sizeOf } from './tree.js'

/** Why somebody may publish, or not: it knows that the public knows, it is bound by nothing, or it is bound. */
export type PublishReason = 'public' | 'unbound' | 'bound'

/** Whether somebody may publish, and what to consider. */
export interface MayPublish {
  readonly may: boolean
  readonly because: PublishReason
  /** The proposals that bind it: in force, or its own word that may be under way to be accepted. */
  readonly bound: ReadonlyArray<Id>
  /** Until when, at the latest, as far as the terms say; absent where one of them names no end. */
  readonly until?: Moment
  /** Whose answers would settle it. */
  readonly waitsFor: ReadonlyArray<Id>
  /** Requirements that advise against publishing all the same. */
  readonly advice: ReadonlyArray<string>
}

/** Whether a moment is surely over at another. */
const isOver = (end: Moment | undefined, now: Moment | undefined): boolean => end !== undefined && now !== undefined && surelyBefore(end, now)

/** The proposals that somebody has given its word on, by any deciding entry of its own, whether or not it counts; what is settled to be illegal, or a void proposal, can no longer be taken up by anybody. */
const wordsOf = ({ ledger, state, settled }: Case, participant: Id): ReadonlySet<Id> => {
  const words = new Set<Id>()
  const tentative = new Set(settled.tentative)
  for (const node of ownEntries(ledger, participant)) {
    const final = !tentative.has(node.id)
    if (final && stepOf(ledger, node)?.illegal !== undefined) continue
    const idle = final && ledger.standing.voids.has(node.id)
    for (const entry of node.variants) {
      if (!('message' in entry)) continue
      const { types, embargo } = entry.message
      if (!idle && (types.includes('EV') || (types.includes('EP') && embargo?.existing !== true))) words.add(embargo?.id ?? node.id)
      const own = types.includes('EA') || types.includes('EC') ? embargo?.id : undefined
      const named = embargo?.answers ?? (own !== undefined && get(state.proposals, own) !== undefined ? own : undefined)
      if (named !== undefined && types.some((type) => type === 'EA' || type === 'EC' || type === 'RS')) words.add(named)
    }
  }
  for (const at of [state, settled.state]) for (const [id, proposal] of forwards(at.proposals)) if (proposal.signed.has(participant)) words.add(id)
  return words
}

/** Whether time alone frees somebody of a proposal: its end is past, or nobody else signed it in the time that it gave. */
const isPast = (proposal: Proposal | undefined, participant: Id, now: Moment | undefined): boolean =>
  isOver(proposal?.terms?.end, now) ||
  (proposal?.status === 'open' && proposal.by === participant && proposal.signed.size === 1 && isOver(proposal.terms?.respondBy, now))

/** Whether a proposal binds nobody any more who signed it, as far as is settled; terms that a participant's later ones replaced do not bind it. */
const isFree = (settled: Decided, id: Id, participant: Id): boolean => {
  switch (get(settled.proposals, id)?.status) {
    case 'rejected':
    case 'withdrawn':
    case 'superseded':
    case 'ended':
      return true
    case 'replaced':
      return settled.ended !== undefined || (settled.inForce !== undefined && get(settled.proposals, settled.inForce)?.signed.has(participant) === true)
    default:
      return false
  }
}

/** Whether somebody knows that the vulnerability or an exploit is public: from the case, or by itself. */
const knowsPublic = ({ state, lanes }: Case, participant: Id): boolean =>
  state.facts.P !== undefined || state.facts.X !== undefined || /[PX]/.test(lanes.get(participant)?.state.cs.slice(-3) ?? '')

/**
 * The proposals that bind somebody: its own word, not over as far as is settled. With a time, what surely ended before it
 * is over. While an entry of its own refers to something that is missing, only time frees: that could be what binds it.
 */
export const boundBy = (of: Case, participant: Id, now?: Moment): ReadonlyArray<Id> => {
  if (knowsPublic(of, participant)) return []
  const { state, settled } = of
  const words = [...wordsOf(of, participant)].filter((id) => !isPast(get(state.proposals, id) ?? get(settled.state.proposals, id), participant, now)).sort()
  if (ownEntries(of.ledger, participant).some((node) => !node.complete)) return words
  // A withdrawal frees as soon as it is settled; a signature after it binds at once.
  const withdrawn = settled.state.members.get(participant)?.withdrawn === true && state.members.get(participant)?.withdrawn === true
  return withdrawn ? [] : words.filter((id) => !isFree(settled.state, id, participant))
}

const lastEnd = (of: Case, ids: ReadonlyArray<Id>): Moment | undefined => {
  const ends = ids.map((id) => get(of.state.proposals, id)?.terms?.end)
  return ends.reduce((last, end) => (last === undefined || end === undefined ? undefined : (readMoment(end)?.latest ?? 0) > (readMoment(last)?.latest ?? 0) ? end : last))
}

/**
 * Whether a participant may publish as far as the embargo goes. Without a time, no terms are taken to be over by their
 * date. Requirements VP-05-006 (something is proposed) and VP-05-014 (an embargo that it has not signed is in force) can
 * advise against it all the same.
 */
export const mayPublish = (of: Case, participant: Id, now?: Moment): MayPublish => {
  if (knowsPublic(of, participant)) return { may: true, because: 'public', bound: [], waitsFor: [], advice: [] }
  const bound = boundBy(of, participant, now)
  const inForce = [of.state, of.settled.state].some((state) => isInForce(state.em) && !(state.inForce !== undefined && isOver(get(state.proposals, state.inForce)?.terms?.end, now)))
  const signed = isParty(of.state, participant) || isParty(of.settled.state, participant)
  const advice = [...(inForce && !signed ? ['VP-05-014'] : []), ...(sizeOf(of.state.open) > 0 ? ['VP-05-006'] : [])]
  if (bound.length === 0) return { may: true, because: 'unbound', bound, waitsFor: [], advice }
  const until = lastEnd(of, bound)
  return { may: false, because: 'bound', bound, ...(until === undefined ? {} : { until }), waitsFor: of.settled.waitsFor, advice }
}

/** Whether somebody has signed terms of the embargo in force, and keeps to them. */
const isParty = (state: Decided, participant: Id): boolean => {
  if (state.members.get(participant)?.withdrawn === true) return false
  for (const [, { status, signed }] of forwards(state.proposals)) if ((status === 'in force' || status === 'replaced') && signed.has(participant)) return true
  return false
}

/** Whether somebody keeps to the embargo: it signed terms of it and has not withdrawn. Nothing to keep to where none is in force. */
export const adheres = (of: Case, participant: Id): boolean => isInForce(of.state.em) && isParty(of.state, participant)

/**
 * Whether a participant may be given the content of the case: it is engaged, and, as far as is settled and as things
 * stand, no embargo is in force, or the vulnerability is public, or it has signed (VP-08-006, erratum D-EM-35).
 */
export const mayReceive = (of: Case, participant: Id): boolean =>
  of.state.members.get(participant)?.engaged === true &&
  (knowsPublic(of, participant) || [of.state, of.settled.state].every((state) => !isInForce(state.em) || isParty(state, participant)))
