/**
 * The receiver: a request and the desk go in, a response comes out, and what is to be kept.
 *
 * There is no input or output here, and no clock: the body has been read, the request says when it came. What is to be
 * kept has to be written down before the response is sent; the desk is the new one only then.
 *
 * In this order: path, method, kind of content, size, signature or token, JSON. Nothing of a body is looked at before its
 * signature holds, which is taken over the very bytes that came. A response tells what is wrong with a request, never more.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { contentOf, formatState, type Id, type Moment, roles, type Role } from 'mpcvd'
import { becauseSays, nextIn } from 'mpcvd/advice'
import { deadlines, describeCaseFinding, expiry, owed } from 'mpcvd/case'
import { decodeMessage, encodeLog } from 'mpcvd/codec'
import { github, githubDatabase } from 'mpcvd/bridge/github'
import { answer, arrive, type Arrival, type Desk, type Grown, type Outcome, say, type Settings } from './desk.js'
import { type Kept, logOf, lookAt } from './kept.js'
import { fieldOf, isDeeper } from './record.js'

/** What the receiver must know that nobody else may. */
export interface Secrets {
  readonly github: string
  readonly jira: string
  /** Who asks about cases, and who says something in one, shows this as a bearer token. */
  readonly token: string
}

/** The receiver's settings. */
export interface Limits {
  /** How many bytes a body may have. */
  readonly bytes: number
  /** How deep its JSON may be nested. */
  readonly depth: number
}

/** Limits that no webhook about an advisory or an issue comes near to; GitHub itself sends at most 25 MB. */
export const ordinaryLimits: Limits = { bytes: 1_000_000, depth: 64 }

/** A receiver: its desk, its secrets, its limits. */
export interface Receiver {
  readonly desk: Desk
  readonly secrets: Secrets
  readonly limits: Limits
}

