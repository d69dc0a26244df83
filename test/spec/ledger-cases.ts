/**
 * Random cases for the ledger: participants with replicas of their own, who know only what reached them, and who mostly
 * are honest. Everything follows from a setup and a list of moves, so that a case shrinks by losing moves.
 */
import fc from 'fast-check'
import { contentOf, type LocalEvent, type MembershipChange, type ObservedEvent, type Statement } from '../../src/protocol/log.js'
import type { EmbargoTerms, Message, MessageType } from '../../src/protocol/message.js'
import type { Role } from '../../src/protocol/participant.js'
import type { Charter } from './ledger.js'

export interface RandomCase {
  readonly charter: Charter
  /** In the order in which they were made. */
  readonly entries: ReadonlyArray<Statement>
  /** The same, in another order, some of them twice. */
  readonly shuffled: ReadonlyArray<Statement>
  /** `shuffled`, in the portions in which a replica might get it. */
  readonly batches: ReadonlyArray<ReadonlyArray<Statement>>
}

const names = ['ada', 'bob', 'cyd', 'dan', 'eve', 'fay', 'gus', 'hal']
const guests = ['yan', 'zed']
const stranger = 'mal'
const roleChoices: ReadonlyArray<ReadonlyArray<Role>> = [
  ['finder', 'reporter'], ['vendor'], ['coordinator'], ['vendor', 'deployer'], ['deployer'], ['observer'],
]

interface Setup {
  readonly size: number
  readonly decision: Charter['decision']
  readonly managed: boolean
  readonly published: boolean
  /** 0: none; otherwise the place of the owner or manager among the participants; beyond them, somebody outside. */
  readonly owner: number
  readonly manager: number
  readonly turn: number
  /** How often somebody does not behave, in percent of the moves. */
  readonly mischief: number
  /** How often something is late or lost, in percent. */
  readonly late: number
  readonly salt: number
}

interface Move {
  readonly who: number
  readonly salt: number
}

/** A small generator of numbers, so that one salt makes many choices. */
const dice = (salt: number): ((sides: number) => number) => {
  let state = (salt ^ 0x9e3779b9) >>> 0
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
}

const idOf = (entry: Statement): string => contentOf(entry).id ?? ''
const authorOf = (entry: Statement): string => {
  const content = contentOf(entry)
  return 'from' in content ? content.from : 'by' in content ? content.by : ''
}
const referencesOf = (entry: Statement): string[] => {
  const content = contentOf(entry)
  return [...('after' in content ? (content.after ?? []) : []), ...('inReplyTo' in content ? [content.inReplyTo] : [])]
}
const decides = (entry: Statement): boolean =>
  'membership' in entry ||
  ('message' in entry &&
    entry.message.types.some(
      (type) => type.startsWith('E') || ['CP', 'CX', 'CA', 'RC'].includes(type) || (type === 'RS' && entry.message.embargo?.answers !== undefined),
    ))

/** What somebody takes the case to be, from what it has, in the order in which it came: good enough to act plausibly. */
interface Impression {
  em: 'None' | 'Proposed' | 'Active' | 'Revise' | 'Exited'
  readonly proposals: Map<string, { readonly by: string; readonly signed: Set<string>; open: boolean }>
  terms: string | undefined
  isPublic: boolean
  readonly engaged: Set<string>
  readonly gone: Set<string>
  /** Who joined, and has not answered an offer. */
  readonly fresh: Set<string>
  readonly offered: Set<string>
}

