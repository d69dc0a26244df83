/**
 * A case's log as a CSAF document: every state of one case on its way, in both versions, against the CSAF validator and by hand.
 */
import { type CaseLog, type LogEntry, type Message, start } from 'mpcvd'
import { observeCsaf } from 'mpcvd/bridge/csaf'
import { csafFlags } from 'mpcvd/bridge/csaf-document'
import { csafOfLog, type CsafLogOptions } from 'mpcvd/bridge/csaf-log'
import { describe, expect, test } from 'vitest'

const message = (id: string, from: string, to: ReadonlyArray<string>, types: Message['types'], at: string, more: Partial<Message> = {}): LogEntry => ({ message: { id, case: 'c', from, to, types, at, ...more } })
const all = ['acme', 'initech', 'rita']
const to = (from: string): ReadonlyArray<string> => all.filter((id) => id !== from)
const header: CaseLog['header'] = { log: 1, protocol: 'adopted@1', case: 'c', world: 'closed', participants: [{ id: 'acme', roles: ['vendor'] }, { id: 'initech', roles: ['vendor'] }, { id: 'rita', roles: ['finder', 'reporter'], start: '(A,N,pxa)' }] }
/** One case from the report to the end: an embargo, a fix, somebody who is not affected, publication, attacks. */
const entries: ReadonlyArray<LogEntry> = [
  message('1', 'rita', to('rita'), ['RS', 'EP'], '2026-03-02T09:00:00Z', { report: { id: 'r', vulnerabilities: ['GHSA-1', 'CVE-2026-1234'] }, embargo: { id: 'e', end: '2026-06-01T00:00:00Z' }, tlp: 'AMBER' }),
  message('2', 'acme', to('acme'), ['RK', 'EA', 'EK', 'CV'], '2026-03-03T09:00:00Z', { after: ['1'], inReplyTo: '1', embargo: { id: 'e', answers: 'e' }, tlp: 'AMBER+STRICT' }),
  message('3', 'initech', to('initech'), ['RI'], '2026-03-05', { after: ['2'], report: { id: 'r' } }),
  message('4', 'acme', to('acme'), ['RV', 'RA'], '2026-03-06T09:00:00Z', { after: ['3'], report: { id: 'r' } }),
  message('5', 'acme', to('acme'), ['CF'], '2026-05-01T09:00:00Z', { after: ['4'] }),
  message('6', 'acme', to('acme'), ['ET', 'CP'], '2026-06-01T00:00:00Z', { after: ['2', '5'], cause: 'own', embargo: { id: 'e' }, note: 'It is fixed in 1.2.' }),
  message('7', 'rita', to('rita'), ['CA'], '2026-06-03/2026-06-05', { after: ['1', '6'], note: 'I saw it in my own logs.' }),
]
const options = (version: '2.0' | '2.1', more: Partial<CsafLogOptions> = {}): CsafLogOptions =>
  ({ version, id: 'ACME-1', title: 'A hole', publisher: { category: 'vendor', name: 'Acme', namespace: 'https://acme.example' }, released: '2026-07-01T10:00:00Z', ...more })
interface Shown {
  readonly document: { readonly acknowledgments?: unknown; readonly distribution: { readonly tlp: { readonly label: string } }; readonly tracking: { readonly status: string; readonly version: string; readonly initial_release_date: string; readonly revision_history: ReadonlyArray<{ readonly date: string; readonly number: string; readonly summary: string }> } }
  readonly vulnerabilities: ReadonlyArray<{ readonly cve?: string; readonly flags?: unknown; readonly notes: ReadonlyArray<{ readonly title: string; readonly text: string }>; readonly disclosure_date?: string; readonly release_date?: string }>
}
const made = (count: number, given: CsafLogOptions): { readonly shown: Shown; readonly document: unknown; readonly losses: ReadonlyArray<string> } => {
  const result = csafOfLog({ header, entries: entries.slice(0, count) }, given)
  if (result._tag === 'Left') return expect.fail(JSON.stringify(result.left))
  const { document, losses } = result.right
  return { shown: document as unknown as Shown, document, losses: losses.map(({ part, participant }) => `${participant} ${part}`) }
}

