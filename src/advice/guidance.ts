/**
 * What a case state says beyond the protocol: what becomes of an embargo, and the values that SSVC, CVSS and others take.
 *
 * Rows of a pattern, a value and where it is written. In a topic of one value the first row that fits decides; in one of
 * several, all rows that fit do. Nothing here is an obligation but the two topics about embargoes whose values are words of
 * RFC 2119; their rows name the requirements.
 *
 * Sources are files of CERTCC/Vultron at 6883299, by the codes of {@link guidanceSources} and line; SEI is
 * CMU/SEI-2021-SR-021. Where they differ from each other, `guidance-errata.ts` says so.
 *
 * @module
 */
import type { CsEvent, VendorCaseState } from '../protocol/cs.js'
import type { RmState } from '../protocol/rm.js'
import { fitsPattern } from './pattern.js'

/** The files that sources of advice cite by a short code, besides those of the register of errata. */
export const guidanceSources: Readonly<Record<string, string>> = {
  AR: 'docs/topics/other_uses/action_rules.md',
  ZD: 'docs/topics/other_uses/zero_day.md',
  SX: 'docs/reference/ssvc_crosswalk.md',
  CP: 'vultron/core/case_states/patterns/ (CP:x is x.py)',
  CSP: 'docs/reference/case_states/ (the generated pages)',
  SEI: 'CMU/SEI-2021-SR-021',
}

/** A value that a case state has if it fits a pattern. */
export interface GuidanceRow<V extends string = string> {
  readonly pattern: string
  readonly value: V
  readonly source: ReadonlyArray<string>
  readonly requirements?: ReadonlyArray<string>
}

const embargoStart: ReadonlyArray<GuidanceRow<Guidance['embargoStart']>> = [
  { pattern: '.Fdpxa', value: 'with care', source: ['CP:embargo:49', 'SEI:6.4'] },
  { pattern: '..dpxa', value: 'yes', source: ['CP:embargo:27', 'SEI:6.4'] },
  { pattern: '..Dpxa', value: 'no', source: ['CP:embargo:55', 'SEI:6.4'] },
  { pattern: '...P..', value: 'no', source: ['CP:embargo:33'] },
  { pattern: '....X.', value: 'no', source: ['CP:embargo:34'] },
  { pattern: '.....A', value: 'no', source: ['CP:embargo:35'] },
]

const embargoHold: ReadonlyArray<GuidanceRow<Guidance['embargoHold']>> = [
  { pattern: '...pxa', value: 'viable', source: ['CP:embargo:31', 'SEI:6.4'] },
  { pattern: '...P..', value: 'dead', source: ['CP:embargo:33'] },
  { pattern: '...pX.', value: 'at risk', source: ['CP:embargo:37'] },
  { pattern: '...p.A', value: 'at risk', source: ['CP:embargo:42'] },
]

const newEmbargo: ReadonlyArray<GuidanceRow<Guidance['newEmbargo']>> = [
  { pattern: '...P..', value: 'MUST NOT', source: ['NEG:15', 'REC:288'], requirements: ['VP-06-001', 'VP-14-001', 'CSB-12-002'] },
  { pattern: '....X.', value: 'MUST NOT', source: ['NEG:15', 'REC:375'], requirements: ['VP-06-001', 'VP-14-002', 'CSB-13-003'] },
  { pattern: '.....A', value: 'MUST NOT', source: ['NEG:15', 'REC:437'], requirements: ['VP-06-001', 'VP-14-003', 'CSB-14-003'] },
  { pattern: 'VFDpxa', value: 'SHOULD NOT', source: ['NEG:29', 'REC:224'], requirements: ['VP-06-002', 'VP-14-010'] },
  { pattern: 'VFdpxa', value: 'SHOULD NOT', source: ['REC:135', 'NEG:42', 'D-EM-21'], requirements: ['VP-14-007', 'CSB-10-001', 'VP-06-008', 'VP-06-008b'] },
  { pattern: 'Vfdpxa', value: 'SHOULD', source: ['REC:73'], requirements: ['VP-14-005', 'CSB-09-001'] },
  { pattern: '...pxa', value: 'MAY', source: ['NEG:50'], requirements: ['VP-06-009'] },
]

