/**
 * Runs without end: whether what is pending can stay so for ever.
 *
 * A run violates a liveness property where it ends, or goes round for ever, among states in which something is pending. *Fair*
 * is a run in which whoever transports messages and whoever takes part does what can be expected of them:
 *
 * - weak fairness for each channel, and for each thing owed: what can be delivered all the time, or is owed and may be sent all
 *   the time, is at some time (however full the channel is in between: who owes does not fill it with other things for ever);
 * - strong fairness for each participant with a proposal to decide: who can decide again and again does at some time;
 * - nothing is lost.
 *
 * Where nothing of this is assumed, any endless run counts; that verdict is given beside. The search is that of Streett
 * conditions: the strongly connected parts of the states with something pending; a part in which a weak condition is never
 * met holds no fair run, and from a part in which a strong one is not met, the states that raise it are taken away, and what
 * is left is searched again (Emerson and Lei; Lichtenstein and Pnueli).
 *
 * @module
 */
import type { Exploration } from './explore.js'
import { judging } from './judge.js'
import type { OwnStep } from './own-step.js'
import type { LivenessProperty } from './property.js'
import type { Verdict } from './verdict.js'
import { everything } from './reduction.js'
import type { Glance, Move } from './system.js'
import { type Hop, hopsFrom, hopsTo, traceOf } from './trace.js'

/** The steps out of states with something pending. */
interface Graph {
  /** The states, by their numbers in the exploration. */
  readonly states: ReadonlyArray<number>
  /** Where the edges of a state begin; those of the last end at the length. */
  readonly first: Int32Array
  /** The place in `states` that an edge leads to, −1 out of them, and the condition that it meets, −1 for none. */
  readonly target: Int32Array
  readonly meets: Int32Array
  /** The conditions that could be met in each state, and where those of a state begin. */
  readonly could: Int32Array
  readonly firstCould: Int32Array
  /** What each condition is: weak or strong. */
  readonly strong: ReadonlyArray<boolean>
}

/** The states in which something is pending, with their edges. Edges on which a message is lost are left out where `fair`. */
const pendingGraph = ({ store, system }: Exploration, property: LivenessProperty, fair: boolean): Graph => {
  const { channels, conducts, fields } = system
  const [current, next] = [new Int32Array(fields), new Int32Array(fields)]
  const place = new Map<number, number>()
  const pending = judging(system, property.looks, property.pending)
  for (let state = 0; state < store.size(); state++) {
    store.read(state, current)
    if (pending(current)) place.set(state, place.size)
  }
  const states = [...place.keys()]
  const conditions = new Map<string, number>()
  const strong: boolean[] = []
  const condition = (name: string, isStrong: boolean): number => {
    const known = conditions.get(name)
    if (known !== undefined) return known
    conditions.set(name, strong.length)
    return strong.push(isStrong) - 1
  }
  const first = new Int32Array(states.length + 1)
  const target: number[] = []
  const meets: number[] = []
  const firstCould = new Int32Array(states.length + 1)
  const could: number[] = []
  const move: Move = { kind: 'own', participant: 0, index: 0, from: 0, violates: 0 }
  const glance: Glance = { blocked: false, alive: false, rest: false }
  const payment = (participant: number, { symbol, to }: OwnStep): number => condition(`payment ${participant} ${symbol} ${to}`, false)
  const met = (): number => {
    const { from, index, kind, participant } = move
    if (kind === 'delivery') return condition(`delivery ${from} ${participant}`, false)
    const step = conducts[participant]?.steps(current[participant] ?? 0)[index]
    if (step?.kind === 'payment') return payment(participant, step)
    return step?.decides === true ? condition(`decision ${participant}`, true) : -1
  }
  states.forEach((state, at) => {
    store.read(state, current)
    first[at] = target.length
    firstCould[at] = could.length
    const possible = new Set(conducts.flatMap((one, participant) => one.steps(current[participant] ?? 0).filter(({ kind }) => kind === 'payment').map((step) => payment(participant, step))))
    system.expand(current, next, move, glance, everything, () => {
      if (fair && move.kind === 'delivery' && channels.lost(move.index)) return
      target.push(place.get(store.find(next)) ?? -1)
      const condition = met()
      meets.push(condition)
      if (condition >= 0) possible.add(condition)
    })
    could.push(...possible)
  })
  first[states.length] = target.length
  firstCould[states.length] = could.length
  return { states, first, target: Int32Array.from(target), meets: Int32Array.from(meets), could: Int32Array.from(could), firstCould, strong }
}

