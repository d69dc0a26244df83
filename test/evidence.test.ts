/**
 * Evidence from case logs.
 *
 * Verdicts on small logs are worked out by hand. The laws (what happens when a message is taken out of a log, or one that
 * says nothing to the point is put in) are held against every example, each message of it, and each standard.
 */
import { fc, test as prop } from '@fast-check/vitest'
import type { CaseLog, LogEntry, Message } from 'mpcvd'
import { type Clause, evidence, type Evidence, isWeaker, type MeasureName, type Sheet, type Standard, standards } from 'mpcvd/crosswalk'
import { describe, expect, it } from 'vitest'
import { complaints } from './cells.js'
import { logs, readLog, withoutMessage } from './evidence-logs.js'
import { partly, whole } from './whole.js'

const entry = (id: string, from: string, to: string, types: Message['types'], at: string, more: Partial<Message> = {}): LogEntry =>
  ({ message: { id, case: 'c', from, to: [to], types, at, ...more } })
const caseOf = (...entries: ReadonlyArray<LogEntry>): CaseLog => ({
  header: { log: 1, protocol: 'adopted@1', case: 'c', world: 'closed', participants: [{ id: 'ann', roles: ['finder', 'reporter'] }, { id: 'acme', roles: ['vendor'] }, { id: 'bolt', roles: ['vendor'] }] },
  entries,
})
const sheetOf = (log: CaseLog, standard: Standard, of: string, options = {}): Sheet => {
  const [sheet] = evidence(log, standard, { of, ...options }).sheets
  return sheet ?? expect.fail(`no sheet of ${of}`)
}
const clauseOf = (log: CaseLog, standard: Standard, of: string, id: string, options = {}): Clause =>
  sheetOf(log, standard, of, options).clauses.find((one) => one.id === id) ?? expect.fail(`no clause ${id}`)
const brief = (clause: Clause): unknown => ({
  status: clause.status, needs: clause.needs.map(({ status }) => status), cites: clause.cites.map(({ id, needed }) => `${id ?? '?'}${needed ? '!' : ''}`),
})
/** `X30-06 shown` for every clause of a sheet. */
const statusesOf = (sheet: Sheet): ReadonlyArray<string> => sheet.clauses.map(({ id, status }) => `${id} ${status}`)

/** A report, acknowledged, verified, accepted, fixed, published and closed. */
const smooth = caseOf(
  entry('m1', 'ann', 'acme', ['RS', 'EP'], '2026-01-05T09:00:00Z', { report: { id: 'r1', title: 'Overflow' }, embargo: { id: 'e1', end: '2026-04-05T00:00:00Z' } }),
  entry('m2', 'acme', 'ann', ['RK', 'EA', 'CV'], '2026-01-05T12:00:00Z', { inReplyTo: 'm1', embargo: { id: 'e2', answers: 'e1' } }),
  entry('m3', 'acme', 'ann', ['RV'], '2026-01-08T09:00:00Z'),
  entry('m4', 'acme', 'ann', ['RA'], '2026-01-09T10:30:00Z'),
  entry('m5', 'acme', 'ann', ['CF'], '2026-03-01T09:00:00Z'),
  entry('m6', 'acme', 'ann', ['ET'], '2026-03-02T09:00:00Z', { embargo: { id: 'e1' } }),
  entry('m7', 'acme', 'ann', ['CP'], '2026-03-02T10:00:00Z', { cause: 'own' }),
  entry('m8', 'acme', 'ann', ['CD'], '2026-03-10T09:00:00Z'),
  entry('m9', 'acme', 'ann', ['RC'], '2026-03-12T09:00:00Z'),
)

