/**
 * The second implementation of the ledger, against examples that were worked out by hand from docs/decisions/0010-ledger.md.
 *
 * In every one the case is `c1`; entries are named by their author's letter. Author order is ada, bob, cyd, zed.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MembershipChange, Statement } from '../src/protocol/log.js'
import type { EmbargoTerms, MessageType } from '../src/protocol/message.js'
import { arbitraryCase } from './spec/ledger-cases.js'
import { type Charter, reference } from './spec/ledger.js'

const at = '2026-01-05T10:00:00Z'

const charter = (people: ReadonlyArray<string>, more: Partial<Charter> = {}): Charter => ({
  case: 'c1', protocol: 'adopted@1', participants: people.map((id) => ({ id, roles: ['vendor'] })), decision: 'first', order: 'causal', ...more,
})
const two = charter(['ada', 'bob'])
const three = charter(['ada', 'bob', 'cyd'])

const people = ['ada', 'bob', 'cyd', 'zed']
/** A message; to the other two of ada, bob and cyd, where nothing else is said. */
const says = (id: string, types: ReadonlyArray<MessageType>, after: ReadonlyArray<string>, embargo?: EmbargoTerms, to = people.slice(0, 3)): Statement => {
  const from = people.find((name) => name.startsWith(id.charAt(0))) ?? ''
  return { message: { id, case: 'c1', from, to: to.filter((name) => name !== from), types, at, after, ...(embargo === undefined ? {} : { embargo }) } }
}
const proposes = (id: string, embargo: string, after: ReadonlyArray<string> = []): Statement => says(id, ['EP'], after, { id: embargo })
const revises = (id: string, embargo: string, after: ReadonlyArray<string>): Statement => says(id, ['EV'], after, { id: embargo })
const answers = (id: string, type: MessageType, embargo: string, after: ReadonlyArray<string>): Statement =>
  says(id, [type], after, { id: `${id}.answer`, answers: embargo })
const changes = (id: string, change: MembershipChange, participant: string, after: ReadonlyArray<string>): Statement => ({
  membership: {
    id, by: people.find((name) => name.startsWith(id.charAt(0))) ?? '', participant, change, at, after, ...(change === 'joins' ? { roles: ['vendor'] } : {}),
  },
})
const stamps = (id: string, entry: string, sequence: number): Statement => ({
  stamp: { id, by: people.find((name) => name.startsWith(id.charAt(0))) ?? '', entry, sequence, at },
})

/** The states of the proposals, by name. */
const statuses = (result: ReturnType<typeof reference>): Record<string, string> =>
  Object.fromEntries(Object.entries(result.proposals).map(([id, one]) => [id, one.status]))

test('the proposer accepts what the other rejects: None', () => {
  const entries = [proposes('a1', 'x'), answers('a2', 'EA', 'x', ['a1']), answers('b1', 'ER', 'x', ['a1'])]
  expect(reference(two, entries)).toEqual({
    order: ['a1', 'a2', 'b1'],
    voids: {}, illegal: {},
    settled: 1, waitsFor: ['ada'],
    em: 'None', facts: '',
    proposals: { x: { by: 'ada', kind: 'initial', status: 'rejected', signed: ['ada'], rejected: ['bob'] } },
    members: {
      ada: { engaged: true, own: 'None', rm: 'Start', cs: 'vfdpxa', consent: 'NoEmbargo' },
      bob: { engaged: true, own: 'None', rm: 'Start', cs: 'vfdpxa', consent: 'NoEmbargo' },
    },
    settledState: {
      em: 'Proposed', facts: '', proposals: { x: { by: 'ada', kind: 'initial', status: 'open', signed: ['ada'], rejected: [] } },
    },
    bound: { ada: ['x'], bob: [] },
    mayPublish: { ada: false, bob: true },
    mayReceive: { ada: true, bob: true },
    gaps: {},
  })
})

