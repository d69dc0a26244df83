/**
 * Properties as values: what is to hold of every run of a model.
 *
 * A property is one of a few kinds, by what it looks at. The kinds are what the explorer knows; the properties that the field
 * asks for are rows of `properties.ts`, and a user's own have the same form. Each kind says which reductions keep its verdict:
 * equal participants may always be exchanged where the property does not tell them apart; exploring fewer interleavings keeps
 * verdicts on single steps and on states at rest, not those on channels that fill up or on runs without end.
 *
 * @module
 */
import type { MessageType } from '../protocol/message.js'
import type { Participant } from '../protocol/participant.js'
import type { Context, Fired } from '../protocol/rules.js'
import type { LocalEvent } from '../protocol/log.js'
import type { Model } from './model.js'

/** One step of one participant, as step properties see it. */
export interface LocalStep {
  readonly way: 'sent' | 'received' | 'local'
  /** The types of the message; none for a local step. */
  readonly types: ReadonlyArray<MessageType>
  /** What of the message's context is known: on receipt, what the rows for it look at. */
  readonly context: Partial<Context>
  readonly event?: LocalEvent
  /** Whether it was sent because it was owed. */
  readonly owed: boolean
  /** The participant before and after; the same where the message has no row. */
  readonly before: Participant
  readonly after: Participant
  readonly fired: ReadonlyArray<Fired>
  readonly replies: ReadonlyArray<MessageType>
  readonly optional: ReadonlyArray<MessageType>
  /** What it owes afterwards and no row lets it send. */
  readonly unsendable: ReadonlyArray<MessageType>
  /** A receipt that no row is about. */
  readonly unspecified: boolean
  readonly rules: ReadonlyArray<string>
}

interface Named {
  readonly id: string
  /** What holds, in one sentence. */
  readonly says: string
  /** Where it comes from: the definition or the requirements that ask for it. */
  readonly source: ReadonlyArray<string>
  /** The model in which it is decided, made from the one that was asked about, where it needs more or can do with less. */
  readonly scope?: (model: Model) => Model
}

/** Of a single step of a single participant. */
export interface StepProperty extends Named {
  readonly kind: 'step'
  /** Whether a step is one that must not be. */
  readonly violated: (step: LocalStep) => boolean
  /** It looks at receipts of messages that change nothing anywhere (acknowledgements), so none of their deliveries may be left out. */
  readonly everyReceipt?: true
}

/** One participant as properties of states see it. */
export interface View {
  readonly state: Participant
  readonly owes: ReadonlyArray<MessageType>
  /** The types that it sent and that somebody has not acknowledged, where the model waits for them. */
  readonly awaits: ReadonlyArray<MessageType>
  /** Whose terms are open and in force, by place, where the model tells them apart; −1 for nobody's. */
  readonly open: number
  readonly force: number
}

/** Of states at rest: nothing is under way, and nobody owes anything that it could send. */
export interface RestProperty extends Named {
  readonly kind: 'rest'
  /** What the property looks at, of one participant; states that are alike in this are judged once. */
  readonly looks: (view: View) => string
  /** Whether a state, by its participants, is one that must not be. */
  readonly violated: (views: ReadonlyArray<View>) => boolean
}

/** Of every state. */
export interface StateProperty extends Named {
  readonly kind: 'state'
  /** What the property looks at, of one participant; states that are alike in this are judged once. */
  readonly looks: (view: View) => string
  /** Whether a state, by its participants, is one that must not be. */
  readonly violated: (views: ReadonlyArray<View>) => boolean
}

/** That somebody can always go on, but where everybody has closed or never heard of the case. */
export interface DeadlockProperty extends Named {
  readonly kind: 'deadlock'
}

/** That nobody who wants to send finds a channel full. */
export interface OverflowProperty extends Named {
  readonly kind: 'overflow'
}

/** That every row is used in some run; what it looks at is the whole exploration. */
export interface RowsProperty extends Named {
  readonly kind: 'rows'
}

/** That what is pending does not stay so for ever, under fairness; of runs without end. */
export interface LivenessProperty extends Named {
  readonly kind: 'liveness'
  /** What the property looks at, of one participant; states that are alike in this are judged once. */
  readonly looks: (view: View) => string
  /** Whether something is pending in a state that must not be so for ever. */
  readonly pending: (views: ReadonlyArray<View>) => boolean
}

/** What can be asked of a model. */
export type Property = StepProperty | RestProperty | StateProperty | DeadlockProperty | OverflowProperty | RowsProperty | LivenessProperty

/** Whether exploring fewer interleavings keeps a property's verdict. */
export const allowsFewerInterleavings = ({ kind }: Property): boolean => kind === 'step' || kind === 'rest' || kind === 'deadlock'
