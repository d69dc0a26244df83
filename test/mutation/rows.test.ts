/**
 * Mutants of the tables (`rows.ts`). Every part of every row is taken away or changed, one at a time; each change must be seen in some
 * cell, or the part says nothing. Since both readings equal their oracles on every cell (spec.test.ts, twin.test.ts), a
 * change that is seen is one that those tests would fail on. Changes that nobody can see are listed, with the reason.
 */
import { adopted, published } from 'mpcvd'
import { expect, test } from 'vitest'
import { isSeen, mutantsOf } from './rows.js'

/** Changes that no cell shows, and why. A change that is not seen here is proved to change nothing: every cell is looked at. */
const unseen: ReadonlyArray<readonly [RegExp, string]> = [
  [/: (without|rm also|em also) /, 'the guard is as printed; in the cells that it would let in, a row above decides, or does the same'],
  [/: also [VFDPXA]$/, 'no state that the row applies to has such an event, so the machine does not move'],
  [/(\.role|subject): one reply more$/, 'the row refuses'],
  [/published reply: not for (RK|RE|GI|GK|GE)$/, 'these have rows in every state, which change nothing'],
  [/(received\.closed\.ack|FT:130): not for RK$/, 'the row for RK in any state says the same'],
]

test.each([adopted, published])('a change of any part of any row is seen', ({ rules }) => {
  const seen = new Set<string>()
  const hidden = new Set<string>()
  for (const mutant of mutantsOf(rules)) {
    if (seen.has(mutant.name)) continue
    if (isSeen(mutant, rules)) {
      seen.add(mutant.name)
      hidden.delete(mutant.name)
    } else hidden.add(mutant.name)
  }
  const unexplained = [...hidden].filter((name) => !unseen.some(([pattern]) => pattern.test(name)))
  console.info(`${rules.name}: ${seen.size + hidden.size} mutants, ${seen.size} seen, ${hidden.size} not`)
  expect(unexplained.join('\n')).toBe('')
})
