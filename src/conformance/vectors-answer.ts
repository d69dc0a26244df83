/**
 * What is expected of an answer, and whether an answer is that.
 *
 * Only what the line protocol says is compared counts (docs/step.md): of a step the state, the events in order, replies
 * and optional answers as sets; of a refusal its kind; of a fault the places, where they are known. An answer is anything
 * that a program may print, so nothing is taken for granted of it.
 *
 * @module
 */
import { type Json, sameJson } from '../protocol/message.js'
import type { JsonObject } from './vectors-file.js'

/** What the right answer to a question is. */
export type Expected =
  | {
      readonly answer: 'step'
      readonly state: JsonObject
      readonly fired: ReadonlyArray<string>
      readonly replies: ReadonlyArray<string>
      readonly optional: ReadonlyArray<string>
    }
  | { readonly answer: 'left'; readonly kind: string; readonly at?: number }
  /** A fault; at exactly these places, where they are given. */
  | { readonly answer: 'fault'; readonly paths?: ReadonlyArray<string> }
  /** The state after a word. */
  | { readonly answer: 'state'; readonly state: string }
  /** The value that was read. */
  | { readonly answer: 'value'; readonly value: Json }
  /** Findings: one that names any of `some` (and participant `blames`), and none that names any of `none`. */
  | { readonly answer: 'findings'; readonly some: ReadonlyArray<string>; readonly none: ReadonlyArray<string>; readonly blames?: string }
  /** The state of a case. */
  | { readonly answer: 'case'; readonly state: JsonObject }

const isObject = (value: unknown): value is { readonly [key: string]: unknown } => typeof value === 'object' && value !== null && !Array.isArray(value)

/** How much of a value a complaint shows. */
const DEEP = 6
const LONG = 240

/** A value in a few words, however deep or long it is. */
const brief = (value: unknown, depth = 0): string => {
  if (typeof value === 'string') return JSON.stringify(value.length > LONG ? `${value.slice(0, LONG)}…` : value)
  if (Array.isArray(value)) return depth > DEEP ? '[…]' : `[${value.slice(0, 12).map((one: unknown) => brief(one, depth + 1)).join(',')}${value.length > 12 ? ',…' : ''}]`
  if (!isObject(value)) return String(value)
  if (depth > DEEP) return '{…}'
  const fields = Object.entries(value)
  return `{${fields.slice(0, 12).map(([name, one]) => `${name}:${brief(one, depth + 1)}`).join(',')}${fields.length > 12 ? ',…' : ''}}`
}
const short = (text: string): string => (text.length > 2 * LONG ? `${text.slice(0, 2 * LONG)}…` : text)
const differs = (what: string, expected: unknown, got: unknown): string => short(`${what}: expected ${brief(expected)}, got ${brief(got)}`)

const sortedTexts = (values: ReadonlyArray<unknown>): ReadonlyArray<string> => [...new Set(values.filter((value) => typeof value === 'string'))].sort()

/** A list of texts as a set, or `undefined`; an absent one is empty. */
const textSet = (value: unknown): ReadonlyArray<string> | undefined =>
  value === undefined ? [] : Array.isArray(value) && value.every((one) => typeof one === 'string') ? sortedTexts(value) : undefined

const sameSet = (what: string, expected: ReadonlyArray<string>, got: unknown): string | undefined => {
  if (Array.isArray(got) && got.length === expected.length && expected.every((one, index) => one === got[index])) return undefined
  const [wanted, given] = [sortedTexts(expected), textSet(got)]
  return given !== undefined && sameJson(wanted, given) ? undefined : differs(what, wanted, given ?? got)
}

/** Events as `machine.event`, or `undefined`. */
const eventsIn = (value: unknown): ReadonlyArray<string> | undefined => {
  if (!Array.isArray(value)) return undefined
  const all = value.flatMap((one: unknown) => (isObject(one) && typeof one['machine'] === 'string' && typeof one['event'] === 'string' ? [`${one['machine']}.${one['event']}`] : []))
  return all.length === value.length ? all : undefined
}

/** Of an object that was expected, the first field that another does not have like it. */
const lacking = (what: string, expected: JsonObject, got: unknown): string | undefined => {
  if (!isObject(got)) return differs(what, expected, got)
  const wrong = Object.entries(expected).find(([name, value]) => !Object.hasOwn(got, name) || !sameJson(value, got[name]))
  return wrong === undefined ? undefined : differs(`${what} ${wrong[0]}`, wrong[1], got[wrong[0]])
}

type Of<Answer extends Expected['answer']> = Extract<Expected, { readonly answer: Answer }>

const stepAgrees = ({ state, fired, replies, optional }: Of<'step'>, right: { readonly [key: string]: unknown }): string | undefined =>
  lacking('state', state, right['state']) ??
  (sameJson(fired, eventsIn(right['fired'])) ? undefined : differs('fired', fired, eventsIn(right['fired']) ?? right['fired'])) ??
  sameSet('replies', replies, right['replies']) ??
  sameSet('optional', optional, right['optional'])

const leftAgrees = ({ kind, at }: Of<'left'>, left: unknown): string | undefined => {
  if (!isObject(left) || left['kind'] !== kind) return differs('left', kind, isObject(left) ? left['kind'] : left)
  return at === undefined || left['at'] === at ? undefined : differs('at', at, left['at'])
}

