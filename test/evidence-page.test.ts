/**
 * Evidence written for people: Markdown, one HTML page, and the command.
 *
 * What is asked of the page are laws: nothing in it comes from elsewhere, no text of a log is markup, every element is
 * closed, every status has a word. How it looks was looked at.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fc, test as prop } from '@fast-check/vitest'
import type { CaseLog } from 'mpcvd'
import { caseOf, ledgerOf, linked } from 'mpcvd/case'
import { encodeLog } from 'mpcvd/codec'
import { drawingsOf, evidence, evidenceMarkdown, evidencePage, standards, statuses } from 'mpcvd/crosswalk'
import { timelineOf } from 'mpcvd/diagram'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { type EvidenceCommand, showEvidence } from '../src/cli/evidence.js'
import { logs, readLog } from './evidence-logs.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const drawn = (log: CaseLog): ReadonlyArray<string> => {
  const ledger = ledgerOf({ header: log.header, entries: linked([log]) })
  return ledger._tag === 'Left' ? [] : drawingsOf(timelineOf(caseOf(ledger.right)))
}
const sample = readLog('docs/timeline.jsonl')

/** A case of many vendors and steps, with the names that a test would wish nobody had. */
const nasty = '</style></script><img src=x onerror=alert(1)>"\'&<!--]]>\u202e\u0000'
const hostile = (name: string): CaseLog => ({
  header: {
    log: 1, protocol: 'adopted@1', case: name, world: 'open', title: name,
    participants: [{ id: 'ann', roles: ['reporter'] }, { id: name, roles: ['vendor'] }],
  },
  entries: [
    { message: { id: 'm1', case: name, from: 'ann', to: [name], types: ['RS'], at: '2026-01-05', report: { id: name, title: name }, note: name } },
    { message: { id: `${name} 2`, case: name, from: name, to: ['ann'], types: ['RK', 'CV'], at: '2026-01-06', inReplyTo: 'm1' } },
    { observation: { event: 'F', about: name, at: '2026-02-01', source: `https://x.example/${name}` } },
    { observation: { event: 'P', at: '2026-02-02', source: `javascript:alert(1)//${name}` } },
  ],
})

/** Whether every tag that is opened is closed, in order. Attribute values hold no angle brackets: they are escaped. */
const unclosed = (html: string): ReadonlyArray<string> => {
  const open: string[] = []
  const body = html.replace(/<style>.*?<\/style>/gs, '').replace('<!doctype html>', '')
  for (const [, end, name = '', , self] of body.matchAll(/<(\/?)([a-z][a-z0-9]*)([^<>]*?)(\/?)>/g)) {
    if (['meta', 'br'].includes(name) || self === '/') continue
    if (end === '') open.push(name)
    else if (open.at(-1) === name) open.pop()
    else return [...open, `</${name}>`]
  }
  return open
}

