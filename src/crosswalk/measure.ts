/**
 * Process measures: how long a participant took, as far as the dates in the log say it.
 *
 * Moments are intervals, and so are the times between them: a measure has a least and a greatest length in milliseconds.
 * It runs from the first report that reached the participant, or from when it first knew of the vulnerability; an
 * acknowledgement from each report. Where the log has not both ends there is no measure, and where the end surely lies
 * before the start both lengths are negative: then the record contradicts itself, and that is said.
 *
 * @module
 */
import type { Id } from '../protocol/message.js'
import { type Interval, readMoment } from '../protocol/moment.js'
import type { Fact } from './fact.js'
import { type MeasureName, type Sign, signs } from './row.js'
import { beginnings, factsFor, type Inquiry } from './weigh.js'

/** How long something took. */
export interface Length extends Interval {
  readonly name: MeasureName
  /** The entries that it runs between, by their places in the log. */
  readonly from: number
  readonly to: number
  /** Whom the report came from, for the time to acknowledge it. */
  readonly reporter?: Id
  /** Whole days or hours, in words. */
  readonly text: string
}

const MINUTE = 60_000
const HOUR = 3_600_000
const DAY = 86_400_000
const units = [[DAY, 'day'], [HOUR, 'hour'], [MINUTE, 'minute'], [1000, 'second']] as const

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`

/** An exact length in its two largest units, what is smaller cut off: `3 days 4 hours`. */
const exactly = (length: number): string => {
  const place = units.findIndex(([size]) => length >= size)
  const [first, second] = [units[place], units[place + 1]]
  if (first === undefined) return '0 seconds'
  const rest = second === undefined ? 0 : Math.floor((length % first[0]) / second[0])
  return `${counted(Math.floor(length / first[0]), first[1])}${rest > 0 && second !== undefined ? ` ${counted(rest, second[1])}` : ''}`
}

/** A length in words: exact, or whole days (hours below four days) that it surely lies between. */
export const lengthText = ({ earliest, latest }: Interval): string => {
  if (latest < 0) return 'ends before it begins'
  if (earliest === latest) return exactly(latest)
  const [size, unit] = latest < 4 * DAY ? [HOUR, 'hour'] as const : [DAY, 'day'] as const
  const least = Math.floor(Math.max(0, earliest) / size)
  const most = Math.ceil(latest / size)
  return least === 0 ? `at most ${counted(most, unit)}` : least === most ? counted(most, unit) : `${least} to ${counted(most, unit)}`
}

/** From one fact to another; undefined where one has no date that can be read. */
const between = (name: MeasureName, from: Fact | undefined, to: Fact | undefined): Length | undefined => {
  const [start, end] = [readMoment(from?.at ?? ''), readMoment(to?.at ?? '')]
  if (from === undefined || to === undefined || start === undefined || end === undefined) return undefined
  const length = { earliest: end.earliest - start.latest, latest: end.latest - start.earliest }
  const clipped = length.latest < 0 ? length : { ...length, earliest: Math.max(0, length.earliest) }
  return { name, from: from.entry, to: to.entry, ...clipped, text: lengthText(clipped) }
}

/** The first of some facts: that which is over first, of several the one that stands first. */
const first = (all: ReadonlyArray<Fact>): Fact | undefined => {
  let found: Fact | undefined
  let least = Infinity
  for (const fact of all) {
    const latest = readMoment(fact.at)?.latest ?? Infinity
    if (found === undefined || latest < least) [found, least] = [fact, latest]
  }
  return found
}

const later: ReadonlyArray<readonly [MeasureName, ReadonlyArray<Sign>]> = [
  ['validate', [signs.judged]],
  ['prioritise', [signs.prioritised]],
  ['fix', [signs.fixed]],
  ['publish', [signs.published, signs.recordedPublic]],
  ['deploy', [signs.deployed]],
  ['close', [signs.closed]],
]
const acknowledgement: Sign = { sent: ['RK'], by: 'self', to: 'cause', answer: true }

/** All measures of a participant that the log has dates for. */
export const measuresOf = (inquiry: Inquiry): ReadonlyArray<Length> => {
  const start = first(beginnings(inquiry))
  const acknowledged = factsFor(signs.reported, inquiry).flatMap((report): ReadonlyArray<Length> => {
    const measure = between('acknowledge', report, first(factsFor(acknowledgement, inquiry, report)))
    return measure === undefined ? [] : [{ ...measure, ...(report.by === undefined ? {} : { reporter: report.by }) }]
  })
  return [...acknowledged, ...later.flatMap(([name, kinds]) => between(name, start, first(kinds.flatMap((sign) => factsFor(sign, inquiry)))) ?? [])]
}
