/**
 * What is odd about a published timeline.
 *
 * Well-kept records have slips: a year that was not changed in January, a date that a tool made of nothing, others who were
 * told before the vendor was. A slip is told, never corrected. Each kind is a row that says what it is and where it comes
 * from. Only what is surely so is told: two things of one day are in no wrong order, and what may lie on either side is
 * left alone.
 *
 * The entries of a timeline are taken to be listed in the order in which they happened, for one purpose: a date is told to
 * be of the wrong year where it is far out of that order and would be in it one year earlier or later.
 *
 * @module
 */
import { millisOf } from '../case/duration.js'
import { linuxDistros } from '../case/policies.js'
import type { CsEvent } from '../protocol/cs.js'
import { score } from './partial.js'
import { type CaseTimeline, type TimelineEntry, timelineFrom } from './reader.js'
import { daysBetween, isBefore, readWhen, anytime, type When, whenText } from './when.js'

/** A kind of oddity: what it is, and where it is from. */
export interface AnomalyRow {
  readonly id: string
  readonly says: string
  readonly source: string
}

/** The kinds of oddities. */
export const anomalies = [
  { id: 'unreadable-date', says: 'a date that is none', source: 'RFC 3339, section 5.7; the calendar' },
  { id: 'zero-date', says: 'a date that stands for none: year 0 or 1, the first of January 1970, year 9999', source: 'Go vulnerability records with 0001-01-01T00:00:00Z' },
  { id: 'future-date', says: 'a date after the time of asking, of something that is told as past', source: 'a record tells of what has happened' },
  { id: 'wrong-year', says: 'a date out of the order of the list, which would be in it a year earlier or later', source: 'curl, CVE-2023-23914 and CVE-2023-23915' },
  { id: 'fix-before-aware', says: 'a fix that was ready before the vendor was aware', source: 'docs/topics/process_models/cs/transitions.md: F needs V' },
  { id: 'deployed-before-fix', says: 'a fix that was deployed before it was ready', source: 'docs/topics/process_models/cs/transitions.md: D needs F' },
  { id: 'told-before-report', says: 'others were told under embargo before the vendor was aware', source: 'VP-08-001: others are invited into a case that there is' },
  { id: 'told-after-public', says: 'others were told under embargo after the vulnerability was public', source: 'EMB-01-002: there is nothing left to keep' },
  { id: 'embargo-too-long', says: 'more time from telling a list to publication than the list allows', source: linuxDistros.source },
  { id: 'impossible-order', says: 'the dates are in an order that no history of a case has', source: 'docs/reference/measuring_cvd/_history_constraints.md' },
] as const satisfies ReadonlyArray<AnomalyRow>

/** The name of a kind of oddity. */
export type AnomalyKind = (typeof anomalies)[number]['id']

/** One oddity of a timeline. */
export interface Anomaly {
  readonly kind: AnomalyKind
  /** The places of the entries that it is about; none where it is about fields of the record. */
  readonly entries: ReadonlyArray<number>
  /** What there is, in words of the record. */
  readonly got: string
  /** What it may have been meant to be, where there is a guess. */
  readonly perhaps?: string
}

/** What the linter takes for granted. */
export interface LintOptions {
  /** The time of asking; without it, no date is in the future. */
  readonly now?: string
}

const DAY = 86_400_000

const dayOf = (text: string): number => readWhen(text)?.firstDay ?? NaN
const [ZERO, EPOCH, FOREVER] = [dayOf('0002-01-01'), 0, dayOf('9999-01-01')]

/** The calendar day of an end, also of one that was written as an instant. */
const dayAt = (day: number, ms: number): number => (Number.isNaN(day) ? Math.floor(ms / DAY) : day)

const isZero = ({ earliest, firstDay, lastDay, latest }: When): boolean => {
  const [first, last] = [dayAt(firstDay, earliest), dayAt(lastDay, latest)]
  return last < ZERO || first >= FOREVER || (first === EPOCH && last === EPOCH)
}

/** A bare date in another year; `undefined` for the 29th of February of a year without one, and for what is no day. */
const inYear = (when: When, years: number): When | undefined => {
  const text = whenText(when).slice(0, 10)
  const year = String(Number(text.slice(0, 4)) + years).padStart(4, '0')
  return /^\d{4}-\d\d-\d\d$/.test(text) ? readWhen(`${year}${text.slice(4)}`) : undefined
}

/** How far out of order a date has to be: half a year; a mistaken year is a whole one. */
const FAR = 182

