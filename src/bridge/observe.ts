/**
 * The one interpreter of all bridges: what a change in a source means for a case.
 *
 * It takes two snapshots of a record, or its first, and gives what is to be written into the log: messages where somebody
 * in the case has spoken, observations where nobody can be named who has. Every message is tried on the participants first,
 * so that none comes out that the protocol refuses; what the state does not allow comes back as undecided, and so does what
 * the source leaves open. A policy decides such questions beforehand, by the id of the question.
 *
 * What a message obliges its sender to announce (the end of the embargo, with what has become public) it announces here as
 * well. What a receipt obliges somebody to answer stays owed: no program can say that a person has read something.
 *
 * Ids come from the source's own: the same change gives the same ids, whoever reads it, and however often.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import type { Fault } from '../codec/read.js'
import { adopted } from '../protocol/adopted.js'
import type { Observation } from '../protocol/log.js'
import type { Moment } from '../protocol/message.js'
import { readMoment } from '../protocol/moment.js'
import { describe, type Refusal } from '../protocol/refusal.js'
import { meets, newcomers } from './change.js'
import { between, lieOf, readDate } from './dates.js'
import type { Answer, Bridge, BridgeRow, Sayings } from './row.js'
import { attempt } from './saying.js'
import { type BridgeWarning, type Change, KEY, keyOf, type Met, type Observed, type Reading, type Scene, type Undecided } from './scene.js'
import { eventOf, isSo, isWorld } from './speech.js'
import { entryOf, kindOf, textAt } from './value.js'

/** The answers where the state does not allow what the source says. */
const refusedAnswers: ReadonlyArray<Answer> = [
  { answer: 'observe', meaning: 'Record it as something that was seen.', says: [] },
  { answer: 'ignore', meaning: 'Leave it out.', says: [] },
]

// ---- dates ----

const dateAt = (reading: Reading, where: string, paths: ReadonlyArray<string>): Moment | undefined => {
  const { bridge, change, report, scene, warnings } = reading
  const written = textAt(change.now, paths)
  if (written === undefined) return undefined
  const moment = readDate(written, bridge.midnightIsDay)
  const lie = lieOf(moment, scene.seen, where === 'created' ? undefined : report)
  if (lie !== undefined) warnings.push({ kind: lie, where, what: keyOf(written) })
  return lie === undefined || lie === 'before the report' ? moment : undefined
}

const changedIn = (bridge: Bridge, input: unknown): Moment | undefined => {
  const written = textAt(input, bridge.changed)
  return written === undefined ? undefined : readDate(written, bridge.midnightIsDay)
}

/** When the change of a row was: where it says so; else between the two snapshots; else between the report and the reading. */
const momentOf = (reading: Reading, row: BridgeRow): Moment => {
  const { bridge, change, report, scene } = reading
  const own = row.at === undefined ? undefined : dateAt(reading, row.id, row.at)
  if (own !== undefined) return own
  const last = dateAt(reading, row.id, bridge.changed)
  const first = change.before === undefined ? report : changedIn(bridge, change.before)
  return between(first, last ?? scene.seen)
}

// ---- observations ----

const record = (reading: Reading, met: Met, sayings: Sayings): void => {
  const { bridge, entries, scene, states, warnings } = reading
  const { at, row } = met
  for (const type of sayings) {
    const event = eventOf(type)
    if (event === undefined || (met.newcomer !== undefined && type !== 'RS')) continue
    const part = type === 'RS' ? row.to ?? 'vendor' : row.about ?? (row.speaker === 'observer' ? 'vendor' : row.speaker)
    const about = met.newcomer ?? scene.parties[part]
    if (!isWorld(event) && about === undefined) {
      warnings.push({ kind: 'nobody named', where: row.id, what: `${event} is about the ${part}, whom nobody has named` })
      continue
    }
    const observation: Observation = { id: `${met.id}:${event}`, event, ...(isWorld(event) || about === undefined ? {} : { about }), at, source: `${bridge.name} ${reading.record}` }
    const touched = isWorld(event) ? [...states.keys()] : about === undefined ? [] : [about]
    const before = touched.flatMap((id) => states.get(id) ?? [])
    if (before.length > 0 && before.every((each) => isSo(type, each, type === 'RS' ? [each] : []))) continue
    entries.push({ observation })
    for (const each of before) {
      const seen = reading.protocol.observe(each, event)
      if (seen._tag === 'Right') states.set(each.id, seen.right.state)
    }
  }
}

// ---- rows ----

/** What a policy answers a question by, the most particular first: about one of several newcomers, about all of them. */
const keysOf = (id: string, { newcomer }: Met): readonly [string, ...ReadonlyArray<string>] => (newcomer === undefined ? [id] : [`${id}:${newcomer}`, id])

/** The answer that a policy gives. */
const chosenBy = ({ scene }: Reading, keys: ReadonlyArray<string>): string | undefined => {
  for (const key of keys) {
    const chosen = entryOf(scene.policy ?? {}, key)
    if (chosen !== undefined) return chosen
  }
  return undefined
}

const ask = (reading: Reading, met: Met, id: string, asked: Omit<Undecided, 'id' | 'row' | 'at' | 'newcomer'>): void => {
  const keys = keysOf(id, met)
  const chosen = chosenBy(reading, keys)
  if (chosen !== undefined) reading.warnings.push({ kind: 'no such answer', where: id, what: chosen.slice(0, 60) })
  reading.undecided.push({ id: keys[0], row: met.row.id, ...asked, at: met.at, ...(met.newcomer === undefined ? {} : { newcomer: met.newcomer }) })
}

