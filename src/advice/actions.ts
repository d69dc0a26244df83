/**
 * What those who work on a case could do in a case state: 49 rules by pattern and role.
 *
 * They are suggestions, a list to go through, and the published text says so itself; no rule obliges anybody, and where one
 * aims at an event, the machine may not enable it at once. Conditions that no state shows are named in `given`. Rules that
 * publish are gated in addition where the text forgets it (erratum A-03): who keeps to an embargo does not publish.
 *
 * Source: docs/topics/other_uses/action_rules.md (AR), which is table 6.7 of CMU/SEI-2021-SR-021, with two patterns set right.
 *
 * @module
 */
import { cs, type CsEvent, type VendorCaseState } from '../protocol/cs.js'
import { emSubsets, type EmState } from '../protocol/em.js'
import type { Role } from '../protocol/participant.js'
import { fitsPattern } from './pattern.js'

/** What is suggested, in a sentence each. */
export const actions = {
  'end-embargo': 'End any embargo: a reason for it is gone.',
  'watch-for-exploits': 'Look out for a public exploit.',
  'watch-exploits-mature': 'Look out for better exploits.',
  'watch-for-attacks': 'Look out for attacks.',
  'watch-for-more-attacks': 'Look out for further attacks.',
  'watch-embargo-exits': 'Look out for what would end the embargo.',
  'watch-more-closely': 'Look out for exploits and attacks more closely than before.',
  'read-public-reports': 'Read what is public about own products.',
  'point-to-exploits': 'Make known that there is a public exploit.',
  'publish-exploit-detection': 'Publish how use of the exploit is detected.',
  'publish-attack-detection': 'Publish how attacks are detected.',
  'publish-with-mitigations': 'Publish the vulnerability, and how to mitigate it.',
  'publish-mitigations': 'Publish how to mitigate it.',
  'spread-mitigations': 'See to it that mitigations are widely known.',
  'publish': 'Publish the vulnerability.',
  'publish-with-fix': 'Publish the vulnerability, and the fix.',
  'publish-exploit': 'Publish exploit code.',
  'discourage-exploits': 'Ask others not to publish exploits while there is no fix.',
  'notify-vendor': 'Tell the vendor.',
  'create-fix': 'Make a fix.',
  'urge-fix': 'Urge the vendor to make a fix.',
  'raise-fix-priority': 'Have the vendor give the fix a higher priority.',
  'deploy-fix': 'Deploy the fix.',
  'urge-deployment': 'Urge the vendor to deploy the fix.',
  'promote-deployment': 'Urge everybody to deploy the fix.',
  'raise-priority': 'Have all who work on the case give it a higher priority.',
  'keep-embargo': 'Keep to the embargo that there is.',
  'seek-embargo': 'Seek an embargo.',
  'question-new-embargo': 'Ask what a new embargo would still be good for.',
  'start-vep': 'Weigh whether to keep it secret (VEP).',
  'close-case': 'Close the case.',
} as const

/** Something that is suggested. */
export type ActionName = keyof typeof actions

/** Conditions that no case state shows, each as the question to be answered with yes. */
export const conditions = {
  'no-embargo': 'Is no embargo in force?',
  'no-vendor': 'Is there no vendor?',
  'possible': 'Does the vendor deploy the fix itself?',
  'applicable': 'Is the process meant for this case?',
  'not-watching': 'Is nobody looking out any more for what has not happened yet?',
} as const

/** A condition that no case state shows. */
export type ConditionName = keyof typeof conditions

/** What an action is good for. */
export type ActionReason =
  | 'exit' | 'awareness' | 'detection' | 'defence' | 'coordination' | 'fix' | 'mitigation' | 'deployment' | 'record' | 'credit' | 'attackers' | 'policy' | 'done'

/** Whom a rule is for; `non-vendor` is everybody without that role. */
export type ActionRole = 'any' | 'vendor' | 'non-vendor' | 'deployer' | 'US government'

