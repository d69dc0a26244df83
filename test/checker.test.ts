/**
 * The checker of logs against its oracles: the requirement logs, which were written from the requirements without a look
 * at any check (test/spec/requirement-logs.ts); the adopted rows, cell by cell, for the demands of single steps; the
 * transcription of the worked example, where it lies; and laws.
 */
import { existsSync, readFileSync } from 'node:fs'
import { adopted, type CaseLog, type LogEntry, type Message } from 'mpcvd'
import { encodeLog } from 'mpcvd/codec'
import { type Breach, check, checkNames, checkText, coverageOf, describeBreach, requirementById, requirements } from 'mpcvd/conformance'
import { describe, expect, test } from 'vitest'
import { logsIn, readLog } from '../examples/logs.js'
import { demandsOn, everyDemand } from '../src/conformance/asked.js'
import { cells, complaints, contextsThatMatter, name } from './cells.js'
import { coreByEvidence, corePermissions, requirementLogs, unseenInLogs } from './spec/requirement-logs.js'

const severityOf = (id: string): string => {
  const modality = requirementById(id)?.modality ?? 'none'
  return modality.startsWith('MUST') ? 'error' : modality.startsWith('SHOULD') ? 'warning' : 'none'
}
const atLeast = (severity: string, least: string): boolean => ['none', 'warning', 'error'].indexOf(severity) >= ['none', 'warning', 'error'].indexOf(least)

test.each(requirementLogs.map((one) => [one.requirements.join(' '), one] as const))('%s: the conforming log is not blamed for it', (_, { requirements: ids, conforming, unavoidable }) => {
  const { findings } = check(conforming)
  expect(findings.filter((one) => one.requirements.some((id) => ids.includes(id))).map(describeBreach)).toEqual([])
  if (unavoidable === undefined) expect(findings.filter((one) => one.severity !== 'none').map(describeBreach)).toEqual([])
})

const violations = requirementLogs.flatMap(({ blames, requirements: ids, violating }) => (violating === undefined ? [] : [[ids.join(' '), { ids, log: violating, blames }] as const]))

test.each(violations)('%s: the violating log is found out, as a root, with whoever did it', (_, { ids, log, blames }) => {
  const { findings } = check(log)
  for (const id of ids) {
    const found = findings.filter((one) => one.requirements.includes(id) && one.root && one.participant === blames)
    expect(found.length, `${id} by ${blames ?? ''}: ${findings.map(describeBreach).join('; ')}`).toBeGreaterThan(0)
    // Acknowledgements, CV and inquiries are a matter of SHOULD by errata D-RM-15, D-EM-38 and D-CS-20, whatever row they stand in.
    const courteous = (one: Breach): boolean => one.kind.startsWith('missing-') && one.expected.every((type) => ['RK', 'EK', 'CK', 'CV', 'GI'].includes(type))
    expect(found.every((one) => (courteous(one) ? one.severity === 'warning' : atLeast(one.severity, severityOf(id))))).toBe(true)
  }
})

test.each(violations)('%s: what is missing is nobody’s fault in an open world', (_, { log }) => {
  const open = check({ ...log, header: { ...log.header, world: 'open' } })
  expect(open.findings.filter((one) => one.tolerable !== undefined)).toEqual([])
  expect(open.findings.length).toBeLessThanOrEqual(check(log).findings.length)
})

test('what is said of each violating log is what was reviewed', async () => {
  const told = violations.map(([ids, { log }]) => [ids, ...check(log).findings.map((one) => `  entry ${one.entry} ${one.severity}${one.root ? '' : ' derived'} ${describeBreach(one)}`)].join('\n'))
  await expect(`${told.join('\n')}\n`).toMatchFileSnapshot('breaches.txt')
})

describe('single steps', () => {
  /** The states that can last: in the others the forced events come first, whatever the step. */
  const lasts = (cs: string): boolean => !cs.includes('pX') && !/^v..P/.test(cs)

  test('the adopted protocol meets every demand, cell by cell', () => {
    const wrong = complaints()
    const met = new Set<unknown>()
    for (const cell of cells(contextsThatMatter)) {
      if (cell.type === 'CX+CP' || !lasts(cell.self.cs)) continue
      const result = adopted.transition(cell.self, cell.message)
      const fired = result._tag === 'Left' ? [] : result.right.fired.map((one) => `${one.machine}.${one.event}`)
      for (const demand of demandsOn({ on: cell.way, name: cell.type, state: cell.self, roles: cell.self.roles, context: cell.context })) {
        met.add(demand)
        const holds =
          demand.asks === 'not' ? result._tag === 'Left' || result.right.notes.some((one) => one.note === 'advised-against')
          : result._tag === 'Left' ? false
          : demand.asks === 'answer' || demand.asks === 'announce' ? demand.with.every((type) => result.right.replies.includes(type))
          : demand.asks === 'fire' ? demand.fires.every((event) => fired.includes(event))
          : demand.asks === 'keep' ? fired.length === 0
          : true
        if (!holds) wrong.add(`${demand.ids.join(' ')}: ${demand.asks}: ${name(cell)}`)
      }
    }
    expect(wrong.first).toEqual([])
    // What depends on the sender's word on a cause is not among these cells.
    const unmet = everyDemand.filter((one) => (one.on === 'sent' || one.on === 'received') && !met.has(one))
    expect(unmet.map((one) => one.ids.join(' ')).sort()).toEqual(['EMB-11-002', 'ST-25', 'VP-05-006', 'VP-05-014', 'VP-14-012'])
  })

  test('every requirement that is named exists', () => {
    expect(everyDemand.flatMap((one) => one.ids).filter((id) => requirementById(id) === undefined)).toEqual([])
  })
})

