/**
 * Published timelines: what is read of them, and what is told to be odd.
 *
 * The records that were read by hand lie beside the repository and stay there; without them the comparisons are skipped.
 */
import { existsSync, readFileSync } from 'node:fs'
import { decodeLog } from 'mpcvd/codec'
import {
  anomalies, type Anomaly, type CaseTimeline, describeAnomaly, events, isBefore, lint, meaningOf, orderingIds, readDate, readLines, readTimeline, readTimelines, score, timelineFrom,
  timelinesOfLog, anytime, vocabulary, whenText,
} from 'mpcvd/measuring'
import { describe, expect, test } from 'vitest'
import { dateIn } from '../src/measuring/sentence-date.js'

const read = (input: unknown): CaseTimeline => {
  const given = readTimeline(input)
  return given._tag === 'Right' ? given.right : expect.fail(JSON.stringify(given.left))
}
const known = (of: CaseTimeline): string => {
  const timeline = timelineFrom(of)
  return events.flatMap((event) => ((timeline[event] ?? anytime) === anytime ? [] : [`${event} ${whenText(timeline[event] ?? anytime)}`])).join(', ')
}
const kinds = (of: CaseTimeline, now?: string): ReadonlyArray<string> => lint(of, now === undefined ? {} : { now }).map(({ kind }) => kind)

