/**
 * Whether a case's log keeps to the draft of 2026: somebody manages the record and orders it, what is sent went through it,
 * nothing is said that the draft has no form for, the owner alone ends the embargo, and everybody whom it binds was asked.
 *
 * What a log shows is all that is judged: that a message was recorded is shown by the manager's stamp, that it went past the
 * manager by a receipt before that. A report before anything else is sent from one participant to another.
 *
 * @module
 */
import { caseOf } from '../case/case.js'
import { ledgerOf } from '../case/ledger.js'
import { emSubsets } from '../protocol/em.js'
import type { CaseLog } from '../protocol/log.js'
import type { Id, Message } from '../protocol/message.js'
import { draft2026Row } from './draft-2026-rows.js'

/** What can be against the draft in a log, why, and the lines of the draft (or another source) that say so. */
export const draft2026Rules = {
  'no manager': { meaning: 'Nobody keeps the record of the case.', source: '237, 260' },
  'no order': { meaning: 'The manager\'s record does not order the case.', source: '237, 264' },
  'no owner': { meaning: 'Nobody owns the case, for whom the manager acts.', source: '1231, CM-02-005' },
  'not the owner\'s decision': { meaning: 'An embargo comes into force without the owner.', source: 'CM-02-005' },
  'no form': { meaning: 'A type is sent that the draft has no form for.', source: '492, 493, 509' },
  'several types': { meaning: 'A message says several things; an activity says one, but for the letters of a status.', source: '526 to 537' },
  'report within the case': { meaning: 'Somebody is brought in by a report, and not by an invitation of the manager\'s.', source: '211, 270, 276' },
  'existing embargo offered': { meaning: 'What is in force is offered to a newcomer by a proposal, and not by the invitation to the case.', source: '1003' },
  'ended by another': { meaning: 'Somebody other than the owner, or the manager for it, ends the embargo.', source: '1231, CM-02-005' },
  'not recorded': { meaning: 'Nothing shows that the manager recorded a message.', source: '260, 261, 264' },
  'past the manager': { meaning: 'Somebody had a message before the manager recorded it.', source: '261' },
  'not asked': { meaning: 'An embargo is in force, and somebody in the case has no state of consent to it.', source: '567, 1092' },
  'no case': { meaning: 'The log lacks somebody whom its case needs.', source: '237' },
} as const

/** The kinds of {@link draft2026Rules}. */
export type Draft2026FindingKind = keyof typeof draft2026Rules

/** Something in a log that is against the draft. */
export interface Draft2026Finding {
  readonly kind: Draft2026FindingKind
  /** The place of the entry in the log, from 0. */
  readonly entry?: number
  /** Whom it is about. */
  readonly about?: Id
  /** What replaces it, where that is a matter of a message type. */
  readonly instead?: string
}

/** The form of a status, which can say several things at once. */
const STATUS = /* @__PURE__ */ draft2026Row('CV')?.wire

/** What in a log is against the draft, in the order of its entries; what is about all of the case stands first and last. */
export const checkDraft2026 = (log: CaseLog): ReadonlyArray<Draft2026Finding> => {
  const { entries, header } = log
  const { manager, owner } = header
  const findings: Draft2026Finding[] = []
  if (manager === undefined) findings.push({ kind: 'no manager' })
  if (header.order !== 'manager') findings.push({ kind: 'no order' })
  if (owner === undefined) findings.push({ kind: 'no owner' })
  if (header.decision !== 'owner') findings.push({ kind: 'not the owner\'s decision' })

  const stamps = new Map<Id, number>()
  const messages = new Map<Id, { readonly message: Message; readonly early: boolean }>()
  let hasCase = false
  for (const [place, entry] of entries.entries()) {
    if ('stamp' in entry) {
      hasCase = true
      if (entry.stamp.by === manager && !stamps.has(entry.stamp.entry)) stamps.set(entry.stamp.entry, place)
    }
    if (!('message' in entry)) continue
    const { message } = entry
    const early: boolean = !hasCase && message.types.includes('RS')
    hasCase ||= !early
    messages.set(message.id, { message, early })
  }
  for (const [place, entry] of entries.entries()) {
    if ('receipt' in entry) {
      const { by, message: id } = entry.receipt
      const sent = messages.get(id)
      if (sent !== undefined && !sent.early && by !== manager && (stamps.get(id) ?? Infinity) > place) findings.push({ kind: 'past the manager', entry: place, about: by })
    }
    if (!('message' in entry)) continue
    const { embargo, from, id, types } = entry.message
    const early = messages.get(id)?.early === true
    if (types.length > 1 && !types.every((type) => draft2026Row(type)?.wire === STATUS)) findings.push({ kind: 'several types', entry: place, about: from })
    for (const type of types) {
      const row = draft2026Row(type)
      const instead = row?.instead === undefined ? {} : { instead: row.instead }
      if (row?.wire === undefined && type !== 'GI') findings.push({ kind: 'no form', entry: place, about: from, ...instead })
      if (type === 'RS' && !early) findings.push({ kind: 'report within the case', entry: place, about: from, ...instead })
      if (type === 'ET' && from !== owner && from !== manager) findings.push({ kind: 'ended by another', entry: place, about: from, ...instead })
      if (type === 'EP' && embargo?.existing === true) findings.push({ kind: 'existing embargo offered', entry: place, about: from, ...instead })
    }
    if (!early && !stamps.has(id)) findings.push({ kind: 'not recorded', entry: place, about: from })
  }

  const ledger = ledgerOf(log)
  if (ledger._tag === 'Left') return [...findings, { kind: 'no case' }]
  const { participants, state } = caseOf(ledger.right)
  if (emSubsets.InForce.some((each) => each === state.em))
    for (const { consent, engaged, id } of participants) if (engaged && consent === 'NoEmbargo') findings.push({ kind: 'not asked', about: id })
  return findings
}
