/**
 * The explorer against a second implementation of the same model (`verify/naive.ts`): the same states, steps, distances, states
 * at rest and verdicts, one model at a time; then the reductions, which may leave out states but no verdict, also where the
 * rules are not those that they were made for. And its parts against plain data: the store against a map, channels against
 * lists, a model's faults against a table.
 */
import fc from 'fast-check'
import { isLeft } from 'fp-ts/Either'
import { adopted, type CsEvent, type EmEvent, em, localEvents, type MessageType, protocol, type Protocol, published, rm, type RmEvent, type Role, roles, type RuleSet } from 'mpcvd'
import { describe, expect, it } from 'vitest'
import type { Row } from '../src/protocol/rules.js'
import { forms, localTopics, topics } from '../src/verify/alphabet.js'
import { type ChannelKind, channels, FULL } from '../src/verify/channel.js'
import { type Exploration, explore, type ExploreOptions } from '../src/verify/explore.js'
import { checkModel, describeModelFault, type Model, type ModelFault, type ModelParticipant } from '../src/verify/model.js'
import type { DeadlockProperty, LivenessProperty, LocalStep, OverflowProperty, Property, RestProperty, StateProperty, StepProperty, View } from '../src/verify/property.js'
import { everything } from '../src/verify/reduction.js'
import { layout, NO_ROOM, store } from '../src/verify/store.js'
import { type Glance, type Move, systemOf } from '../src/verify/system.js'
import { verify } from '../src/verify/verify.js'
import { type Body, type Found, nearest, staysPending, visitAll, type World } from './verify/naive.js'

const of = (...held: ReadonlyArray<Role>): ModelParticipant => ({ roles: held })
const from = (rm: 'Start' | 'Received' | 'Valid' | 'Accepted' | 'Closed', em: 'None' | 'Proposed' | 'Active' | 'Revise', cs: 'pxa' | 'Pxa' | 'pXa' | 'vfdpxa' | 'vfdPxa' | 'vfdpXa' | 'Vfdpxa', ...held: ReadonlyArray<Role>): ModelParticipant =>
  ({ roles: held, start: { rm, em, cs } })
const [reporter, finder, coordinator, vendor, deployer, maker, observer] = [of('reporter'), of('finder'), of('coordinator'), of('vendor'), of('deployer'), of('vendor', 'deployer'), of('observer')]
const pair = [reporter, vendor]
const two = { bound: 2 }

// ── What is asked of every model ────────────────────────────────────────────────────────────────────────────────────────

const says = { says: '', source: [] }
const stepProperty = (id: string, violated: StepProperty['violated'], more: Partial<StepProperty> = {}): StepProperty => ({ ...says, ...more, id, kind: 'step', violated })
const lookOf = ({ awaits, force, open, owes, state: { cs, em: embargo, rm: report } }: View): string => JSON.stringify([report, embargo, cs, [...new Set(owes)].sort(), awaits, open, force])
const whole = (kind: 'rest' | 'state', id: string, violated: RestProperty['violated']): RestProperty | StateProperty => ({ ...says, id, kind, looks: lookOf, violated })
const differ = (of: (view: View) => unknown) => (views: ReadonlyArray<View>): boolean => new Set(views.filter(({ state }) => state.rm !== 'Closed').map(of)).size > 1

const stepProperties: ReadonlyArray<StepProperty> = [
  stepProperty('no receipt without a row', ({ unspecified }) => unspecified),
  stepProperty('nothing owed without a row', ({ unsendable }) => unsendable.length > 0),
  stepProperty('nobody is told of an error', ({ replies }) => replies.includes('EE') || replies.includes('RE')),
  stepProperty('nobody hears that it is public', ({ after, before, way }) => way === 'received' && !before.cs.includes('P') && after.cs.includes('P')),
  stepProperty('no embargo ends', ({ fired }) => fired.some(({ machine, event }) => machine === 'em' && event === 'terminate')),
  stepProperty('no announcement is late', ({ owed, types }) => owed && types.some((type) => ['CV', 'CP', 'ET', 'ER'].includes(type))),
]
const acknowledged = stepProperty('nobody is acknowledged that has no embargo', ({ before, types, way }) => way === 'received' && types.includes('EK') && before.em === 'None', { everyReceipt: true })
const stateProperties: ReadonlyArray<RestProperty | StateProperty> = [
  whole('rest', 'at rest, all agree on the embargo', differ(({ state }) => state.em)),
  whole('rest', 'at rest, all know the same', differ(({ state }) => state.cs.slice(-3))),
  whole('rest', 'at rest, nobody owes', (views) => views.some(({ owes }) => owes.length > 0)),
  whole('rest', 'at rest, nobody waits', (views) => views.some(({ awaits }) => awaits.length > 0)),
  whole('rest', 'at rest, all mean the same terms', (views) => new Set(views.map(({ force }) => force)).size > 1),
  whole('state', 'all agree on the embargo', differ(({ state }) => state.em)),
  whole('state', 'nobody owes two things', (views) => views.some(({ owes }) => new Set(owes).size > 1)),
]
const deadlock: DeadlockProperty = { ...says, id: 'deadlock', kind: 'deadlock' }
const overflow: OverflowProperty = { ...says, id: 'overflow', kind: 'overflow' }
const asked: ReadonlyArray<Property> = [...stepProperties, acknowledged, ...stateProperties, deadlock, overflow]

/** How far the nearest violation is, as the naive model has it; undefined where there is none. */
const distanceTo = (found: Found, property: Property): number | undefined => {
  const { outlooks, program } = found
  const outlook = (at: number) => outlooks[at]
  switch (property.kind) {
    case 'step': {
      const judged = new Map<LocalStep, boolean>()
      const violated = (step: LocalStep): boolean => judged.get(step) ?? (judged.set(step, property.violated(step)).get(step) === true)
      const least = nearest(found, (_, at) => outlook(at)?.steps.some(({ local }) => local !== undefined && violated(local())) === true)
      return least === undefined ? undefined : least + 1
    }
    case 'rest': return nearest(found, (world, at) => outlook(at)?.rest === true && property.violated(program.views(world)))
    case 'state': return nearest(found, (world) => property.violated(program.views(world)))
    case 'deadlock': return nearest(found, (world, at) => outlook(at)?.alive === false && world.bodies.some(({ rm }) => rm !== 'Closed' && rm !== 'Start'))
    case 'overflow': return nearest(found, (_, at) => outlook(at)?.blocked === true)
    case 'rows': case 'liveness': return undefined
  }
}

// ── What an exploration found, in the words of the naive model ──────────────────────────────────────────────────────────

const explored = (model: Model, properties: ReadonlyArray<Property>, options: ExploreOptions = {}, slice = 1e6): Exploration => {
  const exploration = explore(systemOf(model, properties.filter((one): one is StepProperty => one.kind === 'step')), properties, options)
  for (exploration.advance(slice); exploration.status() === 'running'; exploration.advance(slice));
  return exploration
}

/** The states of an exploration as worlds, and whether they are at rest. */
const worldsOf = ({ store: states, system }: Exploration, { program }: Pick<Found, 'program'>): ReadonlyArray<{ readonly world: World; readonly rest: boolean }> => {
  const { channelField, channels: contents, conducts, fields, model, symbols } = system
  const places = conducts.map((_, place) => place)
  const [current, next] = [new Int32Array(fields), new Int32Array(fields)]
  const move: Move = { kind: 'own', participant: 0, index: 0, from: 0, violates: 0 }
  const glance: Glance = { blocked: false, alive: false, rest: false }
  const among = (mask: number): ReadonlyArray<number> => places.filter((place) => (mask & (1 << place)) !== 0)
  const letters = symbols.map(({ context, of: acknowledges, terms, types }) => program.letter({ types, context, of: acknowledges ?? '', terms: terms ?? -1 }))
  return Array.from({ length: states.size() }, (_, number) => {
    states.read(number, current)
    const bodies = conducts.map((conduct, place): Body => {
      const { awaits, force, open, owes, state } = conduct.configuration(current[place] ?? 0)
      return {
        rm: state.rm, em: state.em, cs: state.cs,
        owes: owes.flatMap(({ everyone, symbol, to, type }) => (everyone ? [-1] : among(to)).map((other) => `${type} ${other} ${symbols[symbol]?.of ?? ''}`)).sort(),
        awaits: (model.awaits ?? []).flatMap((type, index) => among(awaits[index] ?? 0).map((other) => `${type} ${other}`)).sort(),
        open, force,
      }
    })
    const held = (one: number, other: number): ReadonlyArray<number> => {
      const content = contents.symbols(current[channelField(one, other)] ?? 0).map((symbol) => letters[symbol] ?? -1)
      return model.channel.reordering === true ? content.sort((a, b) => a - b) : content
    }
    system.expand(current, next, move, glance, everything, () => undefined)
    const world = {
      bodies, channels: places.map((one) => places.map((other) => (one === other ? [] : held(one, other)))),
      steps: model.steps === undefined && model.script === undefined ? 0 : (current[fields - 2] ?? 0), repeats: model.repeats === undefined ? 0 : (current[fields - 1] ?? 0),
    }
    return { world, rest: glance.rest }
  })
}

