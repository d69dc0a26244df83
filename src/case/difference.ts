/**
 * What changed between two cases, or between a case before and after some entries.
 *
 * @module
 */
import type { Id } from '../protocol/message.js'
import { formatState } from '../protocol/participant.js'
import type { Case } from './case.js'
import { nodesOf } from './ledger.js'

/** One thing that differs: what it is about, and what it was and is. `undefined` where it was not there, or is no more. */
export interface Difference {
  readonly about: 'participant' | 'embargo' | 'fact' | 'proposal' | 'settled' | 'finding' | 'entry'
  /** Whose, or which. */
  readonly of: Id
  readonly before: string | undefined
  readonly after: string | undefined
}

/** One line of what a case looks like. */
export interface Line {
  readonly about: Difference['about']
  readonly of: Id
  readonly value: string
}

/** Everything about a case that can differ, a line each. */
export const linesOf = (of: Case): ReadonlyArray<Line> => {
  const { settled, state } = of
  const names = (ids: Iterable<Id>): string => [...ids].sort().join(', ')
  return [
    ...of.participants.map((one): Line => ({
      about: 'participant', of: one.id, value: `${formatState(one)} ${one.roles.join(', ')}, ${one.consent}${one.withdrawn ? ', has withdrawn' : ''}${one.engaged ? '' : ', has left'}`,
    })),
    { about: 'embargo', of: of.charter.case, value: `${state.em}${state.inForce === undefined ? '' : ` ${state.inForce}`}` },
    ...(['P', 'X', 'A'] as const).flatMap((fact): ReadonlyArray<Line> => {
      const entry = state.facts[fact]
      return entry === undefined ? [] : [{ about: 'fact', of: fact, value: entry }]
    }),
    ...of.proposals.map(({ id, status, signed, rejected }): Line => ({
      about: 'proposal', of: id, value: `${status}; signed by ${names(signed.keys())}${rejected.size === 0 ? '' : `; rejected by ${names(rejected.keys())}`}`,
    })),
    { about: 'settled', of: of.charter.case, value: `${settled.count}${settled.waitsFor.length === 0 ? '' : `, waits for ${settled.waitsFor.join(', ')}`}` },
    ...of.findings.map((finding): Line => ({ about: 'finding', of: `${finding.entry} ${finding.kind}`, value: finding.kind })),
    ...nodesOf(of.ledger).map((node): Line => ({ about: 'entry', of: node.id, value: `${node.variants.length}` })),
  ]
}

/** What differs between lines: what is gone or has changed, then what is new. */
export const differences = (before: ReadonlyArray<Line>, after: ReadonlyArray<Line>): ReadonlyArray<Difference> => {
  const key = ({ about, of }: Line): string => JSON.stringify([about, of])
  const [old, recent] = [new Set(before.map(key)), new Map(after.map((line) => [key(line), line.value]))]
  return [
    ...before.filter((line) => recent.get(key(line)) !== line.value).map((line) => ({ about: line.about, of: line.of, before: line.value, after: recent.get(key(line)) })),
    ...after.filter((line) => !old.has(key(line))).map((line) => ({ about: line.about, of: line.of, before: undefined, after: line.value })),
  ]
}

/** What differs from one case to another. Empty for equal ledgers. */
export const diff = (one: Case, other: Case): ReadonlyArray<Difference> => differences(linesOf(one), linesOf(other))
