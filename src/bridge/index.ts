/**
 * Bridges to the tools that people already have: what a change in a tracker, an advisory or a record means for a case.
 *
 * A bridge is a table of rows; {@link observe} reads any of them. Each source has its table in an entry of its own, so that
 * nobody carries the others.
 *
 * @module
 */
export { type Answer, type Bridge, type BridgeRow, type Condition, type Part, parts, qualities, type Quality, type Question, type Sayings, type Scalar, type Test } from './row.js'
export type { BridgeWarning, Change, Observed, Scene, Undecided } from './scene.js'
export type { Lie } from './dates.js'
export { observe } from './observe.js'
export { type FieldRow, type Meaning, type Sayable, type StatusMap, statusMapBridge, type StatusQuestion, type StatusRow } from './status-bridge.js'
export { decodeStatusMap, statusMapSchema } from './status-map.js'
export { checkStatusMap, describeStatusFinding, type StatusFinding, type StatusFindingKind } from './status-check.js'
