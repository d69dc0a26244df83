import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^mpcvd$/, replacement: `${root}src/index.ts` },
      { find: /^mpcvd\/bridge\/([\w-]+)$/, replacement: `${root}src/bridge/$1.ts` },
      { find: /^mpcvd\/([\w-]+)$/, replacement: `${root}src/$1/index.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/mutation/**', '**/node_modules/**', '.stryker-tmp/**'],
    globalSetup: 'test/run.ts',
    testTimeout: 60_000,
    maxWorkers: 2,
    typecheck: { enabled: true, include: ['test/**/*.test-d.ts'], tsconfig: 'test/types.tsconfig.json' },
  },
})
