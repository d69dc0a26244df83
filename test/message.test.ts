/**
 * The registry of message types against the transcription (`test/spec/messages.txt`), and what makes a bundle: the
 * order of erratum D-MS-05, each type once.
 */
import fc from 'fast-check'
import { bundleRank, isBundle, type Message, type MessageKind, type MessageType, messageTypeList, messageTypes, subjectOf } from 'mpcvd'
import { describe, expect, it } from 'vitest'
import { inBundleOrder, transcription } from './arbitrary.js'

const printed = transcription('messages').map((line) => line.split(' | '))
const families: Readonly<Record<string, string>> = { RM: 'rm', EM: 'em', CS: 'cs', '*': 'general' }
const kinds: ReadonlyArray<readonly [type: string, kind: MessageKind]> = Object.entries(messageTypes)

describe('the registry', () => {
  it('has the 28 types of the standard in its order, with their names and families', () => {
    expect(printed.length).toBe(28)
    expect(messageTypeList).toEqual(printed.map(([type]) => type))
    expect(kinds.map(([type, { name, family }]) => [type, name, family])).toEqual(
      printed.map(([type = '', name = '', model = '']) => [type, name, families[model]]),
    )
  })
  it('says of each type what it tells, in a sentence of its own', () => {
    for (const [, { meaning }] of kinds) expect(meaning).toMatch(/^[A-Z][^.]*\.$/)
    expect(new Set(kinds.map(([, { meaning }]) => meaning)).size).toBe(28)
  })
  it('has four types that acknowledge, each its whole family and nothing else', () => {
    expect(kinds.filter(([, kind]) => kind.acknowledges !== undefined).map(([type]) => type)).toEqual(['RK', 'EK', 'CK', 'GK'])
    expect(messageTypes.RK.acknowledges.join(' ')).toBe('RS RI RV RD RA RC RE')
    expect(messageTypes.EK.acknowledges.join(' ')).toBe('EP ER EA EV EJ EC ET EE')
    expect(messageTypes.CK.acknowledges.join(' ')).toBe('CV CF CD CP CX CA CE')
    expect(messageTypes.GK.acknowledges.join(' ')).toBe('GI')
    for (const [, { family, acknowledges }] of kinds)
      for (const type of acknowledges ?? []) expect(kinds.find(([name]) => name === type)?.[1].family).toBe(family)
  })
})

const good = [
  'RS', 'GE', 'CX', 'CP', 'RS EP', 'RS CV', 'RK CV', 'RS RV RA', 'RV RA', 'RA RV', 'RS RK', 'RE GI', 'EK GI', 'ET CP', 'ET CX CP', 'CX CP',
  'CX CP CA', 'CX CA', 'CP CV', 'CP CA', 'RS EP CX CP CV GI', 'EA EK', 'EK EA', 'CK CV', 'CV CK', 'GI GK', 'GK GI', 'RK EK CK GK',
  messageTypeList.filter((type) => type !== 'CP' && type !== 'CX' && bundleRank[type] < 3).join(' '),
]
const bad = [
  '', 'RS RS', 'CV CV', 'RK RS', 'RV RS', 'EP RS', 'CV RS', 'CP CX', 'CV CP', 'CA CX', 'CA CP', 'CK CP', 'CP ET', 'CX EP', 'GI RS', 'GK CK', 'CV EK',
  'EP RA', 'RS EP RS', 'rs', 'Rs', 'RS ', 'XX', 'RS XX', 'toString', '__proto__', 'constructor', 'hasOwnProperty', 'CX+CP', 'RS,EP', '0',
]

describe('isBundle', () => {
  it.each(good)('takes %s', (types) => {
    expect(isBundle(types.split(' '))).toBe(true)
  })
  it.each(bad)('does not take %j', (types) => {
    expect(isBundle(types === '' ? [] : types === 'RS ' ? [types] : types.split(' '))).toBe(false)
  })
  it('ranks as D-MS-05 has it: RS, other R*, E*, CX, CP, other C*, G*', () => {
    const ranks = (match: (type: MessageType) => boolean): ReadonlyArray<number> => [...new Set(messageTypeList.filter(match).map((type) => bundleRank[type]))]
    const parts = [
      ranks((type) => type === 'RS'), ranks((type) => type.startsWith('R') && type !== 'RS'), ranks((type) => type.startsWith('E')),
      ranks((type) => type === 'CX'), ranks((type) => type === 'CP'), ranks((type) => /^C[^XP]$/.test(type)), ranks((type) => type.startsWith('G')),
    ]
    expect(parts.every((part) => part.length === 1)).toBe(true)
    expect(parts.flat()).toEqual([...parts.flat()].sort((a, b) => a - b))
    expect(new Set(parts.flat()).size).toBe(7)
  })
  it('takes any set of types sorted by rank, and in another order only where ranks do not fall', () => {
    const anyOrder = fc.shuffledSubarray([...messageTypeList], { minLength: 1 })
    fc.assert(fc.property(anyOrder, (types) => {
      expect(isBundle(inBundleOrder(types))).toBe(true)
      expect(isBundle(types)).toBe(types.every((type, index) => index === 0 || bundleRank[types[index - 1] ?? type] <= bundleRank[type]))
    }), { numRuns: 1000 })
  })
  it('takes no list with a stranger or a repetition in it', () => {
    const lists = fc.array(fc.oneof(fc.constantFrom(...messageTypeList), fc.string()), { minLength: 1 })
    fc.assert(fc.property(lists, (types) => {
      const known: ReadonlyArray<string> = messageTypeList
      if (isBundle(types)) expect([new Set(types).size, types.every((type) => known.includes(type))]).toEqual([types.length, true])
    }), { numRuns: 1000 })
    fc.assert(fc.property(fc.shuffledSubarray([...messageTypeList], { minLength: 1 }), fc.nat(), (types, at) => {
      expect(isBundle(inBundleOrder([...types, types[at % types.length] ?? 'RS']))).toBe(false)
    }))
  })
})

describe('subjectOf', () => {
  it.each<[Message['subject'], string]>([
    [undefined, 'me'], ['you', 'you'], ['me', 'me'], [{ participant: 'you' }, 'you'], [{ participant: 'me', product: 'p' }, 'me'],
  ])('%j is %s', (subject, expected) => {
    expect(subjectOf(subject === undefined ? { from: 'me' } : { from: 'me', subject })).toBe(expected)
  })
})
