/**
 * Which embargo there is when a report arrives, from what its sender and receiver bring with them.
 *
 * Either may have a published default, and may propose an end. The shortest is in force at once, and what is longer becomes a
 * revision of it: up to the earliest end, all of them agree. A sender's silence accepts the receiver's default; it accepts
 * nothing else. What a sender has by default counts as its proposal, unless it makes another; a receiver's default stands
 * beside what it proposes.
 *
 * Terms are a duration from the report (DUR-06-002) or an end. Which of two ends is earlier can be in doubt where one is only
 * a date; then the one that may end first is taken, and the settlement says that it is not sure.
 *
 * Source: docs/topics/process_models/em/defaults.md (VP-07-001 to VP-07-013); specs/embargo-policy.yaml (EP-01, EP-03, EP-04,
 * EP-07).
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import type { Id, Moment } from '../protocol/message.js'
import { type Interval, readMoment } from '../protocol/moment.js'
import { formatMoment, shift } from './calendar.js'
import { type Duration, millisOf } from './duration.js'
import type { EmbargoWindow } from './policy.js'

/** How long an embargo is to last: until a moment, or so long from the report on. */
export type Terms = { readonly end: Moment } | { readonly duration: Duration }

/** What one party brings: what it proposes for this case, and what it has published for all. */
export interface Bid {
  readonly by: Id
  readonly proposal?: Terms
  readonly default?: Duration
}

/** One embargo that somebody wants: its end, worked out, and where it comes from. */
export interface Offer {
  readonly by: Id
  readonly from: 'proposal' | 'default'
  readonly end: Moment
}

/** What there is after all bids are in: nothing, an embargo in force (with revisions open), or proposals that nobody has accepted. */
export interface Settlement {
  /** In force. No event between proposal and acceptance is to be seen (EP-04-002). */
  readonly accept?: Offer
  /** Whether it SHALL be so, or SHOULD be: the receiver of a lone proposal, and whoever has several, may decide otherwise (erratum D-EM-29). */
  readonly force: 'shall' | 'should'
  /** Proposed as revisions of what is in force, earliest end first, which is the order to decide them in. */
  readonly revisions: ReadonlyArray<Offer>
  /** Proposed, where nothing is in force. */
  readonly open: ReadonlyArray<Offer>
  /** Whether it is certain which end is the earliest. */
  readonly sure: boolean
  /** The requirements that decide. */
  readonly because: ReadonlyArray<string>
}

/** Why terms mean nothing: a moment or duration that is none, or an end that is over before the report. */
export interface TermsFault {
  readonly kind: 'moment' | 'duration' | 'over'
  readonly by?: Id
  readonly text: string
}

interface Placed extends Offer {
  readonly when: Interval
}

const place = (by: Id, from: Offer['from'], terms: Terms, report: Interval): Either<TermsFault, Placed> => {
  if ('end' in terms) {
    const when = readMoment(terms.end)
    if (when === undefined) return left({ kind: 'moment', by, text: terms.end })
    return when.latest < report.earliest ? left({ kind: 'over', by, text: terms.end }) : right({ by, from, end: terms.end, when })
  }
  const duration = millisOf(terms.duration)
  if (duration === undefined) return left({ kind: 'duration', by, text: terms.duration })
  const when = shift(report, duration)
  return right({ by, from, end: formatMoment(when), when })
}

/** All terms placed in time, or the first that cannot be. */
const placeAll = (report: Moment, all: ReadonlyArray<readonly [by: Id, from: Offer['from'], terms: Terms]>): Either<TermsFault, ReadonlyArray<Placed>> => {
  const at = readMoment(report)
  if (at === undefined) return left({ kind: 'moment', text: report })
  const placed: Placed[] = []
  for (const [by, from, terms] of all) {
    const one = place(by, from, terms, at)
    if (one._tag === 'Left') return one
    placed.push(one.right)
  }
  return right(placed)
}

const sameEnd = (a: Placed, b: Placed): boolean => a.when.earliest === b.when.earliest && a.when.latest === b.when.latest

