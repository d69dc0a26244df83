/**
 * Counterexamples as something to read and to replay: a run as a case log, and in sentences.
 *
 * A run names forms and symbols; here it becomes messages as participants would have written them, with ids, embargo ids, what
 * each answers and what its sender had seen, and every move is made once more by the rule set's own `transition` and `local`.
 * A message cites as answered what first made it due, whether somebody's message or a step of the sender's own.
 *
 * The log ends in the states of the run when it is replayed under the same rule set. Three things it cannot say the usual way:
 *
 * - Only receipts deliver in a log that has one. Where a run delivers nothing, an acknowledgement that changes nothing stands
 *   in front (`m0`) and is received, so that the rest is known to be under way.
 * - Whoever replays a log takes each message once. Where a channel repeats one, the receipts that are passed over are listed in
 *   the header's `ext`; the replay shows what comes of the run where ids are looked at.
 * - A run without end is there up to once around its loop; the entry that follows the last is in `ext`.
 *
 * @module
 */
import { type Either, isLeft, isRight } from 'fp-ts/Either'
import { formatInstant } from '../case/calendar.js'
import { protocols } from '../protocol/editions.js'
import { type CaseLog, editions, type LogEntry } from '../protocol/log.js'
import type { EmbargoTerms, Id, Json, Message, MessageType } from '../protocol/message.js'
import { formatState, type Participant, start } from '../protocol/participant.js'
import type { Refusal } from '../protocol/refusal.js'
import { type Due, dues } from '../protocol/reply.js'
import type { Outcome } from '../protocol/transition.js'
import { acknowledging } from './alphabet.js'
import { nameOf, startIn } from './model.js'
import type { Trace, TraceMessage, TraceMove } from './trace.js'

/** What a log is called. */
export interface LogOptions {
  readonly title?: string
  /** The id of the case; `counterexample` where absent. */
  readonly case?: Id
}

/** One move of a run, made again. */
export interface Step {
  readonly move: TraceMove
  /** Whoever moves, before and after. */
  readonly before: Participant
  readonly after: Participant
  /** What the rule set says of the move; absent where a message is lost. */
  readonly result?: Either<Refusal, Outcome>
  /** What becomes due by it, in the model. */
  readonly due: ReadonlyArray<Due>
  /** The place of its entry in the log; a loss has none. */
  readonly entry?: number
  /** It delivers a message that this participant has had before. */
  readonly again: boolean
}

/** A run made again: its moves, its messages as they stand in the log, and the log's entries. */
export interface Retraced {
  readonly steps: ReadonlyArray<Step>
  readonly messages: ReadonlyArray<Message>
  readonly entries: ReadonlyArray<LogEntry>
}

/** What a participant has by it when it writes its next entry. */
interface Desk {
  /** Its own previous entry, and the latest that came from each other since. */
  previous: Id | undefined
  readonly heard: Map<number, Id>
  /** The last proposal that it made or got, and the one that it holds to be in force. */
  proposal: Id | undefined
  force: Id | undefined
  /** The messages that it has. */
  readonly has: Set<number>
}

/** The first moment of every log: 2026-01-01T00:00:00Z. */
const DAY_ONE = 1_767_225_600_000
const MINUTE = 60_000
/** When every proposed embargo is to end: long after the log does. */
const END = '2026-04-01T00:00:00Z'

const proposes = (types: ReadonlyArray<MessageType>): boolean => types.includes('EP') || types.includes('EV')

/** The embargo that a message names: its own proposal, the one that it answers, or, to end it, the one in force. */
const embargoOf = ({ context, types }: TraceMessage, { force, proposal }: Desk, own: Id): EmbargoTerms | undefined => {
  const known = proposal ?? force ?? 'e0'
  if (context.existing === true) return { id: force ?? known, existing: true }
  if (proposes(types)) return { id: own, end: END }
  if (context.answers === true) return { id: known, answers: known }
  if (types.includes('ET')) return { id: force ?? known }
  return types.includes('ER') || types.includes('EJ') ? { id: known } : undefined
}

