/**
 * Taking a value in by its description.
 *
 * The format is described once, in io-ts (`message.ts`, `participant.ts`, `log.ts`). {@link read} copies a value as the
 * description has it, and says everything that is wrong with it, with the place; `schema.ts` and `standard.ts` read the
 * same description. Only io-ts's stable types are used, and of those only the handful below.
 *
 * Nothing here throws, whatever comes: the value is read once, each field at most once, and what throws while it is read
 * (a getter, a proxy) ends as a fault.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import * as t from 'io-ts'
import type { Json } from '../protocol/message.js'
import { isRecord, type Leaf, lengthOf } from './leaf.js'

/** One thing wrong with a value: where (a JSON pointer), what was expected, what came. */
export interface Fault {
  readonly path: string
  readonly expected: string
  readonly got: string
}

/** Something that was left out of a value, and does not make it wrong. */
export type Warning = Fault

/** A value that was taken in, and what was left out of it. The value shares nothing with the input. */
export interface Decoded<A> {
  readonly value: A
  readonly warnings: ReadonlyArray<Warning>
}

/** What decoding gives: the value, or everything that is wrong with it (at most 100 faults). */
export type Decoding<A> = Either<ReadonlyArray<Fault>, Decoded<A>>

/** How many faults are told, and how long a list may be: what is beyond that tells nothing more. */
const FAULTS = 100
export const ITEMS = 10_000

/** A value in a few words, for a fault; nothing of the value is called. */
export const show = (input: unknown): string => {
  switch (typeof input) {
    case 'string':
      return JSON.stringify(input.length > 60 ? `${input.slice(0, 60)}…` : input)
    case 'number':
    case 'boolean':
    case 'undefined':
      return String(input)
    case 'object':
      return input === null ? 'null' : Array.isArray(input) ? 'an array' : 'an object'
    default:
      return `a ${typeof input}`
  }
}

/** An array of at least one item. io-ts has none; the name marks it for the readings below. */
export const some = <C extends t.Mixed>(item: C): t.ReadonlyArrayC<C> => t.readonlyArray(item, SOME)
/** The name that marks an array of at least one item. */
export const SOME = 'some'

/** The io-ts types that descriptions are made of. */
export type Node =
  | Leaf<unknown>
  | t.BooleanType
  | t.LiteralType<string | number>
  | t.KeyofType<{ readonly [key: string]: unknown }>
  | t.ReadonlyArrayType<t.Mixed>
  | t.UnionType<t.Mixed[]>
  | t.InterfaceType<t.Props>
  | t.PartialType<t.Props>
  | t.IntersectionType<t.Mixed[]>

const isNode = (type: t.Mixed): type is Node & t.Mixed => '_tag' in type
/** The io-ts type that a description is made of, by its tag. */
export const nodeOf = (type: t.Mixed): Node => {
  if (isNode(type)) return type
  throw new Error(`the description uses an io-ts type without a reading: ${type.name}`)
}

/** The fields of a record: those that must be there, and those that may. */
export interface Fields {
  readonly required: t.Props
  readonly optional: t.Props
}

/** The fields of a record, however it was put together. */
export const fieldsOf = (node: t.InterfaceType<t.Props> | t.PartialType<t.Props> | t.IntersectionType<t.Mixed[]>): Fields => {
  switch (node._tag) {
    case 'InterfaceType':
      return { required: node.props, optional: {} }
    case 'PartialType':
      return { required: {}, optional: node.props }
    case 'IntersectionType':
      return node.types.map(nodeOf).reduce<Fields>(
        (all, part) => {
          if (part._tag !== 'InterfaceType' && part._tag !== 'PartialType') return all
          const fields = fieldsOf(part)
          return { required: { ...all.required, ...fields.required }, optional: { ...all.optional, ...fields.optional } }
        },
        { required: {}, optional: {} },
      )
  }
}

/** JSON pointer of a field or item. */
const at = (path: string, step: string | number): string => `${path}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`

/** What a type of a union says it is, for a fault. */
const expectation = (type: t.Mixed): string => {
  const node = nodeOf(type)
  switch (node._tag) {
    case 'Leaf':
      return node.expected
    case 'KeyofType':
      return `one of ${Object.keys(node.keys).join(' ')}`
    case 'LiteralType':
      return JSON.stringify(node.value)
    case 'BooleanType':
      return 'true or false'
    case 'ReadonlyArrayType':
      return 'an array'
    case 'UnionType':
      return [...new Set(node.types.map(expectation))].join(', or ')
    default:
      return 'an object'
  }
}

