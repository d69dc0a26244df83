/**
 * Which demands are about a step: the table of `demands.ts`, and the advice of the adopted rows, which says what is better
 * not sent and stands there only.
 *
 * @module
 */
import { adoptedRules } from '../protocol/adopted.js'
import { passes, roleShapeOf } from '../protocol/interpret.js'
import type { Role, State } from '../protocol/participant.js'
import type { Context } from '../protocol/rules.js'
import type { Demand, Occasion } from './demand.js'
import { demands } from './demands.js'

/** One part of a step as demands see it: a direction and a type, a silent step's event, or an event that was fired. */
export interface Part {
  readonly on: Occasion['on']
  readonly name: string
  readonly state: State
  readonly roles: ReadonlyArray<Role>
  readonly context: Context
}

/**
 * The advice of the adopted rows, which no row of the tables repeats: what is better not sent. Whether a report goes to
 * somebody who has not signed depends on the recipient, so a look sees to that (`dealings.ts`).
 */
const advised: ReadonlyArray<Demand> = adoptedRules.advice.filter(({ id }) => id !== 'advice.report-embargoed').map(({ requirements, types, when }) => ({
  ids: requirements, on: 'sent', types: types.flatMap((type) => (type === 'CX+CP' ? (['CX', 'CP'] as const) : [type])), when, asks: 'not',
}))

const namesOf = (demand: Demand): ReadonlyArray<string> => ('types' in demand ? demand.types : demand.events)

/** By direction and name, so that a step is compared with what can be about it only. */
const byName: ReadonlyMap<string, ReadonlyArray<Demand>> = (() => {
  const found = new Map<string, Demand[]>()
  for (const demand of [...demands, ...advised])
    for (const name of namesOf(demand)) {
      const key = `${demand.on} ${name}`
      const others = found.get(key)
      if (others === undefined) found.set(key, [demand])
      else others.push(demand)
    }
  return found
})()

const none: ReadonlyArray<Demand> = []

/** Every demand that is about a part of a step, in the order of the tables. */
export const demandsOn = ({ on, name, state, roles, context }: Part): ReadonlyArray<Demand> => {
  const about = byName.get(`${on} ${name}`)
  return about === undefined ? none : about.filter(({ when }) => when === undefined || passes(when, state, roleShapeOf(roles), context))
}

/** All demands: the table's, and the advice of the adopted rows. */
export const everyDemand: ReadonlyArray<Demand> = [...demands, ...advised]
