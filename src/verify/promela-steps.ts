/**
 * The steps of a model as options of one Promela loop.
 *
 * Each option is one `d_step`: its guard says when the step can be taken, its body does it on the working variables and stores
 * what came of it. Where a guard cannot tell (a state that forced rows leave, a bundle that is several steps, a repeat that the
 * budget does not cover), the body finds out and stores nothing: SPIN then sees a step back to the same state, which changes
 * neither what is reachable nor what is asserted.
 *
 * @module
 */
import { plainContext, type RoleShape } from '../protocol/interpret.js'
import type { LocalEvent } from '../protocol/log.js'
import type { MessageType } from '../protocol/message.js'
import type { Form } from './alphabet.js'
import { formsOf, localOf, type Model } from './model.js'
import { all, type Condition, expression, identifier, replying, some } from './promela-guards.js'
import type { Debt, Sent, Traffic } from './promela-owed.js'
import { firstOf, isSeveral, permitted, permittedLocal, type Reading, whereForced } from './promela-rows.js'
import {
  type Actor, announcedBits, asserted, begin, bitsOf, budgetOf, channel, othersOf, owes, type Receiving, symbolName, symbolsIn, waits, type Writing,
} from './promela-writing.js'

type Statements = ReadonlyArray<string>

const keep = ({ cs, em, rm }: Actor): Statements => [`${rm} = rm`, `${em} = em`, `${cs} = cs`]
const unchanged = ({ cs, em, rm }: Actor): string => `rm == ${rm} && em == ${em} && cs == ${cs}`

/** When a participant may use a step for something. */
const affordable = (model: Model, { place }: Actor, does: string): Condition => {
  const most = budgetOf(model)
  if (model.script !== undefined) return some(model.script.flatMap((one, number) => (one.by === place && one.does === does ? [`spent == ${number}`] : [])))
  return most === undefined ? true : most > 0 && `spent < ${most}`
}

const step = (guard: Condition, body: Statements): Statements =>
  guard === false ? [] : [`:: d_step {\n${expression(guard)} ->\n${[...body, 'forget()'].join(';\n')}\n}`]

/** Something that somebody may do: send a form, pay a debt, take a local step. */
export interface Doing {
  /** The names of its inline, and of the macro that says when rows allow it, after the prefix. */
  readonly does: string
  readonly may: string
  readonly permitted: (shape: RoleShape) => Condition
  /** It is several steps for the rows, so that only doing it tells whether it is allowed. */
  readonly several: boolean
}

/** Sending a form. */
export const sendingOf = (reading: Reading, form: Form): Doing => ({
  does: `sends_${identifier(form.name)}`, may: `may_send_${identifier(form.name)}`, several: isSeveral(reading, form.types),
  permitted: (shape) => permitted(reading, form.types, shape, { ...plainContext, ...form.context }),
})
/** Paying what is owed. */
export const payingOf = (reading: Reading, type: MessageType): Doing => ({
  does: `pays_${type}`, may: `may_pay_${type}`, several: false, permitted: (shape) => permitted(reading, [type], shape, replying),
})
/** A local step. */
export const doingOf = (reading: Reading, event: LocalEvent): Doing => ({
  does: `does_${identifier(event)}`, may: `may_do_${identifier(event)}`, several: false, permitted: (shape) => permittedLocal(reading, event, shape),
})

/** That rows allow a doing to somebody, by the stored variables or the working ones. */
export const allowed = ({ prefix, shape }: Actor, doing: Doing, { cs, em, rm }: Pick<Actor, 'rm' | 'em' | 'cs'>): Condition => {
  const condition = doing.permitted(shape)
  return typeof condition === 'string' ? `${prefix}_${doing.may}(${rm}, ${em}, ${cs})` : condition
}

/** When somebody can do something, as far as can be told before it is done. */
export const may = ({ reading }: Writing, actor: Actor, doing: Doing): Condition =>
  some([allowed(actor, doing, actor), whereForced(reading, actor.shape) !== false && `${actor.prefix}_forced(${actor.rm}, ${actor.em}, ${actor.cs})`])

/** That it turned out to be refused, where that can be. */
export const refused = ({ reading: { settled } }: Writing, { several }: Doing): Condition => (!settled || several) && 'refused'

/** Runs a doing on the working variables. */
export const run = (actor: Actor, { does }: Doing): Statements => [begin(actor), `${actor.prefix}_${does}()`]

const termsAfter = ({ em, force, open }: Actor): Statements => (force === undefined || open === undefined ? [] : [`terms(${open}, ${force}, ${em})`])

