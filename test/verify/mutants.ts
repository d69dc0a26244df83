/**
 * The checker against mutants of the adopted rules: does some property notice that one row is wrong?
 *
 * A mutant is caught in a *configuration*, a small model, if there a property is violated that holds for the adopted rules, or
 * a row is dead that some run of the adopted rules uses. (`rows-used` itself is violated in every small model; what counts is
 * that it names a row that it did not name before, and that the mutant still has.) How many states there are is not looked at.
 * Where several would catch it, `error-answered` and `rows-used` come last: the one is violated wherever messages cross, the
 * other says that something cannot be done any more, not that something is done wrong.
 *
 * Configurations are of four kinds. *Runs* begin as cases do, or where somebody has the report. The others begin in the middle of one, in states that runs of a
 * few steps do not come to: *here*, everybody is in one state and somebody takes one step; *meeting*, somebody at work on the
 * report speaks to somebody in another state; *alone*, nothing but one form is ever sent. Everybody begins in a state that a
 * participant of its roles can come to under the adopted rules; whether two can be so at the same time is not asked.
 *
 * A mutant is *the same* as the adopted rules if `transition` and `local` give the same for every state that a participant can
 * come to, whatever it is sent. What differs in other states only never happens. A refused step is no step: that another reason
 * is given for it changes nothing that a participant does or that a peer is told; such mutants are counted apart.
 */
import {
  adopted, type CaseState, type Consequence, type Context, em, type EmState, localEvents, type Message, type Participant, protocol, type Protocol, rm, type RmState, type Role, roles, type RowType, type RuleSet, start, type State,
  type Way,
} from 'mpcvd'
import {
  deadlock, divergenceEm, divergencePublic, type Exploration, explore, forms, livenessFor, type Model, type ModelParticipant, oneActiveEmbargo, type Property, type StepProperty, stepProperties, systemOf, verify,
} from 'mpcvd/verify'
import { type Cell, interpret, interpretLocal, type RoleShape, roleShapeOf } from '../../src/protocol/interpret.js'
import { contextsThatMatter, messageWith, plain, rowTypes, typesOf, ways } from '../cells.js'
import type { Mutant } from '../mutation/rows.js'

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
/** What is said in the middle of a case: everything but relays and offers of existing terms, which are looked at alone. */
const everyForm = forms.filter(({ extra, topic }) => extra !== true || topic === 'rm').map(({ name }) => name)

