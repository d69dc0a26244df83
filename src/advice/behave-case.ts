/**
 * A tick of the trees for a participant of a case.
 *
 * What the case knows is answered from it: whether somebody has not got the report yet, and whether the time of the embargo is
 * up. What is owed for messages that the case holds is not the trees' matter: `nextIn` has it, with what made it due. Messages
 * that are not in the case yet may come in by `inbox`.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import type { Case } from '../case/case.js'
import { expiry } from '../case/owed.js'
import { protocols } from '../protocol/editions.js'
import type { Id, Moment } from '../protocol/message.js'
import { tick, type TickOptions, type TickResult } from './behave.js'
import type { NextFault } from './next.js'

/** One tick for a participant of a case, at a time; answers of the caller's own go before those of the case. */
export const tickIn = (of: Case, who: Id, at: Moment, options: Omit<TickOptions, 'untold' | 'protocol'> = {}): Either<NextFault, TickResult> => {
  const found = of.participants.find(({ id }) => id === who)
  if (found === undefined) return left({ fault: 'unknown-participant', got: who, expected: of.participants.map(({ id }) => id) })
  if (!found.engaged) return left({ fault: 'not-engaged', got: who, expected: of.participants.filter(({ engaged }) => engaged).map(({ id }) => id) })
  const { cs, em, id, rm, roles } = found
  return right(tick({ id, roles, rm, em, cs }, {
    ...options, protocol: protocols[of.charter.protocol], untold: of.participants.some((one) => one.engaged && one.rm === 'Start'),
    answers: { 'BT-29 timer expired?': expiry(of, at).status === 'over', ...options.answers },
  }))
}
