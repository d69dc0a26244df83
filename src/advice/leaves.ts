/**
 * What the labels of the trees mean: guards over the participant's state, the message at hand, other trees, edges of the
 * machines, messages to send. What has no meaning here is a question (`callbacks.ts`).
 *
 * A label is read as it stands; where the drawing is wrong, the row of its tree says how it is read instead, and by which
 * erratum. Whether a message may be sent is not said here: the protocol is asked.
 *
 * @module
 */
import type { CsEvent } from '../protocol/cs.js'
import type { EmState } from '../protocol/em.js'
import { type MessageType, messageTypeList, messageTypes } from '../protocol/message.js'
import { rm, type RmState } from '../protocol/rm.js'
import type { Guard } from '../protocol/rules.js'
import type { CallbackName } from './callbacks.js'

/** What a label means. */
export type Meaning =
  /** A guard over the participant's own state. */
  | { readonly is: Guard }
  /** It has a role; with `not`, it has not. */
  | { readonly role: 'vendor' | 'deployer'; readonly not?: true }
  /** The message at hand has one of some types. */
  | { readonly message: ReadonlyArray<MessageType> }
  /** Another tree. */
  | { readonly tree: `BT-${number}` }
  /** An edge of a machine, taken unless it was. */
  | { readonly becomes: { readonly rm: RmState } | { readonly em: EmState } | { readonly cs: CsEvent } }
  /** A message to send: the first row of which the guard holds says which types; none of them, and it fails. */
  | { readonly sends: ReadonlyArray<Sending> }
  /** A step that no message carries. */
  | { readonly step: 'discover' }
  /** It always succeeds. */
  | { readonly always: true }
  /** The answer to a question, turned round. */
  | { readonly opposite: CallbackName }
  /** Nobody is left who has not got the report. */
  | { readonly told: true }
  /** Nothing public has changed since the tick began. */
  | { readonly unchanged: true }

/** What is sent where a guard holds; nothing, and success, where the types are none. */
export interface Sending {
  readonly types: ReadonlyArray<MessageType>
  readonly when?: Guard
  /** Only if a question was answered so. */
  readonly asked?: { readonly name: CallbackName; readonly answer: boolean }
  readonly reply?: true
  readonly existing?: true
  readonly cause?: 'own' | 'observed'
}

const family = (name: 'rm' | 'em' | 'cs' | 'general'): Meaning => ({ message: messageTypeList.filter((type) => messageTypes[type].family === name) })
const inRm = (...states: ReadonlyArray<RmState>): Meaning => ({ is: { rm: states } })
const inEm = (...states: ReadonlyArray<EmState>): Meaning => ({ is: { em: states } })
const inCs = (...patterns: ReadonlyArray<string>): Meaning => ({ is: { cs: patterns } })
const announce = (...types: ReadonlyArray<MessageType>): Meaning => ({ sends: [{ types }] })
const answer = (...types: ReadonlyArray<MessageType>): Meaning => ({ sends: [{ types, reply: true }] })
const known = rm.states.filter((state) => state !== 'Start')

