/**
 * That the case ledger makes participants agree, by exhaustion; and that the exhaustion could say otherwise.
 *
 * How many states a scope has is said by a formula where there is one, and counted by a plain search below that keeps
 * nothing but who holds what: it shares no code with `src/verify`, and puts every ledger together anew.
 */
import {
  type Message, type MessageType, type Participant, protocols, type Role, start, type Statement, transition,
} from 'mpcvd'
import { caseOf, entriesOf, heads, ingest, type Ledger, openIn, openLedger, type OrderKey, type Step } from 'mpcvd/case'
import { decodeLog, encodeLog } from 'mpcvd/codec'
import { describe, expect, test } from 'vitest'
import { emptyTree, forwards, set } from '../src/case/tree.js'
import { agreedIn, comparison, convergence, ledgerProperties, type LedgerProperty, settledBy } from '../src/verify/convergence.js'
import { alike, type LedgerOperations, ledgerOperations, replicas } from '../src/verify/ledger-run.js'
import { checkScope, type LedgerScope, namesIn } from '../src/verify/scope.js'

const pair: ReadonlyArray<ReadonlyArray<Role>> = [['reporter'], ['vendor']]
const three: ReadonlyArray<ReadonlyArray<Role>> = [['reporter'], ['coordinator'], ['vendor']]
const embargo: ReadonlyArray<MessageType> = ['EP', 'EA', 'ER', 'EV', 'EC', 'EJ', 'ET', 'CP']
const scopeOf = (scope: Partial<LedgerScope>): LedgerScope => ({ participants: pair, protocol: 'adopted', entries: 3, ...scope })

// ---- The plain search ----

interface Counted {
  readonly states: number
  readonly runs: number
  readonly apart: number
}

/** Searches a scope of the types EP, EA, ER, CP and CA; `folding` for participants who act on what arrived. */
const searched = ({ channel, entries, participants, protocol: edition, types = [] }: LedgerScope, folding = false): Counted => {
  const protocol = protocols[`${edition}@1`]
  const ids = participants.map((held) => held.join('+'))
  const opened = openLedger({ case: 'case', protocol: `${edition}@1`, participants: ids.map((id, place) => ({ id, roles: participants[place] ?? [] })), decision: 'first', order: 'causal' })
  if (opened._tag === 'Left') throw new Error('no charter')
  const ledgerOf = (had: ReadonlyArray<Message>): Ledger => had.reduce((ledger, message) => ingest(ledger, { message }), opened.right)
  const foldOf = (place: number, had: ReadonlyArray<Message>): Participant =>
    had.reduce((state, message) => {
      const result = protocol.transition(state, message)
      return result._tag === 'Right' ? result.right.state : state
    }, start(ids[place] ?? '', participants[place] ?? []))
  const sends = (place: number, had: ReadonlyArray<Message>): ReadonlyArray<Message> => {
    const from = ids[place] ?? ''
    const of = caseOf(ledgerOf(had))
    const id = `${from} ${had.filter((one) => one.from === from).length}`
    const to = ids.filter((one) => one !== from)
    const terms = [...forwards(of.state.proposals)].find(([, one]) => one.status === 'in force')?.[1]
    const state = folding ? foldOf(place, had) : of.participants.find((one) => one.id === from)
    if (state === undefined) return []
    const unsigned = terms !== undefined && !terms.signed.has(from) ? [terms.id] : []
    const may = (em: Participant['em']) => protocol.permitted({ ...state, em }).filter((one) => one.context === undefined && one.types.length === 1).map((one) => one.types[0])
    return types.flatMap((type): Message[] => {
      const message: Message = { id, case: 'case', from, to, types: [type], at: '2026-01-01', after: heads(ledgerOf(had), from, to) }
      const judged = type === 'EP' && !folding ? of.state.em : state.em
      const late = unsigned.length > 0 && type !== 'EP' && (state.em === 'Active' || state.em === 'Revise') && may('Proposed').includes(type)
      const offers = type === 'EP' && terms !== undefined && protocol.permitted({ ...state, em: judged }).some((one) => one.context?.existing === true)
      if (offers) return [{ ...message, embargo: { id: terms.id, existing: true } }]
      if (type === 'EP') return may(judged).includes('EP') ? [{ ...message, embargo: { id: `${id} terms` } }] : []
      if (type !== 'EA' && type !== 'ER') return may(judged).includes(type) ? [message] : []
      if (!may(judged).includes(type)) return late ? unsigned.map((answers) => ({ ...message, embargo: { id: `${id} answer`, answers } })) : []
      const open = [...openIn(of.state), ...unsigned]
      const last = of.proposals.at(-1)?.id
      const about = open.length > 0 || last === undefined ? open : [last]
      return about.length === 0 ? [message] : about.map((answers) => ({ ...message, embargo: { id: `${id} answer`, answers } }))
    })
  }
  const seen = new Set<string>()
  let [runs, apart] = [0, 0]
  const visit = (held: ReadonlyArray<ReadonlyArray<Message>>): void => {
    const folds = held.map((had, place) => foldOf(place, had))
    const key = JSON.stringify([held.map((had) => had.map((one) => JSON.stringify(one)).sort()), ...(folding ? [folds] : [])])
    if (seen.has(key)) return
    seen.add(key)
    const taking = (place: number, message: Message): void => visit(held.map((had, other) => (other === place ? [...had, message] : had)))
    let quiet = true
    for (const [place, had] of held.entries())
      for (const [author, made] of held.entries()) {
        const missing = made.filter((one) => one.from === ids[author] && !had.some((other) => other.id === one.id))
        if (author === place || missing.length === 0) continue
        quiet = false
        for (const message of channel === 'any' ? missing : missing.slice(0, 1)) taking(place, message)
      }
    if (quiet) {
      runs++
      if (new Set(folds.map(({ cs, em }) => em + cs.slice(-3))).size > 1) apart++
    }
    if (new Set(held.flat().map((one) => one.id)).size < entries) for (const [place, had] of held.entries()) for (const message of sends(place, had)) taking(place, message)
  }
  visit(ids.map(() => []))
  return { states: seen.size, runs, apart }
}

