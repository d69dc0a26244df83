/**
 * What a chart of orderings shows: a row for each, from alpha at least to alpha at most, with what may be chance beside it.
 *
 * The chart itself is drawn by `mpcvd/diagram` (`barsSvg`), which takes these rows as they are; neither folder needs the
 * other.
 *
 * @module
 */
import type { OrderingTally, Tally } from './many.js'
import { alphaOfOne, orderings } from './orderings.js'
import { alphaRange, type Score } from './partial.js'
import { toNumber } from './rational.js'

/** A bar of a chart: the range that is known, and one around it. All on one scale, on which 1 is always and 0 is luck. */
export interface ScoreBar {
  readonly label: string
  readonly says: string
  /** The least that the scale has for this row. */
  readonly floor: number
  readonly from?: number
  readonly to?: number
  /** A wider range that chance may account for. */
  readonly whisker?: { readonly from: number; readonly to: number }
  /** Nothing is known of it. */
  readonly open: boolean
  /** Beside the bar. */
  readonly note: string
}

const noteOf = ({ met, missed, unknown }: OrderingTally): string => `${met} met, ${missed} missed, ${unknown} open`

/** The bars of many cases. */
export const barsOfTally = (of: Tally): ReadonlyArray<ScoreBar> =>
  orderings.map(({ id, says }) => {
    const { alpha, interval, met, missed } = of.orderings[id]
    return {
      label: id.replace('<', '≺'), says, floor: toNumber(alphaOfOne(id, false)), open: met + missed === 0, note: noteOf(of.orderings[id]),
      ...(alpha === undefined ? {} : { from: toNumber(alpha.from), to: toNumber(alpha.to) }), ...(interval === undefined ? {} : { whisker: interval }),
    }
  })

/** The bars of one case. */
export const barsOfScore = ({ verdicts }: Score): ReadonlyArray<ScoreBar> =>
  orderings.map(({ id, says }) => {
    const { from, to } = alphaRange(id, verdicts[id])
    return { label: id.replace('<', '≺'), says, floor: toNumber(alphaOfOne(id, false)), from: toNumber(from), to: toNumber(to), open: verdicts[id] === 'unknown', note: verdicts[id] === 'unknown' ? 'open' : verdicts[id] }
  })
