/**
 * Candidates: every send and every silent step that there is for a participant, tried on the protocol itself.
 *
 * Nothing here knows what may be sent when. `permitted` and `transition` say that, `demandsOn` says what requirements have
 * against it, and the rows say what would follow.
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import { demandsOn, type Part } from '../conformance/asked.js'
import { plainContext, unique } from '../protocol/interpret.js'
import { type LocalEvent, localEvents } from '../protocol/log.js'
import { type Id, type Message, type MessageType, messageTypeList, messageTypes } from '../protocol/message.js'
import type { Participant } from '../protocol/participant.js'
import { dues, isAnswer } from '../protocol/reply.js'
import type { Context } from '../protocol/rules.js'
import type { Outcome, Protocol } from '../protocol/transition.js'
import type { Because, Given, Move, OthersDue } from './move.js'
import { opposedBy } from './asks.js'
import { actionRules, type ActionRule } from './actions.js'
import { outlooks, type View } from './prospect.js'

/** Whom a participant deals with, as far as advice needs it. */
export interface Surroundings {
  readonly protocol: Protocol
  /** Everybody else, with the states that a message would find them in. */
  readonly others: ReadonlyArray<Participant>
  /** The views of each vendor concerned. */
  readonly views: ReadonlyArray<ReadonlyArray<View>>
  /** The action rules that apply. */
  readonly suggested: ReadonlyArray<ActionRule>
}

/** What a candidate is: a message of some types in a context, or a silent step. */
export type Candidate = Pick<Move, 'types' | 'event' | 'context' | 'given' | 'to' | 'proposal'>

/** The moves that an action is about: the types that carry it out, or tell of it. */
const carriedBy: Partial<Readonly<Record<ActionRule['action'], ReadonlyArray<string>>>> = {
  'end-embargo': ['ET', 'ER'], 'seek-embargo': ['EP'], 'notify-vendor': ['RS'], 'close-case': ['RC'], 'create-fix': ['CF', 'ready'], 'deploy-fix': ['CD', 'deployed'],
  'publish': ['CP'], 'publish-with-fix': ['CP'], 'publish-with-mitigations': ['CP'], 'publish-exploit': ['CX', 'CX+CP'], 'read-public-reports': ['aware'],
}

const CASE = 'advice'

/** A message as a context describes it, to try it on the protocol; it is not sent. */
export const trial = (from: Id, to: ReadonlyArray<Id>, types: ReadonlyArray<MessageType>, context: Partial<Context>): Message => ({
  id: 'trial', case: CASE, from, to, types, at: '',
  ...(context.subject === 'other' ? { subject: `not ${from}` } : {}),
  ...(context.cause === undefined || context.cause === 'none' ? {} : { cause: context.cause }),
  ...(context.reply === true ? { inReplyTo: 'earlier' } : {}),
  ...(context.existing === true || context.answers === true
    ? { embargo: { id: 'terms', ...(context.answers === true ? { answers: 'proposal' } : {}), ...(context.existing === true ? { existing: true } : {}) } }
    : {}),
})

const given: Partial<Readonly<Record<MessageType | LocalEvent, Given>>> = {
  'CV': 'knows', 'CF': 'fix-ready', 'CD': 'fix-deployed', 'CP': 'public', 'CX': 'exploit-public', 'CA': 'attacked', 'discover': 'knows', 'aware': 'knows',
  'learn P': 'public', 'learn X': 'exploit-public', 'learn A': 'attacked', 'ready': 'fix-ready', 'deployed': 'fix-deployed', 'expire': 'time-up',
}

const withGiven = (name: MessageType | LocalEvent | undefined): Pick<Candidate, 'given'> => {
  const needed = name === undefined ? undefined : given[name]
  return needed === undefined ? {} : { given: needed }
}

/** Sends as people mean them: what is public was made so by the sender, or seen by it. */
const meant = (types: ReadonlyArray<MessageType>, context: Partial<Context>): ReadonlyArray<Candidate> => {
  const [first] = types
  if (types.includes('CA')) return [{ types, context: { ...context, cause: 'observed' }, given: 'attacked' }]
  if (types.includes('CX') || types.includes('CP')) return [{ types, context: { ...context, cause: 'own' } }, { types, context: { ...context, cause: 'observed' }, ...withGiven(first) }]
  return [{ types, context, ...(context.subject === 'other' ? {} : withGiven(first)) }]
}

/** Every send that the protocol permits, but acknowledgements and errors: these answer something. */
export const permittedSends = (protocol: Protocol, self: Participant): ReadonlyArray<Candidate> =>
  protocol.permitted(self).filter(({ types }) => !types.every(isAnswer)).flatMap(({ context = {}, types }) => meant(types, context))

/** Every silent step that the protocol permits. */
export const permittedSteps = (protocol: Protocol, self: Participant): ReadonlyArray<Candidate> =>
  protocol.permittedLocal(self).map((event) => ({ types: [], event, context: {}, ...withGiven(event) }))

/** Every type and silent step that it does not permit in any context, acknowledgements and errors left out. */
export const refusedOnes = (protocol: Protocol, self: Participant): ReadonlyArray<Candidate> => {
  const allowed = new Set(protocol.permitted(self).flatMap(({ types }) => types))
  const steps = protocol.permittedLocal(self)
  return [
    ...messageTypeList.filter((type) => !isAnswer(type) && !allowed.has(type)).map((type) => ({ types: [type], context: {} })),
    ...localEvents.filter((event) => !steps.includes(event)).map((event) => ({ types: [], event, context: {} })),
  ]
}

