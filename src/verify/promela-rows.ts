/**
 * The rows of a rule set as Promela text.
 *
 * Everything here is read from the rows and the machines' tables and written down, to be run by SPIN; nothing is asked of the
 * library's own engine. A step is done on working variables: `rm`, `em` and `cs` of the participant at hand, `due` for what it
 * owes afterwards, `announced` for what consequences have it tell, `said` for what the message itself tells. A step that no row
 * allows sets `refused`; what it did to the working variables is then forgotten.
 *
 * @module
 */
import { cs, type CsEvent, dpxa, pxa } from '../protocol/cs.js'
import { em, type EmEvent } from '../protocol/em.js'
import { plainContext, type RoleShape } from '../protocol/interpret.js'
import type { LocalEvent } from '../protocol/log.js'
import type { MessageType } from '../protocol/message.js'
import { rm, type RmEvent } from '../protocol/rm.js'
import type { Consequence, Context, Fire, LocalRow, Row, RowType, RuleSet, Signal, Way } from '../protocol/rules.js'
import {
  caseNumber, caseStatesOf, caseStatesWithin, type Condition, contextFields, contextValue, contextVariables, expression, firstAllows, holds, identifier, inSomeContext, type KnownContext, some,
} from './promela-guards.js'
import { eventBit, type EventName } from './promela-properties.js'

/** Why a rule set has no Promela form here. */
export interface RowsFault {
  readonly what: 'a consequence that follows from itself' | 'an edge to a case state of another shape'
  readonly where: string
}

const signals = ['not-viable', 'may-accept'] as const
const signalNumber: Readonly<Record<Signal, number>> = { 'not-viable': 1, 'may-accept': 2 }

/** More events than a step can fire; where forced rows go in a circle, they end here. */
const MOST_EVENTS = 32

/** The states of the machines as constants: RM and EM by their place, case states by their letters. */
export const stateConstants = (shapes: ReadonlyArray<RoleShape>): ReadonlyArray<string> => [
  ...rm.states.map((state, number) => `#define ${state} ${number}`),
  ...em.states.map((state, number) => `#define ${state} ${number}`),
  ...[...new Set(shapes.flatMap(caseStatesOf))].map((state) => `#define ${state} ${caseNumber(state)}`),
]

/** Types as the rows of one direction take them: CX and CP together are one where they have the pair. */
const unitsOf = (rules: RuleSet, way: Way, types: ReadonlyArray<MessageType>): ReadonlyArray<RowType> =>
  types.includes('CX') && types.includes('CP') && rules[way].some((row) => row.types.includes('CX+CP'))
    ? types.flatMap((type): ReadonlyArray<RowType> => (type === 'CX' ? ['CX+CP'] : type === 'CP' ? [] : [type]))
    : types

const rowsOf = (rules: RuleSet, way: Way, unit: RowType): ReadonlyArray<Row> => rules[way].filter((row) => row.types.includes(unit))
const localRowsOf = (rules: RuleSet, event: LocalEvent): ReadonlyArray<LocalRow> => rules.local.filter((row) => row.events.includes(event))

type Table = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Where an event leads by the first table that has it, among some states. */
const edgesOf = (tables: ReadonlyArray<Table | undefined>, states: ReadonlyArray<string>, event: string): ReadonlyArray<{ readonly from: string; readonly to: string }> =>
  states.flatMap((from) => {
    const to = tables.flatMap((table) => (table !== undefined && Object.hasOwn(table, from) ? (table[from]?.[event] ?? []) : [])).find((one) => one !== '')
    return to === undefined ? [] : [{ from, to }]
  })

const caseTables = (rules: RuleSet): ReadonlyArray<Table | undefined> => [cs.table, dpxa.table, pxa.table, rules.extraEdges.cs]

