/**
 * The built-in policies against rows worked out by hand from the texts that they name. Day 0 is 7 January 2026, a Wednesday;
 * day 24 is 31 January, day 52 the last of February, day 83 the last of March, day 113 the last of April.
 */
import type { Message, MessageType, Statement } from 'mpcvd'
import { describe, expect, it } from 'vitest'
import { type Deadline, deadlinesOf, type Party } from '../src/case/clock.js'
import { judgeTerms } from '../src/case/defaults.js'
import { happenings } from '../src/case/happening.js'
import {
  certcc, cisaKev, euCraArticle14, hackerOneMoreInfo, kevCatalog, linuxDistros, openssfOutbound, policies, projectZero, projectZeroInTheWild, projectZeroTransparency,
} from '../src/case/policies.js'
import { checkPolicy, heldBy, inZone, type Policy, vendorDefault } from '../src/case/policy.js'

/** The days that the rows speak of. */
const dates: Readonly<Record<number, string>> = {
  0: '2026-01-07', 1: '2026-01-08', 2: '2026-01-09', 5: '2026-01-12', 6: '2026-01-13', 7: '2026-01-14', 8: '2026-01-15', 9: '2026-01-16', 10: '2026-01-17', 11: '2026-01-18',
  14: '2026-01-21', 15: '2026-01-22', 20: '2026-01-27', 21: '2026-01-28', 27: '2026-02-03', 30: '2026-02-06', 31: '2026-02-07', 34: '2026-02-10', 35: '2026-02-11', 36: '2026-02-12',
  37: '2026-02-13', 40: '2026-02-16', 45: '2026-02-21', 47: '2026-02-23', 77: '2026-03-25', 83: '2026-03-31', 85: '2026-04-02', 90: '2026-04-07', 91: '2026-04-08', 95: '2026-04-12',
  100: '2026-04-17', 101: '2026-04-18', 104: '2026-04-21', 105: '2026-04-22', 110: '2026-04-27', 113: '2026-04-30', 120: '2026-05-07', 300: '2026-11-03',
}
const date = (day: number): string => dates[day] ?? expect.fail(`day ${day} is not in the table`)
/** Nine in the morning of a day, UTC. */
const on = (day: number): string => `${date(day)}T09:00:00Z`

const parties: ReadonlyArray<Party> = [
  { id: 'ada', roles: ['finder', 'reporter'] }, { id: 'acme', roles: ['vendor'] }, { id: 'bolt', roles: ['vendor'] }, { id: 'hub', roles: ['coordinator'] },
  { id: 'shop', roles: ['deployer'] }, { id: 'bank', roles: ['deployer'] },
]

let count = 0
const send = (from: string, to: string, type: MessageType, at: string, more: Partial<Message> = {}): Statement => ({
  message: { id: `m${++count}`, case: 'c', from, to: to.split(' '), types: [type], at, ...more },
})
const report = send('ada', 'acme', 'RS', on(0))
const fixed = (day: number): Statement => send('acme', 'ada', 'CF', on(day))
const attacked = (day: number): Statement => send('ada', 'acme', 'CA', on(day))
const published = (day: number): Statement => send('ada', 'acme', 'CP', on(day))
const agreed = (day: number, end: number): ReadonlyArray<Statement> => [
  send('acme', 'ada', 'EV', on(day), { id: `ev${day}`, embargo: { id: `e${day}`, end: on(end) } }),
  send('ada', 'acme', 'EC', on(day), { embargo: { id: `a${day}`, answers: `e${day}` } }),
]

const at = (entries: ReadonlyArray<Statement>, policy: Policy, now: string): ReadonlyArray<Deadline> => deadlinesOf(happenings(entries), [policy], now, parties)
const one = (entries: ReadonlyArray<Statement>, policy: Policy, rule: string, now = on(300)): Deadline =>
  at(entries, policy, now).find((deadline) => deadline.rule === rule) ?? expect.fail(`no ${rule}`)

