/**
 * A Markdown page of the documentation as the body of a page of the site.
 *
 * Headings get the anchors that GitHub gives them, since links within the documentation use those. Links to Markdown
 * lead to its page, links to other files of the project to a copy. How each piece is written stands in `writing.ts`.
 */
import { posix } from 'node:path'
import { between, copyOf, pageOf } from './pages.js'
import { parser, type Sheet, textOf, type Token, write } from './writing.js'

/** A heading of a page, by its level (1 to 6) and its anchor. */
export interface Heading {
  readonly level: number
  readonly id: string
  readonly text: string
}

/** A page in HTML, and what navigation and search need of it. */
export interface Rendered {
  readonly html: string
  readonly title: string
  /** The first sentence or two, as plain text. */
  readonly description: string
  readonly headings: ReadonlyArray<Heading>
  /** Rows of tables that begin with a name in code: they have anchors too. */
  readonly rows: ReadonlyArray<Omit<Heading, 'level'>>
  /** Files and folders of the project that the page shows or links to. */
  readonly needs: ReadonlyArray<string>
}

/** A text as GitHub makes an anchor of it, numbered where it comes again. */
const slugger = (): ((text: string) => string) => {
  const seen = new Map<string, number>()
  return (text) => {
    const slug = text.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')
    const before = seen.get(slug)
    seen.set(slug, (before ?? 0) + 1)
    return before === undefined ? slug : `${slug}-${before}`
  }
}

/** Gives the headings their anchors and levels. */
const headed = (tokens: ReadonlyArray<Token>): ReadonlyArray<Heading> => {
  const slug = slugger()
  const above: number[] = []
  return tokens.flatMap((token, index) => {
    if (token.type !== 'heading_open') return []
    const text = textOf(tokens[index + 1])
    const id = slug(text)
    // A level that was left out in between is made up for, as a reader who goes from heading to heading expects; siblings stay siblings.
    const given = Number(token.tag.slice(1))
    while ((above.at(-1) ?? 0) >= given) above.pop()
    const level = above.push(given)
    token.attrSet('id', id)
    retagged(token, tokens[index + 2], `h${level}`)
    return [{ level, id, text }]
  })
}

const retagged = (open: Token, close: Token | undefined, tag: string): void => {
  open.tag = tag
  if (close !== undefined) close.tag = tag
}

/** The tokens from one up to the next of a type. */
const until = (tokens: ReadonlyArray<Token>, from: number, type: string): ReadonlyArray<Token> =>
  tokens.slice(from, tokens.findIndex((one, at) => at > from && one.type === type))

/** Sees to header cells: a column without a name has none, and a row of such cells is not shown at all. */
const tabled = (tokens: ReadonlyArray<Token>): void => {
  tokens.forEach((token, index) => {
    if (token.type === 'table_open') token.meta = { columns: until(tokens, index, 'thead_close').filter(({ type }) => type === 'th_open').length }
    if (token.type === 'tr_open' && tokens[index + 1]?.type === 'th_open') {
      if (until(tokens, index, 'tr_close').every(({ type, content }) => type !== 'inline' || content === '')) token.attrSet('hidden', '')
    }
    if (token.type === 'th_open') {
      if (tokens[index + 1]?.content === '') retagged(token, tokens[index + 2], 'td')
      else token.attrSet('scope', 'col')
    }
  })
}

const inCode = new Set(['code_inline', 'link_open', 'link_close'])

/** Sees to names in code: a short one does not break, and a row that begins with one has it as its anchor, unless a heading has. */
const named = (tokens: ReadonlyArray<Token>, headings: ReadonlyArray<Heading>): ReadonlyArray<Omit<Heading, 'level'>> => {
  const taken = new Set(headings.map(({ id }) => id))
  return tokens.flatMap((token, index) => {
    const next = tokens[index + 1]
    const text = textOf(next)
    if (token.type === 'td_open' && text !== '' && text.length < 30 && next?.children?.every(({ type }) => inCode.has(type)) === true) token.attrSet('class', 'name')
    const cell = token.type === 'tr_open' && next?.type === 'td_open' ? tokens[index + 2] : undefined
    const name = cell?.children?.length === 1 && cell.children[0]?.type === 'code_inline' ? cell.children[0].content : ''
    if (!/^[A-Za-z][\w.:+-]*$/.test(name) || taken.has(name)) return []
    taken.add(name)
    token.attrSet('id', name)
    return [{ id: name, text: `${name} ${textOf(tokens[index + 5])}`.trim() }]
  })
}

/** What a page needs while it is written: where it is, under which heading the writing is, what has been asked for. */
const sheetOf = (source: string, linkedFiles: boolean): Sheet & { readonly needs: ReadonlySet<string> } => {
  const page = pageOf(source)
  const needs = new Set<string>()
  const labels = new Map<string, number>()
  const needed = (path: string): string => {
    const file = posix.normalize(posix.join(posix.dirname(source), path))
    needs.add(file)
    return between(page, copyOf(file))
  }
  return {
    page, source, linkedFiles, needs, needed, heading: '',
    resolved: (href) => {
      if (/^[a-z]+:/.test(href) || href.startsWith('#')) return href
      const [path = '', anchor] = href.split('#')
      const to = path.endsWith('.md') ? between(page, pageOf(posix.normalize(posix.join(posix.dirname(source), path)))) : needed(path)
      return anchor === undefined ? to : `${to}#${anchor}`
    },
    label(kind) {
      const wanted = this.heading === '' ? kind : `${kind}: ${this.heading}`
      const before = labels.get(wanted) ?? 0
      labels.set(wanted, before + 1)
      return before === 0 ? wanted : `${wanted} (${before + 1})`
    },
  }
}

/** Renders a page. `source` is its path in the project; `linkedFiles` says whether a name of a file in code becomes a link to it. */
export const rendered = (text: string, source: string, linkedFiles = false): Rendered => {
  const tokens = parser().parse(text.replace(/^<!-- \/?generated:[\w-]+ -->$/gm, ''), {})
  const headings = headed(tokens)
  tabled(tokens)
  const rows = named(tokens, headings)
  const sheet = sheetOf(source, linkedFiles)
  const html = write(tokens, sheet)
  const said = textOf(tokens[tokens.findIndex(({ type, level }) => type === 'paragraph_open' && level === 0) + 1])
  return {
    html, title: headings.find(({ level }) => level === 1)?.text ?? source, headings, rows, needs: [...sheet.needs],
    description: /^.{20,200}?[.](?= |$)/.exec(said)?.[0] ?? said.slice(0, 160),
  }
}
