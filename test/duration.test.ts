/**
 * Durations and the calendar: tables written by hand from specs/duration.yaml and from a printed calendar, and JavaScript's
 * own dates as another implementation.
 */
import { isRight } from 'fp-ts/Either'
import fc from 'fast-check'
import { readMoment } from 'mpcvd'
import { describe, expect, it } from 'vitest'
import { addDays, addMillis, DAY, endOfDay, formatInstant, formatMoment, onWorkday, readIn, readZone } from '../src/case/calendar.js'
import { formatDuration, readDuration } from '../src/case/duration.js'

const [S, M, H] = [1000, 60_000, 3_600_000]

describe('readDuration', () => {
  it.each([
    ['P1D', 86_400_000], ['PT24H', 86_400_000], ['PT1440M', 86_400_000], ['PT86400S', 86_400_000], ['P90D', 90 * 86_400_000], ['PT72H', 72 * H],
    ['PT0S', 0], ['P0D', 0], ['PT0H', 0], ['P0DT0H0M0S', 0], ['P1DT2H3M4S', DAY + 2 * H + 3 * M + 4 * S], ['P1DT4S', DAY + 4 * S], ['PT2H4S', 2 * H + 4 * S],
    ['P007D', 7 * DAY], ['PT0.5S', 500], ['PT1.25S', 1250], ['PT0.001S', 1], ['P365D', 365 * DAY], ['P104249991D', 104_249_991 * DAY],
  ])('reads %s', (text, ms) => {
    expect(readDuration(text)).toEqual({ _tag: 'Right', right: ms })
  })
  it.each([
    ['P1Y', 'unit', 'DUR-04-001'], ['P1M', 'unit', 'DUR-04-001'], ['P1W', 'unit', 'DUR-04-001'], ['P1Y2M3D', 'unit', 'DUR-04-001'], ['P1MT1M', 'unit', 'DUR-04-001'],
    ['P12W', 'unit', 'DUR-04-001'], ['P1YT1H', 'unit', 'DUR-04-001'], ['P1W1D', 'unit', 'DUR-04-001'],
    ['P', 'empty', 'DUR-04-004'], ['PT', 'empty', 'DUR-04-003'],
    ...['', ' ', 'p1d', 'P1d', '1D', 'P1', 'PD', 'P1DT', 'PT1', 'PTS', 'P1H', 'P1S', 'PT1D', 'P-1D', '-P1D', '+P1D', 'P+1D', 'P1.5D', 'PT1.5H', 'PT1,5S', 'PT.5S', 'PT1.S', 'PT1.2345S',
      'PT1S1M', 'PT1M1H', 'PT1HP1D', 'P1D1H', 'P 1D', 'P1D ', ' P1D', 'P1D\n', 'P1DT1H1H', 'P1D1D', 'P١D', 'P1e3D', 'PT1H/PT2H', 'R3/P1D', '86400', '90 days', 'P1Y1Y', 'PX', 'P0x1D']
      .map((text) => [text, 'malformed', 'DUR-04-002']),
  ])('refuses %j as %s', (text = '', kind, requirement) => {
    expect(readDuration(text)).toEqual({ _tag: 'Left', left: { kind, text, requirement } })
  })
  it.each(['P104249992D', `P${'9'.repeat(400)}D`, `PT${'9'.repeat(20)}S`])('refuses what a number cannot hold: %s', (text) => {
    expect(readDuration(text)).toMatchObject({ _tag: 'Left', left: { kind: 'too long' } })
  })
  it('is done with a long text at once', () => {
    for (const text of [`P${'1'.repeat(1_000_000)}X`, 'P1DT1H'.repeat(100_000), `P1Y${'1M'.repeat(100_000)}`]) expect(readDuration(text)._tag).toBe('Left')
  })
  it('agrees with the grammar on any text of its letters', () => {
    const number = fc.nat(99)
    const part = fc.option(number, { nil: undefined })
    fc.assert(fc.property(part, part, part, part, (d, h, m, s) => {
      const time = [h === undefined ? '' : `${h}H`, m === undefined ? '' : `${m}M`, s === undefined ? '' : `${s}S`].join('')
      const text = `P${d === undefined ? '' : `${d}D`}${time === '' ? '' : `T${time}`}`
      const read = readDuration(text)
      if (text === 'P') expect(read._tag).toBe('Left')
      else expect(read).toEqual({ _tag: 'Right', right: (d ?? 0) * DAY + (h ?? 0) * H + (m ?? 0) * M + (s ?? 0) * S })
    }))
    fc.assert(fc.property(fc.array(fc.constantFrom('P', 'T', 'D', 'H', 'M', 'S', 'Y', 'W', '1', '0', '.', '-'), { maxLength: 8 }), (letters) => {
      const text = letters.join('')
      if (isRight(readDuration(text))) expect(text).toMatch(/^P(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/)
    }), { numRuns: 10_000 })
  })
})

describe('formatDuration', () => {
  it.each([
    [0, 'PT0S'], [1, 'PT0.001S'], [999, 'PT0.999S'], [1000, 'PT1S'], [1500, 'PT1.500S'], [59_000, 'PT59S'], [60_000, 'PT1M'], [61_000, 'PT61S'], [90 * M, 'PT90M'],
    [H, 'PT1H'], [36 * H, 'PT36H'], [24 * H, 'P1D'], [72 * H, 'P3D'], [90 * DAY, 'P90D'], [DAY + 1000, 'PT86401S'], [DAY + M, 'PT1441M'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })
  it.each([-1, NaN, Infinity, -Infinity, 2 ** 53])('has no text for %d', (ms) => {
    expect(formatDuration(ms)).toBeUndefined()
  })
  it('is read as what it was, whatever it was', () => {
    fc.assert(fc.property(fc.oneof(fc.maxSafeNat(), fc.nat(10 * DAY), fc.nat(1000).map((n) => n * DAY)), (ms) => {
      expect(readDuration(formatDuration(ms) ?? '')).toEqual({ _tag: 'Right', right: ms })
    }))
  })
})

const plausible = fc.integer({ min: -62_167_132_800_000, max: 253_402_214_400_000 })

describe('the calendar', () => {
  it('writes instants as Date does', () => {
    fc.assert(fc.property(fc.oneof(plausible, fc.integer({ min: -10_000, max: 10_000 })), (ms) => {
      expect(formatInstant(ms)).toBe(new Date(ms).toISOString().replace('.000Z', 'Z'))
    }), { numRuns: 10_000 })
  })
  it('writes every day from 1896 to 2104 as Date does', () => {
    for (let day = Date.UTC(1896, 0, 1) / DAY; day < Date.UTC(2104, 11, 31) / DAY; day++)
      if (formatInstant(day * DAY) !== new Date(day * DAY).toISOString().replace('.000Z', 'Z')) expect.fail(String(day))
  })
  it('stays in the years that can be written', () => {
    expect([formatInstant(-1e18), formatInstant(1e18), formatInstant(NaN)]).toEqual(['0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '0000-01-01T00:00:00Z'])
    expect([addDays('9999-12-31', 1), addDays('0000-01-01', -1)].map((one) => readMoment(one ?? ''))).not.toContain(undefined)
  })
  it.each([
    ['2026-01-31', 1, '2026-02-01'], ['2026-01-05', 90, '2026-04-05'], ['2024-02-28', 1, '2024-02-29'], ['2023-02-28', 1, '2023-03-01'], ['2000-02-28', 1, '2000-02-29'],
    ['1900-02-28', 1, '1900-03-01'], ['2023-11-30', 90, '2024-02-28'], ['2023-12-01', 90, '2024-02-29'], ['2024-12-01', 90, '2025-03-01'], ['2025-12-31', 1, '2026-01-01'],
    ['2026-03-01', -1, '2026-02-28'], ['2025-08-25', 21, '2025-09-15'], ['2026-01-05', 0, '2026-01-05'],
    ['2026-01-05/2026-01-09', 30, '2026-02-04/2026-02-08'],
    ['2026-01-05T10:00:00Z', 90, '2026-04-05T10:00:00Z'], ['2026-01-05T10:00:00+02:00', 90, '2026-04-05T08:00:00Z'],
    // Over both changes of the clocks in Europe and America: instants do not care what a wall clock does.
    ['2026-03-28T12:00:00+01:00', 1, '2026-03-29T11:00:00Z'], ['2026-10-24T12:00:00+02:00', 1, '2026-10-25T10:00:00Z'], ['2026-03-07T09:00:00-08:00', 1, '2026-03-08T17:00:00Z'],
    ['2026-01-05T10:00:00.250Z', 1, '2026-01-06T10:00:00.250Z'], ['2016-12-31T23:59:60Z', 1, '2017-01-02T00:00:00Z'],
    ['2026-01-05T11:00:00Z/2026-01-06', 1, '2026-01-06T11:00:00Z/2026-01-08T11:59:59.999Z'],
    // 10:00 UTC is where the next date begins, at +14:00.
    ['2026-01-05T10:00:00Z/2026-01-06', 1, '2026-01-07'],
  ])('%s plus %d days is %s', (moment, days, expected) => {
    expect(addDays(moment, days)).toBe(expected)
  })
  it.each([
    ['2026-10-02T23:00:00Z', 24 * H, '2026-10-03T23:00:00Z'], ['2026-10-02', 24 * H, '2026-10-03'], ['2026-10-02', H, '2026-10-01T11:00:00Z/2026-10-03T12:59:59.999Z'],
  ])('%s plus %d ms is %s', (moment, ms, expected) => {
    expect(addMillis(moment, ms)).toBe(expected)
  })
  it('has nothing for what is no moment', () => {
    expect([addDays('2026-02-30', 1), addDays('soon', 1), addMillis('', 0)]).toEqual([undefined, undefined, undefined])
  })
  const near = fc.integer({ min: Date.UTC(2019, 0), max: Date.UTC(2030, 0) })
  const text = near.map((ms) => new Date(ms).toISOString())
  const single = fc.oneof(text, text.map((one) => one.slice(0, 10)))
  const moment = fc.oneof(single, fc.tuple(single, single).map((two) => [...two].sort().join('/')).filter((one) => readMoment(one) !== undefined))
  it('writes intervals so that they are read as they were', () => {
    fc.assert(fc.property(moment, (one) => {
      const interval = readMoment(one) ?? expect.fail(one)
      expect(readMoment(formatMoment(interval))).toEqual(interval)
      expect(formatMoment(interval).length).toBeLessThanOrEqual(49)
    }), { numRuns: 5000 })
  })
  it('adds to both ends alike, and dates stay dates', () => {
    fc.assert(fc.property(moment, fc.integer({ min: -2000, max: 2000 }), (one, days) => {
      const interval = readMoment(one) ?? expect.fail(one)
      expect(readMoment(addDays(one, days) ?? '')).toEqual({ earliest: interval.earliest + days * DAY, latest: interval.latest + days * DAY })
      if (one.length === 10) expect(addDays(one, days)).toHaveLength(10)
    }))
  })
  it.each([['Z', 0], ['+00:00', 0], ['-00:00', 0], ['+01:00', H], ['-08:00', -8 * H], ['+05:30', 5.5 * H], ['+14:00', 14 * H]])('zone %s', (zone, offset) => {
    expect(readZone(zone)).toBe(offset)
  })
  it.each(['', 'UTC', 'Europe/Berlin', '+1', '+0100', '+24:00', '+01:60', 'z', '01:00', 'Z '])('no zone: %j', (zone) => {
    expect(readZone(zone)).toBeUndefined()
  })
  it('reads bare dates as days of a zone, and instants as they are', () => {
    expect(formatMoment(readIn('2026-01-05', 0))).toBe('2026-01-05T00:00:00Z/2026-01-05T23:59:59.999Z')
    expect(formatMoment(readIn('2026-01-05', -8 * H))).toBe('2026-01-05T08:00:00Z/2026-01-06T07:59:59.999Z')
    expect(formatMoment(readIn('2026-01-05/2026-01-07', H))).toBe('2026-01-04T23:00:00Z/2026-01-07T22:59:59.999Z')
    expect(formatMoment(readIn('2026-01-05T10:00:00+02:00', H))).toBe('2026-01-05T08:00:00Z')
    expect(formatMoment(readIn('2026-01-05', undefined))).toBe('2026-01-05')
    expect(formatMoment(endOfDay(readIn('2026-01-05T23:30:00Z', H), H))).toBe('2026-01-06T22:59:59.999Z')
  })
  it.each([
    // 2026-04-03 is a Friday, 2026-04-06 a Monday.
    ['2026-04-03', '2026-04-03'], ['2026-04-04', '2026-04-06'], ['2026-04-05', '2026-04-06'], ['2026-04-06', '2026-04-06'], ['1969-12-27', '1969-12-29'], ['1969-12-31', '1969-12-31'],
    ['2026-04-03T10:00:00Z', '2026-04-03T10:00:00Z'], ['2026-04-04T10:00:00Z', '2026-04-06T00:00:00Z/2026-04-06T23:59:59.999Z'],
  ])('%s falls on the working day %s', (one, expected) => {
    expect(formatMoment(onWorkday(readMoment(one) ?? expect.fail(one), undefined, new Set()))).toBe(expected)
  })
  it('knows holidays, and gives up when nobody ever works', () => {
    const easter = new Set(['2026-04-03', '2026-04-06'])
    expect(['2026-04-03', '2026-04-02', '2026-04-06'].map((one) => formatMoment(onWorkday(readMoment(one) ?? expect.fail(one), undefined, easter)))).toEqual(['2026-04-07', '2026-04-02', '2026-04-07'])
    const always = new Set(Array.from({ length: 800 }, (_, day) => addDays('2026-01-01', day) ?? ''))
    expect(formatMoment(onWorkday(readMoment('2026-02-01') ?? expect.fail(), undefined, always))).toBe('2027-02-02')
  })
})
