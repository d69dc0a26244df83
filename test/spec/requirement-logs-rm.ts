/** Requirement logs on report management: VP-02, VP-03, RMB and what the documents alone say of it (PX). */
import { known, knowing, type Scene } from './requirement-logs-form.js'

/** Where the public knows there is no embargo to be sought, so that these logs are about reports alone. */
const two = (rm: string): string => `r(A,N,Pxa) c(${rm},N,Pxa)`

/** One change of report state that is told to r, and what is left to do after it. */
const told: Readonly<Record<string, { readonly from: string; readonly step: string; readonly after: string }>> = {
  RI: { from: 'R', step: 'invalidate', after: '' },
  RV: { from: 'R', step: 'validate', after: 'm3 c>r RA @2026-01-08\nm4 r>c RK <m3' },
  RD: { from: 'V', step: 'defer', after: 'm3 c>r RC @2026-03-08\nm4 r>c RK <m3' },
  RA: { from: 'V', step: 'accept', after: '' },
  RC: { from: 'D', step: 'close', after: '' },
}

const of = (type: string): { readonly from: string; readonly step: string; readonly after: string } => told[type] ?? { from: '', step: '', after: '' }

/** r acknowledges what c tells. */
const acknowledged = (type: string, ids: ReadonlyArray<string>): Scene => ({
  ids, cast: two(of(type).from), blames: 'r',
  log: `m1 c>r ${type} @2026-01-06\nm2 r>c RK <m1\n${of(type).after}`,
  violating: '- m2', why: `r never acknowledges ${type}`,
})

/** c takes a step in silence and tells it. */
const announced = (type: string, ids: ReadonlyArray<string>, cast = two(of(type).from)): Scene => {
  const c = cast.includes('v(') ? 'v' : 'c'
  return {
    ids, cast, blames: c,
    log: `l1 ${c}: ${of(type).step} @2026-01-06\nm1 ${c}>r ${type} <l1\nm2 r>${c} RK <m1\n${of(type).after}`,
    violating: '- m1\n- m2', why: `${c} never tells of it with ${type}`,
  }
}

/** r tells c, who has no report, of its own; c finds that an error. What is left for r to do after it concerns nobody. */
const unexpected = (type: string, from: string, ids: ReadonlyArray<string>, after = ''): Scene => ({
  ids, cast: `r(${from},N,Pxa) c(S,N,Pxa)`, blames: 'c',
  log: `
    m1 r>c ${type} @2026-01-06
    m2 c>r RE+GI <m1 note="Which report?"
    m3 r>c RK+GI+GK <m2 note="Please take it as sent by mistake."
    m4 c>r GK <m3
    ${after}`,
  violating: '- m2\n- m3\n- m4', why: `c, in Start, gets ${type} and does not call it an error`,
  unavoidable: 'that something was not expected is what the requirement is about',
})

