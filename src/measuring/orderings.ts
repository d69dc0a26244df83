/**
 * The twelve orderings of two events that disclosure wants to bring about (its desiderata), and how often luck alone does.
 *
 * The baseline of an ordering is its probability under the random walk, in which every event that a state enables is
 * equally likely: what a world without skill would do. It is worked out here from the edges of `cs`, as a fraction, by one
 * pass from the last state to the first; nothing is sampled. Skill is measured against it (`skill.ts`).
 *
 * Of the 36 pairs of two events, 6 are one event twice, 3 are required (a fix needs a vendor that is aware, a deployment a
 * fix), their 3 reverses impossible, 12 desired, and the 12 reverses of these undesired.
 *
 * Source: docs/reference/measuring_cvd/desirable_histories.md, reasoning_over_histories.md and docs/includes/tab_exp_freq.md
 * in CERTCC/Vultron; CMU/SEI-2021-SR-021, sections 3.2 and 4.1.
 *
 * @module
 */
import type { CsEvent, VendorCaseState } from '../protocol/cs.js'
import { events, nextOf, numberOf, placeOf, states } from './chain.js'
import { one, over, plus, type Rational, times, minus, whole, zero } from './rational.js'

/** The twelve orderings by name, in the order in which the standard defines them. */
export const orderingIds = ['V<P', 'V<X', 'V<A', 'F<P', 'F<X', 'F<A', 'D<P', 'D<X', 'D<A', 'P<X', 'P<A', 'X<A'] as const

/** The name of one of the twelve: `F<P` is the fix before the public. */
export type OrderingId = (typeof orderingIds)[number]

/** One of the twelve orderings. */
export interface DesiredOrdering {
  readonly id: OrderingId
  readonly first: CsEvent
  readonly second: CsEvent
  readonly says: string
  /** The place in the standard. */
  readonly source: string
  /** Its probability under the random walk, in all of a case. */
  readonly baseline: Rational
}

const table = [
  { id: 'V<P', first: 'V', second: 'P', says: 'the vendor is aware before the public', source: 'desirable_histories.md:34' },
  { id: 'V<X', first: 'V', second: 'X', says: 'the vendor is aware before an exploit is public', source: 'desirable_histories.md:35' },
  { id: 'V<A', first: 'V', second: 'A', says: 'the vendor is aware before attacks', source: 'desirable_histories.md:36' },
  { id: 'F<P', first: 'F', second: 'P', says: 'a fix is ready before the public is aware', source: 'desirable_histories.md:54' },
  { id: 'F<X', first: 'F', second: 'X', says: 'a fix is ready before an exploit is public', source: 'desirable_histories.md:55' },
  { id: 'F<A', first: 'F', second: 'A', says: 'a fix is ready before attacks', source: 'desirable_histories.md:56' },
  { id: 'D<P', first: 'D', second: 'P', says: 'the fix is deployed before the public is aware', source: 'desirable_histories.md:69' },
  { id: 'D<X', first: 'D', second: 'X', says: 'the fix is deployed before an exploit is public', source: 'desirable_histories.md:70' },
  { id: 'D<A', first: 'D', second: 'A', says: 'the fix is deployed before attacks', source: 'desirable_histories.md:71' },
  { id: 'P<X', first: 'P', second: 'X', says: 'the public is aware before an exploit is public', source: 'desirable_histories.md:82' },
  { id: 'P<A', first: 'P', second: 'A', says: 'the public is aware before attacks', source: 'desirable_histories.md:83' },
  { id: 'X<A', first: 'X', second: 'A', says: 'an exploit is public before attacks', source: 'desirable_histories.md:95' },
] as const satisfies ReadonlyArray<Omit<DesiredOrdering, 'baseline'> & { readonly id: OrderingId }>

const has = (bits: number, event: CsEvent): boolean => ((bits >> placeOf[event]) & 1) === 1

/**
 * For each number of a state, the probability that one event comes before another from there on: 1 where only the first
 * has happened, 0 where only the second has; `undefined` where both have, and the state does not say in which order.
 */
