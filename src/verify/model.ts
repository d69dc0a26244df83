/**
 * The model: participants that follow a rule set, and channels between them.
 *
 * Brand and Zafiropulo's global state ⟨S, C⟩ (formal_protocol/index.md), for any mix of roles. S holds each participant's
 * state and what it owes: an answer or announcement that a rule set makes due is sent as a step of its own, when it can be.
 * C holds one channel for each ordered pair. The steps:
 *
 * - a *delivery*: the next symbol of a channel reaches its recipient (or is lost, or comes again, as channels go);
 * - a *payment*: a participant sends something that it owes, an answer to whom it is due, an announcement to everybody else;
 * - a *send* of its own accord: any form of the model's topics that its state permits, to everybody else in one step;
 * - a *local step*, where the model has them: what no message carries, which may leave an announcement due.
 *
 * A full channel blocks whoever would send into it. Sends and local steps may be bounded in number (`steps`), so that the
 * state space ends, and so may those that leave the state of their participant as it was (`repeats`: reports, counter-proposals,
 * repeated announcements), which the protocol allows without end. Or a *script* says who does what, in this order; only when
 * is open then.
 *
 * Where terms are told apart, a proposal is known by who made it: which one is open and which is in force belongs to a
 * participant's state, and answers say whose terms they are about.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import { type LocalEvent, localEvents } from '../protocol/log.js'
import { em } from '../protocol/em.js'
import { type MessageType, messageTypeList } from '../protocol/message.js'
import { rm } from '../protocol/rm.js'
import { caseStateNamed, fits, type Participant, type Role, roles, start, type State } from '../protocol/participant.js'
import type { Protocol } from '../protocol/transition.js'
import { type Form, forms, localTopics, type Topic, topics } from './alphabet.js'
import type { ChannelKind } from './channel.js'

/** One participant of a model. */
export interface ModelParticipant {
  readonly roles: ReadonlyArray<Role>
  /** Where it starts, where that is not {@link startIn} the model. */
  readonly start?: State
}

/** One step of a scripted environment: who does it, by place, and what. */
export interface ScriptStep {
  readonly by: number
  /** The name of a form, or a local event. */
  readonly does: string
}

/** What is explored. */
export interface Model {
  readonly protocol: Protocol
  /** Two to six. */
  readonly participants: ReadonlyArray<ModelParticipant>
  readonly channel: ChannelKind
  /** What participants act on of their own accord; everything where absent. Without `rm`, the report is with everybody from the start. */
  readonly about?: ReadonlyArray<Topic>
  /** Exactly these forms, by name, instead of those of the topics. */
  readonly sends?: ReadonlyArray<string>
  /** The local steps of the topics as well, or exactly these; none where absent. */
  readonly local?: boolean | ReadonlyArray<LocalEvent>
  /** The most sends and local steps in one run; no limit where absent. */
  readonly steps?: number
  /** The most of them that leave the state of their participant as it was; no limit where absent. */
  readonly repeats?: number
  readonly script?: ReadonlyArray<ScriptStep>
  /** Whether acknowledgements and inquiries are sent; they are where absent. */
  readonly acknowledgements?: boolean
  /** Types whose senders wait for their acknowledgement, which then says what it acknowledges. */
  readonly awaits?: ReadonlyArray<MessageType>
  /** Whether the terms of proposals are told apart, by who made them. */
  readonly terms?: boolean
}

/** Why there is no such model, or no such scope for ledgers: what is wrong, what could be there, what is. */
export interface ModelFault {
  readonly field:
    | 'participants' | 'roles' | 'start' | 'bound' | 'about' | 'sends' | 'local' | 'steps' | 'repeats' | 'script' | 'awaits'
    | 'protocol' | 'order' | 'decision' | 'entries' | 'types' | 'changes' | 'channel'
  readonly expected: ReadonlyArray<string>
  readonly got: string
}

/** The most participants that a model has. */
export const MOST_PARTICIPANTS = 6

/** The sentence of a fault. */
export const describeModelFault = ({ expected, field, got }: ModelFault): string => `${field}: expected ${expected.join(', ')}; got ${got === '' ? 'nothing' : got}`

/** A number that is not a whole one within limits, where it is there. */
export const counted = (field: ModelFault['field'], value: number | undefined, least: number, most: number): ReadonlyArray<ModelFault> =>
  value === undefined || (Number.isInteger(value) && value >= least && value <= most) ? [] : [{ field, expected: [`a whole number from ${least} to ${most}`], got: String(value) }]
/** Values that are not allowed. */
export const named = (field: ModelFault['field'], values: ReadonlyArray<string> | undefined, allowed: ReadonlyArray<string>): ReadonlyArray<ModelFault> =>
  (values ?? []).flatMap((value) => (allowed.includes(value) ? [] : [{ field, expected: allowed, got: value }]))

