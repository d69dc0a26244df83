/**
 * Which requirements ask for what is owed in a case: those of the step that made it due, in the state in which it found who
 * owes it.
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import type { Case } from '../case/case.js'
import { encounters } from '../case/encounter.js'
import type { Node } from '../case/graph.js'
import type { Owed } from '../case/owed.js'
import { demandsOn, type Part } from '../conformance/asked.js'
import type { Demand } from '../conformance/demand.js'
import { protocols } from '../protocol/editions.js'
import { plainContext, unique } from '../protocol/interpret.js'
import type { MessageType } from '../protocol/message.js'
import type { Participant } from '../protocol/participant.js'
import { contextOf, type Protocol } from '../protocol/transition.js'

/** The demands that a step of somebody meets: as an answer to what came, and as news of what it fired. */
const demandsAt = (protocol: Protocol, self: Participant, { entry }: Node): ReadonlyArray<Demand> => {
  const message = 'message' in entry ? entry.message : undefined
  const result = message !== undefined ? protocol.transition(self, message) : 'local' in entry ? protocol.local(self, entry.local.event) : undefined
  if (result === undefined || isLeft(result)) return []
  const { fired, state } = result.right
  const received: ReadonlyArray<Part> = message === undefined || message.from === self.id ? []
    : message.types.map((name) => ({ on: 'received', name, state: self, roles: self.roles, context: contextOf(message) }))
  const news: ReadonlyArray<Part> = fired.map(({ event, machine }) => ({ on: 'fired', name: `${machine}.${event}`, state, roles: state.roles, context: plainContext }))
  return [...received, ...news].flatMap((part) => demandsOn(part))
}

/** Whether a demand asks for one of some types. */
const asksFor = (demand: Demand, types: ReadonlyArray<MessageType>): boolean =>
  (demand.asks === 'answer' || demand.asks === 'announce') && demand.with.some((type) => types.includes(type))

/** For each of some debts, the requirements that ask for it: its own where it names some, else those that its step meets. */
export const requirementsOf = ({ ledger }: Case, debts: ReadonlyArray<Owed>): ReadonlyMap<Owed, ReadonlyArray<string>> => {
  const found = new Map(debts.map((debt) => [debt, debt.requirements]))
  const open = debts.filter(({ requirements }) => requirements.length === 0)
  if (open.length === 0) return found
  const protocol = protocols[ledger.charter.protocol]
  encounters(ledger, ({ node, stateOf }) => {
    for (const debt of open) {
      const self = debt.entry === node.id ? stateOf(debt.by) : undefined
      if (self === undefined) continue
      const demands = demandsAt(protocol, self, node)
      found.set(debt, unique(demands.filter((demand) => asksFor(demand, debt.types)).flatMap(({ ids }) => ids)))
    }
  })
  return found
}
