/**
 * OSV, OpenVEX and CVE records: what is observed, what is asked, and a case's timeline there and back.
 *
 * Published records lie beside the repository and stay there; without them what reads them is skipped.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { type CaseLog, start } from 'mpcvd'
import { observe, type Observed, type Scene } from 'mpcvd/bridge'
import { cve, cveFacts, observeCve } from 'mpcvd/bridge/cve'
import { cveTimeline } from 'mpcvd/bridge/cve-timeline'
import { observeOpenVex, vexStatus } from 'mpcvd/bridge/openvex'
import { osv } from 'mpcvd/bridge/osv'
import { decodeLog } from 'mpcvd/codec'
import { readTimeline, timelineFrom, timelinesOfLog, whenText } from 'mpcvd/measuring'
import { describe, expect, test } from 'vitest'
import { mutated, survives } from './bridge/junk.js'

const vendor = start('acme', ['vendor'])
const scene = (more: Partial<Scene> = {}): Scene => ({ case: 'c', seen: '2026-09-01', parties: { vendor: 'acme', deployer: 'dora' }, participants: [start('rita', ['reporter']), vendor, start('dora', ['deployer'])], ...more })
type Result = ReturnType<typeof observe>
const right = (result: Result): Observed => (result._tag === 'Right' ? result.right : expect.fail(JSON.stringify(result.left)))
const seen = ({ observations }: Observed): ReadonlyArray<string> => observations.map(({ about, at, event }) => `${event}${about === undefined ? '' : ` ${about}`} ${at}`)
const asked = ({ undecided }: Observed): ReadonlyArray<string> => undecided.map(({ id }) => id)

const data = new URL('../../shared/data/', import.meta.url)
const stored = (path: string): ReadonlyArray<unknown> => {
  const file = new URL(path, data)
  if (!existsSync(file)) {
    console.log(`skipped: ${path} is not here`)
    return []
  }
  if (!path.endsWith('/')) return JSON.parse(readFileSync(file, 'utf8')) as ReadonlyArray<unknown>
  return readdirSync(file).filter((name) => name.endsWith('.json')).map((name): unknown => JSON.parse(readFileSync(new URL(name, file), 'utf8')))
}
const osvRecords = stored('osv/')
const vexDocuments = stored('openvex/openvex-spec-examples.json')
const cveRecords = [...stored('cve/cve-timelines.json'), ...stored('cve/cve-active-or-kev.json')]

describe('OSV', () => {
  const record = { id: 'GO-1', modified: '2024-05-03T10:00:00Z', published: '2024-05-01T10:00:00Z', aliases: ['CVE-2024-1'], affected: [{ ranges: [{ events: [{ introduced: '0' }, { fixed: '1.2' }] }] }] }

  test('published and fixed are observed; a fix is about the vendor', () => {
    expect(seen(right(observe(osv, { now: record }, scene())))).toEqual(['F acme 2024-05-03T10:00:00Z', 'P 2024-05-01T10:00:00Z'])
    expect(right(observe(osv, { before: record, now: { ...record, modified: '2024-06-01T00:00:00Z' } }, scene())).entries).toEqual([])
  })

  test('a record that is withdrawn takes nothing back', () => {
    const out = right(observe(osv, { before: record, now: { ...record, withdrawn: '2024-07-01T00:00:00Z' } }, scene()))
    expect([out.entries, out.warnings.map(({ kind }) => kind)]).toEqual([[], ['cannot be undone']])
  })

  test('the first second of year 1 is no date', () => {
    for (const zero of osvRecords) {
      const out = right(observe(osv, { now: zero }, scene()))
      expect(out.warnings.map(({ kind, what }) => `${kind} ${what}`)).toEqual(['before 1970 0001-01-01T00:00:00Z'])
      expect(seen(out).at(-1)).toBe('P 2026-09-01')
    }
  })
})

describe('OpenVEX', () => {
  const document = (...statements: ReadonlyArray<object>): object => ({ '@id': 'https://example.org/vex-1', timestamp: '2024-05-01T10:00:00Z', version: 1, statements })
  const of = (status: string, product = 'p', timestamp?: string): object => ({ vulnerability: { name: 'CVE-2024-1' }, products: [{ '@id': product }], status, ...(timestamp === undefined ? {} : { timestamp }) })
  const choice = { vulnerability: 'CVE-2024-1' }
  const told = (now: object, more: Partial<Scene> = {}): ReadonlyArray<string> => right(observeOpenVex({ now }, choice, scene({ participants: scene().participants.map((each) => (each.id === 'acme' ? { ...each, rm: 'Received', cs: 'Vfdpxa' } : each)), ...more }))).messages.map(({ types }) => types.join())

  test('each status as the vendor\'s word', () => {
    expect([told(document(of('under_investigation'))), told(document(of('not_affected'))), told(document(of('affected')), { policy: { affected: 'working' } }), told(document(of('affected')), { policy: { affected: 'no fix' } })]).toEqual([['RK'], ['RI'], ['RV', 'RA'], ['RV', 'RD']])
    expect(asked(right(observeOpenVex({ now: document(of('affected')) }, choice, scene())))).toEqual(['affected'])
    expect(asked(right(observeOpenVex({ now: document(of('fixed')) }, choice, scene())))).toEqual(['fixed.refused'])
  })

  test('the latest statement counts, and products that differ are asked about', () => {
    expect(vexStatus(document(of('fixed', 'p', '2024-05-03T00:00:00Z'), of('affected', 'p', '2024-05-02T00:00:00Z')), choice)).toEqual({ id: 'https://example.org/vex-1', vulnerability: 'CVE-2024-1', status: 'fixed', timestamp: '2024-05-03T00:00:00Z' })
    expect(vexStatus(document(of('fixed', 'p'), of('affected', 'q')), choice)?.status).toBe('mixed')
    expect(vexStatus(document(of('fixed', 'p'), of('affected', 'q')), { ...choice, products: ['q'] })?.status).toBe('affected')
    expect(vexStatus(document(of('fixed')), { vulnerability: 'CVE-2024-2' })).toBeUndefined()
    expect(observeOpenVex({ now: document() }, choice, scene())._tag).toBe('Left')
  })

  test('a fix that is taken back stays', () => {
    const out = right(observeOpenVex({ before: document(of('fixed')), now: document(of('affected')) }, choice, scene({ policy: { affected: 'valid', refused: 'ignore' } })))
    expect(out.messages.map(({ types }) => types.join())).toEqual(['GI'])
  })

  test('somebody else\'s statement is evidence', () => {
    const out = right(observeOpenVex({ now: document(of('not_affected')) }, choice, scene(), 'other'))
    expect([out.messages, seen(out)]).toEqual([[], ['rm.invalidate acme 2024-05-01T10:00:00Z']])
  })

  test('the examples of the specification', () => {
    for (const example of vexDocuments) expect(vexStatus(example, { vulnerability: 'CVE-2023-12345' })?.status).toMatch(/^(fixed|under_investigation)$/)
  })
})

describe('CVE records', () => {
  const record = {
    cveMetadata: { cveId: 'CVE-2024-0001', assignerShortName: 'Wordfence', state: 'PUBLISHED', dateReserved: '2024-03-04T12:00:00.000Z', datePublished: '2024-05-03T10:00:00.000Z', dateUpdated: '2024-05-04T10:00:00.000Z' },
    containers: {
      cna: { datePublic: '2024-05-01T00:00:00.000Z', timeline: [{ lang: 'en', time: '2024-03-05T00:00:00.000+00:00', value: 'Vendor Notified' }, { lang: 'en', time: '2024-05-01T00:00:00.000+00:00', value: 'Disclosed' }], references: [{ url: 'https://example.org', tags: ['patch', 'exploit'] }] },
      adp: [{ metrics: [{ other: { type: 'ssvc', content: { timestamp: '2024-06-01T10:00:00Z', options: [{ Exploitation: 'active' }, { Automatable: 'no' }] } } }, { other: { type: 'kev', content: { dateAdded: '2024-05-20' } } }] }],
    },
  }

  test('the timeline, the dates and the additions are observed; tags are asked about', () => {
    const out = right(observeCve({ now: record }, scene()))
    expect(seen(out)).toEqual(['V acme 2024-03-05', 'P 2024-05-01', 'A 2024-05-20'])
    expect(out.rows).toEqual(['at.V', 'at.P', 'kev', 'ssvc.active', 'tag.exploit', 'tag.patch'])
    expect(asked(out)).toEqual(['tag.exploit', 'tag.patch'])
    expect(seen(right(observeCve({ now: record }, scene({ policy: { 'tag.patch': 'yes', 'tag.exploit': 'no' } })))).at(-1)).toBe('F acme 2024-05-03T10:00:00.000Z')
  })

  test('only what is new comes of a later record', () => {
    const early = { ...record, containers: { cna: record.containers.cna } }
    expect(right(observeCve({ before: early, now: record }, scene())).rows).toEqual(['kev', 'ssvc.active'])
    expect(right(observeCve({ before: record, now: record }, scene())).rows).toEqual([])
    const rejected = { ...record, cveMetadata: { ...record.cveMetadata, state: 'REJECTED' } }
    expect(asked(right(observeCve({ before: record, now: rejected }, scene())))).toEqual(['rejected'])
  })

  test('the short form says the same', () => {
    expect(cveFacts({ cveId: 'CVE-1', kevDateAdded: '2024-05-20', ssvcExploitation: 'poc', datePublic: '2024-05-01T00:00:00' })).toMatchObject({ id: 'CVE-1', kev: '2024-05-20', exploitation: ['poc'], at: { P: '2024-05-01' } })
  })

  test('every published record is read, and who publishes one speaks for nobody', () => {
    for (const one of cveRecords) {
      const out = observeCve({ now: one }, scene())
      survives(out)
      expect(right(out).messages).toEqual([])
    }
  })
})

const line = (entry: object): string => JSON.stringify(entry)
const logOf = (...lines: ReadonlyArray<object>): CaseLog => {
  const read = decodeLog(lines.map(line).join('\n'))
  return read._tag === 'Right' ? read.right.log : expect.fail(JSON.stringify(read.left))
}

test('a case\'s timeline comes back as it was, but for what is said to be lost', () => {
  const header = { log: 1, protocol: 'adopted@1', case: 'c', world: 'open', participants: [{ id: 'rita', roles: ['reporter'] }, { id: 'acme', roles: ['vendor'] }] }
  const observed = (event: string, at: string, about?: string): object => ({ observation: { event, at, source: 'x', ...(about === undefined ? {} : { about }) } })
  const log = logOf(header, observed('V', '2024-03-05', 'acme'), observed('F', '2024-04-02T10:00:00Z', 'acme'), observed('P', '2024-05-01/2024-05-03'), observed('A', '2024-06-01'))
  const { losses, timeline } = cveTimeline(log)
  expect(timeline).toEqual([
    { time: '2024-03-05T00:00:00.000Z', lang: 'en', value: 'Vendor notified' }, { time: '2024-04-02T10:00:00Z', lang: 'en', value: 'Fix released' },
    { time: '2024-05-03T00:00:00.000Z', lang: 'en', value: 'Advisory published' }, { time: '2024-06-01T00:00:00.000Z', lang: 'en', value: 'Exploited in the wild' },
  ])
  const back = readTimeline({ cveId: 'CVE-1', timeline })
  const [was] = timelinesOfLog(log)
  if (back._tag === 'Left' || was === undefined) return expect.fail('not read back')
  const [before, after] = [timelineFrom(was), timelineFrom(back.right)]
  const changed = (['V', 'F', 'D', 'P', 'X', 'A'] as const).filter((event) => whenText(before[event] ?? expect.fail()) !== whenText(after[event] ?? expect.fail()))
  expect(changed).toEqual(['F', 'P', 'A'])
  expect(losses.filter(({ lost }) => lost !== 'the day is written as its midnight').map(({ event, lost }) => `${event}: ${lost}`).sort()).toEqual([
    'A: a date is read back as the latest', 'F: a date is read back as the latest', 'P: the interval is written as its end',
  ])
})

test('mutated records give faults or readings', () => {
  const own: ReadonlyArray<unknown> = [{ id: 'GO-1', published: '2024-05-01T10:00:00Z' }, { cveId: 'CVE-1', timeline: [{ time: '2024-05-01', value: 'Vendor notified' }] }, { '@id': 'x', statements: [{ vulnerability: 'CVE-2023-12345', status: 'fixed' }] }]
  const samples = [...own, ...osvRecords, ...vexDocuments, ...cveRecords.slice(0, 40)]
  fc.assert(
    fc.property(fc.constantFrom(...samples), mutated(), mutated(), (sample, before, now) => {
      const change = { before: before(sample), now: now(sample) }
      survives(observe(osv, change, scene()))
      survives(observeCve(change, scene()))
      survives(observe(cve, { now: change.now }, scene()))
      for (const whose of ['vendor', 'other'] as const) survives(observeOpenVex(change, { vulnerability: 'CVE-2023-12345' }, scene({ policy: { refused: 'observe', affected: 'working' } }), whose))
    }),
    { numRuns: Number(process.env['JUNK'] ?? 1000) },
  )
})
