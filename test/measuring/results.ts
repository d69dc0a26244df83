/**
 * What published timelines say, as data: `npm run measuring` reads the records that lie beside the repository and writes
 * `docs/measuring/results.json` and its chart. Only sums are kept; the records are other people's and stay where they are.
 *
 * @module
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { barsSvg } from 'mpcvd/diagram'
import { anomalies, barsOfTally, type CaseTimeline, decimalText, lint, orderingIds, readTimelines, tally, timelineFrom } from 'mpcvd/measuring'

const data = new URL('../../../shared/data/', import.meta.url)
const files = { cve: new URL('cve/cve-timelines.json', data), curl: new URL('timelines/curl-timelines.json', data) }
const folder = new URL('../../docs/measuring/', import.meta.url)

/** Whether the records are there. */
export const isHere = Object.values(files).every((file) => existsSync(file))

/** One source of timelines. */
export interface Measured {
  readonly source: string
  readonly cases: number
  readonly fitting: number
  /** Lines, and of these, with a date, and with a meaning. */
  readonly lines: readonly [all: number, dated: number, understood: number]
  /** How many cases are odd, by kinds. */
  readonly odd: Readonly<Record<string, number>>
  /** How often met, missed and open; alpha at least and at most. */
  readonly orderings: Readonly<Record<string, readonly [met: number, missed: number, open: number, from: number, to: number]>>
}

/** Nothing in the records is later. */
const NOW = '2026-12-31'

const measured = (source: string, cases: ReadonlyArray<CaseTimeline>): Measured => {
  const all = tally(cases.map((each) => timelineFrom(each)))
  const lines = cases.flatMap(({ entries }) => entries)
  const odd = cases.map((each) => new Set(lint(each, { now: NOW }).map(({ kind }) => kind)))
  return {
    source, cases: all.cases, fitting: all.fitting,
    lines: [lines.length, lines.filter(({ when }) => when !== undefined).length, lines.filter(({ row }) => row !== undefined).length],
    odd: Object.fromEntries(anomalies.map(({ id }) => [id, odd.filter((each) => each.has(id)).length] as const).filter(([, count]) => count > 0)),
    orderings: Object.fromEntries(orderingIds.map((id) => {
      const { alpha, met, missed, unknown } = all.orderings[id]
      return [id, [met, missed, unknown, alpha === undefined ? NaN : Number(decimalText(alpha.from, 6)), alpha === undefined ? NaN : Number(decimalText(alpha.to, 6))] as const]
    })),
  }
}

const timelines = (file: URL): ReadonlyArray<CaseTimeline> => readTimelines(JSON.parse(readFileSync(file, 'utf8'))).flatMap((each) => (each._tag === 'Right' ? [each.right] : []))

const many = ['Wordfence', 'VulDB', 'redhat', 'fedora']

/** All sources, with their records; those with few records together. */
const sources = (): ReadonlyArray<readonly [name: string, cases: ReadonlyArray<CaseTimeline>]> => {
  const [cve, curl] = [timelines(files.cve), timelines(files.curl)]
  return [
    ['CVE records', cve],
    ...many.map((name) => [`CVE records, ${name}`, cve.filter(({ source }) => source === name)] as const),
    ['CVE records, others', cve.filter(({ source }) => !many.includes(source))],
    ['curl advisories', curl],
  ]
}

/** Everything anew. */
export const measure = (): ReadonlyArray<Measured> => sources().map(([name, cases]) => measured(name, cases))

/** What was written. */
export const committed = (): ReadonlyArray<Measured> => JSON.parse(readFileSync(new URL('results.json', folder), 'utf8')) as ReadonlyArray<Measured>

if (process.argv[2] === 'write') {
  mkdirSync(folder, { recursive: true })
  writeFileSync(new URL('results.json', folder), `${JSON.stringify(measure(), null, 1).replace(/\[\s+([^[\]{}]*?)\s+\]/g, (_, items: string) => `[${items.replace(/\s+/g, ' ')}]`)}\n`)
  for (const [name, cases] of sources().filter(([name]) => name === 'CVE records' || name === 'curl advisories')) {
    const all = tally(cases.map((each) => timelineFrom(each)))
    writeFileSync(new URL(`${name.split(' ')[0]?.toLowerCase() ?? ''}.svg`, folder), `${barsSvg(barsOfTally(all), {
      title: `${all.cases} ${name}`, subtitle: 'Bars: skill at least and at most, whatever is not dated. Outlines: nothing known. Thin lines: with what may be chance, 95 %.', marks: { 0: 'luck', 1: 'always' },
    })}\n`)
  }
}
