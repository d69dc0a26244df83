/**
 * The requirements on the behaviour of the three machines: families RMB, EMB and CSB.
 *
 * They say again, as event, condition and action, what VP says in general: what to do on receipt of a message, and what to
 * do on entering a state. The actions come in the order in which they are taken; what stands in brackets is what other
 * rows of the same event require. *Answers* goes to the sender, *announces* to the others. Where such a row is stronger
 * than the row of VP that it restates, VP is what the adopted reading follows (`relations.ts`).
 *
 * The file is long because it is a register: one row is one requirement.
 *
 * @module
 */
import { type RequirementRow } from './requirement.js'

/** The rows of RMB: Report Management. */
export const reportRequirements: ReadonlyArray<RequirementRow> = [
  // RMB-01 Receive RS (Report Submission)
  ['RMB-01-001', 'MUST', 'recipient', 'RS, RM=S', 'r: S→R; answers RK', 'y24', 'step'],
  ['RMB-01-002', 'MUST', 'Vendor recipient', 'RS, RM=S, CS=vfd···', 'r: S→R, V: vfd→Vfd; announces CV; answers RK', 'y57', 'step'],
  ['RMB-01-003', 'SHOULD', 'Vendor recipient', 'RS, RM∈{R,I,V,D,A}, vfd···', 'V: vfd→Vfd; announces CV; answers RK; RM stays', 'y107', 'step'],
  ['RMB-01-004', 'SHOULD', 'recipient', 'RS, RM∈{R,I,V,D,A}, V already', 'answers RK; nothing changes', 'y157', 'own log'],
  ['RMB-01-005', 'MAY', 'recipient', 'any R*, RM=C', 'may ignore it', 'y191', 'step'],
  // RMB-02 Receive RI (Report Invalid)
  ['RMB-02-001', 'SHOULD', 'recipient', 'RI, RM∈{R,I,V,D,A}', 'view of the sender: RM=I; answers RK', 'y222', 'own log'],
  ['RMB-02-002', 'SHOULD', 'recipient', 'RI, RM=S', 'answers RE, GI and RK', 'y266', 'own log'],
  // RMB-03 Receive RV (Report Valid)
  ['RMB-03-001', 'SHOULD', 'recipient', 'RV, RM∈{R,I,V,D,A}', 'view of the sender: RM=V; answers RK', 'y312', 'own log'],
  ['RMB-03-002', 'SHOULD', 'recipient', 'RV, RM=S', 'answers RE, GI and RK', 'y355', 'own log'],
  // RMB-04 Receive RD (Report Deferred)
  ['RMB-04-001', 'SHOULD', 'recipient', 'RD, RM∈{R,I,V,D,A}', 'view of the sender: RM=D; answers RK', 'y401', 'own log'],
  ['RMB-04-002', 'SHOULD', 'recipient', 'RD, RM=S', 'answers RE, GI and RK', 'y444', 'own log'],
  // RMB-05 Receive RA (Report Accepted)
  ['RMB-05-001', 'SHOULD', 'recipient', 'RA, RM∈{R,I,V,D,A}', 'view of the sender: RM=A; answers RK', 'y489', 'own log'],
  ['RMB-05-002', 'SHOULD', 'recipient', 'RA, RM=S', 'answers RE, GI and RK', 'y533', 'own log'],
  // RMB-06 Receive RC (Report Closed)
  ['RMB-06-001', 'SHOULD', 'recipient', 'RC, RM∈{R,I,V,D,A}', 'view of the sender: RM=C; answers RK', 'y579', 'own log'],
  ['RMB-06-002', 'MAY', 'P', 'RC received from every other active participant; RM∈{R,I,D,A}', 'may check its own criteria and close', 'y623', 'case log'],
  ['RMB-06-003', 'SHOULD', 'recipient', 'RC, RM=S', 'answers RE, GI and RK', 'y651', 'own log'],
  // RMB-07 Receive RE (Report Error)
  ['RMB-07-001', 'SHOULD', 'recipient', 'RE, RM∈{R,I,V,D,A}', 'answers GI and RK', 'y696', 'own log'],
  ['RMB-07-002', 'SHOULD', 'recipient', 'RE, RM=S', 'answers RE, GI and RK', 'y736', 'own log'],
  // RMB-08 Receive RK (Report Acknowledgment)
  ['RMB-08-001', 'MAY', 'recipient', 'RK, RM∈{R,I,V,D,A}', 'may leave it at that', 'y784', 'step'],
  ['RMB-08-002', 'SHOULD', 'recipient', 'RK, RM=S', 'answers RE and GI', 'y814', 'own log'],
  // RMB-09 Enter RM Received
  ['RMB-09-001', 'SHOULD', 'P', 'enters R', 'starts validation', 'y860', 'inside'],
  ['RMB-09-002', 'MAY', 'P', 'RM=R, too little information', 'may hold the report', 'y897', 'judgement'],
  // RMB-10 Enter RM Valid
  ['RMB-10-001', 'MUST', 'P', 'enters V', 'starts prioritisation', 'y929', 'inside'],
  ['RMB-10-002', 'MUST NOT', 'P', 'RM=V', 'no edge c', 'y959', 'step'],
  ['RMB-10-003', 'SHOULD', 'P', 'enters V', 'announces RV', 'y982', 'own log'],
  ['RMB-10-004', 'SHOULD', 'P', 'enters V', 'creates or updates the case', 'y1012', 'inside'],
  // RMB-11 Enter RM Invalid
  ['RMB-11-001', 'SHOULD', 'P', 'enters I', 'announces RI', 'y1043', 'own log'],
  ['RMB-11-002', 'SHOULD NOT', 'P', 'report is a duplicate', 'no edge i for that reason', 'y1073', 'judgement'],
  ['RMB-11-003', 'MAY', 'P', 'RM=I, new information', 'may validate again (v)', 'y1097', 'step'],
  ['RMB-11-004', 'MAY', 'P', 'RM=I, nothing more expected, EM∉{A,R}', 'may close (c)', 'y1123', 'step'],
  // RMB-12 Enter RM Deferred
  ['RMB-12-001', 'SHOULD', 'P', 'enters D', 'announces RD', 'y1153', 'own log'],
  ['RMB-12-002', 'SHOULD', 'P', 'RM=D', 'watches for reasons to change the priority', 'y1186', 'inside'],
  ['RMB-12-003', 'MAY', 'P', 'RM=D', 'may take c after a time without activity', 'y1208', 'step'],
  // RMB-13 Enter RM Accepted
  ['RMB-13-001', 'MUST', 'P', 'sends RS', 'own RM=A', 'y1236', 'step'],
  ['RMB-13-002', 'SHOULD', 'P', 'enters A', 'announces RA', 'y1262', 'own log'],
  ['RMB-13-003', 'SHOULD', 'P', 'RM=A', 'works on the report', 'y1295', 'inside'],
  // RMB-14 Enter RM Closed
  ['RMB-14-001', 'SHOULD', 'P', 'enters C', 'announces RC', 'y1324', 'own log'],
  ['RMB-14-002', 'MAY', 'P', 'receives R* in RM=C', 'may ignore it', 'y1354', 'step'],
  ['RMB-14-003', 'SHOULD NOT', 'P', 'EM∈{A,R}', 'no edge c before the closure and whether it keeps to the embargo are announced', 'y1375', 'own log'],
  // RMB-15 RM Write-Boundary Transition Validation
  ['RMB-15-001', 'MUST', 'Impl', 'RM is written', 'only along an edge, or the same state again; else it fails and nothing is written', 'y1417', 'step'],
]

