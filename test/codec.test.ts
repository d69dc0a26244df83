/**
 * The codec: what is written is read again, the short way of reading messages agrees with the description, and whatever
 * comes in, the result is typed, plain, and shares nothing with the input.
 */
import type { StandardSchemaV1 } from '@standard-schema/spec'
import fc from 'fast-check'
import { isLeft, isRight } from 'fp-ts/Either'
import * as t from 'io-ts'
import { PathReporter } from 'io-ts/lib/PathReporter.js'
import type { LogEntry, Message, Participant } from 'mpcvd'
import {
  decodeEntry, decodeHeader, decodeLog, decodeMessage, decodeParticipant, type Decoding, encode, encodeLog, type Fault,
  LogEntryCodec, LogHeaderCodec, MessageCodec, ParticipantCodec,
} from 'mpcvd/codec'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { decodeMessageByDescription } from '../src/codec/message.js'
import { anything, complaint, entries, entry, full, header, least, message, mutated, participant, someone, top } from './arbitrary-codec.js'
import { same } from './same.js'

const runs = { numRuns: 2_000 }

const kinds: ReadonlyArray<readonly [name: string, valid: fc.Arbitrary<unknown>, decode: (input: unknown) => Decoding<unknown>]> = [
  ['message', message, decodeMessage],
  ['message by description', message, decodeMessageByDescription],
  ['participant', participant, decodeParticipant],
  ['header', header, decodeHeader],
  ['entry', entry, decodeEntry],
]

const valueOf = <A>(result: Decoding<A>): A => {
  if (isLeft(result)) throw new Error(`refused: ${JSON.stringify(result.left)}`)
  return result.right.value
}
const faultsOf = (result: Decoding<unknown>): ReadonlyArray<Fault> => (isLeft(result) ? result.left : [])
const pathsOf = (result: Decoding<unknown>): ReadonlyArray<string> => faultsOf(result).map((fault) => fault.path)

describe.each(kinds)('a valid %s', (_name, valid, decode) => {
  it('is what it was after writing and reading', () => {
    fc.assert(
      fc.property(valid, (value) => {
        const written = decode(encode(value))
        const fromText = decode(JSON.parse(JSON.stringify(value)))
        same(valueOf(written), value)
        const text = JSON.stringify(written)
        same(JSON.stringify(fromText), text)
        same(JSON.stringify(decode(value)), text)
        if (isRight(written)) same(written.right.warnings, [])
        same(complaint(written), undefined)
        same(JSON.parse(JSON.stringify(valueOf(written))), valueOf(written))
      }),
      runs,
    )
  }, 120_000)

  it('mutated, is typed and plain, and says the same when it is read again', () => {
    let refused = 0
    fc.assert(
      fc.property(mutated(valid), (value) => {
        const result = decode(value)
        same(complaint(result), undefined)
        if (isLeft(result)) {
          refused++
          return
        }
        const again = decode(result.right.value)
        same(valueOf(again), result.right.value)
        if (isRight(again)) same(again.right.warnings, [])
      }),
      runs,
    )
    expect(refused).toBeGreaterThan(1_000)
    expect(refused).toBeLessThan(1_960)
  }, 120_000)
})

it('a log is what it was after writing and reading', () => {
  fc.assert(
    fc.property(header, fc.array(entry, { maxLength: 20, size: 'max' }), (first, rest) => {
      const log = { header: first, entries: rest }
      const read = decodeLog(encodeLog(log))
      same(read, { _tag: 'Right', right: { log, lines: rest.map((_, index) => index + 2), faults: [], warnings: [] } })
    }),
    { numRuns: 500 },
  )
})

