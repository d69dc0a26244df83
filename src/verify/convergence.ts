/**
 * Whether the case ledger makes participants agree, by exhaustion.
 *
 * Participants who act on messages as these arrive end in different states: a rejection crosses an acceptance, and each side
 * takes what came last for what holds. The ledger of `mpcvd/case` is there so that this cannot be. That is tried here in every
 * way that a scope allows: who sends what and when, as its own view of the case permits, and in which order it arrives at
 * each of the others. Nothing of the ledger is modelled: every arrival is a real `ingest` (`ledger-run.ts`).
 *
 * A global state is who holds what. States are met breadth first, so that what is found is shortest. While something is
 * under way, nobody may publish by its own replica who is bound, once all is known, by terms that it accepted. Where nothing
 * is under way, all must agree. A run that does otherwise is given as a case log with receipts, and in which order everybody
 * had its entries; {@link settledBy} plays such a script, and any other case log, with a ledger for everybody.
 *
 * What is not tried: entries that are lost for good or arrive in batches, two entries of one author under one id or at one
 * place, bundles other than CX with CP, and clocks; the tests of the ledger generate these. The file is long because what
 * must hold stands beside the walk that looks at it.
 *
 * @module
 */
import { type Case, caseOf } from '../case/case.js'
import { charterOf, headerOf } from '../case/charter.js'
import { authorOf, idOf } from '../case/entry.js'
import type { CaseFindingKind } from '../case/finding.js'
import type { EmState } from '../protocol/em.js'
import type { CaseLog, LogEntry, Statement } from '../protocol/log.js'
import type { Id } from '../protocol/message.js'
import { type Participant, start } from '../protocol/participant.js'
import { type LedgerOperations, ledgerOperations, type Replica, replicaProperties, type Replicas, replicas } from './ledger-run.js'
import type { LedgerScope } from './scope.js'
import { layout, store, type Store } from './store.js'

/**
 * What must hold:
 *
 * - `same case`: when nothing is under way, everybody has the same case ({@link agreedIn});
 * - `same state`: and is in the same state of the embargo and of what is public, each by its own replica, but for who came
 *   when terms were in force and has not signed them, and who has closed the report or is not in the case any more;
 * - `order`: the same entries make the same ledger and case, in whatever order they arrive;
 * - `publish`: who may publish by its own replica is not bound, once all that was sent is known, by terms that it accepted,
 *   unless somebody has said that the vulnerability or an exploit is public;
 * - `own word`: what a participant's own view permits, while nothing that it refers to is missing, is neither void nor illegal
 *   in its own ledger when it sends it;
 * - `one embargo`: one proposal is in force where the embargo is, and none where it is not;
 * - `consent`: nobody is bound by what it has neither proposed nor accepted;
 * - `causality`: nothing comes before what its author had seen, where no manager orders it;
 * - `duplicates`: what arrives a second time changes nothing.
 */
export const ledgerProperties = ['same case', 'same state', 'order', 'publish', 'own word', ...replicaProperties] as const

/** One of {@link ledgerProperties}. */
export type LedgerProperty = (typeof ledgerProperties)[number]

/** Entries in the order in which they were sent, and in which order everybody had them, its own among them. */
export interface Script {
  readonly log: CaseLog
  /** By participant. Where absent, the receipts of the log say; where it has none, everything arrives at once. */
  readonly arrivals?: Readonly<Record<Id, ReadonlyArray<Id>>>
}

/** How far an exploration came. */
export interface Explored {
  readonly scope: LedgerScope
  /** The global states that were met. */
  readonly states: number
  /** Those of them in which nothing is under way. */
  readonly runs: number
  /** The different sets of entries that somebody held; more, where one set made several ledgers. */
  readonly replicas: number
}

