/**
 * The end of an embargo as dates of a calendar, both ways.
 *
 * An instant is written in UTC and read from UTC or from a named zone with its VTIMEZONE; a day is a DATE; an interval of two
 * days, or of two instants, is DTSTART with DTEND. iCalendar has whole seconds, and a time without a zone, which is read as
 * its day.
 *
 * Nothing is written in a named zone. An embargo ends at one instant for everybody, and happens once: RFC 5545 section 3.3.5
 * has UTC (its form 2) for such a time, every calendar shows it in its user's own zone, and it stays the same instant when a
 * government changes the zone's rules before it has come. Local time with TZID (form 3) is for what recurs.
 *
 * @module
 */
import ICAL from 'ical.js'
import type { Moment } from '../protocol/message.js'
import { readMoment } from '../protocol/moment.js'

/** A property in jCal (RFC 7265): name, parameters, type of the value, value. */
export type JcalProperty = readonly [name: string, parameters: Readonly<Record<string, string>>, type: string, value: string | number]

const DAY = /^\d{4}-\d\d-\d\d$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/** ical.js does not pad years. */
const padded = (time: ICAL.Time): string => time.toString().replace(/^\d{1,3}(?=-)/, (year) => year.padStart(4, '0'))

/** An instant in milliseconds as `YYYY-MM-DDTHH:MM:SSZ`, its fraction of a second cut off; `undefined` beyond the years 0 to 9999. */
export const utcText = (milliseconds: number): string | undefined => {
  const time = ICAL.Time.epochTime.clone()
  time.fromUnixTime(Math.floor(milliseconds / 1000))
  const text = padded(time)
  return INSTANT.test(text) ? text : undefined
}

const nextDay = (day: string, by: number): string | undefined => {
  const time = ICAL.Time.fromDateString(day)
  time.adjust(by, 0, 0, 0)
  const text = padded(time)
  return DAY.test(text) ? text : undefined
}

/** A moment as DTSTART and DTEND, and whether a fraction of a second or a zone was lost; `undefined` where it has no such form. */
export const datesOf = (moment: Moment): { readonly dates: ReadonlyArray<JcalProperty>; readonly lost?: string } | undefined => {
  if (readMoment(moment) === undefined) return undefined
  const [first = '', last] = moment.split('/')
  if (DAY.test(first)) {
    if (last === undefined) return { dates: [['dtstart', {}, 'date', first]] }
    const after = DAY.test(last) ? nextDay(last, 1) : undefined
    return after === undefined ? undefined : { dates: [['dtstart', {}, 'date', first], ['dtend', {}, 'date', after]] }
  }
  const sides = last === undefined ? [first] : [first, last]
  const written = sides.flatMap((side) => (DAY.test(side) ? [] : utcText(readMoment(side)?.earliest ?? NaN) ?? []))
  const [start, end] = written
  if (start === undefined || written.length !== sides.length) return undefined
  const dates: ReadonlyArray<JcalProperty> = [['dtstart', {}, 'date-time', start], ...(end === undefined || end === start ? [] : [['dtend', {}, 'date-time', end] as const])]
  const [exact, zoned] = [sides.every((side) => (readMoment(side)?.earliest ?? 0) % 1000 === 0), sides.some((side) => !side.endsWith('Z'))]
  return { dates, ...(!exact ? { lost: 'the fraction of a second is cut off' } : zoned ? { lost: 'the instant is written in UTC' } : {}) }
}

/** The rules of a zone that are followed: one day a year. Anything else could be made to run for hours. */
const RULE = /^FREQ=YEARLY(?:;(?:INTERVAL=1|BYMONTH=\d{1,2}|BYDAY=[+-]?[1-5](?:MO|TU|WE|TH|FR|SA|SU)|BYMONTHDAY=-?\d{1,2}|UNTIL=[\dTZ]{8,16}|WKST=(?:MO|TU|WE|TH|FR|SA|SU)))*$/
const OBSERVANCES = 200
/** How many changes of a zone's clocks are worked out, over all its rules; and until when at least, since ical.js goes beyond the present year. */
const [CHANGES, HORIZON] = [20_000, 2200]

const writtenIn = (property: ICAL.Property): unknown => {
  const json: unknown = property.toJSON()
  return Array.isArray(json) ? json[3] : undefined
}
const yearIn = (property: ICAL.Property | null): number => (property === null ? NaN : Number(String(writtenIn(property)).slice(0, 4)))

