/**
 * The playground's model, without a page: a case that is being played, its moves, and what can be read from them.
 *
 * What everybody's state comes to is held against `replay` of the log that is taken away, and what ledgers come to against
 * orders of delivery. Plays are made by chance: anybody sends anything to anybody, whether it is permitted or not, and
 * every parcel arrives, is lost, or arrives again, at any time.
 */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { cs, dpxa, type Edition, em, formatState, localEvents, type LogHeader, messageTypeList, protocols, pxa, replay, rm } from 'mpcvd'
import { entriesOf, isDeciding } from 'mpcvd/case'
import { decodeLog, encodeLog } from 'mpcvd/codec'
import { expect, test } from 'vitest'
import { untilQuiet } from '../docs/site/playground/conduct.js'
import { sealOf } from '../docs/site/playground/seals.js'
import { caseIn, deliveries, judged, localFor, messageFor, others, owedBy, parcelMove, payments, sendMove } from '../docs/site/playground/draft.js'
import { fromFragment, toFragment } from '../docs/site/playground/fragment.js'
import { deployerPath, embargo, type Plan, publicFacts, report, vendorPath } from '../docs/site/playground/layout.js'
import { goTo, letGo, logOf, openPlay, type Play, playOf, putAside, regained, rereadAs, take, worldOf } from '../docs/site/playground/model.js'
import { casts, headerFor, newPlay, opening } from '../docs/site/playground/presets.js'
import { readLog } from '../docs/site/playground/reading.js'
import { sha256 } from '../docs/site/playground/sha256.js'
import { present } from '../docs/site/playground/world.js'
import { shelves } from '../docs/site/playground-build.js'

/** A new case, of a header that makes one. */
const opened = (header: LogHeader): Play => {
  const play = openPlay(header)
  if (play._tag === 'Left') throw new Error(JSON.stringify(play.left))
  return play.right
}
const pick = <A>(all: ReadonlyArray<A>, place: number): A | undefined => all[place % Math.max(1, all.length)]
const states = (play: Play): ReadonlyArray<string> => worldOf(play).replicas.map((one) => `${one.id} ${formatState(one.state)}`)

/** One action by numbers, on whatever there is. */
type Action = readonly [what: number, who: number, which: number, whom: number]

const acted = (play: Play, [what, who, which, whom]: Action): Play => {
  const world = worldOf(play)
  const one = pick(present(world), who)
  const parcel = pick(world.parcels, which)
  if (one === undefined) return play
  const to = others(world, one.id).filter((_, place) => ((whom >> place) & 1) === 0)
  if (what < 4) {
    const type = pick(messageTypeList, which)
    return type === undefined || to.length === 0 ? play : take(play, [sendMove(world, { from: one.id, to, types: type === 'RS' ? ['RS', 'EP'] : [type] }, what === 3)])
  }
  if (what < 7) return parcel === undefined ? play : take(play, [parcelMove(world, what === 6 && whom > 3 ? 'lost' : 'arrives', parcel.message.id, parcel.to)])
  if (what === 7) return take(play, deliveries(world, whom > 3 ? 'first' : 'last'))
  if (what === 8) {
    const event = pick(localEvents, which)
    return event === undefined ? play : take(play, [{ kind: 'said', entry: { local: localFor(world, one.id, event) }, atOnce: false }])
  }
  const wish = owedBy(world, one).flatMap((due) => payments(world, due))[0]
  return wish === undefined ? play : take(play, [sendMove(world, wish, whom > 3)])
}

const actions = fc.array(fc.tuple(fc.nat(9), fc.nat(7), fc.nat(60), fc.nat(7)), { maxLength: 30 })
const plays = fc.record({ cast: fc.constantFrom(...casts), edition: fc.constantFrom<Edition>('adopted@1', 'published@1'), actions })
  .map(({ cast, edition, actions: all }) => all.reduce<Play>(acted, opened(headerFor(cast.participants, edition))))

