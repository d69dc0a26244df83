/**
 * Arbitraries of everything that the format describes, read from the registry and the tables, and a mutator that makes
 * something invalid, or valid but odd, of a valid value. Besides, what can be said of any decoding: its result is typed
 * and plain. What is right or wrong about a value is for the tests to say.
 */
import fc from 'fast-check'
import {
  bundleRank, correctionChanges, cs, decisionRules, editions, em, type EmbargoTerms, formatState, type Id, type Inheritance, type Json, localEvents,
  type LogEntry, type LogHeader, type LogParticipant, membershipChanges, type Message, type MessageType, messageTypeList, type Moment,
  type ObservedEvent, orderings, type Participant, type ReportReference, rm, type Role, roles, type Subject, tlpLabels,
} from 'mpcvd'
import type { Decoding } from 'mpcvd/codec'
import { caseStatesOf, roleSets } from './arbitrary.js'

const unicode = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(fc.string({ unit: 'binary', minLength, maxLength }), fc.string({ unit: 'grapheme', minLength, maxLength }))

/** Ids that have broken somebody's code. All are 1 to 512 code points. */
const awkwardIds = ['__proto__', 'constructor', 'toString', '0', ' ', '\u0000', 'é', 'e\u0301', '👩‍💻', '~0/~1', '\u2028', 'x'.repeat(512), '💥'.repeat(512)]

export const id: fc.Arbitrary<Id> = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('a', 'b', 'c') }, fc.constantFrom(...awkwardIds), unicode(1, 9))

export const text: fc.Arbitrary<string> = unicode(0, 30)

const FIRST_DAY = -719_528
const LAST_DAY = 2_932_896

const isoDate = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)
const twoDigits = (max: number): fc.Arbitrary<string> => fc.nat(max).map((value) => String(value).padStart(2, '0'))

const time: fc.Arbitrary<string> = fc
  .tuple(
    twoDigits(23), twoDigits(59), twoDigits(60), fc.option(fc.string({ unit: fc.nat(9).map(String), minLength: 1, maxLength: 9 })),
    fc.oneof(fc.constant('Z'), fc.tuple(fc.constantFrom('+', '-'), twoDigits(23), twoDigits(59)).map(([sign, hour, minute]) => `${sign}${hour}:${minute}`)),
  )
  .map(([hour, minute, second, fraction, zone]) => `T${hour}:${minute}:${second}${fraction === null ? '' : `.${fraction}`}${zone}`)

const oneOn = (day: number): fc.Arbitrary<string> => fc.oneof(fc.constant(isoDate(day)), time.map((at) => isoDate(day) + at))

const leapDays = ['0000-02-29', '2000-02-29', '2024-02-29', '9996-02-29'].map((date) => Date.parse(date) / 86_400_000)

/** Dates, instants, and intervals of two of these. Three days lie between the ends of an interval, more than any two zones are apart. */
export const moment: fc.Arbitrary<Moment> = fc
  .tuple(fc.oneof({ weight: 4, arbitrary: fc.integer({ min: FIRST_DAY, max: LAST_DAY - 400 }) }, fc.constantFrom(...leapDays)), fc.integer({ min: 3, max: 400 }))
  .chain(([day, days]) =>
    fc.oneof(
      oneOn(day),
      oneOn(day).map((one) => `${one}/${one}`),
      fc.tuple(oneOn(day), oneOn(day + days)).map(([first, last]) => `${first}/${last}`),
    ),
  )

/** Keys that are data: any text but `__proto__`, which is left out of `ext`. */
const key = fc.oneof(fc.constantFrom('constructor', 'prototype', 'toJSON', 'then', '', '0'), text).filter((name) => name !== '__proto__')

export const json: fc.Arbitrary<Json> = fc.letrec<{ json: Json; leaf: Json }>((tie) => ({
  leaf: fc.oneof(fc.constant(null), fc.boolean(), text, fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)),
  json: fc.oneof({ maxDepth: 4, depthSize: 'small' }, tie('leaf'), fc.array(tie('json'), { maxLength: 4 }), fc.dictionary(key, tie('json'), { maxKeys: 4 })),
})).json

