/**
 * What the last whole run of the benchmark measured, as it is committed: `results.json`, and `verify.json` of the explorer
 * beside SPIN.
 */
import { readFileSync } from 'node:fs'
import type { Group } from './timing.js'

/** The size of a subject in a bundle, in bytes, minified and gzipped. */
export interface Size {
  readonly name: string
  readonly esbuild: number
  readonly rollup: number
}

/** One run. */
export interface Measured {
  readonly node: string
  readonly processor: string
  readonly versions: Readonly<Record<string, string>>
  readonly groups: ReadonlyArray<Group>
  /** How ingesting grows with the number of entries: 1 is linear. */
  readonly exponent: number
  readonly sizes: ReadonlyArray<Size>
}

/** The explorer's rates beside SPIN's, model by model. */
export interface Explored {
  readonly rows: ReadonlyArray<{ readonly model: string; readonly rate: number; readonly ours: Side; readonly spin: Side }>
}
interface Side { readonly states: number; readonly seconds: number; readonly statesPerSecond: number; readonly bytes: number }

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))

/** The committed run. */
export const measured = (): Measured => read('results.json') as Measured
/** The committed comparison with SPIN. */
export const explored = (): Explored => read('verify.json') as Explored