const ordersOf = (all: ReadonlyArray<number>): ReadonlyArray<ReadonlyArray<number>> =>
  all.length === 0 ? [[]] : all.flatMap((head) => ordersOf(all.filter((one) => one !== head)).map((rest) => [head, ...rest]))

/** A world with its equal participants exchanged in every way, the world itself among them. */
const exchanged = (model: Model, { bodies, channels: held, repeats, steps }: World): ReadonlyArray<World> => {
  const places = bodies.map((_, place) => place)
  const kind = (place: number): string => JSON.stringify([[...(model.participants[place]?.roles ?? [])].sort(), model.participants[place]?.start])
  return ordersOf(places).filter((order) => order.every((to, one) => kind(to) === kind(one))).map((order) => {
    const at = (place: number): number => order.indexOf(place)
    const to = (place: number): number => (place < 0 ? place : (order[place] ?? place))
    const renamed = (texts: ReadonlyArray<string>): ReadonlyArray<string> => texts.map((text) => text.replace(/ (\d+)/, (_, place) => ` ${to(Number(place))}`)).sort()
    return {
      bodies: places.flatMap((place) => bodies[at(place)] ?? []).map((body): Body => ({ ...body, owes: renamed(body.owes), awaits: renamed(body.awaits), open: to(body.open), force: to(body.force) })),
      channels: places.map((one) => places.map((other) => held[at(one)]?.[at(other)] ?? [])),
      steps, repeats,
    }
  })
}
const textOf = (world: World): string => JSON.stringify(world)
const leastOf = (model: Model, world: World): string => exchanged(model, world).map(textOf).reduce((least, one) => (one < least ? one : least))
const symmetric = ({ participants, script }: Model): boolean => script === undefined && participants.some((one, place) => participants.slice(0, place).some((other) => JSON.stringify(other) === JSON.stringify(one)))

const texts = new WeakMap<LocalStep, string>()
/** A step as it is told apart from others, whoever takes it. */
const stepText = (step: LocalStep): string => {
  const text = texts.get(step) ?? textOfStep(step)
  texts.set(step, text)
  return text
}
const textOfStep = ({ after, before, event, fired, owed, replies, rules, types, unsendable, unspecified, way }: LocalStep): string =>
  JSON.stringify([way, types, event, owed, before.roles, before.rm, before.em, before.cs, after.rm, after.em, after.cs, fired.map(({ event: one }) => one), [...replies].sort(), rules, [...new Set(unsendable)].sort(), unspecified])

const talk: ReadonlyArray<MessageType> = ['RK', 'RE', 'EK', 'EE', 'CK', 'CE', 'GI', 'GK', 'GE']

/** The explorer does what the naive model does, whatever it leaves out. Answers how many states there are, undefined where too many to compare. */
const compare = (model: Model, most: number, everyStep = true): number | undefined => {
  const found = visitAll(model, most)
  if (found === undefined) return undefined
  const { distance, numbers, outlooks, transitions, worlds } = found
  const verdicts = asked.map((property) => ({ id: property.id, nearest: distanceTo(found, property) }))
  const full = explored(model, asked)
  const seen = worldsOf(full, found)

  expect(new Set(seen.map(({ world }) => textOf(world)))).toEqual(new Set(numbers.keys()))
  expect([full.states(), full.transitions(), full.depth(), full.resting()]).toEqual([worlds.length, transitions, distance.reduce((a, b) => Math.max(a, b)), outlooks.filter(({ rest }) => rest).length])
  expect(seen.every(({ rest, world }) => outlooks[numbers.get(textOf(world)) ?? -1]?.rest === rest)).toBe(true)
  // The parent of a state is one step nearer to the start, and a step leads from there.
  const numberOf = seen.map(({ world }) => numbers.get(textOf(world)) ?? -1)
  const parentsAreRight = numberOf.every((number, state) => {
    const parent = numberOf[full.store.parent(state)] ?? -1
    return number === 0 || ((distance[parent] ?? 0) + 1 === distance[number] && outlooks[parent]?.steps.some(({ next }) => numbers.get(JSON.stringify(next)) === number) === true)
  })
  expect(parentsAreRight).toBe(true)
  expect(new Set(full.rows())).toEqual(rowsUsed(model, found))

  const plain = verify(model, asked, { reductions: false })
  expect(plain.verdicts.map(({ counterexample, property, verdict }) => ({ id: property.id, verdict, nearest: counterexample?.moves.length })))
    .toEqual(verdicts.map(({ id, nearest: least }) => ({ id, verdict: least === undefined ? 'holds' : 'violated', nearest: least })))
  reduced(model, found, verdicts)
  if (symmetric(model)) orbitsAreWhole(model, found)
  if (everyStep) expect(lostSteps(model, found)).toEqual([])
  return worlds.length
}

/** The rows of all steps, and of local steps that would change nothing and so are none. */
const rowsUsed = (model: Model, { outlooks, program, worlds }: Found): ReadonlySet<string> => {
  const taken = outlooks.flatMap(({ steps }) => steps.flatMap(({ local }) => local?.().rules ?? []))
  const silent = new Set(localEvents.filter((event) => (model.script?.map(({ does }) => does) ?? (typeof model.local === 'object' ? model.local : model.local === true ? localEvents : [])).includes(event)
    && (model.script !== undefined || typeof model.local === 'object' || (model.about ?? topics).includes(localTopics[event]))))
  const idle = worlds.flatMap((world) => program.views(world).flatMap(({ state }) => [...silent].flatMap((event) => {
    const result = model.protocol.local(state, event)
    return isLeft(result) || result.right.state !== state || result.right.replies.length > 0 ? [] : result.right.rules
  })))
  return new Set([...taken, ...idle])
}

/** With fewer interleavings and with symmetry: the same verdicts, states at rest and steps, but those of talk. */
const reduced = (model: Model, found: Found, verdicts: ReadonlyArray<{ readonly id: string; readonly nearest: number | undefined }>): void => {
  const { outlooks, worlds } = found
  const rests = worlds.filter((_, at) => outlooks[at]?.rest === true)
  const both = verify(model, asked)
  expect(both.verdicts.map(({ property, verdict }) => `${property.id}: ${verdict}`)).toEqual(verdicts.map(({ id, nearest: least }) => `${id}: ${least === undefined ? 'holds' : 'violated'}`))

  const fewer = worldsOf(explored(model, [], { fewerInterleavings: true }), found)
  expect(new Set(fewer.filter(({ rest }) => rest).map(({ world }) => textOf(world)))).toEqual(new Set(rests.map(textOf)))
  if (!symmetric(model)) return
  const fewest = worldsOf(explored(model, [], { fewerInterleavings: true, symmetry: true }), found)
  expect(new Set(fewest.filter(({ rest }) => rest).map(({ world }) => leastOf(model, world)))).toEqual(new Set(rests.map((world) => leastOf(model, world))))
}

/** Each state that stands for others stands for all that it can be exchanged with, and these are all states. */
const orbitsAreWhole = (model: Model, found: Found): void => {
  const { worlds } = found
  const orbits = new Set(worlds.map((world) => leastOf(model, world)))
  const representatives = worldsOf(explored(model, [], { symmetry: true }), found)
  expect(new Set(representatives.map(({ world }) => leastOf(model, world)))).toEqual(orbits)
  // Terms name participants, so where there are some nobody need be exchanged.
  if (model.terms === true) return
  expect(representatives).toHaveLength(orbits.size)
  expect(representatives.reduce((sum, { world }) => sum + new Set(exchanged(model, world).map(textOf)).size, 0)).toBe(worlds.length)
}

