/**
 * Histories of the case state: the orders in which the six events of one vendor's case can come.
 *
 * A history is a word of the six letters V F D P X A, each once, that leads through the machine `cs` from its first state
 * to its last. There are 70, with 217 prefixes. Besides that a fix needs a vendor that is aware and a deployment a fix,
 * two events are forced: after X while nothing is public, P comes next, and after P while the vendor is unaware, V. A forced
 * event stands after its cause, here and in every log; the other way round, other orderings would be met.
 *
 * The probability of a history is that of the random walk: at every state each event that it enables is equally likely.
 *
 * Source: docs/reference/measuring_cvd/possible_histories.md and _history_constraints.md, random_walk.md.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import { cs, type CsEvent, type VendorCaseState } from '../protocol/cs.js'
import { events, FINAL, nextOf, placeOf, stateOf, states } from './chain.js'
import { orderingIds, orderings, type OrderingId } from './orderings.js'
import { one, rational, type Rational } from './rational.js'

/** One of the 70 histories. */
export interface History {
  /** Its place among {@link histories}. */
  readonly index: number
  /** The events in order: `VFDPXA`. */
  readonly events: string
  /** Its probability under the random walk. */
  readonly probability: Rational
  /** The orderings that it meets. */
  readonly met: ReadonlyArray<OrderingId>
  /** The same as bits, in the order of {@link orderingIds}. */
  readonly bits: number
}

/** A beginning of a history: how far it has come, and how many of the 70 go on from it. */
export interface Prefix {
  readonly events: string
  readonly state: VendorCaseState
  /** The probability that the random walk begins so. */
  readonly probability: Rational
  /** The event that must come next, in an ephemeral state. */
  readonly forced?: CsEvent
  readonly continuations: number
}

/**
 * Why a text is no history:
 *
 * - `unknown-event`: a character that is none of the six letters;
 * - `repeated`: an event a second time; each happens once;
 * - `cause`: F before V, or D before F;
 * - `forced`: something else where one event must come next: P after X, V after P;
 * - `incomplete`: it ends before all six have happened.
 */
export type HistoryRule = 'unknown-event' | 'repeated' | 'cause' | 'forced' | 'incomplete'

/** Where and why a text is refused. */
export interface HistoryFault {
  readonly rule: HistoryRule
  /** The place of the character that is refused, from 0; the length of the text where it is incomplete. */
  readonly at: number
  /** The character that is refused, or nothing. */
  readonly got: string
  /** The state before it. */
  readonly state: VendorCaseState
  /** The events that could come instead. */
  readonly expected: ReadonlyArray<CsEvent>
}

const eventAt = (text: string, at: number): CsEvent | undefined => events.find((event) => event === text.charAt(at))

/** By the number of a state and the code of a character (`number * 128 + code`), the number of the next state, or 64. */
const stepped = /* @__PURE__ */ (() => {
  const table = new Uint8Array(65 * 128).fill(64)
  for (const { bits, enabled } of states) for (const event of enabled) table[bits * 128 + event.charCodeAt(0)] = nextOf[bits * 8 + placeOf[event]] ?? 64
  return table
})()

/** Whether a text is one of the 70 histories; the quick way, for many. {@link history} says why not. */
export const isHistory = (text: string): boolean => {
  if (text.length !== 6) return false
  let bits: number | undefined = 0
  for (let at = 0; at < 6; at++) {
    const code: number = text.charCodeAt(at)
    if (code > 127 || bits === undefined) return false
    bits = stepped[bits * 128 + code]
  }
  return bits === FINAL
}

const enabledIn = (bits: number): ReadonlyArray<CsEvent> => events.filter((_, place) => (nextOf[bits * 8 + place] ?? -1) >= 0)

const bitsOf = (word: string): number =>
  orderings.reduce((bits, { first, second }, place) => bits | (word.indexOf(first) < word.indexOf(second) ? 1 << place : 0), 0)

const ephemeral: ReadonlySet<number> = /* @__PURE__ */ new Set(states.filter((each) => each.ephemeral).map(({ bits }) => bits))

