/**
 * What rows mean.
 *
 * One step under a rule set, in the order in which things happen: what the state forces, then the first row that fits,
 * then what follows from it. This is the readable form; `compile.ts` remembers its answers, and the tests compare the
 * two cell by cell.
 *
 * @module
 */
import { cs, type CsEvent, dpxa, pxa } from './cs.js'
import { em, type EmEvent } from './em.js'
import type { LocalEvent, ObservedEvent } from './log.js'
import { stateNamed } from './machine.js'
import type { MessageType } from './message.js'
import { caseStateNamed, type Role, type State } from './participant.js'
import { rm, type RmEvent } from './rm.js'
import type {
  Consequence, Context, Fire, Fired, Guard, LocalRow, Note, NoteKind, RefusalKind, Row, RowType, RuleSet, Signal, Way,
} from './rules.js'

/** The roles as the rows see them: which of the two roles that guard events a participant has. */
export type RoleShape = 'vendor' | 'vendor+deployer' | 'deployer' | 'other'

/** The {@link RoleShape} of roles. */
export const roleShapeOf = (held: ReadonlyArray<Role>): RoleShape =>
  held.includes('vendor')
    ? held.includes('deployer')
      ? 'vendor+deployer'
      : 'vendor'
    : held.includes('deployer')
      ? 'deployer'
      : 'other'

/** What a step does in one cell: it is refused, or it leads to a state, fires events, and makes answers due. */
export interface Cell extends State {
  readonly refuse: RefusalKind | undefined
  /** The rows that decided, in the order in which they applied. */
  readonly rules: ReadonlyArray<string>
  /** In the order RM, CS, EM; within a machine in the order in which they happened. */
  readonly fired: ReadonlyArray<Fired>
  readonly replies: ReadonlyArray<MessageType>
  readonly optional: ReadonlyArray<MessageType>
  readonly notes: ReadonlyArray<Note>
}

/** Each element once, in the order of first appearance. */
export const unique = <A>(all: ReadonlyArray<A>): ReadonlyArray<A> => [...new Set(all)]

/** Events as an outcome lists them: RM, then CS, then EM, within each in the order in which they happened. */
export const inMachineOrder = (fired: ReadonlyArray<Fired>): ReadonlyArray<Fired> =>
  (['rm', 'cs', 'em'] as const).flatMap((machine) => fired.filter((one) => one.machine === machine))

/** Whether a case state fits a pattern of `rules.ts`. */
const fitsPattern = (pattern: string, state: string): boolean => {
  if (pattern.startsWith('!')) return !fitsPattern(pattern.slice(1), state)
  const offset = pattern.length - state.length
  for (let i = 0; i < pattern.length; i++) {
    const wanted = pattern.charAt(i)
    if (wanted !== '.' && wanted !== state.charAt(i - offset)) return false
  }
  return pattern.length === 6 || pattern.length === state.length
}

const patterns = (one: string | ReadonlyArray<string>): ReadonlyArray<string> => (typeof one === 'string' ? [one] : one)

/** Whether a guard lets a message with this context pass, whatever the state. */
const inContext = (guard: Guard | undefined, context: Context): boolean =>
  guard === undefined ||
  ((guard.subject === undefined || guard.subject === context.subject) &&
    (guard.cause === undefined || guard.cause === context.cause) &&
    (guard.reply === undefined || guard.reply === context.reply) &&
    (guard.existing === undefined || guard.existing === context.existing) &&
    (guard.answers === undefined || guard.answers === context.answers))

/** Whether a state, with the roles and the context of a step, passes a guard. */
export const passes = (guard: Guard, state: State, roles: RoleShape, context: Context): boolean =>
  (guard.rm === undefined || guard.rm.includes(state.rm)) &&
  (guard.em === undefined || guard.em.includes(state.em)) &&
  (guard.cs === undefined || patterns(guard.cs).some((pattern) => fitsPattern(pattern, state.cs))) &&
  (guard.withoutRole === undefined || !roles.includes(guard.withoutRole)) &&
  inContext(guard, context)

/** The state that an event leads to, by a machine's table or by the edges that the rule set adds to it. */
const edge = (
  tables: ReadonlyArray<Readonly<Record<string, Readonly<Record<string, string>>>> | undefined>,
  from: string,
  event: string,
): string =>
  tables.map((table) => (table !== undefined && Object.hasOwn(table, from) ? table[from]?.[event] : undefined)).find(Boolean) ?? ''

/** Whether a row is what a message of this context is held to where no row fits: it refuses nothing itself, and is not about Closed alone. */
const governs = (row: Row | LocalRow, context: Context): boolean =>
  row.refuse === undefined && row.when?.rm?.join() !== 'Closed' && inContext(row.when, context)

/** More events than any step of the machines' own can fire: each letter once, and what follows. */
const MOVES = 32

/** What one step starts from. */
interface Question {
  readonly set: RuleSet
  readonly roles: RoleShape
  readonly context: Context
  readonly state: State
}

