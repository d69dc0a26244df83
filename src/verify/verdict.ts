/**
 * What is said of a property.
 *
 * @module
 */
import type { Model } from './model.js'
import type { Property } from './property.js'
import type { Trace } from './trace.js'

/** How a property fares. */
export interface Verdict {
  readonly property: Property
  /** The model in which it was decided: the one asked about, in the property's scope. */
  readonly model: Model
  readonly verdict: 'holds' | 'violated' | 'unknown'
  /** A run that violates it; for a liveness property one with a loop. */
  readonly counterexample?: Trace
  /** Whether no run that violates it is shorter; not said of runs with a loop. */
  readonly shortest?: boolean
  /** For a liveness property: the verdict where nothing is assumed of those who run it. */
  readonly unfair?: 'holds' | 'violated' | 'unknown'
  /** A run that violates it where nothing is assumed, if only such runs do. */
  readonly unfairRun?: Trace
  /** For the rows: those that no run uses. */
  readonly unused?: ReadonlyArray<string>
}
