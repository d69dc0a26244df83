/**
 * `mpcvd verify` as a user runs it: built, as a process. Verdicts and numbers of states come from the counts that SPIN and the plain
 * search of the other tests agree on, or from models small enough to count.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeLog } from 'mpcvd/codec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtCommand } from './built.js'

const folder = mkdtempSync(join(tmpdir(), 'mpcvd-cli-verify-'))
const cli = join(folder, 'dist', 'cli.js')

beforeAll(async () => {
  await builtCommand(folder)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const mpcvd = (...args: ReadonlyArray<string>) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'verify', ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 })
  return { code: status, out: stdout, err: stderr }
}
const pair = ['--roles', 'reporter,vendor'] as const

describe('one clear line for what cannot be asked', () => {
  it.each([
    [[], /expects --roles, such as --roles reporter,vendor/],
    [['--roles', ''], /got nothing/],
    [['--roles', 'reporter'], /participants: expected two to 6 of them; got 1/],
    [['--roles', 'reporter,hacker'], /expects participants of these roles: finder, reporter, .*; got hacker/],
    [['--roles', 'vendor@(A,N)'], /expects a state after @/],
    [['--roles', 'reporter,vendor@(A,N,Dpxa)'], /start: expected a case state of a vendor; got Dpxa/],
    [['--roles', Array.from({ length: 7 }, () => 'vendor').join(',')], /two to 6 of them; got 7/],
    [[...pair, '--channel', 'fifo:0'], /a bound from 1 on, such as fifo:2; got fifo:0/],
    [[...pair, '--channel', 'fifo+reordering:2'], /--channel expects fifo or reordering/],
    [[...pair, '--channel', 'pigeon:2'], /got pigeon:2/],
    [[...pair, '--property', 'peace'], /--property expects one of deadlock, overflow, .*; got peace/],
    [[...pair, '--about', 'em,weather'], /--about expects one or more of rm, em, path, public; got em,weather/],
    [[...pair, '--steps=-1'], /--steps expects a whole number from 0 on, or all; got -1/],
    [[...pair, '--steps', '999'], /steps: expected a whole number from 0 to 250; got 999/],
    [[...pair, '--memory', 'lots'], /--memory expects a whole number/],
    [[...pair, '--protocol', 'draft'], /--protocol expects published or adopted/],
    [[...pair, 'extra'], /takes options only, got extra/],
    [[...pair, '--ledger', 'time'], /--ledger expects one of causal, manager; got time/],
    [[...pair, '--ledger', 'causal', '--promela'], /--ledger does not take --promela/],
    [[...pair, '--ledger', 'causal', '--about', 'rm'], /--about for ledgers expects em, public, or both; got rm/],
    [[...pair, '--ledger', 'causal', '--channel', 'fifo+losing:2'], /--channel for ledgers expects fifo or reordering/],
    [[...pair, '--ledger', 'causal', '--steps', 'all'], /--steps for ledgers expects a whole number from 1 on/],
    [[...pair, '--ledger', 'causal', '--steps', '0'], /got 0/],
    [[...pair, '--ledger', 'causal', '--property', 'peace'], /--property for ledgers expects one of same-case, .*; got peace/],
    [['--ledger', 'causal', '--roles', 'reporter'], /participants: expected two to 6/],
    [['--ledger', 'causal', '--roles', 'reporter,vendor@(A,N,Vfdpxa)'], /expects no state after @/],
    [[...pair, '--ledger', 'causal', '--decision', 'loudest'], /--decision expects one of first, unanimous, owner; got loudest/],
  ] as const)('%j', (args, said) => {
    const { code, out, err } = mpcvd(...args)
    expect({ code, out, lines: err.split('\n').length - 1 }, err).toEqual({ code: 2, out: '', lines: 1 })
    expect(err).toMatch(said)
    expect(err).toMatch(/^mpcvd: /)
    expect(err).not.toMatch(/undefined|NaN|is not a function/)
  })
})

describe('verdicts', () => {
  it('hold with exit code 0, are violated with 1', () => {
    expect(mpcvd(...pair, '--steps', '1', '--property', 'path-order')).toMatchObject({ code: 0, err: '' })
    const { code, out, err } = mpcvd(...pair, '--steps', '1', '--about', 'public', '--protocol', 'published', '--property', 'divergence-public')
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out).toContain('At the start reporter is in (A,N,pxa), vendor is in (A,N,Vfdpxa).')
  })

  it('are unknown with exit code 2 where the memory does not suffice, and nothing is said to hold', () => {
    const { code, out } = mpcvd(...pair, '--steps', 'all', '--memory', '1', '--property', 'path-order')
    expect(code).toBe(2)
    expect(out).toMatch(/path-order +unknown/)
    expect(out).toMatch(/ states, .*\n {2}stopped there: .* what is unknown is not proved/)
    expect(out).not.toMatch(/path-order +holds/)
  }, 60_000)

  it('as JSON say the same, with runs as case logs', () => {
    const args = [...pair, '--steps', '2', '--about', 'em', '--no-acknowledgements', '--property', 'divergence-em']
    const { code, out } = mpcvd(...args, '--json')
    const told = JSON.parse(out) as { readonly verdicts: ReadonlyArray<{ readonly verdict: string; readonly shortest: boolean; readonly counterexample: { readonly log: ReadonlyArray<object> } }> }
    const [first] = told.verdicts
    expect([code, told.verdicts.length, first?.verdict, first?.shortest]).toEqual([1, 1, 'violated', true])
    expect(decodeLog((first?.counterexample.log ?? []).map((line) => `${JSON.stringify(line)}\n`).join(''))).toMatchObject({ _tag: 'Right', right: { faults: [], warnings: [] } })
    expect(mpcvd(...args).out).toContain(`${String((told as unknown as { readonly efforts: ReadonlyArray<{ readonly states: number }> }).efforts[0]?.states.toLocaleString('en-US'))} states`)
  })

  it('leave runs that the other commands read', () => {
    expect(mpcvd(...pair, '--steps', '2', '--property', 'divergence-em', '--property', 'error-answered', '--out', 'kept').code).toBe(1)
    expect(readdirSync(join(folder, 'kept')).sort()).toEqual(['divergence-em', 'error-answered'].flatMap((name) => ['jsonl', 'mmd', 'svg'].map((ending) => `${name}.${ending}`)))
    for (const command of ['check', 'timeline']) {
      const { status, stderr } = spawnSync(process.execPath, [cli, command, 'kept/divergence-em.jsonl'], { cwd: folder, encoding: 'utf8' })
      expect([status === 0 || status === 1, stderr], command).toEqual([true, ''])
    }
    writeFileSync(join(folder, 'file'), '')
    expect(mpcvd(...pair, '--steps', '2', '--property', 'divergence-em', '--out', 'file')).toMatchObject({ code: 2, err: expect.stringMatching(/^mpcvd: cannot write to file: .*\n$/) })
  })

  it('are silent on standard error where that is no terminal', () => {
    expect(mpcvd(...pair, '--steps', '3').err).toBe('')
  })
})

describe('ledgers', () => {
  it('agree, and those who keep none do not', () => {
    const { code, out, err } = mpcvd(...pair, '--ledger', 'causal', '--about', 'em')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^adopted with ledgers: reporter, vendor; causal order, first; 3 entries of EP, EA, EV, EJ, EC, ER, ET; fifo\n\nholds in every run\n/)
    const [, apart, kept] = /participants disagree in ([\d,]+); their ledgers, given the same messages, in ([\d,]+)\n/.exec(out) ?? []
    expect([Number(apart) > 0, kept]).toEqual([true, '0'])
  })

  it('cannot mend what the published rules say of CA; the run is kept', () => {
    const { code, out } = mpcvd(...pair, '--ledger', 'causal', '--protocol', 'published', '--about', 'public', '--steps', '1', '--out', 'ledgers')
    expect(code).toBe(1)
    expect(out).toMatch(/\nviolated: same state\n {2}reporter has, in this order: /)
    const log = decodeLog(readFileSync(join(folder, 'ledgers', 'same-state.jsonl'), 'utf8'))
    expect(log).toMatchObject({ _tag: 'Right', right: { faults: [], log: { entries: [{ message: { types: ['CA'] } }, { receipt: {} }] } } })
    expect(JSON.parse(mpcvd(...pair, '--ledger', 'causal', '--about', 'em', '--steps', '1', '--json').out)).toMatchObject({ holds: true, without: { without: 0, with: 0 } })
  })
})

describe('Promela', () => {
  it('is written, of the same model', () => {
    const { code, out, err } = mpcvd(...pair, '--about', 'em', '--steps', '1', '--promela')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^\/\*\n \* The protocol adopted@1 among reporter, vendor/)
  })
})
