/**
 * Links: what the authors of a log's entries had seen, where the entries do not say.
 *
 * A log's order is knowledge of its own. In a participant's log, all that stands before an entry of that participant was
 * known to it; in a log of everybody, a message reached its recipients at once, or when a receipt says so. From that the
 * `after` of entries without one is made up, so that logs which were kept without it can be taken into a ledger. Where an
 * entry has an `after`, only what it says already is said more plainly: a deciding entry that answers another, or has seen
 * it by way of content, cites it itself. Where nobody's log can tell, nothing is made up.
 *
 * @module
 */
import type { CaseLog, LogEntry, Statement } from '../protocol/log.js'
import type { Id } from '../protocol/message.js'
import { authorOf, idOf, isDeciding, referencesOf } from './entry.js'

const recipientsOf = (entry: Statement): ReadonlyArray<Id> => ('message' in entry ? entry.message.to : [])

const withAfter = (entry: Statement, after: ReadonlyArray<Id>): Statement => {
  if ('message' in entry) return { message: { ...entry.message, after } }
  if ('local' in entry) return { local: { ...entry.local, after } }
  if ('membership' in entry) return { membership: { ...entry.membership, after } }
  if ('observation' in entry) return { observation: { ...entry.observation, after } }
  if ('correction' in entry) return { correction: { ...entry.correction, after } }
  return entry
}

const saysAfter = (entry: Statement): boolean =>
  'message' in entry ? entry.message.after !== undefined
  : 'local' in entry ? entry.local.after !== undefined
  : 'membership' in entry ? entry.membership.after !== undefined
  : 'observation' in entry ? true
  : 'correction' in entry ? entry.correction.after !== undefined
  : true

/** What somebody has seen so far: its own previous entry, and the latest deciding entries. */
interface Seen {
  previous: Id | undefined
  readonly tips: Set<Id>
}

/** The links that one log gives, by the entry's id. */
const linksOf = ({ header, entries }: CaseLog): ReadonlyMap<Id, ReadonlyArray<Id>> => {
  const links = new Map<Id, ReadonlyArray<Id>>()
  const seen = new Map<Id, Seen>()
  const sent = new Map<Id, Statement>()
  const decided = new Map<Id, Id>()
  const ownDeciding = (author: Id): ReadonlyArray<Id> => {
    const last = decided.get(author)
    return last === undefined ? [] : [last]
  }
  const byReceipt = entries.some((entry) => 'receipt' in entry)
  const of = (id: Id): Seen => {
    const known = seen.get(id) ?? { previous: undefined, tips: new Set() }
    seen.set(id, known)
    return known
  }
  const learn = (who: Id, id: Id, entry: Statement, cited: ReadonlyArray<Id>): void => {
    if (!isDeciding(entry)) return
    const { tips } = of(who)
    for (const one of cited) tips.delete(one)
    tips.add(id)
  }
  const take = (entry: LogEntry): void => {
    if ('receipt' in entry) {
      const message = sent.get(entry.receipt.message)
      if (message !== undefined) learn(entry.receipt.by, entry.receipt.message, message, links.get(entry.receipt.message) ?? [])
      return
    }
    const [id, author] = [idOf(entry), authorOf(entry)]
    sent.set(id, entry)
    const own = of(author)
    const cited = [...new Set([...(own.previous === undefined ? [] : [own.previous]), ...own.tips])].filter((one) => one !== id)
    // In a participant's log, of what another had seen only its own earlier entries are known.
    links.set(id, header.as === undefined || header.as === author ? cited : own.previous === undefined ? [] : [...new Set([own.previous, ...ownDeciding(author)])])
    if (isDeciding(entry)) decided.set(author, id)
    learn(author, id, entry, cited)
    own.previous = id
    const readers = header.as === undefined ? ('membership' in entry ? [...seen.keys()] : recipientsOf(entry)) : [header.as]
    if (!byReceipt || !('message' in entry)) for (const reader of readers) if (reader !== author) learn(reader, id, entry, cited)
  }
  for (const one of header.participants) of(one.id)
  entries.forEach(take)
  return links
}

/** The entries of some logs of one case, with what their authors had seen. Logs of a participant say what it had seen; logs of everybody, what the others had. */
export const linked = (logs: ReadonlyArray<CaseLog>): ReadonlyArray<Statement> => {
  const links = new Map<Id, ReadonlyArray<Id>>()
  for (const log of logs) {
    const { as, participants } = log.header
    for (const [id, after] of linksOf(log)) {
      const author = log.entries.flatMap((entry) => ('receipt' in entry || idOf(entry) !== id ? [] : [authorOf(entry)]))[0]
      if (!links.has(id) || as === author || (as === undefined && participants.length > 0 && !logs.some((other) => other.header.as === author))) links.set(id, after)
    }
  }
  return bridged(logs.flatMap(({ entries }) => entries).flatMap((entry): ReadonlyArray<Statement> => {
    if ('receipt' in entry) return []
    const after = links.get(idOf(entry))
    return [saysAfter(entry) || after === undefined ? entry : withAfter(entry, after)]
  }))
}

/** Has deciding entries cite the deciding ones that they have seen by way of content. */
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