const ext: fc.Arbitrary<{ readonly [key: string]: Json }> = fc.dictionary(key, json, { maxKeys: 4 })

const some = (minLength: number): fc.Arbitrary<Id[]> =>
  fc.oneof({ weight: 4, arbitrary: fc.uniqueArray(id, { minLength, maxLength: 4 }) }, fc.uniqueArray(unicode(1, 9), { minLength, maxLength: 15, size: 'max' }))

const heldRoles: fc.Arbitrary<ReadonlyArray<Role>> = fc.oneof(
  fc.constantFrom(...roleSets),
  fc.uniqueArray(fc.constantFrom(...roles), { minLength: 1 }),
)

export const participant: fc.Arbitrary<Participant> = heldRoles.chain((held) =>
  fc.record({ id, roles: fc.constant(held), rm: fc.constantFrom(...rm.states), em: fc.constantFrom(...em.states), cs: fc.constantFrom(...caseStatesOf(held)) }),
)

/** Compact notation of a state that roles can have, by letters as `formatState` writes it or by words and with spaces. */
const notationOf = (held: ReadonlyArray<Role>): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...rm.states), fc.constantFrom(...em.states), fc.constantFrom(...caseStatesOf(held)), fc.boolean())
    .map(([rmState, emState, csState, words]) => (words ? ` ${rmState}, ${emState} ,${csState}` : formatState({ rm: rmState, em: emState, cs: csState })))

const embargo: fc.Arbitrary<EmbargoTerms> = fc.record(
  { id, answers: id, existing: fc.boolean(), end: moment, respondBy: moment, reason: text, scope: text }, { requiredKeys: ['id'] },
)

const texts = fc.uniqueArray(text, { maxLength: 3 })

const report: fc.Arbitrary<ReportReference> = fc.record(
  { id, duplicateOf: id, title: text, vulnerabilities: texts, products: texts }, { requiredKeys: ['id'] },
)

const subject: fc.Arbitrary<Subject> = fc.oneof(id, fc.record({ participant: id, product: text }, { requiredKeys: ['participant'] }))

const types: fc.Arbitrary<ReadonlyArray<MessageType>> = fc
  .oneof(fc.constantFrom(...messageTypeList).map((type) => [type]), fc.shuffledSubarray([...messageTypeList], { minLength: 1 }))
  .map((some_) => some_.sort((one, other) => bundleRank[one] - bundleRank[other]))

const cause = fc.constantFrom('own' as const, 'observed' as const)

/** Valid messages with everything that a message can have. Those that would cite or address themselves are put right. */
export const message: fc.Arbitrary<Message> = fc
  .record(
    {
      id, case: id, from: id, to: some(1), types, at: moment, v: fc.constant(1 as const), after: some(0), inReplyTo: id, subject, cause, embargo,
      report, tlp: fc.constantFrom(...tlpLabels), note: text, ext,
    },
    { requiredKeys: ['id', 'case', 'from', 'to', 'types', 'at'] },
  )
  .map(({ to, after, inReplyTo, ...rest }) => {
    const others = to.filter((one) => one !== rest.from)
    return {
      ...rest,
      to: others.length > 0 ? others : [rest.from === 'a' ? 'b' : 'a'],
      ...(after === undefined ? {} : { after: after.filter((one) => one !== rest.id) }),
      ...(inReplyTo === undefined || inReplyTo === rest.id ? {} : { inReplyTo }),
    }
  })

const withStart = heldRoles.chain((held) => fc.record({ roles: fc.constant(held), start: notationOf(held) }, { requiredKeys: ['roles'] }))

const aliases = fc.record({ aliases: some(0) }, { requiredKeys: [] })

const inherits: fc.Arbitrary<Inheritance> = fc.record({ from: some(0), siblings: some(0), embargo, signed: some(0) }, { requiredKeys: ['from'] })

