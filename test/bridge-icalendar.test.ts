/**
 * The embargo in calendars: each message as an iTIP object and back, what RFC 5545 and 5546 demand, dates and zones, and
 * texts that want to be something else.
 *
 * What is written is read by a parser of its own, made here after the grammar of RFC 5545 section 3.1; and what another
 * library (ical-generator) writes is read by ours.
 */
import fc from 'fast-check'
import ical, { ICalAttendeeStatus, ICalCalendarMethod } from 'ical-generator'
import { em, type EmState, type Message, type MessageType, start, transition } from 'mpcvd'
import { type CalendarObject, calendarRows, type CalendarReader, type CalendarReading, calendarProposalId, type CalendarWriting, type EmbargoEvent, readCalendar, writeCalendar } from 'mpcvd/bridge/icalendar'
import { caseOf, ingest, openLedger } from 'mpcvd/case'
import { decodeMessage } from 'mpcvd/codec'
import { describe, expect, test } from 'vitest'

const addresses = { acme: 'mailto:psirt@acme.example', rita: 'mailto:rita@mail.example', bolt: 'https://bolt.example/psirt' }
const message = (types: ReadonlyArray<MessageType>, from: string, to: ReadonlyArray<string>, embargo: Message['embargo'], more: Partial<Message> = {}): Message =>
  ({ id: 'm', case: 'c', from, to, types, at: '2026-01-05T10:00:00Z', ...(embargo === undefined ? {} : { embargo }), ...more })
const right = <A>(result: { readonly _tag: 'Left'; readonly left: unknown } | { readonly _tag: 'Right'; readonly right: A }): A => (result._tag === 'Right' ? result.right : expect.fail(JSON.stringify(result.left)))
const write = (of: Message, event?: EmbargoEvent, more: CalendarWriting = {}): CalendarObject => right(writeCalendar(of, { addresses, ...(event === undefined ? {} : { event }), ...more }))
const refusal = (of: Message, more: CalendarWriting = {}): string => {
  const result = writeCalendar(of, { addresses, ...more })
  return result._tag === 'Left' ? `${result.left.path}: ${result.left.expected}` : expect.fail(result.right.text)
}
const read = (text: string, state: EmState, event?: EmbargoEvent, more: Partial<CalendarReader> = {}): CalendarReading => right(readCalendar(text, { case: 'c', em: state, addresses, ...(event === undefined ? {} : { event }), ...more }))
const wrong = (text: string, more: Partial<CalendarReader> = {}): string => {
  const result = readCalendar(text, { case: 'c', em: 'None', addresses, ...more })
  return result._tag === 'Left' ? result.left.path : expect.fail(JSON.stringify(result.right))
}

// ---- a parser after the grammar of RFC 5545 section 3.1 ----

interface Line { readonly name: string; readonly parameters: ReadonlyMap<string, string>; readonly value: string }
const octets = (text: string): number => Buffer.byteLength(text, 'utf8')
/** The content lines of a text, which must be in lines of at most 75 octets that end with CRLF, and of its grammar. */
const contentLines = (text: string): ReadonlyArray<Line> => {
  expect(text.endsWith('\r\n')).toBe(true)
  const physical = text.slice(0, -2).split('\r\n')
  for (const line of physical) {
    expect(octets(line), line).toBeLessThanOrEqual(75)
    expect(line).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f]/)
    expect(line.isWellFormed()).toBe(true)
  }
  return text.slice(0, -2).replaceAll('\r\n ', '').split('\r\n').map((line): Line => {
    const parts = /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^",;:]*)(?:,(?:"[^"]*"|[^",;:]*))*)*):(.*)$/su.exec(line)
    if (parts === null) return expect.fail(`no content line: ${line}`)
    const [, name = '', parameters = '', value = ''] = parts
    return { name, value, parameters: new Map([...parameters.matchAll(/;([A-Za-z0-9-]+)=((?:"[^"]*"|[^";])*)/g)].map(([, key = '', inner = '']) => [key, inner.replace(/^"(.*)"$/s, '$1')])) }
  })
}
const unescaped = (text: string): string => {
  expect(text).toMatch(/^(?:[^\\;,]|\\[\\;,nN])*$/su)
  return text.replaceAll(/\\(.)/g, (_, letter: string) => (letter === 'n' || letter === 'N' ? '\n' : letter))
}
/** The lines of the one event, and the method. */
const eventOf = (text: string): { readonly method: string; readonly lines: ReadonlyArray<Line>; readonly get: (name: string) => string | undefined } => {
  const lines = contentLines(text)
  expect([...lines.slice(0, 5), ...lines.slice(-2)].map(({ name, value }) => (name === 'METHOD' || name === 'PRODID' ? name : `${name}:${value}`))).toEqual(['BEGIN:VCALENDAR', 'PRODID', 'VERSION:2.0', 'METHOD', 'BEGIN:VEVENT', 'END:VEVENT', 'END:VCALENDAR'])
  const inner = lines.slice(5, -2)
  return { method: lines[3]?.value ?? '', lines: inner, get: (name) => inner.find((each) => each.name === name)?.value }
}

// ---- what RFC 5546 section 3.2 has for each method of a VEVENT, by hand ----

