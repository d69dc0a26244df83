/**
 * What the page on verification says was found is what is found: the quick models are explored again, and every run that is kept
 * is replayed.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRight } from 'fp-ts/Either'
import { protocols, replay } from 'mpcvd'
import { decodeLog } from 'mpcvd/codec'
import { check } from 'mpcvd/conformance'
import { verify } from 'mpcvd/verify'
import { describe, expect, test } from 'vitest'
import { committed, everythingAsked, folder, ledgerResultOf, ledgersAsked, reduced, reductionOf, resultOf } from './verify/results.js'

const { ledgers, reductions, results: rows } = committed()

describe('results', () => {
  test('are of everything that is asked', () => {
    expect(rows.map(({ command, name }) => [name, command])).toEqual(everythingAsked.map(({ command, name }) => [name, command]))
    expect(rows.filter(({ verdicts }) => Object.values(verdicts).some((verdict) => verdict.startsWith('unknown')))).toEqual([])
  })

  test.each(everythingAsked.filter(({ long }) => !long))('$name: the same again', (asked) => {
    expect(resultOf(asked, verify(asked.model, asked.properties))).toEqual(rows.find(({ name }) => name === asked.name))
  })
})

describe('reductions', () => {
  test('are measured in every model, and leave no more than there is', () => {
    expect(reductions.map(({ command }) => command)).toEqual(reduced.map(({ command }) => command))
    for (const { all, exchanged, fewer } of reductions) expect([fewer <= exchanged, exchanged <= all]).toEqual([true, true])
  })
  test.each(reduced.filter(({ model }) => model.steps === 2 && model.participants.length === 2))('$command: the same again', (one) => {
    expect(reductionOf(one)).toEqual(reductions.find(({ command }) => command === one.command))
  })
})

describe('ledgers', () => {
  test('agree in every scope, but for the published rules on what is public, which no order can help', () => {
    expect(ledgers.map(({ command }) => command)).toEqual(ledgersAsked.map(({ command }) => command))
    expect(ledgers.filter(({ holds, with: apart }) => holds !== true || apart > 0).map(({ command, violated }) => [command, violated])).toEqual([
      ['mpcvd verify --ledger causal --decision first --protocol published --roles reporter,vendor --channel fifo --steps 3', 'same state'],
    ])
    expect(ledgers.every(({ without }) => without > 0)).toBe(true)
  })
  test.each(ledgersAsked.filter(({ long, scope }) => !long && scope.entries === 3 && scope.participants.length === 2))('$command: the same again', (one) => {
    expect(ledgerResultOf(one)).toEqual(ledgers.find(({ command }) => command === one.command))
  })
})

describe('kept runs', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'))

  test('are there, each with its charts', () => {
    expect(names.length).toBeGreaterThan(10)
    for (const name of names) {
      expect(readFileSync(join(folder, name.replace('.jsonl', '.svg')), 'utf8')).toMatch(/^<svg /)
      expect(readFileSync(join(folder, name.replace('.jsonl', '.mmd')), 'utf8')).toMatch(/^sequenceDiagram/)
    }
  })

  test.each(names)('%s reads, replays without a refused step, and can be checked', (name) => {
    const read = decodeLog(readFileSync(join(folder, name), 'utf8'))
    if (!isRight(read)) return expect.fail(JSON.stringify(read.left))
    const { log } = read.right
    const { findings } = replay(protocols[log.header.protocol], log)
    expect(findings.filter(({ kind }) => kind === 'refused')).toEqual([])
    expect(check(log).verdict).toBeDefined()
  })
})
