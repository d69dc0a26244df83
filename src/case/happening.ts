/**
 * What happened in a case, as clocks see it.
 *
 * A clock does not ask for states. It asks whether somebody was told, answered, had a fix, went public, and when. So the
 * entries of a case are read into happenings: one word for what, one moment, one participant whom it is about. A message to
 * three vendors makes three happenings, one about each. The tables below are the only place that says which entry means what.
 *
 * Some things that deadlines wait for have no message in the protocol: a warning to an authority, a day that a fix is planned
 * for. Any entry may carry one in its extensions, as `ext: { happening: 'early-warning' }`, with `until` for a planned day.
 *
 * Corrections are taken as they come, the later over the earlier: one with a moment replaces the moment, a retraction
 * removes. Whether whoever made one had the right to is not asked; leave out the entries that do not count.
 *
 * Source of the meanings: docs/reference/formal_protocol/messages.md, and the observed events of the case log.
 *
 * @module
 */
import { contentOf, type LocalEvent, type MembershipChange, type ObservedEvent, type Statement } from '../protocol/log.js'
import type { Id, Json, Message, MessageType, Moment } from '../protocol/message.js'
import { idOf } from './entry.js'

/**
 * Every kind of happening. A `fact` holds from when it happened on, and counts for a clock that starts later; an `act` is
 * over when it is done, and counts only for clocks that ran.
 */
export const happeningKinds = {
  'contacted': 'act', 'reported': 'act', 'acknowledged': 'act', 'answered': 'act', 'asked': 'act',
  'discovered': 'act', 'validated': 'act', 'invalid': 'act', 'accepted': 'act', 'deferred': 'act', 'closed': 'act',
  'embargo-proposed': 'act', 'embargo-accepted': 'act', 'embargo-rejected': 'act', 'embargo-ended': 'act',
  'joined': 'act', 'left': 'act',
  'aware': 'fact', 'fix-ready': 'fact', 'deployed': 'fact', 'public': 'fact', 'exploit-public': 'fact', 'attacks': 'fact',
  'attacks-known': 'fact',
  'fix-scheduled': 'act', 'mitigation-available': 'fact', 'existence-announced': 'fact',
  'early-warning': 'fact', 'notification': 'fact', 'final-report': 'fact',
} as const

/**
 * A kind of happening. `contacted` and `reported` are about whom it reached; `answered` is anything of substance that
 * somebody sent, `acknowledged` a receipt; `asked` is about whom a question was put to. `attacks` is that there are any,
 * `attacks-known` that one participant knows. What is about the embargo, and `public`, `exploit-public` and `attacks`, is about
 * nobody in particular and concerns all.
 */
export type HappeningKind = keyof typeof happeningKinds

/** What an entry can carry as `ext.happening`: kinds that no message stands for. */
export const recordedKinds = [
  'fix-scheduled', 'mitigation-available', 'existence-announced', 'early-warning', 'notification', 'final-report',
] as const satisfies ReadonlyArray<HappeningKind>

/** One thing that happened. */
export interface Happening {
  readonly what: HappeningKind
  readonly at: Moment
  /** The participant that it is about; absent where it concerns all, or nobody knows. */
  readonly about?: Id
  readonly product?: string
  /** Who did or told it; for an observation only with an embargo, whoever it is about. */
  readonly by?: Id
  /** The end of the embargo that was proposed or accepted, or the day that the fix is planned for. */
  readonly until?: Moment
  /** Where it is written, for an observation. */
  readonly source?: string
  /** The place of the entry in the list, from 0. */
  readonly entry: number
  /** The id of the entry, where it has one. */
  readonly id?: Id
}

/** Whom a happening is about: the author of the entry, each recipient, both, its subject, or nobody in particular. */
type Whom = 'author' | 'recipients' | 'everyone' | 'subject' | 'case'
type Row = readonly [what: HappeningKind, whom: Whom]

