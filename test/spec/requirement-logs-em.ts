/**
 * Requirement logs on embargoes between two participants: VP-04, VP-05, VP-06, VP-11, VP-13, EMB but for EMB-17. The file is
 * long because it is a list.
 */
import { agreed, e1, embargoed, type Scene } from './requirement-logs-form.js'

const under = 'r(A,A,pxa) v(A,A,Vfdpxa)'
const revising = 'r(A,R,pxa) v(A,R,Vfdpxa)'

/** v opens negotiations, r refuses, v tries again, r agrees. */
const retried = `
  m1 r>v RS @2026-01-05
  m2 v>r RK+EP+CV <m1 ${e1} @2026-01-06
  m3 r>v ER+EK+CK <m2 [e1 answers=e1]
  m4 v>r EP+EK <m3 [e2 end=2026-02-28T00:00:00Z] @2026-01-08
  m5 r>v EA+EK <m4 [e2 answers=e2]
  m6 v>r RV+RA+EK <m5 @2026-01-09
  m7 r>v RK <m6`

/** Two offers are open, r’s the shorter; v accepts that, and its own comes again as a revision. */
const shortest = `
  m1 r>v RS @2026-01-05
  m2 v>r RK+EP+CV <m1 ${e1} @2026-01-06
  m3 r>v EP+EK+CK <m2 [e2 end=2026-02-15T00:00:00Z]
  m4 v>r EA+EK <m3 [e2 answers=e2] @2026-01-08
  m5 r>v EK <m4
  m6 v>r EV [e3 end=2026-03-30T00:00:00Z]
  m7 r>v EC+EK <m6 [e3 answers=e3] @2026-01-09
  m8 v>r RV+RA+EK <m7
  m9 r>v RK <m8`

const e2 = '[e2 end=2026-03-01T00:00:00Z]'

const terms: ReadonlyArray<Scene> = [
  {
    ids: ['VP-04-001', 'VP-05-001', 'DUR-07-001'], cast: 'r v', blames: 'v', log: embargoed,
    violating: '= m1 r>v RS+EP [e1]', why: 'v accepts an embargo without an end',
  },
  {
    ids: ['VP-05-002'], cast: 'r v', blames: 'v',
    log: embargoed.replace(e1, '[e1 end=2026-05-05T00:00:00Z reason="the fix takes new hardware"]'),
    violating: '= m1 r>v RS+EP [e1 end=2026-05-05T00:00:00Z]', why: 'v accepts an embargo of four months that nobody justifies',
  },
  {
    ids: ['VP-05-009'], cast: 'r v', blames: 'v',
    log: embargoed, violating: '= m1 r>v RS+EP [e1 end=2027-06-30T00:00:00Z reason="the fix takes new hardware"]',
    why: 'v accepts an embargo of a year and a half',
  },
  {
    ids: ['PX-02'], cast: 'r v', blames: 'r',
    log: `${embargoed}
      m4 v>r EV [e2 end=2026-04-04T00:00:00Z] @2026-01-20
      m5 r>v EC+EK <m4 [e2 answers=e2]
      m6 v>r EK <m5`,
    violating: '= m4 v>r EV [e2 end=2030-01-01T00:00:00Z reason="the fix takes new hardware"]', why: 'r agrees to put the end off for years',
  },
  {
    ids: ['VP-04-002', 'ST-02'], cast: 'r v', blames: 'r',
    log: `${embargoed}
      m4 r>v EV ${e2} @2026-01-20
      m5 v>r EC+EK <m4 [e2 answers=e2]
      m6 r>v EK <m5`,
    violating: `= m4 r>v EP ${e2}\n= m5 v>r EA+EK <m4 [e2 answers=e2]`, why: 'r proposes a second embargo beside the one in force, instead of a revision of it',
  },
  {
    ids: ['VP-05-003'], cast: 'r v', blames: 'r', log: embargoed,
    violating: `
      + m3 m4 r>v ER [e1 answers=e1] @2026-01-07
      + m4 m5 v>r EE <m4
      + m5 m6 r>v EK+GI <m5
      + m6 m7 v>r GK <m6`, why: 'r refuses the embargo after v has accepted it, as if it were not in force yet',
  },
  {
    ids: ['VP-06-007'], cast: 'v(A,N,Vfdpxa) c', blames: 'v',
    log: `
      m1 v>c EP ${e1} @2026-01-06
      m2 c>v ER+EK <m1 [e1 answers=e1]
      m3 v>c EK <m2
      m4 c>v EP [e2 end=2026-02-28T00:00:00Z]
      m5 v>c RS+EK <m4 [e2 answers=e2]
      m6 c>v RV+RA+RK <m5
      m7 v>c RK <m6`,
    violating: `
      + m7 m8 v>c ER [e2 answers=e2]
      + m8 m9 c>v EE <m8
      + m9 m10 v>c EK+GI <m9
      + m10 m11 c>v GK <m10`, why: 'v refuses the embargo that it accepted by sending the report',
  },
  {
    ids: ['VP-11-008', 'DVS-09'], cast: 'r v', blames: 'v',
    log: `${embargoed}
      m4 v>r EV [e2 end=2026-02-10T00:00:00Z] @2026-01-20
      m5 r>v EC+EK <m4 [e2 answers=e2]
      m6 v>r EK <m5`,
    violating: '= m4 v>r ET [e1 end=2026-02-10T00:00:00Z reason=fix-ready]\n= m5 r>v EK <m4\n- m6',
    why: 'v wants an end three weeks ahead, and terminates instead of proposing it',
  },
  {
    ids: ['EMB-14-001'], cast: 'r v', blames: 'v',
    log: `${embargoed}\nm4 v>r ET [e1 reason=other] @2026-01-20\nm5 r>v EK <m4`,
    violating: '= m4 v>r ET [e1]', why: 'v terminates an embargo and gives no reason',
  },
  {
    ids: ['EMB-15-004'], cast: 'r v', blames: 'r', log: retried,
    violating: '= m3 r>v EJ+EK+CK <m2 [e1 answers=e1]', why: 'r refuses a proposal by rejecting a revision that there is not',
  },
]

