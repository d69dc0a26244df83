/**
 * The timeline of a case: what a ledger holds, as something to be drawn.
 *
 * Causes are drawn before effects, and otherwise by the moment that an entry says; the states are those that the case
 * gives, however its order differs. What is void or changed nothing is drawn as such, and what is not settled as tentative.
 *
 * @module
 */
import { lanesOf } from '../case/lane.js'
import type { Case } from '../case/case.js'
import { type Decided, ownEmbargo } from '../case/decide.js'
import { isInForce } from '../case/embargo.js'
import { authorOf } from '../case/entry.js'
import type { Node } from '../case/graph.js'
import { nodesOf, type Step as Decision } from '../case/ledger.js'
import { forwards, get } from '../case/tree.js'
import { contentOf } from '../protocol/log.js'
import type { Id } from '../protocol/message.js'
import { readMoment } from '../protocol/moment.js'
import type { Participant } from '../protocol/participant.js'
import { bandsOf, type Fact, type Span, type Step, type StepKind, type Timeline } from './timeline.js'

/** The entries in the order in which they are drawn: no entry before what it refers to, and as their moments have it. */
const drawn = (of: Case): ReadonlyArray<Node> => {
  const times = new Map<Id, number>()
  const nodes = nodesOf(of.ledger).filter(({ entry }) => !('stamp' in entry) && !('correction' in entry))
  for (const node of nodes) {
    const own = readMoment(contentOf(node.entry).at)?.earliest ?? -Infinity
    times.set(node.id, node.references.reduce((latest, id) => Math.max(latest, times.get(id) ?? -Infinity), own))
  }
  const rank = new Map(nodes.map((node, index) => [node.id, index]))
  return [...nodes].sort((one, other) => (times.get(one.id) ?? 0) - (times.get(other.id) ?? 0) || (rank.get(one.id) ?? 0) - (rank.get(other.id) ?? 0))
}

const stepOf = ({ entry }: Node, kind: StepKind): Step => {
  if ('message' in entry) {
    const { at, from, to, types, subject, embargo } = entry.message
    const about = subject === undefined ? undefined : typeof subject === 'string' ? subject : subject.product ?? subject.participant
    const label = about ?? (embargo?.end === undefined ? undefined : `until ${embargo.end}`)
    return { shape: 'arrow', kind, moment: at, from, to, types, ...(label === undefined ? {} : { label }) }
  }
  if ('membership' in entry) {
    const { at, participant, change, by } = entry.membership
    return { shape: 'membership', kind, moment: at, lane: participant, what: change, ...(by === participant ? {} : { by }) }
  }
  if ('observation' in entry) return { shape: 'mark', kind, moment: entry.observation.at, lane: entry.observation.about ?? '', what: 'observation', label: entry.observation.event }
  const label = 'local' in entry ? entry.local.event : ''
  return { shape: 'mark', kind, moment: contentOf(entry).at, lane: authorOf(entry), what: 'local', label }
}

/** What came to be with each entry that was drawn, as far as all that comes before it in the order of the case is drawn too: no effect before its cause. */
const following = <A>(ids: ReadonlyArray<Id>, ranked: ReadonlyMap<Id, readonly [rank: number, value: A]>, initial: A): ReadonlyArray<A> => {
  const inOrder = [...ranked].sort(([, one], [, other]) => one[0] - other[0])
  const drawable = new Set(ids)
  const shown = new Set<Id>([...ranked.keys()].filter((id) => !drawable.has(id)))
  let [next, value] = [0, initial]
  return [initial, ...ids.map((id) => {
    shown.add(id)
    for (let one = inOrder[next]; one !== undefined && shown.has(one[0]); one = inOrder[next]) [next, value] = [next + 1, one[1][1]]
    return value
  })]
}

/** What came to be with the last, in the order of the case, of the entries that were drawn: somebody's own work does not wait for the others'. */
const latest = <A>(ids: ReadonlyArray<Id>, ranked: ReadonlyMap<Id, readonly [rank: number, value: A]>, initial: A): ReadonlyArray<A> => {
  let [rank, value] = [-1, initial]
  return [initial, ...ids.map((id) => {
    const now = ranked.get(id)
    if (now !== undefined && now[0] > rank) [rank, value] = now
    return value
  })]
}

