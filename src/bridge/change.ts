/**
 * Which rows of a bridge a change of a record meets.
 *
 * @module
 */
import type { BridgeRow, Condition, Test } from './row.js'
import { isSomething, itemsOf, textAt, valuesAt } from './value.js'

const passes = (test: Test, values: ReadonlyArray<unknown>): boolean => {
  if (test === 'something') return values.some(isSomething)
  if (test === 'nothing') return !values.some(isSomething)
  if ('not' in test) return !test.not.some((each) => values.includes(each))
  return test.some((each) => values.includes(each))
}

const holds = ({ is, path, was }: Condition, before: unknown, now: unknown): boolean =>
  (is === undefined || passes(is, valuesAt(now, path))) && (was === undefined || passes(was, valuesAt(before, path)))

/** Whether the conditions of a row hold of two snapshots; before the first, nothing was there. */
export const meets = (row: BridgeRow, before: unknown, now: unknown): boolean => row.when.every((condition) => holds(condition, before, now))

/** The names of the items of a row's list that were not there before; none where it has no list. */
export const newcomers = ({ each }: BridgeRow, before: unknown, now: unknown): ReadonlyArray<string> => {
  if (each === undefined) return []
  const names = (input: unknown): ReadonlyArray<string> => valuesAt(input, each.path).flatMap(itemsOf).flatMap((item) => textAt(item, [each.name]) ?? [])
  const known = new Set(names(before))
  return [...new Set(names(now))].filter((name) => !known.has(name))
}