describe('Project Zero 90+30', () => {
  it.each<readonly [string, ReadonlyArray<Statement>, number]>([
    ['patched on day 47: day 77', [fixed(47)], 77],
    ['patched on day 83: day 113', [fixed(83)], 113],
    ['patched on day 90: day 120', [fixed(90)], 120],
    ['not patched: day 90', [], 90],
    ['patched on day 91, without grace: day 90', [fixed(91)], 90],
    ['grace until day 104, patched on day 100: day 120', [...agreed(85, 104), fixed(100)], 120],
    ['grace until day 104, patched on day 104: day 120', [...agreed(85, 104), fixed(104)], 120],
    ['grace until day 104, patched on day 83 after all: day 113', [...agreed(47, 104), fixed(83)], 113],
    ['grace until day 104, not patched: day 104', [...agreed(85, 104)], 104],
    ['grace until day 104, patched on day 105: day 104', [...agreed(85, 104), fixed(105)], 104],
    ['grace until day 100, patched on day 101: day 100', [...agreed(85, 100), fixed(101)], 100],
    ['15 days of grace are none: day 90', [...agreed(85, 105), fixed(100)], 90],
    ['grace that comes on day 91 is none: day 90', [...agreed(91, 104), fixed(100)], 90],
    ['an embargo of 45 days changes nothing: day 90', agreed(1, 45), 90],
    ['a second message on the fix does not count again: day 77', [fixed(47), fixed(77)], 77],
    ['a fix that was there before the report counts from it: day 30', [], 30],
  ])('%s', (title, entries, day) => {
    const before = title.includes('before the report') ? [send('acme', 'ada', 'CF', '2026-01-02T09:00:00Z')] : []
    expect(one([...before, report, ...entries], projectZero, 'publish').due.moment).toBe(on(day))
    expect(one([...before, report, ...entries], inZone(projectZero, 'Z'), 'publish').due.moment).toBe(`${date(day)}T23:59:59.999Z`)
  })
  it('the vendor owes the fix, Project Zero the publication', () => {
    expect(at([report], projectZero, on(1)).map(({ owes, status, who }) => [who, owes, status])).toEqual([['acme', 'fix', 'running'], ['ada', 'publish', 'running']])
    expect(at([report], projectZero, on(91)).map(({ frees, status, who }) => [who, status, frees])).toEqual([['acme', 'overdue', 'publish'], ['ada', 'overdue', undefined]])
    expect(at([report, fixed(47), published(77)], projectZero, on(91)).map(({ status }) => status)).toEqual(['met', 'met'])
    expect(at([report, fixed(91), published(91)], projectZero, on(91)).map(({ status }) => status)).toEqual(['missed', 'missed'])
  })
  it('each vendor has a clock of its own, and whoever else was told has none', () => {
    const all = at([send('ada', 'acme bolt hub', 'RS', on(0)), send('bolt', 'ada', 'CF', on(47))], projectZero, on(48 - 1))
    expect(all.filter(({ owes }) => owes === 'publish').map(({ about, due }) => [about, due.moment])).toEqual([['bolt', on(77)], ['acme', on(90)]])
  })
  it('starts for its holder only', () => {
    expect(at([report], heldBy(projectZero, 'hub'), on(1))).toEqual([])
    expect(at([report], heldBy(projectZero, 'ada'), on(1))).toHaveLength(2)
  })
})

describe('Project Zero in the wild', () => {
  it.each<readonly [string, ReadonlyArray<Statement>, number]>([
    ['patched on day 6: day 36', [attacked(0), fixed(6)], 36],
    ['not patched: day 7', [attacked(0)], 7],
    ['patched on day 7: day 37', [attacked(0), fixed(7)], 37],
    ['patched on day 8: day 7', [attacked(0), fixed(8)], 7],
    ['3 days of grace, patched on day 9: 30 days after the 7', [attacked(0), ...agreed(5, 10), fixed(9)], 37],
    ['4 days of grace are none', [attacked(0), ...agreed(5, 11), fixed(9)], 7],
    ['seen on day 20: day 27', [attacked(20)], 27],
  ])('%s', (_, entries, day) => {
    expect(one([report, ...entries], projectZeroInTheWild, 'publish').due.moment).toBe(on(day))
    expect(one([report, ...entries], inZone(projectZeroInTheWild, 'Z'), 'publish').due.moment).toBe(`${date(day)}T23:59:59.999Z`)
  })
  it('does not run without attacks', () => {
    expect(at([report], projectZeroInTheWild, on(300))).toEqual([])
  })
})