/** The rows of EMB: Embargo Management. EMB-18 is of the kind *architecture* and stands here for completeness. */
export const embargoRequirements: ReadonlyArray<RequirementRow> = [
  // EMB-01 Receive EP (Embargo Proposed)
  ['EMB-01-001', 'MUST', 'recipient', 'EP, EM=N, ···pxa', 'p: N→P; answers EK', 'y24', 'step'],
  ['EMB-01-002', 'MUST NOT', 'recipient', 'EP, CS has P, X or A', 'does not accept; answers ER', 'y60', 'step'],
  ['EMB-01-003', 'MUST', 'recipient', 'EP, EM=P, ···pxa', 'stays in P; answers EK; may weigh the counter-proposal', 'y103', 'step'],
  ['EMB-01-004', 'SHOULD NOT', 'recipient', 'EP, RM=I', 'neither proposes nor accepts', 'y138', 'step'],
  ['EMB-01-005', 'SHOULD NOT', 'recipient', 'EP, RM∈{D,C}', 'does not begin EM by accepting', 'y164', 'step'],
  // EMB-02 Receive EA (Embargo Accepted)
  ['EMB-02-001', 'MUST', 'recipient', 'EA, EM=P, ···pxa', 'a: P→A; answers EK', 'y198', 'step'],
  ['EMB-02-002', 'MUST NOT', 'recipient', 'EA, CS has P, X or A', 'no edge a; answers ER', 'y236', 'step'],
  ['EMB-02-003', 'SHOULD NOT', 'recipient', 'EA, RM∈{I,C}', 'no EM edge a from P', 'y274', 'step'],
  // EMB-03 Receive EV (Embargo Revision Proposed)
  ['EMB-03-001', 'MUST', 'recipient', 'EV, EM=A, ···pxa', 'p: A→R; answers EK; the old terms stay in force', 'y309', 'step'],
  ['EMB-03-002', 'MUST', 'recipient', 'EV, EM=R, ···pxa', 'stays in R; answers EK', 'y350', 'step'],
  ['EMB-03-003', 'MUST', 'recipient', 'EV, EM∈{A,R}, CS∉pxa', 't: →X; announces ET', 'y383', 'step'],
  // EMB-04 Receive EJ (Embargo Revision Rejected)
  ['EMB-04-001', 'MUST', 'recipient', 'EJ, EM=R, ···pxa', 'r: R→A; answers EK', 'y434', 'step'],
  ['EMB-04-002', 'MUST', 'recipient', 'EJ, EM=R, CS∉pxa', 't: R→X; announces ET', 'y470', 'step'],
  // EMB-05 Receive EC (Embargo Revision Accepted)
  ['EMB-05-001', 'MUST', 'recipient', 'EC, EM=R, ···pxa', 'a: R→A with the new terms; answers EK', 'y517', 'step'],
  ['EMB-05-002', 'MUST', 'recipient', 'EC, EM=R, CS∉pxa', 't: R→X; announces ET', 'y555', 'step'],
  // EMB-06 Receive ER (Embargo Rejected)
  ['EMB-06-001', 'MUST', 'recipient', 'ER, EM=P', 'r: P→N; answers EK', 'y601', 'step'],
  // EMB-07 Receive ET (Embargo Terminated)
  ['EMB-07-001', 'MUST', 'recipient', 'ET, EM=A', 't: A→X; answers EK', 'y644', 'step'],
  ['EMB-07-002', 'MUST', 'recipient', 'ET, EM=R', 't: R→X; answers EK', 'y678', 'step'],
  ['EMB-07-003', 'MUST', 'recipient', 'ET, EM=X', 'stays in X; answers EK', 'y712', 'step'],
  // EMB-08 Receive EE (Embargo Error)
  ['EMB-08-001', 'SHOULD', 'recipient', 'EE', 'answers EK and GI', 'y748', 'own log'],
  // EMB-09 Receive EK (Embargo Acknowledgment)
  ['EMB-09-001', 'MAY', 'recipient', 'EK', 'may leave it at that', 'y787', 'step'],
  // EMB-10 Enter EM Proposed
  ['EMB-10-001', 'MAY', 'P', 'enters P', 'may weigh the terms and answer EA, EV (a counter-proposal) or ER', 'y814', 'step'],
  ['EMB-10-002', 'SHOULD NOT', 'P', 'RM∈{I,D,C}', 'neither begins nor goes on negotiating', 'y842', 'step'],
  // EMB-11 Enter EM Active
  ['EMB-11-001', 'SHOULD NOT', 'P', 'EM=A, the invitee has not accepted', 'does not share the report with it', 'y876', 'case log'],
  ['EMB-11-002', 'SHOULD', 'P', 'enters A', 'does not publish until the embargo expires or is terminated', 'y901', 'own log'],
  ['EMB-11-003', 'MUST NOT', 'P', 'own RM∈{C,D}, EM=A, others are engaged', 'no edge t for that reason alone', 'y924', 'case log'],
  ['EMB-11-004', 'SHOULD', 'P', 'RM∈{D,I}, EM∈{A,R}, no tasks left', 'stays there, does not close', 'y953', 'own log'],
  ['EMB-11-005', 'SHOULD', 'P', 'EM=A, changes whether it keeps to the embargo', 'says so', 'y980', 'own log'],
  // EMB-12 Enter EM Revise
  ['EMB-12-001', 'MAY', 'P', 'enters R', 'may weigh the revision and answer EC, EJ or EV', 'y1008', 'step'],
  ['EMB-12-002', 'MUST NOT', 'P', 'own RM∈{C,D}, EM=R, others are engaged', 'no edge t for that reason alone', 'y1031', 'case log'],
  ['EMB-12-003', 'SHOULD', 'P', 'EM=R, changes whether it keeps to the embargo', 'says so', 'y1059', 'own log'],
  // EMB-13 Enter EM Exited
  ['EMB-13-001', 'SHOULD', 'P', 'enters X', 'resets the consent of all participants', 'y1087', 'inside'],
  ['EMB-13-002', 'MUST NOT', 'P', 'EM=X, CS has P, X or A', 'neither seeks nor accepts a new embargo', 'y1116', 'step'],
  // EMB-14 Actor-Voluntary Embargo Termination (Trigger Side)
  ['EMB-14-001', 'MUST', 'Impl', 'an embargo in A or R is terminated at will', 'a reason is given: fix deployed, fix ready, or other', 'y1161', 'own log'],
  ['EMB-14-002', 'MUST', 'Impl', 'an embargo is terminated at will', 'a policy guard runs after the reason and before the exit, and may veto', 'y1206', 'inside'],
  ['EMB-14-003', 'SHOULD', 'Impl', 'the policy guard has vetoed', 'an explicit override is offered', 'y1239', 'inside'],
  // EMB-15 Inbound Embargo-Response Decision (Received Side)
  ['EMB-15-001', 'MUST', 'Impl', 'a well-formed EP or invitation to an embargo', 'is accepted by default', 'y1298', 'inside'],
  ['EMB-15-005', 'MUST', 'Impl', 'no outside adjudicator', 'the evaluation accepts', 'y1343', 'inside'],
  ['EMB-15-002', 'MUST', 'Impl', 'decides on a proposal', 'before any adjudication there is a way past it for the owner of the case', 'y1358', 'inside'],
  ['EMB-15-006', 'MUST NOT', 'Impl', 'the owner of the case decides', 'no outside approval is needed', 'y1395', 'inside'],
  ['EMB-15-007', 'MUST', 'Impl', 'somebody other than the owner decides', 'the approval of the owner is asked for; it is yes by default', 'y1407', 'inside'],
  ['EMB-15-003', 'SHOULD', 'Impl', 'EP with terms', 'a counter-proposal is possible, off by default: a fresh EP, EM stays P', 'y1421', 'inside'],
  ['EMB-15-004', 'MUST', 'Impl', 'the decision is to reject', 'takes the existing way: ER and r: P→N, or consent declined; always so when CS has P, X or A', 'y1468', 'step'],
  // EMB-16 CS Public/Exploit/Attacks Detected While EM Proposed
  ['EMB-16-001', 'MUST', 'P', 'EM=P and CS gains P, X or A', 'r: P→N; announces ER', 'y1520', 'step'],
  // EMB-17 Late Accept of an Expired Embargo Invitation
  ['EMB-17-001', 'MUST', 'CaseActor', 'acceptance of an invitation after its deadline', 'is not refused for lateness; is compared with the embargo of the case', 'y1583', 'case log'],
  ['EMB-17-002', 'MUST', 'CaseActor', 'late acceptance of the current terms', 'records the signatory, as if in time', 'y1609', 'case log'],
  ['EMB-17-003', 'MUST', 'CaseActor', 'late acceptance of other terms', 'invites again with the current terms', 'y1639', 'case log'],
  ['EMB-17-005', 'MUST NOT', 'CaseActor', 'late acceptance of other terms', 'is not recorded as consent', 'y1675', 'case log'],
  ['EMB-17-006', 'MUST NOT', 'CaseActor', 'late acceptance of other terms', 'the participant is not rejected', 'y1689', 'case log'],
  ['EMB-17-004', 'MUST', 'CaseActor', 'late acceptance, EM∈{X,N}', 'is acknowledged; nothing changes', 'y1703', 'case log'],
  ['EMB-17-007', 'MUST NOT', 'CaseActor', 'late acceptance, EM∈{X,N}', 'no new invitation', 'y1747', 'case log'],
  ['EMB-17-008', 'MUST NOT', 'CaseActor', 'late acceptance, EM∈{X,N}', 'the participant is not removed from the case', 'y1761', 'case log'],
  // EMB-18 EM Write-Boundary Consolidation
  ['EMB-18-001', 'MUST', 'Impl', 'EM is written', 'only through one service that validates', 'y1787', 'inside'],
  ['EMB-18-002', 'MUST NOT', 'Impl', 'a check of an EM edge fails', 'nothing is written: it raises or fails', 'y1807', 'step'],
]