describe('shapes', () => {
  test('a CVE record', () => {
    const record = {
      dataType: 'CVE_RECORD', dataVersion: '5.1', cveMetadata: { cveId: 'CVE-2024-0001', assignerShortName: 'Wordfence', datePublished: '2024-05-03T10:00:00.000Z' },
      containers: {
        cna: { datePublic: '2024-05-01T00:00:00.000Z', timeline: [{ lang: 'en', time: '2024-03-01T00:00:00.000+00:00', value: 'Discovered' }, { lang: 'en', time: '2024-03-05T00:00:00.000+00:00', value: 'Vendor Notified' }, { lang: 'en', time: '2024-05-01T00:00:00.000+00:00', value: 'Disclosed' }] },
        adp: [{ timeline: [{ time: '2024-06-01T00:00:00+00:00', lang: 'en', value: 'CVE-2024-0001 added to CISA KEV' }] }],
      },
    }
    const of = read(record)
    expect([of.id, of.source, known(of)]).toEqual(['CVE-2024-0001', 'Wordfence', 'V 2024-03-05, P 2024-05-01, A ../2024-06-01'])
    expect(of.readings.map(({ confidence, event, how, words }) => `${event} ${how} ${confidence} ${words}`)).toEqual([
      'V at sure Vendor Notified', 'P at sure Disclosed', 'A by sure added to CISA KEV', 'P at sure datePublic', 'P by sure datePublished',
    ])
    expect(kinds(of)).toEqual([])
  })

  test('sentences with and without dates; a year that is missing comes from the neighbours', () => {
    const of = read({ cve: 'CVE-2016-9594', events: [
      { date: null, text: 'It was first reported to the curl project on December 19' }, { date: null, text: 'We contacted distros@openwall on December 20' },
      { date: null, text: 'curl 7.52.1 was released on January 3 2017, coordinated with the publication of this advisory' },
    ] })
    expect(known(of)).toBe('V 2016-12-19, F ../2017-01-03, P 2017-01-03')
    expect(of.readings.map(({ confidence }) => confidence)).toEqual(['likely', 'likely', 'likely'])
  })

  test('sentences that have run together', () => {
    const of = read({ cve: 'x', events: [{ date: '2016-03-02', text: 'It was reported to the curl project on March 2, 2016 We contacted distros@openwall on March 21, 2016' }, { date: null, text: 'This advisory was posted on March 23rd 2016.' }] })
    expect(of.entries.map(({ date, row }) => `${String(date)} ${String(row)}`)).toEqual(['2016-03-02 reported.us', '2016-03-21 told.lists', '2016-03-23 public.fix'])
  })

  test('events by name, and plain lines', () => {
    expect(known(read({ id: 'c', events: { V: '2024-01-05', P: '2024-02/2024-03', A: '2024-06-01/..' } }))).toBe('V 2024-01-05, P 2024-02-01/2024-03-31, A 2024-06-01/..')
    expect(known(readLines('# Timeline\n\n- 2024-01-05: Reported to the vendor\n* 9 January 2024 - vendor confirmed the report\n2024-02-01 Fix released\n2024-02-03 Advisory published\n'))).toBe('V 2024-01-05, F ../2024-02-01, P 2024-02-03')
    expect(known(read('2024-01-05: Vendor notified'))).toBe('V 2024-01-05')
    expect(known(read([{ time: '2024-01-05', value: 'Vendor notified' }, { time: '2024-01-09', value: 'made public' }]))).toBe('V 2024-01-05, P 2024-01-09')
    expect(readTimelines([{ id: 'a', events: {} }, { id: 'b', timeline: [] }, 7]).map((each) => each._tag)).toEqual(['Right', 'Right', 'Left'])
    expect(readTimelines([{ date: '2024-01-05', text: 'Vendor notified' }])).toHaveLength(1)
    expect(known(read({ cveId: 'CVE-2011-0611', kevDateAdded: '2022-03-03', datePublished: '2011-04-13T14:00:00', datePublic: '2011-04-11T00:00:00' }))).toBe('P 2011-04-11, A ../2022-03-03')
  })

  test('an event that is told several times happened the first time; one that is told by a date, any time before', () => {
    const twice = (lines: string): string => known(readLines(lines))
    expect(twice('2024-01-05 Vendor notified\n2024-01-20 Vendor notified')).toBe('V 2024-01-05')
    expect(twice('2024-01-05 vendor confirmed\n2024-01-20 Vendor notified')).toBe('V ../2024-01-05')
    expect(twice('2024-01-05 Vendor notified\n2024-01-20 vendor confirmed')).toBe('V 2024-01-05')
  })

  test('the log of a case: the date of each event, for each vendor; in a closed world what had not happened', () => {
    const log = decodeLog(readFileSync(new URL('../examples/disclosures/curl/CVE-2009-0037.jsonl', import.meta.url), 'utf8'))
    if (log._tag === 'Left') return expect.fail('unreadable')
    const [curl, distros] = timelinesOfLog(log.right.log)
    // curl.se: notified on Feb 6, patch written on Feb 11, vendor-sec on Feb 12, released and public on March 3.
    expect([curl?.id, curl === undefined ? '' : known(curl)]).toEqual(['CVE-2009-0037 curl', 'V 2009-02-06, F 2009-02-11, P 2009-03-03'])
    expect(distros === undefined ? '' : known(distros)).toMatch(/^V 2009-02-12, .*P 2009-03-03$/)
    const short = { header: { log: 1, protocol: 'adopted@1', case: 'c', participants: [{ id: 'r', roles: ['reporter'] }, { id: 'v', roles: ['vendor'], start: '(A,N,Vfdpxa)' }], world: 'closed' }, entries: [{ observation: { event: 'P', at: '2024-05-02', source: 'x' } }] } as const
    const later = { ...short, entries: [...short.entries, { observation: { event: 'X', at: '2024-05-10', source: 'x' } }] } as const
    expect(timelinesOfLog(later).map(known)).toEqual(['V ../2024-05-02, F 2024-05-11/.., D 2024-05-11/.., P 2024-05-02, X 2024-05-10, A 2024-05-11/..'])
    expect(timelinesOfLog(short).map(known)).toEqual(['V ../2024-05-02, F 2024-05-03/.., D 2024-05-03/.., P 2024-05-02, X 2024-05-03/.., A 2024-05-03/..'])
  })
})

