/**
 * How a step is drawn: an arrow, a mark in a lane, or a change of membership.
 *
 * An arrow starts at a dot on the sender's block and ends with a head at every recipient; at lanes that it does not concern
 * it passes behind the block. What is refused ends in a cross and is dashed, what is void is dotted and its types are
 * struck through, what is tentative is dashed with a hollow head.
 *
 * @module
 */
import { type MessageType, messageTypeList, messageTypes } from '../protocol/message.js'
import { type Block, type Layout, STEP, type Stave, xOf } from './layout.js'
import type { Arrow, Mark, Membership, Step, StepKind } from './timeline.js'
import { element, line, visible, widthOf, xml } from './writing.js'

/** What of a step goes behind the blocks, and what before them. */
export interface Strokes {
  readonly behind: string
  readonly front: string
}

/** The message type that two letters are. */
export const typeNamed = (letters: string): MessageType | undefined => messageTypeList.find((type) => type === letters)

const colour: Readonly<Record<StepKind, string>> = { normal: '', tentative: '', refused: ' bad', void: ' faded' }
const dashes: Readonly<Record<StepKind, string>> = { normal: '', tentative: ' dash', refused: ' dash', void: ' dot' }
const written: Readonly<Record<StepKind, string>> = { normal: '', tentative: '', refused: ' alarm', void: ' soft struck' }

const path = (className: string, d: string): string => element('path', { class: className, d })

/** A cross, a little smaller than what it stands for. */
const cross = (className: string, x: number, y: number): string => path(className, `M${x - 4} ${y - 4}l8 8m0 -8l-8 8`)

/** The end of an arrow whose tip is at (x, y) and which points down (1) or up (−1). */
export const headAt = (kind: StepKind, x: number, y: number, down: 1 | -1): string => {
  if (kind === 'refused') return cross('stroke bad', x, y - down * 6)
  const shape = `M${x} ${y}l-4.5 ${-9 * down}h9z`
  return path(`${kind === 'normal' ? 'solid' : 'hollow'}${colour[kind]}`, shape)
}

/** A line of an arrow. */
export const lineAt = (kind: StepKind, d: string): string => path(`stroke${colour[kind]}${dashes[kind]}`, d)

/** The sign of a change of membership: a ring with plus, minus, cross, or a wave. */
export const ringAt = (what: Membership['what'], kind: StepKind, x: number, y: number): string => {
  const signs = { joins: 'm-3.5 0h7m-3.5 -3.5v7', leaves: 'm-3.5 0h7', excluded: 'm-2.5 -2.5l5 5m0 -5l-5 5', roles: 'm-3.5 0q1.75 -4 3.5 0t3.5 0', withdraws: 'm2 -3l-4 3l4 3' }
  return element('circle', { class: `hollow${colour[kind]}`, cx: x, cy: y, r: 6.5 }) + path(`stroke${colour[kind]}`, `M${x} ${y}${signs[what]}`)
}

/** The sign of a local step, a filled square on its corner, or of an observation, a ring with a point. */
export const signAt = (what: Mark['what'], kind: StepKind, x: number, y: number): string =>
  what === 'local'
    ? path(`solid${colour[kind]}`, `M${x} ${y - 5}l5 5l-5 5l-5 -5z`)
    : element('circle', { class: `hollow${colour[kind]}`, cx: x, cy: y, r: 5 }) +
      element('circle', { class: `solid${colour[kind]}`, cx: x, cy: y, r: 1.8 })

/** What is said of a step where there is room for it: when, who, what, and whether it counts. */
export const sentence = (step: Step, index: number): string => {
  const counts = step.kind === 'normal' ? '' : ` (${step.kind})`
  const label = step.label === undefined || step.label === '' ? '' : `: ${step.label}`
  const start = `${index + 1}. ${step.moment}`
  switch (step.shape) {
    case 'arrow': {
      const types = step.types.map((letters) => {
        const type = typeNamed(letters)
        return type === undefined ? letters : `${type} ${messageTypes[type].name}`
      })
      return `${start} ${step.from} to ${step.to.join(', ')}: ${types.join(', ')}${counts}${label}`
    }
    case 'mark':
      return `${start} ${step.lane}${step.what === 'observation' ? ', observed' : ''}${label}${counts}`
    case 'membership':
      return `${start} ${step.lane} ${step.what}${step.by === undefined ? '' : ` by ${step.by}`}${label}${counts}`
  }
}

