/**
 * What `mpcvd step` answers besides steps: a word of a machine, a value to be read, a log to be checked, a case to be put
 * together. Each kind of request has a key of its own; docs/step.md says what comes back.
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import { caseOf, charterOf, ingest, openLedger } from '../case/index.js'
import { decodeEntry, decodeHeader, decodeMessage, decodeParticipant, type Fault } from '../codec/index.js'
import { check, levels } from '../conformance/index.js'
import { type CaseLog, cs, em, type LogEntry, rm } from '../index.js'

type Fields = { readonly [key: string]: unknown }

/** An answer without its id. */
export type Answer = { readonly right: object } | { readonly left: object } | { readonly fault: ReadonlyArray<Fault> }

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const under = (path: string, faults: ReadonlyArray<Fault>): ReadonlyArray<Fault> => faults.map((fault) => ({ ...fault, path: path + fault.path }))
const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80))
const oneFault = (path: string, expected: string, got: unknown): Answer => ({ fault: [{ path, expected, got: shown(got) }] })

// ---- words ----

const machines = { rm, em, cs } as const

/** Follows a word through a machine: the state that it leads to, or the place of the first letter without an edge. */
const follow = ({ machine: name, word }: Fields): Answer => {
  const machine = name === 'rm' || name === 'em' || name === 'cs' ? machines[name] : undefined
  if (machine === undefined) return oneFault('/machine', 'rm, em or cs', name)
  if (typeof word !== 'string') return oneFault('/word', 'letters of events', word)
  let state: string = machine.initial
  for (const [at, letter] of Array.from(word).entries()) {
    const edge = machine.edges.find((one) => one.from === state && Object.entries(machine.eventLetters).some(([event, short]) => event === one.event && short === letter))
    if (edge === undefined) return { left: { kind: 'no-edge', at } }
    state = edge.to
  }
  return { right: { state } }
}

// ---- values ----

const readers = { message: decodeMessage, participant: decodeParticipant, header: decodeHeader, entry: decodeEntry } as const

const read = ({ read: kind, value }: Fields): Answer => {
  if (kind !== 'message' && kind !== 'participant' && kind !== 'header' && kind !== 'entry') return oneFault('/read', 'message, participant, header or entry', kind)
  const decoded = readers[kind](value)
  if (isLeft(decoded)) return { fault: decoded.left }
  return { right: { value: typeof decoded.right === 'object' && 'value' in decoded.right ? decoded.right.value : decoded.right } }
}

// ---- logs and cases ----

const logIn = (path: string, value: unknown): CaseLog | { readonly fault: ReadonlyArray<Fault> } => {
  if (!isFields(value)) return { fault: [{ path, expected: 'an object with header and entries', got: shown(value) }] }
  const { entries, header } = value
  const head = decodeHeader(header)
  const faults: Fault[] = isLeft(head) ? [...under(`${path}/header`, head.left)] : []
  const read: LogEntry[] = []
  if (!Array.isArray(entries)) faults.push({ path: `${path}/entries`, expected: 'a list of entries', got: shown(entries) })
  else
    entries.forEach((one: unknown, place) => {
      const entry = decodeEntry(one)
      if (isLeft(entry)) faults.push(...under(`${path}/entries/${place}`, entry.left))
      else read.push(entry.right.value)
    })
  return isLeft(head) || faults.length > 0 ? { fault: faults } : { header: head.right.value, entries: read }
}

const checked = (request: Fields): Answer => {
  const log = logIn('/log', request['log'])
  if ('fault' in log) return log
  const level = levels.find((one) => one === request['level'])
  if (request['level'] !== undefined && level === undefined) return oneFault('/level', levels.join(', '), request['level'])
  const { as } = request
  const { findings, verdict } = check(log, { ...(level === undefined ? {} : { level }), ...(typeof as === 'string' ? { as } : {}) })
  return { right: { verdict, findings } }
}

const assembled = (request: Fields): Answer => {
  const log = logIn('/case', request['case'])
  if ('fault' in log) return log
  const opened = openLedger(charterOf(log.header))
  if (isLeft(opened)) return { fault: under('/case/header', opened.left) }
  const { ledger, participants, settled, state } = caseOf(ingest(opened.right, log.entries.flatMap((entry) => ('receipt' in entry ? [] : [entry]))))
  return {
    right: {
      em: state.em, ...(state.inForce === undefined ? {} : { inForce: state.inForce }),
      facts: (['P', 'X', 'A'] as const).filter((fact) => state.facts[fact] !== undefined).join(''),
      participants: participants.map(({ consent, cs: own, em: embargo, engaged, id, rm: report }) => ({ id, rm: report, em: embargo, cs: own, engaged, consent })),
      settled: settled.count, void: [...ledger.standing.voids.keys()],
    },
  }
}

/** The kinds of requests, by the key that tells them. */
const kinds = { machine: follow, read, log: checked, case: assembled } as const

/** The answer to a request that is no step; `undefined` where it is one. */
export const answerTo = (request: Fields): Answer | undefined => {
  if ('state' in request || 'message' in request || 'local' in request) return undefined
  const key = (['machine', 'read', 'log', 'case'] as const).find((one) => Object.hasOwn(request, one))
  return key === undefined ? undefined : kinds[key](request)
}
