/**
 * The smallest case there is: somebody who found a vulnerability, and the vendor.
 *
 * Alice reports and proposes an embargo with the report. Acme agrees, looks into it, fixes it, and publishes when both
 * are ready. Nobody writes an acknowledgement here: `reply` knows what each receipt calls for.
 */
import assert from 'node:assert/strict'
import { type CaseLog, describe, formatState } from 'mpcvd'
import { conversation, refusal, tell } from './conversation.js'
import { isProgram } from './logs.js'

export const twoParty = (): CaseLog => {
  const talk = conversation('two-party', [
    { id: 'alice', roles: ['finder', 'reporter'] },
    { id: 'acme', roles: ['vendor'] },
  ])
  talk.check({ alice: '(A,N,pxa)', acme: '(S,N,vfdpxa)' })

  // A report and a proposal are one message, and one step. The embargo stays proposed: the message that proposes it
  // cannot also be taken for silent consent to it.
  talk.send('alice', ['RS', 'EP'], ['acme'], {
    report: { id: 'r1', title: 'Heap overflow in the parser' },
    embargo: { id: 'e1', end: '2026-05-31' },
  })
  talk.check({ alice: '(A,P,pxa)', acme: '(R,P,Vfdpxa)' })

  // Acme owes three things at once, for the report, for the proposal, and for being aware now; Alice acknowledges the last.
  assert.deepEqual(talk.latest(2), ['acme → alice: RK EK CV', 'alice → acme: CK'])

  talk.send('acme', ['EA'], ['alice'], { embargo: { id: 'e1', answers: 'e1' } })
  talk.check({ alice: '(A,A,pxa)', acme: '(R,A,Vfdpxa)' })

  // A fix before the report was even accepted: the protocol says no, on what grounds, and what it would allow.
  const early = refusal(talk.consider('acme', ['CF']))
  assert.equal(early.kind, 'no-row')
  assert(early.allowed.includes('RV'))
  assert.match(describe(early), /^acme cannot send CF in \(R,A,Vfdpxa\)/)

  // Acme may say what it does, or do it and then say so. Either way Alice hears of it.
  talk.send('acme', ['RV'], ['alice'])
  talk.local('acme', 'accept')
  assert.deepEqual(talk.latest(4), ['acme → alice: RV', 'alice → acme: RK', 'acme → alice: RA', 'alice → acme: RK'])
  talk.local('acme', 'ready')
  talk.check({ alice: '(A,A,pxa)', acme: '(A,A,VFdpxa)' })

  // To publish now would be possible: no embargo outlives publication. It is advised against, though.
  const hasty = talk.consider('acme', ['CP'], { cause: 'own' })
  assert(hasty._tag === 'Right')
  assert.equal(formatState(hasty.right.state), '(A,X,VFdPxa)')
  assert.deepEqual(hasty.right.replies, ['ET'])
  assert.deepEqual(hasty.right.notes.map((one) => one.note), ['advised-against'])

  // So the embargo ends first.
  talk.send('acme', ['ET'], ['alice'], { embargo: { id: 'e1', reason: 'the fix is ready' } })
  talk.send('acme', ['CP'], ['alice'], { cause: 'own' })
  talk.check({ alice: '(A,X,Pxa)', acme: '(A,X,VFdPxa)' })

  // Alice publishes as well. To say again what everybody knows changes nothing, and is no mistake.
  const again = talk.send('alice', ['CP'], ['acme'], { cause: 'own' })
  assert.deepEqual(again.fired, [])

  // Who has closed owes nobody an answer any more.
  talk.send('alice', ['RC'], ['acme'])
  talk.send('acme', ['RC'], ['alice'])
  assert.deepEqual(talk.latest(3), ['alice → acme: RC', 'acme → alice: RK', 'acme → alice: RC'])
  talk.check({ alice: '(C,X,Pxa)', acme: '(C,X,VFdPxa)' })

  return talk.conclude()
}

if (isProgram(import.meta.url)) tell(twoParty())
