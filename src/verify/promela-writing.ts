/**
 * What a Promela text is written from, and the names and small expressions in it.
 *
 * @module
 */
import type { RoleShape } from '../protocol/interpret.js'
import type { MessageType } from '../protocol/message.js'
import type { Symbol } from './alphabet.js'
import type { Model } from './model.js'
import { all, type Condition, identifier } from './promela-guards.js'
import type { Debt, Traffic } from './promela-owed.js'
import type { PlaceText, PropertyText, StepText } from './promela-properties.js'
import { firstOf, type Reading } from './promela-rows.js'

type Statements = ReadonlyArray<string>

/** Symbols whose receipt is one inline. */
export interface Receiving {
  /** The inline, after the prefix. */
  readonly title: string
  readonly symbols: ReadonlyArray<Symbol>
}

/** A participant in the text. */
export interface Actor extends PlaceText {
  readonly place: number
  readonly name: string
  readonly shape: RoleShape
  /** What names of inlines about participants like it begin with. */
  readonly prefix: string
  /** What it owes to everybody else. */
  readonly tells: string
  /** Whose terms are proposed to it, a place from 1 on, 0 for nobody's; only where the model tells terms apart. */
  readonly open?: string
}

/** What the text is written from. */
export interface Writing {
  readonly model: Model
  readonly reading: Reading
  readonly actors: ReadonlyArray<Actor>
  readonly traffic: Traffic
  readonly properties: ReadonlyArray<AskedProperty>
}

/** A property that the text asks about, by its name there. */
export interface AskedProperty {
  readonly name: string
  readonly text: PropertyText
}

/** The variables of an ordered pair: what one owes the other, and the channel. */
export const owes = (from: Actor, to: Actor): string => `owes_${from.name}_${to.name}`
/** The channel from one to another. */
export const channel = (from: Actor, to: Actor): string => `c_${from.name}_${to.name}`
/** Who has not acknowledged an awaited type. */
export const waits = (actor: Actor, type: MessageType): string => `waits_${actor.name}_${type}`
/** Everybody but one. */
export const othersOf = ({ actors }: Writing, actor: Actor): ReadonlyArray<Actor> => actors.filter(({ place }) => place !== actor.place)

/** Symbols that are sent, each once. */
export const symbolsIn = ({ sent }: Traffic): ReadonlyArray<Symbol> => [...new Map(sent.map(({ symbol }) => [symbol.name, symbol])).values()]

/** The constant of a symbol. */
export const symbolName = ({ name }: Symbol): string => identifier(name)

/** The bits of some debts, empty where there are none. */
export const bitsOf = (debts: ReadonlyArray<Debt>): string => (debts.length === 0 ? '' : debts.length === 1 ? debts.map(({ name }) => name).join('') : `(${debts.map(({ name }) => name).join(' | ')})`)

/** How many bits come before those of announcements. */
export const answersAlone = ({ debts }: Traffic): number => debts.filter(({ announcement }) => !announcement).length

/** Bits of announcements, as they are in what is told to everybody. */
export const announcedBits = (variable: string, traffic: Traffic): string => (answersAlone(traffic) === 0 ? variable : `(${variable} >> ${answersAlone(traffic)})`)

/** Takes somebody's state into the working variables. */
export const begin = ({ cs, em, rm }: Actor): string => `begin(${rm}, ${em}, ${cs})`
/** Asserts a property where it is violated, once: SPIN can then be told to go on (`-c0 -e`), and says of each property how it fares. */
export const violates = ({ name }: AskedProperty): Statements => [`${name}_violated = 1`, `assert(!${name}_violated)`]

/** The properties of steps, asserted of one. */
export const asserted = ({ properties, traffic: { debts } }: Writing, step: Omit<StepText, 'makesDue'>): Statements => {
  const makesDue = (types: ReadonlyArray<MessageType>): Condition => {
    const bits = bitsOf(debts.filter(({ type }) => types.includes(type)))
    return bits !== '' && `(due & ${bits}) != 0`
  }
  return properties.flatMap((property) => {
    const violated = property.text.kind === 'step' && property.text.violated({ ...step, makesDue })
    return violated === false ? [] : firstOf([[all([`!${property.name}_violated`, violated]), violates(property)]], ['skip'])
  })
}

/** Whether the text asks something of single steps. */
export const asksOfSteps = ({ properties }: Writing): boolean => properties.some(({ text }) => text.kind === 'step')

/** The budget of steps: how many, and whether there is one. */
export const budgetOf = ({ script, steps }: Model): number | undefined => script?.length ?? steps
