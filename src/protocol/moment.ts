/**
 * Time as far as it is known.
 *
 * Records of disclosures are full of bare dates. A date without a zone is not midnight in UTC but the whole day,
 * wherever the writer was: from its first instant at UTC+14:00 to its last at UTC−12:00. So every moment is read as an
 * interval, and one thing is before another only when all of it is.
 *
 * Nothing here reads a clock. Instants are milliseconds since 1970-01-01T00:00:00Z as plain numbers; the calendar is the
 * proleptic Gregorian one. Leap seconds (`:60`, allowed by RFC 3339) count as the first instant of the next minute.
 *
 * @module
 */
import type { Moment } from './message.js'

/** What is known of a moment: not before `earliest`, not after `latest`; milliseconds since 1970-01-01T00:00:00Z, both inclusive. */
export interface Interval {
  readonly earliest: number
  readonly latest: number
}

const DAY = 86_400_000
const HOUR = 3_600_000

/** How far from UTC a bare date can have been written: first instant at +14:00, last at −12:00. */
const FIRST_ZONE = 14 * HOUR
const LAST_ZONE = 12 * HOUR

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar. */
const dayNumber = (year: number, month: number, day: number): number => {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** The number that the digits in `text` from `from` up to `to` write, or NaN. */
const digits = (text: string, from: number, to: number): number => {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return NaN
    value = value * 10 + digit
  }
  return value
}

/** The day number of the `YYYY-MM-DD` that starts at `from`, or NaN where it is none or the calendar has no such day. */
const dateAt = (text: string, from: number): number => {
  if (text.charCodeAt(from + 4) !== 45 || text.charCodeAt(from + 7) !== 45) return NaN
  const year = digits(text, from, from + 4)
  const month = digits(text, from + 5, from + 7)
  const day = digits(text, from + 8, from + 10)
  const days = month === 2 && isLeap(year) ? 29 : (MONTH_DAYS[month - 1] ?? NaN)
  return day >= 1 && day <= days ? dayNumber(year, month, day) : NaN
}

/** The milliseconds after midnight UTC of the `THH:MM:SS[.f]Z` or `…±HH:MM` that fills `text` from `from` up to `to`, or NaN. */
const timeAt = (text: string, from: number, to: number): number => {
  if (to - from < 10 || text.charCodeAt(from) !== 84 || text.charCodeAt(from + 3) !== 58 || text.charCodeAt(from + 6) !== 58)
    return NaN
  const hour = digits(text, from + 1, from + 3)
  const minute = digits(text, from + 4, from + 6)
  const second = digits(text, from + 7, from + 9)
  let zone = from + 9
  let fraction = 0
  if (text.charCodeAt(zone) === 46) {
    const start = ++zone
    while (zone < to && text.charCodeAt(zone) >= 48 && text.charCodeAt(zone) <= 57) zone++
    if (zone === start) return NaN
    fraction = Number(`0.${text.slice(start, zone)}`)
  }
  let offset = 0
  const sign = text.charCodeAt(zone)
  if (sign === 43 || sign === 45) {
    if (to - zone !== 6 || text.charCodeAt(zone + 3) !== 58) return NaN
    const hours = digits(text, zone + 1, zone + 3)
    const minutes = digits(text, zone + 4, zone + 6)
    offset = hours <= 23 && minutes <= 59 ? (hours * 60 + minutes) * 60_000 * (sign === 43 ? 1 : -1) : NaN
  } else if (sign !== 90 || to - zone !== 1) return NaN
  return hour <= 23 && minute <= 59 && second <= 60
    ? hour * HOUR + minute * 60_000 + second * 1000 + fraction * 1000 - offset
    : NaN
}

/** Reads the single moment that fills `text` from `from` up to `to`: a date or an instant. */
const readOne = (text: string, from: number, to: number): Interval | undefined => {
  if (to - from < 10) return undefined
  const day = dateAt(text, from)
  if (Number.isNaN(day)) return undefined
  if (to - from === 10) return { earliest: day * DAY - FIRST_ZONE, latest: (day + 1) * DAY - 1 + LAST_ZONE }
  const time = timeAt(text, from + 10, to)
  return Number.isNaN(time) ? undefined : { earliest: day * DAY + time, latest: day * DAY + time }
}

/**
 * What a {@link Moment} says: an instant, a bare date, or an interval `earliest/latest` of two of these. `undefined` for
 * everything else: a time without a zone, a day that the calendar does not have, an interval that ends before it begins.
 */
export const readMoment = (moment: Moment): Interval | undefined => {
  const slash = moment.indexOf('/')
  if (slash < 0) return readOne(moment, 0, moment.length)
  const first = readOne(moment, 0, slash)
  const last = readOne(moment, slash + 1, moment.length)
  return first === undefined || last === undefined || (last.earliest < first.earliest && last.latest < first.latest)
    ? undefined
    : { earliest: first.earliest, latest: last.latest }
}

/** Whether all of one moment is before all of another. False where either cannot be read: what is not known proves nothing. */
export const surelyBefore = (one: Moment, other: Moment): boolean => {
  const a = readMoment(one)
  const b = readMoment(other)
  return a !== undefined && b !== undefined && a.latest < b.earliest
}
