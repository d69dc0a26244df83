/**
 * The codec of case logs: JSON lines, a header first.
 *
 * A log is read as far as it can be: every line that cannot be read is a fault with its number, and the rest is there to
 * work with. Blank lines are skipped. Writing gives one compact line an entry and a final newline.
 *
 * @module
 */
import { type Either, isLeft, left, right } from 'fp-ts/Either'
import * as t from 'io-ts'
import { cs } from '../protocol/cs.js'
import { em } from '../protocol/em.js'
import {
  type CaseLog, type Correction, type Edition, type Inheritance, type Local, type LocalEvent, type LogEntry, type LogHeader, type LogParticipant, type Membership,
  type ObservedEvent, type Observation, type Receipt, type Stamp,
} from '../protocol/log.js'
import type { Message } from '../protocol/message.js'
import { fits, parseState } from '../protocol/participant.js'
import { rm } from '../protocol/rm.js'
import { id, isRecord, json, type JsonSchema, moment, notation, ordinal, text } from './leaf.js'
import { checkMessage, decodeMessage, embargoShape, messageShape } from './message.js'
import { roleList } from './participant.js'
import { type Check, type Decoding, type Fault, reader, show } from './read.js'
import { schemaOf } from './schema.js'
import { codec, type StandardSchema } from './standard.js'

const ids = t.readonlyArray(id)

const localEvent: t.Type<LocalEvent, unknown> = t.keyof({
  discover: null, 'learn P': null, 'learn X': null, 'learn A': null, aware: null, expire: null,
  validate: null, invalidate: null, accept: null, defer: null, close: null, ready: null, deployed: null,
})

const prefixed = <P extends string, E extends string>(prefix: P, events: ReadonlyArray<E>): { readonly [K in `${P}.${E}`]: null } =>
  Object.fromEntries(events.map((event) => [`${prefix}.${event}`, null])) as { readonly [K in `${P}.${E}`]: null }

const observedEvent: t.Type<ObservedEvent, unknown> = t.keyof({
  ...cs.eventLetters, ...prefixed('rm', rm.events), ...prefixed('em', em.events),
})

const edition: t.Type<Edition, unknown> = t.keyof({ 'adopted@1': null, 'published@1': null })

const logParticipant: t.Type<LogParticipant, unknown> = t.intersection([
  t.type({ id, roles: roleList }),
  t.partial({ start: notation, aliases: ids }),
])

const inherits: t.Type<Inheritance, unknown> = t.intersection([
  t.type({ from: ids }),
  t.partial({ siblings: ids, embargo: embargoShape, signed: ids }),
])

const headerShape: t.Type<LogHeader, unknown> = t.intersection([
  t.type({
    log: t.literal(1), protocol: edition, case: id, participants: t.readonlyArray(logParticipant),
    world: t.keyof({ open: null, closed: null }),
  }),
  t.partial({
    as: id, title: text, ext: json, owner: id, manager: id,
    inherits, projection: id,
    decision: t.keyof({ first: null, unanimous: null, owner: null }), order: t.keyof({ causal: null, manager: null }),
  }),
])

const receipt: t.Type<Receipt, unknown> = t.intersection([t.type({ message: id, by: id }), t.partial({ at: moment })])

const cause = t.keyof({ own: null, observed: null })

const local: t.Type<Local, unknown> = t.intersection([
  t.type({ by: id, event: localEvent, at: moment }),
  t.partial({ id, after: ids, reason: text, cause, product: text, note: text, ext: json }),
])

const membership: t.Type<Membership, unknown> = t.intersection([
  t.type({ by: id, participant: id, change: t.keyof({ joins: null, leaves: null, roles: null, excluded: null, withdraws: null }), at: moment }),
  t.partial({ id, roles: roleList, start: notation, after: ids, note: text, ext: json }),
])

const observation: t.Type<Observation, unknown> = t.intersection([
  t.type({ event: observedEvent, at: moment, source: text }),
  t.partial({ id, about: id, after: ids, note: text, ext: json }),
])

const stamp: t.Type<Stamp, unknown> = t.intersection([
  t.type({ by: id, entry: id, sequence: ordinal, at: moment }),
  t.partial({ id, note: text }),
])

const correction: t.Type<Correction, unknown> = t.intersection([
  t.type({ by: id, of: id, change: t.keyof({ corrects: null, retracts: null, erases: null }), at: moment }),
  t.partial({ id, moment, digest: text, after: ids, note: text, ext: json }),
])

const entryShape: t.Type<LogEntry, unknown> = t.union([
  t.type({ message: messageShape }),
  t.type({ receipt }),
  t.type({ local }),
  t.type({ membership }),
  t.type({ observation }),
  t.type({ stamp }),
  t.type({ correction }),
])

const checkStart = (roles: LogParticipant['roles'], start: string | undefined, path: string): ReadonlyArray<Fault> => {
  const state = start === undefined ? undefined : parseState(start)
  return state !== undefined && state._tag === 'Right' && !fits(roles, state.right.cs)
    ? [{ path: `${path}/start`, expected: 'a case state of the shape that the roles give', got: show(start) }]
    : []
}

const checkHeader: Check<LogHeader> = ({ participants, as }) => {
  const names = participants.map((one) => one.id)
  return [
    ...participants.flatMap((one, index) => [
      ...checkStart(one.roles, one.start, `/participants/${index}`),
      ...(names.indexOf(one.id) < index ? [{ path: `/participants/${index}/id`, expected: 'no participant twice', got: show(one.id) }] : []),
    ]),
    ...(as !== undefined && !names.includes(as) ? [{ path: '/as', expected: `one of ${names.join(' ')}`, got: show(as) }] : []),
  ]
}

