/**
 * Taking a value in by its description.
 *
 * The format is described once, in io-ts (`message.ts`, `participant.ts`, `log.ts`). A {@link reader} copies a value as the
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

/** JSON pointer of a field. */
const at = (path: string, name: string): string => `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`

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

/** Marks what is no value: a fault has been told. */
const nothing = Symbol('nothing')

/** What is told of a value while it is copied. */
interface Told {
  readonly faults: Fault[]
  readonly warnings: Warning[]
}

const tell = ({ faults }: Told, path: string, expected: string, got: string): typeof nothing => {
  if (faults.length < FAULTS) faults.push({ path, expected, got })
  return nothing
}

/** A description made ready: copies a value that stands at a path, telling faults and warnings on the way. */
type Reading = (input: unknown, path: string, told: Told) => unknown

const arrayReading = (node: t.ReadonlyArrayType<t.Mixed>): Reading => {
  const expected = expectation(node)
  const item = readingOf(node.type)
  const least = node.name === SOME ? 1 : 0
  return (input, path, told) => {
    if (!Array.isArray(input)) return tell(told, path, expected, show(input))
    const length = lengthOf(input)
    if (length > ITEMS) return tell(told, path, `an array of at most ${ITEMS} items`, `${length} items`)
    if (length < least) tell(told, path, 'at least one item', 'none')
    const items: unknown[] = []
    const seen = new Set<unknown>()
    for (let i = 0; i < length && told.faults.length < FAULTS; i++) {
      const one: unknown = input[i]
      const place = `${path}/${i}`
      if (seen.has(one)) tell(told, place, 'no item twice', show(one))
      seen.add(one)
      items.push(item(one, place, told))
    }
    return items
  }
}

/** A union is read as the first record whose required fields an object has, so that faults are about that one; else as the first type that has none. */
const unionReading = (node: t.UnionType<t.Mixed[]>): Reading => {
  const expected = expectation(node)
  const options = node.types.map((option) => {
    const record = nodeOf(option)
    return { reading: readingOf(option), required: isRecordNode(record) ? Object.keys(fieldsOf(record).required) : undefined }
  })
  return (input, path, told) => {
    const record = isRecord(input) ? options.find(({ required }) => required?.every((name) => Object.hasOwn(input, name)) === true) : undefined
    if (record !== undefined) return record.reading(input, path, told)
    for (const { reading } of options) {
      const attempt: Told = { faults: [], warnings: [] }
      const value = reading(input, path, attempt)
      if (attempt.faults.length === 0) return value
    }
    return tell(told, path, expected, show(input))
  }
}

const recordReading = (node: t.InterfaceType<t.Props> | t.PartialType<t.Props> | t.IntersectionType<t.Mixed[]>): Reading => {
  const expected = expectation(node)
  const { required, optional } = fieldsOf(node)
  const fields = [...Object.entries(required), ...Object.entries(optional)].map(([name, field]) => ({
    name, step: at('', name), reading: readingOf(field), missing: Object.hasOwn(required, name) ? expectation(field) : undefined,
  }))
  const known = new Set(fields.map(({ name }) => name))
  return (input, path, told) => {
    if (!isRecord(input)) return tell(told, path, expected, show(input))
    for (const name of Object.keys(input))
      if (!known.has(name) && told.warnings.length < FAULTS) told.warnings.push({ path: at(path, name), expected: 'a field of the format', got: 'an unknown field, left out' })
    const copy: { [key: string]: unknown } = {}
    for (const { missing, name, reading, step } of fields) {
      const value: unknown = Object.hasOwn(input, name) ? input[name] : undefined
      if (value !== undefined) copy[name] = reading(value, path + step, told)
      else if (missing !== undefined) tell(told, path + step, missing, 'nothing')
    }
    return copy
  }
}

/** Makes a description ready: what can be worked out without a value is worked out once. */
const readingOf = (type: t.Mixed): Reading => {
  const node = nodeOf(type)
  const expected = expectation(type)
  switch (node._tag) {
    case 'Leaf':
      return (input, path, told) => {
        const taken = node.take(input)
        return taken === undefined ? tell(told, path, expected, show(input)) : taken
      }
    case 'BooleanType':
      return (input, path, told) => (typeof input === 'boolean' ? input : tell(told, path, expected, show(input)))
    case 'LiteralType':
      return (input, path, told) => (input === node.value ? input : tell(told, path, expected, show(input)))
    case 'KeyofType':
      return (input, path, told) => (typeof input === 'string' && Object.hasOwn(node.keys, input) ? input : tell(told, path, expected, show(input)))
    case 'ReadonlyArrayType':
      return arrayReading(node)
    case 'UnionType':
      return unionReading(node)
    default:
      return recordReading(node)
  }
}

/** Rules of a description that go beyond its form: faults in a value whose form is right. */
export type Check<A> = (value: A) => ReadonlyArray<Fault>

/** Takes in values by a description and its further rules, and never throws. The description is made ready for the first of them. */
export const reader = <A>(type: t.Type<A, unknown>, check: Check<A>): ((input: unknown) => Decoding<A>) => {
  let reading: Reading | undefined
  return (input) => {
    const faults: Fault[] = []
    const warnings: Warning[] = []
    try {
      reading ??= readingOf(type)
      const value = reading(input, '', { faults, warnings })
      if (faults.length > 0) return left(faults)
      const further = check(value as A)
      return further.length > 0 ? left(further.slice(0, FAULTS)) : right({ value: value as A, warnings })
    } catch {
      return left([{ path: '', expected: 'plain data', got: 'something that throws when it is read' }])
    }
  }
}

/** Plain JSON data of a value: what `JSON.parse(JSON.stringify(value))` gives. */
export const encode = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json
