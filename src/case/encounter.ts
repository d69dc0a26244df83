/**
 * Every entry of a case in the states in which it found everybody: lanes for reports and fix paths, the order of the case for
 * the embargo.
 *
 * @module
 */
import type { Id } from '../protocol/message.js'
import type { Participant } from '../protocol/participant.js'
import { type Decided, ownEmbargo } from './decide.js'
import type { Node } from './graph.js'
import { lanesOf } from './lane.js'
import type { Ledger, Step } from './ledger.js'
import { forwards } from './tree.js'

/** An entry and what it found. */
export interface Encounter {
  readonly node: Node
  /** Its step in the order of the case; content has none. */
  readonly step: Step | undefined
  /** What had been decided before it. */
  readonly before: Decided
  /** Somebody's state before it; nothing of who was never a member, or not yet. */
  readonly stateOf: (id: Id) => Participant | undefined
}

/** Shows every entry with what it found, causes before effects; void and illegal ones, too. */
export const encounters = (ledger: Ledger, see: (encounter: Encounter) => void): void => {
  const steps = new Map<Id, Step>()
  for (const [, step] of forwards(ledger.order)) steps.set(step.node.id, step)
  let settled = ledger.initial
  lanesOf(ledger, (node, laneOf) => {
    const step = steps.get(node.id)
    const before = step?.before ?? settled
    settled = step?.after ?? before
    see({
      node, step, before,
      stateOf: (id) => {
        const [lane, member] = [laneOf(id), before.members.get(id)]
        return lane === undefined || member === undefined ? undefined : { ...lane, em: ownEmbargo(before, member) }
      },
    })
  })
}
