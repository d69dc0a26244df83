/**
 * Runs of a model, step by step: how to get to a state, in the words of the protocol.
 *
 * An exploration keeps, for each state, the state that it was first reached from. Going back from a violation and forward again
 * with the model gives a shortest run to it, here as moves with numbered messages: which message was sent, and which was
 * delivered when. Where states stand for others (symmetry), the run is found again among the states themselves.
 *
 * @module
 */
import type { LocalEvent } from '../protocol/log.js'
import type { MessageType } from '../protocol/message.js'
import type { Participant } from '../protocol/participant.js'
import type { Context } from '../protocol/rules.js'
import { type Configuration, isLocalEvent } from './conduct.js'
import type { Exploration, Violation } from './explore.js'
import type { Model } from './model.js'
import { everything } from './reduction.js'
import type { Glance, Move, System } from './system.js'

/** A message of a run, by its place among all that were sent. */
export interface TraceMessage {
  readonly from: number
  readonly to: ReadonlyArray<number>
  /** The name of the form, or the type that was owed. */
  readonly name: string
  readonly types: ReadonlyArray<MessageType>
  readonly context: Partial<Context>
  /** It was sent because it was owed. */
  readonly owed: boolean
  /** For what is owed: the place of the move that first made it due. */
  readonly answers?: number
}

/** One move of a run. Participants are places in the model; messages are places in {@link Trace.messages}. */
export type TraceMove =
  | { readonly kind: 'send'; readonly participant: number; readonly message: number }
  | { readonly kind: 'local'; readonly participant: number; readonly event: LocalEvent }
  | { readonly kind: 'delivery'; readonly participant: number; readonly message: number; /** It vanished; nobody got it. */ readonly lost: boolean; /** It stays in the channel and may come again. */ readonly stays: boolean }

/** A run from the start of a model. */
export interface Trace {
  readonly model: Model
  readonly messages: ReadonlyArray<TraceMessage>
  readonly moves: ReadonlyArray<TraceMove>
  /** Everybody before the first move and after each, so one more than moves. */
  readonly states: ReadonlyArray<ReadonlyArray<Participant>>
  /** For a run without end: the move from which on it repeats itself. */
  readonly loop?: number
}

/** A state and the step that leads to it. */
export interface Hop {
  readonly fields: Int32Array
  readonly kind: Move['kind']
  readonly participant: number
  readonly from: number
  readonly index: number
}

/** Every step out of a state, as values; for runs, not for exploring. */
export const hopsFrom = (system: System, fields: Int32Array): ReadonlyArray<Hop> => {
  const hops: Hop[] = []
  const next = new Int32Array(system.fields)
  const move: Move = { kind: 'own', participant: 0, index: 0, from: 0, violates: 0 }
  const glance: Glance = { blocked: false, alive: false, rest: false }
  system.expand(fields, next, move, glance, everything, () => {
    const { from, index, kind, participant } = move
    hops.push({ fields: next.slice(), kind, participant, from, index })
  })
  return hops
}

/** The steps from the start to a state of an exploration. */
export const hopsTo = ({ canonical, store, system }: Exploration, state: number): ReadonlyArray<Hop> => {
  const path: number[] = []
  for (let at = state; at !== 0; at = store.parent(at)) path.push(at)
  const probe = new Int32Array(system.fields)
  let here = system.initial
  return path.reverse().flatMap((number) => {
    const hop = hopsFrom(system, here).find(({ fields }) => store.find(canonical.of(fields, probe)) === number)
    if (hop !== undefined) here = hop.fields
    return hop ?? []
  })
}

