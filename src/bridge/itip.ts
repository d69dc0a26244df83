/**
 * The embargo as a calendar object: which message is which iTIP method, and what RFC 5546 demands of each method.
 *
 * An embargo is scheduled as a meeting is: somebody proposes an end, the others accept, decline or name another. In iTIP one
 * of them is the *organizer*, who first proposed, and only the organizer changes the object; the others reply to it, or
 * counter. So the same message has another method by who sends it. What iTIP has no method for has no row: an attendee
 * answers nobody but the organizer, and does not cancel.
 *
 * The object is the embargo's end: DTSTART is when it lifts. The revision is counted in SEQUENCE, which only the organizer
 * raises (RFC 5546 section 2.1.4).
 *
 * Source: RFC 5545; RFC 5546 sections 2.1.4, 2.1.5 and 3.2. CERTCC/Vultron docs/howto/process_implementation.md names the
 * likeness and no mapping.
 *
 * @module
 */
import type { Id, MessageType, Moment } from '../protocol/message.js'

/** The iTIP methods that say something about an embargo. */
export const calendarMethods = ['REQUEST', 'REPLY', 'COUNTER', 'DECLINECOUNTER', 'CANCEL'] as const

/** One of {@link calendarMethods}. */
export type CalendarMethod = (typeof calendarMethods)[number]

/** How often a property stands in an event: once, at least once, at most once, or as often as one likes. */
export type Presence = '1' | '1+' | '0 or 1' | '0+'

/** The properties that carry a message here, and how often each method has them (RFC 5546 sections 3.2.2, 3.2.3, 3.2.5, 3.2.7, 3.2.8). */
export const calendarPresence: Readonly<Record<CalendarMethod, Readonly<Record<string, Presence>>>> = {
  REQUEST: { uid: '1', dtstamp: '1', organizer: '1', attendee: '1+', dtstart: '1', dtend: '0 or 1', sequence: '0 or 1', summary: '1', status: '0 or 1', description: '0 or 1', comment: '0+', class: '0 or 1', transp: '0 or 1' },
  REPLY: { uid: '1', dtstamp: '1', organizer: '1', attendee: '1', dtstart: '0 or 1', dtend: '0 or 1', sequence: '0 or 1', summary: '0 or 1', status: '0 or 1', description: '0 or 1', comment: '0+', class: '0 or 1', transp: '0 or 1' },
  COUNTER: { uid: '1', dtstamp: '1', organizer: '1', attendee: '0+', dtstart: '1', dtend: '0 or 1', sequence: '1', summary: '1', status: '0 or 1', description: '0 or 1', comment: '0+', class: '0 or 1', transp: '0 or 1' },
  DECLINECOUNTER: { uid: '1', dtstamp: '1', organizer: '1', attendee: '1+', dtstart: '0 or 1', dtend: '0 or 1', sequence: '1', summary: '0 or 1', status: '0 or 1', description: '0 or 1', comment: '0+', class: '0 or 1', transp: '0 or 1' },
  CANCEL: { uid: '1', dtstamp: '1', organizer: '1', attendee: '0+', dtstart: '0 or 1', dtend: '0 or 1', sequence: '1', summary: '0 or 1', status: '0 or 1', description: '0 or 1', comment: '0+', class: '0 or 1', transp: '0 or 1' },
}

/** One row: a message of one sender, and what it is as a calendar object. */
export interface CalendarRow {
  readonly id: string
  /** The types of which a message is one; a bundle where there are two in one item. */
  readonly types: ReadonlyArray<ReadonlyArray<MessageType>>
  readonly speaker: 'organizer' | 'attendee'
  /** What it answers: a proposal of the organizer's, an attendee's counter-proposal, or nothing. */
  readonly answers?: 'proposal' | 'counter'
  /** An embargo in force is offered to a newcomer. */
  readonly existing?: true
  readonly method: CalendarMethod
  /** The revision: the one that it is about, or the next. */
  readonly sequence: 'same' | 'next'
  readonly partstat?: 'ACCEPTED' | 'DECLINED' | 'TENTATIVE'
  readonly status?: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED'
  readonly note: string
}

