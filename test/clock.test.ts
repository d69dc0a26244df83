/**
 * What happened, and what is due: half-known moments worked out by hand, and laws that hold for any case. Where a moment is
 * widened, no definite answer may become another one; as time passes, nothing that was missed is missed no more.
 */
import fc from 'fast-check'
import { localEvents, membershipChanges, type Message, messageTypeList, readMoment, type Statement } from 'mpcvd'
import { describe, expect, it } from 'vitest'
import { type Deadline, deadlinesOf, type DeadlineStatus } from '../src/case/clock.js'
import { type Happening, happeningKinds, type HappeningKind, happenings } from '../src/case/happening.js'
import { certcc, hackerOneMoreInfo, openssfOutbound, policies } from '../src/case/policies.js'
import { inZone, type Policy, type Rule } from '../src/case/policy.js'

const message = (id: string, types: Message['types'], more: Partial<Message> = {}): Statement => ({
  message: { id, case: 'c', from: 'ada', to: ['acme', 'bolt'], types, at: '2026-01-07', ...more },
})
const said = (entries: ReadonlyArray<Statement>): ReadonlyArray<string> =>
  happenings(entries).map((one) => [one.what, one.about ?? '*', ...(one.product === undefined ? [] : [one.product]), ...(one.until === undefined ? [] : [one.until])].join(' '))

