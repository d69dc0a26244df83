/**
 * A Markdown page of the documentation as the body of a page of the site.
 *
 * Headings get the anchors that GitHub gives them, since links within the documentation use those. Links to Markdown
 * lead to its page, links to other files of the project to a copy. Tables and code can be scrolled by the keyboard where
 * they are wider than the screen. Mermaid is drawn here and now: nothing draws in the reader's browser.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import MarkdownIt from 'markdown-it'
import { requirements } from 'mpcvd/conformance'
import { escaped, highlighted } from './code.js'
import { stateFigure } from './machines.js'
import { pageOf, root } from './pages.js'
import { treeList } from './trees.js'

/** One parser for all pages; each page writes with rules of its own. */
const parser = () => new MarkdownIt({ html: true })
type Token = ReturnType<ReturnType<typeof parser>['parse']>[number]

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

const textOf = (token: Token | undefined): string => (token?.children ?? []).map(({ type, content }) => (type === 'text' || type === 'code_inline' ? content : type === 'softbreak' ? ' ' : '')).join('')

/** The path within the site of a file of the project. Sources in a language become pages; a folder opens with its list. */
export const copyOf = (path: string): string => {
  const inside = path.replace(/^docs\//, '')
  if (statSync(join(root, path)).isDirectory()) return `${inside.replace(/\/$/, '')}/index.html`
  return /\.(?:ts|py|txt)$/.test(path) ? `${inside}.html` : inside
}

/** From one path within the site to another. */
export const between = (from: string, to: string): string => posix.relative(posix.dirname(from), to)

const known = new Set(requirements.map(({ id }) => id))

/** Ids of requirements in text that is HTML already, as links. */
const cited = (html: string, page: string): string =>
  html.replace(/\b[A-Z]{2,3}-\d{2}-\d{3}\b/g, (id) => (known.has(id) && page !== 'register.html' ? `<a class="cite" href="${between(page, 'register.html')}#${id}">${id}</a>` : id))

const erratumIn = /\b(?:D-[A-Z]+|L)-\d+\b/g

/** Renders a page. `source` is its path in the project; `linkedFiles` says whether a name of a file in code becomes a link to it. */
export const rendered = (text: string, source: string, linkedFiles = false): Rendered => {
  const page = pageOf(source)
  const markdown = parser()
  const needs = new Set<string>()
  const headings: Heading[] = []
  const rows: Omit<Heading, 'level'>[] = []
  const tokens = markdown.parse(text.replace(/^<!-- \/?generated:[\w-]+ -->$/gm, ''), {})

  const resolved = (href: string): string => {
    if (/^[a-z]+:/.test(href) || href.startsWith('#')) return href
    const [path = '', anchor] = href.split('#')
    const target = posix.normalize(posix.join(posix.dirname(source), path))
    const end = anchor === undefined ? '' : `#${anchor}`
    if (target.endsWith('.md')) return `${between(page, pageOf(target))}${end}`
    needs.add(target)
    return `${between(page, copyOf(target))}${end}`
  }

  // Headings first: whatever else wants an anchor takes one that they have left.
  const slug = slugger()
  const taken = new Set<string>()
  const above: number[] = []
  tokens.forEach((token, index) => {
    if (token.type !== 'heading_open') return
    const of = textOf(tokens[index + 1])
    const id = slug(of)
    token.attrSet('id', id)
    taken.add(id)
    // A level that was left out in between is made up for, as a reader who goes from heading to heading expects; siblings stay siblings.
    const given = Number(token.tag.slice(1))
    while ((above.at(-1) ?? 0) >= given) above.pop()
    const level = above.push(given)
    const close = tokens[index + 2]
    token.tag = `h${level}`
    if (close !== undefined) close.tag = token.tag
    headings.push({ level, id, text: of })
  })

  let heading = ''
  const labels = new Map<string, number>()
  const label = (kind: string): string => {
    const wanted = heading === '' ? kind : `${kind}: ${heading}`
    const before = labels.get(wanted) ?? 0
    labels.set(wanted, before + 1)
    return escaped(before === 0 ? wanted : `${wanted} (${before + 1})`)
  }

  const figure = (token: Token): string | undefined => {
    const shown = stateFigure(token.content)
    const tree = treeList(token.content, (html) => html.replace(erratumIn, (id) => `<a href="${between(page, 'errata.html')}#${id.toLowerCase()}">${id}</a>`))
    const source = `<details class="text-form"><summary>As Mermaid</summary><pre tabindex="0" role="group" aria-label="${label('Mermaid')}"><code>${escaped(token.content.trimEnd())}</code></pre></details>`
    if (shown !== undefined) return `<figure class="drawing"><div class="scroll" tabindex="0" role="region" aria-label="${label('Diagram')}">${shown.replace('<figcaption>', '</div><figcaption>')}</figure>${source}`
    return tree === undefined ? undefined : `<div class="scroll tree" tabindex="0" role="region" aria-label="${label('Tree')}">${tree}</div>${source}`
  }

  const image = (token: Token): string => {
    const name = String(token.attrGet('src') ?? '')
    const file = posix.normalize(posix.join(posix.dirname(source), name))
    needs.add(file)
    const opening = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8').slice(0, 8000) : ''
    const [, width = '', height = ''] = /<svg[^>]*? width="([\d.]+)" height="([\d.]+)"/.exec(opening) ?? []
    const src = between(page, copyOf(file))
    const alt = escaped(textOf(token))
    return `<figure class="picture"><div class="scroll" tabindex="0" role="region" aria-label="${label('Picture')}"><img src="${src}" alt="${alt}" style="--natural:${Math.ceil(Number(width))}px" width="${Math.ceil(Number(width))}" height="${Math.ceil(Number(height))}"></div><figcaption>${alt}. <a href="${src}">The picture alone</a></figcaption></figure>`
  }

  const { rules } = markdown.renderer
  rules['image'] = (all, index) => { const token = all[index]; return token === undefined ? '' : image(token) }
  rules['text'] = (all, index) => cited(escaped(all[index]?.content ?? ''), page)
  rules['code_inline'] = (all, index) => {
    const content = all[index]?.content ?? ''
    const path = posix.join(posix.dirname(source), content)
    // A name does not break at its hyphens, a command only between its words.
    const unbroken = content.split(' ').map((word) => (/^(?=.*-)\S{1,30}$/.test(word) ? `<span class="word">${escaped(word)}</span>` : escaped(word))).join(' ')
    const html = `<code>${unbroken}</code>`
    const within = all.slice(0, index).reduce((depth, { type }) => depth + (type === 'link_open' ? 1 : type === 'link_close' ? -1 : 0), 0) > 0
    return linkedFiles && !within && /^[\w./-]+$/.test(content) && existsSync(join(root, path)) ? `<a href="${resolved(content)}">${html}</a>` : html
  }
  rules['fence'] = (all, index) => {
    const token = all[index]
    if (token === undefined) return ''
    const language = token.info.split(' ')[0] ?? ''
    const drawn = language === 'mermaid' ? figure(token) : undefined
    return drawn ?? `<pre tabindex="0" role="group" aria-label="${label(language === 'console' ? 'Terminal' : 'Code')}" data-language="${escaped(language)}"><code>${highlighted(token.content.replace(/^\/\/ run\n/, '').trimEnd(), language)}</code></pre>\n`
  }
  rules['code_block'] = (all, index) => `<pre tabindex="0" role="group" aria-label="${label('Code')}"><code>${escaped((all[index]?.content ?? '').trimEnd())}</code></pre>\n`
  rules['table_close'] = () => '</table></div>\n'
  rules['heading_close'] = (all, index) => {
    const id = String(all[index - 2]?.attrGet('id') ?? '')
    return ` <a class="anchor" href="#${escaped(id)}" aria-hidden="true" tabindex="-1">#</a></${all[index]?.tag ?? 'h2'}>\n`
  }

  // Attributes, links and anchors of rows are set before rendering, so that the rendering only writes.
  const tables: string[] = []
  tokens.forEach((token, index) => {
    const inline = tokens[index + 1]
    if (token.type === 'heading_open') heading = textOf(inline)
    token.children?.forEach((child, at, all) => {
      if (child.type !== 'link_open') return
      child.attrSet('href', resolved(String(child.attrGet('href') ?? '')))
      if (/^(?:D-[A-Z]+|L)-\d+$/.test(all[at + 1]?.content ?? '')) child.attrSet('class', 'id')
    })
    if (token.type === 'paragraph_open' && inline?.children?.length === 1 && inline.children[0]?.type === 'image') {
      token.hidden = true
      const close = tokens[index + 2]
      if (close !== undefined) close.hidden = true
    }
    if (token.type === 'table_open') {
      const columns = tokens.slice(index, tokens.findIndex((one, at) => at > index && one.type === 'thead_close')).filter(({ type }) => type === 'th_open').length
      tables.push(`<div class="scroll" tabindex="0" role="region" aria-label="${label('Table')}"><table${columns > 3 ? ` style="--columns:${columns}"` : ''}>`)
    }
    // A column without a name has no header cell, and a row of such cells is not shown at all.
    if (token.type === 'tr_open' && tokens[index + 1]?.type === 'th_open') {
      const cells = tokens.slice(index, tokens.findIndex((one, at) => at > index && one.type === 'tr_close')).filter(({ type }) => type === 'inline')
      if (cells.every(({ content }) => content === '')) token.attrSet('hidden', '')
    }
    if (token.type === 'th_open') {
      const close = tokens[index + 2]
      if (inline?.content !== '') token.attrSet('scope', 'col')
      else if (close !== undefined) {
        token.tag = 'td'
        close.tag = 'td'
      }
    }
    // A short name in code does not break, a command does.
    if (token.type === 'td_open' && inline?.children?.every(({ type }) => type === 'code_inline' || type === 'link_open' || type === 'link_close') === true && inline.content.length > 0 && textOf(inline).length < 30)
      token.attrSet('class', 'name')
    if (token.type === 'tr_open' && tokens[index + 1]?.type === 'td_open') {
      const cell = tokens[index + 2]
      const name = cell?.children?.length === 1 && cell.children[0]?.type === 'code_inline' ? cell.children[0].content : ''
      if (/^[A-Za-z][\w.:+-]*$/.test(name) && !taken.has(name)) {
        taken.add(name)
        token.attrSet('id', name)
        rows.push({ id: name, text: `${name} ${textOf(tokens[index + 5])}`.trim() })
      }
    }
  })
  let table = 0
  rules['table_open'] = () => tables[table++] ?? '<div><table>'
  heading = ''
  labels.clear()
  // Labels of figures and code name the heading that they stand under, so the rendering goes from heading to heading.
  const parts: string[] = []
  let from = 0
  const flush = (to: number): void => {
    parts.push(markdown.renderer.render(tokens.slice(from, to), markdown.options, {}))
    from = to
  }
  tokens.forEach((token, index) => {
    if (token.type !== 'heading_open') return
    flush(index)
    heading = textOf(tokens[index + 1])
  })
  flush(tokens.length)

  const first = tokens.findIndex(({ type, level }) => type === 'paragraph_open' && level === 0)
  const said = textOf(tokens[first + 1])
  return {
    html: parts.join(''), title: headings.find(({ level }) => level === 1)?.text ?? dirname(source), headings, rows, needs: [...needs],
    description: (/^.{20,200}?[.](?= |$)/.exec(said)?.[0] ?? said.slice(0, 160)),
  }
}
