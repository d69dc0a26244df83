/**
 * The embargo as a calendar object, read: which message an iTIP object is, with what the reader knows of the object.
 *
 * The method and the participation status say what is done, the sequence which revision is meant. Whether a proposal is the
 * first or a revision (EP or EV), the reader's own embargo state says, as on Vultron's wire; an answer has the type of what it
 * answers. What people's calendars do besides is not guessed: a tentative answer, declining what is in force, and a removed
 * guest are questions, which a policy answers by their ids.
 *
 * An object that tells nothing new (an older revision, the same again) is no message, and no fault.
 *
 * Nothing is read of recurring events, of alarms and of other components. What is not iCalendar, or has not what RFC 5546
 * demands of its method, is a fault with its place. Whoever hands the text in has made sure of who sent it: ORGANIZER and
 * ATTENDEE are what the text says.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import ICAL from 'ical.js'
import type { EmState } from '../protocol/em.js'
import type { Id, Message, MessageType, Moment } from '../protocol/message.js'
import { type CalendarDate, dateAfter, dateOf, momentFrom, sameEnd } from './icalendar-time.js'
import { type CalendarAddresses, type CalendarFault, type CalendarMethod, calendarMethods, calendarPresence, type CalendarProposal, calendarProposalId, type EmbargoEvent } from './itip.js'
import type { Answer } from './row.js'
import type { Undecided } from './scene.js'
import { entryOf, kindOf } from './value.js'

/** What the reader of a calendar object knows. */
export interface CalendarReader {
  readonly case: Id
  /** The state of its embargo management. */
  readonly em: EmState
  /** The object as it knows it; absent where it has seen none. */
  readonly event?: EmbargoEvent
  readonly addresses?: CalendarAddresses
  /** Who sent it, where the transport says so: a counter-proposal may name everybody. */
  readonly from?: Id
  /** Answers to questions, by the id of the question. */
  readonly policy?: Readonly<Record<string, string>>
}

/** What a calendar object says. */
export interface CalendarReading {
  /** Absent where it says nothing new, or where that is the question. */
  readonly message?: Message
  /** What is to be asked before it is a message. */
  readonly undecided?: Undecided
  /** Why it says nothing new. */
  readonly nothing?: string
  /** The object as it stands now. */
  readonly event: EmbargoEvent
}

/** The longest text that is read, in characters. */
const LONGEST = 100_000
/** The longest id of a message, in characters. */
const LONGEST_ID = 512

const nothing: Answer = { answer: 'nothing', meaning: 'It tells of no step.', says: [] }
const questions = {
  tentative: {
    question: 'The answer is neither yes nor no. What does it stand for?',
    answers: [{ answer: 'accepted', meaning: 'A yes.', says: [['EA'], ['EC']] }, { answer: 'declined', meaning: 'A no.', says: [['ER'], ['EJ']] }, nothing],
  },
  'declined-in-force': {
    question: 'An attendee declines what is in force. What does it want?',
    answers: [{ answer: 'ended', meaning: 'It ends the embargo.', says: [['ET']] }, nothing],
  },
  confirmed: {
    question: 'A new object is confirmed. Is the embargo in force already, and offered to a newcomer?',
    answers: [{ answer: 'existing', meaning: 'It is.', says: [['EP']] }, { answer: 'proposed', meaning: 'It is a proposal; calendars confirm what they send.', says: [['EP'], ['EV']] }],
  },
  uninvited: {
    question: 'The organizer cancels, and does not say that the whole object is cancelled. Has the embargo ended?',
    answers: [{ answer: 'ended', meaning: 'It has.', says: [['ET']] }, nothing],
  },
} as const satisfies Readonly<Record<string, { readonly question: string; readonly answers: ReadonlyArray<Answer> }>>

type Problem = Either<CalendarFault, never>
const fault = (path: string, expected: string, got: unknown): Problem => left({ path, expected, got: typeof got === 'string' ? got.slice(0, 60).toWellFormed() : kindOf(got) })

