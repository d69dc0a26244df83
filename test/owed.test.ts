/**
 * What is owed: who has still to send what to whom, since when, and what pays it; and whether an embargo's time is up.
 *
 * ada is a finder and reporter, who works on the report from the start; bob is a vendor, cyd a coordinator. A story is a
 * chain: every entry has seen all before it. Ids begin with their author's letter. The answers are those of the adopted
 * tables, which are the published ones where nothing else is said.
 */
import { type Case, caseOf, type Charter, type Expiry, expiry, ingest, openLedger, type Owed, owed } from 'mpcvd/case'
import type { EmbargoTerms, LocalEvent, MembershipChange, Message, MessageType, Statement } from 'mpcvd'
import { isLeft } from 'fp-ts/Either'
import { expect, test } from 'vitest'

const now = '2026-01-20T00:00:00Z'
const names: Readonly<Record<string, string>> = { a: 'ada', b: 'bob', c: 'cyd', z: 'zed' }
const nameIn = (id: string): string => names[id.charAt(0)] ?? ''
/** Entry number n was made on day n of January. */
type Making = (at: string, after: ReadonlyArray<string>) => Statement
const says = (id: string, types: ReadonlyArray<MessageType>, more: Partial<Message> = {}): Making => (at, after) => ({
  message: { id, case: 'c1', from: nameIn(id), to: ['ada', 'bob', 'cyd'].filter((one) => one !== nameIn(id)), types, at, after, ...more },
})
const replies = (id: string, types: ReadonlyArray<MessageType>, inReplyTo: string, more: Partial<Message> = {}): Making => says(id, types, { inReplyTo, ...more })
const steps = (id: string, event: LocalEvent): Making => (at, after) => ({ local: { id, by: nameIn(id), event, at, after } })
const member = (id: string, change: MembershipChange, participant: string): Making => (at, after) => ({
  membership: { id, by: nameIn(id), participant, change, at, after, ...(change === 'joins' ? { roles: ['vendor'] } : {}) },
})
const idIn = (entry: Statement): string => ('message' in entry ? entry.message.id : 'membership' in entry ? (entry.membership.id ?? '') : 'local' in entry ? (entry.local.id ?? '') : '')

const story = (makings: ReadonlyArray<Making>, more: Partial<Charter> = {}): Case => {
  const opened = openLedger({
    case: 'c1', protocol: 'adopted@1', decision: 'first', order: 'causal', ...more,
    participants: [{ id: 'ada', roles: ['finder', 'reporter'] }, { id: 'bob', roles: ['vendor'] }, { id: 'cyd', roles: ['coordinator'] }],
  })
  if (isLeft(opened)) throw new Error(JSON.stringify(opened.left))
  const entries: Statement[] = []
  for (const making of makings) entries.push(making(`2026-01-${String(entries.length + 1).padStart(2, '0')}T10:00:00Z`, entries.slice(-1).map(idIn)))
  return caseOf(ingest(opened.right, entries))
}
const line = ({ kind, by, to, types, entry }: Owed): string => `${by} owes ${to === undefined ? 'all' : to} ${types.join('+')} (${kind}, ${entry})`
const due = (makings: ReadonlyArray<Making>, at = now): ReadonlyArray<string> => owed(story(makings), at).map(line).sort()

// ---- Answers ----

test('nothing is owed at first', () => {
  expect(due([])).toEqual([])
})

const reported = says('a1', ['RS'], { to: ['bob'] })

test('a report is to be acknowledged, and a vendor says that it knows now', () => {
  expect(owed(story([reported]), now)).toEqual([
    { kind: 'answer', by: 'bob', to: 'ada', types: ['RK'], entry: 'a1', since: '2026-01-01T10:00:00Z', requirements: [] },
    { kind: 'announcement', by: 'bob', types: ['CV'], entry: 'a1', since: '2026-01-01T10:00:00Z', requirements: [] },
  ])
})

test('it is paid by an answer that cites it; the announcement by any that carries its type', () => {
  expect(due([reported, replies('b1', ['RK'], 'a1', { to: ['ada'] })])).toEqual(['bob owes all CV (announcement, a1)'])
  expect(due([reported, says('b1', ['CV'])])).toEqual(['ada owes bob CK (answer, b1)', 'bob owes ada RK (answer, a1)', 'cyd owes bob CK (answer, b1)'])
  expect(due([reported, replies('b1', ['RK', 'CV'], 'a1'), replies('a2', ['CK'], 'b1', { to: ['bob'] }), replies('c1', ['CK'], 'b1', { to: ['bob'] })])).toEqual([])
})

