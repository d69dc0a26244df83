/**
 * Default embargoes: every combination of what sender and receiver can bring, in a table written by hand from the page on
 * default embargoes (docs/topics/process_models/em/defaults.md); windows and answer times from specs/embargo-policy.yaml.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bid, judgeTerms, type Offer, resolveDefaults, respondBy, type Settlement, settleProposals, type Terms } from '../src/case/defaults.js'
import { linuxDistros } from '../src/case/policies.js'

const report = '2026-01-07T09:00:00Z'
/** The report's 30th, 45th, 60th and 90th day. */
const ends: Readonly<Record<string, string>> = { 30: '2026-02-06T09:00:00Z', 45: '2026-02-21T09:00:00Z', 60: '2026-03-08T09:00:00Z', 90: '2026-04-07T09:00:00Z' }

/** `p30d90`: proposes 30 days, has a default of 90; `-`: nothing. */
const bid = (by: string, text: string): Bid => {
  const [, proposal, standard] = /^(?:p(\d+))?(?:d(\d+))?$/.exec(text === '-' ? '' : text) ?? expect.fail(text)
  return {
    by,
    ...(proposal === undefined ? {} : { proposal: { duration: `P${proposal}D` } }),
    ...(standard === undefined ? {} : { default: `P${standard}D` }),
  }
}

/** Offers by a letter (S the sender, R the receiver; small where it is a default) and their days. */
const short = (offer: Offer): string => {
  const days = Object.keys(ends).find((one) => ends[one] === offer.end) ?? expect.fail(offer.end)
  const letter = offer.by === 'sender' ? 's' : 'r'
  return `${offer.from === 'proposal' ? letter.toUpperCase() : letter}${days}`
}
const shown = (one: Settlement): ReadonlyArray<string> => [
  one.accept === undefined ? '' : short(one.accept), one.revisions.map(short).join(' '), one.open.map(short).join(' '), one.force, one.because.map((id) => id.slice(-3)).join(' '),
]

