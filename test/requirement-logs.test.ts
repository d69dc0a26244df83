/**
 * The requirement logs (test/spec/requirement-logs.ts) are whole and sound: every core requirement that something shows is
 * there once, every log can be read, and the conforming ones replay without a finding.
 */
import { adopted, describeFinding, replay } from 'mpcvd'
import { decodeLog, encodeLog } from 'mpcvd/codec'
import { expect, test } from 'vitest'
import { edited, entriesOf } from './spec/requirement-logs-form.js'
import { coreByEvidence, corePermissions, requirementLogs, unseenInLogs, type WrittenLog } from './spec/requirement-logs.js'

const core = [...coreByEvidence.step, ...coreByEvidence.own, ...coreByEvidence.case]
const pairs = requirementLogs.filter(({ violating }) => violating !== undefined)
const permissions = requirementLogs.filter(({ violating }) => violating === undefined)

const counts = (ids: ReadonlyArray<string>): ReadonlyMap<string, number> => {
  const counted = new Map<string, number>()
  for (const id of ids) counted.set(id, (counted.get(id) ?? 0) + 1)
  return counted
}

test('154 + 95 + 53 core requirements are shown by something', () => {
  expect([coreByEvidence.step.length, coreByEvidence.own.length, coreByEvidence.case.length]).toEqual([154, 95, 53])
  expect(new Set(core).size).toBe(302)
  expect(corePermissions).toHaveLength(59)
})

test('each is violated in one log, or is listed with a reason, once', () => {
  const counted = counts([...pairs.flatMap(({ requirements }) => requirements), ...Object.keys(unseenInLogs)])
  expect(core.filter((id) => counted.get(id) !== 1)).toEqual([])
  expect([...counted].filter(([, times]) => times > 1)).toEqual([])
  expect([...counted.keys()].filter((id) => !core.includes(id) && !/^(?:ST|DVS|EP|DUR)-/.test(id))).toEqual([])
})

test('permissions are used in one log, and violated in none', () => {
  const used = counts(permissions.flatMap(({ requirements }) => requirements))
  expect([...used].filter(([, times]) => times > 1)).toEqual([])
  expect(corePermissions.filter((id) => !used.has(id) && unseenInLogs[id] !== 'unsaid')).toEqual([])
  expect([...used.keys()].filter((id) => !corePermissions.includes(id))).toEqual([])
})

test('ids are unique; a violating log blames somebody who is in it; conforming logs blame nobody', () => {
  expect(new Set(requirementLogs.map(({ id }) => id)).size).toBe(requirementLogs.length)
  expect(permissions.filter(({ blames }) => blames !== undefined)).toEqual([])
  for (const { id, blames, violating } of pairs) expect(JSON.stringify(violating), id).toContain(`"${blames ?? 'nobody'}"`)
})

const read = (log: WrittenLog) => decodeLog(encodeLog(log))

test('every log is read without fault or warning, and as it was written', () => {
  for (const { id, conforming, violating } of requirementLogs) {
    for (const log of violating === undefined ? [conforming] : [conforming, violating]) {
      const decoded = read(log)
      expect(decoded, id).toMatchObject({ _tag: 'Right', right: { faults: [], warnings: [] } })
      expect(decoded._tag === 'Right' && decoded.right.log, id).toEqual(log)
    }
  }
})

test('entries have ids of their own, and cite earlier ones', () => {
  for (const { id, conforming, violating } of requirementLogs) {
    for (const { entries } of violating === undefined ? [conforming] : [conforming, violating]) {
      const seen = new Set<string>()
      for (const entry of entries) {
        const one: { readonly id?: string; readonly inReplyTo?: string } = Object.values(entry)[0] ?? {}
        expect(seen.has(one.id ?? ''), `${id}: ${one.id ?? ''} again`).toBe(false)
        if (one.inReplyTo !== undefined) expect(seen.has(one.inReplyTo), `${id}: ${one.id ?? ''} cites ${one.inReplyTo}`).toBe(true)
        seen.add(one.id ?? '')
      }
    }
  }
})

