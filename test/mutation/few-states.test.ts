/**
 * What mutation testing runs instead of the full enumerations: the same comparisons with the same oracles on a third of the
 * case states, ending at the first difference. `npm test` leaves it out, since it does all of it.
 */
import { adopted, cs, dpxa, type Participant, published, pxa, type RowType, type Way } from 'mpcvd'
import { expect, test } from 'vitest'
import { cells, contextsThatMatter, line, participants, plain, show } from '../cells.js'
import { adopted as twin } from '../spec/adopted.js'
import { printed } from '../transcription.js'

const chosen = new Set<string>([...cs.states, ...dpxa.states, ...pxa.states].filter((_, index) => index % 5 === 0 || index % 7 === 1))
const few = (self: Participant): boolean => chosen.has(self.cs)

const same = (got: string, wanted: string, way: Way, type: RowType, { rm, em, cs: state }: Participant): void => {
  if (got !== wanted) throw new Error(`${way} ${type} at (${rm},${em},${state}): ${got}, not ${wanted}`)
}

test('adopted is its twin', () => {
  for (const { way, type, self, context, message } of cells(contextsThatMatter)) {
    if (!few(self)) continue
    const answer = twin({ way, type, roles: self.roles, rm: self.rm, em: self.em, cs: self.cs, ...context })
    const wanted = 'left' in answer ? `Left ${answer.left}` : line(answer, answer.fired, answer.replies, answer.optional)
    same(show(adopted.transition(self, message)), wanted, way, type, self)
  }
})

test('published is what is printed', () => {
  const memo = new Map<string, string>()
  for (const { way, type, self, message } of cells(() => [plain])) {
    if (!few(self)) continue
    const key = `${way} ${type} ${self.rm} ${self.em} ${self.cs}`
    const wanted = memo.get(key) ?? printed(way, type, self)
    memo.set(key, wanted)
    same(show(published.transition(self, message)), wanted, way, type, self)
  }
})

test('published answers need no row, and relayed states have none', () => {
  for (const { way, type, self, context, message } of cells((sent) => (sent === 'sent' ? [{ ...plain, reply: true }, { ...plain, subject: 'other' }] : []))) {
    if (!few(self) || (!context.reply && !['CV', 'CF', 'CD'].includes(type))) continue
    same(show(published.transition(self, message)), context.reply ? line(self, [], [], []) : 'Left subject', way, type, self)
  }
})

test('there are participants to try', () => {
  expect(participants.filter(([, self]) => few(self)).length).toBeGreaterThan(900)
})
