/**
 * What the deciding entries of a case decide: who is in it, what is public, and the embargo.
 *
 * A fold. Each entry acts on the state that those before it in the order left. Whether a message is legal at its place is
 * the core's to say, and nobody else's: it is cut down to its deciding types and given to `transition`, with its sender as
 * somebody of whom only what decides is known. What is illegal there changes nothing, and is a finding with the reply
 * that it earns. Decision record 0010 (docs/decisions/0010-ledger.md) has every rule. The file is long because each type
 * of message and each change of members has its effect here, in one place.
 *
 * @module
 */
import { type Either, isLeft, isRight, left, right } from 'fp-ts/Either'
import { consent, type ConsentEvent, type ConsentState } from '../protocol/consent.js'
import { type CaseState, pxa } from '../protocol/cs.js'
import { protocols } from '../protocol/editions.js'
import type { EmState } from '../protocol/em.js'
import type { Membership } from '../protocol/log.js'
import { stateNamed } from '../protocol/machine.js'
import { type Id, type Message, type MessageType, sameJson } from '../protocol/message.js'
import { type Participant, type Role, startOf } from '../protocol/participant.js'
import type { Outcome, Protocol } from '../protocol/transition.js'
import type { Charter } from './charter.js'
import { decideOn, type Embargo, hasSigned, inherited, isInForce, noEmbargo, openIn, propose, rejectAll, refuse, sign, terminate } from './embargo.js'
import { decidingIn } from './entry.js'
import type { Node } from './graph.js'
import { get, sizeOf } from './tree.js'

/** How a member stands to the case. */
export interface Member {
  readonly id: Id
  readonly roles: ReadonlyArray<Role>
  /** Compact notation of its start, where it is not that of its roles. */
  readonly start?: string
  readonly engaged: boolean
  /** Published participant embargo consent. */
  readonly consent: ConsentState
  /** Whether it said that it no longer keeps to the embargo. */
  readonly withdrawn: boolean
  /** Somebody who joined while terms were in force: whether they were offered to it. `undefined` for everybody else, and once it has signed. */
  readonly newcomer: 'unasked' | 'asked' | undefined
}

/** The public facts, each with the entry that established it. */
export type Facts = Readonly<Partial<Record<'P' | 'X' | 'A', Id>>>

/** What some deciding entries decide. */
export interface Decided extends Embargo {
  readonly members: ReadonlyMap<Id, Member>
  readonly facts: Facts
}

/**
 * Why a deciding entry changed nothing at its place:
 *
 * - `refused`: the protocol does not allow it there;
 * - `unknown-proposal`: it answers a proposal that there is not, or none where several are open;
 * - `taken-proposal`: it makes a proposal under an id that another has;
 * - `stale-acceptance`: it accepts what is no longer offered;
 * - `not-a-member`: its author is not in the case there;
 * - `no-authority`: it changes the membership of somebody, which its author may not.
 */
export type IllegalKind = 'refused' | 'unknown-proposal' | 'taken-proposal' | 'stale-acceptance' | 'not-a-member' | 'no-authority'

/** An entry that is illegal at its place. */
export interface Illegal {
  readonly kind: IllegalKind
  /** What a recipient in that state answers. */
  readonly replies: ReadonlyArray<MessageType>
  readonly rule?: string
  readonly requirements: ReadonlyArray<string>
}

/** The public part of the case state that facts make. */
export const worldOf = (facts: Facts): CaseState =>
  stateNamed(pxa, `${facts.P === undefined ? 'p' : 'P'}${facts.X === undefined ? 'x' : 'X'}${facts.A === undefined ? 'a' : 'A'}`) ?? pxa.initial

const memberAt = (id: Id, roles: ReadonlyArray<Role>, start: string | undefined, newcomer: Member['newcomer']): Member => ({
  id, roles, ...(start === undefined ? {} : { start }), engaged: true, consent: consent.initial, withdrawn: false, newcomer,
})

/** How far an embargo has come, the furthest first: what the case begins with where its participants begin with different states. */
const furthest: ReadonlyArray<EmState> = ['Revise', 'Active', 'Exited', 'Proposed', 'None']

/**
 * The state before the first entry, from the states in which the charter has its participants begin: the furthest of
 * their embargo states, and every fact that all of them know. Who begins at None or Proposed where others have terms in
 * force is a newcomer to these.
 */