const impressionOf = (charter: Charter, has: ReadonlyArray<Statement>): Impression => {
  const seen: Impression = {
    em: 'None', proposals: new Map(), terms: undefined, isPublic: false,
    engaged: new Set(charter.participants.map((one) => one.id)), gone: new Set(), fresh: new Set(), offered: new Set(),
  }
  const close = (): void => seen.proposals.forEach((one) => { one.open = false })
  for (const entry of has) {
    if ('membership' in entry) {
      const { change, participant } = entry.membership
      if (change === 'joins') {
        seen.engaged.add(participant)
        seen.gone.delete(participant)
        seen.fresh.add(participant)
      } else if (change === 'leaves' || change === 'excluded') {
        seen.engaged.delete(participant)
        seen.gone.add(participant)
      }
    }
    if (!('message' in entry)) continue
    const { from, to, types, embargo, id } = entry.message
    if (types.includes('RC')) {
      seen.engaged.delete(from)
      seen.gone.add(from)
    }
    for (const type of types) {
      const open = [...seen.proposals].filter(([, one]) => one.open)
      const named = embargo?.answers ?? (type === 'EA' && embargo?.existing === true ? seen.terms : open[0]?.[0])
      const one = named === undefined ? undefined : seen.proposals.get(named)
      if (type === 'EP' && embargo?.existing === true) to.forEach((whom) => seen.offered.add(whom))
      else if ((type === 'EP' && (seen.em === 'None' || seen.em === 'Proposed')) || (type === 'EV' && (seen.em === 'Active' || seen.em === 'Revise'))) {
        seen.proposals.set(embargo?.id ?? id, { by: from, signed: new Set([from]), open: true })
        seen.em = type === 'EP' ? 'Proposed' : 'Revise'
      } else if ((type === 'EA' || type === 'EC' || (type === 'RS' && embargo?.answers !== undefined)) && one !== undefined) {
        one.signed.add(from)
        seen.fresh.delete(from)
        const enough =
          charter.decision === 'first' ? one.signed.size > 1
          : charter.decision === 'owner' ? charter.owner !== undefined && one.signed.has(charter.owner) && one.signed.size > 1
          : [...seen.engaged].every((whom) => one.signed.has(whom))
        if (one.open && enough) {
          close()
          seen.em = 'Active'
          seen.terms = named
        }
      } else if ((type === 'ER' || type === 'EJ') && one?.open === true && (charter.decision !== 'owner' || from === charter.owner || from === one.by)) {
        one.open = false
        if (![...seen.proposals.values()].some((other) => other.open)) seen.em = seen.em === 'Revise' ? 'Active' : seen.em === 'Proposed' ? 'None' : seen.em
      } else if (type === 'ET' || type === 'CP' || type === 'CX' || type === 'CA') {
        if (type !== 'ET') seen.isPublic = true
        close()
        seen.em = seen.em === 'None' || seen.em === 'Proposed' ? 'None' : 'Exited'
      }
    }
  }
  return seen
}

/** Two weights and what they stand for; a weight of nothing leaves its choice out. */
type Choice = readonly [weight: number, make: () => Statement]

