/**
 * The unpacking of vector files into questions: requests of the line protocol, each with the answer that is expected.
 *
 * A cell becomes a participant `self` and a message to or from `peer`, whose other fields follow from its context alone;
 * the page of the vectors (docs/vectors.md) says the same for other languages. Questions come one after the other and are
 * made only when they are asked for, since there are hundreds of thousands.
 *
 * @module
 */
import type { Json } from '../protocol/message.js'
import type { Level } from './requirement.js'
import type { Expected } from './vectors-answer.js'
import type { CellContext, CellOutcome, CodecCase, JsonObject, StepCase, VectorFile, VectorStates } from './vectors-file.js'

/** The kinds of questions. */
export const questionKinds = ['word', 'history', 'codec', 'cell', 'local', 'bundle', 'log', 'ledger'] as const

/** One of {@link questionKinds}. */
export type QuestionKind = (typeof questionKinds)[number]

/** One question: a request of the line protocol without its id, and the right answer. */
export interface Question {
  readonly kind: QuestionKind
  readonly level: Level
  /** Questions of one group are alike: `received RS vendor`. */
  readonly group: string
  /** How far from the simplest question of its group. */
  readonly size: number
  /** For people: `(R,N,Vfdpxa) receives RS`. */
  readonly name: string
  readonly request: JsonObject
  readonly expected: Expected
}

/** A question that is made when it is wanted; `outcome` tells the answers of a group apart. */
interface Draft {
  readonly group: string
  readonly outcome: string | number
  readonly make: () => Question
}

// ---- states ----

/** A state of a shape, by its place, and how far it is from the start. */
interface Place {
  readonly rm: string
  readonly em: string
  readonly cs: string
  readonly size: number
}

const raisedIn = (cs: string): number => Array.from(cs).filter((letter) => letter !== letter.toLowerCase()).length

const placesOf = ({ rm, em }: VectorStates, cases: ReadonlyArray<string>): ReadonlyArray<Place> =>
  rm.flatMap((report, far) => em.flatMap((embargo, further) => cases.map((cs) => ({ rm: report, em: embargo, cs, size: far + further + raisedIn(cs) }))))

/** The letter by which a state is written. */
const letterOf = (state: string): string => (state === 'Exited' ? 'X' : state.slice(0, 1))
const notation = ({ rm, em, cs }: Place): string => `(${letterOf(rm)},${letterOf(em)},${cs})`

const self = (roles: ReadonlyArray<string>, { rm, em, cs }: Place): JsonObject => ({ id: 'self', roles, rm, em, cs })

const raised = (cs: string, up: string): string => Array.from(cs).map((letter) => (up.includes(letter.toUpperCase()) ? letter.toUpperCase() : letter)).join('')

const expectedAt = (roles: ReadonlyArray<string>, place: Place, outcome: CellOutcome): Expected =>
  'left' in outcome
    ? { answer: 'left', kind: outcome.left }
    : {
        answer: 'step',
        state: self(roles, { ...place, rm: outcome.rm ?? place.rm, em: outcome.em ?? place.em, cs: raised(place.cs, outcome.raise ?? '') }),
        fired: outcome.fired, replies: outcome.replies, optional: outcome.optional ?? [],
      }

/** The message of a cell: what its context says, and otherwise always the same. */
const messageOf = (way: 'sent' | 'received', type: string, { subject, cause, reply, existing, answers }: CellContext): JsonObject => ({
  id: 'm', case: 'c', from: way === 'sent' ? 'self' : 'peer', to: [way === 'sent' ? 'peer' : 'self'], types: type.split('+'), at: '2026-01-05',
  ...(reply === undefined ? {} : { inReplyTo: 'earlier' }),
  ...(subject === undefined ? {} : { subject: 'third' }),
  ...(cause === undefined ? {} : { cause }),
  ...(existing === undefined && answers === undefined
    ? {}
    : { embargo: { id: 'e', ...(existing === undefined ? {} : { existing: true }), ...(answers === undefined ? {} : { answers: 'e0' }) } }),
})

const contextNamed = (context: CellContext): string => Object.entries(context).map(([name, value]) => ` ${value === true ? name : `${name} ${String(value)}`}`).join('')

