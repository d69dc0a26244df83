/**
 * Counterexamples: the log of a run, its sentences and its charts. Every run is played again here by `transition` and `local`
 * alone, from the log's messages, and must pass through the states that the packed model gave; runs come from violated
 * properties of small models and from random walks through any model. What a log says besides (who had seen what, what answers
 * what) is held against what was delivered; sentences and drawings against a run that was worked out by hand.
 */
import fc from 'fast-check'
import { isLeft } from 'fp-ts/Either'
import { adopted, type CaseLog, dues, localEvents, type Message, messageTypes, type Participant, type Protocol, published, replay, roles, startOf } from 'mpcvd'
import { type CaseFindingKind, caseOf, charterOf, ingest, linked, openLedger } from 'mpcvd/case'
import { decodeLog, encodeLog } from 'mpcvd/codec'
import { describe, expect, it } from 'vitest'
import { protocol } from '../src/protocol/transition.js'
import { forms, topics } from '../src/verify/alphabet.js'
import { chartMermaid } from '../src/verify/chart.js'
import { chartSvg } from '../src/verify/chart-svg.js'
import { logOf, wordsOf } from '../src/verify/counterexample.js'
import { checkModel, type Model } from '../src/verify/model.js'
import { propertiesFor } from '../src/verify/properties.js'
import type { Property } from '../src/verify/property.js'
import { systemOf } from '../src/verify/system.js'
import { hopsFrom, type Hop, type Trace, traceOf } from '../src/verify/trace.js'
import { verify } from '../src/verify/verify.js'

/** The entries of a log by move: a lost message has none. The first two of a log in which nothing is delivered are no moves. */
const entriesByMove = ({ entries }: CaseLog, { moves }: Trace): ReadonlyArray<CaseLog['entries'][number] | undefined> => {
  let next = entries.length - moves.filter((move) => move.kind !== 'delivery' || !move.lost).length
  return moves.map((move) => (move.kind === 'delivery' && move.lost ? undefined : entries[next++]))
}

/** Everybody before the first move and after each, by the rule set alone. */
const played = (by: Protocol, log: CaseLog, trace: Trace): ReadonlyArray<ReadonlyArray<Participant>> => {
  const messages = new Map<string, Message>()
  let now = log.header.participants.map(({ id, roles, start }) => startOf(id, roles, start))
  const step = (id: string, of: (state: Participant) => ReturnType<Protocol['transition']>, refusable: boolean): void => {
    now = now.map((state) => {
      if (state.id !== id) return state
      const result = of(state)
      if (isLeft(result) && !refusable) throw new Error(`refused: ${JSON.stringify(result.left.tried)} in ${JSON.stringify(state)}`)
      return isLeft(result) ? state : result.right.state
    })
  }
  return [now, ...entriesByMove(log, trace).map((entry) => {
    if (entry === undefined) return now
    if ('message' in entry) {
      messages.set(entry.message.id, entry.message)
      step(entry.message.from, (state) => by.transition(state, entry.message), false)
    } else if ('local' in entry) step(entry.local.by, (state) => by.local(state, entry.local.event), false)
    else if ('receipt' in entry) {
      const message = messages.get(entry.receipt.message) ?? expect.fail(`not sent: ${entry.receipt.message}`)
      step(entry.receipt.by, (state) => by.transition(state, message), true)
    }
    return now
  })]
}

