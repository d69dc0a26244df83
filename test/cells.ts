/**
 * The finite part of the protocol, enumerated: every state that a participant can be in, every message type both ways,
 * every context of a message that can matter, and a real message for each of these cells. Participants and messages are
 * frozen throughout, so a step that wrote to its arguments would throw.
 */
import {
  caseMachine, type CaseState, type Context, em, type LocalEvent, localEvents, type Message, type MessageType, messageTypeList,
  type ObservedEvent, type Outcome, type Participant, type Protocol, type Refusal, rm, type Role, type RoleShape, type RowType,
  shapeOf, type Way,
} from 'mpcvd'

/** The result of a step, as the library gives it. */
export type Result = { readonly _tag: 'Left'; readonly left: Refusal } | { readonly _tag: 'Right'; readonly right: Outcome }

export interface Cell {
  readonly way: Way
  readonly type: RowType
  readonly shape: RoleShape
  readonly self: Participant
  readonly context: Context
  readonly message: Message
}

export const deepFreeze = <A>(value: A): A => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}

export const ways: ReadonlyArray<Way> = ['sent', 'received']

/** The 28 types, and the pair. */
export const rowTypes: ReadonlyArray<RowType> = [...messageTypeList, 'CX+CP']

/** One set of roles for each way in which rows can tell roles apart. */
export const roleSets: ReadonlyArray<readonly [shape: RoleShape, roles: ReadonlyArray<Role>]> = [
  ['vendor', ['vendor']],
  ['vendor+deployer', ['vendor', 'deployer']],
  ['deployer', ['deployer']],
  ['other', ['observer']],
]

const casesOf = (held: ReadonlyArray<Role>): ReadonlyArray<CaseState> => caseMachine[shapeOf(held)].states

/** Every state of every set of roles: 3,080 participants. */
export const participants: ReadonlyArray<readonly [shape: RoleShape, self: Participant]> = roleSets.flatMap(([shape, held]) =>
  rm.states.flatMap((rmState) =>
    em.states.flatMap((emState) =>
      casesOf(held).map((cs) => [shape, deepFreeze({ id: 'self', roles: held, rm: rmState, em: emState, cs })] as const),
    ),
  ),
)

export const plain: Context = { subject: 'own', cause: 'none', reply: false, existing: false, answers: false }

const booleans = [false, true] as const

/** All combinations of subject, reply, existing and answers. */
export const everyContext: ReadonlyArray<Context> = (['own', 'other'] as const).flatMap((subject) =>
  booleans.flatMap((reply) =>
    booleans.flatMap((existing) => booleans.map((answers) => ({ subject, cause: 'none' as const, reply, existing, answers }))),
  ),
)

/** A context with everything left out that no rule looks at for this type. */
export const project = (way: Way, type: RowType, context: Context): Context => ({
  subject: ['CV', 'CF', 'CD'].includes(type) ? context.subject : 'own',
  cause: 'none',
  reply: way === 'sent' && context.reply,
  existing: ['EP', 'EA'].includes(type) && context.existing,
  answers: ['RS', 'EA'].includes(type) && context.answers,
})

const sameContext = (a: Context, b: Context): boolean =>
  a.subject === b.subject && a.cause === b.cause && a.reply === b.reply && a.existing === b.existing && a.answers === b.answers

/** The contexts that can matter to a type. */
export const contextsThatMatter = (way: Way, type: RowType): ReadonlyArray<Context> =>
  everyContext.filter((context) => sameContext(context, project(way, type, context)))

export const typesOf = (type: RowType): ReadonlyArray<MessageType> => (type === 'CX+CP' ? ['CX', 'CP'] : [type])

/** A message with this context, from `self` to `peer` or the other way round. */
export const messageWith = (way: Way, types: ReadonlyArray<MessageType>, context: Context): Message =>
  deepFreeze({
    id: 'm', case: 'case', from: way === 'sent' ? 'self' : 'peer', to: [way === 'sent' ? 'peer' : 'self'], types, at: '2026-01-05',
    ...(context.reply ? { inReplyTo: 'earlier' } : {}),
    ...(context.subject === 'other' ? { subject: 'third' } : {}),
    ...(context.cause === 'none' ? {} : { cause: context.cause }),
    ...(context.existing || context.answers
      ? { embargo: { id: 'e', ...(context.existing ? { existing: true } : {}), ...(context.answers ? { answers: 'e0' } : {}) } }
      : {}),
  })

