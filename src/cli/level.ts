/**
 * `mpcvd check --level LEVEL FILE…`: holds case logs against every requirement up to a level.
 *
 * @module
 */
import { checkText, describeBreach, type Level, type TextReport } from '../conformance/index.js'
import { formatState } from '../index.js'
import { readText } from './logs.js'
import { type ExitCode, say, sayJson } from './terminal.js'

/** What the command was asked for. */
export interface LevelOptions {
  readonly json: boolean
  readonly level: Level
  readonly protocol: 'published' | 'adopted' | undefined
  /** The participant whose conduct is asked for. */
  readonly as: string | undefined
}

const counted = (report: TextReport): string => {
  const [errors, warnings] = (['error', 'warning'] as const).map((severity) => report.findings.filter((one) => one.severity === severity).length)
  return `${errors ?? 0} of MUST, ${warnings ?? 0} of SHOULD, ${report.findings.filter((one) => !one.root).length} derived`
}

const verdicts: Readonly<Record<TextReport['verdict'], string>> = {
  empty: 'empty: a header, and nothing to check', conforming: 'conforming', warnings: 'warnings', violations: 'violations', unreadable: 'unreadable',
}

const print = (file: string, report: TextReport): void => {
  if (report.verdict !== 'unreadable') {
    say(`${file}: case ${report.case}, ${report.messages} message${report.messages === 1 ? '' : 's'}, ${report.protocol}, ${report.world} world${report.as === undefined ? '' : `, as ${report.as}`}, up to ${report.level}`)
    for (const one of report.participants) say(`  ${one.id} ${formatState(one)} ${one.roles.join(', ')}`)
  }
  report.findings.forEach((finding, index) => say(`${file}:${finding.line ?? 1}: ${index + 1}. ${finding.severity === 'none' ? 'note' : finding.severity}: ${describeBreach(finding)}`))
  say(`${file}: ${verdicts[report.verdict]}${report.findings.length === 0 ? '' : ` (${counted(report)})`}`)
}

/** Checks every file; 0 where no MUST and no SHOULD is broken, 1 where one is, 2 where something could not be read. */
export const checkLevel = (files: ReadonlyArray<string>, { as, json, level, protocol }: LevelOptions): ExitCode => {
  const codes = files.flatMap((file): ReadonlyArray<ExitCode> => {
    const text = readText(file)
    if (text === undefined) return [2]
    return checkText(text, { level, ...(protocol === undefined ? {} : { protocol: `${protocol}@1` }), ...(as === undefined ? {} : { as }) }).map((report): ExitCode => {
      if (json) sayJson({ file, ...report, participants: report.participants.map((one) => ({ ...one, state: formatState(one) })), findings: report.findings.map((one) => ({ ...one, text: describeBreach(one) })) })
      else print(file, report)
      if (report.verdict === 'unreadable' || report.findings.some((one) => one.kind === 'unreadable')) return 2
      return report.verdict === 'warnings' || report.verdict === 'violations' ? 1 : 0
    })
  })
  return codes.includes(2) ? 2 : codes.includes(1) ? 1 : 0
}