describe('happenings', () => {
  /** Each type, sent by ada to acme and bolt. */
  it.each<readonly [Message['types'][number], ReadonlyArray<string>]>([
    ['RS', ['contacted acme', 'contacted bolt', 'reported acme', 'reported bolt', 'answered ada']],
    ['RI', ['invalid ada', 'answered ada']], ['RV', ['validated ada', 'answered ada']], ['RD', ['deferred ada', 'answered ada']], ['RA', ['accepted ada', 'answered ada']],
    ['RC', ['closed ada', 'answered ada']], ['RK', ['acknowledged ada']], ['RE', []],
    ['EP', ['contacted acme', 'contacted bolt', 'embargo-proposed *', 'answered ada']], ['ER', ['embargo-rejected *', 'answered ada']], ['EA', ['embargo-accepted *', 'answered ada']],
    ['EV', ['embargo-proposed *', 'answered ada']], ['EJ', ['embargo-rejected *', 'answered ada']], ['EC', ['embargo-accepted *', 'answered ada']], ['ET', ['embargo-ended *']],
    ['EK', ['acknowledged ada']], ['EE', []], ['CV', ['aware ada']], ['CF', ['fix-ready ada', 'answered ada']], ['CD', ['deployed ada', 'answered ada']], ['CP', ['public *']],
    ['CX', ['exploit-public *', 'public *']], ['CA', ['attacks *', 'attacks-known ada', 'attacks-known acme', 'attacks-known bolt']], ['CK', ['acknowledged ada']], ['CE', []],
    ['GI', ['contacted acme', 'contacted bolt', 'asked acme', 'asked bolt', 'answered ada']], ['GK', ['acknowledged ada']], ['GE', []],
  ])('%s', (type, expected) => {
    expect(said([message('m', [type])])).toEqual(expected)
  })
  it('every local step, observation and change of members', () => {
    expect(localEvents.flatMap((event) => said([{ local: { by: 'acme', event, at: '2026-01-07' } }]))).toEqual([
      'discovered acme', 'public *', 'exploit-public *', 'public *', 'attacks *', 'attacks-known acme', 'aware acme', 'embargo-ended *', 'validated acme', 'invalid acme', 'accepted acme',
      'deferred acme', 'closed acme', 'fix-ready acme', 'deployed acme',
    ])
    const observed = [
      'V', 'F', 'D', 'P', 'X', 'A', 'rm.receive', 'rm.validate', 'rm.invalidate', 'rm.accept', 'rm.defer', 'rm.close', 'em.propose', 'em.accept', 'em.reject', 'em.terminate',
    ] as const
    expect(observed.flatMap((event) => said([{ observation: { event, about: 'acme', at: '2026-01-07', source: 's' } }]))).toEqual([
      'aware acme', 'fix-ready acme', 'deployed acme', 'public *', 'exploit-public *', 'public *', 'attacks *', 'contacted acme', 'reported acme', 'validated acme', 'invalid acme', 'accepted acme',
      'deferred acme', 'closed acme', 'embargo-proposed *', 'embargo-accepted *', 'embargo-rejected *', 'embargo-ended *',
    ])
    expect(membershipChanges.map((change) => said([{ membership: { by: 'hub', participant: 'bolt', change, at: '2026-01-07' } }]))).toEqual([['joined bolt'], ['left bolt'], [], ['left bolt'], []])
  })
  it('every type has a row, and every kind can happen', () => {
    const ext = (happening: string): Statement => message('m', ['GI'], { ext: { happening } })
    const statements: ReadonlyArray<Statement> = [
      ...messageTypeList.map((type) => message('m', [type])), ...localEvents.map((event): Statement => ({ local: { by: 'a', event, at: '2026-01-07' } })),
      ...Object.keys(happeningKinds).map(ext), { membership: { by: 'hub', participant: 'bolt', change: 'joins', at: '2026-01-07' } },
      { membership: { by: 'hub', participant: 'bolt', change: 'leaves', at: '2026-01-07' } },
    ]
    expect(new Set(statements.flatMap((one) => happenings([one]).map(({ what }) => what)))).toEqual(new Set(Object.keys(happeningKinds)))
  })
  it('what is only recorded: known kinds, no others', () => {
    const kinds = ['early-warning', 'public', 'toString', 7, null, ['early-warning']] as const
    expect(kinds.map((happening) => said([message('m', ['RK'], { ext: { happening, until: '2026-02-01' } })]))).toEqual([
      ['acknowledged ada', 'early-warning ada'], ...Array.from({ length: 5 }, () => ['acknowledged ada']),
    ])
    expect(said([message('m', ['RK'], { ext: { happening: 'fix-scheduled', until: '2026-02-01' } })])).toEqual(['acknowledged ada', 'fix-scheduled ada 2026-02-01'])
    expect(said([message('m', ['RK'], { ext: { happening: 'fix-scheduled', until: 9 } })])).toEqual(['acknowledged ada', 'fix-scheduled ada'])
  })
  it('subjects, products, and the entry that it is in', () => {
    const relayed = message('m', ['CV', 'CF'], { subject: { participant: 'acme', product: 'x' } })
    expect(said([relayed])).toEqual(['aware acme', 'fix-ready acme x', 'answered ada'])
    expect(said([{ local: { by: 'acme', event: 'ready', product: 'x', at: '2026-01-07' } }])).toEqual(['fix-ready acme x'])
    expect(happenings([{ stamp: { by: 'hub', entry: 'm', sequence: 1, at: '2026-01-07' } }, relayed])[0]).toEqual({ what: 'aware', at: '2026-01-07', about: 'acme', by: 'ada', entry: 1, id: 'm' })
    expect(happenings([{ observation: { event: 'P', at: '2026-01-07', source: 's' } }])).toEqual([{ what: 'public', at: '2026-01-07', source: 's', entry: 0 }])
  })
  it('the end that an acceptance accepts is its own, or that of what it answers', () => {
    const proposed = message('p', ['EP'], { embargo: { id: 'e', end: '2026-04-07' } })
    const ends = (answer: Statement): ReadonlyArray<string | undefined> => happenings([proposed, answer]).filter(({ what }) => what === 'embargo-accepted').map(({ until }) => until)
    expect(ends(message('a', ['EA'], { embargo: { id: 'a', answers: 'e' } }))).toEqual(['2026-04-07'])
    expect(ends(message('a', ['EA'], { embargo: { id: 'a', answers: 'p' } }))).toEqual(['2026-04-07'])
    expect(ends(message('a', ['EA'], { embargo: { id: 'a', answers: 'e', end: '2026-04-01' } }))).toEqual(['2026-04-01'])
    expect(ends(message('a', ['RS'], { embargo: { id: 'a', answers: 'e' } }))).toEqual(['2026-04-07'])
    expect(ends(message('a', ['EA'], { embargo: { id: 'a', answers: 'x' } }))).toEqual([undefined])
    expect(ends(message('a', ['RS'], { embargo: { id: 'a' } }))).toEqual([])
  })
  it('a question in answer to a question is an answer', () => {
    const asked = (entries: ReadonlyArray<Statement>): number => said(entries).filter((one) => one.startsWith('asked')).length
    expect(asked([message('q', ['GI'], { to: ['acme'] }), message('a', ['GI'], { to: ['acme'], inReplyTo: 'q' })])).toBe(1)
    expect(asked([message('q', ['RS'], { to: ['acme'] }), message('a', ['GI'], { to: ['acme'], inReplyTo: 'q' })])).toBe(1)
    expect(asked([message('a', ['GI'], { to: ['acme'], inReplyTo: 'unknown' })])).toBe(1)
  })
  it('corrections: the last moment counts, what is retracted is gone, and a retracted correction corrects nothing', () => {
    const correct = (of: string, moment: string | undefined, id?: string): Statement => ({
      correction: { by: 'ada', of, change: 'corrects', at: '2026-02-01', ...(id === undefined ? {} : { id }), ...(moment === undefined ? {} : { moment }) },
    })
    const retract = (of: string, id?: string): Statement => ({ correction: { by: 'ada', of, change: 'retracts', at: '2026-02-01', ...(id === undefined ? {} : { id }) } })
    const when = (...entries: ReadonlyArray<Statement>): ReadonlyArray<string> => happenings([message('m', ['CP']), ...entries]).map(({ at }) => at)
    expect(when()).toEqual(['2026-01-07'])
    expect(when(correct('m', '2026-01-06'))).toEqual(['2026-01-06'])
    expect(when(correct('m', '2026-01-06'), correct('m', '2026-01-05'))).toEqual(['2026-01-05'])
    expect(when(correct('m', '2026-01-06'), correct('m', undefined))).toEqual(['2026-01-06'])
    expect(when(correct('m', '2026-01-06', 'k'), retract('k'))).toEqual(['2026-01-07'])
    expect(when(retract('m'))).toEqual([])
    expect(when(retract('m', 'k'), retract('k'))).toEqual(['2026-01-07'])
    expect(when(correct('other', '2026-01-06'), { correction: { by: 'ada', of: 'm', change: 'erases', at: '2026-02-01' } })).toEqual(['2026-01-07'])
    const bare: Statement = { local: { by: 'acme', event: 'ready', at: '2026-01-07' } }
    expect(happenings([bare, retract('{"local":{"at":"2026-01-07","by":"acme","event":"ready"}}')])).toEqual([])
  })
})

