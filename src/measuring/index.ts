/**
 * Measuring disclosures: in which order the events of a case came, how far that is beyond luck, and what can be said of it
 * where only some dates are known.
 *
 * {@link histories} and {@link orderings} are the model, with exact probabilities. {@link score} takes what is known of the
 * dates of one case, {@link tally} of many; {@link readTimeline} reads published timelines, {@link lint} says what is odd about
 * them. {@link prospects} says what may still become of a case.
 *
 * @module
 */
export { compare, decimalText, fractionText, type Rational, rational, toNumber } from './rational.js'
export { events } from './chain.js'
export {
  alphaOfOne, baseline, blockedIn, type DesiredOrdering, orderingIds, type OrderingId, orderings, type Pair, type PairKind, pairs, securedIn, stateScore,
} from './orderings.js'
export {
  describeHistoryFault, histories, history, type History, type HistoryFault, type HistoryRule, isHistory, prefix, type Prefix, prefixes,
} from './history.js'
export { covers, isAtLeastAsDesirable, logRank, medianRank, publishedRank, rankOf, scoreOf } from './desirability.js'
export { effectOf, expectedCount, type Likely, pageRank, type Prospect, type ProspectChange, prospects, situation, type Standing, visitProbability } from './walk.js'
export {
  alphaOf, frequencyInterval, infer, type Inference, type IntervalOptions, multiParty, type Observed, type PartySkill, type Range, skill, skillInterval,
} from './skill.js'
export { happenedBy, daysBetween, isBefore, notYetBy, readWhen, anytime, type When, whenText } from './when.js'
export {
  type AlphaRange, alphaRange, type Contradiction, fitting, historiesIn, type HistorySet, likelihood, score, type Score, type SurePair, surePairs,
  type Timeline, type Verdict, verdictsOf,
} from './partial.js'
export { type Narrowing, narrowings } from './narrowing.js'
export { type OrderingTally, type Tally, tally, tallySets } from './many.js'
export { type Aside, confidences, type Confidence, meaningOf, vocabulary, type VocabularyRow } from './vocabulary.js'
export {
  type CaseTimeline, readDate, type Reading, readLines, readTimeline, readTimelines, type TimelineEntry, type TimelineFault, timelineFrom,
} from './reader.js'
export { timelinesOfLog } from './case-log.js'
export { anomalies, type Anomaly, type AnomalyKind, type AnomalyRow, describeAnomaly, lint, type LintOptions } from './lint.js'
export { figureErrata, type FigureErratum } from './errata.js'
export { barsOfScore, barsOfTally, type ScoreBar } from './bars.js'
