/**
 * The published reading is the transcription of the formal tables (test/spec/sent.txt, received.txt). A second, small
 * interpreter (transcription.ts) reads the notation of those files; every state, both ways, every type is compared with what
 * `published.transition` does. Rows and printed lines correspond one to one.
 */
import { cs, published, type Row } from 'mpcvd'
import { expect, test } from 'vitest'
import { cells, complaints, everyContext, line, name, plain, rowTypes, show } from './cells.js'
import { emLetters, letterFits, lines, type Printed, printed, receivedRows, rmLetters, sentRows, typesIn } from './transcription.js'

test('published does what the tables print, in every state', () => {
  const wrong = complaints()
  const counted = { cells: 0, refused: 0, unspecified: 0 }
  const memo = new Map<string, string>()
  for (const cell of cells(() => [plain])) {
    const { rm, em, cs: state } = cell.self
    const key = `${cell.way} ${cell.type} ${rm} ${em} ${state}`
    const wanted = memo.get(key) ?? printed(cell.way, cell.type, { rm, em, cs: state })
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
  const asPrinted = (rows: ReadonlyArray<Printed>): Readonly<Record<string, ReadonlyArray<string>>> =>
    Object.fromEntries(rows.map((row) => [`FT:${row.line}`, [...typesIn(row.messages)].sort()]))
  const written = (rows: ReadonlyArray<Row>): Readonly<Record<string, ReadonlyArray<string>>> =>
    Object.fromEntries(rows.map((row) => [row.id, [...row.types].sort()]))
  const { reply: ofReply, subject: ofSubject, ...sentWritten } = written(published.rules.sent)
  expect(ofReply).toEqual([...rowTypes].sort())
  expect(ofSubject).toEqual(['CD', 'CF', 'CV'])
  expect(sentWritten).toEqual(asPrinted(sentRows))
  expect(written(published.rules.received)).toEqual(asPrinted(receivedRows))
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
