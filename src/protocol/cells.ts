/**
 * Which cells each erratum changes.
 *
 * A *cell* is one thing that can be asked of a protocol: a direction, a type (or the pair CX and CP), the roles, a state
 * and a context. The published and the adopted reading are both defined on every cell, and differ on many; each cell on
 * which they differ is named here by at least one erratum, and no cell is named on which they agree. A test enumerates
 * all of them.
 *
 * Errata that are not here change no cell: they settle wording, counts, drawings, ids, or what lies outside one
 * participant's step.
 *
 * @module
 */
import type { RoleShape } from './interpret.js'
import { type Guard, notClosed, open, type RowType, type Way } from './rules.js'

/** A set of cells: those whose guard holds, with these roles (any when absent), and none of the exceptions. */
export interface CellPattern {
  readonly way: Way
  readonly types: ReadonlyArray<RowType>
  readonly when?: Guard
  readonly roles?: ReadonlyArray<RoleShape>
  readonly except?: ReadonlyArray<Guard>
}

const answerableButRS: ReadonlyArray<RowType> = [
  'RI', 'RV', 'RD', 'RA', 'RC', 'RE', 'EP', 'ER', 'EA', 'EV', 'EJ', 'EC', 'ET', 'EE',
  'CV', 'CF', 'CD', 'CP', 'CX', 'CA', 'CE', 'CX+CP',
]
const stateless: ReadonlyArray<RowType> = ['RK', 'RE', 'EK', 'EE', 'GI', 'GK', 'GE', 'CK', 'CE']
const answerable: ReadonlyArray<RowType> = /* @__PURE__ */ answerableButRS.concat('RS')
const allButRS: ReadonlyArray<RowType> = /* @__PURE__ */ answerableButRS.concat(['RK', 'EK', 'CK', 'GI', 'GK', 'GE'])
const everyType: ReadonlyArray<RowType> = /* @__PURE__ */ allButRS.concat('RS')
const vendors: ReadonlyArray<RoleShape> = ['vendor', 'vendor+deployer']
const deployers: ReadonlyArray<RoleShape> = ['vendor+deployer', 'deployer']
const live = ['Proposed', 'Active', 'Revise'] as const
const settled = ['None', 'Exited'] as const
const inForce = ['Active', 'Revise'] as const
const fresh = { reply: false } as const

/** What a send from a state that may only be passed through does in addition, by type: the forced event happens first. */
const sentFrom = (cs: ReadonlyArray<string>): ReadonlyArray<CellPattern> => [
  { way: 'sent', types: stateless, when: { ...fresh, cs, rm: notClosed } },
  { way: 'sent', types: ['RS'], when: { ...fresh, cs, rm: ['Accepted'] } },
  { way: 'sent', types: ['RI'], when: { ...fresh, cs, rm: ['Received'] } },
  { way: 'sent', types: ['RV'], when: { ...fresh, cs, rm: ['Received', 'Invalid'] } },
  { way: 'sent', types: ['RD'], when: { ...fresh, cs, rm: ['Valid', 'Accepted'] } },
  { way: 'sent', types: ['RA'], when: { ...fresh, cs, rm: ['Valid', 'Deferred'] } },
  { way: 'sent', types: ['RC'], when: { ...fresh, cs, rm: ['Invalid', 'Deferred', 'Accepted'] } },
  { way: 'sent', types: ['ER'], when: { ...fresh, cs, rm: notClosed, em: ['None', 'Proposed'] } },
  { way: 'sent', types: ['ET'], when: { ...fresh, cs, rm: notClosed, em: ['Active', 'Revise', 'Exited'] } },
  { way: 'sent', types: ['CX', 'CA', 'CX+CP'], when: { ...fresh, cs, rm: notClosed } },
]