/** The rows of CSB: Case State. CSB-01 to CSB-07 hold for RM≠C. */
export const caseStateRequirements: ReadonlyArray<RequirementRow> = [
  // CSB-01 Receive CV (Vendor Aware)
  ['CSB-01-001', 'MUST', 'recipient', 'CV, RM≠C', 'view of the sender: Vfd; own CS stays; answers CK', 'y25', 'own log'],
  // CSB-02 Receive CF (Fix Ready)
  ['CSB-02-001', 'MUST', 'recipient', 'CF, RM≠C', 'view of the sender: VFd; own CS stays; answers CK', 'y70', 'own log'],
  // CSB-03 Receive CD (Fix Deployed)
  ['CSB-03-001', 'MUST', 'recipient', 'CD, RM≠C', 'view of the sender: VFD; own CS stays; answers CK', 'y114', 'own log'],
  // CSB-04 Receive CP (Public Aware)
  ['CSB-04-001', 'MUST', 'recipient', 'CP, p, EM∈{N,X}', 'P; answers CK', 'y158', 'step'],
  ['CSB-04-002', 'MUST', 'recipient', 'CP, p, EM=P', 'P (and r: P→N, CK)', 'y193', 'step'],
  ['CSB-04-003', 'MUST', 'recipient', 'CP, p, EM∈{A,R}', 'P (and t: →X, ET, CK)', 'y232', 'step'],
  ['CSB-04-004', 'MUST', 'recipient', 'CP, P already', 'answers CK; nothing changes', 'y285', 'step'],
  ['CSB-04-005', 'MUST', 'recipient', 'CP, p, EM=P', 'r: P→N', 'y311', 'step'],
  ['CSB-04-006', 'MUST', 'recipient', 'CP, p, EM=P', 'answers CK', 'y323', 'own log'],
  ['CSB-04-007', 'MUST', 'recipient', 'CP, p, EM∈{A,R}', 'starts the termination: ET', 'y334', 'own log'],
  ['CSB-04-008', 'MUST', 'recipient', 'CP, p, EM∈{A,R}', 'answers CK', 'y346', 'own log'],
  // CSB-05 Receive CX (Exploit Public)
  ['CSB-05-001', 'MUST', 'recipient', 'CX, px, EM∈{N,X}', 'X and P; answers CK', 'y364', 'step'],
  ['CSB-05-002', 'MUST', 'recipient', 'CX, px, EM=P', 'X and P (and r: P→N, CK)', 'y400', 'step'],
  ['CSB-05-003', 'MUST', 'recipient', 'CX, px, EM∈{A,R}', 'X and P (and t: →X, ET, CK)', 'y439', 'step'],
  ['CSB-05-004', 'MUST', 'recipient', 'CX, Px', 'X; answers CK', 'y483', 'step'],
  ['CSB-05-005', 'MUST', 'recipient', 'CX, PX', 'answers CK; nothing changes', 'y514', 'step'],
  ['CSB-05-006', 'MUST', 'recipient', 'CX, px, EM=P', 'r: P→N', 'y540', 'step'],
  ['CSB-05-007', 'MUST', 'recipient', 'CX, px, EM=P', 'answers CK', 'y552', 'own log'],
  ['CSB-05-008', 'MUST', 'recipient', 'CX, px, EM∈{A,R}', 'starts the termination: ET', 'y563', 'own log'],
  ['CSB-05-009', 'MUST', 'recipient', 'CX, px, EM∈{A,R}', 'answers CK', 'y576', 'own log'],
  ['CSB-05-010', 'MUST', 'recipient', 'CX, px, EM∈{A,R}', 'records X and P before the end of the embargo begins', 'y587', 'own log'],
  // CSB-06 Receive CA (Attacks Observed)
  ['CSB-06-001', 'MUST', 'recipient', 'CA, p·a, EM∈{N,X}', 'P and A; answers CK', 'y607', 'step'],
  ['CSB-06-002', 'MUST', 'recipient', 'CA, p·a, EM=P', 'P and A (and r: P→N, CK)', 'y643', 'step'],
  ['CSB-06-003', 'MUST', 'recipient', 'CA, p·a, EM∈{A,R}', 'P and A (and t: →X, ET, CK)', 'y683', 'step'],
  ['CSB-06-004', 'MUST', 'recipient', 'CA, P·a', 'A; answers CK', 'y729', 'step'],
  ['CSB-06-005', 'MUST', 'recipient', 'CA, P·A', 'answers CK; nothing changes', 'y760', 'step'],
  ['CSB-06-006', 'MUST', 'recipient', 'CA, p·a, EM=P', 'r: P→N', 'y786', 'step'],
  ['CSB-06-007', 'MUST', 'recipient', 'CA, p·a, EM=P', 'answers CK', 'y798', 'own log'],
  ['CSB-06-008', 'MUST', 'recipient', 'CA, p·a, EM∈{A,R}', 'starts the termination: ET', 'y809', 'own log'],
  ['CSB-06-009', 'MUST', 'recipient', 'CA, p·a, EM∈{A,R}', 'answers CK', 'y822', 'own log'],
  ['CSB-06-010', 'MUST', 'recipient', 'CA, p·a, EM∈{A,R}', 'records P and A before the end of the embargo begins', 'y833', 'own log'],
  // CSB-07 Receive CE (CS Error)
  ['CSB-07-001', 'SHOULD', 'recipient', 'CE, RM≠C', 'answers CK and GI', 'y853', 'own log'],
  // CSB-08 Receive CK (CS Acknowledgment)
  ['CSB-08-001', 'MAY', 'recipient', 'CK', 'may leave it at that', 'y896', 'step'],
  // CSB-09 Enter CS Vendor Aware (V)
  ['CSB-09-001', 'SHOULD', 'Vendor', 'enters Vfdpxa, EM=N', 'begins to negotiate an embargo soon', 'y920', 'own log'],
  ['CSB-09-002', 'SHOULD', 'P', 'enters V', 'announces CV', 'y947', 'own log'],
  // CSB-10 Enter CS Fix Ready (F)
  ['CSB-10-001', 'SHOULD NOT', 'P', 'enters VFd···', 'starts no negotiation; rejects an open proposal (EM=P)', 'y981', 'step'],
  ['CSB-10-002', 'SHOULD', 'P', 'enters F', 'announces CF', 'y1005', 'own log'],
  // CSB-11 Enter CS Fix Deployed (D)
  ['CSB-11-001', 'SHOULD', 'P', 'enters VFD···, EM∈{A,R}', 'terminates the embargo: ET', 'y1033', 'own log'],
  ['CSB-11-002', 'SHOULD', 'P', 'enters D', 'announces CD', 'y1064', 'own log'],
  // CSB-12 Enter CS Public Aware (P)
  ['CSB-12-001', 'MUST', 'P', 'enters P, EM∈{A,R}', 'terminates the embargo at once: ET; records P first', 'y1092', 'step'],
  ['CSB-12-002', 'MUST NOT', 'P', 'CS∈···P··', 'neither seeks nor accepts an embargo', 'y1134', 'step'],
  ['CSB-12-003', 'SHOULD', 'P', 'enters P, and not because of CP', 'announces CP', 'y1154', 'own log'],
  // CSB-13 Enter CS Exploit Public (X)
  ['CSB-13-001', 'MUST', 'P', 'x→X while p', 'P and X are set together; announces CX and CP', 'y1185', 'step'],
  ['CSB-13-002', 'MUST', 'P', 'enters X, EM∈{A,R}', 'terminates the embargo at once: ET; records X first', 'y1222', 'step'],
  ['CSB-13-003', 'MUST NOT', 'P', 'CS∈····X·', 'neither seeks nor accepts an embargo', 'y1263', 'step'],
  // CSB-14 Enter CS Attacks Observed (A)
  ['CSB-14-001', 'SHOULD', 'P', 'enters A, EM∈{A,R}', 'terminates the embargo: ET; records A first', 'y1289', 'step'],
  ['CSB-14-002', 'SHOULD', 'P', 'enters A while p', 'P as well; announces CP', 'y1333', 'own log'],
  ['CSB-14-003', 'MUST NOT', 'P', 'CS∈·····A', 'seeks no embargo', 'y1364', 'step'],
  ['CSB-14-004', 'SHOULD', 'P', 'enters A', 'announces CA', 'y1383', 'own log'],
  // CSB-15 Trigger-Side VFD Role Preconditions
  ['CSB-15-001', 'MUST', 'actor', 'reports F of itself', 'has the role of a Vendor', 'y1420', 'step'],
  ['CSB-15-002', 'MUST', 'actor', 'reports D of itself', 'has the role of a Deployer', 'y1454', 'step'],
  ['CSB-15-003', 'MUST', 'actor', 'says that it has published', 'the public state becomes Pxa, the fix path stays', 'y1489', 'step'],
  // CSB-16 CS Write-Boundary Transition Validation
  ['CSB-16-001', 'MUST', 'Impl', 'the fix path is written', 'only along an edge, or the same state again; else it fails', 'y1537', 'step'],
  ['CSB-16-002', 'MUST', 'Impl', 'the public state is written', 'only along an edge, or the same state again; else it fails', 'y1576', 'step'],
  // CSB-17 CS Compound State and History Validity
  ['CSB-17-001', 'MUST', 'Impl', 'CS states', 'exactly 32: 4 fix paths by 8 public states', 'y1623', 'step'],
  ['CSB-17-002', 'MUST', 'Impl', 'CS edge', 'changes exactly one letter, from lower to upper case', 'y1649', 'step'],
  ['CSB-17-003', 'MUST', 'Impl', 'CS state', 'vP and pX are only passed through (12 states)', 'y1707', 'step'],
  ['CSB-17-004', 'SHOULD', 'consumer', 'a reported history', 'is replayed from vfdpxa; of the 720 complete orders 70 are valid', 'y1743', 'case log'],
  ['CSB-17-005', 'MUST', 'Impl', 'an incomplete history', 'is validated as a prefix', 'y1780', 'own log'],
  ['CSB-17-006', 'MUST NOT', 'Impl', 'CS state', 'never vF', 'y1817', 'step'],
  ['CSB-17-007', 'MUST NOT', 'Impl', 'CS state', 'never fD', 'y1828', 'step'],
  ['CSB-17-008', 'MUST', 'Impl', 'CS edge', 'with several letters, backwards, or past a missing letter of the fix path is rejected', 'y1839', 'step'],
  ['CSB-17-009', 'MUST', 'Impl', 'CS state vP', 'the next event is V', 'y1851', 'step'],
  ['CSB-17-012', 'MUST', 'Impl', 'CS state pX', 'the next event is P', 'y1861', 'step'],
  ['CSB-17-013', 'MUST', 'Impl', 'CS state vP or pX', 'every other event is rejected', 'y1873', 'step'],
  ['CSB-17-010', 'MUST NOT', 'Impl', 'a prefix', 'need not have all six events; may end in a state that is only passed through', 'y1887', 'own log'],
  ['CSB-17-011', 'MUST', 'Impl', 'a prefix', 'can be completed to one of the 70', 'y1899', 'own log'],
]