const isMethod = (text: string): text is CalendarMethod => calendarMethods.some((each) => each === text)

/** Mail addresses are one whatever the case of their letters; other URIs are compared exactly. */
const sameAddress = (text: string): string => (/^mailto:/i.test(text) ? text.toLowerCase() : text)

/** Whom an address stands for: the participants that have it; the address itself where none has. */
const idsOf = (address: string, addresses: CalendarAddresses): ReadonlyArray<Id> => {
  const known = Object.entries(addresses).flatMap(([id, each]) => (sameAddress(each) === sameAddress(address) ? [id] : []))
  return known.length > 0 ? known : [address.replace(/^mailto:/i, 'mailto:')]
}

const isMany = (presence: string): boolean => presence === '1+' || presence === '0+'
const isNeeded = (presence: string): boolean => presence === '1' || presence === '1+'
/** What is demanded and does without: nothing is read from it. */
const spared: ReadonlyArray<string> = ['summary', 'sequence']

const textIn = (component: ICAL.Component, name: string): string | undefined => {
  const value: unknown = component.getFirstPropertyValue(name)
  return typeof value === 'string' ? value : undefined
}

/** What was taken from an object, before it is known what it says. */
interface Taken {
  readonly method: CalendarMethod
  readonly uid: Id
  readonly at: Moment
  readonly sequence: number
  readonly organizer: Id
  /** Who acts in the organizer's place. */
  readonly sentBy?: Id
  readonly attendees: ReadonlyArray<{ readonly id: Id; readonly partstat: string }>
  readonly end?: Moment
  readonly status?: string
  readonly note?: string
  readonly scope?: string
}

