/**
 * The logs that evidence is tested on: everything in the examples that is a case log, by name.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { CaseLog, Id, LogEntry } from 'mpcvd'
import { decodeLog } from 'mpcvd/codec'
import { coordinated } from '../examples/coordinator.js'
import { attacks, exploit, press } from '../examples/leak.js'
import { twoParty } from '../examples/two-party.js'

const root = fileURLToPath(new URL('..', import.meta.url))

const filesIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(`${root}${folder}`).filter((name) => name.endsWith('.jsonl')).sort().map((name) => `${folder}/${name}`)

/** A log from a file of the project. */
export const readLog = (path: string): CaseLog => {
  const read = decodeLog(readFileSync(`${root}${path}`, 'utf8'))
  if (read._tag === 'Left') throw new Error(`${path} cannot be read`)
  return read.right.log
}

/** A log with a receipt after each message, for each recipient: the same case, told by what arrived. */
export const withReceipts = (log: CaseLog): CaseLog => ({
  ...log,
  entries: log.entries.flatMap((entry): ReadonlyArray<LogEntry> =>
    'message' in entry ? [entry, ...entry.message.to.map((by): LogEntry => ({ receipt: { message: entry.message.id, by } }))] : [entry]),
})

/** A log without one message and the receipts that refer to it. */
export const withoutMessage = (log: CaseLog, id: Id): CaseLog => ({
  ...log,
  entries: log.entries.filter((entry) => !('message' in entry && entry.message.id === id) && !('receipt' in entry && entry.receipt.message === id)),
})

/** Every example, by name. */
export const logs: ReadonlyArray<readonly [name: string, log: CaseLog]> = [
  ['two-party', twoParty()], ['coordinator', coordinated()], ['leak: press', press()], ['leak: exploit', exploit()], ['leak: attacks', attacks()],
  ['two-party, with receipts', withReceipts(twoParty())], ['coordinator, with receipts', withReceipts(coordinated())],
  ...[
    'docs/case.jsonl', 'docs/timeline.jsonl', ...filesIn('examples/worked-example'), ...filesIn('examples/disclosures/curl'),
    ...filesIn('examples/disclosures/cve'), ...filesIn('examples/disclosures/vince'),
  ].map((path) => [path, readLog(path)] as const),
]
