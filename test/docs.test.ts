/**
 * The documentation says what the library does. Each page is rendered anew, and must come out as it stands:
 *
 * - `<!-- generated:NAME -->` blocks are filled in by `docs/render.ts`;
 * - after each input line of a ```json step block stands the answer of `mpcvd step`;
 * - after each `$ command` of a ```console block stands what the command says.
 *
 * `npm run update` rewrites the pages. The ```ts blocks that begin with `// run` are one program a page: it is compiled
 * under the library's own settings, and run. Every relative link leads somewhere.
 */
import { execFile } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileFunction } from 'node:vm'
import { build, transform } from 'esbuild'
import * as core from 'mpcvd'
import * as advice from 'mpcvd/advice'
import * as bridge from 'mpcvd/bridge'
import * as aliases from 'mpcvd/bridge/aliases'
import * as draft2026 from 'mpcvd/bridge/draft-2026'
import * as githubBridge from 'mpcvd/bridge/github'
import * as icalendar from 'mpcvd/bridge/icalendar'
import * as cases from 'mpcvd/case'
import * as codec from 'mpcvd/codec'
import * as conformance from 'mpcvd/conformance'
import * as crosswalk from 'mpcvd/crosswalk'
import * as measuring from 'mpcvd/measuring'
import * as verification from 'mpcvd/verify'
import * as diagram from 'mpcvd/diagram'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { performanceChart } from '../docs/performed.js'
import { blocks, countCells } from '../docs/render.js'
import { stepLine } from '../src/cli/step.js'
import { cells, contextsThatMatter } from './cells.js'

const root = fileURLToPath(new URL('..', import.meta.url))

const markdownIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? (path === join('docs', 'dist') ? [] : markdownIn(path)) : entry.name.endsWith('.md') ? [path] : []
  })
const pages = [
  'README.md', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.md', ...markdownIn('docs'), ...['examples/README.md'].filter((path) => existsSync(join(root, path))),
]
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8')

// ---- what a page is made of ----

interface Fence {
  readonly info: string
  readonly body: string
}

const fencesOf = (text: string): ReadonlyArray<Fence> =>
  [...text.matchAll(/^```([^\n]*)\n(.*?)^```$/gms)].map(([, info = '', body = '']) => ({ info, body }))

const programOf = (text: string): string =>
  fencesOf(text).filter(({ info, body }) => info === 'ts' && body.startsWith('// run\n')).map(({ body }) => body).join('\n')

const blocksOf = (text: string): ReadonlyArray<string> => [...text.matchAll(/^<!-- generated:([\w-]+) -->$/gm)].map(([, name = '']) => name)

const generated = (text: string): string =>
  text.replace(/^<!-- generated:([\w-]+) -->\n.*?^<!-- \/generated:\1 -->$/gms, (_, name: string) =>
    `<!-- generated:${name} -->\n${(blocks[name] ?? expect.fail(`no block is called ${name}`))()}\n<!-- /generated:${name} -->`)

const stepped = (text: string): string =>
  text.replace(/^```json step\n(.*?)^```$/gms, (_, body: string) => {
    const inputs = body.split('\n').filter((line, index) => line !== '' && index % 2 === 0)
    return `\`\`\`json step\n${inputs.map((line) => `${line}\n${stepLine(line)}\n`).join('')}\`\`\``
  })

// ---- the command, built as the package builds it ----

let commands = ''
beforeAll(async () => {
  commands = mkdtempSync(join(tmpdir(), 'mpcvd-docs-'))
  writeFileSync(join(commands, 'package.json'), '{"type":"module"}')
  await build({
    entryPoints: [join(root, 'src/cli/main.ts')], outfile: join(commands, 'mpcvd'), bundle: true, platform: 'node', format: 'esm',
    define: { __VERSION__: JSON.stringify((JSON.parse(textOf('package.json')) as { readonly version: string }).version) }, logLevel: 'error',
  })
  chmodSync(join(commands, 'mpcvd'), 0o755)
})
afterAll(() => rmSync(commands, { recursive: true, force: true }))

/** What a shell prints for a command, with the exit code where it is not 0. */
const output = (command: string): Promise<string> =>
  new Promise((done) => {
    const env = { ...process.env, PATH: `${commands}:${process.env['PATH'] ?? ''}` }
    execFile('sh', ['-c', `${command} 2>&1`], { cwd: root, env }, (error, stdout) => {
      done(error === null ? stdout : `${stdout}[exit code ${String(error.code)}]\n`)
    })
  })

const commanded = async (text: string): Promise<string> => {
  const parts = text.split(/^(```console\n.*?^```)$/gms)
  const filled = await Promise.all(parts.map(async (part) => {
    if (!part.startsWith('```console\n')) return part
    const asked = part.split('\n').filter((line) => line.startsWith('$ '))
    const answered = await Promise.all(asked.map(async (line) => `${line}\n${await output(line.slice(2))}`))
    return `\`\`\`console\n${answered.join('')}\`\`\``
  }))
  return filled.join('')
}

/** A page as it must be. Links are looked up in this, so that one update is enough. */
const renderedPages = new Map<string, Promise<string>>()
const rendered = (page: string): Promise<string> => {
  const known = renderedPages.get(page) ?? commanded(stepped(generated(textOf(page))))
  renderedPages.set(page, known)
  return known
}

