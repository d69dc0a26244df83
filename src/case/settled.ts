/**
 * What is settled: the part of a case's order that nothing that arrives later can change.
 *
 * An entry is stable when everybody whose word is needed has answered to it, in an entry of which nothing is missing:
 * whatever they send from then on has seen it, comes after it, and cannot undo it. Settled is all up to the last stable
 * entry before which nothing can still come to change something; the rest is tentative, and waits for those who have not
 * answered. That promise holds as long as everybody keeps one chain of entries; who does not is named (`void.ts`).
 *
 * @module
 */
import type { Id } from '../protocol/message.js'
import type { Decided } from './decide.js'
import { descends, referencesIn } from './graph.js'
import type { Ledger, Step } from './ledger.js'
import { numberOf } from './order.js'
import { backwards, forwards, get, sizeOf } from './tree.js'

/** How far a case is settled. */
export interface Settled {
  /** How many deciding entries are settled: the first ones of the order. */
  readonly count: number
  /** The state that they leave. */
  readonly state: Decided
  /** The deciding entries after them, in their order. */
  readonly tentative: ReadonlyArray<Id>
  /** Whose answers the tentative entries wait for, in the order of their ids; what changes nothing waits for nobody's. */
  readonly waitsFor: ReadonlyArray<Id>
}

/** How far a ledger is settled: its deciding entries that no late entry can reorder or undo any more, and whom the rest waits for. */
export const stable = (ledger: Ledger): Settled => (ledger.charter.order === 'manager' ? byManager(ledger) : byAnswers(ledger))

const tentativeFrom = (ledger: Ledger, count: number): ReadonlyArray<Id> => {
  const found: Id[] = []
  for (const [, { node }] of backwards(ledger.order)) {
    if (found.length === sizeOf(ledger.order) - count) break
    found.push(node.id)
  }
  return found.reverse()
}

/** Entries that carry the numbers 1, 2, 3 … without a gap are settled. */
const byManager = (ledger: Ledger): Settled => {
  let count = 0
  let state = ledger.initial
  let number = 0
  const isNext = (step: Step, stamp: number): boolean => {
    for (number++; number < stamp; number++) {
      const [id] = get(ledger.stamps.entries, number) ?? []
      const other = id === undefined || numberOf(ledger.stamps, id) !== number ? undefined : get(ledger.graph.nodes, id)
      if (other === undefined || other.deciding) return false
    }
    return step.node.deciding
  }
  for (const [key, step] of forwards(ledger.order)) {
    if (key.stamp === Infinity || !isNext(step, key.stamp)) break
    count++
    state = step.after
  }
  const tentative = tentativeFrom(ledger, count)
  return { count, state, tentative, waitsFor: tentative.length > 0 && ledger.charter.manager !== undefined ? [ledger.charter.manager] : [] }
}

/** For every deciding entry, whose answers to it are still to come. */
const missingIn = ({ graph, order, standing }: Ledger): ReadonlyMap<Id, ReadonlyArray<Id>> => {
  const missing = new Map<Id, ReadonlyArray<Id>>()
  const everybody: ReadonlySet<Id> = new Set(standing.needed.keys())
  const answered = new Map<Id, Set<Id> | typeof everybody>()
  for (const [, { node }] of backwards(order)) {
    const known = answered.get(node.id) ?? new Set<Id>()
    answered.delete(node.id)
    const by = known === everybody || !node.complete ? known : new Set(known).add(node.author)
    const lacking = by === everybody ? [] : [...standing.needed].filter(([id, joins]) => !by.has(id) && !(joins.length > 0 && joins.every((join) => descends(graph, join, node.id)))).map(([id]) => id)
    missing.set(node.id, lacking)
    const told = [...everybody].every((id) => by.has(id)) ? everybody : by
    for (const cited of referencesIn(node))
      if (get(graph.nodes, cited)?.deciding === true) {
        const before = answered.get(cited)
        answered.set(cited, told === everybody || before === everybody || before === undefined ? (before === everybody ? before : told) : new Set([...before, ...told]))
      }
  }
  return missing
}

/** Finds the last entry that everybody needed has answered to, with everything before it that matters. */
const byAnswers = (ledger: Ledger): Settled => {
  const { graph, order, standing } = ledger
  const missing = missingIn(ledger)
  const isStable = (id: Id): boolean => missing.get(id)?.length === 0
  /** Whether an entry can still come to change something: it does now, or it is void for a reason that may pass. */
  const isOpen = ({ node, before, after, void: kind }: Step): boolean =>
    !isStable(node.id) && (before !== after || kind === 'equivocation' ||
      (kind === 'ended' && !standing.ends.some((end) => end.of === node.author && isStable(end.id) && !descends(graph, end.id, node.id))))
  let count = 0
  let state = ledger.initial
  let passed = 0
  for (const [, step] of forwards(order)) {
    if (isOpen(step)) break
    passed++
    if (isStable(step.node.id)) [count, state] = [passed, step.after]
  }
  const tentative = tentativeFrom(ledger, count)
  const waitsFor = new Set<Id>()
  for (const [, step] of forwards(order)) if (isOpen(step)) for (const id of missing.get(step.node.id) ?? []) waitsFor.add(id)
  return { count, state, tentative, waitsFor: [...waitsFor].sort() }
}