describe('words and dates', () => {
  test('rows are data: ids are their own, and each says what it means or what it is beside', () => {
    expect(new Set(vocabulary.map(({ id }) => id)).size).toBe(vocabulary.length)
    for (const { aside, id, means, words } of vocabulary) {
      expect(means.length > 0 || aside !== undefined, id).toBe(true)
      expect(words.global || words.sticky, id).toBe(false)
    }
  })

  test.each([
    ['Vendor Notified', 'Wordfence', 'V at'], ['Disclosed', 'Wordfence', 'P at'], ['Discovered', 'Wordfence', ''], ['Reported to Red Hat.', 'redhat', 'V at'], ['Made public.', 'fedora', 'P at'],
    ['Advisory disclosed', 'VulDB', 'P at'], ['Countermeasure disclosed', 'VulDB', 'F by'], ['Exploit disclosed', 'VulDB', 'X at'], ['CVE reserved', 'VulDB', ''], ['VulDB entry last update', 'VulDB', ''],
    ['Vendor acknowledged', 'VulDB', 'V by'], ['CVE-2023-20269 added to CISA KEV', '', 'A by'], ['Initial Contact Attempt', 'SNPS', ''], ['Issue reported by Haya Shulman', 'NLnet Labs', 'V at'],
    ['Fixes released with Unbound 1.21.1', 'NLnet Labs', 'F by'], ['Fix completed and merged', 'apache', 'F by'], ['The curl security team is not aware of any active exploits using this vulnerability.', '', ''],
    ['It was reported (publicly) to the curl project on April 9th 2013', '', 'P at V at'], ['This was not reported using the regular means so we did not make a standard time line for this issue.', '', ''],
    ['Received information about vulnerability from a security researcher', 'SK-CERT', ''], ['We contacted distros@openwall on May 5', '', ''],
  ])('%s (%s): %s', (sentence, source, means) => {
    expect((meaningOf(sentence, source)?.row.means ?? []).map((one) => one.join(' ')).join(' ')).toBe(means)
  })

  test('the phrases of one publisher mean nothing in the records of another', () => {
    expect([meaningOf('Countermeasure disclosed', 'Wordfence'), meaningOf('Countermeasure disclosed')]).toEqual([undefined, undefined])
  })

  test('dates in sentences', () => {
    const said = (sentence: string): string => dateIn(sentence)?.text ?? 'none'
    expect(['on October 13th', 'Feb 12, 2009', 'on 17.08.2023', 'of 3 May 2024.', '2024/05/03', 'during late February 2017', 'on September 11 2024 around 06:00 UTC', 'May 32, 2024', 'in 2024-13-01', '5/6/2024', 'may be', 'curl 7.52.1', '', 'Sept. 4, 2019', 'the 4th of July 2020'].map(said)).toEqual([
      '10-13', '2009-02-12', '2023-08-17', '2024-05-03', '2024-05-03', '2017-02', '2024-09-11', 'none', 'none', 'none', 'none', 'none', 'none', '2019-09-04', '2020-07-04',
    ])
    const date = (text: string): string => {
      const when = readDate(text)
      return when === undefined ? 'none' : whenText(when)
    }
    expect(['2024-05-03T00:00:00.000Z', '2024-05-03T00:00:00+00:00', '2024-05-03T10:30:00', '2024-05-03T10:30:00Z', '2024-05-03T25:30:00Z', 'NaN', ''].map(date)).toEqual(['2024-05-03', '2024-05-03', '2024-05-03', '2024-05-03T10:30:00Z', 'none', 'none', 'none'])
  })
})

describe('hostile input', () => {
  const loop: { self?: unknown } = {}
  loop.self = loop
  const throws = { get timeline(): unknown { throw new Error('a getter ran') }, events: [{ get text(): string { throw new Error('a getter ran') } }] }
  const inputs: ReadonlyArray<unknown> = [
    null, undefined, 0, NaN, '', [], {}, [[]], { events: null }, { events: [] }, { events: {} }, { timeline: 'x' }, { events: [null, 1, 'x', {}, { text: 7 }, { date: {} }] }, { containers: { cna: 7, adp: 7 } },
    { containers: {} }, JSON.parse('{"__proto__":{"events":{"V":"2024-01-01"}},"constructor":{"prototype":1}}'), { events: { __proto__: { V: '2024-01-01' } } }, loop, throws, 'x'.repeat(1_000_000),
    { events: [{ date: '0000-00-00', text: 'reported' }, { date: '9999-99-99', text: 'reported' }, { date: '2024-13-01', text: 'made public' }, { date: 'NaN', text: 'Fix released' }] },
    Array.from({ length: 20_000 }, () => ({ date: '2024-01-01', text: `reported ${'a'.repeat(50)}` })), { events: [{ date: '2024-01-01', text: 'report '.repeat(200_000) }] },
    `2024-01-01 ${'released '.repeat(5000)}`, '\u0000\ud800 2024-01-01 reported', { events: { V: 7 } }, { events: { V: '2024-02-30' } },
  ]
  test.each(inputs.map((input, place) => [place, input] as const))('%d ends in a reading or a fault', (_, input) => {
    for (const each of readTimelines(input)) {
      if (each._tag === 'Left') expect(each.left.expected).not.toBe('')
      else {
        lint(each.right, { now: '2026-01-01' }).forEach(describeAnomaly)
        score(timelineFrom(each.right, 'guess'))
      }
    }
  })

  test('what is inherited is not read', () => {
    expect(known(read(JSON.parse('{"events":{"__proto__":{"V":"2024-01-01"}}}')))).toBe('')
    expect(readTimeline({ events: { V: '2024-02-30' } })).toMatchObject({ _tag: 'Left', left: { path: '/events/V', got: '2024-02-30' } })
  })
})

