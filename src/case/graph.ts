/**
 * The graph of a ledger: which entries are held, what each refers to, and how deep that puts it.
 *
 * Every entry has two numbers. Its **depth** counts references over all entries, and orders content. The **place** of a
 * deciding entry counts references among deciding entries alone, and orders these: content that is hidden from a replica
 * cannot move it. Both follow from the set of entries that is held, whatever the order in which these came; when an entry
 * arrives, only what refers to it, directly or not, is numbered anew.
 *
 * What refers to itself in a circle (nobody can have seen what did not exist yet) counts as referring to nothing.
 *
 * @module
 */
import type { Statement } from '../protocol/log.js'
import type { Id } from '../protocol/message.js'
import { authorOf, idOf, isDeciding, referencesOf, variantsWith } from './entry.js'
import { compareText, emptyTree, forwards, get, remove, set, type Tree } from './tree.js'

/** An entry in the graph. */
export interface Node {
  readonly id: Id
  /** What it says; where several variants are held, the first in the order of their canonical JSON. It refers to what any of them does, and decides if any of them does. */
  readonly entry: Statement
  /** All that is held under this id: more than one is equivocation. */
  readonly variants: ReadonlyArray<Statement>
  readonly author: Id
  readonly deciding: boolean
  readonly references: ReadonlyArray<Id>
  readonly depth: number
  /** Among deciding entries; 0 for content. */
  readonly place: number
  /** Whether all that it refers to, directly or not, is held. */
  readonly complete: boolean
  readonly circular: boolean
}

/** One reference: what is cited, and by what. */
export type Citation = readonly [cited: Id, citing: Id]

const compareCitations = (one: Citation, other: Citation): number => compareText(one[0], other[0]) || compareText(one[1], other[1])

/** The entries that are held, and who cites whom, held or not. */
export interface Graph {
  readonly nodes: Tree<Id, Node>
  readonly citations: Tree<Citation, true>
  /** The deciding entries that no deciding entry refers to. */
  readonly tips: Tree<Id, true>
}

/** A graph without entries. */
export const emptyGraph: Graph = { nodes: emptyTree(compareText), citations: emptyTree(compareCitations), tips: emptyTree(compareText) }

/** The entries that refer to one. */
export function* citing(graph: Graph, id: Id): Generator<Id, void> {
  for (const [[cited, by]] of forwards(graph.citations, [id, ''])) {
    if (cited !== id) return
    yield by
  }
}

/** What a node counts as referring to. */
export const referencesIn = (node: Node): ReadonlyArray<Id> => (node.circular ? [] : node.references)

/** What became of a graph: it, and the ids of the nodes that are new or numbered anew. */
export interface Growth {
  readonly graph: Graph
  readonly changed: ReadonlySet<Id>
}

/** Takes entries in. The very graph where they are all held already. */
export const grow = (graph: Graph, entries: ReadonlyArray<Statement>): Growth => {
  let { nodes, citations } = graph
  const arrived = new Set<Id>()
  for (const entry of entries) {
    const id = idOf(entry)
    const known = get(nodes, id)
    const variants = variantsWith(known?.variants ?? [], entry)
    if (known !== undefined && variants === known.variants) continue
    const [first = entry] = variants
    const references = [...new Set(variants.flatMap(referencesOf))]
    const node: Node = {
      id, entry: first, variants, author: authorOf(first), deciding: variants.some(isDeciding), references,
      depth: 0, place: 0, complete: false, circular: false,
    }
    nodes = set(nodes, id, node)
    for (const cited of references) citations = set(citations, [cited, id], true)
    arrived.add(id)
  }
  return arrived.size === 0 ? { graph, changed: arrived } : number({ nodes, citations, tips: graph.tips }, arrived)
}

/** Numbers what has arrived, and all that refers to it. */
const number = (graph: Graph, arrived: ReadonlySet<Id>): Growth => {
  const changed = new Set(arrived)
  for (const id of changed) for (const by of citing(graph, id)) if (get(graph.nodes, by)?.references.includes(id) === true) changed.add(by)
  let { nodes } = graph
  const waiting = new Map<Id, number>()
  for (const id of changed) {
    const node = get(nodes, id)
    if (node === undefined) continue
    if (node.circular) nodes = set(nodes, id, { ...node, circular: false })
    waiting.set(id, node.references.filter((one) => changed.has(one)).length)
  }
  const ready = [...waiting].filter(([, count]) => count === 0).map(([id]) => id)
  const settle = (): void => {
    for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
      const node = get(nodes, id)
      if (node === undefined) continue
      waiting.delete(id)
      nodes = set(nodes, id, numbered(nodes, node))
      for (const by of citing(graph, id)) {
        const left = waiting.get(by)
        if (left === undefined || get(nodes, by)?.references.includes(id) !== true) continue
        waiting.set(by, left - 1)
        if (left === 1) ready.push(by)
      }
    }
  }
  settle()
  while (waiting.size > 0) {
    const before = waiting.size
    for (const id of circles(nodes, new Set(waiting.keys()))) {
      const node = get(nodes, id)
      if (node === undefined) continue
      nodes = set(nodes, id, { ...node, circular: true })
      waiting.set(id, 0)
      ready.push(id)
    }
    settle()
    if (waiting.size === before) break
  }
  return { graph: withTips({ ...graph, nodes }, changed), changed }
}