test('an acceptance crosses a rejection by a third: the order decides', () => {
  const accepted = reference(three, [proposes('a1', 'x'), answers('b1', 'EA', 'x', ['a1']), answers('c1', 'ER', 'x', ['a1'])])
  expect(accepted.em).toBe('Active')
  expect(accepted.illegal).toEqual({})
  expect(accepted.proposals['x']).toEqual({ by: 'ada', kind: 'initial', status: 'in-force', signed: ['ada', 'bob'], rejected: ['cyd'] })
  expect(accepted.members['cyd']?.consent).toBe('Declined')

  const rejected = reference(three, [proposes('a1', 'x'), answers('b1', 'ER', 'x', ['a1']), answers('c1', 'EA', 'x', ['a1'])])
  expect(rejected.em).toBe('None')
  expect(rejected.illegal).toEqual({ c1: 'refused' })
  // a1 is settled, the answers are not: whoever accepted is bound, though it came to nothing.
  expect(rejected.bound).toEqual({ ada: ['x'], bob: [], cyd: ['x'] })
})

test('a termination crosses a revision: Exited, whichever comes first', () => {
  const start = [proposes('a1', 'x'), answers('b1', 'EA', 'x', ['a1'])]
  const later = reference(two, [...start, revises('a2', 'y', ['a1', 'b1']), says('b2', ['ET'], ['b1'])])
  expect([later.order, later.em, statuses(later), later.illegal]).toEqual([['a1', 'b1', 'a2', 'b2'], 'Exited', { x: 'ended', y: 'ended' }, {}])
  const earlier = reference(two, [...start, says('a2', ['ET'], ['a1', 'b1']), revises('b2', 'y', ['b1'])])
  expect([earlier.em, statuses(earlier), earlier.illegal]).toEqual(['Exited', { x: 'ended' }, { b2: 'refused' }])
})

test('two proposals cross: both are open, and the one that is accepted supersedes the other', () => {
  const start = [proposes('a1', 'x'), proposes('b1', 'y')]
  const both = reference(two, start)
  expect([both.em, statuses(both)]).toEqual(['Proposed', { x: 'open', y: 'open' }])
  const one = reference(two, [...start, answers('b2', 'EA', 'x', ['b1', 'a1'])])
  expect([one.em, statuses(one)]).toEqual(['Active', { x: 'in-force', y: 'superseded' }])
  // An acceptance that does not say which is none.
  const none = reference(two, [...start, says('b2', ['EA'], ['b1', 'a1'])])
  expect([none.em, none.illegal]).toEqual(['Proposed', { b2: 'unknown-proposal' }])
})

test('an acceptance of what is rejected, while other terms are in force, is stale', () => {
  const result = reference(three, [
    proposes('a1', 'x'), answers('b1', 'ER', 'x', ['a1']), proposes('a2', 'y', ['a1', 'b1']), answers('b2', 'EA', 'y', ['b1', 'a2']),
    answers('c1', 'EA', 'x', ['b2']),
  ])
  expect([result.em, result.illegal]).toEqual(['Active', { c1: 'stale-acceptance' }])
  expect(statuses(result)).toEqual({ x: 'rejected', y: 'in-force' })
  expect(result.proposals['x']?.signed).toEqual(['ada'])
})

test('a newcomer: None, Proposed once the terms are offered, Active once it has signed', () => {
  const entries = [
    proposes('a1', 'x'), answers('b1', 'EA', 'x', ['a1']), changes('a2', 'joins', 'zed', ['a1', 'b1']),
    says('a3', ['EP'], ['a2'], { id: 'x', existing: true }, ['zed']), answers('z1', 'EA', 'x', ['a3']),
  ]
  const after = (count: number) => reference(two, entries.slice(0, count)).members['zed']
  expect([3, 4, 5].map((count) => after(count)?.own)).toEqual(['None', 'Proposed', 'Active'])
  expect([3, 4, 5].map((count) => after(count)?.consent)).toEqual(['NoEmbargo', 'Invited', 'Signatory'])
  const end = reference(two, entries)
  expect([end.em, end.proposals['x']?.signed, end.illegal]).toEqual(['Active', ['ada', 'bob', 'zed'], {}])
  // zed is not asked about what its joining has as ancestors: b1 is settled once ada has it in a2.
  expect(reference(two, entries.slice(0, 3))).toMatchObject({ settled: 2, waitsFor: ['bob'], mayReceive: { ada: true, bob: true, zed: false } })
})