describe('Project Zero reporting transparency', () => {
  it('that there is one is public within 7 days, and that is not P', () => {
    const told = send('ada', 'acme', 'GI', on(6), { ext: { happening: 'existence-announced' } })
    expect(one([report], projectZeroTransparency, 'announce')).toMatchObject({ who: 'ada', owes: 'announce', status: 'overdue', due: { moment: on(7) } })
    expect(one([report, told], projectZeroTransparency, 'announce').status).toBe('met')
    expect(one([report, told], projectZero, 'publish').status).toBe('overdue')
  })
})

describe('linux-distros', () => {
  it('is public 14 days after the report to the list, whatever was reported before', () => {
    const entries = [send('ada', 'acme', 'RS', on(0)), send('ada', 'distros', 'RS', on(20))]
    expect(at(entries, heldBy(linuxDistros, 'distros'), on(21))).toMatchObject([{ who: 'ada', due: { moment: '2026-02-10T09:00:00Z' }, started: [1] }])
  })
  it.each([[15, 'too long'], [14, 'accept'], [7, 'accept']])('an embargo of %d days: %s', (days, verdict) => {
    for (const [start, end] of [[on(0), on(days)], [date(0), date(days)]])
      expect(judgeTerms(linuxDistros.embargo ?? {}, start ?? '', { end: end ?? '' })).toMatchObject({ right: { verdict } })
    expect(judgeTerms(linuxDistros.embargo ?? {}, on(0), { duration: `P${days}D` })).toMatchObject({ right: { verdict, preferred: days <= 7 } })
  })
})

