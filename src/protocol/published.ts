/**
 * The protocol as published: the send and receive tables of docs/reference/formal_protocol/transitions.md, row by row,
 * read literally, top row first. A row's id is the line that it is printed on.
 *
 * The tables contradict the machines and each other in places (see `errata.ts`). So that every printed effect runs, this
 * reading runs on wider machines: CS without forced successors (72 edges), and one RM edge that only the row FT:111 has.
 * The tables print no row for the messages of their own Response column and know no relayed state; the two rows `reply`
 * and `subject` say what this reading does with those. Local steps are the edges of the machines, with nothing due.
 *
 * @module
 */
import type { Consequence, LocalRow, Row, RowType, RuleSet } from './rules.js'
import { notClosed, open } from './rules.js'
import { type Protocol, protocol } from './transition.js'

const caseTypes: ReadonlyArray<RowType> = [
  'RS', 'RI', 'RV', 'RD', 'RA', 'RC', 'RK', 'RE',
  'EP', 'ER', 'EA', 'EV', 'EJ', 'EC', 'ET', 'EK', 'EE',
  'CV', 'CF', 'CD', 'CP', 'CX', 'CA', 'CK', 'CE',
]
const everyType: ReadonlyArray<RowType> = /* @__PURE__ */ caseTypes.concat(['CX+CP', 'GI', 'GK', 'GE'])

