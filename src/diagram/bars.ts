/**
 * Ranges as bars, in one SVG picture that needs nothing else: a row for each, on one scale.
 *
 * A bar lies between what is sure at least and at most; where both are one value, it is a diamond, and where nothing is
 * known, an outline. A thin line with ends around it is a wider range, of chance. Beside each row stands its range in
 * figures, and below its label what it says. A row may have a floor, below which nothing can be: the scale is shaded there.
 * Zero has a line of its own. The same rows make the same text, byte for byte. All lengths are in pixels at the drawing's own size.
 *
 * @module
 */
import { palettes, styleSheet } from './palette.js'
import { element, line, ours, widthOf, xml } from './writing.js'

/** A row of a chart. Numbers that are absent or none at all are not drawn. */
export interface Bar {
  readonly label: string
  /** What the label stands for. */
  readonly says?: string
  /** The least that there can be. */
  readonly floor?: number
  readonly from?: number
  readonly to?: number
  readonly whisker?: { readonly from: number; readonly to: number }
  /** Nothing is known: the range is all that there can be. */
  readonly open?: boolean
  /** Beside the figures. */
  readonly note?: string
}

/** How bars are drawn. */
export interface BarsOptions {
  /** The heading; `Ranges` where absent. */
  readonly title?: string
  /** Below the heading. */
  readonly subtitle?: string
  /** The ends of the scale; by the rows where absent. */
  readonly scale?: readonly [from: number, to: number]
  /** What 0 and 1 mean, below the scale. */
  readonly marks?: Readonly<Record<string, string>>
  /** Light or dark whatever the reader prefers (for paper, say); `auto` unless given. */
  readonly theme?: 'auto' | 'light' | 'dark'
}

const MARGIN = 28
const ROW = 34
const THICK = 12
/** The room of the scale, and the most of labels and notes. */
const SCALE = 420
const LABELS = 300
const NOTES = 260
/** How much wider letters can be than their estimate: bold ones, and those of the widest fonts that readers have. */
const BOLD = 1.25
const SAFE = 1.1

const isNumber = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value)

/** The ends of the scale: whole numbers around all that is drawn. */
const endsOf = (rows: ReadonlyArray<Bar>): readonly [number, number] => {
  const all = rows.flatMap(({ floor, from, to, whisker }) => [floor, from, to, whisker?.from, whisker?.to]).filter(isNumber)
  const [low, high] = all.reduce(([least, most], each) => [Math.min(least, each), Math.max(most, each)], [0, 1])
  return [Math.max(-1000, Math.floor(low + 1e-9)), Math.min(1000, Math.ceil(high - 1e-9))]
}

const figure = (value: number): string => value.toFixed(2).replace('-', '−')
const rangeText = ({ from, to }: Bar): string => (!isNumber(from) || !isNumber(to) ? 'nothing known' : to - from < 0.005 ? figure(to) : `${figure(from)} to ${figure(to)}`)

const more = [
  `.${ours('timeline')} .${ours('range')}{fill:${palettes.light['em-high']};fill:var(--em-high);stroke:${palettes.light.ink};stroke:var(--ink);stroke-opacity:.55;stroke-width:.8}`,
  `.${ours('timeline')} .${ours('loss')}.${ours('range')}{fill:${palettes.light.aside};fill:var(--aside)}`,
  `.${ours('timeline')} .${ours('beyond')}{fill:${palettes.light.none};fill:var(--none)}`,
].join('\n')

