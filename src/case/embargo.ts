/**
 * The embargo of a case: its proposals, who signed and rejected each, and when that decides.
 *
 * A proposal is known by its id, and is open until it is decided. At most one is in force. A revision is a proposal that
 * is made while terms are in force; these stay in force until it is accepted, and signatures outlive them: who signed the
 * old terms and not the new ones is bound by the old until they end. The published text leaves open whose word decides
 * (erratum D-EM-14), so that is a value: {@link DecisionRule}.
 *
 * Everything here is about what was said; nothing reads a clock.
 *
 * @module
 */
import { isRight } from 'fp-ts/Either'
import type { DecisionRule } from '../protocol/log.js'
import { em, type EmEvent, emSubsets, type EmState } from '../protocol/em.js'
import type { EmbargoTerms, Id } from '../protocol/message.js'
import { compareText, emptyTree, forwards, get, remove, set, sizeOf, type Tree } from './tree.js'

/**
 * What became of a proposal:
 *
 * - `open`: it awaits answers;
 * - `in force`: it was accepted, and binds who signed it;
 * - `replaced`: a revision of it was accepted;
 * - `superseded`: another was accepted while it was open; to be offered again as a revision (VP-07-008);
 * - `rejected`, `withdrawn` (by its proposer);
 * - `ended`: the embargo ended while it was in force, or a revision of it was open.
 */
export type ProposalStatus = 'open' | 'in force' | 'replaced' | 'superseded' | 'rejected' | 'withdrawn' | 'ended'

/** A proposal of embargo terms, or of other terms for the embargo in force. */
export interface Proposal {
  readonly id: Id
  /** The entry that made it. */
  readonly entry: Id
  readonly by: Id
  /** How many proposals were made before it. */
  readonly number: number
  readonly kind: 'initial' | 'revision'
  /** Its terms as they were sent: end, time to answer, reason, scope. */
  readonly terms: EmbargoTerms | undefined
  readonly status: ProposalStatus
  /** Who signed it, by which entry; the proposer by the proposal itself. */
  readonly signed: ReadonlyMap<Id, Id>
  /** Who rejected it, by which entry. */
  readonly rejected: ReadonlyMap<Id, Id>
}

/** The embargo of a case, as far as some of its entries decide it. */
export interface Embargo {
  readonly em: EmState
  readonly proposals: Tree<Id, Proposal>
  /** The open proposals, in the order in which they were made. */
  readonly open: Tree<number, Id>
  readonly inForce: Id | undefined
  /** The entry that ended the embargo, and its reason where it gave one. */
  readonly ended: { readonly entry: Id; readonly reason?: string } | undefined
}

const byNumber = (one: number, other: number): number => one - other

/** No embargo, and nobody has proposed one. */
export const noEmbargo = (state: EmState): Embargo => ({ em: state, proposals: emptyTree(compareText), open: emptyTree(byNumber), inForce: undefined, ended: undefined })

/** An embargo that is in force before the first entry, because the case was merged or split off. */
export const inherited = (terms: EmbargoTerms, signed: ReadonlyArray<Id>): Embargo => ({
  ...noEmbargo('Active'),
  proposals: set<Id, Proposal>(emptyTree(compareText), terms.id, {
    id: terms.id, entry: '', by: '', number: 0, kind: 'initial', terms, status: 'in force', signed: new Map(signed.map((id) => [id, ''])), rejected: new Map(),
  }),
  inForce: terms.id,
})

/** Whether terms are in force. */
export const isInForce = (state: EmState): boolean => emSubsets.InForce.some((one) => one === state)

/** The state after an event; the same state where it does not enable the event. */
const after = (state: EmState, event: EmEvent): EmState => {
  const next = em.step(state, event)
  return isRight(next) ? next.right : state
}

const change = (embargo: Embargo, id: Id, part: Partial<Proposal>): Embargo => {
  const proposal = get(embargo.proposals, id)
  return proposal === undefined ? embargo : { ...embargo, proposals: set(embargo.proposals, id, { ...proposal, ...part }) }
}

const close = (embargo: Embargo, ids: ReadonlyArray<Id>, status: ProposalStatus): Embargo => ({
  ...ids.reduce((at, id) => change(at, id, { status }), embargo),
  open: ids.reduce((open, id) => remove(open, get(embargo.proposals, id)?.number ?? -1), embargo.open),
})

/** The ids of the open proposals, in the order in which they were made. */
export const openIn = (embargo: Embargo): ReadonlyArray<Id> => [...forwards(embargo.open)].map(([, id]) => id)