describe('a log as a document', () => {
  test('under embargo: the label that was said, versions before the first, the date that lies ahead', () => {
    const { losses, shown: { document: { distribution, tracking }, vulnerabilities: [one] } } = made(5, options('2.1', { released: '2026-05-02T10:00:00Z' }))
    expect([distribution.tlp.label, tracking.status, tracking.version, tracking.initial_release_date, one?.cve, one?.disclosure_date]).toEqual(['AMBER+STRICT', 'draft', '0.7.0', '2026-03-02T09:00:00Z', 'CVE-2026-1234', '2026-06-01T00:00:00Z'])
    expect(tracking.revision_history.map(({ date, number, summary }) => `${number} ${date} ${summary}`)).toEqual([
      '0.1.0 2026-03-02T09:00:00Z The vulnerability was reported to acme.', '0.2.0 2026-03-02T09:00:00Z The vulnerability was reported to initech.',
      '0.3.0 2026-03-05T00:00:00.000Z The vulnerability was held to be invalid by initech.', '0.4.0 2026-03-06T09:00:00Z The vulnerability was held to be valid by acme.', '0.5.0 2026-03-06T09:00:00Z The vulnerability is worked on by acme.',
      '0.6.0 2026-05-01T09:00:00Z The vulnerability was fixed by acme.', '0.7.0 2026-05-02T10:00:00Z Written from the case.',
    ])
    expect(losses.filter((each) => each.startsWith('initech'))).toContain('initech date')
  })

  test('2.0 has no AMBER+STRICT: the next stricter label, and that is told', () => {
    const { losses, shown } = made(2, options('2.0', { released: '2026-05-02T10:00:00Z' }))
    expect([shown.document.distribution.tlp.label, losses.filter((each) => each.endsWith('tlp'))]).toEqual(['RED', ['acme tlp']])
    expect(made(1, options('2.0', { released: '2026-05-02T10:00:00Z' })).shown.document.distribution.tlp.label).toBe('AMBER')
  })

  test('public: for everybody, the history from the publication on, and how much of it is not there', () => {
    const { losses, shown: { document: { distribution, tracking }, vulnerabilities: [one] } } = made(7, options('2.1'))
    expect([distribution.tlp.label, tracking.status, tracking.version, one?.disclosure_date]).toEqual(['CLEAR', 'final', '1.2.0', '2026-06-01T00:00:00Z'])
    expect(tracking.revision_history.map(({ number, summary }) => `${number} ${summary}`)).toEqual(['1.0.0 The vulnerability is public.', '1.1.0 The vulnerability is exploited.', '1.2.0 Written from the case.'])
    expect(losses).toContain('acme revision')
  })

  test('what people wrote, and who they are, is in it only where the caller says so', () => {
    const silent = JSON.stringify(made(7, options('2.1')).document)
    expect(['rita', 'fixed in 1.2', 'my own logs'].filter((text) => silent.includes(text))).toEqual([])
    const { shown } = made(7, options('2.1', { acknowledge: { rita: 'Rita R.', nobody: 'Nobody' }, statements: ['6'], flags: { initech: 'vulnerable_code_not_present', acme: 'component_not_present' } }))
    expect(shown.document.acknowledgments).toEqual([{ names: ['Rita R.'], summary: 'Found and reported the vulnerability.' }])
    expect(shown.vulnerabilities[0]?.notes.slice(1)).toEqual([{ category: 'general', text: 'It is fixed in 1.2.', title: 'Statement of acme' }])
    expect(shown.vulnerabilities[0]?.flags).toEqual([{ label: 'vulnerable_code_not_present', product_ids: ['PRODUCT-2'] }])
    expect(made(7, options('2.1', { flags: { acme: 'component_not_present' } })).losses).toContain('acme flag')
  })

  test('read back, it proposes the embargo that the log has', () => {
    const { document } = made(5, options('2.1', { released: '2026-05-02T10:00:00Z' }))
    const back = observeCsaf({ now: JSON.parse(JSON.stringify(document)) as unknown }, 'CVE-2026-1234', { case: 'c', seen: '2026-05-03T00:00:00Z', parties: { vendor: 'acme', reporter: 'rita' }, participants: [start('rita', ['reporter']), { ...start('acme', ['vendor']), rm: 'Received', cs: 'Vfdpxa' }], policy: { 'planned-disclosure': 'proposed' } })
    const ends = back._tag === 'Right' ? back.right.messages.flatMap(({ embargo, types }) => (types.includes('EP') ? [embargo?.end] : [])) : undefined
    expect(ends).toEqual(['2026-06-01T00:00:00Z'])
  })

  test('the reasons are those of the schema', () => {
    // CSAF 2.0 and 2.1, vulnerabilities/flags/label.
    expect(csafFlags).toEqual(['component_not_present', 'inline_mitigations_already_exist', 'vulnerable_code_cannot_be_controlled_by_adversary', 'vulnerable_code_not_in_execute_path', 'vulnerable_code_not_present'])
  })

  test('a log whose case lacks somebody is refused', () => {
    expect(csafOfLog({ header: { ...header, owner: 'nobody' }, entries: [] }, options('2.1'))._tag).toBe('Left')
  })

  test('under embargo and in public it passes the schema and the mandatory tests of the CSAF validator', async () => {
    const library = '@secvisogram/csaf-validator-lib'
    type Tests = Readonly<Record<string, unknown>>
    const load = (path: string): Promise<Tests | undefined> => import(`${library}/${path}.js`).then((module: Tests) => module, () => undefined)
    const validate = (await load('validate'))?.['default'] as ((tests: ReadonlyArray<unknown>, document: unknown) => Promise<{ tests: ReadonlyArray<{ name: string; errors: ReadonlyArray<unknown> }> }>) | undefined
    if (validate === undefined) {
      console.log('skipped: the CSAF validator is not installed')
      return
    }
    for (const version of ['2.0', '2.1'] as const) {
      const folder = version === '2.0' ? '' : 'csaf_2_1/'
      const tests = [...Object.values((await load(`${folder}schemaTests`)) ?? {}), ...Object.values((await load(`${folder}mandatoryTests`)) ?? {})].filter((each) => typeof each === 'function')
      expect(tests.length).toBeGreaterThan(30)
      const given = (flag: (typeof csafFlags)[number]): CsafLogOptions => options(version, { acknowledge: { rita: 'Rita R.' }, statements: ['6', '7'], flags: { initech: flag } })
      for (const [count, flag] of [[5, csafFlags[0]], [entries.length, csafFlags[4]]] as const) {
        const verdict = await validate(tests, made(count, given(flag)).document)
        expect(verdict.tests.filter(({ errors }) => errors.length > 0), `${version} ${count}`).toEqual([])
      }
    }
  })
})
