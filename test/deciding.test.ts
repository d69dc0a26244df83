/**
 * The line between what decides and what is content, over every cell of both editions.
 *
 * A ledger lets content be hidden, and runs what decides without knowing anybody's report state, roles or fix path; and
 * it runs everybody's own work with the embargo left out. Both are sound only if the protocol itself has no rule that
 * looks across the line. Here every participant, message type, direction and context is tried, and no exception is left:
 * not even the states that may only be passed through are one for what decides.
 */
import fc from 'fast-check'
import { adopted, em, type Message, type MessageType, messageTypeList, type Participant, type Protocol, published, type RowType } from 'mpcvd'
import { decidingIn, isDeciding } from '../src/case/entry.js'
import { expect, test } from 'vitest'
import { inBundleOrder, isEphemeral } from './arbitrary.js'
import { type Cell, cells, complaints, contextsThatMatter, messageWith, name, participants, plain } from './cells.js'

const readings: ReadonlyArray<Protocol> = [adopted, published]

/** The line as docs/decisions/0010-ledger.md draws it, but for RC, which decides by its membership effect and is report work otherwise. */
const deciding: ReadonlySet<RowType> = new Set<RowType>(['EP', 'ER', 'EA', 'EV', 'EJ', 'EC', 'ET', 'EK', 'EE', 'CP', 'CX', 'CA', 'CX+CP'])
const facts: ReadonlySet<RowType> = new Set<RowType>(['CP', 'CX', 'CA', 'CX+CP'])

const worldOf = (cs: string): string => cs.slice(-3)
const pathOf = (cs: string): string => cs.slice(0, -3)
const stateOf = (reading: Protocol, cell: Cell): Participant | undefined => {
  const result = reading.transition(cell.self, cell.message)
  return result._tag === 'Right' ? result.right.state : undefined
}

/** The first cells whose result is another than that of a cell with the same key. */
const differing = (about: (cell: Cell) => boolean, key: (cell: Cell) => string, value: (after: Participant) => string): { readonly wrong: ReadonlyArray<string>; readonly keys: number } => {
  const wrong = complaints()
  let keys = 0
  for (const reading of readings) {
    const seen = new Map<string, string>()
    for (const cell of cells(contextsThatMatter)) {
      if (!about(cell)) continue
      const after = stateOf(reading, cell)
      const found = after === undefined ? 'refused' : value(after)
      const at = `${cell.way} ${cell.type} ${JSON.stringify(cell.context)} ${key(cell)}`
      const before = seen.get(at)
      if (before === undefined) seen.set(at, found)
      else if (before !== found) wrong.add(`${reading.name}: ${name(cell)}: ${found}, elsewhere ${before}`)
    }
    keys += seen.size
  }
  return { wrong: wrong.first, keys }
}

test('what decides looks at nothing but whether the report is closed, the embargo state, and P, X and A', () => {
  const { wrong, keys } = differing(
    (cell) => deciding.has(cell.type),
    ({ self }) => `${self.rm === 'Closed'} ${self.em} ${worldOf(self.cs)}`,
    (after) => `${after.em} ${worldOf(after.cs)}`,
  )
  expect(wrong).toEqual([])
  // 2 readings; sent: 13 row types without and with inReplyTo, EP and EA also with existing, EA with and without answers
  // (26 + 2 + 2·3 = 34); received: half of that. Each in 2 · 5 · 8 states.
  expect(keys).toBe(2 * (34 + 17) * 80)
})

test('content is legal, and moves a report and a fix path, whatever the embargo is', () => {
  const { wrong } = differing(
    (cell) => !deciding.has(cell.type),
    ({ self, shape }) => `${shape} ${self.rm} ${self.cs}`,
    (after) => `${after.rm} ${pathOf(after.cs)}`,
  )
  expect(wrong).toEqual([])
})

test('public facts are legal, and move a report and a fix path, whatever the embargo is: lanes may leave it out', () => {
  const { wrong } = differing(
    (cell) => facts.has(cell.type),
    ({ self, shape }) => `${shape} ${self.rm} ${self.cs}`,
    (after) => `${after.rm} ${after.cs}`,
  )
  expect(wrong).toEqual([])
})

test('what is only about the embargo moves no report, and nothing of the case state but what a passing state forces', () => {
  const wrong = complaints()
  for (const reading of readings)
    for (const cell of cells(contextsThatMatter)) {
      if (!deciding.has(cell.type) || facts.has(cell.type)) continue
      const after = stateOf(reading, cell)
      if (after === undefined || isEphemeral(cell.self.cs)) continue
      if (after.rm !== cell.self.rm || after.cs !== cell.self.cs) wrong.add(`${reading.name}: ${name(cell)}`)
    }
  expect(wrong.first).toEqual([])
})

test('content never moves the embargo nor P, X and A, but for a report that answers a proposal, and what a passing state forces', () => {
  const wrong = complaints()
  let tacit = 0
  for (const reading of readings)
    for (const cell of cells(contextsThatMatter)) {
      if (deciding.has(cell.type)) continue
      const after = stateOf(reading, cell)
      if (after === undefined || (after.em === cell.self.em && worldOf(after.cs) === worldOf(cell.self.cs))) continue
      const accepts = cell.type === 'RS' && cell.context.answers && cell.self.em === 'Proposed' && after.em === 'Active' && worldOf(after.cs) === worldOf(cell.self.cs)
      if (accepts) tacit++
      // An exploit is public and the vulnerability is not yet: only that state forces anything here, and only P.
      const forced = reading === adopted && worldOf(cell.self.cs).startsWith('pX') && worldOf(after.cs) === worldOf(cell.self.cs).replace('p', 'P')
      if (!accepts && !forced) wrong.add(`${reading.name}: ${name(cell)}`)
    }
  expect(wrong.first).toEqual([])
  // The published tables know no tacit acceptance. In the adopted ones, four sets of roles have 4 + 4 + 2 + 1 = 11 case
  // states with pxa. In each, a report that answers is sent from Accepted alone, without and with inReplyTo; and received
  // in every report state but Closed.
  expect(tacit).toBe(11 * (2 + 6))
})

