/**
 * The file that says what catches each mutant of the adopted rules: `mutants.txt`, a line for each.
 *
 * `name | kind | property | configuration` where it is caught; `name | kind | survives | fate` where it is not. Why nothing can
 * catch those whose steps differ is written here by hand.
 */
import { adopted } from 'mpcvd'
import { furtherMutantsOf, type Mutant, type MutantKind, mutantKinds, mutantsOf } from '../mutation/rows.js'

/** Every mutant of the adopted rules, by name, in order. */
export const mutantsByName = (): ReadonlyMap<string, Mutant> => {
  const found = new Map<string, Mutant>()
  for (const mutant of [...mutantsOf(adopted.rules), ...furtherMutantsOf(adopted.rules)]) if (!found.has(mutant.name)) found.set(mutant.name, mutant)
  return found
}

/** A mutant that a property catches, by id, in a configuration, by name. */
export interface Caught {
  readonly name: string
  readonly kind: MutantKind
  readonly by: string
  readonly configuration: string
}

/** Why a mutant is not caught: its steps differ from those of the adopted rules in some configuration; no configuration comes to where they do; they are refused for another reason; or nothing differs. */
export const fates = ['answers differ', 'never asked', 'another reason', 'no change'] as const

/** A mutant that nothing catches. */
export interface Survivor {
  readonly name: string
  readonly kind: MutantKind
  readonly survives: (typeof fates)[number]
}

/** What became of a mutant. */
export type Tried = Caught | Survivor

/** The text of the file. */
export const write = (all: ReadonlyArray<Tried>): string =>
  `${all.map((each) => [each.name, each.kind, ...('by' in each ? [each.by, each.configuration] : ['survives', each.survives])].join(' | ')).join('\n')}\n`

const isKind = (text: string | undefined): text is MutantKind => mutantKinds.some((kind) => kind === text)
const isFate = (text: string): text is Survivor['survives'] => fates.some((fate) => fate === text)

/** What a file says. Throws where it is not as {@link write} writes it. */
export const read = (text: string): ReadonlyArray<Tried> =>
  text.trimEnd().split('\n').map((line): Tried => {
    const [name, kind, third, fourth, ...more] = line.split(' | ')
    if (name === undefined || !isKind(kind) || third === undefined || fourth === undefined || more.length > 0) throw new Error(`not a line on a mutant: ${line}`)
    if (third !== 'survives') return { name, kind, by: third, configuration: fourth }
    if (!isFate(fourth)) throw new Error(`not a line on a mutant: ${line}`)
    return { name, kind, survives: fourth }
  })

/** Why nothing catches some mutants that behave otherwise, by name; each of them has one reason. */
export const whys: ReadonlyArray<{ readonly of: RegExp; readonly why: string }> = [
  {
    of: / (sent|received)\.(CE|GE): | received\.closed: not for CE$/,
    why: 'No row makes CE or GE due, and errors are sent only where they are due: nobody in any model ever sends or receives one.',
  },
  {
    of: / received\.EA\.newcomer: /,
    why: 'It is about an acceptance of terms that are in force already; there is no form for it, so nobody in any model sends one.',
  },
  {
    of: / received\.EA(\.again|\.after)?: em also None$| received\.EA\.late: without answers$/,
    why: 'It differs for an acceptance that cites no proposal; those who keep the rules cite the one that they accept (D-EM-07), and for these the answer is the same.',
  },
  {
    of: / sent\.(RI|RV|RD|RA|RC)\.late: | sent\.ER\.exited: (without em|em also \w+)$/,
    why: 'It lets something be sent late, or in answer, in a state in which nobody ever owes it.',
  },
  {
    of: / sent\.ER\.exited: (without rm|rm also Closed)$/,
    why: 'Who has closed owes nobody a rejection in any model, so that none is ever asked of it.',
  },
  {
    of: /: no optional \w+$| received\.RS\.aware: gone$/,
    why: 'It takes an answer away that may be given and need not: no requirement asks for it, and no model gives it.',
  },
  {
    of: / received\.CX\+CP: no P$/,
    why: 'The exploit forces P all the same; that P is then announced to everybody, its sender too, says what is so, and nothing forbids to say it twice.',
  },
  {
    of: / after\.may-accept: /,
    why: 'A report that cites a revision would accept it as one that cites a proposal does; VP-06-007 asks that of proposals, and nothing forbids it of revisions.',
  },
  {
    of: / local\.(discover: (without rm|rm also \w+)|learn-[pxa]\.again: gone|(aware|ready|deployed)\.role: does not refuse)$/,
    why: 'A silent step that changes nothing is no step of a model: whether it is refused or allowed, nobody is the wiser.',
  },
]