const sent: ReadonlyArray<Row> = [
  { id: 'reply', types: everyType, when: { reply: true }, source: ['L-01'], requirements: [] },
  { id: 'subject', types: ['CV', 'CF', 'CD'], when: { subject: 'other' }, refuse: 'subject', source: ['D-CS-10'], requirements: ['VP-12-001'] },

  { id: 'FT:110', types: ['RS'], when: { rm: ['Accepted'] }, source: ['FT:110'], requirements: ['VP-03-001', 'RMB-13-001'] },
  { id: 'FT:111', types: ['RI'], when: { rm: ['Received', 'Valid'] }, fire: { rm: 'invalidate' }, source: ['FT:111'], requirements: ['VP-03-003', 'RMB-11-001'] },
  { id: 'FT:112', types: ['RV'], when: { rm: ['Received', 'Invalid'] }, fire: { rm: 'validate' }, source: ['FT:112'], requirements: ['VP-03-004', 'RMB-10-003'] },
  { id: 'FT:113', types: ['RD'], when: { rm: ['Valid', 'Accepted'] }, fire: { rm: 'defer' }, source: ['FT:113'], requirements: ['VP-03-005', 'RMB-12-001'] },
  { id: 'FT:114', types: ['RA'], when: { rm: ['Valid', 'Deferred'] }, fire: { rm: 'accept' }, source: ['FT:114'], requirements: ['VP-03-006', 'RMB-13-002'] },
  { id: 'FT:115', types: ['RC'], when: { rm: ['Invalid', 'Deferred', 'Accepted'] }, fire: { rm: 'close' }, source: ['FT:115'], requirements: ['VP-03-007', 'VP-02-004', 'RMB-14-001'] },
  { id: 'FT:116', types: ['RE'], source: ['FT:116'], requirements: ['VP-03-008'] },
  { id: 'FT:117', types: ['RK'], source: ['FT:117'], requirements: ['VP-03-009'] },

  { id: 'FT:196', types: ['EP'], when: { cs: '...pxa', rm: notClosed, em: ['None'] }, fire: { em: 'propose' }, source: ['FT:196'], requirements: ['VP-04-003', 'VP-06-001', 'VP-11-001'] },
  { id: 'FT:197', types: ['EP'], when: { cs: '...pxa', rm: notClosed, em: ['Proposed'] }, fire: { em: 'propose' }, source: ['FT:197'], requirements: ['VP-06-011', 'VP-11-001'] },
  { id: 'FT:198', types: ['EA'], when: { cs: '...pxa', rm: notClosed, em: ['Proposed'] }, fire: { em: 'accept' }, source: ['FT:198'], requirements: ['VP-04-004', 'VP-06-001', 'VP-11-001'] },
  { id: 'FT:199', types: ['EV'], when: { cs: '...pxa', rm: notClosed, em: ['Active'] }, fire: { em: 'propose' }, source: ['FT:199'], requirements: ['VP-04-005', 'VP-11-001'] },
  { id: 'FT:200', types: ['EV'], when: { cs: '...pxa', rm: notClosed, em: ['Revise'] }, fire: { em: 'propose' }, source: ['FT:200'], requirements: ['VP-04-005', 'VP-11-001'] },
  { id: 'FT:201', types: ['EJ'], when: { cs: '...pxa', rm: notClosed, em: ['Revise'] }, fire: { em: 'reject' }, source: ['FT:201'], requirements: ['VP-04-005', 'VP-11-010'] },
  { id: 'FT:202', types: ['EC'], when: { cs: '...pxa', rm: notClosed, em: ['Revise'] }, fire: { em: 'accept' }, source: ['FT:202'], requirements: ['VP-04-005', 'VP-11-001'] },
  { id: 'FT:203', types: ['ER'], when: { rm: notClosed, em: ['Proposed'] }, fire: { em: 'reject' }, source: ['FT:203'], requirements: ['VP-04-004', 'VP-11-010'] },
  { id: 'FT:204', types: ['ET'], when: { rm: notClosed, em: ['Active'] }, fire: { em: 'terminate' }, source: ['FT:204'], requirements: ['VP-05-018', 'VP-11-002'] },
  { id: 'FT:205', types: ['ET'], when: { rm: notClosed, em: ['Revise'] }, fire: { em: 'terminate' }, source: ['FT:205'], requirements: ['VP-05-018', 'VP-11-002'] },
  { id: 'FT:206', types: ['EK'], when: { rm: notClosed }, source: ['FT:206'], requirements: ['VP-11-004'] },
  { id: 'FT:207', types: ['EE'], when: { rm: notClosed }, source: ['FT:207'], requirements: [] },

  { id: 'FT:288', types: ['CV'], when: { cs: 'vfd...', rm: ['Start'] }, fire: { rm: 'receive', cs: ['V'] }, source: ['FT:288'], requirements: ['CSB-09-002'] },
  { id: 'FT:289', types: ['CF'], when: { cs: 'Vfd...', rm: notClosed }, fire: { cs: ['F'] }, source: ['FT:289'], requirements: ['CSB-15-001'] },
  { id: 'FT:290', types: ['CD'], when: { cs: 'VFd...', rm: notClosed }, fire: { cs: ['D'] }, source: ['FT:290'], requirements: ['CSB-15-002'] },
  { id: 'FT:291', types: ['CP'], when: { cs: '...p..', rm: notClosed, em: ['None', 'Exited'] }, fire: { cs: ['P'] }, source: ['FT:291'], requirements: ['CSB-15-003'] },
  { id: 'FT:292', types: ['CP'], when: { cs: '...p..', rm: notClosed, em: ['Proposed'] }, fire: { cs: ['P'], em: 'reject' }, source: ['FT:292'], requirements: ['VP-11-003', 'CSB-12-001'] },
  { id: 'FT:293', types: ['CP'], when: { cs: '...p..', rm: notClosed, em: ['Active', 'Revise'] }, fire: { cs: ['P'], em: 'terminate' }, source: ['FT:293'], requirements: ['VP-11-002', 'CSB-12-001'] },
  { id: 'FT:294', types: ['CX+CP'], when: { cs: '...px.', rm: notClosed, em: ['None', 'Exited'] }, fire: { cs: ['X', 'P'] }, source: ['FT:294'], requirements: ['CSB-13-001'] },
  { id: 'FT:295', types: ['CX+CP'], when: { cs: '...px.', rm: notClosed, em: ['Proposed'] }, fire: { cs: ['X', 'P'], em: 'reject' }, source: ['FT:295'], requirements: ['CSB-13-001', 'VP-11-003'] },
  { id: 'FT:296', types: ['CX+CP'], when: { cs: '...px.', rm: notClosed, em: ['Active', 'Revise'] }, fire: { cs: ['X', 'P'], em: 'terminate' }, source: ['FT:296'], requirements: ['CSB-13-001', 'VP-11-002'] },
  { id: 'FT:297', types: ['CX'], when: { cs: '...Px.', rm: notClosed, em: ['None', 'Exited'] }, fire: { cs: ['X'] }, source: ['FT:297'], requirements: ['CSB-13-001'] },
  { id: 'FT:298', types: ['CX'], when: { cs: '...Px.', rm: notClosed, em: ['Proposed'] }, fire: { cs: ['X'], em: 'reject' }, source: ['FT:298'], requirements: ['VP-11-003'] },
  { id: 'FT:299', types: ['CX'], when: { cs: '...Px.', rm: notClosed, em: ['Active', 'Revise'] }, fire: { cs: ['X'], em: 'terminate' }, source: ['FT:299'], requirements: ['VP-11-002'] },
  { id: 'FT:300', types: ['CA'], when: { cs: '.....a', rm: notClosed, em: ['None', 'Exited'] }, fire: { cs: ['A'] }, source: ['FT:300'], requirements: ['CSB-14-001'] },
  { id: 'FT:301', types: ['CA'], when: { cs: '.....a', rm: notClosed, em: ['Proposed'] }, fire: { cs: ['A'], em: 'reject' }, source: ['FT:301'], requirements: ['CSB-14-001', 'VP-11-007'] },
  { id: 'FT:302', types: ['CA'], when: { cs: '.....a', rm: notClosed, em: ['Active', 'Revise'] }, fire: { cs: ['A'], em: 'terminate' }, source: ['FT:302'], requirements: ['CSB-14-001', 'VP-11-006'] },

  { id: 'FT:358', types: ['GI'], source: ['FT:358'], requirements: [] },
  { id: 'FT:359', types: ['GK'], source: ['FT:359'], requirements: [] },
  { id: 'FT:360', types: ['GE'], source: ['FT:360'], requirements: [] },
]

