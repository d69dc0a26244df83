/**
 * `mpcvd evidence FILE… --standard NAME`: what the logs of a case show of the clauses of a standard, as lines, JSON,
 * Markdown, or one HTML page.
 *
 * One file is taken as it stands, with its receipts and its line numbers. Several are merged into one case first, causes
 * before effects; their lines are those of the merged log.
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import { caseOf, ledgerOf, linked, readDuration } from '../case/index.js'
import {
  drawingsOf, evidence, evidenceMarkdown, evidencePage, type Evidence, isComplete, type MeasureName, measures, type Sheet, standards,
} from '../crosswalk/index.js'
import { measureLabels, needText, placeIn, statusLabels, summaryOf, whoIn } from '../crosswalk/words.js'
import { timelineOf } from '../diagram/index.js'
import type { CaseLog } from '../index.js'
import { readLog } from './logs.js'
import { complain, type ExitCode, say, sayJson, type UsageError } from './terminal.js'

/** The forms in which evidence can be had. */
const formats = ['text', 'json', 'markdown', 'html'] as const

/** What the command was asked for, as the options have it. */
export interface EvidenceCommand {
  readonly standard: string
  readonly format: string
  /** The participant whose sheet it is to be; every vendor when absent. */
  readonly of: string | undefined
  /** The time to ask about; the whole log, with all terms over, when absent. */
  readonly at: string | undefined
  /** The terms that the participant has set itself, each as NAME=DURATION. */
  readonly within: ReadonlyArray<string>
}

/** Terms that a participant has set itself, each as a measure and a duration. */
const readWithin = (given: ReadonlyArray<string>): UsageError | { readonly terms: Partial<Readonly<Record<MeasureName, string>>> } => {
  const terms: Partial<Record<MeasureName, string>> = {}
  for (const one of given) {
    const [name = '', duration = ''] = one.split('=')
    const measure = measures.find((known) => known === name)
    if (measure === undefined || readDuration(duration)._tag === 'Left') return { usage: `--within expects NAME=DURATION with a name of ${measures.join(', ')} and a duration such as P7D, got ${one}` }
    terms[measure] = duration
  }
  return { terms }
}

/** The drawing of a case, as wide as a page; none where the log cannot be taken into a ledger. */
const drawingOf = (log: CaseLog): ReadonlyArray<string> => {
  const ledger = ledgerOf({ header: log.header, entries: linked([log]) })
  return isLeft(ledger) ? [] : drawingsOf(timelineOf(caseOf(ledger.right)))
}

const sayingSheet = (sheet: Sheet): void => {
  say(`${sheet.of}: ${summaryOf(sheet)}`)
  for (const clause of sheet.clauses) {
    say(`  ${statusLabels[clause.status][0]} ${clause.clause} ${clause.title}: ${statusLabels[clause.status][1]}`)
    for (const need of clause.needs) if (need.status !== 'shown' || need.due !== undefined) say(`      ${needText(need, clause.cites)}`)
    for (const one of clause.cites) say(`      ${one.needed ? '*' : '-'} ${one.what} ${whoIn(one)}, ${one.at}, ${placeIn(one)}${one.moved.length === 0 ? '' : ` (${one.moved.join('; ')})`}`)
  }
  for (const one of sheet.measures) say(`  ${measureLabels[one.name]}${one.reporter === undefined ? '' : ` (report of ${one.reporter})`}: ${one.text}`)
}

const print = (of: Evidence): void => {
  say(`${of.standard}: case ${of.case}, ${of.entries} entries, ${of.world} world${of.at === undefined ? '' : `, as of ${of.at}`}`)
  of.sheets.forEach(sayingSheet)
}

/** Compiles evidence; 0 where all that messages can show is there, 1 where something is missing or late, or nobody has a sheet, 2 where a file cannot be read. */
export const showEvidence = (files: ReadonlyArray<string>, command: EvidenceCommand): ExitCode | UsageError => {
  const { at, of } = command
  const format = formats.find((known) => known === command.format)
  if (format === undefined) return { usage: `--format expects ${formats.join(', ')}, got ${command.format}` }
  const standard = standards.find((known) => known === command.standard)
  if (standard === undefined) return { usage: `--standard expects ${standards.join(', ')}, got ${command.standard}` }
  const within = readWithin(command.within)
  if ('usage' in within) return within
  const read = readLog(files)
  if (read === undefined) return 2
  const { lines, log, unreadable } = read
  const compiled = evidence(log, standard, {
    ...(of === undefined ? {} : { of }), ...(at === undefined ? {} : { at }), within: within.terms, ...(lines === undefined ? {} : { lines }),
  })
  if (of !== undefined && compiled.sheets.length === 0) {
    complain(`--of expects a participant of the case, got ${of}`)
    return 2
  }
  if (format === 'json') sayJson(compiled)
  else if (format === 'markdown') evidenceMarkdown(compiled).trimEnd().split('\n').forEach(say)
  else if (format === 'html') evidencePage(compiled, drawingOf(log)).trimEnd().split('\n').forEach(say)
  else print(compiled)
  const complete = compiled.sheets.length > 0 && compiled.sheets.every(({ clauses }) => clauses.every(isComplete))
  return unreadable ? 2 : complete ? 0 : 1
}
