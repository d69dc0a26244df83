/**
 * What becomes of each requirement: which check looks for it, which vectors ask for it, or why neither does.
 *
 * Nothing is left out without a reason. Requirements whose evidence is `none` have theirs in the register; all others are
 * found by a check of logs, by a step that the vectors ask for, by the vectors of words and formats, as a permission that
 * no check may hold against anybody; or they stand in the tables below.
 *
 * @module
 */
import { everyDemand } from './asked.js'
import { looks } from './looks.js'
import { requirementById } from './register.js'
import type { Requirement } from './requirement.js'

/** How a requirement is checked. */
export interface Coverage {
  /**
   * `log`: a check of case logs finds it; `step`: the vectors ask for the step; `words`: the vectors of words, histories and
   * formats ask for it; `permission`: it permits, and conforming logs show that nothing is held against its use; `none`: see
   * `because`.
   */
  readonly how: 'log' | 'step' | 'words' | 'permission' | 'none'
  /** The checks that find it, or the kinds of vectors that ask for it. */
  readonly by: ReadonlyArray<string>
  readonly because?: string
}

/** Requirements of words, edges and formats, and the kind of vectors that asks for them. */
const inVectors: Readonly<Record<string, ReadonlyArray<string>>> = {
  words: ['RMB-15-001', 'EMB-18-002', 'CSB-16-001', 'CSB-16-002', 'SM-01-003', 'SM-03-003', 'ST-04'],
  histories: ['CSB-17-001', 'CSB-17-002', 'CSB-17-003', 'CSB-17-009', 'CSB-17-010', 'CSB-17-012', 'CSB-17-013', 'SM-09-002', 'ST-15', 'ST-16', 'ST-17', 'DVS-16'],
  codec: ['SM-08-001', 'ST-06', 'ST-08', 'DUR-06-003'],
  cells: ['SM-10-003', 'ST-22'],
  ledgers: ['SM-10-001', 'SM-10-002', 'ST-05', 'ST-20', 'DVS-17', 'DVS-25', 'DVS-28', 'DVS-29'],
}

/** Permissions that concern no single message, so that no demand has them. */
const permissions: ReadonlyArray<string> = ['VP-06-013', 'VP-06-014', 'VP-06-016', 'VP-08-015', 'VP-09-007', 'VP-13-017', 'RMB-06-002', 'DVS-15', 'DVS-18', 'DVS-49', 'DVS-67']

/** What is neither checked nor asked for, by the reason. */
const unchecked: ReadonlyArray<readonly [because: string, ids: ReadonlyArray<string>]> = [
  ['a log is the log of a case, so it cannot show that there is none', ['VP-02-015', 'VP-02-020']],
  ['a log has no place for a published default policy; `resolveDefaults` of mpcvd/case says what it comes to', ['VP-07-002', 'VP-07-003', 'VP-07-004', 'VP-07-005', 'EP-04-001', 'EP-04-002', 'EP-04-003']],
  ['a log holds one case; the terms of the cases that it was merged from, or of its siblings, are not in it. `mergeCases` and `splitCase` of mpcvd/case apply them', ['VP-10-001', 'VP-10-004', 'VP-10-005']],
  ['it is about one way of deploying the protocol, by a case actor that everything goes through; logs of the formal protocol have no routes (erratum D-MS-07)', [
    'VP-18-001', 'VP-18-002', 'VP-18-003', 'DVS-03', 'DVS-04', 'DVS-05', 'DVS-06', 'DVS-11', 'DVS-22', 'DVS-27', 'DVS-30', 'DVS-31', 'DVS-32', 'DVS-34', 'DVS-35', 'DVS-36', 'DVS-48', 'DVS-50', 'DVS-54', 'DVS-57', 'DVS-66',
  ]],
  ['overruled: the adopted reading is that of erratum D-RM-08', ['RMB-08-002']],
  ['overruled: the adopted reading is that of erratum D-EM-20', ['EMB-02-003']],
  ['overruled: the adopted reading is that of erratum D-CS-01', ['CSB-14-002']],
  ['the draft says MUST of what VP-03-012 and VP-08-006 say SHOULD; the specification’s modality stands (erratum D-MS-17)', ['DVS-45', 'DVS-26']],
  ['every participant takes part by answering what is proposed, which VP-06-004 sees to', ['DVS-47']],
  ['it takes the history of an implementation’s own records', ['SM-05-002']],
  ['it says which orders are better, not which are allowed; measuring is for that', ['ST-27']],
  ['before RM has a state of its own, states of counting and of logs differ (erratum D-EM-49)', ['ST-09']],
  ['it is about the wire form of the draft, which bridges read', ['DVS-07', 'DVS-08']],
  ['a log does not say who gave out a role', ['DVS-39']],
  ['it keeps two fields apart, which the format of messages does', ['DVS-19']],
  ['policies are not in a log; `judgeTerms`, `respondBy` and `readDuration` of mpcvd/case read them', [
    'DVS-20', 'EP-01-002', 'EP-01-003', 'EP-01-005', 'EP-01-006', 'EP-01-007', 'EP-03-001', 'EP-03-002', 'EP-07-001', 'EP-07-003', 'EP-07-004', 'EP-07-005', 'DUR-07-002', 'DUR-07-003',
  ]],
  ['consent as the draft keeps it: the overlay of mpcvd/case, where a signatory of the terms in force stays bound (decision 0010)', ['EP-05-001', 'EP-05-002', 'EP-06-001']],
  ['durations stand in policies, and no message carries one; `readDuration` and `formatDuration` of mpcvd/case keep to it', [
    'DUR-01-001', 'DUR-01-002', 'DUR-01-003', 'DUR-02-001', 'DUR-02-002', 'DUR-03-001', 'DUR-03-002', 'DUR-03-003', 'DUR-04-001', 'DUR-04-002', 'DUR-04-003', 'DUR-04-004', 'DUR-05-002', 'DUR-06-001', 'DUR-06-002',
  ]],
  ['contradicts VP-07-001, by which there is no embargo that nobody proposes', ['DUR-07-004']],
]

