/**
 * Timelines as they are published, read into what is known of when each event happened.
 *
 * Read are records of CVE 5.x (`containers.cna.timeline`, `datePublic`, the timelines of ADPs, the date of the record), the
 * same in short (`cveId`, `assigner`, `timeline`), lists of sentences with or without a date (`events` of `date` and `text`,
 * as collected from curl's advisories), timelines that name events (`events: { V: "2024-01-05" }`), and plain lists of
 * lines. What a sentence means is in `vocabulary.ts`; every reading says which words decided, and how sure that is.
 *
 * A date at midnight UTC in a record is a bare date: that is how tools write one. A date without a year, in a sentence, is
 * completed from its neighbours. An event that is told several times happened the first time; one that is told to have
 * happened by some date may have happened any time before.
 *
 * Input is plain JSON of any shape; what cannot be read is a fault, never an exception. No getter is run.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import type { CsEvent } from '../protocol/cs.js'
import { events } from './chain.js'
import type { Timeline } from './partial.js'
import { dateIn, withYear } from './sentence-date.js'
import { type Aside, confidences, type Confidence, meaningOf } from './vocabulary.js'
import { happenedBy, isBefore, readWhen, anytime, type When, whenText } from './when.js'

/** One line of a published timeline. */
export interface TimelineEntry {
  readonly text: string
  /** The date as written, in the record or in the sentence, completed where it lacked its year; absent where there is none that can be read. */
  readonly date?: string
  readonly when?: When
  /** The record has a date, and it is none. */
  readonly unreadable?: string
  /** The row of the vocabulary that gives it a meaning. */
  readonly row?: string
  readonly aside?: Aside
}

/** One event that a line tells of. */
export interface Reading {
  readonly event: CsEvent
  /** Whether it happened at the time, or had happened by then. */
  readonly how: 'at' | 'by'
  readonly when: When
  readonly confidence: Confidence
  /** The words that decided, or the name of the field. */
  readonly words: string
  /** The place among the entries; absent where a field of the record says it. */
  readonly entry?: number
}

/** A published timeline, read. */
export interface CaseTimeline {
  readonly id: string
  /** Who published it; empty where that is not said. */
  readonly source: string
  readonly entries: ReadonlyArray<TimelineEntry>
  readonly readings: ReadonlyArray<Reading>
}

/** Why something could not be read. */
export interface TimelineFault {
  readonly path: string
  readonly expected: string
  readonly got: string
}

/** A line with its date, as a source has it. */
interface Line {
  readonly text: string
  readonly date?: string
}

// ---- plain values of any shape ----

const fieldOf = (input: unknown, name: string): unknown => {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return undefined
  const value: unknown = Object.getOwnPropertyDescriptor(input, name)?.value
  return value
}
const inside = (input: unknown, ...names: ReadonlyArray<string>): unknown => names.reduce(fieldOf, input)
const textOf = (input: unknown): string | undefined => (typeof input === 'string' && input !== '' ? input : undefined)
const itemsOf = (input: unknown): ReadonlyArray<unknown> => (Array.isArray(input) ? input : [])
const firstText = (...all: ReadonlyArray<unknown>): string => all.map(textOf).find((each) => each !== undefined) ?? ''
const kindOf = (input: unknown): string => (input === null ? 'null' : Array.isArray(input) ? `a list of ${input.length}` : typeof input)

const lineOf = (input: unknown): Line | undefined => {
  const text = firstText(fieldOf(input, 'text'), fieldOf(input, 'value'), fieldOf(input, 'description'))
  const date = textOf(fieldOf(input, 'date')) ?? textOf(fieldOf(input, 'time'))
  return text === '' && date === undefined ? undefined : { text, ...(date === undefined ? {} : { date }) }
}
const linesOf = (input: unknown): ReadonlyArray<Line> => itemsOf(input).flatMap((each) => lineOf(each) ?? [])

// ---- dates ----

const MIDNIGHT = /^(\d{4}-\d\d-\d\d)T00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:00)?$/
const ZONELESS = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/

/** A date as tools write it: midnight UTC is the day, and so is a time without a zone. */
export const readDate = (date: string): When | undefined => readWhen((MIDNIGHT.exec(date) ?? ZONELESS.exec(date))?.[1] ?? date)

/** Where one sentence ends and another begins; in sentences that have run together, after a date. */
const JOINT = /(?<=\.)\s+(?=(?:We|It|This|The) )|(?<=\d{4}|\d(?:st|nd|rd|th))\s+(?=(?:We|It|This|I|Mailed) )/