describe('every state is met, once', () => {
  const four: ReadonlyArray<ReadonlyArray<Role>> = [['reporter'], ['vendor'], ['coordinator'], ['finder']]
  test.each([2, 3, 4])('one entry of one type, %i participants: nobody or one of them sends it, and any of the others have it', (count) => {
    const scope = scopeOf({ participants: four.slice(0, count), entries: 1, types: ['EP'] })
    expect(convergence(scope)).toEqual({ scope, holds: true, states: 1 + count * 2 ** (count - 1), runs: 1 + count, replicas: 1 + count })
  })

  test.each<[string, Partial<LedgerScope>, number, number]>([
    // Sent by either: under way, arrived, acknowledged, and that arrived.
    ['an acknowledgement', { types: ['EP'], acknowledgements: true }, 1 + 2 * 4, 1 + 2 * 2],
    // Sent by the manager: not stamped, 0 or 1 entries arrived; stamped, 0 to 2. By the other: under way, arrived, stamped, and that arrived.
    ['a stamp', { types: ['EP'], order: 'manager' }, 1 + 5 + 4, 1 + 2 + 2],
    // The owner leaves, withdraws or excludes; the other leaves or withdraws.
    ['a change of members', { types: [], changes: ['leaves', 'withdraws', 'excluded', 'joins'] }, 1 + 5 * 2, 1 + 5],
    // And each of them has the guest join; there are two others to hear of it.
    ['a guest', { types: [], changes: ['leaves', 'withdraws', 'excluded', 'joins'], guests: [['vendor']] }, 1 + 7 * 4, 1 + 7],
    // An exploit that is made public makes the vulnerability public in one message; alone it is sent only where that is known.
    ['the pair CX and CP', { types: ['CX', 'CP'] }, 1 + 4 * 2, 1 + 4],
  ])('one entry and %s, by hand', (_, part, states, runs) => {
    expect(convergence(scopeOf({ entries: 1, ...part }))).toMatchObject({ holds: true, states, runs })
  })

  test.each<Partial<LedgerScope>>([
    { types: ['EP', 'EA', 'ER', 'CP'] },
    { types: ['EP', 'EA', 'ER'], channel: 'any' },
    { types: ['EP', 'EA', 'CA'], protocol: 'published' },
    { types: ['EP', 'EA'], participants: three },
    { types: ['EP', 'EA'], participants: three, channel: 'any', entries: 2 },
  ])('as a search counts that knows no replicas: %o', (part) => {
    const scope = scopeOf(part)
    const { runs, states } = searched(scope)
    expect(convergence(scope, { properties: ['same case', 'order'] })).toMatchObject({ holds: true, states, runs })
  })

  test('what arrives twice, and what is looked at, change no count', () => {
    const { replicas, runs, states } = convergence(scopeOf({ types: embargo }))
    expect(convergence(scopeOf({ types: embargo, duplicates: true }))).toMatchObject({ holds: true, replicas, runs, states })
    expect(convergence(scopeOf({ types: embargo }), { properties: [] })).toMatchObject({ holds: true, replicas, runs, states })
  })

  test('a scope that is none says all that is wrong with it', () => {
    const fieldsOf = (part: object): unknown => {
      const checked = checkScope({ ...scopeOf({}), ...part })
      return checked._tag === 'Left' ? checked.left.map(({ field, got }) => [field, got]) : checked.right
    }
    expect(fieldsOf({})).toEqual(scopeOf({}))
    expect(fieldsOf({ participants: [['reporter']] })).toEqual([['participants', '1']])
    expect(fieldsOf({ participants: [['reporter']], guests: [['vendor']] })).toEqual(scopeOf({ participants: [['reporter']], guests: [['vendor']] }))
    expect(fieldsOf({ participants: [['reporter'], [], ['hacker', 'vendor', 'vendor']], protocol: 'draft', entries: 0 })).toEqual([['roles', ''], ['roles', 'hacker'], ['roles', 'vendor'], ['protocol', 'draft'], ['entries', '0']])
    expect(fieldsOf({ order: 'time', decision: 'loudest', types: ['EP', 'ZZ'], changes: ['roles'], channel: 'pigeon', entries: NaN })).toEqual(
      [['order', 'time'], ['decision', 'loudest'], ['entries', 'NaN'], ['types', 'ZZ'], ['changes', 'roles'], ['channel', 'pigeon']])
  })

  test('participants are called by their roles, and numbered when equal', () => {
    expect(namesIn({ participants: [['finder', 'reporter'], ['vendor'], ['vendor']], guests: [['vendor'], ['observer']] })).toEqual(['finder+reporter', 'vendor', 'vendor-2', 'vendor-3', 'observer'])
  })

  test('beyond its limit it proves nothing, and says how far it came', () => {
    const { depth, holds, states } = { depth: -1, ...convergence(scopeOf({}), { limit: 1000 }) }
    expect([holds, states > 1000, states < 1100, depth > 2, depth < 9]).toEqual([undefined, true, true, true, true])
  })
})