const answers: ReadonlyArray<Scene> = [
  {
    ids: ['VP-06-003', 'VP-07-007'], cast: 'r v', blames: 'v', log: embargoed,
    violating: '= m2 v>r RV+RA+RK+ER+EK+CV <m1 [e1 answers=e1]', why: 'v refuses the embargo that the reporter proposes',
  },
  {
    ids: ['VP-06-004', 'VP-14-006'], cast: 'r v', blames: 'v',
    log: `
      m1 r>v RS+EP ${e1} @2026-01-05
      m2 v>r RV+RA+RK+EK+CV <m1 @2026-01-06
      m3 r>v RK+CK <m2
      m4 v>r EA <m1 [e1 answers=e1] @2026-01-10
      m5 r>v EK <m4`,
    violating: '= m4 v>r EA <m1 [e1 answers=e1] @2026-02-10\n= m5 r>v EK <m4 @2026-02-10', why: 'v answers the proposal after five weeks',
  },
  {
    ids: ['VP-06-004b', 'DVS-14'], cast: 'r v', blames: 'v',
    log: `
      m1 r>v RS+EP ${e1} @2026-01-05
      m2 v>r RV+RA+RK+EK+CV <m1 @2026-01-06
      m3 r>v RK+CK <m2
      m4 v>r EA <m1 [e1 answers=e1] @2026-01-10
      m5 r>v EK <m4
      m6 r>v GI @2026-03-10
      m7 v>r GK <m6`,
    violating: '- m4\n- m5', why: 'v leaves the proposal without an answer',
  },
  {
    ids: ['VP-06-005'], cast: 'r v', blames: 'v', log: retried,
    violating: '= m4 v>r EK <m3\n- m5\n= m6 v>r RV+RA', why: 'v proposes no other embargo after the first was refused',
  },
  {
    ids: ['VP-07-008', 'DVS-13'], cast: 'r v', blames: 'v', log: shortest,
    violating: '= m3 r>v EP+EK+CK <m2 [e2 end=2026-04-04T00:00:00Z]', why: 'v accepts the longer of two open proposals',
  },
  {
    ids: ['VP-07-009'], cast: under, blames: 'v',
    log: `
      m1 r>v EV [e2 end=2026-02-15T00:00:00Z] @2026-01-06
      m2 v>r EK <m1
      m3 r>v EV [e3 end=2026-03-15T00:00:00Z]
      m4 v>r EK <m3
      m5 v>r EC <m1 [e2 answers=e2] @2026-01-10
      m6 r>v EK <m5
      m7 r>v EV [e4 end=2026-03-15T00:00:00Z]
      m8 v>r EC+EK <m7 [e4 answers=e4]
      m9 r>v EK <m8`,
    violating: '= m5 v>r EC <m3 [e3 answers=e3]\n- m7\n- m8\n- m9', why: 'of two open revisions v decides the one that ends later first',
  },
]

