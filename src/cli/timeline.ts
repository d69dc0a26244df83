/**
 * `mpcvd timeline FILE…`: the course of a case, as lines for a terminal, as a Mermaid sequence diagram, or as an SVG.
 *
 * @module
 */
import { caseOf } from '../case/index.js'
import { sequenceDiagram, timelineOf, timelineSvg, timelineText } from '../diagram/index.js'
import { readCase } from './logs.js'
import { type ExitCode, sayText, type UsageError } from './terminal.js'

/** The forms in which a timeline can be had. */
const formats = ['text', 'mermaid', 'svg'] as const

/** Draws a case; 2 where a file cannot be read. */
export const showTimeline = (files: ReadonlyArray<string>, asked: string): ExitCode | UsageError => {
  const format = formats.find((known) => known === asked)
  if (format === undefined) return { usage: `--format expects ${formats.join(', ')}, got ${asked}` }
  const ledgers = readCase(files)
  if (ledgers === undefined) return 2
  const timeline = timelineOf(caseOf(ledgers.all))
  sayText(format === 'svg' ? timelineSvg(timeline) : format === 'mermaid' ? sequenceDiagram(timeline) : timelineText(timeline))
  return ledgers.unreadable ? 2 : 0
}
