/**
 * Bugcrowd: submissions to a program.
 *
 * Read second-hand: its states as DefectDojo's importer and Bugcrowd's page about statuses, quoted there, tell of them, its
 * fields as clients of its interface name them, not from payloads. Who uses it should compare the rows with what his program
 * sends; a status map of one's own does the same. States are written with hyphens in some places and with underscores in
 * others; both are read. A submission has a time for each state and none for its last change, so that the two snapshots
 * themselves do not say which is the later.
 *
 * @module
 */
import type { Bridge, BridgeRow } from './row.js'
import { becomes, nothing, notReopened, rejected, resolved } from './tracker.js'

const STATE = 'attributes.state'
/** When a submission came to a state last. */
const since = (state: string): ReadonlyArray<string> => [`attributes.last_transitioned_to_${state}_at`]
const OUT: ReadonlyArray<string> = ['out_of_scope', 'out-of-scope']
const AMISS: ReadonlyArray<string> = ['not_applicable', 'not-applicable']
const LOST: ReadonlyArray<string> = ['not_reproducible', 'not-reproducible']

const rows: ReadonlyArray<BridgeRow> = [
  { id: 'created', when: [{ path: STATE, was: 'nothing', is: 'something' }], speaker: 'reporter', to: 'vendor', says: [['RS']], at: ['attributes.submitted_at'], quality: 'exact', note: 'It was submitted to the program.' },
  { id: 'created.aware', when: [{ path: STATE, was: 'nothing', is: 'something' }], speaker: 'vendor', says: [['CV']], at: ['attributes.submitted_at'], quality: 'lossy', note: 'The program has it; the platform\'s triage may look at it first.' },
  {
    id: 'triaged', when: becomes(STATE, 'triaged'), speaker: 'coordinator', at: since('triaged'), quality: 'inferred', needs: 'who triages',
    asks: { question: 'The submission was triaged, mostly by the platform. Has the coordinator said that it is valid?', answers: [{ answer: 'validated', meaning: 'The platform holds it to be valid and new; the vendor has not said so.', says: [['RV']] }, nothing] },
    note: 'Confirmed by the platform, a coordinator, and ready for the vendor to accept.',
  },
  { id: 'unresolved', when: becomes(STATE, 'unresolved'), speaker: 'vendor', says: [['RV', 'RA']], at: since('unresolved'), quality: 'lossy', note: 'Accepted: valid, and to be fixed.' },
  { id: 'resolved', when: becomes(STATE, 'resolved'), speaker: 'vendor', asks: resolved, at: since('resolved'), quality: 'lossy', note: 'Accepted: valid, and fixed.' },
  { id: 'informational', when: becomes(STATE, 'informational'), speaker: 'vendor', says: [['RV', 'RD'], ['RD']], at: since('informational'), quality: 'lossy', note: 'Accepted: reproducible, and not to be fixed.' },
  { id: 'out-of-scope', when: becomes(STATE, ...OUT), speaker: 'vendor', says: rejected, at: since('out_of_scope'), quality: 'lossy', note: 'Rejected: not within the program\'s scope.' },
  { id: 'not-applicable', when: becomes(STATE, ...AMISS), speaker: 'vendor', says: rejected, at: since('not_applicable'), quality: 'lossy', note: 'Rejected: it does not apply to what the program has.' },
  { id: 'not-reproducible', when: becomes(STATE, ...LOST), speaker: 'vendor', says: [['RI'], ['RD']], at: since('not_reproducible'), quality: 'lossy', note: 'Rejected for want of information, which may still come.' },
  { id: 'duplicate', when: becomes('attributes.duplicate', true), speaker: 'vendor', says: [['RI', 'RC'], ['RC'], ['RD', 'RC']], quality: 'lossy', note: 'Another submission tells of the same.' },
  { id: 'reopened', when: [{ path: STATE, was: ['resolved', 'informational', ...OUT, ...AMISS], is: ['new', 'triaged', 'unresolved'] }], speaker: 'vendor', says: [['GI']], undone: notReopened, quality: 'lossy', note: 'Where the report was not closed, the rows of the new state go on.' },
]

/** Bugcrowd: submissions as its interface gives them (`data`). */
export const bugcrowd: Bridge = {
  name: 'bugcrowd', source: 'DefectDojo api_bugcrowd importer, clients of api.bugcrowd.com/submissions', read: 'second-hand',
  id: ['id'], changed: [], created: ['attributes.submitted_at'], title: ['attributes.title'], rows,
}
