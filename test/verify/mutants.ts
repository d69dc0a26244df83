/**
 * The checker against mutants of the adopted rules: does some property notice that one row is wrong?
 *
 * A mutant is caught in a *configuration*, a small model, if there a property is violated that holds for the adopted rules, or
 * a row is dead that some run of the adopted rules uses. (`rows-used` itself is violated in every small model; what counts is
 * that it names a row that it did not name before.) How many states there are is not looked at.
 *
 * Configurations are of four kinds. *Runs* begin as cases do. The others begin in the middle of one, in states that runs of a
 * few steps do not come to: *here*, everybody is in one state and somebody takes one step; *meeting*, somebody at work on the
 * report speaks to somebody in another state; *alone*, nothing but one form is ever sent.
 */
import {
  adopted, type CaseState, em, type EmState, localEvents, type Message, type Participant, protocol, type Protocol, rm, type RmState, type Role, type RuleSet,
} from 'mpcvd'
import { type Exploration, explore, forms, type Model, type ModelParticipant, type Property, type StepProperty, systemOf } from 'mpcvd/verify'
import { deadlock, divergenceEm, divergencePublic } from '../../src/verify/properties.js'
import { stepProperties } from '../../src/verify/step-properties.js'

/** A small model under any rule set. */
export interface Configuration {
  readonly name: string
  readonly kind: 'run' | 'here' | 'meeting' | 'alone'
  readonly model: Omit<Model, 'protocol'>
}

const of = (...held: ReadonlyArray<Role>): ModelParticipant => ({ roles: held })
const from = (held: ReadonlyArray<Role>, rmState: RmState, emState: EmState, cs: CaseState): ModelParticipant => ({ roles: held, start: { rm: rmState, em: emState, cs } })

const channel = { bound: 4 }
const [reporter, coordinator, vendor, deployer, maker] = [of('reporter'), of('coordinator'), of('vendor'), of('deployer'), of('vendor', 'deployer')]
const everyForm = forms.map(({ name }) => name)

const runs: ReadonlyArray<Configuration> = ([
  ['report, one step', { participants: [reporter, vendor], about: ['rm'], local: true, steps: 1 }],
  ['report, two steps', { participants: [reporter, vendor], about: ['rm'], local: true, steps: 2 }],
  ['report, three steps, unacknowledged', { participants: [reporter, vendor], about: ['rm'], local: true, steps: 3, acknowledgements: false }],
  ['report to a coordinator, four steps, unacknowledged', { participants: [reporter, coordinator], about: ['rm'], steps: 4, acknowledgements: false }],
  ['report that a vendor has, three steps, unacknowledged', { participants: [reporter, from(['vendor'], 'Received', 'None', 'Vfdpxa')], about: ['rm'], local: true, steps: 3, acknowledgements: false }],
  ['report that a vendor has accepted, three steps, unacknowledged', { participants: [reporter, from(['vendor'], 'Accepted', 'None', 'Vfdpxa')], about: ['rm'], local: true, steps: 3, acknowledgements: false }],
  ['embargo, one step', { participants: [reporter, vendor], about: ['em'], local: true, steps: 1 }],
  ['embargo, three steps', { participants: [reporter, vendor], about: ['em'], steps: 3 }],
  ['embargo, four steps, unacknowledged', { participants: [reporter, vendor], about: ['em'], local: true, steps: 4, acknowledgements: false }],
  ['public, one step', { participants: [reporter, vendor], about: ['public'], local: true, steps: 1 }],
  ['public, three steps, unacknowledged', { participants: [reporter, coordinator], about: ['public'], local: true, steps: 3, acknowledgements: false }],
  ['embargo and public, two steps', { participants: [reporter, vendor], about: ['em', 'public'], local: true, steps: 2 }],
  ['embargo and public, three steps, unacknowledged', { participants: [reporter, vendor], about: ['em', 'public'], local: true, steps: 3, acknowledgements: false }],
  ['fix path, three steps', { participants: [maker, vendor], about: ['path'], local: true, steps: 3 }],
  ['fix path of a deployer, three steps', { participants: [vendor, deployer], about: ['path'], local: true, steps: 3 }],
  ['report and fix path, three steps, unacknowledged', { participants: [reporter, maker], about: ['rm', 'path'], local: true, steps: 3, acknowledgements: false }],
  ['report and embargo, three steps', { participants: [reporter, vendor], about: ['rm', 'em'], steps: 3, acknowledgements: false }],
  ['everything, two steps', { participants: [reporter, vendor], local: true, steps: 2 }],
  ['everything but the report, two deployers, two steps, unacknowledged', { participants: [deployer, deployer], about: ['em', 'path', 'public'], local: true, steps: 2, acknowledgements: false }],
  ['everything that can be said, two steps, unacknowledged', { participants: [reporter, vendor], sends: everyForm, local: true, steps: 2, acknowledgements: false }],
  ['embargo of three, two steps, unacknowledged', { participants: [reporter, coordinator, vendor], about: ['em'], steps: 2, acknowledgements: false }],
] as const).map(([name, model]) => ({ name: `run: ${name}`, kind: 'run', model: { channel, ...model } }))

