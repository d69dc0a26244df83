/**
 * What was found by exploring the protocol, as Markdown: the blocks of `verification.md`, from the properties of the library and
 * from `verification/results.json`.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { livenessFor, type Property, properties } from 'mpcvd/verify'
import { read, whys } from '../test/verify/mutants-file.js'
import { committed, type Result } from '../test/verify/results.js'

const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
const code = (text: string): string => `\`${text}\``
const grouped = (number: number): string => number.toLocaleString('en-US')

const looksAt: Readonly<Record<Property['kind'], string>> = {
  step: 'single steps', rest: 'states at rest', state: 'all states', deadlock: 'states without a way on', overflow: 'full channels', rows: 'the rows that are used', liveness: 'runs without end',
}

/** The name of a property without the participant that it is asked of. */
const family = (id: string): string => id.split(':')[0] ?? id

const propertyTable = (): string => {
  const all = [...properties, ...livenessFor({ participants: [{ roles: ['vendor'] }] })]
  return table(['property', 'looks at', 'says', 'source'], all.map(({ id, kind, says, source }) => [code(family(id)), looksAt[kind], says, source.join(', ')]))
}

const states = ({ explored }: Result): number => explored.reduce((sum, one) => sum + one.states, 0)

/** What is violated, by protocol: in how many models, and the shortest run in any of them. */
const violatedTable = (): string => {
  const rows = committed().results
  const ids = [...new Set(rows.flatMap(({ verdicts }) => Object.keys(verdicts)).map(family))].filter((id) => id !== 'rows-used')
  const cell = (protocol: string, id: string): string => {
    const asked = rows.filter((row) => row.protocol === protocol).flatMap(({ verdicts }) => {
      const own = Object.entries(verdicts).filter(([name]) => family(name) === id).map(([, verdict]) => verdict)
      return own.length === 0 ? [] : [own]
    })
    const broken = asked.filter((own) => own.some((verdict) => verdict.startsWith('violated')))
    const moves = broken.flat().flatMap((verdict) => /in (\d+) moves/.exec(verdict)?.[1] ?? []).map(Number)
    const open = asked.filter((own) => own.some((verdict) => verdict.startsWith('unknown')))
    return asked.length === 0 ? '' : broken.length === 0 ? `holds in ${asked.length - open.length} of ${asked.length}` : `**violated** in ${broken.length} of ${asked.length}, ${Math.min(...moves)} moves`
  }
  return table(['property', 'adopted', 'published'], ids.map((id) => [code(id), cell('adopted', id), cell('published', id)]))
}

/** Rows that no run of any model used. */
const unusedTable = (): string => table(['protocol', 'models', 'rows that no run used'], ['adopted', 'published'].map((protocol) => {
  const rows = committed().results.filter((row) => row.protocol === protocol && row.unused !== undefined)
  const [first = [], ...others] = rows.map(({ unused = [] }) => unused)
  return [protocol, String(rows.length), first.filter((row) => others.every((unused) => unused.includes(row))).map(code).join(', ') || 'none']
}))

const modelTable = (): string =>
  table(['command', 'states', 'violated'], committed().results.map((row) => [
    code(row.command), grouped(states(row)), [...new Set(Object.entries(row.verdicts).filter(([id, verdict]) => id !== 'rows-used' && verdict.startsWith('violated')).map(([id]) => code(family(id))))].join(', ') || 'nothing',
  ]))

const factor = (all: number, visited: number): string => `${grouped(visited)} (${visited === all ? '1' : (all / visited).toFixed(all / visited < 10 ? 1 : 0)})`

/** What reductions save. */
const reductionTable = (): string => table(
  ['command', 'all states', 'exchanged: `overflow`, `rows-used`', 'fewer orders too: single steps, states at rest, `deadlock`'],
  committed().reductions.map(({ all, command, exchanged, fewer }) => [code(command), grouped(all), factor(all, exchanged), factor(all, fewer)]),
)

/** What was found of ledgers. */
const ledgerTable = (): string => table(
  ['command', 'verdict', 'states', 'at rest', 'without ledgers', 'with them'],
  committed().ledgers.map((one) => [
    code(one.command), one.holds === true ? 'holds' : one.violated === undefined ? 'unknown' : `**violated**: ${one.violated}`, grouped(one.states), grouped(one.resting),
    `${grouped(one.without)} of ${grouped(one.compared)}`, `${grouped(one.with)} of ${grouped(one.compared)}`,
  ]),
)

const mutants = () => read(readFileSync(new URL('../test/verify/mutants.txt', import.meta.url), 'utf8'))

/** What became of the mutants of the adopted rules. */
const mutantTable = (): string => {
  const all = mutants()
  const count = (of: (one: (typeof all)[number]) => boolean): string => grouped(all.filter(of).length)
  const caught = all.filter((one) => 'by' in one)
  const unlike = all.filter((one) => 'survives' in one && (one.survives === 'answers differ' || one.survives === 'never asked'))
  return table(['mutants of the adopted rules', ''], [
    ['all', grouped(all.length)],
    ['nothing differs in any state that a participant can come to', count((one) => 'survives' in one && one.survives === 'no change')],
    ['the same is refused for another reason', count((one) => 'survives' in one && one.survives === 'another reason')],
    ['behave otherwise', grouped(caught.length + unlike.length)],
    ['of these, caught', `**${grouped(caught.length)}** (${((100 * caught.length) / (caught.length + unlike.length)).toFixed(1)} %)`],
    ['… because a property is violated', count((one) => 'by' in one && one.by !== 'rows-used')],
    ['… because a row is dead that the adopted rules use, and nothing else', count((one) => 'by' in one && one.by === 'rows-used')],
    ['not caught', grouped(unlike.length)],
  ])
}

/** Why nothing catches the others. */
const survivorTable = (): string => {
  const unlike = mutants().flatMap((one) => ('survives' in one && (one.survives === 'answers differ' || one.survives === 'never asked') ? [one.name] : []))
  return table(['not caught', 'because'], whys.map(({ of, why }) => [grouped(unlike.filter((name) => of.test(name)).length), why]))
}

/** The blocks by name. */
export const verificationBlocks: Readonly<Record<string, () => string>> = {
  'verification-properties': propertyTable,
  'verification-verdicts': violatedTable,
  'verification-unused': unusedTable,
  'verification-models': modelTable,
  'verification-reductions': reductionTable,
  'verification-ledgers': ledgerTable,
  'verification-mutants': mutantTable,
  'verification-survivors': survivorTable,
}
