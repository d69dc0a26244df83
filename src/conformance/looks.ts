/**
 * Every check of what one step alone does not show.
 *
 * @module
 */
import { conductLooks } from './conduct.js'
import { dealingLooks } from './dealings.js'
import { endingLooks } from './endings.js'
import type { Look } from './look.js'
import { termLooks } from './terms.js'

/** The checks, those of terms first, then of conduct, of endings, and of dealings. */
export const looks: ReadonlyArray<Look> = [...termLooks, ...conductLooks, ...endingLooks, ...dealingLooks]

/** The names of these checks, which stand as the kind of their findings, each with what it finds in a few words. */
export const checkNames: Readonly<Record<string, string>> = Object.fromEntries(looks.map(({ finds, id }) => [id, finds]))
