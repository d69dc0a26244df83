/**
 * Disclosure policies as data.
 *
 * A policy is a list of rules, and a rule is one sentence: when *this* has happened, *they* owe *that* within *so long*,
 * it is done when *that* has happened, and *these* move the date. `clock.ts` evaluates any of them; nothing in it knows a
 * policy by name. Policies are plain JSON, so one can be written by hand, kept in a file, and sent.
 *
 * - **The start** is a list of causes that must all be there; the clock runs from the last of them to happen. That one idea
 *   covers a clock from the report, one from exploitation of what was reported (the later of the two), and a final report
 *   that is due from the fix on.
 * - **The term** is elapsed time (`duration.ts`). With a `zone`, it is counted in days of that zone: a bare date is taken
 *   for the day there, and what is due may be done until that day ends. Without, nothing is rounded, and a bare date is the
 *   day anywhere on Earth, so that about two days around it are in doubt. A term in hours never rounds.
 * - **Changes** are tried in their order, each on the date as the ones before left it, and only by what happened before
 *   that date was over: what comes too late moves nothing.
 * - **A right** is what somebody may do while another's duty is overdue (`frees`), so there are no rules that say "may".
 *
 * What the texts leave to judgement (extreme circumstances, a smaller harm, mutual agreement to publish earlier) is not
 * here. The built-in policies are in `policies.ts`.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import type { Id } from '../protocol/message.js'
import { readMoment } from '../protocol/moment.js'
import type { Role } from '../protocol/participant.js'
import { readZone } from './calendar.js'
import { type Duration, millisOf } from './duration.js'
import { type HappeningKind, happeningKinds } from './happening.js'

/**
 * What can be owed: the details made public (`publish`), that there is something (`announce`), a fix, an answer, a
 * deployment, the close of the report, and the three reports to an authority.
 */
export const duties = ['publish', 'announce', 'fix', 'answer', 'deploy', 'close', 'early-warning', 'notification', 'final-report'] as const

/** One of {@link duties}. */
export type Duty = (typeof duties)[number]

/** One thing that must have happened for a clock to run. */
export interface Cause {
  /** Any of these. */
  readonly any: ReadonlyArray<HappeningKind>
  /** Which, where it happened more than once; the first when absent. */
  readonly which?: 'first' | 'last'
  /** Only if it is about the policy's holder, or about somebody in this role. Whose role is not known passes. */
  readonly about?: 'holder' | Role
  /** Only if the policy's holder did it. Passes where the policy names no holder. */
  readonly by?: 'holder'
  /** Only if it is an observation from a source that begins so. */
  readonly source?: string
}

/** What moves a date. */
export interface Change {
  /** Any of these; the first to happen, or where `to` is `until` the last that names a day. */
  readonly when: ReadonlyArray<HappeningKind>
  /** Where it must fall: in the term, or after it in the time that an earlier change added. */
  readonly in: 'term' | 'extension'
  /** What the new date counts from: the day that the happening names, the happening itself, or the end of the term. */
  readonly to: 'until' | 'it' | 'term'
  /** How much is added to that; nothing when absent. */
  readonly plus?: Duration
  /** For `until`: no more than this after the term; what names a later day moves nothing. A day before the date moves nothing either. */
  readonly atMost?: Duration
}

/** One sentence of a policy. */
export interface Rule {
  /** Its name in the policy. */
  readonly id: string
  readonly owes: Duty
  /** Who: the one who did what started the clock (`author`), the one whom it is about (`subject`), the policy's holder, or each participant in a role. */
  readonly who: 'author' | 'subject' | 'holder' | Role
  /** Whether there is one clock for the case, one for each participant whom a cause is about, or one for each of their products. */
  readonly per: 'case' | 'participant' | 'product'
  readonly starts: ReadonlyArray<Cause>
  /** How long: elapsed time, whole days (`P90D`) where a `zone` is to apply. */
  readonly within: Duration
  /** A fixed zone (`Z`, `+01:00`), whose days count. */
  readonly zone?: string
  /** A term that ends on a Saturday, a Sunday or one of the policy's holidays ends on the next working day. */
  readonly workday?: true
  /** What settles it. */
  readonly met: ReadonlyArray<HappeningKind>
  readonly changes?: ReadonlyArray<Change>
  /** What the others may do as long as this is overdue. */
  readonly frees?: Duty
  /** What a reader should know: a choice that was made, where it is written. */
  readonly note?: string
}

/** How long embargoes may be, as elapsed time from the report. */
export interface EmbargoWindow {
  readonly minimum?: Duration
  readonly maximum?: Duration
  /** As long as its holder likes best, and its default. */
  readonly preferred?: Duration
}

/** A disclosure policy. */
export interface Policy {
  readonly id: string
  readonly title: string
  /** Where it is published. */
  readonly source: string
  /** The participant whose policy it is. */
  readonly holder?: Id
  readonly rules: ReadonlyArray<Rule>
  readonly embargo?: EmbargoWindow
  /** Dates on which nobody works. */
  readonly holidays?: ReadonlyArray<string>
}

/** One thing wrong with a policy: where (a JSON pointer), what was expected, what came. */
export interface PolicyFault {
  readonly path: string
  readonly expected: string
  readonly got: string
}

