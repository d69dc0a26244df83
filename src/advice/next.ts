/**
 * What a participant could do next, ranked: what is due first, then what the requirements ask for, what is allowed, what they
 * advise against, and what is not to be done, each with why.
 *
 * Here from the participant's own state alone; with a whole case, `next-case.ts` adds what is owed and what is on the table.
 *
 * Order within a modality: embargoes that cannot stand first, then what does not depend on something having happened, then
 * what more action rules suggest, then what gains more of the orderings, then the standard's order of message types.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import { compare, type Rational, sum } from '../measuring/rational.js'
import { adopted } from '../protocol/adopted.js'
import { passes, plainContext, roleShapeOf } from '../protocol/interpret.js'
import type { Id } from '../protocol/message.js'
import { caseMachine, fits, type Participant, shapeOf } from '../protocol/participant.js'
import type { Protocol } from '../protocol/transition.js'
import { rulesFor } from './actions.js'
import { askedBy, askRows } from './asks.js'
import { moveOf, permittedSends, permittedSteps, refusedOnes, rulesInAll, type Surroundings } from './candidate.js'
import { type Because, type Move, moveModalities } from './move.js'
import { viewsOf } from './prospect.js'

/** Why there is no advice. */
export type NextFault =
  /** The case state does not have the shape of the roles. */
  | { readonly fault: 'shape'; readonly got: string; readonly expected: ReadonlyArray<string> }
  /** Nobody of this id is in the case. */
  | { readonly fault: 'unknown-participant'; readonly got: Id; readonly expected: ReadonlyArray<Id> }
  /** The participant has left the case, or closed it. */
  | { readonly fault: 'not-engaged'; readonly got: Id; readonly expected: ReadonlyArray<Id> }

/** What is asked besides. */
export interface NextOptions {
  /** The reading; the adopted one when absent. */
  readonly protocol?: Protocol
  /** Everybody else, with their states; see {@link next} for who stands in when absent. */
  readonly others?: ReadonlyArray<Participant>
}

/** How much of the orderings a move gains, all vendors together. */
export const gainOf = ({ outlooks }: Pick<Move, 'outlooks'>): Rational => sum(outlooks.map(({ gain }) => gain))

const urgency: ReadonlyArray<Because> = ['embargo-over', 'expiry-due', 'state-forced', 'announcement-due', 'answer-due', 'offer-due', 'decision-due', 'revision-due']
const urgencyOf = ({ because }: Move): number => (urgency.indexOf(because) + urgency.length + 1) % (urgency.length + 1)

const firstDifference = (...differences: ReadonlyArray<number>): number => differences.find((one) => one !== 0) ?? 0

/** Where a type stands among those that a state asks one of. */
const placeOf = ({ because, requirements, types }: Move): number =>
  because === 'state-asks' ? askRows.find((row) => row.requirements === requirements)?.types.findIndex((type) => type === types[0]) ?? 0 : 0

/** Moves in the order in which they are advised; equal ones stay as they were. */
export const ranked = (moves: ReadonlyArray<Move>): ReadonlyArray<Move> =>
  moves.map((move) => ({ move, gain: gainOf(move) })).sort((a, b) => firstDifference(
    moveModalities.indexOf(a.move.modality) - moveModalities.indexOf(b.move.modality),
    urgencyOf(a.move) - urgencyOf(b.move),
    placeOf(a.move) - placeOf(b.move),
    Number(a.move.because === 'repeats') - Number(b.move.because === 'repeats'),
    Number(a.move.given !== undefined) - Number(b.move.given !== undefined),
    Number(a.move.event !== undefined) - Number(b.move.event !== undefined),
    b.move.suggestedBy.length - a.move.suggestedBy.length,
    compare(b.gain, a.gain),
  )).map(({ move }) => move)

/** A move as what the state asks for makes it: of several rows, the first; nothing asks for what is advised against. */
const asAsked = (self: Participant, move: Move): Move => {
  if (move.modality !== 'may' || move.context.subject === 'other' || move.context.existing === true) return move
  const row = askRows.find(({ types, when }) => move.types.length === 1 && types.some((type) => type === move.types[0]) && passes(when, self, roleShapeOf(self.roles), plainContext))
  return row === undefined ? move : { ...move, modality: askedBy(row), because: row.because, requirements: row.requirements }
}

