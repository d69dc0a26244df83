/**
 * A verdict as JUnit XML, for continuous integration: a suite for each level, a case for each group of questions, and one
 * suite more for the exchange of lines.
 *
 * There is no schema that all readers agree on; what is written here is the common part (`testsuites`, `testsuite`,
 * `testcase`, `failure`, `error`, `skipped`, `system-err`), and no dates, so that the same run gives the same file. A group
 * that is unsupported is skipped, or failed where its level was asked for by name.
 *
 * Text comes from a program that may be hostile. What XML 1.0 does not allow (most control characters, lone surrogates,
 * U+FFFE and U+FFFF) cannot be written at all, not even escaped; these and other invisible characters are shown as `\u001b`.
 *
 * @module
 */
import { troubleKinds } from './dialogue.js'
import type { GroupVerdict, LevelVerdict, RunReport } from './verdict.js'

/** What XML forbids, and what would be read as something else: controls, lone surrogates, marks of direction. */
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\t': '&#9;', '\n': '&#10;' }

/** Text as it may stand in an attribute or an element of XML 1.0. */
export const xmlText = (text: string): string =>
  text
    .replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[&<>"'\t\n]/g, (character) => entities[character] ?? character)

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values).map(([name, value]) => ` ${name}="${xmlText(String(value))}"`).join('')

const element = (name: string, values: Readonly<Record<string, string | number>>, inside: ReadonlyArray<string> = []): ReadonlyArray<string> =>
  inside.length === 0 ? [`<${name}${attributes(values)}/>`] : [`<${name}${attributes(values)}>`, ...inside.map((line) => `  ${line}`), `</${name}>`]

/** An element with text, on one line: a break inside would be shown as one. */
const said = (name: string, message: string, text: string): string => `<${name}${attributes({ message })}>${xmlText(text)}</${name}>`

const isNamed = ({ exit, verdict }: RunReport): boolean => verdict === 'conforming in part' && exit === 1

const caseOf = (report: RunReport, suite: string, group: GroupVerdict): ReadonlyArray<string> => {
  const inside = ((): ReadonlyArray<string> => {
    switch (group.verdict) {
      case 'met':
        return []
      case 'unfinished':
        return [said('error', 'unfinished', `${group.met} of ${group.asked} met when the run ended`)]
      case 'unsupported':
        return isNamed(report)
          ? [said('failure', 'unsupported', `all ${group.asked} requests of the kind ${group.requests} were answered by a fault`)]
          : element('skipped', { message: 'unsupported' })
      case 'failed': {
        const { smallest } = group
        const text = smallest === undefined ? '' : `${smallest.name}\nsent     ${smallest.sent}\nexpected ${smallest.expected}\ngot      ${smallest.got}`
        return [said('failure', `${group.failed} of ${group.asked} failed: ${smallest?.why ?? ''}`, text)]
      }
    }
  })()
  return element('testcase', { classname: suite, name: group.group, assertions: group.asked }, inside)
}

const suiteName = ({ level, protocol }: LevelVerdict): string => `mpcvd.${level}${protocol === undefined ? '' : `.${protocol}`}`

const suite = (name: string, cases: ReadonlyArray<string>, count: number, failures: number, errors: number, skipped: number): ReadonlyArray<string> =>
  element('testsuite', { name, tests: count, failures, errors, skipped }, cases)

/** A verdict as JUnit XML. */
export const junitOf = (report: RunReport): string => {
  const { levels, groups, troubles, verdict } = report
  const named = isNamed(report)
  const of = (level: LevelVerdict): ReadonlyArray<string> => {
    const own = groups.filter((group) => group.level === level.level && group.protocol === level.protocol)
    const count = (...verdicts: ReadonlyArray<GroupVerdict['verdict']>): number => own.filter((group) => verdicts.includes(group.verdict)).length
    const failures = count('failed') + (named ? count('unsupported') : 0)
    return suite(suiteName(level), own.flatMap((group) => caseOf(report, suiteName(level), group)), own.length, failures, count('unfinished'), named ? 0 : count('unsupported'))
  }
  const whole = verdict === 'nothing supported' || verdict === 'unfinished' ? [said('failure', verdict, verdict)] : []
  const lines = [
    ...troubles.flatMap(({ kind, count, first }) =>
      element('testcase', { classname: 'mpcvd.lines', name: kind }, [said('failure', `${troubleKinds[kind]} (${count})`, first)])),
    ...(troubles.length === 0 || whole.length > 0 ? element('testcase', { classname: 'mpcvd.lines', name: 'all' }, whole) : []),
    ...(report.stderr === '' ? [] : [`<system-err>${xmlText(report.stderr)}</system-err>`]),
  ]
  const cases = troubles.length + (troubles.length === 0 || whole.length > 0 ? 1 : 0)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    ...element('testsuites', { name: `mpcvd conform ${report.program.join(' ')}` }, [
      ...levels.flatMap(of), ...suite('mpcvd.lines', lines, cases, troubles.length + whole.length, 0, 0),
    ]),
  ].join('\n')
}
