/**
 * The command as it ships, built into a folder of one's own, since other tests and people build at the same time: what
 * `tsup.config.ts` says of the command alone, without the library beside it, which takes three times as long.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Options } from 'tsup'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Builds the command into `dist` of a folder, and makes the folder a package of ES modules; gives its path. */
export const builtCommand = async (folder: string): Promise<string> => {
  // npm says the version to whatever it runs; where npm did not start the tests, it is said here.
  process.env['npm_package_version'] ??= (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }).version
  const { default: config } = await import('../tsup.config.js')
  const all = typeof config === 'function' ? await config({ dts: false }) : config
  const command = [all].flat().find(({ entry }: Options) => entry !== undefined && 'cli' in entry)
  await build({ ...command, config: false, silent: true, outDir: join(folder, 'dist') })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  return join(folder, 'dist', 'cli.js')
}
