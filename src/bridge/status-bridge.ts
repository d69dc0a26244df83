/**
 * Status maps as data, and as bridges. Their form is checked in `status-map.ts`, what they can do in `status-check.ts`.
 *
 * No embargo message can stand in a map, since no tracker knows embargoes; and no acknowledgement of one, no error, since a
 * status is nobody's surprise.
 *
 * @module
 */
import type { MessageType } from '../protocol/message.js'
import type { Bridge, BridgeRow, Part, Quality } from './row.js'

/** A message type that a status can mean: no embargo message, no error. */
export type Sayable = Extract<MessageType, 'RS' | 'RI' | 'RV' | 'RD' | 'RA' | 'RC' | 'RK' | 'CV' | 'CF' | 'CD' | 'CP' | 'CX' | 'CA' | 'GI'>

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
