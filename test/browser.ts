/**
 * A real browser on a folder of files: Chromium as the system has it, and a server of this machine alone.
 *
 * Where no browser is installed, {@link chromium} is `undefined`, and the tests that need one say so and skip.
 */
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { type Browser, chromium as driver, type Page } from 'playwright-core'

const places = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/** Where the browser is, if there is one. */
export const chromium = places.find((place): place is string => place !== undefined && existsSync(place))
if (chromium === undefined) console.log('skipped: no Chromium is installed; the site is not tried in a browser')

const kinds: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json', '.jsonl': 'text/plain; charset=utf-8' }

/** The files of a folder under an address of this machine. */
export const served = async (folder: string): Promise<{ readonly url: string; readonly close: () => void }> => {
  const server = createServer((request, response) => {
    const asked = join(folder, normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)))
    const path = existsSync(asked) && statSync(asked).isDirectory() ? join(asked, 'index.html') : asked
    if (!existsSync(path)) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': kinds[extname(path)] ?? 'application/octet-stream' })
    createReadStream(path).pipe(response)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

/** The browser, without a window. */
export const launched = (): Promise<Browser> => driver.launch({ executablePath: chromium ?? '', args: ['--no-sandbox'] })

/** What a page says on its console besides plain logs, and what it throws, as it happens. */
export const complaintsOf = (page: Page): string[] => {
  const complaints: string[] = []
  page.on('console', (said) => { if (said.type() === 'error' || said.type() === 'warning') complaints.push(said.text()) })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('requestfailed', (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText ?? ''}`))
  return complaints
}

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** What axe finds wrong on a page by WCAG 2.2 A and AA, with the places. */
export const barriers = async (page: Page): Promise<ReadonlyArray<string>> => {
  await page.addScriptTag({ path: axe })
  return page.evaluate(async () => {
    const found = await (globalThis as unknown as { axe: { run: (where: unknown, how: unknown) => Promise<{ violations: { id: string; help: string; nodes: { target: string[]; failureSummary: string }[] }[] }> } })
      .axe.run((globalThis as unknown as { document: unknown }).document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] })
    return found.violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 5).map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary}`))
  })
}
