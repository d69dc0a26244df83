/**
 * CSAF 2.0 and 2.1, read: what an advisory tells of a case.
 *
 * A document has many vulnerabilities, and a case is about one: the document is cut down to that one first
 * ({@link csafFacts}). What a vendor's own document says of the vendor is the vendor's word; what anybody else's says is
 * observed. Of the entries about one party the latest counts. The date of disclosure is one thing before it has come, an
 * intention, of which it is asked whether it proposes an embargo; and another when it has passed.
 *
 * `contact_attempted` is written with the party that was contacted in the schema's prose, and with the party that did the
 * contacting in OASIS's own examples; so it is asked about.
 *
 * Source: CSAF 2.0 and 2.1 (oasis-tcs/csaf at 27af37f): `involvements`, `product_status`, `remediations`, `threats`,
 * `first_known_exploitation_dates`, `release_date` and `disclosure_date`, `distribution.tlp`, `tracking`.
 *
 * @module
 */
import type { Either } from 'fp-ts/Either'
import type { Fault } from '../codec/read.js'
import { readMoment } from '../protocol/moment.js'
import { readDate } from './dates.js'
import { observe } from './observe.js'
import type { Answer, Bridge, BridgeRow, Condition } from './row.js'
import type { Observed, Scene } from './scene.js'
import { fieldOf, isSomething, itemsOf, kindOf, textAt, textOf, valuesAt } from './value.js'

const nothing: Answer = { answer: 'nothing', meaning: 'It tells of no step.', says: [] }
const party = (status: string): ReadonlyArray<Condition> => [{ path: 'vendor.status', was: { not: [status] }, is: [status] }]
const appears = (path: string): ReadonlyArray<Condition> => [{ path, was: 'nothing', is: 'something' }]
const contacts: ReadonlyArray<Condition> = [{ path: 'contacted', was: 'nothing', is: 'something' }]

const rows: ReadonlyArray<BridgeRow> = [
  {
    id: 'contact-attempted', when: contacts, speaker: 'reporter', to: 'vendor', at: ['contacted'], quality: 'inferred', needs: 'who contacted whom, and with what',
    asks: { question: 'Somebody attempted a contact. Did the vendor get a report from the reporter?', answers: [{ answer: 'reported', meaning: 'It did, and nobody has acknowledged it.', says: [['RS']] }, nothing] },
    note: 'The schema\'s prose means the party that was contacted; OASIS\'s examples the one that did it.',
  },
  { id: 'open', when: party('open'), speaker: 'vendor', says: [['RK']], at: ['vendor.date'], quality: 'lossy', note: 'The vendor has it. Received, valid and deferred are one status.' },
  { id: 'in-progress', when: party('in_progress'), speaker: 'vendor', says: [['RV', 'RA']], at: ['vendor.date'], quality: 'lossy', note: 'The vendor works on it, so it holds it to be valid.' },
  { id: 'disputed', when: party('disputed'), speaker: 'vendor', says: [['RI']], at: ['vendor.date'], quality: 'lossy', note: 'The status means that the party holds all of it to be inaccurate.' },
  { id: 'under-investigation', when: appears('under_investigation'), speaker: 'vendor', says: [['RK']], quality: 'lossy', note: 'Products are looked at.' },
  { id: 'not-affected', when: [...appears('known_not_affected'), { path: 'affected', is: 'nothing' }, { path: 'fixed', is: 'nothing' }], speaker: 'vendor', says: [['RI']], quality: 'exact', note: 'No product of it is affected: for this vendor, the report is invalid.' },
  { id: 'exploited', when: appears('exploited'), speaker: 'observer', says: [['CA']], at: ['exploited'], quality: 'exact', note: 'The first exploitation that is known of (CSAF 2.1).' },
  {
    id: 'exploit-status', when: appears('exploit_status'), speaker: 'observer', quality: 'inferred', needs: 'somebody who reads the text',
    asks: { question: 'A free text says what is known of exploits. What does it say?', answers: [{ answer: 'exploit', meaning: 'An exploit is public.', says: [['CX']] }, { answer: 'attacks', meaning: 'It is exploited.', says: [['CA']] }, nothing] },
    note: 'A threat of the category exploit_status, which is also written to say that there is none.',
  },
  {
    id: 'no-fix-planned', when: [...appears('no_fix_planned'), { path: 'fix', is: 'nothing' }], speaker: 'vendor', says: [['RD'], ['RV', 'RD']], quality: 'lossy', note: 'A vulnerability that is not worked on.',
  },
  { id: 'fix', when: appears('fix'), speaker: 'vendor', says: [['CF'], ['RV', 'RA', 'CF']], at: ['fix_date'], quality: 'lossy', note: 'A fix of the vendor\'s, or a product that has it: whoever has made one has accepted the report.' },
  {
    id: 'planned-disclosure', when: [...appears('planned')], speaker: 'vendor', at: ['changed'], until: ['planned'], quality: 'inferred', needs: 'whether the others were asked',
    asks: { question: 'A date of disclosure lies ahead. Does the document propose an embargo until then?', answers: [{ answer: 'proposed', meaning: 'It does.', says: [['EP'], ['EV']] }, nothing] },
    note: 'The intended date, sometimes called embargo date. Nothing in CSAF says that anybody agreed.',
  },
  { id: 'public', when: appears('public'), speaker: 'vendor', says: [['CP']], at: ['disclosed'], quality: 'exact', note: 'A final or interim document that anybody may read: it is public at the latest since the document\'s release.' },
  {
    id: 'completed', when: party('completed'), speaker: 'vendor', at: ['vendor.date'], quality: 'lossy', note: 'The investigation is over; closing is final, and the status is not.',
    asks: { question: 'The vendor has completed its work. Is the report closed?', answers: [{ answer: 'closed', meaning: 'It is.', says: [['RC'], ['RV', 'RA', 'RC']] }, nothing] },
  },
]

