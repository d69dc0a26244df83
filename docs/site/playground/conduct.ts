/**
 * Conduct: participants that do by themselves what they owe, and a network that delivers.
 *
 * Answers and announcements are paid as they are owed; decisions are left to people. That can go on for ever (an error may
 * be answered with an error), so it ends after a number of moves.
 */
import type { Id } from 'mpcvd'
import { deliveries, owedBy, payments, sendMove } from './draft.js'
import { type Play, take, worldOf } from './model.js'
import { present, replicaOf } from './world.js'

/** No more moves than this are made at a time. */
const MOST_MOVES = 200

/** One participant pays what it owes; a debt that its payment does not settle is left as it is. */
const paid = (play: Play, id: Id, atOnce: boolean): Play => {
  let now = play
  const tried = new Set<string>()
  while (now.steps.length - play.steps.length < MOST_MOVES) {
    const world = worldOf(now)
    const one = replicaOf(world, id)
    const due = one === undefined ? undefined : owedBy(world, one).find(({ kind, entry, types }) => (kind === 'answer' || kind === 'announcement') && !tried.has(`${kind} ${entry} ${types.join(' ')}`))
    if (due === undefined) return now
    tried.add(`${due.kind} ${due.entry} ${due.types.join(' ')}`)
    const [wish] = payments(world, due)
    if (wish !== undefined) now = take(now, [sendMove(world, wish, atOnce)])
  }
  return now
}

/** Everybody pays the answers and announcements that it owes. The very play where nobody owes any. */
export const answered = (play: Play, atOnce: boolean): Play => present(worldOf(play)).reduce((now, { id }) => paid(now, id, atOnce), play)

/** Everything arrives and is answered, until nothing is under way and nobody owes an answer. The very play where that is so already. */
export const untilQuiet = (play: Play): Play => {
  let now = play
  for (let before: Play | undefined; before !== now && now.steps.length - play.at < MOST_MOVES; ) {
    before = now
    now = take(now, deliveries(worldOf(now), 'first'))
    now = answered(now, false)
  }
  return now
}