export const beginning = (charter: Charter): Decided => {
  const { embargo, signed = [] } = charter.inherits ?? {}
  const starts = charter.participants.map((one) => startOf(one.id, one.roles, one.start))
  const em = furthest.find((state) => starts.some((one) => one.em === state)) ?? 'None'
  const begun = embargo === undefined ? noEmbargo(em) : inherited(embargo, signed)
  const newcomer = (state: EmState): Member['newcomer'] => (!isInForce(begun.em) || isInForce(state) ? undefined : state === 'Proposed' ? 'asked' : 'unasked')
  return {
    ...begun,
    members: new Map(charter.participants.map((one, index) => [one.id, memberAt(one.id, one.roles, one.start, newcomer(starts[index]?.em ?? 'None'))])),
    facts: Object.fromEntries((['P', 'X', 'A'] as const).filter((fact) => embargo === undefined && starts.length > 0 && starts.every((one) => one.cs.slice(-3).includes(fact))).map((fact) => [fact, ''])),
  }
}

/** Somebody of whom only what decides is known. */
export const somebody = (id: Id, em: EmState, facts: Facts): Participant => ({ id, roles: ['observer'], rm: 'Accepted', em, cs: worldOf(facts) })

/** A member's own embargo state, as far as the case knows: the case's, but for who came when terms were in force and has not signed them. */
export const ownEmbargo = (state: Embargo, member: Member): EmState =>
  member.newcomer === undefined || !isInForce(state.em) ? state.em : member.newcomer === 'asked' ? 'Proposed' : 'None'

/** The events of a message that fired in one machine. */
const firedIn = (outcome: Outcome, machine: 'em' | 'cs'): ReadonlyArray<string> => outcome.fired.filter((one) => one.machine === machine).map((one) => one.event)

const withMember = (state: Decided, id: Id, part: Partial<Member>): Decided => {
  const member = state.members.get(id)
  return member === undefined || sameJson(member, { ...member, ...part }) ? state : { ...state, members: new Map(state.members).set(id, { ...member, ...part }) }
}

const consenting = (state: Decided, id: Id, event: ConsentEvent): Decided => {
  const member = state.members.get(id)
  if (member === undefined) return state
  const next = consent.step(member.consent, event)
  return isRight(next) && next.right !== member.consent ? withMember(state, id, { consent: next.right }) : state
}

const everyone = (state: Decided, event: ConsentEvent): Decided => [...state.members.keys()].reduce((at, id) => consenting(at, id, event), state)

/** What follows for consent when a step changed the embargo's state: everybody is reset where there is none any more. */
const settleConsent = (before: Decided, state: Decided): Decided =>
  state.em !== before.em && (state.em === 'None' || state.em === 'Exited') ? everyone(state, 'reset') : state

const engagedIn = (state: Decided): ReadonlyArray<Id> => [...state.members.values()].filter((one) => one.engaged).map((one) => one.id)

/** Whether a step left everything as it was. */
export const isUnchanged = (before: Decided, after: Decided): boolean =>
  before === after ||
  (before.em === after.em && before.proposals === after.proposals && before.open === after.open && before.inForce === after.inForce &&
    before.ended === after.ended && before.members === after.members && before.facts === after.facts)

/** What moves the fold: entries, and the ends of engagements that hold although their entry is void. */
export interface Decider {
  /** What one deciding entry does at its place. */
  readonly step: (state: Decided, node: Node) => Either<Illegal, Decided>
  /** The state without somebody. */
  readonly depart: (state: Decided, id: Id) => Decided
}

