/** Requirement logs that take a case of several participants: newcomers, consensus, relays, splits and merges, late answers. */
import { e1, embargoed, midway, offered, type Scene } from './requirement-logs-form.js'

/** v, who has accepted an embargo with r, brings in w: it offers the embargo, w accepts, and then gets the report. */
const newcomer = `${embargoed}
  k1 w joins by v as vendor @2026-01-12
  m4 v>r,w EP ${offered}
  m5 w>v,r EA+EK <m4 [e1 answers=e1] @2026-01-13
  m6 r>v,w EK <m4
  m7 v>w,r EK <m5
  m8 r>w,v EK <m5
  m9 v>w RS
  m10 w>v,r RV+RA+RK+CV <m9 @2026-01-15
  m11 v>w RK+CK <m10
  m12 r>w RK+CK <m10`

/** What becomes of it where w answers with something that v and r do not expect. */
const unforeseen = `
  = m7 v>w EE <m5
  = m8 r>w EE <m5
  = m9 w>v EK+GI <m7 note="I do not agree."
  = m10 w>r EK+GI <m8 note="I do not agree."
  = m11 v>w GK <m9
  = m12 r>w GK <m10`

const joining: ReadonlyArray<Scene> = [
  {
    ids: ['VP-08-001'], cast: 'r v', blames: 'v', log: newcomer, violating: '- m4\n- m5\n- m6\n- m7\n- m8',
    why: 'v brings in w, and never offers it the embargo that is in force',
  },
  {
    ids: ['VP-08-006', 'EMB-11-001'], cast: 'r v', blames: 'v', log: newcomer, violating: '- m9\n+ m4 m9 v>w RS',
    why: 'v sends w the report before w has accepted the embargo',
  },
  {
    ids: ['VP-08-005'], cast: 'r v', blames: 'w', log: newcomer, violating: `= m5 w>v,r ER+EK <m4 [e1 answers=e1]${unforeseen}`,
    why: 'w refuses the embargo that is in force',
  },
  {
    ids: ['VP-08-008'], cast: 'r v', blames: 'w', log: newcomer, violating: `= m5 w>v,r EP+EK <m4 [e2 end=2026-04-05T00:00:00Z]${unforeseen}`,
    why: 'w, who would have the embargo last longer, counters the offer instead of accepting it',
  },
]

const together: ReadonlyArray<Scene> = [
  {
    ids: ['ST-26'], cast: 'r(D,X,pxa) v(D,X,VFdpxa)', blames: 'v',
    log: `
      m1 v>r RA @2026-03-01
      m2 r>v RK <m1
      m3 v>r CP cause=own @2026-03-02
      m4 r>v CK <m3`,
    violating: '- m1\n- m2', why: 'v publishes while nobody works on the report',
  },
  {
    ids: ['VP-08-003'], cast: midway, blames: 'v',
    log: `
      m1 r>v,w EV [e2 end=2026-04-05T00:00:00Z] @2026-01-20
      m2 w>r,v EJ+EK <m1 [e2 answers=e2]
      m3 r>w,v EK <m2
      m4 v>r,w EK <m1
      m5 v>w,r EK <m2`,
    violating: '+ m5 m6 v>r,w EC <m1 [e2 answers=e2]\n+ m6 m7 r>v,w EK <m6\n+ m7 m8 w>v,r EK <m6', why: 'v accepts what w has rejected',
  },
  {
    ids: ['VP-14-009'], cast: 'r(A,A,pxa) v(A,A,VFdpxa) w(A,A,Vfdpxa)', blames: 'v',
    log: `
      m1 w>r,v EV [e2 end=2026-04-05T00:00:00Z reason="my fix takes two weeks more"] @2026-01-20
      m2 v>r,w EC+EK <m1 [e2 answers=e2]
      m3 r>w,v EK <m1
      m4 w>v,r EK <m2
      m5 r>v,w EK <m2`,
    violating: '= m2 v>r,w EJ+EK <m1 [e2 answers=e2]', why: 'v, whose fix is ready, refuses w, whose fix is not, the two weeks that it asks for',
  },
  {
    ids: ['VP-05-012'], cast: midway, header: { owner: 'r' }, blames: 'v',
    log: `
      k1 w withdraws by w @2026-01-20
      m1 w>r,v GI [e1] note="I no longer keep to the embargo."
      m2 r>w GK <m1
      m3 v>w GK <m1
      k2 w excluded by r @2026-01-21
      m4 v>r CF @2026-01-25
      m5 r>v CK <m4`,
    violating: '= m4 v>r,w CF', why: 'v keeps telling w, who has given up the embargo and was excluded',
  },
  {
    ids: ['VP-12-001'], cast: 'r(A,X,pxa) v(S,X,vfdpxa) c(A,X,pxa) d(A,X,dpxa)', blames: 'c',
    log: `
      m1 r>v RS @2026-01-20
      m2 v>r,c,d RV+RA+RK+CV <m1 @2026-01-21
      m3 r>v RK+CK <m2
      m4 c>v RK+CK <m2
      m5 d>v RK+CK <m2
      m6 r>d CV subject=v
      m7 d>r CK <m6`,
    violating: '= m6 c>d CV subject=v\n= m7 d>c CK <m6', why: 'c, who neither is v nor sent v the report, says that v is aware',
  },
]

