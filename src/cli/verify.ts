/**
 * `mpcvd verify`: checks properties of the protocol itself, over all runs of a few participants.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeLog } from '../codec/index.js'
import { adopted, parseState, published, type Role, roles as allRoles } from '../index.js'
import {
  type ChannelKind, chartMermaid, chartSvg, checkModel, describeModelFault, type Exploration, livenessFor, logOf, type Model, type ModelParticipant, nameOf, promela, properties,
  propertiesFor, type Property, type Report, topics, type Trace, type Verdict, verify, wordsOf,
} from '../verify/index.js'
import { type ExitCode, say, sayJson, sayText, table, type UsageError } from './terminal.js'

/** The options of the command as they were given. */
export interface VerifyArguments {
  readonly json: boolean
  readonly protocol: 'published' | 'adopted' | undefined
  /** Participants, separated by commas; several roles of one are joined with `+`, a start follows `@`. */
  readonly roles: string | undefined
  /** `fifo:2`, `reordering:2`, `fifo+losing:1`. */
  readonly channel: string
  readonly property: ReadonlyArray<string>
  readonly about: string | undefined
  readonly steps: string | undefined
  readonly repeats: string | undefined
  readonly local: boolean
  readonly silent: boolean
  readonly memory: string
  readonly reductions: boolean
  readonly promela: boolean
  /** A folder for the counterexamples. */
  readonly out: string | undefined
}

/** Whether an argument could not be read. */
export const isUsage = (value: object): value is UsageError => 'usage' in value
/** The words of a list with commas. */
export const listed = (text: string): ReadonlyArray<string> => text.split(',').map((one) => one.trim())

const readRole = (text: string): Role | undefined => allRoles.find((role) => role === text)

/** The participants of a list. */
export const readParticipants = (text: string): ReadonlyArray<ModelParticipant> | UsageError => {
  const participants = splitParticipants(text).map(readParticipant)
  return participants.find(isUsage) ?? participants.filter((one): one is ModelParticipant => !isUsage(one))
}

/** One participant: `vendor`, `vendor+deployer`, `vendor@(A,N,VFdpxa)` with its commas as semicolons or not. */
const readParticipant = (text: string): ModelParticipant | UsageError => {
  const [names = '', at] = text.split('@')
  const held = names.split('+').map((name) => name.trim())
  const found = held.flatMap((name) => readRole(name) ?? [])
  const unknown = held.find((name) => readRole(name) === undefined)
  if (unknown !== undefined) return { usage: `--roles expects participants of these roles: ${allRoles.join(', ')} (several of one joined with +); got ${unknown || 'nothing'}` }
  if (at === undefined) return { roles: found }
  const start = parseState(at.replaceAll(';', ','))
  return start._tag === 'Left' ? { usage: `--roles expects a state after @, such as vendor@(A;N;Vfdpxa); got ${at}` } : { roles: found, start: start.right }
}

const readChannel = (text: string): ChannelKind | UsageError => {
  const usage = { usage: `--channel expects fifo or reordering, with +losing and +duplicating where wished, and a bound from 1 on, such as fifo:2; got ${text}` }
  const [kind = '', bound = ''] = text.split(':')
  const words = kind.split('+')
  const known = ['fifo', 'reordering', 'losing', 'duplicating']
  if (!/^[1-9]\d?$/.test(bound) || words.some((word) => !known.includes(word)) || words.includes('fifo') === words.includes('reordering')) return usage
  return { bound: Number(bound), ...(words.includes('reordering') ? { reordering: true } : {}), ...(words.includes('losing') ? { losing: true } : {}), ...(words.includes('duplicating') ? { duplicating: true } : {}) }
}

/** A whole number, or nothing where `all` was said or nothing was. */
export const readCount = (name: string, text: string | undefined, least: number): number | undefined | UsageError =>
  text === undefined || text === 'all' ? undefined : /^\d{1,6}$/.test(text) && Number(text) >= least ? Number(text) : { usage: `--${name} expects a whole number from ${least} on, or all; got ${text}` }

/** How many steps of their own participants take where nothing is said: what ends in seconds. */
const stepsFor = (participants: number): number => (participants === 2 ? 3 : 2)