/** One rule. */
export interface ActionRule {
  readonly id: string
  readonly pattern: string
  readonly roles: ReadonlyArray<ActionRole>
  readonly action: ActionName
  readonly reasons: ReadonlyArray<ActionReason>
  /** The event of the case state that the action aims at. */
  readonly event?: CsEvent
  readonly given?: ConditionName
  readonly source: ReadonlyArray<string>
}

/** The 49 rules, in the order of their table. */
export const actionRules: ReadonlyArray<ActionRule> = [
  { id: 'R01', pattern: '...P..', roles: ['any'], action: 'end-embargo', reasons: ['exit'], source: ['AR:42', 'A-01'] },
  { id: 'R02', pattern: '....X.', roles: ['any'], action: 'end-embargo', reasons: ['exit'], source: ['AR:43'] },
  { id: 'R03', pattern: '.....A', roles: ['any'], action: 'end-embargo', reasons: ['exit'], source: ['AR:44'] },
  { id: 'R04', pattern: '....x.', roles: ['any'], action: 'watch-for-exploits', reasons: ['awareness'], source: ['AR:45'] },
  { id: 'R05', pattern: '....X.', roles: ['any'], action: 'watch-exploits-mature', reasons: ['awareness'], source: ['AR:46'] },
  { id: 'R06', pattern: '.....a', roles: ['any'], action: 'watch-for-attacks', reasons: ['awareness'], source: ['AR:47'] },
  { id: 'R07', pattern: '.....A', roles: ['any'], action: 'watch-for-more-attacks', reasons: ['awareness'], source: ['AR:48'] },
  { id: 'R08', pattern: 'vfdP..', roles: ['vendor'], action: 'read-public-reports', reasons: ['awareness'], event: 'V', source: ['AR:49'] },
  { id: 'R09', pattern: '...pX.', roles: ['any'], action: 'point-to-exploits', reasons: ['awareness'], event: 'P', source: ['AR:50'] },
  { id: 'R10', pattern: '...PX.', roles: ['any'], action: 'point-to-exploits', reasons: ['awareness'], event: 'P', source: ['AR:51'] },
  { id: 'R11', pattern: '...pxa', roles: ['any'], action: 'watch-embargo-exits', reasons: ['awareness'], source: ['AR:52'] },
  { id: 'R12', pattern: 'VfdP..', roles: ['any'], action: 'watch-more-closely', reasons: ['awareness', 'coordination'], source: ['AR:53'] },
  { id: 'R13', pattern: '....X.', roles: ['any'], action: 'publish-exploit-detection', reasons: ['detection'], event: 'P', source: ['AR:54'] },
  { id: 'R14', pattern: '.....A', roles: ['any'], action: 'publish-attack-detection', reasons: ['detection'], event: 'P', source: ['AR:55'] },
  { id: 'R15', pattern: 'V..p..', roles: ['any'], action: 'publish-with-mitigations', reasons: ['defence'], event: 'P', given: 'no-embargo', source: ['AR:56'] },
  { id: 'R16', pattern: '.fdP..', roles: ['any'], action: 'publish-mitigations', reasons: ['defence'], source: ['AR:57'] },
  { id: 'R17', pattern: '...pX.', roles: ['any'], action: 'publish-with-mitigations', reasons: ['defence'], event: 'P', source: ['AR:58'] },
  { id: 'R18', pattern: '...PX.', roles: ['any'], action: 'publish-with-mitigations', reasons: ['defence'], event: 'P', source: ['AR:59'] },
  { id: 'R19', pattern: '...p.A', roles: ['any'], action: 'publish-with-mitigations', reasons: ['defence'], event: 'P', source: ['AR:60'] },
  { id: 'R20', pattern: 'VfdP..', roles: ['any'], action: 'publish-mitigations', reasons: ['defence'], source: ['AR:61'] },
  { id: 'R21', pattern: 'vfdp..', roles: ['any'], action: 'publish-with-mitigations', reasons: ['defence'], event: 'P', given: 'no-vendor', source: ['AR:62'] },
  { id: 'R22', pattern: 'VfdP..', roles: ['any'], action: 'spread-mitigations', reasons: ['defence'], source: ['AR:63'] },
  { id: 'R23', pattern: 'Vfd...', roles: ['vendor'], action: 'create-fix', reasons: ['defence'], event: 'F', source: ['AR:64'] },
  { id: 'R24', pattern: 'VFdp..', roles: ['vendor', 'deployer'], action: 'deploy-fix', reasons: ['defence'], event: 'D', given: 'possible', source: ['AR:65'] },
  { id: 'R25', pattern: 'VFdP..', roles: ['deployer'], action: 'deploy-fix', reasons: ['defence'], event: 'D', source: ['AR:66'] },
  { id: 'R26', pattern: '.fdPxA', roles: ['any'], action: 'publish-exploit', reasons: ['defence', 'detection'], event: 'X', source: ['AR:67'] },
  { id: 'R27', pattern: 'VFdPxa', roles: ['any'], action: 'publish-exploit', reasons: ['defence', 'detection', 'deployment'], event: 'X', source: ['AR:68'] },
  { id: 'R28', pattern: 'vfd...', roles: ['non-vendor'], action: 'notify-vendor', reasons: ['coordination'], event: 'V', source: ['AR:69'] },
  { id: 'R29', pattern: '..dP..', roles: ['any'], action: 'raise-priority', reasons: ['coordination'], source: ['AR:70'] },
  { id: 'R30', pattern: '..d.X.', roles: ['any'], action: 'raise-priority', reasons: ['coordination'], source: ['AR:71'] },
  { id: 'R31', pattern: '..d..A', roles: ['any'], action: 'raise-priority', reasons: ['coordination'], source: ['AR:72'] },
  { id: 'R32', pattern: 'Vfd...', roles: ['non-vendor'], action: 'urge-fix', reasons: ['coordination'], source: ['AR:73'] },
  { id: 'R33', pattern: '...pxa', roles: ['any'], action: 'keep-embargo', reasons: ['coordination'], source: ['AR:74'] },
  { id: 'R34', pattern: '..dpxa', roles: ['any'], action: 'seek-embargo', reasons: ['coordination'], source: ['AR:75'] },
  { id: 'R35', pattern: 'VfdP..', roles: ['non-vendor'], action: 'raise-fix-priority', reasons: ['coordination'], source: ['AR:76'] },
  { id: 'R36', pattern: 'Vfdp..', roles: ['non-vendor'], action: 'publish', reasons: ['coordination', 'fix'], event: 'P', source: ['AR:77'] },
  { id: 'R37', pattern: 'Vfdp..', roles: ['any'], action: 'publish', reasons: ['coordination', 'mitigation'], event: 'P', source: ['AR:78'] },
  { id: 'R38', pattern: 'VFdp..', roles: ['non-vendor'], action: 'urge-deployment', reasons: ['coordination'], given: 'possible', source: ['AR:79'] },
  { id: 'R39', pattern: 'VFdpxa', roles: ['any'], action: 'question-new-embargo', reasons: ['coordination'], source: ['AR:80'] },
  { id: 'R40', pattern: 'VFdp..', roles: ['any'], action: 'publish-with-fix', reasons: ['deployment'], event: 'P', source: ['AR:81'] },
  { id: 'R41', pattern: 'VFdP..', roles: ['any'], action: 'promote-deployment', reasons: ['deployment'], source: ['AR:82'] },
  { id: 'R42', pattern: 'VFDp..', roles: ['any'], action: 'publish', reasons: ['record'], event: 'P', source: ['AR:83'] },
  { id: 'R43', pattern: 'VFDp..', roles: ['any'], action: 'publish', reasons: ['credit'], event: 'P', source: ['AR:84'] },
  { id: 'R44', pattern: '.fd.xa', roles: ['any'], action: 'discourage-exploits', reasons: ['attackers'], source: ['AR:85', 'A-02'] },
  { id: 'R45', pattern: 'vfdpx.', roles: ['US government'], action: 'start-vep', reasons: ['policy'], given: 'applicable', source: ['AR:86'] },
  { id: 'R46', pattern: 'VFDPXA', roles: ['any'], action: 'close-case', reasons: ['done'], source: ['AR:87'] },
  { id: 'R47', pattern: 'VFDPxa', roles: ['any'], action: 'close-case', reasons: ['done'], given: 'not-watching', source: ['AR:88'] },
  { id: 'R48', pattern: 'VFDPXa', roles: ['any'], action: 'close-case', reasons: ['done'], given: 'not-watching', source: ['AR:89'] },
  { id: 'R49', pattern: 'VFDPxA', roles: ['any'], action: 'close-case', reasons: ['done'], given: 'not-watching', source: ['AR:90'] },
]