describe('a case in which all goes well', () => {
  it('shows every clause of ISO/IEC 30111 that messages can show', () => {
    expect(statusesOf(sheetOf(smooth, 'iso-30111', 'acme'))).toEqual([
      'X30-01 not-by-messages', 'X30-02 not-by-messages', 'X30-03 not-applicable', 'X30-04 shown', 'X30-05 not-applicable', 'X30-06 shown',
      'X30-07 not-applicable', 'X30-08 not-applicable', 'X30-09 not-applicable', 'X30-10 not-applicable', 'X30-11 partly', 'X30-12 partly',
      'X30-13 shown', 'X30-14 shown', 'X30-15 shown', 'X30-16 shown', 'X30-17 shown', 'X30-18 shown', 'X30-19 shown', 'X30-20 not-applicable',
    ])
  })
  it('cites what shows them', () => {
    const of = (id: string): unknown => brief(clauseOf(smooth, 'iso-30111', 'acme', id))
    expect(of('X30-04')).toEqual({ status: 'shown', needs: ['shown', 'shown', 'shown'], cites: ['m1!', 'm2!'] })
    expect(of('X30-06')).toEqual({ status: 'shown', needs: ['shown'], cites: ['m3!'] })
    expect(of('X30-15')).toEqual({ status: 'shown', needs: ['shown', 'shown'], cites: ['m4!', 'm5!'] })
    // The embargo was proposed with a day that had not come, agreed, and ended before publication.
    expect(of('X30-16')).toEqual({ status: 'shown', needs: ['shown', 'shown', 'shown'], cites: ['m1', 'm2', 'm5!', 'm6!', 'm7!'] })
    expect(of('X30-17')).toEqual({ status: 'shown', needs: ['shown', 'shown'], cites: ['m7!', 'm8!', 'm9!'] })
  })
  it('says who, when, in which line, and what moved', () => {
    expect(clauseOf(smooth, 'iso-30111', 'acme', 'X30-04').cites[0]).toEqual({
      entry: 0, line: 2, id: 'm1', form: 'message', at: '2026-01-05T09:00:00Z', by: 'ann', to: ['acme'], what: 'RS EP',
      moved: ['S –r→ R', 'vfdpxa –V→ Vfdpxa', 'N –p→ P'], needed: true,
    })
    expect(clauseOf(smooth, 'iso-30111', 'acme', 'X30-06', { lines: [2, 5, 9, 10, 11, 12, 13, 14, 15] }).cites[0]?.line).toBe(9)
  })
  it('concerns no vendor that nothing reached', () => {
    expect(new Set(sheetOf(smooth, 'iso-30111', 'bolt').clauses.map(({ status }) => status))).toEqual(new Set(['not-applicable', 'not-by-messages']))
  })
})

