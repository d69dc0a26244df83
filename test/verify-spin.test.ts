/**
 * A second opinion: SPIN, on the Promela text of a model, counts as many states and comes to the same verdicts.
 *
 * The text is generated from the rows, not from what the explorer works out, and SPIN explores it in its own way, depth first.
 * For each configuration one text asserts several properties; SPIN goes on after a violation, so that one run gives the number
 * of states and all verdicts. Ours are asked with reductions, and the number of states without. Shortest runs are compared where
 * SPIN's breadth-first search finds one at little cost.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { adopted, protocol, published, type Row, type RuleSet } from 'mpcvd'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adoptedRules } from '../src/protocol/adopted.js'
import { explore } from '../src/verify/explore.js'
import { checkModel, type Model } from '../src/verify/model.js'
import { promela } from '../src/verify/promela.js'
import { commands } from '../src/verify/promela-header.js'
import { propertyTexts, withoutPromela } from '../src/verify/promela-properties.js'
import { livenessFor, properties } from '../src/verify/properties.js'
import { systemOf } from '../src/verify/system.js'
import { verify } from '../src/verify/verify.js'
import { whole } from './whole.js'

const run = promisify(execFile)
const there = async (command: string): Promise<boolean> => run('sh', ['-c', `command -v ${command}`]).then(() => true, () => false)
const [hasSpin, hasCompiler] = [await there('spin'), await there('gcc')]
const missing = !whole ? 'WHOLE=1' : hasSpin ? (hasCompiler ? undefined : 'gcc') : 'spin'

const reporter = { roles: ['reporter'] } as const
const vendor = { roles: ['vendor'] } as const
const coordinator = { roles: ['coordinator'] } as const
const deployer = { roles: ['deployer'] } as const
const both = { roles: ['vendor', 'deployer'] } as const

const changed = (rows: ReadonlyArray<Row>, id: string, change: Partial<Row>): ReadonlyArray<Row> => rows.map((row) => (row.id === id ? { ...row, ...change } : row))

/** The adopted rules with one row changed: a refused proposal is acknowledged instead. */
const oneRow: RuleSet = { ...adoptedRules, received: changed(adoptedRules.received, 'received.EP.refused', { replies: ['EK'] }) }

/** The adopted rules with a row broken for each property that neither protocol violates; what is forced may then stay unforced. */
const broken: RuleSet = {
  ...adoptedRules,
  sent: [
    ['sent.RS', { when: {} }], ['sent.CV', { when: { cs: 'v.....' }, fire: { cs: ['F'] } }],
    ['sent.EP', { when: { em: ['None', 'Proposed'] } }], ['sent.EA', { fire: {} }],
  ].reduce((rows, [id, change]) => changed(rows, id as string, change as Partial<Row>), adoptedRules.sent),
  received: changed(adoptedRules.received, 'received.closed', { fire: { em: 'propose' } }).filter(({ id }) => id !== 'received.CP'),
  forced: adoptedRules.forced.filter(({ id }) => id !== 'forced.V'),
  consequences: adoptedRules.consequences.filter(({ id }) => id !== 'after.V' && id !== 'after.not-viable.proposed'),
  extraEdges: { cs: { vfdpxa: { F: 'VFdpxa' } } },
}

const safety = ['unspecified-reception', 'error-answered', 'bound-after-public', 'embargo-begins-public', 'passes-through']
const rest = ['divergence-em', 'divergence-public']
const all = Object.keys(propertyTexts).filter((id) => id !== 'one-active-embargo')