const reports: ReadonlyArray<Scene> = [
  {
    ids: ['VP-02-003', 'VP-03-001', 'RMB-13-001'], cast: 'r(V,N,Pxa) c', blames: 'r',
    log: `
      l1 r: accept @2026-01-05
      m1 r>c RS+CP cause=observed
      m2 c>r RV+RA+RK+CK <m1 @2026-01-06
      m3 r>c RK <m2`,
    violating: '- l1', why: 'r sends a report that it has not accepted itself',
  },
  {
    ids: ['VP-02-004', 'RMB-10-002'], cast: two('V'), blames: 'c',
    log: 'm1 c>r RD @2026-01-06\nm2 r>c RK <m1\nm3 c>r RC @2026-02-06\nm4 r>c RK <m3',
    violating: '- m1\n- m2', why: 'c closes a report that it holds to be valid',
  },
  {
    ids: ['VP-02-006'], cast: two('R'), blames: 'c',
    log: 'm8 r>c GI @2026-01-05\nm9 c>r GK <m8\nm1 c>r RI @2026-01-06\nm2 r>c RK <m1\nm3 r>c GI @2026-03-06\nm4 c>r GK <m3',
    violating: '- m1\n- m2', why: 'c never comes to a verdict on the report',
  },
  {
    ids: ['VP-02-009', 'VP-02-010', 'ST-01', 'ST-07'], cast: two('R'), blames: 'c',
    log: 'm1 c>r RV @2026-01-06\nm2 r>c RK <m1\nm3 c>r RA @2026-01-08\nm4 r>c RK <m3',
    violating: '- m1\n- m2', why: 'c accepts a report that it never found valid',
  },
  {
    ids: ['VP-02-013'], cast: two('R'), blames: 'c',
    log: `
      m1 c>r RI @2026-01-06
      m2 r>c RK <m1
      m3 c>r GI note="Which version did you test?"
      m4 r>c GK <m3
      m5 c>r RC @2026-03-06
      m6 r>c RK <m5`,
    violating: '= m1 c>r RI+RC\n- m3\n- m4\n- m5\n- m6', why: 'c closes the report as it finds it invalid; r can add nothing',
  },
  {
    ids: ['VP-02-014', 'PX-07'], cast: two('V'), blames: 'c',
    log: 'm8 r>c GI @2026-01-05\nm9 c>r GK <m8\nm1 c>r RA @2026-01-06\nm2 r>c RK <m1\nm3 r>c GI @2026-03-06\nm4 c>r GK <m3',
    violating: '- m1\n- m2', why: 'c neither accepts nor defers a valid report',
  },
  {
    ids: ['VP-02-017'], cast: two('D'), blames: 'c',
    log: 'm1 r>c RC @2026-03-06\nm2 c>r RK <m1\nm3 c>r RC @2026-03-07',
    violating: '- m3', why: 'everybody else has closed, and c leaves the report deferred for good',
  },
  {
    ids: ['VP-02-023'], cast: knowing, blames: 'v',
    log: `
      m1 r>v RS+CP cause=observed report=r2~r1 @2026-01-05
      m2 v>r RV+RK+CV+CK <m1 report=r2~r1 @2026-01-06
      m3 r>v RK+CK <m2
      m4 v>r RD report=r2~r1
      m5 r>v RK <m4
      m6 v>r RC report=r2~r1 @2026-02-06
      m7 r>v RK <m6`,
    violating: '= m2 v>r RI+RK+CV+CK <m1 report=r2~r1\n- m4\n- m5', why: 'v calls a duplicate invalid',
  },
]

const announcements: ReadonlyArray<Scene> = [
  announced('RI', ['VP-03-003', 'RMB-11-001']),
  announced('RV', ['VP-03-004', 'RMB-10-003', 'VP-02-019', 'VP-03-012']),
  announced('RD', ['VP-03-005', 'RMB-12-001']),
  announced('RA', ['VP-03-006', 'RMB-13-002', 'VP-02-024'], 'r(A,N,Pxa) v(V,N,VfdPxa)'),
  announced('RC', ['VP-03-007', 'RMB-14-001']),
]

const acknowledgements: ReadonlyArray<Scene> = [
  {
    ids: ['VP-03-009', 'RMB-01-001'], cast: 'r(A,N,Pxa) c', blames: 'c',
    log: 'm1 r>c RS+CP cause=observed @2026-01-05\nm2 c>r RV+RA+RK+CK <m1 @2026-01-06\nm3 r>c RK <m2',
    violating: '= m2 c>r RV+RA+CK <m1', why: 'c never acknowledges the report',
  },
  {
    ids: ['RMB-01-002', 'PX-06'], cast: knowing, blames: 'v',
    log: `${known}\nm4 v>r RV+RA @2026-01-08\nm5 r>v RK <m4`,
    violating: '= m2 v>r RK+CK <m1\n- m3', why: 'v never tells that it is aware now',
  },
  {
    ids: ['RMB-01-003'], cast: 'r(A,X,pxa) c(A,X,pxa)', blames: 'c',
    log: `
      k1 c roles by c as coordinator,vendor @2026-01-05
      m1 r>c RS @2026-01-06
      m2 c>r RK+CV <m1
      m3 r>c CK <m2`,
    violating: '= m2 c>r RK <m1\n- m3', why: 'c is a vendor by now, gets the report again, and does not tell that it is aware',
  },
  {
    ids: ['RMB-01-004'], cast: 'r(A,N,Pxa) v(A,N,VfdPxa)', blames: 'v',
    log: 'm1 r>v RS @2026-01-06\nm2 v>r RK <m1',
    violating: '- m2', why: 'v never acknowledges a further report',
  },
  acknowledged('RI', ['RMB-02-001']),
  acknowledged('RV', ['RMB-03-001']),
  acknowledged('RD', ['RMB-04-001']),
  acknowledged('RA', ['RMB-05-001']),
  acknowledged('RC', ['RMB-06-001']),
]

