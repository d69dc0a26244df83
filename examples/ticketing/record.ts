/**
 * Records as they come from a tracker: plain values of any shape, read by path, and cut down to what is needed.
 *
 * Only own properties are read, and every copy defines its properties, so that a name like `__proto__` is a name.
 */
import type { Bridge } from 'mpcvd/bridge'

/** The own property of an object, or `undefined`. */
export const fieldOf = (input: unknown, name: string): unknown => {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return undefined
  const value: unknown = Object.getOwnPropertyDescriptor(input, name)?.value
  return value
}

/** The value that names with dots between lead to. */
export const valueAt = (input: unknown, path: string): unknown => path.split('.').reduce(fieldOf, input)

/** The first text at some paths. */
export const textAt = (input: unknown, paths: ReadonlyArray<string>): string | undefined => {
  for (const path of paths) {
    const value = valueAt(input, path)
    if (typeof value === 'string' && value !== '') return value
  }
  return undefined
}

/** Whether a value is nested deeper than that. It is walked without recursion, since what comes may be nothing but brackets. */
export const isDeeper = (input: unknown, limit: number): boolean => {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: input, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { depth, value } = next
    if (typeof value !== 'object' || value === null) continue
    if (depth === limit) return true
    for (const inner of Object.values(value)) open.push({ value: inner, depth: depth + 1 })
  }
  return false
}

type Steps = ReadonlyArray<string>

const along = (value: unknown, paths: ReadonlyArray<Steps>): unknown => {
  if (paths.some((path) => path.length === 0)) return value
  const after = (name: string): ReadonlyArray<Steps> => paths.filter(([first]) => first === name).map((path) => path.slice(1))
  if (Array.isArray(value)) {
    const inner = after('*')
    return inner.length === 0 ? [] : value.map((item) => along(item, inner))
  }
  if (typeof value !== 'object' || value === null) return null
  const names = [...new Set(paths.map(([first = '']) => first))].filter((name) => Object.hasOwn(value, name))
  return Object.fromEntries(names.map((name) => [name, along(fieldOf(value, name), after(name))]))
}

/**
 * What a bridge reads of a record, and nothing else: to compare with the next snapshot no more is needed, and the
 * description of an unpatched vulnerability need not lie about in one more place.
 */
export const cut = (bridge: Bridge, record: unknown): unknown =>
  typeof record !== 'object' ? record : along(record, [
    ...bridge.id, ...bridge.changed, ...(bridge.created ?? []), ...(bridge.title ?? []), ...(bridge.vulnerabilities ?? []),
    ...bridge.rows.flatMap(({ at = [], each, until = [], when }) => [...when.map(({ path }) => path), ...at, ...until, ...(each === undefined ? [] : [`${each.path}.*.${each.name}`])]),
  ].map((path) => path.split('.')))
