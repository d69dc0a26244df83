/**
 * What a state asks of a participant by itself, whatever led to it: rows of a guard, the types of which one is asked for, and
 * the requirements. How strongly is theirs to say.
 *
 * What a step makes due is not here: the protocol's rows have it (`dues`, `owed`). What is left lying in a report state is
 * the table of the checks of conduct, which tell of it after a month.
 *
 * @module
 */
import { undone } from '../conformance/conduct.js'
import { requirementById } from '../conformance/register.js'
import { type MessageType, messageTypeList } from '../protocol/message.js'
import { rm } from '../protocol/rm.js'
import type { Guard } from '../protocol/rules.js'
import type { Because, MoveModality } from './move.js'

/** A state and what it asks for: one of the types. */
export interface AskRow {
  readonly id: string
  readonly when: Guard
  readonly types: ReadonlyArray<MessageType>
  readonly requirements: ReadonlyArray<string>
  readonly because: Because
}

const inForce = ['Active', 'Revise'] as const
const working = ['Received', 'Valid', 'Accepted'] as const
const notClosed = rm.states.filter((state) => state !== 'Closed')

const embargoRows: ReadonlyArray<AskRow> = [
  { id: 'ask.end.public', when: { rm: notClosed, em: inForce, cs: '...P..' }, types: ['ET'], requirements: ['VP-11-002', 'VP-09-001', 'VP-14-001'], because: 'embargo-over' },
  { id: 'ask.end.exploit', when: { rm: notClosed, em: inForce, cs: '....X.' }, types: ['ET'], requirements: ['VP-11-002', 'VP-09-001', 'VP-14-002'], because: 'embargo-over' },
  { id: 'ask.end.attacks', when: { rm: notClosed, em: inForce, cs: '.....A' }, types: ['ET'], requirements: ['VP-11-006', 'VP-09-003', 'VP-14-013'], because: 'embargo-over' },
  { id: 'ask.reject.over', when: { rm: notClosed, em: ['Proposed'], cs: '!...pxa' }, types: ['ER'], requirements: ['VP-11-001', 'EMB-16-001'], because: 'embargo-over' },
  { id: 'ask.end.deployed', when: { rm: notClosed, em: inForce, cs: 'VFD...' }, types: ['ET'], requirements: ['VP-14-010', 'CSB-11-001'], because: 'state-asks' },
  { id: 'ask.reject.fixed', when: { rm: notClosed, em: ['Proposed'], cs: ['VFdpxa', 'VFDpxa'] }, types: ['ER'], requirements: ['VP-14-007', 'CSB-10-001'], because: 'state-asks' },
  { id: 'ask.decide', when: { rm: working, em: ['Proposed'], cs: ['vfdpxa', 'Vfdpxa', 'dpxa', 'Dpxa', 'pxa'] }, types: ['EA', 'ER'], requirements: ['VP-06-004', 'VP-14-006'], because: 'state-asks' },
  { id: 'ask.seek', when: { rm: working, em: ['None'], cs: 'Vfdpxa' }, types: ['EP'], requirements: ['VP-14-005', 'VP-08-002', 'CSB-09-001'], because: 'state-asks' },
  { id: 'ask.seek.received', when: { rm: ['Received'], em: ['None'], cs: ['dpxa', 'Dpxa', 'pxa'] }, types: ['EP'], requirements: ['VP-13-001', 'VP-08-002'], because: 'state-asks' },
]

/** What the states of the report ask for, from the table of the checks of conduct; a report may stay deferred while others are at work. */
const reportRows: ReadonlyArray<AskRow> = rm.states.flatMap((state): ReadonlyArray<AskRow> => {
  const left = undone[state]
  const types = left?.expected.flatMap((name) => messageTypeList.filter((type) => type === name)) ?? []
  return left === undefined || state === 'Deferred' ? [] : [{ id: `ask.${state.toLowerCase()}`, when: { rm: [state] }, types, requirements: left.ids, because: 'state-asks' }]
})

/** Every row, the strongest first. */
export const askRows: ReadonlyArray<AskRow> = [...embargoRows, ...reportRows]

/** How strongly requirements ask: at once, where one of them is a MUST about what cannot wait; else they recommend. */
export const askedBy = ({ because, requirements }: Pick<AskRow, 'because' | 'requirements'>): MoveModality =>
  because !== 'state-asks' && requirements.some((id) => requirementById(id)?.modality.startsWith('MUST')) ? 'must now' : 'should'

/** How strongly requirements speak against something. */
export const opposedBy = (requirements: ReadonlyArray<string>): MoveModality =>
  requirements.some((id) => requirementById(id)?.modality.startsWith('MUST')) ? 'must not' : 'should not'
