/**
 * The JSON Schemas: they are the files that ship, they are valid schemas of their draft, and Ajv and the codec agree on
 * every value but for the rules that the schema itself lists as beyond it. Those rules are written out here once more.
 */
import type { AnySchemaObject } from 'ajv'
import Ajv2020 from 'ajv/dist/2020.js'
import fc from 'fast-check'
import {
  decodeEntry, decodeHeader, decodeMessage, decodeParticipant, type Decoding, logEntrySchema, logHeaderSchema, messageSchema, participantSchema,
  type JsonSchema, type SchemaRule, schemaRules,
} from 'mpcvd/codec'
import { describe, expect, it } from 'vitest'
import { entries, entry, full, header, least, message, mutated, participant, someone, top } from './arbitrary-codec.js'
import { same } from './same.js'

const ajv = new Ajv2020({ strict: true, strictRequired: true })
ajv.addKeyword({ keyword: 'x-mpcvd-rules', metaSchema: { type: 'array', items: { type: 'string' } } })

/** Every value at a path such as `participants.*.id`; `*` is every item. */
const at = (value: unknown, path: string): ReadonlyArray<unknown> =>
  path.split('.').reduce<ReadonlyArray<unknown>>(
    (found, step) =>
      found.flatMap((one) =>
        typeof one !== 'object' || one === null ? []
        : step === '*' ? (Array.isArray(one) ? (one as ReadonlyArray<unknown>) : [])
        : Object.hasOwn(one, step) ? [Reflect.get(one, step) as unknown] : []),
    [value],
  )
const all = (value: unknown, paths: ReadonlyArray<string>): ReadonlyArray<unknown> => paths.flatMap((path) => at(value, path))
const under = (prefix: string, paths: ReadonlyArray<string>): ReadonlyArray<string> => paths.map((path) => `${prefix}.${path}`)

interface Places {
  readonly texts: ReadonlyArray<string>
  readonly moments: ReadonlyArray<string>
  readonly json: ReadonlyArray<string>
}
const inMessage: Places = {
  texts: [
    'id', 'case', 'from', 'to.*', 'after.*', 'inReplyTo', 'subject', 'subject.participant', 'subject.product', 'embargo.id', 'embargo.answers', 'embargo.reason',
    'embargo.scope', 'report.id', 'report.duplicateOf', 'report.title', 'report.vulnerabilities.*', 'report.products.*', 'note',
  ],
  moments: ['at', 'embargo.end', 'embargo.respondBy'],
  json: ['ext'],
}
const inHeader: Places = {
  texts: [
    'case', 'participants.*.id', 'participants.*.start', 'participants.*.aliases.*', 'as', 'title', 'owner', 'manager', 'projection',
    ...under('inherits', ['from.*', 'siblings.*', 'signed.*', 'embargo.id', 'embargo.answers', 'embargo.reason', 'embargo.scope']),
  ],
  moments: ['inherits.embargo.end', 'inherits.embargo.respondBy'], json: ['ext'],
}
const inEntry: Places = {
  texts: [
    ...under('message', inMessage.texts), 'receipt.message', 'receipt.by', ...under('local', ['id', 'by', 'after.*', 'reason', 'product', 'note']),
    ...under('membership', ['id', 'by', 'participant', 'start', 'after.*', 'note']), ...under('observation', ['id', 'about', 'source', 'after.*', 'note']),
    ...under('stamp', ['id', 'by', 'entry', 'note']), ...under('correction', ['id', 'by', 'of', 'digest', 'after.*', 'note']),
  ],
  moments: [...under('message', inMessage.moments), 'receipt.at', 'local.at', 'membership.at', 'observation.at', 'stamp.at', 'correction.at', 'correction.moment'],
  json: under('*', ['ext']).flatMap((path) => ['message', 'local', 'membership', 'observation', 'correction'].map((kind) => path.replace('*', kind))),
}
const inParticipant: Places = { texts: ['id'], moments: [], json: [] }

const isRealDate = (date: string): boolean => {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const real = new Date(0)
  real.setUTCFullYear(year, month - 1, day)
  return real.getUTCMonth() === month - 1 && real.getUTCDate() === day
}

const HOUR = 3_600n * 10n ** 12n

