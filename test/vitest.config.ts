import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^mpcvd$/, replacement: `${root}src/index.ts` },
      { find: /^mpcvd\/diagram$/, replacement: `${root}src/diagram/index.ts` },
      { find: /^mpcvd\/case$/, replacement: `${root}src/case/index.ts` },
      { find: /^mpcvd\/conformance$/, replacement: `${root}src/conformance/index.ts` },
      { find: /^mpcvd\/crosswalk$/, replacement: `${root}src/crosswalk/index.ts` },
      { find: /^mpcvd\/measuring$/, replacement: `${root}src/measuring/index.ts` },
      { find: /^mpcvd\/advice$/, replacement: `${root}src/advice/index.ts` },
      { find: /^mpcvd\/verify$/, replacement: `${root}src/verify/index.ts` },
      { find: /^mpcvd\/bridge$/, replacement: `${root}src/bridge/index.ts` },
      { find: /^mpcvd\/bridge\/([\w-]+)$/, replacement: `${root}src/bridge/$1.ts` },
      { find: /^mpcvd\/codec$/, replacement: `${root}src/codec/index.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/mutation/**', '**/node_modules/**', '.stryker-tmp/**'],
    testTimeout: 60_000,
    maxWorkers: 2,
    typecheck: { enabled: true, include: ['test/**/*.test-d.ts'], tsconfig: 'test/types.tsconfig.json' },
  },
})
