/**
 * Places in a log: where a participant received a message, and where it was heard of next.
 *
 * @module
 */
import type { CaseLog, LogEntry } from '../protocol/log.js'
import type { Id } from '../protocol/message.js'
import type { Tolerable } from './breach.js'
import type { Move } from './move.js'
import { momentOf, type Replayed } from './scene.js'

/** Two ids as one key; ids may hold any character. */
const pair = (one: Id, other: Id): string => `${one.length} ${one} ${other}`

/** For a participant and a message, how it received it, with the entry that it was sent by. */
export const receipts = (log: CaseLog, moves: Replayed['moves']): ((who: Id | undefined, message: Id | undefined) => readonly [move: Move, entry: LogEntry] | undefined) => {
  const sent = new Map<Id, number>()
  const delivered = new Map<string, number>()
  log.entries.forEach((entry, place) => {
    if ('message' in entry && !sent.has(entry.message.id)) sent.set(entry.message.id, place)
    if ('receipt' in entry) delivered.set(pair(entry.receipt.by, entry.receipt.message), place)
  })
  return (who, message) => {
    const from = message === undefined ? undefined : sent.get(message)
    const place = delivered.size === 0 ? from : delivered.get(pair(who ?? '', message ?? ''))
    const move = place === undefined ? undefined : moves[place]?.find((one) => one.way === 'received' && one.who === who)
    const entry = from === undefined ? undefined : log.entries[from]
    return move === undefined || entry === undefined ? undefined : [move, entry]
  }
}

/** For a participant and an entry, its next message after that; the end of the log where there is none. */
export type NextStep = (who: Id | undefined, after: number) => Tolerable

/** Finds the {@link NextStep} in a log. */
export const nextSteps = (log: CaseLog): NextStep => {
  const sends = new Map<Id, number[]>()
  log.entries.forEach((entry, place) => {
    if (!('message' in entry)) return
    const known = sends.get(entry.message.from)
    if (known === undefined) sends.set(entry.message.from, [place])
    else known.push(place)
  })
  return (who, after) => {
    const places = (who === undefined ? undefined : sends.get(who)) ?? []
    let [low, high] = [0, places.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((places[middle] ?? 0) > after) high = middle
      else low = middle + 1
    }
    const entry = places[low] ?? log.entries.length - 1
    const at = momentOf(log.entries[entry])
    return { entry, ...(at === undefined ? {} : { at }) }
  }
}