describe('what is missing, late, too early', () => {
  it('an unanswered report', () => {
    const log = caseOf(entry('m1', 'ann', 'acme', ['RS'], '2026-01-05T09:00:00Z'))
    expect(brief(clauseOf(log, 'iso-29147', 'acme', 'X29-14'))).toEqual({ status: 'missing', needs: ['missing'], cites: ['m1'] })
    expect(clauseOf(log, 'iso-30111', 'acme', 'X30-06').status).toBe('missing')
  })
  it('one of two reports acknowledged is a part', () => {
    const log = caseOf(
      entry('m1', 'ann', 'acme', ['RS'], '2026-01-05T09:00:00Z'), entry('m2', 'bolt', 'acme', ['RS'], '2026-01-06T09:00:00Z'),
      entry('m3', 'acme', 'bolt', ['RK'], '2026-01-07T09:00:00Z', { inReplyTo: 'm2' }),
    )
    expect(brief(clauseOf(log, 'iso-29147', 'acme', 'X29-14'))).toEqual({ status: 'partly', needs: ['partly'], cites: ['m1', 'm2!', 'm3!'] })
  })
  it('an acknowledgement of something else is none', () => {
    const log = caseOf(
      entry('m1', 'ann', 'acme', ['RS'], '2026-01-05T09:00:00Z'), entry('m2', 'ann', 'acme', ['RA'], '2026-01-05T10:00:00Z'),
      entry('m3', 'acme', 'ann', ['RK'], '2026-01-07T09:00:00Z', { inReplyTo: 'm2' }),
    )
    expect(clauseOf(log, 'iso-29147', 'acme', 'X29-14').status).toBe('missing')
  })
  it('terms: in time, late, not yet due, overdue; on the very instant is in time', () => {
    const within = (text: string, at?: string): unknown => {
      const clause = clauseOf(smooth, 'iso-29147', 'acme', 'X29-14', { within: { acknowledge: text }, ...(at === undefined ? {} : { at }) })
      return [clause.status, clause.needs[0]?.due]
    }
    expect(within('PT4H')).toEqual(['shown', '2026-01-05T13:00:00Z'])
    expect(within('PT3H')).toEqual(['shown', '2026-01-05T12:00:00Z'])
    expect(within('PT2H')).toEqual(['late', '2026-01-05T11:00:00Z'])
    expect(within('PT2H', '2026-01-05T10:00:00Z')).toEqual(['pending', '2026-01-05T11:00:00Z'])
    expect(within('PT2H', '2026-01-05T11:30:00Z')).toEqual(['missing', '2026-01-05T11:00:00Z'])
    expect(clauseOf(smooth, 'iso-30111', 'acme', 'X30-06', { within: { validate: 'P2D' } }).needs[0]).toMatchObject({ due: '2026-01-07T09:00:00Z', since: [0] })
    // A term that cannot be read is none.
    expect(within('P1M')).toEqual(['shown', undefined])
    expect(clauseOf(smooth, 'iso-30111', 'acme', 'X30-06', { within: { validate: 'P2D' } }).status).toBe('late')
    expect(clauseOf(smooth, 'iso-30111', 'acme', 'X30-06', { within: { validate: 'P3D' } }).status).toBe('shown')
  })
  it('a late answer is no more late when dates leave it open', () => {
    const log = caseOf(entry('m1', 'ann', 'acme', ['RS'], '2026-01-05'), entry('m2', 'acme', 'ann', ['RK'], '2026-01-06', { inReplyTo: 'm1' }))
    const status = (term: string): string => clauseOf(log, 'iso-29147', 'acme', 'X29-14', { within: { acknowledge: term } }).status
    // 5 January is over at UTC−12 at noon of the 6th in UTC; the 6th begins at UTC+14 on the 5th at ten.
    expect([status('PT0S'), status('PT1H')]).toEqual(['shown', 'shown'])
  })
  it('publication under an embargo', () => {
    const log = withoutMessage(smooth, 'm6')
    const clause = clauseOf(log, 'iso-30111', 'acme', 'X30-19')
    expect(brief(clause)).toEqual({ status: 'partly', needs: ['shown', 'missing'], cites: ['m1', 'm2!', 'm7'] })
    // After the agreed day it is nothing to be ashamed of.
    const after = { ...log, entries: log.entries.map((one) => ('message' in one && one.message.id === 'm7' ? { message: { ...one.message, at: '2026-04-05T00:00:00Z' } } : one)) }
    expect(clauseOf(after, 'iso-30111', 'acme', 'X30-19').status).toBe('shown')
  })
  it('a fix after publication does not show a release with a fix', () => {
    const log = caseOf(
      entry('m1', 'ann', 'acme', ['RS'], '2026-01-05T09:00:00Z'), entry('m2', 'acme', 'ann', ['RV', 'RA'], '2026-01-06T09:00:00Z'),
      entry('m3', 'acme', 'ann', ['CP'], '2026-01-07T09:00:00Z', { cause: 'own' }), entry('m4', 'acme', 'ann', ['CF'], '2026-01-08T09:00:00Z'),
    )
    expect(brief(clauseOf(log, 'iso-30111', 'acme', 'X30-16'))).toEqual({ status: 'partly', needs: ['shown', 'missing'], cites: ['m3!', 'm4'] })
  })
  it('what was seen published was not published by whoever saw it', () => {
    const log = caseOf(entry('m1', 'ann', 'acme', ['RS'], '2026-01-05T09:00:00Z'), entry('m2', 'acme', 'ann', ['CP'], '2026-01-06T09:00:00Z', { cause: 'observed' }))
    expect(clauseOf(log, 'iso-29147', 'acme', 'X29-20').status).toBe('missing')
    expect(clauseOf(log, 'iso-30111', 'acme', 'X30-05').status).toBe('shown')
  })
})

