/**
 * A case in the making: participants who speak with each other in one room, with an assertion at every step.
 *
 * This is all the glue that a program needs around the library. It holds a map of participants; every message goes
 * through `transition`, once for its sender and once for each recipient; every step of one's own goes through `local`;
 * and whatever a step makes due is sent at once, as `reply` writes it. Ids and times, which the library neither draws
 * nor reads, come from a counter. What was sent and done is a case log in the end.
 */
import assert from 'node:assert/strict'
import {
  adopted, type CaseLog, describe, formatState, type Id, isAnswer, local, type LocalEvent, type LogEntry, type LogParticipant,
  type Message, type MessageType, type Outcome, type Participant, type Refusal, replay, type ReplayStep, reply, startOf, transition,
} from 'mpcvd'
import { decodeLog, encodeLog } from 'mpcvd/codec'

/** What a message may say besides who sends what to whom. */
export type Details = Partial<Pick<Message, 'embargo' | 'report' | 'subject' | 'cause' | 'note'>>

/** One case, from the first message to the last. */
export interface Conversation {
  /** Sends a message, has everybody receive it, and has everybody answer. The outcome for its sender. */
  readonly send: (from: Id, types: ReadonlyArray<MessageType>, to: ReadonlyArray<Id>, details?: Details) => Outcome
  /** Takes a step that no message carries, and announces what it makes due. */
  readonly local: (by: Id, event: LocalEvent, reason?: string) => Outcome
  /** Somebody joins the case. */
  readonly join: (by: Id, newcomer: LogParticipant) => void
  /** What sending would do to its sender; nothing is sent. */
  readonly consider: (from: Id, types: ReadonlyArray<MessageType>, details?: Details) => ReturnType<typeof transition>
  /** Asserts where participants are. */
  readonly check: (states: Readonly<Record<Id, string>>) => void
  /** The types of the latest messages, each with its sender and recipients: `acme → alice: RK EK CV`. */
  readonly latest: (count: number) => ReadonlyArray<string>
  /**
   * Asserts that the log survives being written and read, that it replays to these very states with nothing amiss, and
   * that no answer in it is for show: without any one of them, the replay misses it.
   */
  readonly conclude: () => CaseLog
}

const summary = (message: Message): string => `${message.from} → ${message.to.join(', ')}: ${message.types.join(' ')}`

