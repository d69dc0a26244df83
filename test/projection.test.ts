/**
 * Need to know: what one participant's part of a ledger shows, and that it tells nothing of what it does not show.
 *
 * The properties are over random cases in the order of what each had seen, made by participants who are mostly honest;
 * those in which the promise is known not to hold are in the last part.
 */
import fc from 'fast-check'
import {
  authorOf, boundBy, canonical, type Case, caseOf, type Charter, entriesOf, idOf, ingest, isDeciding, type Ledger, logOf, mayReceive, openLedger, project, referencesOf,
  skeletonOf, unite,
} from 'mpcvd/case'
import type { EmbargoTerms, Message, MessageType, Statement } from 'mpcvd'
import { isLeft } from 'fp-ts/Either'
import { expect, test } from 'vitest'
import { forwards } from '../src/case/tree.js'
import { arbitraryCase } from './spec/ledger-cases.js'

const at = '2026-01-05T10:00:00Z'
const names: Readonly<Record<string, string>> = { a: 'ada', b: 'bob', c: 'cyd', z: 'zed' }
const nameIn = (id: string): string => names[id.charAt(0)] ?? ''
const everybody = ['ada', 'bob', 'cyd']

const opened = (charter: Charter): Ledger => {
  const ledger = openLedger(charter)
  if (isLeft(ledger)) throw new Error(JSON.stringify(ledger.left))
  return ledger.right
}
const empty = opened({ case: 'c1', protocol: 'adopted@1', participants: everybody.map((id) => ({ id, roles: ['vendor'] })), decision: 'first', order: 'causal' })

const says = (id: string, types: ReadonlyArray<MessageType>, after: ReadonlyArray<string>, embargo?: EmbargoTerms, more: Partial<Message> = {}): Statement => ({
  message: {
    id, case: 'c1', from: nameIn(id), to: everybody.filter((one) => one !== nameIn(id)), types, at, after, ...(embargo === undefined ? {} : { embargo }), ...more,
  },
})
const caseWith = (entries: ReadonlyArray<Statement>): Case => caseOf(ingest(empty, entries))
const shown = (entries: ReadonlyArray<Statement>, to: string): ReadonlyArray<Statement> => entriesOf(project(caseWith(entries), to).ledger)
const ids = (entries: ReadonlyArray<Statement>): ReadonlyArray<string> => entries.map(idOf)

// ---- By hand ----

test('content is seen by who wrote it and who was sent it; what is hidden leaves one mark, however much it is', () => {
  const entries = [says('a1', ['GI'], [], undefined, { to: ['bob'], note: 'between us' }), says('a2', ['GI'], ['a1'], undefined, { to: ['bob'] })]
  const of = caseWith(entries)
  expect(['ada', 'bob', 'cyd'].map((id) => project(of, id).hidden)).toEqual([false, false, true])
  expect(['ada', 'bob', 'cyd'].map((id) => ids(shown(entries, id)))).toEqual([['a1', 'a2'], ['a1', 'a2'], []])
  expect(project(caseWith([]), 'cyd').hidden).toBe(false)
})

test('CLEAR and GREEN content is seen by everybody who may have it; other labels open nothing', () => {
  const labelled = (tlp: Message['tlp']) => shown([says('a1', ['GI'], [], undefined, { to: ['bob'], ...(tlp === undefined ? {} : { tlp }) })], 'cyd')
  expect([undefined, 'CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'].map((tlp) => labelled(tlp as Message['tlp']).length)).toEqual([0, 1, 1, 0, 0, 0])
})

const embargoed = [says('a1', ['EP'], [], { id: 'x', end: '2026-03-01' }), says('b1', ['EA'], ['a1'], { id: 'b1.answer', answers: 'x' })]

test('an embargo keeps content from who has not signed it, also where it was sent it or it is GREEN', () => {
  const entries = [...embargoed, says('a2', ['RS'], ['b1']), says('a3', ['RS'], ['a2'], undefined, { tlp: 'GREEN' })]
  expect(ids(shown(entries, 'bob'))).toEqual(['a1', 'b1', 'a2', 'a3'])
  expect(ids(shown(entries, 'cyd'))).toEqual(['a1', 'b1'])
  const published = [...entries, says('b2', ['CP'], ['a3'])]
  expect(ids(shown(published, 'cyd'))).toEqual(['a1', 'b1', 'a2', 'a3', 'b2'])
})

