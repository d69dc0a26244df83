import { mergeConfig } from 'vitest/config'
import shared from '../vitest.config.js'

/** The mutants of the tables, which `npm run mutate` tries before those of the code. */
const config = mergeConfig(shared, {})
config.test = { ...config.test, include: ['test/mutation/rows.test.ts'], exclude: ['**/node_modules/**'], typecheck: { enabled: false }, testTimeout: 1_800_000 }
export default config
