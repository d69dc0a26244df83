/**
 * The smaller questions that a case answers: its reports, aliases, erasure, corrections, differences, what to cite, moving
 * to another edition, and what is wrong.
 *
 * Worked out by hand from docs/decisions/0010-ledger.md. Ids begin with their author's letter.
 */
import { readFileSync } from 'node:fs'
import { decodeLog } from 'mpcvd/codec'
import {
  boundBy, canonical, type Case, caseOf, type Charter, describeCaseFinding, diff, entriesOf, heads, ingest, type Ledger, ledgerOf, logOf, migrate, openLedger, reportsOf, unite,
} from 'mpcvd/case'
import type { CaseLog, CorrectionChange, EmbargoTerms, LogEntry, MembershipChange, Message, MessageType, ReportReference, Statement } from 'mpcvd'
import { isLeft } from 'fp-ts/Either'
import { expect, test } from 'vitest'
import { charterOf } from '../src/case/charter.js'

const at = '2026-01-05T10:00:00Z'
const names: Readonly<Record<string, string>> = { a: 'ada', b: 'bob', c: 'cyd', z: 'zed', m: 'mal' }
const nameIn = (id: string): string => names[id.charAt(0)] ?? ''
const three: Charter = { case: 'c1', protocol: 'adopted@1', participants: ['ada', 'bob', 'cyd'].map((id) => ({ id, roles: ['vendor'] })), decision: 'first', order: 'causal' }
const opened = (charter: Partial<Charter> = {}): Ledger => {
  const ledger = openLedger({ ...three, ...charter })
  if (isLeft(ledger)) throw new Error(JSON.stringify(ledger.left))
  return ledger.right
}
const says = (id: string, types: ReadonlyArray<MessageType>, after: ReadonlyArray<string> = [], embargo?: EmbargoTerms, more: Partial<Message> = {}): Statement => ({
  message: { id, case: 'c1', from: nameIn(id), to: ['ada', 'bob', 'cyd'].filter((one) => one !== nameIn(id)), types, at, after, ...(embargo === undefined ? {} : { embargo }), ...more },
})
const member = (id: string, change: MembershipChange, participant: string, after: ReadonlyArray<string> = []): Statement => ({
  membership: { id, by: nameIn(id), participant, change, at, after, ...(change === 'joins' || change === 'roles' ? { roles: ['vendor'] } : {}) },
})
const corrects = (id: string, change: CorrectionChange, of: string, after: ReadonlyArray<string> = []): Statement => ({ correction: { id, by: nameIn(id), of, change, at, after } })
const held = (entries: ReadonlyArray<Statement>, charter: Partial<Charter> = {}): Ledger => ingest(opened(charter), entries)
const caseWith = (entries: ReadonlyArray<Statement>, charter: Partial<Charter> = {}): Case => caseOf(held(entries, charter))
const bytes = (ledger: Ledger): string => canonical(logOf(ledger))
const x: EmbargoTerms = { id: 'x', end: '2026-03-01' }
const agreed = [says('a1', ['EP'], [], x), says('b1', ['EA'], ['a1'], { id: 'b1.answer', answers: 'x' })]

// ---- Reports ----

const submits = (id: string, report: ReportReference, after: ReadonlyArray<string> = [], more: Partial<Message> = {}): Statement => says(id, ['RS'], after, undefined, { report, to: ['bob'], ...more })

test('a report is what all messages that submit it say of it: first by whom, to whom, about what', () => {
  const ledger = held([
    submits('a1', { id: 'r1', title: 'a hole', vulnerabilities: ['CVE-2026-0001', 'CVE-2026-0002'], products: ['router'] }),
    submits('a2', { id: 'r1', title: 'another title', vulnerabilities: ['CVE-2026-0002', 'CVE-2026-0003'], products: ['switch'] }, ['a1'], { to: ['cyd', 'bob'] }),
    says('b1', ['RV'], ['a2'], undefined, { report: { id: 'r1', vulnerabilities: ['CVE-2026-0009'] } }),
  ])
  expect(reportsOf(ledger)).toEqual([
    {
      id: 'r1', by: 'ada', to: ['bob', 'cyd'], title: 'a hole', vulnerabilities: ['CVE-2026-0001', 'CVE-2026-0002', 'CVE-2026-0003'], products: ['router', 'switch'], entries: ['a1', 'a2'],
    },
  ])
})

