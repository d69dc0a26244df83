/**
 * The one function: what sending or receiving a message does to a participant.
 *
 * `transition(state, message)` is the standard's `succ`. The participant is sending when it is the message's `from`, and
 * receiving when it is in `to`. The caller's mistakes come back as `Left` with the reason; everything that a peer can do
 * is a `Right`, with the answer that the protocol has for it. Nothing is changed, nothing throws, nothing is remembered
 * between calls but answers that depend on the arguments alone.
 *
 * A bundle is one step: its types take effect in their order, each in the state that the one before it left, and either
 * all do or none. What the message proposes or answers is read before the first of them.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import { compile, type Compiled, contextNumber, stateNumber } from './compile.js'
import { type Cell, inMachineOrder, interpretObserved, plainContext, roleShapeOf, unique } from './interpret.js'
import { type LocalEvent, localEvents, type ObservedEvent } from './log.js'
import { isBundle, type Message, type MessageType, messageTypeList, subjectOf } from './message.js'
import { fits, type Participant } from './participant.js'
import type { Refusal, Tried } from './refusal.js'
import type { Context, Fired, Note, RefusalKind, RowType, RuleSet, Way } from './rules.js'

/** What a step does. */
export interface Outcome {
  /** The participant afterwards; the very object that went in where nothing changed. */
  readonly state: Participant
  /** The events that were fired: RM, then CS, then EM, within each in the order in which they happened. */
  readonly fired: ReadonlyArray<Fired>
  /** The message types that the participant owes now: answers to what it received, announcements of what changed. */
  readonly replies: ReadonlyArray<MessageType>
  /** Answers that may be given besides, and conform. */
  readonly optional: ReadonlyArray<MessageType>
  /** Circumstances worth knowing, and advice. */
  readonly notes: ReadonlyArray<Note>
  /** The rules that decided, in the order in which they applied. */
  readonly rules: ReadonlyArray<string>
}

/** Something that a participant may send now: in a plain message of its own, unless `context` says what else has to be so. */
export interface Permitted {
  /** One type, or the pair CX and CP. */
  readonly types: ReadonlyArray<MessageType>
  /** What has to be so of the message, where the type alone is not enough or would do something else. */
  readonly context?: Partial<Context>
  readonly fired: ReadonlyArray<Fired>
  /** What it would then owe. */
  readonly replies: ReadonlyArray<MessageType>
  readonly notes: ReadonlyArray<Note>
}

/** A reading of the protocol, ready to run. */
export interface Protocol {
  readonly name: RuleSet['name']
  /** Its name and edition, as logs and vectors cite it: `adopted@1`. */
  readonly edition: `${RuleSet['name']}@${number}`
  /** The rows themselves. */
  readonly rules: RuleSet
  /** What sending or receiving a message does to a participant. */
  readonly transition: (state: Participant, message: Message) => Either<Refusal, Outcome>
  /** What a step does that no message carries. */
  readonly local: (state: Participant, event: LocalEvent) => Either<Refusal, Outcome>
  /** What an event does that somebody recorded: it, and what is forced with it; nobody owes anything for it. */
  readonly observe: (state: Participant, event: ObservedEvent) => Either<Refusal, Outcome>
  /** Everything that a participant may send now as a message of its own, and what each would do. */
  readonly permitted: (state: Participant) => ReadonlyArray<Permitted>
  /** The local steps that a participant may take now. */
  readonly permittedLocal: (state: Participant) => ReadonlyArray<LocalEvent>
}

/** What of a message, besides its types, decides what it does. */
export const contextOf = (message: Message): Context => ({
  subject: subjectOf(message) === message.from ? 'own' : 'other',
  cause: message.cause ?? 'none',
  reply: message.inReplyTo !== undefined,
  existing: message.embargo?.existing === true,
  answers: message.embargo?.answers !== undefined && !message.types.includes('EP'),
})

/** The number of a message's context, without a look at the fields of which there are none. */
const contextIn = (message: Message): number =>
  message.subject === undefined && message.cause === undefined && message.inReplyTo === undefined && message.embargo === undefined
    ? 0
    : contextNumber(contextOf(message))