/** The strongly connected parts, among some states, in which a run can go on for ever (Tarjan's algorithm, without recursion). */
const parts = ({ first, target }: Graph, among: ReadonlyArray<number>, inside: Uint8Array): ReadonlyArray<ReadonlyArray<number>> => {
  const size = first.length - 1
  const order = new Int32Array(size).fill(-1)
  const low = new Int32Array(size)
  const open = new Uint8Array(size)
  const stack: number[] = []
  const found: number[][] = []
  let count = 0
  for (const root of among) {
    if (order[root] !== -1) continue
    const calls: { at: number; edge: number }[] = []
    const enter = (at: number): void => {
      order[at] = low[at] = count++
      stack.push(at)
      open[at] = 1
      calls.push({ at, edge: first[at] ?? 0 })
    }
    enter(root)
    for (let call = calls.at(-1); call !== undefined; call = calls.at(-1)) {
      const { at } = call
      if (call.edge < (first[at + 1] ?? 0)) {
        const to = target[call.edge++] ?? -1
        if (to < 0 || inside[to] !== 1) continue
        if (order[to] === -1) enter(to)
        else if (open[to] === 1) low[at] = Math.min(low[at] ?? 0, order[to] ?? 0)
        continue
      }
      calls.pop()
      const caller = calls.at(-1)
      if (caller !== undefined) low[caller.at] = Math.min(low[caller.at] ?? 0, low[at] ?? 0)
      if (low[at] !== order[at]) continue
      const part = stack.splice(stack.lastIndexOf(at))
      for (const one of part) open[one] = 0
      if (part.length > 1 || edgesOf(first, at).some((edge) => target[edge] === at)) found.push(part)
    }
  }
  return found
}

/** The places of what a state has, where these begin at `first`. */
const edgesOf = (first: Int32Array, at: number): ReadonlyArray<number> => {
  const begin = first[at] ?? 0
  return Array.from({ length: (first[at + 1] ?? 0) - begin }, (_, index) => begin + index)
}

/** A part in which a fair run can go round for ever; undefined where there is none. */
const fairPart = (graph: Graph, among: ReadonlyArray<number>): ReadonlyArray<number> | undefined => {
  const { could, first, firstCould, meets, strong, target } = graph
  const waiting: ReadonlyArray<number>[] = [among]
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const inside = new Uint8Array(graph.states.length)
    for (const one of part) inside[one] = 1
    for (const component of parts(graph, part, inside)) {
      const here = new Set(component)
      const metInside = new Set<number>()
      /** In how many states of the component each condition could be met. */
      const enabled = new Int32Array(strong.length)
      for (const at of component) {
        for (const edge of edgesOf(first, at)) {
          const condition = meets[edge] ?? -1
          if (condition >= 0 && here.has(target[edge] ?? -1)) metInside.add(condition)
        }
        for (const place of edgesOf(firstCould, at)) {
          const condition = could[place] ?? 0
          enabled[condition] = (enabled[condition] ?? 0) + 1
        }
      }
      const failing = strong.flatMap((isStrong, condition) =>
        !metInside.has(condition) && (isStrong ? (enabled[condition] ?? 0) > 0 : enabled[condition] === component.length) ? [condition] : [])
      if (failing.length === 0) return component
      if (failing.some((condition) => strong[condition] === false)) continue
      const left = component.filter((at) => !edgesOf(firstCould, at).some((place) => failing.includes(could[place] ?? -1)))
      if (left.length > 0) waiting.push(left)
    }
  }
  return undefined
}

/** The shortest way inside a part, by places, from one state to the first edge or state that is wanted; the edges taken. */
const way = ({ first, target }: Graph, inside: ReadonlySet<number>, from: number, wanted: (edge: number) => boolean): ReadonlyArray<number> | undefined => {
  const reached = new Map<number, number>([[from, -1]])
  const queue = [from]
  for (const at of queue) {
    for (const edge of edgesOf(first, at)) {
      const to = target[edge] ?? -1
      if (!inside.has(to)) continue
      if (wanted(edge)) {
        const edges = [edge]
        for (let back = reached.get(at) ?? -1; back >= 0; back = reached.get(sourceOf(first, back)) ?? -1) edges.unshift(back)
        return edges
      }
      if (reached.has(to)) continue
      reached.set(to, edge)
      queue.push(to)
    }
  }
  return undefined
}

