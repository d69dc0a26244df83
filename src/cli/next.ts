/**
 * `mpcvd next FILE… --as PARTICIPANT --at MOMENT`: what a participant of a case could do next, and why.
 *
 * @module
 */
import { type Because, becauseSays, describeNextFault, gainOf, givenSays, type Move, type MoveModality, nextIn } from '../advice/index.js'
import { caseOf } from '../case/index.js'
import { formatState } from '../index.js'
import { decimalText, fractionText } from '../measuring/index.js'
import { readCase } from './logs.js'
import { complain, type ExitCode, say, sayJson, table } from './terminal.js'

/** What the command was asked for. */
export interface NextArguments {
  readonly json: boolean
  readonly as: string
  readonly at: string
}

/** A move in a few words: what is sent or done, to whom, about what. */
const nameOf = ({ context, event, given, proposal, to, types }: Move): string =>
  [
    event ?? types.join('+'),
    ...(context.cause === 'own' ? ['by itself'] : []), ...(context.subject === 'other' ? ['of another'] : []), ...(context.existing === true ? ['of the terms in force'] : []),
    ...(proposal === undefined ? [] : [`on ${proposal}`]), ...(to === undefined ? [] : [`to ${to}`]), ...(given === undefined ? [] : [givenSays[given]]),
  ].join(' ')

const signed = (move: Move): string => {
  const gain = gainOf(move)
  return gain.numerator === 0n ? '' : `${gain.numerator > 0n ? '+' : ''}${decimalText(gain, 2)}`
}

/** What becomes of a move: the events that it fires, what it makes due. */
const cells = (move: Move): ReadonlyArray<string> => [
  nameOf(move),
  move.debt === undefined ? '' : `for ${move.debt.entry} since ${move.debt.since}${move.debt.until === undefined ? '' : ` until ${move.debt.until}`}`,
  move.fires.map(({ event, machine }) => `${machine}.${event}`).join(' '),
  [...(move.owes.length === 0 ? [] : [`itself ${move.owes.join('+')}`]), ...move.due.map(({ by, types }) => `${by} ${types.join('+')}`)].join(', '),
  signed(move),
  [...move.requirements, ...move.suggestedBy].join(' '),
]

/** Moves of one modality for one reason. */
interface Group {
  readonly modality: MoveModality
  readonly because: Because
  readonly moves: ReadonlyArray<Move>
}

const grouped = (moves: ReadonlyArray<Move>): ReadonlyArray<Group> =>
  moves.reduce<ReadonlyArray<Group>>((groups, move) => {
    const known = groups.find(({ because, modality }) => because === move.because && modality === move.modality)
    return known === undefined ? [...groups, { modality: move.modality, because: move.because, moves: [move] }]
      : groups.map((group) => (group === known ? { ...group, moves: [...group.moves, move] } : group))
  }, [])

const print = (moves: ReadonlyArray<Move>): void => {
  const rows = table([['', 'due', 'fires', 'then due', 'orderings', 'see'], ...moves.filter(({ modality }) => modality !== 'must not').map(cells)], [4])
  say(`  ${rows[0] ?? ''}`)
  let next = 1
  for (const { because, modality, moves: of } of grouped(moves)) {
    say(`${modality}: ${becauseSays[because]}`)
    if (modality === 'must not') say(`  ${of.map((move) => [nameOf(move), ...(move.requirements.length === 0 ? [] : [`(${move.requirements.join(' ')})`])].join(' ')).join(', ')}`)
    else for (const row of rows.slice(next, (next += of.length))) say(`  ${row}`)
  }
}

const asJson = (move: Move) => ({
  ...move, says: becauseSays[move.because],
  outlooks: move.outlooks.map(({ by, gain, vendor }) => ({ ...(vendor === undefined ? {} : { vendor }), gain: fractionText(gain), by: Object.fromEntries(by.map(({ change, ordering }) => [ordering, fractionText(change)])) })),
})

/** Says what a participant could do next; 0 where nothing is due at once, 1 where something is, 2 where the case cannot be read or the participant is not in it. */
export const showNext = (files: ReadonlyArray<string>, { as, at, json }: NextArguments): ExitCode => {
  const ledgers = readCase(files)
  if (ledgers === undefined) return 2
  const of = caseOf(ledgers.all)
  const found = nextIn(of, as, at)
  if (found._tag === 'Left') {
    complain(describeNextFault(found.left))
    return 2
  }
  const self = of.participants.find(({ id }) => id === as)
  const state = self === undefined ? '' : formatState(self)
  // Within a modality, moves of one reason stand together.
  const moves = grouped(found.right).flatMap((group) => group.moves)
  if (json) sayJson({ case: of.charter.case, as, at, state, moves: found.right.map(asJson) })
  else {
    say(`case ${of.charter.case}: ${as} ${state} at ${at}`)
    print(moves)
  }
  return ledgers.unreadable ? 2 : moves.some(({ modality }) => modality === 'must now') ? 1 : 0
}