describe('OpenSSF model outbound', () => {
  const scheduled = (told: number, day: number): Statement => send('acme', 'ada', 'GI', on(told), { ext: { happening: 'fix-scheduled', until: on(day) } })
  const replied = send('acme', 'ada', 'RA', on(10))
  it.each<readonly [string, ReadonlyArray<Statement>, number]>([
    ['90 days', [replied], 90],
    ['a fix on day 47: then', [replied, fixed(47)], 47],
    ['a fix planned for day 101: then', [replied, scheduled(85, 101)], 101],
    ['planned for day 101, there on day 95: then', [replied, scheduled(85, 101), fixed(95)], 95],
    ['planned for day 101, late: day 101', [replied, scheduled(85, 101), fixed(110)], 101],
    ['planned for day 104, the 14th after: then', [replied, scheduled(85, 104)], 104],
    ['planned for day 105: day 90', [replied, scheduled(85, 105)], 90],
    ['planned for day 101, told on day 91: day 90', [replied, scheduled(91, 101)], 90],
    ['planned for day 100, then for day 101: the last word', [replied, scheduled(47, 100), scheduled(85, 101)], 101],
  ])('%s', (_, entries, day) => {
    expect(one([report, ...entries], openssfOutbound, 'publish').due.moment).toBe(on(day))
    expect(one([report, ...entries], inZone(openssfOutbound, 'Z'), 'publish').due.moment).toBe(`${date(day)}T23:59:59.999Z`)
  })
  it('a limit on a weekend or holiday moves to the next working day', () => {
    // 5 January plus 90 days is Easter Sunday.
    const easter = [send('ada', 'acme', 'RS', '2026-01-05')]
    expect(one(easter, openssfOutbound, 'publish').due.moment).toBe('2026-04-06')
    expect(one(easter, { ...openssfOutbound, holidays: ['2026-04-06'] }, 'publish').due.moment).toBe('2026-04-07')
    expect(one(easter, inZone(openssfOutbound, '-08:00'), 'publish').due.moment).toBe('2026-04-07T07:59:59.999Z')
  })
  it('no reply in 35 days frees publication; any engagement keeps it', () => {
    const silent = (now: string): Deadline => one([report], openssfOutbound, 'engage', now)
    expect(silent('2026-02-11T09:00:00Z')).toMatchObject({ who: 'acme', owes: 'answer', status: 'running', frees: 'publish', due: { moment: on(35) } })
    expect(silent('2026-02-11T09:00:01Z').status).toBe('overdue')
    expect(one([report, send('acme', 'ada', 'RK', on(34))], openssfOutbound, 'engage').status).toBe('met')
    expect(one([report, send('acme', 'ada', 'RK', on(36))], openssfOutbound, 'engage').status).toBe('missed')
    expect(one([report, send('acme', 'ada', 'RK', on(34))], openssfOutbound, 'respond')).toMatchObject({ status: 'overdue', due: { moment: on(21) } })
    expect(one([report, send('acme', 'ada', 'RK', on(20)), replied], openssfOutbound, 'respond').status).toBe('met')
  })
  it.each([[0, 7], [20, 27]])('exploited on day %d: day %d', (seen, day) => {
    expect(one([report, attacked(seen)], openssfOutbound, 'zero-day').due.moment).toBe(on(day))
  })
  it.each<MessageType>(['RI', 'RD', 'RC'])('a refusal by %s frees publication at once, until it is taken back', (type) => {
    const refused = send('acme', 'ada', type, on(20))
    expect(one([report, refused], openssfOutbound, 'refusal', on(21))).toMatchObject({ who: 'acme', owes: 'fix', status: 'overdue', frees: 'publish', due: { moment: on(20) }, started: [0, 1] })
    expect(one([report, refused, send('acme', 'ada', 'RA', on(27))], openssfOutbound, 'refusal', on(30)).status).toBe('missed')
    expect(one([report, send('acme', 'ada', 'RA', on(10)), refused], openssfOutbound, 'refusal', on(30)).status).toBe('overdue')
    expect(one([report, fixed(10), refused], openssfOutbound, 'refusal', on(30)).status).toBe('met')
  })
  it('a reporter who closes refuses nothing', () => {
    expect(at([report, send('ada', 'acme', 'RC', on(20))], openssfOutbound, on(21)).map(({ rule }) => rule)).not.toContain('refusal')
  })
})

describe('CERT/CC', () => {
  it('45 days from the first attempt to reach a vendor', () => {
    const entries = [send('ada', 'hub', 'RS', '2026-01-02T09:00:00Z'), send('hub', 'acme', 'GI', on(0)), send('hub', 'acme bolt', 'RS', on(10))]
    expect(at(entries, heldBy(certcc, 'hub'), on(11))).toMatchObject([{ who: 'hub', owes: 'publish', due: { moment: on(45) }, started: [1] }])
    expect(at(entries, certcc, on(11))).toMatchObject([{ who: 'hub', due: { moment: on(45) } }])
  })
})