/** What a message of a type means. A public exploit makes the vulnerability public (erratum D-CS-05). */
const messageRows: Readonly<Record<MessageType, ReadonlyArray<Row>>> = {
  RS: [['contacted', 'recipients'], ['reported', 'recipients'], ['answered', 'author']],
  RI: [['invalid', 'author'], ['answered', 'author']],
  RV: [['validated', 'author'], ['answered', 'author']],
  RD: [['deferred', 'author'], ['answered', 'author']],
  RA: [['accepted', 'author'], ['answered', 'author']],
  RC: [['closed', 'author'], ['answered', 'author']],
  RK: [['acknowledged', 'author']],
  RE: [],
  EP: [['contacted', 'recipients'], ['embargo-proposed', 'case'], ['answered', 'author']],
  ER: [['embargo-rejected', 'case'], ['answered', 'author']],
  EA: [['embargo-accepted', 'case'], ['answered', 'author']],
  EV: [['embargo-proposed', 'case'], ['answered', 'author']],
  EJ: [['embargo-rejected', 'case'], ['answered', 'author']],
  EC: [['embargo-accepted', 'case'], ['answered', 'author']],
  ET: [['embargo-ended', 'case']],
  EK: [['acknowledged', 'author']],
  EE: [],
  CV: [['aware', 'subject']],
  CF: [['fix-ready', 'subject'], ['answered', 'author']],
  CD: [['deployed', 'subject'], ['answered', 'author']],
  CP: [['public', 'case']],
  CX: [['exploit-public', 'case'], ['public', 'case']],
  CA: [['attacks', 'case'], ['attacks-known', 'everyone']],
  CK: [['acknowledged', 'author']],
  CE: [],
  GI: [['contacted', 'recipients'], ['asked', 'recipients'], ['answered', 'author']],
  GK: [['acknowledged', 'author']],
  GE: [],
}

const localRows: Readonly<Record<LocalEvent, ReadonlyArray<Row>>> = {
  'discover': [['discovered', 'author']],
  'learn P': [['public', 'case']],
  'learn X': [['exploit-public', 'case'], ['public', 'case']],
  'learn A': [['attacks', 'case'], ['attacks-known', 'author']],
  'aware': [['aware', 'author']],
  'expire': [['embargo-ended', 'case']],
  'validate': [['validated', 'author']],
  'invalidate': [['invalid', 'author']],
  'accept': [['accepted', 'author']],
  'defer': [['deferred', 'author']],
  'close': [['closed', 'author']],
  'ready': [['fix-ready', 'author']],
  'deployed': [['deployed', 'author']],
}

/** An observed A says that there were attacks, and not who knew. */
const observationRows: Readonly<Record<ObservedEvent, ReadonlyArray<Row>>> = {
  'V': [['aware', 'subject']],
  'F': [['fix-ready', 'subject']],
  'D': [['deployed', 'subject']],
  'P': [['public', 'case']],
  'X': [['exploit-public', 'case'], ['public', 'case']],
  'A': [['attacks', 'case']],
  'rm.receive': [['contacted', 'subject'], ['reported', 'subject']],
  'rm.validate': [['validated', 'subject']],
  'rm.invalidate': [['invalid', 'subject']],
  'rm.accept': [['accepted', 'subject']],
  'rm.defer': [['deferred', 'subject']],
  'rm.close': [['closed', 'subject']],
  'em.propose': [['embargo-proposed', 'case']],
  'em.accept': [['embargo-accepted', 'case']],
  'em.reject': [['embargo-rejected', 'case']],
  'em.terminate': [['embargo-ended', 'case']],
}

/** Who withdraws from an embargo stays in the case. */
const membershipRows: Readonly<Record<MembershipChange, ReadonlyArray<Row>>> = {
  joins: [['joined', 'subject']],
  leaves: [['left', 'subject']],
  excluded: [['left', 'subject']],
  roles: [],
  withdraws: [],
}

/** What the rows of an entry are filled in from. */
interface Filling {
  readonly rows: ReadonlyArray<Row>
  readonly at: Moment
  readonly author?: Id
  readonly recipients?: ReadonlyArray<Id>
  readonly subject?: Id | undefined
  readonly product?: string | undefined
  readonly until?: Moment | undefined
  readonly source?: string
  readonly ext?: { readonly [key: string]: Json } | undefined
}

const aboutWhom = (whom: Whom, filling: Filling): ReadonlyArray<Id | undefined> => {
  switch (whom) {
    case 'author':
      return [filling.author]
    case 'recipients':
      return filling.recipients ?? []
    case 'everyone':
      return [...new Set([...(filling.author === undefined ? [] : [filling.author]), ...(filling.recipients ?? [])])]
    case 'subject':
      return [filling.subject]
    case 'case':
      return [undefined]
  }
}

/** What the messages of the list have to say about one another: their texts by id, and the embargo ends that were proposed. */
interface Context {
  readonly messages: ReadonlyMap<Id, Message>
  readonly ends: ReadonlyMap<Id, Moment>
}

/** Products belong to fixes and deployments; what else a message says is about the participant. */
const perProduct: ReadonlyArray<HappeningKind> = ['fix-ready', 'deployed', 'fix-scheduled', 'mitigation-available']

