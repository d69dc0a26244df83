/**
 * The verdict: questions and answers in, what is met, failed and unsupported out, level by level and group by group.
 *
 * Rules.
 *
 * - An answer is met where it agrees with what is expected, and failed otherwise. A program that does not know a kind of
 *   request answers each with a fault; where *every* answer to a kind is a fault, the kind is unsupported, and none of its
 *   questions is met, not even one that expects a fault.
 * - Of a failing group the failure that is told is the smallest: nearest to the simplest question, then first by name, so
 *   that it does not depend on the order of asking.
 * - A level that has a failure has failed. Else, if the run ended before its end, it is unfinished; else it is met,
 *   unsupported, or met in part where some kinds are supported and others not.
 * - Trouble in the exchange of lines (`dialogue.ts`) fails the whole: what was answered cannot be relied on.
 * - The run conforms where nothing failed. Lack of support alone fails it only in a level that was asked for by name, or
 *   where nothing at all is supported.
 *
 * Nothing here starts a program or knows a file.
 *
 * @module
 */
import type { Trouble } from './dialogue.js'
import { type Level, levels } from './requirement.js'
import { essenceOf, requestKind, requestProtocol, showExpected } from './saying.js'
import { agrees, type JsonObject, type Question } from './vectors.js'

/** One question that was answered wrongly: what was sent and got as they stood, without their ids. */
export interface Failure {
  readonly name: string
  readonly size: number
  readonly sent: string
  readonly expected: string
  readonly got: string
  /** What is wrong, in a few words. */
  readonly why: string
}

/** How many questions were asked, and what came of them; what is missing to the sum was never answered. */
export interface Counts {
  readonly asked: number
  readonly met: number
  readonly failed: number
  readonly unsupported: number
}

/** What came of a group of questions. */
export interface GroupVerdict extends Counts {
  readonly level: Level
  readonly protocol?: 'adopted' | 'published'
  /** What its requests ask for, as {@link requestKind} has it. */
  readonly requests: string
  readonly group: string
  readonly verdict: 'met' | 'failed' | 'unsupported' | 'unfinished'
  readonly smallest?: Failure
}

/** What came of a level, under each reading that has questions there. */
export interface LevelVerdict extends Counts {
  readonly level: Level
  readonly protocol?: 'adopted' | 'published'
  readonly verdict: 'met' | 'met in part' | 'failed' | 'unsupported' | 'unfinished' | 'not asked'
  /** The kinds of requests that are unsupported. */
  readonly lacks: ReadonlyArray<string>
}

/** What the kit says in the end, in words and as the exit code of the command. */
export interface Verdict {
  readonly verdict: 'conforming' | 'conforming in part' | 'not conforming' | 'nothing supported' | 'unfinished' | 'not run'
  readonly levels: ReadonlyArray<LevelVerdict>
  readonly groups: ReadonlyArray<GroupVerdict>
  readonly troubles: ReadonlyArray<Trouble>
  readonly exit: 0 | 1 | 2
}

/** A verdict, and of what, by what. */
export interface RunReport extends Verdict {
  /** The program and its arguments. */
  readonly program: ReadonlyArray<string>
  /** The version of this library. */
  readonly version: string
  /** The vectors that were asked: their version, and the hash of their manifest. */
  readonly vectors: { readonly version: string; readonly sha256: string }
  readonly protocols: ReadonlyArray<'adopted' | 'published'>
  /** About one of how many questions was asked. */
  readonly sample: number
  /** What the order of questions and their ids come from: the same seed asks the same again. */
  readonly seed: string
  /** The end of what the program wrote to standard error. */
  readonly stderr: string
}

/** How the run went, beside its answers. */
export interface Circumstances {
  /** The levels that were to be asked. */
  readonly levels: ReadonlyArray<Level>
  /** Whether they were asked for by name, so that each must be supported. */
  readonly named: boolean
  readonly troubles: ReadonlyArray<Trouble>
  /** Whether every question was asked and the last answer awaited. */
  readonly finished: boolean
}