/** When a date or instant begins and ends, in picoseconds, by JavaScript's calendar; a date is a day somewhere on Earth. Nothing for what has another form, which is Ajv's to refuse. */
const boundsOf = (text: string): readonly [first: bigint, last: bigint] | undefined => {
  const [, date, hour, minute, second, fraction = '', sign, zoneHour = '0', zoneMinute = '0'] =
    /^(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d)))?$/.exec(text) ?? []
  if (date === undefined || !isRealDate(date)) return undefined
  const midnight = BigInt(Date.parse(`${date}T00:00:00Z`)) * 10n ** 9n
  if (hour === undefined) return [midnight - 14n * HOUR, midnight + 36n * HOUR - 1n]
  const seconds = BigInt(minute ?? 0) * 60n + BigInt(second ?? 0) - (BigInt(zoneHour) * 3600n + BigInt(zoneMinute) * 60n) * (sign === '-' ? -1n : 1n)
  const instant = midnight + BigInt(hour) * HOUR + seconds * 10n ** 12n + BigInt(fraction.slice(0, 12).padEnd(12, '0'))
  return [instant, instant]
}

const dates = (moment: unknown): ReadonlyArray<string> => (typeof moment === 'string' ? [...moment.matchAll(/\d{4}-\d\d-\d\d/g)].map(([date]) => date) : [])

const isReversed = (moment: unknown): boolean => {
  const [first, last] = typeof moment === 'string' ? moment.split('/').map(boundsOf) : []
  return first !== undefined && last !== undefined && first[0] > last[1]
}

const isBroken = (text: unknown): boolean => typeof text === 'string' && /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)
const partsOf = (json: unknown, depth = 0): ReadonlyArray<readonly [value: unknown, depth: number]> =>
  typeof json === 'object' && json !== null
    ? [[json, depth], ...Object.entries(json).filter(([name]) => name !== '__proto__').flatMap(([name, one]) => [...(Array.isArray(json) ? [] : [[name, 0] as const]), ...partsOf(one, depth + 1)])]
    : [[json, depth]]
const countOf = (json: unknown): number =>
  typeof json === 'object' && json !== null ? 1 + Object.entries(json).reduce((sum, [name, one]) => sum + (name === '__proto__' ? 0 : countOf(one)), 0) : 1

const letters = 'vfd|Vfd|VFd|VFD'
const fitsRoles = (roles: unknown, cs: string): boolean =>
  !Array.isArray(roles) || new RegExp(roles.includes('vendor') ? `^(${letters})...$` : roles.includes('deployer') ? '^[dD]...$' : '^...$').test(cs)
const inside = `\\s*(?:[SRIVDAC]|Start|Received|Invalid|Valid|Deferred|Accepted|Closed)\\s*,\\s*(?:[NPARX]|None|Proposed|Active|Revise|Exited)\\s*,\\s*((?:${letters}|d|D|)[pP][xX][aA])\\s*`
const isNotation = (text: unknown, roles: unknown): boolean => {
  const found = typeof text === 'string' ? new RegExp(`^\\s*(?:\\(${inside}\\)|${inside})\\s*$`).exec(text) : null
  return found !== null && fitsRoles(roles, found[1] ?? found[2] ?? '')
}

const order = [/^RS$/, /^R/, /^E/, /^CX$/, /^CP$/, /^C/, /^G/]
const messagesIn = (value: unknown): ReadonlyArray<unknown> => [value, ...at(value, 'message')].filter((one) => at(one, 'types').length > 0)
const kinds = ['message', 'receipt', 'local', 'membership', 'observation', 'stamp', 'correction']

/** Whether a value violates a rule that JSON Schema cannot state. */
const violates: Readonly<Record<SchemaRule, (value: unknown, places: Places) => boolean>> = {
  calendar: (value, places) => all(value, places.moments).flatMap(dates).some((date) => !isRealDate(date)),
  'interval-order': (value, places) => all(value, places.moments).some(isReversed),
  'well-formed-text': (value, places) => all(value, places.texts).some(isBroken) || all(value, places.json).flatMap((json) => partsOf(json)).some(([part]) => isBroken(part)),
  'sender-not-recipient': (value) => messagesIn(value).some((one) => at(one, 'to.*').includes(at(one, 'from')[0])),
  'bundle-order': (value) =>
    messagesIn(value).some((one) => {
      const ranks = at(one, 'types.*').map((type) => order.findIndex((rank) => typeof type === 'string' && rank.test(type)))
      return ranks.some((rank, index) => rank < (ranks[index - 1] ?? 0))
    }),
  'no-self-reference': (value) => messagesIn(value).some((one) => [...at(one, 'inReplyTo'), ...at(one, 'after.*')].includes(at(one, 'id')[0])),
  'case-state-shape': (value) => at(value, 'cs').some((cs) => typeof cs === 'string' && !fitsRoles(at(value, 'roles')[0], cs)),
  notation: (value) => [...at(value, 'participants.*'), ...at(value, 'membership')].some((one) => at(one, 'start').some((start) => !isNotation(start, at(one, 'roles')[0]))),
  'known-participant': (value) => {
    const names = at(value, 'participants.*.id')
    return new Set(names).size < names.length || at(value, 'as').some((own) => !names.includes(own))
  },
  'one-kind': (value) => kinds.filter((kind) => at(value, kind).length > 0).length !== 1,
  'about-needed': (value) => at(value, 'observation').some((one) => !at(one, 'event').some((event) => event === 'P' || event === 'X' || event === 'A') && at(one, 'about').length === 0),
  'roles-needed': (value) => at(value, 'membership').some((one) => at(one, 'change').some((change) => change === 'joins' || change === 'roles') && at(one, 'roles').length === 0),
  'json-size': (value, places) => all(value, places.json).some((json) => partsOf(json).some(([, depth]) => depth > 64) || countOf(json) > 100_000),
}

