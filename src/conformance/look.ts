/**
 * The form of a check: what it looks for, for which requirements, and how.
 *
 * @module
 */
import type { Id, Moment } from '../protocol/message.js'
import type { Scene, Watcher } from './scene.js'

/** What a check has seen. */
export interface Sighting {
  /** The place of the entry in the log, from 0. */
  readonly entry: number
  readonly participant?: Id
  readonly message?: Id
  /** What would have conformed: types, steps, ids or moments. */
  readonly expected: ReadonlyArray<string>
  /** What there was instead; nothing where something is missing. */
  readonly got: ReadonlyArray<string>
  /** Those of the check's requirements that it is about; all when absent. */
  readonly requirements?: ReadonlyArray<string>
  /** Until when what is missing was tolerable, where that is a moment of its own. */
  readonly until?: Moment
  /** Something is missing, and whoever owes it had time for it until its next step. */
  readonly missing?: boolean
}

/** A check of what one step alone does not show. */
export interface Look {
  readonly id: string
  readonly requirements: ReadonlyArray<string>
  /** What it finds, in a few words. */
  readonly finds: string
  readonly watch: (scene: Scene, tell: (sighting: Sighting) => void) => Watcher
}
