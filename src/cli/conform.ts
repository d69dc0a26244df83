/**
 * `mpcvd conform -- COMMAND ARG…`: asks a program that speaks the line protocol everything that the vectors hold, and says
 * how far it conforms.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTroubles } from '../conformance/dialogue.js'
import { junitOf } from '../conformance/junit.js'
import { type Level, levels } from '../conformance/requirement.js'
import { requestProtocol } from '../conformance/saying.js'
import { summaryOf } from '../conformance/summary.js'
import { vectorFile, type VectorFile } from '../conformance/vectors.js'
import type { RunReport } from '../conformance/verdict.js'
import { freshSeed } from './chance.js'
import { converse } from './program.js'
import { openQuestioning, type Selection } from './questioning.js'
import { complain, type ExitCode, say, sayJson, sayText, type UsageError } from './terminal.js'
import { hashOf, shippedVectors } from './vectors.js'

/** How the verdict is written. */
export const conformFormats = ['text', 'json', 'junit'] as const

/** The options of the command as they were given. */
export interface ConformOptions {
  /** The levels to ask, separated by commas; all when absent. */
  readonly level: string | undefined
  /** adopted when absent, published, or both. */
  readonly protocol: string | undefined
  /** To ask about one question of so many. */
  readonly sample: string | undefined
  /** Seconds for an answer. */
  readonly timeout: string | undefined
  readonly format: string
  /** The folder of the vectors; those of the package when absent. */
  readonly vectors: string | undefined
  /** What the order of the questions and their ids come from; a fresh one when absent. */
  readonly seed: string | undefined
  /** The version of the package, for the report. */
  readonly version: string
}

/** The options, understood. */
interface Wanted {
  readonly levels: ReadonlyArray<Level>
  readonly protocols: ReadonlyArray<'adopted' | 'published'>
  readonly sample: number
  readonly timeout: number
  readonly format: (typeof conformFormats)[number]
  readonly folder: string
}

const readings: Readonly<Record<string, ReadonlyArray<'adopted' | 'published'>>> = { adopted: ['adopted'], published: ['published'], both: ['adopted', 'published'] }

const isUsage = (value: object): value is UsageError => 'usage' in value

const understand = (options: ConformOptions): Wanted | UsageError => {
  const names = options.level?.split(',').map((name) => name.trim())
  const unknown = names?.find((name) => !levels.some((level) => level === name))
  if (unknown !== undefined) return { usage: `--level expects ${levels.join(', ')}, or several of them separated by commas, got ${unknown || 'nothing'}` }
  const { protocol = 'adopted', sample = '1', timeout = '10' } = options
  const protocols = Object.hasOwn(readings, protocol) ? readings[protocol] : undefined
  if (protocols === undefined) return { usage: `--protocol expects adopted, published or both, got ${protocol}` }
  if (!/^[1-9]\d{0,8}$/.test(sample)) return { usage: `--sample expects a whole number from 1, got ${sample}` }
  const seconds = /^\d{1,6}(\.\d{1,3})?$/.test(timeout) ? Number(timeout) : 0
  if (seconds < 0.01 || seconds > 86_400) return { usage: `--timeout expects seconds, from 0.01 to 86400, got ${timeout}` }
  const format = conformFormats.find((known) => known === options.format)
  if (format === undefined) return { usage: `--format expects ${conformFormats.join(', ')}, got ${options.format}` }
  const folder = options.vectors ?? shippedVectors()
  if (folder === undefined) return { usage: 'the vectors of the package are not there; --vectors says where they are' }
  return { levels: levels.filter((level) => names === undefined || names.includes(level)), protocols, sample: Number(sample), timeout: seconds * 1000, format, folder }
}

// ---- vectors ----

interface Manifest {
  readonly version: string
  readonly sha256: string
  readonly files: ReadonlyArray<VectorFile>
}

const fieldsOf = (value: unknown): { readonly [key: string]: unknown } => (typeof value === 'object' && value !== null ? { ...value } : {})