/** What labels mean, whatever the tree. */
export const meanings: Readonly<Record<string, Meaning>> = {
  'Discover Vulnerability': { tree: 'BT-02' }, 'Receive Messages': { tree: 'BT-03' }, 'Report Management': { tree: 'BT-11' }, 'Embargo Management': { tree: 'BT-26' },
  'process RM messages': { tree: 'BT-04' }, 'process EM messages': { tree: 'BT-05' }, 'process CS messages': { tree: 'BT-07' }, 'process other messages': { tree: 'BT-10' },
  'handle viable embargo': { tree: 'BT-06' }, 'terminate embargo': { tree: 'BT-29' }, 'terminate': { tree: 'BT-29' }, 'evaluate': { tree: 'BT-28' }, 'propose': { tree: 'BT-27' },
  'Handle CS Participant-agnostic status msg': { tree: 'BT-08' }, 'Handle CS Participant-specific status msg': { tree: 'BT-09' },
  'validate': { tree: 'BT-12' }, 'prioritize': { tree: 'BT-13' }, 'close': { tree: 'BT-14' }, 'do work': { tree: 'BT-15' },
  'deployment': { tree: 'BT-16' }, 'develop fix': { tree: 'BT-17' }, 'fix development': { tree: 'BT-17' }, 'report to others': { tree: 'BT-18' }, 'publication': { tree: 'BT-21' },
  'monitor threats': { tree: 'BT-23' }, 'assign CVE ID': { tree: 'BT-24' }, 'acquire exploit': { tree: 'BT-25' }, 'identify participants': { tree: 'BT-19' }, 'notify others': { tree: 'BT-20' },
  'prepare publication': { tree: 'BT-22' }, 'embargo management': { tree: 'BT-26' },

  'RM not in S': { is: { rm: known } }, 'RM not in S?': { is: { rm: known } }, 'RM S or C?': inRm('Start', 'Closed'), 'RM in S?': inRm('Start'), 'RM in C?': inRm('Closed'), 'RM in R?': inRm('Received'),
  'RM in I?': inRm('Invalid'), 'RM in V?': inRm('Valid'), 'RM in D?': inRm('Deferred'), 'RM in D': inRm('Deferred'), 'RM in A?': inRm('Accepted'), 'RM in R or I?': inRm('Received', 'Invalid'),
  'RM in D or A?': inRm('Deferred', 'Accepted'), 'RM in V, D, or A?': inRm('Valid', 'Deferred', 'Accepted'),
  'EM in X?': inEm('Exited'), 'EM X?': inEm('Exited'), 'EM in N?': inEm('None'), 'EM N?': inEm('None'), 'EM in P?': inEm('Proposed'), 'EM P?': inEm('Proposed'), 'EM in A?': inEm('Active'), 'EM A?': inEm('Active'),
  'EM in R?': inEm('Revise'), 'EM R?': inEm('Revise'), 'EM in A or R?': inEm('Active', 'Revise'), 'EM A or R?': inEm('Active', 'Revise'), 'EM in A,R?': inEm('Active', 'Revise'),
  'EM P or R?': inEm('Proposed', 'Revise'), 'EM N or P?': inEm('None', 'Proposed'), 'EM N or X?': inEm('None', 'Exited'), 'EM in N or X?': inEm('None', 'Exited'), 'EM in N,P,X?': inEm('None', 'Proposed', 'Exited'),
  'CS in V.....?': inCs('V.....'), 'CS in ...pxa?': inCs('...pxa'), 'CS not in ...pxa?': inCs('!...pxa'), 'CS not in pxa?': inCs('!...pxa'), 'CS in P?': inCs('...P..'), 'CS in VF...?': inCs('VF....'),
  'CS in D?': inCs('VFD...', 'D...'), 'CS in VFD...?': inCs('VFD...'), 'CS in ..dP..?': inCs('..dP..'),

  'msg ∈ M_rm?': family('rm'), 'msg ∈ M_em?': family('em'), 'msg ∈ M_cs?': family('cs'), 'msg ∈ M_*?': family('general'),
  'is EJ or EC msg?': { message: ['EJ', 'EC'] }, 'is CV, CF, or CD msg?': { message: ['CV', 'CF', 'CD'] },
  ...Object.fromEntries(messageTypeList.map((type): readonly [string, Meaning] => [`is ${type} msg?`, { message: [type] }])),

  'role != vendor?': { role: 'vendor', not: true }, 'role is not vendor?': { role: 'vendor', not: true }, 'role is vendor?': { role: 'vendor' }, 'role is deployer?': { role: 'deployer' },
  'no vulnerability found': { always: true }, 'recipient RM → R': { always: true }, 'all notified RM not in S?': { told: true }, 'recipient RM not in S?': { told: true }, 'CS unchanged?': { unchanged: true },

  'RM → R': { becomes: { rm: 'Received' } }, 'EM → X': { becomes: { em: 'Exited' } }, 'EM → N': { becomes: { em: 'None' } }, 'EM → P': { becomes: { em: 'Proposed' } }, 'EM → A': { becomes: { em: 'Active' } }, 'EM → R': { becomes: { em: 'Revise' } },
  'CS → ...P..': { becomes: { cs: 'P' } }, 'CS → ....X.': { becomes: { cs: 'X' } }, 'CS → .....A': { becomes: { cs: 'A' } },

  'emit RK': answer('RK'), 'emit EK': answer('EK'), 'emit EE': answer('EE'), 'emit CK': answer('CK'), 'emit CE': answer('CE'), 'emit GI': answer('GI'), 'emit GK': answer('GK'),
  'RM → V (emit RV)': announce('RV'), 'RM → A (emit RA)': announce('RA'), 'RM → D (emit RD)': announce('RD'),
  'CS v → V (emit CV)': announce('CV'), 'CS → Vfd... (emit CV)': announce('CV'), 'CS → VFd... (emit CF)': announce('CF'), 'CS ..d... → ..D... (emit CD)': announce('CD'),
  'EM → P (emit EP)': announce('EP'), 'EM → R (emit EV)': announce('EV'), 'EM P → N (emit ER)': announce('ER'), 'EM R → A (emit EJ)': announce('EJ'), 'EM → X (emit ET)': announce('ET'),
  'CS → X (emit CX)': { sends: [{ types: ['CX'], when: { cs: '....x.' }, cause: 'observed' }, { types: [] }] },
}