interface Case {
  readonly model: Model
  readonly asked: ReadonlyArray<string>
}
const cases: ReadonlyMap<string, Case> = new Map<string, Case>([
  ['adopted, em and public, with acknowledgements', { model: { protocol: adopted, participants: [reporter, vendor], channel: { bound: 2 }, about: ['em', 'public'], steps: 2 }, asked: ['deadlock', 'overflow', ...rest] }],
  ['published, em and public, with acknowledgements', { model: { protocol: published, participants: [reporter, vendor], channel: { bound: 2 }, about: ['em', 'public'], steps: 2 }, asked: all }],
  ['adopted, everything', { model: { protocol: adopted, participants: [reporter, vendor], channel: { bound: 2 }, steps: 2 }, asked: [] }],
  ['published, everything, local steps', { model: { protocol: published, participants: [coordinator, vendor], channel: { bound: 1 }, local: true, steps: 2, acknowledgements: false }, asked: all }],
  ['adopted, fix path of a vendor that deploys, local steps', { model: { protocol: adopted, participants: [reporter, both], channel: { bound: 1 }, about: ['path', 'public'], local: true, steps: 2 }, asked: ['deadlock', 'overflow', ...rest, ...safety] }],
  ['published, deployer and vendor, repeats', { model: { protocol: published, participants: [deployer, vendor], channel: { bound: 1 }, steps: 3, repeats: 1, acknowledgements: false }, asked: ['deadlock', ...rest, ...safety, 'fix-in-hand'] }],
  ['adopted, a finite negotiation of any length', { model: { protocol: adopted, participants: [coordinator, vendor], channel: { bound: 1 }, about: ['em'], repeats: 1, acknowledgements: false }, asked: ['deadlock', 'divergence-em', 'error-answered'] }],
  ['adopted, three', { model: { protocol: adopted, participants: [reporter, coordinator, vendor], channel: { bound: 1 }, about: ['em', 'public'], steps: 2, acknowledgements: false }, asked: ['deadlock', ...rest] }],
  ['published, three, equal vendors', { model: { protocol: published, participants: [reporter, vendor, vendor], channel: { bound: 2 }, about: ['em', 'public'], steps: 2, acknowledgements: false }, asked: ['deadlock', 'overflow', ...rest, ...safety] }],
  ['adopted, a script', {
    model: {
      protocol: adopted, participants: [reporter, vendor], channel: { bound: 2 }, acknowledgements: false,
      script: [{ by: 0, does: 'RS' }, { by: 1, does: 'EP' }, { by: 0, does: 'EA' }, { by: 1, does: 'learn X' }, { by: 1, does: 'CX+CP' }, { by: 0, does: 'CA' }],
    },
    asked: ['deadlock', ...rest, ...safety],
  }],
  ['adopted, reordering', { model: { protocol: adopted, participants: [reporter, vendor], channel: { bound: 2, reordering: true }, about: ['em'], steps: 4, acknowledgements: false }, asked: ['divergence-em', 'error-answered'] }],
  ['published, duplicating and losing', { model: { protocol: published, participants: [reporter, vendor], channel: { bound: 2, duplicating: true, losing: true }, about: ['em'], steps: 2, acknowledgements: false }, asked: ['deadlock', ...rest, 'error-answered'] }],
  ['published, everything at once in any order', { model: { protocol: published, participants: [reporter, vendor], channel: { bound: 2, reordering: true, duplicating: true, losing: true }, about: ['em', 'public'], steps: 2, acknowledgements: false }, asked: rest }],
  ['adopted, terms told apart', { model: { protocol: adopted, participants: [reporter, vendor], channel: { bound: 2 }, about: ['em'], steps: 4, terms: true, acknowledgements: false }, asked: ['one-active-embargo', 'divergence-em'] }],
  ['published, terms told apart', { model: { protocol: published, participants: [reporter, vendor], channel: { bound: 1 }, about: ['em', 'public'], steps: 2, terms: true, acknowledgements: false }, asked: ['one-active-embargo'] }],
  ['published, acknowledgements awaited', { model: { protocol: published, participants: [reporter, vendor], channel: { bound: 2 }, about: ['rm'], steps: 3, awaits: ['RS'] }, asked: ['error-answered'] }],
  ['one row changed', { model: { protocol: protocol(oneRow), participants: [reporter, vendor], channel: { bound: 2 }, about: ['em', 'public'], steps: 2, acknowledgements: false }, asked: [...rest, ...safety] }],
  ['many rows broken', { model: { protocol: protocol(broken), participants: [reporter, vendor], channel: { bound: 1 }, about: ['rm', 'em', 'path', 'public'], steps: 2, acknowledgements: false }, asked: all.filter((id) => id !== 'deadlock' && id !== 'overflow') }],
  ['published, no step at all', { model: { protocol: published, participants: [vendor, deployer], channel: { bound: 1 }, steps: 0 }, asked: ['deadlock', 'overflow'] }],
])

