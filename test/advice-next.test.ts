/**
 * What could be done next, over every state and every kind of role, held against what the protocol says when it is asked step by
 * step; what must come first, from the words of the requirements; the gain of an event, from a walk of the test's own; and what a
 * case adds, from a case that is told by hand.
 */
import { readFileSync } from 'node:fs'
import { adopted, cs, type CsEvent, type LogEntry, type Message, type MessageType, type Participant, published, type VendorCaseState } from 'mpcvd'
import { actionRules, askRows, becauseSays, describeNextFault, gainOf, givenSays, type Move, moveModalities, next, nextIn } from 'mpcvd/advice'
import { type Case, caseOf, charterOf, ingest, linked, openLedger, owed } from 'mpcvd/case'
import { decodeLog } from 'mpcvd/codec'
import { requirementById } from 'mpcvd/conformance'
import { toNumber } from 'mpcvd/measuring'
import { describe, expect, test } from 'vitest'
import { complaints, messageWith, participants, plain } from './cells.js'

/** The advice in every state, worked out once for all tests. */
const advised = new Map<Participant, ReadonlyArray<Move>>()
const movesOf = (self: Participant, reading = adopted): ReadonlyArray<Move> => {
  const known = reading === adopted ? advised.get(self) : undefined
  if (known !== undefined) return known
  const found = next(self, { protocol: reading })
  const moves = found._tag === 'Right' ? found.right : expect.fail(describeNextFault(found.left))
  if (reading === adopted) advised.set(self, moves)
  return moves
}
const nameOf = ({ event, types }: Pick<Move, 'event' | 'types'>): string => event ?? types.join('+')
const isAnswer = (type: MessageType): boolean => ['RK', 'EK', 'CK', 'GK', 'RE', 'EE', 'CE', 'GE'].includes(type)

describe('every state', () => {
  test('what is advised is what the protocol does, all of what it permits, and nothing that it refuses', () => {
    const wrong = complaints()
    for (const [shape, self] of participants) {
      const at = `${shape} (${self.rm},${self.em},${self.cs})`
      const moves = movesOf(self)
      for (const move of moves) {
        const message = messageWith('sent', move.types, { ...plain, ...move.context })
        const result = move.event === undefined ? adopted.transition(self, message) : adopted.local(self, move.event)
        const may = move.modality !== 'must not'
        if (may && result._tag === 'Left') wrong.add(`${at}: ${nameOf(move)} is ${move.modality}, and refused`)
        if (result._tag === 'Right' && (may || move.because === 'forbidden') && JSON.stringify([move.fires, move.owes]) !== JSON.stringify([result.right.fired, result.right.replies])) wrong.add(`${at}: ${nameOf(move)} does something else`)
        if (!may && result._tag === 'Right' && !move.requirements.some((id) => requirementById(id)?.modality.startsWith('MUST'))) wrong.add(`${at}: ${nameOf(move)} is forbidden by nothing`)
      }
      const told = new Set(moves.filter(({ modality }) => modality !== 'must not').map(nameOf))
      for (const { types } of adopted.permitted(self)) if (!types.every(isAnswer) && !told.has(types.join('+'))) wrong.add(`${at}: ${types.join('+')} is missing`)
      for (const event of adopted.permittedLocal(self)) if (!told.has(event)) wrong.add(`${at}: ${event} is missing`)
      const order = moves.map(({ modality }) => moveModalities.indexOf(modality))
      if (order.some((place, index) => place < (order[index - 1] ?? 0))) wrong.add(`${at}: out of order`)
      const keys = moves.map((move) => JSON.stringify([move.types, move.event, move.context]))
      if (new Set(keys).size !== keys.length) wrong.add(`${at}: something twice`)
    }
    expect(wrong.first).toEqual([])
  })

  // VP-11-002, VP-11-006, EMB-16-001: words of the specification, not rows of the library.
  test('an embargo that cannot stand comes first', () => {
    const wrong = complaints()
    for (const [shape, self] of participants) {
      if (self.rm === 'Closed' || self.cs.endsWith('pxa')) continue
      const at = `${shape} (${self.rm},${self.em},${self.cs})`
      const inForce = self.em === 'Active' || self.em === 'Revise'
      const expected = inForce ? 'ET' : self.em === 'Proposed' ? 'ER' : undefined
      if (expected === undefined) continue
      const public_ = /[PX]/.test(self.cs.slice(-3))
      const move = movesOf(self).find((one) => nameOf(one) === expected)
      const modality = inForce && !public_ ? 'should' : 'must now'
      if (move?.modality !== modality) wrong.add(`${at}: ${expected} is ${move?.modality ?? 'missing'}, not ${modality}`)
      if (modality === 'must now' && movesOf(self)[0]?.because !== 'embargo-over') wrong.add(`${at}: ${expected} is not first`)
    }
    expect(wrong.first).toEqual([])
  })

  test('doing what must be done now comes to an end', () => {
    const wrong = complaints()
    for (const [shape, self] of participants) {
      let state = self
      for (let round = 0; round < 5; round++) {
        const [first] = movesOf(state)
        if (first?.modality !== 'must now') break
        const result = adopted.transition(state, messageWith('sent', first.types, { ...plain, ...first.context }))
        if (result._tag === 'Right') state = result.right.state
      }
      if (movesOf(state)[0]?.modality === 'must now') wrong.add(`${shape} (${self.rm},${self.em},${self.cs}) stays in a hurry at (${state.rm},${state.em},${state.cs})`)
    }
    expect(wrong.first).toEqual([])
  })

  test('everything cited exists, and every reason is used', () => {
    const ids = new Set<string>()
    const reasons = new Set<string>()
    const rules = new Set(actionRules.map(({ id }) => id))
    for (const [, self] of participants)
      for (const move of movesOf(self)) {
        for (const id of move.requirements) ids.add(id)
        reasons.add(move.because)
        if (move.given !== undefined) expect(givenSays).toHaveProperty(move.given)
        if (move.suggestedBy.some((id) => !rules.has(id))) expect.fail(move.suggestedBy.join())
      }
    for (const { requirements } of askRows) for (const id of requirements) ids.add(id)
    // The rows of the protocol cite one that the register does not have.
    expect([...ids].filter((id) => requirementById(id) === undefined)).toEqual(['SM-09-001'])
    expect(Object.keys(becauseSays).filter((name) => !reasons.has(name) && !name.endsWith('-due') && !['bound', 'unsendable'].includes(name))).toEqual([])
  })

  test('the published tables give advice too, and nothing of it throws', () => {
    for (const [, self] of participants.filter((_, place) => place % 5 === 0)) expect(movesOf(self, published).length).toBeGreaterThan(0)
  })

  test('a case state of another shape is told', () => {
    const found = next({ id: 'x', roles: ['observer'], rm: 'Accepted', em: 'None', cs: 'Vfdpxa' })
    expect(found).toEqual({ _tag: 'Left', left: { fault: 'shape', got: 'Vfdpxa', expected: ['pxa'] } })
    expect(found._tag === 'Left' && describeNextFault(found.left)).toBe('the case state Vfdpxa does not have the shape of the roles; expected one of the shape of pxa')
  })
})