/** Whether a type describes a record. */
export const isRecordNode = (node: Node): node is t.InterfaceType<t.Props> | t.PartialType<t.Props> | t.IntersectionType<t.Mixed[]> =>
  node._tag === 'InterfaceType' || node._tag === 'PartialType' || node._tag === 'IntersectionType'

/** The record of a union that an object means to be: the first whose required fields it has, so that faults are about that one. */
const recordOption = (node: t.UnionType<t.Mixed[]>, input: object): t.Mixed | undefined =>
  node.types.find((option) => {
    const record = nodeOf(option)
    return isRecordNode(record) && Object.keys(fieldsOf(record).required).every((name) => Object.hasOwn(input, name))
  })

/** Marks what is no value: a fault has been told. */
const nothing = Symbol('nothing')

/** Copies a value as a description has it, telling faults and warnings on the way. */
const readNode = (type: t.Mixed, input: unknown, path: string, faults: Fault[], warnings: Warning[]): unknown => {
  const node = nodeOf(type)
  const tell = (where: string, expected: string, got: string): typeof nothing => {
    if (faults.length < FAULTS) faults.push({ path: where, expected, got })
    return nothing
  }
  const fail = (): typeof nothing => tell(path, expectation(type), show(input))
  switch (node._tag) {
    case 'Leaf': {
      const taken = node.take(input)
      return taken === undefined ? fail() : taken
    }
    case 'BooleanType':
      return typeof input === 'boolean' ? input : fail()
    case 'LiteralType':
      return input === node.value ? input : fail()
    case 'KeyofType':
      return typeof input === 'string' && Object.hasOwn(node.keys, input) ? input : fail()
    case 'ReadonlyArrayType': {
      if (!Array.isArray(input)) return fail()
      const length = lengthOf(input)
      if (length > ITEMS) return tell(path, `an array of at most ${ITEMS} items`, `${length} items`)
      if (node.name === SOME && length === 0) tell(path, 'at least one item', 'none')
      const items: unknown[] = []
      const seen = new Set<unknown>()
      for (let i = 0; i < length && faults.length < FAULTS; i++) {
        const item: unknown = input[i]
        if (seen.has(item)) tell(at(path, i), 'no item twice', show(item))
        seen.add(item)
        items.push(readNode(node.type, item, at(path, i), faults, warnings))
      }
      return items
    }
    case 'UnionType': {
      const record = isRecord(input) ? recordOption(node, input) : undefined
      if (record !== undefined) return readNode(record, input, path, faults, warnings)
      for (const option of node.types) {
        const attempt: Fault[] = []
        const value = readNode(option, input, path, attempt, [])
        if (attempt.length === 0) return value
      }
      return fail()
    }
    default: {
      if (!isRecord(input)) return fail()
      const { required, optional } = fieldsOf(node)
      const fields: { [key: string]: unknown } = {}
      for (const name of Object.keys(input)) {
        if (Object.hasOwn(required, name) || Object.hasOwn(optional, name)) continue
        if (warnings.length < FAULTS) warnings.push({ path: at(path, name), expected: 'a field of the format', got: 'an unknown field, left out' })
      }
      for (const [name, field] of [...Object.entries(required), ...Object.entries(optional)]) {
        const value: unknown = Object.hasOwn(input, name) ? input[name] : undefined
        if (value !== undefined) fields[name] = readNode(field, value, at(path, name), faults, warnings)
        else if (Object.hasOwn(required, name)) tell(at(path, name), expectation(field), 'nothing')
      }
      return fields
    }
  }
}

/** Rules of a description that go beyond its form: faults in a value whose form is right. */
export type Check<A> = (value: A) => ReadonlyArray<Fault>

/** Takes in a value by a description and its further rules. Never throws. */
export const read = <A>(type: t.Type<A, unknown>, check: Check<A>, input: unknown): Decoding<A> => {
  const faults: Fault[] = []
  const warnings: Warning[] = []
  try {
    const value = readNode(type, input, '', faults, warnings)
    if (faults.length > 0) return left(faults)
    const further = check(value as A)
    return further.length > 0 ? left(further.slice(0, FAULTS)) : right({ value: value as A, warnings })
  } catch {
    return left([{ path: '', expected: 'plain data', got: 'something that throws when it is read' }])
  }
}

/** Plain JSON data of a value: what `JSON.parse(JSON.stringify(value))` gives. */
export const encode = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json
