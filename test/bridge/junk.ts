/**
 * Payloads that are almost right: real ones with a few places changed, and what must hold of every reading of them.
 */
import fc from 'fast-check'
import type { Observed } from 'mpcvd/bridge'
import { decodeEntry, decodeParticipant } from 'mpcvd/codec'
import { expect } from 'vitest'

/** What stands in the place of something else. */
export const odd: ReadonlyArray<unknown> = [
  null, true, 0, -1, 1e308, '', ' ', '\ud800', '__proto__', 'constructor', 'x'.repeat(2000), [], {}, [null], [[]], [{}], '0001-01-01T00:00:00Z', '1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z',
  '2024-02-30', '2024-13', '2024-05', '2024-05-17T10:00:00', '2024-05-17 10:00:00+0200', '2024-05-17/2024-05-01', 'published', 'closed', 'fixed', JSON.parse('{"__proto__":{"a":1}}'), JSON.parse('{"constructor":{"prototype":{"a":1}}}'),
]

/** Every place in a value, as a path. */
export const places = (value: unknown, path: ReadonlyArray<string> = []): ReadonlyArray<ReadonlyArray<string>> =>
  typeof value !== 'object' || value === null ? [path] : [path, ...Object.entries(value).flatMap(([name, inner]) => places(inner, [...path, name]))]

/** A value with something else at a place, or nothing there any more. */
export const changed = (value: unknown, path: ReadonlyArray<string>, to: unknown, remove: boolean): unknown => {
  const [name, ...rest] = path
  if (name === undefined) return to
  if (typeof value !== 'object' || value === null) return value
  const copy: unknown = Array.isArray(value) ? [...(value as unknown[])] : { ...value }
  if (rest.length === 0 && remove) Reflect.deleteProperty(copy as object, name)
  else Reflect.defineProperty(copy as object, name, { value: changed(Reflect.get(value, name), rest, to, remove), enumerable: true, writable: true, configurable: true })
  return copy
}

/** Changes of zero to four places of a payload. */
export const mutated = (): fc.Arbitrary<(value: unknown) => unknown> =>
  fc.array(fc.record({ place: fc.nat(), to: fc.oneof(fc.constantFrom(...odd), fc.jsonValue({ maxDepth: 2 })), remove: fc.boolean() }), { maxLength: 4 }).map((all) => (value) =>
    all.reduce<unknown>((of, { place, remove, to }) => {
      const known = places(of)
      return changed(of, known[place % known.length] ?? [], to, remove)
    }, value),
  )

const hostile = ['__proto__', 'constructor', 'prototype']

/** The first place in a result that is no plain data, or bears a name that only a payload can have given it. */
export const tainted = (value: unknown, path = ''): string | undefined => {
  if (typeof value !== 'object' || value === null) return typeof value === 'string' && !value.isWellFormed() ? path : undefined
  const proto: unknown = Object.getPrototypeOf(value)
  if (proto !== (Array.isArray(value) ? Array.prototype : Object.prototype)) return path
  for (const name of Object.keys(value)) {
    const found = hostile.includes(name) ? `${path}/${name}` : tainted(Reflect.get(value, name), `${path}/${name}`)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Faults with places and nothing else, or plain data of which every entry is one that a log can hold and every participant
 * is in a state that there is; and nothing that any object inherits has changed.
 */
export const survives = (result: { readonly _tag: 'Left'; readonly left: ReadonlyArray<{ readonly path: string }> } | { readonly _tag: 'Right'; readonly right: Observed }): void => {
  if (result._tag === 'Left') {
    if (result.left.length === 0 || result.left.some(({ path }) => typeof path !== 'string')) expect.fail('a refusal without a fault')
    return
  }
  const taint = tainted(result.right)
  if (taint !== undefined) expect.fail(`not plain data: ${taint}`)
  if (Object.keys(Object.prototype).length > 0 || 'a' in {}) expect.fail('the prototype of all objects has changed')
  for (const participant of result.right.participants) if (decodeParticipant(participant)._tag === 'Left') expect.fail(JSON.stringify(participant))
  for (const entry of result.right.entries) {
    const decoded = decodeEntry(JSON.parse(JSON.stringify(entry)))
    if (decoded._tag === 'Left') expect.fail(JSON.stringify([entry, decoded.left]))
  }
}
