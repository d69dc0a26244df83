/**
 * The form of vector files: what `docs/vectors/*.json` holds, by kind, and the reading of a value as one.
 *
 * A reading looks at everything that the unpacking relies on, so that a damaged file gives no questions rather than wrong
 * ones. `docs/schema/vectors.schema.json` says the same as a JSON Schema.
 *
 * @module
 */
import type { Json } from '../protocol/message.js'
import { type Level, levels } from './requirement.js'

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json }

/** What every vector file says of itself. */
export interface VectorHead<Kind extends string> {
  readonly vectors: 1
  readonly kind: Kind
  readonly level: Level
  readonly protocol?: string
  readonly title: string
}

/** A machine, the words that it takes and the state after each, and words that it refuses, with the place of the first letter that has no edge. */
export interface MachineWords {
  readonly machine: string
  readonly start: string
  readonly edges: ReadonlyArray<readonly [from: string, event: string, to: string]>
  readonly accepted: ReadonlyArray<{ readonly word: string; readonly state: string }>
  readonly refused: ReadonlyArray<{ readonly word: string; readonly at: number }>
}

/** Words of the machines. */
export interface WordsFile extends VectorHead<'words'> {
  readonly machines: ReadonlyArray<MachineWords>
}

/** Orders of the six events of the case state: those that are possible, how each may begin, and those that are not. */
export interface HistoriesFile extends VectorHead<'histories'> {
  readonly complete: ReadonlyArray<string>
  readonly prefixes: ReadonlyArray<{ readonly word: string; readonly state: string }>
  readonly refused: ReadonlyArray<{ readonly word: string; readonly at: number }>
}

/** A value that is to be read: taken, with what is read of it where that differs; or a fault at these places. */
export type CodecCase =
  | { readonly id: string; readonly value: Json; readonly valid: true; readonly normal?: Json }
  | { readonly id: string; readonly value: Json; readonly fault: ReadonlyArray<string> }

/** A line of a log that is to be read, as the header or as an entry. */
export type LineCase = CodecCase & { readonly read: 'header' | 'entry' }

/** Values to be read. */
export interface CodecFile extends VectorHead<'codec'> {
  readonly messages: ReadonlyArray<CodecCase>
  readonly participants: ReadonlyArray<CodecCase>
  readonly lines: ReadonlyArray<LineCase>
}

/** What comes of a step: a refusal; or the new report and embargo states where they changed, the letters that were raised, events and answers. */
export type CellOutcome =
  | { readonly left: string }
  | {
      readonly rm?: string
      readonly em?: string
      readonly raise?: string
      readonly fired: ReadonlyArray<string>
      readonly replies: ReadonlyArray<string>
      readonly optional?: ReadonlyArray<string>
    }

/** What of a message matters to a step, beside its types. */
export interface CellContext {
  readonly subject?: 'other'
  readonly cause?: 'own' | 'observed'
  readonly reply?: true
  readonly existing?: true
  readonly answers?: true
}

/** A set of roles, and the case states of its shape. */
export interface CellShape {
  readonly roles: ReadonlyArray<string>
  readonly cs: ReadonlyArray<string>
}

/** The states and outcomes that the groups of a file are about. */
export interface VectorStates {
  readonly shapes: { readonly [shape: string]: CellShape }
  readonly rm: ReadonlyArray<string>
  readonly em: ReadonlyArray<string>
  readonly outcomes: ReadonlyArray<CellOutcome>
}

/** All states of a shape for one type of message: an outcome and how often it comes, again and again, report state outermost, case state innermost. */
export interface CellGroup {
  readonly way: 'sent' | 'received'
  readonly type: string
  readonly shape: string
  readonly contexts: ReadonlyArray<CellContext>
  readonly cells: ReadonlyArray<number>
}

/** Single messages, in every state. */
export interface CellsFile extends VectorHead<'cells'>, VectorStates {
  readonly groups: ReadonlyArray<CellGroup>
}

/** All states of a shape for one local event. */
export interface LocalGroup {
  readonly event: string
  readonly shape: string
  readonly cells: ReadonlyArray<number>
}

/** Local events, in every state. */
export interface LocalsFile extends VectorHead<'locals'>, VectorStates {
  readonly groups: ReadonlyArray<LocalGroup>
}

/** What a step gives: the state, events as `machine.event`, answers. */
export interface StepRight {
  readonly state: JsonObject
  readonly fired: ReadonlyArray<string>
  readonly replies: ReadonlyArray<string>
  readonly optional?: ReadonlyArray<string>
}

/** One request of the line protocol as it stands, and its answer: exactly one of `right`, `left` and `fault`. */
export interface StepCase {
  readonly id: string
  readonly request: JsonObject
  readonly right?: StepRight
  readonly left?: string
  readonly fault?: true
}

/** Messages of several types, and lines that are wrong. */
export interface BundlesFile extends VectorHead<'bundles'> {
  readonly steps: ReadonlyArray<StepCase>
}

