/**
 * What one participant of a model can do and what becomes of it, step by step, worked out once.
 *
 * A *configuration* is all of a participant that matters: its state, what it owes to whom, whose acknowledgement it waits for,
 * and whose terms are open and in force. Configurations are numbered for each participant in the order in which they are met.
 * What happens to one is asked of the rule set by the library's own `transition` and `local`, the first time that it is
 * needed, and kept; so the explorer never sees a message, and whatever is checked of a single step is checked once.
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import { type LocalEvent, localEvents } from '../protocol/log.js'
import { type Message, type MessageType, messageTypeList } from '../protocol/message.js'
import type { Participant } from '../protocol/participant.js'
import { acknowledgedBy, dues } from '../protocol/reply.js'
import type { Context } from '../protocol/rules.js'
import type { Outcome } from '../protocol/transition.js'
import { acknowledging, type Form, type Symbol, symbolOf } from './alphabet.js'
import { harmlessSymbols } from './harmless.js'
import { formsOf, localOf, type Model, nameOf, startIn } from './model.js'
import { type OwnStep, type StepTables, tablesOf } from './own-step.js'
import type { LocalStep, StepProperty } from './property.js'
import { grown } from './store.js'

/** Something owed: a symbol, to the participants of a mask; an announcement goes to all of them in one step. */
export interface Owed {
  readonly type: MessageType
  readonly symbol: number
  readonly to: number
  readonly everyone: boolean
}

/** A participant as the model has it. */
export interface Configuration {
  readonly state: Participant
  readonly owes: ReadonlyArray<Owed>
  /** By awaited type, the mask of those who have not acknowledged. */
  readonly awaits: ReadonlyArray<number>
  /** Whose terms are proposed and whose are in force, by place; −1 for nobody's. */
  readonly open: number
  readonly force: number
}

/** One participant's configurations. */
export interface Conduct {
  /** How many configurations were met so far. */
  readonly count: () => number
  /** A configuration by its number. */
  readonly configuration: (number: number) => Configuration
  /** The number of a configuration, given out where it is met for the first time. */
  readonly numberOf: (configuration: Configuration) => number
  /** The payments first. */
  readonly steps: (number: number) => ReadonlyArray<OwnStep>
  /** The steps that can be taken, as numbers, for who looks at millions. */
  readonly tables: StepTables
  /** The next configuration when a symbol comes from a participant, without the properties. */
  readonly receive: (number: number, symbol: number, from: number) => number
  /** The step properties that the delivery violates. */
  readonly receiveViolates: (number: number, symbol: number, from: number) => number
  /** The rows that deliveries used so far, and local steps that change nothing, which are no steps of the model. */
  readonly used: ReadonlySet<string>
}

/** What a step starts from, besides its configuration: who sent the message (−1 for the participant itself), whose terms it is about, and what is left to pay and to wait for. */
interface Occasion extends Pick<LocalStep, 'way' | 'types' | 'context' | 'event' | 'owed'> {
  readonly sender: number
  readonly about: number
  readonly owes: ReadonlyArray<Owed>
  readonly awaits: ReadonlyArray<number>
}

const sameState = (one: Participant, other: Participant): boolean => one.rm === other.rm && one.em === other.em && one.cs === other.cs

/** One literal, so that all steps have one hidden class. */
const ownStep = (
  kind: OwnStep['kind'], { em }: Participant, { name, types }: Pick<Form, 'name' | 'types'>, context: Partial<Context>, symbol: number, to: number, costs: number,
  { next, rules, violates }: Pick<OwnStep, 'next' | 'violates' | 'rules'>, harmless: boolean,
): OwnStep => ({
  kind, name, types, context, symbol, to, next, costs, violates, rules, harmless,
  decides: kind === 'send' && (em === 'Proposed' || em === 'Revise') && types.some((type) => deciding.includes(type)),
})

const CASE = 'model'
const AT = '2026-01-01T00:00:00Z'
const deciding: ReadonlyArray<MessageType> = ['EA', 'ER', 'EC', 'EJ', 'ET']

