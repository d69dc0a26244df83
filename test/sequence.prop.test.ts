/**
 * Random conversations of two to four participants, every decision in them permitted: what holds after each step, and
 * what replay must make of their logs. The conversation keeps its own small network, so replay is compared with another.
 */
import fc from 'fast-check'
import { isLeft, isRight } from 'fp-ts/Either'
import {
  adopted, type CaseLog, caseMachine, em, formatState, localEvents, messageTypeList, type Outcome, type Participant, type Protocol, published,
  replay, type ReplayStep, rm, shapeOf,
} from 'mpcvd'
import { describe, expect, it } from 'vitest'
import { converse, deepFreeze, inBundleOrder, isEphemeral, message, participant, plan } from './arbitrary.js'
import { same } from './same.js'

const anyPlan = plan(120)
const delivery = fc.constantFrom('at once' as const, 'by receipt' as const)
const runs = { numRuns: 150 }

/** Upper case only ever replaces the same letter in lower case. */
const rises = (before: string, after: string): boolean =>
  before.length === after.length && Array.from(before).every((letter, index) => after[index] === letter || after[index] === letter.toUpperCase())

/** The state that the fired events lead to on the exported machines, or where they stop. */
const fireAll = (before: Participant, outcome: Outcome): Participant =>
  outcome.fired.reduce<Participant>((state, one) => {
    switch (one.machine) {
      case 'rm': {
        const next = rm.step(state.rm, one.event)
        return isRight(next) ? { ...state, rm: next.right } : expect.fail(`rm ${one.event} from ${state.rm}`)
      }
      case 'em': {
        const next = em.step(state.em, one.event)
        return isRight(next) ? { ...state, em: next.right } : expect.fail(`em ${one.event} from ${state.em}`)
      }
      case 'cs': {
        const next = state.cs.replace(one.event.toLowerCase(), one.event)
        const found = caseMachine[shapeOf(state.roles)].edges.find((edge) => edge.from === state.cs && edge.event === one.event && edge.to === next)
        return found === undefined ? expect.fail(`cs ${one.event} from ${state.cs}`) : { ...state, cs: found.to }
      }
    }
  }, before)

const order = ['rm', 'cs', 'em'] as const

/** Fails with the laws of a list that do not hold; there are many steps, and few laws that break. */
const hold = (laws: Readonly<Record<string, boolean>>, before: Participant, outcome: Outcome): void => {
  for (const law in laws) if (laws[law] !== true) expect.fail(`${law}: ${JSON.stringify([before, outcome])}`)
}

/** What holds of every step under every reading. */
const checkStep = (before: Participant, outcome: Outcome): void => {
  const { fired, optional, replies, state: after } = outcome
  hold({
    'who it is stays': after.id === before.id && JSON.stringify(after.roles) === JSON.stringify(before.roles),
    'letters only rise': rises(before.cs, after.cs),
    'Closed absorbs': before.rm !== 'Closed' || (after === before && fired.length === 0),
    'events fire in the order RM, CS, EM': fired.every(({ machine }, index) => order.indexOf(machine) >= order.indexOf(fired[index - 1]?.machine ?? 'rm')),
    'each reply is due once': new Set(replies).size === replies.length,
    'what is optional is not due': !optional.some((type) => replies.includes(type)),
    'where nothing fires, nothing changes': fired.length > 0 || after === before,
  }, before, outcome)
}

/** What holds besides under the adopted reading: it runs on the exported machines, and couples them. */
const checkAdopted = (before: Participant, outcome: Outcome): void => {
  const after = outcome.state
  same(after, fireAll(before, outcome))
  if (after.rm === 'Closed') return
  hold({
    'rests where one may rest': !isEphemeral(after.cs),
    'no embargo outlives P, X or A': after.cs.endsWith('pxa') || after.em === 'None' || after.em === 'Exited',
    'who becomes aware has the report': !(after.cs.startsWith('V') && before.cs.startsWith('v')) || after.rm !== 'Start',
  }, before, outcome)
}

