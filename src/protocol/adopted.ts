/**
 * The protocol as this library adopts it: the published tables with each of their contradictions resolved. It is what
 * the root of the package exports.
 *
 * What differs from `published.ts`, cell by cell, is what `errata.ts` says; a test compares the three. In short:
 *
 * - everything that the protocol obliges a participant to answer or announce has a row to send it by;
 * - repeating what is already so is legal and changes nothing;
 * - events that force others fire with them: an exploit made public makes the vulnerability public, a vendor knows what
 *   the public knows, becoming aware of a report receives it, and no embargo outlives P, X or A;
 * - a state that may only be passed through is left before anything else happens;
 * - a relayed state is hearsay: it moves nobody.
 *
 * @module
 */
import { type Advice, type Consequence, type LocalRow, notClosed, open, type Row, type RuleSet } from './rules.js'
import { type Protocol, protocol } from './transition.js'

const sent: ReadonlyArray<Row> = [
  { id: 'sent.RS', types: ['RS'], when: { rm: ['Accepted'] }, signals: 'may-accept', source: ['FT:110', 'D-RM-03'], requirements: ['VP-03-001', 'RMB-13-001'] },
  { id: 'sent.RI', types: ['RI'], when: { rm: ['Received'] }, fire: { rm: 'invalidate' }, source: ['FT:111', 'D-RM-01'], requirements: ['VP-03-003', 'RMB-11-001'] },
  { id: 'sent.RV', types: ['RV'], when: { rm: ['Received', 'Invalid'] }, fire: { rm: 'validate' }, source: ['FT:112'], requirements: ['VP-03-004', 'RMB-10-003'] },
  { id: 'sent.RD', types: ['RD'], when: { rm: ['Valid', 'Accepted'] }, fire: { rm: 'defer' }, source: ['FT:113'], requirements: ['VP-03-005', 'RMB-12-001'] },
  { id: 'sent.RA', types: ['RA'], when: { rm: ['Valid', 'Deferred'] }, fire: { rm: 'accept' }, source: ['FT:114'], requirements: ['VP-03-006', 'RMB-13-002'] },
  { id: 'sent.RC', types: ['RC'], when: { rm: ['Invalid', 'Deferred', 'Accepted'] }, fire: { rm: 'close' }, source: ['FT:115', 'D-RM-05'], requirements: ['VP-03-007', 'VP-02-004', 'RMB-14-001'] },
  { id: 'sent.RI.late', types: ['RI'], when: { rm: ['Invalid'], reply: true }, note: 'late-announcement', source: ['L-02'], requirements: ['VP-03-003', 'VP-03-012'] },
  { id: 'sent.RV.late', types: ['RV'], when: { rm: ['Valid'], reply: true }, note: 'late-announcement', source: ['L-02'], requirements: ['VP-03-004', 'VP-03-012'] },
  { id: 'sent.RD.late', types: ['RD'], when: { rm: ['Deferred'], reply: true }, note: 'late-announcement', source: ['L-02'], requirements: ['VP-03-005', 'VP-03-012'] },
  { id: 'sent.RA.late', types: ['RA'], when: { rm: ['Accepted'], reply: true }, note: 'late-announcement', source: ['L-02'], requirements: ['VP-03-006', 'VP-03-012'] },
  { id: 'sent.RC.late', types: ['RC'], when: { rm: ['Closed'], reply: true }, note: 'late-announcement', source: ['L-02'], requirements: ['VP-03-007', 'VP-03-012'] },
  { id: 'sent.RE', types: ['RE'], source: ['FT:116'], requirements: ['VP-03-008'] },
  { id: 'sent.RK', types: ['RK'], source: ['FT:117', 'D-RM-09'], requirements: ['VP-03-009'] },

  { id: 'sent.EP', types: ['EP'], when: { cs: '...pxa', rm: notClosed, em: ['None', 'Proposed'] }, fire: { em: 'propose' }, source: ['FT:196', 'FT:197'], requirements: ['VP-04-003', 'VP-06-001', 'VP-06-011', 'VP-11-001'] },
  { id: 'sent.EP.existing', types: ['EP'], when: { cs: '...pxa', rm: notClosed, em: ['Active', 'Revise'], existing: true }, source: ['D-EM-08'], requirements: ['VP-08-001'] },
  { id: 'sent.EA', types: ['EA'], when: { cs: '...pxa', rm: notClosed, em: ['Proposed'] }, fire: { em: 'accept' }, source: ['FT:198', 'D-EM-02'], requirements: ['VP-04-004', 'VP-06-001', 'VP-11-001'] },
  { id: 'sent.EV', types: ['EV'], when: { cs: '...pxa', rm: notClosed, em: ['Active', 'Revise'] }, fire: { em: 'propose' }, source: ['FT:199', 'FT:200', 'D-EM-01'], requirements: ['VP-04-005', 'VP-11-001'] },
  { id: 'sent.EJ', types: ['EJ'], when: { cs: '...pxa', rm: notClosed, em: ['Revise'] }, fire: { em: 'reject' }, source: ['FT:201'], requirements: ['VP-04-005', 'VP-11-010'] },
  { id: 'sent.EC', types: ['EC'], when: { cs: '...pxa', rm: notClosed, em: ['Revise'] }, fire: { em: 'accept' }, source: ['FT:202', 'D-EM-02'], requirements: ['VP-04-005', 'VP-11-001'] },
  { id: 'sent.ER', types: ['ER'], when: { rm: notClosed, em: ['Proposed'] }, fire: { em: 'reject' }, source: ['FT:203'], requirements: ['VP-04-004', 'VP-06-012', 'VP-11-010'] },
  { id: 'sent.ER.none', types: ['ER'], when: { rm: notClosed, em: ['None'] }, says: ['ER'], source: ['D-EM-09'], requirements: ['EMB-01-002'] },
  { id: 'sent.ER.exited', types: ['ER'], when: { rm: notClosed, em: ['Exited'], reply: true }, source: ['D-EM-10'], requirements: ['EMB-01-002'] },
  { id: 'sent.ET', types: ['ET'], when: { rm: notClosed, em: ['Active', 'Revise'] }, fire: { em: 'terminate' }, source: ['FT:204', 'FT:205'], requirements: ['VP-05-018', 'VP-11-002'] },
  { id: 'sent.ET.exited', types: ['ET'], when: { rm: notClosed, em: ['Exited'] }, says: ['ET'], source: ['D-EM-16', 'D-EM-23'], requirements: ['EMB-07-003'] },
  { id: 'sent.EK', types: ['EK'], when: { rm: notClosed }, source: ['FT:206'], requirements: ['VP-11-004'] },
  { id: 'sent.EE', types: ['EE'], when: { rm: notClosed }, source: ['FT:207'], requirements: [] },

  { id: 'sent.relay', types: ['CV', 'CF', 'CD'], when: { rm: notClosed, subject: 'other' }, note: 'relayed', source: ['D-CS-10'], requirements: ['VP-12-001'] },
  { id: 'sent.CV.role', types: ['CV'], when: { rm: notClosed, withoutRole: 'vendor' }, refuse: 'role', source: ['D-CS-09'], requirements: ['CSB-09-002', 'VP-12-001'] },
  { id: 'sent.CV', types: ['CV'], when: { cs: 'vfd...', rm: notClosed }, fire: { cs: ['V'] }, source: ['FT:288', 'D-CS-09'], requirements: ['CSB-09-002'] },
  { id: 'sent.CV.again', types: ['CV'], when: { cs: 'V.....', rm: notClosed }, says: ['CV'], source: ['D-RM-11', 'D-CS-09'], requirements: ['CSB-09-002'] },
  { id: 'sent.CF.role', types: ['CF'], when: { rm: notClosed, withoutRole: 'vendor' }, refuse: 'role', source: ['D-CS-12'], requirements: ['CSB-15-001'] },
  { id: 'sent.CF', types: ['CF'], when: { cs: 'Vfd...', rm: ['Accepted'] }, fire: { cs: ['F'] }, source: ['FT:289', 'D-CS-11'], requirements: ['CSB-15-001'] },
  { id: 'sent.CF.again', types: ['CF'], when: { cs: 'VF....', rm: notClosed }, source: ['L-03'], requirements: ['CSB-15-001'] },
  { id: 'sent.CD.role', types: ['CD'], when: { rm: notClosed, withoutRole: 'deployer' }, refuse: 'role', source: ['D-CS-12'], requirements: ['CSB-15-002'] },
  { id: 'sent.CD', types: ['CD'], when: { cs: ['VFd...', 'd...'], rm: ['Accepted', 'Deferred'] }, fire: { cs: ['D'] }, source: ['FT:290', 'D-CS-11', 'D-CS-13'], requirements: ['CSB-15-002'] },
  { id: 'sent.CD.again', types: ['CD'], when: { cs: ['VFD...', 'D...'], rm: notClosed }, source: ['L-03'], requirements: ['CSB-15-002'] },
  { id: 'sent.CP', types: ['CP'], when: { cs: '...p..', rm: notClosed }, fire: { cs: ['P'] }, source: ['FT:291', 'FT:292', 'FT:293'], requirements: ['CSB-15-003', 'CSB-12-001'] },
  { id: 'sent.CP.again', types: ['CP'], when: { cs: '...P..', rm: notClosed }, signals: 'not-viable', says: ['CP'], source: ['D-CS-16', 'D-CS-07'], requirements: ['VP-11-002'] },
  { id: 'sent.CX+CP', types: ['CX+CP'], when: { cs: '...px.', rm: notClosed }, fire: { cs: ['X', 'P'] }, source: ['FT:294', 'FT:295', 'FT:296', 'D-CS-04'], requirements: ['CSB-13-001'] },
  { id: 'sent.CX+CP.known', types: ['CX+CP'], when: { cs: '...Px.', rm: notClosed }, fire: { cs: ['X'] }, source: ['D-CS-16'], requirements: ['CSB-13-001'] },
  { id: 'sent.CX+CP.again', types: ['CX+CP'], when: { cs: '...PX.', rm: notClosed }, signals: 'not-viable', says: ['CP'], source: ['D-CS-16', 'D-CS-07'], requirements: ['CSB-13-001'] },
  { id: 'sent.CX', types: ['CX'], when: { cs: '...Px.', rm: notClosed }, fire: { cs: ['X'] }, source: ['FT:297', 'FT:298', 'FT:299', 'D-CS-33'], requirements: ['CSB-13-001'] },
  { id: 'sent.CX.again', types: ['CX'], when: { cs: '...PX.', rm: notClosed }, signals: 'not-viable', source: ['D-CS-16', 'D-CS-07'], requirements: ['CSB-13-001'] },
  { id: 'sent.CA', types: ['CA'], when: { cs: '.....a', rm: notClosed }, fire: { cs: ['A'] }, source: ['FT:300', 'FT:301', 'FT:302'], requirements: ['CSB-14-001'] },
  { id: 'sent.CA.again', types: ['CA'], when: { cs: '.....A', rm: notClosed }, signals: 'not-viable', source: ['D-CS-16', 'D-CS-07'], requirements: ['CSB-14-001'] },
  { id: 'sent.CK', types: ['CK'], when: { rm: notClosed }, source: ['D-CS-14'], requirements: [] },
  { id: 'sent.CE', types: ['CE'], when: { rm: notClosed }, source: ['D-CS-14', 'D-CS-15'], requirements: [] },

  { id: 'sent.GI', types: ['GI'], source: ['FT:358'], requirements: [] },
  { id: 'sent.GK', types: ['GK'], source: ['FT:359'], requirements: [] },
  { id: 'sent.GE', types: ['GE'], source: ['FT:360'], requirements: [] },
]

