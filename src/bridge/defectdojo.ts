/**
 * DefectDojo: findings.
 *
 * Read second-hand: its states and fields as other documents tell of them, not from payloads. Who uses it should compare the
 * rows with what his installation sends; a status map of one's own does the same.
 *
 * @module
 */
import type { Bridge } from './row.js'
import { becomes, nothing } from './tracker.js'

/** DefectDojo: findings, which have booleans in place of states, and may have contradictory ones. */
export const defectDojo: Bridge = {
  name: 'defectdojo', source: 'DefectDojo finding', read: 'second-hand',
  id: ['id'], changed: ['last_status_update', 'updated'], created: ['created', 'date'], title: ['title'], vulnerabilities: ['vulnerability_ids.*.vulnerability_id', 'cve'], midnightIsDay: true,
  rows: [
    { id: 'verified', when: becomes('verified', true), speaker: 'vendor', says: [['RV']], quality: 'lossy', note: 'Verified: somebody holds it to be valid.' },
    { id: 'under-review', when: becomes('under_review', true), speaker: 'vendor', says: [['GI']], quality: 'lossy', note: 'Somebody was asked to look.' },
    { id: 'false-positive', when: becomes('false_p', true), speaker: 'vendor', says: [['RI'], ['RD']], quality: 'lossy', note: 'A false positive.' },
    { id: 'out-of-scope', when: becomes('out_of_scope', true), speaker: 'vendor', says: [['RI'], ['RD']], quality: 'lossy', note: 'Not within the scope.' },
    { id: 'duplicate', when: becomes('duplicate', true), speaker: 'vendor', says: [['GI']], quality: 'lossy', note: 'Another finding tells of the same; which one is in `duplicate_finding`.' },
    { id: 'risk-accepted', when: becomes('risk_accepted', true), speaker: 'vendor', says: [['RD'], ['RV', 'RD']], quality: 'lossy', note: 'It is one, and nothing is done.' },
    { id: 'fix-available', when: becomes('fix_available', true), speaker: 'vendor', quality: 'inferred', needs: 'whose fix it is', asks: { question: 'A fix is available. Is it this vendor\'s, or one that it uses?', answers: [{ answer: 'own', meaning: 'This vendor has the fix ready.', says: [['CF']] }, nothing] }, note: 'The field is about components too.' },
    { id: 'mitigated', when: becomes('is_mitigated', true), speaker: 'deployer', says: [['CD']], at: ['mitigated'], quality: 'lossy', note: 'Gone from what is deployed.' },
    { id: 'exploited', when: becomes('known_exploited', true), speaker: 'observer', says: [['CA']], at: ['kev_date'], quality: 'lossy', note: 'It is in a catalogue of exploited vulnerabilities: the date is the latest at which attacks began.' },
    { id: 'published', when: [{ path: 'publish_date', was: 'nothing', is: 'something' }], speaker: 'observer', says: [['CP']], at: ['publish_date'], quality: 'lossy', note: 'When the vulnerability was published, by whomever.' },
    { id: 'reactivated', when: [{ path: 'is_mitigated', was: [true], is: [false] }], speaker: 'vendor', says: [['GI']], undone: 'The finding is active again. A fix that was deployed stays deployed; this is a new finding.', quality: 'lossy', note: 'A scanner has found it again.' },
  ],
}
