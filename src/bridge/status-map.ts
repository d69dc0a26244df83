/**
 * The form of status maps: a bridge for any tracker, written as JSON by whoever runs it.
 *
 * A map says where the status of an issue is, and for each status what its coming means; fields beside the status can mean
 * something too. What a status leaves open is a question, as in every bridge. {@link decodeStatusMap} checks the form,
 * `checkStatusMap` (`status-check.ts`) tries the map against the moves that the protocol permits, and `statusMapBridge`
 * (`status-bridge.ts`) makes a bridge of it.
 *
 * @module
 */
import * as t from 'io-ts'
import type { JsonSchema } from '../codec/leaf.js'
import { text } from '../codec/leaf.js'
import { type Check, type Decoding, type Fault, reader, some } from '../codec/read.js'
import { schemaOf } from '../codec/schema.js'
import type { Part } from './row.js'
import type { Meaning, Sayable, StatusMap, StatusQuestion } from './status-bridge.js'

const sayable: Readonly<Record<Sayable, null>> = { RS: null, RI: null, RV: null, RD: null, RA: null, RC: null, RK: null, CV: null, CF: null, CD: null, CP: null, CX: null, CA: null, GI: null }
const part: t.Type<Part, unknown> = t.keyof({ reporter: null, vendor: null, coordinator: null, deployer: null })
const saying: t.Type<ReadonlyArray<Sayable>, unknown> = some(t.keyof(sayable))
const sayings: t.Type<ReadonlyArray<ReadonlyArray<Sayable>>, unknown> = t.readonlyArray(saying)
const question: t.Type<StatusQuestion, unknown> = t.type({ question: text, answers: some(t.type({ answer: text, meaning: text, says: sayings })) })
const meaning = { speaker: part, says: sayings, asks: question, quality: t.keyof({ exact: null, lossy: null, inferred: null }), note: text }
const paths = some(text)

const shape: t.Type<StatusMap, unknown> = t.intersection([
  t.type({ statusMap: t.literal(1), name: text, id: paths, changed: paths, status: text, statuses: some(t.intersection([t.type({ status: text }), t.partial({ ...meaning, initial: t.boolean, to: t.readonlyArray(text) })])) }),
  t.partial({
    source: text, read: t.keyof({ 'first-hand': null, 'second-hand': null }), speaker: part, created: paths, title: paths,
    fields: t.readonlyArray(t.intersection([t.type({ id: text, path: text }), t.partial({ ...meaning, is: t.union([text, t.boolean]) })])),
  }),
])

/** The names of the same kind that come twice. */
const twice = (path: string, names: ReadonlyArray<string>): ReadonlyArray<Fault> =>
  names.flatMap((name, place) => (names.indexOf(name) < place ? [{ path: path.replace('#', String(place)), expected: 'no name twice', got: JSON.stringify(name.slice(0, 60)) }] : []))

const NAME = /^[\w.-]{1,40}$/

const meaningFaults = (path: string, { asks, quality, says }: Meaning): ReadonlyArray<Fault> => [
  ...(says !== undefined && asks !== undefined ? [{ path: `${path}/asks`, expected: 'what it says, or a question, not both', got: 'both' }] : []),
  ...(quality === 'inferred' && asks === undefined ? [{ path: `${path}/quality`, expected: 'a question, since what is inferred is asked', got: '"inferred"' }] : []),
  ...(asks === undefined ? [] : twice(`${path}/asks/answers/#/answer`, asks.answers.map(({ answer }) => answer))),
]

const check: Check<StatusMap> = ({ fields = [], name, statuses }) => {
  const known = statuses.map(({ status }) => status)
  return [
    ...(NAME.test(name) ? [] : [{ path: '/name', expected: 'letters, digits, and _ . -, at most 40', got: JSON.stringify(name.slice(0, 60)) }]),
    ...twice('/statuses/#/status', known), ...twice('/fields/#/id', fields.map(({ id }) => id)),
    ...statuses.flatMap((row, place) => [
      ...meaningFaults(`/statuses/${place}`, row),
      ...(row.to ?? []).flatMap((to, next) => (known.includes(to) ? [] : [{ path: `/statuses/${place}/to/${next}`, expected: 'a status of the map', got: JSON.stringify(to.slice(0, 60)) }])),
    ]),
    ...fields.flatMap((row, place) => meaningFaults(`/fields/${place}`, row)),
  ]
}

/** Takes in a status map from anywhere: the map, or everything that is wrong with its form. Never throws. */
export const decodeStatusMap: (input: unknown) => Decoding<StatusMap> = /* @__PURE__ */ reader(shape, check)

/** The JSON Schema of a status map. */
export const statusMapSchema: JsonSchema = /* @__PURE__ */ schemaOf(shape, 'StatusMap', [])
