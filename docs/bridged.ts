/**
 * The tables of the bridges, as Markdown.
 *
 * @module
 */
import { calendarRows } from 'mpcvd/bridge/icalendar'

const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
const code = (text: string): string => `\`${text}\``

const calendarTable = (): string =>
  table(
    ['message', 'from', 'method', 'what marks it', 'SEQUENCE', 'note'],
    calendarRows.map(({ answers, existing, method, note, partstat, sequence, speaker, status, types }) => [
      types.map((each) => each.join(' ')).join(', ') + (existing === true ? ' (in force, to a newcomer)' : answers === 'counter' ? ' (of a counter-proposal)' : ''),
      `the ${speaker}`, code(method), [...(partstat === undefined ? [] : [code(`PARTSTAT=${partstat}`)]), ...(status === undefined ? [] : [code(`STATUS:${status}`)])].join(' '),
      sequence === 'next' ? 'the next' : 'that of what it is about', note,
    ]),
  )

/** The blocks of the pages about bridges, by name. */
export const bridgeBlocks: Readonly<Record<string, () => string>> = {
  'calendar-rows': calendarTable,
}
