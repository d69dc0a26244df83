/**
 * The desk of a vendor: its cases, and what comes in becomes of them.
 *
 * A webhook is one more snapshot of a record. It is compared with the snapshot that is kept, by the bridge of its source,
 * and what that gives goes into the case as one line: messages and observations, questions, and the new snapshot. Nothing
 * here knows of HTTP, files or clocks; a function gives what came of it and the line to be kept, or says why there is none.
 *
 * Three things make deliveries harmless that come twice, late or in another order: the delivery's own id, the record's own
 * time (an older snapshot than the one that is kept says nothing any more), and ids of entries that are made of the source's.
 */
import { isDeepStrictEqual } from 'node:util'
import { describe, type Id, type LogHeader, type Membership, type Message, type Moment, type Participant, type Refusal, type Role, start, transition } from 'mpcvd'
import type { Policy } from 'mpcvd/case'
import { caseOf, describeCaseFinding, ingest } from 'mpcvd/case'
import { type Bridge, observe, type Observed, type Scene } from 'mpcvd/bridge'
import { github, githubDatabase } from 'mpcvd/bridge/github'
import type { Fault } from 'mpcvd/codec'
import { type Asked, isSame, type Kept, type Line, linkedTo, lookAt, opened, readLine, withLine, written } from './kept.js'
import { cut, fieldOf, textAt, valueAt } from './record.js'

/** What the desk is told once. */
export interface Settings {
  /** The vendor whose desk it is. */
  readonly self: Id
  /** The issues of the tracker, as a bridge: `jira`, or a status map of one's own. */
  readonly issues: Bridge
  /** Answers to questions that need not be asked, by their ids. */
  readonly policy?: Readonly<Record<string, string>>
  /** Disclosure policies whose clocks run. */
  readonly policies?: ReadonlyArray<Policy>
}

/** All cases. */
export interface Desk {
  readonly settings: Settings
  readonly cases: ReadonlyMap<Id, Kept>
}

/** Something that came in and is to be kept: the line, and the case with it. */
export interface Grown {
  readonly outcome: 'kept'
  readonly name: Id
  readonly line: Line
  readonly kept: Kept
}

/** What became of something. Only `kept` changes anything. */
export type Outcome =
  | Grown
  /** It was known, is overtaken, or concerns no case here. */
  | { readonly outcome: 'nothing'; readonly reason: string; readonly name?: Id }
  /** It is not what it should be. */
  | { readonly outcome: 'unreadable'; readonly faults: ReadonlyArray<Fault> }
  /** There is no such case, or no such question. */
  | { readonly outcome: 'unknown'; readonly reason: string }
  /** The protocol does not permit it. */
  | { readonly outcome: 'refused'; readonly reason: string; readonly allowed: ReadonlyArray<string>; readonly requirements: ReadonlyArray<string> }

const nothing = (reason: string, name?: Id): Outcome => (name === undefined ? { outcome: 'nothing', reason } : { outcome: 'nothing', reason, name })
const unreadable = (path: string, expected: string, got: string): Outcome => ({ outcome: 'unreadable', faults: [{ path, expected, got }] })
const refused = (refusal: Refusal): Outcome => ({ outcome: 'refused', reason: describe(refusal), allowed: refusal.allowed, requirements: refusal.requirements })

/** A case that has grown by a line, as it is written and will be read again: what could not be read again is not kept. */
const grown = (name: Id, kept: Kept, line: Line): Outcome => {
  const read = readLine(written(line))
  const base = read?.header === undefined ? kept : opened(read.header)
  return read === undefined || base === undefined ? unreadable('', 'what a log can hold', 'another') : { outcome: 'kept', name, line: read, kept: withLine(base, read) }
}

/** A snapshot of a record, as a webhook brought it. */
export interface Arrival {
  readonly bridge: Bridge
  readonly record: unknown
  readonly delivery: string | undefined
  readonly at: Moment
  /** Whether it may open a case; what an observer says of something unknown does not. */
  readonly opens: boolean
}

/** Names of cases are names of files too. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
const ADVISORY = /^GHSA(?:-[0-9a-z]{4}){3}$/

/** The case that a record belongs to: the one that has it, the one that it names (an advisory's id among an issue's labels), or one of its own. */
const caseNameOf = (desk: Desk, key: string, id: string, record: unknown): Id => {
  for (const [name, { records }] of desk.cases) if (records.has(key)) return name
  const labels = valueAt(record, 'fields.labels')
  return (Array.isArray(labels) ? labels.find((each): each is string => typeof each === 'string' && ADVISORY.test(each)) : undefined) ?? id
}

