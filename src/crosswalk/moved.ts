/**
 * What entries moved: the transitions that a replay fires, in the notation of the standard (`S –r→ R`).
 *
 * They stand beside what is cited, and decide nothing: a message that the protocol did not allow where it came was sent
 * all the same. The log is replayed by the reading under which it was made.
 *
 * @module
 */
import { em } from '../protocol/em.js'
import { protocols } from '../protocol/editions.js'
import type { CaseLog } from '../protocol/log.js'
import type { Machine, Table } from '../protocol/machine.js'
import type { Id } from '../protocol/message.js'
import { replay } from '../protocol/replay.js'
import { rm } from '../protocol/rm.js'
import type { Fired } from '../protocol/rules.js'
import type { Facts } from './fact.js'

/** Edges in a row, by the letters of a machine: `R –v→ V –a→ A`. */
const path = <T extends Table>(of: Machine<T>, from: string, events: ReadonlyArray<string>): string => {
  let state = from
  let text = of.states.flatMap((one) => (one === from ? [of.stateLetters[one]] : []))[0] ?? from
  for (const event of events) {
    const edge = of.edges.find((one) => one.from === state && one.event === event)
    if (edge === undefined) break
    text += ` –${of.eventLetters[edge.event]}→ ${of.stateLetters[edge.to]}`
    state = edge.to
  }
  return text
}

const eventsOf = (fired: ReadonlyArray<Fired>, machine: Fired['machine']): ReadonlyArray<string> => fired.filter((one) => one.machine === machine).map((one) => one.event)

/** What each entry moved, by participant; a receipt's doing is its message's. Entries that moved nothing are not here. */
export const movesOf = (log: CaseLog, facts: Facts): ReadonlyMap<number, ReadonlyMap<Id, ReadonlyArray<string>>> => {
  const moves = new Map<number, Map<Id, ReadonlyArray<string>>>()
  replay(protocols[log.header.protocol], log, ({ before, entry, result }) => {
    const place = facts.carriers.get(entry)
    if (place === undefined || result._tag === 'Left' || result.right.fired.length === 0) return
    const { fired, state } = result.right
    const [rms, css, ems] = [eventsOf(fired, 'rm'), eventsOf(fired, 'cs'), eventsOf(fired, 'em')]
    const texts = [
      ...(rms.length === 0 ? [] : [path(rm, before.rm, rms)]),
      ...(css.length === 0 ? [] : [`${before.cs} –${css.join(',')}→ ${state.cs}`]),
      ...(ems.length === 0 ? [] : [path(em, before.em, ems)]),
    ]
    const known = moves.get(place) ?? new Map<Id, ReadonlyArray<string>>()
    moves.set(place, known.set(before.id, [...(known.get(before.id) ?? []), ...texts]))
  })
  return moves
}