/** Presence: `1`, `+` (1+), `?` (0 or 1), `*` (0+), `0`. */
const constraints: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  REQUEST: { ATTENDEE: '+', DTSTAMP: '1', DTSTART: '1', ORGANIZER: '1', SEQUENCE: '?', SUMMARY: '1', UID: '1', ATTACH: '*', CATEGORIES: '*', CLASS: '?', COMMENT: '*', CONTACT: '*', CREATED: '?', DESCRIPTION: '?', DTEND: '?', DURATION: '?', LOCATION: '?', PRIORITY: '?', 'REQUEST-STATUS': '0', STATUS: '?', TRANSP: '?', URL: '?' },
  REPLY: { ATTENDEE: '1', DTSTAMP: '1', ORGANIZER: '1', UID: '1', SEQUENCE: '?', ATTACH: '*', CATEGORIES: '*', CLASS: '?', COMMENT: '*', CONTACT: '*', CREATED: '?', DESCRIPTION: '?', DTEND: '?', DTSTART: '?', DURATION: '?', LOCATION: '?', PRIORITY: '?', 'REQUEST-STATUS': '*', STATUS: '?', SUMMARY: '?', TRANSP: '?', URL: '?' },
  CANCEL: { ATTENDEE: '*', DTSTAMP: '1', ORGANIZER: '1', SEQUENCE: '1', UID: '1', COMMENT: '*', ATTACH: '*', CATEGORIES: '*', CLASS: '?', CONTACT: '*', CREATED: '?', DESCRIPTION: '?', DTEND: '?', DTSTART: '?', DURATION: '?', LOCATION: '?', PRIORITY: '?', STATUS: '?', SUMMARY: '?', TRANSP: '?', URL: '?', 'REQUEST-STATUS': '0' },
  COUNTER: { DTSTAMP: '1', DTSTART: '1', ORGANIZER: '1', SEQUENCE: '1', SUMMARY: '1', UID: '1', ATTACH: '*', ATTENDEE: '*', CATEGORIES: '*', CLASS: '?', COMMENT: '*', CONTACT: '*', CREATED: '?', DESCRIPTION: '?', DTEND: '?', DURATION: '?', LOCATION: '?', PRIORITY: '?', 'REQUEST-STATUS': '*', STATUS: '?', TRANSP: '?', URL: '?' },
  DECLINECOUNTER: { ATTENDEE: '+', DTSTAMP: '1', ORGANIZER: '1', SEQUENCE: '1', UID: '1', ATTACH: '*', CATEGORIES: '*', CLASS: '?', COMMENT: '*', CONTACT: '*', CREATED: '?', DESCRIPTION: '?', DTSTART: '?', DTEND: '?', DURATION: '?', LOCATION: '?', PRIORITY: '?', 'REQUEST-STATUS': '*', STATUS: '?', SUMMARY: '?', TRANSP: '?', URL: '?' },
}
/** The values of STATUS that a method may have. */
const statuses: Readonly<Record<string, ReadonlyArray<string>>> = { REQUEST: ['TENTATIVE', 'CONFIRMED'], CANCEL: ['CANCELLED'], COUNTER: ['TENTATIVE', 'CONFIRMED', 'CANCELLED'], DECLINECOUNTER: ['TENTATIVE', 'CONFIRMED'], REPLY: ['TENTATIVE', 'CONFIRMED', 'CANCELLED'] }
const conforms = (text: string): void => {
  const { get, lines, method } = eventOf(text)
  const demanded = constraints[method] ?? expect.fail(method)
  for (const [name, presence] of Object.entries(demanded)) {
    const found = lines.filter((each) => each.name === name).length
    const allowed = { 1: found === 1, '+': found >= 1, '?': found <= 1, '*': true, 0: found === 0 }[presence]
    if (allowed !== true) expect.fail(`${method}: ${found} ${name}`)
  }
  expect(lines.map(({ name }) => name).filter((name) => demanded[name] === undefined)).toEqual([])
  if (get('STATUS') !== undefined) expect(statuses[method]).toContain(get('STATUS'))
  expect(get('DTSTAMP')).toMatch(/^\d{8}T\d{6}Z$/)
  for (const each of lines.filter(({ name }) => name === 'DTSTART' || name === 'DTEND')) expect(each.value).toMatch(each.parameters.get('VALUE') === 'DATE' ? /^\d{8}$/ : /^\d{8}T\d{6}Z$/)
  if (get('DTEND') !== undefined) expect((get('DTEND') ?? '') > (get('DTSTART') ?? '')).toBe(true)
}

// ---- a negotiation ----

const proposed = write(message(['EP'], 'acme', ['rita', 'bolt'], { id: 'e1', end: '2026-03-01T09:00:00Z' }))
const countered = write(message(['EP'], 'rita', ['acme'], { id: calendarProposalId('e1', 0, { from: 'rita', at: '2026-01-05T10:00:00Z' }), end: '2026-02-01' }), proposed.event)
const counter = { id: 'e1;0;rita;2026-01-05T10:00:00Z', answers: 'e1;0;rita;2026-01-05T10:00:00Z' }
const taken = write(message(['EA'], 'acme', ['rita', 'bolt'], { ...counter, end: '2026-02-01' }), countered.event)

