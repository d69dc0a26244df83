/**
 * The receiver on Node's own `http`: it reads bodies as far as they may go, asks `receiver.ts`, keeps what is to be kept,
 * and answers then.
 *
 * One request is handled after the other, between two turns of the event loop, so that two that arrive together cannot
 * see the same state. What cannot be written down has not happened: the sender is told to come again.
 *
 * As a program it takes its settings from the environment; the README lists them.
 */
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { checkStatusMap, decodeStatusMap, describeStatusFinding, statusMapBridge } from 'mpcvd/bridge'
import { jira } from 'mpcvd/bridge/jira'
import { certcc } from 'mpcvd/case'
import { parseJson } from 'mpcvd/codec'
import { isProgram } from '../logs.js'
import type { Settings } from './desk.js'
import { reopened, written } from './kept.js'
import { after, handle, type Head, ordinaryLimits, type Receiver, receiver, type Response, type Secrets, tooLarge, turnedAway } from './receiver.js'
import { inFolder, type Store } from './store.js'

/** What a server needs besides its receiver's settings. */
export interface Around {
  readonly store: Store
  /** The time, as an instant. */
  readonly clock: () => string
  /** How long a request may take to arrive, in milliseconds. */
  readonly patience?: number
  readonly limits?: Receiver['limits']
  /** Told when something fails that is nobody's request's fault. */
  readonly trouble?: (what: string) => void
}

/** The cases of a store; throws where a line of a file cannot be read, since going on without it would be another case. */
export const casesIn = (store: Store): Receiver['desk']['cases'] =>
  new Map([...store.load()].map(([name, lines]) => {
    const kept = reopened(lines)
    if (typeof kept === 'number' || kept.header.case !== name) throw new Error(`the case ${name} cannot be read${typeof kept === 'number' ? `: line ${kept}` : ', it is another'}`)
    return [name, kept]
  }))

const headOf = (request: IncomingMessage): Head => ({
  method: request.method ?? '', path: request.url ?? '',
  headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? undefined : value])),
})

/** Reads a body up to its limit. Beyond that nothing more is read. */
const bodyOf = async (request: IncomingMessage, limit: number): Promise<Uint8Array | undefined> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) {
        request.pause()
        resolve(undefined)
      } else chunks.push(chunk)
    })
    request.on('end', () => resolve(Buffer.concat(chunks)))
    request.on('error', reject)
    request.on('close', () => reject(new Error('it broke off')))
  })

const send = (response: ServerResponse, { body, headers, status }: Response): void => {
  const text = typeof body === 'string' ? body : `${JSON.stringify(body)}\n`
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text), 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers,
  })
  response.end(text)
}

/** A server, not yet listening. */
export const serverOf = (settings: Settings, secrets: Secrets, { clock, limits = ordinaryLimits, patience = 10_000, store, trouble = () => undefined }: Around): Server => {
  let now = receiver(settings, secrets, casesIn(store), limits)
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const head = headOf(request)
    const away = turnedAway(head, limits)
    if (away !== undefined) {
      // Whatever follows is not read.
      send(response, { ...away, headers: { ...away.headers, connection: 'close' } })
      return
    }
    const body = await bodyOf(request, limits.bytes).catch(() => 'gone' as const)
    if (body === 'gone') return
    if (body === undefined) {
      send(response, tooLarge(limits))
      return
    }
    // From here to the line that takes over the new state nothing else runs.
    const { grown, response: said } = handle(now, { ...head, body, at: clock() })
    if (grown !== undefined) {
      try {
        store.append(grown.name, written(grown.line))
      } catch {
        trouble(`${grown.name} could not be written`)
        send(response, { status: 503, headers: { 'retry-after': '60' }, body: { reason: 'it could not be kept; send it again' } })
        return
      }
      now = after(now, grown)
    }
    send(response, said)
  }
  const server = createServer({ requestTimeout: patience, headersTimeout: patience, keepAliveTimeout: patience, connectionsCheckingInterval: Math.max(50, patience / 4), maxHeaderSize: 16_384 }, (request, response) => {
    answer(request, response).catch(() => {
      trouble('a request failed')
      if (response.headersSent) response.destroy()
      else send(response, { status: 500, headers: { connection: 'close' }, body: { reason: 'this is our mistake' } })
    })
  })
  server.maxConnections = 1000
  return server
}

/** A status map from a file as a bridge; says on the way what it cannot do. */
const issuesIn = (path: string): Settings['issues'] => {
  const parsed = parseJson(readFileSync(path, 'utf8'))
  const read = parsed._tag === 'Left' ? parsed : decodeStatusMap(parsed.right)
  if (read._tag === 'Left') throw new Error(`${path} is no status map: ${JSON.stringify(read.left)}`)
  for (const finding of checkStatusMap(read.right.value)) console.error(describeStatusFinding(finding))
  return statusMapBridge(read.right.value)
}

const asProgram = (): void => {
  const { CASES = 'cases', GITHUB_SECRET = '', HOST = '127.0.0.1', JIRA_SECRET = '', PORT = '8080', STATUS_MAP, TOKEN = '', VENDOR = 'vendor' } = process.env
  const settings: Settings = { self: VENDOR, issues: STATUS_MAP === undefined ? jira : issuesIn(STATUS_MAP), policies: [certcc] }
  const server = serverOf(settings, { github: GITHUB_SECRET, jira: JIRA_SECRET, token: TOKEN }, { store: inFolder(CASES), clock: () => new Date().toISOString(), trouble: (what) => console.error(what) })
  server.listen(Number(PORT), HOST, () => console.log(`listening on ${HOST}:${PORT}; cases are in ${CASES}`))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close())
}

if (isProgram(import.meta.url)) asProgram()
