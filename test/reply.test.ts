/**
 * What is due, to whom, and the messages that settle it: whatever `reply` makes must be something that its sender may
 * send, must say exactly what is due, and must reach exactly those whom it concerns.
 */
import fc from 'fast-check'
import { type Either, isLeft } from 'fp-ts/Either'
import {
  adopted, describe as explain, dues, formatState, isAnswer, isBundle, type LocalEvent, type Message, type MessageType, messageTypeList, type Outcome,
  type Participant, type Refusal, reply, type Role, start, transition,
} from 'mpcvd'
import { describe, expect, it } from 'vitest'
import { deepFreeze, everyParticipant, isEphemeral, message, participant } from './arbitrary.js'
import { same } from './same.js'

const rightOf = (result: Either<Refusal, Outcome>): Outcome => (isLeft(result) ? expect.fail(explain(result.left)) : result.right)
const sorted = (all: Iterable<string>): ReadonlyArray<string> => [...all].sort()

/** Roles that stand for all: rows tell apart only who is a vendor and who a deployer. */
const shapes: ReadonlyArray<ReadonlyArray<Role>> = [['vendor'], ['vendor', 'deployer'], ['deployer'], ['observer']]

/** By the contract: announcements, and an ER that goes with a rejection, concern everybody; the rest is an answer. */
const isForEveryone = (type: MessageType, outcome: Outcome): boolean =>
  ['RI', 'RV', 'RD', 'RA', 'RC', 'ET', 'CV', 'CF', 'CD', 'CP', 'CX', 'CA'].includes(type) ||
  (type === 'ER' && outcome.fired.some((one) => one.machine === 'em' && one.event === 'reject'))

/** Sends messages one after the other, each of which must be allowed, and gives the state at the end and what is still due. */
const sendAll = (from: Participant, messages: ReadonlyArray<Message>): { readonly state: Participant; readonly due: ReadonlyArray<MessageType> } =>
  messages.reduce<{ state: Participant; due: ReadonlyArray<MessageType> }>(
    ({ state, due }, one) => {
      const sent = rightOf(adopted.transition(state, one))
      return { state: sent.state, due: [...due, ...sent.replies] }
    },
    { state: from, due: [] },
  )

/** Checks everything that holds of any messages made for an outcome. */
const checkParcels = (outcome: Outcome, made: ReadonlyArray<Message>, sender: ReadonlyArray<string>, engaged: ReadonlyArray<string>): void => {
  const self = outcome.state.id
  const others = sorted(new Set(engaged.filter((id) => id !== self)))
  for (const one of made) {
    same([one.from, isBundle(one.types), one.to.length > 0, new Set(one.to).size], [self, true, true, one.to.length])
    for (const type of one.types) same([type, sorted(one.to)], [type, isForEveryone(type, outcome) ? others : sorted(sender)])
  }
  same(sorted(made.flatMap((one) => one.types)), sorted(outcome.replies))
  same(made.map((one) => one.id), ['r', 'r.2'].slice(0, made.length))
}

describe('reply to what was received', () => {
  const peers = fc.shuffledSubarray(['q', 'r', 's'])
  it('is what is due, to whom it concerns, in an order in which it can be sent', () => {
    const cases = fc.tuple(participant(), peers).chain(([state, others]) => fc.tuple(fc.constant(state), fc.constant(others), message('peer', ['self', ...others]), fc.boolean()))
    fc.assert(fc.property(cases, ([state, others, received, named]) => {
      const result = adopted.transition(deepFreeze(state), deepFreeze(received))
      const outcome = rightOf(result)
      const engaged = ['peer', 'self', ...others]
      const made = reply(outcome, received, { id: 'r', at: '2026-01-02', after: ['a'], ...(named ? { engaged } : {}) })
      checkParcels(outcome, made, ['peer'], engaged)
      made.forEach((one, index) => same([one.inReplyTo, one.case, one.at, one.after], [received.id, 'c1', '2026-01-02', index === 0 ? ['a'] : ['r', 'a']]))
      const { due } = sendAll(outcome.state, made)
      same(due, [])
    }), { numRuns: 2_500 })
  })
  it('can be sent for every state and every single type', () => {
    let messages = 0
    for (const held of shapes)
      for (const state of everyParticipant(held))
        for (const type of messageTypeList) {
          const received: Message = { id: 'm', case: 'c', from: 'peer', to: ['self', 'q'], types: [type], at: '2026-01-01' }
          const outcome = rightOf(adopted.transition(state, received))
          const made = reply(outcome, received, { id: 'r', at: '2026-01-02' })
          const { state: after, due } = sendAll(outcome.state, made)
          if (due.length > 0) expect.fail(`${formatState(state)} received ${type}: still due ${due.join()}`)
          if (after !== outcome.state) expect.fail(`${formatState(state)} received ${type}: replying changes ${formatState(after)}`)
          messages += made.length
        }
    expect(messages).toBeGreaterThan(0)
  })
})