test('a revision that one of the signatories rejects leaves the terms as they are', () => {
  const everybody = charter(['ada', 'bob', 'cyd'], { decision: 'unanimous' })
  const start = [
    proposes('a1', 'x'), answers('b1', 'EA', 'x', ['a1']), answers('c1', 'EA', 'x', ['a1', 'b1']), revises('a2', 'y', ['a1', 'c1']),
    answers('b2', 'EC', 'y', ['b1', 'a2']),
  ]
  const open = reference(everybody, start)
  expect([open.em, statuses(open)]).toEqual(['Revise', { x: 'in-force', y: 'open' }])
  // EV lapsed everybody, signed ada and invited the others; bob signed again.
  expect(['ada', 'bob', 'cyd'].map((id) => open.members[id]?.consent)).toEqual(['Signatory', 'Signatory', 'Invited'])
  const rejected = reference(everybody, [...start, answers('c2', 'EJ', 'y', ['c1', 'a2'])])
  expect([rejected.em, statuses(rejected), rejected.members['cyd']?.consent]).toEqual(['Active', { x: 'in-force', y: 'rejected' }, 'Declined'])
  const accepted = reference(everybody, [...start, answers('c2', 'EC', 'y', ['c1', 'a2'])])
  expect([accepted.em, statuses(accepted)]).toEqual(['Active', { x: 'replaced', y: 'in-force' }])
})

test('a fork that nobody witnessed: neither branch counts', () => {
  const result = reference(two, [proposes('a1', 'x'), answers('b1', 'EA', 'x', ['a1']), answers('b2', 'ER', 'x', ['a1'])])
  expect([result.em, result.voids]).toEqual(['Proposed', { b1: 'equivocation', b2: 'equivocation' }])
  expect(result.order).toEqual(['a1', 'b1', 'b2'])
  // It is bound by its acceptance all the same.
  expect(result.bound).toEqual({ ada: ['x'], bob: ['x'] })
})

test('a fork of which everybody else witnessed one branch first: that branch stands', () => {
  const entries = [
    proposes('a1', 'x'), answers('b1', 'EA', 'x', ['a1']), says('a2', ['EK'], ['a1', 'b1']), says('c1', ['EK'], ['b1']), answers('b2', 'ER', 'x', ['a1']),
  ]
  const result = reference(three, entries)
  expect([result.order, result.voids, result.em]).toEqual([['a1', 'b1', 'b2', 'a2', 'c1'], { b2: 'equivocation' }, 'Active'])
  expect([result.settled, result.settledState.em, result.waitsFor]).toEqual([2, 'Active', ['ada', 'cyd']])
  // With cyd's witness missing, neither stands.
  expect(reference(three, entries.filter((entry) => !('message' in entry && entry.message.id === 'c1'))).voids).toEqual({ b1: 'equivocation', b2: 'equivocation' })
})

test('one id, two contents; and a circle', () => {
  const variants = reference(two, [proposes('a1', 'x'), answers('b1', 'EA', 'x', ['a1']), answers('b1', 'ER', 'x', ['a1'])])
  expect([variants.order, variants.voids, variants.em]).toEqual([['a1', 'b1'], { b1: 'equivocation' }, 'Proposed'])
  const circle = reference(two, [proposes('a1', 'x', ['b1']), proposes('b1', 'y', ['a1'])])
  expect([circle.order, circle.voids, circle.em, circle.gaps]).toEqual([['a1', 'b1'], { a1: 'circular', b1: 'circular' }, 'None', {}])
})

test('a gap stops nothing but stability', () => {
  const result = reference(two, [proposes('a1', 'x'), answers('b1', 'EA', 'x', ['gone', 'a1']), says('a2', ['GI'], ['a1', 'gone'])])
  expect([result.em, result.settled, result.waitsFor, result.gaps]).toEqual(['Active', 0, ['ada', 'bob'], { gone: ['a2', 'b1'] }])
})

