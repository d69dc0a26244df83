/**
 * Builds the site into `docs/dist/`: every page of the documentation, the landing page, the scripts, and the search.
 *
 * `npm run docs` writes the reference into `docs/dist/api` first and then runs this, which clears away everything but the
 * reference. The site needs no server of its own and loads nothing from elsewhere; all its links are relative.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { errata } from 'mpcvd'
import { escaped, highlighted } from './code.js'
import type { Found } from './client/found.js'
import { landing } from './landing.js'
import { framed, playground } from './layout.js'
import { type Rendered, rendered } from './markdown.js'
import { between, copyOf, decisions, type Entry, groups, pageOf, root, sources } from './pages.js'
import { register } from './register.js'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const titles = new Map(errata.map(({ id, title }) => [id.toLowerCase(), title]))

/** What the search knows of a page. */
const found = (page: string, { title, headings, rows }: Rendered): ReadonlyArray<Found> => [
  ...headings.map(({ level, id, text }): Found => {
    const erratum = page === 'errata.html' ? titles.get(id) : undefined
    return [erratum === undefined ? text : `${text} ${erratum}`, level === 1 ? page : `${page}#${id}`, level === 1 ? 'page' : title]
  }),
  ...(/^(?:messages|rules|register|verification)\.html$/.test(page) ? rows.map(({ id, text }): Found => [text.slice(0, 120), `${page}#${id}`, title]) : []),
]

/** The names of the reference, where it has been built. */
const names = (out: string): ReadonlyArray<Found> =>
  ['functions', 'interfaces', 'types', 'variables'].flatMap((kind) => {
    const folder = join(out, 'api', kind)
    return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.html')).map((file): Found => [file.replace(/^index\.|\.html$/g, ''), `api/${kind}/${file}`, `API, ${kind}`]) : []
  })

/** The reference is written by another program; its pages get the way back. */
const joined = (out: string): void => {
  const api = join(out, 'api')
  if (!existsSync(api)) return
  for (const file of readdirSync(api, { recursive: true }) as ReadonlyArray<string>) {
    if (!file.endsWith('.html')) continue
    const path = join(api, file)
    const back = between(`api/${file}`, 'index.html')
    const html = readFileSync(path, 'utf8')
    const linked = html.replace(/<div id="tsd-toolbar-links">.*?<\/div>/s, `<div id="tsd-toolbar-links"><a href="${back}">Documentation</a> <a href="${between(`api/${file}`, playground.page)}">Playground</a></div>`)
    if (linked !== html) writeFileSync(path, linked)
  }
}

/** A file of the project as a page, or a folder as a list of its files. */
const sourcePage = (path: string): string => {
  const page = copyOf(path)
  if (!statSync(join(root, path)).isDirectory()) {
    const language = path.replace(/^.*\./, '')
    return framed({
      path: page, title: posix.basename(path), description: `The source of ${path}.`,
      body: `<h1>${escaped(posix.basename(path))}</h1>\n<p><code>${escaped(path)}</code></p>\n<pre tabindex="0" role="group" aria-label="Source"><code>${highlighted(read(path).trimEnd(), language)}</code></pre>`,
    })
  }
  const files = filesOf(path)
  return framed({
    path: page, title: path, description: `The files of ${path}.`,
    body: `<h1>${escaped(posix.basename(path))}</h1>\n<p>The files of <code>${escaped(path)}</code>.</p>\n<ul>${files.map((file) => `<li><a href="${between(page, copyOf(file))}"><code>${escaped(posix.relative(path, file))}</code></a></li>`).join('')}</ul>`,
  })
}

const filesOf = (folder: string): ReadonlyArray<string> =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    return entry.isDirectory() ? filesOf(path) : /\.(?:ts|py|json|jsonl|txt|svg|sql)$/.test(entry.name) ? [path] : []
  }).sort()

/**
 * Builds the site into a folder, and says which pages it wrote. The reference in `api/` is left as it is.
 */
