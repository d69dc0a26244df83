/**
 * All vector files, made from the transcription and the second implementations in `test/spec`, and the manifest over them.
 *
 *     npx tsx --tsconfig test/tsconfig.json test/vectors/generate.ts
 *
 * writes them to `docs/vectors`. Nothing here is random: the same sources give the same bytes.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bundles } from './bundles.js'
import { cells, locals } from './cells.js'
import { codec } from './codec.js'
import { written } from './layout.js'
import { ledgers } from './ledgers.js'
import { logs } from './logs.js'
import { histories, words } from './words.js'

/** The version of the vectors: the first number rises with the form, the second with new questions, the third with corrected answers. */
export const version = '1.0.0'

/** The lists whose items have a line each. */
const broken = new Set(['machines', 'accepted', 'refused', 'prefixes', 'messages', 'participants', 'lines', 'outcomes', 'groups', 'steps', 'logs', 'ledgers', 'files'])
/** The same, where `participants` are those of a log's header. */
const flat = new Set([...broken].filter((name) => name !== 'participants'))

/** How many single things a file asks. */
const countOf = (file: object): number => {
  const { kind, ...rest } = file as { readonly kind: string } & Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>
  const list = (name: string): readonly Readonly<Record<string, unknown>>[] => rest[name] ?? []
  const long = (value: unknown): number => (Array.isArray(value) ? value.length : 0)
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)
  const states = (value: unknown): number => sum((value as readonly number[]).filter((_, index) => index % 2 === 1))
  switch (kind) {
    case 'words':
      return sum(list('machines').map(({ accepted, refused }) => long(accepted) + long(refused)))
    case 'histories':
      return list('prefixes').length + list('refused').length
    case 'codec':
      return list('messages').length + list('participants').length + list('lines').length
    case 'cells':
      return sum(list('groups').map((group) => long(group['contexts']) * states(group['cells'])))
    case 'locals':
      return sum(list('groups').map((group) => states(group['cells'])))
    case 'bundles':
      return list('steps').length
    case 'logs':
      return sum(list('logs').map(({ violating }) => (violating === undefined ? 1 : 2)))
    default:
      return sum(list('ledgers').map(({ orders }) => long(orders)))
  }
}

const makers: readonly (readonly [file: string, make: () => object])[] = [
  ['words.json', words], ['histories.json', histories], ['codec.json', codec],
  ['cells-adopted.json', () => cells('adopted')], ['cells-published.json', () => cells('published')],
  ['locals-adopted.json', () => locals('adopted')], ['locals-published.json', () => locals('published')],
  ['bundles.json', bundles], ['requirements.json', logs], ['ledgers.json', ledgers],
]

export interface Made {
  readonly file: string
  readonly text: string
}

/** Every file of `docs/vectors`, the manifest last. */
export const vectorFiles = (): readonly Made[] => {
  const made = makers.map(([file, make]) => {
    const content = make()
    const { kind, level, protocol } = content as { readonly kind: string; readonly level: string; readonly protocol?: string }
    const text = written(content, kind === 'codec' ? broken : flat)
    return {
      file, text,
      entry: {
        file, kind, level, ...(protocol === undefined ? {} : { protocol }), count: countOf(content), bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex'),
      },
    }
  })
  const manifest = { vectors: 1, version, protocols: ['adopted@1', 'published@1'], files: made.map(({ entry }) => entry) }
  return [...made.map(({ file, text }) => ({ file, text })), { file: 'manifest.json', text: written(manifest, broken) }]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL('../../docs/vectors/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  for (const { file, text } of vectorFiles()) {
    writeFileSync(new URL(file, folder), text)
    process.stdout.write(`${file} ${Buffer.byteLength(text)}\n`)
  }
}