/** `f` for each state of a group with its outcome. */
function* unpacked(cells: ReadonlyArray<number>, places: ReadonlyArray<Place>): Generator<readonly [place: Place, outcome: number]> {
  let next = 0
  for (let run = 0; run + 1 < cells.length; run += 2) {
    const outcome = cells[run] ?? 0
    for (const end = next + (cells[run + 1] ?? 0); next < end; next++) {
      const place = places[next]
      if (place !== undefined) yield [place, outcome]
    }
  }
}

const suffix = (protocol: string | undefined): string => (protocol === undefined || protocol.startsWith('adopted') ? '' : ` (${protocol.replace(/@.*/, '')})`)

/** The states of each shape, worked out once. */
const placesIn = (file: VectorStates): ((shape: string) => ReadonlyArray<Place>) => {
  const known = new Map(Object.entries(file.shapes).map(([shape, { cs }]) => [shape, placesOf(file, cs)]))
  return (shape) => known.get(shape) ?? []
}

function* cellDrafts(file: Extract<VectorFile, { readonly kind: 'cells' }>): Generator<Draft> {
  const { level, protocol = 'adopted@1', outcomes, shapes, groups } = file
  const places = placesIn(file)
  for (const { way, type, shape, contexts, cells } of groups)
    for (const context of contexts) {
      const group = `${way} ${type} ${shape}${contextNamed(context)}${suffix(protocol)}`
      const message = messageOf(way, type, context)
      const roles = shapes[shape]?.roles ?? []
      for (const [place, number] of unpacked(cells, places(shape))) {
        const outcome = outcomes[number]
        if (outcome === undefined) continue
        yield {
          group, outcome: number,
          make: () => ({
            kind: 'cell', level, group, size: place.size, name: `${notation(place)} ${way === 'sent' ? 'sends' : 'receives'} ${type}${contextNamed(context)}`,
            request: { protocol, state: self(roles, place), message }, expected: expectedAt(roles, place, outcome),
          }),
        }
      }
    }
}

function* localDrafts(file: Extract<VectorFile, { readonly kind: 'locals' }>): Generator<Draft> {
  const { level, protocol = 'adopted@1', outcomes, shapes, groups } = file
  const places = placesIn(file)
  for (const { event, shape, cells } of groups) {
    const group = `local ${event} ${shape}${suffix(protocol)}`
    const roles = shapes[shape]?.roles ?? []
    for (const [place, number] of unpacked(cells, places(shape))) {
      const outcome = outcomes[number]
      if (outcome === undefined) continue
      yield {
        group, outcome: number,
        make: () => ({
          kind: 'local', level, group, size: place.size, name: `${notation(place)} ${event}`,
          request: { protocol, state: self(roles, place), local: event }, expected: expectedAt(roles, place, outcome),
        }),
      }
    }
  }
}

// ---- everything else ----

/** What tells the answers of a group apart. */
const outcomeOf = (expected: Expected): string => {
  switch (expected.answer) {
    case 'left':
      return expected.kind
    case 'state':
      return expected.state
    case 'step':
      return [expected.fired, expected.replies, expected.optional].map((all) => all.join(' ')).join('; ')
    default:
      return expected.answer
  }
}

const draft = (kind: QuestionKind, level: Level, group: string, size: number, name: string, request: JsonObject, expected: Expected): Draft => ({
  group, outcome: outcomeOf(expected),
  make: () => ({ kind, level, group, size, name, request, expected }),
})

/** How many parts a value has: a measure of how simple it is. */
const partsOf = (value: Json): number => (typeof value !== 'object' || value === null ? 1 : Object.values(value).reduce((sum: number, part: Json) => sum + partsOf(part), 1))

const wordDrafts = (
  kind: 'word' | 'history', level: Level, machine: string, accepted: ReadonlyArray<{ readonly word: string; readonly state: string }>,
  refused: ReadonlyArray<{ readonly word: string; readonly at: number }>,
): ReadonlyArray<Draft> => [
  ...accepted.map(({ word, state }) =>
    draft(kind, level, `${kind} ${machine} taken`, word.length, word === '' ? 'the empty word' : word, { machine, word }, { answer: 'state', state })),
  ...refused.map(({ word, at }) => draft(kind, level, `${kind} ${machine} refused`, word.length, word, { machine, word }, { answer: 'left', kind: 'no-edge', at })),
]

