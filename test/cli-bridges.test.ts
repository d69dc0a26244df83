/** `mpcvd convert`, `bridges` and `map` as a user runs them: built, as a process, by arguments, streams and exit codes. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeLog } from 'mpcvd/codec'
import { builtCommand } from './built.js'

const folder = mkdtempSync(join(tmpdir(), 'mpcvd-bridges-'))
beforeAll(() => builtCommand(folder), 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const mpcvd = (args: ReadonlyArray<string>, input = ''): { readonly code: number | null; readonly out: string; readonly err: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'dist', 'cli.js'), ...args], { cwd: folder, input, encoding: 'utf8', maxBuffer: 2 ** 28 })
  return { code: status, out: stdout, err: stderr }
}
const save = (name: string, content: unknown): string => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  return name
}
/** Who said or recorded what, and when. */
const told = (text: string): ReadonlyArray<string> => {
  const log = decodeLog(text)
  if (log._tag === 'Left') return expect.fail(JSON.stringify(log.left))
  expect(log.right.faults).toEqual([])
  return log.right.log.entries.map((entry) => ('message' in entry ? `${entry.message.from} ${entry.message.types.join('+')} ${entry.message.at}` : 'observation' in entry ? `seen ${entry.observation.event} ${entry.observation.at}` : 'other'))
}

const issue = (status: string, updated: string, fields: object = {}) => ({ key: 'SEC-7', fields: { created: '2026-01-05T09:00:00.000+0000', updated, summary: 'Overflow', status: { name: status }, ...fields } })
const at = ['--at', '2026-06-01T00:00:00Z']
const log = [
  { log: 1, protocol: 'adopted@1', case: 'c1', participants: [{ id: 'rita', roles: ['reporter'] }, { id: 'acme', roles: ['vendor'] }], world: 'open', title: 'Overflow' },
  { message: { id: 'm1', case: 'c1', from: 'rita', to: ['acme'], types: ['RS', 'EP'], at: '2026-01-05T09:00:00Z', embargo: { id: 'e1', end: '2026-09-05' }, report: { id: 'r1', vulnerabilities: ['CVE-2026-0001'] } } },
  { message: { id: 'm2', case: 'c1', from: 'acme', to: ['rita'], types: ['RV', 'EA'], at: '2026-01-06T09:00:00Z', embargo: { id: 'e1' } } },
].map((line) => `${JSON.stringify(line)}\n`).join('')