/** Makes a run again, move by move. */
export const retrace = (trace: Trace, id: Id = 'counterexample'): Retraced => {
  const { messages: sent, model, moves, states } = trace
  const { protocol } = model
  const names = model.participants.map((_, place) => nameOf(model, place))
  const name = (place: number): Id => names[place] ?? ''
  const desks = names.map((): Desk => ({ previous: undefined, heard: new Map(), proposal: undefined, force: undefined, has: new Set() }))
  const entries: LogEntry[] = []
  const messages: Message[] = []
  /** By move, the message that it sends or delivers, or its local step. */
  const idOf: Id[] = []
  let proposals = 0
  let locals = 0
  const now = (): string => formatInstant(DAY_ONE + entries.length * MINUTE)

  /** What the desk's owner has seen since its previous entry; the new entry is its previous one from now on. */
  const seen = (desk: Desk, entry: Id): { readonly after?: ReadonlyArray<Id> } => {
    const after = [...(desk.previous === undefined ? [] : [desk.previous]), ...desk.heard.values()]
    desk.previous = entry
    desk.heard.clear()
    return after.length === 0 ? {} : { after }
  }
  /** Whom a relay is about: somebody with a fix path, where there is somebody. */
  const other = (from: number): Id => {
    const others = names.flatMap((_, place) => (place === from ? [] : [place]))
    return name(others.find((place) => startIn(model, place).cs.length > 3) ?? others[0] ?? 0)
  }
  const written = (message: TraceMessage, desk: Desk): Message => {
    const { answers, context, from, to, types } = message
    const own = `m${messages.length + 1}`
    const embargo = embargoOf(message, desk, `e${proposals + 1}`)
    if (embargo?.id === `e${proposals + 1}`) proposals++
    const occasion = answers === undefined ? undefined : idOf[answers]
    return {
      id: own, case: id, from: name(from), to: to.map(name), types, at: now(),
      ...(context.reply === true ? { inReplyTo: occasion ?? desk.previous ?? 'm0' } : {}),
      ...seen(desk, own),
      ...(context.subject === 'other' ? { subject: other(from) } : {}),
      ...(context.cause === undefined || context.cause === 'none' ? {} : { cause: context.cause }),
      ...(embargo === undefined ? {} : { embargo }),
    }
  }
  /** What the step makes due; which embargo is in force by it is left on the desk. */
  const settle = (desk: Desk, result: Either<Refusal, Outcome>, embargo: EmbargoTerms | undefined): ReadonlyArray<Due> => {
    if (isLeft(result)) return []
    const due = dues(result.right).filter(({ required, type }) => required && !(model.acknowledgements === false && acknowledging.includes(type)))
    if (result.right.fired.some(({ event, machine }) => machine === 'em' && event === 'accept')) desk.force = embargo?.answers ?? desk.proposal
    return due
  }

  // A log without a receipt would be delivered at once.
  if (sent.length > 0 && !moves.some((move) => move.kind === 'delivery' && !move.lost)) {
    const note = 'Nothing that follows is delivered. This changes nothing and is received, so that receipts count.'
    entries.push({ message: { id: 'm0', case: id, from: name(0), to: [name(1)], types: ['GK'], at: now(), note } })
    entries.push({ receipt: { message: 'm0', by: name(1), at: now() } })
    desks.forEach((desk, place) => {
      if (place === 0) desk.previous = 'm0'
      if (place === 1) desk.heard.set(0, 'm0')
    })
  }
  const steps = moves.flatMap((move, index): ReadonlyArray<Step> => {
    const { participant } = move
    const [before, after, desk] = [states[index]?.[participant], states[index + 1]?.[participant], desks[participant]]
    if (before === undefined || after === undefined || desk === undefined) return []
    const entry = entries.length
    if (move.kind === 'local') {
      const local = `l${++locals}`
      idOf[index] = local
      entries.push({ local: { id: local, by: name(participant), event: move.event, at: now(), ...seen(desk, local) } })
      const result = protocol.local(before, move.event)
      return [{ move, before, after, result, due: settle(desk, result, undefined), entry, again: false }]
    }
    const form = sent[move.message]
    if (form === undefined) return []
    if (move.kind === 'send') {
      const message = written(form, desk)
      idOf[index] = message.id
      messages.push(message)
      entries.push({ message })
      if (message.embargo !== undefined && proposes(form.types)) desk.proposal = message.embargo.id
      const result = protocol.transition(before, message)
      return [{ move, before, after, result, due: settle(desk, result, message.embargo), entry, again: false }]
    }
    const message = messages[move.message]
    if (message === undefined) return []
    idOf[index] = message.id
    if (move.lost) return [{ move, before, after, due: [], again: false }]
    entries.push({ receipt: { message: message.id, by: name(participant), at: now() } })
    const again = desk.has.has(move.message)
    desk.has.add(move.message)
    const latest = desk.heard.get(form.from)
    if (latest === undefined || messages.findIndex((one) => one.id === latest) < move.message) desk.heard.set(form.from, message.id)
    if (message.embargo !== undefined && proposes(form.types)) desk.proposal = message.embargo.id
    const result = protocol.transition(before, message)
    return [{ move, before, after, result, due: settle(desk, result, message.embargo), entry, again }]
  })
  return { steps, messages, entries }
}