const found: ReadonlyArray<Prefix & { readonly bits: number }> = /* @__PURE__ */ (() => {
  const all: Array<Prefix & { readonly bits: number }> = []
  const continuations = new Map<number, number>([[FINAL, 1]])
  for (const { bits } of [...states].reverse()) {
    const onward = enabledIn(bits).reduce((count, event) => count + (continuations.get(nextOf[bits * 8 + placeOf[event]] ?? -1) ?? 0), 0)
    if (bits !== FINAL) continuations.set(bits, onward)
  }
  const visit = (word: string, bits: number, denominator: bigint): void => {
    const enabled = enabledIn(bits)
    const state = stateOf(bits) ?? cs.initial
    const [only] = enabled
    const forced = only !== undefined && ephemeral.has(bits) ? { forced: only } : {}
    all.push({ events: word, state, probability: rational(1n, denominator), continuations: continuations.get(bits) ?? 0, bits, ...forced })
    for (const event of enabled) visit(word + event, nextOf[bits * 8 + placeOf[event]] ?? 0, denominator * BigInt(enabled.length))
  }
  visit('', 0, 1n)
  return all
})()

/** The 217 beginnings of histories, the empty one and the 70 themselves included, each before those that go on from it. */
export const prefixes: ReadonlyArray<Prefix> = /* @__PURE__ */ found.map(({ bits: _, ...prefix }) => prefix)

/** The 70 histories, in the order of the machine's rows: `VFDPXA` first. */
export const histories: ReadonlyArray<History> = /* @__PURE__ */ found
  .filter(({ bits }) => bits === FINAL)
  .map(({ events: word, probability }, index) => {
    const bits = bitsOf(word)
    return { index, events: word, probability, met: orderingIds.filter((_, place) => ((bits >> place) & 1) === 1), bits }
  })

const prefixNamed: ReadonlyMap<string, Prefix> = /* @__PURE__ */ new Map(prefixes.map((each) => [each.events, each]))
const historyNamed: ReadonlyMap<string, History> = /* @__PURE__ */ new Map(histories.map((each) => [each.events, each]))

const nothing: Prefix = { events: '', state: cs.initial, probability: one, continuations: 70 }

const ruleOf = (before: string, event: CsEvent | undefined, forced: CsEvent | undefined): HistoryRule =>
  event === undefined ? 'unknown-event' : before.includes(event) ? 'repeated' : forced === undefined ? 'cause' : 'forced'

/** The first `at` characters as a prefix, for a text whose first `at` characters are one. */
const known = (text: string, at: number): Prefix => prefixNamed.get(text.slice(0, at)) ?? nothing

/** A beginning of a history, or where and why the text is none. */
export const prefix = (text: string): Either<HistoryFault, Prefix> => {
  const whole = text.length <= 6 ? prefixNamed.get(text) : undefined
  if (whole !== undefined) return right(whole)
  let at = 0
  while (prefixNamed.has(text.slice(0, at + 1))) at++
  const before = known(text, at)
  return left({ rule: ruleOf(before.events, eventAt(text, at), before.forced), at, got: text.charAt(at), state: before.state, expected: cs.enabled(before.state) })
}

/** One of the 70 histories, or where and why the text is none. */
export const history = (text: string): Either<HistoryFault, History> => {
  const whole = text.length === 6 ? historyNamed.get(text) : undefined
  if (whole !== undefined) return right(whole)
  const begun = prefix(text)
  return begun._tag === 'Left'
    ? begun
    : left({ rule: 'incomplete', at: text.length, got: '', state: begun.right.state, expected: cs.enabled(begun.right.state) })
}

const why: Readonly<Record<HistoryRule, string>> = {
  'unknown-event': 'is none of the events V F D P X A',
  repeated: 'has happened already',
  cause: 'lacks its cause: F needs V, and D needs F',
  forced: 'cannot come where another event is forced: P after X, V after P',
  incomplete: 'ends before all six events have happened',
}

/** A refusal in one sentence. */
export const describeHistoryFault = ({ at, expected, got, rule, state }: HistoryFault): string =>
  `${rule}: ${rule === 'incomplete' ? 'it' : `${got === '' ? 'nothing' : got} at place ${at}`} ${why[rule]}; in ${state} expected ${expected.join(' ') || 'nothing more'}`
