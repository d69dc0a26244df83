/**
 * OSIDB: the flaws of Red Hat's product security, the one tracker that knows of an embargo: a flag and a date.
 *
 * Read second-hand: names of fields and states are those of its published bindings, what they mean is as other documents tell
 * of it, and no payload was read. Who uses it should compare the rows with what his installation sends.
 *
 * The flag says that access is restricted, not that anybody has agreed to anything, so it is asked whether an embargo is
 * proposed. A date that is moved while the flag stays is not told by a row: whether that was proposed is between people.
 *
 * Source: RedHatProductSecurity/osidb (workflow states), osidb-bindings (`Flaw`, `FlawClassification`).
 *
 * @module
 */
import type { Bridge } from './row.js'
import { becomes, nothing } from './tracker.js'

const STATE = 'classification.state'

/** OSIDB: flaws as its interface gives them. */
export const osidb: Bridge = {
  name: 'osidb', source: 'RedHatProductSecurity/osidb, osidb-bindings', read: 'second-hand',
  id: ['uuid'], changed: ['updated_dt'], created: ['reported_dt', 'created_dt'], title: ['title'], vulnerabilities: ['cve_id'],
  rows: [
    { id: 'reported', when: [{ path: 'reported_dt', was: 'nothing', is: 'something' }, { path: 'source', is: { not: ['REDHAT'] } }], speaker: 'reporter', to: 'vendor', says: [['RS']], at: ['reported_dt'], quality: 'lossy', note: 'Somebody told of it: `source` says where, which may be a public list.' },
    { id: 'reported.aware', when: [{ path: 'reported_dt', was: 'nothing', is: 'something' }], speaker: 'vendor', says: [['CV']], at: ['reported_dt'], quality: 'exact', note: 'The flaw is filed, so the vendor knows.' },
    {
      id: 'embargoed', when: becomes('embargoed', true), speaker: 'vendor', until: ['unembargo_dt'], quality: 'inferred', needs: 'what was told to the reporter and the others',
      asks: { question: 'The flaw is under embargo. Does the vendor propose that to the others, until the date that is set?', answers: [{ answer: 'proposed', meaning: 'It does.', says: [['EP']] }, nothing] },
      note: 'Access is restricted; that the others have agreed is not said.',
    },
    { id: 'unembargoed', when: [{ path: 'embargoed', was: [true], is: [false] }], speaker: 'vendor', says: [['CP']], cause: 'own', at: ['unembargo_dt'], quality: 'lossy', note: 'The flaw was made public, which ends an embargo that is in force.' },
    { id: 'public', when: [{ path: 'embargoed', was: 'nothing', is: [false] }], speaker: 'vendor', says: [['CP']], cause: 'observed', quality: 'lossy', note: 'It was public when it was filed.' },
    { id: 'assessed', when: becomes(STATE, 'PRE_SECONDARY_ASSESSMENT', 'SECONDARY_ASSESSMENT'), speaker: 'vendor', says: [['RV', 'RA']], quality: 'lossy', note: 'Past triage: it is one, and its products are assessed.' },
    { id: 'rejected', when: becomes(STATE, 'REJECTED'), speaker: 'vendor', says: [['RI'], ['RD']], quality: 'lossy', note: 'It is held to be none, or none of this vendor\'s.' },
    {
      id: 'done', when: becomes(STATE, 'DONE'), speaker: 'vendor', quality: 'lossy', note: 'The analysis is done; fixes have trackers of their own.',
      asks: { question: 'The work on the flaw is done. Is the report closed?', answers: [{ answer: 'closed', meaning: 'It is, for good.', says: [['RC'], ['RV', 'RA', 'RC']] }, { answer: 'analysed', meaning: 'It is valid and worked on; the fixes go on.', says: [['RV', 'RA']] }, nothing] },
    },
    { id: 'reopened', when: [{ path: STATE, was: ['DONE', 'REJECTED'], is: ['NEW', 'TRIAGE', 'PRE_SECONDARY_ASSESSMENT', 'SECONDARY_ASSESSMENT'] }], speaker: 'vendor', says: [['GI']], undone: 'The flaw was taken up again. A closed report stays closed; a new one may refer to it.', quality: 'lossy', note: 'Where the report was not closed, the rows of the new state go on.' },
    {
      id: 'tracker-closed', when: [{ path: 'affects.*.trackers.*.status', was: { not: ['CLOSED', 'Closed'] }, is: ['CLOSED', 'Closed'] }], speaker: 'vendor', quality: 'inferred', needs: 'which streams are still open, and why the tracker was closed',
      asks: { question: 'The tracker of a product stream was closed, the first of them. Is the fix ready?', answers: [{ answer: 'ready', meaning: 'It is, for the vendor as a whole.', says: [['CF']] }, { ...nothing, answer: 'partly', meaning: 'For that stream only, or it will not be fixed there.' }] },
      note: 'There is one tracker for each stream; closed is also what will not be fixed.',
    },
  ],
}
