/**
 * Replays a case log: every participant, entry by entry, in file order.
 *
 * A message steps its sender, then each recipient that it reaches. A refused send changes nothing at its sender but is
 * delivered all the same, since it was sent. What a receipt makes due is remembered, and matched with the messages that
 * cite it: an answer that is not what was due is a wrong reply, one that never comes is a missing reply, and what a
 * participant changed and told nobody is a missing announcement. What is missing is looked for only where the log claims
 * to be complete: in a closed world, or for the participant whose log it is.
 *
 * Observations move the participant that they are about (V, F, D, RM and EM events) or everybody (P, X, A), as far as the
 * machines allow; nobody owes anything for them.
 *
 * @module
 */
import { isLeft, isRight, type Either } from 'fp-ts/Either'
import type { Finding } from './finding.js'
import type { CaseLog, LogEntry, Local, Membership, Observation, Receipt } from './log.js'
import type { Id, Message, MessageType, Moment } from './message.js'
import { surelyBefore } from './moment.js'
import { parseState, type Participant, reshape, type Role, shapeOf, start, fits } from './participant.js'
import type { Refusal } from './refusal.js'
import { dues, isAnswer } from './reply.js'
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

/** What one participant owes for one entry, and has not yet sent. */
interface Debt {
  readonly entry: number
  readonly participant: Id
  readonly message?: Id
  readonly rule: string | undefined
  readonly allowed: ReadonlyArray<MessageType>
  readonly answers: Set<MessageType>
  readonly announcements: Set<MessageType>
}

/** A participant at its start, from a log's header or a membership entry. A start that does not fit its roles is left out: the codec refuses it. */
export const startOf = (id: Id, roles: ReadonlyArray<Role>, notation?: string): Participant => {
  const initial = start(id, roles)
  const stated = notation === undefined ? undefined : parseState(notation)
  return stated !== undefined && isRight(stated) && fits(roles, stated.right.cs) ? { ...initial, ...stated.right } : initial
}