const oldEmbargo: ReadonlyArray<GuidanceRow<Guidance['oldEmbargo']>> = [
  { pattern: '...P..', value: 'MUST end', source: ['REC:289', 'EAR:35'], requirements: ['VP-09-001', 'VP-11-002', 'VP-14-001', 'CSB-12-001'] },
  { pattern: '....X.', value: 'MUST end', source: ['REC:376', 'EAR:35'], requirements: ['VP-09-001', 'VP-11-002', 'VP-14-002', 'CSB-13-002'] },
  { pattern: '.....A', value: 'SHOULD end', source: ['REC:438', 'EAR:45'], requirements: ['VP-09-003', 'VP-11-006', 'VP-14-013', 'CSB-14-001'] },
  { pattern: 'VFD...', value: 'SHOULD end', source: ['REC:225'], requirements: ['VP-14-010', 'CSB-11-001'] },
  { pattern: 'VF.pxa', value: 'SHOULD prepare to end', source: ['REC:137'], requirements: ['VP-14-008'] },
  { pattern: '...pxa', value: 'MAY continue', source: ['CP:embargo:31'] },
]

const exploitation: ReadonlyArray<GuidanceRow<Guidance['exploitation']>> = [
  { pattern: '....xa', value: 'none', source: ['SX:117', 'CP:ssvc:29'] },
  { pattern: '....Xa', value: 'PoC', source: ['SX:118', 'CP:ssvc:30'] },
  { pattern: '.....A', value: 'active', source: ['SX:119', 'CP:ssvc:31'] },
]

const reportPublic: ReadonlyArray<GuidanceRow<Guidance['reportPublic']>> = [
  { pattern: '...P..', value: 'yes', source: ['SX:141', 'CP:ssvc:37'] },
  { pattern: '...p..', value: 'no', source: ['SX:142', 'CP:ssvc:32'] },
]

const supplierContacted: ReadonlyArray<GuidanceRow<Guidance['supplierContacted']>> = [
  { pattern: 'V.....', value: 'yes', source: ['SX:156', 'CP:ssvc:38'] },
  { pattern: 'v.....', value: 'no', source: ['SX:158', 'CP:ssvc:39'] },
]

const publicValueAdded: ReadonlyArray<GuidanceRow<Guidance['publicValueAdded'][number]>> = [
  { pattern: '...p..', value: 'Precedence', source: ['SX:197', 'SEI:T6.4'] },
  { pattern: 'VFdp..', value: 'Ampliative', source: ['SX:198', 'SEI:T6.4'] },
  { pattern: '..dP..', value: 'Ampliative', source: ['SX:198', 'SEI:T6.4'] },
  { pattern: 'VF.P..', value: 'Limited', source: ['SX:199', 'SEI:T6.4'] },
]

const cvss31Exploit: ReadonlyArray<GuidanceRow<Guidance['cvss31Exploit'][number]>> = [
  { pattern: '.....A', value: 'H', source: ['CP:cvss31:30'] },
  { pattern: '.....A', value: 'F', source: ['CP:cvss31:30'] },
  { pattern: '....Xa', value: 'H', source: ['CP:cvss31:31', 'SEI:T6.5'] },
  { pattern: '....Xa', value: 'F', source: ['CP:cvss31:31', 'SEI:T6.5'] },
  { pattern: '....Xa', value: 'P', source: ['CP:cvss31:31', 'SEI:T6.5'] },
  { pattern: '....xa', value: 'U', source: ['CP:cvss31:32', 'SEI:T6.5'] },
  { pattern: '....xa', value: 'X', source: ['CP:cvss31:32', 'SEI:T6.5'] },
]

const cvss31Remediation: ReadonlyArray<GuidanceRow<Guidance['cvss31Remediation'][number]>> = [
  { pattern: 'Vf....', value: 'X', source: ['CP:cvss31:38', 'SEI:T6.5'] },
  { pattern: 'Vf....', value: 'U', source: ['CP:cvss31:38', 'SEI:T6.5'] },
  { pattern: 'Vf....', value: 'W', source: ['CP:cvss31:38', 'SEI:T6.5'] },
  { pattern: 'Vf....', value: 'T', source: ['CP:cvss31:38', 'SEI:T6.5'] },
  { pattern: 'VF....', value: 'T', source: ['CP:cvss31:44', 'SEI:T6.5'] },
  { pattern: 'VF....', value: 'O', source: ['CP:cvss31:44', 'SEI:T6.5'] },
]

/** Nobody publishes this one: the values of CVSS 4.0 mean what the letters of the state do, so each state has one. */
const cvss40Exploit: ReadonlyArray<GuidanceRow<Guidance['cvss40Exploit']>> = [
  { pattern: '....xa', value: 'U', source: ['inferred from SX:117'] },
  { pattern: '....Xa', value: 'P', source: ['inferred from SX:118'] },
  { pattern: '.....A', value: 'A', source: ['inferred from SX:119'] },
]