/** The symbols of a model, all that can ever be in a channel; a superset is harmless. */
export const symbolsOf = (model: Model): ReadonlyArray<Symbol> => {
  const { rules } = model.protocol
  const awaited = model.awaits ?? []
  const rows = [...rules.received, ...rules.sent, ...rules.local]
  const due = [...rows.flatMap((row) => row.replies ?? []), ...[...rules.consequences, ...rules.forced].flatMap((row) => row.announce)]
  const repliable = messageTypeList.filter((type) => due.includes(type) && (model.acknowledgements !== false || !acknowledging.includes(type)))
  const everybody = model.participants.map((_, place) => place)
  const spread = (symbol: Symbol): ReadonlyArray<Symbol> =>
    model.terms === true && symbol.types.some((type) => type === 'EA' || type === 'EC') ? everybody.map((terms) => symbolOf(rules, symbol.types, symbol.context, { terms })) : [symbol]
  const all = [
    ...formsOf(model).flatMap((form) => spread(symbolOf(rules, form.types, form.context ?? {}))),
    ...repliable.flatMap((type) => {
      const acknowledged = acknowledgedBy(type)
      return [...spread(symbolOf(rules, [type], { reply: true })), ...awaited.filter((one) => acknowledged.includes(one)).map((of) => symbolOf(rules, [type], { reply: true }, { of }))]
    }),
  ]
  return all.filter((one, place) => all.findIndex((other) => other.name === one.name) === place)
}

/** The message of a symbol or form, between participants by name. */
const messageOf = (from: string, to: ReadonlyArray<string>, types: ReadonlyArray<MessageType>, context: Partial<Context>): Message => ({
  id: 'm', case: CASE, from, to, types, at: AT,
  ...(context.reply === true ? { inReplyTo: 'r' } : {}),
  ...(context.subject === 'other' ? { subject: 'another' } : {}),
  ...(context.answers === true || context.existing === true
    ? { embargo: { id: 'e', ...(context.answers === true ? { answers: 'p' } : {}), ...(context.existing === true ? { existing: true } : {}) } }
    : {}),
})

