/**
 * Asks a model for verdicts.
 *
 * All properties of one kind of exploration are decided by one exploration: those that fewer interleavings cannot hide are
 * explored with fewer, where that is wished, the others in full. A verdict is `holds` only when every state was visited. When
 * the memory or the number of states that may be used runs out before, what was not violated by then is `unknown`: nothing was
 * proved.
 *
 * Fewer interleavings keep verdicts, not the shortest runs. So what was violated with fewer is looked for once more in full, as
 * deep as the run that was found, and no further than about as many states as were visited before; a verdict says whether its
 * run is known to be shortest.
 *
 * @module
 */
import { explore, type Exploration, type ExploreOptions } from './explore.js'
import { judgeLiveness } from './liveness.js'
import type { Model } from './model.js'
import { allowsFewerInterleavings, type Property, type StepProperty } from './property.js'
import { type System, systemOf } from './system.js'
import { hopsOf, type Trace, traceOf } from './trace.js'
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
  /** States that were visited once more, in full, to shorten the runs that were found. */
  readonly shortening: number
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

const verdictOn = (exploration: Exploration, property: Property, fewer: boolean): Verdict => {
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
      const counterexample = runTo(exploration, property)
      return counterexample === undefined
        ? { property, model: system.model, verdict: done ? 'holds' : 'unknown' }
        : { property, model: system.model, verdict: 'violated', counterexample, shortest: !fewer }
    }
  }
}

/** The run to the first violation of a property, where there is one. */
const runTo = (exploration: Exploration, property: Property): Trace | undefined => {
  const violation = exploration.violations().get(property)
  return violation === undefined ? undefined : traceOf(exploration.system, hopsOf(exploration, violation))
}

type Explored = ReturnType<typeof together>[number]

/** Decides the properties that one exploration decides. */
const decide = (system: System, { asked, fewer, model, symmetry }: Explored, { memory, progress, states }: VerifyOptions): { readonly verdicts: ReadonlyArray<Verdict>; readonly effort: Effort } => {
  const exploration = explore(system, asked, { ...(memory === undefined ? {} : { memory }), ...(states === undefined ? {} : { states }), symmetry, fewerInterleavings: fewer, rows: asked.some(({ kind }) => kind === 'rows') })
  const status = finish(exploration, progress)
  return {
    verdicts: asked.map((property) => verdictOn(exploration, property, fewer)),
    effort: {
      model, properties: asked.map(({ id }) => id), symmetry, fewerInterleavings: fewer, status, states: exploration.states(), transitions: exploration.transitions(),
      depth: exploration.depth(), resting: exploration.resting(), bytes: exploration.store.bytes(), shortening: 0,
    },
  }
}

/** The same verdicts with the shortest runs, as far as they are found before so many states are visited, and how many were. */
const shorten = (verdicts: ReadonlyArray<Verdict>, system: System, { asked, symmetry }: Explored, { memory, progress }: VerifyOptions, most: number): { readonly verdicts: ReadonlyArray<Verdict>; readonly states: number } => {
  const lengths = new Map(verdicts.flatMap(({ counterexample, property, shortest }) => (counterexample === undefined || shortest !== false ? [] : [[property, counterexample.moves.length] as const])))
  if (lengths.size === 0) return { verdicts, states: 0 }
  const properties = [...lengths.keys()]
  // A system notes violations by the places of its properties: so all are asked, and those that held hold.
  const exploration = explore(system, asked, { ...(memory === undefined ? {} : { memory }), states: most, symmetry, rows: false })
  /** Whether nothing shorter than what is known can come any more. */
  const known = (property: Property): boolean => exploration.violations().has(property) || exploration.depth() >= (lengths.get(property) ?? 0)
  while (!properties.every(known)) {
    exploration.advance(SLICE >> 4)
    if (exploration.status() !== 'running') break
    progress?.(exploration)
  }
  const done = exploration.status() === 'done'
  return {
    verdicts: verdicts.map((verdict) => {
      const counterexample = lengths.has(verdict.property) ? runTo(exploration, verdict.property) : undefined
      return counterexample !== undefined ? { ...verdict, counterexample, shortest: true } : lengths.has(verdict.property) ? { ...verdict, shortest: done || known(verdict.property) } : verdict
    }),
    states: exploration.states(),
  }
}

/** How many states may be visited to shorten runs, however few were visited to find them. */
const LEAST_SHORTENING = 1 << 20

/** Decides properties of a model that `checkModel` let pass. */
export const verify = (model: Model, properties: ReadonlyArray<Property>, options: VerifyOptions = {}): Report => {
  const decided = together(model, properties, options.reductions !== false).map((explored) => {
    const system = systemOf(explored.model, explored.asked.filter((one): one is StepProperty => one.kind === 'step'))
    const { effort, verdicts } = decide(system, explored, options)
    const shortened = shorten(verdicts, system, explored, options, Math.min(options.states ?? Infinity, Math.max(effort.states, LEAST_SHORTENING)))
    return { verdicts: shortened.verdicts, effort: { ...effort, shortening: shortened.states } }
  })
  const verdicts = new Map(decided.flatMap((one) => one.verdicts.map((verdict) => [verdict.property, verdict] as const)))
  return { model, verdicts: properties.flatMap((property) => verdicts.get(property) ?? []), efforts: decided.map(({ effort }) => effort) }
}
