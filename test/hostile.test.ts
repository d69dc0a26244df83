/**
 * What somebody who means harm sends or hands over: each time the answer is typed, nothing throws or hangs, nothing of
 * the input runs later, and no prototype has changed.
 */
import fc from 'fast-check'
import { isLeft } from 'fp-ts/Either'
import { adopted, replay } from 'mpcvd'
import { decodeEntry, decodeHeader, decodeLog, decodeMessage, decodeParticipant, type Decoding, encodeLog } from 'mpcvd/codec'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decodeMessageByDescription } from '../src/codec/message.js'
import { complaint, entries, entry, full, header, least, message, participant, someone, top } from './arbitrary-codec.js'
import { same } from './same.js'

/** Long enough for a busy machine; what hangs does not end by then. */
const patience = 10_000

const shared: ReadonlyArray<object> = [Object.prototype, Array.prototype, Function.prototype, String.prototype]
const inherited = (): string => JSON.stringify(shared.map((one) => Reflect.ownKeys(one).map(String)))
let before = ''
beforeEach(() => { before = inherited() })
afterEach(() => expect(inherited()).toBe(before))

type Decode = (input: unknown) => Decoding<unknown>

const samples: ReadonlyArray<readonly [name: string, value: object, decode: Decode]> = [
  ['the least message', least, decodeMessage], ['a full message', full, decodeMessage], ['a full message, by description', full, decodeMessageByDescription],
  ['a participant', someone, decodeParticipant], ['a header', top, decodeHeader], ...entries.map((one) => [`an entry: ${Object.keys(one).join()}`, one, decodeEntry] as const),
]

/** What is large is made once, and handed over to every decoder: none of them may change it. */
const once = <A>(make: () => A): (() => A) => {
  let made: { readonly value: A } | undefined
  return () => (made ??= { value: make() }).value
}
const boom = (): never => { throw new Error('boom') }
const nest = (open: string, inside: string, close: string): unknown => JSON.parse(open.repeat(100_000) + inside + close.repeat(100_000))
const built = (wrap: (inner: unknown) => unknown): unknown => {
  let value: unknown = 1
  for (let depth = 0; depth < 100_000; depth++) value = wrap(value)
  return value
}
const cycle = (start: object, name: string): unknown => (Reflect.set(start, name, start), start)
const throwing = (trap: keyof ProxyHandler<object>, target: object = {}): unknown => new Proxy(target, { [trap]: boom })
const lengths = (...said: ReadonlyArray<unknown>): unknown => {
  let asked = 0
  return new Proxy([], { get: (_, name) => (name === 'length' ? said[Math.min(asked++, said.length - 1)] : `x${String(name)}`) })
}
const revoked = (target: object): unknown => {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}

const taken = (result: Decoding<unknown>): unknown => {
  if (isLeft(result)) throw new Error(`refused: ${JSON.stringify(result.left)}`)
  return result.right.value
}
const pathsOf = (result: Decoding<unknown>): ReadonlyArray<string> => (isLeft(result) ? result.left.map((fault) => fault.path) : [])

/** Where a value is right: nowhere but as an unknown field; as text; within `ext`; as `ext` itself; or in other places, or now and then. */
type Right = 'nowhere' | 'text' | 'json' | 'object' | 'sometimes'