/** What is wrong with what the log says beside the steps; nothing, it is hoped. */
const misstatements = ({ header, entries }: CaseLog): ReadonlyArray<string> => {
  const wrong: string[] = []
  const authors = new Map<string, string>()
  const types = new Map<string, ReadonlyArray<string>>()
  const previous = new Map<string, string>()
  /** What each has been sent and received, and the proposals among it. */
  const has = new Map<string, Set<string>>(header.participants.map(({ id }) => [id, new Set()]))
  const offers = new Map<string, Set<string>>(header.participants.map(({ id }) => [id, new Set()]))
  const sent = new Map<string, Message>()
  const cite = (id: string, by: string, after: ReadonlyArray<string>): void => {
    const own = previous.get(by)
    if (after[0] !== own && (own !== undefined || authors.get(after[0] ?? '') === by)) wrong.push(`${id}: own previous entry is not first`)
    for (const one of after) if (authors.get(one) !== by && has.get(by)?.has(one) !== true) wrong.push(`${id} cites ${one}, which ${by} has not`)
    const others = after.slice(own === undefined ? 0 : 1).map((one) => authors.get(one))
    if (new Set(others).size < others.length || others.includes(by)) wrong.push(`${id} cites several of one`)
    authors.set(id, by)
    previous.set(by, id)
  }
  let last = ''
  const offer = (message: Message, who: string): void => {
    if (message.types.some((type) => type === 'EP' || type === 'EV') && message.embargo !== undefined) offers.get(who)?.add(message.embargo.id)
  }
  for (const entry of entries) {
    const at = 'message' in entry ? entry.message.at : 'local' in entry ? entry.local.at : 'receipt' in entry ? (entry.receipt.at ?? '') : ''
    if (at <= last && Date.parse(at) - Date.parse(last) !== 60_000) wrong.push(`${at} after ${last}`)
    last = at
    if ('local' in entry) cite(entry.local.id ?? '', entry.local.by, entry.local.after ?? [])
    if ('message' in entry) {
      const { after, embargo, from, id, inReplyTo, to } = entry.message
      cite(id, from, after ?? [])
      types.set(id, entry.message.types)
      sent.set(id, entry.message)
      if (inReplyTo !== undefined && authors.get(inReplyTo) !== from && has.get(from)?.has(inReplyTo) !== true) wrong.push(`${id} answers ${inReplyTo}, which ${from} has not`)
      for (const type of entry.message.types) {
        const kind = messageTypes[type]
        const about: ReadonlyArray<string> = 'acknowledges' in kind ? kind.acknowledges : []
        if (about.length === 0 || id === 'm0') continue
        if (!about.some((one) => types.get(inReplyTo ?? '')?.includes(one) === true)) wrong.push(`${id}: ${type} for ${types.get(inReplyTo ?? '')?.join('+') ?? 'nothing'}`)
        if (to.join() !== authors.get(inReplyTo ?? '')) wrong.push(`${id}: ${type} to ${to.join()}`)
      }
      const known = offers.get(from) ?? new Set()
      if (embargo?.answers !== undefined && known.size > 0 && !known.has(embargo.answers)) wrong.push(`${id} answers ${embargo.answers}, which ${from} does not know`)
      offer(entry.message, from)
    }
    if ('receipt' in entry) {
      const { by, message } = entry.receipt
      has.get(by)?.add(message)
      const original = sent.get(message)
      if (original !== undefined) offer(original, by)
    }
  }
  const made = [...sent.values()].flatMap(({ embargo, types: all }) => (embargo !== undefined && embargo.existing !== true && all.some((type) => type === 'EP' || type === 'EV') ? [embargo.id] : []))
  if (new Set(made).size < made.length) wrong.push(`proposals under one id: ${made.join()}`)
  return wrong
}

/** What the channels of a run do that channels of their kind do not. */
const misdeliveries = ({ messages, model, moves }: Trace): ReadonlyArray<string> => {
  const { bound, duplicating, losing, reordering } = model.channel
  const wrong: string[] = []
  const channels = new Map<string, number[]>()
  for (const move of moves) {
    if (move.kind === 'local') continue
    const { from = -1, to = [] } = messages[move.message] ?? {}
    if (move.kind === 'send') {
      for (const one of to) {
        const channel = channels.get(`${from} ${one}`) ?? []
        channels.set(`${from} ${one}`, [...channel, move.message])
        if (channel.length >= bound) wrong.push(`no room for ${move.message}`)
      }
    } else {
      const channel = channels.get(`${from} ${move.participant}`) ?? []
      const place = channel.indexOf(move.message)
      if (place < 0 || (place > 0 && reordering !== true)) wrong.push(`${move.message} comes out of ${channel.join()}`)
      if ((move.lost && losing !== true) || (move.stays && duplicating !== true) || (move.lost && move.stays)) wrong.push(`${move.message} is lost or repeated`)
      if (!move.stays) channels.set(`${from} ${move.participant}`, channel.filter((one) => one !== move.message))
    }
  }
  return wrong
}

