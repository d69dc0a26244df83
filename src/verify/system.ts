/**
 * A model as the explorer runs it: fields of numbers, and what leads from one state to the next.
 *
 * The fields of a state are the configuration of each participant, the content of each channel in the order (sender,
 * recipient), then what was used of the budgets: steps (or the place in the script), and repeats. `expand` calls its visitor
 * for every step out of a state, always in the same order; the visitor finds the state afterwards in `next`, and what was done
 * in `move`. Nothing is allocated on the way.
 *
 * @module
 */
import type { Symbol } from './alphabet.js'
import { type Channels, channels } from './channel.js'
import { conduct, type Conduct, symbolsOf } from './conduct.js'
import type { Model } from './model.js'
import { FLAGS, STEP, WHAT } from './own-step.js'
import type { MessageType } from '../protocol/message.js'
import type { StepProperty, View } from './property.js'

/** What was done: a delivery by its channel and option, or a participant's own step by its place. Reused from call to call. */
export interface Move {
  kind: 'delivery' | 'own'
  /** Who did it, or to whom it was delivered. */
  participant: number
  /** The place of the step among the participant's; for a delivery, the option of the channel. */
  index: number
  /** For a delivery, the sender. */
  from: number
  /** The step properties that it violates. */
  violates: number
}

/** What of a state is to be explored: everything, or one channel's deliveries, or one participant's steps and the deliveries to it, or one step. Reused from call to call. */
export interface Focus {
  /** A participant by place, −1 for all. */
  participant: number
  /** A channel by its field, −1 for all. */
  channel: number
  /** One of the participant's own steps and nothing else, −1 for all. */
  step: number
  /** Payments of what is harmless wait until their channels are empty. */
  patient: boolean
}

/** What else the explorer learns of a state while it expands it. */
export interface Glance {
  /** Somebody found a channel full. */
  blocked: boolean
  /** There was a step, budgets left aside. */
  alive: boolean
  /** Nothing is under way, and nobody can pay anything. */
  rest: boolean
}

/** A model, ready to be explored. */
export interface System {
  readonly model: Model
  readonly symbols: ReadonlyArray<Symbol>
  readonly conducts: ReadonlyArray<Conduct>
  readonly channels: Channels
  readonly fields: number
  readonly initial: Int32Array
  /** The field of a channel. */
  readonly channelField: (from: number, to: number) => number
  /** How many bits each field needs at present. */
  readonly widths: () => ReadonlyArray<number>
  /** A participant, by place and number of configuration, as properties see it. */
  readonly view: (place: number, configuration: number) => View
  /** Calls the visitor for every step out of a state; as far as the focus lets it. */
  readonly expand: (state: Int32Array, next: Int32Array, move: Move, glance: Glance, focus: Readonly<Focus>, visit: () => void) => void
  /** Whether a participant's own steps are all spent or all free: nobody else's step takes from what it may still do. */
  readonly settled: (state: Int32Array) => boolean
}

const bitsFor = (numbers: number): number => Math.max(1, 32 - Math.clz32(Math.max(0, numbers - 1)))

