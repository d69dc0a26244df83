/** Requirement logs on the case state: CSB, VP-09, VP-11 and VP-12 where the case state ends an embargo, VP-14. */
import { e1, embargoed, type Scene } from './requirement-logs-form.js'

/** The embargo is over and the public does not know: nothing but the case state is left to be told. */
const quiet = 'r(A,X,pxa) v(A,X,Vfdpxa)'
const fixed = 'r(A,X,pxa) v=vendor,deployer(A,X,VFdpxa)'

/** What becomes known, and what is sent about it. */
const letters = { P: 'CP', X: 'CX+CP', A: 'CA' } as const
type Letter = keyof typeof letters

/** v learns it while the embargo is in force: both tell that the embargo has ended. */
const ended = (letter: Letter): string => `${embargoed}
  l1 v: learn ${letter} @2026-02-20
  m4 v>r ${letters[letter]} <l1 cause=observed
  m5 v>r ET <l1 [e1 reason=${letter === 'A' ? 'attacks' : 'public'}]
  m6 r>v ET+CK <m4 [e1 reason=${letter === 'A' ? 'attacks' : 'public'}]
  m7 r>v EK <m5
  m8 v>r EK <m6`

/** v learns it while r’s proposal is open: both tell that it is refused. */
const refused = (letter: Letter): string => `
  m1 r>v RS+EP ${e1} @2026-01-05
  m2 v>r RV+RA+RK+EK+CV <m1 @2026-01-06
  m3 r>v RK+CK <m2
  l1 v: learn ${letter} @2026-01-08
  m4 v>r ${letters[letter]} <l1 cause=observed
  m5 v>r ER <l1 [e1 answers=e1]
  m6 r>v ER+CK <m4 [e1 answers=e1]
  m7 r>v EK <m5
  m8 v>r EK <m6`

const learned = { P: 'the public knows', X: 'an exploit is public', A: 'there are attacks' } as const

const notEnded = (letter: Letter, ids: ReadonlyArray<string>): Scene => ({
  ids, cast: 'r v', blames: 'v', log: ended(letter), violating: '- m5\n- m7', why: `v learns that ${learned[letter]}, and does not end the embargo`,
})

const endedNotBack = (letter: Letter, ids: ReadonlyArray<string>): Scene => ({
  ids, cast: 'r v', blames: 'r', log: ended(letter), violating: '= m6 r>v CK <m4\n- m8', why: `r is told that ${learned[letter]}, and does not end the embargo`,
})

const endedUnheard = (letter: Letter, ids: ReadonlyArray<string>): Scene => ({
  ids, cast: 'r v', blames: 'r', log: ended(letter), violating: '= m6 r>v ET <m4 [e1 reason=other]', why: `r ends the embargo, and never acknowledges that ${learned[letter]}`,
})

const refusedUnheard = (letter: Letter, ids: ReadonlyArray<string>): Scene => ({
  ids, cast: 'r v', blames: 'r', log: refused(letter), violating: '= m6 r>v ER <m4 [e1 answers=e1]', why: `r refuses the proposal, and never acknowledges that ${learned[letter]}`,
})

/** v tells r, who acknowledges it. */
const acknowledged = (ids: ReadonlyArray<string>, types: string, what: string, cast = quiet): Scene => ({
  ids, cast, blames: 'r', log: `m1 v>r ${types}${/C[PXA]/.test(types) ? ' cause=observed' : ''} @2026-01-20\nm2 r>v CK <m1`, violating: '- m2', why: `r never acknowledges ${what}`,
})

/** v sees it happen, and tells r. */
const announced = (ids: ReadonlyArray<string>, step: string, types: string, what: string, cast = quiet): Scene => ({
  ids, cast, blames: 'v', log: `l1 v: ${step} @2026-01-20\nm1 v>r ${types} <l1\nm2 r>v CK <m1`, violating: '- m1\n- m2', why: `v tells nobody that ${what}`,
})

