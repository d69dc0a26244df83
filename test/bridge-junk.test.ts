/**
 * Every place that a bridge reads, with everything in it that does not belong there: a value, a list, an object, or nothing
 * where something was, in the snapshot before, in the one now, and in both.
 *
 * The other tests of the bridges change real payloads by chance; here what is finite is gone through. Of documents it is every
 * place of a small one that has a little of everything.
 */
import { type Participant, start } from 'mpcvd'
import { type Bridge, checkStatusMap, decodeStatusMap, observe, type Scene, statusMapBridge } from 'mpcvd/bridge'
import { bugcrowd } from 'mpcvd/bridge/bugcrowd'
import { osidb } from 'mpcvd/bridge/osidb'
import { vince, vinceVendor } from 'mpcvd/bridge/vince'
import { readActivity } from 'mpcvd/bridge/activitystreams'
import { csaf, csafOfOthers, observeCsaf } from 'mpcvd/bridge/csaf'
import { cve, observeCve } from 'mpcvd/bridge/cve'
import { defectDojo } from 'mpcvd/bridge/defectdojo'
import { github, githubDatabase } from 'mpcvd/bridge/github'
import { gitlab } from 'mpcvd/bridge/gitlab'
import { hackerOne } from 'mpcvd/bridge/hackerone'
import { jira, jiraMap } from 'mpcvd/bridge/jira'
import { observeOpenVex, openVex, openVexOfOthers } from 'mpcvd/bridge/openvex'
import { osv } from 'mpcvd/bridge/osv'
import { serviceNow } from 'mpcvd/bridge/servicenow'
import { decodeMessage } from 'mpcvd/codec'
import { describe, expect, test } from 'vitest'
import { changed, odd, places, survives, tainted } from './bridge/junk.js'

const bridges: ReadonlyArray<Bridge> = [github, githubDatabase, hackerOne, gitlab, defectDojo, serviceNow, jira, osv, openVex, openVexOfOthers, cve, csaf, csafOfOthers, vince, vinceVendor, osidb, bugcrowd]

const pathsOf = (bridge: Bridge): ReadonlyArray<string> => [...new Set([
  ...bridge.id, ...bridge.changed, ...(bridge.created ?? []), ...(bridge.title ?? []), ...(bridge.vulnerabilities ?? []),
  ...bridge.rows.flatMap(({ at = [], each, until = [], when }) => [...when.map(({ path }) => path), ...at, ...until, ...(each === undefined ? [] : [each.path, `${each.path}.*`, `${each.path}.*.${each.name}`])]),
])]

type Tree = Readonly<Record<string, unknown>>
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)
/** A copy with a value where a path leads; `*` is the one item of a list. */
const placed = (tree: unknown, [name, ...rest]: ReadonlyArray<string>, value: unknown): unknown =>
  name === undefined ? value : name === '*' ? [placed(Array.isArray(tree) ? tree[0] : undefined, rest, value)] : Object.fromEntries([...Object.entries(isTree(tree) ? tree : {}), [name, placed(isTree(tree) ? tree[name] : undefined, rest, value)]])

/** A record that has a plain text at every place that is read, so that much is met at once. */
const whole = (bridge: Bridge): unknown => {
  const filled = pathsOf(bridge).filter((path) => !path.endsWith('*')).reduce<unknown>((tree, path) => placed(tree, path.split('.'), path), {})
  return bridge.changed.reduce<unknown>((tree, path) => placed(tree, path.split('.'), '2024-03-02T10:00:00Z'), filled)
}

const vendor: Participant = { ...start('acme', ['vendor', 'deployer']), rm: 'Accepted', em: 'Active', cs: 'Vfdpxa' }
const scene: Scene = {
  case: 'c', seen: '2024-12-01T00:00:00Z', parties: { reporter: 'rita', vendor: 'acme', deployer: 'acme' }, participants: [start('rita', ['reporter']), vendor], embargo: 'e',
  policy: { refused: 'observe', collaborator: 'party', 'collaborating-team': 'party' }, names: Object.fromEntries([['__proto__', 'constructor']]),
}

describe.each(bridges)('what $name reads', (bridge) => {
  test('may be anything', () => {
    const record = whole(bridge)
    const kept = JSON.stringify(scene)
    let readings = 0
    for (const path of pathsOf(bridge))
      for (const value of [...odd, undefined]) {
        const other = placed(record, path.split('.'), value)
        for (const change of [{ now: other }, { before: record, now: other }, { before: other, now: record }, { before: other, now: other }]) {
          const result = observe(bridge, change, scene)
          survives(result)
          if (result._tag === 'Right') readings++
        }
        // A way that breaks off: what should be walked through is the value.
        const first = path.split('.').slice(0, -1)
        if (first.length > 0) survives(observe(bridge, { before: record, now: placed(record, first, value) }, scene))
      }
    expect(readings).toBeGreaterThan(0)
    expect(JSON.stringify(scene)).toBe(kept)
  })
})