/** Objects and arrays anywhere in a value as proxies that pass everything on, or lie about it, or throw. */
const proxied = (value: unknown, manner: number): unknown => {
  if (typeof value !== 'object' || value === null) return value
  const inner = Array.isArray(value) ? value.map((one: unknown) => proxied(one, manner >> 1)) : value
  const handlers: ReadonlyArray<ProxyHandler<object>> = [
    {},
    { get: () => proxied(value, manner >> 2) },
    { ownKeys: () => { throw new Error('ownKeys') } },
    { get: (target, name): unknown => (name === 'length' ? 2 ** 40 : Reflect.get(target, name)) },
    { getPrototypeOf: () => Date.prototype },
    { getOwnPropertyDescriptor: () => { throw new Error('descriptor') } },
    { get: (_, name) => ({ id: 'm', case: 'c', from: 'a', to: ['b'], types: ['RS'], at: '2026-01-05', length: NaN })[String(name)] },
    { has: () => true, ownKeys: () => ['id', 'roles', 'message'] },
  ]
  const handler = handlers[manner % handlers.length] ?? {}
  return new Proxy(inner, handler)
}

describe('junk', () => {
  it.each(kinds)('as a %s ends in typed faults or a plain value', (_name, valid, decode) => {
    fc.assert(
      fc.property(fc.oneof(anything, fc.tuple(fc.oneof(valid, anything), fc.nat(4095)).map(([value, manner]) => proxied(value, manner))), (value) => {
        same(complaint(decode(value)), undefined)
      }),
      runs,
    )
  }, 120_000)
})

describe('the short way and the description', () => {
  const agree = (value: unknown): void => {
    same(JSON.stringify(decodeMessage(value)), JSON.stringify(decodeMessageByDescription(value)))
  }

  it('agree on valid messages, mutated ones, and junk', () => {
    fc.assert(fc.property(message, agree), runs)
    fc.assert(fc.property(mutated(message), agree), { numRuns: 2_000 })
    fc.assert(fc.property(anything, agree), runs)
  }, 120_000)

  it('agree on lists at the limit of the short way', () => {
    const names = (count: number): ReadonlyArray<string> => Array.from({ length: count }, (_, index) => `p${index}`)
    for (const count of [0, 1, 7, 8, 9, 10_000, 10_001]) for (const field of ['to', 'after', 'types']) agree({ ...least, [field]: names(count) })
    const types = ['RS', 'RI', 'EP', 'EA', 'CX', 'CP', 'CV', 'GI', 'GK']
    for (let count = 1; count <= types.length; count++) agree({ ...least, types: types.slice(0, count) })
    for (let index = 0; index < 81; index++) agree({ ...least, types: [types[index % 9], types[Math.floor(index / 9)]] })
  })

  it('agree on fields that are hidden, inherited or undefined', () => {
    for (const name of Object.keys(full)) {
      agree(Object.defineProperty({ ...full }, name, { enumerable: false }))
      agree(Object.defineProperty({ ...least }, name, { value: Reflect.get(full, name), enumerable: false }))
      agree({ ...least, [name]: undefined })
    }
    agree(Object.create(least) as unknown)
    agree(Object.assign(Object.create(Object.assign(Object.create(null) as object, least)) as object, { u: 1, v: 1, w: 1, x: 1, y: 1, z: 1 }))
    agree(Object.assign(Object.create(null) as object, least))
  })

  it('agree inside an entry, whose faults have the longer path', () => {
    fc.assert(
      fc.property(mutated(message, true), (value) => {
        const alone = decodeMessageByDescription(value)
        const inside = decodeEntry({ message: value })
        const besides = decodeEntry({ message: value, more: 1 })
        const longer = (faults: ReadonlyArray<Fault>): ReadonlyArray<Fault> => faults.map((fault) => ({ ...fault, path: `/message${fault.path}` }))
        if (isLeft(alone)) {
          same(inside, { _tag: 'Left', left: longer(alone.left) })
          same(besides, inside)
        } else {
          const warnings = longer(alone.right.warnings)
          same(inside, { _tag: 'Right', right: { value: { message: alone.right.value }, warnings } })
          same(besides, { _tag: 'Right', right: { value: { message: alone.right.value }, warnings: [{ path: '/more', expected: 'a field of the format', got: 'an unknown field, left out' }, ...warnings].slice(0, 100) } })
        }
      }),
      { numRuns: 2_500 },
    )
  }, 120_000)
})