test('leaving voids what does not know of a return, and returning makes entries count again', () => {
  const entries = [
    changes('c1', 'leaves', 'cyd', []), proposes('c2', 'x', ['c1']), changes('a1', 'joins', 'cyd', ['c1']), proposes('c3', 'y', ['c2', 'a1']),
  ]
  const gone = reference(three, entries.slice(0, 2))
  expect([gone.voids, gone.em, gone.members['cyd']?.engaged]).toEqual([{ c2: 'ended' }, 'None', false])
  const back = reference(three, entries)
  expect([back.voids, back.illegal, back.em, statuses(back)]).toEqual([{ c2: 'ended' }, {}, 'Proposed', { y: 'open' }])
  expect(back.members['cyd']?.engaged).toBe(true)
  // Two farewells that do not know of each other are rivals, and end the engagement all the same.
  const twice = reference(three, [changes('c1', 'leaves', 'cyd', []), says('c2', ['RC'], [])])
  expect([twice.voids, twice.members['cyd']?.engaged]).toEqual([{ c1: 'equivocation', c2: 'equivocation' }, false])
})

test('the owner’s exclusion takes back what it does not know of', () => {
  const owned = charter(['ada', 'bob', 'cyd'], { owner: 'ada' })
  const entries = [proposes('b1', 'x'), answers('c1', 'EA', 'x', ['b1']), changes('a1', 'excluded', 'cyd', ['b1'])]
  const result = reference(owned, entries)
  expect([result.voids, result.em, result.members['cyd']?.engaged]).toEqual([{ c1: 'ended' }, 'Proposed', false])
  expect(reference(three, entries)).toMatchObject({ voids: {}, illegal: { a1: 'no-authority' }, em: 'Active' })
})

test('leaving completes unanimity, where it takes two', () => {
  const everybody = charter(['ada', 'bob', 'cyd'], { decision: 'unanimous' })
  const entries = [proposes('a1', 'x'), answers('b1', 'EA', 'x', ['a1']), changes('c1', 'leaves', 'cyd', ['a1'])]
  expect(reference(everybody, entries.slice(0, 2)).em).toBe('Proposed')
  expect(reference(everybody, entries).em).toBe('Active')
  const alone = reference(everybody, [proposes('a1', 'x'), changes('b1', 'leaves', 'bob', ['a1']), changes('c1', 'leaves', 'cyd', ['a1'])])
  expect([alone.em, statuses(alone)]).toEqual(['Proposed', { x: 'open' }])
})

test('the manager’s stamps order; a number twice, an entry twice and an impostor’s count for nothing', () => {
  const managed = charter(['ada', 'bob', 'cyd'], { manager: 'ada', order: 'manager' })
  const entries = [proposes('a1', 'x'), answers('b1', 'ER', 'x', ['a1']), answers('c1', 'EA', 'x', ['a1'])]
  const plain = reference(managed, entries)
  expect([plain.order, plain.em, plain.settled, plain.waitsFor]).toEqual([['a1', 'b1', 'c1'], 'None', 0, ['ada']])
  const numbered = [...entries, stamps('a2', 'a1', 1), stamps('a3', 'c1', 2), stamps('a4', 'b1', 3)]
  const stamped = reference(managed, numbered)
  expect([stamped.order, stamped.em, stamped.settled, stamped.waitsFor]).toEqual([['a1', 'c1', 'b1'], 'Active', 3, []])
  expect(reference(managed, [...numbered, stamps('b2', 'b1', 2)])).toEqual(stamped)
  const confused = reference(managed, [...numbered, stamps('a5', 'b1', 2)])
  expect([confused.order, confused.em, confused.settled, confused.waitsFor]).toEqual([['a1', 'b1', 'c1'], 'None', 1, ['ada']])
})

test('the set decides: order and repetition do not', () => {
  fc.assert(
    fc.property(arbitraryCase, ({ charter: of, entries, shuffled, batches }) => {
      expect(batches.flat()).toEqual(shuffled)
      expect(reference(of, shuffled)).toEqual(reference(of, entries))
    }),
    { numRuns: 200 },
  )
})