interface Opinion {
  readonly states: number
  readonly violated: ReadonlyArray<string>
}

let folder = ''
const textOf = (model: Model, asked: ReadonlyArray<string>): string => {
  const text = promela(model, asked)
  if (text._tag === 'Left') throw new Error(JSON.stringify(text.left))
  return text.right
}
/** What a command says, whether it ends well or not: SPIN ends with 1 where it replays a violation. */
const said = async (line: string, cwd: string): Promise<string> => {
  const { stdout } = await run('sh', ['-c', line], { cwd, maxBuffer: 2 ** 26 }).catch((failed: unknown) => failed as { readonly stdout: string })
  return stdout
}
const folderWith = async (text: string): Promise<string> => {
  const cwd = await mkdtemp(join(folder, 'model-'))
  await writeFile(join(cwd, 'model.pml'), text)
  return cwd
}

/** What SPIN says of a text; its properties by their names there. */
const spinSays = async (text: string): Promise<Opinion> => {
  const cwd = await folderWith(text)
  const warnings = await said('spin -a model.pml', cwd)
  await run('gcc', ['-O0', '-w', '-DSAFETY', '-DNOREDUCE', '-o', 'pan', 'pan.c'], { cwd })
  const found = await said('./pan -E -c0 -e -w18 -m500000', cwd)
  if (warnings !== '' || found.includes('max search depth too small')) throw new Error(warnings + found)
  return {
    states: Number(/([\d.e+]+) states, stored/.exec(found)?.[1]),
    violated: [...found.matchAll(/assertion violated\s+!\((\w+)_violated\)/g)].map(([, property]) => property ?? '').sort(),
  }
}
/** How many steps SPIN's shortest run to a violation has. */
const shortest = async (text: string): Promise<number> => {
  const cwd = await folderWith(text)
  await run('spin', ['-DVISIBLE', '-a', 'model.pml'], { cwd })
  await run('gcc', ['-O0', '-w', '-DSAFETY', '-DNOREDUCE', '-DBFS', '-o', 'pan', 'pan.c'], { cwd })
  await run('./pan', ['-E', '-w18'], { cwd })
  return Number(/trail ends after (\d+) steps/.exec(await said('spin -DVISIBLE -t model.pml', cwd))?.[1])
}
const named = (id: string): string => id.replace(/-/g, '_')
const propertiesOf = (ids: ReadonlyArray<string>) => properties.filter(({ id }) => ids.includes(id))

/** What the library says: the states without reductions, the verdicts with them. */
const weSay = ({ asked, model }: Case): Opinion => {
  const exploration = explore(systemOf(model), [])
  exploration.advance(Infinity)
  return {
    states: exploration.states(),
    violated: verify(model, propertiesOf(asked)).verdicts.filter(({ verdict }) => verdict === 'violated').map(({ property }) => named(property.id)).sort(),
  }
}

const short = (of: Model['protocol']): Model => ({ protocol: of, participants: [reporter, vendor], channel: { bound: 2 }, about: ['em', 'public'], steps: 2, acknowledgements: false })
/** Properties whose shortest violations are compared, and how many steps more they take SPIN: what is asserted of a state is an option of its own, which changes nothing. */
const compared = [['overflow', adopted, 1], ['divergence-em', adopted, 1], ['divergence-public', published, 1], ['error-answered', published, 0]] as const

/** The commands at the head of a text but for those on several cores: these share memory, which not every machine lets them have so much of. */
const lines = commands.flatMap(({ run: each }) => (each.join().includes('NCORE') ? [] : each))
const commanded = textOf({ ...short(published), channel: { bound: 1 } }, ['divergence-public', 'error-answered'])

const opinions = new Map<string, Opinion>()
const lengths = new Map<string, number>()
const told: string[] = []