describe('gains', () => {
  const pairs = ['VP', 'VX', 'VA', 'FP', 'FX', 'FA', 'DP', 'DX', 'DA', 'PX', 'PA', 'XA'].map((pair) => [pair.charAt(0), pair.charAt(1)] as const)
  /** The probability that one letter rises before another on a walk from a state, each enabled event as likely as another. */
  const before = (state: VendorCaseState, first: string, second: string): number => {
    const events = cs.enabled(state)
    return events.reduce((sum, event) => sum + (event === first ? 1 : event === second ? 0 : before(after(state, event), first, second)) / events.length, 0)
  }
  const after = (state: VendorCaseState, event: CsEvent): VendorCaseState => {
    const found = cs.step(state, event)
    return found._tag === 'Right' ? found.right : expect.fail(`${event} in ${state}`)
  }
  /** What an event adds to the number of orderings met on average; of those that are decided already, nothing. */
  const gain = (state: VendorCaseState, event: CsEvent): number =>
    pairs.filter(([first, second]) => !state.includes(first) && !state.includes(second)).reduce((sum, [first, second]) =>
      sum + (event === first ? 1 : event === second ? 0 : before(after(state, event), first, second)) - before(state, first, second), 0)

  test('are those of a walk of our own', () => {
    for (const [letter, move] of [['F', 'CF'], ['A', 'CA'], ['V', 'CV'], ['D', 'CD']] as const)
      for (const state of cs.states) {
        if (!cs.enabled(state).includes(letter)) continue
        const found = movesOf({ id: 'v', roles: ['vendor', 'deployer'], rm: 'Accepted', em: 'None', cs: state }).find((one) => nameOf(one) === move && one.context.subject !== 'other' && one.modality !== 'must not')
        const fired = found?.fires.flatMap((one) => (one.machine === 'cs' ? [one.event] : [])) ?? []
        if (fired.length === 1) expect(toNumber(gainOf(found ?? expect.fail('nothing'))), `${letter} in ${state}`).toBeCloseTo(gain(state, letter), 10)
      }
  })
  test('a fix gains, an attack loses, a report to a vendor gains', () => {
    const vendor = movesOf({ id: 'v', roles: ['vendor'], rm: 'Accepted', em: 'Active', cs: 'Vfdpxa' })
    const of = (name: string): number => toNumber(gainOf(vendor.find((one) => nameOf(one) === name) ?? expect.fail(name)))
    expect([of('CF') > 0, of('CA') < 0, of('CX+CP') < 0, of('GI')]).toEqual([true, true, true, 0])
    const reporter = movesOf({ id: 'r', roles: ['reporter'], rm: 'Accepted', em: 'None', cs: 'pxa' }).find((one) => nameOf(one) === 'RS')
    expect(reporter).toMatchObject({ modality: 'may', suggestedBy: ['R28'], due: [{ by: 'vendor', types: ['RK', 'CV'] }] })
    expect(toNumber(gainOf(reporter ?? expect.fail('RS')))).toBeCloseTo(gain('vfdpxa', 'V'), 10)
  })
})

