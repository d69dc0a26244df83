/**
 * What holds of every row of every bridge, in every state: no message comes out that the protocol refuses, the same change
 * gives the same ids, what was taken over once changes nothing when it comes again, and who cannot be named says nothing.
 *
 * The snapshots are made from the conditions of the rows; the judge of a message is `transition`, asked anew.
 */
import { adopted, type Message, type Participant, published, start, transition } from 'mpcvd'
import { type Bridge, type BridgeRow, observe, type Observed, parts, qualities, type Scene, type Test } from 'mpcvd/bridge'
import { bugcrowd } from 'mpcvd/bridge/bugcrowd'
import { osidb } from 'mpcvd/bridge/osidb'
import { vince, vinceVendor } from 'mpcvd/bridge/vince'
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
import { decodeEntry } from 'mpcvd/codec'
import { describe, expect, test } from 'vitest'
import { complaints, participants } from './cells.js'

const bridges: ReadonlyArray<Bridge> = [github, githubDatabase, hackerOne, gitlab, defectDojo, serviceNow, jira, osv, openVex, openVexOfOthers, cve, csaf, csafOfOthers, vince, vinceVendor, osidb, bugcrowd]

/** A value that passes a test, or nothing. */
const passing = (of: Test | undefined, otherwise: unknown): unknown => (of === undefined || typeof of === 'object' && 'not' in of ? otherwise : of === 'something' ? 'some' : of === 'nothing' ? undefined : of[0])

type Tree = Record<string, unknown>
/** Puts a value where a path leads; what is in the way, a list or a text, becomes what the path needs. */
const put = (tree: Tree, path: string, value: unknown): void => {
  const [name = '', ...rest] = path.split('.')
  if (rest.length === 0) {
    if (value !== undefined && typeof tree[name] !== 'object') tree[name] = value
    else if (value === undefined && !(name in tree)) tree[name] = null
  } else if (rest[0] === '*') {
    if (value === undefined && tree[name] === undefined) return
    const item: Tree = Array.isArray(tree[name]) ? (tree[name] as Tree[])[0] ?? {} : {}
    if (rest.length === 1) tree[name] = value === undefined ? [] : [value]
    else {
      put(item, rest.slice(1).join('.'), value)
      tree[name] = [item]
    }
  } else {
    const inner: Tree = typeof tree[name] === 'object' && tree[name] !== null ? (tree[name] as Tree) : {}
    put(inner, rest.join('.'), value)
    tree[name] = inner
  }
}

/** Two snapshots that meet a row. */
const snapshots = (bridge: Bridge, row: BridgeRow): { readonly before: Tree; readonly now: Tree } => {
  const [before, now]: [Tree, Tree] = [{}, {}]
  for (const tree of [before, now]) put(tree, bridge.id[0] ?? '', 'R-1')
  for (const { path, was, is } of row.when) {
    if (was !== undefined) put(before, path, passing(was, typeof is === 'object' && !('not' in is) ? undefined : 'other'))
    if (is !== undefined) put(now, path, passing(is, undefined))
  }
  put(before, bridge.changed[0] ?? '', '2024-03-01T10:00:00Z')
  put(now, bridge.changed[0] ?? '', '2024-03-02T10:00:00Z')
  for (const path of row.at ?? []) put(now, path, '2024-03-02T09:00:00Z')
  if (row.each !== undefined) put(now, row.each.path, [{ [row.each.name]: 'newcomer' }])
  return { before, now }
}

const rita = start('rita', ['finder', 'reporter'])
const coordinator: Participant = { ...start('cc', ['coordinator']), rm: 'Accepted' }
const parties = { reporter: 'rita', vendor: 'self', deployer: 'self', coordinator: 'cc' } as const
const scene = (self: Participant, more: Partial<Scene> = {}): Scene => ({ case: 'c', participants: [rita, self, coordinator], parties, seen: '2024-04-01T00:00:00Z', embargo: 'e', ...more })

const seenBy = (bridge: Bridge, row: BridgeRow, of: Scene): Observed => {
  const result = observe(bridge, snapshots(bridge, row), of)
  return result._tag === 'Right' ? result.right : expect.fail(`${bridge.name} ${row.id}: ${JSON.stringify(result.left)}`)
}

/** Every policy that answers the questions of a row: none, and each answer. */
const policies = (row: BridgeRow): ReadonlyArray<Readonly<Record<string, string>>> => [{}, ...(row.asks?.answers ?? []).map(({ answer }) => ({ [row.id]: answer }))]

/** The first message that the protocol refuses its sender. */
const refusedAmong = (all: ReadonlyArray<Participant>, messages: ReadonlyArray<Message>): string | undefined => {
  const states = new Map(all.map((each) => [each.id, each]))
  for (const message of messages)
    for (const id of [message.from, ...message.to]) {
      const state = states.get(id)
      const result = state === undefined ? undefined : transition(state, message)
      if (result?._tag === 'Left') return `${id} ${id === message.from ? 'sends' : 'receives'} ${message.types.join()}: ${result.left.kind}`
      if (result?._tag === 'Right') states.set(id, result.right.state)
    }
  return undefined
}

const tasks = new Set<string>()
/** The states in which a row is tried: all of a vendor, and some others; few where another row of the same words has been tried. */
const tried = (row: BridgeRow, policy: Readonly<Record<string, string>>): typeof participants => {
  const says = row.says ?? row.asks?.answers.find(({ answer }) => answer === policy[row.id])?.says ?? []
  const task = JSON.stringify([row.speaker, row.to, row.about, row.each, row.undone, says])
  const few = tasks.has(task) || says.length === 0
  tasks.add(task)
  return participants.filter(([shape], place) => (few ? place % 47 === 0 : shape.startsWith('vendor') || place % 11 === 0))
}