/** The announcements that a state forces which may only be passed through. */
const forcedMoves = (around: Surroundings, self: Participant): ReadonlyArray<Move> =>
  around.protocol.rules.forced.filter(({ announce, when }) => announce.length > 0 && passes(when, self, roleShapeOf(self.roles), plainContext)).map(({ announce, requirements }) => ({
    ...moveOf(around, self, { types: announce, context: announce.includes('CP') ? { cause: 'observed' } : {} }), modality: 'must now', because: 'state-forced', requirements,
  }))

const sameStep = (one: Move, other: Move): boolean =>
  one.types.join() === other.types.join() && one.event === other.event && one.context.subject === other.context.subject && one.context.existing === other.context.existing &&
  (one.context.cause ?? 'observed') === (other.context.cause ?? 'observed')

/** Every move of a participant, unranked: what the state forces, what is permitted, what is not. */
export const movesIn = (around: Surroundings, self: Participant): ReadonlyArray<Move> => {
  const { protocol } = around
  const forced = forcedMoves(around, self)
  const open = [...permittedSends(protocol, self), ...permittedSteps(protocol, self)].map((candidate) => asAsked(self, moveOf(around, self, candidate)))
  return [...forced, ...open.filter((move) => !forced.some((other) => sameStep(other, move))), ...refusedOnes(protocol, self).map((candidate) => moveOf(around, self, candidate))]
}

/** Somebody of whom only the embargo and the world are known: as far in the report as can be. */
const somebody = (self: Participant): Participant => {
  const world = self.cs.slice(-3)
  const states = caseMachine.other.states
  return { id: 'somebody', roles: ['observer'], rm: 'Accepted', em: self.em, cs: states.find((state) => state === world) ?? 'pxa' }
}

/** A vendor that has not heard of the vulnerability, in the world as the participant knows it. */
const newVendor = (self: Participant): Participant => {
  const states = caseMachine.vendor.states
  return { id: 'vendor', roles: ['vendor'], rm: 'Start', em: self.em, cs: states.find((state) => state === `vfd${self.cs.slice(-3)}`) ?? 'vfdpxa' }
}

/**
 * What a participant could do next, by its own state alone. Where the others are not given, messages go to somebody who knows
 * of the same embargo and the same public facts, and reports to a vendor that has not heard of it.
 */
export const next = (self: Participant, options: NextOptions = {}): Either<NextFault, ReadonlyArray<Move>> => {
  if (!fits(self.roles, self.cs)) return left({ fault: 'shape', got: self.cs, expected: [caseMachine[shapeOf(self.roles)].initial] })
  const { others = [somebody(self)], protocol = adopted } = options
  const views = viewsOf(self.cs)
  const suggested = rulesInAll(views.map(({ state }) => rulesFor(state, { roles: self.roles })))
  const around: Surroundings = { protocol, others, views: [views], suggested }
  const moves = movesIn(around, self)
  if (options.others !== undefined) return right(ranked(moves))
  const vendor = newVendor(self)
  const reported: Surroundings = { ...around, others: [vendor], views: [viewsOf(vendor.cs).map((view) => ({ ...view, vendor: vendor.id }))], suggested: [...new Set([...suggested, ...rulesFor('vfdpxa', { roles: self.roles })])] }
  return right(ranked(moves.map((move) => (move.types.includes('RS') && move.modality !== 'must not' ? { ...moveOf(reported, self, move), modality: move.modality, because: move.because, requirements: move.requirements } : move))))
}

/** Why there is no advice, in a sentence. */
export const describeNextFault = ({ expected, fault, got }: NextFault): string => {
  switch (fault) {
    case 'shape':
      return `the case state ${got} does not have the shape of the roles; expected one of the shape of ${expected.join(', ')}`
    case 'unknown-participant':
      return `nobody of the id ${got} is in the case; expected one of ${expected.join(', ')}`
    case 'not-engaged':
      return `${got} is no longer engaged in the case; still are: ${expected.join(', ') || 'nobody'}`
  }
}
