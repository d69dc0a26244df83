/**
 * What is known of the protocol by exploring it, as data: `npm run verification` writes `docs/verification/results.json` and, for
 * what is worth telling, the shortest runs as case logs and charts. Each row has the command that gives the same verdicts.
 * A test repeats the quick rows. `npm run verification -- add` keeps the rows that are there and take long.
 *
 * @module
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { adopted, type DecisionRule, type Ordering, published, type Role } from 'mpcvd'
import {
  chartMermaid, chartSvg, comparison, convergence, explore, logOf, type Model, nameOf, type Property, propertiesFor, type Report, systemOf, type Topic, type Trace, verify,
} from 'mpcvd/verify'

const root = new URL('../..', import.meta.url).pathname
/** Where the results are. */
export const folder = join(root, 'docs', 'verification')

/** One model that is asked about, and the command that asks the same. */
export interface Asked {
  readonly name: string
  readonly command: string
  readonly model: Model
  readonly properties: ReadonlyArray<Property>
  /** It takes long: not repeated by the tests. */
  readonly long: boolean
}

/** One row of the results. */
export interface Result {
  readonly name: string
  readonly command: string
  readonly protocol: string
  readonly participants: ReadonlyArray<string>
  readonly steps: number | 'all'
  readonly long: boolean
  /** By property: `holds`, or of how many moves the shortest run is that violates it; with the verdict where nothing is assumed for what is to come about at last. */
  readonly verdicts: Readonly<Record<string, string>>
  readonly unused?: ReadonlyArray<string>
  readonly explored: ReadonlyArray<{ readonly properties: number; readonly states: number; readonly transitions: number; readonly reduced: boolean }>
}

const roles = ['finder', 'reporter', 'vendor', 'coordinator', 'deployer', 'observer'] as const
type Held = (typeof roles)[number] | 'vendor+deployer'
const cast: ReadonlyArray<Held> = [...roles, 'vendor+deployer']

const asked = (protocol: typeof adopted, participants: ReadonlyArray<Held>, more: Partial<Model>, options: string, wanted: (one: Property) => boolean, long: boolean): Asked => {
  const model: Model = { protocol, participants: participants.map((one) => ({ roles: one === 'vendor+deployer' ? ['vendor', 'deployer'] : [one] })), channel: { bound: 2 }, ...more }
  const properties = propertiesFor(model).filter(wanted)
  return {
    name: `${protocol.name} ${participants.join(', ')}${options === '' ? '' : ` ${options}`}`,
    command: `mpcvd verify --protocol ${protocol.name} --roles ${participants.join(',')} --channel fifo:2${options === '' ? '' : ` ${options}`}`, model, properties, long,
  }
}

/** Those pairs that differ in what their participants can do, first; a finder is a reporter, and an observer a coordinator, as far as rows go. */
const pairs: ReadonlyArray<readonly [Held, Held]> = cast.flatMap((one, place) => cast.slice(place).map((other) => [one, other] as const))

/** What takes more steps to come about, and is asked for the rows that are used there only. */
const deep: ReadonlyArray<{ readonly about: ReadonlyArray<Topic>; readonly steps: number; readonly local: boolean }> = [
  { about: ['rm'], steps: 4, local: false }, { about: ['em'], steps: 4, local: false }, { about: ['path', 'public'], steps: 4, local: false }, { about: ['em', 'public'], steps: 3, local: true },
  { about: ['rm', 'path'], steps: 4, local: true },
]

/** Everything that is asked. */
export const everythingAsked: ReadonlyArray<Asked> = [adopted, published].flatMap((protocol) => [
  ...pairs.map((pair) => asked(protocol, pair, { steps: 2, local: true }, '--steps 2 --local', ({ kind }) => kind !== 'liveness', !(pair[0] === 'reporter' && pair[1] === 'vendor'))),
  asked(protocol, ['reporter', 'vendor'], { steps: 4, about: ['em'], acknowledgements: false }, '--steps 4 --about em --no-acknowledgements', ({ kind }) => kind === 'rest' || kind === 'step', false),
  asked(protocol, ['reporter', 'vendor'], { steps: 3 }, '--steps 3', () => true, true),
  asked(protocol, ['reporter', 'vendor'], { steps: 3, local: true }, '--steps 3 --local', ({ kind }) => kind === 'rest' || kind === 'step' || kind === 'deadlock', true),
  ...deep.map(({ about, local, steps }) => asked(
    protocol, ['reporter', 'vendor+deployer'], { steps, about, ...(local ? { local: true } : {}) }, `--steps ${steps} --about ${about.join(',')}${local ? ' --local' : ''} --property rows-used`, ({ kind }) => kind === 'rows', true,
  )),
  asked(protocol, ['reporter', 'coordinator', 'vendor'], { steps: 2 }, '--steps 2', ({ kind }) => kind !== 'liveness' && kind !== 'rows' && kind !== 'overflow', true),
  asked(protocol, ['reporter', 'vendor', 'vendor'], { steps: 2 }, '--steps 2', ({ kind }) => kind !== 'liveness' && kind !== 'rows' && kind !== 'overflow', true),
  asked(protocol, ['reporter', 'coordinator', 'vendor'], { steps: 3, about: ['em', 'public'] }, '--steps 3 --about em,public', ({ kind }) => kind === 'rest' || kind === 'step', true),
])

