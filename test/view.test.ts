/**
 * Views: what one participant was told of the others, and not one thing more (VP-01-001, VP-01-003).
 */
import fc from 'fast-check'
import { type Charter, entriesOf, ingest, type Ledger, openLedger, referencesOf, type ViewOf, viewOf } from 'mpcvd/case'
import type { Message, MessageType, Statement } from 'mpcvd'
import { isLeft } from 'fp-ts/Either'
import { expect, test } from 'vitest'
import { arbitraryCase } from './spec/ledger-cases.js'

const at = '2026-01-05T10:00:00Z'
const names: Readonly<Record<string, string>> = { a: 'ada', b: 'bob', c: 'cyd' }
const nameIn = (id: string): string => names[id.charAt(0)] ?? ''
const opened = (charter: Charter): Ledger => {
  const ledger = openLedger(charter)
  if (isLeft(ledger)) throw new Error(JSON.stringify(ledger.left))
  return ledger.right
}
const empty = opened({ case: 'c1', protocol: 'adopted@1', participants: ['ada', 'bob', 'cyd'].map((id) => ({ id, roles: ['vendor', 'deployer'] })), decision: 'first', order: 'causal' })
const says = (id: string, types: ReadonlyArray<MessageType>, more: Partial<Message> = {}): Statement => ({
  message: { id, case: 'c1', from: nameIn(id), to: ['ada', 'bob', 'cyd'].filter((one) => one !== nameIn(id)), types, at, ...more },
})
/** Each message has seen the one before. */
const told = (to: string, messages: ReadonlyArray<Statement>): ReadonlyArray<ViewOf> => {
  const ids = messages.map((one) => ('message' in one ? one.message.id : ''))
  return viewOf(ingest(empty, messages.map((one, index) => ('message' in one ? { message: { after: ids.slice(index - 1, index).filter(() => index > 0), ...one.message } } : one))), to)
}
const view = (id: string, more: Partial<ViewOf> = {}): ViewOf => ({ id, path: [], hearsay: [], ...more })

// ---- By hand ----

test('nobody has been told anything at first', () => {
  expect(told('bob', [])).toEqual([])
})

test('a report state is what its owner stated last; who submits a report works on it (VP-03-001)', () => {
  const stated: ReadonlyArray<readonly [MessageType, string]> = [['RS', 'Accepted'], ['RI', 'Invalid'], ['RV', 'Valid'], ['RD', 'Deferred'], ['RA', 'Accepted'], ['RC', 'Closed']]
  for (const [type, state] of stated) expect(told('bob', [says('a1', [type])]), type).toEqual([view('ada', { rm: { state: state as 'Valid', entry: 'a1' } })])
  expect(told('bob', [says('a1', ['RV']), says('a2', ['RA']), says('a3', ['RD'])])).toEqual([view('ada', { rm: { state: 'Deferred', entry: 'a3' } })])
})

test('acknowledgements, embargo messages and inquiries state nothing of a report or a fix', () => {
  for (const type of ['RK', 'RE', 'EP', 'EA', 'ET', 'EK', 'CK', 'CE', 'CP', 'CX', 'CA', 'GI', 'GK', 'GE'] as const) expect(told('bob', [says('a1', [type])]), type).toEqual([])
})

test('nobody is told by what went to others, by what it sent, or by steps that no message carries', () => {
  expect(told('bob', [says('a1', ['RA'], { to: ['cyd'] })])).toEqual([])
  expect(told('bob', [says('b1', ['RA'])])).toEqual([])
  expect(told('bob', [{ local: { id: 'a1', by: 'ada', event: 'validate', at } }, { observation: { id: 'o1', event: 'rm.accept', about: 'ada', source: 'a list', at } }])).toEqual([])
})

test('what somebody states of its own fix path, in order, and for which product', () => {
  const step = (letter: 'V' | 'F' | 'D', entry: string, product?: string) => ({ step: letter, by: 'ada', entry, ...(product === undefined ? {} : { product }) })
  expect(told('bob', [says('a1', ['CV']), says('a2', ['CF']), says('a3', ['CD'])])).toEqual([view('ada', { path: [step('V', 'a1'), step('F', 'a2'), step('D', 'a3')] })])
  expect(told('bob', [says('a1', ['CV', 'CF'], { subject: 'ada' })])).toEqual([view('ada', { path: [step('V', 'a1'), step('F', 'a1')] })])
  expect(told('bob', [says('a1', ['CF'], { subject: { participant: 'ada', product: 'router' } }), says('a2', ['CF'], { subject: { participant: 'ada', product: 'switch' } })])).toEqual([
    view('ada', { path: [step('F', 'a1', 'router'), step('F', 'a2', 'switch')] }),
  ])
})

test('hearsay is kept apart: it stands with whom it is about, names who said it, and is no statement of theirs', () => {
  expect(told('bob', [says('a1', ['CF'], { subject: { participant: 'cyd', product: 'router' } }), says('c1', ['CV'])])).toEqual([
    view('cyd', { path: [{ step: 'V', by: 'cyd', entry: 'c1' }], hearsay: [{ step: 'F', product: 'router', by: 'ada', entry: 'a1' }] }),
  ])
  // What others say of bob is no news to bob.
  expect(told('bob', [says('a1', ['CF'], { subject: 'bob' })])).toEqual([])
  // Of somebody who is in no case.
  expect(told('bob', [says('a1', ['CV'], { subject: 'zed' })])).toEqual([view('zed', { hearsay: [{ step: 'V', by: 'ada', entry: 'a1' }] })])
})