/** The steps of a violation: to its state, and the violating one where there is one. */
export const hopsOf = (exploration: Exploration, { state, step }: Violation): ReadonlyArray<Hop> => {
  const { canonical, system } = exploration
  const hops = hopsTo(exploration, state)
  if (step === undefined) return hops
  const here = hops.at(-1)?.fields ?? system.initial
  const probe = new Int32Array(system.fields)
  const target = canonical.of(step.next, new Int32Array(system.fields))
  const alike = hopsFrom(system, here).filter(({ fields, kind }) => kind === step.kind && canonical.of(fields, probe).every((value, field) => value === target[field]))
  // Two steps can lead to one state; where nobody was exchanged, it is the very one.
  const last = alike.find(({ fields, from, index, participant }) => index === step.index && participant === step.participant && from === step.from && fields.every((value, field) => value === step.next[field])) ?? alike[0]
  return last === undefined ? hops : [...hops, last]
}

const earliest = (moves: ReadonlyArray<number>): ReadonlyArray<number> => (moves.length === 0 ? [] : [Math.min(...moves)])

/** A run in words, from its steps. */
export const traceOf = (system: System, hops: ReadonlyArray<Hop>, loop?: number): Trace => {
  const { channelField, channels, conducts, model } = system
  const messages: TraceMessage[] = []
  const moves: TraceMove[] = []
  /** What is under way, by channel: messages with their symbols, oldest first. */
  const under = new Map<number, (readonly [symbol: number, message: number])[]>()
  /** By participant, what it owes and the move that first made it due; each debt is a symbol to somebody, or to everybody. */
  const occasions = conducts.map(() => new Map<string, number>())
  const debtsOf = (fields: Int32Array, place: number): ReadonlyArray<string> =>
    (configuration(fields, place)?.owes ?? []).flatMap(({ everyone, symbol, to }) => (everyone ? [`${symbol}`] : conducts.flatMap((_, other) => ((to & (1 << other)) === 0 ? [] : [`${symbol} ${other}`]))))
  const settle = (fields: Int32Array, place: number): void => {
    const debts = debtsOf(fields, place)
    const before = occasions[place]
    occasions[place] = new Map(debts.map((debt) => [debt, before?.get(debt) ?? moves.length - 1]))
  }
  const configuration = (fields: Int32Array, place: number): Configuration | undefined => conducts[place]?.configuration(fields[place] ?? 0)
  const everybody = (fields: Int32Array): ReadonlyArray<Participant> => conducts.map((one, place) => one.configuration(fields[place] ?? 0).state)
  let here = system.initial
  const states = [everybody(here)]
  for (const { fields, from, index, kind, participant } of hops) {
    if (kind === 'own') {
      const step = conducts[participant]?.steps(here[participant] ?? 0)[index]
      if (step === undefined) continue
      if (step.kind === 'local') {
        if (isLocalEvent(step.name)) moves.push({ kind: 'local', participant, event: step.name })
      } else {
        const to = conducts.flatMap((_, other) => ((step.to & (1 << other)) === 0 ? [] : [other]))
        const owed = step.kind === 'payment'
        // What is owed to one and to everybody at once answers the one.
        const since = owed ? [to.map((other) => `${step.symbol} ${other}`), [`${step.symbol}`]].flatMap((debts) => earliest(debts.flatMap((debt) => occasions[participant]?.get(debt) ?? []))) : []
        const message = messages.push({ from: participant, to, name: step.name, types: step.types, context: step.context, owed, ...(since[0] === undefined ? {} : { answers: since[0] }) }) - 1
        for (const other of to) {
          const field = channelField(participant, other)
          under.set(field, [...(under.get(field) ?? []), [step.symbol, message]])
        }
        moves.push({ kind: 'send', participant, message })
      }
    } else {
      const field = channelField(from, participant)
      const held = under.get(field) ?? []
      const symbol = channels.symbol(index)
      const place = held.findIndex(([one]) => one === symbol)
      const message = held[place]?.[1] ?? 0
      const stays = channels.rest(index) === here[field]
      if (!stays) under.set(field, held.filter((_, other) => other !== place))
      moves.push({ kind: 'delivery', participant, message, lost: channels.lost(index), stays })
    }
    here = fields
    settle(here, participant)
    states.push(everybody(here))
  }
  return { model, messages, moves, states, ...(loop === undefined ? {} : { loop }) }
}