const parent = { from: ['c0'], siblings: ['c2'], embargo: { id: 'e1', end: '2026-03-30T00:00:00Z' }, signed: ['r', 'c'] }

const families: ReadonlyArray<Scene> = [
  {
    ids: ['VP-10-002'], cast: 'r(A,A,pxa) c(A,A,pxa)', header: { manager: 'c', inherits: parent }, blames: 'c',
    log: `
      m1 c>r EV [e2 end=2026-02-20T00:00:00Z reason="the siblings were told; the fix is on its way to users"] @2026-01-20
      m2 r>c EC+EK <m1 [e2 answers=e2]
      m3 c>r EK <m2`,
    violating: '= m1 c>r EV [e2 end=2026-02-20T00:00:00Z]', why: 'c wants a child case to end earlier, and does not record why',
    unavoidable: 'VP-10-006 advises against the earlier end itself',
  },
  {
    ids: ['VP-10-006'], cast: 'r(A,A,pxa) c(A,A,pxa)', header: { manager: 'c', inherits: parent }, blames: 'c',
    log: `
      m1 c>r EV [e2 end=2026-04-05T00:00:00Z reason="the fix is on its way to users"] @2026-01-20
      m2 r>c EC+EK <m1 [e2 answers=e2]
      m3 c>r EK <m2`,
    violating: '= m1 c>r EV [e2 end=2026-02-20T00:00:00Z reason="the fix is on its way to users"]', why: 'c wants a child case to end before the embargo that it inherited',
  },
]

const kept = { owner: 'c', manager: 'c' } as const

/** c, who has accepted an embargo with r, invites w, and gives it a week to answer. */
const invited = `
  m1 r>c RS+EP ${e1} @2026-01-05
  m2 c>r RV+RA+RK+EA+EK <m1 [e1 answers=e1] @2026-01-06
  m3 r>c RK+EK <m2
  k1 w joins by c as vendor @2026-01-12
  m4 c>r,w EP [e1 existing end=2026-03-30T00:00:00Z respondBy=2026-01-20T00:00:00Z]
  m5 w>c,r EK <m4
  m6 r>c,w EK <m4`

/** w answers late; the terms are those in force. */
const late = `${invited}
  m7 w>c,r EA <m4 [e1 answers=e1] @2026-01-30
  m8 c>w,r EK <m7
  m9 r>w,c EK <m7
  m10 c>w RS
  m11 w>c,r RV+RA+RK+CV <m10
  m12 c>w RK+CK <m11
  m13 r>w RK+CK <m11`

/** w answers late; meanwhile other terms are in force, which c offers it. */
const stale = `${invited}
  m7 r>c EV [e2 end=2026-04-01T00:00:00Z] @2026-01-25
  m8 c>r EC+EK <m7 [e2 answers=e2]
  m9 r>c EK <m8
  m10 w>c,r EA <m4 [e1 answers=e1] @2026-01-30
  m11 c>w,r EK <m10
  m12 r>w,c EK <m10
  m13 c>r,w EP [e2 existing end=2026-04-01T00:00:00Z]
  m14 w>c,r EK <m13
  m15 r>c,w EK <m13`

/** w answers late; meanwhile the embargo has ended, which c tells it. */
const after = `${invited}
  m7 c>r ET [e1 reason=other] @2026-01-25
  m8 r>c EK <m7
  m9 w>c,r EA <m4 [e1 answers=e1] @2026-01-30
  m10 c>w,r EK <m9
  m11 r>w,c EK <m9
  m12 c>w,r ET [e1 reason=other]
  m13 w>c,r EK <m12
  m14 r>c,w EK <m12`

const lateAnswer = 'it is w that answers late (VP-06-004)'
const untold = 'w, in Start, was not told what became of the embargo (VP-03-012)'
const staleAnswer = `${lateAnswer}; ${untold}; and in Active already it has no way to accept the new offer`

