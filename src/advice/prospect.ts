/**
 * What events would change of the orderings that a case may still meet, under the random walk; exact.
 *
 * The orderings are of one vendor's six letters. A participant with fewer letters sees the vendors of its case; where it
 * knows of none, the vendor is wherever the random walk most likely has one that the known letters fit (PageRank within the
 * pattern, as the published text on situation awareness does it), and the change is the mean over these states.
 *
 * @module
 */
import { isRight } from 'fp-ts/Either'
import { effectOf, type OrderingId, orderingIds } from '../measuring/index.js'
import { minus, one, plus, type Rational, sum, times, zero } from '../measuring/rational.js'
import { situation } from '../measuring/walk.js'
import { type CaseState, cs, type CsEvent, type VendorCaseState } from '../protocol/cs.js'
import { stateNamed } from '../protocol/machine.js'
import type { Id } from '../protocol/message.js'

/** The case as one vendor's six letters, with a probability where the letters are not all known; these add up to one for a vendor. */
export interface View {
  /** Absent where no vendor is known. */
  readonly vendor?: Id
  readonly state: VendorCaseState
  readonly weight: Rational
}

/** The change of one vendor's prospects. */
export interface Outlook {
  /** Absent where no vendor is known. */
  readonly vendor?: Id
  /** How many of the twelve orderings more, or fewer, are met on average. */
  readonly gain: Rational
  /** The change of the probability of each ordering that changes. */
  readonly by: ReadonlyArray<{ readonly ordering: OrderingId; readonly change: Rational }>
}

/** The states that a shorter case state leaves open, by its letters; there are few, so each is worked out once. */
const likely = new Map<string, ReadonlyArray<View>>()

const likelyViews = (state: CaseState): ReadonlyArray<View> => {
  const found = likely.get(state) ?? situation(state.padStart(6, '.')).map(({ probability, state: one_ }) => ({ state: one_, weight: probability }))
  likely.set(state, found)
  return found
}

/** A case state as views: itself with six letters, else every state that its letters fit. */
export const viewsOf = (state: CaseState): ReadonlyArray<View> => {
  const own = stateNamed(cs, state)
  return own === undefined ? likelyViews(state) : [{ state: own, weight: one }]
}

/** The changes of the orderings when events happen in one state, one after the other; those that it does not enable change nothing. */
const changesIn = (state: VendorCaseState, events: ReadonlyArray<CsEvent>): ReadonlyMap<OrderingId, Rational> => {
  const changes = new Map<OrderingId, Rational>()
  let at = state
  for (const event of events) {
    for (const { after, before, ordering } of effectOf(at, event)) changes.set(ordering, plus(changes.get(ordering) ?? zero, minus(after, before)))
    const next = cs.step(at, event)
    if (isRight(next)) at = next.right
  }
  return changes
}

/** What events change, by the states they happen in: a case state and a few letters, so each is worked out once. */
const known = new Map<string, Pick<Outlook, 'gain' | 'by'>>()

const outlookIn = (views: ReadonlyArray<View>, events: ReadonlyArray<CsEvent>): Pick<Outlook, 'gain' | 'by'> => {
  const key = `${views.map(({ state }) => state).join()} ${events.join('')}`
  const before = known.get(key)
  if (before !== undefined) return before
  const all = views.map(({ state, weight }) => ({ weight, changes: changesIn(state, events) }))
  const by = orderingIds
    .map((ordering) => ({ ordering, change: sum(all.map(({ changes, weight }) => times(weight, changes.get(ordering) ?? zero))) }))
    .filter(({ change }) => change.numerator !== 0n)
  const found = { gain: sum(by.map(({ change }) => change)), by }
  known.set(key, found)
  return found
}

/** What events change for one vendor, seen in one or several views of it. Nothing where nothing changes. */
export const outlooks = (views: ReadonlyArray<View>, events: ReadonlyArray<CsEvent>): ReadonlyArray<Outlook> => {
  if (events.length === 0) return []
  const found = outlookIn(views, events)
  const vendor = views[0]?.vendor
  return found.by.length === 0 ? [] : [{ ...(vendor === undefined ? {} : { vendor }), ...found }]
}
