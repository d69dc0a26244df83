/**
 * OpenVEX: what a vendor, or somebody else, says of products and a vulnerability.
 *
 * A document has many statements; of one vulnerability and product the latest counts. A case is about one vulnerability, so
 * a document is first cut down to what it says of that one: where its products do not agree, that is asked about. A
 * statement that replaces `fixed` takes nothing back.
 *
 * Source: OpenVEX 0.2.0.
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
import { fieldOf, itemsOf, textAt, textOf, valuesAt } from './value.js'

const status = (now: string): ReadonlyArray<Condition> => [{ path: 'status', was: { not: [now] }, is: [now] }]
const nothing: Answer = { answer: 'nothing', meaning: 'It tells of no step.', says: [] }

const rows: ReadonlyArray<BridgeRow> = [
  { id: 'under-investigation', when: status('under_investigation'), speaker: 'vendor', says: [['RK']], quality: 'lossy', note: 'The vendor has it, and says no more.' },
  { id: 'not-affected', when: status('not_affected'), speaker: 'vendor', says: [['RI']], quality: 'exact', note: 'The product is not affected: for this vendor, the report is invalid.' },
  {
    id: 'affected', when: status('affected'), speaker: 'vendor', quality: 'lossy', note: 'Whether it is worked on is in a free text (`action_statement`).',
    asks: { question: 'The product is affected. Does the vendor work on it?', answers: [{ answer: 'working', meaning: 'It does.', says: [['RV', 'RA']] }, { answer: 'no fix', meaning: 'It does not, for now.', says: [['RV', 'RD']] }, { answer: 'valid', meaning: 'That is not said.', says: [['RV']] }] },
  },
  { id: 'fixed', when: status('fixed'), speaker: 'vendor', says: [['CF']], quality: 'exact', note: 'The fix is ready.' },
  { id: 'unfixed', when: [{ path: 'status', was: ['fixed'], is: ['affected', 'under_investigation'] }], speaker: 'vendor', says: [['GI']], undone: 'A product that was fixed is said to be affected again. A fix that was ready stays so.', quality: 'lossy', note: 'A correction, or another version.' },
  {
    id: 'mixed', when: status('mixed'), speaker: 'vendor', quality: 'lossy', note: 'Statements about several products differ.',
    asks: { question: 'The vendor\'s products differ. What holds for the vendor as a whole?', answers: [{ answer: 'working', meaning: 'It works on the rest.', says: [['RV', 'RA']] }, { answer: 'fixed', meaning: 'The fix is ready.', says: [['CF']] }, nothing] },
  },
]

const bridge = (name: string, all: ReadonlyArray<BridgeRow>): Bridge => ({ name, source: 'OpenVEX 0.2.0', read: 'first-hand', id: ['id'], changed: ['timestamp'], vulnerabilities: ['vulnerability'], rows: all })

/** What a vendor says of its own products, cut down to one vulnerability by {@link vexStatus}. */
export const openVex: Bridge = /* @__PURE__ */ bridge('openvex', rows)

/** The same as somebody else says it: evidence about the vendor, none of its messages. */
export const openVexOfOthers: Bridge = /* @__PURE__ */ bridge('openvex-others', rows.map((row): BridgeRow => ({ ...row, speaker: 'observer', about: 'vendor' })))

/** What is to be taken from a document. */
export interface VexChoice {
  /** The vulnerability, by its name, id or alias. */
  readonly vulnerability: string
  /** Products by their id; all when absent. */
  readonly products?: ReadonlyArray<string>
}

/** What a document says of one vulnerability and some products. */
export interface VexStatus {
  readonly id: string
  readonly vulnerability: string
  /** One of the four of OpenVEX; `mixed` where products differ. */
  readonly status: string
  readonly timestamp?: string
}

const namesOf = (vulnerability: unknown): ReadonlyArray<unknown> => [vulnerability, fieldOf(vulnerability, 'name'), fieldOf(vulnerability, '@id'), ...itemsOf(fieldOf(vulnerability, 'aliases'))]
const productsOf = (statement: unknown): ReadonlyArray<string> => {
  const named = [...valuesAt(statement, 'products.*.@id'), ...valuesAt(statement, 'products.*')].flatMap((each) => textOf(each) ?? [])
  return named.length > 0 ? named : ['']
}

/** Cuts a document down to one vulnerability; `undefined` where it says nothing of it, or is none. */
export const vexStatus = (document: unknown, { products, vulnerability }: VexChoice): VexStatus | undefined => {
  const id = textAt(document, ['@id'])
  const written = textAt(document, ['last_updated', 'timestamp'])
  const latest = new Map<string, { readonly status: string; readonly at: number; readonly timestamp: string | undefined }>()
  for (const statement of itemsOf(fieldOf(document, 'statements'))) {
    const said = textOf(fieldOf(statement, 'status'))
    if (said === undefined || !namesOf(fieldOf(statement, 'vulnerability')).includes(vulnerability)) continue
    const timestamp = textAt(statement, ['last_updated', 'timestamp']) ?? written
    const moment = timestamp === undefined ? undefined : readDate(timestamp)
    const at = moment === undefined ? -Infinity : readMoment(moment)?.earliest ?? -Infinity
    for (const product of productsOf(statement)) {
      const known = latest.get(product)
      if ((products === undefined || products.includes(product)) && (known === undefined || known.at <= at)) latest.set(product, { status: said, at, timestamp })
    }
  }
  const all = [...latest.values()]
  const [first] = all
  if (id === undefined || first === undefined) return undefined
  const newest = all.reduce((one, other) => (other.at > one.at ? other : one))
  return { id, vulnerability, status: all.every((each) => each.status === first.status) ? first.status : 'mixed', ...(newest.timestamp === undefined ? {} : { timestamp: newest.timestamp }) }
}

/** Reads a document, and the one before it where there is one, as the word of the vendor or of somebody else. */
export const observeOpenVex = (change: { readonly before?: unknown; readonly now: unknown }, choice: VexChoice, scene: Scene, whose: 'vendor' | 'other' = 'vendor'): Either<ReadonlyArray<Fault>, Observed> => {
  const of = whose === 'vendor' ? openVex : openVexOfOthers
  try {
    const before = change.before === undefined ? undefined : vexStatus(change.before, choice)
    const now = vexStatus(change.now, choice)
    return observe(of, before === undefined || now === undefined ? { now } : { before: { ...before, id: now.id }, now }, scene)
  } catch {
    return observe(of, { now: undefined }, scene)
  }
}