const worlds = ['Pxa', 'PXa', 'PXA', 'pxA', 'pXa'] as const
const one = { channel, acknowledgements: false, steps: 1 } as const

/** Everybody is in one state, and somebody takes one step, whatever it is. */
const here = (rmState: RmState, emState: EmState, path: 'vfd' | 'Vfd' | 'VFd' | 'VFD', world: 'pxa' | (typeof worlds)[number]): Configuration => ({
  name: `here: ${rmState}, ${emState}, ${path}${world}`, kind: 'here',
  model: { ...one, sends: everyForm, local: true, participants: [from(['vendor', 'deployer'], rmState, emState, `${path}${world}`), from(['reporter'], rmState, emState, world)] },
})
const heres: ReadonlyArray<Configuration> = rm.states.flatMap((rmState) => [
  ...em.states.flatMap((emState) => [here(rmState, emState, 'Vfd', 'pxa'), here(rmState, emState, 'VFd', 'pxa'), here(rmState, emState, 'vfd', 'pxa')]),
  ...worlds.flatMap((world) => [here(rmState, 'None', 'VFD', world), here(rmState, 'None', 'vfd', world)]),
  ...(['Proposed', 'Active', 'Revise', 'Exited'] as const).flatMap((emState) => worlds.map((world) => here(rmState, emState, 'Vfd', world))),
  { name: `here: ${rmState}, deployer`, kind: 'here', model: { ...one, sends: everyForm, local: true, participants: [from(['deployer'], rmState, 'None', 'dpxa'), from(['deployer'], rmState, 'None', 'Dpxa')] } },
])

/** Somebody who works on the report, in a state of the negotiation, and a recipient in any state. */
const meetings: ReadonlyArray<Configuration> = rm.states.flatMap((rmState) =>
  em.states.flatMap((emState) => (['pxa', 'Pxa', 'PXA'] as const).flatMap((world) => [
    ...em.states.map((other): Configuration => ({
      name: `meeting: ${other} with ${rmState}, ${emState}, Vfd${world}`, kind: 'meeting',
      model: { ...one, sends: everyForm, participants: [from(['reporter'], 'Accepted', other, 'pxa'), from(['vendor'], rmState, emState, `Vfd${world}`)] },
    })),
    ...(emState === 'None' || emState === 'Proposed' ? [
      { name: `meeting: ${emState} with ${rmState}, vfd${world}`, kind: 'meeting' as const, model: { ...one, sends: everyForm, participants: [from(['reporter'], 'Accepted', emState, 'pxa'), from(['vendor'], rmState, emState, `vfd${world}`)] } },
      { name: `meeting: ${emState} with ${rmState}, ${world}`, kind: 'meeting' as const, model: { ...one, sends: everyForm, participants: [from(['reporter'], 'Accepted', emState, 'pxa'), from(['coordinator'], rmState, emState, world)] } },
    ] : []),
  ])))

/** Nothing but one form about the embargo, to somebody in another state of it. */
const answered: ReadonlyArray<Configuration> = forms.filter(({ topic }) => topic === 'em').flatMap(({ name }) => em.states.flatMap((emState) => em.states.flatMap((other) =>
  (['pxa', 'Pxa', 'pxA'] as const).map((world): Configuration => ({
    name: `alone: ${name} in ${emState} to ${other}, ${world}`, kind: 'alone',
    model: { ...one, sends: [name], participants: [from(['reporter'], 'Accepted', emState, 'pxa'), from(['coordinator'], 'Accepted', other, world)] },
  })))))

/** Nothing but one silent step, by a vendor that deploys, from states that it can be in; then the next message about the report. */
const silent: ReadonlyArray<Configuration> = localEvents.flatMap((event) => rm.states.flatMap((rmState) => (['None', 'Proposed', 'Active'] as const).flatMap((emState) =>
  (['vfdpxa', 'VfdPxa', 'VFdPXA'] as const).filter((cs) => emState === 'None' || cs === 'vfdpxa').map((cs): Configuration => ({
    name: `alone: ${event} in ${rmState}, ${emState}, ${cs}`, kind: 'alone',
    model: { channel, steps: 2, acknowledgements: false, local: [event], sends: event === 'discover' ? ['RI'] : [], participants: [from(['vendor', 'deployer'], rmState, emState, cs), from(['vendor', 'deployer'], rmState, emState, cs)] },
  })))))

/** Nothing but one form, from states in which participants are. */
const alone: ReadonlyArray<Configuration> = forms.flatMap(({ name, topic }): ReadonlyArray<Configuration> =>
  rm.states.filter((rmState) => topic === 'rm' || rmState === 'Accepted').flatMap((rmState) => em.states.filter((emState) => topic !== 'rm' || emState === 'None').flatMap((emState) =>
    (['vfdpxa', 'VfdPxa', 'VFdpxa'] as const).filter((cs) => topic === 'path' || topic === 'public' || cs === 'vfdpxa').map((cs): Configuration => ({
      name: `alone: ${name} in ${rmState}, ${emState}, ${cs}`, kind: 'alone',
      model: { channel, steps: 1, sends: [name], participants: [from(['vendor', 'deployer'], rmState, emState, cs), from(['vendor', 'deployer'], rmState, emState, cs)] },
    })))))

