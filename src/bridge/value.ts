/**
 * Plain values of any shape, as payloads are: fields by name, values by path.
 *
 * Only own data properties are read. No getter is run, nothing is read from a prototype, and no name that a payload brings
 * becomes the name of a property of anything here.
 *
 * @module
 */

/** The own data property of an object, or `undefined`. */
export const fieldOf = (input: unknown, name: string): unknown => {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return undefined
  const value: unknown = Object.getOwnPropertyDescriptor(input, name)?.value
  return value
}

/** The own entry of a table under a name that may be anything, `__proto__` and `constructor` included. */
export const entryOf = <A>(table: Readonly<Record<string, A>>, name: string): A | undefined => (Object.hasOwn(table, name) ? table[name] : undefined)

/** How many items of a list are looked at. */
export const ITEMS = 10_000

/** The items of a list, or none. */
export const itemsOf = (input: unknown): ReadonlyArray<unknown> => (Array.isArray(input) ? input.slice(0, ITEMS) : [])

const descend = (input: unknown, steps: ReadonlyArray<string>, place: number, found: unknown[]): void => {
  const step = steps[place]
  if (input === undefined || found.length >= ITEMS) return
  if (step === undefined) found.push(input)
  else if (step === '*') for (const item of itemsOf(input)) descend(item, steps, place + 1, found)
  else descend(fieldOf(input, step), steps, place + 1, found)
}

/** Every value that a path leads to: names with dots between, `*` for each item of a list. At most {@link ITEMS}. */
export const valuesAt = (input: unknown, path: string): ReadonlyArray<unknown> => {
  const found: unknown[] = []
  descend(input, path.split('.'), 0, found)
  return found
}

/** Whether a value says anything: not null, not an empty text, not an empty list. */
export const isSomething = (value: unknown): boolean => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

/** A text that survives UTF-8 and is not empty, or `undefined`. */
export const textOf = (input: unknown): string | undefined => (typeof input === 'string' && input !== '' ? input.toWellFormed() : undefined)

/** The first text at any of some paths; a number counts as its digits. */
export const textAt = (input: unknown, paths: ReadonlyArray<string>): string | undefined => {
  for (const path of paths)
    for (const value of valuesAt(input, path)) {
      const text = textOf(typeof value === 'number' ? String(value) : value)
      if (text !== undefined) return text
    }
  return undefined
}

/** What a value is, in a few words, for a fault. */
export const kindOf = (input: unknown): string =>
  input === null ? 'null' : Array.isArray(input) ? 'a list' : typeof input === 'string' ? JSON.stringify(input.slice(0, 60)) : typeof input === 'object' ? 'an object' : typeof input
