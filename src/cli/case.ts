/**
 * `mpcvd case FILE…`: what the logs of several participants say of one case, side by side and together; what is
 * tentative and whom it waits for, where the replicas differ and why.
 *
 * @module
 */
import {
  type Case, caseOf, describeCaseFinding, entriesOf, idOf, type Ledger, mayPublish, owed,
} from '../case/index.js'
import { formatState } from '../index.js'
import { readCase } from './logs.js'
import { type ExitCode, say, sayJson, table } from './terminal.js'

/** What the command was asked for. */
export interface CaseOptions {
  readonly json: boolean
  readonly at: string
}

const embargoIn = (of: Case): string => {
  const inForce = of.proposals.find((one) => one.id === of.state.inForce)
  return `${of.state.em}${inForce === undefined ? '' : ` ${inForce.id}${inForce.terms?.end === undefined ? '' : ` until ${inForce.terms.end}`}`}`
}

const settledIn = ({ settled }: Case): string =>
  `${settled.count} of ${settled.count + settled.tentative.length}${settled.waitsFor.length === 0 ? '' : `, waits for ${settled.waitsFor.join(', ')}`}`

const factsIn = ({ state }: Case): string => (['P', 'X', 'A'] as const).filter((fact) => state.facts[fact] !== undefined).join('') || 'nothing'

/** The entries that a ledger lacks of another, each with what it is. */
const lacking = (one: Ledger, other: Ledger): ReadonlyArray<string> => {
  const held = new Set(entriesOf(one).map(idOf))
  return entriesOf(other).filter((entry) => !held.has(idOf(entry))).map((entry) =>
    'message' in entry ? `${entry.message.id} (${entry.message.types.join('+')} by ${entry.message.from})` : idOf(entry))
}

const print = (all: Case, each: ReadonlyArray<{ readonly file: string; readonly of: Case }>, at: string): void => {
  const { charter } = all
  say(`case ${charter.case}: ${charter.protocol}, decision ${charter.decision}, ${charter.order} order, ${entriesOf(all.ledger).length} entries`)
  const columns = each.length > 1 ? [all, ...each.map((one) => one.of)] : [all]
  const rows = table([
    ['', ...(each.length > 1 ? ['together', ...each.map((one) => one.file)] : ['state'])],
    ['embargo', ...columns.map(embargoIn)],
    ['public', ...columns.map(factsIn)],
    ['settled', ...columns.map(settledIn)],
    ...all.participants.map(({ id }) => [
      id,
      ...columns.map((of) => {
        const one = of.participants.find((other) => other.id === id)
        return one === undefined ? '-' : `${formatState(one)} ${one.consent}${one.engaged ? '' : ', has left'}`
      }),
    ]),
  ])
  for (const row of rows) say(`  ${row}`)
  for (const { id, engaged } of all.participants) {
    if (!engaged) continue
    const { may, because, bound, until, advice } = mayPublish(all, id, at)
    say(`may publish: ${id}: ${may ? 'yes' : 'no'}, ${because}${bound.length === 0 ? '' : ` by ${bound.join(', ')}`}${until === undefined ? '' : ` until ${until}`}${advice.length === 0 ? '' : ` (against it: ${advice.join(', ')})`}`)
  }
  for (const id of all.settled.tentative) say(`tentative: ${id}`)
  for (const { file, of } of each) for (const what of lacking(of.ledger, all.ledger)) say(`${file}: lacks ${what}`)
  for (const one of owed(all, at)) say(`owed: ${one.by} to ${one.to ?? 'everyone'}: ${one.types.join(one.kind === 'decision' ? ' or ' : ' ')} for ${one.entry} since ${one.since}${one.until === undefined ? '' : ` until ${one.until}`}`)
  for (const finding of all.findings) say(describeCaseFinding(finding))
}

const asJson = (of: Case, at: string) => ({
  embargo: { state: of.state.em, inForce: of.state.inForce, proposals: of.proposals.map((one) => ({ ...one, signed: [...one.signed.keys()], rejected: [...one.rejected.keys()] })) },
  facts: of.state.facts,
  settled: { count: of.settled.count, tentative: of.settled.tentative, waitsFor: of.settled.waitsFor },
  participants: of.participants.map((one) => ({ ...one, state: formatState(one), mayPublish: mayPublish(of, one.id, at) })),
  findings: of.findings.map((finding) => ({ ...finding, text: describeCaseFinding(finding) })),
  gaps: of.gaps,
  owed: owed(of, at),
})

/** Merges the logs of one case; 0 where nothing is wrong and all hold the same, 1 where something is, 2 where a file cannot be read. */
export const showCase = (files: ReadonlyArray<string>, options: CaseOptions): ExitCode => {
  const ledgers = readCase(files)
  if (ledgers === undefined) return 2
  const all = caseOf(ledgers.all)
  const each = ledgers.each.map(({ file, ledger }) => ({ file, of: caseOf(ledger) }))
  if (options.json) sayJson({ case: all.charter.case, at: options.at, together: asJson(all, options.at), files: each.map(({ file, of }) => ({ file, ...asJson(of, options.at), lacks: lacking(of.ledger, all.ledger) })) })
  else print(all, each, options.at)
  const differ = each.some(({ of }) => lacking(of.ledger, all.ledger).length > 0)
  return ledgers.unreadable ? 2 : all.findings.length > 0 || differ ? 1 : 0
}
