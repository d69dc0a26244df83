/**
 * State diagrams as SVG, drawn from the Mermaid text that the library writes, without Mermaid.
 *
 * What is drawn comes from the text alone: states, edges, ends. Where a state stands is said here, by hand for the three
 * small machines and by its letters for the case states. A machine that has no places here is not drawn, and the test
 * of the site complains.
 */
import { escaped } from './code.js'

interface Edge { readonly from: string; readonly to: string; readonly label: string }
interface Diagram { readonly title: string; readonly initial: string; readonly accepting: ReadonlySet<string>; readonly edges: ReadonlyArray<Edge>; readonly states: ReadonlyArray<string> }

const read = (text: string): Diagram => {
  const lines = text.split('\n').map((line) => line.trim())
  const arrows = lines.flatMap((line) => {
    const found = /^(\S+) --> ([^\s:]+)(?:: (.+))?$/.exec(line)
    return found === null ? [] : [{ from: found[1] ?? '', to: found[2] ?? '', label: found[3] ?? '' }]
  })
  const edges: Edge[] = []
  for (const { from, to, label } of arrows.filter((one) => one.from !== '[*]' && one.to !== '[*]')) {
    const same = edges.findIndex((one) => one.from === from && one.to === to)
    const before = edges[same]
    if (before === undefined) edges.push({ from, to, label })
    else edges[same] = { from, to, label: `${before.label}, ${label}` }
  }
  return {
    title: lines.find((line) => line.startsWith('title: '))?.slice(7) ?? '',
    initial: arrows.find(({ from }) => from === '[*]')?.to ?? '',
    accepting: new Set(arrows.filter(({ to }) => to === '[*]').map(({ from }) => from)),
    edges,
    states: [...new Set(arrows.flatMap(({ from, to }) => [from, to]))].filter((state) => state !== '[*]'),
  }
}

type Point = readonly [x: number, y: number]
interface Plan {
  readonly places: Readonly<Record<string, Point>>
  /** How far an edge bends to its left, in pixels; two that run against each other do so by themselves. */
  readonly bends?: Readonly<Record<string, number>>
  /** On which side of its state a loop stands. */
  readonly loops?: Readonly<Record<string, 'above' | 'below'>>
}

const plans: Readonly<Record<string, Plan>> = {
  'Report Management': {
    places: { Start: [86, 150], Received: [260, 150], Valid: [430, 40], Invalid: [430, 260], Accepted: [620, 40], Deferred: [620, 150], Closed: [800, 150] },
    bends: { 'Invalid Closed': -34, 'Accepted Closed': 14 },
  },
  'Embargo Management': {
    places: { None: [86, 90], Proposed: [286, 90], Active: [486, 90], Revise: [696, 90], Exited: [591, 220] },
    loops: { Proposed: 'above', Revise: 'above' },
  },
  'Participant Embargo Consent': {
    places: { NoEmbargo: [86, 210], Invited: [360, 50], Signatory: [700, 50], Declined: [360, 370], Lapsed: [700, 370] },
    bends: { 'NoEmbargo Signatory': 12, 'Signatory NoEmbargo': 12, 'Lapsed NoEmbargo': 0, 'Lapsed Invited': -10 },
    loops: { NoEmbargo: 'above' },
  },
}

const placed = (places: Plan['places'], state: string): Point => places[state] ?? [0, 0]

const wide = 100
const high = 34

/** Where the straight line from the middle of a box towards a point leaves the box. */
const border = ([x, y]: Point, [tx, ty]: Point, width: number, height: number, gap: number): Point => {
  const [dx, dy] = [tx - x, ty - y]
  const scale = Math.min(dx === 0 ? Infinity : (width / 2 + gap) / Math.abs(dx), dy === 0 ? Infinity : (height / 2 + gap) / Math.abs(dy))
  return [x + dx * scale, y + dy * scale]
}

const round = (value: number): string => String(Math.round(value * 10) / 10)
const at = ([x, y]: Point): string => `${round(x)} ${round(y)}`

const head = ([x, y]: Point, [fx, fy]: Point): string => {
  const length = Math.hypot(x - fx, y - fy)
  const [ux, uy] = [(x - fx) / length, (y - fy) / length]
  const back: Point = [x - ux * 8, y - uy * 8]
  return `<path class="m-head" d="M${at([x, y])}L${at([back[0] - uy * 3.6, back[1] + ux * 3.6])}L${at([back[0] + uy * 3.6, back[1] - ux * 3.6])}Z"/>`
}

const curve = (from: Point, to: Point, label: string, bend: number, width: number, height: number): { readonly path: string; readonly middle: Point } => {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1])
  const normal: Point = [(to[1] - from[1]) / length, -(to[0] - from[0]) / length]
  const control: Point = [(from[0] + to[0]) / 2 + normal[0] * bend * 2, (from[1] + to[1]) / 2 + normal[1] * bend * 2]
  const [start, end] = [border(from, control, width, height, 1), border(to, control, width, height, 2)]
  // The label of an edge that bends stands on its outer side, clear of an edge that runs against it.
  const aside = Math.sign(bend) * (Math.abs(normal[0]) * (label.length * 3.6 + 3) + Math.abs(normal[1]) * 8)
  return {
    path: `<path class="m-edge" d="M${at(start)}Q${at(control)} ${at(end)}"/>${head(end, control)}`,
    middle: [start[0] / 4 + control[0] / 2 + end[0] / 4 + normal[0] * aside, start[1] / 4 + control[1] / 2 + end[1] / 4 + normal[1] * aside],
  }
}

