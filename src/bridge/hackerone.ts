/**
 * HackerOne: reports of a program.
 *
 * Read second-hand: its states and fields as other documents tell of them, not from payloads. Who uses it should compare the
 * rows with what his installation sends; a status map of one's own does the same.
 *
 * @module
 */
import type { Bridge, BridgeRow } from './row.js'
import { becomes, nothing, notReopened, rejected, resolved } from './tracker.js'

const H1 = 'attributes.state'
const h1 = (id: string, more: Omit<BridgeRow, 'id' | 'when' | 'speaker'>, ...states: ReadonlyArray<string>): BridgeRow => ({ id, when: becomes(H1, ...states), speaker: 'vendor', ...more })
const h1Rows: ReadonlyArray<BridgeRow> = [
  { id: 'created', when: [{ path: H1, was: 'nothing', is: 'something' }], speaker: 'reporter', to: 'vendor', says: [['RS']], at: ['attributes.created_at'], quality: 'exact', note: 'A report was submitted to the program.' },
  { id: 'created.aware', when: [{ path: H1, was: 'nothing', is: 'something' }], speaker: 'vendor', says: [['CV']], at: ['attributes.created_at'], quality: 'exact', note: 'The program has it, so the vendor knows.' },
  {
    id: 'pending', when: becomes(H1, 'pending-program-review'), speaker: 'coordinator', quality: 'inferred', needs: 'who triages',
    asks: { question: 'The platform\'s triage has passed the report on. Has it validated it?', answers: [{ answer: 'validated', meaning: 'The platform holds it to be valid; the vendor has not said so.', says: [['RV']] }, nothing] },
    note: 'The triage is the platform\'s, a coordinator; the vendor stays where it is.',
  },
  h1('triaged', { says: [['RV', 'RA']], at: ['attributes.triaged_at'], quality: 'lossy', note: 'One state means that it is valid and that it is worked on.' }, 'triaged'),
  h1('needs-more-info', { says: [['GI']], quality: 'lossy', note: 'The program asks the reporter for more.' }, 'needs-more-info'),
  h1('rejected', { says: rejected, at: ['attributes.closed_at'], quality: 'lossy', note: 'Not applicable and spam: the report is held to be invalid.' }, 'not-applicable', 'spam'),
  h1('informative', {
    at: ['attributes.closed_at'], quality: 'lossy', note: 'Informative is neither invalid nor worked on.',
    asks: { question: 'The report was closed as informative. What does the program hold of it?', answers: [{ answer: 'invalid', meaning: 'It is no vulnerability.', says: rejected }, { answer: 'not pursued', meaning: 'It is one, and nothing is done.', says: [['RV', 'RD', 'RC']] }] },
  }, 'informative'),
  h1('duplicate', { says: [['RI', 'RC'], ['RC'], ['RD', 'RC']], at: ['attributes.closed_at'], quality: 'lossy', note: 'Another report tells of the same; the original is not named in the state.' }, 'duplicate'),
  h1('retesting', { says: [['CF']], quality: 'lossy', note: 'Remediated, and to be verified by the hacker.' }, 'retesting'),
  h1('resolved', { asks: resolved, at: ['attributes.closed_at'], quality: 'lossy', note: 'Terminal for the protocol, not for the platform.' }, 'resolved'),
  {
    id: 'reopened', when: [{ path: H1, was: ['resolved', 'informative', 'not-applicable', 'duplicate', 'spam'], is: ['new', 'triaged', 'needs-more-info', 'retesting', 'pending-program-review'] }],
    speaker: 'vendor', says: [['GI']], undone: notReopened, quality: 'lossy', note: 'Where the closing was held back, the rows of the new state go on; else a new report is needed.',
  },
  { id: 'disclosed', when: [{ path: 'attributes.disclosed_at', was: 'nothing', is: 'something' }], speaker: 'vendor', says: [['CP']], cause: 'own', at: ['attributes.disclosed_at'], quality: 'exact', note: 'The report was made public on the platform.' },
  { id: 'undisclosed', when: [{ path: 'attributes.disclosed_at', was: 'something', is: 'nothing' }], speaker: 'vendor', says: [['GI']], undone: 'The report was made private again. What is public stays public.', quality: 'lossy', note: 'Publication cannot be taken back.' },
]

/** HackerOne: reports as its interface and webhooks give them (`data.report`). */
export const hackerOne: Bridge = {
  name: 'hackerone', source: 'api.hackerone.com/webhooks, docs.hackerone.com report states', read: 'second-hand',
  id: ['id'], changed: ['attributes.last_activity_at'], created: ['attributes.created_at'], title: ['attributes.title'], vulnerabilities: ['attributes.cve_ids.*'], rows: h1Rows,
}
