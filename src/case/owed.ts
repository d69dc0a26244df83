/**
 * What is owed: who has still to send what to whom, and since when.
 *
 * A message makes answers due, which its recipients pay by a message that cites it; a change makes announcements due; a
 * proposal asks for a decision; terms in force have to be offered to who is new, and their end has to be told. What was
 * due by a message is worked out in the state in which its recipient had it (`debt.ts` of the core says how it is paid).
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import { type Debt, debtOf, enter, type Ledger as Debts, pay } from '../protocol/debt.js'
import { protocols } from '../protocol/editions.js'
import { contentOf } from '../protocol/log.js'
import type { Id, Message, MessageType, Moment } from '../protocol/message.js'
import { readMoment } from '../protocol/moment.js'
import type { Case } from './case.js'
import type { Member } from './decide.js'
import { isInForce, type Proposal } from './embargo.js'
import { encounters } from './encounter.js'
import type { Node } from './graph.js'
import { forwards, get } from './tree.js'

/**
 * Why something is owed: an answer to a message, an announcement of a change, a decision on a proposal, the offer of the
 * terms in force (to a newcomer, or to who accepted what was no longer offered), the end of an embargo whose time is up,
 * or a proposal that another overtook, to be made again as a revision.
 */
export type OwedKind = 'answer' | 'announcement' | 'decision' | 'offer' | 'expiry' | 'revision'

/** Something that somebody owes. */
export interface Owed {
  readonly kind: OwedKind
  readonly by: Id
  /** Whom it goes to; everybody engaged where absent. */
  readonly to?: Id
  /** The types that would pay it: all of them, or, for a decision, one of them. */
  readonly types: ReadonlyArray<MessageType>
  /** The entry that made it due. */
  readonly entry: Id
  /** When that was. */
  readonly since: Moment
  /** Until when it was asked for, where that was said. */
  readonly until?: Moment
  readonly requirements: ReadonlyArray<string>
}

/** How the embargo of a case stands at a time: none in force, running, surely over, or over or not as far as half-known dates tell. */
export interface Expiry {
  readonly status: 'none' | 'running' | 'over' | 'unsure' | 'open-ended'
  readonly proposal?: Id
  readonly end?: Moment
}

/** Whether the terms in force have come to their end at a time. */
export const expiry = ({ state }: Case, now: Moment): Expiry => {
  const proposal: Proposal | undefined = state.inForce === undefined ? undefined : get(state.proposals, state.inForce)
  if (!isInForce(state.em) || proposal === undefined) return { status: isInForce(state.em) ? 'open-ended' : 'none' }
  const end = proposal.terms?.end
  const [until, at] = [end === undefined ? undefined : readMoment(end), readMoment(now)]
  if (end === undefined || until === undefined) return { status: 'open-ended', proposal: proposal.id }
  const status = at === undefined ? 'unsure' : until.latest < at.earliest ? 'over' : at.latest < until.earliest ? 'running' : 'unsure'
  return { status, proposal: proposal.id, end }
}

const momentOf = (node: Node): Moment => contentOf(node.entry).at

/** Everything that is owed at a time, in the order of what made it due. */
export const owed = (of: Case, now: Moment): ReadonlyArray<Owed> => {
  const engaged = (id: Id): boolean => of.state.members.get(id)?.engaged === true
  return [...answers(of), ...decisions(of), ...offers(of), ...ended(of, now)].filter((one) => engaged(one.by) && (one.to === undefined || engaged(one.to) || one.kind === 'offer'))
}

/** Answers and announcements that messages and local steps made due, and nobody has paid. */
const answers = (of: Case): ReadonlyArray<Owed> => {
  const { ledger } = of
  const protocol = protocols[ledger.charter.protocol]
  const accounts = new Map<Id, Debts>()
  const debts: { readonly by: Id; readonly debt: Debt; readonly node: Node }[] = []
  const account = (id: Id): Debts => {
    const known = accounts.get(id) ?? { byMessage: new Map(), untold: new Map() }
    accounts.set(id, known)
    return known
  }
  /** Answers to what comes later in this order: content that cites nothing but what it answers can come first. */
  const early = new Map<string, Message[]>()
  encounters(ledger, ({ before, node, stateOf, step }) => {
    if (ledger.standing.voids.has(node.id)) return
    const owe = (id: Id, debt: Debt, received: boolean): void => {
      enter(account(id), debt, received)
      debts.push({ by: id, debt, node })
      for (const answer of early.get(`${id} ${debt.message ?? ''}`) ?? []) pay({ byMessage: new Map([[answer.inReplyTo ?? '', debt]]), untold: new Map() }, answer)
    }
    const heard = (id: Id): boolean => [...before.members.values()].some((one) => one.engaged && one.id !== id)
    if ('local' in node.entry) {
      const { by, event } = node.entry.local
      const at = stateOf(by)
      const result = at === undefined ? undefined : protocol.local(at, event)
      if (result !== undefined && !isLeft(result)) owe(by, debtOf(0, result.right, undefined, heard(by)), false)
    }
    if (!('message' in node.entry)) return
    const { message } = node.entry
    pay(account(message.from), message)
    if (message.inReplyTo !== undefined && !account(message.from).byMessage.has(message.inReplyTo)) {
      const cited = `${message.from} ${message.inReplyTo}`
      early.set(cited, [...(early.get(cited) ?? []), message])
    }
    const sender = stateOf(message.from)
    const sent = sender === undefined || step?.illegal !== undefined ? undefined : protocol.transition(sender, message)
    if (sent !== undefined && !isLeft(sent)) owe(message.from, debtOf(0, sent.right, message.id, heard(message.from)), false)
    for (const to of message.to) {
      const at = stateOf(to)
      const result = at === undefined ? undefined : protocol.transition(at, message)
      if (result !== undefined && !isLeft(result)) owe(to, debtOf(0, result.right, message.id, heard(to)), true)
    }
  })
  return debts.flatMap(({ by, debt, node }): ReadonlyArray<Owed> => {
    const about = { by, entry: node.id, since: momentOf(node), requirements: [] }
    return [
      ...(debt.answers.length > 0 ? [{ ...about, kind: 'answer' as const, to: node.author, types: debt.answers }] : []),
      ...(debt.announcements.length > 0 ? [{ ...about, kind: 'announcement' as const, types: debt.announcements }] : []),
    ]
  })
}

