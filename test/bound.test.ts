/**
 * Who is bound, who may publish, who may have the report: situations worked out by hand from section 7 of
 * docs/decisions/0010-ledger.md.
 *
 * A story is a chain: every entry has seen all before it, unless it says what it has seen. Ids begin with their author's
 * letter. `heard` is a round of acknowledgements after which all before it is settled. Where nothing else is said, x is
 * proposed by ada and ends on 2026-03-01, and the first other who agrees puts it in force.
 *
 * The day 2026-03-01 is over everywhere when it is over at UTC-12: at 2026-03-02T12:00:00Z.
 */
import { type Case, caseOf, type Charter, ingest, type MayPublish, boundBy, mayPublish, mayReceive, openLedger } from 'mpcvd/case'
import type { EmbargoTerms, LocalEvent, MembershipChange, Message, MessageType, Statement } from 'mpcvd'
import { isLeft } from 'fp-ts/Either'
import { expect, test } from 'vitest'

const at = '2026-01-05T10:00:00Z'
const names: Readonly<Record<string, string>> = { a: 'ada', b: 'bob', c: 'cyd', z: 'zed' }
const nameIn = (id: string): string => names[id.charAt(0)] ?? ''

/** An entry that still has to be told what it has seen. */
type Step = (after: ReadonlyArray<string>) => Statement

const says = (id: string, types: ReadonlyArray<MessageType>, embargo?: EmbargoTerms, more: Partial<Message> = {}): Step => (after) => ({
  message: {
    id, case: 'c1', from: nameIn(id), to: Object.values(names).filter((one) => one !== nameIn(id)), types, at, after,
    ...(embargo === undefined ? {} : { embargo }), ...more,
  },
})
const proposes = (id: string, terms: EmbargoTerms): Step => says(id, ['EP'], terms)
const revises = (id: string, terms: EmbargoTerms): Step => says(id, ['EV'], terms)
const answers = (id: string, type: MessageType, answered: string): Step => says(id, [type], { id: `${id}.answer`, answers: answered })
const learns = (id: string, event: LocalEvent): Step => (after) => ({ local: { id, by: nameIn(id), event, at, after } })
const member = (id: string, change: MembershipChange, participant: string): Step => (after) => ({
  membership: { id, by: nameIn(id), participant, change, at, after, ...(change === 'joins' ? { roles: ['vendor'] as const } : {}) },
})
/** A step that has not seen all before it. */
const having = (after: ReadonlyArray<string>, step: Step): Step => () => step(after)
const heard = (round: number, ...people: ReadonlyArray<string>): ReadonlyArray<Step> => people.map((one) => says(`${one}.heard${round}`, ['EK']))

const idIn = (entry: Statement): string => ('message' in entry ? entry.message.id : 'local' in entry ? (entry.local.id ?? '') : 'membership' in entry ? (entry.membership.id ?? '') : '')

const story = (people: ReadonlyArray<string>, steps: ReadonlyArray<Step>, more: Partial<Charter> = {}): Case => {
  const opened = openLedger({
    case: 'c1', protocol: 'adopted@1', participants: people.map((id) => ({ id, roles: ['vendor'] })), decision: 'first', order: 'causal', ...more,
  })
  if (isLeft(opened)) throw new Error(JSON.stringify(opened.left))
  const entries: Statement[] = []
  for (const step of steps) entries.push(step(entries.slice(-1).map(idIn)))
  return caseOf(ingest(opened.right, entries))
}

const two = ['ada', 'bob']
const three = ['ada', 'bob', 'cyd']
const x: EmbargoTerms = { id: 'x', end: '2026-03-01' }
const proposed = [proposes('a1', x)]
const agreed = [...proposed, answers('b1', 'EA', 'x')]
const inForce = [...agreed, ...heard(0, 'a', 'b', 'c')]

/** What is expected of ada, bob and cyd: `-` where nothing binds, `!` where it knows that the public knows, else what binds. */
interface Situation {
  readonly is: string
  readonly people?: ReadonlyArray<string>
  readonly more?: Partial<Charter>
  readonly steps: ReadonlyArray<Step>
  /** Bound, without a time. */
  readonly bound: ReadonlyArray<string>
  /** Bound, at a time. */
  readonly then?: Readonly<Record<string, ReadonlyArray<string>>>
}

const said = (of: Case, now?: string): ReadonlyArray<string> =>
  of.charter.participants.map(({ id }) => {
    const { may, because, bound } = mayPublish(of, id, now)
    expect(bound).toEqual(boundBy(of, id, now))
    expect(may).toBe(because !== 'bound')
    return because === 'public' ? '!' : because === 'unbound' ? '-' : bound.join(' ')
  })

