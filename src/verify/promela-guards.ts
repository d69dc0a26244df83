/**
 * The guards of rows as Promela conditions.
 *
 * A condition is on the working variables `rm`, `em` and `cs`. A case state is a number with one bit for each letter that has
 * risen, so that a pattern is a mask. Roles and the context of a message are known when the text is written: what they decide
 * is decided then, and rows that cannot fit are left out of the text.
 *
 * @module
 */
import { cs, type CsEvent } from '../protocol/cs.js'
import { em } from '../protocol/em.js'
import { plainContext, type RoleShape } from '../protocol/interpret.js'
import { caseMachine, type Shape } from '../protocol/participant.js'
import { rm } from '../protocol/rm.js'
import type { Context, Guard, LocalRow, Row } from '../protocol/rules.js'

/** What a condition is when the text is written: it always holds, or never, or its expression says when. */
export type Condition = boolean | string

const isText = (part: Condition): part is string => typeof part === 'string'

/** That all of some conditions hold. */
export const all = (parts: ReadonlyArray<Condition>): Condition => {
  const open = parts.filter(isText)
  return parts.includes(false) ? false : open.length === 0 ? true : open.join(' && ')
}

/** That at least one of some conditions holds. */
export const some = (parts: ReadonlyArray<Condition>): Condition => {
  const open = [...new Set(parts.filter(isText))]
  if (parts.includes(true)) return true
  if (open.length === 0) return false
  return open.length === 1 ? open.join('') : `(${open.map((part) => (part.includes(' && ') ? `(${part})` : part)).join(' || ')})`
}

/** That a condition does not hold. */
export const not = (part: Condition): Condition => (isText(part) ? `!(${part})` : !part)

/** A condition as an expression. */
export const expression = (condition: Condition): string => (isText(condition) ? condition : condition ? 'true' : 'false')

/** A name as Promela takes it. */
export const identifier = (name: string): string => name.replace(/[^A-Za-z0-9]+/g, '_')

const machineOf = (shape: RoleShape): Shape => (shape === 'vendor+deployer' ? 'vendor' : shape)

/** The case states of participants of a role shape, the first one first. */
export const caseStatesOf = (shape: RoleShape): ReadonlyArray<string> => caseMachine[machineOf(shape)].states

/** Each letter of the case state has a bit. */
const letterBits: Readonly<Record<CsEvent, number>> = { V: 32, F: 16, D: 8, P: 4, X: 2, A: 1 }

/** The number of a case state: the bits of the letters that have risen. */
export const caseNumber = (state: string): number => cs.events.reduce((bits, letter) => (state.includes(letter) ? bits | letterBits[letter] : bits), 0)

/** A pattern of case states, as `rules.ts` writes them, as the bits that it asks about and those of them that have risen; nothing where no state of the shape fits. */
const maskOf = (pattern: string, shape: RoleShape): { readonly asked: number; readonly risen: number } | undefined => {
  const letters = caseMachine[machineOf(shape)].initial
  const before = pattern.length - letters.length
  if (before < 0 || (before > 0 && pattern.length !== 6) || /[^.]/.test(pattern.slice(0, before))) return undefined
  const wanted = Array.from({ length: letters.length }, (_, place) => ({ letter: pattern.charAt(before + place), own: letters.charAt(place) })).filter(({ letter }) => letter !== '.')
  // A letter in the place of another fits nothing.
  if (wanted.some(({ letter, own }) => letter.toLowerCase() !== own)) return undefined
  return { asked: caseNumber(wanted.map(({ own }) => own.toUpperCase()).join('')), risen: caseNumber(wanted.map(({ letter }) => letter).join('')) }
}

const patternHolds = (pattern: string, shape: RoleShape): Condition => {
  const negated = pattern.startsWith('!')
  const mask = maskOf(negated ? pattern.slice(1) : pattern, shape)
  return mask === undefined ? negated : mask.asked === 0 ? !negated : `(cs & ${mask.asked}) ${negated ? '!=' : '=='} ${mask.risen}`
}

const patternsOf = ({ cs: pattern }: Guard): ReadonlyArray<string> | undefined => (typeof pattern === 'string' ? [pattern] : pattern)

/** The case states of a shape that a guard can hold in. */
export const caseStatesWithin = (guard: Guard, shape: RoleShape): ReadonlyArray<string> =>
  caseStatesOf(shape).filter((state) => patternsOf(guard)?.some((pattern) => {
    const mask = maskOf(pattern.replace('!', ''), shape)
    return (mask !== undefined && (caseNumber(state) & mask.asked) === mask.risen) !== pattern.startsWith('!')
  }) ?? true)

const oneOf = (variable: string, wanted: ReadonlyArray<string> | undefined, states: ReadonlyArray<string>): Condition => {
  if (wanted === undefined) return true
  const inside = states.filter((state) => wanted.includes(state))
  const outside = states.filter((state) => !wanted.includes(state))
  return outside.length < inside.length ? all(outside.map((state) => `${variable} != ${state}`)) : some(inside.map((state) => `${variable} == ${state}`))
}

/** The fields of the context that a model's messages differ in, and the working variables that hold them for what couples the machines. */
export const contextVariables = { subject: 'relayed', reply: 'replying', existing: 'existing', answers: 'answering' } as const

/** The fields of {@link contextVariables}. */
export const contextFields = ['subject', 'reply', 'existing', 'answers'] as const

/** The value of a field in its working variable. */
export const contextValue = (value: Context[(typeof contextFields)[number]] | undefined): 0 | 1 => (value === true || value === 'other' ? 1 : 0)

/** The context of a step: known when the text is written, or held in the working variables. */
export type KnownContext = Context | 'working'

/** The context of what is sent because it is owed. */
export const replying: Context = { ...plainContext, reply: true }

/** The condition of a guard for participants of one shape. */
export const holds = (guard: Guard | undefined, shape: RoleShape, context: KnownContext): Condition =>
  guard === undefined
    ? true
    : all([
        guard.withoutRole === undefined || !shape.split('+').includes(guard.withoutRole),
        // Nobody in a model says whether it did or saw what it tells of.
        guard.cause === undefined || guard.cause === 'none',
        ...contextFields.map((field): Condition => {
          const wanted = guard[field]
          if (wanted === undefined) return true
          return context === 'working' ? `${contextVariables[field]} == ${contextValue(wanted)}` : wanted === context[field]
        }),
        some(patternsOf(guard)?.map((pattern) => patternHolds(pattern, shape)) ?? [true]),
        oneOf('rm', guard.rm, rm.states),
        oneOf('em', guard.em, em.states),
      ])

/** Without what it says of the context: it may hold in some. */
export const inSomeContext = ({ cs: pattern, em: emStates, rm: rmStates, withoutRole }: Guard): Guard => ({
  ...(pattern === undefined ? {} : { cs: pattern }),
  ...(emStates === undefined ? {} : { em: emStates }),
  ...(rmStates === undefined ? {} : { rm: rmStates }),
  ...(withoutRole === undefined ? {} : { withoutRole }),
})

/** That the first of some rows that fits allows the step. */
export const firstAllows = (rows: ReadonlyArray<Row | LocalRow>, shape: RoleShape, context: Context): Condition =>
  rows
    .map((row) => ({ when: holds(row.when, shape, context), allows: row.refuse === undefined }))
    .reduceRight<Condition>((after, { allows, when }) => (allows ? some([when, after]) : all([not(when), after])), false)
