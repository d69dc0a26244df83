/**
 * The machines against the hand transcription of the standard (`test/spec/`) and its published counts. The case-state
 * tables are literals in the library; here they are computed again from the four rules that generate them.
 */
import { isRight, left, right } from 'fp-ts/Either'
import {
  consent, cs, csSubsets, dpxa, type Edge, em, emSubsets, type EventOf, type Machine, published, pxa, rm, rmSubsets, type StateOf, type Table,
} from 'mpcvd'
import { describe, expect, it } from 'vitest'
import { isEphemeral, transcription } from './arbitrary.js'

const sorted = (words: Iterable<string>): ReadonlyArray<string> => [...words].sort()
const edgesOf = (of: { readonly edges: ReadonlyArray<Edge> }): ReadonlyArray<string> =>
  of.edges.map(({ from, event, to }) => `${from} ${event} ${to}`)

/** Steps a machine by every event in every state, and by names that are no events, and compares with a list of edges. */
const checkSteps = <T extends Table>(of: Machine<T>, edges: ReadonlyArray<string>): void => {
  for (const state of of.states) {
    const enabled = of.events.filter((event) => edges.some((edge) => edge.startsWith(`${state} ${event} `)))
    expect(sorted(of.enabled(state))).toEqual(sorted(enabled))
    for (const event of of.events) {
      const to = edges.find((edge) => edge.startsWith(`${state} ${event} `))?.split(' ')[2]
      const result = of.step(state, event)
      if (to !== undefined) expect(result).toEqual(right(to))
      else expect(result).toEqual(left({ state, event, enabled: of.enabled(state) }))
    }
    for (const name of ['toString', '__proto__', 'constructor', '', ' ', 'V ', 'hasOwnProperty'])
      expect(of.step(state, name as EventOf<T>)).toEqual(left({ state, event: name, enabled: of.enabled(state) }))
  }
  for (const name of ['toString', '__proto__', '', 'nowhere']) {
    expect(of.enabled(name as StateOf<T>)).toEqual([])
    for (const event of of.events)
      expect(of.step(name as StateOf<T>, event)).toEqual(left({ state: name, event, enabled: [] }))
  }
}

describe.each([
  ['rm', rm, 7, 11, 15],
  ['em', em, 5, 10, 72],
] as const)('%s against the transcription', (name, machine, states, edges, words) => {
  const lines = transcription(name).map((line) => line.split(' '))
  const list = (keyword: string): ReadonlyArray<string> => lines.find(([first]) => first === keyword)?.slice(1) ?? []
  const names = new Map(lines.filter(([first, ...rest]) => first?.length === 1 && rest.length === 1).map(([letter = '', word = '']) => [letter, word.replace('eX', 'Ex')]))
  const named = (letters: ReadonlyArray<string>): ReadonlyArray<string> => letters.map((letter) => names.get(letter) ?? '?')
  const printed = lines
    .filter((line) => line.length === 3 && !['accepting', 'initial', 'states'].includes(line[0] ?? ''))
    .map((line) => named(line).join(' '))

  it('has the counts', () => {
    expect([machine.states.length, machine.edges.length, list('states').length, printed.length]).toEqual([states, edges, states, edges])
  })
  it('has the states, events, edges, initial and accepting states', () => {
    expect(sorted(machine.states)).toEqual(sorted(named(list('states'))))
    expect(machine.initial).toBe(named(list('initial'))[0])
    expect(sorted(machine.accepting)).toEqual(sorted(named(list('accepting'))))
    expect(sorted(edgesOf(machine))).toEqual(sorted(printed))
    expect(Object.entries({ ...machine.stateLetters, ...machine.eventLetters }).map(([word, letter]) => [letter, word]).sort()).toEqual([...names].sort())
  })
  it('accepts exactly the printed words up to length 7', () => {
    const accepted = machine.words(7).filter((word) => word !== '')
    const expected = lines.filter(([first]) => first === 'word').map(([, word = '']) => word)
    expect(expected.length).toBe(words)
    expect(accepted.length).toBe(words)
    expect(sorted(accepted)).toEqual(sorted(expected))
    expect(machine.words(7).includes('')).toBe(name === 'em')
    expect(machine.words(7).map((word) => word.length)).toEqual([...machine.words(7).map((word) => word.length)].sort((a, b) => a - b))
  })
  it('steps along the printed edges only', () => {
    if (name === 'rm') checkSteps(rm, printed)
    else checkSteps(em, printed)
  })
})

