/**
 * Where lines are kept: in memory, or in a folder with one file a case.
 *
 * A line is added at the end of its file, and on the disk before anything is answered. What a process that died left of a
 * line is taken off when the folder is read again; so is what a full disk left of one. One process at a time may have a
 * folder.
 */
import { closeSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Id } from 'mpcvd'

/** A place for lines. */
export interface Store {
  /** All lines of all cases. */
  readonly load: () => ReadonlyMap<Id, ReadonlyArray<string>>
  /** Adds a line to a case, whole or not at all; throws where it cannot. */
  readonly append: (name: Id, line: string) => void
}

/** A store that is gone with the process. */
export const inMemory = (): Store => {
  const lines = new Map<Id, string[]>()
  return { load: () => new Map([...lines].map(([name, each]) => [name, [...each]])), append: (name, line) => void lines.set(name, [...(lines.get(name) ?? []), line]) }
}

const ENDING = '.jsonl'

const toDisk = (path: string): void => {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** A store in a folder. Names of cases have to be such as files can have. */
export const inFolder = (folder: string): Store => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const sizes = new Map<Id, number>()
  const load = (): ReadonlyMap<Id, ReadonlyArray<string>> => {
    const found = new Map<Id, ReadonlyArray<string>>()
    for (const file of readdirSync(folder).filter((each) => each.endsWith(ENDING)).sort()) {
      const name = file.slice(0, -ENDING.length)
      const bytes = readFileSync(join(folder, file))
      const whole = bytes.subarray(0, bytes.lastIndexOf(10) + 1)
      sizes.set(name, whole.length)
      if (whole.length > 0) found.set(name, whole.toString('utf8').split('\n').slice(0, -1))
    }
    return found
  }
  const append = (name: Id, line: string): void => {
    const size = sizes.get(name) ?? 0
    const file = openSync(join(folder, `${name}${ENDING}`), 'a', 0o600)
    try {
      if (fstatSync(file).size > size) ftruncateSync(file, size)
      const bytes = Buffer.from(`${line}\n`)
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
      fsyncSync(file)
      sizes.set(name, size + bytes.length)
    } finally {
      closeSync(file)
    }
    if (size === 0) toDisk(folder)
  }
  load()
  return { load, append }
}