test('a duplicate of a duplicate has the first of them all as its original, whoever said so and in whatever order', () => {
  const entries = [submits('a1', { id: 'r1' }), submits('a2', { id: 'r2' }, ['a1']), submits('a3', { id: 'r3', duplicateOf: 'r2' }, ['a2']), says('b1', ['RD'], ['a3'], undefined, { report: { id: 'r2', duplicateOf: 'r1' } })]
  const originals = (ledger: Ledger) => reportsOf(ledger).map((one) => [one.id, one.original])
  expect(originals(held(entries))).toEqual([['r1', undefined], ['r2', 'r1'], ['r3', 'r1']])
  expect(originals(held([...entries].reverse()))).toEqual([['r1', undefined], ['r2', 'r1'], ['r3', 'r1']])
  // The original may be in another case.
  expect(originals(held([submits('a1', { id: 'r2', duplicateOf: 'elsewhere' })]))).toEqual([['r2', 'elsewhere']])
})

test('reports that claim to duplicate each other are all originals', () => {
  const circle = [submits('a1', { id: 'r1', duplicateOf: 'r2' }), submits('a2', { id: 'r2', duplicateOf: 'r1' }, ['a1']), submits('a3', { id: 'r3', duplicateOf: 'r3' }, ['a2'])]
  expect(reportsOf(held(circle)).map((one) => [one.id, one.original])).toEqual([['r1', undefined], ['r2', undefined], ['r3', undefined]])
})

test('messages without a report, void ones, and those that do not submit it submit none', () => {
  expect(reportsOf(held([says('a1', ['RS']), says('a2', ['RV'], ['a1'], undefined, { report: { id: 'r1' } })]))).toEqual([])
  expect(reportsOf(held([submits('a1', { id: 'r1' }), submits('a1', { id: 'r2' })]))).toEqual([])
})

test('several products of one vendor have each its own fix path', () => {
  const vendor = { participants: [{ id: 'ada', roles: ['vendor', 'deployer'] as const, start: '(A,N,Vfdpxa)' }, { id: 'bob', roles: ['coordinator'] as const }] }
  const of = caseWith([
    says('a1', ['CF'], [], undefined, { subject: { participant: 'ada', product: 'router' } }),
    says('a2', ['CF'], ['a1'], undefined, { subject: { participant: 'ada', product: 'switch' } }),
    says('a3', ['CD'], ['a2'], undefined, { subject: { participant: 'ada', product: 'router' } }),
    says('b1', ['CF'], ['a3'], undefined, { subject: { participant: 'ada', product: 'phone' } }),
  ], vendor)
  expect(of.participants.map((one) => [one.id, one.products])).toEqual([
    ['ada', [{ product: 'router', ready: true, deployed: true }, { product: 'switch', ready: true, deployed: false }]], ['bob', []],
  ])
})

// ---- Aliases ----

const aliased: Partial<Charter> = { participants: [{ id: 'ada', roles: ['vendor'], aliases: ['ada@example.org', 'ada2'] }, { id: 'bob', roles: ['vendor'] }, { id: 'cyd', roles: ['vendor'] }] }
const as = (entry: Statement, id: string): Statement => ('message' in entry ? { message: { ...entry.message, from: id } } : entry)

test('one participant under several ids is one participant', () => {
  const entries = [as(says('a1', ['EP'], [], x), 'ada2'), says('b1', ['EA'], ['a1'], { id: 'b1.answer', answers: 'x' }, { to: ['ada@example.org', 'ada', 'cyd'] })]
  const of = caseWith(entries, aliased)
  expect(entriesOf(of.ledger)).toEqual(entriesOf(held([says('a1', ['EP'], [], x), says('b1', ['EA'], ['a1'], { id: 'b1.answer', answers: 'x' }, { to: ['ada', 'cyd'] })])))
  expect([of.state.em, boundBy(of, 'ada'), of.findings]).toEqual(['Active', ['x'], []])
})

