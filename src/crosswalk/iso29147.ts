/**
 * ISO/IEC 29147:2018, vulnerability disclosure: between a vendor and those who report to it, clauses 5 to 9.
 *
 * Source: docs/reference/iso_crosswalks/iso_29147_2018.md of CERTCC/Vultron, row by row. The file is long because it
 * is a table of 34 rows.
 *
 * @module
 */
import { type CrosswalkRow, laidAside, rules, signs } from './row.js'

const transport = 'how messages are protected on their way is not a matter of the protocol'
const texts = 'what an advisory contains and how it is written is in no message'
const released = { rule: rules.released, otherwise: 'nothing in the log says that the participant published, or when the vulnerability became public' } as const
const told = { says: 'that the others were told of the publication (CP)', rule: { sent: ['CP'], by: 'self', to: 'others', cause: 'own' } } as const

/** The 34 rows. */
export const iso29147: ReadonlyArray<CrosswalkRow> = [
  {
    id: 'X29-01', clause: '5.6.1–5.6.7', title: 'The handling process in short', line: 27,
    printed: [], readings: [], behaviours: [], elements: [],
    unless: laidAside,
    needs: [
      { says: 'receipt', rule: { any: [signs.received, signs.aware] } },
      { says: 'verification (RV or RI)', rule: signs.judged },
      { says: 'a fix (CF)', rule: signs.fixed },
      { says: 'release (CP)', rule: rules.released },
      { says: 'closing after the release (RC)', rule: { before: [signs.public, signs.closed] } },
    ],
    cannot: 'preparation; the sheet on ISO/IEC 30111 has the details',
  },
  {
    id: 'X29-02', clause: '5.6.8', title: 'The embargo', line: 28,
    printed: [], readings: [], behaviours: [], elements: ['EP', 'EA', 'EV', 'EC', 'EJ', 'ER', 'ET'],
    when: { rule: { event: ['em.propose', 'em.accept'] }, otherwise: 'no embargo was proposed in the log' },
    needs: [
      { says: 'the proposal (EP or EV)', rule: { event: ['em.propose'] } },
      { says: 'the answer (EA, EC, ER or EJ)', rule: { event: ['em.accept', 'em.reject'] } },
    ],
  },
  {
    id: 'X29-03', clause: '5.7 send-report-to', title: 'Reports between participants', line: 29,
    printed: ['q^rm ∈ A + RS sender', 'q^rm ∈ S –r→ R + RS receiver'], readings: [], behaviours: ['BT-18'], elements: ['S –r→ R', 'RS', 'RK', 'CV'],
    when: { rule: { any: [signs.reported, { sent: ['RS'], by: 'self' }] }, otherwise: 'the participant neither sent nor was sent a report in the log' },
    needs: [
      { says: 'the report (RS)', rule: { any: [signs.reported, { sent: ['RS'], by: 'self' }] } },
      { says: 'the acknowledgement (RK) of each report that reached the participant', rule: rules.acknowledged, where: signs.reported, within: 'acknowledge' },
    ],
  },
  {
    id: 'X29-04', clause: '5.7 release-advisory-to', title: 'Advisories between participants', line: 30,
    printed: ['q^rm ∈ A + GI sender', 'q^rm ∈ {R,V,A,D} + GI receiver'],
    readings: [{ erratum: 'D-IS-07', reads: 'a draft before the release: GI; the release: CP' }],
    behaviours: ['BT-22'], elements: ['GI', 'GK', 'CP'],
    when: { rule: { any: [{ sent: ['GI'], by: 'self' }, rules.released] }, otherwise: 'nothing was published, and the participant shared nothing in the log' },
    needs: [{ says: 'the draft shared with the others (GI), or their being told of the release (CP)', rule: { any: [{ sent: ['GI'], by: 'self', to: 'others' }, told.rule] } }],
    cannot: 'whether an inquiry carried a draft, and what stood in it',
  },
  {
    id: 'X29-05', clause: '5.8', title: 'Confidentiality', line: 31,
    printed: [], readings: [], behaviours: [], elements: [],
    when: { rule: signs.agreed, otherwise: 'no embargo was agreed in the log' },
    needs: [
      { says: 'that an embargo was agreed (EA or EC)', rule: signs.agreed },
      { says: 'that the participant published nothing before the embargo was over', rule: rules.kept },
    ],
    cannot: transport,
  },
  {
    id: 'X29-06', clause: '5.9', title: 'Advisories: making it known', line: 32,
    printed: [], readings: [], behaviours: ['BT-21'], elements: ['p –P→ P', 'CP'],
    unless: laidAside,
    needs: [{ says: 'that the vulnerability was made public (CP), or a source that says when', rule: rules.released, within: 'publish' }],
    cannot: texts,
  },
  {
    id: 'X29-07', clause: '5.10', title: 'Exploitation', line: 33,
    printed: [], readings: [], behaviours: ['BT-23'], elements: ['x –X→ X', 'CX', 'CP', 'a –A→ A', 'CA', 'ET', 'ER'],
    when: { rule: { event: ['X', 'A'] }, otherwise: 'no exploit and no attack is in the log' },
    needs: [
      { says: 'that the exploit or the attacks were noted (CX, CA)', rule: { event: ['X', 'A'] } },
      { says: 'that the others were told of the end of the embargo (ET), or that it was over before', rule: { each: { event: ['X', 'A'] }, has: { any: [{ event: ['em.terminate'] }, { over: 'embargo' }] } }, where: signs.agreed },
    ],
  },
  {
    id: 'X29-08', clause: '5.11', title: 'Weighing the risk', line: 34,
    printed: [], readings: [], behaviours: [], elements: ['V –a→ A', 'V –d→ D'],
    unless: { rule: { event: ['rm.invalidate'], of: 'self' }, because: 'the report was found invalid' },
    needs: [{ says: 'the decision that came of it (RA or RD)', rule: signs.prioritised }],
    cannot: 'how the risk was weighed', atMost: 'partly',
  },
  {
    id: 'X29-09', clause: '6.1', title: 'Taking reports in', line: 35,
    printed: [], readings: [], behaviours: ['BT-04'], elements: ['S –r→ R', 'v –V→ V', 'RK', 'CV'],
    needs: [
      { says: 'that a report reached the vendor', rule: signs.received },
      { says: 'that the vendor knew of the vulnerability (CV)', rule: signs.aware },
    ],
  },
  {
    id: 'X29-10', clause: '6.2.1', title: 'Reports', line: 36,
    printed: [], readings: [], behaviours: ['BT-18'], elements: ['RS'],
    needs: [{ says: 'the report (RS), or a source that says when it came', rule: signs.received }],
  },
  {
    id: 'X29-11', clause: '6.2.2', title: 'Being able to take reports in', line: 37,
    printed: [], readings: [], behaviours: ['BT-04'], elements: ['S –r→ R'],
    needs: [{ says: 'a report that got through', rule: { any: [signs.reported, { observed: ['rm.receive'], of: 'self' }] } }],
    cannot: 'reports that did not get through', atMost: 'partly',
  },
  {
    id: 'X29-12', clause: '6.2.3', title: 'Watching for reports', line: 38,
    printed: [], readings: [], behaviours: ['BT-03'], elements: [],
    needs: [], cannot: 'that somebody watches the channels, and others where reports may appear',
  },
  {
    id: 'X29-13', clause: '6.2.4', title: 'Tracking reports', line: 39,
    printed: [], readings: [], behaviours: ['BT-18'], elements: [],
    when: { rule: signs.reported, otherwise: 'no report from outside to the participant is in the log' },
    needs: [{ says: 'the report under an id of its own', rule: { sent: ['RS'], by: 'others', to: 'self', with: 'report' } }],
    cannot: 'how the vendor keeps its records',
  },
  {
    id: 'X29-14', clause: '6.2.5', title: 'Acknowledging reports', line: 40,
    printed: [], readings: [], behaviours: ['BT-04'], elements: ['RK'],
    when: { rule: signs.reported, otherwise: 'no report from outside to the participant is in the log' },
    needs: [{ says: 'the acknowledgement (RK) of each report to whoever sent it', rule: rules.acknowledged, within: 'acknowledge' }],
  },
  {
    id: 'X29-15', clause: '6.3', title: 'First assessment', line: 41,
    printed: [], readings: [], behaviours: ['BT-13'], elements: ['RV', 'RI', 'V –a→ A', 'RA', 'V –d→ D', 'RD'],
    needs: [
      { says: 'the verdict on the report (RV or RI)', rule: signs.judged, within: 'validate' },
      { says: 'the decision to work on it or not (RA or RD, none where RI)', rule: { any: [signs.prioritised, { event: ['rm.invalidate'], of: 'self' }] }, within: 'prioritise' },
    ],
  },
  {
    id: 'X29-16', clause: '6.4', title: 'Looking further', line: 42,
    printed: [], readings: [], behaviours: ['BT-15'], elements: [],
    unless: laidAside,
    needs: [{ says: 'that work on the report was taken up (RA)', rule: signs.accepted }],
    cannot: 'what was looked at, and what was found', atMost: 'partly',
  },
  {
    id: 'X29-17', clause: '6.5', title: 'Staying in touch', line: 43,
    printed: [], readings: [], behaviours: [], elements: ['GI', 'GK'],
    when: { rule: signs.reported, otherwise: 'no report from outside to the participant is in the log' },
    needs: [{
      says: 'more than a receipt, sent to each reporter',
      rule: { each: signs.reported, has: { sent: ['RS', 'RI', 'RV', 'RD', 'RA', 'RC', 'EP', 'ER', 'EA', 'EV', 'EJ', 'EC', 'ET', 'CV', 'CF', 'CD', 'CP', 'CX', 'CA', 'GI'], by: 'self', to: 'cause' } },
    }],
  },
  {
    id: 'X29-18', clause: '6.6', title: 'A coordinator comes in', line: 44,
    printed: [], readings: [], behaviours: ['BT-20'], elements: ['RS', 'EP'],
    when: { rule: { any: [{ sent: ['RS', 'EP'], to: 'coordinators' }, { sent: ['RS'], by: 'coordinators' }] }, otherwise: 'no report was sent to or by a coordinator in the log' },
    needs: [
      { says: 'the report to or by a coordinator (RS)', rule: { any: [{ sent: ['RS'], to: 'coordinators' }, { sent: ['RS'], by: 'coordinators' }] } },
      { says: 'the embargo, offered to the coordinator or accepted by it (EP, EA)', rule: { any: [{ sent: ['EP', 'EV'], to: 'coordinators' }, { sent: ['EP', 'EA', 'EV', 'EC'], by: 'coordinators' }] }, where: signs.agreed },
    ],
  },
  {
    id: 'X29-19', clause: '6.7', title: 'Operational security', line: 45,
    printed: [], readings: [], behaviours: [], elements: [],
    needs: [], cannot: transport,
  },
  {
    id: 'X29-20', clause: '7', title: 'Publishing', line: 46,
    printed: [], readings: [], behaviours: ['BT-21'], elements: ['p –P→ P', 'CP'],
    unless: laidAside,
    needs: [{ says: 'that the vulnerability was made public (CP), or a source that says when', rule: rules.released, within: 'publish' }],
    cannot: texts,
  },
  {
    id: 'X29-21', clause: '7.3', title: 'When to publish', line: 47,
    printed: [], readings: [], behaviours: [], elements: [],
    when: released,
    needs: [
      { says: 'when it was published', rule: rules.released },
      { says: 'that the embargo was over first', rule: rules.kept, where: { all: [signs.agreed, signs.published] } },
    ],
  },
  {
    id: 'X29-22', clause: '7.4', title: 'What an advisory contains', line: 48,
    printed: [], readings: [], behaviours: [], elements: [],
    needs: [], cannot: texts,
  },
  {
    id: 'X29-23', clause: '7.5', title: 'Telling of an advisory', line: 49,
    printed: [], readings: [], behaviours: ['BT-21'], elements: ['CP'],
    when: released,
    needs: [told],
    cannot: 'how users outside the case were told',
  },
  {
    id: 'X29-24', clause: '7.6', title: 'The form of an advisory', line: 50,
    printed: [], readings: [], behaviours: [], elements: [],
    needs: [], cannot: texts,
  },
  {
    id: 'X29-25', clause: '7.7', title: 'That an advisory is genuine', line: 51,
    printed: [], readings: [], behaviours: [], elements: [],
    needs: [], cannot: 'signatures are not a matter of the protocol',
  },
  {
    id: 'X29-26', clause: '7.8', title: 'Fixes', line: 52,
    printed: [], readings: [], behaviours: ['BT-16'], elements: ['d –D→ D', 'CD'],
    unless: laidAside,
    needs: [
      { says: 'that a fix was ready (CF)', rule: signs.fixed, within: 'fix' },
      { says: 'a deployment of it (CD)', rule: signs.deployed, within: 'deploy' },
    ],
  },
  {
    id: 'X29-27', clause: '8.1', title: 'Coordination', line: 53,
    printed: [], readings: [], behaviours: ['BT-01'], elements: ['S –r→ R', 'RS'],
    needs: [{ says: 'reports between the participants (RS)', rule: { any: [signs.reported, { sent: ['RS'], by: 'self', to: 'others' }] } }],
  },
  {
    id: 'X29-28', clause: '8.2', title: 'A vendor in several roles', line: 54,
    printed: [], readings: [], behaviours: ['BT-18'], elements: ['RS', 'f –F→ F', 'CF'],
    when: { rule: { sent: ['RS'], by: 'self', to: 'vendors' }, otherwise: 'the participant passed the report to no other vendor' },
    needs: [
      { says: 'the report to another vendor (RS)', rule: { sent: ['RS'], by: 'self', to: 'vendors' } },
      { says: 'that its own fix was ready (CF)', rule: signs.fixed },
    ],
  },
  {
    id: 'X29-29', clause: '9.2.2', title: 'Policy: where to report', line: 55,
    printed: [], readings: [], behaviours: ['BT-03'], elements: [],
    needs: [], cannot: 'a published policy is in no case log',
  },
  {
    id: 'X29-30', clause: '9.3.2', title: 'Policy: what to report', line: 56,
    printed: [], readings: [], behaviours: [], elements: [],
    when: { rule: signs.reported, otherwise: 'no report from outside to the participant is in the log' },
    needs: [{ says: 'a report that says what it is about (title, products or vulnerabilities)', rule: { sent: ['RS'], by: 'others', to: 'self', with: 'details' } }],
    cannot: 'what the policy asks for, and the report itself', atMost: 'partly',
  },
  {
    id: 'X29-31', clause: '9.3.3', title: 'Policy: how to report in confidence', line: 57,
    printed: [], readings: [], behaviours: [], elements: [],
    needs: [], cannot: transport,
  },
  {
    id: 'X29-32', clause: '9.3.4', title: 'Policy: what reporters can expect', line: 58,
    printed: [], readings: [], behaviours: ['BT-11'], elements: [],
    when: { rule: { event: ['em.propose', 'em.accept'] }, otherwise: 'no embargo was proposed in the log' },
    needs: [{ says: 'the terms that were proposed and agreed (EP, EA)', rule: { all: [{ event: ['em.propose'] }, signs.agreed] } }],
    cannot: 'what the policy lets reporters expect', atMost: 'partly',
  },
  {
    id: 'X29-33', clause: '9.3.6', title: 'Policy: publication', line: 59,
    printed: [], readings: [], behaviours: ['BT-21'], elements: ['CP'],
    when: released,
    needs: [{ says: 'that the vulnerability was made public (CP), or a source that says when', rule: rules.released }],
    cannot: 'what the policy says of publication', atMost: 'partly',
  },
  {
    id: 'X29-34', clause: '9.4.3', title: 'Policy: the timeline of a disclosure', line: 60,
    printed: [], readings: [], behaviours: [], elements: [],
    when: { rule: { event: ['em.propose', 'em.accept'] }, otherwise: 'no embargo was proposed in the log' },
    needs: [{ says: 'an agreed embargo with the day of its end', rule: { event: ['em.accept'], ends: true } }],
    cannot: 'what the policy says of the timeline', atMost: 'partly',
  },
]