const received: ReadonlyArray<Row> = [
  { id: 'received.closed.ack', types: ['RK', 'EK', 'CK'], when: { rm: ['Closed'] }, source: ['FT:130', 'FT:140'], requirements: ['VP-03-013'] },
  {
    id: 'received.closed',
    types: ['RS', 'RI', 'RV', 'RD', 'RA', 'RC', 'RE', 'EP', 'ER', 'EA', 'EV', 'EJ', 'EC', 'ET', 'EE', 'CV', 'CF', 'CD', 'CP', 'CX', 'CA', 'CE', 'CX+CP'],
    when: { rm: ['Closed'] },
    optional: ['RK'],
    source: ['FT:130', 'D-RM-09', 'D-RM-10'],
    requirements: ['VP-03-013', 'RMB-14-002'],
  },

  { id: 'received.RS.unaware', types: ['RS'], when: { cs: 'vfd...', rm: notClosed }, fire: { cs: ['V'] }, replies: ['RK', 'CV'], signals: 'may-accept', source: ['FT:131', 'FT:132', 'D-RM-12'], requirements: ['VP-03-002', 'VP-03-009', 'RMB-01-002', 'RMB-01-003'] },
  { id: 'received.RS.aware-new', types: ['RS'], when: { cs: 'V.....', rm: ['Start'] }, fire: { rm: 'receive' }, replies: ['RK'], optional: ['CV'], signals: 'may-accept', source: ['FT:133', 'D-RM-11'], requirements: ['VP-03-009', 'RMB-01-001'] },
  { id: 'received.RS.aware', types: ['RS'], when: { cs: 'V.....', rm: open }, replies: ['RK'], optional: ['CV'], signals: 'may-accept', source: ['FT:134', 'D-RM-11'], requirements: ['VP-03-009', 'RMB-01-004'] },
  { id: 'received.RS.new', types: ['RS'], when: { rm: ['Start'] }, fire: { rm: 'receive' }, replies: ['RK'], signals: 'may-accept', source: ['FT:135'], requirements: ['VP-03-009', 'RMB-01-001'] },
  { id: 'received.RS', types: ['RS'], when: { rm: open }, replies: ['RK'], signals: 'may-accept', source: ['FT:136'], requirements: ['VP-03-009', 'RMB-01-004'] },
  { id: 'received.R', types: ['RI', 'RV', 'RD', 'RA', 'RC'], when: { rm: open }, replies: ['RK'], source: ['FT:137'], requirements: ['VP-03-009', 'RMB-02-001', 'RMB-03-001', 'RMB-04-001', 'RMB-05-001', 'RMB-06-001'] },
  { id: 'received.R.start', types: ['RI', 'RV', 'RD', 'RA', 'RC'], when: { rm: ['Start'] }, replies: ['RE', 'GI'], source: ['FT:138', 'D-RM-06'], requirements: ['VP-03-010', 'RMB-02-002', 'RMB-03-002', 'RMB-04-002', 'RMB-05-002', 'RMB-06-003'] },
  { id: 'received.RE', types: ['RE'], replies: ['RK', 'GI'], source: ['FT:139', 'D-RM-07'], requirements: ['VP-03-011', 'RMB-07-001'] },
  { id: 'received.RK', types: ['RK'], source: ['FT:140', 'D-RM-08'], requirements: ['RMB-08-001'] },

  { id: 'received.EP', types: ['EP'], when: { cs: '...pxa', rm: notClosed, em: ['None', 'Proposed'] }, fire: { em: 'propose' }, replies: ['EK'], source: ['FT:224', 'FT:225', 'D-EM-05'], requirements: ['EMB-01-001', 'EMB-01-003', 'VP-11-004', 'VP-11-009'] },
  { id: 'received.EP.existing', types: ['EP'], when: { cs: '...pxa', rm: notClosed, em: ['Active', 'Revise'], existing: true }, replies: ['EK'], source: ['D-EM-08'], requirements: ['VP-08-001', 'VP-11-004'] },
  { id: 'received.EP.refused', types: ['EP'], when: { cs: '!...pxa', rm: notClosed, em: ['None', 'Proposed', 'Exited'] }, replies: ['ER'], optional: ['EK'], signals: 'not-viable', source: ['FT:235', 'FT:236', 'D-EM-10', 'D-EM-11'], requirements: ['EMB-01-002', 'VP-11-001'] },
  { id: 'received.EA', types: ['EA'], when: { cs: '...pxa', rm: notClosed, em: ['Proposed'] }, fire: { em: 'accept' }, replies: ['EK'], source: ['FT:226', 'D-EM-20'], requirements: ['EMB-02-001', 'VP-11-004'] },
  { id: 'received.EA.refused', types: ['EA'], when: { cs: '!...pxa', rm: notClosed, em: ['Proposed'] }, optional: ['EK'], signals: 'not-viable', source: ['FT:237', 'D-EM-11'], requirements: ['EMB-02-002', 'VP-11-001'] },
  { id: 'received.EA.again', types: ['EA'], when: { rm: notClosed, em: ['Active'] }, replies: ['EK'], signals: 'not-viable', source: ['D-EM-06'], requirements: ['VP-11-004'] },
  { id: 'received.EA.newcomer', types: ['EA'], when: { rm: notClosed, em: ['Revise'], existing: true }, replies: ['EK'], signals: 'not-viable', source: ['D-EM-08'], requirements: ['VP-08-005', 'VP-11-004'] },
  { id: 'received.EA.late', types: ['EA'], when: { rm: notClosed, em: ['None'], answers: true }, replies: ['EK'], note: 'late-answer', source: ['D-EM-07'], requirements: ['EMB-17-004'] },
  { id: 'received.EA.after', types: ['EA'], when: { rm: notClosed, em: ['Exited'] }, replies: ['EK'], note: 'late-answer', source: ['D-EM-07'], requirements: ['EMB-17-004'] },
  { id: 'received.EV', types: ['EV'], when: { cs: '...pxa', rm: notClosed, em: ['Active', 'Revise'] }, fire: { em: 'propose' }, replies: ['EK'], source: ['FT:227', 'FT:228', 'D-EM-05'], requirements: ['EMB-03-001', 'EMB-03-002', 'VP-11-004'] },
  { id: 'received.EV.refused', types: ['EV'], when: { cs: '!...pxa', rm: notClosed, em: ['Active', 'Revise'] }, optional: ['EK'], signals: 'not-viable', source: ['FT:238', 'FT:239', 'D-EM-11'], requirements: ['EMB-03-003', 'VP-11-002'] },
  { id: 'received.EJ', types: ['EJ'], when: { cs: '...pxa', rm: notClosed, em: ['Revise'] }, fire: { em: 'reject' }, replies: ['EK'], source: ['FT:229'], requirements: ['EMB-04-001', 'VP-11-004'] },
  { id: 'received.EC', types: ['EC'], when: { cs: '...pxa', rm: notClosed, em: ['Revise'] }, fire: { em: 'accept' }, replies: ['EK'], source: ['FT:230'], requirements: ['EMB-05-001', 'VP-11-004'] },
  { id: 'received.EJ+EC.refused', types: ['EJ', 'EC'], when: { cs: '!...pxa', rm: notClosed, em: ['Revise'] }, optional: ['EK'], signals: 'not-viable', source: ['FT:240', 'FT:241', 'D-EM-11'], requirements: ['EMB-04-002', 'EMB-05-002', 'VP-11-002'] },
  { id: 'received.EJ+EC.again', types: ['EJ', 'EC'], when: { rm: notClosed, em: ['Active'] }, replies: ['EK'], signals: 'not-viable', source: ['D-EM-06'], requirements: ['VP-11-004'] },
  { id: 'received.ER', types: ['ER'], when: { rm: notClosed, em: ['Proposed'] }, fire: { em: 'reject' }, replies: ['EK'], source: ['FT:231'], requirements: ['EMB-06-001', 'VP-11-004'] },
  { id: 'received.ER.again', types: ['ER'], when: { rm: notClosed, em: ['None'] }, replies: ['EK'], source: ['D-EM-06'], requirements: ['VP-11-004'] },
  { id: 'received.ET', types: ['ET'], when: { rm: notClosed, em: ['Active', 'Revise'] }, fire: { em: 'terminate' }, replies: ['EK'], source: ['FT:232', 'FT:233'], requirements: ['EMB-07-001', 'EMB-07-002', 'VP-11-004'] },
  { id: 'received.ET.again', types: ['ET'], when: { rm: notClosed, em: ['Exited'] }, replies: ['EK'], source: ['FT:234'], requirements: ['EMB-07-003', 'VP-11-004'] },
  { id: 'received.EE', types: ['EE'], when: { rm: notClosed }, replies: ['EK', 'GI'], source: ['FT:242', 'D-MS-02'], requirements: ['EMB-08-001', 'VP-11-005'] },
  { id: 'received.EK', types: ['EK'], when: { rm: notClosed }, source: ['FT:243'], requirements: ['EMB-09-001'] },
  { id: 'received.E.unexpected', types: ['EP', 'ER', 'EA', 'EV', 'EJ', 'EC', 'ET'], when: { rm: notClosed }, replies: ['EE'], signals: 'not-viable', source: ['FT:244', 'D-EM-07', 'D-EM-12'], requirements: [] },

  { id: 'received.CV+CF+CD', types: ['CV', 'CF', 'CD'], when: { rm: notClosed }, replies: ['CK'], source: ['FT:315', 'FT:316', 'FT:317', 'D-CS-26'], requirements: ['CSB-01-001', 'CSB-02-001', 'CSB-03-001'] },
  { id: 'received.CP', types: ['CP'], when: { cs: '...p..', rm: notClosed }, fire: { cs: ['P'] }, replies: ['CK'], source: ['FT:318', 'FT:319', 'FT:320'], requirements: ['CSB-04-001', 'CSB-04-002', 'CSB-04-003'] },
  { id: 'received.CP.again', types: ['CP'], when: { cs: '...P..', rm: notClosed }, replies: ['CK'], signals: 'not-viable', source: ['FT:321', 'D-CS-07'], requirements: ['CSB-04-004'] },
  { id: 'received.CX', types: ['CX'], when: { cs: ['...px.', '...Px.'], rm: notClosed }, fire: { cs: ['X'] }, replies: ['CK'], source: ['FT:322', 'FT:323', 'FT:324', 'FT:325', 'D-CS-03'], requirements: ['CSB-05-001', 'CSB-05-002', 'CSB-05-003', 'CSB-13-001'] },
  { id: 'received.CX.again', types: ['CX'], when: { cs: '...PX.', rm: notClosed }, replies: ['CK'], signals: 'not-viable', source: ['FT:326', 'D-CS-07'], requirements: ['CSB-05-005'] },
  { id: 'received.CX+CP', types: ['CX+CP'], when: { cs: '...px.', rm: notClosed }, fire: { cs: ['X', 'P'] }, replies: ['CK'], source: ['FT:322', 'D-CS-04'], requirements: ['CSB-13-001'] },
  { id: 'received.CX+CP.known', types: ['CX+CP'], when: { cs: '...Px.', rm: notClosed }, fire: { cs: ['X'] }, replies: ['CK'], source: ['FT:325', 'D-CS-04'], requirements: ['CSB-13-001'] },
  { id: 'received.CX+CP.again', types: ['CX+CP'], when: { cs: '...PX.', rm: notClosed }, replies: ['CK'], says: ['CP'], signals: 'not-viable', source: ['FT:326', 'D-CS-07'], requirements: ['CSB-05-005'] },
  { id: 'received.CA', types: ['CA'], when: { cs: '.....a', rm: notClosed }, fire: { cs: ['A'] }, replies: ['CK'], source: ['FT:327', 'FT:328', 'FT:329', 'FT:330', 'D-CS-01'], requirements: ['CSB-06-001', 'CSB-06-002', 'CSB-06-003', 'CSB-06-004'] },
  { id: 'received.CA.again', types: ['CA'], when: { cs: '.....A', rm: notClosed }, replies: ['CK'], signals: 'not-viable', source: ['FT:331', 'D-CS-18'], requirements: ['CSB-06-005'] },
  { id: 'received.CE', types: ['CE'], when: { rm: notClosed }, replies: ['CK', 'GI'], source: ['FT:332', 'D-MS-02'], requirements: ['CSB-07-001'] },
  { id: 'received.CK', types: ['CK'], when: { rm: notClosed }, source: ['FT:333'], requirements: ['CSB-08-001'] },

  { id: 'received.GI', types: ['GI'], replies: ['GK'], source: ['FT:373', 'D-RM-10'], requirements: [] },
  { id: 'received.GK', types: ['GK'], source: ['FT:374'], requirements: [] },
  { id: 'received.GE', types: ['GE'], replies: ['GI'], source: ['FT:375', 'D-MS-03'], requirements: [] },
]