// ---- What may be sent ----

/** What everybody of a scope has done, one after another, and everybody has: each step by its author's place and what it says. */
const afterwards = (scope: LedgerScope, steps: ReadonlyArray<readonly [place: number, said: string]>) => {
  const run = replicas(scope)
  const said = (number: number): string => {
    const entry = run.sent(number)?.entry
    if (entry === undefined) return ''
    if ('membership' in entry) return `${entry.membership.change} ${entry.membership.participant}`
    if (!('message' in entry)) return 'stamp' in entry ? `stamp ${entry.stamp.sequence} ${entry.stamp.entry}` : ''
    const { embargo: terms, types } = entry.message
    return `${types.join('+')}${terms?.answers === undefined ? '' : ` ${terms.answers}`}${terms?.existing === true ? ` existing ${terms.id}` : ''}`
  }
  const last = steps.reduce((at, [place, wanted]) => run.take(at, [...run.sends(at, place), ...run.answers(at, place)].find((one) => said(one) === wanted) ?? expect.fail(wanted)), 0)
  const sends = (place: number): ReadonlyArray<string> => [...run.sends(last, place), ...run.answers(last, place)].map(said).sort()
  return Object.assign(sends, { spent: run.replica(last).spent, bound: run.bound(last), publishers: run.publishers(last) })
}

