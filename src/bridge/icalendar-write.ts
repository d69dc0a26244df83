/**
 * The embargo as a calendar object, written: which iTIP method a message is, by who sends it, and what of the message the
 * form cannot say.
 *
 * What is told: the proposal, its end, who says so to whom, when, and which revision is answered. The object says nothing of
 * the vulnerability, has CLASS:CONFIDENTIAL, and blocks nobody's time. What is lost is told field by field, as somebody would
 * find who reads the text back with `icalendar-read.ts`.
 *
 * Texts are escaped by ical.js; here they are cut of what no content line may hold (control characters), and lines are folded
 * at 75 octets with the space that begins a continuation counted, which ical.js does not count.
 *
 * Source: RFC 5545 sections 3.1, 3.3.11 and 3.6.1; RFC 5546 section 3.2.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import ICAL from 'ical.js'
import type { Id, Message } from '../protocol/message.js'
import { readMoment } from '../protocol/moment.js'
import { datesOf, type JcalProperty, sameEnd, utcText } from './icalendar-time.js'
import { type CalendarAddresses, type CalendarFault, type CalendarProposal, calendarProposalId, type CalendarRow, calendarRows, type EmbargoEvent } from './itip.js'
import { kindOf } from './value.js'

/** What a calendar object needs besides the message. */
export interface CalendarWriting {
  /** The object as its writer knows it; absent before the first proposal. */
  readonly event?: EmbargoEvent
  readonly addresses?: CalendarAddresses
  /** What calendars show; `End of an embargo` when absent. */
  readonly summary?: string
  /** An attendee may do in the organizer's place what only the organizer does; the object says who did it (SENT-BY). */
  readonly onBehalf?: boolean
}

/** A part of a message that cannot be read back from the calendar object. */
export interface CalendarLoss {
  readonly part: 'id' | 'case' | 'types' | 'to' | 'at' | 'end' | 'embargo' | 'respondBy' | 'reason' | 'note' | 'tlp' | 'other'
  readonly why: string
}

/** A calendar object, and the object as it stands after it. */
export interface CalendarObject {
  /** A text/calendar entity. Its method goes into the parameter `method` of the media type as well. */
  readonly text: string
  readonly method: CalendarRow['method']
  readonly event: EmbargoEvent
  readonly losses: ReadonlyArray<CalendarLoss>
}

const OCTETS = 75

const octetsOf = (character: string): number => {
  const point = character.codePointAt(0) ?? 0
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
}

/** Folds a content line: no line has more than 75 octets, and no character is cut. */
const fold = (line: string): string => {
  let [folded, octets] = ['', 0]
  for (const character of line) {
    const size = octetsOf(character)
    if (octets + size > OCTETS) {
      folded += '\r\n '
      octets = 1
    }
    folded += character
    octets += size
  }
  return folded
}

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/
/** A text as a value may hold it: ends of lines are line feeds, and there are no other control characters but the tab. */
const plain = (text: string): string => text.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(new RegExp(CONTROL, 'g'), '')

const ADDRESS = /^[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-[\]_a-z~]+$/
/** The calendar address of a participant: a URI. */
const addressOf = (id: Id, addresses: CalendarAddresses): string | undefined => {
  const address = Object.hasOwn(addresses, id) ? addresses[id] : id
  return address !== undefined && ADDRESS.test(address) ? address : undefined
}

const fault = (path: string, expected: string, got: unknown): Either<CalendarFault, never> => left({ path, expected, got: typeof got === 'string' ? got.slice(0, 60).toWellFormed() : kindOf(got) })

/** What stands in the place of what iTIP has no method for. */
const substitute = (message: Message, event: EmbargoEvent | undefined): string => {
  const types = message.types.join(' ')
  if (types === 'EK' || types === 'EE') return 'one that says something about an embargo: receipt and errors are not told in a calendar'
  if (message.types.length > 1) return 'one type, or an attendee\'s ER EP or EJ EV: an iCalendar message says one thing'
  if (!types.startsWith('E')) return 'an embargo message'
  if (event === undefined) return 'a proposal first: there is no calendar object yet'
  return message.from === event.organizer
    ? 'an answer to an attendee\'s counter-proposal: the organizer does not answer itself'
    : types === 'ET' || types === 'EP'
      ? 'the organizer\'s word: have it sent by the organizer, or on its behalf with its leave (onBehalf)'
      : 'an answer to the organizer\'s proposal: attendees do not answer each other; the organizer reschedules, and that is answered'
}

const rowOf = (message: Message, event: EmbargoEvent | undefined, answered: CalendarProposal | undefined, onBehalf: boolean): CalendarRow | undefined => {
  const speaker = event === undefined || message.from === event.organizer ? 'organizer' : 'attendee'
  const types = message.types.join(' ')
  const isAnswer = message.types.some((type) => type === 'EA' || type === 'EC' || type === 'ER' || type === 'EJ')
  const answers = !isAnswer ? undefined : answered === undefined ? 'nothing' : answered.counter === true ? 'counter' : 'proposal'
  const fits = (row: CalendarRow): boolean => row.types.some((each) => each.join(' ') === types) && row.answers === answers && (row.existing === true) === (message.embargo?.existing === true)
  return calendarRows.find((row) => row.speaker === speaker && fits(row)) ?? (onBehalf ? calendarRows.find((row) => (row.id === 'terminate' || row.id === 'existing') && fits(row)) : undefined)
}

