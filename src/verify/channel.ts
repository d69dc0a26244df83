/**
 * Channels as automata: what may be in one, what can be delivered next, and what is left then.
 *
 * A channel holds at most `bound` symbols. What kind it is decides only which symbols can come out: the oldest (`fifo`) or
 * any (`reordering`); whether what came out may come again (`duplicating`); whether it may come out and reach nobody
 * (`losing`). Contents are numbered in the order in which they are first met, 0 is empty, and every answer is kept, so that
 * exploring costs array reads.
 *
 * @module
 */
import { grown } from './store.js'

/** How a channel treats what is in it. */
export interface ChannelKind {
  /** The most symbols that it holds, from 1 on. */
  readonly bound: number
  /** The order of sending is not kept. */
  readonly reordering?: boolean
  /** A delivery may leave the symbol where it is, to come again. */
  readonly duplicating?: boolean
  /** A symbol may vanish instead of being delivered. */
  readonly losing?: boolean
}

/** What {@link Channels.push} answers when there is no room. */
export const FULL = -1
const UNKNOWN = -2

/** The contents that channels of one kind can have, by number. */
export interface Channels {
  /** How many contents were met so far. */
  readonly count: () => number
  /** The number of a content with one symbol more; −1 where there is no room. */
  readonly push: (content: number, symbol: number) => number
  /** Whether there is no room for one more. */
  readonly full: (content: number) => boolean
  /** The first option of a content: what can happen to it next. */
  readonly first: (content: number) => number
  /** One past the last option of a content; asked after {@link Channels.first}. */
  readonly end: (content: number) => number
  /** The symbol that an option takes. */
  readonly symbol: (option: number) => number
  /** The number of the content that an option leaves. */
  readonly rest: (option: number) => number
  /** Whether what an option takes reaches nobody. */
  readonly lost: (option: number) => boolean
  /** The symbols of a content, oldest first. */
  readonly symbols: (content: number) => ReadonlyArray<number>
  /** The number of a content with these symbols. */
  readonly contentOf: (symbols: ReadonlyArray<number>) => number
}

/** The channels of a kind, over so many symbols. */
export const channels = (kind: ChannelKind, symbolCount: number): Channels => {
  const contents: ReadonlyArray<number>[] = []
  const numbers = new Map<string, number>()
  let pushes = new Int32Array(symbolCount * 64).fill(UNKNOWN)
  let starts = new Int32Array(64).fill(UNKNOWN)
  let ends = new Int32Array(64)
  let fulls = new Int32Array(64)
  const optionSymbol: number[] = []
  const optionRest: number[] = []
  const optionLost: boolean[] = []

  const contentOf = (symbols: ReadonlyArray<number>): number => {
    const listed = kind.reordering === true ? [...symbols].sort((a, b) => a - b) : symbols
    const key = listed.join()
    const before = numbers.get(key)
    if (before !== undefined) return before
    const content = contents.push(listed) - 1
    numbers.set(key, content)
    pushes = grown(pushes, contents.length * symbolCount, UNKNOWN)
    starts = grown(starts, contents.length, UNKNOWN)
    ends = grown(ends, contents.length, 0)
    fulls = grown(fulls, contents.length, 0)
    fulls[content] = listed.length >= kind.bound ? 1 : 0
    return content
  }
  const symbols = (content: number): ReadonlyArray<number> => contents[content] ?? []

  /** The options are worked out when they are asked for, so that only contents that occur are numbered. */
  const open = (content: number): void => {
    const held = symbols(content)
    const places = kind.reordering === true ? held.flatMap((symbol, place) => (held[place - 1] === symbol ? [] : [place])) : held.slice(0, 1).map((_, place) => place)
    const options = places.flatMap((place) => {
      const symbol = held[place] ?? 0
      const rest = contentOf(held.filter((_, other) => other !== place))
      return [
        { symbol, rest, lost: false },
        ...(kind.duplicating === true ? [{ symbol, rest: content, lost: false }] : []),
        ...(kind.losing === true ? [{ symbol, rest, lost: true }] : []),
      ]
    })
    starts[content] = optionSymbol.length
    for (const option of options) {
      optionSymbol.push(option.symbol)
      optionRest.push(option.rest)
      optionLost.push(option.lost)
    }
    ends[content] = optionSymbol.length
  }

  contentOf([])
  return {
    count: () => contents.length,
    full: (content) => fulls[content] === 1,
    push: (content, symbol) => {
      const at = content * symbolCount + symbol
      const known = pushes[at] ?? UNKNOWN
      if (known !== UNKNOWN) return known
      const held = symbols(content)
      const next = held.length >= kind.bound ? FULL : contentOf([...held, symbol])
      pushes[at] = next
      return next
    },
    first: (content) => {
      if ((starts[content] ?? UNKNOWN) === UNKNOWN) open(content)
      return starts[content] ?? 0
    },
    end: (content) => ends[content] ?? 0,
    symbol: (option) => optionSymbol[option] ?? 0,
    rest: (option) => optionRest[option] ?? 0,
    lost: (option) => optionLost[option] ?? false,
    symbols,
    contentOf,
  }
}
