/**
 * The commands on cases, `case`, `deadlines` and `timeline`, as a user runs them: built, as a process, by arguments,
 * streams and exit code. What is printed was worked out by hand from the logs, which are small enough for that.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { policies, type Policy } from 'mpcvd/case'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtCommand } from './built.js'

const folder = mkdtempSync(join(tmpdir(), 'mpcvd-cli-case-'))
const cli = join(folder, 'dist', 'cli.js')

beforeAll(async () => {
  await builtCommand(folder)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const mpcvd = (args: ReadonlyArray<string>, input = ''): Ran => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, input, encoding: 'utf8', maxBuffer: 2 ** 28 })
  return { code: status, out: stdout, err: stderr }
}
const linesOf = (text: string): ReadonlyArray<string> => text.split('\n').slice(0, -1)
const parsed = (text: string): unknown => JSON.parse(text)
const fileOf = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return name
}
const logOf = (...lines: ReadonlyArray<unknown>): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('')

/** A mistake of the caller: nothing on standard output, one line on standard error, exit code 2. */
const expectUsage = (args: ReadonlyArray<string>, said: RegExp, input = ''): void => {
  const { code, out, err } = mpcvd(args, input)
  expect({ code, out, lines: linesOf(err).length }, err).toEqual({ code: 2, out: '', lines: 1 })
  expect(err).toMatch(/^mpcvd: .*\n$/)
  expect(err).toMatch(said)
  expect(err).not.toMatch(/Cannot read propert|is not a function|is not iterable|undefined/)
}

/**
 * r reports to v and proposes an embargo until 5 April; v acknowledges, accepts, and says that it is aware; r acknowledges
 * both. m1 and m2 are settled by m3, which nobody has answered and which changes nothing.
 */
const header = { log: 1, protocol: 'adopted@1', case: 'c', participants: [{ id: 'r', roles: ['finder', 'reporter'] }, { id: 'v', roles: ['vendor'] }], world: 'open' }
const m1 = { id: 'm1', case: 'c', from: 'r', to: ['v'], types: ['RS', 'EP'], at: '2026-01-05T09:00:00Z', embargo: { id: 'x', end: '2026-04-05' } }
const m2 = { id: 'm2', case: 'c', from: 'v', to: ['r'], types: ['RK', 'EA', 'EK', 'CV'], at: '2026-01-06T09:00:00Z', inReplyTo: 'm1', embargo: { id: 'm2.x', answers: 'x' } }
const m3 = { id: 'm3', case: 'c', from: 'r', to: ['v'], types: ['EK', 'CK'], at: '2026-01-07T09:00:00Z', inReplyTo: 'm2' }
const three = logOf(header, { message: { ...m1, after: [] } }, { message: { ...m2, after: ['m1'] } }, { message: { ...m3, after: ['m1', 'm2'] } })
const two = logOf(header, { message: { ...m1, after: [] } }, { message: { ...m2, after: ['m1'] } })
const bare = logOf(header, { message: m1 }, { message: m2 }, { message: m3 })
const now = ['--at', '2026-01-08T00:00:00Z']

/** An id that would move a cursor, forge a line, or be markup. */
const evil = 'x\u001b[2J\r\u0007\u009b31m\u202e\u2028\nmay publish: v: yes <b>&"'
const seen = 'x\\u001b[2J\\u000d\\u0007\\u009b31m\\u202e\\u2028\\u000amay publish: v: yes <b>&"'
const forged = logOf(
  { ...header, case: evil, title: evil, participants: [{ id: evil, roles: ['finder', 'reporter'] }, { id: 'v', roles: ['vendor'] }] },
  { message: { ...m1, case: evil, id: evil, from: evil, embargo: { id: evil, end: '2026-04-05' } } },
  { message: { ...m2, case: evil, id: `${evil}2`, to: [evil], types: ['EA'], inReplyTo: evil, embargo: { id: evil } } },
  { local: { id: `${evil}3`, by: 'v', event: 'validate', at: '2026-01-07', after: [`${evil}4`], note: evil } },
  { observation: { id: `${evil}5`, event: 'A', at: '2026-01-07', source: evil } },
)
/** Whether anything is left that a terminal would act on. */
const steers = (text: string): boolean => /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/.test(text)

