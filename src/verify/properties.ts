/**
 * The properties that the field asks of a protocol, as rows.
 *
 * Four are Brand and Zafiropulo's ("On Communicating Finite-State Machines", Journal of the ACM 30(2), 1983), whose definition of
 * a protocol the standard uses: no state deadlock, no unspecified reception, no row that is never executed, no channel that
 * overflows. *Divergence* is what the standard itself fears (VP-01-003: that the parties' views differ is to be expected, and
 * that the protocol works all the same): all is said and heard, and two still disagree. What no single participant may do is in
 * `step-properties.ts`, what must come about at last in `liveness-properties.ts`.
 *
 * @module
 */
import type { Model } from './model.js'
import { embargoEnds, proposalDecided, reportAcknowledged } from './liveness-properties.js'
import type { DeadlockProperty, LivenessProperty, OverflowProperty, Property, RestProperty, RowsProperty, View } from './property.js'
import { isEngaged, worldOf } from './standing.js'
import { stepProperties } from './step-properties.js'

/** A state in which nobody can do anything, and yet the case is open for somebody. */
export const deadlock: DeadlockProperty = {
  kind: 'deadlock', id: 'deadlock', says: 'Somebody can always go on, until everybody has closed the report or never got it.',
  source: ['Brand and Zafiropulo 1983'],
}

/** Who has something to say finds room for it, so that the bound of the channels bounds nobody. Where participants may send of their own accord, they can always say more than any channel holds: worth asking where steps are few. */
export const overflow: OverflowProperty = {
  kind: 'overflow', id: 'overflow', says: 'Nobody who may send finds a channel full.',
  source: ['Brand and Zafiropulo 1983'],
}

/** What Brand and Zafiropulo call nonexecutable interactions. A row that no run of one model uses may be used in another: what counts is a row that no model uses. */
export const rowsUsed: RowsProperty = {
  kind: 'rows', id: 'rows-used', says: 'Every row is used in some run.',
  source: ['Brand and Zafiropulo 1983'],
}

/** Whether those of a state who are engaged differ in something. */
const differ = (views: ReadonlyArray<View>, looks: (view: View) => string): boolean => new Set(views.filter(({ state }) => isEngaged(state)).map(looks)).size > 1

/** A property of states at rest: that all who are engaged agree on something. */
const agreement = (id: string, says: string, source: ReadonlyArray<string>, looks: (view: View) => string): RestProperty => ({
  kind: 'rest', id, says, source,
  looks: (view) => (isEngaged(view.state) ? looks(view) : ''),
  violated: (views) => differ(views, looks),
})

/** That participants agree on the state of the embargo once all is said and heard. It is one for the whole case, says the standard, and lets each keep its own. */
export const divergenceEm: RestProperty = agreement(
  'divergence-em', 'When nothing is under way, all who are engaged are in the same state of Embargo Management.', ['EM:27', 'FM:127', 'SM-10-002', 'ST-20', 'VP-01-003'],
  ({ state }) => state.em,
)

/** That participants agree on what is public once all is said and heard. */
export const divergencePublic: RestProperty = agreement(
  'divergence-public', 'When nothing is under way, all who are engaged agree on P, X and A.', ['SM-10-002', 'ST-20', 'CSB-12-003', 'CSB-13-001', 'CSB-14-004'],
  ({ state }) => worldOf(state),
)

/** That no two participants who are engaged have embargoes in force under different terms once all is said and heard. Until an answer has arrived, terms differ as a matter of course: so it is asked of states at rest. Decided in the model that tells terms apart. */
export const oneActiveEmbargo: RestProperty = {
  kind: 'rest', id: 'one-active-embargo', says: 'When nothing is under way, nobody engaged has an embargo in force on other terms than another.',
  source: ['VP-04-002', 'EM:30'],
  scope: (model) => ({ ...model, terms: true }),
  looks: ({ force, state }) => (isEngaged(state) ? String(force) : ''),
  violated: (views) => differ(views.filter(({ force }) => force >= 0), ({ force }) => String(force)),
}

/** Every property that can be asked of any model; {@link propertiesFor} adds those that depend on the model. */
export const properties: ReadonlyArray<Property> = [deadlock, overflow, rowsUsed, divergenceEm, divergencePublic, oneActiveEmbargo, ...stepProperties]

/** Every property of runs without end that makes sense for a model, for each of its participants. */
export const livenessFor = ({ participants }: Pick<Model, 'participants'>): ReadonlyArray<LivenessProperty> =>
  [proposalDecided, embargoEnds, reportAcknowledged].flatMap((property) => participants.map((_, place) => property(place)))

/** Every property that makes sense for a model. Where participants may do only some things, that nothing of these is left to do is no deadlock. */
export const propertiesFor = (model: Model): ReadonlyArray<Property> => {
  const cut = model.about !== undefined || model.sends !== undefined || model.script !== undefined
  return [...properties.filter((one) => one !== deadlock || !cut), ...livenessFor(model)]
}
