/**
 * Whose entries count: what a sender who has left, or who says two things at once, still gets to decide.
 *
 * Some entries stay in a ledger and change nothing, whatever their place: those of somebody whose engagement had ended
 * as far as they themselves had seen, and those of an author who speaks with two tongues. Two deciding entries of one
 * author of which neither has seen the other are **rivals**; none of them counts, unless everybody else whose word is
 * needed has answered to one of them without having seen the other: that one **stands**. Otherwise an author could annul
 * what all have settled on by sending another version of it.
 *
 * @module
 */
import type { Membership } from '../protocol/log.js'
import type { Id } from '../protocol/message.js'
import type { Charter } from './charter.js'
import { descends, type Graph, type Node } from './graph.js'
import { numberOf, type Stamps } from './order.js'
import { fallenRivals } from './rivals.js'
import { forwards } from './tree.js'

/** Why an entry is void: its author said two things under one id or at one place, it is part of a circle, or its author had left. */
export type VoidKind = 'equivocation' | 'circular' | 'ended'

/** The end of somebody's engagement in the case, as one entry has it. */
export interface End {
  readonly id: Id
  readonly of: Id
  readonly by: Id
}

const membershipIn = (node: Node): Membership | undefined => ('membership' in node.entry ? node.entry.membership : undefined)

/** Whose engagement an entry ends, if its author may end it. */
export const endIn = (charter: Charter, node: Node): Id | undefined => {
  if ('message' in node.entry) return node.entry.message.types.includes('RC') ? node.author : undefined
  const change = membershipIn(node)
  if (change === undefined || node.circular) return undefined
  if (change.change === 'excluded') return node.author === charter.owner ? change.participant : undefined
  if (change.change !== 'leaves') return undefined
  return node.author === change.participant || ((node.author === charter.owner || node.author === charter.manager) && change.participant !== charter.owner) ? change.participant : undefined
}

/** The deciding entries of a graph, lowest place first. */
const decidingNodes = (graph: Graph): ReadonlyArray<Node> => {
  const all: Node[] = []
  for (const [, node] of forwards(graph.nodes)) if (node.deciding) all.push(node)
  return all.sort((one, other) => one.place - other.place)
}

/** Everybody who is in the case by its charter, or was let in by somebody else who is, with the entries that let it in. */
const known = (charter: Charter, nodes: ReadonlyArray<Node>): ReadonlyMap<Id, ReadonlyArray<Id>> => {
  const joins = new Map<Id, Id[]>(charter.participants.map((one) => [one.id, []]))
  const offices = [charter.owner, charter.manager]
  const waiting = nodes.filter((node) => {
    const change = membershipIn(node)
    return change?.change === 'joins' && change.participant !== node.author && node.variants.length === 1 && !node.circular && node.complete
  })
  for (let before = -1; before !== waiting.length; ) {
    before = waiting.length
    for (const node of [...waiting]) {
      if (!joins.has(node.author) && !offices.includes(node.author)) continue
      const participant = membershipIn(node)?.participant ?? ''
      joins.set(participant, [...(joins.get(participant) ?? []), node.id])
      waiting.splice(waiting.indexOf(node), 1)
    }
  }
  return joins
}

/** Who has a say: the members of the case, but for those whose engagement has ended. */
export interface Electorate {
  /** Everybody whose entries are waited for, with the entries by which each came, or came back; none for who is there from the start. */
  readonly needed: ReadonlyMap<Id, ReadonlyArray<Id>>
  /** The ends that hold. */
  readonly ends: ReadonlyArray<End>
}

/** What is void, and who has a say. */
export interface Standing extends Electorate {
  readonly voids: ReadonlyMap<Id, VoidKind>
}

