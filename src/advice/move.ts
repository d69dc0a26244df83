/**
 * A move: something that a participant could send or do next, and what it would do.
 *
 * Everything that is said about a move is data. People are given one fixed sentence for why it stands where it does
 * ({@link becauseSays}) and one for what has to be so of the world first ({@link givenSays}); nothing is made up.
 *
 * @module
 */
import type { LocalEvent } from '../protocol/log.js'
import type { Id, MessageType, Moment } from '../protocol/message.js'
import type { Context, Fired } from '../protocol/rules.js'
import type { Outlook } from './prospect.js'

/**
 * How strongly a move is advised, the strongest first: it is due and cannot wait (`must now`), the requirements ask for it
 * (`should`), it is allowed (`may`), they advise against it (`should not`), or it is not to be done (`must not`).
 */
export const moveModalities = ['must now', 'should', 'may', 'should not', 'must not'] as const

/** One of {@link moveModalities}. */
export type MoveModality = (typeof moveModalities)[number]

/** Why a move stands where it does, in a fixed sentence each. */
export const becauseSays = {
  'answer-due': 'A message that came in awaits this answer.',
  'announcement-due': 'A change of its own has not been told to the others.',
  'decision-due': 'A proposal awaits its decision.',
  'offer-due': 'Terms are in force that have still to be offered to somebody.',
  'expiry-due': 'The time of the embargo is up, and nobody has said so.',
  'revision-due': 'Its proposal was overtaken by another; the rest of it can be offered as a revision.',
  'state-forced': 'The case state may only be passed through.',
  'embargo-over': 'Something is public or attacked that no embargo outlives.',
  'state-asks': 'The requirements ask for this in this state.',
  'allowed': 'The protocol allows it here.',
  'repeats': 'The protocol allows it here; it repeats what has been said or tells what another does.',
  'advised-against': 'The protocol allows it here, and requirements advise against it.',
  'bound': 'An embargo binds the participant.',
  'forbidden': 'Requirements forbid it here.',
  'needs-role': 'It needs a role that the participant does not have.',
  'no-row': 'The protocol has no such step here.',
  'unsendable': 'It is due, and the state of the participant does not let it be sent.',
} as const

/** Why a move stands where it does. */
export type Because = keyof typeof becauseSays

/** What has to be so of the world before a move can be made, in a fixed sentence each. */
export const givenSays = {
  'knows': 'if it has found the vulnerability, or heard of it',
  'fix-ready': 'if the fix is ready',
  'fix-deployed': 'if the fix is deployed',
  'public': 'if the public knows of the vulnerability',
  'exploit-public': 'if an exploit is public',
  'attacked': 'if there are attacks',
  'time-up': 'if the time of the embargo is up',
} as const

/** What has to be so of the world before a move can be made. */
export type Given = keyof typeof givenSays

/** What a move would make due for somebody else. */
export interface OthersDue {
  readonly by: Id
  readonly types: ReadonlyArray<MessageType>
}

/** What a move pays, where it is due by an entry of the case. */
export interface MoveDebt {
  readonly entry: Id
  readonly since: Moment
  /** Until when it was asked for, where that was said. */
  readonly until?: Moment
}

/** Something that a participant could send or do next. */
export interface Move {
  readonly modality: MoveModality
  readonly because: Because
  /** The types of the message to send; none for a step that no message carries. */
  readonly types: ReadonlyArray<MessageType>
  /** The step that no message carries; absent for a message. */
  readonly event?: LocalEvent
  /** What has to be so of the message besides its types. */
  readonly context: Partial<Context>
  readonly given?: Given
  /** Whom it goes to, where not to everybody engaged. */
  readonly to?: Id
  /** The proposal that it answers. */
  readonly proposal?: Id
  readonly debt?: MoveDebt
  /** The requirements that decide its modality; where it is allowed, those behind the rows that allow it. */
  readonly requirements: ReadonlyArray<string>
  /** The action rules that suggest it, by id. */
  readonly suggestedBy: ReadonlyArray<string>
  /** The events that it would fire for the participant itself. */
  readonly fires: ReadonlyArray<Fired>
  /** What the participant would then owe the others. */
  readonly owes: ReadonlyArray<MessageType>
  /** What the others would then owe. */
  readonly due: ReadonlyArray<OthersDue>
  /** How it would change what the random walk expects of the twelve orderings, for each vendor concerned. */
  readonly outlooks: ReadonlyArray<Outlook>
}
