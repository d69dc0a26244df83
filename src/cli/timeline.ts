/**
 * `mpcvd timeline FILE…`: the course of a case, as lines for a terminal, as a Mermaid sequence diagram, or as an SVG.
 *
 * @module
 */
import { caseOf } from '../case/index.js'
import { sequenceDiagram, timelineOf, timelineSvg, timelineText } from '../diagram/index.js'
import { ledgersOf, readLogs } from './logs.js'
import { complain, type ExitCode, sayText } from './terminal.js'

/** The forms in which a timeline can be had. */
export const timelineFormats = ['text', 'mermaid', 'svg'] as const

/** One of {@link timelineFormats}. */
export type TimelineFormat = (typeof timelineFormats)[number]

/** Draws a case; 2 where a file cannot be read. */
export const showTimeline = (files: ReadonlyArray<string>, format: TimelineFormat): ExitCode => {
  const logs = readLogs(files)
  if (logs === undefined) return 2
  const ledgers = ledgersOf(logs)
  if ('usage' in ledgers) {
    complain(ledgers.usage)
    return 2
  }
  const timeline = timelineOf(caseOf(ledgers.all))
  sayText(format === 'svg' ? timelineSvg(timeline) : format === 'mermaid' ? sequenceDiagram(timeline) : timelineText(timeline))
  return logs.some(({ read }) => read.faults.length > 0) ? 2 : 0
}