test('what one participant says twice under two ids under which it is known is said once', () => {
  const twice = held([as(says('a1', ['EP'], [], x), 'ada2'), as(says('a1', ['EP'], [], x), 'ada@example.org'), says('a1', ['EP'], [], x)], aliased)
  expect([entriesOf(twice).length, caseOf(twice).findings.map((one) => one.kind)]).toEqual([1, []])
})

test('aliases in steps, memberships, observations, corrections and subjects', () => {
  const ledger = held([
    { local: { id: 'a1', by: 'ada2', event: 'discover', at } }, { membership: { id: 'a2', by: 'ada2', participant: 'ada@example.org', change: 'leaves', at } },
    { observation: { id: 'o1', event: 'V', about: 'ada2', source: 'a list', at } }, { correction: { id: 'a3', by: 'ada2', of: 'a1', change: 'retracts', at } },
    says('b1', ['CV'], [], undefined, { subject: { participant: 'ada2', product: 'router' } }), says('b2', ['CV'], ['b1'], undefined, { subject: 'ada2' }),
  ], aliased)
  expect(JSON.stringify(entriesOf(ledger))).not.toMatch(/ada2|ada@/)
})

// ---- Charters ----

test('what a charter must have', () => {
  const faults = (charter: Partial<Charter>): ReadonlyArray<string> => {
    const ledger = openLedger({ ...three, ...charter })
    return isLeft(ledger) ? ledger.left.map((one) => one.path) : []
  }
  expect(faults({})).toEqual([])
  expect(faults({ decision: 'owner' })).toEqual(['/owner'])
  expect(faults({ decision: 'owner', owner: 'ada' })).toEqual([])
  expect(faults({ order: 'manager' })).toEqual(['/manager'])
  expect(faults({ decision: 'owner', order: 'manager' })).toEqual(['/owner', '/manager'])
  expect(faults({ participants: [{ id: 'ada', roles: ['vendor'] }, { id: 'ada', roles: ['finder'] }] })).toEqual(['/participants'])
  expect(faults({ participants: [{ id: 'ada', roles: ['vendor'] }, { id: 'bob', roles: ['finder'], aliases: ['ada'] }] })).toEqual(['/participants'])
  expect(faults({ participants: [{ id: 'ada', roles: ['vendor'], aliases: ['x'] }, { id: 'bob', roles: ['finder'], aliases: ['x'] }] })).toEqual(['/participants'])
  // An office is a participant's, under the id under which the case knows it.
  expect(faults({ ...aliased, owner: 'ada2' })).toEqual(['/owner'])
})

// ---- Erasure ----

const secret = (id: string): Statement => says(id, ['EP', 'GI'], [], { id: 'x', end: '2026-03-01', reason: 'secret', scope: 'secret' }, { note: 'secret', ext: { why: 'secret' }, report: { id: 'r1', title: 'secret' } })
const bare = says('a1', ['EP', 'GI'], [], { id: 'x', end: '2026-03-01' })

test('an erased entry keeps who, what and when, whether it came before its erasure, after it, or with it', () => {
  for (const arrivals of [[[secret('a1')], [corrects('a2', 'erases', 'a1')]], [[corrects('a2', 'erases', 'a1')], [secret('a1')]], [[secret('a1'), corrects('a2', 'erases', 'a1')]], [[corrects('a2', 'erases', 'a1'), secret('a1')], [secret('a1')]]]) {
    const ledger = arrivals.reduce((at, entries) => ingest(at, entries), opened())
    expect(entriesOf(ledger)).toEqual(entriesOf(held([bare, corrects('a2', 'erases', 'a1')])))
    expect([caseOf(ledger).state.em, caseOf(ledger).findings]).toEqual(['Proposed', []])
  }
})