/** Messages that answer one sender and cite another of its messages than a first that calls for that answer and has none: where acknowledgements are awaited, a first of what they are awaited for. */
const misanswers = (log: CaseLog, { messages, model, moves, states }: Trace): ReadonlyArray<string> => {
  const wrong: string[] = []
  const written = log.entries.flatMap((entry) => ('message' in entry && entry.message.id !== 'm0' ? [entry.message] : []))
  const waiting = new Map<string, Map<string, string>>()
  moves.forEach((move, index) => {
    if (move.kind === 'local') return
    const { from = -1, owed = false, to = [], types = [] } = messages[move.message] ?? {}
    const message = written[move.message] ?? expect.fail('not in the log')
    const before = states[index]?.[move.participant] ?? expect.fail('nobody')
    if (move.kind === 'send') {
      const called = waiting.get(`${move.participant} ${types.join()} ${to.join()}`)
      const [about] = [...(called ?? [])].filter(([, id]) => id === message.inReplyTo).map(([group]) => group)
      if (owed && called !== undefined && called.size > 0 && about === undefined) wrong.push(`${message.id} answers ${message.inReplyTo ?? 'nothing'}, not ${[...called.values()].join()}`)
      if (owed && about !== undefined) called?.delete(about)
      else for (const type of types) for (const one of to) waiting.delete(`${move.participant} ${type} ${one}`)
    } else if (!move.lost) {
      const result = model.protocol.transition(before, message)
      if (isLeft(result)) return
      for (const { required, to: whom, type } of dues(result.right)) {
        if (!required || whom !== 'sender') continue
        const key = `${move.participant} ${type} ${from}`
        const calls = waiting.get(key) ?? new Map<string, string>()
        waiting.set(key, calls)
        const kind = messageTypes[type]
        const awaited = (model.awaits ?? []).filter((one) => message.types.includes(one) && 'acknowledges' in kind && (kind.acknowledges as ReadonlyArray<string>).includes(one))
        for (const group of awaited.length === 0 ? [''] : awaited) if (!calls.has(group)) calls.set(group, message.id)
      }
    }
  })
  return wrong
}

const finalStates = (all: ReadonlyArray<Participant> | undefined): ReadonlyArray<string> => (all ?? []).map(({ cs, em, id, rm }) => `${id} ${rm} ${em} ${cs}`)

const expectFaithful = (trace: Trace): void => {
  const { model } = trace
  const log = logOf(trace)
  expect(played(model.protocol, log, trace).map(finalStates)).toEqual(trace.states.map(finalStates))
  expect(misstatements(log)).toEqual([])
  expect(misdeliveries(trace)).toEqual([])
  expect(misanswers(log, trace)).toEqual([])
  const replayed = replay(model.protocol, log)
  const kinds = new Set(replayed.findings.map(({ kind }) => kind))
  expect((['unknown-message', 'unknown-participant', 'conflicting-id', 'time-order', 'other-case'] as const).filter((kind) => kinds.has(kind))).toEqual([])
  // A replay takes each message once.
  const repeats = log.header.ext?.['repeated']
  const again = new Set<string>()
  const repeated = log.entries.flatMap((entry, index) => {
    if (!('receipt' in entry)) return []
    const key = `${entry.receipt.message} ${entry.receipt.by}`
    return again.has(key) ? [index] : (again.add(key), [])
  })
  expect(repeats ?? []).toEqual(repeated)
  if (repeated.length === 0) {
    expect(finalStates(replayed.participants)).toEqual(finalStates(trace.states.at(-1)))
    expect(kinds.has('refused')).toBe(false)
  }
  const read = decodeLog(encodeLog(log))
  expect(read).toMatchObject({ _tag: 'Right', right: { log, faults: [], warnings: [] } })
}

