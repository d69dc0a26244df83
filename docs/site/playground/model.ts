/**
 * A case that is being played: its header, its moves, and how far one has stepped through them.
 *
 * Each step keeps the world after it, so going back and forth costs nothing and loses nothing. Who goes back and does
 * something else begins another future; the one before is kept until the next time, and can be had back.
 *
 * A play is read from a case log and written as one. A log without receipts has all messages arrive at once; one with
 * receipts says each arrival. That nothing at all has arrived yet a log cannot say: {@link logOf} gives nothing then.
 */
import type { CaseLog, Edition, LogEntry, LogHeader } from 'mpcvd'
import type { CharterFault } from 'mpcvd/case'
import { beginning, type Effect, happen, type Move, type World } from './world.js'

/** One move, and the world after it. */
export interface Step {
  readonly move: Move
  readonly world: World
  readonly effects: ReadonlyArray<Effect>
}

/** A case that is being played. */
export interface Play {
  readonly first: World
  readonly steps: ReadonlyArray<Step>
  /** How many of the steps are taken. */
  readonly at: number
  /** The steps that were given up for another future. */
  readonly givenUp?: ReadonlyArray<Step>
}

/** More moves than this are not taken in: all of them are drawn, and each looks at all before it. */
export const MOST = 1000

/** A play, or why its header makes none. */
export type Opened = { readonly _tag: 'Left'; readonly left: ReadonlyArray<CharterFault> } | { readonly _tag: 'Right'; readonly right: Play }

/** A new case. */
export const openPlay = (header: LogHeader): Opened => {
  const first = beginning(header)
  return first._tag === 'Left' ? first : { _tag: 'Right', right: { first: first.right, steps: [], at: 0 } }
}

/** The case as it is at the step at which the play stands. */
export const worldOf = ({ first, steps, at }: Play): World => steps[at - 1]?.world ?? first

/** The step that was taken last, if any was. */
export const lastOf = ({ steps, at }: Play): Step | undefined => steps[at - 1]

/** Takes moves from where the play stands. Steps that lay ahead are given up. */
export const take = (play: Play, moves: ReadonlyArray<Move>): Play => {
  const steps = play.steps.slice(0, play.at)
  let world = worldOf(play)
  for (const move of moves) {
    if (steps.length >= MOST) break
    const happened = happen(world, move)
    world = happened.world
    steps.push({ move, ...happened })
  }
  if (moves.length === 0) return play
  const givenUp = play.at < play.steps.length ? play.steps : play.givenUp
  return { first: play.first, steps, at: steps.length, ...(givenUp === undefined ? {} : { givenUp }) }
}

/** Stands the play at a step, counted from 0 for the beginning. */
export const goTo = (play: Play, at: number): Play => ({ ...play, at: Math.max(0, Math.min(Math.trunc(at), play.steps.length)) })

/** Brings back the future that was given up last, at the step at which the play stood then or the nearest that there is. */
export const regained = (play: Play): Play => (play.givenUp === undefined ? play : { first: play.first, steps: play.givenUp, at: Math.min(play.at, play.givenUp.length) })

/** The steps of the future that was given up: those that are not among the present ones. */
export const putAside = ({ givenUp = [], steps }: Play): ReadonlyArray<Step> => givenUp.slice(givenUp.findIndex((step, place) => step !== steps[place]))

/** The play without the future that was given up. */
export const letGo = ({ first, steps, at }: Play): Play => ({ first, steps, at })

/** The same moves under another reading of the protocol. */
export const rereadAs = (play: Play, protocol: Edition): Play => {
  const opened = openPlay({ ...play.first.header, protocol })
  return opened._tag === 'Left' ? play : goTo(take(opened.right, play.steps.map(({ move }) => move)), play.at)
}

/** The play of a case log, at its end. */
export const playOf = (log: CaseLog): Opened => {
  const byReceipt = log.entries.some((entry) => 'receipt' in entry)
  const moves = log.entries.map((entry): Move =>
    'receipt' in entry
      ? { kind: 'arrives', message: entry.receipt.message, by: entry.receipt.by, ...(entry.receipt.at === undefined ? {} : { at: entry.receipt.at }) }
      : { kind: 'said', entry, atOnce: !byReceipt })
  const opened = openPlay(log.header)
  return opened._tag === 'Left' ? opened : { _tag: 'Right', right: take(opened.right, moves) }
}

/** The case log of what has happened so far; nothing where a log cannot say it: messages are under way, and none has arrived. */
export const logOf = (play: Play): CaseLog | undefined => {
  const moves = play.steps.slice(0, play.at).map(({ move }) => move)
  const byReceipt = moves.some((move) => move.kind !== 'said' || ('message' in move.entry && !move.atOnce))
  const entries = moves.flatMap((move): ReadonlyArray<LogEntry> => {
    if (move.kind !== 'said') return move.kind === 'lost' ? [] : [{ receipt: { message: move.message, by: move.by, ...(move.at === undefined ? {} : { at: move.at }) } }]
    const { entry, atOnce } = move
    return byReceipt && atOnce && 'message' in entry
      ? [entry, ...entry.message.to.map((by) => ({ receipt: { message: entry.message.id, by, at: entry.message.at } }))]
      : [entry]
  })
  return byReceipt && !entries.some((entry) => 'receipt' in entry) ? undefined : { header: play.first.header, entries }
}
