/**
 * The playground in a real browser: what people do there, by mouse and by keyboard, and what they then see.
 *
 * One browser, one build and one page serve all. Each test loads the page anew, asks that nothing jumped as it came, and
 * ends by asking that the console was silent.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { adopted, formatState, replay } from 'mpcvd'
import { decodeLog } from 'mpcvd/codec'
import type { Browser, Download, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildPlayground } from '../docs/site/playground-build.js'
import { barriers, chromium, complaintsOf, launched, served } from './browser.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'playground-'))

/** All of the page's files together may be this large, gzipped. They were 138 500 when this was written. */
const BUDGET = 150_000

beforeAll(async () => buildPlayground(folder))
afterAll(() => rmSync(folder, { recursive: true }))

const files = (): ReadonlyArray<string> => readdirSync(folder).filter((file) => /\.(?:js|css|html)$/.test(file))

test('the page and all its pieces stay under the budget, the first view far below', () => {
  const sizes = new Map(files().map((file) => [file, gzipSync(readFileSync(join(folder, file)), { level: 9 }).length]))
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  console.log(`the playground: ${total} bytes gzipped, in ${sizes.size} files`)
  expect(total).toBeLessThan(BUDGET)
  const needed = new Set<string>(['index.html', 'style.css'])
  const need = (file: string): void => {
    if (needed.has(file)) return
    needed.add(file)
    for (const [, other = ''] of readFileSync(join(folder, file), 'utf8').matchAll(/(?:from|import)"\.\/([\w.-]+)"/g)) need(other)
  }
  need('app.js')
  const first = [...needed].reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0)
  console.log(`its first view: ${first}`)
  expect(first).toBeLessThan(80_000)
})