const readDraft = (kind: 'codec' | 'log', level: Level, read: string, one: CodecCase): Draft =>
  'fault' in one
    ? draft(kind, level, `read ${read} with faults`, partsOf(one.value), one.id, { read, value: one.value }, { answer: 'fault', paths: one.fault })
    : draft(kind, level, `read ${read}`, partsOf(one.value), one.id, { read, value: one.value }, { answer: 'value', value: one.normal ?? one.value })

const stepDraft = (level: Level, { id, request, right, left }: StepCase): Draft => {
  const protocol = typeof request['protocol'] === 'string' ? request['protocol'] : undefined
  const expected: Expected = right !== undefined ? { answer: 'step', optional: [], ...right } : left !== undefined ? { answer: 'left', kind: left } : { answer: 'fault' }
  return draft('bundle', level, `${expected.answer === 'fault' ? 'lines with faults' : `bundles ${id.replace(/ .*/, '')}`}${suffix(protocol)}`, partsOf(request), id, request, expected)
}

function* drafts(file: VectorFile): Generator<Draft> {
  const { level } = file
  switch (file.kind) {
    case 'words':
      for (const { machine, accepted, refused } of file.machines) yield* wordDrafts('word', level, machine, accepted, refused)
      return
    case 'histories':
      // The complete ones are among the prefixes.
      yield* wordDrafts('history', level, 'cs', file.prefixes, file.refused)
      return
    case 'codec':
      for (const one of file.messages) yield readDraft('codec', level, 'message', one)
      for (const one of file.participants) yield readDraft('codec', level, 'participant', one)
      // Lines are asked of whoever takes in logs: they are questions about logs, one level up from steps.
      for (const one of file.lines) yield readDraft('log', 'L3', one.read, one)
      return
    case 'cells':
      yield* cellDrafts(file)
      return
    case 'locals':
      yield* localDrafts(file)
      return
    case 'bundles':
      for (const one of file.steps) yield stepDraft(level, one)
      return
    case 'logs':
      for (const { id, requirements, level: of, as, conforming, violating, blames } of file.logs) {
        const asked = { level: of, ...(as === undefined ? {} : { as }) }
        const size = conforming.entries.length
        yield draft('log', of, `conforming ${id}`, size, `${id}, conforming`, { log: { ...conforming }, ...asked }, { answer: 'findings', some: [], none: requirements })
        if (violating !== undefined)
          yield draft('log', of, `violating ${id}`, violating.entries.length, `${id}, violating`, { log: { ...violating }, ...asked },
            { answer: 'findings', some: requirements, none: [], ...(blames === undefined ? {} : { blames }) })
      }
      return
    case 'ledgers':
      for (const { id, header, entries, orders, state } of file.ledgers)
        for (const [index, order] of orders.entries()) {
          const arrived = order.flatMap((place) => entries[place] ?? [])
          yield draft('ledger', level, `ledger ${id}`, arrived.length, `${id}, order ${index + 1}`, { case: { header, entries: arrived } }, { answer: 'case', state })
        }
  }
}

/** Whether a sample of one in n has the question at a place: a fixed scatter, so that no pattern of a file is followed. */
const isIn = (place: number, sample: number): boolean => (Math.imul(place + 1, 0x9e3779b1) >>> 8) % sample === 0

/**
 * The questions of a file. With a `sample` of n about one of n, always the same, and always the first of each group and
 * the first of each outcome in each group.
 */
export function* questionsOf(file: VectorFile, sample = 1): Generator<Question> {
  const every = sample > 1 ? Math.floor(sample) : 1
  const seen = new Map<string, Set<string | number>>()
  let place = 0
  for (const { group, outcome, make } of drafts(file)) {
    const outcomes = seen.get(group) ?? new Set()
    if (every === 1 || isIn(place, every) || !outcomes.has(outcome)) yield make()
    place++
    outcomes.add(outcome)
    seen.set(group, outcomes)
  }
}
