/**
 * Links: what the authors of a log's entries had seen, where the entries do not say.
 *
 * A log's order is knowledge of its own. In a participant's log, all that stands before an entry of that participant was
 * known to it, and of what another had seen, its own earlier entries. In a log of everybody, a message reached its
 * recipients at once, or when a receipt says so; a change of members reached everybody, and who joins. From that the
 * `after` of entries without one is made up, so that logs which were kept without it can be taken into a ledger. Where an
 * entry has an `after`, a deciding entry that answers another, or has seen it by way of content, is made to cite it
 * itself. An entry that says nothing, and has no id either, is given its author and number for one, or citing it would
 * change what it is called.
 *
 * @module
 */
import { type CaseLog, contentOf, type LogEntry, type Statement } from '../protocol/log.js'
import type { Id } from '../protocol/message.js'
import { authorOf, idOf, isDeciding, referencesOf } from './entry.js'

const withAfter = (entry: Statement, after: ReadonlyArray<Id>): Statement => {
  if ('message' in entry) return { message: { ...entry.message, after } }
  if ('local' in entry) return { local: { ...entry.local, after } }
  if ('membership' in entry) return { membership: { ...entry.membership, after } }
  if ('observation' in entry) return { observation: { ...entry.observation, after } }
  if ('correction' in entry) return { correction: { ...entry.correction, after } }
  return entry
}

const withId = (entry: Statement, id: Id): Statement => {
  if ('local' in entry) return { local: { ...entry.local, id } }
  if ('membership' in entry) return { membership: { ...entry.membership, id } }
  if ('correction' in entry) return { correction: { ...entry.correction, id } }
  return entry
}

/** Whether an entry says itself what its author had seen, or is nobody's to have seen anything. */
const saysAfter = (entry: Statement): boolean => {
  if ('stamp' in entry || 'observation' in entry) return true
  const content = contentOf(entry)
  return 'after' in content
}

/** The log with an id for every entry whose `after` is to be made up. */
const withIds = ({ header, entries }: CaseLog): CaseLog => {
  const counts = new Map<Id, number>()
  return {
    header,
    entries: entries.map((entry) => {
      if ('receipt' in entry || saysAfter(entry) || contentOf(entry).id !== undefined) return entry
      const author = authorOf(entry)
      const number = (counts.get(author) ?? 0) + 1
      counts.set(author, number)
      return withId(entry, `${author}#${number}`)
    }),
  }
}

/** What somebody has seen so far: its own previous entry, its own previous deciding one, the latest deciding entries that reached it, and those that these had seen. */
interface Seen {
  previous: Id | undefined
  deciding: Id | undefined
  readonly latest: Set<Id>
  readonly before: Set<Id>
}

/** The links that one log gives, by the entry's id; `sure` where the log is its author's own, or everybody's. */
const linksOf = ({ header, entries }: CaseLog): ReadonlyMap<Id, { readonly after: ReadonlyArray<Id>; readonly sure: boolean }> => {
  const links = new Map<Id, { readonly after: ReadonlyArray<Id>; readonly sure: boolean }>()
  const seen = new Map<Id, Seen>()
  const sent = new Set<Id>()
  const cites = new Map<Id, ReadonlyArray<Id>>()
  const byReceipt = entries.some((entry) => 'receipt' in entry)
  const of = (id: Id): Seen => {
    const known = seen.get(id) ?? { previous: undefined, deciding: undefined, latest: new Set<Id>(), before: new Set<Id>() }
    seen.set(id, known)
    return known
  }
  /** A deciding entry has reached somebody: what it had seen is the latest no more. Every entry is passed once for each who sees it. */
  const reach = (who: Id, id: Id): void => {
    const { latest, before } = of(who)
    if (before.has(id)) return
    latest.add(id)
    const passing = [...(cites.get(id) ?? [])]
    for (let cited = passing.pop(); cited !== undefined; cited = passing.pop()) {
      latest.delete(cited)
      if (before.has(cited)) continue
      before.add(cited)
      passing.push(...(cites.get(cited) ?? []))
    }
  }
  const take = (entry: LogEntry): void => {
    if ('receipt' in entry) {
      if (sent.has(entry.receipt.message)) reach(entry.receipt.by, entry.receipt.message)
      return
    }
    const [id, author] = [idOf(entry), authorOf(entry)]
    if (links.has(id)) return
    const own = of(author)
    const sure = header.as === undefined || header.as === author
    const others = sure ? [...own.latest] : [own.deciding]
    const after = saysAfter(entry) ? referencesOf(entry) : [...new Set([own.previous, ...others].filter((one) => one !== undefined))]
    links.set(id, { after, sure })
    own.previous = id
    if (!isDeciding(entry)) return
    sent.add(id)
    // Another's messages need not have arrived in the order in which they were sent.
    if (sure || saysAfter(entry)) cites.set(id, after)
    own.deciding = id
    reach(author, id)
    const everybody = 'membership' in entry ? [...seen.keys(), entry.membership.participant] : 'message' in entry ? entry.message.to : []
    if (byReceipt && 'message' in entry) return
    for (const reader of header.as === undefined ? everybody : [header.as]) reach(reader, id)
  }
  for (const one of header.participants) of(one.id)
  entries.forEach(take)
  return links
}

/**
 * The entries of some logs of one case, with what their authors had seen. An author's own log says best what it had seen,
 * then a log of everybody; a copy of an entry that says so itself stands for copies that do not.
 */
export const linked = (logs: ReadonlyArray<CaseLog>): ReadonlyArray<Statement> => {
  const named = logs.map(withIds)
  const links = new Map<Id, { readonly after: ReadonlyArray<Id>; readonly rank: number }>()
  for (const log of named) {
    const said = new Set(log.entries.flatMap((entry) => ('receipt' in entry || !saysAfter(entry) ? [] : [idOf(entry)])))
    for (const [id, { after, sure }] of linksOf(log)) {
      const rank = said.has(id) ? 3 : sure ? (log.header.as === undefined ? 1 : 2) : 0
      if (rank > (links.get(id)?.rank ?? -1)) links.set(id, { after, rank })
    }
  }
  return bridged(named.flatMap(({ entries }) => entries).flatMap((entry): ReadonlyArray<Statement> => {
    if ('receipt' in entry) return []
    const link = links.get(idOf(entry))
    return [saysAfter(entry) || link === undefined ? entry : withAfter(entry, link.after)]
  }))
}

/** Has deciding entries cite the deciding ones that they answer, or have seen by way of content. */
const bridged = (entries: ReadonlyArray<Statement>): ReadonlyArray<Statement> => {
  const held = new Map(entries.map((entry) => [idOf(entry), entry]))
  return entries.map((entry) => {
    if (!isDeciding(entry)) return entry
    const cited = referencesOf(entry)
    const answered = 'message' in entry ? entry.message.inReplyTo : undefined
    const passed = new Set<Id>()
    const reached = new Set<Id>()
    const pass = (ids: ReadonlyArray<Id>): void => {
      for (const id of ids) {
        const other = held.get(id)
        if (other === undefined) continue
        if (isDeciding(other)) reached.add(id)
        else passed.add(id)
      }
    }
    pass(answered === undefined ? cited : [...cited, answered])
    for (const id of passed) {
      const other = held.get(id)
      if (other !== undefined) pass(referencesOf(other))
    }
    const more = [...reached].filter((id) => !cited.includes(id) && id !== idOf(entry))
    return more.length === 0 ? entry : withAfter(entry, [...cited, ...more])
  })
}
