/**
 * CSAF documents, read: whose word they are, what each field tells, and what is asked.
 *
 * OASIS's and CISA's documents lie beside the repository and stay there; without them what reads them is skipped.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { formatState, inhabits, type Participant, start } from 'mpcvd'
import type { Observed, Scene } from 'mpcvd/bridge'
import { observeCsaf } from 'mpcvd/bridge/csaf'
import { csafDocument } from 'mpcvd/bridge/csaf-document'
import { describe, expect, test } from 'vitest'
import { mutated, survives } from './bridge/junk.js'
import { participants } from './cells.js'
import { partly, whole } from './whole.js'

const acme: Participant = { ...start('acme', ['vendor']), rm: 'Received', cs: 'Vfdpxa' }
const scene = (more: Partial<Scene> = {}): Scene => ({ case: 'c', seen: '2026-09-01T00:00:00Z', parties: { reporter: 'rita', vendor: 'acme' }, participants: [start('rita', ['reporter']), acme], ...more })
const document = (vulnerability: object, more: { readonly publisher?: string; readonly tlp?: string; readonly status?: string } = {}): object => ({
  document: {
    title: 'A hole', publisher: { category: more.publisher ?? 'vendor' }, distribution: { tlp: { label: more.tlp ?? 'AMBER' } },
    tracking: { id: 'ACME-1', status: more.status ?? 'draft', version: '1', initial_release_date: '2024-03-01T10:00:00Z', current_release_date: '2024-03-02T10:00:00Z' },
  },
  vulnerabilities: [{ cve: 'CVE-2024-1', ...vulnerability }],
})
type Result = ReturnType<typeof observeCsaf>
const right = (result: Result): Observed => (result._tag === 'Right' ? result.right : expect.fail(JSON.stringify(result.left)))
const told = (vulnerability: object, more: Partial<Scene> = {}): string => {
  const { messages, undecided } = right(observeCsaf({ now: document(vulnerability) }, 'CVE-2024-1', scene(more)))
  return [...messages.map(({ at, types }) => `${types.join()} ${at}`), ...undecided.map(({ id }) => `${id}?`)].join(', ')
}
const involved = (status: string, party = 'vendor'): object => ({ involvements: [{ party, status, date: '2024-02-01T10:00:00Z' }] })

describe('a vendor\'s document', () => {
  test('each status of its involvement', () => {
    expect(['open', 'in_progress', 'disputed', 'completed', 'not_contacted', 'contact_attempted'].map((status) => told(involved(status)))).toEqual([
      'RK 2024-02-01T10:00:00Z', 'RV 2024-02-01T10:00:00Z, RA 2024-02-01T10:00:00Z', 'RI 2024-02-01T10:00:00Z', 'completed?', '', 'contact-attempted?',
    ])
  })

  test('of several entries about a party the latest counts, wherever it stands', () => {
    const entries = [{ party: 'vendor', status: 'in_progress', date: '2024-02-03T10:00:00+02:00' }, { party: 'vendor', status: 'open', date: '2024-02-01T10:00:00Z' }, { party: 'coordinator', status: 'disputed', date: '2024-02-05T10:00:00Z' }]
    expect(told({ involvements: entries })).toBe('RV 2024-02-03T10:00:00+02:00, RA 2024-02-03T10:00:00+02:00')
  })

  test('products and remediations', () => {
    expect([told({ product_status: { under_investigation: ['p'] } }), told({ product_status: { known_not_affected: ['p'] } }), told({ product_status: { known_not_affected: ['p'], known_affected: ['q'] } })]).toEqual(['RK 2024-03-02T10:00:00Z', 'RI 2024-03-02T10:00:00Z', ''])
    expect([told({ remediations: [{ category: 'no_fix_planned' }] }), told({ remediations: [{ category: 'none_available' }] })]).toEqual(['RV 2024-03-02T10:00:00Z, RD 2024-03-02T10:00:00Z', ''])
    const working = scene().participants.map((each): Participant => (each.id === 'acme' ? { ...each, rm: 'Accepted' } : each))
    expect(told({ remediations: [{ category: 'vendor_fix', date: '2024-02-20T10:00:00Z' }] }, { participants: working })).toBe('CF 2024-02-20T10:00:00Z')
    expect(told({ product_status: { fixed: ['p'] } })).toBe('RV 2024-03-02T10:00:00Z, RA 2024-03-02T10:00:00Z, CF 2024-03-02T10:00:00Z')
  })

  test('a date of disclosure ahead is an intention, of which it is asked; one that has passed makes nothing public by itself', () => {
    expect(told({ disclosure_date: '2027-01-01T10:00:00Z' })).toBe('planned-disclosure?')
    const proposed = right(observeCsaf({ now: document({ disclosure_date: '2027-01-01T10:00:00Z' }) }, 0, scene({ policy: { 'planned-disclosure': 'proposed' } })))
    expect(proposed.messages.map(({ embargo, types }) => `${types.join()} ${String(embargo?.end)} ${String(embargo?.existing)}`)).toEqual(['EP 2027-01-01T10:00:00Z undefined'])
    expect(told({ disclosure_date: '2024-02-10T10:00:00Z' })).toBe('')
  })

  test('a final document for everybody makes it public, and ends the embargo that is in force', () => {
    const inForce = scene().participants.map((each): Participant => ({ ...each, em: 'Active' }))
    const out = right(observeCsaf({ now: document({ disclosure_date: '2024-02-10T10:00:00Z' }, { tlp: 'CLEAR', status: 'final' }) }, 'CVE-2024-1', scene({ participants: inForce, embargo: 'e' })))
    expect(out.messages.map(({ at, types }) => `${types.join()} ${at}`)).toEqual(['CP 2024-02-10T10:00:00Z', 'ET 2024-02-10T10:00:00Z'])
    expect(right(observeCsaf({ now: document({}, { tlp: 'WHITE', status: 'final' }) }, 0, scene())).messages.map(({ at, types }) => `${types.join()} ${at}`)).toEqual(['CP 2024-03-01T10:00:00Z'])
    expect(right(observeCsaf({ now: document({}, { tlp: 'WHITE', status: 'draft' }) }, 0, scene())).messages).toEqual([])
  })

  test('exploitation is observed by its date', () => {
    expect(right(observeCsaf({ now: document({ first_known_exploitation_dates: [{ date: '2024-02-20T00:00:00Z', exploitation_date: '2024-02-15T00:00:00Z' }, { date: '2024-02-20T00:00:00Z', exploitation_date: '2024-02-12T00:00:00Z' }] }) }, 0, scene())).observations.map(({ at, event }) => `${event} ${at}`)).toEqual(['A 2024-02-12T00:00:00Z'])
  })
})

test('anybody else\'s document is evidence about the vendor', () => {
  const out = right(observeCsaf({ now: document(involved('in_progress'), { publisher: 'coordinator' }) }, 0, scene()))
  expect([out.messages, out.observations.map(({ about, event }) => `${event} ${String(about)}`)]).toEqual([[], ['rm.validate acme', 'rm.accept acme']])
})

test('a vulnerability that is not there is a fault', () => {
  for (const [now, which] of [[document({}), 'CVE-2024-2'], [document({}), 1], [{}, 0], [null, 0]] as const) expect(observeCsaf({ now }, which, scene())._tag).toBe('Left')
})

const folder = new URL('../../shared/data/csaf/', import.meta.url)
const published: ReadonlyArray<{ readonly name: string; readonly value: unknown }> = existsSync(folder)
  ? ['oasis-involvements', 'cisa-multi-revision'].flatMap((inner) => readdirSync(new URL(`${inner}/`, folder)).map((name) => ({ name, value: JSON.parse(readFileSync(new URL(`${inner}/${name}`, folder), 'utf8')) as unknown })))
  : []
if (published.length === 0) console.log('skipped: published CSAF documents are not here')

test('published documents are read', () => {
  for (const { name, value } of published) {
    const out = right(observeCsaf({ now: value }, 0, scene()))
    expect(out.messages, name).toEqual([])
    if (name.startsWith('icsa')) expect(out.rows, name).toContain('public')
    if (/6-1-24-0[12]|6-2-07/.test(name)) expect(out.rows.filter((row) => row === 'in-progress' || row === 'completed').length, name).toBe(1)
  }
})

test('mutated documents give faults or readings', () => {
  const samples: ReadonlyArray<unknown> = [document({ ...involved('completed'), remediations: [{ category: 'vendor_fix' }], disclosure_date: '2027-01-01T10:00:00Z' }, { tlp: 'CLEAR', status: 'final' }), ...published.filter(({ name }) => !name.startsWith('ics')).map(({ value }) => value)]
  fc.assert(
    fc.property(fc.constantFrom(...samples), mutated(), mutated(), (sample, before, now) => {
      survives(observeCsaf({ before: before(sample), now: now(sample) }, 0, scene({ policy: { refused: 'observe', completed: 'closed', 'planned-disclosure': 'proposed' } })))
    }),
    { numRuns: Number(process.env['JUNK'] ?? 1000) },
  )
})

const publisher = { category: 'vendor', name: 'Acme', namespace: 'https://acme.example' } as const
const released = '2026-08-01T10:00:00Z'
const versions = ['2.0', '2.1'] as const
/** Every state that the standard gives a vendor, or one that deploys too. */
const states: ReadonlyArray<Participant> = participants.flatMap(([shape, self]) => (shape.startsWith('vendor') && inhabits(self) ? [{ ...self, id: 'acme' }] : []))
const parts = (state: Participant): Readonly<Record<string, string>> =>
  ({ rm: state.rm, em: state.em, ...Object.fromEntries(['V', 'F', 'D', 'P', 'X', 'A'].map((letter) => [letter, state.cs.includes(letter) ? letter : letter.toLowerCase()])) })