// ---- half-known moments ----

const happened = (what: HappeningKind, at: string, entry: number, more: Partial<Happening> = {}): Happening => ({ what, at, entry, about: 'acme', by: 'ada', ...more })
const public_ = (at: string, entry: number): Happening => ({ what: 'public', at, entry, by: 'ada' })
const only = (all: ReadonlyArray<Happening>, policy: Policy, now: string): Deadline => deadlinesOf(all, [policy], now)[0] ?? expect.fail('no deadline')
const contacted = (at: string): Happening => happened('contacted', at, 0)

describe('half-known moments', () => {
  it.each<readonly [string, string, DeadlineStatus]>([
    // 45 days after 7 January is 21 February: anywhere, from 20 February 10:00 UTC to 22 February 12:00 UTC.
    ['2026-01-07', '2026-02-20T10:00:00Z', 'running'], ['2026-01-07', '2026-02-20T10:00:01Z', 'unsure'], ['2026-01-07', '2026-02-21', 'unsure'], ['2026-01-07', '2026-02-22T11:59:59Z', 'unsure'],
    ['2026-01-07', '2026-02-22T12:00:00Z', 'overdue'], ['2026-01-07', '2026-02-18', 'running'], ['2026-01-07', '2026-02-24', 'overdue'],
    ['2026-01-07/2026-01-10', '2026-02-23T00:00:00Z', 'unsure'], ['2026-01-07/2026-01-10', '2026-02-25T12:00:00Z', 'overdue'],
    ['2026-01-07T09:00:00Z', '2026-02-21T09:00:00Z', 'running'], ['2026-01-07T09:00:00Z', '2026-02-21T09:00:00.001Z', 'overdue'], ['2026-01-07T09:00:00Z', '2026-02-21', 'unsure'],
    ['2026-01-07T09:00:00Z', '2026-02-20', 'unsure'], ['2026-01-07T09:00:00Z', '2026-02-19', 'running'], ['2026-01-07T10:00:00+05:30', '2026-02-21T04:30:00.001Z', 'overdue'],
    ['2026-01-07T09:00:00Z', 'one day', 'unsure'], ['some day', '2026-02-21', 'unsure'],
  ])('contacted %s, now %s: %s', (start, now, status) => {
    expect(only([contacted(start)], certcc, now).status).toBe(status)
  })
  it.each<readonly [string, string, DeadlineStatus]>([
    ['2026-01-07', '2026-02-18', 'met'], ['2026-01-07', '2026-02-21', 'unsure'], ['2026-01-07', '2026-02-24', 'missed'], ['2026-01-07T09:00:00Z', '2026-02-21T09:00:00Z', 'met'],
    ['2026-01-07T09:00:00Z', '2026-02-21T09:00:01Z', 'missed'], ['2026-01-07T09:00:00Z', '2026-02-21', 'unsure'], ['2026-01-07', '2020-01-01', 'met'], ['2026-01-07', 'some day', 'unsure'],
  ])('contacted %s, public %s: %s', (start, end, status) => {
    expect(only([contacted(start), public_(end, 1)], certcc, '2027-01-01').status).toBe(status)
  })
  it.each<readonly [string, string, string, DeadlineStatus]>([
    ['Z', '2026-02-21', '2026-02-21T23:59:59.999Z', 'met'], ['Z', '2026-02-22', '2026-02-21T23:59:59.999Z', 'missed'], ['-08:00', '2026-02-22T07:00:00Z', '2026-02-22T07:59:59.999Z', 'met'],
    ['+14:00', '2026-02-21T11:00:00Z', '2026-02-21T09:59:59.999Z', 'missed'],
  ])('in days of %s, public %s', (zone, end, due, status) => {
    expect(only([contacted('2026-01-07'), public_(end, 1)], inZone(certcc, zone), '2027-01-01')).toMatchObject({ due: { moment: due }, status })
  })
  it('in days of a zone, the day is not over until it is', () => {
    expect(['2026-02-20', '2026-02-21', '2026-02-22', '2026-02-21T23:59:59Z', '2026-02-22T00:00:00Z'].map((now) => only([contacted('2026-01-07')], inZone(certcc, 'Z'), now).status)).toEqual(
      ['running', 'running', 'overdue', 'running', 'overdue'])
  })
  it('the first of several half-known starts, and the last of several questions', () => {
    expect(only([happened('contacted', '2026-01-09', 0), happened('contacted', '2026-01-01/2026-01-12', 1)], certcc, '2026-02-01').due.moment).toBe('2026-02-15/2026-02-23')
    const asked = [happened('asked', '2026-01-09', 0), happened('asked', '2026-01-01/2026-01-12', 1)]
    expect(only(asked, hackerOneMoreInfo, '2026-02-01').due.moment).toBe('2026-02-08/2026-02-11')
  })
  it('of two acts on one day, the order of the entries decides', () => {
    const asked = happened('asked', '2026-01-07', 5)
    expect([4, 6].map((entry) => only([asked, happened('answered', '2026-01-07', entry)], hackerOneMoreInfo, '2026-01-20').status)).toEqual(['running', 'met'])
    expect(only([asked, happened('answered', '2026-01-10', 4)], hackerOneMoreInfo, '2026-01-20').status).toBe('met')
    expect(only([asked, happened('answered', '2026-01-03', 6)], hackerOneMoreInfo, '2026-01-20').status).toBe('running')
  })
  it('what may have come in time gives both dates, and says so', () => {
    const [deadline] = deadlinesOf([happened('reported', '2026-01-07', 0), happened('fix-ready', '2026-04-07', 1)], policies.filter(({ id }) => id === 'project-zero-90+30'), '2026-06-01')
      .filter(({ owes }) => owes === 'publish')
    expect(deadline).toMatchObject({ due: { moment: '2026-04-07/2026-05-07' }, status: 'overdue', moved: [{ change: 1, entry: 1, surely: false }] })
  })
  const zero = policies.filter(({ id }) => id === 'project-zero-90+30')
  const publication = (...all: ReadonlyArray<Happening>): Deadline =>
    deadlinesOf([happened('reported', '2026-01-07T09:00:00Z', 0), ...all], zero, '2027-01-01').find(({ owes }) => owes === 'publish') ?? expect.fail('no deadline')
  it('a wide interval moves a date no further than what would have come in time', () => {
    expect(publication({ what: 'embargo-accepted', at: '2026-02-01T00:00:00Z', entry: 1, until: 'some day' }).due.moment).toBe('2026-04-07T09:00:00Z/2026-04-21T09:00:00Z')
    expect(publication(happened('fix-ready', '2026-01-08T09:00:00Z/2026-12-31T00:00:00Z', 1)).due.moment).toBe('2026-02-07T09:00:00Z/2026-05-07T09:00:00Z')
  })
  it('what names a day within the term is not said to move anything', () => {
    expect(publication({ what: 'embargo-accepted', at: '2026-02-01T00:00:00Z', entry: 1, until: '2026-04-07T09:00:00Z' })).toMatchObject({ due: { moment: '2026-04-07T09:00:00Z' }, moved: [] })
  })
  it('an agreement that comes when the date is over does not undo the days of grace that were agreed in time', () => {
    const agreed = (at: string, entry: number, until: string): Happening => ({ what: 'embargo-accepted', at, entry, by: 'ada', until })
    const [reported, ready] = [happened('reported', '2026-01-01T00:00:00.000Z', 0), happened('fix-ready', '2026-04-01T00:00:00.001Z', 2)]
    const fix = (...all: ReadonlyArray<Happening>): readonly unknown[] => {
      const { due, moved, status } = deadlinesOf([reported, ...all, ready], zero, '2027-01-01').find(({ owes }) => owes === 'fix') ?? expect.fail('no deadline')
      return [due.moment, status, moved.map(({ entry, surely }) => [entry, surely])]
    }
    const [grace, over] = [agreed('2026-03-02T00:00:00.001Z', 1, '2026-04-01T00:00:00.001Z'), '2026-04-08T00:00:00.001Z']
    const kept = ['2026-04-01T00:00:00.001Z', 'met', [[1, true]]]
    expect(fix(grace)).toEqual(kept)
    expect(['2026-01-01T00:00:00.000Z', '2026-04-10T00:00:00Z', '2027-01-01T00:00:00Z'].map((until) => fix(grace, agreed(over, 3, until)))).toEqual([kept, kept, kept])
    // In the term the last word counts: a later day, a day that is no grace, a day beyond all grace.
    const before = (until: string): unknown => fix(grace, agreed('2026-03-09T00:00:00Z', 3, until))
    expect(['2026-04-05T00:00:00.000Z', '2026-03-20T00:00:00Z', '2026-05-01T00:00:00Z'].map(before)).toEqual([
      ['2026-04-05T00:00:00Z', 'met', [[3, true]]], ['2026-04-01T00:00:00Z', 'missed', []], ['2026-04-01T00:00:00Z', 'missed', []],
    ])
    // Where the second may have come in time, either may be the last.
    expect(fix(grace, agreed('2026-03-25T00:00:00Z/2026-04-08T00:00:00Z', 3, '2026-04-05T00:00:00.000Z'))).toEqual(['2026-04-01T00:00:00.001Z/2026-04-05T00:00:00Z', 'met', [[1, false], [3, false]]])
    expect(fix(grace, agreed('2026-03-25T00:00:00Z/2026-04-08T00:00:00Z', 3, '2026-03-20T00:00:00Z'))).toEqual(['2026-04-01T00:00:00Z/2026-04-01T00:00:00.001Z', 'unsure', [[1, false]]])
    // The last is the last to happen, not the last to be written down.
    expect(fix({ ...grace, entry: 3 }, agreed('2026-02-01T00:00:00Z', 4, '2026-04-05T00:00:00Z'))).toEqual(['2026-04-01T00:00:00.001Z', 'met', [[3, true]]])
  })
  it('a change that comes when the date is over moves nothing, also where the term would still run', () => {
    const rule: Rule = {
      id: 'r', owes: 'publish', who: 'author', per: 'case', starts: [{ any: ['reported'] }], within: 'P90D', met: ['public'],
      changes: [{ when: ['fix-ready'], in: 'term', to: 'it' }, { when: ['validated'], in: 'term', to: 'it', plus: 'P60D' }],
    }
    const due = (validated: string): string =>
      only([happened('reported', '2026-01-07', 0), happened('fix-ready', '2026-02-01', 1), happened('validated', validated, 2)], { id: 'p', title: '', source: '', rules: [rule] }, '2027-01-01').due.moment
    expect(['2026-01-20', '2026-02-20'].map(due)).toEqual(['2026-03-21', '2026-02-01'])
  })
  it('names the entry that came first, not the one that was written first', () => {
    expect(only([happened('contacted', '2026-02-09', 0), happened('contacted', '2026-01-07', 1)], certcc, '2026-02-20')).toMatchObject({ started: [1], due: { moment: '2026-02-21' } })
  })
  it('a clock with several causes starts with the last entry of them', () => {
    const refusal = (...all: ReadonlyArray<Happening>): DeadlineStatus | undefined =>
      deadlinesOf(all, [openssfOutbound], '2026-02-01').find(({ rule }) => rule === 'refusal')?.status
    const [told, refused] = [happened('reported', '2026-01-07', 0), happened('invalid', '2026-01-07', 2)]
    expect(refusal(told, refused, happened('accepted', '2026-01-07', 1))).toBe('overdue')
    expect(refusal(told, refused, happened('accepted', '2026-01-20', 3))).toBe('missed')
  })
  it('what names no product belongs to all products of its participant', () => {
    const policy: Policy = {
      id: 'p', title: '', source: '',
      rules: [{ id: 'r', owes: 'deploy', who: 'subject', per: 'product', starts: [{ any: ['fix-ready'] }, { any: ['attacks-known'] }], within: 'P7D', met: ['deployed'] }],
    }
    const ready = (product: string | undefined, entry: number, about = 'acme'): Happening => happened('fix-ready', '2026-01-07', entry, { about, ...(product === undefined ? {} : { product }) })
    const all = [ready('x', 0), ready('y', 1), happened('attacks-known', '2026-01-08', 2), ready(undefined, 3, 'bolt'), happened('attacks-known', '2026-01-08', 4, { about: 'bolt' })]
    expect(deadlinesOf([...all, happened('deployed', '2026-01-09', 5, { product: 'y' })], [policy], '2026-01-10').map(({ about, product, status }) => [about, product, status])).toEqual([
      ['acme', 'x', 'running'], ['acme', 'y', 'met'], ['bolt', undefined, 'running'],
    ])
  })
  it('what happens after now has not happened', () => {
    const all = [contacted('2026-01-07T00:00:00Z'), public_('2026-03-01', 1)]
    expect(['2026-01-05', '2026-02-01', '2026-02-25', '2026-03-01'].map((now) => deadlinesOf(all, [certcc], now).map(({ status }) => status))).toEqual([[], ['running'], ['overdue'], ['missed']])
  })
  it('is exact over leap days, month ends and changes of the clocks', () => {
    const due = (start: string): string => only([contacted(start)], certcc, start).due.moment
    expect(['2024-01-15', '2023-01-15', '2026-01-31', '2025-12-31', '2026-02-15T12:00:00-05:00', '2026-10-01T12:00:00+02:00'].map(due)).toEqual([
      '2024-02-29', '2023-03-01', '2026-03-17', '2026-02-14', '2026-04-01T17:00:00Z', '2026-11-15T10:00:00Z',
    ])
  })
  it('comes in the order of the dates', () => {
    const all = deadlinesOf([happened('reported', '2026-01-07T09:00:00Z', 0), contacted('2026-01-07T09:00:00Z')], policies, '2026-01-08')
    expect(all.map(({ due }) => due.latest)).toEqual([...all.map(({ due }) => due.latest)].sort((a, b) => a - b))
    expect(all.map(({ policy, rule }) => `${policy} ${rule}`)).toEqual([
      'project-zero-reporting-transparency-2025 announce', 'linux-distros publish', 'openssf-model-outbound-0.1 respond', 'openssf-model-outbound-0.1 engage', 'cert-cc-45 publish',
      'openssf-model-outbound-0.1 publish', 'project-zero-90+30 fix', 'project-zero-90+30 publish',
    ])
  })
})