describe('what is due after a step of one’s own', () => {
  const engaged = ['self', 'peer', 'q']
  /** What goes wrong when a participant takes a local step and then sends what is due; nothing where all is well. */
  const faultOf = (state: Participant, event: LocalEvent): string => {
    const outcome = rightOf(adopted.local(state, event))
    const made = reply(outcome, { id: 'l', case: 'c' }, { id: 'r', at: '2026-01-02', engaged })
    const said = made.map((one) => `${sorted(one.types).join()} to ${one.to.join()} on ${one.inReplyTo ?? 'nothing'}`).join('; ')
    const wanted = outcome.replies.length === 0 ? '' : `${sorted(outcome.replies).join()} to peer,q on l`
    const sent = made.length === 1 && made[0] !== undefined ? adopted.transition(outcome.state, made[0]) : undefined
    const wrong =
      said !== wanted ? `${said}, not ${wanted}`
      : sent === undefined ? ''
      : isLeft(sent) ? explain(sent.left)
      : sent.right.replies.length > 0 ? `still due ${sent.right.replies.join()}`
      : sent.right.state !== outcome.state ? `changes ${formatState(outcome.state)} to ${formatState(sent.right.state)}`
      : ''
    return wrong === '' ? '' : `${formatState(state)} ${event}: ${wrong}`
  }
  const localFaults = (which: (state: Participant) => boolean): ReadonlyArray<string> =>
    shapes.flatMap((held) => everyParticipant(held).filter(which).flatMap((state) => adopted.permittedLocal(state).map((event) => faultOf(state, event)))).filter(Boolean)

  it('can be sent after every local step from every state in which one may rest, and then nothing more is due', () => {
    expect(localFaults((state) => !isEphemeral(state.cs)).slice(0, 5)).toEqual([])
    const taken = everyParticipant(['vendor', 'deployer']).flatMap((state) => adopted.permittedLocal(state))
    expect(new Set(taken).size).toBe(13)
  })
  it('can be sent after every local step from a state that may only be passed through', () => {
    // But for closing there and then, after which nobody may send them: docs/decisions/0004, point 12.
    expect(localFaults((state) => isEphemeral(state.cs)).filter((fault) => !fault.includes('close')).slice(0, 5)).toEqual([])
  })
  it('can be sent from Closed, where only that goes', () => {
    const closed = rightOf(adopted.local({ ...start('self', ['vendor']), rm: 'Deferred' }, 'close'))
    const made = reply(closed, { id: 'l', case: 'c' }, { id: 'r', at: '2026-01-02', engaged })
    expect(made).toEqual([{ id: 'r', case: 'c', from: 'self', to: ['peer', 'q'], types: ['RC'], at: '2026-01-02', inReplyTo: 'l' }])
    expect(sendAll(closed.state, made)).toEqual({ state: closed.state, due: [] })
  })
  it('can be sent after every send from a state in which one may rest, goes to everybody, and cites nothing', () => {
    const cases = participant().chain((state) => fc.tuple(fc.constant(state), message('self', ['peer'])))
    let sends = 0
    fc.assert(fc.property(cases, ([state, sent]) => {
      const result = adopted.transition(state, sent)
      fc.pre(!isLeft(result) && !isEphemeral(state.cs))
      const outcome = rightOf(result)
      const made = reply(outcome, sent, { id: 'r', at: '2026-01-02', engaged })
      checkParcels(outcome, made, [], engaged)
      same(made.filter((one) => Object.hasOwn(one, 'inReplyTo')), [])
      same(sendAll(outcome.state, made).due, [])
      sends += made.length
    }), { numRuns: 5_000 })
    expect(sends).toBeGreaterThan(0)
  })
})

