/**
 * A case log of a million lines, read and replayed, beside `JSON.parse` of the same lines.
 *
 * A row that keeps what it read is held against the parser that keeps what it parsed: holding a million objects costs as
 * much again as making them. Core steps are `transition` for the sender and for the recipient of each message; `replay`
 * checks besides what everybody owes, cites and was told.
 */
import { adopted, type Message, type Participant, replay, start, transition } from 'mpcvd'
import { decodeLog, encodeLog } from 'mpcvd/codec'
import { type Group, timeLong } from './timing.js'

const LINES = 1_000_000
const types = ['RS', 'RK', 'RV', 'RA', 'EP', 'EA', 'CF', 'CP'] as const

const text = (): string => {
  const header = { log: 1, protocol: 'adopted@1', case: 'c', participants: [{ id: 'r', roles: ['reporter'] }, { id: 'v', roles: ['vendor'] }], world: 'open' } as const
  return encodeLog({
    header,
    entries: Array.from({ length: LINES }, (_, i): { message: Message } => ({
      message: { id: `m${i}`, case: 'c', from: i % 2 === 0 ? 'r' : 'v', to: [i % 2 === 0 ? 'v' : 'r'], types: [i < types.length ? types[i] ?? 'GI' : 'GI'], at: '2026-01-05T10:00:00Z', note: 'something worth saying' },
    })),
  })
}

/** Everybody's states after the messages, by the rules alone. */
const step = (messages: ReadonlyArray<Message>): ReadonlyMap<string, Participant> => {
  const states = new Map<string, Participant>([['r', start('r', ['reporter'])], ['v', start('v', ['vendor'])]])
  const one = (id: string, message: Message): void => {
    const state = states.get(id)
    const result = state === undefined ? undefined : transition(state, message)
    if (result?._tag === 'Right') states.set(id, result.right.state)
  }
  for (const message of messages) {
    one(message.from, message)
    for (const id of message.to) one(id, message)
  }
  return states
}

/** The rows. */
export const logGroup = (): Group => {
  const log = text()
  const lines = log.trim().split('\n')
  const messagesIn = (): ReadonlyArray<Message> => {
    const read = decodeLog(log)
    return read._tag === 'Right' ? read.right.log.entries.flatMap((entry) => ('message' in entry ? [entry.message] : [])) : []
  }
  return {
    id: 'log', title: `A case log of ${LINES.toLocaleString('en')} lines`, unit: 'line',
    rows: [
      timeLong('JSON.parse, nothing kept', LINES, 5, () => { let parsed = 0; for (const line of lines) if (JSON.parse(line) !== null) parsed++; return parsed }),
      timeLong('JSON.parse, all kept', LINES, 5, () => lines.map((line) => JSON.parse(line) as unknown)),
      timeLong('decodeLog', LINES, 5, () => decodeLog(log), { note: 'splits, parses, checks, copies' }),
      timeLong('decodeLog, then core steps', LINES, 5, () => step(messagesIn()), { target: { atMost: 1.5, of: 'JSON.parse, all kept' } }),
      timeLong('decodeLog, then replay', LINES, 3, () => { const read = decodeLog(log); return read._tag === 'Right' ? replay(adopted, read.right.log) : undefined }, { note: 'with every check of a replay' }),
    ],
  }
}