describe('coverage', () => {
  const core = requirements.filter((one) => ['VP', 'RMB', 'EMB', 'CSB', 'SM', 'PX'].includes(one.family))
  const how = (evidence: string): Record<string, number> => {
    const counts: Record<string, number> = {}
    for (const one of core) if (one.evidence === evidence) counts[coverageOf(one).how] = (counts[coverageOf(one).how] ?? 0) + 1
    return counts
  }

  test('each requirement is checked, asked for, or listed with a reason', () => {
    const bare = requirements.filter((one) => coverageOf(one).how === 'none' && coverageOf(one).because === undefined)
    expect(bare.map((one) => one.id)).toEqual([])
  })

  test('the 154, 95 and 53 that can be checked, by how', () => {
    expect(how('step')).toEqual({ log: 82, permission: 54, step: 3, words: 14, none: 1 })
    expect(how('own log')).toEqual({ log: 86, permission: 2, step: 1, words: 1, none: 5 })
    expect(how('case log')).toEqual({ log: 38, permission: 3, step: 2, none: 10 })
  })

  test('logs show what the writers of the requirement logs found that logs show, and permissions are theirs', () => {
    const violated = new Set(requirementLogs.filter((one) => one.violating !== undefined).flatMap((one) => one.requirements))
    expect([...violated].filter((id) => coverageOf(requirementById(id) ?? expect.fail(id)).how !== 'log')).toEqual([])
    expect(corePermissions.filter((id) => coverageOf(requirementById(id) ?? expect.fail(id)).how === 'log')).toEqual([])
    const evidenced = Object.values(coreByEvidence).flat()
    expect(evidenced.filter((id) => !violated.has(id) && unseenInLogs[id] === undefined)).toEqual([])
  })

  test('every check has a requirement log that it finds something in', () => {
    const kinds = new Set(requirementLogs.flatMap((one) => (one.violating === undefined ? [] : check(one.violating).findings.map((finding) => finding.kind))))
    expect(Object.keys(checkNames).filter((kind) => !kinds.has(kind))).toEqual([])
  })
})

describe('the worked example under the published tables', () => {
  const source = new URL('../../shared/reference/worked-example.jsonl', import.meta.url)
  test('has exactly the conflicts that its transcription lists', () => {
    if (!existsSync(source)) {
      console.log('skipped: the transcription of the worked example is not here')
      return
    }
    interface Line { readonly id?: string; readonly conflicts?: ReadonlyArray<string>; readonly kind?: string; readonly scenario?: string; readonly missing_replies?: ReadonlyArray<string> }
    const lines = readFileSync(source, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Line)
    const listed = lines.flatMap(({ conflicts, id = '', missing_replies, scenario = '' }) => [
      ...(conflicts ?? []).map((conflict) => `${id} ${conflict.includes('not sendable') ? 'refused' : 'wrong-reply'}`),
      ...(missing_replies ?? []).map((reply) => `${scenario} missing-reply ${reply.replace('→', ' ').split(' ')[0] ?? ''}`),
    ])
    const found = logsIn('worked-example').flatMap((path) => {
      const log = readLog(path)
      return check(log, { protocol: 'published@1' }).findings.flatMap(({ entry, kind, participant }) => {
        const place = log.entries[entry]
        const id = place !== undefined && 'message' in place ? place.message.id : ''
        return kind === 'refused' || kind === 'wrong-reply' ? [`${id} ${kind}`] : kind === 'missing-reply' ? [`${path.slice(path.lastIndexOf('/') + 1)} missing-reply ${participant ?? ''}`] : []
      })
    })
    expect(found.sort()).toEqual(listed.sort())
    expect(listed.length).toBe(21)
  })
})

// ---- logs as they come ----

