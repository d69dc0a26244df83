/**
 * The ledger: a set of entries that only grows, and the state of the case as a function of that set.
 *
 * Taking entries in is idempotent, commutative and associative, so replicas that hold the same entries are in the same
 * state, in whatever order, however often and in whatever batches these arrived (`order.ts` says what orders them).
 * Nothing is refused because it came late, and nothing waits for what is missing.
 *
 * The state after each deciding entry is kept with it. An entry that arrives late is put in its place, and what comes
 * after it is worked out again, up to where nothing differs from before; the rest is shared with the old ledger.
 *
 * @module
 */
import { type Either, isLeft, map } from 'fp-ts/Either'
import { type CaseLog, contentOf, type Statement } from '../protocol/log.js'
import type { Id } from '../protocol/message.js'
import { renamed } from './alias.js'
import { type Charter, charterOf, type CharterFault, checkCharter, headerOf } from './charter.js'
import { beginning, decide, type Decided, type Illegal, isUnchanged } from './decide.js'
import { authorOf, canonical, idOf, normal, skeletonOf, variantsWith } from './entry.js'
import { descends, emptyGraph, type Graph, grow, type Node } from './graph.js'
import { addTo, compareKeys, compareOwn, keyOf, noStamps, type OrderKey, stamped, type Stamps, touchedBy } from './order.js'
import { compareText, emptyTree, forwards, get, lastBefore, remove, set, type Tree } from './tree.js'
import { endIn, type Standing, standing, type VoidKind } from './void.js'

/** One deciding entry in its place: the state before and after it, and why it changed nothing, where that is so. */
export interface Step {
  readonly node: Node
  readonly before: Decided
  readonly after: Decided
  readonly void?: VoidKind
  readonly illegal?: Illegal
}

/** A case as the set of its entries. Two ledgers are equal when {@link entriesOf} them are; everything else follows from these. */
export interface Ledger {
  readonly charter: Charter
  readonly graph: Graph
  /** The deciding entries in their order, each with what it did. */
  readonly order: Tree<OrderKey, Step>
  /** The deciding entries of each author, in their order. */
  readonly own: Tree<OrderKey, Id>
  readonly standing: Standing
  readonly stamps: Stamps
  /** Who has erased an entry, by the entry's id. */
  readonly erasures: Tree<Id, ReadonlyArray<Id>>
  /** Entries that the caller's check did not let in. */
  readonly aside: Tree<Id, Statement>
  readonly initial: Decided
}

/** What may be asked of entries as they come in. */
export interface IngestOptions {
  /** Whether an entry is by whom it says: a check of its signature, say. What fails is kept aside, and changes nothing. */
  readonly verify?: (entry: Statement) => boolean
}

/** A case without entries; `Left` where the charter lacks somebody that it needs. */
export const openLedger = (charter: Charter): Either<ReadonlyArray<CharterFault>, Ledger> =>
  map(emptyLedger)(checkCharter(charter))

/** A case without entries, of a charter that was checked. */
export const emptyLedger = (charter: Charter): Ledger => ({
  charter,
  graph: emptyGraph,
  order: emptyTree(compareKeys),
  own: emptyTree(compareOwn),
  standing: standing(charter, emptyGraph, noStamps),
  stamps: noStamps,
  erasures: emptyTree(compareText),
  aside: emptyTree(compareText),
  initial: beginning(charter),
})

/** Takes one entry or several in, as the codec gives them; entries of other cases, and of forms that this version does not know, are passed over. The very ledger where all of them are held already. */
export const ingest = (ledger: Ledger, entries: Statement | ReadonlyArray<Statement>, options: IngestOptions = {}): Ledger => {
  const { charter } = ledger
  const taken: Statement[] = []
  const touched = new Set<Id>()
  let { aside, stamps, erasures } = ledger
  for (const entry of isList(entries) ? entries : [entries]) {
    if (!isStatement(entry) || ('message' in entry && entry.message.case !== charter.case)) continue
    const own = normal(renamed(charter, entry))
    if (options.verify?.(entry) === false) {
      aside = get(aside, idOf(own)) === undefined ? set(aside, idOf(own), own) : aside
      continue
    }
    taken.push(own)
    if ('stamp' in own && charter.order === 'manager' && own.stamp.by === charter.manager) {
      for (const id of touchedBy(stamps, own.stamp)) touched.add(id)
      stamps = stamped(stamps, own.stamp)
    } else if ('correction' in own && own.correction.change === 'erases') erasures = addTo(erasures, own.correction.of, own.correction.by)
  }
  const growth = grow(ledger.graph, taken.map((entry) => (isErased(charter, erasures, entry) ? skeletonOf(entry) : entry)))
  if (growth.graph === ledger.graph) return aside === ledger.aside ? ledger : { ...ledger, aside }
  const erased = taken.flatMap((entry) => ('correction' in entry && entry.correction.change === 'erases' ? [entry.correction.of] : []))
  const graph = erased.reduce((at, id) => erase(charter, erasures, at, id), growth.graph)
  return arrange({ ...ledger, graph, stamps, erasures, aside }, ledger, new Set([...growth.changed, ...touched, ...erased]))
}

