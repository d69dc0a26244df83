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
  voidEntriesAreRivals: false,
  /** B: a member's lane hears every CP, CX and CA that is not void, even one that is illegal or a stranger's. */
  lanesHearStrangers: false,
  /** C: entries that are illegal at their place still are report work in the lane of their author. */
  illegalIsReportWork: false,
  /** D: replaced terms stay `replaced` when the embargo ends, so that they go on binding who did not sign their successor. */
  replacedOutlivesTheEnd: true,
  /** E: only the direct successor counts for "replaced by terms that p signed too". */
  directSuccessorOnly: false,
  /** F: an RC looks at all open proposals as a membership does, since leaving can complete unanimity. */
  closingCompletesUnanimity: true,
  /** G: a participant of the charter with one `joins` is not asked for that entry's ancestors either. */
  charterJoinExempts: false,
  /** H: the manager's ends of others are taken even where the manager itself had left before. */
  departedManagerEnds: false,
  /** I: an entry in a circle leaves no gaps: it counts as if it had no references. */
  circlesLeaveNoGaps: true,
  /** J: owner and manager change memberships even where they are not members. */
  officesNeedNoMembership: true,
  /** K: an invitation or an offer to somebody who is not a member yet is kept for when it joins. */
  recipientsNeedNoMembership: false,
}

// ---------------------------------------------------------------------------------------------------------------------
// Small tools

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
const sorted = (all: Iterable<string>): string[] => [...new Set(all)].sort(compare)
const record = <A>(pairs: Iterable<readonly [string, A]>): Record<string, A> =>
  Object.fromEntries([...pairs].sort(([a], [b]) => compare(a, b)))

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

const referencesOf = (entry: Statement): string[] => sorted(afterOf(entry))

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

