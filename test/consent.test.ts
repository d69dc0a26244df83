/**
 * Consent: the published machine as a case moves it, what stands beside it, late answers, newcomers, and withdrawal.
 *
 * Worked out from section 5 of docs/decisions/0010-ledger.md and from EMB-17-001 to -008 and VP-08-001. A story is a
 * chain: every entry has seen all before it. Ids begin with their author's letter.
 */
import { adheres, type Case, caseOf, type Charter, consentAt, describeCaseFinding, ingest, openLedger, owed, type Proposal } from 'mpcvd/case'
import { consent, type EmbargoTerms, type MembershipChange, type Message, type MessageType, type Statement } from 'mpcvd'
import { isLeft } from 'fp-ts/Either'
import { expect, test } from 'vitest'
import { forwards } from '../src/case/tree.js'

const at = '2026-01-05T10:00:00Z'
const now = '2026-01-06T10:00:00Z'
const names: Readonly<Record<string, string>> = { a: 'ada', b: 'bob', c: 'cyd', z: 'zed' }
const nameIn = (id: string): string => names[id.charAt(0)] ?? ''

const says = (id: string, types: ReadonlyArray<MessageType>, embargo?: EmbargoTerms, more: Partial<Message> = {}): Statement => ({
  message: {
    id, case: 'c1', from: nameIn(id), to: ['ada', 'bob', 'cyd'].filter((one) => one !== nameIn(id)), types, at,
    ...(embargo === undefined ? {} : { embargo }), ...more,
  },
})
const proposes = (id: string, embargo: string, more: Partial<Message> = {}): Statement => says(id, ['EP'], { id: embargo, end: '2026-03-01' }, more)
const revises = (id: string, embargo: string, more: Partial<Message> = {}): Statement => says(id, ['EV'], { id: embargo, end: '2026-06-01' }, more)
const answers = (id: string, type: MessageType, answered: string): Statement => says(id, [type], { id: `${id}.answer`, answers: answered })
const offers = (id: string, embargo: string, to: string): Statement => says(id, ['EP'], { id: embargo, existing: true }, { to: [to] })
const member = (id: string, change: MembershipChange, participant: string): Statement => ({
  membership: { id, by: nameIn(id), participant, change, at, ...(change === 'joins' ? { roles: ['vendor'] } : {}) },
})

const idIn = (entry: Statement | undefined): ReadonlyArray<string> => (entry === undefined ? [] : 'message' in entry ? [entry.message.id] : 'membership' in entry ? [entry.membership.id ?? ''] : [])
const chained = (entries: ReadonlyArray<Statement>): ReadonlyArray<Statement> =>
  entries.map((entry, index) => {
    const after = idIn(entries[index - 1])
    return 'message' in entry ? { message: { after, ...entry.message } } : 'membership' in entry ? { membership: { after, ...entry.membership } } : entry
  })

const story = (entries: ReadonlyArray<Statement>, more: Partial<Charter> = {}): Case => {
  const opened = openLedger({
    case: 'c1', protocol: 'adopted@1', participants: ['ada', 'bob', 'cyd'].map((id) => ({ id, roles: ['vendor'] })), decision: 'first', order: 'causal', ...more,
  })
  if (isLeft(opened)) throw new Error(JSON.stringify(opened.left))
  return caseOf(ingest(opened.right, chained(entries)))
}

const consents = (of: Case): string => of.participants.map((one) => one.consent).join(' ')
const own = (of: Case, id: string): string | undefined => of.participants.find((one) => one.id === id)?.em
const proposals = (of: Case): Readonly<Record<string, string>> => Object.fromEntries([...forwards(of.state.proposals)].map(([id, one]: readonly [string, Proposal]) => [id, one.status]))
const kinds = (of: Case): ReadonlyArray<string> => of.findings.map((one) => `${one.entry} ${one.kind}${one.replies.length === 0 ? '' : ` ${one.replies.join(' ')}`}`)
const due = (of: Case, kind: string): ReadonlyArray<string> => owed(of, now).filter((one) => one.kind === kind).map((one) => `${one.by}${one.to === undefined ? '' : ` to ${one.to}`}: ${one.types.join('/')} for ${one.entry}`)