test('what decides is never hidden; who was not sent it sees its deciding types and none of its words', () => {
  const full = says('a1', ['RS', 'EP', 'CV'], [], { id: 'x', end: '2026-03-01', reason: 'because', scope: 'all', respondBy: '2026-01-09' }, {
    to: ['bob'], note: 'secret', ext: { secret: true }, report: { id: 'r1', title: 'secret' }, tlp: 'RED',
  })
  expect(shown([full], 'bob')).toEqual([full])
  expect(shown([full], 'cyd')).toEqual([
    says('a1', ['EP'], [], { id: 'x', end: '2026-03-01', respondBy: '2026-01-09' }, { to: ['bob'], tlp: 'RED' }),
  ])
  const farewell = says('a1', ['RC'], [], undefined, { to: ['bob'], note: 'secret' })
  expect(shown([farewell], 'cyd')).toEqual([says('a1', ['RC'], [], undefined, { to: ['bob'] })])
  const member: Statement = { membership: { id: 'a1', by: 'ada', participant: 'zed', change: 'joins', roles: ['vendor'], at, after: [], note: 'hello' } }
  expect(shown([member], 'cyd')).toEqual([member])
})

test('references to what is hidden are dropped; what content answers too, but not what a deciding entry answers; to what is not held they stay', () => {
  const entries = [
    says('a1', ['GI'], [], undefined, { to: ['bob'] }),
    says('b1', ['GI'], ['a1', 'gone'], undefined, { inReplyTo: 'a1' }),
    says('b2', ['EK'], ['b1', 'a1'], undefined, { inReplyTo: 'a1' }),
  ]
  expect(shown(entries, 'cyd')).toEqual([says('b1', ['GI'], ['gone']), says('b2', ['EK'], ['b1'], undefined, { inReplyTo: 'a1' })])
  expect(shown(entries, 'bob')).toEqual(entries)
})

test('steps, corrections and observations are their author’s, or about somebody; erasures and stamps are for everybody', () => {
  const entries: ReadonlyArray<Statement> = [
    { local: { id: 'a1', by: 'ada', event: 'discover', at } },
    { correction: { id: 'a2', by: 'ada', of: 'a1', change: 'retracts', at } },
    { correction: { id: 'a3', by: 'ada', of: 'a1', change: 'corrects', at } },
    { correction: { id: 'a4', by: 'ada', of: 'nothing', change: 'erases', at } },
    { observation: { id: 'o1', event: 'V', about: 'bob', source: 'a list', at } },
    { observation: { id: 'o2', event: 'P', source: 'a list', at } },
    { stamp: { id: 'a5', by: 'ada', entry: 'a1', sequence: 1, at } },
  ]
  const seen = (to: string): ReadonlyArray<string> => [...ids(shown(entries, to))].sort()
  expect(seen('ada')).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'o2'])
  expect(seen('bob')).toEqual(['a4', 'a5', 'o1', 'o2'])
  expect(seen('cyd')).toEqual(['a4', 'a5', 'o2'])
})

// ---- Properties ----

/**
 * Cases of which the promise is made: the order is what each had seen, no id is used twice, nothing is missing, and what
 * decides answers only what decides.
 */
const ordinary = arbitraryCase.filter(({ charter, entries }) => {
  const held = new Set(entries.filter((entry) => !('message' in entry) || entry.message.case === charter.case).map(idOf))
  const content = new Set(entries.filter((entry) => !isDeciding(entry)).map(idOf))
  return charter.order === 'causal' && held.size === entries.length && entries.every((entry) => referencesOf(entry).every((id) => held.has(id))) &&
    entries.every((entry) => !('message' in entry) || !isDeciding(entry) || !content.has(entry.message.inReplyTo ?? ''))
})

const people = (of: Case): ReadonlyArray<string> => [...of.state.members.keys(), 'mal']
const decidingOf = (of: Case): ReadonlyArray<string> => [...forwards(of.ledger.order)].map(([key]) => key.id)
/** What everybody has to agree on. */
const agreedIn = (of: Case) => ({
  em: of.state.em, facts: of.state.facts, inForce: of.state.inForce, order: decidingOf(of), settled: of.settled.count, waitsFor: of.settled.waitsFor,
  proposals: [...forwards(of.state.proposals)].map(([id, one]) => [id, one.status, [...one.signed], [...one.rejected]]),
  engaged: [...of.state.members.values()].map((one) => [one.id, one.engaged, one.consent, one.withdrawn]),
  voids: decidingOf(of).filter((id) => of.ledger.standing.voids.has(id)),
  bound: people(of).map((id) => boundBy(of, id).length > 0),
})

/**
 * As printed, who hears of attacks learns P by it (FT:329), and who sees them does not (D-CS-01). Of one who does both, it depends
 * on which comes first; where neither cites the other that is a matter of depth, and hidden content can lessen depths. So what one's
 * own work knows of P can differ there, and whom it frees with it.
 */
const isByOrder = (whole: Case, part: Case, id: string): boolean => {
  const [one, other] = [whole, part].map((of) => of.lanes.get(id)?.state.cs.slice(-3) ?? '')
  return whole.charter.protocol === 'published@1' && one !== other && `${one} ${other}`.toLowerCase() === 'pxa pxa' && one?.slice(1) === other?.slice(1) && one?.endsWith('A') === true
}

