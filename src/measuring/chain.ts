/**
 * The case-state machine of a vendor as integers, for what walks through it many times.
 *
 * A state is the set of its events that have happened, one bit each in the order V F D P X A; an event adds its bit. So
 * every edge leads to a greater number, and walking through the states in the order of their numbers meets every cause
 * before its effects. All of it is read from the rows of `cs`; there is no second table.
 *
 * @module
 */
import { cs, type CsEvent, csSubsets, type VendorCaseState } from '../protocol/cs.js'
import { stateNamed } from '../protocol/machine.js'

/** The six events, in the order of the letters of a state. */
export const events = ['V', 'F', 'D', 'P', 'X', 'A'] as const satisfies ReadonlyArray<CsEvent>

/** The place of each event among {@link events}. */
export const placeOf: Readonly<Record<CsEvent, number>> = { V: 0, F: 1, D: 2, P: 3, X: 4, A: 5 }

/** The number of a state of the machine. */
export const numberOf = (state: VendorCaseState): number =>
  events.reduce((bits, event, place) => bits | (state.charAt(place) === event ? 1 << place : 0), 0)

/** A state as the chain has it. */
export interface ChainState {
  readonly state: VendorCaseState
  readonly bits: number
  readonly enabled: ReadonlyArray<CsEvent>
  /** One event is forced, the only one that is enabled. */
  readonly ephemeral: boolean
}

/** The states with their numbers, none before one that leads to it. */
export const states: ReadonlyArray<ChainState> = /* @__PURE__ */ cs.states
  .map((state) => ({ state, bits: numberOf(state), enabled: cs.enabled(state), ephemeral: csSubsets.Ephemeral.some((each) => each === state) }))
  .sort((a, b) => a.bits - b.bits)

/** The number of the last state, in which all has happened. */
export const FINAL = 63

/** For each number of a state and place of an event (`number * 8 + place`), the number of the next state, or -1. */
export const nextOf: Int8Array = /* @__PURE__ */ (() => {
  const table = new Int8Array(64 * 8).fill(-1)
  for (const { from, event, to } of cs.edges) table[numberOf(from) * 8 + placeOf[event]] = numberOf(to)
  return table
})()

/** The name of the state that has a number; `undefined` for a number that none has. */
export const stateOf = (bits: number): VendorCaseState | undefined =>
  stateNamed(cs, events.map((event, place) => ((bits >> place) & 1) === 1 ? event : event.toLowerCase()).join(''))