const errors: ReadonlyArray<Scene> = [
  unexpected('RI', 'R', ['RMB-02-002']),
  unexpected('RV', 'R', ['RMB-03-002', 'VP-03-008', 'VP-03-010', 'PX-08'], 'l1 r: accept'),
  unexpected('RD', 'A', ['RMB-04-002'], 'l1 r: close @2026-03-06'),
  unexpected('RA', 'D', ['RMB-05-002']),
  unexpected('RC', 'A', ['RMB-06-003']),
  {
    ids: ['VP-03-011', 'RMB-07-001'], cast: 'r(D,N,Pxa) c(S,N,Pxa)', blames: 'r',
    log: 'm1 r>c RA @2026-01-06\nm2 c>r RE+GI <m1\nm3 r>c RK+GI+GK <m2\nm4 c>r GK <m3',
    violating: '= m3 r>c GK <m2\n- m4', why: 'r does not answer the error',
    unavoidable: 'that something was not expected is what the requirement is about',
  },
  {
    ids: ['RMB-07-002'], cast: 'r(A,N,Pxa) c(S,N,Pxa)', blames: 'c',
    log: 'm1 r>c RE note="I cannot read what you sent." @2026-01-06\nm2 c>r RK+GI <m1\nm3 r>c GK <m2',
    violating: '- m2\n- m3', why: 'c, in Start, does not answer the error (with RK and GI; never with RE, D-RM-07)',
  },
]

const permissions: ReadonlyArray<Scene> = [
  {
    ids: ['VP-02-027', 'RMB-11-004'], cast: two('R'),
    log: 'm1 c>r RI+GI @2026-01-06\nm2 r>c RK+GK <m1\nl1 c: close reason=timer @2026-03-06\nm3 c>r RC <l1\nm4 r>c RK <m3',
    why: 'c closes an invalid report after a time',
  },
  {
    ids: ['VP-02-029', 'VP-02-030', 'VP-02-034'], cast: two('A'),
    log: `
      m1 c>r RD @2026-01-06
      m2 r>c RK <m1
      m3 c>r RA @2026-01-20
      m4 r>c RK <m3
      m5 c>r RD @2026-02-06
      m6 r>c RK <m5
      m7 c>r RA @2026-02-20
      m8 r>c RK <m7`,
    why: 'c defers and resumes, twice',
  },
  {
    ids: ['VP-02-031', 'RMB-12-003'], cast: two('D'),
    log: 'l1 c: close reason=timer @2026-03-06\nm1 c>r RC <l1\nm2 r>c RK <m1', why: 'c closes a deferred report after a time',
  },
  {
    ids: ['VP-02-033', 'RMB-11-003'], cast: two('I'),
    log: `
      m1 r>c GI note="It happens in version 2." @2026-01-06
      m2 c>r GK <m1
      m3 c>r RV+RA @2026-01-08
      m4 r>c RK <m3`,
    why: 'c finds a report valid that it had held to be invalid',
  },
  { ids: ['VP-02-035'], cast: two('A'), log: 'm1 c>r RC @2026-03-06\nm2 r>c RK <m1', why: 'c closes a report that it had accepted' },
  { ids: ['VP-03-013', 'RMB-01-005', 'RMB-14-002'], cast: two('C'), log: 'm1 r>c RC @2026-03-06', why: 'c, in Closed, ignores what it is told' },
  {
    ids: ['RMB-06-002'], cast: two('A'), log: 'm1 r>c RC @2026-03-06\nm2 c>r RK <m1\nm3 c>r RC', why: 'c closes since everybody else has',
  },
  { ids: ['RMB-08-001'], cast: two('A'), log: 'm1 r>c RS @2026-01-06\nm2 c>r RK <m1', why: 'r does nothing about an acknowledgement' },
]

/** In the order of the above. */
export const reportScenes: ReadonlyArray<Scene> = [...reports, ...announcements, ...acknowledgements, ...errors, ...permissions]