/** Every row, in the state in which it is said: the message, the object before, the reader's embargo state, and the lines that it must be. */
const scenes: ReadonlyArray<{ readonly row: string; readonly of: Message; readonly event?: EmbargoEvent; readonly em: EmState; readonly is: string }> = [
  { row: 'propose', of: message(['EP'], 'acme', ['rita', 'bolt'], { id: 'e1', end: '2026-03-01T09:00:00Z' }), em: 'None', is: 'REQUEST 0 TENTATIVE 20260301T090000Z' },
  { row: 'propose', of: message(['EV'], 'acme', ['rita', 'bolt'], { id: 'e1;1', end: '2026-04-01' }), event: proposed.event, em: 'Active', is: 'REQUEST 1 TENTATIVE 20260401' },
  { row: 'existing', of: message(['EP'], 'acme', ['nora'], { id: 'e1', existing: true }), event: proposed.event, em: 'None', is: 'REQUEST 0 CONFIRMED 20260301T090000Z' },
  { row: 'counter', of: message(['EP'], 'rita', ['acme'], { id: counter.id, end: '2026-02-01' }), event: proposed.event, em: 'Proposed', is: 'COUNTER 0 - 20260201' },
  { row: 'counter', of: message(['EV'], 'rita', ['acme'], { id: counter.id, end: '2026-02-01' }), event: proposed.event, em: 'Active', is: 'COUNTER 0 - 20260201' },
  { row: 'decline-and-counter', of: message(['ER', 'EP'], 'rita', ['acme'], { id: counter.id, answers: 'e1', end: '2026-02-01' }), event: proposed.event, em: 'Proposed', is: 'COUNTER 0 - 20260201' },
  { row: 'accept', of: message(['EA'], 'rita', ['acme'], { id: 'e1', answers: 'e1' }), event: proposed.event, em: 'Proposed', is: 'REPLY 0 - -' },
  { row: 'decline', of: message(['ER'], 'bolt', ['acme'], { id: 'e1', answers: 'e1' }), event: proposed.event, em: 'Proposed', is: 'REPLY 0 - -' },
  { row: 'accept-counter', of: message(['EA'], 'acme', ['rita', 'bolt'], { ...counter, end: '2026-02-01' }), event: countered.event, em: 'Proposed', is: 'REQUEST 1 CONFIRMED 20260201' },
  { row: 'decline-counter', of: message(['ER'], 'acme', ['rita'], counter), event: countered.event, em: 'Proposed', is: 'DECLINECOUNTER 0 - 20260201' },
  { row: 'terminate', of: message(['ET'], 'acme', ['rita', 'bolt'], { id: 'e1' }), event: taken.event, em: 'Active', is: 'CANCEL 2 CANCELLED -' },
]
const people = { ...addresses, nora: 'mailto:nora@mail.example' }