/** The parts of a candidate as demands see them. */
const partsOf = (self: Participant, { context, event, types }: Candidate): ReadonlyArray<Part> => {
  const about = { state: self, roles: self.roles, context: { ...plainContext, ...context } }
  return event === undefined ? types.map((name) => ({ on: 'sent', name, ...about })) : [{ on: 'local', name: event, ...about }]
}

const idsOf = (self: Participant, candidate: Candidate, asks: 'not' | 'may'): ReadonlyArray<string> =>
  unique(partsOf(self, candidate).flatMap((part) => demandsOn(part)).filter((demand) => demand.asks === asks).flatMap(({ ids }) => ids))

/** The requirements behind the rows that decided. */
const behind = ({ rules }: Protocol, decided: ReadonlyArray<string>): ReadonlyArray<string> => {
  const rows = [...rules.sent, ...rules.received, ...rules.local, ...rules.forced, ...rules.consequences]
  return unique(decided.flatMap((id) => rows.find((row) => row.id === id)?.requirements ?? []))
}

/** Whether a send tells only what is known, or what is another's to tell: it moves nothing, and offers nothing. */
const repeats = ({ context, types }: Candidate, { fired }: Outcome): boolean =>
  fired.length === 0 && context.existing !== true && types.length > 0 && types.every((type) => messageTypes[type].family === 'em' || messageTypes[type].family === 'cs')

/** What the others would make of a message: what each would owe, and the events of a vendor's own path. */
const received = ({ others, protocol }: Surroundings, self: Participant, { context, to, types }: Candidate) => {
  const audience = others.filter(({ id }) => to === undefined || id === to)
  const message = trial(self.id, audience.map(({ id }) => id), types, context)
  return audience.flatMap((other) => {
    const result = protocol.transition(other, message)
    return isLeft(result) ? [] : [{ id: other.id, outcome: result.right }]
  })
}

/** A participant in the state in which its next step finds it: out of a state that may only be passed through. An inquiry moves nothing else. */
const settled = (protocol: Protocol, self: Participant): Participant => {
  const asked = protocol.transition(self, trial(self.id, [], ['GI'], {}))
  return isLeft(asked) ? self : asked.right.state
}

/**
 * A candidate as a move: what it does by the protocol, and what requirements have against it. One that the protocol refuses
 * comes back as one not to be made.
 */
export const moveOf = (around: Surroundings, self: Participant, candidate: Candidate): Move => {
  const { protocol, suggested, views } = around
  const { event, types } = candidate
  const result = event === undefined ? protocol.transition(self, trial(self.id, around.others.map(({ id }) => id), types, candidate.context)) : protocol.local(self, event)
  const at = settled(protocol, self)
  const against = idsOf(at, candidate, 'not')
  if (isLeft(result)) {
    const because: Because = result.left.kind === 'role' ? 'needs-role' : against.length > 0 ? 'forbidden' : 'no-row'
    return { ...candidate, modality: 'must not', because, requirements: against, suggestedBy: [], fires: [], owes: [], due: [], outlooks: [] }
  }
  const outcome = result.right
  const opposing = unique([...against, ...outcome.notes.filter(({ note }) => note === 'advised-against').flatMap(({ requirements }) => requirements)])
  const told = event === undefined ? received(around, self, candidate) : []
  const due = told.map(({ id, outcome: theirs }): OthersDue => ({ by: id, types: dues(theirs).filter(({ required }) => required).map(({ type }) => type) })).filter((one) => one.types.length > 0)
  const own = outcome.fired.flatMap((one) => (one.machine === 'cs' ? [one.event] : []))
  const name = event ?? types.join('+')
  const may = idsOf(at, candidate, 'may')
  const modality = opposing.length > 0 ? opposedBy(opposing) : 'may'
  return {
    ...candidate, modality,
    because: opposing.length > 0 ? (modality === 'must not' ? 'forbidden' : 'advised-against') : repeats(candidate, outcome) ? 'repeats' : 'allowed',
    requirements: opposing.length > 0 ? opposing : may.length > 0 ? may : behind(protocol, outcome.rules),
    suggestedBy: candidate.context.cause === 'observed' || candidate.context.subject === 'other' || repeats(candidate, outcome)
      ? [] : suggested.filter(({ action, given: condition }) => condition === undefined && carriedBy[action]?.includes(name) === true).map(({ id }) => id),
    fires: outcome.fired, owes: outcome.replies, due,
    outlooks: views.flatMap((of) => {
      const [vendor] = of
      const theirs = told.find(({ id }) => id === vendor?.vendor)?.outcome.fired.flatMap((one) => (one.machine === 'cs' && one.event === 'V' ? [one.event] : [])) ?? []
      const isOwn = vendor?.vendor === self.id || views.length === 1 && vendor?.vendor === undefined
      return outlooks(of, [...theirs, ...own.filter((letter) => isOwn || 'PXA'.includes(letter))])
    }),
  }
}

/** The rules that apply to all of some case states. */
export const rulesInAll = (fitting: ReadonlyArray<ReadonlyArray<ActionRule>>): ReadonlyArray<ActionRule> => actionRules.filter((rule) => fitting.every((rules) => rules.includes(rule)))