/** Words in lines of at most `room`, but for words that are longer. */
const wrapped = (words: ReadonlyArray<string>, size: number, room: number): ReadonlyArray<ReadonlyArray<string>> => {
  const lines: Array<Array<string>> = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last !== undefined && widthOf([...last, word].join(' '), size) <= room) last.push(word)
    else lines.push([word])
  }
  return lines
}

/** The types of a bundle beside an arrow; where they fill more than two lines, what the first does not hold is counted. */
const bundled = (types: ReadonlyArray<string>): ReadonlyArray<string> => {
  const [first = [], ...others] = wrapped(types.map(visible), 12.5, STEP - 16)
  const rest = others.length <= 1 ? others.map((one) => one.join(' ')) : [`+${types.length - first.length}`]
  return [first.join(' '), ...rest]
}

/** A label beside a sign, in two lines at most; the second is cut where it is too long. */
const labelled = (label: string): ReadonlyArray<string> => {
  const [first = [], ...others] = wrapped(visible(label).split(' ').slice(0, 40), 9, STEP - 14)
  return others.length === 0 ? [first.join(' ')] : [first.join(' '), others.flat().join(' ')]
}

const drawArrow = (arrow: Arrow, x: number, blocks: ReadonlyArray<Block>, lines: Layout['lines']): Strokes => {
  const { kind } = arrow
  const start = lines.get(arrow.from)
  const ends = [...new Set(arrow.to.flatMap((id) => lines.get(id) ?? []))].filter((end) => end !== start)
  const source = start === undefined ? undefined : blocks[start]
  const behind: Array<string> = []
  const front: Array<string> = []
  const types = bundled(arrow.types)
  const at = start ?? -1
  const below = ends.filter((end) => end > at)
  const above = ends.filter((end) => end < at)
  const edge = (index: number | undefined): Block | undefined => (index === undefined ? undefined : blocks[index])
  const lowest = edge(below.length === 0 ? undefined : Math.max(...below))
  const highest = edge(above.length === 0 ? undefined : Math.min(...above))
  const from = source ?? { top: (blocks[0]?.top ?? 0) - 30, bottom: (blocks[0]?.top ?? 0) - 30 }
  if (lowest !== undefined) behind.push(lineAt(kind, `M${x} ${from.bottom}V${lowest.top - 5}`))
  if (highest !== undefined) behind.push(lineAt(kind, `M${x} ${from.top}V${highest.bottom + 5}`))
  for (const index of below) front.push(headAt(kind, x, edge(index)?.top ?? 0, 1))
  for (const index of above) front.push(headAt(kind, x, edge(index)?.bottom ?? 0, -1))
  const dot = (y: number): string => element('circle', { class: `${source === undefined ? 'hollow' : 'solid'}${colour[kind]}`, cx: x, cy: y, r: 3.5 })
  if (lowest !== undefined || highest === undefined) front.push(dot(from.bottom))
  if (highest !== undefined) front.push(dot(from.top))
  if (lowest !== undefined && highest !== undefined && source !== undefined) front.push(lineAt(kind, `M${x} ${from.top}V${from.bottom}`))
  const upward = lowest === undefined && highest !== undefined
  const y = upward ? from.top - 9 - (types.length - 1) * 11 : from.bottom + 15
  types.forEach((text, index) => front.push(line(`types${written[kind]}`, x + 7, y + index * 11, text, 10.5, STEP - 12)))
  return { behind: behind.join(''), front: front.join('') }
}

/** A sign on the upper edge of a lane, with its label in the gap above. */
const drawSign = (step: Mark | Membership, x: number, block: Block | undefined): Strokes => {
  if (block === undefined) return { behind: '', front: '' }
  const y = block.top - 9
  const label = labelled(step.shape === 'mark' ? step.label : step.what)
  const sign = step.shape === 'mark' ? signAt(step.what, step.kind, x, y) : ringAt(step.what, step.kind, x, y)
  return {
    behind: lineAt(step.kind, `M${x} ${y}V${block.top}`),
    front: sign + label.map((text, index) => line(`tiny${written[step.kind]}`, x + 9, y + 3 + (index + 1 - label.length) * 10, text, 9, STEP - 14)).join(''),
  }
}

/** A step, with the whole of what is known of it as tooltip. */
export const drawStep = (step: Step, index: number, stave: Stave, layout: Layout): Strokes => {
  const x = xOf(stave, index)
  const { behind, front } =
    step.shape === 'arrow'
      ? drawArrow(step, x, stave.blocks, layout.lines)
      : drawSign(step, x, stave.blocks[layout.lines.get(step.lane) ?? -1])
  return { behind, front: element('g', {}, element('title', {}, xml(sentence(step, index))), front) }
}