/** Whether a file of the manifest can hold a question that is wanted. Codec cases and logs are of several levels. */
const mayMatter = (row: { readonly [key: string]: unknown }, { levels: asked, protocols }: Wanted): boolean => {
  const { kind, level, protocol } = row
  const mixes = kind === 'logs' || kind === 'codec'
  return (mixes || asked.some((one) => one === level)) && (typeof protocol !== 'string' || protocols.some((one) => protocol.startsWith(one)))
}

/** The vector files in a folder, as its manifest lists them, each with the hash that it must have. */
const readFiles = (wanted: Wanted): Manifest | UsageError => {
  const { folder } = wanted
  try {
    const bytes = readFileSync(join(folder, 'manifest.json'))
    const manifest = fieldsOf(JSON.parse(bytes.toString('utf8')))
    const { version, files } = manifest
    if (manifest['vectors'] !== 1 || typeof version !== 'string' || !Array.isArray(files)) return { usage: `${join(folder, 'manifest.json')}: expected a manifest of vectors` }
    const found: VectorFile[] = []
    for (const row of files.map(fieldsOf)) {
      const name = row['file']
      if (typeof name !== 'string' || !/^[\w-]+\.json$/.test(name)) return { usage: `${join(folder, 'manifest.json')}: expected the name of a file, got ${JSON.stringify(name)}` }
      const text = readFileSync(join(folder, name))
      if (hashOf(text) !== row['sha256']) return { usage: `${join(folder, name)}: not the file that the manifest lists: its hash is ${hashOf(text)}` }
      if (!mayMatter(row, wanted)) continue
      const file = vectorFile(JSON.parse(text.toString('utf8')))
      if (file === undefined) return { usage: `${join(folder, name)}: expected vectors` }
      found.push(file)
    }
    return { version, sha256: hashOf(bytes), files: found }
  } catch (error) {
    return { usage: `cannot read the vectors in ${folder}: ${error instanceof Error ? error.message : String(error)}` }
  }
}

// ---- the report ----

/** The report as it is written in JSON: of the groups those that failed. */
const jsonOf = ({ levels: levelVerdicts, groups, troubles, exit, ...rest }: RunReport): object => ({
  ...rest, levels: levelVerdicts, groups: groups.filter((group) => group.verdict === 'failed'), troubles, exit,
})

const write = (report: RunReport, format: Wanted['format']): void => {
  if (format === 'json') sayJson(jsonOf(report))
  else if (format === 'junit') sayText(junitOf(report))
  else summaryOf(report).forEach(say)
}

/** Asks a program, and writes the verdict: 0 where it conforms, 1 where it does not, 2 where it could not be asked. */
export const conform = async (command: ReadonlyArray<string>, options: ConformOptions): Promise<ExitCode> => {
  const refuse = ({ usage }: UsageError): ExitCode => {
    complain(usage)
    return 2
  }
  if (command.length === 0 || command[0] === '') return refuse({ usage: 'conform expects a program: mpcvd conform [OPTION…] -- COMMAND [ARGUMENT…]' })
  const wanted = understand(options)
  if (isUsage(wanted)) return refuse(wanted)
  const manifest = readFiles(wanted)
  if (isUsage(manifest)) return refuse(manifest)
  const seed = options.seed ?? freshSeed()
  const { protocols, sample } = wanted
  const selection: Selection = {
    files: manifest.files, sample, seed,
    wanted: ({ level, request }) => {
      const reading = requestProtocol(request)
      return wanted.levels.includes(level) && (reading === undefined || protocols.includes(reading))
    },
  }
  const troubles = openTroubles()
  const questioning = openQuestioning(selection, troubles)
  const { why, stderr } = await converse(command, questioning, wanted.timeout, troubles)
  const finished = questioning.finish(why)
  const verdict = questioning.tally.verdict({ levels: wanted.levels, named: options.level !== undefined, finished, troubles: troubles.all() })
  const empty = verdict.levels.filter((level) => level.asked === 0)
  if (options.level !== undefined && finished && empty.length > 0) return refuse({ usage: `the vectors have no questions for ${empty.map(({ level }) => level).join(', ')} of ${protocols.join(' and ')}` })
  write({ program: command, version: options.version, vectors: { version: manifest.version, sha256: manifest.sha256 }, protocols, sample, seed, stderr, ...verdict }, wanted.format)
  return verdict.exit
}
