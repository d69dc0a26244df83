/**
 * ISO/IEC 30111:2019, vulnerability handling: the process inside one vendor, clauses 7 and 8.
 *
 * Source: docs/reference/iso_crosswalks/iso_30111_2019.md of CERTCC/Vultron, row by row.
 *
 * @module
 */
import { type CrosswalkRow, laidAside, rules, signs } from './row.js'

/** What the reporter is told of: whether the report is valid, and whether it is worked on. */
const told = { each: signs.reported, has: { sent: ['RV', 'RI'], by: 'self', to: 'cause' } } as const
const toldPriority = { each: signs.reported, has: { sent: ['RA', 'RD', 'RI'], by: 'self', to: 'cause' } } as const

/** The twenty rows. */
export const iso30111: ReadonlyArray<CrosswalkRow> = [
  {
    id: 'X30-01', clause: '7.1.1', title: 'What the process is', line: 15,
    printed: [], readings: [], behaviours: [], elements: [],
    needs: [], cannot: 'it introduces the clauses that follow and asks for nothing that a message could show',
  },
  {
    id: 'X30-02', clause: '7.1.2', title: 'Being prepared', line: 16,
    printed: [], readings: [], behaviours: [], elements: [],
    needs: [], cannot: 'policies, people, and tools that are there before a report arrives are in no case log',
  },
  {
    id: 'X30-03', clause: '7.1.3 a)', title: 'Receipt: found by the vendor itself', line: 17,
    printed: ['q^rm ∈ S –r→ R'], readings: [], behaviours: ['BT-02'], elements: ['S –r→ R'],
    when: { rule: { local: ['discover'], by: 'self' }, otherwise: 'no entry says that the participant found it itself' },
    needs: [{ says: 'the own discovery, taken in as a report', rule: { local: ['discover'], by: 'self' } }],
  },
  {
    id: 'X30-04', clause: '7.1.3 b)', title: 'Receipt: reported from outside', line: 18,
    printed: ['q^rm ∈ S –r→ R'], readings: [], behaviours: ['BT-04'], elements: ['S –r→ R', 'RS', 'RK', 'CV'],
    when: { rule: { any: [signs.reported, { observed: ['rm.receive'], of: 'self' }] }, otherwise: 'no report from outside to the participant is in the log' },
    needs: [
      { says: 'the report that reached the vendor', rule: { any: [signs.reported, { observed: ['rm.receive'], of: 'self' }] } },
      { says: 'the acknowledgement (RK) of each report to whoever sent it', rule: rules.acknowledged, where: signs.reported, within: 'acknowledge' },
      { says: 'that the vendor knew of the vulnerability (CV)', rule: signs.aware },
    ],
  },
  {
    id: 'X30-05', clause: '7.1.3 c)', title: 'Receipt: already public', line: 19,
    printed: ['q^rm ∈ S –r→ R', 'q^cs ∈ ···p·· –P→ ···P··'], readings: [], behaviours: ['BT-23', 'BT-04', 'BT-07'], elements: ['S –r→ R', 'CP'],
    when: {
      rule: {
        any: [
          { local: ['learn P', 'learn X'], by: 'self' }, { local: ['aware'], by: 'self', reason: 'public-source' },
          { sent: ['CP', 'CX'], by: 'self', cause: 'observed' },
        ],
      },
      otherwise: 'no entry says that the participant learned of it from the public',
    },
    needs: [
      {
        says: 'that the vendor took it in from the public',
        rule: { any: [{ local: ['learn P', 'learn X', 'aware'], by: 'self' }, { sent: ['CP', 'CX'], by: 'self', cause: 'observed' }] },
      },
      { says: 'that the vulnerability is public (CP)', rule: { event: ['P'] } },
    ],
  },
  {
    id: 'X30-06', clause: '7.1.4 a)', title: 'Verification: first look', line: 20,
    printed: ['q^rm ∈ R –v→ V if valid', 'q^rm ∈ R –i→ I if invalid'], readings: [], behaviours: ['BT-12'], elements: ['R –v→ V', 'R –i→ I', 'RV', 'RI'],
    needs: [{ says: 'the verdict on the report (RV or RI)', rule: signs.judged, within: 'validate' }],
  },
  {
    id: 'X30-07', clause: '7.1.4 b) 1)', title: 'Way out: a duplicate', line: 21,
    printed: [], readings: [], behaviours: [], elements: ['V –d→ D'],
    when: {
      rule: { any: [{ sent: ['RS', 'RV', 'RI', 'RD', 'RA', 'RC', 'RK'], by: 'self', with: 'duplicate' }, { sent: ['RS'], to: 'self', with: 'duplicate' }] },
      otherwise: 'no report in the log is called a duplicate of another',
    },
    needs: [
      {
        says: 'which report it duplicates',
        rule: { any: [{ sent: ['RS', 'RV', 'RI', 'RD', 'RA', 'RC', 'RK'], by: 'self', with: 'duplicate' }, { sent: ['RS'], to: 'self', with: 'duplicate' }] },
      },
      { says: 'that the duplicate was laid aside (RD, RC)', rule: { event: ['rm.defer', 'rm.close'], of: 'self' } },
    ],
  },
  {
    id: 'X30-08', clause: '7.1.4 b) 2)', title: 'Way out: the product is no longer maintained', line: 22,
    printed: ['q^rm ∈ I –c→ C if invalid', 'q^rm ∈ V –d→ D –c→ C if valid'], readings: [], behaviours: [], elements: ['I –c→ C', 'V –d→ D', 'RC', 'RD'],
    when: {
      rule: { all: [{ event: ['rm.invalidate', 'rm.defer'], of: 'self' }, signs.closed] },
      otherwise: 'the report was not closed after being found invalid or deferred',
    },
    needs: [{ says: 'that the report was closed after it was found invalid or deferred', rule: { before: [{ event: ['rm.invalidate', 'rm.defer'], of: 'self' }, signs.closed] } }],
    cannot: 'why it was closed: no message says that a product is no longer maintained', atMost: 'partly',
  },
  {
    id: 'X30-09', clause: '7.1.4 b) 3)', title: 'Way out: not a security matter', line: 23,
    printed: ['q^rm ∈ I –c→ C'], readings: [], behaviours: [], elements: ['I –c→ C', 'RI', 'RC'],
    when: { rule: { all: [{ event: ['rm.invalidate'], of: 'self' }, signs.closed] }, otherwise: 'the report was not closed after being found invalid' },
    needs: [{ says: 'that the report was closed after it was found invalid', rule: { before: [{ event: ['rm.invalidate'], of: 'self' }, signs.closed] } }],
    cannot: 'why it was found invalid: the message types have no reasons', atMost: 'partly',
  },
  {
    id: 'X30-10', clause: '7.1.4 b) 4)', title: 'Way out: another vendor is concerned', line: 24,
    printed: ['q^rm ∈ V –a→ A'], readings: [], behaviours: ['BT-18'], elements: ['V –a→ A', 'RA', 'RS'],
    when: { rule: { sent: ['RS'], by: 'self', to: 'vendors' }, otherwise: 'the participant passed the report to no other vendor' },
    needs: [
      { says: 'that the report was accepted (RA)', rule: signs.accepted },
      { says: 'the report to the other vendor (RS)', rule: { sent: ['RS'], by: 'self', to: 'vendors' } },
    ],
  },
  {
    id: 'X30-11', clause: '7.1.4 c)', title: 'Looking for the cause', line: 25,
    printed: ['q^rm ∈ A'], readings: [], behaviours: ['BT-15'], elements: [],
    unless: laidAside,
    needs: [{ says: 'that work on the report was taken up (RA)', rule: signs.accepted }],
    cannot: 'what was looked for, and what was found', atMost: 'partly',
  },
  {
    id: 'X30-12', clause: '7.1.4 d)', title: 'Looking further: other products, other variants', line: 26,
    printed: ['q^rm ∈ A'], readings: [], behaviours: ['BT-15'], elements: [],
    unless: laidAside,
    needs: [{ says: 'that work on the report was taken up (RA)', rule: signs.accepted }],
    cannot: 'which other products and variants were looked at', atMost: 'partly',
  },
  {
    id: 'X30-13', clause: '7.1.4 e)', title: 'Setting a priority', line: 27,
    printed: ['q^rm ∈ V –d→ D on defer', 'q^rm ∈ V –a→ A on accept'], readings: [], behaviours: ['BT-13'], elements: ['V –d→ D', 'V –a→ A', 'RD', 'RA'],
    unless: { rule: { event: ['rm.invalidate'], of: 'self' }, because: 'the report was found invalid, so there is nothing to rank' },
    needs: [{ says: 'the decision to work on the report or not (RA or RD)', rule: signs.prioritised, within: 'prioritise' }],
  },
  {
    id: 'X30-14', clause: '7.1.4 f)', title: 'Telling the reporter', line: 28,
    printed: ['Emit RV, RI, RA, RD messages as appropriate'], readings: [], behaviours: ['BT-12', 'BT-13'], elements: ['RV', 'RI', 'RA', 'RD'],
    when: { rule: signs.reported, otherwise: 'no report from outside to the participant is in the log' },
    needs: [
      { says: 'the verdict, sent to each reporter (RV or RI)', rule: told },
      { says: 'the decision, sent to each reporter (RA or RD, none where RI)', rule: toldPriority },
    ],
  },
  {
    id: 'X30-15', clause: '7.1.5', title: 'Making the fix', line: 29,
    printed: ['q^rm ∈ A', 'q^cs ∈ Vfd··· –V→ VFd···'], readings: [{ erratum: 'D-IS-01', reads: 'q^cs ∈ Vfd··· –F→ VFd···' }],
    behaviours: ['BT-17'], elements: ['CF'],
    unless: laidAside,
    needs: [
      { says: 'that work on the report was taken up (RA)', rule: signs.accepted },
      { says: 'that a fix was ready (CF)', rule: signs.fixed, within: 'fix' },
    ],
    cannot: 'that the fix is complete and was tested',
  },
  {
    id: 'X30-16', clause: '7.1.6', title: 'Releasing the fix and the advisory', line: 30,
    printed: ['q^cs ∈ VFdp·· –P→ VFdP··'], readings: [], behaviours: ['BT-21'], elements: ['CP'],
    unless: laidAside,
    needs: [
      { says: 'that the vendor made the vulnerability public (CP), or a source that says when it became so', rule: rules.released, within: 'publish' },
      { says: 'that the fix was there when the vulnerability became public', rule: rules.fixedFirst },
      { says: 'that the embargo was over first', rule: rules.kept, where: { all: [signs.agreed, signs.published] } },
    ],
    cannot: 'what the advisory says, and that the fix reached its users',
  },
  {
    id: 'X30-17', clause: '7.1.7', title: 'After the release', line: 31,
    printed: ['q^cs ∈ VF·P··', 'q^rm ∈ {A,D}'], readings: [], behaviours: ['BT-14', 'BT-16'], elements: ['CD', 'RC'],
    when: { rule: signs.public, otherwise: 'nothing in the log says that the vulnerability is public' },
    needs: [
      { says: 'a deployment of the fix (CD)', rule: signs.deployed, within: 'deploy' },
      { says: 'that the report was closed after publication (RC)', rule: { before: [signs.public, signs.closed] }, within: 'close' },
    ],
    cannot: 'maintenance of the fix, and what was learned',
  },
  {
    id: 'X30-18', clause: '7.2', title: 'Watching the process', line: 32,
    printed: [], readings: [], behaviours: ['BT-16'], elements: [],
    needs: [
      { says: 'when the report came in', rule: { any: [signs.received, signs.aware] } },
      { says: 'when it was dealt with, so that times can be taken', rule: { any: [{ sent: ['RK'], by: 'self' }, signs.judged, signs.prioritised, signs.fixed, signs.closed] } },
    ],
    cannot: 'that somebody looks at the times and acts on them',
  },
  {
    id: 'X30-19', clause: '7.3', title: 'Keeping it confidential', line: 33,
    printed: [], readings: [], behaviours: ['BT-26'], elements: [],
    when: { rule: signs.agreed, otherwise: 'no embargo was agreed in the log' },
    needs: [
      { says: 'that an embargo was agreed (EA or EC)', rule: signs.agreed },
      { says: 'that the participant published nothing before the embargo was over', rule: rules.kept },
    ],
    cannot: 'what was said outside the case, and how it was protected on its way',
  },
  {
    id: 'X30-20', clause: '8', title: 'The supply chain', line: 34,
    printed: [], readings: [], behaviours: ['BT-18'], elements: ['RS'],
    when: { rule: { sent: ['RS'], by: 'self', to: 'vendors' }, otherwise: 'the participant passed the report to no other vendor' },
    needs: [{ says: 'the report to another vendor (RS)', rule: { sent: ['RS'], by: 'self', to: 'vendors' } }],
    cannot: 'that everybody in the supply chain who is concerned was told',
  },
]
