/**
 * Mutants of a rule set: every part of every row taken away or changed, one at a time.
 *
 * `mutantsOf` makes those of rows for messages and of the rows that couple the machines; `furtherMutantsOf` those of local
 * steps, and of events that are others than they should be. `isSeen` says whether a mutant does something else than the
 * original in some cell, and `isSeenLocally` in some state of a local step.
 */
import {
  cs, em, type Guard, type LocalEvent, localEvents, type LocalRow, messageTypeList, rm, type Row, type RowType, type RuleSet, type Way,
} from 'mpcvd'
import { interpret, interpretLocal } from '../../src/protocol/interpret.js'
import { contextsThatMatter, participants, ways } from '../cells.js'

/** A rule set with one change, and where to look for what it does. */
export interface Mutant {
  readonly name: string
  /** What was done: `row gone`, `guard wider` … */
  readonly kind: MutantKind
  readonly way: Way | 'local'
  readonly types: ReadonlyArray<RowType>
  readonly events: ReadonlyArray<LocalEvent>
  readonly set: RuleSet
}

/** The kinds of change. */
export const mutantKinds = [
  'row gone', 'guard wider', 'guard narrower', 'guard reversed', 'type dropped', 'event dropped', 'event added', 'event changed', 'events reordered', 'reply dropped', 'reply added',
  'optional dropped', 'signal dropped', 'says nothing', 'refusal dropped', 'trigger dropped', 'announcement dropped',
] as const
export type MutantKind = (typeof mutantKinds)[number]

type Change<R> = readonly [name: string, kind: MutantKind, changed: R | undefined]

const without = <A extends object>(value: A, key: keyof A): A => {
  const { [key]: gone, ...rest } = value
  return (gone === undefined ? value : rest) as A
}

/** Guards that differ in one thing: a condition left out, a state more or fewer, the other value. */
const guards = (guard: Guard): ReadonlyArray<readonly [string, MutantKind, Guard]> => [
  ...(Object.keys(guard) as (keyof Guard)[]).map((key) => [`without ${key}`, 'guard wider', without(guard, key)] as const),
  ...(guard.rm ?? []).map((state) => [`rm not ${state}`, 'guard narrower', { ...guard, rm: (guard.rm ?? []).filter((one) => one !== state) }] as const),
  ...(guard.rm === undefined ? [] : rm.states.filter((state) => !guard.rm?.includes(state)).map((state) => [`rm also ${state}`, 'guard wider', { ...guard, rm: [...(guard.rm ?? []), state] }] as const)),
  ...(guard.em ?? []).map((state) => [`em not ${state}`, 'guard narrower', { ...guard, em: (guard.em ?? []).filter((one) => one !== state) }] as const),
  ...(guard.em === undefined ? [] : em.states.filter((state) => !guard.em?.includes(state)).map((state) => [`em also ${state}`, 'guard wider', { ...guard, em: [...(guard.em ?? []), state] }] as const)),
  ...(['reply', 'existing', 'answers'] as const).flatMap((key) => (guard[key] === undefined ? [] : [[`${key} the other`, 'guard reversed', { ...guard, [key]: !guard[key] }] as const])),
]

/** The changes of what rows for messages and for local steps have in common. */
const bodyMutants = <R extends Row | LocalRow>(row: R): ReadonlyArray<Change<R>> => [
  ...(row.when === undefined ? [] : guards(row.when).map(([name, kind, when]) => [name, kind, { ...row, when }] as const)),
  ...(row.fire?.rm === undefined ? [] : [['no RM event', 'event dropped', { ...row, fire: without(row.fire, 'rm') }] as const]),
  ...(row.fire?.em === undefined ? [] : [['no EM event', 'event dropped', { ...row, fire: without(row.fire, 'em') }] as const]),
  ...(row.fire?.cs ?? []).map((event) => [`no ${event}`, 'event dropped', { ...row, fire: { ...row.fire, cs: (row.fire?.cs ?? []).filter((one) => one !== event) } }] as const),
  ...((row.fire?.cs ?? []).length > 1 ? [['CS backwards', 'events reordered', { ...row, fire: { ...row.fire, cs: [...(row.fire?.cs ?? [])].reverse() } }] as const] : []),
  ...cs.events.filter((event) => !(row.fire?.cs ?? []).includes(event)).slice(0, 1).map((event) => [`also ${event}`, 'event added', { ...row, fire: { ...row.fire, cs: [...(row.fire?.cs ?? []), event] } }] as const),
  ...(row.replies ?? []).map((type) => [`no reply ${type}`, 'reply dropped', { ...row, replies: (row.replies ?? []).filter((one) => one !== type) }] as const),
  ...(row.optional ?? []).map((type) => [`no optional ${type}`, 'optional dropped', { ...row, optional: (row.optional ?? []).filter((one) => one !== type) }] as const),
  ...(row.signals === undefined ? [] : [['no signal', 'signal dropped', without(row, 'signals')] as const]),
  ...(row.says === undefined ? [] : [['says nothing', 'says nothing', without(row, 'says')] as const]),
  ...(row.refuse === undefined ? [] : [['does not refuse', 'refusal dropped', without(row, 'refuse')] as const]),
  ['one reply more', 'reply added', { ...row, replies: [...(row.replies ?? []), messageTypeList.find((type) => !(row.replies ?? []).includes(type)) ?? 'RS'] }],
]