/** The catalogue, and two as a user might write them. Its properties of runs without end have models of their own, the same for most of these; they are asked once. */
const asked = (model: Model, place: number): ReadonlyArray<Property> => [
  ...propertiesFor(model).filter(({ kind }) => kind !== 'rows' && (kind !== 'liveness' || place < 2)),
  { kind: 'state', id: 'not all exited', says: '', source: [], looks: ({ state }) => state.em, violated: (views) => views.every(({ state }) => state.em === 'Exited') },
  { kind: 'liveness', id: 'nothing pending', says: '', source: [], looks: ({ state }) => state.em, pending: (views) => views.some(({ state }) => state.em === 'Proposed' || state.em === 'Revise') },
]

const [reporter, vendor, coordinator] = (['reporter', 'vendor', 'coordinator'] as const).map((role) => ({ roles: [role] }))
const pair = [reporter, vendor].flatMap((one) => one ?? [])
const three = [reporter, coordinator, vendor].flatMap((one) => one ?? [])
/** Adopted without a word on what an acceptance does to its receiver. */
const mutilated = protocol({ ...adopted.rules, received: adopted.rules.received.filter(({ types }) => !types.includes('EA')) })
const both = (model: Omit<Model, 'protocol'>): ReadonlyArray<Model> => [adopted, published].map((one) => ({ ...model, protocol: one }))
const models: ReadonlyArray<Model> = [
  ...both({ participants: pair, channel: { bound: 2 }, steps: 2 }),
  ...both({ participants: pair, channel: { bound: 2 }, about: ['em', 'public'], local: true, steps: 2 }),
  ...both({ participants: three, channel: { bound: 1 }, about: ['em', 'public'], acknowledgements: false, steps: 2 }),
  ...both({ participants: pair, channel: { bound: 1 }, about: ['em'], acknowledgements: false }),
  ...both({ participants: pair, channel: { bound: 1, losing: true }, about: ['em'], steps: 3 }),
  ...both({ participants: pair, channel: { bound: 2, duplicating: true, reordering: true }, about: ['em'], sends: ['EP', 'EA', 'ER'], acknowledgements: false, steps: 2 }),
  { protocol: mutilated, participants: pair, channel: { bound: 1 }, about: ['em'], steps: 3 },
]

const verdicts = models.flatMap((model, place) => verify(model, asked(model, place)).verdicts)
const counterexamples = verdicts.flatMap(({ counterexample, property }) => (counterexample === undefined ? [] : [{ property: property.id, trace: counterexample }]))

/** What would say that a log is badly written, and not that its participants did wrong. */
const structural: ReadonlyArray<CaseFindingKind> = ['equivocation', 'circular', 'gap', 'taken-proposal', 'not-a-member', 'open-ended']

describe('counterexamples', () => {
  it('are there for what both protocols violate, for rules that lack a row, and for runs without end', () => {
    for (const by of [adopted, published]) {
      const violated = counterexamples.filter(({ trace }) => trace.model.protocol === by).map(({ property }) => property)
      for (const id of ['divergence-em', 'error-answered', 'not all exited', 'nothing pending', 'overflow']) expect(violated, by.name).toContain(id)
    }
    expect(counterexamples.some(({ property, trace }) => property === 'unspecified-reception' && trace.model.protocol === mutilated)).toBe(true)
    expect(counterexamples.some(({ trace }) => trace.loop !== undefined)).toBe(true)
    expect(verdicts.filter(({ counterexample, verdict }) => verdict === 'violated' && counterexample === undefined).map(({ property }) => property.id)).toEqual([])
  })
  it('replay step by step through the states that the model gave', () => {
    for (const { trace } of counterexamples) expectFaithful(trace)
  })
  it('read as cases have no fault of form', () => {
    for (const { trace } of counterexamples) {
      const log = logOf(trace)
      const ledger = openLedger(charterOf(log.header))
      if (isLeft(ledger)) return expect.fail(JSON.stringify(ledger.left))
      const { findings } = caseOf(ingest(ledger.right, linked([log])))
      expect(findings.map(({ kind }) => kind).filter((kind) => structural.includes(kind))).toEqual([])
    }
  })
  it('come back to where their loop begins, and say so', () => {
    for (const { trace } of counterexamples) {
      if (trace.loop === undefined) continue
      expect(trace.states.at(-1)).toEqual(trace.states[trace.loop])
      const log = logOf(trace)
      const place = Number(log.header.ext?.['loop'])
      expect(entriesByMove(log, trace).slice(trace.loop).find((entry) => entry !== undefined)).toBe(log.entries[place])
      expect(wordsOf(trace).at(-1)).toBe(`From move ${trace.loop + 1} on, all this comes again, without end.`)
    }
  })
  it('say under which rules they were found, where these are neither edition', () => {
    for (const { trace } of counterexamples) expect('rules' in (logOf(trace).header.ext ?? {})).toBe(trace.model.protocol === mutilated)
  })
})

