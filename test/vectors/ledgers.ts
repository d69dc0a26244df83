/**
 * Cases in which entries cross, are lost, come twice, or contradict each other, and the one state that each has: by the
 * second implementation of the ledger (test/spec/ledger.ts), which must say the same in every order of arrival.
 *
 * Some are told by hand; the others are random cases of test/spec/ledger-cases.ts, chosen for what happens in them.
 */
import fc from 'fast-check'
import type { MembershipChange, Statement } from '../../src/protocol/log.js'
import type { EmbargoTerms, MessageType } from '../../src/protocol/message.js'
import { arbitraryCase } from '../spec/ledger-cases.js'
import { type Charter, reference } from '../spec/ledger.js'
import { randomFrom } from './states.js'

const at = '2026-01-05'

type Says = Partial<EmbargoTerms> & { readonly to?: readonly string[]; readonly re?: string }

/** An author is the first letter of its entry's id; what somebody proposes has the entry's id for a name. */
const says = (id: string, types: string, after: string, { to, re, ...terms }: Says = {}): Statement => {
  const from = id.charAt(0)
  return {
    message: {
      id, case: 'c', from, to: (to ?? ['a', 'b', 'c']).filter((one) => one !== from), types: types.split('+') as MessageType[], at, after: after.split(' ').filter((one) => one !== ''),
      ...(re === undefined ? {} : { inReplyTo: re }), ...(Object.keys(terms).length === 0 ? {} : { embargo: { id: `${id}.answer`, ...terms } }),
    },
  }
}
const member = (id: string, change: MembershipChange, participant: string, after: string): Statement => ({
  membership: { id, by: id.charAt(0), participant, change, at, after: after.split(' ').filter((one) => one !== ''), ...(change === 'joins' ? { roles: ['reporter'] } : {}) },
})
const stamp = (id: string, entry: string, sequence: number): Statement => ({ stamp: { id, by: id.charAt(0), entry, sequence, at } })
const own = (id: string, event: 'validate' | 'accept' | 'learn A' | 'discover' | 'ready', after: string): Statement => ({
  local: { id, by: id.charAt(0), event, at, after: after.split(' ').filter((one) => one !== '') },
})

const charter = (people: string, more: Partial<Charter> = {}): Charter => ({
  case: 'c', protocol: 'adopted@1', decision: 'first', order: 'causal',
  participants: Array.from(people).map((id) => ({ id, roles: [id === 'a' ? 'reporter' : id === 'b' ? 'vendor' : 'coordinator'] })), ...more,
})
const [two, three] = [charter('ab'), charter('abc')]
const answers = (proposal: string): Says => ({ answers: proposal })