// ---- laws ----

const DAY = 86_400_000
const begin = Date.UTC(2026, 0, 1)
const text = (ms: number): string => new Date(ms).toISOString()

/** Happenings at instants that rise with their entries, in about four months. */
const kinds = fc.constantFrom<HappeningKind>(
  'reported', 'contacted', 'asked', 'answered', 'acknowledged', 'fix-ready', 'fix-ready', 'fix-ready', 'fix-scheduled', 'fix-scheduled', 'embargo-accepted', 'embargo-accepted', 'public', 'attacks',
  'attacks-known', 'deployed',
  'early-warning', 'final-report', 'invalid', 'accepted', 'closed', 'mitigation-available',
)
const world: ReadonlyArray<HappeningKind> = ['public', 'attacks', 'embargo-accepted']
interface Drawn {
  readonly happening: Happening
  readonly at: number
  readonly until: number
}
const drawn: fc.Arbitrary<ReadonlyArray<Drawn>> = fc
  .array(
    fc.record({
      what: kinds, about: fc.constantFrom('acme', 'acme', 'bolt'), gap: fc.oneof(fc.constantFrom(0, DAY, 7 * DAY, 30 * DAY), fc.nat(40 * DAY)),
      until: fc.oneof(fc.nat(15 * DAY), fc.nat(30 * DAY).map((more) => 80 * DAY + more)),
    }),
    { maxLength: 9 },
  )
  .map((steps) => {
    let at = begin
    return [{ what: 'reported', about: 'acme', gap: 0, until: 0 } as const, ...steps].map(({ about, gap, until, what }, entry) => {
      at += gap
      const named = what === 'fix-scheduled' || what === 'embargo-accepted'
      return {
        at, until: begin + until,
        happening: { what, at: text(at), entry, by: 'ada', ...(world.includes(what) ? {} : { about }), ...(named ? { until: text(begin + until) } : {}) },
      }
    })
  })

