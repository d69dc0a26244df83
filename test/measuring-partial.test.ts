/**
 * Partial orders: what dates that are known in part say, against plain enumeration.
 *
 * The oracle knows nothing of sets or sure pairs: it takes a day for each event, and keeps the orders that have no later day
 * before an earlier one and obey the laws of the case state as the standard closes them (V before F before D; P at once
 * after X, V at once after P, unless they came before). All 46,656 timelines of six events on a grid of three days are
 * compared, with all their completions.
 */
import { fc, test } from '@fast-check/vitest'
import {
  alphaOfOne, alphaRange, happenedBy, compare, daysBetween, decimalText, events, fitting, fractionText, histories, historiesIn, type HistorySet, isBefore, likelihood, narrowings, notYetBy,
  orderingIds, type OrderingId, rational, readWhen, score, surePairs, tally, type Timeline, toNumber, anytime, type Verdict, type When, whenText,
} from 'mpcvd/measuring'
import { describe, expect } from 'vitest'
import { lines } from './transcription.js'

const when = (text: string): When => readWhen(text) ?? expect.fail(`no date: ${text}`)
const words = lines('histories.txt').filter((line) => !line.startsWith('covers')).map((line) => line.split(' ')[1] ?? '')
const named = (set: HistorySet): ReadonlyArray<string> => historiesIn(set).map((each) => each.events)

/** The orders that six days leave, as a bit for each of the transcribed words. */
const left = (days: ReadonlyArray<number>): bigint =>
  words.reduce((set, word, place) => {
    const inOrder = Array.from(word).map((event) => days['VFDPXA'.indexOf(event)] ?? 0)
    return inOrder.every((day, index) => index === 0 || day >= (inOrder[index - 1] ?? 0)) ? set | (1n << BigInt(place)) : set
  }, 0n)

const spans: ReadonlyArray<readonly [first: number, last: number]> = [[1, 1], [2, 2], [3, 3], [1, 2], [2, 3], [1, 3]]
const dates: ReadonlyArray<When> = spans.map(([first, last]) => when(`2024-01-0${first}/2024-01-0${last}`))
const placeOf = new Map(words.map((word, place) => [word, place]))
const bitsOf = (set: HistorySet): bigint => historiesIn(set).reduce((all, each) => all | (1n << BigInt(placeOf.get(each.events) ?? expect.fail(each.events))), 0n)

describe('all timelines of a grid of three days', () => {
  const completions = new Map<string, bigint>()
  const choose = (place: number, chosen: ReadonlyArray<number>): void => {
    if (place === 6) completions.set(chosen.join(''), left(chosen))
    else for (const day of [1, 2, 3]) choose(place + 1, [...chosen, day])
  }
  choose(0, [])
  /** The union over all completions, event by event. */
  const unions = (place: number, prefix: string, of: ReadonlyArray<number>): bigint => {
    if (place === 6) return completions.get(prefix) ?? 0n
    const [first, last] = spans[of[place] ?? 0] ?? [1, 3]
    let all = 0n
    for (let day = first; day <= last; day++) all |= unions(place + 1, prefix + String(day), of)
    return all
  }
  const meets = orderingIds.map((id) => words.reduce((set, word, place) => (word.indexOf(id.charAt(0)) < word.indexOf(id.charAt(2)) ? set | (1n << BigInt(place)) : set), 0n))
  const verdictOf = (set: bigint, place: number): Verdict => {
    const met = meets[place] ?? 0n
    return (set & met) === 0n ? 'missed' : (set & ~met) === 0n ? 'met' : 'unknown'
  }

  test('fit what their completions fit, and say what all of these say', () => {
    let [fit, wrong] = [0, 0]
    for (let number = 0; number < 6 ** 6; number++) {
      const of = [0, 1, 2, 3, 4, 5].map((place) => Math.floor(number / 6 ** place) % 6)
      const [V = anytime, F = anytime, D = anytime, P = anytime, X = anytime, A = anytime] = of.map((span) => dates[span] ?? anytime)
      const given = score({ V, F, D, P, X, A })
      const expected = unions(0, '', of)
      if (given._tag === 'Left') {
        if (expected !== 0n) wrong++
        continue
      }
      fit++
      // What is known is so in each completion, and what is unknown is not: the range holds the score of each, and no less would.
      if (bitsOf(given.right.fits) !== expected || orderingIds.some((id, place) => given.right.verdicts[id] !== verdictOf(expected, place))) wrong++
    }
    expect(wrong).toBe(0)
    expect(fit).toBeGreaterThan(10_000)
  })

  test('a contradiction is told by pairs of which none is idle', () => {
    for (let number = 0; number < 6 ** 6; number += 97) {
      const chosen = [0, 1, 2, 3, 4, 5].map((place) => dates[Math.floor(number / 6 ** place) % 6] ?? anytime)
      const [V = anytime, F = anytime, D = anytime, P = anytime, X = anytime, A = anytime] = chosen
      const given = score({ V, F, D, P, X, A })
      if (given._tag === 'Right') continue
      const { pairs } = given.left
      const can = (some: typeof pairs): boolean => words.some((word) => some.every(([first, second]) => word.indexOf(first) < word.indexOf(second)))
      expect(can(pairs)).toBe(false)
      for (const pair of pairs) expect(can(pairs.filter((each) => each !== pair))).toBe(true)
    }
  })
})