const told: readonly (readonly [id: string, charter: Charter, entries: readonly Statement[]])[] = [
  ['nothing happened', two, []],
  ['one proposal', two, [says('a1', 'EP', '')]],
  ['the proposer accepts what the other rejects', two, [says('a1', 'EP', ''), says('a2', 'EA', 'a1', answers('a1')), says('b1', 'ER', 'a1', answers('a1')), says('a3', 'EK', 'a2 b1'), says('b2', 'EK', 'b1 a2')]],
  ['attacks that one party saw', three, [says('a1', 'EP', ''), says('b1', 'EA', 'a1', answers('a1')), says('b2', 'CA', 'b1'), says('a2', 'EK', 'a1 b2', { re: 'b1' }), says('c1', 'EK', 'b2', { re: 'b1' })]],
  ['proposals cross, then revisions', two, [
    says('a1', 'EP', ''), says('b1', 'EP', ''), says('a2', 'EA', 'a1 b1', answers('b1')), says('a3', 'EV', 'a2'), says('b2', 'EV', 'b1 a2'), says('b3', 'EC', 'b2 a3', answers('a3')), says('a4', 'EK', 'a3 b3')]],
  ['an acceptance crosses a rejection', three, [says('a1', 'EP', ''), says('b1', 'EA', 'a1', answers('a1')), says('c1', 'ER', 'a1', answers('a1'))]],
  ['a rejection crosses an acceptance', three, [says('a1', 'EP', ''), says('b1', 'ER', 'a1', answers('a1')), says('c1', 'EA', 'a1', answers('a1'))]],
  ['a termination crosses the acceptance of a revision', two, [
    says('a1', 'EP', ''), says('b1', 'EA', 'a1', answers('a1')), says('a2', 'EV', 'a1 b1'), says('b2', 'EC', 'b1 a2', answers('a2')), says('a3', 'ET', 'a2'), says('b3', 'EK', 'b2 a3')]],
  ['a termination after the acceptance of a revision', two, [says('a1', 'EP', ''), says('b1', 'EA', 'a1', answers('a1')), says('b2', 'EV', 'b1'), says('a2', 'EC', 'a1 b2', answers('b2')), says('b3', 'ET', 'b2')]],
  ['a termination that others know of only by a citation', two, [says('a1', 'EP', ''), says('b1', 'EA', 'a1', answers('a1')), says('a2', 'EK', 'a1 b1'), says('b3', 'EK', 'b2'), says('a3', 'EK', 'a2 b3')]],
  ['a third party that rejects is never bound', three, [
    says('a1', 'EP', ''), says('b1', 'EA', 'a1', answers('a1')), says('c1', 'ER', 'b1', answers('a1')), says('a2', 'EK', 'a1 c1'), says('b2', 'EK', 'b1 c1'), says('a3', 'EV', 'a2 b2'), says('b3', 'EC', 'b2 a3', answers('a3'))]],
  ['a newcomer signs the terms in force', charter('ab', { owner: 'a' }), [
    says('a1', 'EP', ''), says('b1', 'EA', 'a1', answers('a1')), member('a2', 'joins', 'd', 'a1 b1'), says('a3', 'EP', 'a2', { to: ['d'], id: 'a1', existing: true }), says('d1', 'EA', 'a3', { answers: 'a1', to: ['a', 'b'] }), says('a4', 'EK', 'a3 d1'), says('b2', 'EK', 'b1 d1')]],
  ['a newcomer declines the terms in force', charter('ab', { owner: 'a' }), [
    says('a1', 'EP', ''), says('b1', 'EA', 'a1', answers('a1')), member('a2', 'joins', 'd', 'a1 b1'), says('a3', 'EP', 'a2', { to: ['d'], id: 'a1', existing: true }), says('d1', 'ER', 'a3', { answers: 'a1', to: ['a', 'b'] })]],
  ['one id, two contents', three, [says('b1', 'EP', ''), says('a1', 'EA', 'b1', answers('b1')), says('a1', 'ER', 'b1', answers('b1'))]],
  ['two contents at one place, which nobody witnessed', three, [says('b1', 'EP', ''), says('a1', 'EA', 'b1', answers('b1')), says('a2', 'ER', 'b1', answers('b1'))]],
  ['two contents at one place, one of which all others witnessed', three, [
    says('b1', 'EP', ''), says('a1', 'EA', 'b1', answers('b1')), says('b2', 'EK', 'b1 a1'), says('c1', 'EK', 'a1'), says('a2', 'ER', 'b1', answers('b1'))]],
  ['a gap', two, [says('a1', 'EP', ''), says('b2', 'EA', 'b1', answers('a1')), says('a2', 'EK', 'a1 b2')]],
  ['an exclusion crosses an acceptance', charter('abc', { owner: 'a' }), [
    says('b1', 'EP', ''), says('c1', 'EA', 'b1', answers('b1')), member('a1', 'excluded', 'c', 'b1'), says('a2', 'EK', 'a1 c1'), says('b2', 'EK', 'b1 a1 c1')]],
  ['the manager’s order', charter('abc', { manager: 'a', order: 'manager' }), [
    says('b1', 'EP', ''), says('c1', 'EA', 'b1', answers('b1')), says('a1', 'ER', 'b1', answers('b1')), stamp('a2', 'b1', 1), stamp('a3', 'c1', 2), stamp('a4', 'a1', 3)]],
  ['stamps by somebody else', charter('abc', { manager: 'a', order: 'manager' }), [
    says('b1', 'EP', ''), says('a1', 'ER', 'b1', answers('b1')), says('c1', 'EA', 'b1', answers('b1')), stamp('c2', 'b1', 1), stamp('c3', 'c1', 2)]],
  ['everybody decides', charter('abc', { decision: 'unanimous' }), [says('a1', 'EP', ''), says('b1', 'EA', 'a1', answers('a1')), says('c1', 'EA', 'a1', answers('a1'))]],
  ['everybody decides, one is missing', charter('abc', { decision: 'unanimous' }), [says('a1', 'EP', ''), says('b1', 'EA', 'a1', answers('a1'))]],
  ['everybody decides, the missing one leaves', charter('abc', { decision: 'unanimous' }), [says('a1', 'EP', ''), says('b1', 'EA', 'a1', answers('a1')), member('c1', 'leaves', 'c', 'b1')]],
  ['the owner decides', charter('abc', { decision: 'owner', owner: 'a' }), [says('b1', 'EP', ''), says('c1', 'EA', 'b1', answers('b1')), says('a1', 'EA', 'c1', answers('b1'))]],
  ['the owner decides, others reject', charter('abc', { decision: 'owner', owner: 'a' }), [says('b1', 'EP', ''), says('c1', 'ER', 'b1', answers('b1')), says('a1', 'EA', 'c1', answers('b1'))]],
  ['a counter-proposal', two, [says('a1', 'EP', ''), says('b1', 'ER+EP', 'a1', { id: 'b1', answers: 'a1' }), says('a2', 'EA', 'a1 b1', answers('b1'))]],
  ['a report accepts a proposal', two, [says('b1', 'EP', ''), says('a1', 'RS', 'b1', answers('b1'))]],
  ['an answer to a proposal that nobody made', two, [says('a1', 'EP', ''), says('b1', 'EA', 'a1', answers('a9'))]],
  ['a proposal when it is public', two, [says('a1', 'CP', ''), says('b1', 'EP', 'a1')]],
  ['public while a proposal is open', three, [says('a1', 'EP', ''), says('b1', 'CP', 'a1'), says('c1', 'EA', 'a1', answers('a1'))]],
  ['an exploit ends the embargo', three, [says('a1', 'EP', ''), says('b1', 'EA', 'a1', answers('a1')), says('c1', 'CX+CP', 'b1'), says('a2', 'EV', 'b1')]],
  ['somebody withdraws', three, [says('a1', 'EP', ''), says('b1', 'EA', 'a1', answers('a1')), says('c1', 'EA', 'b1', answers('a1')), member('c2', 'withdraws', 'c', 'c1')]],
  ['somebody closes, and speaks again', three, [says('a1', 'EP', ''), own('b0', 'discover', ''), own('b1', 'validate', 'b0'), own('b2', 'accept', 'b1'), says('b3', 'RC', 'b2'), says('b4', 'EA', 'b3 a1', answers('a1'))]],
  ['report work and the fix path', two, [says('a1', 'RS', ''), says('b1', 'RK+CV', 'a1', { re: 'a1' }), says('b2', 'RV', 'b1'), says('b3', 'RA', 'b2'), own('b4', 'ready', 'b3'), says('b5', 'CF', 'b4'), says('a2', 'CP', 'a1 b5')]],
  ['learning of attacks', two, [says('a1', 'EP', ''), says('b1', 'EA', 'a1', answers('a1')), own('b2', 'learn A', 'b1')]],
  ['a stranger speaks', two, [says('a1', 'EP', ''), says('x1', 'EA', 'a1', answers('a1')), says('x2', 'CP', 'x1')]],
  ['somebody removes another without authority', three, [says('a1', 'EP', ''), member('b1', 'excluded', 'c', 'a1'), says('c1', 'EA', 'a1', answers('a1'))]],
  ['published: an answer that cites', charter('ab', { protocol: 'published@1' }), [says('a1', 'EP', ''), says('b1', 'EA', 'a1', { answers: 'a1', re: 'a1' }), says('a2', 'ET', 'a1 b1')]],
  ['published: attacks make it public', charter('abc', { protocol: 'published@1' }), [says('a1', 'EP', ''), says('b1', 'EA', 'a1', answers('a1')), says('c1', 'CA', 'b1')]],
]

