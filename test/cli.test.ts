/**
 * The command as a user runs it: built, as a process, by its arguments, its streams and its exit code. Long, because five
 * commands share the set-up.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { adopted, cs, em, errata, type LocalEvent, localEvents, type Message, published, rm } from 'mpcvd'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { step, stepLine } from '../src/cli/step.js'
import { stateDiagram } from '../src/diagram/index.js'
import { builtCommand } from './built.js'
import { everyContext, messageWith, participants, pick, randomFrom, rowTypes, typesOf, ways } from './cells.js'
import { partly, whole } from './whole.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'mpcvd-cli-'))
const cli = join(folder, 'dist', 'cli.js')

beforeAll(async () => {
  await builtCommand(folder)
  mkdirSync(join(folder, 'directory'))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const mpcvd = (args: ReadonlyArray<string>, input: string | Buffer = ''): Ran => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, input, encoding: 'utf8', maxBuffer: 2 ** 28 })
  return { code: status, out: stdout, err: stderr }
}
const linesOf = (text: string): ReadonlyArray<string> => text.split('\n').slice(0, -1)
const parsed = (line: string): unknown => JSON.parse(line)
const fileOf = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return name
}

/** A mistake of the caller: nothing on standard output, one line on standard error, exit code 2. */
const expectUsage = (args: ReadonlyArray<string>, said: RegExp): void => {
  const { code, out, err } = mpcvd(args)
  expect({ code, out, lines: linesOf(err).length }).toEqual({ code: 2, out: '', lines: 1 })
  expect(err).toMatch(/^mpcvd: .*\n$/)
  expect(err).toMatch(said)
}

const sent: Message = { id: 'm1', case: 'c', from: 'r', to: ['v'], types: ['RS'], at: '2026-01-05' }
const header = { log: 1, protocol: 'adopted@1', case: 'c', participants: [{ id: 'r', roles: ['finder', 'reporter'] }, { id: 'v', roles: ['vendor'] }], world: 'open' }
const logOf = (...lines: ReadonlyArray<unknown>): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('')
const clean = logOf(header, { message: sent })
const refused = logOf(header, { message: { ...sent, from: 'v', to: ['r'], types: ['RV'] } })

