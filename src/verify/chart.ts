/**
 * Message sequence charts of runs: what is drawn, and the drawing as a Mermaid diagram.
 *
 * In a message sequence chart time runs downwards, one row a move, and a message leaves at one row and arrives at another: most
 * of what goes wrong between participants is two messages that cross. `chartSvg` draws that. Mermaid cannot draw a slanted
 * arrow, so there a note stands where a message is sent and its arrow where it is delivered; the number is the message's.
 *
 * Only what changes is written, in the words of the machine that changed, and the whole state where all three did.
 *
 * @module
 */
import type { MessageType } from '../protocol/message.js'
import { formatState, type Participant } from '../protocol/participant.js'
import { acknowledging } from './alphabet.js'
import { isUnspecified, retrace, underWay } from './counterexample.js'
import { nameOf } from './model.js'
import type { Trace } from './trace.js'

/** How one copy of a message ends: it arrives in a row, is lost in one, or is under way when the run ends. */
export interface ChartEnd {
  readonly lane: number
  readonly how: 'arrives' | 'lost' | 'under way'
  /** Absent while it is under way. */
  readonly row?: number
}

/** A message: where it leaves, and how each of its copies ends; a repeated one arrives several times. */
export interface ChartMessage {
  /** Its place among all that are sent. */
  readonly message: number
  readonly lane: number
  readonly row: number
  readonly types: ReadonlyArray<MessageType>
  /** It only acknowledges or asks, and is drawn in the background. */
  readonly quiet: boolean
  readonly ends: ReadonlyArray<ChartEnd>
}

/** What is written at a lane in a row. */
export interface ChartText {
  readonly lane: number
  readonly row: number
  readonly text: string
  /** A step that no message carries, a message that leaves, or one that arrives. */
  readonly at: 'local' | 'send' | 'delivery'
  /** It arrives where no rule is about it. */
  readonly flaw: boolean
}

/** What a chart shows, wherever it is drawn. */
export interface Chart {
  readonly lanes: ReadonlyArray<{ readonly name: string; readonly start: string; readonly end: string }>
  readonly rows: number
  readonly messages: ReadonlyArray<ChartMessage>
  readonly texts: ReadonlyArray<ChartText>
  /** The row from which on the run repeats itself. */
  readonly loop?: number
}

/** What changed, in as few words as say it. */
const changeOf = (before: Participant, after: Participant): string => {
  const parts = [...(before.rm === after.rm ? [] : [after.rm]), ...(before.em === after.em ? [] : [after.em]), ...(before.cs === after.cs ? [] : [after.cs])]
  return parts.length === 3 ? formatState(after) : parts.join(', ')
}

/** What there is to draw of a run. */
export const chartOf = (trace: Trace): Chart => {
  const { loop, messages, model, moves, states } = trace
  const { steps } = retrace(trace)
  const stateAt = (row: number, lane: number): string => {
    const state = states[row]?.[lane]
    return state === undefined ? '' : formatState(state)
  }
  const left = underWay(trace)
  return {
    lanes: model.participants.map((_, lane) => ({ name: nameOf(model, lane), start: stateAt(0, lane), end: stateAt(moves.length, lane) })),
    rows: moves.length,
    messages: moves.flatMap((move, row): ReadonlyArray<ChartMessage> => {
      const sent = move.kind === 'send' ? messages[move.message] : undefined
      if (move.kind !== 'send' || sent === undefined) return []
      const { from, types } = sent
      const met = moves.flatMap((one, at): ReadonlyArray<ChartEnd> =>
        one.kind === 'delivery' && one.message === move.message ? [{ lane: one.participant, how: one.lost ? 'lost' : 'arrives', row: at }] : [])
      const waiting = left.filter((one) => one.message === move.message).map(({ to }): ChartEnd => ({ lane: to, how: 'under way' }))
      return [{ message: move.message, lane: from, row, types, quiet: types.every((type) => acknowledging.includes(type)), ends: [...met, ...waiting] }]
    }),
    texts: steps.flatMap((step, row): ReadonlyArray<ChartText> => {
      const { after, before, move } = step
      const flaw = isUnspecified(step)
      const change = flaw ? 'no rule' : changeOf(before, after)
      const text = move.kind === 'local' ? [move.event, ...(change === '' ? [] : [change])].join(': ') : change
      return text === '' ? [] : [{ lane: move.participant, row, text, at: move.kind, flaw }]
    }),
    ...(loop === undefined ? {} : { loop }),
  }
}

/** Text as Mermaid shows it: names of participants with several roles, and bundles, have a sign that it reads itself. */
const plain = (text: string): string => text.replaceAll('+', '#43;')

/**
 * A run as a Mermaid `sequenceDiagram`: a note where a message is sent, an open arrow where it is delivered, a cross where it is
 * lost, notes for what changes, a `loop` around what comes again without end. The text ends without a newline.
 */
export const chartMermaid = (trace: Trace): string => {
  const { lanes, loop, messages, rows, texts } = chartOf(trace)
  const called = ({ message, types }: ChartMessage): string => plain(`${types.join('+')} (${message + 1})`)
  const named = (lane: number): string => plain(lanes[lane]?.name ?? '')
  const note = (lane: number, text: string): string => `    Note over p${lane + 1}: ${text}`
  const row = (at: number): ReadonlyArray<string> => {
    const written = texts.find((text) => text.row === at)
    const said = written === undefined ? '' : plain(written.text)
    const sent = messages.find((message) => message.row === at)
    if (sent !== undefined) return [note(sent.lane, `sends ${called(sent)}${said === '' ? '' : `, ${said}`}`)]
    const change = written === undefined ? [] : [note(written.lane, said)]
    return [
      ...messages.flatMap((message) => message.ends.filter((end) => end.row === at).map((end) =>
        `    p${message.lane + 1}${end.how === 'lost' ? '-x' : '-)'}p${end.lane + 1}: ${called(message)}${end.how === 'lost' ? ' lost' : ''}`)),
      ...change,
    ]
  }
  const all = Array.from({ length: rows }, (_, at) => at)
  const before = all.slice(0, loop ?? rows).flatMap(row)
  const around = loop === undefined ? [] : ['    loop without end', ...all.slice(loop).flatMap(row), '    end']
  const waiting = messages.flatMap((message) => message.ends.filter(({ how }) => how === 'under way').map(({ lane }) => note(message.lane, `${called(message)} to ${named(lane)} is under way`)))
  return [
    'sequenceDiagram',
    ...lanes.map(({ start }, lane) => `    participant p${lane + 1} as ${named(lane)} ${start}`),
    ...before, ...around, ...waiting,
    ...lanes.map(({ end }, lane) => note(lane, end)),
  ].join('\n')
}