/** A rule set as the text reads it, for participants of some shapes. */
export interface Reading {
  readonly rules: RuleSet
  readonly shapes: ReadonlyArray<RoleShape>
  /**
   * Whatever is forced makes a letter rise, and nobody starts where something is forced: then nobody is ever found there between
   * two steps. Where this is not so, every step looks for what is forced before it does anything else.
   */
  readonly settled: boolean
  /** What is forced depends on the message at hand. */
  readonly contextual: boolean
}

/** Reads a rule set for participants by their shapes and first case states. */
export const readingOf = (rules: RuleSet, starts: ReadonlyArray<{ readonly shape: RoleShape; readonly cs: string }>): Reading => {
  const shapes = [...new Set(starts.map(({ shape }) => shape))]
  const { forced } = rules
  const rises = ({ fire: { cs: [first] = [] }, when }: Consequence, shape: RoleShape): boolean => {
    const within = caseStatesWithin(when, shape)
    return first !== undefined && edgesOf(caseTables(rules), within, first).length === within.length
  }
  // In one step, a row fires one event of RM and one of EM, each letter rises at most once, and with it what is forced and what follows.
  const besides = ({ fire: { em: emEvent, rm: rmEvent } }: Consequence): number => (emEvent === undefined ? 0 : 1) + (rmEvent === undefined ? 0 : 1)
  const most = [...rules.consequences.map((row) => (row.after ?? []).length * besides(row)), ...forced.map((row) => cs.events.length * besides(row))].reduce((sum, events) => sum + events, 2 + cs.events.length)
  const settled = most < MOST_EVENTS && rules.extraEdges.cs === undefined &&
    forced.every((row) => shapes.every((shape) => rises(row, shape))) &&
    starts.every(({ cs: first, shape }) => !forced.some(({ when }) => caseStatesWithin(when, shape).includes(first)))
  return { rules, shapes, settled: forced.length === 0 || settled, contextual: forced.some(({ when }) => contextFields.some((field) => when[field] !== undefined)) }
}

/** Whether some forced row is about participants of a shape. */
const isForced = (rules: RuleSet, shape: RoleShape): boolean => rules.forced.some((row) => holds(row.when, shape, 'working') !== false)

/** Where a participant of a shape can be in a state that a forced row leaves, in some context. */
export const whereForced = ({ rules, settled }: Reading, shape: RoleShape): Condition => !settled && some(rules.forced.map((row) => holds(inSomeContext(row.when), shape, plainContext)))

/** When the rows let a message be sent, once nothing is forced any more; of a bundle that is several steps, the first. */
export const permitted = ({ rules }: Reading, types: ReadonlyArray<MessageType>, shape: RoleShape, context: Context): Condition =>
  firstAllows(rowsOf(rules, 'sent', unitsOf(rules, 'sent', types)[0] ?? 'GI'), shape, context)

/** When the rows let a local step be taken, once nothing is forced any more. */
export const permittedLocal = ({ rules }: Reading, event: LocalEvent, shape: RoleShape): Condition => firstAllows(localRowsOf(rules, event), shape, plainContext)

/** Whether sending some types is several steps for the rows. */
export const isSeveral = ({ rules }: Reading, types: ReadonlyArray<MessageType>): boolean => unitsOf(rules, 'sent', types).length > 1

const repliesOf = (rows: ReadonlyArray<Row | LocalRow>, shape: RoleShape, context: Context): ReadonlyArray<MessageType> =>
  rows.filter((row) => row.refuse === undefined && holds(row.when, shape, context) !== false).flatMap((row) => row.replies ?? [])

/** What the rows about a message can make due; what couples the machines comes besides. */
export const possibleReplies = (rules: RuleSet, way: Way, types: ReadonlyArray<MessageType>, shape: RoleShape, context: Context): ReadonlyArray<MessageType> =>
  unitsOf(rules, way, types).flatMap((unit) => repliesOf(rowsOf(rules, way, unit), shape, context))

/** What the rows about a local step can make due. */
export const possibleLocalReplies = (rules: RuleSet, event: LocalEvent, shape: RoleShape): ReadonlyArray<MessageType> => repliesOf(localRowsOf(rules, event), shape, plainContext)

