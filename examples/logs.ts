/**
 * What the examples share about case logs: reading one from a file, and saying in a few words where everybody ended and
 * what there was to find.
 */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type CaseLog, type Finding, formatState, type Id, type Replay } from 'mpcvd'
import { decodeLog } from 'mpcvd/codec'
import type { Breach } from 'mpcvd/conformance'

const here = new URL('./', import.meta.url)

/** The logs of a folder beside this file, each as its path without the ending, in natural order. */
export const logsIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(new URL(`${folder}/`, here))
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => `${folder}/${file.slice(0, -'.jsonl'.length)}`)
    .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))

/** Reads a log, and insists that every line of it can be read whole. */
export const readLog = (path: string): CaseLog => {
  const read = decodeLog(readFileSync(new URL(`${path}.jsonl`, here), 'utf8'))
  assert(read._tag === 'Right', `${path}: the header cannot be read`)
  assert.deepEqual(read.right.faults, [], `${path}: some lines cannot be read`)
  assert.deepEqual(read.right.warnings, [], `${path}: some fields are not known`)
  return read.right.log
}

/** Where everybody is at the end of a replay, by id, in compact notation. */
export const endStates = (replayed: Replay): Readonly<Record<Id, string>> =>
  Object.fromEntries(replayed.participants.map((one) => [one.id, formatState(one)]))

/** The id of an entry, or its line where it has none. */
const placeOf = (log: CaseLog, entry: number): string => {
  const found = log.entries[entry]
  if (found === undefined) return 'nowhere'
  if ('message' in found) return found.message.id
  const id = 'local' in found ? found.local.id : 'observation' in found ? found.observation.id : undefined
  return id ?? `line ${entry + 2}`
}

/**
 * A finding in a few words, for tables of what is expected: `W2a.2 wrong-reply Vendor: RK, due EK`. What a refused
 * sender might have sent instead is left out; it depends on nothing but the state.
 */
export const inBrief = (log: CaseLog, finding: Finding): string => {
  const about = [placeOf(log, finding.entry), finding.kind, ...(finding.participant === undefined ? [] : [finding.participant])]
  const got = finding.got.join(' ') || 'nothing'
  const due = finding.expected.join(' ') || 'nothing'
  return `${about.join(' ')}: ${finding.kind === 'refused' ? got : `${got}, ${finding.kind === 'time-order' ? 'before' : 'due'} ${due}`}`
}

/** A finding of a check against the requirements in a few words: `W2a.2 error wrong-reply Vendor`. */
export const breachInBrief = (log: CaseLog, { entry, kind, participant, root, severity }: Breach): string =>
  [placeOf(log, entry), severity, ...(root ? [] : ['derived']), kind, ...(participant === undefined ? [] : [participant])].join(' ')

/** Whether a module is the program that was started, and not a part of another. */
export const isProgram = (url: string): boolean => process.argv[1] === fileURLToPath(url)
