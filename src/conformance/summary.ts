/**
 * A verdict as text for people: a line for each level, the smallest failure of each failing group, what was wrong with the
 * lines themselves, and the verdict last.
 *
 * @module
 */
import { inShort, troubleKinds } from './dialogue.js'
import type { GroupVerdict, LevelVerdict, RunReport, Verdict } from './verdict.js'

/** How many failing groups of a level are told whole, and how many more by name. */
const WHOLE = 12
const NAMED = 24

/** A number with its thousands apart. */
const digits = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',')

const levelName = ({ level, protocol }: { readonly level: string; readonly protocol?: string }): string => (protocol === undefined ? level : `${level} ${protocol}`)

const levelLine = (level: LevelVerdict): string => {
  const { verdict, asked, met, failed, unsupported, lacks } = level
  const open = asked - met - failed - unsupported
  const parts = [
    ...(met > 0 && met < asked ? [`${digits(met)} met`] : []),
    ...(failed > 0 ? [`${digits(failed)} failed`] : []),
    ...(unsupported > 0 && unsupported < asked ? [`${digits(unsupported)} unsupported`] : []),
    ...(open > 0 ? [`${digits(open)} unanswered`] : []),
  ]
  return `${levelName(level)}: ${verdict}${asked === 0 ? '' : `, ${digits(asked)} asked`}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}${lacks.length > 0 ? ` (unsupported requests: ${lacks.join(', ')})` : ''}`
}

const groupLines = (group: GroupVerdict): ReadonlyArray<string> => {
  const { smallest, failed, asked } = group
  const head = `  ${group.group}: ${digits(failed)} of ${digits(asked)} failed`
  return smallest === undefined
    ? [head]
    : [
        `${head}; the smallest: ${inShort(smallest.name)}`,
        `    sent     ${inShort(smallest.sent, 600)}`,
        `    expected ${inShort(smallest.expected, 600)}`,
        `    got      ${inShort(smallest.got, 600)}`,
        `    wrong    ${inShort(smallest.why, 600)}`,
      ]
}

/** The last line, and why. */
const ending = ({ verdict, levels, troubles }: Verdict): string => {
  const failed = levels.filter((level) => level.verdict === 'failed').map(levelName)
  const lacking = levels.filter(({ verdict: of }) => of === 'unsupported' || of === 'met in part').map(levelName)
  switch (verdict) {
    case 'conforming':
      return `conforming: ${levels.filter((level) => level.verdict === 'met').map(levelName).join(', ')}`
    case 'conforming in part':
      return `conforming in part: nothing failed, ${lacking.join(', ')} not or not wholly supported`
    case 'nothing supported':
      return 'not conforming: nothing supported'
    case 'unfinished':
      return 'not conforming: the run did not come to its end'
    case 'not run':
      return 'not run'
    case 'not conforming':
      return `not conforming: ${[...failed, ...(troubles.length > 0 ? ['the exchange of lines'] : [])].join(', ')}`
  }
}

/** A verdict as lines of text. */
export const summaryOf = (report: RunReport): ReadonlyArray<string> => {
  const { program, vectors, protocols, sample, seed, levels, groups, troubles, stderr } = report
  const failures = (level: LevelVerdict): ReadonlyArray<string> => {
    // What fails nearest to the start is most likely the cause of the rest.
    const failing = groups
      .filter((group) => group.verdict === 'failed' && group.level === level.level && group.protocol === level.protocol)
      .sort((one, other) => (one.smallest?.size ?? 0) - (other.smallest?.size ?? 0))
    const others = failing.slice(WHOLE)
    return [
      ...failing.slice(0, WHOLE).flatMap(groupLines),
      ...(others.length === 0 ? [] : [`  and ${digits(others.length)} more groups: ${others.slice(0, NAMED).map((group) => `${group.group} (${digits(group.failed)} of ${digits(group.asked)})`).join(', ')}${others.length > NAMED ? ' …' : ''}`]),
    ]
  }
  return [
    `${program.join(' ')}: vectors ${vectors.version}, ${protocols.join(' and ')}${sample > 1 ? `, about one of ${digits(sample)} states` : ''}, seed ${seed}`,
    ...(report.verdict === 'not run' ? [] : levels).flatMap((level) => [levelLine(level), ...failures(level)]),
    ...troubles.flatMap(({ kind, count, first }) => [`${kind}${count > 1 ? ` (${digits(count)})` : ''}: ${troubleKinds[kind]}`, `    ${first}`]),
    ...(stderr !== '' && (troubles.length > 0 || report.exit === 2) ? ['standard error ended with', ...stderr.trimEnd().split('\n').slice(-20).map((line) => `    ${line}`)] : []),
    ending(report),
  ]
}
