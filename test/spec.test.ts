/**
 * The published reading is the transcription of the formal tables (test/spec/sent.txt, received.txt). A second, small
 * interpreter below reads the notation of those files; every state, both ways, every type is compared with what
 * `published.transition` does. Rows and printed lines correspond one to one.
 */
import { readFileSync } from 'node:fs'
import { cs, published, type Row } from 'mpcvd'
import { expect, test } from 'vitest'
import { cells, complaints, everyContext, line, name, plain, rowTypes, show } from './cells.js'

const lines = (file: string): ReadonlyArray<string> =>
  readFileSync(new URL(`./spec/${file}`, import.meta.url), 'utf8').split('\n').filter((text) => text !== '' && !text.startsWith('#'))

/** The letters of an automaton's states and events, with their names in the library's spelling. */
const lettersOf = (file: string): ReadonlyMap<string, string> =>
  new Map(
    lines(file).flatMap((text) => {
      const [, letter, word] = /^([A-Za-z]) ([A-Za-z]{2,})$/.exec(text) ?? []
      if (letter === undefined || word === undefined) return []
      const isState = letter === letter.toUpperCase()
      return [[letter, isState ? word.charAt(0).toUpperCase() + word.slice(1).toLowerCase() : word] as const]
    }),
  )

const rmLetters = lettersOf('rm.txt')
const emLetters = lettersOf('em.txt')
const named = (letters: ReadonlyMap<string, string>, letter: string): string => letters.get(letter) ?? `no letter ${letter}`

// ---- the notation ----

interface Triple {
  readonly cs: string
  readonly rm: string
  readonly em: string
}

interface Printed {
  readonly line: string
  readonly messages: string
  readonly before: Triple
  readonly effect: Triple
  readonly replies: ReadonlyArray<string>
  readonly answerer: string
}

/** Splits at commas outside braces. */
const triple = (text: string): Triple => {
  const [state = '', report = '', embargo = ''] = text.match(/(?:\{[^}]*\}|[^,])+/g) ?? []
  return { cs: state, rm: report, em: embargo }
}

const columns = (text: string): ReadonlyArray<string> => text.split('|').map((column) => column.trim())

const sentRows: ReadonlyArray<Printed> = lines('sent.txt').map((text) => {
  const [number = '', before = '', effect = '', messages = ''] = columns(text)
  return { line: number, messages, before: triple(before), effect: triple(effect), replies: [], answerer: '' }
})

const receivedRows: ReadonlyArray<Printed> = lines('received.txt').map((text) => {
  const [number = '', messages = '', before = '', effect = '', answer = ''] = columns(text)
  const answerer = /\((.*)\)/.exec(answer)?.[1] ?? ''
  const replies = answer.replace(/\(.*\)/, '').split(/[ +]/).filter((type) => /^[A-Z]{2}$/.test(type))
  return { line: number, messages, before: triple(before), effect: triple(effect), replies, answerer }
})

const alternatives = (text: string): ReadonlyArray<string> => text.replace(/[{}]/g, '').split(',')

/** Whether a row has the type for every state but Closed, so that the catch-all `E*` never decides for it. */
const alwaysHasRow = (type: string): boolean =>
  receivedRows.some((row) => row.messages === type && row.before.cs === '*' && row.before.rm === '!C' && row.before.em === '*')

const types = rowTypes.filter((type) => type !== 'CX+CP')
const typesIn = (messages: string): ReadonlyArray<string> =>
  messages === '*'
    ? types.filter((type) => !type.startsWith('G'))
    : messages === 'E*'
      ? types.filter((type) => type.startsWith('E') && !alwaysHasRow(type))
      : alternatives(messages)

const letterFits = (pattern: string, letters: ReadonlyMap<string, string>, state: string): boolean =>
  pattern === '*' ||
  (pattern.startsWith('!')
    ? !letterFits(pattern.slice(1), letters, state)
    : alternatives(pattern).some((letter) => named(letters, letter) === state))

/** Case states are compared at the right end: what a participant has no letter for fits only a dot. */
const caseFits = (pattern: string, state: string): boolean =>
  pattern === '*' ||
  (pattern.startsWith('!')
    ? !caseFits(pattern.slice(1), state)
    : Array.from(pattern).every((wanted, i) => wanted === '.' || wanted === state.padStart(6, '-').charAt(i)))