const received: ReadonlyArray<Row> = [
  { id: 'FT:130', types: caseTypes, when: { rm: ['Closed'] }, source: ['FT:130'], requirements: ['VP-03-013', 'RMB-14-002'] },
  { id: 'FT:131', types: ['RS'], when: { cs: 'vfd...', rm: ['Start'] }, fire: { rm: 'receive', cs: ['V'] }, replies: ['RK', 'CV'], source: ['FT:131'], requirements: ['VP-03-002', 'VP-03-009', 'RMB-01-002'] },
  { id: 'FT:132', types: ['RS'], when: { cs: 'vfd...', rm: open }, fire: { cs: ['V'] }, replies: ['RK', 'CV'], source: ['FT:132'], requirements: ['VP-03-002', 'VP-03-009', 'RMB-01-003'] },
  { id: 'FT:133', types: ['RS'], when: { cs: 'V.....', rm: ['Start'] }, fire: { rm: 'receive' }, replies: ['RK', 'CV'], source: ['FT:133'], requirements: ['VP-03-009', 'RMB-01-001'] },
  { id: 'FT:134', types: ['RS'], when: { cs: 'V.....', rm: open }, replies: ['RK', 'CV'], source: ['FT:134'], requirements: ['VP-03-009', 'RMB-01-004'] },
  { id: 'FT:135', types: ['RS'], when: { rm: ['Start'] }, fire: { rm: 'receive' }, replies: ['RK'], source: ['FT:135'], requirements: ['VP-03-009', 'RMB-01-001'] },
  { id: 'FT:136', types: ['RS'], when: { rm: open }, replies: ['RK'], source: ['FT:136'], requirements: ['VP-03-009', 'RMB-01-004'] },
  { id: 'FT:137', types: ['RI', 'RV', 'RD', 'RA', 'RC'], when: { rm: open }, replies: ['RK'], source: ['FT:137'], requirements: ['VP-03-009', 'RMB-02-001', 'RMB-03-001', 'RMB-04-001', 'RMB-05-001', 'RMB-06-001'] },
  { id: 'FT:138', types: ['RI', 'RV', 'RD', 'RA', 'RC'], when: { rm: ['Start'] }, replies: ['RE', 'GI'], source: ['FT:138'], requirements: ['VP-03-010', 'RMB-02-002', 'RMB-03-002', 'RMB-04-002', 'RMB-05-002', 'RMB-06-003'] },
  { id: 'FT:139', types: ['RE'], replies: ['RK', 'GI'], source: ['FT:139'], requirements: ['VP-03-011', 'RMB-07-001'] },
  { id: 'FT:140', types: ['RK'], source: ['FT:140'], requirements: ['RMB-08-001'] },

  { id: 'FT:224', types: ['EP'], when: { cs: '...pxa', rm: notClosed, em: ['None'] }, fire: { em: 'propose' }, replies: ['EK'], source: ['FT:224'], requirements: ['EMB-01-001', 'VP-11-004', 'VP-11-009'] },
  { id: 'FT:225', types: ['EP'], when: { cs: '...pxa', rm: notClosed, em: ['Proposed'] }, replies: ['EK'], source: ['FT:225'], requirements: ['EMB-01-003', 'VP-11-004'] },
  { id: 'FT:226', types: ['EA'], when: { cs: '...pxa', rm: notClosed, em: ['Proposed'] }, fire: { em: 'accept' }, replies: ['EK'], source: ['FT:226'], requirements: ['EMB-02-001', 'VP-11-004'] },
  { id: 'FT:227', types: ['EV'], when: { cs: '...pxa', rm: notClosed, em: ['Active'] }, fire: { em: 'propose' }, replies: ['EK'], source: ['FT:227'], requirements: ['EMB-03-001', 'VP-11-004'] },
  { id: 'FT:228', types: ['EV'], when: { cs: '...pxa', rm: notClosed, em: ['Revise'] }, replies: ['EK'], source: ['FT:228'], requirements: ['EMB-03-002', 'VP-11-004'] },
  { id: 'FT:229', types: ['EJ'], when: { cs: '...pxa', rm: notClosed, em: ['Revise'] }, fire: { em: 'reject' }, replies: ['EK'], source: ['FT:229'], requirements: ['EMB-04-001', 'VP-11-004'] },
  { id: 'FT:230', types: ['EC'], when: { cs: '...pxa', rm: notClosed, em: ['Revise'] }, fire: { em: 'accept' }, replies: ['EK'], source: ['FT:230'], requirements: ['EMB-05-001', 'VP-11-004'] },
  { id: 'FT:231', types: ['ER'], when: { rm: notClosed, em: ['Proposed'] }, fire: { em: 'reject' }, replies: ['EK'], source: ['FT:231'], requirements: ['EMB-06-001', 'VP-11-004'] },
  { id: 'FT:232', types: ['ET'], when: { rm: notClosed, em: ['Active'] }, fire: { em: 'terminate' }, replies: ['EK'], source: ['FT:232'], requirements: ['EMB-07-001', 'VP-11-004'] },
  { id: 'FT:233', types: ['ET'], when: { rm: notClosed, em: ['Revise'] }, fire: { em: 'terminate' }, replies: ['EK'], source: ['FT:233'], requirements: ['EMB-07-002', 'VP-11-004'] },
  { id: 'FT:234', types: ['ET'], when: { rm: notClosed, em: ['Exited'] }, replies: ['EK'], source: ['FT:234'], requirements: ['EMB-07-003', 'VP-11-004'] },
  { id: 'FT:235', types: ['EP'], when: { cs: '!...pxa', rm: notClosed, em: ['None'] }, replies: ['ER'], source: ['FT:235'], requirements: ['EMB-01-002', 'VP-11-001'] },
  { id: 'FT:236', types: ['EP'], when: { cs: '!...pxa', rm: notClosed, em: ['Proposed'] }, fire: { em: 'reject' }, replies: ['ER'], source: ['FT:236'], requirements: ['EMB-01-002', 'VP-11-001'] },
  { id: 'FT:237', types: ['EA'], when: { cs: '!...pxa', rm: notClosed, em: ['Proposed'] }, fire: { em: 'reject' }, replies: ['ER'], source: ['FT:237'], requirements: ['EMB-02-002', 'VP-11-001'] },
  { id: 'FT:238', types: ['EV'], when: { cs: '!...pxa', rm: notClosed, em: ['Active'] }, fire: { em: 'terminate' }, replies: ['ET'], source: ['FT:238'], requirements: ['EMB-03-003', 'VP-11-002'] },
  { id: 'FT:239', types: ['EV'], when: { cs: '!...pxa', rm: notClosed, em: ['Revise'] }, fire: { em: 'terminate' }, replies: ['ET'], source: ['FT:239'], requirements: ['EMB-03-003', 'VP-11-002'] },
  { id: 'FT:240', types: ['EJ'], when: { cs: '!...pxa', rm: notClosed, em: ['Revise'] }, fire: { em: 'terminate' }, replies: ['ET'], source: ['FT:240'], requirements: ['EMB-04-002', 'VP-11-002'] },
  { id: 'FT:241', types: ['EC'], when: { cs: '!...pxa', rm: notClosed, em: ['Revise'] }, fire: { em: 'terminate' }, replies: ['ET'], source: ['FT:241'], requirements: ['EMB-05-002', 'VP-11-002'] },
  { id: 'FT:242', types: ['EE'], when: { rm: notClosed }, replies: ['EK', 'GI'], source: ['FT:242'], requirements: ['EMB-08-001', 'VP-11-005'] },
  { id: 'FT:243', types: ['EK'], when: { rm: notClosed }, source: ['FT:243'], requirements: ['EMB-09-001'] },
  { id: 'FT:244', types: ['EP', 'ER', 'EA', 'EV', 'EJ', 'EC', 'ET'], when: { rm: notClosed }, replies: ['EE'], source: ['FT:244'], requirements: [] },

  { id: 'FT:315', types: ['CV'], when: { rm: notClosed }, replies: ['CK'], source: ['FT:315'], requirements: ['CSB-01-001'] },
  { id: 'FT:316', types: ['CF'], when: { rm: notClosed }, replies: ['CK'], source: ['FT:316'], requirements: ['CSB-02-001'] },
  { id: 'FT:317', types: ['CD'], when: { rm: notClosed }, replies: ['CK'], source: ['FT:317'], requirements: ['CSB-03-001'] },
  { id: 'FT:318', types: ['CP'], when: { cs: '...p..', rm: notClosed, em: ['Proposed'] }, fire: { cs: ['P'], em: 'reject' }, replies: ['CK'], source: ['FT:318'], requirements: ['CSB-04-002', 'VP-11-003'] },
  { id: 'FT:319', types: ['CP'], when: { cs: '...p..', rm: notClosed, em: ['Active', 'Revise'] }, fire: { cs: ['P'], em: 'terminate' }, replies: ['CK'], source: ['FT:319'], requirements: ['CSB-04-003', 'VP-11-002'] },
  { id: 'FT:320', types: ['CP'], when: { cs: '...p..', rm: notClosed, em: ['None', 'Exited'] }, fire: { cs: ['P'] }, replies: ['CK'], source: ['FT:320'], requirements: ['CSB-04-001'] },
  { id: 'FT:321', types: ['CP'], when: { cs: '...P..', rm: notClosed }, replies: ['CK'], source: ['FT:321'], requirements: ['CSB-04-004'] },
  { id: 'FT:322', types: ['CX'], when: { cs: '...px.', rm: notClosed, em: ['Proposed'] }, fire: { cs: ['X', 'P'], em: 'reject' }, replies: ['CK'], source: ['FT:322'], requirements: ['CSB-05-002', 'VP-11-003'] },
  { id: 'FT:323', types: ['CX'], when: { cs: '...px.', rm: notClosed, em: ['Active', 'Revise'] }, fire: { cs: ['X', 'P'], em: 'terminate' }, replies: ['CK'], source: ['FT:323'], requirements: ['CSB-05-003', 'VP-11-002'] },
  { id: 'FT:324', types: ['CX'], when: { cs: '...px.', rm: notClosed, em: ['None', 'Exited'] }, fire: { cs: ['X', 'P'] }, replies: ['CK'], source: ['FT:324'], requirements: ['CSB-05-001'] },
  { id: 'FT:325', types: ['CX'], when: { cs: '...Px.', rm: notClosed }, fire: { cs: ['X'] }, replies: ['CK'], source: ['FT:325'], requirements: ['CSB-05-004'] },
  { id: 'FT:326', types: ['CX'], when: { cs: '...PX.', rm: notClosed }, replies: ['CK'], source: ['FT:326'], requirements: ['CSB-05-005'] },
  { id: 'FT:327', types: ['CA'], when: { cs: '...p.a', rm: notClosed, em: ['Proposed'] }, fire: { cs: ['A', 'P'], em: 'reject' }, replies: ['CK'], source: ['FT:327'], requirements: ['CSB-06-002', 'VP-11-007'] },
  { id: 'FT:328', types: ['CA'], when: { cs: '...p.a', rm: notClosed, em: ['Active', 'Revise'] }, fire: { cs: ['A', 'P'], em: 'terminate' }, replies: ['CK'], source: ['FT:328'], requirements: ['CSB-06-003', 'VP-11-006'] },
  { id: 'FT:329', types: ['CA'], when: { cs: '...p.a', rm: notClosed, em: ['None', 'Exited'] }, fire: { cs: ['A', 'P'] }, replies: ['CK'], source: ['FT:329'], requirements: ['CSB-06-001'] },
  { id: 'FT:330', types: ['CA'], when: { cs: '...P.a', rm: notClosed }, fire: { cs: ['A'] }, replies: ['CK'], source: ['FT:330'], requirements: ['CSB-06-004'] },
  { id: 'FT:331', types: ['CA'], when: { cs: '.....A', rm: notClosed }, replies: ['CK'], source: ['FT:331'], requirements: ['CSB-06-005'] },
  { id: 'FT:332', types: ['CE'], when: { rm: notClosed }, replies: ['CK', 'GI'], source: ['FT:332'], requirements: ['CSB-07-001'] },
  { id: 'FT:333', types: ['CK'], when: { rm: notClosed }, source: ['FT:333'], requirements: ['CSB-08-001'] },

  { id: 'FT:373', types: ['GI'], replies: ['GK'], source: ['FT:373'], requirements: [] },
  { id: 'FT:374', types: ['GK'], source: ['FT:374'], requirements: [] },
  { id: 'FT:375', types: ['GE'], replies: ['GI'], source: ['FT:375'], requirements: [] },
]

