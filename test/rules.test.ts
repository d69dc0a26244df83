/**
 * Rows as records: unique ids, real sources, requirement ids of the right form, and no list empty that says something.
 */
import { adopted, cs, errata, published, type RuleSet, sourceCodes } from 'mpcvd'
import { describe, expect, test } from 'vitest'

const rowsOf = (rules: RuleSet) => [...rules.sent, ...rules.received, ...rules.local, ...rules.forced, ...rules.consequences]

describe.each([adopted, published])('the rows of a reading', ({ rules, name }) => {
  test('have unique, speaking ids', () => {
    for (const list of [rules.sent, rules.received, rules.local, [...rules.forced, ...rules.consequences], rules.advice]) {
      const ids = list.map((row) => row.id)
      expect(new Set(ids).size, name).toBe(ids.length)
      for (const id of ids) expect(id).toMatch(/^(FT:\d{3}|reply|subject|(sent|received|local|forced|after|advice)\.[\w.+-]+)$/)
    }
  })

  test('say where they come from', () => {
    for (const row of rowsOf(rules)) {
      expect(row.source.length, row.id).toBeGreaterThan(0)
      for (const cited of row.source) {
        const known = /^[DL]-/.test(cited) ? errata.some((one) => one.id === cited) : Object.hasOwn(sourceCodes, cited.split(':')[0] ?? '')
        expect(known, `${row.id} cites ${cited}`).toBe(true)
      }
      for (const requirement of row.requirements) expect(requirement, row.id).toMatch(/^(VP|RMB|EMB|CSB|SM)-\d\d-\d\d\d[a-z]?$/)
    }
    for (const advice of rules.advice) expect(advice.requirements.length, advice.id).toBeGreaterThan(0)
  })

  test('have patterns of six letters, or four for a deployer', () => {
    const patterns = [...rowsOf(rules), ...rules.advice].flatMap((row) => row.when?.cs ?? [])
    expect(patterns.length).toBeGreaterThan(0)
    for (const pattern of patterns) expect(pattern).toMatch(/^!?(\.\.\.|[vV.][fF.][dD.])[pP.][xX.][aA.]$|^[dD][pP.][xX.][aA.]$/)
  })

  test('name events that some machine has', () => {
    for (const row of rowsOf(rules)) for (const event of row.fire?.cs ?? []) expect(cs.events).toContain(event)
  })
})

describe('requirements', () => {
  test('what a send must satisfy is cited when it is refused', () => {
    const refusedTypes = adopted.rules.sent.filter((row) => row.when?.rm !== undefined && row.requirements.length === 0).flatMap((row) => row.types)
    expect([...new Set(refusedTypes)].sort()).toEqual(['CE', 'CK', 'EE'])
  })
})