test('nothing is loaded from elsewhere', () => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  expect([...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address)).toEqual(['data:,', 'style.css', 'app.js', '#case', '../index.html'])
  for (const file of files()) expect(readFileSync(join(folder, file), 'utf8').match(/(?:import\(|from|url\()\s*["']?https?:/g), file).toBeNull()
})

/** What of a browser's page is looked at from here, where the types are those of Node. */
interface Seen {
  shifts: number[]
  readonly document: {
    readonly activeElement: { readonly className: string; readonly getAttribute: (name: string) => string | null }
    readonly documentElement: { readonly scrollWidth: number; readonly scrollTop: number }
  }
  readonly localStorage: { readonly getItem: (name: string) => string | null }
  readonly PerformanceObserver: new (told: (list: { readonly getEntries: () => ReadonlyArray<{ readonly hadRecentInput: boolean; readonly value: number }> }) => void) => { readonly observe: (what: object) => void }
  readonly asked: (text: string, sample: number) => { readonly count: number; readonly wrong: ReadonlyArray<string> }
}

/** Keeps what shifts on the page without having been asked for by a key or a click. */
const watchShifts = (): void => {
  const seen = globalThis as unknown as Seen
  seen.shifts = []
  new seen.PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shifts.push(entry.value)
  }).observe({ type: 'layout-shift', buffered: true })
}

describe.skipIf(chromium === undefined)('in a browser', () => {
  let browser: Browser
  let site: Awaited<ReturnType<typeof served>>
  let page: Page
  let complaints: string[]
  beforeAll(async () => {
    site = await served(folder)
    browser = await launched()
    page = await browser.newPage({ reducedMotion: 'reduce' })
    complaints = complaintsOf(page)
    await page.addInitScript(watchShifts)
  })
  afterAll(async () => {
    await browser.close()
    site.close()
  })

  interface Look {
    readonly width?: number
    readonly scheme?: 'light' | 'dark'
    readonly fragment?: string
  }
  const onPage = (act: (page: Page) => Promise<void>, { width = 1600, scheme = 'light', fragment = '' }: Look = {}) => async (): Promise<void> => {
    await page.setViewportSize({ width, height: width > 800 ? 900 : 740 })
    await page.emulateMedia({ colorScheme: scheme })
    await page.goto('about:blank')
    complaints.length = 0
    await page.goto(`${site.url}/index.html${fragment}`)
    await page.waitForSelector('main .card')
    expect(await page.evaluate(() => (globalThis as unknown as Seen).shifts.reduce((sum, one) => sum + one, 0))).toBeLessThan(0.001)
    await act(page)
    expect(complaints).toEqual([])
  }
  const said = (page: Page): Promise<string> => page.locator('.news').innerText()
  const notations = async (page: Page): Promise<ReadonlyArray<string>> => page.locator('.card .notation > code').allInnerTexts()
  const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name, exact: typeof name === 'string' }).first().click()
  const stepCount = (page: Page): Promise<string> => page.locator('.slider span').innerText()
  const lit = async (page: Page, machine: string): Promise<ReadonlyArray<string>> => page.locator(`.machine.${machine} .lit text:not(.note)`).allTextContents()
  const opens = async (page: Page, shelf: string, name: string): Promise<void> => {
    await press(page, 'Open')
    const group = page.locator('.shelves details', { has: page.locator('summary', { hasText: shelf }) })
    await group.waitFor()
    if (await group.getAttribute('open') === null) await group.locator('summary').click()
    await group.getByRole('button', { name: new RegExp(`(?:^| )${name}$`) }).first().click()
    await page.locator('.log h2', { hasText: name }).waitFor()
  }
  const pastes = async (page: Page, text: string): Promise<void> => {
    await press(page, 'Open')
    await page.getByLabel('A case log').fill(text)
    await press(page, 'Read the log')
  }
  const textOf = async (download: Download): Promise<string> => readFileSync(await download.path(), 'utf8')

  test('the first view shows a case that runs', onPage(async (page) => {
    expect(await notations(page)).toEqual(['(A,A,pxa)', '(R,A,Vfdpxa)', '(R,N,pxa)'])
    expect(await stepCount(page)).toBe('Step 9 of 9')
    for (const seen of ['.card .parcel', '.machines .lit', '.compose .choice', '.agreement .steps'])
      expect((await page.locator(seen).first().boundingBox())?.y ?? 9999, seen).toBeLessThan(900)
    expect(await lit(page, 'report')).toEqual(['Received'])
    expect(await lit(page, 'embargo')).toEqual(['None'])
    await page.locator('.picture svg').waitFor()
  }))

  test('they come apart by the tables and together by the ledgers, when all has arrived', onPage(async (page) => {
    expect(await page.locator('.agreement .ledgers').innerText()).toContain('They do not hold the same entries')
    await press(page, 'Deliver all')
    expect(await notations(page)).toEqual(['(A,A,pxa)', '(R,A,Vfdpxa)', '(R,N,pxa)'])
    expect(await page.locator('.agreement .steps.apart').innerText()).toContain('on their steps alone they stay apart')
    expect(await page.locator('.agreement .ledgers.together').innerText()).toContain('one seal, one case')
    expect(await page.locator('.card .differs').allInnerTexts()).toEqual(['By its ledger: embargo Active, its consent Declined.'])
    expect(new Set(await page.locator('.agreement td:last-child').allInnerTexts()).size).toBe(1)
    expect(await page.locator('.history .mark').count()).toBe(2)
    await press(page, 'Send answers owed')
    await press(page, 'Deliver latest first')
    expect(await page.locator('.agreement tbody tr').first().innerText()).toMatch(/[2-9] of \d/)
    await press(page, 'Run until quiet')
    expect(await page.locator('.bar .quiet').innerText()).toMatch(/, 0 under way$/)
    await press(page, 'Run until quiet')
    expect(await said(page)).toBe('Nothing is under way, and nobody owes an answer.')
  }))

  test('what one clicks on stays where it is', onPage(async (page) => {
    const tops = async (): Promise<ReadonlyArray<number>> => {
      const scrolled = await page.evaluate(() => (globalThis as unknown as Seen).document.documentElement.scrollTop)
      return Promise.all(['.stepper', '.cards', '.machines', '.compose'].map(async (part) => ((await page.locator(part).boundingBox())?.y ?? NaN) + scrolled))
    }
    const before = await tops()
    await page.locator('.choice', { hasText: 'GI' }).hover()
    await page.locator('.choice', { hasText: 'EV' }).hover()
    await press(page, 'One step back')
    await press(page, 'One step forward')
    await press(page, 'Act as ann')
    expect(await tops()).toEqual(before)
    await page.locator('.choice', { hasText: 'GI' }).click()
    expect((await tops()).slice(0, 3)).toEqual(before.slice(0, 3))
  }))

  test('a message is sent, lies under way, arrives late, arrives twice, is lost', onPage(async (page) => {
    await press(page, 'Act as ann')
    await page.locator('.choice', { hasText: 'GI' }).click()
    expect(await said(page)).toMatch(/^m5: ann to acme and cert: GI\./)
    const cards = page.locator('.card')
    expect(await cards.nth(1).locator('.parcel').count()).toBe(2)
    await press(page, 'Deliver: m5 GI from ann to acme')
    expect(await said(page)).toContain('m5 GI arrives at acme')
    expect(await cards.nth(1).locator('.parcel b').allInnerTexts()).toEqual(['ER'])
    // What was clicked is gone; the focus is with what can be done next in the same card.
    expect(await page.evaluate(() => (globalThis as unknown as Seen).document.activeElement.getAttribute('aria-label'))).toBe('Deliver: m4 ER from cert to acme')
    await cards.nth(1).locator('summary').click()
    await press(page, 'Deliver once more: m5 GI from ann to acme')
    expect(await said(page)).toContain('acme has it already')
    await press(page, 'Lose: m5 GI from ann to cert')
    expect(await said(page)).toContain('m5 GI to cert is lost')
    await cards.nth(2).locator('summary').click()
    await press(page, 'Deliver after all: m5 GI from ann to cert')
    expect(await said(page)).toContain('m5 GI arrives at cert')
    await page.getByLabel('Messages arrive at once').check()
    await page.locator('.choice', { hasText: 'RD' }).click()
    expect(await said(page)).toContain('ann goes from (A,A,pxa) to (D,A,pxa)')
    expect(await lit(page, 'report')).toEqual(['Deferred'])
    expect(await page.locator('.machine.report .link.moved').count()).toBe(1)
  }))

  test('by keyboard alone: what is refused takes the focus and says why, and sends nothing', onPage(async (page) => {
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => (globalThis as unknown as Seen).document.activeElement.className)).toBe('skip')
    await page.keyboard.press('Enter')
    const refused = page.locator('.choice', { hasText: 'EV' })
    await refused.focus()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Tab')
    expect(await refused.getAttribute('aria-disabled')).toBe('true')
    const why = await page.locator('.why').innerText()
    expect(why).toContain('cert cannot send EV in (R,N,pxa): no rule allows it there')
    const description = await page.locator(`[id="${await refused.getAttribute('aria-describedby') ?? ''}"]`).textContent()
    expect(description).toContain('cannot send EV')
    await page.keyboard.press('Enter')
    expect(await said(page)).toContain('EV was not sent')
    expect(await stepCount(page)).toBe('Step 9 of 9')
    await page.keyboard.press('Tab')
    await page.locator('.choice', { hasText: 'RV' }).focus()
    expect(await page.locator('.why').innerText()).toContain('cert goes from (R,N,pxa) to (V,N,pxa)')
    await page.keyboard.press('Enter')
    expect((await notations(page))[2]).toBe('(V,N,pxa)')
    await page.locator('.choice', { hasText: 'EV' }).click({ force: true })
    await press(page, 'Send EV all the same')
    expect(await said(page)).toContain('Refused, and cert stays where it is')
    await page.locator('.choice', { hasText: 'deployed' }).hover()
    expect(await page.locator('.why').innerText()).toContain('cert cannot take the step "deployed"')
    await page.locator('.choice', { hasText: 'learn P' }).click()
    expect((await notations(page))[2]).toBe('(V,N,Pxa)')
  }))

  test('several types go in one message; somebody is brought in', onPage(async (page) => {
    await page.getByLabel('Several types in one message').check()
    await page.locator('.choice', { hasText: 'EK' }).click()
    await page.locator('.choice', { hasText: 'RK' }).click()
    await press(page, 'Send RK+EK')
    expect(await said(page)).toMatch(/^m5: cert to ann and acme: RK\+EK/)
    await page.locator('.more summary').click()
    await page.getByLabel('Bring in', { exact: true }).first().fill('zed')
    await page.locator('.more form button').click()
    expect(await page.locator('.card').count()).toBe(4)
    expect(await page.locator('.picture svg').innerHTML()).toContain('zed')
  }))

  test('steps go back and forward, and another course can be taken back', onPage(async (page) => {
    await press(page, 'One step back')
    expect(await stepCount(page)).toBe('Step 8 of 9')
    expect((await notations(page))[0]).toBe('(A,P,pxa)')
    await press(page, 'To the beginning')
    expect(await notations(page)).toEqual(['(A,N,pxa)', '(S,N,vfdpxa)', '(S,N,pxa)'])
    await press(page, 'One step forward')
    expect((await notations(page))[0]).toBe('(A,P,pxa)')
    await page.getByRole('slider').focus()
    await page.keyboard.press('End')
    expect(await stepCount(page)).toBe('Step 9 of 9')
    await page.locator('.history').getByRole('button', { name: /^4 m2/ }).click()
    expect(await stepCount(page)).toBe('Step 4 of 9')
    expect(await page.locator('.history .ahead').count()).toBe(5)
    await page.locator('.choice', { hasText: 'GI' }).click()
    expect(await stepCount(page)).toBe('Step 5 of 5')
    await press(page, 'Bring back')
    expect(await stepCount(page)).toBe('Step 5 of 9')
    await page.getByLabel('Protocol').selectOption('published@1')
    expect(await stepCount(page)).toBe('Step 5 of 9')
  }))

  test('the theme is chosen, and kept', onPage(async (page) => {
    const drawn = (): Promise<string> => page.locator('.picture svg style').innerHTML()
    expect(await drawn()).toContain('prefers-color-scheme')
    await page.getByLabel('Theme').selectOption('dark')
    expect(await drawn()).not.toContain('prefers-color-scheme')
    await page.reload()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    expect(await page.getByLabel('Theme').inputValue()).toBe('dark')
    await page.getByLabel('Theme').selectOption('system')
    expect(await page.evaluate(() => (globalThis as unknown as Seen).localStorage.getItem('theme'))).toBeNull()
  }))

  test('a new case is begun with whoever is wanted', onPage(async (page) => {
    await press(page, 'New case')
    await press(page, 'A finder and a vendor')
    await page.getByLabel('Name').first().fill('')
    await press(page, 'Begin the case')
    expect(await page.locator('dialog .fault').innerText()).toBe('Every participant needs a name.')
    await page.getByLabel('Name').first().fill('<img src=x onerror="document.title=1">')
    await press(page, 'Begin the case')
    expect(await notations(page)).toEqual(['(A,N,pxa)', '(S,N,vfdpxa)'])
    await page.getByLabel('Messages arrive at once').check()
    await page.locator('.choice', { hasText: 'RS' }).click()
    expect((await notations(page))[1]).toBe('(R,N,Vfdpxa)')
    expect(await page.locator('main img').count()).toBe(0)
    expect(await page.locator('.picture svg').innerHTML()).toContain('&lt;img src=x')
    expect(await page.title()).toContain('Playground')
  }))

  test('a broken log is read as far as it can be, with faults and findings at their lines', onPage(async (page) => {
    const lines = readFileSync(join(root, 'docs/timeline.jsonl'), 'utf8').split('\n')
    lines[3] = (lines[3] ?? '').slice(0, 40)
    lines[5] = (lines[5] ?? '').replace('"EP"', '"ZZ"')
    await pastes(page, lines.join('\n'))
    await page.locator('.log .sheet').waitFor()
    const faults = await page.locator('.remarks .fault').allInnerTexts()
    expect(faults.map((text) => /^Line \d+ cannot be read/.exec(text)?.[0])).toEqual(['Line 4 cannot be read', 'Line 6 cannot be read'])
    expect(faults[1]).toContain('/message/types/0')
    expect(await page.locator('.remarks .error').count()).toBeGreaterThan(0)
    expect(await page.locator('.notice').first().innerText()).toContain('2 faults that cannot be read')
    await press(page, 'To the lines')
    // Each step has its line: the fourth entry that could be read stands on line 7.
    const line = (): Promise<string> => page.locator('.sheet li[aria-current] .number').innerText()
    expect(await line()).toBe('16')
    await page.locator('.history').getByRole('button', { name: /^4 m5/ }).click()
    expect(await line()).toBe('7')
    await pastes(page, '{"log":1}')
    await page.locator('dialog [role=alert]').waitFor()
    expect(await page.locator('dialog .remarks .fault').first().innerText()).toContain('Line 1 cannot be read')
  }))

  test('a log that is dropped is opened, and an example, and a counterexample', onPage(async (page) => {
    const text = readFileSync(join(root, 'docs/case.jsonl'), 'utf8')
    await page.evaluate((content) => {
      const given = globalThis as unknown as { DataTransfer: new () => { items: { add: (file: unknown) => void } }; DragEvent: new (kind: string, of: unknown) => unknown; File: new (parts: string[], name: string) => unknown; dispatchEvent: (event: unknown) => void }
      const carried = new given.DataTransfer()
      carried.items.add(new given.File([content], 'dropped.jsonl'))
      given.dispatchEvent(new given.DragEvent('drop', { dataTransfer: carried, cancelable: true }))
    }, text)
    await page.locator('.log .sheet').waitFor()
    expect(await page.locator('.log h2').innerText()).toBe('dropped.jsonl')
    expect(await notations(page)).toEqual(['(C,X,Pxa)', '(C,X,VFdPxa)', '(C,X,VFdPxa)'])
    expect(await page.locator('.log > p').innerText()).toContain('Clean')
    await opens(page, 'The published worked example', 'W4')
    await opens(page, 'Counterexamples of the verifier, published', 'published-divergence-em')
    expect(await notations(page)).toHaveLength(2)
    expect(await page.locator('.agreement .steps.apart').innerText()).toContain('on their steps alone they stay apart')
    await press(page, 'Check the case as it stands')
    await page.locator('.log h2', { hasText: 'The case as it stands' }).waitFor()
  }))

  test('a case goes into the address, and comes back when that is opened', onPage(async (page) => {
    await page.locator('.choice', { hasText: 'CA' }).click()
    await press(page, 'One step back')
    await press(page, 'Share and save')
    const address = page.getByLabel(/^The address of this case/)
    await expect.poll(() => address.inputValue()).toContain('#case=')
    const shared = await address.inputValue()
    expect(shared.length).toBeLessThan(2000)
    await page.keyboard.press('Escape')
    await page.goto('about:blank')
    await page.goto(shared)
    await expect.poll(() => stepCount(page)).toBe('Step 9 of 10')
    await page.reload()
    await expect.poll(() => stepCount(page)).toBe('Step 9 of 10')
  }))

  test('a hostile fragment is told of and does no harm', onPage(async (page) => {
    await expect.poll(() => said(page)).toContain('The address holds no case that can be read')
    expect(await notations(page)).toHaveLength(3)
  }, { fragment: '#case=__proto__%00<script>' }))

  test('log, drawing and evidence are taken away as files', onPage(async (page) => {
    await press(page, 'Deliver all')
    await press(page, 'Share and save')
    const taken = async (name: string): Promise<Download> => {
      const [download] = await Promise.all([page.waitForEvent('download'), press(page, name)])
      return download
    }
    const log = await taken('Case log, JSON lines')
    expect(log.suggestedFilename()).toBe('c1.jsonl')
    const read = decodeLog(await textOf(log))
    expect(read._tag === 'Right' ? read.right.faults : read.left).toEqual([])
    if (read._tag === 'Right') expect(replay(adopted, read.right.log).participants.map(formatState)).toEqual(['(A,A,pxa)', '(R,A,Vfdpxa)', '(R,N,pxa)'])
    expect(await textOf(await taken('Timeline, SVG'))).toMatch(/^<svg xmlns=/)
    const evidence = await textOf(await taken('Evidence for ISO/IEC 30111'))
    expect(evidence).toMatch(/^<!doctype html>/i)
    expect(evidence).toContain('acme')
  }))

  for (const width of [360, 1600])
    for (const scheme of ['light', 'dark'] as const)
      test(`without barriers at ${width}, ${scheme}`, onPage(async (page) => {
        expect(await page.evaluate(() => (globalThis as unknown as Seen).document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
        for (const name of width === 360 && scheme === 'dark' ? ['New case', 'Open', 'Share and save'] : []) {
          await press(page, name)
          if (name === 'Open') await page.locator('.specimen').first().waitFor()
          expect(await barriers(page)).toEqual([])
          await page.keyboard.press('Escape')
        }
        await pastes(page, `${readFileSync(join(root, 'docs/timeline.jsonl'), 'utf8')}{"message":`)
        await page.locator('.log .sheet').waitFor()
        await page.locator('.choice', { hasText: 'RS' }).focus()
        expect(await barriers(page)).toEqual([])
        expect(await page.evaluate(() => (globalThis as unknown as Seen).document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      }, { width, scheme }))

  test('the vectors are answered in the browser as everywhere', async () => {
    await build({
      stdin: {
        resolveDir: root, loader: 'js',
        contents: `
          import { stepLine } from './src/cli/step.ts'
          import { agrees, questionsOf, vectorFile } from './src/conformance/index.ts'
          globalThis.asked = (text, sample) => {
            let count = 0
            const wrong = []
            for (const question of questionsOf(vectorFile(JSON.parse(text)), sample)) {
              count++
              const complaint = agrees(question.expected, JSON.parse(stepLine(JSON.stringify({ id: count, ...question.request }))))
              if (complaint !== undefined && wrong.length < 5) wrong.push(question.name + ': ' + complaint)
            }
            return { count, wrong }
          }`,
      },
      bundle: true, format: 'esm', minify: true, outfile: join(folder, 'vectors.js'), logLevel: 'warning',
    })
    writeFileSync(join(folder, 'vectors.html'), '<!doctype html><title>vectors</title><link rel="icon" href="data:,"><script type="module" src="vectors.js"></script>')
    complaints.length = 0
    await page.goto(`${site.url}/vectors.html`)
    await page.waitForFunction(() => 'asked' in globalThis)
    const manifest = JSON.parse(readFileSync(join(root, 'docs/vectors/manifest.json'), 'utf8')) as { readonly files: ReadonlyArray<{ readonly file: string; readonly count: number }> }
    let total = 0
    for (const { file, count } of manifest.files) {
      const sample = count > 10_000 ? 200 : 1
      const answered = await page.evaluate(([text, every]) => (globalThis as unknown as Seen).asked(text, every),
        [readFileSync(join(root, 'docs/vectors', file), 'utf8'), sample] as const)
      expect([file, answered.wrong]).toEqual([file, []])
      if (sample === 1) expect([file, answered.count]).toEqual([file, count])
      total += answered.count
    }
    console.log(`${total} questions of the vectors asked in the browser`)
    expect(complaints).toEqual([])
  })
})
