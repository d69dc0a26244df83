/**
 * Fewer interleavings: which steps may be explored alone, and which may wait.
 *
 * In any state of FIFO channels:
 *
 * - The next symbol of a channel is *inert* (`harmless.ts`). Taking it out changes nobody and commutes with everything, so it is
 *   taken out at once.
 *
 * And once nobody has a choice left, so that only deliveries and payments are to come:
 *
 * - What is *harmless* moves nobody, and asks only for what is harmless. So it is delivered as soon as it is next, and paid as
 *   soon as, and only when, its channel is empty: nothing else ever waits behind it.
 * - Nothing that the others do can enable, prevent or change what one participant can do next: every channel to it holds
 *   something, so that what will come first from each is certain, and nothing that it has to pay meets a full channel. Then its
 *   steps commute with all that the others do, and are explored alone (a persistent set; Godefroid).
 *
 * None of this loses a state at rest, a deadlock, or a kind of single step (but receipts of what is harmless, which a step
 * property can insist on). Nothing is left out for ever, since each such step takes something out of a channel or pays
 * something, and only finitely much of that is possible in a row. States on the way are lost, and channels are less full:
 * properties of all states, of full channels and of endless runs are checked without it. Channels that reorder, repeat or
 * lose leave open what comes next; there, nothing is left out.
 *
 * All this rests on what rows do, and is used for the two readings of the library alone, where it is tested against everything.
 *
 * @module
 */
import { adoptedRules } from '../protocol/adopted.js'
import { publishedRules } from '../protocol/published.js'
import { FULL } from './channel.js'
import { harmlessSymbols, inertSymbols } from './harmless.js'
import type { Focus, System } from './system.js'

/** Everything is explored. */
export const everything: Readonly<Focus> = { participant: -1, channel: -1, step: -1, patient: false }

/** Sets, for each state, what is explored of it. `harmlessToo` says that deliveries of what is harmless may be left out. */
export const reduction = (system: System, harmlessToo: boolean): ((state: Int32Array, focus: Focus) => void) => {
  const { channelField, channels, conducts, model, symbols } = system
  const { duplicating, losing, reordering } = model.channel
  const known = model.protocol.rules === adoptedRules || model.protocol.rules === publishedRules
  if (!known || reordering === true || duplicating === true || losing === true) return (_, focus) => Object.assign(focus, everything)
  const rows = model.protocol.rules.received
  const inert = inertSymbols(rows, symbols)
  const harmless = harmlessSymbols(model.protocol.rules, symbols)
  const count = conducts.length
  const places = conducts.map((_, place) => place)
  const pairs = places.flatMap((from) => places.filter((to) => to !== from).map((to) => ({ from, to, field: channelField(from, to) })))
  const budgeted = model.steps !== undefined || model.script !== undefined

  /** Whether nothing that the others do bears on what a participant can do next. */
  const independent = (state: Int32Array, place: number): boolean => {
    for (let from = 0; from < count; from++) if (from !== place && state[channelField(from, place)] === 0) return false
    for (const step of conducts[place]?.steps(state[place] ?? 0) ?? []) {
      if (step.costs !== 0) break
      // What is harmless waits until its channel is empty anyhow.
      if (harmlessToo && step.harmless) continue
      for (let to = 0; to < count; to++)
        if ((step.to & (1 << to)) !== 0 && channels.push(state[channelField(place, to)] ?? 0, step.symbol) === FULL) return false
    }
    return true
  }

  return (state, focus) => {
    focus.participant = -1
    focus.channel = -1
    focus.step = -1
    focus.patient = false
    const settled = budgeted && system.settled(state)
    if (harmlessToo) {
      for (const { field, from, to } of pairs) {
        const content = state[field] ?? 0
        if (content === 0) continue
        const symbol = channels.symbol(channels.first(content))
        if (settled ? harmless[symbol] !== true : inert[symbol] !== true) continue
        const configuration = state[to] ?? 0
        if (!settled && conducts[to]?.receive(configuration, symbol, from) !== configuration) continue
        focus.channel = field
        return
      }
    }
    if (!settled) return
    if (harmlessToo) {
      focus.patient = true
      for (const place of places) {
        const steps = conducts[place]?.steps(state[place] ?? 0) ?? []
        for (let index = 0; index < steps.length; index++) {
          const step = steps[index]
          if (step === undefined || step.costs !== 0) break
          if (!step.harmless || !empty(state, place, step.to)) continue
          focus.participant = place
          focus.step = index
          return
        }
      }
    }
    for (const place of places) {
      if (!independent(state, place)) continue
      focus.participant = place
      return
    }
  }

  /** Whether all channels from a participant to those of a mask are empty. */
  function empty(state: Int32Array, place: number, mask: number): boolean {
    for (let to = 0; to < count; to++) if ((mask & (1 << to)) !== 0 && state[channelField(place, to)] !== 0) return false
    return true
  }
}
