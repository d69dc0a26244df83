/**
 * What `transition` answers to one message, as a few lines of HTML: for the landing page as it is built, and for the
 * same place in the reader's browser once a choice is made.
 */
import {
  caseMachine, type CaseState, caseStateNamed, describe, em, type Fired, formatState, inhabits, type MessageType, messageTypes, type Participant, permitted, reshape, rm, type Role,
  shapeOf, startOf, stateNamed, transition, type Way,
} from 'mpcvd'
import { escaped } from './code.js'

/** What is asked: a participant in a state, and the type of a message that it sends or receives. */
export interface Question {
  readonly role: Role
  readonly rm: string
  readonly em: string
  readonly cs: string
  readonly way: Way
  readonly type: MessageType
}

/** The roles that differ in what they may do. */
export const askedRoles = ['vendor', 'finder', 'coordinator', 'deployer'] as const satisfies ReadonlyArray<Role>

/** The first question: a report reaches a vendor that knows of nothing. */
export const firstQuestion: Question = { role: 'vendor', rm: 'Start', em: 'None', cs: 'vfdpxa', way: 'received', type: 'RS' }

/** The case states that a role can have. */
export const caseStatesOf = (role: Role): ReadonlyArray<string> => caseMachine[shapeOf([role])].states

/** The case state that becomes of one when the role changes: letters that both have are kept. */
export const caseStateFor = (role: Role, state: string): CaseState => {
  const known = caseStateNamed(state)
  return known === undefined ? startOf('self', [role]).cs : reshape(known, shapeOf([role]))
}

const participantOf = (question: Question): Participant => ({
  id: 'self', roles: [question.role],
  rm: stateNamed(rm, question.rm) ?? 'Start', em: stateNamed(em, question.em) ?? 'None',
  cs: caseStateNamed(question.cs) ?? startOf('self', [question.role]).cs,
})

const events = (fired: ReadonlyArray<Fired>): string => fired.map(({ machine, event }) => `<code>${machine} ${event}</code>`).join(' ')
const types = (all: ReadonlyArray<MessageType>): string => all.map((type) => `<code>${type}</code> ${escaped(messageTypes[type].name)}`).join(', ')

/** The answer: its HTML, and the state afterwards where there is one. */
export const answerTo = (question: Question): { readonly html: string; readonly after?: { readonly rm: string; readonly em: string; readonly cs: CaseState } } => {
  const participant = participantOf(question)
  const [from, to] = question.way === 'sent' ? ['self', 'peer'] : ['peer', 'self']
  const result = transition(participant, { id: 'm', case: 'c', from, to: [to], types: [question.type], at: '2026-01-05' })
  const impossible = inhabits(participant) ? '' : '<p class="answer-note">No participant comes into this state by the protocol. The rules answer all the same.</p>'
  const allowed = permitted(participant).filter(({ context }) => context === undefined).flatMap(({ types: sent }) => sent)
  const may = `<dt>may send</dt><dd>${[...new Set(allowed)].map((type) => `<code>${type}</code>`).join(' ') || 'nothing'}</dd>`
  if (result._tag === 'Left') {
    const sentence = describe(result.left).replace(/; allowed:.*/, '.').replace(/^self/, `The ${question.role}`)
    return { html: `<p class="answer-head"><span class="answer-refused">Left</span> ${escaped(sentence)}</p><dl>${may}</dl>${impossible}` }
  }
  const { state, fired, replies, optional, notes, rules } = result.right
  const line = (name: string, html: string): string => (html === '' ? '' : `<dt>${name}</dt><dd>${html}</dd>`)
  return {
    after: { rm: state.rm, em: state.em, cs: state.cs },
    html: `<p class="answer-head"><span class="answer-taken">Right</span> <code>${formatState(participant)}</code> → <code>${formatState(state)}</code></p><dl>${[
      line('fires', fired.length === 0 ? 'nothing' : events(fired)),
      line('owes now', replies.length === 0 ? 'nothing' : types(replies)),
      line('may answer', types(optional)),
      line('notes', notes.map(({ note, requirements }) => escaped([note, ...requirements].join(' '))).join('; ')),
      line('rules', rules.map((rule) => `<code>${escaped(rule)}</code>`).join(' ')),
    ].join('')}</dl>${impossible}`,
  }
}
