/**
 * Options of the Promela loop that change nothing and assert a property: of states at rest, deadlock, overflow.
 *
 * They look at a state by doing, on the working variables alone, what participants could do in it. An option that finds
 * nothing wrong leads back to its state; SPIN's count of states is the same with it and without.
 *
 * @module
 */
import type { MessageType } from '../protocol/message.js'
import type { Form } from './alphabet.js'
import { formsOf, localOf } from './model.js'
import { all, type Condition, expression, not, some } from './promela-guards.js'
import type { Debt } from './promela-owed.js'
import { firstOf, whereForced } from './promela-rows.js'
import { allowed, type Doing, doingOf, may, nothingNew, payingOf, refused, run, sendingOf } from './promela-steps.js'
import { type Actor, announcedBits, type AskedProperty, begin, budgetOf, channel, othersOf, owes, violates, type Writing } from './promela-writing.js'

type Statements = ReadonlyArray<string>

/** A step that somebody could take if it were permitted: when, and that it comes to anything. */
interface Chance {
  readonly actor: Actor
  readonly doing: Doing
  readonly when: Condition
  readonly changes: Condition
}

const option = (guard: Condition, body: Statements, step: 'd_step' | 'atomic'): Statements =>
  guard === false ? [] : [`:: ${step} {\n${expression(guard)} ->\n${[...body, 'forget()'].join(';\n')}\n}`]

/** Whether it can be told by looking that a chance comes to something, at least once nothing is forced any more. */
const isPlain = ({ reading }: Writing, { changes, doing }: Chance): boolean => changes === true && !doing.several && (reading.settled || !reading.contextual)

/** An option for states where nobody has any of some chances. */
const noneOf = (writing: Writing, property: AskedProperty, guard: Condition, chances: ReadonlyArray<Chance>): Statements => {
  const { actors, reading } = writing
  const looked = chances.filter((chance) => isPlain(writing, chance))
  const tried = chances.filter((chance) => !isPlain(writing, chance))
  const none = all([`!${property.name}_violated`, guard, ...(reading.settled ? looked.map(({ actor, doing, when }) => not(all([when, allowed(actor, doing, actor)]))) : [])])
  const looks = reading.settled ? [] : actors.flatMap((actor) => [
    begin(actor), ...(whereForced(reading, actor.shape) === false ? [] : [`moves = 0`, `${actor.prefix}_settles()`]),
    ...firstOf([[some(looked.filter((one) => one.actor === actor).map(({ doing, when }) => all([when, allowed(actor, doing, { rm: 'rm', em: 'em', cs: 'cs' })]))), ['able = 1']]], ['skip']),
  ])
  const tries = tried.flatMap(({ actor, changes, doing, when }) =>
    firstOf([[all([when, may(writing, actor, doing)]), [...run(actor, doing), ...firstOf([[all(['!refused', changes]), ['able = 1']]], ['skip'])]]], ['skip']))
  const found = [`d_step {\n${violates(property).join(';\n')}\n}`]
  return looks.length + tries.length === 0 ? option(none, violates(property), 'd_step') : option(none, ['able = 0', ...looks, ...tries, ...firstOf([['able', ['skip']]], found)], 'atomic')
}

/** Where a debt can be paid to: who is owed it, and that it is. */
const claims = (writing: Writing, actor: Actor, debt: Debt): ReadonlyArray<{ readonly owed: string; readonly to: ReadonlyArray<Actor> }> => {
  const others = othersOf(writing, actor)
  return [
    ...(debt.answer ? others.map((other) => ({ owed: `(${owes(actor, other)} & ${debt.name}) != 0`, to: [other] })) : []),
    ...(debt.announcement ? [{ owed: `(${actor.tells} & ${announcedBits(debt.name, writing.traffic)}) != 0`, to: others }] : []),
  ]
}

const paying = (writing: Writing): ReadonlyArray<Chance> =>
  writing.actors.flatMap((actor) => writing.traffic.debts.map((debt): Chance => {
    const doing = payingOf(writing.reading, debt.type)
    return { actor, doing, when: some(claims(writing, actor, debt).map(({ owed }) => owed)), changes: true }
  }))

/** Answers to proposals need one, where terms are told apart. */
const hasTerms = ({ open }: Actor, types: ReadonlyArray<MessageType>): Condition => open === undefined || !(types.includes('EA') || types.includes('EC')) || `${open} != 0`

const sending = (writing: Writing): ReadonlyArray<Chance & { readonly form: Form }> =>
  writing.actors.flatMap((actor) => formsOf(writing.model).map((form) => {
    const doing = sendingOf(writing.reading, form)
    return { form, actor, doing, when: hasTerms(actor, form.types), changes: true }
  }))

const acting = (writing: Writing): ReadonlyArray<Chance> =>
  writing.actors.flatMap((actor) => localOf(writing.model).map((event): Chance => {
    const doing = doingOf(writing.reading, event)
    return { actor, doing, when: true, changes: not(nothingNew(actor, writing.traffic)) }
  }))

const full = (from: Actor, to: ReadonlyArray<Actor>): Condition => some(to.map((other) => `full(${channel(from, other)})`))

/** The options that assert a property, none where it is one of steps. */
const monitorsOf = (writing: Writing, property: AskedProperty): Statements => {
  const { actors, model, reading, traffic } = writing
  const { text } = property
  const silent = traffic.sent.length === 0 ? [] : actors.flatMap((from) => othersOf(writing, from).map((to) => `empty(${channel(from, to)})`))
  if (text.kind === 'step') return []
  if (text.kind === 'rest') return noneOf(writing, property, all([...silent, text.violated(actors)]), paying(writing))
  if (text.kind === 'deadlock') {
    const open = some(actors.map(({ rm }) => all([`${rm} != Closed`, `${rm} != Start`])))
    return noneOf(writing, property, all([...silent, open]), [...paying(writing), ...sending(writing), ...acting(writing)])
  }
  const most = budgetOf(model)
  const left = most === undefined ? true : most > 0 && `spent < ${most}`
  const blocked = ({ actor, doing, when }: Chance, to: ReadonlyArray<Actor>): Statements =>
    option(all([`!${property.name}_violated`, when, may(writing, actor, doing), full(actor, to)]), refused(writing, doing) === false ? violates(property) : [...run(actor, doing), ...firstOf([['refused', ['skip']]], violates(property))], 'd_step')
  return [
    ...actors.flatMap((actor) => traffic.debts.flatMap((debt) => claims(writing, actor, debt).flatMap(({ owed, to }) =>
      blocked({ actor, doing: payingOf(reading, debt.type), when: owed, changes: true }, to)))),
    ...sending(writing).flatMap((chance) => blocked({ ...chance, when: all([left, chance.when]) }, othersOf(writing, chance.actor))),
  ]
}

/** The options that assert the properties of a text that are not of steps. */
export const monitorOptions = (writing: Writing): Statements => writing.properties.flatMap((property) => monitorsOf(writing, property))