describe.each([['adopted', adopted], ['published', published]] as const)('a conversation under %s', (name, protocol) => {
  it('keeps the laws after each step', () => {
    fc.assert(fc.property(anyPlan, delivery, (one, way) => {
      for (const { before, outcome } of converse(protocol, one, way).steps) {
        checkStep(before, outcome)
        if (name === 'adopted') checkAdopted(before, outcome)
      }
    }), runs)
  })
  it('is replayed step for step', () => {
    fc.assert(fc.property(anyPlan, delivery, (one, way) => {
      const { log, steps, ends } = converse(protocol, one, way)
      const replayed: ReplayStep[] = []
      const result = replay(protocol, deepFreeze(log), (step) => replayed.push(step))
      same(result.participants, ends)
      same(
        replayed.filter((step) => isRight(step.result)).map(({ entry, before }) => [entry, before.id, formatState(before)]),
        steps.map(({ entry, before }) => [entry, before.id, formatState(before)]),
      )
      const harmless = name === 'adopted' ? ['unexpected'] : ['unexpected', 'unspecified']
      expect(result.findings.filter(({ kind }) => !harmless.includes(kind))).toEqual([])
    }), runs)
  })
  it('can be cut anywhere, and gone on with from the states reached', () => {
    fc.assert(fc.property(anyPlan, fc.nat(120), (one, place) => {
      const { log } = converse(protocol, one, 'at once')
      const cut = place % (log.entries.length + 1)
      const reached = replay(protocol, { header: log.header, entries: log.entries.slice(0, cut) }).participants
      const header = { ...log.header, participants: reached.map((state) => ({ id: state.id, roles: state.roles, start: formatState(state) })) }
      const rest: CaseLog = { header, entries: log.entries.slice(cut) }
      expect(replay(protocol, rest).participants).toEqual(replay(protocol, log).participants)
    }), runs)
  })
  it('is changed by no message or receipt that comes a second time, wherever it comes', () => {
    fc.assert(fc.property(anyPlan, delivery, fc.infiniteStream(fc.nat(1000)), (one, way, numbers) => {
      const { log } = converse(protocol, one, way)
      const seen: CaseLog['entries'][number][] = []
      const entries = log.entries.flatMap((entry) => {
        seen.push(entry)
        const again = seen[Number(numbers.next().value) % seen.length]
        return again === undefined || 'local' in again ? [entry] : [entry, again]
      })
      expect(replay(protocol, { header: log.header, entries }).participants).toEqual(replay(protocol, log).participants)
    }), runs)
  })
})

describe('any step, from any state', () => {
  const addressed = (state: Participant): fc.Arbitrary<Parameters<Protocol['transition']>[1]> =>
    fc.oneof(message(state.id, ['peer']), message('peer', [state.id, 'q']), message('peer', ['q']))
  const steps = participant().chain((state) => fc.tuple(fc.constant(state), addressed(state)))

  it.each([['adopted', adopted], ['published', published]] as const)('under %s changes nothing where it is refused, and nothing that went in', (_, protocol) => {
    fc.assert(fc.property(steps, fc.constantFrom(...localEvents), ([state, received], event) => {
      const before = JSON.stringify([state, received])
      for (const result of [protocol.transition(deepFreeze(state), deepFreeze(received)), protocol.local(state, event)])
        if (isLeft(result)) expect(result.left.state).toBe(state)
        else checkStep(state, result.right)
      same(JSON.stringify([state, received]), before)
      same(protocol.transition(state, received), protocol.transition(state, received))
    }), { numRuns: 2500 })
  })
  it('under adopted runs on the exported machines, and rests where one may rest', () => {
    fc.assert(fc.property(steps, ([state, received]) => {
      const result = adopted.transition(state, received)
      fc.pre(isRight(result) && (state.cs.endsWith('pxa') || ['None', 'Exited'].includes(state.em)))
      if (isRight(result)) checkAdopted(state, result.right)
    }), { numRuns: 2500 })
  })
})

describe('the conversations', () => {
  it('reach every message type, local step and state in which one may rest, and bundles', () => {
    const played = fc.sample(anyPlan, { numRuns: 300, seed: 6883299 }).map((one) => converse(adopted, one, 'at once'))
    const messages = played.flatMap(({ log }) => log.entries.flatMap((entry) => ('message' in entry ? [entry.message] : [])))
    const locals = played.flatMap(({ log }) => log.entries.flatMap((entry) => ('local' in entry ? [entry.local.event] : [])))
    expect([...new Set(messages.flatMap(({ types }) => types))].sort()).toEqual([...messageTypeList].sort())
    expect([...new Set(locals)].sort()).toEqual([...localEvents].sort())
    expect(messages.filter(({ types }) => types.length > 1).length).toBeGreaterThan(1000)
    for (const { types } of messages) same(types, inBundleOrder(types))
    const ends = played.flatMap((one) => one.steps.map(({ before }) => before))
    expect(new Set(ends.map((state) => state.rm)).size).toBe(7)
    expect(new Set(ends.map((state) => state.em)).size).toBe(5)
    expect(new Set(ends.map((state) => state.cs)).size).toBe(32 - 12 + (16 - 4) + (8 - 2))
  })
})
