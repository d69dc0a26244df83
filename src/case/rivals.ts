/**
 * Rivals: deciding entries of one author of which neither has seen the other.
 *
 * An honest author keeps one chain: each of its entries has seen the one before. Where that is not so, its entries form
 * a graph of their own, and an entry is nobody's rival only if it has seen all before it and all after it have seen it.
 * Only entries of which nothing is missing are judged: what is missing may be the link.
 *
 * A rival **stands** if everybody else whose word is needed has an entry that has seen it and none of its own rivals, and
 * so has everybody who has left and had seen one of them; and there is somebody else.
 *
 * @module
 */
import type { Id } from '../protocol/message.js'
import { type Node, referencesIn } from './graph.js'

/** The places in an author's list of the latest of its entries that an entry has seen: none of them has seen another. */
type Latest = ReadonlyArray<number>

const nothing: Latest = []

/** One author's entries, lowest place first, and what each of them has seen of the ones before. */
interface Own {
  readonly entries: ReadonlyArray<Node>
  readonly parents: ReadonlyArray<Latest>
}

/** Everything in an author's list that is seen with some of it. */
const seenWith = (parents: ReadonlyArray<Latest>, latest: Latest, down = 0): ReadonlySet<number> => {
  const seen = new Set(latest)
  for (const at of seen) for (const parent of parents[at] ?? nothing) if (parent >= down) seen.add(parent)
  return seen
}

/** The latest among what several have seen. */
const merged = (parents: ReadonlyArray<Latest>, one: Latest, other: Latest): Latest => {
  if (one === other || other.length === 0) return one
  if (one.length === 0) return other
  const all = [...new Set([...one, ...other])]
  if (all.length === 1) return one
  const seen = all.map((at) => seenWith(parents, parents[at] ?? nothing, Math.min(...all)))
  return all.filter((at) => !seen.some((before) => before.has(at))).sort((a, b) => a - b)
}

/** What every deciding entry has seen of one author's, itself not counted. */
const follow = (nodes: ReadonlyArray<Node>, entries: ReadonlyArray<Node>): { readonly own: Own; readonly latest: ReadonlyMap<Id, Latest> } => {
  const number = new Map(entries.map((node, index) => [node.id, index]))
  const parents: Latest[] = []
  const latest = new Map<Id, Latest>()
  for (const node of nodes) {
    let seen = nothing
    for (const cited of referencesIn(node)) {
      const at = number.get(cited)
      seen = merged(parents, seen, at === undefined ? (latest.get(cited) ?? nothing) : [at])
    }
    latest.set(node.id, seen)
    const at = number.get(node.id)
    if (at !== undefined) parents[at] = seen
  }
  return { own: { entries, parents }, latest }
}

/** For each entry of an author that has rivals, which these are. */
const rivalsIn = ({ entries, parents }: Own): ReadonlyMap<number, ReadonlySet<number>> => {
  const rivals = new Map<number, Set<number>>()
  const pair = (one: number, other: number): void => {
    rivals.set(one, (rivals.get(one) ?? new Set()).add(other))
  }
  let tips: ReadonlySet<number> = new Set()
  entries.forEach((_, at) => {
    const seen = parents[at] ?? nothing
    const unseen = [...tips].filter((tip) => !seen.includes(tip))
    if (unseen.length > 0) {
      const all = seenWith(parents, seen)
      for (let before = 0; before < at; before++)
        if (!all.has(before)) {
          pair(at, before)
          pair(before, at)
        }
    }
    tips = new Set([...tips].filter((tip) => !seen.includes(tip)).concat(at))
  })
  return rivals
}

/** Somebody else: its entries, and those by which it came; who came when an entry was known has seen it. */
export interface Witness {
  /** Whether its word is needed. Whose is not has left, and counts for what it had seen. */
  readonly needed: boolean
  readonly entries: ReadonlyArray<Node>
  readonly joins: ReadonlyArray<Id>
}

/**
 * The entries of one author that are void because they have rivals and do not stand. `nodes` are all deciding entries,
 * lowest place first, `entries` those of the author that are judged, `others` everybody else who is or was in the case.
 */
export const fallenRivals = (nodes: ReadonlyArray<Node>, entries: ReadonlyArray<Node>, others: ReadonlyArray<Witness>): ReadonlyArray<Id> => {
  const { own, latest } = follow(nodes, entries)
  const rivals = rivalsIn(own)
  const seenBy = new Map<Latest, ReadonlySet<number>>()
  /** Whether who has seen some entries has seen one, and none of its rivals. */
  const hasOnly = (last: Latest, at: number, its: ReadonlySet<number>): boolean => {
    const all = seenBy.get(last) ?? seenWith(own.parents, last)
    seenBy.set(last, all)
    return all.has(at) && ![...its].some((rival) => all.has(rival))
  }
  const answers = (witness: Witness, at: number, its: ReadonlySet<number>): boolean =>
    (witness.joins.length > 0 && witness.joins.every((join) => hasOnly(latest.get(join) ?? nothing, at, its))) ||
    witness.entries.some((node) => hasOnly(latest.get(node.id) ?? nothing, at, its))
  const hasSeen = (witness: Witness, its: ReadonlySet<number>): boolean =>
    witness.entries.some((node) => [...seenWith(own.parents, latest.get(node.id) ?? nothing)].some((one) => its.has(one)))
  const stands = (at: number, its: ReadonlySet<number>): boolean =>
    others.some((witness) => answers(witness, at, its)) &&
    others.every((witness) => answers(witness, at, its) || (!witness.needed && !hasSeen(witness, its)))
  return [...rivals].filter(([at, its]) => !stands(at, its)).flatMap(([at]) => entries[at]?.id ?? [])
}