/** Sender, receiver: accepted, revisions, open, force, VP-07-…. */
const table: ReadonlyArray<readonly [string, string, string, string, string, 'shall' | 'should', string]> = [
  ['-', '-', '', '', '', 'shall', '001'],
  ['-', 'd60', 'r60', '', '', 'shall', '002 003'],
  ['-', 'p60', '', '', 'R60', 'should', ''],
  ['-', 'p45d60', 'r60', 'R45', '', 'shall', '002 003'],
  ['-', 'p90d60', 'r60', 'R90', '', 'shall', '002 003'],
  ['p30', '-', 'S30', '', '', 'should', '007'],
  ['p30', 'd60', 'S30', 'r60', '', 'shall', '002 005'],
  ['p30', 'p60', 'S30', 'R60', '', 'should', '008'],
  ['p30', 'p45d60', 'S30', 'R45 r60', '', 'should', '002 008 009'],
  ['p30', 'p90d60', 'S30', 'r60 R90', '', 'should', '002 008 009'],
  ['p60', '-', 'S60', '', '', 'should', '007'],
  ['p60', 'd60', 'r60', '', '', 'shall', '002 003'],
  ['p60', 'p60', 'S60', '', '', 'should', '008'],
  ['p60', 'p45d60', 'R45', 'r60 S60', '', 'should', '002 008 009'],
  ['p60', 'p90d60', 'r60', 'R90', '', 'should', '002 008'],
  ['p90', '-', 'S90', '', '', 'should', '007'],
  ['p90', 'd60', 'r60', 'S90', '', 'shall', '002 004'],
  ['p90', 'p60', 'R60', 'S90', '', 'should', '008'],
  ['p90', 'p45d60', 'R45', 'r60 S90', '', 'should', '002 008 009'],
  ['p90', 'p90d60', 'r60', 'S90 R90', '', 'should', '002 008 009'],
  ['d30', '-', 's30', '', '', 'should', '007'],
  ['d30', 'd60', 's30', 'r60', '', 'shall', '002 005'],
  ['d30', 'p60', 's30', 'R60', '', 'should', '008'],
  ['d30', 'p45d60', 's30', 'R45 r60', '', 'should', '002 008 009'],
  ['d30', 'p90d60', 's30', 'r60 R90', '', 'should', '002 008 009'],
  ['d60', '-', 's60', '', '', 'should', '007'],
  ['d60', 'd60', 'r60', '', '', 'shall', '002 003'],
  ['d60', 'p60', 's60', '', '', 'should', '008'],
  ['d60', 'p45d60', 'R45', 'r60 s60', '', 'should', '002 008 009'],
  ['d60', 'p90d60', 'r60', 'R90', '', 'should', '002 008'],
  ['d90', '-', 's90', '', '', 'should', '007'],
  ['d90', 'd60', 'r60', 's90', '', 'shall', '002 004'],
  ['d90', 'p60', 'R60', 's90', '', 'should', '008'],
  ['d90', 'p45d60', 'R45', 'r60 s90', '', 'should', '002 008 009'],
  ['d90', 'p90d60', 'r60', 's90 R90', '', 'should', '002 008 009'],
  ['p30d90', '-', 'S30', '', '', 'should', '007'],
  ['p30d90', 'd60', 'S30', 'r60', '', 'shall', '002 005'],
  ['p30d90', 'p60', 'S30', 'R60', '', 'should', '008'],
  ['p30d90', 'p45d60', 'S30', 'R45 r60', '', 'should', '002 008 009'],
  ['p30d90', 'p90d60', 'S30', 'r60 R90', '', 'should', '002 008 009'],
  ['p90d30', '-', 'S90', '', '', 'should', '007'],
  ['p90d30', 'd60', 'r60', 'S90', '', 'shall', '002 004'],
  ['p90d30', 'p60', 'R60', 'S90', '', 'should', '008'],
  ['p90d30', 'p45d60', 'R45', 'r60 S90', '', 'should', '002 008 009'],
  ['p90d30', 'p90d60', 'r60', 'S90 R90', '', 'should', '002 008 009'],
]

const right = <A>(either: { readonly _tag: 'Left' } | { readonly _tag: 'Right'; readonly right: A }): A =>
  either._tag === 'Right' ? either.right : expect.fail(JSON.stringify(either))

describe('resolveDefaults', () => {
  it('the table has every combination once', () => {
    const senders = ['-', 'p30', 'p60', 'p90', 'd30', 'd60', 'd90', 'p30d90', 'p90d30']
    const receivers = ['-', 'd60', 'p60', 'p45d60', 'p90d60']
    expect(table.map(([s, r]) => `${s} ${r}`)).toEqual(senders.flatMap((s) => receivers.map((r) => `${s} ${r}`)))
  })
  it.each(table)('sender %s, receiver %s', (sender, receiver, ...expected) => {
    const settled = right(resolveDefaults(report, bid('sender', sender), bid('receiver', receiver)))
    expect(shown(settled)).toEqual(expected)
    expect(settled.sure).toBe(true)
  })
  it('an end says the same as a duration', () => {
    const proposal: Terms = { end: ends['30'] ?? '' }
    expect(right(resolveDefaults(report, { by: 'sender', proposal }, bid('receiver', 'd60')))).toEqual(right(resolveDefaults(report, bid('sender', 'p30'), bid('receiver', 'd60'))))
  })
  it('dates are kept as they were written, and a report on a date gives an end on a date', () => {
    expect(right(resolveDefaults('2026-01-07', { by: 's', proposal: { end: '2026-02-01' } }, { by: 'r', default: 'P45D' }))).toEqual({
      accept: { by: 's', from: 'proposal', end: '2026-02-01' }, force: 'shall', revisions: [{ by: 'r', from: 'default', end: '2026-02-21' }], open: [], sure: true, because: ['VP-07-002', 'VP-07-005'],
    })
  })
  it('two ends that may be either way round are settled, and said to be unsure', () => {
    expect(right(resolveDefaults(report, { by: 's', proposal: { end: '2026-02-21' } }, { by: 'r', default: 'P45D' }))).toMatchObject({
      accept: { by: 's', end: '2026-02-21' }, revisions: [{ by: 'r', end: '2026-02-21T09:00:00Z' }], sure: false,
    })
  })
  it.each([
    ['soon', {}, {}, { kind: 'moment', text: 'soon' }],
    [report, { default: 'P1M' }, {}, { kind: 'duration', by: 's', text: 'P1M' }],
    [report, {}, { proposal: { end: '2026-02-30' } }, { kind: 'moment', by: 'r', text: '2026-02-30' }],
    [report, { proposal: { end: '2026-01-01' } }, {}, { kind: 'over', by: 's', text: '2026-01-01' }],
  ] as const)('refuses terms that mean nothing: %j %j %j', (at, sender, receiver, left) => {
    expect(resolveDefaults(at, { by: 's', ...sender }, { by: 'r', ...receiver })).toEqual({ _tag: 'Left', left })
  })
})

