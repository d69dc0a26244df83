/**
 * Properties of single steps that are about what messages mean: who says something says what is so, who hears it does what is
 * asked and answers, and nobody does more.
 *
 * What the requirements ask of a step is a table already (`conformance/demands.ts`); {@link movesAsAsked}, {@link acknowledged},
 * {@link told} and {@link forbidden} hold every step of a run against it. The others go the other way about: that messages
 * are sent only where they are true, and that nothing moves and nothing is owed but what a message is about.
 *
 * @module
 */
import { demandsOn } from '../conformance/asked.js'
import type { Demand } from '../conformance/demand.js'
import { requirementById } from '../conformance/register.js'
import type { CsEvent } from '../protocol/cs.js'
import type { EmEvent, EmState } from '../protocol/em.js'
import { plainContext } from '../protocol/interpret.js'
import type { LocalEvent } from '../protocol/log.js'
import { type MessageType, messageTypeList, messageTypes } from '../protocol/message.js'
import type { State } from '../protocol/participant.js'
import { acknowledgedBy } from '../protocol/reply.js'
import type { RmEvent, RmState } from '../protocol/rm.js'
import type { Fired } from '../protocol/rules.js'
import type { LocalStep, StepProperty } from './property.js'
import { isOut, lasts, worldOf } from './standing.js'

type Event = `rm.${RmEvent}` | `em.${EmEvent}` | `cs.${CsEvent}`

const nameOf = ({ event, machine }: Fired): string => `${machine}.${event}`

/** What a message type says: that its sender makes or made a step, and where that leads. */
export interface Statement {
  readonly type: MessageType
  readonly fires: Event
  /** The states of RM or EM that it can be said in, once it is said; a fact of the case state is a letter. */
  readonly then: ReadonlyArray<RmState | EmState>
  readonly source: ReadonlyArray<string>
}

/**
 * The column "Emit When" of the list of messages (formal_protocol/messages.md), with the errata that let a message be said
 * where nothing moves: an embargo in force is offered to a newcomer, a proposal is refused though none is open any more.
 */
const statements: ReadonlyArray<Statement> = [
  { type: 'RI', fires: 'rm.invalidate', then: ['Invalid'], source: ['FM:215'] },
  { type: 'RV', fires: 'rm.validate', then: ['Valid'], source: ['FM:216'] },
  { type: 'RD', fires: 'rm.defer', then: ['Deferred'], source: ['FM:217'] },
  { type: 'RA', fires: 'rm.accept', then: ['Accepted'], source: ['FM:218'] },
  { type: 'RC', fires: 'rm.close', then: ['Closed'], source: ['FM:219'] },
  { type: 'EP', fires: 'em.propose', then: ['Proposed', 'Active', 'Revise'], source: ['FM:222', 'D-EM-08'] },
  { type: 'ER', fires: 'em.reject', then: ['None', 'Exited'], source: ['FM:223', 'D-EM-09', 'D-EM-10'] },
  { type: 'EA', fires: 'em.accept', then: ['Active'], source: ['FM:224'] },
  { type: 'EV', fires: 'em.propose', then: ['Revise'], source: ['FM:225', 'D-EM-01'] },
  { type: 'EJ', fires: 'em.reject', then: ['Active'], source: ['FM:226'] },
  { type: 'EC', fires: 'em.accept', then: ['Active'], source: ['FM:227'] },
  { type: 'ET', fires: 'em.terminate', then: ['Exited'], source: ['FM:228'] },
  { type: 'CV', fires: 'cs.V', then: [], source: ['FM:231'] },
  { type: 'CF', fires: 'cs.F', then: [], source: ['FM:232'] },
  { type: 'CD', fires: 'cs.D', then: [], source: ['FM:233'] },
  { type: 'CP', fires: 'cs.P', then: [], source: ['FM:234'] },
  { type: 'CX', fires: 'cs.X', then: [], source: ['FM:235'] },
  { type: 'CA', fires: 'cs.A', then: [], source: ['FM:236'] },
]

/** The statement of each type that makes one. */
export const statedBy: ReadonlyMap<MessageType, Statement> = new Map(statements.map((one) => [one.type, one]))

/** What a step that no message carries is, as an event. */
const localEvent: Readonly<Record<LocalEvent, Event>> = {
  discover: 'rm.receive', validate: 'rm.validate', invalidate: 'rm.invalidate', accept: 'rm.accept', defer: 'rm.defer', close: 'rm.close',
  expire: 'em.terminate', aware: 'cs.V', ready: 'cs.F', deployed: 'cs.D', 'learn P': 'cs.P', 'learn X': 'cs.X', 'learn A': 'cs.A',
}

const isTrueOf = ({ fires, then }: Statement, { cs, em, rm }: State): boolean =>
  fires.startsWith('cs.') ? cs.includes(fires.slice(3)) : then.some((state) => state === rm || state === em)