const faultAgrees = ({ paths }: Of<'fault'>, fault: unknown): string | undefined => {
  if (!Array.isArray(fault) || fault.length === 0) return differs('fault', 'a list of faults', fault)
  const found = fault.map((one: unknown) => (isObject(one) ? one['path'] : undefined))
  if (!found.every((path) => typeof path === 'string')) return differs('fault', 'a path in each fault', fault)
  return paths === undefined ? undefined : sameSet('paths', paths, found)
}

const findingsAgree = ({ some, none, blames }: Of<'findings'>, right: { readonly [key: string]: unknown }): string | undefined => {
  const findings = right['findings']
  if (!Array.isArray(findings)) return differs('findings', 'a list', findings)
  const named = (finding: unknown): ReadonlyArray<string> => (isObject(finding) ? (textSet(finding['requirements']) ?? []) : [])
  const wrong: unknown = findings.find((finding: unknown) => named(finding).some((id) => none.includes(id)))
  if (wrong !== undefined) return differs('findings', `none of ${none.join(' ')}`, wrong)
  const found = findings.filter((finding: unknown) => named(finding).some((id) => some.includes(id)))
  if (some.length === 0) return undefined
  if (found.length === 0) return differs('findings', `one of ${some.join(' ')}`, sortedTexts(findings.flatMap(named)))
  return blames === undefined || found.some((finding: unknown) => isObject(finding) && finding['participant'] === blames)
    ? undefined
    : differs('participant', blames, found.map((finding: unknown) => (isObject(finding) ? finding['participant'] : finding)))
}

/** Fields of a case that need not be in an answer, and are lists whose order says nothing. */
const free = ['settled', 'illegal', 'void']

const byId = (participants: unknown): ReadonlyMap<string, unknown> | undefined => {
  if (!Array.isArray(participants)) return undefined
  const found = new Map<string, unknown>()
  for (const one of participants) {
    const id: unknown = isObject(one) ? one['id'] : undefined
    if (typeof id !== 'string' || found.has(id)) return undefined
    found.set(id, one)
  }
  return found
}

const letters = (value: unknown): unknown => (typeof value === 'string' ? Array.from(value).sort().join('') : value)

const caseAgrees = ({ state }: Of<'case'>, right: { readonly [key: string]: unknown }): string | undefined => {
  if (state['em'] !== right['em']) return differs('em', state['em'], right['em'])
  if (state['inForce'] !== right['inForce']) return differs('inForce', state['inForce'], right['inForce'])
  if (letters(state['facts']) !== letters(right['facts'])) return differs('facts', state['facts'], right['facts'])
  const [wanted, given] = [byId(state['participants']), byId(right['participants'])]
  if (wanted === undefined || given === undefined) return differs('participants', state['participants'], right['participants'])
  if (!sameJson([...wanted.keys()].sort(), [...given.keys()].sort())) return differs('participants', [...wanted.keys()], [...given.keys()])
  for (const [id, one] of wanted) {
    const wrong = isObject(one) ? Object.entries(one).find(([name, value]) => lackingField(given.get(id), name, value)) : undefined
    if (wrong !== undefined) return differs(`${id} ${wrong[0]}`, wrong[1], fieldOf(given.get(id), wrong[0]))
  }
  for (const name of free) {
    const [expected, got] = [state[name], right[name]]
    if (got === undefined) continue
    const same = Array.isArray(expected) && Array.isArray(got) ? sameJson(sortedTexts(expected), sortedTexts(got)) : sameJson(expected, got)
    if (!same) return differs(name, expected, got)
  }
  return undefined
}
const fieldOf = (of: unknown, name: string): unknown => (isObject(of) && Object.hasOwn(of, name) ? of[name] : undefined)
const lackingField = (of: unknown, name: string, value: unknown): boolean => !sameJson(fieldOf(of, name), value)

/** The one of right, left and fault that an answer has. */
const forms = ['right', 'left', 'fault'] as const

/** What is wrong with an answer: nothing (undefined), or in a few words what was expected and what came. */
export const agrees = (expected: Expected, answer: unknown): string | undefined => {
  if (!isObject(answer)) return differs('answer', 'an object', answer)
  const given = forms.filter((form) => Object.hasOwn(answer, form))
  const wanted = expected.answer === 'left' || expected.answer === 'fault' ? expected.answer : 'right'
  if (given.length !== 1 || given[0] !== wanted)
    return short(`expected ${wanted}${expected.answer === 'left' ? ` ${expected.kind}` : ''}, got ${given.length === 0 ? 'none of right, left and fault' : given.map((form) => `${form} ${brief(answer[form])}`).join(' and ')}`)
  if (expected.answer === 'left') return leftAgrees(expected, answer['left'])
  if (expected.answer === 'fault') return faultAgrees(expected, answer['fault'])
  const right = answer['right']
  if (!isObject(right)) return differs('right', 'an object', right)
  switch (expected.answer) {
    case 'step':
      return stepAgrees(expected, right)
    case 'state':
      return right['state'] === expected.state ? undefined : differs('state', expected.state, right['state'])
    case 'value':
      return Object.hasOwn(right, 'value') && sameJson(expected.value, right['value']) ? undefined : differs('value', expected.value, right['value'])
    case 'findings':
      return findingsAgree(expected, right)
    case 'case':
      return caseAgrees(expected, right)
  }
}