/** A log as its header and its entries. */
export interface LogData {
  readonly header: JsonObject
  readonly entries: ReadonlyArray<JsonObject>
}

/** For one or more requirements a log that keeps them, and one that does not, with whom that blames. */
export interface LogCase {
  readonly id: string
  readonly requirements: ReadonlyArray<string>
  readonly level: Level
  readonly as?: string
  readonly world: string
  readonly conforming: LogData
  readonly violating?: LogData
  readonly blames?: string
  /** For people: what is wrong in the violating log; of a permission, what is used. */
  readonly why?: string
  /** For people: what the conforming log cannot keep, and why. */
  readonly unavoidable?: string
}

/** Logs for the requirements. */
export interface LogsFile extends VectorHead<'logs'> {
  readonly logs: ReadonlyArray<LogCase>
}

/** A case, orders in which its entries may arrive (by their places, some of them twice), and the state that it has after each. */
export interface LedgerCase extends LogData {
  readonly id: string
  readonly orders: ReadonlyArray<ReadonlyArray<number>>
  readonly state: JsonObject
}

/** Cases and the one state that each has, in whatever order its entries arrive. */
export interface LedgersFile extends VectorHead<'ledgers'> {
  readonly ledgers: ReadonlyArray<LedgerCase>
}

/** A vector file, by its kind. */
export type VectorFile = WordsFile | HistoriesFile | CodecFile | CellsFile | LocalsFile | BundlesFile | LogsFile | LedgersFile

// ---- reading ----

type Guard<A> = (value: unknown) => value is A

/** A guard for each field of a record, whether it must be there or not. */
type Guards<A> = { readonly [K in keyof A]-?: Guard<Exclude<A[K], undefined>> }

const isObject = (value: unknown): value is { readonly [key: string]: unknown } => typeof value === 'object' && value !== null && !Array.isArray(value)
const text: Guard<string> = (value): value is string => typeof value === 'string'
const whole: Guard<number> = (value): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
const constant = <A extends string | number | true>(...wanted: ReadonlyArray<A>): Guard<A> => (value): value is A => wanted.some((one) => one === value)
const listOf = <A>(item: Guard<A>): Guard<ReadonlyArray<A>> => (value): value is ReadonlyArray<A> => Array.isArray(value) && value.every(item)
const either = <A, B>(one: Guard<A>, other: Guard<B>): Guard<A | B> => (value): value is A | B => one(value) || other(value)

/** Records with these fields; those named last may be missing. */
const shaped = <A extends object>(fields: Guards<A>, ...optional: ReadonlyArray<keyof A & string>): Guard<A> => {
  const guards = Object.entries<(value: unknown) => boolean>(fields)
  const missable = new Set<string>(optional)
  return (value): value is A => isObject(value) && guards.every(([name, guard]) => (Object.hasOwn(value, name) ? guard(value[name]) : missable.has(name)))
}
const valuesOf = <A>(item: Guard<A>): Guard<{ readonly [key: string]: A }> => (value): value is { readonly [key: string]: A } => isObject(value) && Object.values(value).every(item)

/** How deep a value in a vector file may be nested: far beyond any that a format takes, and the end of a hostile file. */
const DEEP = 1000

const isJson = (value: unknown, depth: number): boolean =>
  value === null || ['boolean', 'number', 'string'].includes(typeof value) ||
  (depth < DEEP && (Array.isArray(value) ? value.every((one) => isJson(one, depth + 1)) : isObject(value) && Object.values(value).every((one) => isJson(one, depth + 1))))
const json: Guard<Json> = (value): value is Json => isJson(value, 0)
const jsonObject: Guard<JsonObject> = (value): value is JsonObject => isObject(value) && json(value)

const level = constant<Level>(...levels)
const texts = listOf(text)
const edge = (value: unknown): value is readonly [string, string, string] => texts(value) && value.length === 3
const accepted = listOf(shaped<{ readonly word: string; readonly state: string }>({ word: text, state: text }))
const refused = listOf(shaped<{ readonly word: string; readonly at: number }>({ word: text, at: whole }))

const taken = shaped<{ readonly id: string; readonly value: Json; readonly valid: true; readonly normal?: Json }>({ id: text, value: json, valid: constant(true), normal: json }, 'normal')
const faulty = shaped<{ readonly id: string; readonly value: Json; readonly fault: ReadonlyArray<string> }>({ id: text, value: json, fault: texts })
const codecCase: Guard<CodecCase> = either(taken, faulty)
const line: Guard<LineCase> = (value): value is LineCase => codecCase(value) && 'read' in value && (value.read === 'header' || value.read === 'entry')