/** Statements, one after the other. */
type Statements = ReadonlyArray<string>

const sequence = (statements: Statements): string => (statements.length === 0 ? 'skip' : statements.join(';\n'))

/** An inline: statements by name. */
export const inline = (title: string, statements: Statements, ...parameters: ReadonlyArray<string>): string => `inline ${title}(${parameters.join(', ')}) {\n${sequence(statements)}\n}`

/** A selection in which the first branch that fits is taken. */
export const firstOf = (branches: ReadonlyArray<readonly [when: Condition, what: Statements]>, otherwise: Statements): Statements => {
  const possible = branches.filter(([when]) => when !== false)
  const certain = possible.findIndex(([when]) => when === true)
  const asked = certain < 0 ? possible : possible.slice(0, certain)
  const last = certain < 0 ? otherwise : (possible[certain]?.[1] ?? otherwise)
  if (asked.length === 0) return last
  const options = asked.map(([when, what]) => `:: ${expression(when)} ->\n${sequence(what)}`)
  return [`if\n${options.join('\n:: else -> if\n')}\n:: else ->${last.length > 1 || sequence(last).includes('\n') ? '\n' : ' '}${sequence(last)}\n${asked.map(() => 'fi').join(' ')}`]
}

/** The rows that decided, as a comment before the first of their statements. */
const headed = (row: { readonly id: string }, [first = 'skip', ...others]: Statements): Statements => [`/* ${row.id.replace(/\*\//g, '* /')} */\n${first}`, ...others]

/** The rows of a rule set, ready to be written down. */
export interface RowTexts {
  /** Why they cannot be written down. */
  readonly faults: ReadonlyArray<RowsFault>
  /** The working variables that hold the context of a step, where what couples the machines looks at it. */
  readonly contextVariables: ReadonlyArray<string>
  /** What events do to the working variables: inlines. */
  readonly machines: ReadonlyArray<string>
  /** The context of a step, in its working variables. */
  readonly context: (context: Context) => Statements
  /** What comes before the rows of a receipt and after them: what the state forces, and what is told of it. */
  readonly opening: (shape: RoleShape) => Statements
  readonly closing: (shape: RoleShape) => Statements
  /** What the rows do when some types are received. */
  readonly received: (types: ReadonlyArray<MessageType>, shape: RoleShape, context: Context) => Statements
  /** All that is done when they are sent, or by a local step. */
  readonly sent: (types: ReadonlyArray<MessageType>, shape: RoleShape, context: Context) => Statements
  readonly local: (event: LocalEvent, shape: RoleShape) => Statements
}

