/**
 * Messages of several types, and messages that are none of a participant's business. A bundle is its parts one after
 * the other, all or nothing; the oracle for it is the single steps. What has no proper form, address or shape is refused.
 */
import { adopted, type Context, type LocalEvent, type MessageType, type Participant, published, start, transition, type Way } from 'mpcvd'
import { expect, test } from 'vitest'
import { complaints, deepFreeze, everyContext, line, messageWith, participants, pick, plain, randomFrom, type Result, show, ways } from './cells.js'

const readings = [published, adopted] as const

/** All types in the order that a bundle must have (docs/contract.md): RS, other R*, E*, CX before CP, other C*, G*. */
const inOrder: ReadonlyArray<string> =
  'RS RI RV RD RA RC RK RE EP ER EA EV EJ EC ET EK EE CX CP CV CF CD CA CK CE GI GK GE'.split(' ')

/** Names as message types, whether they are any or not. */
const types = (...named: ReadonlyArray<string>): ReadonlyArray<MessageType> => named as ReadonlyArray<MessageType>

const refusal = (result: Result): string => (result._tag === 'Left' ? result.left.kind : 'accepted')
const keeps = (result: Result, self: Participant): boolean => result._tag === 'Left' && result.left.state === self

/** CX and CP stay together; everything else goes one by one. */
const partsOf = (all: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> => {
  const pair = all.includes('CX') && all.includes('CP')
  return all.flatMap((type) => (pair && type === 'CP' ? [] : [pair && type === 'CX' ? ['CX', 'CP'] : [type]]))
}

/** What the parts of a bundle do one after the other, as `show` prints it. */
const oneByOne = (reading: (typeof readings)[number], self: Participant, way: Way, all: ReadonlyArray<string>, context: Context): string => {
  let state = self
  const sum = { fired: new Array<{ readonly machine: string; readonly event: string }>(), replies: new Set<string>(), optional: new Set<string>() }
  for (const part of partsOf(all)) {
    const result = reading.transition(state, messageWith(way, types(...part), context))
    if (result._tag === 'Left') return `Left ${result.left.kind}`
    state = result.right.state
    sum.fired.push(...result.right.fired)
    // What the sender of a bundle says in it, in whichever part, it does not owe as well.
    for (const type of result.right.replies) if (way === 'received' || !all.includes(type)) sum.replies.add(type)
    for (const type of result.right.optional) sum.optional.add(type)
  }
  const fired = ['rm', 'cs', 'em'].flatMap((machine) => sum.fired.filter((one) => one.machine === machine).map((one) => `${machine}.${one.event}`))
  return line(state, fired, [...sum.replies], [...sum.optional].filter((type) => !sum.replies.has(type)))
}

test('a bundle is its parts one after the other, all or nothing', () => {
  const random = randomFrom(0xb0bb)
  const wrong = complaints()
  const counted = { accepted: 0, refused: 0 }
  for (let i = 0; i < 40_000; i++) {
    const chosen = new Set(Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(random, inOrder)))
    const all = inOrder.filter((type) => chosen.has(type))
    const [way, reading, [, self], drawn] = [pick(random, ways), pick(random, readings), pick(random, participants), pick(random, everyContext)]
    const context = { ...drawn, answers: drawn.answers && !all.includes('EP') }
    const result = reading.transition(self, messageWith(way, types(...all), context))
    const wanted = oneByOne(reading, self, way, all, context)
    if (show(result) !== wanted || (result._tag === 'Left' && !keeps(result, self)))
      wrong.add(`${reading.name} ${way} ${all.join('+')} at (${self.rm},${self.em},${self.cs}): one by one ${wanted}, together ${show(result)}`)
    if (result._tag === 'Left') counted.refused++
    else counted.accepted++
  }
  expect(wrong.first).toEqual([])
  expect(counted.accepted).toBeGreaterThan(10_000)
  expect(counted.refused).toBeGreaterThan(5_000)
})

const vendor = deepFreeze(start('self', ['vendor']))

test('RS and EP in one message reach a vendor: it receives, becomes aware, and the proposal stands', () => {
  const result = transition(vendor, messageWith('received', ['RS', 'EP'], plain))
  expect(show(result)).toBe('Received,Proposed,Vfdpxa | rm.receive cs.V em.propose | CV EK RK | ')
})

