/**
 * What the page says of states and steps, in words. No markup, no DOM.
 */
import { type CaseState, describe, formatState, type Id, type MessageType, type Participant } from 'mpcvd'
import type { Effect, Move, World } from './world.js'
import type { Step } from './model.js'

const paths: Readonly<Record<string, string>> = {
  vfd: 'not aware', Vfd: 'aware, no fix', VFd: 'fix ready', VFD: 'fix deployed', d: 'fix not deployed', D: 'fix deployed',
}
const facts: ReadonlyArray<readonly [letter: string, word: string]> = [['P', 'public'], ['X', 'exploit public'], ['A', 'attacks']]

/** The path to a fix in words; nothing for who has none. */
export const pathWords = (state: CaseState): string | undefined => paths[state.slice(0, -3)]

/** What the world knows, in words. */
export const worldWords = (state: CaseState): string => {
  const known = facts.filter(([letter]) => state.slice(-3).includes(letter)).map(([, word]) => word)
  return known.length === 0 ? 'nothing public' : known.join(', ')
}

/** A longer name is cut where it stands among others; it is whole at the head of its card. */
const LONGEST = 26

/** A name as it is written among other words: not too long, and without the signs that turn the direction of what follows. */
export const shown = (id: Id): string => {
  const letters = Array.from(id.replace(/[\p{Cc}\p{Cf}]/gu, '\u{FFFD}'))
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : letters.join('')
}

/** Names in a row: `a, b and c`. */
export const listed = (names: ReadonlyArray<string>): string =>
  names.length < 2 ? names.map(shown).join('') : `${names.slice(0, -1).map(shown).join(', ')} and ${shown(names.at(-1) ?? '')}`

/** A message type list as it is written: `RS+EP`. */
export const bundled = (types: ReadonlyArray<string>): string => types.join('+')

/** A count with its noun. */
export const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** Values and who has each: `Active: ann and acme; None: cert`. */
export const grouped = (pairs: ReadonlyArray<readonly [who: Id, value: string]>): string =>
  [...new Set(pairs.map(([, value]) => value))].map((value) => `${value}: ${listed(pairs.filter(([, other]) => other === value).map(([who]) => who))}`).join('; ')

/** One move in a few words. */
export const moveWords = (move: Move, world: World): string => {
  if (move.kind !== 'said') {
    const message = world.messages.get(move.message)
    const what = message === undefined ? shown(move.message) : `${shown(move.message)} ${bundled(message.types)}`
    return move.kind === 'arrives' ? `${what} arrives at ${shown(move.by)}` : `${what} to ${shown(move.by)} is lost`
  }
  const { entry } = move
  if ('message' in entry) return `${shown(entry.message.id)}: ${shown(entry.message.from)} to ${listed(entry.message.to)}: ${bundled(entry.message.types)}`
  if ('local' in entry) return `${shown(entry.local.by)} takes a step of its own: ${entry.local.event}`
  if ('membership' in entry) return `${shown(entry.membership.participant)}: ${entry.membership.change}`
  if ('observation' in entry) return `${entry.observation.event}${entry.observation.about === undefined ? '' : ` of ${shown(entry.observation.about)}`} is observed`
  if ('stamp' in entry) return `${shown(entry.stamp.by)} gives ${shown(entry.stamp.entry)} place ${entry.stamp.sequence}`
  return `${shown(entry.correction.by)} ${entry.correction.change} ${shown(entry.correction.of)}`
}

/** What somebody owes after a step, in words. */
const owing = (replies: ReadonlyArray<MessageType>): string => (replies.length === 0 ? '' : `, and owes ${listed(replies)}`)

/** From one state to another, or that it stays. */
export const stateChange = (before: Participant, after: Participant): string =>
  formatState(before) === formatState(after) ? `stays in ${formatState(after)}` : `goes from ${formatState(before)} to ${formatState(after)}`

/** What a step did to one participant, in a sentence. */
export const effectWords = ({ who: id, before, result, again }: Effect): string => {
  const who = shown(id)
  if (again)
    return result._tag === 'Left' || result.right.state === before
      ? `${who} has it already: nothing changes`
      : `${who} has it already, so nothing changes. Taken for a new message it would have moved ${who} to ${formatState(result.right.state)}`
  if (result._tag === 'Left') return `Refused, and ${who} stays where it is: ${describe(result.left)}`
  return `${who} ${stateChange(before, result.right.state)}${owing(result.right.replies)}`
}

/** All of what a step did, for who reads or hears it. */
export const stepWords = ({ move, world, effects }: Step): string =>
  [moveWords(move, world), ...effects.map(effectWords)].map((one) => (one.endsWith('.') ? one : `${one}.`)).join(' ')

/** What was amiss in a step: something was refused, or did not fit and is answered with an error. */
export const troubleOf = ({ effects }: Step): 'refused' | 'unexpected' | undefined => {
  const fresh = effects.filter(({ again }) => !again).map(({ result }) => result)
  return fresh.some(({ _tag }) => _tag === 'Left') ? 'refused'
    : fresh.some((result) => result._tag === 'Right' && result.right.replies.some((type) => type === 'RE' || type === 'EE' || type === 'CE')) ? 'unexpected' : undefined
}