const local: ReadonlyArray<LocalRow> = [
  { id: 'local.discover', events: ['discover'], when: { rm: ['Start'] }, fire: { rm: 'receive' }, source: ['RM:r'], requirements: [] },
  { id: 'local.validate', events: ['validate'], when: { rm: ['Received', 'Invalid'] }, fire: { rm: 'validate' }, source: ['RM:v'], requirements: ['VP-02-010'] },
  { id: 'local.invalidate', events: ['invalidate'], when: { rm: ['Received'] }, fire: { rm: 'invalidate' }, source: ['RM:i'], requirements: ['VP-02-010'] },
  { id: 'local.accept', events: ['accept'], when: { rm: ['Valid', 'Deferred'] }, fire: { rm: 'accept' }, source: ['RM:a'], requirements: ['VP-02-014'] },
  { id: 'local.defer', events: ['defer'], when: { rm: ['Valid', 'Accepted'] }, fire: { rm: 'defer' }, source: ['RM:d'], requirements: ['VP-02-014'] },
  { id: 'local.close', events: ['close'], when: { rm: ['Invalid', 'Deferred', 'Accepted'] }, fire: { rm: 'close' }, source: ['RM:c'], requirements: ['VP-02-004'] },
  { id: 'local.learn-p', events: ['learn P'], when: { cs: '...p..', rm: notClosed }, fire: { cs: ['P'] }, source: ['CST:P'], requirements: [] },
  { id: 'local.learn-x', events: ['learn X'], when: { cs: '....x.', rm: notClosed }, fire: { cs: ['X'] }, source: ['CST:X'], requirements: [] },
  { id: 'local.learn-a', events: ['learn A'], when: { cs: '.....a', rm: notClosed }, fire: { cs: ['A'] }, source: ['CST:A'], requirements: [] },
  { id: 'local.aware-start', events: ['aware'], when: { cs: 'vfd...', rm: ['Start'] }, fire: { rm: 'receive', cs: ['V'] }, source: ['CST:V', 'FT:288'], requirements: [] },
  { id: 'local.aware', events: ['aware'], when: { cs: 'vfd...', rm: open }, fire: { cs: ['V'] }, source: ['CST:V'], requirements: [] },
  { id: 'local.expire', events: ['expire'], when: { rm: notClosed, em: ['Active', 'Revise'] }, fire: { em: 'terminate' }, source: ['EM:264'], requirements: ['VP-04-001'] },
  { id: 'local.ready', events: ['ready'], when: { cs: 'Vfd...', rm: notClosed }, fire: { cs: ['F'] }, source: ['CST:F'], requirements: [] },
  { id: 'local.deployed', events: ['deployed'], when: { cs: 'VFd...', rm: notClosed }, fire: { cs: ['D'] }, source: ['CST:D'], requirements: [] },
]

