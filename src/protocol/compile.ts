/**
 * Rules that remember their answers.
 *
 * A participant's state, a message type, a direction and a context are finitely many, so each is interpreted once, the
 * first time that it is asked for, and from then on found by a few integers. Nothing is computed at load.
 *
 * @module
 */
import { cs, dpxa, pxa } from './cs.js'
import { em } from './em.js'
import { type Cell, interpret, interpretLocal, roleShapeOf } from './interpret.js'
import { type LocalEvent, localEvents } from './log.js'
import { type MessageType, messageTypeList } from './message.js'
import type { Role, State } from './participant.js'
import { rm } from './rm.js'
import type { Context, RowType, RuleSet, Way } from './rules.js'

/** The number of a context; there are 48. */
export const contextNumber = (context: Context): number =>
  (context.subject === 'other' ? 1 : 0) +
  (context.reply ? 2 : 0) +
  (context.existing ? 4 : 0) +
  (context.answers ? 8 : 0) +
  (context.cause === 'own' ? 16 : context.cause === 'observed' ? 32 : 0)

/** The context of a number. */
export const contextOf = (number: number): Context => ({
  subject: (number & 1) !== 0 ? 'other' : 'own',
  reply: (number & 2) !== 0,
  existing: (number & 4) !== 0,
  answers: (number & 8) !== 0,
  cause: (number & 16) !== 0 ? 'own' : (number & 32) !== 0 ? 'observed' : 'none',
})

/** The number of each name by a hash of a few of its letters, which must differ for all names; −1 where there is none. */
const byHash = (names: ReadonlyArray<string>, hash: (name: string) => number): Int16Array => {
  const places = new Int16Array(1024).fill(-1)
  names.forEach((name, place) => (places[hash(name)] = place))
  return places
}
const letter = (name: string, at: number): number => name.charCodeAt(at) & 31
const twoLetters = (name: string): number => (letter(name, 0) << 5) | letter(name, 1)
/** Which letters of a case state are upper case, and how many there are. */
const risenLetters = (name: string): number => {
  let bits = 0
  for (let i = 0; i < name.length && i < 6; i++) bits = (bits << 1) | ((name.charCodeAt(i) >> 5) & 1)
  return bits | (name.length << 6 & 1023)
}

/*
 * Four lookups of one form, written out: as one function with parameters they are four times slower, and they are most of
 * what a transition costs. What a hash finds is compared, so another string is never taken for a name.
 */
const rmNames: ReadonlyArray<string> = /* @__PURE__ */ (() => rm.states)()
const rmPlaces = /* @__PURE__ */ byHash(rmNames, (name) => letter(name, 0))
const rmNumber = (name: string): number => {
  const place = rmPlaces[letter(name, 0)] ?? -1
  return rmNames[place] === name ? place : -1
}
const emNames: ReadonlyArray<string> = /* @__PURE__ */ (() => em.states)()
const emPlaces = /* @__PURE__ */ byHash(emNames, (name) => letter(name, 0))
const emNumber = (name: string): number => {
  const place = emPlaces[letter(name, 0)] ?? -1
  return emNames[place] === name ? place : -1
}
const csNames: ReadonlyArray<string> = /* @__PURE__ */ (() => [...cs.states, ...dpxa.states, ...pxa.states])()
const csPlaces = /* @__PURE__ */ byHash(csNames, risenLetters)
const csNumber = (name: string): number => {
  const place = csPlaces[risenLetters(name)] ?? -1
  return csNames[place] === name ? place : -1
}
const typePlaces = /* @__PURE__ */ byHash(messageTypeList, twoLetters)
const typeNumber = (name: string): number => {
  const place = typePlaces[twoLetters(name)] ?? -1
  return messageTypeList[place] === name ? place : -1
}
const localNumber = (event: LocalEvent): number => localEvents.indexOf(event)

/** Where the numbers of vendors', deployers' and the others' case states end. */
const VENDOR_END = 32
const DEPLOYER_END = 48
const OTHER_END = 56
const STATES = (OTHER_END + VENDOR_END) * 7 * 5

/**
 * The number of a participant's state, below {@link STATES}: its case state's (a vendor's a second time for those that
 * deploy), times RM, times EM. −1 where the case state does not have the shape that the roles give.
 */
