/**
 * Mutants of the tables. Every part of every row is taken away or changed, one at a time; each change must be seen in some
 * cell, or the part says nothing. Since both readings equal their oracles on every cell (spec.test.ts, twin.test.ts), a
 * change that is seen is one that those tests would fail on. Changes that nobody can see are listed, with the reason.
 */
import { adopted, cs, em, type Guard, messageTypeList, published, rm, type Row, type RowType, type RuleSet, type Way } from 'mpcvd'
import { expect, test } from 'vitest'
import { interpret } from '../../src/protocol/interpret.js'
import { contextsThatMatter, participants, ways } from '../cells.js'

interface Mutant { readonly name: string; readonly way: Way; readonly types: ReadonlyArray<RowType>; readonly set: RuleSet }

const without = <A extends object>(value: A, key: keyof A): A => {
  const { [key]: gone, ...rest } = value
  return (gone === undefined ? value : rest) as A
}

/** Guards that differ in one thing: a condition left out, a state more or fewer, the other value. */
const guards = (guard: Guard): ReadonlyArray<readonly [string, Guard]> => [
  ...(Object.keys(guard) as (keyof Guard)[]).map((key) => [`without ${key}`, without(guard, key)] as const),
  ...(guard.rm ?? []).map((state) => [`rm not ${state}`, { ...guard, rm: (guard.rm ?? []).filter((one) => one !== state) }] as const),
  ...(guard.rm === undefined ? [] : rm.states.filter((state) => !guard.rm?.includes(state)).map((state) => [`rm also ${state}`, { ...guard, rm: [...(guard.rm ?? []), state] }] as const)),
  ...(guard.em ?? []).map((state) => [`em not ${state}`, { ...guard, em: (guard.em ?? []).filter((one) => one !== state) }] as const),
  ...(guard.em === undefined ? [] : em.states.filter((state) => !guard.em?.includes(state)).map((state) => [`em also ${state}`, { ...guard, em: [...(guard.em ?? []), state] }] as const)),
  ...(['reply', 'existing', 'answers'] as const).flatMap((key) => (guard[key] === undefined ? [] : [[`${key} the other`, { ...guard, [key]: !guard[key] }] as const])),
]

const rowMutants = (row: Row): ReadonlyArray<readonly [string, Row | undefined]> => [
  ['gone', undefined],
  ...(row.when === undefined ? [] : guards(row.when).map(([name, when]) => [name, { ...row, when }] as const)),
  ...(row.types.length > 1 ? row.types.map((type) => [`not for ${type}`, { ...row, types: row.types.filter((one) => one !== type) }] as const) : []),
  ...(row.fire?.rm === undefined ? [] : [['no RM event', { ...row, fire: without(row.fire, 'rm') }] as const]),
  ...(row.fire?.em === undefined ? [] : [['no EM event', { ...row, fire: without(row.fire, 'em') }] as const]),
  ...(row.fire?.cs ?? []).map((event) => [`no ${event}`, { ...row, fire: { ...row.fire, cs: (row.fire?.cs ?? []).filter((one) => one !== event) } }] as const),
  ...((row.fire?.cs ?? []).length > 1 ? [['CS backwards', { ...row, fire: { ...row.fire, cs: [...(row.fire?.cs ?? [])].reverse() } }] as const] : []),
  ...cs.events.filter((event) => !(row.fire?.cs ?? []).includes(event)).slice(0, 1).map((event) => [`also ${event}`, { ...row, fire: { ...row.fire, cs: [...(row.fire?.cs ?? []), event] } }] as const),
  ...(row.replies ?? []).map((type) => [`no reply ${type}`, { ...row, replies: (row.replies ?? []).filter((one) => one !== type) }] as const),
  ...(row.optional ?? []).map((type) => [`no optional ${type}`, { ...row, optional: (row.optional ?? []).filter((one) => one !== type) }] as const),
  ...(row.signals === undefined ? [] : [['no signal', without(row, 'signals')] as const]),
  ...(row.says === undefined ? [] : [['says nothing', without(row, 'says')] as const]),
  ...(row.refuse === undefined ? [] : [['does not refuse', without(row, 'refuse')] as const]),
  ['one reply more', { ...row, replies: [...(row.replies ?? []), messageTypeList.find((type) => !(row.replies ?? []).includes(type)) ?? 'RS'] }],
]

