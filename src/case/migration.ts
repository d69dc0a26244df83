/**
 * Moving a log from one edition of the rules to another: what would change is said before anything does.
 *
 * @module
 */
import { protocols } from '../protocol/editions.js'
import type { Finding } from '../protocol/finding.js'
import type { CaseLog, Edition } from '../protocol/log.js'
import type { Id } from '../protocol/message.js'
import { formatState } from '../protocol/participant.js'
import { replay } from '../protocol/replay.js'

/** What another edition makes of a log. */
export interface Migration {
  /** The log, under the other edition. Its entries are the same. */
  readonly log: CaseLog
  /** Participants who end in another state. */
  readonly states: ReadonlyArray<{ readonly participant: Id; readonly before: string; readonly after: string }>
  /** Findings that only the old edition has. */
  readonly gone: ReadonlyArray<Finding>
  /** Findings that only the new edition has. */
  readonly new: ReadonlyArray<Finding>
}

/** Replays a log under the edition that it was made under and under another, and says what differs. */
export const migrate = (log: CaseLog, edition: Edition): Migration => {
  const moved: CaseLog = { header: { ...log.header, protocol: edition }, entries: log.entries }
  const [before, after] = [replay(protocols[log.header.protocol], log), replay(protocols[edition], moved)]
  const key = ({ kind, entry, participant, message, expected, got }: Finding): string => JSON.stringify([entry, kind, participant, message, expected, got])
  const [old, recent] = [new Set(before.findings.map(key)), new Set(after.findings.map(key))]
  return {
    log: moved,
    states: before.participants.flatMap((one) => {
      const other = after.participants.find((two) => two.id === one.id)
      return other === undefined || formatState(other) === formatState(one) ? [] : [{ participant: one.id, before: formatState(one), after: formatState(other) }]
    }),
    gone: before.findings.filter((finding) => !recent.has(key(finding))),
    new: after.findings.filter((finding) => !old.has(key(finding))),
  }
}
