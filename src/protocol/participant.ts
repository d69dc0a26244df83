/**
 * A participant: who it is in the case, and its state of the three machines.
 *
 * Roles decide the shape of the case state and where a participant starts, and two events need a role: only a vendor
 * makes a fix ready, only a deployer deploys it. Several roles may be held at once. `owner` and `manager` are offices in
 * a case, not roles here.
 *
 * The state spaces of the standard are enumerated from its own factors (docs/reference/formal_protocol/states.md). They
 * write `*` where a component does not matter (before the report is known, after it is closed, the embargo once the
 * vulnerability is public); the library keeps all three components always (erratum D-EM-49).
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import { type CaseState, cs, dpxa, pxa } from './cs.js'
import { em, type EmState } from './em.js'
import { stateNamed } from './machine.js'
import type { Id } from './message.js'
import { rm, type RmState } from './rm.js'

/** The roles of the standard; `observer` is its Other. */
export const roles = ['finder', 'reporter', 'vendor', 'coordinator', 'deployer', 'observer'] as const

/** A role that a participant can hold. */
export type Role = (typeof roles)[number]

/** The state triple of a participant, in the standard's order. */
export interface State {
  readonly rm: RmState
  readonly em: EmState
  readonly cs: CaseState
}

/** A participant of one case. */
export interface Participant extends State {
  readonly id: Id
  /** At least one, none twice. */
  readonly roles: ReadonlyArray<Role>
}

/** Which letters of the case state a participant has: all six, those from the deployment on, or only the world's. */
export type Shape = 'vendor' | 'deployer' | 'other'

/** The shape that roles give: any vendor has six letters, a deployer that is no vendor four, everybody else three. */
export const shapeOf = (held: ReadonlyArray<Role>): Shape =>
  held.includes('vendor') ? 'vendor' : held.includes('deployer') ? 'deployer' : 'other'

/** The case-state automaton of each shape. */
export const caseMachine = { vendor: cs, deployer: dpxa, other: pxa } as const

/** The case state, of whatever shape, that a string names. */
export const caseStateNamed = (name: string): CaseState | undefined =>
  stateNamed(cs, name) ?? stateNamed(dpxa, name) ?? stateNamed(pxa, name)

/** Whether a case state has the shape that roles give. */
export const fits = (held: ReadonlyArray<Role>, state: CaseState): boolean =>
  Object.hasOwn(caseMachine[shapeOf(held)].table, state)

/**
 * A participant at the start of a case: finders and reporters are there because they already work on the report, so they
 * start at (A,N,pxa); everybody else starts at (S,N,…) without knowing of it (states.md, "Starting States").
 */
export const start = (id: Id, held: ReadonlyArray<Role>): Participant => ({
  id,
  roles: held,
  rm: held.every((role) => role === 'finder' || role === 'reporter') ? 'Accepted' : 'Start',
  em: 'None',
  cs: caseMachine[shapeOf(held)].initial,
})

/**
 * The case state of another shape that says the same, for a participant whose roles change: known letters are kept, new
 * ones are lower case, but for what a known one implies (a fix that is deployed was ready, and its vendor aware).
 */
export const reshape = (state: CaseState, shape: Shape): CaseState => {
  const world = state.slice(-3)
  const path = state.slice(0, -3)
  const deployed = path.endsWith('D')
  const wanted =
    shape === 'other' ? '' : shape === 'deployer' ? (deployed ? 'D' : 'd') : path.length === 3 ? path : deployed ? 'VFD' : 'vfd'
  return caseStateNamed(wanted + world) ?? state
}

/** The compact notation of a state, `(A,N,Vfdpxa)`: RM and EM by letter, CS as it is. */
export const formatState = (state: State): string =>
  `(${rm.stateLetters[state.rm]},${em.stateLetters[state.em]},${state.cs})`

/** Why a text is no compact notation: which part, what it could be, what it was. */
export interface NotationFault {
  readonly part: 'form' | 'rm' | 'em' | 'cs'
  readonly expected: ReadonlyArray<string>
  readonly got: string
}

const byLetter = <S extends string>(letters: Readonly<Record<S, string>>, letter: string): S | undefined => {
  for (const state in letters) if (letters[state] === letter || state === letter) return state
  return undefined
}

/** Reads compact notation; RM and EM by letter or by word, spaces and brackets optional. The shape of `cs` says what it can be a state of. */
export const parseState = (text: string): Either<NotationFault, State> => {
  const parts = text.trim().replace(/^\((.*)\)$/, '$1').split(',')
  const [first = '', second = '', third = ''] = parts.map((part) => part.trim())
  if (parts.length !== 3) return left({ part: 'form', expected: ['(RM,EM,CS)'], got: text })
  const rmState = byLetter(rm.stateLetters, first)
  if (rmState === undefined) return left({ part: 'rm', expected: Object.values(rm.stateLetters), got: first })
  const emState = byLetter(em.stateLetters, second)
  if (emState === undefined) return left({ part: 'em', expected: Object.values(em.stateLetters), got: second })
  const csState = caseStateNamed(third)
  if (csState === undefined) return left({ part: 'cs', expected: ['vfdpxa', 'dpxa', 'pxa'], got: third })
  return right({ rm: rmState, em: emState, cs: csState })
}

