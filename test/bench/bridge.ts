/**
 * Snapshots of advisories, compared: of the size of GitHub's own examples, and those that ship with @octokit/webhooks-examples.
 *
 * Wanted are 10,000 comparisons a second on one core, which is 100,000 ns each.
 */
import webhooks from '@octokit/webhooks-examples'
import { type Participant, start } from 'mpcvd'
import { type Change, observe, type Scene } from 'mpcvd/bridge'
import { github, githubDatabase } from 'mpcvd/bridge/github'
import { advisory, type Advisory, patched } from '../../examples/ticketing/payloads.js'
import { type About, type Group, time } from './timing.js'

const WANTED: About = { target: { atMost: 100_000, unit: 'ns' } }

const PAIRS = 100
const snapshotOf = (place: number, more: Partial<Advisory>): Advisory => advisory(`GHSA-2q4x-7m9p-${1000 + place}`, { description: 'How to reproduce it, step by step. '.repeat(120), ...more })
const sceneWith = (more: Partial<Participant>): Scene => ({
  case: 'c', seen: '2026-06-01T00:00:00Z', parties: { reporter: 'rita', vendor: 'acme' }, participants: [start('rita', ['reporter']), { ...start('acme', ['vendor']), ...more }],
})
/** A change, and the case in which it comes. */
type Coming = readonly [Change, Scene]

/** The rows. */
export const bridgeGroup = async (): Promise<Group> => {
  const received = sceneWith({ rm: 'Received', cs: 'Vfdpxa' })
  const working = sceneWith({ rm: 'Accepted', cs: 'Vfdpxa' })
  const draft = { state: 'draft', submission: { accepted: true }, updated_at: '2026-03-04T10:00:00Z' } as const
  const published = { ...draft, state: 'published', vulnerabilities: patched, published_at: '2026-04-01T12:00:00Z', updated_at: '2026-04-01T12:00:00Z' } as const
  const pairs = Array.from({ length: PAIRS }, (_, i) => ({ reported: snapshotOf(i, {}), accepted: snapshotOf(i, draft), patched: snapshotOf(i, { ...draft, vulnerabilities: patched }), published: snapshotOf(i, published) }))
  const changes = pairs.flatMap((one): ReadonlyArray<Coming> => [[{ before: one.reported, now: one.accepted }, received], [{ before: one.patched, now: one.published }, working]])
  const unchanged = pairs.flatMap((one): ReadonlyArray<Coming> => [[{ before: one.reported, now: { ...one.reported } }, received], [{ before: one.published, now: { ...one.published } }, working]])
  const texts = changes.map(([{ now }]) => JSON.stringify(now))
  const database = (webhooks as unknown as ReadonlyArray<{ readonly name: string; readonly examples: ReadonlyArray<{ readonly security_advisory: object }> }>)
    .filter(({ name }) => name === 'security_advisory')
    .flatMap(({ examples }) => examples.map(({ security_advisory: now }): Coming => [{ before: { ...now, published_at: null, vulnerabilities: [] }, now }, working]))
  const all = (bridge: typeof github, comings: ReadonlyArray<Coming>) => (): number => {
    let entries = 0
    for (const [change, scene] of comings) {
      const read = observe(bridge, change, scene)
      if (read._tag === 'Right') entries += read.right.entries.length
    }
    return entries
  }
  return {
    id: 'bridge', title: 'Two snapshots of an advisory, compared', unit: 'comparison',
    rows: [
      await time('observe, nothing has changed', unchanged.length, all(github, unchanged), WANTED),
      await time('observe, accepted or published, with its messages', changes.length, all(github, changes), WANTED),
      await time('JSON.parse of such a snapshot', texts.length, () => { let read = 0; for (const text of texts) if (JSON.parse(text) !== null) read++; return read }),
      await time('JSON.parse, then observe', changes.length, () => all(github, changes.map(([{ before }, scene], i): Coming => [{ before, now: JSON.parse(texts[i] ?? '') as unknown }, scene]))(), WANTED),
      await time('observe, advisories of GitHub’s database', database.length, all(githubDatabase, database), WANTED),
    ],
  }
}