test('a projection is a ledger that agrees with the whole on everything that is decided, and its log is readable again', () => {
  let redacted = 0
  fc.assert(fc.property(ordinary, ({ charter, entries }) => {
    const bare = opened(charter)
    const whole = caseOf(ingest(bare, entries))
    // Public facts that only p's own work knows free p alone, in the whole as in the part.
    const { bound: _bound, ...rest } = agreedIn(whole)
    const written = new Set(entries.map(canonical))
    for (const id of people(whole)) {
      const { ledger } = project(whole, id)
      const part = caseOf(ledger)
      const { bound: _part, ...found } = agreedIn(part)
      expect(found).toEqual(rest)
      if (!isByOrder(whole, part, id)) expect([boundBy(part, id), mayReceive(part, id)]).toEqual([boundBy(whole, id), mayReceive(whole, id)])
      expect(part.gaps).toEqual([])
      redacted += entriesOf(ledger).filter((entry) => isDeciding(entry) && !written.has(canonical(entry))).length
    }
  }), { numRuns: 75 })
  expect(redacted).toBeGreaterThan(50)
})

test('projecting a projection for the same participant changes nothing', () => {
  fc.assert(fc.property(ordinary, ({ charter, entries }) => {
    const bare = opened(charter)
    const whole = caseOf(ingest(bare, entries))
    for (const id of people(whole)) {
      const once = project(whole, id).ledger
      const twice = project(caseOf(once), id)
      expect(canonical(logOf(twice.ledger))).toBe(canonical(logOf(once)))
      expect(twice.hidden).toBe(false)
    }
  }), { numRuns: 75 })
})

/** Whether an entry is content that a projection for somebody leaves out. */
const hiddenFrom = (of: Case, id: string): ReadonlyArray<Statement> => {
  const seen = new Set(entriesOf(project(of, id).ledger).map(idOf))
  return entriesOf(of.ledger).filter((entry) => !seen.has(idOf(entry)))
}

/** The same hidden entry with other content: other words, another report type, another step. */
const altered = (entry: Statement, salt: number): Statement => {
  if ('message' in entry) {
    const types: ReadonlyArray<MessageType> = [(['RV', 'RD', 'CV', 'GI', 'RK'] as const)[salt % 5] ?? 'GI']
    return { message: { ...entry.message, types, note: `other ${salt}`, ext: { salt } } }
  }
  if ('local' in entry) return { local: { ...entry.local, event: (['discover', 'validate', 'aware', 'learn P'] as const)[salt % 4] ?? 'discover', note: `other ${salt}` } }
  if ('observation' in entry) return { observation: { ...entry.observation, source: `other ${salt}` } }
  return 'correction' in entry ? { correction: { ...entry.correction, note: `other ${salt}` } } : entry
}

test('noninterference: whatever hidden content says, the projection is the same, byte for byte', () => {
  let changes = 0
  fc.assert(fc.property(ordinary, fc.nat(), ({ charter, entries }, salt) => {
    const bare = opened(charter)
    const whole = caseOf(ingest(bare, entries))
    for (const id of people(whole)) {
      const before = canonical(logOf(project(whole, id).ledger))
      const hidden = new Set(hiddenFrom(whole, id).map(idOf))
      changes += hidden.size
      const others = entries.map((entry, index) => (hidden.has(idOf(entry)) ? altered(entry, salt + index) : entry))
      expect(canonical(logOf(project(caseOf(ingest(bare, others)), id).ledger))).toBe(before)
    }
  }), { numRuns: 75 })
  expect(changes).toBeGreaterThan(500)
})

test('noninterference: more hidden content, by whomever, is not seen either', () => {
  fc.assert(fc.property(ordinary, fc.nat(), ({ charter, entries }, salt) => {
    const bare = opened(charter)
    const whole = caseOf(ingest(bare, entries))
    const members = [...whole.state.members.keys()]
    const [from = 'ada', to = 'bob'] = [members[salt % members.length], members[(salt + 1) % members.length]]
    const extra: ReadonlyArray<Statement> = [
      { message: { id: 'extra1', case: charter.case, from, to: [to], types: ['RV'], at, after: entries.slice(-2).map(idOf) } },
      { message: { id: 'extra2', case: charter.case, from, to: [to], types: ['GI'], at, after: ['extra1', 'nowhere'] } },
      { local: { id: 'extra3', by: from, event: 'learn A', at, after: ['extra2'] } },
      { message: { id: 'extra4', case: charter.case, from: 'mal', to: [to], types: ['GI'], at } },
    ]
    const more = caseOf(ingest(bare, [...entries, ...extra]))
    for (const id of people(whole).filter((one) => one !== from && one !== to && one !== 'mal'))
      expect(canonical(logOf(project(more, id).ledger))).toBe(canonical(logOf(project(whole, id).ledger)))
  }), { numRuns: 75 })
})