/** The steps that are found with fewer interleavings no more: all are asked for, but talk that is received or paid. */
const lostSteps = (model: Model, { outlooks }: Found): ReadonlyArray<string> => {
  const { duplicating, losing, reordering } = model.channel
  if (reordering === true || duplicating === true || losing === true) return []
  const wanted = new Set(outlooks.flatMap(({ steps }) => steps.flatMap(({ local }) => {
    const step = local?.()
    return step === undefined || ((step.way === 'received' || step.owed) && step.types.every((type) => talk.includes(type))) ? [] : [stepText(step)]
  })))
  const all = [...wanted]
  const batches = Array.from({ length: Math.ceil(all.length / 30) }, (_, batch) => all.slice(batch * 30, (batch + 1) * 30))
  return batches.flatMap((batch) => {
    const properties = batch.map((text) => stepProperty(text, (step) => stepText(step) === text))
    const found = explored(model, properties, { fewerInterleavings: true, symmetry: true }).violations()
    return properties.filter((property) => !found.has(property)).map(({ id }) => id)
  })
}

// ── Models ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

type Sketch = Omit<Model, 'protocol'>
const eachRole = roles.flatMap((one, place) => roles.slice(place).map((other): readonly [string, Sketch] =>
  [`${one} and ${other}, one step`, { participants: [of(one), of(other)], channel: two, steps: 1 }]))

const sketches: ReadonlyArray<readonly [string, Sketch]> = [
  ['embargo', { participants: pair, channel: two, about: ['em'], steps: 2 }],
  ['embargo and what is public, bound 1', { participants: pair, channel: { bound: 1 }, about: ['em', 'public'], steps: 2 }],
  ['embargo, bound 3, unacknowledged', { participants: pair, channel: { bound: 3 }, about: ['em'], acknowledgements: false, steps: 3 }],
  ['no limit to steps', { participants: pair, channel: { bound: 1 }, sends: ['EP', 'EA'], about: ['em'], acknowledgements: false }],
  ['no limit to steps but to repeats', { participants: pair, channel: { bound: 1 }, sends: ['EP', 'ER', 'CP'], about: ['em'], acknowledgements: false, repeats: 1 }],
  ['repeats and steps', { participants: pair, channel: two, about: ['rm', 'em'], acknowledgements: false, repeats: 1, steps: 3 }],
  ['no repeats, full channels', { participants: pair, channel: { bound: 1 }, sends: ['EP', 'CP', 'RS'], about: ['em'], repeats: 0, steps: 3 }],
  ['no steps', { participants: pair, channel: two, steps: 0 }],
  ['reordering', { participants: pair, channel: { bound: 3, reordering: true }, sends: ['EP', 'EA'], about: ['em'], acknowledgements: false, steps: 3 }],
  ['duplicating', { participants: pair, channel: { bound: 2, duplicating: true }, sends: ['EP', 'EA', 'CP'], about: ['em'], acknowledgements: false, steps: 2 }],
  ['losing', { participants: pair, channel: { bound: 2, losing: true }, sends: ['EP', 'EA', 'CP'], about: ['em'], steps: 2 }],
  ['reordering, duplicating, losing', { participants: pair, channel: { bound: 2, reordering: true, duplicating: true, losing: true }, sends: ['EP', 'CP'], about: ['em'], steps: 1 }],
  ['local steps', { participants: [reporter, maker], channel: two, about: ['path'], local: true, steps: 2 }],
  ['some local steps', { participants: pair, channel: { bound: 1 }, sends: ['RS'], local: ['validate', 'accept', 'close', 'learn P', 'expire', 'ready'], acknowledgements: false, steps: 3 }],
  ['a script', { participants: pair, channel: { bound: 1 }, script: [{ by: 0, does: 'RS' }, { by: 1, does: 'RV' }, { by: 1, does: 'EP' }, { by: 0, does: 'EA' }] }],
  ['a script with local steps that nobody can follow to its end', { participants: pair, channel: two, script: [{ by: 1, does: 'aware' }, { by: 0, does: 'EP' }, { by: 0, does: 'learn P' }, { by: 1, does: 'EA' }], acknowledgements: false }],
  ['a script that is blocked', { participants: [vendor, vendor], channel: { bound: 1 }, script: [{ by: 0, does: 'EP' }, { by: 0, does: 'CP' }, { by: 1, does: 'EA' }], acknowledgements: false }],
  ['reports that wait for their acknowledgement', { participants: pair, channel: two, sends: ['RS', 'RI', 'EP'], awaits: ['RS'], steps: 2 }],
  ['two types that wait for theirs', { participants: pair, channel: two, sends: ['RS', 'RV'], awaits: ['RS', 'RV'], steps: 2 }],
  ['waiting, of three', { participants: [reporter, coordinator, coordinator], channel: { bound: 1 }, sends: ['RS'], about: ['em'], awaits: ['RS'], steps: 1 }],
  ['terms', { participants: pair, channel: two, about: ['em'], acknowledgements: false, terms: true, steps: 3 }],
  ['terms of three', { participants: [reporter, coordinator, vendor], channel: { bound: 2 }, about: ['em'], acknowledgements: false, terms: true, steps: 2 }],
  ['terms without acceptances, equals', { participants: [vendor, vendor, reporter], channel: { bound: 1 }, sends: ['EP', 'ER'], about: ['em'], acknowledgements: false, terms: true, steps: 2 }],
  ['an acceptance with the report', { participants: pair, channel: two, sends: ['EP', 'RS accepting', 'ER'], about: ['em'], acknowledgements: false, steps: 3 }],
  ['an embargo in force is offered', { participants: [from('Accepted', 'Active', 'pxa', 'reporter'), vendor], channel: two, sends: ['EP existing', 'EV', 'EA', 'EC'], about: ['em'], steps: 2 }],
  ['relays', { participants: [vendor, coordinator], channel: two, sends: ['CV', 'CV relayed', 'CF relayed', 'CD relayed'], steps: 2 }],
  ['every form, one step', { participants: [reporter, maker], channel: two, sends: forms.map(({ name }) => name), local: true, steps: 1 }],
  ['everything but the report', { participants: [vendor, deployer], channel: { bound: 1 }, about: ['em', 'path', 'public'], steps: 2, acknowledgements: false }],
  ['three', { participants: [reporter, coordinator, vendor], channel: { bound: 1 }, sends: ['EP', 'EA'], about: ['em'], steps: 2, acknowledgements: false }],
  ['three, acknowledged', { participants: [reporter, coordinator, vendor], channel: { bound: 2 }, sends: ['EP', 'CP'], about: ['em'], steps: 1 }],
  ['three, two of them equal', { participants: [reporter, vendor, vendor], channel: { bound: 1 }, sends: ['EP', 'CP'], about: ['em'], acknowledgements: false, steps: 2 }],
  ['three equals', { participants: [vendor, vendor, vendor], channel: { bound: 1 }, sends: ['CP', 'EP'], about: ['em'], steps: 1 }],
  ['two equals, everything', { participants: [vendor, vendor], channel: two, acknowledgements: false, steps: 2 }],
  ['four', { participants: [reporter, vendor, vendor, coordinator], channel: { bound: 1 }, sends: ['CP'], about: ['em'], acknowledgements: false, steps: 2 }],
  ['somebody starts in a state that is passed through', { participants: [reporter, from('Start', 'None', 'vfdPxa', 'vendor')], channel: { bound: 1 }, about: ['em'], steps: 1 }],
  ['and both, under an embargo', { participants: [from('Accepted', 'Active', 'pXa', 'reporter'), from('Received', 'Proposed', 'vfdpXa', 'vendor')], channel: two, sends: ['EP', 'CP'], steps: 1, local: ['learn P'], acknowledgements: false }],
  ['somebody has closed', { participants: [from('Closed', 'Active', 'pxa', 'reporter'), from('Accepted', 'Active', 'Vfdpxa', 'vendor')], channel: { bound: 1 }, about: ['em', 'public'], steps: 2 }],
  ['who owes closes', { participants: [finder, from('Accepted', 'None', 'Vfdpxa', 'vendor')], channel: { bound: 1 }, sends: ['EP', 'RC', 'CP'], about: ['em'], steps: 2 }],
  ['everybody has closed', { participants: [from('Closed', 'None', 'pxa', 'observer'), from('Closed', 'None', 'pxa', 'coordinator')], channel: two, steps: 2 }],
  ['a finder and an observer', { participants: [finder, observer], channel: { bound: 3 }, sends: ['RS', 'RC', 'CX+CP', 'CA'], steps: 2 }],
]