const runs: ReadonlyArray<Configuration> = ([
  ['report, one step', { participants: [reporter, vendor], about: ['rm'], local: true, steps: 1 }],
  ['report, two steps', { participants: [reporter, vendor], about: ['rm'], local: true, steps: 2 }],
  ['report, three steps, unacknowledged', { participants: [reporter, vendor], about: ['rm'], local: true, steps: 3, acknowledgements: false }],
  ['report to a coordinator, four steps, unacknowledged', { participants: [reporter, coordinator], about: ['rm'], steps: 4, acknowledgements: false }],
  ['report that a vendor has, three steps, unacknowledged', { participants: [reporter, from(['vendor'], 'Received', 'None', 'Vfdpxa')], about: ['rm'], local: true, steps: 3, acknowledgements: false }],
  ['report that one of two vendors has, two steps, unacknowledged', { participants: [from(['vendor'], 'Received', 'None', 'Vfdpxa'), vendor], about: ['rm'], steps: 2, acknowledgements: false }],
  ['report that a vendor has accepted, three steps, unacknowledged', { participants: [reporter, from(['vendor'], 'Accepted', 'None', 'Vfdpxa')], about: ['rm'], local: true, steps: 3, acknowledgements: false }],
  ['embargo, one step', { participants: [reporter, vendor], about: ['em'], local: true, steps: 1 }],
  ['embargo, three steps', { participants: [reporter, vendor], about: ['em'], steps: 3 }],
  ['embargo, four steps, unacknowledged', { participants: [reporter, vendor], about: ['em'], local: true, steps: 4, acknowledgements: false }],
  ['public, one step', { participants: [reporter, vendor], about: ['public'], local: true, steps: 1 }],
  ['public, three steps, unacknowledged', { participants: [reporter, coordinator], about: ['public'], local: true, steps: 3, acknowledgements: false }],
  ['embargo and public, two steps', { participants: [reporter, vendor], about: ['em', 'public'], local: true, steps: 2 }],
  ['embargo and public, three steps, unacknowledged', { participants: [reporter, vendor], about: ['em', 'public'], local: true, steps: 3, acknowledgements: false }],
  ['fix path, three steps', { participants: [maker, vendor], about: ['path'], local: true, steps: 3 }],
  ['fix path, one has closed, three steps', { participants: [from(['vendor', 'deployer'], 'Accepted', 'None', 'Vfdpxa'), from(['vendor'], 'Closed', 'None', 'Vfdpxa')], about: ['path'], local: true, steps: 3 }],
  ['fix path of a deployer, three steps', { participants: [vendor, deployer], about: ['path'], local: true, steps: 3 }],
  ['report and fix path, three steps, unacknowledged', { participants: [reporter, maker], about: ['rm', 'path'], local: true, steps: 3, acknowledgements: false }],
  ['report and embargo, three steps', { participants: [reporter, vendor], about: ['rm', 'em'], steps: 3, acknowledgements: false }],
  ['everything, two steps', { participants: [reporter, vendor], local: true, steps: 2 }],
  ['everything but the report, two deployers, two steps, unacknowledged', { participants: [deployer, deployer], about: ['em', 'path', 'public'], local: true, steps: 2, acknowledgements: false }],
  ['everything that can be said, two steps, unacknowledged', { participants: [reporter, vendor], sends: forms.map(({ name }) => name), local: true, steps: 2, acknowledgements: false }],
  ['embargo on terms, two steps', { participants: [reporter, vendor], about: ['em'], steps: 2, terms: true }],
  ['embargo on terms, three steps, unacknowledged', { participants: [reporter, vendor], about: ['em'], steps: 3, acknowledgements: false, terms: true }],
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
  ...worlds.map((world): Configuration => ({
    name: `here: ${rmState}, coordinators, ${world}`, kind: 'here', model: { ...one, sends: everyForm, local: true, participants: [from(['coordinator'], rmState, 'None', world), from(['coordinator'], rmState, 'None', world)] },
  })),
  { name: `here: ${rmState}, vendor, VFdpxa`, kind: 'here', model: { ...one, sends: everyForm, local: true, participants: [from(['vendor'], rmState, 'None', 'VFdpxa'), from(['vendor'], rmState, 'None', 'VFdpxa')] } },
  ...(['dpxa', 'Dpxa'] as const).map((cs): Configuration => ({
    name: `here: ${rmState}, deployer, ${cs}`, kind: 'here', model: { ...one, sends: everyForm, local: true, participants: [from(['deployer'], rmState, 'None', cs), from(['deployer'], rmState, 'None', 'dpxa')] },
  })),
])

