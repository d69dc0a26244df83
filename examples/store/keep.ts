/**
 * A case in an event store: one stream a case, one event an entry.
 *
 * This is the part to copy. What a stream holds is a grow-only set, so nobody has to agree on the order of its events;
 * all that there is to guard against is writing an entry down twice. Whoever appends therefore says which version of
 * the stream it has read: if somebody else was faster, the store refuses, and the writer reads what is new and looks
 * again whether there is anything left to append. An append that is refused always means that another one went
 * through, so this ends without pauses, locks or a limit.
 */
import assert from 'node:assert/strict'
import {
  type Event, type EventStore, isExpectedVersionConflictError, type ReadEventMetadataWithGlobalPosition,
} from '@event-driven-io/emmett'
import type { Id, LogHeader, Statement } from 'mpcvd'
import { charterOf, ingest, type Ledger, openLedger } from 'mpcvd/case'
import { decodeEntry, parseJson } from 'mpcvd/codec'

/** Any of Emmett's event stores that number the events of a stream from 1. */
export type Store = EventStore<ReadEventMetadataWithGlobalPosition>

/**
 * One entry, as its line of JSON. It goes into the store as text: PostgreSQL keeps event data as `jsonb`, which sorts
 * keys, rewrites numbers, and refuses the character NUL, which a note may hold.
 */
export type EntryKept = Event<'EntryKept', { readonly line: string }>

/** What a writer knows of one case: its ledger, and the version of the stream that it was read from. */
export interface Replica {
  readonly ledger: Ledger
  readonly version: bigint
}

/** What became of entries that were brought: the case as it is now, how many were news, and how often another writer was faster. */
export interface Kept {
  readonly replica: Replica
  readonly appended: number
  readonly conflicts: number
}

/** The stream of a case. Cases have nothing in common, so their streams may be in as many databases as one likes. */
export const streamOf = (name: Id): string => `case-${encodeURIComponent(name)}`

/** A case of which nothing is known yet. */
export const unread = (header: LogHeader): Replica => {
  const opened = openLedger(charterOf(header))
  assert(opened._tag === 'Right', `${header.case}: no ledger can be opened on this header; put its participants right`)
  return { ledger: opened.right, version: 0n }
}

/** Reads one line, from a webhook or from the store. Nothing goes into a ledger that was not checked. */
export const readEntry = (line: string): Statement => {
  const parsed = parseJson(line)
  const read = parsed._tag === 'Right' ? decodeEntry(parsed.right) : undefined
  assert(read?._tag === 'Right' && !('receipt' in read.right.value), `no entry of a ledger, refuse it: ${line.slice(0, 200)}`)
  return read.right.value
}

const written = (entry: Statement): EntryKept => ({ type: 'EntryKept', data: { line: JSON.stringify(entry) } })

/** The lines of a stream after a version, and its version now. */
export const readLines = async (store: Store, name: Id, after = 0n): Promise<{ readonly lines: ReadonlyArray<string>; readonly version: bigint }> => {
  // PostgreSQL counts `from` from 1 and memory from 0, so one event too many may come.
  const { events } = await store.readStream<EntryKept>(streamOf(name), after === 0n ? {} : { from: after })
  const later = events.filter((one) => one.metadata.streamPosition > after)
  return { lines: later.map((one) => one.data.line), version: later.at(-1)?.metadata.streamPosition ?? after }
}

/** Takes in what others have appended since. */
export const follow = async (store: Store, name: Id, replica: Replica): Promise<Replica> => {
  const { lines, version } = await readLines(store, name, replica.version)
  return { ledger: ingest(replica.ledger, lines.map(readEntry)), version }
}

/** Appends those entries that the stream does not hold yet, all or none of them at a time. */
export const keep = async (store: Store, name: Id, replica: Replica, entries: ReadonlyArray<Statement>): Promise<Kept> => {
  let known = replica
  for (let conflicts = 0; ; conflicts++) {
    const { news, grown } = newsTo(known.ledger, entries)
    if (news.length === 0) return { replica: known, appended: 0, conflicts }
    try {
      // The number, also for a stream that does not exist yet: Emmett 0.42 checks nothing on `STREAM_DOES_NOT_EXIST`.
      const { nextExpectedStreamVersion } = await store.appendToStream(streamOf(name), news.map(written), { expectedStreamVersion: known.version })
      return { replica: { ledger: grown, version: nextExpectedStreamVersion }, appended: news.length, conflicts }
    } catch (reason) {
      if (!isExpectedVersionConflictError(reason)) throw reason
      known = await follow(store, name, known)
    }
  }
}

/** The entries that change a ledger, each once, and the ledger with them. To take in one that it holds gives back the very ledger. */
const newsTo = (ledger: Ledger, entries: ReadonlyArray<Statement>): { readonly news: ReadonlyArray<Statement>; readonly grown: Ledger } => {
  const news: Statement[] = []
  let grown = ledger
  for (const entry of entries) {
    const next = ingest(grown, [entry])
    if (next !== grown) news.push(entry)
    grown = next
  }
  return { news, grown }
}