const y: EmbargoTerms = { id: 'y', end: '2026-06-01' }
const withdraws = (id: string): Step => member(id, 'withdraws', nameIn(id))
/** x in force, signed by all three; y in its place, signed by ada and bob. */
const replaced = [...agreed, answers('c1', 'EA', 'x'), revises('b2', y), answers('a2', 'EC', 'y')]

const situations: ReadonlyArray<Situation> = [
  { is: 'nothing was said', steps: [], bound: ['-', '-', '-'] },
  { is: 'a proposal binds its proposer, whatever the time, and nobody else', steps: proposed, bound: ['x', '-', '-'], then: { '2026-02-01': ['x', '-', '-'] } },
  { is: 'who has agreed is bound from then on, who has not is not', steps: agreed, bound: ['x', 'x', '-'], then: { '2026-02-01': ['x', 'x', '-'] } },
  { is: 'and where all know of it', steps: inForce, bound: ['x', 'x', '-'] },
  { is: 'a withdrawal that is tentative frees nobody', steps: [...proposed, ...heard(0, 'b', 'c'), answers('a2', 'ER', 'x')], bound: ['x', '-', '-'] },
  { is: 'a withdrawal that is settled frees the proposer', steps: [...proposed, answers('a2', 'ER', 'x'), ...heard(0, 'a', 'b', 'c')], bound: ['-', '-', '-'] },
  { is: 'a rejection that is tentative frees nobody', steps: [...proposed, answers('b1', 'ER', 'x')], bound: ['x', '-', '-'] },
  { is: 'a rejection that is settled frees the proposer', steps: [...proposed, answers('b1', 'ER', 'x'), ...heard(0, 'a', 'c')], bound: ['-', '-', '-'] },
  {
    is: 'the time to answer is over, and all know of the proposal', steps: [proposes('a1', { ...x, respondBy: '2026-01-20' }), ...heard(0, 'b', 'c')], bound: ['x', '-', '-'],
    then: { '2026-01-20T12:00:00Z': ['x', '-', '-'], '2026-01-21T11:59:59Z': ['x', '-', '-'], '2026-01-21T12:00:00Z': ['-', '-', '-'], '2026-01-21': ['x', '-', '-'], '2026-01-23': ['-', '-', '-'] },
  },
  {
    is: 'terms that all know of end by the day, once it is over at UTC-12', steps: inForce, bound: ['x', 'x', '-'],
    then: { '2026-03-01': ['x', 'x', '-'], '2026-03-02T11:59:59.999Z': ['x', 'x', '-'], '2026-03-02T12:00:00Z': ['-', '-', '-'], '2026-03-02T00:00:00-12:00': ['-', '-', '-'], '2026-03-02T14:00:00+14:00': ['x', 'x', '-'], '2026-03-02': ['x', 'x', '-'], '2026-03-03': ['x', 'x', '-'], '2026-03-04': ['-', '-', '-'] },
  },
  {
    is: 'an end between two days is over when the later one is', steps: [proposes('a1', { id: 'x', end: '2026-02-20/2026-03-01' }), answers('b1', 'EA', 'x'), ...heard(0, 'a', 'b', 'c')], bound: ['x', 'x', '-'],
    then: { '2026-02-25T00:00:00Z': ['x', 'x', '-'], '2026-03-02T11:59:59Z': ['x', 'x', '-'], '2026-03-02T12:00:00Z': ['-', '-', '-'] },
  },
  {
    is: 'an end to the second', steps: [proposes('a1', { id: 'x', end: '2026-03-01T09:00:00+01:00' }), answers('b1', 'EA', 'x'), ...heard(0, 'a', 'b', 'c')], bound: ['x', 'x', '-'],
    then: { '2026-03-01T08:00:00Z': ['x', 'x', '-'], '2026-03-01T08:00:01Z': ['-', '-', '-'] },
  },
  { is: 'terms without an end never end by themselves', steps: [proposes('a1', { id: 'x' }), answers('b1', 'EA', 'x'), ...heard(0, 'a', 'b', 'c')], bound: ['x', 'x', '-'], then: { '2099-01-01': ['x', 'x', '-'] } },
  { is: 'an exit that is tentative frees nobody, not even who declared it', steps: [...inForce, says('b3', ['ET'])], bound: ['x', 'x', '-'] },
  { is: 'an exit that is settled frees everybody', steps: [...inForce, says('b3', ['ET']), ...heard(1, 'a', 'b', 'c')], bound: ['-', '-', '-'] },
  { is: 'what the case knows to be public frees everybody at once', steps: [...inForce, says('b3', ['CP'])], bound: ['!', '!', '!'] },
  { is: 'so does a public exploit', steps: [...inForce, says('b3', ['CX', 'CP'])], bound: ['!', '!', '!'] },
  { is: 'attacks end the embargo, and free nobody until that is settled', steps: [...inForce, says('b3', ['CA'])], bound: ['x', 'x', '-'] },
  { is: 'attacks that all know of free everybody', steps: [...inForce, says('b3', ['CA']), ...heard(1, 'a', 'b', 'c')], bound: ['-', '-', '-'] },
  { is: 'what one participant has seen to be public frees that one', steps: [...inForce, learns('b3', 'learn P')], bound: ['x', '!', '-'] },
  { is: 'an exploit that one has seen as well: it makes the vulnerability public', steps: [...inForce, learns('a3', 'learn X')], bound: ['!', 'x', '-'] },
  { is: 'attacks that one has seen free nobody', steps: [...inForce, learns('a3', 'learn A')], bound: ['x', 'x', '-'] },
  { is: 'who withdraws is bound until that is settled', steps: [...inForce, withdraws('b3')], bound: ['x', 'x', '-'] },
  { is: 'a withdrawal from the embargo that all know of frees who withdrew', steps: [...inForce, withdraws('b3'), ...heard(1, 'a', 'b', 'c')], bound: ['x', '-', '-'] },
  { is: 'who then signs a revision is bound again', steps: [...inForce, withdraws('b3'), ...heard(1, 'a', 'b', 'c'), revises('a4', y), answers('b4', 'EC', 'y'), ...heard(2, 'a', 'b', 'c')], bound: ['y', 'y', '-'] },
  { is: 'nobody withdraws for another', steps: [...inForce, member('a3', 'withdraws', 'bob'), ...heard(1, 'a', 'b', 'c')], bound: ['x', 'x', '-'] },
  { is: 'who accepts with one entry and rejects with another is bound', people: two, steps: [...proposed, having(['a1'], answers('b1', 'EA', 'x')), having(['a1'], answers('b2', 'ER', 'x'))], bound: ['x', 'x'] },
  { is: 'who says both under one id is bound', people: two, steps: [...proposed, having(['a1'], answers('b1', 'ER', 'x')), having(['a1'], answers('b1', 'EA', 'x'))], bound: ['x', 'x'] },
  { is: 'an acceptance of what was rejected is illegal, and binds all the same', steps: [...proposed, having(['a1'], answers('b1', 'ER', 'x')), having(['a1'], answers('c1', 'EA', 'x'))], bound: ['x', '-', 'x'] },
  { is: 'until the rejection is settled', steps: [...proposed, having(['a1'], answers('b1', 'ER', 'x')), having(['a1'], answers('c1', 'EA', 'x')), having(['b1', 'c1'], says('a2', ['EK'])), ...heard(0, 'b', 'c')], bound: ['-', '-', '-'] },
  { is: 'a report that answers a proposal accepts it', steps: [...proposed, says('b1', ['RS'], { id: 'x', answers: 'x' })], bound: ['x', 'x', '-'] },
  {
    is: 'replaced terms bind who did not sign the new ones, to their end', steps: [...replaced, ...heard(1, 'a', 'b', 'c')], bound: ['y', 'y', 'x'],
    then: { '2026-02-01': ['y', 'y', 'x'], '2026-04-01': ['y', 'y', '-'], '2026-07-01': ['-', '-', '-'] },
  },
  { is: 'as long as the replacement is tentative, both bind', steps: [...agreed, ...heard(0, 'a', 'b', 'c'), revises('b2', y), answers('a2', 'EC', 'y')], bound: ['x y', 'x y', '-'] },
  { is: 'who signs the new terms late is bound by them alone', steps: [...replaced, answers('c2', 'EC', 'y'), ...heard(1, 'a', 'b', 'c')], bound: ['y', 'y', 'y'] },
  { is: 'a rejected revision leaves the old terms', steps: [...inForce, revises('b2', y), answers('a2', 'EJ', 'y'), ...heard(1, 'a', 'b', 'c')], bound: ['x', 'x', '-'] },
  {
    is: 'the other of two proposals binds its proposer until it is settled that it was superseded', people: two,
    steps: [...proposed, having([], proposes('b1', y)), having(['a1', 'b1'], answers('b2', 'EA', 'x'))], bound: ['x', 'x y'],
  },
  {
    is: 'and no longer', people: two,
    steps: [...proposed, having([], proposes('b1', y)), having(['a1', 'b1'], answers('b2', 'EA', 'x')), ...heard(0, 'a', 'b')], bound: ['x', 'x'],
  },
  { is: 'where all have to agree, those who did are bound while the others think', more: { decision: 'unanimous' }, steps: agreed, bound: ['x', 'x', '-'] },
  { is: 'nobody is bound by an offer to others of the terms in force', steps: [...inForce, says('c3', ['EP'], { id: 'x', existing: true })], bound: ['x', 'x', '-'] },
]