/** Somebody who works on the report, in a state of the negotiation, and a recipient in any state. */
const meetings: ReadonlyArray<Configuration> = rm.states.flatMap((rmState) =>
  em.states.flatMap((emState) => (['pxa', 'Pxa', 'PXA', 'pxA'] as const).flatMap((world) => [
    ...em.states.flatMap((other) => (rmState === 'Start' ? (['vfd'] as const) : world === 'pxA' ? [] : (['Vfd'] as const)).map((path): Configuration => ({
      name: `meeting: ${other} with ${rmState}, ${emState}, ${path}${world}`, kind: 'meeting',
      model: { ...one, sends: everyForm, participants: [from(['reporter'], 'Accepted', other, 'pxa'), from(['vendor'], rmState, emState, `${path}${world}`)] },
    }))),
    ...(emState === 'None' || emState === 'Proposed' ? [
      ...(rmState === 'Start' ? [] : [{ name: `meeting: ${emState} with ${rmState}, vfd${world}`, kind: 'meeting' as const, model: { ...one, sends: everyForm, participants: [from(['reporter'], 'Accepted', emState, 'pxa'), from(['vendor'], rmState, emState, `vfd${world}`)] } }]),
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
const alone: ReadonlyArray<Configuration> = forms.flatMap(({ extra, name, topic }): ReadonlyArray<Configuration> =>
  rm.states.filter((rmState) => topic === 'rm' || extra === true || rmState === 'Accepted').flatMap((rmState) => em.states.filter((emState) => topic !== 'rm' || emState === 'None').flatMap((emState) =>
    (['vfdpxa', 'VfdPxa', 'VFdpxa'] as const).filter((cs) => topic === 'path' || topic === 'public' || cs === 'vfdpxa').map((cs): Configuration => ({
      name: `alone: ${name} in ${rmState}, ${emState}, ${cs}`, kind: 'alone',
      model: { channel, steps: 1, sends: [name], participants: [from(['vendor', 'deployer'], rmState, emState, cs), from(['vendor', 'deployer'], rmState, emState, cs)] },
    })))))

/** Nothing but one form about the embargo, between two whose report is in any state, and acknowledged. */
const acknowledged: ReadonlyArray<Configuration> = forms.filter(({ topic }) => topic === 'em').flatMap(({ name }) => rm.states.flatMap((rmState) => em.states.map((emState): Configuration => {
  const each = from(['vendor'], rmState, emState, rmState === 'Start' ? 'vfdpxa' : 'Vfdpxa')
  return { name: `alone: ${name} in ${rmState}, ${emState}, vendors`, kind: 'alone', model: { channel, steps: 1, sends: [name], participants: [each, each] } }
})))

/** An error on its way to somebody who closes the report meanwhile. */
const closing: Configuration = {
  name: 'alone: EV and RC in Active to None, two steps', kind: 'alone',
  model: { channel, steps: 2, acknowledgements: false, sends: ['EV', 'RC'], participants: [from(['reporter'], 'Accepted', 'Active', 'pxa'), from(['coordinator'], 'Accepted', 'None', 'pxa')] },
}

/** What a participant can be told, or say: every type in every context that can matter. */
const messages: ReadonlyArray<Message> =
  ways.flatMap((way) => rowTypes.flatMap((type) => contextsThatMatter(way, type).map((context) => messageWith(way, typesOf(type), context))))

/** The roles that rows tell apart, and the state: who has the same is treated the same. */
const standing = (held: ReadonlyArray<Role>, { cs, em: embargo, rm: report }: State): string =>
  `${(['vendor', 'deployer'] as const).filter((role) => held.includes(role)).join('+')} ${report},${embargo},${cs}`

const everyRoles: ReadonlyArray<ReadonlyArray<Role>> = roles.reduce<ReadonlyArray<ReadonlyArray<Role>>>((some, role) => [...some, ...some.map((held) => [...held, role])], [[]]).filter((held) => held.length > 0)

/** Everybody that a participant can come to be under the adopted rules, from the start of any roles, whatever it is sent and whatever it does. */
export const reachable: ReadonlyMap<string, Participant> = (() => {
  const found = new Map<string, Participant>()
  const add = (one: Participant): void => {
    if (!found.has(standing(one.roles, one))) found.set(standing(one.roles, one), one)
  }
  for (const held of everyRoles) add(start('self', held))
  // A map is gone through together with what is added to it on the way.
  for (const one of found.values())
    for (const result of [...messages.map((message) => adopted.transition(one, message)), ...localEvents.map((event) => adopted.local(one, event))])
      if (result._tag === 'Right') add(result.right.state)
  return found
})()

const beginsReachably = ({ model }: Configuration): boolean =>
  model.participants.every((one) => one.start === undefined || reachable.has(standing(one.roles, one.start)))

/** Every configuration, by name. */
export const configurations: ReadonlyMap<string, Configuration> =
  new Map([...runs, ...heres, ...meetings, ...answered, ...silent, ...alone, ...acknowledged, closing].filter(beginsReachably).map((each) => [each.name, each]))

/** The properties that are asked of mutants; those of endless runs are asked where nothing else catches one. Where not everything may be done, that nothing of the rest is left to do is no deadlock. */
const askedOf = ({ about, local, sends }: Omit<Model, 'protocol'>): ReadonlyArray<Property> => {
  const whole = about === undefined && local === true && (sends === undefined || sends === everyForm)
  return [...stepProperties, ...(whole ? [deadlock] : []), divergenceEm, divergencePublic, oneActiveEmbargo]
}

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

/** Explores a configuration under a rule set, until enough is violated. */
const explored = (model: Model, properties: ReadonlyArray<Property>, fewerInterleavings: boolean, enough: (violated: ReadonlyArray<string>) => boolean = () => false): Exploration => {
  const system = systemOf(model, properties.filter((each): each is StepProperty => each.kind === 'step'))
  const exploration = explore(system, properties, { memory: 2 ** 27, fewerInterleavings })
  do exploration.advance(512)
  while (exploration.status() === 'running' && !enough(violatedIn(exploration)))
  return exploration
}
const violatedIn = (exploration: Exploration): ReadonlyArray<string> => [...exploration.violations().keys()].map(({ id }) => id)

const asSet = (types: ReadonlyArray<string>): string => [...types].sort().join()

type Result = ReturnType<Protocol['transition']>
const shown = (result: Result): string => {
  if (result._tag === 'Left') return 'refused'
  const { fired, optional, replies, state } = result.right
  return `${state.rm},${state.em},${state.cs};${fired.map(({ event }) => event).join()};${asSet(replies)};${asSet(optional)}`
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
  const asked = askedOf(configuration.model)
  const exploration = explored({ ...configuration.model, protocol: recording }, asked, true)
  if (exploration.status() !== 'done') throw new Error(`not explored to the end: ${configuration.name}`)
  return {
    configuration, states: exploration.states(), held: asked.filter((property) => !exploration.violations().has(property)), alive: exploration.rows(), questions,
  }
}

const rowsOf = (set: RuleSet): ReadonlySet<string> => new Set([...set.sent, ...set.received, ...set.local, ...set.forced, ...set.consequences].map(({ id }) => id))

/** How little a property says of a mutant that it catches: by default nothing is held against it. */
export const weakness = (id: string): number => ['error-answered', 'rows-used'].indexOf(id) + 1

/** Whether a row that runs of the adopted rules use in a configuration is there and dead. Looked at without fewer interleavings: a mutant's rows may allow to leave out others. */
export const hasDeadRow = (mutant: Protocol, { alive, configuration }: Baseline): boolean => {
  const rows = rowsOf(mutant.rules)
  const exploration = explored({ ...configuration.model, protocol: mutant }, [], false)
  const used = exploration.rows()
  return exploration.status() === 'done' && [...alive].some((row) => rows.has(row) && !used.has(row))
}

/** The property that a mutant violates in a configuration, the weaker ones last. */
export const violatedBy = (mutant: Protocol, { configuration, held }: Baseline): string | undefined => {
  const violated = violatedIn(explored({ ...configuration.model, protocol: mutant }, held, true, (some) => some.some((id) => weakness(id) === 0)))
  return violated.find((id) => weakness(id) === 0) ?? violated[0]
}

/** Whether a property, by id, catches a mutant in a configuration. */
export const catches = (id: string, mutant: Protocol, baseline: Baseline): boolean => {
  if (id === 'rows-used') return hasDeadRow(mutant, baseline)
  const property = baseline.held.find((each) => each.id === id)
  return property !== undefined && explored({ ...baseline.configuration.model, protocol: mutant }, [property], true, (violated) => violated.length > 0).violations().size > 0
}

/** A mutant's rules, ready to run. */
export const ready = (set: RuleSet): Protocol => protocol(set)

/** The model in which mutants are asked for what comes about at last, if nothing else catches them. */
export const ENDLESS = 'endless: reporter, vendor'
const unending = { participants: [reporter, vendor], channel: { bound: 1 } }
const endlessVerdicts = (under: Protocol): ReadonlyMap<string, string> =>
  new Map(verify({ protocol: under, ...unending }, livenessFor(unending), { states: 200_000 }).verdicts.map(({ property, verdict }) => [property.id, verdict]))
let endlessHere: ReadonlyMap<string, string> | undefined
/** A property of endless runs, by id, that holds for the adopted rules and not for a mutant. */
export const endlessly = (mutant: Protocol): string | undefined => {
  endlessHere ??= endlessVerdicts(adopted)
  const verdicts = endlessVerdicts(mutant)
  return [...endlessHere].find(([id, verdict]) => verdict === 'holds' && verdicts.get(id) === 'violated')?.[0]
}

/** What a step does in a state, by the rows; `transition` and `local` remember these answers. Who sends a pair does not owe a part of it. */
const answerOf = ({ cs, em: embargo, fired, optional, refuse, replies, rm: report }: Cell, said: ReadonlyArray<string>): string =>
  refuse === undefined ? `${report},${embargo},${cs};${fired.map(({ event }) => event).join()};${asSet(replies.filter((type) => !said.includes(type)))};${asSet(optional)}` : `refused: ${refuse}`

/** Asks a rule set one thing of everybody that a participant can come to be. */
type Ask = (rules: RuleSet) => ReadonlyArray<string>
const everybody: ReadonlyArray<readonly [shape: RoleShape, state: State]> =
  [...reachable.values()].map(({ cs, em: embargo, rm: report, roles: held }) => [roleShapeOf(held), { rm: report, em: embargo, cs }])
const coupling: ReadonlyArray<Consequence> = [...adopted.rules.forced, ...adopted.rules.consequences]
/** Whether a mutant's row couples the machines, and so can show in any step. */
export const couples = ({ name }: Mutant): boolean => coupling.some(({ id }) => name.startsWith(`${adopted.name} ${id}: `))

/** The contexts in which a step can differ: what of a message no row for it looks at makes no difference, and no mutant looks at more. */
const contextsFor = (way: Way, type: RowType): ReadonlyArray<Context> => {
  const rows = [...adopted.rules[way].filter(({ types }) => types.includes(type)), ...coupling]
  return contextsThatMatter(way, type).filter((context) =>
    (['subject', 'reply', 'existing', 'answers'] as const).every((field) => context[field] === plain[field] || rows.some(({ when }) => when?.[field] !== undefined)))
}
const asks: ReadonlyArray<{ readonly way: Way | 'local'; readonly about: string; readonly ask: Ask; readonly answers: ReadonlyArray<string> }> = [
  ...ways.flatMap((way) => rowTypes.flatMap((type) => contextsFor(way, type).map((context) => ({
    way, about: type, ask: (rules: RuleSet): ReadonlyArray<string> => {
      const few = { ...rules, [way]: rules[way].filter(({ types }) => types.includes(type)), advice: [] }
      return everybody.map(([shape, state]) => answerOf(interpret(few, way, type, shape, state, context), way === 'sent' && type === 'CX+CP' ? typesOf(type) : []))
    },
  })))),
  ...localEvents.map((event) => ({
    way: 'local' as const, about: event, ask: (rules: RuleSet): ReadonlyArray<string> => everybody.map(([shape, state]) => answerOf(interpretLocal(rules, event, shape, state), [])),
  })),
].map((one) => ({ ...one, answers: one.ask(adopted.rules) }))

/**
 * How a mutant differs from the adopted rules wherever a participant can come to, whatever it is sent: not at all, in the reason
 * that it gives where both refuse, or in what may be done, what that does, and how it is answered.
 */
export const differenceOf = (mutant: Mutant): 'no change' | 'another reason' | 'behaviour' => {
  const names: ReadonlyArray<string> = [...mutant.types, ...mutant.events]
  const all = couples(mutant)
  let difference: 'no change' | 'another reason' = 'no change'
  for (const { about, answers, ask, way } of asks) {
    if (!all && (way !== mutant.way || !names.includes(about))) continue
    for (const [place, answer] of ask(mutant.set).entries()) {
      const wanted = answers[place] ?? ''
      if (answer === wanted) continue
      if (!answer.startsWith('refused') || !wanted.startsWith('refused')) return 'behaviour'
      difference = 'another reason'
    }
  }
  return difference
}