test.each(versions)('what a document in CSAF %s does not bring back is what its losses say, in every state', (version) => {
  const wrong: string[] = []
  for (const state of states) {
    const reporter: Participant = { ...start('rita', ['reporter']), em: state.em, cs: state.cs.slice(-3) as Participant['cs'] }
    const { document: written, losses } = csafDocument({ participants: [state, reporter], embargoEnd: '2027-01-01T00:00:00Z', vulnerability: 'CVE-2024-1' }, { version, id: 'ACME-1', title: 'A hole', publisher, released })
    const before: Participant = state.rm === 'Start' ? start('acme', ['vendor', 'deployer']) : { ...acme, roles: ['vendor', 'deployer'] }
    const back = right(observeCsaf({ now: JSON.parse(JSON.stringify(written)) as unknown }, 'CVE-2024-1', scene({ participants: [start('rita', ['reporter']), before], policy: { 'planned-disclosure': 'proposed', completed: 'closed', refused: 'ignore' } }))).participants.find(({ id }) => id === 'acme')
    const [one, other] = [parts(state), parts(back ?? expect.fail('gone'))]
    const changed = Object.keys(one).filter((part) => one[part] !== other[part]).sort().join()
    const said = [...new Set(losses.filter(({ participant }) => participant === 'acme').map(({ part }) => part))].sort().join()
    if (changed !== said) wrong.push(`${formatState(state)}: ${changed || 'nothing'} is lost, ${said || 'nothing'} is said to be; comes back as ${back === undefined ? '' : formatState(back)}`)
  }
  expect(wrong.filter((_, place) => place % Math.ceil(wrong.length / 25) === 0)).toEqual([])
})

