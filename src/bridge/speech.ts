/**
 * What a message says of its sender, seen from outside: when it would say nothing new, and which event it stands for where
 * nobody can be named who said it.
 *
 * @module
 */
import type { CsEvent } from '../protocol/cs.js'
import type { EmState } from '../protocol/em.js'
import type { ObservedEvent } from '../protocol/log.js'
import type { MessageType } from '../protocol/message.js'
import type { Participant } from '../protocol/participant.js'
import type { RmState } from '../protocol/rm.js'

/** What a message type tells of its sender. */
interface Told {
  /** The states in which its sender has said so already, or more than that. */
  readonly rm?: ReadonlyArray<RmState>
  readonly em?: ReadonlyArray<EmState>
  readonly cs?: CsEvent
  /** The event of which it tells. */
  readonly event?: ObservedEvent
}

/** Types that are not here tell of no event: acknowledgements, errors, inquiries. A report tells of its recipient. */
const table: Readonly<Partial<Record<MessageType, Told>>> = {
  RS: { event: 'rm.receive' },
  RI: { rm: ['Invalid'], event: 'rm.invalidate' },
  RV: { rm: ['Valid', 'Deferred', 'Accepted'], event: 'rm.validate' },
  RD: { rm: ['Deferred'], event: 'rm.defer' },
  RA: { rm: ['Accepted'], event: 'rm.accept' },
  RC: { rm: ['Closed'], event: 'rm.close' },
  EP: { em: ['Proposed'], event: 'em.propose' },
  ER: { event: 'em.reject' },
  EA: { em: ['Active'], event: 'em.accept' },
  EV: { em: ['Revise'], event: 'em.propose' },
  EJ: { event: 'em.reject' },
  EC: { event: 'em.accept' },
  ET: { em: ['Exited'], event: 'em.terminate' },
  CV: { cs: 'V', event: 'V' },
  CF: { cs: 'F', event: 'F' },
  CD: { cs: 'D', event: 'D' },
  CP: { cs: 'P', event: 'P' },
  CX: { cs: 'X', event: 'X' },
  CA: { cs: 'A', event: 'A' },
}

/** Whether what a message would say of its sender is so already. A report is said again only to who has not received it. */
export const isSo = (type: MessageType, sender: Participant, recipients: ReadonlyArray<Participant | undefined>): boolean => {
  if (type === 'RS') return recipients.every((each) => each !== undefined && each.rm !== 'Start')
  const told = table[type]
  return told !== undefined && ((told.rm?.includes(sender.rm) ?? false) || (told.em?.includes(sender.em) ?? false) || (told.cs !== undefined && sender.cs.includes(told.cs)))
}

/** The event that a message type tells of; `undefined` for those that tell of none. */
export const eventOf = (type: MessageType): ObservedEvent | undefined => table[type]?.event

/** Whether an event is one of the world, about nobody. */
export const isWorld = (event: ObservedEvent): boolean => event === 'P' || event === 'X' || event === 'A'
