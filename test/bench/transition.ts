/**
 * One step: every state that a vendor can reach, with every message that the protocol lets it send or receive there.
 *
 * The peers do less: they know no rows, replies, notes, roles or refusals, and step four machines (report, embargo, the
 * vendor's fix path, what the world knows) by one event. XState runs them as parallel regions of one machine, robot3 as
 * four machines, since it has no regions; the switch is what one writes by hand. The raw table is the floor of any of them.
 */
import { createMachine as robotMachine, interpret, state as robotState, transition as robotTransition } from 'robot3'
import { createMachine, initialTransition, transition as xstateTransition } from 'xstate'
import { adopted, em, formatState, localEvents, type Message, messageTypeList, type Participant, pxa, rm, start } from 'mpcvd'
import { type Group, time } from './timing.js'

const messages: ReadonlyArray<Message> = messageTypeList.flatMap((type): Message[] => [
  { id: 'm', case: 'c', from: 'v', to: ['r'], types: [type], at: '2026-01-05T10:00:00Z' },
  { id: 'm', case: 'c', from: 'r', to: ['v'], types: [type], at: '2026-01-05T10:00:00Z' },
])

/** Every state that a vendor comes to by messages and by what happens without one. */
const reached = new Map<string, Participant>()
const arrive = (state: Participant): void => {
  const name = formatState(state)
  if (reached.has(name)) return
  reached.set(name, state)
  for (const result of [...messages.map((message) => adopted.transition(state, message)), ...localEvents.map((event) => adopted.local(state, event))])
    if (result._tag === 'Right') arrive(result.right.state)
}
arrive(start('v', ['vendor']))
const participants = [...reached.values()]
const steps = participants.flatMap((state) => messages.map((message) => ({ state, message }))).filter(({ message, state }) => adopted.transition(state, message)._tag === 'Right')

interface Edges { readonly initial: string; readonly states: ReadonlyArray<string>; readonly edges: ReadonlyArray<{ readonly from: string; readonly event: string; readonly to: string }> }
const path: Edges = { initial: 'vfd', states: ['vfd', 'Vfd', 'VFd', 'VFD'], edges: [{ from: 'vfd', event: 'V', to: 'Vfd' }, { from: 'Vfd', event: 'F', to: 'VFd' }, { from: 'VFd', event: 'D', to: 'VFD' }] }
const machines = { rm, em, path, world: pxa } as const satisfies Readonly<Record<string, Edges>>
const names = ['rm', 'em', 'path', 'world'] as const
const leaving = (machine: Edges, from: string) => machine.edges.filter((edge) => edge.from === from)

const chart = createMachine({
  type: 'parallel',
  states: Object.fromEntries(names.map((name) => [name, {
    initial: machines[name].initial,
    states: Object.fromEntries(machines[name].states.map((state) => [state, { on: Object.fromEntries(leaving(machines[name], state).map(({ event, to }) => [`${name}.${event}`, to])) }])),
  }])),
})
const [charted] = initialTransition(chart)
/** robot3's own types know machines that are written out alone. */
const run = interpret as unknown as (machine: unknown, changed: () => void) => { readonly send: (event: string) => void }
const robots = names.map((name) => [name, robotMachine(machines[name].initial, Object.fromEntries(machines[name].states.map((state) => [state, robotState(...leaving(machines[name], state).map(({ event, to }) => robotTransition(event, to)))])))] as const)
/** A course through all four, so that every event is one that the state takes. */
const course = [['rm', 'receive'], ['em', 'propose'], ['path', 'V'], ['world', 'A'], ['rm', 'validate'], ['em', 'accept'], ['path', 'F'], ['rm', 'accept']].map(([name = '', event = '']) => ({ name, event }))
const charts = course.map(({ event, name }) => ({ type: `${name}.${event}` }))

interface Four { readonly rm: string; readonly em: string; readonly path: string; readonly world: string }
/** What one writes by hand, for the events of the course. */
const byHand = (state: Four, name: string, event: string): Four => {
  switch (`${name}.${event}`) {
    case 'rm.receive': return state.rm === 'Start' ? { ...state, rm: 'Received' } : state
    case 'rm.validate': return state.rm === 'Received' || state.rm === 'Invalid' ? { ...state, rm: 'Valid' } : state
    case 'rm.accept': return state.rm === 'Valid' || state.rm === 'Deferred' ? { ...state, rm: 'Accepted' } : state
    case 'em.propose': return state.em === 'None' ? { ...state, em: 'Proposed' } : state.em === 'Active' ? { ...state, em: 'Revise' } : state
    case 'em.accept': return state.em === 'Proposed' || state.em === 'Revise' ? { ...state, em: 'Active' } : state
    case 'path.V': return state.path === 'vfd' ? { ...state, path: 'Vfd' } : state
    case 'path.F': return state.path === 'Vfd' ? { ...state, path: 'VFd' } : state
    case 'world.A': return { ...state, world: `${state.world.slice(0, 2)}A` }
    default: return state
  }
}

const table = Int16Array.from({ length: 4096 * 64 }, (_, place) => (place * 7919) % 4096)

/** The rows. */
export const transitionGroup = async (): Promise<Group> => ({
  id: 'transition', title: `One step of a participant (${participants.length} states of a vendor, ${steps.length} steps)`, unit: 'step',
  rows: [
    await time('an empty function', 1, () => 0),
    await time('raw table step, integers', 1000, () => { let at = 1; for (let i = 0; i < 1000; i++) at = table[at * 64 + (i & 63)] ?? 0; return at }, { target: { atMost: 3, unit: 'ns' } }),
    await time('transition(state, message)', steps.length, () => { let right = 0; for (const { message, state } of steps) if (adopted.transition(state, message)._tag === 'Right') right++; return right }, { target: { atMost: 60, unit: 'ns' } }),
    await time('a switch by hand', course.length * 100, () => { let last: Four | undefined; for (let i = 0; i < 100; i++) { let state: Four = { rm: 'Start', em: 'None', path: 'vfd', world: 'pxa' }; for (const { event, name } of course) state = byHand(state, name, event); last = state } return last }, { note: 'four machines, no rules' }),
    await time('robot3, four machines', course.length, () => { const four = new Map<string, ReturnType<typeof run>>(robots.map(([name, machine]) => [name, run(machine, () => undefined)])); for (const { event, name } of course) four.get(name)?.send(event); return four }, { note: 'four machines, no rules; interpreted anew for each course' }),
    await time('XState v5 transition(), four regions', course.length, () => { let state = charted; for (const event of charts) state = xstateTransition(chart, state, event)[0]; return state }, { note: 'four machines, no rules' }),
  ],
})
