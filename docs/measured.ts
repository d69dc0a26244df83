/**
 * Measurement as Markdown: the blocks of `measuring.md`, from the library and from `measuring/results.json`.
 *
 * @module
 */
import { alphaOfOne, anomalies, decimalText, figureErrata, fractionText, histories, orderings } from 'mpcvd/measuring'
import { committed, type Measured } from '../test/measuring/results.js'

const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
const code = (text: string): string => `\`${text}\``
const shown = (id: string): string => id.replace('<', '≺')

const orderingTable = (): string =>
  table(['ordering', 'says', 'met by luck', 'of 70 histories', 'alpha of a case that misses it'], orderings.map(({ baseline, id, says }) => [
    shown(id), says, `${fractionText(baseline)} (${decimalText(baseline)})`, String(histories.filter(({ met }) => met.includes(id)).length), fractionText(alphaOfOne(id, false)),
  ]))

const figure = (value: number): string => value.toFixed(2).replace('-', '−')

const range = (of: Measured, id: string): string => {
  const [met = 0, missed = 0, , from = 0, to = 0] = of.orderings[id] ?? []
  return met + missed === 0 ? 'open' : `${figure(from)} to ${figure(to)}`
}

const resultTable = (): string =>
  table(['source', 'cases', 'some history fits', ...orderings.map(({ id }) => shown(id))], committed().map((of) => [
    of.source, String(of.cases), String(of.fitting), ...orderings.map(({ id }) => range(of, id)),
  ]))

const countTable = (): string =>
  table(['source', 'lines', 'with a date', 'understood', 'V≺P met, missed, open', 'F≺P met, missed, open', 'odd'], committed().map((of) => [
    of.source, ...of.lines.map(String), ...['V<P', 'F<P'].map((id) => (of.orderings[id] ?? []).slice(0, 3).join(', ')), Object.entries(of.odd).map(([kind, count]) => `${code(kind)} ${count}`).join(', ') || 'nothing',
  ]))

const anomalyTable = (): string => table(['oddity', 'says', 'source'], anomalies.map(({ id, says, source }) => [code(id), says, source]))

const errataTable = (): string =>
  table(['erratum', 'what', 'published', 'should be', 'why', 'where'], figureErrata.map(({ computed, id, offered, published, reason, sources, title }) => [
    id, title, published, `${computed}${offered === undefined ? '' : ` (published: ${code(offered)})`}`, reason, sources.join(', '),
  ]))

/** The blocks by name. */
export const measuringBlocks: Readonly<Record<string, () => string>> = {
  'measuring-orderings': orderingTable,
  'measuring-results': resultTable,
  'measuring-counts': countTable,
  'measuring-anomalies': anomalyTable,
  'measuring-errata': errataTable,
}