const rowMutants = (row: Row): ReadonlyArray<Change<Row>> => [
  ['gone', 'row gone', undefined],
  ...(row.types.length > 1 ? row.types.map((type) => [`not for ${type}`, 'type dropped', { ...row, types: row.types.filter((one) => one !== type) }] as const) : []),
  ...bodyMutants(row),
]

const replaced = <R>(rows: ReadonlyArray<R>, index: number, changed: R | undefined): ReadonlyArray<R> => [...rows.slice(0, index), ...(changed === undefined ? [] : [changed]), ...rows.slice(index + 1)]

/** The types on which a change of a row that couples machines can show. */
const coupled: ReadonlyArray<RowType> = ['RS', 'CP', 'CX', 'CA', 'CX+CP', 'CV', 'EP', 'EA', 'EV', 'GI']

/** The mutants of rows for messages, and of the rows that couple the machines; the latter once for each way to look for them. */
export function* mutantsOf(set: RuleSet): Generator<Mutant> {
  for (const way of ways)
    for (const [index, row] of set[way].entries())
      for (const [name, kind, changed] of rowMutants(row))
        yield { name: `${set.name} ${row.id}: ${name}`, kind, way, types: row.types, events: [], set: { ...set, [way]: replaced(set[way], index, changed) } }
  for (const coupling of ['forced', 'consequences'] as const)
    for (const [index, row] of set[coupling].entries())
      for (const [name, kind, changed] of [
        ['gone', 'row gone', undefined] as const,
        ...guards(row.when).map(([guard, wider, when]) => [guard, wider, { ...row, when }] as const),
        ...(row.after ?? []).map((trigger) => [`not after ${trigger}`, 'trigger dropped', { ...row, after: (row.after ?? []).filter((one) => one !== trigger) }] as const),
        ...row.announce.map((type) => [`no ${type}`, 'announcement dropped', { ...row, announce: row.announce.filter((one) => one !== type) }] as const),
      ])
        for (const way of ways)
          yield { name: `${set.name} ${row.id}: ${name}`, kind, way, types: coupled, events: [], set: { ...set, [coupling]: replaced(set[coupling], index, changed) } }
}

/** The events that could stand in the place of a row's: every other one of the same machine. */
const otherEvents = <R extends Row | LocalRow>(row: R): ReadonlyArray<Change<R>> => [
  ...(row.fire?.rm === undefined ? [] : rm.events.filter((event) => event !== row.fire?.rm).map((event) => [`${event}, not ${row.fire?.rm ?? ''}`, 'event changed', { ...row, fire: { ...row.fire, rm: event } }] as const)),
  ...(row.fire?.em === undefined ? [] : em.events.filter((event) => event !== row.fire?.em).map((event) => [`${event}, not ${row.fire?.em ?? ''}`, 'event changed', { ...row, fire: { ...row.fire, em: event } }] as const)),
  ...(row.fire?.cs?.length === 1 ? cs.events.filter((event) => event !== row.fire?.cs?.[0]).map((event) => [`${event}, not ${row.fire?.cs?.[0] ?? ''}`, 'event changed', { ...row, fire: { ...row.fire, cs: [event] } }] as const) : []),
]

/** The mutants of local steps, and those in which a row fires another event than it should. */
export function* furtherMutantsOf(set: RuleSet): Generator<Mutant> {
  for (const way of ways)
    for (const [index, row] of set[way].entries())
      for (const [name, kind, changed] of otherEvents(row))
        yield { name: `${set.name} ${row.id}: ${name}`, kind, way, types: row.types, events: [], set: { ...set, [way]: replaced(set[way], index, changed) } }
  for (const [index, row] of set.local.entries())
    for (const [name, kind, changed] of [
      ['gone', 'row gone', undefined] as const,
      ...(row.events.length > 1 ? row.events.map((event) => [`not for ${event}`, 'type dropped', { ...row, events: row.events.filter((one) => one !== event) }] as const) : []),
      ...bodyMutants(row),
      ...otherEvents(row),
    ])
      yield { name: `${set.name} ${row.id}: ${name}`, kind, way: 'local', types: [], events: row.events, set: { ...set, local: replaced(set.local, index, changed) } }
}

const differs = (a: ReturnType<typeof interpret>, b: ReturnType<typeof interpret>): boolean =>
  a.refuse !== b.refuse || a.rm !== b.rm || a.em !== b.em || a.cs !== b.cs || a.fired.length !== b.fired.length || a.replies.join() !== b.replies.join() ||
  a.optional.join() !== b.optional.join() || a.fired.some((one, i) => one.event !== b.fired[i]?.event)

/** Whether a mutant does something else than the original in some cell, the rules that it cites apart. */
export const isSeen = ({ way, types, set }: Mutant, original: RuleSet): boolean => {
  if (way === 'local') return false
  for (const type of types)
    for (const context of contextsThatMatter(way, type))
      for (const [shape, { rm: report, em: embargo, cs: state }] of participants) {
        const triple = { rm: report, em: embargo, cs: state }
        if (differs(interpret(set, way, type, shape, triple, context), interpret(original, way, type, shape, triple, context))) return true
      }
  return false
}

/** Whether a mutant does something else than the original on some local step. */
export const isSeenLocally = ({ set }: Mutant, original: RuleSet, events: ReadonlyArray<LocalEvent> = localEvents): boolean =>
  events.some((event) => participants.some(([shape, { rm: report, em: embargo, cs: state }]) => {
    const triple = { rm: report, em: embargo, cs: state }
    return differs(interpretLocal(set, event, shape, triple), interpretLocal(original, event, shape, triple))
  }))