const zeroDay: ReadonlyArray<GuidanceRow<Guidance['zeroDay'][number]>> = [
  { pattern: 'v..p..', value: 'V1', source: ['ZD:46', 'CP:zerodays:23'] },
  { pattern: 'v..P..', value: 'V2', source: ['ZD:47', 'CP:zerodays:24'] },
  { pattern: '.f.P..', value: 'V3', source: ['ZD:48', 'CP:zerodays:25'] },
  { pattern: 'vfd.X.', value: 'E1', source: ['ZD:60', 'CP:zerodays:26'] },
  { pattern: '.fd.X.', value: 'E2', source: ['ZD:61', 'CP:zerodays:27'] },
  { pattern: '...pX.', value: 'E3', source: ['ZD:62', 'CP:zerodays:28'] },
  { pattern: 'vfd..A', value: 'A1', source: ['ZD:74', 'CP:zerodays:29'] },
  { pattern: '.fd..A', value: 'A2', source: ['ZD:75', 'CP:zerodays:30'] },
  { pattern: '...p.A', value: 'A3', source: ['ZD:76', 'CP:zerodays:31'] },
]

const vep: ReadonlyArray<GuidanceRow<Guidance['vep']>> = [
  { pattern: 'vfdpx.', value: 'tenable', source: ['CP:vep:29', 'SEI:6.7'] },
  { pattern: 'V.....', value: 'not applicable', source: ['CP:vep:26', 'SEI:6.7'] },
  { pattern: '...P..', value: 'not applicable', source: ['CP:vep:27', 'SEI:6.7'] },
  { pattern: '....X.', value: 'not applicable', source: ['CP:vep:28', 'SEI:6.7'] },
]

const attackSuccess: ReadonlyArray<GuidanceRow<Guidance['attackSuccess']>> = [
  { pattern: '..d...', value: 'likely', source: ['CP:info:31'] },
  { pattern: '..D...', value: 'unlikely', source: ['CP:info:32'] },
]

const imminent: ReadonlyArray<GuidanceRow<Guidance['imminent'][number]>> = [
  { pattern: 'v..P..', value: 'V', source: ['CP:info:33'] },
  { pattern: 'v..pX.', value: 'V', source: ['CP:info:34'] },
  { pattern: '...pX.', value: 'P', source: ['CP:info:34', 'CP:info:38'] },
]

/** What guidance is about. */
export type Topic =
  | 'embargoStart' | 'embargoHold' | 'newEmbargo' | 'oldEmbargo' | 'exploitation' | 'reportPublic' | 'supplierContacted' | 'publicValueAdded' | 'cvss31Exploit' | 'cvss31Remediation'
  | 'cvss40Exploit' | 'zeroDay' | 'vep' | 'attackSuccess' | 'imminent'

/** Every row of guidance, by topic. */
export const guidanceRows: Readonly<Record<Topic, ReadonlyArray<GuidanceRow>>> = {
  embargoStart, embargoHold, newEmbargo, oldEmbargo, exploitation, reportPublic, supplierContacted, publicValueAdded, cvss31Exploit, cvss31Remediation, cvss40Exploit, zeroDay, vep,
  attackSuccess, imminent,
}

/** Topics of any number of values: every row that fits gives one. In all others the first that fits decides, and one always does. */
const several: ReadonlyArray<Topic> = ['publicValueAdded', 'cvss31Exploit', 'cvss31Remediation', 'zeroDay', 'imminent']

/** The topics, each with what it answers. */
export const topics: Readonly<Record<Topic, string>> = {
  embargoStart: 'whether an embargo may start',
  embargoHold: 'whether one that is in force can hold: viable, at risk, or dead',
  newEmbargo: 'whether to propose or accept one, in words of RFC 2119',
  oldEmbargo: 'what is to become of one that is in force, in words of RFC 2119',
  exploitation: 'SSVC, exploitation',
  reportPublic: 'SSVC, report public',
  supplierContacted: 'SSVC, supplier contacted',
  publicValueAdded: 'SSVC, public value added: what publishing would add',
  cvss31Exploit: 'CVSS 3.1, exploit code maturity (E)',
  cvss31Remediation: 'CVSS 3.1, remediation level (RL)',
  cvss40Exploit: 'CVSS 4.0, exploit maturity (E)',
  zeroDay: 'kinds of zero day that the state shows: vulnerability (V), exploit (E), attack (A)',
  vep: 'whether a government may still keep it to itself (VEP)',
  attackSuccess: 'whether attacks are likely to succeed',
  imminent: 'events to be expected at once',
}

