/**
 * Participant embargo consent (PEC): whether one participant has agreed to the embargo that the case has.
 *
 * A fifth, optional machine of the 2026 specification (requirements CM-18, draft section 6.4). It is no part of the
 * participant triple; a case keeps one for each participant. `NoEmbargo` means that no embargo is in scope, not that
 * consent is pending, which is why `accept` and `decline` leave from it directly.
 *
 * Source: specs/case-management.yaml (CM-18) and vultron/core/states/participant_embargo_consent.py. No accepting states
 * are published; every state in which nothing is asked of the participant is taken as one.
 *
 * @module
 */
import { type EventOf, type Machine, machine, type StateOf } from './machine.js'

const table = {
  NoEmbargo: { invite: 'Invited', accept: 'Signatory', decline: 'Declined', reset: 'NoEmbargo' },
  Invited: { accept: 'Signatory', decline: 'Declined', reset: 'NoEmbargo' },
  Signatory: { revise: 'Lapsed', reset: 'NoEmbargo' },
  Lapsed: { invite: 'Invited', accept: 'Signatory', decline: 'Declined', reset: 'NoEmbargo' },
  Declined: { invite: 'Invited', reset: 'NoEmbargo' },
} as const

/** The literal table of {@link consent}. */
export type ConsentTable = typeof table

/** A state of participant embargo consent. */
export type ConsentState = StateOf<ConsentTable>

/** An event of participant embargo consent. `revise` follows the embargo's Active → Revise, `reset` its end. */
export type ConsentEvent = EventOf<ConsentTable>

/** The participant embargo consent automaton: 5 states, 15 edges. */
export const consent: Machine<ConsentTable> = /* @__PURE__ */ machine(table, {
  name: 'Participant Embargo Consent',
  initial: 'NoEmbargo',
  accepting: ['NoEmbargo', 'Signatory', 'Declined'],
  stateLetters: { NoEmbargo: 'N', Invited: 'I', Signatory: 'S', Lapsed: 'L', Declined: 'D' },
  eventLetters: { invite: 'i', accept: 'a', decline: 'd', revise: 'v', reset: 'z' },
})