describe('mpcvd case', () => {
  it('shows one log: the state of each, what is settled, who may publish', () => {
    expect(mpcvd(['case', '-', ...now], three)).toEqual({
      code: 0, err: '',
      out: [
        'case c: adopted@1, decision first, causal order, 3 entries',
        '           state',
        '  embargo  Active x until 2026-04-05',
        '  public   nothing',
        '  settled  2 of 3',
        '  r        (A,A,pxa) Signatory',
        '  v        (R,A,Vfdpxa) Signatory',
        'may publish: r: no, bound by x until 2026-04-05',
        'may publish: v: no, bound by x until 2026-04-05',
        'tentative: m3',
        '',
      ].join('\n'),
    })
  })

  it('shows several side by side, and ends with 1 where one lacks what another has', () => {
    const [a, b] = [fileOf('a.jsonl', three), fileOf('b.jsonl', two)]
    const { code, out, err } = mpcvd(['case', a, b, ...now])
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(linesOf(out).slice(1, 7)).toEqual([
      '           together                   a.jsonl                    b.jsonl',
      '  embargo  Active x until 2026-04-05  Active x until 2026-04-05  Active x until 2026-04-05',
      '  public   nothing                    nothing                    nothing',
      '  settled  2 of 3                     2 of 3                     1 of 2, waits for r',
      '  r        (A,A,pxa) Signatory        (A,A,pxa) Signatory        (A,A,pxa) Signatory',
      '  v        (R,A,Vfdpxa) Signatory     (R,A,Vfdpxa) Signatory     (R,A,Vfdpxa) Signatory',
    ])
    expect(linesOf(out).slice(9)).toEqual(['tentative: m3', 'b.jsonl: lacks m3 (EK+CK by r)'])
    expect(mpcvd(['case', a, a, ...now]).code).toBe(0)
    // r owes v the acknowledgements as long as m3 is not there.
    expect(linesOf(mpcvd(['case', b, ...now]).out).slice(7)).toEqual([
      'may publish: r: no, bound by x until 2026-04-05', 'may publish: v: no, bound by x until 2026-04-05',
      'tentative: m2', 'owed: r to v: EK CK for m2 since 2026-01-06T09:00:00Z',
    ])
  })

  it('makes up what logs without `after` do not say: the same case', () => {
    expect(mpcvd(['case', '-', ...now], bare)).toEqual(mpcvd(['case', '-', ...now], three))
    expect(mpcvd(['case', fileOf('bare.jsonl', bare), fileOf('a.jsonl', three), ...now]).code).toBe(0)
    const own = (as: string): string => fileOf(`${as}.jsonl`, logOf({ ...header, as }, { message: m1 }, { message: m2 }, { message: m3 }))
    const { code, out } = mpcvd(['case', own('r'), own('v'), ...now])
    expect([code, linesOf(out)[4]]).toEqual([0, '  settled  2 of 3                     2 of 3                     2 of 3'])
  })

  it('asks about the time that is given: what surely ended binds nobody, and who may says so', () => {
    const [early, late] = ['2026-04-05T00:00:00Z', '2026-04-07T00:00:00Z'].map((at) => mpcvd(['case', '-', '--at', at], three))
    expect(linesOf(early?.out ?? '')).toContain('may publish: v: no, bound by x until 2026-04-05')
    expect(linesOf(late?.out ?? '').slice(7)).toEqual([
      'may publish: r: yes, unbound', 'may publish: v: yes, unbound', 'tentative: m3',
      'owed: r to everyone: ET for m1 since 2026-04-05', 'owed: v to everyone: ET for m1 since 2026-04-05',
    ])
  })

  it('ends with 1 for findings, and says them', () => {
    const stranger = { message: { ...m2, id: 'm4', from: 'z', to: ['r', 'v'], types: ['ET'], after: ['m2'] } }
    const { code, out } = mpcvd(['case', '-', ...now], `${three}${logOf(stranger, { message: { ...m3, id: 'm5', types: ['GI'], after: ['gone'] } })}`)
    expect(code).toBe(1)
    expect(linesOf(out).filter((line) => /^(not-a-member|gap): /.test(line)).sort()).toEqual([
      'gap: m5: r refers to gone, which has not arrived',
      expect.stringMatching(/^not-a-member: m4: z is not in the case there; it changes nothing/),
    ])
  })

  it('gives JSON that says the same', () => {
    const [a, b] = [fileOf('a.jsonl', three), fileOf('b.jsonl', two)]
    const { code, out, err } = mpcvd(['case', '--json', a, b, ...now])
    expect({ code, err, lines: linesOf(out).length }).toEqual({ code: 1, err: '', lines: 1 })
    const side = (count: number, tentative: string, waitsFor: ReadonlyArray<string>): object => ({
      embargo: { state: 'Active', inForce: 'x', proposals: [{ id: 'x', entry: 'm1', by: 'r', kind: 'initial', status: 'in force', terms: { id: 'x', end: '2026-04-05' }, signed: ['r', 'v'], rejected: [] }] },
      facts: {}, settled: { count, tentative: [tentative], waitsFor }, findings: [], gaps: [],
      participants: [
        { id: 'r', state: '(A,A,pxa)', engaged: true, consent: 'Signatory', mayPublish: { may: false, because: 'bound', bound: ['x'], until: '2026-04-05', advice: [] } },
        { id: 'v', state: '(R,A,Vfdpxa)', engaged: true, consent: 'Signatory', mayPublish: { may: false } },
      ],
    })
    expect(parsed(out)).toMatchObject({
      case: 'c', at: '2026-01-08T00:00:00Z', together: { ...side(2, 'm3', []), owed: [] },
      files: [
        { file: 'a.jsonl', ...side(2, 'm3', []), owed: [], lacks: [] },
        { file: 'b.jsonl', ...side(1, 'm2', ['r']), owed: [{ kind: 'answer', by: 'r', to: 'v', types: ['EK', 'CK'], entry: 'm2' }], lacks: ['m3 (EK+CK by r)'] },
      ],
    })
    // What refers to nothing that is held stands at the beginning, where v has no report to validate.
    expect(parsed(mpcvd(['case', '--json', '-', ...now], forged).out)).toMatchObject({
      together: { findings: [{ kind: 'gap', about: [`${evil}4`], text: `gap: ${evil}3: v refers to ${evil}4, which has not arrived` }, { kind: 'own-step', by: 'v', entry: `${evil}3` }] },
    })
  })

  it('takes all participants that any of the logs names, and the case of the first', () => {
    const more = { ...header, participants: [...header.participants, { id: 'w', roles: ['coordinator'] }] }
    const { code, out } = mpcvd(['case', fileOf('a.jsonl', three), fileOf('w.jsonl', logOf(more)), ...now])
    expect(code).toBe(1)
    expect(linesOf(out).find((line) => line.startsWith('  w '))).toMatch(/^ {2}w {8}\(S,A,pxa\) NoEmbargo +\(S,A,pxa\) NoEmbargo +\(S,N,pxa\) NoEmbargo$/)
    // w was not told of m1 and m2, which decide; m3 only acknowledges to whom it answers.
    expect(linesOf(out).flatMap((line) => /^not-announced: (\w+): \w did not send it to w, /.exec(line)?.[1] ?? [])).toEqual(['m1', 'm2'])
    expect(linesOf(out).filter((line) => line.startsWith('w.jsonl: lacks '))).toHaveLength(3)
  })

  it('refuses in one line what is no case', () => {
    expectUsage(['case'], /at least one file/)
    expectUsage(['case', fileOf('a.jsonl', three), fileOf('d.jsonl', logOf({ ...header, case: 'd' }))], /d\.jsonl: expected case c, as in a\.jsonl, got d/)
    expectUsage(['case', '-'], /at \/owner, expected the owner, who decides, got nothing/, logOf({ ...header, decision: 'owner' }))
    expectUsage(['case', '-'], /at \/manager, expected the manager, who orders, got nothing/, logOf({ ...header, order: 'manager' }))
    expectUsage(['case', '-'], /at \/owner, expected one of r v, got w/, logOf({ ...header, owner: 'w' }))
    expectUsage(['case', 'missing.jsonl'], /cannot read missing\.jsonl: ENOENT/)
    expectUsage(['case', '-'], /-:1: at the line, expected a header line, got an empty log/)
    expectUsage(['case', '-'], /cannot read|-:1: at the line, expected one JSON value/, '{')
  })
})

