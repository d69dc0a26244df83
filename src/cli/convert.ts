/**
 * `mpcvd convert --from FORMAT --to FORMAT FILE…`: from the formats of other tools to case logs, and back.
 *
 * Files that are no log are snapshots of one record, in their order; a file of JSON lines is one snapshot a line. What they
 * mean is added to the log that `--into` names, or begins one of its own. An entry that the log has already is not added
 * again, so that the same files can be read twice. What the source leaves open, and what is lost, is told on stderr.
 *
 * @module
 */
import { basename } from 'node:path'
import { isLeft } from 'fp-ts/Either'
import { type Observed, parts, type Part, type Scene } from '../bridge/index.js'
import { caseOf, idOf, ledgerOf, linked } from '../case/index.js'
import { parseJson } from '../codec/index.js'
import { type CaseLog, type LogEntry, type Participant, type Protocol, protocols, replay } from '../index.js'
import { readLog, readText } from './logs.js'
import { mapped, type Source, sources, targets } from './sources.js'
import { complain, type ExitCode, faultsText, type UsageError } from './terminal.js'
import { write } from './write.js'

/** What the command was asked for, as the options have it. */
export interface ConvertArguments {
  readonly json: boolean
  readonly from: string | undefined
  readonly to: string | undefined
  readonly into: string | undefined
  /** The case of a log that is begun. */
  readonly case: string | undefined
  readonly parties: string | undefined
  readonly answers: ReadonlyArray<string>
  readonly vulnerability: string | undefined
  readonly as: string | undefined
  readonly publisher: string | undefined
  readonly addresses: ReadonlyArray<string>
  readonly at: string
}

/** A log as far as it goes, and everybody in it as it leaves them, by what was observed too. */
interface Course {
  readonly log: CaseLog
  readonly protocol: Protocol
  readonly participants: ReadonlyArray<Participant>
  readonly embargo: string | undefined
}

const courseOf = (log: CaseLog): Course | UsageError => {
  const opened = ledgerOf({ header: log.header, entries: linked([log]) })
  if (isLeft(opened)) return { usage: faultsText(opened.left) }
  const protocol = protocols[log.header.protocol]
  // The log of one participant knows less of the others; what it knows is what there is to go on from.
  const { as: _, ...header } = log.header
  return { log, protocol, participants: replay(protocol, { header, entries: log.entries }).participants, embargo: caseOf(opened.right).state.inForce }
}

/** Who has which part. */
type Parties = Readonly<Partial<Record<Part, string>>>

/** PART=ID,… */
const partiesIn = (text: string): Parties | UsageError => {
  const pairs = text.split(',').map((each) => each.split('='))
  const known = pairs.flatMap(([name, id, ...more]) => {
    const part = parts.find((one) => one === name?.trim())
    return part === undefined || id === undefined || id.trim() === '' || more.length > 0 ? [] : [[part, id.trim()] as const]
  })
  return known.length < pairs.length ? { usage: `--parties expects PART=PARTICIPANT,… with the parts ${parts.join(', ')}, got ${text}` } : Object.fromEntries(known)
}

/** The parts that the tables of a source speak of, and the reporter. */
const partsOf = ({ bridges }: Source): ReadonlyArray<Part> =>
  parts.filter((part) => part === 'reporter' || bridges.some(({ rows }) => rows.some(({ about, speaker, to }) => [about, speaker, to].includes(part))))

/** Who has which part in a case that is there: whoever alone has the role. */
const partiesAmong = (participants: ReadonlyArray<Participant>): Parties =>
  Object.fromEntries(parts.flatMap((part) => {
    const [one, another] = participants.filter(({ roles }) => roles.includes(part) || (part === 'reporter' && roles.includes('finder')))
    return one === undefined || another !== undefined ? [] : [[part, one.id]]
  }))

const sourceNamed = (name: string): Source | UsageError => {
  const known = sources.find((each) => each.name === name)
  if (known !== undefined) return known
  if (!name.endsWith('.json')) return { usage: `--from expects log, a status map NAME.json, or one of ${sources.map((each) => each.name).join(', ')}; got ${name}` }
  const text = readText(name)
  const parsed = text === undefined ? undefined : parseJson(text)
  if (parsed === undefined || isLeft(parsed)) return { usage: `${name}: expected a status map as JSON` }
  const map = mapped(parsed.right)
  return isLeft(map) ? { usage: `${name}: ${faultsText(map.left)}` } : map.right
}

/** The snapshots of a file; `undefined` where it holds none. */
const snapshotsIn = (file: string): ReadonlyArray<unknown> | undefined => {
  const text = readText(file)
  if (text === undefined) return undefined
  const whole = parseJson(text)
  if (!isLeft(whole)) return [whole.right]
  const lines = text.split('\n').filter((line) => line.trim() !== '').map(parseJson)
  const good = lines.flatMap((line) => (isLeft(line) ? [] : [line.right]))
  if (lines.length > 1 && good.length === lines.length) return good
  complain(`${file}: expected JSON, or a JSON value a line`)
  return undefined
}

