/**
 * What stands around VP and the behaviour of the machines.
 *
 * Core: SM (state machines; of its specification the entries of the kind *protocol*) and PX (statements that only the
 * documents make, not the specifications; their ids are given here). Not core: ST (how things are built, said without a
 * word of obligation; ids given here), DVS (the draft specification, sections 4 to 7; ids given here), EP (embargo
 * policies) and DUR (durations).
 *
 * The file is long because it is a register: one row is one requirement.
 *
 * @module
 */
import { type RequirementRow } from './requirement.js'

/** The rows of SM: state machines. */
export const machineRequirements: ReadonlyArray<RequirementRow> = [
  // SM-01 State Enum Design
  ['SM-01-002', 'SHOULD', 'Impl', 'sets of states', 'have a long name and one letter for each', 'y22', 'inside'],
  ['SM-01-003', 'MUST', 'Impl', 'sets of states', 'decide which states are valid', 'y26', 'step'],
  // SM-02 State Machine Definitions
  ['SM-02-001', 'SHOULD', 'Impl', 'each machine', 'has a function that makes it', 'y33', 'inside'],
  ['SM-02-002', 'MUST NOT', 'Impl', 'a live change of state', 'does not go through those functions', 'y38', 'inside'],
  // SM-03 Transition Definitions
  ['SM-03-001', 'SHOULD', 'Impl', 'transitions', 'are typed values with event, source and target', 'y54', 'inside'],
  ['SM-03-002', 'SHOULD', 'Impl', 'transitions', 'stand in one list beside the states', 'y59', 'inside'],
  ['SM-03-003', 'MUST', 'Impl', 'transitions', 'one entry for each documented pair of states', 'y63', 'step'],
  // SM-05 State History
  ['SM-05-002', 'MUST', 'Impl', 'a history of states', 'its newest entry is the current state', 'y89', 'own log'],
  // SM-06 In-Memory (Transient) State
  ['SM-06-001', 'SHOULD', 'Impl', 'transient state', 'is kept apart from stored state', 'y115', 'inside'],
  ['SM-06-002', 'MUST', 'Impl', 'RM', 'is stored for each participant', 'y120', 'inside'],
  // SM-08 Wire and DataLayer Compatibility
  ['SM-08-001', 'MUST', 'Impl', 'states on the wire or in a store', 'stand as their string value', 'y141', 'step'],
  // SM-09 CS Forced Transitions and Reachable States
  ['SM-09-002', 'MUST NOT', 'Impl', 'CS states with vF or fD', 'are not allowed', 'y171', 'step'],
  // SM-10 State Scoping Rules
  ['SM-10-001', 'MUST', 'Impl', 'RM or fix path edge', 'changes the record of the participant who sends', 'y187', 'case log'],
  ['SM-10-002', 'MUST', 'Impl', 'EM or public state edge', 'changes the shared record of the case', 'y197', 'case log'],
  ['SM-10-003', 'MUST NOT', 'Impl', 'any edge', 'changes no record of the other scope', 'y207', 'step'],
]

/** The rows of PX: said in the documents only. */
export const documentRequirements: ReadonlyArray<RequirementRow> = [
  ['PX-01', 'MUST', 'case', 'embargo accepted', 'it ends at some point', 'EM:166', 'design'],
  ['PX-02', 'MUST NOT', 'P', 'under embargo', 'no indefinite delay, by extension or by an end far away', 'PRI:86', 'case log'],
  ['PX-03', 'MUST', 'child-case P', 'wants an earlier date than the sibling cases', 'considers the effect on them', 'SPL:79', 'judgement'],
  ['PX-04', 'SHOULD', 'P', 'its own EM changes', 'sends the EM message that says so', 'FM:128', 'own log'],
  ['PX-05', 'MAY', 'case', 'CS∈VF·pxa, EM∈{A,R}', 'the embargo may continue', 'REC:137', 'step'],
  ['PX-06', 'none', 'Vendor recipient', 'receives RS', 'answers CV and RK', 'FT:82', 'own log'],
  ['PX-07', 'MUST', 'P', 'RM=V', 'prioritises the report', 'RM:494', 'own log'],
  ['PX-08', 'none', 'recipient', 'receives R* other than RS in RM=S', 'it is an error', 'FT:88', 'own log'],
]

