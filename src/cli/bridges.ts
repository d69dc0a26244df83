/**
 * `mpcvd bridges [NAME]`: the formats that can be read and written, and the rows of one of them.
 *
 * @module
 */
import type { BridgeRow, Sayings } from '../bridge/index.js'
import { sources, targets } from './sources.js'
import { say, sayJson, table, type UsageError } from './terminal.js'

const waysOf = (ways: ReadonlyArray<Sayings>): string => ways.map((sayings) => sayings.join(', then ') || 'nothing').join(', or ')
const saidBy = ({ asks, says }: BridgeRow): string => (asks === undefined ? waysOf(says ?? []) : `asks: ${asks.answers.map(({ answer, says: ways }) => `${answer} (${waysOf(ways) || 'nothing'})`).join(', ')}`)

const one = (name: string, json: boolean): UsageError | undefined => {
  const source = sources.find((each) => each.name === name)
  if (source === undefined) return { usage: `bridges expects one of ${sources.map((each) => each.name).join(', ')}; got ${name}` }
  if (json) {
    sayJson(source.bridges)
    return undefined
  }
  say(`${source.name}: ${source.reads}`)
  for (const { name: called, read, rows, source: from } of source.bridges) {
    say(`${called}, from ${from} (${read}):`)
    table([['  row', 'speaker', 'quality', 'says'], ...rows.map((row) => [`  ${row.id}`, row.speaker, row.quality, saidBy(row)])]).forEach(say)
  }
  return undefined
}

/** Lists the bridges, or the rows of one. */
export const showBridges = (name: string | undefined, { json }: { readonly json: boolean }): UsageError | undefined => {
  if (name !== undefined) return one(name, json)
  if (json) {
    sayJson({ from: ['log', ...sources.map((each) => each.name)], to: targets.map((each) => each.name) })
    return undefined
  }
  say('--from')
  const rows = sources.map(({ bridges, name: called, reads }) => [`  ${called}`, bridges[0] === undefined ? '' : `${bridges.reduce((sum, each) => sum + each.rows.length, 0)} rows`, bridges[0]?.read ?? 'first-hand', reads])
  table([['  log', '', '', 'case logs'], ...rows, ['  NAME.json', '', '', 'issues of a tracker, by a status map of one’s own (see map)']], [1]).forEach(say)
  say('--to')
  table(targets.map(({ name: called, writes }) => [`  ${called}`, writes])).forEach(say)
  return undefined
}