describe('mpcvd', () => {
  it('is a file that can be run', () => {
    expect(execFileSync(cli, ['--version'], { encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it('says its version', () => {
    const own = parsed(readFileSync(join(root, 'package.json'), 'utf8'))
    for (const option of ['--version', '-v']) expect(own).toMatchObject({ version: mpcvd([option]).out.trim() })
  })

  it('lists every command and option that it knows, and no other', () => {
    const source = readFileSync(join(root, 'src/cli/main.ts'), 'utf8')
    const { code, out } = mpcvd(['--help'])
    expect(code).toBe(0)
    expect([...out.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name)).toEqual([...source.matchAll(/case '(\w+)':/g)].map(([, name]) => name))
    expect([...out.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, name]) => name).sort()).toEqual([...source.matchAll(/([\w-]+)'?: \{ type: '/g)].map(([, name]) => `--${name ?? ''}`).sort())
    expect(mpcvd(['check', '-h'])).toEqual({ code: 0, out, err: '' })
    expect(mpcvd([])).toEqual({ code: 2, out, err: '' })
  })

  it('refuses what it does not know in one line', () => {
    expectUsage(['bogus'], /unknown command bogus/)
    expectUsage(['bogus\u001b[31m\nmpcvd: fine'], /bogus\\u001b\[31m\\u000ampcvd/)
    expectUsage(['--bogus'], /--bogus/)
    expectUsage(['check', '--protocol'], /--protocol/)
    expectUsage(['check', 'x', '--protocol', 'both'], /published or adopted, got both/)
    expectUsage(['check'], /at least one file/)
    expectUsage(['step', 'x'], /takes no arguments/)
    for (const command of ['permitted', 'explain', 'diagram']) for (const rest of [[], ['a', 'b']]) expectUsage([command, ...rest], /expects one/)
  })
})

describe('mpcvd check', () => {
  it('ends with 0 for what is clean, 1 for findings, 2 for what cannot be read, the worst of several files', () => {
    const one = fileOf('clean.jsonl', clean)
    const two = fileOf('refused.jsonl', refused)
    const three = fileOf('bad.jsonl', `${clean}{\n${logOf({ message: { ...sent, id: 'm2' } })}`)
    expect(mpcvd(['check', one])).toEqual({ code: 0, err: '', out: 'clean.jsonl: case c, 1 message, 0 observations, adopted@1, open world\n  r (A,N,pxa) finder, reporter\n  v (R,N,Vfdpxa) vendor\nclean.jsonl: clean\n' })
    expect(mpcvd(['check', two])).toMatchObject({ code: 1, err: '', out: expect.stringMatching(/^refused\.jsonl:2: refused: RV by v is not allowed here; .*\nrefused\.jsonl: 1 finding\n$/m) as string })
    expect(mpcvd(['check', three])).toMatchObject({ code: 2, err: '', out: expect.stringMatching(/^bad\.jsonl:3: unreadable: .*\n(.*\n)*bad\.jsonl: unreadable \(1 fault\)\n$/m) as string })
    expect(mpcvd(['check', one, one]).code).toBe(0)
    expect(mpcvd(['check', one, two, one]).code).toBe(1)
    const all = mpcvd(['check', one, 'missing.jsonl', two, three, 'directory'])
    expect(all.code).toBe(2)
    expect(linesOf(all.err)).toEqual([expect.stringMatching(/^mpcvd: cannot read missing\.jsonl: ENOENT/), expect.stringMatching(/^mpcvd: cannot read directory: EISDIR/)])
    for (const verdict of ['clean.jsonl: clean', 'refused.jsonl: 1 finding', 'bad.jsonl: unreadable (1 fault)']) expect(linesOf(all.out)).toContain(verdict)
  })

  it('reads standard input, byte order marks and CRLF, and refuses what is empty', () => {
    expect(mpcvd(['check', '-'], clean)).toMatchObject({ code: 0, out: expect.stringMatching(/^-: clean\n/m) as string })
    expect(mpcvd(['check', '-'], `\ufeff${clean.replaceAll('\n', '\r\n\r\n')}`).code).toBe(0)
    expect(mpcvd(['check', '-'], clean.trimEnd()).code).toBe(0)
    expect(mpcvd(['check', '-'], '')).toMatchObject({ code: 2, out: '-:1: unreadable: at the line, expected a header line, got an empty log\n-: unreadable (1 fault)\n' })
    expect(mpcvd(['check', fileOf('empty.jsonl', '')]).code).toBe(2)
    expect(mpcvd(['check', '-'], Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0x80])).code).toBe(2)
  })

  it('gives JSON that says the same', () => {
    const { code, out, err } = mpcvd(['check', '--json', fileOf('a.jsonl', clean), fileOf('b.jsonl', refused), fileOf('c.jsonl', 'x')])
    expect({ code, err }).toEqual({ code: 2, err: '' })
    expect(linesOf(out).map(parsed)).toMatchObject([
      { file: 'a.jsonl', verdict: 'clean', case: 'c', protocol: 'adopted@1', messages: 1, observations: 0, participants: [{ id: 'r', state: '(A,N,pxa)' }, { id: 'v', state: '(R,N,Vfdpxa)' }], findings: [] },
      { file: 'b.jsonl', verdict: 'findings', findings: [{ kind: 'refused', line: 2, participant: 'v', got: ['RV'] }] },
      { file: 'c.jsonl', verdict: 'unreadable', faults: [{ line: 1, path: '', expected: 'one JSON value', got: '"x"' }] },
    ])
  })

  it('reads a log by the protocol that it names, or by another', () => {
    const log = (protocol: string): string => logOf({ ...header, protocol, participants: [{ id: 'v', roles: ['vendor'], start: '(V,N,Vfdpxa)' }, { id: 'r', roles: ['finder'] }] }, { message: { ...sent, from: 'v', to: ['r'], types: ['RI'] } })
    const refuses = (protocol: string, ...args: ReadonlyArray<string>): boolean => /:2: refused: RI by v is not allowed/.test(mpcvd(['check', '-', ...args], log(protocol)).out)
    expect([refuses('adopted@1'), refuses('published@1')]).toEqual([true, false])
    expect([refuses('adopted@1', '--protocol', 'published'), refuses('published@1', '--protocol', 'adopted')]).toEqual([false, true])
    expect(mpcvd(['check', '-', '--protocol', 'published'], clean).out).toContain('published@1')
  })

  it('writes nothing to a terminal that could move it, colour it, or forge a line', () => {
    const evil = 'x\u001b[2J\r\u0007\u009b31m\u202e\u2028\n-: clean\n'
    const log = logOf(
      { ...header, case: evil, participants: [{ id: evil, roles: ['finder'] }, { id: 'v', roles: ['vendor'] }], as: evil, [evil]: 1 }, { message: { ...sent, case: evil, id: evil, from: 'v', to: [evil], types: ['RV'] } },
      { message: { ...sent, at: evil } }, { message: { ...sent, case: evil, inReplyTo: evil, from: evil, types: ['RE'] } }, { receipt: { message: evil, by: evil, [evil]: 2 } },
    )
    for (const [args, verdicts] of [[['check', '-'], 1], [['check', '-', '--json'], 0]] as const) {
      const { code, out } = mpcvd(args, log)
      expect(code).toBe(2)
      expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/)
      expect(linesOf(out).filter((line) => line.startsWith('-: ') && !line.startsWith('-: case'))).toHaveLength(verdicts)
      if (verdicts === 0) expect(parsed(out)).toMatchObject({ case: evil, participants: [{ id: evil }] })
    }
    expectUsage(['check', evil.replaceAll('/', '')], /cannot read x\\u001b\[2J/)
  })
})

describe('mpcvd permitted, explain, diagram', () => {
  /** What may be sent about oneself: the first column, without what is about somebody else. */
  const first = (text: string): ReadonlyArray<string> =>
    linesOf(text).slice(1, -1).filter((line) => !line.includes('subject=other')).map((line) => line.split(' ')[0] ?? '')

  it('says what may be sent in a state of every shape', () => {
    for (const [state, yes, no, steps] of [
      ['(A,N,Vfdpxa)', ['RS', 'CF', 'EP', 'RC', 'CX+CP'], ['CD', 'EA', 'RV'], /accept|ready/],
      ['(A,P,dpxa)', ['EA', 'ER', 'RD'], ['CF', 'ET'], /close/],
      ['(S,N,pxa)', [], ['RS', 'RV', 'RC'], /discover/],
      [' R , A , pxa ', ['RI', 'RV', 'ET', 'EV'], ['RS', 'EA'], /validate/],
    ] as const) {
      const { code, out, err } = mpcvd(['permitted', state])
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(first(out)).toEqual(expect.arrayContaining([...yes]))
      for (const type of no) expect(first(out), state).not.toContain(type)
      expect(linesOf(out).at(-1)).toMatch(/^local steps: /)
      expect(linesOf(out).at(-1)).toMatch(steps)
      expect(out).not.toMatch(/ \n/)
    }
  })

  it('takes roles and protocol into account', () => {
    const types = (...args: ReadonlyArray<string>): ReadonlyArray<string> => first(mpcvd(['permitted', ...args]).out)
    expect(types('(A,N,VFdpxa)', '--roles', 'vendor,deployer')).toContain('CD')
    expect(types('(A,N,VFdpxa)')).not.toContain('CD')
    expect(types('(V,N,Vfdpxa)', '--protocol', 'published')).toContain('RI')
    expect(types('(V,N,Vfdpxa)')).not.toContain('RI')
    const json = parsed(mpcvd(['permitted', '(A,N,pxa)', '--roles', ' finder , reporter', '--json']).out)
    const self = { id: 'participant', roles: ['finder', 'reporter'], rm: 'Accepted', em: 'None', cs: 'pxa' } as const
    expect(json).toEqual({ protocol: 'adopted@1', state: self, permitted: parsed(JSON.stringify(adopted.permitted(self))), local: adopted.permittedLocal(self) })
  })

  it('refuses bad states and roles in one line', () => {
    for (const state of ['', 'A,N', '(Q,N,pxa)', '(A,Q,pxa)', '(A,N,Q)', '(A,N,vFdpxa)', '(A,N,pxa', '\n']) expectUsage(['permitted', state], /cannot read the state/)
    for (const roles of ['', 'boss', 'vendor,boss', 'vendor,vendor', 'Vendor']) expectUsage(['permitted', '(A,N,Vfdpxa)', '--roles', roles], /--roles expects/)
    expectUsage(['permitted', '(A,N,pxa)', '--roles', 'vendor'], /does not have the shape/)
  })

  it('explains rules, errata, requirements and types', () => {
    for (const [name, said] of [
      ['sent.RS', /^adopted sent\.RS: sent RS$/m], ['FT:110', /^adopted sent\.RS[^]*source: FT:110 \(docs\/reference\/formal_protocol\/transitions\.md\)[^]*^published FT:110: sent RS$/m],
      ['D-RM-01', /^D-RM-01: [^]*^adopted: RI \(and edge i\) from R only\.$/m], ['d-rm-01', /^D-RM-01: /], ['VP-03-001', /requirements: .*VP-03-001/], ['RS', /^RS: Report Submission\. [^]*adopted sent\.RS/],
    ] as const) {
      const { code, out, err } = mpcvd(['explain', name])
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).toMatch(said)
      expect(mpcvd(['explain', name, '--protocol', 'published']).out).not.toMatch(/^adopted [a-z]+\./m)
      expect(parsed(mpcvd(['explain', name, '--json']).out)).toHaveProperty('rules')
    }
    for (const name of ['nope', '', '__proto__', 'constructor', 'D-RM-99', 'rs', 'e\u001b[0m']) expectUsage(['explain', name], /nothing is called/)
    expect(JSON.stringify(errata.map((one) => Object.values(one).map(String)))).not.toMatch(/\\[nrtu]|[\u007f-\u009f]/)
  })

  it('draws the four machines', () => {
    for (const [name, drawn] of Object.entries({ rm: stateDiagram(rm), em: stateDiagram(em), cs: stateDiagram(cs) })) expect(mpcvd(['diagram', name])).toEqual({ code: 0, out: `${drawn}\n`, err: '' })
    expect(mpcvd(['diagram', 'consent']).out).toMatch(/^---\ntitle: .*\n---\nstateDiagram-v2\n/)
    expect(parsed(mpcvd(['diagram', 'em', '--json']).out)).toEqual({ machine: 'em', mermaid: stateDiagram(em) })
    for (const name of ['zz', '', '__proto__', 'RM']) expectUsage(['diagram', name], /no machine is called/)
  })
})

const vendor = { id: 'v', roles: ['vendor'], rm: 'Start', em: 'None', cs: 'vfdpxa' }
const request = (id: unknown, more: object): string => JSON.stringify({ id, state: vendor, ...more })

/** A process of the command that can be written to and read from bit by bit. */
const started = (args: ReadonlyArray<string>): { readonly write: (data: string | Buffer) => Promise<void>; readonly end: () => void; readonly read: (waitEach: number) => Promise<string>; readonly code: Promise<number | null> } => {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, milliseconds) })
  return {
    write: (data) => new Promise((resolve) => { child.stdin.write(data, () => resolve()) }),
    end: () => child.stdin.end(),
    read: async (waitEach) => {
      const chunks: Buffer[] = []
      for await (const chunk of child.stdout) {
        chunks.push(Buffer.from(chunk as Uint8Array))
        if (waitEach > 0) await wait(waitEach)
      }
      return Buffer.concat(chunks).toString('utf8')
    },
    code: new Promise((resolve) => { child.on('close', resolve) }),
  }
}

