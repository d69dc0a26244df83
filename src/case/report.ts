/**
 * The reports of a case: what was submitted, by whom, about which vulnerabilities and products, and which report is a
 * duplicate of which. A duplicate attaches to its original; the original of a duplicate's duplicate is the first of them
 * all.
 *
 * @module
 */
import type { Id } from '../protocol/message.js'
import { type Ledger, nodesOf } from './ledger.js'

/** A report, as all the messages that carry it describe it. */
export interface Report {
  readonly id: Id
  /** Who submitted it first. */
  readonly by: Id
  /** Everybody it was sent to, in the order in which it was. */
  readonly to: ReadonlyArray<Id>
  readonly title?: string
  /** CVE and other ids. */
  readonly vulnerabilities: ReadonlyArray<string>
  readonly products: ReadonlyArray<string>
  /** The report that this one duplicates in the end; absent for an original. */
  readonly original?: Id
  /** The entries that submit it. */
  readonly entries: ReadonlyArray<Id>
}

/** The reports that were submitted in a case, in the order in which they first were. Void entries submit nothing. */
export const reportsOf = (ledger: Ledger): ReadonlyArray<Report> => {
  const reports = new Map<Id, Omit<Report, 'original'>>()
  const duplicates = new Map<Id, Id>()
  for (const { id, entry } of nodesOf(ledger)) {
    if (!('message' in entry) || ledger.standing.voids.has(id) || entry.message.report === undefined) continue
    const { from, to, types, report } = entry.message
    if (report.duplicateOf !== undefined && !duplicates.has(report.id)) duplicates.set(report.id, report.duplicateOf)
    if (!types.includes('RS')) continue
    const known = reports.get(report.id)
    const title = known?.title ?? report.title
    reports.set(report.id, {
      id: report.id, by: known?.by ?? from, to: both(known?.to, to), ...(title === undefined ? {} : { title }),
      vulnerabilities: both(known?.vulnerabilities, report.vulnerabilities), products: both(known?.products, report.products),
      entries: both(known?.entries, [id]),
    })
  }
  return [...reports.values()].map((report) => {
    const original = originalOf(duplicates, report.id)
    return original === report.id ? report : { ...report, original }
  })
}

const both = (one: ReadonlyArray<string> | undefined, other: ReadonlyArray<string> | undefined): ReadonlyArray<string> => [...new Set([...(one ?? []), ...(other ?? [])])]

/** Follows duplicates to their original; reports that claim to duplicate each other in a circle are all originals. */
const originalOf = (duplicates: ReadonlyMap<Id, Id>, id: Id): Id => {
  const seen = new Set<Id>()
  for (let at: Id | undefined = id; at !== undefined; at = duplicates.get(at)) {
    if (seen.has(at)) return id
    seen.add(at)
  }
  return [...seen].at(-1) ?? id
}
