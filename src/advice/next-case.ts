/**
 * What a participant of a case could do next: its own state's moves, and what the case adds.
 *
 * What is owed comes first: answers, announcements, decisions, offers, ends, each with the requirements that ask for it.
 * Answers to proposals are about one proposal each. Who is bound by its word is told not to publish, whatever its own state
 * is. Messages find everybody else who is engaged in the state in which the case has them.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import { mayPublish } from '../case/bound.js'
import type { Case, CaseParticipant } from '../case/case.js'
import type { Proposal } from '../case/embargo.js'
import { type Owed, owed } from '../case/owed.js'
import { requirementById } from '../conformance/register.js'
import { one } from '../measuring/rational.js'
import { cs } from '../protocol/cs.js'
import { protocols } from '../protocol/editions.js'
import { unique } from '../protocol/interpret.js'
import { stateNamed } from '../protocol/machine.js'
import { bundleRank, type Id, type MessageType, type Moment } from '../protocol/message.js'
import { surelyBefore } from '../protocol/moment.js'
import type { Participant } from '../protocol/participant.js'
import { actionRules, rulesFor } from './actions.js'
import { moveOf, type Surroundings } from './candidate.js'
import { requirementsOf } from './debts.js'
import type { Because, Move, MoveModality } from './move.js'
import { movesIn, type NextFault, ranked } from './next.js'
import { type View, viewsOf } from './prospect.js'

const plain = ({ cs: state, em, id, rm, roles }: CaseParticipant): Participant => ({ id, roles, rm, em, cs: state })

/** The vendors of a case as somebody sees them: the fix path of each, in the world as it knows that; without one, its own letters. */
const views = (self: Participant, others: ReadonlyArray<Participant>): ReadonlyArray<ReadonlyArray<View>> => {
  const vendors = [self, ...others].filter(({ roles }) => roles.includes('vendor')).flatMap((vendor) => {
    const state = stateNamed(cs, `${vendor.cs.slice(0, 3)}${self.cs.slice(-3)}`)
    return state === undefined ? [] : [[{ vendor: vendor.id, state, weight: one }]]
  })
  return vendors.length === 0 ? [viewsOf(self.cs)] : vendors
}

const becauseOf: Readonly<Record<Owed['kind'], Because>> = {
  answer: 'answer-due', announcement: 'announcement-due', decision: 'decision-due', offer: 'offer-due', expiry: 'expiry-due', revision: 'revision-due',
}

/** What is due by a row of the protocol is due now; what requirements ask for is as strong as these. */
const modalityOf = ({ kind }: Owed, requirements: ReadonlyArray<string>): MoveModality =>
  kind === 'answer' || kind === 'announcement' || requirements.some((id) => requirementById(id)?.modality.startsWith('MUST')) ? 'must now' : 'should'

const inOrder = (types: ReadonlyArray<MessageType>): ReadonlyArray<MessageType> => [...types].sort((a, b) => bundleRank[a] - bundleRank[b])

/** A debt as moves: of a decision one for each answer, else one that pays it all. */
const paying = (around: Surroundings, self: Participant, of: Case, debt: Owed, requirements: ReadonlyArray<string>): ReadonlyArray<Move> => {
  const decided = debt.kind === 'decision' ? of.proposals.find(({ entry }) => entry === debt.entry)?.id : undefined
  const bundles = debt.kind === 'decision' ? debt.types.map((type) => [type]) : [inOrder(debt.types)]
  return bundles.map((types) => {
    const move = moveOf(around, self, {
      types,
      context: {
        ...(debt.kind === 'answer' || debt.kind === 'announcement' ? { reply: true } : {}), ...(debt.kind === 'offer' ? { existing: true } : {}), ...(decided === undefined ? {} : { answers: true }),
        ...(types.some((type) => type === 'CP' || type === 'CX' || type === 'CA') ? { cause: 'observed' } : {}),
      },
      ...(debt.to === undefined ? {} : { to: debt.to }), ...(decided === undefined ? {} : { proposal: decided }),
    })
    const due: Pick<Move, 'debt'> = { debt: { entry: debt.entry, since: debt.since, ...(debt.until === undefined ? {} : { until: debt.until }) } }
    return move.modality === 'must not'
      ? { ...move, ...due, because: 'unsendable', requirements: move.requirements.length > 0 ? move.requirements : requirements }
      // A decision may go either way, and one of them can be advised against.
      : move.modality === 'should not' && debt.kind === 'decision' ? { ...move, ...due } : { ...move, ...due, modality: modalityOf(debt, requirements), because: becauseOf[debt.kind], requirements }
  })
}

const answersTo: Readonly<Record<Proposal['kind'], { readonly yes: MessageType; readonly no: MessageType }>> = { initial: { yes: 'EA', no: 'ER' }, revision: { yes: 'EC', no: 'EJ' } }
const isAnswerToProposal = ({ types }: Move): boolean => types.length === 1 && ['EA', 'ER', 'EC', 'EJ'].includes(types[0] ?? '')

