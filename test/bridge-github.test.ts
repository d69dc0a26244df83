/**
 * GitHub's advisories: what a whole course of one looks like, what is asked, and that nothing that comes breaks the reader.
 *
 * GitHub's own examples lie beside the repository and stay there; without them the tests that mutate them are skipped.
 */
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { type CaseLog, type Participant, adopted, formatState, replay, start } from 'mpcvd'
import type { components } from '@octokit/openapi-types'
import { type Bridge, observe, type Observed, type Scene } from 'mpcvd/bridge'
import { github, githubDatabase, observeGithubWebhook } from 'mpcvd/bridge/github'
import { describe, expect, test } from 'vitest'
import { advisory as typed, type Advisory, patched, securityAdvisoryWebhook, user } from '../examples/ticketing/payloads.js'
import { mutated, survives } from './bridge/junk.js'

const scene = (more: Partial<Scene> = {}): Scene => ({
  case: 'GHSA-1', seen: '2024-12-01T00:00:00Z', parties: { reporter: 'rita', vendor: 'acme' },
  participants: [start('rita', ['finder', 'reporter']), start('acme', ['vendor'])], ...more,
})
const advisory = (more: object = {}): object => ({
  ghsa_id: 'GHSA-1', cve_id: null, summary: 'A hole', state: 'triage', created_at: '2024-03-01T08:00:00Z', updated_at: '2024-03-01T08:00:00Z', published_at: null, closed_at: null,
  withdrawn_at: null, submission: { accepted: false }, vulnerabilities: [{ package: { ecosystem: 'npm', name: 'a' }, patched_versions: '' }], collaborating_users: [], collaborating_teams: null, ...more,
})
const seen = (change: { before?: unknown; now: unknown }, of: Scene = scene()): Observed => {
  const result = observe(github, change, of)
  return result._tag === 'Right' ? result.right : expect.fail(JSON.stringify(result.left))
}
const told = ({ messages }: Observed): ReadonlyArray<string> => messages.map(({ at, from, to, types }) => `${from} ${types.join('+')} ${to.join()} ${at}`)
const stateOf = (of: ReadonlyArray<Participant>, id: string): string => of.filter((each) => each.id === id).map(formatState).join()

const reported = advisory()
const accepted = advisory({ state: 'draft', submission: { accepted: true }, updated_at: '2024-03-04T09:00:00Z' })
const fixed = advisory({ ...accepted, vulnerabilities: [{ patched_versions: '1.2.3' }], updated_at: '2024-03-20T10:00:00Z' })
const out = advisory({ ...fixed, state: 'published', published_at: '2024-04-01T12:00:00Z', updated_at: '2024-04-01T12:00:05Z' })