describe('there and back', () => {
  test('every row: the lines by hand, what RFC 5546 demands of its method, and the message as it was but for what is reported', () => {
    expect([...new Set(scenes.map(({ row }) => row))].sort()).toEqual(calendarRows.map(({ id }) => id).sort())
    for (const { em: state, event, is, of, row } of scenes) {
      const object = write(of, event, { addresses: people })
      conforms(object.text)
      const { get, method } = eventOf(object.text)
      expect(`${method} ${get('SEQUENCE') ?? ''} ${get('STATUS') ?? '-'} ${get('DTSTART') ?? '-'}`, row).toBe(is)
      expect([get('UID'), get('ORGANIZER')], row).toEqual(['e1', addresses.acme])
      const isNewcomer = row === 'existing'
      const { message: back } = read(object.text, state, isNewcomer ? undefined : event, { addresses: people, policy: { confirmed: 'existing' } })
      // A newcomer is told the end that is in force.
      expect({ ...back, id: 'm' }, row).toEqual(isNewcomer ? { ...of, embargo: { ...of.embargo, end: '2026-03-01T09:00:00Z' } } : of)
      expect(object.losses.map(({ part }) => part), row).toEqual(['id', 'case'])
    }
  })

  test('who does what: the parameters of those who take part', () => {
    const persons = (of: Message, event?: EmbargoEvent): string =>
      eventOf(write(of, event).text).lines.filter(({ name }) => name === 'ATTENDEE' || name === 'ORGANIZER').map(({ name, parameters, value }) => [name, ...[...parameters].map((each) => each.join('=')), value].join(' ')).join('; ')
    expect(scenes.filter(({ row }) => ['propose', 'counter', 'decline-and-counter', 'accept', 'decline', 'decline-counter'].includes(row)).map(({ event, of }) => persons(of, event))).toEqual([
      'ORGANIZER mailto:psirt@acme.example; ATTENDEE PARTSTAT=NEEDS-ACTION RSVP=TRUE mailto:rita@mail.example; ATTENDEE PARTSTAT=NEEDS-ACTION RSVP=TRUE https://bolt.example/psirt',
      'ORGANIZER mailto:psirt@acme.example; ATTENDEE PARTSTAT=NEEDS-ACTION RSVP=TRUE mailto:rita@mail.example; ATTENDEE PARTSTAT=NEEDS-ACTION RSVP=TRUE https://bolt.example/psirt',
      'ORGANIZER mailto:psirt@acme.example; ATTENDEE PARTSTAT=TENTATIVE mailto:rita@mail.example',
      'ORGANIZER mailto:psirt@acme.example; ATTENDEE PARTSTAT=TENTATIVE mailto:rita@mail.example',
      'ORGANIZER mailto:psirt@acme.example; ATTENDEE PARTSTAT=DECLINED mailto:rita@mail.example',
      'ORGANIZER mailto:psirt@acme.example; ATTENDEE PARTSTAT=ACCEPTED mailto:rita@mail.example',
      'ORGANIZER mailto:psirt@acme.example; ATTENDEE PARTSTAT=DECLINED https://bolt.example/psirt',
      'ORGANIZER mailto:psirt@acme.example; ATTENDEE mailto:rita@mail.example',
    ])
  })

  test('a revision answers as a revision', () => {
    const revised = write(message(['EV'], 'acme', ['rita', 'bolt'], { id: 'e1;1', end: '2026-04-01' }), proposed.event)
    for (const [types, partstat] of [[['EC'], 'ACCEPTED'], [['EJ'], 'DECLINED']] as const) {
      const object = write(message(types, 'rita', ['acme'], { id: 'e1;1', answers: 'e1;1' }), revised.event)
      expect([eventOf(object.text).get('SEQUENCE'), object.text.includes(`PARTSTAT=${partstat}`)]).toEqual(['1', true])
      expect(read(object.text, 'Revise', revised.event).message?.types).toEqual(types)
      // Somebody who has not kept the object tells them apart by its own state.
      expect(read(object.text, 'Revise').message).toMatchObject({ types, embargo: { id: 'e1;1', answers: 'e1;1' } })
    }
  })

  test('what iTIP has no method for is refused, with what there is in its place', () => {
    expect(refusal(message(['RS'], 'acme', ['rita'], undefined))).toMatch(/^\/types: an embargo message/)
    expect([refusal(message(['EK'], 'acme', ['rita'], { id: 'e1' })), refusal(message(['EE'], 'acme', ['rita'], { id: 'e1' }))].every((each) => each.includes('not told in a calendar'))).toBe(true)
    expect(refusal(message(['EA'], 'rita', ['acme'], { id: 'e1', answers: 'e1' }))).toMatch(/a proposal first/)
    expect(refusal(message(['EA'], 'acme', ['rita'], { id: 'e1', answers: 'e1' }), { event: proposed.event })).toMatch(/does not answer itself/)
    expect(refusal(message(['EA'], 'bolt', ['rita'], counter), { event: countered.event })).toMatch(/attendees do not answer each other/)
    expect(refusal(message(['ET'], 'rita', ['acme'], { id: 'e1' }), { event: proposed.event })).toMatch(/the organizer's word/)
    expect(refusal(message(['RS', 'EP'], 'acme', ['rita'], { id: 'e1', end: '2026-03-01' }))).toMatch(/says one thing/)
    expect(refusal(message(['EP'], 'acme', ['rita'], { id: 'e1' }))).toMatch(/^\/embargo\/end/)
    expect(refusal(message(['EP'], 'acme', ['nora'], { id: 'e1', end: '2026-03-01' }))).toMatch(/^\/addresses/)
  })

  test('with the organizer\'s leave an attendee ends it, and the object says who did', () => {
    const object = write(message(['ET'], 'rita', ['acme', 'bolt'], { id: 'e1' }), proposed.event, { onBehalf: true })
    conforms(object.text)
    expect(contentLines(object.text).find(({ name }) => name === 'ORGANIZER')?.parameters.get('SENT-BY')).toBe(addresses.rita)
    expect(read(object.text, 'Active', proposed.event).message).toMatchObject({ types: ['ET'], from: 'rita' })
  })
})

test('what is agreed in calendars comes into force in the case, and its end ends it', () => {
  const opened = openLedger({ case: 'c', protocol: 'adopted@1', decision: 'first', order: 'causal', participants: [{ id: 'acme', roles: ['vendor'], start: '(A,N,Vfdpxa)' }, { id: 'bolt', roles: ['vendor'], start: '(A,N,Vfdpxa)' }, { id: 'rita', roles: ['reporter'], start: '(A,N,pxa)' }] })
  let ledger = opened._tag === 'Right' ? opened.right : expect.fail('no ledger')
  let [event, last]: [EmbargoEvent | undefined, ReadonlyArray<string>] = [undefined, []]
  const states: string[] = []
  for (const of of [message(['EP'], 'acme', ['rita', 'bolt'], { id: 'e1', end: '2026-03-01' }), message(['EA'], 'rita', ['acme'], { id: 'e1', answers: 'e1' }, { at: '2026-01-06T10:00:00Z' }), message(['ET'], 'acme', ['rita', 'bolt'], { id: 'e1' }, { at: '2026-01-07T10:00:00Z' })]) {
    const reading = read(write(of, event).text, caseOf(ledger).state.em, event)
    event = reading.event
    const said = reading.message ?? expect.fail('nothing')
    ledger = ingest(ledger, { message: { ...said, after: last } })
    last = [...last, said.id]
    const { findings, state } = caseOf(ledger)
    states.push([state.em, ...findings.map(({ about, kind }) => `${kind} ${about.join()}`)].join(' '))
  }
  // A reply goes to the organizer only: Bolt has not been told.
  expect(states).toEqual(['Proposed', 'Active not-announced bolt', 'Exited not-announced bolt'])
})

test('whoever has not seen a counter-proposal reads its acceptance as a new proposal', () => {
  // Rita's counter goes to Acme only. Acme takes it up; Bolt, an honest attendee, has never heard of it.
  const [rita, bolt] = [read(taken.text, 'Proposed', countered.event), read(taken.text, 'Proposed', proposed.event)]
  expect([rita.message?.types, rita.message?.embargo?.answers, bolt.message?.types, bolt.message?.embargo?.id]).toEqual([['EA'], counter.id, ['EP'], 'e1;1'])
  const states = [rita, bolt].map(({ message: said }, place) => {
    const result = said === undefined ? expect.fail('nothing') : transition({ ...start(place === 0 ? 'rita' : 'bolt', ['vendor']), em: 'Proposed' }, said)
    return result._tag === 'Right' ? result.right.state.em : expect.fail('refused')
  })
  expect(states).toEqual(['Active', 'Proposed'])
})

describe('what other calendars send', () => {
  const sent = (method: string, ...lines: ReadonlyArray<string>): string => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Some//Calendar//EN', `METHOD:${method}`, 'BEGIN:VEVENT', 'UID:e1', 'DTSTAMP:20260110T120000Z', `ORGANIZER:MAILTO:PSIRT@acme.example`, ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n')
  const rita = 'ATTENDEE:mailto:Rita@mail.example'

  test('questions, and a policy that answers them', () => {
    const ask = (text: string, state: EmState, event?: EmbargoEvent): string | undefined => read(text, state, event).undecided?.id
    const answered = (text: string, state: EmState, policy: Readonly<Record<string, string>>, event?: EmbargoEvent): string => {
      const { message: said, nothing, undecided } = read(text, state, event, { policy })
      return said?.types.join() ?? nothing ?? `${undecided?.id ?? ''}?`
    }
    const maybe = sent('REPLY', 'ATTENDEE;PARTSTAT=TENTATIVE:mailto:rita@mail.example')
    expect([ask(maybe, 'Proposed'), ...['accepted', 'declined', 'nothing', 'perhaps'].map((tentative) => answered(maybe, 'Proposed', { tentative }))]).toEqual(['tentative', 'EA', 'ER', 'neither yes nor no', 'tentative?'])
    const no = sent('REPLY', 'ATTENDEE;PARTSTAT=DECLINED:mailto:rita@mail.example')
    expect([ask(no, 'Active'), ask(no, 'Proposed'), answered(no, 'Active', { 'declined-in-force': 'ended' }), answered(no, 'Active', { 'declined-in-force': 'nothing' })]).toEqual(['declined-in-force', undefined, 'ET', 'it is in force'])
    const confirmed = sent('REQUEST', rita, 'DTSTART;VALUE=DATE:20260301', 'STATUS:CONFIRMED')
    expect([ask(confirmed, 'None'), answered(confirmed, 'None', { confirmed: 'proposed' }), read(confirmed, 'None', undefined, { policy: { confirmed: 'existing' } }).message?.embargo]).toEqual(['confirmed', 'EP', { id: 'e1', existing: true, end: '2026-03-01' }])
    const removed = sent('CANCEL', rita, 'SEQUENCE:1')
    expect([ask(removed, 'Active'), answered(removed, 'Active', { uninvited: 'ended' }), answered(removed, 'Active', { uninvited: 'nothing' })]).toEqual(['uninvited', 'ET', 'an attendee was removed'])
    expect(read(sent('CANCEL', rita, 'SEQUENCE:1', 'STATUS:CANCELLED'), 'Active').message?.types).toEqual(['ET'])
  })

  test('an older revision, and the same again, say nothing; a date that changes without its sequence is wrong', () => {
    const { event } = read(sent('REQUEST', rita, 'DTSTART;VALUE=DATE:20260301', 'SEQUENCE:3'), 'None')
    expect(event).toEqual({ uid: 'e1', organizer: 'acme', attendees: ['rita'], sequence: 3, proposals: [{ id: 'e1;3', type: 'EP', by: 'acme', sequence: 3, end: '2026-03-01' }] })
    expect(['1', '3'].map((sequence) => read(sent('REQUEST', rita, 'DTSTART;VALUE=DATE:20260301', `SEQUENCE:${sequence}`), 'Proposed', event).nothing)).toEqual(['a later revision is known', 'the revision is known'])
    expect(wrong(sent('REQUEST', rita, 'DTSTART;VALUE=DATE:20260302', 'SEQUENCE:3'), { event })).toBe('/vevent/sequence')
  })

  test('whom no table knows is known by the address, mail addresses alike however the scheme is written', () => {
    const { message: said } = right(readCalendar(sent('REQUEST', 'ATTENDEE:MailTo:nora@mail.example', 'DTSTART;VALUE=DATE:20260301'), { case: 'c', em: 'None' }))
    expect([said?.from, said?.to]).toEqual(['mailto:PSIRT@acme.example', ['mailto:nora@mail.example']])
  })

  test('a proposal is a revision for whoever has an embargo in force', () => {
    const request = sent('REQUEST', rita, 'DTSTART;VALUE=DATE:20260301')
    expect(em.states.map((state) => read(request, state).message?.types.join())).toEqual(['EP', 'EP', 'EV', 'EV', 'EP'])
  })

  test('what has not what its method needs is a fault at its place', () => {
    const start20 = 'DTSTART;VALUE=DATE:20260301'
    expect([
      wrong(sent('PUBLISH', rita, start20)), wrong(sent('REQUEST', rita)), wrong(sent('REQUEST', start20)), wrong(sent('REPLY')), wrong(sent('REPLY', rita, 'ATTENDEE:mailto:x@y.example')),
      wrong(sent('REQUEST', rita, start20, start20)), wrong(sent('REQUEST', rita, start20, 'RRULE:FREQ=DAILY')), wrong(sent('REQUEST', rita, start20, 'SEQUENCE:-1')), wrong(sent('REQUEST', rita, 'DTSTART:20260301T090000Z', 'DTEND;VALUE=DATE:20260302')),
      wrong(sent('REQUEST', rita, start20).replace('DTSTAMP:20260110T120000Z', 'DTSTAMP:20260110T120000')), wrong(sent('REQUEST', 'ATTENDEE:rita', start20)), wrong(sent('COUNTER', rita, 'ATTENDEE:mailto:x@y.example', start20, 'SEQUENCE:0')), wrong('BEGIN:VCARD\r\nEND:VCARD\r\n'), wrong(''),
      wrong(sent('REQUEST', rita, start20), { addresses: { one: 'mailto:psirt@acme.example', two: 'mailto:PSIRT@acme.example' } }), wrong(sent('REQUEST', rita, start20), { event: { ...proposed.event, uid: 'e2' } }), wrong(sent('REQUEST', rita, start20), { event: { ...proposed.event, organizer: 'rita' } }),
      wrong(sent('DECLINECOUNTER', rita, 'SEQUENCE:0'), { event: proposed.event }),
    ]).toEqual([
      '/method', '/vevent/dtstart', '/vevent/attendee', '/vevent/attendee', '/vevent/attendee', '/vevent/dtstart', '/vevent/rrule', '/vevent/sequence', '/vevent/dtend', '/vevent/dtstamp', '/vevent/attendee', '/vevent/attendee', '', '', '/vevent/organizer', '/vevent/uid', '/vevent/organizer',
      '/vevent/sequence',
    ])
    expect(read(sent('COUNTER', rita, 'ATTENDEE:mailto:x@y.example', start20, 'SEQUENCE:0'), 'Proposed', proposed.event, { from: 'rita' }).message?.from).toBe('rita')
  })

  test('another library\'s request and reply are read', () => {
    const calendar = ical({ method: ICalCalendarMethod.REQUEST })
    const event = calendar.createEvent({ id: 'e1', sequence: 0, start: new Date('2026-03-01T09:00:00Z'), stamp: new Date('2026-01-10T12:00:00Z'), summary: 'Embargo, "end"; of\nit', organizer: { name: 'Acme', email: 'psirt@acme.example' } })
    event.createAttendee({ email: 'rita@mail.example', name: 'Rita', rsvp: true })
    expect(read(calendar.toString(), 'None').message).toMatchObject({ types: ['EP'], from: 'acme', to: ['rita'], at: '2026-01-10T12:00:00Z', embargo: { id: 'e1', end: '2026-03-01T09:00:00Z' } })
    const answer = ical({ method: ICalCalendarMethod.REPLY })
    answer.createEvent({ id: 'e1', sequence: 0, start: new Date('2026-03-01T09:00:00Z'), stamp: new Date('2026-01-10T12:00:00Z'), organizer: { name: 'Acme', email: 'psirt@acme.example' } }).createAttendee({ email: 'rita@mail.example', status: ICalAttendeeStatus.ACCEPTED })
    expect(read(answer.toString(), 'Proposed').message).toMatchObject({ types: ['EA'], from: 'rita', to: ['acme'], embargo: { id: 'e1', answers: 'e1' } })
  })
})

describe('dates', () => {
  const ending = (end: string): Message => message(['EP'], 'acme', ['rita'], { id: 'e1', end })
  const lines = (end: string): string => eventOf(write(ending(end)).text).lines.filter(({ name }) => name.startsWith('DTSTART') || name === 'DTEND').map(({ parameters, value }) => `${parameters.get('VALUE') ?? ''}${value}`).join(' ')
  const back = (end: string): string | undefined => read(write(ending(end)).text, 'None').message?.embargo?.end
  const lost = (end: string): ReadonlyArray<string> => write(ending(end)).losses.filter(({ part }) => part === 'end').map(({ why }) => why)

  test('an instant is UTC, a day a day, an interval its two ends; a fraction and a zone are told as lost', () => {
    const ends = ['2026-03-01T09:00:00Z', '2026-03-01T09:00:00+02:00', '2026-03-01T09:00:00.999Z', '2026-03-01', '2024-02-28/2024-02-29', '2026-03-01/2026-03-01', '2026-12-31', '2026-03-01T09:00:00Z/2026-03-02T09:00:00Z', '1969-12-31T23:59:59Z', '2026-06-30T23:59:60Z', '0000-01-01', '9999-12-31T23:59:59Z']
    expect(ends.map(lines)).toEqual([
      '20260301T090000Z', '20260301T070000Z', '20260301T090000Z', 'DATE20260301', 'DATE20240228 DATE20240301', 'DATE20260301 DATE20260302', 'DATE20261231', '20260301T090000Z 20260302T090000Z', '19691231T235959Z', '20260701T000000Z', 'DATE00000101', '99991231T235959Z',
    ])
    expect(ends.map(back)).toEqual([
      '2026-03-01T09:00:00Z', '2026-03-01T07:00:00Z', '2026-03-01T09:00:00Z', '2026-03-01', '2024-02-28/2024-02-29', '2026-03-01', '2026-12-31', '2026-03-01T09:00:00Z/2026-03-02T09:00:00Z', '1969-12-31T23:59:59Z', '2026-07-01T00:00:00Z', '0000-01-01', '9999-12-31T23:59:59Z',
    ])
    expect(ends.filter((end) => lost(end).length > 0)).toEqual(['2026-03-01T09:00:00+02:00', '2026-03-01T09:00:00.999Z'])
    for (const end of ['2026-03-01/2026-03-02T09:00:00Z', '2026-02-30', 'soon', '9999-12-30/9999-12-31', '0000-01-01T00:00:00+14:00']) expect(refusal(ending(end)), end).toMatch(/^\/embargo\/end/)
  })

  test('when it was said is a whole second in UTC; a day is its midnight, and that is lost', () => {
    const stamps = (['2026-01-05', '2026-01-05/2026-01-07', '2026-01-05T10:00:00+01:00'] as const).map((at) => write({ ...ending('2026-03-01'), at }))
    expect(stamps.map(({ losses, text }) => `${eventOf(text).get('DTSTAMP') ?? ''} ${losses.map(({ part }) => part).join()}`)).toEqual(['20260105T000000Z id,case,at', '20260107T000000Z id,case,at', '20260105T090000Z id,case,at'])
  })

  const zone = (rules: ReadonlyArray<string>): ReadonlyArray<string> => ['BEGIN:VTIMEZONE', 'TZID:Europe/Berlin', 'BEGIN:DAYLIGHT', 'DTSTART:19810329T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', rules[0] ?? '', 'END:DAYLIGHT', 'BEGIN:STANDARD', 'DTSTART:19961027T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', rules[1] ?? '', 'END:STANDARD', 'END:VTIMEZONE'].filter((line) => line !== '')
  const zoned = (dates: ReadonlyArray<string>, timezone: ReadonlyArray<string>): string => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'METHOD:REQUEST', ...timezone, 'BEGIN:VEVENT', 'UID:e1', 'DTSTAMP:20260110T120000Z', 'ORGANIZER:mailto:psirt@acme.example', 'ATTENDEE:mailto:rita@mail.example', ...dates, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n')
  const berlin = zone(['RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU'])
  const endOf = (...dates: ReadonlyArray<string>): string | undefined => read(zoned(dates, berlin), 'None').message?.embargo?.end

  test('a named zone is read by its VTIMEZONE: before and after the clocks change in 2026', () => {
    // Summer time in the European Union is from 29 March to 25 October 2026.
    expect(['20260328T090000', '20260329T090000', '20261024T090000', '20261026T090000'].map((local) => endOf(`DTSTART;TZID=Europe/Berlin:${local}`))).toEqual(['2026-03-28T08:00:00Z', '2026-03-29T07:00:00Z', '2026-10-24T07:00:00Z', '2026-10-26T08:00:00Z'])
    expect([endOf('DTSTART;TZID=Europe/Berlin:20260301T090000', 'DURATION:PT1H'), endOf('DTSTART:20260301T090000Z', 'DTEND:20260301T090000Z'), endOf('DTSTART;VALUE=DATE:20260301', 'DURATION:P2D')]).toEqual(['2026-03-01T08:00:00Z/2026-03-01T09:00:00Z', '2026-03-01T09:00:00Z', '2026-03-01/2026-03-02'])
  })

  test('a time without a zone is its day; a zone without its VTIMEZONE is a fault', () => {
    expect([endOf('DTSTART:20260301T090000'), endOf('DTSTART:20260301T090000', 'DTEND:20260301T100000')]).toEqual(['2026-03-01', '2026-03-01'])
    expect([wrong(zoned(['DTSTART;TZID=Europe/Berlin:20260301T090000'], [])), wrong(zoned(['DTSTART;TZID=Europe/Paris:20260301T090000'], berlin)), wrong(zoned(['DTSTART;TZID=Europe/Berlin:20260301T090000'], [...berlin, ...berlin])), wrong(zoned(['DTSTART;VALUE=DATE:20260230'], []))]).toEqual(Array(4).fill('/vevent/dtstart'))
  })

  test('rules of a zone that would run for hours are not followed', () => {
    const began = performance.now()
    for (const rule of ['RRULE:FREQ=SECONDLY', 'RRULE:FREQ=YEARLY;BYSECOND=0,1,2;BYMINUTE=0,1,2', 'RRULE:FREQ=YEARLY;BYYEARDAY=1,2,3', 'RRULE:FREQ=YEARLY;COUNT=2000000000', 'RRULE:FREQ=YEARLY;BYDAY=MO']) expect(wrong(zoned(['DTSTART;TZID=Europe/Berlin:99991231T090000'], zone([rule]))), rule).toBe('/vevent/dtstart')
    expect(read(zoned(['DTSTART;TZID=Europe/Berlin:99991231T090000'], berlin), 'None').message?.embargo?.end).toBe('9999-12-31T08:00:00Z')
    // A hundred rules from the first year on: harmless each, and a million changes of clocks together.
    const many = berlin.flatMap((line) => (line === 'BEGIN:STANDARD' ? Array.from({ length: 100 }, () => ['BEGIN:STANDARD', 'DTSTART:00010329T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', 'RRULE:FREQ=YEARLY;BYMONTH=3', 'END:STANDARD']).flat().concat(line) : [line]))
    expect(['00020101T090000', '20260101T090000', '99991231T090000'].map((date) => wrong(zoned([`DTSTART;TZID=Europe/Berlin:${date}`], many)))).toEqual(Array(3).fill('/vevent/dtstart'))
    expect(performance.now() - began).toBeLessThan(5000)
  })
})

/** Texts that want to be lines, parameters or values of their own. */
const hostile = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 200 }), fc.constantFrom('é'.repeat(100), '😀'.repeat(60), 'a'.repeat(300), `${'a'.repeat(74)}é`),
    fc.array(fc.constantFrom('\r\n', '\r', '\n', ' ', '\t', 'ATTENDEE:mailto:x@y.z', 'END:VEVENT', 'BEGIN:VALARM', '\\n', '\\', ';', ',', ':', '"', '^n', '\ud800', '\udc00', '\u0000', '\u007f', '\u2028', '__proto__'), { maxLength: 12 }).map((all) => all.join('')),
  )