const local: ReadonlyArray<LocalRow> = [
  { id: 'local.discover', events: ['discover'], when: { rm: ['Start'] }, fire: { rm: 'receive' }, source: ['D-RM-03', 'D-RM-04'], requirements: [] },
  { id: 'local.validate', events: ['validate'], when: { rm: ['Received', 'Invalid'] }, fire: { rm: 'validate' }, replies: ['RV'], source: ['FT:112'], requirements: ['VP-02-010', 'VP-03-004'] },
  { id: 'local.invalidate', events: ['invalidate'], when: { rm: ['Received'] }, fire: { rm: 'invalidate' }, replies: ['RI'], source: ['FT:111', 'D-RM-01'], requirements: ['VP-02-010', 'VP-03-003'] },
  { id: 'local.accept', events: ['accept'], when: { rm: ['Valid', 'Deferred'] }, fire: { rm: 'accept' }, replies: ['RA'], source: ['FT:114'], requirements: ['VP-02-014', 'VP-03-006'] },
  { id: 'local.defer', events: ['defer'], when: { rm: ['Valid', 'Accepted'] }, fire: { rm: 'defer' }, replies: ['RD'], source: ['FT:113'], requirements: ['VP-02-014', 'VP-03-005'] },
  { id: 'local.close', events: ['close'], when: { rm: ['Invalid', 'Deferred', 'Accepted'] }, fire: { rm: 'close' }, replies: ['RC'], source: ['FT:115', 'D-RM-05'], requirements: ['VP-02-004', 'VP-03-007'] },
  { id: 'local.learn.closed', events: ['learn P', 'learn X', 'learn A', 'expire'], when: { rm: ['Closed'] }, source: ['D-CS-35', 'D-EM-49'], requirements: [] },
  { id: 'local.learn-p', events: ['learn P'], when: { cs: '...p..' }, fire: { cs: ['P'] }, replies: ['CP'], source: ['FT:291', 'D-CS-34'], requirements: ['VP-11-003', 'CSB-12-001'] },
  { id: 'local.learn-p.again', events: ['learn P'], when: { cs: '...P..' }, signals: 'not-viable', source: ['D-CS-07'], requirements: ['VP-11-002'] },
  { id: 'local.learn-x', events: ['learn X'], when: { cs: '....x.' }, fire: { cs: ['X'] }, replies: ['CX'], source: ['FT:294', 'FT:297', 'D-CS-04'], requirements: ['VP-11-003', 'CSB-13-001'] },
  { id: 'local.learn-x.again', events: ['learn X'], when: { cs: '....X.' }, signals: 'not-viable', source: ['D-CS-07'], requirements: ['VP-11-002'] },
  { id: 'local.learn-a', events: ['learn A'], when: { cs: '.....a' }, fire: { cs: ['A'] }, replies: ['CA'], source: ['FT:300'], requirements: ['VP-11-007', 'CSB-14-001'] },
  { id: 'local.learn-a.again', events: ['learn A'], when: { cs: '.....A' }, signals: 'not-viable', source: ['D-CS-07'], requirements: ['VP-11-006'] },
  { id: 'local.aware.role', events: ['aware'], when: { rm: notClosed, withoutRole: 'vendor' }, refuse: 'role', source: ['D-CS-09'], requirements: ['CSB-09-002'] },
  { id: 'local.aware', events: ['aware'], when: { cs: 'vfd...', rm: notClosed }, fire: { cs: ['V'] }, replies: ['CV'], source: ['FT:288', 'D-CS-09', 'D-RM-04'], requirements: ['CSB-09-002'] },
  { id: 'local.expire', events: ['expire'], when: { rm: notClosed, em: ['Active', 'Revise'] }, fire: { em: 'terminate' }, replies: ['ET'], source: ['D-EM-16'], requirements: ['VP-04-001'] },
  { id: 'local.ready.role', events: ['ready'], when: { rm: notClosed, withoutRole: 'vendor' }, refuse: 'role', source: ['D-CS-12'], requirements: ['CSB-15-001'] },
  { id: 'local.ready', events: ['ready'], when: { cs: 'Vfd...', rm: ['Accepted'] }, fire: { cs: ['F'] }, replies: ['CF'], source: ['FT:289', 'D-CS-11'], requirements: ['CSB-15-001'] },
  { id: 'local.deployed.role', events: ['deployed'], when: { rm: notClosed, withoutRole: 'deployer' }, refuse: 'role', source: ['D-CS-12'], requirements: ['CSB-15-002'] },
  { id: 'local.deployed', events: ['deployed'], when: { cs: ['VFd...', 'd...'], rm: ['Accepted', 'Deferred'] }, fire: { cs: ['D'] }, replies: ['CD'], source: ['FT:290', 'D-CS-11', 'D-CS-13'], requirements: ['CSB-15-002'] },
]

