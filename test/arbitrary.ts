/**
 * What the tests share: arbitraries of participants, messages and conversations, the hand transcriptions of `test/spec/`
 * as lines, and a deep freeze. Nothing here comes to a verdict.
 */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { isLeft } from 'fp-ts/Either'
import {
  bundleRank, type CaseLog, caseMachine, type CaseState, em, type EmbargoTerms, type LocalEvent, type LogEntry, type Message,
  type MessageType, messageTypeList, type Outcome, type Participant, type Permitted, type Protocol, reply, rm, type Role, roles,
  shapeOf, start,
} from 'mpcvd'

/** The lines of a hand transcription, without comments and blank lines. */
export const transcription = (name: string): ReadonlyArray<string> =>
  readFileSync(new URL(`./spec/${name}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))

/** Freezes a value and everything in it, and gives it back. */
export const deepFreeze = <A>(value: A): A => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}

/** All 63 sets of roles that a participant can hold, each in the order of `roles`. */
export const roleSets: ReadonlyArray<ReadonlyArray<Role>> = Array.from({ length: 63 }, (_, index) =>
  roles.filter((_role, bit) => ((index + 1) >> bit) % 2 === 1),
)

/** Every case state that fits roles. */
export const caseStatesOf = (held: ReadonlyArray<Role>): ReadonlyArray<CaseState> => caseMachine[shapeOf(held)].states

/** Every participant that can be written down, of one set of roles. */
export const everyParticipant = (held: ReadonlyArray<Role>, id = 'self'): ReadonlyArray<Participant> =>
  rm.states.flatMap((rmState) =>
    em.states.flatMap((emState) => caseStatesOf(held).map((cs) => ({ id, roles: held, rm: rmState, em: emState, cs }))),
  )

/** Whether a case state may only be passed through: an exploit is public and the vulnerability is not, or the public knows and the vendor does not. */
export const isEphemeral = (state: string): boolean => state.includes('pX') || (state.includes('v') && state.includes('P'))

/** Any participant in any state that its roles can have, reachable or not. */
export const participant = (id = 'self'): fc.Arbitrary<Participant> =>
  fc.constantFrom(...roleSets).chain((held) =>
    fc.record({
      id: fc.constant(id),
      roles: fc.constant(held),
      rm: fc.constantFrom(...rm.states),
      em: fc.constantFrom(...em.states),
      cs: fc.constantFrom(...caseStatesOf(held)),
    }),
  )

/** Sorts types into the order in which a bundle has them; equal ranks stay as they are. */
export const inBundleOrder = (types: ReadonlyArray<MessageType>): ReadonlyArray<MessageType> =>
  [...types].sort((a, b) => bundleRank[a] - bundleRank[b])

/** Well-formed bundles of one to four types; half of them of one. */
export const bundle: fc.Arbitrary<ReadonlyArray<MessageType>> = fc.oneof(
  fc.constantFrom(...messageTypeList).map((type) => [type]),
  fc.shuffledSubarray([...messageTypeList], { minLength: 2, maxLength: 4 }).map(inBundleOrder),
)

const terms: fc.Arbitrary<EmbargoTerms> = fc.record(
  { id: fc.constantFrom('e1', 'e2'), answers: fc.constantFrom('e1', 'e3'), existing: fc.boolean() },
  { requiredKeys: ['id'] },
)

/** Messages between given parties, with everything in them that can decide what they do. */
export const message = (from: string, to: ReadonlyArray<string>): fc.Arbitrary<Message> =>
  fc.record(
    {
      id: fc.constant('m1'),
      case: fc.constant('c1'),
      from: fc.constant(from),
      to: fc.constant(to),
      types: bundle,
      at: fc.constant('2026-01-01'),
      inReplyTo: fc.constant('m0'),
      subject: fc.constantFrom(from, 'somebody else'),
      cause: fc.constantFrom('own' as const, 'observed' as const),
      embargo: terms,
    },
    { requiredKeys: ['id', 'case', 'from', 'to', 'types', 'at'] },
  )

/** One decision in a conversation, as numbers that are read modulo what is possible then. */
export interface Choice {
  readonly act: number
  readonly who: number
  readonly what: number
  readonly besides: number
  readonly to: number
}

/** Two to four participants, and the decisions that they take. */
export interface Plan {
  readonly cast: ReadonlyArray<ReadonlyArray<Role>>
  readonly choices: ReadonlyArray<Choice>
}

const number = fc.nat(1000)

/** Plans of up to `maxLength` decisions, as long as that as often as not. */
export const plan = (maxLength: number): fc.Arbitrary<Plan> =>
  fc.record({
    cast: fc
      .array(fc.constantFrom(...roleSets), { minLength: 1, maxLength: 3 })
      .map((others) => [['finder', 'reporter'] as ReadonlyArray<Role>, ...others]),
    choices: fc.array(fc.record({ act: number, who: number, what: number, besides: number, to: number }), { maxLength, size: 'max' }),
  })

/** One step of a conversation as it was played: who did what, from which state. */
export interface Played {
  readonly entry: number
  readonly before: Participant
  readonly outcome: Outcome
}

/** A conversation: the log that records it, and what its own small network saw. */
export interface Conversation {
  readonly log: CaseLog
  readonly steps: ReadonlyArray<Played>
  readonly ends: ReadonlyArray<Participant>
}

const at = '2026-01-01'

const contextOf = (option: Permitted, others: ReadonlyArray<string>, id: string): Partial<Message> => ({
  ...(option.context?.subject === 'other' ? { subject: others[0] ?? '' } : {}),
  ...(option.context?.existing === true ? { embargo: { id: `e-${id}`, existing: true } } : {}),
  ...(option.context?.answers === true ? { embargo: { id: `e-${id}`, answers: 'e0' } } : {}),
})

/** What ends a conversation, or an embargo, is offered to one decision in eight, so that the others come to something. */
const ending: ReadonlyArray<string> = ['CP', 'CX', 'CA', 'RC', 'ET', 'ER', 'learn P', 'learn X', 'learn A', 'close', 'expire']

/**
 * Plays a plan: each decision is a permitted send (one type or a bundle of two), a permitted local step, the payment of
 * what is due, or, where delivery is by receipt, the arrival of any message under way. Decisions that nobody can take
 * are passed over, so every conversation is valid.
 */
export const converse = (protocol: Protocol, { cast, choices }: Plan, delivery: 'at once' | 'by receipt'): Conversation => {
  const ids = cast.map((_, index) => `p${index}`)
  const states = new Map(cast.map((held, index) => [`p${index}`, start(`p${index}`, held)]))
  const entries: LogEntry[] = []
  const steps: Played[] = []
  const due: { readonly from: string; readonly messages: () => ReadonlyArray<Message> }[] = []
  const underWay: { readonly message: Message; readonly to: string }[] = []

  const take = (id: string, step: (state: Participant) => ReturnType<Protocol['transition']>, occasion: Parameters<typeof reply>[1]): boolean => {
    const before = states.get(id)
    const result = before === undefined ? undefined : step(before)
    if (before === undefined || result === undefined || isLeft(result)) return false
    states.set(id, result.right.state)
    steps.push({ entry: entries.length, before, outcome: result.right })
    due.push({ from: id, messages: () => reply(result.right, occasion, { id: `${occasion.id}/${id}`, at, engaged: ids }) })
    return true
  }
  const arrive = (message: Message, to: string): void => {
    take(to, (state) => protocol.transition(state, message), message)
  }
  const send = (message: Message): boolean => {
    if (!take(message.from, (state) => protocol.transition(state, message), message)) return false
    if (delivery === 'at once') for (const to of message.to) arrive(message, to)
    else underWay.push(...message.to.map((to) => ({ message, to })))
    entries.push({ message })
    return true
  }
  const pick = <A>(from: ReadonlyArray<A>, index: number): A | undefined => from[index % Math.max(from.length, 1)]

  for (const choice of choices) {
    const id = pick(ids, choice.who) ?? ''
    const state = states.get(id)
    if (state === undefined) continue
    const others = ids.filter((other) => other !== id)
    const to = others.filter((_, bit) => ((choice.to >> bit) & 1) === 1)
    const mayEnd = choice.to % 8 === 7
    const base = { id: `m${entries.length}`, case: 'c1', from: id, to: to.length === 0 ? others : to, at }
    if (choice.act % 4 === 0) {
      const event: LocalEvent | undefined = pick(protocol.permittedLocal(state).filter((one) => mayEnd || !ending.includes(one)), choice.what)
      if (event === undefined) continue
      const step = { id: `l${entries.length}`, by: id, event, at }
      if (take(id, (before) => protocol.local(before, event), { id: step.id, case: 'c1' })) entries.push({ local: step })
    } else if (choice.act % 4 === 1 && due.length > 0) {
      const one = due.shift()
      for (const settled of one?.messages() ?? []) send(settled)
    } else if (choice.act % 4 === 2 && underWay.length > 0) {
      const [arrived] = underWay.splice(choice.what % underWay.length, 1)
      if (arrived === undefined) continue
      arrive(arrived.message, arrived.to)
      entries.push({ receipt: { message: arrived.message.id, by: arrived.to } })
    } else {
      const options = protocol.permitted(state).filter(({ types }) => mayEnd || !types.some((type) => ending.includes(type)))
      const first = pick(options, choice.what)
      const second = pick(options, choice.besides)
      if (first === undefined || second === undefined) continue
      const types = inBundleOrder([...new Set([...first.types, ...second.types])])
      const both = { ...base, types, ...contextOf(first, others, base.id), ...contextOf(second, others, base.id) }
      if (choice.besides % 3 > 0 || !send(both)) send({ ...base, types: first.types, ...contextOf(first, others, base.id) })
    }
  }
  const last = underWay[0]
  if (last !== undefined && !entries.some((entry) => 'receipt' in entry)) {
    arrive(last.message, last.to)
    entries.push({ receipt: { message: last.message.id, by: last.to } })
  }
  const header = { log: 1, protocol: protocol.edition === 'adopted@1' ? 'adopted@1' : 'published@1', case: 'c1', world: 'open', participants: ids.map((id, index) => ({ id, roles: cast[index] ?? [] })) } as const
  return { log: { header, entries }, steps, ends: [...states.values()] }
}
