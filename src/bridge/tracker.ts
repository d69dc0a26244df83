/**
 * What the tables of trackers have in common.
 *
 * Hardly any tracker knows an embargo. In all of them an issue can be reopened, and in the protocol none: a tracker's `resolved` is
 * therefore no closing, which is asked about.
 *
 * @module
 */
import type { Answer, Condition, Question, Sayings } from './row.js'

/** The answer that a change tells of no step. */
export const nothing: Answer = { answer: 'nothing', meaning: 'It tells of no step.', says: [] }
/** Why a reopened issue reopens no report. */
export const notReopened = 'The issue was reopened. A closed report stays closed; a new one may refer to it.'
/** The alternatives by which a report ends that is not worked on: from wherever it is. */
export const rejected: ReadonlyArray<Sayings> = [['RI', 'RC'], ['RD', 'RC']]
/** A value appears that was another, or none. */
export const becomes = (path: string, ...values: ReadonlyArray<string | boolean>): ReadonlyArray<Condition> => [{ path, was: { not: values }, is: values }]

/** What a resolved issue means for the report is asked. */
export const resolved: Question = {
  question: 'The issue was resolved, which trackers take back when they reopen it. Is the report closed?',
  answers: [
    { answer: 'open', meaning: 'It stays open: the fix is ready.', says: [['CF']] },
    { answer: 'closed', meaning: 'The fix is ready, and the report is closed for good.', says: [['CF', 'RC']] },
    { answer: 'deployed', meaning: 'The fix is deployed too, as in a hosted service; the report stays open.', says: [['CF', 'CD']] },
    nothing,
  ],
}
