/**
 * A comparison for loops that come round thousands of times: what is strictly the same is seen to be without the
 * machinery of `expect`, which is asked where it is not, so that it decides and tells.
 */
import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'

/** Fails where `expect(got).toEqual(wanted)` fails, and says what it says. */
export const same = (got: unknown, wanted: unknown, about?: string): void => {
  if (!isDeepStrictEqual(got, wanted)) expect(got, about).toEqual(wanted)
}
