/**
 * A protocol that forgives: what tells a first mistake from what follows from it.
 *
 * One wrong step makes others look wrong: whoever accepts a report that it never validated is refused twice more when it
 * goes on from there. So a log is replayed a second time under a protocol that takes every step, by putting its
 * participant into the nearest state from which the step is allowed. What is still refused in that replay, before it is
 * forgiven, is a mistake of its own, a root; what is refused only in the strict one is derived.
 *
 * Nearest: the report state is changed first, forwards before backwards, then the embargo state, then the case state by
 * raising letters, then two of them together.
 *
 * @module
 */
import { isLeft, right, type Either } from 'fp-ts/Either'
import { em } from '../protocol/em.js'
import type { LocalEvent } from '../protocol/log.js'
import type { Message } from '../protocol/message.js'
import { caseMachine, formatState, type Participant, shapeOf } from '../protocol/participant.js'
import type { Refusal } from '../protocol/refusal.js'
import { isAnswer } from '../protocol/reply.js'
import { rm } from '../protocol/rm.js'
import { contextOf, type Outcome, type Protocol } from '../protocol/transition.js'

type Result = Either<Refusal, Outcome>

/** Elements from a place on, then those before it, the nearest first. */
const from = <A>(all: ReadonlyArray<A>, place: A): ReadonlyArray<A> => {
  const index = all.indexOf(place)
  return [...all.slice(index + 1), ...all.slice(0, Math.max(index, 0)).reverse()]
}

const raised = (state: Participant): ReadonlyArray<Participant['cs']> =>
  caseMachine[shapeOf(state.roles)].states.filter((cs) => cs !== state.cs && Array.from(state.cs).every((letter, index) => letter === letter.toLowerCase() || cs.charAt(index) === letter))

/** The states near one, the nearest first. Made one by one: the first few nearly always do. */
function* near(state: Participant): Generator<Participant> {
  const reports = from(rm.states, state.rm).filter((one) => one !== 'Closed')
  const embargoes = from(em.states, state.em)
  for (const one of reports) yield { ...state, rm: one }
  for (const one of embargoes) yield { ...state, em: one }
  for (const cs of raised(state)) yield { ...state, cs }
  for (const one of reports) for (const other of embargoes) yield { ...state, rm: one, em: other }
  for (const one of reports) for (const cs of raised(state)) yield { ...state, rm: one, cs }
}

/** Whether a receipt came as a surprise: the protocol answers it with an error. */
export const isSurprise = (result: Result): boolean => !isLeft(result) && result.right.replies.some((type) => isAnswer(type) && type.endsWith('E'))

const nothing = (state: Participant): Result => right({ state, fired: [], replies: [], optional: [], notes: [], rules: [] })

/** The protocol, forgiving. `forgave` is called for every step that it had to forgive, before the replay goes on. */
export const forgiving = (protocol: Protocol, forgave: () => void): Protocol => {
  /** The nearest state for each state and step that was met; `undefined` where there is none. */
  const nearest = new Map<string, Pick<Participant, 'rm' | 'em' | 'cs'> | undefined>()
  const find = (state: Participant, step: (state: Participant) => Result): Participant | undefined => {
    for (const other of near(state)) {
      const result = step(other)
      if (!isLeft(result) && !isSurprise(result)) return other
    }
    return undefined
  }
  const forgive = (state: Participant, strict: Result, name: string, step: (state: Participant) => Result): Result => {
    if (!isLeft(strict) && !isSurprise(strict)) return strict
    forgave()
    if (isLeft(strict) && strict.left.kind === 'role') return nothing(state)
    const key = `${formatState(state)} ${state.roles.join()} ${name}`
    if (!nearest.has(key)) nearest.set(key, find(state, step))
    const other = nearest.get(key)
    return other !== undefined ? step({ ...state, rm: other.rm, em: other.em, cs: other.cs }) : isLeft(strict) ? nothing(state) : strict
  }
  return {
    ...protocol,
    transition: (state: Participant, message: Message) =>
      forgive(state, protocol.transition(state, message), `${message.from === state.id ? 'sends' : 'receives'} ${message.types.join()} ${Object.values(contextOf(message)).join()}`, (other) => protocol.transition(other, message)),
    local: (state: Participant, event: LocalEvent) => forgive(state, protocol.local(state, event), event, (other) => protocol.local(other, event)),
  }
}
