/**
 * What is sent in a model, and what can be owed, for its Promela text.
 *
 * Read from the rows: from the forms that participants send of their own accord follows what receivers may owe, from that what
 * they send then, and so on until nothing is new. What cannot come up needs no bit and no option, which keeps SPIN's states
 * small. Something owed is a bit: of what is owed to one participant (answers), or to everybody else (announcements). The bits
 * of answers come first, then those of what can be either, then those of announcements alone.
 *
 * @module
 */
import { plainContext, type RoleShape } from '../protocol/interpret.js'
import type { MessageType } from '../protocol/message.js'
import { acknowledgedBy } from '../protocol/reply.js'
import type { Context } from '../protocol/rules.js'
import { acknowledging, type Symbol, symbolOf } from './alphabet.js'
import { formsOf, localOf, type Model } from './model.js'
import { identifier, replying } from './promela-guards.js'
import { possibleLocalReplies, possibleReplies } from './promela-rows.js'

/** Something that can be owed. */
export interface Debt {
  readonly type: MessageType
  /** What is sent to pay it. */
  readonly symbol: Symbol
  /** Its constant. */
  readonly name: string
  /** Whether it can be owed to one participant, and to everybody else. */
  readonly answer: boolean
  readonly announcement: boolean
}

/** A message that is sent in a model: of its sender's own accord, or because it is owed. */
export interface Sent {
  readonly types: ReadonlyArray<MessageType>
  readonly context: Context
  readonly symbol: Symbol
}

/** What is sent and owed in a model. */
export interface Traffic {
  readonly sent: ReadonlyArray<Sent>
  /** In the order of their bits. */
  readonly debts: ReadonlyArray<Debt>
}

/** Goes to everybody engaged in the case (reply.ts). ER does where its sender's own proposal fell with it. */
const announcements: ReadonlyArray<MessageType> = ['RI', 'RV', 'RD', 'RA', 'RC', 'ET', 'CV', 'CF', 'CD', 'CP', 'CX', 'CA']

/** The awaited type that an answer to a message acknowledges. */
export const acknowledged = (model: Model, answer: MessageType, to: ReadonlyArray<MessageType>): MessageType | undefined =>
  model.awaits?.find((type) => to.includes(type) && acknowledgedBy(answer).includes(type))

/** What is sent and owed in a model among participants of some shapes. */
export const trafficOf = (model: Model, shapes: ReadonlyArray<RoleShape>): Traffic => {
  const { rules } = model.protocol
  const coupled = [...rules.consequences, ...rules.forced].flatMap((row) => row.announce)
  const debts = new Map<string, Debt>()
  const sent = new Map<string, Sent>()
  const send = (types: ReadonlyArray<MessageType>, context: Context, symbols: ReadonlyArray<Symbol>): void => {
    for (const symbol of symbols) sent.set(`${symbol.name} ${JSON.stringify(context)}`, { types, context, symbol })
  }
  const owe = (type: MessageType, of: MessageType | undefined, own: boolean): void => {
    if (model.acknowledgements === false && acknowledging.includes(type)) return
    const symbol = symbolOf(rules, [type], { reply: true }, of === undefined ? {} : { of })
    const before = debts.get(symbol.name)
    const announced = announcements.includes(type)
    debts.set(symbol.name, {
      type, symbol, name: `owe_${identifier(symbol.name)}`,
      answer: before?.answer === true || (!own && !announced),
      announcement: before?.announcement === true || own || announced || type === 'ER',
    })
    send([type], replying, [symbol])
    // The rows say what type is owed; what it acknowledges is told apart afterwards.
    if (of !== undefined) owe(type, undefined, own)
  }
  const oweAll = (types: ReadonlyArray<MessageType>, about: ReadonlyArray<MessageType>, own: boolean): void => {
    for (const type of types) owe(type, acknowledged(model, type, about), own)
  }

  for (const form of formsOf(model)) {
    const about = model.terms === true && form.types.some((type) => type === 'EA' || type === 'EC') ? model.participants.map((_, terms) => ({ terms })) : [{}]
    send(form.types, { ...plainContext, ...form.context }, about.map((more) => symbolOf(rules, form.types, form.context ?? {}, more)))
  }
  for (const event of localOf(model)) for (const shape of shapes) oweAll([...possibleLocalReplies(rules, event, shape), ...coupled], [], true)
  for (let known = -1; known !== sent.size + [...debts.values()].filter(({ announcement, answer }) => announcement && answer).length;) {
    known = sent.size + [...debts.values()].filter(({ announcement, answer }) => announcement && answer).length
    for (const { context, types } of [...sent.values()]) {
      for (const shape of shapes) {
        oweAll([...possibleReplies(rules, 'sent', types, shape, context), ...coupled], types, true)
        oweAll([...possibleReplies(rules, 'received', types, shape, context), ...coupled], types, false)
      }
    }
  }
  const rank = ({ announcement, answer }: Debt): number => (!announcement ? 0 : answer ? 1 : 2)
  return { sent: [...sent.values()], debts: [...debts.values()].sort((one, other) => rank(one) - rank(other)) }
}
