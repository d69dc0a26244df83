/**
 * What a participant owes in a replay, and how a message pays it.
 *
 * A receipt makes answers due, which a message pays that cites it; a change makes announcements due, which any later
 * message pays that carries their type. An acknowledgement or error that a receipt does not call for is wrong, and counts
 * as the answer all the same: one mistake is one finding.
 *
 * @module
 */
import type { Id, Message, MessageType } from './message.js'
import { dues, isAnswer } from './reply.js'
import type { Outcome } from './transition.js'

/** What is still owed for one entry of a log. */
export interface Debt {
  readonly entry: number
  /** The message that was received or sent; absent for a local step. */
  readonly message: Id | undefined
  readonly rule: string | undefined
  /** The answers that the receipt calls for or allows. */
  readonly allowed: ReadonlyArray<MessageType>
  /** Answers not yet given. */
  answers: ReadonlyArray<MessageType>
  /** Announcements not yet made. */
  announcements: ReadonlyArray<MessageType>
}

/** What one participant owes. */
export interface Ledger {
  /** By the message that they answer. */
  readonly byMessage: Map<Id, Debt>
  /** By type, the debts with an announcement that is still to be made. */
  readonly untold: Map<MessageType, Debt[]>
}

const nothing: ReadonlyArray<never> = []

/** The row that decided a step, among what the state forced and what followed. */
export const rowOf = (outcome: Outcome): string | undefined => outcome.rules.find((rule) => !rule.startsWith('forced.') && !rule.startsWith('after.'))

/** What a step makes a participant owe, which may be nothing. Announcements are owed only where somebody is there to hear them. */
export const debtOf = (entry: number, outcome: Outcome, message: Id | undefined, heard: boolean): Debt => {
  const rule = rowOf(outcome)
  if (outcome.replies.length === 0 && outcome.optional.length === 0)
    return { entry, message, rule, allowed: nothing, answers: nothing, announcements: nothing }
  const due = dues(outcome)
  return {
    entry,
    message,
    rule,
    allowed: due.map((one) => one.type),
    answers: due.filter((one) => one.required && one.to === 'sender').map((one) => one.type),
    announcements: heard ? due.filter((one) => one.required && one.to === 'everyone').map((one) => one.type) : nothing,
  }
}

/** Enters a debt into a participant's ledger. Only what was received is answered; what was sent or done is announced. */
export const enter = (ledger: Ledger, debt: Debt, received: boolean): void => {
  if (received && debt.message !== undefined) ledger.byMessage.set(debt.message, debt)
  for (const type of debt.announcements) {
    const others = ledger.untold.get(type)
    if (others === undefined) ledger.untold.set(type, [debt])
    else others.push(debt)
  }
}

/** What a message paid: the answers that were due for what it cites, and those in it that nothing called for. */
export interface Payment {
  readonly due: ReadonlyArray<MessageType>
  readonly wrong: ReadonlyArray<MessageType>
}

/** Takes out of the ledger what a message of its participant pays. */
export const pay = (ledger: Ledger, message: Message): Payment => {
  const { types } = message
  for (const type of types) {
    for (const debt of ledger.untold.get(type) ?? nothing) debt.announcements = debt.announcements.filter((one) => one !== type)
    ledger.untold.delete(type)
  }
  if (message.inReplyTo === undefined) return { due: nothing, wrong: nothing }
  const debt = ledger.byMessage.get(message.inReplyTo)
  const wrong = types.filter((type) => isAnswer(type) && debt?.allowed.includes(type) !== true)
  const due = debt?.answers ?? nothing
  if (debt !== undefined) debt.answers = debt.answers.filter((type) => !types.includes(type) && !(wrong.length > 0 && isAnswer(type)))
  return { due, wrong }
}
