/**
 * Seals: the same for the same entries, in whatever order they came, and different at the first entry that differs.
 */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { canonical, type Charter, entriesOf, type Hash, idOf, ingest, type Ledger, openLedger, seal, type SealFault, verifySeals } from 'mpcvd/case'
import { contentOf } from '../src/protocol/log.js'
import type { Json, Statement } from 'mpcvd'
import { isLeft } from 'fp-ts/Either'
import { expect, test } from 'vitest'
import { same } from './same.js'
import { arbitraryCase } from './spec/ledger-cases.js'

const sha256: Hash = (text) => createHash('sha256').update(text, 'utf8').digest('hex')
const at = '2026-01-05T10:00:00Z'

const opened = (charter: Charter): Ledger => {
  const ledger = openLedger(charter)
  if (isLeft(ledger)) throw new Error(JSON.stringify(ledger.left))
  return ledger.right
}
const charter: Charter = { case: 'c1', protocol: 'adopted@1', participants: [{ id: 'ada', roles: ['vendor'] }, { id: 'bob', roles: ['vendor'] }], decision: 'first', order: 'causal' }
const empty = opened(charter)
const withExt = (ext: { readonly [key: string]: Json }): Ledger =>
  ingest(empty, { message: { id: 'a1', case: 'c1', from: 'ada', to: ['bob'], types: ['GI'], at, ext } })

test('what a seal is over, worked out by hand: the charter as a header, then each entry after the seal before it', () => {
  const header = '{"case":"c1","log":1,"participants":[{"id":"ada","roles":["vendor"]},{"id":"bob","roles":["vendor"]}],"protocol":"adopted@1","world":"open"}'
  const first = sha256(header)
  expect(seal(empty, sha256)).toEqual({ charter: first, seals: [], head: first })
  const entry = '{"message":{"at":"2026-01-05T10:00:00Z","case":"c1","ext":{"n":1},"from":"ada","id":"a1","to":["bob"],"types":["GI"]}}'
  const second = sha256(`${first}\n${entry}`)
  expect(seal(withExt({ n: 1 }), sha256)).toEqual({ charter: first, seals: [{ entry: 'a1', seal: second }], head: second })
})

test('the order in which entries came, and how often, makes no difference', () => {
  fc.assert(fc.property(arbitraryCase, ({ charter: of, entries, batches }) => {
    const bare = opened(of)
    const [once, piecemeal] = [ingest(bare, entries), batches.reduce((ledger, batch) => ingest(ledger, batch), bare)]
    expect(seal(piecemeal, sha256)).toEqual(seal(once, sha256))
    expect(verifySeals(piecemeal, seal(once, sha256), sha256)).toBeUndefined()
  }), { numRuns: 75 })
})

/** Every way to change one field of an entry, at any depth, without changing who it is by, which it is, and what it refers to. */
const fixed: ReadonlySet<string> = new Set(['id', 'from', 'by', 'after', 'inReplyTo', 'case', 'membership', 'message', 'local', 'observation', 'stamp', 'correction'])
/** What may be left out: an entry without another field is none. */
const optional: ReadonlySet<string> = new Set([
  'note', 'ext', 'embargo', 'report', 'tlp', 'subject', 'cause', 'start', 'reason', 'moment', 'digest', 'product', 'end', 'respondBy', 'existing', 'answers', 'scope', 'title', 'about',
])
const otherChange: Readonly<Record<string, string>> = { joins: 'leaves', leaves: 'joins', excluded: 'leaves', roles: 'joins', withdraws: 'leaves', corrects: 'retracts', retracts: 'corrects' }
const changedValues = (value: Json, name = ''): ReadonlyArray<Json> => {
  if (typeof value === 'string' && name === 'change') return [otherChange[value] ?? value]
  if (typeof value === 'string') return [`${value}!`]
  if (typeof value === 'number') return [value + 1]
  if (typeof value === 'boolean') return [!value]
  if (value === null) return [0]
  if (Array.isArray(value)) {
    const list = value as ReadonlyArray<Json>
    return [[...list, 'more'], ...list.flatMap((one, place) => changedValues(one).map((other) => list.map((old, index) => (index === place ? other : old))))]
  }
  const fields = value as { readonly [key: string]: Json }
  return Object.entries(fields).flatMap(([key, field]) => {
    const { [key]: _gone, ...without } = fields
    const inside = changedValues(field, key).map((other) => ({ ...fields, [key]: other }))
    return fixed.has(key) ? [] : [...(optional.has(key) ? [without] : []), ...inside]
  })
}
const variantsOf = (entry: Statement): ReadonlyArray<Statement> => {
  const [[kind, content] = ['', null]] = Object.entries(JSON.parse(JSON.stringify(entry)) as { readonly [key: string]: Json })
  return changedValues(content).map((changed) => ({ [kind]: changed }) as unknown as Statement)
}

test('every change of one field of any entry is found, at that entry', () => {
  let changes = 0
  fc.assert(fc.property(arbitraryCase, ({ charter: of, entries }) => {
    const bare = opened(of)
    const distinct = [...new Map(entries.filter((one) => contentOf(one).id !== undefined && (!('message' in one) || one.message.case === of.case)).map((one) => [idOf(one), one])).values()]
    const ledger = ingest(bare, distinct)
    // In a circle, what an entry refers to counts for nothing; which one, and so the order, hangs on which entries decide.
    if ([...ledger.standing.voids.values()].includes('circular')) return
    const sealed = seal(ledger, sha256)
    const places = new Map(sealed.seals.map((one, place) => [one.entry, place]))
    for (const entry of distinct.slice(0, 12))
      for (const changed of variantsOf(entry)) {
        changes++
        const tampered = ingest(bare, distinct.map((one) => (one === entry ? changed : one)))
        const place = places.get(idOf(entry)) ?? -1
        same(verifySeals(tampered, sealed, sha256), { differs: 'entry', place, expected: idOf(entry), got: idOf(entry) } satisfies SealFault)
      }
  }), { numRuns: 25 })
  expect(changes).toBeGreaterThan(500)
})