export const stateNumber = (held: ReadonlyArray<Role>, state: State): number => {
  const csPart = csNumber(state.cs)
  const rmPart = rmNumber(state.rm)
  const emPart = emNumber(state.em)
  if (csPart < 0 || rmPart < 0 || emPart < 0) return -1
  let vendor = false
  let deployer = false
  for (let i = 0; i < held.length; i++) {
    if (held[i] === 'vendor') vendor = true
    else if (held[i] === 'deployer') deployer = true
  }
  const fitting = vendor ? csPart < VENDOR_END : deployer ? csPart >= VENDOR_END && csPart < DEPLOYER_END : csPart >= DEPLOYER_END
  return fitting ? ((vendor && deployer ? OTHER_END + csPart : csPart) * 7 + rmPart) * 5 + emPart : -1
}

/** A rule set that remembers its answers. */
export interface Compiled {
  /** What one type does; `undefined` where the case state does not have the shape of the roles, or the type is unknown. */
  readonly cell: (way: Way, type: MessageType, held: ReadonlyArray<Role>, state: State, context: number) => Cell | undefined
  /** What the pair CX and CP does as one; only where {@link Compiled.pairs} says that rows of this direction have it. */
  readonly pair: (way: Way, held: ReadonlyArray<Role>, state: State, context: number) => Cell | undefined
  /** What a local step does; `undefined` as above. */
  readonly localCell: (event: LocalEvent, held: ReadonlyArray<Role>, state: State) => Cell | undefined
  /** Whether rows of this direction are about the pair CX and CP as one. */
  readonly pairs: Readonly<Record<Way, boolean>>
}

/** Makes a rule set answer by index. Answers are frozen and shared: the same cell gives the same arrays. */
export const compile = (set: RuleSet): Compiled => {
  const known = new Map<string, Cell>()
  const intern = (cell: Cell): Cell => {
    const key = JSON.stringify(cell)
    const before = known.get(key)
    if (before !== undefined) return before
    for (const part of [cell.rules, cell.fired, cell.replies, cell.optional, cell.notes]) {
      for (const one of part) Object.freeze(one)
      Object.freeze(part)
    }
    for (const note of cell.notes) Object.freeze(note.requirements)
    // One literal, so that all answers have one hidden class and reading them stays cheap.
    const { refuse, rules, rm, em, cs, fired, replies, optional, notes } = cell
    const kept = Object.freeze({ refuse, rules, rm, em, cs, fired, replies, optional, notes })
    known.set(key, kept)
    return kept
  }

  /** Answers by what is asked (a type each way, the pair, a local event), then by context, then by state. */
  const tables: (Cell | undefined)[][][] = []
  const tableOf = (asked: number, context: number): (Cell | undefined)[] => {
    const byContext = (tables[asked] ??= [])
    return (byContext[context] ??= new Array<Cell | undefined>(STATES).fill(undefined))
  }
  const TYPES = messageTypeList.length + 1
  const alone = (state: State): State => ({ rm: state.rm, em: state.em, cs: state.cs })

  const answer = (way: Way, type: RowType, asked: number, held: ReadonlyArray<Role>, state: State, context: number): Cell | undefined => {
    const at = stateNumber(held, state)
    if (at < 0 || asked < 0) return undefined
    const table = tableOf(way === 'sent' ? asked : asked + TYPES, context)
    return (table[at] ??= intern(interpret(set, way, type, roleShapeOf(held), alone(state), contextOf(context))))
  }

  return {
    cell: (way, type, held, state, context) => answer(way, type, typeNumber(type), held, state, context),
    pair: (way, held, state, context) => answer(way, 'CX+CP', TYPES - 1, held, state, context),
    localCell: (event, held, state) => {
      const at = stateNumber(held, state)
      const asked = localNumber(event)
      if (at < 0 || asked < 0) return undefined
      const table = tableOf(asked + 2 * TYPES, 0)
      return (table[at] ??= intern(interpretLocal(set, event, roleShapeOf(held), alone(state))))
    },
    pairs: {
      sent: set.sent.some((row) => row.types.includes('CX+CP')),
      received: set.received.some((row) => row.types.includes('CX+CP')),
    },
  }
}