export const buildSite = async (out: string): Promise<ReadonlyArray<string>> => {
  mkdirSync(out, { recursive: true })
  for (const name of readdirSync(out)) if (name !== 'api') rmSync(join(out, name), { recursive: true })
  const written: string[] = []
  const write = (path: string, text: string): void => {
    const to = join(out, path)
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, text)
    if (path.endsWith('.html')) written.push(path)
  }
  const index: Found[] = []
  const needs = new Set<string>(['docs/timeline.svg'])

  // ---- pages ----

  const order: ReadonlyArray<Entry> = groups.flatMap(({ entries }) => entries)
  const put = (page: string, made: Rendered, row: ReadonlyArray<Entry>): void => {
    const place = row.findIndex((one) => one.page === page)
    const [before, after] = [row[place - 1], row[place + 1]]
    write(page, framed({
      path: page, title: made.title, description: made.description, body: `<article>\n${made.html}\n</article>`, headings: made.headings,
      ...(place > 0 && before !== undefined ? { before } : {}), ...(place >= 0 && after !== undefined ? { after } : {}),
    }))
    index.push(...found(page, made))
    for (const need of made.needs) needs.add(need)
  }
  const decided = decisions.map((source): Entry => ({ page: pageOf(source), source, label: source.replace(/^.*\/(\d+)-.*$/, 'Decision $1') }))
  for (const source of sources) put(pageOf(source), rendered(read(source), source, source.startsWith('examples/')), decisions.includes(source) ? decided : order)
  put('register.html', register(), order)

  const first = await landing()
  write('index.html', framed({
    path: 'index.html', title: 'mpcvd: coordinated vulnerability disclosure as data and one function', landing: true, scripts: ['demo.js'], body: first.body,
    description: 'The multi-party coordinated vulnerability disclosure protocol as a TypeScript library: data, and one function.',
  }))

  // ---- what pages show and link to ----

  for (const path of needs) {
    const to = copyOf(path)
    // A folder with a README has its page already.
    if (written.includes(to)) continue
    if (statSync(join(root, path)).isDirectory()) for (const file of filesOf(path)) needs.add(file)
    if (to.endsWith('.html')) write(to, sourcePage(path))
    else {
      mkdirSync(dirname(join(out, to)), { recursive: true })
      cpSync(join(root, path), join(out, to))
    }
  }

  // ---- style, scripts, search ----

  write('style.css', `${read('docs/site/tokens.css')}\n${read('docs/site/style.css')}`)
  // The reference takes its colours from the tokens alone.
  cpSync(join(root, 'docs/site/tokens.css'), join(out, 'tokens.css'))
  cpSync(join(root, 'docs/site/icon.svg'), join(out, 'icon.svg'))
  cpSync(join(root, 'LICENSE'), join(out, 'LICENSE.txt'))
  await build({
    entryPoints: { site: join(root, 'docs/site/client/site.ts'), demo: join(root, 'docs/site/client/demo.ts') }, outdir: out, bundle: true, minify: true, format: 'iife', target: 'es2022',
    tsconfig: join(root, 'docs/site/client/tsconfig.json'), logLevel: 'error',
  })
  index.push(['Playground', 'playground/index.html', 'page'], ...names(out))
  joined(out)
  write('search-index.js', `globalThis.mpcvdIndex=${JSON.stringify(index)}\n`)

  // ---- the playground, which is built by its own module, where there is one ----

  const builder = join(root, 'docs/site/playground-build.ts')
  if (existsSync(builder)) {
    const { buildPlayground } = (await import(pathToFileURL(builder).href)) as { readonly buildPlayground: (out: string) => Promise<void> | void }
    await buildPlayground(join(out, 'playground'))
  }
  return written
}

if (process.argv[1] === import.meta.filename) {
  const written = await buildSite(join(root, 'docs/dist'))
  process.stdout.write(`docs/dist: ${written.length} pages\n`)
}