const loop = ([x, y]: Point, side: 'above' | 'below'): { readonly path: string; readonly middle: Point } => {
  const sign = side === 'above' ? -1 : 1
  const edge = y + (sign * high) / 2
  const end: Point = [x + 16, edge + sign * 2]
  return {
    path: `<path class="m-edge" d="M${at([x - 16, edge])}C${at([x - 26, edge + sign * 38])} ${at([x + 26, edge + sign * 38])} ${at(end)}"/>${head(end, [x + 21, edge + sign * 20])}`,
    middle: [x, edge + sign * 38],
  }
}

const box = (state: string, [x, y]: Point, width: number, height: number, { initial, accepting }: Diagram): string => [
  ...(state === initial ? [`<circle class="m-dot" cx="${x - width / 2 - 17}" cy="${y}" r="5"/><path class="m-edge" d="M${x - width / 2 - 12} ${y}H${x - width / 2 - 3}"/>`] : []),
  `<rect class="m-state" x="${x - width / 2}" y="${y - height / 2}" width="${width}" height="${height}" rx="${height / 3}"/>`,
  ...(accepting.has(state) ? [`<rect class="m-inner" x="${x - width / 2 + 3}" y="${y - height / 2 + 3}" width="${width - 6}" height="${height - 6}" rx="${height / 3 - 2}"/>`] : []),
  `<text x="${x}" y="${y}" dy="0.35em">${escaped(state)}</text>`,
].join('')

const framed = ({ title, states, edges }: Diagram, kind: string, width: number, height: number, body: string): string =>
  `<svg class="machine ${kind}" role="img" aria-label="State diagram of ${escaped(title)}: ${states.length} states, ${edges.reduce((sum, { label }) => sum + label.split(', ').length, 0)} edges" style="--natural:${width}px" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`

const small = (diagram: Diagram, { places, bends = {}, loops = {} }: Plan): string => {
  const both = new Set(diagram.edges.map(({ from, to }) => `${from} ${to}`))
  const drawn = diagram.edges.map(({ from, to, label }) => {
    const [start, end] = [placed(places, from), placed(places, to)]
    const bend = bends[`${from} ${to}`] ?? (both.has(`${to} ${from}`) ? 14 : 0)
    const { path, middle } = from === to ? loop(start, loops[from] ?? 'above') : curve(start, end, label, bend, wide, high)
    return { path, label: `<text class="m-label" x="${round(middle[0])}" y="${round(middle[1])}" dy="0.35em">${escaped(label)}</text>` }
  })
  const points = diagram.states.map((state) => placed(places, state))
  const width = Math.max(...points.map(([x]) => x)) + wide / 2 + 12
  const height = Math.max(...points.map(([, y]) => y)) + high / 2 + 12
  return framed(diagram, 'm-named', width, height,
    [...drawn.map(({ path }) => path), ...diagram.states.map((state) => box(state, placed(places, state), wide, high, diagram)), ...drawn.map(({ label }) => label)].join(''))
}

/** Where the eight states of the world stand beside each other: each in a line of its own, so that the fix path runs straight. */
const world: Readonly<Record<string, Point>> = { pxa: [1, 0], pxA: [0, 1], pXa: [1, 2], Pxa: [2, 3], pXA: [0, 4], PxA: [1, 5], PXa: [2, 6], PXA: [1, 7] }

const cube = (diagram: Diagram): string => {
  const letters = (diagram.states[0] ?? '').length
  const width = letters > 4 ? 60 : 52
  const height = 24
  const [across, down] = [width + 10, 45]
  const placeOf = (state: string): Point => {
    const fix = state.slice(0, -3)
    const [x, y] = world[state.slice(-3)] ?? [0, 0]
    return [34 + width / 2 + (fix.match(/[A-Z]/g)?.length ?? 0) * (across * 3 + 26) + x * across, height / 2 + 8 + y * down]
  }
  const edges = diagram.edges.map(({ from, to, label }) => {
    const [start, end] = [placeOf(from), placeOf(to)]
    return `<g class="m-${label}">${curve(start, end, label, 0, width, height).path}</g>`
  })
  const columns = Math.max(...diagram.states.map((state) => state.slice(0, -3).match(/[A-Z]/g)?.length ?? 0)) + 1
  return framed(diagram, 'm-cube', 34 + columns * (across * 3 + 26) - 26, 8 * down - down + height + 16,
    [...edges, ...diagram.states.map((state) => box(state, placeOf(state), width, height, diagram))].join(''))
}

const legend = (diagram: Diagram): string => {
  const events = [...new Set(diagram.edges.map(({ label }) => label))]
  const path = events.filter((event) => 'VFD'.includes(event))
  const key = (named: ReadonlyArray<string>): string =>
    named.length === 0 ? '' : ` <span class="m-key m-${named[0] ?? ''}"><svg width="30" height="8" aria-hidden="true"><path class="m-edge" d="M0 4H30"/></svg> ${named.join(', ')}</span>`
  const keys = events.every((event) => event.length === 1) ? ` An arrow raises one letter:${[path, ['P'], ['X'], ['A']].map(key).join('')}.` : ''
  return `The dot leads to the initial state; accepting states have a double border.${keys}`
}

/** A state diagram and what is said below it, in HTML; nothing where it has no places here. */
export const stateFigure = (text: string): { readonly drawing: string; readonly caption: string } | undefined => {
  const diagram = read(text)
  const plan = plans[diagram.title]
  const drawing = plan !== undefined ? small(diagram, plan) : diagram.states.length > 0 && diagram.states.every((state) => world[state.slice(-3)] !== undefined) ? cube(diagram) : undefined
  return drawing === undefined ? undefined : { drawing, caption: `${escaped(diagram.title)}. ${legend(diagram)}` }
}
