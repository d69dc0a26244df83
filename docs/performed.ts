/**
 * Speed and size as Markdown: the blocks of `performance.md`, from the last whole run of the benchmark.
 *
 * @module
 */
import { explored, measured } from '../test/bench/results.js'
import { budgets } from '../test/bench/sizes.js'
import type { Group, Row } from '../test/bench/timing.js'
import { chart, duration } from './performance-chart.js'

const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [head, head.map((title, place) => (place === 0 || title === '' || title === 'wanted' ? '---' : '--:')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
const count = (value: number): string => Math.round(value).toLocaleString('en')
const code = (text: string): string => `\`${text}\``

const groupOf = (id: string): Group => measured().groups.find((group) => group.id === id) ?? { id, title: id, unit: '', rows: [] }

/** What was wanted of a row, and whether it was reached. */
const wanted = ({ ns, target }: Row, rows: ReadonlyArray<Row>): string => {
  if (target === undefined) return ''
  if ('unit' in target) return `${ns <= target.atMost ? 'reached' : 'missed'}: at most ${target.atMost} ns`
  const ratio = ns / (rows.find(({ name }) => name === target.of)?.ns ?? NaN)
  return `${ratio <= target.atMost ? 'reached' : 'missed'}: ${ratio.toFixed(2)} × ${target.of}, at most ${target.atMost}`
}

const rowsOf = (id: string): string => {
  const { rows, title, unit } = groupOf(id)
  return [`**${title}**`, '', table(['', `one ${unit}`, 'quarters', 'wanted', ''], rows.map((row) => [row.name, duration(row.ns), `${duration(row.low)} to ${duration(row.high)}`, wanted(row, rows), row.note ?? '']))].join('\n')
}

const machine = (): string => {
  const { node, processor, versions } = measured()
  return `Node ${node.slice(1)} on one core of ${processor}; ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ')}.`
}

const starting = (): string => {
  const { rows } = groupOf('start')
  const empty = rows[0]?.ns ?? 0
  return table(['', 'a process', 'over the empty one'], rows.map(({ name, ns }, place) => [place === 0 ? name : code(name), duration(ns), place === 0 ? '' : duration(ns - empty)]))
}

const sizes = (): string => {
  const allowed = budgets()
  return table(['imported', 'esbuild', 'rollup', 'budget'], measured().sizes.map(({ esbuild, name, rollup }) => [code(name), count(esbuild), count(rollup), count(allowed[name] ?? NaN)]))
}

const spin = (): string =>
  table(['model', 'states', 'ours, a second', 'SPIN, a second', 'rate', 'bytes a state', 'SPIN’s'], explored().rows.map(({ model, ours, rate, spin: theirs }) => [
    model, count(ours.states), count(ours.statesPerSecond), count(theirs.statesPerSecond), `${rate.toFixed(2)} ×`, ours.bytes.toFixed(0), theirs.bytes.toFixed(0),
  ]))

const growth = (): string => `Ingesting grows with the number of entries to the power of ${measured().exponent.toFixed(2)}.`

const isOurs = (name: string): boolean => ['transition(state, message)', 'decodeMessage'].includes(name)
/** The picture of the page. */
export const performanceChart = (): string => chart(['transition', 'decode', 'decode-invalid'].map(groupOf).map((group) => ({ ...group, rows: group.rows.filter(({ name }) => name !== 'an empty function') })), isOurs)

/** The blocks by name. */
export const performanceBlocks: Readonly<Record<string, () => string>> = {
  'performance-machine': machine,
  'performance-start': starting,
  ...Object.fromEntries(['transition', 'decode', 'decode-invalid', 'log', 'ledger', 'late', 'check', 'histories', 'bridge'].map((id) => [`performance-${id}`, () => rowsOf(id)])),
  'performance-growth': growth,
  'performance-sizes': sizes,
  'performance-spin': spin,
}
