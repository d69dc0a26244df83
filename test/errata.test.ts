/**
 * The errata are exactly what lies between the published and the adopted reading: on every cell, the two differ if and
 * only if some erratum names the cell, and no pattern is idle. Then the register itself: ids, sources, citations, and
 * the errata that decide something for a library without changing a cell.
 */
import { readFileSync } from 'node:fs'
import { adopted, type CellPattern, errata, published, sourceCodes } from 'mpcvd'
import { expect, test } from 'vitest'
import { cells as cellsOf } from '../src/protocol/cells.js'
import { passes } from '../src/protocol/interpret.js'
import {
  type Cell, cells, complaints, contextsThatMatter, everyContext, messageWith, name, participants, pick, project, randomFrom,
  rowTypes, show, typesOf, ways,
} from './cells.js'

const names = (pattern: CellPattern, { way, type, shape, self, context }: Cell): boolean =>
  pattern.way === way &&
  pattern.types.includes(type) &&
  (pattern.roles === undefined || pattern.roles.includes(shape)) &&
  passes(pattern.when ?? {}, self, shape, context) &&
  !(pattern.except ?? []).some((guard) => passes(guard, self, shape, context))

const patterns = errata.flatMap((erratum) => erratum.cells.map((pattern, index) => ({ erratum: erratum.id, index, pattern })))

test('published and adopted differ exactly on the cells that the errata name', () => {
  const wrong = complaints()
  const counted = { cells: 0, differing: 0 }
  const used = new Map<string, number>()
  for (const cell of cells(contextsThatMatter)) {
    const before = show(published.transition(cell.self, cell.message))
    const after = show(adopted.transition(cell.self, cell.message))
    const naming = patterns.filter(({ pattern }) => names(pattern, cell))
    if ((before !== after) !== (naming.length > 0))
      wrong.add(`${name(cell)}: published ${before}, adopted ${after}, named by ${naming.map((one) => one.erratum).join(' ') || 'none'}`)
    for (const { erratum, index } of naming) used.set(`${erratum} pattern ${index}`, (used.get(`${erratum} pattern ${index}`) ?? 0) + 1)
    counted.cells++
    if (before !== after) counted.differing++
  }
  expect(wrong.first).toEqual([])
  expect(patterns.map(({ erratum, index }) => `${erratum} pattern ${index}`).filter((one) => !used.has(one))).toEqual([])
  console.info(`${counted.differing} of ${counted.cells} cells differ; ${patterns.length} patterns of ${Object.keys(cellsOf).length} errata name them.`)
  expect(counted).toEqual({ cells: 341_880, differing: 190_650 })
})

test('what is left out of a context does not matter', () => {
  const random = randomFrom(0xe44a)
  const wrong = complaints()
  for (let i = 0; i < 20_000; i++) {
    const [way, type, [shape, self]] = [pick(random, ways), pick(random, rowTypes), pick(random, participants)]
    const context = { ...pick(random, everyContext), cause: pick(random, ['own', 'observed', 'none'] as const) }
    const full = messageWith(way, typesOf(type), context)
    const projected = messageWith(way, typesOf(type), project(way, type, context))
    for (const reading of [published, adopted])
      if (show(reading.transition(self, full)) !== show(reading.transition(self, projected)))
        wrong.add(`${reading.name}: ${name({ way, type, shape, self, context, message: full })}`)
  }
  expect(wrong.first).toEqual([])
})

// ---- the register ----

const ids = errata.map((erratum) => erratum.id)
const transcribed = new Set(
  ['sent', 'received'].flatMap((way) =>
    readFileSync(new URL(`./spec/${way}.txt`, import.meta.url), 'utf8').split('\n').flatMap((text) => /^\d+/.exec(text) ?? []),
  ),
)

test('the register holds 154 published errata and those found while building', () => {
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter((id) => !/^(D-(RM|EM|CS|MS|BT|IS|WE)|L)-\d\d$/.test(id))).toEqual([])
  const perPart = (part: string): number => ids.filter((id) => id.startsWith(part)).length
  expect(Object.fromEntries(['D-RM', 'D-EM', 'D-CS', 'D-MS', 'D-BT', 'D-IS', 'D-WE', 'L'].map((part) => [part, perPart(`${part}-`)])))
    .toEqual({ 'D-RM': 19, 'D-EM': 49, 'D-CS': 35, 'D-MS': 20, 'D-BT': 13, 'D-IS': 7, 'D-WE': 11, L: 3 })
  expect(Object.keys(cellsOf).filter((id) => !ids.includes(id))).toEqual([])
  for (const erratum of errata) {
    expect([erratum.title, erratum.conflict, erratum.adopted, erratum.reason].every((text) => text.trim() !== ''), erratum.id).toBe(true)
    expect(erratum.sources.length, erratum.id).toBeGreaterThan(0)
  }
})

