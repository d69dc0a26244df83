/**
 * Participants against `test/spec/counts.txt`: the state spaces of the standard, enumerated again from its printed
 * factors; where each role starts; compact notation; and what becomes of a case state when roles change.
 */
import { isLeft, left, right } from 'fp-ts/Either'
import {
  caseMachine, type CaseState, enumerateSpace, fits, formatState, inhabits, parseState, reshape, type Role, roles, type Shape,
  type SpaceName, spaceOf, start, stateSpaces,
} from 'mpcvd'
import { describe, expect, it } from 'vitest'
import { caseStatesOf, everyParticipant, roleSets, transcription } from './arbitrary.js'

/** The library's name of each printed space, and its printed size. */
const spaces: ReadonlyArray<readonly [printed: string, name: SpaceName, size: number]> = [
  ['all', 'product', 1400],
  ['reachable', 'generic', 352],
  ['vendor-deployer', 'vendorDeployer', 128],
  ['vendor', 'vendor', 100],
  ['deployer', 'deployer', 100],
  ['other', 'other', 72],
  ['reporter', 'reporter', 29],
]

/** `{a,b}` as its elements; the empty fix path is written 0. */
const factor = (text: string): ReadonlyArray<string> => text.replace(/^\{(.*)\}$/, '$1').split(',').map((one) => (one === '0' ? '' : one))

/** Every state of a printed block: one letter alone, or RM x EM x fix path x p x x x a. */
const blockOf = (text: string): ReadonlyArray<string> => {
  const factors = text.trim().split(' x ').map(factor)
  if (factors.length === 1) return [`(${text.trim()},*,*)`]
  return factors
    .reduce<ReadonlyArray<ReadonlyArray<string>>>((rows, next) => rows.flatMap((row) => next.map((one) => [...row, one])), [[]])
    .map(([rmLetter = '', emLetter = '', ...letters]) => `(${rmLetter},${emLetter},${letters.join('')})`)
}
const printedSpace = (name: string): ReadonlyArray<string> =>
  (transcription('counts').find((line) => line.startsWith(`space ${name} `)) ?? '').split('|').slice(1).flatMap(blockOf)

const printedSize = (name: string): number =>
  Number((transcription('counts').find((line) => line.startsWith(`space ${name} `)) ?? '').split(' ')[2])

describe('state spaces', () => {
  it.each(spaces)('%s is enumerated from the printed factors', (printed, name, size) => {
    const expected = printedSpace(printed)
    const actual = enumerateSpace(name)
    expect([printedSize(printed), expected.length, actual.length]).toEqual([size, size, size])
    expect(new Set(actual).size).toBe(size)
    expect([...actual].sort()).toEqual([...expected].sort())
  })
  it('are the seven of the standard', () => {
    expect(Object.keys(stateSpaces).sort()).toEqual(spaces.map(([, name]) => name).sort())
  })
})

/** Which printed space a set of roles has, read off the headings of states.md. */
const printedSpaceOf = (held: ReadonlyArray<Role>): string => {
  const vendor = held.includes('vendor')
  const deployer = held.includes('deployer')
  if (vendor) return deployer ? 'vendor-deployer' : 'vendor'
  if (deployer) return 'deployer'
  return held.includes('coordinator') || held.includes('observer') ? 'other' : 'reporter'
}

describe('roles', () => {
  it('come in 63 sets', () => {
    expect(new Set(roleSets.map((held) => held.join())).size).toBe(63)
    expect(roleSets.every((held) => held.length > 0)).toBe(true)
    expect(roles.length).toBe(6)
  })
  it('give the space that inhabits() tests, for every participant that can be written down', () => {
    let asked = 0
    for (const held of roleSets) {
      const printed = printedSpaceOf(held)
      expect(spaceOf(held)).toBe(spaces.find(([name]) => name === printed)?.[1])
      const space = new Set(printedSpace(printed))
      for (const one of everyParticipant(held)) {
        const [rmLetter, emLetter] = formatState(one).slice(1).split(',')
        const expected = [`(${rmLetter},*,*)`, `(${rmLetter},*,${one.cs})`, `(${rmLetter},${emLetter},${one.cs})`].some((state) => space.has(state))
        if (inhabits(one) !== expected) expect.fail(`${held.join()} ${formatState(one)}: inhabits() is not ${expected}`)
        asked++
      }
    }
    expect(asked).toBe(35 * (32 * 32 + 16 * 16 + 15 * 8))
  })
  it('give the start that is printed', () => {
    const printed = new Map(transcription('counts').filter((line) => line.startsWith('start ')).map((line) => [line.split(' ')[1], `(${line.split(' ')[2]})`]))
    expect(printed.size).toBe(5)
    expect(formatState(start('p', ['vendor']))).toBe(printed.get('participant'))
    for (const held of roleSets) {
      const space = printedSpaceOf(held)
      const one = start('p', held)
      expect(formatState(one)).toBe(printed.get(space === 'vendor-deployer' ? 'vendor' : space))
      expect([one.id, one.roles]).toEqual(['p', held])
      expect(inhabits(one)).toBe(true)
    }
  })
  it('give the shape: six letters, four, or three', () => {
    for (const held of roleSets) {
      const length = held.includes('vendor') ? 6 : held.includes('deployer') ? 4 : 3
      for (const shape of ['vendor', 'deployer', 'other'] as const)
        for (const state of caseMachine[shape].states) expect(fits(held, state)).toBe(state.length === length)
      expect(caseStatesOf(held)).toHaveLength(2 ** length / (length === 6 ? 2 : 1))
    }
    for (const hostile of ['toString', '__proto__', '', 'VFDPXA ', 'vFdpxa']) expect(fits(['vendor'], hostile as CaseState)).toBe(false)
  })
})