const begin: ReadonlyArray<Scene> = [
  {
    ids: ['VP-08-002', 'VP-13-001', 'VP-14-005', 'CSB-09-001'], cast: 'r v', blames: 'v',
    log: `${agreed}\nm6 r>v GI @2026-03-10\nm7 v>r GK <m6`,
    violating: '= m2 v>r RK+CV <m1\n= m3 r>v CK <m2\n= m4 v>r RV+RA', why: 'v never begins to negotiate',
  },
  {
    ids: ['VP-07-001'], cast: 'r v', blames: 'v', log: agreed,
    violating: `
      = m2 v>r RK+CV <m1
      = m3 r>v CK <m2
      = m4 v>r EA
      = m5 r>v EE <m4
      + m5 m6 v>r EK+GI <m5
      + m6 m7 r>v GK <m6
      + m7 m8 v>r RV+RA
      + m8 m9 r>v RK <m8`, why: 'v takes an embargo for accepted that nobody has proposed',
  },
  {
    ids: ['VP-13-002', 'VP-13-003', 'EMB-10-002'], cast: 'r v', blames: 'v',
    log: `
      m1 r>v RS @2026-01-05
      m2 v>r RI+RK+CV+GI <m1 @2026-01-06
      m3 r>v RK+CK+GK <m2
      m4 v>r RV+RA+EP ${e1} @2026-01-08
      m5 r>v RK+EA+EK <m4 [e1 answers=e1]
      m6 v>r EK <m5`,
    violating: `
      = m2 v>r RI+RK+EP+CV+GI <m1 ${e1}
      = m3 r>v RK+EA+EK+CK+GK <m2 [e1 answers=e1]
      = m4 v>r RV+RA+EK <m3
      = m5 r>v RK <m4
      - m6`, why: 'v proposes an embargo for a report that it holds to be invalid',
  },
  {
    ids: ['VP-13-004', 'EMB-01-004'], cast: 'r v', blames: 'v',
    log: `
      m1 r>v RS+EP ${e1} @2026-01-05
      m2 v>r RI+RK+EK+CV+GI <m1 @2026-01-06
      m3 r>v RK+CK+GK <m2
      m4 v>r RV+RA+EA <m1 [e1 answers=e1] @2026-01-08
      m5 r>v RK+EK <m4`,
    violating: `
      = m2 v>r RI+RK+EA+EK+CV+GI <m1 [e1 answers=e1]
      = m3 r>v RK+EK+CK+GK <m2
      = m4 v>r RV+RA
      = m5 r>v RK <m4`, why: 'v accepts an embargo for a report that it holds to be invalid',
  },
  {
    ids: ['EMB-01-005'], cast: 'v(A,N,Vfdpxa) c(C,N,pxa)', blames: 'c',
    log: `m1 v>c EP ${e1} @2026-01-06`, violating: '+ m1 m2 c>v EA <m1 [e1 answers=e1]\n+ m2 m3 v>c EK <m2', why: 'c, in Closed, accepts an embargo',
  },
]

const publicAlready = 'no embargo is to be sought any more'

