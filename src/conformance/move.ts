/**
 * Moves: what one entry of a log did to one participant.
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import { isInForce as isInForceIn } from '../case/embargo.js'
import type { Id } from '../protocol/message.js'
import type { Participant, State } from '../protocol/participant.js'
import type { ReplayStep } from '../protocol/replay.js'

/** One participant's part in one entry. */
export interface Move extends ReplayStep {
  readonly who: Id
  /** The state that it led to; the one before where it was refused. */
  readonly after: Participant
}

/** Whether a step fired an event of a machine. */
export const fires = ({ result }: Pick<ReplayStep, 'result'>, machine: 'rm' | 'cs' | 'em', event: string): boolean =>
  !isLeft(result) && result.right.fired.some((one) => one.machine === machine && one.event === event)

/** Whether an embargo is in force for a participant: Active, or Revise, in which the old terms stand. */
export const isInForce = ({ em }: Pick<State, 'em'>): boolean => isInForceIn(em)
