/**
 * Status maps: what is refused in their form, what is found when they are walked through, and that the ones that ship can
 * do what they say.
 */
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { start } from 'mpcvd'
import { checkStatusMap, decodeStatusMap, describeStatusFinding, observe, type Scene, type StatusMap, statusMapBridge, statusMapSchema } from 'mpcvd/bridge'
import { defectDojo } from 'mpcvd/bridge/defectdojo'
import { gitlab } from 'mpcvd/bridge/gitlab'
import { hackerOne } from 'mpcvd/bridge/hackerone'
import { jira, jiraMap } from 'mpcvd/bridge/jira'
import { serviceNow, serviceNowMap } from 'mpcvd/bridge/servicenow'
import { describe, expect, test } from 'vitest'
import { mutated, survives } from './bridge/junk.js'

const scene: Scene = { case: 'c', seen: '2024-12-01', parties: { reporter: 'rita', vendor: 'acme', deployer: 'acme' }, participants: [start('rita', ['reporter']), { ...start('acme', ['vendor', 'deployer']), rm: 'Received', cs: 'Vfdpxa' }] }
const small = (more: Partial<StatusMap> = {}): StatusMap => ({
  statusMap: 1, name: 'ours', id: ['key'], changed: ['updated'], status: 'state',
  statuses: [{ status: 'new', says: [['RK']], to: ['valid', 'no'] }, { status: 'valid', says: [['RV', 'RA']], to: ['done'] }, { status: 'no', says: [['RI']], to: ['done'] }, { status: 'done', says: [['RC']], to: [] }], ...more,
})
const found = (map: StatusMap): ReadonlyArray<string> => checkStatusMap(map).map(({ answer, kind, row, way }) => `${kind}: ${row}${answer === undefined ? '' : ` (${answer})`}${way.length === 0 ? '' : ` by ${way.map((each) => each.replace('status.', '')).join(' > ')}`}`)
const faults = (input: unknown): ReadonlyArray<string> => {
  const decoded = decodeStatusMap(input)
  return decoded._tag === 'Left' ? decoded.left.map(({ path }) => path) : []
}

describe('the form', () => {
  test('a map is taken in as it is; the schema is the file that ships, and agrees with the decoder', async () => {
    await expect(`${JSON.stringify(statusMapSchema, null, 2)}\n`).toMatchFileSnapshot('../docs/schema/status-map.schema.json')
    const validate = new Ajv2020({ strict: false }).compile(statusMapSchema)
    for (const map of [small(), jiraMap, serviceNowMap]) {
      expect(decodeStatusMap(JSON.parse(JSON.stringify(map)))).toEqual({ _tag: 'Right', right: { value: map, warnings: [] } })
      expect(validate(JSON.parse(JSON.stringify(map)))).toBe(true)
    }
    for (const wrong of [null, [], {}, { ...small(), statusMap: 2 }, { ...small(), statuses: [] }, { ...small(), statuses: [{ status: 'x', says: ['RV'] }] }, { ...small(), statuses: [{ status: 'x', says: [['EP']] }] }, { ...small(), speaker: 'boss' }])
      expect([validate(wrong), decodeStatusMap(wrong)._tag]).toEqual([false, 'Left'])
  })

  test('what a schema cannot state is told with its place', () => {
    expect(faults({ ...small(), statuses: [{ status: 'a' }, { status: 'a' }] })).toEqual(['/statuses/1/status'])
    expect(faults({ ...small(), statuses: [{ status: 'a', to: ['b'] }] })).toEqual(['/statuses/0/to/0'])
    expect(faults({ ...small(), name: 'a:b' })).toEqual(['/name'])
    expect(faults({ ...small(), statuses: [{ status: 'a', quality: 'inferred' }] })).toEqual(['/statuses/0/quality'])
    expect(faults({ ...small(), fields: [{ id: 'f', path: 'x', says: [], asks: { question: '?', answers: [{ answer: 'a', meaning: '', says: [] }, { answer: 'a', meaning: '', says: [] }] } }] })).toEqual(['/fields/0/asks', '/fields/0/asks/answers/1/answer'])
    expect(faults({ ...small(), statuses: [{ status: 'a', says: [['EP']] }] })).toEqual(['/statuses/0/says/0/0'])
  })
})

