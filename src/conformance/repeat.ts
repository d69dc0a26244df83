/**
 * A question again under other names. What a step does depends on states, roles and types, never on what participants,
 * cases and messages are called: an implementation that answers the same step otherwise under other names, or at another
 * time, has a memory, or has recognised the one who asks.
 *
 * @module
 */
import type { Json } from '../protocol/message.js'
import type { JsonObject, Question } from './vectors.js'

/** A request under other names, and the way back: its answer under the names of the first. */
export interface Renamed {
  readonly request: JsonObject
  readonly restore: (answer: JsonObject) => JsonObject
}

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where names stand: in a state, in a message, in its embargo and its subject. Names are equal or not, and nothing else. */
const named: Readonly<Record<'state' | 'message' | 'embargo' | 'subject', ReadonlyArray<string>>> = {
  state: ['id'],
  message: ['id', 'case', 'from', 'to', 'subject', 'inReplyTo'],
  embargo: ['id', 'answers'],
  subject: ['participant'],
}

/** Plain names only: what is odd about any other may be what is asked about. */
const plain = (name: Json | undefined): name is string => typeof name === 'string' && /^[\w.:-]{1,60}$/.test(name)

/** Whether a question is a step whose answer cannot depend on names. */
export const canRepeat = ({ request, expected }: Question): boolean =>
  isObject(request['state']) && ('message' in request) !== ('local' in request) && (expected.answer === 'step' || expected.answer === 'left')

/** A request with each name replaced by the one that `nameFor` gives, the same for the same. */
export const renamed = (request: JsonObject, nameFor: (name: string) => string): Renamed => {
  const names = new Map<string, string>()
  const rename = (name: Json): Json => {
    if (!plain(name)) return name
    const known = names.get(name)
    if (known !== undefined) return known
    const other = nameFor(name)
    names.set(name, other)
    return other
  }
  const within = (value: Json | undefined, fields: ReadonlyArray<string>): JsonObject | undefined =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([field, held]): readonly [string, Json] =>
          !fields.includes(field) ? [field, held] : [field, Array.isArray(held) ? held.map((one: Json) => rename(one)) : rename(held)]))
      : undefined
  const state = within(request['state'], named.state)
  const message = within(request['message'], named.message)
  const embargo = within(message?.['embargo'], named.embargo)
  const subject = within(message?.['subject'], named.subject)
  const own = isObject(request['state']) ? request['state']['id'] : undefined
  return {
    request: {
      ...request,
      ...(state === undefined ? {} : { state }),
      ...(message === undefined ? {} : { message: { ...message, ...(embargo === undefined ? {} : { embargo }), ...(subject === undefined ? {} : { subject }) } }),
    },
    restore: (answer) => {
      const right = answer['right']
      const after = isObject(right) ? right['state'] : undefined
      if (!isObject(right) || !isObject(after) || own === undefined || after['id'] !== state?.['id']) return answer
      return { ...answer, right: { ...right, state: { ...after, id: own } } }
    },
  }
}
