/**
 * Entries: what a ledger is made of, and what of them matters to it.
 *
 * An entry is one statement of a case log, that is, everything but a receipt: arrival is what a ledger is indifferent to.
 * Some entries **decide**: what they say is about everybody in the case, so every replica must have them and agree on
 * their order. All others are **content**, and may be kept from some participants. The line between the two is drawn so
 * that no content entry can change what the deciding ones decide; a test enumerates that over every cell of the protocol.
 *
 * @module
 */
import canonicalize from 'canonicalize'
import { contentOf, type Statement } from '../protocol/log.js'
import type { Id, Message, MessageType } from '../protocol/message.js'
import { sameJson } from '../protocol/message.js'

/** The canonical JSON of a value (RFC 8785): the same bytes for the same data, in whatever order its fields were written. */
export const canonical = (value: unknown): string => canonicalize(value) ?? ''

/** A copy of an entry that shares nothing with it, its fields in canonical order: the same entry is the same bytes for everybody. */
export const normal = (entry: Statement): Statement => JSON.parse(canonical(entry)) as Statement

/** The types that decide wherever they stand: about the embargo, the public facts, and the sender's farewell. */
const decidingTypes: ReadonlySet<MessageType> = new Set<MessageType>(['EP', 'ER', 'EA', 'EV', 'EJ', 'EC', 'ET', 'EK', 'EE', 'CP', 'CX', 'CA', 'RC'])

/** Whether a report is sent as the tacit acceptance of an embargo. */
const acceptsTacitly = (message: Message): boolean => message.types.includes('RS') && message.embargo?.answers !== undefined

/** The types of a message that decide, in their order. */
export const decidingIn = (message: Message): ReadonlyArray<MessageType> =>
  message.types.filter((type) => decidingTypes.has(type) || (type === 'RS' && acceptsTacitly(message)))

/** Whether an entry decides: a message with a deciding type, or a change of members. */
export const isDeciding = (entry: Statement): boolean =>
  'membership' in entry || ('message' in entry && decidingIn(entry.message).length > 0)

/** Who made an entry; observations are nobody's. */
export const authorOf = (entry: Statement): Id => ('message' in entry ? entry.message.from : 'observation' in entry ? '' : by(entry))

const by = (entry: Exclude<Statement, { readonly message: unknown } | { readonly observation: unknown }>): Id =>
  'local' in entry ? entry.local.by : 'membership' in entry ? entry.membership.by : 'stamp' in entry ? entry.stamp.by : entry.correction.by

/** The id of an entry; one without has its own canonical JSON for an id. */
export const idOf = (entry: Statement): Id => contentOf(entry).id ?? canonical(entry)

/** The entries that an entry refers to: what it says that its author had seen. What it answers is among these, or its author had not seen it. */
export const referencesOf = (entry: Statement): ReadonlyArray<Id> => {
  const content = contentOf(entry)
  return ('after' in content ? content.after : undefined) ?? []
}

/** The entry without what people wrote in it: who, what, when, and the graph stay. What erasing and redacting leave. */
export const skeletonOf = (entry: Statement): Statement => {
  if ('message' in entry) {
    const { note: _note, ext: _ext, report: _report, embargo, ...rest } = entry.message
    if (embargo === undefined) return { message: rest }
    const { reason: _reason, scope: _scope, ...terms } = embargo
    return { message: { ...rest, embargo: terms } }
  }
  if ('local' in entry) {
    const { note: _note, ext: _ext, reason: _reason, ...rest } = entry.local
    return { local: rest }
  }
  if ('membership' in entry) {
    const { note: _note, ext: _ext, ...rest } = entry.membership
    return { membership: rest }
  }
  if ('observation' in entry) {
    const { note: _note, ext: _ext, ...rest } = entry.observation
    return { observation: { ...rest, source: '' } }
  }
  if ('stamp' in entry) {
    const { note: _note, ...rest } = entry.stamp
    return { stamp: rest }
  }
  const { note: _note, ext: _ext, ...rest } = entry.correction
  return { correction: rest }
}

/**
 * The entries that stand for one id, when another arrives: the fuller of an entry and its skeleton, or both where they
 * say different things. In the order of their canonical JSON; the very list where the newcomer adds nothing.
 */
export const variantsWith = (variants: ReadonlyArray<Statement>, newcomer: Statement): ReadonlyArray<Statement> => {
  if (variants.some((one) => sameJson(one, newcomer) || sameJson(skeletonOf(one), newcomer))) return variants
  const skeleton = skeletonOf(newcomer)
  const others = variants.filter((one) => !sameJson(one, skeleton))
  return [...others, newcomer].sort((one, other) => (canonical(one) < canonical(other) ? -1 : 1))
}