const refusal = shaped<{ readonly left: string }>({ left: text })
const effect = shaped<Exclude<CellOutcome, { readonly left: string }>>({ rm: text, em: text, raise: text, fired: texts, replies: texts, optional: texts }, 'rm', 'em', 'raise', 'optional')
const context = shaped<CellContext>(
  { subject: constant('other'), cause: constant('own', 'observed'), reply: constant(true), existing: constant(true), answers: constant(true) },
  'subject', 'cause', 'reply', 'existing', 'answers',
)
const cellGroup = shaped<CellGroup>({ way: constant('sent', 'received'), type: text, shape: text, contexts: listOf(context), cells: listOf(whole) })
const localGroup = shaped<LocalGroup>({ event: text, shape: text, cells: listOf(whole) })
const states = shaped<VectorStates>({ shapes: valuesOf(shaped<CellShape>({ roles: texts, cs: texts })), rm: texts, em: texts, outcomes: listOf(either(refusal, effect)) })

const step = shaped<StepCase>(
  {
    id: text, request: jsonObject, left: text, fault: constant(true),
    right: shaped<StepRight>({ state: jsonObject, fired: texts, replies: texts, optional: texts }, 'optional'),
  },
  'right', 'left', 'fault',
)
const answeredOnce = ({ right, left, fault }: StepCase): boolean => [right, left, fault].filter((one) => one !== undefined).length === 1

const logFields = { header: jsonObject, entries: listOf(jsonObject) }
const logData = shaped<LogData>(logFields)
const logCase = shaped<LogCase>(
  { id: text, requirements: texts, level, as: text, world: text, conforming: logData, violating: logData, blames: text, why: text, unavoidable: text },
  'as', 'violating', 'blames', 'why', 'unavoidable',
)
const ledger = shaped<LedgerCase>({ ...logFields, id: text, orders: listOf(listOf(whole)), state: jsonObject })

const head = <Kind extends string>(kind: Kind): Guards<VectorHead<Kind>> => ({ vectors: constant(1), kind: constant(kind), level, protocol: text, title: text })

/** Whether the runs of each group are outcomes of the file, and as many as its shape has states. */
const isWhole = ({ shapes, rm, em, outcomes }: VectorStates, groups: ReadonlyArray<{ readonly shape: string; readonly cells: ReadonlyArray<number> }>): boolean =>
  groups.every(({ shape, cells }) => {
    const of = Object.hasOwn(shapes, shape) ? shapes[shape] : undefined
    const length = cells.reduce((sum, number, index) => (index % 2 === 1 ? sum + number : sum), 0)
    return of !== undefined && cells.length % 2 === 0 && length === rm.length * em.length * of.cs.length && cells.every((number, index) => index % 2 === 1 || number < outcomes.length)
  })

const wordsFile = shaped<WordsFile>(
  { ...head('words'), machines: listOf(shaped<MachineWords>({ machine: text, start: text, edges: listOf(edge), accepted, refused })) }, 'protocol',
)
const historiesFile = shaped<HistoriesFile>({ ...head('histories'), complete: texts, prefixes: accepted, refused }, 'protocol')
const codecFile = shaped<CodecFile>({ ...head('codec'), messages: listOf(codecCase), participants: listOf(codecCase), lines: listOf(line) }, 'protocol')
const isCells = shaped<{ readonly groups: ReadonlyArray<CellGroup> } & VectorHead<'cells'>>({ ...head('cells'), groups: listOf(cellGroup) }, 'protocol')
const isLocals = shaped<{ readonly groups: ReadonlyArray<LocalGroup> } & VectorHead<'locals'>>({ ...head('locals'), groups: listOf(localGroup) }, 'protocol')
const cellsFile: Guard<CellsFile> = (value): value is CellsFile => isCells(value) && states(value) && isWhole(value, value.groups)
const localsFile: Guard<LocalsFile> = (value): value is LocalsFile => isLocals(value) && states(value) && isWhole(value, value.groups)
const isBundles = shaped<BundlesFile>({ ...head('bundles'), steps: listOf(step) }, 'protocol')
const bundlesFile: Guard<BundlesFile> = (value): value is BundlesFile => isBundles(value) && value.steps.every(answeredOnce)
const logsFile = shaped<LogsFile>({ ...head('logs'), logs: listOf(logCase) }, 'protocol')
const isLedgers = shaped<LedgersFile>({ ...head('ledgers'), ledgers: listOf(ledger) }, 'protocol')
const ledgersFile: Guard<LedgersFile> = (value): value is LedgersFile =>
  isLedgers(value) && value.ledgers.every(({ entries, orders }) => orders.every((order) => order.every((place) => place < entries.length)))

const forms: ReadonlyArray<Guard<VectorFile>> = [wordsFile, historiesFile, codecFile, cellsFile, localsFile, bundlesFile, logsFile, ledgersFile]

/** A vector file, if that is what a value is. */
export const vectorFile = (value: unknown): VectorFile | undefined => {
  for (const form of forms) if (form(value)) return value
  return undefined
}