const formats: ReadonlyArray<readonly [name: string, schema: JsonSchema, valid: fc.Arbitrary<unknown>, decode: (input: unknown) => Decoding<unknown>, places: Places]> = [
  ['message', messageSchema, message, decodeMessage, inMessage],
  ['participant', participantSchema, participant, decodeParticipant, inParticipant],
  ['log-header', logHeaderSchema, header, decodeHeader, inHeader],
  ['log-entry', logEntrySchema, entry, decodeEntry, inEntry],
]

/** Ajv keeps the texts that it has seen as keys of a plain object, and so overlooks a second `__proto__`. */
const deceivesAjv = (value: unknown): boolean =>
  typeof value === 'object' && value !== null &&
  ((Array.isArray(value) && value.filter((item) => item === '__proto__').length > 1) || Object.values(value).some(deceivesAjv))

const compiled = (schema: AnySchemaObject): ((value: unknown) => boolean) => ajv.compile(schema)
const listed = (schema: JsonSchema): ReadonlyArray<SchemaRule> => {
  const rules = schema['x-mpcvd-rules']
  const isRule = (rule: unknown): rule is SchemaRule => typeof rule === 'string' && Object.hasOwn(schemaRules, rule)
  expect(Array.isArray(rules) && rules.every(isRule)).toBe(true)
  return Array.isArray(rules) ? rules.filter(isRule) : []
}

describe.each(formats)('the schema of a %s', (name, schema, valid, decode, places) => {
  it('is the file that ships', async () => {
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(`../docs/schema/${name}.schema.json`)
  })

  it('is a schema of draft 2020-12 that Ajv takes in strict mode', () => {
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema')
    expect(ajv.validateSchema(schema)).toBe(true)
    expect(() => compiled(schema)).not.toThrow()
  })

  it('agrees with the codec but for the rules that it lists', () => {
    const accepts = compiled(schema)
    const rules = listed(schema)
    const seen = { both: 0, neither: 0, ruled: 0 }
    const agree = (value: unknown): void => {
      if (deceivesAjv(value)) return
      const byCodec = decode(value)._tag === 'Right'
      const bySchema = accepts(value)
      const violated = rules.filter((rule) => violates[rule](value, places))
      same({ byCodec, violated: byCodec ? violated : [] }, { byCodec: bySchema && violated.length === 0, violated: [] })
      seen[byCodec ? 'both' : bySchema ? 'ruled' : 'neither']++
    }
    fc.assert(fc.property(valid, agree), { numRuns: 1_500 })
    expect(seen.both).toBeGreaterThanOrEqual(1_500)
    fc.assert(fc.property(mutated(valid, true), agree), { numRuns: 3_000 })
    expect(seen.both).toBeGreaterThan(1_650)
    expect(seen.neither).toBeGreaterThan(300)
    expect(seen.ruled).toBeGreaterThan(30)
  }, 180_000)
})

const deep = (depth: number): unknown => (depth === 0 ? {} : { a: deep(depth - 1) })
const [, , , membership = {}, observation = {}] = entries.map((one) => Object.values(one)[0] as object)

