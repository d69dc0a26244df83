/**
 * A message sequence chart as one SVG picture that needs nothing else: no script, no font, no other file.
 *
 * Lanes run downwards, a row a move. The bar of a lane has the colour of its embargo state, as in the timelines of cases, so
 * that it can be seen where two disagree; what changes is written beside it, outside at the first and last lane, above or below
 * the end of the arrow in between. A message is a straight line from where it leaves to where it arrives; acknowledgements
 * stand back. What is lost ends in a cross, what is under way when the run ends in a ring, and a bracket holds what comes again
 * without end. The same run makes the same text, byte for byte. All lengths are in pixels at the drawing's own size.
 *
 * @module
 */
import { palettes, styleSheet } from '../diagram/palette.js'
import { signAt, typeNamed } from '../diagram/strokes.js'
import { bandsOf } from '../diagram/timeline.js'
import { element, line, ours, widthOf, xml } from '../diagram/writing.js'
import { messageTypeList, messageTypes } from '../protocol/message.js'
import { type Chart, type ChartEnd, type ChartMessage, chartOf, type ChartText } from './chart.js'
import { wordsOf } from './counterexample.js'
import type { Trace } from './trace.js'

/** How a chart is drawn. */
export interface ChartOptions {
  /** The heading; `A run` where absent. */
  readonly title?: string
  /** Light or dark whatever the reader prefers (for paper, say); `auto` unless given. */
  readonly theme?: 'auto' | 'light' | 'dark'
  /** Whether the message types are explained below; they are unless this is false. */
  readonly legend?: boolean
}

const MARGIN = 28
/** The size of the heading, the distance of its lines, and how much wider its letters are. */
const HEADING = 15
const LINE = 20
const BOLD = 1.2
const ROW = 36
/** The room of the numbers of the moves, and of a bracket. */
const NUMBERS = 26
const BRACKET = 44
/** A lane's bar, and how wide what is written beside it can get. */
const BAR = 7
const NOTE = 150
/** How far a message gets on its way that arrives nowhere. */
const HALF = 0.62

/** Where things stand. */
interface Place {
  readonly heading: ReadonlyArray<string>
  readonly x: (lane: number) => number
  readonly y: (row: number) => number
  readonly head: number
  readonly foot: number
  readonly width: number
}

type Point = readonly [x: number, y: number]
const ORIGIN: Point = [0, 0]

