/**
 * The case ledger a second time: brute force, plainly, from docs/decisions/0010-ledger.md alone, section by section.
 *
 * It shares only the core with the first implementation. Where the document is silent or can be read in two ways, the
 * reading taken is marked "READING" with a letter.
 */
import { isLeft, isRight } from 'fp-ts/Either'
import { consent, type ConsentEvent, type ConsentState } from '../../src/protocol/consent.js'
import { protocols } from '../../src/protocol/editions.js'
import { em, type EmEvent, type EmState } from '../../src/protocol/em.js'
import { contentOf, type Membership, type Stamp, type Statement } from '../../src/protocol/log.js'
import type { Message, MessageType } from '../../src/protocol/message.js'
import { caseStateNamed, type Participant, reshape, type Role, shapeOf, startOf } from '../../src/protocol/participant.js'
import type { RmState } from '../../src/protocol/rm.js'

export interface Charter {
  readonly case: string
  readonly protocol: 'adopted@1' | 'published@1'
  readonly participants: ReadonlyArray<{ readonly id: string; readonly roles: ReadonlyArray<Role>; readonly start?: string }>
  readonly owner?: string
  readonly manager?: string
  readonly decision: 'first' | 'unanimous' | 'owner'
  readonly order: 'causal' | 'manager'
}

export type VoidReason = 'equivocation' | 'circular' | 'ended'
export type IllegalReason = 'refused' | 'unknown-proposal' | 'taken-proposal' | 'stale-acceptance' | 'not-a-member' | 'no-authority'
export type Status = 'open' | 'in-force' | 'rejected' | 'replaced' | 'superseded' | 'ended'

export interface ProposalView {
  readonly by: string
  readonly kind: 'initial' | 'revision'
  readonly status: Status
  readonly signed: ReadonlyArray<string>
  readonly rejected: ReadonlyArray<string>
}

export interface MemberView {
  readonly engaged: boolean
  readonly own: EmState
  readonly rm: RmState
  readonly cs: string
  readonly consent: ConsentState
}

export interface Result {
  readonly order: ReadonlyArray<string>
  readonly voids: Readonly<Record<string, VoidReason>>
  readonly illegal: Readonly<Record<string, IllegalReason>>
  readonly settled: number
  readonly waitsFor: ReadonlyArray<string>
  readonly em: EmState
  readonly facts: string
  readonly proposals: Readonly<Record<string, ProposalView>>
  readonly members: Readonly<Record<string, MemberView>>
  readonly settledState: { readonly em: EmState; readonly facts: string; readonly proposals: Readonly<Record<string, ProposalView>> }
  readonly bound: Readonly<Record<string, ReadonlyArray<string>>>
  readonly mayPublish: Readonly<Record<string, boolean>>
  readonly mayReceive: Readonly<Record<string, boolean>>
  readonly gaps: Readonly<Record<string, ReadonlyArray<string>>>
}

/**
 * The readings that are easiest to turn round: each is true for the one taken here. What they stand for is told where
 * they are used.
 */
export const readings = {
  /** A: entries that are already void are rivals of others in a fork. */
  voidEntriesAreRivals: true,
  /** B: a member's lane hears every CP, CX and CA that is not void, even one that is illegal or a stranger's. */
  lanesHearStrangers: true,
  /** C: entries that are illegal at their place still are report work in the lane of their author. */
  illegalIsReportWork: true,
  /** D: replaced terms stay `replaced` when the embargo ends, so that they go on binding who did not sign their successor. */
  replacedOutlivesTheEnd: true,
  /** E: only the direct successor counts for "replaced by terms that p signed too". */
  directSuccessorOnly: true,
  /** F: an RC looks at all open proposals as a membership does, since leaving can complete unanimity. */
  closingCompletesUnanimity: true,
  /** G: a participant of the charter with one `joins` is not asked for that entry's ancestors either. */
  charterJoinExempts: true,
  /** H: the manager's ends of others are taken even where the manager itself had left before. */
  departedManagerEnds: true,
  /** I: an entry in a circle leaves no gaps: it counts as if it had no references. */
  circlesLeaveNoGaps: true,
  /** J: owner and manager change memberships even where they are not members. */
  officesNeedNoMembership: true,
}

// ---------------------------------------------------------------------------------------------------------------------
// Small tools

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
const sorted = (all: Iterable<string>): string[] => [...new Set(all)].sort(compare)
const record = <A>(pairs: Iterable<readonly [string, A]>): Record<string, A> => Object.fromEntries(pairs)

const must = <A>(value: A | undefined): A => {
  if (value === undefined) throw new Error('the reference contradicts itself')
  return value
}

/** JSON with the names of each object in order. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map((one: unknown) => canonical(one)).join(',')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => compare(a, b))
      .map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`)
      .join(',')}}`
  return JSON.stringify(value)
}

/** Everything that can be reached in one step or more. */
const reach = (from: string, step: (id: string) => ReadonlyArray<string>): Set<string> => {
  const found = new Set<string>()
  const todo = [...step(from)]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (found.has(next)) continue
    found.add(next)
    todo.push(...step(next))
  }
  return found
}

// ---------------------------------------------------------------------------------------------------------------------
// 1. What it is made of