describe('the course of an advisory', () => {
  test('reported, accepted, patched, published: the messages, their times, and a log that replays without a finding', () => {
    const first = seen({ now: reported })
    expect(told(first)).toEqual(['rita RS acme 2024-03-01T08:00:00Z', 'acme CV rita 2024-03-01T08:00:00Z'])
    expect(stateOf(first.participants, 'acme')).toBe('(R,N,Vfdpxa)')
    const second = seen({ before: reported, now: accepted }, scene({ participants: first.participants }))
    expect(told(second)).toEqual(['acme RV rita 2024-03-01T08:00:00Z/2024-03-04T09:00:00Z', 'acme RA rita 2024-03-01T08:00:00Z/2024-03-04T09:00:00Z'])
    const third = seen({ before: accepted, now: fixed }, scene({ participants: second.participants }))
    expect([told(third), third.undecided.map(({ answers, id }) => `${id}: ${answers.map(({ answer }) => answer).join(', ')}`)]).toEqual([[], ['patched: ready, planned']])
    const inForce = third.participants.map((each): Participant => ({ ...each, em: 'Active' }))
    const last = seen({ before: fixed, now: out }, scene({ participants: inForce, embargo: 'until April' }))
    expect(told(last)).toEqual(['CF', 'CP', 'ET'].map((type) => `acme ${type} rita 2024-04-01T12:00:00Z`))
    expect(last.messages.map(({ cause, embargo }) => [cause, embargo?.id])).toEqual([[undefined, undefined], ['own', undefined], [undefined, 'until April']])
    expect(stateOf(last.participants, 'acme')).toBe('(A,X,VFdPxa)')
    const log: CaseLog = { header: { log: 1, protocol: 'adopted@1', case: 'GHSA-1', world: 'open', participants: [{ id: 'rita', roles: ['finder', 'reporter'] }, { id: 'acme', roles: ['vendor'] }] }, entries: [...first.entries, ...second.entries] }
    expect(replay(adopted, log).findings).toEqual([])
  })

  test('seen only when it was public, the whole course comes at once', () => {
    expect(seen({ now: out }).messages.map(({ types }) => types.join())).toEqual(['RS', 'CV', 'RV', 'RA', 'CF', 'CP'])
  })

  test('the webhook and the poll tell of one thing by one id', () => {
    const polled = seen({ now: reported })
    const hooked = observeGithubWebhook({ action: 'reported', repository_advisory: { ...reported } }, scene({ seen: '2024-03-01T08:00:02Z' }))
    expect(hooked._tag === 'Right' && hooked.right.messages.map(({ id }) => id)).toEqual(polled.messages.map(({ id }) => id))
    expect(polled.messages[0]?.id).toBe('github:GHSA-1:reported:2024-03-01T08:00:00Z:RS')
  })

  test('why it was closed is asked, and a policy answers; what the answer means depends on the state', () => {
    const closed = advisory({ state: 'closed', closed_at: '2024-03-02T08:00:00Z', updated_at: '2024-03-02T08:00:00Z' })
    const { participants } = seen({ now: reported })
    expect(seen({ before: reported, now: closed }, scene({ participants })).undecided.map(({ id }) => id)).toEqual(['closed'])
    const types = (answer: string, of: ReadonlyArray<Participant>): string => seen({ before: reported, now: closed }, scene({ participants: of, policy: { closed: answer } })).messages.map(({ types }) => types.join()).join(' ')
    expect([types('invalid', participants), types('not pursued', participants), types('done', participants), types('nothing', participants)]).toEqual(['RI RC', 'RV RD RC', '', ''])
    const working = participants.map((each): Participant => (each.id === 'acme' ? { ...each, rm: 'Accepted' } : each))
    expect([types('invalid', working), types('done', working)]).toEqual(['RD RC', 'RC'])
    const unknown = seen({ before: reported, now: closed }, scene({ participants, policy: { closed: 'constructor' } }))
    expect([unknown.warnings.map(({ kind }) => kind), unknown.undecided.length]).toEqual([['no such answer'], 1])
  })

  test('what the protocol cannot undo is said and warned of, and changes no state', () => {
    const { participants } = seen({ now: out })
    const withdrawn = seen({ before: out, now: { ...out, state: 'withdrawn', withdrawn_at: '2024-05-01T00:00:00Z' } }, scene({ participants }))
    expect([withdrawn.messages.map(({ types }) => types.join()), withdrawn.warnings.map(({ kind }) => kind), withdrawn.participants]).toEqual([['GI'], ['cannot be undone'], participants])
    const reopened = seen({ before: advisory({ state: 'closed' }), now: reported }, scene({ participants }))
    expect([reopened.messages.map(({ types }) => types.join()), reopened.participants]).toEqual([['GI'], participants])
  })

  test('a party that is given access gets the report, and the embargo that is in force; under the name that the case has for it', () => {
    const { participants } = seen({ now: accepted })
    const invited = { ...accepted, collaborating_users: [{ login: 'Octo' }, { login: 'constructor' }] }
    const of = scene({ participants: participants.map((each) => ({ ...each, em: 'Active' as const })), embargo: 'e', names: { Octo: 'initech' }, policy: { collaborator: 'party' } })
    const given = seen({ before: accepted, now: invited }, of)
    expect(given.messages.map(({ embargo, to, types }) => `${types.join()} ${to.join()} ${String(embargo?.existing)}`)).toEqual(['RS initech undefined', 'EP initech true', 'RS constructor undefined', 'EP constructor true'])
    expect(given.warnings.map(({ kind, what }) => `${kind} ${what}`)).toEqual(['newcomer initech', 'newcomer constructor'])
    expect(seen({ before: accepted, now: invited }, scene({ participants, policy: { collaborator: 'party' } })).messages.map(({ types }) => types.join())).toEqual(['RS', 'RS'])
    const asked = (policy: Readonly<Record<string, string>>): ReadonlyArray<string> => {
      const out = seen({ before: accepted, now: invited }, { ...of, policy })
      return [...out.messages.map(({ to, types }) => `${types.join()} ${to.join()}`), ...out.undecided.map(({ id, newcomer }) => `${id} ${String(newcomer)}`), ...out.warnings.filter(({ kind }) => kind === 'no such answer').map(({ what }) => what)]
    }
    expect(asked({})).toEqual(['collaborator:initech initech', 'collaborator:constructor constructor'])
    expect(asked({ 'collaborator:initech': 'party', collaborator: 'member' })).toEqual(['RS initech', 'EP initech'])
    expect(asked({ 'collaborator:initech': 'friend', 'collaborator:constructor': 'member' })).toEqual(['collaborator:initech initech', 'friend'])
  })

  test('who is named and not in the case sends nothing: what it did is recorded, and that is warned of', () => {
    const result = seen({ before: reported, now: accepted }, scene({ participants: [start('rita', ['reporter'])] }))
    expect([result.messages, result.observations.map(({ about, event }) => `${event} ${String(about)}`), result.warnings.map(({ kind, what }) => `${kind} ${what}`)]).toEqual([[], ['rm.validate acme', 'rm.accept acme'], ['not in the case acme']])
    const alone = seen({ before: reported, now: accepted }, scene({ participants: [start('acme', ['vendor'])] }))
    expect([alone.messages, alone.observations.length]).toEqual([[], 2])
  })

  test('dates that cannot be right are told, and not used', () => {
    const odd = (more: object): ReadonlyArray<string> => seen({ before: accepted, now: { ...out, ...more } }, scene({ participants: seen({ now: accepted }).participants })).warnings.map(({ kind, what }) => `${kind}: ${what}`)
    expect(odd({})).toEqual([])
    expect(odd({ published_at: '0001-01-01T00:00:00Z' })).toEqual(['before 1970: 0001-01-01T00:00:00Z'])
    expect(odd({ published_at: '2031-01-01T00:00:00Z' })).toEqual(['in the future: 2031-01-01T00:00:00Z'])
    expect(odd({ published_at: 'soon' })).toContain('unreadable: soon')
    expect(odd({ published_at: '2024-02-01T00:00:00Z' })).toContain('before the report: 2024-02-01T00:00:00Z')
    const lied = seen({ before: accepted, now: { ...out, published_at: '0001-01-01T00:00:00Z' } }, scene({ participants: seen({ now: accepted }).participants }))
    expect(lied.messages.map(({ at }) => at)).toEqual(['2024-03-04T09:00:00Z/2024-04-01T12:00:05Z', '2024-03-04T09:00:00Z/2024-04-01T12:00:05Z'])
  })

  test('GitHub\'s own database is an observer: events of the world, and of a vendor that the caller names', () => {
    const published = { action: 'published', security_advisory: { ghsa_id: 'GHSA-2', cve_id: null, published_at: '2024-03-01T08:00:00Z', updated_at: '2024-03-02T08:00:00Z', vulnerabilities: [{ first_patched_version: { identifier: '2' } }] } }
    const result = observeGithubWebhook(published, scene())
    expect(result._tag === 'Right' && [result.right.messages, result.right.observations.map(({ about, at, event, source }) => `${event} ${String(about)} ${at} ${source}`)]).toEqual([
      [], ['P undefined 2024-03-01T08:00:00Z github-database GHSA-2', 'F acme 2024-03-02T08:00:00Z github-database GHSA-2'],
    ])
    const nobody = observeGithubWebhook(published, scene({ parties: {} }))
    expect(nobody._tag === 'Right' && nobody.right.warnings.map(({ kind }) => kind)).toEqual(['nobody named'])
  })
})

