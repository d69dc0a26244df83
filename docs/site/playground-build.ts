/**
 * Builds the playground: one page, its style, and its scripts in pieces, so that codec, checker, crosswalk and the cases to
 * be opened are fetched when they are first wanted. Everything has a relative address; nothing comes from elsewhere.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))
const source = fileURLToPath(new URL('playground', import.meta.url))

/** A case log of the repository, as the page offers it. */
export interface Specimen {
  readonly name: string
  readonly title: string
  readonly text: string
}

/** Cases of one kind. */
export interface Shelf {
  readonly name: string
  /** What is to be known of each of them, in a sentence. */
  readonly about: string
  readonly specimens: ReadonlyArray<Specimen>
}

/** What can be opened, by kind, and which files of which folder it is. */
const places: ReadonlyArray<readonly [shelf: string, about: string, folder: string, pattern: RegExp]> = [
  ['Cases of the guide', 'A case of the documentation.', 'docs', /\.jsonl$/],
  ['Counterexamples of the verifier, adopted', 'A counterexample: a case in which the property that is its title does not hold, under the adopted reading. Step through it to see where it breaks.', 'docs/verification', /^adopted-.*\.jsonl$/],
  ['Counterexamples of the verifier, published', 'A counterexample: a case in which the property that is its title does not hold, under the tables as printed. Step through it to see where it breaks.', 'docs/verification', /^published-.*\.jsonl$/],
  ['The published worked example', 'A piece of the worked example of the published protocol.', 'examples/worked-example', /\.jsonl$/],
  ['Disclosures from VINCE', 'A real disclosure, as far as its published dates tell it.', 'examples/disclosures/vince', /\.jsonl$/],
  ['Disclosures from CVE records', 'A real disclosure, as far as its published dates tell it.', 'examples/disclosures/cve', /\.jsonl$/],
  ['Disclosures of curl', 'A real disclosure, as far as its published dates tell it.', 'examples/disclosures/curl', /\.jsonl$/],
]

const titleOf = (text: string): string => {
  const header = JSON.parse(text.slice(0, text.indexOf('\n'))) as { readonly title?: unknown }
  return typeof header.title === 'string' ? header.title : ''
}

/** Every case log of the repository. */
export const shelves = (): ReadonlyArray<Shelf> =>
  places.map(([name, about, folder, pattern]) => ({
    name, about,
    specimens: readdirSync(join(root, folder)).filter((file) => pattern.test(file)).sort().map((file) => {
      const text = readFileSync(join(root, folder, file), 'utf8')
      return { name: file.replace(/\.jsonl$/, ''), title: titleOf(text), text }
    }),
  }))

/** The module `catalog`, made from the files of the repository. */
const catalog: Plugin = {
  name: 'catalog',
  setup: (of) => {
    of.onResolve({ filter: /^catalog$/ }, () => ({ path: 'catalog', namespace: 'catalog' }))
    of.onLoad({ filter: /.*/, namespace: 'catalog' }, () => ({ contents: `export const shelves = ${JSON.stringify(shelves())}`, loader: 'js' }))
  },
}

/** Writes the playground into a folder: `index.html`, `style.css`, `app.js` and its chunks. */
export const buildPlayground = async (outFolder: string): Promise<void> => {
  await mkdir(outFolder, { recursive: true })
  await build({
    entryPoints: { app: join(source, 'main.tsx') }, outdir: outFolder, tsconfig: join(source, 'tsconfig.json'), plugins: [catalog],
    bundle: true, splitting: true, format: 'esm', minify: true, target: 'es2022', chunkNames: 'chunk-[hash]', legalComments: 'none', logLevel: 'warning',
  })
  const css = `${readFileSync(fileURLToPath(new URL('tokens.css', import.meta.url)), 'utf8')}\n${readFileSync(join(source, 'style.css'), 'utf8')}`
  writeFileSync(join(outFolder, 'style.css'), css)
  writeFileSync(join(outFolder, 'index.html'), readFileSync(join(source, 'page.html')))
}