test('its author, the owner and the manager may erase; others erase nothing', () => {
  const gone = (by: string, charter: Partial<Charter> = {}): boolean => !JSON.stringify(entriesOf(held([secret('a1'), corrects(`${by}9`, 'erases', 'a1')], charter))).includes('secret')
  expect([gone('a'), gone('b'), gone('m')]).toEqual([true, false, false])
  expect([gone('b', { owner: 'bob' }), gone('c', { owner: 'bob', manager: 'cyd' })]).toEqual([true, true])
  const step: Statement = { local: { id: 'b1', by: 'bob', event: 'discover', at, note: 'secret', reason: 'secret', ext: { why: 'secret' } } }
  expect(entriesOf(held([step, corrects('b2', 'erases', 'b1')])).slice(0, 1)).toEqual([{ local: { id: 'b1', by: 'bob', event: 'discover', at } }])
})

test('an erased entry that comes again, whole or erased, is no other entry', () => {
  const ledger = held([secret('a1'), corrects('a2', 'erases', 'a1')])
  expect(bytes(ingest(ingest(ledger, secret('a1')), bare))).toBe(bytes(ledger))
  expect(caseOf(ingest(ledger, secret('a1'))).findings).toEqual([])
  const back = ledgerOf(logOf(ledger))
  expect(isLeft(back) ? '' : bytes(back.right)).toBe(bytes(ledger))
})

test('erasing one of two things that somebody said under one id leaves both erased, and void', () => {
  const other = says('a1', ['ER'], [], { id: 'y', reason: 'secret' })
  const ledger = held([secret('a1'), other, corrects('a2', 'erases', 'a1')])
  expect(JSON.stringify(entriesOf(ledger))).not.toContain('secret')
  expect(caseOf(ledger).findings.map((one) => one.kind)).toContain('equivocation')
})

test('what was erased is gone from all that a ledger holds, and replicas agree on what is left', () => {
  const [before, after] = [ingest(held([secret('a1')]), corrects('a2', 'erases', 'a1')), ingest(held([corrects('a2', 'erases', 'a1')]), secret('a1'))]
  expect(canonical(caseOf(before).proposals.map((one) => one.terms ?? null))).toBe(canonical(caseOf(after).proposals.map((one) => one.terms ?? null)))
  expect(JSON.stringify([before.order, before.graph, caseOf(before).proposals])).not.toContain('secret')
})

// ---- Ids ----

const answered = [...agreed, says('a2', ['EK'], ['b1']), says('c1', ['EK'], ['b1']), says('b2', ['EK'], ['a2', 'c1'])]

test('ids are their author’s: another entry under one makes both void, settled or not; a check of whose an id is closes that', () => {
  // Section 9, point 9: the ledger cannot tell whose an id is; the caller can.
  const foreign = says('a1', ['GI'], [], undefined, { from: 'mal', to: ['bob'] })
  const isTheirs = (entry: Statement): boolean => !('message' in entry) || entry.message.from === nameIn(entry.message.id)
  expect([caseWith(answered).state.em, caseWith([...answered, foreign]).state.em]).toEqual(['Active', 'None'])
  const checked = caseOf(ingest(held(answered), foreign, { verify: isTheirs }))
  expect([checked.state.em, checked.settled.state.em, checked.findings]).toEqual(['Active', 'Active', []])
})

test('who says something else under an id of its own takes back what it said, and is named', () => {
  const of = caseWith([...answered, says('b1', ['ER'], ['a1'], { id: 'b1.answer', answers: 'x' })])
  expect([of.state.em, boundBy(of, 'bob')]).toEqual(['Proposed', ['x']])
  expect(of.findings.filter((one) => one.kind === 'equivocation').map((one) => [one.entry, one.by])).toEqual([['b1', 'bob']])
})

// ---- Corrections ----

