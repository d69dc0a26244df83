/**
 * The charter: what all replicas of a case agree on before its first entry.
 *
 * It is the part of a log's header that says what the case is; `as` and `world`, which say whose log it is and how much
 * of the case it knows, are left out. Ledgers of different charters are different cases, and are not united.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import type { DecisionRule, Edition, Inheritance, LogHeader, LogParticipant, Ordering } from '../protocol/log.js'
import type { Id } from '../protocol/message.js'
import { compareText } from './tree.js'

/** What a case is, whatever happens in it. */
export interface Charter {
  readonly case: Id
  readonly protocol: Edition
  /** Who is in the case from the start, in the order of their ids. */
  readonly participants: ReadonlyArray<LogParticipant>
  readonly owner?: Id
  readonly manager?: Id
  readonly decision: DecisionRule
  readonly order: Ordering
  /** What it starts with, where it was merged or split off. */
  readonly inherits?: Inheritance
  /** Whom the ledger was cut down for, where it is a projection. */
  readonly projection?: Id
  readonly title?: string
}

/** Why something is no charter: what was expected where, and what there was. */
export interface CharterFault {
  readonly path: string
  readonly expected: string
  readonly got: string
}

/** The charter in a log's header. */
export const charterOf = (header: LogHeader): Charter => ({
  case: header.case,
  protocol: header.protocol,
  participants: [...header.participants].sort((one, other) => compareText(one.id, other.id)),
  ...(header.owner === undefined ? {} : { owner: header.owner }),
  ...(header.manager === undefined ? {} : { manager: header.manager }),
  decision: header.decision ?? 'first',
  order: header.order ?? 'causal',
  ...(header.inherits === undefined ? {} : { inherits: header.inherits }),
  ...(header.projection === undefined ? {} : { projection: header.projection }),
  ...(header.title === undefined ? {} : { title: header.title }),
})

/** The header of the log that holds a case of this charter: everybody's view, so it has no `as`. */
export const headerOf = (charter: Charter): LogHeader => ({
  log: 1,
  protocol: charter.protocol,
  case: charter.case,
  participants: charter.participants,
  world: 'open',
  ...(charter.owner === undefined ? {} : { owner: charter.owner }),
  ...(charter.manager === undefined ? {} : { manager: charter.manager }),
  ...(charter.decision === 'first' ? {} : { decision: charter.decision }),
  ...(charter.order === 'causal' ? {} : { order: charter.order }),
  ...(charter.inherits === undefined ? {} : { inherits: charter.inherits }),
  ...(charter.projection === undefined ? {} : { projection: charter.projection }),
  ...(charter.title === undefined ? {} : { title: charter.title }),
})

/** Checks what a charter must have beyond its form: somebody to decide and to order, ids and aliases that name one participant each. Gives it with its participants in order. */
export const checkCharter = (charter: Charter): Either<ReadonlyArray<CharterFault>, Charter> => {
  const faults: CharterFault[] = []
  if (charter.decision === 'owner' && charter.owner === undefined)
    faults.push({ path: '/owner', expected: 'the owner, who decides', got: 'nothing' })
  if (charter.order === 'manager' && charter.manager === undefined)
    faults.push({ path: '/manager', expected: 'the manager, who orders', got: 'nothing' })
  for (const office of ['owner', 'manager'] as const) {
    const holder = charter[office]
    if (holder !== undefined && !charter.participants.some((one) => one.id === holder))
      faults.push({ path: `/${office}`, expected: `one of ${charter.participants.map((one) => one.id).join(' ')}`, got: holder })
  }
  const names = charter.participants.flatMap((one) => [one.id, ...(one.aliases ?? [])])
  for (const name of new Set(names.filter((one, index) => names.indexOf(one) < index)))
    faults.push({ path: '/participants', expected: 'every id and alias once', got: name })
  return faults.length > 0 ? left(faults) : right({ ...charter, participants: [...charter.participants].sort((one, other) => compareText(one.id, other.id)) })
}