/** Rows as an SVG document, without an XML declaration, so that it can stand in a page or be a file. Who does not see it is read the rows as sentences. */
export const barsSvg = (rows: ReadonlyArray<Bar>, options: BarsOptions = {}): string => {
  const title = options.title ?? 'Ranges'
  const [low, high] = options.scale?.every(isNumber) === true ? options.scale : endsOf(rows)
  const span = high > low ? high - low : 1
  const widest = (texts: ReadonlyArray<string>, size: number, most: number): number => Math.min(most, Math.max(0, ...texts.map((text) => widthOf(text, size))))
  const labels = Math.max(widest(rows.map(({ label }) => label), 12.5 * BOLD, LABELS), widest(rows.map(({ says = '' }) => says), 10 * SAFE, LABELS))
  const notes = Math.max(widest(rows.map(rangeText), 10.5 * BOLD, NOTES), widest(rows.map(({ note = '' }) => note), 10 * SAFE, NOTES))
  const left = MARGIN + labels + 18
  const width = Math.max(left + SCALE + 18 + notes + MARGIN, 2 * MARGIN + Math.min(900, widthOf(title, 17 * BOLD)))
  const x = (value: number): number => left + ((Math.min(high, Math.max(low, value)) - low) / span) * SCALE
  const top = MARGIN + (options.subtitle === undefined ? 44 : 62)
  const foot = top + rows.length * ROW
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((one) => span / one <= 8) ?? 1000
  const ticks = Array.from({ length: Math.floor(high / step) - Math.ceil(low / step) + 1 }, (_, index) => (Math.ceil(low / step) + index) * step)
  const marks = Object.entries(options.marks ?? {}).filter(([value]) => Number(value) >= low && Number(value) <= high)
  const height = foot + (marks.length === 0 ? 30 : 46) + MARGIN / 2
  const drawn = rows.map((row, index) => {
    const y = top + index * ROW
    const middle = y + ROW / 2
    const { floor, from, label, note = '', open = false, says = '', to, whisker } = row
    const parts = [
      isNumber(floor) && floor > low ? element('rect', { class: 'beyond', x: left, y: middle - THICK / 2, width: x(floor) - left, height: THICK }) : '',
      line('name', MARGIN, middle - (says === '' ? -4 : 2), label, 12.5 * BOLD, labels), says === '' ? '' : line('soft', MARGIN, middle + 11, says, 10 * SAFE, labels),
    ]
    if (isNumber(from) && isNumber(to)) {
      if (whisker !== undefined && isNumber(whisker.from) && isNumber(whisker.to)) {
        const ends = [[whisker.from, from], [whisker.to, to]] as const
        // An end that is not seen beside the bar is left out.
        for (const [end, near] of ends) if (Math.abs(x(end) - x(near)) >= 1) parts.push(element('path', { class: 'stroke faded', d: `M${x(near).toFixed(1)} ${middle}H${x(end).toFixed(1)}m0 -4v8` }))
      }
      parts.push(x(to) - x(from) < 2
        ? element('path', { class: `range${to < 0 ? ' loss' : ''}`, d: `M${x(to).toFixed(1)} ${middle - 7}l6 7l-6 7l-6 -7z` })
        : element('rect', { class: open ? 'edge' : `range${to <= 0 ? ' loss' : ''}`, x: x(from), y: middle - THICK / 2, width: x(to) - x(from), height: THICK }))
    }
    parts.push(line('types', left + SCALE + 18, middle - (note === '' ? -4 : 2), rangeText(row), 10.5 * BOLD, notes), note === '' ? '' : line('soft', left + SCALE + 18, middle + 11, note, 10 * SAFE, notes))
    return element('g', {}, ...parts)
  })
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', class: 'timeline', role: 'img', 'aria-label': title, width, height, viewBox: `0 0 ${width} ${height}` },
    [
      '',
      element('title', {}, xml(title)),
      element('desc', {}, xml(rows.map((row) => `${row.label}: ${rangeText(row)}${row.note === undefined || row.note === '' ? '' : `, ${row.note}`}.`).join(' '))),
      element('style', {}, `${styleSheet(options.theme ?? 'auto')}\n${more}`),
      element('rect', { class: 'paper', width, height }),
      line('heading', MARGIN, MARGIN + 12, title, 17 * BOLD, width - 2 * MARGIN),
      ...(options.subtitle === undefined ? [] : [line('soft', MARGIN, MARGIN + 31, options.subtitle, 10 * SAFE, width - 2 * MARGIN)]),
      ...ticks.map((value) => element('path', { class: value === 0 ? 'edge' : 'hair', d: `M${x(value).toFixed(1)} ${top - 4}V${foot + 4}` })),
      ...drawn,
      ...ticks.map((value) => line('soft centre', x(value), foot + 18, String(value).replace('-', '−'))),
      ...marks.map(([value, text]) => line('soft centre', x(Number(value)), foot + 32, text)),
      '',
    ].join('\n'),
  )
}