test('a change of id, author or references is found, at that entry or before it', () => {
  fc.assert(fc.property(arbitraryCase, fc.nat(), ({ charter: of, entries }, salt) => {
    const bare = opened(of)
    const ledger = ingest(bare, entries)
    const sealed = seal(ledger, sha256)
    const kept = entriesOf(ledger)
    if (kept.length === 0) return
    const place = salt % kept.length
    const entry = kept[place]
    if (entry === undefined) return
    const others = kept.filter((one) => one !== entry)
    const changes: ReadonlyArray<Statement> = 'message' in entry
      ? [{ message: { ...entry.message, id: `${entry.message.id}!` } }, { message: { ...entry.message, from: `${entry.message.from}!` } }, { message: { ...entry.message, after: [...(entry.message.after ?? []), 'x!'] } }]
      : 'local' in entry ? [{ local: { ...entry.local, id: `${entry.local.id ?? ''}!` } }, { local: { ...entry.local, by: `${entry.local.by}!` } }] : []
    for (const changed of changes) {
      const fault = verifySeals(ingest(bare, [...others, changed]), sealed, sha256)
      expect(fault?.differs).toBe('entry')
      if (fault?.differs === 'entry') expect(fault.place).toBeLessThanOrEqual(place)
    }
    const gone = verifySeals(ingest(bare, others), sealed, sha256)
    expect(gone?.differs).toBe('entry')
  }), { numRuns: 75 })
})

test('what was put in or taken away is found', () => {
  const [one, two, three] = ['a1', 'a2', 'a3'].map((id): Statement => ({ message: { id, case: 'c1', from: 'ada', to: ['bob'], types: ['GI'], at } }))
  if (one === undefined || two === undefined || three === undefined) throw new Error('three entries')
  const sealed = seal(ingest(empty, [one, two]), sha256)
  expect(verifySeals(ingest(empty, [two, one]), sealed, sha256)).toBeUndefined()
  expect(verifySeals(ingest(empty, [one]), sealed, sha256)).toEqual({ differs: 'entry', place: 1, expected: 'a2', got: undefined })
  expect(verifySeals(ingest(empty, [two]), sealed, sha256)).toEqual({ differs: 'entry', place: 0, expected: 'a1', got: 'a2' })
  expect(verifySeals(ingest(empty, [one, two, three]), sealed, sha256)).toEqual({ differs: 'entry', place: 2, expected: undefined, got: 'a3' })
})

test('a change of the charter is found as one', () => {
  const sealed = seal(empty, sha256)
  for (const other of [
    { ...charter, title: 'a case' }, { ...charter, decision: 'unanimous' as const }, { ...charter, owner: 'ada' }, { ...charter, protocol: 'published@1' as const },
    { ...charter, participants: [{ id: 'ada', roles: ['vendor' as const] }] }, { ...charter, case: 'c2' },
  ])
    expect(verifySeals(opened(other), sealed, sha256)).toEqual({ differs: 'charter' })
})

test('RFC 8785: the order of fields makes no difference, at any depth', () => {
  const [one, other] = [withExt({ a: { b: 1, c: [{ d: 2, e: 3 }] }, f: null }), withExt({ f: null, a: { c: [{ e: 3, d: 2 }], b: 1 } })]
  expect(seal(other, sha256)).toEqual(seal(one, sha256))
  expect(seal(withExt({ a: [1, 2] }), sha256).head).not.toBe(seal(withExt({ a: [2, 1] }), sha256).head)
})

test('RFC 8785: numbers as ECMAScript writes them; keys by UTF-16 code units; only what must be escaped is', () => {
  // The numbers are from appendix B of RFC 8785.
  expect(canonical({ n: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0, 9007199254740993, 1e21, 5e-324] })).toBe(
    '{"n":[333333333.3333333,1e+30,4.5,0.002,1e-27,0,9007199254740992,1e+21,5e-324]}',
  )
  // And the order of keys from section 3.2.3.
  expect(canonical({ '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '\ufb33': 'Hebrew Letter Dalet With Dagesh', 1: 'One', '\ud83d\ude00': 'Emoji: Grinning Face', '\u0080': 'Control', '\u00f6': 'Latin Small Letter O With Diaeresis' })).toBe(
    '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
  )
  expect(canonical({ text: '\u20ac$\u000f\nA\'B"\\"/' })).toBe('{"text":"€$\\u000f\\nA\'B\\"\\\\\\"/"}')
})

test('unicode is kept as it is: what looks alike is not the same', () => {
  const heads = ['\u00e9', 'e\u0301', 'E\u0301', '\u{1F600}', 'e'].map((text) => seal(withExt({ text }), sha256).head)
  expect(new Set(heads).size).toBe(heads.length)
  expect(seal(withExt({ n: 1 }), sha256).head).not.toBe(seal(withExt({ n: '1' }), sha256).head)
  expect(seal(withExt({ n: 1.0 }), sha256).head).toBe(seal(withExt({ n: 1 }), sha256).head)
})
