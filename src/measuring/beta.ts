/**
 * Quantiles of the Beta distribution.
 *
 * The core has no library for it at run time, so the two pieces are here: the logarithm of the gamma function by Lanczos'
 * series, and the regularized incomplete beta function by its continued fraction (Lentz's method), which converges quickly
 * on the side of the mean where it is used. The quantile halves the interval that holds it, which cannot fail where a
 * steeper method can, and costs a few hundred steps. The tests compare with SciPy.
 *
 * @module
 */

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
  9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** The natural logarithm of the gamma function, for arguments above 0.5. */
const logGamma = (argument: number): number => {
  const x = argument - 1
  const [first = 1, ...rest] = LANCZOS
  const series = rest.reduce((total, coefficient, index) => total + coefficient / (x + index + 1), first)
  const t = x + rest.length - 0.5
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(series)
}

const TINY = 1e-300
const kept = (value: number): number => (Math.abs(value) < TINY ? TINY : value)

/** The continued fraction of the incomplete beta function. */
const fraction = (x: number, a: number, b: number): number => {
  let c = 1
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / kept(1 + even * d)
    c = kept(1 + even / c)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / kept(1 + odd * d)
    c = kept(1 + odd / c)
    value *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return value
}

/** Gamma is taken above 0.5 only: below, by its recurrence. */
const logGammaOf = (x: number): number => (x > 0.5 ? logGamma(x) : logGamma(x + 1) - Math.log(x))

/** The share of Beta(a, b) that lies below x; a and b above 0. */
export const betaBelow = (x: number, a: number, b: number): number => {
  if (!(x > 0)) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGammaOf(a + b) - logGammaOf(a) - logGammaOf(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b
}

/** The value below which a share of Beta(a, b) lies; the share from 0 to 1, a and b above 0. */
export const betaQuantile = (share: number, a: number, b: number): number => {
  if (!(share > 0)) return 0
  if (share >= 1) return 1
  let [low, high] = [0, 1]
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) break
    if (betaBelow(middle, a, b) < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}
