/** What a run of the tests has to itself: a folder, which goes when the run ends. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    readonly folder: string
  }
}

const setup = (project: TestProject): (() => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'mpcvd-run-'))
  project.provide('folder', folder)
  return () => { rmSync(folder, { recursive: true, force: true }) }
}
export default setup
