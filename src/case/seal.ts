/**
 * Tamper evidence: a chain of seals over a ledger's entries.
 *
 * Each seal is the hash of the one before it and the canonical JSON (RFC 8785) of an entry; the first is over the
 * charter. Who keeps the last seal can tell whether anything before it was changed, and which entry is the first that
 * was. The hash function is the caller's: the library has no cryptography of its own. Replicas that hold the same entries
 * have the same seals.
 *
 * @module
 */
import type { Id } from '../protocol/message.js'
import { headerOf } from './charter.js'
import { canonical, idOf } from './entry.js'
import { entriesOf, type Ledger } from './ledger.js'

/** A hash function over text, such as SHA-256 in hexadecimal. */
export type Hash = (text: string) => string

/** The seal of one entry, and of everything before it. */
export interface Seal {
  readonly entry: Id
  readonly seal: string
}

/** The seals of a ledger, in the order of its entries. */
export interface Sealed {
  /** The seal of the charter. */
  readonly charter: string
  readonly seals: ReadonlyArray<Seal>
  /** The last seal: it stands for all. */
  readonly head: string
}

/** Seals a ledger. */
export const seal = (ledger: Ledger, hash: Hash): Sealed => {
  const charter = hash(canonical(headerOf(ledger.charter)))
  const seals: Seal[] = []
  let head = charter
  for (const entry of entriesOf(ledger)) {
    head = hash(`${head}\n${canonical(entry)}`)
    seals.push({ entry: idOf(entry), seal: head })
  }
  return { charter, seals, head }
}

/** What a ledger differs in from what was sealed: its charter, or the first entry that was changed, removed or put in. */
export type SealFault =
  | { readonly differs: 'charter' }
  | { readonly differs: 'entry'; readonly place: number; readonly expected: Id | undefined; readonly got: Id | undefined }

/**
 * Whether a ledger is what was sealed: `undefined`, or where it first differs. A ledger that has grown since is not what
 * was sealed: entries that arrived late stand between the old ones.
 */
export const verifySeals = (ledger: Ledger, sealed: Sealed, hash: Hash): SealFault | undefined => {
  const now = seal(ledger, hash)
  if (now.charter !== sealed.charter) return { differs: 'charter' }
  for (let place = 0; place < Math.max(now.seals.length, sealed.seals.length); place++) {
    const [got, expected] = [now.seals[place], sealed.seals[place]]
    if (got?.seal !== expected?.seal || got?.entry !== expected?.entry) return { differs: 'entry', place, expected: expected?.entry, got: got?.entry }
  }
  return undefined
}
