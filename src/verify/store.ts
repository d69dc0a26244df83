/**
 * The set of states that were met, packed.
 *
 * A state is a row of small numbers, its *fields*: the configuration of each participant, the content of each channel, what
 * is left of each budget. A {@link Layout} gives each field some bits of a 32-bit word, none across two words. The rows of
 * all states stand one after another in one typed array, which is the queue of a breadth-first search as well; an
 * open-addressed table of their numbers finds a state again. A state costs its words, four bytes for its parent and about
 * six of the table. Fields whose numbers are given out as they are met can outgrow their bits; the rows are written again
 * then, in their order, so that the number of a state never changes.
 *
 * @module
 */

/** A typed array that holds at least so many numbers; what is new is filled. */
export const grown = (array: Int32Array<ArrayBuffer>, needed: number, fill: number): Int32Array<ArrayBuffer> => {
  if (needed <= array.length) return array
  const next = new Int32Array(Math.max(needed, array.length * 2)).fill(fill, array.length)
  next.set(array)
  return next
}

/** Where each field is in the words of a state. */
export interface Layout {
  readonly words: number
  readonly word: Uint8Array
  readonly shift: Uint8Array
  readonly mask: Uint32Array
}

/** A layout for fields of these widths in bits, each from 0 to 31; the widest first, so that little is wasted. */
export const layout = (widths: ReadonlyArray<number>): Layout => {
  const word = new Uint8Array(widths.length)
  const shift = new Uint8Array(widths.length)
  const used: number[] = []
  const order = widths.map((_, field) => field).sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0) || a - b)
  for (const field of order) {
    const width = widths[field] ?? 0
    const room = used.findIndex((bits) => bits + width <= 32)
    const at = room < 0 ? used.push(0) - 1 : room
    word[field] = at
    shift[field] = used[at] ?? 0
    used[at] = (used[at] ?? 0) + width
  }
  return { words: Math.max(1, used.length), word, shift, mask: Uint32Array.from(widths, (width) => 2 ** width - 1) }
}

/** States by number, each once. */
export interface Store {
  /** How many states there are. */
  readonly size: () => number
  /** The number of a state: as it is where it is new, its complement (`~number`) where it was known; −2³¹ where nothing may be added. */
  readonly add: (fields: Int32Array, parent: number) => number
  /** The number of a state that was met, −1 where it was not. */
  readonly find: (fields: Int32Array) => number
  /** Writes the fields of a state, by number, into an array. */
  readonly read: (state: number, into: Int32Array) => void
  /** The state that a state was first reached from. */
  readonly parent: (state: number) => number
  /** Writes all rows again by a wider layout. */
  readonly widen: (next: Layout) => void
  /** What is allocated, in bytes. */
  readonly bytes: () => number
  /** Sets the most bytes that it may allocate. */
  readonly allow: (bytes: number) => void
}

/** What {@link Store.add} answers when the memory that it may use is used up. */
export const NO_ROOM = -0x80000000

/** An empty store that takes at most so many bytes. */
export const store = (initial: Layout, allowed: number): Store => {
  let maxBytes = allowed
  let { words, word, shift, mask } = initial
  let fieldCount = word.length
  let rows = new Uint32Array(words * 1024)
  let parents = new Uint32Array(1024)
  let table = new Uint32Array(2048)
  let size = 0
  const row = new Uint32Array(64)

  const pack = (fields: Int32Array): void => {
    for (let i = 0; i < words; i++) row[i] = 0
    for (let field = 0; field < fieldCount; field++) {
      const at = word[field] ?? 0
      row[at] = (row[at] ?? 0) | ((fields[field] ?? 0) << (shift[field] ?? 0))
    }
  }
  const hashed = (): number => {
    let hash = 0x9e3779b1
    for (let i = 0; i < words; i++) {
      hash = Math.imul(hash ^ (row[i] ?? 0), 0x85ebca6b)
      hash ^= hash >>> 15
    }
    hash = Math.imul(hash, 0xc2b2ae35)
    return (hash ^ (hash >>> 13)) >>> 0
  }
  /** The place in the table of the packed row: where it is, or where it would be. */
  const place = (): number => {
    const last = table.length - 1
    for (let at = hashed() & last; ; at = (at + 1) & last) {
      const entry = table[at] ?? 0
      if (entry === 0) return at
      const base = (entry - 1) * words
      let i = 0
      while (i < words && rows[base + i] === row[i]) i++
      if (i === words) return at
    }
  }
  const crowded = (): boolean => (size + 1) * 10 > table.length * 7
  const bytes = (): number => rows.byteLength + parents.byteLength + table.byteLength
  const rehash = (slots: number): void => {
    table = new Uint32Array(slots)
    for (let state = 0; state < size; state++) {
      for (let i = 0; i < words; i++) row[i] = rows[state * words + i] ?? 0
      table[place()] = state + 1
    }
  }
  /** Room for one more, if the memory allows. While something grows, what it was is there as well, which is not counted. */
  const makeRoom = (): boolean => {
    const perState = (words + 1) * 4
    if (size === parents.length) {
      const wanted = Math.min(size * 2, Math.floor((maxBytes - table.byteLength) / perState))
      if (wanted <= size) return false
      const [moreRows, moreParents] = [new Uint32Array(wanted * words), new Uint32Array(wanted)]
      moreRows.set(rows)
      moreParents.set(parents)
      rows = moreRows
      parents = moreParents
    }
    if (crowded()) {
      if (bytes() + table.byteLength > maxBytes) return false
      const packed = row.slice()
      rehash(table.length * 2)
      row.set(packed)
    }
    return true
  }

  return {
    size: () => size,
    add: (fields, parent) => {
      pack(fields)
      let at = place()
      const entry = table[at] ?? 0
      if (entry !== 0) return ~(entry - 1)
      if (size === parents.length || crowded()) {
        if (!makeRoom()) return NO_ROOM
        at = place()
      }
      const base = size * words
      for (let i = 0; i < words; i++) rows[base + i] = row[i] ?? 0
      parents[size] = parent
      table[at] = ++size
      return size - 1
    },
    find: (fields) => {
      for (let field = 0; field < fieldCount; field++) if ((fields[field] ?? 0) > (mask[field] ?? 0)) return -1
      pack(fields)
      return (table[place()] ?? 0) - 1
    },
    read: (state, into) => {
      const base = state * words
      for (let field = 0; field < fieldCount; field++) into[field] = ((rows[base + (word[field] ?? 0)] ?? 0) >>> (shift[field] ?? 0)) & (mask[field] ?? 0)
    },
    parent: (state) => parents[state] ?? 0,
    widen: (next) => {
      const from = { words, word, shift, mask, rows }
      const slots = table.length
      ;({ words, word, shift, mask } = next)
      fieldCount = word.length
      rows = new Uint32Array(words * parents.length)
      const fields = new Int32Array(fieldCount)
      for (let state = 0; state < size; state++) {
        for (let field = 0; field < fieldCount; field++)
          fields[field] = ((from.rows[state * from.words + (from.word[field] ?? 0)] ?? 0) >>> (from.shift[field] ?? 0)) & (from.mask[field] ?? 0)
        pack(fields)
        for (let i = 0; i < words; i++) rows[state * words + i] = row[i] ?? 0
      }
      rehash(slots)
    },
    bytes,
    allow: (most) => {
      maxBytes = most
    },
  }
}