const protocols: ReadonlyArray<Protocol> = [adopted, published]

describe('the explorer finds what the naive model finds', () => {
  it.each(protocols.flatMap((by) => eachRole.map(([name, sketch]) => [`${by.name}: ${name}`, { ...sketch, protocol: by }] as const)))('%s', (_, model) => {
    expect(compare(model, 1000, false)).toBeGreaterThan(0)
  })
  it.each(protocols.flatMap((by) => sketches.map(([name, sketch]) => [`${by.name}: ${name}`, { ...sketch, protocol: by }] as const)))('%s', (_, model) => {
    expect(checkModel(model)).toMatchObject({ _tag: 'Right' })
    expect(compare(model, 6000)).toBeGreaterThan(0)
  })
})

/** Models in which fewer interleavings leave out the shortest way to something. */
const detours: ReadonlyArray<Model> = [
  { protocol: adopted, participants: pair, channel: two, steps: 1 },
  { protocol: adopted, participants: [finder, from('Accepted', 'None', 'Vfdpxa', 'vendor')], channel: { bound: 1 }, sends: ['EP', 'RC', 'CP'], about: ['em'], steps: 2 },
  { protocol: published, participants: [reporter, vendor, vendor], channel: { bound: 1 }, sends: ['EP', 'CP'], about: ['em'], acknowledgements: false, steps: 2 },
]

describe('a counterexample', () => {
  it.each(detours)('is a shortest run, reductions or not: %#', (model) => {
    const found = visitAll(model, 2000)
    if (found === undefined) throw new Error('too large')
    const nearestOf = asked.map((property) => ({ id: property.id, moves: distanceTo(found, property) }))
    for (const reductions of [false, true])
      expect(verify(model, asked, { reductions }).verdicts.map(({ counterexample, property }) => ({ id: property.id, moves: counterexample?.moves.length }))).toEqual(nearestOf)
  })
})

describe('a counterexample that may not be the shortest', () => {
  it('says so; one that is said to be the shortest is', () => {
    const said = new Set<boolean>()
    for (const model of detours) {
      const found = visitAll(model, 2000)
      if (found === undefined) throw new Error('too large')
      for (const states of [50, 100, 200, 400, 800, 1600])
        for (const { counterexample, property, shortest } of verify(model, asked, { states }).verdicts) {
          if (counterexample === undefined) continue
          const nearest = distanceTo(found, property) ?? NaN
          said.add(shortest === true)
          expect([property.id, counterexample.moves.length >= nearest, shortest !== true || counterexample.moves.length === nearest]).toEqual([property.id, true, true])
        }
    }
    expect(said).toEqual(new Set([true, false]))
  })
})

// ── Models that nobody thought of ───────────────────────────────────────────────────────────────────────────────────────

const someOf = <A>(all: ReadonlyArray<A>, most: number): fc.Arbitrary<ReadonlyArray<A>> => fc.uniqueArray(fc.constantFrom(...all), { minLength: 1, maxLength: most })

const casts: ReadonlyArray<ReadonlyArray<ModelParticipant>> = [
  pair, pair, [vendor, vendor], [finder, coordinator], [reporter, maker], [observer, deployer], [reporter, vendor, vendor], [reporter, coordinator, vendor], [vendor, vendor, vendor],
  [reporter, from('Received', 'Active', 'vfdPxa', 'vendor')], [from('Closed', 'None', 'pxa', 'reporter'), vendor], [from('Accepted', 'Revise', 'pXa', 'finder'), from('Start', 'Proposed', 'vfdpXa', 'vendor')],
]
/** Forms that go together, so that something comes of them. */
const talks: ReadonlyArray<ReadonlyArray<string>> = [
  ['RS', 'EP', 'CP'], ['RI', 'RV', 'RD', 'RA', 'RC'], ['EP', 'EA', 'ER'], ['EP', 'EA', 'EV', 'EC', 'EJ', 'ET'], ['CP', 'CX', 'CA', 'CX+CP'], ['EP', 'RC'], ['CV', 'CF', 'CD', 'CV relayed'], ['RS accepting', 'EP', 'RS'],
]
const anySketch: fc.Arbitrary<Sketch> = fc.record({
  participants: fc.constantFrom(...casts),
  channel: fc.tuple(fc.constantFrom(1, 1, 2, 3), fc.constantFrom<Omit<ChannelKind, 'bound'>[]>({}, {}, {}, { reordering: true }, { duplicating: true }, { losing: true }, { reordering: true, losing: true })).map(([bound, kind]) => ({ ...kind, bound })),
  about: fc.constantFrom<Model['about'][]>(undefined, ['em'], ['em', 'public']),
  sends: fc.constantFrom(...talks).chain((forms) => someOf(forms, 3)),
  local: fc.oneof(fc.constantFrom(undefined, undefined, true), someOf(localEvents, 2)),
  steps: fc.constantFrom(undefined, 1, 2, 2, 2, 3),
  repeats: fc.constantFrom(undefined, undefined, 0, 1),
  acknowledgements: fc.constantFrom(true, true, false),
  awaits: fc.constantFrom<Model['awaits'][]>(undefined, undefined, ['RS'], ['EP'], ['CP', 'EA']),
  terms: fc.constantFrom(false, false, true),
}).map(({ about, awaits, local, repeats, steps, ...model }) => ({
  ...model,
  ...(about === undefined ? {} : { about }), ...(awaits === undefined ? {} : { awaits }), ...(local === undefined ? {} : { local }),
  ...(repeats === undefined ? {} : { repeats }), ...(steps === undefined ? {} : { steps }),
}))

describe('models that nobody thought of', () => {
  it('the explorer finds what the naive model finds', () => {
    let compared = 0
    fc.assert(fc.property(anySketch, fc.constantFrom('adopted', 'published'), (sketch, name) => {
      if ((compare({ ...sketch, protocol: name === 'adopted' ? adopted : published }, 400) ?? 0) > 1) compared++
    }), { numRuns: 80 })
    expect(compared).toBeGreaterThanOrEqual(15)
  })
})

// ── Rules that nobody made ──────────────────────────────────────────────────────────────────────────────────────────────

/** Rules with the row of an id changed, or a row put before all others. */
const changed = (rules: RuleSet, way: 'sent' | 'received' | 'local', id: string, change: Partial<Row>): RuleSet => ({ ...rules, [way]: rules[way].map((row) => (row.id === id ? { ...row, ...change } : row)) })
const preceded = (rules: RuleSet, way: 'sent' | 'received', row: Pick<Row, 'types'> & Partial<Row>): RuleSet => ({ ...rules, [way]: [{ id: 'new', source: [], requirements: [], ...row }, ...rules[way]] })
const by = adopted.rules
const published1 = published.rules