test('an acceptance of what nobody ever proposed binds until it is settled that it was illegal', () => {
  const steps = [answers('b1', 'EA', 'nothing')]
  expect(said(story(two, steps))).toEqual(['-', 'nothing'])
  expect(said(story(two, [...steps, ...heard(0, 'a', 'b')]))).toEqual(['-', '-'])
})

for (const { is, people = three, more = {}, steps, bound, then = {} } of situations)
  test(is, () => {
    const of = story(people, steps, more)
    expect(said(of)).toEqual(bound)
    for (const [now, expected] of Object.entries(then)) expect(said(of, now), now).toEqual(expected)
  })

test('nobody who is no participant is bound, and everybody may publish what nobody has ever spoken of', () => {
  const nothing: MayPublish = { may: true, because: 'unbound', bound: [], waitsFor: [], advice: [] }
  expect(mayPublish(story(three, []), 'zed')).toEqual(nothing)
  expect(mayPublish(story(three, []), 'ada', '2026-02-01')).toEqual(nothing)
})

test('advice stands beside the answer: an embargo in force (VP-05-014), an open proposal (VP-05-006)', () => {
  const advice = (steps: ReadonlyArray<Step>, who = 'cyd', now?: string): ReadonlyArray<string> => mayPublish(story(three, steps), who, now).advice
  expect(advice([])).toEqual([])
  expect(advice(proposed)).toEqual(['VP-05-006'])
  expect(advice(agreed)).toEqual(['VP-05-014'])
  expect(advice(inForce)).toEqual(['VP-05-014'])
  expect(advice([...inForce, revises('a3', y)])).toEqual(['VP-05-014', 'VP-05-006'])
  // An exit that is not settled: it may still turn out that the embargo is in force.
  expect(advice([...inForce, says('b3', ['ET'])])).toEqual(['VP-05-014'])
  expect(advice([...inForce, says('b3', ['ET']), ...heard(1, 'a', 'b', 'c')])).toEqual([])
  expect(advice([...inForce, says('b3', ['CP'])])).toEqual([])
  expect(advice(inForce, 'cyd', '2026-03-02T11:59:59Z')).toEqual(['VP-05-014'])
  expect(advice(inForce, 'cyd', '2026-03-02T12:00:00Z')).toEqual([])
})

