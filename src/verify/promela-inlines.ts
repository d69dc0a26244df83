/**
 * What participants of one role shape do, as Promela inlines on the working variables: sending each form, paying each debt, each
 * local step, and receiving. Where it can be told from the state that a step is allowed, a macro says so beside its inline.
 *
 * @module
 */
import { plainContext, type RoleShape } from '../protocol/interpret.js'
import type { MessageType } from '../protocol/message.js'
import type { Symbol } from './alphabet.js'
import { formsOf, localOf } from './model.js'
import { expression, identifier, replying, some } from './promela-guards.js'
import { acknowledged } from './promela-owed.js'
import { firstOf, inline, type RowTexts, whereForced } from './promela-rows.js'
import { type Doing, doingOf, payingOf, sendingOf } from './promela-steps.js'
import { asserted, bitsOf, type Receiving, symbolName, symbolsIn, type Writing } from './promela-writing.js'

type Lines = ReadonlyArray<string>

/** The inlines of a role shape. */
export interface ShapeText {
  readonly lines: Lines
  /** Between them, every symbol. */
  readonly receiving: ReadonlyArray<Receiving>
  /** Symbols of which two messages are received in two ways. */
  readonly ambiguous: ReadonlyArray<string>
}

/** How many statements SPIN is given in one `d_step`; it takes no more than 2,048 of its own, which are more than these. */
const MOST_STATEMENTS = 700

/** About how many statements a text comes to with its inlines. */
const weightOf = (text: string, inlines: ReadonlyMap<string, string>): number => {
  const own = text.match(/;|->|\bif\b|\bdo\b/g)?.length ?? 0
  return [...text.matchAll(/\b(\w+)\(/g)].reduce((sum, [, name = '']) => {
    const body = inlines.get(name)
    return body === undefined ? sum : sum + 1 + weightOf(body, inlines)
  }, own)
}

const bodiesOf = (lines: Lines): ReadonlyMap<string, string> =>
  new Map(lines.flatMap((line) => {
    const [, name, body] = /^inline (\w+)\([^)]*\) \{\n([^]*)\}$/.exec(line) ?? []
    return name === undefined || body === undefined ? [] : [[name, body] as const]
  }))

/** In as many groups as it takes for each to weigh no more than it may. */
const grouped = <A>(items: ReadonlyArray<A>, weight: (item: A) => number, most: number): ReadonlyArray<ReadonlyArray<A>> => {
  const groups: A[][] = []
  let left = 0
  for (const item of items) {
    left -= weight(item)
    const last = groups.at(-1)
    if (last === undefined || left < 0) {
      groups.push([item])
      left = most - weight(item)
    } else last.push(item)
  }
  return groups
}

