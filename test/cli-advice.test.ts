/**
 * `mpcvd next`, `mpcvd advise` and `mpcvd simulate` as a user runs them: built, as processes. What they should say is written here by
 * hand, from the case and the published tables.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtCommand } from './built.js'

const folder = mkdtempSync(join(tmpdir(), 'mpcvd-cli-advice-'))
const cli = join(folder, 'dist', 'cli.js')
beforeAll(async () => {
  await builtCommand(folder)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const mpcvd = (args: ReadonlyArray<string>, input = '') => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8', input })
  return { code: status, out: stdout, err: stderr }
}
const [header = '', report = ''] = readFileSync(new URL('../docs/case.jsonl', import.meta.url), 'utf8').split('\n')
const log = `${header}\n${report}\n`

describe('next', () => {
  it('says what is due first, and ends with 1 where something is due at once', () => {
    const { code, out } = mpcvd(['next', '-', '--as', 'acme', '--at', '2026-01-06'], log)
    expect(code).toBe(1)
    const lines = out.split('\n').map((line) => line.trim().replace(/ {2,}.*/, ''))
    expect(lines.slice(0, 10)).toEqual([
      'case c1: acme (R,P,Vfdpxa) at 2026-01-06', 'due', 'must now: A change of its own has not been told to the others.', 'CV', 'must now: A message that came in awaits this answer.', 'RK+EK to ada',
      'should: A proposal awaits its decision.', 'EA on e1', 'ER on e1', 'should: The requirements ask for this in this state.',
    ])
    expect(out).toMatch(/must not: Requirements forbid it here\.\n {2}.*RC \(VP-02-009 VP-02-010\)/)
    expect(mpcvd(['next', '-', '--as', 'ada', '--at', '2026-01-06'], log).code).toBe(0)
  })
  it('says it as JSON, with fractions as text', () => {
    const { out } = mpcvd(['next', '-', '--as', 'acme', '--at', '2026-01-06', '--json'], log)
    const said = JSON.parse(out) as { readonly state: string; readonly moves: ReadonlyArray<{ readonly types: ReadonlyArray<string>; readonly modality: string; readonly says: string; readonly outlooks: ReadonlyArray<{ readonly vendor: string; readonly gain: string; readonly by: object }> }> }
    expect(said.state).toBe('(R,P,Vfdpxa)')
    expect(said.moves[0]).toMatchObject({ types: ['CV'], modality: 'must now', says: 'A change of its own has not been told to the others.' })
    const attack = said.moves.find(({ types }) => types.join() === 'CA')
    // Attacks first: V≺A is met, F≺A, D≺A, P≺A and X≺A are lost; before, luck had them at 1/2, 1/4, 2/3 and 1/2 from this state on.
    expect(attack?.outlooks).toEqual([{ vendor: 'acme', gain: '-23/12', by: { 'F<A': '-1/2', 'D<A': '-1/4', 'P<A': '-2/3', 'X<A': '-1/2' } }])
  })
  it.each([
    [['next'], /next expects at least one file/],
    [['next', '-'], /next expects --as PARTICIPANT/],
    [['next', '-', '--as', 'nobody'], /nobody of the id nobody is in the case; expected one of acme, ada/],
    [['next', 'no-such-file', '--as', 'acme'], /cannot read no-such-file/],
    [['next', '-', '--as', 'acme', '--at', 'soon'], /--at expects an instant/],
  ])('%j: one clear line', (args, line) => {
    const { code, err } = mpcvd(args, log)
    expect(code).toBe(2)
    expect(err).toMatch(line)
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})

