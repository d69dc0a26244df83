/**
 * The receiver at work: it is started on a free port, is sent webhooks as GitHub and Jira send them, some of them twice,
 * late or forged, is asked what is due, is told what it must not be told, is started again, and goes on.
 *
 * The clock is the story's, so every run tells the same. The README has what it prints.
 */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adopted, replay } from 'mpcvd'
import { jira } from 'mpcvd/bridge/jira'
import { vendorDefault } from 'mpcvd/case'
import { decodeLog } from 'mpcvd/codec'
import { isProgram } from '../logs.js'
import { advisory, advisoryWebhook, issueWebhook, patched, securityAdvisoryWebhook } from './payloads.js'
import { signatureOf } from './receiver.js'
import { fieldOf } from './record.js'
import { serverOf } from './server.js'
import { inFolder } from './store.js'

const secrets = { github: 'between GitHub and us', jira: 'between Jira and us', token: 'who asks' }
const GHSA = 'GHSA-2q4x-7m9p-c3vw'

/** A response as it is told: its status, and what its body says. */
interface Said {
  readonly status: number
  readonly text: string
  readonly json: unknown
}

/** Listens on a free port of this machine. */
export const listening = async (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

/** Stops listening, whoever is still connected. */
export const stopped = async (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

const list = (input: unknown): ReadonlyArray<unknown> => (Array.isArray(input) ? input : [])
const text = (input: unknown, name: string): string => {
  const value = fieldOf(input, name)
  return Array.isArray(value) ? value.join('+') : typeof value === 'string' ? value : ''
}

/** Tells the story, line by line. */
export const story = async (tell: (line: string) => void): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'mpcvd-desk-'))
  let now = '2026-03-02T09:00:05Z'
  const terms = vendorDefault({ holder: 'acme', days: 90 })
  assert(terms._tag === 'Right')
  const start = (): Server => serverOf({ self: 'acme', issues: jira, policy: { patched: 'ready' }, policies: [terms.right] }, secrets, { store: inFolder(folder), clock: () => now })
  let server = start()
  let port = await listening(server)

  const ask = async (method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Said> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { 'content-type': 'application/json', ...headers }, ...(body === undefined ? {} : { body }) })
    const said = await response.text()
    return { status: response.status, text: said, json: said.startsWith('{') && response.headers.get('content-type')?.includes('jsonl') !== true ? JSON.parse(said) : null }
  }
  const hooked = (what: string, { json, status }: Said): void => {
    const outcome = [text(json, 'reason'), list(fieldOf(json, 'types')).join(', '), list(fieldOf(json, 'questions')).map((id) => `asks ${String(id)}`).join(', ')].filter((each) => each !== '')
    tell(`  ${what}: ${status} ${outcome.join('; ') || 'says nothing new'}`)
  }
  const fromGithub = async (what: string, event: string, delivery: string, payload: object, secret = secrets.github): Promise<void> => {
    const body = JSON.stringify(payload)
    hooked(what, await ask('POST', '/webhooks/github', { 'x-github-event': event, 'x-github-delivery': delivery, 'x-hub-signature-256': signatureOf(secret, Buffer.from(body)) }, body))
  }
  const fromJira = async (what: string, delivery: string, payload: object): Promise<void> => {
    const body = JSON.stringify(payload)
    hooked(what, await ask('POST', '/webhooks/jira', { 'x-atlassian-webhook-identifier': delivery, 'x-hub-signature': signatureOf(secrets.jira, Buffer.from(body)) }, body))
  }
  const asked = async (method: string, path: string, body?: object): Promise<Said> => ask(method, path, { authorization: `Bearer ${secrets.token}` }, body === undefined ? undefined : JSON.stringify(body))
  const write = async (message: object): Promise<Said> => {
    const said = await asked('POST', `/cases/${GHSA}/messages`, message)
    tell(`  ${text(message, 'from')} ${text(message, 'types')}: ${said.status} ${text(said.json, 'reason')}`.trimEnd())
    return said
  }
  const look = async (): Promise<void> => {
    const { json } = await asked('GET', `/cases/${GHSA}`)
    tell(`  ${list(fieldOf(json, 'participants')).map((one) => `${text(one, 'id')} ${text(one, 'state')}`).join(', ')}; embargo ${text(fieldOf(json, 'embargo'), 'is')} ${text(fieldOf(json, 'embargo'), 'end')}`.trimEnd())
    const owed = list(fieldOf(json, 'owed'))
    for (const one of owed.filter((each) => text(each, 'by') === 'acme')) tell(`  acme owes ${text(one, 'types')} since ${text(one, 'since')}`)
    tell(`  others owe ${owed.filter((each) => text(each, 'by') !== 'acme').map((each) => text(each, 'types')).join(', ') || 'nothing'}`)
    const next = list(fieldOf(json, 'next')).find((one) => text(one, 'modality') === 'must now' || text(one, 'modality') === 'should')
    if (next !== undefined) tell(`  next: ${text(next, 'modality')} ${text(next, 'types') || text(next, 'step')}. ${text(next, 'because')}`)
    for (const one of list(fieldOf(json, 'deadlines'))) tell(`  deadline: ${text(one, 'who')} ${text(one, 'owes')} by ${text(one, 'due')} (${text(one, 'status')})`)
    for (const one of list(fieldOf(json, 'questions'))) tell(`  open: ${text(one, 'id')}: ${list(fieldOf(one, 'answers')).map((each) => text(each, 'answer')).join(' | ')}`)
  }

  try {
    const reported = advisory(GHSA)
    tell('A report comes in by GitHub')
    await fromGithub('reported', 'repository_advisory', 'd-1', advisoryWebhook(reported))
    await fromGithub('the same delivery', 'repository_advisory', 'd-1', advisoryWebhook(reported))
    await fromGithub('the same by another webhook', 'repository_advisory', 'd-2', advisoryWebhook(reported))
    await fromGithub('forged', 'repository_advisory', 'd-3', advisoryWebhook({ ...reported, state: 'published' }), 'a guess')
    await fromGithub('a star', 'star', 'd-4', { action: 'created' })
    await look()

    now = '2026-03-02T10:00:00Z'
    tell('People write what no tracker knows')
    await write({ id: 'ack-1', from: 'acme', to: ['github:rita'], types: ['RK'], inReplyTo: `github:${GHSA}:reported:2026-03-02T09:00:00Z:RS` })
    await write({ id: 'offer-1', from: 'github:rita', to: ['acme'], types: ['EP'], embargo: { id: 'e1', end: '2026-05-31' } })
    await write({ id: 'agree-1', from: 'acme', to: ['github:rita'], types: ['EK', 'EA'], inReplyTo: 'offer-1', embargo: { id: 'e1', answers: 'e1' } })
    const hasty = await write({ id: 'fix-0', from: 'acme', to: ['github:rita'], types: ['CF'] })
    assert.equal(hasty.status, 409)
    assert(list(fieldOf(hasty.json, 'allowed')).includes('RV'))
    await look()

    now = '2026-03-20T12:00:00Z'
    tell('The issue moves in Jira; its label names the advisory')
    const label = [GHSA]
    await fromJira('To Do', 'j-1', issueWebhook('SEC-7', 'To Do', '2026-03-02T11:05:00.000+0100', label))
    await fromJira('Confirmed', 'j-2', issueWebhook('SEC-7', 'Confirmed', '2026-03-03T09:00:00.000+0100', label))
    await fromJira('Fixed', 'j-4', issueWebhook('SEC-7', 'Fixed', '2026-03-20T09:00:00.000+0100', label))
    await fromJira('In Progress, late', 'j-3', issueWebhook('SEC-7', 'In Progress', '2026-03-05T09:00:00.000+0100', label))
    await look()

    tell('What was skipped is made up for, and the question answered')
    const question = `jira:SEC-7:status.Fixed.refused:2026-03-20T09:00:00.000+0100`
    const answer = async (chosen: string): Promise<void> => hooked(`the answer: ${chosen}`, await asked('POST', `/cases/${GHSA}/answers`, { question, answer: chosen }))
    await answer('again')
    await write({ id: 'work-1', from: 'acme', to: ['github:rita'], types: ['RA'] })
    await answer('again')
    await answer('again')

    tell('The receiver is started again')
    await stopped(server)
    server = start()
    port = await listening(server)
    await fromJira('Fixed, once more', 'j-4', issueWebhook('SEC-7', 'Fixed', '2026-03-20T09:00:00.000+0100', label))
    await fromGithub('accepted and patched', 'repository_advisory', 'd-5', advisoryWebhook({ ...reported, state: 'draft', submission: { accepted: true }, vulnerabilities: patched, updated_at: '2026-03-20T10:00:00Z' }))
    await look()

    now = '2026-04-01T12:00:05Z'
    tell('It is published')
    await fromGithub('published', 'repository_advisory', 'd-6', advisoryWebhook({ ...reported, state: 'published', submission: { accepted: true }, vulnerabilities: patched, published_at: '2026-04-01T12:00:00Z', updated_at: '2026-04-01T12:00:00Z' }))
    await fromGithub('GitHub says so too', 'security_advisory', 'd-7', securityAdvisoryWebhook(GHSA, '2026-04-01T12:10:00Z'))
    await look()

    const log = await asked('GET', `/cases/${GHSA}/log`)
    const read = decodeLog(log.text)
    assert(read._tag === 'Right')
    const { faults, log: kept } = read.right
    assert.deepEqual([faults, replay(adopted, kept).findings.filter(({ kind }) => kind === 'refused')], [[], []])
    tell(`The log has ${kept.entries.length} entries, and replays without a refusal`)
  } finally {
    await stopped(server)
    rmSync(folder, { recursive: true })
  }
}

if (isProgram(import.meta.url)) await story((line) => console.log(line))