const byErratum = (): Readonly<Record<string, ReadonlyArray<CellPattern>>> => ({
  'D-RM-01': [{ way: 'sent', types: ['RI'], when: { ...fresh, rm: ['Valid'] } }],
  'D-RM-09': [{ way: 'received', types: answerable, when: { rm: ['Closed'] } }],
  'D-RM-11': [
    { way: 'received', types: ['RS'], when: { cs: 'V.....', rm: notClosed } },
    { way: 'sent', types: ['CV'], when: { ...fresh, cs: 'V.....', rm: notClosed, subject: 'own' } },
  ],

  'D-EM-05': [
    { way: 'received', types: ['EP'], when: { cs: '...pxa', rm: notClosed, em: ['Proposed'] } },
    { way: 'received', types: ['EV'], when: { cs: '...pxa', rm: notClosed, em: ['Revise'] } },
  ],
  'D-EM-06': [
    { way: 'received', types: ['EA', 'EJ', 'EC'], when: { rm: notClosed, em: ['Active'] } },
    { way: 'received', types: ['ER'], when: { rm: notClosed, em: ['None'] } },
  ],
  'D-EM-07': [
    { way: 'received', types: ['EA'], when: { rm: notClosed, em: ['Exited'] } },
    { way: 'received', types: ['EA'], when: { rm: notClosed, em: ['None'], answers: true } },
  ],
  'D-EM-08': [
    { way: 'sent', types: ['EP'], when: { ...fresh, cs: '...pxa', rm: notClosed, em: inForce, existing: true } },
    { way: 'received', types: ['EP'], when: { cs: '...pxa', rm: notClosed, em: inForce, existing: true } },
    { way: 'received', types: ['EA'], when: { rm: notClosed, em: ['Revise'], existing: true } },
  ],
  'D-EM-09': [{ way: 'sent', types: ['ER'], when: { ...fresh, rm: notClosed, em: ['None'] } }],
  'D-EM-10': [{ way: 'received', types: ['EP'], when: { cs: '!...pxa', rm: notClosed, em: ['Active', 'Revise', 'Exited'] } }],
  'D-EM-11': [
    { way: 'received', types: ['EP'], when: { cs: '!...pxa', rm: notClosed, em: ['None', 'Proposed'] } },
    { way: 'received', types: ['EA'], when: { cs: '!...pxa', rm: notClosed, em: ['Proposed'] } },
    { way: 'received', types: ['EV'], when: { cs: '!...pxa', rm: notClosed, em: inForce } },
    { way: 'received', types: ['EJ', 'EC'], when: { cs: '!...pxa', rm: notClosed, em: ['Revise'] } },
  ],
  'D-EM-12': [
    { way: 'received', types: ['ER'], when: { cs: '!...pxa', rm: notClosed, em: inForce } },
    { way: 'received', types: ['EA'], when: { cs: '!...pxa', rm: notClosed, em: inForce } },
    { way: 'received', types: ['EV', 'ET'], when: { cs: '!...pxa', rm: notClosed, em: ['Proposed'] } },
    { way: 'received', types: ['EJ', 'EC'], when: { cs: '!...pxa', rm: notClosed, em: ['Proposed', 'Active'] } },
  ],
  'D-EM-16': [{ way: 'sent', types: ['ET'], when: { ...fresh, rm: notClosed, em: ['Exited'] } }],
  'D-EM-23': [
    { way: 'sent', types: ['CP'], when: { ...fresh, cs: '...p..', rm: notClosed, em: live } },
    { way: 'sent', types: ['CX'], when: { ...fresh, cs: '...Px.', rm: notClosed, em: live } },
    { way: 'sent', types: ['CX+CP'], when: { ...fresh, cs: '...px.', rm: notClosed, em: live } },
    { way: 'sent', types: ['CA'], when: { ...fresh, cs: '.....a', rm: notClosed, em: live } },
    { way: 'received', types: ['CP'], when: { cs: '...p..', rm: notClosed, em: live } },
    { way: 'received', types: ['CX', 'CX+CP'], when: { cs: '...px.', rm: notClosed, em: live } },
    { way: 'received', types: ['CA'], when: { cs: '...p.a', rm: notClosed, em: live } },
  ],
  'D-EM-25': [
    { way: 'sent', types: ['RS'], when: { ...fresh, cs: '...pxa', rm: ['Accepted'], em: ['Proposed'], answers: true } },
    { way: 'received', types: ['RS'], when: { cs: '...pxa', rm: notClosed, em: ['Proposed'], answers: true } },
  ],

  'D-CS-01': [{ way: 'received', types: ['CA'], when: { cs: '...p.a', rm: notClosed } }],
  'D-CS-03': [{ way: 'received', types: ['CX'], when: { cs: '...px.', rm: notClosed } }],
  'D-CS-05': [
    ...sentFrom(['...pX.']),
    { way: 'received', types: everyType, when: { cs: '...pX.', rm: notClosed } },
    { way: 'sent', types: ['CV'], when: { ...fresh, cs: '...pX.', rm: notClosed, subject: 'own' }, roles: vendors },
    { way: 'sent', types: ['CF'], when: { ...fresh, cs: ['vfdpX.', 'VfdpX.'], rm: ['Accepted'], subject: 'own' }, roles: vendors },
    { way: 'sent', types: ['CD'], when: { ...fresh, cs: ['VFdpX.', 'dpX.'], rm: ['Accepted', 'Deferred'], subject: 'own' }, roles: ['vendor+deployer', 'deployer'] },
  ],
  'D-CS-06': [
    ...sentFrom(['v..P..']),
    { way: 'sent', types: ['RI', 'RV'], when: { ...fresh, cs: ['v..P..', 'v..pX.'], rm: ['Start'] } },
    { way: 'sent', types: ['CF'], when: { ...fresh, cs: 'v..P..', rm: ['Accepted'], subject: 'own' }, roles: vendors },
    { way: 'sent', types: ['CP'], when: { ...fresh, cs: 'v..p..', rm: notClosed } },
    { way: 'sent', types: ['CX+CP'], when: { ...fresh, cs: 'v..px.', rm: notClosed } },
    { way: 'received', types: allButRS, when: { cs: 'v..P..', rm: notClosed } },
    { way: 'received', types: ['CP', 'CX', 'CX+CP'], when: { cs: 'v..p..', rm: notClosed } },
  ],
  'D-CS-07': [
    { way: 'received', types: ['CP', 'CX+CP'], when: { cs: '...P..', rm: notClosed, em: live } },
    { way: 'received', types: ['CX'], when: { cs: ['...Px.', '...PX.'], rm: notClosed, em: live } },
    { way: 'received', types: ['CA'], when: { cs: ['.....A', '...P.a'], rm: notClosed, em: live } },
  ],
  'D-CS-09': [
    { way: 'sent', types: ['CV'], when: { ...fresh, cs: 'v.....', rm: open, subject: 'own' } },
    { way: 'sent', types: ['CV'], when: { ...fresh, rm: notClosed, subject: 'own' }, roles: ['deployer', 'other'] },
  ],
  'D-CS-10': [{ way: 'sent', types: ['CV', 'CF', 'CD'], when: { ...fresh, subject: 'other' } }],
  'D-CS-11': [
    { way: 'sent', types: ['CF'], when: { ...fresh, cs: 'Vfd...', rm: ['Start', 'Received', 'Invalid', 'Valid', 'Deferred'], subject: 'own' } },
    { way: 'sent', types: ['CD'], when: { ...fresh, cs: 'VFd...', rm: ['Start', 'Received', 'Invalid', 'Valid'], subject: 'own' } },
  ],
  'D-CS-12': [
    { way: 'sent', types: ['CF'], when: { ...fresh, rm: notClosed, subject: 'own' }, roles: ['deployer', 'other'] },
    { way: 'sent', types: ['CD'], when: { ...fresh, rm: notClosed, subject: 'own' }, roles: ['vendor', 'other'] },
  ],
  'D-CS-13': [{ way: 'sent', types: ['CD'], when: { ...fresh, cs: 'd...', rm: ['Accepted', 'Deferred'], subject: 'own' } }],
  'D-CS-14': [{ way: 'sent', types: ['CK', 'CE'], when: { ...fresh, rm: notClosed } }],
  'D-CS-15': [{ way: 'received', types: ['CX'], when: { cs: '...pX.', rm: notClosed } }],
  'D-CS-16': [
    { way: 'sent', types: ['CP'], when: { ...fresh, cs: '...P..', rm: notClosed } },
    { way: 'sent', types: ['CX'], when: { ...fresh, cs: '...PX.', rm: notClosed } },
    { way: 'sent', types: ['CX+CP'], when: { ...fresh, cs: ['...Px.', '...PX.'], rm: notClosed } },
    { way: 'sent', types: ['CA'], when: { ...fresh, cs: '.....A', rm: notClosed } },
  ],

  'L-01': [
    { way: 'sent', types: everyType, when: { reply: true, cs: ['...pX.', 'v..P..'], rm: notClosed } },
    { way: 'sent', types: ['RS'], when: { reply: true }, except: [{ rm: ['Accepted'], answers: false }, { rm: ['Accepted'], cs: '!...pxa' }, { rm: ['Accepted'], em: ['None', 'Active', 'Revise', 'Exited'] }] },
    { way: 'sent', types: ['RI'], when: { reply: true }, except: [{ rm: ['Invalid'] }] },
    { way: 'sent', types: ['RV'], when: { reply: true }, except: [{ rm: ['Valid'] }] },
    { way: 'sent', types: ['RD'], when: { reply: true }, except: [{ rm: ['Deferred'] }] },
    { way: 'sent', types: ['RA'], when: { reply: true }, except: [{ rm: ['Accepted'] }] },
    { way: 'sent', types: ['RC'], when: { reply: true }, except: [{ rm: ['Closed'] }] },
    { way: 'sent', types: ['EP'], when: { reply: true }, except: [{ cs: '...pxa', rm: notClosed, em: inForce, existing: true }] },
    { way: 'sent', types: ['EA', 'EV', 'EJ', 'EC'], when: { reply: true } },
    { way: 'sent', types: ['ER'], when: { reply: true }, except: [{ rm: notClosed, em: settled }] },
    { way: 'sent', types: ['ET'], when: { reply: true }, except: [{ rm: notClosed, em: ['Exited'] }] },
    { way: 'sent', types: ['EK', 'EE', 'CK', 'CE'], when: { reply: true }, except: [{ rm: notClosed }] },
    { way: 'sent', types: ['CV', 'CF', 'CD'], when: { reply: true, subject: 'other' }, except: [{ rm: notClosed }] },
    { way: 'sent', types: ['CV'], when: { reply: true, subject: 'own' }, roles: vendors, except: [{ cs: 'V.....', rm: notClosed }] },
    { way: 'sent', types: ['CF'], when: { reply: true, subject: 'own' }, roles: vendors, except: [{ cs: 'VF....', rm: notClosed }] },
    { way: 'sent', types: ['CD'], when: { reply: true, subject: 'own' }, roles: deployers, except: [{ cs: ['VFD...', 'D...'], rm: notClosed }] },
    { way: 'sent', types: ['CV', 'CF'], when: { reply: true, subject: 'own' }, roles: ['deployer', 'other'] },
    { way: 'sent', types: ['CD'], when: { reply: true, subject: 'own' }, roles: ['vendor', 'other'] },
    { way: 'sent', types: ['CP'], when: { reply: true }, except: [{ cs: '...P..', rm: notClosed, em: settled }] },
    { way: 'sent', types: ['CX', 'CX+CP'], when: { reply: true }, except: [{ cs: '...PX.', rm: notClosed, em: settled }] },
    { way: 'sent', types: ['CA'], when: { reply: true }, except: [{ cs: '.....A', rm: notClosed, em: settled }] },
  ],
  'L-03': [
    { way: 'sent', types: ['CF'], when: { ...fresh, cs: 'VF....', rm: notClosed, subject: 'own' } },
    { way: 'sent', types: ['CD'], when: { ...fresh, cs: ['VFD...', 'D...'], rm: notClosed, subject: 'own' }, roles: ['vendor+deployer', 'deployer'] },
  ],
})

/** The cells that each erratum changes, by its id. */
export const cells: Readonly<Record<string, ReadonlyArray<CellPattern>>> = /* @__PURE__ */ byErratum()