/** The four rules. Letters that a shape does not have hold nothing up: a deployer's D needs no F. */
const canRise = (state: string, letter: string): boolean =>
  state.includes(letter.toLowerCase()) &&
  !(letter === 'F' && state.includes('v')) &&
  !(letter === 'D' && state.includes('f'))
const forcedBy = (state: string, letter: string): boolean =>
  state.includes('pX') ? letter === 'P' : state.includes('v') && state.includes('P') ? letter === 'V' : true
const generated = (initial: string, forced: boolean): { states: ReadonlyArray<string>; edges: ReadonlyArray<string> } => {
  const states = [initial]
  const edges: string[] = []
  for (const state of states)
    for (const letter of initial.toUpperCase()) {
      if (!canRise(state, letter) || (forced && !forcedBy(state, letter))) continue
      const to = state.replace(letter.toLowerCase(), letter)
      edges.push(`${state} ${letter} ${to}`)
      if (!states.includes(to)) states.push(to)
    }
  return { states, edges }
}

describe('cs against the transcription', () => {
  const lines = transcription('cs').map((line) => line.split(' '))
  const list = (keyword: string): ReadonlyArray<string> => lines.find(([first]) => first === keyword)?.slice(1) ?? []
  const printed = (origin: string): ReadonlyArray<string> => lines.filter(([first]) => first === `${origin}:`).map((line) => line.slice(1).join(' '))
  const counts = transcription('counts').map((line) => line.split(' | '))

  it('has the states, events, initial and accepting states', () => {
    expect(sorted(cs.states)).toEqual(sorted(list('states')))
    expect(cs.events).toEqual(list('events'))
    expect([cs.initial, ...cs.accepting]).toEqual([...list('initial'), ...list('accepting')])
    expect(Object.entries({ ...cs.stateLetters, ...cs.eventLetters }).every(([word, letter]) => word === letter)).toBe(true)
  })
  it('has the edges of the diagram', () => {
    expect(printed('diagram').length).toBe(58)
    expect(sorted(edgesOf(cs))).toEqual(sorted(printed('diagram')))
  })
  it('differs from the grammar at VFdPxA alone, where the grammar skips a letter (D-CS-02)', () => {
    expect(printed('grammar').length).toBe(58)
    expect(printed('grammar').filter((edge) => !printed('diagram').includes(edge))).toEqual(['VFdPxA X VFDPXA'])
    expect(printed('diagram').filter((edge) => !printed('grammar').includes(edge))).toEqual(['VFdPxA X VFdPXA'])
  })
  it('differs from the published 8-state diagram at pXa alone (D-CS-05)', () => {
    expect(printed('pxa-diagram').length).toBe(12)
    expect(printed('pxa-diagram').filter((edge) => !edgesOf(pxa).includes(edge))).toEqual(['pXa A pXA'])
    expect(edgesOf(pxa).filter((edge) => !printed('pxa-diagram').includes(edge))).toEqual([])
  })
  it.each([
    ['cs', cs, 32, 58], ['dpxa', dpxa, 16, 28], ['pxa', pxa, 8, 11],
  ] as const)('%s is what the four rules generate', (_, machine, states, edges) => {
    const made = generated(machine.initial, true)
    expect([machine.states.length, machine.edges.length]).toEqual([states, edges])
    expect(sorted(generated(machine.initial, false).states)).toEqual(sorted(machine.states))
    expect(sorted(edgesOf(machine))).toEqual(sorted(made.edges))
    expect(machine.accepting).toEqual([machine.initial.toUpperCase()])
  })
  it('steps along those edges only', () => {
    checkSteps(cs, printed('diagram'))
    checkSteps(dpxa, generated('dpxa', true).edges)
    checkSteps(pxa, generated('pxa', true).edges)
  })
  it('has 12 ephemeral states, and 4 where an embargo is viable', () => {
    expect(csSubsets.Ephemeral.length).toBe(12)
    expect(sorted(csSubsets.Ephemeral)).toEqual(sorted(list('states').filter(isEphemeral)))
    expect(csSubsets.EmbargoViable).toEqual(list('states').filter((state) => state.endsWith('pxa')))
    expect(sorted(csSubsets.Public)).toEqual(sorted(list('states').filter((state) => state.includes('P'))))
  })
  it('has 72 edges without the two rules of the ephemeral states, which published adds back', () => {
    const extra = Object.entries(published.rules.extraEdges.cs ?? {}).flatMap(([from, row]) => Object.entries(row).map(([event, to]) => `${from} ${event} ${to}`))
    expect(generated('vfdpxa', false).edges.length).toBe(72)
    const own = [...edgesOf(cs), ...edgesOf(dpxa), ...edgesOf(pxa)]
    expect(extra.filter((edge) => own.includes(edge))).toEqual([])
    expect(sorted([...own, ...extra])).toEqual(sorted(['vfdpxa', 'dpxa', 'pxa'].flatMap((initial) => generated(initial, false).edges)))
  })
  it('has 70 histories, exactly the printed ones, with 217 prefixes', () => {
    const histories = counts.filter(([first]) => first?.startsWith('history ')).map(([, events = '']) => events.replaceAll(' ', ''))
    const words = cs.words(6)
    expect([histories.length, words.length]).toEqual([70, 70])
    expect(sorted(words)).toEqual(sorted(histories))
    expect(new Set(words.flatMap((word) => Array.from({ length: 7 }, (_, length) => word.slice(0, length)))).size).toBe(217)
  })
  it('goes where the printed random walk goes', () => {
    const walks = transcription('counts').flatMap((line) => [...line.matchAll(/^walk (\w+) \|([^|]*)\|/g)])
    expect(walks.length).toBe(32)
    for (const [, state, next = ''] of walks)
      expect(sorted(cs.edges.filter(({ from }) => from === state).map(({ to }) => to))).toEqual(sorted(next.split(' ').filter(Boolean)))
  })
})