const readModel = (given: VerifyArguments): Model | UsageError => {
  if (given.roles === undefined) return { usage: 'verify expects --roles, such as --roles reporter,vendor' }
  const participants = readParticipants(given.roles)
  if (isUsage(participants)) return participants
  const channel = readChannel(given.channel)
  if (isUsage(channel)) return channel
  const about = given.about === undefined ? undefined : topics.filter((topic) => listed(given.about ?? '').includes(topic))
  if (about !== undefined && about.length !== listed(given.about ?? '').length) return { usage: `--about expects one or more of ${topics.join(', ')}; got ${given.about ?? ''}` }
  const steps = readCount('steps', given.steps ?? String(stepsFor(participants.length)), 0)
  if (typeof steps === 'object') return steps
  const repeats = readCount('repeats', given.repeats, 0)
  if (typeof repeats === 'object') return repeats
  const model: Model = {
    protocol: given.protocol === 'published' ? published : adopted, participants, channel,
    ...(about === undefined ? {} : { about }), ...(steps === undefined ? {} : { steps }), ...(repeats === undefined ? {} : { repeats }),
    ...(given.local ? { local: true } : {}), ...(given.silent ? { acknowledgements: false } : {}),
  }
  const checked = checkModel(model)
  return checked._tag === 'Left' ? { usage: checked.left.map(describeModelFault).join('; ') } : checked.right
}

/** Commas between participants, but not those of a state in brackets. */
const splitParticipants = (text: string): ReadonlyArray<string> => text.replace(/\([^)]*\)/g, (state) => state.replaceAll(',', ';')).split(',').map((one) => one.trim())

/** The name of a property without the number of the participant that it is asked of. */
const family = ({ id }: Property): string => id.split(':')[0] ?? id

/** The properties that are asked for, by id or, for those that are asked of each participant, by what they have in common. */
const readProperties = (names: ReadonlyArray<string>, model: Model): ReadonlyArray<Property> | UsageError => {
  const known = [...new Set([...properties, ...livenessFor(model)])]
  const unknown = names.find((name) => !known.some((one) => one.id === name || family(one) === name))
  if (unknown !== undefined) return { usage: `--property expects one of ${[...new Set(known.map(family))].join(', ')}; got ${unknown}` }
  return names.length === 0 ? propertiesFor(model) : known.filter((one) => names.includes(one.id) || names.includes(family(one)))
}

// ---- saying ----

