/**
 * Which pages the site has, what they are called in its navigation, and where their files lie.
 *
 * The table is the one place that says so: the side navigation, the order of previous and next, and the build read it.
 * A page of Markdown that the table forgets still gets built, under "More". Paths of sources start at the root of the
 * project, paths of pages at the root of the site.
 */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the project, with a slash at the end. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** An entry of the navigation. A page without a source is made by the build itself. */
export interface Entry {
  readonly page: string
  readonly label: string
  /** The Markdown that it is made from. */
  readonly source?: string
}

/** Entries under a heading. */
export interface Group {
  readonly label: string
  readonly entries: ReadonlyArray<Entry>
}

/** The page of a Markdown file: `docs/` is the root of the site, a README is what its folder opens with. */
export const pageOf = (source: string): string => {
  if (source === 'README.md') return 'index.html'
  if (source === 'docs/README.md') return 'documentation.html'
  return source.replace(/^docs\//, '').replace(/README\.md$/, 'index.html').replace(/\.md$/, '.html')
}

/** The path within the site of another file of the project. Sources in a language become pages; a folder opens with its list. */
export const copyOf = (path: string): string => {
  const inside = path.replace(/^docs\//, '')
  if (statSync(join(root, path)).isDirectory()) return `${inside.replace(/\/$/, '')}/index.html`
  return /\.(?:ts|py|txt)$/.test(path) ? `${inside}.html` : inside
}

/** From one path within the site to another. */
export const between = (from: string, to: string): string => posix.relative(posix.dirname(from), to)

const of = (label: string, source: string): Entry => ({ page: pageOf(source), label, source })
const made = (label: string, page: string): Entry => ({ page, label })

const table: ReadonlyArray<Group> = [
  { label: 'Start', entries: [
    of('Guide', 'docs/guide.md'), of('Scope', 'docs/scope.md'), of('Command', 'docs/command.md'), of('Examples', 'examples/README.md'), of('All pages', 'docs/README.md'),
  ] },
  { label: 'Protocol', entries: [
    of('Machines', 'docs/machines.md'), of('Messages', 'docs/messages.md'), of('Rules', 'docs/rules.md'), of('Errata', 'docs/errata.md'),
    of('Requirements', 'docs/requirements.md'), made('All requirements', 'register.html'),
  ] },
  { label: 'Cases', entries: [of('Cases', 'docs/case.md'), of('Policies', 'docs/policies.md'), of('Log', 'docs/log.md'), of('Codec', 'docs/codec.md')] },
  { label: 'Conformance', entries: [
    of('Check', 'docs/check.md'), of('Conform', 'docs/conform.md'), of('Vectors', 'docs/vectors.md'), of('Step', 'docs/step.md'), of('Evidence', 'docs/evidence.md'),
    of('A second implementation', 'examples/conform/README.md'),
  ] },
  { label: 'Research', entries: [
    of('Verification', 'docs/verification.md'), of('Measuring', 'docs/measuring.md'), of('Advice', 'docs/advice.md'), of('Behaviour trees', 'docs/trees.md'),
    of('Performance', 'docs/performance.md'),
  ] },
  { label: 'Bridges', entries: [
    of('Bridges', 'docs/bridges.md'), of('The draft of 2026', 'docs/draft-2026.md'), of('Webhooks', 'examples/ticketing/README.md'), of('Event stores', 'examples/store/README.md'),
  ] },
  { label: 'Project', entries: [
    of('Changelog', 'CHANGELOG.md'), of('Contributing', 'docs/CONTRIBUTING.md'), of('Decisions', 'docs/decisions/README.md'), of('Notices', 'THIRD-PARTY-NOTICES.md'),
  ] },
]

const markdownIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? (path === 'docs/dist' || path === 'docs/site' ? [] : markdownIn(path)) : entry.name.endsWith('.md') ? [path] : []
  })

const exists = (entry: Entry): boolean => entry.source === undefined || existsSync(join(root, entry.source))
const named = new Set(table.flatMap(({ entries }) => entries.map(({ source }) => source)))
const folded = (source: string): boolean => source.startsWith('docs/decisions/')
const forgotten = markdownIn('docs').filter((source) => !named.has(source) && !folded(source))

/** The navigation, in order. */
export const groups: ReadonlyArray<Group> = [
  ...table.map(({ label, entries }) => ({ label, entries: entries.filter(exists) })),
  ...(forgotten.length === 0 ? [] : [{ label: 'More', entries: forgotten.map((source) => of(source.replace(/^.*\/|\.md$/g, ''), source)) }]),
]

/** The decisions: pages that stand in no navigation but their own list. */
export const decisions: ReadonlyArray<string> = markdownIn('docs').filter((source) => folded(source) && !named.has(source)).sort()

/** Every Markdown file of the site, in reading order. */
export const sources: ReadonlyArray<string> = [...groups.flatMap(({ entries }) => entries.flatMap(({ source }) => source ?? [])), ...decisions]

/** The entry that is lit while a page is read: its own, or the one of its folder. */
export const litFor = (page: string): string => {
  if (groups.some(({ entries }) => entries.some((one) => one.page === page))) return page
  const folder = ['decisions', 'examples'].find((one) => page.startsWith(`${one}/`))
  return folder === undefined ? page : `${folder}/index.html`
}
