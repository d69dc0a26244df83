/**
 * Reading case logs for the commands: what can be read of each file, and what cannot, told line by line.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { isLeft } from 'fp-ts/Either'
import { charterOf, type CharterFault, ingest, type Ledger, linked, logOf, openLedger } from '../case/index.js'
import { decodeLog, type ReadLog } from '../codec/index.js'
import type { CaseLog } from '../index.js'
import { complain, faultsText, type UsageError } from './terminal.js'

/** The text of a file, or of standard input where it is `-`; a complaint where it cannot be read. */
export const readText = (file: string): string | undefined => {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\ufeff/, '')
  } catch (reason) {
    complain(`cannot read ${file}: ${reason instanceof Error ? reason.message : String(reason)}`)
    return undefined
  }
}

/** A log and the file that it came from. */
interface NamedLog {
  readonly file: string
  readonly read: ReadLog
}

/** The logs in some files; `undefined` where one of them cannot be read at all. Lines that cannot be read are told, and left out. */
const readLogs = (files: ReadonlyArray<string>): ReadonlyArray<NamedLog> | undefined => {
  const logs: NamedLog[] = []
  let readable = true
  for (const file of files) {
    const text = readText(file)
    const decoded = text === undefined ? undefined : decodeLog(text)
    if (decoded === undefined) readable = false
    else if (isLeft(decoded)) {
      readable = false
      for (const fault of decoded.left) complain(`${file}:${fault.line}: at ${fault.path || 'the line'}, expected ${fault.expected}, got ${fault.got}`)
    } else {
      for (const fault of decoded.right.faults) complain(`${file}:${fault.line}: unreadable: at ${fault.path || 'the line'}, expected ${fault.expected}, got ${fault.got}`)
      logs.push({ file, read: decoded.right })
    }
  }
  return readable ? logs : undefined
}

/** The logs of one case as ledgers: what each file holds, and what all of them hold together. */
interface Ledgers {
  readonly each: ReadonlyArray<{ readonly file: string; readonly ledger: Ledger }>
  readonly all: Ledger
}

const faulty = (file: string, faults: ReadonlyArray<CharterFault>): UsageError => ({
  usage: `${file}: ${faultsText(faults)}`,
})

/**
 * The ledgers of logs of one case. The charter is that of the first file; another file may name fewer participants, but
 * not another case. What the entries of a log do not say of what their authors had seen is made up from the logs' order.
 */
const ledgersOf = (logs: ReadonlyArray<NamedLog>): Ledgers | UsageError => {
  const [first] = logs
  if (first === undefined) return { usage: 'expected at least one file' }
  const charter = charterOf(first.read.log.header)
  for (const { file, read } of logs)
    if (read.log.header.case !== charter.case) return { usage: `${file}: expected case ${charter.case}, as in ${first.file}, got ${read.log.header.case}` }
  const named = new Map([...logs].reverse().flatMap(({ read }) => read.log.header.participants.map((one) => [one.id, one] as const)))
  const opened = openLedger({ ...charter, participants: [...named.values()].sort((one, other) => (one.id < other.id ? -1 : 1)) })
  if (isLeft(opened)) return faulty(first.file, opened.left)
  const entries = linked(logs.map(({ read }) => read.log))
  let start = 0
  const each = logs.map(({ file, read }) => {
    const count = read.log.entries.filter((entry) => !('receipt' in entry)).length
    const ledger = ingest(opened.right, entries.slice(start, start + count))
    start += count
    return { file, ledger }
  })
  return { each, all: ingest(opened.right, entries) }
}

/** The case in some files; `undefined` where it cannot be read, after a complaint. */
export const readCase = (files: ReadonlyArray<string>): (Ledgers & { readonly unreadable: boolean }) | undefined => {
  const logs = readLogs(files)
  const ledgers = logs === undefined ? undefined : ledgersOf(logs)
  if (ledgers === undefined || logs === undefined) return undefined
  if ('usage' in ledgers) {
    complain(ledgers.usage)
    return undefined
  }
  return { ...ledgers, unreadable: logs.some(({ read }) => read.faults.length > 0) }
}

/** A case as one log: a file as it stands, with the line of each entry; several files as their case has them. */
interface OneLog {
  readonly log: CaseLog
  readonly lines?: ReadonlyArray<number>
  readonly unreadable: boolean
}

const readOne = (file: string): OneLog | undefined => {
  const text = readText(file)
  if (text === undefined) return undefined
  const decoded = decodeLog(text)
  const faults = isLeft(decoded) ? decoded.left : decoded.right.faults
  for (const fault of faults) complain(`${file}:${fault.line}: unreadable: at ${fault.path || 'the line'}, expected ${fault.expected}, got ${fault.got}`)
  return isLeft(decoded) ? undefined : { log: decoded.right.log, lines: decoded.right.lines, unreadable: faults.length > 0 }
}

/** The log in some files; `undefined` where it cannot be read, after a complaint. One file keeps its own order. */
export const readLog = (files: ReadonlyArray<string>): OneLog | undefined => {
  const [first] = files
  if (files.length === 1 && first !== undefined) return readOne(first)
  const ledgers = readCase(files)
  return ledgers === undefined ? undefined : { log: logOf(ledgers.all), unreadable: ledgers.unreadable }
}