const messageOf = (entry: Statement): Message | undefined => ('message' in entry ? entry.message : undefined)
const membershipOf = (entry: Statement): Membership | undefined => ('membership' in entry ? entry.membership : undefined)

/** READING: an observation has no author, and is of nobody. */
const authorOf = (entry: Statement): string =>
  'message' in entry ? entry.message.from : 'observation' in entry ? '' : contentBy(entry)
const contentBy = (entry: Exclude<Statement, { message: unknown } | { observation: unknown }>): string =>
  'local' in entry ? entry.local.by
  : 'membership' in entry ? entry.membership.by
  : 'stamp' in entry ? entry.stamp.by
  : entry.correction.by

const afterOf = (entry: Statement): ReadonlyArray<string> => {
  const content = contentOf(entry)
  return 'after' in content ? (content.after ?? []) : []
}

const referencesOf = (entry: Statement): string[] => {
  const reply = messageOf(entry)?.inReplyTo
  return sorted([...afterOf(entry), ...(reply === undefined ? [] : [reply])])
}

const idOf = (entry: Statement): string => contentOf(entry).id ?? canonical(entry)

const isEmbargoType = (type: MessageType): boolean => type.startsWith('E')
const factTypes: ReadonlyArray<MessageType> = ['CX', 'CP', 'CA']

/** The types of a message that decide. */
const decidingTypes = (message: Message): MessageType[] =>
  message.types.filter(
    (type) =>
      isEmbargoType(type) || factTypes.includes(type) || type === 'RC' || (type === 'RS' && message.embargo?.answers !== undefined),
  )

const isDeciding = (entry: Statement): boolean => {
  const message = messageOf(entry)
  return membershipOf(entry) !== undefined || (message !== undefined && decidingTypes(message).length > 0)
}

// ---------------------------------------------------------------------------------------------------------------------
// 2. Graph and order

/**
 * All that is held under one id. READING (variants): the references are those of all variants, it is deciding where one
 * of them is, and author and content are those of the variant whose canonical JSON comes first.
 */
interface Node {
  readonly id: string
  readonly variants: ReadonlyArray<Statement>
  readonly entry: Statement
  readonly author: string
  readonly deciding: boolean
  readonly written: ReadonlyArray<string>
}

interface Graph {
  readonly nodes: ReadonlyMap<string, Node>
  readonly variant: ReadonlySet<string>
  readonly circular: ReadonlySet<string>
  /** The references that count: none for those in a circle. */
  readonly references: (id: string) => ReadonlyArray<string>
  /** Ancestors over references between deciding entries. */
  readonly ancestors: (id: string) => ReadonlySet<string>
  readonly depth: (id: string) => number
  readonly place: (id: string) => number
  readonly complete: (id: string) => boolean
}

const remember = <A>(work: (id: string) => A): ((id: string) => A) => {
  const known = new Map<string, { readonly value: A }>()
  return (id) => {
    const before = known.get(id)
    if (before !== undefined) return before.value
    const value = work(id)
    known.set(id, { value })
    return value
  }
}

const graphOf = (charter: Charter, entries: ReadonlyArray<Statement>): Graph => {
  const byId = new Map<string, Map<string, Statement>>()
  for (const entry of entries) {
    if (messageOf(entry) !== undefined && messageOf(entry)?.case !== charter.case) continue
    const id = idOf(entry)
    byId.set(id, (byId.get(id) ?? new Map<string, Statement>()).set(canonical(entry), entry))
  }
  const nodes = new Map<string, Node>()
  for (const [id, variants] of byId) {
    const all = [...variants].sort(([a], [b]) => compare(a, b)).map(([, entry]) => entry)
    const entry = must(all[0])
    nodes.set(id, {
      id, variants: all, entry, author: authorOf(entry), deciding: all.some(isDeciding), written: sorted(all.flatMap(referencesOf)),
    })
  }
  const held = (ids: ReadonlyArray<string>): string[] => ids.filter((id) => nodes.has(id))

  // READING (variants): what is an erased or redacted form of another is not written down; so nothing is.
  const variant = new Set([...nodes.values()].filter((node) => node.variants.length > 1).map((node) => node.id))
  const circular = new Set([...nodes.keys()].filter((id) => reach(id, (one) => held(nodes.get(one)?.written ?? [])).has(id)))

  const references = (id: string): ReadonlyArray<string> => (circular.has(id) ? [] : (nodes.get(id)?.written ?? []))
  const heldReferences = (id: string): string[] => held(references(id))
  const decidingReferences = (id: string): string[] => heldReferences(id).filter((one) => nodes.get(one)?.deciding === true)
  const level = (next: (id: string) => ReadonlyArray<string>): ((id: string) => number) => {
    const of: (id: string) => number = remember((id) => Math.max(-1, ...next(id).map((one) => of(one))) + 1)
    return of
  }
  const complete: (id: string) => boolean = remember((id) => references(id).every((one) => nodes.has(one) && complete(one)))
  return {
    nodes, variant, circular, references, complete,
    ancestors: remember((id) => reach(id, decidingReferences)),
    depth: level(heldReferences),
    place: level(decidingReferences),
  }
}

/** Author and id, after a number. */
const inOrder = (graph: Graph, number: (id: string) => number) => (one: string, other: string): number =>
  number(one) - number(other) ||
  compare(must(graph.nodes.get(one)).author, must(graph.nodes.get(other)).author) ||
  compare(one, other)

