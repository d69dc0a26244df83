/**
 * A coordinated case: a reporter, a coordinator, and two vendors who come in one after the other.
 *
 * Ann reports to a coordinator, cert. The two settle on an embargo, and cert brings in the vendors north and south: each
 * is offered the embargo that is already in force, and gets the report once it has agreed. North fixes; south puts the
 * report off, which is its right, and stays bound like everybody else. Then the embargo ends, north publishes, and all close.
 */
import assert from 'node:assert/strict'
import { type CaseLog, describe } from 'mpcvd'
import { conversation, refusal, tell } from './conversation.js'
import { isProgram } from './logs.js'

export const coordinated = (): CaseLog => {
  const talk = conversation('coordinator', [
    { id: 'ann', roles: ['finder', 'reporter'] },
    { id: 'cert', roles: ['coordinator'] },
  ])

  // Ann proposes ninety days; cert would rather have sixty. A counter-proposal is a proposal, and leaves the state proposed.
  talk.send('ann', ['RS', 'EP'], ['cert'], { embargo: { id: 'ninety', end: '2026-05-31' } })
  talk.send('cert', ['EP'], ['ann'], { embargo: { id: 'sixty', answers: 'ninety', end: '2026-05-01' } })
  talk.check({ ann: '(A,P,pxa)', cert: '(R,P,pxa)' })
  talk.send('ann', ['EA'], ['cert'], { embargo: { id: 'sixty', answers: 'sixty' } })
  talk.send('cert', ['RV'], ['ann'])
  talk.send('cert', ['RA'], ['ann'])
  talk.check({ ann: '(A,A,pxa)', cert: '(A,A,pxa)' })

  // An embargo in force cannot be proposed anew; it can be offered to a newcomer, when the message says that it exists.
  // The offer goes to all: to the parties it is no news, and to the newcomer a proposal like any other.
  talk.join('cert', { id: 'north', roles: ['vendor'] })
  const anew = refusal(talk.consider('cert', ['EP'], { embargo: { id: 'sixty' } }))
  assert.match(describe(anew), /^cert cannot send EP in \(A,A,pxa\)/)
  talk.send('cert', ['EP'], ['north', 'ann'], { embargo: { id: 'sixty', existing: true } })
  talk.check({ ann: '(A,A,pxa)', cert: '(A,A,pxa)', north: '(S,P,vfdpxa)' })
  talk.send('north', ['EA'], ['cert', 'ann'], { embargo: { id: 'sixty', answers: 'sixty' } })
  talk.check({ ann: '(A,A,pxa)', cert: '(A,A,pxa)', north: '(S,A,vfdpxa)' })

  // Now that north is bound, it gets the report. It answers cert, and tells everybody that it is aware.
  talk.send('cert', ['RS'], ['north'])
  talk.check({ north: '(R,A,Vfdpxa)' })
  assert.deepEqual(talk.latest(4), ['north → cert: RK', 'north → ann, cert: CV', 'ann → north: CK', 'cert → north: CK'])
  talk.send('north', ['RV'], ['cert', 'ann'])
  talk.local('north', 'accept')

  // South comes in on the same terms. That north is aware was said before south was there, so cert passes it on, and says
  // whom it is about: a relayed state is hearsay, and moves nobody, neither cert, which is no vendor, nor south.
  talk.join('cert', { id: 'south', roles: ['vendor'] })
  talk.send('cert', ['EP'], ['south', 'ann', 'north'], { embargo: { id: 'sixty', existing: true } })
  talk.send('south', ['EA'], ['cert', 'ann', 'north'], { embargo: { id: 'sixty', answers: 'sixty' } })
  talk.send('cert', ['RS'], ['south'])
  assert.equal(refusal(talk.consider('cert', ['CV'])).kind, 'role')
  const relayed = talk.send('cert', ['CV'], ['south'], { subject: 'north' })
  assert.deepEqual(relayed.fired, [])
  assert.deepEqual(relayed.notes.map((one) => one.note), ['relayed'])
  talk.check({ cert: '(A,A,pxa)', north: '(A,A,Vfdpxa)', south: '(R,A,Vfdpxa)' })

  // South holds the report to be valid, and has more urgent things to do. That does not lift its embargo.
  talk.send('south', ['RV'], ['cert', 'ann', 'north'])
  talk.send('south', ['RD'], ['cert', 'ann', 'north'], { note: 'We keep to the embargo.' })
  talk.check({ south: '(D,A,Vfdpxa)' })

  // North is done sooner than it thought, and asks for an earlier end. Until somebody answers, the embargo is under
  // revision and in force; ann agrees.
  talk.local('north', 'ready')
  talk.send('north', ['EV'], ['cert', 'ann', 'south'], { embargo: { id: 'thirty', end: '2026-04-01' } })
  talk.check({ ann: '(A,R,pxa)', cert: '(A,R,pxa)', north: '(A,R,VFdpxa)', south: '(D,R,Vfdpxa)' })
  talk.send('ann', ['EC'], ['cert', 'north', 'south'], { embargo: { id: 'thirty', answers: 'thirty' } })
  talk.check({ ann: '(A,A,pxa)', cert: '(A,A,pxa)', north: '(A,A,VFdpxa)', south: '(D,A,Vfdpxa)' })

  // One message to all ends the embargo in one step, and one makes the vulnerability public.
  talk.send('cert', ['ET'], ['ann', 'north', 'south'], { embargo: { id: 'thirty', reason: 'both fixes are ready' } })
  talk.send('north', ['CP'], ['cert', 'ann', 'south'], { cause: 'own' })
  talk.send('ann', ['CP'], ['cert', 'north', 'south'], { cause: 'own' })
  talk.check({ ann: '(A,X,Pxa)', cert: '(A,X,Pxa)', north: '(A,X,VFdPxa)', south: '(D,X,VfdPxa)' })

  // Who defers may close without ever having accepted. The coordinator leaves last.
  talk.send('south', ['RC'], ['cert', 'ann', 'north'])
  talk.send('ann', ['RC'], ['cert', 'north'])
  talk.send('north', ['RC'], ['cert'])
  talk.local('cert', 'close')
  talk.check({ ann: '(C,X,Pxa)', cert: '(C,X,Pxa)', north: '(C,X,VFdPxa)', south: '(C,X,VfdPxa)' })

  return talk.conclude()
}

if (isProgram(import.meta.url)) tell(coordinated())