test('the hash is SHA-256', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('utf8')), (text) => sha256(text) === createHash('sha256').update(text, 'utf8').digest('hex')), { numRuns: 60 })
})

test('stepping back and forward comes to the same, at every step', () => {
  fc.assert(fc.property(plays, fc.nat(40), (play, to) => {
    const there = goTo(play, to)
    expect(goTo(there, play.at)).toEqual(play)
    expect(worldOf(there)).toBe(play.steps[Math.min(to, play.steps.length) - 1]?.world ?? play.first)
    const again = take(goTo(play, 0), play.steps.slice(0, there.at).map(({ move }) => move))
    expect(states(again)).toEqual(states(there))
  }), { numRuns: 40 })
})

test('another course puts the steps ahead aside, and they can be had back', () => {
  const play = opening()
  const other = acted(goTo(play, 3), [8, 0, 1, 0])
  expect(other.steps.length).toBe(4)
  expect(regained(other).steps).toBe(play.steps)
  expect(putAside(other)).toEqual(play.steps.slice(3))
  const further = acted(other, [8, 0, 2, 0])
  expect([putAside(further).length, regained(further).steps === play.steps, regained(further).at]).toEqual([6, true, 5])
  expect(letGo(further).givenUp).toBeUndefined()
  expect(regained(play)).toBe(play)
})

test('the log that is taken away can be read again and replays to the same states', () => {
  let told = 0
  fc.assert(fc.property(plays, (play) => {
    const log = logOf(play)
    if (log === undefined) {
      // Only where something is under way and nothing has arrived, which a log cannot say.
      expect(play.steps.some(({ move }) => move.kind === 'arrives' || (move.kind === 'said' && move.atOnce))).toBe(false)
      return
    }
    told++
    const read = decodeLog(encodeLog(log))
    if (read._tag === 'Left') throw new Error(JSON.stringify(read.left))
    expect(read.right.faults).toEqual([])
    expect(read.right.log).toEqual(log)
    const { participants } = replay(protocols[log.header.protocol], log)
    expect(participants.map((one) => `${one.id} ${formatState(one)}`)).toEqual(states(play))
    const back = playOf(log)
    if (back._tag === 'Left') throw new Error(JSON.stringify(back.left))
    expect(states(back.right)).toEqual(states(play))
    expect(sealOf(worldOf(back.right).everything)).toBe(sealOf(worldOf(play).everything))
  }), { numRuns: 80 })
  expect(told).toBeGreaterThan(40)
})

test('a play goes into an address and comes back', async () => {
  await fc.assert(fc.asyncProperty(plays, fc.nat(20), async (made, at) => {
    const play = goTo(made, at)
    const shared = await fromFragment(`#${await toFragment(play)}`)
    if (shared === undefined || 'fault' in shared) throw new Error(shared?.fault ?? 'nothing')
    expect(shared.play.at).toBe(play.at)
    expect(shared.play.first.header).toEqual(play.first.header)
    expect(shared.play.steps.map(({ move }) => move)).toEqual(play.steps.map(({ move }) => move))
    expect(states(shared.play)).toEqual(states(play))
  }), { numRuns: 25 })
})

