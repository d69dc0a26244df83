/**
 * The ticketing example under fire: a real server on a free port, and everything that may reach one.
 *
 * What is claimed, and no more:
 *
 * - a delivery that comes again changes nothing, also after a restart, also under another id;
 * - an older snapshot that comes late changes nothing, so in whatever order the snapshots of one record come, the newest is
 *   kept; the participants of a course that leaves no question then end in the same states (the log may be shorter: what was
 *   overtaken was never told);
 * - what is not kept whole is not kept: no prefix of a file is half a delivery;
 * - every log decodes without a fault and replays without a refusal, and so does every case that is read from its lines.
 *
 * The expected signatures are those that GitHub and Atlassian publish; what is permitted is asked of the core.
 */
import { createHmac } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request as httpRequest, type Server } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import webhooks from '@octokit/webhooks-examples'
import fc from 'fast-check'
import { adopted, formatState, messageTypeList, type Participant, replay, transition } from 'mpcvd'
import { decodeStatusMap, observe, statusMapBridge } from 'mpcvd/bridge'
import { github, githubDatabase } from 'mpcvd/bridge/github'
import { jira } from 'mpcvd/bridge/jira'
import { decodeLog } from 'mpcvd/codec'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { Settings } from '../examples/ticketing/desk.js'
import { reopened } from '../examples/ticketing/kept.js'
import { listening, stopped, story } from '../examples/ticketing/main.js'
import { advisory, type Advisory, advisoryWebhook, issueWebhook, patched, securityAdvisoryWebhook } from '../examples/ticketing/payloads.js'
import { after, handle, receiver, signatureOf } from '../examples/ticketing/receiver.js'
import { cut } from '../examples/ticketing/record.js'
import { type Around, casesIn, serverOf } from '../examples/ticketing/server.js'
import { inFolder, inMemory, type Store } from '../examples/ticketing/store.js'
import { mutated } from './bridge/junk.js'

const secrets = { github: 'a secret of GitHub\'s', jira: 'a secret of Jira\'s', token: 'the token of the desk' }
const settings: Settings = { self: 'acme', issues: jira, policy: { patched: 'ready' } }
const NOW = '2026-06-01T00:00:00Z'
const ONE = 'GHSA-2q4x-7m9p-c3vw'
const OTHER = 'GHSA-8r2j-h5vf-wq6g'

/** Everything that was ever answered, to be searched for what must not be in it. */
const answers: string[] = []
const folders: string[] = []
const servers: Server[] = []
const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'mpcvd-ticketing-'))
  folders.push(path)
  return path
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map(stopped))
})
afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true })
})

interface Said { readonly status: number; readonly text: string; readonly json: Readonly<Record<string, unknown>> }
interface Delivery { readonly to: 'github' | 'jira'; readonly id: string; readonly event?: string; readonly body: string | Buffer; readonly secret?: string; readonly headers?: Readonly<Record<string, string>> }

const agent = new Agent({ keepAlive: true, maxSockets: 20 })
/** A client that sends what it is told to, well-formed or not. */
const client = (port: number) => {
  const ask = async (method: string, path: string, headers: Readonly<Record<string, string>>, body?: string | Buffer): Promise<Said> =>
    new Promise((resolve, reject) => {
      const request = httpRequest({ host: '127.0.0.1', port, method, path, agent, headers: { 'content-type': 'application/json', ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }), ...headers } }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          answers.push(text, JSON.stringify(response.headers))
          resolve({ status: response.statusCode ?? 0, text, json: (response.headers['content-type'] ?? '').startsWith('application/json;') ? JSON.parse(text) as Said['json'] : {} })
        })
      })
      request.on('error', reject)
      request.end(body)
    })
  const deliver = async ({ body, event = 'repository_advisory', headers, id, secret, to }: Delivery): Promise<Said> => {
    const signed = `sha256=${createHmac('sha256', secret ?? secrets[to]).update(body).digest('hex')}`
    return ask('POST', `/webhooks/${to}`, { ...(to === 'github' ? { 'x-github-event': event, 'x-github-delivery': id, 'x-hub-signature-256': signed } : { 'x-atlassian-webhook-identifier': id, 'x-hub-signature': signed }), ...headers }, body)
  }
  const desk = async (method: string, path: string, body?: object): Promise<Said> => ask(method, path, { authorization: `Bearer ${secrets.token}` }, body === undefined ? undefined : JSON.stringify(body))
  const logs = async (): Promise<Readonly<Record<string, string>>> => {
    const names = (await desk('GET', '/cases')).json['cases'] as ReadonlyArray<string>
    return Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await desk('GET', `/cases/${name}/log`)).text] as const)))
  }
  return { ask, deliver, desk, logs }
}
const started = async (around: Partial<Around> = {}, of: Settings = settings): Promise<ReturnType<typeof client> & { readonly server: Server; readonly port: number }> => {
  const server = serverOf(of, secrets, { store: inMemory(), clock: () => NOW, ...around })
  servers.push(server)
  const port = await listening(server)
  return { server, port, ...client(port) }
}