/** The head of a request. Names of headers are in lower case, as Node has them. */
export interface Head {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** A request, with its body as it came, and when that was. */
export interface Request extends Head {
  readonly body: Uint8Array
  readonly at: Moment
}

/** A response. A text is sent as it is, everything else as JSON. */
export interface Response {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

/** What comes of a request: the response, and what has to be kept before it is sent. */
export interface Handled {
  readonly response: Response
  readonly grown?: Grown
}

const says = (status: number, reason: string, headers?: Readonly<Record<string, string>>): Response => ({ status, body: { reason }, ...(headers === undefined ? {} : { headers }) })

/** An empty receiver. */
export const receiver = (settings: Settings, secrets: Secrets, cases: Desk['cases'] = new Map(), limits = ordinaryLimits): Receiver => ({ desk: { settings, cases }, secrets, limits })

/** The receiver after something was kept. */
export const after = (of: Receiver, { kept, name }: Grown): Receiver => ({ ...of, desk: { ...of.desk, cases: new Map([...of.desk.cases, [name, kept]]) } })

// ---- the way in ----

/** Where a path leads, and to which case where it leads to one. */
interface Route {
  readonly to: 'github' | 'jira' | 'cases' | 'case' | 'log' | 'messages' | 'answers'
  readonly name: Id
}

const unescaped = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

const routeOf = (path: string): Route | undefined => {
  const [, first, second, third, ...rest] = (path.split('?')[0] ?? '').split('/')
  const name = second === undefined ? undefined : unescaped(second)
  if (rest.length > 0 || name === '') return undefined
  if (first === 'webhooks' && third === undefined && (name === 'github' || name === 'jira')) return { to: name, name: '' }
  if (first !== 'cases') return undefined
  if (name === undefined) return second === undefined ? { to: 'cases', name: '' } : undefined
  if (third === undefined) return { to: 'case', name }
  return third === 'log' || third === 'messages' || third === 'answers' ? { to: third, name } : undefined
}

const methodOf = { github: 'POST', jira: 'POST', messages: 'POST', answers: 'POST', cases: 'GET', case: 'GET', log: 'GET' } as const

/** Why a request is turned away by its head alone, before anything of its body is read; `undefined` where it is not. */
export const turnedAway = ({ headers, method, path }: Head, limits: Limits): Response | undefined => {
  const route = routeOf(path)
  if (route === undefined) return says(404, 'there is nothing here')
  const expected = methodOf[route.to]
  if (method !== expected) return says(405, `only ${expected}`, { allow: expected })
  if (expected === 'GET') return undefined
  if (!/^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '')) return says(415, 'send it as application/json')
  return Number(headers['content-length'] ?? 0) > limits.bytes ? tooLarge(limits) : undefined
}

/** The answer to a body that is larger than it may be. */
export const tooLarge = ({ bytes }: Limits): Response => says(413, `at most ${bytes} bytes`, { connection: 'close' })

/** Compares two texts in a time that does not tell where they differ. */
const isEqual = (one: string, other: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

/** The signature of a body, as GitHub and Jira write it. */
export const signatureOf = (secret: string, body: Uint8Array): string => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

const isSigned = (secret: string, given: string | undefined, body: Uint8Array): boolean => secret !== '' && given !== undefined && isEqual(signatureOf(secret, body), given)

const isAllowed = (token: string, given: string | undefined): boolean => token !== '' && given !== undefined && isEqual(`Bearer ${token}`, given)

/** The JSON of a body; a reason where it has none. */
const readBody = (body: Uint8Array, { depth }: Limits): { readonly json: unknown } | { readonly reason: string } => {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    return isDeeper(json, depth) ? { reason: `at most ${depth} levels of JSON` } : { json }
  } catch {
    return { reason: 'this is no JSON in UTF-8' }
  }
}

// ---- webhooks ----

const githubArrival = (payload: unknown, event: string | undefined, delivery: string | undefined, at: Moment): Arrival | string => {
  const common = { delivery: delivery === undefined ? undefined : `github:${delivery}`, at }
  if (event === 'repository_advisory') return { ...common, bridge: github, record: fieldOf(payload, 'repository_advisory'), opens: true }
  if (event === 'security_advisory') return { ...common, bridge: githubDatabase, record: fieldOf(payload, 'security_advisory'), opens: false }
  return event === 'ping' ? 'well met' : 'no case depends on events of this kind'
}

const jiraArrival = (payload: unknown, { issues }: Settings, delivery: string | undefined, at: Moment): Arrival | string => {
  const event = fieldOf(payload, 'webhookEvent')
  if (event === 'jira:issue_deleted') return 'nothing is undone because an issue is gone'
  if (event !== 'jira:issue_created' && event !== 'jira:issue_updated') return 'no case depends on events of this kind'
  return { delivery: delivery === undefined ? undefined : `jira:${delivery}`, at, bridge: issues, record: fieldOf(payload, 'issue'), opens: true }
}

const DELIVERY = 200

/** The response to what became of something. */
const told = (outcome: Outcome, status: number): Handled => {
  switch (outcome.outcome) {
    case 'kept': {
      const { line, name } = outcome
      const entries = line.entries.map((entry) => contentOf(entry).id)
      const types = line.entries.flatMap((entry): ReadonlyArray<string> => ('message' in entry ? entry.message.types : 'observation' in entry ? [`observed ${entry.observation.event}`] : []))
      return { response: { status, body: { case: name, entries, types, questions: line.asked.map(({ id }) => id) } }, grown: outcome }
    }
    case 'nothing':
      return { response: { status: outcome.name === undefined ? 202 : 200, body: { ...(outcome.name === undefined ? {} : { case: outcome.name }), reason: outcome.reason } } }
    case 'unreadable':
      return { response: { status: 422, body: { faults: outcome.faults.slice(0, 20) } } }
    case 'unknown':
      return { response: says(404, outcome.reason) }
    case 'refused':
      return { response: { status: 409, body: { reason: outcome.reason, allowed: outcome.allowed, requirements: outcome.requirements } } }
  }
}

// ---- cases ----

/** How many of the moves that are merely allowed are shown. */
const MOVES = 12

const shown = ({ settings }: Desk, kept: Kept, at: Moment): unknown => {
  const { of, participants } = lookAt(kept)
  const { end, status } = expiry(of, at)
  const moves = nextIn(of, settings.self, at)
  return {
    case: kept.header.case, ...(kept.header.title === undefined ? {} : { title: kept.header.title }),
    participants: participants.map((one) => ({ id: one.id, roles: one.roles, state: formatState(one) })),
    embargo: { state: of.state.em, is: status, ...(end === undefined ? {} : { end }) },
    owed: owed(of, at).map(({ by, kind, since, to, types }) => ({ by, kind, types, since, ...(to === undefined ? {} : { to }) })),
    next: moves._tag === 'Left' ? [] : moves.right.filter(({ modality }) => modality !== 'must not').slice(0, MOVES)
      .map(({ because, event, modality, requirements, to, types }) => ({ modality, ...(event === undefined ? { types } : { step: event }), ...(to === undefined ? {} : { to }), because: becauseSays[because], requirements })),
    deadlines: deadlines(of, settings.policies ?? [], at).map(({ due, owes, policy, status: how, who }) => ({ policy, owes, ...(who === undefined ? {} : { who }), due: due.moment, status: how })),
    questions: [...kept.asked.values()].map(({ answers, id, newcomer, question }) => ({ id, ...(newcomer === undefined ? {} : { newcomer }), question, answers })),
    findings: of.findings.map(describeCaseFinding),
  }
}

const rolesIn = (input: unknown): ReadonlyArray<Role> | undefined => {
  const found = Array.isArray(input) ? roles.filter((role) => input.includes(role)) : []
  return found.length === 0 || !Array.isArray(input) || found.length !== input.length ? undefined : found
}

const answered = (desk: Desk, name: Id, json: unknown, at: Moment): Outcome => {
  const [question, chosen, given] = ['question', 'answer', 'roles'].map((field) => fieldOf(json, field))
  if (typeof question !== 'string' || typeof chosen !== 'string') return { outcome: 'unreadable', faults: [{ path: typeof question === 'string' ? '/answer' : '/question', expected: 'a text', got: 'another' }] }
  const inRoles = rolesIn(given)
  if (given !== undefined && inRoles === undefined) return { outcome: 'unreadable', faults: [{ path: '/roles', expected: `some of ${roles.join(' ')}`, got: 'another' }] }
  return answer(desk, name, { question, answer: chosen, ...(inRoles === undefined ? {} : { roles: inRoles }) }, at)
}

const said = (desk: Desk, name: Id, json: unknown, at: Moment): Outcome => {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { outcome: 'unreadable', faults: [{ path: '', expected: 'a message', got: 'another' }] }
  const read = decodeMessage({ at, ...json, case: name })
  return read._tag === 'Left' ? { outcome: 'unreadable', faults: read.left } : say(desk, read.right.value, at)
}

/** Handles a request. */
export const handle = ({ desk, limits, secrets }: Receiver, request: Request): Handled => {
  const { at, body, headers } = request
  const away = turnedAway(request, limits)
  const route = routeOf(request.path)
  if (away !== undefined || route === undefined) return { response: away ?? says(404, 'there is nothing here') }
  if (body.length > limits.bytes) return { response: tooLarge(limits) }
  if (route.to === 'github' || route.to === 'jira') {
    const [signature, delivery] = route.to === 'github' ? [headers['x-hub-signature-256'], headers['x-github-delivery']] : [headers['x-hub-signature'], headers['x-atlassian-webhook-identifier']]
    if (!isSigned(secrets[route.to], signature, body)) return { response: says(401, 'the signature does not hold') }
    if (delivery !== undefined && delivery.length > DELIVERY) return { response: says(400, 'the id of the delivery is too long') }
    const read = readBody(body, limits)
    if ('reason' in read) return { response: says(400, read.reason) }
    const arrival = route.to === 'github' ? githubArrival(read.json, headers['x-github-event'], delivery, at) : jiraArrival(read.json, desk.settings, delivery, at)
    return typeof arrival === 'string' ? { response: says(202, arrival) } : told(arrive(desk, arrival), 200)
  }
  if (!isAllowed(secrets.token, headers['authorization'])) return { response: says(401, 'this needs the token', { 'www-authenticate': 'Bearer' }) }
  if (route.to === 'cases') return { response: { status: 200, body: { cases: [...desk.cases.keys()] } } }
  const kept = desk.cases.get(route.name)
  if (kept === undefined) return { response: says(404, 'there is no such case') }
  if (route.to === 'case') return { response: { status: 200, body: shown(desk, kept, at) } }
  if (route.to === 'log') return { response: { status: 200, headers: { 'content-type': 'application/jsonl; charset=utf-8' }, body: encodeLog(logOf(kept)) } }
  const read = readBody(body, limits)
  if ('reason' in read) return { response: says(400, read.reason) }
  return route.to === 'messages' ? told(said(desk, route.name, read.json, at), 201) : told(answered(desk, route.name, read.json, at), 200)
}