test('a fragment that is none is told in a sentence, and one that claims nothing is none', async () => {
  const good = await toFragment(opening())
  const bomb = await (async () => {
    const { deflateRawSync } = await import('node:zlib')
    return `case=${deflateRawSync(Buffer.alloc(40_000_000)).toString('base64url')}`
  })()
  const packed = async (value: unknown): Promise<string> => `case=${(await import('node:zlib')).deflateRawSync(JSON.stringify(value)).toString('base64url')}`
  const header = headerFor(casts[0]?.participants ?? [], 'adopted@1')
  const bad = [
    'case=', 'case=!!!', 'case=AAAA', good.slice(0, 60), `case=${'A'.repeat(300_000)}`, bomb, await packed(null), await packed([]), await packed({ header }),
    await packed({ header: { ...header, log: 2 }, moves: [] }), await packed({ header: { ...header, decision: 'owner' }, moves: [] }), await packed({ header, moves: [['said', { message: { id: 7 } }]] }),
    await packed({ header, moves: [['__proto__', {}]] }), await packed({ header, moves: [['arrives', { message: 'm1' }]] }), await packed({ header, moves: Array.from({ length: 4000 }, () => 0) }),
  ]
  for (const fragment of bad) expect(await fromFragment(`#${fragment}`), fragment.slice(0, 40)).toEqual({ fault: expect.stringMatching(/^The address holds no case that can be read: .+\.$/) as string })
  expect(await fromFragment(bomb)).toEqual({ fault: 'The address holds no case that can be read: it unpacks to too much.' })
  for (const fragment of ['', '#', '#top', '#timeline', '#Case=AAAA']) expect(await fromFragment(fragment)).toBeUndefined()
  const odd = await fromFragment(`#${await packed({ header, moves: [['arrives', { message: 'nothing', by: 'ann' }], ['lost', { message: 'm1', by: 'nobody' }]], at: 'x' })}`)
  expect(odd !== undefined && 'play' in odd ? odd.play.at : undefined).toBe(2)
})

test('whatever the order in which everything arrives, the ledgers are sealed alike; a second copy changes nothing', () => {
  const everybody = fc.array(fc.tuple(fc.nat(5), fc.nat(60)), { minLength: 1, maxLength: 8 })
  fc.assert(fc.property(fc.constantFrom(...casts), everybody, fc.array(fc.nat(1000), { minLength: 40, maxLength: 40 }), (cast, said, chance) => {
    const start = opened(headerFor(cast.participants, 'adopted@1'))
    const sent = said.reduce<Play>((play, [who, which], place) => {
      const world = worldOf(play)
      const [one, type] = [pick(present(world), who), pick(messageTypeList, which)]
      if (one === undefined || type === undefined) return play
      const next = take(play, [sendMove(world, { from: one.id, to: others(world, one.id), types: [type] }, false)])
      const parcel = pick(worldOf(next).parcels.filter(({ status }) => status === 'under way'), chance[place] ?? 0)
      return parcel === undefined || (chance[place] ?? 0) % 3 === 0 ? next : take(next, [parcelMove(worldOf(next), 'arrives', parcel.message.id, parcel.to)])
    }, start)
    const rest = deliveries(worldOf(sent), 'first')
    const shuffled = rest.map((move, place) => ({ move, key: chance[place] ?? 0 })).sort((a, b) => a.key - b.key).map(({ move }) => move)
    const [inOrder, otherwise, twice] = [take(sent, rest), take(sent, shuffled), take(sent, [...shuffled, ...rest])]
    for (const play of [inOrder, otherwise, twice])
      for (const { ledger } of worldOf(play).replicas) expect(sealOf(ledger)).toBe(sealOf(worldOf(inOrder).everything))
    expect(states(twice)).toEqual(states(otherwise))
  }), { numRuns: 40 })
})

test('the case that the page opens with: apart by the tables, together by the ledgers', () => {
  const play = opening()
  expect(states(play)).toEqual(['ann (A,A,pxa)', 'acme (R,A,Vfdpxa)', 'cert (R,N,pxa)'])
  const after = take(play, deliveries(worldOf(play), 'first'))
  expect(worldOf(after).replicas.map(({ state }) => state.em)).toEqual(['Active', 'Active', 'None'])
  expect(worldOf(after).replicas.map(({ ledger }) => caseIn(ledger).state.em)).toEqual(['Active', 'Active', 'Active'])
  expect(rereadAs(play, 'published@1').first.header.protocol).toBe('published@1')
  expect(rereadAs(play, 'published@1').at).toBe(play.at)
})

