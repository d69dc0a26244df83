/**
 * `mpcvd permitted`, `mpcvd explain`, `mpcvd diagram`: what the tables say.
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import { stateDiagram } from '../diagram/index.js'
import {
  adopted, type Advice, type Consequence, consent, cs, em, errata, type Erratum, fits, type Fired, type LocalRow, type MessageType, messageTypes,
  parseState, type Participant, type Protocol, published, rm, type Role, roles as allRoles, type Row, sourceCodes,
} from '../index.js'
import { guidanceErrata, type GuidanceErratum } from '../advice/index.js'
import { figureErrata, type FigureErratum } from '../measuring/index.js'
import { type Options, say, sayJson, sayText, type UsageError } from './terminal.js'

const reading = (options: Options): Protocol => (options.protocol === 'published' ? published : adopted)

const rolesIn = (text: string): ReadonlyArray<Role> | undefined => {
  const names = text.split(',').map((name) => name.trim())
  const known = allRoles.filter((role) => names.includes(role))
  return known.length === names.length ? known : undefined
}

const fired = (events: ReadonlyArray<Fired>): string => events.map((one) => `${one.machine}.${one.event}`).join(' ') || '-'

/** What a participant in a state may send, and which steps it may take. */
export const permitted = (notation: string, options: Options): UsageError | undefined => {
  const state = parseState(notation)
  if (isLeft(state)) {
    const { part, expected, got } = state.left
    return { usage: `cannot read the state: ${part} expected ${expected.join(' ')}, got ${got === '' ? 'nothing' : got}` }
  }
  const length = state.right.cs.length
  const roles = rolesIn(options.roles ?? (length === 6 ? 'vendor' : length === 4 ? 'deployer' : 'coordinator'))
  if (roles === undefined) return { usage: `--roles expects some of ${allRoles.join(', ')}` }
  if (!fits(roles, state.right.cs)) return { usage: `the case state ${state.right.cs} does not have the shape of the roles ${roles.join(', ')}` }
  const participant: Participant = { id: 'participant', roles, ...state.right }
  const protocol = reading(options)
  const sends = protocol.permitted(participant)
  const locals = protocol.permittedLocal(participant)
  if (options.json) {
    sayJson({ protocol: protocol.edition, state: participant, permitted: sends, local: locals })
    return undefined
  }
  const rows = sends.map((one) => [
    one.types.join('+'),
    one.context === undefined ? '' : Object.entries(one.context).map(([name, value]) => `${name}=${String(value)}`).join(' '),
    fired(one.fired),
    one.replies.join(' ') || '-',
    one.notes.flatMap((note) => [note.note, ...note.requirements]).join(' '),
  ])
  const table = [['send', 'when', 'fires', 'then due', 'note'], ...rows]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => (row[column] ?? '').length)))
  for (const row of table) say(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd())
  say(`local steps: ${locals.join(', ') || 'none'}`)
  return undefined
}

/** A source code and line, with the file that it stands for. */
const source = (cited: string): string => {
  const code = /^([A-Z][A-Z0-9]*)(?=:|$)/.exec(cited)?.[1]
  const file = code === undefined || !Object.hasOwn(sourceCodes, code) ? undefined : sourceCodes[code]
  return file === undefined ? cited : `${cited} (${file})`
}

const explainErratum = (erratum: Erratum): ReadonlyArray<string> => [
  `${erratum.id}: ${erratum.title}`,
  `kind: ${erratum.kind}${erratum.computes ? ', decides what is computed' : ''}`,
  `conflict: ${erratum.conflict}`,
  `adopted: ${erratum.adopted}`,
  `reason: ${erratum.reason}`,
  `changes: ${erratum.cells.length === 0 ? 'no single step' : `the cells of ${erratum.cells.length} pattern${erratum.cells.length === 1 ? '' : 's'}`}`,
  ...erratum.sources.map((cited) => `source: ${source(cited)}`),
]

const explainFigure = ({ computed, id, offered, published, reason, sources, title }: FigureErratum): ReadonlyArray<string> => [
  `${id}: ${title}`, `published: ${published}${offered === undefined ? '' : ` (mpcvd/measuring: ${offered})`}`, `should be: ${computed}`, `reason: ${reason}`, ...sources.map((cited) => `source: ${cited}`),
]