/** Whether an entry is of a form that a ledger knows; a later version may have others. */
const isStatement = (entry: Statement): boolean => ['message', 'local', 'membership', 'observation', 'stamp', 'correction'].some((kind) => Object.hasOwn(entry, kind))

const isList = (entries: Statement | ReadonlyArray<Statement>): entries is ReadonlyArray<Statement> => Array.isArray(entries)

/** Whether an entry's content is to be gone: its author, the owner or the manager has erased it. What has no id of its own cannot be erased: its content is its id. */
const isErased = ({ owner, manager }: Charter, erasures: Ledger['erasures'], entry: Statement): boolean => {
  const { id } = contentOf(entry)
  return id !== undefined && get(erasures, id)?.some((by) => by === authorOf(entry) || by === owner || by === manager) === true
}

/** Leaves the skeletons of what is held under an id, as far as it is erased; variants that then say the same are one. */
const erase = (charter: Charter, erasures: Ledger['erasures'], graph: Graph, id: Id): Graph => {
  const node = get(graph.nodes, id)
  if (node === undefined) return graph
  const variants = node.variants
    .map((variant) => (isErased(charter, erasures, variant) ? skeletonOf(variant) : variant))
    .reduce<ReadonlyArray<Statement>>(variantsWith, [])
  const [entry = node.entry] = variants
  return { ...graph, nodes: set(graph.nodes, id, { ...node, entry, variants }) }
}

/** Puts what has changed in its place in the order, and works out again what comes after. */
const arrange = (ledger: Ledger, before: Ledger, changed: ReadonlySet<Id>): Ledger => {
  let { order, own } = before
  const dirty: OrderKey[] = []
  for (const id of changed) {
    const node = get(ledger.graph.nodes, id)
    const old = get(before.graph.nodes, id)
    if (old?.deciding === true) {
      const key = keyOf(before.stamps, old)
      const next = node?.deciding === true ? keyOf(ledger.stamps, node) : undefined
      dirty.push(key)
      if (next === undefined || compareKeys(key, next) !== 0) order = remove(order, key)
      own = remove(own, key)
    }
    if (node?.deciding !== true) continue
    const key = keyOf(ledger.stamps, node)
    dirty.push(key)
    order = set(order, key, { node, before: ledger.initial, after: ledger.initial })
    own = set(own, key, id)
  }
  const arranged = { ...ledger, order, own }
  const judged = isIrregular(arranged, before, changed) ? standing(ledger.charter, ledger.graph, ledger.stamps) : before.standing
  for (const id of differing(before.standing.voids, judged.voids)) {
    const node = get(ledger.graph.nodes, id)
    if (node?.deciding === true) dirty.push(keyOf(ledger.stamps, node))
  }
  return refold({ ...arranged, standing: judged }, dirty)
}

/** The ids that two maps say different things about. */
const differing = (one: Standing['voids'], other: Standing['voids']): ReadonlyArray<Id> =>
  one === other ? [] : [...new Set([...one.keys(), ...other.keys()])].filter((id) => one.get(id) !== other.get(id))

/** Works out again the steps at some keys, and all after them whose state before is another one now. */
const refold = (ledger: Ledger, keys: ReadonlyArray<OrderKey>): Ledger => {
  const { step, depart } = decide(ledger.charter)
  const ends = new Map(ledger.standing.ends.map((end) => [end.id, end.of]))
  const pending = [...keys].sort(compareKeys)
  let { order } = ledger
  for (let next = 0; next < pending.length; ) {
    const from = pending[next]
    if (from === undefined) break
    let state = lastBefore(order, from)?.[1].after ?? ledger.initial
    let same: OrderKey | undefined
    for (const [key, old] of forwards(order, from)) {
      while (next < pending.length && compareKeys(pending[next] ?? key, key) < 0) next++
      const dirty = next < pending.length && compareKeys(pending[next] ?? key, key) === 0
      if (!dirty && old.before === state) {
        same = key
        break
      }
      const voided = ledger.standing.voids.get(key.id)
      const taken = voided === undefined ? step(state, old.node) : undefined
      const left = taken === undefined ? ends.get(key.id) : undefined
      const reached = left !== undefined ? depart(state, left) : taken === undefined || isLeft(taken) ? state : taken.right
      const after = isUnchanged(state, reached) ? state : reached
      order = set(order, key, {
        node: old.node, before: state, after, ...(voided === undefined ? {} : { void: voided }),
        ...(taken !== undefined && isLeft(taken) ? { illegal: taken.left } : {}),
      })
      state = after
    }
    if (same === undefined) break
    while (next < pending.length && compareKeys(pending[next] ?? same, same) < 0) next++
  }
  return { ...ledger, order }
}

