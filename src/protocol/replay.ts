/**
 * Replays a case log: every participant, entry by entry, in file order.
 *
 * A message steps its sender, then each recipient that it reaches. A refused send changes nothing at its sender but is
 * delivered all the same, since it was sent. What a receipt makes due is matched with the messages that cite it (see
 * `debt.ts`): an answer that nothing calls for is a wrong reply, one that never comes is a missing reply, and what a
 * participant changed and told nobody is a missing announcement. What is missing is looked for only where the log claims
 * to be complete: in a closed world, or for the participant whose log it is.
 *
 * Stamps and corrections move nobody: the one is for the order of a case of many replicas, the other for people.
 *
 * Observations move the participant that they are about (V, F, D, RM and EM events) or everybody (P, X, A), as far as the
 * machines allow; nobody owes anything for them.
 *
 * @module
 */
import { isLeft, isRight, type Either } from 'fp-ts/Either'
import type { CsEvent } from './cs.js'
import { type Debt, debtOf, enter, type Ledger, pay, rowOf } from './debt.js'
import type { Finding } from './finding.js'
import { type CaseLog, contentOf, type Local, type LogEntry, type Membership, type Observation, type Receipt } from './log.js'
import { type Id, type Message, type Moment, sameJson } from './message.js'
import { surelyBefore } from './moment.js'
import { type Participant, reshape, shapeOf, startOf } from './participant.js'
import type { Refusal } from './refusal.js'
import { isAnswer } from './reply.js'
import type { Outcome, Protocol } from './transition.js'

/** One step of a replay, for whoever wants to watch: who did what in which entry, and what came of it. */
export interface ReplayStep {
  readonly entry: number
  readonly way: 'sent' | 'received' | 'local' | 'observed'
  readonly before: Participant
  readonly result: Either<Refusal, Outcome>
}

/** What came out of a replay. */
export interface Replay {
  /** Everybody who was ever in the case, in the order of appearance, as they are at the end. */
  readonly participants: ReadonlyArray<Participant>
  /** In the order of the log. */
  readonly findings: ReadonlyArray<Finding>
  /** How many messages were sent. */
  readonly messages: number
  /** How many facts were observed. */
  readonly observations: number
}

/** A participant during a replay. */
interface Member extends Ledger {
  readonly id: Id
  state: Participant
  departed: boolean
  /** The messages that it has, where the log has receipts. */
  readonly has: Set<Id>
  /** Whether it has sent or been sent something, and whether it has sent RC: how a log of one participant knows who else is engaged. */
  involved: boolean
  closed: boolean
  /** When each letter of its case state rose. */
  readonly risen: Partial<Record<CsEvent, Moment>>
}

/** What each letter of a fix path comes after. */
const causes: Partial<Record<CsEvent, CsEvent>> = { F: 'V', D: 'F' }

