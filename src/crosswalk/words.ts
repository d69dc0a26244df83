/**
 * Words for what a sheet says, shared by all that write one.
 *
 * @module
 */
import { type Citation, type NeedResult, type Status, statuses } from './clause.js'
import { type Evidence, type Sheet, tally } from './evidence.js'
import type { MeasureName } from './row.js'

/** What each status means, in one sentence. */
export const statusMeanings: Readonly<Record<Status, string>> = {
  'shown': 'the log shows all that messages can show of the clause',
  'partly': 'the log shows some of it, or messages can show no more than a part',
  'late': 'the log shows it, but some of it came after the term',
  'pending': 'nothing shows it, and it is not yet due',
  'missing': 'nothing in the log shows it',
  'not-applicable': 'it does not concern this case, as far as the log says',
  'not-by-messages': 'no message could show it',
}

/** How a status is written, and the sign that goes with it. */
export const statusLabels: Readonly<Record<Status, readonly [sign: string, label: string]>> = {
  'shown': ['✓', 'shown'], 'partly': ['◐', 'partly'], 'late': ['◷', 'late'], 'pending': ['…', 'not yet due'], 'missing': ['✗', 'missing'],
  'not-applicable': ['–', 'not applicable'], 'not-by-messages': ['○', 'not by messages'],
}

/** What a measure measures. */
export const measureLabels: Readonly<Record<MeasureName, string>> = {
  acknowledge: 'to acknowledge', validate: 'to verify', prioritise: 'to set a priority', fix: 'to have a fix', publish: 'to publish',
  deploy: 'to deploy', close: 'to close',
}

/** Who made an entry, and for a message whom it went to. */
export const whoIn = ({ by, source, to }: Citation): string =>
  [by ?? (source === undefined ? '' : 'recorded'), to === undefined || to.length === 0 ? '' : ` → ${to.join(', ')}`].join('')

/** Where an entry stands: its id and its line. */
export const placeIn = ({ id, line }: Citation): string => `${id === undefined ? '' : `${id}, `}line ${line}`

/** What became of one need, and when it was due, counted from what. */
export const needText = ({ due, says, since, status }: NeedResult, cites: ReadonlyArray<Citation>): string => {
  const from = cites.filter(({ entry }) => since?.includes(entry) === true).map(({ at, what }) => `${what} of ${at}`)
  const until = due === undefined ? '' : `, due ${due}${from.length === 0 ? '' : `, counted from ${from.join(' and ')}`}`
  return `${needStatus[status]}${says}${until}`
}

const needStatus: Readonly<Record<NeedResult['status'], string>> = { shown: '', late: 'late: ', partly: 'only in part: ', pending: 'not yet: ', missing: 'missing: ' }

/** How many clauses stand how, in one line: only the ways that there are. */
export const summaryOf = (sheet: Sheet): string => {
  const counts = tally(sheet)
  return statuses.filter((status) => counts[status] > 0).map((status) => `${counts[status]} ${statusLabels[status][1]}`).join(', ')
}

/** What the reader of a sheet must know of the log. */
export const caveatsOf = (of: Evidence, sheet: Sheet): ReadonlyArray<string> => [
  of.world === 'open'
    ? 'The log is open: what is missing in it may have happened all the same.'
    : 'The log claims to hold everything that was sent in the case.',
  ...(of.as === undefined ? [] : [`It is the log of ${of.as}${of.as === sheet.of ? '' : `, not of ${sheet.of}`}: it holds what ${of.as} sent and was sent.`]),
  ...(sheet.from === undefined ? [] : [`It begins with ${sheet.of} in ${sheet.from}: what led there is not in it.`]),
  ...(of.at === undefined ? [] : [`It is read as of ${of.at}.`]),
]

/** What a sheet is not. */
export const disclaimer =
  'This page says what is recorded in one case log. It is no certificate and no audit, and it quotes no standard: titles are in our own words, the crosswalk is informative.'

