/**
 * One deterministic automaton, written as one literal table.
 *
 * A machine here is a table `state → event → next state` and the names that go with it. From that one literal come the
 * types of its states and events, the reducer `step`, the codec, the diagram, the words it accepts and the tests; there
 * is no second list to keep in step. Dead ends are empty rows, so every state is a row, and a target that is not a row
 * does not compile.
 *
 * This is the only generic file and the only one with casts: a lookup by a string that the compiler knows only as a
 * union needs them. Lookups go through own properties, so that `toString` is not an event.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'

/** The shape of a transition table: every state a row, every enabled event a cell that names the next state. */
export type Table = Readonly<Record<string, Readonly<Record<string, string>>>>

/** A table whose cells name only its own rows; what {@link machine} asks of its argument. */
export type Closed<T extends Table> = { readonly [S in keyof T]: { readonly [E in keyof T[S]]: keyof T } }

/** The names of a table's states. */
export type StateOf<T extends Table> = keyof T & string

/** The names of all the events that some state of a table has. */
export type EventOf<T extends Table> = { [S in keyof T]: keyof T[S] }[keyof T] & string

/** The events that a state of a table enables. */
export type Enabled<T extends Table, S extends StateOf<T>> = keyof T[S] & string

/** The state after an event; `never` where the state does not enable it. Distributes over unions of states and events. */
export type Next<T extends Table, S extends StateOf<T>, E extends EventOf<T>> = S extends unknown
  ? E extends keyof T[S]
    ? T[S][E]
    : never
  : never

/** Why a machine did not step: the state, the event that it does not enable there, and the events that it does. */
export interface NotEnabled<S extends string = string, E extends string = string> {
  readonly state: S
  readonly event: E
  readonly enabled: ReadonlyArray<E>
}

/** One edge of a machine. */
export interface Edge<S extends string = string, E extends string = string> {
  readonly from: S
  readonly event: E
  readonly to: S
}

/** What {@link machine} adds to a table: its names, its ends, and its named sets of states. */
export interface Parts<T extends Table> {
  readonly name: string
  readonly initial: StateOf<T>
  readonly accepting: ReadonlyArray<StateOf<T>>
  /** The standard's symbol of each state, for compact notation. Left out, a state is its own symbol. */
  readonly stateLetters?: Readonly<Record<StateOf<T>, string>>
  /** The standard's symbol of each event, for words and traces. */
  readonly eventLetters: Readonly<Record<EventOf<T>, string>>
}

/** A deterministic automaton: its table and everything that is read from it. */
export interface Machine<T extends Table> extends Required<Parts<T>> {
  readonly table: T
  readonly states: ReadonlyArray<StateOf<T>>
  readonly events: ReadonlyArray<EventOf<T>>
  /** Every edge, in the order of the table. */
  readonly edges: ReadonlyArray<Edge<StateOf<T>, EventOf<T>>>
  /** The next state, or why there is none. */
  readonly step: <S extends StateOf<T>, E extends EventOf<T>>(
    state: S,
    event: E,
  ) => Either<NotEnabled<StateOf<T>, EventOf<T>>, Next<T, S, E>>
  /** The events that a state enables, in the order of the table. */
  readonly enabled: (state: StateOf<T>) => ReadonlyArray<EventOf<T>>
  /** Every word of event letters, up to a length, that leads from the initial to an accepting state: shortest first, the empty one included. */
  readonly words: (maxLength: number) => ReadonlyArray<string>
}

/** Reads a table: its states, events, edges, reducer and words. Pure; the result is frozen by type only. */
export const machine = <const T extends Table & Closed<T>>(table: T, parts: Parts<T>): Machine<T> => {
  type S = StateOf<T>
  type E = EventOf<T>
  const states = Object.keys(table) as S[]
  const enabled = (state: S): E[] => (Object.hasOwn(table, state) ? (Object.keys(table[state] ?? {})) : [])
  const next = (state: S, event: E): S | undefined => {
    const row = Object.hasOwn(table, state) ? table[state] : undefined
    return row !== undefined && Object.hasOwn(row, event) ? (row[event]) : undefined
  }
  const words = (maxLength: number): string[] => {
    const found: string[] = []
    let reached: ReadonlyArray<readonly [word: string, state: S]> = [['', parts.initial]]
    for (let length = 0; length <= maxLength && reached.length > 0; length++) {
      for (const [word, state] of reached) if (parts.accepting.includes(state)) found.push(word)
      reached = reached.flatMap(([word, state]) =>
        enabled(state).map((event) => [word + parts.eventLetters[event], next(state, event) as S] as const),
      )
    }
    return found
  }
  return {
    ...parts,
    stateLetters:
      parts.stateLetters ?? (Object.fromEntries(states.map((state) => [state, state])) as Record<S, string>),
    table,
    states,
    events: Object.keys(parts.eventLetters),
    edges: states.flatMap((from) => enabled(from).map((event) => ({ from, event, to: next(from, event) as S }))),
    step: <A extends S, B extends E>(state: A, event: B) => {
      const to = next(state, event)
      return to === undefined ? left({ state, event, enabled: enabled(state) }) : right(to as Next<T, A, B>)
    },
    enabled,
    words,
  }
}

/**
 * The table's row for a string that may come from anywhere: itself if it names a state, otherwise `undefined`.
 * The narrowing that the codec and the notation use.
 */
export const stateNamed = <T extends Table>(of: Machine<T>, name: string): StateOf<T> | undefined =>
  Object.hasOwn(of.table, name) ? (name) : undefined
