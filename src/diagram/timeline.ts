/**
 * The course of a case as something to be drawn: who said what to whom, in which state everybody was, when the embargo
 * ran, what became public.
 *
 * A {@link Timeline} says what is drawn and nothing about where it comes from: a ledger, a replayed log and a record of a
 * disclosure long past make the same value. It is drawn by `timelineSvg`, `sequenceDiagram` and `timelineText`.
 *
 * A step is named by its index in `steps`. What lasts is said by the step at which it began (`from`) and the step at
 * which it ended (`to`): without `from` it was so before the first step, without `to` it is so after the last. Steps are
 * drawn at equal distances, whatever time lies between them: real cases rest for months and then happen within an hour.
 *
 * Every text may come from a stranger. Nothing here is checked; whoever draws shows what can be shown: what stands in a
 * lane that there is none of is not drawn there, a step that there is none of counts as none given.
 *
 * @module
 */
import { em, type EmState } from '../protocol/em.js'
import { stateNamed } from '../protocol/machine.js'
import type { Moment } from '../protocol/message.js'
import { rm, type RmState } from '../protocol/rm.js'

/** A participant of the case: one row of the drawing. */
export interface Lane {
  readonly id: string
  readonly roles: ReadonlyArray<string>
  /** Whatever else is to be read beside the name, in a few words. */
  readonly note?: string
}

/**
 * Whether a step counts: `normal`; `refused`, what was not allowed in the state in which it came; `void`, what counts for
 * nothing because of its author or its place; `tentative`, what can still turn out otherwise.
 */
export type StepKind = 'normal' | 'refused' | 'void' | 'tentative'

/** A message: one send to all its recipients. */
export interface Arrow {
  readonly shape: 'arrow'
  readonly kind: StepKind
  readonly moment: Moment
  readonly from: string
  readonly to: ReadonlyArray<string>
  /** The message types of the bundle, by their two letters. */
  readonly types: ReadonlyArray<string>
  readonly label?: string
}

/** What happens at one participant and is sent to nobody: a `local` step of its own, or an `observation` about it. */
export interface Mark {
  readonly shape: 'mark'
  readonly kind: StepKind
  readonly moment: Moment
  readonly lane: string
  readonly what: 'local' | 'observation'
  readonly label: string
}

/** A change of who takes part, and as what: `lane` joins, leaves, is excluded, changes its roles, or withdraws from the embargo. */
export interface Membership {
  readonly shape: 'membership'
  readonly kind: StepKind
  readonly moment: Moment
  readonly lane: string
  readonly what: 'joins' | 'leaves' | 'excluded' | 'roles' | 'withdraws'
  /** Who said so, where it was somebody else. */
  readonly by?: string
  readonly label?: string
}

/** One step of the case. Its position is its index. */
export type Step = Arrow | Mark | Membership

/** What a row of bands in a lane tells: the state of the report, that of the embargo as this participant has it, its path to a fix. */
export const rows = ['rm', 'em', 'fix'] as const

/** A row of bands, by its name. */
export type Row = (typeof rows)[number]

/**
 * How a state is coloured, in the hue of its row: `none` (nothing yet), three degrees of getting further, `waiting` (for an
 * answer), `aside` (not worked on), `over`.
 */
export type Tone = 'none' | 'low' | 'middle' | 'high' | 'waiting' | 'aside' | 'over'

/** A state that a participant is in from one step to another. */
export interface Band {
  readonly lane: string
  readonly row: Row
  readonly from?: number
  readonly to?: number
  readonly state: string
  /** What is written where `state` finds no room. */
  readonly short: string
  readonly tone: Tone
}

/** An embargo, from one step to another: proposed, or in force. */
export interface Span {
  readonly kind: 'proposed' | 'force'
  readonly from?: number
  readonly to?: number
  /** The end that was proposed or agreed, or whatever else names it. */
  readonly label: string
}

/** A fact about the world that the case knows from a step on: public awareness, a public exploit, attacks. */
export interface Fact {
  readonly fact: 'P' | 'X' | 'A'
  /** Absent: it was known before the first step. */
  readonly step?: number
}

/** A case, ready to be drawn. */
export interface Timeline {
  readonly title: string
  readonly lanes: ReadonlyArray<Lane>
  readonly steps: ReadonlyArray<Step>
  readonly bands: ReadonlyArray<Band>
  readonly spans: ReadonlyArray<Span>
  readonly facts: ReadonlyArray<Fact>
  /** How many steps, from the first, are settled; what comes after is drawn as tentative. Absent: all are. */
  readonly settled?: number
}

