/**
 * Deadlines of a case: the clocks of some policies, run over what counts in a ledger.
 *
 * What is void or illegal starts no clock; nor does a correction by somebody who may not correct the entry: only its
 * author, the case's owner and its manager may. Who has a say in a rule that speaks of roles is read from the case.
 *
 * @module
 */
import type { Statement } from '../protocol/log.js'
import type { Moment } from '../protocol/message.js'
import type { Case } from './case.js'
import { type Deadline, deadlinesOf } from './clock.js'
import { authorOf } from './entry.js'
import { happenings } from './happening.js'
import { nodesOf } from './ledger.js'
import type { Policy } from './policy.js'
import { forwards, get } from './tree.js'

/** The entries of a case that count: neither void nor illegal at their place, and corrections only by who may make them. */
export const countingEntries = ({ ledger, charter }: Case): ReadonlyArray<Statement> => {
  const idle = new Set(ledger.standing.voids.keys())
  for (const [, { node, illegal }] of forwards(ledger.order)) if (illegal !== undefined) idle.add(node.id)
  return nodesOf(ledger).filter((node) => !idle.has(node.id)).map((node) => node.entry).filter((entry) => {
    if (!('correction' in entry)) return true
    const { by, of } = entry.correction
    const corrected = get(ledger.graph.nodes, of)
    return by === charter.owner || by === charter.manager || (corrected !== undefined && (authorOf(corrected.entry) === by || 'observation' in corrected.entry))
  })
}

/** Who owes what by when under some policies, at a time; which event started each clock, and whether it is met, overdue, or not to be told from half-known dates. */
export const deadlines = (of: Case, policies: ReadonlyArray<Policy>, now: Moment): ReadonlyArray<Deadline> =>
  deadlinesOf(happenings(countingEntries(of)), policies, now, of.participants)
