/**
 * Views: what one participant has been told of the others.
 *
 * A view holds what its participant was sent, and no more: of each other participant the report state that it stated, the
 * steps of its fix path that it stated for itself, and, apart from these, what others said of it. Nothing is inferred,
 * and nothing that the case knows otherwise comes in (VP-01-001).
 *
 * @module
 */
import { type Id, type Message, type MessageType, subjectOf } from '../protocol/message.js'
import type { RmState } from '../protocol/rm.js'
import { type Ledger, nodesOf } from './ledger.js'
import { compareText } from './tree.js'

/** A step of a fix path: aware, fix ready, fix deployed. */
export type PathStep = 'V' | 'F' | 'D'

/** Something that was said of a fix path. */
export interface PathStatement {
  readonly step: PathStep
  readonly product?: string
  readonly by: Id
  readonly entry: Id
}

/** What a participant knows of another. */
export interface ViewOf {
  readonly id: Id
  /** The report state that it stated last, and where. */
  readonly rm?: { readonly state: RmState; readonly entry: Id }
  /** What it stated of its own fix path, in the order in which it did. */
  readonly path: ReadonlyArray<PathStatement>
  /** What others said of its fix path. */
  readonly hearsay: ReadonlyArray<PathStatement>
}

/** The report state that a message says that its sender is in. Who submits a report works on it (VP-03-001). */
const stated: Partial<Record<MessageType, RmState>> = { RS: 'Accepted', RI: 'Invalid', RV: 'Valid', RD: 'Deferred', RA: 'Accepted', RC: 'Closed' }

/** The step of a fix path that a message says was taken. */
const steps: Partial<Record<MessageType, PathStep>> = { CV: 'V', CF: 'F', CD: 'D' }

interface Working {
  rm?: { readonly state: RmState; readonly entry: Id }
  readonly path: PathStatement[]
  readonly hearsay: PathStatement[]
}

/** What a participant was sent and counts, in the order that these messages alone tell: by depth among themselves, author and id. */
const toldTo = (ledger: Ledger, participant: Id): ReadonlyArray<{ readonly id: Id; readonly message: Message }> => {
  const depths = new Map<Id, number>()
  const told: { readonly id: Id; readonly message: Message }[] = []
  for (const { id, entry, references } of nodesOf(ledger)) {
    if (!('message' in entry) || !entry.message.to.includes(participant) || ledger.standing.voids.has(id)) continue
    depths.set(id, Math.max(-1, ...references.map((cited) => depths.get(cited) ?? -1)) + 1)
    told.push({ id, message: entry.message })
  }
  return told.sort((one, other) => (depths.get(one.id) ?? 0) - (depths.get(other.id) ?? 0) || compareText(one.message.from, other.message.from) || compareText(one.id, other.id))
}

/** What a participant has been told of each other one, in the order of their ids. Void entries say nothing. */
export const viewOf = (ledger: Ledger, participant: Id): ReadonlyArray<ViewOf> => {
  const views = new Map<Id, Working>()
  const of = (id: Id): Working => {
    const known = views.get(id) ?? { path: [], hearsay: [] }
    views.set(id, known)
    return known
  }
  for (const { id, message } of toldTo(ledger, participant)) {
    const { from, types, subject } = message
    for (const type of types) {
      const state = stated[type]
      if (state !== undefined) of(from).rm = { state, entry: id }
      const step = steps[type]
      if (step === undefined) continue
      const about = subjectOf(message)
      const product = typeof subject === 'object' ? subject.product : undefined
      const statement: PathStatement = { step, ...(product === undefined ? {} : { product }), by: from, entry: id }
      if (about === from) of(from).path.push(statement)
      else if (about !== participant) of(about).hearsay.push(statement)
    }
  }
  return [...views].map(([id, view]) => ({ id, ...view })).sort((one, other) => (one.id < other.id ? -1 : 1))
}