describe('oddities', () => {
  test('each kind has a row, and is found', () => {
    const cases: Readonly<Record<string, string>> = {
      'zero-date': '0001-01-01 reported to us\n2024-01-01 made public', 'future-date': '2024-01-01 reported to us\n2031-01-01 made public', 'wrong-year': '2022-12-21 reported to us\n2022-02-07 fix released\n2023-02-15 made public',
      'fix-before-aware': '2024-02-01 reported to us\n2024-01-01 fix was done', 'told-before-report': '2024-01-01 We contacted distros@openwall\n2024-01-05 reported to us\n2024-01-08 made public',
      'told-after-public': '2024-01-01 reported to us\n2024-01-05 made public\n2024-01-08 We contacted distros@openwall', 'embargo-too-long': '2024-01-01 reported to us\n2024-01-05 We contacted distros@openwall\n2024-01-20 made public',
      'impossible-order': '2024-01-01 made public\n2024-01-03 attacks were seen\n2024-01-03 exploit published\n2024-01-09 reported to us',
    }
    for (const [kind, lines] of Object.entries(cases)) expect([kind, kinds(readLines(lines), '2026-01-01')]).toEqual([kind, expect.arrayContaining([kind])])
    expect(kinds(read({ events: { V: '2024-01-01', F: '2024-02-01', D: '2024-01-15' } }))).toEqual(['deployed-before-fix'])
    expect(kinds(read({ events: [{ date: '2024-02-30', text: 'reported to us' }] }))).toEqual(['unreadable-date'])
    const told = new Set([...Object.keys(cases), 'deployed-before-fix', 'unreadable-date'])
    expect(anomalies.map(({ id }) => id).filter((id) => !told.has(id))).toEqual([])
  })

  test('what is right is left alone', () => {
    for (const lines of [
      '2023-12-21 reported to us\n2024-02-07 We contacted distros@openwall\n2024-02-15 made public', '2024-01-01 reported to us\n2024-01-01 fix was done\n2024-01-01 made public',
      '2024-01-01 reported to us\n2024-01-05 We contacted distros@openwall\n2024-01-19 made public', '2024-01-05 We contacted distros@openwall\n2024-01-05 reported to us', '1999-01-01 Vulnerability introduced\n2024-01-05 Vendor notified', '',
    ]) expect([lines, kinds(readLines(lines), '2026-01-01')]).toEqual([lines, []])
  })
})

// ---- other people's records, beside the repository ----

const curlFile = new URL('../../shared/data/timelines/curl-timelines.json', import.meta.url)
const cveFile = new URL('../../shared/data/cve/cve-timelines.json', import.meta.url)
const here = existsSync(curlFile) && existsSync(cveFile)
if (!here) console.info('measuring: the published timelines are not beside the repository; they are not read')

/** Read by hand, line by line: nothing is odd about them. */
const checked = [
  ...['2005-3185', '2010-3842', '2014-3613', '2015-3145', '2016-3739', '2016-8615', '2016-8622', '2016-9953', '2017-7407', '2019-3823', '2020-8169', '2021-22890', '2021-22925', '2022-27775', '2022-30115', '2022-35260', '2023-23916'],
  ...['2023-28319', '2023-38546', '2024-2379', '2024-9681', '2025-13034', '2025-5025', '2026-11856', '2026-5545', '2026-8286', '2026-9079', '2023-50900', '2023-52229', '2023-39914', '2023-39916', '2006-20001', '2022-46751'],
  ...['2023-3939', '2023-3940', '2023-3612', '2023-4501', '2024-40892', '2024-5185', '2023-6248', '2024-21596', '2023-2174', '2023-2279', '2023-2352', '2018-25089', '2024-8784', '2023-1386', '2023-1625', '2021-4334', '2022-1415'],
].map((number) => `CVE-${number}`)

