/**
 * Everything that can happen in small cases (`explore.ts`), and what must hold of all of it: replicas of the same entries
 * are the same, what is settled stays settled and is so for everybody, and nobody is told that it may publish while an
 * embargo that it signed is in force anywhere. The numbers in the names are what was explored when this was written; a
 * search that finds less has lost something.
 */
import type { DecisionRule, Message, MessageType, Statement } from 'mpcvd'
import { describe, expect, it } from 'vitest'
import { charter, explore, type Explored, type Setting } from './explore.js'
import { whole } from './whole.js'

const embargo: ReadonlyArray<MessageType> = ['EP', 'EA', 'ER', 'EV', 'EC', 'EJ', 'ET', 'EK']
const everything: ReadonlyArray<MessageType> = [...embargo, 'CP']
const withFarewell: ReadonlyArray<MessageType> = [...everything, 'RC']

const settingOf = (actors: ReadonlyArray<string>, sends: number, decision: DecisionRule, types: ReadonlyArray<MessageType>): Setting => ({
  charter: charter([...new Set(actors)], { decision, ...(decision === 'owner' ? { owner: 'a' } : {}) }), actors, sends, menu: actors.map(() => types),
})

const holds = ({ faults }: Explored): void => {
  expect([...faults]).toEqual([])
}
const reaches = (found: Explored, states: number): void => {
  expect(found.states).toBeGreaterThanOrEqual(states)
}

const [two, three] = [['a', 'b'], ['a', 'b', 'c']]

describe('everything that can happen', () => {
  it.each<readonly [states: number, actors: ReadonlyArray<string>, sends: number, decision: DecisionRule, kind: string, types: ReadonlyArray<MessageType>]>([
    [94_873, two, 5, 'first', 'embargo and publication', everything],
    [4421, two, 4, 'unanimous', 'embargo', embargo],
    [4677, two, 4, 'owner', 'embargo', embargo],
    [14_973, two, 4, 'first', 'embargo, publication and farewell', withFarewell],
    // By far the largest; `npm run verification` explores it, and the next, by another program.
    ...(whole ? [[450_317, three, 4, 'first', 'embargo', embargo]] as const : []),
    [21_193, three, 3, 'owner', 'embargo and publication', everything],
    [47_365, three, 3, 'unanimous', 'embargo, publication and farewell', withFarewell],
  ])('%i states of %j, %i sends, %s decides: %s', (states, actors, sends, decision, _kind, types) => {
    const found = explore(settingOf(actors, sends, decision, types))
    holds(found)
    reaches(found, states)
  }, 120_000)

  it.each([[685, two, 3], [20_745, three, 3]])('is counted right: %i states of %j, %i sends, visited one by one', (states, actors, sends) => {
    const found = explore({ ...settingOf(actors, sends, 'first', everything), visit: true })
    expect(found.visited).toBe(found.states)
    reaches(found, states)
    holds(found)
  })
})

const message = (id: string, type: MessageType, after: ReadonlyArray<string>, answers?: string): Statement => {
  const said: Message = { id, case: 'c', from: id.charAt(0), to: three.filter((one) => !id.startsWith(one)), types: [type], at: '2026-01-05', after }
  return { message: answers === undefined ? said : { ...said, embargo: { id: 'answer', answers } } }
}

/** A fork that comes to light makes what it stands before tentative again. Within these bounds all other laws hold: nothing that was settled turns out otherwise. `ledger-traces.test.ts` has what lies beyond them. */
const unsettles = 'what is settled is not unsettled'

describe('everything that can happen where one speaks with two tongues', () => {
  it.each<readonly [states: number, actors: ReadonlyArray<string>, sends: number, decision: DecisionRule]>([
    [270_485, ['a', 'a', 'b'], 4, 'first'],
    [270_485, ['a', 'b', 'b'], 4, 'first'],
    [191_073, ['a', 'a', 'b', 'c'], 3, 'first'],
    [193_633, ['a', 'b', 'b', 'c'], 3, 'unanimous'],
    [198_017, ['a', 'b', 'c', 'c'], 3, 'owner'],
  ])('%i states of %j, %i sends, %s decides', (states, actors, sends, decision) => {
    const found = explore(settingOf(actors, sends, decision, embargo))
    reaches(found, states)
    expect([...found.faults].filter(([law]) => law !== unsettles)).toEqual([])
  }, 120_000)

  it.each<readonly [states: number, name: string, menu: ReadonlyArray<ReadonlyArray<MessageType>>, each: ReadonlyArray<number>]>([
    [821_337, 'an acceptance, each tongue witnessed by some, around a rejection', [['EA'], ['EK'], ['EK'], ['ER', 'EK']], [1, 1, 2, 2]],
    [821_337, 'a rejection, each tongue witnessed by some, around an acceptance', [['ER'], ['EK'], ['EK'], ['EA', 'EK']], [1, 1, 2, 2]],
  ])('%i states around a proposal by b: %s', (states, _name, menu, each) => {
    const found = explore({ charter: charter(three), actors: ['a', 'a', 'b', 'c'], sends: 6, each, given: [message('b1', 'EP', [])], menu })
    reaches(found, states)
    expect([...found.faults.keys()]).toEqual([unsettles])
  }, 120_000)
})
