/**
 * What requests ask and what answers say, as far as two of them are to be told apart or put side by side.
 *
 * Source: "What is compared" on the page of the line protocol (docs/step.md).
 *
 * @module
 */
import type { Expected, JsonObject } from './vectors.js'

/** What a request asks for: `message`, `local`, `word`, `read message`, `read participant`, `log`, `case`. */
export const requestKind = (request: JsonObject): string =>
  'machine' in request
    ? 'word'
    : 'read' in request
      ? `read ${typeof request['read'] === 'string' ? request['read'] : 'something'}`
      : 'log' in request
        ? 'log'
        : 'case' in request
          ? 'case'
          : 'local' in request && !('message' in request)
            ? 'local'
            : 'message'

/** The reading that a request names: steps alone have one, adopted where they do not say. */
export const requestProtocol = (request: JsonObject): 'adopted' | 'published' | undefined => {
  const kind = requestKind(request)
  if (kind !== 'message' && kind !== 'local') return undefined
  return request['protocol'] === 'published' || request['protocol'] === 'published@1' ? 'published' : 'adopted'
}

const objectOf = (value: unknown): { readonly [key: string]: unknown } | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined

/** JSON with the fields in order, so that equal values give equal text. */
const ordered = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(ordered).join(',')}]`
  const fields = objectOf(value)
  if (fields === undefined) return JSON.stringify(value)
  return `{${Object.keys(fields).sort().map((name) => `${JSON.stringify(name)}:${ordered(fields[name])}`).join(',')}}`
}

/** A list in order and without repetition, as text; what is no list is left as it is, and what is absent is empty. */
const asSet = (value: unknown): string => (Array.isArray(value) ? `[${[...new Set(value.map(ordered))].sort().join(',')}]` : ordered(value ?? []))

/**
 * What of an answer is compared, as text: two answers with the same essence say the same. Notes, wording and the order of
 * answers that are due are left out, as the page of the line protocol has it.
 */
export const essenceOf = (answer: JsonObject): string => {
  if ('fault' in answer) return 'fault'
  const left = objectOf(answer['left'])
  if (left !== undefined) return `left ${ordered(left['kind'])} ${ordered(left['at'] ?? null)}`
  const right = objectOf(answer['right'])
  if (right === undefined) return `neither ${ordered(answer['right'] ?? null)}`
  const { notes, replies, optional, ...rest } = right
  return `right ${ordered(rest)} replies ${asSet(replies)} optional ${asSet(optional)}`
}

/** What is expected, written as the answer that would have been right. */
export const showExpected = (expected: Expected): string => {
  switch (expected.answer) {
    case 'step': {
      const { state, fired: names, replies, optional } = expected
      const fired = names.map((name) => ({ machine: name.replace(/\..*/, ''), event: name.replace(/^[^.]*\./, '') }))
      return JSON.stringify({ right: { state, fired, replies, ...(optional.length > 0 ? { optional } : {}) } })
    }
    case 'left':
      return JSON.stringify({ left: { kind: expected.kind, ...(expected.at === undefined ? {} : { at: expected.at }) } })
    case 'fault':
      return JSON.stringify({ fault: (expected.paths ?? []).map((path) => ({ path })) })
    case 'state':
      return JSON.stringify({ right: { state: expected.state } })
    case 'value':
      return JSON.stringify({ right: { value: expected.value } })
    case 'case':
      return JSON.stringify({ right: expected.state })
    case 'findings': {
      const { some, none, blames } = expected
      const wanted = some.length > 0 ? [`a finding that names ${some.join(' or ')}${blames === undefined ? '' : ` and blames ${blames}`}`] : []
      return [...wanted, ...(none.length > 0 ? [`no finding that names ${none.join(' or ')}`] : [])].join(', ')
    }
  }
}