describe('faults', () => {
  it.each<readonly [what: string, result: Decoding<unknown>, faults: ReadonlyArray<readonly [path: string, got: string]>]>([
    ['nothing at all', decodeMessage(undefined), [['', 'undefined']]],
    ['an array', decodeMessage([]), [['', 'an array']]],
    ['an empty object', decodeMessage({}), ['/id', '/case', '/from', '/to', '/types', '/at'].map((path) => [path, 'nothing'])],
    ['several at once', decodeMessage({ ...least, id: 7, to: ['b', 8, 'b'], at: '2026-02-30' }), [['/id', '7'], ['/to/1', '8'], ['/to/2', '"b"'], ['/at', '"2026-02-30"']]],
    ['nested', decodeMessage({ ...least, embargo: { id: '', end: 'soon' }, report: {} }), [['/embargo/id', '""'], ['/embargo/end', '"soon"'], ['/report/id', 'nothing']]],
    ['the sender', decodeMessage({ ...least, to: ['b', 'a'] }), [['/to/1', '"a"']]],
    ['the order', decodeMessage({ ...least, types: ['EP', 'RS'] }), [['/types', '"EP RS"']]],
    ['itself', decodeMessage({ ...least, inReplyTo: 'm', after: ['x', 'm'] }), [['/inReplyTo', '"m"'], ['/after/1', '"m"']]],
    ['the shape', decodeParticipant({ ...someone, cs: 'pxa' }), [['/cs', '"pxa"']]],
    ['a header', decodeHeader({ ...top, as: 'z', participants: [...top.participants, { id: 'a', roles: ['deployer'], start: '(S,N,pxa)' }] }), [['/participants/2/start', '"(S,N,pxa)"'], ['/participants/2/id', '"a"'], ['/as', '"z"']]],
    ['no kind of entry', decodeEntry({}), [['', 'none of them']]],
    ['two kinds of entry', decodeEntry({ message: least, receipt: {} }), [['', 'message receipt']]],
    ['whom it is about', decodeEntry({ observation: { event: 'V', at: '2026-01-05', source: 's' } }), [['/observation/about', 'nothing']]],
    ['roles', decodeEntry({ membership: { by: 'a', participant: 'b', change: 'joins', at: '2026-01-05' } }), [['/membership/roles', 'nothing']]],
    ['a message in an entry', decodeEntry({ message: { ...least, to: [] } }), [['/message/to', 'none']]],
    ['whose word decides and what orders', decodeHeader({ ...top, decision: 'all', order: 'first', owner: '', manager: 7, projection: [] }), [['/owner', '""'], ['/manager', '7'], ['/projection', 'an array'], ['/decision', '"all"'], ['/order', '"first"']]],
    ['what a case starts with', decodeHeader({ ...top, inherits: { siblings: ['c2', 'c2'], embargo: { end: 'soon' }, signed: 'a' } }), [['/inherits/from', 'nothing'], ['/inherits/siblings/1', '"c2"'], ['/inherits/embargo/id', 'nothing'], ['/inherits/embargo/end', '"soon"'], ['/inherits/signed', '"a"']]],
    ['aliases', decodeHeader({ ...top, participants: [{ id: 'a', roles: ['finder'], aliases: ['x', '', 'x'] }] }), [['/participants/0/aliases/1', '""'], ['/participants/0/aliases/2', '"x"']]],
    ['a stamp', decodeEntry({ stamp: { by: 'a', sequence: 0, at: '2026-01-05' } }), [['/stamp/entry', 'nothing'], ['/stamp/sequence', '0']]],
    ['a place that is no whole number', decodeEntry({ stamp: { by: 'a', entry: 'm', sequence: 1.5, at: '2026-01-05' } }), [['/stamp/sequence', '1.5']]],
    ['a place beyond what a number holds', decodeEntry({ stamp: { by: 'a', entry: 'm', sequence: 2 ** 53, at: '2026-01-05' } }), [['/stamp/sequence', '9007199254740992']]],
    ['a correction', decodeEntry({ correction: { by: 'a', change: 'undoes', moment: '2026-02-30', digest: 7, at: '2026-01-05' } }), [['/correction/of', 'nothing'], ['/correction/change', '"undoes"'], ['/correction/moment', '"2026-02-30"'], ['/correction/digest', '7']]],
    ['a stamp that is a correction too', decodeEntry({ stamp: {}, correction: {} }), [['', 'stamp correction']]],
    ['a getter that throws', decodeMessage({ ...least, get note(): string { throw new Error('no') } }), [['', 'something that throws when it is read']]],
  ])('name the place and what was there: %s', (_what, result, faults) => {
    expect(faultsOf(result).map(({ path, got }) => [path, got])).toEqual(faults)
    expect(faultsOf(result).every((fault) => fault.expected.length > 3)).toBe(true)
  })

  it('say what was expected', () => {
    expect(faultsOf(decodeMessage({ ...full, tlp: 'WHITE', v: 2, ext: [] }))).toEqual([
      { path: '/v', expected: '1', got: '2' },
      { path: '/tlp', expected: 'one of CLEAR GREEN AMBER AMBER+STRICT RED', got: '"WHITE"' },
      { path: '/ext', expected: 'a JSON object, nested at most 64 deep, of at most 100000 parts', got: 'an array' },
    ])
  })

  it('are at most 100, whatever is wrong', () => {
    const many = (count: number): ReadonlyArray<unknown> => Array.from({ length: count }, () => 1)
    expect(pathsOf(decodeMessage({ ...least, to: many(300), types: [], after: many(20_000) }))).toHaveLength(100)
    const crowd = Array.from({ length: 5_000 }, (_, index) => ({ id: `p${index}`, roles: ['vendor'], start: '(A,N,pxa)' }))
    expect(pathsOf(decodeHeader({ ...top, participants: crowd }))).toHaveLength(100)
  })
})

