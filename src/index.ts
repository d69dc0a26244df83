/**
 * The multi-party coordinated vulnerability disclosure (MPCVD) protocol: Report Management, Embargo Management and Case
 * State, 28 message types, and the one function that says what sending or receiving a message does.
 *
 * The rule set is the adopted one; `published` is the same with the tables exactly as printed. This entry has no codec
 * (`mpcvd/codec` does) and touches nothing outside its arguments.
 *
 * @module
 */
import { adopted, adoptedRules } from './protocol/adopted.js'
import type { Protocol } from './protocol/transition.js'

/** What sending or receiving a message does to a participant, by the adopted reading. */
export const transition: Protocol['transition'] = (state, message) => adopted.transition(state, message)
/** What a step does that no message carries, by the adopted reading. */
export const local: Protocol['local'] = (state, event) => adopted.local(state, event)
/** Everything that a participant may send now, and what each would do, by the adopted reading. */
export const permitted: Protocol['permitted'] = (state) => adopted.permitted(state)
/** The rows of the adopted reading. */
export const rules = adoptedRules

export { adopted } from './protocol/adopted.js'
export { published } from './protocol/published.js'
export { protocols } from './protocol/editions.js'
export { errata, type Erratum, type ErratumKind, sourceCodes } from './protocol/errata.js'
export type { CellPattern } from './protocol/cells.js'
export { type Outcome, type Permitted, type Protocol, protocol } from './protocol/transition.js'
export type {
  Advice, Consequence, Context, ExtraEdges, Fire, Fired, Guard, LocalRow, Note, NoteKind, RefusalKind, Row, RowType,
  RuleSet, Signal, Way,
} from './protocol/rules.js'
export type { RoleShape } from './protocol/interpret.js'
export { describe, type Refusal, type Tried } from './protocol/refusal.js'
export { type Audience, type Due, dues, isAnswer, type Occasion, reply, type ReplyOptions } from './protocol/reply.js'
export { replay, type Replay, type ReplayStep } from './protocol/replay.js'
export { describeFinding, type Finding, type FindingKind } from './protocol/finding.js'
export {
  bundleRank, type EmbargoTerms, type Family, type Id, isBundle, type Json, type Message, type MessageKind,
  type MessageType, messageTypeList, messageTypes, type Moment, type ReportReference, type Subject, subjectOf, type Tlp,
  tlpLabels,
} from './protocol/message.js'
export {
  type Block, caseMachine, caseStateNamed, enumerateSpace, fits, formatState, inhabits, type NotationFault, parseState,
  type Participant, reshape, type Role, roles, type Shape, shapeOf, type SpaceName, spaceOf, start, startOf, type State,
  stateSpaces,
} from './protocol/participant.js'
export {
  type CaseLog, contentOf, type Correction, type CorrectionChange, correctionChanges, type DecisionRule, decisionRules, type Edition,
  editions, type Inheritance, type Local, type LocalEvent, localEvents, type LogEntry, type LogHeader, type LogParticipant, type Membership,
  type MembershipChange, membershipChanges, type ObservedEvent, type Observation, type Ordering, orderings, type Receipt,
  type Stamp, type Statement,
} from './protocol/log.js'
export { type Interval, readMoment, surelyBefore } from './protocol/moment.js'
export {
  type Closed, type Edge, type Enabled, type EventOf, type Machine, machine, type Next, type NotEnabled, type Parts,
  stateNamed, type StateOf, type Table,
} from './protocol/machine.js'
export { rm, type RmEvent, type RmState, rmSubsets, type RmTable } from './protocol/rm.js'
export { em, type EmEvent, type EmState, emSubsets, type EmTable } from './protocol/em.js'
export {
  type CaseState, cs, type CsEvent, csSubsets, type CsTable, type DeployerCaseState, dpxa, type DpxaTable,
  type OtherCaseState, pxa, type PxaTable, type VendorCaseState,
} from './protocol/cs.js'
export { consent, type ConsentEvent, type ConsentState, type ConsentTable } from './protocol/consent.js'
