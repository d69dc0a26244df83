/**
 * Chance that can be had again: numbers that follow from a seed alone, the same on every machine.
 *
 * A generator of 32 bits of state (mulberry32, public domain): plenty for choosing among a few moves, and nothing that keeps
 * a secret. Seeds may be any text; different texts may share a seed, once in four thousand million.
 *
 * @module
 */

/** The next number, from 0 up to and without 1. */
export type Chance = () => number

/** The hash FNV-1a of a text: where a generator starts. */
const startOf = (seed: string): number => {
  let hash = 0x811c9dc5
  for (let place = 0; place < seed.length; place++) hash = Math.imul(hash ^ seed.charCodeAt(place), 0x01000193)
  return hash | 0
}

/** The chance that follows from a seed. A number is the seed that its decimal text is. */
export const chanceFrom = (seed: string | number): Chance => {
  let state = startOf(String(seed))
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One of several, each as likely as its weight is of all; `undefined` where no weight is above zero. */
export const weighted = <A>(chance: Chance, all: ReadonlyArray<readonly [value: A, weight: number]>): A | undefined => {
  const open = all.filter(([, weight]) => weight > 0)
  let left = chance() * open.reduce((total, [, weight]) => total + weight, 0)
  for (const [value, weight] of open) {
    left -= weight
    if (left < 0) return value
  }
  return open.at(-1)?.[0]
}