describe('hostile texts', () => {
  test('a text stays a text: no line, no property and no recipient more; it comes back as it was, or the change is told', () => {
    fc.assert(
      fc.property(hostile(), hostile(), hostile(), (note, scope, summary) => {
        const of = message(['EP'], 'acme', ['rita'], { id: 'e1', end: '2026-03-01', scope }, { note })
        const object = write(of, undefined, { summary })
        conforms(object.text)
        const { get, lines } = eventOf(object.text)
        expect(lines.map(({ name }) => name).filter((name) => name !== 'DESCRIPTION' && name !== 'COMMENT')).toEqual(['UID', 'DTSTAMP', 'SEQUENCE', 'ORGANIZER', 'ATTENDEE', 'DTSTART', 'SUMMARY', 'CLASS', 'TRANSP', 'STATUS'])
        const { message: back } = read(object.text, 'None')
        expect([back?.from, back?.to, back?.embargo?.end]).toEqual(['acme', ['rita'], '2026-03-01'])
        const told = new Set(object.losses.map(({ part }) => part))
        expect([back?.note !== note, back?.embargo?.scope !== scope]).toEqual([told.has('note'), told.has('other')])
        // Our own parser and ical.js take the same text from it.
        expect([unescaped(get('COMMENT') ?? ''), unescaped(get('DESCRIPTION') ?? '')]).toEqual([back?.note ?? '', back?.embargo?.scope ?? ''])
      }),
      { numRuns: 500 },
    )
  })

  test('ids and addresses: written so that they come back, or refused', () => {
    fc.assert(
      fc.property(hostile().filter((id) => id !== '' && id.length <= 512), (id) => {
        const result = writeCalendar(message(['EP'], 'acme', ['rita'], { id, end: '2026-03-01' }), { addresses })
        if (result._tag === 'Left') return
        conforms(result.right.text)
        expect(read(result.right.text, 'None').message?.embargo?.id).toBe(id)
      }),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(hostile(), (tail) => {
        const result = writeCalendar(message(['EP'], 'acme', ['rita'], { id: 'e1', end: '2026-03-01' }), { addresses: { acme: `mailto:${tail}`, rita: addresses.rita } })
        if (result._tag === 'Left') return
        conforms(result.right.text)
        expect(eventOf(result.right.text).get('ORGANIZER')).toBe(`mailto:${tail}`)
      }),
      { numRuns: 300 },
    )
    for (const id of ['a\r\nATTENDEE:mailto:x@y.z', 'a\nb', 'a\ud800', 'a\u0000', 'a\tb']) expect(refusal(message(['EP'], 'acme', ['rita'], { id, end: '2026-03-01' })), id).toMatch(/^\/embargo\/id/)
    for (const address of ['rita', 'mailto:a b', 'mailto:"a"@b', 'mailto:a\r\nX:1', 'mailto:é@b', '', 'javascript']) expect(refusal(message(['EP'], 'acme', ['rita'], { id: 'e1', end: '2026-03-01' }), { addresses: { ...addresses, rita: address } }), address).toMatch(/^\/addresses/)
    for (const name of ['__proto__', 'constructor', 'toString']) expect(refusal(message(['EP'], 'acme', [name], { id: 'e1', end: '2026-03-01' }))).toMatch(/^\/addresses/)
  })

  test('changed in a few places, calendar objects are a fault with its place or a message that the codec takes in', () => {
    const samples = scenes.map(({ event, of }) => write(of, event, { addresses: people }).text)
    const pieces = fc.constantFrom('\r\n', '\n', ';', ':', ',', '"', '=', '\\', 'BEGIN:VEVENT\r\n', 'END:VEVENT\r\n', 'BEGIN:__proto__\r\n', '__proto__:x\r\n', ';__proto__=1', ';VALUE=constructor', ';TZID=X', 'constructor', '\ud800', '\u0000', '0', '9999999999', '-', 'T', 'Z', '')
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(600), fc.nat(40), pieces), { maxLength: 4 }), fc.constantFrom(...em.states), fc.boolean(), (sample, changes, state, knows) => {
        const text = changes.reduce((of, [place, cut, piece]) => of.slice(0, place) + piece + of.slice(place + cut), sample)
        const result = readCalendar(text, { case: 'c', em: state, addresses: people, ...(knows ? { event: countered.event } : {}), policy: { tentative: 'accepted' } })
        if (result._tag === 'Left' || result.right.message === undefined) return
        const decoded = decodeMessage(JSON.parse(JSON.stringify(result.right.message)))
        if (decoded._tag === 'Left') expect.fail(JSON.stringify([text, result.right.message, decoded.left]))
      }),
      { numRuns: Number(process.env['JUNK'] ?? 2000) },
    )
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(wrong('X'.repeat(100_001))).toBe('')
    expect(wrong('BEGIN:VCALENDAR\r\n'.repeat(5000))).toBe('')
  })
})