/** The verdicts of a report in words, the moves of the shortest run counted. */
export const resultOf = ({ command, long, model, name }: Asked, { efforts, verdicts }: Report): Result => {
  const unused = verdicts.find((one) => one.unused !== undefined)?.unused
  return {
    name, command, protocol: model.protocol.name, participants: model.participants.map((_, place) => nameOf(model, place)), steps: model.steps ?? 'all', long,
    verdicts: Object.fromEntries(verdicts.map(({ counterexample, property, unfair, verdict }) => [
      property.id, `${verdict === 'violated' && counterexample !== undefined ? `violated in ${counterexample.moves.length} moves` : verdict}${unfair === undefined ? '' : `; unfair: ${unfair}`}`,
    ])),
    ...(unused === undefined ? {} : { unused }),
    explored: efforts.map(({ fewerInterleavings, properties, states, symmetry, transitions }) => ({ properties: properties.length, states, transitions, reduced: symmetry || fewerInterleavings })),
  }
}

/** What reductions save: a model, and how many of its states are visited. */
export interface Reduction {
  readonly command: string
  readonly all: number
  /** With equal participants exchanged: for full channels and for rows. */
  readonly exchanged: number
  /** With fewer interleavings as well: for single steps, states at rest and deadlock. */
  readonly fewer: number
}

const held = (...each: ReadonlyArray<Role>): Model['participants'] => each.map((role) => ({ roles: [role] }))

/** The models in which reductions are measured. */
export const reduced: ReadonlyArray<{ readonly command: string; readonly model: Model }> = [adopted, published].flatMap((protocol) => ([
  { participants: held('reporter', 'vendor'), steps: 3 },
  { participants: held('vendor', 'vendor'), steps: 2 },
  { participants: held('reporter', 'vendor'), steps: 4, about: ['em', 'public'] },
  { participants: held('reporter', 'coordinator', 'vendor'), steps: 2, about: ['em', 'public'] },
  { participants: held('reporter', 'vendor', 'vendor'), steps: 2, about: ['em', 'public'] },
] satisfies ReadonlyArray<Omit<Model, 'protocol' | 'channel'>>).map((model) => ({
  command: `mpcvd verify --protocol ${protocol.name} --roles ${model.participants.flatMap(({ roles: [role = ''] }) => role).join(',')} --channel fifo:2 --steps ${model.steps}${'about' in model ? ` --about ${model.about.join(',')}` : ''}`,
  model: { protocol, channel: { bound: 2 }, ...model },
})))

/** Visits a model three times. */
export const reductionOf = ({ command, model }: (typeof reduced)[number]): Reduction => {
  const states = (symmetry: boolean, fewerInterleavings: boolean): number => {
    const exploration = explore(systemOf(model), [], { memory: 2 ** 31, symmetry, fewerInterleavings })
    exploration.advance(Infinity)
    if (exploration.status() !== 'done') throw new Error(`${command}: ${exploration.status()}`)
    return exploration.states()
  }
  return { command, all: states(false, false), exchanged: states(true, false), fewer: states(true, true) }
}

/** What is found of ledgers in one scope: how many states, how many of them at rest, and in how many of these participants disagree. */
export interface LedgerResult {
  readonly command: string
  readonly holds: boolean | undefined
  readonly violated?: string
  readonly states: number
  readonly resting: number
  /** Of runs in which each acts on messages as they arrive: those at rest, those in which states differ, and in which ledgers given the same messages do. */
  readonly compared: number
  readonly without: number
  readonly with: number
}

type Kept = readonly [roles: ReadonlyArray<Role>, entries: number, order: Ordering, decision: DecisionRule, channel: 'fifo' | 'reordering', protocol: 'adopted' | 'published', about?: 'em']
/** The scopes of ledgers, and whether they take minutes. */
const kept: ReadonlyArray<readonly [boolean, Kept]> = [
  [false, [['reporter', 'vendor'], 3, 'causal', 'first', 'fifo', 'adopted']],
  [false, [['reporter', 'vendor'], 4, 'causal', 'first', 'fifo', 'adopted']],
  [true, [['reporter', 'vendor'], 5, 'causal', 'first', 'fifo', 'adopted']],
  [false, [['reporter', 'coordinator', 'vendor'], 3, 'causal', 'first', 'fifo', 'adopted']],
  [true, [['reporter', 'coordinator', 'vendor'], 4, 'causal', 'first', 'fifo', 'adopted']],
  [true, [['reporter', 'coordinator', 'vendor'], 3, 'causal', 'first', 'reordering', 'adopted']],
  [false, [['reporter', 'vendor'], 4, 'causal', 'unanimous', 'fifo', 'adopted']],
  [false, [['reporter', 'vendor'], 4, 'causal', 'owner', 'fifo', 'adopted']],
  [true, [['reporter', 'vendor'], 3, 'manager', 'first', 'fifo', 'adopted']],
  [true, [['reporter', 'coordinator', 'vendor'], 3, 'manager', 'first', 'fifo', 'adopted']],
  [false, [['reporter', 'vendor'], 4, 'causal', 'first', 'fifo', 'published', 'em']],
  [false, [['reporter', 'vendor'], 3, 'causal', 'first', 'fifo', 'published']],
]

