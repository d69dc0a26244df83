/**
 * What the signs of a drawing mean: those that it uses, and no others.
 *
 * @module
 */
import { messageTypeList, messageTypes } from '../protocol/message.js'
import { MARGIN } from './layout.js'
import { headAt, lineAt, ringAt, signAt } from './strokes.js'
import { factWords, settledSteps, type Timeline } from './timeline.js'
import { element, line, widthOf } from './writing.js'

/** A sign, drawn from its left edge and its middle, and what it means. */
interface Item {
  readonly width: number
  readonly sign: (x: number, y: number) => string
  readonly text: string
}

const ROW = 20

const itemsOf = (timeline: Timeline): ReadonlyArray<Item> => {
  const { steps, facts } = timeline
  const kinds = ([['normal', 'message'], ['refused', 'refused'], ['void', 'void'], ['tentative', 'tentative']] as const)
    .filter(([kind]) => steps.some((step) => step.shape === 'arrow' && step.kind === kind))
    .map(([kind, text]): Item => ({
      width: 30, text,
      sign: (x, y) =>
        element('g', { transform: `translate(${x} ${y}) rotate(-90)` }, lineAt(kind, 'M0 2V22'), headAt(kind, 0, 28, 1), element('circle', { class: `solid${kind === 'refused' ? ' bad' : kind === 'void' ? ' faded' : ''}`, cx: 0, cy: 2, r: 3 })),
    }))
  const marks = ([['local', 'own step'], ['observation', 'observed']] as const)
    .filter(([what]) => steps.some((step) => step.shape === 'mark' && step.what === what))
    .map(([what, text]): Item => ({ width: 12, text, sign: (x, y) => signAt(what, 'normal', x + 6, y) }))
  const changes = ([['joins', 'joins'], ['leaves', 'leaves'], ['excluded', 'is excluded'], ['roles', 'changes roles'], ['withdraws', 'withdraws from the embargo']] as const)
    .filter(([what]) => steps.some((step) => step.shape === 'membership' && step.what === what))
    .map(([what, text]): Item => ({ width: 14, text, sign: (x, y) => ringAt(what, 'normal', x + 7, y) }))
  const known = (['P', 'X', 'A'] as const)
    .filter((letter) => facts.some(({ fact }) => fact === letter))
    .map((letter): Item => ({ width: 20, text: factWords[letter], sign: (x, y) => chipAt(letter, x, y - 7) + factLine(letter, `M${x + 18} ${y - 8}v16`) }))
  const open: ReadonlyArray<Item> = settledSteps(timeline) < steps.length
    ? [{ width: 24, text: 'not settled', sign: (x, y) => element('rect', { x, y: y - 7, width: 24, height: 14, fill: 'url(#mpcvd-hatch)' }) + element('rect', { class: 'edge', x, y: y - 7, width: 24, height: 14 }) }]
    : []
  return [...kinds, ...marks, ...changes, ...known, ...open]
}

const factDash = { P: '', X: ' dash', A: ' dashdot' } as const

/** The line of a fact. */
export const factLine = (fact: 'P' | 'X' | 'A', d: string): string => element('path', { class: `fact${factDash[fact]}`, d })

/** The letter of a fact, from its upper left corner. */
export const chipAt = (fact: 'P' | 'X' | 'A', x: number, y: number): string =>
  element('rect', { class: 'chip', x, y, width: 14, height: 14, rx: 3 }) + line('onalarm', x + 7, y + 10.6, fact)

/** The legend, from its upper edge on, and where it ends: first the signs, then the message types with their names. */
export const drawLegend = (timeline: Timeline, top: number, width: number): readonly [markup: string, foot: number] => {
  const right = width - MARGIN
  const out: Array<string> = []
  let x = MARGIN
  let y = top + 8
  for (const { width: own, sign, text } of itemsOf(timeline)) {
    const needed = own + 7 + widthOf(text, 10)
    if (x > MARGIN && x + needed > right) {
      x = MARGIN
      y += ROW
    }
    out.push(sign(x, y), line('soft', x + own + 7, y + 3.5, text))
    x += needed + 22
  }
  if (x > MARGIN) y += ROW + 4
  const used = messageTypeList.filter((type) => timeline.steps.some((step) => step.shape === 'arrow' && step.types.includes(type)))
  const columns = Math.max(1, Math.floor((right - MARGIN) / 190))
  const tall = Math.ceil(used.length / columns)
  used.forEach((type, index) => {
    const column = MARGIN + Math.floor(index / tall) * 190
    const row = y + (index % tall) * 15 + 3.5
    out.push(line('types', column, row, type), line('soft', column + 22, row, messageTypes[type].name))
  })
  y += tall * 15
  return [out.join('\n'), y]
}
