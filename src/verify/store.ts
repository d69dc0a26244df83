/**
 * The set of states that were met, packed.
 *
 * A state is a row of small numbers, its *fields*: the configuration of each participant, the content of each channel, what
 * is left of each budget. A {@link Layout} gives each field some bits of a 32-bit word, none across two words. The rows of
 * all states stand one after another in one typed array, which is the queue of a breadth-first search as well. An
 * open-addressed table of rows says whether a state was met: it holds the rows themselves, so that one look at memory is
 * enough. A state costs its words some two or three times, and four bytes for its parent. Which number a state has is only
 * asked of some; a table of numbers is there from the first time that it is. Fields whose numbers are given out as they are
 * met can outgrow their bits; the rows are written again then, in their order, so that the number of a state never changes.
 *
 * Nearly all the time goes into waiting for memory. So states can be *staged*, and entered some hundred at once: what each
 * of them needs is touched first, for all of them, so that the waits overlap. It comes to the same as adding one by one.
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

/** A layout for fields of these widths in bits, each from 0 to 31; the widest first, so that little is wasted. One bit of the first word stays free. */
export const layout = (widths: ReadonlyArray<number>): Layout => {
  const word = new Uint8Array(widths.length)
  const shift = new Uint8Array(widths.length)
  const used: number[] = []
  const order = widths.map((_, field) => field).sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0) || a - b)
  for (const field of order) {
    const width = widths[field] ?? 0
    const room = used.findIndex((bits, at) => bits + width <= (at === 0 ? 31 : 32))
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
  /**
   * Notes a state, to be entered by the next {@link Store.settle}; whether the layout has bits enough for its fields. It is
   * written as what differs from its parent, whose fields are given as well.
   */
  readonly stage: (fields: Int32Array, parent: number, parentFields: Int32Array) => boolean
  /** How many states are staged. */
  readonly staged: () => number
  /** Enters what is staged, in its order; whether there was room. What there was none for is forgotten, like all that came after it. */
  readonly settle: () => boolean
  /** The number of a state that was met, −1 where it was not. */
  readonly find: (fields: Int32Array) => number
  /** Writes the fields of a state, by number, into an array. */
  readonly read: (state: number, into: Int32Array) => void
  /** The state that a state was first reached from. */
  readonly parent: (state: number) => number
  /** Writes all rows again by a wider layout; nothing may be staged. */
  readonly widen: (next: Layout) => void
  /** What is allocated, in bytes. */
  readonly bytes: () => number
  /** Sets the most bytes that it may allocate. */
  readonly allow: (bytes: number) => void
}

/** What {@link Store.add} answers when the memory that it may use is used up. */
export const NO_ROOM = -0x80000000

/** How many rows are put into a new table at once, their places touched first. */
const BLOCK = 512
/** What no first word of a row is: where the table has it, it has nothing. */
const EMPTY = 0xffffffff