test('correcting, retracting and erasing undo nothing that an entry decided or did', () => {
  const entries = [...agreed, says('c1', ['RS'], ['b1']), { local: { id: 'c2', by: 'cyd', event: 'discover', at, after: ['c1'] } } satisfies Statement]
  const before = caseWith(entries)
  for (const change of ['corrects', 'retracts', 'erases'] as const) {
    const after = caseWith([...entries, corrects('a9', change, 'a1', ['b1']), corrects('b9', change, 'b1', ['b1']), corrects('c9', change, 'c2', ['c2']), corrects('m9', change, 'b1')])
    expect(diff(before, after).filter((one) => one.about !== 'entry')).toEqual([])
    expect([after.state.em, after.state.facts, boundBy(after, 'bob')]).toEqual(['Active', {}, ['x']])
  }
})

// ---- Differences ----

test('equal ledgers do not differ, however they came about', () => {
  expect(diff(caseWith(agreed), caseWith([...agreed].reverse()))).toEqual([])
  expect(diff(caseWith([]), caseWith([]))).toEqual([])
})

test('every kind of difference', () => {
  const from = (before: ReadonlyArray<Statement>, after: ReadonlyArray<Statement>, about: string) =>
    diff(caseWith(before), caseWith(after)).filter((one) => one.about === about).map(({ of, before: was, after: is }) => `${of}: ${was ?? '-'} -> ${is ?? '-'}`)
  const [proposal] = agreed
  const proposed = proposal === undefined ? [] : [proposal]
  expect(from([], proposed, 'embargo')).toEqual(['c1: None -> Proposed'])
  expect(from(proposed, agreed, 'embargo')).toEqual(['c1: Proposed -> Active x'])
  expect(from(proposed, agreed, 'proposal')).toEqual(['x: open; signed by ada -> in force; signed by ada, bob'])
  expect(from([], proposed, 'proposal')).toEqual(['x: - -> open; signed by ada'])
  expect(from(proposed, agreed, 'participant')).toEqual([
    'ada: (S,P,vfdpxa) vendor, Signatory -> (S,A,vfdpxa) vendor, Signatory', 'bob: (S,P,vfdpxa) vendor, Invited -> (S,A,vfdpxa) vendor, Signatory', 'cyd: (S,P,vfdpxa) vendor, Invited -> (S,A,vfdpxa) vendor, Invited',
  ])
  expect(from([], [says('a1', ['CA'])], 'fact')).toEqual(['A: - -> a1'])
  expect(from(agreed, [...agreed, member('c1', 'leaves', 'cyd', ['b1'])], 'participant')).toEqual(['cyd: (S,A,vfdpxa) vendor, Invited -> (S,A,vfdpxa) vendor, Invited, has left'])
  expect(from([], [says('a1', ['ET'])], 'finding')).toEqual(['a1 refused: - -> refused'])
  expect(from([], proposed, 'settled')).toEqual(['c1: 0 -> 0, waits for bob, cyd'])
  expect(from([], proposed, 'entry')).toEqual(['a1: - -> 1'])
  expect(from(proposed, [...proposed, says('a1', ['ER'])], 'entry')).toEqual(['a1: 1 -> 2'])
  expect(from(agreed, proposed, 'entry')).toEqual(['b1: 1 -> -'])
})

// ---- What to cite ----

test('who has said nothing, and heard nothing, cites nothing', () => {
  expect(heads(opened(), 'ada', ['bob'])).toEqual([])
})

test('the own previous entry comes first, then what decides and nobody has answered', () => {
  expect(heads(held(agreed), 'ada', ['bob', 'cyd'])).toEqual(['a1', 'b1'])
  expect(heads(held(agreed), 'bob', ['ada', 'cyd'])).toEqual(['b1'])
  expect(heads(held(agreed), 'cyd', ['ada', 'bob'])).toEqual(['b1'])
  const more = [...agreed, says('a2', ['GI'], ['a1', 'b1']), says('c1', ['EK'], ['b1'])]
  expect(heads(held(more), 'ada', ['bob', 'cyd'])).toEqual(['a2', 'a1', 'c1'])
})