const SERIOUS = ['refused', 'unspecified', 'conflicting-id', 'unknown-participant', 'departed', 'other-case']
/** What holds of every log: it is read whole, and nothing in it is refused. Its participants at the end. */
const sound = (text: string): ReadonlyArray<Participant> => {
  const read = decodeLog(text)
  if (read._tag === 'Left') return expect.fail(JSON.stringify(read.left))
  const { faults, log, warnings } = read.right
  const replayed = replay(adopted, log)
  expect([faults, warnings, replayed.findings.filter(({ kind }) => SERIOUS.includes(kind))], text).toEqual([[], [], []])
  return replayed.participants
}
const states = (text: string): ReadonlyArray<string> => sound(text).map((one) => `${one.id} ${formatState(one)}`)
const typesIn = (text: string): ReadonlyArray<string> => text.trim().split('\n').slice(1).map((line) => {
  const entry = JSON.parse(line) as { readonly message?: { readonly types: ReadonlyArray<string> }; readonly observation?: { readonly event: string }; readonly membership?: { readonly change: string } }
  return entry.message?.types.join('+') ?? entry.observation?.event ?? entry.membership?.change ?? '?'
})

const about = (of: Advisory, id: string): Delivery => ({ to: 'github', id, body: JSON.stringify(advisoryWebhook(of)) })
const moved = (key: string, status: string, updated: string, id: string, labels: ReadonlyArray<string> = []): Delivery => ({ to: 'jira', id, body: JSON.stringify(issueWebhook(key, status, updated, labels)) })
/** The course of an advisory: reported, accepted, patched, published. */
const course = (ghsa: string, prefix = ''): ReadonlyArray<Delivery> => {
  const of = (day: string, more: Partial<Advisory>): Advisory => advisory(ghsa, { updated_at: `2026-03-${day}T10:00:00Z`, ...more })
  const draft = { state: 'draft', submission: { accepted: true } } as const
  return [
    about(of('02', {}), `${prefix}1`), about(of('04', draft), `${prefix}2`), about(of('20', { ...draft, vulnerabilities: patched }), `${prefix}3`),
    about(of('28', { ...draft, state: 'published', vulnerabilities: patched, published_at: '2026-03-28T10:00:00Z' }), `${prefix}4`),
  ]
}
const permutations = <A>(of: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  of.length < 2 ? [of] : of.flatMap((one, place) => permutations(of.filter((_, other) => other !== place)).map((rest) => [one, ...rest]))
const filesIn = (path: string): Readonly<Record<string, string>> => Object.fromEntries(readdirSync(path).sort().map((name) => [name, readFileSync(join(path, name), 'utf8')]))

test('the story is told as its page has it', async () => {
  const lines: string[] = []
  await story((line) => lines.push(line))
  const page = readFileSync(new URL('../examples/ticketing/README.md', import.meta.url), 'utf8')
  expect(page).toContain(`\`\`\`text\n${lines.join('\n')}\n\`\`\``)
})

describe('the door', () => {
  test('the signatures that GitHub and Atlassian publish as examples', () => {
    const secret = 'It\'s a Secret to Everybody'
    expect(signatureOf(secret, Buffer.from('Hello, World!'))).toBe('sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17')
    expect(signatureOf(secret, Buffer.from('Hello World!'))).toBe('sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9')
  })

  test('paths, methods and kinds of content', async () => {
    const { ask } = await started()
    const status = async (method: string, path: string, headers = {}): Promise<number> => (await ask(method, path, headers, method === 'GET' ? undefined : '{}')).status
    expect(await Promise.all(['/', '/webhooks', '/webhooks/gitlab', '/webhooks/github/x', '/cases/', '/cases/%zz', '/cases/a/b', '/cases/a/log/x', '/../etc/passwd'].map((path) => status('GET', path)))).toEqual(Array(9).fill(404))
    expect(await Promise.all([status('GET', '/webhooks/github'), status('DELETE', '/cases/a'), status('POST', '/cases/a/log'), status('PUT', '/cases/a/answers')])).toEqual([405, 405, 405, 405])
    expect(await Promise.all(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', ''].map((type) => status('POST', '/webhooks/github', { 'content-type': type })))).toEqual([415, 415, 415, 415])
    expect(await status('POST', '/webhooks/github', { 'content-type': 'Application/JSON; charset=utf-8' })).toBe(401)
  })

  test('no signature but the right one, and no token but the right one', async () => {
    const { ask, deliver, desk, logs } = await started()
    const { body } = about(advisory(ONE), 'x')
    const right = signatureOf(secrets.github, Buffer.from(body))
    const given = ['', right.slice(0, -1), `${right}0`, right.toUpperCase(), right.replace('sha256', 'sha1'), signatureOf(secrets.jira, Buffer.from(body)), signatureOf('', Buffer.from(body)), signatureOf(secrets.github, Buffer.from(`${String(body)} `)), '\u00e4'.repeat(71)]
    for (const signature of given) expect((await ask('POST', '/webhooks/github', { 'x-github-event': 'repository_advisory', 'x-hub-signature-256': signature }, body)).status).toBe(401)
    expect((await ask('POST', '/webhooks/github', { 'x-github-event': 'repository_advisory', 'x-hub-signature': right }, body)).status).toBe(401)
    expect((await deliver({ ...about(advisory(ONE), 'x'), secret: 'a guess' })).status).toBe(401)
    for (const authorization of ['', 'Bearer', 'Bearer ', `bearer ${secrets.token}`, `Basic ${secrets.token}`, `Bearer ${secrets.token} `.trimEnd().slice(0, -1)]) expect((await ask('GET', '/cases', { authorization })).status).toBe(401)
    expect(await logs()).toEqual({})
    await deliver(about(advisory(ONE), 'x'))
    for (const path of ['/cases', `/cases/${ONE}`, `/cases/${ONE}/log`, '/cases/none']) expect(await ask('GET', path, {})).toMatchObject({ status: 401, json: { reason: 'this needs the token' } })
    for (const path of ['messages', 'answers']) expect((await ask('POST', `/cases/${ONE}/${path}`, {}, '{}')).status).toBe(401)
    // A secret that was not set opens nothing.
    const open = receiver(settings, { github: '', jira: '', token: '' })
    const bytes = Buffer.from(body)
    expect(handle(open, { method: 'POST', path: '/webhooks/github', headers: { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf('', bytes) }, body: bytes, at: NOW }).response.status).toBe(401)
    expect(handle(open, { method: 'GET', path: '/cases', headers: { authorization: 'Bearer ' }, body: Buffer.alloc(0), at: NOW }).response.status).toBe(401)
    expect((await desk('GET', '/cases/GHSA-none')).status).toBe(404)
  })

  test('what is too large is not read: by its length, or by what came', async () => {
    const { deliver, logs, port } = await started({ limits: { bytes: 20_000, depth: 64 } })
    const raw = async (head: string, feed?: (write: (chunk: Buffer) => boolean) => void): Promise<{ readonly text: string; readonly sent: number }> =>
      new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1')
        let text = ''
        socket.on('data', (chunk: Buffer) => { text += chunk.toString('utf8') })
        socket.on('error', () => undefined)
        socket.on('close', () => resolve({ text, sent: socket.bytesWritten }))
        socket.write(head)
        feed?.((chunk) => { socket.write(chunk); return !socket.destroyed })
      })
    const head = 'POST /webhooks/github HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'
    expect((await raw(`${head}content-length: 9000000000\r\n\r\n`)).text).toMatch(/^HTTP\/1.1 413 /)
    const chunk = Buffer.from(`4000\r\n${'x'.repeat(0x4000)}\r\n`)
    const { sent, text } = await raw(`${head}transfer-encoding: chunked\r\n\r\n`, (write) => {
      const more = (left: number): void => {
        if (left > 0 && write(chunk)) setTimeout(more, 0, left - 1)
      }
      more(2000)
    })
    expect(text).toMatch(/^HTTP\/1.1 413 /)
    expect(sent).toBeLessThan(2000 * chunk.length)
    expect((await raw('GET / HTTP/1.1\r\nhost: x\r\nx: ' + 'y'.repeat(20_000) + '\r\n\r\n')).text).toMatch(/^HTTP\/1.1 431 /)
    expect((await raw('NONSENSE\r\n\r\n')).text).toMatch(/^HTTP\/1.1 400 /)
    expect((await deliver(about(advisory(ONE, { description: 'x'.repeat(18_000) }), 'large'))).status).toBe(413)
    expect((await deliver(about(advisory(ONE), 'small'))).status).toBe(200)
    expect(Object.keys(await logs())).toEqual([ONE])
  })

  test('who is slow, or breaks off, holds up nobody and changes nothing', async () => {
    const { deliver, logs, port } = await started({ patience: 200 })
    const { body } = about(advisory(ONE), 'x')
    const signed = signatureOf(secrets.github, Buffer.from(body))
    const head = `POST /webhooks/github HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nx-github-event: repository_advisory\r\nx-hub-signature-256: ${signed}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`
    const slow = async (text: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1')
        let said = ''
        let place = 0
        const drip = setInterval(() => { if (place < text.length && !socket.destroyed) socket.write(text[place++] ?? '') }, 20)
        socket.on('data', (chunk: Buffer) => { said += chunk.toString('utf8') })
        socket.on('error', () => undefined)
        socket.on('close', () => { clearInterval(drip); resolve(said) })
      })
    const broken = async (): Promise<void> =>
      new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(head + String(body).slice(0, 100), () => socket.destroy()))
        socket.on('close', () => resolve())
      })
    const drips = [slow(head), slow(head + String(body)), slow('POST ')]
    await broken()
    expect((await deliver(about(advisory(OTHER), 'y'))).status).toBe(200)
    for (const said of await Promise.all(drips)) expect(said === '' || said.startsWith('HTTP/1.1 408 ')).toBe(true)
    expect(Object.keys(await logs())).toEqual([OTHER])
  })

  test('bodies that are no JSON in UTF-8, or nested out of all reason', async () => {
    const { deliver, logs } = await started()
    const status = async (body: string | Buffer): Promise<number> => (await deliver({ to: 'github', id: 'x', body })).status
    expect(await Promise.all(['', '{', '{"repository_advisory":', 'null ,', '\u0000', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), Buffer.from([0xed, 0xa0, 0x80])].map(status))).toEqual(Array(7).fill(400))
    expect(await status('['.repeat(400_000))).toBe(400)
    expect(await status('['.repeat(400_000) + ']'.repeat(400_000))).toBe(400)
    expect(await status('{"repository_advisory":'.repeat(20_000) + '1' + '}'.repeat(20_000))).toBe(400)
    expect(await Promise.all(['null', '[]', '"x"', '1', '{}', '{"repository_advisory":null}', '{"repository_advisory":[]}', '{"__proto__":{"repository_advisory":{"ghsa_id":"x"}}}'].map(status))).toEqual(Array(8).fill(422))
    expect(await logs()).toEqual({})
  })

  test('events that no case depends on are told so, and keep nothing', async () => {
    const { deliver, logs } = await started()
    for (const event of ['ping', 'star', 'push', '__proto__', '']) expect(await deliver({ to: 'github', id: 'x', event, body: '{}' })).toMatchObject({ status: 202, json: { reason: /./ } })
    for (const webhookEvent of ['jira:issue_deleted', 'comment_created', '__proto__', 7]) expect(await deliver({ to: 'jira', id: 'x', body: JSON.stringify({ webhookEvent, issue: issueWebhook('S-1', 'Done', '2026-03-01').issue }) })).toMatchObject({ status: 202 })
    expect((await deliver({ to: 'github', id: 'x'.repeat(300), body: '{}' })).status).toBe(400)
    // What GitHub's database says of advisories that are no case here.
    const examples = (webhooks as unknown as ReadonlyArray<{ readonly name: string; readonly examples: ReadonlyArray<object> }>).filter(({ name }) => name === 'security_advisory').flatMap((each) => each.examples)
    expect(examples.length).toBe(4)
    for (const example of examples) expect(await deliver({ to: 'github', id: 'x', event: 'security_advisory', body: JSON.stringify(example) })).toMatchObject({ status: 202, json: { reason: 'no case here is about it' } })
    expect(await logs()).toEqual({})
  })
})

