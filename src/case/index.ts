/**
 * Cases of many participants that converge: what a tool that keeps cases stores, and what it asks of them.
 *
 * @module
 */
export { type Charter, charterOf, type CharterFault, checkCharter, headerOf } from './charter.js'
export { authorOf, canonical, idOf, isDeciding, referencesOf, skeletonOf } from './entry.js'
export { entriesOf, ingest, type IngestOptions, type Ledger, ledgerOf, logOf, openLedger, type Step, unite } from './ledger.js'
export { heads } from './heads.js'
export { type Case, type CaseParticipant, caseOf, type Gap } from './case.js'
export type { Decided, Facts, Illegal, IllegalKind, Member } from './decide.js'
export type { Embargo, Proposal, ProposalStatus } from './embargo.js'
export { type CaseFinding, type CaseFindingKind, describeCaseFinding } from './finding.js'
export type { Lane, ProductPath } from './lane.js'
export type { Settled } from './settled.js'
export type { VoidKind } from './void.js'
export { adheres, boundBy, mayPublish, type MayPublish, mayReceive, type PublishReason } from './bound.js'