/** The numbers that the manager's stamps give to entries, held or not, as far as they count. */
const stampsOf = (charter: Charter, graph: Graph): { readonly byEntry: Map<string, number>; readonly byNumber: Map<number, string> } => {
  // READING: a stamp that is void itself (one id, two stamps) counts for nothing.
  const stamps: Stamp[] = [...graph.nodes.values()].flatMap((node) =>
    !graph.variant.has(node.id) && 'stamp' in node.entry && charter.manager !== undefined && node.entry.stamp.by === charter.manager
      ? [node.entry.stamp]
      : [],
  )
  const byEntry = new Map<string, number>()
  const byNumber = new Map<number, string>()
  for (const { entry, sequence } of stamps) {
    const numberIsTwo = stamps.some((other) => other.sequence === sequence && other.entry !== entry)
    const entryHasTwo = stamps.some((other) => other.entry === entry && other.sequence !== sequence)
    if (numberIsTwo || entryHasTwo) continue
    byEntry.set(entry, sequence)
    byNumber.set(sequence, entry)
  }
  return { byEntry, byNumber }
}

const orderOf = (charter: Charter, graph: Graph): string[] => {
  const deciding = [...graph.nodes.values()].filter((node) => node.deciding).map((node) => node.id).sort(inOrder(graph, graph.place))
  if (charter.order === 'causal') return deciding
  const { byEntry } = stampsOf(charter, graph)
  const stamped = deciding.filter((id) => byEntry.has(id)).sort((a, b) => must(byEntry.get(a)) - must(byEntry.get(b)))
  return [...stamped, ...deciding.filter((id) => !byEntry.has(id))]
}

// ---------------------------------------------------------------------------------------------------------------------
// 3. Whose entries count, and 6. who is needed

/** An entry that ends somebody's engagement. */
interface End {
  readonly id: string
  readonly of: string
  readonly by: string
}

/** 3.1: READING: an entry that is void by section 2 ends nothing. */
const endsIn = (charter: Charter, graph: Graph): End[] =>
  [...graph.nodes.values()].flatMap((node): End[] => {
    if (graph.variant.has(node.id) || graph.circular.has(node.id)) return []
    const message = messageOf(node.entry)
    if (message !== undefined) return message.types.includes('RC') ? [{ id: node.id, of: message.from, by: message.from }] : []
    const membership = membershipOf(node.entry)
    return membership !== undefined && mayEnd(charter, membership) ? [{ id: node.id, of: membership.participant, by: membership.by }] : []
  })

/** Whether a membership is an end, by who wrote it. */
const mayEnd = (charter: Charter, { change, by, participant }: Membership): boolean => {
  const owner = charter.owner !== undefined && by === charter.owner
  const manager = charter.manager !== undefined && by === charter.manager
  if (change === 'excluded') return owner
  if (change !== 'leaves') return false
  return by === participant || owner || (manager && participant !== charter.owner)
}

/** Every entry that says that somebody joins; of one variant. */
const joinsOf = (graph: Graph, participant: string): Node[] =>
  [...graph.nodes.values()].filter((node) => {
    const membership = membershipOf(node.entry)
    return !graph.variant.has(node.id) && membership?.change === 'joins' && membership.participant === participant
  })

/** Whether an end makes an entry void. */
const endsEntry = (graph: Graph, end: End, id: string): boolean =>
  graph.nodes.get(id)?.author === end.of &&
  id !== end.id &&
  !graph.ancestors(end.id).has(id) &&
  !joinsOf(graph, end.of).some((joins) => graph.ancestors(id).has(joins.id) && graph.ancestors(joins.id).has(end.id))

/**
 * The ends that are taken: the owner's, then the manager's, then everybody's own. READING: "void by the earlier" is
 * void by an end of an earlier group, or by one of the same person's own that is an ancestor: of two farewells that do not know
 * of each other, both are taken.
 */
const takenEnds = (charter: Charter, graph: Graph): End[] => {
  const all = endsIn(charter, graph).sort((a, b) => inOrder(graph, graph.place)(a.id, b.id))
  const isOwner = (id: string): boolean => charter.owner !== undefined && id === charter.owner
  const isManager = (id: string): boolean => charter.manager !== undefined && id === charter.manager
  const taken: End[] = []
  const voidByTaken = (end: End, by: (other: End) => boolean): boolean =>
    taken.some((other) => by(other) && endsEntry(graph, other, end.id))
  /** One's own ends, in causal order, so that an end comes after those that it knows of. */
  const takeOwn = (own: ReadonlyArray<End>): void => {
    for (const end of own)
      if (!voidByTaken(end, (other) => other.by !== end.by || graph.ancestors(end.id).has(other.id))) taken.push(end)
  }
  takeOwn(all.filter((end) => isOwner(end.by) && isOwner(end.of)))
  const ownersOwn = [...taken]
  for (const end of all.filter((one) => isOwner(one.by) && !isOwner(one.of)))
    if (!ownersOwn.some((other) => endsEntry(graph, other, end.id))) taken.push(end)
  const byManager = all.filter((end) => isManager(end.by) && !isOwner(end.by) && !isManager(end.of))
  const managersOwn = all.filter((end) => isManager(end.by) && !isOwner(end.by) && isManager(end.of))
  const ownersTaken = [...taken]
  for (const end of byManager) {
    const against = readings.departedManagerEnds ? ownersTaken : [...ownersTaken, ...managersOwn]
    if (!against.some((other) => endsEntry(graph, other, end.id))) taken.push(end)
  }
  takeOwn(all.filter((end) => end.by === end.of && !isOwner(end.by)))
  return taken
}

