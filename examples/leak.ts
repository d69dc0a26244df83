/**
 * Three ways in which an embargo collapses: a press report, a public exploit, attacks.
 *
 * Whoever learns of one first is in a new state at that instant, and owes the others two things: what has become known
 * (CP, CX, CA), and that the embargo is over (ET). Nobody can bring it back.
 */
import assert from 'node:assert/strict'
import { bundleRank, type CaseLog, dues, type LogParticipant, type Outcome } from 'mpcvd'
import { type Conversation, conversation, refusal, tell } from './conversation.js'
import { isProgram } from './logs.js'

/** In the midst of a case: all work on the report, all are under the embargo, the vendor has no fix yet. */
const underEmbargo: ReadonlyArray<LogParticipant> = [
  { id: 'ann', roles: ['finder', 'reporter'], start: '(A,A,pxa)' },
  { id: 'cert', roles: ['coordinator'], start: '(A,A,pxa)' },
  { id: 'acme', roles: ['vendor'], start: '(A,A,Vfdpxa)' },
]

/** What happened in a step, machine by machine, and what is to be told to everybody because of it. */
const events = (outcome: Outcome): string => outcome.fired.map((one) => one.event).join(' ')
const toTell = (outcome: Outcome): string =>
  dues(outcome).filter((one) => one.to === 'everyone').map((one) => one.type).sort((a, b) => bundleRank[a] - bundleRank[b]).join(' ')

/** Over is over: neither a new proposal nor a revision can be sent any more. */
const assertBeyondRepair = (talk: Conversation): void => {
  for (const types of [['EP'], ['EV']] as const) assert.equal(refusal(talk.consider('cert', types)).kind, 'no-row')
}

/** A newspaper has it. */
export const press = (): CaseLog => {
  const talk = conversation('leak: press', [...underEmbargo, { id: 'other', roles: ['vendor'] }])

  const learned = talk.local('acme', 'learn P', 'public-source')
  assert.equal(events(learned), 'P terminate')
  assert.equal(toTell(learned), 'ET CP')

  // Both go out in one message, embargo first. Who receives it is out of the embargo too, and has only to acknowledge.
  assert.deepEqual(talk.latest(3), ['acme → ann, cert: ET CP', 'ann → acme: EK CK', 'cert → acme: EK CK'])
  talk.check({ ann: '(A,X,Pxa)', cert: '(A,X,Pxa)', acme: '(A,X,VfdPxa)' })
  assertBeyondRepair(talk)

  // Another vendor, whom nobody had told, reads the same newspaper. What the public knows a vendor knows: so it is aware,
  // it has a report in its inbox, and it speaks up.
  const surprised = talk.local('other', 'learn P', 'public-source')
  assert.equal(events(surprised), 'receive P V')
  assert.equal(toTell(surprised), 'CP CV')
  talk.check({ other: '(R,N,VfdPxa)' })

  // A fix is as welcome as ever.
  talk.local('acme', 'ready')
  talk.check({ acme: '(A,X,VFdPxa)' })
  return talk.conclude()
}

/** An exploit is published before anybody published the vulnerability. */
export const exploit = (): CaseLog => {
  const talk = conversation('leak: exploit', underEmbargo)

  // A public exploit says all that there is to say, so CX never goes alone while the vulnerability is not public.
  assert.equal(refusal(talk.consider('ann', ['CX'])).kind, 'no-row')
  assert.equal(talk.consider('ann', ['CX', 'CP'])._tag, 'Right')

  const learned = talk.local('ann', 'learn X', 'public-source')
  assert.equal(events(learned), 'X P terminate')
  assert.equal(toTell(learned), 'ET CX CP')
  assert.deepEqual(talk.latest(3), ['ann → cert, acme: ET CX CP', 'cert → ann: EK CK', 'acme → ann: EK CK'])
  talk.check({ ann: '(A,X,PXa)', cert: '(A,X,PXa)', acme: '(A,X,VfdPXa)' })
  assertBeyondRepair(talk)

  // From here on the order is free: the second one to see it may say so, alone, and nothing changes.
  assert.deepEqual(talk.send('cert', ['CX'], ['ann', 'acme'], { cause: 'observed' }).fired, [])
  return talk.conclude()
}

/** Somebody is being attacked. */
export const attacks = (): CaseLog => {
  const talk = conversation('leak: attacks', underEmbargo)

  // Attackers know, which ends the embargo; the public does not, which is why P is not among the events.
  const learned = talk.local('cert', 'learn A', 'incident')
  assert.equal(events(learned), 'A terminate')
  assert.equal(toTell(learned), 'ET CA')
  talk.check({ ann: '(A,X,pxA)', cert: '(A,X,pxA)', acme: '(A,X,VfdpxA)' })
  assertBeyondRepair(talk)

  // Without a fix, the vendor publishes what it knows, so that people can defend themselves.
  const published = talk.send('acme', ['CP'], ['ann', 'cert'], { cause: 'own' })
  assert.deepEqual(published.notes, [])
  talk.check({ ann: '(A,X,PxA)', cert: '(A,X,PxA)', acme: '(A,X,VfdPxA)' })
  return talk.conclude()
}

if (isProgram(import.meta.url)) for (const scene of [press, exploit, attacks]) tell(scene())
