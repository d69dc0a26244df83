/**
 * For every requirement of the formal protocol that a log can show, a log that keeps it and one that does not: written from
 * what the requirements mean, without reading what checks them.
 *
 * - The conforming log keeps every MUST and SHOULD, and nothing in it is left open, unless `unavoidable` says what is.
 * - The violating log is the conforming one with the smallest change that violates the requirements. What somebody else
 *   must do about it is done, so that only the one who is blamed goes wrong.
 * - A permission has a conforming log that uses it, and no other: no log violates a permission.
 * - Terms are judged where they are accepted, and whoever accepts them is to blame (VP-04-001, VP-05-002 say so).
 * - What never comes is missing at the end of the log. The world is closed.
 *
 * Logs begin in the middle of a case where its beginning does not matter: states at the start are stated, and nothing is
 * owed for what led to them.
 */
import type { LogEntry, LogHeader } from '../../src/protocol/log.js'
import { caseScenes } from './requirement-logs-case.js'
import { caseStateScenes } from './requirement-logs-cs.js'
import { embargoScenes } from './requirement-logs-em.js'
import { edited, entriesOf, headerOf, type Scene } from './requirement-logs-form.js'
import { reportScenes } from './requirement-logs-rm.js'

/** A header and entries. */
export interface WrittenLog {
  readonly header: LogHeader
  readonly entries: ReadonlyArray<LogEntry>
}

/** A pair of logs, or the lone log of a permission. */
export interface RequirementLog {
  readonly id: string
  readonly requirements: ReadonlyArray<string>
  readonly level: 'L3' | 'L4'
  readonly as?: string
  readonly world: 'open' | 'closed'
  readonly conforming: WrittenLog
  readonly violating?: WrittenLog
  readonly blames?: string
  /** What is wrong in the violating log; of a permission, what is used. */
  readonly why: string
  /** What the conforming log cannot keep, and why. */
  readonly unavoidable?: string
}

/**
 * Why no log violates a requirement visibly:
 * a `permission`;
 * an `effect` that a receipt has inside its receiver, whose state no message tells (cells ask for it);
 * what goes on `inside` an implementation, in its records and at its boundaries;
 * the `words` of the machines (words and histories ask for them);
 * what the `form` of a log rules out;
 * what no field of a log tells, `unsaid`;
 * what the adopted reading sets aside, an `erratum`.
 */
export type UnseenReason = 'permission' | 'effect' | 'inside' | 'words' | 'form' | 'unsaid' | 'erratum'

/** Numbers by their prefix, `VP-02: 003 004 | VP-03: 001`, as ids. */
const idsOf = (text: string): string[] => text.trim().split(/\s*[|\n]\s*/).flatMap((group) => {
  const [prefix = '', numbers = ''] = group.split(': ')
  return numbers.split(' ').map((number) => `${prefix}-${number}`)
})

/**
 * The core requirements that something shows, by the least that does: one step, the log of one participant, the log of the
 * case. Transcribed from the tables of requirements.
 */
export const coreByEvidence = {
  step: idsOf(`
    VP-02: 003 004 009 027 029 030 031 033 034 035 | VP-03: 001 002 013 | VP-04: 001 003 004 005 | VP-05: 001 002 009 015 016 017 018 020
    VP-06: 001 002 008 009 010 011 012 015 016 | VP-07: 011 012 013 | VP-08: 016 018 019 020 | VP-09: 001 003 | VP-10: 007 | VP-11: 001 002 006 009 010
    VP-13: 002 003 004 005 010 011 012 013 014 015 016 017 018 | VP-14: 001 002 003 007 010 013 014 | RMB-01: 001 002 003 005 | RMB-08: 001 | RMB-10: 002
    RMB-11: 003 004 | RMB-12: 003 | RMB-13: 001 | RMB-14: 002 | RMB-15: 001 | EMB-01: 001 002 003 004 005 | EMB-02: 001 002 003 | EMB-03: 001 002 003
    EMB-04: 001 002 | EMB-05: 001 002 | EMB-06: 001 | EMB-07: 001 002 003 | EMB-09: 001 | EMB-10: 001 002 | EMB-12: 001 | EMB-13: 002 | EMB-15: 004
    EMB-16: 001 | EMB-18: 002 | CSB-04: 001 002 003 004 005 | CSB-05: 001 002 003 004 005 006 | CSB-06: 001 002 003 004 005 006 | CSB-08: 001
    CSB-10: 001 | CSB-12: 001 002 | CSB-13: 001 002 003 | CSB-14: 001 003 | CSB-15: 001 002 003 | CSB-16: 001 002
    CSB-17: 001 002 003 006 007 008 009 012 013 | SM-01: 003 | SM-03: 003 | SM-08: 001 | SM-09: 002 | SM-10: 003 | PX: 05`),
  own: idsOf(`
    VP-02: 006 010 014 015 017 019 020 023 024 | VP-03: 003 004 005 006 007 008 009 010 011 012 | VP-05: 003 010 014 | VP-06: 004 004b 005 007 013 014
    VP-11: 003 004 005 007 008 | VP-12: 002b | VP-13: 006 007 008 | VP-14: 012 | RMB-01: 004 | RMB-02: 001 002 | RMB-03: 001 002 | RMB-04: 001 002
    RMB-05: 001 002 | RMB-06: 001 003 | RMB-07: 001 002 | RMB-08: 002 | RMB-10: 003 | RMB-11: 001 | RMB-12: 001 | RMB-13: 002 | RMB-14: 001 003
    EMB-08: 001 | EMB-11: 002 004 005 | EMB-12: 003 | EMB-14: 001 | CSB-01: 001 | CSB-02: 001 | CSB-03: 001 | CSB-04: 006 007 008
    CSB-05: 007 008 009 010 | CSB-06: 007 008 009 010 | CSB-07: 001 | CSB-09: 001 002 | CSB-10: 002 | CSB-11: 001 002 | CSB-12: 003 | CSB-14: 002 004
    CSB-17: 005 010 011 | SM-05: 002 | PX: 04 06 07 08`),
  case: idsOf(`
    VP-02: 013 | VP-04: 002 | VP-05: 006 011 012 | VP-06: 003 | VP-07: 001 002 003 004 005 007 008 009 | VP-08: 001 002 003 005 006 008 015 | VP-09: 007
    VP-10: 001 002 003 004 005 006 | VP-12: 001 | VP-13: 001 009 | VP-14: 005 006 009 | VP-18: 001 002 003 | RMB-06: 002 | EMB-11: 001 003 | EMB-12: 002
    EMB-17: 001 002 003 005 006 004 007 008 | CSB-17: 004 | SM-10: 001 002 | PX: 02`),
}