const fits = (row: Printed, state: Triple): boolean =>
  letterFits(row.before.rm, rmLetters, state.rm) &&
  letterFits(row.before.em, emLetters, state.em) &&
  caseFits(row.before.cs, state.cs) &&
  (row.answerer === '' || (row.answerer === 'vendor') === (state.cs.length === 6))

// ---- what a row does ----

interface Effect {
  readonly after: Triple
  readonly rm: ReadonlyArray<string>
  readonly cs: ReadonlyArray<string>
  readonly em: ReadonlyArray<string>
  readonly replies: ReadonlyArray<string>
}

const moved = (effect: string, letters: ReadonlyMap<string, string>, state: string): readonly [string, ReadonlyArray<string>] => {
  const [symbol = '', target = ''] = effect.split('>')
  return effect === '-' ? [state, []] : [named(letters, target), [named(letters, symbol)]]
}

/** The printed symbols in their order, then what the printed target raises beyond them (the P of `A>...P.A`). */
const raised = (effect: string, state: string): readonly [string, ReadonlyArray<string>] => {
  if (effect === '-') return [state, []]
  const [symbols = '', target = ''] = effect.split('>')
  const padded = state.padStart(6, '-')
  const after = Array.from(padded).map((letter, i) => (target.charAt(i) === '.' ? letter : target.charAt(i)))
  const beyond = after.filter((letter, i) => letter !== padded.charAt(i) && !symbols.includes(letter))
  return [after.join('').slice(-state.length), [...symbols.split('+'), ...beyond]]
}

const applied = (row: Printed, state: Triple): Effect => {
  const [report, rmFired] = moved(row.effect.rm, rmLetters, state.rm)
  const [embargo, emFired] = moved(row.effect.em, emLetters, state.em)
  const [world, csFired] = raised(row.effect.cs, state.cs)
  return { after: { cs: world, rm: report, em: embargo }, rm: rmFired, cs: csFired, em: emFired, replies: row.replies }
}

/** The first row of a table that fits, applied. */
const decided = (rows: ReadonlyArray<Printed>, type: string, state: Triple): Effect | undefined => {
  const row = rows.find((one) => typesIn(one.messages).includes(type) && fits(one, state))
  return row === undefined ? undefined : applied(row, state)
}

/** Receipts of CX and CP together have no row of their own: CX first, then CP. */
const receivedPair = (state: Triple): Effect | undefined => {
  const first = decided(receivedRows, 'CX', state)
  const second = first === undefined ? undefined : decided(receivedRows, 'CP', first.after)
  return first === undefined || second === undefined
    ? undefined
    : {
        after: second.after,
        rm: [...first.rm, ...second.rm],
        cs: [...first.cs, ...second.cs],
        em: [...first.em, ...second.em],
        replies: [...new Set([...first.replies, ...second.replies])],
      }
}

const expected = (way: 'sent' | 'received', type: string, state: Triple): string => {
  const effect =
    way === 'sent' ? decided(sentRows, type, state) : type === 'CX+CP' ? receivedPair(state) : decided(receivedRows, type, state)
  if (effect === undefined) return way === 'sent' ? 'Left no-row' : 'Left unspecified'
  const fired = [...effect.rm.map((event) => `rm.${event}`), ...effect.cs.map((event) => `cs.${event}`), ...effect.em.map((event) => `em.${event}`)]
  return line(effect.after, fired, effect.replies, [])
}

test('published does what the tables print, in every state', () => {
  const wrong = complaints()
  const counted = { cells: 0, refused: 0, unspecified: 0 }
  const memo = new Map<string, string>()
  for (const cell of cells(() => [plain])) {
    const { rm, em, cs: state } = cell.self
    const key = `${cell.way} ${cell.type} ${rm} ${em} ${state}`
    const wanted = memo.get(key) ?? expected(cell.way, cell.type, { rm, em, cs: state })
    memo.set(key, wanted)
    const got = show(published.transition(cell.self, cell.message))
    if (got !== wanted) wrong.add(`${name(cell)}: printed ${wanted}, got ${got}`)
    counted.cells++
    if (got === 'Left no-row') counted.refused++
    if (got === 'Left unspecified') counted.unspecified++
  }
  expect(wrong.first).toEqual([])
  // Unspecified are CX, alone or with CP, at each of the 22 case states ...pX. of the four role sets, in 6 RM and 5 EM states.
  expect(counted).toEqual({ cells: 2 * 29 * 3080, refused: 56_314, unspecified: 2 * 22 * 6 * 5 })
})

