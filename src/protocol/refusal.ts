/**
 * Why a step is refused: always the caller's doing, never the peer's. A peer's surprise has an answer in the protocol
 * (RE or EE), and is an outcome.
 *
 * The data carries no sentences; {@link describe} makes one.
 *
 * @module
 */
import type { LocalEvent } from './log.js'
import type { MessageType } from './message.js'
import { formatState, type Participant } from './participant.js'
import type { RefusalKind, Way } from './rules.js'

/** What was tried: to send or to take in a bundle of types, or to take a local step. */
export type Tried =
  | { readonly way: Way | 'none'; readonly types: ReadonlyArray<string> }
  | { readonly way: 'local'; readonly event: string }

/**
 * A step that the state, the role or the form of the message does not allow.
 *
 * - `not-addressed`: the participant is neither the sender nor a recipient;
 * - `no-row`: nothing in the protocol allows this send or step in this state;
 * - `role`: it needs a role that the participant does not have, or the case state does not have the shape of the roles;
 * - `subject`: this reading has no rule for relaying somebody else's state;
 * - `bundle`: the types are none, repeated, unknown, or not in the order in which they take effect;
 * - `unspecified`: the published tables have no row for this receipt.
 */
export interface Refusal {
  readonly kind: RefusalKind
  /** The rule that refuses; or, where no row fits, the first that governs this type. */
  readonly rule?: string
  /** The requirements behind the rules that govern this type. */
  readonly requirements: ReadonlyArray<string>
  readonly tried: Tried
  /** The very object that went in, unchanged. */
  readonly state: Participant
  /** What would have been allowed: types that a plain message could have, alone; or local events where one of those was tried. */
  readonly allowed: ReadonlyArray<MessageType | LocalEvent>
}

const because = (refusal: Refusal): string => {
  switch (refusal.kind) {
    case 'not-addressed':
      return 'it is neither sender nor recipient of the message'
    case 'no-row':
      return 'no rule allows it there'
    case 'role':
      return `its roles (${refusal.state.roles.join(', ')}) do not allow it`
    case 'subject':
      return 'this reading has no rule for relaying the state of another participant'
    case 'bundle':
      return 'the types of a message must be known, different, and in the order RS, other R*, E*, CX, CP, other C*, G*'
    case 'unspecified':
      return 'the published tables have no row for it'
  }
}

/** One sentence that says who tried what, in which state, why not, by which rule, and what would have been allowed. */
export const describe = (refusal: Refusal): string => {
  const { tried, state, rule, requirements, allowed } = refusal
  const what =
    tried.way === 'local'
      ? `take the step "${tried.event}"`
      : `${tried.way === 'sent' ? 'send' : tried.way === 'received' ? 'receive' : 'handle'} ${tried.types.join('+') || 'a message of no type'}`
  const cited = [...(rule === undefined ? [] : [`rule ${rule}`]), ...requirements].join(', ')
  return (
    `${state.id} cannot ${what} in ${formatState(state)}: ${because(refusal)}` +
    (cited === '' ? '' : ` (${cited})`) +
    `; allowed: ${allowed.join(' ') || 'nothing'}.`
  )
}