/** 6: the `joins` that count there: of one variant, in no circle, by the owner, the manager or somebody who is counted. */
const countedJoins = (charter: Charter, graph: Graph): { readonly counted: Set<string>; readonly joins: Node[] } => {
  const counted = new Set(charter.participants.map((one) => one.id))
  const candidates = [...graph.nodes.values()].filter(
    (node) => !graph.variant.has(node.id) && !graph.circular.has(node.id) && membershipOf(node.entry)?.change === 'joins',
  )
  const allowed = (node: Node): boolean =>
    counted.has(node.author) || (charter.owner !== undefined && node.author === charter.owner) || (charter.manager !== undefined && node.author === charter.manager)
  for (let size = -1; size !== counted.size; ) {
    size = counted.size
    for (const node of candidates) if (allowed(node)) counted.add(must(membershipOf(node.entry)).participant)
  }
  return { counted, joins: candidates.filter(allowed) }
}

/** 6: needed is who is counted, unless an end ended its engagement and it has not joined again since. */
const neededIn = (charter: Charter, graph: Graph, ends: ReadonlyArray<End>): string[] => {
  const { counted, joins } = countedJoins(charter, graph)
  return sorted(counted).filter((participant) =>
    ends.every(
      (end) =>
        end.of !== participant ||
        joins.some((node) => membershipOf(node.entry)?.participant === participant && graph.ancestors(node.id).has(end.id)),
    ),
  )
}

/** Why entries are void. READING: where there are several reasons, the first in the order of the sections. */
const voidsIn = (charter: Charter, graph: Graph, ends: ReadonlyArray<End>, needed: ReadonlyArray<string>): Map<string, VoidReason> => {
  const voids = new Map<string, VoidReason>()
  const note = (id: string, reason: VoidReason): void => {
    if (!voids.has(id)) voids.set(id, reason)
  }
  for (const id of graph.variant) note(id, 'equivocation')
  for (const id of graph.circular) note(id, 'circular')

  const deciding = [...graph.nodes.values()].filter((node) => node.deciding)
  for (const node of deciding) if (ends.some((end) => endsEntry(graph, end, node.id))) note(node.id, 'ended')

  if (charter.order === 'causal') {
    const able = deciding.filter((node) => readings.voidEntriesAreRivals || !voids.has(node.id))
    const rivals = (node: Node): Node[] =>
      able.filter(
        (other) =>
          other.id !== node.id && other.author === node.author && !graph.ancestors(other.id).has(node.id) && !graph.ancestors(node.id).has(other.id),
      )
    const stands = (node: Node): boolean =>
      needed
        .filter((participant) => participant !== node.author)
        .every((participant) =>
          deciding.some((witness) => {
            const seen = graph.ancestors(witness.id)
            return witness.author === participant && seen.has(node.id) && !rivals(node).some((rival) => seen.has(rival.id))
          }),
        )
    const forked = able.filter((node) => rivals(node).some((rival) => !stands(node) || stands(rival)))
    for (const node of forked) note(node.id, 'equivocation')
  }

  const content = [...graph.nodes.values()].filter((node) => !node.deciding && node.author !== '' && !graph.circular.has(node.id))
  const begins = (node: Node): string[] =>
    node.variants.flatMap((entry) => afterOf(entry).slice(0, 1)).filter((id) => graph.nodes.get(id)?.author === node.author)
  for (const node of content)
    if (content.some((other) => other.id !== node.id && other.author === node.author && begins(other).some((id) => begins(node).includes(id))))
      note(node.id, 'equivocation')
  return voids
}

// ---------------------------------------------------------------------------------------------------------------------
// 4. What deciding entries do

interface Proposal {
  readonly id: string
  readonly by: string
  readonly kind: 'initial' | 'revision'
  status: Status
  readonly signed: Set<string>
  readonly rejected: Set<string>
  replacedBy: string | undefined
}

interface Member {
  engaged: boolean
  /** Whether it joined when terms were in force. */
  joinedInForce: boolean
  withdrawn: boolean
  /** The roles and the start with which it came. */
  readonly came: Participant
}

interface State {
  em: EmState
  readonly facts: Set<string>
  readonly proposals: Map<string, Proposal>
  readonly members: Map<string, Member>
  /** The terms that were offered to whom, and not rejected since. */
  readonly offers: Map<string, Set<string>>
  readonly consents: Map<string, ConsentState>
}

const isInForce = (state: EmState): boolean => state === 'Active' || state === 'Revise'
const factsOf = (facts: ReadonlySet<string>): string => ['P', 'X', 'A'].filter((letter) => facts.has(letter)).join('')
const termsIn = (state: State): Proposal | undefined => [...state.proposals.values()].find((one) => one.status === 'in-force')
const openIn = (state: State): Proposal[] => [...state.proposals.values()].filter((one) => one.status === 'open')
/** The terms that are or were in force. */
const embargoIn = (state: State): Proposal[] =>
  [...state.proposals.values()].filter((one) => one.status === 'in-force' || one.replacedBy !== undefined)

