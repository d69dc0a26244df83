/**
 * What of the package ends up in a page that imports it: bytes, minified and gzipped, by two bundlers.
 *
 * esbuild bundles and minifies; rollup bundles, and esbuild minifies what it made, since rollup does not. The budget of each
 * subject is in `sizes.json`: what passes it fails the tests.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, transform } from 'esbuild'
import { rollup } from 'rollup'
import { entries } from '../../tsup.config.js'
import type { Size } from './results.js'

/** What is imported, from which entry. */
export interface Subject {
  readonly name: string
  /** By the entry: which names; all of them when absent. */
  readonly from: Readonly<Record<string, ReadonlyArray<string>>>
}

const some = (from: Subject['from']): Subject => ({ name: Object.values(from).flat().join(' + '), from })

/** The parts that people import, then every entry as a whole. */
export const subjects: ReadonlyArray<Subject> = [
  some({ index: ['rm'] }), some({ index: ['em'] }), some({ index: ['cs'] }), some({ index: ['transition'] }),
  some({ index: ['transition'], codec: ['decodeMessage'] }),
  some({ case: ['ingest', 'caseOf'] }), some({ conformance: ['check'] }), some({ crosswalk: ['evidence'] }), some({ diagram: ['timelineOf', 'timelineSvg'] }),
  some({ bridge: ['observe'], 'bridge/github': ['github'] }),
  ...Object.keys(entries).map((name): Subject => ({ name: name === 'index' ? 'mpcvd' : `mpcvd/${name}`, from: { [name]: [] } })),
]

/** A module that imports the subject and lets nothing of it be left out. */
const code = ({ from }: Subject, folder: string): string => {
  const names = Object.entries(from).map(([entry, wanted], place) => ({ path: JSON.stringify(join(folder, 'dist', `${entry}.js`)), wanted, whole: `all${place}` }))
  return `${names.map(({ path, wanted, whole }) => (wanted.length === 0 ? `import * as ${whole} from ${path};` : `import { ${wanted.join(', ')} } from ${path};`)).join('\n')}
globalThis.kept = [${names.flatMap(({ wanted, whole }) => (wanted.length === 0 ? [whole] : wanted)).join(', ')}]`
}

const gzipped = (text: string): number => gzipSync(text, { level: 9 }).length

/** The bytes of a subject by both bundlers, the text of the first, and the modules that went into it; `folder` has the built package in its `dist`. */
export const sizeOf = async (subject: Subject, folder: string): Promise<{ readonly esbuild: number; readonly rollup: number; readonly text: string; readonly modules: ReadonlyArray<string> }> => {
  const contents = code(subject, folder)
  const one = await build({ stdin: { contents, resolveDir: folder }, bundle: true, minify: true, format: 'esm', platform: 'browser', target: 'es2022', write: false, metafile: true, logLevel: 'silent' })
  const other = await rollup({
    input: 'subject', logLevel: 'silent', treeshake: { moduleSideEffects: false },
    plugins: [{ name: 'subject', resolveId: (id) => (id === 'subject' ? id : null), load: (id) => (id === 'subject' ? { code: contents, moduleSideEffects: true } : null) }],
  })
  const { output } = await other.generate({ format: 'es' })
  await other.close()
  const text = one.outputFiles[0]?.text ?? ''
  const minified = await Promise.all(output.map(async (chunk) => ('code' in chunk ? (await transform(chunk.code, { minify: true, target: 'es2022' })).code : '')))
  return { esbuild: gzipped(text), rollup: gzipped(minified.join('')), text, modules: Object.keys(one.metafile.inputs) }
}

/** The sizes of every subject. */
export const sizesOf = async (folder: string): Promise<ReadonlyArray<Size>> => {
  const sizes: Size[] = []
  for (const subject of subjects) {
    const { esbuild, rollup } = await sizeOf(subject, folder)
    sizes.push({ name: subject.name, esbuild, rollup })
  }
  return sizes
}

/** The bytes that a subject may have, by either bundler. */
export const budgets = (): Readonly<Record<string, number>> => JSON.parse(readFileSync(new URL('sizes.json', import.meta.url), 'utf8')) as Readonly<Record<string, number>>