test('a copy of what arrived before moves nobody, whatever has happened in between; what was lost can still arrive', () => {
  const play = newPlay(casts[0]?.participants ?? [], 'adopted@1')
  if (play === undefined) throw new Error('no play')
  const sent = take(play, [sendMove(play.first, { from: 'ann', to: ['acme'], types: ['EP'] }, false)])
  const status = (of: Play): ReadonlyArray<string> => worldOf(of).parcels.map((one) => `${one.message.id} ${one.status} ${one.times}`)
  const lost = take(sent, [parcelMove(worldOf(sent), 'lost', 'm1', 'acme')])
  expect(status(lost)).toEqual(['m1 lost 0'])
  const late = take(lost, [parcelMove(worldOf(lost), 'arrives', 'm1', 'acme')])
  expect([status(late), states(late)]).toEqual([['m1 arrived 1'], ['ann (A,P,pxa)', 'acme (S,P,vfdpxa)']])
  const rejected = take(late, [sendMove(worldOf(late), { from: 'acme', to: ['ann'], types: ['ER'] }, true)])
  expect(states(rejected)).toEqual(['ann (A,N,pxa)', 'acme (S,N,vfdpxa)'])
  // By the tables a proposal in None leads to Proposed again; this one is known.
  const again = take(rejected, [parcelMove(worldOf(rejected), 'arrives', 'm1', 'acme')])
  expect([status(again)[0], states(again)]).toEqual(['m1 arrived 2', states(rejected)])
  const [effect] = again.steps.at(-1)?.effects ?? []
  expect(effect?.again === true && effect.result._tag === 'Right' ? effect.result.right.state.em : undefined).toBe('Proposed')
  expect(take(again, [parcelMove(worldOf(again), 'lost', 'm1', 'acme')]).steps.at(-1)?.world.parcels).toEqual(worldOf(again).parcels)
})

test('what runs until it is quiet ends with nothing under way and no answer owed, and settles the case', () => {
  const quiet = untilQuiet(opening())
  const world = worldOf(quiet)
  expect(world.parcels.filter(({ status }) => status === 'under way')).toEqual([])
  expect(world.replicas.flatMap((one) => owedBy(world, one)).filter(({ kind }) => kind === 'answer' || kind === 'announcement')).toEqual([])
  expect(untilQuiet(quiet)).toBe(quiet)
  expect(world.replicas.map(({ ledger }) => caseIn(ledger).state.em)).toEqual(['Active', 'Active', 'Active'])
  // Whoever acknowledged the acceptance and the rejection has said that it has seen them: these are settled.
  expect(caseIn(world.everything).settled.count).toBeGreaterThanOrEqual(4)
  fc.assert(fc.property(plays, (play) => {
    expect(untilQuiet(play).steps.length - play.at).toBeLessThan(450)
  }), { numRuns: 20 })
})

test('answers and acknowledgements name what they are about', () => {
  const play = take(opening(), [])
  const world = worldOf(play)
  expect(messageFor(world, { from: 'cert', to: ['ann'], types: ['EK', 'RK'] })).toMatchObject({ types: ['RK', 'EK'], inReplyTo: 'm1' })
  expect(messageFor(world, { from: 'ann', to: ['acme', 'cert'], types: ['EV'] }).embargo?.id).toBe('e2')
  expect(messageFor(worldOf(goTo(play, 6)), { from: 'acme', to: ['ann'], types: ['EA'] }).embargo).toEqual({ id: 'e1', answers: 'e1' })
  expect(judged(world, messageFor(world, { from: 'acme', to: ['ann'], types: ['RC'] }))).toMatchObject({ _tag: 'Left', left: { kind: 'no-row' } })
})

test('every case that is offered opens whole, and everybody ends where a replay has them', () => {
  const specimens = shelves().flatMap((shelf) => shelf.specimens)
  expect(specimens.length).toBeGreaterThan(80)
  for (const { name, text } of specimens) {
    const read = decodeLog(text)
    if (read._tag === 'Left') throw new Error(name)
    expect(read.right.faults, name).toEqual([])
    const play = playOf(read.right.log)
    if (play._tag === 'Left') throw new Error(name)
    const { log } = read.right
    expect(logOf(play.right), name).toEqual(log)
    const ended = replay(protocols[log.header.protocol], log).participants.map((one) => `${one.id} ${formatState(one)}`)
    expect(worldOf(play.right).replicas.filter(({ followed }) => followed).map((one) => `${one.id} ${formatState(one.state)}`), name).toEqual(ended)
  }
})