const proposed = [proposes('a1', 'x')]
const agreed = [...proposed, answers('b1', 'EA', 'x')]
const revising = [...agreed, revises('a2', 'y')]

// ---- The machine ----

/** A case, and the consent of ada, bob and cyd (and of who came later) in it. */
const steps: ReadonlyArray<readonly [edge: string, entries: ReadonlyArray<Statement>, expected: string, more?: Partial<Charter>]> = [
  ['nothing was said', [], 'NoEmbargo NoEmbargo NoEmbargo'],
  ['NoEmbargo accept, NoEmbargo invite', proposed, 'Signatory Invited Invited'],
  ['who was not invited has nothing to consent to', [proposes('a1', 'x', { to: ['bob'] })], 'Signatory Invited NoEmbargo'],
  ['Invited accept', agreed, 'Signatory Signatory Invited'],
  ['NoEmbargo accept, uninvited', [proposes('a1', 'x', { to: ['bob'] }), answers('c1', 'EA', 'x')], 'Signatory Invited Signatory'],
  ['NoEmbargo decline, uninvited', [proposes('a1', 'x', { to: ['bob'] }), answers('b1', 'EA', 'x'), answers('c1', 'ER', 'x')], 'Signatory Signatory Declined'],
  ['Invited decline', [...agreed, answers('c1', 'ER', 'x')], 'Signatory Signatory Declined'],
  ['Signatory revise, for all who had signed; the reviser signs again; Lapsed invite', revising, 'Signatory Invited Invited'],
  ['Signatory revise, and nothing more for who was not sent the revision', [...agreed, revises('a2', 'y', { to: ['cyd'] })], 'Signatory Lapsed Invited'],
  ['Lapsed accept', [...agreed, revises('a2', 'y', { to: ['cyd'] }), answers('b2', 'EC', 'y')], 'Signatory Signatory Invited'],
  ['Lapsed decline', [...agreed, revises('a2', 'y', { to: ['cyd'] }), answers('b2', 'EJ', 'y')], 'Signatory Declined Invited'],
  ['a second revision lapses nobody', [...revising, answers('b2', 'EC', 'y'), revises('a3', 'z'), revises('b3', 'w')], 'Signatory Signatory Invited'],
  ['Declined invite', [...agreed, answers('c1', 'ER', 'x'), offers('a2', 'x', 'cyd')], 'Signatory Signatory Invited'],
  ['Declined has no accept', [...agreed, answers('c1', 'ER', 'x'), answers('c2', 'EA', 'x')], 'Signatory Signatory Declined'],
  ['Signatory is not invited again', [...agreed, offers('a2', 'x', 'bob')], 'Signatory Signatory Invited'],
  ['reset, when it comes to nothing', [...proposed, answers('b1', 'ER', 'x')], 'NoEmbargo NoEmbargo NoEmbargo'],
  ['reset, when a proposal is withdrawn', [...proposed, answers('a2', 'ER', 'x')], 'NoEmbargo NoEmbargo NoEmbargo'],
  ['reset, when the embargo is ended', [...agreed, says('b2', ['ET'])], 'NoEmbargo NoEmbargo NoEmbargo'],
  ['reset, when the vulnerability is public', [...revising, says('c1', ['CP'])], 'NoEmbargo NoEmbargo NoEmbargo'],
  ['reset of what was declined', [...agreed, answers('c1', 'ER', 'x'), says('b2', ['ET'])], 'NoEmbargo NoEmbargo NoEmbargo'],
]

for (const [edge, entries, expected, more] of steps)
  test(edge, () => {
    expect(consents(story(entries, more))).toBe(expected)
  })