/** Earliest end first; of ends that are the same, in the order in which they were given. */
const byEnd = (offers: ReadonlyArray<Placed>): ReadonlyArray<Placed> =>
  [...offers].sort((a, b) => a.when.earliest - b.when.earliest || a.when.latest - b.when.latest)

const offerOf = ({ by, end, from }: Placed): Offer => ({ by, from, end })

/** The shortest in force, all that end elsewhere as revisions. An offer that ends when the accepted one does revises nothing. */
const shortest = (offers: ReadonlyArray<Placed>, force: Settlement['force'], because: ReadonlyArray<string>): Settlement => {
  const [first, ...rest] = byEnd(offers)
  if (first === undefined) return { force, revisions: [], open: [], sure: true, because }
  const others = rest.filter((one) => !sameEnd(one, first))
  return {
    accept: offerOf(first),
    force,
    revisions: others.map(offerOf),
    open: [],
    sure: others.every((one) => one.when.earliest > first.when.latest),
    because: others.length > 1 ? [...because, 'VP-07-009'] : because,
  }
}

/**
 * What sender and receiver of a report come to, at the moment of the report.
 *
 * - Nobody brings anything: no embargo (VP-07-001).
 * - The sender alone: its proposal, which the receiver should accept (VP-07-007), and may then revise.
 * - The receiver's default alone: accepted (VP-07-002, VP-07-003), whatever the receiver proposes besides.
 * - The sender and the receiver's default: the shorter is accepted, the longer revises it (VP-07-004, VP-07-005).
 * - A receiver without default proposes: to a sender who brought nothing it is an open proposal; else the shortest of them
 *   should be accepted (VP-07-008).
 */
export const resolveDefaults = (report: Moment, sender: Bid, receiver: Bid): Either<TermsFault, Settlement> => {
  const asked = sender.proposal ?? (sender.default === undefined ? undefined : { duration: sender.default })
  const placed = placeAll(report, [
    ...(receiver.default === undefined ? [] : [[receiver.by, 'default', { duration: receiver.default }] as const]),
    ...(asked === undefined ? [] : [[sender.by, sender.proposal === undefined ? 'default' : 'proposal', asked] as const]),
    ...(receiver.proposal === undefined ? [] : [[receiver.by, 'proposal', receiver.proposal] as const]),
  ])
  if (placed._tag === 'Left') return placed
  const offers = placed.right
  if (offers.length === 0) return right(shortest([], 'shall', ['VP-07-001']))
  const [first, second] = offers
  if (receiver.default === undefined) {
    if (asked !== undefined) return right(shortest(offers, 'should', [receiver.proposal === undefined ? 'VP-07-007' : 'VP-07-008']))
    return right({ force: 'should', revisions: [], open: offers.map(offerOf), sure: true, because: [] })
  }
  if (asked === undefined) {
    const settled = shortest(offers.slice(0, 1), 'shall', ['VP-07-002', 'VP-07-003'])
    return right({ ...settled, revisions: offers.slice(1).filter((one) => first !== undefined && !sameEnd(one, first)).map(offerOf) })
  }
  if (receiver.proposal !== undefined) return right(shortest(offers, 'should', ['VP-07-002', 'VP-07-008']))
  const same = first !== undefined && second !== undefined && sameEnd(first, second)
  const longer = byEnd(offers)[0] === first
  return right(shortest(offers, 'shall', ['VP-07-002', same ? 'VP-07-003' : longer ? 'VP-07-004' : 'VP-07-005']))
}

/**
 * What several parties come to whose proposals are all open: the shortest should be accepted, the others proposed as
 * revisions and decided earliest end first (VP-07-008, VP-07-009). One alone is open, and nobody has accepted it.
 */
export const settleProposals = (report: Moment, proposals: ReadonlyArray<{ readonly by: Id; readonly terms: Terms }>): Either<TermsFault, Settlement> => {
  const placed = placeAll(report, proposals.map(({ by, terms }) => [by, 'proposal', terms] as const))
  if (placed._tag === 'Left') return placed
  if (placed.right.length > 1) return right(shortest(placed.right, 'should', ['VP-07-008']))
  return right({ force: 'should', revisions: [], open: placed.right.map(offerOf), sure: true, because: placed.right.length === 0 ? ['VP-07-001'] : [] })
}