const hostile: ReadonlyArray<readonly [name: string, make: () => unknown, right: Right]> = [
  ['text of 10 MB', () => 'x'.repeat(10_000_000), 'text'],
  ['text of 10 MB that starts as a date', () => `2026-01-05${' '.repeat(10_000_000)}`, 'text'],
  ['10 MB of combining marks', () => '\u0301'.repeat(10_000_000), 'text'],
  ['10 MB of pairs', () => '💥'.repeat(5_000_000), 'text'],
  ['10 MB of brackets', () => '('.repeat(10_000_000), 'text'],
  ['NUL and other control characters', () => '\u0000\u001b[2J\u009b\u2028', 'sometimes'],
  ['10 MB of lone surrogates', () => '\ud800'.repeat(10_000_000), 'nowhere'],
  ['a high surrogate', () => '\ud800', 'nowhere'],
  ['a low surrogate', () => 'a\udfff', 'nowhere'],
  ['a pair the wrong way round', () => '\udca5\ud83d', 'nowhere'],
  ['arrays 100,000 deep, parsed', once(() => nest('[', '', ']')), 'nowhere'],
  ['objects 100,000 deep, parsed', once(() => nest('{"a":', '1', '}')), 'nowhere'],
  ['__proto__ 100,000 deep, parsed', once(() => nest('{"a":{"__proto__":', '1', '}}')), 'object'],
  ['arrays 100,000 deep, built', once(() => built((inner) => [inner])), 'nowhere'],
  ['objects 100,000 deep, built', once(() => built((a) => ({ a }))), 'nowhere'],
  ...[NaN, Infinity, -Infinity].map((one) => [String(one), () => one, 'nowhere'] as const),
  ['-0', () => -0, 'json'],
  ['1e308', () => 1e308, 'json'],
  ['a cyclic object', () => cycle({ id: 7 }, 'self'), 'nowhere'],
  ['a cyclic array', () => cycle(['a'], '1'), 'nowhere'],
  ['an object that is its own embargo', () => cycle({ id: '' }, 'embargo'), 'nowhere'],
  ['an array of 10^6 numbers', once(() => Array.from({ length: 1_000_000 }, (_, index) => index)), 'nowhere'],
  ['an array of 10^6 texts', once(() => Array.from({ length: 1_000_000 }, (_, index) => `${index}`)), 'nowhere'],
  ['an array of 10^6 empty objects', once(() => Array.from({ length: 1_000_000 }, () => ({}))), 'nowhere'],
  ['an array with a hole', () => cycle([], '1'), 'nowhere'],
  ['an array of nothing but holes', () => new Array<string>(1_000_000), 'nowhere'],
  ['the longest array', () => new Array<string>(2 ** 32 - 1), 'nowhere'],
  ['an array that says it is huge', () => lengths(2 ** 53), 'nowhere'],
  ['an array that says NaN', () => lengths(NaN), 'nowhere'],
  ['an array that grows when it is asked', () => lengths(1, 2 ** 53), 'sometimes'],
  ['an array that grows at last', () => lengths(1, 1, 1, 1, 1, 1, 2 ** 53), 'sometimes'],
  ['an array whose length is an object', () => lengths({ valueOf: boom }), 'nowhere'],
  ['an array whose length is negative', () => lengths(-1), 'nowhere'],
  ['an array-like object', () => ({ length: 2 ** 53 }), 'object'],
  ['a getter that throws', () => ({ get id() { return boom() } }), 'nowhere'],
  ['a throwing getter for every field', () => Object.defineProperties({}, Object.fromEntries(Object.keys(full).map((name) => [name, { get: boom, enumerable: true }]))), 'nowhere'],
  ...(['get', 'ownKeys', 'getOwnPropertyDescriptor', 'getPrototypeOf'] as const).map((trap) => [`a proxy that throws on ${trap}`, () => throwing(trap, { id: 'a' }), 'nowhere'] as const),
  ['an array proxy that throws on get', () => throwing('get', ['a']), 'nowhere'],
  ['a revoked object', () => revoked({}), 'nowhere'],
  ['a revoked array', () => revoked([]), 'nowhere'],
  ['a revoked function', () => revoked(boom), 'nowhere'],
  ['a proxy that is its own prototype', () => { const self: object = new Proxy({}, { getPrototypeOf: () => self }); return self }, 'nowhere'],
  ['a proxy without an end', () => { const self: object = new Proxy({}, { get: () => self, ownKeys: () => ['id', 'x'], getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: 1 }) }); return self }, 'nowhere'],
  ['a BigInt', () => 10n, 'nowhere'],
  ['a symbol', () => Symbol('x'), 'nowhere'],
  ['a function', () => boom, 'nowhere'],
  ['a class', () => class A { readonly id = 'a' }, 'nowhere'],
  ['undefined in an array', () => [undefined], 'nowhere'],
  ...[new Date(0), new Date(NaN), new Map([['id', 'a']]), new Set(['a']), /x/, new Error('x'), Promise.resolve('a'), new WeakMap(), new Uint8Array(3), new ArrayBuffer(8), new URL('x:y')]
    .map((one) => [`an instance of ${one.constructor.name}`, () => one, 'nowhere'] as const),
  ['a boxed text', () => Object('a') as unknown, 'nowhere'],
  ['a boxed number', () => Object(1) as unknown, 'nowhere'],
  ['an instance of a class', () => new (class A { readonly id = 'a' })(), 'nowhere'],
  ['an object that inherits its fields', () => Object.create({ id: 'a', participant: 'a' }) as unknown, 'nowhere'],
  ['an object that inherits from one without a prototype', () => Object.create(Object.create(null) as object) as unknown, 'nowhere'],
  ['an object without a prototype', () => Object.assign(Object.create(null) as object, { x: 1 }), 'object'],
  ['an array with fields', () => Object.assign([1], { id: 'a', participant: 'a' }), 'json'],
  ['99,990 keys', once(() => Object.fromEntries(Array.from({ length: 99_990 }, (_, index) => [`k${index}`, 1]))), 'object'],
  ['100,001 keys', once(() => Object.fromEntries(Array.from({ length: 100_001 }, (_, index) => [`k${index}`, 1]))), 'nowhere'],
  ['a key of 10 MB', () => ({ ['k'.repeat(10_000_000)]: 1 }), 'object'],
  ['a key with a lone surrogate', () => ({ '\ud800': 1 }), 'nowhere'],
  ['__proto__ as data', () => JSON.parse('{"__proto__":{"polluted":1},"x":1}') as unknown, 'object'],
  ['constructor and prototype as data', () => JSON.parse('{"constructor":{"prototype":{"polluted":1}},"prototype":{"polluted":1}}') as unknown, 'object'],
  ['Object.prototype', () => Object.prototype, 'object'],
  ['Function.prototype', () => Function.prototype, 'nowhere'],
  ['the global object', () => globalThis, 'nowhere'],
  ['a toJSON that throws', () => ({ toJSON: boom }), 'nowhere'],
]