const explainGuidance = ({ adopted: ours, id, published: theirs, reason, sources, title }: GuidanceErratum): ReadonlyArray<string> => [
  `${id}: ${title}`, `published: ${theirs}`, `adopted: ${ours}`, `reason: ${reason}`, ...sources.map((cited) => `source: ${source(cited)}`),
]

type AnyRow = Row | LocalRow | Consequence | Advice

const rowsOf = (protocol: Protocol): ReadonlyArray<readonly [where: string, row: AnyRow]> => [
  ...protocol.rules.sent.map((row) => ['sent', row] as const),
  ...protocol.rules.received.map((row) => ['received', row] as const),
  ...protocol.rules.local.map((row) => ['local step', row] as const),
  ...protocol.rules.forced.map((row) => ['forced by the state', row] as const),
  ...protocol.rules.consequences.map((row) => ['follows', row] as const),
  ...protocol.rules.advice.map((row) => ['advice on sending', row] as const),
]

const explainRow = (protocol: Protocol, where: string, row: AnyRow): ReadonlyArray<string> => [
  `${protocol.name} ${row.id}: ${where}${'types' in row ? ` ${row.types.join(' ')}` : 'events' in row ? ` ${row.events.join(', ')}` : ''}`,
  ...Object.entries(row)
    .filter(([name]) => !['id', 'types', 'events', 'source', 'requirements'].includes(name))
    .map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`),
  ...('source' in row ? [`  source: ${row.source.map(source).join('; ')}`] : []),
  `  requirements: ${row.requirements.join(' ') || 'none'}`,
]

const isMessageType = (name: string): name is MessageType => Object.hasOwn(messageTypes, name)

/** What a rule, an erratum, a requirement or a message type is. */
export const explain = (name: string, options: Options): UsageError | undefined => {
  const protocols = options.protocol === undefined ? [adopted, published] : [reading(options)]
  const figure = figureErrata.find((one) => one.id === name.toUpperCase())
  if (figure !== undefined) {
    if (options.json) sayJson({ figure })
    else explainFigure(figure).forEach(say)
    return undefined
  }
  const guidance = guidanceErrata.find((one) => one.id === name.toUpperCase())
  if (guidance !== undefined) {
    if (options.json) sayJson({ guidance })
    else explainGuidance(guidance).forEach(say)
    return undefined
  }
  const erratum = errata.find((one) => one.id === name.toUpperCase())
  const rows = protocols.flatMap((protocol) =>
    rowsOf(protocol)
      .filter(([, row]) => row.id === name || row.requirements.includes(name) || ('types' in row && row.types.some((type) => type === name)) || ('source' in row && row.source.includes(name)))
      .map(([where, row]) => ({ protocol, where, row })),
  )
  const type = isMessageType(name) ? { type: name, ...messageTypes[name] } : undefined
  if (erratum === undefined && rows.length === 0 && type === undefined)
    return { usage: `nothing is called ${name}: expected a rule (FT:110, sent.RS), an erratum (D-RM-01, M-01, A-01), a requirement (VP-03-001) or a message type (RS)` }
  if (options.json) {
    sayJson({ ...(erratum === undefined ? {} : { erratum }), ...(type === undefined ? {} : { type }), rules: rows.map(({ protocol, where, row }) => ({ protocol: protocol.edition, where, ...row })) })
    return undefined
  }
  if (type !== undefined) say(`${name}: ${type.name}. ${type.meaning}`)
  if (erratum !== undefined) explainErratum(erratum).forEach(say)
  for (const { protocol, where, row } of rows) explainRow(protocol, where, row).forEach(say)
  return undefined
}

const diagrams = { rm: () => stateDiagram(rm), em: () => stateDiagram(em), cs: () => stateDiagram(cs), consent: () => stateDiagram(consent) }

/** A machine as a Mermaid state diagram. */
export const diagram = (name: string, options: Options): UsageError | undefined => {
  const draw = Object.entries(diagrams).find(([known]) => known === name)?.[1]
  if (draw === undefined) return { usage: `no machine is called ${name}: expected ${Object.keys(diagrams).join(', ')}` }
  if (options.json) sayJson({ machine: name, mermaid: draw() })
  else sayText(draw())
  return undefined
}
