/**
 * The random walk through the case states: how likely it is to come by a state, what may still become of the orderings
 * from there, and where a case probably stands of which little is known.
 *
 * Everything is exact. The chain has no way back, so each figure is one pass over 32 states; only PageRank adds an edge
 * from the last state to the first, and is solved as the one unknown that this leaves.
 *
 * Source: docs/reference/measuring_cvd/random_walk.md, docs/topics/other_uses/situation_awareness.md.
 *
 * @module
 */
import type { CsEvent, VendorCaseState } from '../protocol/cs.js'
import { events, FINAL, nextOf, numberOf, placeOf, states } from './chain.js'
import { prefixes } from './history.js'
import { blockedIn, byOrdering, orderings, type OrderingId, securedIn, walkedBefore } from './orderings.js'
import { compare, minus, one, over, plus, rational, type Rational, same, sum, times, whole, zero } from './rational.js'

const visits: ReadonlyArray<Rational> = /* @__PURE__ */ (() => {
  const found: Rational[] = Array.from({ length: 64 }, () => zero)
  found[0] = one
  for (const { bits, enabled } of states) {
    const share = over(found[bits] ?? zero, whole(enabled.length))
    for (const event of enabled) {
      const next = nextOf[bits * 8 + placeOf[event]] ?? 0
      found[next] = plus(found[next] ?? zero, share)
    }
  }
  return found
})()

/** The probability that the random walk comes by a state. */
export const visitProbability = (state: VendorCaseState): Rational => visits[numberOf(state)] ?? zero

const onwards: Readonly<Record<OrderingId, ReadonlyArray<Rational | undefined>>> = /* @__PURE__ */ (() => {
  const walked = new Map(orderings.map(({ first, id, second }) => [id, walkedBefore(first, second)]))
  return byOrdering((id) => walked.get(id) ?? [])
})()

/** What a state leaves of an ordering: met for sure, lost for sure, open, or past: both events have happened, and only the history says in which order. */
export type Standing = 'secured' | 'blocked' | 'open' | 'past'

/** What may still become of an ordering. */
export interface Prospect {
  readonly ordering: OrderingId
  readonly standing: Standing
  /**
   * The probability that it is met in the end, under the random walk from this state on. Where it is past, the share of
   * the walks through this state in which it was met.
   */
  readonly probability: Rational
}

/** Of the walks to a state, the share in which one event came before another. */
const metBefore = (state: VendorCaseState, first: CsEvent, second: CsEvent): Rational => {
  const through = prefixes.filter((each) => each.state === state)
  const total = sum(through.map(({ probability }) => probability))
  return over(sum(through.filter(({ events }) => events.indexOf(first) < events.indexOf(second)).map(({ probability }) => probability)), total)
}

/** What may become of each of the twelve orderings from a state on. */
export const prospects = (state: VendorCaseState): ReadonlyArray<Prospect> => {
  const [secured, blocked] = [securedIn(state), blockedIn(state)]
  return orderings.map(({ first, id, second }): Prospect => {
    const ahead = onwards[id][numberOf(state)]
    return ahead === undefined
      ? { ordering: id, standing: 'past', probability: metBefore(state, first, second) }
      : { ordering: id, standing: secured.includes(id) ? 'secured' : blocked.includes(id) ? 'blocked' : 'open', probability: ahead }
  })
}

/** How many of the twelve orderings the random walk meets on average that comes by a state. */
export const expectedCount = (state: VendorCaseState): Rational => sum(prospects(state).map(({ probability }) => probability))

/** What an event changes for one ordering. */
export interface ProspectChange {
  readonly ordering: OrderingId
  readonly before: Rational
  readonly after: Rational
}

/**
 * What an event that a state enables changes: the orderings whose probability of being met in the end is another after it,
 * under the random walk. Nothing where the state does not enable the event. What the event forces (P after X, V after P) is
 * counted in: it is all that can come next.
 */
export const effectOf = (state: VendorCaseState, event: CsEvent): ReadonlyArray<ProspectChange> => {
  const from = numberOf(state)
  const to = nextOf[from * 8 + placeOf[event]] ?? -1
  if (to < 0) return []
  return orderings.flatMap(({ id }): ReadonlyArray<ProspectChange> => {
    const before = onwards[id][from]
    // The second event of a pair leaves what was secured or blocked as it was.
    const after = onwards[id][to] ?? before
    return before === undefined || after === undefined || same(after, before) ? [] : [{ ordering: id, before, after }]
  })
}

const DAMPING = /* @__PURE__ */ rational(17n, 20n)

/**
 * PageRank of the 32 states with damping 0.85, even teleporting, and one edge from the last state back to the first. Each
 * value is written as a constant and a multiple of the last state's, in the order of the states; the last state then gives
 * one equation in itself.
 */
const ranks: ReadonlyArray<Rational> = /* @__PURE__ */ (() => {
  const teleport = over(minus(one, DAMPING), whole(states.length))
  const constant: Rational[] = Array.from({ length: 64 }, () => teleport)
  const multiple: Rational[] = Array.from({ length: 64 }, () => zero)
  multiple[0] = DAMPING
  for (const { bits, enabled } of states)
    for (const event of enabled) {
      const next = nextOf[bits * 8 + placeOf[event]] ?? 0
      const share = over(DAMPING, whole(enabled.length))
      constant[next] = plus(constant[next] ?? zero, times(share, constant[bits] ?? zero))
      multiple[next] = plus(multiple[next] ?? zero, times(share, multiple[bits] ?? zero))
    }
  const last = over(constant[FINAL] ?? zero, minus(one, multiple[FINAL] ?? zero))
  return constant.map((each, bits) => plus(each, times(multiple[bits] ?? zero, last)))
})()

/** The PageRank of a state. */
export const pageRank = (state: VendorCaseState): Rational => ranks[numberOf(state)] ?? zero

/** A state that a case may be in, and how likely. */
export interface Likely {
  readonly state: VendorCaseState
  readonly probability: Rational
}

/**
 * Where a case probably stands of which only a part is known: the states that a pattern of six characters fits (a letter,
 * whose case matters, or `.`), by PageRank within the pattern, the likeliest first. Empty for what is no pattern.
 */
export const situation = (pattern: string): ReadonlyArray<Likely> => {
  const fitting = states.filter(({ state }) => pattern.length === state.length && events.every((_, place) => pattern.charAt(place) === '.' || pattern.charAt(place) === state.charAt(place)))
  const total = sum(fitting.map(({ state }) => pageRank(state)))
  return fitting
    .map(({ state }) => ({ state, probability: over(pageRank(state), total) }))
    .sort((a, b) => compare(b.probability, a.probability))
}