const relays = ({ context, types }: LocalStep): boolean => context.subject === 'other' && types.some((type) => type === 'CV' || type === 'CF' || type === 'CD')

/** Nobody says of itself what is not so: who sends RI holds the report to be invalid, who sends CP knows that it is public, and so on. A CV, CF or CD about somebody else says nothing of its sender. */
export const saysWhatIs: StepProperty = {
  kind: 'step', id: 'says-what-is', says: 'What a message says of its sender is so when it is sent.',
  source: ['FM:98', 'FM:214-236', 'VP-12-001'],
  violated: (step: LocalStep) => step.way === 'sent' && !relays(step) && step.types.some((type) => {
    const statement = statedBy.get(type)
    return statement !== undefined && !isTrueOf(statement, step.after)
  }),
}

/** Types that may be repeated though nothing moves: refusals and endings (D-EM-09, D-EM-16), facts (D-CS-16, L-03), and an embargo in force offered to a newcomer (D-EM-08). */
const repeatable: ReadonlyArray<MessageType> = ['ER', 'ET', 'CV', 'CF', 'CD', 'CP', 'CX', 'CA']

/** Somebody who decides speaks when it decides: a message about its report or a negotiation that it sends of its own accord makes the step that it tells of. */
export const saysWhatItDoes: StepProperty = {
  kind: 'step', id: 'says-what-it-does', says: 'Whoever tells of a decision of its own accord makes it with the message.',
  source: ['FM:43', 'FM:215-227'],
  violated: ({ context, fired, owed, types, way }: LocalStep) => way === 'sent' && !owed && types.some((type) => {
    const statement = statedBy.get(type)
    if (statement === undefined || repeatable.includes(type) || (type === 'EP' && context.existing === true)) return false
    return !fired.some((one) => nameOf(one) === statement.fires)
  }),
}

/** The demands that are about a step's message or local event, and those about events that it fires. */
const demandsOf = (step: LocalStep): ReadonlyArray<Demand> => {
  const { after, before, context, event, fired, types, way } = step
  const about = { roles: before.roles, context: { ...plainContext, ...context } }
  const asked = way === 'local'
    ? demandsOn({ on: 'local', name: event ?? '', state: before, ...about })
    : types.flatMap((type) => demandsOn({ on: way, name: type, state: before, ...about }))
  const carried = types.flatMap((type) => statedBy.get(type)?.fires ?? [])
  const ensuing = fired.map(nameOf).filter((name) => !carried.some((one) => one === name))
  return [...asked, ...ensuing.flatMap((name) => demandsOn({ on: 'fired', name, state: after, ...about }))]
}

/** Whoever sends or receives a message does what the requirements say that it does by that: it takes up a report, follows a step of the negotiation, knows what is public, or stays as it is. */
export const movesAsAsked: StepProperty = {
  kind: 'step', id: 'moves-as-asked', says: 'A send or receipt fires what the requirements say that it fires, and where they say that nothing moves, nothing does.',
  source: ['RMB-01-001', 'RMB-01-002', 'VP-05-003', 'VP-06-007', 'EMB-01-001', 'EMB-02-001', 'EMB-07-001', 'CSB-04-001', 'CSB-05-001', 'CSB-06-004', 'ST-21', 'ST-23', 'ST-24'],
  violated: (step) => step.way !== 'local' && lasts(step.before) && demandsOf(step).some((demand) =>
    demand.asks === 'fire' ? !demand.fires.every((event) => step.fired.some((one) => nameOf(one) === event)) : demand.asks === 'keep' && step.fired.length > 0),
}

/** Every message but an acknowledgement is answered to its sender as the requirements have it: acknowledged, or refused, or called an error. */
export const acknowledged: StepProperty = {
  kind: 'step', id: 'acknowledged', says: 'Whoever receives a message owes its sender the answer that the requirements ask for.',
  source: ['VP-03-009', 'VP-03-010', 'VP-03-011', 'VP-11-004', 'VP-11-005', 'EMB-01-002', 'CSB-01-001', 'CSB-04-001', 'CSB-05-001', 'CSB-06-001', 'CSB-07-001'],
  violated: (step) => step.way === 'received' && lasts(step.before) && demandsOf(step).some((demand) =>
    demand.asks === 'answer' && !demand.with.every((type) => step.replies.includes(type))),
}

/** Everybody who makes a step of its own tells the others, in the message that makes it or in one that it owes then. */
export const told: StepProperty = {
  kind: 'step', id: 'told', says: 'Whoever moves by other than the message that says so tells the others.',
  source: ['VP-03-012', 'VP-02-019', 'PX-04', 'CSB-09-002', 'CSB-12-003', 'CSB-13-001', 'CSB-14-004'],
  violated: (step) => demandsOf(step).some((demand) =>
    demand.asks === 'announce' && !demand.with.some((type) => step.replies.includes(type) || step.types.includes(type))),
}