const none: ReadonlyArray<Consequence> = []

/** The published tables, read literally. */
export const publishedRules: RuleSet = {
  name: 'published',
  edition: 1,
  sent,
  received,
  local,
  forced: none,
  consequences: none,
  advice: [],
  extraEdges: {
    rm: { Valid: { invalidate: 'Invalid' } },
    cs: {
      vfdPxa: { X: 'vfdPXa', A: 'vfdPxA' },
      vfdPxA: { X: 'vfdPXA' },
      vfdPXa: { A: 'vfdPXA' },
      vfdpXa: { V: 'VfdpXa', A: 'vfdpXA' },
      vfdpXA: { V: 'VfdpXA' },
      VfdpXa: { F: 'VFdpXa', A: 'VfdpXA' },
      VfdpXA: { F: 'VFdpXA' },
      VFdpXa: { D: 'VFDpXa', A: 'VFdpXA' },
      VFdpXA: { D: 'VFDpXA' },
      VFDpXa: { A: 'VFDpXA' },
      dpXa: { D: 'DpXa', A: 'dpXA' },
      dpXA: { D: 'DpXA' },
      DpXa: { A: 'DpXA' },
      pXa: { A: 'pXA' },
    },
  },
}

/** The published protocol, ready to run. */
export const published: Protocol = /* @__PURE__ */ protocol(publishedRules)
