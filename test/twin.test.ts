/**
 * The adopted reading is its twin (test/spec/adopted.ts), which was written from the documents without reading `src/`.
 * The rows are compared with it on every state, type, direction and context, `adopted.transition` with real messages on
 * every context that can matter, and the sender's `cause` on a random sample.
 */
import { adopted } from 'mpcvd'
import { expect, test } from 'vitest'
import { interpret } from '../src/protocol/interpret.js'
import {
  type Cell, cells, complaints, contextsThatMatter, everyContext, line, messageWith, name, participants, pick, randomFrom,
  rowTypes, show, typesOf, ways,
} from './cells.js'
import { adopted as twin } from './spec/adopted.js'
import { partly, whole } from './whole.js'

const events = (fired: ReadonlyArray<{ readonly machine: string; readonly event: string }>): ReadonlyArray<string> =>
  fired.map((one) => `${one.machine}.${one.event}`)

const byRows = ({ way, type, shape, self, context }: Cell): string => {
  const cell = interpret(adopted.rules, way, type, shape, { rm: self.rm, em: self.em, cs: self.cs }, context)
  return cell.refuse === undefined ? line(cell, events(cell.fired), cell.replies, cell.optional) : `Left ${cell.refuse}`
}

const byMessage = ({ self, message }: Cell): string => show(adopted.transition(self, message))

const byTwin = ({ way, type, self, context }: Cell): string => {
  const { roles, rm, em, cs } = self
  const answer = twin({ way, type, roles, rm, em, cs, ...context })
  return 'left' in answer ? `Left ${answer.left}` : line(answer, answer.fired, answer.replies, answer.optional)
}

const compare = (all: Iterable<Cell>, ours: (cell: Cell) => string) => {
  const wrong = complaints()
  const counted = { cells: 0, refused: 0 }
  for (const cell of all) {
    const got = ours(cell)
    const wanted = byTwin(cell)
    if (got !== wanted) wrong.add(`${name(cell)}: twin ${wanted}, library ${got}`)
    counted.cells++
    if (wanted.startsWith('Left')) counted.refused++
  }
  return { first: wrong.first, ...counted }
}

/** Every seventh of some cells: seven shares no factor with the numbers of contexts, states and types. */
const everySeventh = function* (all: Iterable<Cell>): Generator<Cell> {
  let place = 0
  for (const cell of all) if (place++ % 7 === 0) yield cell
}

test(`the rows agree with the twin on every cell, whatever the context${partly('every seventh')}`, () => {
  const all = 2 * 29 * 3080 * 16
  const found = compare(whole ? cells(() => everyContext) : everySeventh(cells(() => everyContext)), byRows)
  expect(found).toMatchObject({ first: [], cells: whole ? all : Math.ceil(all / 7) })
  if (whole) expect(found.refused).toBe(608_736)
})

test('transition agrees with the twin on every cell, by real messages', () => {
  expect(compare(cells(contextsThatMatter), byMessage)).toEqual({ first: [], cells: 341_880, refused: 112_120 })
})

test('transition agrees with the twin whatever the cause', () => {
  const random = randomFrom(0x7001)
  const sample = Array.from({ length: 50_000 }, (): Cell => {
    const [way, type, [shape, self]] = [pick(random, ways), pick(random, rowTypes), pick(random, participants)]
    const context = { ...pick(random, everyContext), cause: pick(random, ['own', 'observed'] as const) }
    return { way, type, shape, self, context, message: messageWith(way, typesOf(type), context) }
  })
  expect(compare(sample, byMessage).first).toEqual([])
})