/** Content that nothing cites can be taken away without leaving a gap. */
test('noninterference: hidden content that is not cited can be taken away', () => {
  fc.assert(fc.property(ordinary, ({ charter, entries }) => {
    const bare = opened(charter)
    const whole = caseOf(ingest(bare, entries))
    const cited = new Set(entries.flatMap((entry) => [...referencesOf(entry), ...('message' in entry && entry.message.inReplyTo !== undefined ? [entry.message.inReplyTo] : [])]))
    for (const id of people(whole)) {
      const hidden = new Set(hiddenFrom(whole, id).map(idOf).filter((one) => !cited.has(one)))
      const fewer = entries.filter((entry) => !hidden.has(idOf(entry)))
      expect(canonical(logOf(project(caseOf(ingest(bare, fewer)), id).ledger))).toBe(canonical(logOf(project(whole, id).ledger)))
    }
  }), { numRuns: 75 })
})

test('nobody’s projection has words of a message that neither it wrote nor it was sent, unless these are CLEAR or GREEN', () => {
  fc.assert(fc.property(ordinary, ({ charter, entries }) => {
    const bare = opened(charter)
    const whole = caseOf(ingest(bare, entries))
    for (const id of people(whole))
      for (const entry of entriesOf(project(whole, id).ledger)) {
        if (!('message' in entry) || authorOf(entry) === id || entry.message.to.includes(id) || entry.message.tlp === 'CLEAR' || entry.message.tlp === 'GREEN') continue
        expect(isDeciding(entry)).toBe(true)
        expect(canonical(skeletonOf(entry))).toBe(canonical(entry))
      }
  }), { numRuns: 75 })
})

test('a projection is a case of its own: it is not united with the whole, whose entries it has cut down', () => {
  const whole = ingest(empty, [says('a1', ['RS', 'EP'], [], { id: 'x', end: '2026-03-01' }, { to: ['bob'] })])
  expect(unite(project(caseOf(whole), 'cyd').ledger, whole)).toBeUndefined()
  expect(unite(project(caseOf(whole), 'cyd').ledger, project(caseOf(whole), 'cyd').ledger)).toBeDefined()
})

test('an answer to what is hidden stays an answer, which it may be legal as alone', () => {
  // After an embargo ER may only be sent as an answer (row sent.ER.exited); RC and ER are one message, and happen both or not.
  const whole = caseWith([
    ...embargoed, says('a2', ['ET'], ['b1']), says('a3', ['GI'], ['a2'], undefined, { to: ['bob'] }), says('b2', ['RC', 'ER'], ['a2'], undefined, { inReplyTo: 'a3' }),
  ])
  const engaged = (of: Case): ReadonlyArray<boolean> => of.participants.map((one) => one.engaged)
  expect(engaged(whole)).toEqual([true, false, true])
  expect(engaged(caseOf(project(whole, 'cyd').ledger))).toEqual(engaged(whole))
})

test('an id that stands for something that decides and for hidden content is void for everybody', () => {
  const whole = caseWith([says('a1', ['EP'], [], { id: 'x', end: '2026-03-01' }), says('a1', ['GI'], [], undefined, { to: ['bob'] })])
  expect(caseOf(project(whole, 'cyd').ledger).state.em).toBe(whole.state.em)
})

test('an honest chain stays one: dropping what is hidden between two entries makes no rivals of them', () => {
  const entries = [
    says('a1', ['EP'], [], { id: 'x', end: '2026-03-01' }), says('a2', ['GI'], ['a1']), says('a3', ['GI'], ['a2'], undefined, { to: ['bob'] }), says('a4', ['RS'], ['a3', 'a1']),
    says('a5', ['GI'], ['a4']),
  ]
  const kinds = (of: Case): ReadonlyArray<string> => of.findings.map((one) => one.kind).filter((kind) => kind === 'equivocation')
  expect(kinds(caseWith(entries))).toEqual([])
  // cyd sees a2 after a1 and a4 after a1.
  expect(kinds(caseOf(project(caseWith(entries), 'cyd').ledger))).toEqual([])
})

test('GREEN lets nobody see words under an embargo that it has not signed, in what decides as in content', () => {
  const revision = says('a2', ['RS', 'EV'], ['b1'], { id: 'y', end: '2026-04-01' }, { tlp: 'GREEN', note: 'the bug is in the parser' })
  expect(JSON.stringify(shown([...embargoed, revision], 'cyd'))).not.toContain('the bug is in the parser')
})
