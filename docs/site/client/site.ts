/**
 * What every page does once it is read: the theme, the search, the copying of commands, and what the keyboard may skip.
 *
 * Pages are complete without this. What needs it is shown only where scripts run (`.scripted` in the style).
 */
import type { Found } from './found.js'

declare global {
  // The index is a script of its own, so that it is read from a folder of files as well as from a server.
  var mpcvdIndex: ReadonlyArray<Found> | undefined
}

const base = document.documentElement.dataset['base'] ?? ''

// ---- theme ----

const theme = document.querySelector<HTMLSelectElement>('#site-theme')
if (theme !== null) {
  theme.value = document.documentElement.dataset['theme'] ?? 'system'
  theme.addEventListener('change', () => {
    if (theme.value === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme.value
    try {
      if (theme.value === 'system') localStorage.removeItem('theme')
      else localStorage.setItem('theme', theme.value)
      // The reference keeps its own choice under its own name.
      localStorage.setItem('tsd-theme', theme.value === 'system' ? 'os' : theme.value)
    } catch {
      // A browser that keeps nothing has its choice until the next page.
    }
  })
}

// ---- search ----

const dialog = document.querySelector<HTMLDialogElement>('#site-search')
const field = document.querySelector<HTMLInputElement>('#site-search-field')
const list = document.querySelector<HTMLElement>('#site-search-results')
const said = document.querySelector<HTMLElement>('#site-search-said')

const words = (text: string): ReadonlyArray<string> => text.toLowerCase().split(/\s+/).filter((word) => word !== '')

/** Every word has to occur. The name itself comes first, then what begins with it, then shorter names before longer ones. */
const ranked = (index: ReadonlyArray<Found>, asked: string): ReadonlyArray<Found> => {
  const wanted = words(asked)
  const whole = wanted.join(' ')
  const scored = index.flatMap((entry) => {
    const text = entry[0].toLowerCase()
    const around = `${text} ${entry[2].toLowerCase()}`
    if (wanted.length === 0 || !wanted.every((word) => around.includes(word))) return []
    const first = wanted[0] ?? ''
    const score = text === whole || text.startsWith(`${whole} `) ? 0 : text.startsWith(whole) ? 1 : words(text).some((word) => word.startsWith(first)) ? 2 : text.includes(first) ? 3 : 4
    return [{ entry, score: score * 1000 + text.length }]
  })
  return scored.sort((a, b) => a.score - b.score).slice(0, 12).map(({ entry }) => entry)
}

let lit = -1
const light = (to: number): void => {
  const options = [...(list?.children ?? [])]
  lit = options.length === 0 ? -1 : (to + options.length) % options.length
  options.forEach((option, at) => { option.setAttribute('aria-selected', String(at === lit)) })
  const current = options[lit]
  if (current === undefined) field?.removeAttribute('aria-activedescendant')
  else field?.setAttribute('aria-activedescendant', current.id)
  current?.scrollIntoView({ block: 'nearest' })
}

const show = (): void => {
  if (field === null || list === null || said === null) return
  const found = ranked(globalThis.mpcvdIndex ?? [], field.value)
  list.replaceChildren(...found.map(([text, href, page], at) => {
    const option = document.createElement('a')
    option.id = `site-search-${at}`
    option.href = base + href
    option.tabIndex = -1
    option.setAttribute('role', 'option')
    option.append(Object.assign(document.createElement('b'), { textContent: text }), ' ', Object.assign(document.createElement('span'), { textContent: page }))
    return option
  }))
  said.textContent = words(field.value).length === 0 ? '' : found.length === 0 ? 'Nothing found.' : `${found.length === 12 ? 'The first 12' : found.length} found.`
  field.setAttribute('aria-expanded', String(found.length > 0))
  light(0)
}

const loaded = (): void => {
  if (globalThis.mpcvdIndex !== undefined || document.querySelector('script[data-index]') !== null) return
  const script = document.createElement('script')
  script.dataset['index'] = ''
  script.src = `${base}search-index.js`
  script.addEventListener('load', show)
  document.head.append(script)
}

const open = (): void => {
  loaded()
  if (dialog?.open === false) dialog.showModal()
  field?.select()
  show()
}

for (const button of document.querySelectorAll('[data-search]')) button.addEventListener('click', open)
document.addEventListener('keydown', (event) => {
  const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, select') !== null
  if ((event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) || (event.key === 'k' && (event.ctrlKey || event.metaKey))) {
    event.preventDefault()
    open()
  }
})
field?.addEventListener('input', show)
field?.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault()
    light(lit + (event.key === 'ArrowDown' ? 1 : -1))
  }
  if (event.key === 'Enter') {
    event.preventDefault()
    const chosen = list?.children[lit]
    if (chosen instanceof HTMLAnchorElement) chosen.click()
  }
})
list?.addEventListener('click', () => dialog?.close())
dialog?.addEventListener('click', (event) => { if (event.target === dialog) dialog.close() })

// ---- copying ----

const copy = async (button: HTMLButtonElement): Promise<void> => {
  const before = button.textContent
  try {
    await navigator.clipboard.writeText(button.dataset['copy'] ?? '')
    button.textContent = 'Copied'
  } catch {
    button.textContent = 'Not copied'
  }
  setTimeout(() => { button.textContent = before }, 2000)
}
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) button.addEventListener('click', () => { void copy(button) })

// ---- what the keyboard may skip ----

/** A table or a piece of code that fits takes no stop of the tabulator. */
const fitting = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (!(target instanceof HTMLElement)) continue
    target.tabIndex = target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight ? 0 : -1
  }
})
for (const element of document.querySelectorAll('main .scroll, main pre')) fitting.observe(element)

// ---- the navigation opens at the page that is read, and closes when a place on the page was chosen ----

const pages = document.querySelector<HTMLElement>('#site-nav')
const current = pages?.querySelector<HTMLElement>('[aria-current]')
if (pages && current && pages.scrollHeight > pages.clientHeight) pages.scrollTop = current.offsetTop - pages.clientHeight / 2
const toc = document.querySelector<HTMLElement>('#site-toc')
toc?.addEventListener('click', (event) => { if (event.target instanceof HTMLAnchorElement && toc.matches(':popover-open')) toc.hidePopover() })