describe('dues', () => {
  it('are the replies, required, and the optional ones, not', () => {
    const cases = participant().chain((state) => fc.tuple(fc.constant(state), message('peer', ['self'])))
    fc.assert(fc.property(cases, ([state, received]) => {
      const outcome = rightOf(adopted.transition(state, received))
      const all = dues(outcome)
      same(all.filter((one) => one.required).map((one) => one.type), outcome.replies)
      same(all.filter((one) => !one.required).map((one) => one.type), outcome.optional)
      same(new Set(all.map((one) => one.type)).size, all.length)
      same(all.map((one) => one.to), all.map((one) => (isForEveryone(one.type, outcome) ? 'everyone' : 'sender')))
    }), { numRuns: 5_000 })
  })
  it('of the answering kind are the four acknowledgements and the four errors', () => {
    expect(messageTypeList.filter(isAnswer)).toEqual(['RK', 'RE', 'EK', 'EE', 'CK', 'CE', 'GK', 'GE'])
  })
})

describe('reply, by example', () => {
  const at = '2026-01-02T00:00:00Z'
  const report: Message = { id: 'm1', case: 'c', from: 'finder', to: ['vendor'], types: ['RS'], at: '2026-01-01' }
  const receive = (state: Participant, received: Message): Outcome => rightOf(transition(state, received))

  it('between two parties answers and announces in one message', () => {
    const outcome = receive(start('vendor', ['vendor']), report)
    expect(reply(outcome, report, { id: 'm2', at })).toEqual([{ id: 'm2', case: 'c', from: 'vendor', to: ['finder'], types: ['RK', 'CV'], at, inReplyTo: 'm1' }])
    expect(reply(outcome, report, { id: 'm2', at, engaged: ['finder', 'vendor'] })).toHaveLength(1)
  })
  it('among more parties answers the sender and tells everybody, the second id being that of the first with .2', () => {
    const outcome = receive(start('vendor', ['vendor']), report)
    expect(reply(outcome, report, { id: 'm2', at, after: ['m1'], engaged: ['finder', 'vendor', 'cert', 'cert'] })).toEqual([
      { id: 'm2', case: 'c', from: 'vendor', to: ['finder'], types: ['RK'], at, after: ['m1'], inReplyTo: 'm1' },
      { id: 'm2.2', case: 'c', from: 'vendor', to: ['finder', 'cert'], types: ['CV'], at, after: ['m2', 'm1'], inReplyTo: 'm1' },
    ])
  })
  it('takes the sender and the other recipients for everybody, where nobody says who is engaged', () => {
    const outcome = receive(start('vendor', ['vendor']), { ...report, to: ['vendor', 'cert'] })
    expect(reply(outcome, { ...report, to: ['vendor', 'cert'] }, { id: 'm2', at }).map((one) => [one.id, one.types, one.to])).toEqual([
      ['m2', ['RK'], ['finder']], ['m2.2', ['CV'], ['finder', 'cert']],
    ])
  })
  it('refuses a proposal to its sender alone, and a standing one to everybody', () => {
    const proposal: Message = { ...report, types: ['EP'], to: ['vendor', 'cert'], embargo: { id: 'e1' } }
    const public_ = { ...start('vendor', ['vendor']), rm: 'Received', cs: 'VfdPxa' } as const
    const told = (em: 'None' | 'Proposed'): unknown => reply(receive({ ...public_, em }, proposal), proposal, { id: 'm2', at }).map((one) => [one.types, one.to])
    expect(told('None')).toEqual([[['ER'], ['finder']]])
    expect(told('Proposed')).toEqual([[['ER'], ['finder', 'cert']]])
  })
  it('leaves out what is optional, and makes nothing where nothing is due or nobody hears', () => {
    const closed = { ...start('vendor', ['vendor']), rm: 'Closed' } as const
    expect(receive(closed, report).optional).toEqual(['RK'])
    expect(reply(receive(closed, report), report, { id: 'm2', at })).toEqual([])
    const found = rightOf(adopted.local(start('vendor', ['vendor']), 'aware'))
    expect(found.replies).toEqual(['CV'])
    expect(reply(found, { id: 'l1', case: 'c' }, { id: 'm2', at })).toEqual([])
    expect(reply(found, { id: 'l1', case: 'c' }, { id: 'm2', at, engaged: ['vendor'] })).toEqual([])
  })
})
