/**
 * Skill: how far what was observed is beyond luck.
 *
 * The observed frequency of an ordering is modelled as a mixture, alpha of skill, which always meets it, and the rest of
 * luck, which meets it as often as its baseline f says. So alpha = (observed − f) / (1 − f): 1 is always, 0 is luck, below
 * 0 is worse than luck. It is exact for counts.
 *
 * An interval says how much of that may be chance in a few cases. It is the middle part of a Beta distribution of the
 * observed frequency, turned into alpha. The prior here adds one to both counts, Beta(met + 1, missed + 1), which has a
 * value where nothing, or everything, was met. One published interval was made so, another as the published text says, by
 * Beta(met, missed), which has none there; that is offered as the prior 0 (erratum M-05).
 *
 * Sources: docs/reference/measuring_cvd/discriminating_skill_and_luck.md:62-84, observing_skill.md, benchmarking_mpcvd.md:211-243.
 *
 * @module
 */
import { betaQuantile } from './beta.js'
import { histories, type History } from './history.js'
import { alphaOfOne, baseline, byOrdering, orderings, type OrderingId } from './orderings.js'
import { compare, minus, one, over, plus, type Rational, sum, times, toNumber, whole } from './rational.js'

/** Skill at an ordering from an observed frequency, a fraction of 0 to 1. */
export const alphaOf = (id: OrderingId, observed: Rational): Rational => over(minus(observed, baseline(id)), minus(one, baseline(id)))

/** Counts that make sense: whole numbers, at least one case, and no more met than there are. */
const isCount = (met: number, cases: number): boolean => Number.isSafeInteger(met) && Number.isSafeInteger(cases) && met >= 0 && cases >= 1 && met <= cases

/** Skill at an ordering that was met in some of a number of cases; `undefined` where there is no case, or the counts are none. */
export const skill = (id: OrderingId, met: number, cases: number): Rational | undefined =>
  isCount(met, cases) ? alphaOf(id, over(whole(met), whole(cases))) : undefined

/** How an interval is made. */
export interface IntervalOptions {
  /** How much of the distribution lies within; 0.95 unless given. */
  readonly level?: number
  /** What is added to both counts; 1 unless given. 0 is what the published text says, and gives nothing where nothing or everything was met. */
  readonly prior?: number
}

/** From one number to another. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** The interval of the observed frequency, as the published figures have it; `undefined` where it has none. */
export const frequencyInterval = (met: number, cases: number, { level = 0.95, prior = 1 }: IntervalOptions = {}): Range | undefined => {
  const [a, b] = [met + prior, cases - met + prior]
  if (!isCount(met, cases) || !(level > 0 && level < 1) || !(a > 0 && b > 0 && Number.isFinite(a + b))) return undefined
  return { from: betaQuantile((1 - level) / 2, a, b), to: betaQuantile((1 + level) / 2, a, b) }
}

/** The interval of skill at an ordering; `undefined` where it has none. */
export const skillInterval = (id: OrderingId, met: number, cases: number, options: IntervalOptions = {}): Range | undefined => {
  const observed = frequencyInterval(met, cases, options)
  const luck = toNumber(baseline(id))
  return observed === undefined ? undefined : { from: (observed.from - luck) / (1 - luck), to: (observed.to - luck) / (1 - luck) }
}

/** Skill at one ordering over the vendors of a case. */
export interface PartySkill {
  /** The share of the vendors whose history met it. */
  readonly share: Rational
  readonly median: Rational
  /** The variance of the population: the mean squared distance from the mean, of these vendors and no others. The source does not say which is meant. */
  readonly variance: Rational
}

/**
 * Skill in a case of several vendors: over their histories, for each ordering the median of alpha, which is to be high,
 * and its variance, which is to be low. All count alike; whom a vendor serves does not enter. `undefined` for none.
 */
export const multiParty = (of: ReadonlyArray<History>): Readonly<Record<OrderingId, PartySkill>> | undefined => {
  if (of.length === 0) return undefined
  const count = whole(of.length)
  return byOrdering((id) => {
    const alphas = of.map(({ met }) => alphaOfOne(id, met.includes(id))).sort(compare)
    const middle = (place: number): Rational => alphas[Math.floor(place)] ?? one
    const mean = over(sum(alphas), count)
    return {
      share: over(whole(of.filter(({ met }) => met.includes(id)).length), count),
      median: over(plus(middle((alphas.length - 1) / 2), middle(alphas.length / 2)), whole(2)),
      variance: over(sum(alphas.map((alpha) => times(minus(alpha, mean), minus(alpha, mean)))), count),
    }
  })
}

/** What was observed of one ordering in a number of cases. */
export interface Observed {
  readonly ordering: OrderingId
  readonly met: number
  readonly cases: number
}

/** What may be inferred of all orderings from the few that were observed. */
export interface Inference {
  /** The weight of each history, in the order of `histories`; together 1. */
  readonly weights: ReadonlyArray<Rational>
  readonly alpha: Readonly<Record<OrderingId, Rational>>
}

/**
 * Skill at the orderings that were not observed, from those that were: each history has the product of the observed
 * frequencies of what it meets and misses, shared evenly among the histories that meet and miss the same. The published
 * figures were made so, by drawing; the text would give each history the whole product. These are the exact means.
 * `undefined` where the counts are none, an ordering stands twice, or no history does what was observed.
 *
 * Source: observing_skill.md:87-142.
 */
export const infer = (observed: ReadonlyArray<Observed>): Inference | undefined => {
  const ids = observed.map(({ ordering }) => ordering)
  if (new Set(ids).size < ids.length || !observed.every(({ cases, met, ordering }) => isCount(met, cases) && orderings.some(({ id }) => id === ordering))) return undefined
  const classOf = ({ met }: History): string => ids.map((id) => (met.includes(id) ? '+' : '-')).join('')
  const sizes = new Map<string, number>()
  for (const each of histories) sizes.set(classOf(each), (sizes.get(classOf(each)) ?? 0) + 1)
  const raw = histories.map((each) => {
    const product = observed.reduce((all, { cases, met, ordering }) => times(all, over(whole(each.met.includes(ordering) ? met : cases - met), whole(cases))), one)
    return over(product, whole(sizes.get(classOf(each)) ?? 1))
  })
  const total = sum(raw)
  if (total.numerator === 0n) return undefined
  const weights = raw.map((weight) => over(weight, total))
  return { weights, alpha: byOrdering((id) => alphaOf(id, sum(weights.filter((_, place) => histories[place]?.met.includes(id) === true)))) }
}