/** Makes a proposal; its proposer has signed it. */
export const propose = (embargo: Embargo, id: Id, entry: Id, by: Id, terms: EmbargoTerms | undefined): Embargo => ({
  ...embargo,
  em: after(embargo.em, 'propose'),
  proposals: set(embargo.proposals, id, {
    id, entry, by, number: sizeOf(embargo.proposals), kind: isInForce(embargo.em) ? 'revision' : 'initial', terms, status: 'open', signed: new Map([[by, entry]]), rejected: new Map(),
  }),
  open: set(embargo.open, sizeOf(embargo.proposals), id),
})

/** Signs a proposal. Who signs again keeps the first signature. */
export const sign = (embargo: Embargo, id: Id, by: Id, entry: Id): Embargo => {
  const signed = get(embargo.proposals, id)?.signed
  return signed === undefined || signed.has(by) ? embargo : change(embargo, id, { signed: new Map([...signed, [by, entry]]) })
}

/** Rejects a proposal; what is over stays as it is. */
export const refuse = (embargo: Embargo, id: Id, by: Id, entry: Id): Embargo => {
  const { rejected, status } = get(embargo.proposals, id) ?? {}
  return rejected === undefined || rejected.has(by) || (status !== 'open' && status !== 'in force') ? embargo : change(embargo, id, { rejected: new Map([...rejected, [by, entry]]) })
}

/** Ends an embargo in force, with whatever is open about it. */
export const terminate = (embargo: Embargo, entry: Id, reason: string | undefined): Embargo => {
  if (!isInForce(embargo.em)) return embargo
  const over = close(embargo.inForce === undefined ? embargo : change(embargo, embargo.inForce, { status: 'ended' }), openIn(embargo), 'ended')
  return { ...over, em: after(embargo.em, 'terminate'), inForce: undefined, ended: { entry, ...(reason === undefined ? {} : { reason }) } }
}

/** Whether somebody has signed terms that are, or were, in force. */
export const hasSigned = ({ proposals }: Embargo, by: Id): boolean => {
  for (const [, { status, signed }] of forwards(proposals)) if ((status === 'in force' || status === 'replaced' || status === 'ended') && signed.has(by)) return true
  return false
}

/** Rejects everything that is proposed, where nothing is in force yet. */
export const rejectAll = (embargo: Embargo): Embargo =>
  embargo.em === 'Proposed' ? { ...close(embargo, openIn(embargo), 'rejected'), em: after(embargo.em, 'reject') } : embargo

/** Who decides, as far as a decision needs to know. */
export interface Voters {
  readonly rule: DecisionRule
  readonly owner: Id | undefined
  /** The engaged members. */
  readonly engaged: ReadonlyArray<Id>
}

const isAccepted = (proposal: Proposal, inForce: Proposal | undefined, voters: Voters): boolean => {
  const others = [...proposal.signed.keys()].some((id) => id !== proposal.by)
  switch (voters.rule) {
    case 'first':
      return others
    case 'unanimous': {
      const asked = proposal.kind === 'revision' && inForce !== undefined ? voters.engaged.filter((id) => inForce.signed.has(id)) : voters.engaged
      return others && asked.every((id) => proposal.signed.has(id))
    }
    case 'owner':
      return others && voters.owner !== undefined && proposal.signed.has(voters.owner)
  }
}

const isRejected = (proposal: Proposal, voters: Voters): boolean =>
  voters.rule === 'owner'
    ? proposal.rejected.has(proposal.by) || (voters.owner !== undefined && proposal.rejected.has(voters.owner))
    : proposal.rejected.size > 0

/** Decides about some open proposals, in their order, as the rule has it. */
export const decideOn = (embargo: Embargo, ids: ReadonlyArray<Id>, voters: Voters): Embargo => ids.reduce((at, id) => decideOne(at, id, voters), embargo)

const decideOne = (embargo: Embargo, id: Id, voters: Voters): Embargo => {
  const proposal = get(embargo.proposals, id)
  if (proposal?.status !== 'open') return embargo
  if (isRejected(proposal, voters)) {
    const closed = close(embargo, [id], proposal.rejected.has(proposal.by) ? 'withdrawn' : 'rejected')
    return sizeOf(closed.open) > 0 ? closed : { ...closed, em: after(closed.em, 'reject') }
  }
  const inForce = embargo.inForce === undefined ? undefined : get(embargo.proposals, embargo.inForce)
  if (!isAccepted(proposal, inForce, voters)) return embargo
  const replaced = inForce === undefined ? embargo : change(embargo, inForce.id, { status: 'replaced' })
  const accepted = change({ ...replaced, open: remove(replaced.open, proposal.number) }, id, { status: 'in force' })
  return { ...close(accepted, openIn(accepted), 'superseded'), em: after(accepted.em, 'accept'), inForce: id }
}