test('it is not paid by one that cites nothing, something else, or is by somebody else', () => {
  const announced = [reported, replies('b1', ['CV'], 'a1', { to: ['cyd'] }), replies('c1', ['CK'], 'b1', { to: ['bob'] })]
  expect(due(announced)).toEqual(['bob owes ada RK (answer, a1)'])
  expect(due([...announced, says('b2', ['RK'], { to: ['ada'] })])).toEqual(['bob owes ada RK (answer, a1)'])
  expect(due([...announced, replies('b2', ['RK'], 'c1', { to: ['ada'] })])).toEqual(['bob owes ada RK (answer, a1)'])
  expect(due([...announced, replies('c2', ['RK'], 'a1', { to: ['ada'] })])).toEqual(['bob owes ada RK (answer, a1)'])
  expect(due([...announced, replies('b2', ['RK'], 'a1', { to: ['ada'] })])).toEqual([])
})

test('every family has its acknowledgement, and acknowledgements none', () => {
  expect(due([says('c1', ['EP'], { to: ['bob'], embargo: { id: 'x', end: '2026-03-01' } })]).filter((one) => one.includes('answer'))).toEqual(['bob owes cyd EK (answer, c1)'])
  expect(due([says('a1', ['CA'], { to: ['cyd'] })])).toEqual(['cyd owes ada CK (answer, a1)'])
  expect(due([says('a1', ['GI'], { to: ['cyd'] })])).toEqual(['cyd owes ada GK (answer, a1)'])
  expect(due([says('a1', ['RK'], { to: ['cyd'] }), says('a2', ['EK'], { to: ['cyd'] }), says('a3', ['CK'], { to: ['cyd'] }), says('a4', ['GK'], { to: ['cyd'] })])).toEqual([])
})

test('errors are acknowledged and asked about; what was not expected is an error', () => {
  expect(due([says('a1', ['EE'], { to: ['cyd'] })])).toEqual(['cyd owes ada EK+GI (answer, a1)'])
  // A revision where there is no embargo: it changes nothing, and is answered as an error.
  expect(due([says('a1', ['EV'], { to: ['cyd'], embargo: { id: 'x', end: '2026-03-01' } })])).toEqual(['cyd owes ada EE (answer, a1)'])
  // A report message to somebody who knows of no report (VP-03-010).
  expect(due([says('a1', ['RC'], { to: ['cyd'] })])).toEqual([])
  expect(due([says('a1', ['RD'], { to: ['cyd'] })])).toEqual(['cyd owes ada RE+GI (answer, a1)'])
})

// ---- Announcements ----

test('who takes a step in silence has to tell', () => {
  const received = [steps('b1', 'discover'), steps('b2', 'validate')]
  expect(due([steps('b1', 'discover')])).toEqual([])
  expect(due(received)).toEqual(['bob owes all RV (announcement, b2)'])
  expect(due([...received, steps('b3', 'accept')])).toEqual(['bob owes all RA (announcement, b3)', 'bob owes all RV (announcement, b2)'])
  expect(due([...received, replies('b3', ['RV'], 'b2')]).filter((one) => one.startsWith('bob'))).toEqual([])
  expect(due([steps('c1', 'learn P')])).toEqual(['cyd owes all CP (announcement, c1)'])
  expect(due([steps('c1', 'learn X')])).toEqual(['cyd owes all CX+CP (announcement, c1)'])
  expect(due([steps('b1', 'aware')])).toEqual(['bob owes all CV (announcement, b1)'])
  // What the protocol does not allow there is no step, and nothing to tell of.
  expect(due([steps('b1', 'accept')])).toEqual([])
})

test('since when: the moment of what made it due', () => {
  expect(owed(story([steps('b1', 'discover'), steps('b2', 'validate')]), now).map((one) => one.since)).toEqual(['2026-01-02T10:00:00Z'])
})

// ---- Decisions, offers, expiry ----

const x: EmbargoTerms = { id: 'x', end: '2026-03-01', respondBy: '2026-01-15' }
const proposed = says('a1', ['EP'], { embargo: x })
const accepted = replies('b1', ['EA', 'EK'], 'a1', { embargo: { id: 'b1.answer', answers: 'x' } })

