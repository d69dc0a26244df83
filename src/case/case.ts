/**
 * The case: what a ledger says about everybody and everything in it.
 *
 * Nothing here is stored: a case is read from its ledger, and two ledgers of the same entries give the same case.
 *
 * @module
 */
import type { Charter } from './charter.js'
import type { ConsentState } from '../protocol/consent.js'
import type { EmState } from '../protocol/em.js'
import type { Id } from '../protocol/message.js'
import { surelyBefore } from '../protocol/moment.js'
import { type Participant } from '../protocol/participant.js'
import { type Decided, type Member, ownEmbargo } from './decide.js'
import { isInForce, type Proposal } from './embargo.js'
import { decidingIn } from './entry.js'
import type { CaseFinding } from './finding.js'
import { type Node, referencesIn } from './graph.js'
import { type Lane, lanesOf, type ProductPath } from './lane.js'
import { type Ledger, nodesOf, stateIn } from './ledger.js'
import { type Settled, stable } from './settled.js'
import { forwards, get, lastBefore } from './tree.js'

/** A participant of a case, as the case knows it. */
export interface CaseParticipant extends Participant {
  readonly engaged: boolean
  readonly consent: ConsentState
  /** Whether it said that it no longer keeps to the embargo. */
  readonly withdrawn: boolean
  /** Whether it is in the case by its charter, or came while terms were in force and has not signed them. */
  readonly newcomer: boolean
  /** Its fix path for each product that it named. */
  readonly products: ReadonlyArray<ProductPath>
}

/** A reference to what is not held. */
export interface Gap {
  readonly missing: Id
  /** The entries that refer to it, in the order of their ids. */
  readonly citedBy: ReadonlyArray<Id>
}

/** A case, as far as a ledger knows it. */
export interface Case {
  readonly ledger: Ledger
  readonly charter: Charter
  /** What its deciding entries decide, tentative ones included. */
  readonly state: Decided
  /** How much of that nothing can change any more, and whom the rest waits for. */
  readonly settled: Settled
  readonly lanes: ReadonlyMap<Id, Lane>
  /** Every proposal that was made, in that order. */
  readonly proposals: ReadonlyArray<Proposal>
  /** Everybody who was ever in the case, in the order of their ids. */
  readonly participants: ReadonlyArray<CaseParticipant>
  /** In the order of depth, author and id of their entries. */
  readonly findings: ReadonlyArray<CaseFinding>
  readonly gaps: ReadonlyArray<Gap>
}

/** The case that a ledger holds. */
export const caseOf = (ledger: Ledger): Case => {
  const state = stateIn(ledger)
  const lanes = lanesOf(ledger)
  const nodes = nodesOf(ledger)
  return {
    ledger, charter: ledger.charter, state, settled: stable(ledger), lanes,
    proposals: [...forwards(state.proposals)].map(([, proposal]) => proposal).sort((one, other) => one.number - other.number),
    participants: [...state.members.values()].sort((one, other) => (one.id < other.id ? -1 : 1)).flatMap((member) => {
      const lane = lanes.get(member.id)
      return lane === undefined ? [] : [participantIn(state, member, lane)]
    }),
    findings: findingsIn(ledger, nodes, lanes),
    gaps: gapsIn(ledger, nodes),
  }
}

const participantIn = (state: Decided, member: Member, lane: Lane): CaseParticipant => ({
  ...lane.state,
  em: ownState(state, member, lane),
  engaged: member.engaged,
  consent: member.consent,
  withdrawn: member.withdrawn,
  newcomer: member.newcomer !== undefined && isInForce(state.em),
  products: lane.products,
})

/** A participant's own embargo state: what the case knows, but that what it knows to be public ends an embargo at once. */
const ownState = (state: Decided, member: Member, lane: Lane): EmState => {
  const own = ownEmbargo(state, member)
  return lane.state.cs.endsWith('pxa') ? own : isInForce(own) ? 'Exited' : own === 'Proposed' ? 'None' : own
}

