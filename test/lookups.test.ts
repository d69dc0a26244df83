/** What a step costs, counted and not timed: rows are asked once for a cell, and never again. */
import { type Message, protocol, type Row, type RuleSet, start } from 'mpcvd'
import { expect, test } from 'vitest'
import { adoptedRules } from '../src/protocol/adopted.js'

/** The adopted rules, and how often a row of theirs was looked at. */
const counted = (): { readonly rules: RuleSet; readonly looks: () => number } => {
  let looks = 0
  const watched = (rows: ReadonlyArray<Row>): ReadonlyArray<Row> => rows.map((row) => new Proxy(row, { get: (target, name) => { looks++; return Reflect.get(target, name) as unknown } }))
  return { rules: { ...adoptedRules, sent: watched(adoptedRules.sent), received: watched(adoptedRules.received) }, looks: () => looks }
}
const report: Message = { id: 'm1', case: 'c1', from: 'rita', to: ['acme'], types: ['RS'], at: '2026-01-05T10:00:00Z' }

test('nothing is looked at before the first step', () => {
  const { looks, rules } = counted()
  const before = looks()
  protocol(rules)
  expect(looks()).toBe(before)
})

test('a step that was taken once looks at no row again, whoever takes it and whatever the message is called', () => {
  const { looks, rules } = counted()
  const { transition } = protocol(rules)
  const first = transition(start('acme', ['vendor']), report)
  const once = looks()
  expect(once).toBeGreaterThan(0)
  for (let i = 0; i < 1000; i++) transition(start(`vendor-${i}`, ['vendor']), { ...report, id: `m${i}`, to: [`vendor-${i}`], note: 'another' })
  expect(looks()).toBe(once)
  const second = transition(start('acme', ['vendor']), report)
  if (first._tag === 'Left' || second._tag === 'Left') return expect.fail('refused')
  // The lists of an answer are shared: a step makes the participant, its outcome, and what says that it is right.
  for (const part of ['fired', 'replies', 'optional', 'notes', 'rules'] as const) expect(second.right[part]).toBe(first.right[part])
})

test('another state, another type and another direction are cells of their own', () => {
  const { looks, rules } = counted()
  const { transition } = protocol(rules)
  const acme = start('acme', ['vendor'])
  const steps = [() => transition(acme, report), () => transition({ ...acme, rm: 'Received', cs: 'Vfdpxa' }, report), () => transition(acme, { ...report, types: ['GI'] }), () => transition(acme, { ...report, from: 'acme', to: ['rita'], types: ['GI'] })]
  for (const step of steps) {
    const before = looks()
    step()
    const after = looks()
    expect(after).toBeGreaterThan(before)
    step()
    expect(looks()).toBe(after)
  }
})