/**
 * What is wrong with a policy beyond its types: durations, zones, dates and kinds that are none, rules of one name, an
 * embargo window that is empty or does not hold what is preferred, causes or settlements that are missing. None of it makes
 * `deadlines` fail; a rule that is faulted here gives no deadline, or one that never changes.
 */
export const checkPolicy = (policy: Policy): ReadonlyArray<PolicyFault> => {
  const faults: PolicyFault[] = []
  const expect = (good: boolean, path: string, expected: string, got: string | undefined): void => {
    if (!good) faults.push({ path, expected, got: got ?? 'nothing' })
  }
  const duration = (path: string, text: Duration | undefined): void => expect(text === undefined || millisOf(text) !== undefined, path, 'a duration', text)
  const kinds = (path: string, list: ReadonlyArray<string>): void => {
    expect(list.length > 0, path, 'at least one happening', '[]')
    for (const [place, kind] of list.entries()) expect(Object.hasOwn(happeningKinds, kind), `${path}/${place}`, 'a kind of happening', kind)
  }
  for (const [place, rule] of policy.rules.entries()) {
    const at = `/rules/${place}`
    expect(policy.rules.findIndex((one) => one.id === rule.id) === place, `${at}/id`, 'a name that no rule before it has', rule.id)
    expect(duties.includes(rule.owes), `${at}/owes`, 'a duty', rule.owes)
    duration(`${at}/within`, rule.within)
    expect(rule.zone === undefined || readZone(rule.zone) !== undefined, `${at}/zone`, 'a fixed zone', rule.zone)
    expect(rule.starts.length > 0, `${at}/starts`, 'at least one cause', '[]')
    for (const [number, cause] of rule.starts.entries()) kinds(`${at}/starts/${number}/any`, cause.any)
    kinds(`${at}/met`, rule.met)
    for (const [number, change] of (rule.changes ?? []).entries()) {
      kinds(`${at}/changes/${number}/when`, change.when)
      duration(`${at}/changes/${number}/plus`, change.plus)
      duration(`${at}/changes/${number}/atMost`, change.atMost)
    }
  }
  const { maximum, minimum, preferred } = policy.embargo ?? {}
  for (const [name, text] of Object.entries({ minimum, maximum, preferred })) duration(`/embargo/${name}`, text)
  const [least, most, best] = [millisOf(minimum) ?? 0, millisOf(maximum) ?? Infinity, millisOf(preferred)]
  expect(least <= most, '/embargo/maximum', `at least ${minimum ?? ''}`, maximum)
  expect(best === undefined || (best >= least && best <= most), '/embargo/preferred', 'between minimum and maximum', preferred)
  for (const [place, date] of (policy.holidays ?? []).entries())
    expect(date.length === 10 && readMoment(date) !== undefined, `/holidays/${place}`, 'a date', date)
  return faults
}

/** A policy as this participant's. */
export const heldBy = (policy: Policy, holder: Id): Policy => ({ ...policy, holder })

/** The policy with every term in days counted in the days of one zone; terms in hours stay as they are. Says whose days bare dates are. */
export const inZone = (policy: Policy, zone: string): Policy => ({
  ...policy,
  rules: policy.rules.map((rule) => (countsDays(rule) ? { ...rule, zone } : rule)),
})

/** Whether a term is written in whole days. */
export const countsDays = (rule: Rule): boolean => /^P\d+D$/.test(rule.within)

/** A vendor's own default: what {@link vendorDefault} makes a policy of. Days are whole days from the report. */
export interface VendorTerms {
  readonly holder: Id
  /** After so many days it publishes, and so long is the embargo that it proposes. */
  readonly days: number
  /** The shortest and longest embargo that it accepts. */
  readonly minimum?: number
  readonly maximum?: number
  /** Where its policy is published. */
  readonly source?: string
}

/**
 * A vendor's published default as a policy: publication so many days after the report to it, and a window for embargoes.
 * `Left` where a number is no whole number of days, or the window does not hold the default.
 *
 * Source: docs/topics/process_models/em/defaults.md (VP-07-006); EP-01-002, EP-01-003.
 */
export const vendorDefault = (terms: VendorTerms): Either<ReadonlyArray<PolicyFault>, Policy> => {
  const days = (count: number): Duration => `P${count}D`
  const policy: Policy = {
    id: `default:${terms.holder}`,
    title: `Default embargo of ${terms.holder}`,
    source: terms.source ?? 'docs/topics/process_models/em/defaults.md',
    holder: terms.holder,
    rules: [
      {
        id: 'publish',
        owes: 'publish',
        who: 'holder',
        per: 'case',
        starts: [{ any: ['reported'], about: 'holder' }],
        within: days(terms.days),
        met: ['public'],
      },
    ],
    embargo: {
      preferred: days(terms.days),
      ...(terms.minimum === undefined ? {} : { minimum: days(terms.minimum) }),
      ...(terms.maximum === undefined ? {} : { maximum: days(terms.maximum) }),
    },
  }
  const faults = checkPolicy(policy)
  return faults.length > 0 ? left(faults) : right(policy)
}
