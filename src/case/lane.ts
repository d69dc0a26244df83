/**
 * Lanes: what each participant's own work has come to, that is, its report state and its fix path.
 *
 * A lane is the core run over the entries that can move one participant, the embargo left out: its own reports, case
 * states and local steps, reports that it was sent, and what is public. Entries are taken causes before effects (by
 * depth, author and id). What the order of the case made void or illegal does not happen here either.
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import { type CaseState } from '../protocol/cs.js'
import { protocols } from '../protocol/editions.js'
import type { Id, Message, MessageType } from '../protocol/message.js'
import { messageTypes } from '../protocol/message.js'
import { type Participant, reshape, type Role, shapeOf, startOf } from '../protocol/participant.js'
import type { Refusal } from '../protocol/refusal.js'
import type { Node } from './graph.js'
import { type Ledger, nodesOf, stateIn } from './ledger.js'
import { forwards } from './tree.js'

/** How far a vendor or deployer is with one product: the letters of the fix path that were told of it. */
export interface ProductPath {
  readonly product: string
  readonly ready: boolean
  readonly deployed: boolean
}

/** What became of one participant's own work. */
export interface Lane {
  /** Its state, the embargo left at None. */
  readonly state: Participant
  /** Steps of its own that the protocol does not allow there; they changed nothing. */
  readonly refused: ReadonlyArray<{ readonly entry: Id; readonly refusal: Refusal }>
  /** Its fix path for each product that it named, beside the one in its state. */
  readonly products: ReadonlyArray<ProductPath>
}

/** The types of a message that matter to lanes: all but the embargo's. */
const withoutEmbargo = (message: Message): Message | undefined => {
  const types = message.types.filter((type) => messageTypes[type].family !== 'em')
  if (types.length === 0) return undefined
  const { embargo: _embargo, ...rest } = message
  return { ...rest, types }
}

const isPublic = (type: MessageType): boolean => type === 'CP' || type === 'CX' || type === 'CA'

/** Sees every entry before it moves anybody, and the states of all lanes then. */
export type Watch = (node: Node, stateOf: (id: Id) => Participant | undefined) => void

/** What the participants of a case have come to, by id: everybody who was ever a member. `watch` is called for every entry, void and illegal ones too. */
export const lanesOf = (ledger: Ledger, watch?: Watch): ReadonlyMap<Id, Lane> => {
  const protocol = protocols[ledger.charter.protocol]
  const last = stateIn(ledger)
  const lanes = new Map<Id, Working>()
  for (const member of last.members.values()) {
    const start = startOf(member.id, firstRoles(ledger, member.id) ?? member.roles, member.start)
    lanes.set(member.id, { state: { ...start, em: 'None' }, refused: [], products: new Map() })
  }
  const idle = new Set<Id>()
  for (const [, step] of forwards(ledger.order)) if (step.void !== undefined || step.illegal !== undefined) idle.add(step.node.id)
  const stateOf = (id: Id): Participant | undefined => lanes.get(id)?.state
  for (const node of nodesOf(ledger)) {
    watch?.(node, stateOf)
    if (!idle.has(node.id) && !ledger.standing.voids.has(node.id)) move(protocol, lanes, node)
  }
  return new Map([...lanes].map(([id, { state, refused, products }]) => [id, { state, refused, products: [...products.values()] }]))
}

interface Working {
  state: Participant
  readonly refused: { readonly entry: Id; readonly refusal: Refusal }[]
  readonly products: Map<string, ProductPath>
}

/** The roles that a participant had when it came in: later changes are steps of its lane. */
const firstRoles = (ledger: Ledger, id: Id): ReadonlyArray<Role> | undefined => {
  const initial = ledger.initial.members.get(id)
  if (initial !== undefined) return initial.roles
  for (const [, { after }] of forwards(ledger.order)) {
    const member = after.members.get(id)
    if (member !== undefined) return member.roles
  }
  return undefined
}

const move = (protocol: (typeof protocols)[keyof typeof protocols], lanes: ReadonlyMap<Id, Working>, { id, entry }: Node): void => {
  if ('message' in entry) {
    const message = withoutEmbargo(entry.message)
    if (message === undefined) return
    const everybody = message.types.some(isPublic)
    const reported = message.types.includes('RS')
    for (const [who, lane] of lanes) {
      const sends = who === message.from
      if (!sends && !everybody && !(reported && message.to.includes(who))) continue
      const result = protocol.transition(lane.state, sends || message.to.includes(who) ? message : { ...message, to: [who], types: message.types.filter(isPublic) })
      if (!isLeft(result)) lane.state = result.right.state
      else if (sends) lane.refused.push({ entry: id, refusal: result.left })
      if (sends && !isLeft(result)) noteProduct(lane, message)
    }
  } else if ('local' in entry) {
    const lane = lanes.get(entry.local.by)
    if (lane === undefined || entry.local.event === 'expire') return
    const result = protocol.local(lane.state, entry.local.event)
    if (isLeft(result)) lane.refused.push({ entry: id, refusal: result.left })
    else lane.state = result.right.state
    const { product, event } = entry.local
    if (!isLeft(result) && product !== undefined) pathTo(lane, product, event === 'ready', event === 'deployed')
  } else if ('membership' in entry && entry.membership.change === 'roles') {
    const lane = lanes.get(entry.membership.participant)
    const { roles } = entry.membership
    if (lane === undefined || roles === undefined) return
    const cs: CaseState = reshape(lane.state.cs, shapeOf(roles))
    lane.state = { ...lane.state, roles, cs }
    const known = cs.includes('P') ? protocol.observe(lane.state, 'P') : undefined
    if (known !== undefined && !isLeft(known)) lane.state = known.right.state
  }
}

const noteProduct = (lane: Working, message: Message): void => {
  const { subject } = message
  if (subject === undefined || typeof subject === 'string' || subject.product === undefined || subject.participant !== message.from) return
  pathTo(lane, subject.product, message.types.includes('CF'), message.types.includes('CD'))
}

const pathTo = (lane: Working, product: string, ready: boolean, deployed: boolean): void => {
  const before = lane.products.get(product)
  lane.products.set(product, { product, ready: before?.ready === true || ready || deployed, deployed: before?.deployed === true || deployed })
}