const forced: ReadonlyArray<Consequence> = [
  { id: 'forced.P', when: { cs: '...pX.', rm: notClosed }, fire: { cs: ['P'] }, announce: ['CP'], note: 'forced', source: ['D-CS-03', 'D-CS-05', 'D-CS-31'], requirements: ['CSB-17-010', 'SM-09-001'] },
  { id: 'forced.V', when: { cs: 'v..P..', rm: notClosed }, fire: { cs: ['V'] }, announce: ['CV'], note: 'forced', source: ['D-CS-06'], requirements: ['CSB-17-009'] },
]

const consequences: ReadonlyArray<Consequence> = [
  { id: 'after.V', after: ['V'], when: { rm: ['Start'] }, fire: { rm: 'receive' }, announce: [], source: ['FT:131', 'FT:288', 'D-CS-06'], requirements: ['RMB-01-002'] },
  { id: 'after.not-viable.proposed', after: ['P', 'X', 'A', 'not-viable'], when: { cs: '!...pxa', em: ['Proposed'] }, fire: { em: 'reject' }, announce: ['ER'], source: ['FT:292', 'FT:318', 'D-EM-22', 'D-EM-23', 'D-CS-07'], requirements: ['VP-11-001', 'VP-14-001', 'EMB-16-001'] },
  { id: 'after.not-viable.in-force', after: ['P', 'X', 'A', 'not-viable'], when: { cs: '!...pxa', em: ['Active', 'Revise'] }, fire: { em: 'terminate' }, announce: ['ET'], source: ['FT:293', 'FT:319', 'D-EM-22', 'D-EM-23', 'D-CS-07'], requirements: ['VP-11-002', 'VP-11-006', 'VP-09-001', 'VP-09-003'] },
  { id: 'after.may-accept', after: ['may-accept'], when: { cs: '...pxa', em: ['Proposed'], answers: true }, fire: { em: 'accept' }, announce: [], note: 'implied-acceptance', source: ['D-EM-25'], requirements: ['VP-06-007'] },
]

