/**
 * Where things stand in the drawing of a timeline.
 *
 * Lanes run from left to right, one below the other: a lane is a block with a bar for each row of states that it has, and
 * above it a gap in which arrows, their types and marks find room. Above the lanes stand the moments, the embargoes, and
 * the letters of the facts. What has more steps than fit beside each other is broken into several *staves* of about equal
 * length, as music is, each with all the lanes.
 *
 * All lengths are in pixels at the drawing's own size.
 *
 * @module
 */
import { type Row, rows, type Span, stepOr, type Timeline } from './timeline.js'

/** The distance of two steps, and the room before the first and after the last, in which the states there are written. */
export const STEP = 64
const LEAD = 66

/** The space around the drawing, the column of names, and the bars of a lane with what separates them. */
export const MARGIN = 28
export const NAMES = 184
export const BAR = 15
const SEAM = 2
export const GAP = 36

/** The rows above the lanes: a line of embargoes or facts, and the moments. */
const STRIP = 20
const MOMENTS = 42
const NARROWEST = 640

/** A lane's block: its edges, and the upper edge of the bar of each row that it has. */
export interface Block {
  readonly id: string
  readonly top: number
  readonly bottom: number
  readonly bars: ReadonlyMap<Row, number>
}

/** An embargo in its line above the lanes. */
export interface Strip {
  readonly span: Span
  readonly row: number
}

/** One row of the drawing: the steps from `first` up to, not including, `end`, and where they stand. */
export interface Stave {
  readonly first: number
  readonly end: number
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
  /** The edges of what the lanes fill. */
  readonly head: number
  readonly foot: number
  readonly blocks: ReadonlyArray<Block>
  readonly strips: ReadonlyArray<Strip>
}

/** The whole drawing, but for its legend, which goes below. */
export interface Layout {
  readonly width: number
  readonly foot: number
  readonly staves: ReadonlyArray<Stave>
  /** The blocks by the id of the lane; of several with one id the first. */
  readonly lines: ReadonlyMap<string, number>
  readonly hasFacts: boolean
}

/** Where a step of a stave stands. */
export const xOf = (stave: Stave, step: number): number => stave.left + LEAD + (step - stave.first) * STEP

/** The upper edge of a line of embargoes; the line of facts is below the last of them. */
export const stripTop = (stave: Stave, row: number): number => stave.top + MOMENTS + row * STRIP

/** How many lines the embargoes of a stave fill. */
export const stripRows = (stave: Stave): number => stave.strips.reduce((most, { row }) => Math.max(most, row + 1), 0)

/** The left and right end, within a stave, of what lasts from one step to another; `undefined` where nothing of it is there. */
export const extent = (stave: Stave, from: number | undefined, to: number | undefined): readonly [left: number, right: number] | undefined => {
  const start = stepOr(from, -1)
  const end = stepOr(to, Infinity)
  if (end <= start || start >= Math.max(stave.end, stave.first + 1) || end < stave.first) return undefined
  return [start < stave.first ? stave.left : xOf(stave, start), end >= stave.end ? stave.right : xOf(stave, end)]
}

/** The embargoes in as few lines as let none cover another, by their beginning. */
const stripsOf = (spans: ReadonlyArray<Span>, stave: Stave): ReadonlyArray<Strip> => {
  const ends: Array<number> = []
  return [...spans].sort((a, b) => stepOr(a.from, -1) - stepOr(b.from, -1)).flatMap((span) => {
    const found = extent(stave, span.from, span.to)
    if (found === undefined) return []
    const free = ends.findIndex((end) => end <= found[0])
    const row = free < 0 ? ends.length : free
    ends[row] = found[1]
    return [{ span, row }]
  })
}

const blocksOf = (timeline: Timeline, top: number): ReadonlyArray<Block> => {
  let y = top
  return timeline.lanes.map(({ id }) => {
    const has = rows.filter((row) => timeline.bands.some((band) => band.lane === id && band.row === row))
    const start = y + GAP
    y = start + Math.max(1, has.length) * (BAR + SEAM) - SEAM
    return { id, top: start, bottom: y, bars: new Map(has.map((row, index) => [row, start + index * (BAR + SEAM)])) }
  })
}

/** Where everything stands. `columns` is how many steps may stand beside each other. */
export const layoutOf = (timeline: Timeline, columns: number): Layout => {
  const count = timeline.steps.length
  const broken = Math.max(1, Math.ceil(count / columns))
  const each = Math.ceil(count / broken)
  const left = MARGIN + NAMES
  const width = Math.max(NARROWEST, left + 2 * LEAD + Math.max(0, each - 1) * STEP + MARGIN)
  const hasFacts = timeline.facts.length > 0
  const staves: Array<Stave> = []
  let top = MARGIN + 56
  for (let index = 0; index < broken; index++) {
    const first = index * each
    const end = Math.min(count, first + each)
    const right = left + 2 * LEAD + Math.max(0, end - first - 1) * STEP
    const bare = { first, end, top, bottom: top, left, right, head: top, foot: top, blocks: [], strips: [] }
    const strips = stripsOf(timeline.spans, bare)
    const head = stripTop(bare, stripRows({ ...bare, strips })) + (hasFacts ? STRIP : 0)
    const blocks = blocksOf(timeline, head)
    const foot = (blocks.at(-1)?.bottom ?? head) + GAP - 8
    staves.push({ ...bare, strips, head, foot, blocks, bottom: foot + 30 })
    top = foot + 30
  }
  const lines = new Map(timeline.lanes.map(({ id }, index) => [id, index] as const).reverse())
  return { width, foot: top, staves, lines, hasFacts }
}