const scenes: ReadonlyArray<Scene> = [
  notEnded('P', ['VP-09-001', 'VP-11-002', 'VP-11-003', 'CSB-12-001']),
  notEnded('X', ['CSB-13-002']),
  notEnded('A', ['VP-09-003', 'VP-11-006', 'VP-11-007', 'VP-12-002b', 'VP-14-013', 'CSB-14-001']),
  endedNotBack('P', ['CSB-04-003', 'CSB-04-007']),
  endedNotBack('X', ['CSB-05-003', 'CSB-05-008']),
  endedNotBack('A', ['CSB-06-003', 'CSB-06-008']),
  endedUnheard('P', ['CSB-04-008']),
  endedUnheard('X', ['CSB-05-009']),
  endedUnheard('A', ['CSB-06-009']),
  refusedUnheard('P', ['CSB-04-002', 'CSB-04-006']),
  refusedUnheard('X', ['CSB-05-002', 'CSB-05-007']),
  refusedUnheard('A', ['CSB-06-002', 'CSB-06-007']),
  {
    ids: ['EMB-16-001', 'PX-04'], cast: 'r v', blames: 'v', log: refused('P'), violating: '- m5\n- m7',
    why: 'v learns that the public knows, and does not tell that the open proposal is refused',
  },
  {
    ids: ['CSB-05-010'], cast: 'r(A,A,pxa) v(A,X,VfdPxa)', blames: 'r',
    log: `
      m1 v>r CX cause=observed @2026-01-20
      m2 r>v CP+CK <m1 cause=observed
      m3 r>v ET <m1 [e1 reason=public]
      m4 v>r CK <m2
      m5 v>r EK <m3`,
    violating: `
      = m2 r>v ET <m1 [e1 reason=public]
      = m3 r>v CP+CK <m1 cause=observed
      = m4 v>r EK <m2
      = m5 v>r CK <m3`, why: 'r ends the embargo before it tells why',
  },
  { ids: ['CSB-01-001'], cast: 'r v', blames: 'r', log: embargoed, violating: '= m3 r>v RK+EK <m2', why: 'r never acknowledges that v is aware' },
  acknowledged(['CSB-02-001'], 'CF', 'that v has a fix'),
  acknowledged(['CSB-03-001'], 'CD', 'that v has deployed the fix', fixed),
  acknowledged(['CSB-04-001'], 'CP', 'that the public knows'),
  acknowledged(['CSB-04-004'], 'CP', 'that the public knows, which it had known', 'r(A,X,Pxa) v(A,X,VfdPxa)'),
  acknowledged(['CSB-05-001'], 'CX+CP', 'that an exploit is public'),
  acknowledged(['CSB-05-004'], 'CX', 'that an exploit is public', 'r(A,X,Pxa) v(A,X,VfdPxa)'),
  acknowledged(['CSB-05-005'], 'CX', 'that an exploit is public, which it had known', 'r(A,X,PXa) v(A,X,VfdPXa)'),
  acknowledged(['CSB-06-001'], 'CA', 'that there are attacks'),
  acknowledged(['CSB-06-004'], 'CA', 'that there are attacks', 'r(A,X,Pxa) v(A,X,VfdPxa)'),
  acknowledged(['CSB-06-005'], 'CA', 'that there are attacks, which it had known', 'r(A,X,PxA) v(A,X,VfdPxA)'),
  {
    ids: ['CSB-07-001'], cast: quiet, blames: 'v',
    log: 'm1 r>v CE note="Which fix?" @2026-01-20\nm2 v>r CK+GI <m1\nm3 r>v GK <m2', violating: '- m2\n- m3', why: 'v does not answer the error',
  },
  {
    ids: ['CSB-09-002'], cast: 'r v', blames: 'v',
    log: `
      l1 v: aware reason=public-source @2026-01-05
      m1 v>r EP+CV <l1 ${e1}
      m2 r>v EA+EK+CK <m1 [e1 answers=e1]
      m3 v>r RV+RA+EK <m2 @2026-01-08
      m4 r>v RK <m3`,
    violating: `= m1 v>r EP ${e1}\n= m2 r>v EA+EK <m1 [e1 answers=e1]`, why: 'v becomes aware other than by a report, and tells nobody',
  },
  {
    ids: ['CSB-10-001', 'VP-14-007'], cast: 'r(A,N,pxa) v(A,N,VFdpxa)', blames: 'v',
    log: 'm1 v>r GI @2026-01-20\nm2 r>v GK <m1', violating: `= m1 v>r EP+GI ${e1}\n= m2 r>v EA+EK+GK <m1 [e1 answers=e1]\n+ m2 m3 v>r EK <m2`,
    why: 'v has a fix ready, and proposes an embargo of two months',
  },
  {
    ids: ['VP-06-002', 'VP-14-010'], cast: 'r(A,N,pxa) v=vendor,deployer(A,N,VFDpxa)', blames: 'v',
    log: 'm1 v>r GI @2026-01-20\nm2 r>v GK <m1', violating: `= m1 v>r EP+GI ${e1}\n= m2 r>v EA+EK+GK <m1 [e1 answers=e1]\n+ m2 m3 v>r EK <m2`,
    why: 'v has deployed the fix, and proposes an embargo',
  },
  announced(['CSB-10-002'], 'ready', 'CF', 'it has a fix'),
  {
    ids: ['CSB-11-001'], cast: 'r(A,A,pxa) v=vendor,deployer(A,A,VFdpxa)', blames: 'v',
    log: `
      m1 v>r CD @2026-01-20
      m2 r>v CK <m1
      m3 v>r ET [e1 reason=fix-deployed]
      m4 r>v EK <m3`,
    violating: '- m3\n- m4', why: 'v has deployed the fix, and leaves the embargo in force',
  },
  announced(['CSB-11-002'], 'deployed', 'CD', 'it has deployed the fix', fixed),
  announced(['CSB-12-003'], 'learn P', 'CP', 'the public knows'),
  {
    ids: ['CSB-13-001'], cast: quiet, blames: 'v',
    log: 'l1 v: learn X @2026-01-20\nm1 v>r CX+CP <l1 cause=observed\nm2 r>v CK <m1',
    violating: '= m1 v>r CX <l1 cause=observed\n= m2 r>v CP+CK <m1 cause=observed\n+ m2 m3 v>r CK <m2', why: 'v tells of the exploit, and not that the public knows with it',
  },
  announced(['CSB-14-004'], 'learn A', 'CA', 'there are attacks'),
  {
    ids: ['CSB-15-001', 'DVS-59', 'ST-12'], cast: 'r(A,X,pxa) c(A,X,pxa) v(A,X,Vfdpxa)', blames: 'c',
    log: `
      m1 v>c,r CF @2026-01-20
      m2 c>v CK <m1
      m3 r>v CK <m1
      m4 c>r CF subject=v
      m5 r>c CK <m4`,
    violating: '= m4 c>r CF', why: 'c, no vendor, says that it has a fix itself',
  },
  {
    ids: ['CSB-15-002', 'DVS-60', 'DVS-61', 'ST-13'], cast: 'r(A,X,pxa) v(A,X,VFdpxa) d(A,X,dpxa)', blames: 'v',
    log: `
      m1 d>v,r CD @2026-01-20
      m2 v>d CK <m1
      m3 r>d CK <m1
      m4 v>r CD subject=d
      m5 r>v CK <m4`,
    violating: '= m4 v>r CD', why: 'v, no deployer, says that it has deployed the fix itself',
  },
  {
    ids: ['CSB-17-006'], cast: 'r(A,X,pxa) c(A,X,pxa)', blames: 'c',
    log: `
      k1 c roles by c as coordinator,vendor @2026-01-20
      m1 c>r CV
      m2 r>c CK <m1
      m3 c>r CF @2026-01-22
      m4 r>c CK <m3`,
    violating: '- m1\n- m2', why: 'c, a vendor by now, has a fix without ever having been aware',
  },
  {
    ids: ['CSB-17-007', 'CSB-17-008', 'ST-03', 'ST-14'], cast: 'r(A,X,pxa) v=vendor,deployer(A,X,Vfdpxa)', blames: 'v',
    log: 'm1 v>r CF @2026-01-20\nm2 r>v CK <m1\nm3 v>r CD @2026-01-22\nm4 r>v CK <m3',
    violating: '- m1\n- m2', why: 'v has deployed a fix that was never ready',
  },
  {
    ids: ['CSB-17-004', 'CSB-17-005', 'CSB-17-011'], cast: 'r(A,X,pxa) v=vendor,deployer(A,X,Vfdpxa)', blames: 'v',
    log: 'o1 F of v @2026-01-20\no2 D of v @2026-01-22\no3 P of v @2026-01-25', violating: '- o1', why: 'the history that is told of v begins none of the 70: D without F',
  },
  {
    ids: ['ST-10'], cast: 'r(A,X,pxa) v(V,X,Vfdpxa)', blames: 'v',
    log: 'm1 v>r RA @2026-01-20\nm2 r>v RK <m1\nm3 v>r CF @2026-01-22\nm4 r>v CK <m3', violating: '- m1\n- m2', why: 'v has a fix for a report that it has not accepted',
  },
  {
    ids: ['ST-11'], cast: 'r(A,X,pxa) d(V,X,dpxa)', blames: 'd',
    log: 'm1 d>r RA @2026-01-20\nm2 r>d RK <m1\nm3 d>r CD @2026-01-22\nm4 r>d CK <m3', violating: '- m1\n- m2', why: 'd has deployed the fix for a report that it has not accepted',
  },
  { ids: ['CSB-08-001'], cast: quiet, log: 'm1 v>r CF @2026-01-20\nm2 r>v CK <m1', why: 'v does nothing about an acknowledgement' },
  {
    ids: ['PX-05'], cast: 'r(A,A,pxa) v(A,A,Vfdpxa)', why: 'v has a fix ready, and the embargo stays in force for a time',
    log: `
      m1 v>r CF @2026-01-20
      m2 r>v CK <m1
      m3 v>r ET [e1 reason=fix-ready] @2026-02-01
      m4 r>v EK <m3`,
  },
]

/** In the order of the above. */
export const caseStateScenes: ReadonlyArray<Scene> = scenes
