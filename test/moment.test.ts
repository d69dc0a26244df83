/**
 * Moments: a table written by hand, and JavaScript's own calendar as another implementation. What cannot be read is no
 * moment, and proves nothing about order.
 */
import fc from 'fast-check'
import { type Interval, readMoment, surelyBefore } from 'mpcvd'
import { describe, expect, it } from 'vitest'

const instant = (at: number): Interval => ({ earliest: at, latest: at })

/** Text, and what it says in milliseconds since 1970; worked out by hand from 2020-01-01T00:00:00Z = 1577836800000. */
const table: ReadonlyArray<readonly [text: string, expected: Interval]> = [
  ['1970-01-01T00:00:00Z', instant(0)],
  ['1969-12-31T23:59:59Z', instant(-1000)],
  ['1970-01-01T00:00:00.001Z', instant(1)],
  ['1970-01-01T00:00:00.5Z', instant(500)],
  ['1970-01-01T00:00:00.500000000000Z', instant(500)],
  ['1970-01-01T00:00:00.0005Z', instant(0.5)],
  ['2020-01-01T00:00:00Z', instant(1_577_836_800_000)],
  ['2020-01-01T00:00:00+00:00', instant(1_577_836_800_000)],
  ['2020-01-01T00:00:00-00:00', instant(1_577_836_800_000)],
  ['2020-01-01T01:00:00+01:00', instant(1_577_836_800_000)],
  ['2020-01-01T05:45:00+05:45', instant(1_577_836_800_000)],
  ['2019-12-31T12:00:00-12:00', instant(1_577_836_800_000)],
  ['2020-01-01T23:59:00+23:59', instant(1_577_836_800_000)],
  ['2020-01-01T00:00:00.25-01:00', instant(1_577_840_400_250)],
  ['2020-02-29T00:00:00Z', instant(1_577_836_800_000 + 59 * 86_400_000)],
  ['2000-02-29T12:00:00Z', instant(951_825_600_000)],
  ['2016-12-31T23:59:60Z', instant(1_483_228_800_000)],
  ['2016-12-31T18:59:60-05:00', instant(1_483_228_800_000)],
  ['0000-01-01T00:00:00Z', instant(-62_167_219_200_000)],
  ['9999-12-31T23:59:59.999Z', instant(253_402_300_799_999)],
  ['2020-01-01', { earliest: 1_577_786_400_000, latest: 1_577_966_399_999 }],
  ['2020-01-01/2020-01-01', { earliest: 1_577_786_400_000, latest: 1_577_966_399_999 }],
  ['2020-01-01/2020-01-02', { earliest: 1_577_786_400_000, latest: 1_578_052_799_999 }],
  ['2020-01-01T00:00:00Z/2020-01-01T00:00:00Z', instant(1_577_836_800_000)],
  ['2020-01-01T00:00:00Z/2020-01-01T00:00:01Z', { earliest: 1_577_836_800_000, latest: 1_577_836_801_000 }],
  ['2020-01-01/2020-01-01T00:00:00Z', { earliest: 1_577_786_400_000, latest: 1_577_836_800_000 }],
  ['2020-01-01T00:00:00Z/2020-01-01', { earliest: 1_577_836_800_000, latest: 1_577_966_399_999 }],
]