/** Everything but the weekdays of one policy, which are those of whoever wrote the date; in days of a zone as well. */
const lawful: ReadonlyArray<Policy> = policies.map((policy) => (policy === openssfOutbound ? { ...policy, rules: policy.rules.map((rule) => Object.fromEntries(Object.entries(rule).filter(([name]) => name !== 'workday')) as unknown as Rule) } : policy))
const settings = [lawful, lawful.map((policy) => inZone(policy, 'Z'))]
const keyOf = ({ about, policy, product, rule, who }: Deadline): string => JSON.stringify([policy, rule, about, product, who])
const byKey = (all: ReadonlyArray<Deadline>): ReadonlyMap<string, Deadline> => new Map(all.map((one) => [keyOf(one), one]))

/** A moment that holds an instant: itself, its date in UTC, or an interval around it. */
const widen = fc.oneof(
  fc.constant((at: number) => text(at)),
  fc.constant((at: number) => text(at).slice(0, 10)),
  fc.tuple(fc.nat(10 * DAY), fc.nat(10 * DAY)).map(([before, after]) => (at: number) => `${text(at - before)}/${text(at + after)}`),
  fc.tuple(fc.nat(5), fc.nat(5)).map(([before, after]) => (at: number) => `${text(at - before * DAY).slice(0, 10)}/${text(at + after * DAY).slice(0, 10)}`),
)

