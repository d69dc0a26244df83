/**
 * Which histories are better than others.
 *
 * One history is at least as desirable as another if it meets every ordering that the other meets; this is a partial order
 * with a bottom (AXPVFD) and a top (VFDPXA). Two numbers refine it: how many orderings are met, and the score, the sum of
 * 1 − f over the orderings that are met, which counts what luck seldom brings for more. The rank is the place of the score
 * among all that occur; histories with equal scores share a rank.
 *
 * The published table has a column of ranks, and a text on how they are made. The text is of another quantity (−ln f), and
 * the column is of this score in floating point, where one exact tie comes apart. {@link rankOf} is the exact rank,
 * {@link publishedRank} the printed one, {@link logRank} what the text says (errata M-01 and M-02).
 *
 * Source: docs/reference/measuring_cvd/desirable_histories.md and reasoning_over_histories.md:181-227.
 *
 * @module
 */
import { histories, type History } from './history.js'
import { baseline } from './orderings.js'
import { compare, minus, one, over, plus, type Rational, same, sum, times, whole, zero } from './rational.js'

/** Whether one history meets every ordering that another does. */
export const isAtLeastAsDesirable = (better: History, worse: History): boolean => (better.bits & worse.bits) === worse.bits

/** The pairs `[worse, better]` of the partial order that no third history lies between: its Hasse diagram, by the places of the histories. */
export const covers: ReadonlyArray<readonly [worse: number, better: number]> = /* @__PURE__ */ histories.flatMap((worse) => {
  const above = histories.filter((each) => each.index !== worse.index && isAtLeastAsDesirable(each, worse))
  return above
    .filter((each) => !above.some((between) => between.index !== each.index && isAtLeastAsDesirable(each, between)))
    .map((each) => [worse.index, each.index] as const)
})

/** The score of a history: over the orderings that it meets, the sum of what luck would have missed. */
export const scoreOf = (of: History): Rational => sum(of.met.map((id) => minus(one, baseline(id))))

const scores = /* @__PURE__ */ histories.map(scoreOf)
const levels = /* @__PURE__ */ [...scores].sort(compare).filter((score, place, all) => place === 0 || !same(score, all[place - 1] ?? score))

/** The rank of a history by its exact score, from 1 for the least desirable to 61. */
export const rankOf = (of: History): number => levels.findIndex((level) => same(level, scores[of.index] ?? one)) + 1

/** Where the exact tie lies that comes apart in floating point, and the one of the two that comes out higher. */
const TIE = { rank: 40, higher: 'VFXPAD' }

/**
 * The rank as printed in the table of possible histories, from 1 to 62: that of the score in floating point, where of the
 * two histories with 307/72, VFPAXD and VFXPAD, one comes out a rank above the other. For comparison with the published
 * text only.
 */
export const publishedRank = (of: History): number => {
  const rank = rankOf(of)
  return rank > TIE.rank || of.events === TIE.higher ? rank + 1 : rank
}

/** The sum of −ln f is as exact as the product of the f: the smaller the product, the greater the sum. */
const rarity = (of: History): Rational => of.met.map(baseline).reduce(times, one)

const rarities = /* @__PURE__ */ histories.map(rarity)
const degrees = /* @__PURE__ */ [...rarities].sort((a, b) => compare(b, a)).filter((value, place, all) => place === 0 || !same(value, all[place - 1] ?? value))

/** The rank by the sum of −ln f over the orderings that are met, as the published text describes it, from 1 to 53. */
export const logRank = (of: History): number => degrees.findIndex((degree) => same(degree, rarities[of.index] ?? one)) + 1

/** The middle rank of the histories under weights, by which at least half of them have at most this rank; without weights, those of the random walk. */
export const medianRank = (rank: (of: History) => number, weight: (of: History) => Rational = (of) => of.probability): number => {
  const half = over(sum(histories.map(weight)), whole(2))
  let reached = zero
  for (const each of [...histories].sort((a, b) => rank(a) - rank(b))) {
    reached = plus(reached, weight(each))
    if (compare(reached, half) >= 0) return rank(each)
  }
  return 0
}
