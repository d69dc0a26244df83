/** `npm run check`: every gate in order, cheapest first; ends with a line that counts them. */
import { spawnSync } from 'node:child_process'

const gates: ReadonlyArray<readonly [name: string, command: string]> = [
  ['types', 'npm run --silent typecheck'],
  ['lint', 'npm run --silent lint'],
  ['tests', 'npm test --silent'],
  ['build', 'npm run --silent build'],
  ['publint', 'npx publint --strict'],
  ['attw', 'npx attw --pack . --format ascii'],
  ['docs', 'npm run --silent docs'],
  ['conformance', 'npm run --silent conformance'],
]

const results = gates.map(([name, command]) => {
  const started = Date.now()
  process.stdout.write(`\n== ${name}: ${command}\n`)
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' })
  return { name, passed: status === 0, seconds: Math.round((Date.now() - started) / 1000) }
})

process.stdout.write('\n')
for (const { name, passed, seconds } of results) process.stdout.write(`${passed ? 'passed' : 'FAILED'}  ${name} (${seconds} s)\n`)
const failed = results.filter((one) => !one.passed).length
process.stdout.write(`${results.length - failed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