function* mutantsOf(set: RuleSet): Generator<Mutant> {
  for (const way of ways)
    for (const [index, row] of set[way].entries())
      for (const [name, changed] of rowMutants(row))
        yield {
          name: `${set.name} ${row.id}: ${name}`, way, types: row.types,
          set: { ...set, [way]: [...set[way].slice(0, index), ...(changed === undefined ? [] : [changed]), ...set[way].slice(index + 1)] },
        }
  for (const kind of ['forced', 'consequences'] as const)
    for (const [index, row] of set[kind].entries())
      for (const [name, changed] of [
        ['gone', undefined] as const,
        ...guards(row.when).map(([guard, when]) => [guard, { ...row, when }] as const),
        ...(row.after ?? []).map((trigger) => [`not after ${trigger}`, { ...row, after: (row.after ?? []).filter((one) => one !== trigger) }] as const),
        ...row.announce.map((type) => [`no ${type}`, { ...row, announce: row.announce.filter((one) => one !== type) }] as const),
      ])
        for (const way of ways)
          yield {
            name: `${set.name} ${row.id}: ${name}`, way, types: ['RS', 'CP', 'CX', 'CA', 'CX+CP', 'CV', 'EP', 'EA', 'EV', 'GI'],
            set: { ...set, [kind]: [...set[kind].slice(0, index), ...(changed === undefined ? [] : [changed]), ...set[kind].slice(index + 1)] },
          }
}

/** Whether a mutant does something else than the original in some cell, the rules that it cites apart. */
const isSeen = ({ way, types, set }: Mutant, original: RuleSet): boolean => {
  for (const type of types)
    for (const context of contextsThatMatter(way, type))
      for (const [shape, { rm: report, em: embargo, cs: state }] of participants) {
        const triple = { rm: report, em: embargo, cs: state }
        const [a, b] = [interpret(set, way, type, shape, triple, context), interpret(original, way, type, shape, triple, context)]
        if (a.refuse !== b.refuse || a.rm !== b.rm || a.em !== b.em || a.cs !== b.cs || a.fired.length !== b.fired.length || a.replies.join() !== b.replies.join() || a.optional.join() !== b.optional.join() || a.fired.some((one, i) => one.event !== b.fired[i]?.event)) return true
      }
  return false
}

/** Changes that no cell shows, and why. A change that is not seen here is proved to change nothing: every cell is looked at. */
const unseen: ReadonlyArray<readonly [RegExp, string]> = [
  [/: (without|rm also|em also) /, 'the guard is as printed; in the cells that it would let in, a row above decides, or does the same'],
  [/: also [VFDPXA]$/, 'no state that the row applies to has such an event, so the machine does not move'],
  [/(\.role|subject): one reply more$/, 'the row refuses'],
  [/published reply: not for (RK|RE|GI|GK|GE)$/, 'these have rows in every state, which change nothing'],
  [/(received\.closed\.ack|FT:130): not for RK$/, 'the row for RK in any state says the same'],
]

test.each([adopted, published])('a change of any part of any row is seen', ({ rules }) => {
  const seen = new Set<string>()
  const hidden = new Set<string>()
  for (const mutant of mutantsOf(rules)) {
    if (seen.has(mutant.name)) continue
    if (isSeen(mutant, rules)) {
      seen.add(mutant.name)
      hidden.delete(mutant.name)
    } else hidden.add(mutant.name)
  }
  const unexplained = [...hidden].filter((name) => !unseen.some(([pattern]) => pattern.test(name)))
  console.info(`${rules.name}: ${seen.size + hidden.size} mutants, ${seen.size} seen, ${hidden.size} not`)
  expect(unexplained.join('\n')).toBe('')
})