describe('deliveries', () => {
  test('every order of a course, with everything twice, ends with the newest snapshot and everybody in the same state', async () => {
    const ends = new Set<string>()
    const logs = new Set<string>()
    for (const order of permutations(course(ONE))) {
      const { deliver, desk } = await started()
      for (const each of [...order, ...order]) expect((await deliver(each)).status).toBe(200)
      const log = (await desk('GET', `/cases/${ONE}/log`)).text
      const before = log
      for (const each of order) expect((await deliver({ ...each, id: `${each.id} again` })).json['reason']).toMatch(/nothing has changed|a later state/)
      expect((await desk('GET', `/cases/${ONE}/log`)).text).toBe(before)
      ends.add(states(log).join())
      logs.add(typesIn(log).join(' '))
    }
    // By the tables: the vendor accepted, has a fix, and it is public; the reporter knows that.
    expect([...ends]).toEqual(['github:rita (A,N,Pxa),acme (A,N,VFdPxa)'])
    expect([...logs]).toEqual(['RS CV RV RA CF CP'])
  })

  test('together, twice each, for two cases: each is taken in once, and neither knows of the other', async () => {
    const { deliver, logs } = await started()
    const both = [...course(ONE, 'a'), ...course(OTHER, 'b')]
    const said = await Promise.all([...both, ...both, ...both].map(deliver))
    expect(said.every(({ status }) => status === 200)).toBe(true)
    const kept = await logs()
    expect(Object.keys(kept).sort()).toEqual([ONE, OTHER])
    for (const [name, log] of Object.entries(kept)) {
      expect([states(log), new Set(log.match(/GHSA(?:-[0-9a-z]{4}){3}/g))]).toEqual([['github:rita (A,N,Pxa)', 'acme (A,N,VFdPxa)'], new Set([name])])
      expect(new Set(typesIn(log)).size).toBe(typesIn(log).length)
    }
  })

  test('twenty copies at once are one', async () => {
    const { deliver } = await started()
    const said = await Promise.all(Array.from({ length: 20 }, async () => deliver(about(advisory(ONE), 'same'))))
    expect(said.filter(({ json }) => json['types'] !== undefined).length).toBe(1)
  })

  test('an issue, by a status map of one\'s own, that names an advisory speaks in its case; one that names none has its own', async () => {
    const map = decodeStatusMap(JSON.parse(readFileSync(new URL('../examples/ticketing/status-map.json', import.meta.url), 'utf8')))
    if (map._tag === 'Left') return expect.fail(JSON.stringify(map.left))
    const { deliver, desk, logs } = await started({}, { ...settings, issues: statusMapBridge(map.right.value) })
    await deliver(about(advisory(ONE), '1'))
    for (const [status, day] of [['New', '03'], ['Reproduced', '04'], ['Released', '05']] as const) await deliver(moved('SEC-1', status, `2026-03-${day}T10:00:00.000+0100`, `j${day}`, [ONE]))
    await deliver(moved('SEC-2', 'Reproduced', '2026-03-06T10:00:00.000+0100', 'k1'))
    // Where the label has gone, the issue stays where it was.
    await deliver(moved('SEC-1', 'Won\'t fix', '2026-03-07T10:00:00.000+0100', 'j07'))
    const kept = await logs()
    expect(Object.fromEntries(Object.entries(kept).map(([name, log]) => [name, typesIn(log).join(' ')]))).toEqual({ [ONE]: 'RS CV RK RV RA CF', 'SEC-2': 'RV RA' })
    const { questions } = (await desk('GET', `/cases/${ONE}`)).json as { readonly questions: ReadonlyArray<{ readonly id: string; readonly question: string }> }
    expect(questions.map(({ question }) => question)).toEqual(['Why is it not fixed?'])
    expect((await desk('POST', `/cases/${ONE}/answers`, { question: questions[0]?.id, answer: 'not now' })).json['types']).toEqual(['RD'])
    expect(states((await logs())[ONE] ?? '')).toEqual(['github:rita (A,N,pxa)', 'acme (D,N,VFdpxa)'])
  })

  test('who reported it in GitHub\'s name for it, or nobody\'s; a login cannot be the vendor', async () => {
    const { deliver, logs } = await started()
    await deliver(about(advisory(ONE, { author: { ...advisory(ONE).author, login: 'acme' } as Advisory['author'] }), '1'))
    await deliver(about(advisory(OTHER, { author: { ...advisory(ONE).author, login: 'x'.repeat(900) } as Advisory['author'] }), '2'))
    const kept = await logs()
    expect([states(kept[ONE] ?? ''), states(kept[OTHER] ?? '')]).toEqual([['github:acme (A,N,pxa)', 'acme (R,N,Vfdpxa)'], ['reporter (A,N,pxa)', 'acme (R,N,Vfdpxa)']])
  })

  test('a record whose time lies in the future stands in nobody\'s way', async () => {
    const { deliver, desk } = await started()
    const [reported, accepted] = course(ONE)
    if (reported === undefined || accepted === undefined) return expect.fail()
    await deliver(about(advisory(ONE, { updated_at: '9999-12-31T23:59:59Z' }), 'far'))
    await deliver(accepted)
    expect(states((await desk('GET', `/cases/${ONE}/log`)).text)).toEqual(['github:rita (A,N,pxa)', 'acme (A,N,Vfdpxa)'])
  })
})

