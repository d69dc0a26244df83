/**
 * The same model in Promela, for SPIN: a second opinion, and the way past one machine.
 *
 * The text is an independent reading of the rows (`promela-rows.ts`): whoever doubts the explorer here can count the states
 * there. One process has one loop, each option of which is one step of the model in a `d_step`, so that SPIN stores the global
 * states and nothing in between: it counts exactly as many as the explorer does without reductions. The process is in its loop
 * from the start and never leaves it, so its own state adds none. What is stored is canonical: what is owed is a bit each,
 * channels are SPIN's own, which clear what they deliver, budgets are there only where the model has them, all else is `hidden`.
 *
 * A property is one more thing in the text, so that there is a text for each: an assertion in every step, or an option that
 * asserts and changes nothing.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import { roleShapeOf } from '../protocol/interpret.js'
import { type Model, nameOf, startIn } from './model.js'
import { identifier } from './promela-guards.js'
import { header } from './promela-header.js'
import { shapeText } from './promela-inlines.js'
import { monitorOptions } from './promela-monitors.js'
import { trafficOf } from './promela-owed.js'
import { propertyTexts } from './promela-properties.js'
import { inline, readingOf, rowTexts, type RowsFault, stateConstants } from './promela-rows.js'
import { stepOptions } from './promela-steps.js'
import { type Actor, answersAlone, asksOfSteps, bitsOf, budgetOf, channel, othersOf, owes, symbolName, symbolsIn, waits, type Writing } from './promela-writing.js'

/** Why there is no Promela text of a model. */
export interface PromelaFault {
  readonly what: RowsFault['what'] | 'no such property in Promela' | 'a property of terms in a model that does not tell them apart' | 'messages that a receiver tells apart and the model does not' | 'more kinds of debt than an int has bits'
  readonly where: string
}

type Lines = ReadonlyArray<string>

/** The most kinds of debt: each is a bit of an int. */
const MOST_DEBTS = 30

