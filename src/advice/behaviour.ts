/**
 * Behaviours: what a simulated participant does when nothing is due.
 *
 * A behaviour is a function of what its participant could do ({@link Turn}). The one that is built in is a table of weights,
 * first row that fits: what an ordinary, well-meaning participant does with a report. It never does what requirements
 * advise against.
 *
 * @module
 */
import type { Case } from '../case/case.js'
import { passes, plainContext, roleShapeOf } from '../protocol/interpret.js'
import type { MessageType, Moment } from '../protocol/message.js'
import type { Participant } from '../protocol/participant.js'
import type { Guard } from '../protocol/rules.js'
import { type Chance, weighted } from './chance.js'
import type { Move } from './move.js'

/** One participant's turn. */
export interface Turn {
  readonly self: Participant
  readonly of: Case
  readonly at: Moment
  /** What it could do, as `nextIn` ranks it. */
  readonly moves: ReadonlyArray<Move>
  readonly chance: Chance
}

/** Chooses one of a turn's moves; nothing to let the turn pass. */
export type Behaviour = (turn: Turn) => Move | undefined

/** How likely a move is against others. */
export interface WeightRow {
  /** The types of the message joined by +, or the silent step. */
  readonly moves: ReadonlyArray<string>
  readonly when?: Guard
  readonly weight: number
}

const world: ReadonlyArray<WeightRow> = [
  // What happens in the world happens seldom; the public hears of it more often once there is a fix.
  { moves: ['CA'], when: { cs: '.....a', rm: ['Accepted'] }, weight: 0.15 },
  { moves: ['CX+CP', 'CX'], when: { cs: '....x.', rm: ['Accepted'] }, weight: 0.15 },
]

const report: ReadonlyArray<WeightRow> = [
  { moves: ['RV'], when: { rm: ['Received'] }, weight: 6 },
  { moves: ['RV'], when: { rm: ['Invalid'] }, weight: 3 },
  { moves: ['RI'], when: { rm: ['Received'] }, weight: 1 },
  { moves: ['RA'], weight: 6 },
  { moves: ['RD'], when: { rm: ['Valid'] }, weight: 1 },
  { moves: ['RC'], when: { rm: ['Deferred', 'Invalid'], em: ['None', 'Exited'], cs: '...P..' }, weight: 4 },
  { moves: ['RC'], when: { rm: ['Deferred', 'Invalid'], em: ['None', 'Exited'] }, weight: 0.3 },
  { moves: ['RC'], when: { rm: ['Accepted'], cs: ['VFDP..', 'DP..', 'Pxa', 'PXa', 'PxA', 'PXA'] }, weight: 4 },
  { moves: ['RC'], when: { rm: ['Accepted'], cs: 'VFdP..', withoutRole: 'deployer' }, weight: 4 },
]

const path: ReadonlyArray<WeightRow> = [
  { moves: ['CF'], when: { rm: ['Accepted'], cs: 'Vfd...' }, weight: 3 },
  { moves: ['CD'], when: { rm: ['Accepted'], cs: ['VFd...', 'd.P..', 'dP..'] }, weight: 3 },
  { moves: ['CP'], when: { rm: ['Accepted'], cs: ['VF.p..', 'VFDp..'] }, weight: 3 },
  { moves: ['CP'], when: { rm: ['Accepted'], em: ['Exited', 'None'], cs: '...p..' }, weight: 0.5 },
]

const embargo: ReadonlyArray<WeightRow> = [
  { moves: ['EP'], when: { em: ['None'], rm: ['Received', 'Valid', 'Accepted'] }, weight: 4 },
  { moves: ['EP'], when: { em: ['Proposed'] }, weight: 0.3 },
  { moves: ['EA', 'EC'], weight: 8 },
  { moves: ['EV'], when: { em: ['Active'], rm: ['Accepted'] }, weight: 0.4 },
  { moves: ['EJ'], when: { em: ['Revise'] }, weight: 2 },
  { moves: ['ER'], when: { em: ['Proposed'], cs: ['VFdpxa', 'VFDpxa'] }, weight: 8 },
  { moves: ['ET'], when: { em: ['Active', 'Revise'], rm: ['Accepted'], cs: ['VFd...', 'VFD...'] }, weight: 2 },
]

/** The weights of the behaviour that is built in; what no row fits is not done. */
export const ordinaryWeights: ReadonlyArray<WeightRow> = [
  ...embargo, ...report, ...path, ...world,
  { moves: ['RS'], weight: 5 },
  { moves: ['GI'], when: { rm: ['Received', 'Invalid', 'Valid', 'Deferred', 'Accepted'] }, weight: 0.1 },
]

/** How much more likely something is for being asked for. */
const ASKED = 4

/** The behaviour of a table of weights: a choice by chance among the moves that no requirement advises against. */
export const behaviourOf = (rows: ReadonlyArray<WeightRow>): Behaviour => ({ chance, moves, self }) => {
  const shape = roleShapeOf(self.roles)
  const weightOf = (move: Move): number => {
    if (move.context.subject === 'other' || move.context.existing === true || (move.types.includes('CP') && move.context.cause === 'own' && move.types.length > 1)) return 0
    const name = move.event ?? move.types.join('+')
    return rows.find((row) => row.moves.includes(name) && (row.when === undefined || passes(row.when, self, shape, plainContext)))?.weight ?? 0
  }
  return weighted(chance, moves.filter(({ because, modality }) => because !== 'repeats' && (modality === 'may' || modality === 'should')).map((move) => [move, weightOf(move) * (move.modality === 'should' ? ASKED : 1)] as const))
}

const byWeights = behaviourOf(ordinaryWeights)

/** Whether a vendor knows, and nobody has spoken of an embargo yet. */
const isUnspoken = ({ of, self }: Turn): boolean =>
  of.proposals.length === 0 && self.em === 'None' && self.rm !== 'Start' && self.cs.endsWith('pxa') && of.participants.some(({ cs }) => cs.startsWith('V'))

/** What tells how one stands with a report; to who has not got it, that comes unexpected. */
const statuses: ReadonlyArray<MessageType> = ['RV', 'RI', 'RA', 'RD', 'RC']

/**
 * What an ordinary, well-meaning participant does. Once a vendor knows, it speaks of an embargo before anything else; it tells
 * everybody before it closes the report, and tells nobody twice. While somebody has still to get the report, and there is
 * somebody else to send it, it does not speak of how it stands with it.
 */
export const ordinary: Behaviour = (turn) => {
  const { moves, of, self } = turn
  const proposal = isUnspoken(turn) ? moves.find(({ modality, types }) => types.includes('EP') && (modality === 'should' || modality === 'may')) : undefined
  const engaged = of.participants.filter((one) => one.engaged)
  const unaware = engaged.some(({ rm }) => rm === 'Start')
  const told = engaged.some(({ id, rm }) => id !== self.id && rm === 'Accepted')
  const early = (type: MessageType): boolean => unaware && statuses.includes(type) && (told || (type === 'RC' && self.rm === 'Accepted'))
  return proposal ?? byWeights({ ...turn, moves: moves.filter(({ types }) => (types.includes('RS') ? unaware : !types.some(early))) })
}