/** A run as a case log, which `mpcvd check` and `mpcvd timeline` read; one minute passes between two entries. */
export const logOf = (trace: Trace, options: LogOptions = {}): CaseLog => {
  const { loop, model } = trace
  const id = options.case ?? 'counterexample'
  const { entries, steps } = retrace(trace, id)
  const edition = editions.find((one) => one === model.protocol.edition) ?? 'adopted@1'
  const repeated = steps.flatMap(({ again, entry }) => (again && entry !== undefined ? [entry] : []))
  const back = loop === undefined ? undefined : steps.slice(loop).find(({ entry }) => entry !== undefined)?.entry
  const ext: { readonly [key: string]: Json } = {
    ...(protocols[edition] === model.protocol ? {} : { rules: `not those of ${edition}: replay it with the rules that were explored` }),
    ...(back === undefined ? {} : { loop: back }),
    ...(repeated.length === 0 ? {} : { repeated }),
  }
  return {
    header: {
      log: 1, protocol: edition, case: id, world: 'closed',
      participants: model.participants.map(({ roles }, place) => {
        const first = startIn(model, place)
        const { cs, em, rm } = start(first.id, roles)
        return { id: first.id, roles, ...(first.rm === rm && first.em === em && first.cs === cs ? {} : { start: formatState(first) }) }
      }),
      ...(options.title === undefined ? {} : { title: options.title }),
      ...(Object.keys(ext).length === 0 ? {} : { ext }),
    },
    entries,
  }
}

const listed = (names: ReadonlyArray<string>): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`

/** What is under way when a run ends: each message, with each place that it neither reached nor was lost on the way to. A repeated message that may come yet again is not counted. */
export const underWay = ({ messages, moves }: Trace): ReadonlyArray<{ readonly message: number; readonly to: number }> =>
  messages.flatMap(({ to }, message) =>
    to.filter((place) => !moves.some((move) => move.kind === 'delivery' && move.message === message && move.participant === place)).map((place) => ({ message, to: place })))

/**
 * A run in sentences: everybody at the start, a line a move, then how it ends and what is still under way. A number in brackets
 * after a message type is the message's, by the order of sending.
 */
export const wordsOf = (trace: Trace): ReadonlyArray<string> => {
  const { loop, messages, model, states } = trace
  const names = model.participants.map((_, place) => nameOf(model, place))
  const name = (place: number): string => names[place] ?? ''
  const { messages: written, steps } = retrace(trace)
  const called = (message: number): string => `${messages[message]?.types.join('+') ?? ''} (${message + 1})`
  const everybody = (all: ReadonlyArray<Participant> | undefined): string => (all ?? []).map((one) => `${one.id} is in ${formatState(one)}`).join(', ')
  const cited = (message: number): string => {
    const { inReplyTo } = written[message] ?? {}
    const answered = written.findIndex(({ id }) => id === inReplyTo)
    return inReplyTo === undefined ? '' : answered < 0 ? ', as it owes' : `, as it owes for (${answered + 1})`
  }
  const became = ({ after, before, due, result }: Step): string => {
    const same = before.rm === after.rm && before.em === after.em && before.cs === after.cs
    const state = result !== undefined && isLeft(result) ? ', which no rule is about' : same ? '' : `, and is in ${formatState(after)}`
    return `${state}${due.length === 0 ? '' : `; owes ${[...new Set(due.map(({ type }) => type))].join(', ')}`}`
  }
  const told = (step: Step): string => {
    const { move } = step
    if (move.kind === 'local') return `${name(move.participant)} steps by itself (${move.event})${became(step)}`
    const { from = 0, to = [] } = messages[move.message] ?? {}
    if (move.kind === 'send') return `${name(move.participant)} sends ${called(move.message)} to ${listed(to.map(name))}${cited(move.message)}${became(step)}`
    if (move.lost) return `${called(move.message)} from ${name(from)} to ${name(move.participant)} is lost`
    return `${name(move.participant)} gets ${called(move.message)} from ${name(from)}${step.again ? ' once more' : ''}${became(step)}`
  }
  const left = underWay(trace).map(({ message, to }) => `${called(message)} from ${name(messages[message]?.from ?? 0)} to ${name(to)}`)
  return [
    `At the start ${everybody(states[0])}.`,
    ...steps.map((step, index) => `${index + 1}. ${told(step)}.`),
    `At the end ${everybody(states.at(-1))}.`,
    ...(left.length === 0 ? [] : [`Under way: ${listed(left)}.`]),
    ...(loop === undefined ? [] : [`From move ${loop + 1} on, all this comes again, without end.`]),
  ]
}

/** Whether a move met no rule. */
export const isUnspecified = ({ move, result }: Step): boolean => move.kind === 'delivery' && result !== undefined && !isRight(result)
