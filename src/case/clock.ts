/**
 * Who owes what by when: disclosure policies applied to what happened in a case.
 *
 * `deadlinesOf` is a function of what happened, of policies and of a moment that the caller calls now; no clock is read, and
 * nothing is kept. The policies are only data (`policy.ts`); whatever they say is evaluated here in one way.
 *
 * **Days.** A day is 86 400 seconds. For an instant, 90 days later is 90 · 86 400 s later, whatever zone it was written in
 * and whatever daylight saving did there. For a bare date, 90 days later is the date 90 days on in the calendar, a bare date
 * again. A rule with a zone counts days of that zone: what is due is due when the day ends there.
 *
 * **Doubt.** Moments are intervals, and so is what follows from them. A deadline holds every instant at which it can be due,
 * given what is known: where it is not certain whether something came in time to move it, both dates are in it. The order of
 * two acts whose intervals overlap is that of the entries. `unsure` says that nobody can tell; no other answer is a guess.
 *
 * **Time.** What surely happened after now has not happened yet, so that a whole log can be asked about any day in it.
 * Something is in time until the instant at which it is due, and that instant is not over: `overdue` begins after it.
 *
 * @module
 */
import type { LogParticipant } from '../protocol/log.js'
import type { Id, Moment } from '../protocol/message.js'
import type { Interval } from '../protocol/moment.js'
import { anyTime, endOfDay, formatMoment, onWorkday, readIn, readZone, shift } from './calendar.js'
import { millisOf } from './duration.js'
import { type Happening, happeningKinds, type HappeningKind } from './happening.js'
import { type Cause, type Change, countsDays, type Duty, type Policy, type Rule } from './policy.js'

/**
 * How a deadline stands: `running` (not done, there is time), `overdue` (not done, time is up), `met` (done in time),
 * `missed` (done late), `unsure` (what is known does not decide it).
 */
export type DeadlineStatus = 'running' | 'overdue' | 'unsure' | 'met' | 'missed'

/** When something is due: all instants that it can be, and the same as a moment in text. */
export interface Due extends Interval {
  readonly moment: Moment
}

/** A change of the rule that moved a date, by its place in the rule; not `surely` where it may have come too late. */
export interface Moved {
  readonly change: number
  readonly entry: number
  readonly surely: boolean
}

/** One participant owes one thing. Entries are given by their places, as {@link Happening} has them. */
export interface Deadline {
  readonly policy: string
  readonly rule: string
  readonly owes: Duty
  /** Who owes it; absent where the case does not say. */
  readonly who?: Id
  /** The participant, and the product, whose clock this is; absent for a clock of the case. */
  readonly about?: Id
  readonly product?: string
  /** What started the clock, one entry for each cause of the rule. */
  readonly started: ReadonlyArray<number>
  readonly due: Due
  readonly status: DeadlineStatus
  /** What settled it. */
  readonly done?: number
  readonly moved: ReadonlyArray<Moved>
  /** What the others may do while it is overdue. */
  readonly frees?: Duty
}

/** A participant as far as clocks care. */
export type Party = Pick<LogParticipant, 'id' | 'roles'>

type Truth = 'yes' | 'no' | 'maybe'

const and = (...all: ReadonlyArray<Truth>): Truth => (all.includes('no') ? 'no' : all.includes('maybe') ? 'maybe' : 'yes')
const not = (one: Truth): Truth => (one === 'maybe' ? one : one === 'yes' ? 'no' : 'yes')
const notAfter = (a: Interval, b: Interval): Truth => (a.latest <= b.earliest ? 'yes' : a.earliest > b.latest ? 'no' : 'maybe')

const hull = (a: Interval, b: Interval): Interval => ({ earliest: Math.min(a.earliest, b.earliest), latest: Math.max(a.latest, b.latest) })
const later = (a: Interval, b: Interval): Interval => ({ earliest: Math.max(a.earliest, b.earliest), latest: Math.max(a.latest, b.latest) })
const sooner = (a: Interval, b: Interval): Interval => ({ earliest: Math.min(a.earliest, b.earliest), latest: Math.min(a.latest, b.latest) })

/** A happening with what its moment says, in the days that the rule counts. */
interface Known extends Happening {
  readonly when: Interval
}

/** The first or the last of some happenings: the entry that the order of the entries names of those that it can have been, at the time that it was, as far as known; undefined of none. */
const occurrence = (all: ReadonlyArray<Known>, which: 'first' | 'last'): Known | undefined => {
  const [head] = all
  if (head === undefined) return undefined
  const when = all.map((one) => one.when).reduce(which === 'first' ? sooner : later)
  const named =
    which === 'first' ? all.find((one) => one.when.earliest <= when.latest) : all.filter((one) => one.when.latest >= when.earliest).at(-1)
  return { ...(named ?? head), when }
}

/** Whether one happened from another on: where their times overlap, in the order of the entries. */
const follows = (one: Known, other: Known): boolean =>
  one.when.earliest > other.when.latest || (one.when.latest >= other.when.earliest && one.entry >= other.entry)