/** Any knowledge of a date in a few weeks: of a day, days, an end, or none. */
const known = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 8 }), fc.constantFrom('day', 'days', 'from', 'to', 'none', 'instant')).map(([day, more, kind]): string => {
  const date = (of: number): string => `2024-03-${String(of).padStart(2, '0')}`
  return { day: date(day), days: `${date(day)}/${date(day + more)}`, from: `${date(day)}/..`, to: `../${date(day)}`, none: '..', instant: `${date(day)}T${String(more + 8).padStart(2, '0')}:00:00Z` }[kind]
})
const timelines = fc.record(Object.fromEntries(events.map((event) => [event, known]))).map((of): Timeline => Object.fromEntries(Object.entries(of).map(([event, text]) => [event, when(text)])))
const size = (timeline: Timeline): number => historiesIn(fitting(timeline)).length

describe('laws', () => {
  test.prop([timelines, fc.constantFrom(...events), known])('more knowledge never widens', (timeline, event, text) => {
    const [old, more] = [timeline[event] ?? anytime, when(text)]
    // What both say: where that is anything.
    const both: When = {
      earliest: Math.max(old.earliest, more.earliest), latest: Math.min(old.latest, more.latest),
      firstDay: Number.isNaN(old.firstDay) || more.firstDay > old.firstDay ? more.firstDay : old.firstDay, lastDay: Number.isNaN(old.lastDay) || more.lastDay < old.lastDay ? more.lastDay : old.lastDay,
    }
    if (isBefore(old, more) || isBefore(more, old) || Number.isNaN(more.firstDay) || Number.isNaN(old.firstDay) || Number.isNaN(more.lastDay) || Number.isNaN(old.lastDay)) return
    const [wide, narrow] = [score(timeline), score({ ...timeline, [event]: both })]
    if (wide._tag === 'Left') expect(narrow._tag).toBe('Left')
    if (wide._tag === 'Left' || narrow._tag === 'Left') return
    expect(named(narrow.right.fits).every((word) => named(wide.right.fits).includes(word))).toBe(true)
    for (const id of orderingIds) {
      const [outer, inner] = [alphaRange(id, wide.right.verdicts[id]), alphaRange(id, narrow.right.verdicts[id])]
      expect(compare(outer.from, inner.from) <= 0 && compare(inner.to, outer.to) <= 0).toBe(true)
    }
  })

  test.prop([timelines])('a history fits if moments can be found for it one after the other', (timeline) => {
    if (events.some((event) => Number.isNaN(timeline[event]?.firstDay ?? 0))) return
    const can = (word: string): boolean => {
      let now = -Infinity
      return Array.from(word).every((letter) => {
        const event = events.find((each) => each === letter) ?? 'V'
        const { firstDay, lastDay } = timeline[event] ?? anytime
        now = Math.max(now, firstDay)
        return now <= lastDay
      })
    }
    expect([...named(fitting(timeline))].sort()).toEqual(words.filter(can).sort())
  })

  test.prop([timelines])('a date that is learned is worth at most what is open, and the best comes first', (timeline) => {
    const asked = narrowings(timeline)
    for (const { event, now, then } of asked) {
      expect(compare(then, now)).toBeLessThan(0)
      expect(compare(then, rational(0n))).toBeGreaterThanOrEqual(0)
      const { earliest, firstDay, lastDay, latest } = timeline[event] ?? anytime
      expect(earliest < latest && firstDay !== lastDay).toBe(true)
    }
    expect(asked.every((each, place) => place === 0 || compare(asked[place - 1]?.then ?? each.then, each.then) <= 0)).toBe(true)
    if (size(timeline) <= 1) expect(asked).toEqual([])
  })

  test.prop([fc.array(timelines, { maxLength: 6 })])('many cases: bounds hold whatever is true of each', (cases) => {
    const all = tally(cases)
    const scores = cases.map((each) => score(each)).flatMap((each) => (each._tag === 'Right' ? [each.right] : []))
    expect([all.cases, all.fitting]).toEqual([cases.length, scores.length])
    for (const id of orderingIds) {
      const { alpha, interval, met, missed, unknown: open } = all.orderings[id]
      expect(met + missed + open).toBe(scores.length)
      if (alpha === undefined || interval === undefined) {
        expect(scores).toEqual([])
        continue
      }
      // The mean of alpha over the cases, with each open one missed, and met.
      const mean = (open: boolean): number =>
        scores.reduce((sum, { verdicts }) => sum + toNumber(alphaOfOne(id, verdicts[id] === 'met' || (open && verdicts[id] === 'unknown'))), 0) / scores.length
      expect(toNumber(alpha.from)).toBeCloseTo(mean(false), 9)
      expect(toNumber(alpha.to)).toBeCloseTo(mean(true), 9)
      expect(interval.from <= toNumber(alpha.from) && interval.to >= toNumber(alpha.to)).toBe(true)
    }
  })

  test.prop([timelines])('the likelihood is that of the walk, given what fits', (timeline) => {
    const likely = likelihood(fitting(timeline))
    const fits = historiesIn(fitting(timeline))
    if (likely === undefined) expect(fits).toEqual([])
    if (likely === undefined) return
    const total = fits.reduce((sum, each) => sum + toNumber(each.probability), 0)
    for (const id of orderingIds) expect(toNumber(likely[id])).toBeCloseTo(fits.filter((each) => each.met.includes(id)).reduce((sum, each) => sum + toNumber(each.probability), 0) / total, 9)
  })
})

