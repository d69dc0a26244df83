/**
 * `npm run bench`: the figures that matter, side by side with their peers in one run, on the built package.
 *
 * `npm run bench -- codec start` runs those groups alone, and then writes nothing. A whole run is written to results.json
 * beside this file, from which docs/performance.md is made. Compare rows of one run; absolute times belong to the machine.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { bridgeGroup } from './bridge.js'
import { codecGroups } from './codec.js'
import { historyGroup } from './histories.js'
import { ledgerGroups } from './ledger.js'
import { logGroup } from './log.js'
import type { Measured } from './results.js'
import { sizesOf } from './sizes.js'
import { startGroup } from './start.js'
import type { Group } from './timing.js'
import { transitionGroup } from './transition.js'

const root = new URL('../../', import.meta.url)
const wanted = process.argv.slice(2)
const asked = (id: string): boolean => wanted.length === 0 || wanted.includes(id)

const version = (name: string): string => (JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, root), 'utf8')) as { readonly version: string }).version
const peers = ['ajv', 'arktype', 'esbuild', 'io-ts', 'mitata', 'robot3', 'rollup', 'valibot', 'xstate', 'zod']

const print = (group: Group): void => {
  const width = Math.max(...group.rows.map(({ name }) => name.length))
  console.log(`\n${group.title}: nanoseconds a ${group.unit}`)
  for (const { high, low, name, note, ns, target } of group.rows) {
    const of = target === undefined || 'unit' in target ? undefined : group.rows.find((row) => row.name === target.of)
    const held = target === undefined ? '' : 'unit' in target ? `; wanted ${target.atMost}` : `; ${(ns / (of?.ns ?? NaN)).toFixed(2)} × ${target.of}, wanted ${target.atMost}`
    console.log(`  ${name.padEnd(width)} ${ns.toPrecision(3).padStart(9)}   (${low.toPrecision(3)} … ${high.toPrecision(3)})${held}${note === undefined ? '' : `; ${note}`}`)
  }
}

const groups: Group[] = []
const add = (...more: ReadonlyArray<Group>): void => {
  groups.push(...more)
  more.forEach(print)
}
console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}; medians, with the quarters around them`)
if (asked('start')) add(startGroup(root))
if (asked('transition')) add(await transitionGroup())
if (asked('codec')) add(...await codecGroups())
if (asked('histories')) add(await historyGroup())
let exponent = NaN
if (asked('ledger')) {
  const ledger = await ledgerGroups()
  exponent = ledger.exponent
  add(...ledger.groups)
  console.log(`  ingesting grows with the number of entries to the power of ${exponent.toFixed(2)}`)
}
if (asked('log')) add(logGroup())
if (asked('bridge')) add(await bridgeGroup())
const sizes = asked('sizes') ? await sizesOf(fileURLToPath(root)) : []
for (const { esbuild, name, rollup } of sizes) console.log(`${name.padEnd(32)}${String(esbuild).padStart(8)}${String(rollup).padStart(8)} bytes, by esbuild and by rollup`)
if (wanted.length === 0) {
  const measured: Measured = { node: process.version, processor: cpus()[0]?.model ?? 'unknown', versions: Object.fromEntries(peers.map((name) => [name, version(name)])), groups, exponent, sizes }
  writeFileSync(new URL('results.json', import.meta.url), `${JSON.stringify(measured, null, 2)}\n`)
}
