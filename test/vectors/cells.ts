/** Single messages and local events in every state, by both readings: run lengths of outcomes. */
import { local } from '../spec/locals.js'
import { type Answer, answerOf, type Protocol, type State } from './oracle.js'
import { contextsOf, emStates, localEvents, rmStates, rowTypes, shapes, statesOf, ways } from './states.js'

/** An outcome as what it changes, so that many states share it. */
const outcomeOf = (before: State, answer: Answer): object => {
  if ('left' in answer) return { left: answer.left }
  const raise = Array.from(answer.cs).filter((letter, i) => letter !== before.cs.charAt(i)).join('')
  return {
    ...(answer.rm === before.rm ? {} : { rm: answer.rm }), ...(answer.em === before.em ? {} : { em: answer.em }), ...(raise === '' ? {} : { raise }),
    fired: answer.fired, replies: [...answer.replies].sort(), ...(answer.optional.length === 0 ? {} : { optional: [...answer.optional].sort() }),
  }
}

/** Numbers outcomes as they come, and counts how often each comes in a row. */
const counter = () => {
  const numbers = new Map<string, number>()
  const outcomes: object[] = []
  const runs = (shape: string, at: (state: State) => Answer): readonly number[] => {
    const cells: number[] = []
    for (const state of statesOf(shape)) {
      const outcome = outcomeOf(state, at(state))
      const key = JSON.stringify(outcome)
      const number = numbers.get(key) ?? outcomes.push(outcome) - 1
      numbers.set(key, number)
      if (cells.length > 0 && cells.at(-2) === number) cells.push((cells.pop() ?? 0) + 1)
      else cells.push(number, 1)
    }
    return cells
  }
  return { outcomes, runs }
}

const head = (kind: string, protocol: Protocol, title: string) => ({ vectors: 1, kind, level: 'L2', protocol: `${protocol}@1`, title, shapes, rm: rmStates, em: emStates })

export const cells = (protocol: Protocol): object => {
  const { outcomes, runs } = counter()
  const groups = ways.flatMap((way) => rowTypes.flatMap((type) => Object.entries(shapes).flatMap(([shape, { roles }]) => {
    const alike = new Map<string, { contexts: object[]; cells: readonly number[] }>()
    for (const context of contextsOf(way, type)) {
      const found = runs(shape, (state) => answerOf(protocol, way, type, roles, state, context))
      const same = alike.get(found.join())
      if (same === undefined) alike.set(found.join(), { contexts: [context], cells: found })
      else same.contexts.push(context)
    }
    return [...alike.values()].map((one) => ({ way, type, shape, ...one }))
  })))
  return { ...head('cells', protocol, `Every message of one type, sent and received in every state, by the ${protocol} reading`), outcomes, groups }
}

export const locals = (protocol: Protocol): object => {
  const { outcomes, runs } = counter()
  const groups = localEvents.flatMap((event) => Object.entries(shapes).map(([shape, { roles }]) => ({
    event, shape,
    cells: runs(shape, (state) => {
      const answer = local({ protocol, event, roles, ...state })
      return 'left' in answer ? answer : { ...answer, optional: [] }
    }),
  })))
  return { ...head('locals', protocol, `Every local event in every state, by the ${protocol} reading`), outcomes, groups }
}
