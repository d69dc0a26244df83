/** The frame of a page: head, navigation, contents, what comes before and after, the search. Plain strings in HTML. */
import { escaped } from './code.js'
import type { Heading } from './markdown.js'
import { between, type Entry, groups, litFor } from './pages.js'

/** What a page is made of. */
export interface Page {
  /** Its path within the site. */
  readonly path: string
  readonly title: string
  readonly description: string
  readonly body: string
  readonly headings?: ReadonlyArray<Heading>
  /** Before and after it, where it stands in an order. */
  readonly before?: Entry
  readonly after?: Entry
  /** The landing page has a wider place and no contents. */
  readonly landing?: boolean
  /** Scripts besides that of every page. */
  readonly scripts?: ReadonlyArray<string>
}

/** Parts that others build: they are linked whether they have been built or not. */
export const playground: Entry = { page: 'playground/index.html', label: 'Playground' }
export const api: Entry = { page: 'api/index.html', label: 'API' }

/** The theme is set before anything is painted. */
const early = "document.documentElement.classList.add('scripted');try{var t=localStorage.getItem('theme');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}"

const navigation = (path: string): string => {
  const lit = litFor(path)
  const link = ({ page, label }: Entry): string => `<li><a href="${between(path, page)}"${page === lit ? ` aria-current="${page === path ? 'page' : 'true'}"` : ''}>${escaped(label)}</a></li>`
  return [
    `<ul class="nav-top">${[{ page: 'index.html', label: 'Home' }, playground, api].map(link).join('')}</ul>`,
    ...groups.map(({ label, entries }) => `<h2>${escaped(label)}</h2><ul>${entries.map(link).join('')}</ul>`),
  ].join('\n')
}

const contents = (headings: ReadonlyArray<Heading>): string => {
  const shown = headings.filter(({ level }) => level === 2 || level === 3)
  if (shown.length < 2) return ''
  const items = shown.map(({ level, id, text }) => `<li class="level-${level}"><a href="#${escaped(id)}">${escaped(text)}</a></li>`)
  return `<nav id="site-toc" class="toc" popover aria-label="On this page"><h2>On this page</h2><ul>${items.join('')}</ul></nav>`
}

const neighbours = ({ path, before, after }: Page): string => {
  const link = (entry: Entry | undefined, rel: string, word: string): string =>
    entry === undefined ? '' : `<a class="${rel}" rel="${rel}" href="${between(path, entry.page)}"><span>${word}</span> ${escaped(entry.label)}</a>`
  return before === undefined && after === undefined ? '' : `<nav class="neighbours" aria-label="Previous and next page">${link(before, 'prev', 'Previous')}${link(after, 'next', 'Next')}</nav>`
}

/** A whole page. */
export const framed = (page: Page): string => {
  const { path, title, description, body, headings = [], landing = false, scripts = [] } = page
  const base = between(path, 'index.html').replace(/index\.html$/, '')
  const toc = landing ? '' : contents(headings)
  return `<!doctype html>
<html lang="en" data-base="${base}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${landing ? escaped(title) : `${escaped(title)} · mpcvd`}</title>
<meta name="description" content="${escaped(description)}">
<script>${early}</script>
<link rel="icon" type="image/svg+xml" href="${base}icon.svg">
<link rel="stylesheet" href="${base}style.css">
<script defer src="${base}site.js"></script>
${scripts.map((name) => `<script defer src="${base}${name}"></script>\n`).join('')}</head>
<body${landing ? ' class="landing"' : ''}>
<a class="skip" href="#site-main">Skip to the content</a>
<header class="site-head">
<button class="button menu" type="button" popovertarget="site-nav">Menu</button>
<a class="brand" href="${base}index.html">mpcvd</a>
<nav class="quick" aria-label="Main"><a href="${base}guide.html">Guide</a><a href="${base}${playground.page}">Playground</a><a href="${base}${api.page}">API</a><a href="${base}errata.html">Errata</a></nav>
<button class="button search-button" type="button" data-search>Search<kbd aria-hidden="true">/</kbd></button>
<label class="theme"><span class="hidden">Theme</span><select id="site-theme"><option value="system">System</option><option value="light">Light</option><option value="dark">Dark</option></select></label>
</header>
<div class="frame${toc === '' ? '' : ' with-toc'}">
<nav id="site-nav" class="pages" popover aria-label="Pages">
${navigation(path)}
</nav>
<main id="site-main" tabindex="-1">
${toc === '' ? '' : '<button class="button toc-button" type="button" popovertarget="site-toc">On this page</button>\n'}${body}
${neighbours(page)}
</main>
${toc}
</div>
<footer class="site-foot"><p>mpcvd is under the <a href="${base}LICENSE.txt">MIT licence</a>. This site loads nothing from elsewhere and counts nobody.</p></footer>
<dialog id="site-search" aria-label="Search">
<form method="dialog"><label class="hidden" for="site-search-field">Search headings, errata, requirements, message types</label>
<input id="site-search-field" type="text" enterkeyhint="search" role="combobox" aria-expanded="false" aria-controls="site-search-results" aria-autocomplete="list" autocomplete="off" spellcheck="false" placeholder="D-EM-08, VP-03-009, RS, embargo …"><button class="button" type="submit">Close</button></form>
<div id="site-search-results" role="listbox" aria-label="Found"></div>
<p id="site-search-said" role="status"></p>
</dialog>
</body>
</html>
`
}