/** The sentences of a line. Each has its own date; one without has that of the line. */
const separate = ({ date, text }: Line): ReadonlyArray<Line> => {
  const parts = text.length > 2000 ? [text] : text.split(JOINT)
  return parts.map((part) => ({ text: part, ...(date === undefined || (parts.length > 1 && dateIn(part) !== undefined) ? {} : { date }) }))
}

/** A line with what is known of when, before neighbours are asked. */
interface Dated extends Line {
  readonly when?: When
  readonly unreadable?: string
  /** A date that lacks its year, or `same` where the sentence says that it was the same day. */
  readonly partly?: string
  readonly sure: Confidence
}

const dated = (line: Line): Dated => {
  const fromRecord = line.date === undefined ? undefined : readDate(line.date)
  if (fromRecord !== undefined) return { ...line, when: fromRecord, sure: 'sure' }
  const bad = line.date === undefined ? {} : { unreadable: line.date }
  const said = dateIn(line.text.slice(0, 2000))
  if (said === undefined) return { text: line.text, ...bad, ...(/\bsame (?:day|evening)\b/i.test(line.text) ? { partly: 'same' } : {}), sure: 'likely' }
  if (!said.hasYear) return { text: line.text, ...bad, partly: said.text, sure: 'likely' }
  const when = readWhen(said.text)
  return { text: line.text, date: said.text, ...bad, ...(when === undefined ? {} : { when }), sure: 'sure' }
}

/** Lines with the dates that their neighbours give them. */
const completed = (lines: ReadonlyArray<Dated>): ReadonlyArray<Dated> => {
  const afters: Array<string | undefined> = []
  for (let place = lines.length - 1, after: string | undefined; place >= 0; place--) {
    afters[place] = after
    after = lines[place]?.date?.slice(0, 10) ?? after
  }
  let before: Dated | undefined
  return lines.map((line, place) => {
    const when = line.partly === undefined ? undefined : line.partly === 'same' ? before?.when : withYear(line.partly, before?.date?.slice(0, 10), afters[place])
    const whole = when === undefined ? line : { ...line, date: whenText(when).slice(0, 10), when }
    if (whole.date !== undefined) before = whole
    return whole
  })
}

// ---- readings ----

const lesser = (one: Confidence, other: Confidence): Confidence => (confidences.indexOf(one) < confidences.indexOf(other) ? one : other)

const read = (id: string, source: string, lines: ReadonlyArray<Line>, more: ReadonlyArray<Reading>): CaseTimeline => {
  const whole = completed(lines.flatMap(separate).map(dated))
  const meanings = whole.map(({ text }) => meaningOf(text, source))
  return {
    id, source,
    entries: whole.map(({ date, text, unreadable, when }, place): TimelineEntry => {
      const row = meanings[place]?.row
      return {
        text,
        ...(when === undefined || date === undefined ? {} : { date, when }), ...(unreadable === undefined ? {} : { unreadable }),
        ...(row === undefined ? {} : { row: row.id, ...(row.aside === undefined ? {} : { aside: row.aside }) }),
      }
    }),
    readings: [
      ...whole.flatMap(({ sure, when }, entry): ReadonlyArray<Reading> => {
        const meaning = meanings[entry]
        if (meaning === undefined || when === undefined) return []
        return meaning.row.means.map(([event, how]) => ({ event, how, when, confidence: lesser(meaning.row.confidence, sure), words: meaning.words, entry }))
      }),
      ...more,
    ],
  }
}

/** What a field of a record says, where it has a date. */
const told = (event: CsEvent, how: 'at' | 'by', date: unknown, words: string): ReadonlyArray<Reading> => {
  const text = textOf(date)
  const when = text === undefined ? undefined : readDate(text)
  return when === undefined ? [] : [{ event, how, when, confidence: 'sure', words }]
}

const readRecord = (input: unknown): CaseTimeline => {
  const [meta, cna] = [fieldOf(input, 'cveMetadata'), inside(input, 'containers', 'cna')]
  const source = firstText(fieldOf(meta, 'assignerShortName'))
  const lines = [cna, ...itemsOf(inside(input, 'containers', 'adp'))].flatMap((container) => linesOf(fieldOf(container, 'timeline')))
  return read(firstText(fieldOf(meta, 'cveId')), source, lines, [
    ...told('P', 'at', fieldOf(cna, 'datePublic'), 'datePublic'),
    ...told('P', 'by', fieldOf(meta, 'datePublished'), 'datePublished'),
  ])
}

