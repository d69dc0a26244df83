/**
 * Checks of a log as text: what can be read of it is checked, what cannot is a finding of its own, and a log that mixes
 * cases is taken apart by case.
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import { decodeLog, type LineFault } from '../codec/log.js'
import type { CaseLog, LogEntry } from '../protocol/log.js'
import type { Id } from '../protocol/message.js'
import type { Breach } from './breach.js'
import { check, type CheckOptions, type CheckReport } from './check.js'

/** What became of one case of a log as text. Its findings have their lines. */
export interface TextReport extends Omit<CheckReport, 'verdict'> {
  /** As for a log that was read; `unreadable` where there is not even a header. */
  readonly verdict: CheckReport['verdict'] | 'unreadable'
}

const unreadable = ({ expected, got, line, path }: LineFault): Breach => ({
  kind: 'unreadable', requirements: [], severity: 'error', entry: -1, line, expected: [expected], got: [path === '' ? got : `${path} ${got}`], root: true,
})

/** A log of one case, with the place of each entry in the log that it was taken from. */
interface Extract {
  readonly log: CaseLog
  readonly places: ReadonlyArray<number>
}

/** The case of an entry: a message names its own, a receipt that of its message; everything else belongs to the log's. */
const caseOfEntry = (entry: LogEntry, own: Id, cases: ReadonlyMap<Id, Id>): Id =>
  'message' in entry ? entry.message.case : 'receipt' in entry ? (cases.get(entry.receipt.message) ?? own) : own

/** The cases that a log has messages of, its own first, then in the order in which they appear. */
const casesIn = (log: CaseLog): ReadonlyArray<Extract> => {
  const own = log.header.case
  const cases = new Map<Id, Id>()
  const parts = new Map<Id, { readonly entries: LogEntry[]; readonly places: number[] }>([[own, { entries: [], places: [] }]])
  log.entries.forEach((entry, place) => {
    const name = caseOfEntry(entry, own, cases)
    if ('message' in entry && !cases.has(entry.message.id)) cases.set(entry.message.id, name)
    const part = parts.get(name) ?? { entries: [], places: [] }
    parts.set(name, part)
    part.entries.push(entry)
    part.places.push(place)
  })
  return [...parts].map(([name, { entries, places }]) => ({ log: { header: { ...log.header, case: name }, entries }, places }))
}

/** Checks a log as text, case by case; at least one report, also for a text that holds no log. */
export const checkText = (text: string, options: CheckOptions = {}): ReadonlyArray<TextReport> => {
  const decoded = decodeLog(text)
  if (isLeft(decoded))
    return [{
      case: '', protocol: options.protocol ?? 'adopted@1', level: options.level ?? 'L4', world: 'open', verdict: 'unreadable', findings: decoded.left.map(unreadable), participants: [], messages: 0,
    }]
  const { faults, lines, log } = decoded.right
  return casesIn(log).map(({ log: part, places }, index): TextReport => {
    const report = check(part, options)
    const own = report.findings.map((one) => ({ ...one, line: lines[places[one.entry] ?? 0] ?? 1 }))
    const broken = index === 0 ? faults.map(unreadable) : []
    // Findings refer to their roots by place, so what could not be read comes after them.
    return { ...report, findings: [...own, ...broken], verdict: broken.length > 0 ? 'violations' : report.verdict }
  })
}