/** Whether the changes of a zone's clocks up to a year can be worked out in a moment. */
const isTame = (zone: ICAL.Component, year: number): boolean => {
  const observances = zone.getAllSubcomponents()
  let [dates, changes] = [observances.length, 0]
  for (const each of observances) {
    for (const one of each.getAllProperties('rdate')) dates += one.getValues().length
    const rules = each.getAllProperties('rrule')
    if (rules.length > 1 || !rules.every((rule) => RULE.test(String(rule.getFirstValue())))) return false
    if (rules.length > 0) changes += Math.max(year, HORIZON) - yearIn(each.getFirstProperty('dtstart'))
  }
  return dates <= OBSERVANCES && changes <= CHANGES
}

/** A date of a calendar: a day, which may have come as a time without a zone; or an instant in UTC. */
export type CalendarDate = { readonly day: string; readonly floating?: true } | { readonly instant: string }

/** What a property of a date says; otherwise what is wrong with it. */
export const dateOf = (property: ICAL.Property, calendar: ICAL.Component): CalendarDate | { readonly wrong: string } => {
  const value: unknown = property.getFirstValue()
  const text = writtenIn(property)
  // As it was written: the value itself would have made another day of one that the calendar does not have.
  if (!(value instanceof ICAL.Time) || typeof text !== 'string') return { wrong: 'a date' }
  const zone: unknown = property.getFirstParameter('tzid')
  if (value.isDate) return DAY.test(text) && readMoment(text) !== undefined ? { day: text } : { wrong: 'a day that the calendar has' }
  if (typeof zone !== 'string' || zone === '') {
    if (!text.endsWith('Z')) return DAY.test(text.slice(0, 10)) && readMoment(text.slice(0, 10)) !== undefined ? { day: text.slice(0, 10), floating: true } : { wrong: 'a day that the calendar has' }
    return INSTANT.test(text) && readMoment(text) !== undefined ? { instant: text } : { wrong: 'an instant that the calendar has' }
  }
  if (text.endsWith('Z') || readMoment(`${text}Z`) === undefined) return { wrong: 'a local time in the zone that is named' }
  const zones = calendar.getAllSubcomponents('vtimezone').filter((each) => each.getFirstPropertyValue('tzid') === zone)
  const [only] = zones
  if (only === undefined || zones.length > 1) return { wrong: 'one VTIMEZONE for the zone that is named' }
  if (!isTame(only, Number(text.slice(0, 4)))) return { wrong: 'a VTIMEZONE of at most 200 dates, whose rules are of one day a year' }
  const instant = utcText(value.toUnixTime() * 1000)
  return instant === undefined ? { wrong: 'an instant of the years 0 to 9999' } : { instant }
}

/** The date that lies a duration after another: whole days after a day. */
export const dateAfter = (start: CalendarDate, seconds: number): CalendarDate | undefined => {
  if (!Number.isSafeInteger(seconds) || seconds < 0) return undefined
  if ('instant' in start) {
    const instant = utcText((readMoment(start.instant)?.earliest ?? NaN) + seconds * 1000)
    return instant === undefined ? undefined : { instant }
  }
  const day = nextDay(start.day, Math.floor(seconds / 86_400))
  return day === undefined ? undefined : { ...start, day }
}

/** What DTSTART and DTEND say together, as a moment; `undefined` where they are of two kinds, or end before they begin. A DATE that ends is not part of it any more. */
export const momentFrom = (start: CalendarDate, end?: CalendarDate): Moment | undefined => {
  if (end === undefined) return 'day' in start ? start.day : start.instant
  if ('day' in start) {
    const last = !('day' in end) || end.floating !== start.floating ? undefined : start.floating === true ? end.day : nextDay(end.day, -1)
    return last === undefined || last < start.day ? undefined : last === start.day ? last : `${start.day}/${last}`
  }
  return !('instant' in end) || end.instant < start.instant ? undefined : end.instant === start.instant ? start.instant : `${start.instant}/${end.instant}`
}

/** Whether two ends are one in whole seconds: what a calendar can tell of them. */
export const sameEnd = (one: Moment, other: Moment): boolean => {
  const [first, second] = [readMoment(one), readMoment(other)]
  const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000)
  return first !== undefined && second !== undefined && seconds(first.earliest) === seconds(second.earliest) && seconds(first.latest) === seconds(second.latest)
}