/** Rule sets in which talk decides something after all, each with a model in which it shows. */
const traps: ReadonlyArray<readonly [string, RuleSet, Sketch]> = [
  ['who is told that a report is closed closes too, and can acknowledge no embargo message then',
    preceded(by, 'received', { types: ['RC'], when: { rm: ['Received', 'Invalid', 'Valid', 'Deferred', 'Accepted'] }, fire: { rm: 'close' }, replies: ['RK'] }), { participants: pair, channel: two, about: ['em'], sends: ['EP', 'RC'], steps: 2 }],
  ['an acknowledgement is acknowledged, without end', changed(by, 'received', 'received.RK', { replies: ['RK'] }), { participants: pair, channel: two, sends: ['RS', 'EP', 'CP'], steps: 2 }],
  ['an inquiry and its answer go back and forth', changed(by, 'received', 'received.GK', { replies: ['GI'] }), { participants: pair, channel: two, sends: ['RI', 'EP', 'CP'], steps: 2 }],
  ['an error is answered by an error', changed(by, 'received', 'received.EE', { replies: ['EE'] }), { participants: [reporter, vendor], channel: two, sends: ['EV', 'EP', 'ET', 'CP'], about: ['em'], steps: 2 }],
  ['who acknowledges a report announces something', changed(by, 'sent', 'sent.RK', { replies: ['CV'] }), { participants: [finder, coordinator], channel: { bound: 1 }, sends: ['RD', 'RA', 'CP'], about: ['em'], steps: 3 }],
  ['who acknowledges an embargo message announces something', changed(by, 'sent', 'sent.EK', { replies: ['CV'] }), { participants: pair, channel: two, about: ['em'], steps: 2 }],
  ['who acknowledges ends the embargo', changed(by, 'sent', 'sent.EK', { fire: { em: 'terminate' } }), { participants: pair, channel: two, about: ['em'], steps: 2 }],
  ['whatever is sent in reply makes an exploit public', changed(published1, 'sent', 'reply', { fire: { cs: ['X'] } }), { participants: pair, channel: two, about: ['public'], sends: ['CX', 'CA', 'CP'], local: true, steps: 2 }],
  ['an acknowledgement ends the embargo', changed(by, 'received', 'received.EK', { fire: { em: 'terminate' } }), { participants: pair, channel: two, about: ['em'], steps: 2 }],
  ['only who has a proposal open acknowledges', changed(by, 'sent', 'sent.EK', { when: { em: ['Proposed'] } }), { participants: pair, channel: two, about: ['em'], steps: 2 }],
  ['only who knows that it is public acknowledges', changed(by, 'sent', 'sent.RK', { when: { cs: '...P..' } }), { participants: [finder, coordinator], channel: two, sends: ['RD', 'RV', 'CP'], about: ['em'], steps: 2 }],
  ['an inquiry is answered by who has closed alone', changed(by, 'sent', 'sent.GK', { when: { rm: ['Closed'] } }), { participants: pair, channel: two, sends: ['RC', 'RI', 'EV'], steps: 2 }],
  ['a reply means something else than the same of its own accord', preceded(by, 'received', { types: ['CP'], when: { reply: true }, replies: ['CK'] }), { participants: pair, channel: two, about: ['public'], sends: ['CP', 'CX'], local: ['learn P'], steps: 2 }],
  ['an answer to a proposal is taken for one only if it cites it', preceded(by, 'received', { types: ['ER'], when: { answers: true, em: ['Proposed'] }, fire: { em: 'accept' } }), { participants: pair, channel: { bound: 1 }, about: ['em', 'public'], sends: ['EP', 'ER', 'CP'], steps: 2 }],
  ['what is sent in reply forces attacks to be known', { ...by, forced: [...by.forced, { id: 'new', when: { reply: true, cs: '...P.a', rm: ['Start', 'Received', 'Accepted'] }, fire: { cs: ['A'] }, announce: ['CA'], source: [], requirements: [] }] },
    { participants: pair, channel: { bound: 1 }, about: ['em', 'public'], sends: ['EP', 'CP'], steps: 2 }],
  ['who learns that it is public acknowledges to everybody, also to one who can only pass through its state', changed(by, 'local', 'local.learn-p', { replies: ['CP', 'EK'] }),
    { participants: [reporter, from('Start', 'None', 'vfdPxa', 'vendor')], channel: two, sends: [], local: ['learn P'], steps: 1 }],
  ['only who has no report acknowledges', changed(by, 'sent', 'sent.EK', { when: { rm: ['Start'] } }), { participants: [reporter, vendor], channel: { bound: 2 }, sends: ['EP', 'RS'], steps: 2 }],
  ['nobody is forced out of a state that is passed through', { ...by, forced: [] }, { participants: [reporter, from('Received', 'Active', 'vfdpXa', 'vendor')], channel: { bound: 1 }, about: ['em'], sends: ['EV', 'CP', 'ET'], steps: 2 }],
]

/** The verdicts, states at rest and steps of a model, without and with reductions. Whether it was small enough to compare. */
const compareReduced = (model: Model, most: number): boolean => {
  const found = visitAll(model, most, false)
  if (found === undefined) return false
  reduced(model, found, asked.map((property) => ({ id: property.id, nearest: distanceTo(found, property) })))
  expect(lostSteps(model, found)).toEqual([])
  return found.worlds.length > 1
}

const rmEvents: ReadonlyArray<RmEvent> = rm.events
const emEvents: ReadonlyArray<EmEvent> = em.events
const csEvents: ReadonlyArray<CsEvent> = ['V', 'P', 'X', 'A']
const change: fc.Arbitrary<Partial<Row>> = fc.oneof(
  fc.constantFrom(...rmEvents).map((event) => ({ fire: { rm: event } })),
  fc.constantFrom(...emEvents).map((event) => ({ fire: { em: event } })),
  fc.constantFrom(...csEvents).map((event) => ({ fire: { cs: [event] } })),
  someOf<MessageType>([...talk, 'ER', 'ET', 'CP', 'CV', 'RI', 'RC', 'CX'], 2).map((replies) => ({ replies })),
  someOf(rm.states, 5).map((states) => ({ when: { rm: states } })),
  someOf(em.states, 4).map((states) => ({ when: { em: states } })),
  fc.constantFrom('...pxa', '!...pxa', 'V.....', '...P..').map((cs) => ({ when: { cs } })),
  fc.boolean().map((reply) => ({ when: { reply } })),
  fc.constant({ when: {} }),
  fc.constantFrom('not-viable' as const, 'may-accept' as const).map((signals) => ({ signals })),
)
/** Which row is changed, and how; written so that a failure says it in a line. */
const anyChange = fc.tuple(fc.constantFrom(adopted, adopted, published), fc.constantFrom('sent' as const, 'received' as const), fc.boolean()).chain(([{ name, rules }, way, ofTalk]) =>
  fc.record({ name: fc.constant(name), way: fc.constant(way), id: fc.constantFrom(...rules[way].filter(({ types }) => !ofTalk || types.some((type) => talk.some((one) => one === type))).map(({ id }) => id)), how: change }))

describe('reductions keep verdicts, states at rest and steps', () => {
  it.each(traps)('%s', (_, rules, sketch) => {
    expect(compareReduced({ ...sketch, protocol: protocol(rules) }, 4000)).toBe(true)
  })

  it('also where a row of the rules is another', () => {
    let compared = 0
    fc.assert(fc.property(anyChange, anySketch, fc.constantFrom(1, 2, 2), ({ how, id, name, way }, sketch, steps) => {
      const rules = changed(name === 'adopted' ? by : published1, way, id, how)
      if (compareReduced({ ...sketch, channel: { bound: sketch.channel.bound }, steps, terms: false, protocol: protocol(rules) }, 400)) compared++
    }), { numRuns: 50 })
    expect(compared).toBeGreaterThanOrEqual(10)
  })
})

// ── Runs without end ────────────────────────────────────────────────────────────────────────────────────────────────────