/** The prohibitions that are meant. What SHOULD NOT be done the protocol lets its participants do, with advice. */
const isMeant = ({ ids }: Demand): boolean => ids.some((id) => requirementById(id)?.modality.startsWith('MUST') === true)

/** Nobody does what the requirements forbid: send a report that it does not work on, propose an embargo of what is public, call a fix ready that is not its own, and so on. */
export const forbidden: StepProperty = {
  kind: 'step', id: 'forbidden', says: 'Nobody sends or does what a requirement says that it must not.',
  source: ['VP-02-004', 'VP-03-001', 'VP-04-002', 'VP-06-001', 'VP-07-001', 'VP-11-001', 'EMB-01-002', 'CSB-15-001', 'CSB-15-002', 'CSB-17-006', 'CSB-17-007'],
  violated: (step) => step.way !== 'received' && demandsOf(step).some((demand) => demand.asks === 'not' && isMeant(demand)),
}

/** The types by which a message is called an error. */
export const errors: ReadonlyArray<MessageType> = ['RE', 'EE', 'CE', 'GE']

/** What a message may move, besides what follows from it: for those who send it, what they say; for those who receive it, a report, the negotiation, and what is public. A report that accepts what was proposed moves the negotiation, too. */
const ownEvents = ({ context, event, types, way }: LocalStep): ReadonlyArray<Event> => [
  ...(event === undefined ? [] : [localEvent[event]]),
  ...types.flatMap((type): ReadonlyArray<Event> => {
    const own = statedBy.get(type)?.fires
    if (type === 'RS') return [...(way === 'received' ? ['rm.receive', 'cs.V'] as const : []), ...(context.answers === true ? ['em.accept'] as const : [])]
    if (own === undefined || (way === 'received' && (own.startsWith('rm.') || own === 'cs.V' || own === 'cs.F' || own === 'cs.D'))) return []
    return [own]
  }),
]

/** What follows wherever it comes from: an exploit makes the vulnerability public, and so do attacks (CSB-06-001); a vendor knows what the public knows; who is aware has the report; and no embargo outlives what is public. */
const follows = ({ after, fired }: LocalStep): ReadonlyArray<Event> => [
  ...(/[XA]/.test(worldOf(after)) ? ['cs.P' as const] : []),
  ...(worldOf(after).startsWith('P') ? ['cs.V' as const] : []),
  ...(fired.some((one) => nameOf(one) === 'cs.V') ? ['rm.receive' as const] : []),
  ...(isOut(after) ? ['em.reject' as const, 'em.terminate' as const] : []),
]

/** A message moves what it is about and nothing else: acknowledgements, errors and inquiries move nobody, a report's status moves its sender alone, talk of embargoes no report and no case state. */
export const movesItsOwn: StepProperty = {
  kind: 'step', id: 'moves-its-own', says: 'A step fires what its message or event is about, what follows from that, and nothing else.',
  source: ['ST-21', 'ST-22', 'ST-23', 'ST-24', 'FT:219', 'FT:252-255', 'FT:337-339', 'FM:99-101'],
  violated: (step) => {
    const expected: ReadonlyArray<string> = [...ownEvents(step), ...follows(step)]
    return step.fired.some((one) => !expected.includes(nameOf(one)))
  },
}

/** The answers that a receipt can call for. */
const answersTo = (type: MessageType): ReadonlyArray<MessageType> => {
  const { family } = messageTypes[type]
  const acknowledgement = messageTypeList.find((one) => acknowledgedBy(one).includes(type))
  const error = errors.find((one) => messageTypes[one].family === family)
  return [
    ...(acknowledgement === undefined ? [] : [acknowledgement]),
    ...(error === undefined || errors.includes(type) || acknowledgement === undefined ? [] : [error]),
    'GI',
    ...(type === 'RS' ? (['CV'] as const) : []),
    ...(type === 'EP' ? (['ER'] as const) : []),
  ]
}

/** Nobody owes anything but answers to what it received and news of what moved; and nobody owes what it has just said. */
export const owesItsOwn: StepProperty = {
  kind: 'step', id: 'owes-its-own', says: 'What a step makes due answers its message, or tells what it fired and did not say.',
  source: ['VP-03-009', 'VP-11-004', 'VP-03-012', 'CSB-12-003', 'EMB-01-002', 'PX-06', 'FM:212-241'],
  violated: ({ fired, replies, types, way }) => {
    const news = fired.flatMap((one) => statements.filter(({ fires }) => fires === nameOf(one)).map(({ type }) => type))
    const answers = way === 'received' ? types.flatMap(answersTo) : []
    return replies.some((type) => (way === 'sent' && types.includes(type)) || !(news.includes(type) || answers.includes(type) || (type === 'GI' && types.includes('GE'))))
  },
}
