/**
 * Every place that a bridge reads, with everything in it that does not belong there: a value, a list, an object, or nothing
 * where something was, in the snapshot before, in the one now, and in both.
 *
 * The other tests of the bridges change real payloads by chance; here what is finite is gone through.
 */
import { type Participant, start } from 'mpcvd'
import { type Bridge, observe, type Scene } from 'mpcvd/bridge'
import { csaf, csafOfOthers } from 'mpcvd/bridge/csaf'
import { cve } from 'mpcvd/bridge/cve'
import { defectDojo } from 'mpcvd/bridge/defectdojo'
import { github, githubDatabase } from 'mpcvd/bridge/github'
import { gitlab } from 'mpcvd/bridge/gitlab'
import { hackerOne } from 'mpcvd/bridge/hackerone'
import { jira } from 'mpcvd/bridge/jira'
import { openVex, openVexOfOthers } from 'mpcvd/bridge/openvex'
import { osv } from 'mpcvd/bridge/osv'
import { serviceNow } from 'mpcvd/bridge/servicenow'
import { describe, expect, test } from 'vitest'
import { odd, survives } from './bridge/junk.js'

const bridges: ReadonlyArray<Bridge> = [github, githubDatabase, hackerOne, gitlab, defectDojo, serviceNow, jira, osv, openVex, openVexOfOthers, cve, csaf, csafOfOthers]

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