/** Those of them that say MAY. */
export const corePermissions = idsOf(`
    VP-02: 027 029 030 031 033 034 035 | VP-03: 013 | VP-04: 003 004 005 | VP-05: 015 016 017 018 020 | VP-06: 008 009 010 011 012 013 014 015 016
    VP-07: 011 012 013 | VP-08: 015 016 018 019 020 | VP-09: 007 | VP-10: 007 | VP-11: 009 010 | VP-13: 010 011 012 013 014 015 016 017 018 | VP-14: 014
    RMB-01: 005 | RMB-06: 002 | RMB-08: 001 | RMB-11: 003 004 | RMB-12: 003 | RMB-14: 002 | EMB-09: 001 | EMB-10: 001 | EMB-12: 001 | CSB-08: 001 | PX: 05`)

const scenes: ReadonlyArray<Scene> = [...reportScenes, ...embargoScenes, ...caseStateScenes, ...caseScenes]

const written = (scene: Scene, text: string): WrittenLog => ({ header: headerOf(scene), entries: entriesOf(text) })

/** All pairs, each under its first requirement. */
export const requirementLogs: ReadonlyArray<RequirementLog> = scenes.map((scene) => {
  const { ids, header = {}, log, violating, blames, why, unavoidable } = scene
  return {
    id: ids[0] ?? '', requirements: ids, level: ids.some((id) => coreByEvidence.case.includes(id) || id === 'ST-26') ? 'L4' : 'L3',
    ...(header.as === undefined ? {} : { as: header.as }), world: header.world ?? 'closed', conforming: written(scene, log),
    ...(violating === undefined ? {} : { violating: written(scene, edited(log, violating)) }), ...(blames === undefined ? {} : { blames }),
    why, ...(unavoidable === undefined ? {} : { unavoidable }),
  }
})

const because = (reason: UnseenReason, ...ids: ReadonlyArray<string>): ReadonlyArray<readonly [string, UnseenReason]> => ids.map((id) => [id, reason])

/** The core requirements that no log violates visibly, and why. Permissions have a log that uses them. */
export const unseenInLogs: Readonly<Record<string, UnseenReason>> = Object.fromEntries([
  ...requirementLogs.flatMap(({ violating, requirements }) => violating === undefined ? because('permission', ...requirements) : []),
  // What receipts fire. CSB-06-010: nothing that is sent tells which of CS and EM came first, where no CP is due. CSB-15-003: what P leaves as it is.
  ...because('effect', 'VP-03-002', 'CSB-04-005', 'CSB-05-006', 'CSB-06-006', 'CSB-06-010', 'CSB-15-003'),
  ...because('inside', 'RMB-15-001', 'EMB-18-002', 'CSB-16-001', 'CSB-16-002', 'SM-01-003', 'SM-05-002', 'SM-08-001', 'SM-10-001', 'SM-10-002', 'SM-10-003'),
  ...because('words', 'CSB-17-001', 'CSB-17-002', 'CSB-17-003', 'CSB-17-009', 'CSB-17-010', 'CSB-17-012', 'CSB-17-013', 'SM-03-003', 'SM-09-002'),
  // A log is the log of a case.
  ...because('form', 'VP-02-015', 'VP-02-020'),
  // Published default embargoes.
  ...because('unsaid', 'VP-07-002', 'VP-07-003', 'VP-07-004', 'VP-07-005', 'VP-08-015'),
  // The terms of the cases that a case comes from, and what is told to its siblings.
  ...because('unsaid', 'VP-10-001', 'VP-10-003', 'VP-10-004', 'VP-10-005'),
  // D-MS-07: routing is up to a deployment. D-RM-08: RK is never answered. D-EM-20: a receiver records the acceptance. D-CS-01: A leaves P as it is.
  ...because('erratum', 'VP-18-001', 'VP-18-002', 'VP-18-003', 'RMB-08-002', 'EMB-02-003', 'CSB-14-002'),
])
