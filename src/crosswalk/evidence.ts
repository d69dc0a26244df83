/**
 * The evidence compiler: what a case log shows of the clauses of a standard, participant by participant.
 *
 * `evidence(log, standard)` makes a sheet for each vendor in the log, with a verdict on every row of the crosswalk: what
 * shows it, entry by entry, what is missing, what came late, and what no message can show. It is no certificate and no
 * audit. It says what is recorded in one case; whether that is enough is for whoever reads it.
 *
 * Each cited entry says whether it is *needed*: whether the clause would be weaker without it. Take such an entry out of
 * the log, and the clauses that need it become weaker; a clause that does not cite it stays as it is.
 *
 * @module
 */
import { type Duration, formatInstant, readDuration } from '../case/index.js'
import type { CaseLog, Statement } from '../protocol/log.js'
import type { Id, Moment } from '../protocol/message.js'
import { readMoment } from '../protocol/moment.js'
import type { Role } from '../protocol/participant.js'
import { type Citation, type Clause, isWeaker, type NeedResult, type Status } from './clause.js'
import { cra14, type Notice, noticesOf } from './cra14.js'
import { factsOf, type Facts } from './fact.js'
import { type Length, measuresOf } from './measure.js'
import { movesOf } from './moved.js'
import { crosswalks } from './rows.js'
import { type CrosswalkRow, type MeasureName, rules, type Standard } from './row.js'
import { type Answer, hangsOn, type Inquiry, weigh, weighNeed } from './weigh.js'

/** How long something took, and the entries that it runs between. */
export interface Measure extends Omit<Length, 'from' | 'to'> {
  readonly from: Citation
  readonly to: Citation
}

/** What the log shows of one participant. */
export interface Sheet {
  readonly of: Id
  readonly roles: ReadonlyArray<Role>
  readonly clauses: ReadonlyArray<Clause>
  /** How long things took; none on the sheet of a law that has times of its own. */
  readonly measures: ReadonlyArray<Measure>
  /** The state in which the log begins for it, where that is not the start: what came before is not in the log. */
  readonly from?: string
}

/** What a log shows of a standard. */
export interface Evidence {
  readonly standard: Standard
  readonly case: Id
  readonly title?: string
  /** Whether the log claims to hold everything that was sent, and whose log it is. */
  readonly world: 'open' | 'closed'
  readonly as?: Id
  readonly at?: Moment
  readonly entries: number
  readonly sheets: ReadonlyArray<Sheet>
}

/** What may be asked besides. */
export interface EvidenceOptions {
  /** The participant whose sheet it is to be; every vendor in the log when absent. No sheet for who is not in the log. */
  readonly of?: Id
  /** The time to ask about: what surely came after is left out. Terms that are open are over when absent. */
  readonly at?: Moment
  /** The terms that the participant has set itself; without one, nothing is late. The standards set none. */
  readonly within?: Partial<Readonly<Record<MeasureName, Duration>>>
  /** The line of each entry in its file. */
  readonly lines?: ReadonlyArray<number>
}

/** So many entries are tried one by one; where a clause hangs on more, none is called needed. */
const MOST = 256

/** What is compiled from. */
interface Setting {
  readonly log: CaseLog
  readonly facts: Facts
  readonly moves: ReturnType<typeof movesOf>
  readonly options: EvidenceOptions
}

/** A verdict, before its citations are written out. */
interface Verdict extends Omit<Clause, 'cites'> {
  readonly rests: ReadonlyArray<number>
  readonly alone: ReadonlyArray<number>
}

const sorted = (all: ReadonlyArray<number>): ReadonlyArray<number> => [...new Set(all)].sort((one, other) => one - other)

const needOf = (says: string, answer: Answer, now: Moment | undefined): NeedResult => {
  const { due, met, shows, since } = answer
  const clock = now === undefined ? undefined : readMoment(now)
  const open = due !== undefined && clock !== undefined && clock.latest <= due
  return {
    says, shows: sorted(shows), ...(due === undefined ? {} : { due: formatInstant(due) }), ...(due === undefined || since === undefined ? {} : { since }),
    status: met === 'yes' ? 'shown' : met === 'no' ? (open ? 'pending' : 'missing') : met,
  }
}

