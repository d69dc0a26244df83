/**
 * The order of deciding entries, which is data in the entries: what each had seen, or the case manager's stamps.
 *
 * Without stamps: entries of which nothing is missing come first; an entry comes after those that it has seen (its place
 * in the graph), and among those of one place by its author and its id. That says nothing about when anything happened; it is the same for everybody, which is the point.
 * With a case manager, what it stamped comes first, by its number; a number that stands for two entries, an entry with
 * two numbers, and stamps by anybody else count for nothing.
 *
 * @module
 */
import type { Stamp } from '../protocol/log.js'
import type { Id } from '../protocol/message.js'
import type { Node } from './graph.js'
import { type Compare, compareText, emptyTree, get, set, type Tree } from './tree.js'

/** What orders a deciding entry. */
export interface OrderKey {
  /** The number that the case manager gave it; Infinity where it has none that counts. */
  readonly stamp: number
  /** Whether something that it refers to, directly or not, is missing. */
  readonly lacking: boolean
  readonly place: number
  readonly author: Id
  readonly id: Id
}

/** The order of deciding entries. */
export const compareKeys: Compare<OrderKey> = (one, other) =>
  one.stamp !== other.stamp ? (one.stamp < other.stamp ? -1 : 1)
  : one.lacking !== other.lacking ? (one.lacking ? 1 : -1)
  : one.place - other.place || compareText(one.author, other.author) || compareText(one.id, other.id)

/** The order of one author's entries: by author, then what is complete, then place, then id. */
export const compareOwn: Compare<OrderKey> = (one, other) =>
  compareText(one.author, other.author) || Number(one.lacking) - Number(other.lacking) || one.place - other.place || compareText(one.id, other.id)

/** The stamps of the case manager: the entries of each number, and the numbers of each entry. */
export interface Stamps {
  readonly entries: Tree<number, ReadonlyArray<Id>>
  readonly numbers: Tree<Id, ReadonlyArray<number>>
}

/** No stamps. */
export const noStamps: Stamps = { entries: emptyTree((one, other) => one - other), numbers: emptyTree(compareText) }

/** Adds an item to the list at a key; the very tree where the list has it. */
export const addTo = <K, A>(tree: Tree<K, ReadonlyArray<A>>, key: K, item: A): Tree<K, ReadonlyArray<A>> => {
  const before = get(tree, key) ?? []
  return before.includes(item) ? tree : set(tree, key, [...before, item])
}

/** Takes a stamp in. */
export const stamped = (stamps: Stamps, { entry, sequence }: Stamp): Stamps => ({
  entries: addTo(stamps.entries, sequence, entry),
  numbers: addTo(stamps.numbers, entry, sequence),
})

/** The entries whose number a stamp can change: its own, and what else has that number, or the numbers that its own has besides. */
export const touchedBy = (stamps: Stamps, { entry, sequence }: Stamp): ReadonlyArray<Id> => [
  entry,
  ...(get(stamps.entries, sequence) ?? []),
  ...(get(stamps.numbers, entry) ?? []).flatMap((number) => get(stamps.entries, number) ?? []),
]

/** The number that the case manager gave an entry; Infinity where it has none that counts. */
export const numberOf = (stamps: Stamps, id: Id): number => {
  const [number, ...more] = get(stamps.numbers, id) ?? []
  return number !== undefined && more.length === 0 && get(stamps.entries, number)?.length === 1 ? number : Infinity
}

/** What orders a node. */
export const keyOf = (stamps: Stamps, node: Node): OrderKey => ({
  stamp: numberOf(stamps, node.id), lacking: !node.complete, place: node.place, author: node.author, id: node.id,
})
