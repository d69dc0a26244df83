/**
 * Report Management (RM): what one participant has done with the report. Each participant has its own.
 *
 * Source: docs/topics/process_models/rm/index.md, "RM DFA Fully Defined" (states, edges, subsets, the fifteen shortest
 * words). There is no edge from Valid to Closed: a valid report is deferred or accepted first.
 *
 * @module
 */
import { type EventOf, type Machine, machine, type StateOf } from './machine.js'

const table = {
  Start: { receive: 'Received' },
  Received: { validate: 'Valid', invalidate: 'Invalid' },
  Invalid: { validate: 'Valid', close: 'Closed' },
  Valid: { accept: 'Accepted', defer: 'Deferred' },
  Deferred: { accept: 'Accepted', close: 'Closed' },
  Accepted: { defer: 'Deferred', close: 'Closed' },
  Closed: {},
} as const

/** The literal table of {@link rm}. */
export type RmTable = typeof table

/** A state of Report Management. `Start` is before the report is known, `Closed` is final. */
export type RmState = StateOf<RmTable>

/** An event of Report Management. `receive` is the only one that another's message causes. */
export type RmEvent = EventOf<RmTable>

/** The Report Management automaton: 7 states, 11 edges. */
export const rm: Machine<RmTable> = /* @__PURE__ */ machine(table, {
  name: 'Report Management',
  initial: 'Start',
  accepting: ['Closed'],
  stateLetters: { Start: 'S', Received: 'R', Invalid: 'I', Valid: 'V', Deferred: 'D', Accepted: 'A', Closed: 'C' },
  eventLetters: { receive: 'r', validate: 'v', invalidate: 'i', accept: 'a', defer: 'd', close: 'c' },
})

/**
 * The named sets of RM states, as the RM page defines them: `Open` (known and not closed), `ValidYetUnclosed`,
 * `PotentiallyValidYetUnclosed`, `Active` (work goes on), `Inactive`; and `Closable`, the states that `close` leaves.
 */
export const rmSubsets = {
  Open: ['Received', 'Invalid', 'Valid', 'Deferred', 'Accepted'],
  ValidYetUnclosed: ['Valid', 'Deferred', 'Accepted'],
  PotentiallyValidYetUnclosed: ['Received', 'Valid', 'Deferred', 'Accepted'],
  Active: ['Received', 'Valid', 'Accepted'],
  Inactive: ['Invalid', 'Deferred', 'Closed'],
  Closable: ['Invalid', 'Deferred', 'Accepted'],
} as const satisfies Readonly<Record<string, ReadonlyArray<RmState>>>