/** The state that an edge leaves. */
const sourceOf = (first: Int32Array, edge: number): number => {
  let [low, high] = [0, first.length - 1]
  while (low + 1 < high) {
    const middle = (low + high) >> 1
    if ((first[middle] ?? 0) <= edge) low = middle
    else high = middle
  }
  return low
}

/** Once around a part, so that every condition that can be met in it is met, or could not be at some time. */
const round = (graph: Graph, part: ReadonlyArray<number>, fair: boolean): ReadonlyArray<number> => {
  const { could, firstCould, meets, strong, target } = graph
  const inside = new Set(part)
  const start = part.reduce((least, one) => Math.min(least, one))
  const edges: number[] = []
  let at = start
  const go = (wanted: (edge: number) => boolean): boolean => {
    const taken = way(graph, inside, at, wanted)
    if (taken === undefined) return false
    edges.push(...taken)
    at = target[taken.at(-1) ?? 0] ?? at
    return true
  }
  const couldMeet = (state: number, condition: number): boolean => edgesOf(firstCould, state).some((place) => could[place] === condition)
  if (fair)
    strong.forEach((isStrong, condition) => {
      if (!part.some((state) => couldMeet(state, condition)) || edges.some((edge) => meets[edge] === condition)) return
      if (!go((edge) => meets[edge] === condition) && !isStrong) go((edge) => !couldMeet(target[edge] ?? 0, condition))
    })
  if (edges.length === 0 || at !== start) go((edge) => target[edge] === start)
  return edges
}

/** Whether nothing leads out of a state: a run ends there. */
const isEnd = ({ first }: Graph, at: number): boolean => first[at] === first[at + 1]

const judged = (exploration: Exploration, property: LivenessProperty, fair: boolean): Pick<Verdict, 'verdict' | 'counterexample'> => {
  const { store, system } = exploration
  const graph = pendingGraph(exploration, property, fair)
  const all = graph.states.map((_, at) => at)
  const end = all.find((at) => isEnd(graph, at))
  if (end !== undefined) return { verdict: 'violated', counterexample: traceOf(system, hopsTo(exploration, graph.states[end] ?? 0)) }
  const part = fair ? fairPart(graph, all) : parts(graph, all, new Uint8Array(all.length).fill(1))[0]
  if (part === undefined) return { verdict: 'holds' }
  const loop = round(graph, part, fair)
  const prefix = hopsTo(exploration, graph.states[sourceOf(graph.first, loop[0] ?? 0)] ?? 0)
  const probe = new Int32Array(system.fields)
  let here = prefix.at(-1)?.fields ?? system.initial
  const around = loop.flatMap((edge): ReadonlyArray<Hop> => {
    const wanted = graph.states[graph.target[edge] ?? 0] ?? 0
    const place = edge - (graph.first[sourceOf(graph.first, edge)] ?? 0)
    const hops = hopsFrom(system, here).filter(({ index, kind }) => !fair || kind === 'own' || !system.channels.lost(index))
    const hop = hops[place]
    store.read(wanted, probe)
    if (hop === undefined || hop.fields.some((value, field) => value !== probe[field])) return []
    here = hop.fields
    return [hop]
  })
  return { verdict: 'violated', counterexample: traceOf(system, [...prefix, ...around], prefix.length) }
}

/** The verdicts on a liveness property, fair and unfair, of an exploration that is done and used no reduction. */
export const judgeLiveness = (exploration: Exploration, property: LivenessProperty): Verdict => {
  const fair = judged(exploration, property, true)
  const { model } = exploration.system
  if (fair.verdict === 'violated') return { property, model, ...fair, unfair: 'violated' }
  const { counterexample, verdict } = judged(exploration, property, false)
  return { property, model, ...fair, unfair: verdict, ...(counterexample === undefined ? {} : { unfairRun: counterexample }) }
}
