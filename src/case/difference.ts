/**
 * What changed between two cases, or between a case before and after some entries.
 *
 * @module
 */
import type { Id } from '../protocol/message.js'
import { formatState } from '../protocol/participant.js'
import type { Case } from './case.js'
import { sameJson } from '../protocol/message.js'
import { nodesOf } from './ledger.js'
import { forwards } from './tree.js'

/** One thing that differs: what it is about, and what it was and is. `undefined` where it was not there, or is no more. */
export interface Difference {
  readonly about: 'participant' | 'embargo' | 'fact' | 'proposal' | 'settled' | 'finding' | 'entry'
  /** Whose, or which. */
  readonly of: Id
  readonly before: string | undefined
  readonly after: string | undefined
}

type Lines = ReadonlyMap<string, readonly [about: Difference['about'], of: Id, value: string]>

/** Everything about a case that can differ, a line each. */
const linesOf = (of: Case): Lines => {
  const lines = new Map<string, readonly [Difference['about'], Id, string]>()
  const line = (about: Difference['about'], id: Id, value: string): void => {
    lines.set(JSON.stringify([about, id]), [about, id, value])
  }
  for (const one of of.participants)
    line('participant', one.id, `${formatState(one)} ${one.roles.join(', ')}, ${one.consent}${one.engaged ? '' : ', has left'}`)
  line('embargo', of.charter.case, `${of.state.em}${of.state.inForce === undefined ? '' : ` ${of.state.inForce}`}`)
  for (const fact of ['P', 'X', 'A'] as const) {
    const entry = of.state.facts[fact]
    if (entry !== undefined) line('fact', fact, entry)
  }
  for (const [id, proposal] of forwards(of.state.proposals))
    line('proposal', id, `${proposal.status}; signed by ${[...proposal.signed.keys()].sort().join(', ')}${proposal.rejected.size === 0 ? '' : `; rejected by ${[...proposal.rejected.keys()].sort().join(', ')}`}`)
  line('settled', of.charter.case, `${of.settled.count}${of.settled.waitsFor.length === 0 ? '' : `, waits for ${of.settled.waitsFor.join(', ')}`}`)
  for (const finding of of.findings) line('finding', `${finding.entry} ${finding.kind}`, finding.kind)
  for (const node of nodesOf(of.ledger)) line('entry', node.id, `${node.variants.length}`)
  return lines
}

/** What differs from one case to another: what is gone or has changed, then what is new. Empty for equal ledgers. */
export const diff = (one: Case, other: Case): ReadonlyArray<Difference> => {
  const [before, after] = [linesOf(one), linesOf(other)]
  const found: Difference[] = []
  for (const [key, [about, of, value]] of before) {
    const now = after.get(key)?.[2]
    if (!sameJson(value, now)) found.push({ about, of, before: value, after: now })
  }
  for (const [key, [about, of, value]] of after) if (!before.has(key)) found.push({ about, of, before: undefined, after: value })
  return found
}