/** Requirement CM-18, clause by clause. */
const consentEdges = [
  'NoEmbargo invite Invited', 'Lapsed invite Invited', 'Declined invite Invited',
  'NoEmbargo accept Signatory', 'Invited accept Signatory', 'Lapsed accept Signatory',
  'NoEmbargo decline Declined', 'Invited decline Declined', 'Lapsed decline Declined',
  'Signatory revise Lapsed',
  'NoEmbargo reset NoEmbargo', 'Invited reset NoEmbargo', 'Signatory reset NoEmbargo', 'Lapsed reset NoEmbargo', 'Declined reset NoEmbargo',
]

describe('consent', () => {
  it('has the 5 states and 15 edges of CM-18', () => {
    expect(sorted(consent.states)).toEqual(['Declined', 'Invited', 'Lapsed', 'NoEmbargo', 'Signatory'])
    expect(consent.initial).toBe('NoEmbargo')
    expect(consentEdges.length).toBe(15)
    expect(sorted(edgesOf(consent))).toEqual(sorted(consentEdges))
    checkSteps(consent, consentEdges)
  })
  it('has a letter of its own for each state and event', () => {
    for (const letters of [consent.stateLetters, consent.eventLetters])
      expect(new Set(Object.values(letters)).size).toBe(5)
  })
})

describe('named subsets', () => {
  it('of RM are those of the RM page', () => {
    const letters = (states: ReadonlyArray<StateOf<typeof rm.table>>): string => states.map((state) => rm.stateLetters[state]).join(' ')
    expect(letters(rmSubsets.Open)).toBe('R I V D A')
    expect(letters(rmSubsets.ValidYetUnclosed)).toBe('V D A')
    expect(letters(rmSubsets.PotentiallyValidYetUnclosed)).toBe('R V D A')
    expect(letters(rmSubsets.Active)).toBe('R V A')
    expect(letters(rmSubsets.Inactive)).toBe('I D C')
    expect(rmSubsets.Closable).toEqual(rm.states.filter((state) => isRight(rm.step(state, 'close'))))
  })
  it('of EM are the states that the events need', () => {
    expect(emSubsets.InForce).toEqual(em.states.filter((state) => isRight(em.step(state, 'terminate'))))
    expect(emSubsets.Open).toEqual(em.states.filter((state) => isRight(em.step(state, 'accept'))))
    expect(emSubsets.Negotiable).toEqual(['None', 'Proposed'])
  })
})
