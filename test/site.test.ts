/**
 * The site: every page as HTML, and every page in a browser.
 *
 * The reference and the playground are built by others and only linked; links into them are followed where they are. What
 * is expected of the pages comes from the Markdown, from the transcription of the standard, and from hand.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildSite } from '../docs/site/build.js'
import { barriers, chromium, complaintsOf, launched, served } from './browser.js'
import { partly, whole } from './whole.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = mkdtempSync(join(tmpdir(), 'mpcvd-site-'))
const pages: string[] = []
beforeAll(async () => {
  await buildSite(out)
  pages.push(...(readdirSync(out, { recursive: true }) as string[]).filter((path) => path.endsWith('.html') && !/^(?:api|playground)\//.test(path)).sort())
})
afterAll(() => rmSync(out, { recursive: true, force: true }))

/** The pages of files and folders that a page links to: one frame, and one piece of code or one list. */
const listing = /\.(?:ts|py|txt)\.html$|^(?:schema|site)\/|^examples\/(?!(?:conform\/|store\/)?index\.html)/

const built = (path: string): string => readFileSync(join(out, path), 'utf8')
const written = (path: string): string => readFileSync(join(root, path), 'utf8')

// ---- HTML, as far as it matters here ----

interface Tag { readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly text: string }

const empty = new Set(['meta', 'link', 'img', 'input', 'br', 'hr', 'path', 'rect', 'circle'])

