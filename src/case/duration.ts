/**
 * Durations: elapsed time, written as ISO 8601 does it, in the restricted form of the standard.
 *
 * `P[n]DT[n]H[n]M[n]S`: days, hours, minutes and seconds, in this order, each a whole number and each optional, but at least
 * one. A day is 86 400 seconds (DUR-01-003), so `P1D` and `PT24H` are the same. Years, months and weeks are refused, because
 * how long they are depends on where they stand (DUR-02-002). Seconds may have a fraction of up to three digits: ISO 8601
 * allows one in the smallest unit, and without it milliseconds could not be written.
 *
 * Source: specs/duration.yaml, DUR-01 to DUR-04.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'

/** An ISO 8601 duration of the form above, as text: `P90D`, `PT72H`. */
export type Duration = string

/**
 * Why a text is no duration, with the requirement that refuses it: `unit` (years, months or weeks), `empty` (`P`, `PT`),
 * `malformed` (everything else), `too long` (more milliseconds than a number holds exactly, about 285 000 years; the
 * limit is this library's).
 */
export interface DurationFault {
  readonly kind: 'unit' | 'empty' | 'malformed' | 'too long'
  readonly text: string
  readonly requirement?: string
}

const SHAPE = /^P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,3}))?S)?)?$/

/** ISO 8601 durations that the restricted form leaves out: with a year, a month or a week. */
const OTHER_UNITS = /^P(?=[^T]*[YMW])(?:\d+(?:[.,]\d+)?W|(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:[.,]\d+)?S)?)?)$/

/** Milliseconds of a duration, or why the text is none. */
export const readDuration = (text: string): Either<DurationFault, number> => {
  if (text === 'P' || text === 'PT') return left({ kind: 'empty', text, requirement: text === 'P' ? 'DUR-04-004' : 'DUR-04-003' })
  const match = SHAPE.exec(text)
  if (match === null)
    return left(OTHER_UNITS.test(text) ? { kind: 'unit', text, requirement: 'DUR-04-001' } : { kind: 'malformed', text, requirement: 'DUR-04-002' })
  const [, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = match
  const ms = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000 + Number(fraction.padEnd(3, '0'))
  return Number.isSafeInteger(ms) ? right(ms) : left({ kind: 'too long', text })
}

const units = [
  [86_400_000, 'P', 'D'],
  [3_600_000, 'PT', 'H'],
  [60_000, 'PT', 'M'],
  [1000, 'PT', 'S'],
] as const

/**
 * The duration of so many milliseconds, in the largest unit that leaves no remainder: `P90D`, `PT36H`, `PT90M`; zero is
 * `PT0S` (DUR-03-001, DUR-03-003). Fractions of a millisecond are cut off. Undefined for what {@link readDuration} could
 * not read: less than nothing, or too much.
 */
export const formatDuration = (ms: number): Duration | undefined => {
  const time = Math.floor(ms)
  if (!(Number.isSafeInteger(time) && time >= 0)) return undefined
  if (time === 0) return 'PT0S'
  const unit = units.find(([size]) => time % size === 0)
  return unit === undefined
    ? `PT${Math.floor(time / 1000)}.${String(time % 1000).padStart(3, '0')}S`
    : `${unit[1]}${time / unit[0]}${unit[2]}`
}

/** Milliseconds of a duration that is known to be one; undefined for what is none. */
export const millisOf = (duration: Duration | undefined): number | undefined => {
  if (duration === undefined) return undefined
  const read = readDuration(duration)
  return read._tag === 'Right' ? read.right : undefined
}