describe('documents', () => {
  const options = { version: '2.1', id: 'ACME-1', title: 'A hole', publisher, released } as const
  const moments = [{ event: 'rm.accept', about: 'acme', at: '2026-05-01' }, { event: 'rm.defer', about: 'initech', at: '2026-05-01' }, { event: 'P', at: '2026-06-01/2026-06-03' }] as const
  const two: ReadonlyArray<Participant> = [{ ...acme, rm: 'Accepted', cs: 'VFdPxa' }, { ...start('initech', ['vendor']), rm: 'Deferred', cs: 'VfdPxa' }]

  test('dates that CSAF cannot write, and parties that it cannot tell apart, are losses', () => {
    const { losses } = csafDocument({ participants: two, moments }, options)
    expect(losses.map(({ part, participant, why }) => `${participant} ${part}: ${why}`)).toEqual([
      'acme date: the day 2026-05-01 is written as its midnight', 'initech date: the day 2026-05-01 is written as its midnight',
      'initech involvement: another participant of the same part has the same date, and the two must differ',
      'acme date: the interval 2026-06-01/2026-06-03 is written as its end', 'acme date: the day 2026-06-03 is written as its midnight',
    ])
  })

  test('an embargo is a date ahead and a label that is not for everybody; what is public is final and for everybody', () => {
    const label = (em: Participant['em'], cs: Participant['cs'], version: '2.0' | '2.1'): string => {
      const { document: written } = csafDocument({ participants: [{ ...acme, em, cs }], embargoEnd: '2027-01-01T00:00:00Z', moments: [{ event: 'P', at: '2026-07-01T00:00:00Z' }] }, { ...options, version })
      const { document: { distribution: { tlp }, tracking }, vulnerabilities: [one] } = written as unknown as { document: { distribution: { tlp: { label: string } }; tracking: { status: string } }; vulnerabilities: ReadonlyArray<{ disclosure_date?: string; release_date?: string }> }
      return [tlp.label, tracking.status, one?.disclosure_date ?? '-', one?.release_date ?? '-'].join(' ')
    }
    expect([label('Active', 'Vfdpxa', '2.1'), label('None', 'Vfdpxa', '2.1'), label('Exited', 'VfdPxa', '2.1'), label('Revise', 'Vfdpxa', '2.0'), label('Exited', 'VfdPxa', '2.0')]).toEqual([
      'RED draft 2027-01-01T00:00:00Z -', 'AMBER draft - -', 'CLEAR final 2026-07-01T00:00:00Z -', 'RED draft - 2027-01-01T00:00:00Z', 'WHITE final - 2026-07-01T00:00:00Z',
    ])
  })

  test(`pass the schema and the mandatory tests of the CSAF validator${partly('a third of the states')}`, async () => {
    const library = '@secvisogram/csaf-validator-lib'
    type Tests = Readonly<Record<string, unknown>>
    const load = (path: string): Promise<Tests | undefined> => import(`${library}/${path}.js`).then((module: Tests) => module, () => undefined)
    const validate = (await load('validate'))?.['default'] as ((tests: ReadonlyArray<unknown>, document: unknown) => Promise<{ isValid: boolean; tests: ReadonlyArray<{ name: string; errors: ReadonlyArray<unknown> }> }>) | undefined
    if (validate === undefined) {
      console.log('skipped: the CSAF validator is not installed')
      return
    }
    for (const version of versions) {
      const folderOf = version === '2.0' ? '' : 'csaf_2_1/'
      const tests = [...Object.values((await load(`${folderOf}schemaTests`)) ?? {}), ...Object.values((await load(`${folderOf}mandatoryTests`)) ?? {})].filter((each) => typeof each === 'function')
      expect(tests.length).toBeGreaterThan(30)
      for (const given of [two, [], ...states.filter((_, place) => place % (whole ? 149 : 449) === 0).map((state) => [state])]) {
        const verdict = await validate(tests, csafDocument({ participants: given, moments, embargoEnd: '2027-01-01T00:00:00Z' }, { ...options, version }).document)
        expect(verdict.tests.filter(({ errors }) => errors.length > 0), JSON.stringify(given)).toEqual([])
      }
    }
  })
})
