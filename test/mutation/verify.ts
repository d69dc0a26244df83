/**
 * Tries every mutant of the adopted rules in the checker (test/verify/mutants.ts) and writes what catches each to
 * test/verify/mutants.txt. It takes some twenty minutes on one core; the tests hold a part of it against the checker each time.
 *
 * Run by hand: npx tsx --tsconfig test/tsconfig.json test/mutation/verify.ts [add]. With `add`, mutants that the file has a
 * line for are not tried again; so it goes on where it was stopped.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Protocol } from 'mpcvd'
import { type Baseline, baselineOf, configurations, couples, differenceOf, ENDLESS, endlessly, hasDeadRow, ready, violatedBy, weakness } from '../verify/mutants.js'
import { type Caught, mutantsByName, read, write, type Tried } from '../verify/mutants-file.js'
import type { Mutant } from './rows.js'

const started = performance.now()
const say = (text: string): void => void process.stderr.write(`${((performance.now() - started) / 1000).toFixed(0)} s: ${text}\n`)

const file = new URL('../verify/mutants.txt', import.meta.url)
const mutants = mutantsByName()
const stands = (one: Tried): boolean => !('by' in one) || one.configuration === ENDLESS || configurations.has(one.configuration)
const before = new Map(process.argv[2] === 'add' && existsSync(file) ? read(readFileSync(file, 'utf8')).filter(stands).map((one) => [one.name, one]) : [])

const baselines = [...configurations.values()].map(baselineOf)
say(`${mutants.size} mutants, ${before.size} tried before; ${baselines.length} configurations, ${baselines.reduce((sum, { states }) => sum + states, 0)} states`)

/** Which configurations ask a question, by the question. */
const askedIn = new Map<string, Baseline[]>()
for (const baseline of baselines) for (const key of baseline.questions.keys()) askedIn.set(key, [...(askedIn.get(key) ?? []), baseline])
const questions = [...askedIn].flatMap(([key, [first]]) => {
  const question = first?.questions.get(key)
  return question === undefined ? [] : [{ key, question }]
})
say(`${questions.length} different questions`)

/** The configurations in which a mutant answers something otherwise than the adopted rules; in the others nothing differs. */
const where = (mutant: Mutant): ReadonlyArray<Baseline> => {
  const under = ready(mutant.set)
  const names = [...mutant.types.flatMap((type) => (type === 'CX+CP' ? ['CX', 'CP'] : [type])), ...mutant.events]
  const all = couples(mutant)
  const found = new Set<Baseline>()
  for (const { key, question } of questions)
    if ((all || (question.way === mutant.way && question.names.some((name) => names.includes(name)))) && question.ask(under) !== question.answer)
      for (const baseline of askedIn.get(key) ?? []) found.add(baseline)
  /** Runs that begin as cases do first, but for the largest of them. */
  const order = ({ configuration, states }: Baseline): number => (configuration.kind === 'run' && states < 2000 ? 0 : 1e6) + states
  return [...found].sort((a, b) => order(a) - order(b))
}

/** How many configurations are asked for a violation before a dead row is good enough. */
const PATIENCE = 60

/** What catches a mutant in some configurations: a property that rules violate, the weaker last, or else a dead row. */
const caughtAmong = (under: Protocol, some: ReadonlyArray<Baseline>): Pick<Caught, 'by' | 'configuration'> | undefined => {
  let best: Pick<Caught, 'by' | 'configuration'> | undefined
  for (const baseline of some) {
    const by = violatedBy(under, baseline)
    if (by !== undefined && (best === undefined || weakness(by) < weakness(best.by))) best = { by, configuration: baseline.configuration.name }
    if (best !== undefined && weakness(best.by) === 0) return best
  }
  const dead = best === undefined ? some.find((baseline) => hasDeadRow(under, baseline)) : undefined
  return dead === undefined ? best : { by: 'rows-used', configuration: dead.configuration.name }
}

/** What becomes of a mutant. */
const tryOut = (name: string, mutant: Mutant): Tried => {
  const { kind } = mutant
  const difference = differenceOf(mutant)
  if (difference !== 'behaviour') return { name, kind, survives: difference }
  const candidates = where(mutant)
  const under = ready(mutant.set)
  const caught = caughtAmong(under, candidates.slice(0, PATIENCE)) ?? caughtAmong(under, candidates.slice(PATIENCE))
  if (caught !== undefined) return { name, kind, ...caught }
  if (candidates.length === 0) return { name, kind, survives: 'never asked' }
  const by = endlessly(under)
  return by === undefined ? { name, kind, survives: 'answers differ' } : { name, kind, by, configuration: ENDLESS }
}

const results: Tried[] = []
let spent = 0
for (const [name, mutant] of mutants) {
  const known = before.get(name)
  const began = performance.now()
  results.push(known ?? tryOut(name, mutant))
  if (known === undefined) spent += performance.now() - began
  if (results.length % 50 === 0) {
    say(`${results.length} of ${mutants.size}; caught ${results.filter((each) => 'by' in each).length}, same ${results.filter((each) => 'survives' in each && each.survives === 'no change').length}`)
    if (known === undefined) writeFileSync(file, write(results))
  }
}
writeFileSync(file, write(results))
say(`done, ${(spent / 1000).toFixed(0)} s`)
