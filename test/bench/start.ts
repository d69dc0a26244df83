/** What importing costs: whole processes of Node, taken in turn, beside one that imports nothing. */
import { spawnSync } from 'node:child_process'
import { type Group, rowOf } from './timing.js'

const entries = ['index', 'codec', 'case', 'conformance', 'verify'] as const
const ROUNDS = 31

/** The rows, in nanoseconds; `folder` has the built package in its `dist`. */
export const startGroup = (folder: URL): Group => {
  const programs = [['an empty process', ''], ['a module that is empty', 'import \'data:text/javascript,\''], ...entries.map((entry) => [`import 'mpcvd${entry === 'index' ? '' : `/${entry}`}'`, `import ${JSON.stringify(new URL(`dist/${entry}.js`, folder).href)}`])] as const
  const samples = new Map<string, number[]>()
  for (let round = 0; round < ROUNDS; round++)
    for (const [name = '', program = ''] of programs) {
      const before = process.hrtime.bigint()
      spawnSync(process.execPath, ['--input-type=module', '-e', program])
      samples.set(name, [...(samples.get(name) ?? []), Number(process.hrtime.bigint() - before)])
    }
  return { id: 'start', title: 'Starting', unit: 'process', rows: [...samples].map(([name, all]) => rowOf(name, all, name === 'import \'mpcvd\'' ? { note: 'wanted: 15 ms over the empty process' } : {})) }
}