/** What is not expected is what these requirements are about. */
const errors = /^unexpected: \w+ did not expect message/
const aboutErrors = ['RMB-02-002', 'RMB-03-002', 'RMB-04-002', 'RMB-05-002', 'RMB-06-003', 'VP-03-011', 'EMB-02-002']

test('conforming logs replay without a finding', () => {
  for (const { id, conforming, unavoidable } of requirementLogs) {
    const found = replay(adopted, conforming).findings.map(describeFinding)
    if (aboutErrors.includes(id)) {
      expect(unavoidable, id).toBeDefined()
      expect(found, id).toHaveLength(1)
      expect(found[0], id).toMatch(errors)
    } else expect(found, id).toEqual([])
  }
})

const lines = (log: WrittenLog): ReadonlyArray<string> => log.entries.map((entry) => JSON.stringify(entry))

test('a violating log differs from the conforming one in few entries, and in nothing else', () => {
  for (const { id, conforming, violating } of pairs) {
    if (violating === undefined) continue
    expect(violating.header, id).toEqual(conforming.header)
    const [before, after] = [lines(conforming), lines(violating)]
    const gone = before.filter((line) => !after.includes(line)).length
    const come = after.filter((line) => !before.includes(line)).length
    expect(before.join(), id).not.toBe(after.join())
    expect(Math.max(gone, come), id).toBeLessThanOrEqual(8)
  }
})

const authorOf = (line: string): string => /"(?:from|by|about)":"(\w+)"/.exec(line)?.[1] ?? ''

/** The terms are another's; who accepts them is to blame. */
const termsAccepted = ['VP-04-001', 'VP-05-002', 'VP-05-009', 'VP-07-008', 'PX-02']

test('who is blamed did, or did not do, one of the entries that differ', () => {
  for (const { id, conforming, violating, blames } of pairs) {
    if (violating === undefined || termsAccepted.includes(id)) continue
    const [before, after] = [lines(conforming), lines(violating)]
    const differ = [...before.filter((line) => !after.includes(line)), ...after.filter((line) => !before.includes(line))]
    const moved = before.filter((line, at) => line !== after[at])
    expect([...differ, ...moved].map(authorOf), id).toContain(blames)
  }
})

test('what is accepted is what the other proposed: the blamed accepts in the violating log', () => {
  for (const id of termsAccepted) {
    const pair = pairs.find((one) => one.id === id)
    expect(pair?.violating?.entries.some((entry) => 'message' in entry && entry.message.from === pair.blames && entry.message.types.some((type) => type === 'EA' || type === 'EC')), id).toBe(true)
  }
})

test('what cannot be read as a log is refused by the notation', () => {
  expect(() => entriesOf('m1 r>v RS nonsense')).toThrow('no such word')
  expect(() => entriesOf('m1 r>v EP [e1 until=2026]')).toThrow('no such key')
  expect(() => entriesOf('k1 w joins for v')).toThrow('no entry')
  expect(() => edited('m1 r>v RS', '- m2')).toThrow('nothing to edit')
  expect(() => edited('m1 r>v RS', 'm2')).toThrow('no edit')
  expect(entriesOf(edited('m1 r>v RS @2026-01-05\nm2 v>r RK <m1', '- m1\n+ m2 m3 v>r RV'))).toEqual(entriesOf('m2 v>r RK <m1 @2026-01-05\nm3 v>r RV'))
})

test('dates never run backwards, so that lines are in the order of time', () => {
  for (const { id, conforming, violating } of requirementLogs) {
    for (const { entries } of violating === undefined ? [conforming] : [conforming, violating]) {
      const dates = entries.map((entry) => {
        const one: { readonly at?: string } = Object.values(entry)[0] ?? {}
        return one.at ?? ''
      })
      expect([...dates].sort(), id).toEqual(dates)
    }
  }
})
