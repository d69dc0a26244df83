/**
 * How rules are answered: the one place where they are.
 *
 * An answer says whether a rule is met, which entries show it, and which bear on it though it is not. Besides, it names
 * the entries of which one alone may be what meets the rule; whether the clause would be weaker without one of them is
 * then found by asking again without it.
 *
 * One entry is no later than another where the dates say so surely, and where they leave it open, where it does not stand
 * after it in the log.
 *
 * @module
 */
import type { Id, Moment } from '../protocol/message.js'
import { readMoment, surelyBefore } from '../protocol/moment.js'
import { ending, type Fact, type Facts } from './fact.js'
import { type MeasureName, type Need, type Rule, type Sign, signs, type Who } from './row.js'

/** What is asked: which facts, about whom, without which entry, by when. */
export interface Inquiry {
  readonly facts: Facts
  readonly self: Id
  /** An entry that is taken for not being there. */
  readonly without?: number
  /** Terms in milliseconds. */
  readonly terms: Partial<Readonly<Record<MeasureName, number>>>
  /** The facts of each kind, kept between questions. */
  readonly known: Map<Sign, ReadonlyArray<Fact>>
}

/** An answer. */
export interface Answer {
  readonly met: 'yes' | 'late' | 'partly' | 'no'
  /** Met only because there was nothing to meet it for. */
  readonly idle?: true
  /** The entries that show it. */
  readonly shows: ReadonlyArray<number>
  /** Other entries on which the answer rests: what called for it, what came in the wrong order. */
  readonly bears: ReadonlyArray<number>
  /** Entries without which it may be another answer. */
  readonly alone: ReadonlyArray<number>
  /** The latest day on which what is missing is in time. */
  readonly due?: number
  /** What the term runs from. */
  readonly since?: ReadonlyArray<number>
}

const unmet: Answer = { met: 'no', shows: [], bears: [], alone: [] }
const unique = (all: ReadonlyArray<number>): ReadonlyArray<number> => [...new Set(all)]

/** The entries of some facts, with the proposals that their ends come from. */
const entriesOf = (all: ReadonlyArray<Fact>): ReadonlyArray<number> => unique(all.flatMap(({ entry, via }) => (via === undefined ? [entry] : [entry, via])))
const aloneOf = (all: ReadonlyArray<Fact>): ReadonlyArray<number> => {
  const entries = entriesOf(all)
  return unique(all.map(({ entry }) => entry)).length === 1 ? entries : entries.filter((entry) => all.every((one) => one.entry === entry || one.via === entry))
}

/** Whether one fact is no later than another. */
export const noLater = (one: Fact, other: Fact): boolean =>
  surelyBefore(one.at, other.at) || (!surelyBefore(other.at, one.at) && one.entry <= other.entry)

const isWho = (who: Who, id: Id | undefined, { facts, self }: Inquiry, cause: Fact | undefined): boolean => {
  if (id === undefined) return false
  switch (who) {
    case 'self':
      return id === self
    case 'others':
      return id !== self
    case 'cause':
      return cause?.by === undefined || id === cause.by
    case 'vendors':
      return id !== self && facts.roles.get(id)?.has('vendor') === true
    case 'coordinators':
      return facts.roles.get(id)?.has('coordinator') === true
  }
}

const isMade = (sign: Sign, fact: Fact, inquiry: Inquiry): boolean => {
  if ('sent' in sign) {
    const { message, sent } = fact
    if (message === undefined || sent === undefined || !sign.sent.includes(sent)) return false
    const { report } = message
    if (sign.cause !== undefined && (message.cause ?? 'own') !== sign.cause) return false
    switch (sign.with) {
      case 'report':
        return report !== undefined
      case 'duplicate':
        return report?.duplicateOf !== undefined
      case 'details':
        return report !== undefined && (report.title !== undefined || (report.products ?? []).length > 0 || (report.vulnerabilities ?? []).length > 0)
      case 'existing':
        return message.embargo?.existing === true
      default:
        return true
    }
  }
  if ('event' in sign) return fact.event !== undefined && sign.event.includes(fact.event) && (sign.of === undefined || isWho(sign.of, fact.about, inquiry, undefined))
  if ('local' in sign) return fact.local !== undefined && sign.local.includes(fact.local) && (sign.reason === undefined || fact.reason === sign.reason)
  return fact.observed === true && fact.event !== undefined && sign.observed.includes(fact.event) && (sign.of === undefined || isWho(sign.of, fact.about, inquiry, undefined))
}