describe('the types that GitHub publishes', () => {
  const team: components['schemas']['team'] = {
    id: 1, node_id: 'MDQ6VGVhbTE=', url: 'https://api.github.com/teams/1', html_url: 'https://github.com/orgs/acme/teams/security', name: 'Security', slug: 'security', description: null,
    permission: 'admin', members_url: 'https://api.github.com/teams/1/members{/member}', repositories_url: 'https://api.github.com/teams/1/repos', parent: null, type: 'organization', organization_id: 1,
  }
  const at = '2026-03-02T09:00:00Z'
  /** Everything is there: the compiler sees that each field is one of GitHub's, the test that the rows name no other. */
  const full = typed('GHSA-2q4x-7m9p-c3vw', { cve_id: 'CVE-2026-1', published_at: at, closed_at: at, withdrawn_at: at, vulnerabilities: patched, collaborating_users: [user('rita')], collaborating_teams: [team] })
  const record: components['schemas']['global-advisory'] = {
    ghsa_id: 'GHSA-2q4x-7m9p-c3vw', cve_id: 'CVE-2026-1', url: '', html_url: '', repository_advisory_url: null, summary: 's', description: null, type: 'reviewed', severity: 'high', source_code_location: null,
    identifiers: null, references: null, published_at: at, updated_at: at, github_reviewed_at: null, nvd_published_at: null, withdrawn_at: at, cvss: null, cwes: null, epss: null, credits: null,
    vulnerabilities: [{ package: null, vulnerable_version_range: null, first_patched_version: '1.4.2', vulnerable_functions: null }],
  }
  const named = (bridge: Bridge): ReadonlyArray<string> => [...new Set([
    ...bridge.id, ...bridge.changed, ...(bridge.created ?? []), ...(bridge.title ?? []), ...(bridge.vulnerabilities ?? []),
    ...bridge.rows.flatMap(({ at: dates = [], each, when }) => [...when.map(({ path }) => path), ...dates, ...(each === undefined ? [] : [`${each.path}.*.${each.name}`])]),
  ])]
  /** What a path leads to, by its own reading of paths. */
  const leads = (value: unknown, path: string): boolean =>
    path.split('.').reduce<ReadonlyArray<unknown>>((all, step) => all.flatMap((one) => (step === '*' ? (Array.isArray(one) ? one as unknown[] : []) : typeof one === 'object' && one !== null && Object.hasOwn(one, step) ? [Reflect.get(one, step) as unknown] : [])), [value]).length > 0

  test('have every field that the rows read', () => {
    expect(named(github).length).toBeGreaterThan(12)
    expect(named(github).filter((path) => !leads(full, path))).toEqual([])
    expect(named(githubDatabase).filter((path) => !leads(record, path))).toEqual([])
    // The webhook of the same has no number; the rows that it can meet read nothing else.
    const { security_advisory: hooked } = securityAdvisoryWebhook('GHSA-2q4x-7m9p-c3vw', at)
    expect(named(githubDatabase).filter((path) => !leads(hooked, path))).toEqual(['cve_id'])
    expect(leads(full, 'submission.rejected')).toBe(false)
  })

  test('have every state that the rows name, and no other', () => {
    const states: Readonly<Record<Advisory['state'], null>> = { triage: null, draft: null, published: null, closed: null, withdrawn: null }
    const known = new Set(github.rows.flatMap(({ when }) => when.filter(({ path }) => path === 'state').flatMap(({ is, was }) => [is, was].flatMap((each) => (each === undefined || typeof each === 'string' ? [] : 'not' in each ? each.not : each)))))
    expect([...known].sort()).toEqual(Object.keys(states).sort())
  })
})

