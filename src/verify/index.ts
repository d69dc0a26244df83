/**
 * A checker of the protocol itself: all runs of a few participants, what holds of them, and the shortest run where it does not.
 *
 * A {@link Model} says who takes part, under which rule set, and how messages travel; {@link verify} decides {@link properties}
 * of it, and {@link promela} writes it for SPIN. {@link convergence} does the same with real case ledgers.
 *
 * @module
 */
export { type Form, forms, localTopics, type Symbol, type Topic, topics } from './alphabet.js'
export type { ChannelKind, Channels } from './channel.js'
export {
  checkModel, describeModelFault, formsOf, localOf, type Model, type ModelFault, type ModelParticipant, MOST_PARTICIPANTS, nameOf, type ScriptStep, startIn,
} from './model.js'
export type { Conduct, Configuration, Owed } from './conduct.js'
export type { OwnStep, StepTables } from './own-step.js'
export {
  type DeadlockProperty, type LivenessProperty, type LocalStep, type OverflowProperty, type Property, type RestProperty, type RowsProperty, type StateProperty, type StepProperty,
  type View,
} from './property.js'
export { deadlock, divergenceEm, divergencePublic, livenessFor, oneActiveEmbargo, overflow, properties, propertiesFor, rowsUsed } from './properties.js'
export { stepProperties } from './step-properties.js'
export { embargoEnds, proposalDecided, reportAcknowledged } from './liveness-properties.js'
export type { Verdict } from './verdict.js'
export { type Effort, type Report, verify, type VerifyOptions } from './verify.js'
export { explore, type Exploration, type ExploreOptions, type Violation } from './explore.js'
export { type Focus, type Glance, type Move, type System, systemOf } from './system.js'
export type { Layout, Store } from './store.js'
export type { Canonical } from './symmetry.js'
export { type Hop, hopsFrom, hopsOf, hopsTo, type Trace, type TraceMessage, type TraceMove, traceOf } from './trace.js'
export { logOf, type LogOptions, wordsOf } from './counterexample.js'
export { chartMermaid } from './chart.js'
export { chartSvg, type ChartOptions } from './chart-svg.js'
export { promela, type PromelaFault } from './promela.js'
export { withoutPromela } from './promela-properties.js'
export {
  type Agreed, agreedIn, type Comparison, comparison, type Convergence, convergence, type ConvergenceOptions, type Explored, ledgerProperties, type LedgerProperty, type Script,
  settledBy,
} from './convergence.js'
export { type LedgerOperations, ledgerOperations } from './ledger-run.js'
export { checkScope, type LedgerScope, sentTypes } from './scope.js'