/** The fold of a case with this charter. */
export const decide = (charter: Charter): Decider => {
  const protocol: Protocol = protocols[charter.protocol]
  const voters = (state: Decided) => ({ rule: charter.decision, owner: charter.owner, engaged: engagedIn(state) })

  const illegal = (kind: IllegalKind, state?: Decided, message?: Message, about?: { readonly rule?: string; readonly requirements: ReadonlyArray<string> }): Either<Illegal, Decided> => {
    const recipient = message?.to[0]
    const answered = state === undefined || message === undefined || recipient === undefined ? undefined
      : protocol.transition(somebody(recipient, state.em, state.facts), message)
    return left({
      kind, replies: answered !== undefined && isRight(answered) ? [...answered.right.replies].sort() : [],
      requirements: about?.requirements ?? [], ...(about?.rule === undefined ? {} : { rule: about.rule }),
    })
  }

  /** The proposals that an answer is about: `undefined` where it names one that there is not, or does not say which. */
  const named = (state: Decided, message: Message, type: MessageType): ReadonlyArray<Id> | undefined => {
    const answers = message.embargo?.answers
    if (answers !== undefined) return get(state.proposals, answers) === undefined ? undefined : [answers]
    const own = message.embargo?.id
    if (own !== undefined && get(state.proposals, own) !== undefined) return [own]
    if (type === 'ER' || type === 'EJ') return openIn(state)
    if (message.embargo?.existing === true) return state.inForce === undefined ? undefined : [state.inForce]
    return sizeOf(state.open) === 1 ? openIn(state) : undefined
  }

  const step = (state: Decided, entry: Id, message: Message): Either<Illegal, Decided> => {
    const sender = state.members.get(message.from)
    if (sender?.engaged !== true) return illegal('not-a-member', state, message)
    const types = decidingIn(message).filter((type) => type !== 'RC')
    const cut: Message = { ...message, types }
    const first = types.find((type) => type === 'EA' || type === 'EC' || type === 'ER' || type === 'EJ' || type === 'RS')
    const target = first === undefined ? undefined : named(state, message, first)?.[0]
    const proposal = target === undefined ? undefined : get(state.proposals, target)
    const accepts = first === 'EA' || first === 'EC' || first === 'RS'
    if (isInForce(state.em) && accepts && proposal !== undefined && proposal.status !== 'open' && proposal.status !== 'in force')
      return illegal('stale-acceptance', state, cut)
    const late = proposal?.status === 'in force' && (sender.withdrawn || !proposal.signed.has(sender.id))
    const judgedIn: EmState = types.includes('EP') ? state.em
      : late && (first === 'EA' || first === 'ER') ? 'Proposed'
      : late && first === 'EC' ? 'Revise'
      : ownEmbargo(state, sender)
    if (types.length > 0) {
      const legal = protocol.transition(somebody(sender.id, judgedIn, state.facts), cut)
      if (isLeft(legal)) return illegal('refused', state, cut, legal.left)
    }
    let at = state
    for (const type of types) {
      const next = effect(at, entry, cut, type)
      if (isLeft(next)) return next
      at = next.right
    }
    at = publicFacts(state, at, entry, cut)
    if (message.types.includes('RC')) at = leaving(withMember(at, sender.id, { engaged: false }))
    return right(settleConsent(state, at))
  }

  /** What CP, CX and CA establish, and what that does to the embargo, as the core has it. */
  const publicFacts = (before: Decided, state: Decided, entry: Id, message: Message): Decided => {
    const types = message.types.filter((type) => type === 'CP' || type === 'CX' || type === 'CA')
    if (types.length === 0) return state
    const outcome = protocol.transition(somebody(message.from, state.em, before.facts), { ...message, types })
    if (isLeft(outcome)) return state
    const established = firedIn(outcome.right, 'cs').flatMap((event) => (['P', 'X', 'A'] as const).filter((one) => one === event))
    const at: Decided = established.length === 0 ? state : { ...state, facts: { ...state.facts, ...Object.fromEntries(established.map((event) => [event, entry])) } }
    const events = firedIn(outcome.right, 'em')
    return events.includes('terminate') ? { ...at, ...terminate(at, entry, undefined) } : events.includes('reject') ? { ...at, ...rejectAll(at) } : at
  }

  const effect = (state: Decided, entry: Id, message: Message, type: MessageType): Either<Illegal, Decided> => {
    const { from } = message
    const proposalId = message.embargo?.id ?? entry
    switch (type) {
      case 'EP':
      case 'EV': {
        if (type === 'EP' && message.embargo?.existing === true && isInForce(state.em)) return right(offered(state, message.to))
        if (isInForce(state.em) !== (type === 'EV') || state.em === 'Exited') return right(state)
        if (get(state.proposals, proposalId) !== undefined) return illegal('taken-proposal', state, message)
        const revising = state.em === 'Active'
        const made: Decided = { ...state, ...propose(state, proposalId, entry, from, message.embargo) }
        const lapsed = revising ? everyone(made, 'revise') : made
        return right(message.to.reduce((at, id) => consenting(at, id, 'invite'), consenting(lapsed, from, 'accept')))
      }
      case 'EA':
      case 'EC':
      case 'RS': {
        const ids = named(state, message, type)
        const [id] = ids ?? []
        const proposal = id === undefined ? undefined : get(state.proposals, id)
        if (proposal === undefined) return illegal('unknown-proposal', state, message)
        if (proposal.status !== 'open' && proposal.status !== 'in force') return illegal('stale-acceptance', state, message)
        const signed: Decided = { ...state, ...sign(state, proposal.id, from, entry) }
        const party = withMember(signed, from, { withdrawn: false, ...(proposal.status === 'in force' ? { newcomer: undefined } : {}) })
        return right(decided(consenting(party, from, 'accept'), [proposal.id]))
      }
      case 'ER':
      case 'EJ': {
        const ids = named(state, message, type)
        if (ids === undefined) return illegal('unknown-proposal', state, message)
        const rejected: Decided = { ...state, ...ids.reduce<Embargo>((at, id) => refuse(at, id, from, entry), state) }
        const declined = ids.some((id) => id === state.inForce) && rejected.members.get(from)?.newcomer === 'asked' ? withMember(rejected, from, { newcomer: 'unasked' }) : rejected
        return right(decided(ids.length > 0 ? consenting(declined, from, 'decline') : declined, ids))
      }
      case 'ET':
        return right({ ...state, ...terminate(state, entry, message.embargo?.reason) })
      default:
        return right(state)
    }
  }

  /** The terms in force are offered to somebody; to who is new they are then proposed. */
  const offered = (state: Decided, to: ReadonlyArray<Id>): Decided =>
    to.reduce((at, id) => {
      const invited = consenting(at, id, 'invite')
      return invited.members.get(id)?.newcomer === 'unasked' ? withMember(invited, id, { newcomer: 'asked' }) : invited
    }, state)

  /** Decides about some proposals; who signed what is then in force is no newcomer to it, and who did not is asked anew. */
  const decided = (state: Decided, ids: ReadonlyArray<Id>): Decided => {
    const after: Decided = { ...state, ...decideOn(state, ids, voters(state)) }
    const inForce = after.inForce === state.inForce || after.inForce === undefined ? undefined : get(after.proposals, after.inForce)
    return inForce === undefined ? after : [...after.members.values()].reduce(
      (at, { id, newcomer }) => (newcomer === undefined ? at : withMember(at, id, { newcomer: inForce.signed.has(id) ? undefined : 'unasked' })), after)
  }

  /** Somebody's leaving can complete what all others have signed. */
  const leaving = (state: Decided): Decided => decided(state, openIn(state))

  const changeMembers = (state: Decided, change: Membership): Either<Illegal, Decided> => {
    const self = change.by === change.participant
    const inCharge = change.by === charter.owner || change.by === charter.manager
    const engaged = state.members.get(change.by)?.engaged === true
    const member = state.members.get(change.participant)
    if (!engaged && !inCharge) return illegal('not-a-member')
    switch (change.change) {
      case 'joins': {
        const newcomer: Member['newcomer'] = isInForce(state.em) && !hasSigned(state, change.participant) ? 'unasked' : undefined
        const joined = member === undefined
          ? memberAt(change.participant, change.roles ?? ['observer'], change.start, newcomer)
          : member.engaged ? member : { ...member, engaged: true, newcomer }
        return right(joined === member ? state : { ...state, members: new Map(state.members).set(change.participant, joined) })
      }
      case 'roles':
        if (change.roles === undefined || !(self || inCharge)) return illegal('no-authority')
        return right(withMember(state, change.participant, { roles: change.roles }))
      case 'leaves':
      case 'excluded':
        if (!(change.by === charter.owner || (change.change === 'leaves' && (self || (inCharge && change.participant !== charter.owner))))) return illegal('no-authority')
        return right(leaving(withMember(state, change.participant, { engaged: false })))
      case 'withdraws':
        if (!self) return illegal('no-authority')
        return right(withMember(state, change.participant, { withdrawn: true }))
    }
  }

  const depart = (state: Decided, id: Id): Decided => settleConsent(state, leaving(withMember(state, id, { engaged: false })))

  return {
    depart,
    step: (state, { id, entry }) => {
      if ('message' in entry) return step(state, id, entry.message)
      if (!('membership' in entry)) return right(state)
      const changed = changeMembers(state, entry.membership)
      return isRight(changed) ? right(settleConsent(state, changed.right)) : changed
    },
  }
}