/** Works out from the whole graph what is void, and who has a say. */
export const standing = (charter: Charter, graph: Graph, stamps: Stamps): Standing => {
  const nodes = decidingNodes(graph)
  const voids = new Map<Id, VoidKind>()
  for (const [id, node] of forwards(graph.nodes))
    if (node.variants.length > 1) voids.set(id, 'equivocation')
    else if (node.circular) voids.set(id, 'circular')
  const joins = known(charter, nodes)
  const ends = applyEnds(charter, graph, stamps, nodes, joins, voids)
  const needed = new Map([...joins].flatMap(([id, entries]): ReadonlyArray<readonly [Id, ReadonlyArray<Id>]> => {
    const fromStart = charter.participants.some((one) => one.id === id)
    const counting = entries.filter((join) => !voids.has(join))
    const over = ends.filter((end) => end.of === id)
    const back = counting.filter((join) => over.every((end) => descends(graph, join, end.id)))
    if (over.length > 0 ? back.length === 0 : !fromStart && counting.length === 0) return []
    return [[id, over.length === 0 && fromStart ? [] : back]]
  }))
  const electorate: Electorate = { needed, ends }
  if (charter.order === 'causal') for (const id of twoTongued(graph, nodes, electorate, voids)) voids.set(id, 'equivocation')
  return { ...electorate, voids }
}

/** Takes the ends in the order of their authority, each as far as those before leave it, and voids what they end. */
const applyEnds = (
  charter: Charter, graph: Graph, stamps: Stamps, nodes: ReadonlyArray<Node>, joins: ReadonlyMap<Id, ReadonlyArray<Id>>, voids: Map<Id, VoidKind>,
): ReadonlyArray<End> => {
  const authority = ({ of, by }: End): number => (by === charter.owner ? (of === by ? 0 : 1) : by === charter.manager ? (of === by ? 2 : 3) : 4)
  /** Whether an entry came before an end: the end has seen it, or, with a case manager, has a later number. */
  const isBefore = (id: Id, end: Id): boolean => {
    const [one, other] = [numberOf(stamps, id), numberOf(stamps, end)]
    return id === end || (charter.order === 'manager' && one !== other ? one < other : descends(graph, end, id))
  }
  const ends = nodes
    .flatMap((node): End[] => {
      const of = node.variants.length === 1 && !node.circular && node.complete ? endIn(charter, node) : undefined
      return of === undefined ? [] : [{ id: node.id, of, by: node.author }]
    })
    .sort((one, other) => authority(one) - authority(other))
  const held: End[] = []
  for (const level of [0, 1, 2, 3, 4]) {
    const now = ends.filter((end) => authority(end) === level && !voids.has(end.id))
    for (const end of now) {
      for (const node of nodes) {
        if (node.author !== end.of || voids.has(node.id) || isBefore(node.id, end.id) || now.some((one) => one.id === node.id)) continue
        const back = (joins.get(end.of) ?? []).some((join) => join !== node.id && descends(graph, join, end.id) && descends(graph, node.id, join))
        if (!back) voids.set(node.id, 'ended')
      }
    }
    held.push(...now)
  }
  return held
}

/** The deciding entries of each author, lowest place first. */
const byAuthor = (nodes: ReadonlyArray<Node>, voids: ReadonlyMap<Id, VoidKind>): ReadonlyMap<Id, ReadonlyArray<Node>> => {
  const authors = new Map<Id, Node[]>()
  for (const node of nodes) if (!voids.has(node.id)) authors.set(node.author, [...(authors.get(node.author) ?? []), node])
  return authors
}

/** Whether each entry of one author has seen the one before. */
const isChain = (graph: Graph, own: ReadonlyArray<Node>): boolean =>
  own.every((node, index) => {
    const before = own[index - 1]
    return before === undefined || (before.place < node.place && descends(graph, node.id, before.id))
  })

/** The entries that are void because their author speaks with two tongues; only what is complete is judged. */
const twoTongued = (graph: Graph, nodes: ReadonlyArray<Node>, { needed, ends }: Electorate, voids: ReadonlyMap<Id, VoidKind>): ReadonlyArray<Id> => {
  const authors = byAuthor(nodes, voids)
  return [...authors].flatMap(([author, own]) => {
    const complete = own.filter((node) => node.complete)
    if (isChain(graph, complete)) return []
    const left = new Set(ends.map((end) => end.of).filter((id) => !needed.has(id)))
    const witness = (id: Id, joins: ReadonlyArray<Id>, asked: boolean) => ({ entries: authors.get(id) ?? [], joins, needed: asked })
    return fallenRivals(nodes, complete, [
      ...[...needed].filter(([id]) => id !== author).map(([id, joins]) => witness(id, joins, true)),
      ...[...left].filter((id) => id !== author).map((id) => witness(id, [], false)),
    ])
  })
}