/** Whether a scope converges: that it does, the shortest run that does not, or, where the limit was reached, neither. */
export type Convergence = Explored & (
  | { readonly holds: true }
  | {
    readonly holds: false
    readonly property: LedgerProperty
    readonly log: CaseLog
    readonly arrivals: Readonly<Record<Id, ReadonlyArray<Id>>>
    /** Where it is the order that matters: another order of the entries that one participant holds, which makes another ledger. */
    readonly instead?: ReadonlyArray<Id>
  }
  | {
    /** Nothing is proved. */
    readonly holds: undefined
    /** All runs of fewer steps than this were tried. */
    readonly depth: number
  }
)

/** What participants of a case have to agree on. */
export interface Agreed {
  readonly em: EmState
  /** Everybody's own state of the embargo. */
  readonly members: ReadonlyArray<readonly [Id, EmState]>
  /** The proposal in force. */
  readonly terms: Id | undefined
  /** Those of P, X and A that are known to be so. */
  readonly public: string
  readonly findings: ReadonlyArray<readonly [Id, CaseFindingKind]>
}

/** What a case says of what its participants have to agree on. */
export const agreedIn = ({ findings, participants, state }: Case): Agreed => ({
  em: state.em,
  members: participants.map(({ em, id }) => [id, em]),
  terms: state.inForce,
  public: (['P', 'X', 'A'] as const).filter((fact) => state.facts[fact] !== undefined).join(''),
  findings: findings.map(({ entry, kind }) => [entry, kind]),
})

/** The states of participants that keep no ledger, by number. */
interface Folds {
  readonly state: (number: number) => Participant
  readonly numberOf: (state: Participant) => number
  /** The state after a message, sent or received; the same where the protocol refuses it. */
  readonly take: (number: number, entry: number) => number
}

const foldsOf = (run: Replicas): Folds => {
  const states: Participant[] = []
  const numbers = new Map<string, number>()
  const taken = new Map<string, number>()
  const numberOf = (state: Participant): number => {
    const key = `${state.id} ${state.rm} ${state.em} ${state.cs}`
    const known = numbers.get(key) ?? states.push(state) - 1
    numbers.set(key, known)
    return known
  }
  const state = (number: number): Participant => states[number] ?? start('', [])
  const step = (number: number, entry: Statement | undefined): number => {
    const result = entry !== undefined && 'message' in entry ? run.protocol.transition(state(number), entry.message) : undefined
    return result?._tag === 'Right' ? numberOf(result.right.state) : number
  }
  return {
    state, numberOf,
    take: (number, entry) => {
      const key = `${number} ${entry}`
      const next = taken.get(key) ?? step(number, run.sent(entry)?.entry)
      taken.set(key, next)
      return next
    },
  }
}

interface Violation {
  readonly property: LedgerProperty
  readonly state: number
  /** Whose replica shows it. */
  readonly place: number
}

/** What a walk through all global states found. */
interface Walk {
  readonly seen: Store
  readonly runs: number
  /** The states in which nothing is under way and participants are in different states: by their folds, and by their ledgers. */
  readonly folding: number
  readonly keeping: number
  readonly violation?: Violation
  /** The state at which the limit stopped it. */
  readonly stopped?: number
}

/** The embargo, and P, X and A, of a participant. */
const sharedIn = ({ cs, em }: Participant): string => `${em} ${cs.slice(-3)}`

const areSame = (all: ReadonlyArray<string>): boolean => all.every((one) => one === all[0])

/**
 * Meets all global states. The fields of a state are the replica of everybody by place, then that of somebody who has
 * everything when it is sent, then, where folds are compared, everybody's fold.
 */