describe('pages', () => {
  test.each(pages)('%s is what the library says', async (page) => {
    await expect(await rendered(page)).toMatchFileSnapshot(join(root, page))
  })

  test('the picture of performance is of the last whole run', async () => {
    await expect(`${performanceChart()}\n`).toMatchFileSnapshot(join(root, 'docs/performance/chart.svg'))
  })

  test('every block is on one page', () => {
    expect(pages.flatMap((page) => blocksOf(textOf(page))).sort()).toEqual(Object.keys(blocks).sort())
  })

  test('cells are counted as the tests of the errata enumerate them', () => {
    expect(countCells()).toBe([...cells(contextsThatMatter)].length)
  })
})

// ---- programs ----

const programs = pages.map((page) => ({ page, source: programOf(textOf(page)) })).filter(({ source }) => source !== '')

const modules: Readonly<Record<string, unknown>> = { mpcvd: core, 'mpcvd/advice': advice, 'mpcvd/bridge': bridge, 'mpcvd/bridge/aliases': aliases, 'mpcvd/bridge/draft-2026': draft2026, 'mpcvd/bridge/github': githubBridge, 'mpcvd/bridge/icalendar': icalendar, 'mpcvd/case': cases, 'mpcvd/codec': codec, 'mpcvd/conformance': conformance, 'mpcvd/crosswalk': crosswalk, 'mpcvd/diagram': diagram, 'mpcvd/measuring': measuring, 'mpcvd/verify': verification }
const require = createRequire(import.meta.url)

describe('programs', () => {
  test.each(programs)('the blocks of $page run', async ({ page, source }) => {
    const { code } = await transform(source, { loader: 'ts', format: 'cjs', target: 'node20', sourcefile: page })
    const run = compileFunction(code, ['require', 'module', 'exports'], { filename: page }) as (...given: ReadonlyArray<unknown>) => void
    const module = { exports: {} }
    run((name: string) => modules[name] ?? (require(name) as unknown), module, module.exports)
  })

  test('and compile', () => {
    const config = join(root, 'test/tsconfig.json')
    const read = ts.getParsedCommandLineOfConfigFile(config, { noEmit: true }, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined })
    if (read === undefined) return expect.fail('no settings')
    const options: ts.CompilerOptions = { ...read.options, noUnusedLocals: false }
    const files = new Map(programs.map(({ page, source }) => [join(root, 'test', `${page.replaceAll(/\W/g, '-')}.ts`), source]))
    const base = ts.createCompilerHost(options)
    const host: ts.CompilerHost = {
      ...base,
      fileExists: (name) => files.has(name) || base.fileExists(name),
      readFile: (name) => files.get(name) ?? base.readFile(name),
      getSourceFile: (name, version, ...rest) => {
        const source = files.get(name)
        return source === undefined ? base.getSourceFile(name, version, ...rest) : ts.createSourceFile(name, source, version)
      },
    }
    const program = ts.createProgram([...files.keys()], options, host)
    const wrong = [...files.keys()].flatMap((name) => ts.getPreEmitDiagnostics(program, program.getSourceFile(name)))
    expect(wrong.map((one) => {
      const line = one.file === undefined ? 0 : one.file.getLineAndCharacterOfPosition(one.start ?? 0).line
      return `${relative(root, one.file?.fileName ?? '')}: ${one.file?.text.split('\n')[line] ?? ''}: ${ts.flattenDiagnosticMessageText(one.messageText, ' ')}`
    })).toEqual([])
  })
})

// ---- notices ----

test('the notices have the licences of the packages that are built in, at their versions', () => {
  const notices = textOf('THIRD-PARTY-NOTICES.md')
  for (const name of ['fp-ts', 'io-ts', 'canonicalize', 'ical.js']) {
    const { version } = JSON.parse(textOf(`node_modules/${name}/package.json`)) as { readonly version: string }
    expect(notices).toContain(`${name} ${version}`)
    expect(notices).toContain(textOf(`node_modules/${name}/LICENSE`).trim())
  }
})

// ---- links ----

const withoutFences = (text: string): string => text.replace(/^```.*?^```$/gms, '')

/** The anchors of a page, as GitHub makes them of its headings. */
const anchorsOf = (text: string): ReadonlySet<string> => {
  const seen = new Map<string, number>()
  return new Set([...withoutFences(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => {
    const slug = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')
    const before = seen.get(slug)
    seen.set(slug, (before ?? 0) + 1)
    return before === undefined ? slug : `${slug}-${before}`
  }))
}

const linksOf = (text: string): ReadonlyArray<string> =>
  [...withoutFences(text).replace(/`[^`\n]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)

test('every relative link leads somewhere', async () => {
  const texts = new Map(await Promise.all(pages.map(async (page) => [page, await rendered(page)] as const)))
  const anchors = new Map([...texts].map(([page, text]) => [page, anchorsOf(text)]))
  const broken = [...texts].flatMap(([page, text]) =>
    [...new Set(linksOf(text))].filter((link) => {
      if (/^(https?:|mailto:)/.test(link)) return false
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? page : join(dirname(page), path)
      return !existsSync(join(root, target)) || (anchor !== undefined && anchors.get(target)?.has(anchor) !== true)
    }).map((link) => `${page}: ${link}`),
  )
  expect(broken).toEqual([])
})
