/**
 * The house's arrows: which file may import which, and what the core may not name.
 *
 * Folders have ranks and import only from lower ones; within the core there is no cycle, type imports counted.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const src = fileURLToPath(new URL('../src', import.meta.url))
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => file.replaceAll('\\', '/'))
const text = (file: string): string => readFileSync(join(src, file), 'utf8')
const importsOf = (file: string): string[] =>
  [...text(file).matchAll(/(?:^|\n)\s*(?:import|export)\b[^'"]*?from\s+'([^']+)'/g)].map((match) => match[1] ?? '')
const local = (file: string): string[] =>
  importsOf(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => relative(src, resolve(src, dirname(file), name)).replaceAll('\\', '/').replace(/\.js$/, '.ts'))

/** The layout's ranks; `index.ts` is the core's face. */
const ranks: Readonly<Record<string, number>> = {
  protocol: 0, 'index.ts': 0, codec: 1, case: 2, diagram: 3, measuring: 3, conformance: 3, crosswalk: 4, advice: 4, verify: 4, bridge: 4, cli: 5,
}
const folder = (file: string): string => file.split('/')[0] ?? ''

describe('arrows', () => {
  test('every folder has a rank', () => {
    expect([...new Set(files.map(folder))].filter((name) => ranks[name] === undefined)).toEqual([])
  })

  test('folders import from lower ranks only', () => {
    const wrong = files.flatMap((file) =>
      local(file)
        .filter((target) => folder(target) !== folder(file) && (ranks[folder(target)] ?? 9) >= (ranks[folder(file)] ?? -1))
        .filter((target) => !(file === 'index.ts' && folder(target) === 'protocol'))
        .map((target) => `${file} -> ${target}`),
    )
    expect(wrong).toEqual([])
  })

  test('every import is of a file that exists, by its name', () => {
    expect(files.flatMap((file) => local(file).filter((target) => !files.includes(target)).map((target) => `${file} -> ${target}`))).toEqual([])
  })

  test('there is no cycle, type imports counted', () => {
    const graph = new Map(files.map((file) => [file, local(file)]))
    const done = new Set<string>()
    const cycles: string[] = []
    const visit = (file: string, path: ReadonlyArray<string>): void => {
      if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '))
      else if (!done.has(file)) {
        for (const target of graph.get(file) ?? []) visit(target, [...path, file])
        done.add(file)
      }
    }
    for (const file of files) visit(file, [])
    expect(cycles).toEqual([])
  })
})

describe('what may be named where', () => {
  // The core has fp-ts and io-ts only. Beyond these, cases may compare entries by RFC 8785: canonical JSON is a standard that a kept library
  // implements (numbers and key order by UTF-16 code units are easily got wrong), it is one file, and it is bundled, so users install nothing.
  // One bridge reads and writes iCalendar, whose lines, escapes and zones a kept library does; it is bundled into that entry point alone.
  test('packages: fp-ts as the plain Either, io-ts in the codec, RFC 8785 in the case, iCalendar in one bridge, Node in the command', () => {
    const outside = files.flatMap((file) => importsOf(file).filter((name) => !name.startsWith('.')).map((name) => `${folder(file)} ${name}`))
    expect([...new Set(outside)].sort()).toEqual([
      'advice fp-ts/Either', 'bridge fp-ts/Either', 'bridge ical.js', 'bridge io-ts', 'case canonicalize', 'case fp-ts/Either', 'cli fp-ts/Either', 'cli node:buffer', 'cli node:child_process', 'cli node:crypto', 'cli node:fs', 'cli node:path',
      'cli node:url', 'cli node:util', 'codec fp-ts/Either', 'codec io-ts', 'conformance fp-ts/Either', 'measuring fp-ts/Either', 'protocol fp-ts/Either', 'verify fp-ts/Either',
    ])
  })

  test('canonical JSON is named in one place, and is bundled', () => {
    expect(files.filter((file) => importsOf(file).includes('canonicalize'))).toEqual(['case/entry.ts'])
    expect(readFileSync(join(src, '..', 'tsup.config.ts'), 'utf8')).toMatch(/noExternal: \[[^\n]*'canonicalize'/)
    expect(JSON.parse(readFileSync(join(src, '..', 'package.json'), 'utf8'))).not.toHaveProperty('dependencies.canonicalize')
  })

  test('the library for iCalendar is named by its bridge only', () => {
    expect(files.filter((file) => importsOf(file).includes('ical.js')).sort()).toEqual(['bridge/icalendar-read.ts', 'bridge/icalendar-time.ts', 'bridge/icalendar-write.ts'])
    expect(files.filter((file) => local(file).some((target) => target.startsWith('bridge/icalendar')) && !file.startsWith('bridge/icalendar') && !file.startsWith('cli/'))).toEqual([])
    expect(JSON.parse(readFileSync(join(src, '..', 'package.json'), 'utf8'))).not.toHaveProperty('dependencies.ical.js')
  })

  test('no clock, no chance, no console outside the command', () => {
    const named = files
      .filter((file) => folder(file) !== 'cli')
      .filter((file) => /\bDate\.(?:now|parse|UTC)|\bnew Date\b|Math\.random|\bconsole\.|\bprocess\.|\bfetch\(|\beval\(|new Function/.test(text(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')))
    expect(named).toEqual([])
  })

  test('files over 300 lines say why in their head', () => {
    const long = files.filter((file) => text(file).split('\n').length > 300)
    for (const file of long) expect(text(file).slice(0, 1500), file).toMatch(/the file is long because/i)
  })
})
