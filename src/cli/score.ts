/**
 * `mpcvd score FILE…`: in which order things happened in published timelines, as far as their dates say, and what is odd
 * about them. Files are CVE records, lists of sentences with dates, timelines of events, case logs, or plain lines.
 *
 * @module
 */
import { writeFileSync } from 'node:fs'
import { isLeft } from 'fp-ts/Either'
import { decodeLog, parseJson } from '../codec/index.js'
import { barsSvg } from '../diagram/index.js'
import {
  alphaRange, barsOfScore, barsOfTally, type CaseTimeline, decimalText, describeAnomaly, events, historiesIn, lint, narrowings, orderingIds, orderings, readLines, readTimelines,
  score, type Tally, tally, timelineFrom, timelinesOfLog, anytime, type Verdict, whenText,
} from '../measuring/index.js'
import { readText } from './logs.js'
import { complain, type ExitCode, say, sayJson, table } from './terminal.js'

/** What the command was asked for. */
export interface ScoreCommand {
  readonly json: boolean
  /** Where to draw the chart. */
  readonly svg: string | undefined
  /** The time of asking. */
  readonly at: string
}

const isLog = (text: string): boolean => /^\s*\{\s*"log"\s*:/.test(text)

/** The timelines of a file; those that cannot be read are told. `undefined` where nothing can. */
const readFile = (file: string): ReadonlyArray<CaseTimeline | undefined> | undefined => {
  const text = readText(file)
  if (text === undefined) return undefined
  if (isLog(text)) {
    const log = decodeLog(text)
    const faults = isLeft(log) ? log.left : log.right.faults
    for (const fault of faults) complain(`${file}:${fault.line}: unreadable: at ${fault.path || 'the line'}, expected ${fault.expected}, got ${fault.got}`)
    return isLeft(log) ? undefined : [...timelinesOfLog(log.right.log), ...(faults.length > 0 ? [undefined] : [])]
  }
  if (!/^\s*[[{]/.test(text)) return [readLines(text, file)]
  const parsed = parseJson(text)
  if (isLeft(parsed)) {
    complain(`${file}: expected JSON, a case log, or lines with dates`)
    return undefined
  }
  return readTimelines(parsed.right).map((each, place) => {
    if (!isLeft(each)) return each.right.id === '' ? { ...each.right, id: file } : each.right
    complain(`${file}: case ${place}: at ${each.left.path || 'the top'}, expected ${each.left.expected}, got ${each.left.got}`)
    return undefined
  })
}

const datesOf = (of: CaseTimeline): string => {
  const timeline = timelineFrom(of)
  return events.flatMap((event) => ((timeline[event] ?? anytime) === anytime ? [] : [`${event} ${whenText(timeline[event] ?? anytime)}`])).join(', ') || 'no dates'
}

/** So many cases are told one by one. */
const FEW = 5

const said: Readonly<Record<Verdict, string>> = { met: 'met', missed: 'missed', unknown: 'open' }

const sayCase = (of: CaseTimeline): void => {
  const scored = score(timelineFrom(of))
  say(`${of.id}: ${datesOf(of)}`)
  if (isLeft(scored)) {
    say(`  no history fits: ${scored.left.pairs.map(([first, second]) => `${first} before ${second}`).join(', ')}`)
    return
  }
  const fits = historiesIn(scored.right.fits)
  say(`  ${fits.length} of 70 histories fit${fits.length <= 6 ? `: ${fits.map((each) => each.events).join(' ')}` : ''}`)
  for (const verdict of ['met', 'missed', 'unknown'] as const) {
    const ids = orderingIds.filter((id) => scored.right.verdicts[id] === verdict)
    if (ids.length > 0) say(`  ${said[verdict].padEnd(7)} ${ids.join(' ')}`)
  }
  const [best] = narrowings(timelineFrom(of))
  if (best !== undefined) say(`  the date of ${best.event} would narrow it most: the ranges of alpha together from ${decimalText(best.now, 1)} to ${decimalText(best.then, 1)}`)
}

const sayTally = (of: Tally): void => {
  say(`${of.cases} cases, ${of.fitting} of which some history fits`)
  const rows = orderings.map(({ id }) => {
    const { alpha, interval, met, missed, unknown: open } = of.orderings[id]
    return [id, ...[met, missed, open].map(String), ...(alpha === undefined ? ['-', '-'] : [decimalText(alpha.from), decimalText(alpha.to)]), interval === undefined ? '-' : `${interval.from.toFixed(3)} to ${interval.to.toFixed(3)}`]
  })
  table([['ordering', 'met', 'missed', 'open', 'alpha at least', 'at most', 'with chance, 95 %'], ...rows], [1, 2, 3, 4, 5]).forEach(say)
}

const jsonOf = (of: CaseTimeline, at: string): object => {
  const timeline = timelineFrom(of)
  const scored = score(timeline)
  return {
    case: of.id, source: of.source,
    dates: Object.fromEntries(events.flatMap((event) => ((timeline[event] ?? anytime) === anytime ? [] : [[event, whenText(timeline[event] ?? anytime)]]))),
    readings: of.readings.map(({ confidence, entry, event, how, when, words }) => ({ event, how, when: whenText(when), confidence, words, ...(entry === undefined ? {} : { entry }) })),
    ...(isLeft(scored)
      ? { contradiction: scored.left.pairs.map((pair) => pair.join(' before ')) }
      : {
          fits: historiesIn(scored.right.fits).map((each) => each.events),
          orderings: Object.fromEntries(orderingIds.map((id) => {
            const { from, to } = alphaRange(id, scored.right.verdicts[id])
            return [id, { verdict: scored.right.verdicts[id], alpha: [decimalText(from, 6), decimalText(to, 6)].map(Number) }]
          })),
          worth: narrowings(timeline).map(({ event, now, then }) => ({ event, now: Number(decimalText(now, 6)), then: Number(decimalText(then, 6)) })),
        }),
    odd: lint(of, { now: at }),
  }
}

/** The chart of one case or of many. */
const draw = (cases: ReadonlyArray<CaseTimeline>, all: Tally): string => {
  const marks = { 0: 'luck', 1: 'always' }
  const [only] = cases
  const scored = only === undefined || cases.length > 1 ? undefined : score(timelineFrom(only))
  return only !== undefined && scored?._tag === 'Right'
    ? barsSvg(barsOfScore(scored.right), { title: only.id, subtitle: datesOf(only), marks })
    : barsSvg(barsOfTally(all), { title: `${all.cases} cases`, subtitle: `${all.fitting} of which some history fits; bars: skill at least and at most; thin lines: with chance, 95 %`, marks })
}

/** Scores timelines; 0 where all is well, 1 where something is odd or no history fits, 2 where something cannot be read. */
export const scoreCommand = (files: ReadonlyArray<string>, { at, json, svg }: ScoreCommand): ExitCode => {
  const read = files.map(readFile)
  const cases = read.flatMap((each) => each ?? []).flatMap((each) => each ?? [])
  const unreadable = read.some((each) => each === undefined || each.includes(undefined))
  const all = tally(cases.map((each) => timelineFrom(each)))
  const odd = cases.flatMap((each) => lint(each, { now: at }).map((one) => `${each.id}: ${describeAnomaly(one)}`))
  if (json) {
    for (const each of cases) sayJson(jsonOf(each, at))
    if (cases.length > 1) sayJson({ cases: all.cases, fitting: all.fitting, orderings: Object.fromEntries(orderingIds.map((id) => {
      const { alpha, ...counts } = all.orderings[id]
      return [id, { ...counts, ...(alpha === undefined ? {} : { alpha: [decimalText(alpha.from, 6), decimalText(alpha.to, 6)].map(Number) }) }]
    })) })
  } else {
    if (cases.length <= FEW) cases.forEach(sayCase)
    if (cases.length > 1) sayTally(all)
    for (const each of odd) say(`odd: ${each}`)
  }
  if (svg !== undefined)
    try {
      writeFileSync(svg, `${draw(cases, all)}\n`)
    } catch (reason) {
      complain(`cannot write ${svg}: ${reason instanceof Error ? reason.message : String(reason)}`)
      return 2
    }
  return unreadable ? 2 : odd.length > 0 || all.fitting < all.cases ? 1 : 0
}