/** One block of a published state space: every combination of its factors; `*` counts once and means any. */
export interface Block {
  readonly rm: ReadonlyArray<RmState>
  readonly em: ReadonlyArray<EmState> | '*'
  readonly path: ReadonlyArray<string>
  readonly world: ReadonlyArray<string> | '*'
}

const unpublished = ['pxa', 'pxA']
const published = ['Pxa', 'PxA', 'PXa', 'PXA']
const early = ['Received', 'Invalid', 'Valid'] as const
const late = ['Deferred', 'Accepted'] as const
const anyPath = ['', 'vfd', 'Vfd', 'VFd', 'VFD']

const collapsed = (...states: ReadonlyArray<RmState>): Block => ({ rm: states, em: '*', path: ['*'], world: '*' })

/** A participant's blocks while work is open: an embargo matters while nothing is public, then no more. */
const openBlocks = (states: ReadonlyArray<RmState>, path: ReadonlyArray<string>): ReadonlyArray<Block> => [
  { rm: states, em: em.states, path, world: unpublished },
  { rm: states, em: '*', path, world: published },
]

/** The spaces of a participant that may hold the report unprioritised with one path, and prioritised with another. */
const space = (earlyPath: ReadonlyArray<string>, latePath: ReadonlyArray<string>): ReadonlyArray<Block> => [
  collapsed('Start'), ...openBlocks(early, earlyPath), ...openBlocks(late, latePath), collapsed('Closed'),
]

const spaces = () => ({
  product: [{ rm: rm.states, em: em.states, path: anyPath, world: pxa.states }],
  generic: space(anyPath, anyPath),
  vendorDeployer: space(['Vfd'], ['Vfd', 'VFd', 'VFD']),
  vendor: space(['Vfd'], ['Vfd', 'VFd']),
  deployer: space(['d'], ['d', 'D']),
  other: space([''], ['']),
  reporter: [...openBlocks(late, ['']), collapsed('Closed')],
}) satisfies Readonly<Record<string, ReadonlyArray<Block>>>

/**
 * The published state spaces: the full product of 1400, what is left of it when unreachable states are removed (352),
 * and one for each kind of participant (128, 100, 100, 72, 29).
 */
export const stateSpaces: Readonly<Record<keyof ReturnType<typeof spaces>, ReadonlyArray<Block>>> = /* @__PURE__ */ spaces()

/** The name of a published state space. */
export type SpaceName = keyof typeof stateSpaces

/** The space that the standard gives to a participant of these roles. */
export const spaceOf = (held: ReadonlyArray<Role>): SpaceName =>
  held.includes('vendor')
    ? held.includes('deployer')
      ? 'vendorDeployer'
      : 'vendor'
    : held.includes('deployer')
      ? 'deployer'
      : held.every((role) => role === 'finder' || role === 'reporter')
        ? 'reporter'
        : 'other'

/** Every state of a published space in compact notation, `*` where a component does not matter. */
export const enumerateSpace = (name: SpaceName): ReadonlyArray<string> =>
  stateSpaces[name].flatMap((block: Block) =>
    block.rm.flatMap((rmState) =>
      (block.em === '*' ? ['*'] : block.em.map((state) => em.stateLetters[state])).flatMap((emLetter) =>
        block.path.flatMap((path) =>
          (block.world === '*' ? [''] : block.world).map(
            (world) => `(${rm.stateLetters[rmState]},${emLetter},${path}${world})`,
          ),
        ),
      ),
    ),
  )

/**
 * Whether a participant is in the state space that the standard gives to its roles. Outside it, but codable, are the
 * ephemeral states and, say, a vendor that works on a report without being aware of it.
 */
export const inhabits = (participant: Participant): boolean => {
  const world = participant.cs.slice(-3)
  const path = participant.cs.slice(0, -3)
  return stateSpaces[spaceOf(participant.roles)].some(
    (block: Block) =>
      block.rm.includes(participant.rm) &&
      (block.em === '*' || block.em.includes(participant.em)) &&
      (block.path[0] === '*' || block.path.includes(path)) &&
      (block.world === '*' || block.world.includes(world)),
  )
}

/**
 * A participant at its start, where a log may state another state than that of its roles, in compact notation. A statement
 * that is none, or does not have the shape of the roles, is left out: the codec refuses it.
 */
export const startOf = (id: Id, held: ReadonlyArray<Role>, notation?: string): Participant => {
  const initial = start(id, held)
  const stated = notation === undefined ? undefined : parseState(notation)
  return stated?._tag === 'Right' && fits(held, stated.right.cs) ? { ...initial, ...stated.right } : initial
}
