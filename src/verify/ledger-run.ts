/**
 * Replicas of one case, run on the real ledger: what somebody holds, what it may send next, what it takes in.
 *
 * A *replica* is what somebody has after taking some entries in: a ledger, and the case that it reads as. It is worked out
 * by the operations of `mpcvd/case` themselves, one real `ingest` for every way in which an entry arrives, and kept. Whoever
 * holds the same entries shares a replica, but only where the two ledgers and cases are alike in everything that they hold;
 * trees are compared by what is in them and in which order, not by how they are balanced. So one replica stands for every
 * order of arrival that leads to it, exactly, and nothing is tried twice. Where two orders make two ledgers there are two
 * replicas, and the second says which the first is.
 *
 * Entries are numbered as they are met. The id of an entry is its author and how many that author has made; two entries are
 * one where they are the same JSON, so that runs which come to the same are one run. Participants of the same roles are not
 * exchangeable: the order of entries goes by their authors' ids where nothing else decides it.
 *
 * The file is long because what a scope is, what may be sent in it and what becomes of that hang together.
 *
 * @module
 */
import { boundBy, mayPublish } from '../case/bound.js'
import { type Case, caseOf } from '../case/case.js'
import type { Charter } from '../case/charter.js'
import { isInForce, openIn } from '../case/embargo.js'
import { authorOf, isDeciding, referencesOf } from '../case/entry.js'
import { heads } from '../case/heads.js'
import { emptyLedger, entriesOf, ingest, type Ledger, stepOf } from '../case/ledger.js'
import { type Branch, forwards, get, type Tree } from '../case/tree.js'
import { protocols } from '../protocol/editions.js'
import type { EmState } from '../protocol/em.js'
import { contentOf, type MembershipChange, type Statement } from '../protocol/log.js'
import { type EmbargoTerms, type Id, type MessageType, messageTypes } from '../protocol/message.js'
import type { Participant, Role } from '../protocol/participant.js'
import type { Permitted, Protocol } from '../protocol/transition.js'
import { type LedgerScope, namesIn, sentTypes } from './scope.js'

/** What the checks here need of a ledger. They run on {@link ledgerOperations}; wrong operations show that they can fail. */
export interface LedgerOperations {
  /** An empty ledger under a charter. */
  readonly open: (charter: Charter) => Ledger
  /** A ledger with one entry more. */
  readonly take: (ledger: Ledger, entry: Statement) => Ledger
  /** The entries that the next one of a participant has to cite. */
  readonly cite: (ledger: Ledger, by: Id, to: ReadonlyArray<Id>) => ReadonlyArray<Id>
}

/** The operations of `mpcvd/case`. */
export const ledgerOperations: LedgerOperations = { open: emptyLedger, take: (ledger, entry) => ingest(ledger, entry), cite: heads }

/** What has to be so of one replica by itself; `convergence.ts` says what each means. */
export const replicaProperties = ['one embargo', 'consent', 'causality', 'duplicates'] as const

/** One of {@link replicaProperties}. */
export type ReplicaProperty = (typeof replicaProperties)[number]

/** One entry of a run. */
export interface Sent {
  readonly entry: Statement
  readonly id: Id
  /** The place of its author. */
  readonly by: number
  /** Whether it is one of the entries that the scope counts. */
  readonly counts: boolean
}

/** What somebody has after taking some entries in. */
export interface Replica {
  readonly of: Case
  /** The numbers of the entries held, by their authors' places, in the order in which each made them. */
  readonly held: ReadonlyArray<ReadonlyArray<number>>
  /** How many of these count. */
  readonly spent: number
  /** The replica before, and the entry that made this one of it; absent where nothing is held. */
  readonly from?: { readonly replica: number; readonly entry: number }
  /** The first replica of the same entries, where this one is not like it. */
  readonly unlike?: number
  /** What is wrong with it, and the entry that is to arrive again to show it. */
  readonly wrong?: { readonly property: ReplicaProperty; readonly again?: number }
}

