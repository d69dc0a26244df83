/**
 * Which date would be worth most to learn.
 *
 * Of each event whose date is not known to the day, it is asked how wide the ranges of alpha would be, summed over the
 * twelve orderings, if its date were known: it would then have its order with every event that has a date, as some history
 * that fits has it. These histories are weighed by the random walk. Dates that fall on one day, and what would be learned
 * against events that are known from one side only, are left out of account, so that the figure is a guide and no bound;
 * but what is known already is never lost: no date widens anything.
 *
 * @module
 */
import type { CsEvent } from '../protocol/cs.js'
import { events } from './chain.js'
import type { History } from './history.js'
import { alphaOfOne, orderingIds } from './orderings.js'
import { fitting, historiesIn, type Timeline } from './partial.js'
import { compare, minus, one, over, plus, type Rational, sum, times, zero } from './rational.js'
import { isDated, anytime, type When } from './when.js'

/** What learning the date of one event would leave. */
export interface Narrowing {
  readonly event: CsEvent
  /** The sum of the widths of the twelve ranges of alpha, as it is. */
  readonly now: Rational
  /** The same, as it would be on average. */
  readonly then: Rational
}

/** The sum of the widths of alpha that a set of histories leaves. */
const widthOf = (within: ReadonlyArray<History>): Rational =>
  orderingIds.reduce((total, id) => {
    const met = within.filter((each) => each.met.includes(id)).length
    return met === 0 || met === within.length ? total : plus(total, minus(one, alphaOfOne(id, false)))
  }, zero)

const isToTheDay = ({ earliest, firstDay, lastDay, latest }: When): boolean => firstDay === lastDay || earliest === latest

/** The events whose dates could be learned, the most worthwhile first; none where nothing is gained, or no history fits. */
export const narrowings = (timeline: Timeline): ReadonlyArray<Narrowing> => {
  const within = historiesIn(fitting(timeline))
  const now = widthOf(within)
  const total = sum(within.map(({ probability }) => probability))
  return events
    .filter((event) => !isToTheDay(timeline[event] ?? anytime))
    .map((event): Narrowing => {
      const dated = events.filter((each) => each !== event && isDated(timeline[each] ?? anytime))
      const groups = new Map<string, History[]>()
      for (const each of within) {
        const signature = dated.map((other) => (each.events.indexOf(event) < each.events.indexOf(other) ? '<' : '>')).join('')
        groups.set(signature, [...(groups.get(signature) ?? []), each])
      }
      const then = sum([...groups.values()].map((group) => times(over(sum(group.map(({ probability }) => probability)), total), widthOf(group))))
      return { event, now, then }
    })
    .filter((each) => compare(each.then, each.now) < 0)
    .sort((a, b) => compare(a.then, b.then))
}