const header: CaseLog['header'] = {
  log: 1, protocol: 'adopted@1', case: 'c1', world: 'closed', participants: [{ id: 'r', roles: ['reporter'] }, { id: 'v', roles: ['vendor'] }],
}
const says = (id: string, from: string, to: string, types: ReadonlyArray<string>, more: Partial<Message> = {}): LogEntry => ({
  message: { id, case: 'c1', from, to: [to], types: types as Message['types'], at: '2026-01-05', ...more },
})
const kindsOf = (log: CaseLog, options = {}): ReadonlyArray<string> => check(log, options).findings.map((one) => `${one.kind} ${one.participant ?? ''}${one.root ? '' : ' derived'}`)

describe('roots', () => {
  test('one skipped step is one root, and what comes of it is derived', () => {
    const log: CaseLog = { header, entries: [
      says('m1', 'r', 'v', ['RS']), says('m2', 'v', 'r', ['RK', 'CV'], { inReplyTo: 'm1' }), says('m3', 'r', 'v', ['CK'], { inReplyTo: 'm2' }),
      says('m4', 'v', 'r', ['RA']), says('m5', 'r', 'v', ['RK'], { inReplyTo: 'm4' }), says('m6', 'v', 'r', ['CF']), says('m7', 'r', 'v', ['CK'], { inReplyTo: 'm6' }),
    ] }
    expect(kindsOf(log)).toEqual(['refused v', 'refused v derived'])
    const { findings } = check(log)
    expect(findings[1]?.cause).toBe(0)
    expect(findings[0]?.requirements).toContain('VP-02-009')
  })
  test('two mistakes of two participants are two roots', () => {
    const log: CaseLog = { header, entries: [
      says('m1', 'r', 'v', ['RS']), says('m2', 'v', 'r', ['RK', 'CV'], { inReplyTo: 'm1' }), says('m3', 'r', 'v', ['CK'], { inReplyTo: 'm2' }),
      says('m4', 'v', 'r', ['RC']), says('m5', 'r', 'v', ['RK'], { inReplyTo: 'm4' }), says('m6', 'r', 'v', ['EV']), says('m7', 'v', 'r', ['EE'], { inReplyTo: 'm6' }), says('m8', 'r', 'v', ['EK', 'GI'], { inReplyTo: 'm7' }),
      says('m9', 'v', 'r', ['GK'], { inReplyTo: 'm8' }),
    ] }
    expect(kindsOf(log).filter((one) => one.startsWith('refused'))).toEqual(['refused v', 'refused r'])
  })
})

describe('what is missing', () => {
  const log: CaseLog = { header, entries: [says('m1', 'r', 'v', ['RS'], { at: '2026-01-05' }), says('m2', 'v', 'r', ['CV'], { at: '2026-01-09' }), says('m3', 'r', 'v', ['CK'], { inReplyTo: 'm2', at: '2026-01-10' })] }
  test('names the message that made it due, and until when it was tolerable', () => {
    const [finding] = check(log).findings.filter((one) => one.kind === 'missing-reply')
    expect(finding).toMatchObject({ participant: 'v', message: 'm1', expected: ['RK'], got: [], severity: 'warning', tolerable: { entry: 1, at: '2026-01-09' } })
    expect(finding?.requirements).toEqual(expect.arrayContaining(['VP-03-009', 'RMB-01-001', 'RMB-01-002']))
  })
  test('only whose log it is, is asked', () => {
    expect(kindsOf(log, { as: 'r' })).toEqual([])
    expect(kindsOf(log, { as: 'v' })).toContain('missing-reply v')
  })
})

describe('levels', () => {
  test('a finding is told with those of its requirements that are asked for', () => {
    const log: CaseLog = { header, entries: [says('m1', 'v', 'r', ['RS'])] }
    expect(check(log, { level: 'L1' }).findings.map((one) => one.requirements)).toEqual([['ST-07']])
    expect(check(log, { level: 'L2' }).findings[0]?.requirements).toEqual(expect.arrayContaining(['VP-03-001', 'ST-07']))
  })
})

describe('logs as text', () => {
  const text = encodeLog({ header, entries: [says('m1', 'r', 'v', ['GI'])] })
  test('an empty log has a verdict of its own', () => {
    expect(checkText(encodeLog({ header, entries: [] })).map((one) => one.verdict)).toEqual(['empty'])
    expect(checkText('')[0]?.verdict).toBe('unreadable')
    expect(checkText('{"log":2}\n')[0]?.verdict).toBe('unreadable')
  })
  test('what cannot be read is a finding with its line, and the rest is checked', () => {
    const [report] = checkText(text.replace('\n', '\n{"message":{}}\nnot json\n'))
    expect(report?.findings.map((one) => [one.kind, one.line])).toEqual([['missing-reply', 4], ...Array.from({ length: report?.findings.length ?? 0 }).slice(2).map(() => ['unreadable', 2]), ['unreadable', 3]])
    expect(report?.verdict).toBe('violations')
  })
  test('a log that mixes cases is taken apart', () => {
    const mixed = encodeLog({ header, entries: [says('m1', 'r', 'v', ['GI']), says('n1', 'r', 'v', ['GI'], { case: 'c2' }), says('m2', 'v', 'r', ['GK'], { inReplyTo: 'm1' })] })
    expect(checkText(mixed).map((one) => [one.case, one.messages, one.findings.map((finding) => [finding.kind, finding.line])])).toEqual([['c1', 2, []], ['c2', 1, [['missing-reply', 3]]]])
  })
})