describe('settleProposals', () => {
  const of = (...days: ReadonlyArray<number>): Settlement => right(settleProposals(report, days.map((day, place) => ({ by: `p${place}`, terms: { duration: `P${day}D` } }))))
  it('takes the shortest and keeps the rest, earliest end first', () => {
    const settled = of(90, 30, 60, 45)
    expect(settled.accept?.by).toBe('p1')
    expect(settled.revisions.map(({ by }) => by)).toEqual(['p3', 'p2', 'p0'])
    expect(settled).toMatchObject({ force: 'should', sure: true, because: ['VP-07-008', 'VP-07-009'] })
    expect(of(30, 90)).toMatchObject({ accept: { by: 'p0' }, because: ['VP-07-008'] })
  })
  it('leaves one alone open, and none is none', () => {
    expect(of(30)).toEqual({ force: 'should', revisions: [], open: [{ by: 'p0', from: 'proposal', end: ends['30'] }], sure: true, because: [] })
    expect(of()).toEqual({ force: 'should', revisions: [], open: [], sure: true, because: ['VP-07-001'] })
  })
  it('whatever is proposed, nothing is shorter than what is accepted, and nothing else is lost', () => {
    fc.assert(fc.property(fc.array(fc.nat(200), { minLength: 2, maxLength: 8 }), (days) => {
      const settled = of(...days)
      const all = [settled.accept?.end ?? '', ...settled.revisions.map(({ end }) => end)]
      expect(all).toEqual([...all].sort())
      expect(new Set(all).size).toBe(new Set(days).size)
      expect(settled.revisions.filter(({ end }) => end === all[0])).toEqual([])
    }))
  })
})

