/**
 * Cases of many participants that converge: what a tool that keeps cases stores, and what it asks of them.
 *
 * A {@link Ledger} is the set of a case's entries; {@link ingest} takes more in, in whatever order they come, and
 * {@link caseOf} reads from it what everybody's state is, how far it is settled, and what is wrong.
 *
 * @module
 */
export { type Charter, charterOf, type CharterFault, checkCharter, headerOf } from './charter.js'
export { authorOf, canonical, idOf, isDeciding, referencesOf, skeletonOf } from './entry.js'
export type { Citation, Graph, Node } from './graph.js'
export { entriesOf, ingest, type IngestOptions, type Ledger, ledgerOf, logOf, openLedger, type Step, unite } from './ledger.js'
export type { OrderKey, Stamps } from './order.js'
export type { Branch, Compare, Tree } from './tree.js'
export { linked } from './link.js'
export { heads } from './heads.js'
export { type Case, type CaseParticipant, caseOf, type Gap } from './case.js'
export type { Decided, Facts, Illegal, IllegalKind, Member } from './decide.js'
export { type Embargo, openIn, type Proposal, type ProposalStatus } from './embargo.js'
export { type CaseFinding, type CaseFindingKind, describeCaseFinding } from './finding.js'
export type { Lane, ProductPath } from './lane.js'
export { type Settled, stable } from './settled.js'
export { consentAt } from './veto.js'
export type { Electorate, End, Standing, VoidKind } from './void.js'
export { adheres, boundBy, mayPublish, type MayPublish, mayReceive, type PublishReason } from './bound.js'
export { type PathStatement, type PathStep, type ViewOf, viewOf } from './view.js'
export { type Expiry, expiry, type Owed, owed, type OwedKind } from './owed.js'
export { type Difference, diff, type Line } from './difference.js'
export { resume, type Resumed, type Snapshot, type SnapshotFault, snapshotOf } from './snapshot.js'
export { type Hash, type Seal, seal, type Sealed, type SealFault, verifySeals } from './seal.js'
export { project, type Projection } from './projection.js'
export { type Merged, mergeCases, type Part, splitCase } from './family.js'
export { type Report, reportsOf } from './report.js'
export { migrate, type Migration } from './migration.js'
export { type Duration, type DurationFault, formatDuration, readDuration } from './duration.js'
export { addDays, addMillis, formatInstant } from './calendar.js'
export { type Happening, type HappeningKind, happeningKinds, happenings } from './happening.js'
export {
  type Cause, type Change, checkPolicy, duties, type Duty, type EmbargoWindow, inZone, type Policy, type PolicyFault, type Rule, vendorDefault,
  type VendorTerms,
} from './policy.js'
export {
  certcc, cisaKev, euCraArticle14, hackerOneMoreInfo, linuxDistros, openssfOutbound, policies, projectZero, projectZeroInTheWild,
  projectZeroTransparency,
} from './policies.js'
export { countingEntries, deadlines } from './deadline.js'
export { type Deadline, deadlinesOf, type DeadlineStatus, type Due, type Moved, type Party } from './clock.js'
export {
  type AnswerDue, type AnswerWindow, answerWindow, type Bid, judgeTerms, type Offer, resolveDefaults, respondBy, type Settlement, settleProposals,
  type Terms, type TermsFault, type WindowVerdict,
} from './defaults.js'