/** The rows of ST: structure. */
export const structure: ReadonlyArray<RequirementRow> = [
  ['ST-01', 'none', 'Impl', 'RM edges', 'S–r→R; R–v→V, R–i→I; I–v→V, I–c→C; V–a→A, V–d→D; A–d→D, A–c→C; D–a→A, D–c→C', 'RM:619-628', 'step'],
  ['ST-02', 'none', 'Impl', 'EM edges', 'N–p→P; P–p→P, P–r→N, P–a→A; A–p→R, A–t→X; R–p→R, R–a→A, R–r→A, R–t→X', 'EM:285-291', 'step'],
  ['ST-03', 'none', 'Impl', 'CS edges', '58, each of a single letter', 'CST:154-187', 'step'],
  ['ST-04', 'none', 'Impl', 'final states', 'RM {C}; EM {N,X}; CS {VFDPXA}', 'RM:386; EM:142; CSM:93', 'step'],
  ['ST-05', 'none', 'P', 'start states', 'Vendor (S,N,vfdpxa); Deployer (S,N,dpxa); Finder and Reporter (A,N,pxa); others (S,N,pxa)', 'FS:914-919', 'step'],
  ['ST-06', 'none', 'P', 'messages', 'nobody sends to itself', 'FI:43', 'step'],
  ['ST-07', 'none', 'P', 'messages', 'what no row of the tables covers is not legal in that state', 'FI:46', 'step'],
  ['ST-08', 'none', 'Impl', 'message types', '28: RM 8, EM 9, CS 8, general 3', 'FM:245-253', 'step'],
  ['ST-09', 'none', 'Vendor', 'RM∈{R,I,V}', 'the fix path is Vfd', 'FS:271', 'step'],
  ['ST-10', 'none', 'Vendor', 'edge F', 'RM=A', 'REC:122; FS:265', 'step'],
  ['ST-11', 'none', 'Deployer', 'edge D', 'RM=A', 'REC:189-191; FS:465', 'step'],
  ['ST-12', 'none', 'P', 'fix path by role', 'Deployer that is no Vendor: d, D; neither Vendor nor Deployer: none', 'FS:464; FS:628', 'step'],
  ['ST-13', 'none', 'Vendor', 'does not deploy', 'the fix path ends at VFd', 'FS:275', 'step'],
  ['ST-14', 'none', 'Impl', 'CS states', 'D only with F, F only with V', 'CSM:42', 'step'],
  ['ST-15', 'none', 'Impl', 'CS∈···pX·', 'goes to ···PX· only', 'CST:78-79; FS:145', 'step'],
  ['ST-16', 'none', 'Impl', 'CS∈v··P··', 'goes to V··P·· only', 'CST:65-66', 'step'],
  ['ST-17', 'none', 'Impl', 'CS∈···p·A', 'may persist', 'CST:97-103', 'step'],
  ['ST-18', 'none', 'Impl', 'RM∈{S,C}', 'EM and CS do not count', 'FS:136', 'counting'],
  ['ST-19', 'none', 'Impl', 'CS∈···P··', 'EM does not count', 'FS:147-151', 'counting'],
  ['ST-20', 'none', 'case', 'scope of states', 'RM and fix path are of a participant, EM and public state of the case', 'docs/topics/process_models/model_interactions/index.md:17-22', 'case log'],
  ['ST-21', 'none', 'P', 'receives CV, CF or CD', 'own state stays', 'FT:252-255', 'step'],
  ['ST-22', 'none', 'P', 'receives E*', 'CS and RM stay', 'FT:219', 'step'],
  ['ST-23', 'none', 'P', 'sends or receives G*', 'the state stays', 'FT:337-339', 'step'],
  ['ST-24', 'none', 'P', 'receives R*', 'RM changes by RS only', 'FM:99-101', 'step'],
  ['ST-25', 'none', 'P', 'EM=R', 'the old embargo is in force until EC; EJ leads back to A with the old terms', 'EM:233-237', 'own log'],
  ['ST-26', 'none', 'case', 'coordinated publication', 'somebody has RM=A', 'REC:266-268', 'case log'],
  ['ST-27', 'none', 'case', '12 orders are preferred', 'D≺P F≺P D≺X D≺A F≺X V≺P F≺A P≺X X≺A P≺A V≺X V≺A', 'FC:155-166', 'case log'],
  ['ST-28', 'none', 'case', 'N', 'counts participants, not roles, which may overlap', 'FI:82-84', 'counting'],
]