describe('convert', () => {
  it('takes snapshots of an issue in their order, adds to a log, and adds nothing twice', () => {
    save('c1.jsonl', log)
    const files = [save('a.json', issue('To Do', '2026-01-07T09:00:00.000+0000')), save('b.json', issue('Confirmed', '2026-01-08T09:00:00.000+0000')), save('c.json', issue('In Progress', '2026-01-09T09:00:00.000+0000'))]
    const first = mpcvd(['convert', '--from', 'jira', '--to', 'log', '--into', 'c1.jsonl', ...at, ...files])
    expect([first.code, first.err]).toEqual([0, ''])
    // The report is valid by m2 already: Confirmed says nothing new.
    // What only the snapshots date was between two of them, or between the report and the first.
    expect(told(first.out)).toEqual([
      'rita RS+EP 2026-01-05T09:00:00Z', 'acme RV+EA 2026-01-06T09:00:00Z',
      'acme RK 2026-01-05T09:00:00.000+00:00/2026-01-07T09:00:00.000+00:00', 'acme RA 2026-01-08T09:00:00.000+00:00/2026-01-09T09:00:00.000+00:00',
    ])
    save('c2.jsonl', first.out)
    expect(told(mpcvd(['convert', '--from', 'jira', '--to', 'log', '--into', 'c2.jsonl', ...at, ...files]).out)).toEqual(told(first.out))
    const lines = mpcvd(['convert', '--from', 'jira', '--to', 'log', '--into', 'c1.jsonl', ...at, '-'], files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n'))
    expect(lines.out).toBe(first.out)
  })

  it('goes on from what was only observed, and knows a participant with two parts once', () => {
    const header = { log: 1, protocol: 'adopted@1', case: 'c2', participants: [{ id: 'acme', roles: ['vendor'] }, { id: 'rita', roles: ['reporter'] }], world: 'open' }
    save('seen.jsonl', [header, ...['V', 'rm.receive', 'rm.validate', 'rm.accept'].map((event) => ({ observation: { event, about: 'acme', at: '2026-01-05', source: 'x' } }))].map((line) => `${JSON.stringify(line)}\n`).join(''))
    const done = mpcvd(['convert', '--from', 'jira', '--to', 'log', '--into', 'seen.jsonl', ...at, '-'], JSON.stringify(issue('Fixed', '2026-01-09T09:00:00.000+0000')))
    expect([done.code, done.err, told(done.out).at(-1)?.slice(0, 7)]).toEqual([0, '', 'acme CF'])
    const two = mpcvd(['convert', '--from', 'osv', '--to', 'log', ...at, '--parties', 'vendor=acme,deployer=acme', '-'], '{"id":"x"}')
    expect(JSON.parse(two.out.split('\n')[0] ?? '')).toMatchObject({ participants: [{ id: 'acme', roles: ['vendor', 'deployer'] }] })
  })

  it('begins a log with those who have a part, asks what is open, and takes answers', () => {
    const document = save('vex.json', { '@context': 'https://openvex.dev/ns/v0.2.0', '@id': 'https://acme.example/vex/1', author: 'ACME', timestamp: '2026-03-01T10:00:00Z', version: 1, statements: [{ vulnerability: { name: 'CVE-2026-0001' }, products: [{ '@id': 'pkg:x/y' }], status: 'affected' }] })
    const convert = ['convert', '--from', 'openvex', '--to', 'log', ...at, '--parties', 'vendor=acme,reporter=rita', '--case', 'c9', document]
    const open = mpcvd(convert)
    expect(open.code).toBe(1)
    expect(open.err).toContain('--answer \'affected=working\': It does.')
    expect(told(open.out)).toEqual([])
    const unfit = mpcvd([...convert, '--answer', 'affected=working'])
    // Nobody has reported: who has not received a report cannot hold it to be valid.
    expect([unfit.code, told(unfit.out)]).toEqual([1, []])
    expect(unfit.err).toContain('\'affected.refused=observe\'')
    const seen = mpcvd([...convert, '--answer', 'affected=working', '--answer', 'refused=observe'])
    expect([seen.code, told(seen.out)]).toEqual([0, ['seen rm.validate 2026-03-01T10:00:00Z', 'seen rm.accept 2026-03-01T10:00:00Z']])
    expect(JSON.parse(seen.out.split('\n')[0] ?? '')).toMatchObject({ case: 'c9', participants: [{ id: 'acme', roles: ['vendor'] }, { id: 'rita', roles: ['reporter'] }] })
    expect(mpcvd([...convert, '--answer', 'affected=whatever']).err).toContain('no such answer: whatever')
  })

  it('writes CSAF that it reads again, activities that their receiver reads again, and a timeline for a CVE record', () => {
    save('c1.jsonl', log)
    const csaf = mpcvd(['convert', '--from', 'log', '--to', 'csaf', '--publisher', 'vendor,ACME,https://acme.example', ...at, 'c1.jsonl'])
    expect(csaf.code).toBe(1)
    expect(csaf.err).toContain('lost: em of acme: nothing says that anybody agreed')
    expect(JSON.parse(csaf.out)).toMatchObject({ document: { csaf_version: '2.0', title: 'Overflow', distribution: { tlp: { label: 'RED' } }, tracking: { id: 'c1', status: 'draft' } }, vulnerabilities: [{ cve: 'CVE-2026-0001', release_date: '2026-09-05T00:00:00.000Z' }] })
    const back = mpcvd(['convert', '--from', 'csaf', '--to', 'log', ...at, '--answer', 'planned-disclosure=proposed', '-'], csaf.out)
    expect(told(back.out)).toContain('vendor EP 2026-06-01T00:00:00Z')

    const activities = mpcvd(['convert', '--from', 'log', '--to', 'activitystreams', 'c1.jsonl'])
    expect(activities.out.trim().split('\n').map((line) => (JSON.parse(line) as { readonly type: string }).type)).toEqual(['Offer', 'Invite', 'Accept', 'Accept'])
    const received = mpcvd(['convert', '--from', 'activitystreams', '--to', 'log', '--case', 'c1', '--parties', 'reporter=rita,vendor=acme', '--as', 'acme', ...at, '-'], activities.out.split('\n').slice(0, 2).join('\n'))
    expect(told(received.out)).toEqual(['rita RS 2026-01-05T09:00:00Z', 'rita EP 2026-01-05T09:00:00Z'])

    const calendar = mpcvd(['convert', '--from', 'log', '--to', 'icalendar', '--address', 'rita=mailto:rita@mail.example', '--address', 'acme=mailto:psirt@acme.example', 'c1.jsonl'])
    expect([calendar.code, calendar.out.match(/^(?:METHOD|SEQUENCE|DTSTART).*$/gm)]).toEqual([0, ['METHOD:REQUEST', 'SEQUENCE:0', 'DTSTART;VALUE=DATE:20260905', 'METHOD:REPLY', 'SEQUENCE:0']])

    const timeline = mpcvd(['convert', '--from', 'log', '--to', 'cve-timeline', 'c1.jsonl'])
    expect(JSON.parse(timeline.out)).toEqual([{ time: '2026-01-05T09:00:00Z', lang: 'en', value: 'Vendor notified' }])
  })

  it('says what was expected where something is missing, unknown or unreadable', () => {
    const wrong: ReadonlyArray<readonly [args: ReadonlyArray<string>, input: string, said: string]> = [
      [['convert', '-'], '{}', '--from FORMAT and --to one of log, activitystreams'],
      [['convert', '--from', 'nothing', '--to', 'log', '-'], '{}', 'got nothing'],
      [['convert', '--from', 'osv', '--to', 'log', '-'], '{', 'expected JSON, or a JSON value a line'],
      [['convert', '--from', 'osv', '--to', 'log', '-'], '{"id":7,"__proto__":{"id":"x"}}', 'mpcvd: '],
      [['convert', '--from', 'osv', '--to', 'log', '--parties', 'witch=x', '-'], '{"id":"x"}', '--parties expects PART=PARTICIPANT'],
      [['convert', '--from', 'osv', '--to', 'log', '--answer', 'x', '-'], '{"id":"x"}', '--answer expects QUESTION=ANSWER'],
      [['convert', '--from', 'activitystreams', '--to', 'log', '-'], '{}', 'a receiver in the case (--as)'],
      [['convert', '--from', 'openvex', '--to', 'log', '-'], '{"@id":"x","statements":[{"vulnerability":"A"},{"vulnerability":"B"}]}', '--vulnerability expects one of A, B'],
      [['convert', '--from', 'log', '--to', 'csaf', 'c1.jsonl'], '', '--publisher expects CATEGORY,NAME,NAMESPACE'],
    ]
    for (const [args, input, said] of wrong) {
      const { code, err } = mpcvd(args, input)
      if (args.includes('osv') && input.includes('__proto__')) expect([code, err]).toEqual([0, ''])
      else expect([args, code, err]).toEqual([args, 2, expect.stringContaining(said)])
    }
  })
})

describe('bridges', () => {
  it('lists what is read and written, and the rows of one', () => {
    const { code, out } = mpcvd(['bridges'])
    expect(code).toBe(0)
    for (const name of ['github', 'csaf', 'cve', 'openvex', 'osv', 'jira', 'servicenow', 'defectdojo', 'gitlab', 'hackerone', 'bugcrowd', 'osidb', 'vince', 'activitystreams', 'cve-timeline', 'icalendar']) expect(out).toMatch(new RegExp(`^ +${name} `, 'm'))
    expect(mpcvd(['bridges', 'jira']).out).toMatch(/^ {2}status\.Done +vendor +lossy +RC$/m)
    expect(mpcvd(['bridges', 'nothing']).code).toBe(2)
  })
})

describe('map', () => {
  const map = { statusMap: 1, name: 'ours', id: ['key'], changed: ['updated'], status: 'state', statuses: [{ status: 'new', says: [['RK']], to: ['valid'] }, { status: 'valid', says: [['RV', 'RA']], to: ['done'] }, { status: 'done', says: [['RC']], to: [] }] }
  it('says what a map does, and what it cannot do', () => {
    const good = mpcvd(['map', '-'], JSON.stringify(map))
    expect(good.code).toBe(0)
    expect(good.out).toContain('note: Nothing ever says RI, so this tracker cannot tell of it.')
    const bad = mpcvd(['map', '-'], JSON.stringify({ ...map, statuses: [...map.statuses, { status: 'lost', says: [['RA']], to: ['new'] }].map((row) => (row.status === 'done' ? { ...row, to: ['valid'] } : row)) }))
    expect(bad.code).toBe(1)
    expect(bad.out).toContain('wrong: status.lost is never reached')
    expect(bad.out).toMatch(/wrong: status\.valid comes after the report was closed/)
    const unread = mpcvd(['map', '-'], JSON.stringify({ ...map, statuses: [{ status: 'x', says: [['EP']] }] }))
    expect([unread.code, unread.err]).toEqual([2, expect.stringContaining('/statuses/0/says/0/0')])
  })
})
