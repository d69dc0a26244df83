/**
 * Advice: what somebody in a case could do next, what a case state says beyond the protocol, and cases played by chance.
 *
 * {@link next} ranks what a participant could do, {@link nextIn} does so for one of a case; both say of each move why it
 * stands where it does and what it would do. {@link guidanceFor} and {@link suggestionsFor} read a case state: embargo, SSVC,
 * CVSS, zero days, and 49 rules by role. {@link simulate} plays a case, the same for the same seed. {@link tick} runs the
 * published behaviour trees, and gives what they would send and what they ask.
 *
 * @module
 */
export { fitsPattern, statesOf } from './pattern.js'
export {
  type Guidance, guidanceFor, type GuidanceRow, guidanceRows, guidanceSources, rowsFor, supplierEngagement, supplierInvolvement, type Topic, topics,
} from './guidance.js'
export { guidanceErrata, type GuidanceErratum } from './guidance-errata.js'
export {
  type ActionName, type ActionReason, type ActionRole, type ActionRule, actionRules, actions, type Asker, type ConditionName, conditions, rulesFor, type Suggestion,
  suggestionsFor,
} from './actions.js'
export { type Because, becauseSays, type Given, givenSays, type Move, type MoveDebt, type MoveModality, moveModalities, type OthersDue } from './move.js'
export type { Outlook } from './prospect.js'
export { describeNextFault, gainOf, next, type NextFault, type NextOptions } from './next.js'
export { nextIn } from './next-case.js'
export { type AskRow, askRows } from './asks.js'
export { type Behaviour, behaviourOf, ordinary, ordinaryWeights, type Turn, type WeightRow } from './behaviour.js'
export { type Chance, chanceFrom } from './chance.js'
export { castOf, simulate, type SimulationOptions } from './simulate.js'
export { run, type Leaf, type Runner, type Status, type TreeNode } from './tree.js'
export type { PublishedTree } from './drawing.js'
export { type CallbackName, type CallbackRow, callbacks } from './callbacks.js'
export { type Correction, corrections, type Meaning, meanings, type Sending } from './leaves.js'
export { behaviourTrees, type CallbackAnswer, type CallbackAnswers, type ProposedMessage, tick, type TickOptions, type TickResult } from './behave.js'
export { tickIn } from './behave-case.js'
export { treeDiagram } from './tree-mermaid.js'