const over: ReadonlyArray<Scene> = [
  {
    ids: ['VP-06-001', 'VP-11-001', 'VP-14-001', 'CSB-12-002'], cast: 'r(A,N,Pxa) c(A,N,Pxa)', blames: 'c',
    log: 'm1 c>r GI @2026-01-06\nm2 r>c GK <m1', violating: `= m1 c>r EP+GI ${e1}\n= m2 r>c ER+GK <m1 [e1 answers=e1]\n+ m2 m3 c>r EK <m2`,
    why: `c proposes an embargo although the public knows: ${publicAlready}`,
  },
  {
    ids: ['VP-14-002', 'CSB-13-003'], cast: 'r(A,N,PXa) c(A,N,PXa)', blames: 'c',
    log: 'm1 c>r GI @2026-01-06\nm2 r>c GK <m1', violating: `= m1 c>r EP+GI ${e1}\n= m2 r>c ER+GK <m1 [e1 answers=e1]\n+ m2 m3 c>r EK <m2`,
    why: `c proposes an embargo although an exploit is public: ${publicAlready}`,
  },
  {
    ids: ['VP-14-003', 'CSB-14-003'], cast: 'r(A,N,pxA) c(A,N,pxA)', blames: 'c',
    log: 'm1 c>r GI @2026-01-06\nm2 r>c GK <m1', violating: `= m1 c>r EP+GI ${e1}\n= m2 r>c ER+GK <m1 [e1 answers=e1]\n+ m2 m3 c>r EK <m2`,
    why: `c proposes an embargo although there are attacks: ${publicAlready}`,
  },
  {
    ids: ['EMB-13-002'], cast: 'r(A,X,Pxa) c(A,X,Pxa)', blames: 'c',
    log: 'm1 c>r GI @2026-01-06\nm2 r>c GK <m1', violating: `= m1 c>r EP+GI ${e1}\n= m2 r>c ER+GK <m1 [e1 answers=e1]\n+ m2 m3 c>r EE <m2\n+ m3 m4 r>c EK+GI <m3\n+ m4 m5 c>r GK <m4`,
    why: 'c proposes another embargo after one that publicity has ended',
  },
  {
    ids: ['EMB-01-002'], cast: 'r c', blames: 'c',
    log: `
      l1 c: learn P @2026-01-04
      m1 r>c RS+EP ${e1} @2026-01-05
      m2 c>r ER <m1 [e1 answers=e1]
      m3 c>r RV+RA+RK+CP <m1 cause=observed
      m4 r>c EK <m2
      m5 r>c RK+CK <m3`,
    violating: `
      = m2 c>r EA <m1 [e1 answers=e1]
      = m5 r>c RK+ET+CK <m3 [e1 reason=public]
      + m5 m6 c>r EE <m5
      + m6 m7 r>c EK+GI <m6
      + m7 m8 c>r GK <m7`, why: 'c accepts an embargo although it knows that the public knows',
  },
  {
    ids: ['EMB-02-002'], cast: 'r(A,P,Pxa) c(A,P,pxa)', blames: 'r',
    log: `
      m1 c>r EA [e1 answers=e1] @2026-01-06
      m2 r>c ER <m1 [e1 answers=e1]
      m3 c>r EE <m2
      m4 r>c EK+GI <m3 note="The public knows."
      m5 c>r GK <m4`,
    violating: '= m2 r>c EK <m1\n- m3\n- m4\n- m5', why: 'r knows that the public knows, and takes the acceptance without refusing it',
    unavoidable: 'c cannot know yet what r knows, and does not expect the refusal',
  },
  ...[
    { id: 'EMB-03-003', type: 'EV', cast: 'r(A,A,Pxa) v(A,A,Vfdpxa)', terms: e2 },
    { id: 'EMB-04-002', type: 'EJ', cast: 'r(A,R,Pxa) v(A,R,Vfdpxa)', terms: '[e2 answers=e2]' },
    { id: 'EMB-05-002', type: 'EC', cast: 'r(A,R,Pxa) v(A,R,Vfdpxa)', terms: '[e2 answers=e2]' },
  ].map(({ id, type, cast, terms: about }): Scene => ({
    ids: [id], cast, blames: 'r', log: `m1 v>r ${type} ${about} @2026-01-06\nm2 r>v ET <m1 [e1 reason=public]\nm3 v>r EK <m2`,
    violating: '= m2 r>v EK <m1\n- m3', why: `r knows that the public knows, gets ${type}, and does not terminate the embargo`,
  })),
]