/** Every configuration, by name. */
export const configurations: ReadonlyMap<string, Configuration> = new Map([...runs, ...heres, ...meetings, ...answered, ...silent, ...alone].map((each) => [each.name, each]))

/** The properties that are asked of mutants; those of endless runs are asked apart. */
export const asked: ReadonlyArray<Property> = [...stepProperties, deadlock, divergenceEm, divergencePublic]

/** A question that a run of a configuration asks of its rule set, and what the adopted rules answer. */
export interface Question {
  readonly way: 'sent' | 'received' | 'local'
  readonly names: ReadonlyArray<string>
  readonly ask: (under: Protocol) => string
  readonly answer: string
}

/** A configuration under the adopted rules. */
export interface Baseline {
  readonly configuration: Configuration
  readonly states: number
  readonly held: ReadonlyArray<Property>
  readonly alive: ReadonlySet<string>
  /** By name, what was asked of the rule set. */
  readonly questions: ReadonlyMap<string, Question>
}

const explored = (model: Model, properties: ReadonlyArray<Property>, stop: boolean): Exploration => {
  const system = systemOf(model, properties.filter((each): each is StepProperty => each.kind === 'step'))
  const exploration = explore(system, properties, { memory: 2 ** 27, fewerInterleavings: true })
  do exploration.advance(512)
  while (exploration.status() === 'running' && !(stop && exploration.violations().size > 0))
  return exploration
}

type Result = ReturnType<Protocol['transition']>
const shown = (result: Result): string => {
  if (result._tag === 'Left') return 'refused'
  const { fired, optional, replies, state } = result.right
  return `${state.rm},${state.em},${state.cs};${fired.map(({ event }) => event).join()};${replies.join()};${optional.join()}`
}
const nameOfQuestion = ({ cs, em: embargo, rm: report, roles }: Participant, message: Message | string, way: string): string => {
  const what = typeof message === 'string' ? message : `${message.types.join('+')} ${message.inReplyTo ?? ''} ${JSON.stringify(message.subject ?? '')} ${JSON.stringify(message.embargo ?? '')}`
  return `${way} ${what} ${roles.join('+')} ${report} ${embargo} ${cs}`
}

/** What holds and lives in a configuration under the adopted rules, and what it asks of them. */
export const baselineOf = (configuration: Configuration): Baseline => {
  const questions = new Map<string, Question>()
  const note = (key: string, question: Question): void => {
    if (!questions.has(key)) questions.set(key, question)
  }
  const recording: Protocol = {
    ...adopted,
    transition: (state, message) => {
      const result = adopted.transition(state, message)
      const way = state.id === message.from ? 'sent' : 'received'
      note(nameOfQuestion(state, message, way), { way, names: message.types, ask: (under) => shown(under.transition(state, message)), answer: shown(result) })
      return result
    },
    local: (state, event) => {
      const result = adopted.local(state, event)
      note(nameOfQuestion(state, event, 'local'), { way: 'local', names: [event], ask: (under) => shown(under.local(state, event)), answer: shown(result) })
      return result
    },
  }
  const exploration = explored({ ...configuration.model, protocol: recording }, asked, false)
  return {
    configuration, states: exploration.states(), held: asked.filter((property) => !exploration.violations().has(property)), alive: exploration.rows(), questions,
  }
}

const rowsOf = (set: RuleSet): ReadonlySet<string> => new Set([...set.sent, ...set.received, ...set.local, ...set.forced, ...set.consequences].map(({ id }) => id))

/** The property that catches a mutant in a configuration: the first that is violated, or `rows-used`. */
export const caughtIn = (mutant: Protocol, { alive, configuration, held }: Baseline): string | undefined => {
  const exploration = explored({ ...configuration.model, protocol: mutant }, held, true)
  const [violated] = exploration.violations().keys()
  if (violated !== undefined) return violated.id
  const rows = rowsOf(mutant.rules)
  const used = exploration.rows()
  return [...alive].some((row) => rows.has(row) && !used.has(row)) ? 'rows-used' : undefined
}

/** Whether a property, by id, catches a mutant in a configuration. */
export const catches = (id: string, mutant: Protocol, { alive, configuration, held }: Baseline): boolean => {
  if (id !== 'rows-used') {
    const property = held.find((each) => each.id === id)
    return property !== undefined && explored({ ...configuration.model, protocol: mutant }, [property], true).violations().size > 0
  }
  const rows = rowsOf(mutant.rules)
  const used = explored({ ...configuration.model, protocol: mutant }, [], false).rows()
  return [...alive].some((row) => rows.has(row) && !used.has(row))
}

/** A mutant's rules, ready to run. */
export const ready = (set: RuleSet): Protocol => protocol(set)
