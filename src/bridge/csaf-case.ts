/**
 * What of a case log goes into a CSAF document: who is where, what happened when, until when the embargo lasts.
 *
 * @module
 */
import { type Either, map } from 'fp-ts/Either'
import { caseOf } from '../case/case.js'
import type { CharterFault } from '../case/charter.js'
import { ledgerOf } from '../case/ledger.js'
import { linked } from '../case/link.js'
import { protocols } from '../protocol/editions.js'
import { type CaseLog, contentOf, type ObservedEvent } from '../protocol/log.js'
import type { Id, Moment } from '../protocol/message.js'
import { replay } from '../protocol/replay.js'
import type { Participant } from '../protocol/participant.js'

/** What a document is made of. */
export interface CsafCase {
  readonly participants: ReadonlyArray<Participant>
  /** When what happened, as far as it is known. */
  readonly moments?: ReadonlyArray<{ readonly event: ObservedEvent; readonly about?: Id; readonly at: Moment }>
  /** When the embargo is to end. */
  readonly embargoEnd?: Moment
  readonly vulnerability?: string
}

type Dated = { readonly event: ObservedEvent; readonly about?: Id; readonly at: Moment }

/** The first time at which something became so, for everybody who stepped; of P, X and A the first time at which anybody knew. */
const momentsOf = (log: CaseLog): ReadonlyArray<Dated> => {
  const found = new Map<string, Dated>()
  replay(protocols[log.header.protocol], log, ({ before, entry, result }) => {
    const written = log.entries[entry]
    const at = written === undefined ? undefined : 'receipt' in written ? written.receipt.at : contentOf(written).at
    if (result._tag === 'Left' || at === undefined) return
    for (const { event, machine } of result.right.fired) {
      if (machine === 'cs' && (event === 'P' || event === 'X' || event === 'A')) found.set(event, found.get(event) ?? { event, at })
      else if (machine === 'cs') found.set(`${event} ${before.id}`, found.get(`${event} ${before.id}`) ?? { event, about: before.id, at })
      else if (machine === 'rm') found.set(`rm.${event} ${before.id}`, { event: `rm.${event}`, about: before.id, at })
    }
  })
  return [...found.values()]
}

/** What a document says of the case in a log; faults where the log's header opens no case. */
export const csafCase = (log: CaseLog): Either<ReadonlyArray<CharterFault>, CsafCase> =>
  map((ledger: Parameters<typeof caseOf>[0]): CsafCase => {
    const { participants, proposals, state } = caseOf(ledger)
    const end = proposals.find(({ id }) => id === state.inForce)?.terms?.end
    const named = log.entries.flatMap((entry) => ('message' in entry ? entry.message.report?.vulnerabilities ?? [] : [])).find((name) => /^CVE-\d{4}-\d{4,}$/.test(name))
    return { participants, moments: momentsOf(log), ...(end === undefined ? {} : { embargoEnd: end }), ...(named === undefined ? {} : { vulnerability: named }) }
  })(ledgerOf({ header: log.header, entries: linked([log]) }))