/** The facts that a sign fits, after a cause where there is one. */
export const factsFor = (sign: Sign, inquiry: Inquiry, cause?: Fact): ReadonlyArray<Fact> => {
  const { facts, known, without } = inquiry
  let all = known.get(sign)
  if (all === undefined) {
    all = facts.all.filter((fact) => isMade(sign, fact, inquiry))
    known.set(sign, all)
  }
  return all.flatMap((fact): ReadonlyArray<Fact> => {
    if (fact.entry === without) return []
    if ('by' in sign && !isWho(sign.by, fact.by, inquiry, cause)) return []
    if ('sent' in sign) {
      const { answer, to } = sign
      if (to !== undefined && fact.to?.some((id) => isWho(to, id, inquiry, cause)) !== true) return []
      const cited = fact.message?.inReplyTo
      if (answer === true && cited !== undefined && cause?.message !== undefined && cited !== cause.message.id) return []
    }
    const { ends, ...other } = fact
    const left = ends?.some(({ via }) => via === without) === true ? { ...withoutEnd(other), ...ending(ends.filter(({ via }) => via !== without)) } : fact
    return 'event' in sign && sign.ends === true && left.until === undefined ? [] : [left]
  })
}

const withoutEnd = ({ until: _until, via: _via, ...rest }: Fact): Fact => rest

const ofFacts = (all: ReadonlyArray<Fact>): Answer => (all.length === 0 ? unmet : { met: 'yes', shows: entriesOf(all), bears: [], alone: aloneOf(all) })

/** The latest instant at which something that a fact called for is in time. */
const dueAfter = (at: Moment, term: number | undefined): number | undefined => {
  const start = readMoment(at)
  return term === undefined || start === undefined ? undefined : start.latest + term
}

/** Whether something that shows a need came surely after it was due. */
const isLate = (fact: Fact, due: number): boolean => {
  const when = readMoment(fact.at)
  return when !== undefined && when.earliest > due
}

/** An answer, held against a date: late where all that shows it surely came after it. */
const timed = (answer: Answer, due: number | undefined, inquiry: Inquiry, rule: Rule, cause?: Fact): Answer => {
  if (due === undefined) return answer
  if (answer.met !== 'yes') return { ...answer, due }
  if ('sent' in rule || 'event' in rule || 'local' in rule || 'observed' in rule) {
    const inTime = factsFor(rule, inquiry, cause).filter((fact) => !isLate(fact, due))
    return inTime.length === 0 ? { ...answer, met: 'late', due } : { ...answer, due, shows: answer.shows, alone: unique([...answer.alone, ...aloneOf(inTime)]) }
  }
  if ('any' in rule) {
    const parts = rule.any.map((one) => timed(weigh(one, inquiry, cause), due, inquiry, one, cause))
    return { ...answer, due, met: parts.some((one) => one.met === 'yes') ? 'yes' : 'late', alone: unique([...answer.alone, ...parts.flatMap((one) => one.alone)]) }
  }
  if ('before' in rule) {
    const [, second] = rule.before
    return timed(weigh(second, inquiry, cause), due, inquiry, second, cause).met === 'late' ? { ...answer, met: 'late', due } : { ...answer, due }
  }
  return answer
}

/** Whether an answer depends on nothing of its cause but by whom it is. */
const onlyWhose = (rule: Rule): boolean =>
  'all' in rule ? rule.all.every(onlyWhose) : 'any' in rule ? rule.any.every(onlyWhose) : 'each' in rule || 'before' in rule || 'over' in rule ? false : !('answer' in rule)

const weakest = (all: ReadonlyArray<Answer>): Answer['met'] => {
  const every = (...kinds: ReadonlyArray<Answer['met']>): boolean => all.every(({ met }) => kinds.includes(met))
  return every('yes') ? 'yes' : every('yes', 'late') ? 'late' : every('no') ? 'no' : 'partly'
}

const joined = (parts: ReadonlyArray<Answer>, met: Answer['met']): Answer => {
  const all = [...new Set(parts)]
  return {
    met, shows: unique(all.flatMap((one) => one.shows)), bears: unique(all.flatMap((one) => one.bears)), alone: unique(all.flatMap((one) => one.alone)),
  }
}

/** By the time of a cause: the last embargo that was agreed before it, and what ended it. */
const overBy = (cause: Fact, inquiry: Inquiry): Answer => {
  const agreed = factsFor(signs.agreed, inquiry).filter((one) => one.entry !== cause.entry && noLater(one, cause)).at(-1)
  if (agreed === undefined) return { ...unmet, met: 'yes' }
  const ends = [
    ...factsFor(embargoEnds, inquiry),
    ...factsFor(embargoBreaks, inquiry).filter((one) => one.entry !== cause.entry),
  ].filter((one) => noLater(one, cause) && noLater(agreed, one))
  const day = agreed.until
  const passed = day !== undefined && !surelyBefore(cause.at, day)
  const rests = entriesOf([agreed])
  if (passed) return { met: 'yes', shows: unique([...entriesOf(ends), ...rests]), bears: [], alone: unique([...aloneOf(ends), ...rests]) }
  return ends.length > 0 ? { ...ofFacts(ends), bears: rests, alone: unique([...aloneOf(ends), ...rests]) } : { ...unmet, bears: unique([...rests, cause.entry]) }
}
const embargoEnds: Sign = { event: ['em.terminate'] }
/** What ends an embargo by itself: the vulnerability, an exploit or attacks are known. */
const embargoBreaks: Sign = { event: ['P', 'X', 'A'] }