export const header: fc.Arbitrary<LogHeader> = fc
  .uniqueArray(fc.tuple(id, withStart, aliases).map(([own, rest, more]): LogParticipant => ({ id: own, ...rest, ...more })), { maxLength: 5, selector: (one) => one.id })
  .chain((participants) =>
    fc.record(
      {
        log: fc.constant(1 as const), protocol: fc.constantFrom(...editions), case: id, participants: fc.constant(participants),
        as: participants.length > 0 ? fc.constantFrom(...participants.map((one) => one.id)) : fc.constant('nobody'),
        world: fc.constantFrom('open' as const, 'closed' as const), title: text, owner: id, manager: id, decision: fc.constantFrom(...decisionRules),
        order: fc.constantFrom(...orderings), inherits, projection: id, ext,
      },
      { requiredKeys: ['log', 'protocol', 'case', 'participants', 'world'] },
    ),
  )
  .map(({ as, ...rest }) => (as === undefined || rest.participants.length === 0 ? rest : { ...rest, as }))

const worldEvents: ReadonlyArray<ObservedEvent> = ['P', 'X', 'A']
const ownEvents: ReadonlyArray<ObservedEvent> = [
  ...cs.events.filter((event) => !worldEvents.includes(event)), ...rm.events.map((event) => `rm.${event}` as const), ...em.events.map((event) => `em.${event}` as const),
]

const more = { id, after: some(0), note: text, ext }

/** What stands in an entry besides a message. */
const content = {
  receipt: fc.record({ message: id, by: id, at: moment }, { requiredKeys: ['message', 'by'] }).map((receipt) => ({ receipt })),
  local: fc
    .record({ by: id, event: fc.constantFrom(...localEvents), at: moment, ...more, reason: text, cause, product: text }, { requiredKeys: ['by', 'event', 'at'] })
    .map((local) => ({ local })),
  membership: fc
    .tuple(fc.record({ by: id, participant: id, change: fc.constantFrom(...membershipChanges), at: moment, ...more }, { requiredKeys: ['by', 'participant', 'change', 'at'] }), withStart, fc.boolean())
    .map(([rest, state, always]) => ({ membership: always || rest.change === 'joins' || rest.change === 'roles' ? { ...rest, ...state } : rest })),
  observation: fc
    .oneof(
      fc.record({ event: fc.constantFrom(...worldEvents), about: id, at: moment, source: text, ...more }, { requiredKeys: ['event', 'at', 'source'] }),
      fc.record({ event: fc.constantFrom(...ownEvents), about: id, at: moment, source: text, ...more }, { requiredKeys: ['event', 'about', 'at', 'source'] }),
    )
    .map((observation) => ({ observation })),
  stamp: fc
    .record(
      { by: id, entry: id, sequence: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), fc.constant(Number.MAX_SAFE_INTEGER)), at: moment, id, note: text },
      { requiredKeys: ['by', 'entry', 'sequence', 'at'] },
    )
    .map((stamp) => ({ stamp })),
  correction: fc
    .record({ by: id, of: id, change: fc.constantFrom(...correctionChanges), at: moment, moment, digest: text, ...more }, { requiredKeys: ['by', 'of', 'change', 'at'] })
    .map((correction) => ({ correction })),
}

export const entry: fc.Arbitrary<LogEntry> = fc.oneof(
  message.map((sent) => ({ message: sent })), content.receipt, content.local, content.membership, content.observation, content.stamp, content.correction,
)