/** Somebody does not acknowledge what is about the embargo. */
const unacknowledged: ReadonlyArray<Scene> = [
  {
    ids: ['EMB-01-001'], cast: 'r v', blames: 'r', log: agreed,
    violating: '= m3 r>v EA+CK <m2 [e1 answers=e1]', why: 'r never acknowledges the proposal',
  },
  {
    ids: ['EMB-01-003'], cast: 'r v', blames: 'v', log: shortest,
    violating: '= m4 v>r EA <m3 [e2 answers=e2]', why: 'v never acknowledges the counter-proposal',
  },
  {
    ids: ['VP-11-004', 'EMB-02-001'], cast: 'r v', blames: 'r', log: embargoed,
    violating: '= m3 r>v RK+CK <m2', why: 'r never acknowledges the acceptance',
  },
  {
    ids: ['EMB-06-001'], cast: 'r v', blames: 'v', log: retried,
    violating: '= m4 v>r EP <m3 [e2 end=2026-02-28T00:00:00Z]', why: 'v never acknowledges the refusal',
  },
  ...[
    { id: 'EMB-03-001', cast: under, log: `m1 v>r EV ${e2} @2026-01-06\nm2 r>v EC+EK <m1 [e2 answers=e2]\nm3 v>r EK <m2`, without: '= m2 r>v EC <m1 [e2 answers=e2]', what: 'the revision' },
    {
      id: 'EMB-03-002', cast: revising, what: 'the counter-proposal',
      log: `m1 v>r EV ${e2} @2026-01-06\nm2 r>v EC+EK <m1 [e2 answers=e2]\nm3 v>r EK <m2`, without: '= m2 r>v EC <m1 [e2 answers=e2]',
    },
    {
      id: 'EMB-04-001', cast: under, what: 'that its revision is refused',
      log: `m1 r>v EV ${e2} @2026-01-06\nm2 v>r EJ+EK <m1 [e2 answers=e2]\nm3 r>v EK <m2`, without: '- m3',
    },
    {
      id: 'EMB-05-001', cast: under, what: 'that its revision is accepted',
      log: `m1 r>v EV ${e2} @2026-01-06\nm2 v>r EC+EK <m1 [e2 answers=e2]\nm3 r>v EK <m2`, without: '- m3',
    },
    { id: 'EMB-07-001', cast: under, log: 'm1 v>r ET [e1 reason=fix-ready] @2026-01-06\nm2 r>v EK <m1', without: '- m2', what: 'the termination' },
    {
      id: 'EMB-07-002', cast: under, what: 'the termination',
      log: `m1 r>v EV ${e2} @2026-01-06\nm2 v>r ET+EK <m1 [e1 reason=fix-ready]\nm3 r>v EK <m2`, without: '- m3',
    },
    { id: 'EMB-07-003', cast: 'r(A,X,pxa) v(A,A,Vfdpxa)', log: 'm1 v>r ET [e1 reason=fix-ready] @2026-01-06\nm2 r>v EK <m1', without: '- m2', what: 'a further termination' },
  ].map(({ id, cast, log, without, what }): Scene => ({ ids: [id], cast, blames: 'r', log, violating: without, why: `r never acknowledges ${what}` })),
  {
    ids: ['VP-11-005', 'EMB-08-001'], cast: under, blames: 'v',
    log: 'm1 r>v EE note="Your terms have no scope that I can read." @2026-01-06\nm2 v>r EK+GI <m1\nm3 r>v GK <m2',
    violating: '- m2\n- m3', why: 'v does not answer the error',
  },
]

const keeps = 'note="I keep to the embargo."'
const quits = 'note="I no longer keep to the embargo."'