const walk = (run: Replicas, folds: Folds | undefined, limit: number, wanted: ReadonlyArray<LedgerProperty>): Walk => {
  const { names, scope } = run
  const all = names.length
  const width = all + 1 + (folds === undefined ? 0 : all)
  const seen = store(layout(Array.from({ length: width }, () => 31)), Infinity)
  const at = new Int32Array(width)
  const next = new Int32Array(width)
  let number = 0
  const replicaOf = (place: number): Replica => run.replica(at[place] ?? 0)
  const foldOf = (place: number): number => at[all + 1 + place] ?? 0

  const cases = new Map<number, string>()
  const caseIn = (replica: number): string => {
    const known = cases.get(replica) ?? JSON.stringify(agreedIn(run.replica(replica).of))
    cases.set(replica, known)
    return known
  }
  const isSameCase = (): boolean => names.every((_, place) => at[place] === at[0] || caseIn(at[place] ?? 0) === caseIn(at[0] ?? 0))
  const isSameState = (): boolean =>
    areSame(names.flatMap((name, place) => {
      const own = replicaOf(place).of.participants.find(({ id }) => id === name)
      return own?.engaged !== true || own.newcomer || own.rm === 'Closed' ? [] : [sharedIn(own)]
    }))

  /** The state in which somebody has taken one more entry in, another's or its own. */
  const moved = (place: number, entry: number, own: boolean): number => {
    next.set(at)
    next[place] = run.take(at[place] ?? 0, entry)
    if (own) next[all] = run.take(at[all] ?? 0, entry)
    if (folds !== undefined) next[all + 1 + place] = folds.take(foldOf(place), entry)
    return seen.add(next, number)
  }
  /** Delivers what is under way; whether anything was. */
  const deliver = (): boolean => {
    let any = false
    for (let place = 0; place < all; place++)
      for (let author = 0; author < all; author++) {
        const made = replicaOf(all).held[author] ?? []
        const held = replicaOf(place).held[author] ?? []
        if (author === place || held.length === made.length) continue
        any = true
        const arriving = scope.channel === 'any' ? made.filter((entry) => !held.includes(entry)) : made.slice(held.length, held.length + 1)
        for (const entry of arriving) moved(place, entry, false)
      }
    return any
  }
  const suspects = new Map<number, Violation>()
  const send = (): void => {
    const mayGoOn = replicaOf(all).spent < scope.entries
    for (let place = 0; place < all; place++) {
      const own = at[place] ?? 0
      for (const entry of run.answers(own, place)) moved(place, entry, true)
      if (!mayGoOn) continue
      for (const entry of folds === undefined ? run.sends(own, place) : run.sendsIn(folds.state(foldOf(place)), own, place)) {
        const state = moved(place, entry, true)
        if (folds === undefined && !run.stands(run.take(own, entry), entry)) suspects.set(state < 0 ? ~state : state, { property: 'own word', state: state < 0 ? ~state : state, place })
      }
    }
  }
  let order: Violation | undefined
  /** What is wrong with the state, whatever is under way. */
  const wrong = (): Violation | undefined => {
    const suspect = suspects.get(number)
    if (suspect !== undefined && wanted.includes('own word')) return suspect
    const bound = wanted.includes('publish') ? run.bound(at[all] ?? 0) : 0
    for (let place = 0; place < all; place++) {
      const { unlike, wrong: own } = replicaOf(place)
      if (own !== undefined && wanted.includes(own.property)) return { property: own.property, state: number, place }
      if (unlike !== undefined && wanted.includes('order')) order ??= { property: 'order', state: number, place }
      if (bound !== 0 && (bound & run.publishers(at[place] ?? 0) & (1 << place)) !== 0) return { property: 'publish', state: number, place }
    }
    return undefined
  }
  let [runs, folding, keeping] = [0, 0, 0]
  /** What is wrong with the state, where nothing is under way. */
  const apart = (): Violation | undefined => {
    runs++
    const [sameCase, sameState] = [isSameCase(), isSameState()]
    if (!sameCase || !sameState) keeping++
    if (folds !== undefined && !areSame(names.map((_, place) => sharedIn(folds.state(foldOf(place)))))) folding++
    const property = !sameCase && wanted.includes('same case') ? 'same case' : !sameState && wanted.includes('same state') ? 'same state' : undefined
    return property === undefined ? undefined : { property, state: number, place: 0 }
  }
  const ended = (how: Pick<Walk, 'violation' | 'stopped'>): Walk => ({ seen, runs, folding, keeping, ...how })

  if (folds !== undefined) for (const [place, name] of names.entries()) at[all + 1 + place] = folds.numberOf(start(name, run.roles[place] ?? []))
  seen.add(at, 0)
  for (; number < seen.size(); number++) {
    if (seen.size() > limit) return ended({ stopped: number })
    seen.read(number, at)
    const violation = wrong() ?? (deliver() ? undefined : apart())
    if (violation !== undefined) return ended({ violation })
    send()
  }
  // Worse than an order that matters is what comes of it; so that is told only where nothing did.
  return ended(order === undefined ? {} : { violation: order })
}