/** 5: the own embargo state, as far as deciding entries tell. READING: "signed none of that embargo" is of what is or was in force. */
const ownEmbargo = (state: State, id: string): EmState => {
  const member = state.members.get(id)
  const terms = termsIn(state)
  if (!isInForce(state.em) || terms === undefined || member?.joinedInForce !== true) return state.em
  if (embargoIn(state).some((one) => one.signed.has(id))) return state.em
  return state.offers.get(id)?.has(terms.id) === true ? 'Proposed' : 'None'
}

/** The sender as legality sees it: an observer who has accepted the report. */
const observer = (id: string, embargo: EmState, facts: ReadonlySet<string>): Participant => ({
  id, roles: ['observer'], rm: 'Accepted', em: embargo,
  cs: must(caseStateNamed(['P', 'X', 'A'].map((letter) => (facts.has(letter) ? letter : letter.toLowerCase())).join(''))),
})

const moveEm = (state: State, event: EmEvent): void => {
  const next = em.step(state.em, event)
  if (isRight(next)) state.em = next.right
}
const moveConsent = (state: State, ids: Iterable<string>, event: ConsentEvent): void => {
  for (const id of ids) {
    const next = consent.step(state.consents.get(id) ?? 'NoEmbargo', event)
    if (isRight(next)) state.consents.set(id, next.right)
  }
}

/** What an EA, EC or RS of a message names; undefined where it names none and the open ones do not tell. */
const acceptsIn = (state: State, message: Message, type: MessageType): string | undefined => {
  if (message.embargo?.answers !== undefined) return message.embargo.answers
  if (type === 'EA' && message.embargo?.existing === true) return termsIn(state)?.id
  const open = openIn(state)
  return open.length === 1 ? open[0]?.id : undefined
}

const isAcceptance = (message: Message, type: MessageType): boolean =>
  type === 'EA' || type === 'EC' || (type === 'RS' && message.embargo?.answers !== undefined)

const proposalIdOf = (message: Message): string => message.embargo?.id ?? message.id

/** After a step: those of the proposals that it looks at, in the order in which they were made. */
const decide = (charter: Charter, state: State, looked: ReadonlyArray<string>): void => {
  for (const proposal of [...state.proposals.values()]) {
    if (!looked.includes(proposal.id) || proposal.status !== 'open') continue
    if (isAccepted(charter, state, proposal)) {
      for (const other of state.proposals.values()) {
        if (other.status === 'in-force') {
          other.status = 'replaced'
          other.replacedBy = proposal.id
        } else if (other.status === 'open' && other !== proposal) other.status = 'superseded'
      }
      proposal.status = 'in-force'
      moveEm(state, 'accept')
    } else if (isRejected(charter, proposal)) {
      proposal.status = 'rejected'
      if (!openIn(state).some((other) => other.kind === proposal.kind)) moveEm(state, 'reject')
    }
  }
}

const isAccepted = (charter: Charter, state: State, proposal: Proposal): boolean => {
  const somebodyElse = [...proposal.signed].some((id) => id !== proposal.by)
  switch (charter.decision) {
    case 'first':
      return somebodyElse
    case 'owner':
      return charter.owner !== undefined && proposal.signed.has(charter.owner) && proposal.signed.size > 1
    case 'unanimous': {
      const engaged = [...state.members].filter(([, member]) => member.engaged).map(([id]) => id)
      const asked = proposal.kind === 'initial' ? engaged : engaged.filter((id) => termsIn(state)?.signed.has(id) === true)
      return somebodyElse && asked.every((id) => proposal.signed.has(id))
    }
  }
}

const isRejected = (charter: Charter, proposal: Proposal): boolean =>
  charter.decision === 'owner'
    ? (charter.owner !== undefined && proposal.rejected.has(charter.owner)) || proposal.rejected.has(proposal.by)
    : proposal.rejected.size > 0

const openIds = (state: State): string[] => openIn(state).map((one) => one.id)

const endEngagement = (charter: Charter, state: State, id: string): void => {
  const member = state.members.get(id)
  if (member !== undefined) member.engaged = false
  decide(charter, state, openIds(state))
}

const terminate = (state: State): void => {
  const terms = termsIn(state)
  for (const open of openIn(state)) open.status = 'ended'
  if (terms !== undefined) terms.status = 'ended'
  if (!readings.replacedOutlivesTheEnd)
    for (const one of state.proposals.values()) if (one.status === 'replaced') one.status = 'ended'
  moveEm(state, 'terminate')
}

