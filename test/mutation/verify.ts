/**
 * Tries every mutant of the adopted rules in the checker (test/verify/mutants.ts) and writes what catches each to
 * test/verify/mutants.txt. It takes a while; the tests hold a part of it against the checker each time.
 *
 * Run by hand: npx tsx --tsconfig test/tsconfig.json test/mutation/verify.ts
 */
import { writeFileSync } from 'node:fs'
import { adopted } from 'mpcvd'
import { livenessFor, verify } from 'mpcvd/verify'
import { type Baseline, baselineOf, caughtIn, configurations, ready } from '../verify/mutants.js'
import { write, type Tried } from '../verify/mutants-file.js'
import { furtherMutantsOf, isSeen, isSeenLocally, type Mutant, mutantsOf } from './rows.js'

const started = performance.now()
const say = (text: string): void => void process.stderr.write(`${((performance.now() - started) / 1000).toFixed(0)} s: ${text}\n`)

const mutants = new Map<string, Mutant[]>()
for (const mutant of [...mutantsOf(adopted.rules), ...furtherMutantsOf(adopted.rules)]) mutants.set(mutant.name, [...(mutants.get(mutant.name) ?? []), mutant])
const [every = 1, first = 0] = (process.argv[2] ?? '1').split('+').map(Number)
const tried = [...mutants].filter((_, place) => place % every === first)

const baselines = [...configurations.values()].map(baselineOf)
say(`${baselines.length} configurations, ${baselines.reduce((sum, { states }) => sum + states, 0)} states`)

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
  const couples = !adopted.rules.local.some(({ id }) => mutant.name.includes(` ${id}: `)) && ![...adopted.rules.sent, ...adopted.rules.received].some(({ id }) => mutant.name.includes(` ${id}: `))
  const found = new Set<Baseline>()
  for (const { key, question } of questions)
    if ((couples || (question.way === mutant.way && question.names.some((name) => names.some((other) => other === name)))) && question.ask(under) !== question.answer)
      for (const baseline of askedIn.get(key) ?? []) found.add(baseline)
  const order = ({ configuration, states }: Baseline): number => (configuration.kind === 'run' ? 0 : 1e6) + states
  return [...found].sort((a, b) => order(a) - order(b))
}

const models = [['reporter', 'vendor']] as const
/** A property of endless runs that holds for the adopted rules and not for a mutant. */
const endlessly = (mutant: Mutant): string | undefined => {
  for (const roles of models) {
    const participants = roles.map((role) => ({ roles: [role] }))
    const channel = { bound: 1 }
    const before = verify({ protocol: adopted, participants, channel }, livenessFor({ participants }), { states: 200_000 }).verdicts
    const after = verify({ protocol: ready(mutant.set), participants, channel }, livenessFor({ participants }), { states: 200_000 }).verdicts
    const changed = before.find(({ property, verdict }) => verdict === 'holds' && after.find((other) => other.property.id === property.id)?.verdict === 'violated')
    if (changed !== undefined) return changed.property.id
  }
  return undefined
}

const results: Tried[] = []
for (const [name, [mutant, ...others]] of tried) {
  if (mutant === undefined) continue
  const candidates = where(mutant)
  const under = ready(mutant.set)
  let by: string | undefined
  let baseline: Baseline | undefined
  for (const candidate of candidates) {
    by = caughtIn(under, candidate)
    baseline = candidate
    if (by !== undefined) break
  }
  if (by !== undefined && baseline !== undefined) results.push({ name, kind: mutant.kind, by, configuration: baseline.configuration.name })
  else {
    const seen = candidates.length > 0 || [mutant, ...others].some((each) => isSeen(each, adopted.rules)) || ((mutant.way === 'local' || mutant.types.length === 10) && isSeenLocally(mutant, adopted.rules))
    const endless = seen && candidates.length > 0 ? endlessly(mutant) : undefined
    results.push(endless !== undefined
      ? { name, kind: mutant.kind, by: endless, configuration: 'endless: reporter, vendor' }
      : { name, kind: mutant.kind, survives: seen ? (candidates.length > 0 ? 'answers differ' : 'never asked') : 'no change' })
  }
  if (results.length % 50 === 0) say(`${results.length} of ${tried.length}; caught ${results.filter((each) => 'by' in each).length}`)
}
writeFileSync(process.argv[3] ?? new URL('../verify/mutants.txt', import.meta.url), write(results))
say('done')