describe('ways out', () => {
  const judged = (...types: ReadonlyArray<Message['types']>): CaseLog =>
    caseOf(entry('m1', 'ann', 'acme', ['RS'], '2026-01-05T09:00:00Z'), ...types.map((one, index) => entry(`n${index}`, 'acme', 'ann', one, `2026-01-0${index + 6}T09:00:00Z`)))
  const ways = (log: CaseLog): ReadonlyArray<string> => statusesOf(sheetOf(log, 'iso-30111', 'acme')).filter((text) => /X30-(0[789]|1[035])/.test(text))
  it('not a security matter, or no longer maintained: the reason is in no message', () => {
    expect(ways(judged(['RI'], ['RC']))).toEqual([
      'X30-07 not-applicable', 'X30-08 partly', 'X30-09 partly', 'X30-10 not-applicable', 'X30-13 not-applicable', 'X30-15 not-applicable',
    ])
    expect(ways(judged(['RV'], ['RD'], ['RC']))).toEqual([
      'X30-07 not-applicable', 'X30-08 partly', 'X30-09 not-applicable', 'X30-10 not-applicable', 'X30-13 shown', 'X30-15 not-applicable',
    ])
  })
  it('a duplicate', () => {
    const log = caseOf(
      entry('m1', 'ann', 'acme', ['RS'], '2026-01-05T09:00:00Z'),
      entry('m2', 'acme', 'ann', ['RV', 'RD'], '2026-01-06T09:00:00Z', { report: { id: 'r2', duplicateOf: 'r1' } }),
    )
    expect(brief(clauseOf(log, 'iso-30111', 'acme', 'X30-07'))).toEqual({ status: 'shown', needs: ['shown', 'shown'], cites: ['m2!'] })
  })
  it('another vendor', () => {
    const log = caseOf(...smooth.entries.slice(0, 4), entry('x1', 'acme', 'bolt', ['RS'], '2026-01-10T09:00:00Z'))
    expect(clauseOf(log, 'iso-30111', 'acme', 'X30-10').status).toBe('shown')
    expect(clauseOf(log, 'iso-30111', 'acme', 'X30-20').cites.map(({ id }) => id)).toEqual(['x1'])
    expect(clauseOf(log, 'iso-29147', 'bolt', 'X29-14').status).toBe('missing')
  })
})

describe('what does not count', () => {
  const base = [entry('m1', 'ann', 'acme', ['RS'], '2026-01-05T09:00:00Z')]
  const rk = entry('m2', 'acme', 'ann', ['RK'], '2026-01-06T09:00:00Z', { inReplyTo: 'm1' })
  const status = (...entries: ReadonlyArray<LogEntry>): string => clauseOf(caseOf(...base, ...entries), 'iso-29147', 'acme', 'X29-14').status
  it.each([
    ['a message of another case', entry('m2', 'acme', 'ann', ['RK'], '2026-01-06', { case: 'other', inReplyTo: 'm1' })],
    ['a message by a stranger', entry('m2', 'mallory', 'ann', ['RK'], '2026-01-06', { inReplyTo: 'm1' })],
    ['a second message of one id', entry('m1', 'acme', 'ann', ['RK'], '2026-01-06')],
  ])('%s', (_what, one) => {
    expect(status(one)).toBe('missing')
  })
  it('what was retracted by its author; not what somebody else would have retracted', () => {
    const retracts = (by: string): LogEntry => ({ correction: { by, of: 'm2', change: 'retracts', at: '2026-01-07' } })
    expect([status(rk), status(rk, retracts('acme')), status(rk, retracts('ann'))]).toEqual(['shown', 'missing', 'shown'])
  })
  it('in a log with receipts, what did not arrive', () => {
    const got: LogEntry = { receipt: { message: 'm1', by: 'acme' } }
    expect([status(got, rk), status(got, rk, { receipt: { message: 'm2', by: 'ann' } })]).toEqual(['missing', 'shown'])
    expect(clauseOf(caseOf(...base, rk, { receipt: { message: 'm2', by: 'ann' } }), 'iso-29147', 'acme', 'X29-14').status).toBe('not-applicable')
  })
  it('what surely came after the time that is asked about', () => {
    expect(clauseOf(smooth, 'iso-30111', 'acme', 'X30-15', { at: '2026-02-01T00:00:00Z' }).status).toBe('partly')
  })
})

describe('observations', () => {
  const disclosure = readLog('examples/disclosures/cve/CVE-2024-8784.jsonl')
  it('are evidence of what was recorded, with their source', () => {
    const [cited] = clauseOf(disclosure, 'iso-30111', 'qdocs', 'X30-16').cites
    expect(cited).toMatchObject({ form: 'record', what: 'F of qdocs', source: 'https://www.cve.org/CVERecord?id=CVE-2024-8784', line: 4 })
  })
})