describe('mpcvd deadlines', () => {
  it('says what is due, and ends with 1 only for what is overdue or missed', () => {
    const ask = (at: string, ...more: ReadonlyArray<string>): Ran => mpcvd(['deadlines', '-', '--at', at, '--policy', 'cert-cc-45', '--policy', 'linux-distros', ...more], three)
    // 14 and 45 days after 5 January, 9:00.
    expect(ask('2026-01-08')).toEqual({ code: 0, err: '', out: 'case c at 2026-01-08: 2 deadlines\nrunning 2026-01-19T09:00:00Z  r publish  (linux-distros, publish)\nrunning 2026-02-19T09:00:00Z  r publish  (cert-cc-45, publish)\n' })
    expect(ask('2026-01-19T09:00:00Z').code).toBe(0)
    expect(ask('2026-01-19T09:00:01Z')).toMatchObject({ code: 1, out: expect.stringMatching(/^overdue 2026-01-19T09:00:00Z {2}r publish {2}\(linux-distros, publish\)$/m) as string })
    const published = `${three}${logOf({ message: { ...m3, id: 'm4', types: ['ET', 'CP'], at: '2026-01-30T09:00:00Z', inReplyTo: undefined, after: ['m3'] } })}`
    const missed = mpcvd(['deadlines', '-', '--at', '2026-03-01', '--policy', 'cert-cc-45', '--policy', 'linux-distros'], published)
    expect([missed.code, linesOf(missed.out).slice(1)]).toEqual([1, ['missed  2026-01-19T09:00:00Z  r publish  (linux-distros, publish)', 'met     2026-02-19T09:00:00Z  r publish  (cert-cc-45, publish)']])
    expect(mpcvd(['deadlines', '-', '--at', '2026-03-01', '--policy', 'cert-cc-45'], published).code).toBe(0)
  })

  it('takes all built-in policies, or those that are named, or one from a file', () => {
    const names = (out: string): ReadonlyArray<string> => [...new Set([...out.matchAll(/\(([^,]+), /g)].map(([, name = '']) => name))].sort()
    const all = names(mpcvd(['deadlines', '-', '--at', '2026-05-08'], three).out)
    expect(all.every((name) => policies.some(({ id }) => id === name))).toBe(true)
    expect(all).toEqual(['cert-cc-45', 'linux-distros', 'openssf-model-outbound-0.1', 'project-zero-90+30', 'project-zero-reporting-transparency-2025'])
    const own: Policy = {
      id: 'ours', title: 'Ours', source: 'here',
      rules: [{ id: 'answer', owes: 'answer', who: 'subject', per: 'participant', starts: [{ any: ['reported'], about: 'vendor' }], within: 'P1D', met: ['acknowledged'] }],
    }
    // v acknowledged after 24 hours, to the second.
    expect(mpcvd(['deadlines', '-', '--at', '2026-05-08', '--policy', fileOf('ours.json', JSON.stringify(own))], three)).toEqual({
      code: 0, err: '', out: 'case c at 2026-05-08: 1 deadline\nmet     2026-01-06T09:00:00Z  v answer  (ours, answer)\n',
    })
  })

  it('gives JSON that says the same', () => {
    const asked = ['deadlines', '-', '--at', '2026-05-08']
    const [text, json] = [mpcvd(asked, three), mpcvd([...asked, '--json'], three)]
    expect(json).toMatchObject({ code: 1, err: '' })
    const found = parsed(json.out) as ReadonlyArray<{ readonly policy: string; readonly rule: string; readonly owes: string; readonly who: string; readonly status: string; readonly due: { readonly moment: string } }>
    expect(found.map(({ status, due, who, owes, policy, rule }) => `${status.padEnd(8)}${due.moment}  ${who} ${owes}  (${policy}, ${rule})`)).toEqual(linesOf(text.out).slice(1))
    expect(linesOf(json.out)).toHaveLength(1)
  })

  it('links logs without `after`, and takes several', () => {
    const asked = (...files: ReadonlyArray<string>): Ran => mpcvd(['deadlines', ...files, '--at', '2026-05-08'])
    const one = asked(fileOf('a.jsonl', three))
    expect(asked(fileOf('bare.jsonl', bare))).toEqual(one)
    expect(asked(fileOf('b.jsonl', two), fileOf('a.jsonl', three))).toEqual(one)
  })

  it('names whose duty it is only where that is known', () => {
    const holder: Policy = {
      id: 'p', title: 'P', source: 'here', rules: [{ id: 'r', owes: 'publish', who: 'holder', per: 'case', starts: [{ any: ['reported'] }], within: 'P1D', met: ['public'] }],
    }
    const { code, out } = mpcvd(['deadlines', '-', '--at', '2026-05-08', '--policy', fileOf('holder.json', JSON.stringify(holder))], three)
    expect(code).toBe(1)
    expect(out).not.toContain('undefined')
  })

  it('refuses in one line what it does not know', () => {
    const file = fileOf('a.jsonl', three)
    expectUsage(['deadlines'], /at least one file/)
    for (const at of ['', 'soon', '2026-02-30', '2026-01-05T10:00:00', '2026-01-05T10:00:00+24:00', '1', evil]) expectUsage(['deadlines', file, '--at', at], /--at expects an instant with its zone or a date, got/)
    for (const at of ['2026-01-05', '2026-01-05T10:00:00Z', '2026-01-05T10:00:00.5+02:00']) expect(mpcvd(['deadlines', file, '--at', at]).err).toBe('')
    for (const name of ['nope', '', '__proto__', 'cert-cc-45 ', evil]) expectUsage(['deadlines', file, '--policy', name], /--policy expects a file NAME\.json, or one of project-zero-90\+30, .*; got/)
    expectUsage(['deadlines', file, '--policy', fileOf('text.json', 'no')], /text\.json: expected a policy as JSON/)
    const bad = { id: 'p', title: 'P', source: 'here', rules: [{ id: 'r', owes: 'dance', who: 'author', per: 'case', starts: [], within: '9 days', met: ['public'] }] }
    expectUsage(['deadlines', file, '--policy', fileOf('bad.json', JSON.stringify(bad))], /bad\.json: .*\/rules\/0\/owes.*\/rules\/0\/within.*\/rules\/0\/starts/)
    expectUsage(['deadlines', file, fileOf('d.jsonl', logOf({ ...header, case: 'd' }))], /expected case c/)
  })

  it('says in one line that a policy is not there', () => {
    expectUsage(['deadlines', fileOf('a.jsonl', three), '--policy', 'missing.json'], /missing\.json/)
  })

  it.each(['{}', 'null', '[]', '7', '{"id":"p","rules":{}}', '{"id":"p","rules":[null]}', '{"id":"p","rules":[{"id":"r"}]}', '{"id":"p","rules":[],"holidays":7}'])('says in words what is no policy: %s', (text) => {
    expectUsage(['deadlines', fileOf('a.jsonl', three), '--policy', fileOf('none.json', text)], /none\.json: /)
  })
})

describe('mpcvd timeline', () => {
  it('draws lines, a Mermaid diagram, or an SVG', () => {
    expect(mpcvd(['timeline', '-'], three)).toEqual({
      code: 0, err: '',
      out: [
        'c',
        '1  2026-01-05T09:00:00Z  r -> v  RS EP, until 2026-04-05  r: EM Proposed; v: RM Received EM Proposed CS Vfd aware; embargo proposed: until 2026-04-05',
        '2  2026-01-06T09:00:00Z  v -> r  RK EA EK CV              r, v: EM Active; embargo in force: until 2026-04-05',
        '3~ 2026-01-07T09:00:00Z  r -> v  EK CK (tentative)',
        '',
      ].join('\n'),
    })
    const mermaid = mpcvd(['timeline', '-', '--format', 'mermaid'], three)
    expect(linesOf(mermaid.out).filter((line) => line.includes('>>'))).toEqual([
      '    p1->>p2: 1. RS EP, until 2026-04-05, 2026-01-05T09:00:00Z', '    p2->>p1: 2. RK EA EK CV, 2026-01-06T09:00:00Z', '    p1-->>p2: 3. EK CK (tentative), 2026-01-07T09:00:00Z',
    ])
    expect(mermaid.out).toMatch(/^sequenceDiagram\n/)
    const svg = mpcvd(['timeline', '-', '--format', 'svg'], three)
    expect(svg).toMatchObject({ code: 0, err: '' })
    expect(svg.out).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^]*<\/svg>\n$/)
    expect(mpcvd(['timeline', '-', '--format', 'text'], bare)).toEqual(mpcvd(['timeline', '-'], three))
  })

  it('is of all files together, whatever is wrong with the case', () => {
    expect(mpcvd(['timeline', fileOf('b.jsonl', two), fileOf('a.jsonl', three)])).toEqual(mpcvd(['timeline', '-'], three))
    expect(mpcvd(['timeline', '-'], forged).code).toBe(0)
  })

  it('refuses in one line what it does not know', () => {
    expectUsage(['timeline'], /at least one file/)
    for (const format of ['png', '', 'SVG', '__proto__', evil]) expectUsage(['timeline', fileOf('a.jsonl', three), '--format', format], /--format expects text, mermaid, svg, got/)
    expectUsage(['timeline', fileOf('a.jsonl', three), fileOf('d.jsonl', logOf({ ...header, case: 'd' }))], /expected case c/)
    expectUsage(['timeline', 'missing.jsonl'], /cannot read missing\.jsonl/)
  })
})