/** The states of a run, first to last. */
const pathTo = (seen: Store, state: number): ReadonlyArray<number> => {
  const path = [state]
  for (let at = state; at !== 0; at = seen.parent(at)) path.push(seen.parent(at))
  return path.reverse()
}

/** A run as a script: what was sent and received, and in which order everybody had it. */
const scriptOf = (run: Replicas, seen: Store, { place: last, state }: Violation): Required<Script> & Pick<Convergence & { readonly holds: false }, 'instead'> => {
  const [before, after] = [new Int32Array(run.names.length), new Int32Array(run.names.length)]
  const arrivals = run.names.map((): Id[] => [])
  const entries: LogEntry[] = []
  const take = (place: number, number: number): void => {
    const one = run.sent(number)
    if (one === undefined) return
    arrivals[place]?.push(one.id)
    if (one.by === place) entries.push(one.entry)
    else if ('message' in one.entry) entries.push({ receipt: { message: one.id, by: run.names[place] ?? '' } })
  }
  for (const reached of pathTo(seen, state)) {
    seen.read(reached, after)
    for (const place of run.names.keys()) {
      const had = run.replica(before[place] ?? 0).held.flat()
      for (const number of run.replica(after[place] ?? 0).held.flat()) if (!had.includes(number)) take(place, number)
    }
    before.set(after)
  }
  const { unlike, wrong } = run.replica(before[last] ?? 0)
  if (wrong?.again !== undefined) take(last, wrong.again)
  const instead: Id[] = []
  for (let from = run.replica(unlike ?? 0).from; from !== undefined; from = run.replica(from.replica).from) instead.push(run.sent(from.entry)?.id ?? '')
  return {
    log: { header: { ...headerOf(run.charter), world: 'closed' }, entries },
    arrivals: Object.fromEntries(run.names.map((name, place) => [name, arrivals[place] ?? []])),
    ...(unlike === undefined ? {} : { instead: instead.reverse() }),
  }
}

/** What an exploration may be told. */
export interface ConvergenceOptions {
  /** The most global states that it meets; ten million where absent. */
  readonly limit?: number
  /** What is looked at; everything where absent. */
  readonly properties?: ReadonlyArray<LedgerProperty>
  readonly operations?: LedgerOperations
}

const LIMIT = 10_000_000

/** Tries every run of a scope. The same scope gives the same answer, to the byte. */
export const convergence = (scope: LedgerScope, { limit = LIMIT, operations, properties = ledgerProperties }: ConvergenceOptions = {}): Convergence => {
  const run = replicas(scope, operations)
  const { runs, seen, stopped, violation } = walk(run, undefined, limit, properties)
  const explored: Explored = { scope, states: seen.size(), runs, replicas: run.count() }
  if (stopped !== undefined) return { ...explored, holds: undefined, depth: pathTo(seen, stopped).length - 1 }
  return violation === undefined ? { ...explored, holds: true } : { ...explored, holds: false, property: violation.property, ...scriptOf(run, seen, violation) }
}

/** How often participants end in different states, without a ledger and with it. */
export interface Comparison extends Explored {
  /** Of the states in which nothing is under way, those where acting on messages as they arrive left participants in different states. */
  readonly without: number
  /** Those where their ledgers did, or say different things of the case. */
  readonly with: number
  /** Whether the limit did not stop it. */
  readonly complete: boolean
}