describe('measures', () => {
  const measuresIn = (log: CaseLog, of = 'acme'): ReadonlyArray<readonly [MeasureName, number, number, string]> =>
    sheetOf(log, 'iso-30111', of).measures.map(({ earliest, latest, name, text }) => [name, earliest, latest, text] as const)
  const [hour, day] = [3_600_000, 86_400_000]
  it('between instants are exact', () => {
    expect(measuresIn(smooth)).toEqual([
      ['acknowledge', 3 * hour, 3 * hour, '3 hours'],
      ['validate', 3 * day, 3 * day, '3 days'],
      ['prioritise', 4 * day + 1.5 * hour, 4 * day + 1.5 * hour, '4 days 1 hour'],
      ['fix', 55 * day, 55 * day, '55 days'],
      ['publish', 56 * day + hour, 56 * day + hour, '56 days 1 hour'],
      ['deploy', 64 * day, 64 * day, '64 days'],
      ['close', 66 * day, 66 * day, '66 days'],
    ])
  })
  it('between bare dates hold every length that there can be', () => {
    const log = caseOf(entry('m1', 'ann', 'acme', ['RS'], '2026-01-05'), entry('m2', 'acme', 'ann', ['RK'], '2026-01-05', { inReplyTo: 'm1' }), entry('m3', 'acme', 'ann', ['RV'], '2026-01-18'))
    // A bare date lasts 50 hours: 13 days, give or take 50 hours less a millisecond.
    expect(measuresIn(log)).toEqual([
      ['acknowledge', 0, 50 * hour - 1, 'at most 50 hours'],
      ['validate', 13 * day - 50 * hour + 1, 13 * day + 50 * hour - 1, '10 to 16 days'],
    ])
  })
  it('are none where a date is missing, and say so where the record contradicts itself', () => {
    expect(measuresIn(caseOf(entry('m1', 'ann', 'acme', ['RS'], '2026-01-05')))).toEqual([])
    const mautic = sheetOf(readLog('examples/disclosures/cve/CVE-2024-47059.jsonl'), 'iso-30111', 'mautic').measures.find(({ name }) => name === 'fix')
    expect(mautic?.text).toBe('ends before it begins')
    expect(mautic?.latest).toBeLessThan(0)
  })
})

describe('Cyber Resilience Act, Article 14', () => {
  const notice = (id: string, happening: string, at: string): LogEntry => entry(id, 'acme', 'ann', ['GI'], at, { ext: { happening } })
  const known = entry('m3', 'ann', 'acme', ['CA'], '2026-02-01T10:00:00Z')
  const base = [...smooth.entries.slice(0, 2), known]
  const notices = (at: string | undefined, ...more: ReadonlyArray<LogEntry>): ReadonlyArray<string> =>
    sheetOf(caseOf(...base, ...more), 'cra-14', 'acme', at === undefined ? {} : { at }).clauses.map(({ needs, status }) => `${status}${needs[0]?.due === undefined ? '' : ` ${needs[0].due}`}`)
  it('does not concern who knows of no attack', () => {
    expect(statusesOf(sheetOf(smooth, 'cra-14', 'acme')).map((text) => text.split(' ')[1])).toEqual(['not-applicable', 'not-applicable', 'not-applicable'])
  })
  it('counts 24 hours and 72 hours from knowing, and 14 days from the measure', () => {
    expect(notices('2026-02-01T12:00:00Z')).toEqual(['pending 2026-02-02T10:00:00Z', 'pending 2026-02-04T10:00:00Z', 'not-applicable'])
    expect(notices('2026-02-03T12:00:00Z', notice('n1', 'early-warning', '2026-02-02T09:00:00Z'))).toEqual(['shown 2026-02-02T10:00:00Z', 'pending 2026-02-04T10:00:00Z', 'not-applicable'])
    expect(notices(undefined, notice('n1', 'early-warning', '2026-02-02T11:00:00Z'), entry('m5', 'acme', 'ann', ['CF'], '2026-03-01T09:00:00Z'), notice('n3', 'final-report', '2026-03-15T09:00:00Z')))
      .toEqual(['late 2026-02-02T10:00:00Z', 'missing 2026-02-04T10:00:00Z', 'shown 2026-03-15T09:00:00Z'])
  })
  it('cites what started the clock and what met it', () => {
    const log = caseOf(...base, notice('n1', 'early-warning', '2026-02-02T09:00:00Z'))
    expect(clauseOf(log, 'cra-14', 'acme', 'CRA-14-a').needs[0]).toMatchObject({ since: [2], shows: [3] })
    expect(brief(clauseOf(log, 'cra-14', 'acme', 'CRA-14-a'))).toEqual({ status: 'shown', needs: ['shown'], cites: ['m3!', 'n1!'] })
  })
})