test('RS and EP in one message accept nothing, whatever the message says that it answers', () => {
  const proposed: Participant = deepFreeze({ ...vendor, em: 'Proposed' })
  const answering: Context = { ...plain, answers: true }
  expect(show(transition(proposed, messageWith('received', ['RS'], answering)))).toBe('Received,Active,Vfdpxa | rm.receive cs.V em.accept | CV RK | ')
  expect(show(transition(proposed, messageWith('received', ['RS', 'EP'], answering)))).toBe('Received,Proposed,Vfdpxa | rm.receive cs.V em.propose | CV EK RK | ')
})

test('a part that is refused refuses the whole', () => {
  const accepted: Participant = deepFreeze({ ...vendor, rm: 'Accepted', cs: 'Vfdpxa' })
  const result = transition(accepted, messageWith('sent', ['RD', 'CF'], plain))
  expect([refusal(result), keeps(result, accepted)]).toEqual(['no-row', true])
  expect(show(transition(accepted, messageWith('sent', ['CF'], plain)))).toBe('Accepted,None,VFdpxa | cs.F |  | ')
})

test('types that are none, unknown, repeated or out of order are no bundle', () => {
  const bad = [
    [], ['ZZ'], ['rs'], [''], ['constructor'], ['__proto__'], ['toString'], ['RS', 'ZZ'], ['ZZ', 'RS'],
    ['RS', 'RS'], ['CK', 'GI', 'CK'], ['EP', 'RS'], ['RK', 'RS'], ['CP', 'CX'], ['CV', 'CX'], ['CK', 'CP'], ['GI', 'CA'], ['CA', 'EK'],
  ]
  for (const reading of readings)
    for (const way of ways)
      for (const [, self] of participants.filter((_, i) => i % 11 === 0))
        for (const one of bad) {
          const result = reading.transition(self, messageWith(way, types(...one), plain))
          if (refusal(result) !== 'bundle' || !keeps(result, self)) expect.fail(`${reading.name} ${way} [${one.join()}]: ${show(result)}`)
        }
})

test('the name of the pair in the rows is no message type', () => {
  const result = transition(vendor, messageWith('received', types('CX+CP'), plain))
  expect([refusal(result), keeps(result, vendor)]).toEqual(['bundle', true])
})

test('every two types in the order of the contract are a bundle, and no two in another order are', () => {
  const family = (type: string): number => ['RS', 'R', 'E', 'CX', 'CP', 'C', 'G'].findIndex((prefix) => type.startsWith(prefix))
  for (const first of inOrder)
    for (const second of inOrder) {
      const result = transition(vendor, messageWith('received', types(first, second), plain))
      const wanted = first !== second && family(first) <= family(second)
      expect(refusal(result) !== 'bundle', `${first},${second}`).toBe(wanted)
    }
})

test('a message between others is not addressed to a participant', () => {
  const between = deepFreeze({ ...messageWith('sent', ['GI'], plain), from: 'peer', to: ['third', 'fourth'] })
  for (const reading of readings)
    for (const [, self] of participants) {
      const result = reading.transition(self, between)
      if (refusal(result) !== 'not-addressed' || !keeps(result, self)) expect.fail(`${reading.name}: ${show(result)}`)
    }
  expect(refusal(transition(vendor, { ...between, types: types('ZZ') }))).toBe('not-addressed')
  expect(show(transition(vendor, { ...between, to: ['third', 'self'] }))).toBe('Start,None,vfdpxa |  | GK | ')
})

test('a case state that does not have the shape of the roles is refused', () => {
  for (const reading of readings)
    for (const [, self] of participants) {
      const misfit = deepFreeze({ ...self, roles: self.cs.length === 6 ? (['observer'] as const) : (['vendor'] as const) })
      for (const way of ways) {
        expect(refusal(reading.transition(misfit, messageWith(way, ['GI'], plain)))).toBe('role')
        expect(refusal(reading.transition(misfit, messageWith(way, ['RK', 'GI'], plain)))).toBe('role')
      }
      expect(keeps(reading.local(misfit, 'learn P'), misfit)).toBe(true)
      expect(refusal(reading.local(misfit, 'learn P'))).toBe('role')
      expect(refusal(reading.observe(misfit, 'P'))).toBe('role')
    }
  expect(refusal(adopted.local(vendor, 'toString' as LocalEvent))).toBe('no-row')
})