test('these stories take every edge that a message can', () => {
  // An edge is taken where one step moves somebody from its state to its end; a reset to NoEmbargo from there is no move.
  const reached = new Set<string>()
  for (const [, entries, , more] of steps)
    for (let count = 1; count <= entries.length; count++) {
      const [before, after] = [story(entries.slice(0, count - 1), more), story(entries.slice(0, count), more)]
      for (const one of after.participants) {
        const was = before.participants.find(({ id }) => id === one.id)?.consent
        if (was !== undefined && was !== one.consent) reached.add(`${was} ${one.consent}`)
      }
    }
  const moves = new Set(consent.edges.filter((edge) => edge.from !== edge.to).map((edge) => `${edge.from} ${edge.to}`))
  // A step that revises and invites moves Signatory through Lapsed to Invited at once.
  expect([...reached].filter((move) => !moves.has(move))).toEqual(['Signatory Invited'])
  // Nothing ends an embargo while somebody has only lapsed, or invited again who has lapsed, in the stories above.
  expect([...moves].filter((move) => !reached.has(move)).sort()).toEqual(['Lapsed Invited', 'Lapsed NoEmbargo'])
  const lapsed = [...agreed, revises('a2', 'y', { to: ['cyd'] })]
  expect(consents(story([...lapsed, offers('a3', 'x', 'bob')]))).toBe('Signatory Invited Invited')
  expect(consents(story([...lapsed, says('c1', ['ET'])]))).toBe('NoEmbargo NoEmbargo NoEmbargo')
})

// ---- The overlay ----

test('signatories of the terms in force stay bound while these are revised, though consent says that they have lapsed', () => {
  const lapsed = story([...agreed, revises('a2', 'y', { to: ['cyd'] })])
  expect([lapsed.state.em, consents(lapsed)]).toEqual(['Revise', 'Signatory Lapsed Invited'])
  expect(['ada', 'bob', 'cyd'].map((id) => adheres(lapsed, id))).toEqual([true, true, false])
  // The revision is rejected: consent stays lapsed, and the terms in force bind as before.
  const rejected = story([...agreed, revises('a2', 'y', { to: ['cyd'] }), answers('c1', 'EJ', 'y')])
  expect([rejected.state.em, consents(rejected), adheres(rejected, 'bob')]).toEqual(['Active', 'Signatory Lapsed Declined', true])
})

test('adherence is worked out: nobody adheres to nothing, who signed does, who withdrew does not', () => {
  const all = (of: Case): ReadonlyArray<boolean> => ['ada', 'bob', 'cyd', 'zed'].map((id) => adheres(of, id))
  expect(all(story([]))).toEqual([false, false, false, false])
  expect(all(story(proposed))).toEqual([false, false, false, false])
  expect(all(story(agreed))).toEqual([true, true, false, false])
  expect(all(story([...agreed, member('b2', 'withdraws', 'bob')]))).toEqual([true, false, false, false])
  expect(all(story([...agreed, says('b2', ['ET'])]))).toEqual([false, false, false, false])
  // Who leaves goes on keeping to the embargo (VP-05-011).
  expect(all(story([...agreed, member('b2', 'leaves', 'bob')]))).toEqual([true, true, false, false])
  // Who signed the terms that these replaced still keeps to the embargo.
  expect(all(story([...agreed, answers('c1', 'EA', 'x'), revises('a2', 'y'), answers('b2', 'EC', 'y')]))).toEqual([true, true, true, false])
})

// ---- Late acceptances: EMB-17-001 to -008 ----

test('EMB-17-001, -002: a late acceptance of the terms in force is not refused, and is recorded', () => {
  const of = story([...agreed, answers('c1', 'EA', 'x')])
  expect([of.state.em, consents(of), kinds(of)]).toEqual(['Active', 'Signatory Signatory Signatory', []])
  expect(adheres(of, 'cyd')).toBe(true)
  // The same while they are revised: it is to the terms in force, not to the revision.
  const during = story([...revising, answers('c1', 'EA', 'x')])
  expect([during.state.em, proposals(during), kinds(during), adheres(during, 'cyd')]).toEqual(['Revise', { x: 'in force', y: 'open' }, [], true])
})

test('EMB-17-003, -005, -006: who accepts what is no longer offered has accepted nothing, stays, and is offered the terms in force', () => {
  const of = story([...proposed, answers('b1', 'ER', 'x'), proposes('a2', 'y'), answers('b2', 'EA', 'y'), answers('c1', 'EA', 'x')])
  expect([of.state.em, kinds(of)]).toEqual(['Active', ['c1 stale-acceptance EK']])
  expect(of.findings.map(describeCaseFinding)).toEqual(['stale-acceptance: c1: cyd accepts what is no longer offered; the terms in force are to be offered again; recipients answer EK'])
  expect([consents(of), adheres(of, 'cyd'), of.participants.map((one) => one.engaged)]).toEqual(['Signatory Signatory Invited', false, [true, true, true]])
  expect(due(of, 'offer')).toEqual(['ada to cyd: EP for c1'])
  const owner = story([...proposed, answers('b1', 'ER', 'x'), proposes('a2', 'y'), answers('b2', 'EA', 'y'), answers('c1', 'EA', 'x')], { owner: 'bob' })
  expect(due(owner, 'offer')).toEqual(['bob to cyd: EP for c1'])
})

