/**
 * Embargo Management (EM): whether the participants have agreed to keep the vulnerability to themselves, and until when.
 *
 * The published text calls this state global to the case; every participant holds its own copy of it, and the copies can
 * differ while messages are under way.
 *
 * Source: docs/topics/process_models/em/index.md, the grammar and the diagram of the EM states. `None` is accepting and
 * can be entered again (a proposal was rejected); `Exited` is final for this embargo.
 *
 * @module
 */
import { type EventOf, type Machine, machine, type StateOf } from './machine.js'

const table = {
  None: { propose: 'Proposed' },
  Proposed: { propose: 'Proposed', reject: 'None', accept: 'Active' },
  Active: { propose: 'Revise', terminate: 'Exited' },
  Revise: { propose: 'Revise', accept: 'Active', reject: 'Active', terminate: 'Exited' },
  Exited: {},
} as const

/** The literal table of {@link em}. */
export type EmTable = typeof table

/** A state of Embargo Management. In `Active` and in `Revise` an embargo is in force. */
export type EmState = StateOf<EmTable>

/** An event of Embargo Management. In `Revise`, `accept` and `reject` both lead back to `Active`: the terms differ, the state does not. */
export type EmEvent = EventOf<EmTable>

/** The Embargo Management automaton: 5 states, 10 edges. */
export const em: Machine<EmTable> = /* @__PURE__ */ machine(table, {
  name: 'Embargo Management',
  initial: 'None',
  accepting: ['None', 'Exited'],
  stateLetters: { None: 'N', Proposed: 'P', Active: 'A', Revise: 'R', Exited: 'X' },
  eventLetters: { propose: 'p', accept: 'a', reject: 'r', terminate: 't' },
})

/** The named sets of EM states: `InForce` (an embargo binds), `Open` (a proposal or a revision awaits an answer), `Negotiable` (no embargo yet, none ended). */
export const emSubsets = {
  InForce: ['Active', 'Revise'],
  Open: ['Proposed', 'Revise'],
  Negotiable: ['None', 'Proposed'],
} as const satisfies Readonly<Record<string, ReadonlyArray<EmState>>>
