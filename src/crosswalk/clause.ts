/**
 * What is said of a clause: how it stands, what it asks for, which entries are cited; and when one verdict is weaker than
 * another.
 *
 * @module
 */
import type { Id, Moment } from '../protocol/message.js'

/**
 * How a clause stands: all that messages can show of it is there (`shown`); some is (`partly`, also where messages can
 * show no more than a part); all is, but some came after the term (`late`); nothing is, and it is not yet due
 * (`pending`); nothing is (`missing`); it does not concern this case (`not-applicable`); no message could show it
 * (`not-by-messages`).
 */
export const statuses = ['shown', 'partly', 'late', 'pending', 'missing', 'not-applicable', 'not-by-messages'] as const

/** One of {@link statuses}. */
export type Status = (typeof statuses)[number]

/** An entry of the log that is cited. */
export interface Citation {
  /** Its place in the log, from 0. */
  readonly entry: number
  /** Its line: in the file, where the caller knows the lines, else as the log is written. */
  readonly line: number
  readonly id?: Id
  /** A message, a participant's own step, a recorded fact, or a change of members. */
  readonly form: 'message' | 'step' | 'record' | 'members'
  readonly at: Moment
  readonly by?: Id
  readonly to?: ReadonlyArray<Id>
  /** Message types, the step, the recorded event. */
  readonly what: string
  /** Where a recorded fact is written. */
  readonly source?: string
  /** What it moved, in the notation of the standard: of the participant, or else of whoever made the entry. */
  readonly moved: ReadonlyArray<string>
  /** The clause would be weaker without it. */
  readonly needed: boolean
}

/** One thing that a clause asks for, and what became of it. */
export interface NeedResult {
  readonly says: string
  readonly status: 'shown' | 'partly' | 'late' | 'pending' | 'missing'
  /** The entries that show it. */
  readonly shows: ReadonlyArray<number>
  /** When it was due, where there is a term and a date to count from. */
  readonly due?: Moment
  /** The entries that the term runs from. */
  readonly since?: ReadonlyArray<number>
}

/** One clause, and what the log shows of it. */
export interface Clause {
  readonly id: string
  readonly clause: string
  readonly title: string
  readonly status: Status
  readonly needs: ReadonlyArray<NeedResult>
  /** All entries that the verdict rests on, in the order of the log. */
  readonly cites: ReadonlyArray<Citation>
  /** Why the clause does not concern this case. */
  readonly because?: string
  /** What no message can show. */
  readonly cannot?: string
}

/** How much is shown; whether what is not shown is missing, not yet due or of no concern makes no difference here. */
const ranks: Readonly<Record<Status, number>> = { 'shown': 3, 'late': 2, 'partly': 1, 'pending': 0, 'missing': 0, 'not-by-messages': 0, 'not-applicable': 0 }

/** Whether less is shown of a clause than in another verdict on it: of the whole, or of something that it asks for. */
export const isWeaker = (one: Clause, than: Clause): boolean =>
  ranks[one.status] < ranks[than.status] ||
  than.needs.some((need) => {
    const other = one.needs.find(({ says }) => says === need.says)
    return other !== undefined && ranks[other.status] < ranks[need.status]
  })

/** Whether nothing that messages can show of a clause is missing or late. */
export const isComplete = ({ needs, status }: Clause): boolean =>
  status !== 'missing' && status !== 'late' && needs.every((need) => need.status === 'shown' || need.status === 'pending')