/** Every cell, in the contexts that are asked for. */
export function* cells(contexts: (way: Way, type: RowType) => ReadonlyArray<Context>): Generator<Cell> {
  for (const way of ways)
    for (const type of rowTypes)
      for (const context of contexts(way, type)) {
        const message = messageWith(way, typesOf(type), context)
        for (const [shape, self] of participants) yield { way, type, shape, self, context, message }
      }
}

/** What conformance compares, as one line: the kind of a refusal, or state, events in order, and answers as sets. */
export const show = (result: Result): string => {
  if (result._tag === 'Left') return `Left ${result.left.kind}`
  const { state, fired, replies, optional } = result.right
  return line(state, fired.map((one) => `${one.machine}.${one.event}`), replies, optional)
}

export const line = (
  state: { readonly rm: string; readonly em: string; readonly cs: string },
  fired: ReadonlyArray<string>, replies: ReadonlyArray<string>, optional: ReadonlyArray<string>,
): string =>
  `${state.rm},${state.em},${state.cs} | ${fired.join(' ')} | ${asSet(replies)} | ${asSet(optional)}`

const asSet = (types: ReadonlyArray<string>): string => (types.length > 1 ? [...types].sort().join(' ') : types[0] ?? '')

/** A cell as a failing test names it. */
export const name = ({ way, type, self, context }: Cell): string => {
  const said = Object.entries(context).filter(([key, value]) => value !== plain[key as keyof Context]).map(([key, value]) => `${key}=${value}`)
  return `${way} ${type} by ${self.roles.join('+')} at (${self.rm},${self.em},${self.cs})${said.length > 0 ? ` ${said.join(' ')}` : ''}`
}

/** One step by one reading: a message, a local event or an observed one, and what came of it. */
export interface Step {
  readonly reading: Protocol
  readonly self: Participant
  readonly shape: RoleShape
  readonly result: Result
  readonly cell?: Cell
  readonly local?: LocalEvent
  readonly observed?: ObservedEvent
}

const observable: ReadonlyArray<ObservedEvent> = [
  'V', 'F', 'D', 'P', 'X', 'A', 'rm.receive', 'rm.validate', 'rm.invalidate', 'rm.accept', 'rm.defer', 'rm.close',
  'em.propose', 'em.accept', 'em.reject', 'em.terminate',
]

/** Every step that there is: each cell, then each local and each observed event in each state. The cells are the same for all readings. */
export function* stepsOf(reading: Protocol, every: Iterable<Cell> = cells(contextsThatMatter)): Generator<Step> {
  for (const cell of every)
    yield { reading, self: cell.self, shape: cell.shape, result: reading.transition(cell.self, cell.message), cell }
  for (const [shape, self] of participants) {
    for (const local of localEvents) yield { reading, self, shape, result: reading.local(self, local), local }
    for (const observed of observable) yield { reading, self, shape, result: reading.observe(self, observed), observed }
  }
}

/** A step as a failing test names it. */
export const showStep = ({ reading, self, result, cell, local, observed }: Step): string =>
  `${reading.name}: ${cell === undefined ? `${local ?? observed} at (${self.rm},${self.em},${self.cs})` : name(cell)}: ${show(result)}`

/** A list that keeps the first ten complaints and counts all. */
export const complaints = (): { readonly add: (text: string) => void; readonly first: string[]; count: number } => {
  const list = { first: new Array<string>(), count: 0, add: (text: string): void => {
    if (list.count++ < 10) list.first.push(text)
  } }
  return list
}

/** Numbers from 0 up to 1 that depend on the seed alone (mulberry32). */
export const randomFrom = (seed: number): (() => number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

/** One of a list that is not empty. */
export const pick = <A>(random: () => number, all: ReadonlyArray<A>): A => {
  const one = all[Math.floor(random() * all.length)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}
