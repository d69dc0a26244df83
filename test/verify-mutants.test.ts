/**
 * The checker notices when a row of the adopted rules is wrong: what is known of every mutant of them (test/verify/mutants.txt, made
 * by test/mutation/verify.ts) is complete, good enough, explained, and still so, as far as a sample goes.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { mutantKinds } from './mutation/rows.js'
import { baselineOf, type Baseline, catches, configurations, differenceOf, ENDLESS, endlessly, ready, weakness } from './verify/mutants.js'
import { type Caught, mutantsByName, read, type Survivor, whys } from './verify/mutants-file.js'

const tried = read(readFileSync(new URL('./verify/mutants.txt', import.meta.url), 'utf8'))
const mutants = mutantsByName()
const caught = tried.filter((one): one is Caught => 'by' in one)
const survivors = tried.filter((one): one is Survivor => 'survives' in one)
const unlike = survivors.filter(({ survives }) => survives === 'answers differ' || survives === 'never asked')
/** Every so manieth, so that all kinds and rows come up. */
const sampled = <A>(all: ReadonlyArray<A>, every: number): ReadonlyArray<A> => all.filter((_, place) => place % every === every - 1)

describe('the file on mutants', () => {
  test('has every mutant once, in order, and none else', () => {
    expect(tried.map(({ kind, name }) => `${name} | ${kind}`)).toEqual([...mutants].map(([name, { kind }]) => `${name} | ${kind}`))
  })

  test('counts: 200 mutants and more, of all kinds; of those that change behaviour nine of ten are caught, most by more than a dead row', () => {
    expect(tried.length).toBeGreaterThanOrEqual(200)
    expect(caught.length / (caught.length + unlike.length)).toBeGreaterThanOrEqual(0.9)
    // Another reason for a refusal counted as a change of behaviour that nothing catches.
    expect(caught.length / tried.filter((one) => !('survives' in one) || one.survives !== 'no change').length).toBeGreaterThanOrEqual(0.9)
    expect(caught.filter(({ by }) => weakness(by) === 0).length / caught.length).toBeGreaterThan(0.75)
    expect(new Set(caught.map(({ by }) => by)).size).toBeGreaterThan(12)
    expect(new Set(tried.map(({ kind }) => kind)).size).toBe(mutantKinds.length)
  })

  test('every survivor has one reason, and every reason survivors', () => {
    for (const { name } of unlike) expect([name, whys.filter(({ of }) => of.test(name)).length]).toEqual([name, 1])
    for (const { of, why } of whys) expect([why, unlike.filter(({ name }) => of.test(name)).length]).not.toEqual([why, 0])
  })

  test('names configurations that there are', () => {
    for (const { configuration } of caught) expect([configuration, configuration === ENDLESS || configurations.has(configuration)]).toEqual([configuration, true])
  })
})

describe('mutants', () => {
  test('that are said to change nothing, or a reason only, do so, in every state that there can be', () => {
    for (const { name, survives } of survivors) {
      const mutant = mutants.get(name)
      if (mutant === undefined) return expect.fail(name)
      expect([name, differenceOf(mutant)]).toEqual([name, survives === 'no change' || survives === 'another reason' ? survives : 'behaviour'])
    }
  })

  const baselines = new Map<string, Baseline>()
  test.each(sampled(caught, 15))('$name: $by', ({ by, configuration, name }) => {
    const mutant = mutants.get(name)
    if (mutant === undefined) return expect.fail(name)
    expect(differenceOf(mutant)).toBe('behaviour')
    const where = configurations.get(configuration)
    const baseline = baselines.get(configuration) ?? (where === undefined ? undefined : baselineOf(where))
    if (baseline === undefined) expect([configuration, endlessly(ready(mutant.set))]).toEqual([ENDLESS, by])
    else {
      baselines.set(configuration, baseline)
      expect(catches(by, ready(mutant.set), baseline)).toBe(true)
    }
  })
})