/** What the sentences of some records say, read by hand. */
const readByHand: Readonly<Record<string, string>> = {
  'CVE-2005-3185': 'V 2005-10-12, F ../2005-10-13, P 2005-10-13', 'CVE-2014-3613': 'V 2014-08-15, F ../2014-09-10, P 2014-09-10', 'CVE-2016-8615': 'V 2016-09-23, F ../2016-11-02, P 2016-11-02',
  'CVE-2018-1000005': 'V 2018-01-10, F ../2018-01-11, P 2018-01-10', 'CVE-2020-8169': 'V 2020-05-14, F ../2020-05-14, P 2020-06-24', 'CVE-2020-19909': 'V 2023-08-25, P 2023-08-22',
  'CVE-2021-22890': 'V 2021-03-17, P 2021-03-31', 'CVE-2022-30115': 'V 2022-05-03, F ../2022-05-11, P 2022-05-11', 'CVE-2024-9681': 'V 2024-10-07, F ../2024-11-06, P 2024-11-06',
  'CVE-2023-2174': 'V 2023-05-02, P 2023-07-05', 'CVE-2023-4501': 'V 2023-08-08, F ../2023-08-22, P 2023-09-01', 'CVE-2023-1625': 'V 2023-03-24, P 2023-01-27',
  'CVE-2024-8784': 'V 2024-03-08, F ../2024-07-18, P 2024-09-13, X 2024-09-12', 'CVE-2018-25089': 'F ../2018-02-22, P 2018-02-22',
}

describe.skipIf(!here)('published timelines', () => {
  const all = (file: URL): ReadonlyArray<CaseTimeline> => readTimelines(JSON.parse(readFileSync(file, 'utf8'))).flatMap((each) => (each._tag === 'Right' ? [each.right] : []))
  const [curl, cve] = here ? [all(curlFile), all(cveFile)] : [[], []]
  const found = (of: ReadonlyArray<CaseTimeline>): ReadonlyArray<readonly [string, Anomaly]> => of.flatMap((each) => lint(each, { now: '2026-12-31' }).map((one) => [each.id, one] as const))

  test('all are read: 605 CVE records, 211 advisories of curl', () => {
    expect([cve.length, curl.length]).toEqual([605, 211])
    expect(new Set([...curl, ...cve].flatMap(({ entries }) => entries).map(({ unreadable }) => unreadable))).toEqual(new Set([undefined]))
  })

  test('as they were read by hand', () => {
    for (const [id, expected] of Object.entries(readByHand)) {
      const of = [...curl, ...cve].find((each) => each.id === id)
      expect([id, of === undefined ? 'absent' : known(of)]).toEqual([id, expected])
    }
  })

  test('the two mistyped years of curl are found, with the years that were meant', () => {
    expect(found(curl).filter(([, { kind }]) => kind === 'wrong-year').map(([id, { perhaps }]) => `${id} ${perhaps ?? ''}`)).toEqual(['CVE-2023-23914 2023-02-07', 'CVE-2023-23915 2023-02-07'])
    expect(found(cve).filter(([, { kind }]) => kind === 'wrong-year')).toEqual([])
  })

  test('nothing is said of fifty that were checked by hand', () => {
    expect(new Set(checked).size).toBe(50)
    const of = [...curl, ...cve].filter(({ id }) => checked.includes(id))
    expect(of).toHaveLength(50)
    expect(found(of)).toEqual([])
  })

  test('what else is odd, each looked up in its record', () => {
    expect([...found(curl), ...found(cve)].filter(([, { kind }]) => kind !== 'wrong-year').map(([id, { kind }]) => `${id} ${kind}`).sort()).toEqual([
      // 19 and 30 days at vendor-sec, 15 and 16 at distros.
      'CVE-2009-0037 embargo-too-long', 'CVE-2010-0734 embargo-too-long',
      // The release before the report had the fix already.
      'CVE-2013-4545 fix-before-aware',
      'CVE-2014-0015 embargo-too-long', 'CVE-2014-3707 embargo-too-long',
      // Reported in public; the lists were told later.
      'CVE-2018-1000005 told-after-public', 'CVE-2018-14618 told-after-public',
      'CVE-2023-23914 told-before-report', 'CVE-2023-23915 told-before-report',
      // Reported publicly; customers were given notice of the fix a month later.
      'CVE-2024-2357 told-after-public',
      // QA passed eleven months before the issue was reported.
      'CVE-2024-47059 fix-before-aware',
    ])
  })

  test('every verdict is one that the dates bear out', () => {
    for (const each of [...curl, ...cve]) {
      const timeline = timelineFrom(each)
      const given = score(timeline)
      if (given._tag === 'Left') continue
      for (const id of orderingIds) {
        const [first, second] = [events.find((event) => event === id.charAt(0)) ?? 'V', events.find((event) => event === id.charAt(2)) ?? 'V']
        if (isBefore(timeline[first] ?? anytime, timeline[second] ?? anytime)) expect(given.right.verdicts[id], `${each.id} ${id}`).toBe('met')
        if (isBefore(timeline[second] ?? anytime, timeline[first] ?? anytime)) expect(given.right.verdicts[id], `${each.id} ${id}`).toBe('missed')
      }
    }
  })
})
