/**
 * What a case log proves to an auditor: the evidence compiler on the smallest case there is.
 *
 * Acme handled Alice's report. The sheet on ISO/IEC 30111 says which clauses its log shows, and by which messages; the
 * times say how long it took. Then one message is lost, and exactly the clauses that needed it are weaker.
 */
import assert from 'node:assert/strict'
import type { CaseLog, Id } from 'mpcvd'
import { type Clause, evidence, type Evidence, isWeaker, tally } from 'mpcvd/crosswalk'
import { isProgram } from './logs.js'
import { twoParty } from './two-party.js'

const without = (log: CaseLog, id: Id): CaseLog => ({ ...log, entries: log.entries.filter((entry) => !('message' in entry && entry.message.id === id)) })

const clausesOf = (of: Evidence): ReadonlyArray<Clause> => of.sheets.flatMap((sheet) => sheet.clauses)

/** The evidence of the two-party case, after some questions to it. */
export const evidenced = (): Evidence => {
  const log = twoParty()
  const sheets = evidence(log, 'iso-30111')
  const [acme] = sheets.sheets
  assert(acme !== undefined && acme.of === 'acme')

  // Policies and people are in no message; nothing was ever deployed, so the clause after the release is shown in part.
  const { late, missing, shown } = tally(acme)
  assert.deepEqual({ shown, late, missing }, { shown: 8, late: 0, missing: 0 })
  const after = acme.clauses.find(({ id }) => id === 'X30-17')
  assert.deepEqual(after?.needs.map(({ status }) => status), ['missing', 'shown'])

  // The acknowledgement of the report, and what it moved. It is the only one, so the clause needs it.
  const receipt = acme.clauses.find(({ id }) => id === 'X30-04')
  const [report, answer] = receipt?.cites ?? []
  assert.deepEqual([report?.what, report?.moved[0], answer?.what, answer?.needed], ['RS EP', 'S –r→ R', 'RK EK CV', true])

  // Times come with what they were taken from; here they are exact, because the moments are.
  assert.deepEqual(acme.measures.map(({ name, text }) => `${name} ${text}`).slice(0, 2), ['acknowledge 1 hour', 'validate 5 hours'])

  // Against a term of its own that is shorter, the acknowledgement is late.
  const hasty = evidence(log, 'iso-29147', { within: { acknowledge: 'PT30M' } })
  assert.deepEqual(clausesOf(hasty).filter(({ status }) => status === 'late').map(({ clause }) => clause), ['5.7 send-report-to', '6.2.5'])

  // Lose the acknowledgement: the clauses that needed it are weaker, and no others.
  const lost = clausesOf(evidence(without(log, answer?.id ?? ''), 'iso-30111'))
  for (const [place, clause] of acme.clauses.entries()) {
    const now = lost[place]
    assert(now !== undefined)
    assert.equal(isWeaker(now, clause), clause.cites.some((one) => one.id === answer?.id && one.needed))
  }
  return sheets
}

if (isProgram(import.meta.url)) {
  for (const { clauses, measures, of } of evidenced().sheets) {
    for (const { clause, cites, status, title } of clauses) console.log(`${of}  ${clause.padEnd(13)}${status.padEnd(16)}${title}${cites.length === 0 ? '' : `: ${cites.map(({ what }) => what).join(', ')}`}`)
    for (const { name, text } of measures) console.log(`${of}  ${name.padEnd(13)}${text}`)
  }
}