const live = (id: string, pending: LivenessProperty['pending']): LivenessProperty => ({ ...says, id, kind: 'liveness', looks: lookOf, pending })
const lively: ReadonlyArray<LivenessProperty> = [
  live('every proposal is decided', (views) => views.some(({ state }) => state.em === 'Proposed' || state.em === 'Revise')),
  live('all come to agree on the embargo', differ(({ state }) => state.em)),
  live('all come to know', differ(({ state }) => state.cs.slice(-3))),
  live('debts are paid', (views) => views.some(({ owes }) => owes.length > 0)),
  live('what waits is acknowledged', (views) => views.some(({ awaits }) => awaits.length > 0)),
  live('somebody ends an embargo', (views) => views.every(({ state }) => state.em === 'Active')),
]
const endless: ReadonlyArray<readonly [string, Sketch]> = [
  ['proposals and answers', { participants: pair, channel: { bound: 1 }, about: ['em'], sends: ['EP', 'EA', 'ER'], acknowledgements: false }],
  ['no counter-proposals', { participants: pair, channel: { bound: 1 }, about: ['em'], sends: ['EP', 'EA', 'ER'], acknowledgements: false, repeats: 0 }],
  ['no answers', { participants: pair, channel: { bound: 1 }, about: ['em'], sends: ['EP'], acknowledgements: false }],
  ['revisions', { participants: [from('Accepted', 'Active', 'pxa', 'reporter'), from('Accepted', 'Active', 'Vfdpxa', 'vendor')], channel: { bound: 1 }, about: ['em'], sends: ['EV', 'EC', 'EJ'], acknowledgements: false }],
  ['what is lost', { participants: pair, channel: { bound: 1, losing: true }, about: ['em'], sends: ['EP', 'EA', 'CP'], acknowledgements: false, repeats: 0 }],
  ['what comes again', { participants: pair, channel: { bound: 1, duplicating: true }, about: ['em'], sends: ['EP', 'EA', 'CP'], acknowledgements: false, steps: 2 }],
  ['what comes again, acknowledged', { participants: pair, channel: { bound: 1, duplicating: true, losing: true }, about: ['em'], sends: ['EP'], steps: 1 }],
  ['out of order', { participants: pair, channel: { bound: 2, reordering: true }, about: ['em'], sends: ['EP', 'ER'], acknowledgements: false, repeats: 0 }],
  ['what is public', { participants: pair, channel: { bound: 1 }, about: ['em', 'public'], sends: ['EP'], local: ['learn P'], acknowledgements: false, repeats: 0 }],
  ['reports', { participants: pair, channel: { bound: 1 }, sends: ['RS'], awaits: ['RS'] }],
  ['reports that are lost', { participants: pair, channel: { bound: 1, losing: true }, sends: ['RS'], awaits: ['RS'], steps: 2 }],
  ['steps that end', { participants: pair, channel: { bound: 1 }, about: ['em'], sends: ['EP', 'EA'], acknowledgements: false, steps: 2 }],
  ['three', { participants: [reporter, coordinator, vendor], channel: { bound: 1 }, about: ['em'], sends: ['CP'], acknowledgements: false, repeats: 0 }],
]

describe('runs without end', () => {
  it.each(protocols.flatMap((one) => endless.map(([name, sketch]) => [`${one.name}: ${name}`, { ...sketch, protocol: one }] as const)))('%s', (_, model) => {
    const found = visitAll(model, 1500)
    if (found === undefined) throw new Error('too large')
    const { verdicts } = verify(model, lively)
    expect(verdicts.map(({ property, unfair, verdict }) => ({ id: property.id, verdict, unfair }))).toEqual(lively.map(({ id, pending }) => {
      const fair = staysPending(found, pending, true)
      return { id, verdict: fair ? 'violated' : 'holds', unfair: fair || staysPending(found, pending, false) ? 'violated' : 'holds' }
    }))
    // A lasso comes back to where its loop begins.
    for (const { counterexample } of verdicts) if (counterexample?.loop !== undefined) expect(counterexample.states[counterexample.loop]).toEqual(counterexample.states.at(-1))
  })

  it('has verdicts of every kind to compare', () => {
    const seen = new Set(protocols.flatMap((one) => endless.flatMap(([, sketch]) => verify({ ...sketch, protocol: one }, lively).verdicts.map(({ counterexample, unfair, verdict }) => `${verdict} ${unfair ?? ''} ${counterexample?.loop !== undefined}`))))
    expect(seen).toEqual(new Set(['holds holds false', 'holds violated false', 'violated violated false', 'violated violated true']))
  })
})

// ── How an exploration goes on and stops ────────────────────────────────────────────────────────────────────────────────

const medium: Model = { protocol: adopted, participants: pair, channel: two, about: ['em', 'public'], steps: 2 }
const countsOf = (one: Exploration) => ({
  status: one.status(), states: one.states(), expanded: one.expanded(), transitions: one.transitions(), depth: one.depth(), resting: one.resting(), rows: [...one.rows()].sort(),
  violations: [...one.violations()].map(([{ id }, { state, step }]) => [id, state, step?.kind, step?.participant, step?.next.join()]),
})
const fieldsOf = ({ store: states, system }: Exploration): string => {
  const fields = new Int32Array(system.fields)
  return Array.from({ length: states.size() }, (_, state) => {
    states.read(state, fields)
    return `${fields.join()} ${states.parent(state)}`
  }).join('\n')
}