const simulate = (setup: Setup, moves: ReadonlyArray<Move>): RandomCase => {
  const people = names.slice(0, setup.size)
  const outside = 'org'
  const office = (place: number): string | undefined => (place === 0 ? undefined : (people[place - 1] ?? outside))
  const owner = office(setup.decision === 'owner' && setup.owner === 0 ? 1 : setup.owner)
  const manager = office(setup.managed && setup.manager === 0 ? 1 : setup.manager)
  const charter: Charter = {
    case: 'c1',
    protocol: setup.published ? 'published@1' : 'adopted@1',
    participants: [...people, ...(owner === outside || manager === outside ? [outside] : [])].map((id, index) => ({ id, roles: roleChoices[(index + setup.turn) % roleChoices.length] ?? ['observer'] })),
    ...(owner === undefined ? {} : { owner }),
    ...(manager === undefined ? {} : { manager }),
    decision: setup.decision,
    order: setup.managed ? 'manager' : 'causal',
  }
  const everybody = [...people, ...guests, outside, stranger]
  const replicas = new Map<string, Statement[]>(everybody.map((id) => [id, []]))
  const replica = (id: string): Statement[] => replicas.get(id) ?? []
  const under: { readonly due: number; readonly to: string; readonly entry: Statement }[] = []
  const entries: Statement[] = []
  const dropped = new Set<string>()
  let stamped = 0

  const give = (to: string, entry: Statement): void => {
    const has = replica(to)
    if (!has.includes(entry)) has.push(entry)
  }

  /** Section 9, point 2: the own previous entry, the own previous deciding entry, and the latest deciding entries. */
  const afterOf = (who: string, has: ReadonlyArray<Statement>): string[] => {
    const own = has.filter((entry) => authorOf(entry) === who && !('stamp' in entry))
    const deciding = has.filter(decides)
    const cited = new Set(deciding.flatMap((entry) => referencesOf(entry)))
    const heads = deciding.filter((entry) => !cited.has(idOf(entry)) || deciding.some((other) => other !== entry && idOf(other) === idOf(entry)))
    return [...new Set([...own.slice(-1), ...own.filter(decides).slice(-1), ...heads].map(idOf))]
  }

  moves.forEach((move, index) => {
    const roll = dice(move.salt)
    for (const parcel of under) if (parcel.due === index) give(parcel.to, parcel.entry)

    const mischievous = roll(100) < setup.mischief
    const trick = mischievous ? roll(8) : -1
    const stampsNow = setup.managed && manager !== undefined && roll(100) < 40
    const guestsIn = guests.filter((guest) => replica(guest).length > 0)
    const actors = [...people, ...guestsIn, ...guestsIn, ...(roll(12) === 0 && (owner === outside || manager === outside) ? [outside] : [])]
    const who = trick === 0 ? stranger : stampsNow ? manager : (actors[move.who % actors.length] ?? 'ada')
    const all = replica(who)
    const has = trick === 1 ? withoutLatest(who, all, 1 + roll(3)) : all
    const id = `e${index}`
    const at = `2026-01-${String(5 + (index % 20)).padStart(2, '0')}T10:00:00Z`
    const seen = impressionOf(charter, all)
    const open = [...seen.proposals].filter(([, one]) => one.open)
    const others = [...seen.engaged].filter((one) => one !== who)
    const pick = <A>(from: ReadonlyArray<A>): A | undefined => (from.length === 0 ? undefined : from[roll(from.length)])

    const after = ((): { readonly after?: ReadonlyArray<string> } => {
      const list = afterOf(who, has)
      if (trick === 2) return {}
      if (trick === 3) list.push(`e${index + 1 + roll(2)}`)
      if (trick === 4) list.push(`gone${roll(3)}`)
      return list.length === 0 ? {} : { after: list }
    })()
    const recipients = (): string[] => {
      const some = roll(8) === 0 ? others.filter(() => roll(2) === 0) : others
      return some.length > 0 ? some : others.length > 0 ? others : people.filter((one) => one !== who).slice(0, 1)
    }
    const send = (types: ReadonlyArray<MessageType>, embargo?: EmbargoTerms, more: Partial<Message> = {}): Statement => ({
      message: {
        id, case: trick === 7 && roll(4) === 0 ? 'c2' : charter.case, from: who, to: recipients(), types, at, ...after,
        ...(embargo === undefined ? {} : { embargo }), ...more,
      },
    })
    const answer = (types: ReadonlyArray<MessageType>, named: string | undefined): Statement =>
      send(
        types,
        named === undefined ? undefined : { id: roll(2) === 0 ? named : `${id}.answer`, answers: named },
        roll(12) === 0 ? lastReference(all, roll) : {},
      )
    const propose = (types: ReadonlyArray<MessageType>, more: Partial<EmbargoTerms> = {}): Statement =>
      roll(10) === 0 && more.answers === undefined ? send(types) : send(types, { id: roll(40) === 0 ? (pick([...seen.proposals.keys()]) ?? `x${index}`) : `x${index}`, ...more })
    const member = (change: MembershipChange, participant: string): Statement => ({
      membership: {
        id, by: who, participant, change, at, ...after,
        ...(change === 'joins' || change === 'roles' ? { roles: change === 'joins' ? (['vendor'] satisfies Role[]) : (pick(roleChoices) ?? ['observer']) } : {}),
      },
    })
    const theirs = open.filter(([, one]) => !one.signed.has(who)).map(([name]) => name)
    const mine = open.filter(([, one]) => one.by === who).map(([name]) => name)
    const past = [...seen.proposals].filter(([name, one]) => !one.open && name !== seen.terms).map(([name]) => name)
    const unsigned = seen.terms !== undefined && seen.proposals.get(seen.terms)?.signed.has(who) !== true
    const inForce = seen.em === 'Active' || seen.em === 'Revise'
    const freshOnes = [...seen.fresh].filter((one) => one !== who && !seen.offered.has(one))
    const isOffice = who === owner || who === manager
    const named = (of: ReadonlyArray<string>): string | undefined => (roll(6) === 0 && open.length === 1 ? undefined : pick(of))

    const content: ReadonlyArray<Choice> = [
      [3, () => send(['RS'])], [4, () => send(['RV'])], [4, () => send(['RA'])], [2, () => send(['RD'])], [1, () => send(['RI'])],
      [3, () => send(['RK'], undefined, lastReference(all, roll))], [2, () => send(['CV'])], [1, () => send(['CF'])], [1, () => send(['GI'])],
      [5, () => ({ local: { id, by: who, at, ...after, event: pick(localChoices) ?? 'validate' } })],
      [1, () => ({ local: { id, by: who, at, ...after, event: pick(['learn P', 'learn X', 'learn A'] as const) ?? 'learn P' } })],
      [1, () => ({ observation: { id, event: pick(observedChoices) ?? 'P', at, ...after, source: 'a list', about: pick(people) ?? 'ada' } })],
      [1, () => ({ correction: { id, by: who, of: idOf(pick(all) ?? send(['GI'])), change: 'corrects', at, ...after, note: 'a typing error' } })],
    ]
    const choices: ReadonlyArray<Choice> = [
      ...content,
      // Embargoes.
      [seen.em === 'None' ? 45 : seen.em === 'Proposed' ? 5 : 1, () => propose(roll(3) === 0 ? ['RS', 'EP'] : ['EP'])],
      [theirs.length > 0 && seen.em === 'Proposed' ? 60 : 0, () => answer(['EA'], named(theirs))],
      [theirs.length > 0 && seen.em === 'Proposed' ? 6 : 0, () => answer(['RS'], pick(theirs))],
      [theirs.length > 0 && seen.em === 'Proposed' ? 5 : 0, () => answer(['ER'], named(theirs))],
      [theirs.length > 0 && seen.em === 'Proposed' ? 3 : 0, () => propose(['ER', 'EP'], { answers: pick(theirs) ?? '' })],
      [theirs.length > 0 && seen.em === 'Proposed' ? 2 : 0, () => propose(['EP'], { answers: pick(theirs) ?? '' })],
      [mine.length > 0 ? 2 : 0, () => answer([seen.em === 'Revise' ? 'EC' : 'EA'], pick(mine))],
      [mine.length > 0 ? 2 : 0, () => answer([seen.em === 'Revise' ? 'EJ' : 'ER'], pick(mine))],
      [seen.em === 'Active' ? 25 : seen.em === 'Revise' ? 5 : 1, () => propose(['EV'])],
      [theirs.length > 0 && seen.em === 'Revise' ? 50 : 0, () => answer(['EC'], named(theirs))],
      [theirs.length > 0 && seen.em === 'Revise' ? 9 : 0, () => answer(['EJ'], named(theirs))],
      [theirs.length > 0 && seen.em === 'Revise' ? 3 : 0, () => propose(['EJ', 'EV'], { answers: pick(theirs) ?? '' })],
      [inForce && freshOnes.length > 0 ? 40 : inForce ? 2 : 0, () => send(['EP'], { id: seen.terms ?? 'none', existing: true }, { to: freshOnes.length > 0 ? freshOnes : recipients() })],
      [inForce && unsigned ? 15 : 0, () => answer([roll(4) === 0 ? 'EC' : 'EA'], seen.terms)],
      [inForce && unsigned ? 3 : 0, () => send(['EA'], { id: `${id}.answer`, existing: true })],
      [inForce && unsigned ? 3 : 0, () => answer(['ER'], seen.terms)],
      [inForce ? 3 : 1, () => send(['ET'])],
      [past.length > 0 ? 4 : 0, () => answer([pick(['EA', 'EC', 'RS', 'ER'] as const) ?? 'EA'], pick(past))],
      [1, () => answer([pick(['EA', 'EC', 'RS', 'ER', 'EJ'] as const) ?? 'EA'], 'nowhere')],
      [1, () => send([pick(['EA', 'EC', 'ER', 'EJ', 'EK', 'EE'] as const) ?? 'EA'])],
      [2, () => send(['EK'], undefined, lastReference(all, roll))],
      // Facts and farewells.
      [seen.isPublic ? 1 : 2, () => send(['CP'])], [1, () => send(['CX', 'CP'])], [1, () => send(['CA'])], [seen.isPublic ? 1 : 0, () => send(['CX'])],
      [inForce && theirs.length === 0 ? 1 : 0, () => send(['EV', 'CP'], { id: `x${index}` })],
      [all.length > 8 ? 3 : 0, () => send(['RC'])], [all.length > 8 ? 1 : 0, () => answer(['RC', 'ER'], pick(theirs))],
      // Memberships.
      [guests.some((guest) => !seen.engaged.has(guest)) ? 4 : 0, () => member('joins', pick(guests.filter((guest) => !seen.engaged.has(guest))) ?? 'zed')],
      [seen.gone.size > 0 ? 8 : 0, () => member('joins', pick([...seen.gone]) ?? 'zed')],
      [1, () => member('joins', pick(everybody.slice(0, -1)) ?? 'zed')],
      [all.length > 6 ? 2 : 0, () => member('leaves', who)],
      [isOffice ? 3 : 1, () => member('leaves', pick(others) ?? 'ada')],
      [isOffice ? 3 : 1, () => member('excluded', pick(others) ?? 'ada')],
      [1, () => member('roles', roll(2) === 0 ? who : (pick(others) ?? who))],
      [inForce ? 2 : 1, () => member('withdraws', roll(3) === 0 ? (pick(others) ?? who) : who)],
      // Stamps of impostors.
      [setup.managed ? 2 : 1, () => ({ stamp: { id, by: who, entry: idOf(pick(all) ?? send(['GI'])), sequence: 1 + roll(9), at } })],
    ]
    const stamp = (): Statement | undefined => {
      const numbered = new Set(all.flatMap((entry) => ('stamp' in entry && entry.stamp.by === who ? [entry.stamp.entry] : [])))
      const free = all.filter((entry) => !('stamp' in entry) && !numbered.has(idOf(entry)) && (decides(entry) || roll(8) === 0))
      const next = (roll(5) === 0 ? pick(free) : free[0]) ?? undefined
      if (next === undefined) return undefined
      const wild = roll(20)
      const sequence = wild === 0 ? Math.max(1, stamped) : wild === 1 ? stamped + 2 : ++stamped
      return { stamp: { id, by: who, entry: idOf(wild === 2 ? (pick(all) ?? next) : next), sequence, at } }
    }
    const made = (stampsNow && trick !== 0 ? stamp() : undefined) ?? choose(choices, roll)
    const before = trick === 5 ? pick(all.filter((entry) => authorOf(entry) === who && contentOf(entry).id !== undefined)) : undefined
    // A reused id: mostly the old entry with another text, sometimes something else altogether.
    const entry = before === undefined ? made : renamed(roll(3) === 0 ? made : withNote(before, `other ${index}`), idOf(before))
    entries.push(entry)
    if (trick === 6) dropped.add(idOf(entry))

    give(who, entry)
    for (const other of everybody) {
      if (other === who || other === stranger || (guests.includes(other) && replica(other).length === 0)) continue
      if (roll(100) >= setup.late) give(other, entry)
      else if (roll(3) > 0) under.push({ due: index + 1 + roll(8), to: other, entry })
    }
    if (trick === 0 || roll(20) === 0) for (const one of entries) give(stranger, one)
    // Who joins is told what whoever brought it in knows.
    if ('membership' in entry && entry.membership.change === 'joins') for (const one of replica(who)) give(entry.membership.participant, one)
  })

  const kept = entries.filter((entry) => !dropped.has(idOf(entry)))
  const roll = dice(setup.salt)
  const shuffled = [...kept, ...kept.filter(() => roll(5) === 0)]
    .map((entry) => ({ entry, key: roll(1_000_000) }))
    .sort((a, b) => a.key - b.key)
    .map(({ entry }) => entry)
  const batches: Statement[][] = []
  for (let from = 0; from < shuffled.length; ) {
    const size = 1 + roll(6)
    batches.push(shuffled.slice(from, from + size))
    from += size
  }
  return { charter, entries: kept, shuffled, batches }
}