describe('advise', () => {
  it('a state: its values with their sources, and what could be done', () => {
    const { code, out } = mpcvd(['advise', 'VFdpxA'])
    expect(code).toBe(0)
    const values = Object.fromEntries(out.split('\n').map((line) => line.trim().split(/ {2,}/)).flatMap(([topic = '', value = '', source]) => (source === undefined ? [] : [[topic, value]])))
    expect(values).toMatchObject({
      'whether an embargo may start': 'no', 'whether one that is in force can hold: viable, at risk, or dead': 'at risk', 'SSVC, exploitation': 'active', 'CVSS 3.1, exploit code maturity (E)': 'H F',
      'CVSS 3.1, remediation level (RL)': 'T O', 'CVSS 4.0, exploit maturity (E)': 'A', 'kinds of zero day that the state shows: vulnerability (V), exploit (E), attack (A)': 'A3',
    })
    expect(out).toContain('what could be done:')
  })
  it('a shorter state is all that it fits; compact notation knows of the embargo; roles choose', () => {
    expect(mpcvd(['advise', 'pxa']).out).toMatch(/^pxa, 4 states: vfdpxa Vfdpxa VFdpxa VFDpxa\n {2}whether an embargo may start +yes or with care or no /)
    expect(mpcvd(['advise', '(A,A,Vfdpxa)']).out).toContain('against the embargo in force')
    expect(mpcvd(['advise', '(A,N,Vfdpxa)']).out).not.toContain('against the embargo in force')
    expect(mpcvd(['advise', 'Vfdpxa', '--roles', 'vendor']).out).not.toContain('Urge the vendor')
    expect(mpcvd(['advise', 'Vfdpxa', '--roles', 'reporter']).out).toContain('Urge the vendor to make a fix.')
    const said = JSON.parse(mpcvd(['advise', 'VFDPXA', '--json']).out) as ReadonlyArray<{ readonly state: string; readonly suggestions: ReadonlyArray<{ readonly action: string }> }>
    expect(said.map(({ state, suggestions }) => [state, suggestions.at(-1)?.action])).toEqual([['VFDPXA', 'close-case']])
  })
  it.each([[['advise']], [['advise', 'Vfdpxa', 'pxa']], [['advise', 'vFdpxa']], [['advise', '(A,A)']], [['advise', '\u001b[31m']], [['advise', 'Vfdpxa', '--roles', 'king']]])('%j: one clear line', (args) => {
    const { code, err, out } = mpcvd(args)
    expect([code, out]).toEqual([2, ''])
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).not.toContain('\u001b')
  })
})

describe('simulate', () => {
  it('prints a log that conforms, the same for the same seed', () => {
    const first = mpcvd(['simulate', '--seed', '7', '--roles', 'reporter,vendor+deployer'])
    expect(first.code).toBe(0)
    expect(JSON.parse(first.out.split('\n')[0] ?? '')).toMatchObject({ log: 1, case: 'simulated-7', participants: [{ id: 'reporter', roles: ['reporter'] }, { id: 'deployer', roles: ['vendor', 'deployer'] }] })
    expect(mpcvd(['simulate', '--seed', '7', '--roles', 'reporter,vendor+deployer']).out).toBe(first.out)
    expect(mpcvd(['simulate', '--seed', '8', '--roles', 'reporter,vendor+deployer']).out).not.toBe(first.out)
    expect(mpcvd(['check', '--level', 'L3', '-'], first.out)).toMatchObject({ code: 0 })
    expect(mpcvd(['check', '-'], first.out)).toMatchObject({ code: 0 })
  })
  it.each([
    [['simulate'], /simulate expects --roles/], [['simulate', '--roles', 'reporter,king'], /simulate expects --roles/], [['simulate', '--roles', ''], /simulate expects --roles/],
    [['simulate', '--roles', 'vendor+vendor'], /simulate expects --roles/], [['simulate', '--roles', 'vendor', '--steps', '0'], /--steps expects a whole number from 1 to 10000, got 0/],
    [['simulate', '--roles', 'vendor', '--steps', '1e9'], /--steps expects/], [['simulate', '--roles', 'vendor', 'file'], /takes options only/],
  ])('%j: one clear line', (args, line) => {
    const { code, err } = mpcvd(args)
    expect(code).toBe(2)
    expect(err).toMatch(line)
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})