/** The least message, one of each thing with everything in it, and the names of all their fields. */
export const least: Message = { id: 'm', case: 'c', from: 'a', to: ['b'], types: ['RS'], at: '2026-01-05' }
export const full: Message = {
  ...least, v: 1, after: ['l'], inReplyTo: 'k', subject: { participant: 'b', product: 'p' }, cause: 'own', tlp: 'AMBER+STRICT', note: 'n', ext: { x: [{ y: null }] },
  embargo: { id: 'e', answers: 'd', existing: false, end: '2026-02-01/2026-03-01', respondBy: '2026-01-06T00:00:00+01:00', reason: '', scope: 's' },
  report: { id: 'r', duplicateOf: 'q', title: 't', vulnerabilities: ['CVE-2026-0001'], products: ['p'] },
}
export const someone: Participant = { id: 'v', roles: ['vendor'], rm: 'Start', em: 'None', cs: 'vfdpxa' }
export const top: LogHeader = {
  log: 1, protocol: 'adopted@1', case: 'c', participants: [{ id: 'a', roles: ['finder'] }, { id: 'b', roles: ['vendor'], start: '(S,N,vfdpxa)', aliases: ['bee'] }],
  as: 'a', world: 'open', title: 't', owner: 'a', manager: 'b', decision: 'unanimous', order: 'manager',
  inherits: { from: ['c0'], siblings: ['c2'], embargo: { id: 'e', end: '2026-02-01', reason: 'r', scope: 's' }, signed: ['a'] }, projection: 'b', ext: { x: 1 },
}
export const entries: ReadonlyArray<LogEntry> = [
  { message: full },
  { receipt: { message: 'm', by: 'b', at: '2026-01-05' } },
  { local: { id: 'i', by: 'a', event: 'learn P', at: '2026-01-05', after: ['m'], reason: 'r', cause: 'own', product: 'p', note: 'n', ext: { x: 1 } } },
  { membership: { id: 'i', by: 'a', participant: 'z', change: 'joins', roles: ['deployer'], start: '(S,N,dpxa)', at: '2026-01-05', after: ['m'], note: 'n', ext: { x: 1 } } },
  { observation: { id: 'i', event: 'rm.accept', about: 'a', at: '2026-01-05', after: ['m'], source: 's', note: 'n', ext: { x: 1 } } },
  { stamp: { id: 'i', by: 'a', entry: 'm', sequence: 1, at: '2026-01-05', note: 'n' } },
  { correction: { id: 'i', by: 'a', of: 'm', change: 'corrects', moment: '2026-01-04', digest: 'sha256:00', at: '2026-01-05', after: ['m'], note: 'n', ext: { x: 1 } } },
]

/** Anything at all, often with fields that are called like ours. */
export const anything: fc.Arbitrary<unknown> = fc.anything({
  withBigInt: true, withBoxedValues: true, withDate: true, withMap: true, withNullPrototype: true, withObjectString: true, withSet: true, withSparseArray: true,
  withTypedArray: true, maxDepth: 4, key: fc.oneof(fc.constantFrom(...[full, someone, top, ...entries].flatMap((one) => Object.keys(one))), fc.string()),
})

/** Values that are not what a field wants, as JSON can carry them. */
const misplaced: ReadonlyArray<unknown> = [
  null, true, false, 0, 1, 2, -1, 1.5, 1e308, 2 ** 53, '', 'x', '1', 'null', 'A', 'Start', 'vendor', 'RS', 'own', '\ud800', 'a\udc00b', 'x'.repeat(513), '💥'.repeat(513),
  [], {}, [[]], [null], ['a', 'a'], { id: 'a' }, { participant: 'a' }, { constructor: 'a' }, { 'a/b~c': 1 }, JSON.parse('{"__proto__":{"id":"a"},"x":1}'),
]

/** Values that only a program can hand over. */
const strange: ReadonlyArray<unknown> = [
  undefined, NaN, Infinity, -Infinity, -0, 10n, Symbol('x'), () => 'x', new Date(0), new Map([['id', 'a']]), new Set(['a']), /x/, new Uint8Array(2), Object('a'), Object(1),
  new (class { readonly id = 'a' })(), Object.create(null), Object.create({ id: 'a' }), Object.freeze(['a']), new Array(3), [NaN], { x: undefined }, { x: [undefined] }, { toJSON: () => ({}) },
]

/** Moments that are none, and some that only look as if. */
const oddMoments = [
  '2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '2026-1-5', '20260105', '2026-01-05T10:00:00', '2026-01-05T10:00Z', '2026-01-05 10:00:00Z',
  '2026-01-05t10:00:00z', '2026-01-05T24:00:00Z', '2026-01-05T10:60:00Z', '2026-01-05T10:00:61Z', '2026-01-05T10:00:00.Z', '2026-01-05T10:00:00+24:00', '2026-01-05T10:00:00+0100',
  '2026-01-05T10:00:00−05:00', '２０２６-01-05', ' 2026-01-05', '2026-01-05\n', '+2026-01-05', '/', '2026-01-05/', '/2026-01-05', '2026-01-05/2026-01-06/2026-01-07', '2026-02-29/2026-03-01',
  '2026-01-05/2026-01-01', '2026-01-05T10:00:00Z/2026-01-05T09:59:59Z', '2026-01-05T12:00:00+02:00/2026-01-05T10:30:00+01:00', '2026-01-06/2026-01-05T10:00:00-23:59',
  '2016-12-31T23:59:60Z', '2024-02-29', '2026-01-05/2026-01-05', '2026-01-05/2026-01-05T00:00:00+14:00', '0000-01-01',
]

