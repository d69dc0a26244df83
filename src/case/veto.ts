/**
 * The pocket veto: who was asked and did not answer in time has declined.
 *
 * Nothing records that, and nothing has to: consent at a time follows from the case and that time (CM-18-002, EP-07-001).
 * An answer that comes late is taken all the same where its terms are still offered (EMB-17-001).
 *
 * @module
 */
import { isLeft, isRight } from 'fp-ts/Either'
import { consent, type ConsentState } from '../protocol/consent.js'
import { contentOf } from '../protocol/log.js'
import type { Id, Moment } from '../protocol/message.js'
import { surelyBefore } from '../protocol/moment.js'
import type { Case } from './case.js'
import { respondBy } from './defaults.js'
import { get } from './tree.js'

/**
 * A participant's consent at a time: that of the case, but Declined where it was invited, or its consent has lapsed, and
 * the time to answer everything that it was asked is surely over; the standard window of seven days where a proposal names
 * no time. `undefined` for who was never in the case.
 */
export const consentAt = (of: Case, participant: Id, now: Moment): ConsentState | undefined => {
  const state = of.state.members.get(participant)?.consent
  if (state !== 'Invited' && state !== 'Lapsed') return state
  const asked = of.proposals.filter((one) => (one.status === 'open' || one.status === 'in force') && !one.signed.has(participant) && !one.rejected.has(participant))
  const isOver = asked.length > 0 && asked.every(({ entry, terms }) => {
    const node = get(of.ledger.graph.nodes, entry)
    const due = node === undefined ? undefined : respondBy(contentOf(node.entry).at, terms?.respondBy)
    return due !== undefined && !isLeft(due) && surelyBefore(due.right.by, now)
  })
  const declined = consent.step(state, 'decline')
  return isOver && isRight(declined) ? declined.right : state
}
