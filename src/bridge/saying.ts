/**
 * Saying something in a case, as a trial: messages one after the other, each on the state that the one before it left.
 *
 * @module
 */
import type { Id, Message, MessageType } from '../protocol/message.js'
import type { Participant } from '../protocol/participant.js'
import type { Refusal } from '../protocol/refusal.js'
import { readDate } from './dates.js'
import type { Sayings } from './row.js'
import type { Met, Reading } from './scene.js'
import { eventOf, isSo } from './speech.js'
import { textAt } from './value.js'

const isEmbargo = (type: MessageType): boolean => type.startsWith('E') && type !== 'EK' && type !== 'EE'

/** A newcomer is offered the embargo of the case; a proposal is one of its own, until the date that the row names. */
const termsOf = (reading: Reading, met: Met, type: MessageType): Pick<Message, 'embargo'> => {
  const { bridge, change, scene } = reading
  if (met.newcomer !== undefined || (type !== 'EP' && type !== 'EV'))
    return scene.embargo === undefined ? {} : { embargo: { id: scene.embargo, ...(type === 'EP' ? { existing: true } : {}) } }
  const written = met.row.until === undefined ? undefined : textAt(change.now, met.row.until)
  const end = written === undefined ? undefined : readDate(written, bridge.midnightIsDay)
  return { embargo: { id: `${met.id}:embargo`, ...(end === undefined ? {} : { end }) } }
}

const messageOf = (reading: Reading, met: Met, type: MessageType, from: Id, to: ReadonlyArray<Id>): Message => {
  const { bridge, change, record, scene } = reading
  const { at, row } = met
  const isReport = type.startsWith('R')
  const title = isReport && bridge.title !== undefined ? textAt(change.now, bridge.title) : undefined
  const vulnerability = isReport && bridge.vulnerabilities !== undefined ? textAt(change.now, bridge.vulnerabilities) : undefined
  const report = { id: record, ...(title === undefined ? {} : { title }), ...(vulnerability === undefined ? {} : { vulnerabilities: [vulnerability] }) }
  return {
    id: `${met.id}:${type}`, case: scene.case, from, to, types: [type], at,
    ...((type === 'CP' || type === 'CX' || type === 'CA') && row.cause !== undefined ? { cause: row.cause } : {}),
    ...(isEmbargo(type) ? termsOf(reading, met, type) : {}),
    ...(isReport && type !== 'RK' && type !== 'RE' ? { report } : {}),
    ...(type === 'GI' ? { note: row.undone ?? row.note } : {}),
  }
}

/** Messages of one sender, tried one after the other: what each would do, or the first refusal. */
export interface Trial {
  readonly messages: Message[]
  readonly states: Map<Id, Participant>
  /** What was received here makes these due, by who owes it and the type. */
  readonly owed: Set<string>
  refusal?: Refusal
}

const deliver = (reading: Reading, trial: Trial, message: Message, state: Participant): void => {
  trial.messages.push(message)
  trial.states.set(message.from, state)
  for (const type of message.types) trial.owed.delete(`${type} ${message.from}`)
  for (const id of message.to) {
    const recipient = trial.states.get(id)
    const received = recipient === undefined ? undefined : reading.protocol.transition(recipient, message)
    if (received?._tag !== 'Right') continue
    trial.states.set(id, received.right.state)
    for (const type of received.right.replies) trial.owed.add(`${type} ${id}`)
  }
}

const tryOne = (reading: Reading, met: Met, trial: Trial, type: MessageType, from: Id, to: ReadonlyArray<Id>): void => {
  const sender = trial.states.get(from)
  if (sender === undefined || (!trial.owed.has(`${type} ${from}`) && isSo(type, sender, to.map((id) => trial.states.get(id))))) return
  // A newcomer is offered the embargo that is in force; where there is none, its arrival proposes none.
  if (type === 'EP' && met.newcomer !== undefined && sender.em !== 'Active' && sender.em !== 'Revise') return
  const message = messageOf(reading, met, type, from, to)
  const sent = reading.protocol.transition(sender, message)
  if (sent._tag === 'Left') {
    trial.refusal = sent.left
    return
  }
  deliver(reading, trial, message, sent.right.state)
  // What it must announce with this is announced, although the state says already that it is so.
  for (const due of sent.right.replies) {
    const next = trial.states.get(from)
    const announcement = messageOf(reading, met, due, from, to)
    const announced = next === undefined || eventOf(due) === undefined || trial.messages.some(({ id }) => id === announcement.id) ? undefined : reading.protocol.transition(next, announcement)
    if (announced?._tag === 'Right') deliver(reading, trial, announcement, announced.right.state)
  }
}

/** Messages about the report's course: what the last of them says makes those before it needless. */
const isCourse = (type: MessageType): boolean => type === 'RI' || type === 'RV' || type === 'RD' || type === 'RA' || type === 'RC'

/** Tries to say something in a case: the first refusal ends it. What is so already is not said again, unless it is owed for what has just been received. */
export const attempt = (reading: Reading, met: Met, sayings: Sayings, from: Id, to: ReadonlyArray<Id>): Trial => {
  const trial: Trial = { messages: [], states: new Map(reading.states), owed: new Set(reading.owed) }
  const sender = trial.states.get(from)
  const last = sayings.filter(isCourse).at(-1)
  const settled = sender !== undefined && last !== undefined && isSo(last, sender, [])
  for (const type of sayings) {
    if (settled && isCourse(type)) continue
    tryOne(reading, met, trial, type, from, to)
    if (trial.refusal !== undefined) break
  }
  return trial
}
