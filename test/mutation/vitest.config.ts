import { mergeConfig } from 'vitest/config'
import shared from '../vitest.config.js'

/** The tests that mutation testing runs: those of the core, with the full enumerations replaced by a part of them. */
const config = mergeConfig(shared, {})
config.test = {
  ...config.test,
  include: ['bundle', 'local', 'machines', 'message', 'moment', 'mutation/few-states', 'participant', 'permitted', 'reasons', 'replay', 'reply', 'rules', 'sentences'].map((name) => `test/${name}.test.ts`),
  exclude: ['**/node_modules/**'],
  typecheck: { enabled: false },
  bail: 1,
}
export default config
