/**
 * What is settled: the part of a case's order that nothing that arrives later can change.
 *
 * An entry is stable when everybody whose word is needed has answered to it, in an entry of which nothing is missing:
 * whatever they send from then on has seen it, and comes after it. All up to the last stable entry is settled, the rest is
 * tentative, and waits for those who have not answered. That promise holds as long as everybody keeps one chain of
 * entries; who does not is named (`void.ts`).
 *
 * @module
 */
import type { Id } from '../protocol/message.js'
import type { Decided } from './decide.js'
import { descends, type Node, referencesIn } from './graph.js'
import type { Ledger, Step } from './ledger.js'
import { numberOf } from './order.js'
import { backwards, forwards, get, rankOf, sizeOf } from './tree.js'

/** How far a case is settled. */
export interface Settled {
  /** How many deciding entries are settled: the first ones of the order. */
  readonly count: number
  /** The state that they leave. */
  readonly state: Decided
  /** The deciding entries after them, in their order. */
  readonly tentative: ReadonlyArray<Id>
  /** Whose answers the tentative entries wait for, in the order of their ids; EK and EE wait for nobody's. */
  readonly waitsFor: ReadonlyArray<Id>
}

/** How far a ledger is settled. */
export const settledIn = (ledger: Ledger): Settled => (ledger.charter.order === 'manager' ? byManager(ledger) : byAnswers(ledger))

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

/** Acknowledgements end a conversation: nobody answers them, and nothing waits for that. */
const isAcknowledgement = ({ entry }: Node): boolean => 'message' in entry && entry.message.types.every((type) => type === 'EK' || type === 'EE')

/** Walks back from the end to the first entry that everybody needed has answered to. */
const byAnswers = (ledger: Ledger): Settled => {
  const { graph, order, standing } = ledger
  const answered = new Map<Id, Set<Id>>()
  const waitsFor = new Set<Id>()
  const of = (id: Id): Set<Id> => {
    const known = answered.get(id) ?? new Set<Id>()
    answered.set(id, known)
    return known
  }
  for (const [key, step] of backwards(order)) {
    const { node } = step
    const by = of(node.id)
    answered.delete(node.id)
    if (node.complete) by.add(node.author)
    const missing = [...standing.needed].filter(([id, joins]) => !by.has(id) && !(joins.length > 0 && joins.every((join) => descends(graph, join, node.id))))
    if (missing.length === 0) {
      const count = rankOf(order, key) + 1
      return { count, state: step.after, tentative: tentativeFrom(ledger, count), waitsFor: [...waitsFor].sort() }
    }
    if (!isAcknowledgement(node)) for (const [id] of missing) waitsFor.add(id)
    for (const cited of referencesIn(node)) if (get(graph.nodes, cited)?.deciding === true) for (const id of by) of(cited).add(id)
  }
  return { count: 0, state: ledger.initial, tentative: tentativeFrom(ledger, 0), waitsFor: [...waitsFor].sort() }
}
