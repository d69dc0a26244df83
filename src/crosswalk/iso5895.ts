/**
 * ISO/IEC TR 5895:2022, coordinated disclosure among many parties: clauses 4 to 12.
 *
 * Source: docs/reference/iso_crosswalks/iso_5895_2022.md of CERTCC/Vultron, row by row. Its index page prints the
 * number as 5898 (erratum D-IS-04).
 *
 * @module
 */
import { type CrosswalkRow, laidAside, rules, signs } from './row.js'

/** The eighteen rows. */
export const iso5895: ReadonlyArray<CrosswalkRow> = [
  {
    id: 'X58-01', clause: '4.2.3', title: 'Lowering the risk', line: 16,
    printed: [], readings: [], behaviours: [], elements: ['ET', 'EP'],
    when: { rule: { any: [{ event: ['em.terminate'] }, { sent: ['EP'], with: 'existing' }] }, otherwise: 'no embargo was ended early, and nobody came in under one, in the log' },
    needs: [{ says: 'that an embargo was ended (ET), or a newcomer came in under it (EP)', rule: { any: [{ event: ['em.terminate'] }, { sent: ['EP'], with: 'existing' }] } }],
    cannot: 'whether that lowered the risk', atMost: 'partly',
  },
  {
    id: 'X58-02', clause: '5', title: 'Which situations it is for', line: 17,
    printed: [], readings: [], behaviours: [], elements: [],
    needs: [], cannot: 'it says which situations it is for, and asks for nothing',
  },
  {
    id: 'X58-03', clause: '6', title: 'Who takes part', line: 18,
    printed: [], readings: [], behaviours: [], elements: [],
    needs: [], cannot: 'it names the parties; who has which role stands at the head of the log, not in a message',
  },
  {
    id: 'X58-04', clause: '7.2', title: 'Having a policy', line: 19,
    printed: [], readings: [], behaviours: [], elements: [],
    needs: [], cannot: 'a policy is in no case log',
  },
  {
    id: 'X58-05', clause: '7.3', title: 'Having a strategy', line: 20,
    printed: [], readings: [], behaviours: [], elements: [],
    needs: [], cannot: 'a strategy is in no case log',
  },
  {
    id: 'X58-06', clause: '7.4', title: 'Knowing the customers', line: 21,
    printed: [], readings: [], behaviours: [], elements: [],
    needs: [], cannot: 'whom a vendor knows is in no case log',
  },
  {
    id: 'X58-07', clause: '7.5', title: 'Talking in confidence', line: 22,
    printed: [], readings: [], behaviours: [], elements: [],
    needs: [], cannot: 'how messages are protected, and calls, are not a matter of the protocol',
  },
  {
    id: 'X58-08', clause: '7.6', title: 'Processes and controls', line: 23,
    printed: [], readings: [], behaviours: [], elements: [],
    needs: [], cannot: 'contracts, and who may see what inside a company, are in no case log',
  },
  {
    id: 'X58-09', clause: '8', title: 'Each product', line: 24,
    printed: ['q^rm ∈ A'], readings: [], behaviours: ['BT-16', 'BT-17', 'BT-18', 'BT-21'], elements: [],
    unless: laidAside,
    needs: [
      { says: 'that work on the report was taken up (RA)', rule: signs.accepted },
      { says: 'that a fix was ready (CF)', rule: signs.fixed },
      { says: 'that the vulnerability was made public (CP), or a source that says when', rule: rules.released },
    ],
    cannot: 'which products are concerned, unless the entries name them',
  },
  {
    id: 'X58-10', clause: '9.1', title: 'Receipt', line: 25,
    printed: ['q^rm ∈ S –r→ R', 'q^cs ∈ vfd··· –V→ Vfd···'], readings: [], behaviours: ['BT-04', 'BT-18'], elements: ['S –r→ R', 'RS', 'RK', 'CV'],
    needs: [
      { says: 'that a report reached the vendor', rule: signs.received },
      { says: 'that the vendor knew of the vulnerability (CV)', rule: signs.aware },
      { says: 'the acknowledgement (RK) of each report to whoever sent it', rule: rules.acknowledged, where: signs.reported, within: 'acknowledge' },
    ],
  },
  {
    id: 'X58-11', clause: '9.2', title: 'Verification', line: 26,
    printed: ['q^rm ∈ R –v→ V (valid)', 'q^rm ∈ R –i→ I (invalid)', 'Emit RV. RI, RA, RD as appropriate'],
    readings: [{ erratum: 'D-IS-03', reads: 'the second link named Valid is to Invalid' }],
    behaviours: ['BT-12', 'BT-13', 'BT-18'], elements: ['R –v→ V', 'R –i→ I', 'RV', 'RI', 'RA', 'RD'],
    needs: [
      { says: 'the verdict on the report (RV or RI)', rule: signs.judged, within: 'validate' },
      { says: 'the decision to work on it or not (RA or RD, none where RI)', rule: { any: [signs.prioritised, { event: ['rm.invalidate'], of: 'self' }] }, within: 'prioritise' },
    ],
  },
  {
    id: 'X58-12', clause: '9.3', title: 'Making the fix', line: 27,
    printed: ['q^rm ∈ A', 'q^cs ∈ Vfd··· –F→ VFd···'], readings: [], behaviours: ['BT-17'], elements: ['CF'],
    unless: laidAside,
    needs: [
      { says: 'that work on the report was taken up (RA)', rule: signs.accepted },
      { says: 'that a fix was ready (CF)', rule: signs.fixed, within: 'fix' },
    ],
    cannot: 'that the fix is complete and was tested',
  },
  {
    id: 'X58-13', clause: '9.4', title: 'Release', line: 28,
    printed: ['q^cs ∈ VFdp·· –P→ VFDP··'], readings: [{ erratum: 'D-IS-02', reads: 'q^cs ∈ VFdp·· –P→ VFdP··' }],
    behaviours: ['BT-21'], elements: ['CP'],
    unless: laidAside,
    needs: [
      { says: 'that the vendor made the vulnerability public (CP), or a source that says when it became so', rule: rules.released, within: 'publish' },
      { says: 'that the fix was there when the vulnerability became public', rule: rules.fixedFirst },
    ],
    cannot: 'what the advisory says, and that the fix reached its users',
  },
  {
    id: 'X58-14', clause: '9.5', title: 'After the release', line: 29,
    printed: ['q^rm ∈ {A,D}', 'q^cs ∈ VF·P··'], readings: [], behaviours: ['BT-14', 'BT-16'], elements: ['CD', 'RC'],
    when: { rule: signs.public, otherwise: 'nothing in the log says that the vulnerability is public' },
    needs: [
      { says: 'a deployment of the fix (CD)', rule: signs.deployed, within: 'deploy' },
      { says: 'that the report was closed after publication (RC)', rule: { before: [signs.public, signs.closed] }, within: 'close' },
    ],
    cannot: 'what was learned',
  },
  {
    id: 'X58-15', clause: '9.6', title: 'The embargo', line: 30,
    printed: ['q^em ∉ X'], readings: [{ erratum: 'D-IS-06', reads: 'in force: q^em ∈ {A,R}; under negotiation: q^em ∈ P' }],
    behaviours: [], elements: [],
    when: { rule: { event: ['em.propose', 'em.accept'] }, otherwise: 'no embargo was proposed in the log' },
    needs: [
      { says: 'that an embargo came into force (EA or EC)', rule: signs.agreed },
      { says: 'that the participant published nothing before it was over', rule: rules.kept, where: signs.agreed },
    ],
  },
  {
    id: 'X58-16', clause: '10', title: 'Exchanging information', line: 31,
    printed: [], readings: [], behaviours: ['BT-18'], elements: [],
    needs: [
      { says: 'a report between the participants (RS)', rule: { any: [signs.reported, { sent: ['RS'], by: 'self', to: 'others' }] } },
      {
        says: 'something of substance from the participant to the others',
        rule: { sent: ['RI', 'RV', 'RD', 'RA', 'RC', 'EP', 'ER', 'EA', 'EV', 'EJ', 'EC', 'ET', 'CV', 'CF', 'CD', 'CP', 'CX', 'CA', 'GI'], by: 'self', to: 'others' },
      },
    ],
  },
  {
    id: 'X58-17', clause: '11', title: 'Disclosure', line: 32,
    printed: [], readings: [], behaviours: ['BT-21'], elements: ['CP'],
    when: { rule: rules.released, otherwise: 'nothing in the log says that the participant published, or when the vulnerability became public' },
    needs: [
      { says: 'that the vulnerability was made public (CP), or a source that says when', rule: rules.released },
      { says: 'that the others were told of the publication (CP)', rule: { sent: ['CP'], by: 'self', to: 'others', cause: 'own' } },
    ],
    cannot: 'that all who are concerned published together, unless they are in the log',
  },
  {
    id: 'X58-18', clause: '12', title: 'Hardware, and what else to mind', line: 33,
    printed: [], readings: [], behaviours: ['BT-18'], elements: [],
    when: { rule: { sent: ['EP'], with: 'existing' }, otherwise: 'nobody came in under an embargo in force in the log' },
    needs: [
      { says: 'the embargo in force, offered to a newcomer (EP)', rule: { sent: ['EP'], with: 'existing' } },
      { says: 'reports to others (RS)', rule: { sent: ['RS'] } },
    ],
    cannot: 'what is particular to hardware', atMost: 'partly',
  },
]
