/**
 * Dates as people write them in sentences.
 *
 * Months are English names, whole or by three letters or more; a day may have its ending (`3rd`). Dates of figures alone
 * are read where they can mean one thing only: year first, or day, month and year with dots. `5/6/2024` is two days, and is
 * not read. A date without a year is completed from its neighbours by whoever has them.
 *
 * @module
 */
import { readWhen, type When } from './when.js'

/** A date in a sentence. */
export interface SentenceDate {
  /** As {@link readWhen} reads it; `MM-DD` where the year is missing. */
  readonly text: string
  /** The words that say it, and where they begin. */
  readonly words: string
  readonly at: number
  readonly hasYear: boolean
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const NAME = '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?'
const YEAR = '(\\d{4})'

const two = (text: string): string => text.padStart(2, '0')
const monthOf = (name: string): string => two(String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1))

interface Form {
  readonly words: RegExp
  readonly hasYear: boolean
  readonly text: (groups: ReadonlyArray<string>) => string
}

/** The forms, those that say more first: of two that begin at one place, the first is taken. */
const forms: ReadonlyArray<Form> = [
  { words: /\b(\d{4})[-/](\d{2})[-/](\d{2})(?!\d)/, hasYear: true, text: ([year = '', month = '', day = '']) => `${year}-${month}-${day}` },
  { words: /\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b/, hasYear: true, text: ([day = '', month = '', year = '']) => `${year}-${two(month)}-${two(day)}` },
  { words: new RegExp(`\\b${NAME} ${DAY},? ${YEAR}\\b`, 'i'), hasYear: true, text: ([month = '', day = '', year = '']) => `${year}-${monthOf(month)}-${two(day)}` },
  { words: new RegExp(`\\b${DAY}(?: of)? ${NAME},? ${YEAR}\\b`, 'i'), hasYear: true, text: ([day = '', month = '', year = '']) => `${year}-${monthOf(month)}-${two(day)}` },
  { words: new RegExp(`\\b${NAME},? ${YEAR}\\b`, 'i'), hasYear: true, text: ([month = '', year = '']) => `${year}-${monthOf(month)}` },
  { words: new RegExp(`\\b${NAME} ${DAY}\\b(?!:)`, 'i'), hasYear: false, text: ([month = '', day = '']) => `${monthOf(month)}-${two(day)}` },
  { words: new RegExp(`\\b${DAY}(?: of)? ${NAME}(?![a-z])`, 'i'), hasYear: false, text: ([day = '', month = '']) => `${monthOf(month)}-${two(day)}` },
]

/** The first date in a sentence, of those that the calendar has. */
export const dateIn = (sentence: string): SentenceDate | undefined => {
  let found: SentenceDate | undefined
  for (const { hasYear, text, words } of forms) {
    const match = words.exec(sentence)
    if (match === null || (found !== undefined && match.index >= found.at)) continue
    const [said, ...groups] = match
    const date = text(groups)
    if (readWhen(hasYear ? date : `2000-${date}`) !== undefined) found = { text: date, words: said, at: match.index, hasYear }
  }
  return found
}

/** A date without a year in the year that puts it where its neighbours are: not before the one and not after the other, where some year does; else in the year of the nearest. */
export const withYear = (date: string, before: string | undefined, after: string | undefined): When | undefined => {
  const years = [before, after].flatMap((each) => (each === undefined ? [] : [Number(each.slice(0, 4))])).flatMap((year) => [year, year + 1, year - 1])
  const candidates = years.filter((year) => year >= 0 && year <= 9999).map((year) => `${String(year).padStart(4, '0')}-${date}`).filter((each) => readWhen(each) !== undefined)
  const fits = candidates.find((each) => (before === undefined || each >= before) && (after === undefined || each <= after))
  const chosen = fits ?? candidates[0]
  return chosen === undefined ? undefined : readWhen(chosen)
}