const take = (text: string, addresses: CalendarAddresses): Either<CalendarFault, Taken> => {
  if (text.length > LONGEST) return fault('', `at most ${LONGEST} characters`, `${text.length} characters`)
  const parsed: unknown = ICAL.parse(text.toWellFormed())
  if (!Array.isArray(parsed) || parsed[0] !== 'vcalendar') return fault('', 'one VCALENDAR', text)
  const calendar = new ICAL.Component(parsed)
  const method = textIn(calendar, 'method')?.toUpperCase()
  if (method === undefined || !isMethod(method)) return fault('/method', calendarMethods.join(', '), method)
  const inside = calendar.getAllSubcomponents()
  const events = calendar.getAllSubcomponents('vevent')
  const [event] = events
  const other = inside.find(({ name }) => name === 'vtodo' || name === 'vjournal' || name === 'vfreebusy')
  if (event === undefined || events.length > 1 || other !== undefined) return fault('/vevent', 'one VEVENT, and no other kind of entry', other?.name ?? `${events.length} of them`)
  for (const [name, presence] of Object.entries(calendarPresence[method])) {
    const found = event.getAllProperties(name).length
    if ((found === 0 && isNeeded(presence) && !spared.includes(name)) || (found > 1 && !isMany(presence))) return fault(`/vevent/${name}`, `${presence} in a ${method} (RFC 5546)`, `${found} of them`)
  }
  for (const name of ['rrule', 'rdate', 'recurrence-id']) if (event.hasProperty(name)) return fault(`/vevent/${name}`, 'nothing: an embargo does not recur', name)
  const uid = textIn(event, 'uid') ?? ''
  if (uid === '' || uid.length > LONGEST_ID) return fault('/vevent/uid', `a text of 1 to ${LONGEST_ID} characters`, uid)
  const written: unknown = event.getFirstPropertyValue('sequence')
  const sequence = written ?? 0
  if (typeof sequence !== 'number' || !Number.isSafeInteger(sequence) || sequence < 0) return fault('/vevent/sequence', 'a number from 0', sequence)

  const stampProperty = event.getFirstProperty('dtstamp')
  const stamp = stampProperty === null ? undefined : dateOf(stampProperty, calendar)
  if (stamp === undefined || !('instant' in stamp)) return fault('/vevent/dtstamp', 'an instant in UTC', textIn(event, 'dtstamp') ?? 'something else')

  const dates: CalendarDate[] = []
  for (const name of ['dtstart', 'dtend']) {
    const property = event.getFirstProperty(name)
    if (property === null) continue
    const date = dateOf(property, calendar)
    if ('wrong' in date) return fault(`/vevent/${name}`, date.wrong, String(property.getFirstValue()))
    if (name === 'dtstart' || dates.length > 0) dates.push(date)
  }
  const [start, stop] = dates
  const duration: unknown = event.getFirstPropertyValue('duration')
  if (duration !== null && (stop !== undefined || !(duration instanceof ICAL.Duration))) return fault('/vevent/duration', 'a duration, and no DTEND', 'both')
  const after = start !== undefined && duration instanceof ICAL.Duration ? dateAfter(start, duration.toSeconds()) : stop
  const end = start === undefined ? undefined : momentFrom(start, after)
  if (start !== undefined && end === undefined) return fault('/vevent/dtend', 'an end of the same kind as the beginning, and not before it', 'another')

  const who = (name: string, address: unknown): Either<CalendarFault, Id> => {
    if (typeof address !== 'string' || !/^[A-Za-z][A-Za-z0-9+.-]*:./.test(address) || address.length > LONGEST_ID) return fault(`/vevent/${name}`, 'a calendar address', address)
    const [id, ...more] = idsOf(address, addresses)
    return id === undefined || more.length > 0 ? fault(`/vevent/${name}`, 'an address that one participant has', address) : right(id)
  }
  const organizerProperty = event.getFirstProperty('organizer')
  const organizer = who('organizer', organizerProperty?.getFirstValue())
  if (organizer._tag === 'Left') return organizer
  const behalf: unknown = organizerProperty?.getFirstParameter('sent-by')
  const sentBy = typeof behalf === 'string' && behalf !== '' ? who('organizer', behalf) : undefined
  if (sentBy?._tag === 'Left') return sentBy
  const attendees: Array<{ id: Id; partstat: string }> = []
  for (const each of event.getAllProperties('attendee')) {
    const id = who('attendee', each.getFirstValue())
    if (id._tag === 'Left') return id
    const partstat: unknown = each.getFirstParameter('partstat')
    if (!attendees.some((known) => known.id === id.right)) attendees.push({ id: id.right, partstat: typeof partstat === 'string' ? partstat.toUpperCase() : 'NEEDS-ACTION' })
  }
  const [status, note, scope] = [textIn(event, 'status')?.toUpperCase(), textIn(event, 'comment'), textIn(event, 'description')]
  return right({
    method, uid, at: stamp.instant, sequence, organizer: organizer.right, attendees, ...(sentBy === undefined ? {} : { sentBy: sentBy.right }), ...(end === undefined ? {} : { end }),
    ...(status === undefined ? {} : { status }), ...(note === undefined || note === '' ? {} : { note }), ...(scope === undefined || scope === '' ? {} : { scope }),
  })
}

const isRevised = (em: EmState): boolean => em === 'Active' || em === 'Revise'

