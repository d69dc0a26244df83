/**
 * One case of which only some dates are known: which of the 70 histories fit, and what that says of each ordering.
 *
 * A history fits if moments can be found for its events, each within what is known of it, none before the one that it
 * follows. That is so exactly where no event surely came before another that the history puts before it: the latest of
 * the beginnings so far is a moment that will do. So a timeline is the set of its sure pairs, and the histories that fit
 * are the intersection of at most fifteen sets. Two events of one day have no order, unless the history leaves but one.
 *
 * An ordering is met where all histories that fit meet it, missed where none does, else unknown; alpha lies between what
 * would be if it were missed and if it were met. These bounds are exact. (Where bare dates and instants mix, the zone of
 * the dates is taken as free for each pair, so that a history may be kept that one zone for all would exclude; bounds stay
 * right.) Sets are three whole numbers, a bit for each history in the order of `histories`.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import type { CsEvent } from '../protocol/cs.js'
import { events, placeOf } from './chain.js'
import { histories, type History } from './history.js'
import { alphaOfOne, byOrdering, type OrderingId, orderings } from './orderings.js'
import { over, type Rational, sum } from './rational.js'
import { isBefore, anytime, type When } from './when.js'

/** What is known of when each event happened; nothing of one that is absent. */
export type Timeline = Readonly<Partial<Record<CsEvent, When>>>

/** Some of the 70 histories: a bit for each, 32 to a number. */
export type HistorySet = readonly [number, number, number]

/** What is known of an ordering. */
export type Verdict = 'met' | 'missed' | 'unknown'

/** What the dates of a case say. */
export interface Score {
  readonly fits: HistorySet
  readonly verdicts: Readonly<Record<OrderingId, Verdict>>
}

/** One event that surely came before another. */
export type SurePair = readonly [first: CsEvent, second: CsEvent]

/** No history fits: the fewest sure pairs that no history has together. */
export interface Contradiction {
  readonly pairs: ReadonlyArray<SurePair>
}

/** A set of histories, by what they have to be. */
const setOf = (wanted: (of: History) => boolean): HistorySet => {
  const words: [number, number, number] = [0, 0, 0]
  for (const each of histories) if (wanted(each)) words[each.index >> 5] = (words[each.index >> 5] ?? 0) | (1 << (each.index & 31))
  return words
}

const ALL = /* @__PURE__ */ setOf(() => true)

const comesBefore = ([first, second]: SurePair): ((of: History) => boolean) => (of) => of.events.indexOf(first) < of.events.indexOf(second)

const flat = (sets: ReadonlyArray<HistorySet>): Int32Array => Int32Array.from(sets.flat())

/** The histories in which one event comes before another, by the places of both: `(first * 6 + second) * 3`. */
const BEFORE = /* @__PURE__ */ flat(events.flatMap((first) => events.map((second) => setOf(comesBefore([first, second])))))
/** The histories that meet each ordering, by its place: `place * 3`. */
const MEETS = /* @__PURE__ */ flat(orderings.map(({ id }) => setOf(({ met }) => met.includes(id))))

/** The histories that fit what is known; empty where it contradicts itself or the model. */
export const fitting = (timeline: Timeline): HistorySet => {
  let [a, b, c] = ALL
  const { V = anytime, F = anytime, D = anytime, P = anytime, X = anytime, A = anytime } = timeline
  const whens = [V, F, D, P, X, A]
  for (let first = 0; first < 6; first++) {
    const one = whens[first] ?? anytime
    if (one.latest === Infinity) continue
    for (let second = 0; second < 6; second++) {
      const other = whens[second] ?? anytime
      if (other.earliest === -Infinity || first === second || !isBefore(one, other)) continue
      const at = (first * 6 + second) * 3
      a &= BEFORE[at] ?? 0
      b &= BEFORE[at + 1] ?? 0
      c &= BEFORE[at + 2] ?? 0
    }
  }
  return [a, b, c]
}

/** What a set of histories says of an ordering, by its place. */
const verdictAt = ([a, b, c]: HistorySet, place: number): Verdict => {
  const [x, y, z] = [MEETS[place * 3] ?? 0, MEETS[place * 3 + 1] ?? 0, MEETS[place * 3 + 2] ?? 0]
  const met = (a & x) | (b & y) | (c & z)
  const missed = (a & ~x) | (b & ~y) | (c & ~z)
  return met === 0 ? 'missed' : missed === 0 ? 'met' : 'unknown'
}

/** What the histories of a set say of each ordering. Of no history, nothing can be said: see {@link score}. */
export const verdictsOf = (set: HistorySet): Readonly<Record<OrderingId, Verdict>> => byOrdering((_, place) => verdictAt(set, place))

const isEmpty = ([a, b, c]: HistorySet): boolean => (a | b | c) === 0

/** The pairs of events of a timeline of which one surely came before the other. */
export const surePairs = (timeline: Timeline): ReadonlyArray<SurePair> => {
  const found: SurePair[] = []
  for (const first of events) {
    const one = timeline[first]
    if (one === undefined) continue
    for (const second of events) {
      const other = timeline[second]
      if (other !== undefined && first !== second && isBefore(one, other)) found.push([first, second])
    }
  }
  return found
}

/** Whether some history has all of some pairs. */
const canBe = (pairs: ReadonlyArray<SurePair>): boolean => {
  let [a, b, c] = ALL
  for (const [first, second] of pairs) {
    const at = (placeOf[first] * 6 + placeOf[second]) * 3
    a &= BEFORE[at] ?? 0
    b &= BEFORE[at + 1] ?? 0
    c &= BEFORE[at + 2] ?? 0
  }
  return (a | b | c) !== 0
}

/** Of some pairs that no history has together, those that cannot be left out. */
const fewest = (pairs: ReadonlyArray<SurePair>): ReadonlyArray<SurePair> => {
  let kept = pairs
  for (const pair of pairs) {
    const without = kept.filter((each) => each !== pair)
    if (!canBe(without)) kept = without
  }
  return kept
}

/** What the dates of one case say of each ordering; or, where no history fits, the events that surely came in an order in which they cannot. */
export const score = (timeline: Timeline): Either<Contradiction, Score> => {
  const fits = fitting(timeline)
  return isEmpty(fits) ? left({ pairs: fewest(surePairs(timeline)) }) : right({ fits, verdicts: verdictsOf(fits) })
}

/** The histories of a set. */
export const historiesIn = (set: HistorySet): ReadonlyArray<History> => histories.filter(({ index }) => (((set[index >> 5] ?? 0) >> (index & 31)) & 1) === 1)

/** Alpha from what would be if an ordering were missed to what would be if it were met, as far as that is open. */
export interface AlphaRange {
  readonly from: Rational
  readonly to: Rational
}

/** What a verdict on one case leaves of alpha. */
export const alphaRange = (id: OrderingId, verdict: Verdict): AlphaRange => ({ from: alphaOfOne(id, verdict === 'met'), to: alphaOfOne(id, verdict !== 'missed') })

/** How likely each ordering is met among the histories of a set, by the random walk. A guess of luck, where an interval is what is known; `undefined` of no history. */
export const likelihood = (set: HistorySet): Readonly<Record<OrderingId, Rational>> | undefined => {
  const within = historiesIn(set)
  const total = sum(within.map(({ probability }) => probability))
  return within.length === 0 ? undefined : byOrdering((id) => over(sum(within.filter(({ met }) => met.includes(id)).map(({ probability }) => probability)), total))
}

