/**
 * The tables of the bridges, as Markdown.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { draft2026Rows } from 'mpcvd/bridge/draft-2026'
import { draft2026Rules } from 'mpcvd/bridge/draft-2026-check'
import { calendarRows } from 'mpcvd/bridge/icalendar'

const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
const code = (text: string): string => `\`${text}\``

const json = (file: string): string => `\`\`\`json\n${readFileSync(new URL(file, import.meta.url), 'utf8')}\`\`\``

const calendarTable = (): string =>
  table(
    ['message', 'from', 'method', 'what marks it', 'SEQUENCE', 'note'],
    calendarRows.map(({ answers, existing, method, note, partstat, sequence, speaker, status, types }) => [
      types.map((each) => each.join(' ')).join(', ') + (existing === true ? ' (in force, to a newcomer)' : answers === 'counter' ? ' (of a counter-proposal)' : ''),
      `the ${speaker}`, code(method), [...(partstat === undefined ? [] : [code(`PARTSTAT=${partstat}`)]), ...(status === undefined ? [] : [code(`STATUS:${status}`)])].join(' '),
      sequence === 'next' ? 'the next' : 'that of what it is about', note,
    ]),
  )

const ways = { 'to the manager': 'the manager', 'before the case': 'the recipients, before there is a case' } as const

const draftTable = (): string =>
  table(
    ['message', 'form', 'goes to', 'like', 'told apart by', 'in its place', 'lost', 'lines'],
    draft2026Rows.map(({ apart = '', by, instead = '', like = [], lines, lost = '', type, way, wire }) => [
      code(type), wire === undefined ? 'none' : code(wire), `${way === undefined ? '' : ways[way]}${by === undefined ? '' : `, from ${by}`}`, like.join(' '), apart, instead, lost, lines.join(', '),
    ]),
  )

const draftRuleTable = (): string => table(['finding', 'what is against the draft', 'source'], Object.entries(draft2026Rules).map(([kind, { meaning, source }]) => [kind, meaning, source]))

/** The blocks of the pages about bridges, by name. */
export const bridgeBlocks: Readonly<Record<string, () => string>> = {
  'calendar-rows': calendarTable,
  'draft-2026-rows': draftTable,
  'draft-2026-rules': draftRuleTable,
  'status-map': () => json('bridges/status-map.json'),
}