/** The states of everybody's own work, after each entry that moved it. */
const workIn = (of: Case): ReadonlyMap<Id, ReadonlyMap<Id, readonly [number, Participant]>> => {
  const moved = new Map<Id, Map<Id, readonly [number, Participant]>>()
  const known = new Map<Id, Participant>()
  let previous: Id | undefined
  let rank = 0
  const note = (stateOf: (id: Id) => Participant | undefined): void => {
    for (const { id } of of.participants) {
      const state = stateOf(id)
      if (state === undefined || state === known.get(id)) continue
      known.set(id, state)
      const lane = moved.get(id) ?? new Map<Id, readonly [number, Participant]>()
      moved.set(id, lane.set(previous ?? '', [rank, state]))
    }
  }
  const lanes = lanesOf(of.ledger, (node, stateOf) => {
    note(stateOf)
    previous = node.id
    rank++
  })
  note((id) => lanes.get(id)?.state)
  return moved
}

const spansOf = (states: ReadonlyArray<Decided>): ReadonlyArray<Span> => {
  const spans: Span[] = []
  const named = (state: Decided): readonly [kind: Span['kind'], label: string] | undefined => {
    const [id] = isInForce(state.em) ? [state.inForce] : [...forwards(state.open)].map(([, one]) => one)
    const end = id === undefined ? undefined : get(state.proposals, id)?.terms?.end
    return isInForce(state.em) ? ['force', end === undefined ? '' : `until ${end}`] : state.em === 'Proposed' ? ['proposed', end === undefined ? '' : `until ${end}`] : undefined
  }
  for (let start = 0, next = 0; start < states.length; start = next) {
    const first = states[start]
    const now = first === undefined ? undefined : named(first)
    const same = (other: Decided | undefined): boolean => other !== undefined && JSON.stringify(named(other)) === JSON.stringify(now)
    for (next = start + 1; next < states.length && same(states[next]); next++);
    if (now !== undefined) spans.push({ kind: now[0], label: now[1], ...(start > 0 ? { from: start - 1 } : {}), ...(next < states.length ? { to: next - 1 } : {}) })
  }
  return spans
}

/** The timeline of a case. */
export const timelineOf = (of: Case): Timeline => {
  const { ledger } = of
  const nodes = drawn(of)
  const ids = nodes.map((node) => node.id)
  const decisions = new Map<Id, Decision>()
  const decided = new Map<Id, readonly [number, Decided]>()
  for (const [, decision] of forwards(ledger.order)) {
    decisions.set(decision.node.id, decision)
    decided.set(decision.node.id, [decided.size, decision.after])
  }
  const refused = new Set(of.findings.filter((one) => one.kind === 'own-step').map((one) => one.entry))
  const tentative = new Set(of.settled.tentative)
  const kindOf = (id: Id): StepKind =>
    ledger.standing.voids.has(id) ? 'void' : decisions.get(id)?.illegal !== undefined || refused.has(id) ? 'refused' : tentative.has(id) ? 'tentative' : 'normal'
  const states = following(ids, decided, ledger.initial)
  const work = workIn(of)
  const bands = of.participants.flatMap((participant) => {
    const { id } = participant
    const lane = latest<Participant | undefined>(ids, work.get(id) ?? new Map(), work.get(id)?.get('')?.[1] ?? participant)
    const member = (index: number) => states[index]?.members.get(id)
    const present = <A>(pick: (state: Participant, at: Decided) => A): ReadonlyArray<A | undefined> =>
      lane.map((state, index) => {
        const at = states[index]
        return state === undefined || at === undefined || member(index)?.engaged !== true ? undefined : pick(state, at)
      })
    return [
      ...bandsOf(id, 'rm', present((state) => state.rm)),
      ...bandsOf(id, 'em', present((_, at) => {
        const own = at.members.get(id)
        return own === undefined ? at.em : ownEmbargo(at, own)
      })),
      ...(participant.cs.length > 3 ? bandsOf(id, 'fix', present((state) => state.cs.slice(0, -3))) : []),
    ]
  })
  const facts = (['P', 'X', 'A'] as const).flatMap((fact): ReadonlyArray<Fact> => {
    const index = states.findIndex((state) => state.facts[fact] !== undefined)
    const observed = nodes.findIndex(({ entry }) => 'observation' in entry && entry.observation.event === fact)
    const step = index < 0 ? observed : index - 1
    return index < 0 && observed < 0 ? [] : [{ fact, ...(step < 0 ? {} : { step }) }]
  })
  const unsettled = ids.findIndex((id) => tentative.has(id) && kindOf(id) === 'tentative')
  return {
    title: of.charter.title ?? of.charter.case,
    lanes: of.participants.map(({ id, roles, engaged }) => ({ id, roles, ...(engaged ? {} : { note: 'has left' }) })),
    steps: nodes.map((node) => stepOf(node, kindOf(node.id))),
    bands, spans: spansOf(states), facts,
    ...(unsettled < 0 ? {} : { settled: unsettled }),
  }
}
