/**
 * Demands: what requirements say about one step, in a form that can be matched with a step.
 *
 * A demand names its requirements, the steps that it is about (a message sent or received, a silent step, an event that
 * was fired), a guard over the state, and what it asks: that the step is not made, that it may be made, that something is
 * answered or announced after it, or what it fires or keeps. What is not to be done, answered and announced shows in a
 * log; what a receipt fires does not, since no message carries its receiver's state, and is asked of an implementation
 * step by step.
 *
 * Guards are those of the protocol's rows (`rules.ts`), over the state before the step; for an event that was fired, over
 * the state that it led to. The rows themselves are in `demands.ts`.
 *
 * @module
 */
import type { LocalEvent } from '../protocol/log.js'
import type { MessageType } from '../protocol/message.js'
import type { Guard, Way } from '../protocol/rules.js'

/** An event with its machine's name: `rm.receive`, `cs.V`. */
export type FiredName = `${'rm' | 'em' | 'cs'}.${string}`

/** What a demand is about. */
export type Occasion =
  | { readonly on: Way; readonly types: ReadonlyArray<MessageType> }
  | { readonly on: 'local'; readonly events: ReadonlyArray<LocalEvent> }
  | { readonly on: 'fired'; readonly events: ReadonlyArray<FiredName> }

/** What a demand asks. */
export type Ask =
  | { readonly asks: 'not' }
  | { readonly asks: 'may' }
  | { readonly asks: 'answer' | 'announce'; readonly with: ReadonlyArray<MessageType> }
  | { readonly asks: 'fire'; readonly fires: ReadonlyArray<FiredName> }
  | { readonly asks: 'keep' }

/** One demand of one or several requirements that say the same. */
export type Demand = { readonly ids: ReadonlyArray<string>; readonly when?: Guard } & Occasion & Ask