/** An empty store that takes at most so many bytes. */
export const store = (initial: Layout, allowed: number): Store => {
  let maxBytes = allowed
  let { words, word, shift, mask } = initial
  let fieldCount = word.length
  let rows = new Uint32Array(words * 1024)
  let parents = new Uint32Array(1024)
  /** Rows by their hashes, and how many there is room for. */
  let slots = 2048
  let table = new Uint32Array(slots * words).fill(EMPTY)
  /** The numbers of the states in the table, each one more than it is, once somebody has asked. */
  let numbers: Uint32Array | undefined
  let size = 0
  let waiting = new Uint32Array(words * 1024)
  let waitingParents = new Uint32Array(1024)
  let waitingHashes = new Uint32Array(1024)
  let staged = 0
  /** Something of what was touched before it is needed; only so that touching it is not left out. */
  const touched = new Uint32Array(1)

  /** Packs a state; gives bits of fields that the layout has no room for, 0 where all is well. */
  const pack = (fields: Int32Array, into: Uint32Array, base: number): number => {
    let excess = 0
    for (let i = 0; i < words; i++) into[base + i] = 0
    for (let field = 0; field < fieldCount; field++) {
      const value = fields[field] ?? 0
      const at = base + (word[field] ?? 0)
      excess |= value & ~(mask[field] ?? 0)
      into[at] = (into[at] ?? 0) | (value << (shift[field] ?? 0))
    }
    return excess
  }
  const hashed = (from: Uint32Array, base: number): number => {
    let hash = 0x9e3779b1
    for (let i = 0; i < words; i++) {
      hash = Math.imul(hash ^ (from[base + i] ?? 0), 0x85ebca6b)
      hash ^= hash >>> 15
    }
    hash = Math.imul(hash, 0xc2b2ae35)
    return (hash ^ (hash >>> 13)) >>> 0
  }
  /** The place in the table of a packed state with this hash: where it is, or where it would be. */
  const place = (from: Uint32Array, base: number, hash: number): number => {
    const last = slots - 1
    for (let at = hash & last; ; at = (at + 1) & last) {
      const other = at * words
      if (table[other] === EMPTY) return at
      let i = 0
      while (i < words && table[other + i] === from[base + i]) i++
      if (i === words) return at
    }
  }
  const crowded = (): boolean => (size + 1) * 10 > slots * 7
  const bytes = (): number => rows.byteLength + parents.byteLength + table.byteLength + (numbers?.byteLength ?? 0)
  /** Puts all rows into a table with so many places. */
  const rehash = (places: number, numbered: boolean): void => {
    slots = places
    table = new Uint32Array(slots * words).fill(EMPTY)
    const given = numbered ? new Uint32Array(slots) : undefined
    const last = slots - 1
    const hashes = new Uint32Array(BLOCK)
    for (let from = 0; from < size; from += BLOCK) {
      const to = Math.min(size, from + BLOCK)
      let seen = 0
      for (let state = from; state < to; state++) {
        const hash = hashed(rows, state * words)
        hashes[state - from] = hash
        seen ^= table[(hash & last) * words] ?? 0
      }
      touched[0] = seen
      for (let state = from; state < to; state++) {
        let at = (hashes[state - from] ?? 0) & last
        while (table[at * words] !== EMPTY) at = (at + 1) & last
        for (let i = 0; i < words; i++) table[at * words + i] = rows[state * words + i] ?? 0
        if (given !== undefined) given[at] = state + 1
      }
    }
    numbers = given
  }
  /** Room for one more, if the memory allows. While something grows, what it was is there as well, which is not counted. */
  const makeRoom = (): boolean => {
    const perState = (words + 1) * 4
    if (size === parents.length) {
      const wanted = Math.min(size * 2, Math.floor((maxBytes - bytes()) / perState) + size)
      if (wanted <= size) return false
      const [moreRows, moreParents] = [new Uint32Array(wanted * words), new Uint32Array(wanted)]
      moreRows.set(rows)
      moreParents.set(parents)
      rows = moreRows
      parents = moreParents
    }
    if (crowded()) {
      if (bytes() + table.byteLength + (numbers?.byteLength ?? 0) > maxBytes) return false
      rehash(slots * 2, numbers !== undefined)
    }
    return true
  }
  /** Enters a packed state that is new: its place in the table, −1 where there is no room. Gives the complement of the place where it was known. */
  const enter = (from: Uint32Array, base: number, hash: number, parent: number): number => {
    let at = place(from, base, hash)
    if (table[at * words] !== EMPTY) return ~at
    if (size === parents.length || crowded()) {
      if (!makeRoom()) return NO_ROOM
      at = place(from, base, hash)
    }
    for (let i = 0; i < words; i++) {
      const value = from[base + i] ?? 0
      rows[size * words + i] = value
      table[at * words + i] = value
    }
    parents[size] = parent
    size++
    if (numbers !== undefined) numbers[at] = size
    return at
  }
  /** The numbers of the states, by their places in the table. */
  const numbered = (): Uint32Array => {
    if (numbers === undefined) rehash(slots, true)
    return numbers ?? new Uint32Array(0)
  }
  const row = new Uint32Array(64)

  return {
    size: () => size,
    add: (fields, parent) => {
      pack(fields, row, 0)
      const given = numbered()
      const at = enter(row, 0, hashed(row, 0), parent)
      return at >= 0 ? size - 1 : at === NO_ROOM ? NO_ROOM : ~((given[~at] ?? 0) - 1)
    },
    stage: (fields, parent, parentFields) => {
      if (staged === waitingParents.length) {
        const [more, moreParents, moreHashes] = [new Uint32Array(waiting.length * 2), new Uint32Array(staged * 2), new Uint32Array(staged * 2)]
        more.set(waiting)
        moreParents.set(waitingParents)
        moreHashes.set(waitingHashes)
        waiting = more
        waitingParents = moreParents
        waitingHashes = moreHashes
      }
      const base = staged * words
      for (let i = 0; i < words; i++) waiting[base + i] = rows[parent * words + i] ?? 0
      let excess = 0
      for (let field = 0; field < fieldCount; field++) {
        const value = fields[field] ?? 0
        const change = value ^ (parentFields[field] ?? 0)
        if (change === 0) continue
        const at = base + (word[field] ?? 0)
        excess |= value & ~(mask[field] ?? 0)
        waiting[at] = (waiting[at] ?? 0) ^ (change << (shift[field] ?? 0))
      }
      if (excess !== 0) return false
      waitingParents[staged] = parent
      waitingHashes[staged] = hashed(waiting, base)
      staged++
      return true
    },
    staged: () => staged,
    settle: () => {
      const count = staged
      staged = 0
      const last = slots - 1
      let seen = 0
      for (let one = 0; one < count; one++) seen ^= table[((waitingHashes[one] ?? 0) & last) * words] ?? 0
      touched[0] = seen
      for (let one = 0; one < count; one++) if (enter(waiting, one * words, waitingHashes[one] ?? 0, waitingParents[one] ?? 0) === NO_ROOM) return false
      return true
    },
    find: (fields) => {
      if (pack(fields, row, 0) !== 0) return -1
      return (numbered()[place(row, 0, hashed(row, 0))] ?? 0) - 1
    },
    read: (state, into) => {
      const base = state * words
      for (let field = 0; field < fieldCount; field++) into[field] = ((rows[base + (word[field] ?? 0)] ?? 0) >>> (shift[field] ?? 0)) & (mask[field] ?? 0)
    },
    parent: (state) => parents[state] ?? 0,
    widen: (next) => {
      const from = { words, word, shift, mask, rows }
      ;({ words, word, shift, mask } = next)
      fieldCount = word.length
      rows = new Uint32Array(words * parents.length)
      waiting = new Uint32Array(words * waitingParents.length)
      const fields = new Int32Array(fieldCount)
      for (let state = 0; state < size; state++) {
        for (let field = 0; field < fieldCount; field++)
          fields[field] = ((from.rows[state * from.words + (from.word[field] ?? 0)] ?? 0) >>> (from.shift[field] ?? 0)) & (from.mask[field] ?? 0)
        pack(fields, rows, state * words)
      }
      rehash(slots, numbers !== undefined)
    },
    bytes,
    allow: (most) => {
      maxBytes = most
    },
  }
}
