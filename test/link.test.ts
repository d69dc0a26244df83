/**
 * Links: the `after` that is made up for logs that were kept without it. First by hand, then over simulated conversations
 * of honest participants, whose knowledge is kept apart in sets: every link must say what its author had seen, no less
 * and no more, and nobody must come to look as if it spoke with two tongues.
 */
import fc from 'fast-check'
import { isLeft } from 'fp-ts/Either'
import { type CaseLog, contentOf, type EmbargoTerms, type LogEntry, type LogHeader, type MessageType, type Statement } from 'mpcvd'
import { type Case, caseOf, charterOf, idOf, ingest, isDeciding, linked, openLedger, referencesOf } from 'mpcvd/case'
import { describe, expect, it } from 'vitest'

const at = '2026-01-05'
const header: LogHeader = { log: 1, protocol: 'adopted@1', case: 'c', participants: ['a', 'b', 'c'].map((id) => ({ id, roles: ['vendor'] })), world: 'open' }
const logOf = (entries: ReadonlyArray<LogEntry>, as?: string): CaseLog => ({ header: as === undefined ? header : { ...header, as }, entries })
/** A message; `to` has a letter for each recipient. */
const says = (id: string, from: string, to: string, type: MessageType, more: { readonly after?: ReadonlyArray<string>; readonly embargo?: EmbargoTerms } = {}): Statement =>
  ({ message: { id, case: 'c', from, to: to.split(/(?=.)/u), types: [type], at, ...more } })
const gets = (message: string, by: string): LogEntry => ({ receipt: { message, by } })

/** Who had seen what, as the links say: `id: cited`. */
const links = (...logs: ReadonlyArray<CaseLog>): Readonly<Record<string, string>> =>
  Object.fromEntries(linked(logs).map((entry) => {
    const content = contentOf(entry)
    return [idOf(entry), ('after' in content ? content.after : undefined)?.join(' ') ?? '-']
  }))

const caseIn = (logs: ReadonlyArray<CaseLog>): Case => {
  const opened = openLedger(charterOf({ ...(logs[0]?.header ?? header) }))
  if (isLeft(opened)) throw new Error(JSON.stringify(opened.left))
  return caseOf(ingest(opened.right, linked(logs)))
}
/** What would be said of honest people only if the links were wrong. */
const accusations = (of: Case): ReadonlyArray<string> =>
  of.findings.filter(({ kind }) => ['equivocation', 'circular', 'ended', 'gap', 'not-a-member'].includes(kind)).map(({ kind, entry }) => `${kind} ${entry}`)

