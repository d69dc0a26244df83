import { existsSync, readFileSync } from 'node:fs'
import { defineConfig } from 'tsup'

/** What the package's exports name, each with the file that it is built from: there is no other list. */
const { exports: faces } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { readonly exports: Readonly<Record<string, unknown>> }
const names = Object.keys(faces).filter((face) => typeof faces[face] === 'object').map((face) => face.slice(2) || 'index')
export const entries = Object.fromEntries(names.map((name) => [name, [`src/${name}.ts`, `src/${name}/index.ts`].find((path) => existsSync(new URL(path, import.meta.url))) ?? `src/${name}.ts`]))

/**
 * The JavaScript of fp-ts and io-ts goes inside: their folder imports do not load in Node ESM. Their types stay imports,
 * so both remain dependencies; their notices ship in THIRD-PARTY-NOTICES.md.
 */
const shared = {
  format: ['esm', 'cjs'] as Array<'esm' | 'cjs'>,
  target: 'es2022',
  treeshake: true,
  noExternal: [/^fp-ts(\/|$)/, /^io-ts(\/|$)/, 'canonicalize', 'ical.js'],
}

export default defineConfig((options) => [
  {
    ...shared,
    entry: entries,
    platform: 'neutral',
    splitting: true,
    clean: true,
    dts: options.dts !== false,
  },
  {
    ...shared,
    entry: { cli: 'src/cli/main.ts' },
    format: ['esm'],
    platform: 'node',
    // Each command is a file of its own, so that none waits for what another needs.
    splitting: true,
    esbuildOptions: (build) => { build.chunkNames = 'cli/[name]-[hash]' },
    dts: false,
    define: { __VERSION__: JSON.stringify(process.env['npm_package_version'] ?? '0.0.0') },
  },
])