describe('one case', () => {
  const told = (timeline: Timeline): string => {
    const given = score(timeline)
    if (given._tag === 'Left') return given.left.pairs.map((pair) => pair.join('<')).join(' ')
    const of = (verdict: Verdict): string => orderingIds.filter((id) => given.right.verdicts[id] === verdict).join(' ')
    return `${historiesIn(given.right.fits).length}: met ${of('met')}; missed ${of('missed')}`
  }

  test('nothing is known: all fit, and nothing is said', () => {
    expect(told({})).toBe('70: met ; missed ')
    for (const id of orderingIds) expect(fractionText(alphaRange(id, 'unknown').to)).toBe('1')
  })

  test('one day has no order, but what the model forces', () => {
    const day = when('2024-01-05')
    expect(told({ V: day, F: day, D: day, P: day, X: day, A: day })).toBe('70: met ; missed ')
    // After X comes P at once, so that nothing lies between them: attacks of the day after were after both.
    expect(told({ X: day, A: when('2024-01-06') })).toContain('P<A X<A')
    // The vendor knew before the public: no exploit can have been public before it knew either.
    expect(told({ V: when('2024-01-01'), P: when('2024-03-01') })).toContain('met V<P V<X;')
  })

  test('what had not happened by a date came after it', () => {
    expect(told({ P: when('2024-01-05'), A: notYetBy(when('2024-01-05')) })).toContain('P<A')
    expect(isBefore(when('2024-01-05T10:00:00Z'), notYetBy(when('2024-01-05T10:00:00Z')))).toBe(true)
    expect(told({ F: happenedBy(when('2024-01-04')), P: when('2024-01-05') })).toContain('F<P')
    expect(told({ F: happenedBy(when('2024-01-05')), P: when('2024-01-05') })).not.toContain('F<P')
  })

  test('what contradicts the model is told by the fewest pairs', () => {
    expect(told({ P: when('2024-01-01'), A: when('2024-01-03'), V: when('2024-02-01') })).toBe('P<A A<V')
    expect(told({ V: when('2024-02-01'), F: when('2024-01-01'), P: when('2024-03-01') })).toBe('F<V')
    expect(told({ X: when('2024-01-01'), F: when('2024-01-02'), P: when('2024-01-03') })).toBe('F<P X<F')
  })

  test('six dates leave one history, and its score', () => {
    const dates: Timeline = { V: when('2024-01-01'), F: when('2024-01-02'), P: when('2024-01-03'), D: when('2024-01-04'), X: when('2024-01-05'), A: when('2024-01-06') }
    const given = score(dates)
    expect(given._tag === 'Right' ? named(given.right.fits) : []).toEqual(['VFPDXA'])
    expect(surePairs(dates)).toHaveLength(15)
    expect(narrowings(dates)).toEqual([])
    for (const each of histories) {
      const exact = score(Object.fromEntries(Array.from(each.events).map((event, place) => [event, when(`2024-01-0${place + 1}`)])))
      expect(exact._tag === 'Right' ? orderingIds.filter((id) => exact.right.verdicts[id] === 'met') : []).toEqual(each.met)
    }
  })

  test('the date worth most: attacks, of a case with awareness and publication', () => {
    const asked = narrowings({ V: when('2024-01-01'), P: when('2024-03-01'), F: when('../2024-03-01') })
    expect(asked.map(({ event, now, then }) => `${event} ${decimalText(now, 1)} ${decimalText(then, 1)}`)[0]).toBe('A 18.7 10.0')
  })
})