test('a proposal asks everybody but its proposer for a decision, and those who have decided no more', () => {
  expect(due([proposed]).filter((one) => one.includes('decision'))).toEqual(['bob owes all EA+ER (decision, a1)', 'cyd owes all EA+ER (decision, a1)'])
  expect(owed(story([proposed]), now).filter((one) => one.kind === 'decision').map(({ until, requirements }) => [until, requirements])).toEqual(Array(2).fill(['2026-01-15', ['VP-06-004']]))
  expect(due([proposed, accepted]).filter((one) => one.includes('decision'))).toEqual([])
  expect(due([proposed, replies('c1', ['EK'], 'a1')]).filter((one) => one.includes('decision'))).toHaveLength(2)
})

test('of two proposals the one that was overtaken is to be made again as a revision (VP-07-008)', () => {
  const of = story([proposed, says('c1', ['EP'], { embargo: { id: 'y', end: '2026-06-01' } }), replies('b1', ['EA'], 'a1', { embargo: { id: 'b1.answer', answers: 'x' } })])
  expect(owed(of, now).filter((one) => one.kind === 'revision')).toEqual([
    { kind: 'revision', by: 'cyd', types: ['EV'], entry: 'c1', since: '2026-01-02T10:00:00Z', requirements: ['VP-07-008'] },
  ])
})

const inForce = [proposed, accepted]

test('the terms in force are offered to who comes (VP-08-001)', () => {
  const joined = [...inForce, member('c1', 'joins', 'zed')]
  expect(owed(story(joined), now).filter((one) => one.kind === 'offer')).toEqual([
    { kind: 'offer', by: 'cyd', to: 'zed', types: ['EP'], entry: 'c1', since: '2026-01-03T10:00:00Z', requirements: ['VP-08-001'] },
  ])
  expect(due([...joined, says('a2', ['EP'], { to: ['zed'], embargo: { id: 'x', existing: true } })]).filter((one) => one.includes('offer'))).toEqual([])
  expect(due([...joined, says('a2', ['ET'])]).filter((one) => one.includes('offer'))).toEqual([])
})

test('once the embargo is surely over, somebody has to say so; who has left does not', () => {
  const expired = (at: string, makings: ReadonlyArray<Making> = inForce): ReadonlyArray<string> => due(makings, at).filter((one) => one.includes('expiry'))
  expect(expired('2026-03-02T11:59:59Z')).toEqual([])
  expect(expired('2026-03-02T12:00:00Z')).toEqual(['ada owes all ET (expiry, a1)', 'bob owes all ET (expiry, a1)', 'cyd owes all ET (expiry, a1)'])
  expect(expired('2026-04-01', [...inForce, member('c1', 'leaves', 'cyd')])).toEqual(['ada owes all ET (expiry, a1)', 'bob owes all ET (expiry, a1)'])
  expect(expired('2026-04-01', [...inForce, says('b2', ['ET'])])).toEqual([])
  expect(owed(story(inForce), '2026-04-01').find((one) => one.kind === 'expiry')).toMatchObject({ since: '2026-03-01', requirements: ['VP-04-001'] })
})

test('who has left owes nothing, and nobody owes it anything', () => {
  const left = (who: string): ReadonlyArray<string> => due([reported, says('a2', ['GI'], { to: ['cyd'] }), member(`${who.charAt(0)}9`, 'leaves', who)])
  expect(due([reported, says('a2', ['GI'], { to: ['cyd'] })])).toEqual(['bob owes ada RK (answer, a1)', 'bob owes all CV (announcement, a1)', 'cyd owes ada GK (answer, a2)'])
  expect(left('bob')).toEqual(['cyd owes ada GK (answer, a2)'])
  expect(left('cyd')).toEqual(['bob owes ada RK (answer, a1)', 'bob owes all CV (announcement, a1)'])
  expect(left('ada')).toEqual(['bob owes all CV (announcement, a1)'])
})

// ---- Expiry ----

/** What is said at a time of an embargo with an end. */
const stands = (end: string | undefined, at: string): Expiry['status'] =>
  expiry(story([says('a1', ['EP'], { embargo: { id: 'x', ...(end === undefined ? {} : { end }) } }), says('b1', ['EA'], { embargo: { id: 'b1.answer', answers: 'x' } })]), at).status