/** Types as the rows take them: CX and CP together are one where the rows of that direction have the pair. */
const units = (types: ReadonlyArray<MessageType>, paired: boolean): ReadonlyArray<RowType> =>
  paired && types.includes('CX') && types.includes('CP')
    ? types.flatMap((type): RowType[] => (type === 'CX' ? ['CX+CP'] : type === 'CP' ? [] : [type]))
    : types

const stateAfter = (state: Participant, cell: Cell): Participant =>
  cell.rm === state.rm && cell.em === state.em && cell.cs === state.cs
    ? state
    : { id: state.id, roles: state.roles, rm: cell.rm, em: cell.em, cs: cell.cs }

const outcome = (state: Participant, cell: Cell): Outcome => ({
  state: stateAfter(state, cell),
  fired: cell.fired,
  replies: cell.replies,
  optional: cell.optional,
  notes: cell.notes,
  rules: cell.rules,
})

const none: ReadonlyArray<MessageType> = []

/** One outcome of the outcomes of a bundle's parts. What its sender says in it, whichever part, it does not owe as well. */
const together = (parts: ReadonlyArray<Outcome>, state: Participant, said: ReadonlyArray<MessageType>): Outcome => {
  const fired = parts.flatMap((part) => part.fired)
  const replies = unique(parts.flatMap((part) => part.replies)).filter((type) => !said.includes(type))
  return {
    state,
    fired: inMachineOrder(fired),
    replies,
    optional: unique(parts.flatMap((part) => part.optional)).filter((type) => !replies.includes(type)),
    notes: parts.flatMap((part) => part.notes),
    rules: parts.flatMap((part) => part.rules),
  }
}

/** Contexts in which a type can be sent that cannot otherwise, or does something else. */
const variants: ReadonlyArray<{ readonly types: ReadonlyArray<RowType>; readonly context: Partial<Context> }> = [
  { types: ['CV', 'CF', 'CD'], context: { subject: 'other' } },
  { types: ['EP'], context: { existing: true } },
  { types: ['RS'], context: { answers: true } },
]