/** Two values that were decoded from JSON say the same. */
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Replays a log under a reading of the protocol. `watch` is called for every step. Pure but for what `watch` does. */
export const replay = (protocol: Protocol, log: CaseLog, watch?: (step: ReplayStep) => void): Replay => {
  const { header } = log
  const findings: Finding[] = []
  const participants = new Map<Id, Participant>()
  const departed = new Set<Id>()
  const messages = new Map<Id, Message>()
  const moments = new Map<Id, Moment>()
  const received = new Set<string>()
  const debts: Debt[] = []
  const debtOf = new Map<string, Debt>()
  /** By participant, the debts that still have announcements to make. */
  const untold = new Map<Id, Debt[]>()
  const risenAt = new Map<string, Moment>()
  const byReceipt = log.entries.some((entry) => 'receipt' in entry)
  let observations = 0

  const find = (finding: Omit<Finding, 'requirements' | 'expected' | 'got'> & Partial<Finding>): void => {
    findings.push({ requirements: [], expected: [], got: [], ...finding })
  }
  const replayed = (id: Id): boolean => header.as === undefined || header.as === id
  const engagedBeside = (id: Id): boolean =>
    [...participants.values()].some(
      (other) => other.id !== id && !departed.has(other.id) && other.rm !== 'Start' && other.rm !== 'Closed',
    )

  /** The fix path is causal: F cannot be over before V began, nor D before F. */
  const noteRise = (entry: number, after: Participant, outcome: Outcome, at: Moment): void => {
    for (const one of outcome.fired) {
      if (one.machine !== 'cs') continue
      risenAt.set(`${after.id} ${one.event}`, at)
      const cause = one.event === 'F' ? 'V' : one.event === 'D' ? 'F' : undefined
      if (cause !== undefined) checkOrder(entry, after.id, `${one.event} ${at}`, at, risenAt.get(`${after.id} ${cause}`), cause)
    }
  }
  const checkOrder = (entry: number, participant: Id | undefined, effect: string, at: Moment, cause: Moment | undefined, name: string): void => {
    if (cause !== undefined && surelyBefore(at, cause))
      find({
        kind: 'time-order', entry, ...(participant === undefined ? {} : { participant }),
        expected: [`${name} ${cause}`], got: [effect],
      })
  }

  const settle = (entry: number, way: ReplayStep['way'], before: Participant, result: Either<Refusal, Outcome>, at: Moment | undefined): void => {
    watch?.({ entry, way, before, result })
    if (isLeft(result)) return
    participants.set(before.id, result.right.state)
    if (at !== undefined) noteRise(entry, result.right.state, result.right, at)
  }
  const owe = (entry: number, outcome: Outcome, message: Message | undefined): void => {
    const due = dues(outcome)
    const debt: Debt = {
      entry,
      participant: outcome.state.id,
      ...(message === undefined ? {} : { message: message.id }),
      rule: outcome.rules.at(-1),
      allowed: due.map((one) => one.type),
      answers: new Set(due.filter((one) => one.required && one.to === 'sender').map((one) => one.type)),
      announcements: new Set(
        engagedBeside(outcome.state.id) ? due.filter((one) => one.required && one.to === 'everyone').map((one) => one.type) : [],
      ),
    }
    if (debt.answers.size > 0 || debt.announcements.size > 0) debts.push(debt)
    if (debt.announcements.size > 0) untold.set(debt.participant, [...(untold.get(debt.participant) ?? []), debt])
    if (message !== undefined && message.from !== outcome.state.id) debtOf.set(`${outcome.state.id} ${message.id}`, debt)
  }
  const refused = (entry: number, refusal: Refusal, message: Id | undefined): void => {
    const got = refusal.tried.way === 'local' ? [refusal.tried.event] : refusal.tried.types
    find({
      kind: refusal.kind === 'unspecified' ? 'unspecified' : 'refused', entry, participant: refusal.state.id,
      ...(message === undefined ? {} : { message }), ...(refusal.rule === undefined ? {} : { rule: refusal.rule }),
      requirements: refusal.requirements, expected: refusal.allowed, got,
    })
  }

  /** The participant, if it is in the case; otherwise what the log says wrongly. */
  const member = (entry: number, id: Id, message?: Id): Participant | undefined => {
    const known = participants.get(id)
    const about = message === undefined ? {} : { message }
    if (known === undefined)
      find({ kind: 'unknown-participant', entry, ...about, expected: [...participants.keys()], got: [id] })
    else if (departed.has(id)) find({ kind: 'departed', entry, participant: id, ...about })
    return departed.has(id) ? undefined : known
  }

  /** Checks a message that cites another against what its sender owed for it, and settles what it pays. */
  const pay = (entry: number, message: Message): void => {
    const open = untold.get(message.from)
    if (open !== undefined) {
      for (const debt of open) for (const type of message.types) debt.announcements.delete(type)
      untold.set(message.from, open.filter((debt) => debt.announcements.size > 0))
    }
    if (message.inReplyTo === undefined) return
    const debt = debtOf.get(`${message.from} ${message.inReplyTo}`)
    if (debt === undefined) {
      const cited = messages.get(message.inReplyTo)
      const answers = message.types.filter(isAnswer)
      if (!moments.has(message.inReplyTo))
        find({ kind: 'unknown-message', entry, participant: message.from, message: message.id, got: [message.inReplyTo] })
      else if (cited !== undefined && cited.from !== message.from && answers.length > 0)
        find({ kind: 'wrong-reply', entry, participant: message.from, message: message.inReplyTo, got: answers })
      return
    }
    const wrong = message.types.filter((type) => isAnswer(type) && !debt.allowed.includes(type))
    if (wrong.length > 0) {
      find({
        kind: 'wrong-reply', entry, participant: message.from, message: message.inReplyTo,
        ...(debt.rule === undefined ? {} : { rule: debt.rule }), expected: [...debt.answers], got: wrong,
      })
      for (const type of debt.answers) if (isAnswer(type)) debt.answers.delete(type)
    }
    for (const type of message.types) debt.answers.delete(type)
  }

  const deliver = (entry: number, message: Message, to: Id, at: Moment | undefined): void => {
    if (received.has(`${to} ${message.id}`)) return
    received.add(`${to} ${message.id}`)
    const before = member(entry, to, message.id)
    if (before === undefined || !replayed(to)) return
    const result = protocol.transition(before, message)
    settle(entry, 'received', before, result, at)
    if (isLeft(result)) return refused(entry, result.left, message.id)
    const errors = result.right.replies.filter((type) => isAnswer(type) && type.endsWith('E'))
    if (errors.length > 0)
      find({
        kind: 'unexpected', entry, participant: to, message: message.id, rule: result.right.rules.at(-1) ?? '',
        expected: result.right.replies, got: message.types,
      })
    owe(entry, result.right, message)
  }

  const send = (entry: number, message: Message): void => {
    if (message.case !== header.case)
      return find({ kind: 'other-case', entry, message: message.id, expected: [header.case], got: [message.case] })
    const known = messages.get(message.id)
    if (known !== undefined) {
      if (!same(known, message)) find({ kind: 'conflicting-id', entry, participant: message.from, message: message.id, got: [message.id] })
      return
    }
    messages.set(message.id, message)
    moments.set(message.id, message.at)
    for (const cited of [...(message.after ?? []), ...(message.inReplyTo === undefined ? [] : [message.inReplyTo])])
      checkOrder(entry, message.from, `message ${message.id} ${message.at}`, message.at, moments.get(cited), `message ${cited}`)
    const before = member(entry, message.from, message.id)
    if (before === undefined) return
    if (replayed(message.from)) {
      pay(entry, message)
      const result = protocol.transition(before, message)
      settle(entry, 'sent', before, result, message.at)
      if (isLeft(result)) refused(entry, result.left, message.id)
      else owe(entry, result.right, message)
    }
    if (!byReceipt) for (const to of message.to) deliver(entry, message, to, message.at)
  }

  const receive = (entry: number, receipt: Receipt): void => {
    const message = messages.get(receipt.message)
    if (message === undefined)
      return find({ kind: 'unknown-message', entry, participant: receipt.by, got: [receipt.message] })
    if (receipt.at !== undefined)
      checkOrder(entry, receipt.by, `receipt ${receipt.at}`, receipt.at, message.at, `message ${message.id}`)
    deliver(entry, message, receipt.by, receipt.at ?? message.at)
  }

  const stepLocal = (entry: number, step: Local): void => {
    const before = member(entry, step.by)
    if (before === undefined || !replayed(step.by)) return
    const result = protocol.local(before, step.event)
    settle(entry, 'local', before, result, step.at)
    if (isLeft(result)) refused(entry, result.left, undefined)
    else owe(entry, result.right, undefined)
  }

  const observe = (entry: number, fact: Observation): void => {
    observations++
    const about = fact.about
    const known = about === undefined ? undefined : member(entry, about)
    const concerned = about === undefined ? [...participants.values()].filter((one) => !departed.has(one.id)) : known === undefined ? [] : [known]
    for (const before of concerned) {
      if (!replayed(before.id)) continue
      const result = protocol.observe(before, fact.event)
      settle(entry, 'observed', before, result, fact.at)
      if (isLeft(result))
        find({ kind: 'impossible', entry, participant: before.id, expected: [...possible(before)], got: [fact.event] })
    }
  }
  const possible = (state: Participant): ReadonlyArray<string> =>
    (['V', 'F', 'D', 'P', 'X', 'A'] as const).filter((event) => !state.cs.includes(event) && isRight(protocol.observe(state, event)))

  const changeMembers = (entry: number, change: Membership): void => {
    const known = participants.get(change.participant)
    switch (change.change) {
      case 'joins':
        departed.delete(change.participant)
        if (known === undefined)
          participants.set(change.participant, startOf(change.participant, change.roles ?? ['observer'], change.start))
        return
      case 'leaves':
      case 'excluded':
        if (member(entry, change.participant) !== undefined) departed.add(change.participant)
        return
      case 'roles': {
        const before = member(entry, change.participant)
        const roles = change.roles
        if (before !== undefined && roles !== undefined)
          participants.set(before.id, { ...before, roles, cs: reshape(before.cs, shapeOf(roles)) })
      }
    }
  }

  const enter = (entry: LogEntry, index: number): void => {
    if ('message' in entry) return send(index, entry.message)
    if ('receipt' in entry) return receive(index, entry.receipt)
    const content = 'local' in entry ? entry.local : 'membership' in entry ? entry.membership : entry.observation
    if (content.id !== undefined) moments.set(content.id, content.at)
    for (const cited of content.after ?? [])
      checkOrder(index, undefined, `entry ${content.at}`, content.at, moments.get(cited), `message ${cited}`)
    if ('local' in entry) stepLocal(index, entry.local)
    else if ('membership' in entry) changeMembers(index, entry.membership)
    else observe(index, entry.observation)
  }

  for (const one of header.participants) participants.set(one.id, startOf(one.id, one.roles, one.start))
  log.entries.forEach(enter)
  for (const debt of debts) {
    if (header.world === 'open' && header.as !== debt.participant) continue
    const about = { entry: debt.entry, participant: debt.participant, ...(debt.message === undefined ? {} : { message: debt.message }), ...(debt.rule === undefined ? {} : { rule: debt.rule }) }
    if (debt.answers.size > 0) find({ kind: 'missing-reply', ...about, expected: [...debt.answers] })
    if (debt.announcements.size > 0) find({ kind: 'missing-announcement', ...about, expected: [...debt.announcements] })
  }
  return {
    participants: [...participants.values()].filter((one) => replayed(one.id)),
    findings: findings.map((finding, order) => ({ finding, order })).sort((a, b) => a.finding.entry - b.finding.entry || a.order - b.order).map(({ finding }) => finding),
    messages: messages.size,
    observations,
  }
}