const deliveries = (writing: Writing, receiving: ReadonlyArray<Receiving>, from: Actor, to: Actor): Statements => {
  const { model, traffic } = writing
  const at = channel(from, to)
  const { duplicating, losing, reordering } = model.channel
  const cleared = (model.awaits ?? []).flatMap((type) => {
    const answers = symbolsIn(traffic).filter(({ of }) => of === type)
    return answers.length === 0 ? [] : firstOf([[some(answers.map((symbol) => `m == ${symbolName(symbol)}`)), [`${waits(to, type)} = ${waits(to, type)} & ${~(1 << from.place)}`]]], ['skip'])
  })
  const got = (title: string): Statements => [
    begin(to),
    `${to.prefix}_${title}(${from.place + 1})`,
    ...firstOf([['refused', ['skip']]], [
      ...(traffic.debts.some(({ answer }) => answer) ? [`answers(${owes(to, from)})`] : []),
      ...(traffic.debts.some(({ announcement }) => announcement) ? [`announces(${to.tells})`] : []),
      ...termsAfter(to),
      ...keep(to),
    ]),
    ...cleared,
  ]
  const option = (guard: string, noted: string, body: Statements): Statements => step(guard, [...body, `printf("${to.name} ${noted} %e from ${from.name}\\n", m)`])
  const [once, again, never] = ['gets', 'gets, not for the last time,', 'never gets']
  return receiving.flatMap(({ symbols, title }) => {
    const names = symbols.map(symbolName)
    if (reordering === true)
      return names.flatMap((name) => [
        ...option(`${at}??${name}`, once, [`m = ${name}`, ...got(title)]),
        ...(duplicating === true ? option(`${at}??[${name}]`, again, [`m = ${name}`, ...got(title)]) : []),
        ...(losing === true ? option(`${at}??${name}`, never, [`m = ${name}`]) : []),
      ])
    // One receives whatever comes; several are told apart by what comes next.
    const next = some(names.map((name) => `${at}?[${name}]`))
    const take = (how: string, noted: string, body: Statements): Statements => (receiving.length === 1 ? option(how, noted, body) : option(expression(next), noted, [how, ...body]))
    return [
      ...take(`${at}?m`, once, got(title)),
      ...(duplicating === true ? take(`${at}?<m>`, again, got(title)) : []),
      ...(losing === true ? take(`${at}?m`, never, []) : []),
    ]
  })
}

/** What sending to some does besides: it is in their channels, what it pays is owed to nobody there any more, and acknowledgements are awaited. */
const sent = (writing: Writing, actor: Actor, to: ReadonlyArray<Actor>, { symbol, types }: Pick<Sent, 'symbol' | 'types'>, paid: (debt: Debt) => boolean): Statements => {
  const { model, traffic } = writing
  const everybody = to.length === writing.actors.length - 1
  const settled = (kind: 'answer' | 'announcement'): string => bitsOf(traffic.debts.filter((debt) => debt[kind] && paid(debt)))
  const [answers, announcements] = [settled('answer'), settled('announcement')]
  const tells = traffic.debts.some(({ announcement }) => announcement)
  return [
    ...(answers === '' ? [] : to.map((other) => `${owes(actor, other)} = ${owes(actor, other)} & ~${answers}`)),
    ...(announcements === '' || !everybody ? [] : [`${actor.tells} = ${actor.tells} & ~${announcedBits(announcements, traffic)}`]),
    ...(tells ? [`${actor.tells} = ${actor.tells} | ${announcedBits('due', traffic)}`] : []),
    ...(model.awaits ?? []).filter((type) => types.includes(type)).map((type) => `${waits(actor, type)} = ${waits(actor, type)} | ${to.reduce((bits, { place }) => bits | (1 << place), 0)}`),
    ...termsAfter(actor),
    ...keep(actor),
    ...to.map((other) => `${channel(actor, other)}!${model.channel.reordering === true ? '!' : ''}${symbolName(symbol)}`),
  ]
}

const room = (actor: Actor, to: ReadonlyArray<Actor>): Condition => all(to.map((other) => `nfull(${channel(actor, other)})`))

/** Whose terms a message is about, and what it does with them. */
const aboutTerms = (model: Model, types: ReadonlyArray<MessageType>, about: string): Statements =>
  model.terms !== true ? [] : [
    ...(types.includes('EP') || types.includes('EV') ? ['proposes = 1', `about = ${about}`] : []),
    ...(types.includes('EA') || types.includes('EC') ? ['accepts = 1', `about = ${about}`] : []),
  ]

