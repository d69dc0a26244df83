/**
 * Asking the protocol itself: what can happen to two participants who keep every rule, and what a house rule would break.
 *
 * A vendor's tool team wants to know three things before it turns the embargo workflow on. Can a reporter and the vendor,
 * each keeping to the protocol, end with different embargoes? Do case ledgers help? And is it safe not to acknowledge that an
 * embargo was ended, as somebody has proposed? All runs are explored; what is wrong comes with a shortest run that shows it.
 */
import assert from 'node:assert/strict'
import { adopted, type CaseLog, protocol, replay } from 'mpcvd'
import { convergence, logOf, type Model, properties, verify, wordsOf } from 'mpcvd/verify'
import { isProgram } from './logs.js'

const model: Model = {
  protocol: adopted, participants: [{ roles: ['reporter'] }, { roles: ['vendor'] }], channel: { bound: 2 }, about: ['em'], steps: 2,
}
const asked = (...ids: ReadonlyArray<string>) => properties.filter(({ id }) => ids.includes(id))

/** The run in which two who keep every rule end with different embargoes, in words and as a log. */
export const crossing = (): { readonly words: ReadonlyArray<string>; readonly log: CaseLog } => {
  const [verdict] = verify(model, asked('divergence-em')).verdicts
  assert(verdict?.verdict === 'violated' && verdict.counterexample !== undefined && verdict.shortest === true)
  const log = logOf(verdict.counterexample)
  // Nothing was refused, nothing is missing: the log is that of two honest participants.
  const { findings, participants } = replay(adopted, log)
  assert.deepEqual(findings.filter(({ kind }) => kind === 'refused'), [])
  assert.notEqual(participants[0]?.em, participants[1]?.em)
  return { words: wordsOf(verdict.counterexample), log }
}

/** The story; it returns the run that ledgers settle. */
export const verifying = (): CaseLog => {
  const { log } = crossing()

  // With a ledger each, no run of two messages ends so, whoever sends what, whatever overtakes what.
  const settled = convergence({ participants: [['reporter'], ['vendor']], protocol: 'adopted', entries: 2, types: ['EP', 'EA', 'ER', 'EV', 'EC', 'EJ', 'ET'], channel: 'any' })
  assert.equal(settled.holds, true)

  // The house rule: nobody acknowledges that an embargo has ended. One row of the rules is changed, and the checker is asked again.
  const house = protocol({ ...adopted.rules, received: adopted.rules.received.map((row) => (row.types.includes('ET') ? { ...row, replies: [] } : row)) })
  const before = verify(model, asked('acknowledged', 'moves-as-asked')).verdicts.map(({ verdict }) => verdict)
  const after = verify({ ...model, protocol: house, participants: model.participants.map(({ roles: held }) => ({ roles: held, start: { rm: 'Accepted', em: 'Active', cs: held.includes('vendor') ? 'Vfdpxa' : 'pxa' } })) }, asked('acknowledged', 'moves-as-asked')).verdicts
  assert.deepEqual([before, after.map(({ property, verdict }) => [property.id, verdict])], [['holds', 'holds'], [['moves-as-asked', 'holds'], ['acknowledged', 'violated']]])
  const shown = after[1]?.counterexample
  assert(shown !== undefined && shown.moves.length === 2 && wordsOf(shown).some((line) => line.includes('gets ET')))
  return log
}

if (isProgram(import.meta.url)) {
  verifying()
  for (const line of crossing().words) console.log(line)
}
