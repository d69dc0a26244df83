/**
 * Conformance: what the protocol requires, how far a case log keeps it, and how far an implementation does.
 *
 * The {@link requirements} are data. {@link check} holds a case log against them; {@link questionsOf} unpacks the vectors
 * that an implementation in any language can be asked, and {@link agrees} compares its answers.
 *
 * @module
 */
export {
  coreFamilies, type Evidence, families, type Family, type Level, levels, type Modality, type Requirement, type RequirementRow, type Unseen, unseenBecause,
} from './requirement.js'
export { requirementById, requirementCounts, type RequirementCounts, requirements, specificationOf } from './register.js'
export { errataOf, type Relation, type RelationKind, relations, relationsOf } from './relations.js'
export { type Coverage, checksOf, coverageOf } from './coverage.js'
export { type Breach, breachKinds, describeBreach, type Severity, type Tolerable } from './breach.js'
export { check, type CheckOptions, type CheckReport } from './check.js'
export { checkText, type TextReport } from './text.js'
export { checkNames } from './looks.js'
export {
  agrees, type BundlesFile, type CellContext, type CellGroup, type CellOutcome, type CellsFile, type CellShape, type CodecCase, type CodecFile, type Expected,
  type HistoriesFile, type JsonObject, type LedgerCase, type LedgersFile, type LineCase, type LocalGroup, type LocalsFile, type LogCase, type LogData,
  type LogsFile, type MachineWords, type Question, type QuestionKind, questionKinds, questionsOf, type StepCase, type StepRight, vectorFile, type VectorFile,
  type VectorHead, type VectorStates, type WordsFile,
} from './vectors.js'
