/**
 * The benchmark as a picture: a bar for each row, on one scale of logarithms for each group, ours in another colour.
 *
 * @module
 */
import type { Group } from '../test/bench/timing.js'
import { escaped } from './site/code.js'

/** Nanoseconds as people say them. */
export const duration = (ns: number): string => {
  const [value, unit] = ns < 1000 ? [ns, 'ns'] : ns < 1e6 ? [ns / 1e3, 'µs'] : ns < 1e9 ? [ns / 1e6, 'ms'] : [ns / 1e9, 's']
  return `${value >= 100 ? value.toFixed(0) : value.toPrecision(2)} ${unit}`
}

const WIDTH = 760
const EDGE = 14
const LABELS = 300
const BARS = WIDTH - LABELS - 90
const ROW = 24
const HEAD = 34

const style = `text{font:13px system-ui,sans-serif;fill:#16202b}.t{font-weight:600}.n{fill:#495867}.b{fill:#a9b4bf}.o{fill:#0b5cad}.g{stroke:#d5dbe1}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.n{fill:#a9b8c6}.b{fill:#556576}.o{fill:#79b8ff}.g{stroke:#2c3946}}`

/** The chart of some groups; names in `ours` are of this library. */
export const chart = (groups: ReadonlyArray<Group>, ours: (name: string) => boolean): string => {
  let y = 0
  const parts = groups.flatMap(({ rows, title, unit }) => {
    const [least, most] = [Math.floor(Math.log10(Math.min(...rows.map(({ ns }) => ns)))), Math.ceil(Math.log10(Math.max(...rows.map(({ ns }) => ns))))]
    const at = (ns: number): number => LABELS + (BARS * (Math.log10(ns) - least)) / (most - least)
    const top = y + HEAD
    const lines = Array.from({ length: most - least + 1 }, (_, place) => at(10 ** (least + place)))
    const grid = lines.map((x) => `<line class="g" x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${top - 4}" y2="${top + rows.length * ROW}"/>`)
    const drawn = rows.flatMap(({ name, ns }, place) => {
      const middle = top + place * ROW
      return [
        `<text x="${LABELS - 10}" y="${middle + 14}" text-anchor="end">${escaped(name)}</text>`,
        `<rect class="${ours(name) ? 'o' : 'b'}" x="${LABELS}" y="${middle + 3}" width="${Math.max(1, at(ns) - LABELS).toFixed(1)}" height="14" rx="2"/>`,
        `<text class="n" x="${(Math.max(LABELS, at(ns)) + 6).toFixed(1)}" y="${middle + 14}">${duration(ns)}</text>`,
      ]
    })
    const heading = `<text class="t" x="0" y="${y + 18}">${escaped(title)}</text><text class="n" x="${WIDTH}" y="${y + 18}" text-anchor="end">time of one ${escaped(unit)}; each line ten times the last</text>`
    y = top + rows.length * ROW + 22
    return [heading, ...grid, ...drawn]
  })
  const said = groups.map(({ rows, title }) => `${title}: ${rows.map(({ name, ns }) => `${name} ${duration(ns)}`).join(', ')}.`).join(' ')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-EDGE} ${-EDGE} ${WIDTH + 2 * EDGE} ${y + EDGE}" width="${WIDTH + 2 * EDGE}" height="${y + EDGE}" role="img" aria-label="${escaped(said)}"><style>${style}</style>${parts.join('')}</svg>`
}
