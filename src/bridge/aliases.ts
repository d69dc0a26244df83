/**
 * One participant under several ids: an alias table, which its caller owns.
 *
 * Each source has its own names: a vendor is an organization on GitHub, an address in a calendar, a URI on a wire. A row says
 * that an id of one source is a participant of the case. {@link aliasesOf} checks a table, and {@link joinScene} and
 * {@link joinEntries} put the case's ids in the place of a source's, before and after any bridge has read.
 *
 * An id is replaced once. So a table in which a participant is itself an id of something else (a chain, or a circle) is
 * refused, and said why: applied again it would give something else. What several participants become that turn out to be one
 * is told, too: whoever wrote to itself, and two states of one participant.
 *
 * Ids may be anything, `__proto__` included: they are compared and kept in maps, and never name a property of anything here
 * but of the policy-like tables that a scene has, as own entries.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import { renamed } from '../case/alias.js'
import type { Charter } from '../case/charter.js'
import type { LogEntry } from '../protocol/log.js'
import type { Id } from '../protocol/message.js'
import type { Participant } from '../protocol/participant.js'
import type { Scene } from './scene.js'

/** An id of a source, and whom it stands for in the case. */
export interface Alias {
  /** The name of the source, `github` say; `*` where the id means that participant wherever it comes from. */
  readonly source: string
  readonly id: Id
  readonly participant: Id
}

/** What is wrong with a table: two rows that contradict each other, or an id that leads on. */
export interface AliasFault {
  readonly kind: 'conflict' | 'chain' | 'circle'
  readonly source: string
  readonly id: Id
  /** Whom the rows name; or the way from the id, each the next one's alias. */
  readonly to: ReadonlyArray<Id>
}

/** A table that was checked. */
export interface Aliases {
  readonly rows: ReadonlyArray<Alias>
  /** The participant that an id of a source stands for; the id itself where no row has it. */
  readonly participantOf: (source: string, id: Id) => Id
}

/** A sentence about a fault. */
export const describeAliasFault = ({ id, kind, source, to }: AliasFault): string => {
  const where = source === '*' ? 'in any source' : `in ${source}`
  return kind === 'conflict'
    ? `${id} ${where} is said to be ${to.join(' and ')}: which of them is it?`
    : kind === 'chain'
      ? `${id} ${where} is ${to.slice(1).join(', which is ')}: say at once that it is ${to.at(-1) ?? ''}.`
      : `${id} ${where} leads in a circle: ${to.join(', ')}. One of them has to be the participant's own id.`
}

/** The rows that hold for a source, the source's own before those for any. */
const inSource = (rows: ReadonlyArray<Alias>, source: string): ReadonlyMap<Id, Id> =>
  new Map([...rows.filter((row) => row.source === '*'), ...rows.filter((row) => row.source === source)].map(({ id, participant }) => [id, participant]))

/** Where an id leads, each step the alias of the one before; as far as the first that was there already. */
const wayFrom = (all: ReadonlyMap<Id, Id>, id: Id): ReadonlyArray<Id> => {
  const way: Id[] = [id]
  for (let at = all.get(id); at !== undefined && at !== way.at(-1); at = all.get(at)) {
    way.push(at)
    if (isBack(way)) break
  }
  return way
}
const isBack = (way: ReadonlyArray<Id>): boolean => way.indexOf(way.at(-1) ?? '') < way.length - 1

/** Checks a table. A row for one source stands before one for any. An id that is its own participant is no fault. */
export const aliasesOf = (rows: ReadonlyArray<Alias>): Either<ReadonlyArray<AliasFault>, Aliases> => {
  const faults: AliasFault[] = []
  const sources = new Map<string, Map<Id, Set<Id>>>()
  for (const { id, participant, source } of rows) {
    const known = sources.get(source) ?? new Map<Id, Set<Id>>()
    sources.set(source, known.set(id, (known.get(id) ?? new Set<Id>()).add(participant)))
  }
  for (const [source, own] of sources) {
    const all = inSource(rows, source)
    for (const id of new Set([...own.keys(), ...all.keys()])) {
      const named = own.get(id) ?? new Set<Id>()
      if (named.size > 1) {
        faults.push({ kind: 'conflict', source, id, to: [...named] })
        continue
      }
      const way = wayFrom(all, id)
      // A way on which this source has no word was told with the rows for any.
      if (way.length <= 2 || !way.slice(0, -1).some((at) => own.has(at))) continue
      faults.push({ kind: isBack(way) ? 'circle' : 'chain', source, id, to: way })
    }
  }
  if (faults.length > 0) return left(faults)
  const maps = new Map([...sources.keys()].map((source) => [source, inSource(rows, source)]))
  const anywhere = inSource(rows, '*')
  return right({ rows, participantOf: (source, id) => (maps.get(source) ?? anywhere).get(id) ?? id })
}