describe('unknown fields', () => {
  const warn = (path: string): object => ({ path, expected: 'a field of the format', got: 'an unknown field, left out' })

  it('are left out at every level, with a warning each', () => {
    const input = { ...full, 'a/b~c': 1, embargo: { ...full.embargo, x: 1 }, report: { ...full.report, x: 1 }, subject: { participant: 'b', product: 'p', x: 1 } }
    expect(decodeMessage(input)).toEqual({ _tag: 'Right', right: { value: full, warnings: ['/a~1b~0c', '/subject/x', '/embargo/x', '/report/x'].map(warn) } })
    expect(decodeMessage({ ...least, colour: 1 })).toEqual({ _tag: 'Right', right: { value: least, warnings: [warn('/colour')] } })
    expect(decodeParticipant({ ...someone, x: 1 })).toEqual({ _tag: 'Right', right: { value: someone, warnings: [warn('/x')] } })
    expect(decodeHeader({ ...top, participants: top.participants.map((one) => ({ ...one, x: 1 })) })).toEqual({ _tag: 'Right', right: { value: top, warnings: ['/participants/0/x', '/participants/1/x'].map(warn) } })
    expect(decodeHeader({ ...top, inherits: { ...top.inherits, x: 1, embargo: { ...top.inherits?.embargo, y: 1 } } })).toEqual({ _tag: 'Right', right: { value: top, warnings: ['/inherits/x', '/inherits/embargo/y'].map(warn) } })
    for (const one of entries) {
      const [kind = '', content = {}] = Object.entries<object>(one)[0] ?? []
      expect(decodeEntry({ [kind]: { ...content, x: 1 }, y: 1 })).toEqual({ _tag: 'Right', right: { value: one, warnings: ['/y', `/${kind}/x`].map(warn) } })
    }
  })

  it('are kept verbatim in ext, but for __proto__', () => {
    const ext: unknown = JSON.parse('{"constructor":{"prototype":{"x":1}},"__proto__":{"x":1},"a":[{"__proto__":1,"toJSON":null,"y":[1.5,"\\u0000",{}]}],"":""}')
    const value = valueOf(decodeMessage({ ...least, ext }))
    expect(JSON.stringify(value.ext)).toBe('{"constructor":{"prototype":{"x":1}},"a":[{"toJSON":null,"y":[1.5,"\\u0000",{}]}],"":""}')
    expect(Reflect.getPrototypeOf(value.ext ?? [])).toBe(Object.prototype)
  })
})

