/**
 * The leaves of the format: strings of one kind or another, and JSON as it comes.
 *
 * A leaf is an io-ts type that also knows its JSON Schema, what it says it expects, and which of its rules JSON Schema
 * cannot state. Text is well-formed Unicode everywhere: a lone surrogate would not survive UTF-8, so two replicas would
 * disagree on what was said.
 *
 * @module
 */
import * as t from 'io-ts'
import type { Id, Json, Moment } from '../protocol/message.js'
import { readMoment } from '../protocol/moment.js'
import { parseState } from '../protocol/participant.js'

/** A JSON Schema, as plain data. */
export type JsonSchema = { readonly [key: string]: Json }

/** What JSON Schema cannot state; listed under `x-mpcvd-rules` where it applies. */
export const schemaRules = {
  calendar: 'a date exists in the calendar',
  'interval-order': 'an interval does not end before it begins',
  'well-formed-text': 'text has no lone surrogates',
  'sender-not-recipient': 'the sender is not among the recipients',
  'bundle-order': 'types stand in the order RS, other R*, E*, CX, CP, other C*, G*',
  'no-self-reference': 'a message does not cite itself',
  'case-state-shape': 'the case state has the shape that the roles give',
  notation: 'a state is in compact notation, and has the shape that the roles give',
  'known-participant': 'a header names each participant once, and its own among them',
  'one-kind': 'an entry is exactly one of message, receipt, local, membership, observation, stamp, correction',
  'about-needed': 'an observation of anything but P, X and A says whom it is about',
  'roles-needed': 'who joins or changes roles has some',
  'json-size': 'a JSON value is nested at most 64 deep and has at most 100000 parts',
} as const

/** The name of a rule that JSON Schema cannot state. */
export type SchemaRule = keyof typeof schemaRules

/** One leaf: how to take in a value (`undefined` where it is none), and how to say what it is. */
export class Leaf<A> extends t.Type<A> {
  readonly _tag = 'Leaf' as const
  constructor(
    name: string,
    /** What a fault says was expected. */
    readonly expected: string,
    /** A copy that shares nothing with the input, or `undefined`. */
    readonly take: (input: unknown) => A | undefined,
    readonly schema: JsonSchema,
    readonly rules: ReadonlyArray<SchemaRule>,
  ) {
    super(
      name,
      (input): input is A => take(input) !== undefined,
      (input, context) => {
        const taken = take(input)
        return taken === undefined ? t.failure(input, context, expected) : t.success(taken)
      },
      t.identity,
    )
  }
}

/** Whether a value is text that survives UTF-8. */
export const isText = (input: unknown): input is string => typeof input === 'string' && input.isWellFormed()

/** The longest id, in characters (code points). */
const ID_LENGTH = 512

/** Whether a value is an id: text of 1 to 512 characters. */
export const isId = (input: unknown): input is Id =>
  typeof input === 'string' && input.length > 0 &&
  (input.length <= ID_LENGTH || (input.length <= 2 * ID_LENGTH && Array.from(input).length <= ID_LENGTH)) && isText(input)

/** An id: text of 1 to 512 characters. */
export const id: t.Type<Id, unknown> = new Leaf<Id>(
  'Id', 'an id: text of 1 to 512 characters', (input) => (isId(input) ? input : undefined),
  { type: 'string', minLength: 1, maxLength: ID_LENGTH }, ['well-formed-text'],
)

/** Text of any length. */
export const text: t.Type<string, unknown> = new Leaf<string>(
  'Text', 'text', (input) => (isText(input) ? input : undefined), { type: 'string' }, ['well-formed-text'],
)

/** A whole number from 1 up to what a number holds exactly. */
export const ordinal: t.Type<number, unknown> = new Leaf<number>(
  'Ordinal', 'a whole number from 1',
  (input) => (typeof input === 'number' && Number.isSafeInteger(input) && input >= 1 ? input : undefined),
  { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }, [],
)

const DATE = '\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])'
const INSTANT = `${DATE}T([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)`
const ONE = `(${INSTANT}|${DATE})`

/** Whether a value is a {@link Moment}. */
export const isMoment = (input: unknown): input is Moment => typeof input === 'string' && readMoment(input) !== undefined

/** A moment: an RFC 3339 instant with its zone, a bare date, or an interval of two of these. */
export const moment: t.Type<Moment, unknown> = new Leaf<Moment>(
  'Moment', 'an RFC 3339 instant with its zone, a date YYYY-MM-DD, or an interval of two of these joined by /',
  (input) => (isMoment(input) ? input : undefined),
  { type: 'string', pattern: `^${ONE}(/${ONE})?$` }, ['calendar', 'interval-order'],
)

/** A state in compact notation. */
export const notation: t.Type<string, unknown> = new Leaf<string>(
  'Notation', 'a state in compact notation, such as (A,N,pxa)',
  (input) => (isText(input) && parseState(input)._tag === 'Right' ? input : undefined), { type: 'string' }, ['notation'],
)

/** How deep JSON may be nested, and how many parts it may have: enough for any record, and the end of a hostile one. */
const JSON_DEPTH = 64
const JSON_PARTS = 100_000

/**
 * A plain object: not an array, not an instance of something. Its prototype is none, or the `Object.prototype` of some
 * realm, which is known by a method of its own; anything else could lend it fields.
 */
export const isRecord = (input: unknown): input is { readonly [key: string]: unknown } => {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return false
  const prototype: unknown = Object.getPrototypeOf(input)
  return (
    prototype === Object.prototype || prototype === null ||
    (typeof prototype === 'object' && Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf'))
  )
}

/** The length of an array, to be read once: a proxy may say something else each time, and not even a number. */
export const lengthOf = (input: ReadonlyArray<unknown>): number => {
  const length: unknown = input.length
  return typeof length === 'number' && length >= 0 ? length : Infinity
}

/** A copy of a JSON value that shares nothing with it, or `undefined` where it is none. A key `__proto__` is left out: it is nobody's data. */
const copyJson = (input: unknown): Json | undefined => {
  let parts = 0
  const copy = (value: unknown, depth: number): Json | undefined => {
    if (++parts > JSON_PARTS || depth > JSON_DEPTH) return undefined
    if (value === null || typeof value === 'boolean') return value
    if (typeof value === 'number') return Number.isFinite(value) ? (value === 0 ? 0 : value) : undefined
    if (typeof value === 'string') return isText(value) ? value : undefined
    if (Array.isArray(value)) {
      const items: Json[] = []
      const length = lengthOf(value)
      for (let i = 0; i < length; i++) {
        const item = copy(value[i], depth + 1)
        if (item === undefined) return undefined
        items.push(item)
      }
      return items
    }
    if (!isRecord(value)) return undefined
    const fields: { [key: string]: Json } = {}
    for (const key of Object.keys(value)) {
      if (key === '__proto__') continue
      const field = value[key]
      if (field === undefined) continue
      const copied = isText(key) ? copy(field, depth + 1) : undefined
      if (copied === undefined) return undefined
      fields[key] = copied
    }
    return fields
  }
  return copy(input, 0)
}

/** Any JSON object, kept as it came. */
export const json: t.Type<{ readonly [key: string]: Json }, unknown> = new Leaf<{ readonly [key: string]: Json }>(
  'Json', 'a JSON object, nested at most 64 deep, of at most 100000 parts',
  (input) => {
    const copied = isRecord(input) ? copyJson(input) : undefined
    return isRecord(copied) ? (copied) : undefined
  },
  { type: 'object' }, ['json-size', 'well-formed-text'],
)
