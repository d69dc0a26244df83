/**
 * Simulated cases: the same for the same seed, different for others, over for a reason, and kept to the protocol by everybody, as
 * the checks of conformance find; and not, where a behaviour does not.
 */
import { readFileSync } from 'node:fs'
import { type CaseLog, type LogEntry, replay, adopted, type Role, roles } from 'mpcvd'
import { type Behaviour, behaviourOf, castOf, chanceFrom, ordinary, ordinaryWeights, simulate, type SimulationOptions } from 'mpcvd/advice'
import { decodeLog, encodeLog } from 'mpcvd/codec'
import { check, describeBreach } from 'mpcvd/conformance'
import { describe, expect, test } from 'vitest'
import { randomFrom } from './cells.js'

const played = (cast: ReadonlyArray<ReadonlyArray<Role>> | CaseLog, options: SimulationOptions): CaseLog => {
  const found = simulate('header' in cast ? cast : castOf(cast), options)
  return found._tag === 'Right' ? found.right : expect.fail(JSON.stringify(found.left))
}
const casts: ReadonlyArray<ReadonlyArray<ReadonlyArray<Role>>> = [
  [['reporter'], ['vendor']], [['finder', 'reporter'], ['vendor', 'deployer']], [['reporter'], ['coordinator'], ['vendor']], [['reporter'], ['vendor'], ['deployer'], ['observer']],
]
const seeds = [7, 'seven', 8, 9, 10, 11, 12, 13]
const logs = casts.flatMap((cast, place) => seeds.slice(0, place < 2 ? 8 : 3).map((seed) => ({ name: `${cast.map((held) => held.join('+')).join(',')} ${seed}`, cast, seed, log: played(cast, { seed }) })))
const faultsOf = (log: CaseLog, level: 'L3' | 'L4'): ReadonlyArray<string> => check(log, { level }).findings.filter(({ severity }) => severity !== 'none').map(describeBreach)

describe('ordinary participants', () => {
  test.each(logs)('$name: everybody keeps to the protocol', ({ log }) => {
    expect(faultsOf(log, 'L3')).toEqual([])
    expect(faultsOf(log, 'L4')).toEqual([])
    expect(replay(adopted, log).findings).toEqual([])
    expect(check(log, { level: 'L3' }).verdict).toBe('conforming')
  })

  test.each(logs)('$name: comes to its end, and reads as it was written', ({ log }) => {
    const { participants } = check(log, { level: 'L3' })
    expect(participants.filter(({ rm }) => rm !== 'Closed').length).toBeLessThanOrEqual(1)
    const read = decodeLog(encodeLog(log))
    expect(read._tag === 'Right' ? [read.right.log, read.right.faults] : read.left).toEqual([log, []])
    const moments = log.entries.map((entry) => ('message' in entry ? entry.message.at : 'local' in entry ? entry.local.at : ''))
    expect([...moments].sort()).toEqual(moments)
  })

  test('among them are embargoes agreed and refused, attacks, fixes, and cases without an embargo', () => {
    const types = logs.map(({ log }) => new Set(log.entries.flatMap((entry) => ('message' in entry ? entry.message.types : []))))
    for (const type of ['RS', 'RV', 'RI', 'RA', 'RD', 'RC', 'EP', 'EA', 'ET', 'CV', 'CF', 'CD', 'CP', 'CX', 'CA', 'GI'] as const) expect(types.some((all) => all.has(type)), type).toBe(true)
    expect(types.some((all) => !all.has('EA'))).toBe(true)
  })
})

describe('chance', () => {
  test('the same seed gives the same log, another another', () => {
    for (const { cast, log, seed } of logs.slice(0, 4)) expect(played(cast, { seed })).toEqual(log)
    expect(new Set(logs.slice(0, 8).map(({ log }) => JSON.stringify(log.entries))).size).toBe(8)
    expect(played([['reporter'], ['vendor']], { seed: '7' })).toEqual(played([['reporter'], ['vendor']], { seed: 7 }))
  })
  test('is the known generator, seeded by the known hash (FNV-1a)', () => {
    for (const [seed, hash] of [['', 0x811c9dc5], ['a', 0xe40c292c], ['foobar', 0xbf9cf968]] as const) {
      const [ours, theirs] = [chanceFrom(seed), randomFrom(hash | 0)]
      for (let i = 0; i < 100; i++) expect(ours()).toBe(theirs())
    }
  })
  test('seeds that are odd are seeds', () => {
    for (const seed of ['', NaN, -0, Infinity, '\u0000', '__proto__', 1e21]) expect(played([['reporter'], ['vendor']], { seed, steps: 5 }).entries.length).toBeGreaterThan(0)
  })
})

