import { mergeConfig } from 'vitest/config'
import shared from '../vitest.config.js'

/** The tests that mutation testing of the checks runs. */
const config = mergeConfig(shared, {})
config.test = {
  ...config.test,
  include: ['checker', 'check-play'].map((name) => `test/${name}.test.ts`),
  exclude: ['**/node_modules/**'],
  typecheck: { enabled: false },
  bail: 1,
}
export default config