const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** The opening tags of a page, with the text up to the next tag; and what is not nested as it should be. */
const parsed = (html: string): { readonly tags: ReadonlyArray<Tag>; readonly wrong: ReadonlyArray<string> } => {
  const tags: Tag[] = []
  const open: string[] = []
  const wrong: string[] = []
  const plain = html.replace(/<!--.*?-->/gs, '').replace(/(<script[^>]*>).*?<\/script>/gs, '$1</script>')
  for (const [, closing, name = '', attributes = '', self, text = ''] of plain.matchAll(/<(\/?)([a-z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>([^<]*)/gi)) {
    if (closing === '/') {
      if (open.pop() !== name) wrong.push(`</${name}> closes something else`)
      continue
    }
    if (!empty.has(name) && self !== '/') open.push(name)
    tags.push({ name, text: unescaped(text), attributes: Object.fromEntries([...attributes.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [key, unescaped(value)])) })
  }
  return { tags, wrong: [...wrong, ...open.map((name) => `<${name}> is left open`)] }
}

const parsedPages = new Map<string, ReturnType<typeof parsed>>()
const tagsOf = (page: string): ReadonlyArray<Tag> => {
  const known = parsedPages.get(page) ?? parsed(built(page))
  parsedPages.set(page, known)
  return known.tags
}
const idsOf = (page: string): ReadonlyArray<string> => tagsOf(page).flatMap(({ attributes }) => attributes['id'] ?? [])

describe('every page', () => {
  test('is well formed, has one h1, a title of its own, a language, and no id twice', () => {
    const wrong = pages.flatMap((page) => {
      const tags = tagsOf(page)
      const ids = idsOf(page)
      const headings = tags.flatMap(({ name }) => /^h([1-6])$/.exec(name)?.[1] ?? [])
      return [
        ...(parsedPages.get(page)?.wrong ?? []),
        ...(headings.filter((level) => level === '1').length === 1 ? [] : ['not one h1']),
        ...(tags.find(({ name }) => name === 'html')?.attributes['lang'] === 'en' ? [] : ['no language']),
        ...(tags.filter(({ name, text }) => name === 'title' && text.trim() !== '').length === 1 ? [] : ['no title']),
        ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id} twice`),
        ...ids.filter((id) => /\s|^$/.test(id)).map((id) => `"${id}" is no id`),
      ].map((what) => `${page}: ${what}`)
    })
    expect(wrong).toEqual([])
    const titles = pages.filter((page) => !listing.test(page)).map((page) => tagsOf(page).find(({ name }) => name === 'title')?.text)
    expect(titles.filter((title, at) => titles.indexOf(title) !== at)).toEqual([])
  })

  test('links only to what is there', () => {
    const exists = (path: string): boolean => existsSync(join(out, path))
    const broken = pages.flatMap((page) =>
      tagsOf(page).flatMap(({ attributes: { href, src } }) => [href, src].flatMap((link) => link ?? [])).filter((link) => {
        if (/^https:\/\//.test(link)) return false
        const [path = '', anchor] = link.split('#')
        const target = path === '' ? page : posix.join(posix.dirname(page), path)
        const part = /^(api|playground)\//.exec(target)?.[1]
        if (part !== undefined && !exists(part)) return false
        if (path.startsWith('/') || /^[a-z]+:/.test(path) || target.startsWith('..') || !exists(target)) return true
        return anchor !== undefined && target.endsWith('.html') && part === undefined && !idsOf(target).includes(decodeURIComponent(anchor))
      }).map((link) => `${page}: ${link}`))
    expect(broken).toEqual([])
  })

  test('loads nothing from elsewhere', () => {
    const loaded = pages.flatMap((page) => tagsOf(page).flatMap(({ name, attributes }) =>
      [attributes['src'], name === 'link' ? attributes['href'] : undefined, attributes['srcset'], attributes['action']].flatMap((from) => from ?? [])))
    expect(loaded.filter((from) => /^(?:[a-z]+:|\/)/i.test(from))).toEqual([])
    expect(built('style.css')).not.toMatch(/@import|url\(|@font-face/)
    for (const script of ['site.js', 'demo.js']) expect(built(script)).not.toMatch(/https?:\/\/(?!www\.w3\.org)|import\(|fetch\(|XMLHttpRequest/)
  })

  test('marks where it is in the navigation, once', () => {
    for (const page of pages) {
      const current = tagsOf(page).filter(({ attributes }) => attributes['aria-current'] !== undefined).length
      // Files and folders of the source are in no navigation.
      if (listing.test(page)) expect(current, page).toBeLessThanOrEqual(1)
      else expect(current, page).toBe(1)
    }
  })

  test('names no folder of the machine on which it was built', () => {
    for (const page of [...pages, 'search-index.js', 'site.js', 'demo.js']) expect(built(page).includes(root) || built(page).includes(out), page).toBe(false)
  })
})

describe('the pages together', () => {
  const markdownIn = (folder: string): ReadonlyArray<string> =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? (['dist', 'site'].includes(entry.name) ? [] : markdownIn(`${folder}/${entry.name}`)) : entry.name.endsWith('.md') ? [`${folder}/${entry.name}`] : []))

  test('are every Markdown file of the documentation', () => {
    const wanted = markdownIn('docs').filter((path) => path !== 'docs/README.md').map((path) => path.replace(/^docs\//, '').replace(/README\.md$/, 'index.html').replace(/\.md$/, '.html'))
    expect([...wanted, 'documentation.html', 'CHANGELOG.html', 'THIRD-PARTY-NOTICES.html', 'examples/index.html', 'index.html'].filter((page) => !pages.includes(page))).toEqual([])
  })

  test('follow one another from the guide to the last, and back', () => {
    const step = (page: string, rel: string): string | undefined => {
      const href = tagsOf(page).find(({ attributes }) => attributes['rel'] === rel)?.attributes['href']
      return href === undefined ? undefined : posix.join(posix.dirname(page), href)
    }
    const forward = ['guide.html']
    for (let next = step('guide.html', 'next'); next !== undefined; next = step(next, 'next')) forward.push(next)
    const listed = tagsOf('guide.html').slice(tagsOf('guide.html').findIndex(({ attributes }) => attributes['id'] === 'site-nav')).filter(({ name }) => name === 'a')
      .slice(0, forward.length + 3).flatMap(({ attributes }) => attributes['href'] ?? [])
    expect(listed).toEqual(['index.html', 'playground/index.html', 'api/index.html', ...forward])
    const back = [forward.at(-1) ?? '']
    for (let before = step(back[0] ?? '', 'prev'); before !== undefined; before = step(before, 'prev')) back.unshift(before)
    expect(back).toEqual(forward)
  })

  test('have the anchors that GitHub would make', () => {
    expect(idsOf('errata.html')).toEqual(expect.arrayContaining(['d-em-08', 'l-02', 'source-codes', 'found-while-building-the-library']))
    expect(idsOf('case.html')).toEqual(expect.arrayContaining(['seals-verification-corrections', 'who-may-publish']))
    expect(idsOf('machines.html')).toEqual(expect.arrayContaining(['vfdpxa-vendors', 'pxa-everybody-else']))
    expect(idsOf('messages.html')).toEqual(expect.arrayContaining(['the-28-types', 'RS', 'GE']))
  })

  test('have headings of one rank where they have one rank in the Markdown, and none left out', () => {
    expect(tagsOf('trees.html').filter(({ attributes }) => attributes['id']?.startsWith('bt-') === true).map(({ name }) => name)).toEqual(Array<string>(29).fill('h2'))
    expect(tagsOf('errata.html').filter(({ attributes }) => ['the-register', 'report-management', 'd-rm-01', 'd-em-08'].includes(attributes['id'] ?? '')).map(({ name }) => name)).toEqual(['h2', 'h3', 'h4', 'h4'])
  })

  test('have every requirement of the transcription', () => {
    const ids = [...written('test/spec/requirements.txt').matchAll(/^([A-Z]{2,3}-\d\d-\d\d\d)\b/gm)].map(([, id = '']) => id)
    expect(ids.length).toBeGreaterThan(400)
    const there = new Set(idsOf('register.html'))
    expect(ids.filter((id) => !there.has(id))).toEqual([])
  })

  test('show machines and trees as drawings', () => {
    for (const page of pages) expect(built(page), page).not.toContain('data-language="mermaid"')
    // States and edges as the standard counts them; two edges of EM, accept and reject in Revise, are one arrow. The dot before a machine is a stroke more.
    const drawn = built('machines.html').split('<svg class="machine').slice(1).map((svg) => svg.slice(0, svg.indexOf('</svg>')))
    expect(drawn.map((svg) => [svg.split('class="m-state"').length - 1, svg.split('class="m-edge"').length - 2])).toEqual([[7, 11], [5, 9], [32, 58], [16, 28], [8, 11], [5, 15]])
    for (const svg of drawn) expect(svg).not.toContain('NaN')
    const nodes = [...written('docs/trees.md').matchAll(/^ {2}n\d+[[({]/gm)].length
    expect([built('trees.html').split('<ul class="bt">').length - 1, built('trees.html').split('class="bt-node').length - 1]).toEqual([29, nodes])
  })
})

describe('the landing page', () => {
  test('has the program, what it prints, and the install line', () => {
    const html = built('index.html').replace(/<\/?span[^>]*>/g, '')
    expect(unescaped(html)).toContain(written('docs/site/example.ts').trimEnd())
    expect(unescaped(html)).toContain("<code>Received Vfdpxa [ 'RK', 'CV' ]</code>")
    expect(html).toContain('<code>npm install mpcvd</code>')
  })

  test('has a line for every entry of the package', () => {
    const { exports } = JSON.parse(written('package.json')) as { readonly exports: Readonly<Record<string, unknown>> }
    // The bridges have one line together, and a page that names each.
    const entries = Object.keys(exports).filter((name) => !/\*|json$|^\.\/bridge\//.test(name))
    for (const entry of entries) expect(built('index.html')).toContain(`<code>mpcvd${entry.slice(1)}</code>`)
  })

  test('its scripts are small', () => {
    const zipped = (path: string): number => gzipSync(built(path), { level: 9 }).length
    expect(zipped('demo.js')).toBeLessThan(25_000)
    expect(zipped('site.js')).toBeLessThan(4_000)
    expect(zipped('search-index.js')).toBeLessThan(40_000)
  })
})

test('the style takes its colours from the tokens', () => {
  expect(written('docs/site/style.css').replace(/\/\*.*?\*\//gs, '')).not.toMatch(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(|:\s*(?:white|black|red|blue|gr[ae]y)\b/i)
})

// ---- in a browser ----

describe.skipIf(chromium === undefined)('in a browser', () => {
  let browser: Browser | undefined
  let site = { url: '', close: (): void => undefined }
  beforeAll(async () => {
    site = await served(out)
    browser = await launched()
  })
  afterAll(async () => {
    await browser?.close()
    site.close()
  })

  const opened = async (options: BrowserContextOptions): Promise<Page> => {
    if (browser === undefined) return expect.fail('no browser')
    return (await browser.newContext({ reducedMotion: 'reduce', ...options })).newPage()
  }
  const telephone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } satisfies BrowserContextOptions
  const desk = { viewport: { width: 1280, height: 720 } } satisfies BrowserContextOptions

  /** What is wrong with pages: barriers, what the console says, a body wider than the screen, places that jump. */
  const faultsOf = async (all: ReadonlyArray<string>, options: BrowserContextOptions): Promise<ReadonlyArray<string>> => {
    const page = await opened(options)
    const complaints = complaintsOf(page)
    const faults: string[] = []
    for (const path of all) {
      await page.goto(`${site.url}/${path}`)
      const { over, jumped } = await page.evaluate<{ readonly over: number; readonly jumped: number }>(`new Promise((done) => {
        let jumped = 0
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) jumped += entry.value }).observe({ type: 'layout-shift', buffered: true })
        requestAnimationFrame(() => requestAnimationFrame(() => done({ over: document.documentElement.scrollWidth - document.documentElement.clientWidth, jumped })))
      })`)
      if (over > 0) faults.push(`${path}: ${over} pixels too wide`)
      // A table is laid out anew while its rows still arrive, which on a slow machine is seen: good is below 0.1 in all.
      if (jumped > 0.01) faults.push(`${path}: jumps by ${jumped}`)
      // The first rows of a table stand for those that are like them: a register has hundreds.
      await page.evaluate("for (const body of document.querySelectorAll('tbody')) for (const row of [...body.rows].slice(15)) row.remove()")
      faults.push(...(await barriers(page)).map((barrier) => `${path}: ${barrier}`), ...complaints.splice(0).map((said) => `${path}: ${said}`))
    }
    await page.context().close()
    return faults
  }

  test(`no page has a barrier, a complaint, a sideways scroll or a jump on a telephone${partly('one of each kind')}`, async () => {
    const listings = ['examples/leak.ts.html', 'examples/conform/mpcvd_step.py.html', 'examples/disclosures/index.html']
    const kinds = [...listings, 'index.html', 'guide.html', 'machines.html', 'rules.html', 'errata.html', 'register.html', 'trees.html', 'performance.html', 'verification.html', 'evidence.html', 'decisions/0010-ledger.html']
    const all = pages.filter((page) => kinds.includes(page) || (whole && !listing.test(page)))
    expect(kinds.filter((kind) => !all.includes(kind))).toEqual([])
    const halves = [0, 1].map((half) => faultsOf(all.filter((_, at) => at % 2 === half), { ...telephone, colorScheme: 'light' }))
    expect((await Promise.all(halves)).flat()).toEqual([])
  }, 120_000)

  test('nor on a desk in the dark', async () => {
    expect(await faultsOf(['index.html', 'machines.html', 'guide.html', 'messages.html', 'examples/store/index.html'], { ...desk, colorScheme: 'dark' })).toEqual([])
  }, 60_000)

  test.each([['telephone', telephone], ['desk', desk]] as const)('the landing page shows what this is, the example with its output, and the install line at once: %s', async (_, options) => {
    const page = await opened(options)
    await page.goto(`${site.url}/index.html`)
    for (const selector of ['h1', '.lead', '.example pre', '.printed', '.install', '.install button']) {
      const box = await page.locator(selector).first().boundingBox()
      expect(box, selector).not.toBeNull()
      expect((box?.y ?? 0) + (box?.height ?? 0), selector).toBeLessThanOrEqual(options.viewport.height)
      expect((box?.x ?? 0) + (box?.width ?? 0), selector).toBeLessThanOrEqual(options.viewport.width)
    }
    // Nothing of the code is cut off at the side.
    expect(await page.evaluate("[...document.querySelectorAll('.example pre')].every((one) => one.scrollWidth <= one.clientWidth)")).toBe(true)
    await page.context().close()
  })

  test('the example answers what it is asked', async () => {
    const page = await opened(desk)
    const complaints = complaintsOf(page)
    await page.goto(`${site.url}/index.html`)
    const answer = page.locator('#demo-answer')
    expect(await answer.innerText()).toMatch(/Right\s*\(S,N,vfdpxa\) → \(R,N,Vfdpxa\)/)
    await page.locator('#demo-take').click()
    expect(await page.locator('#demo select[name=rm]').inputValue()).toBe('Received')
    // From Received nobody accepts: the report has to be valid first.
    await page.locator('#demo select[name=way]').selectOption('sent')
    await page.locator('#demo select[name=type]').selectOption('RA')
    expect(await answer.innerText()).toMatch(/Left\s*The vendor cannot send RA in \(R,N,Vfdpxa\): no rule allows it there/)
    expect(await page.locator('#demo-take').isDisabled()).toBe(true)
    await page.locator('#demo select[name=type]').selectOption('RV')
    expect(await answer.innerText()).toMatch(/Right\s*\(R,N,Vfdpxa\) → \(V,N,Vfdpxa\)/)
    // A coordinator has no fix path; what the public knows stays.
    await page.locator('#demo select[name=cs]').selectOption('VfdPxa')
    await page.locator('#demo select[name=role]').selectOption('coordinator')
    expect(await page.locator('#demo select[name=cs]').inputValue()).toBe('Pxa')
    await page.locator('#demo-again').click()
    expect(await answer.innerText()).toMatch(/\(S,N,vfdpxa\) → \(R,N,Vfdpxa\)/)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('an erratum is found by the keyboard alone', async () => {
    const page = await opened(desk)
    const complaints = complaintsOf(page)
    await page.goto(`${site.url}/decisions/0004-corners.html`)
    await page.keyboard.press('/')
    await page.keyboard.type('d-em-08')
    await page.waitForSelector('#site-search-results [aria-selected=true]')
    expect(await page.locator('#site-search-results [aria-selected=true]').innerText()).toMatch(/^D-EM-08 Inviting a newcomer/)
    expect(await page.locator('#site-search-field').getAttribute('aria-activedescendant')).toBe('site-search-0')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${site.url}/errata.html#d-em-08`)
    expect(await page.locator('#d-em-08').isVisible()).toBe(true)
    for (const [asked, found] of [['VP-03-009', 'register.html#VP-03-009'], ['RS', 'messages.html#RS'], ['sent.RI', 'rules.html#sent.RI'], ['who may publish', 'case.html#who-may-publish']] as const) {
      await page.keyboard.press('Control+k')
      await page.locator('#site-search-field').fill(asked)
      expect(await page.locator('#site-search-results a').first().getAttribute('href'), asked).toBe(found)
      await page.keyboard.press('Escape')
    }
    expect(await page.locator('#site-search').isVisible()).toBe(false)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('the search has no barrier while it is open, nor the menu', async () => {
    const page = await opened({ ...telephone, colorScheme: 'dark' })
    await page.goto(`${site.url}/scope.html`)
    await page.locator('[data-search]').click()
    await page.keyboard.type('embargo')
    await page.waitForSelector('#site-search-results a')
    expect(await barriers(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.locator('.menu').click()
    expect(await page.locator('#site-nav').isVisible()).toBe(true)
    expect(await barriers(page)).toEqual([])
    await page.locator('#site-nav a', { hasText: 'Messages' }).click()
    await page.waitForURL(`${site.url}/messages.html`)
    await page.context().close()
  })

  test('the theme is chosen, and kept on the next page', async () => {
    const page = await opened({ ...desk, colorScheme: 'light' })
    const ground = async (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor')
    await page.goto(`${site.url}/index.html`)
    const light = await ground()
    await page.locator('#site-theme').selectOption('dark')
    const dark = await ground()
    expect(dark).not.toBe(light)
    await page.goto(`${site.url}/guide.html`)
    expect(await ground()).toBe(dark)
    expect(await page.locator('#site-theme').inputValue()).toBe('dark')
    await page.locator('#site-theme').selectOption('system')
    expect(await ground()).toBe(light)
    await page.context().close()
  })

  test('without scripts a page is complete, and what needs them is not there', async () => {
    const page = await opened({ ...telephone, javaScriptEnabled: false })
    await page.goto(`${site.url}/index.html`)
    expect(await page.locator('#demo-answer').innerText()).toMatch(/\(S,N,vfdpxa\) → \(R,N,Vfdpxa\)/)
    for (const selector of ['[data-search]', '#site-theme', '#demo-take', '[data-copy]']) expect(await page.locator(selector).isVisible(), selector).toBe(false)
    await page.locator('.menu').click()
    await page.locator('#site-nav a', { hasText: 'Errata' }).click()
    await page.waitForURL(`${site.url}/errata.html`)
    await page.context().close()
  })

  test('the keyboard reaches the content first, and stops at no table that fits', async () => {
    const page = await opened(desk)
    await page.goto(`${site.url}/messages.html`)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('site-main')
    const stops = await page.evaluate<ReadonlyArray<readonly [wide: boolean, stop: number]>>("[...document.querySelectorAll('main .scroll')].map((one) => [one.scrollWidth > one.clientWidth, one.tabIndex])")
    expect(stops.length).toBeGreaterThan(3)
    for (const [wide, stop] of stops) expect(stop).toBe(wide ? 0 : -1)
    await page.context().close()
  })
})
