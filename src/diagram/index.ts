/**
 * Pictures of the protocol and of cases: text that other tools draw, and SVG.
 *
 * @module
 */
export { stateDiagram } from './mermaid.js'
export {
  type Arrow, type Band, bandsOf, type Fact, type Lane, type Mark, type Membership, type Row, rows, type Span, type Step, type StepKind, summary,
  type Timeline, type Tone,
} from './timeline.js'
export { timelineOf } from './course.js'
export { type SvgOptions, timelineSvg } from './svg.js'
export { type Bar, barsSvg, type BarsOptions } from './bars.js'
export { sequenceDiagram, timelineText } from './sequence.js'