describe('any run of any model', () => {
  const roleSets = fc.subarray([...roles], { minLength: 1, maxLength: 2 })
  const some = <A>(all: ReadonlyArray<A>): fc.Arbitrary<A[] | undefined> => fc.option(fc.subarray([...all], { minLength: 1 }), { nil: undefined })
  /** Rules by name, so that a failure can be read. */
  type Described = Omit<Model, 'protocol'> & { readonly rules: 'adopted' | 'published' | 'mutilated' }
  const anyModel: fc.Arbitrary<Described> = fc
    .record({
      rules: fc.constantFrom('adopted', 'published', 'mutilated'), participants: fc.array(roleSets.map((held) => ({ roles: held })), { minLength: 2, maxLength: 4 }),
      channel: fc.record({ bound: fc.integer({ min: 1, max: 3 }), losing: fc.boolean(), duplicating: fc.boolean(), reordering: fc.boolean() }),
      about: some(topics), sends: some(forms.map(({ name }) => name)), local: fc.oneof(fc.boolean(), fc.subarray([...localEvents])),
      steps: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }), repeats: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
      acknowledgements: fc.boolean(), awaits: fc.subarray(['RS', 'EP', 'CP'] as const), terms: fc.boolean(),
    })
    .map((model) => Object.fromEntries(Object.entries(model).filter(([, value]) => value !== undefined)) as unknown as Described)
  const walk = (model: Model, choices: ReadonlyArray<number>): Trace => {
    const system = systemOf(model)
    const hops: Hop[] = []
    let here = system.initial
    for (const choice of choices) {
      const next = hopsFrom(system, here)
      const hop = next[choice % Math.max(1, next.length)]
      if (hop === undefined) break
      hops.push(hop)
      here = hop.fields
    }
    return traceOf(system, hops)
  }

  it('replays step by step, and its drawings show each message where it leaves and arrives', () => {
    let moves = 0
    fc.assert(fc.property(anyModel, fc.array(fc.nat({ max: 9_999 }), { maxLength: 40, size: 'max' }), ({ rules, ...described }, choices) => {
      const model: Model = { ...described, protocol: { adopted, published, mutilated }[rules] }
      expect(checkModel(model)._tag).toBe('Right')
      const trace = walk(model, choices)
      moves += trace.moves.length
      expectFaithful(trace)
      expectDrawn(trace)
    }), { numRuns: 150 })
    // Some models have no more to do after a few moves; most go on.
    expect(moves).toBeGreaterThan(1000)
  })
})

/**
 * A run that was worked out by hand. Both propose; the reporter's proposal is delivered twice, the vendor's is lost; the vendor
 * accepts the reporter's, whose time is then up, and the word of it is under way at the end.
 */
