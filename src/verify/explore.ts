/**
 * Visits every state of a model, breadth first, and notes the first violation of each property.
 *
 * Since states are visited in the order of their distance from the start, the first violation met is a shortest one, unless
 * interleavings are left out. The exploration is a value that goes on when it is told to (`advance`), stops where its memory
 * ends and says how far it came, and does the same whenever it is run: no clock, no chance.
 *
 * *Symmetry*: participants of the same roles and start can be exchanged; of the states that are alike but for such an exchange,
 * the one with the smallest fields stands for all (`symmetry.ts`). *Fewer interleavings*: of steps that can as well come in
 * another order, only one order is explored (`reduction.ts`).
 *
 * @module
 */
import type { Focus, Glance, Move, System } from './system.js'
import { judging } from './judge.js'
import type { Property, RestProperty, StateProperty, StepProperty } from './property.js'
import { exchanges, type Canonical } from './symmetry.js'
import { everything, reduction } from './reduction.js'
import { layout, store, type Store } from './store.js'

/** How a model is explored. */
export interface ExploreOptions {
  /** Exchange equal participants. */
  readonly symmetry?: boolean
  /** Leave out interleavings that no property asked for can tell apart. */
  readonly fewerInterleavings?: boolean
  /** The most bytes for states; 1 GiB where absent. */
  readonly memory?: number
  /** The most states; no limit where absent. */
  readonly states?: number
  /** Whether it is noted which rows are used, which takes some time; it is where absent. */
  readonly rows?: boolean
  /** Stop at the first violation of the last property that was still without one. */
  readonly stopWhenAllViolated?: boolean
}

/** Where a property is violated: in a state, or by a step out of it. */
export interface Violation {
  readonly property: Property
  readonly state: number
  /** The state that the violating step leads to, by its fields; absent where the state itself violates. */
  readonly step?: { readonly next: Int32Array; readonly participant: number; readonly kind: Move['kind']; readonly index: number; readonly from: number }
}

/** An exploration, as far as it came. */
export interface Exploration {
  readonly system: System
  readonly store: Store
  /** Expands at most so many states; whether it is finished. Goes on where it stopped, also after a limit was reached and lifted. */
  readonly advance: (states: number) => boolean
  /** Lets it use so many bytes from now on. */
  readonly allow: (bytes: number) => void
  /** `done`, or why it is not: states are left, or a limit was reached. */
  readonly status: () => 'running' | 'done' | 'memory' | 'states'
  /** States met. */
  readonly states: () => number
  /** States whose steps were looked at. */
  readonly expanded: () => number
  /** Steps taken. */
  readonly transitions: () => number
  /** The most steps between the start and a state that was expanded. */
  readonly depth: () => number
  /** The first violation of each property that was violated. */
  readonly violations: () => ReadonlyMap<Property, Violation>
  /** States at rest that were met. */
  readonly resting: () => number
  /** The rows that were used, where they are noted. */
  readonly rows: () => ReadonlySet<string>
  readonly canonical: Canonical
}

/** How many states are staged before they are entered. */
const ENOUGH = 512

interface Judged {
  readonly property: RestProperty | StateProperty
  readonly violated: (state: Int32Array) => boolean
}