describe('what somebody may send', () => {
  const agreed = [[0, 'EP'], [2, 'EA reporter.1.terms']] as const

  test('at its start: a proposal, a rejection, and news', () => {
    expect(afterwards(scopeOf({}), [])(0)).toEqual(['CA', 'CP', 'CX+CP', 'EP', 'ER'])
  })

  test('when something is proposed: an answer to it, by whom it was proposed as well', () => {
    const sends = afterwards(scopeOf({ types: embargo }), [[0, 'EP']])
    expect([sends(0), sends(1)]).toEqual([0, 1].map(() => ['CP', 'EA reporter.1.terms', 'EP', 'ER reporter.1.terms']))
  })

  test('when terms are in force: other terms; to sign or decline them, who has not signed', () => {
    const sends = afterwards(scopeOf({ types: embargo, participants: three }), agreed)
    const signed = ['CP', 'EP existing reporter.1.terms', 'ET', 'EV']
    expect([sends(0), sends(1), sends(2)]).toEqual([signed, [...signed, 'EA reporter.1.terms', 'ER reporter.1.terms'].sort(), signed])
  })

  test('while a revision is open: an answer to it', () => {
    expect(afterwards(scopeOf({ types: ['EC', 'EJ', 'EP', 'EA', 'EV'] }), [[0, 'EP'], [1, 'EA reporter.1.terms'], [1, 'EV']])(0)).toEqual(
      ['EC vendor.2.terms', 'EJ vendor.2.terms', 'EP existing reporter.1.terms', 'EV'])
  })

  test('as a guest: nothing, then what it is asked', () => {
    const scope = scopeOf({ types: embargo, participants: three, guests: [['vendor']], changes: ['joins'] })
    expect(afterwards(scope, agreed)(3)).toEqual([])
    const joined = [...agreed, [0, 'joins vendor-2']] as const
    expect(afterwards(scope, joined)(3)).toEqual(['CP', 'EP existing reporter.1.terms', 'ER reporter.1.terms'])
    expect(afterwards(scope, [...joined, [0, 'EP existing reporter.1.terms']])(3)).toEqual(['CP', 'EA reporter.1.terms', 'EP existing reporter.1.terms', 'ER reporter.1.terms'])
    expect(afterwards(scope, [...joined, [0, 'EP existing reporter.1.terms'], [2, 'EV']])(3)).toEqual(
      ['CP', 'EA reporter.1.terms', 'EA vendor.2.terms', 'EP existing reporter.1.terms', 'ER reporter.1.terms', 'ER vendor.2.terms'])
  })

  test('as a manager: stamps, causes before effects; each once', () => {
    const scope = scopeOf({ types: ['EP', 'EA'], order: 'manager' })
    const proposed = [[1, 'EP'], [0, 'EA vendor.1.terms']] as const
    expect(afterwards(scope, proposed)(0)).toContain('stamp 1 vendor.1')
    expect(afterwards(scope, proposed)(0)).not.toContain('stamp 1 reporter.1')
    expect(afterwards(scope, [...proposed, [0, 'stamp 1 vendor.1']])(0)).toContain('stamp 2 reporter.1')
    expect(afterwards(scope, [...proposed, [0, 'stamp 1 vendor.1']])(0)).not.toContain('stamp 2 vendor.1')
    expect(afterwards(scope, proposed)(1).filter((one) => one.startsWith('stamp'))).toEqual([])
  })

  test('as a member: to leave and to withdraw, once; as the owner, to exclude', () => {
    const scope = scopeOf({ types: [], changes: ['leaves', 'withdraws', 'excluded', 'joins'] })
    expect([afterwards(scope, [])(0), afterwards(scope, [])(1)]).toEqual([['excluded vendor', 'leaves reporter', 'withdraws reporter'], ['leaves vendor', 'withdraws vendor']])
    expect(afterwards(scope, [[1, 'withdraws vendor']])(1)).toEqual(['leaves vendor'])
    expect([afterwards(scope, [[1, 'leaves vendor']])(0), afterwards(scope, [[1, 'leaves vendor']])(1)]).toEqual([['joins vendor', 'leaves reporter', 'withdraws reporter'], []])
  })

  test('to acknowledge: every message of another, once', () => {
    const scope = scopeOf({ types: ['EP', 'CP'], acknowledgements: true })
    expect(afterwards(scope, [[0, 'EP'], [0, 'CP']])(1)).toEqual(['CK', 'CP', 'EK'])
    expect(afterwards(scope, [[0, 'EP'], [0, 'CP'], [1, 'EK']])(1)).toEqual(['CK', 'CP'])
    expect(afterwards(scope, [[0, 'EP'], [0, 'CP'], [1, 'EK']])(0)).toEqual(['CP'])
    expect(afterwards(scope, [[0, 'EP'], [0, 'CP'], [1, 'EK']]).spent).toBe(2)
  })

  test('who signed terms is bound by them until they end, and by those that replace them only when it signs these', () => {
    const scope = scopeOf({ types: embargo, participants: three })
    const revised = [...agreed, [1, 'EA reporter.1.terms'], [2, 'EV'], [0, 'EC vendor.2.terms']] as const
    expect([[], agreed, revised, [...revised, [0, 'ET'] as const], [...revised, [0, 'CP'] as const]].map((steps) => afterwards(scope, steps).bound)).toEqual([0, 0b101, 0b111, 0, 0])
    expect([[], agreed, [...revised, [0, 'CP'] as const]].map((steps) => afterwards(scope, steps).publishers)).toEqual([0b111, 0b010, 0b111])
  })
})