const bridge = (name: string, all: ReadonlyArray<BridgeRow>): Bridge => ({
  name, source: 'CSAF 2.0 and 2.1, oasis-tcs/csaf at 27af37f', read: 'first-hand', id: ['id'], changed: ['changed'], title: ['title'], vulnerabilities: ['vulnerability'], rows: all,
})

/** What a vendor's own document says, cut down to one vulnerability by {@link csafFacts}. */
export const csaf: Bridge = /* @__PURE__ */ bridge('csaf', rows)

/** The same as anybody else's document says it: evidence. What it intends for itself is no evidence of an embargo. */
export const csafOfOthers: Bridge = /* @__PURE__ */ bridge('csaf-others', rows.filter(({ id }) => id !== 'planned-disclosure').map((row): BridgeRow => ({ ...row, speaker: 'observer', about: 'vendor' })))

/** What a document says of one vulnerability, in one place each. */
export interface CsafFacts {
  readonly id: string
  readonly [fact: string]: unknown
}

const of = (vulnerability: unknown, name: string): boolean =>
  [fieldOf(vulnerability, 'cve'), ...valuesAt(vulnerability, 'ids.*.text'), ...valuesAt(vulnerability, 'id.text')].includes(name)

/** When something was, in milliseconds, for comparing; nothing is before everything. */
const time = (input: unknown): number => {
  const date = textOf(input)
  const moment = date === undefined ? undefined : readDate(date)
  return moment === undefined ? -Infinity : readMoment(moment)?.earliest ?? -Infinity
}
const latest = (all: ReadonlyArray<unknown>): unknown => all.reduce<unknown>((one, other) => (one === undefined || time(fieldOf(other, 'date')) >= time(fieldOf(one, 'date')) ? other : one), undefined)
const earliestDate = (all: ReadonlyArray<unknown>): string | undefined => all.flatMap((each) => textOf(each) ?? []).filter((each) => time(each) > 0).sort((one, other) => time(one) - time(other))[0]