describe('laws', () => {
  it('widening a moment never turns an answer into another one, and never loses the date', () => {
    let [definite, unsure, moved] = [0, 0, 0]
    fc.assert(fc.property(drawn, fc.array(fc.tuple(widen, widen), { minLength: 10, maxLength: 10 }), fc.nat(200 * DAY), fc.constantFrom(...settings), (all, wideners, rest, using) => {
      const now = text(Math.max(begin, ...all.map(({ at }) => at)) + rest)
      const narrow = byKey(deadlinesOf(all.map(({ happening }) => happening), using, now))
      const wide = byKey(deadlinesOf(all.map(({ at, happening, until }, place) => ({
        ...happening, at: wideners[place]?.[0](at) ?? '', ...(happening.until === undefined ? {} : { until: wideners[place]?.[1](until) ?? '' }),
      })), using, now))
      expect([...wide.keys()].sort()).toEqual([...narrow.keys()].sort())
      for (const [key, one] of narrow) {
        const other = wide.get(key) ?? expect.fail(key)
        if (other.status === 'unsure') unsure++
        else definite++
        if (other.moved.some(({ surely }) => !surely)) moved++
        expect([one.status, 'unsure'], key).toContain(other.status)
        expect(other.due.earliest <= one.due.earliest && other.due.latest >= one.due.latest, `${key}: ${other.due.moment} does not hold ${one.due.moment}`).toBe(true)
      }
    }), { numRuns: 3000 })
    expect(Math.min(definite, unsure, moved)).toBeGreaterThan(100)
  })
  it('as time passes, what is overdue is overdue or done late, and what was done late stays so', () => {
    const firstOnly = lawful.filter(({ rules }) => rules.every(({ starts }) => starts.every(({ which }) => which !== 'last')))
    fc.assert(fc.property(drawn, fc.nat(200 * DAY), fc.nat(200 * DAY), fc.array(widen, { minLength: 10, maxLength: 10 }), (all, soon, more, wideners) => {
      const list = all.map(({ at, happening }, place) => ({ ...happening, at: wideners[place]?.(at) ?? '' }))
      const after = byKey(deadlinesOf(list, firstOnly, text(begin + soon + more)))
      for (const [key, one] of byKey(deadlinesOf(list, firstOnly, text(begin + soon)))) {
        const then = after.get(key)?.status
        if (one.status === 'overdue') expect(['overdue', 'missed', 'unsure'], key).toContain(then)
        if (one.status === 'missed') expect(then, key).toBe('missed')
      }
    }), { numRuns: 3000 })
  })
  it('with instants, there is no doubt, nothing overdue was in time, and what was done in time stays so', () => {
    fc.assert(fc.property(drawn, fc.nat(200 * DAY), fc.nat(200 * DAY), (all, soon, more) => {
      const list = all.map(({ happening }) => happening)
      const firstOnly = lawful.filter(({ rules }) => rules.every(({ starts }) => starts.every(({ which }) => which !== 'last')))
      const after = byKey(deadlinesOf(list, firstOnly, text(begin + soon + more)))
      for (const [key, one] of byKey(deadlinesOf(list, firstOnly, text(begin + soon)))) {
        expect(one.status).not.toBe('unsure')
        expect(one.due.earliest).toBe(one.due.latest)
        const then = after.get(key)?.status ?? expect.fail(key)
        if (one.status === 'overdue') expect(['overdue', 'missed'], key).toContain(then)
        if (one.status === 'met') expect(then, key).toBe('met')
      }
    }), { numRuns: 3000 })
  })
  it('and so with any changes, one after the other', () => {
    const change = fc.record({
      when: fc.constantFrom<ReadonlyArray<HappeningKind>>(['embargo-accepted'], ['fix-scheduled'], ['fix-ready'], ['fix-scheduled', 'embargo-accepted']),
      in: fc.constantFrom('term' as const, 'term' as const, 'extension' as const), to: fc.constantFrom('until' as const, 'until' as const, 'it' as const, 'term' as const),
      plus: fc.constantFrom('PT0S', 'P1D', 'P5D', 'P30D'), atMost: fc.constantFrom('P3D', 'P14D', 'P60D'),
    })
    const steps = fc.record({
      what: fc.constantFrom<HappeningKind>('fix-ready', 'fix-scheduled', 'embargo-accepted', 'embargo-accepted', 'public'), until: fc.nat(40 * DAY),
      gap: fc.oneof(fc.constantFrom(0, 1, DAY, 5 * DAY), fc.nat(12 * DAY)),
    })
    const settled = new Set<string>()
    fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), fc.array(steps, { maxLength: 7 }), fc.constantFrom({}, { zone: 'Z' }), (changes, all, zone) => {
      const rule: Rule = { id: 'r', owes: 'publish', who: 'author', per: 'case', starts: [{ any: ['reported'] }], within: 'P20D', met: ['public'], changes, ...zone }
      const list = [happened('reported', text(begin), 0)]
      let at = begin
      let before: DeadlineStatus = 'running'
      for (const { gap, until, what } of all) {
        at += gap
        list.push({ what, at: text(at), entry: list.length, by: 'ada', until: text(begin + until) })
        const { due, moved, status } = only(list, { id: 'p', title: '', source: '', rules: [rule] }, text(at))
        expect([due.earliest, moved.every(({ surely }) => surely)]).toEqual([due.latest, true])
        const next: ReadonlyArray<DeadlineStatus> = before === 'running' ? ['running', 'overdue', 'met', 'missed'] : before === 'overdue' ? ['overdue', 'missed'] : [before]
        expect(next).toContain(status)
        if (moved.length > 0) settled.add(status)
        before = status
      }
    }), { numRuns: 2000 })
    expect([...settled].sort()).toEqual(['met', 'missed', 'overdue', 'running'])
  })
  it('the order of the list is of no account, and what is said twice changes no date', () => {
    fc.assert(fc.property(drawn.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length }))), fc.nat(200 * DAY), ([all, shuffled], rest) => {
      const now = text(begin + rest)
      const list = all.map(({ happening }) => happening)
      const expected = deadlinesOf(list, policies, now)
      expect(deadlinesOf(shuffled.map(({ happening }) => happening), policies, now)).toEqual(expected)
      expect(deadlinesOf([...list, ...list], policies, now)).toEqual(expected)
      expect(deadlinesOf(list, [...policies].reverse(), now)).toEqual(expected)
    }))
  })
  it('every date is told so that it can be read, and within is kept', () => {
    fc.assert(fc.property(drawn, (all) => {
      for (const { due, started } of deadlinesOf(all.map(({ happening }) => happening), lawful, text(begin + 300 * DAY))) {
        expect(readMoment(due.moment)).toEqual({ earliest: due.earliest, latest: due.latest })
        expect(started.every((entry) => entry < all.length)).toBe(true)
      }
    }))
  })
  it('takes any text for a moment', () => {
    fc.assert(fc.property(drawn, fc.array(fc.string(), { minLength: 11 }), (all, junk) => {
      const list = all.map(({ happening }, place) => ({ ...happening, at: junk[place] ?? '', ...(happening.until === undefined ? {} : { until: junk[place] ?? '' }) }))
      for (const { due } of deadlinesOf(list, policies, junk[10] ?? '')) expect(due.earliest <= due.latest).toBe(true)
    }))
  })
})