const payments = (writing: Writing, actor: Actor): Statements => {
  const { model, reading, traffic } = writing
  const others = othersOf(writing, actor)
  const pay = (debt: Debt, to: ReadonlyArray<Actor>, owed: string, whom: string): Statements => {
    const doing = payingOf(reading, debt.type)
    const types = [debt.type]
    return step(all([owed, may(writing, actor, doing), room(actor, to)]), [
      ...run(actor, doing),
      ...firstOf([[refused(writing, doing), ['skip']]], [
        ...asserted(writing, { way: 'sent', types, context: replying, owed: true, shape: actor.shape, unspecified: false }),
        ...aboutTerms(model, types, String(actor.place + 1)),
        ...sent(writing, actor, to, { types, symbol: debt.symbol }, (other) => other === debt),
        `printf("${actor.name} sends ${whom} ${debt.symbol.name}, which it owed\\n")`,
      ]),
    ])
  }
  return traffic.debts.flatMap((debt) => [
    ...(debt.answer ? others.flatMap((other) => pay(debt, [other], `(${owes(actor, other)} & ${debt.name}) != 0`, other.name)) : []),
    ...(debt.announcement ? pay(debt, others, `(${actor.tells} & ${announcedBits(debt.name, traffic)}) != 0`, others.length === 1 ? others.map(({ name }) => name).join('') : 'everybody') : []),
  ])
}

const spend = (model: Model): Statements => (budgetOf(model) === undefined ? [] : ['spent++'])

const sends = (writing: Writing, actor: Actor): Statements => {
  const { model, reading, traffic } = writing
  const others = othersOf(writing, actor)
  const { repeats } = model
  return formsOf(model).flatMap((form) => {
    const doing = sendingOf(reading, form)
    const symbols = traffic.sent.filter((one) => one.types === form.types).map(({ symbol }) => symbol)
    return symbols.flatMap((symbol) => {
      const about = (symbol.terms ?? actor.place) + 1
      return step(all([affordable(model, actor, form.name), actor.open === undefined || symbol.terms === undefined || `${actor.open} == ${about}`, may(writing, actor, doing), room(actor, others)]), [
        ...run(actor, doing),
        ...(repeats === undefined ? [] : [`same = (${unchanged(actor)})`]),
        ...firstOf([[refused(writing, doing), ['skip']], [repeats === undefined ? false : `same && repeated >= ${repeats}`, ['skip']]], [
          ...asserted(writing, { way: 'sent', types: form.types, context: { ...plainContext, ...form.context }, owed: false, shape: actor.shape, unspecified: false }),
          ...aboutTerms(model, form.types, String(about)),
          ...sent(writing, actor, others, { types: form.types, symbol }, ({ type }) => form.types.includes(type)),
          ...spend(model),
          ...(repeats === undefined ? [] : ['repeated = repeated + same']),
          `printf("${actor.name} sends everybody ${symbol.name}\\n")`,
        ]),
      ])
    })
  })
}

const locals = (writing: Writing, actor: Actor): Statements => {
  const { model, reading, traffic } = writing
  const tells = traffic.debts.some(({ announcement }) => announcement)
  return localOf(model).flatMap((event) => {
    const doing = doingOf(reading, event)
    return step(all([affordable(model, actor, event), may(writing, actor, doing)]), [
      ...run(actor, doing),
      ...firstOf([[refused(writing, doing), ['skip']], [nothingNew(actor, traffic), ['skip']]], [
        ...asserted(writing, { way: 'local', types: [], event, context: plainContext, owed: false, shape: actor.shape, unspecified: false }),
        ...(tells ? [`${actor.tells} = ${actor.tells} | ${announcedBits('due', traffic)}`] : []),
        ...termsAfter(actor),
        ...keep(actor),
        ...spend(model),
        `printf("${actor.name} does: ${event}\\n")`,
      ]),
    ])
  })
}

/** That a local step changed nothing, and so is none. */
export const nothingNew = (actor: Actor, traffic: Traffic): string =>
  traffic.debts.some(({ announcement }) => announcement) ? `${unchanged(actor)} && (${announcedBits('due', traffic)} & ~${actor.tells}) == 0` : unchanged(actor)

/** Every step of the model; `receiving` says how participants of a shape receive. */
export const stepOptions = (writing: Writing, receiving: (shape: RoleShape) => ReadonlyArray<Receiving>): Statements => [
  ...writing.actors.flatMap((to) => othersOf(writing, to).flatMap((from) => deliveries(writing, receiving(to.shape), from, to))),
  ...writing.actors.flatMap((actor) => [...payments(writing, actor), ...sends(writing, actor), ...locals(writing, actor)]),
]
