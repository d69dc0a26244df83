/**
 * Rows of the benchmark: one operation each, timed beside its peers in one process and one run.
 *
 * Times are nanoseconds for one unit of work, the median of many samples, with the quarters around it. What a row promises
 * (`target`) is a multiple of another row of the same run, or so many nanoseconds; nothing here ever fails.
 */
import { do_not_optimize, measure } from 'mitata'

/** What a row is held against. */
export type Target =
  | { readonly atMost: number; readonly of: string }
  | { readonly atMost: number; readonly unit: 'ns' }

/** One row of the table. */
export interface Row {
  readonly name: string
  readonly ns: number
  /** The quarters. */
  readonly low: number
  readonly high: number
  readonly target?: Target
  /** What a peer does less or otherwise. */
  readonly note?: string
}

/** Rows that are compared with each other. */
export interface Group {
  readonly id: string
  readonly title: string
  readonly unit: string
  readonly rows: ReadonlyArray<Row>
}

/** What belongs to a row besides its time. */
export type About = Pick<Row, 'target' | 'note'>

/** Times an operation that does `per` units of work, so often that the median stands. */
export const time = async (name: string, per: number, work: () => unknown, about: About = {}): Promise<Row> => {
  const { p25, p50, p75 } = await measure(() => do_not_optimize(work()), { min_cpu_time: 400_000_000, min_samples: 25, inner_gc: false })
  return { name, ns: p50 / per, low: p25 / per, high: p75 / per, ...about }
}

/** The row of samples that were taken elsewhere, in nanoseconds a unit. */
export const rowOf = (name: string, samples: ReadonlyArray<number>, about: About = {}): Row => {
  const sorted = [...samples].sort((one, other) => one - other)
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN
  return { name, ns: at(0.5), low: at(0.25), high: at(0.75), ...about }
}

/** Times an operation of seconds: a few runs, each with its processor time, so that other work on the machine counts for less. */
export const timeLong = (name: string, per: number, runs: number, work: () => unknown, about: About = {}): Row =>
  rowOf(name, Array.from({ length: runs }, () => {
    const before = process.cpuUsage()
    do_not_optimize(work())
    const { system, user } = process.cpuUsage(before)
    return ((system + user) * 1000) / per
  }), about)