/** The rows of DVS: the draft specification. */
export const draftRequirements: ReadonlyArray<RequirementRow> = [
  ['DVS-01', 'MUST', 'Impl', 'messages', 'use the Vultron vocabulary of ActivityStreams 2.0', 'DV:162', 'transport'],
  ['DVS-02', 'MUST', 'Impl', 'shared state: public state, EM, embargo, ledger', 'changes through the CaseActor only', 'DV:240', 'inside'],
  ['DVS-03', 'MUST', 'P', 'case exists', 'sends by the CaseActor, which records in the ledger and broadcasts', 'DV:254', 'case log'],
  ['DVS-04', 'MUST', 'P', 'message about a case', 'addresses the CaseActor only', 'DV:260', 'case log'],
  ['DVS-05', 'MUST NOT', 'P', 'message about a case', 'does not deliver it to a peer, with two exceptions while a case is set up', 'DV:261', 'case log'],
  ['DVS-06', 'MUST', 'CaseActor', 'delivery', 'mediates and records before it goes out to all', 'DV:262', 'case log'],
  ['DVS-07', 'MUST', 'Impl', 'outbound messages', 'carry the JSON-LD context of Vultron', 'DV:295', 'step'],
  ['DVS-08', 'MUST', 'Impl', 'EP or EV on the wire', 'tells them apart by its own EM: {A,R} EV, {N,P} EP', 'DV:418', 'step'],
  ['DVS-09', 'SHOULD', 'P', 'wants an earlier end that is still in the future', 'EV rather than ET', 'DV:427', 'own log'],
  ['DVS-10', 'MUST NOT', 'Impl', 'dispatches messages', 'does not expect RE, EE, CE, EK, CK', 'DV:509', 'inside'],
  ['DVS-11', 'MUST NOT', 'CaseActor', 'Accept of an invitation', 'does not take it for RM=A before an RM status says so', 'DV:613', 'case log'],
  ['DVS-12', 'SHOULD', 'Impl', 'names in code and text', 'prefer EM.NONE for N', 'DV:638', 'inside'],
  ['DVS-13', 'SHOULD', 'P', 'several proposals are open', 'accepts the shortest, the rest as revisions', 'DV:666', 'case log'],
  ['DVS-14', 'SHOULD NOT', 'P', 'outside the path of default policies', 'does not accept or reject by silence', 'DV:675', 'own log'],
  ['DVS-15', 'MAY', 'P', 'has seen P, X or A', 'may report it', 'DV:717', 'step'],
  ['DVS-16', 'SHOULD', 'Impl', 'CS state pX', 'is passed through, not rested in', 'DV:724', 'step'],
  ['DVS-17', 'MUST', 'Impl', 'consent SIGNATORY→INVITED', 'is rejected', 'DV:829', 'step'],
  ['DVS-18', 'MAY', 'inviter', 'invitation to an embargo', 'may carry a deadline for the answer', 'DV:836', 'step'],
  ['DVS-19', 'MUST NOT', 'Impl', 'deadline of an invitation', 'is not confused with the end of the embargo', 'DV:840', 'step'],
  ['DVS-20', 'MUST', 'Impl', 'window for the answer', 'has a minimum (72 h); a shorter one is raised, not rejected', 'DV:842', 'step'],
  ['DVS-21', 'MUST NOT', 'CaseActor', 'late Accept', 'is not refused for lateness', 'DV:849', 'case log'],
  ['DVS-22', 'MUST', 'CaseActor', 'messages about an embargo', 'are delivered to DECLINED and LAPSED participants too', 'DV:858', 'case log'],
  ['DVS-23', 'MUST', 'Impl', 'whether somebody keeps to the embargo', 'is computed from consent', 'DV:871', 'inside'],
  ['DVS-24', 'MUST NOT', 'Impl', 'whether somebody keeps to the embargo', 'is not stored', 'DV:872', 'inside'],
  ['DVS-25', 'MUST', 'Impl', 'a change of consent', 'goes through the validated machine', 'DV:874', 'step'],
  ['DVS-26', 'MUST', 'CaseActor', 'delivers full case content', 'the recipient has RM≥R and is a signatory, or no embargo is active', 'DV:881', 'case log'],
  ['DVS-27', 'MUST', 'CaseActor', 'Accept of an invitation', 'ledger, participant at R, consent, full case, backfill, in this order', 'DV:921', 'case log'],
  ['DVS-28', 'MUST', 'Impl', 'EM enters R', 'the consent of signatories becomes LAPSED', 'DV:927', 'case log'],
  ['DVS-29', 'MUST', 'Impl', 'EM enters X', 'resets the consent of all', 'DV:928', 'case log'],
  ['DVS-30', 'MUST', 'CaseActor', 'adopts a status with P, X or A', 'evaluates the end of the embargo', 'DV:931', 'case log'],
  ['DVS-31', 'SHOULD', 'CaseActor', 'embargo terminated', 'announces a ledger entry', 'DV:934', 'case log'],
  ['DVS-32', 'MUST', 'CaseActor', 'report of status by the owner', 'adopts it without approval', 'DV:947', 'case log'],
  ['DVS-33', 'MUST NOT', 'Impl', 'the step that records a claim', 'has no side effects', 'DV:953', 'inside'],
  ['DVS-34', 'MUST', 'CaseActor', 'has written canonical status', 'looks for P, X, A', 'DV:958', 'case log'],
  ['DVS-35', 'MUST', 'CaseActor', 'finds P, X or A', 'starts the end of the embargo', 'DV:959', 'case log'],
  ['DVS-36', 'MUST', 'CaseActor', 'looks for P, X, A', 'after the write, never before', 'DV:960', 'case log'],
  ['DVS-37', 'MAY', 'Impl', 'end of an embargo', 'may need a second approval', 'DV:961', 'inside'],
  ['DVS-38', 'MAY', 'Case Owner', 'roles', 'may delegate the management of the case', 'DV:987', 'policy'],
  ['DVS-39', 'MUST NOT', 'Actor', 'roles', 'assigns itself none in a case that it did not start', 'DV:992', 'case log'],
  ['DVS-40', 'MAY', 'Impl', 'assignment of a role', 'may verify the capability', 'DV:996', 'inside'],
  ['DVS-41', 'MAY', 'Case Owner', 'ownership', 'may transfer it', 'DV:1010', 'judgement'],
  ['DVS-42', 'MAY', 'Owner/Manager', 'participants', 'may remove one', 'DV:1022', 'judgement'],
  ['DVS-43', 'MUST', 'every P', 'takes part', 'has the capabilities of an Observer', 'DV:1086', 'inside'],
  ['DVS-44', 'MUST', 'every P', 'machines', 'follows and drives RM, EM, consent, fix path and public state', 'DV:1092', 'inside'],
  ['DVS-45', 'MUST', 'every P', 'takes an edge of its own', 'sends the message that its role has for it', 'DV:1094', 'own log'],
  ['DVS-46', 'MUST', 'every P', 'edge of a peer', 'updates its own picture', 'DV:1096', 'inside'],
  ['DVS-47', 'MUST', 'every P', 'embargo', 'takes part in the negotiation', 'DV:1098', 'case log'],
  ['DVS-48', 'MUST', 'every P', 'routing', 'by the CaseActor', 'DV:1100', 'case log'],
  ['DVS-49', 'MAY', 'every P', 'has seen P, X or A', 'may report it', 'DV:1101', 'step'],
  ['DVS-50', 'MUST', 'Authority', 'own updates', 'are adopted without approval', 'DV:1127', 'case log'],
  ['DVS-51', 'MUST', 'Authority', 'EM', 'is able to drive the shared EM', 'DV:1129', 'inside'],
  ['DVS-52', 'MUST', 'Authority', 'ownership', 'is able to transfer it', 'DV:1130', 'inside'],
  ['DVS-53', 'MUST', 'Hosting', 'CaseActor', 'is one or hosts one', 'DV:1141', 'inside'],
  ['DVS-54', 'MUST', 'Hosting', 'ledger', 'keeps and replicates it', 'DV:1143', 'case log'],
  ['DVS-55', 'MUST', 'Hosting', 'case management', 'invites, accepts, assigns roles and ownership', 'DV:1145', 'inside'],
  ['DVS-56', 'MUST', 'Hosting', 'adoption of a status', 'in the two steps of recording and adopting', 'DV:1147', 'inside'],
  ['DVS-57', 'MUST', 'Hosting', 'content', 'is delivered only as DVS-26 has it', 'DV:1149', 'case log'],
  ['DVS-58', 'SHOULD', 'Impl', 'assignment of a role', 'verifies the prerequisites', 'DV:1196', 'inside'],
  ['DVS-59', 'MUST', 'Vendor', 'CS edge f→F', 'only with the role of a Vendor', 'DV:1283', 'step'],
  ['DVS-60', 'MUST', 'Deployer', 'CS edge d→D', 'only with the role of a Deployer', 'DV:1285', 'step'],
  ['DVS-61', 'MUST NOT', 'Vendor-only', 'beyond VFd', 'not without the role of a Deployer', 'DV:1287', 'step'],
  ['DVS-62', 'MUST', 'P', 'notice of publication', 'sets the letter P only', 'DV:1290', 'step'],
  ['DVS-63', 'MUST NOT', 'P', 'notice of publication', 'does not imply D', 'DV:1291', 'step'],
  ['DVS-64', 'MAY', 'CNA', 'CVE ids', 'may assign them', 'DV:1344', 'judgement'],
  ['DVS-65', 'MUST', 'non-CNA', 'CVE ids', 'leaves the assignment to a CNA', 'DV:1346', 'policy'],
  ['DVS-66', 'MUST', 'CaseActor', 'update by the owner', 'is accepted without approval by policy', 'DV:1353', 'case log'],
  ['DVS-67', 'MAY', 'CaseActor', 'updates by others', 'may need approval', 'DV:1357', 'case log'],
  ['DVS-68', 'MUST', 'Impl', 'implements a set of capabilities', 'meets its contract', 'DV:1431', 'inside'],
]