describe('junk', () => {
  test('what is no advisory is a fault with its place', () => {
    for (const [now, path] of [[null, ''], [[], ''], ['x', ''], [{}, '/ghsa_id'], [{ ghsa_id: {} }, '/ghsa_id'], [{ ghsa_id: 'x'.repeat(600) }, '/ghsa_id']] as const) {
      const result = observe(github, { now }, scene())
      expect(result._tag === 'Left' && result.left.map((fault) => fault.path)).toEqual([path])
    }
    expect(observe(github, { before: advisory({ ghsa_id: 'other' }), now: reported }, scene())._tag).toBe('Left')
    expect(observe(github, { now: new Proxy({}, { getOwnPropertyDescriptor: () => { throw new Error('boom') } }) }, scene())._tag).toBe('Left')
    expect(observe(github, { now: reported }, scene({ seen: 'now' }))._tag).toBe('Left')
  })

  test('no getter is run, and nothing is taken from a prototype', () => {
    let ran = 0
    const trap = Object.defineProperty(advisory(), 'state', { get: () => (ran++, 'published'), enumerable: true })
    seen({ now: trap })
    expect(ran).toBe(0)
    expect(observe(github, { now: Object.create(advisory()) as object }, scene())._tag).toBe('Left')
    const polluted: unknown = JSON.parse('{"__proto__":{"polluted":1},"ghsa_id":"__proto__","state":"constructor","submission":{"__proto__":{"accepted":true}},"collaborating_users":[{"login":"__proto__"}]}')
    seen({ before: { ghsa_id: '__proto__', state: 'draft' }, now: polluted })
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  const file = new URL('../../shared/data/github/openapi-examples-advisories.json', import.meta.url)
  const examples: ReadonlyArray<unknown> = existsSync(file) ? Object.values(JSON.parse(readFileSync(file, 'utf8')) as object).flat() : []
  if (examples.length === 0) console.log('skipped: GitHub\'s examples are not here; own ones are mutated')

  test('mutated advisories give a fault or a reading, with entries that a log can hold', () => {
    const runs = Number(process.env['JUNK'] ?? 1000)
    const samples = [...examples, reported, accepted, fixed, out]
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.constantFrom(...samples), mutated(), mutated(), (one, other, before, now) => {
        for (const bridge of [github, githubDatabase]) {
          const later = now(other)
          survives(observe(bridge, { now: later }, scene({ policy: { refused: 'observe', collaborator: 'party', own: 'own finding', patched: 'ready', closed: 'invalid' } })))
          survives(observe(bridge, { before: before(one), now: later }, scene()))
        }
      }),
      { numRuns: runs },
    )
  })

  test('ten thousand snapshots are compared in a second or so', () => {
    const began = performance.now()
    for (let i = 0; i < 10_000; i++) seen(i % 2 === 0 ? { before: reported, now: accepted } : { before: fixed, now: out })
    const milliseconds = performance.now() - began
    if (process.env['JUNK'] !== undefined) console.log(`10^4 differences: ${milliseconds.toFixed(0)} ms`)
    expect(milliseconds).toBeLessThan(10_000)
  })
})