describe('the links of a log', () => {
  const conversation = [
    says('m1', 'a', 'bc', 'EP'), says('m2', 'b', 'a', 'EA'), says('m3', 'c', 'ab', 'ER'), says('m4', 'a', 'bc', 'EK'),
    says('m5', 'b', 'a', 'RK'), says('m6', 'b', 'a', 'EK'), says('m7', 'c', 'ab', 'GI'),
  ]

  it('of everybody: a message reaches its recipients at once; the own previous entry, then the latest that decide', () => {
    // c is not told of m2. a had m2 and m3, neither of which knew of the other. m5 decides nothing, and is nobody's tip; what it has seen, m6 cites too.
    expect(links(logOf(conversation))).toEqual({ m1: '', m2: 'm1', m3: 'm1', m4: 'm1 m2 m3', m5: 'm2 m4', m6: 'm5 m4 m2', m7: 'm3 m4' })
  })

  it('of everybody with receipts: a message is known to who has a receipt, from then on', () => {
    const log = [
      says('m1', 'a', 'bc', 'EP'), gets('m1', 'b'), says('m2', 'b', 'a', 'EA'), says('m3', 'c', 'a', 'ER'), gets('m1', 'c'), gets('m3', 'a'),
      says('m4', 'a', 'bc', 'EK'), gets('m2', 'a'), gets('unknown', 'a'), says('m5', 'a', 'bc', 'ET'), says('m6', 'c', 'ab', 'CP'),
    ]
    // c said m3 before it had m1; a said m4 before it had m2. m6: its own m3, and m1, which m3 had not seen.
    expect(links(logOf(log))).toEqual({ m1: '', m2: 'm1', m3: '', m4: 'm1 m3', m5: 'm4 m2', m6: 'm3 m1' })
    expect(linked([logOf(log)]).some((entry) => 'receipt' in entry)).toBe(false)
  })

  it('of a participant: it knew all that stands before; of the others it can tell only that each knew its own', () => {
    const log = [says('m1', 'a', 'bc', 'EP'), says('m2', 'b', 'a', 'EA'), says('m3', 'c', 'b', 'ER'), says('m4', 'b', 'ac', 'ET'), says('m5', 'a', 'b', 'GI'), says('m6', 'a', 'b', 'EK')]
    expect(links(logOf(log, 'b'))).toEqual({ m1: '', m2: 'm1', m3: '', m4: 'm2 m3', m5: 'm1', m6: 'm5 m1' })
  })

  it('of a participant with receipts: it knew what it had a receipt for', () => {
    const log = [says('m1', 'a', 'bc', 'EP'), says('m2', 'b', 'a', 'EP'), gets('m1', 'b'), gets('m2', 'a'), says('m3', 'b', 'ac', 'ET')]
    expect(links(logOf(log, 'b'))).toEqual({ m1: '', m2: '', m3: 'm2 m1' })
  })

  it('of everybody says what a participant had seen only where its own log does not', () => {
    const everybodys = logOf([says('m1', 'a', 'b', 'EP'), says('m2', 'b', 'a', 'EP'), says('m3', 'a', 'b', 'EK')])
    const own = logOf([says('m2', 'b', 'a', 'EP'), says('m1', 'a', 'b', 'EP')], 'b')
    expect(links(everybodys)).toEqual({ m1: '', m2: 'm1', m3: 'm1 m2' })
    for (const logs of [[everybodys, own], [own, everybodys]]) expect(links(...logs)).toEqual({ m1: '', m2: '', m3: 'm1 m2' })
  })

  it('keep what an entry says itself, also that its author had seen nothing', () => {
    expect(links(logOf([says('m1', 'a', 'bc', 'EP', { after: ['elsewhere'] }), says('m2', 'b', 'a', 'EA', { after: [] }), says('m3', 'a', 'b', 'EK')])))
      .toEqual({ m1: 'elsewhere', m2: '', m3: 'm1 m2' })
    const full = linked([logOf(conversation)])
    expect(linked([logOf(full)])).toEqual(full)
    // What decides cites itself what it has seen by way of content, after what it says.
    const byWay = [says('m1', 'a', 'bc', 'EP', { after: [] }), says('m2', 'b', 'a', 'GI', { after: ['m1'] }), says('m3', 'b', 'a', 'EA', { after: ['m2'] }), says('m4', 'b', 'a', 'GI', { after: ['m2'] })]
    expect(links(logOf(byWay))).toEqual({ m1: '', m2: 'm1', m3: 'm2 m1', m4: 'm2' })
  })

  it('are given to every kind of entry that can have some: not to stamps, and not to observations, which are nobody\'s', () => {
    const entries: ReadonlyArray<Statement> = [
      says('m1', 'a', 'b', 'EP'), { local: { id: 'l', by: 'b', event: 'aware', at } }, { stamp: { id: 's', by: 'c', entry: 'm1', sequence: 1, at } },
      { observation: { id: 'o', event: 'P', at, source: 'a list' } }, { correction: { id: 'k', by: 'b', of: 'l', change: 'retracts', at } },
      { membership: { id: 'j', by: 'a', participant: 'z', change: 'joins', roles: ['vendor'], at } }, says('m2', 'c', 'a', 'ET'),
    ]
    // Everybody hears of a change of members: c had not been sent m1, and knows of it through j.
    expect(links(logOf(entries))).toEqual({ m1: '', l: 'm1', s: '-', o: '-', k: 'l m1', j: 'm1', m2: 's j' })
    const without = (entry: Statement): unknown => JSON.parse(JSON.stringify(entry, (name, value: unknown) => (name === 'after' ? undefined : value)))
    expect(linked([logOf(entries)]).map(without)).toEqual(entries)
  })

  it('of nothing are none', () => {
    expect(linked([])).toEqual([])
    expect(linked([logOf([])])).toEqual([])
    expect(linked([logOf([gets('m1', 'a')])])).toEqual([])
  })

  it('of entries without an id can be followed: what is cited is held', () => {
    const entries: ReadonlyArray<Statement> = [
      says('m1', 'a', 'bc', 'EP', { embargo: { id: 'x', end: at } }), { membership: { by: 'a', participant: 'z', change: 'joins', roles: ['vendor'], at } },
      { local: { by: 'b', event: 'aware', at } }, says('m2', 'b', 'ac', 'EA', { embargo: { id: 'x' } }), says('m3', 'a', 'bcz', 'EK'),
    ]
    expect(caseIn([logOf(entries)]).gaps).toEqual([])
  })

  it('let who joins know that it did', () => {
    const participants = [{ id: 'zoe', roles: ['vendor'] }] as const
    const entries: ReadonlyArray<Statement> = [
      { membership: { id: 'j', by: 'zoe', participant: 'abe', change: 'joins', roles: ['vendor'], at } },
      { message: { id: 'm1', case: 'c', from: 'abe', to: ['zoe'], types: ['EP'], at, embargo: { id: 'x', end: at } } },
    ]
    const of = caseIn([{ header: { ...header, participants }, entries }])
    expect(accusations(of)).toEqual([])
    expect(of.state.em).toBe('Proposed')
  })

  it('of one participant alone make nobody look as if it spoke with two tongues', () => {
    const entries = [
      says('m1', 'a', 'b', 'EP', { embargo: { id: 'x', end: at } }), says('m2', 'b', 'a', 'EA', { embargo: { id: 'x' } }), says('m3', 'a', 'b', 'EK'), says('m4', 'b', 'a', 'ET'), says('m5', 'a', 'b', 'EK'),
    ]
    const of = caseIn([{ header: { ...header, as: 'a', participants: header.participants.slice(0, 2) }, entries }])
    expect(accusations(of)).toEqual([])
    expect(of.state.em).toBe('Exited')
  })

  it('of 10,000 entries are there in a moment: the work grows with the log, not with its square', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => says(`m${index}`, 'abc'[index % 3] ?? 'a', 'abc'[(index + 1) % 3] ?? 'b', 'EK'))
    const started = performance.now()
    expect(linked([logOf(many)])).toHaveLength(10_000)
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  it('agree with a copy that has them', () => {
    // Another log has the same message with the links that its author gave it, in its own order.
    const [m1, m2] = [says('m1', 'a', 'bc', 'EP', { embargo: { id: 'x', end: at } }), says('m2', 'c', 'ab', 'EP', { embargo: { id: 'y', end: at } })]
    const m3 = says('m3', 'b', 'ac', 'EA', { embargo: { id: 'x' } })
    const given = says('m3', 'b', 'ac', 'EA', { embargo: { id: 'x' }, after: ['m2', 'm1'] })
    for (const logs of [[logOf([m1, m2, m3]), logOf([m1, m2, given])], [logOf([m1, m2, given]), logOf([m1, m2, m3])]]) expect(accusations(caseIn(logs))).toEqual([])
  })
})