test('who is bound is told until when, and whom a settlement waits for', () => {
  expect(mayPublish(story(three, inForce), 'ada')).toEqual({ may: false, because: 'bound', bound: ['x'], until: '2026-03-01', waitsFor: [], advice: [] })
  const both = story(three, [...agreed, ...heard(0, 'a', 'b', 'c'), revises('b2', y), answers('a2', 'EC', 'y')])
  expect(mayPublish(both, 'ada')).toMatchObject({ bound: ['x', 'y'], until: '2026-06-01', waitsFor: ['bob', 'cyd'] })
  const openEnded = story(three, [...agreed, ...heard(0, 'a', 'b', 'c'), revises('b2', { id: 'y' }), answers('a2', 'EC', 'y')])
  expect(mayPublish(openEnded, 'ada').until).toBeUndefined()
})

// ---- Who may be given the content of the case ----

test('who may receive: engaged, and neither now nor as far as is settled kept out by an embargo', () => {
  const joins = member('a3', 'joins', 'zed')
  const may = (steps: ReadonlyArray<Step>, people = three): Readonly<Record<string, boolean>> => {
    const of = story(people, steps)
    return Object.fromEntries([...people, 'zed'].map((id) => [id, mayReceive(of, id)]))
  }
  expect(may([])).toEqual({ ada: true, bob: true, cyd: true, zed: false })
  expect(may(proposed)).toEqual({ ada: true, bob: true, cyd: true, zed: false })
  expect(may(agreed)).toEqual({ ada: true, bob: true, cyd: false, zed: false })
  expect(may([...inForce, joins])).toEqual({ ada: true, bob: true, cyd: false, zed: false })
  expect(may([...inForce, joins, says('a4', ['EP'], { id: 'x', existing: true }), ...heard(1, 'a', 'b', 'c', 'z')])).toEqual({ ada: true, bob: true, cyd: false, zed: false })
  // A signature that is not settled yet is no signature yet.
  const signed = [...inForce, joins, says('a4', ['EP'], { id: 'x', existing: true }), answers('z1', 'EA', 'x')]
  expect(may(signed)).toEqual({ ada: true, bob: true, cyd: false, zed: false })
  expect(may([...signed, ...heard(1, 'a', 'b', 'c', 'z')])).toEqual({ ada: true, bob: true, cyd: false, zed: true })
  // Who signed the old terms has signed terms of that embargo.
  expect(may([...replaced, ...heard(1, 'a', 'b', 'c')])).toEqual({ ada: true, bob: true, cyd: true, zed: false })
  expect(may([...inForce, withdraws('b3')])).toEqual({ ada: true, bob: false, cyd: false, zed: false })
  expect(may([...inForce, says('b3', ['ET'])])).toEqual({ ada: true, bob: true, cyd: false, zed: false })
  expect(may([...inForce, says('b3', ['ET']), ...heard(1, 'a', 'b', 'c')])).toEqual({ ada: true, bob: true, cyd: true, zed: false })
  expect(may([...inForce, says('b3', ['CP'])])).toEqual({ ada: true, bob: true, cyd: true, zed: false })
  expect(may([...inForce, says('b3', ['CA'])])).toEqual({ ada: true, bob: true, cyd: false, zed: false })
  expect(may([...inForce, learns('c3', 'learn P')])).toEqual({ ada: true, bob: true, cyd: true, zed: false })
  expect(may([member('b3', 'leaves', 'bob')])).toEqual({ ada: true, bob: false, cyd: true, zed: false })
  expect(may([says('b3', ['RC'])])).toEqual({ ada: true, bob: false, cyd: true, zed: false })
})