/** Lines, indented by what they are within; what follows `:: else -> if` is one more branch. */
const indented = (text: string): string => {
  const within: number[] = []
  return text.split('\n').map((line) => {
    const bare = line.trim()
    if (bare === '' || bare.startsWith('#')) return bare
    const tokens = bare.replace(/\/\*.*?\*\//g, '').replace(/"[^"]*"/g, '').match(/\b(?:if|do|fi|od)\b|[{}]|[^\s{};]+/g) ?? []
    const closes = (token: string): boolean => token === 'fi' || token === 'od' || token === '}'
    const leading = tokens.findIndex((token) => !closes(token))
    const first = leading < 0 ? tokens.length : leading
    within.splice(Math.max(0, within.length - first))
    const branch = bare.startsWith('::') ? 1 : 0
    const shown = `${'  '.repeat(Math.max(0, within.reduce((sum, weight) => sum + weight, 0) - branch))}${bare}`
    for (const token of tokens.slice(first)) {
      if (closes(token)) within.pop()
      else if (token === '{') within.push(1)
      else if (token === 'if' || token === 'do') within.push(bare === ':: else -> if' ? 0 : 2)
    }
    return shown
  }).join('\n')
}

/** What is stored of each participant and channel. */
const storedVariables = (writing: Writing): Lines => {
  const { actors, model, traffic: { debts } } = writing
  const [answers, announcements] = [debts.filter(({ answer }) => answer).length, debts.filter(({ announcement }) => announcement).length]
  const bits = (values: number): number => Math.max(1, Math.ceil(Math.log2(values)))
  const most = budgetOf(model)
  const symbols = symbolsIn(writing.traffic)
  return [
    ...actors.flatMap((actor) => {
      const start = startIn(model, actor.place)
      return [
        `unsigned ${actor.rm} : 3 = ${start.rm}; unsigned ${actor.em} : 3 = ${start.em}; unsigned ${actor.cs} : 6 = ${start.cs};`,
        ...(answers === 0 ? [] : othersOf(writing, actor).map((other) => `unsigned ${owes(actor, other)} : ${answers};`)),
        ...(announcements === 0 ? [] : [`unsigned ${actor.tells} : ${announcements};`]),
        ...(model.awaits ?? []).map((type) => `unsigned ${waits(actor, type)} : ${actors.length};`),
        ...(actor.open === undefined || actor.force === undefined ? [] : [`unsigned ${actor.open} : 3; unsigned ${actor.force} : 3;`]),
      ]
    }),
    ...(symbols.length === 0 ? [] : actors.flatMap((from) => othersOf(writing, from).map((to) => `chan ${channel(from, to)} = [${model.channel.bound}] of { mtype };`))),
    ...(most === undefined || most === 0 ? [] : [`unsigned spent : ${bits(most + 1)};`]),
    ...(model.repeats === undefined || model.repeats === 0 ? [] : [`unsigned repeated : ${bits(model.repeats + 1)};`]),
  ]
}

/** What exists within a step only; stored, and cleared after each step, for SPIN's breadth-first search, which takes no hidden variables. */
const workingVariables = (looked: Lines, writing: Writing): Lines => {
  const { model, properties, reading } = writing
  const noting = asksOfSteps(writing)
  const bytes = [
    'rm', 'em', 'cs', 'refused', 'rejected', 'sets_off', ...(reading.settled ? [] : ['moves', 'moved']), ...looked,
    ...(model.repeats === undefined ? [] : ['same']), ...(model.terms === true ? ['about', 'proposes', 'accepts'] : []),
    ...(noting ? ['rm_before', 'em_before', 'cs_before', 'answered', 'early'] : []), ...(properties.length === 0 ? [] : ['able', ...properties.map(({ name }) => `${name}_violated`)]),
  ]
  const ints = ['due', 'announced', 'said', ...(noting ? ['fired'] : [])]
  const cleared = [...bytes, ...ints, 'm'].map((name) => `${name} = 0`).join('; ')
  return [
    '#ifdef VISIBLE',
    '#define working',
    indented(inline('forget', [cleared])),
    '#else',
    '#define working hidden',
    indented(inline('forget', ['skip'])),
    '#endif',
    ...bytes.map((name) => `working byte ${name};`),
    ...ints.map((name) => `working int ${name};`),
    'working mtype m;',
    indented(inline('begin', [
      'rm = r; em = e; cs = c', 'due = 0; announced = 0; said = 0; refused = 0; rejected = 0; sets_off = 0',
      ...(model.terms === true ? ['about = 0; proposes = 0; accepts = 0'] : []),
      ...(noting ? ['rm_before = r; em_before = e; cs_before = c; fired = 0; answered = 0; early = 0'] : []),
    ], 'r', 'e', 'c')),
  ]
}

/** What is owed after a receipt: answers to the sender, announcements to everybody else; a refusal to everybody where an own proposal fell with it. */
const owingInlines = ({ model, traffic }: Writing): Lines => {
  const { debts } = traffic
  const alone = answersAlone(traffic)
  const mask = (chosen: (debt: (typeof debts)[number]) => boolean): number => debts.reduce((bits, debt, place) => (chosen(debt) ? bits | (1 << place) : bits), 0)
  const either = (kind: 'answer' | 'announcement'): string => {
    const sure = mask((debt) => debt[kind] && (kind === 'answer' ? debt.type !== 'ER' : !debt.answer))
    const refusal = mask(({ answer, type }) => type === 'ER' && answer)
    return refusal === 0 ? String(sure) : kind === 'answer' ? `(rejected -> ${sure} : ${sure | refusal})` : `(rejected -> ${sure | refusal} : ${sure})`
  }
  return [
    ...(debts.some(({ answer }) => answer) ? [inline('answers', [`owed = owed | (due & ${either('answer')})`], 'owed')] : []),
    ...(debts.some(({ announcement }) => announcement) ? [inline('announces', [`told = told | ((due & ${either('announcement')}) >> ${alone})`], 'told')] : []),
    ...(model.terms !== true ? [] : [inline('terms', [
      'force = ((em == Active || em == Revise) -> (accepts && em == Active && em_was != Active -> about : force) : 0)',
      'open = ((em == Proposed || em == Revise) -> (proposes -> about : open) : 0)',
    ], 'open', 'force', 'em_was')]),
  ]
}

const section = (title: string, lines: Lines): Lines => ['', `/* --- ${title} ${'-'.repeat(Math.max(3, 100 - title.length))} */`, '', ...lines]

/** The Promela text of a model that `checkModel` let pass, which asserts some properties, by their ids. */
export const promela = (model: Model, properties: ReadonlyArray<string> = []): Either<ReadonlyArray<PromelaFault>, string> => {
  const actors = model.participants.map(({ roles }, place): Actor => {
    const name = identifier(nameOf(model, place))
    const shape = roleShapeOf(roles)
    return { place, name, shape, prefix: identifier(shape), rm: `rm_${name}`, em: `em_${name}`, cs: `cs_${name}`, tells: `tells_${name}`, ...(model.terms === true ? { open: `open_${name}`, force: `force_${name}` } : {}) }
  })
  const reading = readingOf(model.protocol.rules, actors.map(({ place, shape }) => ({ shape, cs: startIn(model, place).cs })))
  const traffic = trafficOf(model, reading.shapes)
  const { debts } = traffic
  const asked = properties.flatMap((id) => {
    const text = Object.hasOwn(propertyTexts, id) ? propertyTexts[id] : undefined
    return text === undefined ? [] : [{ name: identifier(id), text }]
  })
  const writing: Writing = { model, reading, actors, traffic, properties: asked }
  const texts = rowTexts(reading, asksOfSteps(writing), (types) => bitsOf(debts.filter(({ symbol, type }) => types.includes(type) && symbol.of === undefined)))
  if (texts.faults.length > 0) return left(texts.faults)
  const shapes = reading.shapes.map((shape) => ({ shape, ...shapeText(writing, texts, shape) }))
  const faults: ReadonlyArray<PromelaFault> = [
    ...properties.filter((id) => !Object.hasOwn(propertyTexts, id)).map((where) => ({ what: 'no such property in Promela' as const, where })),
    ...properties.filter((id) => { const text = propertyTexts[id]; return text?.kind === 'rest' && text.ofTerms === true && model.terms !== true }).map((where) => ({ what: 'a property of terms in a model that does not tell them apart' as const, where })),
    ...(debts.length <= MOST_DEBTS ? [] : [{ what: 'more kinds of debt than an int has bits' as const, where: String(debts.length) }]),
    ...shapes.flatMap(({ ambiguous, shape }) => ambiguous.map((symbol) => ({ what: 'messages that a receiver tells apart and the model does not' as const, where: `${symbol}, by ${shape}` }))),
  ]
  if (faults.length > 0) return left(faults)
  const options = [...stepOptions(writing, (shape) => shapes.find((one) => one.shape === shape)?.receiving ?? []), ...monitorOptions(writing)]
  return right(`${[
    ...header(model, properties),
    ...section('names', [
      ...stateConstants(reading.shapes),
      ...(traffic.sent.length === 0 ? [] : [`mtype = { ${symbolsIn(traffic).map(symbolName).join(', ')} }`]),
      ...debts.map(({ name }, place) => `#define ${name} ${1 << place}`),
    ]),
    ...section('what is stored', storedVariables(writing)),
    ...section('what exists within a step', workingVariables(texts.contextVariables, writing)),
    ...section('the machines, and what couples them', texts.machines.map(indented)),
    ...section('what is owed', owingInlines(writing).map(indented)),
    ...section('the rows, by who sends and receives what', shapes.flatMap(({ lines }) => lines).map(indented)),
    ...section('the steps', [indented(`active proctype model() {\ndo\n${(options.length === 0 ? [':: false -> skip'] : options).join('\n')}\nod\n}`)]),
  ].join('\n')}\n`)
}