// ---- What holds ----

describe('participants who keep the ledger agree', () => {
  test.each<Partial<LedgerScope>>([
    {},
    { types: embargo, entries: 4 },
    { types: embargo, participants: three },
    { types: embargo, participants: three, channel: 'any', duplicates: true, entries: 2 },
    { types: ['EP', 'EA'], participants: three, channel: 'any' },
    { types: ['EP', 'EA', 'CP'], changes: ['excluded'], entries: 4 },
    { types: embargo, participants: [['vendor'], ['vendor']] },
    { types: embargo, channel: 'any', duplicates: true },
    { types: embargo, acknowledgements: true, entries: 2 },
    { types: embargo, order: 'manager', entries: 2 },
    { types: embargo, order: 'manager', channel: 'any', entries: 2 },
    { types: embargo, decision: 'unanimous', participants: three, entries: 2 },
    { types: embargo, decision: 'owner', participants: three, entries: 2 },
    { types: [...embargo, 'RC', 'RS'], changes: ['leaves', 'joins', 'excluded'] },
    { types: ['EP', 'EA', 'ER', 'ET'], changes: ['leaves', 'joins'], guests: [['vendor']] },
    { types: [...embargo, 'CX'], protocol: 'published' },
  ])('%o', (part) => {
    const found = convergence(scopeOf(part))
    expect(found).toMatchObject({ holds: true })
    expect(found.runs).toBeGreaterThan(100)
  })

  test('who withdrew and accepts again is bound at once', () => {
    expect(convergence(scopeOf({ types: ['EP', 'EA'], changes: ['withdraws'] }))).toMatchObject({ holds: true })
  })

  test('under the published tables, but for attacks: who is told of these holds the vulnerability to be public, and who tells does not', () => {
    // FT:329 fires A and P on receipt, FT:300 fires A on sending (erratum D-CS-01): no ledger makes one of two states.
    const found = convergence(scopeOf({ protocol: 'published' }))
    expect(found).toMatchObject({ holds: false, property: 'same state', log: { entries: [{ message: { from: 'reporter', types: ['CA'] } }, { receipt: { by: 'vendor' } }] } })
  })
})

describe('participants who act on what arrives do not', () => {
  test.each<Partial<LedgerScope>>([
    { types: ['EP', 'EA', 'ER', 'CP'] },
    { types: ['EP', 'EA', 'ER'], participants: three, channel: 'any', entries: 2 },
    { types: ['EP', 'EA', 'ER', 'CP'], protocol: 'published' },
  ])('as often as a search counts that keeps no ledgers; the same runs agree with one: %o', (part) => {
    const scope = scopeOf(part)
    const { apart, runs, states } = searched(scope, true)
    expect(apart).toBeGreaterThan(0)
    expect(comparison(scope)).toMatchObject({ states, runs, without: apart, with: 0, complete: true })
  })

  test('in the whole of a scope', () => {
    const { complete, runs, with: kept, without } = comparison(scopeOf({}))
    expect([complete, kept, without > 0, without < runs]).toEqual([true, 0, true, true])
    expect(comparison(scopeOf({}), { limit: 500 }).complete).toBe(false)
  })

  test('nor do participants who keep it, where the published tables make two states of one attack', () => {
    expect(comparison(scopeOf({ protocol: 'published', types: ['CA'], entries: 1 }))).toMatchObject({ runs: 3, without: 2, with: 2 })
  })
})

// ---- What does not hold is found ----

const withAfter = (entry: Statement, after: ReadonlyArray<string>): Statement =>
  'message' in entry ? { message: { ...entry.message, after } } : 'membership' in entry ? { membership: { ...entry.membership, after } } : entry