/** The value with another in the place of each of its fields and items, at any depth, one at a time. */
const planted = (value: unknown, hostileOne: unknown): ReadonlyArray<readonly [path: string, value: unknown]> =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, field]) =>
        ([['', hostileOne], ...planted(field, hostileOne)] as const).map(([path, inner]) => {
          const copy = Array.isArray(value) ? [...value] : { ...value }
          Reflect.set(copy, name, inner)
          return [`/${name}${path}`, copy] as const
        }),
      )

/** Whether a value is right in a place. */
const isRightAt = (path: string, right: Right): boolean =>
  /\/ext\//.test(path) ? right !== 'nowhere'
  : path.endsWith('/ext') ? right === 'object'
  : /\/(note|title|reason|scope|product|source|digest|(vulnerabilities|products)\/0)$/.test(path) && right === 'text'

const unknown = once(() => Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key ${index}`, index])))

describe.each(samples)('%s', (_sample, value, decode) => {
  it('with 100,000 unknown keys has them left out, and tells a hundred', () => {
    const result = decode({ ...value, ...unknown() })
    expect(complaint(result)).toBeUndefined()
    expect(taken(result)).toEqual(value)
    expect(result).toMatchObject({ right: { warnings: Array.from({ length: 100 }, (_, index) => ({ path: `/key ${index}` })) } })
  }, patience)

  it.each(hostile)('with %s anywhere', (_name, make, right) => {
    const one = make()
    expect(decode(one)._tag).toBe('Left')
    for (const [path, input] of planted(value, one)) {
      const result = decode(input)
      same(complaint(result), undefined, path)
      if (right !== 'sometimes') same(`${path} ${result._tag}`, `${path} ${isRightAt(path, right) ? 'Right' : 'Left'}`)
    }
    for (const name of ['x', '__proto__', 'constructor']) {
      const result = decode(Object.defineProperty({ ...value }, name, { value: one, enumerable: true }))
      expect(result).toMatchObject({ _tag: 'Right', right: { warnings: [{ path: `/${name}` }] } })
    }
  }, patience)
})

/** A value whose every field, at every level, is a getter that counts how often it is read. */
const counted = (value: unknown, path: string, reads: Map<string, number>): unknown => {
  if (typeof value !== 'object' || value === null) return value
  const counting: object = Array.isArray(value) ? [] : {}
  for (const [name, field] of Object.entries(value)) {
    const own = `${path}/${name}`
    const inner = counted(field, own, reads)
    Object.defineProperty(counting, name, { enumerable: true, configurable: true, get: () => (reads.set(own, (reads.get(own) ?? 0) + 1), inner) })
  }
  return counting
}

/** A value as proxies all the way down, which count how often each field is read. */
const watched = (value: unknown, path: string, reads: Map<string, number>): unknown =>
  typeof value !== 'object' || value === null ? value : new Proxy(value, {
    get: (target, name) => {
      const own = `${path}/${String(name)}`
      reads.set(own, (reads.get(own) ?? 0) + 1)
      return watched(Reflect.get(target, name), own, reads)
    },
  })

/** Changes everything in a value. */
const spoil = (value: unknown): void => {
  if (typeof value !== 'object' || value === null) return
  for (const field of Object.values(value)) spoil(field)
  for (const name of Object.keys(value)) Reflect.set(value, name, 'spoilt')
  Reflect.set(value, Array.isArray(value) ? value.length : 'more', 'spoilt')
}

describe('what was read', () => {
  it.each<readonly [name: string, valid: fc.Arbitrary<unknown>, decode: Decode]>([
    ['message', message, decodeMessage], ['message, by description', message, decodeMessageByDescription], ['participant', participant, decodeParticipant],
    ['header', header, decodeHeader], ['entry', entry, decodeEntry],
  ])('of a %s stays as it is when the input changes', (_name, valid, decode) => {
    fc.assert(
      fc.property(valid, (value) => {
        const input: unknown = JSON.parse(JSON.stringify(value))
        const kept = taken(decode(input))
        const wasKept = JSON.stringify(kept)
        spoil(input)
        expect(JSON.stringify(kept)).toBe(wasKept)
      }),
      { numRuns: 300 },
    )
  })

  // A message that is not plainly right is read twice: once the short way, once by the description, which alone counts then.
  it.each(samples)('of %s was read once a field, and is not read later', (name, value, decode) => {
    for (const disguise of [counted, watched]) {
      const reads = new Map<string, number>()
      const kept = taken(decode(disguise(value, '', reads)))
      const limit = /full message$|: message$/.test(name) ? 2 : 1
      expect([...reads].filter(([, count]) => count > limit)).toEqual([])
      const wasRead = JSON.stringify([...reads])
      expect(kept).toEqual(value)
      expect(complaint(decode(disguise(value, '', new Map())))).toBeUndefined()
      expect(JSON.stringify([...reads])).toBe(wasRead)
    }
  })

  it('never calls toJSON, valueOf, toString or an iterator of the input', () => {
    const traps = { toJSON: boom, valueOf: boom, toString: boom, [Symbol.iterator]: boom, [Symbol.toPrimitive]: boom, then: boom }
    const trapped = (value: object): object => Object.assign(value, traps)
    expect(decodeMessage(trapped({ ...least, to: trapped(['b']) }))).toMatchObject({ _tag: 'Right', right: { value: least } })
    expect(pathsOf(decodeMessage({ ...least, id: trapped({}), to: [trapped({})], note: trapped({}), ext: { x: trapped({}) } }))).toEqual(['/id', '/to/0', '/note', '/ext'])
    expect(pathsOf(decodeMessage({ ...least, to: trapped(Object.assign([], { length: 3 })) }))).toEqual(['/to/0', '/to/1', '/to/1', '/to/2', '/to/2'])
  })
})

const head = JSON.stringify(top)
const line = (value: unknown): string => JSON.stringify(value)
const note = (text: string): string => line({ message: { ...least, note: text } })

/** What is in a log: entries and their lines, or the faults, by line. */
const readingOf = (text: string): string => {
  const result = decodeLog(text)
  if (isLeft(result)) return `refused ${result.left.map((fault) => fault.line).join()}`
  const { lines, faults, log } = result.right
  expect(log.entries).toHaveLength(lines.length)
  expect(complaint({ _tag: 'Right', right: { value: JSON.parse(JSON.stringify(log)), warnings: [] } })).toBeUndefined()
  return `entries ${lines.join()} faults ${[...new Set(faults.map((fault) => fault.line))].join()}`
}

describe('a log', () => {
  const good = note('x')
  it.each<readonly [name: string, make: () => string, reading: string]>([
    ['that is empty', () => '', 'refused 1'],
    ['of blank lines', () => '\n \r\n\t\n'.repeat(100_000), 'refused 1'],
    ['of one header', () => head, 'entries  faults '],
    ['with CRLF', () => `${head}\r\n${good}\r\n\r\n${good}\r\n`, 'entries 2,4 faults '],
    ['with bare CR', () => `${head}\r${good}\r`, 'refused 1'],
    ['with a byte order mark', () => `\ufeff${head}\n${good}`, 'entries 2 faults '],
    ['with a byte order mark on every line', () => `\ufeff${head}\n\ufeff${good}`, 'entries 2 faults '],
    ['with blank lines before and between', () => `\n\n${head}\n\n\n${good}\n\n`, 'entries 6 faults '],
    ['without a header', () => `${good}\n${head}\n`, 'refused 1,1,1,1,1'],
    ['with two headers', () => `${head}\n${head}\n${good}`, 'entries 3 faults 2'],
    ['with a bad header', () => `{"log":2}\n${good}`, 'refused 1,1,1,1,1'],
    ['with NUL bytes', () => `${head}\n\0\n${good}\n{"message"\0:1}\n${note('\0')}`, 'entries 3,5 faults 2,4'],
    ['of UTF-16 read as bytes', () => head.replaceAll(/./g, '$&\0'), 'refused 1'],
    ['with a note of 10 MB', () => `${head}\n${note('x'.repeat(10_000_000))}\n${good}`, 'entries 2,3 faults '],
    ['with 10 MB of brackets', () => `${head}\n${'['.repeat(10_000_000)}\n${good}`, 'entries 3 faults 2'],
    ['with 10 MB of an open text', () => `${head}\n"${'x'.repeat(10_000_000)}\n${good}`, 'entries 3 faults 2'],
    ['with a number of 10 MB', () => `${head}\n${'9'.repeat(10_000_000)}\n${good}`, 'entries 3 faults 2'],
    ['with arrays 100,000 deep', () => `${head}\n${'['.repeat(100_000)}${']'.repeat(100_000)}\n${good}`, 'entries 3 faults 2'],
    ['with objects 100,000 deep where a message should be', () => `${head}\n${'{"message":'.repeat(100_000)}1${'}'.repeat(100_000)}\n${good}`, 'entries 3 faults 2'],
    ['with escaped lone surrogates', () => `${head}\n${good.replace('"x"', '"\\ud800"')}\n${good}`, 'entries 3 faults 2'],
    ['with values that are no entries', () => [head, 'null', '1', '"x"', '[]', '{}', 'true', '{"message":null}', good].join('\n'), 'entries 9 faults 2,3,4,5,6,7,8'],
    ['with __proto__ entries', () => [head, `{"__proto__":${good}}`, `{"message":{"__proto__":${line(least)}}}`, `{"__proto__":{"polluted":1},${good.slice(1)}`].join('\n'), 'entries 4 faults 2,3'],
    ['with two kinds in one entry', () => `${head}\n{"receipt":{"message":"m","by":"b"},${good.slice(1)}`, 'entries  faults 2'],
    ['with a key twice', () => `${head}\n{"message":1,${good.slice(1)}`, 'entries 2 faults '],
    ['with separators of other alphabets', () => `${head}\n${note('\u2028\u2029\u0085')}\n\u2028\n${good}`, 'entries 2,4 faults '],
  ])('%s', (_name, make, reading) => {
    expect(readingOf(make())).toBe(reading)
  }, patience)

  it('of 100,000 bad lines tells each', () => {
    const result = decodeLog(`${head}\n${'{"message":{}}\n{\n'.repeat(50_000)}${good}`)
    if (isLeft(result)) throw new Error('refused')
    expect(result.right.lines).toEqual([100_002])
    expect(new Set(result.right.faults.map((fault) => fault.line)).size).toBe(100_000)
  }, patience)

  it('of mixed lines is read as far as it can be', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(head, good, '', '{', '\ufeff', '\r', '[1]', '{"message":{}}'), fc.string(), fc.json()), { maxLength: 30, size: 'max' }), (lines) => {
        expect(readingOf(lines.join('\n'))).toMatch(/^(refused|entries)/)
      }),
      { numRuns: 500 },
    )
  })

  it('whose ids are the names of prototypes is replayed like any other', () => {
    const replayed = ([finder, vendor, joiner, mail, answer]: readonly [string, string, string, string, string]): string => {
      const read = decodeLog(encodeLog({
        header: { log: 1, protocol: 'adopted@1', case: joiner, world: 'closed', participants: [{ id: finder, roles: ['finder'] }, { id: vendor, roles: ['vendor'] }] },
        entries: [
          { message: { ...least, id: mail, case: joiner, from: finder, to: [vendor] } },
          { membership: { by: vendor, participant: joiner, change: 'joins', roles: ['deployer'], at: '2026-01-06' } },
          { message: { ...least, id: answer, case: joiner, from: vendor, to: [finder, joiner], types: ['RK'], inReplyTo: mail, after: [mail] } },
          { local: { id: finder, by: joiner, event: 'learn P', at: '2026-01-07', after: [answer] } },
          { membership: { by: vendor, participant: finder, change: 'leaves', at: '2026-01-08' } },
          { receipt: { message: mail, by: 'nobody' } },
        ],
      }))
      if (isLeft(read)) throw new Error('refused')
      return JSON.stringify(replay(adopted, read.right.log))
    }
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'] as const
    const plain = replayed(['n0', 'n1', 'n2', 'n3', 'n4'])
    expect(replayed(names)).toBe(plain.replace(/\bn([0-4])\b/g, (_, index: string) => names[Number(index)] ?? ''))
    expect(plain).toContain('"n1"')
  })
})
