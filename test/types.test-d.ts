/** What the compiler must infer, and what it must reject. */
import type { Either } from 'fp-ts/Either'
import type * as t from 'io-ts'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { describe, expectTypeOf, test } from 'vitest'
import {
  cs, em, type Enabled, machine, type Message, type MessageType, type Next, type Outcome, type Participant, type Refusal, rm,
  type RmState, type RmTable, type Statement, transition,
} from 'mpcvd'
import { type Case, caseOf, type Charter, type CharterFault, ingest, type Ledger, openLedger, type Snapshot, snapshotOf } from 'mpcvd/case'
import { decodeMessage, type Decoding, MessageCodec } from 'mpcvd/codec'
import { type Timeline, timelineOf } from 'mpcvd/diagram'

describe('machines', () => {
  test('a step knows its target', () => {
    expectTypeOf<Next<RmTable, 'Received', 'validate'>>().toEqualTypeOf<'Valid'>()
    expectTypeOf<Next<RmTable, 'Start', 'validate'>>().toEqualTypeOf<never>()
    expectTypeOf<Next<RmTable, 'Received' | 'Invalid', 'validate'>>().toEqualTypeOf<'Valid'>()
    expectTypeOf<Enabled<RmTable, 'Valid'>>().toEqualTypeOf<'accept' | 'defer'>()
    expectTypeOf(rm.step('Start', 'receive')).toExtend<Either<unknown, 'Received'>>()
    expectTypeOf(cs.step('vfdpxa', 'V')).toExtend<Either<unknown, 'Vfdpxa'>>()
  })

  test('words of one machine are not words of another', () => {
    // @ts-expect-error Active is an embargo state
    expectTypeOf<'Active'>().toExtend<RmState>()
    // @ts-expect-error there is no such event
    em.step('None', 'validate')
  })

  test('a table must be closed', () => {
    // @ts-expect-error Nowhere is no row
    machine({ A: { go: 'Nowhere' } }, { name: 'x', initial: 'A', accepting: ['A'], eventLetters: { go: 'g' } })
  })
})

describe('the core', () => {
  test('transition', () => {
    expectTypeOf(transition).parameters.toEqualTypeOf<[Participant, Message]>()
    expectTypeOf(transition).returns.toEqualTypeOf<Either<Refusal, Outcome>>()
    expectTypeOf<MessageType>().toExtend<string>()
    // @ts-expect-error a participant is not written to
    expectTypeOf((one: Participant) => { one.rm = 'Closed' }).toBeFunction()
  })
})

describe('the case', () => {
  test('a ledger is opened, grows, and is read', () => {
    expectTypeOf(openLedger).parameters.toEqualTypeOf<[Charter]>()
    expectTypeOf(openLedger).returns.toEqualTypeOf<Either<ReadonlyArray<CharterFault>, Ledger>>()
    expectTypeOf(ingest).returns.toEqualTypeOf<Ledger>()
    expectTypeOf(caseOf).returns.toEqualTypeOf<Case>()
    expectTypeOf(timelineOf).toEqualTypeOf<(of: Case) => Timeline>()
    expectTypeOf(snapshotOf).returns.toEqualTypeOf<Snapshot>()
    // @ts-expect-error a receipt is no statement: arrival is what a ledger is indifferent to
    expectTypeOf<{ readonly receipt: { readonly message: 'm'; readonly by: 'a' } }>().toExtend<Statement>()
    // @ts-expect-error a case is not written to
    expectTypeOf((one: Case, other: Case) => { one.settled = other.settled }).toBeFunction()
  })
})

describe('the codec', () => {
  test('decode and the codec values', () => {
    expectTypeOf(decodeMessage).returns.toEqualTypeOf<Decoding<Message>>()
    expectTypeOf(MessageCodec).toExtend<t.Type<Message, unknown>>()
    expectTypeOf(MessageCodec).toExtend<StandardSchemaV1<unknown, Message>>()
  })
})
