/**
 * What a participant can do on its own: as values, and as numbers for who looks at millions of states.
 *
 * Which steps there are belongs to a configuration. Which of them can be taken depends on two things besides: which channels
 * are full, and what is spent of the budgets. So there is a row of numbers for each combination that occurs, made when it is
 * first asked for, all in one array.
 *
 * @module
 */
import type { MessageType } from '../protocol/message.js'
import type { Context } from '../protocol/rules.js'
import { grown } from './store.js'

/** A step that a participant takes on its own: a payment, a send, or a local step. */
export interface OwnStep {
  readonly kind: 'payment' | 'send' | 'local'
  /** The form or local event; for a payment, the type. */
  readonly name: string
  readonly types: ReadonlyArray<MessageType>
  readonly context: Partial<Context>
  /** The symbol that is sent, −1 for none, and the mask of its recipients. */
  readonly symbol: number
  readonly to: number
  readonly next: number
  /** Which budgets it takes from: 1 a step, 2 a repeat. */
  readonly costs: number
  /** The step properties that it violates, a bit each. */
  readonly violates: number
  /** It accepts, rejects or ends what its participant has pending of embargoes. */
  readonly decides: boolean
  /** It pays something that moves nobody who gets it. */
  readonly harmless: boolean
  readonly rules: ReadonlyArray<string>
}

/**
 * The steps of a participant as numbers: first how many there are, then flags, then five numbers for each; the constants
 * beside this say which is which.
 */
export interface StepTables {
  /** Where those of a configuration begin, given the mask of those to whom its channels are full, and what is spent: 1 steps, 2 repeats. */
  readonly at: (number: number, closed: number, spent: number) => number
  /** Everything; asked again after every `at`, which may put it elsewhere. */
  readonly numbers: () => Int32Array
}
/** What there is of each step, in this order; `what` is its place, and {@link WHAT}. */
export const STEP = { next: 0, symbol: 1, to: 2, what: 3, violates: 4, size: 5 } as const
/** Two bits of costs, whether it is harmless, and whether there is room; the place above them. */
export const WHAT = { costs: 3, harmless: 4, room: 8, place: 4 } as const
/** Something is owed; some step has room, whatever it costs; some step has none. */
export const FLAGS = { owes: 1, alive: 2, blocked: 4 } as const

/** Steps as numbers. Where a script says who does what, nobody is blocked who has nothing to do; there, steps without room are in the table as well. */
const numbersOf = (steps: ReadonlyArray<OwnStep>, closed: number, spent: number, scripted: boolean): ReadonlyArray<number> => {
  const hasRoom = ({ to }: OwnStep): boolean => (to & closed) === 0
  const affordable = steps.filter(({ costs }) => costs === 0 || ((spent & 1) === 0 && (costs !== 3 || (spent & 2) === 0)))
  const flags = (steps.some(({ costs }) => costs === 0) ? FLAGS.owes : 0) | (steps.some(hasRoom) ? FLAGS.alive : 0) | (affordable.some((step) => !hasRoom(step) && (!scripted || step.costs === 0)) ? FLAGS.blocked : 0)
  const there = affordable.filter((step) => scripted || hasRoom(step))
  return [there.length, flags, ...there.flatMap((step) => {
    const { costs, harmless, next, symbol, to, violates } = step
    return [next, symbol, to, costs | (harmless ? WHAT.harmless : 0) | (hasRoom(step) ? WHAT.room : 0) | (steps.indexOf(step) << WHAT.place), violates]
  })]
}

/** The tables of a participant's steps, each made when it is first asked for, in one array. */
export const tablesOf = (stepsIn: (number: number) => ReadonlyArray<OwnStep>, participants: number, scripted: boolean): StepTables => {
  let places = new Int32Array(1024).fill(-1)
  let numbers = new Int32Array(4096)
  let end = 0
  return {
    numbers: () => numbers,
    at: (number, closed, spent) => {
      const key = ((number << participants) | closed) * 4 + spent
      const known = places[key] ?? -1
      if (known >= 0) return known
      const more = numbersOf(stepsIn(number), closed, spent, scripted)
      places = grown(places, key + 1, -1)
      numbers = grown(numbers, end + more.length, 0)
      numbers.set(more, end)
      places[key] = end
      end += more.length
      return end - more.length
    },
  }
}