describe('numbers', () => {
  /** A vendor and a reporter who agree on terms, everything else as it should be. */
  const agreed = (proposed: string, accepted: string, terms: Partial<NonNullable<Message['embargo']>>): CaseLog => ({
    header: { ...header, participants: [{ id: 'r', roles: ['reporter'], start: '(A,N,pxa)' }, { id: 'v', roles: ['vendor'], start: '(A,N,Vfdpxa)' }] },
    entries: [
      says('m1', 'r', 'v', ['EP'], { at: proposed, embargo: { id: 'e1', ...terms } }), says('m2', 'v', 'r', ['EA', 'EK'], { at: accepted, inReplyTo: 'm1', embargo: { id: 'e1', answers: 'e1' } }),
      says('m3', 'r', 'v', ['EK'], { at: accepted, inReplyTo: 'm2' }),
    ],
  })
  const noon = (date: string): string => `${date}T12:00:00Z`
  const told = (log: CaseLog): ReadonlyArray<string> => check(log).findings.map((one) => `${one.kind} ${one.participant ?? ''} ${one.requirements.join(' ')}`)

  test.each([
    ['2026-01-06', undefined, ['too-long v VP-05-009']], ['2026-01-07', undefined, []], ['2026-04-06', undefined, []], ['2026-04-08', undefined, ['too-long v VP-05-002']], ['2026-04-08', 'a reason', []],
    ['2026-07-07', 'a reason', []], ['2026-07-10', 'a reason', ['too-long v VP-05-009']], ['2027-01-06', 'a reason', ['too-long v VP-05-009']], ['2027-01-08', 'a reason', ['too-long v VP-05-002 VP-05-009']],
  ])('an embargo from 2026-01-05 until %s, for %s', (end, reason, expected) => {
    expect(told(agreed(noon('2026-01-05'), noon('2026-01-05'), { end: end === '2026-01-06' ? '2026-01-06T06:00:00Z' : noon(end), ...(reason === undefined ? {} : { reason }) }))).toEqual(expected)
  })
  test.each([
    [noon('2026-01-19'), undefined, []], ['2026-01-19T12:00:01Z', undefined, ['answer-late v VP-06-004 VP-14-006']],
    [noon('2026-01-12'), noon('2026-01-12'), []], [noon('2026-01-13'), noon('2026-01-12'), ['answer-late v VP-06-004 VP-14-006']],
  ])('an answer on %s, asked for by %s', (at, respondBy, expected) => {
    expect(told(agreed(noon('2026-01-05'), at, { end: noon('2026-03-01'), ...(respondBy === undefined ? {} : { respondBy }) }))).toEqual(expected)
  })
  test.each([[noon('2026-01-08'), []], ['2026-01-08T11:59:59Z', ['respond-by r EP-07-002']]])('an answer asked for by %s', (respondBy, expected) => {
    expect(told(agreed(noon('2026-01-05'), noon('2026-01-06'), { end: noon('2026-03-01'), respondBy }))).toEqual(expected)
  })
  test.each([['2026-02-04T12:00:00Z', []], ['2026-02-04T12:00:01Z', ['left-undone v VP-02-006']]])('a report that lies until %s', (last, expected) => {
    const lying: CaseLog = {
      header, entries: [
        says('m1', 'r', 'v', ['RS'], { at: noon('2026-01-05') }), says('m2', 'v', 'r', ['RK', 'EP', 'CV'], { at: noon('2026-01-05'), inReplyTo: 'm1', embargo: { id: 'e1', end: noon('2026-03-01') } }),
        says('m3', 'r', 'v', ['EA', 'EK', 'CK'], { at: noon('2026-01-05'), inReplyTo: 'm2', embargo: { id: 'e1', answers: 'e1' } }), says('m4', 'v', 'r', ['EK'], { at: noon('2026-01-05'), inReplyTo: 'm3' }),
        says('m5', 'r', 'v', ['GI'], { at: last }), says('m6', 'v', 'r', ['GK'], { at: last, inReplyTo: 'm5' }),
      ],
    }
    expect(told(lying)).toEqual(expected)
    expect(check(lying).findings.map((one) => one.tolerable)).toEqual(expected.map(() => ({ at: '2026-02-04T12:00:00Z' })))
  })
})