test('EMB-17-004, -007, -008: where there is no embargo, a late acceptance is acknowledged and changes nothing', () => {
  const never = story([...proposed, answers('b1', 'ER', 'x'), answers('c1', 'EA', 'x')])
  expect([never.state.em, kinds(never), due(never, 'offer')]).toEqual(['None', ['c1 refused EK'], []])
  const over = story([...agreed, says('b2', ['ET']), answers('c1', 'EA', 'x')])
  expect([over.state.em, kinds(over), due(over, 'offer'), consents(over)]).toEqual(['Exited', ['c1 refused EK'], [], 'NoEmbargo NoEmbargo NoEmbargo'])
  expect(over.participants.map((one) => one.engaged)).toEqual([true, true, true])
})

// ---- Newcomers: VP-08-001 ----

const joined = [...agreed, member('a2', 'joins', 'zed')]

test('VP-08-001: who comes when terms are in force is at None, and owed an offer by who let it in', () => {
  const of = story(joined)
  expect([own(of, 'zed'), of.participants.find((one) => one.id === 'zed')?.newcomer, adheres(of, 'zed')]).toEqual(['None', true, false])
  expect(due(of, 'offer')).toEqual(['ada to zed: EP for a2'])
})

test('offered, it is at Proposed; it signs, and is at Active; nothing is owed any more', () => {
  const offered = story([...joined, offers('a3', 'x', 'zed')])
  expect([own(offered, 'zed'), due(offered, 'offer'), offered.participants.find((one) => one.id === 'zed')?.consent]).toEqual(['Proposed', [], 'Invited'])
  const signed = story([...joined, offers('a3', 'x', 'zed'), answers('z1', 'EA', 'x')])
  expect([own(signed, 'zed'), due(signed, 'offer'), adheres(signed, 'zed'), kinds(signed)]).toEqual(['Active', [], true, []])
  const existing = story([...joined, offers('a3', 'x', 'zed'), says('z1', ['EA'], { id: 'z1.answer', existing: true })])
  expect([own(existing, 'zed'), kinds(existing)]).toEqual(['Active', []])
})

test('an acceptance that nobody asked for is one all the same', () => {
  const of = story([...joined, answers('z1', 'EA', 'x')])
  expect([own(of, 'zed'), kinds(of), due(of, 'offer')]).toEqual(['Active', [], []])
})

test('who declines is at None again', () => {
  const of = story([...joined, offers('a3', 'x', 'zed'), answers('z1', 'ER', 'x')])
  expect([of.state.em, own(of, 'zed'), of.participants.find((one) => one.id === 'zed')?.consent]).toEqual(['Active', 'None', 'Declined'])
})

test('a newcomer may not revise what it has not signed', () => {
  const of = story([...joined, offers('a3', 'x', 'zed'), revises('z1', 'y')])
  expect([of.state.em, kinds(of)]).toEqual(['Active', ['z1 refused EK']])
  const signed = story([...joined, offers('a3', 'x', 'zed'), answers('z1', 'EA', 'x'), revises('z2', 'y')])
  expect([signed.state.em, kinds(signed)]).toEqual(['Revise', []])
})

test('who was there before the embargo, or comes when there is none, is no newcomer', () => {
  expect(own(story([member('a0', 'joins', 'zed'), ...agreed]), 'zed')).toBe('Active')
  expect(own(story([...proposed, member('a2', 'joins', 'zed')]), 'zed')).toBe('Proposed')
  expect(own(story([...agreed, says('b2', ['ET']), member('a2', 'joins', 'zed')]), 'zed')).toBe('Exited')
})

test('who has left and comes back when terms are in force that it has not signed is a newcomer; who has signed them is none', () => {
  const back = [member('c1', 'leaves', 'cyd'), ...agreed, member('a2', 'joins', 'cyd')]
  expect([own(story(back), 'cyd'), due(story(back), 'offer')]).toEqual(['None', ['ada to cyd: EP for a2']])
  const party = story([...agreed, member('b2', 'leaves', 'bob'), member('a2', 'joins', 'bob')])
  expect([own(party, 'bob'), due(party, 'offer'), adheres(party, 'bob')]).toEqual(['Active', [], true])
})