test('of R*, only RS moves an embargo, and only where it answers a proposal', () => {
  const movers = new Set<string>()
  for (const reading of readings)
    for (const cell of cells(contextsThatMatter))
      if (cell.type.startsWith('R') && !isEphemeral(cell.self.cs) && (stateOf(reading, cell)?.em ?? cell.self.em) !== cell.self.em)
        movers.add(`${reading.name} ${cell.type} ${cell.context.answers}`)
  expect([...movers]).toEqual(['adopted RS true'])
})

test('steps that no message carries move a report and a fix path whatever the embargo is; only expiry is about it', () => {
  const wrong = complaints()
  for (const reading of readings) {
    const seen = new Map<string, string>()
    for (const [shape, self] of participants)
      for (const event of ['discover', 'learn P', 'learn X', 'learn A', 'aware', 'validate', 'invalidate', 'accept', 'defer', 'close', 'ready', 'deployed'] as const) {
        const result = reading.local(self, event)
        const found = result._tag === 'Left' ? 'refused' : `${result.right.state.rm} ${result.right.state.cs}`
        const at = `${event} ${shape} ${self.rm} ${self.cs}`
        const before = seen.get(at)
        if (before === undefined) seen.set(at, found)
        else if (before !== found) wrong.add(`${reading.name}: ${at} at ${self.em}: ${found}, elsewhere ${before}`)
      }
  }
  expect(wrong.first).toEqual([])
})

test('a bundle is its deciding types and its content: each does what it would do alone', () => {
  // RC is left out: it closes the report before what comes after it, which is why the ledger takes it last.
  const types = messageTypeList.filter((type) => type !== 'RC')
  const bundle = fc.shuffledSubarray([...types], { minLength: 2, maxLength: 5 }).map(inBundleOrder)
  const states = participants.map(([, self]) => self).filter((self) => !isEphemeral(self.cs) && self.rm !== 'Closed')
  let legal = 0
  fc.assert(fc.property(fc.constantFrom(...readings), bundle, fc.constantFrom(...states), fc.boolean(), fc.boolean(), fc.boolean(), (reading, all, self, answers, sends, cites) => {
    const message = messageWith(sends ? 'sent' : 'received', all, { ...plain, answers, reply: cites })
    const part = (keep: (type: MessageType) => boolean): Message => ({ ...message, types: all.filter(keep) })
    const isFact = (type: MessageType): boolean => facts.has(type)
    const decides = (type: MessageType): boolean => deciding.has(type) || (type === 'RS' && answers)
    const whole = reading.transition(self, message)
    const ran = (at: Participant, one: Message): Participant | undefined => {
      if (one.types.length === 0) return at
      const result = reading.transition(at, one)
      return result._tag === 'Right' ? result.right.state : undefined
    }
    // As the ledger does it: what decides by somebody of whom nothing else is known; own work with the embargo left out.
    const decided = ran({ ...self, roles: ['observer'], rm: 'Accepted', cs: worldOf(self.cs) as Participant['cs'] }, part(decides))
    const { embargo: _embargo, ...bare } = part((type) => !deciding.has(type) || isFact(type))
    const worked = ran({ ...self, em: 'None' }, bare)
    if (whole._tag === 'Left') {
      expect(decided === undefined || worked === undefined).toBe(true)
      return
    }
    legal++
    expect([decided?.em, worldOf(decided?.cs ?? '')]).toEqual([whole.right.state.em, worldOf(whole.right.state.cs)])
    expect([worked?.rm, worked?.cs]).toEqual([whole.right.state.rm, whole.right.state.cs])
  }), { numRuns: 10_000 })
  expect(legal).toBeGreaterThan(1000)
})

test('the ledger draws the line where this file does', () => {
  for (const type of messageTypeList) {
    const message = (answers: boolean): Message => messageWith('sent', [type], { ...plain, answers })
    expect(decidingIn(message(false)), type).toEqual(deciding.has(type) || type === 'RC' ? [type] : [])
    expect(isDeciding({ message: message(true) }), type).toBe(deciding.has(type) || type === 'RC' || type === 'RS')
  }
  expect(isDeciding({ membership: { by: 'ada', participant: 'bob', change: 'joins', roles: ['vendor'], at: '2026-01-05' } })).toBe(true)
  expect(isDeciding({ local: { by: 'ada', event: 'learn P', at: '2026-01-05' } })).toBe(false)
  expect(isDeciding({ observation: { event: 'P', source: 'a list', at: '2026-01-05' } })).toBe(false)
  expect(isDeciding({ stamp: { by: 'ada', entry: 'a1', sequence: 1, at: '2026-01-05' } })).toBe(false)
  expect(isDeciding({ correction: { by: 'ada', of: 'a1', change: 'erases', at: '2026-01-05' } })).toBe(false)
  expect(em.states).toHaveLength(5)
})