/** Which of some happenings the last in time can have been: the last that surely came in time, and all from it on that may have. */
const lastInTime = (all: ReadonlyArray<Known>, inTime: (one: Known) => Truth): ReadonlyArray<Known> => {
  const sure = occurrence(all.filter((one) => inTime(one) === 'yes'), 'last')
  return [...(sure === undefined ? [] : [sure]), ...all.filter((one) => inTime(one) === 'maybe' && (sure === undefined || follows(one, sure)))]
}

/** Whose clock: nobody's for a clock of the case. */
interface Group {
  readonly about?: Id
  readonly product?: string
}

const matches = (one: Happening, group: Group): boolean =>
  (group.about === undefined || one.about === undefined || one.about === group.about) &&
  (group.product === undefined || one.product === undefined || one.product === group.product)

/** One clock for each participant, or product, that a cause is about. What names neither belongs to all clocks, or has one of its own where there is no other. */
const groupsOf = (per: Rule['per'], causes: ReadonlyArray<ReadonlyArray<Known>>): ReadonlyArray<Group> => {
  if (per === 'case') return [{}]
  const groups = new Map<string, Group>()
  for (const { about, product } of causes.flat()) {
    if (about === undefined) continue
    const named = per === 'product' && product !== undefined
    groups.set(JSON.stringify(named ? [about, product] : [about]), named ? { about, product } : { about })
  }
  const all = [...groups.values()]
  const own = all.filter((one) => one.product !== undefined || !all.some((other) => other.about === one.about && other.product !== undefined))
  return own.length > 0 ? own : [{}]
}

/** What all rules of one evaluation share. */
interface Setting {
  readonly happenings: ReadonlyArray<Happening>
  readonly now: Moment
  readonly parties: ReadonlyArray<Party>
}

const starts = (cause: Cause, policy: Policy, setting: Setting) => (one: Known): boolean => {
  const { about } = cause
  const held = policy.holder === undefined
  return (
    cause.any.includes(one.what) &&
    (cause.source === undefined || one.source?.startsWith(cause.source) === true) &&
    (cause.by === undefined || held || one.by === undefined || one.by === policy.holder) &&
    (about === undefined || one.about === undefined ||
      (about === 'holder' ? held || one.about === policy.holder : setting.parties.find(({ id }) => id === one.about)?.roles.includes(about) !== false))
  )
}

/** Whether a happening counts for a clock: facts always, acts only from the start on. */
const counts = (one: Known, start: Known): boolean => happeningKinds[one.what] === 'fact' || follows(one, start)

interface Dated {
  readonly due: Interval
  readonly moved: ReadonlyArray<Moved>
}

/** The date of a rule: its term, and what moved it. `candidates` gives the happenings of some kinds that count for the clock. */
const dated = (rule: Rule, start: Known, term: Interval, offset: number | undefined, candidates: (kinds: ReadonlyArray<HappeningKind>) => ReadonlyArray<Known>): Dated => {
  const days = (when: Interval): Interval => (offset === undefined ? when : endOfDay(when, offset))
  let due = term
  let limit = term
  const moved: Moved[] = []
  const step = (change: Change, place: number): void => {
    const plus = millisOf(change.plus ?? 'PT0S')
    if (plus === undefined) return
    const [date, added] = [due, limit]
    const since = (one: Known): Interval => later(start.when, one.when)
    const inTime = (one: Known): Truth => {
      const when = since(one)
      return and(notAfter(when, date), change.in === 'term' ? notAfter(when, term) : and(added === term ? 'no' : 'yes', not(notAfter(when, term)), notAfter(when, added)))
    }
    const most = millisOf(change.atMost)
    const cap = most === undefined ? anyTime : days(shift(term, most))
    /** Whether something moves the date, given that it came in time, and to when: to no day that is named before the date or beyond the cap, and to none before it came itself. */
    const move = (one: Known): { readonly fits: Truth; readonly next: Interval } => {
      if (change.to === 'until') {
        const until = days(shift(readIn(one.until ?? '', offset), plus))
        return { fits: and(not(notAfter(until, date)), notAfter(until, cap)), next: sooner(later(date, until), { earliest: Infinity, latest: cap.latest }) }
      }
      const came = sooner(since(one), { earliest: Infinity, latest: date.latest })
      return { fits: 'yes', next: days(change.to === 'term' ? later(shift(term, plus), came) : shift(came, plus)) }
    }
    const all = candidates(change.when)
    const first = occurrence(all, 'first')
    // What comes too late is passed over before the last is looked for, or it would undo what had come in time.
    const found =
      change.to === 'until' ? lastInTime(all.filter(({ until }) => until !== undefined), inTime)
      : first === undefined || inTime(first) === 'no' ? []
      : [first]
    const sure = found.some((one) => inTime(one) === 'yes')
    const moves = found.map((one) => ({ entry: one.entry, ...move(one) }))
    due = [...(sure ? [] : [date]), ...moves.flatMap(({ fits, next }) => (fits === 'yes' ? [next] : fits === 'maybe' ? [date, next] : [date]))].reduce(hull)
    const movers = moves.filter(({ fits }) => fits !== 'no')
    if (change.to === 'until' && movers.length > 0) limit = due
    for (const { entry, fits } of movers) moved.push({ change: place, entry, surely: fits === 'yes' && sure && found.length === 1 })
  }
  for (const [place, change] of (rule.changes ?? []).entries()) step(change, place)
  return { due, moved }
}

