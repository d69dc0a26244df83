/**
 * Vectors: what an implementation is asked, and the one right answer to each question, as data.
 *
 * A vector file holds questions of one kind, tightly packed; the files lie in `docs/vectors` and ship with the package as
 * `mpcvd/vectors/*`. {@link vectorFile} takes in a file, {@link questionsOf} unpacks it into requests of the line protocol,
 * each with what is expected, and {@link agrees} compares an answer. Nothing here knows the protocol: expectations come
 * from the files alone, so that an implementation, this one too, is compared with what was transcribed and not with itself.
 *
 * Source of the comparison: "What is compared" on the page of the line protocol (docs/step.md).
 *
 * @module
 */
export { agrees, type Expected } from './vectors-answer.js'
export {
  type BundlesFile, type CellContext, type CellGroup, type CellOutcome, type CellsFile, type CellShape, type CodecCase, type CodecFile, type HistoriesFile,
  type JsonObject, type LedgerCase, type LedgersFile, type LineCase, type LocalGroup, type LocalsFile, type LogCase, type LogData, type LogsFile,
  type MachineWords, type StepCase, type StepRight, vectorFile, type VectorFile, type VectorHead, type VectorStates, type WordsFile,
} from './vectors-file.js'
export { type Question, type QuestionKind, questionKinds, questionsOf } from './vectors-question.js'