const localChoices: ReadonlyArray<LocalEvent> = ['discover', 'aware', 'validate', 'accept', 'defer', 'ready', 'deployed', 'expire', 'close']
const observedChoices: ReadonlyArray<ObservedEvent> = ['P', 'V', 'F', 'rm.accept', 'em.terminate']

const choose = (choices: ReadonlyArray<Choice>, roll: (sides: number) => number): Statement => {
  let left = roll(choices.reduce((sum, [weight]) => sum + weight, 0))
  for (const [weight, make] of choices) {
    if (left < weight) return make()
    left -= weight
  }
  throw new Error('no choice')
}

/** What somebody has, without its own latest deciding entries and all that knows of them: what it pretends when it forks. */
const withoutLatest = (who: string, has: ReadonlyArray<Statement>, count: number): Statement[] => {
  const hidden = new Set(has.filter((entry) => authorOf(entry) === who && decides(entry)).slice(-count).map(idOf))
  for (let size = -1; size !== hidden.size; ) {
    size = hidden.size
    for (const entry of has) if (referencesOf(entry).some((id) => hidden.has(id))) hidden.add(idOf(entry))
  }
  return has.filter((entry) => !hidden.has(idOf(entry)))
}

const lastReference = (has: ReadonlyArray<Statement>, roll: (sides: number) => number): Partial<Message> => {
  const messages = has.filter((entry) => 'message' in entry).slice(-3)
  const cited = messages[roll(Math.max(1, messages.length))]
  return cited === undefined ? {} : { inReplyTo: idOf(cited) }
}