const refused = [
  '', ' ', '/', '2020', '2020-01', '2020-1-1', '20200101', '2020-W01-1', '2020-001', '2020/01/01', '01-01-2020', '2020-01-01 ', ' 2020-01-01', '2020-01-01Z',
  '2023-02-29', '2100-02-29', '1900-02-29', '2020-02-30', '2020-04-31', '2020-06-31', '2020-11-31', '2020-01-32', '2020-00-01', '2020-13-01', '2020-01-00',
  '12020-01-01', '+2020-01-01', '-2020-01-01', '+002020-01-01', '2020-0a-01', '2020-01-0١', '2020‐01‐01', 'yesterday', 'NaN', 'null', '1577836800000',
  '2020-01-01T00:00:00', '2020-01-01T00:00Z', '2020-01-01T00Z', '2020-01-01T', '2020-01-01TZ', '2020-01-01t00:00:00Z', '2020-01-01T00:00:00z',
  '2020-01-01 00:00:00Z', '2020-01-01T24:00:00Z', '2020-01-01T25:00:00Z', '2020-01-01T00:60:00Z', '2020-01-01T00:00:61Z', '2020-01-01T0:00:00Z',
  '2020-01-01T00:00:00.Z', '2020-01-01T00:00:00,5Z', '2020-01-01T00:00:00.5', '2020-01-01T00:00:00.5.5Z', '2020-01-01T00:00:00.1e3Z', '2020-01-01T00:00:00.-1Z',
  '2020-01-01T00:00:00+1:00', '2020-01-01T00:00:00+0100', '2020-01-01T00:00:00+01', '2020-01-01T00:00:00+24:00', '2020-01-01T00:00:00+01:60',
  '2020-01-01T00:00:00+01:00:00', '2020-01-01T00:00:00-', '2020-01-01T00:00:00+aa:bb', '2020-01-01T00:00:00±01:00', '2020-01-01T00:00:00ZZ', '2020-01-01T00:00:00Z ',
  '2020-01-01T00:00:00Z+01:00', '2020-01-01T00:00:00UTC', '2020-01-01T00:00:00Zjunk', '2020-01-01T-1:00:00Z', '2020-02-30T00:00:00Z', '2020-01-01T00:00:00Z\n', '2020-01-01\u0000',
  '2020-01-02T00:00:00Z/2020-01-01T00:00:00Z', '2020-01-04/2020-01-01', '2020-12-31/2020-01-01', '2020-01-01/', '/2020-01-01', '2020-01-01//2020-01-02', '2020-01-01/2020-01-02/2020-01-03',
  '2020-01-01/P1D', '2020-01-01 / 2020-01-02', '2020-01-01--2020-01-02', '2020-01-01/2020-02-30', 'x/2020-01-01', '2020-01-01T00:00:00/2020-01-02', '/'.repeat(1000),
]

describe('readMoment', () => {
  it.each(table)('reads %s', (text, expected) => {
    expect(readMoment(text)).toEqual(expected)
  })
  it.each(refused)('refuses %j', (text) => {
    expect(readMoment(text)).toBeUndefined()
  })
  it('refuses huge strings, and reads a huge fraction', () => {
    expect(refused.length).toBeGreaterThanOrEqual(40)
    for (const text of ['0', '2020-01-01T00:00:00.', '-', '2020-01-01T00:00:00+']) expect(readMoment(text + '0'.repeat(1_000_000))).toBeUndefined()
    expect(readMoment(`2020-01-01T00:00:00.${'0'.repeat(1_000_000)}Z`)).toEqual(instant(1_577_836_800_000))
  })
  it('takes a bare date for the whole day, from +14:00 to -12:00', () => {
    const day = readMoment('2020-01-01')
    expect(day?.earliest).toBe(Date.parse('2020-01-01T00:00:00+14:00'))
    expect(day?.latest).toBe(Date.parse('2020-01-01T23:59:59.999-12:00'))
    expect(Number(day?.latest) - Number(day?.earliest) + 1).toBe(50 * 3_600_000)
  })
  it('agrees with Date on every day from 1900 to 2200, and on days that there are not', () => {
    const two = (value: number): string => String(value).padStart(2, '0')
    let days = 0
    for (let year = 1900; year <= 2200; year++)
      for (let month = 0; month <= 13; month++)
        for (let day = 0; day <= 32; day++) {
          const text = `${year}-${two(month)}-${two(day)}`
          const at = Date.UTC(year, month - 1, day)
          const exists = new Date(at).toISOString().startsWith(text)
          const read = readMoment(text)
          if (exists ? read?.earliest !== at - 14 * 3_600_000 || read.latest !== at + 36 * 3_600_000 - 1 : read !== undefined) expect.fail(text)
          if (exists) days++
        }
    expect(days).toBe(301 * 365 + 73)
  })
  it('agrees with Date on instants of any year, offset and fraction', () => {
    const milliseconds = fc.integer({ min: -62_167_132_800_000, max: 253_402_214_400_000 })
    const offset = fc.integer({ min: -1439, max: 1439 })
    fc.assert(fc.property(fc.oneof(milliseconds, fc.integer({ min: -100_000, max: 100_000 })), offset, (at, minutes) => {
      const zone = `${minutes < 0 ? '-' : '+'}${String(Math.trunc(Math.abs(minutes) / 60)).padStart(2, '0')}:${String(Math.abs(minutes) % 60).padStart(2, '0')}`
      const text = new Date(at + minutes * 60_000).toISOString().replace('Z', zone)
      expect(Date.parse(text)).toBe(at)
      expect(readMoment(text)).toEqual(instant(at))
      expect(readMoment(new Date(at).toISOString())).toEqual(instant(at))
    }), { numRuns: 10_000 })
  })
  it('reads every thousandth of a second of 1970 exactly', () => {
    for (let at = 0; at < 1000; at++) expect(readMoment(new Date(at).toISOString())).toEqual(instant(at))
  })
  it('reads nothing that is not shaped like RFC 3339', () => {
    const shape = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?$/
    const almost = fc.tuple(fc.constantFrom(...table.map(([text]) => text)), fc.nat(40), fc.constantFrom('', 'T', 'Z', '-', ':', '0', '9', ' ', '/', '.', '+'))
    fc.assert(fc.property(fc.oneof(fc.string(), almost.map(([text, at, put]) => text.slice(0, at) + put + text.slice(at + 1))), (text) => {
      if (readMoment(text) !== undefined) expect(text.split('/').every((part) => shape.test(part))).toBe(true)
    }), { numRuns: 10_000 })
  })
})