/** The replicas of a scope. Everything is worked out when it is asked for, and once. */
export interface Replicas {
  readonly scope: LedgerScope
  readonly charter: Charter
  readonly protocol: Protocol
  /** Everybody's id and roles, by place: the participants, then the guests. */
  readonly names: ReadonlyArray<Id>
  readonly roles: ReadonlyArray<ReadonlyArray<Role>>
  readonly count: () => number
  readonly replica: (number: number) => Replica
  readonly sent: (number: number) => Sent | undefined
  /** The replica after taking an entry in. */
  readonly take: (replica: number, entry: number) => number
  /** The entries that somebody may send, in the state that the replica has it in. */
  readonly sends: (replica: number, place: number) => ReadonlyArray<number>
  /** The messages that somebody may send who is in a state of its own, and has the replica for what is proposed. */
  readonly sendsIn: (state: Participant, replica: number, place: number) => ReadonlyArray<number>
  /** The acknowledgements and stamps that somebody may send. */
  readonly answers: (replica: number, place: number) => ReadonlyArray<number>
  /** Whether a held entry does at its place what it says: it is neither void nor illegal; or refers to what is missing, and may still do so. */
  readonly stands: (replica: number, entry: number) => boolean
  /** Who may publish, as the replica has it: a bit for each place. */
  readonly publishers: (replica: number) => number
  /** Who has accepted terms that are in force there, while nobody has said that the vulnerability or an exploit is public: a bit for each place. */
  readonly bound: (replica: number) => number
}

interface Opening {
  readonly by: Id
  readonly to: ReadonlyArray<Id>
  readonly id: Id
  readonly after: ReadonlyArray<Id>
}

const AT = '2026-01-05T10:00:00Z'
const END = '2026-04-05'

const charterIn = (scope: LedgerScope, names: ReadonlyArray<Id>): Charter => ({
  case: 'case', protocol: `${scope.protocol}@1`, decision: scope.decision ?? 'first', order: scope.order ?? 'causal',
  participants: scope.participants.map((held, place) => ({ id: names[place] ?? '', roles: held })).sort((one, other) => (one.id < other.id ? -1 : 1)),
  owner: names[0] ?? '', ...(scope.order === 'manager' ? { manager: names[0] ?? '' } : {}),
})

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
const isTree = (value: object): value is Tree<unknown, unknown> => 'compare' in value && 'root' in value

const flat = (branch: Branch<unknown, unknown> | undefined, into: unknown[]): ReadonlyArray<unknown> => {
  if (branch === undefined) return into
  flat(branch.before, into)
  into.push(branch.key, branch.value)
  return flat(branch.after, into)
}

const isList = (value: object): value is ReadonlyArray<unknown> => Array.isArray(value)

/** What a value holds, as a list, where it is none of plain fields. */
const listed = (value: object): ReadonlyArray<unknown> | undefined =>
  isList(value) ? value : value instanceof Map || value instanceof Set ? [...value] : isTree(value) ? flat(value.root, []) : undefined

/** Whether two values of one form hold the same; trees and maps, the same keys and values in the same order, however they were built. */
export const alike = (one: unknown, other: unknown): boolean => {
  if (one === other) return true
  if (!isRecord(one) || !isRecord(other)) return false
  const [list, others] = [listed(one), listed(other)]
  if (list !== undefined || others !== undefined) return list !== undefined && list.length === others?.length && list.every((item, at) => alike(item, others[at]))
  let names = 0
  for (const name in one) {
    names++
    if (!Object.hasOwn(other, name) || !alike(one[name], other[name])) return false
  }
  for (const name in other) if (Object.hasOwn(other, name)) names--
  return names === 0
}

/** The proposal that an entry gives its author's word on, by making or accepting it; or by offering it, while what that rests on is missing. */
const wordIn = (entry: Statement, { graph }: Ledger): Id | undefined => {
  if (!('message' in entry)) return undefined
  const { embargo, id, types } = entry.message
  if (types.includes('EV') || (types.includes('EP') && (embargo?.existing !== true || get(graph.nodes, id)?.complete === false))) return embargo?.id
  return types.some((type) => type === 'EA' || type === 'EC' || type === 'RS') ? embargo?.answers : undefined
}