/** The rows of EP: embargo policies. */
export const embargoPolicyRequirements: ReadonlyArray<RequirementRow> = [
  ['EP-01-001', 'MAY', 'Actor', 'profile', 'may carry an embargo policy', 'y18', 'policy'],
  ['EP-01-002', 'MUST', 'Actor', 'embargo policy', 'has the id of the actor, its inbox and the preferred duration', 'y24', 'step'],
  ['EP-01-003', 'SHOULD', 'Actor', 'embargo policy', 'has minimum and maximum duration, and notes', 'y38', 'step'],
  ['EP-01-004', 'MUST', 'Impl', 'embargo policy', 'can be serialised and is stored', 'y53', 'inside'],
  ['EP-01-005', 'MUST', 'Actor', 'embargo policy', 'has the id of the actor as a full URI', 'y59', 'step'],
  ['EP-01-006', 'SHOULD', 'Actor', 'minimum declared', 'rejects shorter proposals', 'y66', 'own log'],
  ['EP-01-007', 'SHOULD', 'Actor', 'maximum declared', 'rejects longer proposals', 'y78', 'own log'],
  ['EP-02-001', 'SHOULD', 'Actor', 'programming interface', 'offers the policy', 'y93', 'transport'],
  ['EP-02-002', 'MUST', 'Impl', 'programming interface', 'offers it machine-readable, linked from the profile', 'y100', 'transport'],
  ['EP-03-001', 'SHOULD', 'CaseActor', 'before it proposes or invites', 'fetches and compares the policy of the other', 'y111', 'case log'],
  ['EP-03-002', 'MUST', 'Impl', 'compares policies', 'whether the proposed duration lies between minimum and maximum', 'y127', 'step'],
  ['EP-04-001', 'MUST', 'Receiver', 'default applied, the Sender is silent', 'EM=A when the case is created', 'y149', 'step'],
  ['EP-04-002', 'MUST NOT', 'Impl', 'default applied', 'p and a are one step, P is never visible', 'y160', 'step'],
  ['EP-04-003', 'MUST', 'Impl', 'both propose', 'the shorter is active at once, the longer a pending revision (EM=R)', 'y167', 'case log'],
  ['EP-04-004', 'MUST', 'Impl', 'no way for the Sender to propose', 'only EP-04-001 applies', 'y182', 'inside'],
  ['EP-05-001', 'MUST', 'CaseActor', 'EM A→R', 'resets signatories to INVITED', 'y191', 'case log'],
  ['EP-05-002', 'MUST NOT', 'CaseActor', 'EM R→R', 'no second reset', 'y205', 'case log'],
  ['EP-06-001', 'MUST NOT', 'Impl', 'retry', 'does not overwrite consent that is already other than the default', 'y220', 'step'],
  ['EP-07-001', 'MUST', 'Impl', 'invitation without deadline', 'a configurable window applies, 7 days by default', 'y246', 'own log'],
  ['EP-07-002', 'MUST', 'inviter', 'sets a deadline', 'not below the minimum (72 h)', 'y264', 'step'],
  ['EP-07-003', 'MUST', 'invitee', 'deadline below the minimum', 'raises it to the minimum', 'y278', 'step'],
  ['EP-07-004', 'MUST NOT', 'invitee', 'deadline below the minimum', 'does not reject for that reason', 'y301', 'own log'],
  ['EP-07-005', 'MUST', 'invitee', 'has raised a deadline', 'logs it', 'y316', 'own log'],
]