const ofMessage = (message: Message, { messages, ends }: Context): Filling => {
  const { embargo, subject } = message
  const cited = message.inReplyTo === undefined ? undefined : messages.get(message.inReplyTo)
  const rows = message.types.flatMap((type) => messageRows[type])
  const accepted = message.types.includes('RS') && embargo?.answers !== undefined ? ([['embargo-accepted', 'case']] as const) : []
  return {
    // A question in answer to a question is an answer.
    rows: [...(cited?.types.includes('GI') === true ? rows.filter(([what]) => what !== 'asked') : rows), ...accepted],
    at: message.at,
    author: message.from,
    recipients: message.to,
    subject: subject === undefined ? message.from : typeof subject === 'string' ? subject : subject.participant,
    product: typeof subject === 'object' ? subject.product : undefined,
    until: embargo?.end ?? (embargo?.answers === undefined ? undefined : ends.get(embargo.answers)),
    ext: message.ext,
  }
}

const ofStatement = (entry: Statement, context: Context): Filling | undefined => {
  if ('message' in entry) return ofMessage(entry.message, context)
  if ('local' in entry) {
    const { at, by, event, ext, product } = entry.local
    return { rows: localRows[event], at, author: by, product, ext }
  }
  if ('observation' in entry) {
    const { about, at, event, ext, source } = entry.observation
    return { rows: observationRows[event], at, subject: about, source, ext, ...(about !== undefined && event.startsWith('em.') ? { author: about } : {}) }
  }
  if ('membership' in entry) {
    const { at, by, change, ext, participant } = entry.membership
    return { rows: membershipRows[change], at, author: by, subject: participant, ext }
  }
  return undefined
}

/** What the corrections of a list come to: which ids are gone, and which have another moment. A retracted correction corrects nothing. */
const corrected = (entries: ReadonlyArray<Statement>): { readonly gone: ReadonlySet<Id>; readonly moments: ReadonlyMap<Id, Moment> } => {
  const gone = new Set<Id>()
  const moments = new Map<Id, Moment>()
  for (const entry of [...entries].reverse()) {
    if (!('correction' in entry)) continue
    const { change, id, moment, of } = entry.correction
    if (id !== undefined && gone.has(id)) continue
    if (change === 'retracts') gone.add(of)
    else if (change === 'corrects' && moment !== undefined && !moments.has(of)) moments.set(of, moment)
  }
  return { gone, moments }
}

const recordedIn = (ext: Filling['ext']): ReadonlyArray<Row> => {
  const kind = recordedKinds.find((one) => one === ext?.['happening'])
  return kind === undefined ? [] : [[kind, 'author']]
}

/**
 * What happened, in the order of the entries; within an entry in the order of its types, then its recipients. Stamps and
 * corrections make no happenings. An embargo that is accepted has the end that the acceptance names, else that of the
 * proposal that it answers.
 */
export const happenings = (entries: ReadonlyArray<Statement>): ReadonlyArray<Happening> => {
  const { gone, moments } = corrected(entries)
  const sent = entries.flatMap((entry) => ('message' in entry ? [entry.message] : []))
  const context: Context = {
    messages: new Map(sent.map((message) => [message.id, message])),
    ends: new Map(sent.flatMap(({ embargo, id }) => (embargo?.end === undefined ? [] : [[id, embargo.end], [embargo.id, embargo.end]]))),
  }
  return entries.flatMap((entry, place) => {
    const filling = ofStatement(entry, context)
    if (filling === undefined) return []
    const { id } = contentOf(entry)
    const named = gone.size === 0 && moments.size === 0 ? '' : idOf(entry)
    if (gone.has(named)) return []
    const at = moments.get(named) ?? filling.at
    const said = filling.ext?.['until']
    return [...filling.rows, ...recordedIn(filling.ext)].flatMap(([what, whom]) => {
      const until = what.startsWith('embargo-') ? filling.until : what === 'fix-scheduled' && typeof said === 'string' ? said : undefined
      return aboutWhom(whom === 'author' && filling.author === undefined ? 'subject' : whom, filling).map((about): Happening => ({
        what,
        at,
        ...(about === undefined ? {} : { about }),
        ...(filling.product === undefined || !perProduct.includes(what) ? {} : { product: filling.product }),
        ...(filling.author === undefined ? {} : { by: filling.author }),
        ...(until === undefined ? {} : { until }),
        ...(filling.source === undefined ? {} : { source: filling.source }),
        entry: place,
        ...(id === undefined ? {} : { id }),
      }))
    })
  })
}
