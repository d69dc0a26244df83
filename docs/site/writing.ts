/**
 * How the pieces of a Markdown page are written in HTML.
 *
 * Tables and code can be scrolled by the keyboard where they are wider than the screen, and say under which heading they
 * stand. Mermaid is drawn here and now: nothing draws in the reader's browser.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import MarkdownIt from 'markdown-it'
import { requirements } from 'mpcvd/conformance'
import { escaped, highlighted } from './code.js'
import { stateFigure } from './machines.js'
import { between, root } from './pages.js'
import { treeList } from './trees.js'

/** A parser of the Markdown of the documentation; each page writes with rules of its own. */
export const parser = () => new MarkdownIt({ html: true })

/** A piece of a parsed page. */
export type Token = ReturnType<ReturnType<typeof parser>['parse']>[number]

/** What a page needs while it is written. */
export interface Sheet {
  /** Its path within the site, and that of its Markdown in the project. */
  readonly page: string
  readonly source: string
  /** Whether the name of a file in code becomes a link to it. */
  readonly linkedFiles: boolean
  /** The heading that is written under. */
  heading: string
  /** The target of a link, from this page. */
  readonly resolved: (href: string) => string
  /** Asks for a file of the project beside the page, and says where it will be. */
  readonly needed: (path: string) => string
  /** A name for a region, by its kind and heading, that no other on the page has. */
  readonly label: (kind: string) => string
}

/** The words of a piece, without markup. */
export const textOf = (token: Token | undefined): string =>
  (token?.children ?? []).map(({ type, content }) => (type === 'text' || type === 'code_inline' ? content : type === 'softbreak' ? ' ' : '')).join('')

const isErratum = /^(?:D-[A-Z]+|L)-\d+$/
const errataIn = /\b(?:D-[A-Z]+|L)-\d+\b/g
const known = new Set(requirements.map(({ id }) => id))

/** Text in HTML, with the ids of requirements as links. */
const cited = (text: string, { page }: Sheet): string =>
  escaped(text).replace(/\b[A-Z]{2,3}-\d{2}-\d{3}\b/g, (id) => (known.has(id) ? `<a class="cite" href="${between(page, 'register.html')}#${id}">${id}</a>` : id))

const code = (html: string, label: string, attributes = ''): string => `<pre tabindex="0" role="group" aria-label="${escaped(label)}"${attributes}><code>${html}</code></pre>\n`

const region = (html: string, label: string, kind = 'scroll'): string => `<div class="${kind}" tabindex="0" role="region" aria-label="${escaped(label)}">${html}</div>`

/** A Mermaid block as a drawing or a tree, with its text folded below; nothing where it can be drawn as neither. */
const drawn = (text: string, sheet: Sheet): string | undefined => {
  const folded = `<details class="text-form"><summary>As Mermaid</summary>${code(escaped(text.trimEnd()), sheet.label('Mermaid'))}</details>`
  const shown = stateFigure(text)
  if (shown !== undefined) return `<figure class="drawing">${region(shown.drawing, sheet.label('Diagram'))}<figcaption>${shown.caption}</figcaption></figure>${folded}`
  const tree = treeList(text, (html) => html.replace(errataIn, (id) => `<a href="${between(sheet.page, 'errata.html')}#${id.toLowerCase()}">${id}</a>`))
  return tree === undefined ? undefined : `${region(tree, sheet.label('Tree'), 'scroll tree')}${folded}`
}

/** A picture with its words below. Its size stands in the page, so that nothing jumps when it comes. */
const pictured = (token: Token, sheet: Sheet): string => {
  const src = String(token.attrGet('src') ?? '')
  const file = join(root, posix.dirname(sheet.source), src)
  const opening = existsSync(file) ? readFileSync(file, 'utf8').slice(0, 8000) : ''
  const [width, height] = (/<svg[^>]*? width="([\d.]+)" height="([\d.]+)"/.exec(opening) ?? []).slice(1).map((size) => Math.ceil(Number(size)))
  const to = sheet.needed(src)
  const words = escaped(textOf(token))
  const size = width === undefined || height === undefined ? '' : ` style="--natural:${width}px" width="${width}" height="${height}"`
  return `<figure class="picture">${region(`<img src="${to}" alt="${words}"${size}>`, sheet.label('Picture'))}<figcaption>${words}. <a href="${to}">The picture alone</a></figcaption></figure>`
}

