/**
 * The case state (CS): how far the fix has come at one vendor, and what the world knows.
 *
 * Six letters, each lower case while its event has not happened and upper case since: Vendor aware, Fix ready, fix
 * Deployed, Public aware, eXploit public, Attacks observed. The first three are one participant's own fix path, the last
 * three are facts about the world. Letters only ever rise.
 *
 * Three shapes of the same machine, by role (docs/reference/formal_protocol/states.md): `vfdpxa` for a vendor, `dpxa`
 * for a deployer that is no vendor, `pxa` for everybody else. All rows are written out; the four rules that generate
 * them (one letter at a time; F needs V and D needs F; `pX` leads only to `PX`; `v··P··` leads only to `V··P··`) are in
 * the tests. Source: docs/topics/process_models/cs/transitions.md (grammar) and vfdpxa_diagram.md; where the two differ
 * (erratum D-CS-02), the diagram. The two shorter tables are the same rules on fewer letters (erratum D-CS-13).
 *
 * A state in which one event is forced (`pX`, `v··P··`) is *ephemeral*: it is passed through, not rested in.
 *
 * @module
 */
import { type EventOf, type Machine, machine, type StateOf } from './machine.js'

const vendorTable = {
  vfdpxa: { V: 'Vfdpxa', P: 'vfdPxa', X: 'vfdpXa', A: 'vfdpxA' },
  vfdpxA: { V: 'VfdpxA', P: 'vfdPxA', X: 'vfdpXA' },
  vfdpXa: { P: 'vfdPXa' },
  vfdpXA: { P: 'vfdPXA' },
  vfdPxa: { V: 'VfdPxa' },
  vfdPxA: { V: 'VfdPxA' },
  vfdPXa: { V: 'VfdPXa' },
  vfdPXA: { V: 'VfdPXA' },
  Vfdpxa: { F: 'VFdpxa', P: 'VfdPxa', X: 'VfdpXa', A: 'VfdpxA' },
  VfdpxA: { F: 'VFdpxA', P: 'VfdPxA', X: 'VfdpXA' },
  VfdpXa: { P: 'VfdPXa' },
  VfdpXA: { P: 'VfdPXA' },
  VfdPxa: { F: 'VFdPxa', X: 'VfdPXa', A: 'VfdPxA' },
  VfdPxA: { F: 'VFdPxA', X: 'VfdPXA' },
  VfdPXa: { F: 'VFdPXa', A: 'VfdPXA' },
  VfdPXA: { F: 'VFdPXA' },
  VFdpxa: { D: 'VFDpxa', P: 'VFdPxa', X: 'VFdpXa', A: 'VFdpxA' },
  VFdpxA: { D: 'VFDpxA', P: 'VFdPxA', X: 'VFdpXA' },
  VFdpXa: { P: 'VFdPXa' },
  VFdpXA: { P: 'VFdPXA' },
  VFdPxa: { D: 'VFDPxa', X: 'VFdPXa', A: 'VFdPxA' },
  VFdPxA: { D: 'VFDPxA', X: 'VFdPXA' },
  VFdPXa: { D: 'VFDPXa', A: 'VFdPXA' },
  VFdPXA: { D: 'VFDPXA' },
  VFDpxa: { P: 'VFDPxa', X: 'VFDpXa', A: 'VFDpxA' },
  VFDpxA: { P: 'VFDPxA', X: 'VFDpXA' },
  VFDpXa: { P: 'VFDPXa' },
  VFDpXA: { P: 'VFDPXA' },
  VFDPxa: { X: 'VFDPXa', A: 'VFDPxA' },
  VFDPxA: { X: 'VFDPXA' },
  VFDPXa: { A: 'VFDPXA' },
  VFDPXA: {},
} as const

