/**
 * Status maps: a bridge for any tracker, written as JSON by whoever runs it.
 *
 * A map says where the status of an issue is, and for each status what its coming means; fields beside the status can mean
 * something too. What a status leaves open is a question, as in every bridge. `decodeStatusMap` checks the form,
 * `checkStatusMap` (`status-check.ts`) tries the map against the moves that the protocol permits, and
 * {@link statusMapBridge} makes a bridge of it.
 *
 * No embargo message can stand in a map, since no tracker knows embargoes; and no acknowledgement of one, no error, since a
 * status is nobody's surprise.
 *
 * @module
 */
import * as t from 'io-ts'
import type { JsonSchema } from '../codec/leaf.js'
import { text } from '../codec/leaf.js'
import { type Check, type Decoding, type Fault, read, some } from '../codec/read.js'
import { schemaOf } from '../codec/schema.js'
import type { MessageType } from '../protocol/message.js'
import type { Bridge, BridgeRow, Part, Quality } from './row.js'

/** The message types that a status can mean. */
const sayable = { RS: null, RI: null, RV: null, RD: null, RA: null, RC: null, RK: null, CV: null, CF: null, CD: null, CP: null, CX: null, CA: null, GI: null } as const satisfies Partial<Record<MessageType, null>>

/** A message type that a status can mean: no embargo message, no error. */
export type Sayable = keyof typeof sayable

/** What a status leaves open, and what each answer to it says. */
export interface StatusQuestion {
  readonly question: string
  readonly answers: ReadonlyArray<{ readonly answer: string; readonly meaning: string; readonly says: ReadonlyArray<ReadonlyArray<Sayable>> }>
}

/** What the coming of a status, or of a value in a field, means: sayings of which the first that the state allows is taken, or a question. */
export interface Meaning {
  /** Whose word it is; the map's speaker when absent. */
  readonly speaker?: Part
  readonly says?: ReadonlyArray<ReadonlyArray<Sayable>>
  readonly asks?: StatusQuestion
  /** `lossy` when absent. */
  readonly quality?: Quality
  readonly note?: string
}

/** One status. */
export interface StatusRow extends Meaning {
  readonly status: string
  /** Issues begin in it. The first status when none is so marked. */
  readonly initial?: boolean
  /** The statuses that the tracker lets follow; all when absent. */
  readonly to?: ReadonlyArray<string>
}

/** One field beside the status. */
export interface FieldRow extends Meaning {
  readonly id: string
  /** Names with dots between, `*` for each item of a list. */
  readonly path: string
  /** The value that has to come; any when absent. */
  readonly is?: string | boolean
}

/** A status map. */
export interface StatusMap {
  readonly statusMap: 1
  readonly name: string
  readonly source?: string
  readonly read?: 'first-hand' | 'second-hand'
  /** Whose tracker it is; the vendor's when absent. */
  readonly speaker?: Part
  /** Where things are in an issue: its id, its last change, when it was made, its title, its status. */
  readonly id: ReadonlyArray<string>
  readonly changed: ReadonlyArray<string>
  readonly created?: ReadonlyArray<string>
  readonly title?: ReadonlyArray<string>
  readonly status: string
  readonly statuses: ReadonlyArray<StatusRow>
  readonly fields?: ReadonlyArray<FieldRow>
}

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
export const decodeStatusMap = (input: unknown): Decoding<StatusMap> => read(shape, check, input)

/** The JSON Schema of a status map. */
export const statusMapSchema: JsonSchema = /* @__PURE__ */ schemaOf(shape, 'StatusMap', [])

/** What a row has of a meaning. One of nothing but `says: []` says nothing. */
const meant = ({ asks, note, quality, says, speaker }: Meaning, map: StatusMap): Pick<BridgeRow, 'asks' | 'note' | 'quality' | 'says' | 'speaker'> => ({
  speaker: speaker ?? map.speaker ?? 'vendor', ...(asks === undefined ? { says: says ?? [] } : { asks }), quality: quality ?? 'lossy', note: note ?? `As the status map ${map.name} has it.`,
})

/** The id of the row of a status. */
export const statusRowId = (status: string): string => `status.${status.slice(0, 80)}`

/** A status map as a bridge. A map should have been decoded. */
export const statusMapBridge = (map: StatusMap): Bridge => ({
  name: map.name, source: map.source ?? 'a status map', read: map.read ?? 'first-hand', id: map.id, changed: map.changed,
  ...(map.created === undefined ? {} : { created: map.created }), ...(map.title === undefined ? {} : { title: map.title }),
  rows: [
    ...map.statuses.map((row): BridgeRow => ({ id: statusRowId(row.status), when: [{ path: map.status, was: { not: [row.status] }, is: [row.status] }], ...meant(row, map) })),
    ...(map.fields ?? []).map((row): BridgeRow => ({
      id: `field.${row.id}`, when: [row.is === undefined ? { path: row.path, was: 'nothing', is: 'something' } : { path: row.path, was: { not: [row.is] }, is: [row.is] }], ...meant(row, map),
    })),
  ],
})