const byHand = (): Trace => {
  const of = (em: [Participant['em'], Participant['em']]): ReadonlyArray<Participant> => [
    { id: 'reporter', roles: ['reporter'], rm: 'Accepted', em: em[0], cs: 'pxa' }, { id: 'vendor', roles: ['vendor'], rm: 'Accepted', em: em[1], cs: 'Vfdpxa' },
  ]
  return {
    model: { protocol: adopted, participants: pair, channel: { bound: 2, losing: true, duplicating: true }, about: ['em'], local: true },
    messages: [
      { from: 0, to: [1], name: 'EP', types: ['EP'], context: {}, owed: false },
      { from: 1, to: [0], name: 'EP', types: ['EP'], context: {}, owed: false },
      { from: 1, to: [0], name: 'EA', types: ['EA'], context: { answers: true }, owed: false },
      { from: 0, to: [1], name: 'ET', types: ['ET'], context: { reply: true }, owed: true, answers: 7 },
    ],
    moves: [
      { kind: 'send', participant: 0, message: 0 },
      { kind: 'send', participant: 1, message: 1 },
      { kind: 'delivery', participant: 1, message: 0, lost: false, stays: true },
      { kind: 'delivery', participant: 1, message: 0, lost: false, stays: false },
      { kind: 'send', participant: 1, message: 2 },
      { kind: 'delivery', participant: 0, message: 1, lost: true, stays: false },
      { kind: 'delivery', participant: 0, message: 2, lost: false, stays: false },
      { kind: 'local', participant: 0, event: 'expire' },
      { kind: 'send', participant: 0, message: 3 },
    ],
    states: [
      of(['None', 'None']), of(['Proposed', 'None']), of(['Proposed', 'Proposed']), of(['Proposed', 'Proposed']), of(['Proposed', 'Proposed']),
      of(['Proposed', 'Active']), of(['Proposed', 'Active']), of(['Active', 'Active']), of(['Exited', 'Active']), of(['Exited', 'Active']),
    ],
  }
}