// ---- cases ----

const at = (day: number): string => `2026-01-${String(day).padStart(2, '0')}T12:00:00Z`
const sent = (id: string, from: string, to: ReadonlyArray<string>, types: ReadonlyArray<MessageType>, day: number, more: Partial<Message> = {}): LogEntry => ({ message: { id, case: 'c', from, to, types, at: at(day), ...more } })
const told = (entries: ReadonlyArray<LogEntry>): Case => {
  const header = { log: 1, protocol: 'adopted@1', case: 'c', world: 'closed', participants: [{ id: 'r', roles: ['reporter'] }, { id: 'v', roles: ['vendor'] }] } as const
  const opened = openLedger(charterOf(header))
  return opened._tag === 'Right' ? caseOf(ingest(opened.right, linked([{ header, entries }]))) : expect.fail('no charter')
}
const asked = (of: Case, who: string, day = 20): ReadonlyArray<Move> => {
  const found = nextIn(of, who, at(day))
  return found._tag === 'Right' ? found.right : expect.fail(describeNextFault(found.left))
}
const line = ({ because, modality, proposal, to, ...move }: Move): string => [modality, nameOf(move), ...(to === undefined ? [] : [`to ${to}`]), ...(proposal === undefined ? [] : [`on ${proposal}`]), because].join(' ')
const strong = (moves: ReadonlyArray<Move>): ReadonlyArray<string> => moves.filter(({ modality }) => modality === 'must now' || modality === 'should').map(line)

const report = sent('m1', 'r', ['v'], ['RS', 'EP'], 1, { report: { id: 'r1' }, embargo: { id: 'e1', end: at(31) } })
const taken = [report, sent('m2', 'v', ['r'], ['RK', 'EK', 'CV'], 2, { inReplyTo: 'm1' }), sent('m3', 'r', ['v'], ['CK'], 2, { inReplyTo: 'm2' })]
const agreed = [...taken, sent('m4', 'v', ['r'], ['EA'], 3, { embargo: { id: 'e1', answers: 'e1' } }), sent('m5', 'r', ['v'], ['EK'], 3, { inReplyTo: 'm4' })]

