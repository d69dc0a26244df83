/**
 * What is explored of ledgers: who takes part, and what they may do.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import { type DecisionRule, decisionRules, type MembershipChange, membershipChanges, type Ordering, orderings } from '../protocol/log.js'
import { type Id, type MessageType, messageTypeList } from '../protocol/message.js'
import type { Role } from '../protocol/participant.js'
import { counted, MOST_PARTICIPANTS, type ModelFault, named, namesBy, rolesFaults } from './model.js'

/** What is explored: who takes part, and what they may do. Everybody's entries reach everybody else sooner or later. */
export interface LedgerScope {
  /** The roles of each participant. Its id is its roles, with a number from the second of that name on. */
  readonly participants: ReadonlyArray<ReadonlyArray<Role>>
  /** The roles of those who are not in the case from the start. They get what is sent, and send once somebody had them join. */
  readonly guests?: ReadonlyArray<ReadonlyArray<Role>>
  readonly protocol: 'adopted' | 'published'
  /** `causal` where absent. The first participant is the manager, where there is one; it stamps what it has at any time, causes before effects. */
  readonly order?: Ordering
  /** `first` where absent. The first participant is the owner. */
  readonly decision?: DecisionRule
  /** How many entries all of them send together, at most; acknowledgements and stamps are not counted. */
  readonly entries: number
  /** The types that are sent; {@link sentTypes} where absent. */
  readonly types?: ReadonlyArray<MessageType>
  /** How members change: each `leaves`, `withdraws`, and has others join (again); the owner excludes. Not at all where absent. */
  readonly changes?: ReadonlyArray<MembershipChange>
  /** Whether what one sends reaches another in the order of sending (`fifo`, where absent) or in any. */
  readonly channel?: 'fifo' | 'any'
  /** Whether everything that was taken in may arrive again. */
  readonly duplicates?: boolean
  /** Whether everybody may acknowledge each message that it has, once, at any time. */
  readonly acknowledgements?: boolean
}

/** What is sent where a scope does not say: all that decides about the embargo and about what is public. */
export const sentTypes: ReadonlyArray<MessageType> = ['EP', 'EA', 'EV', 'EJ', 'EC', 'ER', 'ET', 'CP', 'CX', 'CA']

/** The ids of the participants of a scope, then of its guests. */
export const namesIn = ({ guests = [], participants }: Pick<LedgerScope, 'guests' | 'participants'>): ReadonlyArray<Id> => namesBy([...participants, ...guests])

/** Changes that a scope can have; nobody changes its roles. */
const changes = membershipChanges.filter((change) => change !== 'roles')

/** A scope that can be explored, or everything that is wrong with it. */
export const checkScope = (scope: LedgerScope): Either<ReadonlyArray<ModelFault>, LedgerScope> => {
  const { guests = [], participants } = scope
  const count = participants.length + guests.length
  const faults: ReadonlyArray<ModelFault> = [
    ...(participants.length >= 1 && count >= 2 && count <= MOST_PARTICIPANTS ? [] : [{ field: 'participants' as const, expected: [`two to ${MOST_PARTICIPANTS} of them, guests among them`], got: String(count) }]),
    ...[...participants, ...guests].flatMap(rolesFaults),
    ...named('protocol', [scope.protocol], ['adopted', 'published']),
    ...named('order', scope.order === undefined ? [] : [scope.order], orderings),
    ...named('decision', scope.decision === undefined ? [] : [scope.decision], decisionRules),
    ...counted('entries', scope.entries, 1, 30),
    ...named('types', scope.types, messageTypeList),
    ...named('changes', scope.changes, changes),
    ...named('channel', scope.channel === undefined ? [] : [scope.channel], ['fifo', 'any']),
  ]
  return faults.length > 0 ? left(faults) : right(scope)
}