describe('behaviours', () => {
  const asLong = (log: CaseLog, id: string): ReadonlyArray<LogEntry> => log.entries.filter((entry) => 'message' in entry && entry.message.from === id)

  test('who does nothing still does what is due', () => {
    const nothing: Behaviour = () => undefined
    const log = played([['reporter'], ['vendor']], { seed: 3, behaviours: { vendor: nothing } })
    const sent = asLong(log, 'vendor').flatMap((entry) => ('message' in entry ? entry.message.types : []))
    expect(sent.length).toBeGreaterThan(0)
    expect([...new Set(sent)].filter((type) => !['RK', 'EK', 'CK', 'GK', 'CV', 'ET', 'ER', 'CP'].includes(type))).toEqual([])
    expect(played([['reporter'], ['vendor']], { seed: 3, behaviours: { reporter: nothing, vendor: nothing } }).entries).toEqual([])
  })
  test('a behaviour goes by id before role; that of a prototype is none', () => {
    const first = played([['reporter'], ['vendor']], { seed: 5, behaviours: { vendor: ordinary, reporter: ordinary } })
    expect(first).toEqual(played([['reporter'], ['vendor']], { seed: 5 }))
    expect(played([['reporter'], ['vendor']], { seed: 5, behaviours: Object.create({ vendor: () => undefined }) as Record<string, Behaviour> })).toEqual(first)
    const two = played([['reporter'], ['vendor'], ['vendor']], { seed: 5, behaviours: { 'vendor-2': () => undefined } })
    expect(asLong(two, 'vendor-2').every((entry) => 'message' in entry && entry.message.inReplyTo !== undefined)).toBe(true)
  })
  test('who does what is advised against is found out', () => {
    const careless: Behaviour = (turn) => (turn.self.em === 'Active' ? turn.moves.find(({ modality, types }) => modality === 'should not' && types.includes('CP')) : undefined) ?? ordinary(turn)
    expect(seeds.some((seed) => faultsOf(played([['reporter'], ['vendor']], { seed, steps: 60, behaviours: { reporter: careless, vendor: careless } }), 'L3').length > 0)).toBe(true)
  })
  test('weights: a move that no row fits is not made', () => {
    const silent = behaviourOf(ordinaryWeights.filter(({ moves }) => !moves.includes('GI')))
    const log = played([['reporter'], ['vendor']], { seed: 7, behaviours: { reporter: silent, vendor: silent } })
    expect(log.entries.some((entry) => 'message' in entry && entry.message.types.includes('GI') && entry.message.inReplyTo === undefined)).toBe(false)
    expect(behaviourOf([{ moves: ['RS'], weight: -1 }, { moves: ['EP'], weight: NaN }])).toBeTypeOf('function')
    expect(played([['reporter'], ['vendor']], { seed: 7, behaviours: { reporter: behaviourOf([]), vendor: behaviourOf([]) } }).entries).toEqual([])
  })
})

describe('beginnings', () => {
  test('nothing new is begun after so many entries, and what is due then is done', () => {
    for (const steps of [0, 1, 5, 12]) {
      const log = played([['reporter'], ['vendor']], { seed: 7, steps })
      expect(log.entries.length).toBeGreaterThanOrEqual(steps)
      expect(log.entries.length).toBeLessThan(steps + 6)
      expect(faultsOf(log, 'L4')).toEqual([])
    }
  })
  test('a log goes on from where it is', () => {
    const begun = played([['reporter'], ['vendor']], { seed: 7, steps: 9 })
    const whole = played(begun, { seed: 1 })
    expect(whole.entries.slice(0, begun.entries.length)).toEqual(begun.entries)
    expect(whole.entries.length).toBeGreaterThan(begun.entries.length)
    expect(faultsOf(whole, 'L4')).toEqual([])
  })
  test('a log of somebody else, with ids of its own, mistakes and all, comes to an end', () => {
    const read = decodeLog(readFileSync(new URL('../docs/case.jsonl', import.meta.url), 'utf8'))
    const whole = read._tag === 'Right' ? read.right.log : expect.fail('unreadable')
    for (const count of [1, 2, 7, 15, 30]) {
      const begun = { header: whole.header, entries: whole.entries.slice(0, count) }
      const log = played(begun, { seed: 2, steps: 40 })
      expect(log.entries.slice(0, count)).toEqual(begun.entries)
      expect(log.entries.length).toBeLessThanOrEqual(count + 150)
    }
    const rivals: CaseLog = { header: whole.header, entries: [['e1', '2026-03-01'], ['e3', '2026-04-01']].map(([id = '', end = '']) => ({ message: { id, case: 'c1', from: 'ada', to: ['acme'], types: ['EP'], at: '2026-01-05', after: [], embargo: { id, end } } })) }
    const log = played(rivals, { seed: 2, steps: 40 })
    const ids = log.entries.map((entry) => ('message' in entry ? entry.message.id : 'local' in entry ? entry.local.id : ''))
    expect(new Set(ids).size).toBe(ids.length)
    expect(log.entries.length).toBeLessThanOrEqual(150)
    const { header } = castOf([['reporter'], ['vendor']])
    expect(played({ header: { ...header, protocol: 'published@1' }, entries: [] }, { seed: 2, steps: 40 }).entries.length).toBeLessThanOrEqual(140)
  })
  test('casts: named for their last role, and numbered', () => {
    expect(castOf([['finder', 'reporter'], ['vendor'], ['vendor'], []]).header.participants.map(({ id }) => id)).toEqual(['reporter', 'vendor', 'vendor-2', 'observer'])
    expect(castOf([[]]).header.participants).toEqual([{ id: 'observer', roles: ['observer'] }])
    expect(castOf(roles.map((role) => [role])).header.participants.map(({ id }) => id)).toEqual([...roles])
  })
  test('nobody, somebody alone, a header that is no charter', () => {
    expect(played([], { seed: 1 }).entries).toEqual([])
    expect(faultsOf(played([['reporter']], { seed: 1 }), 'L3')).toEqual([])
    const { header } = castOf([['vendor']])
    expect(simulate({ header: { ...header, decision: 'owner' }, entries: [] }, { seed: 1 })._tag).toBe('Left')
  })
})