/**
 * Runs of participants without a ledger, each sending what the protocol permits in the state that its messages left it in,
 * and the same entries in the same order taken in by ledgers. What is proposed and open, these alone know.
 */
export const comparison = (scope: LedgerScope, { limit = LIMIT, operations }: Omit<ConvergenceOptions, 'properties'> = {}): Comparison => {
  const run = replicas(scope, operations)
  const { folding, keeping, runs, seen, stopped } = walk(run, foldsOf(run), limit, [])
  return { scope, states: seen.size(), runs, replicas: run.count(), without: folding, with: keeping, complete: stopped === undefined }
}

/** In which order everybody had the entries of a log. Only messages have receipts; what has none arrives at once. */
const arrivalsIn = ({ entries, header }: CaseLog): ReadonlyMap<Id, ReadonlyArray<Id>> => {
  const byReceipt = entries.some((entry) => 'receipt' in entry)
  const authors = entries.flatMap((entry) => ('receipt' in entry ? [entry.receipt.by] : 'observation' in entry ? [] : [authorOf(entry)]))
  const arrivals = new Map([...header.participants.map(({ id }) => id), ...authors].map((id): [Id, Id[]] => [id, []]))
  for (const entry of entries) {
    if ('receipt' in entry) arrivals.get(entry.receipt.by)?.push(entry.receipt.message)
    else if (byReceipt && 'message' in entry) arrivals.get(entry.message.from)?.push(entry.message.id)
    else for (const order of arrivals.values()) order.push(idOf(entry))
  }
  return arrivals
}

/** An entry with what its author had seen, where it does not say. */
const citing = (entry: Statement, cite: (by: Id, to: ReadonlyArray<Id>) => ReadonlyArray<Id>): Statement =>
  'message' in entry && entry.message.after === undefined ? { message: { ...entry.message, after: cite(entry.message.from, entry.message.to) } }
  : 'membership' in entry && entry.membership.after === undefined ? { membership: { ...entry.membership, after: cite(entry.membership.by, []) } }
  : entry

/**
 * Plays a script with a ledger for everybody: each takes entries in in its own order, and what it sends cites what it then
 * has, where the entry does not say. Gives everybody's case after all has arrived; what its order leaves out comes last.
 */
export const settledBy = ({ arrivals, log }: Script, operations: LedgerOperations = ledgerOperations): ReadonlyMap<Id, Case> => {
  const orders = arrivals === undefined ? arrivalsIn(log) : new Map(Object.entries(arrivals))
  const everybody = new Set([...log.header.participants.map(({ id }) => id), ...orders.keys()])
  const players = new Map([...everybody].map((who) => [who, { ledger: operations.open(charterOf(log.header)), had: new Set<Id>(), order: orders.get(who) ?? [] }]))
  const sent = new Map<Id, Statement>()
  const take = (who: Id, id: Id): void => {
    const [player, entry] = [players.get(who), sent.get(id)]
    if (player === undefined || entry === undefined) return
    player.had.add(id)
    player.ledger = operations.take(player.ledger, entry)
  }
  for (const entry of log.entries) {
    if ('receipt' in entry) continue
    const [id, author] = [idOf(entry), authorOf(entry)]
    const player = players.get(author)
    if (player !== undefined) {
      const own = player.order.indexOf(id)
      for (const earlier of player.order.slice(0, Math.max(0, own))) take(author, earlier)
      player.order = player.order.slice(own + 1)
    }
    sent.set(id, citing(entry, (by, to) => (player === undefined ? [] : operations.cite(player.ledger, by, to))))
    take(author, id)
  }
  for (const [who, { had, order }] of players) {
    for (const id of order) take(who, id)
    for (const id of sent.keys()) if (!had.has(id)) take(who, id)
  }
  return new Map([...players].map(([id, { ledger }]) => [id, caseOf(ledger)]))
}