/** A title in as many lines as it needs. */
const wrapped = (title: string, room: number): ReadonlyArray<string> => {
  const lines: string[] = []
  for (const word of title.split(' ')) {
    const longer = [...lines.slice(-1), word].join(' ')
    if (lines.length > 0 && widthOf(longer, HEADING * BOLD) <= room) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

const placed = ({ lanes, loop, rows, texts }: Chart, title: string): Place => {
  const pitch = lanes.length === 2 ? 270 : 210
  const room = (lane: number): number =>
    Math.max(widthOf(lanes[lane]?.start ?? '', 10) / 2 + 8, ...texts.filter((one) => one.lane === lane).map(({ text }) => Math.min(NOTE, widthOf(text, 10)) + 14))
  const left = MARGIN + NUMBERS + room(0)
  const right = left + (lanes.length - 1) * pitch
  const width = Math.max(420, right + room(lanes.length - 1) + (loop === undefined ? 0 : BRACKET) + MARGIN)
  const heading = wrapped(title, width - 2 * MARGIN)
  const head = MARGIN + 56 + heading.length * LINE
  return {
    heading,
    x: (lane) => left + lane * pitch,
    y: (row) => head + 20 + row * ROW,
    head,
    foot: head + 20 + rows * ROW + 6,
    width,
  }
}

/** A head whose tip is at a point, for a line that comes from another. */
const arrowHead = (className: string, [fromX, fromY]: Point, [x, y]: Point): string => {
  const angle = (Math.atan2(y - fromY, x - fromX) * 180) / Math.PI
  return element('path', { class: className, d: 'M0 0l-9 -4.2v8.4z', transform: `translate(${x} ${Math.round(y)}) rotate(${Math.round(angle * 10) / 10})` })
}

/** A label along a line and above it, from a point on, in the direction of the line. */
const labelled = (className: string, [fromX, fromY]: Point, [toX, toY]: Point, share: number, text: string): string => {
  const slope = (Math.atan2(toY - fromY, toX - fromX) * 180) / Math.PI
  const upright = Math.round((Math.abs(slope) > 90 ? slope - 180 * Math.sign(slope) : slope) * 10) / 10
  const [x, y] = [Math.round(fromX + (toX - fromX) * share), Math.round(fromY + (toY - fromY) * share)]
  return element('g', { transform: `translate(${x} ${y}) rotate(${upright})` }, line(`types clear centre ${className}`, 0, -5, text, 10.5))
}

/**
 * The points of a line from one lane towards another, which it reaches at `toY`. Lanes in between are passed between two rows,
 * so that it does not seem to begin or end there, a little earlier to the right than to the left.
 */
const courseOf = (place: Place, from: number, fromY: number, to: number, toY: number): ReadonlyArray<Point> => {
  const side = Math.sign(to - from)
  const start: Point = [place.x(from) + side * (BAR / 2 + 1), fromY]
  const end: Point = [place.x(to) - side * (BAR / 2 + 1), toY]
  const passed = Array.from({ length: Math.abs(to - from) - 1 }, (_, index): Point => {
    const share = (index + 1) / Math.abs(to - from)
    const row = Math.floor((fromY + (toY - fromY) * share - place.y(0)) / ROW)
    return [place.x(from + side * (index + 1)), place.y(row) + ROW * (0.5 - 0.12 * side)]
  })
  return [start, ...passed, end]
}

const pathOf = (points: ReadonlyArray<Point>): string => points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${Math.round(y)}`).join('')

/** A message in three layers: its lines, which go behind the lanes, its ends, and its labels. */
type Drawn = readonly [lines: string, signs: string, labels: string]

const drawMessage = ({ ends, lane, quiet, row, types }: ChartMessage, { rows }: Chart, place: Place, waiting: (to: number) => number): Drawn => {
  const back = quiet ? ' faded' : ''
  const tone = quiet ? 'soft' : ''
  const y = place.y(row)
  const text = types.join('+')
  const near = (length: number): number => Math.min(0.4, (widthOf(text, 10.5) / 2 + 38) / length)
  const drawn = ends.map((end: ChartEnd, index): Drawn => {
    const arrival = end.row === undefined ? place.y(rows) - 10 : place.y(end.row)
    const whole = courseOf(place, lane, y, end.lane, arrival)
    const [first, last] = [whole[0] ?? ORIGIN, whole.at(-1) ?? ORIGIN]
    const before = whole.at(-2) ?? first
    if (end.how === 'arrives') {
      const head = arrowHead(`solid${back}`, before, last)
      // Of a line that passes other lanes, or comes again, what arrives is said where it arrives.
      const again = ends.slice(0, index).some((one) => one.lane === end.lane)
      const share = again ? 0.72 : whole.length > 2 ? 0.6 : near(Math.hypot(last[0] - first[0], last[1] - y))
      const label = labelled(tone, before, last, share, text)
      return [element('path', { class: `stroke${back}`, d: pathOf(whole) }), head, label]
    }
    const share = HALF - (end.row === undefined ? 0.13 * (waiting(end.lane) % 4) : 0)
    const stop: Point = [Math.round(before[0] + (last[0] - before[0]) * share), arrival]
    const sign = end.how === 'lost'
      ? element('path', { class: 'stroke bad', d: `M${stop[0] - 4} ${arrival - 4}l8 8m0 -8l-8 8` })
      : element('circle', { class: 'hollow faded', cx: stop[0], cy: arrival, r: 3.5 })
    return [
      element('path', { class: `stroke${back}${end.how === 'lost' ? '' : ' dot'}`, d: pathOf([...whole.slice(0, -1), stop]) }), sign,
      labelled(tone, before, stop, whole.length === 2 ? 0.45 : 0.6, text) + (end.how === 'lost' ? line('tiny alarm clear', stop[0] + 8, arrival + 3, 'lost', 9) : ''),
    ]
  })
  const dot = element('circle', { class: `solid${back}`, cx: place.x(lane), cy: y, r: 3 })
  return [drawn.map(([lines]) => lines).join(''), drawn.map(([, signs]) => signs).join('') + dot, drawn.map(([, , labels]) => labels).join('')]
}

/** The side of its lane on which a text stands: outside at the outer lanes, else where the message of its row is not; above its row where the message goes both ways. */
const sideOf = ({ at, lane, row }: ChartText, { lanes, messages }: Chart): -1 | 0 | 1 => {
  if (lane === 0) return -1
  if (lane === lanes.length - 1 || at === 'local') return 1
  const others = messages.flatMap((message) =>
    at === 'send' ? (message.row === row ? message.ends.map((end) => end.lane) : []) : message.ends.some((end) => end.row === row) ? [message.lane] : [])
  return others.every((other) => other < lane) ? 1 : others.every((other) => other > lane) ? -1 : 0
}

const drawText = (text: ChartText, chart: Chart, place: Place): string => {
  const [x, y] = [place.x(text.lane), place.y(text.row)]
  const side = sideOf(text, chart)
  const sign = text.at === 'local' ? signAt('local', 'normal', x, y) : ''
  return sign + line(`${text.flaw ? 'alarm ' : ''}clear ${side < 0 ? 'end' : ''}`, x + (side < 0 ? -11 : 11), side === 0 ? y - 11 : y + 3.5, text.text, 10, NOTE)
}

const drawLane = (trace: Trace, chart: Chart, place: Place, lane: number): string => {
  const { end, name, start } = chart.lanes[lane] ?? { name: '', start: '', end: '' }
  const x = place.x(lane)
  const states = trace.states.map((all) => all[lane]?.em)
  const bars = bandsOf(name, 'em', states).map(({ from, state, to, tone }) => {
    const top = from === undefined ? place.head : place.y(from)
    const bottom = to === undefined ? place.foot : place.y(to)
    return element('rect', { class: `em ${tone}`, x: x - BAR / 2, y: top, width: BAR, height: bottom - top }, element('title', {}, xml(state)))
  })
  return [
    line('name centre', x, place.head - 22, name, 12.5, 190),
    line('soft centre', x, place.head - 7, start),
    ...bars,
    element('rect', { class: 'edge lane', x: x - BAR / 2, y: place.head, width: BAR, height: place.foot - place.head }),
    line('centre', x, place.foot + 15, end),
  ].join('')
}

/** A bracket around the rows that come again, with a head that points back to the first of them. */
const drawLoop = (loop: number, { lanes, rows }: Chart, place: Place): string => {
  const x = place.width - MARGIN - BRACKET + 22
  const [top, bottom] = [place.y(loop) - 14, place.y(rows) - ROW + 14]
  const middle = (top + bottom) / 2
  const far = place.x(lanes.length - 1) + 12
  return [
    element('path', { class: 'hair', d: `M${MARGIN} ${top}H${Math.max(far, x - 8)}` }),
    element('path', { class: 'stroke', d: `M${x - 8} ${bottom}H${x}V${top}H${x - 6}` }),
    arrowHead('solid', [x, top], [x - 9, top]),
    element('g', { transform: `translate(${x + 13} ${middle}) rotate(90)` }, line('soft centre', 0, 3, 'without end', 10)),
  ].join('')
}

/** The message types that are drawn, with their names, from an upper edge on; and where that ends. */
const drawTypes = ({ messages }: Chart, top: number, width: number): readonly [markup: ReadonlyArray<string>, foot: number] => {
  const used = messageTypeList.filter((type) => messages.some(({ types }) => types.includes(type)))
  const columns = Math.max(1, Math.floor((width - 2 * MARGIN) / 190))
  const tall = Math.ceil(used.length / columns)
  const markup = used.flatMap((type, index) => {
    const [x, y] = [MARGIN + Math.floor(index / tall) * 190, top + (index % tall) * 15 + 10]
    return [line('types', x, y, type), line('soft', x + 22, y, messageTypes[typeNamed(type) ?? type].name)]
  })
  return [markup, top + tall * 15]
}

/** Besides the styles of timelines: text keeps clear of what it stands on, and a lane has a thin edge. */
const more = [
  `.${ours('timeline')} .${ours('clear')}{stroke:${palettes.light.paper};stroke:var(--paper);stroke-width:3.5;stroke-linejoin:round;paint-order:stroke}`,
  `.${ours('timeline')} .${ours('edge')}.${ours('lane')}{stroke-dasharray:none;stroke-opacity:.5}`,
  `.${ours('timeline')} text.${ours('heading')}{font-size:${HEADING}px}`,
].join('\n')

/** A run as an SVG document, without an XML declaration, so that it can stand in a page or be a file. Who does not see it is read the run in sentences. */
export const chartSvg = (trace: Trace, options: ChartOptions = {}): string => {
  const chart = chartOf(trace)
  const title = options.title ?? 'A run'
  const place = placed(chart, title)
  const said = wordsOf(trace)
  const { width } = place
  const behind = new Map<string, number>()
  const drawn = chart.messages.map((message) => drawMessage(message, chart, place, (to) => {
    const key = `${message.lane} ${to}`
    const count = behind.get(key) ?? 0
    behind.set(key, count + 1)
    return count
  }))
  const [legend, foot] = options.legend === false ? [[], place.foot + 24] : drawTypes(chart, place.foot + 36, width)
  const height = foot + MARGIN
  return element(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', class: 'timeline', role: 'img', 'aria-label': title, width, height, viewBox: `0 0 ${width} ${height}` },
    [
      '',
      element('title', {}, xml(title)),
      element('desc', {}, xml(said.join(' '))),
      element('style', {}, `${styleSheet(options.theme ?? 'auto')}\n${more}`),
      element('rect', { class: 'paper', width, height }),
      ...place.heading.map((text, index) => line('heading', MARGIN, MARGIN + 10 + index * LINE, text, HEADING, width - 2 * MARGIN)),
      ...Array.from({ length: chart.rows }, (_, row) => [
        element('path', { class: 'hair', d: `M${place.x(0)} ${place.y(row)}H${place.x(chart.lanes.length - 1)}` }),
        element('g', {}, element('title', {}, xml(said[row + 1] ?? '')), line('soft tiny', MARGIN, place.y(row) + 3, String(row + 1))),
      ].join('')),
      ...(chart.loop === undefined ? [] : [drawLoop(chart.loop, chart, place)]),
      ...drawn.map(([lines]) => lines),
      ...chart.lanes.map((_, lane) => drawLane(trace, chart, place, lane)),
      ...drawn.map(([, signs]) => signs),
      ...drawn.map(([, , labels]) => labels),
      ...chart.texts.map((text) => drawText(text, chart, place)),
      ...legend,
      '',
    ].join('\n'),
  )
}