/** Values that are there again. */
export const twice = (field: ModelFault['field'], values: ReadonlyArray<string>): ReadonlyArray<ModelFault> =>
  values.filter((value, place) => values.indexOf(value) !== place).map((got) => ({ field, expected: ['each once'], got }))

/** What is wrong with the roles of a participant. */
export const rolesFaults = (held: ReadonlyArray<Role>): ReadonlyArray<ModelFault> =>
  held.length === 0 ? [{ field: 'roles', expected: roles, got: '' }] : [...named('roles', held, roles), ...twice('roles', held)]

const formNames: ReadonlyArray<string> = forms.map(({ name }) => name)

/** A model that can be explored, or everything that is wrong with it. */
export const checkModel = (model: Model): Either<ReadonlyArray<ModelFault>, Model> => {
  const count = model.participants.length
  const faults: ReadonlyArray<ModelFault> = [
    ...(count >= 2 && count <= MOST_PARTICIPANTS ? [] : [{ field: 'participants' as const, expected: [`two to ${MOST_PARTICIPANTS} of them`], got: String(count) }]),
    ...model.participants.flatMap((one) => rolesFaults(one.roles)),
    ...model.participants.flatMap((one): ReadonlyArray<ModelFault> =>
      one.start === undefined ? [] : !rm.states.includes(one.start.rm) ? [{ field: 'start' as const, expected: rm.states, got: one.start.rm }]
        : !em.states.includes(one.start.em) ? [{ field: 'start' as const, expected: em.states, got: one.start.em }] : fits(one.roles, one.start.cs) ? [] : [{ field: 'start' as const, expected: [`a case state of a ${one.roles.join('+')}`], got: one.start.cs }]),
    ...counted('bound', model.channel.bound, 1, 64),
    ...named('about', model.about, topics),
    ...named('sends', model.sends, formNames),
    ...(typeof model.local === 'object' ? named('local', model.local, localEvents) : []),
    ...named('awaits', model.awaits, messageTypeList),
    ...counted('steps', model.steps, 0, 250),
    ...counted('repeats', model.repeats, 0, 250),
    ...counted('script', model.script?.length, 0, 250),
    ...(model.script ?? []).flatMap(({ by, does }) => [
      ...(by >= 0 && by < count && Number.isInteger(by) ? [] : [{ field: 'script' as const, expected: [`a participant from 1 to ${count}`], got: String(by + 1) }]),
      ...named('script', [does], [...formNames, ...localEvents]),
    ]),
  ]
  return faults.length > 0 ? left(faults) : right(model)
}

const chosen = (model: Model): ReadonlyArray<Topic> => model.about ?? topics

/** The forms that participants of a model send of their own accord. */
export const formsOf = (model: Model): ReadonlyArray<Form> =>
  model.script !== undefined
    ? forms.filter(({ name }) => model.script?.some(({ does }) => does === name) === true)
    : model.sends === undefined
      ? forms.filter(({ extra, topic }) => extra !== true && chosen(model).includes(topic))
      : forms.filter(({ name }) => model.sends?.includes(name) === true)

/** The local steps that participants of a model take. */
export const localOf = (model: Model): ReadonlyArray<LocalEvent> => {
  const { local } = model
  if (model.script !== undefined) return localEvents.filter((event) => model.script?.some(({ does }) => does === event) === true)
  return typeof local === 'object' ? local : local === true ? localEvents.filter((event) => chosen(model).includes(localTopics[event])) : []
}

/**
 * The start of a participant in a model: that of its roles; but where reports are not handled, everybody has accepted the
 * report, and vendors are aware of it.
 */
export const startIn = (model: Model, place: number): Participant => {
  const one = model.participants[place]
  const held = one?.roles ?? []
  const initial = start(nameOf(model, place), held)
  if (one?.start !== undefined) return { ...initial, ...one.start }
  if (chosen(model).includes('rm')) return initial
  return { ...initial, rm: 'Accepted', cs: caseStateNamed(initial.cs.replace(/^v/, 'V')) ?? initial.cs }
}

/** The names of participants by what roles they hold: the roles, with a number from the second of that name on. */
export const namesBy = (held: ReadonlyArray<ReadonlyArray<Role>>): ReadonlyArray<string> => {
  const titles = held.map((one) => one.join('+'))
  return titles.map((title, place) => {
    const before = titles.slice(0, place).filter((one) => one === title).length
    return before === 0 ? title : `${title}-${before + 1}`
  })
}

/** The name of a participant, by place. */
export const nameOf = ({ participants }: Model, place: number): string => namesBy(participants.map(({ roles: held }) => held))[place] ?? ''