/** What an embargo window says to terms: they fit, are too short or too long, or half-known dates leave it open. */
export interface WindowVerdict {
  readonly verdict: 'accept' | 'too short' | 'too long' | 'unsure'
  /** Whether they are surely no longer than what the window's holder prefers; true where it says nothing about that. */
  readonly preferred: boolean
  readonly because: ReadonlyArray<string>
}

/**
 * Whether terms are in the window of somebody's policy, counted from `start` (EP-03-002); terms that are not should be
 * rejected (EP-01-006, EP-01-007). From one bare date to another it is the days between the two dates, as whoever chose
 * the second counted them.
 */
export const judgeTerms = (window: EmbargoWindow, start: Moment, terms: Terms): Either<TermsFault, WindowVerdict> => {
  const from = readMoment(start)
  if (from === undefined) return left({ kind: 'moment', text: start })
  let least: number
  let most: number
  if ('duration' in terms) {
    const duration = millisOf(terms.duration)
    if (duration === undefined) return left({ kind: 'duration', text: terms.duration })
    least = most = duration
  } else {
    const end = readMoment(terms.end)
    if (end === undefined) return left({ kind: 'moment', text: terms.end })
    if (end.latest < from.earliest) return left({ kind: 'over', text: terms.end })
    const dates = start.length === 10 && terms.end.length === 10
    least = end.earliest - (dates ? from.earliest : from.latest)
    most = dates ? least : end.latest - from.earliest
  }
  const [minimum, maximum] = [millisOf(window.minimum) ?? -Infinity, millisOf(window.maximum) ?? Infinity]
  const preferred = most <= (millisOf(window.preferred) ?? Infinity)
  if (most < minimum) return right({ verdict: 'too short', preferred, because: ['EP-03-002', 'EP-01-006'] })
  if (least > maximum) return right({ verdict: 'too long', preferred, because: ['EP-03-002', 'EP-01-007'] })
  return right({ verdict: least >= minimum && most <= maximum ? 'accept' : 'unsure', preferred, because: ['EP-03-002'] })
}

/** How long whoever is invited to an embargo has for an answer. */
export interface AnswerWindow {
  /** Where no deadline is given. */
  readonly standard: Duration
  /** The least that must be given. */
  readonly minimum: Duration
}

/** Seven days, and not less than 72 hours (EP-07-001, EP-07-002). */
export const answerWindow: AnswerWindow = { standard: 'P7D', minimum: 'PT72H' }

/** Until when an answer is due. `raised`: less time was asked for than must be given, which is to be noted (EP-07-005). */
export interface AnswerDue {
  readonly by: Moment
  readonly raised: boolean
  readonly because: ReadonlyArray<string>
}

/**
 * When the answer to a proposal is due: when it was asked for, but no sooner than the minimum after the proposal (EP-07-003),
 * which is no reason to refuse the proposal (EP-07-004); where nothing is asked, after the standard window.
 */
export const respondBy = (proposed: Moment, asked?: Moment, window: AnswerWindow = answerWindow): Either<TermsFault, AnswerDue> => {
  const at = readMoment(proposed)
  if (at === undefined) return left({ kind: 'moment', text: proposed })
  const [standard, minimum] = [millisOf(window.standard), millisOf(window.minimum)]
  if (standard === undefined) return left({ kind: 'duration', text: window.standard })
  if (minimum === undefined) return left({ kind: 'duration', text: window.minimum })
  if (asked === undefined) return right({ by: formatMoment(shift(at, Math.max(standard, minimum))), raised: false, because: ['EP-07-001'] })
  const wanted = readMoment(asked)
  if (wanted === undefined) return left({ kind: 'moment', text: asked })
  const floor = shift(at, minimum)
  const due = { earliest: Math.max(wanted.earliest, floor.earliest), latest: Math.max(wanted.latest, floor.latest) }
  const raised = due.earliest !== wanted.earliest || due.latest !== wanted.latest
  return right({ by: raised ? formatMoment(due) : asked, raised, because: raised ? ['EP-07-003', 'EP-07-005'] : ['EP-07-002'] })
}
