/**
 * Properties of runs without end: what is begun is finished.
 *
 * Each is asked of one participant at a time. That somebody always has a proposal open is no fault, if it is another one each
 * time: with the next proposal under way before the last is decided everywhere, there may be no moment without any.
 *
 * They are decided in models whose runs do not end because a budget of steps does: there, whatever is pending when the last step
 * is spent would stay pending. What is bounded instead is `repeats`, so that nobody proposes again and again. And they are decided
 * in what they are about, without silent steps: embargoes and what is public, without acknowledgements; or reports, their decisions
 * but for accepting and deferring in turns, and who waits for an acknowledgement. Channels hold one symbol there.
 *
 * @module
 */
import type { MessageType } from '../protocol/message.js'
import type { Model } from './model.js'
import type { LivenessProperty, View } from './property.js'
import { isEngaged, isOut } from './standing.js'

/** Whether a participant has a proposal or revision open. */
const hasOpen = ({ state }: View): boolean => isEngaged(state) && (state.em === 'Proposed' || state.em === 'Revise')
/** Whether a participant is under an embargo, or has one proposed. */
const hasEmbargo = ({ state }: View): boolean => isEngaged(state) && (state.em === 'Proposed' || state.em === 'Active' || state.em === 'Revise')

const at = (views: ReadonlyArray<View>, place: number, holds: (view: View) => boolean): boolean => {
  const view = views[place]
  return view !== undefined && holds(view)
}

/** The type that reports are sent by. */
const report: MessageType = 'RS'

/** A model without a bound of steps, in which so many steps may change nothing of one's own. */
const unending = ({ channel, participants, protocol, repeats }: Model, most: number): Model => ({ protocol, participants, channel: { ...channel, bound: 1 }, repeats: repeats ?? most })
const ofEmbargoes = (model: Model): Model => ({ ...unending(model, 1), about: ['em', 'public'], acknowledgements: false })
const ofReports = (model: Model): Model => ({ ...unending(model, 2), sends: ['RS', 'RI', 'RV', 'RD', 'RC'], awaits: [report] })

/** That a proposal or revision which a participant, by place, has open is accepted, rejected, withdrawn, or ended with the embargo. */
export const proposalDecided = (place: number): LivenessProperty => ({
  kind: 'liveness', id: `proposal-decided:${place + 1}`, says: 'No proposal stays open for ever.',
  source: ['VP-06-004', 'VP-04-004', 'VP-04-005', 'VP-06-012', 'EM:139'],
  scope: ofEmbargoes,
  looks: (view) => String(hasOpen(view)),
  pending: (views) => at(views, place, hasOpen),
})

/** That a participant, by place, which is under an embargo or has one proposed comes out of it once anybody, itself or another, knows P, X or A. */
export const embargoEnds = (place: number): LivenessProperty => ({
  kind: 'liveness', id: `embargo-ends:${place + 1}`, says: 'What somebody knows to be public, or attacked, ends the embargo of everybody engaged.',
  source: ['VP-09-001', 'VP-09-003', 'VP-11-002', 'VP-11-006', 'VP-14-001', 'VP-14-002', 'EMB-16-001'],
  scope: ofEmbargoes,
  looks: (view) => `${String(hasEmbargo(view))} ${String(isOut(view.state))}`,
  pending: (views) => at(views, place, hasEmbargo) && views.some(({ state }) => isOut(state)),
})

/** That everybody to whom a participant, by place, has sent the report acknowledges it. */
export const reportAcknowledged = (place: number): LivenessProperty => ({
  kind: 'liveness', id: `report-acknowledged:${place + 1}`, says: 'Every report that is sent is acknowledged.',
  source: ['VP-03-009', 'RMB-01-001'],
  scope: ofReports,
  looks: ({ awaits }) => String(awaits.includes(report)),
  pending: (views) => at(views, place, ({ awaits }) => awaits.includes(report)),
})
