/**
 * The ordered map against what it stands for: a `Map`, sorted by its keys whenever somebody asks.
 *
 * Every run makes a list of changes, keeps the tree and the map after each of them, and looks at all of these at the end:
 * a tree that a later change had touched would differ from its map.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  backwards, type Branch, type Compare, compareText, emptyTree, forwards, get, lastBefore, rankOf, remove, set, sizeOf, type Tree,
} from '../src/case/tree.js'
import { same } from './same.js'

const byNumber: Compare<number> = (one, other) => one - other

interface Version {
  readonly tree: Tree<number, string>
  readonly map: ReadonlyMap<number, string>
}

type Change = { readonly set: number; readonly to: string } | { readonly remove: number }

const key = fc.integer({ min: -20, max: 20 })
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ set: key, to: fc.string({ maxLength: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ remove: key }) },
)

/** All versions, the empty one first. */
const versions = (changes: ReadonlyArray<Change>): ReadonlyArray<Version> => {
  const all: Version[] = [{ tree: emptyTree(byNumber), map: new Map() }]
  for (const one of changes) {
    const { tree, map } = all.at(-1) ?? { tree: emptyTree<number, string>(byNumber), map: new Map<number, string>() }
    const next = new Map(map)
    if ('set' in one) {
      next.set(one.set, one.to)
      all.push({ tree: set(tree, one.set, one.to), map: next })
    } else {
      next.delete(one.remove)
      all.push({ tree: remove(tree, one.remove), map: next })
    }
  }
  return all
}

const sorted = (map: ReadonlyMap<number, string>): ReadonlyArray<readonly [number, string]> => [...map].sort(([one], [other]) => one - other)
const everyKey = Array.from({ length: 43 }, (_, index) => index - 21)
const changes = fc.array(change, { maxLength: 60, size: 'max' })

test('every version is its map, also after all later changes: look-up, both directions, size', () => {
  fc.assert(fc.property(changes, (list) => {
    for (const { tree, map } of versions(list)) {
      const pairs = sorted(map)
      same([...forwards(tree)], pairs)
      same([...backwards(tree)], [...pairs].reverse())
      expect(sizeOf(tree)).toBe(map.size)
      expect(everyKey.filter((one) => get(tree, one) !== map.get(one))).toEqual([])
    }
  }), { numRuns: 200 })
})

test('from a key on, before a key, and the rank of a key, whether it is there or not', () => {
  fc.assert(fc.property(changes, (list) => {
    const { tree, map } = versions(list).at(-1) ?? { tree: emptyTree<number, string>(byNumber), map: new Map<number, string>() }
    const pairs = sorted(map)
    for (const one of everyKey) {
      const before = pairs.filter(([other]) => other < one)
      same([...forwards(tree, one)], pairs.filter(([other]) => other >= one))
      same(rankOf(tree, one), before.length)
      same(lastBefore(tree, one), before.at(-1))
    }
    expect(lastBefore(tree)).toEqual(pairs.at(-1))
  }), { numRuns: 300 })
})

test('removing what is not there gives the very tree', () => {
  fc.assert(fc.property(changes, key, (list, one) => {
    const { tree, map } = versions(list).at(-1) ?? { tree: emptyTree<number, string>(byNumber), map: new Map<number, string>() }
    if (!map.has(one)) expect(remove(tree, one)).toBe(tree)
  }))
})

/** The height of a branch, if it and all below it are as an AVL tree is to be; its size as well. */
const measured = <K, V>(at: Branch<K, V> | undefined, compare: Compare<K>): { readonly height: number; readonly size: number } => {
  if (at === undefined) return { height: 0, size: 0 }
  const [before, after] = [measured(at.before, compare), measured(at.after, compare)]
  const found = { height: Math.max(before.height, after.height) + 1, size: before.size + after.size + 1 }
  const isBalanced = Math.abs(before.height - after.height) <= 1
  const isOrdered = (at.before === undefined || compare(at.before.key, at.key) < 0) && (at.after === undefined || compare(at.key, at.after.key) < 0)
  same({ isBalanced, isOrdered, height: at.height, size: at.size }, { isBalanced: true, isOrdered: true, ...found })
  return found
}

test('every branch is balanced, and knows its height and size', () => {
  fc.assert(fc.property(changes, (list) => {
    for (const { tree } of versions(list)) measured(tree.root, byNumber)
  }), { numRuns: 200 })
})

test('the height grows with the logarithm of the size, whatever the order, and while keys go again', () => {
  // An AVL tree of n keys is at most 1.4405 log2(n + 2) high (Adelson-Velsky and Landis).
  const bound = (size: number): number => Math.ceil(1.4405 * Math.log2(size + 2))
  const count = 5000
  const orders: ReadonlyArray<(index: number) => number> = [(index) => index, (index) => -index, (index) => (index * 2654435761) % 100_003]
  for (const order of orders) {
    let tree: Tree<number, number> = emptyTree(byNumber)
    for (let index = 0; index < count; index++) {
      tree = set(tree, order(index), index)
      if (index % 500 === 0) expect(tree.root?.height ?? 0).toBeLessThanOrEqual(bound(sizeOf(tree)))
    }
    expect(sizeOf(tree)).toBe(count)
    measured(tree.root, byNumber)
    for (let index = 0; index < count - 10; index++) {
      tree = remove(tree, order(index))
      if (index % 500 === 0) expect(tree.root?.height ?? 0).toBeLessThanOrEqual(bound(sizeOf(tree)))
    }
    expect(sizeOf(tree)).toBe(10)
    measured(tree.root, byNumber)
  }
})

test('a change shares all but a path with what was there before', () => {
  let tree: Tree<number, number> = emptyTree(byNumber)
  for (let index = 0; index < 1024; index++) tree = set(tree, index, index)
  const branches = (at: Branch<number, number> | undefined, into = new Set<Branch<number, number>>()): Set<Branch<number, number>> => {
    if (at === undefined) return into
    into.add(at)
    branches(at.before, into)
    return branches(at.after, into)
  }
  const old = branches(tree.root)
  const fresh = (other: Tree<number, number>): number => [...branches(other.root)].filter((one) => !old.has(one)).length
  // A path is at most as long as the tree is high; balancing makes two more branches on each of its steps at the most.
  expect(fresh(set(tree, 512.5, 0))).toBeLessThanOrEqual(3 * 15)
  expect(fresh(remove(tree, 512))).toBeLessThanOrEqual(3 * 15)
})

test('a value that is undefined is a value: setting it keeps the key', () => {
  const tree = set(set(emptyTree<number, string | undefined>(byNumber), 1, 'a'), 1, undefined)
  expect([sizeOf(tree), [...forwards(tree)]]).toEqual([1, [[1, undefined]]])
})

test('text is ordered by UTF-16 code units: capitals before small letters, surrogates before what comes late in the plane', () => {
  expect(['b', 'a', 'B', '', 'é', 'ab'].sort(compareText)).toEqual(['', 'B', 'a', 'ab', 'b', 'é'])
  // U+1F600 is written with the units D83D DE00; U+FF21 is one unit, which is greater than D83D.
  expect(['\uFF21', '\u{1F600}'].sort(compareText)).toEqual(['\u{1F600}', '\uFF21'])
  fc.assert(fc.property(fc.string(), fc.string(), (one, other) => {
    expect(Math.sign(compareText(one, other))).toBe(-Math.sign(compareText(other, one)) + 0)
    expect(compareText(one, other) === 0).toBe(one === other)
  }))
})
