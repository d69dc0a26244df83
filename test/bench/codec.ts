/**
 * Taking a message in: 256 messages of twelve fields, as parsed JSON.
 *
 * Every peer reads the same fields with the same bounds: ids of 1 to 512 characters, moments by pattern, the known types.
 * None of them checks what JSON Schema cannot say (dates that exist, the order of a bundle, lone surrogates, who is whom),
 * and Ajv copies nothing. Ajv is compiled from our own schema.
 */
import { type } from 'arktype'
import { Ajv2020 } from 'ajv/dist/2020.js'
import * as t from 'io-ts'
import * as v from 'valibot'
import { z } from 'zod'
import { messageTypeList } from 'mpcvd'
import { decodeMessage, messageSchema } from 'mpcvd/codec'
import { type Group, time } from './timing.js'

const wire = Array.from({ length: 256 }, (_, i) => ({
  id: `message-${i}`, case: 'VU#123456', from: `vendor-${i}`, to: ['reporter', 'coordinator'], types: ['RK', 'EK', 'CV'],
  at: '2026-01-05T10:00:00Z', after: [`m${i}`, `n${i}`], inReplyTo: `x${i}`, tlp: 'AMBER', cause: 'own',
  note: 'a note for people, somewhat longer than an id', embargo: { id: `e${i}`, end: '2026-03-05T10:00:00Z', reason: 'fix ready' },
}))
const texts = wire.map((message) => JSON.stringify(message))
const good = texts.map((text) => JSON.parse(text) as unknown)
const bad: ReadonlyArray<unknown> = good.map((message, i) => ({ ...(message as object), [['at', 'to', 'types', 'from'][i % 4] ?? 'at']: i % 8 < 4 ? 7 : i % 4 === 3 ? '' : 'x/y' }))

const DATE = '\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])'
const MOMENT = new RegExp(`^${DATE}(T([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d))?$`)
const labels = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const
const causes = ['own', 'observed'] as const

const ajv = new Ajv2020({ allErrors: true, strict: false }).compile(messageSchema)

const zId = z.string().min(1).max(512)
const zMoment = z.string().regex(MOMENT)
const zod = z.object({
  id: zId, case: zId, from: zId, to: z.array(zId).min(1), types: z.array(z.enum(messageTypeList as unknown as [string, ...string[]])).min(1), at: zMoment,
  after: z.array(zId).optional(), inReplyTo: zId.optional(), tlp: z.enum(labels).optional(), cause: z.enum(causes).optional(), note: z.string().optional(),
  embargo: z.object({ id: zId, end: zMoment.optional(), reason: z.string().optional() }).optional(),
})

const vId = v.pipe(v.string(), v.minLength(1), v.maxLength(512))
const vMoment = v.pipe(v.string(), v.regex(MOMENT))
const valibot = v.object({
  id: vId, case: vId, from: vId, to: v.pipe(v.array(vId), v.minLength(1)), types: v.pipe(v.array(v.picklist(messageTypeList)), v.minLength(1)), at: vMoment,
  after: v.optional(v.array(vId)), inReplyTo: v.optional(vId), tlp: v.optional(v.picklist(labels)), cause: v.optional(v.picklist(causes)), note: v.optional(v.string()),
  embargo: v.optional(v.object({ id: vId, end: v.optional(vMoment), reason: v.optional(v.string()) })),
})

const aId = type('1 <= string <= 512')
const aMoment = type(MOMENT)
const arktype = type({
  id: aId, case: aId, from: aId, to: aId.array().atLeastLength(1), types: type.enumerated(...messageTypeList).array().atLeastLength(1), at: aMoment,
  'after?': aId.array(), 'inReplyTo?': aId, 'tlp?': type.enumerated(...labels), 'cause?': type.enumerated(...causes), 'note?': 'string',
  'embargo?': { id: aId, 'end?': aMoment, 'reason?': 'string' },
})

const refined = (name: string, holds: (text: string) => boolean): t.Type<string, unknown> =>
  new t.Type<string, unknown, unknown>(name, (input): input is string => typeof input === 'string' && holds(input), (input, context) => (typeof input === 'string' && holds(input) ? t.success(input) : t.failure(input, context)), String)
const ioId = refined('Id', ({ length }) => length > 0 && length <= 512)
const ioMoment = refined('Moment', (text) => MOMENT.test(text))
const plain = t.intersection([
  t.type({ id: ioId, case: ioId, from: ioId, to: t.array(ioId), types: t.array(t.keyof(Object.fromEntries(messageTypeList.map((name) => [name, null])))), at: ioMoment }),
  t.partial({ after: t.array(ioId), inReplyTo: ioId, tlp: t.keyof(Object.fromEntries(labels.map((name) => [name, null]))), cause: t.keyof({ own: null, observed: null }), note: t.string, embargo: t.intersection([t.type({ id: ioId }), t.partial({ end: ioMoment, reason: t.string })]) }),
])

const readers: ReadonlyArray<readonly [name: string, accepts: (input: unknown) => boolean, note?: string]> = [
  ['Ajv, compiled from our schema', (input) => ajv(input), 'answers yes or no; copies nothing'],
  ['ArkType', (input) => !(arktype(input) instanceof type.errors)],
  ['zod 4', (input) => zod.safeParse(input).success],
  ['valibot', (input) => v.safeParse(valibot, input).success],
  ['plain io-ts', (input) => plain.decode(input)._tag === 'Right'],
]
const count = (all: ReadonlyArray<unknown>, accepts: (input: unknown) => boolean) => (): number => { let accepted = 0; for (const one of all) if (accepts(one)) accepted++; return accepted }
const decodes = (input: unknown): boolean => decodeMessage(input)._tag === 'Right'

for (const [name, accepts] of [['decodeMessage', decodes] as const, ...readers])
  if (count(good, accepts)() !== good.length || count(bad, accepts)() !== 0) throw new Error(`${name} reads other messages than the rest`)

/** The rows: valid messages, and messages with one fault each. */
export const codecGroups = async (): Promise<ReadonlyArray<Group>> => {
  const parse = await time('JSON.parse', texts.length, () => { let parsed = 0; for (const text of texts) if (JSON.parse(text) !== null) parsed++; return parsed }, { note: 'the text, before any of the others' })
  const valid = [parse, await time('decodeMessage', good.length, count(good, decodes), { target: { atMost: 1, of: 'Ajv, compiled from our schema' }, note: 'checked, and copied' })]
  for (const [name, accepts, note] of readers) valid.push(await time(name, good.length, count(good, accepts), note === undefined ? {} : { note }))
  const invalid = [await time('decodeMessage', bad.length, count(bad, decodes), { target: { atMost: 3, of: 'Ajv, compiled from our schema' }, note: 'every fault, with its path' })]
  for (const [name, accepts] of readers) invalid.push(await time(name, bad.length, count(bad, accepts)))
  return [
    { id: 'decode', title: 'Taking in a valid message of twelve fields', unit: 'message', rows: valid },
    { id: 'decode-invalid', title: 'Telling what is wrong with a message of twelve fields', unit: 'message', rows: invalid },
  ]
}
