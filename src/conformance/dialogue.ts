/**
 * The dialogue: lines out, lines in, and everything that can be wrong with the lines themselves.
 *
 * The line protocol wants one answer to each request, under its id, in order. Ids come from outside, and must be such that
 * a program cannot guess them: then an answer under an id that was never asked is invented, or made before its question.
 *
 * Each line that comes in is exactly one of: no JSON; JSON but no object; an answer under an id that was never asked; a
 * second answer to one request; or the answer to a request that waits. The last may still be no answer in form: an echo of
 * the request, none of right, left and fault, or more than one. All of these are counted by kind, with the first told.
 *
 * An answer is out of order when a later request has been answered before it. A request is passed over while later ones
 * are answered; one that stays passed over was never answered.
 *
 * @module
 */
import type { JsonObject } from './vectors.js'

/** What can go wrong in the exchange of lines, each with what it means. */
export const troubleKinds = {
  'not-started': 'the program could not be started',
  'said-nothing': 'the program ended without a word',
  exited: 'the program ended before it had answered',
  'time-out': 'no answer came in time',
  unflushed: 'answers came only when the input ended: they were kept in a buffer',
  unanswered: 'questions were passed over: later ones were answered, these never',
  'closed-output': 'the program closed its output and lived on',
  'closed-input': 'the program closed its input and lived on',
  'hung-exit': 'the program did not end when its input did',
  'exit-code': 'the program did not end well when its input did',
  'endless-line': 'a line did not end',
  'no-json': 'lines that are no JSON',
  'no-object': 'lines that are JSON, but no object',
  'not-utf8': 'lines that are not UTF-8',
  'unknown-id': 'answers under ids that were never asked',
  guessed: 'answers that came before their questions',
  duplicate: 'more than one answer to a question',
  'out-of-order': 'answers that came after the answer to a later question',
  echo: 'answers that give the request back instead of an answer',
  ambiguous: 'answers with more than one of right, left and fault',
  shapeless: 'answers without right, left and fault',
  inconsistent: 'questions that were answered differently when they were asked again under other names',
  constant: 'every answer was the same',
} as const

/** One of {@link troubleKinds}. */
export type TroubleKind = keyof typeof troubleKinds

/** What went wrong in the exchange of lines: how often, and the first time in one line. */
export interface Trouble {
  readonly kind: TroubleKind
  readonly count: number
  readonly first: string
}

/** Troubles as they are found, counted by kind. */
export interface TroubleList {
  readonly add: (kind: TroubleKind, first: string) => void
  readonly all: () => ReadonlyArray<Trouble>
}

/** A part of a line that is short enough to be told. */
export const inShort = (text: string, longest = 200): string => (text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text)

/** No troubles yet. */
export const openTroubles = (): TroubleList => {
  const found = new Map<TroubleKind, { count: number; readonly first: string }>()
  return {
    add: (kind, first) => {
      const known = found.get(kind)
      if (known === undefined) found.set(kind, { count: 1, first: inShort(first, 600) })
      else known.count++
    },
    all: () => [...found].map(([kind, { count, first }]) => ({ kind, count, first })),
  }
}

/** A request that was sent: what it was, and how people call it. */
export interface Sent {
  readonly name: string
  readonly request: JsonObject
}

/** An answer that belongs to a request; `fault` says what is wrong with its form. */
export interface Heard<A> {
  readonly asked: A
  readonly answer: JsonObject
  readonly fault?: string
}

/** One exchange of lines. */
export interface Dialogue<A extends Sent> {
  /** Notes that a request was sent under an id. */
  readonly ask: (id: string, asked: A) => void
  /** Takes a line in: what it answers, or nothing where it answers nothing. */
  readonly hear: (line: string) => Heard<A> | undefined
  /** How many requests have no answer yet. */
  readonly open: () => number
  /** How many of them were sent after the last that has an answer: what a program that answers in order may still have before it. */
  readonly waiting: () => number
  /** The first request after the last that has an answer, or else the first without an answer. */
  readonly next: () => A | undefined
  /** The requests without an answer, in order: those that were passed over first. */
  readonly rest: () => ReadonlyArray<A>
  readonly passedOver: () => ReadonlyArray<A>
  readonly answers: () => number
}

/** How many ids that were never asked are kept, to see whether they are asked later. */
const STRAYS = 10_000

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

const parse = (line: string): { readonly value: unknown } | undefined => {
  // What cannot begin a JSON value is seen at once: a program may write such lines by the million.
  if (!/^[\s{["\-\dtfn]/.test(line)) return undefined
  try {
    const value: unknown = JSON.parse(line)
    return { value }
  } catch {
    return undefined
  }
}

/** Opens a dialogue that tells its troubles to a list. */
export const openDialogue = <A extends Sent>(troubles: TroubleList): Dialogue<A> => {
  const open = new Map<string, { readonly asked: A; readonly place: number }>()
  const asked = new Set<string>()
  const strays = new Map<string, string>()
  let sent = 0
  let last = -1
  let answers = 0

  /** What is wrong with the form of an answer, which is told. */
  const formOf = (answer: JsonObject, { name, request }: A, line: string): string | undefined => {
    const said = ['right', 'left', 'fault'].filter((part) => Object.hasOwn(answer, part))
    if (said.length === 1) return undefined
    const kind = said.length > 1 ? 'ambiguous' : Object.keys(request).some((field) => Object.hasOwn(answer, field)) ? 'echo' : 'shapeless'
    troubles.add(kind, `${name}: ${inShort(line)}`)
    return kind === 'ambiguous' ? `an answer with ${said.join(' and ')}` : kind === 'echo' ? 'the request given back' : 'an answer without right, left or fault'
  }

  const hear = (line: string): Heard<A> | undefined => {
    const parsed = parse(line)
    if (parsed === undefined) {
      // A byte order mark is invisible, and often why a line is no JSON.
      troubles.add('no-json', line === '' ? 'an empty line' : inShort(line.replaceAll('\ufeff', '\\ufeff')))
      return undefined
    }
    const answer = parsed.value
    if (!isObject(answer)) {
      troubles.add('no-object', inShort(line))
      return undefined
    }
    const id = answer['id']
    const found = typeof id === 'string' ? open.get(id) : undefined
    if (typeof id !== 'string' || found === undefined) {
      if (typeof id === 'string' && asked.has(id)) troubles.add('duplicate', inShort(line))
      else {
        troubles.add('unknown-id', inShort(line))
        if (typeof id === 'string' && strays.size < STRAYS) strays.set(id, inShort(line))
      }
      return undefined
    }
    open.delete(id)
    answers++
    if (found.place < last) troubles.add('out-of-order', `the answer to ${found.asked.name} came after that to a later question`)
    last = Math.max(last, found.place)
    const fault = formOf(answer, found.asked, line)
    return { asked: found.asked, answer, ...(fault === undefined ? {} : { fault }) }
  }

  const rest = (): ReadonlyArray<{ readonly asked: A; readonly place: number }> => [...open.values()]
  return {
    ask: (id, one) => {
      const stray = strays.get(id)
      if (stray !== undefined) troubles.add('guessed', stray)
      open.set(id, { asked: one, place: sent++ })
      asked.add(id)
    },
    hear,
    open: () => open.size,
    waiting: () => sent - 1 - last,
    next: () => {
      for (const { asked: one, place } of open.values()) if (place > last) return one
      return rest()[0]?.asked
    },
    rest: () => rest().map(({ asked: one }) => one),
    passedOver: () => rest().filter(({ place }) => place < last).map(({ asked: one }) => one),
    answers: () => answers,
  }
}