/** Every entry after all that came before it here, whatever its author had seen. */
const byArrival: LedgerOperations = { ...ledgerOperations, take: (ledger, entry) => ingest(ledger, withAfter(entry, entriesOf(ledger).map((one) => ('message' in one ? one.message.id : '')))) }
const withoutAfter: LedgerOperations = { ...ledgerOperations, take: (ledger, entry) => ingest(ledger, withAfter(entry, [])) }
const dropping: LedgerOperations = { ...ledgerOperations, take: (ledger, entry) => (entriesOf(ledger).length === 1 ? ledger : ingest(ledger, entry)) }
const forgetful: LedgerOperations = { ...ledgerOperations, cite: () => [] }
const repeating: LedgerOperations = {
  ...ledgerOperations,
  take: (ledger, entry) => {
    const next = ingest(ledger, entry)
    return next === ledger && 'message' in entry ? ingest(ledger, { message: { ...entry.message, at: '2026-02-02' } }) : next
  },
}
/** Accepts for the vendor what anybody proposes. */
const forging: LedgerOperations = {
  ...ledgerOperations,
  take: (ledger, entry) => {
    const next = ingest(ledger, entry)
    if (!('message' in entry) || !entry.message.types.includes('EP') || entry.message.from === 'vendor') return next
    const { id, from } = entry.message
    return ingest(next, { message: { id: `forged ${id}`, case: 'case', from: 'vendor', to: [from], types: ['EA'], at: '2026-01-01', after: [id], embargo: { id: 'forged', answers: entry.message.embargo?.id ?? id } } })
  },
}
/** Takes what is proposed to be in force. */
const rash: LedgerOperations = {
  ...ledgerOperations,
  take: (ledger, entry) => {
    const next = ingest(ledger, entry)
    const rashly = (step: Step): Step => (step.after.em === 'Proposed' ? { ...step, after: { ...step.after, em: 'Active' } } : step)
    return { ...next, order: [...forwards(next.order)].reduce((order, [key, step]) => set(order, key, rashly(step)), emptyTree<OrderKey, Step>(next.order.compare)) }
  },
}

/** Wrong ledgers, what they violate, and where. */
const wrong: ReadonlyArray<[string, LedgerOperations, LedgerProperty, Partial<LedgerScope>]> = [
  ['orders by arrival', byArrival, 'same case', { entries: 2 }],
  ['orders by arrival', byArrival, 'same state', {}],
  ['orders by arrival', byArrival, 'order', { entries: 2 }],
  ['orders by arrival', byArrival, 'publish', {}],
  ['orders by arrival, where answers may arrive before what they answer', byArrival, 'causality', { participants: three, entries: 2 }],
  ['forgets what was seen', withoutAfter, 'own word', { entries: 2 }],
  ['forgets what was seen', withoutAfter, 'causality', { entries: 2 }],
  ['cites nothing', forgetful, 'own word', { entries: 2 }],
  ['drops the second entry that arrives', dropping, 'same case', { entries: 2 }],
  ['takes the same entry for another', repeating, 'duplicates', { entries: 1, duplicates: true }],
  ['accepts for others', forging, 'consent', { entries: 1 }],
  ['takes what is proposed to be in force', rash, 'one embargo', { entries: 1 }],
]

describe('a wrong ledger is found out', () => {
  test.each(wrong)('that %s', (_, operations, property, part) => {
    const scope = scopeOf({ types: embargo, ...part })
    expect(convergence(scope, { operations, properties: [property] })).toMatchObject({ holds: false, property })
    expect(convergence(scope, { properties: [property] })).toMatchObject({ holds: true })
  })

  test('by every property', () => {
    expect([...new Set(wrong.map(([, , property]) => property))].sort()).toEqual([...ledgerProperties].sort())
  })

  test('by the shortest run, the same every time', () => {
    const found = () => convergence(scopeOf({ types: embargo, entries: 2 }), { operations: byArrival, properties: ['same case'] })
    expect(JSON.stringify(found())).toBe(JSON.stringify(found()))
    expect(found()).toMatchObject({ log: { entries: { length: 4 } } })
  })

  test('by a run that can be played again, with the wrong ledger and the right one', () => {
    const found = convergence(scopeOf({ types: embargo }), { operations: byArrival, properties: ['same state'] })
    if (found.holds !== false) return expect.fail('nothing was found')
    const ends = (operations?: LedgerOperations) => [...settledBy(found, operations).values()].map((of) => JSON.stringify(agreedIn(of)))
    const [wrong, right] = [ends(byArrival), ends()]
    expect([new Set(wrong).size, new Set(right).size]).toEqual([2, 1])
    expect(decodeLog(encodeLog(found.log))).toMatchObject({ right: { log: found.log } })
    // The receipts of the log say the same as the arrivals.
    expect([...settledBy({ log: found.log }, byArrival).values()].map((of) => JSON.stringify(agreedIn(of)))).toEqual(wrong)
  })

  test('by the entry that is to arrive again', () => {
    const found = convergence(scopeOf({ types: ['EP'], entries: 1, duplicates: true }), { operations: repeating })
    if (found.holds !== false) return expect.fail('nothing was found')
    expect(found.arrivals).toEqual({ reporter: ['reporter.1', 'reporter.1'], vendor: [] })
    expect([...settledBy(found, repeating).values()].map((of) => of.findings.map(({ kind }) => kind))).toEqual([['equivocation'], []])
  })

  test('by two orders of the same entries', () => {
    const found = convergence(scopeOf({ types: embargo, entries: 2 }), { operations: byArrival, properties: ['order'] })
    if (found.holds !== false || found.instead === undefined) return expect.fail('nothing was found')
    const { arrivals, instead, log } = found
    const entries = new Map(log.entries.flatMap((entry) => ('message' in entry ? [[entry.message.id, entry] as const] : [])))
    const made = (order: ReadonlyArray<string>) => caseOf(order.reduce((ledger, id) => byArrival.take(ledger, entries.get(id) ?? expect.fail(id)), byArrival.open({ ...caseOf(opened()).charter })))
    const one = Object.values(arrivals).find((order) => order.length === instead.length) ?? []
    expect([...one].sort()).toEqual([...instead].sort())
    expect(alike(made(one), made(instead))).toBe(false)
  })
})

