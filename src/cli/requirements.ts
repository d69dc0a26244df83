/**
 * `mpcvd requirements [ID…] [--level L3]`: what the protocol requires, in a line each, or in full.
 *
 * @module
 */
import { checksOf } from '../conformance/index.js'
import { errataOf, relationsOf } from '../conformance/relations.js'
import { requirements, specificationOf } from '../conformance/register.js'
import { type Evidence, type Level, type Requirement, unseenBecause } from '../conformance/requirement.js'
import { errata, sourceCodes } from '../index.js'
import { say, sayJson, table, type UsageError } from './terminal.js'

/** What the command was asked for. */
export interface RequirementOptions {
  readonly json: boolean
  /** Only the requirements of this level. */
  readonly level?: Level | undefined
}

const shownBy: Readonly<Record<Exclude<Evidence, 'none'>, string>> = {
  step: 'one step of one participant',
  'own log': 'the log of that participant',
  'case log': 'the log of the whole case',
}

const passive = { restates: 'restated by', narrows: 'narrowed by', contradicts: 'contradicted by', replaces: 'replaced by' } as const

/** `VP-03` means the group, `VP` the family; an id of a requirement means that one alone. */
const isMeant = (name: string) => ({ id }: Requirement): boolean => id.toLowerCase() === name.toLowerCase() || id.toLowerCase().startsWith(`${name.toLowerCase()}-`)

/** A source with the file that it stands for. */
const source = (cited: string, { family }: Requirement): string => {
  if (/^y\d+$/.test(cited)) return `${cited} (${specificationOf[family]})`
  const code = /^([A-Z][A-Z0-9]*):/.exec(cited)?.[1]
  const file = code === undefined || !Object.hasOwn(sourceCodes, code) ? undefined : sourceCodes[code]
  return file === undefined ? cited : `${cited} (${file})`
}

const titled = (id: string): string => `${id} ${errata.find((one) => one.id === id)?.title ?? ''}`.trimEnd()

const related = (id: string): ReadonlyArray<string> =>
  relationsOf(id).map(({ kind, of, by, errata: about }) => `${by === id ? `${kind} ${of}` : `${passive[kind]} ${by}`}${about.length === 0 ? '' : ` (${about.join(', ')})`}`)

const inFull = (one: Requirement, checks: ReadonlyArray<string>): ReadonlyArray<string> => [
  `${one.id}: ${one.modality}, ${one.level}`,
  `  who: ${one.who}`,
  `  when: ${one.when}`,
  `  what: ${one.what}`,
  ...one.source.map((cited) => `  source: ${source(cited, one)}`),
  `  seen in: ${one.evidence === 'none' ? `nothing${one.unseen === undefined ? '' : `; ${unseenBecause[one.unseen]}`}` : shownBy[one.evidence]}`,
  ...related(one.id).map((line) => `  ${line}`),
  ...errataOf(one.id).map((id) => `  erratum: ${titled(id)}`),
  `  checks: ${checks.join(', ') || 'none'}`,
]

/** Lists the requirements, or says all about those that are named, by id, group or family. */
export const showRequirements = (names: ReadonlyArray<string>, { json, level }: RequirementOptions): UsageError | undefined => {
  const ofLevel = requirements.filter((one) => level === undefined || one.level === level)
  const unknown = names.find((name) => !ofLevel.some(isMeant(name)))
  if (unknown !== undefined) {
    const elsewhere = level !== undefined && requirements.some(isMeant(unknown))
    if (elsewhere) return { usage: `no requirement of ${unknown} is of level ${level}` }
    return { usage: `no requirement is called ${unknown}: expected an id (VP-03-001), a group (VP-03) or a family (VP)` }
  }
  const chosen = names.length === 0 ? ofLevel : ofLevel.filter((one) => names.some((name) => isMeant(name)(one)))
  if (json) sayJson(chosen.map((one) => ({ ...one, relations: relationsOf(one.id), errata: errataOf(one.id), checks: checksOf(one.id) })))
  else if (names.length > 0) for (const one of chosen) inFull(one, checksOf(one.id)).forEach(say)
  else
    table([
      ['id', 'modality', 'level', 'seen in', 'who', 'when: what'],
      ...chosen.map((one) => [
        one.id, one.modality, one.level, one.evidence === 'none' ? `nothing: ${one.unseen ?? ''}` : one.evidence, one.who, `${one.when}: ${one.what}`,
      ]),
    ]).forEach(say)
  return undefined
}