const isWithinLink = (all: ReadonlyArray<Token>, index: number): boolean =>
  all.slice(0, index).reduce((depth, { type }) => depth + (type === 'link_open' ? 1 : type === 'link_close' ? -1 : 0), 0) > 0

/** A name in code. It does not break at its hyphens, a command only between its words. */
const coded = (content: string, linked: boolean, { source, linkedFiles, resolved }: Sheet): string => {
  const html = `<code>${content.split(' ').map((word) => (/^(?=.*-)\S{1,30}$/.test(word) ? `<span class="word">${escaped(word)}</span>` : escaped(word))).join(' ')}</code>`
  const isFile = linkedFiles && !linked && /^[\w./-]+$/.test(content) && existsSync(join(root, posix.dirname(source), content))
  return isFile ? `<a href="${resolved(content)}">${html}</a>` : html
}

type Piece = (token: Token, all: ReadonlyArray<Token>, index: number) => string

/** What is written otherwise than markdown-it would. */
const pieces = (sheet: Sheet): Readonly<Record<string, Piece>> => ({
  text: ({ content }, all, index) => (isWithinLink(all, index) ? escaped(content) : cited(content, sheet)),
  code_inline: ({ content }, all, index) => coded(content, isWithinLink(all, index), sheet),
  image: (token) => pictured(token, sheet),
  link_open: (token, all, index) =>
    `<a${isErratum.test(all[index + 1]?.content ?? '') ? ' class="id"' : ''} href="${escaped(sheet.resolved(String(token.attrGet('href') ?? '')))}">`,
  fence: ({ info, content }) => {
    const [language = ''] = info.split(' ')
    return (language === 'mermaid' ? drawn(content, sheet) : undefined)
      ?? code(highlighted(content.replace(/^\/\/ run\n/, '').trimEnd(), language), sheet.label(language === 'console' ? 'Terminal' : 'Code'), ` data-language="${escaped(language)}"`)
  },
  code_block: ({ content }) => code(escaped(content.trimEnd()), sheet.label('Code')),
  table_open: ({ meta }) => {
    const columns = Number(meta?.['columns'] ?? 0)
    return `<div class="scroll" tabindex="0" role="region" aria-label="${escaped(sheet.label('Table'))}"><table${columns > 3 ? ` style="--columns:${columns}"` : ''}>`
  },
  table_close: () => '</table></div>\n',
  heading_close: ({ tag }, all, index) => ` <a class="anchor" href="#${escaped(String(all[index - 2]?.attrGet('id') ?? ''))}" aria-hidden="true" tabindex="-1">#</a></${tag}>\n`,
})

/** The page in HTML. */
export const write = (tokens: ReadonlyArray<Token>, sheet: Sheet): string => {
  const { renderer, options } = parser()
  for (const [name, piece] of Object.entries(pieces(sheet))) {
    renderer.rules[name] = (all, index) => {
      const token = all[index]
      return token === undefined ? '' : piece(token, all, index)
    }
  }
  // A picture that is a paragraph of its own is none: it is a figure.
  tokens.forEach((token, index) => {
    const { children } = tokens[index + 1] ?? {}
    const close = tokens[index + 2]
    if (token.type === 'paragraph_open' && children?.length === 1 && children[0]?.type === 'image' && close !== undefined) {
      token.hidden = true
      close.hidden = true
    }
  })
  // From heading to heading, so that what is written knows under which it stands.
  const starts = [0, ...tokens.flatMap(({ type }, index) => (type === 'heading_open' && index > 0 ? [index] : []))]
  return starts.map((from, at) => {
    if (tokens[from]?.type === 'heading_open') sheet.heading = textOf(tokens[from + 1])
    return renderer.render(tokens.slice(from, starts[at + 1]), options, {})
  }).join('')
}