/** Makes a rule set run. */
export const protocol = (rules: RuleSet): Protocol => {
  let compiled: Compiled | undefined
  const answers = (): Compiled => (compiled ??= compile(rules))
  const ask = (way: Way, unit: RowType, state: Participant, context: number): Cell | undefined =>
    unit === 'CX+CP' ? answers().pair(way, state.roles, state, context) : answers().cell(way, unit, state.roles, state, context)

  /** The requirements behind the rows of one direction that are about one type or event; worked out once for each. */
  const cited = new Map<string, ReadonlyArray<string>>()
  const citedBy = (way: Way | 'local', name: string): ReadonlyArray<string> => {
    const before = cited.get(`${way} ${name}`)
    if (before !== undefined) return before
    const rows = way === 'local'
      ? rules.local.filter((row) => row.events.some((event) => event === name))
      : rules[way].filter((row) => row.types.some((type) => type === name))
    const found = Object.freeze(unique(rows.flatMap((row) => row.requirements)))
    if (rows.length > 0) cited.set(`${way} ${name}`, found)
    return found
  }
  const requirementsOf = (tried: Tried): ReadonlyArray<string> => {
    const { way } = tried
    if (way === 'none') return []
    const names = way === 'local' ? [tried.event] : tried.types
    return names.length === 1 ? citedBy(way, names[0] ?? '') : unique(names.flatMap((name) => citedBy(way, name)))
  }
  /** What is allowed in a state depends on its number alone; so it is worked out once. */
  const allowed = new Map<string, ReadonlyArray<MessageType | LocalEvent>>()

  const refuse = (kind: RefusalKind, tried: Tried, state: Participant, rule?: string): Either<Refusal, Outcome> =>
    left({
      kind,
      ...(rule === undefined ? {} : { rule }),
      requirements: requirementsOf(tried),
      tried,
      state,
      allowed: allowedInstead(tried.way, state),
    })

  const allowedInstead = (way: Tried['way'], state: Participant): ReadonlyArray<MessageType | LocalEvent> => {
    const number = stateNumber(state.roles, state)
    if (way === 'none' || number < 0) return []
    const key = `${way} ${number}`
    const before = allowed.get(key)
    if (before !== undefined) return before
    const found = Object.freeze(
      way === 'sent'
        ? permitted(state).filter((one) => one.context === undefined && one.types.length === 1).flatMap((one) => one.types)
        : way === 'local'
          ? permittedLocal(state)
          : messageTypeList.filter((type) => receivable(state, type)),
    )
    allowed.set(key, found)
    return found
  }

  const receivable = (state: Participant, type: MessageType): boolean => {
    const cell = answers().cell('received', type, state.roles, state, 0)
    return cell !== undefined && cell.refuse === undefined
  }

  const transition = (state: Participant, message: Message): Either<Refusal, Outcome> => {
    const way: Way | undefined =
      message.from === state.id ? 'sent' : message.to.includes(state.id) ? 'received' : undefined
    const types = message.types
    if (way === undefined) return refuse('not-addressed', { way: 'none', types }, state)
    if (types.length === 1) {
      const type = types[0]
      const cell = type === undefined ? undefined : answers().cell(way, type, state.roles, state, contextIn(message))
      if (cell !== undefined && cell.refuse === undefined) return right(outcome(state, cell))
    }
    return bundle(state, way, types, contextIn(message))
  }

  /** The general case, and the explanation of what {@link transition} could not do at once. */
  const bundle = (state: Participant, way: Way, types: ReadonlyArray<MessageType>, context: number): Either<Refusal, Outcome> => {
    const tried: Tried = { way, types }
    if (!isBundle(types)) return refuse('bundle', tried, state)
    const parts: Outcome[] = []
    let at = state
    for (const unit of units(types, answers().pairs[way])) {
      const cell = ask(way, unit, at, context)
      if (cell === undefined) return refuse('role', tried, state)
      if (cell.refuse !== undefined) return refuse(cell.refuse, tried, state, cell.rules[0])
      const part = outcome(at, cell)
      parts.push(part)
      at = part.state
    }
    return right(together(parts, at, way === 'sent' ? types : none))
  }

  const local = (state: Participant, event: LocalEvent): Either<Refusal, Outcome> => {
    const tried: Tried = { way: 'local', event }
    if (!localEvents.includes(event)) return refuse('no-row', tried, state)
    const cell = answers().localCell(event, state.roles, state)
    if (cell === undefined) return refuse('role', tried, state)
    return cell.refuse === undefined ? right(outcome(state, cell)) : refuse(cell.refuse, tried, state, cell.rules[0])
  }

  const observe = (state: Participant, event: ObservedEvent): Either<Refusal, Outcome> => {
    const tried: Tried = { way: 'local', event }
    if (!fits(state.roles, state.cs)) return refuse('role', tried, state)
    const cell = interpretObserved(rules, event, roleShapeOf(state.roles), { rm: state.rm, em: state.em, cs: state.cs })
    return cell.refuse === undefined ? right(outcome(state, cell)) : refuse(cell.refuse, tried, state)
  }

  const permittedUnits: ReadonlyArray<RowType> = [...messageTypeList, 'CX+CP']

  const permitted = (state: Participant): ReadonlyArray<Permitted> =>
    permittedUnits.flatMap((unit) => {
      const plain = ask('sent', unit, state, 0)
      const others = variants.filter((variant) => variant.types.includes(unit)).map((variant) => ({
        context: variant.context,
        cell: ask('sent', unit, state, contextNumber({ ...plainContext, ...variant.context })),
      }))
      return [{ context: undefined, cell: plain }, ...others.filter(({ cell }) => cell !== plain)].flatMap(
        ({ context, cell }): Permitted[] =>
          cell === undefined || cell.refuse !== undefined
            ? []
            : [{
                types: unit === 'CX+CP' ? ['CX', 'CP'] : [unit],
                ...(context === undefined ? {} : { context }),
                fired: cell.fired,
                replies: cell.replies,
                notes: cell.notes,
              }],
      )
    })

  const permittedLocal = (state: Participant): ReadonlyArray<LocalEvent> =>
    localEvents.filter((event) => {
      const cell = answers().localCell(event, state.roles, state)
      return cell !== undefined && cell.refuse === undefined
    })

  return { name: rules.name, edition: `${rules.name}@${rules.edition}`, rules, transition, local, observe, permitted, permittedLocal }
}