/** An entry without what people wrote in it: its erased or redacted form. */
const skeleton = (entry: Statement): unknown => {
  const copy = structuredClone(entry) as unknown as Record<string, Record<string, unknown>>
  for (const content of Object.values(copy)) {
    delete content['note']
    delete content['ext']
    delete content['report']
    if ('local' in entry) delete content['reason']
    if ('observation' in entry) content['source'] = ''
    const terms = content['embargo']
    if (typeof terms === 'object' && terms !== null) content['embargo'] = Object.fromEntries(Object.entries(terms).filter(([name]) => name !== 'reason' && name !== 'scope'))
  }
  return copy
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
    const bare = new Set([...variants.values()].filter((one) => canonical(skeleton(one)) !== canonical(one)).map((one) => canonical(skeleton(one))))
    const all = [...variants].filter(([text]) => !bare.has(text)).sort(([a], [b]) => compare(a, b)).map(([, entry]) => entry)
    const entry = must(all[0])
    nodes.set(id, {
      id, variants: all, entry, author: authorOf(entry), deciding: all.some(isDeciding), written: sorted(all.flatMap(referencesOf)),
    })
  }
  const held = (ids: ReadonlyArray<string>): string[] => ids.filter((id) => nodes.has(id))

  // READING (variants): what is an erased or redacted form of another is not written down; so nothing is.
  const variant = new Set([...nodes.values()].filter((node) => node.variants.length > 1).map((node) => node.id))
  const decides = (id: string): boolean => nodes.get(id)?.deciding === true
  const among = (id: string): string[] => held(nodes.get(id)?.written ?? [])
  const circular = new Set([...nodes.keys()].filter((id) => decides(id) && reach(id, (one) => among(one).filter(decides)).has(id)))
  const further = [...nodes.keys()].filter((id) => !decides(id) && reach(id, (one) => (circular.has(one) ? [] : among(one))).has(id))
  for (const id of further) circular.add(id)

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
  const stamps: Stamp[] = [...graph.nodes.values()].flatMap((node) => node.variants).flatMap((entry) =>
    'stamp' in entry && charter.manager !== undefined && entry.stamp.by === charter.manager ? [entry.stamp] : [],
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
  const deciding = [...graph.nodes.values()].filter((node) => node.deciding).map((node) => node.id).sort((a, b) => Number(graph.complete(b)) - Number(graph.complete(a)) || inOrder(graph, graph.place)(a, b))
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
    if (graph.variant.has(node.id) || graph.circular.has(node.id) || !graph.complete(node.id)) return []
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

/** Every entry that lets somebody in, and counts as such (section 6). */
const joinsOf = (charter: Charter, graph: Graph, participant: string): Node[] =>
  countedJoins(charter, graph).joins.filter((node) => membershipOf(node.entry)?.participant === participant)

/** Whether an entry came before an end: by its number in manager order, else because the end has seen it. */
const isBefore = (charter: Charter, graph: Graph, id: string, end: string): boolean => {
  const { byEntry } = stampsOf(charter, graph)
  const [one, other] = [byEntry.get(id) ?? Infinity, byEntry.get(end) ?? Infinity]
  return charter.order === 'manager' && one !== other ? one < other : graph.ancestors(end).has(id)
}

/** Whether an end makes an entry void. */
const endsEntry = (charter: Charter, graph: Graph, end: End, id: string): boolean =>
  graph.nodes.get(id)?.author === end.of &&
  id !== end.id &&
  !isBefore(charter, graph, id, end.id) &&
  !joinsOf(charter, graph, end.of).some((joins) => graph.ancestors(id).has(joins.id) && graph.ancestors(joins.id).has(end.id))

/**
 * The ends that are taken, group by group: the owner's own, the owner's, the manager's own, the manager's, everybody's
 * own. An end is taken unless an end of an earlier group makes it void.
 */
const takenEnds = (charter: Charter, graph: Graph): { readonly taken: End[]; readonly ended: Set<string> } => {
  const group = ({ of, by }: End): number => (by === charter.owner ? (of === by ? 0 : 1) : by === charter.manager ? (of === by ? 2 : 3) : 4)
  const all = endsIn(charter, graph)
  const taken: End[] = []
  const ended = new Set<string>()
  for (const number of [0, 1, 2, 3, 4]) {
    const now = all.filter((end) => group(end) === number && !ended.has(end.id))
    taken.push(...now)
    for (const node of graph.nodes.values())
      if (node.deciding && !now.some((end) => end.id === node.id) && now.some((end) => endsEntry(charter, graph, end, node.id))) ended.add(node.id)
  }
  return { taken, ended }
}

/** 6: the `joins` that count there: of one variant, in no circle, by the owner, the manager or somebody who is counted. */
const countedJoins = (charter: Charter, graph: Graph): { readonly counted: Set<string>; readonly joins: Node[] } => {
  const counted = new Set(charter.participants.map((one) => one.id))
  const candidates = [...graph.nodes.values()].filter(
    (node) => !graph.variant.has(node.id) && !graph.circular.has(node.id) && membershipOf(node.entry)?.change === 'joins' && membershipOf(node.entry)?.participant !== node.author && graph.complete(node.id),
  )
  const allowed = (node: Node): boolean =>
    counted.has(node.author) || (charter.owner !== undefined && node.author === charter.owner) || (charter.manager !== undefined && node.author === charter.manager)
  for (let size = -1; size !== counted.size; ) {
    size = counted.size
    for (const node of candidates) if (allowed(node)) counted.add(must(membershipOf(node.entry)).participant)
  }
  return { counted, joins: candidates.filter(allowed) }
}

/** 6: who is needed, with the `joins` by which it came or came back; none for who is there from the start. */
const neededIn = (charter: Charter, graph: Graph, ends: ReadonlyArray<End>, ended: ReadonlySet<string>): Map<string, string[]> => {
  const { counted, joins } = countedJoins(charter, graph)
  const needed = new Map<string, string[]>()
  for (const participant of sorted(counted)) {
    const own = joins.filter((node) => membershipOf(node.entry)?.participant === participant && !ended.has(node.id)).map((node) => node.id)
    const over = ends.filter((end) => end.of === participant)
    const fromStart = charter.participants.some((one) => one.id === participant)
    const back = own.filter((id) => over.every((end) => graph.ancestors(id).has(end.id)))
    if (over.length === 0 && fromStart) needed.set(participant, [])
    else if (back.length > 0) needed.set(participant, back)
  }
  return needed
}

/** Why entries are void. READING: where there are several reasons, the first in the order of the sections. */
const voidsIn = (charter: Charter, graph: Graph, ended: ReadonlySet<string>, needed: ReadonlyMap<string, ReadonlyArray<string>>, ends: ReadonlyArray<End>): Map<string, VoidReason> => {
  const voids = new Map<string, VoidReason>()
  const note = (id: string, reason: VoidReason): void => {
    if (!voids.has(id)) voids.set(id, reason)
  }
  for (const id of graph.variant) note(id, 'equivocation')
  for (const id of graph.circular) note(id, 'circular')

  const deciding = [...graph.nodes.values()].filter((node) => node.deciding)
  for (const id of ended) note(id, 'ended')

  if (charter.order === 'causal') {
    const able = deciding.filter((node) => graph.complete(node.id) && (readings.voidEntriesAreRivals || !voids.has(node.id)))
    const rivals = (node: Node): Node[] =>
      able.filter(
        (other) =>
          other.id !== node.id && other.author === node.author && !graph.ancestors(other.id).has(node.id) && !graph.ancestors(node.id).has(other.id),
      )
    const stands = (node: Node): boolean => {
      const hasOnly = (id: string): boolean => graph.ancestors(id).has(node.id) && !rivals(node).some((rival) => graph.ancestors(id).has(rival.id))
      const entriesOf = (participant: string): string[] => deciding.filter((one) => one.author === participant && !voids.has(one.id)).map((one) => one.id)
      const answers = (participant: string, came: ReadonlyArray<string>): boolean =>
        entriesOf(participant).some(hasOnly) || (came.length > 0 && came.every(hasOnly))
      const asked = [...needed].filter(([participant]) => participant !== node.author)
      const gone = sorted(ends.map((end) => end.of)).filter((participant) => participant !== node.author && !needed.has(participant))
      return (
        (asked.some(([participant, came]) => answers(participant, came)) || gone.some((participant) => answers(participant, []))) &&
        asked.every(([participant, came]) => answers(participant, came)) &&
        gone.every((participant) => answers(participant, []) || !entriesOf(participant).some((id) => rivals(node).some((rival) => graph.ancestors(id).has(rival.id))))
      )
    }
    const forked = able.filter((node) => rivals(node).length > 0 && !stands(node))
    for (const node of forked) note(node.id, 'equivocation')
  }
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
  roles: ReadonlyArray<Role>
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
  if (type !== 'RS' && message.embargo !== undefined && state.proposals.has(message.embargo.id)) return message.embargo.id
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
  const unsigned = terms !== undefined && (!terms.signed.has(sender) || state.members.get(sender)?.withdrawn === true)
  const namesTerms = (type: MessageType): boolean =>
    terms !== undefined &&
    ((message.embargo?.answers ?? (state.proposals.has(message.embargo?.id ?? '') ? message.embargo?.id : undefined)) === terms.id ||
      (type === 'EA' && message.embargo?.existing === true && message.embargo.answers === undefined && !state.proposals.has(message.embargo.id)))
  const judgedIn: EmState =
    types.includes('EP') ? state.em
    : unsigned && types.some((type) => (type === 'EA' || type === 'ER') && namesTerms(type)) ? 'Proposed'
    : unsigned && types.some((type) => type === 'EC' && namesTerms(type)) ? 'Revise'
    : ownEmbargo(state, sender)
  const judged = types.filter((type) => type !== 'RC')
  if (judged.length > 0 && isLeft(transition(observer(sender, judgedIn, state.facts), { ...message, types: judged }))) return 'refused'

  const recipients = message.to.filter((id) => readings.recipientsNeedNoMembership || state.members.has(id))
  const looked: string[] = []
  for (const type of types) {
    if (isAcceptance(message, type)) {
      const id = acceptsIn(state, message, type)
      const named = id === undefined ? undefined : state.proposals.get(id)
      if (named === undefined) return 'unknown-proposal'
      if (named.status !== 'open' && named.status !== 'in-force') return 'stale-acceptance'
      named.signed.add(sender)
      const member = state.members.get(sender)
      if (member !== undefined) member.withdrawn = false
      moveConsent(state, [sender], 'accept')
      decide(charter, state, [named.id])
    } else if (type === 'EP' && isInForce(state.em)) {
      // An offer of the terms in force, where the message says so; otherwise an EP of the published edition that does nothing.
      const offered = termsIn(state)
      if (message.embargo?.existing === true && offered !== undefined) {
        for (const id of recipients) state.offers.set(id, new Set([...(state.offers.get(id) ?? []), offered.id]))
        moveConsent(state, recipients, 'invite')
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
      moveConsent(state, recipients, 'invite')
    } else if (type === 'ER' || type === 'EJ') {
      const answers = message.embargo?.answers ?? (state.proposals.has(message.embargo?.id ?? '') ? message.embargo?.id : undefined)
      const named = answers === undefined ? openIn(state) : [...state.proposals.values()].filter((one) => one.id === answers)
      // READING: an ER or EJ that names what is unknown is `unknown-proposal` too; one that names what is over changes nothing.
      if (answers !== undefined && named.length === 0) return 'unknown-proposal'
      for (const one of named) {
        if (one.status !== 'open' && one.status !== 'in-force') continue
        one.rejected.add(sender)
        state.offers.get(sender)?.delete(one.id)
      }
      if (named.length > 0) moveConsent(state, [sender], 'decline')
      decide(charter, state, named.map((one) => one.id))
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
          engaged: true, joinedInForce: isInForce(state.em), withdrawn: false, roles: roles ?? ['observer'], came: startOf(participant, roles ?? ['observer'], start),
        })
      else if (!member.engaged) {
        member.engaged = true
        member.joinedInForce = isInForce(state.em)
        state.offers.delete(participant)
      }
      break
    case 'roles':
      if (by !== participant && !office) return 'no-authority'
      if (member !== undefined && roles !== undefined) member.roles = roles
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
}

const startState = (charter: Charter): State => ({
  em: 'None', facts: new Set(), proposals: new Map(), offers: new Map(), consents: new Map(),
  members: new Map(
    charter.participants.map((one) => [
      one.id,
      { engaged: true, joinedInForce: false, withdrawn: false, roles: one.roles, came: startOf(one.id, one.roles, one.start) },
    ]),
  ),
})

const walk = (
  charter: Charter, graph: Graph, order: ReadonlyArray<string>, voids: ReadonlyMap<string, VoidReason>, ends: ReadonlyArray<End>,
): Walk => {
  const states: State[] = [startState(charter)]
  const illegal = new Map<string, IllegalReason>()
  for (const id of order) {
    const node = must(graph.nodes.get(id))
    const before = must(states.at(-1))
    const state = structuredClone(before)
    const reason = actEntry(charter, state, node, voids.has(id), ends)
    if (reason !== undefined) illegal.set(id, reason)
    states.push(reason === undefined ? state : before)
  }
  return { states, illegal }
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

/** 7: what an entry binds its author by, whatever becomes of it. */
const commit = (node: Node, settledVoid: boolean, committed: Map<string, Set<string>>, known: ReadonlyMap<string, unknown>): void => {
  for (const variant of node.variants) {
    const message = messageOf(variant)
    if (message === undefined) continue
    const ids = committed.get(message.from) ?? new Set<string>()
    committed.set(message.from, ids)
    for (const type of message.types) {
      if (!settledVoid && (type === 'EV' || (type === 'EP' && message.embargo?.existing !== true))) ids.add(proposalIdOf(message))
      const own = type !== 'RS' && message.embargo !== undefined && known.has(message.embargo.id) ? message.embargo.id : undefined
      const named = message.embargo?.answers ?? own
      if (isAcceptance(message, type) && named !== undefined) ids.add(named)
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
  charter: Charter, graph: Graph, order: ReadonlyArray<string>, needed: ReadonlyMap<string, ReadonlyArray<string>>,
  states: ReadonlyArray<State>, voids: ReadonlyMap<string, VoidReason>, ends: ReadonlyArray<End>,
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
  const asked = (participant: string, id: string): boolean => {
    const came = needed.get(participant) ?? []
    return came.length === 0 || !came.every((join) => join === id || graph.ancestors(join).has(id))
  }
  const has = (participant: string, id: string): boolean =>
    order.some((one) => graph.nodes.get(one)?.author === participant && graph.complete(one) && (one === id || graph.ancestors(one).has(id)))
  const missing = (id: string): string[] => [...needed.keys()].filter((participant) => asked(participant, id) && !has(participant, id))
  const stable = (id: string): boolean => missing(id).length === 0
  const open = (id: string, index: number): boolean => {
    if (stable(id)) return false
    const reason = voids.get(id)
    const endedForGood = ends.some((end) => stable(end.id) && end.of === must(graph.nodes.get(id)).author && end.id !== id && !graph.ancestors(end.id).has(id))
    return says(must(states[index])) !== says(must(states[index + 1])) || reason === 'equivocation' || (reason === 'ended' && !endedForGood)
  }
  const firstOpen = order.findIndex(open)
  const settled = order.reduce((last, id, index) => (stable(id) && (firstOpen < 0 || index < firstOpen) ? index + 1 : last), 0)
  return { settled, waitsFor: sorted(order.filter(open).flatMap(missing)) }
}

/** Everything that a state says, to compare states by. */
const says = (state: State): string =>
  canonical([
    state.em, factsOf(state.facts), viewOf(state),
    [...state.members].map(([id, member]) => [id, member.engaged, member.withdrawn, member.roles, ownEmbargo(state, id), state.consents.get(id) ?? 'NoEmbargo']),
  ])

// ---------------------------------------------------------------------------------------------------------------------
// 7. Who is bound, and may publish

const isOver = (settled: State, participant: string, id: string): boolean => {
  const proposal = settled.proposals.get(id)
  if (proposal === undefined) return false
  if (proposal.status === 'rejected' || proposal.status === 'superseded' || proposal.status === 'ended') return true
  if (proposal.status !== 'replaced') return false
  if (settled.em === 'Exited') return true
  return termsIn(settled)?.signed.has(participant) === true
}

const mayReceiveIn = (state: State, participant: string): boolean =>
  !isInForce(state.em) ||
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
  const { taken: ends, ended } = takenEnds(charter, graph)
  const needed = neededIn(charter, graph, ends, ended)
  const voids = voidsIn(charter, graph, ended, needed, ends)
  const { states, illegal } = walk(charter, graph, order, voids, ends)
  const { settled, waitsFor } = settledIn(charter, graph, order, needed, states, voids, ends)
  const now = must(states[order.length])
  const then = must(states[settled])
  const committed = new Map<string, Set<string>>()
  order.forEach((id, index) => {
    if (index >= settled || !illegal.has(id)) commit(must(graph.nodes.get(id)), index < settled && voids.has(id), committed, now.proposals)
  })
  for (const state of [now, then])
    for (const one of state.proposals.values()) for (const who of one.signed) committed.set(who, (committed.get(who) ?? new Set<string>()).add(one.id))

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
    const words = sorted(committed.get(id) ?? [])
    const whole = order.every((one) => graph.nodes.get(one)?.author !== id || graph.complete(one))
    const binding = !whole ? words : then.members.get(id)?.withdrawn === true && member.withdrawn ? [] : words.filter((proposal) => !isOver(then, id, proposal))
    bound.set(id, binding)
    const known = ['P', 'X'].some((letter) => now.facts.has(letter) || lane.cs.includes(letter))
    mayPublish.set(id, known || binding.length === 0)
    if (known) bound.set(id, [])
    mayReceive.set(id, member.engaged && (known || (mayReceiveIn(then, id) && mayReceiveIn(now, id))))
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
