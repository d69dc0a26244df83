/**
 * The file that says what catches each mutant of the adopted rules: `mutants.txt`, a line for each.
 *
 * `name | kind | property | configuration` where it is caught; `name | kind | survives | why` where it is not;
 * `name | kind | same` where no cell of the protocol shows a difference.
 */
import type { MutantKind } from '../mutation/rows.js'

/** What became of a mutant. */
export type Tried = {
  readonly name: string
  readonly kind: MutantKind
} & ({ readonly by: string; readonly configuration: string } | { readonly survives: 'answers differ' | 'never asked' | 'no change' })

/** The text of the file. */
export const write = (all: ReadonlyArray<Tried>): string =>
  `${all.map((each) => [each.name, each.kind, ...('by' in each ? [each.by, each.configuration] : each.survives === 'no change' ? ['same'] : ['survives', each.survives])].join(' | ')).join('\n')}\n`