describe.skipIf(missing !== undefined)(`SPIN${missing === undefined ? '' : `: skipped, ${missing} is not there`}`, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mpcvd-spin-'))
    const waiting: (() => Promise<unknown>)[] = [
      async () => {
        const cwd = await folderWith(commanded)
        for (const line of lines) told.push(await said(line.replace('-O2', '-O0').replace('-m10000000', '-m10000').replace('-w30', '-w20'), cwd))
      },
      ...[...cases].map(([name, { asked, model }]) => async () => opinions.set(name, await spinSays(textOf(model, asked)))),
      ...compared.map(([id, of]) => async () => lengths.set(id, await shortest(textOf(short(of), [id])))),
    ]
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next()
    }
    await Promise.all([worker(), worker()])
  }, 180_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test.each([...cases])('%s', (name, one) => {
    expect(checkModel(one.model)._tag).toBe('Right')
    expect(propertiesOf(one.asked).map(({ id }) => id).sort()).toEqual([...one.asked].sort())
    expect(opinions.get(name)).toEqual(weSay(one))
  })

  test('each property with a Promela form is seen to hold and to be violated', () => {
    const seen = (violated: boolean): ReadonlyArray<string> =>
      [...cases].flatMap(([name, { asked }]) => asked.filter((id) => opinions.get(name)?.violated.includes(named(id)) === violated))
    const ids = Object.keys(propertyTexts)
    expect({ hold: ids.filter((id) => !seen(false).includes(id)), violated: ids.filter((id) => !seen(true).includes(id)) }).toEqual({ hold: [], violated: [] })
  })

  test.each(compared)('a shortest run that violates %s is as long', (id, of, more) => {
    expect((lengths.get(id) ?? NaN) - more).toBe(verify(short(of), propertiesOf([id]), { reductions: false }).verdicts[0]?.counterexample?.moves.length)
  })

  test('the commands at the head of the text run', () => {
    for (const line of lines) expect(commanded).toContain(` *     ${line}\n`)
    expect(told.length).toBe(lines.length)
    expect(told.join('')).toContain('sends everybody EP')
    expect(told.filter((one) => one.includes('states, stored')).length).toBe(lines.filter((line) => line.startsWith('./pan')).length)
  })
})

describe('what has no Promela form', () => {
  test('is said', () => {
    const model: Model = { protocol: adopted, participants: [reporter, vendor], channel: { bound: 1 } }
    expect(withoutPromela([...properties, ...livenessFor(model)]).map(({ id }) => id)).toEqual(expect.arrayContaining(['rows-used', 'moves-as-asked', 'proposal-decided:1']))
    expect(withoutPromela(propertiesOf(all))).toEqual([])
    expect(promela(model, ['rows-used'])).toEqual({ _tag: 'Left', left: [{ what: 'no such property in Promela', where: 'rows-used' }] })
    expect(promela(model, ['one-active-embargo'])).toMatchObject({ _tag: 'Left', left: [{ where: 'one-active-embargo' }] })
  })

  test('rules that never come to an end, or change the shape of a case state, are refused', () => {
    const circle: RuleSet = {
      ...adoptedRules,
      consequences: [...adoptedRules.consequences, { id: 'x', after: ['P'], when: {}, fire: { cs: ['X'] }, announce: [], source: [], requirements: [] }, { id: 'p', after: ['X'], when: {}, fire: { cs: ['P'] }, announce: [], source: [], requirements: [] }],
    }
    const across: RuleSet = { ...adoptedRules, extraEdges: { cs: { pXa: { A: 'dpxA' } } } }
    const apart: RuleSet = { ...adoptedRules, received: [{ id: 'er', types: ['ER'], when: { answers: false, em: ['Proposed'] }, replies: ['EE'], source: [], requirements: [] }, ...adoptedRules.received] }
    const refused = (rules: RuleSet) => promela({ protocol: protocol(rules), participants: [reporter, vendor], channel: { bound: 1 }, steps: 1 })
    expect(refused(circle)).toMatchObject({ _tag: 'Left', left: expect.arrayContaining([{ what: 'a consequence that follows from itself', where: 'P → X → P' }]) })
    expect(refused(across)).toMatchObject({ _tag: 'Left', left: [{ what: 'an edge to a case state of another shape', where: 'pXa → dpxA' }] })
    // What the model takes for one message, and a rule does not.
    expect(refused(apart)).toMatchObject({ _tag: 'Left', left: [{ where: 'ER, by other' }, { where: 'ER, by vendor' }] })
  })
})