type Reader = (input: unknown) => void
const at = '2024-03-02T10:00:00Z'
const documents: ReadonlyArray<readonly [name: string, sample: unknown, reader: Reader]> = [
  [
    'CSAF',
    {
      document: { title: 't', publisher: { category: 'vendor' }, distribution: { tlp: { label: 'CLEAR' } }, tracking: { id: 'ACME-1', status: 'final', initial_release_date: at, current_release_date: at } },
      vulnerabilities: [{
        cve: 'CVE-2024-1', ids: [{ text: 'i' }], involvements: [{ party: 'vendor', status: 'completed', date: at }, { party: 'vendor', status: 'contact_attempted', date: at }], disclosure_date: at,
        remediations: [{ category: 'vendor_fix', date: at }, { category: 'no_fix_planned' }], product_status: { fixed: ['p'], known_affected: ['q'] }, first_known_exploitation_dates: [{ exploitation_date: at, date: at }],
        threats: [{ category: 'exploit_status', details: 'd' }], flags: [{ label: 'l' }],
      }],
    },
    (input) => survives(observeCsaf({ now: input }, 'CVE-2024-1', scene)),
  ],
  [
    'a CVE record',
    {
      cveMetadata: { cveId: 'CVE-2024-1', state: 'PUBLISHED', dateReserved: at, datePublished: at, dateUpdated: at },
      containers: {
        cna: { title: 't', datePublic: at, timeline: [{ lang: 'en', time: at, value: 'Vendor notified' }], references: [{ url: 'u', tags: ['patch', 'exploit'] }], tags: ['disputed'] },
        adp: [{ metrics: [{ other: { type: 'ssvc', content: { timestamp: at, options: [{ Exploitation: 'active' }] } } }, { other: { type: 'kev', content: { dateAdded: '2024-03-01' } } }] }],
      },
    },
    (input) => survives(observeCve({ now: input }, scene)),
  ],
  ['a CVE record in short', { cveId: 'CVE-2024-1', timeline: [{ time: '2024-03-01', value: 'Vendor notified' }], kevDateAdded: '2024-03-01', ssvcExploitation: 'poc', datePublic: at }, (input) => survives(observeCve({ now: input }, scene))],
  [
    'OpenVEX', { '@id': 'v', timestamp: at, statements: [{ vulnerability: { name: 'CVE-2024-1', '@id': 'w', aliases: ['a'] }, products: [{ '@id': 'p' }, 'q'], status: 'fixed', timestamp: at }, { vulnerability: 'CVE-2024-1', status: 'affected' }] },
    (input) => survives(observeOpenVex({ now: input }, { vulnerability: 'CVE-2024-1' }, scene)),
  ],
  ...['Offer', 'Create', 'Accept', 'Add'].map((type): readonly [string, unknown, Reader] => [
    `an activity ${type}`,
    { id: 'urn:a', type, actor: 'urn:acme', to: ['urn:rita'], published: at, context: { id: 'urn:case', type: 'VulnerabilityCase' }, inReplyTo: 'urn:b', object: { id: 'urn:o', type: 'Invite', endTime: at, object: { id: 'urn:e', type: 'Event', endTime: at }, pxa_state: 'Pxa', pxaState: 'Pxa', content: 'c' } },
    (input) => {
      const result = readActivity(input, { em: 'Active', cs: 'vfdpxa', seen: at, case: 'urn:case', to: ['urn:rita'], kinds: { 'urn:o': 'embargo' } })
      if (result._tag === 'Left') expect(typeof result.left.path).toBe('string')
      else {
        expect([tainted(result.right), decodeMessage(JSON.parse(JSON.stringify(result.right)))._tag]).toEqual([undefined, 'Right'])
      }
    },
  ]),
  [
    'a status map', { ...jiraMap, statuses: jiraMap.statuses.slice(0, 3).map((each) => ({ ...each, to: ['To Do'] })), fields: [{ id: 'f', path: 'a.*.b', is: 'x', asks: { question: 'q', answers: [{ answer: 'a', meaning: 'm', says: [['RV']] }] } }] },
    (input) => {
      const map = decodeStatusMap(input)
      if (map._tag === 'Left') {
        expect(map.left.length > 0 && map.left.every(({ path }) => typeof path === 'string')).toBe(true)
        return
      }
      expect(tainted(map.right)).toBeUndefined()
      checkStatusMap(map.right.value)
      survives(observe(statusMapBridge(map.right.value), { now: { key: 'K-1', fields: { status: { name: 'Confirmed' }, updated: at } } }, scene))
    },
  ],
]

test.each(documents)('%s with anything anywhere', (_name, sample, reader) => {
  const plain: unknown = JSON.parse(JSON.stringify(sample))
  const kept = JSON.stringify(plain)
  reader(plain)
  for (const path of places(plain)) {
    for (const value of odd) reader(changed(plain, path, value, false))
    reader(changed(plain, path, undefined, true))
  }
  expect(JSON.stringify(plain)).toBe(kept)
})
