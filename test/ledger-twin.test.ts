/**
 * The ledger against a second implementation: `test/spec/ledger.ts`, brute force, written from decision record 0010 by
 * somebody who had not seen `src/case`. Random cases of honest and dishonest participants, whole and while they arrive.
 */
import * as fc from 'fast-check'
import { isLeft } from 'fp-ts/Either'
import type { Statement } from 'mpcvd'
import { boundBy, caseOf, type Case, type Charter, type Decided, ingest, type Ledger, mayPublish, mayReceive, openLedger } from 'mpcvd/case'
import { describe, test } from 'vitest'
import { forwards } from '../src/case/tree.js'
import { same } from './same.js'
import { reference } from './spec/ledger.js'
import { arbitraryCase } from './spec/ledger-cases.js'

export const opened = (charter: Charter): Ledger => {
  const ledger = openLedger(charter)
  if (isLeft(ledger)) throw new Error(JSON.stringify(ledger.left))
  return ledger.right
}

const sorted = <A>(pairs: Iterable<readonly [string, A]>): Record<string, A> => Object.fromEntries([...pairs].sort(([one], [other]) => (one < other ? -1 : 1)))

const stateIn = (state: Decided) => ({
  em: state.em,
  facts: (['P', 'X', 'A'] as const).filter((fact) => state.facts[fact] !== undefined).join(''),
  proposals: sorted([...forwards(state.proposals)].map(([id, { by, kind, status, signed, rejected }]) => [id, {
    by, kind, status: status === 'in force' ? 'in-force' : status === 'withdrawn' ? 'rejected' : status, signed: [...signed.keys()].sort(), rejected: [...rejected.keys()].sort(),
  }] as const)),
})

/** What the library says, in the words of the second implementation. */
export const said = (of: Case) => {
  const steps = [...forwards(of.ledger.order)].map(([, step]) => step)
  return {
    order: steps.map((step) => step.node.id),
    settled: of.settled.count,
    waitsFor: of.settled.waitsFor,
    voids: sorted(of.ledger.standing.voids),
    illegal: sorted(steps.flatMap(({ node, illegal }) => (illegal === undefined ? [] : [[node.id, illegal.kind] as const]))),
    ...stateIn(of.state),
    members: sorted(of.participants.map((one) => [one.id, { engaged: one.engaged, own: one.em, rm: one.rm, cs: one.cs, consent: one.consent }] as const)),
    settledState: stateIn(of.settled.state),
    bound: sorted(of.participants.map((one) => [one.id, boundBy(of, one.id)] as const)),
    mayPublish: sorted(of.participants.map((one) => [one.id, mayPublish(of, one.id).may] as const)),
    mayReceive: sorted(of.participants.map((one) => [one.id, mayReceive(of, one.id)] as const)),
    gaps: sorted(of.gaps.map((gap) => [gap.missing, gap.citedBy] as const)),
  }
}

const charterIn = (charter: Parameters<typeof reference>[0]): Charter => charter

describe('the ledger and its second implementation', () => {
  test('say the same of random cases, taken in at once', () => {
    fc.assert(
      fc.property(arbitraryCase, ({ charter, shuffled }) => {
        const ledger = ingest(opened(charterIn(charter)), shuffled)
        same(said(caseOf(ledger)), reference(charter, shuffled))
      }),
      { numRuns: 750 },
    )
  })

  test('and at every moment while they arrive in batches', () => {
    fc.assert(
      fc.property(arbitraryCase, ({ charter, batches }) => {
        let ledger = opened(charterIn(charter))
        const arrived: Statement[] = []
        for (const batch of batches) {
          ledger = ingest(ledger, batch)
          arrived.push(...batch)
          same(said(caseOf(ledger)), reference(charter, arrived))
        }
      }),
      { numRuns: 150 },
    )
  })
})
