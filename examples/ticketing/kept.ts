/**
 * What is kept of a case, and the lines that it is made of.
 *
 * A case grows by lines only, and one function, {@link withLine}, says what a line does. It is called when something has
 * come in and when the lines are read again after a restart, so a case is the same after a restart as before it. A line
 * holds all that one request changed: it is written whole or not at all.
 *
 * The entries of the lines, one after the other, are the case's log. For the order in which several authors decide, each
 * entry cites what was known when it came in (`heads`).
 */
import { isDeepStrictEqual } from 'node:util'
import { adopted, type CaseLog, contentOf, type Id, type LogEntry, type LogHeader, type Moment, type Participant, replay, type Statement } from 'mpcvd'
import { type Case, caseOf, charterOf, heads, ingest, type Ledger, openLedger } from 'mpcvd/case'
import { decodeEntry, decodeHeader, parseJson } from 'mpcvd/codec'
import type { Change } from 'mpcvd/bridge'
import { fieldOf } from './record.js'

/** A record of a tracker: which one, and what is known of it. */
export interface Known {
  /** The name of its bridge and its id there. */
  readonly key: string
  readonly snapshot: unknown
}

/** A question that a change has left open, with the change, so that the answer can be acted on later. */
export interface Asked {
  readonly id: string
  /** The record that it is about. */
  readonly record: string
  /** The row of the bridge, and what a policy would answer the question by. */
  readonly row: string
  readonly by: string
  readonly question: string
  readonly answers: ReadonlyArray<{ readonly answer: string; readonly meaning: string }>
  readonly change: Change
  readonly at: Moment
  /** Whom it is about, where several came at once. */
  readonly newcomer?: Id
}

/** What one request changed in a case. The first line of a case has its header. */
export interface Line {
  readonly header?: LogHeader
  readonly seen: Moment
  /** The delivery that brought it, by the id that its sender gave to it. */
  readonly delivery?: string
  readonly record?: Known
  readonly entries: ReadonlyArray<Statement>
  readonly asked: ReadonlyArray<Asked>
  /** The question that was answered. */
  readonly answered?: string
}

/** A case as it is kept. */
export interface Kept {
  readonly header: LogHeader
  readonly ledger: Ledger
  /** In the order in which they came, which is the order of replay. */
  readonly entries: ReadonlyArray<Statement>
  readonly deliveries: ReadonlySet<string>
  readonly records: ReadonlyMap<string, unknown>
  readonly asked: ReadonlyMap<string, Asked>
}

/** A case of which nothing has been said yet; `undefined` where its header is none that a case can have. */
export const opened = (header: LogHeader): Kept | undefined => {
  const ledger = openLedger(charterOf(header))
  return ledger._tag === 'Left' ? undefined : { header, ledger: ledger.right, entries: [], deliveries: new Set(), records: new Map(), asked: new Map() }
}

/** A case with one more line. */
export const withLine = (kept: Kept, line: Line): Kept => ({
  header: kept.header,
  ledger: line.entries.length === 0 ? kept.ledger : ingest(kept.ledger, line.entries),
  entries: [...kept.entries, ...line.entries],
  deliveries: line.delivery === undefined ? kept.deliveries : new Set([...kept.deliveries, line.delivery]),
  records: line.record === undefined ? kept.records : new Map([...kept.records, [line.record.key, line.record.snapshot]]),
  asked: new Map([...[...kept.asked].filter(([id]) => id !== line.answered), ...line.asked.map((each) => [each.id, each] as const)]),
})

/** The log of a case. */
export const logOf = ({ entries, header }: Kept): CaseLog => ({ header, entries })

/**
 * The case that the ledger holds, and everybody as the log leaves them. They are not the same: what somebody observed moves
 * those whom it is about in a log, and is content in a ledger, where everybody speaks for himself; of the embargo only the
 * ledger knows what the case has agreed on.
 */
export const lookAt = (kept: Kept): { readonly of: Case; readonly participants: ReadonlyArray<Participant> } => ({ of: caseOf(kept.ledger), participants: replay(adopted, logOf(kept)).participants })

