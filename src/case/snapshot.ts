/**
 * Snapshots: a ledger as one JSON value, with what its case looked like when it was taken.
 *
 * Entries are what a ledger is, so a snapshot holds them, and resuming folds them again: in one go, which is much faster
 * than one by one. What the case looked like is compared with what it looks like now; where a later version of the
 * library reads the same entries in another way, resuming says in what.
 *
 * @module
 */
import { type Either, isLeft, left, right } from 'fp-ts/Either'
import type { LogHeader, Statement } from '../protocol/log.js'
import { caseOf } from './case.js'
import { charterOf, type CharterFault, headerOf } from './charter.js'
import { type Difference, differences, type Line, linesOf } from './difference.js'
import { entriesOf, ingest, type Ledger, openLedger } from './ledger.js'
import { forwards } from './tree.js'

/** A ledger as plain data. */
export interface Snapshot {
  /** The version of this form. */
  readonly snapshot: 1
  readonly header: LogHeader
  readonly entries: ReadonlyArray<Statement>
  /** Entries that a check did not let in. */
  readonly aside: ReadonlyArray<Statement>
  /** What the case looked like. */
  readonly looked: ReadonlyArray<Line>
}

/** Why a snapshot cannot be resumed: another version of the form, or a charter that is none. */
export type SnapshotFault = { readonly expected: 1; readonly got: unknown } | { readonly charter: ReadonlyArray<CharterFault> }

/** A ledger that was resumed, and what its case looks like otherwise than when the snapshot was taken. */
export interface Resumed {
  readonly ledger: Ledger
  readonly changed: ReadonlyArray<Difference>
}

/** Takes a snapshot. It can be written as JSON and read again. */
export const snapshotOf = (ledger: Ledger): Snapshot => ({
  snapshot: 1,
  header: headerOf(ledger.charter),
  entries: entriesOf(ledger),
  aside: [...forwards(ledger.aside)].map(([, entry]) => entry),
  looked: linesOf(caseOf(ledger)),
})

/** Goes on from a snapshot. */
export const resume = (snapshot: Snapshot): Either<SnapshotFault, Resumed> => {
  const version: number = snapshot.snapshot
  if (version !== 1) return left({ expected: 1, got: version })
  const opened = openLedger(charterOf(snapshot.header))
  if (isLeft(opened)) return left({ charter: opened.left })
  const ledger = ingest(ingest(opened.right, snapshot.entries), snapshot.aside, { verify: () => false })
  return right({ ledger, changed: differences(snapshot.looked, linesOf(caseOf(ledger))) })
}
