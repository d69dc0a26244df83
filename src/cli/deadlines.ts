/**
 * `mpcvd deadlines FILE… --policy … --at …`: who owes what by when, under the policies that are built in or in a file.
 *
 * @module
 */
import { type Deadline, deadlines, caseOf, checkPolicy, policies as builtIn, type Policy } from '../case/index.js'
import { parseJson } from '../codec/index.js'
import { readCase, readText } from './logs.js'
import { complain, type ExitCode, say, sayJson, type UsageError } from './terminal.js'

/** What the command was asked for. */
export interface DeadlineOptions {
  readonly json: boolean
  readonly at: string
  /** Ids of policies that are built in, or files; all that are built in where none is given. */
  readonly policies: ReadonlyArray<string>
}

/** What is wrong with a policy from a file, which may be anything. */
const faultsIn = (policy: Policy): ReadonlyArray<unknown> => {
  try {
    return checkPolicy(policy)
  } catch {
    return ['expected an object with id, title, source and rules, as docs/policies.md has it']
  }
}

const policyNamed = (name: string): Policy | UsageError => {
  const known = builtIn.find((one) => one.id === name)
  if (known !== undefined) return known
  if (!name.endsWith('.json')) return { usage: `--policy expects a file NAME.json, or one of ${builtIn.map((one) => one.id).join(', ')}; got ${name}` }
  const text = readText(name)
  const parsed = text === undefined ? undefined : parseJson(text)
  if (parsed === undefined) return { usage: '' }
  if (parsed._tag === 'Left') return { usage: `${name}: expected a policy as JSON` }
  const policy = parsed.right as Policy
  const faults = faultsIn(policy)
  return faults.length === 0 ? policy : { usage: `${name}: ${faults.map((fault) => JSON.stringify(fault)).join('; ')}` }
}

const sentence = ({ who, owes, due, status, policy, rule }: Deadline): string => `${status.padEnd(8)}${due.moment}  ${who ?? 'somebody'} ${owes}  (${policy}, ${rule})`

/** Says what is due under some policies; 0 where nothing is overdue or missed, 1 where something is, 2 where something cannot be read. */
export const showDeadlines = (files: ReadonlyArray<string>, options: DeadlineOptions): ExitCode => {
  const chosen = options.policies.length === 0 ? builtIn : options.policies.map(policyNamed)
  const wrong = chosen.find((one) => 'usage' in one)
  if (wrong !== undefined && 'usage' in wrong) {
    if (wrong.usage !== '') complain(wrong.usage)
    return 2
  }
  const ledgers = readCase(files)
  if (ledgers === undefined) return 2
  const found = deadlines(caseOf(ledgers.all), chosen.flatMap((one) => ('usage' in one ? [] : [one])), options.at)
  if (options.json) sayJson(found)
  else {
    say(`case ${ledgers.all.charter.case} at ${options.at}: ${found.length} deadline${found.length === 1 ? '' : 's'}`)
    for (const one of found) say(sentence(one))
  }
  return ledgers.unreadable ? 2 : found.some((one) => one.status === 'overdue' || one.status === 'missed') ? 1 : 0
}