const statusOf = (due: Interval, done: Interval | undefined, now: Interval): DeadlineStatus => {
  const inTime = notAfter(done ?? now, due)
  if (inTime === 'maybe') return 'unsure'
  return done === undefined ? (inTime === 'yes' ? 'running' : 'overdue') : inTime === 'yes' ? 'met' : 'missed'
}

const debtors = (rule: Rule, policy: Policy, group: Group, first: Known, parties: ReadonlyArray<Party>): ReadonlyArray<Id | undefined> => {
  switch (rule.who) {
    case 'author':
      return [first.by]
    case 'subject':
      return [group.about ?? first.about]
    case 'holder':
      return [policy.holder]
    default: {
      const { who } = rule
      const inRole = parties.filter(({ roles }) => roles.includes(who)).map(({ id }) => id)
      return inRole.length > 0 ? inRole : [undefined]
    }
  }
}

const ofRule = (policy: Policy, rule: Rule, setting: Setting): ReadonlyArray<Deadline> => {
  const within = millisOf(rule.within)
  if (within === undefined || rule.starts.length === 0) return []
  const offset = rule.zone === undefined || !countsDays(rule) ? undefined : readZone(rule.zone)
  const now = readIn(setting.now, offset)
  const known = setting.happenings
    .map((one): Known => ({ ...one, when: readIn(one.at, offset) }))
    .filter((one) => one.when.earliest <= now.latest)
    .sort((a, b) => a.entry - b.entry || compareText(JSON.stringify([a.what, a.about, a.product, a.until]), JSON.stringify([b.what, b.about, b.product, b.until])))
  const causes = rule.starts.map((cause) => known.filter(starts(cause, policy, setting)))
  return groupsOf(rule.per, causes).flatMap((group) => {
    const began = rule.starts.flatMap((cause, place) => occurrence((causes[place] ?? []).filter((one) => matches(one, group)), cause.which ?? 'first') ?? [])
    const [first] = began
    if (first === undefined || began.length < rule.starts.length) return []
    const start: Known = { ...first, when: began.map(({ when }) => when).reduce(later), entry: Math.max(...began.map(({ entry }) => entry)) }
    const mine = known.filter((one) => counts(one, start))
    const ended = shift(start.when, within)
    const worked = rule.workday === true ? onWorkday(ended, offset, new Set(policy.holidays)) : ended
    const term = offset === undefined ? worked : endOfDay(worked, offset)
    const { due, moved } = dated(rule, start, term, offset, (kinds) => mine.filter((one) => kinds.includes(one.what) && matches(one, group)))
    return debtors(rule, policy, group, first, setting.parties).map((who): Deadline => {
      const owed: Group = { ...(who === undefined ? {} : { about: who }), ...(group.product === undefined ? {} : { product: group.product }) }
      const done = occurrence(mine.filter((one) => rule.met.includes(one.what) && matches(one, owed)), 'first')
      return {
        policy: policy.id,
        rule: rule.id,
        owes: rule.owes,
        ...(who === undefined ? {} : { who }),
        ...group,
        started: began.map(({ entry }) => entry),
        due: { ...due, moment: formatMoment(due) },
        status: statusOf(due, done?.when, now),
        ...(done === undefined ? {} : { done: done.entry }),
        moved,
        ...(rule.frees === undefined ? {} : { frees: rule.frees }),
      }
    })
  })
}

/**
 * All deadlines of a case at `now`: one for each rule of each policy whose clock runs or ran, each participant or product
 * that it is about, and each participant who owes it. Those due first come first, by their latest instant; the order of
 * `happenings` in the list is of no account, only their `entry` is.
 *
 * Rules that speak of roles take them from `parties`; whoever is not among these is taken for anybody. A moment that cannot
 * be read may be at any time. Nothing is refused: what {@link checkPolicy} faults in a rule makes it say less.
 */
export const deadlinesOf = (
  happenings: ReadonlyArray<Happening>,
  policies: ReadonlyArray<Policy>,
  now: Moment,
  parties: ReadonlyArray<Party> = [],
): ReadonlyArray<Deadline> =>
  policies
    .flatMap((policy) => policy.rules.flatMap((rule) => ofRule(policy, rule, { happenings, now, parties })))
    .sort((a, b) => a.due.latest - b.due.latest || a.due.earliest - b.due.earliest || compareText(keyOf(a), keyOf(b)))

const keyOf = (one: Deadline): string => JSON.stringify([one.policy, one.rule, one.about, one.product, one.who])
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
