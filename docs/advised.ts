/**
 * Advice as Markdown: the blocks of `advice.md`, from the library.
 *
 * @module
 */
import { cs } from 'mpcvd'
import {
  actionRules, actions, askRows, becauseSays, behaviourTrees, type CallbackRow, callbacks, conditions, corrections, guidanceErrata, guidanceFor, guidanceRows, guidanceSources, ordinaryWeights, type Topic, topics, treeDiagram,
} from 'mpcvd/advice'

const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n')
const code = (text: string): string => `\`${text}\``
const values = (all: ReadonlyArray<string>): string => all.join(' ')

const becauseTable = (): string => table(['because', 'says'], Object.entries(becauseSays).map(([name, says]) => [code(name), says]))

const guardText = (when: (typeof askRows)[number]['when']): string =>
  [
    ...(when.rm === undefined ? [] : [`RM ${when.rm.length === 6 ? 'not Closed' : when.rm.join(', ')}`]), ...(when.em === undefined ? [] : [`EM ${when.em.join(', ')}`]),
    ...(when.cs === undefined ? [] : [`CS ${[when.cs].flat().map(code).join(' ')}`]), ...(when.withoutRole === undefined ? [] : [`not a ${when.withoutRole}`]),
  ].join('; ')

const askTable = (): string => table(['row', 'when', 'asks for one of', 'requirements'], askRows.map(({ id, requirements, types, when }) => [code(id), guardText(when), values(types), requirements.join(', ')]))

const stateTable = (): string =>
  table(
    ['state', 'start', 'hold', 'a new one', 'an old one', 'exploitation', 'report public', 'supplier contacted', 'value added', '3.1 E', '3.1 RL', '4.0 E', 'zero day', 'VEP'],
    cs.states.map((state) => {
      const said = guidanceFor(state)
      return [
        code(state), said.embargoStart, said.embargoHold, said.newEmbargo, said.oldEmbargo, said.exploitation, said.reportPublic, said.supplierContacted,
        said.publicValueAdded.map((value) => value.charAt(0)).join(' '), values(said.cvss31Exploit), values(said.cvss31Remediation), said.cvss40Exploit, values(said.zeroDay), said.vep,
      ]
    }),
  )

const isTopic = (name: string): name is Topic => name in topics
const rowTable = (): string =>
  table(['topic', 'pattern', 'value', 'source', 'requirements'], Object.keys(topics).filter(isTopic).flatMap((topic) => guidanceRows[topic].map(({ pattern, requirements = [], source, value }, place) => [
    place === 0 ? topics[topic] : '', code(pattern), value, source.join(', '), requirements.join(', '),
  ])))

const ruleTable = (): string =>
  table(['rule', 'pattern', 'for', 'what', 'aims at', 'asks', 'reasons', 'source'], actionRules.map(({ action, event, given, id, pattern, reasons, roles, source }) => [
    id, code(pattern), roles.join(', '), actions[action], event ?? '', given === undefined ? '' : conditions[given], reasons.join(', '), source.join(', '),
  ]))

const errataTable = (): string =>
  table(['erratum', 'what', 'published', 'adopted', 'why', 'where'], guidanceErrata.map(({ adopted, id, published, reason, sources, title }) => [id, title, published, adopted, reason, sources.join(', ')]))

const sourceTable = (): string => table(['code', 'stands for'], Object.entries(guidanceSources).map(([name, file]) => [code(name), file]))

const weightTable = (): string =>
  table(['what', 'when', 'weight'], ordinaryWeights.map(({ moves, weight, when }) => [moves.join(', '), when === undefined ? '' : guardText(when), String(weight)]))

const nameOf = (id: string): string => behaviourTrees.find((tree) => tree.id === id)?.name ?? ''

const rowOf = (row: CallbackRow): string => (row.otherwise === undefined ? 'stays open' : typeof row.otherwise === 'string' ? row.otherwise : row.otherwise ? 'yes' : 'no')
const questionTable = (): string =>
  table(['question', 'tree', 'asks', 'without an answer'], Object.entries(callbacks).map(([name, row]: readonly [string, CallbackRow]) => [code(name), nameOf(name.slice(0, 5)), row.asks, rowOf(row)]))

const meant = (means: (typeof corrections)[string]['means']): string => {
  if ('is' in means) return guardText(means.is)
  if ('tree' in means) return `the tree ${means.tree}`
  if ('step' in means) return `the step ${code(means.step)}, and no message`
  if ('opposite' in means) return `the opposite of ${code(means.opposite)}`
  return 'sends' in means ? means.sends.map(({ existing, types, when }) => [
    types.length === 0 ? 'nothing' : `${types.join('+')}${existing === true ? ' of the terms in force' : ''}`, ...(when === undefined ? [] : [`in ${guardText(when)}`]),
  ].join(' ')).join('; else ') : ''
}
const correctionTable = (): string =>
  table(['tree', 'label', 'read as', 'erratum'], Object.entries(corrections).map(([name, { errata, means }]) => [name.slice(0, 5), `«${name.slice(6)}»`, meant(means), errata.map((id) => `[${id}](errata.md#${id.toLowerCase()})`).join(', ')]))

const diagrams = (): string =>
  behaviourTrees.map((tree) => `### ${tree.id} ${tree.name}\n\nSource: ${code(tree.source)}\n\n\`\`\`mermaid\n${treeDiagram(tree)}\n\`\`\``).join('\n\n')

/** The blocks by name. */
export const adviceBlocks: Readonly<Record<string, () => string>> = {
  'advice-because': becauseTable,
  'advice-asks': askTable,
  'advice-states': stateTable,
  'advice-rows': rowTable,
  'advice-rules': ruleTable,
  'advice-errata': errataTable,
  'advice-sources': sourceTable,
  'advice-weights': weightTable,
  'advice-questions': questionTable,
  'advice-corrections': correctionTable,
  'advice-trees': diagrams,
}