/** What the three facts say, in a word. */
export const factWords: Readonly<Record<Fact['fact'], string>> = { P: 'public', X: 'exploit', A: 'attacks' }

const rmTones: Readonly<Record<RmState, Tone>> = {
  Start: 'none', Received: 'low', Invalid: 'aside', Valid: 'middle', Deferred: 'aside', Accepted: 'high', Closed: 'over',
}

const emTones: Readonly<Record<EmState, Tone>> = {
  None: 'none', Proposed: 'waiting', Active: 'high', Revise: 'middle', Exited: 'over',
}

const fixWords: Readonly<Record<string, readonly [word: string, tone: Tone]>> = {
  vfd: ['unaware', 'none'], Vfd: ['aware', 'low'], VFd: ['ready', 'middle'], VFD: ['deployed', 'high'],
  d: ['undeployed', 'none'], D: ['deployed', 'high'],
}

/** How a state of a row is written and coloured. A name that the row does not have is written as it is. */
const look = (row: Row, state: string): Pick<Band, 'state' | 'short' | 'tone'> => {
  if (row === 'rm') {
    const known = stateNamed(rm, state)
    if (known !== undefined) return { state, short: rm.stateLetters[known], tone: rmTones[known] }
  } else if (row === 'em') {
    const known = stateNamed(em, state)
    if (known !== undefined) return { state, short: em.stateLetters[known], tone: emTones[known] }
  } else {
    const [word, tone] = (Object.hasOwn(fixWords, state) ? fixWords[state] : undefined) ?? []
    if (word !== undefined && tone !== undefined) return { state: `${state} ${word}`, short: state, tone }
  }
  return { state, short: state, tone: 'none' }
}

/**
 * The bands of one row of one lane, from the state before the first step and after each step, so that `states` is one
 * longer than the steps: the names of RM and EM states, and the letters of the fix path without those of the world
 * (`Vfd`). Equal neighbours make one band; `undefined` makes none (not a member, no such row).
 */
export const bandsOf = (lane: string, row: Row, states: ReadonlyArray<string | undefined>): ReadonlyArray<Band> => {
  const bands: Array<Band> = []
  for (let start = 0, next = 0; start < states.length; start = next) {
    const state = states[start]
    for (next = start + 1; next < states.length && states[next] === state; next++);
    if (state === undefined) continue
    bands.push({
      lane, row, ...look(row, state),
      ...(start > 0 ? { from: start - 1 } : {}), ...(next < states.length ? { to: next - 1 } : {}),
    })
  }
  return bands
}

/** The step that is meant, or `otherwise` where none is given or there is no such number. */
export const stepOr = (step: number | undefined, otherwise: number): number =>
  step !== undefined && Number.isSafeInteger(step) ? step : otherwise

/** How many of the steps are settled, from 0 to all. */
export const settledSteps = ({ settled, steps }: Timeline): number =>
  Math.max(0, Math.min(stepOr(settled, steps.length), steps.length))

const many = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`

const during = (steps: number, from: number | undefined, to: number | undefined): string => {
  const start = stepOr(from, -1)
  const end = stepOr(to, steps)
  return `${start < 0 ? 'from the start' : `from step ${start + 1}`}${end < steps ? ` to step ${end + 1}` : ' on'}`
}

/** How many take part, how many steps there are, and from when to when. */
export const extentWords = ({ lanes, steps }: Timeline): string => {
  const first = steps[0]?.moment.split('/')[0]?.slice(0, 10) ?? ''
  const last = steps.at(-1)?.moment.split('/').at(-1)?.slice(0, 10) ?? ''
  return `${many(lanes.length, 'participant')}, ${many(steps.length, 'step')}${first === '' ? '' : `, ${first}${last === first || last === '' ? '' : ` to ${last}`}`}`
}

/** What the drawing shows, in a few sentences, for somebody who does not see it. */
export const summary = (timeline: Timeline): string => {
  const { steps, spans, facts } = timeline
  const settled = settledSteps(timeline)
  return [
    `${extentWords(timeline)}.`,
    ...spans.map(({ kind, from, to, label }) =>
      `Embargo ${kind === 'force' ? 'in force' : 'proposed'} ${during(steps.length, from, to)}${label === '' ? '' : ` (${label})`}.`),
    ...facts.map(({ fact, step }) => `${{ P: 'Public', X: 'Exploit public', A: 'Attacks known' }[fact]} ${during(steps.length, step, undefined)}.`),
    ...(settled < steps.length ? [`Settled up to step ${settled}.`] : []),
  ].join(' ')
}