/**
 * Entries as a case takes them: each cites what the case knew before it. What the case has under the same id is left out.
 */
export const linkedTo = ({ entries: known, ledger }: Kept, entries: ReadonlyArray<LogEntry>, by: Id): ReadonlyArray<Statement> => {
  const names = new Set(known.flatMap((entry) => contentOf(entry).id ?? []))
  const linked: Statement[] = []
  let grown = ledger
  for (const entry of entries) {
    if ('receipt' in entry || 'stamp' in entry) continue
    const { id } = contentOf(entry)
    if (id !== undefined && names.has(id)) continue
    if (id !== undefined) names.add(id)
    const next: Statement =
      'message' in entry ? { message: { ...entry.message, after: heads(grown, entry.message.from, entry.message.to) } }
      : 'membership' in entry ? { membership: { ...entry.membership, after: heads(grown, entry.membership.by, []) } }
      : 'observation' in entry ? { observation: { ...entry.observation, after: heads(grown, by, []) } }
      : entry
    linked.push(next)
    grown = ingest(grown, next)
  }
  return linked
}

/** Whether a message says what an entry of the log has said already, whenever that was and whatever it cites. */
export const isSame = (one: object, other: object): boolean => {
  const bare = (of: object): unknown => ({ ...JSON.parse(JSON.stringify(of)), at: null, after: null })
  return isDeepStrictEqual(bare(one), bare(other))
}

/** A line as text. */
export const written = (line: Line): string => JSON.stringify(line)

const isAsked = (input: unknown): input is Asked =>
  ['id', 'record', 'row', 'by', 'question', 'at'].every((name) => typeof fieldOf(input, name) === 'string') && Array.isArray(fieldOf(input, 'answers')) && typeof fieldOf(input, 'change') === 'object'

const listAt = (input: unknown, name: string): ReadonlyArray<unknown> => {
  const list = fieldOf(input, name)
  return Array.isArray(list) ? list : []
}

/** Reads a line again. What goes into a ledger is checked, whoever wrote it; `undefined` where something is wrong with it. */
export const readLine = (text: string): Line | undefined => {
  const parsed = parseJson(text)
  if (parsed._tag === 'Left') return undefined
  const input = parsed.right
  const [header, seen, delivery, record, answered] = ['header', 'seen', 'delivery', 'record', 'answered'].map((name) => fieldOf(input, name))
  const asked = listAt(input, 'asked')
  const read = listAt(input, 'entries').map(decodeEntry)
  const entries = read.flatMap((each): ReadonlyArray<Statement> => (each._tag === 'Left' || 'receipt' in each.right.value ? [] : [each.right.value]))
  const decoded = header === undefined ? undefined : decodeHeader(header)
  const key = fieldOf(record, 'key')
  if (typeof seen !== 'string' || entries.length < read.length || decoded?._tag === 'Left' || !asked.every(isAsked)) return undefined
  if ((record !== undefined && typeof key !== 'string') || (delivery !== undefined && typeof delivery !== 'string') || (answered !== undefined && typeof answered !== 'string')) return undefined
  return {
    seen, entries, asked, ...(decoded === undefined ? {} : { header: decoded.right.value }), ...(delivery === undefined ? {} : { delivery }),
    ...(typeof key === 'string' ? { record: { key, snapshot: fieldOf(record, 'snapshot') } } : {}), ...(answered === undefined ? {} : { answered }),
  }
}

/** Reads a case from its lines; the number of the first that cannot be read otherwise. */
export const reopened = (lines: ReadonlyArray<string>): Kept | number => {
  let kept: Kept | undefined
  for (const [place, text] of lines.entries()) {
    const line = readLine(text)
    if (line === undefined || (kept === undefined) !== (line.header !== undefined)) return place + 1
    kept ??= line.header === undefined ? undefined : opened(line.header)
    if (kept === undefined) return place + 1
    kept = withLine(kept, line)
  }
  return kept ?? 1
}