/** The answers that somebody can still give, each to one proposal; it can withdraw its own, and sign what it was not asked about. */
const answers = (around: Surroundings, self: Participant, of: Case): ReadonlyArray<Move> =>
  of.proposals.flatMap((proposal) => {
    const offered = proposal.status === 'in force' && !proposal.signed.has(self.id) && self.em === 'Proposed'
    if (proposal.status !== 'open' && !offered) return []
    const { no, yes } = answersTo[offered ? 'initial' : proposal.kind]
    return [...(proposal.signed.has(self.id) ? [] : [yes]), ...(proposal.rejected.has(self.id) ? [] : [no])]
      .map((type) => moveOf(around, self, { types: [type], context: { answers: true }, proposal: proposal.id }))
      .filter(({ modality }) => modality !== 'must not')
  })

/** Publishing as the case has it: who is bound by its word does not, and who is not may have reasons to wait. */
const asBound = (of: Case, self: Id, at: Moment): ((move: Move) => Move) => {
  const { advice, bound, may } = mayPublish(of, self, at)
  return (move) => {
    if (move.context.cause !== 'own' || move.modality === 'must not' || (may && advice.length === 0)) return move
    return { ...move, modality: 'should not', because: may ? 'advised-against' : 'bound', requirements: unique([...(bound.length > 0 ? ['VP-05-014'] : []), ...advice, ...(move.modality === 'should not' ? move.requirements : [])]) }
  }
}

/** A participant of a case, and whom it deals with. */
const standing = (of: Case, found: CaseParticipant): { readonly self: Participant; readonly around: Surroundings } => {
  const self = plain(found)
  const others = of.participants.filter(({ engaged, id }) => engaged && id !== self.id).map(plain)
  const seen = views(self, others)
  const suggested = new Set(seen.flatMap((vendor) => vendor.flatMap(({ state }) => rulesFor(state, { roles: self.roles }))))
  return { self, around: { protocol: protocols[of.charter.protocol], others, views: seen, suggested: actionRules.filter((rule) => suggested.has(rule)) } }
}

/** The moves that would pay what is owed in a case, in the order of {@link owed}, each with who owes it. */
export const payments = (of: Case, debts: ReadonlyArray<Owed>): ReadonlyArray<{ readonly by: Id; readonly move: Move }> => {
  const behind = requirementsOf(of, debts)
  return debts.flatMap((debt) => {
    const found = of.participants.find(({ id }) => id === debt.by)
    if (found === undefined) return []
    const { around, self } = standing(of, found)
    return paying(around, self, of, debt, behind.get(debt) ?? []).map((move) => ({ by: debt.by, move }))
  })
}

/** Accepting as the case has it: of several open proposals the one that ends first is to be accepted. */
const asFirstEnding = (of: Case): ((move: Move) => Move) => {
  const open = of.proposals.filter(({ status }) => status === 'open')
  return (move) => {
    const chosen = open.find(({ id }) => id === move.proposal)
    const end = chosen?.terms?.end
    const [type] = move.types
    if (chosen === undefined || end === undefined || move.modality === 'must not' || type !== answersTo[chosen.kind].yes) return move
    const sooner = open.some(({ by, id, kind, terms }) => id !== chosen.id && kind === chosen.kind && (kind === 'revision' || by !== chosen.by) && terms?.end !== undefined && surelyBefore(terms.end, end))
    return sooner ? { ...move, modality: 'should not', because: 'advised-against', requirements: [chosen.kind === 'initial' ? 'VP-07-008' : 'VP-07-009'] } : move
  }
}

/** What a participant of a case could do next at a time, ranked as `next` ranks it. */
export const nextIn = (of: Case, who: Id, at: Moment): Either<NextFault, ReadonlyArray<Move>> => {
  const found = of.participants.find(({ id }) => id === who)
  if (found === undefined) return left({ fault: 'unknown-participant', got: who, expected: of.participants.map(({ id }) => id) })
  if (!found.engaged) return left({ fault: 'not-engaged', got: who, expected: of.participants.filter(({ engaged }) => engaged).map(({ id }) => id) })
  const { around, self } = standing(of, found)
  const due = payments(of, owed(of, at).filter(({ by }) => by === who)).map(({ move }) => move)
  const answering = answers(around, self, of)
  const isDue = (move: Move): boolean => due.some((other) => other.types.join() === move.types.join() && other.proposal === move.proposal && other.event === move.event &&
    move.context.cause !== 'own' && move.context.subject !== 'other' && (other.context.existing ?? false) === (move.context.existing ?? false))
  const own = movesIn(around, self).filter((move) => !isAnswerToProposal(move) || move.modality === 'must not' || answering.length === 0)
  return right(ranked([...due, ...[...answering, ...own].filter((move) => !isDue(move)).map(asBound(of, who, at))].map(asFirstEnding(of))))
}