const withNote = (entry: Statement, note: string): Statement =>
  'message' in entry ? { message: { ...entry.message, note } }
  : 'local' in entry ? { local: { ...entry.local, note } }
  : 'membership' in entry ? { membership: { ...entry.membership, note } }
  : 'observation' in entry ? { observation: { ...entry.observation, note } }
  : 'stamp' in entry ? { stamp: { ...entry.stamp, note } }
  : { correction: { ...entry.correction, note } }

const renamed = (entry: Statement, id: string): Statement =>
  'message' in entry ? { message: { ...entry.message, id } }
  : 'local' in entry ? { local: { ...entry.local, id } }
  : 'membership' in entry ? { membership: { ...entry.membership, id } }
  : 'observation' in entry ? { observation: { ...entry.observation, id } }
  : 'stamp' in entry ? { stamp: { ...entry.stamp, id } }
  : { correction: { ...entry.correction, id } }

const setup: fc.Arbitrary<Setup> = fc.record({
  size: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 2, max: 3 }) }, { weight: 3, arbitrary: fc.integer({ min: 4, max: 5 }) }, { weight: 1, arbitrary: fc.integer({ min: 6, max: 8 }) }),
  decision: fc.oneof(
    { weight: 5, arbitrary: fc.constant('first' as const) }, { weight: 3, arbitrary: fc.constant('unanimous' as const) }, { weight: 2, arbitrary: fc.constant('owner' as const) },
  ),
  managed: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  published: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  owner: fc.integer({ min: 0, max: 4 }),
  manager: fc.integer({ min: 0, max: 4 }),
  turn: fc.integer({ min: 0, max: 5 }),
  mischief: fc.constantFrom(0, 0, 3, 10, 25),
  late: fc.constantFrom(0, 5, 20, 50),
  salt: fc.nat(),
})

/** Cases of 2 to 8 participants, of 5 to 40 entries (fewer where mischief dropped some). */
export const arbitraryCase: fc.Arbitrary<RandomCase> = fc
  .tuple(setup, fc.array(fc.record({ who: fc.nat(839), salt: fc.nat() }), { minLength: 5, maxLength: 40, size: 'max' }))
  .map(([chosen, moves]) => simulate(chosen, moves))