/** What a vendor's case state says, topic by topic. */
export interface Guidance {
  readonly embargoStart: 'yes' | 'with care' | 'no'
  readonly embargoHold: 'viable' | 'at risk' | 'dead'
  readonly newEmbargo: 'MUST NOT' | 'SHOULD NOT' | 'SHOULD' | 'MAY'
  readonly oldEmbargo: 'MUST end' | 'SHOULD end' | 'SHOULD prepare to end' | 'MAY continue'
  readonly exploitation: 'none' | 'PoC' | 'active'
  readonly reportPublic: 'yes' | 'no'
  readonly supplierContacted: 'yes' | 'no'
  readonly publicValueAdded: ReadonlyArray<'Precedence' | 'Ampliative' | 'Limited'>
  readonly cvss31Exploit: ReadonlyArray<'X' | 'U' | 'P' | 'F' | 'H'>
  readonly cvss31Remediation: ReadonlyArray<'X' | 'U' | 'W' | 'T' | 'O'>
  readonly cvss40Exploit: 'U' | 'P' | 'A'
  readonly zeroDay: ReadonlyArray<'V1' | 'V2' | 'V3' | 'E1' | 'E2' | 'E3' | 'A1' | 'A2' | 'A3'>
  readonly vep: 'tenable' | 'not applicable'
  readonly attackSuccess: 'likely' | 'unlikely'
  readonly imminent: ReadonlyArray<CsEvent>
}

const first = <V extends string>(rows: ReadonlyArray<GuidanceRow<V>>, state: VendorCaseState, otherwise: V): V =>
  rows.find(({ pattern }) => fitsPattern(pattern, state))?.value ?? otherwise

const all = <V extends string>(rows: ReadonlyArray<GuidanceRow<V>>, state: VendorCaseState): ReadonlyArray<V> =>
  [...new Set(rows.filter(({ pattern }) => fitsPattern(pattern, state)).map(({ value }) => value))]

/** What a vendor's case state says. That some row of every topic of one value fits every state is a test, so what stands after `state` here is never used. */
export const guidanceFor = (state: VendorCaseState): Guidance => ({
  embargoStart: first(embargoStart, state, 'no'),
  embargoHold: first(embargoHold, state, 'dead'),
  newEmbargo: first(newEmbargo, state, 'MUST NOT'),
  oldEmbargo: first(oldEmbargo, state, 'MUST end'),
  exploitation: first(exploitation, state, 'none'),
  reportPublic: first(reportPublic, state, 'no'),
  supplierContacted: first(supplierContacted, state, 'no'),
  publicValueAdded: all(publicValueAdded, state),
  cvss31Exploit: all(cvss31Exploit, state),
  cvss31Remediation: all(cvss31Remediation, state),
  cvss40Exploit: first(cvss40Exploit, state, 'U'),
  zeroDay: all(zeroDay, state),
  vep: first(vep, state, 'not applicable'),
  attackSuccess: first(attackSuccess, state, 'likely'),
  imminent: all(imminent, state),
})

/** The row of a topic that decides in a state, or the rows. */
export const rowsFor = (topic: Topic, state: VendorCaseState): ReadonlyArray<GuidanceRow> => {
  const fitting = guidanceRows[topic].filter(({ pattern }) => fitsPattern(pattern, state))
  return several.includes(topic) ? fitting : fitting.slice(0, 1)
}

/** What SSVC calls the engagement of a supplier, by its report state: one value, or either of two (SX:221). */
export const supplierEngagement: Readonly<Record<RmState, ReadonlyArray<'Active' | 'Unresponsive'>>> = {
  Start: ['Unresponsive'], Received: ['Active', 'Unresponsive'], Invalid: ['Unresponsive'], Valid: ['Active'], Deferred: ['Active', 'Unresponsive'], Accepted: ['Active'],
  Closed: ['Unresponsive'],
}

/** What SSVC calls the involvement of a supplier: by its case state where a fix is ready (SX:268), else by its report state (SX:276). */
export const supplierInvolvement = (report: RmState, state: VendorCaseState): 'Fix Ready' | 'Cooperative' | 'Uncooperative/Unresponsive' =>
  fitsPattern('VF....', state) ? 'Fix Ready' : report === 'Accepted' || report === 'Valid' ? 'Cooperative' : 'Uncooperative/Unresponsive'
