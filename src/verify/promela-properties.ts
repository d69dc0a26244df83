/**
 * Properties in Promela, by the id of the property of the same name.
 *
 * A property of steps is an assertion on the working variables after each step, which then also hold the participant's state
 * before it (`rm_before`, `em_before`, `cs_before`), the events that it fired (`fired`), whether it answers (`answered`), and
 * whether F came before V or D before F (`early`). A property of states at rest is a condition on the stored variables, asserted
 * where no message is under way and nobody can pay anything. Deadlock and overflow have options of their own, which look for
 * somebody who can go on, or who cannot. What is said of whole runs, or by the table of requirements, has no such form and is
 * left to the library's own checker.
 *
 * @module
 */
import { cs, type CsEvent } from '../protocol/cs.js'
import { em, type EmEvent } from '../protocol/em.js'
import type { RoleShape } from '../protocol/interpret.js'
import type { LocalEvent } from '../protocol/log.js'
import { type MessageType, messageTypes } from '../protocol/message.js'
import { rm, type RmEvent } from '../protocol/rm.js'
import type { Context } from '../protocol/rules.js'
import { all, caseNumber, type Condition, some } from './promela-guards.js'
import type { Property } from './property.js'

/** A step where its assertion is written: what is known of it then. */
export interface StepText {
  readonly way: 'sent' | 'received' | 'local'
  readonly types: ReadonlyArray<MessageType>
  readonly event?: LocalEvent
  readonly context: Context
  readonly owed: boolean
  readonly shape: RoleShape
  /** A receipt that no row is about. */
  readonly unspecified: boolean
  /** That it makes one of some types due. */
  readonly makesDue: (types: ReadonlyArray<MessageType>) => Condition
}

/** The stored variables of a participant. */
export interface PlaceText {
  readonly rm: string
  readonly em: string
  readonly cs: string
  /** Whose terms are in force for it, 0 for nobody's; only where the model tells terms apart. */
  readonly force?: string
}

/** A property in Promela: when it is violated. */
export type PropertyText =
  | { readonly kind: 'step'; readonly violated: (step: StepText) => Condition }
  | { readonly kind: 'rest'; /** It can be asked only where the model tells terms apart. */ readonly ofTerms?: true; readonly violated: (places: ReadonlyArray<PlaceText>) => Condition }
  | { readonly kind: 'deadlock' }
  | { readonly kind: 'overflow' }

/** An event of a machine. */
export type EventName = `rm.${RmEvent}` | `em.${EmEvent}` | `cs.${CsEvent}`

/** The bit of an event among those that a step fired; events of the case state have the bits of their letters. */
export const eventBit = (event: EventName): number => {
  const others: ReadonlyArray<string> = [...rm.events.map((one) => `rm.${one}`), ...em.events.map((one) => `em.${one}`)]
  return event.startsWith('cs.') ? caseNumber(event.slice(3)) : 1 << (cs.events.length + others.indexOf(event))
}

const fires = (...events: ReadonlyArray<EventName>): string => `(fired & ${events.reduce((bits, event) => bits | eventBit(event), 0)}) != 0`
const firesNone = (event: EventName): string => `(fired & ${eventBit(event)}) == 0`

/** The letters P, X and A. */
const world = caseNumber('PXA')
const engaged = 'rm != Closed'
const engagedBefore = 'rm_before != Closed'
const out = `(cs & ${world}) != 0`
const outBefore = `(cs_before & ${world}) != 0`

/** What each message says of its sender, by the list of messages (formal_protocol/messages.md) and its errata: that it fires an event, and where that leads. */
const statements: Readonly<Partial<Record<MessageType, { readonly fires: EventName; readonly then?: string }>>> = {
  RI: { fires: 'rm.invalidate', then: 'rm == Invalid' },
  RV: { fires: 'rm.validate', then: 'rm == Valid' },
  RD: { fires: 'rm.defer', then: 'rm == Deferred' },
  RA: { fires: 'rm.accept', then: 'rm == Accepted' },
  RC: { fires: 'rm.close', then: 'rm == Closed' },
  EP: { fires: 'em.propose', then: 'em == Proposed || em == Active || em == Revise' },
  ER: { fires: 'em.reject', then: 'em == None || em == Exited' },
  EA: { fires: 'em.accept', then: 'em == Active' },
  EV: { fires: 'em.propose', then: 'em == Revise' },
  EJ: { fires: 'em.reject', then: 'em == Active' },
  EC: { fires: 'em.accept', then: 'em == Active' },
  ET: { fires: 'em.terminate', then: 'em == Exited' },
  CV: { fires: 'cs.V' }, CF: { fires: 'cs.F' }, CD: { fires: 'cs.D' }, CP: { fires: 'cs.P' }, CX: { fires: 'cs.X' }, CA: { fires: 'cs.A' },
}
const [path, decisions]: ReadonlyArray<ReadonlyArray<MessageType>> = [['CV', 'CF', 'CD'], ['RI', 'RV', 'RD', 'RA', 'RC', 'EP', 'EA', 'EV', 'EJ', 'EC']]
const isOf = (types: ReadonlyArray<MessageType> | undefined, type: MessageType): boolean => types?.includes(type) === true

