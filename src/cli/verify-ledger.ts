/**
 * `mpcvd verify --ledger`: whether case ledgers make participants agree, over all runs of a few of them.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeLog } from '../codec/index.js'
import { decisionRules, orderings } from '../protocol/log.js'
import { checkScope, type Comparison, comparison, type Convergence, convergence, describeModelFault, ledgerProperties, type LedgerProperty, type LedgerScope, sentTypes } from '../verify/index.js'
import { type ExitCode, say, sayJson, type UsageError } from './terminal.js'
import { grouped, isUsage, listed, readCount, readParticipants, type VerifyArguments } from './verify.js'

/** The options of `mpcvd verify`, and those that are for ledgers. */
export interface LedgerArguments extends VerifyArguments {
  readonly ledger: string
  readonly decision: string | undefined
}

/** What is not asked of ledgers, by option. */
const foreign = ({ local, promela, reductions, repeats, silent }: VerifyArguments): ReadonlyArray<string> => [
  ...(promela ? ['--promela'] : []), ...(local ? ['--local'] : []), ...(repeats === undefined ? [] : ['--repeats']), ...(silent ? ['--no-acknowledgements'] : []), ...(reductions ? [] : ['--no-reductions']),
]

/** The types that decide about the embargo, and about what is public. */
const typesAbout = { em: sentTypes.filter((type) => type.startsWith('E')), public: sentTypes.filter((type) => type.startsWith('C')) }

/** How many entries are sent where nothing is said: what ends in seconds. */
const ENTRIES = 3

const readScope = (given: LedgerArguments): LedgerScope | UsageError => {
  const [wrong] = foreign(given)
  if (wrong !== undefined) return { usage: `verify --ledger does not take ${wrong}` }
  const order = orderings.find((one) => one === given.ledger)
  if (order === undefined) return { usage: `--ledger expects one of ${orderings.join(', ')}; got ${given.ledger}` }
  const decision = decisionRules.find((one) => one === (given.decision ?? 'first'))
  if (decision === undefined) return { usage: `--decision expects one of ${decisionRules.join(', ')}; got ${given.decision ?? ''}` }
  if (given.roles === undefined) return { usage: 'verify expects --roles, such as --roles reporter,vendor' }
  const participants = readParticipants(given.roles)
  if (isUsage(participants)) return participants
  if (participants.some(({ start }) => start !== undefined)) return { usage: `a case with ledgers begins at its beginning: --roles expects no state after @; got ${given.roles}` }
  const [kind = ''] = given.channel.split(':')
  const words = kind.split('+')
  if (words.some((word) => !['fifo', 'reordering', 'duplicating'].includes(word)) || words.includes('fifo') === words.includes('reordering'))
    return { usage: `--channel for ledgers expects fifo or reordering, with +duplicating where wished; got ${given.channel}` }
  const about = listed(given.about ?? 'em,public')
  const unknown = about.find((topic) => topic !== 'em' && topic !== 'public')
  if (unknown !== undefined) return { usage: `--about for ledgers expects em, public, or both; got ${unknown}` }
  const entries = readCount('steps', given.steps ?? String(ENTRIES), 1)
  if (typeof entries === 'object') return entries
  if (entries === undefined) return { usage: '--steps for ledgers expects a whole number from 1 on: how many messages are sent, all together; got all' }
  const checked = checkScope({
    participants: participants.map(({ roles }) => roles), protocol: given.protocol ?? 'adopted', order, decision, entries,
    types: [...(about.includes('em') ? typesAbout.em : []), ...(about.includes('public') ? typesAbout.public : [])],
    channel: words.includes('reordering') ? 'any' : 'fifo', ...(words.includes('duplicating') ? { duplicates: true } : {}),
  })
  return checked._tag === 'Left' ? { usage: checked.left.map(describeModelFault).join('; ') } : checked.right
}

const hyphened = (name: string): string => name.replaceAll(' ', '-')

const readAsked = (names: ReadonlyArray<string>): ReadonlyArray<LedgerProperty> | UsageError => {
  const unknown = names.find((name) => !ledgerProperties.some((one) => hyphened(one) === name))
  if (unknown !== undefined) return { usage: `--property for ledgers expects one of ${ledgerProperties.map(hyphened).join(', ')}; got ${unknown}` }
  return names.length === 0 ? ledgerProperties : ledgerProperties.filter((one) => names.includes(hyphened(one)))
}

const scopeLine = ({ channel, decision, duplicates, entries, order, participants, protocol, types }: LedgerScope): string =>
  `${protocol} with ledgers: ${participants.map((held) => held.join('+')).join(', ')}; ${order ?? 'causal'} order, ${decision ?? 'first'}; ${entries} entries of ${(types ?? sentTypes).join(', ')}; ` +
  `${channel === 'any' ? 'reordering' : 'fifo'}${duplicates === true ? ', everything may come again' : ''}`

const verdictOf = (found: Convergence): string =>
  found.holds === true ? 'holds in every run' : found.holds === false ? `violated: ${found.property}` : `unknown: all runs of fewer than ${found.depth} steps were tried, and nothing more is proved`

const tell = (found: Convergence, apart: Comparison): void => {
  say(scopeLine(found.scope))
  say('')
  say(verdictOf(found))
  if (found.holds === false) for (const [who, had] of Object.entries(found.arrivals)) say(`  ${who} has, in this order: ${had.join(', ') || 'nothing'}`)
  say(`${grouped(found.states)} states, ${grouped(found.runs)} of them at rest, ${grouped(found.replicas)} different ledgers`)
  say(
    `each acting on messages as they arrive: of ${grouped(apart.runs)} states at rest participants disagree in ${grouped(apart.without)}; their ledgers, given the same messages, in ${grouped(apart.with)}` +
    (apart.complete ? '' : ' (as far as was tried)'),
  )
}

/** Runs the command. */
export const ledgerCommand = (given: LedgerArguments): ExitCode | UsageError => {
  const scope = readScope(given)
  if (isUsage(scope)) return scope
  const properties = readAsked(given.property)
  if (isUsage(properties)) return properties
  const found = convergence(scope, { properties })
  const apart = comparison(scope)
  if (given.json) sayJson({ ...found, without: { ...apart, scope: undefined } })
  else tell(found, apart)
  if (given.out !== undefined && found.holds === false) {
    try {
      mkdirSync(given.out, { recursive: true })
      writeFileSync(join(given.out, `${hyphened(found.property)}.jsonl`), encodeLog(found.log))
    } catch (error) {
      return { usage: `cannot write to ${given.out}: ${error instanceof Error ? error.message : String(error)}` }
    }
  }
  return found.holds === true ? 0 : found.holds === false ? 1 : 2
}
