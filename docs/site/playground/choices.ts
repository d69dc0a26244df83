/**
 * What somebody could send or do, each with what the protocol says of it: what it would do, or why it is not permitted.
 */
import { bundleRank, describe, type LocalEvent, localEvents, type MessageType, messageTypeList, messageTypes } from 'mpcvd'
import { draftFor, judged, type Verdict, type Wish } from './draft.js'
import { listed, shown, stateChange } from './words.js'
import type { Replica, World } from './world.js'

/** One thing to choose, with what is to be known of it. */
export interface Choice {
  readonly key: string
  readonly title: string
  readonly meaning: string
  readonly verdict: string
  readonly refused: boolean
}

/** A type to be sent, alone or with others. */
export interface TypeChoice extends Choice {
  readonly type: MessageType
}

/** A step of one's own. */
export interface LocalChoice extends Choice {
  readonly event: LocalEvent
}

const localMeanings: Readonly<Record<LocalEvent, string>> = {
  'discover': 'It finds the vulnerability itself.', 'learn P': 'It learns that the public knows.', 'learn X': 'It learns that an exploit is public.', 'learn A': 'It learns of attacks.',
  'aware': 'As a vendor, it hears of it other than by a report.', 'expire': 'The time of the embargo is up.', 'validate': 'It finds the report valid, and has not said so.',
  'invalidate': 'It finds the report invalid, and has not said so.', 'accept': 'It begins to work on the report, and has not said so.', 'defer': 'It stops working on the report, and has not said so.',
  'close': 'It closes the report, and has not said so.', 'ready': 'Its fix is ready, and it has not said so.', 'deployed': 'The fix is deployed, and it has not said so.',
}

/** Types in the order that a bundle has. */
export const inBundle = (types: ReadonlyArray<MessageType>, type: MessageType): ReadonlyArray<MessageType> =>
  [...types.filter((other) => other !== type), type].sort((one, other) => bundleRank[one] - bundleRank[other])

/** What a step would do to somebody, or why it is refused. */
export const verdictWords = (verdict: Verdict, acting: Replica): string => {
  if (verdict._tag === 'Left') return `Not permitted: ${describe(verdict.left)}`
  const { state, replies, notes } = verdict.right
  const against = notes.flatMap((note) => (note.note === 'advised-against' ? note.requirements : []))
  return [
    `Permitted: ${shown(state.id)} ${stateChange(acting.state, state)}.`,
    ...(replies.length === 0 ? [] : [`It would then owe ${listed(replies)}.`]),
    ...(against.length === 0 ? [] : [`Advised against by ${listed(against)}.`]),
  ].join(' ')
}

/** Why somebody can do nothing at all here, if that is so. */
const idle = (world: World, acting: Replica): string | undefined =>
  acting.departed ? `${shown(acting.id)} has left the case.`
  : acting.followed ? undefined
  : `This is the log of ${shown(world.header.as ?? '')}: the state of ${shown(acting.id)} is not known here.`

/** Every type, as somebody could send it now; `wishFor` says to whom and with what. */
export const typeChoices = (world: World, acting: Replica, bundle: ReadonlyArray<MessageType>, wishFor: (types: ReadonlyArray<MessageType>) => Wish): ReadonlyArray<TypeChoice> => {
  const none = idle(world, acting) ?? (wishFor([]).to.length === 0 ? 'There is nobody to send it to.' : undefined)
  return messageTypeList.map((type) => {
    const verdict = none === undefined ? judged(world, draftFor(world, wishFor(inBundle(bundle, type)))) : undefined
    return {
      key: type, type, title: messageTypes[type].name, meaning: messageTypes[type].meaning,
      refused: verdict?._tag !== 'Right', verdict: none ?? (verdict === undefined ? '' : verdictWords(verdict, acting)),
    }
  })
}

/** Every step of somebody's own. */
export const localChoices = (world: World, acting: Replica): ReadonlyArray<LocalChoice> => {
  const none = idle(world, acting)
  return localEvents.map((event) => {
    const verdict = world.protocol.local(acting.state, event)
    return {
      key: event, event, title: 'A step of its own, which no message carries', meaning: localMeanings[event],
      refused: none !== undefined || verdict._tag === 'Left', verdict: none ?? verdictWords(verdict, acting),
    }
  })
}