/** Where a reading begins. */
interface Setting {
  readonly course: Course
  readonly parties: Parties
  readonly policy: Readonly<Record<string, string>>
}

/** A case of those who have a part, who may have several. */
const begun = (parties: Parties, ofCase: string): CaseLog => ({
  header: {
    log: 1, protocol: 'adopted@1', case: ofCase, world: 'open',
    participants: [...new Set(Object.values(parties))].map((id) => ({ id, roles: parts.filter((part) => parties[part] === id) })),
  },
  entries: [],
})

const settingOf = (source: Source, [first = ''] : ReadonlyArray<string>, given: ConvertArguments): Setting | UsageError => {
  const told = given.parties === undefined ? undefined : partiesIn(given.parties)
  if (told !== undefined && 'usage' in told) return { usage: told.usage }
  const answers = given.answers.map((each) => [each.slice(0, Math.max(each.indexOf('='), 0)), each.slice(each.indexOf('=') + 1)] as const)
  if (answers.some(([question]) => question === '')) return { usage: `--answer expects QUESTION=ANSWER, got ${given.answers.join(' ')}` }
  const there = given.into === undefined ? undefined : readLog([given.into])
  if (given.into !== undefined && (there === undefined || there.unreadable)) return { usage: `${given.into}: expected a case log to add to` }
  const cast = told ?? Object.fromEntries(partsOf(source).map((part) => [part, part]))
  const course = courseOf(there === undefined ? begun(cast, given.case ?? (basename(first).replace(/\.[^.]*$/, '').replace(/^-$/, '') || 'case')) : there.log)
  if ('usage' in course) return course
  return { course, parties: told ?? (there === undefined ? cast : partiesAmong(course.participants)), policy: Object.fromEntries(answers) }
}

/** Tells what is odd and what is left open; whether anything is. */
const tell = (file: string, { undecided, warnings }: Observed): boolean => {
  for (const { kind, what, where } of warnings) complain(`${file}: ${where}: ${kind}: ${what}`)
  for (const { answers, id, question } of undecided) {
    complain(`${file}: undecided: ${question}`)
    for (const { answer, meaning } of answers) complain(`  --answer '${id}=${answer}': ${meaning}`)
  }
  return undecided.length > 0
}

const read = (source: Source, files: ReadonlyArray<string>, given: ConvertArguments): { readonly log: CaseLog; readonly code: ExitCode } | UsageError => {
  const setting = settingOf(source, files, given)
  if ('usage' in setting) return setting
  const { course: { embargo, log, protocol, participants: first }, parties, policy } = setting
  const entries: LogEntry[] = [...log.entries]
  const held = new Set(entries.flatMap((entry) => ('receipt' in entry ? [] : [idOf(entry)])))
  let code: ExitCode = 0
  let participants = first
  let before: unknown
  for (const file of files) {
    const snapshots = snapshotsIn(file)
    if (snapshots === undefined) return { log, code: 2 }
    for (const now of snapshots) {
      const named = source.vulnerabilities?.(now) ?? []
      if (given.vulnerability === undefined && named.length > 1) return { usage: `${file} is about ${named.length} vulnerabilities, a case is about one: --vulnerability expects one of ${named.slice(0, 10).join(', ')}` }
      const scene: Scene = { case: log.header.case, participants, parties, seen: given.at, policy, protocol, ...(embargo === undefined ? {} : { embargo }) }
      const found = source.read(before === undefined || source.bridges.length === 0 ? { now } : { before, now }, scene, { vulnerability: given.vulnerability ?? named[0] ?? '', as: given.as })
      if (isLeft(found)) {
        for (const { expected, got, path } of found.left) complain(`${file}: at ${path || 'the top'}, expected ${expected}, got ${got}`)
        return { log, code: 2 }
      }
      if (tell(file, found.right)) code = 1
      for (const entry of found.right.entries) {
        if ('receipt' in entry || held.has(idOf(entry))) continue
        held.add(idOf(entry))
        entries.push(entry)
      }
      participants = found.right.participants
      before = now
    }
  }
  return { log: { header: log.header, entries }, code }
}

/** Converts files; 0 where all was said, 1 where something is undecided or lost, 2 where a file cannot be read. */
export const convert = (files: ReadonlyArray<string>, given: ConvertArguments): ExitCode | UsageError => {
  const target = targets.find(({ name }) => name === given.to)?.name
  if (given.from === undefined || target === undefined) return { usage: `convert expects --from FORMAT and --to one of ${targets.map(({ name }) => name).join(', ')}; see mpcvd bridges` }
  if (given.from === 'log') {
    const read = readLog(files)
    return read === undefined || read.unreadable ? 2 : write(target, read.log, given)
  }
  const source = sourceNamed(given.from)
  if ('usage' in source) return source
  const done = read(source, files, given)
  if ('usage' in done) return done
  if (done.code === 2) return 2
  const code = write(target, done.log, given)
  return typeof code === 'object' || code > done.code ? code : done.code
}
