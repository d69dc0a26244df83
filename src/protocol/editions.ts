/**
 * The readings that a log can have been made under, by name and edition.
 *
 * @module
 */
import { adopted } from './adopted.js'
import type { Edition } from './log.js'
import { published } from './published.js'
import type { Protocol } from './transition.js'

/** The protocol of each edition. Naming this pulls in both readings; who wants one imports that one. */
export const protocols: Readonly<Record<Edition, Protocol>> = { 'adopted@1': adopted, 'published@1': published }
