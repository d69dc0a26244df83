/**
 * Crosswalks: what a case log shows of the clauses of standards and laws on vulnerability handling.
 *
 * {@link evidence} compiles a sheet for each vendor in a log; {@link evidenceMarkdown} and {@link evidencePage} write it
 * for people. The rows behind it are data, in {@link crosswalks}.
 *
 * @module
 */
export { evidence, type Evidence, type EvidenceOptions, type Measure, type Sheet, tally } from './evidence.js'
export { type Citation, type Clause, isComplete, isWeaker, type NeedResult, type Status, statuses } from './clause.js'
export { type Length, lengthText } from './measure.js'
export {
  type CrosswalkRow, type EventSign, type LocalSign, type MeasureName, measures, type Need, type ObservedSign, type Reading, type Rule,
  type SentSign, type Sign, type Standard, standards, type Who,
} from './row.js'
export { crosswalks, rowsWith, standardTitles } from './rows.js'
export { evidenceMarkdown } from './markdown.js'
export { evidencePage } from './page.js'
export { drawingsOf } from './drawing.js'
