/**
 * Equal participants, exchanged: which state stands for all that are alike.
 *
 * Two participants with the same roles and the same start have the same conduct, so a run with the two exchanged is a run. The
 * exchanges form a group; a state is mapped by each of its elements, and the smallest result, compared field by field,
 * represents all. Configurations name other participants (whom something is owed to), so they are mapped as well; what each
 * becomes is kept.
 *
 * @module
 */
import type { Configuration } from './conduct.js'
import type { System } from './system.js'

/** The representative of a state, and the group's size. */
export interface Canonical {
  readonly size: number
  /** The representative of a state: written into another array, which is given back, or the state itself. */
  readonly of: (fields: Int32Array, into: Int32Array) => Int32Array
}

/** All orders of some things. */
const orders = (all: ReadonlyArray<number>): ReadonlyArray<ReadonlyArray<number>> =>
  all.length === 0 ? [[]] : all.flatMap((head) => orders(all.filter((one) => one !== head)).map((rest) => [head, ...rest]))

/** The exchanges of a system's equal participants; only the one that changes nothing where they are not wanted. */
export const exchanges = (system: System, wanted: boolean): Canonical => {
  const { conducts, fields, channelField, model, symbols } = system
  const count = conducts.length
  const places = conducts.map((_, place) => place)
  const kind = (place: number): string => {
    const one = conducts[place]?.configuration(0).state
    return JSON.stringify([[...(one?.roles ?? [])].sort(), one?.rm, one?.em, one?.cs])
  }
  // A script, and terms in symbols, name participants.
  const possible = wanted && model.script === undefined && symbols.every(({ terms }) => terms === undefined)
  const group = possible ? orders(places).filter((order) => order.some((to, from) => to !== from) && order.every((to, from) => kind(to) === kind(from))) : []

  const elements = group.map((order) => {
    const target = new Int32Array(fields)
    for (let field = 0; field < fields; field++) target[field] = field
    for (const from of places) {
      target[from] = order[from] ?? from
      for (const to of places) if (to !== from) target[channelField(from, to)] = channelField(order[from] ?? from, order[to] ?? to)
    }
    const mask = (before: number): number => places.reduce((bits, place) => ((before & (1 << place)) === 0 ? bits : bits | (1 << (order[place] ?? place))), 0)
    const known: number[][] = places.map(() => [])
    /** The number of a participant's configuration as the one that it is exchanged with has it. */
    const moved = (place: number, number: number): number => {
      const row = known[place] ?? []
      const before = row[number]
      if (before !== undefined) return before
      const to = conducts[order[place] ?? place]
      const one = conducts[place]?.configuration(number)
      if (to === undefined || one === undefined) return number
      const state: Configuration = {
        ...one, state: { ...one.state, id: to.configuration(0).state.id },
        owes: one.owes.map((owed) => ({ ...owed, to: mask(owed.to) })), awaits: one.awaits.map(mask),
        open: one.open < 0 ? -1 : (order[one.open] ?? -1), force: one.force < 0 ? -1 : (order[one.force] ?? -1),
      }
      return (row[number] = to.numberOf(state))
    }
    return { target, moved }
  })
  const other = new Int32Array(fields)

  return {
    size: elements.length + 1,
    of: (state, into) => {
      if (elements.length === 0) return state
      for (let field = 0; field < fields; field++) into[field] = state[field] ?? 0
      for (const { moved, target } of elements) {
        for (let field = 0; field < fields; field++) other[target[field] ?? field] = field < count ? moved(field, state[field] ?? 0) : (state[field] ?? 0)
        let field = 0
        while (field < fields && other[field] === into[field]) field++
        if (field < fields && (other[field] ?? 0) < (into[field] ?? 0)) into.set(other)
      }
      return into
    },
  }
}