const commands: ReadonlyArray<ReadonlyArray<string>> = [
  ['case'], ['case', '--json'], ['deadlines'], ['deadlines', '--json'], ['timeline'], ['timeline', '--format', 'mermaid'], ['timeline', '--format', 'svg'],
]

describe.each(commands.map((words) => [words.join(' '), words] as const))('mpcvd %s', (_name, command) => {
  const ask = (log: string): Ran => mpcvd([...command, '-', '--at', '2026-01-08'], log)

  it('writes nothing to a terminal that could move it, colour it, or forge a line', () => {
    const { out, err } = ask(forged)
    expect(err).toBe('')
    expect(steers(out)).toBe(false)
    expect(linesOf(out).filter((line) => line.startsWith('may publish: v: yes'))).toEqual([])
    if (command.includes('--json')) expect(JSON.stringify(parsed(out))).toContain(JSON.stringify(evil).slice(1, -1))
    else if (command.includes('svg')) expect(out).toContain(seen.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'))
    else if (command.includes('mermaid')) expect(out.replace(/#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits)))).toContain(seen)
    else expect(out).toContain(seen)
    if (command.includes('svg')) expect(out).not.toContain('<b>')
  })

  it('reads standard input, byte order marks and CRLF', () => {
    const plain = ask(three)
    expect(plain.err).toBe('')
    expect(ask(`\ufeff${three.replaceAll('\n', '\r\n\r\n')}`)).toEqual(plain)
    expect(ask(three.trimEnd())).toEqual(plain)
  })

  it('ends with 2 where a line cannot be read, and works with the rest', () => {
    const { code, out, err } = ask(`${three}{\n`)
    expect(code).toBe(2)
    expect(`${out}${err}`).toMatch(/-:5: unreadable: at the line, expected one JSON value, got "\{"/)
  })

  it('keeps what is to be read by a program apart from what it says about unreadable lines', () => {
    const { out } = ask(`${three}{\n`)
    if (command.includes('--json')) expect(() => parsed(out)).not.toThrow()
    if (command.includes('svg')) expect(out).toMatch(/^<svg /)
    if (command.includes('mermaid')) expect(out).toMatch(/^sequenceDiagram\n/)
  })
})
