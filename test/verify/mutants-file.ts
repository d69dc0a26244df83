/**
 * The file that says what catches each mutant of the adopted rules: `mutants.txt`, a line for each.
 *
 * `name | kind | property | configuration` where it is caught; `name | kind | survives | why` where it is not;
 * `name | kind | same` where no cell of the protocol shows a difference.
 */
import { type MutantKind, mutantKinds } from '../mutation/rows.js'

/** What became of a mutant. */
export type Tried = {
  readonly name: string
  readonly kind: MutantKind
} & ({ readonly by: string; readonly configuration: string } | { readonly survives: 'answers differ' | 'never asked' | 'no change' })

/** The text of the file. */
export const write = (all: ReadonlyArray<Tried>): string =>
  `${all.map((each) => [each.name, each.kind, ...('by' in each ? [each.by, each.configuration] : each.survives === 'no change' ? ['same'] : ['survives', each.survives])].join(' | ')).join('\n')}\n`

const isKind = (text: string | undefined): text is MutantKind => mutantKinds.some((kind) => kind === text)

/** What a file says. Throws where it is not as {@link write} writes it. */
export const read = (text: string): ReadonlyArray<Tried> =>
  text.trimEnd().split('\n').map((line): Tried => {
    const [name, kind, third, fourth, ...more] = line.split(' | ')
    if (name === undefined || !isKind(kind) || third === undefined || more.length > 0) throw new Error(`not a line on a mutant: ${line}`)
    if (third === 'same') return { name, kind, survives: 'no change' }
    if (third === 'survives' && (fourth === 'answers differ' || fourth === 'never asked')) return { name, kind, survives: fourth }
    if (third === 'survives' || fourth === undefined) throw new Error(`not a line on a mutant: ${line}`)
    return { name, kind, by: third, configuration: fourth }
  })
