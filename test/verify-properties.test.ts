/**
 * The properties: each can fail, each can hold, and each says where it comes from.
 *
 * Where a property fails for one of the two readings that the library has, the run is one that was worked out by hand from the
 * tables. Where it fails for neither, a row of the adopted reading is changed so that it has to.
 */
import { adopted, errata, protocol, type Protocol, published, type Row, type RuleSet, sourceCodes } from 'mpcvd'
import { requirementById } from 'mpcvd/conformance'
import { type LivenessProperty, livenessFor, type Model, type Property, propertiesFor, type Trace, verify } from 'mpcvd/verify'
import { describe, expect, test } from 'vitest'

const reporterAndVendor: Model['participants'] = [{ roles: ['reporter'] }, { roles: ['vendor'] }]
const vendors: Model['participants'] = [{ roles: ['vendor'] }, { roles: ['vendor', 'deployer'] }]
const base: Model = { protocol: adopted, participants: reporterAndVendor, channel: { bound: 2 }, steps: 1 }

const received = (role: 'vendor' | 'coordinator', cs: 'Vfdpxa' | 'pxa'): Model['participants'][number] => ({ roles: [role], start: { rm: 'Received', em: 'None', cs } })

/** The adopted rows without some. */
const without = (...ids: ReadonlyArray<string>): Protocol => {
  const kept = ({ id }: { readonly id: string }): boolean => !ids.includes(id)
  const { consequences, forced, received: receipts, sent } = adopted.rules
  return protocol({ ...adopted.rules, sent: sent.filter(kept), received: receipts.filter(kept), forced: forced.filter(kept), consequences: consequences.filter(kept) })
}
/** The adopted rows with one changed. */
const with1 = (id: string, change: (row: Row) => Row): Protocol => {
  const rows = (all: ReadonlyArray<Row>): ReadonlyArray<Row> => all.map((row) => (row.id === id ? change(row) : row))
  return protocol({ ...adopted.rules, sent: rows(adopted.rules.sent), received: rows(adopted.rules.received) })
}
/** Rules on a machine with one edge more. */
const withEdge = ({ rules }: Protocol, from: string, event: string, to: string): Protocol => protocol({ ...rules, extraEdges: { cs: { [from]: { [event]: to } } } })

/** Two who send each other one kind of message, which is acknowledged: a protocol of four rows, all of which are needed. */
const small: RuleSet = {
  ...adopted.rules,
  sent: adopted.rules.sent.filter(({ id }) => id === 'sent.RS' || id === 'sent.RK'), received: adopted.rules.received.filter(({ id }) => id === 'received.RS' || id === 'received.RK'),
  local: [], forced: [], consequences: [], advice: [],
}

interface Pair {
  readonly holds: Partial<Model>
  readonly fails: Partial<Model>
  /** How the shortest run that fails begins and ends: who sends what, or does what in silence, in order. */
  readonly run?: ReadonlyArray<string>
}