/** The conduct of a participant, by place, under step properties whose violations are noted. */
export const conduct = (model: Model, place: number, symbols: ReadonlyArray<Symbol>, properties: ReadonlyArray<StepProperty>): Conduct => {
  const { protocol } = model
  const awaited = model.awaits ?? []
  const count = model.participants.length
  const names = model.participants.map((_, other) => nameOf(model, other))
  const others = (2 ** count - 1) & ~(1 << place)
  const self = names[place] ?? ''
  const offered = formsOf(model)
  const silent = localOf(model)
  const numbered = new Map(symbols.map(({ name }, number) => [name, number] as const))
  const symbolNumber = (types: ReadonlyArray<MessageType>, context: Partial<Context>, more: Pick<Symbol, 'of' | 'terms'> = {}): number =>
    numbered.get(symbolOf(protocol.rules, types, context, more).name) ?? -1
  const named = (mask: number): ReadonlyArray<string> => names.filter((_, other) => (mask & (1 << other)) !== 0)
  const used = new Set<string>()
  const harmless = harmlessSymbols(protocol.rules, symbols)

  const configurations: Configuration[] = []
  const numbers = new Map<string, number>()
  const steps: (ReadonlyArray<OwnStep> | undefined)[] = []
  const stride = symbols.length * count
  let receipts = new Int32Array(stride * 64).fill(-1)
  let violations = new Int32Array(stride * 64)

  const numberOf = (one: Configuration): number => {
    const { rm, em, cs } = one.state
    const key = `${rm},${em},${cs};${one.owes.map(({ everyone, symbol, to }) => `${symbol}.${to}.${everyone}`).join()};${one.awaits.join()};${one.open};${one.force}`
    const before = numbers.get(key)
    if (before !== undefined) return before
    const number = configurations.push(one) - 1
    numbers.set(key, number)
    receipts = grown(receipts, configurations.length * stride, -1)
    violations = grown(violations, configurations.length * stride, 0)
    return number
  }
  const at = (number: number): Configuration => configurations[number] ?? origin

  /** What is owed already and what a step adds; the same symbol to several is one entry with all of them. */
  const owing = (before: ReadonlyArray<Owed>, outcome: Outcome, from: number, about: ReadonlyArray<MessageType>): ReadonlyArray<Owed> => {
    const all = [...before]
    for (const { required, to, type } of dues(outcome)) {
      if (!required || (model.acknowledgements === false && acknowledging.includes(type))) continue
      const everyone = to === 'everyone' || from < 0
      const acknowledged = acknowledgedBy(type)
      const waiting = awaited.filter((one) => about.includes(one) && acknowledged.includes(one))
      for (const of of waiting.length === 0 ? [undefined] : waiting) {
        const symbol = symbolNumber([type], { reply: true }, of === undefined ? {} : { of })
        if (symbol < 0) continue
        const mask = everyone ? others : 1 << from
        const known = all.findIndex((one) => one.symbol === symbol && one.everyone === everyone)
        if (known < 0) all.push({ type, symbol, to: mask, everyone })
        else all[known] = { type, symbol, to: (all[known]?.to ?? 0) | mask, everyone }
      }
    }
    return all.sort((a, b) => a.symbol - b.symbol || Number(a.everyone) - Number(b.everyone))
  }
  /** What is left to pay once a payment, or types of one's own accord, were sent to some. */
  const paid = (owes: ReadonlyArray<Owed>, kind: 'payment' | 'send', symbol: number, types: ReadonlyArray<MessageType>, to: number): ReadonlyArray<Owed> =>
    owes.map((one) => ((kind === 'payment' ? one.symbol === symbol : types.includes(one.type)) && (!one.everyone || (one.to & ~to) === 0) ? { ...one, to: one.to & ~to } : one)).filter((one) => one.to !== 0)

  const sendable = (state: Participant, type: MessageType): boolean => !isLeft(protocol.transition(state, messageOf(self, named(others), [type], { reply: true })))
  const judged = (step: Omit<LocalStep, 'unsendable'>, owes: ReadonlyArray<Owed>): number => {
    if (properties.length === 0) return 0
    const unsendable = owes.map(({ type }) => type).filter((type) => !sendable(step.after, type))
    const whole = { ...step, unsendable }
    return properties.reduce((bits, property, index) => (property.violated(whole) ? bits | (1 << index) : bits), 0)
  }

  /** Whose terms are open and in force after a step, given whose an acceptance or proposal is about. */
  const termsAfter = (before: Configuration, { fired, state }: Outcome, types: ReadonlyArray<MessageType>, about: number): Pick<Configuration, 'open' | 'force'> => {
    if (model.terms !== true) return { open: -1, force: -1 }
    const proposes = types.includes('EP') || types.includes('EV')
    const accepts = fired.some(({ event, machine }) => machine === 'em' && event === 'accept')
    const accepted = about >= 0 && !proposes ? about : before.open
    const pending = state.em === 'Proposed' || state.em === 'Revise'
    const bound = state.em === 'Active' || state.em === 'Revise'
    return { open: pending ? (proposes ? about : before.open) : -1, force: bound ? (accepts ? accepted : before.force) : -1 }
  }

  /** The configuration after an outcome, and what the step violates. */
  const taken = (from: Configuration, outcome: Outcome, occasion: Occasion): Pick<OwnStep, 'next' | 'violates' | 'rules'> => {
    const { about, awaits, owes, sender, ...step } = occasion
    const { fired, optional, replies, rules, state } = outcome
    const owed = owing(owes, outcome, sender, step.types)
    return {
      next: numberOf({ state, owes: owed, awaits, ...termsAfter(from, outcome, step.types, about) }),
      rules,
      violates: judged({ ...step, before: from.state, after: state, fired, optional, replies, rules, unspecified: false }, owed),
    }
  }

  const sending = (from: Configuration, kind: 'payment' | 'send', form: Pick<Form, 'name' | 'types'>, context: Partial<Context>, to: number, symbol: number, about: number): OwnStep | undefined => {
    const result = protocol.transition(from.state, messageOf(self, named(to), form.types, context))
    if (isLeft(result)) return undefined
    const awaits = awaited.map((type, index) => (from.awaits[index] ?? 0) | (form.types.includes(type) ? to : 0))
    const step = taken(from, result.right, { way: 'sent', types: form.types, context, owed: kind === 'payment', sender: -1, about, owes: paid(from.owes, kind, symbol, form.types, to), awaits })
    const costs = kind === 'payment' ? 0 : sameState(at(step.next).state, from.state) ? 3 : 1
    return ownStep(kind, from.state, form, context, symbol, to, costs, step, kind === 'payment' && harmless[symbol] === true)
  }

  const stepsOf = (from: Configuration): ReadonlyArray<OwnStep> => {
    const payments = from.owes.flatMap((one) => {
      const targets = one.everyone ? [one.to] : names.flatMap((_, other) => ((one.to & (1 << other)) === 0 ? [] : [1 << other]))
      return targets.flatMap((to) => sending(from, 'payment', { name: one.type, types: [one.type] }, { reply: true }, to, one.symbol, place) ?? [])
    })
    const sends = offered.flatMap((form) => {
      const proposal = form.types.some((type) => type === 'EP' || type === 'EV')
      const about = proposal ? place : from.open
      const accepts = model.terms === true && form.types.some((type) => type === 'EA' || type === 'EC')
      const symbol = symbolNumber(form.types, form.context ?? {}, accepts && about >= 0 ? { terms: about } : {})
      return symbol < 0 ? [] : sending(from, 'send', form, form.context ?? {}, others, symbol, about) ?? []
    })
    const locals = silent.flatMap((event): ReadonlyArray<OwnStep> => {
      const result = protocol.local(from.state, event)
      if (isLeft(result)) return []
      const step = taken(from, result.right, { way: 'local', types: [], context: {}, event, owed: false, sender: -1, about: -1, owes: from.owes, awaits: from.awaits })
      if (step.next === numberOf(from)) {
        for (const rule of step.rules) used.add(rule)
        return []
      }
      return [ownStep('local', from.state, { name: event, types: [] }, {}, -1, 0, 1, step, false)]
    })
    return [...payments, ...sends, ...locals]
  }

  const deliver = (number: number, symbol: number, from: number): void => {
    const before = at(number)
    const one = symbols[symbol]
    const slot = number * stride + symbol * count + from
    const types = one?.types ?? []
    const result = protocol.transition(before.state, messageOf(names[from] ?? '', [self], types, one?.context ?? {}))
    const awaits = awaited.map((type, index) => (before.awaits[index] ?? 0) & (one?.of === type ? ~(1 << from) : -1))
    if (isLeft(result)) {
      const { state } = before
      const next = numberOf({ ...before, awaits })
      receipts[slot] = next
      violations[slot] = judged({ way: 'received', types, context: one?.context ?? {}, owed: false, before: state, after: state, fired: [], replies: [], optional: [], unspecified: true, rules: [] }, before.owes)
      return
    }
    const proposal = types.some((type) => type === 'EP' || type === 'EV')
    const about = proposal ? from : (one?.terms ?? -1)
    const step = taken(before, result.right, { way: 'received', types, context: one?.context ?? {}, owed: false, sender: from, about, owes: before.owes, awaits })
    for (const rule of step.rules) used.add(rule)
    receipts[slot] = step.next
    violations[slot] = step.violates
  }

  const stepsIn = (number: number): ReadonlyArray<OwnStep> => (steps[number] ??= stepsOf(at(number)))

  const origin: Configuration = { state: startIn(model, place), owes: [], awaits: awaited.map(() => 0), open: -1, force: -1 }
  numberOf(origin)
  return {
    count: () => configurations.length,
    configuration: at,
    numberOf,
    steps: stepsIn,
    tables: tablesOf(stepsIn, count, model.script !== undefined),
    receive: (number, symbol, from) => {
      const slot = number * stride + symbol * count + from
      const known = receipts[slot] ?? -1
      if (known >= 0) return known
      deliver(number, symbol, from)
      return receipts[slot] ?? 0
    },
    receiveViolates: (number, symbol, from) => properties.length === 0 ? 0 : violations[number * stride + symbol * count + from] ?? 0,
    used,
  }
}

/** Whether an event is one of the steps that no message carries. */
export const isLocalEvent = (name: string): name is LocalEvent => localEvents.some((event) => event === name)