/**
 * Whether what is void, and who has a say, has to be worked out from the whole graph. Otherwise nothing that has arrived
 * can have changed it: no ends, nothing by somebody who has left, nobody who speaks with two tongues, no circles.
 */
const isIrregular = (ledger: Ledger, before: Ledger, changed: ReadonlySet<Id>): boolean => {
  const { voids, ends } = before.standing
  if ([...voids.values()].some((kind) => kind !== 'ended')) return true
  const left = new Set(ends.map((end) => end.of))
  for (const id of changed) {
    const node = get(ledger.graph.nodes, id)
    if (node === undefined) continue
    if (node.variants.length > 1 || node.circular || (ledger.stamps !== before.stamps && ends.length > 0)) return true
    if (node.deciding && isNotable(ledger, node, left)) return true
  }
  return false
}

const isNotable = (ledger: Ledger, node: Node, left: ReadonlySet<Id>): boolean =>
  left.has(node.author) || 'membership' in node.entry || endIn(ledger.charter, node) !== undefined ||
  (ledger.charter.order === 'causal' && !continues(ledger, node))

/** Whether a deciding entry has seen its author's one before it, and was seen by the one after. */
const continues = ({ graph, own, stamps }: Ledger, node: Node): boolean => {
  const key = keyOf(stamps, node)
  if (key.lacking) return true
  const previous = lastBefore(own, key)
  if (previous !== undefined && previous[0].author === node.author && (previous[0].place === node.place || !descends(graph, node.id, previous[1]))) return false
  for (const [other, id] of forwards(own, key))
    if (id !== node.id) return other.author !== node.author || other.lacking || (other.place > node.place && descends(graph, id, node.id))
  return true
}

/** The deciding entries of one author, in their order. */
export const ownEntries = (ledger: Ledger, author: Id): ReadonlyArray<Node> => {
  const found: Node[] = []
  for (const [key, id] of forwards(ledger.own, { stamp: 0, lacking: false, place: 0, author, id: '' })) {
    const node = key.author === author ? get(ledger.graph.nodes, id) : undefined
    if (node === undefined) break
    found.push(node)
  }
  return found
}

/** What a deciding entry did at its place. */
export const stepOf = (ledger: Ledger, node: Node): Step | undefined => get(ledger.order, keyOf(ledger.stamps, node))

/** The state after all that a ledger holds, settled or not. */
export const stateIn = (ledger: Ledger): Decided => lastBefore(ledger.order)?.[1].after ?? ledger.initial

/** Everything that a ledger holds: deciding and content entries, by depth, author and id, with every variant of one id. */
export const entriesOf = (ledger: Ledger): ReadonlyArray<Statement> => nodesOf(ledger).flatMap((node) => node.variants)

/** The nodes of a ledger, by depth, author and id: causes before effects. */
export const nodesOf = (ledger: Ledger): ReadonlyArray<Node> =>
  [...forwards(ledger.graph.nodes)]
    .map(([, node]) => node)
    .sort((one, other) => one.depth - other.depth || compareText(one.author, other.author) || compareText(one.id, other.id))

/** A ledger with all that two hold; `undefined` where they are not of one charter. */
export const unite = (one: Ledger, other: Ledger): Ledger | undefined =>
  canonical(headerOf(one.charter)) === canonical(headerOf(other.charter)) ? ingest(one, entriesOf(other)) : undefined

/** A ledger as a case log: everybody's, causes before effects. Ledgers of the same entries give the same bytes. */
export const logOf = (ledger: Ledger): CaseLog => ({ header: headerOf(ledger.charter), entries: entriesOf(ledger) })

/** The ledger in a case log; receipts are passed over. */
export const ledgerOf = (log: CaseLog): Either<ReadonlyArray<CharterFault>, Ledger> =>
  map((ledger: Ledger) => ingest(ledger, log.entries.flatMap((entry) => ('receipt' in entry ? [] : [entry]))))(openLedger(charterOf(log.header)))