describe('a run that was worked out by hand', () => {
  const trace = byHand()
  it('is one', () => {
    expectFaithful(trace)
    expectDrawn(trace)
  })
  it('is this log', () => {
    const at = (minute: number): string => `2026-01-01T00:0${minute}:00Z`
    const [reporterToVendor, vendorToReporter] = [{ case: 'c7', from: 'reporter', to: ['vendor'] }, { case: 'c7', from: 'vendor', to: ['reporter'] }]
    const end = '2026-04-01T00:00:00Z'
    expect(logOf(trace, { case: 'c7', title: 'A crossing' })).toEqual({
      header: {
        log: 1, protocol: 'adopted@1', case: 'c7', world: 'closed', title: 'A crossing', ext: { repeated: [3] },
        participants: [{ id: 'reporter', roles: ['reporter'] }, { id: 'vendor', roles: ['vendor'], start: '(A,N,Vfdpxa)' }],
      },
      entries: [
        { message: { ...reporterToVendor, id: 'm1', types: ['EP'], at: at(0), embargo: { id: 'e1', end } } },
        { message: { ...vendorToReporter, id: 'm2', types: ['EP'], at: at(1), embargo: { id: 'e2', end } } },
        { receipt: { message: 'm1', by: 'vendor', at: at(2) } },
        { receipt: { message: 'm1', by: 'vendor', at: at(3) } },
        { message: { ...vendorToReporter, id: 'm3', types: ['EA'], at: at(4), after: ['m2', 'm1'], embargo: { id: 'e1', answers: 'e1' } } },
        { receipt: { message: 'm3', by: 'reporter', at: at(5) } },
        { local: { id: 'l1', by: 'reporter', event: 'expire', at: at(6), after: ['m1', 'm3'] } },
        { message: { ...reporterToVendor, id: 'm4', types: ['ET'], at: at(7), after: ['l1'], inReplyTo: 'l1', embargo: { id: 'e1' } } },
      ],
    })
  })
  it('is these sentences', () => {
    expect(wordsOf(trace)).toEqual([
      'At the start reporter is in (A,N,pxa), vendor is in (A,N,Vfdpxa).',
      '1. reporter sends EP (1) to vendor, and is in (A,P,pxa).',
      '2. vendor sends EP (2) to reporter, and is in (A,P,Vfdpxa).',
      '3. vendor gets EP (1) from reporter; owes EK.',
      '4. vendor gets EP (1) from reporter once more; owes EK.',
      '5. vendor sends EA (3) to reporter, and is in (A,A,Vfdpxa).',
      '6. EP (2) from vendor to reporter is lost.',
      '7. reporter gets EA (3) from vendor, and is in (A,A,pxa); owes EK.',
      '8. reporter steps by itself (expire), and is in (A,X,pxa); owes ET.',
      '9. reporter sends ET (4) to vendor, as it owes.',
      'At the end reporter is in (A,X,pxa), vendor is in (A,A,Vfdpxa).',
      'Under way: ET (4) from reporter to vendor.',
    ])
  })
  it('is this Mermaid diagram, with a loop where there is one', () => {
    const notes = [
      '    Note over p1: sends EP (1), Proposed',
      '    Note over p2: sends EP (2), Proposed',
      '    p1-)p2: EP (1)',
      '    p1-)p2: EP (1)',
      '    Note over p2: sends EA (3), Active',
      '    p2-xp1: EP (2) lost',
      '    p2-)p1: EA (3)',
      '    Note over p1: Active',
      '    Note over p1: expire: Exited',
      '    Note over p1: sends ET (4)',
      '    Note over p1: ET (4) to vendor is under way',
      '    Note over p1: (A,X,pxa)',
      '    Note over p2: (A,A,Vfdpxa)',
    ]
    const head = ['sequenceDiagram', '    participant p1 as reporter (A,N,pxa)', '    participant p2 as vendor (A,N,Vfdpxa)']
    expect(chartMermaid(trace).split('\n')).toEqual([...head, ...notes])
    expect(chartMermaid({ ...trace, loop: 7 }).split('\n')).toEqual([...head, ...notes.slice(0, 8), '    loop without end', ...notes.slice(8, 10), '    end', ...notes.slice(10)])
  })
  it('draws what changed, what is lost, what is under way and what comes again', () => {
    const texts = drawingOf(chartSvg({ ...trace, loop: 7 }, { title: 'A <crossing> & "more"' })).texts.map(({ text }) => text)
    expect(texts[0]).toBe('A <crossing> & "more"')
    for (const text of ['reporter', 'vendor', '(A,N,pxa)', '(A,X,pxa)', 'lost', 'expire: Exited', 'without end', 'Embargo Termination']) expect(texts, text).toContain(text)
    expect(texts.filter((text) => text === 'Proposed' || text === 'Active')).toHaveLength(4)
    const bare = drawingOf(chartSvg(trace, { legend: false })).texts.map(({ text }) => text)
    expect(bare).not.toContain('without end')
    expect(bare).not.toContain('Embargo Termination')
    expect(chartSvg(trace)).toBe(chartSvg(byHand()))
    expect(chartSvg(trace)).toContain('prefers-color-scheme:dark')
    for (const theme of ['light', 'dark'] as const) expect(chartSvg(trace, { theme })).not.toContain('prefers-color-scheme')
  })
  it('is marked where no rule is about a message', () => {
    const found = counterexamples.find(({ property, trace: { model } }) => property === 'unspecified-reception' && model.protocol === mutilated)?.trace ?? expect.fail('none')
    expect(wordsOf(found).filter((line) => line.endsWith(', which no rule is about.'))).toHaveLength(1)
    expect(drawingOf(chartSvg(found)).texts.map(({ text }) => text)).toContain('no rule')
    expect(chartMermaid(found)).toContain(': no rule')
  })
})

// ---- drawings, read ----

interface Text { readonly text: string; readonly x: number; readonly y: number; readonly classes: string }
interface Drawing { readonly texts: ReadonlyArray<Text>; readonly lines: ReadonlyArray<{ readonly d: string; readonly classes: string }>; readonly width: number; readonly height: number }

const characters: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
const unescaped = (text: string): string => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (found) => characters[found] ?? found)