const reasons: ReadonlyMap<string, string> = new Map(unchecked.flatMap(([because, ids]) => ids.map((id) => [id, because] as const)))

/** Findings that are told without a demand or a look of their own, and what they are about. */
const byReplay: Readonly<Record<string, ReadonlyArray<string>>> = {
  refused: ['ST-01', 'ST-02', 'ST-03', 'ST-07'],
  impossible: ['CSB-17-004', 'CSB-17-005', 'CSB-17-011'],
}

const found = (id: string): ReadonlyArray<string> => {
  const demanded = everyDemand.filter((demand) => demand.ids.includes(id)).flatMap((demand): ReadonlyArray<string> =>
    demand.asks === 'not' ? ['refused', 'advised-against'] : demand.asks === 'answer' ? ['missing-reply', 'wrong-reply'] : demand.asks === 'announce' ? ['missing-announcement'] : [])
  const seen = looks.filter((look) => look.requirements.includes(id)).map((look) => look.id)
  const replayed = Object.entries(byReplay).filter(([, ids]) => ids.includes(id)).map(([kind]) => kind)
  return [...new Set([...demanded, ...seen, ...replayed])]
}

const kindsAsking = (id: string): ReadonlyArray<string> => Object.entries(inVectors).filter(([, ids]) => ids.includes(id)).map(([kind]) => kind)

/** How a requirement is checked, or why it is not. */
export const coverageOf = (requirement: Requirement): Coverage => {
  const { id, evidence, modality } = requirement
  const checks = found(id)
  if (checks.length > 0) return { how: 'log', by: checks }
  if (modality === 'MAY' && (permissions.includes(id) || everyDemand.some((demand) => demand.ids.includes(id)))) return { how: 'permission', by: ['logs'] }
  if (everyDemand.some((demand) => demand.ids.includes(id))) return { how: 'step', by: ['cells'] }
  const kinds = kindsAsking(id)
  if (kinds.length > 0) return { how: kinds.some((kind) => kind === 'cells' || kind === 'ledgers') ? 'step' : 'words', by: kinds }
  const because = reasons.get(id) ?? (evidence === 'none' ? 'no log shows it' : undefined)
  return { how: 'none', by: [], ...(because === undefined ? {} : { because }) }
}

/** The checks that look for a requirement, by name. */
export const checksOf = (id: string): ReadonlyArray<string> => {
  const requirement = requirementById(id)
  return requirement === undefined ? [] : coverageOf(requirement).by
}