test('nothing is cited that a recipient may not have: content that it was not sent, or a step', () => {
  const entries = [...agreed, says('a2', ['GI'], ['a1', 'b1'], undefined, { to: ['bob'] }), { local: { id: 'a3', by: 'ada', event: 'discover', at, after: ['a2'] } } satisfies Statement, says('b2', ['GI'], ['b1'], undefined, { to: ['cyd'] })]
  expect(heads(held(entries), 'ada', ['bob'])).toEqual(['a2', 'a1', 'b1'])
  expect(heads(held(entries), 'ada', ['cyd'])).toEqual(['a1', 'b1'])
  expect(heads(held(entries), 'ada', ['bob', 'cyd'])).toEqual(['a1', 'b1'])
})

test('two that cite their heads are a chain each, and nothing lacks anything', () => {
  let ledger = opened()
  for (let turn = 0; turn < 30; turn++) {
    const id = `${'abc'.charAt((turn * 7 + (turn >> 2)) % 3)}${turn}`
    const types: ReadonlyArray<MessageType> = [(['EK', 'GI', 'EE', 'RK'] as const)[turn % 4] ?? 'EK']
    ledger = ingest(ledger, says(id, types, heads(ledger, nameIn(id), ['ada', 'bob', 'cyd'].filter((one) => one !== nameIn(id)))))
  }
  const of = caseOf(ledger)
  expect([of.findings, of.gaps]).toEqual([[], []])
})

// ---- Union ----

test('uniting two parts of a case gives what the whole gives; ledgers of two cases are not united', () => {
  const entries = [...agreed, says('c1', ['EK'], ['b1']), says('a2', ['ET'], ['c1'])]
  const [one, other] = [held(entries.slice(0, 3)), held(entries.slice(1))]
  for (const united of [unite(one, other), unite(other, one)]) expect(united === undefined ? '' : bytes(united)).toBe(bytes(held(entries)))
  expect(unite(one, one)).toBe(one)
  expect(unite(one, opened({ case: 'c2' }))).toBeUndefined()
  expect(unite(one, opened({ decision: 'unanimous' }))).toBeUndefined()
})

// ---- The caller's check ----

test('what the caller’s check does not let in is kept aside, and changes nothing', () => {
  const verify = (entry: Statement): boolean => !('message' in entry && entry.message.id === 'b1')
  const ledger = ingest(opened(), agreed, { verify })
  expect([caseOf(ledger).state.em, entriesOf(ledger).length, caseOf(ledger).gaps]).toEqual(['Proposed', 1, []])
  expect(bytes(ledger)).toBe(bytes(held(agreed.slice(0, 1))))
  // The same entry may pass later.
  expect(bytes(ingest(ledger, agreed))).toBe(bytes(held(agreed)))
  // An erasure that does not pass erases nothing.
  expect(JSON.stringify(entriesOf(ingest(ingest(opened(), [secret('a1'), corrects('a2', 'erases', 'a1')], { verify: (entry) => !('correction' in entry) }), [])))).toContain('secret')
})

// ---- Findings ----

const sentences = (entries: ReadonlyArray<Statement>, charter: Partial<Charter> = {}): ReadonlyArray<string> => caseWith(entries, charter).findings.map(describeCaseFinding)