const say = (taken: Taken, reader: CalendarReader): Either<CalendarFault, CalendarReading> => {
  const { at, attendees, end, method, organizer, sequence, status, uid } = taken
  const known = reader.event
  if (known !== undefined && known.uid !== uid) return fault('/vevent/uid', `the object ${known.uid.slice(0, 60)}`, uid)
  if (known !== undefined && known.organizer !== organizer) return fault('/vevent/organizer', `its organizer ${known.organizer.slice(0, 60)}`, organizer)
  const guests = attendees.map(({ id }) => id).filter((id) => id !== organizer)
  const event: EmbargoEvent = known ?? { uid, organizer, attendees: method === 'REQUEST' ? guests : [], sequence: method === 'REQUEST' ? -1 : sequence, proposals: [] }
  const isReply = method === 'REPLY' || method === 'COUNTER'
  const named = isReply ? (reader.from !== undefined && guests.includes(reader.from) ? [reader.from] : guests) : [taken.sentBy ?? organizer]
  const [from, ...several] = named
  if (from === undefined || several.length > 0) return fault('/vevent/attendee', 'one attendee, or the one who sent it (from)', `${named.length} of them`)
  const to = isReply ? [organizer] : [...new Set([...(method === 'REQUEST' || method === 'DECLINECOUNTER' ? guests : event.attendees.length > 0 ? event.attendees : guests), ...(from === organizer ? [] : [organizer])])].filter((id) => id !== from)
  if (to.length === 0) return fault('/vevent/attendee', 'somebody to whom it is said', 'nobody')

  const nothingNew = (why: string): Either<CalendarFault, CalendarReading> => right({ nothing: why, event })
  const said = (types: ReadonlyArray<MessageType>, terms: Message['embargo'], after: EmbargoEvent): Either<CalendarFault, CalendarReading> => {
    const id = `ical:${uid};${method};${sequence};${from};${at}`
    return right({
      message: {
        id: id.length > LONGEST_ID ? `ical:${uid.slice(0, 120).toWellFormed()};${method};${sequence};${from.slice(0, 120).toWellFormed()};${at}` : id, case: reader.case, from, to, types, at,
        ...(terms === undefined ? {} : { embargo: { ...terms, ...(taken.scope === undefined || (method !== 'REQUEST' && method !== 'COUNTER') ? {} : { scope: taken.scope }) } }), ...(taken.note === undefined ? {} : { note: taken.note }),
      },
      event: after,
    })
  }
  const ask = (id: keyof typeof questions): Either<CalendarFault, CalendarReading> => right({ undecided: { id, row: method, ...questions[id], at }, event })
  const answerTo = (id: keyof typeof questions): string | undefined => {
    const chosen = entryOf(reader.policy ?? {}, id)
    return questions[id].answers.some(({ answer }) => answer === chosen) ? chosen : undefined
  }
  const revision = event.proposals.filter(({ counter }) => counter !== true).find((each) => each.sequence === sequence)
  /** What an answer answers, and of which type that was. */
  const answered = { id: revision?.id ?? calendarProposalId(uid, sequence), revised: revision === undefined ? reader.em === 'Revise' : revision.type === 'EV' }
  const terms = { id: answered.id, answers: answered.id }
  const propose = (type: 'EP' | 'EV', id: Id, by: Id, counter: boolean): CalendarProposal => ({ id, type, by, sequence, end: end ?? '', ...(counter ? { counter: true } : {}) })

  switch (method) {
    case 'REQUEST': {
      if (end === undefined) return fault('/vevent/dtstart', 'a date', 'none')
      const latest = event.proposals.filter(({ counter }) => counter !== true).at(-1)
      if (sequence < event.sequence) return nothingNew('a later revision is known')
      if (sequence === event.sequence) {
        if (latest !== undefined && !sameEnd(latest.end, end)) return fault('/vevent/sequence', 'a later revision, since the date has changed (RFC 5546 section 2.1.4)', String(sequence))
        const newcomers = guests.filter((id) => !event.attendees.includes(id))
        const joined = { ...event, attendees: [...event.attendees, ...newcomers] }
        // Who is in the case sees somebody being offered what is in force.
        return newcomers.length > 0 && status === 'CONFIRMED' && isRevised(reader.em) ? said(['EP'], { id: uid, existing: true, end }, joined) : right({ nothing: 'the revision is known', event: joined })
      }
      const later = { ...event, attendees: [...new Set([...event.attendees, ...guests])], sequence }
      const countered = event.proposals.filter((each) => each.counter === true && sameEnd(each.end, end)).at(-1)
      if (countered !== undefined) return said([countered.type === 'EV' ? 'EC' : 'EA'], { id: countered.id, answers: countered.id, end }, { ...later, proposals: [...event.proposals, { id: countered.id, type: countered.type, by: countered.by, sequence, end }] })
      const id = calendarProposalId(uid, sequence)
      const type = isRevised(reader.em) ? 'EV' : 'EP'
      if (known === undefined && status === 'CONFIRMED') {
        const answer = answerTo('confirmed')
        if (answer === undefined) return right({ undecided: { id: 'confirmed', row: method, ...questions.confirmed, at }, event })
        if (answer === 'existing') return said(['EP'], { id: uid, existing: true, end }, { ...later, proposals: [propose('EP', id, from, false)] })
      }
      return said([type], { id, end }, { ...later, proposals: [...event.proposals, propose(type, id, from, false)] })
    }
    case 'COUNTER': {
      if (end === undefined) return fault('/vevent/dtstart', 'a date', 'none')
      const id = calendarProposalId(uid, sequence, { from, at })
      if (event.proposals.some((each) => each.id === id)) return nothingNew('the counter-proposal is known')
      const type = isRevised(reader.em) ? 'EV' : 'EP'
      const after = { ...event, proposals: [...event.proposals, propose(type, id, from, true)] }
      const declines = attendees.some((each) => each.id === from && each.partstat === 'DECLINED') && (reader.em === 'Proposed' || reader.em === 'Revise')
      return declines ? said([type === 'EV' ? 'EJ' : 'ER', type], { id, answers: answered.id, end }, after) : said([type], { id, end }, after)
    }
    case 'DECLINECOUNTER': {
      const declined = event.proposals.filter((each) => each.counter === true && each.sequence === sequence && guests.includes(each.by) && (end === undefined || sameEnd(each.end, end))).at(-1)
      if (declined === undefined) return fault('/vevent/sequence', 'a revision that was countered', String(sequence))
      return said([declined.type === 'EV' ? 'EJ' : 'ER'], { id: declined.id, answers: declined.id }, event)
    }
    case 'CANCEL': {
      if (sequence < event.sequence) return nothingNew('a later revision is known')
      const isWhole = status === 'CANCELLED'
      const answer = isWhole ? 'ended' : answerTo('uninvited')
      if (answer === undefined) return ask('uninvited')
      return answer === 'ended' ? said(['ET'], { id: uid }, { ...event, sequence }) : nothingNew('an attendee was removed')
    }
    case 'REPLY': {
      const partstat = attendees.find(({ id }) => id === from)?.partstat ?? ''
      const answer = partstat === 'ACCEPTED' ? 'accepted' : partstat === 'DECLINED' ? 'declined' : answerTo('tentative')
      if (answer === undefined) return ask('tentative')
      if (answer === 'nothing') return nothingNew('neither yes nor no')
      // What is in force cannot be declined any more; a revision that was declined already can be once more.
      if (answer === 'declined' && reader.em === 'Active' && sequence === event.sequence) {
        const wish = answerTo('declined-in-force')
        if (wish === undefined) return ask('declined-in-force')
        return wish === 'ended' ? said(['ET'], { id: uid }, event) : nothingNew('it is in force')
      }
      return said([answer === 'accepted' ? (answered.revised ? 'EC' : 'EA') : answered.revised ? 'EJ' : 'ER'], terms, event)
    }
  }
}

/** Reads a calendar object as a message, with what the reader knows. Never throws: what is none is a fault with its place. */
export const readCalendar = (text: string, reader: CalendarReader): Either<CalendarFault, CalendarReading> => {
  try {
    const taken = take(text, reader.addresses ?? {})
    return taken._tag === 'Left' ? taken : say(taken.right, reader)
  } catch {
    return fault('', 'an iCalendar object', text)
  }
}