const adherence: ReadonlyArray<Scene> = [
  {
    ids: ['VP-05-006'], cast: 'r v', blames: 'v',
    log: `
      m1 r>v RS @2026-01-05
      m2 v>r RK+EP+CV <m1 ${e1} @2026-01-06
      m3 r>v ER+EK+CK <m2 [e1 answers=e1]
      m4 v>r RV+RA+EP+EK <m3 [e2 end=2026-02-28T00:00:00Z] @2026-01-08
      m5 r>v RK+EK+ER <m4 [e2 answers=e2]
      m6 v>r EK <m5
      m7 v>r CP cause=own @2026-01-12
      m8 r>v CK <m7`,
    violating: `
      = m5 r>v RK+EK <m4
      = m6 v>r CP cause=own @2026-01-12
      = m7 v>r ER [e2 answers=e2]
      = m8 r>v ER+CK <m6 [e2 answers=e2]
      + m8 m9 r>v EK <m7
      + m9 m10 v>r EK <m8`, why: 'v publishes while its own proposal is open',
  },
  {
    ids: ['VP-05-014', 'EMB-11-002'], cast: 'r v', blames: 'v',
    log: `${embargoed}
      m4 v>r ET [e1 reason=other] @2026-02-20
      m5 r>v EK <m4
      m6 v>r CP cause=own @2026-02-22
      m7 r>v CK <m6`,
    violating: `
      = m4 v>r CP cause=own
      = m5 v>r ET [e1 reason=public]
      = m6 r>v ET+CK <m4 [e1 reason=public]
      = m7 r>v EK <m5
      + m7 m8 v>r EK <m6`, why: 'v publishes while the embargo is in force',
  },
  {
    ids: ['ST-25'], cast: 'r v', blames: 'v',
    log: `${embargoed}
      m4 r>v EV ${e2} @2026-02-19
      m5 v>r EK <m4
      m6 v>r ET [e1 reason=other] @2026-02-20
      m7 r>v EK <m6
      m8 v>r CP cause=own @2026-02-22
      m9 r>v CK <m8`,
    violating: `
      = m6 v>r CP cause=own
      = m7 v>r ET [e1 reason=public]
      = m8 r>v ET+CK <m6 [e1 reason=public] @2026-02-20
      = m9 r>v EK <m7 @2026-02-20
      + m9 m10 v>r EK <m8`, why: 'v publishes while a revision is open, as if the old terms were no longer in force',
  },
  {
    ids: ['VP-14-012'], cast: 'r v', blames: 'r',
    log: `${embargoed}
      m4 r>v ET [e1 reason=other] @2026-02-20
      m5 v>r EK <m4
      m6 r>v CX+CP cause=own @2026-02-22
      m7 v>r CK <m6`,
    violating: `
      = m4 r>v CX+CP cause=own
      = m5 r>v ET [e1 reason=public]
      = m6 v>r ET+CK <m4 [e1 reason=public]
      = m7 v>r EK <m5
      + m7 m8 r>v EK <m6`, why: 'r publishes an exploit while the embargo is in force',
  },
  {
    ids: ['VP-05-010'], cast: 'r v', blames: 'v',
    log: `${embargoed}
      m4 v>r RD+GI [e1] ${keeps} @2026-01-20
      m5 r>v RK+GK <m4
      m6 v>r RA @2026-02-20
      m7 r>v RK <m6`,
    violating: '= m4 v>r RD\n= m5 r>v RK <m4', why: 'v stops work and does not say whether it keeps to the embargo',
  },
  {
    ids: ['VP-05-011'], cast: 'r v', blames: 'v',
    log: `${embargoed}
      m4 v>r RD+GI [e1] ${keeps} @2026-01-20
      m5 r>v RK+GK <m4
      m6 r>v ET [e1 reason=other] @2026-02-20
      m7 v>r EK <m6
      m8 v>r CP cause=own @2026-02-22
      m9 r>v CK <m8
      m10 v>r RC @2026-03-20
      m11 r>v RK <m10`,
    violating: `
      = m6 v>r CP cause=own
      = m7 v>r ET [e1 reason=public]
      = m8 r>v ET+CK <m6 [e1 reason=public]
      = m9 r>v EK <m7
      + m9 m9b v>r EK <m8`, why: 'v, who has stopped work, publishes while the embargo is in force',
  },
  {
    ids: ['VP-13-005', 'VP-13-006', 'EMB-11-004'], cast: 'r v', blames: 'v',
    log: `${embargoed}
      m4 v>r RD+GI [e1] ${keeps} @2026-01-20
      m5 r>v RK+GK <m4
      m6 r>v ET [e1 reason=other] @2026-02-20
      m7 v>r EK <m6
      m8 v>r RC @2026-03-20
      m9 r>v RK <m8`,
    violating: `
      = m6 v>r RC @2026-02-20
      = m7 r>v RK <m6
      = m8 r>v ET [e1 reason=other] @2026-03-20
      - m9`, why: 'v closes the report while the embargo is in force',
  },
  {
    ids: ['VP-13-007', 'RMB-14-003'], cast: 'r v', blames: 'v',
    log: `${embargoed}
      m4 v>r GI [e1] note="I am going to close the report. I keep to the embargo." @2026-02-20
      m5 r>v GK <m4
      m6 v>r RC @2026-02-21
      m7 r>v RK <m6`,
    violating: '- m4\n- m5', why: 'v closes the report and does not say whether it keeps to the embargo',
    unavoidable: 'VP-13-005 advises against the close itself',
  },
  {
    ids: ['VP-13-008', 'EMB-11-005'], cast: 'r v', blames: 'v',
    log: `${embargoed}\nk1 v withdraws by v @2026-01-20\nm4 v>r GI [e1] ${quits}\nm5 r>v GK <m4`,
    violating: '- m4\n- m5', why: 'v no longer keeps to the embargo, and says so to nobody',
  },
  {
    ids: ['EMB-12-003'], cast: 'r v', blames: 'v',
    log: `${embargoed}
      m4 r>v EV ${e2} @2026-01-19
      m5 v>r EK <m4
      k1 v withdraws by v @2026-01-20
      m6 v>r EJ+GI [e2 answers=e2] ${quits}
      m7 r>v EK+GK <m6`,
    violating: '= m6 v>r EJ [e2 answers=e2]\n= m7 r>v EK <m6', why: 'v no longer keeps to the embargo while it is being revised, and says so to nobody',
  },
  {
    ids: ['VP-13-009', 'EMB-11-003'], cast: 'r v', blames: 'v',
    log: `${embargoed}
      m4 v>r RD+GI [e1] ${keeps} @2026-01-20
      m5 r>v RK+GK <m4
      m6 v>r RA @2026-02-20
      m7 r>v RK <m6`,
    violating: '= m4 v>r RD+ET+GI [e1 reason=other]\n= m5 r>v RK+EK+GK <m4', why: 'v ends the embargo for everybody since it defers the report itself',
  },
  {
    ids: ['EMB-12-002'], cast: 'r v', blames: 'v',
    log: `${embargoed}
      m4 r>v EV ${e2} @2026-01-19
      m5 v>r RD+EC+EK+GI <m4 [e2 answers=e2] ${keeps}
      m6 r>v RK+EK+GK <m5
      m7 v>r RA @2026-02-20
      m8 r>v RK <m7`,
    violating: '= m5 v>r RD+ET+EK+GI <m4 [e1 reason=other]', why: 'v ends the embargo, which is being revised, since it defers the report itself',
  },
]

