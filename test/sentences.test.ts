/**
 * The sentences for people: one for each kind of refusal and of finding, in full.
 */
import { describe as group, expect, test } from 'vitest'
import { adopted, describe, describeFinding, type Finding, type Message, type Participant, published, type Refusal, start } from 'mpcvd'

const refusalOf = (result: ReturnType<typeof adopted.transition>): Refusal => {
  if (result._tag === 'Right') throw new Error('not refused')
  return result.left
}
const ann = start('ann', ['finder', 'reporter'])
const acme = start('acme', ['vendor'])
const cert: Participant = { ...start('cert', ['coordinator']), rm: 'Accepted' }
const message = (from: string, to: string, types: ReadonlyArray<string>, more: Partial<Message> = {}): Message =>
  ({ id: 'm', case: 'c', from, to: [to], types: types as Message['types'], at: '2026-01-05', ...more })

group('a refusal', () => {
  test.each<[string, Refusal, string]>([
    ['no row', refusalOf(adopted.transition(acme, message('acme', 'ann', ['RS']))),
      'acme cannot send RS in (S,N,vfdpxa): no rule allows it there (rule sent.RS, VP-03-001, RMB-13-001); allowed: RK RE EP ER EK EE CV CP CA CK CE GI GK GE.'],
    ['role', refusalOf(adopted.transition(cert, message('cert', 'ann', ['CF']))),
      'cert cannot send CF in (A,N,pxa): its roles (coordinator) do not allow it (rule sent.CF.role, VP-12-001, CSB-15-001); allowed: RS RD RC RK RE EP ER EK EE CP CA CK CE GI GK GE.'],
    ['subject', refusalOf(published.transition(cert, message('cert', 'ann', ['CV'], { subject: 'acme' }))),
      'cert cannot send CV in (A,N,pxa): this reading has no rule for relaying the state of another participant (rule subject, VP-12-001, CSB-09-002); allowed: RS RD RC RK RE EP EK EE CP CA GI GK GE.'],
    ['bundle', refusalOf(adopted.transition({ ...ann, rm: 'Closed' }, message('ann', 'acme', ['EP', 'RS']))),
      'ann cannot send EP+RS in (C,N,pxa): the types of a message must be known, different, and in the order RS, other R*, E*, CX, CP, other C*, G* (VP-04-003, VP-06-001, VP-06-011, VP-11-001, VP-08-001, VP-03-001, RMB-13-001); allowed: RK RE GI GK GE.'],
    ['no type at all', refusalOf(adopted.transition({ ...ann, rm: 'Closed' }, message('acme', 'ann', []))),
      'ann cannot receive a message of no type in (C,N,pxa): the types of a message must be known, different, and in the order RS, other R*, E*, CX, CP, other C*, G*; allowed: RS RI RV RD RA RC RK RE EP ER EA EV EJ EC ET EK EE CV CF CD CP CX CA CK CE GI GK GE.'],
    ['not addressed', refusalOf(adopted.transition(ann, message('cert', 'acme', ['GI']))),
      'ann cannot handle GI in (A,N,pxa): it is neither sender nor recipient of the message; allowed: nothing.'],
    ['unspecified', refusalOf(published.transition({ ...cert, cs: 'pXa' }, message('ann', 'cert', ['CX']))),
      'cert cannot receive CX in (A,N,pXa): the published tables have no row for it (rule FT:322, VP-03-013, RMB-14-002, CSB-05-002, VP-11-003, CSB-05-003, VP-11-002, CSB-05-001, CSB-05-004, CSB-05-005); allowed: RS RI RV RD RA RC RK RE EP ER EA EV EJ EC ET EK EE CV CF CD CP CA CK CE GI GK GE.'],
    ['a local step', refusalOf(adopted.local(ann, 'discover')),
      'ann cannot take the step "discover" in (A,N,pxa): no rule allows it there (rule local.discover); allowed: learn P learn X learn A defer close.'],
    ['without a rule', { kind: 'no-row', requirements: [], tried: { way: 'sent', types: ['GI'] }, state: ann, allowed: [] },
      'ann cannot send GI in (A,N,pxa): no rule allows it there; allowed: nothing.'],
  ])('%s', (_, refusal, sentence) => {
    expect(describe(refusal)).toBe(sentence)
  })
})

group('a finding', () => {
  const base = { entry: 0, participant: 'ann', requirements: [], expected: ['RK'], got: ['EK'] } as const
  test.each<[Finding, string]>([
    [{ ...base, kind: 'refused', rule: 'sent.RS', requirements: ['VP-03-001'], expected: ['RK', 'GI'], got: ['RS', 'EP'] }, 'refused: RS EP by ann is not allowed here; allowed: RK GI (sent.RS, VP-03-001)'],
    [{ ...base, kind: 'unexpected', message: 'm1', expected: ['RE', 'GI'], got: ['RA'] }, 'unexpected: ann did not expect message m1, and answers RE GI to RA'],
    [{ ...base, kind: 'unspecified', got: ['CX'] }, 'unspecified: the published tables have no row for ann to receive CX here'],
    [{ ...base, kind: 'wrong-reply', message: 'm1', rule: 'received.RS' }, 'wrong-reply: ann answers message m1 with EK; due: RK (received.RS)'],
    [{ ...base, kind: 'wrong-reply', expected: [] }, 'wrong-reply: ann answers it with EK; due: nothing'],
    [{ ...base, kind: 'missing-reply', message: 'm1', got: [] }, 'missing-reply: ann never answered message m1; due: RK'],
    [{ ...base, kind: 'missing-announcement', expected: ['CP'] }, 'missing-announcement: ann never told the others; due: CP'],
    [{ ...base, kind: 'time-order', expected: ['V 2026-02-01'], got: ['F 2026-01-01'] }, 'time-order: F 2026-01-01 is over before V 2026-02-01, which it follows from'],
    [{ ...base, kind: 'impossible', expected: ['V', 'P'], got: ['F'] }, 'impossible: F cannot be so for ann here; possible: V P'],
    [{ entry: 0, requirements: [], kind: 'unknown-participant', expected: ['ann', 'acme'], got: ['bob'] }, 'unknown-participant: bob is no participant of the case; known: ann acme'],
    [{ ...base, kind: 'unknown-message', got: ['m9'] }, 'unknown-message: m9 is no message that ann has'],
    [{ entry: 0, requirements: [], kind: 'unknown-message', expected: [], got: [] }, 'unknown-message: nothing is no message that somebody has'],
    [{ ...base, kind: 'departed', message: 'm1' }, 'departed: ann is no longer in the case, and message m1 changes nothing'],
    [{ ...base, kind: 'conflicting-id', got: ['m1'] }, 'conflicting-id: m1 stands for two different messages; the second is not applied'],
    [{ ...base, kind: 'other-case', message: 'm1', expected: ['c1'], got: ['c2'] }, 'other-case: message m1 belongs to case c2, not to c1'],
  ])('%#', (finding, sentence) => {
    expect(describeFinding(finding)).toBe(sentence)
  })
})
