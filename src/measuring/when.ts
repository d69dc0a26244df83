/**
 * When something happened, as far as it is known.
 *
 * A date is an interval: a day, a month, a year, from one moment to another, from a moment on, or up to one. What has not
 * happened by a date happened after it, if ever; nothing else is needed for that.
 *
 * A bare date has no zone. It is compared with instants as the whole day, wherever on Earth the writer was, as the case
 * log does (`readMoment`). But the dates of one timeline are dates of one calendar: of two bare dates the earlier day is
 * earlier, whatever the zone was. So each end of an interval has two readings, milliseconds and, where it was written as a
 * date, the day; one thing is before another where either reading says so.
 *
 * @module
 */
import { DAY, formatDay, formatInstant } from '../case/calendar.js'
import { readMoment } from '../protocol/moment.js'

/** What is known of when. Milliseconds since 1970-01-01T00:00:00Z, days since 1970-01-01, both ends inclusive. */
export interface When {
  readonly earliest: number
  readonly latest: number
  /** The days between which it was, by the writer's calendar; NaN at an end that was written as an instant. */
  readonly firstDay: number
  readonly lastDay: number
}

/** Nothing is known. */
export const anytime: When = { earliest: -Infinity, latest: Infinity, firstDay: -Infinity, lastDay: Infinity }

/** Whether all of one is before all of another. */
export const isBefore = (one: When, other: When): boolean => one.latest < other.earliest || one.lastDay < other.firstDay

/** Whether both ends are known. */
export const isDated = ({ earliest, latest }: When): boolean => earliest > -Infinity && latest < Infinity

/** How long before midnight UTC a bare date can begin (`readMoment`). */
const FIRST_ZONE = 14 * 3_600_000

const dayOf = (date: string): When | undefined => {
  const interval = readMoment(date)
  if (interval === undefined) return undefined
  const day = Math.round((interval.earliest + FIRST_ZONE) / DAY)
  return { ...interval, firstDay: day, lastDay: day }
}

const between = (first: When | undefined, last: When | undefined): When | undefined => {
  if (first === undefined || last === undefined || isBefore(last, first)) return undefined
  return { earliest: first.earliest, latest: last.latest, firstDay: first.firstDay, lastDay: last.lastDay }
}

const monthOf = (month: string): When | undefined => {
  const last = ['31', '30', '29', '28'].map((day) => dayOf(`${month}-${day}`)).find((each) => each !== undefined)
  return between(dayOf(`${month}-01`), last)
}

/** A single moment: a year, a month, a day or an instant. */
const readOne = (text: string): When | undefined => {
  switch (text.length) {
    case 4:
      return between(dayOf(`${text}-01-01`), dayOf(`${text}-12-31`))
    case 7:
      return monthOf(text)
    case 10:
      return dayOf(text)
    default: {
      const interval = text.includes('/') ? undefined : readMoment(text)
      return interval === undefined ? undefined : { ...interval, firstDay: NaN, lastDay: NaN }
    }
  }
}

/**
 * What a text says of when: `2024`, `2024-05`, `2024-05-17`, an instant with its zone (`2024-05-17T10:00:00Z`), from one of
 * these to another (`2024-05/2024-05-17`), from one on (`2024-05-17/..`), up to one (`../2024-05-17`), or nothing (`..`).
 * `undefined` for anything else: a date that the calendar does not have, a time without a zone, an end before the beginning.
 */
export const readWhen = (text: string): When | undefined => {
  if (text === '..') return anytime
  const slash = text.indexOf('/')
  if (slash < 0) return readOne(text)
  const [first, last] = [text.slice(0, slash), text.slice(slash + 1)]
  if (first === '..' && last === '..') return undefined
  const start = first === '..' ? anytime : readOne(first)
  return between(start, last === '..' ? anytime : readOne(last))
}

/** What is known of something that had not happened by some time: it came after it, or will, or never does. */
export const notYetBy = ({ lastDay, latest }: When): When => ({ earliest: latest + 1, latest: Infinity, firstDay: Number.isNaN(lastDay) ? NaN : lastDay + 1, lastDay: Infinity })

/** What is known of something that had happened by some time. */
export const happenedBy = ({ lastDay, latest }: When): When => ({ earliest: -Infinity, latest, firstDay: -Infinity, lastDay })

/** An instant as text; seconds are the finest. */
const instantOf = (ms: number): string => formatInstant(Math.floor(ms / 1000) * 1000)

const end = (day: number, ms: number): string => (Number.isNaN(day) ? instantOf(ms) : Number.isFinite(day) ? formatDay(day) : '..')

/** What is known of when as text that {@link readWhen} reads; seconds are the finest. */
export const whenText = ({ earliest, firstDay, lastDay, latest }: When): string => {
  const [first, last] = [end(firstDay, earliest), end(lastDay, latest)]
  return first === last ? first : `${first}/${last}`
}

/** The days from one to another, at least and at most; infinite where an end is open. Bare dates are counted by the calendar. */
export const daysBetween = (one: When, other: When): { readonly atLeast: number; readonly atMost: number } => ({
  atLeast: Math.max(Number.isNaN(other.firstDay - one.lastDay) ? -Infinity : other.firstDay - one.lastDay, (other.earliest - one.latest) / DAY),
  atMost: Math.min(Number.isNaN(other.lastDay - one.firstDay) ? Infinity : other.lastDay - one.firstDay, (other.latest - one.earliest) / DAY),
})
