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

/** The terms in force in a case, if there are any; a proposal that was made without terms has its id for them. */
const inForce = ({ state }: Case): EmbargoTerms | undefined => {
  const proposal: Proposal | undefined = isInForce(state.em) && state.inForce !== undefined ? get(state.proposals, state.inForce) : undefined
  return proposal === undefined ? undefined : (proposal.terms ?? { id: proposal.id })
}

const endOf = (terms: EmbargoTerms | undefined): number => (terms?.end === undefined ? Infinity : (readMoment(terms.end)?.earliest ?? Infinity))

/** Everybody who has signed terms of the embargo in force that last at least as long as some others, and keeps to them: these others are within its word. */
const parties = ({ state }: Case, terms: EmbargoTerms): ReadonlyArray<Id> => {
  const signed = new Set<Id>()
  for (const [, proposal] of forwards(state.proposals))
    if (proposal.id === state.inForce || (proposal.status === 'replaced' && endOf(proposal.terms) >= endOf(terms)))
      for (const id of proposal.signed.keys()) if (state.members.get(id)?.withdrawn !== true) signed.add(id)
  return [...signed].sort()
}

/** Who is further: the report state later in the standard's order, and every letter of the case state that either has. */
const further = (one: CaseParticipant, other: CaseParticipant): CaseParticipant => {
  const held: ReadonlyArray<Role> = allRoles.filter((role) => one.roles.includes(role) || other.roles.includes(role))
  const shape = shapeOf(held)
  const [a, b] = [reshape(one.cs, shape), reshape(other.cs, shape)]
  const both = Array.from(a).map((letter, index) => (letter < 'a' ? letter : (b[index] ?? letter))).join('')
  return { ...(rm.states.indexOf(one.rm) >= rm.states.indexOf(other.rm) ? one : other), roles: held, cs: caseStateNamed(both) ?? a }
}

/** A participant as a new case begins with it: everybody knows what the case knew, and somebody who has learned more alone knows that. */
const begin = (of: ReadonlyArray<Case>, one: CaseParticipant, em: CaseParticipant['em'], facts: string): LogParticipant => {
  const world = ['P', 'X', 'A'].map((letter) => (facts.includes(letter) || one.cs.includes(letter) ? letter : letter.toLowerCase())).join('')
  const aliases = [...new Set(of.flatMap(({ charter }) => charter.participants.filter((known) => known.id === one.id).flatMap((known) => known.aliases ?? [])))]
  const cs = caseStateNamed(`${one.cs.slice(0, -3)}${world}`) ?? one.cs
  return { id: one.id, roles: one.roles, start: formatState({ rm: one.rm, em, cs }), ...(aliases.length === 0 ? {} : { aliases }) }
}

/** Owner, manager, decision rule and order of a charter, as far as those who go on with it can hold them. */
const offices = ({ owner, manager, decision, order }: Charter, people: ReadonlyArray<Id>): Pick<Charter, 'owner' | 'manager' | 'decision' | 'order'> => {
  const [keepsOwner, keepsManager] = [owner !== undefined && people.includes(owner), manager !== undefined && people.includes(manager)]
  return {
    ...(keepsOwner ? { owner } : {}), ...(keepsManager ? { manager } : {}),
    decision: decision === 'owner' && !keepsOwner ? 'unanimous' : decision, order: order === 'manager' && !keepsManager ? 'causal' : order,
  }
}

const engagedIn = (of: Case): ReadonlyArray<CaseParticipant> => of.participants.filter((one) => one.engaged)

/** What merging asks of the participants: to agree on one embargo anew (VP-10-004). */
export interface Merged {
  readonly charter: Charter
  /** Whether the merged cases had agreed to different ends, so that a new embargo should be proposed. */
  readonly renegotiate: boolean
}

/** The charter of the case that two or more become. Owner, manager, decision rule and order are those of the first, as far as they are still there. */
export const mergeCases = (cases: readonly [Case, ...ReadonlyArray<Case>], id: Id): Merged => {
  const [first] = cases
  const people = new Map<Id, CaseParticipant>()
  for (const one of cases.flatMap(engagedIn)) {
    const known = people.get(one.id)
    people.set(one.id, known === undefined ? one : further(known, one))
  }
  const facts = factsIn(cases)
  const terms = cases.flatMap((one) => inForce(one) ?? []).sort((one, other) => endOf(one) - endOf(other) || compareText(one.id, other.id))
  const [earliest] = facts === '' ? terms : []
  const inherits: Inheritance = {
    from: cases.map((one) => one.charter.case).sort(),
    ...(earliest === undefined ? {} : { embargo: earliest, signed: [...new Set(cases.flatMap((one) => parties(one, earliest)))].sort() }),
  }
  return {
    charter: {
      case: id, protocol: first.charter.protocol, ...(first.charter.title === undefined ? {} : { title: first.charter.title }), ...offices(first.charter, [...people.keys()]), inherits,
      participants: [...people.values()].map((one) => begin(cases, one, earliest !== undefined ? 'Active' : facts !== '' && terms.length > 0 ? 'Exited' : 'None', facts)).sort((one, other) => compareText(one.id, other.id)),
    },
    renegotiate: new Set(terms.map((one) => one.end)).size > 1,
  }
}

const factsIn = (cases: ReadonlyArray<Case>): string => (['P', 'X', 'A'] as const).filter((fact) => cases.some((one) => one.state.facts[fact] !== undefined)).join('')

/** One of the cases that a case is split into: its id, and who goes there. */
export interface Part {
  readonly case: Id
  readonly participants: ReadonlyArray<Id>
}

/**
 * The charters of the cases that a case is split into. Everybody may go to several; who goes to none has left. Without an
 * embargo in force the children begin with none, whatever was proposed or had ended: each is a case of its own.
 */
export const splitCase = (of: Case, parts: ReadonlyArray<Part>): ReadonlyArray<Charter> => {
  const terms = inForce(of)
  const facts = factsIn([of])
  return parts.map((part): Charter => {
    const people = engagedIn(of).filter((one) => part.participants.includes(one.id))
    return {
      case: part.case, protocol: of.charter.protocol, ...offices(of.charter, people.map((one) => one.id)),
      inherits: {
        from: [of.charter.case], siblings: parts.map((one) => one.case).filter((id) => id !== part.case),
        ...(terms === undefined ? {} : { embargo: terms, signed: parties(of, terms).filter((id) => part.participants.includes(id)) }),
      },
      participants: people.map((one) => begin([of], one, terms === undefined ? 'None' : 'Active', facts)).sort((one, other) => compareText(one.id, other.id)),
    }
  })
}