// ---- any negotiation ----

type Act = { readonly who: number; readonly what: 'propose' | 'answer' | 'decline' | 'both' | 'end'; readonly which: number; readonly end: number }
const acts = (): fc.Arbitrary<ReadonlyArray<Act>> => fc.array(fc.record({ who: fc.nat(2), what: fc.constantFrom('propose', 'answer', 'decline', 'both', 'end'), which: fc.nat(5), end: fc.integer({ min: 1, max: 28 }) }), { minLength: 1, maxLength: 12 })

test('in any negotiation the sequence is raised by the organizer only, by one, and every message comes back with what is reported as lost', () => {
  const names = ['acme', 'rita', 'bolt'] as const
  fc.assert(
    fc.property(acts(), fc.boolean(), (all, inForce) => {
      let event: EmbargoEvent | undefined
      all.forEach(({ end, what, which, who }, place) => {
        const from = names[who] ?? 'acme'
        const known = event?.proposals ?? []
        const answered = known[which % Math.max(1, known.length)]
        const [yes, no, offer] = answered?.type === 'EV' ? (['EC', 'EJ', 'EV'] as const) : (['EA', 'ER', 'EP'] as const)
        const types: ReadonlyArray<MessageType> = what === 'propose' ? [inForce ? 'EV' : 'EP'] : what === 'answer' ? [yes] : what === 'decline' ? [no] : what === 'both' ? [no, offer] : ['ET']
        const date = `2026-03-${String(end).padStart(2, '0')}`
        const embargo = what === 'propose' || what === 'both' ? { id: `p${place}`, end: date, ...(what === 'both' && answered !== undefined ? { answers: answered.id } : {}) } : what === 'end' ? { id: event?.uid ?? 'e' } : { id: answered?.id ?? 'e', answers: answered?.id ?? 'e' }
        const of = message(types, from, names.filter((name) => name !== from), embargo, { at: `2026-01-05T10:00:${String(place).padStart(2, '0')}Z` })
        const result = writeCalendar(of, { addresses, ...(event === undefined ? {} : { event }) })
        if (result._tag === 'Left') return
        const object = result.right
        conforms(object.text)
        const { get, method } = eventOf(object.text)
        const sequence = Number(get('SEQUENCE'))
        const before = event?.sequence ?? -1
        expect(method === 'REQUEST' || method === 'CANCEL' ? sequence === before + 1 : sequence <= before, `${method} ${sequence} ${before}`).toBe(true)
        expect([get('UID'), get('ORGANIZER')]).toEqual([event?.uid ?? embargo.id, addresses[names.find((name) => name === (event?.organizer ?? from)) ?? 'acme']])
        const state: EmState = inForce ? 'Revise' : 'Proposed'
        const reading = readCalendar(object.text, { case: 'c', em: state, addresses, ...(event === undefined ? {} : { event }) })
        const back = reading._tag === 'Right' ? reading.right.message : expect.fail(JSON.stringify(reading.left))
        if (back === undefined) return
        const told = new Set(object.losses.map(({ part }) => part))
        expect(back.types.join() !== types.join(), object.text).toBe(told.has('types'))
        expect([back.from, back.case, told.has('to') ? of.to : back.to]).toEqual([of.from, of.case, of.to])
        const terms = (each: Message): string => `${each.embargo?.id ?? ''} ${each.embargo?.answers ?? ''}`
        if (!told.has('types')) expect(terms(back) !== terms(of), `${object.text}${terms(back)} ${terms(of)}`).toBe(told.has('embargo'))
        event = object.event
      })
    }),
    { numRuns: 200 },
  )
})