describe.each(bridges)('the rows of $name', (bridge) => {
  test('have ids of their own, a known speaker and quality; an inferred row asks; a question has different answers', () => {
    expect(new Set(bridge.rows.map(({ id }) => id)).size).toBe(bridge.rows.length)
    for (const row of bridge.rows) {
      expect([...parts, 'observer'], row.id).toContain(row.speaker)
      expect(qualities, row.id).toContain(row.quality)
      expect(row.says === undefined, row.id).toBe(row.asks !== undefined)
      if (row.quality === 'inferred') expect(row.asks, row.id).toBeDefined()
      if (row.quality === 'exact') expect(row.asks, row.id).toBeUndefined()
      const answers = row.asks?.answers.map(({ answer }) => answer) ?? []
      expect(new Set(answers).size, row.id).toBe(answers.length)
      expect(row.note.length, row.id).toBeGreaterThan(10)
      for (const condition of row.when) expect([condition.is, condition.was].some((each) => each !== undefined), row.id).toBe(true)
    }
  })

  test('are met by what their conditions say', () => {
    for (const row of bridge.rows) expect(seenBy(bridge, row, scene(start('self', ['vendor']))).rows, row.id).toContain(row.id)
  })

  test('no message comes out that the protocol refuses, in any state, whatever is answered', () => {
    const wrong = complaints()
    let messages = 0
    let undecided = 0
    for (const row of bridge.rows)
      for (const policy of policies(row))
        for (const [, self] of tried(row, policy)) {
          const of = scene(self, { policy })
          const out = seenBy(bridge, row, of)
          const refused = refusedAmong(of.participants, out.messages)
          if (refused !== undefined) wrong.add(`${bridge.name} ${row.id} ${JSON.stringify(policy)} at (${self.rm},${self.em},${self.cs}): ${refused}`)
          messages += out.messages.length
          undecided += out.undecided.length
        }
    expect(wrong.first).toEqual([])
    if (bridge.rows.some(({ speaker }) => speaker !== 'observer')) expect(Math.min(messages, undecided)).toBeGreaterThan(0)
  })

  test('nor does one of a reporter or a coordinator, in any state of theirs', () => {
    const wrong = complaints()
    const vera = start('vera', ['vendor'])
    for (const row of bridge.rows.filter(({ speaker }) => speaker === 'reporter' || speaker === 'coordinator'))
      for (const policy of policies(row))
        for (const [, self] of participants.filter(([shape]) => shape === 'other')) {
          const of: Scene = { ...scene(self, { policy }), participants: [self, vera, { ...vera, id: 'dora', rm: 'Closed' }], parties: { reporter: 'self', coordinator: 'self', vendor: 'vera', deployer: 'dora' } }
          const refused = refusedAmong(of.participants, seenBy(bridge, row, of).messages)
          if (refused !== undefined) wrong.add(`${bridge.name} ${row.id} at (${self.rm},${self.em},${self.cs}): ${refused}`)
        }
    expect(wrong.first).toEqual([])
  })

  test('a policy that records what the state does not allow leaves nothing open but what the source does', () => {
    for (const row of bridge.rows)
      for (const policy of policies(row).slice(row.asks === undefined ? 0 : 1))
        for (const decided of ['observe', 'ignore'])
          for (const [, self] of participants.filter((_, place) => place % 37 === 0)) {
            const out = seenBy(bridge, row, scene(self, { policy: { ...policy, refused: decided } }))
            expect(out.undecided.filter((each) => each.row === row.id), row.id).toEqual([])
          }
  })

  test('every entry is one that a log can hold; ids do not depend on when it was read; what comes again changes nothing', () => {
    for (const row of bridge.rows)
      for (const policy of policies(row))
        for (const [, self] of participants.filter((_, place) => place % 53 === 0)) {
          const once = seenBy(bridge, row, scene(self, { policy }))
          for (const entry of once.entries) {
            const decoded = decodeEntry(JSON.parse(JSON.stringify(entry)))
            if (decoded._tag === 'Left') expect.fail(`${row.id}: ${JSON.stringify([entry, decoded.left])}`)
          }
          const later = seenBy(bridge, row, scene(self, { policy, seen: '2025-01-01' }))
          expect([later.messages, later.observations].map((list) => list.map(({ id }) => id))).toEqual([once.messages, once.observations].map((list) => list.map(({ id }) => id)))
          const again = seenBy(bridge, row, { ...scene(self, { policy }), participants: once.participants })
          const fresh = again.messages.filter(({ id }) => !once.messages.some((each) => each.id === id))
          expect(fresh, `${row.id} ${JSON.stringify(policy)} at (${self.rm},${self.em},${self.cs})`).toEqual([])
        }
  })

  test('who cannot be named sends nothing', () => {
    for (const row of bridge.rows)
      for (const policy of policies(row)) {
        const out = seenBy(bridge, row, scene(start('self', ['vendor']), { policy, parties: {} }))
        expect(out.messages, row.id).toEqual([])
        for (const { about, event } of out.observations)
          if (about === 'newcomer') expect(event, row.id).toBe('rm.receive')
          else expect([row.id, event, about]).toEqual([row.id, expect.stringMatching(/^[PXA]$/), undefined])
      }
  })

  test('another reading of the protocol is asked as readily', () => {
    for (const row of bridge.rows)
      for (const [, self] of participants.filter((_, place) => place % 41 === 0)) {
        const of = scene(self, { protocol: published })
        for (const message of seenBy(bridge, row, of).messages.slice(0, 1)) {
          const sender = of.participants.find(({ id }) => id === message.from)
          expect(sender !== undefined && published.transition(sender, message)._tag, row.id).toBe('Right')
        }
      }
    expect(adopted.edition).toBe('adopted@1')
  })
})
