/**
 * `mpcvd check FILE…`: replays case logs and says what is not as the protocol has it.
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import { decodeLog, type LineFault, type ReadLog } from '../codec/index.js'
import { adopted, describeFinding, type Finding, formatState, published, replay, type Replay } from '../index.js'
import { readText } from './logs.js'
import { type ExitCode, type Options, say, sayJson } from './terminal.js'

/** A finding with the line that it is about. */
type Placed = Finding & { readonly line: number; readonly text: string }

interface Report {
  readonly file: string
  readonly verdict: 'clean' | 'findings' | 'unreadable'
  readonly log?: ReadLog
  readonly replay?: Replay
  readonly protocol?: string
  readonly findings: ReadonlyArray<Placed>
  readonly faults: ReadonlyArray<LineFault>
  readonly warnings: ReadonlyArray<LineFault>
}

const reportOn = (file: string, text: string, options: Options): Report => {
  const decoded = decodeLog(text)
  if (isLeft(decoded)) return { file, verdict: 'unreadable', findings: [], faults: decoded.left, warnings: [] }
  const log = decoded.right
  const name = options.protocol ?? (log.log.header.protocol === 'published@1' ? 'published' : 'adopted')
  const protocol = name === 'published' ? published : adopted
  const replayed = replay(protocol, log.log)
  const findings = replayed.findings.map((finding) => ({ line: log.lines[finding.entry] ?? 1, ...finding, text: describeFinding(finding) }))
  return {
    file, log, replay: replayed, protocol: protocol.edition, findings, faults: log.faults, warnings: log.warnings,
    verdict: log.faults.length > 0 ? 'unreadable' : findings.length > 0 ? 'findings' : 'clean',
  }
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`

const print = (report: Report): void => {
  const { file, log, replay: replayed } = report
  if (log !== undefined && replayed !== undefined) {
    const { header } = log.log
    say(
      `${file}: case ${header.case}, ${count(replayed.messages, 'message')}, ${count(replayed.observations, 'observation')}, ` +
        `${report.protocol ?? ''}, ${header.world} world${header.as === undefined ? '' : `, as ${header.as}`}`,
    )
    for (const one of replayed.participants) say(`  ${one.id} ${formatState(one)} ${one.roles.join(', ')}`)
  }
  for (const fault of report.faults) say(`${file}:${fault.line}: unreadable: at ${fault.path || 'the line'}, expected ${fault.expected}, got ${fault.got}`)
  for (const warning of report.warnings) say(`${file}:${warning.line}: warning: ${warning.path}: ${warning.got}`)
  for (const finding of report.findings) say(`${file}:${finding.line}: ${finding.text}`)
  say(`${file}: ${report.verdict === 'clean' ? 'clean' : report.verdict === 'findings' ? count(report.findings.length, 'finding') : `unreadable (${count(report.faults.length, 'fault')})`}`)
}

const printJson = (report: Report): void =>
  sayJson({
    file: report.file,
    verdict: report.verdict,
    case: report.log?.log.header.case,
    protocol: report.protocol,
    messages: report.replay?.messages,
    observations: report.replay?.observations,
    participants: report.replay?.participants.map((one) => ({ ...one, state: formatState(one) })),
    findings: report.findings,
    faults: report.faults,
    warnings: report.warnings,
  })

/** Checks every file; 0 where all are clean, 1 where there are findings, 2 where something could not be read. */
export const check = (files: ReadonlyArray<string>, options: Options): ExitCode => {
  const codes = files.map((file): ExitCode => {
    const text = readText(file)
    if (text === undefined) return 2
    const report = reportOn(file, text, options)
    if (options.json) printJson(report)
    else print(report)
    return report.verdict === 'clean' ? 0 : report.verdict === 'findings' ? 1 : 2
  })
  return codes.includes(2) ? 2 : codes.includes(1) ? 1 : 0
}
