/**
 * How far the disclosures here were beyond luck: their logs as timelines, one case, all of curl's together, and what a
 * coordinator should find out next.
 *
 * Dates are days, and many events have none. So nothing here is a number where a range is known; and each range is asked
 * once more of the 70 histories, which are few enough to be gone through by hand.
 */
import assert from 'node:assert/strict'
import type { CaseLog } from 'mpcvd'
import {
  events, histories, historiesIn, isBefore, lint, narrowings, orderingIds, prospects, readLines, score, tally, type Tally, type Timeline, timelineFrom, timelinesOfLog, toNumber, anytime,
} from 'mpcvd/measuring'
import { isProgram, logsIn, readLog } from './logs.js'
import { twoParty } from './two-party.js'

const timelinesIn = (log: CaseLog): ReadonlyArray<Timeline> => timelinesOfLog(log).map((each) => timelineFrom(each))

/** The histories that a timeline leaves, gone through one by one: no event before one that surely came earlier. */
const gone = (timeline: Timeline): ReadonlyArray<string> =>
  histories.map((each) => each.events).filter((word) =>
    events.every((first) => events.every((second) => !isBefore(timeline[first] ?? anytime, timeline[second] ?? anytime) || word.indexOf(first) < word.indexOf(second))))

/** Measures the disclosures of curl that are kept here, after some questions to single ones. */
export const measured = (): Tally => {
  // Finder and vendor talk to each other: awareness, fix and publication have instants, so their orders are known.
  const [acme] = timelinesIn(twoParty())
  assert(acme !== undefined)
  const talk = score(acme)
  assert(talk._tag === 'Right')
  assert.deepEqual((['V<P', 'F<P'] as const).map((id) => talk.right.verdicts[id]), ['met', 'met'])

  const all = logsIn('disclosures/curl').flatMap((path) => timelinesIn(readLog(path)))
  let unfit = 0
  for (const timeline of all) {
    const scored = score(timeline)
    assert.deepEqual(scored._tag === 'Right' ? historiesIn(scored.right.fits).map((each) => each.events) : [], gone(timeline))
    if (scored._tag === 'Left') unfit++
    // A date more is never worth less than nothing.
    for (const { now, then } of narrowings(timeline)) assert(toNumber(then) < toNumber(now))
  }
  const together = tally(all)
  assert.equal(together.cases - together.fitting, unfit)
  for (const id of orderingIds) {
    const { alpha, met, missed, unknown: open } = together.orderings[id]
    assert(alpha !== undefined && met + missed + open === together.fitting && toNumber(alpha.from) <= toNumber(alpha.to))
  }
  // The vendors knew before the public in nearly all: far beyond luck, whatever the open ones were.
  const { alpha: aware } = together.orderings['V<P']
  assert(aware !== undefined && toNumber(aware.from) > 0.5)

  // A published timeline in sentences, with a slip: in January somebody still wrote the old year.
  const [slip] = lint(readLines('2022-12-21 reported to us\n2022-01-07 Fix released\n2023-01-18 Advisory published'))
  assert(slip?.kind === 'wrong-year' && slip.perhaps === '2023-01-07')

  // From here on: the vendor is aware and nothing else has happened. What luck would still bring.
  const open = prospects('Vfdpxa').find(({ ordering }) => ordering === 'F<A')
  assert(open?.standing === 'open' && toNumber(open.probability) === 0.5)
  return together
}

if (isProgram(import.meta.url)) {
  const of = measured()
  console.log(`${of.cases} vendors in the logs of curl, ${of.fitting} of which some history fits`)
  for (const id of orderingIds) {
    const { alpha, met, missed, unknown: open } = of.orderings[id]
    if (alpha !== undefined) console.log(`${id}  met ${String(met).padStart(3)}  missed ${String(missed).padStart(3)}  open ${String(open).padStart(3)}  alpha ${toNumber(alpha.from).toFixed(2)} to ${toNumber(alpha.to).toFixed(2)}`)
  }
}
