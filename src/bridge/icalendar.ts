/**
 * iCalendar and iTIP (RFC 5545, RFC 5546), both ways: the embargo as an object in everybody's calendar.
 *
 * {@link writeCalendar} and {@link readCalendar} give, besides the text or the message, the object as it stands then, an
 * {@link EmbargoEvent}, which goes into the next call. `calendarRows` says which message is which method.
 *
 * The entry point carries ical.js (Mozilla Public License 2.0), inside the file and unchanged.
 *
 * @module
 */
export { type CalendarReader, type CalendarReading, readCalendar } from './icalendar-read.js'
export { type CalendarLoss, type CalendarObject, type CalendarWriting, writeCalendar } from './icalendar-write.js'
export { type CalendarAddresses, type CalendarFault, type CalendarMethod, calendarMethods, calendarPresence, type CalendarProposal, calendarProposalId, type CalendarRow, calendarRows, type EmbargoEvent, type Presence } from './itip.js'