/** A conversation, as everybody's log and as that of each participant, and what each author had seen of what decides. */
interface Conversation {
  readonly everybody: ReadonlyArray<LogEntry>
  readonly own: ReadonlyMap<string, ReadonlyArray<LogEntry>>
  readonly seen: ReadonlyMap<string, ReadonlySet<string>>
}

type Arrival = 'at once' | 'receipts' | 'later'

interface Move {
  readonly who: number
  readonly what: number
  readonly to: number
}

const types: ReadonlyArray<MessageType> = ['EP', 'EA', 'ER', 'EV', 'EC', 'ET', 'EK', 'CP', 'RS', 'RV', 'GI', 'CV']

/**
 * Participants who tell the truth, in the order in which they do things. Messages arrive at once; or when a move lets one
 * in, later than others that were sent later where `fifo` is false, with a receipt or just as a line of the recipient's log.
 */
const converse = (people: ReadonlyArray<string>, moves: ReadonlyArray<Move>, arrival: Arrival, fifo: boolean): Conversation => {
  const receipts = arrival === 'receipts'
  const everybody: LogEntry[] = []
  const own = new Map<string, LogEntry[]>(people.map((id) => [id, []]))
  const known = new Map<string, Set<string>>(people.map((id) => [id, new Set()]))
  const seen = new Map<string, ReadonlySet<string>>()
  const under: { readonly to: string; readonly entry: Statement }[] = []
  const arrive = (to: string, entry: Statement): void => {
    const id = idOf(entry)
    own.get(to)?.push(entry, ...(receipts ? [gets(id, to)] : []))
    if (receipts) everybody.push(gets(id, to))
    if (isDeciding(entry)) for (const one of [...(seen.get(id) ?? []), id]) known.get(to)?.add(one)
  }
  moves.forEach(({ who, what, to }, index) => {
    const from = people[who % people.length] ?? ''
    const others = people.filter((one) => one !== from)
    if (arrival !== 'at once' && what % 3 > 0 && under.length > 0) {
      // Of one sender in the order of sending, or any.
      const place = fifo ? under.findIndex((one) => one.to === under[to % under.length]?.to) : to % under.length
      const [parcel] = under.splice(place, 1)
      if (parcel !== undefined) arrive(parcel.to, parcel.entry)
      return
    }
    const id = `e${index}`
    const type = types[what % types.length] ?? 'GI'
    const recipients = others.filter((_, place) => (to >> place) % 2 === 0)
    const entry: Statement = what % 13 === 12
      ? { local: { id, by: from, event: 'aware', at } }
      : { message: { id, case: 'c', from, to: recipients.length > 0 ? recipients : others, types: [type], at, ...(type.startsWith('E') ? { embargo: { id: `x${what % 3}`, end: at } } : {}) } }
    everybody.push(entry)
    own.get(from)?.push(entry)
    seen.set(id, new Set(known.get(from)))
    if (isDeciding(entry)) known.get(from)?.add(id)
    for (const other of 'message' in entry ? entry.message.to : [])
      if (arrival === 'at once') arrive(other, entry)
      else under.push({ to: other, entry })
  })
  for (const { to, entry } of under) arrive(to, entry)
  return { everybody, own, seen }
}

