/**
 * Adding to moments, and writing them down.
 *
 * `src/protocol/moment.ts` reads moments into intervals of milliseconds; this file goes the other way. It is a page of
 * arithmetic, and all that clocks need: no zone database (instants carry their offset, a stated zone is a fixed offset) and
 * no months or years (the grammar of durations has none). A dates library would bring both, with a clock and a locale that
 * nothing here may ask.
 *
 * A day is 86 400 seconds (DUR-01-003). A bare date plus whole days is a bare date again: its interval is the date anywhere
 * on Earth, and moving that by whole days gives another date's. An instant plus a day is the instant 86 400 s later,
 * whatever a clock on a wall did meanwhile. What would fall outside the years 0000 to 9999, which RFC 3339 can write, stays
 * at their edge.
 *
 * @module
 */
import type { Moment } from '../protocol/message.js'
import { type Interval, readMoment } from '../protocol/moment.js'

/** Milliseconds of one day: 86 400 seconds, always. */
export const DAY = 86_400_000
const HOUR = 3_600_000

/** The first and last instants that RFC 3339 can write. */
const FIRST = -62_167_219_200_000
const LAST = 253_402_300_799_999

/** What is known of a moment that says nothing: it is at some time. */
export const anyTime: Interval = { earliest: FIRST, latest: LAST }

const digits = (value: number, width: number): string => String(value).padStart(width, '0')

/** The date of a day counted from 1970-01-01, in the proleptic Gregorian calendar. */
export const formatDay = (day: number): string => {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const march = Math.floor((5 * dayOfYear + 2) / 153)
  const month = march < 10 ? march + 3 : march - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(dayOfYear - Math.floor((153 * march + 2) / 5) + 1, 2)}`
}

/**
 * An instant as RFC 3339 text in UTC, from milliseconds since 1970-01-01T00:00:00Z; fractions of a millisecond are cut off.
 * What is beyond the years 0000 to 9999 becomes their first or last instant.
 */
export const formatInstant = (ms: number): Moment => {
  const at = ms >= FIRST ? Math.floor(Math.min(ms, LAST)) : FIRST
  const day = Math.floor(at / DAY)
  const rest = at - day * DAY
  const fraction = rest % 1000
  const time = [Math.floor(rest / HOUR), Math.floor(rest / 60_000) % 60, Math.floor(rest / 1000) % 60].map((part) => digits(part, 2))
  return `${formatDay(day)}T${time.join(':')}${fraction === 0 ? '' : `.${digits(fraction, 3)}`}Z`
}

/** The day that begins (or ends) at an instant anywhere on Earth, as a bare date has it; undefined where none does, or none that can be written. */
const beginning = (earliest: number): number | undefined => whole((earliest + 14 * HOUR) / DAY)
const ending = (latest: number): number | undefined => whole((latest + 1 - 36 * HOUR) / DAY)
const whole = (day: number): number | undefined => (Number.isInteger(day) && day * DAY >= FIRST && day * DAY <= LAST ? day : undefined)

/**
 * An interval as text, such that reading it gives the interval again: a bare date where it is exactly one, two dates, an
 * instant, or two instants in UTC.
 */
export const formatMoment = (interval: Interval): Moment => {
  if (interval.earliest === interval.latest) return formatInstant(interval.earliest)
  const first = beginning(interval.earliest)
  const last = ending(interval.latest)
  if (first === undefined || last === undefined || first > last) return `${formatInstant(interval.earliest)}/${formatInstant(interval.latest)}`
  return first === last ? formatDay(first) : `${formatDay(first)}/${formatDay(last)}`
}

/** An interval, that much later. */
export const shift = (interval: Interval, ms: number): Interval => ({ earliest: interval.earliest + ms, latest: interval.latest + ms })

/** A moment, `ms` milliseconds later; undefined where the moment cannot be read. A bare date plus whole days stays a bare date. */
export const addMillis = (moment: Moment, ms: number): Moment | undefined => {
  const interval = readMoment(moment)
  return interval === undefined ? undefined : formatMoment(shift(interval, ms))
}

/** A moment, `days` days of 86 400 s later; undefined where the moment cannot be read. Date arithmetic for a bare date, elapsed time for an instant. */
export const addDays = (moment: Moment, days: number): Moment | undefined => addMillis(moment, days * DAY)

/** Milliseconds that a fixed zone is ahead of UTC: `Z`, `+05:30`, `-08:00`; undefined for anything else, names of zones among them. */
export const readZone = (zone: string): number | undefined => {
  if (!/^(?:Z|[+-]\d\d:\d\d)$/.test(zone)) return undefined
  const instant = readMoment(`1970-01-01T00:00:00${zone}`)
  return instant === undefined || instant.earliest === 0 ? instant?.earliest : -instant.earliest
}

/** What a moment says. With an offset, a bare date is taken for the day in that zone; without, for the day anywhere. What cannot be read may be at any time. */
export const readIn = (moment: Moment, offset: number | undefined): Interval => {
  const read = readMoment(moment)
  if (read === undefined) return anyTime
  if (offset === undefined) return read
  const parts = moment.split('/').map((part): Interval => {
    const one = readMoment(part) ?? anyTime
    if (part.length !== 10) return one
    const start = one.earliest + 14 * HOUR - offset
    return { earliest: start, latest: start + DAY - 1 }
  })
  return { earliest: Math.min(...parts.map((part) => part.earliest)), latest: Math.max(...parts.map((part) => part.latest)) }
}

const dayOf = (at: number, offset: number): number => Math.floor((at + offset) / DAY)

/** Both ends of an interval moved to the last millisecond of their day, in the zone that is `offset` ahead of UTC. */
export const endOfDay = (interval: Interval, offset: number): Interval => ({
  earliest: (dayOf(interval.earliest, offset) + 1) * DAY - 1 - offset,
  latest: (dayOf(interval.latest, offset) + 1) * DAY - 1 - offset,
})

/** Whether a day is a Saturday, a Sunday, or among the holidays. 1970-01-01 was a Thursday. */
const isFree = (day: number, holidays: ReadonlySet<string>): boolean => (((day % 7) + 11) % 7) % 6 === 0 || holidays.has(formatDay(day))

const nextWorkday = (day: number, holidays: ReadonlySet<string>): number => {
  let next = day
  while (next - day < 366 && isFree(next, holidays)) next++
  return next
}

/**
 * What falls on a weekend or a holiday, moved to the next day that is neither. A bare date is moved as the date that it is;
 * an instant on a free day (in the zone given, else in UTC) becomes some time of the next working day there.
 */
export const onWorkday = (interval: Interval, offset: number | undefined, holidays: ReadonlySet<string>): Interval => {
  const first = beginning(interval.earliest)
  if (first !== undefined && first === ending(interval.latest)) return shift(interval, (nextWorkday(first, holidays) - first) * DAY)
  const zone = offset ?? 0
  const moved = (at: number, end: 0 | 1): number => {
    const day = dayOf(at, zone)
    const next = nextWorkday(day, holidays)
    return next === day ? at : (next + end) * DAY - end - zone
  }
  return { earliest: moved(interval.earliest, 0), latest: moved(interval.latest, 1) }
}