/** The status that the needs come to. */
const statusOf = (needs: ReadonlyArray<NeedResult>, row: CrosswalkRow): Status => {
  const every = (...kinds: ReadonlyArray<NeedResult['status']>): boolean => needs.every(({ status }) => kinds.includes(status))
  const status = every('shown') ? 'shown' : every('shown', 'late') ? 'late' : every('pending') ? 'pending' : every('missing', 'pending') ? 'missing' : 'partly'
  return status === 'shown' && row.atMost !== undefined ? row.atMost : status
}

const judge = (row: CrosswalkRow, inquiry: Inquiry, now: Moment | undefined): Verdict => {
  const { id, clause, title, cannot, needs, unless, when } = row
  const about = { id, clause, title, ...(cannot === undefined ? {} : { cannot }) }
  if (needs.length === 0) return { ...about, status: 'not-by-messages', needs: [], rests: [], alone: [] }
  const answers = needs.flatMap((need) => {
    const answer = weighNeed(need, inquiry)
    return answer === undefined ? [] : [{ says: need.says, answer }]
  })
  const reached = weigh(rules.reached, inquiry)
  if (reached.met !== 'yes') return { ...about, status: 'not-applicable', because: 'nothing in the log says that the case reached the participant', needs: [], rests: [], alone: [] }
  const gate = when === undefined ? undefined : weigh(when.rule, inquiry)
  const exit = unless === undefined ? undefined : weigh(unless.rule, inquiry)
  const given = answers.map(({ answer }) => answer)
  const anyShown = given.some(({ idle, met }) => met !== 'no' && idle !== true)
  if (gate !== undefined && when !== undefined && gate.met !== 'yes')
    return { ...about, status: 'not-applicable', because: when.otherwise, needs: [], rests: [], alone: [] }
  if (exit !== undefined && unless !== undefined && exit.met === 'yes' && !anyShown)
    return { ...about, status: 'not-applicable', because: unless.because, needs: [], rests: sorted(exit.shows), alone: sorted(exit.alone) }
  // Of what makes the clause apply, only what nothing else could stand for is cited.
  const calls = [...hangsOn(rules.reached, reached, inquiry), ...(gate === undefined || when === undefined ? [] : hangsOn(when.rule, gate, inquiry))]
  const rests = sorted([...calls, ...given.flatMap(({ bears, shows }) => [...shows, ...bears])])
  const alone = sorted([...calls, ...given.flatMap((one) => one.alone)])
  const results = answers.map(({ says, answer }) => needOf(says, answer, now))
  return { ...about, status: statusOf(results, row), needs: results, rests, alone }
}

const craStatus = { running: 'pending', overdue: 'missing', met: 'shown', missed: 'late' } as const

const judgeNotice = (row: (typeof cra14)[number], notices: ReadonlyArray<Notice>): Verdict => {
  const { clause, id, rule, title, cannot } = row
  const notice = notices.find((one) => one.rule === rule)
  const about = { id, clause, title, ...(cannot === undefined ? {} : { cannot }) }
  const rests = sorted([...(notice?.starts ?? []), ...(notice?.met ?? [])])
  const deadline = notice?.deadline
  if (deadline === undefined) {
    const because = rule === 'final-report' && notice !== undefined && notice.starts.length > 0
      ? 'no measure against an exploited vulnerability is in the log'
      : 'no entry says that the participant knew of an exploitation'
    return { ...about, status: 'not-applicable', because, needs: [], rests, alone: rests }
  }
  const { done, due, started, status } = deadline
  const stands = status === 'unsure' ? (done === undefined ? 'missing' : 'partly') : craStatus[status]
  const says = `the notice (ext.happening: ${rule})${status === 'unsure' ? '; the dates do not say whether in time' : ''}`
  return { ...about, status: stands, needs: [{ says, status: stands, shows: done === undefined ? [] : [done], due: due.moment, since: sorted(started) }], rests, alone: rests }
}

const formOf = (entry: Statement): Citation['form'] =>
  'message' in entry ? 'message' : 'local' in entry ? 'step' : 'observation' in entry ? 'record' : 'members'