test('every finding, in a sentence', () => {
  expect(sentences(agreed)).toEqual([])
  expect(sentences([says('a1', ['EP'], [], x, { to: ['bob'] })])).toEqual(['not-announced: a1: ada did not send it to cyd, whom it concerns (VP-03-012)'])
  expect(sentences([says('a1', ['EK'], [], undefined, { to: ['bob'] })])).toEqual([])
  expect(sentences([says('a1', ['EP'], [], { id: 'x' })])).toEqual(['open-ended: a1: ada proposes an embargo without an end (VP-04-001, VP-05-001)'])
  expect(sentences([says('a1', ['RV'])])).toEqual([expect.stringMatching(/^own-step: a1: ada may not take that step there; its report and fix stay as they were \(.*VP-03-004.*\)$/)])
  expect(sentences([{ local: { id: 'a1', by: 'ada', event: 'accept', at } }])).toEqual([expect.stringMatching(/^own-step: a1: .*VP-02-014.*\)$/)])
  expect(sentences([says('a1', ['EP'], ['gone'], x)])).toEqual(['gap: a1: ada refers to gone, which has not arrived'])
  expect(sentences([says('a1', ['EP'], ['b1'], x), says('b1', ['EP'], ['a1'], { id: 'y', end: '2026-03-01' })])).toEqual([
    'circular: a1: ada refers to what refers to it; it changes nothing', 'circular: b1: bob refers to what refers to it; it changes nothing',
  ])
  expect(sentences([member('c1', 'leaves', 'cyd'), says('c2', ['EP'], ['c1'], x)])).toEqual(['ended: c2: cyd had left the case; it changes nothing'])
  expect(sentences([member('a1', 'excluded', 'cyd')])).toEqual(['no-authority: a1: ada may not change that membership; it changes nothing'])
  expect(sentences([says('m1', ['EP'], [], x)])).toEqual(['not-a-member: m1: mal is not in the case there; it changes nothing; recipients answer EK'])
  expect(sentences([says('b1', ['EA'], [], { id: 'b1.answer', answers: 'x' })])).toEqual([expect.stringMatching(/^refused: b1: bob may not send it there; it changes nothing; recipients answer EK \(/)])
  expect(sentences([...agreed, says('a2', ['ER'], ['b1'], { id: 'a2.answer', answers: 'nothing' })]).map((one) => one.split(':')[0])).toEqual(['refused'])
  expect(sentences([says('a1', ['EP'], [], x), says('b1', ['EA'], ['a1'], { id: 'b1.answer', answers: 'nothing' })])).toEqual([
    'unknown-proposal: b1: bob answers a proposal that there is not, or does not say which of several; it changes nothing; recipients answer EK',
  ])
  expect(sentences([says('a1', ['EP'], [], x), says('b1', ['EP'], ['a1'], x)])).toEqual([
    'taken-proposal: b1: bob proposes under an id that another proposal has; it changes nothing; recipients answer EK',
  ])
  expect(sentences([says('a1', ['EP'], [], x), says('b1', ['EA'], ['a1'], { id: 'p', answers: 'x' }), says('b2', ['ER'], ['a1'], { id: 'q', answers: 'x' })])).toEqual([
    'equivocation: b1: bob says two things at once (also b2); this one does not count', 'equivocation: b2: bob says two things at once (also b1); this one does not count',
  ])
})

test('a report that is closed where it may not be still ends the engagement, and is a finding', () => {
  // RC is legal always: whether it was is its sender's report work (VP-02-004).
  const of = caseWith([says('a1', ['RC'])])
  expect(of.participants.map((one) => [one.id, one.engaged, one.rm])).toEqual([['ada', false, 'Start'], ['bob', true, 'Start'], ['cyd', true, 'Start']])
  expect(of.findings.map((one) => one.kind)).toEqual(['own-step'])
})

// ---- Moving to another edition ----

const example = (name: string): CaseLog => {
  const read = decodeLog(readFileSync(new URL(`../examples/worked-example/${name}.jsonl`, import.meta.url), 'utf8'))
  if (isLeft(read)) throw new Error(JSON.stringify(read.left))
  return read.right.log
}

test('a worked example under the adopted tables: its entries are the same, and so is where everybody ends', () => {
  for (const name of ['W1', 'W2a', 'W3a', 'W4']) {
    const log = example(name)
    const moved = migrate(log, 'adopted@1')
    expect(moved.log).toEqual({ header: { ...log.header, protocol: 'adopted@1' }, entries: log.entries })
    expect(moved.states).toEqual([])
  }
})

test('silent steps that the published tables let pass have to be told of in the adopted ones', () => {
  // W3a: the vendor becomes aware and validates in silence; CV and RV are never sent. The tables as published owe nothing for a step.
  expect(migrate(example('W3a'), 'adopted@1').new.filter((one) => one.kind === 'missing-announcement').map((one) => [one.entry, one.participant, one.expected])).toEqual([
    [0, 'Vendor', ['CV']], [1, 'Vendor', ['RV']],
  ])
})