/** What a message does: it changes the state, which is a copy, or says why it changes nothing. */
const actMessage = (charter: Charter, state: State, message: Message): IllegalReason | undefined => {
  const { transition } = protocols[charter.protocol]
  const sender = message.from
  const types = decidingTypes(message)
  const before = state.em
  const terms = termsIn(state)

  // Naming comes first.
  if (terms !== undefined && isInForce(state.em))
    for (const type of types.filter((one) => isAcceptance(message, one))) {
      const named = state.proposals.get(acceptsIn(state, message, type) ?? '')
      if (named !== undefined && named.status !== 'open' && named.status !== 'in-force') return 'stale-acceptance'
    }

  // Legality is the core's.
  const unsigned = terms !== undefined && !terms.signed.has(sender)
  const namesTerms = (type: MessageType): boolean =>
    terms !== undefined &&
    (message.embargo?.answers === terms.id || (type === 'EA' && message.embargo?.existing === true && message.embargo.answers === undefined))
  const judgedIn: EmState =
    types.includes('EP') ? state.em
    : unsigned && types.some((type) => (type === 'EA' || type === 'ER') && namesTerms(type)) ? 'Proposed'
    : unsigned && types.some((type) => type === 'EC' && namesTerms(type)) ? 'Revise'
    : ownEmbargo(state, sender)
  const judged = types.filter((type) => type !== 'RC')
  if (judged.length > 0 && isLeft(transition(observer(sender, judgedIn, state.facts), { ...message, types: judged }))) return 'refused'

  const looked: string[] = []
  for (const type of types) {
    if (isAcceptance(message, type)) {
      const id = acceptsIn(state, message, type)
      const named = id === undefined ? undefined : state.proposals.get(id)
      if (named === undefined) return 'unknown-proposal'
      if (named.status !== 'open' && named.status !== 'in-force') return 'stale-acceptance'
      named.signed.add(sender)
      if (named.by !== sender) looked.push(named.id)
      moveConsent(state, [sender], 'accept')
    } else if (type === 'EP' && isInForce(state.em)) {
      // An offer of the terms in force, where the message says so; otherwise an EP of the published edition that does nothing.
      const offered = termsIn(state)
      if (message.embargo?.existing === true && offered !== undefined) {
        for (const id of message.to) state.offers.set(id, new Set([...(state.offers.get(id) ?? []), offered.id]))
        moveConsent(state, message.to, 'invite')
      }
    } else if ((type === 'EP' && (state.em === 'None' || state.em === 'Proposed')) || (type === 'EV' && isInForce(state.em))) {
      const id = proposalIdOf(message)
      if (state.proposals.has(id)) return 'taken-proposal'
      if (state.em === 'Active') moveConsent(state, [...state.consents.keys()], 'revise')
      state.proposals.set(id, {
        id, by: sender, kind: type === 'EP' ? 'initial' : 'revision', status: 'open', signed: new Set([sender]), rejected: new Set(), replacedBy: undefined,
      })
      moveEm(state, 'propose')
      moveConsent(state, [sender], 'accept')
      moveConsent(state, message.to, 'invite')
    } else if (type === 'ER' || type === 'EJ') {
      const answers = message.embargo?.answers
      const named = answers === undefined ? openIn(state) : [...state.proposals.values()].filter((one) => one.id === answers)
      // READING: an ER or EJ that names what is unknown is `unknown-proposal` too; one that names what is over changes nothing.
      if (answers !== undefined && named.length === 0) return 'unknown-proposal'
      for (const one of named) {
        if (one.status !== 'open' && one.status !== 'in-force') continue
        one.rejected.add(sender)
        looked.push(one.id)
        state.offers.get(sender)?.delete(one.id)
      }
      moveConsent(state, [sender], 'decline')
    } else if (type === 'ET' && isInForce(state.em)) terminate(state)
  }

  // CP, CX, CA: in one call, since CX and CP can be a pair.
  const told = types.filter((type) => factTypes.includes(type))
  if (told.length > 0) {
    const result = transition(observer(sender, state.em, state.facts), { ...message, types: told })
    for (const type of told) state.facts.add(type.charAt(1))
    if (isRight(result)) {
      for (const letter of ['P', 'X', 'A']) if (result.right.state.cs.includes(letter)) state.facts.add(letter)
      for (const fired of result.right.fired) {
        if (fired.machine !== 'em') continue
        if (fired.event === 'reject') {
          for (const open of openIn(state)) open.status = 'rejected'
          moveEm(state, 'reject')
        } else if (fired.event === 'terminate') terminate(state)
      }
    }
  }

  if (types.includes('RC')) {
    const member = state.members.get(sender)
    if (member !== undefined) member.engaged = false
    if (readings.closingCompletesUnanimity) looked.push(...openIds(state))
  }
  decide(charter, state, looked)
  if (state.em !== before && (state.em === 'None' || state.em === 'Exited')) moveConsent(state, [...state.consents.keys()], 'reset')
  return undefined
}

const actMembership = (charter: Charter, state: State, { by, participant, change, roles, start }: Membership): IllegalReason | undefined => {
  const office = (charter.owner !== undefined && by === charter.owner) || (charter.manager !== undefined && by === charter.manager)
  const member = state.members.get(participant)
  switch (change) {
    case 'joins':
      // 3.4 has seen to it that whoever gets here is engaged, or the owner, or the manager.
      if (member === undefined)
        state.members.set(participant, {
          engaged: true, joinedInForce: isInForce(state.em), withdrawn: false, came: startOf(participant, roles ?? ['observer'], start),
        })
      else if (!member.engaged) {
        member.engaged = true
        member.joinedInForce = isInForce(state.em)
      }
      break
    case 'roles':
      if (by !== participant && !office) return 'no-authority'
      break
    case 'withdraws':
      if (by !== participant) return 'no-authority'
      if (member !== undefined) member.withdrawn = true
      break
    case 'leaves':
    case 'excluded':
      if (!mayEnd(charter, { by, participant, change, at: '' })) return 'no-authority'
      if (member !== undefined) member.engaged = false
  }
  const before = state.em
  decide(charter, state, openIds(state))
  if (state.em !== before && (state.em === 'None' || state.em === 'Exited')) moveConsent(state, [...state.consents.keys()], 'reset')
  return undefined
}