/** One step: the forced events, the first of the rows that fits, and what follows from it. */
const run = <R extends Row | LocalRow>(
  { set, roles, context, state: before }: Question,
  rows: ReadonlyArray<R>,
  otherwise: RefusalKind,
  advise: (row: R) => ReadonlyArray<{ readonly when: Guard; readonly requirements: ReadonlyArray<string> }>,
): Cell => {
  let state = before
  const fired: Fired[] = []
  const announced: MessageType[] = []
  const notes: Note[] = []
  const rules: string[] = []

  const holds = (guard: Guard | undefined): boolean => guard === undefined || passes(guard, state, roles, context)
  const note = (kind: NoteKind | undefined, requirements: ReadonlyArray<string>): void => {
    if (kind !== undefined) notes.push({ note: kind, requirements })
  }
  const moveRm = (event: RmEvent): void => {
    const to = stateNamed(rm, edge([rm.table, set.extraEdges.rm], state.rm, event))
    if (to === undefined) return
    state = { ...state, rm: to }
    fired.push({ machine: 'rm', event })
  }
  const moveEm = (event: EmEvent): void => {
    const to = stateNamed(em, edge([em.table], state.em, event))
    if (to === undefined) return
    state = { ...state, em: to }
    fired.push({ machine: 'em', event })
  }
  const moveCs = (event: CsEvent): void => {
    const to = edge([cs.table, dpxa.table, pxa.table, set.extraEdges.cs], state.cs, event)
    const next = caseStateNamed(to)
    if (next === undefined) return
    state = { ...state, cs: next }
    fired.push({ machine: 'cs', event })
    follow(event)
  }
  /** Fires what a row names: RM first, then CS in its order, then EM. What follows from a CS event follows at once. */
  const fire = (events: Fire | undefined): void => {
    if (events?.rm !== undefined) moveRm(events.rm)
    for (const event of events?.cs ?? []) moveCs(event)
    if (events?.em !== undefined) moveEm(events.em)
  }
  const apply = (consequence: Consequence): void => {
    rules.push(consequence.id)
    announced.push(...consequence.announce)
    note(consequence.note, consequence.requirements)
    fire(consequence.fire)
  }
  const follow = (trigger: CsEvent | Signal): void => {
    for (const consequence of set.consequences)
      if (consequence.after?.includes(trigger) === true && holds(consequence.when)) apply(consequence)
  }
  const forced = (): Consequence | undefined => set.forced.find((row) => holds(row.when))
  /** Leaves the states that may only be passed through: while a row is forced, and moves something. A rule set of somebody else's may force nothing, or in a circle; it ends all the same. */
  const settle = (): void => {
    for (let row = forced(), before = fired.length - 1; row !== undefined && fired.length > before && fired.length < MOVES; row = forced()) {
      before = fired.length
      apply(row)
    }
  }
  const refuse = (kind: RefusalKind, rule: string | undefined): Cell => ({
    ...before, refuse: kind, rules: rule === undefined ? [] : [rule], fired: [], replies: [], optional: [], notes: [],
  })

  settle()
  const row = rows.find((candidate) => holds(candidate.when))
  if (row === undefined) return refuse(otherwise, rows.find((candidate) => governs(candidate, context))?.id)
  if (row.refuse !== undefined) return refuse(row.refuse, row.id)
  rules.push(row.id)
  note(row.note, row.requirements)
  for (const advice of advise(row)) if (holds(advice.when)) note('advised-against', advice.requirements)
  fire(row.fire)
  if (row.signals !== undefined) follow(row.signals)
  settle()
  const replies = unique([...(row.replies ?? []), ...announced.filter((type) => row.says?.includes(type) !== true)])
  return {
    ...state,
    refuse: undefined,
    rules,
    fired: inMachineOrder(fired),
    replies,
    optional: row.optional?.filter((type) => !replies.includes(type)) ?? [],
    notes,
  }
}

/** What sending or receiving one type does, by the rows alone. */
export const interpret = (
  set: RuleSet, way: Way, type: RowType, roles: RoleShape, state: State, context: Context,
): Cell =>
  run(
    { set, roles, context, state },
    set[way].filter((row) => row.types.includes(type)),
    way === 'sent' ? 'no-row' : 'unspecified',
    () => (way === 'sent' ? set.advice.filter((advice) => advice.types.includes(type)) : []),
  )

/** A context in which nothing special is so. */
export const plainContext: Context = { subject: 'own', cause: 'none', reply: false, existing: false, answers: false }

/** What a local step does, by the rows alone. */
export const interpretLocal = (set: RuleSet, event: LocalEvent, roles: RoleShape, state: State): Cell =>
  run({ set, roles, context: plainContext, state }, set.local.filter((row) => row.events.includes(event)), 'no-row', () => [])

/**
 * What an event does that somebody recorded: the event itself, if the state enables it, and what the rule set forces
 * with it; nothing is announced. Nothing happens in Closed, or where it is already so.
 */
export const interpretObserved = (set: RuleSet, event: ObservedEvent, roles: RoleShape, state: State): Cell => {
  const known = state.rm === 'Closed' || state.cs.includes(event)
  const row: LocalRow = { id: 'observed', events: [], fire: known ? {} : fireOf(event), source: [], requirements: [] }
  const cell = run({ set, roles, context: plainContext, state }, [row], 'no-row', () => [])
  return known || cell.fired.some((one) => observedName(one) === event)
    ? { ...cell, replies: [] }
    : { ...cell, ...state, refuse: 'no-row', fired: [], replies: [], notes: [] }
}

const observedName = ({ machine, event }: Fired): string => (machine === 'cs' ? event : `${machine}.${event}`)

const fireOf = (event: ObservedEvent): Fire => {
  const rmEvent = rm.events.find((one) => `rm.${one}` === event)
  const emEvent = em.events.find((one) => `em.${one}` === event)
  return {
    ...(rmEvent === undefined ? {} : { rm: rmEvent }),
    ...(emEvent === undefined ? {} : { em: emEvent }),
    cs: cs.events.filter((one) => one === event),
  }
}
