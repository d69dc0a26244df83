/**
 * Patterns of case states, as the published tables print them: six characters, a letter or a dot for any.
 *
 * The engine's own reading of patterns is used (`passes`), so that advice cannot read one in another way than the rules do.
 *
 * @module
 */
import { cs, type VendorCaseState } from '../protocol/cs.js'
import { passes, plainContext } from '../protocol/interpret.js'

/** Whether a vendor's case state fits a pattern. */
export const fitsPattern = (pattern: string, state: VendorCaseState): boolean =>
  passes({ cs: pattern }, { rm: 'Accepted', em: 'None', cs: state }, 'vendor', plainContext)

/**
 * The vendor case states that a text leaves open: a pattern of six characters, or a shorter state of a participant that has
 * no fix path, or only its deployment. Empty for what is neither.
 */
export const statesOf = (text: string): ReadonlyArray<VendorCaseState> => {
  const pattern = text.length === 3 || text.length === 4 ? text.padStart(6, '.') : text
  return /^[.vV][.fF][.dD][.pP][.xX][.aA]$/.test(pattern) ? cs.states.filter((state) => fitsPattern(pattern, state)) : []
}