/** Writes an embargo message as a calendar object. What iTIP has no method for is refused, with what there is in its place. */
export const writeCalendar = (message: Message, writing: CalendarWriting = {}): Either<CalendarFault, CalendarObject> => {
  const { addresses = {}, event } = writing
  const terms = message.embargo
  const isAnswer = message.types.some((type) => type === 'EA' || type === 'EC' || type === 'ER' || type === 'EJ')
  const answered = isAnswer && terms !== undefined ? event?.proposals.find(({ id }) => id === (terms.answers ?? terms.id)) : undefined
  const row = rowOf(message, event, answered, writing.onBehalf === true)
  const first = row?.id === 'propose' && event === undefined
  if (row === undefined || (event === undefined && !first)) return fault('/types', substitute(message, event), message.types.join(' '))
  if (terms === undefined) return fault('/embargo', 'the terms', terms)
  const uid = event?.uid ?? terms.id
  if (!uid.isWellFormed() || CONTROL.test(uid) || /[\t\n]/.test(uid)) return fault('/embargo/id', 'an id without control characters and halves of characters', uid)

  const losses: CalendarLoss[] = [{ part: 'id', why: 'a calendar object has no id of its message' }, { part: 'case', why: 'nor does it name the case' }]
  const lose = (part: CalendarLoss['part'], why: string): void => void losses.push({ part, why })

  // Who.
  const organizer = event?.organizer ?? message.from
  const countered = row.answers === 'counter' ? answered?.by : undefined
  const invited = row.id === 'existing' ? message.to : row.method === 'DECLINECOUNTER' && countered !== undefined ? [countered] : row.speaker === 'attendee' ? [message.from] : [...new Set([...(event?.attendees ?? []), ...message.to])]
  const attendees = invited.filter((id) => id !== organizer || row.speaker === 'attendee')
  const reached = row.speaker === 'attendee' ? [organizer] : attendees.filter((id) => id !== message.from)
  if (reached.length === 0) return fault('/to', 'an attendee', 'nobody')
  if (reached.length !== message.to.length || reached.some((id) => !message.to.includes(id))) lose('to', row.speaker === 'attendee' ? 'it goes to the organizer' : 'it goes to every attendee')
  const people = new Map([organizer, message.from, ...attendees].map((id) => [id, addressOf(id, addresses)]))
  for (const [id, address] of people) if (address === undefined) return fault('/addresses', 'a calendar address that is a URI', id)

  // When.
  const isOffer = row.method === 'REQUEST'
  const isWhole = isOffer || row.method === 'COUNTER'
  const end = row.answers === 'counter' ? answered?.end : terms.end ?? (row.id === 'existing' ? event?.proposals.filter(({ counter }) => counter !== true).at(-1)?.end : undefined)
  const isDated = row.method === 'REQUEST' || row.method === 'COUNTER' || row.method === 'DECLINECOUNTER'
  const dates = end === undefined || !isDated ? undefined : datesOf(end)
  if (isDated && dates === undefined) return fault('/embargo/end', 'an end: an instant, a day, or an interval of two days or of two instants, in the years 0 to 9999', end)
  if (dates?.lost !== undefined && isWhole) lose('end', dates.lost)
  if (!isWhole && terms.end !== undefined) lose('end', 'the end is the one of what is answered')
  if (isWhole && terms.end !== undefined && terms.end !== end) lose('end', 'the end is the one of the counter-proposal')
  const last = message.at.split('/').at(-1) ?? message.at
  const stamp = utcText(/^\d{4}-\d\d-\d\d$/.test(last) ? readMoment(`${last}T00:00:00Z`)?.earliest ?? NaN : readMoment(last)?.earliest ?? NaN)
  if (stamp === undefined) return fault('/at', 'a moment of the years 0 to 9999', message.at)
  if (stamp !== message.at) lose('at', 'DTSTAMP is a whole second in UTC')

  // Which revision.
  const sequence = event === undefined ? 0 : row.sequence === 'next' ? event.sequence + 1 : row.method === 'COUNTER' || row.id === 'existing' ? event.sequence : answered?.sequence ?? event.sequence
  const isProposal = row.method === 'COUNTER' || row.id === 'propose'
  const readAs = row.method === 'COUNTER' ? calendarProposalId(uid, sequence, { from: message.from, at: stamp }) : calendarProposalId(uid, sequence)
  if (isProposal && terms.id !== readAs) lose('embargo', `the id of the proposal is read back as ${readAs}`)
  const alike = end === undefined || row.method !== 'REQUEST' || row.sequence !== 'next' ? undefined : event?.proposals.filter((each) => each.counter === true && sameEnd(each.end, end)).at(-1)
  if (row.id === 'decline-counter') {
    const read = event?.proposals.filter((each) => each.counter === true && each.sequence === answered?.sequence && each.by === answered.by && end !== undefined && sameEnd(each.end, end)).at(-1)
    if (read !== undefined && read.id !== answered?.id) lose('embargo', `the same attendee has named the same end again: ${read.id}`)
    if (read !== undefined && read.type !== answered?.type) lose('types', 'the other one is of another kind')
  }
  if (row.id === 'propose' && alike !== undefined) lose('types', `an attendee named this end (${alike.id}): whoever knows that reads its acceptance`)
  if (row.id === 'accept-counter' && alike !== undefined && alike.id !== answered?.id) lose('embargo', `another counter-proposal names the same end: ${alike.id}`)
  if (row.id === 'accept-counter' && alike !== undefined && alike.type !== answered?.type) lose('types', 'the other one is of another kind')
  if (row.id === 'propose' && terms.answers !== undefined) lose('embargo', 'a proposal does not say what it answers')
  if (row.id === 'counter' && terms.answers !== undefined) lose('embargo', 'a counter-proposal answers the latest revision')
  if (row.id === 'decline-and-counter' && answered?.sequence !== event?.sequence) lose('embargo', 'a counter-proposal answers the latest revision')
  if ((row.id === 'existing' || row.id === 'terminate') && terms.id !== uid) lose('embargo', 'the embargo is read back under the id of its first proposal')

  // What else.
  if (terms.respondBy !== undefined) lose('respondBy', 'iTIP has no time until which an answer is asked for')
  if (terms.reason !== undefined) lose('reason', 'there is one text for people, the note')
  if (message.tlp !== undefined) lose('tlp', 'every object is CLASS:CONFIDENTIAL')
  if (terms.scope !== undefined && !isWhole) lose('other', 'the scope is said where an end is')
  for (const name of ['after', 'inReplyTo', 'subject', 'cause', 'report', 'ext'] as const) if (message[name] !== undefined) lose('other', `${name} has no place in a calendar object`)
  if (message.note !== undefined && (plain(message.note) !== message.note || message.note === '')) lose('note', 'ends of lines become line feeds, and control characters are left out')
  if (terms.scope !== undefined && isWhole && (plain(terms.scope) !== terms.scope || terms.scope === '')) lose('other', 'ends of lines of the scope become line feeds, and control characters are left out')

  const person = (name: 'organizer' | 'attendee', id: Id, parameters: Readonly<Record<string, string>>): JcalProperty => [name, parameters, 'cal-address', people.get(id) ?? '']
  const isInstead = row.speaker === 'organizer' && message.from !== organizer
  const note = message.note === undefined ? '' : plain(message.note)
  const scope = terms.scope === undefined || !isWhole ? '' : plain(terms.scope)
  const properties: ReadonlyArray<JcalProperty> = [
    ['uid', {}, 'text', uid],
    ['dtstamp', {}, 'date-time', stamp],
    ['sequence', {}, 'integer', sequence],
    person('organizer', organizer, isInstead ? { 'sent-by': people.get(message.from) ?? '' } : {}),
    ...attendees.map((id) => person('attendee', id, row.partstat !== undefined ? { partstat: row.partstat } : isOffer ? { partstat: 'NEEDS-ACTION', rsvp: 'TRUE' } : {})),
    ...(dates?.dates ?? []),
    ...(isWhole ? ([['summary', {}, 'text', plain(writing.summary ?? 'End of an embargo')], ['class', {}, 'text', 'CONFIDENTIAL'], ['transp', {}, 'text', 'TRANSPARENT']] as const) : []),
    ...(scope === '' ? [] : [['description', {}, 'text', scope] as const]),
    ...(note === '' ? [] : [['comment', {}, 'text', note] as const]),
    ...(row.status === undefined ? [] : [['status', {}, 'text', row.status] as const]),
  ]
  const lines = [
    'BEGIN:VCALENDAR', 'PRODID:-//mpcvd//mpcvd//EN', 'VERSION:2.0', `METHOD:${row.method}`, 'BEGIN:VEVENT',
    ...properties.map(([name, parameters, type, value]) => ICAL.stringify.property([name, parameters, type, value], ICAL.design.icalendar, true)), 'END:VEVENT', 'END:VCALENDAR',
  ]

  const type = message.types.includes('EV') ? 'EV' : 'EP'
  const proposal: CalendarProposal | undefined = end === undefined || !isWhole || row.id === 'existing'
    ? undefined
    : row.id === 'accept-counter' && answered !== undefined
      ? { id: answered.id, type: answered.type, by: answered.by, sequence, end }
      : { id: terms.id, type, by: message.from, sequence, end, ...(row.method === 'COUNTER' ? { counter: true } : {}) }
  return right({
    text: lines.map((line) => `${fold(line)}\r\n`).join(''), method: row.method, losses,
    event: {
      uid, organizer, attendees: row.speaker === 'attendee' ? event?.attendees ?? [] : [...new Set([...(event?.attendees ?? []), ...attendees])],
      sequence: row.speaker === 'organizer' && row.sequence === 'next' ? sequence : event?.sequence ?? 0, proposals: [...(event?.proposals ?? []), ...(proposal === undefined ? [] : [proposal])],
    },
  })
}