/** Answers a rule. `cause` is what `each` asks after; `within` names the term of what is asked after each. */
export const weigh = (rule: Rule, inquiry: Inquiry, cause?: Fact, within?: MeasureName): Answer => {
  if ('all' in rule) {
    const parts = rule.all.map((one) => weigh(one, inquiry, cause))
    return joined(parts, weakest(parts))
  }
  if ('any' in rule) {
    const parts = rule.any.map((one) => weigh(one, inquiry, cause)).filter((one) => one.met !== 'no')
    return parts.length === 0 ? joined(rule.any.map((one) => weigh(one, inquiry, cause)), 'no') : joined(parts, parts.some((one) => one.met === 'yes') ? 'yes' : 'partly')
  }
  if ('each' in rule) {
    const causes = factsFor(rule.each, inquiry, cause)
    if (causes.length === 0) return { ...unmet, met: 'yes', idle: true }
    const term = within === undefined ? undefined : inquiry.terms[within]
    const ask = (one: Fact): Answer => timed(weigh(rule.has, inquiry, one), dueAfter(one.at, term), inquiry, rule.has, one)
    // Where only whose it is matters, it is asked once for each of them.
    const asked = new Map<Id | undefined, Answer>()
    const parts = causes.map((one) => {
      if (term !== undefined || !onlyWhose(rule.has)) return ask(one)
      const known = asked.get(one.by) ?? ask(one)
      asked.set(one.by, known)
      return known
    })
    const [single] = parts
    const dues = parts.length === 1 ? [single?.due ?? []].flat() : parts.flatMap((one) => (one.met === 'no' ? (one.due ?? []) : []))
    const answered = causes.filter((_, place) => parts[place]?.met !== 'no')
    const answer = joined(parts, weakest(parts))
    return {
      ...answer, bears: unique([...answer.bears, ...entriesOf(causes)]), alone: unique([...answer.alone, ...aloneOf(answered), ...aloneOf(causes)]),
      ...(dues.length === 0 ? {} : { due: Math.min(...dues) }), ...(causes.length === 1 ? { since: entriesOf(causes) } : {}),
    }
  }
  if ('before' in rule) {
    const [first, second] = rule.before.map((one) => factsFor(one, inquiry, cause))
    if (first === undefined || second === undefined) return unmet
    const pairs = first.flatMap((one) => second.filter((other) => noLater(one, other)).map((other) => [one, other] as const))
    if (pairs.length === 0) return { ...unmet, bears: first.length > 0 && second.length > 0 ? entriesOf([...first, ...second]) : [] }
    const firsts = pairs.map(([one]) => one)
    const seconds = pairs.map(([, other]) => other)
    return { met: 'yes', shows: entriesOf([...firsts, ...seconds]), bears: [], alone: unique([...aloneOf(firsts), ...aloneOf(seconds)]) }
  }
  if ('over' in rule) return cause === undefined ? unmet : overBy(cause, inquiry)
  return ofFacts(factsFor(rule, inquiry, cause))
}

/** The entries without any one of which a rule would not be met: what it hangs on, where others do not stand for the same. */
export const hangsOn = (rule: Rule, answer: Answer, inquiry: Inquiry): ReadonlyArray<number> =>
  answer.alone.filter((without) => weigh(rule, { ...inquiry, without }).met !== answer.met)

/** When the participant first knew of it: what terms run from, save those that run from each report. */
export const beginnings = (inquiry: Inquiry): ReadonlyArray<Fact> => {
  const received = factsFor(signs.received, inquiry)
  return received.length > 0 ? received : factsFor(signs.aware, inquiry)
}

/** Answers a need, against its term where there is one; undefined where it is not asked for. */
export const weighNeed = (need: Need, inquiry: Inquiry): Answer | undefined => {
  const where = need.where === undefined ? undefined : weigh(need.where, inquiry)
  if (where !== undefined && where.met !== 'yes') return undefined
  const calls = need.where === undefined || where === undefined ? [] : hangsOn(need.where, where, inquiry)
  const bare = weigh(need.rule, inquiry, undefined, need.within)
  const term = need.within === undefined || 'each' in need.rule ? undefined : inquiry.terms[need.within]
  const starts = term === undefined ? [] : beginnings(inquiry)
  const dues = starts.flatMap((one) => dueAfter(one.at, term) ?? [])
  const due = Math.min(...dues)
  const answer = dues.length === 0 ? bare : { ...timed(bare, due, inquiry, need.rule), since: entriesOf(starts.filter((one) => dueAfter(one.at, term) === due)) }
  return {
    ...answer, ...(bare.idle === true ? { idle: true } : {}),
    bears: unique([...answer.bears, ...calls, ...entriesOf(starts)]),
    alone: unique([...answer.alone, ...calls, ...aloneOf(starts)]),
  }
}