const oddNotations = ['(A,N,pxa)', '(A,N,Vfdpxa)', '(A,N,dpxa)', '(A,N,vFdpxa)', 'A,N,pxa', '(A,N)', '(A,N,pxa,)', '(Q,N,pxa)', '((A,N,pxa))', '(a,n,pxa)', '', '(A,N,\ud800)', 'Accepted,None,pxa']

/** What a mutation of one field can be, by the field's name: where a rule goes beyond the form of the field. */
const field = (holder: object, name: string): unknown => Reflect.get(holder, name)

const rulesOf: { readonly [name: string]: (holder: object, pick: number) => unknown } = {
  to: (holder) => [...listIn(holder, 'to'), field(holder, 'from')],
  inReplyTo: (holder) => field(holder, 'id'),
  after: (holder) => [field(holder, 'id'), ...listIn(holder, 'after')],
  types: (holder, pick) => (pick % 2 === 0 ? [...listIn(holder, 'types')].reverse() : [...listIn(holder, 'types'), pickFrom(messageTypeList, pick)]),
  cs: (_, pick) => pickFrom(['pxa', 'PXA', 'dpxa', 'Dpxa', 'vfdpxa', 'VFDPXA', 'vFdpxa'], pick),
  roles: (_, pick) => pickFrom([['vendor'], ['deployer'], ['finder'], ['finder', 'vendor'], ['vendor', 'vendor'], []], pick),
  start: (_, pick) => pickFrom(oddNotations, pick),
  as: (_, pick) => pickFrom(['a', 'nobody'], pick),
  about: () => undefined,
  change: (_, pick) => pickFrom([...membershipChanges, ...correctionChanges], pick),
  sequence: (_, pick) => pickFrom([0, 1, 1.5, 2 ** 53, '1', -1], pick),
  decision: (_, pick) => pickFrom([...decisionRules, ...orderings, 'all'], pick),
  order: (_, pick) => pickFrom([...orderings, ...decisionRules], pick),
  event: (_, pick) => pickFrom(['P', 'V', 'rm.close', 'rm.propose', 'learn P', 'discover', 'p'], pick),
  participants: (holder) => [...listIn(holder, 'participants'), ...listIn(holder, 'participants').slice(0, 1).map((one) => ({ roles: ['finder'], ...(typeof one === 'object' ? one : {}), start: '(S,N,pxa)' }))],
  ...Object.fromEntries(['at', 'end', 'respondBy', 'moment'].map((name) => [name, (_: object, pick: number) => pickFrom(oddMoments, pick)])),
}

const listIn = (holder: object, name: string): ReadonlyArray<unknown> => {
  const list: unknown = Reflect.get(holder, name)
  return Array.isArray(list) ? list : []
}
const pickFrom = <A>(all: ReadonlyArray<A>, pick: number): A | undefined => all[pick % all.length]

/** Every field and item below a value, with what holds it; strange values are left as they are. */
const placesIn = (value: unknown): ReadonlyArray<readonly [holder: object, key: string]> =>
  typeof value === 'object' && value !== null && !strange.includes(value)
    ? Object.keys(value).flatMap((name) => [[value, name] as const, ...placesIn(Reflect.get(value, name))])
    : []

/** Sets a field as data, also one that is called `__proto__`. */
const put = (holder: object, name: string, value: unknown): void => {
  Object.defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true })
}

const unknownNames = ['x', '__proto__', 'constructor', 'toString', 'toJSON', '', 'a/b~c', '\ud800', 'message', 'receipt', 'observation', 'stamp', 'correction', 'Id', 'start', 'v']

