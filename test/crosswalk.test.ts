/**
 * The crosswalk rows are those of the published pages: compared with a transcription of the pages, misprints and all, and
 * with the register of errata. And what is written about a row is in our own words, and evaluates to what it says.
 */
import { readFileSync } from 'node:fs'
import { errata, messageTypeList } from 'mpcvd'
import { crosswalks, type CrosswalkRow, lengthText, type Rule, rowsWith, standards } from 'mpcvd/crosswalk'
import { describe, expect, it } from 'vitest'

const lines = readFileSync(new URL('spec/crosswalks.txt', import.meta.url), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'))
const cells = lines.map((line) => line.split(' | '))
const list = (text: string | undefined, by: string): ReadonlyArray<string> => (text === undefined || text === '-' ? [] : text.split(by))

const isoRows: ReadonlyArray<CrosswalkRow> = [...crosswalks['iso-29147'], ...crosswalks['iso-30111'], ...crosswalks['iso-tr-5895']]
const allRows: ReadonlyArray<CrosswalkRow> = Object.values(crosswalks).flat()

describe('the rows', () => {
  it('are those of the pages, with line, clause, symbols and behaviours', () => {
    const printed = cells.filter(([id]) => /^X\d\d-\d\d$/.test(id ?? ''))
      .map(([id, line, clause, symbols, behaviours]) => ({ id, line: Number(line), clause, printed: list(symbols, '; '), behaviours: list(behaviours, ' ') }))
    expect(isoRows.map(({ behaviours, clause, id, line, printed: own }) => ({ id, line, clause, printed: own, behaviours }))).toEqual(printed)
  })
  it('are 34, 20 and 18, of which 2, 14 and 7 carry symbols', () => {
    for (const [name, rows, symbols] of cells.filter(([id]) => id?.startsWith('total ') === true)) {
      const own = isoRows.filter(({ id }) => id.startsWith(name?.slice(6) ?? '?'))
      expect([own.length, own.filter(({ printed }) => printed.length > 0).length], name).toEqual([Number(rows), Number(symbols)])
    }
    expect(isoRows).toHaveLength(72)
  })
  it('stand once each', () => {
    expect(new Set(allRows.map(({ id }) => id)).size).toBe(75)
    expect(standards.map((standard) => crosswalks[standard].length)).toEqual([20, 34, 18, 3])
  })
  it('have the elements of the inverse index', () => {
    const index = cells.filter(([element, rows]) => rows !== undefined && !/^(X\d\d-|total )/.test(element ?? '')).map(([element = '', rows]) => [element, list(rows, ', ')] as const)
    expect(index).toHaveLength(52)
    for (const [element, rows] of index) expect(rowsWith(element).map(({ id }) => id).filter((id) => id.startsWith('X')).sort(), element).toEqual(rows)
    const own = new Set(isoRows.flatMap(({ behaviours, elements }) => [...behaviours, ...elements]))
    expect([...own].filter((element) => !index.some(([known]) => known === element))).toEqual([])
  })
  it('read misprints as the errata do', () => {
    const readings = isoRows.flatMap(({ id, readings: own }) => own.map(({ erratum }) => `${id} ${erratum}`))
    expect(readings).toEqual(['X29-04 D-IS-07', 'X30-15 D-IS-01', 'X58-11 D-IS-03', 'X58-13 D-IS-02', 'X58-15 D-IS-06'])
    for (const { erratum } of isoRows.flatMap((row) => row.readings)) expect(errata.some(({ id }) => id === erratum), erratum).toBe(true)
    // The case state changes by one letter, which is the event.
    for (const text of isoRows.flatMap((row) => [...row.printed.filter((one) => !row.readings.some((reading) => one.slice(0, 8) === reading.reads.slice(0, 8) && one.startsWith('q^cs'))), ...row.readings.map((one) => one.reads)])) {
      const [, from = '', event = '', to = ''] = /^q\^cs ∈ (\S+) –(\w)→ (\S+)$/.exec(text) ?? []
      if (from === '') continue
      const changed = to.split('').flatMap((letter, place) => (letter === from[place] ? [] : [letter]))
      expect([changed, to], text).toEqual([[event], from.replace(event.toLowerCase(), event)])
    }
  })
})

const partsOf = (rule: Rule): ReadonlyArray<Rule> =>
  'all' in rule ? [rule, ...rule.all.flatMap(partsOf)] : 'any' in rule ? [rule, ...rule.any.flatMap(partsOf)] : 'each' in rule ? [rule, rule.each, ...partsOf(rule.has)] : 'before' in rule ? [rule, ...rule.before] : [rule]
const rulesOf = (row: CrosswalkRow): ReadonlyArray<Rule> =>
  [...row.needs.flatMap(({ rule, where }) => [rule, ...(where === undefined ? [] : [where])]), ...(row.when === undefined ? [] : [row.when.rule]), ...(row.unless === undefined ? [] : [row.unless.rule])].flatMap(partsOf)

describe('what the rows ask for', () => {
  it('is something in each, or a reason why not', () => {
    for (const row of allRows) expect(row.needs.length > 0 || row.cannot !== undefined, row.id).toBe(true)
  })
  it('names each need once, in a sentence that can follow "the log shows"', () => {
    for (const { id, needs } of isoRows) expect([id, new Set(needs.map(({ says }) => says)).size]).toEqual([id, needs.length])
    for (const { cannot = '', id, needs, title } of allRows)
      for (const text of [...needs.map(({ says }) => says), cannot, title]) expect(text, id).not.toMatch(/[.;]$|undefined|\bshall\b|\bshould\b/)
  })
  it('is in rules that can be met: no rule is empty, every type is one', () => {
    for (const row of isoRows) for (const rule of rulesOf(row)) {
      if ('all' in rule) expect(rule.all.length, row.id).toBeGreaterThan(0)
      if ('any' in rule) expect(rule.any.length, row.id).toBeGreaterThan(0)
      if ('sent' in rule) expect(rule.sent.every((type) => messageTypeList.includes(type)) && rule.sent.length > 0, row.id).toBe(true)
      if ('each' in rule) expect(partsOf(rule.has).some((one) => 'each' in one), row.id).toBe(false)
    }
  })
  it('is data: it survives being written and read', () => {
    expect(JSON.parse(JSON.stringify(crosswalks))).toEqual(crosswalks)
  })
})

describe('lengths of time in words', () => {
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
  it.each([
    [0, 0, '0 seconds'], [1, 1, '0 seconds'], [1000, 1000, '1 second'], [90 * minute, 90 * minute, '1 hour 30 minutes'], [day, day, '1 day'],
    [400 * day + 59 * minute, 400 * day + 59 * minute, '400 days'], [12 * day, 14 * day, '12 to 14 days'], [12 * day + 1, 14 * day - 1, '12 to 14 days'],
    [0, 30 * hour, 'at most 30 hours'], [2 * hour, 30 * hour, '2 to 30 hours'], [13 * day + hour, 13 * day + 2 * hour, '13 to 14 days'], [-5, 7 * day, 'at most 7 days'],
    [-5, -1, 'ends before it begins'],
  ])('%d to %d ms: %s', (earliest, latest, text) => {
    expect(lengthText({ earliest, latest })).toBe(text)
  })
})