/** The counts of a run as it goes on. */
export interface Tally {
  readonly ask: (question: Question) => void
  /** Judges an answer; `fault` is what is wrong with it as an answer, whatever it says. What is wrong with it comes back. */
  readonly answer: (question: Question, answer: JsonObject, fault?: string) => string | undefined
  /** A question that has no answer, and will not get one, for this reason. */
  readonly forsake: (question: Question, why: string) => void
  /** The smallest failure of each failing group so far, by the group's key. */
  readonly failing: () => ReadonlyMap<string, number>
  /** How often, where every answer up to now was the same, and wrong at least once. */
  readonly constant: () => { readonly count: number; readonly answer: string } | undefined
  readonly verdict: (circumstances: Circumstances) => Verdict
}

interface Group {
  readonly level: Level
  readonly protocol: 'adopted' | 'published' | undefined
  readonly requests: string
  readonly group: string
  asked: number
  met: number
  failed: number
  answered: number
  smallest: Failure | undefined
}

interface Kind {
  answered: number
  faults: number
  /** Whether something other than a fault was expected. */
  wanted: boolean
}

/** How many equal answers are no accident. */
const CONSTANT = 20

/** The longest text of an answer or a request that a failure keeps. */
const LONGEST = 20_000

const withoutId = (value: JsonObject): string => {
  try {
    const text = JSON.stringify({ ...value, id: undefined })
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
  } catch {
    return 'something that cannot be written again'
  }
}

const before = (one: Failure, other: Failure): boolean =>
  one.size !== other.size ? one.size < other.size : one.name !== other.name ? one.name < other.name : one.sent < other.sent

/** The group that a question belongs to, as one key. */
export const groupKey = (question: Question): string =>
  `${question.level}|${requestProtocol(question.request) ?? ''}|${requestKind(question.request)}|${question.group}`

/** An empty tally. */
export const openTally = (): Tally => {
  const groups = new Map<string, Group>()
  const kinds = new Map<string, Kind>()
  let first: string | undefined
  let varied = false
  let answers = 0
  let wrong = 0

  const groupOf = (question: Question): Group => {
    const key = groupKey(question)
    const known = groups.get(key)
    if (known !== undefined) return known
    const fresh: Group = {
      level: question.level, protocol: requestProtocol(question.request), requests: requestKind(question.request), group: question.group,
      asked: 0, met: 0, failed: 0, answered: 0, smallest: undefined,
    }
    groups.set(key, fresh)
    return fresh
  }
  const kindKey = (requests: string, protocol: string | undefined): string => `${requests} ${protocol ?? ''}`
  const kindOf = (group: Group): Kind => {
    const key = kindKey(group.requests, group.protocol)
    const known = kinds.get(key)
    if (known !== undefined) return known
    const fresh: Kind = { answered: 0, faults: 0, wanted: false }
    kinds.set(key, fresh)
    return fresh
  }
  const fail = (group: Group, question: Question, got: string, why: string): void => {
    group.failed++
    if (group.smallest !== undefined && question.size > group.smallest.size) return
    const failure: Failure = {
      name: question.name, size: question.size, sent: withoutId(question.request), expected: showExpected(question.expected), got, why,
    }
    if (group.smallest === undefined || before(failure, group.smallest)) group.smallest = failure
  }
  const unsupported = (group: Group): boolean => {
    const kind = kinds.get(kindKey(group.requests, group.protocol))
    return kind !== undefined && kind.wanted && kind.answered > 0 && kind.faults === kind.answered
  }
  const vary = (answer: JsonObject): void => {
    const essence = essenceOf(answer)
    first ??= essence
    if (essence !== first || essence === 'fault') varied = true
  }

  const judge = (question: Question, answer: JsonObject): string | undefined => {
    try {
      if (!varied) vary(answer)
      return agrees(question.expected, answer)
    } catch {
      // Only what is nested too deep to walk through.
      varied = true
      return 'an answer that cannot be compared'
    }
  }

  return {
    ask: (question) => {
      groupOf(question).asked++
    },
    answer: (question, answer, fault) => {
      const group = groupOf(question)
      const kind = kindOf(group)
      const why = fault ?? judge(question, answer)
      answers++
      group.answered++
      kind.answered++
      if (question.expected.answer !== 'fault') kind.wanted = true
      if (fault === undefined && 'fault' in answer) kind.faults++
      if (why === undefined) group.met++
      else {
        wrong++
        fail(group, question, withoutId(answer), why)
      }
      return why
    },
    forsake: (question, why) => {
      fail(groupOf(question), question, 'nothing', why)
    },
    failing: () => new Map([...groups].flatMap(([key, group]) => (group.smallest === undefined || unsupported(group) ? [] : [[key, group.smallest.size]]))),
    constant: () => (varied || first === undefined || wrong === 0 || answers < CONSTANT ? undefined : { count: answers, answer: first }),
    verdict: (circumstances) => verdictOn([...groups.values()].map((group) => groupVerdict(group, unsupported(group))), circumstances),
  }
}