describe('cases', () => {
  test('a report with a proposal: acknowledge, say that one is aware, decide, validate', () => {
    const moves = asked(told([report]), 'v')
    expect(strong(moves)).toEqual([
      'must now CV announcement-due', 'must now RK+EK to r answer-due', 'should EA on e1 decision-due', 'should ER on e1 decision-due', 'should RV state-asks', 'should RI state-asks',
    ])
    expect(moves[1]).toMatchObject({ debt: { entry: 'm1', since: at(1) }, due: [] })
    expect(moves[1]?.requirements).toEqual(expect.arrayContaining(['VP-03-009', 'RMB-01-001', 'VP-11-004', 'EMB-01-001']))
    expect(moves[0]?.requirements).toEqual(expect.arrayContaining(['CSB-09-002', 'VP-03-012']))
    expect(strong(asked(told([report]), 'r'))).toEqual([])
  })

  test('an embargo in force: nobody publishes, whatever it gains; its end is to be said', () => {
    const moves = asked(told(agreed), 'v')
    expect(strong(moves)).toEqual(['should RV state-asks', 'should RI state-asks'])
    expect(moves.find((move) => nameOf(move) === 'CP' && move.context.cause === 'own')).toMatchObject({ modality: 'should not', because: 'bound', requirements: expect.arrayContaining(['VP-05-014']) as unknown })
    expect(asked(told(agreed), 'r').find((move) => nameOf(move) === 'RC')).toMatchObject({ modality: 'should not', requirements: expect.arrayContaining(['VP-13-005']) as unknown })
    const over = nextIn(told(agreed), 'v', '2026-03-01')
    expect(over._tag === 'Right' && line(over.right[0] ?? expect.fail('nothing'))).toBe('must now ET expiry-due')
  })

  test('an attack ends the embargo: ET at once, and nothing new is proposed', () => {
    const of = told([...agreed, sent('m6', 'r', ['v'], ['CA'], 4, { cause: 'observed' })])
    const moves = asked(of, 'v')
    expect(strong(moves).slice(0, 2)).toEqual(['must now ET announcement-due', 'must now CK to r answer-due'])
    expect(moves.filter(({ modality }) => modality === 'must not').map(nameOf)).toEqual(expect.arrayContaining(['EP', 'EV', 'EA']))
  })

  test('of two proposals the one that ends first is accepted (VP-07-008)', () => {
    const of = told([...taken, sent('m4', 'v', ['r'], ['EP'], 3, { embargo: { id: 'e2', end: '2026-06-30' } }), sent('m5', 'r', ['v'], ['EK'], 3, { inReplyTo: 'm4' })])
    expect(asked(of, 'r').find((move) => nameOf(move) === 'EA')).toMatchObject({ proposal: 'e2', modality: 'should not', requirements: ['VP-07-008'] })
    expect(asked(of, 'v').find((move) => nameOf(move) === 'EA')).toMatchObject({ proposal: 'e1', modality: 'should' })
    expect(asked(of, 'v').filter((move) => nameOf(move) === 'ER').map(({ proposal }) => proposal)).toEqual(['e1', 'e2'])
  })

  test('the gain is of the vendor that the others see, and a report to it counts', () => {
    const fixed = asked(told(agreed), 'r').find((move) => nameOf(move) === 'CP' && move.context.cause === 'observed')
    expect(fixed?.outlooks.map(({ vendor }) => vendor)).toEqual(['v'])
    const reported = asked(told([]), 'r').find((move) => nameOf(move) === 'RS')
    expect(reported?.outlooks).toMatchObject([{ vendor: 'v' }])
    expect(reported?.due).toEqual([{ by: 'v', types: ['RK', 'CV'] }])
  })

  test('who is not there, and who has left, is told so; an empty case and a moment that is none are no trouble', () => {
    const of = told([])
    expect(nextIn(of, 'nobody', at(1))).toEqual({ _tag: 'Left', left: { fault: 'unknown-participant', got: 'nobody', expected: ['r', 'v'] } })
    for (const name of ['', '__proto__', 'constructor']) expect(nextIn(of, name, at(1))._tag).toBe('Left')
    const left_ = told([sent('m1', 'r', ['v'], ['RC'], 1)])
    const found = nextIn(left_, 'r', at(2))
    expect(found).toEqual({ _tag: 'Left', left: { fault: 'not-engaged', got: 'r', expected: ['v'] } })
    expect(found._tag === 'Left' && describeNextFault(found.left)).toBe('r is no longer engaged in the case; still are: v')
    expect(asked(of, 'v').filter(({ modality }) => modality === 'must now')).toEqual([])
    expect(nextIn(told(agreed), 'v', 'no moment')._tag).toBe('Right')
  })

  test('a whole case, entry by entry: whatever is owed is advised, at once where the rows have it, and all of it can be sent', () => {
    const text = readFileSync(new URL('../docs/case.jsonl', import.meta.url), 'utf8')
    const read = decodeLog(text)
    const log = read._tag === 'Right' ? read.right.log : expect.fail('unreadable')
    const opened = openLedger(charterOf(log.header))
    let ledger = opened._tag === 'Right' ? opened.right : expect.fail('no charter')
    for (const entry of linked([log])) {
      ledger = ingest(ledger, entry)
      const of = caseOf(ledger)
      const now = '2026-05-01'
      for (const debt of owed(of, now)) {
        const moves = nextIn(of, debt.by, now)
        const found = moves._tag === 'Right' ? moves.right.filter((move) => move.debt?.entry === debt.entry && move.types.every((type) => debt.types.includes(type))) : []
        expect(found.length, `${debt.by} ${debt.kind} ${debt.types.join()}`).toBeGreaterThan(0)
        for (const move of found) {
          if (debt.kind === 'answer' || debt.kind === 'announcement') expect([move.modality, move.because]).toEqual(['must now', `${debt.kind}-due`])
          expect(move.requirements.length, `${debt.by} ${debt.kind} ${debt.types.join()}`).toBeGreaterThan(debt.types.every((type) => type === 'GK') ? -1 : 0)
        }
      }
    }
  })
})