/** That what a message says is not so. */
const untrue = (type: MessageType): Condition => {
  const statement = statements[type]
  if (statement === undefined) return false
  return statement.then === undefined ? `(cs & ${caseNumber(statement.fires.slice(3))}) == 0` : `!(${statement.then})`
}

/** That two participants who both take part differ. */
const someDiffer = (places: ReadonlyArray<PlaceText>, differ: (one: PlaceText, other: PlaceText) => Condition): Condition =>
  some(places.flatMap((one, place) => places.slice(place + 1).map((other) => all([`${one.rm} != Closed`, `${other.rm} != Closed`, differ(one, other)]))))

/** By the id of the property. */
export const propertyTexts: Readonly<Record<string, PropertyText>> = {
  deadlock: { kind: 'deadlock' },
  overflow: { kind: 'overflow' },
  'divergence-em': { kind: 'rest', violated: (places) => someDiffer(places, (one, other) => `${one.em} != ${other.em}`) },
  'divergence-public': { kind: 'rest', violated: (places) => someDiffer(places, (one, other) => `((${one.cs} ^ ${other.cs}) & ${world}) != 0`) },
  'one-active-embargo': {
    kind: 'rest', ofTerms: true,
    violated: (places) => someDiffer(places, ({ force: one }, { force: other }) => one !== undefined && other !== undefined && `${one} != 0 && ${other} != 0 && ${one} != ${other}`),
  },
  'unspecified-reception': { kind: 'step', violated: ({ unspecified }) => unspecified },
  'error-answered': { kind: 'step', violated: ({ makesDue, types, way }) => way === 'received' && !types.some((type) => isOf(['RE', 'EE', 'CE', 'GE'], type)) && makesDue(['RE', 'EE', 'CE', 'GE']) },
  'says-what-is': {
    kind: 'step',
    violated: ({ context, types, way }) => way === 'sent' && !(context.subject === 'other' && types.some((type) => isOf(path, type))) && some(types.map(untrue)),
  },
  'says-what-it-does': {
    kind: 'step',
    violated: ({ context, owed, types, way }) => way === 'sent' && !owed && some(types.map((type) => {
      const statement = statements[type]
      return statement !== undefined && isOf(decisions, type) && !(type === 'EP' && context.existing) && firesNone(statement.fires)
    })),
  },
  'bound-after-public': {
    kind: 'step',
    violated: ({ event, types }) =>
      (event?.startsWith('learn') === true || types.some((type) => statements[type] !== undefined && messageTypes[type].family !== 'rm' && !isOf(path, type))) &&
      all([engaged, out, '(em == Proposed || em == Active || em == Revise)']),
  },
  'embargo-begins-public': {
    kind: 'step',
    violated: ({ types, way }) => all([engagedBefore, outBefore, some([fires('em.propose', 'em.accept'), way === 'sent' && types.some((type) => isOf(['EP', 'EA', 'EV', 'EC'], type))])]),
  },
  'report-from-accepted': { kind: 'step', violated: ({ types, way }) => way === 'sent' && types.includes('RS') && 'rm_before != Accepted' },
  'fix-in-hand': {
    kind: 'step',
    violated: () => some([all([fires('cs.F'), 'rm_before != Accepted']), all([fires('cs.D'), 'rm_before != Accepted', 'rm_before != Deferred'])]),
  },
  'aware-has-report': { kind: 'step', violated: () => all([fires('cs.V'), 'rm == Start']) },
  'path-order': { kind: 'step', violated: () => 'early != 0' },
  'letters-rise': {
    kind: 'step',
    violated: ({ shape }) => {
      const letters = shape === 'other' ? world : shape === 'deployer' ? caseNumber('DPXA') : caseNumber('VFDPXA')
      return some(['(cs_before & ~cs) != 0', `(~cs_before & (cs ^ fired) & ${letters}) != 0`])
    },
  },
  'passes-through': {
    kind: 'step',
    violated: ({ shape }) => all([engaged, some([`(cs & ${caseNumber('PX')}) == ${caseNumber('pX')}`, shape.startsWith('vendor') && `(cs & ${caseNumber('VP')}) == ${caseNumber('vP')}`])]),
  },
  'closed-absorbs': {
    kind: 'step',
    violated: ({ owed, types, way }) => all(['rm_before == Closed', some([
      'rm != rm_before', 'em != em_before', 'cs != cs_before',
      way === 'sent' && !owed && types.some((type) => type !== 'RS' && messageTypes[type].family !== 'rm'),
      way === 'received' && types.some((type) => messageTypes[type].family !== 'general') && 'answered != 0',
    ])]),
  },
}

/** The properties, of some, that have no form in Promela. */
export const withoutPromela = (properties: ReadonlyArray<Property>): ReadonlyArray<Property> => properties.filter(({ id }) => !Object.hasOwn(propertyTexts, id))