/** Writes down what was read; `noting` what is fired and that something is answered, for who asks afterwards. `owe` is the bits of what is due, empty where the model has none of it. */
export const rowTexts = ({ rules, settled, shapes }: Reading, noting: boolean, owe: (types: ReadonlyArray<MessageType>) => string): RowTexts => {
  const allRows = [...rules.sent, ...rules.received, ...rules.local]
  const coupling = [...rules.consequences, ...rules.forced]
  // What follows from a signal is written where the row is that gives it; the rest must find the context of the step.
  const everywhere = [...rules.consequences.filter(({ after }) => after?.some((trigger) => cs.events.some((event) => event === trigger)) === true), ...rules.forced]
  const looked = contextFields.filter((field) => everywhere.some(({ when }) => when[field] !== undefined))
  const faults: RowsFault[] = []
  const counted = (event: EventName): Statements => [...(settled ? [] : ['moves++']), ...(noting ? [`fired = fired | ${eventBit(event)}`] : [])]
  const named = (shape: RoleShape, what: string): string => `${identifier(shape)}_${what}`

  const adding = (variable: string, types: ReadonlyArray<MessageType>): Statements => {
    const bits = owe(types)
    return bits === '' ? [] : [`${variable} = ${variable} | ${bits}`]
  }
  const fire = (events: Fire | undefined, shape: RoleShape): Statements => [
    ...(events?.rm === undefined ? [] : [`rm_${events.rm}()`]),
    ...(events?.cs ?? []).map((event) => `${named(shape, event)}()`),
    ...(events?.em === undefined ? [] : [`em_${events.em}()`]),
  ]
  const apply = (row: Consequence, shape: RoleShape): Statements => headed(row, [...adding('announced', row.announce), ...fire(row.fire, shape)])
  /** All that follow, one after the other, each in the state that the one before left. */
  const follow = (trigger: CsEvent | Signal, shape: RoleShape, context: KnownContext): Statements =>
    rules.consequences
      .filter((row) => row.after?.includes(trigger) === true && holds(row.when, shape, context) !== false)
      .flatMap((row) => firstOf([[holds(row.when, shape, context), apply(row, shape)]], ['skip']))

  const looksAtContext = (trigger: Signal): boolean => rules.consequences.some(({ after, when }) => after?.includes(trigger) === true && contextFields.some((field) => when[field] !== undefined))
  /** What follows from a signal: where the row is if the context matters, once for all rows otherwise. */
  const signalled = (signal: Signal, shape: RoleShape, context: Context): Statements => (looksAtContext(signal) ? follow(signal, shape, context) : [`sets_off = ${signalNumber[signal]}`])
  const answered = (shape: RoleShape): Statements => {
    const branches = signals.filter((signal) => !looksAtContext(signal) && allRows.some((row) => row.signals === signal)).map((signal) => [`sets_off == ${signalNumber[signal]}`, follow(signal, shape, 'working')] as const)
    return branches.length === 0 ? [] : [...firstOf(branches, ['skip']), 'sets_off = 0']
  }

  /** Who has a fix before it is aware of the vulnerability, or deploys one before it has it, does things in another order than it should. */
  const ordered = (event: CsEvent, shape: RoleShape): Statements => {
    const earlier = event === 'F' ? 'V' : event === 'D' && shape.startsWith('vendor') ? 'F' : undefined
    return earlier === undefined || !noting ? [] : [`early = early | (((cs_before | fired) & ${caseNumber(earlier)}) == 0)`]
  }

  const moves = <E extends RmEvent | EmEvent>(variable: 'rm' | 'em', events: ReadonlyArray<E>, eventName: (event: E) => EventName, states: ReadonlyArray<string>, tables: ReadonlyArray<Table | undefined>): ReadonlyArray<string> =>
    events.map((event) => {
      const noted = variable === 'em' && event === 'reject' ? ['rejected = 1'] : []
      const edges = edgesOf(tables, states, event).filter(({ to }) => states.includes(to))
      return inline(`${variable}_${event}`, firstOf(edges.map(({ from, to }) => [`${variable} == ${from}`, [`${variable} = ${to}`, ...counted(eventName(event)), ...noted]]), ['skip']))
    })
  /** The events of the case state, each after those that it can bring about. */
  const caseMoves = (shape: RoleShape): ReadonlyArray<string> => {
    const states = caseStatesOf(shape)
    const written: CsEvent[] = []
    const texts: string[] = []
    const write = (event: CsEvent, within: ReadonlyArray<CsEvent>): void => {
      if (within.includes(event)) faults.push({ what: 'a consequence that follows from itself', where: [...within, event].join(' → ') })
      if (within.includes(event) || written.includes(event)) return
      for (const row of rules.consequences)
        if (row.after?.includes(event) === true && holds(row.when, shape, 'working') !== false) for (const next of row.fire.cs ?? []) write(next, [...within, event])
      const edges = edgesOf(caseTables(rules), states, event)
      for (const { from, to } of edges) if (!states.includes(to)) faults.push({ what: 'an edge to a case state of another shape', where: `${from} → ${to}` })
      const change = ({ from, to }: { readonly from: string; readonly to: string }): number => caseNumber(from) ^ caseNumber(to)
      const branches = [...new Set(edges.map(change))].map((bits) =>
        [some(edges.filter((one) => change(one) === bits).map(({ from }) => `cs == ${from}`)), [`cs = cs ^ ${bits}`, ...ordered(event, shape), ...counted(`cs.${event}`), ...follow(event, shape, 'working')]] as const)
      texts.push(inline(named(shape, event), firstOf(branches, ['skip'])))
      written.push(event)
    }
    for (const event of cs.events) write(event, [])
    return texts
  }
  /** Leaves the states that may only be passed through: while a row is forced, and moves something. */
  const settles = (shape: RoleShape): string => {
    const forced = (otherwise: string): string => sequence(firstOf(rules.forced.map((row) => [holds(row.when, shape, 'working'), apply(row, shape)]), [otherwise]))
    return inline(named(shape, 'settles'), [
      settled
        ? `do\n:: true ->\n${forced('break')}\nod`
        : `do\n:: moves >= ${MOST_EVENTS} -> break\n:: else ->\nmoved = moves;\n${forced('skip')};\nif\n:: moves == moved -> break\n:: else -> skip\nfi\nod`,
    ])
  }

  const decision = (row: Row | LocalRow, shape: RoleShape, context: Context): Statements =>
    row.refuse !== undefined
      ? headed(row, ['refused = 1'])
      : headed(row, [...fire(row.fire, shape), ...(row.signals === undefined ? [] : signalled(row.signals, shape, context)), ...adding('due', row.replies ?? []), ...(noting && (row.replies ?? []).length > 0 ? ['answered = 1'] : []), ...adding('said', row.says ?? [])])
  const settling = (shape: RoleShape): Statements => (isForced(rules, shape) ? [`${named(shape, 'settles')}()`] : [])
  const opening = (shape: RoleShape): Statements => (settled ? [] : ['moves = 0', ...settling(shape)])
  const closing = (shape: RoleShape): Statements => [...answered(shape), ...settling(shape), ...(coupling.length === 0 ? [] : ['due = due | (announced & ~said)', 'announced = 0', 'said = 0'])]
  /** Where no row moves anything, nothing can be forced by it. */
  const closingAfter = (rows: ReadonlyArray<Row | LocalRow>, shape: RoleShape, context: Context): Statements =>
    settled && rows.every((row) => (row.fire === undefined && row.signals === undefined) || holds(row.when, shape, context) === false) ? [] : closing(shape)
  const deciding = (rows: ReadonlyArray<Row | LocalRow>, shape: RoleShape, context: Context): Statements =>
    firstOf(rows.map((row) => [holds(row.when, shape, context), decision(row, shape, context)]), ['refused = 1'])

  const parts = (way: Way, types: ReadonlyArray<MessageType>, shape: RoleShape, context: Context): Statements =>
    unitsOf(rules, way, types).flatMap((unit, place) => {
      const part = deciding(rowsOf(rules, way, unit), shape, context)
      return place === 0 ? part : firstOf([['refused', ['skip']]], [...closing(shape), ...opening(shape), ...part])
    })

  const machines = [
    ...moves('rm', rm.events, (event) => `rm.${event}`, rm.states, [rm.table, rules.extraEdges.rm]),
    ...moves('em', em.events, (event) => `em.${event}`, em.states, [em.table]),
    ...shapes.flatMap((shape) => [...caseMoves(shape), ...(isForced(rules, shape) ? [settles(shape)] : [])]),
  ]
  return {
    faults,
    contextVariables: looked.map((field) => contextVariables[field]),
    machines,
    context: (context) => looked.map((field) => `${contextVariables[field]} = ${contextValue(context[field])}`),
    opening, closing,
    received: (types, shape, context) => parts('received', types, shape, context),
    sent: (types, shape, context) => [...opening(shape), ...parts('sent', types, shape, context), ...closingAfter(unitsOf(rules, 'sent', types).flatMap((unit) => rowsOf(rules, 'sent', unit)), shape, context)],
    local: (event, shape) => [...opening(shape), ...deciding(localRowsOf(rules, event), shape, plainContext), ...closingAfter(localRowsOf(rules, event), shape, plainContext)],
  }
}