/** For each property, a model in which it holds and one in which it fails. */
const pairs: Readonly<Record<string, Pair>> = {
  'deadlock': { holds: {}, fails: { sends: ['RI'], participants: [received('vendor', 'Vfdpxa'), received('coordinator', 'pxa')], steps: 2, acknowledgements: false }, run: ['vendor RI', 'coordinator RI'] },
  'overflow': { holds: { about: ['em'] }, fails: { about: ['em'], steps: 2, channel: { bound: 1 } } },
  'rows-used': { holds: { protocol: protocol(small), participants: [{ roles: ['reporter'] }, { roles: ['finder'] }] }, fails: { about: ['path'] } },
  'divergence-em': { holds: { about: ['em'] }, fails: { about: ['em'], steps: 2 } },
  'divergence-public': { holds: { about: ['public'], local: true, steps: 2 }, fails: { protocol: published, sends: ['CA'] }, run: ['reporter CA', 'vendor CK'] },
  'one-active-embargo': { holds: { about: ['em'], steps: 3 }, fails: { sends: ['EP', 'EA'], steps: 4, acknowledgements: false }, run: ['reporter EP', 'vendor EP', 'reporter EA', 'vendor EA'] },
  'unspecified-reception': { holds: { about: ['public'], local: true, steps: 2 }, fails: { protocol: published, about: ['public'], local: true, steps: 2 }, run: ['reporter CX+CP', 'vendor learn X'] },
  'error-answered': { holds: { about: ['em', 'public'] }, fails: { about: ['rm'] }, run: ['reporter RD'] },
  'unsendable-reply': { holds: { local: true }, fails: { protocol: without('sent.CK'), sends: ['CV'], participants: vendors, about: ['rm', 'path'] }, run: ['vendor CV'] },
  'leaves-unsaid': { holds: { about: ['rm'], local: true, steps: 2 }, fails: { local: ['learn P'], sends: ['RC'], steps: 2 }, run: ['reporter learn P', 'reporter RC'] },
  'says-what-is': { holds: {}, fails: { protocol: with1('sent.RI', (row) => ({ ...row, when: { rm: ['Accepted'] } })), sends: ['RI'] }, run: ['reporter RI'] },
  'says-what-it-does': { holds: {}, fails: { protocol: with1('sent.RA', (row) => ({ ...row, when: { rm: ['Accepted'] } })), sends: ['RA'] }, run: ['reporter RA'] },
  'moves-as-asked': { holds: {}, fails: { protocol: with1('received.EA', (row) => ({ ...row, fire: {} })), script: [{ by: 0, does: 'EP' }, { by: 1, does: 'EA' }] }, run: ['reporter EP', 'vendor EA'] },
  'acknowledged': { holds: {}, fails: { protocol: with1('received.EP', (row) => ({ ...row, replies: [] })), sends: ['EP'] }, run: ['reporter EP'] },
  'told': { holds: { local: true }, fails: { protocol: published, local: ['defer'], sends: [] }, run: ['reporter defer'] },
  'forbidden': { holds: {}, fails: { protocol: published, sends: ['CF', 'CD'], participants: [{ roles: ['vendor'], start: { rm: 'Accepted', em: 'None', cs: 'Vfdpxa' } }, { roles: ['coordinator'] }], steps: 2 }, run: ['vendor CF', 'vendor CD'] },
  'moves-its-own': { holds: {}, fails: { protocol: with1('received.CV+CF+CD', (row) => ({ ...row, fire: { cs: ['P'] } })), sends: ['CV'], participants: vendors, about: ['path'] }, run: ['vendor CV'] },
  'owes-its-own': { holds: {}, fails: { protocol: with1('received.RK', (row) => ({ ...row, replies: ['RK'] })), sends: ['RS'] }, run: ['reporter RS', 'vendor RK'] },
  'bound-after-public': { holds: { about: ['em', 'public'], local: true, steps: 2 }, fails: { protocol: without('after.not-viable.proposed'), sends: ['EP', 'CP'], steps: 2 }, run: ['reporter EP', 'reporter CP'] },
  'embargo-begins-public': { holds: { about: ['em', 'public'], steps: 2 }, fails: { protocol: with1('received.EP', (row) => ({ ...row, when: { em: ['None'] } })), script: [{ by: 0, does: 'EP' }, { by: 1, does: 'CP' }] }, run: ['reporter EP', 'vendor CP'] },
  'report-from-accepted': { holds: { about: ['rm'], steps: 2 }, fails: { protocol: with1('sent.RS', (row) => ({ ...row, when: {} })), sends: ['RS'] }, run: ['vendor RS'] },
  'fix-in-hand': { holds: { about: ['rm', 'path'], steps: 3, acknowledgements: false }, fails: { protocol: published, sends: ['CV', 'CF'], steps: 2 }, run: ['vendor CV', 'vendor CF'] },
  'aware-has-report': { holds: { about: ['rm', 'path'], local: true }, fails: { protocol: without('after.V'), local: ['aware'], sends: [] }, run: ['vendor aware'] },
  'path-order': { holds: { about: ['path'], local: true, steps: 3, participants: vendors }, fails: { protocol: withEdge(with1('sent.CF', (row) => ({ ...row, when: {} })), 'vfdpxa', 'F', 'VFdpxa'), sends: ['CF'] }, run: ['vendor CF'] },
  'letters-rise': { holds: { about: ['path', 'public'], local: true, steps: 2 }, fails: { protocol: withEdge(with1('sent.CP.again', (row) => ({ ...row, fire: { cs: ['P'] } })), 'Pxa', 'P', 'pxa'), sends: ['CP'], steps: 2 }, run: ['reporter CP', 'reporter CP'] },
  'passes-through': { holds: { about: ['public'], local: true, steps: 2 }, fails: { protocol: without('forced.P'), local: ['learn X'], sends: [] }, run: ['reporter learn X'] },
  'closed-absorbs': { holds: { steps: 2 }, fails: { protocol: with1('sent.EP', (row) => ({ ...row, when: {} })), sends: ['RC', 'EP'], steps: 2 }, run: ['reporter RC', 'reporter EP'] },
  'proposal-decided:1': { holds: { repeats: 0 }, fails: { protocol: without('sent.ER', 'after.not-viable.proposed'), repeats: 0 } },
  'embargo-ends:2': { holds: { repeats: 0 }, fails: { protocol: without('sent.ET', 'after.not-viable.in-force'), repeats: 0 } },
  'report-acknowledged:1': { holds: { repeats: 1 }, fails: { protocol: with1('received.RS.unaware', (row) => ({ ...row, replies: [] })), repeats: 1 } },
}

