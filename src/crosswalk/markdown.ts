/**
 * A sheet as Markdown, for tickets and repositories.
 *
 * Whatever came from the log is written so that it stays what it is: one line, no markup, no links, no table borders.
 *
 * @module
 */
import { visible } from '../diagram/writing.js'
import type { Citation, Clause } from './clause.js'
import type { Evidence, Sheet } from './evidence.js'
import { standardTitles } from './rows.js'
import { caveatsOf, disclaimer, measureLabels, needText, placeIn, statusLabels, summaryOf, whoIn } from './words.js'

/**
 * Text of strangers, which never stands at the start of a line: what could be markup, a link or the name of an account is
 * escaped, as an entity where a backslash might not do.
 */
const plain = (text: string): string =>
  visible(text)
    .replace(/[\\`*_[\]~$]/g, (character) => `\\${character}`)
    .replace(/[&<>|@]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/:(?=\/\/)/g, '&#58;').replace(/\b(www)\./gi, '$1&#46;')

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const cited = (one: Citation): string => {
  const moved = one.moved.length === 0 ? '' : ` (${one.moved.map(plain).join('; ')})`
  const source = one.source === undefined ? '' : `, source: ${plain(one.source)}`
  return `${one.needed ? '**' : ''}${plain(one.what)}${one.needed ? '**' : ''} ${plain(whoIn(one))}, ${plain(one.at)}, ${plain(placeIn(one))}${moved}${source}`.replace(/ +/g, ' ')
}

const section = (clause: Clause): ReadonlyArray<string> => {
  const [sign, label] = statusLabels[clause.status]
  return [
    `### ${clause.clause} ${clause.title}: ${sign} ${label}`,
    '',
    ...(clause.because === undefined ? [] : [`- Not applicable: ${clause.because}.`]),
    ...clause.needs.map((need) => `- ${capital(`${need.status === 'shown' ? 'shown: ' : ''}${plain(needText(need, clause.cites))}`)}.`),
    ...(clause.cannot === undefined || clause.status === 'not-applicable' ? []
      : clause.status === 'not-by-messages' ? [`- ${capital(clause.cannot)}.`] : [`- No message shows: ${clause.cannot}.`]),
    ...(clause.cites.length === 0 ? [] : ['- Entries:', ...clause.cites.map((one) => `  - ${cited(one)}`)]),
    '',
  ]
}

const sheetText = (of: Evidence, sheet: Sheet): ReadonlyArray<string> => [
  `## ${plain(sheet.of)} (${sheet.roles.join(', ')})`,
  '',
  `${summaryOf(sheet)}.`,
  '',
  ...caveatsOf(of, sheet).map((text) => `- ${plain(text)}`),
  '',
  '| clause | about | status |',
  '| --- | --- | --- |',
  ...sheet.clauses.map(({ clause, status, title }) => `| ${clause} | ${title} | ${statusLabels[status].join(' ')} |`),
  '',
  ...(sheet.measures.length === 0 ? [] : [
    '| time | how long | from | to |',
    '| --- | --- | --- | --- |',
    ...sheet.measures.map((one) => `| ${measureLabels[one.name]}${one.reporter === undefined ? '' : ` (report of ${plain(one.reporter)})`} | ${one.text} | ${plain(one.from.what)}, ${plain(placeIn(one.from))} | ${plain(one.to.what)}, ${plain(placeIn(one.to))} |`),
    '',
  ]),
  ...sheet.clauses.flatMap(section),
]

/** Evidence as a Markdown document. What is needed, so that a clause would be weaker without it, is bold. */
export const evidenceMarkdown = (of: Evidence): string => {
  const { about, title } = standardTitles[of.standard]
  return [
    `# ${title}: ${about}`,
    '',
    `Case ${plain(of.case)}${of.title === undefined ? '' : `, ${plain(of.title)}`}, ${of.entries} entries.`,
    '',
    disclaimer,
    '',
    ...(of.sheets.length === 0 ? ['There is nobody in the log to make a sheet for.', ''] : of.sheets.flatMap((sheet) => sheetText(of, sheet))),
  ].join('\n').trimEnd() + '\n'
}