const advice: ReadonlyArray<Advice> = [
  { id: 'advice.close-embargoed', types: ['RC'], when: { em: ['Active', 'Revise'] }, requirements: ['VP-13-005'] },
  { id: 'advice.propose-inactive', types: ['EP'], when: { rm: ['Invalid', 'Deferred'], existing: false }, requirements: ['VP-13-002', 'VP-13-003'] },
  { id: 'advice.accept-invalid', types: ['EA'], when: { rm: ['Invalid'] }, requirements: ['VP-13-004'] },
  { id: 'advice.embargo-fixed', types: ['EP', 'EA'], when: { cs: ['VFdpxa', 'VFDpxa'], existing: false }, requirements: ['VP-06-002', 'VP-14-007', 'VP-14-010'] },
  { id: 'advice.publish-embargoed', types: ['CP', 'CX+CP'], when: { em: ['Active', 'Revise'], cause: 'own' }, requirements: ['VP-05-014'] },
  { id: 'advice.exploit-embargoed', types: ['CX', 'CX+CP'], when: { em: ['Active', 'Revise'], cause: 'own' }, requirements: ['VP-14-012'] },
  { id: 'advice.publish-unsettled', types: ['CP', 'CX+CP'], when: { em: ['Proposed'], cause: 'own' }, requirements: ['VP-05-006'] },
  { id: 'advice.deploy-deferred', types: ['CD'], when: { rm: ['Deferred'], subject: 'own' }, requirements: ['ST-11'] },
  { id: 'advice.report-embargoed', types: ['RS'], when: { em: ['Active', 'Revise'] }, requirements: ['VP-08-006'] },
]

/** The reading that this library adopts. */
export const adoptedRules: RuleSet = {
  name: 'adopted',
  edition: 1,
  sent,
  received,
  local,
  forced,
  consequences,
  advice,
  extraEdges: {},
}

/** The adopted protocol, ready to run. */
export const adopted: Protocol = /* @__PURE__ */ protocol(adoptedRules)