describe('as io-ts codecs and Standard Schemas', () => {
  it('compose with other codecs, which keep their context', () => {
    const Ticket = t.intersection([MessageCodec, t.type({ ticket: t.number })])
    const taken = Ticket.decode({ ...full, ticket: 7 })
    expect(taken).toEqual({ _tag: 'Right', right: { ...full, ticket: 7 } })
    expectTypeOf<t.TypeOf<typeof Ticket>>().toEqualTypeOf<Message & { ticket: number }>()
    expect(Ticket.encode({ ...full, ticket: 7 })).toEqual({ ...full, ticket: 7 })
    expect(Ticket.is({ ...full, ticket: 7 })).toBe(true)
    expect(isLeft(Ticket.decode(full))).toBe(true)
    const Many = t.array(MessageCodec)
    expect(Many.decode([least, full])).toEqual({ _tag: 'Right', right: [least, full] })
    const refused = t.type({ inbox: Many }).decode({ inbox: [least, { ...least, to: ['b', 7] }, { ...least, at: '2026-02-30' }] })
    expect(isLeft(refused) ? refused.left.map((error) => error.context.map((step) => step.key).join('/')) : []).toEqual(['/inbox/1/to/1', '/inbox/2/at'])
    expect(PathReporter.report(refused)).toEqual([
      'expected an id: text of 1 to 512 characters, got 7',
      'expected an RFC 3339 instant with its zone, a date YYYY-MM-DD, or an interval of two of these joined by /, got "2026-02-30"',
    ])
  })

  it('say what the decoders say, and write what they read', () => {
    const agrees = <A>(codec: t.Type<A, unknown> & StandardSchemaV1<unknown, A>, decode: (input: unknown) => Decoding<A>, value: unknown): void => {
      const result = decode(value)
      const standard = codec['~standard'].validate(value)
      if (standard instanceof Promise) throw new Error('a promise')
      same(codec.is(value), isRight(result))
      same(isRight(codec.decode(value)), isRight(result))
      if (isRight(result)) {
        same(standard, { value: result.right.value })
        same(codec.encode(result.right.value), result.right.value)
      } else {
        same(standard.issues?.map((issue) => issue.message), result.left.map((fault) => `expected ${fault.expected}, got ${fault.got}`))
        const pointers = standard.issues?.map((issue) => (issue.path ?? []).map((step) => `/${(typeof step === 'string' ? step : '?').replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''))
        same(pointers, result.left.map((fault) => fault.path))
      }
    }
    const check = <A>(codec: t.Type<A, unknown> & StandardSchemaV1<unknown, A>, decode: (input: unknown) => Decoding<A>, valid: fc.Arbitrary<A>): void => {
      fc.assert(fc.property(fc.oneof(valid, mutated(valid), anything), (value) => agrees(codec, decode, value)), { numRuns: 800 })
    }
    check(MessageCodec, decodeMessage, message)
    check(ParticipantCodec, decodeParticipant, participant)
    check(LogHeaderCodec, decodeHeader, header)
    check(LogEntryCodec, decodeEntry, entry)
  }, 120_000)

  it('have the types that they say', () => {
    expectTypeOf(MessageCodec).toExtend<StandardSchemaV1<unknown, Message>>()
    expectTypeOf<StandardSchemaV1.InferOutput<typeof ParticipantCodec>>().toEqualTypeOf<Participant>()
    expectTypeOf<StandardSchemaV1.InferInput<typeof LogHeaderCodec>>().toEqualTypeOf<unknown>()
    expectTypeOf<StandardSchemaV1.InferOutput<typeof LogEntryCodec>>().toEqualTypeOf<LogEntry>()
    expectTypeOf<t.TypeOf<typeof MessageCodec>>().toEqualTypeOf<Message>()
    for (const one of [MessageCodec, ParticipantCodec, LogHeaderCodec, LogEntryCodec]) expect(one['~standard']).toMatchObject({ version: 1, vendor: 'mpcvd' })
  })
})