/** Something that came to light when ids were joined. */
export interface AliasWarning {
  readonly kind: 'to itself' | 'two states'
  /** The id of the entry, or of the participant. */
  readonly what: Id
  readonly says: string
}

/** Entries in the case's ids. */
export interface JoinedEntries {
  readonly entries: ReadonlyArray<LogEntry>
  readonly warnings: ReadonlyArray<AliasWarning>
}

/** What renaming asks of a charter: nothing but its participants and their aliases. */
const chartered = (aliases: Aliases, source: string, ids: ReadonlySet<Id>): Charter => {
  const names = new Map<Id, Id[]>()
  for (const id of ids) {
    const participant = aliases.participantOf(source, id)
    if (participant !== id) names.set(participant, [...(names.get(participant) ?? []), id])
  }
  return { case: '', protocol: 'adopted@1', decision: 'first', order: 'causal', participants: [...names].map(([id, known]) => ({ id, roles: [], aliases: known })) }
}

/** Every id in an entry that can name a participant. */
const idsIn = (entry: LogEntry): ReadonlyArray<Id> => {
  if ('message' in entry) {
    const { from, subject, to } = entry.message
    return [from, ...to, ...(subject === undefined ? [] : [typeof subject === 'string' ? subject : subject.participant])]
  }
  if ('receipt' in entry) return [entry.receipt.by]
  if ('local' in entry) return [entry.local.by]
  if ('membership' in entry) return [entry.membership.by, entry.membership.participant]
  if ('observation' in entry) return entry.observation.about === undefined ? [] : [entry.observation.about]
  return 'stamp' in entry ? [entry.stamp.by] : [entry.correction.by]
}

/** Entries of one source with the case's ids. A message that goes to its own sender then loses that recipient, and is left out where it has no other. */
export const joinEntries = (aliases: Aliases, source: string, entries: ReadonlyArray<LogEntry>): JoinedEntries => {
  const charter = chartered(aliases, source, new Set(entries.flatMap(idsIn)))
  const warnings: AliasWarning[] = []
  const joined = entries.flatMap((entry): ReadonlyArray<LogEntry> => {
    if ('receipt' in entry) return [{ receipt: { ...entry.receipt, by: aliases.participantOf(source, entry.receipt.by) } }]
    const named = renamed(charter, entry)
    if (!('message' in named)) return [named]
    const { from, id, to } = named.message
    const others = to.filter((each) => each !== from)
    if (others.length === to.length) return [named]
    warnings.push({ kind: 'to itself', what: id, says: others.length === 0 ? `${from} wrote it to itself under another id; it is left out` : `${from} is among its own recipients under another id` })
    return others.length === 0 ? [] : [{ message: { ...named.message, to: others } }]
  })
  return { entries: joined, warnings }
}

/** A scene in the case's ids. */
export interface JoinedScene {
  readonly scene: Scene
  readonly warnings: ReadonlyArray<AliasWarning>
}

const mapped = (table: Readonly<Record<string, Id>>, to: (id: Id) => Id): Readonly<Record<string, Id>> => Object.fromEntries(Object.entries(table).map(([name, id]) => [name, to(id)]))

/**
 * A scene for a bridge of one source, with the case's ids in it, and with the table's rows as the names that the source uses. Of participants who turn out to
 * be one, the one under the case's id stays, else the first; where their states differ, that is told.
 */
export const joinScene = (aliases: Aliases, source: string, scene: Scene): JoinedScene => {
  const main = (id: Id): Id => aliases.participantOf(source, id)
  const found = new Map<Id, Participant>()
  const warnings: AliasWarning[] = []
  for (const each of [...scene.participants].sort((one, other) => Number(main(one.id) !== one.id) - Number(main(other.id) !== other.id))) {
    const id = main(each.id)
    const known = found.get(id)
    if (known === undefined) found.set(id, { ...each, id })
    else if (known.rm !== each.rm || known.em !== each.em || known.cs !== each.cs || known.roles.join() !== each.roles.join()) warnings.push({ kind: 'two states', what: id, says: `${each.id} is ${id}, and was in another state or role; that of ${id} stays` })
  }
  const order = [...new Set(scene.participants.map((each) => main(each.id)))]
  const names = aliases.rows.filter((row) => row.source === source || row.source === '*').map((row) => [row.id, main(row.id)] as const)
  return {
    warnings,
    scene: {
      ...scene, participants: order.flatMap((id) => found.get(id) ?? []), parties: mapped(scene.parties, main),
      names: Object.fromEntries([...names, ...Object.entries(mapped(scene.names ?? {}, main))]),
    },
  }
}
