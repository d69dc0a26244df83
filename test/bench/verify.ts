/**
 * `tsx test/bench/verify.ts`, after a build: the explorer beside SPIN, on the same models, in one run, reductions off.
 *
 * SPIN is compiled as for its best (`-O2`, safety only, no partial-order reduction) and asked for nothing but the states; so is
 * ours. Each row is the median of five runs, ours and SPIN's in turn. Seconds are of processor time, everything that either
 * process does counted, so that they are those of one core. What is done once for a model is told apart: ours asks the rules for
 * every step of a participant the first time that it comes to it; for SPIN a program is written and compiled. Compare figures of
 * one run; absolute times belong to the machine.
 *
 * Bytes for a state: ours are all that the store holds, its hash table and the way back to the start included. SPIN's are what
 * it says that states take, then with its hash table, which is given as many slots as there are states, rounded up to a power
 * of two; its search stack comes on top of that. The table is printed and written to verify.json beside this file.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { adopted, published } from 'mpcvd'
import { explore, type Model, promela, type System, systemOf } from 'mpcvd/verify'

interface Run { readonly states: number; readonly seconds: number; readonly bytes: number; readonly bytesWithTable: number }

const reporter = { roles: ['reporter'] } as const
const vendor = { roles: ['vendor'] } as const
const coordinator = { roles: ['coordinator'] } as const
const models: ReadonlyMap<string, Model> = new Map<string, Model>([
  ['adopted, reporter and vendor, everything, 3 steps', { protocol: adopted, participants: [reporter, vendor], channel: { bound: 2 }, steps: 3 }],
  ['adopted, reporter and vendor, em and public, any number of steps, no acknowledgements', { protocol: adopted, participants: [reporter, vendor], channel: { bound: 2 }, about: ['em', 'public'], acknowledgements: false }],
  ['published, reporter and vendor, em and public, any number of steps, no acknowledgements', { protocol: published, participants: [reporter, vendor], channel: { bound: 2 }, about: ['em', 'public'], acknowledgements: false }],
  ['adopted, reporter, coordinator and vendor, em and public, 3 steps, no acknowledgements', { protocol: adopted, participants: [reporter, coordinator, vendor], channel: { bound: 2 }, about: ['em', 'public'], steps: 3, acknowledgements: false }],
])

const there = (command: string): boolean => {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const median = (numbers: ReadonlyArray<number>): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN

const ours = (system: System): Run => {
  const before = process.cpuUsage()
  const exploration = explore(system, [], { memory: 2 ** 32, rows: false })
  exploration.advance(Infinity)
  const { system: kernel, user } = process.cpuUsage(before)
  const [states, bytes] = [exploration.states(), exploration.store.bytes()]
  return { states, seconds: (kernel + user) / 1e6, bytes: bytes / states, bytesWithTable: bytes / states }
}

/** Compiles a model for SPIN once, and says how to run it. */
const spinFor = (model: Model, states: number, folder: string): { readonly prepared: number; readonly run: () => Run } => {
  const began = performance.now()
  const text = promela(model)
  if (text._tag === 'Left') throw new Error(JSON.stringify(text.left))
  const cwd = mkdtempSync(join(folder, 'model-'))
  writeFileSync(join(cwd, 'model.pml'), text.right)
  execFileSync('spin', ['-a', 'model.pml'], { cwd })
  execFileSync('gcc', ['-O2', '-w', '-DSAFETY', '-DNOREDUCE', '-o', 'pan', 'pan.c'], { cwd })
  const prepared = (performance.now() - began) / 1000
  const width = Math.ceil(Math.log2(states))
  const run = (): Run => {
    const said = execFileSync('sh', ['-c', `./pan -E -m${states} -w${width}; times`], { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 })
    const number = (pattern: RegExp): number => Number(pattern.exec(said)?.[1])
    if (said.includes('max search depth too small')) throw new Error(said)
    // The last line of `times` is of the shell's children: user and system.
    const seconds = (said.trim().split('\n').at(-1) ?? '').split(' ').reduce((sum, time) => sum + Number(/^(\d+)m/.exec(time)?.[1]) * 60 + Number(/m([\d.]+)s/.exec(time)?.[1]), 0)
    const stored = number(/([\d.e+]+) states, stored/)
    const [forStates, forTable] = [number(/([\d.]+)\s+actual memory usage for states/), number(/([\d.]+)\s+memory used for hash table/)]
    return { states: stored, seconds, bytes: (forStates * 2 ** 20) / stored, bytesWithTable: ((forStates + forTable) * 2 ** 20) / stored }
  }
  return { prepared, run }
}

const missing = ['spin', 'gcc'].filter((command) => !there(command))
if (missing.length > 0) console.log(`skipped: ${missing.join(' and ')} not on this machine`)
else {
  const folder = mkdtempSync(join(tmpdir(), 'mpcvd-bench-'))
  const rows = [...models].map(([name, model]) => {
    const system = systemOf(model)
    const first = ours(system)
    const spin = spinFor(model, first.states, folder)
    const runs = [0, 1, 2, 3, 4].map(() => ({ mine: ours(system), theirs: spin.run() }))
    const side = (which: 'mine' | 'theirs') => {
      const [one] = runs.map((run) => run[which])
      const seconds = median(runs.map((run) => run[which].seconds))
      return { states: one?.states ?? NaN, seconds, statesPerSecond: (one?.states ?? NaN) / seconds, bytes: one?.bytes ?? NaN, bytesWithTable: one?.bytesWithTable ?? NaN }
    }
    const [mine, theirs] = [side('mine'), side('theirs')]
    const thousands = (value: number): string => Math.round(value / 1000).toLocaleString('en')
    console.log(name)
    for (const [title, one] of [['ours', mine], ['SPIN', theirs]] as const)
      console.log(`  ${title}  ${one.states.toLocaleString('en')} states in ${one.seconds.toFixed(2)} s: ${thousands(one.statesPerSecond)} thousand a second; ${one.bytes.toFixed(0)} bytes a state, ${one.bytesWithTable.toFixed(0)} with the hash table`)
    const rate = mine.statesPerSecond / theirs.statesPerSecond
    console.log(`  ${rate.toFixed(2)} times SPIN's rate; before that, ours asked the rules, ${(first.seconds - mine.seconds).toFixed(1)} s, and SPIN was written and compiled, ${spin.prepared.toFixed(1)} s`)
    return { model: name, ours: mine, spin: theirs, rate, before: { ours: first.seconds - mine.seconds, spin: spin.prepared } }
  })
  rmSync(folder, { recursive: true, force: true })
  writeFileSync(new URL('verify.json', import.meta.url), `${JSON.stringify({ node: process.version, processor: cpus()[0]?.model, rows }, null, 2)}\n`)
}
