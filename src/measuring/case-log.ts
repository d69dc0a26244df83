/**
 * The timelines of a case log: one for each vendor in it.
 *
 * The log is replayed, and of each vendor it is noted when V, F and D rose, and of the case, when P, X and A did first at
 * anybody. Only the dates count, not the order of the lines: lines of one day have an order in the file that nobody may have
 * meant. What had happened at the start of the log had happened by its first date; in a log of a closed world, what never
 * happened had not by the last.
 *
 * @module
 */
import type { CsEvent } from '../protocol/cs.js'
import { type CaseLog, contentOf } from '../protocol/log.js'
import type { Id } from '../protocol/message.js'
import { protocols } from '../protocol/editions.js'
import { replay } from '../protocol/replay.js'
import { events } from './chain.js'
import type { CaseTimeline, Reading } from './reader.js'
import { happenedBy, notYetBy, readWhen, type When } from './when.js'

const isShared = (event: CsEvent): boolean => event === 'P' || event === 'X' || event === 'A'

const least = (one: When | undefined, other: When): When => (one === undefined || other.latest < one.latest ? other : one)

/** The dates of a log's entries, by place. */
const datesOf = (log: CaseLog): ReadonlyArray<When | undefined> =>
  log.entries.map((entry) => {
    const at = 'receipt' in entry ? entry.receipt.at : contentOf(entry).at
    return at === undefined ? undefined : readWhen(at)
  })

/** One timeline for each vendor of a log, by the rules under which it was made; none where there is no vendor. Its id is that of the case and of the vendor. */
export const timelinesOfLog = (log: CaseLog): ReadonlyArray<CaseTimeline> => {
  const dates = datesOf(log)
  const known = dates.flatMap((each) => each ?? [])
  const start = known.reduce<When | undefined>(least, undefined)
  const end = known.reduce<When | undefined>((last, each) => (last === undefined || each.latest > last.latest ? each : last), undefined)
  const risen = new Map<Id, Map<CsEvent, When>>()
  const note = (id: Id, event: CsEvent, when: When): void => {
    const of = isShared(event) ? '' : id
    const own = risen.get(of) ?? new Map<CsEvent, When>()
    risen.set(of, own.set(event, least(own.get(event), when)))
  }
  const vendors = new Set<Id>()
  const seen = new Set<Id>()
  replay(protocols[log.header.protocol], log, ({ before, entry, result }) => {
    if (before.roles.includes('vendor')) vendors.add(before.id)
    if (!seen.has(before.id) && start !== undefined) for (const event of events) if (before.cs.includes(event)) note(before.id, event, happenedBy(start))
    seen.add(before.id)
    const when = dates[entry]
    if (result._tag === 'Left' || when === undefined) return
    for (const one of result.right.fired) {
      const event = events.find((each) => one.machine === 'cs' && each === one.event)
      if (event !== undefined) note(before.id, event, when)
    }
  })
  return [...vendors].map((vendor): CaseTimeline => ({
    id: `${log.header.case} ${vendor}`,
    source: vendor,
    entries: [],
    readings: events.flatMap((event): ReadonlyArray<Reading> => {
      const when = risen.get(isShared(event) ? '' : vendor)?.get(event)
      const never = log.header.world === 'closed' && end !== undefined ? notYetBy(end) : undefined
      const told = when ?? never
      return told === undefined ? [] : [{ event, how: 'at', when: told, confidence: 'sure', words: when === undefined ? 'not in the log' : event }]
    }),
  }))
}