test('everybody of whom something was said stands there once, in the order of their ids', () => {
  expect(told('bob', [says('c1', ['RA']), says('a1', ['RV', 'CV']), says('c2', ['CV'])]).map((one) => one.id)).toEqual(['ada', 'cyd'])
})

test('what is void says nothing', () => {
  const twice: ReadonlyArray<Statement> = [says('a1', ['RV']), says('a1', ['RI'])]
  expect(viewOf(ingest(empty, twice), 'bob')).toEqual([])
})

// ---- Properties ----

const messagesTo = (ledger: Ledger, id: string): ReadonlyArray<Message> => entriesOf(ledger).flatMap((entry) => ('message' in entry && entry.message.to.includes(id) ? [entry.message] : []))
const states: Readonly<Partial<Record<MessageType, string>>> = { RS: 'Accepted', RI: 'Invalid', RV: 'Valid', RD: 'Deferred', RA: 'Accepted', RC: 'Closed' }
const letters: Readonly<Partial<Record<MessageType, string>>> = { CV: 'V', CF: 'F', CD: 'D' }

test('every claim is what some message said that was sent to who has the view, and every such message is in it', () => {
  fc.assert(fc.property(arbitraryCase, ({ charter, entries }) => {
    const ledger = ingest(opened(charter), entries)
    for (const { id } of charter.participants) {
      const sent = messagesTo(ledger, id)
      for (const one of viewOf(ledger, id)) {
        const { rm } = one
        if (rm !== undefined) expect(sent.some((message) => message.id === rm.entry && message.from === one.id && message.types.some((type) => states[type] === rm.state))).toBe(true)
        for (const claim of [...one.path, ...one.hearsay]) {
          expect(sent.some((message) => message.id === claim.entry && message.from === claim.by && message.types.some((type) => letters[type] === claim.step))).toBe(true)
          expect(one.path.includes(claim)).toBe(claim.by === one.id)
        }
      }
      const told = new Set(viewOf(ledger, id).filter((one) => one.rm !== undefined).map((one) => one.id))
      for (const message of sent)
        if (!ledger.standing.voids.has(message.id) && message.from !== id && message.types.some((type) => states[type] !== undefined)) expect(told.has(message.from)).toBe(true)
    }
  }), { numRuns: 150 })
})

test('what was said to others makes no difference: other words and other types in the same places, or nothing where nobody cites it', () => {
  fc.assert(fc.property(arbitraryCase, fc.nat(), ({ charter, entries }, salt) => {
    const bare = opened(charter)
    const cited = new Set(entries.flatMap(referencesOf))
    const isOf = (entry: Statement, id: string): boolean => 'message' in entry && entry.message.to.includes(id)
    const content = new Set<MessageType>(['RS', 'RI', 'RV', 'RD', 'RA', 'RK', 'RE', 'CV', 'CF', 'CD', 'CK', 'CE', 'GI', 'GK', 'GE'])
    const isContent = (entry: Statement): boolean => !('message' in entry) ? !('membership' in entry) : entry.message.embargo === undefined && entry.message.types.every((type) => content.has(type))
    for (const { id } of charter.participants) {
      const view = viewOf(ingest(bare, entries), id)
      const changed = entries.map((entry, index): Statement =>
        'message' in entry && isContent(entry) && !isOf(entry, id)
          ? { message: { ...entry.message, note: `other ${index}`, types: [(['RV', 'RD', 'CV', 'GI'] as const)[(salt + index) % 4] ?? 'GI'] } }
          : 'local' in entry ? { local: { ...entry.local, event: 'learn A' } } : entry)
      // Changing entries that share an id can make them differ, which makes them void: only cases without are looked at.
      const ids = entries.map((entry) => ('message' in entry ? entry.message.id : ''))
      if (ids.some((one, index) => one !== '' && ids.indexOf(one) < index)) continue
      expect(viewOf(ingest(bare, changed), id)).toEqual(view)
      const fewer = entries.filter((entry) => isOf(entry, id) || !isContent(entry) || !('message' in entry) || cited.has(entry.message.id))
      if (ingest(bare, entries).standing.voids.size === 0) expect(viewOf(ingest(bare, fewer), id)).toEqual(view)
    }
  }), { numRuns: 150 })
})

// ---- What does not hold yet ----

test('an entry that its reader never saw does not change the order in which it was told', () => {
  // ada tells bob that the report is valid, cyd something, and bob that it defers; to bob it cites what bob may have, as
  // heads gives it. Bob's replica does not hold the one to cyd.
  const entries = [says('a3', ['RV'], { to: ['bob'] }), says('a2', ['GI'], { to: ['cyd'], after: ['a3'] }), says('a1', ['RD'], { to: ['bob'], after: ['a3'] })]
  const state = (all: ReadonlyArray<Statement>): string | undefined => viewOf(ingest(empty, all), 'bob')[0]?.rm?.state
  expect(state(entries)).toBe('Deferred')
  expect(state(entries.filter((one) => 'message' in one && one.message.to.includes('bob')))).toBe('Deferred')
})

test('an entry that its reader never saw does not unsay what it was told', () => {
  // ada tells bob and cyd different things after the same entry: to bob alone that is one statement.
  const entries = [says('a1', ['GI']), says('a2', ['RV'], { to: ['bob'], after: ['a1'] }), says('a3', ['RI'], { to: ['cyd'], after: ['a1'] })]
  const seen = (all: ReadonlyArray<Statement>): ReadonlyArray<ViewOf> => viewOf(ingest(empty, all), 'bob')
  expect(seen(entries.slice(0, 2))).toEqual([view('ada', { rm: { state: 'Valid', entry: 'a2' } })])
  expect(seen(entries)).toEqual(seen(entries.slice(0, 2)))
})
