/**
 * Many cases of which only some dates are known.
 *
 * Each ordering was met in some cases, missed in some, and is open in the rest. Its observed frequency lies between what
 * it is if all that are open were missed and if all were met, and alpha accordingly; for one ordering by itself no bound
 * can be closer, and all bounds hold together. Cases that no history fits say nothing, and are counted apart. The interval
 * is that of chance on top: from the lower end at the lower bound to the upper end at the upper one, and never within the
 * bounds (of a few cases that were all missed, the middle of the distribution lies above what was seen).
 *
 * @module
 */
import { byOrdering, orderingIds, type OrderingId } from './orderings.js'
import { type AlphaRange, fitting, type HistorySet, type Timeline, verdictsOf } from './partial.js'
import { alphaOf, type IntervalOptions, type Range, skillInterval } from './skill.js'
import { over, toNumber, whole } from './rational.js'

/** What a number of cases say of one ordering. */
export interface OrderingTally {
  readonly met: number
  readonly missed: number
  readonly unknown: number
  /** Alpha at least and at most; absent where no case fits. */
  readonly alpha?: AlphaRange
  /** The same with what may be chance. */
  readonly interval?: Range
}

/** What a number of cases say. */
export interface Tally {
  readonly cases: number
  /** Those that some history fits. */
  readonly fitting: number
  readonly orderings: Readonly<Record<OrderingId, OrderingTally>>
}

const tallied = (id: OrderingId, met: number, missed: number, cases: number, options: IntervalOptions): OrderingTally => {
  const open = cases - met - missed
  if (cases === 0) return { met, missed, unknown: open }
  const alpha = { from: alphaOf(id, over(whole(met), whole(cases))), to: alphaOf(id, over(whole(met + open), whole(cases))) }
  const [low, high] = [skillInterval(id, met, cases, options), skillInterval(id, met + open, cases, options)]
  return { met, missed, unknown: open, alpha, ...(low === undefined || high === undefined ? {} : { interval: { from: Math.min(low.from, toNumber(alpha.from)), to: Math.max(high.to, toNumber(alpha.to)) } }) }
}

/** What the sets of histories that fit some cases say together; an empty set is a case that nothing fits. */
export const tallySets = (sets: Iterable<HistorySet>, options: IntervalOptions = {}): Tally => {
  const met = new Map<OrderingId, number>()
  const missed = new Map<OrderingId, number>()
  let [cases, fit] = [0, 0]
  for (const set of sets) {
    cases++
    if ((set[0] | set[1] | set[2]) === 0) continue
    fit++
    const verdicts = verdictsOf(set)
    for (const id of orderingIds) {
      const counts = verdicts[id] === 'met' ? met : missed
      if (verdicts[id] !== 'unknown') counts.set(id, (counts.get(id) ?? 0) + 1)
    }
  }
  return { cases, fitting: fit, orderings: byOrdering((id) => tallied(id, met.get(id) ?? 0, missed.get(id) ?? 0, fit, options)) }
}

/** What some timelines say together, one case each. */
export const tally = (timelines: Iterable<Timeline>, options: IntervalOptions = {}): Tally => {
  const sets: HistorySet[] = []
  for (const each of timelines) sets.push(fitting(each))
  return tallySets(sets, options)
}
