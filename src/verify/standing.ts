/**
 * What a participant's state says of its part in the case, as properties need it.
 *
 * *Engaged* is whoever has not closed the report. That includes those who have not got it yet: embargoes may be negotiated
 * with them (VP-11-009), and what is public is public for them too.
 *
 * @module
 */
import type { State } from '../protocol/participant.js'

/** Whether a participant takes part: it has not closed the report. */
export const isEngaged = ({ rm }: State): boolean => rm !== 'Closed'

/** The last three letters of a case state: what the world knows. */
export const worldOf = ({ cs }: State): string => cs.slice(-3)

/** Whether a participant knows that the vulnerability or an exploit is public, or of attacks. */
export const isOut = (state: State): boolean => worldOf(state) !== 'pxa'

/** Whether a case state can last; in the others what is forced comes first, whatever the step (CSB-17-003). */
export const lasts = ({ cs }: State): boolean => !/p(?=X.$)/.test(cs) && !/^v..P/.test(cs)