const modelLine = (model: Model): string => {
  const { bound, duplicating, losing, reordering } = model.channel
  const who = model.participants.map((_, place) => nameOf(model, place)).join(', ')
  const kind = [reordering === true ? 'reordering' : 'fifo', ...(losing === true ? ['losing'] : []), ...(duplicating === true ? ['duplicating'] : [])].join('+')
  const limits = [
    model.steps === undefined ? 'steps without limit' : `${model.steps} steps of their own`,
    ...(model.repeats === undefined ? [] : [`${model.repeats} that change nothing of one's own`]),
    ...(model.local === undefined ? [] : ['silent steps too']),
    ...(model.acknowledgements === false ? ['no acknowledgements'] : []),
  ]
  return `${model.protocol.name}: ${who}; ${kind}:${bound}; about ${(model.about ?? topics).join(', ')}; ${limits.join(', ')}`
}

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(bytes < 10 * 2 ** 20 ? 1 : 0)} MiB`
/** A number with its thousands apart. */
export const grouped = (number: number): string => number.toLocaleString('en-US')

const verdictWord = ({ unfair, unused, verdict }: Verdict): string =>
  `${verdict}${unused === undefined || unused.length === 0 ? '' : ` (${unused.length} unused)`}${unfair === undefined ? '' : `, unfair: ${unfair}`}`

const jsonTrace = (trace: Trace): object => ({ moves: wordsOf(trace), log: [logOf(trace).header, ...logOf(trace).entries], ...(trace.loop === undefined ? {} : { loop: trace.loop }) })

const jsonOf = ({ efforts, model, verdicts }: Report): object => ({
  model: modelLine(model),
  verdicts: verdicts.map(({ counterexample, model: scoped, property, shortest, unfair, unused, verdict }) => ({
    property: property.id, verdict, ...(scoped === model ? {} : { in: modelLine(scoped) }), ...(unfair === undefined ? {} : { unfair }), ...(unused === undefined ? {} : { unused }), ...(shortest === undefined ? {} : { shortest }),
    ...(counterexample === undefined ? {} : { counterexample: jsonTrace(counterexample) }),
  })),
  efforts: efforts.map(({ model: scoped, ...effort }) => ({ in: modelLine(scoped), ...effort })),
})

const tell = ({ efforts, model, verdicts }: Report): void => {
  say(modelLine(model))
  say('')
  sayText(table([['property', 'verdict', 'says'], ...verdicts.map((one) => [one.property.id, verdictWord(one), one.property.says])]).join('\n'))
  for (const { counterexample, model: scoped, property, shortest, unused } of verdicts) {
    if (unused !== undefined && unused.length > 0) {
      say('')
      say(`${property.id}: no run uses ${unused.join(', ')}`)
    }
    if (counterexample === undefined) continue
    say('')
    say(`${property.id}: ${property.says} Not so:${scoped === model ? '' : ` (${modelLine(scoped)})`}${shortest === false ? ' (a shorter run may exist)' : ''}`)
    for (const line of wordsOf(counterexample)) say(`  ${line}`)
  }
  say('')
  for (const { depth, fewerInterleavings, properties: decided, resting, states, status, symmetry, transitions, bytes } of efforts) {
    const how = [...(symmetry ? ['equal participants exchanged'] : []), ...(fewerInterleavings ? ['fewer interleavings'] : [])].join(', ')
    say(`${decided.length} properties: ${grouped(states)} states, ${grouped(transitions)} steps, ${depth} deep, ${grouped(resting)} at rest, ${megabytes(bytes)}${how === '' ? '' : `; ${how}`}`)
    if (status !== 'done') say(`  stopped there: ${status === 'memory' ? 'the memory that it may use is used up (--memory)' : 'the number of states was reached'}; what is unknown is not proved`)
  }
}

/** Writes each counterexample as a case log and as charts. */
const keep = (folder: string, verdicts: ReadonlyArray<Verdict>): UsageError | undefined => {
  try {
    mkdirSync(folder, { recursive: true })
    for (const { counterexample, property } of verdicts) {
      if (counterexample === undefined) continue
      const log = logOf(counterexample)
      writeFileSync(join(folder, `${property.id}.jsonl`), encodeLog(log))
      writeFileSync(join(folder, `${property.id}.svg`), chartSvg(counterexample, { title: property.id }))
      writeFileSync(join(folder, `${property.id}.mmd`), `${chartMermaid(counterexample)}\n`)
    }
    return undefined
  } catch (error) {
    return { usage: `cannot write to ${folder}: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** One line on a terminal that says how far an exploration is, written over itself; silence anywhere else. */
const progressLine = (): { readonly show: (exploration: Exploration) => void; readonly clear: () => void } => {
  const shown = process.stderr.isTTY
  const began = Date.now()
  let last = began
  return {
    show: (exploration) => {
      const now = Date.now()
      if (!shown || now - last < 500) return
      last = now
      const rate = exploration.expanded() / ((now - began) / 1000)
      process.stderr.write(`\r${grouped(exploration.states())} states, ${grouped(exploration.states() - exploration.expanded())} to go on from, ${grouped(Math.round(rate))} a second, ${megabytes(exploration.store.bytes())}   `)
    },
    clear: () => {
      if (shown && last > began) process.stderr.write('\r\u001b[K')
    },
  }
}

/** Runs the command. */
export const verifyCommand = (given: VerifyArguments): ExitCode | UsageError => {
  const model = readModel(given)
  if (isUsage(model)) return model
  const asked = readProperties(given.property, model)
  if (isUsage(asked)) return asked
  if (given.promela) {
    const text = promela(model, given.property.length === 0 ? [] : asked.map(({ id }) => id))
    if (text._tag === 'Left') return { usage: `no Promela for this model: ${text.left.map(({ what, where }) => `${what} (${where})`).join(', ')}` }
    sayText(text.right)
    return 0
  }
  const memory = readCount('memory', given.memory, 1)
  if (typeof memory === 'object') return memory
  const line = progressLine()
  const report = verify(model, asked, { reductions: given.reductions, ...(memory === undefined ? {} : { memory: memory * 2 ** 20 }), progress: line.show })
  line.clear()
  if (given.json) sayJson(jsonOf(report))
  else tell(report)
  const kept = given.out === undefined ? undefined : keep(given.out, report.verdicts)
  if (kept !== undefined) return kept
  return report.verdicts.some(({ verdict }) => verdict === 'violated') ? 1 : report.verdicts.some(({ verdict }) => verdict === 'unknown') ? 2 : 0
}