describe('a reader that goes away', () => {
  it.each([
    ['step, endless input', `yes '${request(1, { message: sent })}' | "$0" "$1" step | head -1; echo "\${PIPESTATUS[1]}"`],
    ['check, much output', '"$0" "$1" check many.jsonl | head -1; echo "${PIPESTATUS[0]}"'],
    ['check --json, much output', '"$0" "$1" check --json many.jsonl | head -c 10; echo; echo "${PIPESTATUS[0]}"'],
  ])('is no error: %s', (_name, script) => {
    fileOf('many.jsonl', logOf(header, ...Array.from({ length: 20_000 }, (_, index) => ({ message: { ...sent, id: `m${index}`, from: 'v', to: ['r'], types: ['RV'] } }))))
    const { stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, cli], { cwd: folder, encoding: 'utf8', timeout: 30_000 })
    expect(linesOf(stdout)).toHaveLength(2)
    expect({ code: linesOf(stdout)[1], stderr }).toEqual({ code: '0', stderr: '' })
  })
})

describe('mpcvd step', () => {
  const answers = (input: string | Buffer): ReadonlyArray<string> => {
    const { code, out, err } = mpcvd(['step'], input)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out === '' || out.endsWith('\n')).toBe(true)
    return linesOf(out)
  }
  const answer = (line: string): unknown => parsed(stepLine(line))
  const kindOf = (line: string): string => {
    const given = parsed(line)
    return typeof given === 'object' && given !== null ? Object.keys(given).join() : typeof given
  }

  it('answers as the contract says, byte for byte', () => {
    const state = '{"id":"v","roles":["vendor"],"rm":"Start","em":"None","cs":"vfdpxa"}'
    const message = '{"id":"m1","case":"c","from":"r","to":["v"],"types":["RS"],"at":"2026-01-05"}'
    expect(answers(`{"id":1,"state":${state},"message":${message}}\n{"id":"b","protocol":"adopted","state":${state},"local":"accept"}\n{"id":null,"state":${state},"message":${message.replace('"at":"2026-01-05"', '"at":"5"')}}\n`)).toEqual([
      '{"id":1,"right":{"state":{"id":"v","roles":["vendor"],"rm":"Received","em":"None","cs":"Vfdpxa"},"fired":[{"machine":"rm","event":"receive"},{"machine":"cs","event":"V"}],"replies":["RK","CV"]}}',
      expect.stringMatching(/^\{"id":"b","left":\{"kind":"no-row",.*"tried":\{"way":"local","event":"accept"\},"state":\{"id":"v","roles":\["vendor"\],"rm":"Start","em":"None","cs":"vfdpxa"\},"allowed":\[.*\]\}\}$/),
      '{"id":null,"fault":[{"path":"/message/at","expected":"an RFC 3339 instant with its zone, a date YYYY-MM-DD, or an interval of two of these joined by /","got":"\\"5\\""}]}',
    ])
  })

  it('echoes every kind of id', () => {
    const ids: ReadonlyArray<unknown> = [0, -1.5, '', 'x', null, true, false, [], [1, ['a']], {}, { a: { id: 1 } }, '\u0000\u2028💥', 1e300]
    expect(answers(ids.map((id) => `${request(id, { message: sent })}\n`).join('')).map(parsed)).toMatchObject(ids.map((id) => ({ id, right: {} })))
    expect(answers(`{"id":"\\ud800","local":1,"message":1}\n{"state":1,"local":"x"}\n`).map(parsed)).toMatchObject([{ id: '\ud800', fault: [{}, {}] }, { id: null, fault: [{}] }])
  })

  it('tells what is wrong with a line and goes on, in order', () => {
    const bad = ['', '{', 'null', '[]', '7', '"x"', '\u0000', '{"id":1}', request(2, {}), request(3, { message: sent, local: 'accept' }), request(4, { message: 7 }), request(5, { local: 'dance' }), request(6, { local: { event: 'propose' } }), request(7, { local: null }),
      request(8, { protocol: 'both', message: sent }), request(9, { protocol: null, message: sent }), request(10, { state: 1, message: {} }), request(11, { state: { ...vendor, cs: 'pxa' }, local: 'accept' })]
    const good = request('good', { message: sent })
    const out = answers(bad.flatMap((line) => [line, good]).map((line) => `${line}\n`).join(''))
    expect(out.map(kindOf)).toEqual(bad.flatMap(() => ['id,fault', 'id,right']))
    expect(out.map((line) => Reflect.get(Object(parsed(line)) as object, 'id') as unknown).filter((_, index) => index % 2 === 0)).toEqual([null, null, null, null, null, null, null, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(answer(bad[8] ?? '')).toEqual({ id: 2, fault: [{ path: '', expected: 'one of message and local', got: 'neither' }] })
    expect(answer(bad[9] ?? '')).toEqual({ id: 3, fault: [{ path: '', expected: 'one of message and local', got: 'both' }] })
    expect(answer(bad[11] ?? '')).toMatchObject({ fault: [{ path: '/local', got: '"dance"' }] })
    expect(answer(bad[14] ?? '')).toMatchObject({ fault: [{ path: '/protocol', got: '"both"' }] })
    expect(answer(bad[16] ?? '')).toMatchObject({ fault: [{ path: '/state' }, { path: '/message/id' }, {}, {}, {}, {}, {}] })
  })

  it('is not thrown off by lines that are deep, long or hostile', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    const lines = [`{"id":${deep}}`, `{"id":1,"state":${JSON.stringify(vendor)},"local":${deep}}`, `{"id":1,"protocol":${deep},"state":{},"local":1}`, deep, `{"id":1,"state":${deep},"message":${deep}}`, `{"__proto__":{"id":1,"state":1},"id":2}`, `"${'x'.repeat(10_000_000)}`]
    expect(answers(`${lines.join('\n')}\n`).map(kindOf)).toEqual(lines.map(() => 'id,fault'))
    const long = request('x'.repeat(3_000_000), { message: { ...sent, note: '💥'.repeat(1_000_000) } })
    expect(answers(long).map(kindOf)).toEqual(['id,right'])
  })

  it('takes a local step by name or as an object, and the reading that is asked for', () => {
    const validated = { ...vendor, rm: 'Valid', cs: 'Vfdpxa' }
    const invalid = { ...sent, from: 'v', to: ['r'], types: ['RI'] }
    const asked = (protocol: string | undefined): string => kindOf(stepLine(request(1, { state: validated, message: invalid, protocol })))
    expect(['adopted', 'adopted@1', undefined, 'published', 'published@1'].map(asked)).toEqual(['id,left', 'id,left', 'id,left', 'id,right', 'id,right'])
    expect(answer(request(1, { state: validated, local: { event: 'accept', reason: 'x' } }))).toEqual(answer(request(1, { state: validated, local: 'accept' })))
    expect(answer(request(1, { state: validated, local: 'accept' }))).toMatchObject({ right: { state: { rm: 'Accepted' }, fired: [{ machine: 'rm', event: 'accept' }] } })
  })

  it('reads CRLF, a last line without an end, and input that comes byte by byte', async () => {
    const lines = [request('é💥', { message: sent }), '{', request(2, { local: 'aware' })]
    const expected = answers(`${lines.join('\n')}\n`)
    expect(expected.map(kindOf)).toEqual(['id,right', 'id,fault', 'id,right'])
    expect(answers(lines.join('\n'))).toEqual(expected)
    expect(answers(lines.join('\r\n').replace('{\r\n', '{\n'))).toEqual(expected)
    expect(answers('')).toEqual([])
    const bytes = Buffer.from(lines.join('\n'))
    const slow = started(['step'])
    const read = slow.read(0)
    for (const byte of bytes) await slow.write(Buffer.from([byte]))
    slow.end()
    expect(linesOf(await read)).toEqual(expected)
    expect(await slow.code).toBe(0)
    const input = new PassThrough()
    const output = new PassThrough()
    const done = step(input, output)
    for (const byte of bytes) input.write(Buffer.from([byte]))
    input.end()
    expect(await done).toBe(0)
    expect(linesOf(String(output.read()))).toEqual(expected)
  })

  it('answers 100,000 lines in order, also to a slow reader', async () => {
    const text = Array.from({ length: 100_000 }, (_, index) => `${index % 10 === 9 ? `{"id":${index}}` : request(index, { message: sent })}\n`).join('')
    const inOrder = (out: string): void => {
      const lines = linesOf(out)
      expect(lines).toHaveLength(100_000)
      expect(lines.findIndex((line, index) => !line.startsWith(`{"id":${index},"${index % 10 === 9 ? 'fault' : 'right'}":`))).toBe(-1)
    }
    inOrder(mpcvd(['step'], text).out)
    const slow = started(['step'])
    const written = slow.write(text).then(slow.end)
    await new Promise((resolve) => { setTimeout(resolve, 500) })
    inOrder(await slow.read(1))
    await written
    expect(await slow.code).toBe(0)
  }, 60_000)

  it(`agrees with both readings on 20,000 random cells${partly('5,000')}`, () => {
    const random = randomFrom(20_260_105)
    const cells = Array.from({ length: whole ? 20_000 : 5_000 }, (_, id) => {
      const reading = pick(random, [adopted, published])
      const [, self] = pick(random, participants)
      if (random() < 0.2) {
        const event: LocalEvent = pick(random, localEvents)
        return { line: JSON.stringify({ id, protocol: reading.name, state: self, local: event }), result: reading.local(self, event) }
      }
      const way = pick(random, ways)
      const types = typesOf(pick(random, rowTypes))
      const message = messageWith(way, types, { ...pick(random, everyContext), cause: pick(random, ['none', 'own', 'observed'] as const) })
      return { line: JSON.stringify({ id, protocol: reading.edition, state: self, message }), result: reading.transition(self, message) }
    })
    const out = answers(cells.map(({ line }) => `${line}\n`).join(''))
    expect(out).toHaveLength(cells.length)
    const tags = { Left: 0, Right: 0 }
    const wrong = cells.filter(({ result }, id) => {
      tags[result._tag]++
      const told = result._tag === 'Left' ? { left: result.left } : { right: { state: result.right.state, fired: result.right.fired, replies: result.right.replies, ...(result.right.optional.length > 0 ? { optional: result.right.optional } : {}), ...(result.right.notes.length > 0 ? { notes: result.right.notes } : {}) } }
      return !isDeepStrictEqual(parsed(out[id] ?? ''), parsed(JSON.stringify({ id, ...told })))
    })
    expect(wrong).toEqual([])
    expect(Math.min(tags.Left, tags.Right)).toBeGreaterThan(0.15 * cells.length)
  }, 60_000)
})