describe('EU CRA Art. 14(2)', () => {
  const aware = send('ada', 'acme hub', 'CA', '2026-10-02T23:00:00Z')
  const measure = send('acme', 'ada', 'CF', '2026-10-20T00:00:00Z')
  const due = (entries: ReadonlyArray<Statement>): ReadonlyArray<readonly [string | undefined, string, string]> =>
    at(entries, euCraArticle14, '2027-01-01').map(({ due: { moment }, rule, who }) => [who, rule, moment])
  it('24 h and 72 h from awareness, 14 days from the measure', () => {
    expect(due([aware, measure])).toEqual([['acme', 'early-warning', '2026-10-03T23:00:00Z'], ['acme', 'notification', '2026-10-05T23:00:00Z'], ['acme', 'final-report', '2026-11-03T00:00:00Z']])
  })
  it('no measure, no final report', () => {
    expect(due([aware])).toEqual([['acme', 'early-warning', '2026-10-03T23:00:00Z'], ['acme', 'notification', '2026-10-05T23:00:00Z']])
  })
  it('a mitigation is a measure; one that was there before counts from awareness', () => {
    expect(due([aware, send('acme', 'ada', 'GI', '2026-10-10T00:00:00Z', { ext: { happening: 'mitigation-available' } }), measure])[2]?.[2]).toBe('2026-10-24T00:00:00Z')
    expect(due([send('acme', 'ada', 'CF', '2026-09-01T00:00:00Z'), aware])[2]?.[2]).toBe('2026-10-16T23:00:00Z')
  })
  it('the vendor’s own awareness counts, the world’s does not', () => {
    const seen: Statement = { observation: { event: 'A', at: '2026-10-01T00:00:00Z', source: 'a blog' } }
    const learned: Statement = { local: { by: 'acme', event: 'learn A', at: '2026-10-02T10:00:00Z' } }
    expect(due([seen])).toEqual([])
    expect(due([seen, learned])).toEqual([['acme', 'early-warning', '2026-10-03T10:00:00Z'], ['acme', 'notification', '2026-10-05T10:00:00Z']])
  })
  it('a zone does not round hours', () => {
    expect(at([aware], inZone(euCraArticle14, '+01:00'), '2027-01-01').map(({ due: { moment } }) => moment)).toEqual(['2026-10-03T23:00:00Z', '2026-10-05T23:00:00Z'])
  })
  it('is met by what the vendor reports', () => {
    const reports = (['early-warning', 'notification', 'final-report'] as const).map((happening, place) =>
      send('acme', 'csirt', 'GI', ['2026-10-03T12:00:00Z', '2026-10-06T00:00:00Z', '2026-11-01T00:00:00Z'][place] ?? '', { ext: { happening } }))
    expect(at([aware, measure, ...reports], euCraArticle14, '2027-01-01').map(({ status }) => status)).toEqual(['met', 'missed', 'met'])
  })
})

describe('CISA KEV', () => {
  const listed: Statement = { observation: { event: 'A', at: '2025-08-25', source: `${kevCatalog}?search=CVE-2025-48384` } }
  it('CVE-2025-48384, added on 2025-08-25, is due on 2025-09-15 for every deployer', () => {
    expect(at([listed, send('shop', 'acme', 'CD', '2025-09-01T00:00:00Z')], cisaKev, '2026-01-01').map(({ due, status, who }) => [who, due.moment, status])).toEqual([
      ['bank', '2025-09-15', 'overdue'], ['shop', '2025-09-15', 'met'],
    ])
    expect(deadlinesOf(happenings([listed]), [cisaKev], '2026-01-01')).toMatchObject([{ due: { moment: '2025-09-15' }, status: 'overdue' }])
  })
  it('another source is no listing', () => {
    expect(at([{ observation: { event: 'A', at: '2025-08-25', source: 'https://example.org' } }], cisaKev, '2026-01-01')).toEqual([])
  })
})

describe('HackerOne needs more info', () => {
  const asked = send('acme', 'ada', 'GI', on(0), { id: 'q' })
  it('may be closed when nothing comes for 30 days', () => {
    expect(one([asked], hackerOneMoreInfo, 'answer', on(31))).toMatchObject({ who: 'ada', owes: 'answer', status: 'overdue', frees: 'close', due: { moment: on(30) } })
  })
  it('an answer settles it, and is no question; a new question starts it anew', () => {
    const answer = send('ada', 'acme', 'GI', on(20), { inReplyTo: 'q' })
    expect(at([asked, answer], hackerOneMoreInfo, on(31)).map(({ status }) => status)).toEqual(['met'])
    expect(at([asked, answer, send('acme', 'ada', 'GI', on(20))], hackerOneMoreInfo, on(31)).map(({ due, status }) => [status, due.moment])).toEqual([['running', '2026-02-26T09:00:00Z']])
  })
})