/** The texts and paths of a drawing; fails where it is not well formed or has a number that is none. */
const drawingOf = (svg: string): Drawing => {
  const open: string[] = []
  const texts: Text[] = []
  const lines: { d: string; classes: string }[] = []
  const tokens = /<(\/?)([a-z]+)((?: [\w:-]+="[^"<&]*(?:&(?:amp|lt|gt|quot|#39);[^"<&]*)*")*)(\/?)>|((?:[^<>&]|&(?:amp|lt|gt|quot|#39);)+)/gy
  let end = 0
  for (let found = tokens.exec(svg); found !== null; found = tokens.exec(svg)) {
    end = tokens.lastIndex
    const [all, slash, name = '', given = '', closed, text = ''] = found
    const attributes = Object.fromEntries([...given.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]))
    if (/\b(?:NaN|undefined|Infinity)\b/.test(given)) expect.fail(`no number: ${all}`)
    if (name === '') {
      const last = texts.at(-1)
      if (open.at(-1) === 'text' && last !== undefined) texts[texts.length - 1] = { ...last, text: last.text + unescaped(text) }
    } else if (slash === '/') {
      if (open.pop() !== name) expect.fail(`closes nothing: ${all}`)
    } else {
      if (closed !== '/') open.push(name)
      if (name === 'text') texts.push({ text: '', x: Number(attributes['x']), y: Number(attributes['y']), classes: attributes['class'] ?? '' })
      if (name === 'path') lines.push({ d: attributes['d'] ?? '', classes: attributes['class'] ?? '' })
    }
  }
  if (end < svg.length || open.length > 0) expect.fail(`not well formed: ${svg.slice(end, end + 60)} ${open.join()}`)
  const size = /width="(\d+(?:\.\d)?)" height="(\d+(?:\.\d)?)"/.exec(svg)
  return { texts, lines, width: Number(size?.[1]), height: Number(size?.[2]) }
}

/** Every copy of a message that arrives is a line from its row and lane to another; rows are found by their numbers, lanes by their names. */
const expectDrawn = (trace: Trace): void => {
  const svg = chartSvg(trace, { title: 'A run' })
  const { height, lines, texts, width } = drawingOf(svg)
  const rows = new Map(texts.filter(({ classes, text }) => classes.includes('tiny') && /^\d+$/.test(text)).map(({ text, y }) => [y - 3, Number(text) - 1]))
  const lanes = texts.filter(({ classes }) => classes.includes('name'))
  expect(rows.size).toBe(trace.moves.length)
  expect(lanes).toHaveLength(trace.model.participants.length)
  const laneAt = (x: number): number => lanes.findIndex((lane) => Math.abs(lane.x - x) < 6)
  expect(texts.filter(({ x, y }) => x >= width || y >= height)).toEqual([])
  const drawn = lines.flatMap(({ classes, d }) => {
    const points = [...d.matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const)
    const [first, last] = [points[0], points.at(-1)]
    if (!classes.includes('stroke') || classes.includes('dot') || points.length < 2 || /[hvlHVz]/.test(d) || first === undefined || last === undefined) return []
    const times = points.map(([, y]) => y)
    if (times.some((time, index) => time < (times[index - 1] ?? 0))) expect.fail(`goes up: ${d}`)
    return [{ from: laneAt(first[0]), to: laneAt(last[0]), leaves: rows.get(first[1]), arrives: rows.get(last[1]) }]
  })
  const sentAt = new Map(trace.moves.flatMap((move, row) => (move.kind === 'send' ? [[move.message, row] as const] : [])))
  const expected = trace.moves.flatMap((move, row) => (move.kind === 'delivery'
    ? [{ from: trace.messages[move.message]?.from, to: move.lost ? -1 : move.participant, leaves: sentAt.get(move.message), arrives: row }] : []))
  const inOrder = (all: ReadonlyArray<unknown>): ReadonlyArray<string> => all.map((one) => JSON.stringify(one)).sort()
  expect(inOrder(drawn)).toEqual(inOrder(expected))
  const mermaid = chartMermaid(trace).split('\n')
  expect(mermaid.filter((line) => /^ {4}p\d-\)p\d: /.test(line))).toHaveLength(expected.filter(({ to }) => to >= 0).length)
  expect(mermaid.filter((line) => /^ {4}p\d-xp\d: /.test(line))).toHaveLength(expected.filter(({ to }) => to < 0).length)
  expect(mermaid.filter((line) => !/^(?: {4}(?:participant p\d as|Note over p\d:|p\d-[)x]p\d:) [\w #;,():/-]+|sequenceDiagram)$/.test(line))).toEqual([])
}
