/**
 * The command as it ships: what `tsup.config.ts` says of the command alone, without the library beside it, which takes three
 * times as long. It is built once for all tests of a run, by the first that asks, into a folder that belongs to the run: other
 * runs, and people, build at the same time.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { build, type Options } from 'tsup'
import { inject } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

const builtInto = async (folder: string): Promise<void> => {
  // npm says the version to whatever it runs; where npm did not start the tests, it is said here.
  process.env['npm_package_version'] ??= (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }).version
  const { default: config } = await import('../tsup.config.js')
  const all = typeof config === 'function' ? await config({ dts: false }) : config
  const command = [all].flat().find(({ entry }: Options) => entry !== undefined && 'cli' in entry)
  await build({ ...command, config: false, silent: true, outDir: folder })
}

/** The folder that is this run's: whoever makes the one inside it builds, and the others wait for its end. */
const once = async (): Promise<string> => {
  const folder = join(inject('folder'), 'command')
  try {
    mkdirSync(folder)
  } catch {
    while (!existsSync(join(folder, 'done'))) await wait(50)
    return folder
  }
  try {
    await builtInto(join(folder, 'dist'))
  } finally {
    writeFileSync(join(folder, 'done'), '')
  }
  return folder
}

/** Puts the command into `dist` of a folder, and makes the folder a package of ES modules; gives its path. */
export const builtCommand = async (folder: string): Promise<string> => {
  cpSync(join(await once(), 'dist'), join(folder, 'dist'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  return join(folder, 'dist', 'cli.js')
}