/** Begins an exploration; nothing is visited before it is told to advance. */
export const explore = (system: System, properties: ReadonlyArray<Property>, options: ExploreOptions = {}): Exploration => {
  const { conducts, fields, initial } = system
  const most = options.states ?? Infinity
  const canonical = exchanges(system, options.symmetry === true)
  const states = store(layout(system.widths()), options.memory ?? 2 ** 30)
  const [current, next, probe] = [new Int32Array(fields), new Int32Array(fields), new Int32Array(fields)]
  const move: Move = { kind: 'own', participant: 0, index: 0, from: 0, violates: 0 }
  const glance: Glance = { blocked: false, alive: false, rest: false }
  const focus: Focus = { ...everything }
  const found = new Map<Property, Violation>()
  const stepProperties = properties.filter((one): one is StepProperty => one.kind === 'step')
  const judged = (property: RestProperty | StateProperty): Judged => ({ property, violated: judging(system, property.looks, property.violated) })
  const restJudges = properties.filter((one) => one.kind === 'rest').map(judged)
  const stateJudges = properties.filter((one) => one.kind === 'state').map(judged)
  const deadlock = properties.find(({ kind }) => kind === 'deadlock')
  const overflow = properties.find(({ kind }) => kind === 'overflow')
  const ran: Uint8Array[][] = conducts.map(() => [])
  const fewer = options.fewerInterleavings === true ? reduction(system, stepProperties.every(({ everyReceipt }) => everyReceipt !== true)) : undefined
  const marking = options.rows !== false
  const wanted = properties.filter(({ kind }) => kind !== 'rows' && kind !== 'liveness').length

  let at = 0
  let transitions = 0
  let resting = 0
  let depth = 0
  let levelEnd = 1
  let status: ReturnType<Exploration['status']> = 'running'
  const isStopped = (): boolean => status === 'memory'
  /** How far everything was at the state that is expanded, and where there was nothing staged that came after. */
  const here = { at: 0, transitions: 0, resting: 0 }
  const entered = { ...here }
  /** Enters what is staged. Where there is no room for all of it, everything is as it was when the last was entered, and is looked at again when there is more memory. */
  const settle = (): boolean => {
    if (states.settle()) {
      Object.assign(entered, here)
      return true
    }
    ;({ at, transitions, resting } = entered)
    status = 'memory'
    return false
  }

  const violate = (property: Property, step?: Violation['step']): void => {
    if (!found.has(property)) found.set(property, { property, state: at, ...(step === undefined ? {} : { step }) })
  }
  const visit = (): void => {
    transitions++
    if (move.violates !== 0)
      stepProperties.forEach((property, index) => {
        if ((move.violates & (1 << index)) !== 0 && !found.has(property)) violate(property, { next: next.slice(), participant: move.participant, kind: move.kind, index: move.index, from: move.from })
      })
    if (marking && move.kind === 'own') {
      const marks = ran[move.participant]
      if (marks !== undefined) {
        const configuration = current[move.participant] ?? 0
        const mark = (marks[configuration] ??= new Uint8Array(conducts[move.participant]?.steps(configuration).length ?? 0))
        mark[move.index] = 1
      }
    }
    const fields = canonical.of(next, probe)
    if (status === 'memory' || states.stage(fields, at, current) || !settle()) return
    states.widen(layout(system.widths()))
    states.stage(fields, at, current)
  }
  // The first state has no parent; its row is written over nothing.
  states.stage(canonical.of(initial, probe), 0, new Int32Array(fields))
  states.settle()

  const advance = (slice: number): boolean => {
    status = 'running'
    for (let done = 0; done < slice; done++) {
      here.at = at
      here.transitions = transitions
      here.resting = resting
      // A level, or the limit, ends only once all that leads out of it is entered.
      if ((at >= levelEnd || states.size() + states.staged() >= most || states.staged() >= ENOUGH) && !settle()) return false
      if (at >= states.size()) {
        status = 'done'
        return true
      }
      if (states.size() >= most) {
        status = 'states'
        return false
      }
      if (at === levelEnd) {
        depth++
        levelEnd = states.size()
      }
      states.read(at, current)
      fewer?.(current, focus)
      system.expand(current, next, move, glance, focus, visit)
      if (isStopped()) {
        ;({ at, transitions, resting } = entered)
        return false
      }
      if (glance.rest) {
        resting++
        for (const one of restJudges) if (!found.has(one.property) && one.violated(current)) violate(one.property)
      }
      for (const one of stateJudges) if (!found.has(one.property) && one.violated(current)) violate(one.property)
      if (glance.blocked && overflow !== undefined) violate(overflow)
      if (!glance.alive && deadlock !== undefined && !over(system, current)) violate(deadlock)
      at++
      if (options.stopWhenAllViolated === true && found.size >= wanted) {
        status = 'done'
        return true
      }
    }
    Object.assign(here, { at, transitions, resting })
    settle()
    return false
  }

  return {
    system, store: states, advance, allow: states.allow, canonical,
    status: () => status,
    states: () => states.size(),
    expanded: () => at,
    transitions: () => transitions,
    depth: () => depth,
    violations: () => found,
    resting: () => resting,
    rows: () => new Set([
      ...conducts.flatMap((one) => [...one.used]),
      ...conducts.flatMap((one, participant) => (ran[participant] ?? []).flatMap((marks, configuration) => one.steps(configuration).filter((_, index) => marks[index] === 1).flatMap(({ rules }) => rules))),
    ]),
  }
}

/** Everybody has closed, or has never heard of the case. */
const over = (system: System, state: Int32Array): boolean =>
  system.conducts.every((one, place) => {
    const { rm } = one.configuration(state[place] ?? 0).state
    return rm === 'Closed' || rm === 'Start'
  })
