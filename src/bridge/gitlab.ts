/**
 * GitLab: the vulnerabilities of a project.
 *
 * Read second-hand: its states and fields as other documents tell of them, not from payloads. Who uses it should compare the
 * rows with what his installation sends; a status map of one's own does the same.
 *
 * @module
 */
import type { Bridge, Condition } from './row.js'
import { becomes, nothing, notReopened, resolved } from './tracker.js'

/** GitLab: vulnerabilities of a project. Dismissals were not always told by webhook (gitlab#549727, #561292, #561731), so it is to be polled. */
export const gitlab: Bridge = {
  name: 'gitlab', source: 'GitLab vulnerability states', read: 'second-hand',
  id: ['id'], changed: ['updated_at'], created: ['created_at'], title: ['title'], vulnerabilities: ['identifiers.*.external_id'],
  rows: [
    { id: 'detected', when: becomes('state', 'detected').map((each): Condition => ({ ...each, was: 'nothing' })), speaker: 'vendor', quality: 'inferred', at: ['created_at'], needs: 'whether anybody has looked', asks: { question: 'A scanner has found something. Does the vendor know of it?', answers: [{ answer: 'aware', meaning: 'Somebody at the vendor has taken it in.', says: [['CV']] }, nothing] }, note: 'A detection is a scanner\'s; awareness is a person\'s.' },
    { id: 'confirmed', when: becomes('state', 'confirmed'), speaker: 'vendor', says: [['RV']], at: ['confirmed_at'], quality: 'lossy', note: 'Somebody holds it to be valid.' },
    { id: 'false-positive', when: [...becomes('state', 'dismissed'), { path: 'dismissal_reason', is: ['false_positive', 'not_applicable', 'used_in_tests'] }], speaker: 'vendor', says: [['RI'], ['RD']], at: ['dismissed_at'], quality: 'lossy', note: 'Dismissed as no vulnerability here.' },
    { id: 'accepted-risk', when: [...becomes('state', 'dismissed'), { path: 'dismissal_reason', is: ['acceptable_risk', 'mitigating_control'] }], speaker: 'vendor', says: [['RD'], ['RV', 'RD']], at: ['dismissed_at'], quality: 'lossy', note: 'It is one, and nothing is done.' },
    {
      id: 'dismissed', when: [...becomes('state', 'dismissed'), { path: 'dismissal_reason', is: 'nothing' }], speaker: 'vendor', at: ['dismissed_at'], quality: 'lossy', note: 'Dismissed without a reason.',
      asks: { question: 'The vulnerability was dismissed, without a reason. Why?', answers: [{ answer: 'invalid', meaning: 'It is none.', says: [['RI'], ['RD']] }, { answer: 'deferred', meaning: 'It is one, and nothing is done for now.', says: [['RD'], ['RV', 'RD']] }, nothing] },
    },
    { id: 'resolved', when: becomes('state', 'resolved'), speaker: 'vendor', asks: resolved, at: ['resolved_at'], quality: 'lossy', note: 'A scanner that finds it no more resolves it, and so does a person.' },
    { id: 'reopened', when: [{ path: 'state', was: ['resolved', 'dismissed'], is: ['detected', 'confirmed'] }], speaker: 'vendor', says: [['GI']], undone: notReopened, quality: 'lossy', note: 'A dismissal can be taken back, a closed report cannot.' },
  ],
}
