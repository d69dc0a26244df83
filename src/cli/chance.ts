/**
 * Chance that can be had again: everything drawn follows from a seed, and nothing drawn tells what comes next.
 *
 * @module
 */
import { createCipheriv, createHash, randomBytes } from 'node:crypto'

/** A source of chance. */
export interface Chance {
  /** A whole number from 0 up to, and without, a limit. */
  readonly below: (limit: number) => number
  /** Sixteen characters that nobody guesses. */
  readonly token: () => string
}

/** How many bytes are made at once. */
const BLOCK = 1 << 16

/** The chance that follows from a seed; other purposes draw other numbers from the same seed. */
export const chanceOf = (seed: string, purpose: string): Chance => {
  const cipher = createCipheriv('aes-256-ctr', createHash('sha256').update(`${purpose}\n${seed}`).digest(), Buffer.alloc(16))
  let block = Buffer.alloc(0)
  let used = 0
  const take = (count: number): Buffer => {
    if (used + count > block.length) {
      block = cipher.update(Buffer.alloc(BLOCK))
      used = 0
    }
    used += count
    return block.subarray(used - count, used)
  }
  return {
    // 48 bits: what the remainder favours is too little to matter for an order of questions.
    below: (limit) => take(6).readUIntBE(0, 6) % limit,
    token: () => take(12).toString('base64url'),
  }
}

/** A seed that was never used before. */
export const freshSeed = (): string => randomBytes(6).toString('hex')

/** How many questions are mixed at a time. */
const WINDOW = 8192

/** The values of several sources in an order of chance: the sources interleaved, and what is near together shuffled. */
export function* mixed<A>(sources: ReadonlyArray<Iterable<A>>, chance: Chance): Generator<A> {
  const live = sources.map((source) => source[Symbol.iterator]())
  const draw = (): { readonly value: A } | undefined => {
    while (live.length > 0) {
      const place = chance.below(live.length)
      const next = live[place]?.next()
      if (next !== undefined && next.done !== true) return { value: next.value }
      live.splice(place, 1)
    }
    return undefined
  }
  const held: A[] = []
  for (let drawn = draw(); drawn !== undefined; drawn = draw()) {
    if (held.length < WINDOW) {
      held.push(drawn.value)
      continue
    }
    const place = chance.below(WINDOW)
    const out = held[place]
    held[place] = drawn.value
    if (out !== undefined) yield out
  }
  yield* shuffled(held, chance)
}

/** Values in an order of chance. */
export const shuffled = <A>(values: ReadonlyArray<A>, chance: Chance): ReadonlyArray<A> => {
  const all = [...values]
  for (let last = all.length - 1; last > 0; last--) {
    const place = chance.below(last + 1)
    const [one, other] = [all[place], all[last]]
    if (one !== undefined && other !== undefined) [all[place], all[last]] = [other, one]
  }
  return all
}
