/**
 * What participants of a model may do of their own accord, and what travels between them.
 *
 * A *form* is a message as somebody sends it unasked: its types, and what of its context decides what it does. Everything
 * that a participant may send is here but acknowledgements, errors and inquiries: those are sent when they are due, never
 * of one's own accord. A form belongs to a *topic*, so that a model can be about embargoes alone. Forms marked `extra` are
 * sent only in models that ask for them.
 *
 * A *symbol* is what is in a channel: a form or a reply, less the context that no receiving row looks at.
 *
 * @module
 */
import type { LocalEvent } from '../protocol/log.js'
import type { MessageType } from '../protocol/message.js'
import type { Context, RuleSet } from '../protocol/rules.js'

/** What a model can be about: handling of the report, embargoes, the fix path (V, F, D), what the world knows (P, X, A). */
export const topics = ['rm', 'em', 'path', 'public'] as const

/** One of {@link topics}. */
export type Topic = (typeof topics)[number]

/** A message as a participant sends it of its own accord. */
export interface Form {
  readonly name: string
  readonly types: ReadonlyArray<MessageType>
  readonly topic: Topic
  readonly context?: Partial<Pick<Context, 'subject' | 'existing' | 'answers'>>
  /** Only in models that ask for it. */
  readonly extra?: true
}

const answers = { answers: true } as const

/**
 * Every form. Answers to a proposal cite it, as an honest sender's do (D-EM-07). The extras: an acceptance implied by a report
 * (D-EM-25), an embargo in force offered to a newcomer (D-EM-08), and relays of another's fix path (D-CS-10).
 */
export const forms: ReadonlyArray<Form> = [
  { name: 'RS', types: ['RS'], topic: 'rm' },
  { name: 'RI', types: ['RI'], topic: 'rm' },
  { name: 'RV', types: ['RV'], topic: 'rm' },
  { name: 'RD', types: ['RD'], topic: 'rm' },
  { name: 'RA', types: ['RA'], topic: 'rm' },
  { name: 'RC', types: ['RC'], topic: 'rm' },
  { name: 'RS accepting', types: ['RS'], topic: 'rm', context: answers, extra: true },
  { name: 'EP', types: ['EP'], topic: 'em' },
  { name: 'ER', types: ['ER'], topic: 'em', context: answers },
  { name: 'EA', types: ['EA'], topic: 'em', context: answers },
  { name: 'EV', types: ['EV'], topic: 'em' },
  { name: 'EJ', types: ['EJ'], topic: 'em', context: answers },
  { name: 'EC', types: ['EC'], topic: 'em', context: answers },
  { name: 'ET', types: ['ET'], topic: 'em' },
  { name: 'EP existing', types: ['EP'], topic: 'em', context: { existing: true }, extra: true },
  { name: 'CV', types: ['CV'], topic: 'path' },
  { name: 'CF', types: ['CF'], topic: 'path' },
  { name: 'CD', types: ['CD'], topic: 'path' },
  { name: 'CV relayed', types: ['CV'], topic: 'path', context: { subject: 'other' }, extra: true },
  { name: 'CF relayed', types: ['CF'], topic: 'path', context: { subject: 'other' }, extra: true },
  { name: 'CD relayed', types: ['CD'], topic: 'path', context: { subject: 'other' }, extra: true },
  { name: 'CP', types: ['CP'], topic: 'public' },
  { name: 'CX', types: ['CX'], topic: 'public' },
  { name: 'CX+CP', types: ['CX', 'CP'], topic: 'public' },
  { name: 'CA', types: ['CA'], topic: 'public' },
]

/** The topic of each step that no message carries. */
export const localTopics: Readonly<Record<LocalEvent, Topic>> = {
  discover: 'rm', validate: 'rm', invalidate: 'rm', accept: 'rm', defer: 'rm', close: 'rm',
  expire: 'em',
  aware: 'path', ready: 'path', deployed: 'path',
  'learn P': 'public', 'learn X': 'public', 'learn A': 'public',
}

/** What a model without acknowledgements leaves out: they change no state, and neither do the inquiries that go with errors. */
export const acknowledging: ReadonlyArray<MessageType> = ['RK', 'EK', 'CK', 'GK', 'GI']

/** What is in a channel. Two messages that no receiver of the rule set tells apart are one symbol. */
export interface Symbol {
  readonly name: string
  readonly types: ReadonlyArray<MessageType>
  readonly context: Partial<Context>
  /** For an acknowledgement, the type that it acknowledges, where the model waits for it. */
  readonly of?: MessageType
  /** For an answer to a proposal, the number of the participant whose terms they are, where the model tells terms apart. */
  readonly terms?: number
}

const contextFields = ['subject', 'cause', 'reply', 'existing', 'answers'] as const

/** Which fields of the context some row looks at when a message of these types is received. */
const looked = (rules: RuleSet, types: ReadonlyArray<MessageType>): ReadonlyArray<(typeof contextFields)[number]> => {
  const rows = rules.received.filter((row) => row.types.some((type) => type === 'CX+CP' || types.includes(type)))
  const guards = [...rows.map((row) => row.when), ...rules.consequences.map((row) => row.when), ...rules.forced.map((row) => row.when)]
  return contextFields.filter((field) => guards.some((guard) => guard?.[field] !== undefined))
}

/** The symbol of a message: its types, and what of its context a receiver can tell. */
export const symbolOf = (
  rules: RuleSet, types: ReadonlyArray<MessageType>, context: Partial<Context>, more: Pick<Symbol, 'of' | 'terms'> = {},
): Symbol => {
  const seen = looked(rules, types)
  const kept: Partial<Context> = Object.fromEntries(contextFields.filter((field) => seen.includes(field) && context[field] !== undefined).map((field) => [field, context[field]]))
  const words = [
    types.join('+'),
    ...(kept.subject === 'other' ? ['relayed'] : []),
    ...(kept.existing === true ? ['existing'] : []),
    ...(kept.answers === true && types.includes('RS') ? ['accepting'] : []),
    ...(kept.reply === true ? ['in reply'] : []),
    ...(seen.includes('answers') && kept.answers !== true && types.includes('EA') ? ['citing nothing'] : []),
    ...(more.of === undefined ? [] : [`to ${more.of}`]),
    ...(more.terms === undefined ? [] : [`of ${more.terms + 1}`]),
  ]
  return { name: words.join(' '), types, context: kept, ...more }
}
