/**
 * What a status map cannot do: it is walked through, status by status, with a participant that does what it says.
 *
 * An issue begins with a report that has been received. From each status the tracker's own moves are tried, and where a
 * field means something, its change as well; every answer of a question is tried. The states are finite, so all of them are
 * met. What is found is told with the shortest way there.
 *
 * @module
 */
import { adopted } from '../protocol/adopted.js'
import type { MessageType } from '../protocol/message.js'
import { formatState, type Participant, type Role, start } from '../protocol/participant.js'
import { describe, type Refusal } from '../protocol/refusal.js'
import type { Protocol } from '../protocol/transition.js'
import { observe } from './observe.js'
import type { Bridge, BridgeRow, Part } from './row.js'
import { type StatusMap, statusMapBridge, statusRowId } from './status-bridge.js'

/**
 * What is wrong with a map, or worth knowing:
 *
 * - `unreachable`: no move of the tracker leads to the status;
 * - `impossible`: wherever the status is reached, the protocol refuses what it says;
 * - `sometimes refused`: on some ways it does;
 * - `reopens`: it says something after the report was closed, which is final;
 * - `unsaid`: no status, field or answer ever says this type, so the tracker cannot tell of it.
 */
export type StatusFindingKind = 'unreachable' | 'impossible' | 'sometimes refused' | 'reopens' | 'unsaid'

/** One thing that a status map cannot do. */
export interface StatusFinding {
  readonly kind: StatusFindingKind
  /** The row: `status.…` or `field.…`; the message type of what is unsaid. */
  readonly row: string
  /** The answer to its question, where it is about one. */
  readonly answer?: string
  /** A shortest way there, as rows. */
  readonly way: ReadonlyArray<string>
  readonly refusal?: Refusal
}

/** A place in the walk. */
interface Place {
  readonly status: string
  readonly self: Participant
  readonly way: ReadonlyArray<string>
}

/** How often a meaning was tried, and the first refusal. */
interface Trials {
  readonly row: string
  readonly answer: string | undefined
  accepted: number
  first?: { readonly way: ReadonlyArray<string>; readonly refusal: Refusal }
  afterClosing?: { readonly way: ReadonlyArray<string>; readonly refusal: Refusal }
}

const roleOf: Readonly<Record<Part, Role>> = { reporter: 'reporter', vendor: 'vendor', coordinator: 'coordinator', deployer: 'deployer' }
/** What a tracker should be able to tell of. */
const expected: ReadonlyArray<MessageType> = ['RV', 'RI', 'RA', 'RD', 'RC']

const putAt = (path: string, value: unknown): unknown =>
  path.split('.').reduceRight<unknown>((inner, name) => (name === '*' ? [inner] : Object.fromEntries([[name, inner]])), value)

/** Two plain objects in one; lists by their first items. */
const merged = (one: unknown, other: unknown): unknown => {
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) return other
  if (Array.isArray(one) || Array.isArray(other)) return Array.isArray(one) && Array.isArray(other) ? [merged(one[0], other[0])] : other
  const [left, right] = [new Map<string, unknown>(Object.entries(one)), new Map<string, unknown>(Object.entries(other))]
  for (const [name, value] of right) left.set(name, left.has(name) ? merged(left.get(name), value) : value)
  return Object.fromEntries(left)
}

const REPORTER = 'the reporter'
const SELF = 'the tracker\'s owner'

/** What the coming of one row does to the participant, or why it is refused. */
const come = (bridge: Bridge, row: BridgeRow, answer: string | undefined, self: Participant, protocol: Protocol): Participant | Refusal => {
  const alone: Bridge = { ...bridge, rows: [row] }
  const record = (value: unknown): unknown => merged(merged(putAt(bridge.id[0] ?? 'id', 'issue'), putAt(bridge.changed[0] ?? 'changed', '2024-01-02T00:00:00Z')), value)
  const condition = row.when[0]
  const is = condition?.is
  const value = is !== undefined && typeof is !== 'string' && !('not' in is) ? is[0] : 'something'
  const reporter = start(REPORTER, ['reporter'])
  const result = observe(alone, { before: record({}), now: record(putAt(condition?.path ?? '', value)) }, {
    case: 'case', participants: [reporter, self], seen: '2024-01-03T00:00:00Z', protocol,
    parties: { reporter: REPORTER, vendor: SELF, coordinator: SELF, deployer: SELF }, ...(answer === undefined ? {} : { policy: { [row.id]: answer } }),
  })
  if (result._tag === 'Left') return self
  const refusal = result.right.undecided.find((each) => each.refusal !== undefined)?.refusal
  return refusal ?? result.right.participants.find(({ id }) => id === SELF) ?? self
}

