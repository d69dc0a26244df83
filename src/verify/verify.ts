/**
 * Asks a model for verdicts.
 *
 * All properties of one kind of exploration are decided by one exploration: those that fewer interleavings cannot hide are
 * explored with fewer, where that is wished, the others in full. A verdict is `holds` only when every state was visited. When
 * the memory or the number of states that may be used runs out before, what was not violated by then is `unknown`: nothing was
 * proved.
 *
 * @module
 */
import { explore, type Exploration, type ExploreOptions } from './explore.js'
import { judgeLiveness } from './liveness.js'
import type { Model } from './model.js'
import { allowsFewerInterleavings, type Property, type StepProperty } from './property.js'
import { systemOf } from './system.js'
import { hopsOf, traceOf } from './trace.js'
import type { Verdict } from './verdict.js'

/** What one exploration cost. */
export interface Effort {
  /** What was explored: the model in the scope of the properties. */
  readonly model: Model
  readonly properties: ReadonlyArray<string>
  readonly symmetry: boolean
  readonly fewerInterleavings: boolean
  readonly status: 'done' | 'memory' | 'states'
  readonly states: number
  readonly transitions: number
  /** The most steps between the start and a state. */
  readonly depth: number
  /** States at rest. */
  readonly resting: number
  /** Bytes that the states take. */
  readonly bytes: number
}

/** Verdicts on a model, in the order of the properties, and what they cost. */
export interface Report {
  readonly model: Model
  readonly verdicts: ReadonlyArray<Verdict>
  readonly efforts: ReadonlyArray<Effort>
}

/** How to verify. */
export interface VerifyOptions extends Pick<ExploreOptions, 'memory' | 'states'> {
  /** Use symmetry and fewer interleavings where they keep the verdict; they are used where absent. */
  readonly reductions?: boolean
  /** Called from time to time while an exploration goes on. */
  readonly progress?: (exploration: Exploration) => void
}

/** How many states are expanded between two calls of `progress`. */
const SLICE = 1 << 16

/** Runs an exploration to its end, or to where it has to stop. */
const finish = (exploration: Exploration, progress: VerifyOptions['progress']): Effort['status'] => {
  for (;;) {
    exploration.advance(SLICE)
    const status = exploration.status()
    if (status !== 'running') return status
    progress?.(exploration)
  }
}

/** The rows of a protocol that are about what its participants do: all, but for advice. */
const rowsOf = ({ protocol: { rules } }: Model): ReadonlyArray<string> =>
  [...rules.sent, ...rules.received, ...rules.local, ...rules.forced, ...rules.consequences].map(({ id }) => id)

/** A step notes which step properties it violates in the bits of one number. */
const MOST_STEP_PROPERTIES = 30

const portions = <A>(all: ReadonlyArray<A>, most: number): ReadonlyArray<ReadonlyArray<A>> => (all.length === 0 ? [] : [all.slice(0, most), ...portions(all.slice(most), most)])

/** Properties that one exploration decides: of the same scope, and with the same reductions. */
const together = (model: Model, properties: ReadonlyArray<Property>, reduce: boolean): ReadonlyArray<{ readonly model: Model; readonly asked: ReadonlyArray<Property>; readonly symmetry: boolean; readonly fewer: boolean }> => {
  const scopes = [...new Set(properties.map(({ scope }) => scope))]
  return scopes.flatMap((scope) => {
    const own = properties.filter((one) => one.scope === scope)
    const scoped = scope === undefined ? model : scope(model)
    const live = (one: Property): boolean => one.kind === 'liveness'
    const reducible = own.filter(allowsFewerInterleavings)
    return [
      ...portions(reducible, MOST_STEP_PROPERTIES).map((asked) => ({ model: scoped, asked, symmetry: reduce, fewer: reduce })),
      { model: scoped, asked: own.filter((one) => !live(one) && !allowsFewerInterleavings(one)), symmetry: reduce, fewer: false },
      { model: scoped, asked: own.filter(live), symmetry: false, fewer: false },
    ].filter(({ asked }) => asked.length > 0)
  })
}

const verdictOn = (exploration: Exploration, property: Property): Verdict => {
  const { system } = exploration
  const done = exploration.status() === 'done'
  switch (property.kind) {
    case 'liveness':
      return done ? judgeLiveness(exploration, property) : { property, model: system.model, verdict: 'unknown', unfair: 'unknown' }
    case 'rows': {
      const used = exploration.rows()
      const unused = rowsOf(system.model).filter((row) => !used.has(row))
      return { property, model: system.model, unused, verdict: unused.length === 0 ? 'holds' : done ? 'violated' : 'unknown' }
    }
    case 'step':
    case 'rest':
    case 'state':
    case 'deadlock':
    case 'overflow': {
      const violation = exploration.violations().get(property)
      return violation === undefined
        ? { property, model: system.model, verdict: done ? 'holds' : 'unknown' }
        : { property, model: system.model, verdict: 'violated', counterexample: traceOf(system, hopsOf(exploration, violation)) }
    }
  }
}

/** Decides properties of a model that `checkModel` let pass. */
export const verify = (model: Model, properties: ReadonlyArray<Property>, options: VerifyOptions = {}): Report => {
  const { memory, progress, states } = options
  const verdicts = new Map<Property, Verdict>()
  const efforts = together(model, properties, options.reductions !== false).map(({ asked, fewer, model: scoped, symmetry }): Effort => {
    const system = systemOf(scoped, asked.filter((one): one is StepProperty => one.kind === 'step'))
    const exploration = explore(system, asked, { ...(memory === undefined ? {} : { memory }), ...(states === undefined ? {} : { states }), symmetry, fewerInterleavings: fewer })
    const status = finish(exploration, progress)
    for (const property of asked) verdicts.set(property, verdictOn(exploration, property))
    return {
      model: scoped, properties: asked.map(({ id }) => id), symmetry, fewerInterleavings: fewer, status, states: exploration.states(), transitions: exploration.transitions(),
      depth: exploration.depth(), resting: exploration.resting(), bytes: exploration.store.bytes(),
    }
  })
  return { model, verdicts: properties.flatMap((property) => verdicts.get(property) ?? []), efforts }
}
