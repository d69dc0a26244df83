/**
 * SHA-256 as a plain function of text. The browser's own answers only later, and a seal is wanted while the page is drawn.
 *
 * Source: FIPS 180-4. The constants are worked out as it defines them: the first 32 bits of the fractional parts of the
 * square and cube roots of the first primes. The test holds it against another implementation.
 */

const primes: ReadonlyArray<number> = (() => {
  const found: number[] = []
  for (let number = 2; found.length < 64; number++) if (found.every((prime) => number % prime !== 0)) found.push(number)
  return found
})()

const fraction = (root: number): number => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0
const rounds = primes.map((prime) => fraction(Math.cbrt(prime)))
const beginning = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)))

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

/** The bytes of a text, padded to blocks of 64 with its length at the end. */
const padded = (text: string): DataView => {
  const bytes = new TextEncoder().encode(text)
  const view = new DataView(new ArrayBuffer((((bytes.length + 8) >> 6) + 1) * 64))
  bytes.forEach((byte, place) => view.setUint8(place, byte))
  view.setUint8(bytes.length, 0x80)
  view.setUint32(view.byteLength - 8, Math.floor(bytes.length / 2 ** 29))
  view.setUint32(view.byteLength - 4, bytes.length << 3)
  return view
}

/** The hash of a text in hexadecimal. */
export const sha256 = (text: string): string => {
  const view = padded(text)
  const hash = [...beginning]
  const words = new Int32Array(64)
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let place = 0; place < 64; place++) {
      const [two, seven, fifteen, sixteen] = [words[place - 2] ?? 0, words[place - 7] ?? 0, words[place - 15] ?? 0, words[place - 16] ?? 0]
      words[place] = place < 16
        ? view.getInt32(block + place * 4)
        : sixteen + (turned(fifteen, 7) ^ turned(fifteen, 18) ^ (fifteen >>> 3)) + seven + (turned(two, 17) ^ turned(two, 19) ^ (two >>> 10))
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash
    for (let place = 0; place < 64; place++) {
      const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + (rounds[place] ?? 0) + (words[place] ?? 0)) | 0
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      ;[a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g]
    }
    ;[a, b, c, d, e, f, g, h].forEach((word, place) => { hash[place] = ((hash[place] ?? 0) + word) | 0 })
  }
  return hash.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}