describe('the walk', () => {
  test('a map that can do what it says has nothing but what it never says', () => {
    expect(found(small())).toEqual(['unsaid: RD'])
    expect(found(jiraMap)).toEqual([])
    expect(found(serviceNowMap)).toEqual([])
  })

  test('a status that nothing leads to', () => {
    expect(found(small({ statuses: [...small().statuses, { status: 'lost', says: [['RD']], to: [] }] }))).toEqual(['unreachable: status.lost'])
  })

  test('a status that can never be said, with the way and the rule; one that can be on some ways only', () => {
    const hasty = small({ statuses: [{ status: 'new', to: ['doing'] }, { status: 'doing', says: [['RA']], to: [] }] })
    expect(found(hasty)).toEqual(['impossible: status.doing by new > doing', 'unsaid: RV', 'unsaid: RI', 'unsaid: RD', 'unsaid: RC'])
    expect(checkStatusMap(hasty).map(describeStatusFinding)[0]).toMatch(/can never be said.*By way of status\.new > status\.doing:.*cannot send RA in \(R,N,Vfdpxa\): no rule allows it there \(rule sent\.RA/)
    const some = small({ statuses: [{ status: 'new', to: ['valid', 'doing'] }, { status: 'valid', says: [['RV']], to: ['doing'] }, { status: 'doing', says: [['RA']], to: [] }] })
    expect(found(some)[0]).toBe('sometimes refused: status.doing by new > doing')
  })

  test('an issue that is reopened after its report was closed', () => {
    const open = small({ statuses: small().statuses.map((each) => (each.status === 'done' ? { ...each, to: ['valid'] } : each)) })
    expect(found(open)).toEqual(['reopens: status.valid by new > valid > done > valid', 'unsaid: RD'])
  })

  test('answers and fields are tried too', () => {
    const asks = { question: 'Why?', answers: [{ answer: 'late', meaning: 'no time', says: [['RD']] }, { answer: 'ready', meaning: 'is fixed', says: [['CF']] }] } as const
    const map = small({ statuses: [{ status: 'new', to: ['held'] }, { status: 'held', asks, to: [] }], fields: [{ id: 'ok', path: 'labels.*', is: 'valid', says: [['RV', 'RA']] }, { id: 'cve', path: 'cve', says: [['GI']] }] })
    expect(found(map).filter((each) => !each.startsWith('unsaid'))).toEqual(['sometimes refused: status.held (late) by new > held', 'sometimes refused: status.held (ready) by new > held'])
    const roles = checkStatusMap(small({ fields: [{ id: 'out', path: 'deployed', is: true, says: [['CD']] }] }))
    expect(roles.map(({ kind, refusal, row }) => `${kind} ${row} ${refusal?.kind ?? ''}`)).toEqual(['impossible field.out role', 'reopens field.out no-row', 'unsaid RD '])
  })
})

describe('as bridges', () => {
  test('an issue of Jira from its making to its end', () => {
    const issue = (name: string, updated: string): object => ({ key: 'SEC-1', fields: { status: { name }, created: '2024-03-01T08:00:00.000+0100', updated, summary: 'A hole' } })
    const course = ['To Do', 'Confirmed', 'In Progress', 'Fixed', 'Done'].map((name, day) => issue(name, `2024-03-0${day + 1}T08:00:00.000+0100`))
    let { participants } = scene
    const told = course.flatMap((now, place) => {
      const result = observe(jira, place === 0 ? { now } : { before: course[place - 1], now }, { ...scene, participants })
      if (result._tag === 'Left') return expect.fail(JSON.stringify(result.left))
      participants = result.right.participants
      return result.right.messages.map(({ at, types }) => `${types.join()} ${at}`)
    })
    expect(told).toEqual([
      'RK 2024-03-01T08:00:00.000+01:00', 'RV 2024-03-01T08:00:00.000+01:00/2024-03-02T08:00:00.000+01:00', 'RA 2024-03-02T08:00:00.000+01:00/2024-03-03T08:00:00.000+01:00',
      'CF 2024-03-03T08:00:00.000+01:00/2024-03-04T08:00:00.000+01:00', 'RC 2024-03-04T08:00:00.000+01:00/2024-03-05T08:00:00.000+01:00',
    ])
  })

  test('what comes before a closing that has been is still asked about', () => {
    const closed = scene.participants.map((each) => (each.id === 'acme' ? { ...each, rm: 'Closed' as const } : each))
    const result = observe(gitlab, { before: { id: 7, state: 'confirmed' }, now: { id: 7, state: 'resolved', updated_at: '2024-03-01T08:00:00Z' } }, { ...scene, participants: closed, policy: { resolved: 'closed' } })
    expect(result._tag === 'Right' && [result.right.messages, result.right.undecided.map(({ id, refusal }) => `${id} ${refusal?.tried.way === 'sent' ? refusal.tried.types.join() : ''}`)]).toEqual([[], ['resolved.refused CF']])
  })

  test('a time without a zone is a day', () => {
    const result = observe(serviceNow, { now: { number: 'VIT1', state: 'Under Investigation', sys_updated_on: '2024-03-04 10:00:00' } }, scene)
    expect(result._tag === 'Right' && result.right.messages.map(({ at, types }) => `${types.join()} ${at}`)).toEqual(['RV 2024-03-04', 'RA 2024-03-04'])
  })

  test('names of the prototype are statuses like any other', () => {
    const map = small({ statuses: ['__proto__', 'constructor', 'toString'].map((status) => ({ status, says: [['RV']] })) })
    expect(decodeStatusMap(JSON.parse(JSON.stringify(map)))._tag).toBe('Right')
    const given = JSON.parse('{"key":"1","updated":"2024-03-01","state":"__proto__","__proto__":{"state":"constructor"}}') as unknown
    const result = observe(statusMapBridge(map), { now: given }, { ...scene, policy: JSON.parse('{"__proto__":{"status.__proto__":"x"}}') as Record<string, string> })
    expect(result._tag === 'Right' && result.right.rows).toEqual(['status.__proto__'])
  })

  test('mutated issues and maps give faults or readings', () => {
    const issues: ReadonlyArray<unknown> = [
      { key: 'SEC-1', fields: { status: { name: 'Done' }, updated: '2024-03-01T08:00:00Z' } }, { number: 'V1', state: 'Closed', sys_updated_on: '2024-03-01 08:00:00' },
      { id: 7, state: 'dismissed', dismissal_reason: 'false_positive', updated_at: '2024-03-01T08:00:00Z' }, { id: 8, verified: true, false_p: true, is_mitigated: true, mitigated: '2024-03-01' },
      { id: '9', attributes: { state: 'resolved', created_at: '2024-03-01T08:00:00Z', closed_at: '2024-04-01T08:00:00Z', disclosed_at: '2024-05-01T08:00:00Z' } },
    ]
    fc.assert(
      fc.property(fc.constantFrom(...issues), mutated(), mutated(), (issue, before, now) => {
        for (const bridge of [jira, serviceNow, gitlab, defectDojo, hackerOne]) survives(observe(bridge, { before: before(issue), now: now(issue) }, { ...scene, policy: { refused: 'observe', resolved: 'closed' } }))
        const map = decodeStatusMap(now(jiraMap))
        if (map._tag === 'Right') survives(observe(statusMapBridge(map.right.value), { now: issue }, scene))
      }),
      { numRuns: Number(process.env['JUNK'] ?? 1000) },
    )
  })
})