describe('notation', () => {
  const words = new Map<string, string>(transcription('rm').filter((line) => /^[A-Z] /.test(line) && line.split(' ').length === 2).map((line) => [line.slice(0, 1), line.slice(2)]))
  const emWords = new Map<string, string>(transcription('em').filter((line) => /^[A-Z] /.test(line) && line.split(' ').length === 2).map((line) => [line.slice(0, 1), line.slice(2).replace('eX', 'Ex')]))

  it('reads what it writes, and words for letters, for every state of every shape', () => {
    let read = 0
    for (const held of [['vendor'], ['deployer'], ['observer']] as const)
      for (const { rm, em, cs } of everyParticipant(held)) {
        const text = formatState({ rm, em, cs })
        expect(text).toMatch(/^\([SRIVDAC],[NPARX],[vVfFdDpPxXaA]{3,6}\)$/)
        const [rmLetter = '', emLetter = ''] = text.slice(1).split(',')
        expect([words.get(rmLetter), emWords.get(emLetter)]).toEqual([rm, em])
        for (const way of [text, text.slice(1, -1), ` ( ${rmLetter} , ${em} , ${cs} ) `, `${rm},${em},${cs}`, `(${rm},${emLetter},${cs})`])
          expect(parseState(way)).toEqual(right({ rm, em, cs }))
        read++
      }
    expect(read).toBe(35 * 56)
  })
  it.each([
    ['', 'form'], ['()', 'form'], ['A,N', 'form'], ['(A,N,pxa,)', 'form'], ['(A N pxa)', 'form'], ['A;N;pxa', 'form'],
    ['(,N,pxa)', 'rm'], ['(Q,N,pxa)', 'rm'], ['(a,N,pxa)', 'rm'], ['(accepted,N,pxa)', 'rm'], ['(toString,N,pxa)', 'rm'],
    ['(__proto__,N,pxa)', 'rm'], ['(X,N,pxa)', 'rm'], ['((A,N,pxa))', 'rm'], ['(A,N,pxa', 'rm'],
    ['(A,,pxa)', 'em'], ['(A,S,pxa)', 'em'], ['(A,n,pxa)', 'em'], ['(A,eXited,pxa)', 'em'], ['(A,constructor,pxa)', 'em'],
    ['(A,N,)', 'cs'], ['(A,N,axp)', 'cs'], ['(A,N,fdpxa)', 'cs'], ['(A,N,vFdpxa)', 'cs'], ['(A,N,vfDpxa)', 'cs'], ['(A,N,VfDpxa)', 'cs'],
    ['(A,N,toString)', 'cs'], ['(A,N,__proto__)', 'cs'], ['(A,N,*)', 'cs'], [`(A,N,${'p'.repeat(100_000)})`, 'cs'],
  ])('refuses %.40s at its %s', (text, part) => {
    const result = parseState(text)
    expect(isLeft(result) ? result.left.part : result).toBe(part)
    if (isLeft(result)) expect(result.left.expected.length).toBeGreaterThan(0)
  })
  it('says what it read and what it could have been', () => {
    expect(parseState('(Q,N,pxa)')).toEqual(left({ part: 'rm', expected: ['S', 'R', 'I', 'V', 'D', 'A', 'C'], got: 'Q' }))
    expect(parseState('(A,Q,pxa)')).toEqual(left({ part: 'em', expected: ['N', 'P', 'A', 'R', 'X'], got: 'Q' }))
  })
})

describe('reshape', () => {
  const lengths: Readonly<Record<Shape, number>> = { vendor: 6, deployer: 4, other: 3 }
  const shapes: ReadonlyArray<Shape> = ['vendor', 'deployer', 'other']
  const everyCase: ReadonlyArray<CaseState> = shapes.flatMap((shape): ReadonlyArray<CaseState> => caseMachine[shape].states)
  const pairs = everyCase.flatMap((state) => shapes.map((shape) => [state, shape] as const))

  it('gives a state of the wanted shape', () => {
    expect(pairs.length).toBe(56 * 3)
    for (const [state, shape] of pairs) expect([...caseMachine[shape].states]).toContain(reshape(state, shape))
    for (const [state, shape] of pairs) expect(reshape(state, shape)).toHaveLength(lengths[shape])
  })
  it('changes nothing where the shape stays', () => {
    for (const [state, shape] of pairs) if (state.length === lengths[shape]) expect(reshape(state, shape)).toBe(state)
  })
  it('keeps every letter that both shapes have, and starts the others low', () => {
    const faults = pairs.filter(([state, shape]) => {
      const after = reshape(state, shape)
      return Array.from(state).some((letter) => !after.includes(letter) && after.toLowerCase().includes(letter.toLowerCase()))
    })
    expect(faults.map(([state, shape]) => `${state} for a ${shape} is ${reshape(state, shape)}`)).toEqual([])
  })
  it.each([
    ['VFdPxa', 'deployer', 'dPxa'], ['VFDPxa', 'deployer', 'DPxa'], ['VfdpxA', 'other', 'pxA'], ['DpxA', 'other', 'pxA'],
    ['pxA', 'vendor', 'vfdpxA'], ['pxA', 'deployer', 'dpxA'], ['dpxA', 'vendor', 'vfdpxA'],
  ] as const)('%s for a %s is %s', (state, shape, expected) => {
    expect(reshape(state, shape)).toBe(expected)
  })
})