const lateness: ReadonlyArray<Scene> = [
  {
    ids: ['EMB-17-001', 'DVS-21'], cast: 'r c', header: kept, blames: 'c', log: late, unavoidable: lateAnswer,
    violating: '= m8 c>w EE <m7\n+ m8 m8b w>c EK+GI <m8\n+ m8b m8c c>w GK <m8b', why: 'c calls the acceptance an error since it came late',
  },
  {
    ids: ['EMB-17-003'], cast: 'r c', header: kept, blames: 'c', log: stale, unavoidable: staleAnswer,
    violating: '- m13\n- m14\n- m15', why: 'c does not offer w the terms that are in force now',
  },
  {
    ids: ['EMB-17-002'], cast: 'r c', header: kept, blames: 'c', log: late, unavoidable: lateAnswer,
    violating: `
      + m9 m9b c>r,w EP [e1 existing end=2026-03-30T00:00:00Z]
      + m9b m9c w>c,r EK <m9b
      + m9c m9d r>c,w EK <m9b`, why: 'c offers w anew what w has just accepted',
  },
  {
    ids: ['EMB-17-005'], cast: 'r c', header: kept, blames: 'c', log: stale, unavoidable: staleAnswer,
    violating: `
      = m13 c>w RS
      = m14 w>c,r RV+RA+RK+CV <m13
      = m15 c>w RK+CK <m14
      + m15 m16 r>w RK+CK <m14`, why: 'c sends w the report, as if it had agreed to the terms that are in force',
  },
  {
    ids: ['EMB-17-006'], cast: 'r c', header: kept, blames: 'c', log: stale, unavoidable: staleAnswer,
    violating: '= m13 w excluded by c\n- m14\n- m15', why: 'c excludes w since it accepted terms that are no longer in force',
  },
  {
    ids: ['EMB-17-004'], cast: 'r c', header: kept, blames: 'c', log: after, unavoidable: `${lateAnswer}; ${untold}`,
    violating: '- m10', why: 'c does not acknowledge an acceptance that came after the embargo',
  },
  {
    ids: ['EMB-17-007'], cast: 'r c', header: kept, blames: 'c', log: after, unavoidable: `${lateAnswer}; ${untold}`,
    violating: `
      = m12 c>w EP [e2 end=2026-03-30T00:00:00Z]
      = m13 w>c EE <m12
      = m14 c>w EK+GI <m13
      + m14 m15 w>c GK <m14`, why: 'c invites w anew since its acceptance came after the embargo',
  },
  {
    ids: ['EMB-17-008'], cast: 'r c', header: kept, blames: 'c', log: after, unavoidable: `${lateAnswer}; ${untold}`,
    violating: '= m12 w excluded by c\n- m13\n- m14', why: 'c excludes w since its acceptance came after the embargo',
  },
  {
    ids: ['EP-07-002'], cast: 'r v', blames: 'v', why: 'v gives w two days to answer',
    log: newcomer.replace(offered, '[e1 existing end=2026-03-30T00:00:00Z respondBy=2026-01-19T00:00:00Z]'),
    violating: '= m4 v>r,w EP [e1 existing end=2026-03-30T00:00:00Z respondBy=2026-01-14T00:00:00Z]',
  },
]

const permissions: ReadonlyArray<Scene> = [
  { ids: ['VP-05-015'], cast: 'r v', log: newcomer, why: 'w accepts the embargo that is in force' },
  {
    ids: ['VP-08-016', 'VP-08-018', 'VP-08-019'], cast: 'r v', why: 'w, who accepted the embargo, proposes a later end; v accepts it',
    log: `${newcomer}
      m13 w>v,r EV [e2 end=2026-04-04T00:00:00Z reason="I ship every quarter"] @2026-01-16
      m14 v>w,r EC+EK <m13 [e2 answers=e2]
      m15 r>w,v EK <m13
      m16 w>v,r EK <m14
      m17 r>v,w EK <m14`,
  },
  {
    ids: ['VP-08-020'], cast: 'r v', why: 'v extends the embargo since w has come',
    log: `${newcomer}
      m13 v>w,r EV [e2 end=2026-04-04T00:00:00Z reason="w has come later"] @2026-01-16
      m14 w>v,r EC+EK <m13 [e2 answers=e2]
      m15 r>v,w EK <m13
      m16 v>w,r EK <m14
      m17 r>w,v EK <m14`,
  },
  {
    ids: ['VP-09-007'], cast: midway, why: 'both vendors have a fix, and v ends the embargo early',
    log: `
      m1 v>r,w CF @2026-01-20
      m2 r>v CK <m1
      m3 w>v CK <m1
      m4 w>r,v CF
      m5 r>w CK <m4
      m6 v>w CK <m4
      m7 v>r,w ET [e1 reason=quorum]
      m8 r>v,w EK <m7
      m9 w>v,r EK <m7`,
  },
  {
    ids: ['VP-10-007'], cast: 'r(A,A,pxa) c(A,A,pxa)', why: 'c proposes a revision in a merged case',
    header: { inherits: { from: ['c0', 'c2'], embargo: { id: 'e1', end: '2026-03-30T00:00:00Z' }, signed: ['r', 'c'] } },
    log: 'm1 c>r EV [e2 end=2026-04-05T00:00:00Z] @2026-01-20\nm2 r>c EC+EK <m1 [e2 answers=e2]\nm3 c>r EK <m2',
  },
  {
    ids: ['VP-14-014'], cast: 'r(A,A,pxa) v(A,A,VFdpxa) w(A,A,Vfdpxa)', why: 'w, whose fix is not ready, proposes an extension',
    log: `
      m1 w>r,v EV [e2 end=2026-04-05T00:00:00Z reason="my fix takes two weeks more"] @2026-01-20
      m2 v>r,w EC+EK <m1 [e2 answers=e2]
      m3 r>w,v EK <m1
      m4 w>v,r EK <m2
      m5 r>v,w EK <m2`,
  },
]

/** In the order of the above. */
export const caseScenes: ReadonlyArray<Scene> = [...joining, ...together, ...families, ...lateness, ...permissions]
