/**
 * Exact fractions.
 *
 * Every probability of the case-state model is a fraction of small numbers, and published figures are roundings of these.
 * Compared as fractions, a figure is right or wrong; as floating-point numbers, 4.263888888888888 and 4.263888888888889
 * are two ranks of one history (see {@link publishedRank}).
 *
 * There are kept libraries for this, and the run-time of this package is fp-ts and io-ts alone; what is needed is below,
 * on the language's own unlimited integers. Fractions are kept in lowest terms with a denominator above zero, so that two
 * that are equal have equal parts.
 *
 * @module
 */

/** A fraction in lowest terms; the denominator is above zero. */
export interface Rational {
  readonly numerator: bigint
  readonly denominator: bigint
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value)

const common = (one: bigint, other: bigint): bigint => {
  let [a, b] = [magnitude(one), magnitude(other)]
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}

/** A fraction of two whole numbers. A denominator of zero makes no fraction; it gives 0, and no caller here has one. */
export const rational = (numerator: bigint, denominator = 1n): Rational => {
  if (denominator === 0n) return zero
  const divisor = common(numerator, denominator) * (denominator < 0n ? -1n : 1n)
  return { numerator: numerator / divisor, denominator: denominator / divisor }
}

/** The fraction that is a whole number; 0 for a number that is not whole and safe. */
export const whole = (value: number): Rational => ({ numerator: Number.isSafeInteger(value) ? BigInt(value) : 0n, denominator: 1n })

/** The number 0. */
export const zero: Rational = { numerator: 0n, denominator: 1n }
/** The number 1. */
export const one: Rational = { numerator: 1n, denominator: 1n }

/** The sum of two fractions. */
export const plus = (a: Rational, b: Rational): Rational => rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
/** What is left of one fraction without another. */
export const minus = (a: Rational, b: Rational): Rational => rational(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator)
/** The product of two fractions. */
export const times = (a: Rational, b: Rational): Rational => rational(a.numerator * b.numerator, a.denominator * b.denominator)
/** One fraction divided by another; 0 where the other is 0. */
export const over = (a: Rational, b: Rational): Rational => rational(a.numerator * b.denominator, a.denominator * b.numerator)
/** The sum of many fractions. */
export const sum = (all: Iterable<Rational>): Rational => {
  let total = zero
  for (const each of all) total = plus(total, each)
  return total
}

/** Below, at or above zero as one fraction is below, equal to or above another. */
export const compare = (a: Rational, b: Rational): number => {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** Whether two fractions are the same number. */
export const same = (a: Rational, b: Rational): boolean => a.numerator === b.numerator && a.denominator === b.denominator

/** How many binary digits a part may have to be turned into a floating-point number without loss worth speaking of. */
const DIGITS = 1000

/** The nearest floating-point number, or one beside it. */
export const toNumber = ({ numerator, denominator }: Rational): number => {
  const excess = Math.max(magnitude(numerator).toString(2).length, denominator.toString(2).length) - DIGITS
  return excess <= 0 ? Number(numerator) / Number(denominator) : Number(numerator >> BigInt(excess)) / Number(denominator >> BigInt(excess))
}

/** A fraction as text: `3/16`, or `2` where the denominator is 1. */
export const fractionText = ({ numerator, denominator }: Rational): string => (denominator === 1n ? String(numerator) : `${numerator}/${denominator}`)

/** A fraction as a decimal with so many places, rounded half away from zero, exactly. */
export const decimalText = ({ numerator, denominator }: Rational, places = 3): string => {
  const scale = 10n ** BigInt(Math.max(0, Math.floor(places)))
  const rounded = (magnitude(numerator) * scale * 2n + denominator) / (denominator * 2n)
  const digits = String(rounded).padStart(String(scale).length, '0')
  const sign = numerator < 0n && rounded !== 0n ? '-' : ''
  return scale === 1n ? sign + digits : `${sign}${digits.slice(0, 1 - String(scale).length)}.${digits.slice(1 - String(scale).length)}`
}
