/**
 * What is due after a step, to whom, and the messages that settle it.
 *
 * An answer goes back to the sender: acknowledgements, errors, inquiries, the refusal of a proposal. An announcement goes
 * to everybody engaged in the case: CV, CF, CD, CP, CX, CA, the R* that tell of a silent step, ET, and ER where the
 * participant's own embargo state went back to None. The same rule serves receivers and senders.
 *
 * @module
 */
import { bundleRank, type Id, type Message, type MessageType, messageTypes, type Moment } from './message.js'
import type { Outcome } from './transition.js'

/** Who is to get something that is due: the sender of the message at hand, or everybody engaged in the case. */
export type Audience = 'sender' | 'everyone'

/** One message type that is due, or that may be sent besides. */
export interface Due {
  readonly type: MessageType
  readonly to: Audience
  readonly required: boolean
}

const announcements: ReadonlyArray<MessageType> = ['RI', 'RV', 'RD', 'RA', 'RC', 'ET', 'CV', 'CF', 'CD', 'CP', 'CX', 'CA']

const audienceOf = (type: MessageType, outcome: Outcome): Audience =>
  announcements.includes(type) ||
  (type === 'ER' && outcome.fired.some((one) => one.machine === 'em' && one.event === 'reject'))
    ? 'everyone'
    : 'sender'

/** What a step makes due, and what it allows besides, each with its audience. */
export const dues = (outcome: Outcome): ReadonlyArray<Due> => [
  ...outcome.replies.map((type) => ({ type, to: audienceOf(type, outcome), required: true })),
  ...outcome.optional.map((type) => ({ type, to: audienceOf(type, outcome), required: false })),
]

/** The step that something is due for: a message, or an entry of the participant's own log. */
export type Occasion = Pick<Message, 'id' | 'case'> & Partial<Pick<Message, 'from' | 'to'>>

/** What the caller supplies for the messages to send: the library draws no ids and reads no clock. */
export interface ReplyOptions {
  /** The id of the first message; a second gets `.2` appended. */
  readonly id: Id
  readonly at: Moment
  /** What the sender has seen: its own previous entry first. A second message cites the first besides. */
  readonly after?: ReadonlyArray<Id>
  /** Everybody engaged in the case. The sender and recipients of the message at hand when absent. */
  readonly engaged?: ReadonlyArray<Id>
}

const inOrder = (types: ReadonlyArray<MessageType>): ReadonlyArray<MessageType> =>
  [...types].sort((a, b) => bundleRank[a] - bundleRank[b])

/**
 * The messages that settle everything that is due after a step: one to the sender, one to everybody else engaged, or one
 * where both are the same. None where nothing is due, or nobody is there to hear it. What is optional is left out.
 */
export const reply = (outcome: Outcome, occasion: Occasion, options: ReplyOptions): ReadonlyArray<Message> => {
  const self = outcome.state.id
  const received = occasion.from !== undefined && occasion.from !== self
  const sender = received ? [occasion.from ?? ''] : []
  const engaged = (options.engaged ?? [...sender, ...(occasion.to ?? [])]).filter((id) => id !== self)
  const everyone = [...new Set(engaged)]
  const due = dues(outcome).filter((one) => one.required)
  const answers = due.filter((one) => one.to === 'sender').map((one) => one.type)
  const told = due.filter((one) => one.to === 'everyone').map((one) => one.type)
  const same = sender.length === 1 && everyone.every((id) => sender.includes(id))
  const parcels: ReadonlyArray<readonly [types: ReadonlyArray<MessageType>, to: ReadonlyArray<Id>]> = same
    ? [[[...answers, ...told], sender]]
    : [[answers, sender], [told, everyone]]
  return parcels
    .filter(([types, to]) => types.length > 0 && to.length > 0)
    .map(([types, to], index) => ({
      id: index === 0 ? options.id : `${options.id}.${index + 1}`,
      case: occasion.case,
      from: self,
      to,
      types: inOrder(types),
      at: options.at,
      ...(options.after === undefined ? {} : { after: index === 0 ? options.after : [options.id, ...options.after] }),
      ...(received || occasion.from === undefined ? { inReplyTo: occasion.id } : {}),
    }))
}

/** The types that a type acknowledges: none, for what is no acknowledgement. */
export const acknowledgedBy = (type: MessageType): ReadonlyArray<MessageType> => {
  const kind = messageTypes[type]
  return 'acknowledges' in kind ? kind.acknowledges : []
}

/** Whether a type only ever answers: an acknowledgement or an error. */
export const isAnswer = (type: MessageType): boolean =>
  'acknowledges' in messageTypes[type] || type === 'RE' || type === 'EE' || type === 'CE' || type === 'GE'