describe('an exploration', () => {
  it.each([{}, { fewerInterleavings: true }, { symmetry: true }])('is the same in slices, at once and again: %j', (options) => {
    const model = { ...medium, participants: [vendor, vendor] }
    const whole = explored(model, asked, options)
    for (const slice of [1, 7, 1000, 1e6]) {
      const sliced = explored(model, asked, options, slice)
      expect(countsOf(sliced)).toEqual(countsOf(whole))
      expect(fieldsOf(sliced)).toBe(fieldsOf(whole))
    }
    expect(verify(model, asked)).toEqual(verify(model, asked))
  })

  it('says how far it came before each slice', () => {
    const one = explore(systemOf(medium), [])
    expect(countsOf(one)).toMatchObject({ status: 'running', states: 1, expanded: 0, transitions: 0, depth: 0 })
    expect(one.advance(0)).toBe(false)
    expect(one.advance(10)).toBe(false)
    expect(countsOf(one)).toMatchObject({ status: 'running', expanded: 10 })
    expect(one.advance(1e6)).toBe(true)
    expect(one.advance(1e6)).toBe(true)
    expect(one.status()).toBe('done')
  })

  it('stops where its memory ends, claims nothing then, and goes on with more', () => {
    const all = explored(medium, asked)
    const memory = Math.floor(all.store.bytes() / 3)
    const one = explored(medium, asked, { memory })
    expect(one.status()).toBe('memory')
    expect(one.expanded()).toBeLessThan(all.expanded())
    expect(one.expanded()).toBeGreaterThan(0)
    expect(one.store.bytes()).toBeLessThanOrEqual(memory)
    const before = countsOf(one)
    expect(one.advance(1e6)).toBe(false)
    expect(countsOf(one)).toEqual(before)

    const lively1 = lively.slice(0, 1)
    const { efforts, verdicts } = verify(medium, [...asked, ...lively1, { ...says, id: 'rows', kind: 'rows' }], { memory, reductions: false })
    expect(efforts.every(({ status }) => status === 'memory')).toBe(true)
    const nearby = new Set(verdicts.filter(({ verdict }) => verdict === 'violated').map(({ property }) => property.id))
    expect(verdicts.every(({ verdict }) => verdict === 'violated' || verdict === 'unknown')).toBe(true)
    expect(verdicts.filter(({ property }) => ['deadlock', 'rows', lively1[0]?.id].includes(property.id)).map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown', 'unknown'])
    expect(verdicts.find(({ property }) => property.kind === 'liveness')?.unfair).toBe('unknown')
    const violated = new Set([...all.violations().keys()].map(({ id }) => id))
    expect([...nearby].every((id) => violated.has(id))).toBe(true)

    one.allow(2 ** 28)
    expect(one.advance(1e6)).toBe(true)
    expect(countsOf(one)).toEqual(countsOf(all))
    expect(fieldsOf(one)).toBe(fieldsOf(all))
    expect(countsOf(explored(medium, asked, { memory: 2 ** 28 }))).toEqual(countsOf(all))
  })

  it('stops where there are as many states as it may visit', () => {
    const all = explored(medium, asked)
    for (const states of [1, 2, 100]) {
      const one = explored(medium, asked, { states })
      expect(one.status()).toBe('states')
      expect(one.states()).toBeGreaterThanOrEqual(states)
      expect(one.states()).toBeLessThan(states + 100)
      expect(verify(medium, [deadlock], { states }).verdicts[0]?.verdict).toBe('unknown')
    }
    expect(explored(medium, asked, { states: all.states() + 1 }).status()).toBe('done')
  })

  it('stops at the first violation of the last property where that is all that is wanted', () => {
    const first = stepProperties.find(({ id }) => id === 'nobody hears that it is public')
    if (first === undefined) throw new Error('none')
    const one = explored(medium, [first], { stopWhenAllViolated: true })
    const all = explored(medium, [first])
    expect(one.violations().get(first)).toEqual(all.violations().get(first))
    expect(one.states()).toBeLessThan(all.states())
  })

  it('tells any number of step properties apart', () => {
    const properties = Array.from({ length: 70 }, (_, index) => stepProperty(`${index}`, ({ types, way }) => index % 33 === 0 && way === 'sent' && types.includes('EP')))
    const { verdicts } = verify({ ...medium, sends: ['EP'], steps: 1 }, properties)
    expect(verdicts.filter(({ verdict }) => verdict === 'violated').map(({ property }) => property.id)).toEqual(['0', '33', '66'])
  })

  it('shows the very step that violates, not another that leads to the same state', () => {
    const relayed = stepProperty('nobody relays', ({ rules }) => rules.includes('sent.relay'))
    const again = stepProperty('nobody repeats', ({ rules }) => rules.includes('sent.CV.again'))
    const { verdicts } = verify({ protocol: adopted, participants: [vendor, vendor], channel: two, about: ['path'], sends: ['CV', 'CV relayed'], steps: 1 }, [relayed, again])
    expect(verdicts.map(({ counterexample }) => counterexample?.messages.map(({ name }) => name))).toEqual([['CV relayed'], ['CV']])
  })

  it('tells one that waits of each acknowledgement, also of two types in one message', () => {
    const waits = whole('rest', 'nobody waits', (views) => views.some(({ awaits }) => awaits.length > 0))
    const awaits: ReadonlyArray<readonly [ReadonlyArray<string>, ReadonlyArray<MessageType>]> = [[['RS', 'RV'], ['RS', 'RV']], [['CX+CP', 'CP'], ['CP', 'CX']], [['CX+CP'], ['CX', 'CP']]]
    for (const [sends, types] of awaits)
      expect(verify({ protocol: adopted, participants: pair, channel: two, about: ['em'], sends, awaits: types, steps: 2 }, [waits]).verdicts[0]?.verdict).toBe('holds')
  })

  it('an embargo whose acceptance is implied is on the terms that were open', () => {
    const unnamed = whole('state', 'who is under an embargo knows on whose terms', (views) => views.some(({ force, state }) => state.em === 'Active' && force < 0))
    for (const answer of ['EA', 'RS accepting'])
      expect(verify({ protocol: adopted, participants: pair, channel: two, about: ['em'], sends: ['EP', answer], acknowledgements: false, terms: true, steps: 3 }, [unnamed]).verdicts[0]?.verdict).toBe('holds')
  })
})

// ── Its parts ───────────────────────────────────────────────────────────────────────────────────────────────────────────

describe('the store', () => {
  const widthsAndRows = fc.array(fc.constantFrom(0, 1, 2, 3, 5, 8, 13, 31), { minLength: 1, maxLength: 12 }).chain((widths) =>
    fc.record({ widths: fc.constant(widths), rows: fc.array(fc.tuple(...widths.map((width) => fc.integer({ min: 0, max: Math.min(2 ** width - 1, 40) === 0 ? 0 : 2 ** width - 1 }))), { maxLength: 200 }) }))

  it('holds what a map holds, also when it is widened in between', () => {
    fc.assert(fc.property(widthsAndRows, fc.nat({ max: 200 }), fc.nat({ max: 3 }), ({ rows, widths }, widenAt, by1) => {
      const states = store(layout(widths), 2 ** 24)
      const map = new Map<string, number>()
      const parents: number[] = []
      rows.forEach((row, index) => {
        if (index === widenAt) states.widen(layout(widths.map((width) => Math.min(31, width + by1))))
        const fields = Int32Array.from(row)
        const known = map.get(row.join())
        expect(states.find(fields)).toBe(known ?? -1)
        expect(states.add(fields, index)).toBe(known === undefined ? map.size : ~known)
        if (known !== undefined) return
        map.set(row.join(), map.size)
        parents.push(index)
      })
      expect(states.size()).toBe(map.size)
      const back = new Int32Array(widths.length)
      for (const [text, number] of map) {
        states.read(number, back)
        expect(back.join()).toBe(text)
        expect(states.parent(number)).toBe(parents[number])
      }
    }), { numRuns: 150 })
  })

  it('enters what is staged as if it had been added one by one', () => {
    fc.assert(fc.property(widthsAndRows, fc.integer({ min: 1, max: 50 }), fc.nat({ max: 200 }), ({ rows, widths }, portion, widenAt) => {
      const [one, other] = [store(layout(widths), 2 ** 24), store(layout(widths), 2 ** 24)]
      const nothing = new Int32Array(widths.length)
      const parentFields = new Int32Array(widths.length)
      rows.forEach((row, index) => {
        const fields = Int32Array.from(row)
        one.add(fields, Math.max(0, one.size() - 1))
        if (index % portion === 0) expect(other.settle()).toBe(true)
        if (index === widenAt) {
          other.settle()
          other.widen(layout(widths.map((width) => Math.min(31, width + 1))))
        }
        // Its row is written as what differs from any state that is there, or from nothing where there is none.
        const parent = Math.max(0, other.size() - 1)
        if (other.size() > 0) other.read(parent, parentFields)
        expect(other.stage(fields, parent, other.size() > 0 ? parentFields : nothing)).toBe(true)
      })
      other.settle()
      expect([other.staged(), other.size()]).toEqual([0, one.size()])
      const [back, there] = [new Int32Array(widths.length), new Int32Array(widths.length)]
      for (let state = 0; state < one.size(); state++) {
        one.read(state, back)
        other.read(state, there)
        expect(there).toEqual(back)
        expect(other.find(back)).toBe(state)
      }
    }), { numRuns: 100 })
  })

  it('says which states its layout has no bits for, and what was staged before stays', () => {
    const states = store(layout([2, 3]), 2 ** 20)
    const nothing = new Int32Array(2)
    expect([states.stage(Int32Array.of(3, 7), 0, nothing), states.stage(Int32Array.of(4, 0), 0, nothing), states.stage(Int32Array.of(0, 8), 0, nothing)]).toEqual([true, false, false])
    expect([states.staged(), states.settle(), states.size()]).toEqual([1, true, 1])
    states.widen(layout([3, 4]))
    expect(states.stage(Int32Array.of(4, 8), 0, Int32Array.of(3, 7))).toBe(true)
    expect([states.settle(), states.find(Int32Array.of(4, 8)), states.find(Int32Array.of(3, 7))]).toEqual([true, 1, 0])
  })

  it('lays fields out side by side, none across two words', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 31 }), { minLength: 1, maxLength: 40 }), (widths) => {
      const { mask, shift, word, words } = layout(widths)
      const bits = Array.from({ length: words }, () => 0n)
      widths.forEach((width, field) => {
        expect(mask[field]).toBe(2 ** width - 1)
        expect((shift[field] ?? 0) + width).toBeLessThanOrEqual(32)
        const own = ((1n << BigInt(width)) - 1n) << BigInt(shift[field] ?? 0)
        const at = word[field] ?? 0
        expect((bits[at] ?? 0n) & own).toBe(0n)
        bits[at] = (bits[at] ?? 0n) | own
      })
    }), { numRuns: 200 })
  })

  it('holds many states, grows, and finds each again', () => {
    const states = store(layout([17, 3]), 2 ** 26)
    const fields = new Int32Array(2)
    const set = (state: number): Int32Array => {
      fields[0] = (state * 48271) % 100_003
      fields[1] = state % 8
      return fields
    }
    for (let state = 0; state < 60_000; state++) if (states.add(set(state), state >> 1) !== state) throw new Error(`state ${state} is not new`)
    states.widen(layout([20, 5, 31]).words > 1 ? layout([20, 31]) : layout([20, 5]))
    for (let state = 0; state < 60_000; state++) if (states.find(set(state)) !== state || states.parent(state) !== state >> 1) throw new Error(`state ${state} is lost`)
    expect(states.add(set(17), 0)).toBe(~17)
  })

  it('refuses what its memory has no room for, never takes more, and keeps what it has', () => {
    for (const memory of [0, 1, 20_000, 50_000, 123_456, 500_000]) {
      const states = store(layout([20]), memory)
      const fields = new Int32Array(1)
      // Numbers take room from when they are first asked for.
      expect(states.find(fields)).toBe(-1)
      const first = states.bytes()
      let added = 0
      for (; added < 100_000; added++) {
        fields[0] = added
        if (states.add(fields, 0) === NO_ROOM) break
        expect(states.bytes()).toBeLessThanOrEqual(Math.max(memory, first))
      }
      expect(added).toBeLessThan(100_000)
      expect(states.size()).toBe(added)
      expect(states.add(fields, 0)).toBe(NO_ROOM)
      fields[0] = added - 1
      expect(states.add(fields, 0)).toBe(~(added - 1))
      states.allow(2 ** 26)
      fields[0] = added
      expect(states.add(fields, 0)).toBe(added)
    }
  })

  it('does not find what no field has room for', () => {
    const states = store(layout([4, 4]), 2 ** 20)
    states.add(Int32Array.of(0, 1), 0)
    expect(states.find(Int32Array.of(16, 0))).toBe(-1)
  })
})

