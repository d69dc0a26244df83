/**
 * What the page on measuring says of published timelines is what comes out of them, where they lie beside the repository;
 * and the chart of ranges is a picture, whatever it is given.
 */
import { readFileSync } from 'node:fs'
import { type Bar, barsSvg } from 'mpcvd/diagram'
import { alphaOfOne, barsOfScore, barsOfTally, orderingIds, type OrderingId, readWhen, score, tally, toNumber } from 'mpcvd/measuring'
import { describe, expect, test } from 'vitest'
import { committed, isHere, measure } from './measuring/results.js'

if (!isHere) console.info('measuring: the published timelines are not beside the repository; what is committed is not compared')

describe('results', () => {
  test.skipIf(!isHere)('are the same again', () => expect(measure()).toEqual(committed()))

  test('their counts and ranges belong together', () => {
    for (const { cases, fitting, lines, orderings, source } of committed()) {
      expect(fitting <= cases && lines[0] >= lines[1] && lines[0] >= lines[2], source).toBe(true)
      for (const id of orderingIds) {
        const [met = NaN, missed = NaN, open = NaN, from = NaN, to = NaN] = orderings[id] ?? []
        expect(met + missed + open, `${source} ${id}`).toBe(fitting)
        const floor = toNumber(alphaOfOne(id, false))
        expect(from, `${source} ${id}`).toBeCloseTo((met + (fitting - met) * floor) / fitting, 5)
        expect(to, `${source} ${id}`).toBeCloseTo((fitting - missed + missed * floor) / fitting, 5)
      }
    }
    expect(committed().map(({ cases, source }) => [source, cases])).toEqual([
      ['CVE records', 605], ['CVE records, Wordfence', 217], ['CVE records, VulDB', 212], ['CVE records, redhat', 123], ['CVE records, fedora', 21], ['CVE records, others', 32], ['curl advisories', 211],
    ])
  })
})

describe('charts of ranges', () => {
  const rectangles = (svg: string): ReadonlyArray<number> => [...svg.matchAll(/class="mpcvd-(?:range|edge)[^"]*" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].flatMap(([, x, width]) => [Number(x), Number(width)])

  test('a row for each ordering, as long as its range', () => {
    const timeline = { V: readWhen('2024-01-01'), P: readWhen('2024-03-01') }
    const [V, P] = [timeline.V ?? expect.fail(), timeline.P ?? expect.fail()]
    const svg = barsSvg(barsOfTally(tally([{ V, P }, { V, P }, { V: P, P: V }, {}])), { title: 'x', marks: { 0: 'luck' } })
    for (const id of orderingIds) expect(svg).toContain(`>${id.replace('<', '≺')}</text>`)
    // V≺P: two met, one missed, one open: from 0.25 to 0.625; the scale is −3 to 1 over 420.
    const [x, width] = rectangles(svg)
    expect(width).toBeCloseTo(((0.625 - 0.25) / 4) * 420, 0)
    expect(x).toBeGreaterThan(0)
    expect(svg).toContain('2 met, 1 missed, 1 open')
    expect(svg).toContain('−3.00 to 1.00')
  })

  test('one case: what is known is a diamond, what is open an outline', () => {
    const scored = score({ V: readWhen('2024-01-01') ?? expect.fail(), P: readWhen('2024-03-01') ?? expect.fail() })
    const svg = scored._tag === 'Right' ? barsSvg(barsOfScore(scored.right)) : ''
    expect(svg.match(/l6 7l-6 7l-6 -7z/g)).toHaveLength(2)
    expect(rectangles(svg)).toHaveLength(20)
    expect(barsSvg([])).toMatch(/^<svg [^>]*>[^]*<\/svg>$/)
  })

  const odd: ReadonlyArray<Bar> = [
    { label: '<script>alert(1)</script>&"\'', says: '\u0000\u202e\ud800', note: ']]>', from: 0, to: 1 }, { label: 'x'.repeat(5000), says: 'y'.repeat(5000), note: 'z'.repeat(5000), from: -1, to: 2 },
    { label: '', from: NaN, to: 1 }, { label: 'a', from: -Infinity, to: Infinity }, { label: 'b', from: 1e300, to: -1e300, floor: NaN, whisker: { from: NaN, to: 3 } }, { label: 'c', whisker: { from: 0, to: 1 } }, { label: 'd', from: -1e9, to: 1e9 },
    { label: 'e', from: 1, to: 1, whisker: { from: 0, to: 2 } },
  ]
  test('strangers’ texts and numbers that are none', () => {
    const svg = barsSvg(odd, { title: '<x>'.repeat(100), scale: [NaN, NaN] })
    for (const one of [svg, barsSvg(odd)]) {
      expect(one).not.toMatch(/<script|NaN|Infinity|undefined/)
      expect(one.length).toBeLessThan(60_000)
      expect(one.match(/<g>/g)).toHaveLength(odd.length)
    }
    const ids: ReadonlyArray<OrderingId> = orderingIds
    expect(ids).toHaveLength(12)
  })

  test('the committed charts are of the committed results', () => {
    const curl = committed().find(({ source }) => source === 'curl advisories')
    const [met, missed, open] = curl?.orderings['V<P'] ?? []
    expect(readFileSync(new URL('../docs/measuring/curl.svg', import.meta.url), 'utf8')).toContain(`${String(met)} met, ${String(missed)} missed, ${String(open)} open`)
  })
})