describe('corners', () => {
  const agreed = smooth.entries.slice(0, 5)
  const publishes = (id: string, types: Message['types'], at: string, more: Partial<Message> = {}): LogEntry => entry(id, 'acme', 'ann', types, at, more)
  it('an embargo that ends in the same message as the publication ended first; CP without a cause is an own one', () => {
    const log = caseOf(...agreed, publishes('m6', ['ET', 'CP'], '2026-03-02T09:00:00Z', { embargo: { id: 'e1' } }))
    expect(brief(clauseOf(log, 'iso-30111', 'acme', 'X30-16'))).toEqual({ status: 'shown', needs: ['shown', 'shown', 'shown'], cites: ['m1', 'm2', 'm5!', 'm6!'] })
  })
  it('what ended one embargo did not end the next', () => {
    const log = caseOf(
      ...agreed, publishes('m6', ['ET'], '2026-03-02T09:00:00Z', { embargo: { id: 'e1' } }),
      publishes('m7', ['EA'], '2026-03-03T09:00:00Z', { embargo: { id: 'e3', answers: 'e1' } }), publishes('m8', ['CP'], '2026-03-04T09:00:00Z'),
    )
    expect(clauseOf(log, 'iso-30111', 'acme', 'X30-19').needs.map(({ status }) => status)).toEqual(['shown', 'missing'])
  })
  it('a term runs from the first of several reports', () => {
    const log = caseOf(...smooth.entries.slice(0, 1), entry('x1', 'bolt', 'acme', ['RS'], '2026-01-06T09:00:00Z'), ...smooth.entries.slice(1, 4))
    expect(clauseOf(log, 'iso-30111', 'acme', 'X30-06', { within: { validate: 'PT60H' } }).needs[0]).toMatchObject({ status: 'late', due: '2026-01-07T21:00:00Z', since: [0] })
  })
  it('a time that is only a date is over only when all of it is', () => {
    const status = (at: string): string => clauseOf(caseOf(...smooth.entries.slice(0, 1)), 'iso-29147', 'acme', 'X29-14', { within: { acknowledge: 'PT12H' }, at }).status
    expect([status('2026-01-05T21:00:00Z'), status('2026-01-05')]).toEqual(['pending', 'missing'])
  })
  it('a log of one participant has no receipts of others for what it sent', () => {
    const log = caseOf(...smooth.entries.slice(0, 1), { receipt: { message: 'm1', by: 'acme' } }, ...smooth.entries.slice(1, 4))
    const status = (header: Partial<CaseLog['header']>): string => clauseOf({ ...log, header: { ...log.header, ...header } }, 'iso-30111', 'acme', 'X30-14').status
    expect([status({}), status({ as: 'acme' })]).toEqual(['missing', 'shown'])
    // What a receipt moves is told of the message.
    expect(clauseOf(log, 'iso-30111', 'acme', 'X30-04').cites[0]).toMatchObject({ id: 'm1', entry: 0, moved: ['S –r→ R', 'vfdpxa –V→ Vfdpxa', 'N –p→ P'] })
  })
  it('nobody owns an observation, and anybody may retract one', () => {
    const seen: LogEntry = { observation: { id: 'o1', event: 'F', about: 'acme', at: '2026-02-01', source: 'x' } }
    const log = (...more: ReadonlyArray<LogEntry>): CaseLog => caseOf(...smooth.entries.slice(0, 4), seen, ...more)
    expect([log(), log({ correction: { by: 'ann', of: 'o1', change: 'retracts', at: '2026-02-02' } })].map((one) => clauseOf(one, 'iso-30111', 'acme', 'X30-15').status)).toEqual(['shown', 'partly'])
  })
  it('a report that was first found invalid, then taken up, has all its clauses', () => {
    const log = caseOf(...smooth.entries.slice(0, 2), publishes('n1', ['RI'], '2026-01-06T09:00:00Z'), ...smooth.entries.slice(2, 4))
    expect(brief(clauseOf(log, 'iso-30111', 'acme', 'X30-15'))).toEqual({ status: 'partly', needs: ['shown', 'missing'], cites: ['m4!'] })
  })
  it('of two of one time, the first is measured to', () => {
    const log = caseOf(...smooth.entries.slice(0, 3), publishes('n1', ['RV'], '2026-01-08T09:00:00Z'))
    expect(sheetOf(log, 'iso-30111', 'acme').measures.find(({ name }) => name === 'validate')?.to.id).toBe('m3')
  })
  it('another vendor\'s attacks and notices are not on the sheet, and dates that do not decide show a part', () => {
    const log = caseOf(
      ...smooth.entries.slice(0, 2), entry('k1', 'ann', 'acme', ['CA'], '2026-02-01'), entry('k2', 'ann', 'bolt', ['CA'], '2026-02-01'),
      publishes('n1', ['GI'], '2026-02-02', { ext: { happening: 'early-warning' } }), entry('n2', 'bolt', 'ann', ['GI'], '2026-02-02', { ext: { happening: 'early-warning' } }),
    )
    expect(brief(clauseOf(log, 'cra-14', 'acme', 'CRA-14-a'))).toEqual({ status: 'partly', needs: ['partly'], cites: ['k1!', 'n1!'] })
  })
})

