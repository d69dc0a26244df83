/**
 * The package as its users get it: packed, unpacked beside nothing but its two dependencies, imported as ESM and as CJS,
 * type-checked, bundled for a browser, and run as a command, also where nothing else is. Also its public surface and its sizes.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entries } from '../tsup.config.js'
import { budgets, sizeOf, subjects } from './bench/sizes.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'mpcvd-package-'))
const run = (file: string, args: ReadonlyArray<string>, cwd: string, input?: string): string =>
  execFileSync(file, args, { cwd, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'], ...(input === undefined ? {} : { input }) })

interface Manifest { readonly version: string; readonly dependencies: object; readonly scripts: object }
const manifest = (at: string): Manifest => JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as Manifest

/** Whether `dist` is whole, types and all, and newer than everything that it is made of. */
const isFresh = (): boolean => {
  const madeOf = [...readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map((name) => join('src', name)), 'package.json', 'package-lock.json', 'tsconfig.json', 'tsup.config.ts']
  const newest = Math.max(...madeOf.map((name) => statSync(join(root, name)).mtimeMs))
  const last = Object.keys(entries).flatMap((name) => ['.js', '.cjs', '.d.ts', '.d.cts'].map((kind) => join(root, 'dist', `${name}${kind}`)))
  return [...last, join(root, 'dist', 'cli.js')].every((path) => existsSync(path) && statSync(path).mtimeMs > newest)
}

