import { defineConfig } from 'tsup'

/**
 * The JavaScript of fp-ts and io-ts goes inside: their folder imports do not load in Node ESM. Their types stay imports,
 * so both remain dependencies; their notices ship in THIRD-PARTY-NOTICES.md.
 */
const shared = {
  format: ['esm', 'cjs'] as Array<'esm' | 'cjs'>,
  target: 'es2022',
  treeshake: true,
  noExternal: [/^fp-ts(\/|$)/, /^io-ts(\/|$)/, 'canonicalize'],
}

export default defineConfig((options) => [
  {
    ...shared,
    entry: {
      index: 'src/index.ts', codec: 'src/codec/index.ts', case: 'src/case/index.ts', diagram: 'src/diagram/index.ts', conformance: 'src/conformance/index.ts',
      crosswalk: 'src/crosswalk/index.ts', measuring: 'src/measuring/index.ts', advice: 'src/advice/index.ts', verify: 'src/verify/index.ts',
    },
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
    dts: false,
    define: { __VERSION__: JSON.stringify(process.env['npm_package_version'] ?? '0.0.0') },
  },
])
