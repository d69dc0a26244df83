/**
 * `mpcvd vectors DIR`: copies the vectors that ship with the package into a folder, so that an implementation in another
 * language can be tested with them without this package.
 *
 * Every file is compared with the manifest's hash before anything is written, and nothing is written while a file of
 * another content is in the way.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { complain, type ExitCode, say, sayJson, table } from './terminal.js'

/** A line of the manifest. */
interface Listed {
  readonly file: string
  readonly kind: string
  readonly level: string
  readonly protocol: string
  readonly count: number
  readonly sha256: string
}

/** A file that is to be copied, and what becomes of it. */
interface Copy extends Listed {
  readonly content: Buffer
  readonly status: 'written' | 'same' | 'replaced' | 'differs'
}

const manifestName = 'manifest.json'

/** The folder of the shipped vectors: beside `dist` in the package, beside `src` in a checkout. */
export const shippedVectors = (): string | undefined =>
  ['../docs/vectors', '../../docs/vectors'].map((path) => fileURLToPath(new URL(path, import.meta.url))).find((folder) => existsSync(join(folder, manifestName)))

const record = (value: unknown): { readonly [name: string]: unknown } => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {})
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What the manifest lists; only plain names of files, whatever it says. */
const listedIn = (manifest: unknown): ReadonlyArray<Listed> => {
  const { files } = record(manifest)
  return (Array.isArray(files) ? files : []).map(record).flatMap(({ file, kind, level, protocol, count, sha256 }) =>
    /^[a-z0-9-]+\.json$/.test(textOf(file))
      ? [{ file: textOf(file), kind: textOf(kind), level: textOf(level), protocol: textOf(protocol), count: typeof count === 'number' ? count : 0, sha256: textOf(sha256) }]
      : [])
}

/** The SHA-256 of a file, as the manifest writes it. */
export const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex')

/** What becomes of a file at its place. */
const statusAt = (place: string, content: Buffer, force: boolean): Copy['status'] =>
  !existsSync(place) ? 'written' : readFileSync(place).equals(content) ? 'same' : force ? 'replaced' : 'differs'

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const print = (copies: ReadonlyArray<Copy>): void => {
  const rows = copies.map(({ file, kind, level, protocol, count, status }) => [file, kind, level, protocol, count === 0 ? '' : String(count), status])
  table([['file', 'kind', 'level', 'protocol', 'questions', ''], ...rows], [4]).forEach(say)
}

/** Copies the vectors into a folder; 1 where other files are in the way, 2 where something cannot be read or written. */
export const copyVectors = (folder: string, options: { readonly json: boolean; readonly force: boolean; readonly from?: string }): ExitCode => {
  const from = options.from ?? shippedVectors()
  if (from === undefined) {
    complain('the vectors of the package are not where they should be: docs/vectors beside dist')
    return 2
  }
  try {
    const manifest = readFileSync(join(from, manifestName))
    const read: unknown = JSON.parse(manifest.toString('utf8'))
    const listed = listedIn(read)
    const wanted = listed.map((one) => ({ one, content: readFileSync(join(from, one.file)) }))
    const damaged = wanted.filter(({ one, content }) => hashOf(content) !== one.sha256)
    for (const { one } of damaged) complain(`${join(from, one.file)} is not what the manifest says`)
    if (damaged.length > 0 || listed.length === 0) {
      if (listed.length === 0) complain(`${join(from, manifestName)} lists nothing`)
      return 2
    }
    const last: Listed = { file: manifestName, kind: 'manifest', level: '', protocol: '', count: 0, sha256: hashOf(manifest) }
    const copies = [...wanted, { one: last, content: manifest }].map(({ one, content }): Copy => ({ ...one, content, status: statusAt(join(folder, one.file), content, options.force) }))
    const inTheWay = copies.filter(({ status }) => status === 'differs')
    if (inTheWay.length === 0) {
      mkdirSync(folder, { recursive: true })
      for (const { file, content, status } of copies) if (status !== 'same') writeFileSync(join(folder, file), content)
    }
    const shown = inTheWay.length === 0 ? copies : inTheWay
    if (options.json)
      sayJson({
        folder, version: record(read)['version'], copied: inTheWay.length === 0,
        files: shown.map(({ file, kind, level, protocol, count, sha256, status }) => ({ file, kind, level, ...(protocol === '' ? {} : { protocol }), count, sha256, status })),
      })
    else print(shown)
    if (inTheWay.length > 0) complain(`${folder} has other files of ${inTheWay.length === 1 ? 'this name' : 'these names'}; nothing was written; --force replaces them`)
    return inTheWay.length > 0 ? 1 : 0
  } catch (error) {
    complain(reasonOf(error))
    return 2
  }
}