/** The same entries in another order, and some of them twice. */
const shuffled = (count: number, random: () => number): readonly number[] => {
  const places = [...Array.from({ length: count }, (_, place) => place), ...Array.from({ length: count }, (_, place) => place).filter(() => random() < 0.25)]
  for (let last = places.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const [one, two] = [places[last] ?? 0, places[other] ?? 0]
    places[last] = two
    places[other] = one
  }
  return places
}

const ledgerOf = (id: string, of: Charter, entries: readonly Statement[], seed: number): object => {
  const random = randomFrom(seed)
  const made = entries.map((_, place) => place)
  const orders = [made, [...made].reverse(), ...[1, 2, 3].map(() => shuffled(entries.length, random)), [...made, ...made]].filter(
    (order, index, all) => all.findIndex((other) => other.join() === order.join()) === index,
  )
  const stateIn = (order: readonly number[]): object => {
    const { em, facts, proposals, members, settled, illegal, voids } = reference(of, order.flatMap((place) => entries[place] ?? []))
    const inForce = Object.entries(proposals).find(([, one]) => one.status === 'in-force')?.[0]
    return {
      em, ...(inForce === undefined ? {} : { inForce }), facts,
      participants: Object.entries(members).map(([name, one]) => ({ id: name, rm: one.rm, em: one.own, cs: one.cs, engaged: one.engaged, consent: one.consent })),
      settled, illegal: Object.keys(illegal), void: Object.keys(voids),
    }
  }
  const state = stateIn(made)
  for (const order of orders) if (JSON.stringify(stateIn(order)) !== JSON.stringify(state)) throw new Error(`${id}: the order of arrival makes a difference`)
  const { participants, ...others } = of
  return { id, header: { log: 1, protocol: others.protocol, case: others.case, participants, world: 'closed', ...without(others) }, entries, orders, state }
}
const without = ({ owner, manager, decision, order }: Omit<Charter, 'participants'>): object => ({ ...(owner === undefined ? {} : { owner }), ...(manager === undefined ? {} : { manager }), decision, order })