const gapsIn = (ledger: Ledger, nodes: ReadonlyArray<Node>): ReadonlyArray<Gap> => {
  const gaps = new Map<Id, Id[]>()
  for (const node of nodes)
    for (const cited of referencesIn(node)) if (get(ledger.graph.nodes, cited) === undefined) gaps.set(cited, [...(gaps.get(cited) ?? []), node.id])
  return [...gaps].map(([missing, citedBy]) => ({ missing, citedBy: citedBy.sort() })).sort((one, other) => (one.missing < other.missing ? -1 : 1))
}

const findingsIn = (ledger: Ledger, nodes: ReadonlyArray<Node>, lanes: ReadonlyMap<Id, Lane>): ReadonlyArray<CaseFinding> => {
  const found = new Map<Id, CaseFinding[]>()
  const find = (node: Node, finding: Pick<CaseFinding, 'kind'> & Partial<CaseFinding>): void => {
    const about: CaseFinding = { entry: node.id, by: node.author, replies: [], requirements: [], about: [], ...finding }
    found.set(node.id, [...(found.get(node.id) ?? []), about])
  }
  for (const [, { node, illegal, void: kind, before }] of forwards(ledger.order)) {
    if (illegal !== undefined) find(node, illegal)
    if (kind !== undefined || illegal !== undefined) continue
    const untold = untoldBy(before, node)
    if (untold.length > 0) find(node, { kind: 'not-announced', about: untold, requirements: ['VP-03-012'] })
    if (isOpenEnded(node)) find(node, { kind: 'open-ended', requirements: ['VP-04-001', 'VP-05-001'] })
  }
  const early = earlierEnd(ledger)
  if (early !== undefined) find(early, { kind: 'earlier-end', about: ledger.charter.inherits?.siblings ?? [], requirements: ['VP-10-002', 'VP-10-006'] })
  for (const node of nodes) {
    const kind = ledger.standing.voids.get(node.id)
    if (kind !== undefined) find(node, { kind, about: kind === 'equivocation' ? rivalsOf(ledger, node) : [] })
    const missing = referencesIn(node).filter((cited) => get(ledger.graph.nodes, cited) === undefined)
    if (missing.length > 0) find(node, { kind: 'gap', about: missing })
  }
  for (const lane of lanes.values())
    for (const { entry, refusal } of lane.refused) {
      const node = get(ledger.graph.nodes, entry)
      if (node !== undefined) find(node, { kind: 'own-step', requirements: refusal.requirements, ...(refusal.rule === undefined ? {} : { rule: refusal.rule }) })
    }
  return nodes.flatMap((node) => found.get(node.id) ?? [])
}

/** Who is engaged and was not sent a message that decides. Acknowledgements and errors go to whom they answer. */
const untoldBy = (state: Decided, node: Node): ReadonlyArray<Id> => {
  if (!('message' in node.entry)) return []
  const { from, to } = node.entry.message
  if (decidingIn(node.entry.message).every((type) => type === 'EK' || type === 'EE') || node.entry.message.embargo?.existing === true) return []
  return [...state.members.values()].filter((one) => one.engaged && one.id !== from && !to.includes(one.id)).map((one) => one.id)
}

const isOpenEnded = ({ entry }: Node): boolean =>
  'message' in entry && entry.message.types.some((type) => type === 'EP' || type === 'EV') && entry.message.embargo?.end === undefined && entry.message.embargo?.existing !== true

/** The entry that made the terms in force, where these surely end before the ones that the case inherited. */
const earlierEnd = ({ charter, order, graph }: Ledger): Node | undefined => {
  const inherited = charter.inherits?.embargo?.end
  const state = lastBefore(order)?.[1].after
  const agreed = state?.inForce === undefined ? undefined : get(state.proposals, state.inForce)
  const end = agreed?.terms?.end
  return agreed !== undefined && inherited !== undefined && end !== undefined && surelyBefore(end, inherited) ? get(graph.nodes, agreed.entry) : undefined
}

/** What else of the same author is void with an entry. */
const rivalsOf = (ledger: Ledger, node: Node): ReadonlyArray<Id> => {
  const others: Id[] = []
  for (const [id, kind] of ledger.standing.voids)
    if (kind === 'equivocation' && id !== node.id && get(ledger.graph.nodes, id)?.author === node.author) others.push(id)
  return others.sort()
}