const readShort = (input: unknown): CaseTimeline =>
  read(firstText(fieldOf(input, 'cveId'), fieldOf(input, 'cve'), fieldOf(input, 'id')), firstText(fieldOf(input, 'assigner'), fieldOf(input, 'source')), linesOf(fieldOf(input, 'timeline') ?? fieldOf(input, 'events')), [
    ...told('P', 'at', fieldOf(input, 'datePublic'), 'datePublic'),
    ...told('P', 'by', fieldOf(input, 'datePublished'), 'datePublished'),
    ...told('A', 'by', fieldOf(input, 'kevDateAdded'), 'kevDateAdded'),
  ])

const readNamed = (input: unknown, named: unknown): Either<TimelineFault, CaseTimeline> => {
  const readings: Reading[] = []
  for (const event of events) {
    const given = fieldOf(named, event)
    if (given === undefined) continue
    const when = typeof given === 'string' ? readWhen(given) : undefined
    if (when === undefined) return left({ path: `/events/${event}`, expected: 'a year, a month, a date, an instant with its zone, or from one of these to another (.. where an end is open)', got: typeof given === 'string' ? given.slice(0, 80) : kindOf(given) })
    readings.push({ event, how: 'at', when, confidence: 'sure', words: event })
  }
  return right({ id: firstText(fieldOf(input, 'id'), fieldOf(input, 'cve')), source: firstText(fieldOf(input, 'source')), entries: [], readings })
}

const LINE_START = /^[\s>*+•-]*/

/** A plain list, a line an entry: a date somewhere in it, and what happened. Lines that are empty or headings are passed over. */
export const readLines = (text: string, id = ''): CaseTimeline =>
  read(id, '', text.split(/\r?\n/).map((line) => line.replace(LINE_START, '').trim()).filter((line) => line !== '' && !line.startsWith('#')).map((line) => ({ text: line })), [])

const isObject = (input: unknown): boolean => typeof input === 'object' && input !== null && !Array.isArray(input)

/** A case in any of the shapes that are known: one record, or one list. */
export const readTimeline = (input: unknown): Either<TimelineFault, CaseTimeline> => {
  if (typeof input === 'string') return right(readLines(input))
  if (Array.isArray(input)) return right(read('', '', linesOf(input), []))
  const [named, short] = [fieldOf(input, 'events'), fieldOf(input, 'timeline')]
  if (isObject(named)) return readNamed(input, named)
  if (Array.isArray(named) || Array.isArray(short) || textOf(fieldOf(input, 'cveId')) !== undefined) return right(readShort(input))
  if (isObject(fieldOf(input, 'containers'))) return right(readRecord(input))
  return left({ path: '', expected: 'a CVE record, a timeline of sentences with dates, or of events with dates', got: kindOf(input) })
}

/** Many cases: a list of what {@link readTimeline} reads, or one of them. A list whose items are lines of a timeline is one case. */
export const readTimelines = (input: unknown): ReadonlyArray<Either<TimelineFault, CaseTimeline>> =>
  Array.isArray(input) && !input.some((each) => lineOf(each) !== undefined) ? input.map(readTimeline) : [readTimeline(input)]

// ---- what is known of each event ----

/** The first of several tellings of one event. */
const first = (told: ReadonlyArray<Reading>): When | undefined => {
  const at = told.filter(({ how }) => how === 'at').map(({ when }) => when).reduce<When | undefined>((least, when) => (least === undefined || when.latest < least.latest ? when : least), undefined)
  return told.filter(({ how }) => how === 'by').reduce<When | undefined>((known, { when }) => {
    const bound = happenedBy(when)
    if (known === undefined || isBefore(when, known)) return bound
    const [latest, lastDay] = [Math.min(known.latest, bound.latest), bound.lastDay < known.lastDay ? bound.lastDay : known.lastDay]
    return { ...known, latest, lastDay }
  }, at)
}

/** What is known of when each event happened, from readings that are at least so sure (`guess` is all; `likely` unless given). */
export const timelineFrom = ({ readings }: CaseTimeline, atLeast: Confidence = 'likely'): Timeline => {
  const counted = readings.filter(({ confidence }) => confidences.indexOf(confidence) >= confidences.indexOf(atLeast))
  const of = (event: CsEvent): When => first(counted.filter((each) => each.event === event)) ?? anytime
  return { V: of('V'), F: of('F'), D: of('D'), P: of('P'), X: of('X'), A: of('A') }
}