/** Cuts a document down to one vulnerability, by CVE or other id or by its place, as of when it was read; `undefined` where it has no such one. */
export const csafFacts = (document: unknown, vulnerability: string | number, seen: string): CsafFacts | undefined => {
  const all = itemsOf(fieldOf(document, 'vulnerabilities'))
  const one = typeof vulnerability === 'number' ? all[vulnerability] : all.find((each) => of(each, vulnerability))
  const id = textAt(document, ['document.tracking.id'])
  if (one === undefined || id === undefined) return undefined
  const involved = itemsOf(fieldOf(one, 'involvements'))
  const by = (name: string): ReadonlyArray<unknown> => involved.filter((each) => fieldOf(each, 'party') === name)
  const contacted = involved.filter((each) => fieldOf(each, 'status') === 'contact_attempted').map((each) => textOf(fieldOf(each, 'date')) ?? 'undated')
  const remedies = itemsOf(fieldOf(one, 'remediations'))
  const fixes = remedies.filter((each) => fieldOf(each, 'category') === 'vendor_fix')
  const products = (...names: ReadonlyArray<string>): ReadonlyArray<unknown> => names.flatMap((name) => valuesAt(one, `product_status.${name}.*`))
  const disclosure = textAt(one, ['disclosure_date', 'release_date'])
  const ahead = disclosure !== undefined && time(disclosure) > (readMoment(seen)?.latest ?? Infinity)
  const label = textAt(document, ['document.distribution.tlp.label'])
  const open = (label === 'WHITE' || label === 'CLEAR') && ['final', 'interim'].includes(textAt(document, ['document.tracking.status']) ?? '')
  const changed = textAt(document, ['document.tracking.current_release_date'])
  const vendor = latest(by('vendor'))
  return {
    id, changed, title: textAt(document, ['document.title']), vulnerability: textAt(one, ['cve']),
    vendor: { status: fieldOf(vendor, 'status'), date: fieldOf(vendor, 'date') }, contacted: contacted[0],
    under_investigation: products('under_investigation'), known_not_affected: products('known_not_affected'), affected: products('known_affected', 'first_affected', 'last_affected'), fixed: products('fixed', 'first_fixed'),
    fix: [...fixes.map(() => 'vendor_fix'), ...products('fixed', 'first_fixed').filter(isSomething)], fix_date: earliestDate(fixes.map((each) => fieldOf(each, 'date'))),
    no_fix_planned: remedies.filter((each) => fieldOf(each, 'category') === 'no_fix_planned').map(() => 'no_fix_planned'),
    exploited: earliestDate(valuesAt(one, 'first_known_exploitation_dates.*.exploitation_date')),
    exploit_status: itemsOf(fieldOf(one, 'threats')).filter((each) => fieldOf(each, 'category') === 'exploit_status').flatMap((each) => textAt(each, ['details']) ?? []),
    planned: ahead ? disclosure : undefined, public: open && !ahead ? label : undefined,
    disclosed: (ahead ? undefined : disclosure) ?? textAt(document, ['document.tracking.initial_release_date']) ?? changed,
  }
}

/** Reads a document, and the revision before it where there is one. Who published it says whose word it is. */
export const observeCsaf = (change: { readonly before?: unknown; readonly now: unknown }, vulnerability: string | number, scene: Scene): Either<ReadonlyArray<Fault>, Observed> => {
  try {
    const table = textAt(change.now, ['document.publisher.category']) === 'vendor' ? csaf : csafOfOthers
    const now = csafFacts(change.now, vulnerability, scene.seen)
    const before = change.before === undefined ? undefined : csafFacts(change.before, vulnerability, scene.seen)
    if (now === undefined) return { _tag: 'Left', left: [{ path: '/vulnerabilities', expected: `the vulnerability ${typeof vulnerability === 'number' ? `at ${vulnerability}` : vulnerability.slice(0, 60)}, in a document with an id`, got: kindOf(fieldOf(change.now, 'vulnerabilities')) }] }
    return observe(table, before === undefined ? { now } : { before, now }, scene)
  } catch {
    return observe(csaf, { now: undefined }, scene)
  }
}
