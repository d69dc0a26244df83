/**
 * The timeline of a case as one SVG picture that needs nothing else: no script, no font, no other file.
 *
 * Lanes run from left to right, a row a participant; arrows run between them at their step. Everything that is to be read
 * is text, so it can be selected and searched for, and what was cut or left out for want of room is in a tooltip. The
 * picture carries its own light and dark colours; who does not see it is read a summary. The same timeline makes the same
 * text, byte for byte.
 *
 * @module
 */
import { type Block, BAR, extent, type Layout, layoutOf, MARGIN, NAMES, type Stave, STEP, stripRows, stripTop, xOf } from './layout.js'
import { chipAt, drawLegend, factLine } from './legend.js'
import { styleSheet } from './palette.js'
import { drawStep } from './strokes.js'
import { type Band, extentWords, factWords, type Lane, settledSteps, stepOr, summary, type Timeline } from './timeline.js'
import { element, line, visible, whenOf, widthOf, xml } from './writing.js'

/** How a timeline is drawn. */
export interface SvgOptions {
  /** How many steps may stand beside each other before the drawing is broken into a further row: 24 unless given, at least 1; `Infinity` never breaks. */
  readonly columns?: number
  /** Light or dark whatever the reader prefers (for paper, say); `auto` unless given. */
  readonly theme?: 'auto' | 'light' | 'dark'
  /** Whether the signs and message types are explained below; they are unless this is false. */
  readonly legend?: boolean
}

const rowWords = { rm: 'report', em: 'embargo', fix: 'fix' } as const

const drawMoments = (timeline: Timeline, stave: Stave): ReadonlyArray<string> => {
  let before = ''
  return timeline.steps.slice(stave.first, stave.end).flatMap((step, offset) => {
    const { day, time } = whenOf(step.moment)
    const x = xOf(stave, stave.first + offset)
    const changed = day !== before
    before = day
    return [
      line('soft tiny centre', x, stave.top + 8, String(stave.first + offset + 1)),
      ...(changed && day !== '' ? [line('centre', x, stave.top + 21, day, 10, STEP - 3)] : []),
      ...(time === '' ? [] : [line('soft tiny centre', x, stave.top + 33, time, 9, STEP - 3)]),
      element('path', { class: 'hair', d: `M${x} ${stave.head}V${stave.foot}` }),
    ]
  })
}

const drawShades = (timeline: Timeline, stave: Stave): ReadonlyArray<string> =>
  timeline.spans.flatMap(({ kind, from, to }) => {
    const found = kind === 'force' ? extent(stave, from, to) : undefined
    if (found === undefined) return []
    const [x, right] = found
    const y = stripTop(stave, 0)
    return [element('rect', { class: 'shade', x, y, width: right - x, height: stave.foot - y })]
  })

const drawStrips = (stave: Stave): ReadonlyArray<string> =>
  stave.strips.flatMap(({ span, row }) => {
    const found = extent(stave, span.from, span.to)
    if (found === undefined) return []
    const [x, right] = found
    const y = stripTop(stave, row)
    const force = span.kind === 'force'
    const word = force ? 'Embargo' : 'Proposed'
    const text = [word, span.label].filter((part) => part !== '').join(' ')
    const room = right - x - 10
    const fits = widthOf(visible(text), 10) <= room || room > 150
    return [
      element('rect', { class: force ? 'em high' : 'waiting', x, y, width: right - x - 1, height: 16, rx: 3 }),
      ...(force ? [] : [element('rect', { class: 'edge', x: x + 0.5, y: y + 0.5, width: right - x - 2, height: 15, rx: 3 })]),
      element('g', {}, element('title', {}, xml(text)), line('', x + 6, y + 11.5, fits ? text : word, 10, room)),
    ]
  })

const drawFacts = (timeline: Timeline, stave: Stave): ReadonlyArray<string> => {
  const inside = timeline.facts
    .map(({ fact, step }) => ({ fact, at: stepOr(step, -1) }))
    .filter(({ at }) => at < stave.end || stave.end === stave.first)
  const y = stripTop(stave, stripRows(stave))
  const places = [...new Set(inside.map(({ at }) => Math.max(at, stave.first - 1)))].sort((a, b) => a - b)
  return places.flatMap((place, index) => {
    const here = inside.filter(({ at }) => Math.max(at, stave.first - 1) === place)
    const early = place < stave.first
    const edge = early ? stave.left + here.length * 17 + 4 : xOf(stave, place)
    const following = places[index + 1]
    const others = inside.filter(({ at }) => at === following).length
    const room = (following === undefined ? stave.right : xOf(stave, following) - 18 - (others - 1) * 17) - edge
    const words = here.map(({ fact }) => factWords[fact]).join(', ')
    return [
      ...here.flatMap(({ fact }, order) => {
        const x = edge - 16 - (here.length - 1 - order) * 17
        return [...(early ? [] : [factLine(fact, `M${x + 7} ${y + 14}V${stave.foot}`)]), chipAt(fact, x, y)]
      }),
      ...(widthOf(words, 10) <= room ? [line('alarm', edge + 3, y + 10.6, words)] : []),
    ]
  })
}

