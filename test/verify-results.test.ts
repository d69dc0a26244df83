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
import { committed, everythingAsked, folder, resultOf } from './verify/results.js'

const rows = committed()

describe('results', () => {
  test('are of everything that is asked', () => {
    expect(rows.map(({ command, name }) => [name, command])).toEqual(everythingAsked.map(({ command, name }) => [name, command]))
    expect(rows.filter(({ verdicts }) => Object.values(verdicts).some((verdict) => verdict.startsWith('unknown')))).toEqual([])
  })

  test.each(everythingAsked.filter(({ long }) => !long))('$name: the same again', (asked) => {
    expect(resultOf(asked, verify(asked.model, asked.properties))).toEqual(rows.find(({ name }) => name === asked.name))
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