const cite = (entry: number, needed: boolean, of: Id, { facts, log, moves, options }: Setting): Citation | undefined => {
  const statement = facts.entries.get(entry)
  if (statement === undefined) return undefined
  const line = options.lines?.[entry] ?? entry + 2
  const moved = moves.get(entry)
  const shared = { entry, line, form: formOf(statement), needed }
  if ('message' in statement) {
    const { at, from, id, to, types } = statement.message
    return { ...shared, id, at, by: from, to, what: types.join(' '), moved: moved?.get(of) ?? moved?.get(from) ?? [] }
  }
  if ('local' in statement) {
    const { at, by, event, id } = statement.local
    return { ...shared, ...(id === undefined ? {} : { id }), at, by, what: event, moved: moved?.get(by) ?? [] }
  }
  if ('observation' in statement) {
    const { about, at, event, id, source } = statement.observation
    return {
      ...shared, ...(id === undefined ? {} : { id }), at, what: `${event}${about === undefined ? '' : ` of ${about}`}`, source,
      moved: moved?.get(about ?? of) ?? [],
    }
  }
  const content = 'membership' in statement ? statement.membership : undefined
  return content === undefined ? undefined
    : { ...shared, ...(content.id === undefined ? {} : { id: content.id }), at: content.at, by: content.by, what: `${content.participant} ${content.change}`, moved: log.header.as === of ? [] : (moved?.get(content.participant) ?? []) }
}

const clauseOf = (verdict: Verdict, again: (without: number) => Verdict, of: Id, setting: Setting): Clause => {
  const { alone, rests, ...rest } = verdict
  const bare = { ...rest, cites: [] }
  const tried = alone.length > MOST ? [] : alone
  const needed = new Set(tried.filter((entry) => isWeaker({ ...again(entry), cites: [] }, bare)))
  return { ...rest, cites: rests.flatMap((entry) => cite(entry, needed.has(entry), of, setting) ?? []) }
}

const termsIn = (within: EvidenceOptions['within'] = {}): Inquiry['terms'] =>
  Object.fromEntries(Object.entries(within).flatMap(([name, text]) => {
    const read = readDuration(text)
    return read._tag === 'Right' ? [[name, read.right]] : []
  }))

/** The last instant that any entry can be of: what is asked about where no time is given. */
const LAST = '9999-12-31T23:59:59Z'

const sheetOf = (of: Id, standard: Standard, setting: Setting): Sheet => {
  const { facts, log, options } = setting
  const inquiry: Inquiry = { facts, self: of, terms: termsIn(options.within), known: new Map() }
  const start = log.header.participants.find(({ id }) => id === of)?.start
  const asked = new Map<number | undefined, ReadonlyArray<Notice>>()
  const notices = (without?: number): ReadonlyArray<Notice> => {
    const known = asked.get(without) ?? noticesOf(facts, of, options.at ?? LAST, without)
    asked.set(without, known)
    return known
  }
  const clauses = standard === 'cra-14'
    ? cra14.map((row) => clauseOf(judgeNotice(row, notices()), (without) => judgeNotice(row, notices(without)), of, setting))
    : crosswalks[standard].map((row) => clauseOf(judge(row, inquiry, options.at), (without) => judge(row, { ...inquiry, without }, options.at), of, setting))
  return {
    of, roles: [...(facts.roles.get(of) ?? [])], clauses,
    measures: (standard === 'cra-14' ? [] : measuresOf(inquiry)).flatMap((one) => {
      const [from, to] = [cite(one.from, false, of, setting), cite(one.to, false, of, setting)]
      return from === undefined || to === undefined ? [] : [{ ...one, from, to }]
    }),
    ...(start === undefined || start.startsWith('(S,') ? {} : { from: start }),
  }
}

/**
 * What a log shows of a standard: a sheet for each vendor in it, or for the participant that is asked for. Nothing is
 * refused: what cannot be read of a moment or a term says nothing.
 */
export const evidence = (log: CaseLog, standard: Standard, options: EvidenceOptions = {}): Evidence => {
  const facts = factsOf(log, options.at)
  const setting: Setting = { log, facts, moves: movesOf(log, facts), options }
  const { as, case: name, title, world } = log.header
  const subjects = [...facts.roles].filter(([id, roles]) => (options.of === undefined ? roles.has('vendor') : id === options.of)).map(([id]) => id)
  return {
    standard, case: name, ...(title === undefined ? {} : { title }), world, ...(as === undefined ? {} : { as }),
    ...(options.at === undefined ? {} : { at: options.at }), entries: log.entries.length,
    sheets: subjects.map((of) => sheetOf(of, standard, setting)),
  }
}

/** How many clauses of a sheet stand in each way. */
export const tally = (sheet: Sheet): Readonly<Record<Status, number>> => {
  const counts = { 'shown': 0, 'partly': 0, 'late': 0, 'pending': 0, 'missing': 0, 'not-applicable': 0, 'not-by-messages': 0 }
  for (const { status } of sheet.clauses) counts[status]++
  return counts
}