const needsAbout = (event: ObservedEvent): boolean => event !== 'P' && event !== 'X' && event !== 'A'

const checkEntry: Check<LogEntry> = (entry) => {
  if ('message' in entry) return checkMessage(entry.message).map((fault) => ({ ...fault, path: `/message${fault.path}` }))
  if ('observation' in entry)
    return needsAbout(entry.observation.event) && entry.observation.about === undefined
      ? [{ path: '/observation/about', expected: 'the participant that the event is about', got: 'nothing' }]
      : []
  if (!('membership' in entry)) return []
  const { change, roles, start } = entry.membership
  return roles === undefined
    ? change === 'joins' || change === 'roles'
      ? [{ path: '/membership/roles', expected: 'roles', got: 'nothing' }]
      : []
    : checkStart(roles, start, '/membership')
}

/** Takes in a log's header from anywhere. Never throws. */
export const decodeHeader: (input: unknown) => Decoding<LogHeader> = /* @__PURE__ */ reader(headerShape, checkHeader)

/** What an entry can be: exactly one of these is its key. */
const entryKinds = ['message', 'receipt', 'local', 'membership', 'observation', 'stamp', 'correction']

const within = (faults: ReadonlyArray<Fault>): ReadonlyArray<Fault> => (faults.length === 0 ? faults : faults.map((fault) => ({ ...fault, path: `/message${fault.path}` })))

/** An entry of what a message's reading gave. */
const messageEntry = (read: Decoding<Message>): Decoding<LogEntry> =>
  isLeft(read) ? left(within(read.left)) : right({ value: { message: read.right.value }, warnings: within(read.right.warnings) })

const readEntry = /* @__PURE__ */ reader(entryShape, checkEntry)

/** Takes in one entry of a log from anywhere. Never throws. */
export const decodeEntry = (input: unknown): Decoding<LogEntry> => {
  try {
    if (isRecord(input)) {
      const names = Object.keys(input)
      if (names.length === 1 && names[0] === 'message') return messageEntry(decodeMessage(input['message']))
      const kinds = entryKinds.filter((kind) => Object.hasOwn(input, kind))
      if (kinds.length !== 1) return left([{ path: '', expected: `one of ${entryKinds.join(' ')}`, got: kinds.join(' ') || 'none of them' }])
    }
  } catch {
    // Something threw when it was read; reading by the description says so.
  }
  return readEntry(input)
}

/** A fault or a warning on one line of a log; lines count from 1. */
export interface LineFault extends Fault {
  readonly line: number
}

/** A log that was read: as a value, with the line of each entry, and what could not be read or was left out. */
export interface ReadLog {
  readonly log: CaseLog
  /** The line of each entry, in the order of `log.entries`. */
  readonly lines: ReadonlyArray<number>
  /** Lines that could not be read; they are not among the entries. */
  readonly faults: ReadonlyArray<LineFault>
  readonly warnings: ReadonlyArray<LineFault>
}

/** Parses one line of JSON; a fault instead of an exception. */
export const parseJson = (line: string): Either<Fault, unknown> => {
  try {
    return right(JSON.parse(line) as unknown)
  } catch {
    return left({ path: '', expected: 'one JSON value', got: show(line) })
  }
}

/** Reads a case log. `Left` only where the header cannot be read: without it nothing has a meaning. Never throws. */
export const decodeLog = (input: string): Either<ReadonlyArray<LineFault>, ReadLog> => {
  const entries: LogEntry[] = []
  const lines: number[] = []
  const faults: LineFault[] = []
  const warnings: LineFault[] = []
  let header: LogHeader | undefined
  let number = 0
  for (let start = 0; start < input.length; ) {
    const newline = input.indexOf('\n', start)
    const end = newline < 0 ? input.length : newline
    const line = input.slice(start, end).trim()
    start = end + 1
    number++
    if (line === '') continue
    const taken: Decoding<LogHeader | LogEntry> = header === undefined ? take(line, decodeHeader) : take(line, decodeEntry)
    if (isLeft(taken)) {
      faults.push(...taken.left.map((fault) => ({ line: number, ...fault })))
      if (header === undefined) return left(faults)
      continue
    }
    const { value, warnings: leftOut } = taken.right
    for (const warning of leftOut) warnings.push({ line: number, ...warning })
    if ('log' in value) header = value
    else {
      entries.push(value)
      lines.push(number)
    }
  }
  return header === undefined
    ? left([{ line: 1, path: '', expected: 'a header line', got: 'an empty log' }])
    : right({ log: { header, entries }, lines, faults, warnings })
}

const take = <A>(line: string, decode: (input: unknown) => Decoding<A>): Decoding<A> => {
  const parsed = parseJson(line)
  return isLeft(parsed) ? left([parsed.left]) : decode(parsed.right)
}

/** A case log as JSON lines. */
export const encodeLog = (log: CaseLog): string =>
  [log.header, ...log.entries].map((line) => `${JSON.stringify(line)}\n`).join('')

/** A log's header as an io-ts codec and Standard Schema. */
export const LogHeaderCodec: t.Type<LogHeader, unknown> & StandardSchema<LogHeader> = codec('LogHeader', decodeHeader)

/** A log's entry as an io-ts codec and Standard Schema. */
export const LogEntryCodec: t.Type<LogEntry, unknown> & StandardSchema<LogEntry> = codec('LogEntry', decodeEntry)

/** The JSON Schema of a log's header. */
export const logHeaderSchema: JsonSchema = schemaOf(headerShape, 'LogHeader', ['known-participant'])

/** The JSON Schema of a log's entry. */
export const logEntrySchema: JsonSchema = schemaOf(entryShape, 'LogEntry', ['sender-not-recipient', 'bundle-order', 'no-self-reference', 'one-kind', 'about-needed', 'roles-needed'])
