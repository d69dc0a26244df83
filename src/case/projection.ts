/**
 * Need to know: the part of a ledger that one participant may see.
 *
 * It is a ledger itself. Deciding entries are never hidden, since everybody has to agree on them; who was not sent one
 * sees its skeleton. Content is seen by its author; by those it was sent to, when they may receive content at all (an
 * embargo that they have not signed keeps it from them); and by everybody who may, where its TLP label is CLEAR or GREEN.
 * What is hidden leaves one mark that there is something, whatever and however much it is: references to it are dropped.
 *
 * @module
 */
import type { Statement } from '../protocol/log.js'
import type { Id } from '../protocol/message.js'
import { mayReceive } from './bound.js'
import type { Case } from './case.js'
import { authorOf, decidingIn, isDeciding, referencesOf, skeletonOf } from './entry.js'
import { emptyLedger, ingest, type Ledger, nodesOf } from './ledger.js'

/** What a participant may see of a case. */
export interface Projection {
  readonly ledger: Ledger
  /** Whether there is content that it may not see. */
  readonly hidden: boolean
}

const isOpen = (entry: Statement): boolean => 'message' in entry && (entry.message.tlp === 'CLEAR' || entry.message.tlp === 'GREEN')

const isTo = (entry: Statement, participant: Id): boolean => 'message' in entry && entry.message.to.includes(participant)

/** Whether a participant may see a content entry. */
const maySee = (of: Case, participant: Id, entry: Statement): boolean => {
  if (authorOf(entry) === participant || 'stamp' in entry) return true
  if ('observation' in entry) return entry.observation.about === undefined || entry.observation.about === participant
  if ('correction' in entry) return entry.correction.change === 'erases'
  return (isTo(entry, participant) || isOpen(entry)) && mayReceive(of, participant)
}

/** A deciding entry as somebody sees it that it was not sent to: its deciding types, and no words. */
const redacted = (entry: Statement): Statement => {
  const skeleton = skeletonOf(entry)
  return 'message' in skeleton ? { message: { ...skeleton.message, types: decidingIn(skeleton.message) } } : skeleton
}

const seenDeciding = (of: Case, participant: Id, entry: Statement): Statement =>
  !('message' in entry) || authorOf(entry) === participant || ((isOpen(entry) || isTo(entry, participant)) && mayReceive(of, participant)) ? entry : redacted(entry)

/** An entry that refers only to what can be seen. What a deciding entry answers stays: that it answers something can be what makes it legal. */
const citingOnly = (entry: Statement, hidden: ReadonlySet<Id>): Statement => {
  const answered = 'message' in entry ? entry.message.inReplyTo : undefined
  if (![...referencesOf(entry), ...(answered === undefined ? [] : [answered])].some((id) => hidden.has(id))) return entry
  const seen = (after: ReadonlyArray<Id> | undefined): { readonly after?: ReadonlyArray<Id> } => (after === undefined ? {} : { after: after.filter((id) => !hidden.has(id)) })
  if ('message' in entry) {
    const { inReplyTo, after, ...rest } = entry.message
    return { message: { ...rest, ...seen(after), ...(inReplyTo === undefined || (hidden.has(inReplyTo) && !isDeciding(entry)) ? {} : { inReplyTo }) } }
  }
  if ('local' in entry) return { local: { ...entry.local, ...seen(entry.local.after) } }
  if ('membership' in entry) return { membership: { ...entry.membership, ...seen(entry.membership.after) } }
  if ('observation' in entry) return { observation: { ...entry.observation, ...seen(entry.observation.after) } }
  if ('correction' in entry) return { correction: { ...entry.correction, ...seen(entry.correction.after) } }
  return entry
}

/**
 * The ledger that a participant may see. It is of a charter of its own (`projection` says whose), so it is not united with
 * the whole by mistake: its entries are cut down, and would contradict their own originals.
 */
export const project = (of: Case, participant: Id): Projection => {
  const hidden = new Set<Id>()
  const shown: Statement[] = []
  for (const { id, deciding, variants } of nodesOf(of.ledger))
    for (const entry of variants) {
      if (deciding) shown.push(isDeciding(entry) ? seenDeciding(of, participant, entry) : skeletonOf(entry))
      else if (maySee(of, participant, entry)) shown.push(entry)
      else hidden.add(id)
    }
  const empty = emptyLedger({ ...of.charter, projection: participant })
  return { ledger: ingest(empty, shown.map((entry) => citingOnly(entry, hidden))), hidden: hidden.size > 0 }
}