/** The deciding entries that each entry has among its ancestors. */
const ancestors = (entries: ReadonlyArray<Statement>): ReadonlyMap<string, ReadonlySet<string>> => {
  const held = new Map(entries.map((entry) => [idOf(entry), entry]))
  const found = new Map<string, ReadonlySet<string>>()
  const of = (id: string): ReadonlySet<string> => {
    const known = found.get(id)
    const entry = held.get(id)
    if (known !== undefined || entry === undefined) return known ?? new Set()
    const all = new Set<string>()
    for (const cited of referencesOf(entry)) {
      const other = held.get(cited)
      for (const one of of(cited)) all.add(one)
      if (other !== undefined && isDeciding(other)) all.add(cited)
    }
    found.set(id, all)
    return all
  }
  for (const id of held.keys()) of(id)
  return found
}

const moves = fc.array(fc.record({ who: fc.nat(11), what: fc.nat(155), to: fc.nat(63) }), { minLength: 1, maxLength: 40, size: 'max' })
const people = fc.integer({ min: 2, max: 4 }).map((size) => ['a', 'b', 'c', 'd'].slice(0, size))
/** A log of everybody cannot tell when something arrived that has no receipt. */
const arrivals = (whose: 'everybody' | 'each' | 'both'): fc.Arbitrary<Arrival> => fc.constantFrom(...(['at once', 'receipts'] as const), ...(whose === 'each' ? ['later' as const] : []))
const conversations = (whose: 'everybody' | 'each' | 'both') => fc.record({ people, moves, arrival: arrivals(whose), fifo: fc.boolean() })

describe('an honest conversation that was kept without links', () => {
  const logs = (all: ReadonlyArray<string>, { everybody, own }: Conversation, whose: 'everybody' | 'each' | 'both'): ReadonlyArray<CaseLog> => {
    const head: LogHeader = { ...header, participants: all.map((id) => ({ id, roles: ['vendor'] })) }
    return [
      ...(whose === 'each' ? [] : [{ header: head, entries: everybody }]),
      ...(whose === 'everybody' ? [] : all.map((as) => ({ header: { ...head, as }, entries: own.get(as) ?? [] }))),
    ]
  }

  it.each(['everybody', 'each', 'both'] as const)('makes no forks: logs of %s', (whose) => {
    fc.assert(
      fc.property(conversations(whose), ({ people: all, moves: made, arrival, fifo }) => {
        expect(accusations(caseIn(logs(all, converse(all, made, arrival, fifo), whose)))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['everybody', true], ['each', true], ['both', true], ['everybody', false], ['each', false], ['both', false],
  ] as const)('has links that say what everybody had seen, no less and no more: logs of %s, arriving in the order of sending: %s', (whose, fifo) => {
    fc.assert(
      fc.property(conversations(whose), ({ people: all, moves: made, arrival }) => {
        const conversation = converse(all, made, arrival, fifo)
        const found = ancestors(linked(logs(all, conversation, whose)))
        for (const [id, seen] of conversation.seen) expect({ id, seen: [...(found.get(id) ?? [])].sort() }).toEqual({ id, seen: [...seen].sort() })
      }),
      { numRuns: 500 },
    )
  })

  it('gives the same entries from every log, so that copies are copies', () => {
    fc.assert(
      fc.property(conversations('both'), ({ people: all, moves: made, arrival, fifo }) => {
        const copies = new Map<string, string>()
        for (const entry of linked(logs(all, converse(all, made, arrival, fifo), 'both'))) {
          expect(copies.get(idOf(entry)) ?? JSON.stringify(entry)).toBe(JSON.stringify(entry))
          copies.set(idOf(entry), JSON.stringify(entry))
        }
      }),
      { numRuns: 300 },
    )
  })
})