const permissions: ReadonlyArray<Scene> = [
  { ids: ['VP-04-003', 'VP-05-016', 'VP-06-009', 'VP-13-011', 'VP-13-012'], cast: 'r v', log: agreed, why: 'v, in Received, proposes an embargo' },
  { ids: ['VP-04-004', 'EMB-09-001'], cast: 'r v', log: embargoed, why: 'v accepts a proposal; nobody does anything about EK' },
  { ids: ['VP-05-017', 'VP-06-010', 'VP-11-010'], cast: 'r v', log: retried, why: 'r refuses one proposal and accepts the other' },
  {
    ids: ['VP-04-005', 'VP-13-013', 'VP-07-011', 'EMB-12-001'], cast: 'r v',
    log: `${embargoed}
      m4 v>r EV ${e2} @2026-01-20
      m5 r>v EJ+EK <m4 [e2 answers=e2]
      m6 v>r EK <m5
      m7 v>r EV [e3 end=2026-04-01T00:00:00Z]
      m8 r>v EC+EK <m7 [e3 answers=e3]
      m9 v>r EK <m8`,
    why: 'v, who accepted the embargo, proposes revisions; r refuses one and accepts the other',
  },
  { ids: ['VP-06-011', 'EMB-10-001'], cast: 'r v', log: shortest, why: 'r makes a counter-proposal' },
  {
    ids: ['VP-06-012'], cast: 'r v',
    log: `
      m1 r>v RS @2026-01-05
      m2 v>r RK+EP+CV <m1 ${e1} @2026-01-06
      m3 r>v EK+CK <m2
      m4 v>r ER [e1 answers=e1] @2026-01-07
      m5 r>v EK <m4
      m6 v>r EP [e2 end=2026-02-28T00:00:00Z]
      m7 r>v EA+EK <m6 [e2 answers=e2]
      m8 v>r RV+RA+EK <m7 @2026-01-09
      m9 r>v RK <m8`,
    why: 'v withdraws its own proposal',
  },
  {
    ids: ['VP-06-013', 'VP-06-014'], cast: 'r v',
    log: `
      m1 r>v RS @2026-01-05
      m2 v>r RV+RA+RK+EP+CV <m1 [e1 end=2026-03-30T00:00:00Z respondBy=2026-01-20T00:00:00Z] @2026-01-06
      m3 r>v RK+EK+CK <m2
      m4 v>r ER+CP [e1 answers=e1] cause=own @2026-02-20
      m5 r>v EK+CK <m4`,
    why: 'v takes silence for refusal and publishes', unavoidable: 'it is r that does not answer (VP-06-004)',
  },
  {
    ids: ['VP-06-015', 'VP-05-020'], cast: 'r v',
    log: `
      m1 r>v RS @2026-01-05
      m2 v>r RK+EP+CV <m1 ${e1} @2026-01-06
      m3 r>v ER+EK+CK <m2 [e1 answers=e1]
      m4 v>r RV+RA+EP+EK <m3 [e2 end=2026-02-28T00:00:00Z] @2026-01-08
      m5 r>v RK+ER+EK <m4 [e2 answers=e2]
      m6 v>r EK <m5
      m7 v>r CP cause=own @2026-01-12
      m8 r>v CK <m7`,
    why: 'v publishes after its proposals were refused',
  },
  {
    ids: ['VP-06-016', 'VP-11-009', 'VP-13-010'], cast: 'v(A,N,Vfdpxa) c',
    log: `
      m1 v>c EP ${e1} @2026-01-06
      m2 c>v ER+EK <m1 [e1 answers=e1]
      m3 v>c EP+EK <m2 [e2 end=2026-02-28T00:00:00Z] @2026-01-08
      m4 c>v ER+EK <m3 [e2 answers=e2]
      m5 v>c EK <m4`,
    why: 'v negotiates before it reports; c refuses, and v holds the report back',
  },
  {
    ids: ['VP-06-008'], cast: 'v(A,N,VFdpxa) c(R,N,pxa)',
    log: `
      m1 v>c EP [e1 end=2026-01-12T00:00:00Z reason="until the advisory is written"] @2026-01-06
      m2 c>v RV+RA+EA+EK <m1 [e1 answers=e1]
      m3 v>c RK+EK <m2
      l1 v: expire reason=timer @2026-01-12
      m4 v>c ET <l1 [e1 reason=timer]
      m5 c>v EK <m4`,
    why: 'v, whose fix is ready, proposes an embargo of a few days', unavoidable: 'VP-14-007 and CSB-10-001 advise against it; this is their exception (D-EM-21)',
  },
  {
    ids: ['VP-13-014', 'VP-13-016'], cast: 'r v',
    log: `
      m1 r>v RS @2026-01-05
      m2 v>r RK+EP+CV <m1 ${e1} @2026-01-06
      m3 r>v EK+CK <m2
      m4 v>r RI+ER+GI [e1 answers=e1] note="I cannot reproduce it." @2026-01-07
      m5 r>v RK+EK+GK <m4
      m6 r>v GI note="It happens in version 2."
      m7 v>r GK <m6
      m8 v>r RV+RA+EP [e2 end=2026-02-28T00:00:00Z] @2026-01-08
      m9 r>v RK+EA+EK <m8 [e2 answers=e2]
      m10 v>r EK <m9`,
    why: 'v, in Invalid, withdraws the proposal that it had made',
  },
  {
    ids: ['VP-13-015'], cast: 'r v',
    log: `
      m1 r>v RS+EP ${e1} @2026-01-05
      m2 v>r RV+RD+RK+EA+EK+CV+GI <m1 [e1 answers=e1] ${keeps} @2026-01-06
      m3 r>v RK+EK+CK+GK <m2
      m4 v>r RA @2026-01-20
      m5 r>v RK <m4`,
    why: 'v, in Deferred, accepts a proposal',
  },
  {
    ids: ['VP-05-018', 'VP-13-017', 'VP-13-018'], cast: 'r v',
    log: `${embargoed}
      k1 v withdraws by v @2026-01-20
      m4 v>r GI [e1] ${quits}
      m5 r>v GK <m4
      m6 r>v ET [e1 reason=other]
      m7 v>r EK <m6`,
    why: 'v gives up the embargo, and r therefore ends it',
  },
  {
    ids: ['VP-07-012'], cast: under, why: 'v, whose shorter default is in force, refuses the longer term',
    log: 'm1 r>v EV [e2 end=2026-04-01T00:00:00Z] @2026-01-06\nm2 v>r EJ+EK <m1 [e2 answers=e2]\nm3 r>v EK <m2',
  },
  {
    ids: ['VP-07-013'], cast: under, why: 'r, whose shorter term is in force, accepts the longer default',
    log: 'm1 v>r EV [e2 end=2026-04-01T00:00:00Z] @2026-01-06\nm2 r>v EC+EK <m1 [e2 answers=e2]\nm3 v>r EK <m2',
  },
]

/** In the order of the above. */
export const embargoScenes: ReadonlyArray<Scene> = [...terms, ...answers, ...begin, ...over, ...unacknowledged, ...adherence, ...permissions]