/** A case that begins with a record: the vendor, and who reported it. Where that is an issue, the vendor has the report. */
const headerFor = ({ self }: Settings, { bridge, record }: Arrival, name: Id): LogHeader => {
  const login = fieldOf(record, 'submission') === null ? undefined : textAt(record, ['author.login'])
  const reporter = login !== undefined && /^[\w.-]{1,100}(?:\[bot\])?$/.test(login) ? `github:${login}` : 'reporter'
  const title = textAt(record, bridge.title ?? [])?.toWellFormed().slice(0, 200).toWellFormed()
  return {
    log: 1, protocol: 'adopted@1', case: name, world: 'open', owner: self, ...(title === undefined ? {} : { title }),
    participants: [{ id: reporter, roles: ['reporter'] }, bridge === github ? { id: self, roles: ['vendor'] } : { id: self, roles: ['vendor'], start: '(R,N,Vfdpxa)' }],
  }
}

/** The time of a record's last change; `undefined` where there is none, or it has not come yet, so that it orders nothing. */
const changedAt = (bridge: Bridge, record: unknown, now: Moment): number | undefined => {
  const time = Date.parse(textAt(record, bridge.changed) ?? '')
  return Number.isNaN(time) || time > Date.parse(now) + 300_000 ? undefined : time
}

const textsAt = (record: unknown, list: string, name: string): ReadonlyArray<string> => {
  const items = fieldOf(record, list)
  return Array.isArray(items) ? items.flatMap((item) => textAt(item, [name]) ?? []) : []
}

/** GitHub's names as the case has them, so that none of them can be taken for somebody else's. */
const namesIn = (record: unknown): NonNullable<Scene['names']> =>
  Object.fromEntries([...textsAt(record, 'collaborating_users', 'login'), ...textsAt(record, 'collaborating_teams', 'slug')].map((name) => [name, `github:${name.slice(0, 100).toWellFormed()}`]))

const sceneOf = ({ self }: Settings, kept: Kept, record: unknown, seen: Moment, policy: Scene['policy'] = {}): Scene => {
  const { of, participants } = lookAt(kept)
  const embargo = of.proposals.find(({ status }) => status === 'in force') ?? of.proposals.find(({ status }) => status === 'open')
  const reporter = kept.header.participants.find(({ roles }) => roles.includes('reporter'))?.id
  return {
    case: kept.header.case, participants, seen, policy, names: namesIn(record), parties: { vendor: self, ...(reporter === undefined ? {} : { reporter }) },
    ...(embargo === undefined ? {} : { embargo: embargo.id }),
  }
}

/** What the state did not allow when it came may be allowed later, say when a status that was skipped has been made up for. */
const AGAIN = { answer: 'again', meaning: 'Say it now, if the state allows it by now.' }

/** The questions that a change leaves open. `stamp` tells changes of one record apart; where it does not, a number does. */
const askedBy = ({ asked }: Kept, key: string, change: Asked['change'], { undecided }: Observed, stamp: string): ReadonlyArray<Asked> => {
  const found = new Map<string, Asked>()
  for (const { answers, at, id: by, newcomer, question, refusal, row } of undecided) {
    const name = `${key}:${by}:${stamp}`
    let id = name
    for (let number = 2; asked.has(id); number++) id = `${name}:${number}`
    const choices = answers.map(({ answer, meaning }) => ({ answer, meaning }))
    found.set(id, { id, record: key, row, by, question, answers: refusal === undefined ? choices : [AGAIN, ...choices], change, at, ...(newcomer === undefined ? {} : { newcomer }) })
  }
  return [...found.values()]
}

/** Takes in a snapshot of a record. */
export const arrive = (desk: Desk, arrival: Arrival): Outcome => {
  const { at, bridge, delivery } = arrival
  const record = cut(bridge, arrival.record)
  const id = textAt(record, bridge.id)
  const key = `${bridge.name}:${id ?? ''}`
  const name = caseNameOf(desk, key, id ?? '', arrival.record)
  const known = desk.cases.get(name)
  if (id === undefined || !NAME.test(name)) {
    const read = observe(bridge, { now: record }, { case: 'c', participants: [], parties: {}, seen: at })
    return read._tag === 'Left' ? { outcome: 'unreadable', faults: read.left } : unreadable(`/${bridge.id[0] ?? ''}`, 'an id of letters, digits, and . _ -', JSON.stringify(name.slice(0, 60)))
  }
  if (delivery !== undefined && known?.deliveries.has(delivery) === true) return nothing('this delivery was taken in before', name)
  if (known === undefined && !arrival.opens) return nothing('no case here is about it')
  const header = headerFor(desk.settings, arrival, name)
  const kept = known ?? opened(header)
  if (kept === undefined) return unreadable('', 'a record that a case can be opened for', 'another')
  const before = kept.records.get(key)
  if (isDeepStrictEqual(before, record)) return nothing('nothing has changed that matters here', name)
  const [last, time] = [before === undefined ? undefined : changedAt(bridge, before, at), changedAt(bridge, record, at)]
  if (last !== undefined && time !== undefined && time < last) return nothing('a later state of the record is known', name)
  const change = before === undefined ? { now: record } : { before, now: record }
  const read = observe(bridge, change, sceneOf(desk.settings, kept, record, at, desk.settings.policy))
  if (read._tag === 'Left') return { outcome: 'unreadable', faults: read.left }
  const line: Line = {
    ...(known === undefined ? { header } : {}), seen: at, ...(delivery === undefined ? {} : { delivery }), record: { key, snapshot: record },
    entries: linkedTo(kept, read.right.entries, desk.settings.self), asked: askedBy(kept, key, change, read.right, textAt(record, bridge.changed)?.slice(0, 40).toWellFormed() ?? at),
  }
  return grown(name, kept, line)
}