/** Opens a case. Participants who are not at Start know of each other from the first. */
export const conversation = (name: Id, members: ReadonlyArray<LogParticipant>): Conversation => {
  const participants = new Map<Id, Participant>()
  const entries: LogEntry[] = []
  const messages: Message[] = []
  /** What each participant has seen: the id of everybody's latest entry that reached it. */
  const seen = new Map<Id, Map<Id, Id>>()
  const heardOf = new Set<Id>()

  const at = (): string => new Date(Date.UTC(2026, 2, 2, 9) + entries.length * 3_600_000).toISOString()
  const nextId = (): Id => `${entries.length + 1}`
  const get = (id: Id): Participant => participants.get(id) ?? assert.fail(`${id} is not in the case`)
  const engaged = (): ReadonlyArray<Id> =>
    [...participants.values()].filter((one) => one.rm !== 'Closed' && heardOf.has(one.id)).map((one) => one.id)

  const enter = (member: LogParticipant): void => {
    const one = startOf(member.id, member.roles, member.start)
    participants.set(one.id, one)
    seen.set(one.id, new Map())
    if (one.rm !== 'Start') heardOf.add(one.id)
  }
  /** One's own latest entry first, then the others'. */
  const after = (id: Id): ReadonlyArray<Id> => {
    const { [id]: own, ...others } = Object.fromEntries(seen.get(id) ?? [])
    return [...(own === undefined ? [] : [own]), ...Object.values(others)]
  }
  const record = (entry: LogEntry, id: Id, by: Id, to: ReadonlyArray<Id>): void => {
    entries.push(entry)
    for (const one of [by, ...to]) {
      heardOf.add(one)
      seen.get(one)?.set(by, id)
    }
  }
  const take = (result: ReturnType<typeof transition>): Outcome => {
    if (result._tag === 'Left') assert.fail(describe(result.left))
    participants.set(result.right.state.id, result.right.state)
    return result.right
  }

  /** Sends a message and then, in the order in which they fall due, all that it leads to. The outcome for its sender. */
  const pass = (first: Message): Outcome => {
    const queue = [first]
    const outcomes: Outcome[] = []
    for (const due of queue) {
      const message: Message = { ...due, id: nextId(), at: at(), after: after(due.from) }
      const moved = [message.from, ...message.to].map((id) => take(transition(get(id), message)))
      record({ message }, message.id, message.from, message.to)
      messages.push(message)
      outcomes.push(...moved)
      // The queue grows while it is walked.
      queue.push(...moved.flatMap((outcome) => reply(outcome, message, { id: 'due', at: at(), engaged: engaged() })))
    }
    return outcomes[0] ?? assert.fail('nothing was sent')
  }
  const draft = (from: Id, types: ReadonlyArray<MessageType>, to: ReadonlyArray<Id>, details: Details = {}): Message =>
    ({ id: nextId(), case: name, from, to, types, at: at(), ...details })

  members.forEach(enter)
  return {
    send: (from, types, to, details) => pass(draft(from, types, to, details)),
    consider: (from, types, details) => transition(get(from), draft(from, types, engaged().filter((id) => id !== from), details)),
    local: (by, event, reason) => {
      const outcome = take(local(get(by), event))
      const id = nextId()
      record({ local: { id, by, event, at: at(), after: after(by), ...(reason === undefined ? {} : { reason }) } }, id, by, [])
      for (const due of reply(outcome, { id, case: name }, { id: 'due', at: at(), engaged: engaged() })) pass(due)
      return outcome
    },
    join: (by, newcomer) => {
      const id = nextId()
      const told = engaged().filter((one) => one !== by)
      record({ membership: { id, by, participant: newcomer.id, change: 'joins', roles: newcomer.roles, at: at(), after: after(by) } }, id, by, told)
      enter(newcomer)
    },
    check: (states) => {
      for (const [id, state] of Object.entries(states)) assert.equal(formatState(get(id)), state, id)
    },
    latest: (count) => messages.slice(-count).map(summary),
    conclude: () => {
      const log: CaseLog = { header: { log: 1, protocol: 'adopted@1', case: name, participants: members, world: 'closed' }, entries }
      const read = decodeLog(encodeLog(log))
      assert(read._tag === 'Right')
      assert.deepEqual({ ...read.right, lines: [] }, { log, lines: [], faults: [], warnings: [] })
      const replayed = replay(adopted, read.right.log)
      assert.deepEqual(replayed.findings, [])
      assert.deepEqual(replayed.participants, [...participants.values()])
      for (const answer of entries.filter((entry) => 'message' in entry && entry.message.types.every(isAnswer)))
        assert.notDeepEqual(replay(adopted, { header: log.header, entries: entries.filter((entry) => entry !== answer) }).findings, [])
      return read.right.log
    },
  }
}

/** The refusal of a step that is expected to be refused. */
export const refusal = (result: ReturnType<typeof transition>): Refusal =>
  result._tag === 'Left' ? result.left : assert.fail('this should have been refused')

/** Tells a log as a story: what was sent or done, and whom it moved. */
export const tell = (log: CaseLog): void => {
  const moves = new Map<number, string[]>()
  const note = ({ entry, before, result }: ReplayStep): void => {
    if (result._tag === 'Right' && result.right.state !== before)
      moves.set(entry, [...(moves.get(entry) ?? []), `${before.id} ${formatState(result.right.state)}`])
  }
  const { findings } = replay(adopted, log, note)
  console.log(`\n${log.header.case}`)
  log.entries.forEach((entry, index) => {
    const what =
      'message' in entry ? summary(entry.message)
      : 'local' in entry ? `${entry.local.by}: ${entry.local.event}`
      : 'membership' in entry ? `${entry.membership.participant} ${entry.membership.change}`
      : ''
    console.log(`${String(index + 1).padStart(4)}  ${what.padEnd(40)}${(moves.get(index) ?? []).join('  ')}`.trimEnd())
  })
  console.log(`      ${findings.length} findings`)
}