/** What a walk through the order leaves. */
interface Walk {
  readonly states: ReadonlyArray<State>
  readonly illegal: ReadonlyMap<string, IllegalReason>
  /** 7: the proposals that each author's entries make, or name to accept. */
  readonly committed: ReadonlyMap<string, ReadonlySet<string>>
}

const startState = (charter: Charter): State => ({
  em: 'None', facts: new Set(), proposals: new Map(), offers: new Map(), consents: new Map(),
  members: new Map(
    charter.participants.map((one) => [
      one.id,
      { engaged: true, joinedInForce: false, withdrawn: false, came: startOf(one.id, one.roles, one.start) },
    ]),
  ),
})

const walk = (
  charter: Charter, graph: Graph, order: ReadonlyArray<string>, voids: ReadonlyMap<string, VoidReason>, ends: ReadonlyArray<End>,
): Walk => {
  const states: State[] = [startState(charter)]
  const illegal = new Map<string, IllegalReason>()
  const committed = new Map<string, Set<string>>()
  for (const id of order) {
    const node = must(graph.nodes.get(id))
    const before = must(states.at(-1))
    commit(before, node, voids.get(id), committed)
    const state = structuredClone(before)
    const reason = actEntry(charter, state, node, voids.has(id), ends)
    if (reason !== undefined) illegal.set(id, reason)
    states.push(reason === undefined ? state : before)
  }
  return { states, illegal, committed }
}

const actEntry = (charter: Charter, state: State, node: Node, isVoid: boolean, ends: ReadonlyArray<End>): IllegalReason | undefined => {
  if (isVoid) {
    // 9.4: ends hold in any branch. READING: a taken end that is void ends the engagement at its place, and does nothing else.
    const end = ends.find((one) => one.id === node.id)
    if (end !== undefined) endEngagement(charter, state, end.of)
    return undefined
  }
  const office = (charter.owner !== undefined && node.author === charter.owner) || (charter.manager !== undefined && node.author === charter.manager)
  const membership = membershipOf(node.entry)
  // READING: who has left is no member there.
  const engaged = state.members.get(node.author)?.engaged === true
  if (!engaged && !(readings.officesNeedNoMembership && membership !== undefined && office)) return 'not-a-member'
  if (membership !== undefined) return actMembership(charter, state, membership)
  return actMessage(charter, state, must(messageOf(node.entry)))
}