const groupVerdict = ({ level, protocol, requests, group, asked, met, failed, answered, smallest }: Group, unsupported: boolean): GroupVerdict => {
  const forsaken = failed + met - answered
  const head = { level, ...(protocol === undefined ? {} : { protocol }), requests, group, asked }
  if (unsupported && forsaken === 0) return { ...head, verdict: 'unsupported', met: 0, failed: 0, unsupported: answered }
  return {
    ...head, met, failed, unsupported: 0, verdict: failed > 0 ? 'failed' : met < asked ? 'unfinished' : 'met', ...(smallest === undefined ? {} : { smallest }),
  }
}

const sum = (groups: ReadonlyArray<GroupVerdict>, field: 'asked' | 'met' | 'failed' | 'unsupported'): number => groups.reduce((total, group) => total + group[field], 0)

const levelVerdict = (level: Level, protocol: 'adopted' | 'published' | undefined, groups: ReadonlyArray<GroupVerdict>, finished: boolean): LevelVerdict => {
  const counts: Counts = { asked: sum(groups, 'asked'), met: sum(groups, 'met'), failed: sum(groups, 'failed'), unsupported: sum(groups, 'unsupported') }
  const lacks = [...new Set(groups.filter((group) => group.verdict === 'unsupported').map((group) => group.requests))].sort()
  const verdict: LevelVerdict['verdict'] =
    counts.failed > 0
      ? 'failed'
      : !finished || counts.met + counts.unsupported < counts.asked
        ? 'unfinished'
        : counts.asked === 0
          ? 'not asked'
          : counts.unsupported === counts.asked
            ? 'unsupported'
            : counts.unsupported > 0
              ? 'met in part'
              : 'met'
  return { level, ...(protocol === undefined ? {} : { protocol }), verdict, ...counts, lacks }
}

/** The levels in order, each under no reading, then adopted, then published, where there are questions; a level without any stands alone. */
const levelVerdicts = (groups: ReadonlyArray<GroupVerdict>, { levels: asked, finished }: Circumstances): ReadonlyArray<LevelVerdict> =>
  levels.filter((level) => asked.includes(level)).flatMap((level) => {
    const own = groups.filter((group) => group.level === level)
    const readings = [undefined, 'adopted', 'published'] as const
    const found = readings.filter((reading) => own.some((group) => group.protocol === reading))
    return (found.length === 0 ? [undefined] : found).map((reading) => levelVerdict(level, reading, own.filter((group) => group.protocol === reading), finished))
  })

const rank = (group: GroupVerdict): string => `${group.level} ${group.protocol ?? ''} ${group.requests} ${group.group}`

const verdictOn = (given: ReadonlyArray<GroupVerdict>, circumstances: Circumstances): Verdict => {
  const { named, troubles, finished } = circumstances
  const groups = [...given].sort((one, other) => (rank(one) < rank(other) ? -1 : 1))
  const all = levelVerdicts(groups, circumstances)
  const has = (...verdicts: ReadonlyArray<LevelVerdict['verdict']>): boolean => all.some((one) => verdicts.includes(one.verdict))
  const said = { levels: all, groups, troubles }
  if (troubles.some((trouble) => trouble.kind === 'not-started' || trouble.kind === 'said-nothing')) return { verdict: 'not run', ...said, exit: 2 }
  if (has('failed')) return { verdict: 'not conforming', ...said, exit: 1 }
  if (!finished || has('unfinished')) return { verdict: 'unfinished', ...said, exit: 1 }
  if (!has('met', 'met in part')) return { verdict: 'nothing supported', ...said, exit: 1 }
  if (troubles.length > 0) return { verdict: 'not conforming', ...said, exit: 1 }
  const lacking = has('met in part', 'unsupported')
  return { verdict: lacking ? 'conforming in part' : 'conforming', ...said, exit: lacking && named ? 1 : 0 }
}