/** Notes which of the changed entries, and of what they refer to, no deciding entry refers to. */
const withTips = (graph: Graph, changed: ReadonlySet<Id>): Graph => {
  let { tips } = graph
  const touched = new Set(changed)
  for (const id of changed) for (const cited of get(graph.nodes, id)?.references ?? []) touched.add(cited)
  for (const id of touched) {
    const isTip = get(graph.nodes, id)?.deciding === true && ![...citing(graph, id)].some((by) => get(graph.nodes, by)?.deciding === true)
    tips = isTip ? set(tips, id, true) : remove(tips, id)
  }
  return { ...graph, tips }
}

const numbered = (nodes: Tree<Id, Node>, node: Node): Node => {
  let depth = 0
  let place = 0
  const complete = referencesIn(node).every((id) => get(nodes, id)?.complete === true)
  for (const id of referencesIn(node)) {
    const cited = get(nodes, id)
    if (cited === undefined) continue
    depth = Math.max(depth, cited.depth + 1)
    if (node.deciding && cited.deciding) place = Math.max(place, cited.place + 1)
  }
  return { ...node, depth, place, complete }
}

/**
 * The entries in circles among some that all wait for another of them. First those in circles of deciding entries alone,
 * so that content decides about nothing; where there are none, the content in the others.
 */
const circles = (nodes: Tree<Id, Node>, among: ReadonlySet<Id>): ReadonlyArray<Id> => {
  const decided = inCircles(nodes, among, (node) => node.deciding)
  return decided.length > 0 ? decided : inCircles(nodes, among, () => true).filter((id) => get(nodes, id)?.deciding === false)
}

/** The nodes of a kind that reach themselves through nodes of that kind (Tarjan's strongly connected components, without recursion). */
const inCircles = (nodes: Tree<Id, Node>, among: ReadonlySet<Id>, kind: (node: Node) => boolean): ReadonlyArray<Id> => {
  const next = (id: Id): ReadonlyArray<Id> => {
    const node = get(nodes, id)
    return node === undefined ? [] : referencesIn(node).filter((one) => among.has(one) && kindOf(one))
  }
  const kindOf = (id: Id): boolean => {
    const node = get(nodes, id)
    return node !== undefined && kind(node)
  }
  const found: Id[] = []
  const index = new Map<Id, number>()
  const low = new Map<Id, number>()
  const onPath = new Set<Id>()
  const path: Id[] = []
  for (const root of among) {
    if (index.has(root) || !kindOf(root)) continue
    const work: { readonly id: Id; readonly to: ReadonlyArray<Id>; at: number }[] = []
    const enter = (id: Id): void => {
      index.set(id, index.size)
      low.set(id, index.size - 1)
      path.push(id)
      onPath.add(id)
      work.push({ id, to: next(id), at: 0 })
    }
    const lower = (id: Id, to: number): void => {
      low.set(id, Math.min(low.get(id) ?? to, to))
    }
    enter(root)
    for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
      const { id } = frame
      const to = frame.to[frame.at]
      frame.at++
      if (to !== undefined) {
        const seen = index.get(to)
        if (seen === undefined) enter(to)
        else if (onPath.has(to)) lower(id, seen)
        continue
      }
      work.pop()
      const above = work.at(-1)
      if (above !== undefined) lower(above.id, low.get(id) ?? 0)
      if (low.get(id) !== index.get(id)) continue
      const component: Id[] = []
      for (let member = path.pop(); member !== undefined; member = member === id ? undefined : path.pop()) {
        onPath.delete(member)
        component.push(member)
      }
      if (component.length > 1 || next(id).includes(id)) found.push(...component)
    }
  }
  return found
}

/** Whether a deciding entry is another, or has it as an ancestor among deciding entries. */
export const descends = (graph: Graph, from: Id, ancestor: Id): boolean => {
  const floor = get(graph.nodes, ancestor)?.place ?? 0
  const seen = new Set([from])
  for (const id of seen) {
    if (id === ancestor) return true
    const node = get(graph.nodes, id)
    if (node?.deciding !== true) continue
    for (const cited of referencesIn(node)) {
      const other = get(graph.nodes, cited)
      if (other?.deciding === true && other.place >= floor) seen.add(cited)
    }
  }
  return false
}