/** 7: what an entry binds its author by, whatever becomes of it; what it leaves to be guessed is read from the state at its place. */
const commit = (state: State, node: Node, reason: VoidReason | undefined, committed: Map<string, Set<string>>): void => {
  if (reason === 'circular' || reason === 'ended') return
  for (const variant of node.variants) {
    const message = messageOf(variant)
    if (message === undefined) continue
    const ids = committed.get(message.from) ?? new Set<string>()
    committed.set(message.from, ids)
    for (const type of message.types) {
      if (type === 'EV' || (type === 'EP' && (message.embargo?.existing !== true || state.em === 'None' || state.em === 'Proposed')))
        ids.add(proposalIdOf(message))
      if (isAcceptance(message, type)) {
        const named = acceptsIn(state, message, type)
        if (named !== undefined) ids.add(named)
      }
    }
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// 5. Report state and fix path

const laneOf = (
  charter: Charter, graph: Graph, voids: ReadonlyMap<string, VoidReason>, illegal: ReadonlyMap<string, IllegalReason>, came: Participant,
): Participant => {
  const { transition, local, observe } = protocols[charter.protocol]
  const self = came.id
  let state: Participant = { ...came, em: 'None' }
  const take = (result: ReturnType<typeof transition>): void => {
    if (isRight(result)) state = { ...result.right.state, em: 'None' }
  }
  const all = [...graph.nodes.keys()].sort(inOrder(graph, graph.depth))
  for (const id of all) {
    if (voids.has(id)) continue
    const { entry, author } = must(graph.nodes.get(id))
    const message = messageOf(entry)
    const membership = membershipOf(entry)
    if (message !== undefined && author === self) {
      if (!readings.illegalIsReportWork && illegal.has(id)) continue
      const types = message.types.filter((type) => !isEmbargoType(type))
      if (types.length > 0) take(transition(state, { ...message, types }))
    } else if (message !== undefined) {
      if (!readings.lanesHearStrangers && illegal.has(id)) continue
      const types = message.types.filter((type) => factTypes.includes(type) || (type === 'RS' && message.to.includes(self)))
      if (types.length > 0) take(transition(state, { ...message, to: [self], types }))
    } else if ('local' in entry && author === self) take(local(state, entry.local.event))
    else if (membership?.change === 'roles' && membership.participant === self && membership.roles !== undefined && !illegal.has(id)) {
      state = { ...state, roles: membership.roles, cs: reshape(state.cs, shapeOf(membership.roles)) }
      if (state.cs.includes('P')) take(observe(state, 'P'))
    }
  }
  return state
}

// ---------------------------------------------------------------------------------------------------------------------
// 6. What is settled

const settledIn = (
  charter: Charter, graph: Graph, order: ReadonlyArray<string>, needed: ReadonlyArray<string>,
): { readonly settled: number; readonly waitsFor: string[] } => {
  if (charter.order === 'manager') {
    const { byNumber } = stampsOf(charter, graph)
    let settled = 0
    for (let number = 1; ; number++) {
      const node = graph.nodes.get(byNumber.get(number) ?? '')
      if (!byNumber.has(number) || node === undefined) break
      if (node.deciding) settled++
    }
    return { settled, waitsFor: settled < order.length && charter.manager !== undefined ? [charter.manager] : [] }
  }
  const { joins } = countedJoins(charter, graph)
  const asked = (participant: string, id: string): boolean => {
    const own = joins.filter((node) => membershipOf(node.entry)?.participant === participant)
    const inCharter = charter.participants.some((one) => one.id === participant)
    if (inCharter && !readings.charterJoinExempts) return true
    return !(own.length === 1 && own.every((node) => graph.ancestors(node.id).has(id)))
  }
  const has = (participant: string, id: string): boolean =>
    order.some((one) => graph.nodes.get(one)?.author === participant && graph.complete(one) && (one === id || graph.ancestors(one).has(id)))
  const missing = (id: string): string[] => needed.filter((participant) => asked(participant, id) && !has(participant, id))
  const settled = order.reduce((last, id, index) => (missing(id).length === 0 ? index + 1 : last), 0)
  return { settled, waitsFor: sorted(order.slice(settled).flatMap(missing)) }
}

// ---------------------------------------------------------------------------------------------------------------------
// 7. Who is bound, and may publish

const isOver = (settled: State, participant: string, id: string): boolean => {
  const proposal = settled.proposals.get(id)
  if (proposal === undefined) return false
  if (proposal.status === 'rejected' || proposal.status === 'superseded' || proposal.status === 'ended') return true
  if (proposal.status !== 'replaced') return false
  for (let next = settled.proposals.get(proposal.replacedBy ?? ''); next !== undefined; next = settled.proposals.get(next.replacedBy ?? '')) {
    if (next.signed.has(participant)) return true
    if (readings.directSuccessorOnly) return false
  }
  return false
}

const mayReceiveIn = (state: State, participant: string): boolean =>
  !isInForce(state.em) ||
  state.facts.has('P') ||
  state.facts.has('X') ||
  (embargoIn(state).some((one) => one.signed.has(participant)) && state.members.get(participant)?.withdrawn !== true)

// ---------------------------------------------------------------------------------------------------------------------
// All of it

const viewOf = (state: State): Record<string, ProposalView> =>
  record(
    [...state.proposals.values()].map((one) => [
      one.id, { by: one.by, kind: one.kind, status: one.status, signed: sorted(one.signed), rejected: sorted(one.rejected) },
    ]),
  )

export const reference = (charter: Charter, entries: ReadonlyArray<Statement>): Result => {
  const graph = graphOf(charter, entries)
  const order = orderOf(charter, graph)
  const ends = takenEnds(charter, graph)
  const needed = neededIn(charter, graph, ends)
  const voids = voidsIn(charter, graph, ends, needed)
  const { states, illegal, committed } = walk(charter, graph, order, voids, ends)
  const { settled, waitsFor } = settledIn(charter, graph, order, needed)
  const now = must(states[order.length])
  const then = must(states[settled])

  const members = new Map<string, MemberView>()
  const bound = new Map<string, string[]>()
  const mayPublish = new Map<string, boolean>()
  const mayReceive = new Map<string, boolean>()
  for (const [id, member] of now.members) {
    const lane = laneOf(charter, graph, voids, illegal, member.came)
    const shared = ownEmbargo(now, id)
    const over = ['P', 'X', 'A'].some((letter) => lane.cs.includes(letter))
    const own: EmState = !over ? shared : isInForce(shared) ? 'Exited' : shared === 'Proposed' ? 'None' : shared
    members.set(id, { engaged: member.engaged, own, rm: lane.rm, cs: lane.cs, consent: now.consents.get(id) ?? 'NoEmbargo' })
    const binding =
      then.members.get(id)?.withdrawn === true ? [] : sorted(committed.get(id) ?? []).filter((proposal) => !isOver(then, id, proposal))
    bound.set(id, binding)
    const known = ['P', 'X'].some((letter) => now.facts.has(letter) || lane.cs.includes(letter))
    mayPublish.set(id, known || binding.length === 0)
    mayReceive.set(id, member.engaged && mayReceiveIn(then, id) && mayReceiveIn(now, id))
  }

  // 8. Gaps
  const gaps = new Map<string, string[]>()
  for (const node of graph.nodes.values())
    for (const missing of (readings.circlesLeaveNoGaps ? graph.references(node.id) : node.written).filter((id) => !graph.nodes.has(id)))
      gaps.set(missing, sorted([...(gaps.get(missing) ?? []), node.id]))

  return {
    order, settled, waitsFor,
    voids: record(voids), illegal: record(illegal),
    em: now.em, facts: factsOf(now.facts), proposals: viewOf(now), members: record(members),
    settledState: { em: then.em, facts: factsOf(then.facts), proposals: viewOf(then) },
    bound: record(bound), mayPublish: record(mayPublish), mayReceive: record(mayReceive), gaps: record(gaps),
  }
}
