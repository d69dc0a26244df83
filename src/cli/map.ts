/**
 * `mpcvd map FILE`: a status map, checked against its form and against the moves that the protocol permits.
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import { checkStatusMap, decodeStatusMap, describeStatusFinding, type Meaning } from '../bridge/index.js'
import { parseJson } from '../codec/index.js'
import { adopted, published, type Role, roles as allRoles } from '../index.js'
import { readText } from './logs.js'
import { complain, type ExitCode, type Options, say, sayJson, table, type UsageError } from './terminal.js'

const saidBy = ({ asks, says }: Meaning): string =>
  asks !== undefined ? `asks: ${asks.answers.map(({ answer }) => answer).join(', ')}` : (says ?? []).map((each) => each.join(', then ')).join(', or ') || 'nothing'

/** Checks a status map; 0 where all of it can be said, 1 where something is found, 2 where it cannot be read. */
export const checkMap = (file: string, { json, protocol, roles }: Options): ExitCode | UsageError => {
  const named = roles?.split(',').map((name) => allRoles.find((role): role is Role => role === name.trim()))
  const known = named?.flatMap((role) => role ?? [])
  if (named !== undefined && known !== undefined && known.length < named.length) return { usage: `--roles expects some of ${allRoles.join(', ')}, got ${roles ?? ''}` }
  const text = readText(file)
  if (text === undefined) return 2
  const parsed = parseJson(text)
  const map = isLeft(parsed) ? undefined : decodeStatusMap(parsed.right)
  if (map === undefined || isLeft(map)) {
    if (map === undefined) complain(`${file}: expected a status map as JSON`)
    else for (const { expected, got, path } of map.left) complain(`${file}: at ${path || 'the top'}, expected ${expected}, got ${got}`)
    return 2
  }
  const { fields = [], name, speaker = 'vendor', statuses } = map.right.value
  const findings = checkStatusMap(map.right.value, { protocol: protocol === 'published' ? published : adopted, ...(known === undefined ? {} : { roles: known }) })
  // A tracker need not tell of everything: that it does not is worth knowing, and nothing wrong.
  const wrong = findings.filter(({ kind }) => kind !== 'unsaid')
  if (json) sayJson({ name, findings: findings.map((finding) => ({ ...finding, text: describeStatusFinding(finding) })) })
  else {
    say(`${name}: ${statuses.length} statuses, ${fields.length} fields, the ${speaker}’s word`)
    table([...statuses.map((row) => [`  ${row.status}`, saidBy(row), row.to === undefined ? '> any' : `> ${row.to.join(', ') || 'nothing'}`]), ...fields.map((row) => [`  ${row.id} (${row.path})`, saidBy(row), ''])]).forEach(say)
    for (const finding of findings) say(`${finding.kind === 'unsaid' ? 'note' : 'wrong'}: ${describeStatusFinding(finding)}`)
  }
  return wrong.length > 0 ? 1 : 0
}