const opened = (): Ledger => {
  const ledger = openLedger({ case: 'case', protocol: 'adopted@1', participants: [{ id: 'reporter', roles: ['reporter'] }, { id: 'vendor', roles: ['vendor'] }], decision: 'first', order: 'causal' })
  return ledger._tag === 'Right' ? ledger.right : expect.fail('no charter')
}

describe('two values are alike when they hold the same', () => {
  const tree = (keys: ReadonlyArray<number>) => keys.reduce((map, key) => set(map, key, { key }), emptyTree<number, { readonly key: number }>((one, other) => one - other))

  test('however a tree is balanced', () => {
    const [one, other] = [tree([1, 2, 3, 4, 5, 6]), tree([6, 5, 4, 3, 2, 1])]
    expect(one).not.toEqual(other)
    expect(alike({ one }, { one: other })).toBe(true)
    expect(alike(one, tree([1, 2, 3, 4, 5, 7]))).toBe(false)
    expect(alike(one, tree([1, 2, 3, 4, 5]))).toBe(false)
  })

  test.each<[unknown, unknown]>([
    [1, 2], [{ a: 1 }, { a: 1, b: undefined }], [{ a: 1, b: undefined }, { a: 1 }], [{ a: undefined }, { b: undefined }], [[1, 2], [2, 1]], [[1], [1, 1]], [[], {}], [{}, null],
    [new Map([[1, 2], [3, 4]]), new Map([[3, 4], [1, 2]])], [new Set([1]), new Set([2])], [tree([1]), { compare: 1 }], [{ a: { b: [1] } }, { a: { b: [2] } }],
  ])('%o and %o are not', (one, other) => {
    expect(alike(one, other)).toBe(false)
    expect(alike(other, one)).toBe(false)
    expect([alike(one, one), alike(other, other)]).toEqual([true, true])
  })
})

// ---- Scripts ----

const says = (id: string, from: string, types: ReadonlyArray<MessageType>, terms?: Message['embargo']): Statement => ({
  message: { id, case: 'case', from, to: [from === 'reporter' ? 'vendor' : 'reporter'], types, at: '2026-01-01', ...(terms === undefined ? {} : { embargo: terms }) },
})
const header = { log: 1, protocol: 'adopted@1', case: 'case', world: 'closed', participants: [{ id: 'reporter', roles: ['reporter'] }, { id: 'vendor', roles: ['vendor'] }] } as const
const proposal = says('r1', 'reporter', ['EP'], { id: 'x', end: '2026-03-01' })
const withdrawal = says('r2', 'reporter', ['ER'], { id: 'r2.answer', answers: 'x' })
const acceptance = says('v1', 'vendor', ['EA'], { id: 'v1.answer', answers: 'x' })