/** Tries a status map against the moves that the protocol permits. `roles` are those of the tracker's owner; those of its part when absent. */
export const checkStatusMap = (map: StatusMap, options: { readonly roles?: ReadonlyArray<Role>; readonly protocol?: Protocol } = {}): ReadonlyArray<StatusFinding> => {
  const { protocol = adopted } = options
  const roles = options.roles ?? [roleOf[map.speaker ?? 'vendor']]
  const bridge = statusMapBridge(map)
  const rowOf = new Map(bridge.rows.map((row) => [row.id, row]))
  const trials = new Map<string, Trials>()
  const first = start(SELF, roles)
  const received: Participant = { ...first, rm: 'Received', cs: first.cs === 'vfdpxa' ? 'Vfdpxa' : first.cs }
  const initial = map.statuses.filter((each) => each.initial === true)
  const fields = (map.fields ?? []).map(({ id }) => `field.${id}`)

  /** Every outcome of a row at a place; a refusal leaves the participant as it is, since the tracker goes on anyway. */
  const outcomes = (row: BridgeRow, self: Participant, way: ReadonlyArray<string>): ReadonlyArray<Participant> =>
    (row.asks?.answers.map(({ answer }) => answer) ?? [undefined]).map((answer) => {
      const key = JSON.stringify([row.id, answer])
      const trial: Trials = trials.get(key) ?? { row: row.id, answer, accepted: 0 }
      trials.set(key, trial)
      const after = come(bridge, row, answer, self, protocol)
      if (!('kind' in after)) {
        trial.accepted++
        return after
      }
      if (self.rm === 'Closed') trial.afterClosing ??= { way, refusal: after }
      else trial.first ??= { way, refusal: after }
      return self
    })

  const reached = new Set<string>()
  const known = new Set<string>()
  const places: Place[] = []
  const enter = (status: string, self: Participant, way: ReadonlyArray<string>): void => {
    reached.add(status)
    const row = rowOf.get(statusRowId(status))
    for (const after of row === undefined ? [self] : outcomes(row, self, way)) arrive({ status, self: after, way })
  }
  const arrive = (place: Place): void => {
    const key = `${place.status}\n${formatState(place.self)}`
    if (known.has(key)) return
    known.add(key)
    places.push(place)
  }
  for (const { status } of initial.length > 0 ? initial : map.statuses.slice(0, 1)) enter(status, received, [statusRowId(status)])
  for (let next = 0; next < places.length; next++) {
    const place = places[next]
    if (place === undefined) break
    const { self, status, way } = place
    const to = map.statuses.find((each) => each.status === status)?.to ?? map.statuses.map((each) => each.status)
    for (const target of to) if (target !== status) enter(target, self, [...way, statusRowId(target)])
    for (const id of fields) {
      const row = rowOf.get(id)
      for (const after of row === undefined ? [] : outcomes(row, self, [...way, id])) arrive({ status, self: after, way: [...way, id] })
    }
  }

  const findings: StatusFinding[] = map.statuses.filter(({ status }) => !reached.has(status)).map(({ status }) => ({ kind: 'unreachable', row: statusRowId(status), way: [] }))
  for (const { accepted, afterClosing, answer, first: refused, row } of trials.values()) {
    const about = { row, ...(answer === undefined ? {} : { answer }) }
    if (refused !== undefined) findings.push({ kind: accepted === 0 ? 'impossible' : 'sometimes refused', ...about, ...refused })
    if (afterClosing !== undefined) findings.push({ kind: 'reopens', ...about, ...afterClosing })
  }
  const said = new Set(bridge.rows.flatMap((row) => [...(row.says ?? []), ...(row.asks?.answers.flatMap(({ says }) => says) ?? [])].flat()))
  for (const type of expected) if (!said.has(type)) findings.push({ kind: 'unsaid', row: type, way: [] })
  return findings
}

/** A finding in a sentence. */
export const describeStatusFinding = ({ answer, kind, refusal, row, way }: StatusFinding): string => {
  const what = answer === undefined ? row : `${row} (${answer})`
  const there = way.length === 0 ? '' : ` By way of ${way.join(' > ')}:`
  const why = refusal === undefined ? '' : ` ${describe(refusal)}`
  switch (kind) {
    case 'unreachable':
      return `${what} is never reached: no status leads to it.`
    case 'impossible':
      return `${what} can never be said, wherever it is reached.${there}${why}`
    case 'sometimes refused':
      return `${what} cannot be said on every way.${there}${why}`
    case 'reopens':
      return `${what} comes after the report was closed, which is final: hold the closing (RC) until nothing can follow, or begin a new report.${there}${why}`
    case 'unsaid':
      return `Nothing ever says ${row}, so this tracker cannot tell of it.`
  }
}