/** Which message is which calendar object. */
export const calendarRows: ReadonlyArray<CalendarRow> = [
  { id: 'existing', types: [['EP']], speaker: 'organizer', existing: true, method: 'REQUEST', sequence: 'same', status: 'CONFIRMED', note: 'An update of the object with one more attendee: its date stays.' },
  { id: 'propose', types: [['EP'], ['EV']], speaker: 'organizer', method: 'REQUEST', sequence: 'next', status: 'TENTATIVE', note: 'The first is sequence 0, and makes its sender the organizer. Each later one reschedules.' },
  { id: 'counter', types: [['EP'], ['EV']], speaker: 'attendee', method: 'COUNTER', sequence: 'same', partstat: 'TENTATIVE', note: 'Goes to the organizer only.' },
  { id: 'decline-and-counter', types: [['ER', 'EP'], ['EJ', 'EV']], speaker: 'attendee', answers: 'proposal', method: 'COUNTER', sequence: 'same', partstat: 'DECLINED', note: 'The attendee declines, and names another end in the same object.' },
  { id: 'accept', types: [['EA'], ['EC']], speaker: 'attendee', answers: 'proposal', method: 'REPLY', sequence: 'same', partstat: 'ACCEPTED', note: 'The sequence says which revision is answered.' },
  { id: 'decline', types: [['ER'], ['EJ']], speaker: 'attendee', answers: 'proposal', method: 'REPLY', sequence: 'same', partstat: 'DECLINED', note: 'The sequence says which revision is answered.' },
  { id: 'accept-counter', types: [['EA'], ['EC']], speaker: 'organizer', answers: 'counter', method: 'REQUEST', sequence: 'next', status: 'CONFIRMED', note: 'The organizer reschedules to the end that was named. Who has not seen the counter-proposal reads a new proposal.' },
  { id: 'decline-counter', types: [['ER'], ['EJ']], speaker: 'organizer', answers: 'counter', method: 'DECLINECOUNTER', sequence: 'same', note: 'Goes to the attendee who countered, with the end that is declined.' },
  { id: 'terminate', types: [['ET']], speaker: 'organizer', method: 'CANCEL', sequence: 'next', status: 'CANCELLED', note: 'Only the organizer cancels.' },
]

/** A proposal as it stands in a calendar object. */
export interface CalendarProposal {
  /** The id of the proposal: what an answer names. */
  readonly id: Id
  readonly type: 'EP' | 'EV'
  readonly by: Id
  readonly sequence: number
  readonly end: Moment
  /** An attendee's: it does not change the object until the organizer takes it up. */
  readonly counter?: true
}

/** The calendar object of an embargo, as one participant knows it. What reading and writing give goes into the next call. */
export interface EmbargoEvent {
  /** UID: the id of the first proposal. */
  readonly uid: Id
  readonly organizer: Id
  readonly attendees: ReadonlyArray<Id>
  /** The latest revision of the organizer's. */
  readonly sequence: number
  /** Every proposal that was seen, the latest last. */
  readonly proposals: ReadonlyArray<CalendarProposal>
}

/** The longest piece of an id that goes into another. */
const PIECE = 120

/**
 * The id of a proposal as readers of the calendar object make it: the UID for the first, with the sequence for a later one;
 * and with its sender and time for a counter-proposal. A proposal that is named so from the start keeps its name on this way.
 */
export const calendarProposalId = (uid: Id, sequence: number, counter?: { readonly from: Id; readonly at: Moment }): Id =>
  counter === undefined ? (sequence === 0 ? uid : `${uid};${sequence}`) : `${uid};${sequence};${counter.from.slice(0, PIECE).toWellFormed()};${counter.at}`

/** Under which calendar address each participant is known. A participant without one here is known by its id, where that is a URI. */
export type CalendarAddresses = Readonly<Record<Id, string>>

/** Why a message is no calendar object, or a calendar object no message. */
export interface CalendarFault {
  readonly path: string
  readonly expected: string
  readonly got: string
}
