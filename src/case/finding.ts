/**
 * What a case has to say about its entries: findings, as data.
 *
 * @module
 */
import type { Id, MessageType } from '../protocol/message.js'
import type { IllegalKind } from './decide.js'
import type { VoidKind } from './void.js'

/**
 * - the kinds of {@link IllegalKind}: the entry is illegal at its place, and changed nothing;
 * - `equivocation`: its author says two things under one id, or at one place, and this one does not count;
 * - `circular`: it refers to itself, by way of others;
 * - `ended`: its author had left the case;
 * - `own-step`: a step of its author's own work that the protocol does not allow there;
 * - `not-announced`: it decides, and was not sent to everybody engaged;
 * - `gap`: it refers to what is not held;
 * - `open-ended`: it proposes an embargo without an end (VP-04-001, VP-05-001);
 * - `earlier-end`: terms of a child case that end before those that it inherited (VP-10-006).
 */
export type CaseFindingKind = IllegalKind | VoidKind | 'own-step' | 'not-announced' | 'gap' | 'open-ended' | 'earlier-end'

/** One thing that is not as the protocol has it. */
export interface CaseFinding {
  readonly kind: CaseFindingKind
  readonly entry: Id
  /** Whose doing it is: the entry's author. */
  readonly by: Id
  /** The reply that it earns from its recipients. */
  readonly replies: ReadonlyArray<MessageType>
  readonly rule?: string
  readonly requirements: ReadonlyArray<string>
  /** What else is concerned: the other variants' authors, who was not told, what is missing. */
  readonly about: ReadonlyArray<Id>
}

const sentence = ({ kind, by, about }: CaseFinding): string => {
  const others = about.join(', ')
  switch (kind) {
    case 'refused':
      return `${by} may not send it there; it changes nothing`
    case 'unknown-proposal':
      return `${by} answers a proposal that there is not, or does not say which of several; it changes nothing`
    case 'taken-proposal':
      return `${by} proposes under an id that another proposal has; it changes nothing`
    case 'stale-acceptance':
      return `${by} accepts what is no longer offered; the terms in force are to be offered again`
    case 'not-a-member':
      return `${by} is not in the case there; it changes nothing`
    case 'no-authority':
      return `${by} may not change that membership; it changes nothing`
    case 'equivocation':
      return `${by} says two things at once${others === '' ? '' : ` (also ${others})`}; this one does not count`
    case 'circular':
      return `${by} refers to what refers to it; it changes nothing`
    case 'ended':
      return `${by} had left the case; it changes nothing`
    case 'own-step':
      return `${by} may not take that step there; its report and fix stay as they were`
    case 'not-announced':
      return `${by} did not send it to ${others}, whom it concerns`
    case 'gap':
      return `${by} refers to ${others}, which has not arrived`
    case 'open-ended':
      return `${by} proposes an embargo without an end`
    case 'earlier-end':
      return `${by} agreed to an end before the inherited one; the sibling cases are to be told`
  }
}

/** One sentence on a finding, with its rule and requirements and the reply that it earns. */
export const describeCaseFinding = (finding: CaseFinding): string => {
  const cited = [...(finding.rule === undefined ? [] : [finding.rule]), ...finding.requirements].join(', ')
  const replies = finding.replies.length === 0 ? '' : `; recipients answer ${finding.replies.join(' ')}`
  return `${finding.kind}: ${finding.entry}: ${sentence(finding)}${replies}${cited === '' ? '' : ` (${cited})`}`
}