const retyped = (value: unknown): unknown =>
  Array.isArray(value) ? (value.length === 1 ? (value as ReadonlyArray<unknown>)[0] : Object.fromEntries(value.entries()))
  : typeof value === 'object' ? Object.entries(value ?? {})
  : typeof value === 'number' || typeof value === 'boolean' ? String(value) : [value]

/** One change of one place; `pick` decides everything that is still open. */
const change = (root: object, what: number, place: number, pick: number, odd: ReadonlyArray<unknown>): void => {
  const places = placesIn(root)
  const special = places.filter(([, name]) => Object.hasOwn(rulesOf, name))
  const chosen = pickFrom(what < 3 ? special : places, place)
  if (chosen === undefined) return
  const [holder, name] = chosen
  const value: unknown = Reflect.get(holder, name)
  switch (what) {
    case 0: case 1: case 2: put(holder, name, rulesOf[name]?.(holder, pick)); return
    case 3: if (Array.isArray(holder)) holder.splice(Number(name), 1); else Reflect.deleteProperty(holder, name); return
    case 4: put(holder, name, copy(pickFrom(odd, pick))); return
    case 5: put(holder, name, retyped(value)); return
    case 6: put(Array.isArray(holder) || pick % 2 === 0 ? root : holder, pickFrom(unknownNames, place) ?? '', copy(pickFrom(odd, pick))); return
    default:
      put(holder, name, Array.isArray(value) ? ([...value, ...value] as unknown) : pickFrom(typeof value === 'string' ? [`${value}\ud83d`, `\udca5${value}`, value.toUpperCase(), ` ${value}`, `${value}\u0000`] : [value, {}], pick))
  }
}

/** A copy that can be changed; what is strange stays as it is. */
const copy = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || strange.includes(value)) return value
  if (Array.isArray(value)) return value.map(copy)
  const fields = {}
  for (const name of Object.keys(value)) put(fields, name, copy(Reflect.get(value, name)))
  return fields
}

/** One to three changes of a valid value. With `asJson`, only what JSON text can carry comes of it. */
export const mutated = (valid: fc.Arbitrary<unknown>, asJson = false): fc.Arbitrary<unknown> =>
  fc.tuple(valid, fc.array(fc.tuple(fc.nat(7), fc.nat(60), fc.nat(200)), { minLength: 1, maxLength: 3, size: 'max' })).map(([value, changes]) => {
    const root: object = Object.assign({}, copy(value))
    for (const [what, place, pick] of changes) change(root, what, place, pick, asJson ? misplaced : [...misplaced, ...strange])
    return asJson ? (JSON.parse(JSON.stringify(root)) as unknown) : root
  })

/** Whether a value is made of nothing but what `JSON.parse` makes. */
const isPlain = (value: unknown): boolean =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0)) ||
  (typeof value === 'object' && [Object.prototype, Array.prototype].some((one) => one === Object.getPrototypeOf(value)) &&
    Reflect.ownKeys(value).every((name) => {
      const field = Object.getOwnPropertyDescriptor(value, name)
      return (Array.isArray(value) && name === 'length') || (typeof name === 'string' && name !== '__proto__' && field?.enumerable === true && 'value' in field && isPlain(field.value))
    }))

const isFault = (fault: unknown): boolean =>
  typeof fault === 'object' && fault !== null && Object.keys(fault).join() === 'path,expected,got' && Object.values(fault).every((part) => typeof part === 'string') &&
  'path' in fault && typeof fault.path === 'string' && (fault.path === '' || fault.path.startsWith('/')) && !/~(?![01])/.test(fault.path)

/** What is wrong with a decoding, whatever was decoded: nothing, or a sentence. */
export const complaint = (result: Decoding<unknown>): string | undefined =>
  result._tag === 'Left'
    ? result.left.length > 0 && result.left.length <= 100 && result.left.every(isFault) ? undefined : `bad faults: ${JSON.stringify(result.left).slice(0, 500)}`
    : !isPlain(result.right.value) ? 'the value is not plain'
    : result.right.warnings.length <= 100 && result.right.warnings.every(isFault) ? undefined : `bad warnings: ${JSON.stringify(result.right.warnings).slice(0, 500)}`