/** The rows of DUR: durations. */
export const durationRequirements: ReadonlyArray<RequirementRow> = [
  ['DUR-01-001', 'MUST', 'Impl', 'durations', 'ISO 8601, P[n]DT[n]H[n]M[n]S', 'y17', 'step'],
  ['DUR-01-002', 'MUST', 'Impl', 'durations', 'are JSON strings', 'y23', 'step'],
  ['DUR-01-003', 'MUST', 'Impl', 'durations', 'are elapsed time, 1 day = 86400 s', 'y27', 'step'],
  ['DUR-02-001', 'MUST', 'Impl', 'durations', 'units D, H, M (of time) and S only', 'y36', 'step'],
  ['DUR-02-002', 'MUST NOT', 'Impl', 'durations', 'no Y, M (of the date) or W', 'y40', 'step'],
  ['DUR-03-001', 'SHOULD', 'Impl', 'durations', 'in the largest unit without remainder', 'y53', 'step'],
  ['DUR-03-002', 'SHOULD', 'Actor', 'durations in policies', 'are whole days', 'y59', 'step'],
  ['DUR-03-003', 'SHOULD NOT', 'Impl', 'zero', 'PT0S, not P0D', 'y65', 'step'],
  ['DUR-04-001', 'MUST', 'Impl', 'durations read', 'with Y, M (of the date) or W are rejected', 'y73', 'step'],
  ['DUR-04-002', 'MUST', 'Impl', 'durations read', 'that are malformed are rejected', 'y79', 'step'],
  ['DUR-04-003', 'MUST', 'Impl', 'durations read', 'P and PT are rejected', 'y83', 'step'],
  ['DUR-04-004', 'MUST', 'Impl', 'durations read', 'have at least one component', 'y87', 'step'],
  ['DUR-05-001', 'SHOULD', 'Impl', 'durations inside', 'have a type of their own', 'y94', 'inside'],
  ['DUR-05-002', 'MUST', 'Impl', 'durations on the wire', 'are ISO 8601 strings, no numbers', 'y99', 'step'],
  ['DUR-06-001', 'MUST', 'Impl', 'durations of policies', 'count from an anchor, such as the creation of the case', 'y108', 'step'],
  ['DUR-06-002', 'MUST', 'Impl', 'intervals', 'end = start + duration', 'y114', 'step'],
  ['DUR-06-003', 'MUST', 'Impl', 'timestamps', 'RFC 3339, in UTC', 'y118', 'step'],
  ['DUR-07-001', 'MUST', 'P', 'embargo on a case', 'has start and end timestamps', 'y127', 'step'],
  ['DUR-07-002', 'SHOULD', 'Impl', 'case created, no end time', 'applies its own default duration', 'y133', 'own log'],
  ['DUR-07-003', 'MUST', 'Impl', 'default applied', 'logs it; EM=A', 'y140', 'own log'],
  ['DUR-07-004', 'MUST', 'Impl', 'before RM→V', 'an embargo end time exists', 'y147', 'step'],
]