describe('dates', () => {
  test('are read as far as they say something', () => {
    const read = (text: string): string => {
      const given = readWhen(text)
      return given === undefined ? 'none' : whenText(given)
    }
    expect(['2024', '2024-02', '2023-02', '2024-02-29', '2024-02-03/2024-02', '../2024', '2024-05-17/..', '..', '2024-05-17T10:00:00Z', '2024-05-17T12:00:00+02:00', '0000-01-01', '9999-12-31', '0000', '2024-05-17T23:59:60Z'].map(read)).toEqual([
      '2024-01-01/2024-12-31', '2024-02-01/2024-02-29', '2023-02-01/2023-02-28', '2024-02-29', '2024-02-03/2024-02-29', '../2024-12-31', '2024-05-17/..', '..', '2024-05-17T10:00:00Z',
      '2024-05-17T10:00:00Z', '0000-01-01', '9999-12-31', '0000-01-01/0000-12-31', '2024-05-18T00:00:00Z',
    ])
    const none = ['', '/', '../..', '2023-02-29', '2024-13', '2024-00', '2024-1-1', '24', '20244', '2024-05-17T10:00:00', '2024-06/2024-05', 'NaN', 'constructor', '__proto__', '2024-05-17/', '/2024-05-17', '2024-05-17//', '-001', 'x'.repeat(1_000_000)]
    expect(none.map(read).filter((one) => one !== 'none')).toEqual([])
  })

  test('dates of one calendar have an order where instants and dates may not', () => {
    expect(isBefore(when('2024-05-17'), when('2024-05-18'))).toBe(true)
    expect(isBefore(when('2024-05-17'), when('2024-05-17'))).toBe(false)
    expect(isBefore(when('2024-05-17'), when('2024-05-18T08:00:00Z'))).toBe(false)
    expect(isBefore(when('2024-05-17'), when('2024-05-18T12:00:00Z'))).toBe(true)
    expect(isBefore(when('2024-05'), when('2024-06-01'))).toBe(true)
    expect(daysBetween(when('2009-02-12'), when('2009-03-03'))).toEqual({ atLeast: 19, atMost: 19 })
    expect(daysBetween(anytime, when('2009-03-03'))).toEqual({ atLeast: -Infinity, atMost: Infinity })
  })

  test('hostile numbers say nothing and break nothing', () => {
    const odd: ReadonlyArray<When> = [
      { earliest: NaN, latest: NaN, firstDay: NaN, lastDay: NaN }, { earliest: Infinity, latest: -Infinity, firstDay: NaN, lastDay: NaN }, { earliest: -Infinity, latest: -Infinity, firstDay: 0, lastDay: 0 },
    ]
    for (const one of odd) for (const event of events) expect(() => [score({ [event]: one, P: when('2024-01-01') }), narrowings({ [event]: one, P: when('2024-01-01') })]).not.toThrow()
    expect(toNumber(alphaOfOne('V<A', false))).toBe(-3)
    const ids: ReadonlyArray<OrderingId> = orderingIds
    expect(ids).toHaveLength(12)
  })
})