/** Answers a question that a change has left open, as the case is now. */
export const answer = (desk: Desk, name: Id, given: { readonly question: string; readonly answer: string; readonly roles?: ReadonlyArray<Role> }, at: Moment): Outcome => {
  const { self } = desk.settings
  const kept = desk.cases.get(name)
  const asked = kept?.asked.get(given.question)
  const bridge = [github, githubDatabase, desk.settings.issues].find((each) => asked?.record.startsWith(`${each.name}:`))
  const row = bridge?.rows.find(({ id }) => id === asked?.row)
  if (kept === undefined || asked === undefined || bridge === undefined || row === undefined) return { outcome: 'unknown', reason: 'there is no such open question' }
  if (!asked.answers.some((each) => each.answer === given.answer)) return unreadable('/answer', asked.answers.map((each) => each.answer).join(' or '), JSON.stringify(given.answer.slice(0, 60)))
  const alone: Bridge = { ...bridge, rows: [row] }
  const standing = Object.entries(desk.settings.policy ?? {}).filter(([by]) => given.answer !== AGAIN.answer || (by !== 'refused' && by !== asked.by))
  const scene = sceneOf(desk.settings, kept, asked.change.now, at, Object.fromEntries([...standing, ...(given.answer === AGAIN.answer ? [] : [[asked.by, given.answer] as const])]))
  const first = observe(alone, asked.change, scene)
  if (first._tag === 'Left') return { outcome: 'unreadable', faults: first.left }
  // Who comes in by an answer joins the case first, in the roles that the answer gives.
  const newcomers = given.answer === 'party' ? first.right.warnings.flatMap(({ kind, what }) => (kind === 'newcomer' && what === asked.newcomer ? [what] : [])) : []
  const { roles } = given
  if (newcomers.length > 0 && roles === undefined) return unreadable('/roles', `the roles of ${newcomers.join(', ').slice(0, 200)}`, 'nothing')
  const joining = newcomers.map((participant): { readonly membership: Membership } => ({
    membership: { id: `${given.question}:joins:${participant}`.slice(0, 500).toWellFormed(), by: self, participant, change: 'joins', roles: roles ?? [], at },
  }))
  const read = observe(alone, asked.change, { ...scene, participants: [...scene.participants, ...newcomers.map((id) => start(id, roles ?? []))] })
  if (read._tag === 'Left') return { outcome: 'unreadable', faults: read.left }
  const refusal = read.right.undecided.find((each) => each.refusal !== undefined && each.newcomer === asked.newcomer)?.refusal
  if (refusal !== undefined) return refused(refusal)
  const line: Line = { seen: at, entries: linkedTo(kept, [...joining, ...read.right.entries], self), asked: [], answered: given.question }
  return grown(name, kept, line)
}

/** What makes no message void: the case says so beside it. */
const remarks = ['not-announced', 'open-ended', 'gap', 'earlier-end']

/** Takes in a message that somebody in the case sends, if the protocol permits it. */
export const say = (desk: Desk, message: Message, at: Moment): Outcome => {
  const name = message.case
  const kept = desk.cases.get(name)
  if (kept === undefined) return { outcome: 'unknown', reason: 'there is no such case' }
  const known = kept.entries.find((entry) => 'message' in entry && entry.message.id === message.id)
  if (known !== undefined && 'message' in known)
    return isSame(known.message, message) ? nothing('this message was taken in before', name) : { outcome: 'refused', reason: 'another message has this id', allowed: [], requirements: [] }
  const { participants } = lookAt(kept)
  const stranger = [message.from, ...message.to].find((id) => !participants.some((one) => one.id === id))
  const sender: Participant | undefined = participants.find(({ id }) => id === message.from)
  if (stranger !== undefined || sender === undefined) return unreadable(stranger === message.from ? '/from' : '/to', `one of ${participants.map(({ id }) => id).join(', ')}`, JSON.stringify(stranger?.slice(0, 60)))
  const sent = transition(sender, message)
  if (sent._tag === 'Left') return refused(sent.left)
  const entries = linkedTo(kept, [{ message }], desk.settings.self)
  const void_ = caseOf(ingest(kept.ledger, entries)).findings.find(({ entry, kind }) => entry === message.id && !remarks.includes(kind))
  if (void_ !== undefined) return { outcome: 'refused', reason: describeCaseFinding(void_), allowed: [], requirements: void_.requirements }
  const line: Line = { seen: at, entries, asked: [] }
  return grown(name, kept, line)
}
