/** Words of the machines, and histories of the case state, from the transcription (rm.txt, em.txt, cs.txt, counts.txt). */
import { readFileSync } from 'node:fs'

const lines = (file: string): readonly string[] =>
  readFileSync(new URL(`../spec/${file}`, import.meta.url), 'utf8').split('\n').filter((text) => text !== '' && !text.startsWith('#'))

interface Machine {
  readonly machine: string
  readonly start: string
  readonly states: readonly string[]
  /** Letters of events, by which words are written. */
  readonly letters: readonly string[]
  readonly edges: readonly (readonly [from: string, event: string, to: string])[]
  readonly printed: readonly string[]
}

/** RM or EM; states get their names, with `eXited` written as the other names are. */
const named = (machine: 'rm' | 'em'): Machine => {
  const all = lines(`${machine}.txt`)
  const names = new Map(all.flatMap((text) => {
    const [, letter = '', word = ''] = /^([A-Z]) ([A-Za-z]{2,})$/.exec(text) ?? []
    return letter === '' ? [] : [[letter, word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()] as const]
  }))
  const name = (letter: string): string => names.get(letter) ?? `no state ${letter}`
  const edges = all.filter((text) => /^[A-Z] [a-z] [A-Z]$/.test(text)).map((text) => {
    const [from = '', event = '', to = ''] = text.split(' ')
    return [name(from), event, name(to)] as const
  })
  return {
    machine, start: name(all.find((text) => text.startsWith('initial '))?.slice(-1) ?? ''), states: [...names.values()],
    letters: [...new Set(edges.map(([, event]) => event))], edges, printed: all.filter((text) => text.startsWith('word ')).map((text) => text.slice('word '.length)),
  }
}

/** CS by the diagram; the grammar has a misprint (D-CS-02). */
const caseMachine = (): Machine => {
  const all = lines('cs.txt')
  const list = (keyword: string): readonly string[] => all.find((text) => text.startsWith(`${keyword} `))?.split(' ').slice(1) ?? []
  return {
    machine: 'cs', start: list('initial')[0] ?? '', states: list('states'), letters: list('events'), printed: [],
    edges: all.filter((text) => text.startsWith('diagram: ')).map((text) => {
      const [, from = '', event = '', to = ''] = text.split(' ')
      return [from, event, to] as const
    }),
  }
}

type Walk = { readonly state: string } | { readonly at: number }

const walk = ({ start, edges }: Machine, word: string): Walk => {
  let state = start
  for (const [at, letter] of Array.from(word).entries()) {
    const edge = edges.find(([from, event]) => from === state && event === letter)
    if (edge === undefined) return { at }
    state = edge[2]
  }
  return { state }
}

/** A shortest word to each state. */
const shortest = ({ start, edges }: Machine): ReadonlyMap<string, string> => {
  const found = new Map([[start, '']])
  for (const [state, word] of found) for (const [from, event, to] of edges) if (from === state && !found.has(to)) found.set(to, word + event)
  return found
}

const byLength = (words: Iterable<string>): string[] => [...new Set(words)].sort((one, other) => one.length - other.length || (one < other ? -1 : 1))

/** Printed words and all that they begin with, a word over each edge; refused: from each state every other letter, and longer words that break off in the middle. */
const wordsOf = (machine: Machine): object => {
  const to = shortest(machine)
  const over = machine.edges.map(([from, event]) => (to.get(from) ?? '') + event)
  const accepted = byLength([...machine.printed.flatMap((word) => Array.from({ length: word.length + 1 }, (_, length) => word.slice(0, length))), ...to.values(), ...over])
    .map((word) => ({ word, ...walk(machine, word) }))
  const wrong = [...to].flatMap(([state, word]) =>
    machine.letters.filter((letter) => !machine.edges.some(([from, event]) => from === state && event === letter)).map((letter) => word + letter))
  const long = wrong.flatMap((word, index) => (index % 3 === 0 ? [word + machine.letters.join('')] : []))
  const refused = byLength([...wrong, ...long]).map((word) => ({ word, ...walk(machine, word) }))
  if (accepted.some((one) => !('state' in one)) || refused.some((one) => !('at' in one))) throw new Error(`${machine.machine}: a word is on the wrong side`)
  return { machine: machine.machine, start: machine.start, edges: machine.edges, accepted, refused }
}

export const words = (): object => ({
  vectors: 1, kind: 'words', level: 'L1', title: 'Words of the three machines: the state after each, or the first letter that has no edge',
  machines: [named('rm'), named('em'), caseMachine()].map(wordsOf),
})

const orders = (letters: readonly string[]): readonly string[] =>
  letters.length === 0 ? [''] : letters.flatMap((letter) => orders(letters.filter((other) => other !== letter)).map((rest) => letter + rest))

export const histories = (): object => {
  const cs = caseMachine()
  const complete = lines('counts.txt').filter((text) => text.startsWith('history ')).map((text) => (text.split('|')[1] ?? '').replaceAll(' ', ''))
  const prefixes = byLength(complete.flatMap((word) => Array.from({ length: 7 }, (_, length) => word.slice(0, length))))
  return {
    vectors: 1, kind: 'histories', level: 'L1', title: 'Orders of V F D P X A: the 70 possible ones, the 217 ways in which they begin, and the 650 that are not possible',
    complete,
    prefixes: prefixes.map((word) => ({ word, ...walk(cs, word) })),
    refused: orders(cs.letters).filter((word) => !complete.includes(word)).map((word) => ({ word, ...walk(cs, word) })),
  }
}
