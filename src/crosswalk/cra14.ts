/**
 * EU Cyber Resilience Act, Article 14(2): what a manufacturer owes the authorities once it knows that a vulnerability of
 * its product is exploited.
 *
 * The terms, what starts them and what meets them are the policy `euCraArticle14`; its deadlines are only told here. An
 * observed attack says that there were attacks, and not who knew, so it starts no clock: what does is a CA message that
 * the manufacturer sends or is sent, or its own step `learn A`. A notice is an entry with `ext.happening`.
 *
 * Source: Regulation (EU) 2024/2847, Article 14(2); `src/case/policies.ts`. No legal advice.
 *
 * @module
 */
import {
  type Deadline, deadlinesOf, euCraArticle14, type HappeningKind, happenings,
} from '../case/index.js'
import type { Id, Moment } from '../protocol/message.js'
import { surelyBefore } from '../protocol/moment.js'
import type { Facts } from './fact.js'
import type { CrosswalkRow } from './row.js'

/** The three notices, named after the letters of the paragraph; each is the rule of the policy that is named so. */
export const cra14: ReadonlyArray<CrosswalkRow & { readonly rule: string; readonly starts: ReadonlyArray<HappeningKind>; readonly met: HappeningKind }> = [
  {
    id: 'CRA-14-a', clause: '14(2)(a)', title: 'Early warning, within 24 hours of knowing of the exploitation', rule: 'early-warning',
    starts: ['attacks-known'], met: 'early-warning',
    printed: [], readings: [], behaviours: ['BT-23'], elements: ['CA'],
    needs: [], cannot: 'what the notice says, and that it went to the right authority',
  },
  {
    id: 'CRA-14-b', clause: '14(2)(b)', title: 'Notification, within 72 hours of knowing of the exploitation', rule: 'notification',
    starts: ['attacks-known'], met: 'notification',
    printed: [], readings: [], behaviours: ['BT-23'], elements: ['CA'],
    needs: [], cannot: 'what the notice says, and that it went to the right authority',
  },
  {
    id: 'CRA-14-c', clause: '14(2)(c)', title: 'Final report, within 14 days of a corrective or mitigating measure', rule: 'final-report',
    starts: ['attacks-known', 'fix-ready', 'mitigation-available'], met: 'final-report',
    printed: [], readings: [], behaviours: ['BT-23'], elements: ['CA', 'CF'],
    needs: [], cannot: 'what the report says, and that it went to the right authority',
  },
]

/** What the clocks look at, of all that happens. */
const concerned: ReadonlySet<HappeningKind> = new Set(cra14.flatMap(({ met, starts }) => [met, ...starts]))

/** The deadlines of one manufacturer in a log, and all entries that any of them may rest on. */
export const noticesOf = (facts: Facts, of: Id, now: Moment, without?: number): ReadonlyArray<Notice> => {
  const places = [...facts.entries.keys()].filter((place) => place !== without)
  const known = happenings(places.flatMap((place) => facts.entries.get(place) ?? []))
    .filter((one) => concerned.has(one.what))
    .map((one) => ({ ...one, entry: places[one.entry] ?? 0 }))
  const parties = [...facts.roles].map(([id, roles]) => ({ id, roles: [...roles] }))
  const all = deadlinesOf(known, [euCraArticle14], now, parties).filter((one) => one.who === of)
  const seen = known.filter((one) => !surelyBefore(now, one.at))
  return cra14.map(({ rule, starts, met }): Notice => {
    const deadline = all.find((one) => one.rule === rule)
    const about = (kinds: ReadonlyArray<HappeningKind>): ReadonlyArray<number> => [
      ...new Set(seen.filter((one) => kinds.includes(one.what) && (one.about === undefined || one.about === of)).map(({ entry }) => entry)),
    ]
    return { rule, ...(deadline === undefined ? {} : { deadline }), starts: about(starts), met: about([met]) }
  })
}

/** One notice that is owed, or not. */
export interface Notice {
  readonly rule: string
  readonly deadline?: Deadline
  readonly starts: ReadonlyArray<number>
  readonly met: ReadonlyArray<number>
}