beforeAll(() => {
  const built = join(folder, 'built')
  // What has been built from these very sources is taken as it is: to build takes longer than all of the tests here.
  const taken = isFresh()
  cpSync(root, built, { recursive: true, filter: (path) => !(taken ? /[\\/](node_modules|\.git|docs[\\/]dist|\.stryker-tmp)([\\/]|$)/ : /[\\/](node_modules|\.git|dist|\.stryker-tmp)([\\/]|$)/).test(path.slice(root.length - 1)) })
  symlinkSync(join(root, 'node_modules'), join(built, 'node_modules'))
  if (!taken) run('npx', ['tsup', '--silent'], built)
  const tarball = run('npm', ['pack', '--silent', '--pack-destination', folder], built).trim().split('\n').at(-1) ?? ''
  run('tar', ['-xzf', tarball], folder)
  const modules = join(folder, 'user', 'node_modules')
  mkdirSync(modules, { recursive: true })
  mkdirSync(join(folder, 'empty'))
  cpSync(join(folder, 'package'), join(modules, 'mpcvd'), { recursive: true })
  for (const name of ['fp-ts', 'io-ts']) symlinkSync(join(root, 'node_modules', name), join(modules, name))
  writeFileSync(join(folder, 'user', 'package.json'), '{ "private": true, "dependencies": { "mpcvd": "*" } }')
  writeFileSync(join(folder, 'user', 'a.mjs'), `import { errata, published, rm, transition } from 'mpcvd'; import { canonical, caseOf, charterOf, ingest, openLedger } from 'mpcvd/case'; import { decodeMessage } from 'mpcvd/codec'; import { check, checkText, describeBreach, requirements } from 'mpcvd/conformance'; import { evidence, evidenceMarkdown, evidencePage } from 'mpcvd/crosswalk'; import { stateDiagram, timelineOf, timelineSvg, timelineText } from 'mpcvd/diagram'; import { histories, readWhen, score } from 'mpcvd/measuring'; import { castOf, guidanceFor, next, simulate } from 'mpcvd/advice'; import { checkModel, properties, verify } from 'mpcvd/verify'; import { observe } from 'mpcvd/bridge'; import { github } from 'mpcvd/bridge/github'; ${program}`)
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const user = join(folder, 'user')
/** Other runtimes than Node, where they are installed. */
const others = ([['deno', ['run', '--allow-all', '--no-check', '--node-modules-dir=manual']], ['bun', []]] as const).filter(([runtime]) => {
  const there = spawnSync(runtime, ['--version']).status === 0
  if (!there) console.log(`skipped: ${runtime} is not installed; the package is not run under it`)
  return there
})
const program = `
const start = { id: 'v', roles: ['vendor'], rm: 'Start', em: 'None', cs: 'vfdpxa' }
const message = { id: 'm1', case: 'c1', from: 'r', to: ['v'], types: ['RS'], at: '2026-01-05T10:00:00Z' }
const result = transition(start, message)
if (result._tag !== 'Right' || result.right.state.cs !== 'Vfdpxa') throw new Error('transition')
if (decodeMessage(message)._tag !== 'Right' || decodeMessage({})._tag !== 'Left') throw new Error('decode')
if (!stateDiagram(rm).includes('Start --> Received: receive')) throw new Error('diagram')
if (published.transition(start, message)._tag !== 'Right' || errata.length < 154) throw new Error('published')
const header = { log: 1, protocol: 'adopted@1', case: 'c1', participants: [{ id: 'r', roles: ['finder'] }, { id: 'v', roles: ['vendor'] }], world: 'open' }
const entries = [{ message: { ...message, types: ['RS', 'EP'], after: [], embargo: { id: 'x', end: '2026-04-05' } } }, { message: { ...message, id: 'm2', from: 'v', to: ['r'], types: ['EA'], after: ['m1'], embargo: { id: 'x' } } }]
const opened = openLedger(charterOf(header))
const found = caseOf(ingest(opened.right, entries))
if (found.state.em !== 'Active' || found.settled.count !== 1 || found.findings.length > 0 || canonical({ b: 1, a: 2 }) !== '{"a":2,"b":1}') throw new Error('case')
if (!timelineText(timelineOf(found)).includes('embargo in force: until 2026-04-05') || !timelineSvg(timelineOf(found)).startsWith('<svg ')) throw new Error('timeline')
const report = check({ header, entries: [{ message: { ...message, types: ['RC'], from: 'v', to: ['r'] } }] }), [broken] = checkText('{}')
if (report.verdict !== 'violations' || broken.verdict !== 'unreadable' || requirements.length < 527 || describeBreach(report.findings[0]) === '') throw new Error('conformance')
const sheets = evidence({ header, entries }, 'iso-30111')
if (sheets.sheets.length !== 1 || !evidenceMarkdown(sheets).includes('7.1.3') || !evidencePage(sheets, []).startsWith('<!doctype html>')) throw new Error('evidence')
const model = { protocol: published, participants: [{ roles: ['reporter'] }, { roles: ['vendor'] }], channel: { bound: 2 }, about: ['em'], steps: 4, acknowledgements: false }
const verdict = verify(model, properties.filter(({ id }) => id === 'divergence-em')).verdicts[0]
if (checkModel(model)._tag !== 'Right' || verdict.verdict !== 'violated' || verdict.counterexample.moves.length < 4) throw new Error('verify')
const scored = score({ V: readWhen('2026-01-05'), P: readWhen('2026-02-05') })
if (histories.length !== 70 || scored._tag !== 'Right' || scored.right.verdicts['V<P'] !== 'met') throw new Error('measuring')
const moves = next({ id: 'v', roles: ['vendor'], rm: 'Accepted', em: 'Active', cs: 'VfdPxa' }), play = simulate(castOf([['reporter'], ['vendor']]), { seed: 7, steps: 5 })
if (moves._tag !== 'Right' || moves.right[0].types[0] !== 'ET' || guidanceFor('VFdpxA').embargoHold !== 'at risk' || play._tag !== 'Right') throw new Error('advice')
const told = observe(github, { now: { ghsa_id: 'GHSA-1', state: 'triage', submission: { accepted: false }, created_at: '2026-01-05T10:00:00Z', updated_at: '2026-01-05T10:00:00Z' } }, { case: 'c1', seen: '2026-01-06', participants: header.participants.map(({ id, roles }) => ({ id, roles, rm: id === 'r' ? 'Accepted' : 'Start', em: 'None', cs: id === 'r' ? 'pxa' : 'vfdpxa' })), parties: { reporter: 'r', vendor: 'v' } })
if (told._tag !== 'Right' || told.right.messages[0].types[0] !== 'RS') throw new Error('bridge')
console.log('passed')
`

describe('the tarball', () => {
  test('holds what it should and nothing else', () => {
    const files = readdirSync(join(folder, 'package'), { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$|LICENSE/.test(name))
    expect(files.filter((name) => !/^(dist|docs)\//.test(name)).sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'THIRD-PARTY-NOTICES.md', 'package.json'])
    expect(files.filter((name) => name.startsWith('docs/')).sort()).toEqual([
      ...['log-entry', 'log-header', 'message', 'participant', 'status-map', 'vectors'].map((name) => `docs/schema/${name}.schema.json`),
      ...['bundles', 'cells-adopted', 'cells-published', 'codec', 'histories', 'ledgers', 'locals-adopted', 'locals-published', 'manifest', 'requirements', 'words'].map((name) => `docs/vectors/${name}.json`),
    ])
    const own = manifest(join(folder, 'package'))
    expect(Object.keys(own.dependencies)).toEqual(['fp-ts', 'io-ts'])
    expect(Object.keys(own.scripts).filter((name) => /install|prepare/.test(name))).toEqual([])
  })

  test('runs as an ES module', () => {
    expect(run('node', ['a.mjs'], user).trim()).toBe('passed')
  })

  test.each(others)('runs under %s', (runtime, args) => {
    expect(run(runtime, [...args, 'a.mjs'], user).trim()).toBe('passed')
    expect(run(runtime, [...args, join(user, 'node_modules', 'mpcvd', 'dist', 'cli.js'), 'permitted', '(A,N,pxa)'], user)).toContain('RS')
  })

  test('runs as CommonJS', () => {
    writeFileSync(join(user, 'a.cjs'), `const { errata, published, rm, transition } = require('mpcvd'); const { canonical, caseOf, charterOf, ingest, openLedger } = require('mpcvd/case'); const { decodeMessage } = require('mpcvd/codec'); const { check, checkText, describeBreach, requirements } = require('mpcvd/conformance'); const { evidence, evidenceMarkdown, evidencePage } = require('mpcvd/crosswalk'); const { stateDiagram, timelineOf, timelineSvg, timelineText } = require('mpcvd/diagram'); const { histories, readWhen, score } = require('mpcvd/measuring'); const { castOf, guidanceFor, next, simulate } = require('mpcvd/advice'); const { checkModel, properties, verify } = require('mpcvd/verify'); const { observe } = require('mpcvd/bridge'); const { github } = require('mpcvd/bridge/github'); ${program}`)
    expect(run('node', ['a.cjs'], user).trim()).toBe('passed')
  })

  test('its schemas and vectors are files that a program can import', () => {
    writeFileSync(join(user, 's.cjs'), `console.log(require('mpcvd/schema/message.schema.json').title, require('mpcvd/vectors/words.json').kind)`)
    expect(run('node', ['s.cjs'], user).trim()).toBe('Message words')
  })

  test.each(['nodenext', 'bundler'])('its types resolve under %s, from ES modules and CommonJS', (resolution) => {
    const code = `import { transition, type Message, type Participant } from 'mpcvd'; import { decodeMessage, MessageCodec } from 'mpcvd/codec'; import * as t from 'io-ts';
      import { type Case, caseOf, type Charter, ingest, type Ledger, openLedger, type Policy, policies } from 'mpcvd/case'; import { type Timeline, timelineOf } from 'mpcvd/diagram';
      export const f = (p: Participant, m: Message): string => { const r = transition(p, m); return r._tag === 'Right' ? r.right.state.cs : r.left.kind };
      export const g = decodeMessage({}); export const h: t.Type<{ a: ReadonlyArray<Message> }, unknown> = t.type({ a: t.readonlyArray(MessageCodec) });
      export const i = (c: Charter, m: Message): Case | undefined => { const o = openLedger(c); if (o._tag === 'Left') return undefined; const l: Ledger = ingest(o.right, [{ message: m }]); return caseOf(l) };
      export const j = (c: Case): Timeline => timelineOf(c); export const k: ReadonlyArray<Policy> = policies;`
    writeFileSync(join(user, 'c.mts'), code)
    writeFileSync(join(user, 'c.cts'), code)
    const module = resolution === 'nodenext' ? ts.ModuleKind.NodeNext : ts.ModuleKind.ESNext
    const program = ts.createProgram([join(user, 'c.mts'), join(user, 'c.cts')], {
      strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module, types: [], skipLibCheck: false,
      // Once beside the types of browsers and once without them, which are many.
      ...(resolution === 'nodenext' ? {} : { lib: ['lib.es2022.d.ts'] }),
      moduleResolution: resolution === 'nodenext' ? ts.ModuleResolutionKind.NodeNext : ts.ModuleResolutionKind.Bundler,
    })
    expect(ts.getPreEmitDiagnostics(program).map((one) => ts.flattenDiagnosticMessageText(one.messageText, ' '))).toEqual([])
  })

  test('the command runs', () => {
    const cli = join(user, 'node_modules', 'mpcvd', 'dist', 'cli.js')
    expect(run('node', [cli, '--version'], user).trim()).toBe(manifest(root).version)
    expect(run('node', [cli, 'permitted', '(A,N,pxa)'], user)).toContain('RS')
  })

  test('the commands on cases run where nothing else is', () => {
    const cli = join(folder, 'package', 'dist', 'cli.js')
    const at = '2026-01-05T10:00:00Z'
    const log = [
      { log: 1, protocol: 'adopted@1', case: 'c1', participants: [{ id: 'r', roles: ['finder'] }, { id: 'v', roles: ['vendor'] }], world: 'open' },
      { message: { id: 'm1', case: 'c1', from: 'r', to: ['v'], types: ['RS', 'EP'], at, embargo: { id: 'x', end: '2026-04-05' } } },
    ].map((line) => `${JSON.stringify(line)}\n`).join('')
    const empty = join(folder, 'empty')
    expect(readdirSync(empty)).toEqual([])
    expect(run('node', [cli, 'case', '-', '--at', at], empty, log)).toContain('  settled  0 of 1, waits for v\n')
    expect(run('node', [cli, 'deadlines', '-', '--at', at, '--policy', 'cert-cc-45'], empty, log)).toBe('case c1 at 2026-01-05T10:00:00Z: 1 deadline\nrunning 2026-02-19T10:00:00Z  r publish  (cert-cc-45, publish)\n')
    expect(run('node', [cli, 'timeline', '-'], empty, log)).toContain('embargo proposed: until 2026-04-05')
    expect(run('node', [cli, 'timeline', '-', '--format', 'svg'], empty, log)).toMatch(/^<svg [^]*<\/svg>\n$/)
    expect(readdirSync(empty)).toEqual([])
  })

  test('the commands of conformance run where nothing else is', () => {
    const cli = join(folder, 'package', 'dist', 'cli.js')
    const empty = join(folder, 'empty')
    const log = [
      { log: 1, protocol: 'adopted@1', case: 'c1', participants: [{ id: 'r', roles: ['reporter'] }, { id: 'v', roles: ['vendor'] }], world: 'open' },
      { message: { id: 'm1', case: 'c1', from: 'v', to: ['r'], types: ['RA'], at: '2026-01-05' } },
    ].map((line) => `${JSON.stringify(line)}\n`).join('')
    const failing = (args: ReadonlyArray<string>): string => {
      try {
        return run('node', [cli, ...args], empty, log)
      } catch (reason) {
        return (reason as { readonly stdout: string }).stdout
      }
    }
    expect(failing(['check', '--level', 'L4', '-'])).toContain('violations (1 of MUST, 0 of SHOULD, 0 derived)')
    expect(failing(['evidence', '-', '--format', 'html'])).toMatch(/^<!doctype html>[^]*<\/html>\n$/)
    expect(run('node', [cli, 'requirements', 'VP-03-001'], empty)).toContain('VP-03-001: MUST')
    expect(run('node', [cli, 'conform', '--sample', '400', '--', process.execPath, cli, 'step'], empty)).toContain('conforming: L1, L2 adopted, L3, L4')
    expect(run('node', [cli, 'vectors', 'copied'], empty)).toContain('requirements.json')
    expect(readdirSync(join(empty, 'copied')).length).toBe(11)
    rmSync(join(empty, 'copied'), { recursive: true })
    expect(readdirSync(empty)).toEqual([])
  }, 120_000)

  test('names every package whose code is in it', () => {
    const code = readdirSync(join(folder, 'package', 'dist')).filter((name) => /\.c?js$/.test(name)).map((name) => readFileSync(join(folder, 'package', 'dist', name), 'utf8')).join('\n')
    const bundled = [...new Set([...code.matchAll(/node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//g)].map(([, name = '']) => name))].sort()
    expect(bundled).toEqual(['canonicalize', 'fp-ts', 'io-ts'])
    expect([...code.matchAll(/(?:from|require\()\s*["']([^."'][^"']*)["']/g)].map(([, name = '']) => name).filter((name) => /^[\w@]/.test(name) && !name.startsWith('node:') && !/^(?:buffer|child_process|crypto|fs|path|url|util)$/.test(name))).toEqual([])
    const notices = readFileSync(join(folder, 'package', 'THIRD-PARTY-NOTICES.md'), 'utf8')
    for (const name of bundled) expect(notices).toMatch(new RegExp(`^#+ ${name}$`, 'm'))
  })
})

describe('sizes in a browser bundle', () => {
  test('every subject stays within its budget, by either bundler, and none brings a package along that is not inside already', async () => {
    const allowed = budgets()
    const over: string[] = []
    for (const subject of subjects) {
      const { esbuild, modules, rollup } = await sizeOf(subject, join(folder, 'package'))
      const budget = allowed[subject.name] ?? 0
      if (Math.max(esbuild, rollup) > budget) over.push(`${subject.name}: ${esbuild} by esbuild, ${rollup} by rollup, of ${budget}`)
      expect(modules.filter((name) => /node_modules\/(fp-ts|io-ts|canonicalize|ical-generator)\//.test(name)), subject.name).toEqual([])
    }
    expect(over).toEqual([])
    expect(Object.keys(allowed)).toEqual(subjects.map(({ name }) => name))
  }, 60_000)

  const textOf = async (name: string): Promise<string> => (await sizeOf(subjects.find((subject) => subject.name === name) ?? expect.fail(name), join(folder, 'package'))).text

  test('transition carries no codec, no published tables and no errata texts', async () => {
    const text = await textOf('transition')
    expect(text).toContain('sent.RS')
    for (const stranger of ['IntersectionType', 'FT:244"],', 'Found while building', 'Report Submission', 'x-mpcvd-rules']) expect(text).not.toContain(stranger)
  })

  test('a case carries no codec, no errata texts, no policies and no pictures', async () => {
    const text = await textOf('ingest + caseOf')
    expect(text).toContain('sent.RS')
    for (const stranger of ['IntersectionType', 'Found while building', 'x-mpcvd-rules', 'project-zero', 'mpcvd-hatch', 'sequenceDiagram']) expect(text).not.toContain(stranger)
  })
})

describe('the public surface', () => {
  test('is what was reviewed', async () => {
    const { entryPoints } = JSON.parse(readFileSync(join(root, 'typedoc.json'), 'utf8')) as { readonly entryPoints: ReadonlyArray<string> }
    expect([...entryPoints].sort()).toEqual(Object.values(entries).sort())
    const files = entryPoints.map((name) => join(root, name))
    const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => readFileSync(path, 'utf8')).config
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
    const program = ts.createProgram(files, options)
    const checker = program.getTypeChecker()
    const lines = files.flatMap((entry) => {
      const file = program.getSourceFile(entry)
      const symbol = file === undefined ? undefined : checker.getSymbolAtLocation(file)
      const names = symbol === undefined ? [] : checker.getExportsOfModule(symbol)
      return [`# ${entry.slice(root.length)}`, ...names.map((name) => {
        const target = name.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(name) : name
        const value = (target.flags & ts.SymbolFlags.Value) !== 0
        const type = value && file !== undefined ? checker.typeToString(checker.getTypeOfSymbolAtLocation(target, file), undefined, ts.TypeFormatFlags.NoTruncation) : ''
        return value ? `${name.name}: ${type.length > 200 ? `${type.slice(0, 200)}…` : type}` : `type ${name.name}`
      }).sort(), '']
    })
    await expect(lines.join('\n')).toMatchFileSnapshot('surface.txt')
  })
})
