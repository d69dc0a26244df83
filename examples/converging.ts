/**
 * Replicas that converge: two participants whose messages cross, and what each of them may do meanwhile.
 *
 * Everybody keeps a ledger of its own, and takes in what reaches it, in whatever order it does. The story is the one that
 * breaks the published tables: ann proposes an embargo and accepts it herself, while acme rejects it. By the tables ann
 * ends under an embargo and acme does not, and neither ever learns of the other. Here both end without one, whoever hears
 * what first, and until that is settled ann is told that she is bound by her own word. Then they agree, and cert comes in.
 */
import assert from 'node:assert/strict'
import type { Id, Message, MessageType, Statement } from 'mpcvd'
import { type Case, caseOf, type Charter, entriesOf, heads, ingest, type Ledger, logOf, mayPublish, mayReceive, openLedger, owed, seal } from 'mpcvd/case'
import { encodeLog } from 'mpcvd/codec'
import { createHash } from 'node:crypto'
import { isProgram } from './logs.js'

const charter: Charter = {
  case: 'VU-1',
  protocol: 'adopted@1',
  participants: [{ id: 'acme', roles: ['vendor'] }, { id: 'ann', roles: ['finder', 'reporter'] }],
  decision: 'first',
  order: 'causal',
}

const opened = (): Ledger => {
  const ledger = openLedger(charter)
  assert(ledger._tag === 'Right', 'the charter lacks somebody')
  return ledger.right
}

/** A participant with its replica. */
class Desk {
  ledger = opened()
  constructor(readonly id: Id) {}

  get case(): Case {
    return caseOf(this.ledger)
  }

  /** Writes an entry, citing what this desk has seen, and takes it in. */
  write(id: Id, types: ReadonlyArray<MessageType>, to: ReadonlyArray<Id>, more: Partial<Message> = {}): Statement {
    const entry: Statement = { message: { id, case: charter.case, from: this.id, to, types, at: '2026-03-02T09:00:00Z', after: heads(this.ledger, this.id, to), ...more } }
    this.hear(entry)
    return entry
  }

  hear(...entries: ReadonlyArray<Statement>): void {
    this.ledger = ingest(this.ledger, entries)
  }
}

const bytes = (ledger: Ledger): string => encodeLog(logOf(ledger))
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** All orders of some things. */
const orders = <A>(all: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  all.length < 2 ? [all] : all.flatMap((one, index) => orders([...all.slice(0, index), ...all.slice(index + 1)]).map((rest) => [one, ...rest]))

/** The story; it returns everything that was said. */
export const converging = (): Ledger => {
  const [ann, acme] = [new Desk('ann'), new Desk('acme')]
  const proposal = ann.write('ann-1', ['EP'], ['acme'], { embargo: { id: 'ninety', end: '2026-05-31' } })
  assert.deepEqual([mayPublish(ann.case, 'ann').because, mayPublish(ann.case, 'acme').because], ['bound', 'unbound'])
  acme.hear(proposal)

  // They cross.
  const accepts = ann.write('ann-2', ['EA'], ['acme'], { embargo: { id: 'ninety', answers: 'ninety' } })
  const rejects = acme.write('acme-1', ['ER'], ['ann'], { embargo: { id: 'ninety', answers: 'ninety' } })
  assert.deepEqual([ann.case.state.em, acme.case.state.em], ['Proposed', 'None'])
  ann.hear(rejects)
  acme.hear(accepts)
  assert.deepEqual([ann.case.state.em, acme.case.state.em], ['None', 'None'])
  assert.equal(bytes(ann.ledger), bytes(acme.ledger))

  // Whoever hears what first, and hears it twice: the same case.
  for (const order of orders([proposal, accepts, rejects, rejects])) {
    let ledger = opened()
    for (const entry of order) ledger = ingest(ledger, entry)
    assert.equal(bytes(ledger), bytes(ann.ledger))
    assert.equal(seal(ledger, sha256).head, seal(acme.ledger, sha256).head)
  }

  // acme has answered to the proposal; ann has not yet answered to the rejection, and is still bound by her word.
  assert.deepEqual([ann.case.settled.count, ann.case.settled.waitsFor], [1, ['ann']])
  assert.equal(mayPublish(ann.case, 'ann').because, 'bound')
  acme.hear(ann.write('ann-3', ['EK'], ['acme'], { inReplyTo: 'acme-1' }))
  assert.deepEqual([ann.case.settled.count, mayPublish(ann.case, 'ann').because], [2, 'unbound'])

  // They try again (VP-06-005), and cert comes in under the embargo in force: the terms first, then the report.
  acme.hear(ann.write('ann-4', ['EP'], ['acme'], { embargo: { id: 'sixty', end: '2026-05-01' } }))
  ann.hear(acme.write('acme-2', ['EA'], ['ann'], { embargo: { id: 'sixty', answers: 'sixty' } }))
  const joins: Statement = { membership: { id: 'ann-5', by: 'ann', participant: 'cert', change: 'joins', roles: ['coordinator'], at: '2026-03-03', after: heads(ann.ledger, 'ann', ['acme', 'cert']) } }
  ann.hear(joins)
  acme.hear(joins)
  assert.equal(mayReceive(ann.case, 'cert'), false)
  assert.deepEqual(owed(ann.case, '2026-03-03').filter((one) => one.kind === 'offer').map(({ by, to, types }) => [by, to, types]), [['ann', 'cert', ['EP']]])
  const cert = new Desk('cert')
  cert.hear(...entriesOf(ann.ledger))
  const offer = ann.write('ann-6', ['EP'], ['acme', 'cert'], { embargo: { id: 'sixty', existing: true } })
  cert.hear(offer)
  acme.hear(offer)
  const joined = cert.write('cert-1', ['EA'], ['acme', 'ann'], { embargo: { id: 'sixty', answers: 'sixty' } })
  for (const desk of [ann, acme]) desk.hear(joined)
  assert.deepEqual(cert.case.participants.map(({ id, em, consent }) => [id, em, consent]), [['acme', 'Active', 'Signatory'], ['ann', 'Active', 'Signatory'], ['cert', 'Active', 'Signatory']])

  // acme sees attacks; the embargo is over for everybody at once, and nobody believes otherwise.
  const attacks = acme.write('acme-3', ['CA'], ['ann', 'cert'], { cause: 'observed' })
  for (const desk of [ann, cert]) desk.hear(attacks)
  for (const desk of [ann, acme, cert]) assert.deepEqual([desk.case.state.em, desk.case.participants.map((one) => one.cs.slice(-3))], ['Exited', ['pxA', 'pxA', 'pxA']])
  assert.equal(bytes(ann.ledger), bytes(cert.ledger))
  // All that was amiss: an acceptance of what was rejected before it, in the order that all agree on.
  assert.deepEqual(ann.case.findings.map((one) => [one.kind, one.entry]), [['refused', 'ann-2']])
  return ann.ledger
}

if (isProgram(import.meta.url)) {
  const of = caseOf(converging())
  console.log(`${entriesOf(of.ledger).length} entries, embargo ${of.state.em}, settled ${of.settled.count}`)
}