// ---- laws ----

/** What a clause comes to, without the numbers that shift when an entry is taken out. */
const essence = (clause: Clause): unknown => ({ ...clause, needs: clause.needs.map(({ due, says, status }) => ({ due, says, status })), cites: clause.cites.map(({ id, what, at, needed }) => ({ id, what, at, needed })) })
const stands = ({ needs, status }: Clause): string => [status, ...needs.map((need) => need.status)].join()
const clausesIn = (of: Evidence): ReadonlyMap<string, Clause> => new Map(of.sheets.flatMap((sheet) => sheet.clauses.map((one) => [`${sheet.of} ${one.id}`, one] as const)))
const within = { acknowledge: 'P2D', validate: 'P10D', prioritise: 'P14D', fix: 'P60D', publish: 'P90D', close: 'P120D' }

describe('taking a message out of a log', () => {
  it.each(standards)(`weakens exactly the clauses that need it, and touches none that does not cite it: %s${partly('every other message')}`, (standard) => {
    let [weakened, cited, tried, place] = [0, 0, 0, 0]
    const wrong = complaints()
    for (const [name, log] of logs) {
      for (const options of standard === 'cra-14' || name.includes('disclosures') ? [{}] : [{}, { within }]) {
        const before = clausesIn(evidence(log, standard, options))
        for (const one of log.entries) {
          if (!('message' in one) || (!whole && place++ % 2 === 1)) continue
          const { id } = one.message
          const cut = withoutMessage(log, id)
          // Without any receipt left, everything arrives: another log.
          if (log.entries.some((other) => 'receipt' in other) && !cut.entries.some((other) => 'receipt' in other)) continue
          const after = clausesIn(evidence(cut, standard, options))
          tried++
          for (const [key, clause] of before) {
            const now = after.get(key) ?? expect.fail(`${key} is gone`)
            const citation = clause.cites.find((other) => other.id === id)
            const told = (what: string): void => wrong.add(`${name}: ${key} without ${id}, ${clause.status} to ${now.status}: ${what}`)
            if (isWeaker(now, clause) !== (citation?.needed === true)) told(citation?.needed === true ? 'needed, and no weaker' : 'weaker, and not needed')
            if (citation !== undefined) cited++
            else if (stands(now) !== stands(clause)) told('touched, and not cited')
            if (citation?.needed === true) weakened++
            if (clause.status === 'shown' && citation?.needed === true && !clause.needs.some((need) => need.status !== 'shown') &&
              now.status === 'shown' && now.needs.length === clause.needs.length && now.needs.every(({ status }) => status === 'shown')) told('shown all the same')
          }
        }
      }
    }
    expect(wrong.first).toEqual([])
    // The law must have had something to say.
    const some = whole ? 1 : 0.3
    expect({ tried: tried > 300 * some, cited: standard === 'cra-14' || cited > 300 * some, weakened: standard === 'cra-14' || weakened > 200 * some }).toEqual({ tried: true, cited: true, weakened: true })
  }, 300_000)
})