/** What happens in a random case, to choose different ones. */
const marksOf = (of: Charter, entries: readonly Statement[]): readonly string[] => {
  const { em, facts, proposals, illegal, voids, members, gaps, settled, order } = reference(of, entries)
  return [
    em, facts === '' ? 'no facts' : `facts ${facts}`, `${of.decision} ${of.order} ${of.protocol}`, ...Object.values(proposals).map((one) => `${em} ${one.kind} ${one.status}`),
    ...Object.values(illegal).map((reason) => `${of.decision} ${reason}`), ...Object.values(voids).map((reason) => `${of.order} ${reason}`), ...Object.values(members).flatMap((one) => [one.consent, `${one.rm} ${one.own}`, one.cs, `${String(one.engaged)} ${one.consent}`]),
    Object.keys(gaps).length > 0 ? 'gaps' : 'no gaps', settled < order.length ? 'unsettled' : 'settled',
  ]
}

/** What the codec would refuse is no case to ask for: what cites itself, or nobody gets. */
const isReadable = (entry: Statement): boolean => {
  const content = Object.values(entry as Record<string, { id?: string; after?: readonly string[]; inReplyTo?: string; to?: readonly string[]; from?: string }>)[0] ?? {}
  const { id, after = [], inReplyTo, to, from } = content
  return new Set(after).size === after.length && (!('message' in entry) || (!after.includes(id ?? '') && inReplyTo !== id)) && (to === undefined || (to.length > 0 && new Set(to).size === to.length && !to.includes(from ?? '')))
}

/** Random cases, each with something that those before it did not have, until there are enough. */
const random = (count: number): readonly object[] => {
  const seen = new Map<string, number>()
  const found: object[] = []
  for (const { charter: of, entries } of fc.sample(arbitraryCase, { seed: 0x1ed9e5, numRuns: 500 })) {
    if (found.length >= count) break
    if (entries.length > 18 || entries.length < 4 || !entries.every(isReadable)) continue
    const marks = [...new Set(marksOf(of, entries))]
    if (!marks.some((mark) => (seen.get(mark) ?? 0) < 2)) continue
    for (const mark of marks) seen.set(mark, (seen.get(mark) ?? 0) + 1)
    found.push(ledgerOf(`random ${found.length + 1}`, of, JSON.parse(JSON.stringify(entries)) as Statement[], found.length))
  }
  return found
}

export const ledgers = (): object => ({
  vectors: 1, kind: 'ledgers', level: 'L4', title: 'Cases of several participants, in several orders of arrival, and the one state that each has',
  ledgers: [...told.map(([id, of, entries], index) => ledgerOf(id, of, entries, 1000 + index)), ...random(60)],
})