describe('a vendor’s default', () => {
  it('is a policy of its own', () => {
    const made = vendorDefault({ holder: 'acme', days: 45, minimum: 7, maximum: 90 })
    const policy = made._tag === 'Right' ? made.right : expect.fail()
    expect(one([report], policy, 'publish')).toMatchObject({ who: 'acme', due: { moment: on(45) } })
    expect(at([send('ada', 'bolt', 'RS', on(0))], policy, on(1))).toEqual([])
    expect(policy.embargo).toEqual({ preferred: 'P45D', minimum: 'P7D', maximum: 'P90D' })
  })
  it.each([{ days: -1 }, { days: 1.5 }, { days: NaN }, { days: 45, minimum: 60 }, { days: 45, maximum: 30 }, { days: 45, minimum: 50, maximum: 40 }])('refuses %j', (terms) => {
    expect(vendorDefault({ holder: 'acme', ...terms })._tag).toBe('Left')
  })
})

describe('policies as data', () => {
  it('are plain JSON, named once, and without faults', () => {
    expect(JSON.parse(JSON.stringify(policies))).toEqual(policies)
    expect(new Set(policies.map(({ id }) => id)).size).toBe(policies.length)
    expect(policies).toHaveLength(9)
    for (const policy of policies) {
      expect(checkPolicy(policy), policy.id).toEqual([])
      expect(policy.source).toMatch(/^https:\/\//)
    }
  })
  it('what is wrong with one is said, with its place, and breaks nothing', () => {
    const bad = {
      id: 'bad', title: '', source: '', holidays: ['2026-02-30', 'Easter'], embargo: { minimum: 'P9D', maximum: 'P1W', preferred: 'P8D' },
      rules: [
        { id: 'a', owes: 'publish', who: 'author', per: 'case', starts: [{ any: ['reported'] }], within: 'P1M', met: [] },
        { id: 'a', owes: 'sing', who: 'author', per: 'case', starts: [], within: 'P1D', zone: 'UTC', met: ['public', 'toString'], changes: [{ when: [], in: 'term', to: 'it', plus: 'soon', atMost: '' }] },
      ],
    } as unknown as Policy
    expect(checkPolicy(bad).map(({ path }) => path)).toEqual([
      '/rules/0/within', '/rules/0/met', '/rules/1/id', '/rules/1/owes', '/rules/1/zone', '/rules/1/starts', '/rules/1/met/1', '/rules/1/changes/0/when', '/rules/1/changes/0/plus',
      '/rules/1/changes/0/atMost', '/embargo/maximum', '/embargo/preferred', '/holidays/0', '/holidays/1',
    ])
    expect(at([report], bad, on(300))).toEqual([])
  })
  it('one of the user’s own: a fix for each product in a month, counted in local days', () => {
    const own: Policy = {
      id: 'own', title: 'Our own', source: 'https://example.org/policy', holder: 'acme',
      rules: [{ id: 'deploy', owes: 'deploy', who: 'subject', per: 'product', starts: [{ any: ['fix-ready'], about: 'holder' }], within: 'P30D', zone: '+01:00', met: ['deployed'] }],
    }
    const ready = (product: string, day: string): Statement => ({ local: { by: 'acme', event: 'ready', at: day, product } })
    const entries: ReadonlyArray<Statement> = [
      ready('x', '2026-01-05'), ready('y', '2026-01-10T23:30:00Z'), { local: { by: 'acme', event: 'deployed', at: '2026-02-04', product: 'x' } },
    ]
    expect(at(entries, own, '2026-02-10').map(({ due, product, status }) => [product, due.moment, status])).toEqual([
      ['x', '2026-02-04T22:59:59.999Z', 'met'], ['y', '2026-02-10T22:59:59.999Z', 'running'],
    ])
    expect(JSON.parse(JSON.stringify(own))).toEqual(own)
  })
})