/** For each rule values that break it alone, which Ajv therefore accepts. */
const breaking: Readonly<Record<SchemaRule, ReadonlyArray<readonly [format: string, value: unknown]>>> = {
  calendar: [['message', { ...least, at: '2026-02-29' }], ['message', { ...full, embargo: { id: 'e', end: '2026-01-01/2026-04-31' } }], ['log-entry', { receipt: { message: 'm', by: 'b', at: '1900-02-29T00:00:00Z' } }], ['log-entry', { stamp: { by: 'a', entry: 'm', sequence: 1, at: '2026-06-31' } }], ['log-entry', { correction: { by: 'a', of: 'm', change: 'corrects', at: '2026-01-05', moment: '2025-02-29' } }], ['log-header', { ...top, inherits: { from: [], embargo: { id: 'e', end: '2026-02-29' } } }]],
  'interval-order': [['message', { ...least, at: '2026-01-06/2026-01-01' }], ['log-entry', { local: { by: 'a', event: 'expire', at: '2026-01-05T12:00:00+02:00/2026-01-05T10:30:00+01:00' } }], ['log-entry', { correction: { by: 'a', of: 'm', change: 'corrects', at: '2026-01-05', moment: '2026-01-05/2026-01-01' } }]],
  'well-formed-text': [['message', { ...least, id: '\ud800' }], ['message', { ...least, ext: { '\udfff': 1 } }], ['participant', { ...someone, id: '\udfff' }], ['log-header', { ...top, title: 'a\ud83d' }], ['log-entry', { receipt: { message: '\ud83d', by: 'b' } }], ['log-header', { ...top, owner: '\ud83d' }], ['log-header', { ...top, inherits: { from: ['\ud83d'] } }], ['log-entry', { stamp: { by: 'a', entry: '\ud83d', sequence: 1, at: '2026-01-05' } }], ['log-entry', { correction: { by: 'a', of: 'm', change: 'erases', digest: '\udfff', at: '2026-01-05' } }]],
  'sender-not-recipient': [['message', { ...least, to: ['b', 'a'] }], ['log-entry', { message: { ...least, to: ['a'] } }]],
  'bundle-order': [['message', { ...least, types: ['EP', 'RS'] }], ['message', { ...least, types: ['CP', 'CX'] }], ['log-entry', { message: { ...least, types: ['RK', 'RS'] } }]],
  'no-self-reference': [['message', { ...least, inReplyTo: 'm' }], ['message', { ...least, after: ['l', 'm'] }], ['log-entry', { message: { ...least, inReplyTo: 'm' } }]],
  'case-state-shape': [['participant', { ...someone, cs: 'pxa' }], ['participant', { ...someone, roles: ['deployer'] }], ['participant', { ...someone, roles: ['deployer', 'vendor'], cs: 'dpxa' }]],
  notation: [['log-header', { ...top, participants: [{ id: 'a', roles: ['finder'], start: '(A,N,dpxa)' }] }], ['log-entry', { membership: { ...membership, start: '(A,N,pxa)' } }], ['log-entry', { membership: { ...membership, start: 'Q' } }]],
  'known-participant': [['log-header', { ...top, as: 'z' }], ['log-header', { ...top, participants: [...top.participants, { id: 'a', roles: ['observer'] }] }]],
  'one-kind': [['log-entry', { ...entries[0], ...entries[1] }], ['log-entry', { ...entries[2], receipt: 7 }], ['log-entry', { ...entries[5], ...entries[6] }]],
  'about-needed': [['log-entry', { observation: { ...observation, about: undefined } }]],
  'roles-needed': [['log-entry', { membership: { ...membership, roles: undefined, start: undefined } }], ['log-entry', { membership: { by: 'a', participant: 'b', change: 'roles', at: '2026-01-05' } }]],
  'json-size': [['message', { ...least, ext: deep(65) }], ['message', { ...least, ext: { a: Array.from({ length: 99_999 }, () => 0) } }], ['log-header', { ...top, ext: deep(65) }], ['log-entry', { correction: { by: 'a', of: 'm', change: 'retracts', at: '2026-01-05', ext: deep(65) } }]],
}

describe('the rules beyond the schemas', () => {
  it.each(Object.entries(breaking))('%s: Ajv accepts what breaks it, the codec refuses', (rule, examples) => {
    expect(examples.length).toBeGreaterThan(0)
    for (const [format, undefinedAndAll] of examples) {
      const value: unknown = JSON.parse(JSON.stringify(undefinedAndAll))
      const [, schema = {}, , decode, places] = formats.find(([name]) => name === format) ?? []
      expect(compiled(schema)(value)).toBe(true)
      expect(decode?.(value)._tag).toBe('Left')
      expect(places === undefined ? [] : listed(schema).filter((one) => violates[one](value, places))).toEqual([rule])
    }
  })

  it('do not include what Ajv gets wrong', () => {
    const value = { ...least, to: ['__proto__', '__proto__'] }
    expect([compiled(messageSchema)(value), decodeMessage(value)._tag]).toEqual([true, 'Left'])
  })

  it('end where they say', () => {
    for (const ext of [deep(64), { a: Array.from({ length: 99_998 }, () => 0) }]) expect(decodeMessage({ ...least, ext })._tag).toBe('Right')
  })

  it('are all used, and all explained', () => {
    const used = new Set(formats.flatMap(([, schema]) => listed(schema)))
    expect([...used].sort()).toEqual(Object.keys(schemaRules).sort())
    for (const [rule, meaning] of Object.entries(schemaRules)) expect(meaning, rule).toMatch(/^(an? |the |text |types |who )/)
    for (const [, schema] of formats) expect(schema['x-mpcvd-rules']).toEqual([...new Set(listed(schema))].sort())
  })
})