describe('a script, played with ledgers', () => {
  // A withdrawal crosses an acceptance: each is at place 1 of the order, and `reporter` comes before `vendor`.
  const crossing = [proposal, { receipt: { message: 'r1', by: 'vendor' } }, acceptance, withdrawal, { receipt: { message: 'v1', by: 'reporter' } }, { receipt: { message: 'r2', by: 'vendor' } }]

  test('who acts on what arrives ends at None and Active; who keeps the ledger, at None', () => {
    const fold = (id: string, roles: ReadonlyArray<Role>, had: ReadonlyArray<Statement>) => had.reduce((state, entry) => {
      const result = 'message' in entry ? transition(state, entry.message) : undefined
      return result?._tag === 'Right' ? result.right.state : state
    }, start(id, roles)).em
    expect([fold('reporter', ['reporter'], [proposal, withdrawal, acceptance]), fold('vendor', ['vendor'], [proposal, acceptance, withdrawal])]).toEqual(['None', 'Active'])
    const cases = settledBy({ log: { header, entries: crossing } })
    expect([...cases].map(([id, of]) => [id, agreedIn(of)])).toEqual(['reporter', 'vendor'].map((id) => [id, {
      em: 'None', members: [['reporter', 'None'], ['vendor', 'None']], terms: undefined, public: '', findings: [['v1', 'refused']],
    }]))
  })

  test('without receipts everything arrives at once: nothing crosses', () => {
    const cases = settledBy({ log: { header, entries: [proposal, acceptance] } })
    expect([...cases.values()].map(({ settled, state }) => [state.em, state.inForce, settled.count])).toEqual([['Active', 'x', 1], ['Active', 'x', 1]])
  })

  test('what an order leaves out comes last, what it has twice comes twice, and what does not exist does not matter', () => {
    const arrivals = { reporter: ['r1', 'r2', 'nothing', 'r1'], vendor: ['nothing', 'r1', 'r1', 'v1'], press: [] }
    const cases = settledBy({ log: { header, entries: [proposal, acceptance, withdrawal] }, arrivals })
    expect([...cases].map(([id, of]) => [id, of.state.em, of.ledger.graph.nodes.root?.size])).toEqual([['reporter', 'None', 3], ['vendor', 'None', 3], ['press', 'None', 3]])
  })

  test('an entry that says what its author had seen is believed; others cite what had arrived', () => {
    const entries = [proposal, { message: { ...(withdrawal as { readonly message: Message }).message, after: [] } }, acceptance]
    const [of] = settledBy({ log: { header, entries }, arrivals: { reporter: ['r1', 'r2'], vendor: ['r1', 'r2', 'v1'] } }).values()
    const after = (of === undefined ? [] : entriesOf(of.ledger)).map((entry) => ('message' in entry ? [entry.message.id, entry.message.after] : []))
    expect(Object.fromEntries(after)).toEqual({ r1: [], r2: [], v1: ['r1', 'r2'] })
  })

  test('nothing arrives twice that a script has once', () => {
    const cases = settledBy({ log: { header, entries: [proposal, acceptance, withdrawal] }, arrivals: { reporter: ['r1', 'v1', 'r2'], vendor: ['r1', 'v1', 'r2'] } }, repeating)
    expect([...cases.values()].map((of) => of.findings.filter(({ kind }) => kind === 'equivocation'))).toEqual([[], []])
  })

  test('says what was agreed on', () => {
    const [of] = settledBy({ log: { header, entries: [proposal, acceptance, says('v2', 'vendor', ['CA']), says('v3', 'vendor', ['EV'])] } }).values()
    expect(of === undefined ? undefined : agreedIn(of)).toEqual({ em: 'Exited', members: [['reporter', 'Exited'], ['vendor', 'Exited']], terms: undefined, public: 'A', findings: [['v3', 'refused']] })
    const [before] = settledBy({ log: { header, entries: [proposal, acceptance] } }).values()
    expect(before === undefined ? undefined : agreedIn(before)).toEqual({ em: 'Active', members: [['reporter', 'Active'], ['vendor', 'Active']], terms: 'x', public: '', findings: [] })
  })

  test('members and content go to everybody at once', () => {
    const joins: Statement = { membership: { id: 'r3', by: 'reporter', participant: 'zed', change: 'joins', roles: ['observer'], at: '2026-01-01' } }
    const cases = settledBy({ log: { header, entries: [proposal, joins, { receipt: { message: 'r1', by: 'vendor' } }, acceptance] } })
    expect([...cases.values()].map((of) => [of.state.em, of.participants.map(({ id }) => id), of.findings.map(({ kind }) => kind)])).toEqual(
      ['reporter', 'vendor'].map(() => ['Active', ['reporter', 'vendor', 'zed'], ['not-announced']]))
  })
})