/** Moments close together, so that they meet: dates, instants, intervals, and strings that are none. */
const one = fc.integer({ min: 0, max: 6 * 86_400 }).map((second) => new Date(Date.UTC(2020, 1, 26) + second * 1000).toISOString())
const moments = fc.oneof(
  one,
  one.map((text) => text.slice(0, 10)),
  fc.tuple(one, one).map((two) => [...two].sort().join('/')),
  fc.constantFrom('2020-02-30', 'soon', ''),
)

describe('surelyBefore', () => {
  it.each([
    ['2020-01-01', '2020-01-02', false], ['2020-01-01', '2020-01-03', false], ['2020-01-01', '2020-01-04', true], ['2020-01-04', '2020-01-01', false],
    ['2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z', false], ['2020-01-01T00:00:00Z', '2020-01-01T00:00:00.001Z', true],
    ['2020-01-01T00:00:00+01:00', '2020-01-01T00:00:00Z', true], ['2020-01-01T00:00:00Z', '2020-01-01', false],
    ['2019-12-31T09:59:59Z', '2020-01-01', true], ['2019-12-31T10:00:00Z', '2020-01-01', false],
    ['2020-01-01', '2020-01-02T11:59:59.999Z', false], ['2020-01-01', '2020-01-02T12:00:00Z', true],
    ['', '2020-01-01', false], ['2020-01-01', 'never', false], ['', '', false],
  ])('%s, %s: %s', (a, b, expected) => {
    expect(surelyBefore(a, b)).toBe(expected)
  })
  it('is irreflexive, antisymmetric and transitive', () => {
    fc.assert(fc.property(moments, moments, moments, (a, b, c) => {
      expect(surelyBefore(a, a)).toBe(false)
      expect(surelyBefore(a, b) && surelyBefore(b, a)).toBe(false)
      if (surelyBefore(a, b) && surelyBefore(b, c)) expect(surelyBefore(a, c)).toBe(true)
    }), { numRuns: 10_000 })
  })
  it('is false where either cannot be read', () => {
    fc.assert(fc.property(moments, fc.constantFrom(...refused), (a, b) => {
      expect(surelyBefore(a, b) || surelyBefore(b, a)).toBe(false)
    }), { numRuns: 1000 })
  })
})