const deployerTable = {
  dpxa: { D: 'Dpxa', P: 'dPxa', X: 'dpXa', A: 'dpxA' },
  dpxA: { D: 'DpxA', P: 'dPxA', X: 'dpXA' },
  dpXa: { P: 'dPXa' },
  dpXA: { P: 'dPXA' },
  dPxa: { D: 'DPxa', X: 'dPXa', A: 'dPxA' },
  dPxA: { D: 'DPxA', X: 'dPXA' },
  dPXa: { D: 'DPXa', A: 'dPXA' },
  dPXA: { D: 'DPXA' },
  Dpxa: { P: 'DPxa', X: 'DpXa', A: 'DpxA' },
  DpxA: { P: 'DPxA', X: 'DpXA' },
  DpXa: { P: 'DPXa' },
  DpXA: { P: 'DPXA' },
  DPxa: { X: 'DPXa', A: 'DPxA' },
  DPxA: { X: 'DPXA' },
  DPXa: { A: 'DPXA' },
  DPXA: {},
} as const

const otherTable = {
  pxa: { P: 'Pxa', X: 'pXa', A: 'pxA' },
  pxA: { P: 'PxA', X: 'pXA' },
  pXa: { P: 'PXa' },
  pXA: { P: 'PXA' },
  Pxa: { X: 'PXa', A: 'PxA' },
  PxA: { X: 'PXA' },
  PXa: { A: 'PXA' },
  PXA: {},
} as const

/** The literal table of {@link cs}. */
export type CsTable = typeof vendorTable
/** The literal table of {@link dpxa}. */
export type DpxaTable = typeof deployerTable
/** The literal table of {@link pxa}. */
export type PxaTable = typeof otherTable

/** A case state as a vendor holds it: six letters. */
export type VendorCaseState = StateOf<CsTable>
/** A case state as a deployer that is no vendor holds it: four letters. */
export type DeployerCaseState = StateOf<DpxaTable>
/** A case state as everybody else holds it: three letters. */
export type OtherCaseState = StateOf<PxaTable>
/** A case state of any shape. */
export type CaseState = VendorCaseState | DeployerCaseState | OtherCaseState

/** An event of the case state, by its letter: V, F, D of one participant's fix path; P, X, A of the world. */
export type CsEvent = EventOf<CsTable>

/** The case-state automaton of a vendor: 32 states, 58 edges. */
export const cs: Machine<CsTable> = /* @__PURE__ */ machine(vendorTable, {
  name: 'Case State',
  initial: 'vfdpxa',
  accepting: ['VFDPXA'],
  eventLetters: { V: 'V', F: 'F', D: 'D', P: 'P', X: 'X', A: 'A' },
})

/** The case-state automaton of a deployer that is no vendor: 16 states, 28 edges. */
export const dpxa: Machine<DpxaTable> = /* @__PURE__ */ machine(deployerTable, {
  name: 'Case State of a Deployer',
  initial: 'dpxa',
  accepting: ['DPXA'],
  eventLetters: { D: 'D', P: 'P', X: 'X', A: 'A' },
})

/** The case-state automaton of a participant without a fix path: 8 states, 11 edges. */
export const pxa: Machine<PxaTable> = /* @__PURE__ */ machine(otherTable, {
  name: 'Case State without a fix path',
  initial: 'pxa',
  accepting: ['PXA'],
  eventLetters: { P: 'P', X: 'X', A: 'A' },
})

/**
 * The named sets of vendor case states: `Ephemeral` (one event is forced), `EmbargoViable` (nothing public, no exploit
 * public, no attacks: `···pxa`), `Public` (`···P··`).
 */
export const csSubsets = {
  Ephemeral: [
    'vfdpXa', 'vfdpXA', 'vfdPxa', 'vfdPxA', 'vfdPXa', 'vfdPXA',
    'VfdpXa', 'VfdpXA', 'VFdpXa', 'VFdpXA', 'VFDpXa', 'VFDpXA',
  ],
  EmbargoViable: ['vfdpxa', 'Vfdpxa', 'VFdpxa', 'VFDpxa'],
  Public: [
    'vfdPxa', 'vfdPxA', 'vfdPXa', 'vfdPXA', 'VfdPxa', 'VfdPxA', 'VfdPXa', 'VfdPXA',
    'VFdPxa', 'VFdPxA', 'VFdPXa', 'VFdPXA', 'VFDPxa', 'VFDPxA', 'VFDPXa', 'VFDPXA',
  ],
} as const satisfies Readonly<Record<string, ReadonlyArray<VendorCaseState>>>