test('a newcomer is handed what decides, and nothing else', () => {
  const play = newPlay(casts[0]?.participants ?? [], 'adopted@1')
  if (play === undefined) throw new Error('no play')
  const said = take(take(play, [sendMove(play.first, { from: 'ann', to: ['acme'], types: ['RS', 'EP'] }, true)]), [])
  const more = take(said, [sendMove(worldOf(said), { from: 'acme', to: ['ann'], types: ['RV'] }, true)])
  const joined = take(more, [{ kind: 'said', atOnce: true, entry: { membership: { id: 'j1', by: 'acme', participant: 'zed', change: 'joins', roles: ['vendor'], at: '2026-02-01' } } }])
  const zed = worldOf(joined).replicas.at(-1)
  expect(zed === undefined ? [] : entriesOf(zed.ledger).map(isDeciding)).toEqual([true, true])
  expect(zed?.state.rm).toBe('Start')
})

test('faults and findings of a log stand at their lines', async () => {
  const text = ['{"log":1,"protocol":"adopted@1","case":"c","world":"open","participants":[{"id":"a","roles":["reporter"]},{"id":"b","roles":["vendor"]}]}',
    '{"message":{"id":"m1","case":"c","from":"a","to":["b"],"types":["RS"],"at":"2026-01-01"}}', '{"message":', '',
    '{"message":{"id":"m2","case":"c","from":"b","to":["a"],"types":["QQ"],"at":"2026-01-02"}}',
    '{"message":{"id":"m3","case":"c","from":"b","to":["a"],"types":["RC"],"at":"2026-01-02"}}', ''].join('\n')
  const { play, sheet } = await readLog('a log', text)
  expect(sheet.remarks.filter(({ kind }) => kind === 'fault').map(({ line }) => line)).toEqual([3, 5])
  expect(sheet.remarks.find(({ line }) => line === 5)?.text).toContain('/message/types/0')
  expect(sheet.remarks.filter(({ kind }) => kind === 'error').map(({ line }) => line)).toEqual([6])
  expect(play === undefined ? [] : states(play)).toEqual(['a (A,N,pxa)', 'b (R,N,Vfdpxa)'])
  const none = await readLog('no log', 'hello\n')
  expect(none.play).toBeUndefined()
  expect(none.sheet.remarks.map(({ line, kind }) => [line, kind])).toEqual([[1, 'fault']])
})

test('every state and every edge of the machines has its place in the drawings', () => {
  const drawn = (plan: Plan): ReadonlyArray<string> => plan.links.flatMap(({ from, to, words }) => words.map((word) => `${from} ${word} ${to}`)).sort()
  const edges = (all: ReadonlyArray<{ readonly from: string; readonly event: string; readonly to: string }>): ReadonlyArray<string> => all.map(({ from, event, to }) => `${from} ${event} ${to}`).sort()
  expect(drawn(report)).toEqual(edges(rm.edges))
  expect(drawn(embargo)).toEqual(edges(em.edges))
  expect(drawn(publicFacts)).toEqual(edges(pxa.edges))
  expect(drawn(vendorPath)).toEqual(['VFd D VFD', 'Vfd F VFd', 'vfd V Vfd'])
  expect(drawn(deployerPath)).toEqual(['d D D'])
  expect(Object.keys(publicFacts.places).sort()).toEqual([...pxa.states].sort())
  expect(cs.states.every((state) => Object.hasOwn(vendorPath.places, state.slice(0, 3)))).toBe(true)
  expect(dpxa.states.every((state) => Object.hasOwn(deployerPath.places, state.slice(0, 1)))).toBe(true)
  for (const plan of [report, embargo, vendorPath, deployerPath, publicFacts])
    for (const { from, to } of plan.links) expect([Object.hasOwn(plan.places, from), Object.hasOwn(plan.places, to)]).toEqual([true, true])
})