const say = (reading: Reading, met: Met, ways: ReadonlyArray<Sayings>): void => {
  const { entries, protocol, scene, states, warnings } = reading
  const { row } = met
  const first = ways[0]
  if (first === undefined) return
  const speaker = row.speaker === 'observer' ? undefined : scene.parties[row.speaker]
  if (speaker !== undefined && !states.has(speaker)) warnings.push({ kind: 'not in the case', where: row.id, what: speaker })
  const only = met.newcomer ?? (row.to === undefined ? undefined : scene.parties[row.to])
  const to = only !== undefined ? [only] : row.to === undefined ? [...states.keys()].filter((id) => id !== speaker) : []
  if (speaker === undefined || !states.has(speaker) || to.length === 0 || to.includes(speaker)) {
    record(reading, met, first)
    return
  }
  let refusal: Refusal | undefined
  for (const sayings of ways) {
    const trial = attempt(reading, met, sayings, speaker, to)
    refusal ??= trial.refusal
    if (trial.refusal !== undefined) continue
    for (const message of trial.messages) entries.push({ message })
    for (const [id, state] of trial.states) states.set(id, state)
    reading.owed.clear()
    for (const owed of trial.owed) reading.owed.add(owed)
    return
  }
  if (refusal === undefined) return
  const id = `${row.id}.refused`
  const chosen = chosenBy(reading, [...keysOf(id, met), 'refused'])
  if (chosen === 'observe') record(reading, met, first)
  else if (chosen !== 'ignore') ask(reading, met, id, { question: `The source says so, and the state does not allow it under ${protocol.edition}: ${describe(refusal)} What is to become of it?`, answers: refusedAnswers, refusal })
}

const meet = (reading: Reading, met: Met): void => {
  const { warnings } = reading
  const { row } = met
  if (row.undone !== undefined) warnings.push({ kind: 'cannot be undone', where: row.id, what: row.undone })
  if (met.newcomer !== undefined && !reading.states.has(met.newcomer)) warnings.push({ kind: 'newcomer', where: row.id, what: met.newcomer })
  if (row.says !== undefined) say(reading, met, row.says)
  if (row.asks === undefined) return
  const chosen = chosenBy(reading, keysOf(row.id, met))
  const answer = row.asks.answers.find((each) => each.answer === chosen)
  if (answer !== undefined) say(reading, met, answer.says)
  else ask(reading, met, row.id, { question: row.asks.question, answers: row.asks.answers })
}

const fault = (path: string, expected: string, got: unknown): Either<ReadonlyArray<Fault>, never> => left([{ path, expected, got: kindOf(got) }])

const run = (bridge: Bridge, change: Change, scene: Scene): Either<ReadonlyArray<Fault>, Observed> => {
  const { now } = change
  if (typeof now !== 'object' || now === null || Array.isArray(now)) return fault('', 'a record', now)
  const id = textAt(now, bridge.id)
  if (id === undefined || id.length > 2 * KEY) return fault(`/${bridge.id[0]?.replaceAll('.', '/') ?? ''}`, `an id of at most ${2 * KEY} characters`, id)
  if (change.before !== undefined && textAt(change.before, bridge.id) !== id) return fault('/before', `an earlier snapshot of ${id}`, textAt(change.before, bridge.id))
  if (readMoment(scene.seen) === undefined) return fault('/seen', 'a moment', scene.seen)
  const reading: Reading = {
    bridge, change, scene, protocol: scene.protocol ?? adopted, record: id,
    states: new Map(scene.participants.map((each) => [each.id, each])), owed: new Set(), entries: [], warnings: [], undecided: [], rows: [], report: undefined,
  }
  const dated: Reading = { ...reading, report: bridge.created === undefined ? undefined : dateAt(reading, 'created', bridge.created) }
  for (const row of bridge.rows) {
    if (!meets(row, change.before, now)) continue
    const names: ReadonlyArray<string | undefined> = row.each === undefined ? [undefined] : newcomers(row, change.before, now)
    if (names.length === 0) continue
    dated.rows.push(row.id)
    const at = momentOf(dated, row)
    const stamp = keyOf(textAt(now, row.at ?? []) ?? textAt(now, bridge.changed) ?? '')
    for (const name of names) {
      const met: Met = { row, at, id: [bridge.name, id, row.id, ...(name === undefined ? [] : [keyOf(name)]), stamp].join(':') }
      meet(dated, name === undefined ? met : { ...met, newcomer: entryOf(scene.names ?? {}, name) ?? keyOf(name) })
    }
  }
  const { entries, rows, states, undecided } = dated
  return right({
    entries,
    messages: entries.flatMap((entry) => ('message' in entry ? [entry.message] : [])),
    observations: entries.flatMap((entry) => ('observation' in entry ? [entry.observation] : [])),
    warnings: distinct(dated.warnings), undecided, rows, participants: [...states.values()],
  })
}

const distinct = (warnings: ReadonlyArray<BridgeWarning>): ReadonlyArray<BridgeWarning> =>
  warnings.filter((one, place) => warnings.findIndex((other) => other.kind === one.kind && other.what === one.what && (other.where === one.where || one.kind === 'before 1970' || one.kind === 'in the future')) === place)

/** What a change in a source means for a case. The record may be anything: what cannot be read is a fault with its place, and then nothing else comes out. */
export const observe = (bridge: Bridge, change: Change, scene: Scene): Either<ReadonlyArray<Fault>, Observed> => {
  try {
    return run(bridge, change, scene)
  } catch {
    return fault('', 'plain data', 'something that throws when it is read')
  }
}