/** A date that lies half a year before the entry in front of it, or after the one behind it, and would lie between them a year later or earlier. */
const wrongYears = (entries: ReadonlyArray<TimelineEntry>): ReadonlyArray<Anomaly> => {
  const dated = entries.flatMap(({ text, when }, entry) => (when === undefined || isZero(when) ? [] : [{ entry, text, when }]))
  return dated.flatMap(({ entry, text, when }, place): ReadonlyArray<Anomaly> => {
    const [before, after] = [dated[place - 1]?.when, dated[place + 1]?.when]
    const early = before !== undefined && daysBetween(when, before).atLeast > FAR && (after === undefined || !isBefore(after, before))
    const late = after !== undefined && daysBetween(after, when).atLeast > FAR && (before === undefined || !isBefore(after, before))
    const meant = early === late ? undefined : inYear(when, early ? 1 : -1)
    const fits = meant !== undefined && (before === undefined || !isBefore(meant, before)) && (after === undefined || !isBefore(after, meant))
    // With one neighbour only, any earlier year would do: that is no sign of a slip.
    return fits && before !== undefined && after !== undefined ? [{ kind: 'wrong-year', entries: [entry], got: `${whenText(when)}: ${text}`, perhaps: whenText(meant) }] : []
  })
}

/** The number of days that a list allows, from the policy that is built in. */
const longestEmbargo = (): number => (millisOf(linuxDistros.embargo?.maximum) ?? Infinity) / DAY

const LISTS = new Set(['told.lists'])

/** What is odd about a timeline: by kinds, in the order of {@link anomalies}. */
export const lint = (of: CaseTimeline, { now }: LintOptions = {}): ReadonlyArray<Anomaly> => {
  const { entries } = of
  const longest = longestEmbargo()
  const found: Anomaly[] = []
  const add = (kind: AnomalyKind, about: ReadonlyArray<number>, got: string): void => {
    found.push({ kind, entries: about, got })
  }
  const years = wrongYears(entries)
  const slipped = new Set(years.flatMap((each) => each.entries))
  const timeline = timelineFrom({ ...of, readings: of.readings.filter(({ entry, when }) => !isZero(when) && (entry === undefined || !slipped.has(entry))) })
  const when = (event: CsEvent): When => timeline[event] ?? anytime
  const asked = now === undefined ? undefined : readWhen(now)
  const said = (event: CsEvent): string => `${event} ${whenText(when(event))}`

  entries.forEach(({ text, unreadable }, entry) => {
    if (unreadable !== undefined) add('unreadable-date', [entry], `${unreadable}: ${text}`)
  })
  entries.forEach((each, entry) => {
    if (each.when !== undefined && isZero(each.when)) add('zero-date', [entry], `${whenText(each.when)}: ${each.text}`)
    else if (each.when !== undefined && asked !== undefined && isBefore(asked, each.when)) add('future-date', [entry], `${whenText(each.when)}: ${each.text}`)
  })
  found.push(...years)
  if (isBefore(when('F'), when('V'))) add('fix-before-aware', [], `${said('F')}, ${said('V')}`)
  if (isBefore(when('D'), when('F'))) add('deployed-before-fix', [], `${said('D')}, ${said('F')}`)
  entries.forEach((each, entry) => {
    if (each.aside !== 'others told' || each.when === undefined || isZero(each.when)) return
    const at = `${whenText(each.when)}: ${each.text}`
    if (isBefore(each.when, when('V'))) add('told-before-report', [entry], `${at}; ${said('V')}`)
    if (slipped.has(entry)) return
    if (isBefore(when('P'), each.when)) add('told-after-public', [entry], `${at}; ${said('P')}`)
    else if (LISTS.has(each.row ?? '') && daysBetween(each.when, when('P')).atLeast > longest) add('embargo-too-long', [entry], `${at}; ${said('P')}`)
  })
  const scored = score(timeline)
  const known = found.some(({ kind }) => kind === 'fix-before-aware' || kind === 'deployed-before-fix')
  if (scored._tag === 'Left' && !known) add('impossible-order', [], scored.left.pairs.map(([first, second]) => `${said(first)} before ${said(second)}`).join('; '))
  return found
}

/** An oddity in one sentence. */
export const describeAnomaly = ({ got, kind, perhaps }: Anomaly): string =>
  `${kind}: ${anomalies.find(({ id }) => id === kind)?.says ?? ''}; ${got}${perhaps === undefined ? '' : `; perhaps ${perhaps}`}`