/** Whether an entry says that the vulnerability or an exploit is public; that is so, whether or not the entry counts. */
const saysPublic = (entry: Statement): boolean => 'message' in entry && entry.message.types.some((type) => type === 'CP' || type === 'CX')

/** What is wrong with a case of these entries by itself. */
const wrongIn = (of: Case, entries: ReadonlyArray<Sent>): ReplicaProperty | undefined => {
  const { ledger, participants, state } = of
  const inForce = [...forwards(state.proposals)].flatMap(([id, { status }]) => (status === 'in force' ? [id] : []))
  if (inForce.length !== (isInForce(state.em) ? 1 : 0) || inForce[0] !== state.inForce) return 'one embargo'
  for (const { id } of participants) {
    const words = new Set(entries.map(({ entry }) => (authorOf(entry) === id ? wordIn(entry, ledger) : undefined)))
    if (boundBy(of, id).some((proposal) => !words.has(proposal))) return 'consent'
  }
  if (ledger.charter.order === 'manager') return undefined
  const places = new Map([...forwards(ledger.order)].map(([{ id }], place) => [id, place] as const))
  return entries.some(({ entry, id }) => referencesOf(entry).some((cited) => (places.get(cited) ?? -1) >= (places.get(id) ?? entries.length))) ? 'causality' : undefined
}