describe('judgeTerms', () => {
  const window = { minimum: 'P7D', maximum: 'P90D', preferred: 'P45D' }
  it.each([
    ['P6D', 'too short', true], ['PT167H', 'too short', true], ['P7D', 'accept', true], ['P45D', 'accept', true], ['P46D', 'accept', false], ['P90D', 'accept', false], ['PT2161H', 'too long', false],
    ['P91D', 'too long', false],
  ] as const)('%s: %s', (duration, verdict, preferred) => {
    expect(right(judgeTerms(window, report, { duration }))).toMatchObject({ verdict, preferred })
  })
  it.each([
    ['2026-01-07', '2026-01-14', 'accept'], ['2026-01-07', '2026-01-13', 'too short'], ['2026-01-07', '2026-04-07', 'accept'], ['2026-01-07', '2026-04-08', 'too long'],
    [report, '2026-04-07', 'unsure'], [report, '2026-04-10', 'too long'], [report, '2026-04-01', 'accept'], [report, '2026-01-14', 'unsure'], [report, '2026-01-14T09:00:00Z', 'accept'],
    [report, '2026-01-14T10:00:00+02:00', 'too short'],
  ] as const)('from %s to %s: %s', (start, end, verdict) => {
    expect(right(judgeTerms(window, start, { end }))).toMatchObject({ verdict })
  })
  it('cites what it rests on', () => {
    expect(right(judgeTerms(window, report, { duration: 'P1D' })).because).toEqual(['EP-03-002', 'EP-01-006'])
    expect(right(judgeTerms(window, report, { duration: 'P99D' })).because).toEqual(['EP-03-002', 'EP-01-007'])
    expect(right(judgeTerms({}, report, { duration: 'P9999D' }))).toEqual({ verdict: 'accept', preferred: true, because: ['EP-03-002'] })
  })
  it('linux-distros takes 7 days and not 15', () => {
    const distros = linuxDistros.embargo ?? expect.fail()
    expect(['P15D', 'P14D', 'P8D', 'P7D'].map((duration) => right(judgeTerms(distros, report, { duration })))).toMatchObject([
      { verdict: 'too long' }, { verdict: 'accept', preferred: false }, { verdict: 'accept', preferred: false }, { verdict: 'accept', preferred: true },
    ])
  })
  it.each([['soon', { duration: 'P1D' }, 'moment'], [report, { duration: '7 days' }, 'duration'], [report, { end: 'soon' }, 'moment'], [report, { end: '2025-12-31' }, 'over']] as const)(
    'refuses %s %j', (start, terms, kind) => {
      expect(judgeTerms(window, start, terms)).toMatchObject({ _tag: 'Left', left: { kind } })
    })
})

describe('respondBy', () => {
  it.each([
    [report, undefined, '2026-01-14T09:00:00Z', false, 'EP-07-001'],
    ['2026-01-07', undefined, '2026-01-14', false, 'EP-07-001'],
    [report, '2026-02-01', '2026-02-01', false, 'EP-07-002'],
    [report, '2026-01-10T09:00:00Z', '2026-01-10T09:00:00Z', false, 'EP-07-002'],
    [report, '2026-01-10T08:59:59Z', '2026-01-10T09:00:00Z', true, 'EP-07-003 EP-07-005'],
    [report, '2026-01-07T09:01:00Z', '2026-01-10T09:00:00Z', true, 'EP-07-003 EP-07-005'],
    [report, '2020-01-01', '2026-01-10T09:00:00Z', true, 'EP-07-003 EP-07-005'],
    ['2026-01-07', '2026-01-09', '2026-01-10', true, 'EP-07-003 EP-07-005'],
    ['2026-01-07', '2026-01-10', '2026-01-10', false, 'EP-07-002'],
    // Part of the date is too early: that part is raised.
    [report, '2026-01-10', '2026-01-10T09:00:00Z/2026-01-11T11:59:59.999Z', true, 'EP-07-003 EP-07-005'],
  ] as const)('proposed %s, asked %s: %s', (proposed, asked, by, raised, because) => {
    expect(right(respondBy(proposed, asked))).toEqual({ by, raised, because: because.split(' ') })
  })
  it('the windows are the caller’s, and the standard one is not below the minimum', () => {
    expect(right(respondBy(report, undefined, { standard: 'P1D', minimum: 'PT48H' })).by).toBe('2026-01-09T09:00:00Z')
    expect(right(respondBy(report, '2026-01-07', { standard: 'P7D', minimum: 'PT0S' })).raised).toBe(true)
    expect(right(respondBy(report, '2026-01-08', { standard: 'P7D', minimum: 'PT0S' })).raised).toBe(false)
  })
  it.each([['soon', undefined, {}], [report, 'soon', {}], [report, undefined, { standard: 'a week' }], [report, undefined, { minimum: 'P3W' }]] as const)('refuses %s %s %j', (proposed, asked, window) => {
    expect(respondBy(proposed, asked, { standard: 'P7D', minimum: 'PT72H', ...window })._tag).toBe('Left')
  })
})