describe('channels', () => {
  /** What can come next out of a content: the symbol, what is left, and whether it reaches nobody. */
  const options = ({ duplicating, losing, reordering }: ChannelKind, held: ReadonlyArray<number>): ReadonlyArray<string> =>
    [...new Set(held.flatMap((symbol, place) => {
      if (reordering !== true && place > 0) return []
      const rest = held.filter((_, other) => other !== place)
      return [`${symbol} ${rest.join()} false`, ...(duplicating === true ? [`${symbol} ${held.join()} false`] : []), ...(losing === true ? [`${symbol} ${rest.join()} true`] : [])]
    }))].sort()

  it('hold what lists hold, whatever their kind', () => {
    const kinds = fc.record({ bound: fc.integer({ min: 1, max: 4 }), reordering: fc.boolean(), duplicating: fc.boolean(), losing: fc.boolean() })
    fc.assert(fc.property(kinds, fc.array(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.nat({ max: 20 }).map((choice) => -1 - choice)), { maxLength: 60 }), (kind, doings) => {
      const all = channels(kind, 5)
      let content = 0
      let held: ReadonlyArray<number> = []
      const numbers = new Map([['', 0]])
      for (const doing of doings) {
        if (doing >= 0) {
          const next = all.push(content, doing)
          if (held.length >= kind.bound) {
            expect(next).toBe(FULL)
            continue
          }
          held = kind.reordering ? [...held, doing].sort((a, b) => a - b) : [...held, doing]
          content = next
        } else {
          const [first, end] = [all.first(content), all.end(content)]
          const found = Array.from({ length: end - first }, (_, index) => first + index)
          expect(found.map((option) => `${all.symbol(option)} ${all.symbols(all.rest(option)).join()} ${all.lost(option)}`).sort()).toEqual(options(kind, held))
          const option = found[-doing % Math.max(1, found.length)]
          if (option === undefined) continue
          content = all.rest(option)
          held = all.symbols(content)
        }
        expect(all.symbols(content)).toEqual(held)
        expect(numbers.get(held.join()) ?? content).toBe(content)
        numbers.set(held.join(), content)
        expect(all.contentOf(held)).toBe(content)
      }
      expect(all.count()).toBeGreaterThanOrEqual(numbers.size)
    }), { numRuns: 300 })
  })
})

describe('what is no model is told', () => {
  const faultsOf = (change: Readonly<Record<string, unknown>>): ReadonlyArray<Pick<ModelFault, 'field' | 'got'>> => {
    const checked = checkModel({ ...medium, ...change })
    if (!isLeft(checked)) return []
    for (const fault of checked.left) {
      expect(fault.expected.length).toBeGreaterThan(0)
      expect(describeModelFault(fault)).toContain(fault.got === '' ? 'nothing' : fault.got)
      expect(describeModelFault(fault)).toMatch(new RegExp(`^${fault.field}: expected .+; got .`))
    }
    return checked.left.map(({ field, got }) => ({ field, got }))
  }
  const cases: ReadonlyArray<readonly [Readonly<Record<string, unknown>>, ModelFault['field'], string]> = [
    [{ participants: [] }, 'participants', '0'],
    [{ participants: [vendor] }, 'participants', '1'],
    [{ participants: Array.from({ length: 7 }, () => vendor) }, 'participants', '7'],
    [{ participants: [vendor, { roles: ['wizard'] }] }, 'roles', 'wizard'],
    [{ participants: [vendor, { roles: [] }] }, 'roles', ''],
    [{ participants: [vendor, { roles: ['vendor', 'vendor'] }] }, 'roles', 'vendor'],
    [{ participants: [vendor, { roles: ['toString'] }] }, 'roles', 'toString'],
    [{ participants: [vendor, { roles: ['reporter'], start: { rm: 'Accepted', em: 'None', cs: 'vfdpxa' } }] }, 'start', 'vfdpxa'],
    [{ participants: [{ roles: ['vendor'], start: { rm: 'Accepted', em: 'None', cs: 'toString' } }, vendor] }, 'start', 'toString'],
    [{ participants: [{ roles: ['vendor'], start: { rm: 'Nowhere', em: 'None', cs: 'vfdpxa' } }, vendor] }, 'start', 'Nowhere'],
    [{ participants: [{ roles: ['vendor'], start: { rm: 'Accepted', em: 'constructor', cs: 'vfdpxa' } }, vendor] }, 'start', 'constructor'],
    [{ channel: { bound: 0 } }, 'bound', '0'],
    [{ channel: { bound: -1 } }, 'bound', '-1'],
    [{ channel: { bound: 1.5 } }, 'bound', '1.5'],
    [{ channel: { bound: NaN } }, 'bound', 'NaN'],
    [{ channel: { bound: Infinity } }, 'bound', 'Infinity'],
    [{ channel: { bound: 65 } }, 'bound', '65'],
    [{ about: ['weather'] }, 'about', 'weather'],
    [{ sends: ['EP', 'QQ'] }, 'sends', 'QQ'],
    [{ sends: ['EK'] }, 'sends', 'EK'],
    [{ local: ['dance'] }, 'local', 'dance'],
    [{ steps: -1 }, 'steps', '-1'],
    [{ steps: 2.5 }, 'steps', '2.5'],
    [{ steps: NaN }, 'steps', 'NaN'],
    [{ steps: 251 }, 'steps', '251'],
    [{ repeats: -1 }, 'repeats', '-1'],
    [{ repeats: Infinity }, 'repeats', 'Infinity'],
    [{ script: [{ by: 2, does: 'EP' }] }, 'script', '3'],
    [{ script: [{ by: -1, does: 'EP' }] }, 'script', '0'],
    [{ script: [{ by: 0.5, does: 'EP' }] }, 'script', '1.5'],
    [{ script: [{ by: NaN, does: 'EP' }] }, 'script', 'NaN'],
    [{ script: [{ by: 0, does: 'dance' }] }, 'script', 'dance'],
    [{ script: Array.from({ length: 251 }, () => ({ by: 0, does: 'EP' })) }, 'script', '251'],
    [{ awaits: ['QQ'] }, 'awaits', 'QQ'],
  ]
  it.each(cases)('%j', (change, field, got) => {
    expect(faultsOf(change)).toEqual([{ field, got }])
  })

  it('everything that is wrong is told at once', () => {
    expect(faultsOf({ participants: [{ roles: [] }], channel: { bound: 0 }, about: ['x'], steps: -1, script: [{ by: 9, does: 'x' }] }).map(({ field }) => field)).toEqual(['participants', 'roles', 'bound', 'about', 'steps', 'script', 'script'])
  })

  it('no model of the right types throws', () => {
    fc.assert(fc.property(fc.record({
      participants: fc.array(fc.record({ roles: fc.array(fc.constantFrom(...roles), { maxLength: 3 }) }), { maxLength: 8 }), channel: fc.record({ bound: fc.double() }), steps: fc.double(), repeats: fc.double(),
      sends: fc.array(fc.string(), { maxLength: 2 }), script: fc.array(fc.record({ by: fc.double(), does: fc.string() }), { maxLength: 2 }),
    }), (model) => {
      faultsOf(model)
    }), { numRuns: 200 })
  })

  it('the models of the table above are models', () => {
    for (const [, sketch] of [...eachRole, ...sketches]) expect(checkModel({ ...sketch, protocol: adopted })).toMatchObject({ _tag: 'Right' })
  })
})