describe('the page', () => {
  it.each(standards)('needs nothing else, runs nothing, closes what it opens: %s', (standard) => {
    for (const [name, log] of [...logs, ['hostile', hostile(nasty)] as const]) {
      const page = evidencePage(evidence(log, standard), name.includes('disclosures') ? [] : drawn(log))
      const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page) ?? []
      expect(style, name).not.toMatch(/@import|url\(/)
      const tags = [...page.replace(/<style>.*?<\/style>/gs, '').matchAll(/<([a-z][a-z0-9]*)([^<>]*)>/g)].map(([, tag = '', attributes = '']) => [tag, attributes.replace(/"[^"]*"/g, '')] as const)
      expect(tags.map(([tag]) => tag).filter((tag) => /^(script|link|img|image|iframe|object|embed|base|form|video|audio|foreignObject)$/.test(tag)), name).toEqual([])
      expect(tags.filter(([, attributes]) => /\s(on\w+|src|srcset|style|xlink:href)\s*=/i.test(attributes)), name).toEqual([])
      expect([...page.matchAll(/href="([^"]*)"/g)].map(([, to = '']) => to).filter((to) => !/^(https?:\/\/|#)/.test(to)), name).toEqual([])
      expect(unclosed(page), name).toEqual([])
      expect(page.endsWith('</body></html>\n')).toBe(true)
    }
  }, 120_000)
  it('shows text of strangers as text', () => {
    const page = evidencePage(evidence(hostile(nasty), 'iso-30111'), drawn(hostile(nasty)))
    expect(page.match(/<\/style>/g)?.length).toBe(page.match(/<style>/g)?.length)
    expect(page).not.toContain('<img')
    expect(page).not.toContain('\u202e')
    expect(page).not.toContain('\u0000')
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(page).not.toMatch(/href="javascript/)
  })
  prop.prop([fc.string({ unit: 'binary', minLength: 1, maxLength: 60 })], { numRuns: 100 })('whatever the names, it is well-formed', (name) => {
    const page = evidencePage(evidence(hostile(name), 'iso-30111'))
    expect(unclosed(page)).toEqual([])
    expect(page.isWellFormed()).toBe(true)
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page) ?? []
    expect([style.split('{').length, /[\u0000-\u0009\u000b-\u001f]/.test(style)]).toEqual([style.split('}').length, false])
  })
  it('says every status in a word and explains it, cites entries with who, when and where', () => {
    const page = evidencePage(evidence(sample, 'iso-30111'))
    for (const label of ['shown', 'partly', 'late', 'not yet due', 'missing', 'not applicable', 'not by messages']) expect(page).toMatch(new RegExp(`<dt><span class="chip [a-z-]+">\\S+ ${label}</span></dt>`))
    expect(statuses).toHaveLength(7)
    expect(page).toContain('● <b><bdi>RV RA</bdi></b> <bdi>acme</bdi> → <bdi>ann</bdi>, <bdi>2026-03-09</bdi>, <code class="moved">R –v→ V –a→ A</code>, <bdi>m3</bdi>, line 4')
  })
  it('is the same for the same evidence', () => {
    expect(evidencePage(evidence(sample, 'iso-29147'), drawn(sample))).toBe(evidencePage(evidence(sample, 'iso-29147'), drawn(sample)))
  })
  it('says so where there is nobody to make a sheet for', () => {
    const empty: CaseLog = { header: { log: 1, protocol: 'adopted@1', case: 'c', world: 'open', participants: [] }, entries: [] }
    expect(evidencePage(evidence(empty, 'cra-14'))).toContain('nobody in the log')
    expect(evidenceMarkdown(evidence(empty, 'cra-14'))).toContain('nobody in the log')
  })
})

describe('the drawing', () => {
  it('of a short case is one piece, of a long one several that join', () => {
    expect(drawn(sample)).toHaveLength(1)
    const long: CaseLog = {
      header: { ...sample.header, participants: [...sample.header.participants, ...['v1', 'v2', 'v3', 'v4', 'v5'].map((id) => ({ id, roles: ['vendor'] as const }))] },
      entries: [...Array(60).keys()].map((n) => ({ message: { id: `x${n}`, case: sample.header.case, from: 'ann', to: ['acme'], types: ['GI'], at: '2026-03-02' } })),
    }
    const pieces = drawn(long)
    expect(pieces.length).toBeGreaterThan(2)
    const boxes = pieces.map((piece) => /viewBox="0 ([\d.]+) [\d.]+ ([\d.]+)"/.exec(piece)?.slice(1).map(Number) ?? [])
    for (const [place, [top = 0]] of boxes.entries()) {
      const [above = 0, height = 0] = boxes[place - 1] ?? [0, 0]
      expect(Math.abs(top - (above + height))).toBeLessThan(0.11)
    }
    for (const piece of pieces) expect(unclosed(piece)).toEqual([])
    expect(pieces.filter((piece) => piece.includes('id="mpcvd-drawing"'))).toHaveLength(1)
  })
})

describe('Markdown', () => {
  it('has a heading for each clause, and keeps tables whole', () => {
    for (const standard of standards) {
      const of = evidence(hostile('a|b`c*_[x](y)<z>\n# h @me www.x.y https://z'), standard)
      const text = evidenceMarkdown(of)
      const rows = text.split('\n').filter((line) => line.startsWith('|'))
      for (const row of rows) expect(row.split('|').length === 5 || row.split('|').length === 6, row).toBe(true)
      expect(text.match(/^### /gm)).toHaveLength(of.sheets.flatMap(({ clauses }) => clauses).length)
      expect(text).not.toMatch(/[^\\]`|<z>|[^\\]\[x|@me|www\.x|https:\/\/z/)
    }
  })
  it('says what is there and what is not', () => {
    const text = evidenceMarkdown(evidence(sample, 'iso-30111'))
    expect(text).toContain('| 7.1.3 b) | Receipt: reported from outside | ◐ partly |')
    expect(text).toContain('- Missing: the acknowledgement (RK) of each report to whoever sent it.')
    expect(text).toContain('  - **RV RA** acme → ann, 2026-03-09, m3, line 4 (R –v→ V –a→ A)')
  })
})

describe('the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mpcvd-evidence-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const ran = (files: ReadonlyArray<string>, command: Partial<EvidenceCommand> = {}): { readonly code: number; readonly out: string; readonly err: string } => {
    let [out, err] = ['', '']
    const [first, second] = [
      vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true)),
      vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true)),
    ]
    const ended = showEvidence(files, { standard: 'iso-30111', format: 'text', of: undefined, at: undefined, within: [], ...command })
    first.mockRestore()
    second.mockRestore()
    return { code: typeof ended === 'object' ? expect.fail(ended.usage) : ended, out, err }
  }
  const fileOf = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const timeline = join(root, 'docs/timeline.jsonl')

  it('ends with 1 where something is missing', () => {
    const { code, out } = ran([timeline], { of: 'acme' })
    expect(code).toBe(1)
    expect(out.split('\n').slice(0, 2)).toEqual(['iso-30111: case c8, 15 entries, open world', 'acme: 9 shown, 4 partly, 5 not applicable, 2 not by messages'])
    expect(out).toContain('  ◐ 7.1.3 b) Receipt: reported from outside: partly\n      missing: the acknowledgement (RK) of each report to whoever sent it\n')
  })
  it('ends with 0 where all that messages can show is there', () => {
    const log: CaseLog = { header: { ...sample.header, participants: [{ id: 'acme', roles: ['vendor'] }] }, entries: [] }
    expect(ran([fileOf('quiet.jsonl', encodeLog(log))]).code).toBe(0)
  })
  it('ends with 1 where there is nobody to make a sheet for, with 2 where somebody is asked for who is not there', () => {
    expect(ran([join(root, 'examples/worked-example/W4.jsonl')]).code).toBe(1)
    expect(ran([timeline], { of: 'zed' })).toEqual({ code: 2, out: '', err: 'mpcvd: --of expects a participant of the case, got zed\n' })
  })
  it('ends with 2 where a file or a line cannot be read, and shows the rest', () => {
    expect(ran([join(folder, 'none.jsonl')]).code).toBe(2)
    const { code, err, out } = ran([fileOf('torn.jsonl', `${encodeLog(sample)}{"message":`)])
    expect([code, out.length > 1000]).toEqual([2, true])
    expect(err).toMatch(/torn\.jsonl:17: unreadable/)
  })
  it('writes JSON that is the evidence, with the lines of the file', () => {
    const { out } = ran([fileOf('gaps.jsonl', encodeLog(sample).replaceAll('\n', '\n\n'))], { format: 'json' })
    const parsed = JSON.parse(out) as ReturnType<typeof evidence>
    expect(parsed.sheets[0]?.clauses[3]?.cites.map(({ line }) => line)).toEqual([3, 5])
  })
  it('writes Markdown and a page with the drawing', () => {
    expect(ran([timeline], { format: 'markdown' }).out.trimEnd()).toBe(evidenceMarkdown(evidence(sample, 'iso-30111')).trimEnd())
    expect(ran([timeline], { format: 'html' }).out.trimEnd()).toBe(evidencePage(evidence(sample, 'iso-30111'), drawn(sample)).trimEnd())
  })
  it('merges the logs of one case', () => {
    const { code, out } = ran([join(root, 'docs/case-acme.jsonl'), join(root, 'docs/case-ann.jsonl')])
    expect(code).toBe(1)
    expect(out).toMatch(/^iso-30111: case /)
  })
})