test('rows and printed lines correspond one to one', () => {
  const printed = (rows: ReadonlyArray<Printed>): Readonly<Record<string, ReadonlyArray<string>>> =>
    Object.fromEntries(rows.map((row) => [`FT:${row.line}`, [...typesIn(row.messages)].sort()]))
  const written = (rows: ReadonlyArray<Row>): Readonly<Record<string, ReadonlyArray<string>>> =>
    Object.fromEntries(rows.map((row) => [row.id, [...row.types].sort()]))
  const { reply: ofReply, subject: ofSubject, ...sentWritten } = written(published.rules.sent)
  expect(ofReply).toEqual([...rowTypes].sort())
  expect(ofSubject).toEqual(['CD', 'CF', 'CV'])
  expect(sentWritten).toEqual(printed(sentRows))
  expect(written(published.rules.received)).toEqual(printed(receivedRows))
  expect([sentRows.length, receivedRows.length]).toEqual([38, 54])
  for (const row of [...published.rules.sent, ...published.rules.received])
    if (row.id.startsWith('FT:')) expect(row.source).toEqual([row.id])
})

test('a message that answers another needs no row and changes nothing; a relayed state has no row', () => {
  const wrong = complaints()
  let counted = 0
  for (const cell of cells((way) => (way === 'sent' ? everyContext : []))) {
    const relayed = !cell.context.reply && cell.context.subject === 'other' && ['CV', 'CF', 'CD'].includes(cell.type)
    if (!cell.context.reply && !relayed) continue
    const result = published.transition(cell.self, cell.message)
    const wanted = cell.context.reply ? line(cell.self, [], [], []) : 'Left subject'
    const kept = result._tag === 'Left' ? result.left.state : result.right.state
    if (show(result) !== wanted || kept !== cell.self) wrong.add(`${name(cell)}: ${show(result)}`)
    counted++
  }
  expect(wrong.first).toEqual([])
  expect(counted).toBe((29 * 8 + 3 * 4) * 3080)
})

test('printed effects are edges of the automata, but for FT:111 from Valid and for forced successors', () => {
  const edges = (file: string): ReadonlySet<string> => new Set(lines(file).filter((text) => /^[A-Z] [a-z] [A-Z]$/.test(text)))
  const from = (pattern: string, letters: ReadonlyMap<string, string>): ReadonlyArray<string> =>
    [...letters].filter(([letter, word]) => letter === letter.toUpperCase() && letterFits(pattern, letters, word)).map(([letter]) => letter)
  const strange = [...sentRows, ...receivedRows].flatMap((row) =>
    ([['rm', rmLetters], ['em', emLetters]] as const).flatMap(([machine, letters]) => {
      const [symbol = '', target = ''] = row.effect[machine].split('>')
      return row.effect[machine] === '-'
        ? []
        : from(row.before[machine], letters).map((letter) => `${letter} ${symbol} ${target}`)
            .filter((edge) => !edges(`${machine}.txt`).has(edge)).map((edge) => `${row.line} ${edge}`)
    }),
  )
  expect(strange).toEqual(['111 V i I'])
  const wider = (state: string): ReadonlyArray<string> =>
    Array.from('VFDPXA').filter((letter) => state.includes(letter.toLowerCase()) && (letter !== 'F' || state.includes('V')) && (letter !== 'D' || state.includes('F')))
  const extra = published.rules.extraEdges.cs ?? {}
  const has = cs.states.flatMap((state) => [...cs.enabled(state), ...Object.keys(extra[state] ?? {})].map((event) => `${state} ${event}`))
  expect([...has].sort()).toEqual(cs.states.flatMap((state) => wider(state).map((event) => `${state} ${event}`)).sort())
  expect(has.length).toBe(72)
})
