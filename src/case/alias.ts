/**
 * Aliases: sources that know one participant under several ids.
 *
 * The charter says which ids are one participant's; entries are taken in under its first id, so that everything after
 * that sees one participant.
 *
 * @module
 */
import type { Statement } from '../protocol/log.js'
import type { Id, Message, Subject } from '../protocol/message.js'
import type { Charter } from './charter.js'

/** The id under which a charter knows a participant. */
const mainId = (charter: Charter, id: Id): Id => charter.participants.find((one) => one.aliases?.includes(id) === true)?.id ?? id

const subjectIn = (charter: Charter, subject: Subject): Subject =>
  typeof subject === 'string' ? mainId(charter, subject) : { ...subject, participant: mainId(charter, subject.participant) }

const messageIn = (charter: Charter, message: Message): Message => ({
  ...message,
  from: mainId(charter, message.from),
  to: [...new Set(message.to.map((id) => mainId(charter, id)))],
  ...(message.subject === undefined ? {} : { subject: subjectIn(charter, message.subject) }),
})

/** An entry with every participant under its main id; the very entry where the charter has no aliases. */
export const renamed = (charter: Charter, entry: Statement): Statement => {
  if (charter.participants.every((one) => one.aliases === undefined)) return entry
  const main = (id: Id): Id => mainId(charter, id)
  if ('message' in entry) return { message: messageIn(charter, entry.message) }
  if ('local' in entry) return { local: { ...entry.local, by: main(entry.local.by) } }
  if ('membership' in entry) return { membership: { ...entry.membership, by: main(entry.membership.by), participant: main(entry.membership.participant) } }
  if ('observation' in entry)
    return { observation: { ...entry.observation, ...(entry.observation.about === undefined ? {} : { about: main(entry.observation.about) }) } }
  if ('stamp' in entry) return { stamp: { ...entry.stamp, by: main(entry.stamp.by) } }
  return { correction: { ...entry.correction, by: main(entry.correction.by) } }
}