/** How a label of one tree is read instead, and the errata that say so. */
export interface Correction {
  readonly errata: ReadonlyArray<string>
  readonly means: Meaning
}

/** What is drawn wrongly, by tree and label. */
export const corrections: Readonly<Record<string, Correction>> = {
  'BT-02 RM S → R (emit RS)': { errata: ['D-RM-03'], means: { step: 'discover' } },
  'BT-03 RM in C?': { errata: ['D-BT-01'], means: { is: { rm: rm.states.filter((state) => state !== 'Closed') } } },
  'BT-04 emit RE': { errata: ['D-RM-06'], means: answer('RE', 'GI') },
  'BT-08 CS not in ...P..?': { errata: ['D-BT-02'], means: inCs('...P..') },
  'BT-08 CS not in ...PX.?': { errata: ['D-BT-02'], means: inCs('...PX.') },
  'BT-08 CS in ...X..?': { errata: ['D-BT-02'], means: inCs('....X.') },
  'BT-08 CS in ...PX.?': { errata: ['D-BT-02'], means: inCs('...P..') },
  'BT-08 CS not in .....A?': { errata: ['D-BT-02'], means: inCs('.....A') },
  'BT-08 CS → ...PX. (emit CP)': { errata: ['D-BT-02'], means: { sends: [{ types: ['CP'], cause: 'observed' }] } },
  'BT-12 RM → I (emit RI)': { errata: ['D-RM-02', 'D-RM-13'], means: { sends: [{ types: ['RI'], when: { rm: ['Received'] } }, { types: [], when: { rm: ['Invalid'] } }] } },
  'BT-14 RM → C (emit RC)': { errata: ['D-RM-05'], means: { sends: [{ types: ['RC'], when: { rm: ['Invalid', 'Deferred', 'Accepted'], em: ['None', 'Proposed', 'Exited'] } }] } },
  'BT-16 CS in VFd...?': { errata: ['D-CS-13'], means: inCs('VFd...', 'd...') },
  'BT-20 send report (emit RS)': { errata: ['D-BT-05'], means: { sends: [{ types: ['EP'], when: { em: ['Active', 'Revise'], cs: '...pxa' }, existing: true }, { types: ['RS'] }] } },
  'BT-21 CS → P (emit CP)': {
    errata: ['D-BT-06'],
    means: { sends: [{ types: ['CX', 'CP'], when: { cs: '....x.' }, asked: { name: 'BT-22 no publish exploit?', answer: false }, cause: 'own' }, { types: ['CP'], when: { cs: '...p..' }, cause: 'own' }, { types: [] }] },
  },
  'BT-23 CS → A (emit CA)': { errata: ['D-BT-09'], means: { sends: [{ types: ['CA'], when: { cs: '.....a' }, cause: 'observed' }, { types: [] }] } },
  'BT-23 CS → P (emit CP)': { errata: ['D-BT-09'], means: { sends: [{ types: ['CP'], when: { cs: '...p..' }, cause: 'observed' }, { types: [] }] } },
  'BT-25 exploit not desired?': { errata: ['D-BT-08'], means: { opposite: 'BT-25 exploit desired?' } },
  'BT-26 propose': { errata: ['D-BT-10'], means: { tree: 'BT-27' } },
  'BT-27 CS ..d...?': { errata: ['D-CS-13'], means: inCs('!VFD...') },
  'BT-28 EM → A (emit EA)': { errata: ['D-EM-02'], means: { sends: [{ types: ['EA'], when: { em: ['Proposed'] } }, { types: ['EC'], when: { em: ['Revise'] } }] } },
}