/** An action that is suggested in a state, with every rule that says so. */
export interface Suggestion {
  readonly action: ActionName
  readonly rules: ReadonlyArray<string>
  readonly reasons: ReadonlyArray<ActionReason>
  readonly event?: CsEvent
  /** Whether the event can happen at once in that state; absent without an event. */
  readonly enabled?: boolean
  /** What has to be so besides; absent where one of the rules has no condition. */
  readonly given?: ConditionName
  /** An embargo is in force that speaks against it. */
  readonly embargoed?: true
}

/** Who asks: any of the roles of the protocol, or a government. */
export interface Asker {
  /** Nobody in particular where absent: then every rule is for it. */
  readonly roles?: ReadonlyArray<Role>
  readonly government?: boolean
  /** The state of the embargo, where it is known. */
  readonly em?: EmState
}

const isFor = ({ roles }: ActionRule, { government = false, roles: held }: Asker): boolean =>
  held === undefined || roles.some((role) =>
    role === 'any' ? true : role === 'US government' ? government : role === 'non-vendor' ? !held.includes('vendor') : held.includes(role))

const publishing: ReadonlyArray<ActionName> = ['publish', 'publish-with-fix', 'publish-with-mitigations', 'publish-exploit']

/** The rules that fit a vendor's case state and somebody, in the order of their table. */
export const rulesFor = (state: VendorCaseState, asker: Asker = {}): ReadonlyArray<ActionRule> =>
  actionRules.filter((rule) => fitsPattern(rule.pattern, state) && isFor(rule, asker))

const isInForce = (state: EmState): boolean => emSubsets.InForce.some((one) => one === state)

/** What is suggested to somebody in a vendor's case state: each action once, in the order of the first rule for it. */
export const suggestionsFor = (state: VendorCaseState, asker: Asker = {}): ReadonlyArray<Suggestion> => {
  const fitting = rulesFor(state, asker)
  const embargoed = asker.em !== undefined && isInForce(asker.em) && state.endsWith(PRIVATE)
  return [...new Set(fitting.map(({ action }) => action))].map((action): Suggestion => {
    const rules = fitting.filter((rule) => rule.action === action)
    const event = rules.find((rule) => rule.event !== undefined)?.event
    const given = rules.every((rule) => rule.given !== undefined) ? rules[0]?.given : undefined
    return {
      action, rules: rules.map(({ id }) => id), reasons: [...new Set(rules.flatMap(({ reasons }) => reasons))],
      ...(event === undefined ? {} : { event, enabled: cs.enabled(state).some((one) => one === event) }),
      ...(given === undefined ? {} : { given }),
      ...(embargoed && publishing.includes(action) ? { embargoed } : {}),
    }
  })
}

/** The case states in which an embargo in force still stands against publishing. */
const PRIVATE = 'pxa'