/** What is asked of ledgers. */
export const ledgersAsked = kept.map(([long, [roles, entries, order, decision, channel, protocol, about]]) => ({
  long,
  command: `mpcvd verify --ledger ${order} --decision ${decision} --protocol ${protocol} --roles ${roles.join(',')} --channel ${channel} --steps ${entries}${about === undefined ? '' : ` --about ${about}`}`,
  scope: {
    participants: roles.map((role) => [role]), protocol, order, decision, entries, channel: channel === 'reordering' ? 'any' as const : 'fifo' as const,
    ...(about === undefined ? {} : { types: ['EP', 'EA', 'EV', 'EJ', 'EC', 'ER', 'ET'] as const }),
  },
}))

/** What is found in one of these scopes. */
export const ledgerResultOf = ({ command, scope }: (typeof ledgersAsked)[number]): LedgerResult => {
  const found = convergence(scope)
  const apart = comparison(scope)
  return {
    command, holds: found.holds, ...(found.holds === false ? { violated: found.property } : {}), states: found.states, resting: found.runs,
    compared: apart.runs, without: apart.without, with: apart.with,
  }
}

/** The runs that the page tells of, by property. */
const told: ReadonlyArray<string> = [
  'divergence-em', 'divergence-public', 'one-active-embargo', 'error-answered', 'unsendable-reply', 'leaves-unsaid', 'unspecified-reception', 'bound-after-public', 'report-acknowledged:1',
]

const keep = (name: string, trace: Trace, title: string): void => {
  const log = logOf(trace, { title })
  writeFileSync(join(folder, `${name}.jsonl`), `${[log.header, ...log.entries].map((one) => JSON.stringify(one)).join('\n')}\n`)
  writeFileSync(join(folder, `${name}.svg`), chartSvg(trace, { title }))
  writeFileSync(join(folder, `${name}.mmd`), `${chartMermaid(trace)}\n`)
}

const write = (before: Committed | undefined): void => {
  if (existsSync(folder)) rmSync(folder, { recursive: true })
  mkdirSync(folder, { recursive: true })
  /** The shortest run between a reporter and a vendor, by protocol and property. */
  const shortest = new Map<string, { readonly trace: Trace; readonly title: string }>()
  const results = everythingAsked.map((one): Result => {
    const known = before?.results.find(({ command, name, verdicts }) => name === one.name && command === one.command && Object.keys(verdicts).join() === one.properties.map(({ id }) => id).join())
    if (known !== undefined && one.long && known.participants.join() !== 'reporter,vendor') return known
    const began = performance.now()
    const report = verify(one.model, one.properties, { memory: 2 * 2 ** 30 })
    const result = resultOf(one, report)
    console.log(`${one.name}: ${((performance.now() - began) / 1000).toFixed(1)} s, ${result.explored.map(({ states }) => states).join(' + ')} states`)
    if (result.participants.join() === 'reporter,vendor')
      for (const { counterexample, property } of report.verdicts) {
        const name = `${result.protocol}-${property.id.replace(':', '-')}`
        if (counterexample !== undefined && told.includes(property.id) && counterexample.moves.length < (shortest.get(name)?.trace.moves.length ?? Infinity)) shortest.set(name, { trace: counterexample, title: property.says })
      }
    return result
  })
  for (const [name, { title, trace }] of shortest) keep(name, trace, title)
  const reductions = reduced.map((one) => before?.reductions.find(({ command }) => command === one.command) ?? reductionOf(one))
  const ledgers = ledgersAsked.map((one) => {
    const known = one.long ? before?.ledgers.find(({ command }) => command === one.command) : undefined
    const began = performance.now()
    const result = known ?? ledgerResultOf(one)
    console.log(`${one.command}: ${((performance.now() - began) / 1000).toFixed(1)} s, ${result.states} states`)
    return result
  })
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify({ made: 'npm run verification', results, reductions, ledgers } satisfies Committed, null, 1)}\n`)
}

/** What is committed. */
export interface Committed {
  readonly made: string
  readonly results: ReadonlyArray<Result>
  readonly reductions: ReadonlyArray<Reduction>
  readonly ledgers: ReadonlyArray<LedgerResult>
}

/** The committed results. */
export const committed = (): Committed => JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as Committed

if (process.argv[2] === 'write') write(process.argv[3] === 'add' ? committed() : undefined)
