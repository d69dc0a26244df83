/**
 * Where the published guidance on case states is wrong, or its sources differ: what each says, and what is adopted here.
 *
 * Where a row names a topic and patterns, the generated pages (CSP) print other values than {@link guidanceFor} gives, in
 * exactly the states that fit; a test compares all 32 pages. What is wrong in the rules of the protocol is in the register
 * of errata; D-EM-21 there decides what becomes of new embargoes once a fix is ready.
 *
 * Sources as in `guidance.ts`.
 *
 * @module
 */
import type { Topic } from './guidance.js'

/** A place in the published guidance that is not followed as it stands. */
export interface GuidanceErratum {
  readonly id: string
  readonly title: string
  readonly sources: ReadonlyArray<string>
  readonly published: string
  readonly adopted: string
  readonly reason: string
  /** The topic whose values the generated pages print otherwise, and in which states. */
  readonly topic?: Topic
  readonly patterns?: ReadonlyArray<string>
}

/** What is not followed as it stands. */
export const guidanceErrata: ReadonlyArray<GuidanceErratum> = [
  {
    id: 'A-01', title: 'When any embargo is to end', sources: ['AR:42', 'SEI:T6.7'],
    published: '`...p..`', adopted: '`...P..` (rule R01)', reason: 'As printed, every embargo would end before anything is public; the older table and REC:289 have the capital.',
  },
  {
    id: 'A-02', title: 'When exploits are to be discouraged', sources: ['AR:85', 'SEI:T6.7'],
    published: '`..fdxa`', adopted: '`.fd.xa` (rule R44)', reason: 'As printed the letters are in places where they cannot be; the older table has them in theirs.',
  },
  {
    id: 'A-03', title: 'Publishing under an embargo', sources: ['AR:77', 'AR:78', 'AR:81', 'AR:83', 'AR:84'],
    published: 'rules R36, R37, R40, R42 and R43 publish without a condition, rule R15 only if there is no embargo', adopted: 'all of them, and the exploit rules, are told apart where an embargo is in force and nothing is public',
    reason: 'VP-05-014; the same table keeps the embargo in `...pxa` (rule R33).',
  },
  {
    id: 'A-04', title: 'Remediation levels that were lost', sources: ['CSP', 'vultron/core/scoring/cvss_31.py'],
    published: 'some of X, U, W, T, O are missing on 20 pages', adopted: 'the values of the patterns', topic: 'cvss31Remediation', patterns: ['Vf....', 'VF..X.', 'VF...A'],
    reason: 'The pages put the values of two scales into one set, in which equal numbers are one; the patterns (CP:cvss31:38) have them all.',
  },
  {
    id: 'A-05', title: 'Public value added', sources: ['CSP', 'CP:ssvc:32', 'CP:ssvc:41', 'CP:ssvc:46', 'SX:197'],
    published: 'Ampliative before anything is public, and Limited wherever the fix is deployed or the public knows', adopted: 'the values of the crosswalk', topic: 'publicValueAdded',
    patterns: ['.fd...', 'VFDp..'], reason: 'The crosswalk and the older table agree; the code has patterns that neither has.',
  },
  {
    id: 'A-06', title: 'Attacks without a public exploit', sources: ['SEI:T6.5', 'SEI:appendix'],
    published: 'no exploit code maturity in `....xA`', adopted: 'H and F, as in `....XA`', reason: 'Attacks are made with something that works; CP:cvss31:30 has them.',
  },
  {
    id: 'A-07', title: 'Actions on the generated pages', sources: ['CSP', 'CP:potential_actions:24'],
    published: 'another table: no roles, no conditions, publishing suggested in all 32 states', adopted: 'the 49 rules with roles and conditions',
    reason: 'Publishing in vfdpxa contradicts keeping the embargo, which the same page suggests.',
  },
  {
    id: 'A-08', title: 'An embargo when the fix is deployed', sources: ['REC:225', 'CP:embargo:55', 'SEI:6.4'],
    published: 'in VFDpxa an existing embargo is viable; it SHOULD terminate', adopted: 'both: it can hold (`embargoHold`), and it should end (`oldEmbargo`)', reason: 'One is what can be, the other what is asked for (VP-14-010, CSB-11-001).',
  },
  {
    id: 'A-09', title: 'Exploit before fix', sources: ['ZD:61'],
    published: 'X leads to `.fd..X`', adopted: '`.fd.X.`', reason: 'The fifth letter is the exploit; the pattern of the code has it there.',
  },
  {
    id: 'A-10', title: 'A pattern of five characters', sources: ['SX:199'],
    published: 'Limited if and only if `VF.P.`', adopted: '`VF.P..`', reason: 'A state has six letters.',
  },
  {
    id: 'A-11', title: 'Public value added is not one value', sources: ['SX:197', 'SX:198', 'SX:199'],
    published: 'each value if and only if its states', adopted: 'two values in VFdp.. and in VFdP..', reason: 'The states overlap; which of the two it is depends on more than the state.',
  },
  {
    id: 'A-12', title: 'Events that cannot happen at once', sources: ['AR:51', 'AR:54', 'AR:55', 'AR:59', 'AR:64', 'AR:65', 'AR:67', 'AR:69'],
    published: '39 of 139 pairs of a rule and a state aim at an event that the state does not enable', adopted: 'the event is what the rule aims at; `enabled` says whether it can happen at once',
    reason: 'P has happened already (rules R10, R13, R14 and R18), or another event is forced first.',
  },
]