test('when the embargo ends, it ends for newcomers as well', () => {
  expect(own(story([...joined, says('b2', ['ET'])]), 'zed')).toBe('Exited')
})

// ---- The pocket veto ----

test('silence is no answer: a decision stays owed, with the time that was asked for', () => {
  const asked = says('a1', ['EP'], { id: 'x', end: '2026-03-01', respondBy: '2026-01-12' })
  const of = story([asked], { decision: 'unanimous' })
  const decisions = (one: Case): ReadonlyArray<unknown> => owed(one, '2026-02-01').filter(({ kind }) => kind === 'decision')
  const decision = (by: string) => ({ kind: 'decision', by, types: ['EA', 'ER'], entry: 'a1', since: at, until: '2026-01-12', requirements: ['VP-06-004'] })
  expect(decisions(of)).toEqual([decision('bob'), decision('cyd')])
  expect(of.state.em).toBe('Proposed')
  expect(decisions(story([asked, answers('b1', 'EA', 'x')], { decision: 'unanimous' }))).toEqual([decision('cyd')])
  expect(decisions(story([asked, answers('b1', 'EA', 'x'), answers('c1', 'ER', 'x')], { decision: 'unanimous' }))).toEqual([])
  expect(decisions(story([asked, member('c1', 'leaves', 'cyd')], { decision: 'unanimous' }))).toEqual([decision('bob')])
  const revision = story([...agreed, revises('a2', 'y')])
  expect(decisions(revision)).toMatchObject([{ by: 'bob', types: ['EC', 'EJ'], entry: 'a2' }, { by: 'cyd', types: ['EC', 'EJ'], entry: 'a2' }])
})

// ---- What does not hold yet ----

test('an offer that was made is no longer owed, whatever came of it: to a newcomer that declined', () => {
  expect(due(story([...joined, offers('a3', 'x', 'zed'), answers('z1', 'ER', 'x')]), 'offer')).toEqual([])
})

test('an offer that was made is no longer owed, whatever came of it: after a stale acceptance', () => {
  const of = story([...proposed, answers('b1', 'ER', 'x'), proposes('a2', 'y'), answers('b2', 'EA', 'y'), answers('c1', 'EA', 'x'), offers('a3', 'y', 'cyd')])
  expect(due(of, 'offer')).toEqual([])
})

test('an offer to who accepted what is no longer offered is owed by somebody, also where the owner has left', () => {
  const entries = [...proposed, answers('b1', 'ER', 'x'), proposes('a2', 'y'), answers('b2', 'EA', 'y'), member('b3', 'leaves', 'bob'), answers('c1', 'EA', 'x')]
  expect(due(story(entries), 'offer')).toEqual(['ada to cyd: EP for c1'])
  expect(due(story(entries, { owner: 'bob' }), 'offer')).toHaveLength(1)
})

test('the pocket veto (CM-18-002): who was asked and did not answer in time has declined, at that time; not before, and not who answered', () => {
  const timed = story([says('a1', ['EP'], { id: 'x', end: '2026-03-01', respondBy: '2026-01-20T10:00:00Z' }), answers('b1', 'EA', 'x')])
  expect(['2026-01-20T10:00:00Z', '2026-01-20T10:00:01Z'].map((time) => consentAt(timed, 'cyd', time))).toEqual(['Invited', 'Declined'])
  expect(consentAt(timed, 'bob', '2027-01-01')).toBe('Signatory')
  // Without a time, seven days (EP-07-001): the proposal is of 2026-01-05T10:00:00Z.
  const untimed = story([proposes('a1', 'x')])
  expect(['2026-01-12T10:00:00Z', '2026-01-12T10:00:01Z'].map((time) => consentAt(untimed, 'cyd', time))).toEqual(['Invited', 'Declined'])
  // A bare date is over when it is over everywhere.
  expect(consentAt(untimed, 'cyd', '2026-01-12')).toBe('Invited')
  expect(consentAt(untimed, 'nobody', '2027-01-01')).toBeUndefined()
})