test('replaced terms are over for who signed those in force now: who signed only what came between is bound by both', () => {
  const of = story(three, [
    proposes('a1', { id: 'x', end: '2026-09-01' }), answers('b1', 'EA', 'x'), answers('c1', 'EA', 'x'),
    revises('b2', { id: 'y', end: '2026-03-01' }), answers('a2', 'EC', 'y'), answers('c2', 'EC', 'y'),
    revises('a3', { id: 'z', end: '2026-12-01' }), answers('b3', 'EC', 'z'), ...heard(0, 'a', 'b', 'c'),
  ])
  expect(said(of)).toEqual(['z', 'z', 'x y'])
  expect(said(of, '2026-06-01')).toEqual(['z', 'z', 'x'])
  expect(said(of, '2026-10-01')).toEqual(['z', 'z', '-'])
})

// ---- What does not hold yet ----

test('time frees also where nothing is settled: nobody answered in time', () => {
  // Section 7: over is "an open one of p's own whose time to answer is surely over"; the silent one is who settles nothing.
  const of = story(two, [proposes('a1', { ...x, respondBy: '2026-01-20' })])
  expect(said(of, '2026-02-01')).toEqual(['-', '-'])
})

test('time frees also where nothing is settled: the end is past', () => {
  // cyd is silent.
  expect(said(story(three, agreed), '2030-01-01')).toEqual(['-', '-', '-'])
})

test('an answer that names itself only binds by what it answered, not by its own name', () => {
  // "otherwise the only open one is meant": embargo.id is "the id of this proposal, revision or answer's embargo".
  const steps = [...proposed, says('b1', ['EA'], { id: 'b1.answer' })]
  expect(said(story(two, steps))).toEqual(['x', 'x'])
  expect(said(story(two, [...steps, says('a2', ['ET']), ...heard(0, 'a', 'b')]))).toEqual(['-', '-'])
})

test('who has withdrawn may agree again to the terms in force, and is bound again', () => {
  // Section 5: beside consent stand "the proposals that a member has signed and not withdrawn from".
  const of = story(three, [...inForce, withdraws('b3'), ...heard(1, 'a', 'b', 'c'), answers('b4', 'EA', 'x'), ...heard(2, 'a', 'b', 'c')])
  expect(said(of)).toEqual(['x', 'x', '-'])
})
