/**
 * The dates of sources: read as precisely as they were written, and not believed where they cannot be right.
 *
 * A date that is written as a day stays a day, a month an interval of its days. What is before 1970 or in its first second
 * is an empty field that a program has printed; what is later than the moment at which the source was read has not
 * happened; and nothing in a case is before its report. Each of these is a warning. In the first two, what is known instead
 * is used: it was between the report and the reading.
 *
 * @module
 */
import type { Moment } from '../protocol/message.js'
import { readMoment, surelyBefore } from '../protocol/moment.js'

/** What is wrong with a time stamp. */
export type Lie = 'unreadable' | 'before 1970' | 'in the future' | 'before the report'

const MIDNIGHT = /^(\d{4}-\d\d-\d\d)T00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:00)?$/
const ZONELESS = /^(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/
const SPACED = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))$/
const SHORT_ZONE = /([+-]\d\d)(\d\d)$/
const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/

/** A date as a source writes it, as a moment: an instant with its zone, a day, or the days of a month. `undefined` where it is none. */
export const readDate = (written: string, midnightIsDay = false): Moment | undefined => {
  const text = written.trim().slice(0, 100)
  if (MONTH.test(text)) {
    const last = ['31', '30', '29', '28'].map((day) => `${text}-${day}`).find((day) => readMoment(day) !== undefined)
    return last === undefined ? undefined : `${text}-01/${last}`
  }
  const day = (midnightIsDay ? MIDNIGHT.exec(text)?.[1] : undefined) ?? ZONELESS.exec(text)?.[1]
  const moment = day ?? text.replace(SPACED, '$1T$2').replace(SHORT_ZONE, (whole, hours: string, minutes: string) => (text.includes('T') || text.includes(' ') ? `${hours}:${minutes}` : whole))
  return readMoment(moment) === undefined ? undefined : moment
}

/** The last millisecond of 1970-01-01T00:00:00Z: programs print nothing as this second. */
const FIRST_SECOND = 999

/** What is wrong with a date, if anything is. `report` is when the report came in, `seen` when the source was read. */
export const lieOf = (moment: Moment | undefined, seen: Moment, report?: Moment): Lie | undefined => {
  if (moment === undefined) return 'unreadable'
  const interval = readMoment(moment)
  if (interval === undefined) return 'unreadable'
  if (interval.latest <= FIRST_SECOND) return 'before 1970'
  if (surelyBefore(seen, moment)) return 'in the future'
  return report !== undefined && surelyBefore(moment, report) ? 'before the report' : undefined
}

/** From one moment to another; the second where they are one, or in no order. */
export const between = (one: Moment | undefined, other: Moment): Moment => {
  if (one === undefined || one === other) return other
  const [first, last] = [one.split('/')[0] ?? one, other.split('/').at(-1) ?? other]
  const [start, end] = [readMoment(first), readMoment(last)]
  return start === undefined || end === undefined || start.earliest > end.earliest || start.latest > end.latest ? other : `${first}/${last}`
}