const everyProperty: ReadonlyArray<Property> = [...propertiesFor(base), ...livenessFor(base)].filter((one, place, all) => all.findIndex(({ id }) => id === one.id) === place)
const propertyNamed = (id: string): Property => everyProperty.find((one) => one.id === id) ?? expect.fail(`no property ${id}`)
const verdictOf = (id: string, model: Partial<Model>) => verify({ ...base, ...model }, [propertyNamed(id)], { states: 100_000 }).verdicts[0] ?? expect.fail('no verdict')

/** What was sent and done in a run, without what was delivered: by the first role of who did it. */
const doings = ({ messages, model, moves }: Trace): ReadonlyArray<string> => moves.flatMap((move) => {
  const who = model.participants[move.participant]?.roles[0] ?? ''
  return move.kind === 'delivery' ? [] : [`${who} ${move.kind === 'local' ? move.event : messages[move.message]?.name ?? ''}`]
})

describe('each property', () => {
  test('has a model in which it holds and one in which it fails', () => {
    const once = everyProperty.map(({ id }) => id).filter((id) => !(/:\d$/.test(id) && !(id in pairs)))
    expect(Object.keys(pairs).sort()).toEqual([...once].sort())
  })

  test.each(Object.entries(pairs).map(([id, pair]) => ({ id, ...pair })))('$id holds', ({ holds, id }) => {
    expect(verdictOf(id, holds).verdict).toBe('holds')
  })

  test.each(Object.entries(pairs).map(([id, pair]) => ({ id, ...pair })))('$id fails', ({ fails, id, run }) => {
    const { counterexample, verdict } = verdictOf(id, fails)
    expect(verdict).toBe('violated')
    if (run !== undefined) expect(doings(counterexample ?? expect.fail('no run'))).toEqual(run)
  })

  test('says what holds in a sentence, and cites what exists', () => {
    const codes = Object.keys(sourceCodes)
    const ids = errata.map(({ id }) => id)
    const cites = (source: string): boolean =>
      requirementById(source) !== undefined || ids.includes(source) || source === 'Brand and Zafiropulo 1983' || /^L-\d\d$/.test(source) || codes.some((code) => new RegExp(`^${code}:\\d+(-\\d+)?$`).test(source))
    expect(everyProperty.flatMap(({ id, source }) => source.filter((one) => !cites(one)).map((one) => `${id}: ${one}`))).toEqual([])
    expect(everyProperty.filter(({ says, source }) => !says.endsWith('.') || source.length === 0).map(({ id }) => id)).toEqual([])
    expect(new Set(everyProperty.map(({ id }) => id)).size).toBe(everyProperty.length)
  })
})

describe('the two readings', () => {
  const violatedIn = (model: Partial<Model>): ReadonlyArray<string> => {
    const asked = everyProperty.filter(({ kind }) => kind === 'step' || kind === 'rest')
    return verify({ ...base, steps: 2, local: true, ...model }, asked, { states: 100_000 }).verdicts.flatMap(({ property: { id }, verdict }) => (verdict === 'holds' ? [] : [id])).sort()
  }

  test('what is wrong with the adopted one in two steps: who has no report is told of it, who leaves tells nobody, and answers cross', () => {
    expect(violatedIn({})).toEqual(['divergence-em', 'error-answered', 'leaves-unsaid'])
    expect(violatedIn({ about: ['public'] })).toEqual([])
    expect(violatedIn({ about: ['path'], participants: vendors })).toEqual([])
  })

  test('what the published one adds', () => {
    expect(violatedIn({ protocol: published })).toEqual([
      'acknowledged', 'bound-after-public', 'closed-absorbs', 'divergence-public', 'error-answered', 'fix-in-hand', 'passes-through', 'told', 'unspecified-reception',
    ])
  })

  test('proposals end, and embargoes with what is public, if everybody does what can be expected; otherwise not', () => {
    const model: Model = { ...base, repeats: 0 }
    const live = livenessFor(model).filter(({ id }): boolean => id.startsWith('proposal-decided') || id.startsWith('embargo-ends'))
    const verdicts = verify(model, live satisfies ReadonlyArray<LivenessProperty>, { states: 100_000 }).verdicts
    expect(verdicts.map(({ unfair, verdict }) => [verdict, unfair])).toEqual(live.map(() => ['holds', 'violated']))
  })
})