const drawName = (lane: Lane, block: Block): ReadonlyArray<string> => {
  const room = NAMES - 54
  const roles = lane.roles.join(', ')
  return [
    line('name', MARGIN, block.top + 11, lane.id, 14, room),
    ...(roles === '' ? [] : [line('soft', MARGIN, block.top + 26, roles, 10, room)]),
    ...(lane.note === undefined ? [] : [line('soft', MARGIN, block.top + 40, lane.note, 10, room)]),
    ...[...block.bars].map(([row, y]) => line('soft tiny end', MARGIN + NAMES - 8, y + 10.5, rowWords[row])),
  ]
}

/** The bars of all bands in a stave, and what is written in them, which goes above the hatching. */
const drawBands = (bands: ReadonlyArray<Band>, stave: Stave, lines: Layout['lines']): readonly [bars: ReadonlyArray<string>, texts: ReadonlyArray<string>] => {
  const bars: Array<string> = []
  const texts: Array<string> = []
  for (const { lane, row, from, to, state, short, tone } of bands) {
    const y = stave.blocks[lines.get(lane) ?? -1]?.bars.get(row)
    const found = extent(stave, from, to)
    if (y === undefined || found === undefined) continue
    const [x, right] = found
    const room = right - x - 9
    bars.push(element('rect', { class: `bar ${row} ${tone}`, x, y: y - 1, width: right - x, height: BAR + 2, rx: 3 }))
    const shown = widthOf(visible(state), 9.5) <= room ? state : short
    texts.push(element('g', {}, element('title', {}, xml(state)), line(tone === 'none' ? 'soft tiny' : 'tiny', x + 5, y + 10.7, shown, 9, room)))
  }
  return [bars, texts]
}

/** The hatching over what is not settled, and where it begins. */
const drawOpen = (timeline: Timeline, stave: Stave): ReadonlyArray<string> => {
  const settled = settledSteps(timeline)
  if (settled >= timeline.steps.length || settled >= stave.end) return []
  const x = settled <= stave.first ? stave.left : xOf(stave, settled) - STEP / 2
  return [
    element('rect', { x, y: stave.head, width: stave.right - x, height: stave.foot - stave.head, fill: 'url(#mpcvd-hatch)' }),
    element('path', { class: 'edge', d: `M${x} ${stave.head}V${stave.foot + 12}` }),
    line('soft', x + 5, stave.foot + 11, 'not settled', 10),
  ]
}

const drawStave = (timeline: Timeline, stave: Stave, layout: Layout): ReadonlyArray<string> => {
  const steps = timeline.steps.slice(stave.first, stave.end).map((step, offset) => drawStep(step, stave.first + offset, stave, layout))
  const [bars, texts] = drawBands(timeline.bands, stave, layout.lines)
  return [
    ...drawShades(timeline, stave),
    ...drawMoments(timeline, stave),
    ...drawStrips(stave),
    ...stave.blocks.map(({ top, bottom, bars: { size } }) =>
      size > 0 ? '' : element('path', { class: 'stroke faded', d: `M${stave.left} ${(top + bottom) / 2}H${stave.right}` })),
    ...steps.map(({ behind }) => behind),
    ...bars,
    ...drawOpen(timeline, stave),
    ...drawFacts(timeline, stave),
    ...texts,
    ...timeline.lanes.flatMap((lane, index) => {
      const block = stave.blocks[index]
      return block === undefined ? [] : drawName(lane, block)
    }),
    ...steps.map(({ front }) => front),
  ].filter((markup) => markup !== '')
}

/**
 * A timeline as an SVG document, without an XML declaration, so that it can stand in a page or be a file. It is as large
 * as it needs to be, and scales. Its ids and classes begin with `mpcvd` and are the same in every drawing.
 */
export const timelineSvg = (timeline: Timeline, options: SvgOptions = {}): string => {
  const columns = options.columns === undefined || !(options.columns >= 1) ? 24 : options.columns
  const layout = layoutOf(timeline, columns)
  const [legend, foot] = options.legend === false ? ['', layout.foot] : drawLegend(timeline, layout.foot + 6, layout.width)
  const { width } = layout
  const height = foot + MARGIN - 6
  const described = summary(timeline)
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', class: 'timeline', role: 'img', 'aria-label': `${timeline.title}. ${described}`, width, height, viewBox: `0 0 ${width} ${height}` },
    [
      '',
      element('title', {}, xml(timeline.title)),
      element('desc', {}, xml(described)),
      element('style', {}, styleSheet(options.theme ?? 'auto')),
      element('defs', {}, element('pattern', { id: 'mpcvd-hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }, element('path', { class: 'hatch', d: 'M0 0V6' }))),
      element('rect', { class: 'paper', width, height }),
      line('heading', MARGIN, MARGIN + 16, timeline.title, 17, width - 2 * MARGIN),
      line('soft', MARGIN, MARGIN + 34, extentWords(timeline), 10, width - 2 * MARGIN),
      ...layout.staves.flatMap((stave) => drawStave(timeline, stave, layout)),
      ...(legend === '' ? [] : [legend]),
      '',
    ].join('\n'),
  )
}