/** Makes a model that `checkModel` let pass run, under step properties. */
export const systemOf = (model: Model, properties: ReadonlyArray<StepProperty> = []): System => {
  const symbols = symbolsOf(model)
  const count = model.participants.length
  const places = model.participants.map((_, place) => place)
  const conducts = places.map((place) => conduct(model, place, symbols, properties))
  const contents = channels(model.channel, symbols.length)
  const fieldOf = new Int8Array(count * count).fill(-1)
  const pairs = places.flatMap((from) => places.filter((to) => to !== from).map((to) => ({ from, to })))
  pairs.forEach(({ from, to }, index) => (fieldOf[from * count + to] = count + index))
  const channelField = (from: number, to: number): number => fieldOf[from * count + to] ?? -1
  const stepsField = count + pairs.length
  const repeatsField = stepsField + 1
  const fields = repeatsField + 1
  const { script } = model
  const most = script?.length ?? model.steps ?? 0
  const bounded = script !== undefined || model.steps !== undefined
  const mostRepeats = model.repeats ?? 0
  const boundedRepeats = model.repeats !== undefined
  const scripted = script?.map(({ by, does }) => ({ by, does }))

  const send = (state: Int32Array, next: Int32Array, participant: number, symbol: number, mask: number): void => {
    for (let to = 0; to < count; to++) {
      if ((mask & (1 << to)) === 0) continue
      const field = fieldOf[participant * count + to] ?? 0
      next[field] = contents.push(state[field] ?? 0, symbol)
    }
  }
  /** By participant, the mask of those to whom its channels are full. */
  const full = new Int32Array(count)

  const expand: System['expand'] = (state, next, move, glance, focus, visit) => {
    glance.blocked = false
    glance.alive = false
    glance.rest = true
    for (let field = 0; field < fields; field++) next[field] = state[field] ?? 0
    for (let participant = 0; participant < count; participant++) full[participant] = 0
    const spent = state[stepsField] ?? 0
    const repeated = state[repeatsField] ?? 0
    const exhausted = (bounded && spent >= most ? 1 : 0) | (boundedRepeats && repeated >= mostRepeats ? 2 : 0)
    for (let channel = 0; channel < pairs.length; channel++) {
      const field = count + channel
      const content = state[field] ?? 0
      if (content === 0) continue
      glance.rest = false
      glance.alive = true
      const pair = pairs[channel]
      if (pair !== undefined && contents.full(content)) full[pair.from] = (full[pair.from] ?? 0) | (1 << pair.to)
      if (pair === undefined || focus.step >= 0 || (focus.channel >= 0 && focus.channel !== field) || (focus.participant >= 0 && focus.participant !== pair.to)) continue
      const { from, to } = pair
      const configuration = state[to] ?? 0
      const own = conducts[to]
      if (own === undefined) continue
      const first = contents.first(content)
      const end = contents.end(content)
      move.kind = 'delivery'
      move.participant = to
      move.from = from
      for (let option = first; option < end; option++) {
        move.index = option
        move.violates = 0
        if (!contents.lost(option)) {
          const symbol = contents.symbol(option)
          next[to] = own.receive(configuration, symbol, from)
          move.violates = own.receiveViolates(configuration, symbol, from)
        }
        next[field] = contents.rest(option)
        visit()
        next[to] = configuration
      }
      next[field] = content
    }
    for (let participant = 0; participant < count; participant++) {
      if (focus.channel >= 0 || (focus.participant >= 0 && focus.participant !== participant)) continue
      const own = conducts[participant]
      const configuration = state[participant] ?? 0
      if (own === undefined) continue
      const first = own.tables.at(configuration, full[participant] ?? 0, exhausted)
      const steps = own.tables.numbers()
      const flags = steps[first + 1] ?? 0
      if ((flags & FLAGS.owes) !== 0) glance.rest = false
      if ((flags & FLAGS.alive) !== 0) glance.alive = true
      if ((flags & FLAGS.blocked) !== 0) glance.blocked = true
      const end = first + 2 + (steps[first] ?? 0) * STEP.size
      for (let step = first + 2; step < end; step += STEP.size) {
        const what = steps[step + STEP.what] ?? 0
        const costs = what & WHAT.costs
        const index = what >> WHAT.place
        const to = steps[step + STEP.to] ?? 0
        if (costs === 0) {
          if (focus.step >= 0 ? index !== focus.step : focus.patient && (what & WHAT.harmless) !== 0) continue
        } else if (focus.step >= 0) break
        else if (scripted !== undefined) {
          if (scripted[spent]?.by !== participant || scripted[spent].does !== own.steps(configuration)[index]?.name) continue
        }
        if ((what & WHAT.room) === 0) {
          glance.blocked = true
          continue
        }
        if (bounded && costs !== 0) next[stepsField] = spent + 1
        if (boundedRepeats && costs === 3) next[repeatsField] = repeated + 1
        next[participant] = steps[step + STEP.next] ?? 0
        if (to !== 0) send(state, next, participant, steps[step + STEP.symbol] ?? 0, to)
        move.kind = 'own'
        move.participant = participant
        move.index = index
        move.from = participant
        move.violates = steps[step + STEP.violates] ?? 0
        visit()
        next[stepsField] = spent
        next[repeatsField] = repeated
        next[participant] = configuration
        for (let other = 0; other < count; other++) {
          if ((to & (1 << other)) === 0) continue
          const field = fieldOf[participant * count + other] ?? 0
          next[field] = state[field] ?? 0
        }
      }
    }
  }

  const initial = new Int32Array(fields)
  const widthOf = (most: number): number => (most === 0 ? 0 : bitsFor(most + 1))
  const budgetWidths = [bounded ? widthOf(most) : 0, boundedRepeats ? widthOf(mostRepeats) : 0]
  const awaited: ReadonlyArray<MessageType> = model.awaits ?? []
  return {
    model, symbols, conducts, channels: contents, fields, initial, channelField, expand,
    widths: () => [...conducts.map((one) => bitsFor(one.count())), ...pairs.map(() => bitsFor(contents.count())), ...budgetWidths],
    view: (place, number) => {
      const one = conducts[place]?.configuration(number)
      if (one === undefined) return { state: { id: '', roles: [], rm: 'Start', em: 'None', cs: 'pxa' }, owes: [], awaits: [], open: -1, force: -1 }
      const { force, open, owes, state } = one
      return { state, owes: owes.map(({ type }) => type), awaits: awaited.filter((_, index) => (one.awaits[index] ?? 0) !== 0), open, force }
    },
    settled: (state) => (!bounded || (state[stepsField] ?? 0) >= most) && (!boundedRepeats || (bounded && (state[stepsField] ?? 0) >= most)),
  }
}