describe('restarts', () => {
  const all = [...course(ONE, 'a'), moved('SEC-7', 'Done', '2026-03-21T10:00:00.000+0100', 'j', [ONE]), ...course(OTHER, 'b')]
  const run = async (path: string, deliveries: ReadonlyArray<Delivery>): Promise<Readonly<Record<string, string>>> => {
    const { deliver, logs, server } = await started({ store: inFolder(path) })
    for (const each of deliveries) await deliver(each)
    const kept = await logs()
    await stopped(server)
    return kept
  }

  test('stopped after any delivery and started again, it ends with the same files as if it had never stopped; and then nothing changes any more', async () => {
    const whole = folder()
    const logs = await run(whole, all)
    for (const log of Object.values(logs)) sound(log)
    for (const at of all.keys()) {
      const path = folder()
      await run(path, all.slice(0, at + 1))
      // The last one is sent again: its sender cannot know that it arrived.
      expect(await run(path, all.slice(at))).toEqual(logs)
      expect(filesIn(path)).toEqual(filesIn(whole))
      if (at % 3 > 0) continue
      await run(path, all)
      expect(filesIn(path)).toEqual(filesIn(whole))
    }
  })

  test('cut off anywhere in its last line, a file is what it was before that line, and the delivery can come again', async () => {
    const path = folder()
    await run(path, course(ONE))
    const file = join(path, `${ONE}.jsonl`)
    const bytes = readFileSync(file)
    const last = bytes.lastIndexOf(10, bytes.length - 2) + 1
    const before = reopened(bytes.subarray(0, last).toString('utf8').trimEnd().split('\n'))
    for (const end of [last, last + 1, last + 40, Math.floor((last + bytes.length) / 2), bytes.length - 2, bytes.length - 1]) {
      writeFileSync(file, bytes.subarray(0, end))
      const kept = casesIn(inFolder(path)).get(ONE)
      expect([kept?.entries, kept?.deliveries]).toEqual(typeof before === 'number' ? [] : [before.entries, before.deliveries])
      await run(path, course(ONE).slice(-1))
      expect(readFileSync(file).equals(bytes)).toBe(true)
    }
    writeFileSync(file, bytes.subarray(0, 10))
    expect(casesIn(inFolder(path)).size).toBe(0)
    await run(path, course(ONE))
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  test('a line in the middle that cannot be read is not passed over', async () => {
    const path = folder()
    await run(path, course(ONE))
    const file = join(path, `${ONE}.jsonl`)
    const lines = readFileSync(file, 'utf8').split('\n')
    for (const [place, text] of [[1, '{"seen":1}'], [0, lines[1]], [2, lines[0]], [1, lines[1]?.replace('"RV"', '"XX"')], [3, '']] as const) {
      writeFileSync(file, lines.map((line, at) => (at === place ? text ?? '' : line)).join('\n'))
      expect(() => casesIn(inFolder(path))).toThrow(`the case ${ONE} cannot be read: line ${place + 1}`)
    }
    rmSync(file)
    writeFileSync(join(path, `${OTHER}.jsonl`), lines.join('\n'))
    expect(() => casesIn(inFolder(path))).toThrow('it is another')
  })

  test('what cannot be written has not happened', async () => {
    const kept = inMemory()
    let full = true
    const store: Store = { ...kept, append: (name, line) => { if (full) throw new Error('ENOSPC'); kept.append(name, line) } }
    const trouble: string[] = []
    const { deliver, logs } = await started({ store, trouble: (what) => trouble.push(what) })
    expect((await deliver(about(advisory(ONE), '1'))).status).toBe(503)
    expect([await logs(), trouble]).toEqual([{}, [`${ONE} could not be written`]])
    full = false
    expect((await deliver(about(advisory(ONE), '1'))).json['types']).toEqual(['RS', 'CV'])
  })
})

describe('people', () => {
  const refuses = async (upTo: number): Promise<void> => {
    const { deliver, desk } = await started()
    for (const each of course(ONE).slice(0, upTo)) await deliver(each)
    const path = `/cases/${ONE}`
    let number = 0
    for (const type of messageTypeList) {
      const log = (await desk('GET', `${path}/log`)).text
      const acme = sound(log).find(({ id }) => id === 'acme') ?? expect.fail()
      const message = { id: `m${number++}`, from: 'acme', to: ['github:rita'], types: [type], embargo: { id: 'e', end: '2026-09-01' } }
      const expected = transition(acme, { ...message, case: ONE, at: NOW })
      const said = await desk('POST', `${path}/messages`, message)
      const after = (await desk('GET', `${path}/log`)).text
      if (expected._tag === 'Left') expect([type, said.status, said.json['allowed'], after]).toEqual([type, 409, expected.left.allowed, log])
      else if (said.status === 201) expect(formatState(sound(after).find(({ id }) => id === 'acme') ?? expect.fail())).toBe(formatState(expected.right.state))
      // The core permits answers to proposals that the case does not have.
      else expect([type, said.status, /E[ARCJTV]/.test(type), after]).toEqual([type, 409, true, log])
    }
  }
  test('what the core refuses is refused, with what would have been allowed, and not written; what it permits is written', async () => {
    for (const upTo of [1, 2, 4]) await refuses(upTo)
  })

  test('messages: the same again, another under its id, strangers, junk', async () => {
    const { deliver, desk } = await started()
    await deliver(about(advisory(ONE), '1'))
    const say = async (body: unknown, name = ONE): Promise<Said> => desk('POST', `/cases/${name}/messages`, body as object)
    const offer = { id: 'offer', from: 'github:rita', to: ['acme'], types: ['EP'], embargo: { id: 'e', end: '2026-09-01' } }
    expect((await say(offer)).status).toBe(201)
    const { text } = await desk('GET', `/cases/${ONE}/log`)
    expect(await say(offer)).toMatchObject({ status: 200, json: { reason: 'this message was taken in before' } })
    expect((await say({ ...offer, note: 'more' })).status).toBe(409)
    expect((await say({ id: 'x', from: 'acme', to: ['github:rita'], types: ['EA'], embargo: { id: 'e', answers: 'another' } })).json['reason']).toMatch(/answers a proposal that there is not/)
    expect((await say({ ...offer, id: 'x', from: 'mallory' })).json).toEqual({ faults: [{ path: '/from', expected: 'one of github:rita, acme', got: '"mallory"' }] })
    expect((await say({ ...offer, id: 'x', to: ['acme', 'mallory'] })).status).toBe(422)
    for (const junk of [null, [], 'x', {}, { ...offer, id: 7 }, { ...offer, id: 'x', types: ['XX'] }, { ...offer, id: '\ud800' }, JSON.parse('{"__proto__":{"id":"x"}}')]) expect((await say(junk)).status).toBe(422)
    expect((await say(offer, 'GHSA-none')).status).toBe(404)
    // Whatever case a message says it is of, it is of the one that it was sent to.
    expect((await say({ ...offer, case: OTHER })).status).toBe(200)
    expect((await desk('GET', `/cases/${ONE}/log`)).text).toBe(text)
    expect(({} as { id?: unknown }).id).toBeUndefined()
  })

  test('a question is kept over a restart, until it is answered by one of its answers', async () => {
    const store = inMemory()
    const closed = advisory(ONE, { state: 'closed', closed_at: '2026-03-05T10:00:00Z', updated_at: '2026-03-05T10:00:00Z' })
    const first = await started({ store })
    await first.deliver(about(advisory(ONE), '1'))
    const { questions } = (await first.deliver(about(closed, '2'))).json as { readonly questions: ReadonlyArray<string> }
    expect(questions).toEqual([`github:${ONE}:closed:2026-03-05T10:00:00Z`])
    await stopped(first.server)
    const { desk } = await started({ store })
    const answer = async (given: unknown): Promise<number> => (await desk('POST', `/cases/${ONE}/answers`, given as object)).status
    for (const [given, status] of [[null, 422], [{}, 422], [{ question: 'x', answer: 'y' }, 404], [{ question: questions[0], answer: 'constructor' }, 422], [{ question: questions[0], answer: 'invalid', roles: ['boss'] }, 422]] as const) expect(await answer(given)).toBe(status)
    // From (R,…) the work cannot be done: the answer is refused, and the question stays.
    expect(await answer({ question: questions[0], answer: 'done' })).toBe(409)
    expect(await answer({ question: questions[0], answer: 'invalid' })).toBe(200)
    expect(await answer({ question: questions[0], answer: 'invalid' })).toBe(404)
    expect(states((await desk('GET', `/cases/${ONE}/log`)).text)).toEqual(['github:rita (A,N,pxa)', 'acme (C,N,Vfdpxa)'])
  })

  test('who is given access joins the case in the roles that somebody gives', async () => {
    const { deliver, desk } = await started()
    const [reported, accepted] = course(ONE)
    if (reported === undefined || accepted === undefined) return expect.fail()
    await deliver(reported)
    await deliver(accepted)
    const login = advisory(ONE).author ?? expect.fail()
    const given = ['rita', 'initech', 'acme', '__proto__'].map((name) => ({ ...login, login: name }))
    const { questions } = (await deliver(about(advisory(ONE, { state: 'draft', submission: { accepted: true }, collaborating_users: given, updated_at: '2026-03-06T10:00:00Z' }), '3'))).json as { readonly questions: ReadonlyArray<string> }
    expect(questions).toEqual(['initech', 'acme', '__proto__'].map((name) => `github:${ONE}:collaborator:github:${name}:2026-03-06T10:00:00Z`))
    expect((await desk('POST', `/cases/${ONE}/answers`, { question: questions[0], answer: 'party' })).json).toEqual({ faults: [{ path: '/roles', expected: 'the roles of github:initech', got: 'nothing' }] })
    expect((await desk('POST', `/cases/${ONE}/answers`, { question: questions[0], answer: 'party', roles: ['vendor'] })).status).toBe(200)
    for (const question of questions.slice(1)) expect((await desk('POST', `/cases/${ONE}/answers`, { question, answer: 'member' })).json['types']).toEqual([])
    const log = (await desk('GET', `/cases/${ONE}/log`)).text
    expect([typesIn(log), states(log)]).toEqual([['RS', 'CV', 'RV', 'RA', 'joins', 'RS'], ['github:rita (A,N,pxa)', 'acme (A,N,Vfdpxa)', 'github:initech (R,N,Vfdpxa)']])
    expect((await desk('GET', `/cases/${ONE}`)).json['questions']).toEqual([])
  })

  test('a case tells where everybody is, what is owed and what is next', async () => {
    const { deliver, desk } = await started()
    await deliver(about(advisory(ONE), '1'))
    const { json } = await desk('GET', `/cases/${ONE}`)
    expect(json).toMatchObject({
      case: ONE, participants: [{ id: 'github:rita', state: '(A,N,pxa)' }, { id: 'acme', state: '(R,N,Vfdpxa)' }], embargo: { state: 'None', is: 'none' },
      owed: [{ by: 'github:rita', kind: 'answer', types: ['CK'], to: 'acme' }, { by: 'acme', kind: 'answer', types: ['RK'], to: 'github:rita' }], questions: [], findings: [],
    })
    expect((json['next'] as ReadonlyArray<unknown>)[0]).toMatchObject({ modality: 'must now', types: ['RK'] })
  })
})

describe('hostile payloads', () => {
  const samples: ReadonlyArray<Readonly<{ event: string; to: 'github' | 'jira'; payload: unknown }>> = [
    ...course(ONE).map(({ body }) => ({ to: 'github' as const, event: 'repository_advisory', payload: JSON.parse(String(body)) as unknown })),
    { to: 'github', event: 'repository_advisory', payload: advisoryWebhook(advisory(ONE, { submission: null, state: 'draft', updated_at: '2026-03-10T10:00:00Z' })) },
    { to: 'github', event: 'repository_advisory', payload: advisoryWebhook(advisory(ONE, { state: 'closed', closed_at: '2026-03-11T10:00:00Z', updated_at: '2026-03-11T10:00:00Z' })) },
    { to: 'github', event: 'repository_advisory', payload: advisoryWebhook(advisory(ONE, { state: 'withdrawn', withdrawn_at: '2026-04-11T10:00:00Z', updated_at: '2026-04-11T10:00:00Z' })) },
    { to: 'github', event: 'security_advisory', payload: securityAdvisoryWebhook(ONE, '2026-03-29T10:00:00Z') },
    ...['To Do', 'Confirmed', 'In Progress', 'Fixed', 'Done', 'Rejected'].map((status, day) => ({ to: 'jira' as const, event: '', payload: issueWebhook('SEC-7', status, `2026-03-0${day + 1}T10:00:00.000+0100`, [ONE]) })),
  ]

  /** The same with nothing in them but what is read, so that a change hits it more often; and of another advisory. */
  const slim: typeof samples = samples.map((one) => {
    const { issue, repository_advisory: reported, security_advisory: known, webhookEvent } = one.payload as { readonly issue?: unknown; readonly repository_advisory?: unknown; readonly security_advisory?: unknown; readonly webhookEvent?: string }
    const payload = reported !== undefined ? { repository_advisory: cut(github, reported) } : known !== undefined ? { security_advisory: cut(githubDatabase, known) } : { webhookEvent, issue: { ...(cut(jira, issue) as object), fields: { ...(cut(jira, issue) as { fields: object }).fields, labels: [ONE] } } }
    return { ...one, payload }
  })
  const others = slim.map((one): typeof one => ({ ...one, payload: JSON.parse(JSON.stringify(one.payload).replaceAll(ONE, OTHER).replaceAll('SEC-7', 'SEC-8')) as unknown }))

  test('a thousand mutated webhooks: no answer but the expected ones, every log sound, and the lines give the same cases again', async () => {
    const store = inMemory()
    const { deliver, logs } = await started({ store }, { ...settings, policy: { refused: 'observe', own: 'own finding', closed: 'invalid' } })
    let number = 0
    const counts: Record<number, number> = {}
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...samples, ...slim, ...others), mutated(), fc.nat(4000), async ({ event, payload, to }, change, id) => {
        const { json, status, text } = await deliver({ to, event, id: String(id), body: JSON.stringify(change(payload)) })
        counts[status] = (counts[status] ?? 0) + 1
        expect([200, 202, 400, 422]).toContain(status)
        if (status === 422) expect((json['faults'] as ReadonlyArray<{ readonly path: unknown }>).every(({ path }) => typeof path === 'string')).toBe(true)
        expect(text.length).toBeLessThan(20_000)
        number++
      }),
      { numRuns: Number(process.env['JUNK'] ?? 1000) },
    )
    const kept = await logs()
    for (const log of Object.values(kept)) sound(log)
    const again = await started({ store })
    expect(await again.logs()).toEqual(kept)
    if (process.env['JUNK'] !== undefined) console.log(number, counts, Object.keys(kept).length)
    expect(({} as { a?: unknown }).a).toBeUndefined()
  })

  test('webhooks, answers and messages in any order: what is refused leaves no trace, and the logs stay sound', async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('webhook' as const), sample: fc.constantFrom(...slim, ...others), change: mutated(), plain: fc.boolean() }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('answer' as const), which: fc.nat(20), chosen: fc.nat(5) }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('message' as const), type: fc.constantFrom(...messageTypeList), fromVendor: fc.boolean(), embargo: fc.constantFrom('e', 'f'), answers: fc.boolean() }) },
    )
    const counts: Record<string, number> = {}
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
        let of = receiver({ ...settings, policy: {} }, secrets)
        let number = 0
        const ask = (method: string, path: string, headers: Readonly<Record<string, string>>, value?: unknown): { readonly status: number; readonly body: unknown } => {
          const body = Buffer.from(value === undefined ? '' : JSON.stringify(value))
          const signed = { 'x-hub-signature-256': signatureOf(secrets.github, body), 'x-hub-signature': signatureOf(secrets.jira, body) }
          const { grown, response } = handle(of, { method, path, headers: { 'content-type': 'application/json', authorization: `Bearer ${secrets.token}`, ...signed, ...headers }, body, at: NOW })
          if (grown !== undefined) of = after(of, grown)
          return response
        }
        const path = `/cases/${ONE}`
        for (const one of [{ kind: 'webhook' as const, sample: samples[0] ?? expect.fail(), change: (value: unknown) => value, plain: true }, ...steps]) {
          const before = of
          let status = 0
          if (one.kind === 'webhook') ({ status } = ask('POST', `/webhooks/${one.sample.to}`, { 'x-github-event': one.sample.event, 'x-github-delivery': `${number}`, 'x-atlassian-webhook-identifier': `${number}` }, one.plain ? one.sample.payload : one.change(one.sample.payload)))
          else if (one.kind === 'answer') {
            const { questions } = ask('GET', path, {}).body as { readonly questions: ReadonlyArray<{ readonly id: string; readonly answers: ReadonlyArray<{ readonly answer: string }> }> }
            const question = questions[one.which % Math.max(1, questions.length)]
            if (question === undefined) continue
            ;({ status } = ask('POST', `${path}/answers`, {}, { question: question.id, answer: question.answers[one.chosen % question.answers.length]?.answer, roles: ['vendor'] }))
          } else {
            const [from, to] = one.fromVendor ? ['acme', 'github:rita'] : ['github:rita', 'acme']
            ;({ status } = ask('POST', `${path}/messages`, {}, { id: `m${number}`, from, to: [to], types: [one.type], embargo: one.answers ? { id: one.embargo, answers: one.embargo } : { id: one.embargo, end: '2026-09-01' } }))
          }
          number++
          counts[`${one.kind} ${status}`] = (counts[`${one.kind} ${status}`] ?? 0) + 1
          expect([200, 201, 202, 409, 422]).toContain(status)
          if (status !== 200 && status !== 201) expect(of).toBe(before)
        }
        for (const [name] of of.desk.cases) sound(ask('GET', `/cases/${name}/log`, {}).body as string)
      }),
      { numRuns: Math.ceil(Number(process.env['JUNK'] ?? 1000) / 25) },
    )
    if (process.env['JUNK'] !== undefined) console.log(counts)
  })

  test('names of the prototype, lone surrogates and megabytes are values like any other', async () => {
    const { deliver, logs } = await started()
    for (const id of ['__proto__', 'constructor', '../../etc/passwd', '.', 'a/b', 'a\u0000b', '\ud800', 'x'.repeat(300), ' ', 'CON:']) expect((await deliver(about(advisory(id), id.length.toString()))).status).toBe(id === 'constructor' ? 200 : 422)
    const title = '\ud800'.repeat(1000)
    expect((await deliver(about(advisory(ONE, { summary: title, description: 'x'.repeat(900_000) }), 'big'))).status).toBe(200)
    expect((await deliver({ to: 'github', id: 'p', body: `{"repository_advisory":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"ghsa_id":"${OTHER}","state":"triage","submission":{"__proto__":{"accepted":true}}}}` })).status).toBe(200)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    const kept = await logs()
    expect(Object.keys(kept).sort()).toEqual([ONE, OTHER, 'constructor'])
    for (const log of Object.values(kept)) sound(log)
    expect(kept[ONE]).not.toContain('xxx')
  })

  test('what is kept of a record says the same as the whole of it', () => {
    const scene = { case: 'c', seen: NOW, parties: { reporter: 'rita', vendor: 'acme' }, participants: [], policy: { refused: 'observe' } }
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.constantFrom(...samples), mutated(), mutated(), (one, other, before, now) => {
        const record = (of: unknown): unknown => Object.values(of as object).find((value) => typeof value === 'object' && value !== null && ('ghsa_id' in value || 'fields' in value))
        const [was, is] = [before(record(one.payload)), now(record(other.payload))]
        for (const bridge of [github, githubDatabase, jira]) expect(observe(bridge, { before: cut(bridge, was), now: cut(bridge, is) }, scene)).toEqual(observe(bridge, { before: was, now: is }, scene))
      }),
      { numRuns: Number(process.env['JUNK'] ?? 1000) },
    )
  })
})

test('no answer ever held a secret, a path of this machine, or the trace of an error', () => {
  const all = answers.join('\n')
  expect(answers.length).toBeGreaterThan(1000)
  for (const secret of Object.values(secrets)) expect(all).not.toContain(secret)
  expect(all).not.toMatch(/\n\s+at |\.ts:\d|node:internal|node_modules/)
  for (const part of [tmpdir(), fileURLToPath(new URL('..', import.meta.url))]) expect(all).not.toContain(`${part}/`)
})