const table: ReadonlyArray<readonly [end: string | undefined, at: string, status: Expiry['status']]> = [
  // An instant and an instant: only the very end is still running or over, and nothing is lost by not saying which.
  ['2026-03-01T10:00:00Z', '2026-03-01T09:59:59Z', 'running'],
  ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z', 'unsure'],
  ['2026-03-01T10:00:00Z', '2026-03-01T10:00:01Z', 'over'],
  // Zones: 10:00 at +05:30 is 04:30 at UTC.
  ['2026-03-01T10:00:00+05:30', '2026-03-01T04:29:59Z', 'running'],
  ['2026-03-01T10:00:00+05:30', '2026-03-01T04:30:01Z', 'over'],
  ['2026-03-01T10:00:00Z', '2026-03-01T23:59:59+14:00', 'running'],
  ['2026-03-01T10:00:00Z', '2026-03-01T00:00:00-12:00', 'over'],
  // A date ends between its first instant, at UTC+14, and its last, at UTC-12.
  ['2026-03-01', '2026-02-28T09:59:59Z', 'running'],
  ['2026-03-01', '2026-02-28T10:00:00Z', 'unsure'],
  ['2026-03-01', '2026-03-01T12:00:00Z', 'unsure'],
  ['2026-03-01', '2026-03-02T11:59:59.999Z', 'unsure'],
  ['2026-03-01', '2026-03-02T12:00:00Z', 'over'],
  // Two dates: each is 50 hours long.
  ['2026-03-01', '2026-02-26', 'running'],
  ['2026-03-01', '2026-02-27', 'unsure'],
  ['2026-03-01', '2026-03-01', 'unsure'],
  ['2026-03-01', '2026-03-03', 'unsure'],
  ['2026-03-01', '2026-03-04', 'over'],
  // Between two dates.
  ['2026-03-01/2026-03-10', '2026-02-01', 'running'],
  ['2026-03-01/2026-03-10', '2026-03-05', 'unsure'],
  ['2026-03-01/2026-03-10', '2026-03-11T12:00:00Z', 'over'],
  // Nothing can be read, or nothing was said.
  ['2026-03-01', 'some time in March', 'unsure'],
  [undefined, '2099-01-01', 'open-ended'],
]

for (const [end, at, status] of table)
  test(`an embargo to ${end ?? 'no end'} at ${at}: ${status}`, () => {
    expect(stands(end, at)).toBe(status)
  })

test('without an embargo there is nothing to expire, and the end is that of the terms in force', () => {
  expect(expiry(story([]), now)).toEqual({ status: 'none' })
  expect(expiry(story([proposed]), '2026-04-01')).toEqual({ status: 'none' })
  expect(expiry(story([...inForce, says('b2', ['ET'])]), '2026-04-01')).toEqual({ status: 'none' })
  const revising = [...inForce, says('b2', ['EV'], { embargo: { id: 'y', end: '2026-06-01' } })]
  expect(expiry(story(revising), '2026-04-01')).toEqual({ status: 'over', proposal: 'x', end: '2026-03-01' })
  const revised = [...revising, says('a2', ['EC'], { embargo: { id: 'a2.answer', answers: 'y' } })]
  expect(expiry(story(revised), '2026-04-01')).toEqual({ status: 'running', proposal: 'y', end: '2026-06-01' })
})

// ---- What does not hold yet ----

test('a proposal that was overtaken and made again as a revision is owed no more', () => {
  const of = story([
    proposed, says('c1', ['EP'], { embargo: { id: 'y', end: '2026-06-01' } }), replies('b1', ['EA'], 'a1', { embargo: { id: 'b1.answer', answers: 'x' } }),
    says('c2', ['EV'], { embargo: { id: 'y2', end: '2026-06-01' } }),
  ])
  expect(owed(of, now).filter((one) => one.kind === 'revision')).toEqual([])
})

test.each(['a', 'z'])('an answer that cites nothing but what it answers pays it, whichever comes first by id: %s', (first) => {
  const charter: Charter = { case: 'c', protocol: 'adopted@1', participants: [{ id: 'cert', roles: ['coordinator'] }, { id: 'rita', roles: ['finder'] }], decision: 'first', order: 'causal' }
  const opened = openLedger(charter)
  if (isLeft(opened)) return expect.fail('no charter')
  const message = (id: string, from: string, to: string, types: ReadonlyArray<MessageType>, more: Partial<Message> = {}): Statement => ({ message: { id, case: 'c', from, to: [to], types, at: '2026-01-05', ...more } })
  const entries = [message('m1', 'rita', 'cert', ['RS'], { after: [] }), message(`${first}1`, 'cert', 'rita', ['RK'], { inReplyTo: 'm1', after: [] })]
  for (const some of [entries, [...entries].reverse()]) expect(owed(caseOf(ingest(opened.right, some)), now)).toEqual([])
  // Another's answer pays nothing.
  expect(owed(caseOf(ingest(opened.right, [...entries.slice(0, 1), message('a2', 'rita', 'cert', ['RK'], { inReplyTo: 'm1', after: [] })])), now).map(line)).toEqual(['cert owes rita RK (answer, m1)'])
})
