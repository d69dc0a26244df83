/**
 * The disclosure logs, against the records that they were taken from, where those lie beside the repository: every date of
 * a log stands in its record, in words or in figures. Also, always: the logs decode without a warning and name public pages.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { decodeLog } from 'mpcvd/codec'
import { describe, expect, test } from 'vitest'

const folder = new URL('../examples/disclosures/', import.meta.url)
const names = (source: string): ReadonlyArray<string> => readdirSync(new URL(`${source}/`, folder)).filter((name) => name.endsWith('.jsonl'))
const entriesOf = (source: string, name: string) => {
  const log = decodeLog(readFileSync(new URL(`${source}/${name}`, folder), 'utf8'))
  if (log._tag === 'Left') throw new Error(`${name}: ${JSON.stringify(log.left)}`)
  expect([name, log.right.faults, log.right.warnings]).toEqual([name, [], []])
  return log.right.log
}

test.each(['curl', 'cve', 'vince'])('the %s logs are read whole, and say where each fact is written', (source) => {
  for (const name of names(source))
    for (const entry of entriesOf(source, name).entries)
      if ('observation' in entry) expect(entry.observation.source, name).toMatch(/^https:\/\/(curl\.se|www\.cve\.org|kb\.cert\.org|www\.cisa\.gov)\//)
})

const records = new URL('../../shared/data/timelines/curl-timelines.json', import.meta.url)
const here = existsSync(records)
if (!here) console.info('disclosures: the curl records are not beside the repository; their dates are not compared')

const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']

/** Dates that no record has: the ends of a month where it says «late February» or «during June», and the release that first had the flaw. */
const inferred = ['CVE-2014-2522 2014-02-01', 'CVE-2014-2522 2014-02-28', 'CVE-2016-5420 2016-06-01', 'CVE-2016-5420 2016-06-30', 'CVE-2019-5443 2015-08-12']

describe.skipIf(!here)('the curl logs and the curl records', () => {
  test('every date of a log stands in its record', () => {
    const all = JSON.parse(readFileSync(records, 'utf8')) as ReadonlyArray<{ readonly cve: string; readonly events: ReadonlyArray<{ readonly date: string | null; readonly text: string }> }>
    const missing: string[] = []
    let compared = 0
    for (const name of names('curl')) {
      const { header, entries } = entriesOf('curl', name)
      const events = all.find((one) => one.cve === header.case)?.events ?? []
      const text = events.map((one) => one.text.toLowerCase()).join(' ')
      for (const entry of entries) {
        const at = 'message' in entry ? entry.message.at : 'observation' in entry ? entry.observation.at : ''
        for (const date of at.split('/')) {
          compared++
          const month = months[Number(date.slice(5, 7)) - 1] ?? ''
          const day = Number(date.slice(8, 10))
          const said = new RegExp(`\\b(${month}|${month.slice(0, 3)})[a-z]*\\.?,? *(the *)?${day}(st|nd|rd|th)?\\b|\\b${day}(st|nd|rd|th)? *(of *)?(${month}|${month.slice(0, 3)})`)
          if (!events.some((one) => one.date === date) && !said.test(text)) missing.push(`${header.case} ${date}`)
        }
      }
    }
    expect(missing).toEqual(inferred)
    expect(compared).toBeGreaterThan(190)
  })
})