/** The inlines of participants of a shape. */
export const shapeText = (writing: Writing, texts: RowTexts, shape: RoleShape): ShapeText => {
  const { model, reading, traffic } = writing
  const { debts } = traffic
  const prefix = identifier(shape)
  const symbols = symbolsIn(traffic)

  const written = (doing: Doing, lines: Lines): Lines => {
    const when = doing.permitted(shape)
    return [inline(`${prefix}_${doing.does}`, lines), ...(typeof when === 'string' ? [`#define ${prefix}_${doing.may}(rm, em, cs) (${when})`] : [])]
  }
  /** The sender does not owe what it says in the same message. */
  const said = (types: ReadonlyArray<MessageType>): Lines => {
    const bits = bitsOf(debts.filter(({ type }) => types.includes(type)))
    return types.length > 1 && bits !== '' ? [`due = due & ~${bits}`] : []
  }
  /** Where the model waits for acknowledgements, they say what they acknowledge. */
  const acknowledging = (types: ReadonlyArray<MessageType>): Lines =>
    debts.filter(({ symbol: { of }, type }) => of !== undefined && acknowledged(model, type, types) === of).map(({ name, type }) => {
      const unsaid = bitsOf(debts.filter((one) => one.type === type && one.symbol.of === undefined))
      return `due = ((due & ${unsaid}) != 0 -> (due & ~${unsaid}) | ${name} : due)`
    })
  const forced = whereForced(reading, shape)
  const own: Lines = [
    ...(forced === false ? [] : [`#define ${prefix}_forced(rm, em, cs) (${expression(forced)})`]),
    ...formsOf(model).flatMap((form) => {
      const context = { ...plainContext, ...form.context }
      return written(sendingOf(reading, form), [...texts.context(context), ...texts.sent(form.types, shape, context), ...said(form.types), ...acknowledging(form.types)])
    }),
    ...[...new Set(debts.map(({ type }) => type))].flatMap((type) => written(payingOf(reading, type), [...texts.context(replying), ...texts.sent([type], shape, replying), ...acknowledging([type])])),
    ...localOf(model).flatMap((event) => written(doingOf(reading, event), [...texts.context(plainContext), ...texts.local(event, shape)])),
  ]

  const readings = symbols.map((symbol) => {
    const [first, ...others] = traffic.sent.filter((one) => one.symbol.name === symbol.name).map(({ context, types }) => ({ context: texts.context(context), rows: texts.received(types, shape, context) }))
    return { symbol, context: first?.context ?? [], rows: first?.rows ?? [], ambiguous: others.some((one) => JSON.stringify(one) !== JSON.stringify(first)) }
  })
  const receipts = readings.map(({ rows, symbol }) => inline(`${prefix}_receives_${symbolName(symbol)}`, rows))
  const bodies = bodiesOf([...texts.machines, ...receipts])
  const groups = model.channel.reordering === true
    ? symbols.map((symbol) => [symbol])
    : grouped(symbols, (symbol) => weightOf(bodies.get(`${prefix}_receives_${symbolName(symbol)}`) ?? '', bodies), MOST_STATEMENTS)
  const receiving = groups.map((group, place): Receiving => ({ symbols: group, title: groups.length === 1 ? 'receives' : group.length === 1 ? `receives_one_${symbolName(group[0] ?? { name: '', types: [], context: {} })}` : `receives_${place + 1}` }))

  const receives = ({ symbols: within, title }: Receiving): string => {
    /** What is done for some of the symbols, written once for all for which it is the same. */
    const bySymbol = (what: (symbol: Symbol) => Lines): Lines => {
      const same = new Map<string, { readonly lines: Lines; readonly names: ReadonlyArray<string> }>()
      for (const symbol of within) {
        const lines = what(symbol)
        same.set(lines.join(), { lines, names: [...(same.get(lines.join())?.names ?? []), symbolName(symbol)] })
      }
      const branches = [...same.values()].filter(({ lines }) => lines.length > 0)
      return same.size === 1 ? branches.flatMap(({ lines }) => lines) : firstOf(branches.map(({ lines, names }) => [some(names.map((name) => `m == ${name}`)), lines]), ['skip'])
    }
    const about = ({ terms, types }: Symbol): Lines =>
      model.terms !== true ? [] : types.includes('EP') || types.includes('EV') ? ['proposes = 1; about = from'] : terms === undefined ? [] : [`accepts = 1; about = ${terms + 1}`]
    const judged = (unspecified: boolean): Lines => bySymbol(({ context, types }) => asserted(writing, { way: 'received', types, context: { ...plainContext, ...context }, owed: false, shape, unspecified }))
    const [specified, unspecified] = [judged(false), judged(true)]
    return inline(`${prefix}_${title}`, [
      ...bySymbol((symbol) => readings.find((one) => one.symbol === symbol)?.context ?? []),
      ...texts.opening(shape),
      `if\n${within.map((symbol) => `:: m == ${symbolName(symbol)} -> ${prefix}_receives_${symbolName(symbol)}()`).join('\n')}\nfi`,
      ...texts.closing(shape),
      ...bySymbol(({ types }) => acknowledging(types)),
      ...bySymbol(about),
      ...(specified.length + unspecified.length === 0 ? [] : firstOf(
        [['refused', ['rm = rm_before; em = em_before; cs = cs_before; due = 0; fired = 0; answered = 0; early = 0', ...unspecified]]],
        specified.length === 0 ? ['skip'] : specified,
      )),
    ], 'from')
  }
  return {
    lines: [...own, ...receipts, ...receiving.map(receives)],
    receiving,
    ambiguous: readings.filter(({ ambiguous }) => ambiguous).map(({ symbol }) => symbol.name),
  }
}