/** The replicas of a scope, on some operations of a ledger. */
export const replicas = (scope: LedgerScope, operations: LedgerOperations = ledgerOperations): Replicas => {
  const names = namesIn(scope)
  const roles = [...scope.participants, ...(scope.guests ?? [])]
  const charter = charterIn(scope, names)
  const protocol = protocols[charter.protocol]
  const types = scope.types ?? sentTypes

  const entries: Sent[] = []
  const entryNumbers = new Map<string, number>()
  const empty: Replica = { of: caseOf(operations.open(charter)), held: names.map(() => []), spent: 0 }
  const all: Replica[] = [empty]
  const next = [new Map<number, number>()]
  const byHeld = new Map<string, number[]>()
  const at = (number: number): Replica => all[number] ?? empty
  const known = (held: Replica['held']): ReadonlyArray<Sent> => held.flatMap((list) => list.flatMap((each) => entries[each] ?? []))

  const numberOf = (entry: Statement, by: number, counts: boolean): number => {
    const key = JSON.stringify(entry)
    const before = entryNumbers.get(key)
    if (before !== undefined) return before
    entryNumbers.set(key, entries.length)
    return entries.push({ entry, id: contentOf(entry).id ?? '', by, counts }) - 1
  }
  /** How many entries its author has made, this one among them. */
  const serial = (entry: number): number => Number(entries[entry]?.id.split('.').at(-1))

  const wrongWith = (of: Case, held: Replica['held']): Pick<Replica, 'wrong'> => {
    const property = wrongIn(of, known(held))
    if (property !== undefined) return { wrong: { property } }
    if (scope.duplicates !== true) return {}
    const again = held.flat().find((each) => {
      const one = entries[each]
      const repeated = one === undefined ? of.ledger : operations.take(of.ledger, one.entry)
      return repeated !== of.ledger && !alike(caseOf(repeated), of)
    })
    return again === undefined ? {} : { wrong: { property: 'duplicates', again } }
  }
  const take = (number: number, entry: number): number => {
    const reached = next[number]?.get(entry)
    if (reached !== undefined) return reached
    const [before, one] = [at(number), entries[entry]]
    if (one === undefined) return number
    const of = caseOf(operations.take(before.of.ledger, one.entry))
    const held = before.held.map((list, by) => (by === one.by ? [...list, entry].sort((a, b) => serial(a) - serial(b)) : list))
    const key = held.map((list) => list.join()).join(';')
    const same = byHeld.get(key) ?? []
    let found = same.find((other) => alike(at(other).of, of))
    if (found === undefined) {
      const [first] = same
      found = all.push({
        of, held, spent: before.spent + (one.counts ? 1 : 0), from: { replica: number, entry },
        ...(first === undefined ? {} : { unlike: first }), ...wrongWith(of, held),
      }) - 1
      next.push(new Map())
      byHeld.set(key, [...same, found])
    }
    next[number]?.set(entry, found)
    return found
  }

  /** What is the same in everything that somebody can send now. */
  const opening = ({ held, of }: Replica, place: number): Opening => {
    const by = names[place] ?? ''
    const others = names.filter((id) => id !== by)
    const engaged = others.filter((id) => of.state.members.get(id)?.engaged === true)
    const to = engaged.length > 0 ? engaged : others
    return { by, to, id: `${by}.${(held[place]?.length ?? 0) + 1}`, after: operations.cite(of.ledger, by, to) }
  }

  /** The messages that somebody may send in a state; whether terms may be proposed depends on the embargo of the case. */
  const messages = (replica: Replica, place: number, state: Participant, em: EmState): ReadonlyArray<number> => {
    const { after, by, id, to } = opening(replica, place)
    const { proposals, state: decided } = replica.of
    const terms = decided.inForce === undefined ? undefined : get(decided.proposals, decided.inForce)
    const unsigned = terms === undefined || terms.signed.has(by) ? [] : [terms.id]
    const last = proposals.at(-1)?.id
    const say = (said: ReadonlyArray<MessageType>, embargo?: EmbargoTerms): number =>
      numberOf({ message: { id, case: charter.case, from: by, to, types: said, at: AT, after, ...(embargo === undefined ? {} : { embargo }) } }, place, true)
    /** An answer to each of some proposals; where there is none, to the last that was made. */
    const answer = (said: ReadonlyArray<MessageType>, those: ReadonlyArray<Id>): ReadonlyArray<number> => {
      const about = those.length > 0 || last === undefined ? those : [last]
      return about.length === 0 ? [say(said)] : about.map((answers) => say(said, { id: `${id}.answer`, answers }))
    }
    const form = ({ context, types: said }: Permitted): ReadonlyArray<number> => {
      const [type] = said
      if (!said.every((one) => types.includes(one))) return []
      if (context?.existing === true) return terms === undefined ? [] : [say(said, { id: terms.id, existing: true })]
      if (context?.answers === true) return openIn(decided).map((answers) => say(said, { id: `${id}.answer`, answers }))
      if (context !== undefined) return []
      if (type === 'EP' || type === 'EV') return [say(said, { id: `${id}.terms`, end: END })]
      if (type === 'EA' || type === 'ER') return answer(said, [...openIn(decided), ...unsigned])
      return type === 'EC' || type === 'EJ' ? answer(said, openIn(decided)) : [say(said)]
    }
    const isProposal = (one: Permitted): boolean => one.types.includes('EP')
    const isAnswer = (one: Permitted): boolean => one.types.some((type) => types.includes(type) && (type === 'EA' || type === 'ER'))
    return [
      ...protocol.permitted({ ...state, em }).filter(isProposal).flatMap(form),
      ...protocol.permitted(state).filter((one) => !isProposal(one)).flatMap(form),
      // Who has not signed the terms in force may sign or decline them, as if they were only proposed.
      ...(unsigned.length > 0 && isInForce(state.em) ? protocol.permitted({ ...state, em: 'Proposed' }).filter(isAnswer).flatMap((one) => answer(one.types, unsigned)) : []),
    ]
  }
  const changes = (replica: Replica, place: number): ReadonlyArray<number> => {
    const { after, by, id } = opening(replica, place)
    const { members } = replica.of.state
    const change = (what: MembershipChange, index: number): ReadonlyArray<number> =>
      scope.changes?.includes(what) !== true ? []
        : [numberOf({ membership: { id, by, participant: names[index] ?? '', change: what, ...(what === 'joins' ? { roles: roles[index] ?? [] } : {}), at: AT, after } }, place, true)]
    return names.flatMap((other, index) => {
      if (other === by) return [...change('leaves', index), ...(members.get(by)?.withdrawn === true ? [] : change('withdraws', index))]
      if (members.get(other)?.engaged !== true) return change('joins', index)
      return by === charter.owner ? change('excluded', index) : []
    })
  }
  const acknowledgements = (replica: Replica, place: number, held: ReadonlyArray<Sent>): ReadonlyArray<number> => {
    const { after, by, id, to } = opening(replica, place)
    const paid = new Set(held.flatMap((one) => (one.by === place && 'message' in one.entry ? [one.entry.message.inReplyTo] : [])))
    return held.flatMap(({ by: author, counts, entry, id: cited }) => {
      const said = 'message' in entry && counts && author !== place && !paid.has(cited) ? entry.message.types : []
      const type = (['EK', 'CK'] as const).find((one) => messageTypes[one].acknowledges.some((each) => said.some((given) => given === each)))
      return type === undefined ? [] : [numberOf({ message: { id, case: charter.case, from: by, to, types: [type], at: AT, after, inReplyTo: cited } }, place, false)]
    })
  }
  /** What a manager may stamp next: what it has not stamped, and whose causes it has. */
  const stamps = (replica: Replica, place: number, held: ReadonlyArray<Sent>): ReadonlyArray<number> => {
    const { by, id } = opening(replica, place)
    const stamped = held.flatMap(({ entry }) => ('stamp' in entry ? [entry.stamp.entry] : []))
    const isReady = ({ entry, id: own }: Sent): boolean =>
      isDeciding(entry) && !stamped.includes(own) &&
      referencesOf(entry).every((cited) => stamped.includes(cited) || get(replica.of.ledger.graph.nodes, cited)?.deciding === false)
    return held.filter(isReady).map((one) => numberOf({ stamp: { id, by, entry: one.id, sequence: stamped.length + 1, at: AT } }, place, false))
  }

  /** Keeps what a function says of a replica and a place. */
  const keeping = <A>(work: (replica: Replica, place: number) => A): ((number: number, place: number) => A) => {
    const kept: A[] = []
    return (number, place) => (kept[number * names.length + place] ??= work(at(number), place))
  }
  const bits = (holds: (of: Case, id: Id) => boolean): ((number: number) => number) => {
    const mask = keeping(({ of }) => names.reduce((sum, id, place) => (of.state.members.has(id) && holds(of, id) ? sum | (1 << place) : sum), 0))
    return (number) => mask(number, 0)
  }
  const isEngaged = ({ of }: Replica, place: number): boolean => of.state.members.get(names[place] ?? '')?.engaged === true

  return {
    scope, charter, protocol, names, roles, take,
    count: () => all.length,
    replica: at,
    sent: (number) => entries[number],
    sends: keeping((replica, place) => {
      const own = isEngaged(replica, place) ? replica.of.participants.find(({ id }) => id === names[place]) : undefined
      return own === undefined ? [] : [...messages(replica, place, own, replica.of.state.em), ...changes(replica, place)]
    }),
    sendsIn: (state, number, place) => messages(at(number), place, state, state.em),
    answers: keeping((replica, place) => {
      const held = known(replica.held)
      return [
        ...(scope.acknowledgements === true && isEngaged(replica, place) ? acknowledgements(replica, place, held) : []),
        ...(charter.manager === names[place] ? stamps(replica, place, held) : []),
      ]
    }),
    stands: (number, entry) => {
      const { ledger } = at(number).of
      const node = get(ledger.graph.nodes, entries[entry]?.id ?? '')
      const step = node === undefined ? undefined : stepOf(ledger, node)
      return node?.deciding === false || node?.complete === false || (step !== undefined && step.void === undefined && step.illegal === undefined)
    },
    publishers: bits((of, id) => mayPublish(of, id).may),
    bound: bits(({ ledger, state }, id) =>
      isInForce(state.em) && state.members.get(id)?.withdrawn !== true && !entriesOf(ledger).some(saysPublic) &&
      [...forwards(state.proposals)].some(([, { signed, status }]) => (status === 'in force' || status === 'replaced') && signed.has(id))),
  }
}