/** Replays a log under a reading of the protocol. `watch` is called for every step. Pure but for what `watch` does. */
export const replay = (protocol: Protocol, log: CaseLog, watch?: (step: ReplayStep) => void): Replay => {
  const { header } = log
  const findings: Finding[] = []
  const members = new Map<Id, Member>()
  const messages = new Map<Id, Message>()
  /** When entries that are no messages happened, as far as they have ids. */
  const moments = new Map<Id, Moment>()
  const debts: (readonly [Id, Debt])[] = []
  /** Messages of those who are not in the case: they are not delivered. */
  const nobodys = new Set<Id>()
  const byReceipt = log.entries.some((entry) => 'receipt' in entry)
  let observations = 0

  const find = (finding: Omit<Finding, 'requirements' | 'expected' | 'got'> & Partial<Finding>): void => {
    findings.push({ requirements: [], expected: [], got: [], ...finding })
  }
  const join = (state: Participant): void => {
    members.set(state.id, { id: state.id, state, departed: false, byMessage: new Map(), untold: new Map(), has: new Set(), involved: false, closed: false, risen: {} })
  }
  const replayed = (id: Id): boolean => header.as === undefined || header.as === id
  const answerable = (id: Id): boolean => header.world === 'closed' || header.as === id
  const somebodyBeside = (id: Id): boolean => {
    for (const other of members.values())
      if (other.id !== id && !other.departed && (replayed(other.id) ? other.state.rm !== 'Start' && other.state.rm !== 'Closed' : other.involved && !other.closed))
        return true
    return false
  }
  const momentOf = (id: Id): Moment | undefined => messages.get(id)?.at ?? moments.get(id)

  /** An effect that was surely over before its cause began is told. */
  const checkOrder = (entry: number, participant: Id | undefined, effect: string, at: Moment, cause: string, causeAt: Moment | undefined): void => {
    if (causeAt !== undefined && surelyBefore(at, causeAt))
      find({ kind: 'time-order', entry, ...(participant === undefined ? {} : { participant }), expected: [`${cause} ${causeAt}`], got: [`${effect} ${at}`] })
  }
  const cites = (entry: number, by: Id | undefined, what: string, at: Moment, cited: ReadonlyArray<Id>): void => {
    for (const id of cited) checkOrder(entry, by, what, at, `message ${id}`, momentOf(id))
  }

  /** Takes a step's result over, and notes which letters rose when. */
  const settle = (entry: number, way: ReplayStep['way'], member: Member, result: Either<Refusal, Outcome>, at: Moment): void => {
    watch?.({ entry, way, before: member.state, result })
    if (isLeft(result)) return
    member.state = result.right.state
    for (const { machine, event } of result.right.fired) {
      if (machine !== 'cs') continue
      member.risen[event] = at
      const cause = causes[event]
      if (cause !== undefined) checkOrder(entry, member.id, event, at, cause, member.risen[cause])
    }
  }
  const owe = (entry: number, member: Member, outcome: Outcome, message: Message | undefined): void => {
    const debt = debtOf(entry, outcome, message?.id, somebodyBeside(member.id))
    enter(member, debt, message !== undefined && message.from !== member.id)
    if (answerable(member.id) && debt.allowed.length > 0) debts.push([member.id, debt])
  }
  const refused = (entry: number, refusal: Refusal, message: Id | undefined): void => {
    find({
      kind: refusal.kind === 'unspecified' ? 'unspecified' : 'refused', entry, participant: refusal.state.id,
      ...(message === undefined ? {} : { message }), ...(refusal.rule === undefined ? {} : { rule: refusal.rule }),
      requirements: refusal.requirements, expected: refusal.allowed,
      got: refusal.tried.way === 'local' ? [refusal.tried.event] : refusal.tried.types,
    })
  }

  /** Who is in the case under an id; where nobody is, that is told. */
  const present = (entry: number, id: Id, message?: Id): Member | undefined => {
    const member = members.get(id)
    const about = message === undefined ? {} : { message }
    if (member !== undefined && !member.departed) return member
    if (member === undefined) find({ kind: 'unknown-participant', entry, ...about, expected: [...members.keys()].slice(0, 20), got: [id] })
    else find({ kind: 'departed', entry, participant: id, ...about })
    return undefined
  }

  const settleDebts = (entry: number, sender: Member, message: Message): void => {
    const { due, wrong } = pay(sender, message)
    const cited = message.inReplyTo
    if (cited === undefined) return
    const debt = sender.byMessage.get(cited)
    if (momentOf(cited) === undefined)
      find({ kind: 'unknown-message', entry, participant: sender.id, message: message.id, got: [cited] })
    else if (wrong.length > 0 && messages.get(cited)?.from !== sender.id)
      find({
        kind: 'wrong-reply', entry, participant: sender.id, message: cited,
        ...(debt?.rule === undefined ? {} : { rule: debt.rule }), expected: due, got: wrong,
      })
  }

  const send = (entry: number, message: Message): void => {
    if (message.case !== header.case) {
      find({ kind: 'other-case', entry, message: message.id, expected: [header.case], got: [message.case] })
      return
    }
    const known = messages.get(message.id)
    if (known !== undefined) {
      if (!sameJson(known, message))
        find({ kind: 'conflicting-id', entry, participant: message.from, message: message.id, got: [message.id] })
      return
    }
    messages.set(message.id, message)
    if (message.after !== undefined) cites(entry, message.from, `message ${message.id}`, message.at, message.after)
    if (message.inReplyTo !== undefined) cites(entry, message.from, `message ${message.id}`, message.at, [message.inReplyTo])
    const sender = present(entry, message.from, message.id)
    if (sender === undefined) {
      nobodys.add(message.id)
      return
    }
    sender.involved = true
    if (message.types.includes('RC')) sender.closed = true
    if (replayed(sender.id)) {
      settleDebts(entry, sender, message)
      const result = protocol.transition(sender.state, message)
      settle(entry, 'sent', sender, result, message.at)
      if (isLeft(result)) refused(entry, result.left, message.id)
      else owe(entry, sender, result.right, message)
    }
    if (!byReceipt) for (const to of message.to) deliver(entry, message, to, message.at)
  }

  const deliver = (entry: number, message: Message, to: Id, at: Moment): void => {
    const member = present(entry, to, message.id)
    if (member === undefined) return
    member.involved = true
    if (!replayed(to)) return
    if (byReceipt) {
      if (member.has.has(message.id)) return
      member.has.add(message.id)
    }
    const result = protocol.transition(member.state, message)
    settle(entry, 'received', member, result, at)
    if (isLeft(result)) {
      refused(entry, result.left, message.id)
      return
    }
    const { replies } = result.right
    if (replies.some((type) => isAnswer(type) && type.endsWith('E')))
      find({ kind: 'unexpected', entry, participant: to, message: message.id, rule: rowOf(result.right) ?? '', expected: replies, got: message.types })
    owe(entry, member, result.right, message)
  }

  const receive = (entry: number, receipt: Receipt): void => {
    const message = messages.get(receipt.message)
    if (message === undefined || receipt.by === message.from) {
      if (!nobodys.has(receipt.message)) find({ kind: 'unknown-message', entry, participant: receipt.by, got: [receipt.message] })
      return
    }
    if (nobodys.has(message.id)) return
    if (receipt.at !== undefined) checkOrder(entry, receipt.by, 'receipt', receipt.at, `message ${message.id}`, message.at)
    deliver(entry, message, receipt.by, receipt.at ?? message.at)
  }

  const stepLocal = (entry: number, step: Local): void => {
    const member = present(entry, step.by)
    if (member === undefined || !replayed(step.by)) return
    const result = protocol.local(member.state, step.event)
    settle(entry, 'local', member, result, step.at)
    if (isLeft(result)) refused(entry, result.left, undefined)
    else owe(entry, member, result.right, undefined)
  }

  const observe = (entry: number, fact: Observation): void => {
    observations++
    const named = fact.about === undefined ? undefined : present(entry, fact.about)
    const concerned = fact.about === undefined ? [...members.values()].filter((one) => !one.departed) : named === undefined ? [] : [named]
    for (const member of concerned) {
      const before = member.state
      if (!replayed(member.id)) continue
      const result = protocol.observe(before, fact.event)
      settle(entry, 'observed', member, result, fact.at)
      if (isLeft(result)) find({ kind: 'impossible', entry, participant: member.id, expected: possible(before), got: [fact.event] })
    }
  }
  const possible = (state: Participant): ReadonlyArray<string> =>
    (['V', 'F', 'D', 'P', 'X', 'A'] as const).filter((event) => !state.cs.includes(event) && isRight(protocol.observe(state, event)))

  const changeMembers = (entry: number, change: Membership): void => {
    const known = members.get(change.participant)
    switch (change.change) {
      case 'joins':
        if (known === undefined) join(startOf(change.participant, change.roles ?? ['observer'], change.start))
        else known.departed = false
        return
      case 'leaves':
      case 'excluded': {
        const member = present(entry, change.participant)
        if (member !== undefined) member.departed = true
        return
      }
      case 'withdraws':
        present(entry, change.participant)
        return
      case 'roles': {
        const member = present(entry, change.participant)
        if (member === undefined || change.roles === undefined) return
        member.state = { ...member.state, roles: change.roles, cs: reshape(member.state.cs, shapeOf(change.roles)) }
        // Who becomes a vendor when the vulnerability is public knows of it: what is so already is observed once more.
        if (member.state.cs.includes('P')) settle(entry, 'observed', member, protocol.observe(member.state, 'P'), change.at)
      }
    }
  }

  const happen = (entry: LogEntry, index: number): void => {
    if ('message' in entry) send(index, entry.message)
    else if ('receipt' in entry) receive(index, entry.receipt)
    else {
      const content = contentOf(entry)
      if (content.id !== undefined) moments.set(content.id, content.at)
      cites(index, undefined, 'entry', content.at, 'after' in content ? (content.after ?? []) : [])
      if ('local' in entry) stepLocal(index, entry.local)
      else if ('membership' in entry) changeMembers(index, entry.membership)
      else if ('observation' in entry) observe(index, entry.observation)
    }
  }

  header.participants.forEach((one) => join(startOf(one.id, one.roles, one.start)))
  log.entries.forEach(happen)
  for (const [participant, debt] of debts) {
    const about = {
      entry: debt.entry, participant,
      ...(debt.message === undefined ? {} : { message: debt.message }), ...(debt.rule === undefined ? {} : { rule: debt.rule }),
    }
    if (debt.answers.length > 0) find({ kind: 'missing-reply', ...about, expected: debt.answers })
    if (debt.announcements.length > 0) find({ kind: 'missing-announcement', ...about, expected: debt.announcements })
  }
  return {
    participants: [...members.values()].filter((one) => replayed(one.id)).map((one) => one.state),
    findings: findings.sort((a, b) => a.entry - b.entry),
    messages: messages.size,
    observations,
  }
}
