/**
 * Merging and splitting cases, and what that does to their embargoes.
 *
 * When cases are merged, the earliest of the ends that were agreed applies until another is agreed (VP-10-001); when a
 * case is split, its embargo carries over to the children (VP-10-005). Both make charters: the new cases begin in the
 * state that their participants were in, with the embargo that they inherit in force, and go their own ways from there.
 * A child that agrees to an earlier end than it inherited may (that is a finding), and has to tell its siblings first.
 *
 * @module
 */
import type { Inheritance, LogParticipant } from '../protocol/log.js'
import type { EmbargoTerms, Id } from '../protocol/message.js'
import { readMoment } from '../protocol/moment.js'
import { caseStateNamed, formatState, reshape, type Role, roles as allRoles, shapeOf } from '../protocol/participant.js'
import { rm } from '../protocol/rm.js'
import type { Case, CaseParticipant } from './case.js'
import type { Charter } from './charter.js'
import { isInForce, type Proposal } from './embargo.js'
import { compareText, forwards, get } from './tree.js'

/** The terms in force in a case, if there are any. */
const inForce = ({ state }: Case): Proposal | undefined => (isInForce(state.em) && state.inForce !== undefined ? get(state.proposals, state.inForce) : undefined)

/** Everybody who has signed terms of the embargo in force, and keeps to them. */
const parties = ({ state }: Case): ReadonlyArray<Id> => {
  const signed = new Set<Id>()
  for (const [, proposal] of forwards(state.proposals))
    if (proposal.status === 'in force' || proposal.status === 'replaced') for (const id of proposal.signed.keys()) if (state.members.get(id)?.withdrawn !== true) signed.add(id)
  return [...signed].sort()
}

const endOf = (terms: EmbargoTerms | undefined): number => (terms?.end === undefined ? Infinity : (readMoment(terms.end)?.earliest ?? Infinity))

/** Who is further: the report state later in the standard's order, and every letter of the case state that either has. */
const further = (one: CaseParticipant, other: CaseParticipant): CaseParticipant => {
  const held: ReadonlyArray<Role> = allRoles.filter((role) => one.roles.includes(role) || other.roles.includes(role))
  const shape = shapeOf(held)
  const [a, b] = [reshape(one.cs, shape), reshape(other.cs, shape)]
  const both = Array.from(a).map((letter, index) => (letter < 'a' ? letter : (b[index] ?? letter))).join('')
  return { ...(rm.states.indexOf(one.rm) >= rm.states.indexOf(other.rm) ? one : other), roles: held, cs: caseStateNamed(both) ?? a }
}

/** A participant as a new case begins with it. What one case knows to be public, all who are merged know. */
const begin = (one: CaseParticipant, em: CaseParticipant['em'], facts: string): LogParticipant => {
  const world = Array.from(one.cs.slice(-3)).map((letter, index) => (facts.includes('PXA'.charAt(index)) ? 'PXA'.charAt(index) : letter)).join('')
  const cs = caseStateNamed(`${one.cs.slice(0, -3)}${world}`) ?? one.cs
  return { id: one.id, roles: one.roles, start: formatState({ rm: one.rm, em, cs }) }
}

const engagedIn = (of: Case): ReadonlyArray<CaseParticipant> => of.participants.filter((one) => one.engaged)

/** What merging asks of the participants: to agree on one embargo anew (VP-10-004). */
export interface Merged {
  readonly charter: Charter
  /** Whether the merged cases had agreed to different ends, so that a new embargo should be proposed. */
  readonly renegotiate: boolean
}

/** The charter of the case that two or more become. Owner, manager, decision rule and order are those of the first. */
export const mergeCases = (cases: readonly [Case, ...ReadonlyArray<Case>], id: Id): Merged => {
  const [first] = cases
  const people = new Map<Id, CaseParticipant>()
  for (const one of cases.flatMap(engagedIn)) {
    const known = people.get(one.id)
    people.set(one.id, known === undefined ? one : further(known, one))
  }
  const facts = (['P', 'X', 'A'] as const).filter((fact) => cases.some((one) => one.state.facts[fact] !== undefined)).join('')
  const terms = cases.flatMap((one) => inForce(one)?.terms ?? []).sort((one, other) => endOf(one) - endOf(other) || compareText(one.id, other.id))
  const [earliest] = facts === '' ? terms : []
  const inherits: Inheritance = {
    from: cases.map((one) => one.charter.case).sort(),
    ...(earliest === undefined ? {} : { embargo: earliest, signed: [...new Set(cases.flatMap(parties))].sort() }),
  }
  const em = earliest === undefined ? (facts !== '' && terms.length > 0 ? 'Exited' : 'None') : 'Active'
  return {
    charter: {
      ...first.charter, case: id, inherits,
      participants: [...people.values()].map((one) => begin(one, em, facts)).sort((one, other) => compareText(one.id, other.id)),
    },
    renegotiate: new Set(terms.map((one) => one.end)).size > 1,
  }
}

/** One of the cases that a case is split into: its id, and who goes there. */
export interface Part {
  readonly case: Id
  readonly participants: ReadonlyArray<Id>
}

/** The charters of the cases that a case is split into. Everybody may go to several; who goes to none has left. */
export const splitCase = (of: Case, parts: ReadonlyArray<Part>): ReadonlyArray<Charter> => {
  const terms = inForce(of)?.terms
  const facts = (['P', 'X', 'A'] as const).filter((fact) => of.state.facts[fact] !== undefined).join('')
  return parts.map((part): Charter => {
    const people = engagedIn(of).filter((one) => part.participants.includes(one.id))
    const { owner: _owner, manager: _manager, ...charter } = of.charter
    const office = (name: 'owner' | 'manager'): { readonly [key: string]: Id } => {
      const holder = of.charter[name]
      return holder !== undefined && part.participants.includes(holder) ? { [name]: holder } : {}
    }
    return {
      ...charter, ...office('owner'), ...office('manager'), case: part.case,
      decision: charter.decision === 'owner' && !people.some((one) => one.id === of.charter.owner) ? 'unanimous' : charter.decision,
      order: charter.order === 'manager' && !people.some((one) => one.id === of.charter.manager) ? 'causal' : charter.order,
      inherits: {
        from: [of.charter.case], siblings: parts.map((one) => one.case).filter((id) => id !== part.case),
        ...(terms === undefined ? {} : { embargo: terms, signed: parties(of).filter((id) => part.participants.includes(id)) }),
      },
      participants: people.map((one) => begin(one, terms === undefined ? of.state.em : 'Active', facts)).sort((one, other) => compareText(one.id, other.id)),
    }
  })
}
