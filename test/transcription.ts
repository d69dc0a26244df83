/**
 * Reads the transcription of the published tables (test/spec/sent.txt, received.txt) in its own notation, and says what
 * they print for a state: an interpreter apart from the library's, so that the two can be compared.
 */
import { readFileSync } from 'node:fs'
import { line, rowTypes } from './cells.js'

export const lines = (file: string): ReadonlyArray<string> =>
  readFileSync(new URL(`./spec/${file}`, import.meta.url), 'utf8').split('\n').filter((text) => text !== '' && !text.startsWith('#'))

/** The letters of an automaton's states and events, with their names in the library's spelling. */
const lettersOf = (file: string): ReadonlyMap<string, string> =>
  new Map(
    lines(file).flatMap((text) => {
      const [, letter, word] = /^([A-Za-z]) ([A-Za-z]{2,})$/.exec(text) ?? []
      if (letter === undefined || word === undefined) return []
      const isState = letter === letter.toUpperCase()
      return [[letter, isState ? word.charAt(0).toUpperCase() + word.slice(1).toLowerCase() : word] as const]
    }),
  )

export const rmLetters = lettersOf('rm.txt')
export const emLetters = lettersOf('em.txt')
const named = (letters: ReadonlyMap<string, string>, letter: string): string => letters.get(letter) ?? `no letter ${letter}`

// ---- the notation ----

interface Triple {
  readonly cs: string
  readonly rm: string
  readonly em: string
}

export interface Printed {
  readonly line: string
  readonly messages: string
  readonly before: Triple
  readonly effect: Triple
  readonly replies: ReadonlyArray<string>
  readonly answerer: string
}

/** Splits at commas outside braces. */
const triple = (text: string): Triple => {
  const [state = '', report = '', embargo = ''] = text.match(/(?:\{[^}]*\}|[^,])+/g) ?? []
  return { cs: state, rm: report, em: embargo }
}

const columns = (text: string): ReadonlyArray<string> => text.split('|').map((column) => column.trim())

export const sentRows: ReadonlyArray<Printed> = lines('sent.txt').map((text) => {
  const [number = '', before = '', effect = '', messages = ''] = columns(text)
  return { line: number, messages, before: triple(before), effect: triple(effect), replies: [], answerer: '' }
})

export const receivedRows: ReadonlyArray<Printed> = lines('received.txt').map((text) => {
  const [number = '', messages = '', before = '', effect = '', answer = ''] = columns(text)
  const answerer = /\((.*)\)/.exec(answer)?.[1] ?? ''
  const replies = answer.replace(/\(.*\)/, '').split(/[ +]/).filter((type) => /^[A-Z]{2}$/.test(type))
  return { line: number, messages, before: triple(before), effect: triple(effect), replies, answerer }
})

const alternatives = (text: string): ReadonlyArray<string> => text.replace(/[{}]/g, '').split(',')

/** Whether a row has the type for every state but Closed, so that the catch-all `E*` never decides for it. */
const alwaysHasRow = (type: string): boolean =>
  receivedRows.some((row) => row.messages === type && row.before.cs === '*' && row.before.rm === '!C' && row.before.em === '*')

const types = rowTypes.filter((type) => type !== 'CX+CP')
export const typesIn = (messages: string): ReadonlyArray<string> =>
  messages === '*'
    ? types.filter((type) => !type.startsWith('G'))
    : messages === 'E*'
      ? types.filter((type) => type.startsWith('E') && !alwaysHasRow(type))
      : alternatives(messages)

export const letterFits = (pattern: string, letters: ReadonlyMap<string, string>, state: string): boolean =>
  pattern === '*' ||
  (pattern.startsWith('!')
    ? !letterFits(pattern.slice(1), letters, state)
    : alternatives(pattern).some((letter) => named(letters, letter) === state))

/** Case states are compared at the right end: what a participant has no letter for fits only a dot. */
const caseFits = (pattern: string, state: string): boolean =>
  pattern === '*' ||
  (pattern.startsWith('!')
    ? !caseFits(pattern.slice(1), state)
    : Array.from(pattern).every((wanted, i) => wanted === '.' || wanted === state.padStart(6, '-').charAt(i)))

const fits = (row: Printed, state: Triple): boolean =>
  letterFits(row.before.rm, rmLetters, state.rm) &&
  letterFits(row.before.em, emLetters, state.em) &&
  caseFits(row.before.cs, state.cs) &&
  (row.answerer === '' || (row.answerer === 'vendor') === (state.cs.length === 6))

// ---- what a row does ----

interface Effect {
  readonly after: Triple
  readonly rm: ReadonlyArray<string>
  readonly cs: ReadonlyArray<string>
  readonly em: ReadonlyArray<string>
  readonly replies: ReadonlyArray<string>
}

const moved = (effect: string, letters: ReadonlyMap<string, string>, state: string): readonly [string, ReadonlyArray<string>] => {
  const [symbol = '', target = ''] = effect.split('>')
  return effect === '-' ? [state, []] : [named(letters, target), [named(letters, symbol)]]
}

/** The printed symbols in their order, then what the printed target raises beyond them (the P of `A>...P.A`). */
const raised = (effect: string, state: string): readonly [string, ReadonlyArray<string>] => {
  if (effect === '-') return [state, []]
  const [symbols = '', target = ''] = effect.split('>')
  const padded = state.padStart(6, '-')
  const after = Array.from(padded).map((letter, i) => (target.charAt(i) === '.' ? letter : target.charAt(i)))
  const beyond = after.filter((letter, i) => letter !== padded.charAt(i) && !symbols.includes(letter))
  return [after.join('').slice(-state.length), [...symbols.split('+'), ...beyond]]
}

const applied = (row: Printed, state: Triple): Effect => {
  const [report, rmFired] = moved(row.effect.rm, rmLetters, state.rm)
  const [embargo, emFired] = moved(row.effect.em, emLetters, state.em)
  const [world, csFired] = raised(row.effect.cs, state.cs)
  return { after: { cs: world, rm: report, em: embargo }, rm: rmFired, cs: csFired, em: emFired, replies: row.replies }
}

/** The first row of a table that fits, applied. */
const decided = (rows: ReadonlyArray<Printed>, type: string, state: Triple): Effect | undefined => {
  const row = rows.find((one) => typesIn(one.messages).includes(type) && fits(one, state))
  return row === undefined ? undefined : applied(row, state)
}

/** Receipts of CX and CP together have no row of their own: CX first, then CP. */
const receivedPair = (state: Triple): Effect | undefined => {
  const first = decided(receivedRows, 'CX', state)
  const second = first === undefined ? undefined : decided(receivedRows, 'CP', first.after)
  return first === undefined || second === undefined
    ? undefined
    : {
        after: second.after,
        rm: [...first.rm, ...second.rm],
        cs: [...first.cs, ...second.cs],
        em: [...first.em, ...second.em],
        replies: [...new Set([...first.replies, ...second.replies])],
      }
}

/** What the tables print for one type in one state, as `show` writes it. */
export const printed = (way: 'sent' | 'received', type: string, state: Triple): string => {
  const effect =
    way === 'sent' ? decided(sentRows, type, state) : type === 'CX+CP' ? receivedPair(state) : decided(receivedRows, type, state)
  if (effect === undefined) return way === 'sent' ? 'Left no-row' : 'Left unspecified'
  const fired = [...effect.rm.map((event) => `rm.${event}`), ...effect.cs.map((event) => `cs.${event}`), ...effect.em.map((event) => `em.${event}`)]
  return line(effect.after, fired, effect.replies, [])
}