export const walkedBefore = (first: CsEvent, second: CsEvent): ReadonlyArray<Rational | undefined> => {
  const found: Array<Rational | undefined> = []
  for (const { bits, enabled } of [...states].reverse()) {
    if (has(bits, first)) found[bits] = has(bits, second) ? undefined : one
    else if (has(bits, second)) found[bits] = zero
    else {
      const total = enabled.reduce((all, event) => plus(all, found[nextOf[bits * 8 + placeOf[event]] ?? 0] ?? zero), zero)
      found[bits] = over(total, whole(enabled.length))
    }
  }
  return found
}

const baselineOf = (first: CsEvent, second: CsEvent): Rational => (first === second ? zero : walkedBefore(first, second)[0] ?? zero)

/** The twelve orderings. */
export const orderings: ReadonlyArray<DesiredOrdering> = /* @__PURE__ */ table.map((row) => ({ ...row, baseline: baselineOf(row.first, row.second) }))

/** A value for each ordering, by name; the function is given the name and the place among {@link orderingIds}. */
export const byOrdering = <A>(value: (id: OrderingId, place: number) => A): Readonly<Record<OrderingId, A>> => ({
  'V<P': value('V<P', 0), 'V<X': value('V<X', 1), 'V<A': value('V<A', 2), 'F<P': value('F<P', 3), 'F<X': value('F<X', 4), 'F<A': value('F<A', 5),
  'D<P': value('D<P', 6), 'D<X': value('D<X', 7), 'D<A': value('D<A', 8), 'P<X': value('P<X', 9), 'P<A': value('P<A', 10), 'X<A': value('X<A', 11),
})

/** What the standard makes of a pair of events: the same event, an order that must be, cannot be, is wanted, is not wanted. */
export type PairKind = 'same' | 'required' | 'impossible' | 'desired' | 'undesired'

/** One of the 36 pairs: one event before another. */
export interface Pair {
  readonly first: CsEvent
  readonly second: CsEvent
  readonly kind: PairKind
  /** The probability, under the random walk, that the first comes before the second. */
  readonly probability: Rational
}

const kindOf = (first: CsEvent, second: CsEvent): PairKind => {
  const path = (event: CsEvent): boolean => placeOf[event] < placeOf.P
  if (first === second) return 'same'
  if (path(first) && path(second)) return placeOf[first] < placeOf[second] ? 'required' : 'impossible'
  return table.some((row) => row.first === first && row.second === second) ? 'desired' : 'undesired'
}

/** All 36 pairs, by rows of {@link events} (docs/reference/measuring_cvd/_ordered_pairs_events.md; probabilities: tab_exp_freq.md). */
export const pairs: ReadonlyArray<Pair> = /* @__PURE__ */ events.flatMap((first) =>
  events.map((second) => ({ first, second, kind: kindOf(first, second), probability: baselineOf(first, second) })))

/** The orderings that a state has secured: the first event has happened, the second has not, and so comes later. */
export const securedIn = (state: VendorCaseState): ReadonlyArray<OrderingId> => {
  const bits = numberOf(state)
  return table.filter(({ first, second }) => has(bits, first) && !has(bits, second)).map(({ id }) => id)
}

/** The orderings that cannot be met any more: the second event has happened, the first has not. Where both have, a state does not say. */
export const blockedIn = (state: VendorCaseState): ReadonlyArray<OrderingId> => {
  const bits = numberOf(state)
  return table.filter(({ first, second }) => !has(bits, first) && has(bits, second)).map(({ id }) => id)
}

/**
 * The score of a state: of each ordering that it has secured, what luck would have missed, summed. It rewards only pairs
 * that are still open for their second event, so that the last state scores 0 like the first: no measure of a history.
 */
export const stateScore = (state: VendorCaseState): Rational =>
  securedIn(state).reduce((total, id) => plus(total, minus(one, baseline(id))), zero)

/** The baseline of an ordering by its name. */
export const baseline = (id: OrderingId): Rational => orderings.find((row) => row.id === id)?.baseline ?? zero

/** What one case says of skill at an ordering: 1 where it was met; −f/(1−f) where it was not, with f the baseline. */
export const alphaOfOne = (id: OrderingId, met: boolean): Rational => (met ? one : times(whole(-1), over(baseline(id), minus(one, baseline(id)))))