/** Decisions that open proposals ask of those who have said nothing, and proposals that were overtaken. */
const decisions = ({ state, ledger, proposals }: Case): ReadonlyArray<Owed> => {
  const found: Owed[] = []
  for (const proposal of proposals) {
    const node = get(ledger.graph.nodes, proposal.entry)
    if (node === undefined) continue
    const about = { entry: proposal.entry, since: momentOf(node) }
    const until = proposal.terms?.respondBy
    if (proposal.status === 'open')
      for (const id of state.members.keys())
        if (!proposal.signed.has(id) && !proposal.rejected.has(id))
          found.push({
            ...about, kind: 'decision', by: id, types: proposal.kind === 'initial' ? ['EA', 'ER'] : ['EC', 'EJ'],
            ...(until === undefined ? {} : { until }), requirements: ['VP-06-004'],
          })
    if (proposal.status === 'superseded' && isInForce(state.em) && !proposals.some((one) => one.kind === 'revision' && one.by === proposal.by && one.number > proposal.number))
      found.push({ ...about, kind: 'revision', by: proposal.by, types: ['EV'], requirements: ['VP-07-008'] })
  }
  return found
}

/** Terms in force that have to be offered: to newcomers by who let them in, and again to who accepted others. */
const offers = ({ state, ledger, charter }: Case): ReadonlyArray<Owed> => {
  if (!isInForce(state.em)) return []
  const found: Owed[] = []
  const isEngaged = (id: Id | undefined): id is Id => id !== undefined && state.members.get(id)?.engaged === true
  const inForceBy = state.inForce === undefined ? undefined : get(state.proposals, state.inForce)?.by
  const host = [charter.owner, charter.manager, inForceBy, ...state.members.keys()].find(isEngaged)
  const steps = [...forwards(ledger.order)].map(([, step]) => step)
  for (const [index, { node, illegal, void: kind }] of steps.entries()) {
    if (kind !== undefined) continue
    const offeredSince = steps.slice(index + 1).some((step) => step.illegal === undefined && step.void === undefined && 'message' in step.node.entry &&
      step.node.entry.message.embargo?.existing === true && step.node.entry.message.to.includes(node.author))
    const about = { kind: 'offer' as const, entry: node.id, since: momentOf(node), types: ['EP' as const] }
    if ('membership' in node.entry && node.entry.membership.change === 'joins' && isUnasked(state.members.get(node.entry.membership.participant)))
      found.push({ ...about, by: node.author, to: node.entry.membership.participant, requirements: ['VP-08-001'] })
    if (illegal?.kind === 'stale-acceptance' && host !== undefined && !offeredSince && state.members.get(node.author)?.consent !== 'Signatory')
      found.push({ ...about, by: host, to: node.author, requirements: ['EMB-17-003'] })
  }
  return found
}

/** Whether a newcomer has still to be offered the terms in force; who declined them has been. */
const isUnasked = (member: Member | undefined): boolean => member?.newcomer === 'unasked' && member.consent !== 'Declined'

/** Once an embargo is surely over, everybody who is engaged may say so, and somebody has to. */
const ended = (of: Case, now: Moment): ReadonlyArray<Owed> => {
  const { status, proposal, end } = expiry(of, now)
  const entry = proposal === undefined ? undefined : get(of.state.proposals, proposal)?.entry
  return status !== 'over' || entry === undefined || end === undefined ? []
    : [...of.state.members.keys()].map((by) => ({ kind: 'expiry' as const, by, types: ['ET' as const], entry, since: end, requirements: ['VP-04-001'] }))
}
