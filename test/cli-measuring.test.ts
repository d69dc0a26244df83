/** `mpcvd score` and `mpcvd histories` as a user runs them: built, as a process, by arguments, streams and exit codes. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtCommand } from './built.js'

const folder = mkdtempSync(join(tmpdir(), 'mpcvd-measuring-'))
beforeAll(() => builtCommand(folder), 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const mpcvd = (args: ReadonlyArray<string>, input = ''): { readonly code: number | null; readonly out: string; readonly err: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'dist', 'cli.js'), ...args], { cwd: folder, input, encoding: 'utf8', maxBuffer: 2 ** 28 })
  return { code: status, out: stdout, err: stderr }
}
const record = {
  cveMetadata: { cveId: 'CVE-2024-0001', assignerShortName: 'Wordfence', datePublished: '2024-05-03T10:00:00.000Z' },
  containers: { cna: { timeline: [{ lang: 'en', time: '2024-03-05T00:00:00.000+00:00', value: 'Vendor Notified' }, { lang: 'en', time: '2024-05-01T00:00:00.000+00:00', value: 'Disclosed' }] } },
}
const log = [
  { log: 1, protocol: 'adopted@1', case: 'c', participants: [{ id: 'r', roles: ['reporter'] }, { id: 'v', roles: ['vendor'] }], world: 'open' },
  { message: { id: 'm1', case: 'c', from: 'r', to: ['v'], types: ['RS'], at: '2024-01-05' } },
  { observation: { event: 'P', at: '2024-03-01', source: 'x' } },
].map((line) => `${JSON.stringify(line)}\n`).join('')

describe('score', () => {
  it('reads a CVE record, a case log, and plain lines, each with the same dates to the same end', () => {
    for (const input of [JSON.stringify(record), log, '2024-03-05 Vendor notified\n2024-05-01 made public\n']) {
      const { code, err, out } = mpcvd(['score', '-', '--at', '2026-01-01'], input)
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).toContain('  met     V<P V<X\n')
    }
  })

  it('says each reading as JSON, and all together for several', () => {
    writeFileSync(join(folder, 'a.json'), JSON.stringify([record, { id: 'x', events: {} }]))
    const { code, out } = mpcvd(['score', 'a.json', '--json', '--at', '2026-01-01'])
    const lines = out.trim().split('\n').map((line) => JSON.parse(line) as { readonly case?: string; readonly cases?: number; readonly readings?: ReadonlyArray<unknown>; readonly orderings?: object })
    expect(code).toBe(0)
    expect(lines.map((line) => line.case ?? line.cases)).toEqual(['CVE-2024-0001', 'x', 2])
    expect(lines[0]?.readings?.[0]).toEqual({ event: 'V', how: 'at', when: '2024-03-05', confidence: 'sure', words: 'Vendor Notified', entry: 0 })
    expect(lines[2]?.orderings).toMatchObject({ 'V<P': { met: 1, missed: 0, unknown: 1, alpha: [0.25, 1] } })
  })

  it('ends with 1 where something is odd or nothing fits, with 2 where something cannot be read', () => {
    const odd = mpcvd(['score', '-', '--at', '2026-01-01'], '2022-12-21 reported to us\n2022-01-07 Fix released\n2023-01-18 Advisory published\n')
    expect([odd.code, odd.out]).toEqual([1, expect.stringContaining('odd: -: wrong-year: ')])
    const unfit = mpcvd(['score', '-', '--at', '2026-01-01'], '{"id":"x","events":{"P":"2024-01-01","A":"2024-01-03","V":"2024-02-01"}}')
    expect([unfit.code, unfit.out]).toEqual([1, expect.stringContaining('  no history fits: P before A, A before V\n')])
    for (const input of ['{', '{}', '7x', '{"events":{"V":"2024-13-01"}}', '{"log":1}']) {
      const { code, err } = mpcvd(['score', '-', '--at', '2026-01-01'], input)
      if (input !== '7x') expect([input, code, err]).toEqual([input, 2, expect.stringMatching(/^mpcvd: /)])
    }
    expect(mpcvd(['score', 'nowhere.json']).code).toBe(2)
    expect(mpcvd(['score']).err).toMatch(/score expects at least one file/)
  })

  it('draws a chart, and says where it cannot', () => {
    expect(mpcvd(['score', '-', '--svg', 'chart.svg', '--at', '2026-01-01'], JSON.stringify(record)).code).toBe(0)
    expect(readFileSync(join(folder, 'chart.svg'), 'utf8')).toMatch(/^<svg [^]*CVE-2024-0001[^]*<\/svg>\n$/)
    const { code, err } = mpcvd(['score', '-', '--svg', 'no/where/chart.svg', '--at', '2026-01-01'], JSON.stringify(record))
    expect([code, err, existsSync(join(folder, 'no'))]).toEqual([2, expect.stringContaining('cannot write no/where/chart.svg'), false])
  })

  it('writes nothing to a terminal that would steer it', () => {
    const { out } = mpcvd(['score', '-', '--at', '2026-01-01'], JSON.stringify({ id: '\u001b[31mx\u202e\nodd: forged', events: { V: '2024-01-01' } }))
    expect(out).not.toMatch(/[\u001b\u202e]|^odd/m)
  })
})

describe('histories', () => {
  it('are 70, or those that begin so', () => {
    expect(mpcvd(['histories']).out.trim().split('\n')).toHaveLength(72)
    expect(mpcvd(['histories', 'XP']).out).toMatch(/^XP…: 3, in vfdPXa; next must be V; probability 1\/4\n/)
    const { out } = mpcvd(['histories', 'VFDP', '--json'])
    expect(JSON.parse(out)).toMatchObject({ prefix: 'VFDP', state: 'VFDPxa', histories: [{ history: 'VFDPXA', count: 12, rank: 61, publishedRank: 62 }, { history: 'VFDPAX' }] })
  })

  it('say what may become of a state', () => {
    expect(mpcvd(['histories', 'Vfdpxa']).out).toContain('  secured V<P, V<X, V<A\n')
    expect(JSON.parse(mpcvd(['histories', 'Vfdpxa', '--json']).out)).toMatchObject({ state: 'Vfdpxa', visited: { fraction: '1/4' }, enabled: ['F', 'P', 'X', 'A'] })
    for (const wrong of ['vFdpxa', 'XV', 'nonsense', '__proto__']) expect(mpcvd(['histories', wrong])).toMatchObject({ code: 2, out: '' })
  })

  it('explain gives the errata of figures', () => {
    expect(mpcvd(['explain', 'm-01']).out).toMatch(/^M-01: .*\npublished: 62 ranks.*publishedRank\)\nshould be: 61 ranks/)
  })
})
