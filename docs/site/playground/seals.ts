/**
 * The seal of a ledger, worked out once for each.
 */
import { type Ledger, seal } from 'mpcvd/case'
import { sha256 } from './sha256.js'

const seals = new WeakMap<Ledger, string>()

/** The seal over all that a ledger holds: equal for equal ledgers. */
export const sealOf = (ledger: Ledger): string => {
  const known = seals.get(ledger)
  if (known !== undefined) return known
  const made = seal(ledger, sha256).head
  seals.set(ledger, made)
  return made
}
