/**
 * An ordered map that never changes: setting a key gives another map, which shares all but a path with the first.
 *
 * A ledger is a value, and may hold 10^5 entries; copying a `Map` on each that arrives would make every arrival cost as
 * much as the whole. This is an AVL tree: a look-up, a setting and a removal take a number of steps that grows with the
 * logarithm of the size. Keys compare by the function that the tree was made with.
 *
 * @module
 */

/** One key with its value, and what is before and after it. */
export interface Branch<K, V> {
  readonly key: K
  readonly value: V
  readonly before: Branch<K, V> | undefined
  readonly after: Branch<K, V> | undefined
  readonly height: number
  readonly size: number
}

/** Negative where the first comes before the second, 0 where they are the same key. */
export type Compare<K> = (one: K, other: K) => number

/** A map in the order of its keys. */
export interface Tree<K, V> {
  readonly compare: Compare<K>
  readonly root: Branch<K, V> | undefined
}

/** The order of strings by UTF-16 code units, which is the same everywhere. */
export const compareText: Compare<string> = (one, other) => (one < other ? -1 : one > other ? 1 : 0)

/** A map without keys. */
export const emptyTree = <K, V>(compare: Compare<K>): Tree<K, V> => ({ compare, root: undefined })

const heightOf = <K, V>(branch: Branch<K, V> | undefined): number => branch?.height ?? 0

/** A branch over two that differ in height by at most 2, balanced. */
const over = <K, V>(before: Branch<K, V> | undefined, key: K, value: V, after: Branch<K, V> | undefined): Branch<K, V> => {
  const lean = heightOf(before) - heightOf(after)
  if (lean > 1 && before !== undefined)
    return heightOf(before.before) >= heightOf(before.after) || before.after === undefined
      ? join(before.before, before.key, before.value, join(before.after, key, value, after))
      : join(join(before.before, before.key, before.value, before.after.before), before.after.key, before.after.value, join(before.after.after, key, value, after))
  if (lean < -1 && after !== undefined)
    return heightOf(after.after) >= heightOf(after.before) || after.before === undefined
      ? join(join(before, key, value, after.before), after.key, after.value, after.after)
      : join(join(before, key, value, after.before.before), after.before.key, after.before.value, join(after.before.after, after.key, after.value, after.after))
  return join(before, key, value, after)
}

const join = <K, V>(before: Branch<K, V> | undefined, key: K, value: V, after: Branch<K, V> | undefined): Branch<K, V> => ({
  key, value, before, after,
  height: Math.max(heightOf(before), heightOf(after)) + 1,
  size: (before?.size ?? 0) + (after?.size ?? 0) + 1,
})

const put = <K, V>(compare: Compare<K>, at: Branch<K, V> | undefined, key: K, value: V): Branch<K, V> => {
  if (at === undefined) return join(undefined, key, value, undefined)
  const side = compare(key, at.key)
  if (side === 0) return { ...at, key, value }
  return side < 0 ? over(put(compare, at.before, key, value), at.key, at.value, at.after) : over(at.before, at.key, at.value, put(compare, at.after, key, value))
}

const firstOf = <K, V>(at: Branch<K, V>): Branch<K, V> => (at.before === undefined ? at : firstOf(at.before))

const without = <K, V>(compare: Compare<K>, at: Branch<K, V> | undefined, key: K): Branch<K, V> | undefined => {
  if (at === undefined) return undefined
  const side = compare(key, at.key)
  if (side < 0) return over(without(compare, at.before, key), at.key, at.value, at.after)
  if (side > 0) return over(at.before, at.key, at.value, without(compare, at.after, key))
  if (at.before === undefined || at.after === undefined) return at.before ?? at.after
  const next = firstOf(at.after)
  return over(at.before, next.key, next.value, without(compare, at.after, next.key))
}

/** What stands at a key. */
export const get = <K, V>(tree: Tree<K, V>, key: K): V | undefined => {
  let at = tree.root
  while (at !== undefined) {
    const side = tree.compare(key, at.key)
    if (side === 0) return at.value
    at = side < 0 ? at.before : at.after
  }
  return undefined
}

/** The map with a key set. */
export const set = <K, V>(tree: Tree<K, V>, key: K, value: V): Tree<K, V> => ({ compare: tree.compare, root: put(tree.compare, tree.root, key, value) })

/** The map without a key; the very map where it has none such. */
export const remove = <K, V>(tree: Tree<K, V>, key: K): Tree<K, V> =>
  get(tree, key) === undefined ? tree : { compare: tree.compare, root: without(tree.compare, tree.root, key) }

/** How many keys there are. */
export const sizeOf = <K, V>(tree: Tree<K, V>): number => tree.root?.size ?? 0

/** How many keys come before one. */
export const rankOf = <K, V>(tree: Tree<K, V>, key: K): number => {
  let rank = 0
  for (let at = tree.root; at !== undefined; ) {
    if (tree.compare(key, at.key) <= 0) at = at.before
    else {
      rank += (at.before?.size ?? 0) + 1
      at = at.after
    }
  }
  return rank
}

/** The last key before one, with its value; the last of all where none is given. */
export const lastBefore = <K, V>(tree: Tree<K, V>, key?: K): readonly [K, V] | undefined => {
  let found: Branch<K, V> | undefined
  for (let at = tree.root; at !== undefined; ) {
    if (key === undefined || tree.compare(at.key, key) < 0) {
      found = at
      at = at.after
    } else at = at.before
  }
  return found === undefined ? undefined : [found.key, found.value]
}

/** Keys and values in order, from one on (inclusive), or from the first. */
export function* forwards<K, V>(tree: Tree<K, V>, from?: K): Generator<readonly [K, V], void> {
  const open: Branch<K, V>[] = []
  for (let at = tree.root; at !== undefined; ) {
    if (from !== undefined && tree.compare(at.key, from) < 0) at = at.after
    else {
      open.push(at)
      at = at.before
    }
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    yield [next.key, next.value]
    for (let at = next.after; at !== undefined; at = at.before) open.push(at)
  }
}

/** Keys and values from the last to the first. */
export function* backwards<K, V>(tree: Tree<K, V>): Generator<readonly [K, V], void> {
  const open: Branch<K, V>[] = []
  for (let at = tree.root; at !== undefined; at = at.after) open.push(at)
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    yield [next.key, next.value]
    for (let at = next.before; at !== undefined; at = at.after) open.push(at)
  }
}