describe('putting something in that is not to the point', () => {
  it.each(standards)('changes nothing: %s', (standard) => {
    for (const [name, log] of logs) {
      const [author] = log.header.participants
      const before = clausesIn(evidence(log, standard))
      const idle: ReadonlyArray<LogEntry> = [
        { message: { id: 'idle-1', case: log.header.case, from: author?.id ?? '', to: [author?.id ?? ''], types: ['GE'], at: '2026-05-05' } },
        { message: { id: 'idle-2', case: 'another case', from: author?.id ?? '', to: [], types: ['CP'], at: '2026-05-05' } },
        { stamp: { by: author?.id ?? '', entry: 'nothing', sequence: 1, at: '2026-05-05' } },
      ]
      const after = clausesIn(evidence({ ...log, entries: [...log.entries, ...idle] }, standard))
      for (const [key, clause] of before) expect(essence(after.get(key) ?? expect.fail(key)), `${name}: ${key}`).toEqual(essence(clause))
    }
  }, 120_000)
})

describe('whatever the log', () => {
  const moment = fc.constantFrom('2026-01-05', '2026-01-06T10:00:00Z', '2026-01-05/2026-02-01', 'never', '', '2026-13-45')
  const id = fc.constantFrom('ann', 'acme', 'bolt', '__proto__', 'constructor', '')
  const types = fc.subarray(['RS', 'RI', 'RV', 'RD', 'RA', 'RC', 'RK', 'EP', 'EA', 'EC', 'ET', 'CX', 'CP', 'CV', 'CF', 'CA', 'GI'] as const, { minLength: 1 })
  const embargo = fc.record({ id: fc.constantFrom('e1', 'e2'), end: moment, answers: fc.constantFrom('e1', 'e2', 'a'), existing: fc.boolean() }, { requiredKeys: ['id'] })
  const message = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', '__proto__'), case: fc.constant('c'), from: id, to: fc.array(id, { maxLength: 3 }), types, at: moment, inReplyTo: fc.constantFrom('a', 'b', 'zzz'), embargo, cause: fc.constantFrom('own', 'observed'), report: fc.record({ id: fc.constant('r'), duplicateOf: fc.constant('q') }, { requiredKeys: ['id'] }) }, { requiredKeys: ['id', 'case', 'from', 'to', 'types', 'at'] })
  const local = fc.record({ by: id, event: fc.constantFrom('discover', 'learn P', 'learn A', 'validate', 'accept', 'ready', 'close', 'expire'), at: moment })
  const observed = fc.record({ event: fc.constantFrom('V', 'F', 'D', 'P', 'X', 'A', 'rm.receive', 'em.accept', 'em.terminate'), about: id, at: moment, source: fc.string() })
  const others = fc.oneof(local.map((one): LogEntry => ({ local: one })), observed.map((one): LogEntry => ({ observation: one })))
  prop.prop([fc.array(message, { maxLength: 10 }), fc.array(others, { maxLength: 5 }), fc.constantFrom(...standards), fc.constantFrom({}, { within }), fc.boolean()], { numRuns: 200 })('it ends in as many sheets as there are vendors, the same twice, and the law of removal holds', (messages, rest, standard, options, front) => {
    const seen = new Set<string>()
    const sent = messages.filter((one) => !seen.has(one.id) && seen.add(one.id)).map((one): LogEntry => ({ message: one }))
    const log = front ? caseOf(...rest, ...sent) : caseOf(...sent, ...rest)
    const first = evidence(log, standard, options)
    expect(first.sheets.map(({ of }) => of)).toEqual(['acme', 'bolt'])
    expect(evidence(log, standard, options)).toEqual(first)
    const before = clausesIn(first)
    const wrong = complaints()
    for (const one of log.entries) {
      if (!('message' in one)) continue
      const after = clausesIn(evidence(withoutMessage(log, one.message.id), standard, options))
      for (const [key, clause] of before) {
        const now = after.get(key) ?? expect.fail(key)
        const citation = clause.cites.find((other) => other.id === one.message.id)
        if (isWeaker(now, clause) !== (citation?.needed === true) || (citation === undefined && now.status !== clause.status))
          wrong.add(`${key} without ${one.message.id}: ${clause.status} to ${now.status}, ${citation === undefined ? 'not cited' : citation.needed ? 'needed' : 'cited'}`)
      }
    }
    expect(wrong.first).toEqual([])
  })
})