test('attacks make a vulnerability public to who hears of them in the published tables alone', () => {
  // FT:329 fires A and P on receipt; the adopted row fires A (erratum D-CS-01).
  const log: CaseLog = {
    header: { log: 1, protocol: 'published@1', case: 'c1', world: 'open', participants: [{ id: 'ada', roles: ['coordinator'] }, { id: 'bob', roles: ['coordinator'] }] },
    entries: [says('a1', ['CA'], [], undefined, { to: ['bob'] })],
  }
  expect(migrate(log, 'adopted@1').states).toEqual([{ participant: 'bob', before: '(S,N,PxA)', after: '(S,N,pxA)' }])
  expect(migrate(migrate(log, 'adopted@1').log, 'published@1').log).toEqual(log)
})

test('moving to the same edition changes nothing', () => {
  const log = example('W2a')
  expect(migrate(log, 'published@1')).toEqual({ log, states: [], gone: [], new: [] })
})

// ---- Logs ----

test('a ledger is its log: receipts and entries of other cases are passed over', () => {
  const log = logOf(held(agreed))
  const more: ReadonlyArray<LogEntry> = [{ receipt: { message: 'a1', by: 'bob' } }, { message: { id: 'm1', case: 'c2', from: 'ada', to: ['bob'], types: ['ET'], at } }]
  const back = ledgerOf({ ...log, entries: [...more, ...log.entries] })
  expect(isLeft(back) ? '' : bytes(back.right)).toBe(bytes(held(agreed)))
  expect(charterOf(log.header)).toEqual(three)
})

// ---- What does not hold yet ----

test('who cites its heads never says two things at once, whomever it writes to', () => {
  let ledger = held([says('a1', ['EP'], [], x)])
  ledger = ingest(ledger, says('a2', ['GI'], heads(ledger, 'ada', ['bob']), undefined, { to: ['bob'] }))
  ledger = ingest(ledger, says('a3', ['GI'], heads(ledger, 'ada', ['cyd']), undefined, { to: ['cyd'] }))
  expect(caseOf(ledger).findings.map((one) => one.kind)).toEqual([])
})

test('charters that say the same are one charter, in whatever order their fields were written', () => {
  const other = opened({ participants: three.participants.map(({ id, roles }) => ({ roles, id })) })
  expect(unite(held(agreed), other)).toBeDefined()
})

test('an entry of a form that is none is not taken in', () => {
  const ledger = held(agreed)
  expect(ingest(ledger, { weather: { at } } as unknown as Statement)).toBe(ledger)
})

test('an answer makes no embargo where there is none, in the published tables either', () => {
  // There a message that cites another is always legal (row `reply`); EP after Exited would put terms in force all the same.
  const of = caseWith([
    ...agreed, says('a2', ['ET'], ['b1']), says('a3', ['EP'], ['a2'], { id: 'y', end: '2026-03-01' }, { inReplyTo: 'b1' }),
    says('b2', ['EA'], ['a3'], { id: 'b2.answer', answers: 'y' }, { inReplyTo: 'a3' }),
  ], { protocol: 'published@1' })
  expect([of.state.em, of.state.inForce]).toEqual(['Exited', undefined])
})

test('a finding that both editions have is neither gone nor new, whatever row each has for it', () => {
  // W1: the finder never acknowledges CV, which both editions ask for (FT:315).
  const { gone, new: fresh } = migrate(example('W1'), 'adopted@1')
  const what = ({ kind, entry, participant, expected }: (typeof gone)[number]): string => `${kind} ${entry} ${participant ?? ''} ${expected.join('+')}`
  expect(gone.map(what).filter((one) => fresh.map(what).includes(one))).toEqual([])
})

test('withdrawing from an embargo is a difference of who withdrew', () => {
  expect(diff(caseWith(agreed), caseWith([...agreed, member('b2', 'withdraws', 'bob', ['b1'])])).some((one) => one.about === 'participant' && one.of === 'bob')).toBe(true)
})