/** A short code of the register with a place, a requirement with its file, a path of the public repository, or another erratum. */
const resolves = (source: string): boolean =>
  (Object.hasOwn(sourceCodes, source.split(':')[0] ?? '') && source.includes(':')) ||
  /^[A-Z]+-\d\d(-\d\d\d[a-z]?)? \([a-z-]+\.yaml:\d+\)$/.test(source) ||
  /^(simulator )?(docs|vultron|plan)\/[\w./-]*/.test(source) ||
  ids.includes(source)

test('every source can be looked up, and every line of the formal tables that a row cites is transcribed', () => {
  expect(errata.flatMap((erratum) => erratum.sources.filter((source) => !resolves(source)).map((source) => `${erratum.id}: ${source}`))).toEqual([])
  for (const { rules } of [published, adopted]) {
    const rows = [...rules.sent, ...rules.received, ...rules.local, ...rules.forced, ...rules.consequences]
    const cited = rows.flatMap((row) => row.source.map((source) => ({ row: row.id, source })))
    expect(cited.filter(({ source }) => source.startsWith('FT:') && !transcribed.has(source.slice(3)))).toEqual([])
    expect(cited.filter(({ source }) => /^[DL]-/.test(source) && !ids.includes(source))).toEqual([])
    expect(rows.filter((row) => row.source.length === 0).map((row) => row.id)).toEqual([])
    expect(cited.filter(({ source }) => !/^(FT:\d+|[DL]-[\w-]+|(RM|EM|CST):\w+)$/.test(source))).toEqual([])
  }
})

/** Errata that a library has to decide and that change no cell, each with the reason. */
const withoutCells: Readonly<Record<string, string>> = {
  'D-RM-05': 'published already reads so: FT:115 closes from Invalid, Deferred and Accepted',
  'D-RM-06': 'published already reads so: FT:138 answers RE and GI',
  'D-RM-07': 'published already reads so: FT:139 answers RK and GI in any state',
  'D-RM-08': 'published already reads so: FT:140 ignores RK in any state',
  'D-RM-13': 'behaviour trees only: rows name events, so a missing edge cannot be written over',
  'D-EM-01': 'published already reads so: FT:199 and FT:200 send EV from Active and Revise',
  'D-EM-02': 'published already reads so: EA from Proposed (FT:198), EC from Revise (FT:202)',
  'D-EM-13': 'scope: in both readings EM is a part of one participant; the case derives its own',
  'D-EM-14': 'decided by the case: one acceptance moves one participant in both readings',
  'D-EM-17': 'published already reads so: no row leaves Exited',
  'D-EM-20': 'published already reads so: FT:198 and FT:226 ask for any RM state but Closed; the advice is a note',
  'D-EM-22': 'published already reads so: FT:300-302 and FT:327-329 end the embargo in the step itself',
  'D-EM-49': 'both readings keep the full triple; only counts collapse it',
  'D-CS-02': 'a misprint of the grammar; the machine is the diagram in both readings',
  'D-CS-04': 'published already reads so: FT:294-296 fire X, then P, in one step',
  'D-CS-21': 'counts only',
  'D-CS-34': 'what the cause decides is advice, and advice is a note',
  'D-MS-02': 'published already reads so: FT:139, FT:242 and FT:332 acknowledge errors',
  'D-MS-03': 'published already reads so: FT:375 answers GI alone',
  'D-MS-05': 'the order of a bundle; a cell has one type, or the pair that is printed in this order',
  'D-MS-06': 'the form of a message: one send is one step in both readings',
  'D-MS-09': 'requirement ids only',
  'D-BT-01': 'behaviour trees only',
  'D-BT-02': 'behaviour trees only',
}

test('each erratum that a library has to decide changes a cell, or is known not to', () => {
  expect(errata.filter((erratum) => erratum.computes && erratum.cells.length === 0).map((erratum) => erratum.id)).toEqual(Object.keys(withoutCells))
})
