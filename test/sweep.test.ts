/**
 * Laws over everything that is finite: all states, message types, directions, roles and contexts that can matter, and
 * all local and observed events, for both readings. One test states one law. The steps are taken once, with frozen
 * arguments, so a step that wrote to them would throw; every law looks at all steps, at each as it is taken, since to keep
 * them takes longer than to make them.
 */
import {
  adopted, csSubsets, type Fire, localEvents, type Message, messageTypeList, type MessageType, type Participant, type Protocol,
  published, reply,
} from 'mpcvd'
import { beforeAll, expect, test } from 'vitest'
import { compile } from '../src/protocol/compile.js'
import { interpret, interpretLocal } from '../src/protocol/interpret.js'
import {
  cells, complaints, contextsThatMatter, line, messageWith, participants, plain, rowTypes, show, showStep, type Step, stepsOf,
  typesOf,
} from './cells.js'
import { same } from './same.js'

const readings = [published, adopted] as const
/** What looks at the steps. */
const watchers: ((step: Step) => void)[] = []
const taken = { steps: 0, cells: 0 }

beforeAll(() => {
  const every = [...cells(contextsThatMatter)]
  for (const reading of readings)
    for (const step of stepsOf(reading, every)) {
      taken.steps++
      if (step.cell !== undefined) taken.cells++
      for (const watch of watchers) watch(step)
    }
}, 240_000)

/** A law: fails with the first steps, of those that it is about, that break it, and where it is about none. */
const law = (name: string, about: (step: Step) => boolean, holds: (step: Step) => boolean): void => {
  const wrong = complaints()
  let some = false
  watchers.push((step) => {
    if (!about(step)) return
    some = true
    if (!holds(step)) wrong.add(showStep(step))
  })
  test(name, () => {
    expect(some ? wrong.first : ['the law is about no step']).toEqual([])
  })
}

const isAdopted = (step: Step): boolean => step.reading === adopted
const isClosed = (step: Step): boolean => step.self.rm === 'Closed'
const outcomeOf = ({ result }: Step) => (result._tag === 'Right' ? result.right : undefined)
const refusalOf = ({ result }: Step) => (result._tag === 'Left' ? result.left : undefined)
const triple = (state: Participant): string => `${state.rm},${state.em},${state.cs}`
const firedCase = (step: Step): ReadonlyArray<string> => (outcomeOf(step)?.fired ?? []).filter((one) => one.machine === 'cs').map((one) => one.event)
/** Case states of every shape that may only be passed through: `pX`, and `v..P..` of a vendor. */
const passing: ReadonlySet<string> = new Set([...csSubsets.Ephemeral, 'pXa', 'pXA', 'dpXa', 'dpXA', 'DpXa', 'DpXA'])

// ---- decisions and rows ----

/** What each row of a reading fires. */
const firesOf = (reading: Protocol): ReadonlyMap<string, Fire> => {
  const { sent, received, local, forced, consequences } = reading.rules
  return new Map([...sent, ...received, ...local, ...forced, ...consequences].map((row) => [row.id, row.fire ?? {}]))
}
const fires = new Map(readings.map((reading) => [reading, firesOf(reading)]))

{
  const rowsOf = ({ reading, cell, local }: Step): ReadonlyArray<string> =>
    cell !== undefined
      ? reading.rules[cell.way].filter((row) => row.types.includes(cell.type) || typesOf(cell.type).some((type) => row.types.includes(type))).map((row) => row.id)
      : reading.rules.local.filter((row) => local !== undefined && row.events.includes(local)).map((row) => row.id)
  const rows = new Map<string, ReadonlySet<string>>()
  const mine = (step: Step): ReadonlySet<string> => {
    const key = `${step.reading.name} ${step.cell?.way} ${step.cell?.type ?? step.local}`
    const found = rows.get(key) ?? new Set(rowsOf(step))
    rows.set(key, found)
    return found
  }
  law('every step is decided once: by one row, or by one refusal', (step) => step.observed === undefined, (step) => {
    const outcome = outcomeOf(step)
    const pairIsTwo = step.reading === published && step.cell?.way === 'received' && step.cell.type === 'CX+CP'
    if (outcome !== undefined) {
      const own = mine(step)
      return outcome.rules.filter((rule) => own.has(rule)).length === (pairIsTwo ? 2 : 1)
    }
    const kind = refusalOf(step)?.kind
    return kind === (step.cell?.way === 'received' ? 'unspecified' : 'no-row') || kind === 'role' || kind === 'subject'
  })
}

{
  const used = new Set<string>()
  // Lists of rules and notes are shared between answers, so each is read once.
  const read = new Map(readings.map((reading) => [reading.name, new Set<ReadonlyArray<unknown>>()]))
  watchers.push(({ reading, result, observed }) => {
    if (observed !== undefined) return
    if (result._tag === 'Left') {
      used.add(`${reading.name} ${result.left.kind} ${result.left.rule}`)
      return
    }
    const known = read.get(reading.name)
    const { notes, rules } = result.right
    if (known?.has(rules) !== true) for (const rule of rules) used.add(`${reading.name} ${rule}`)
    if (known?.has(notes) !== true) for (const note of notes) used.add(`${reading.name} ${note.note} ${note.requirements.join(' ')}`)
    known?.add(rules).add(notes)
  })
  test('there is no dead row', () => {
    for (const cell of cells(() => (['own', 'observed'] as const).map((cause) => ({ ...plain, cause })))) {
      const result = adopted.transition(cell.self, cell.message)
      if (result._tag === 'Right') for (const note of result.right.notes) used.add(`adopted ${note.note} ${note.requirements.join(' ')}`)
    }
    const dead = readings.flatMap(({ name: reading, rules }) => [
      ...[...rules.sent, ...rules.received, ...rules.local].map((row) => (row.refuse === undefined ? `${reading} ${row.id}` : `${reading} ${row.refuse} ${row.id}`)),
      ...[...rules.forced, ...rules.consequences].map((row) => `${reading} ${row.id}`),
      ...rules.advice.map((advice) => `${reading} advised-against ${advice.requirements.join(' ')}`),
    ]).filter((row) => !used.has(row))
    expect(dead).toEqual([])
  })
}

law('what is fired is what the rows that applied name, no event more and none skipped, in the order RM, CS, EM', (step) => step.observed === undefined && outcomeOf(step) !== undefined, (step) => {
  const outcome = outcomeOf(step)
  const byRows = (outcome?.rules ?? []).map((rule) => fires.get(step.reading)?.get(rule)).flatMap((fire) => [
    ...(fire?.rm === undefined ? [] : [`rm ${fire.rm}`]),
    ...(fire?.cs ?? []).map((event) => `cs ${event}`),
    ...(fire?.em === undefined ? [] : [`em ${fire.em}`]),
  ])
  const fired = outcome?.fired ?? []
  const order = fired.map((one) => ['rm', 'cs', 'em'].indexOf(one.machine))
  return (
    byRows.sort().join() === fired.map((one) => `${one.machine} ${one.event}`).sort().join() &&
    order.every((place, i) => i === 0 || place >= (order[i - 1] ?? 0))
  )
})

{
  const tables = new Map(readings.map((reading) => [reading, compile(reading.rules)]))
  law('compiled answers are the interpreted ones', (step) => step.observed === undefined, ({ reading, self, shape, result, cell, local }) => {
    if (cell !== undefined && tables.get(reading)?.pairs[cell.way] === false && cell.type === 'CX+CP') return true
    const state = { rm: self.rm, em: self.em, cs: self.cs }
    const fresh = cell !== undefined
      ? interpret(reading.rules, cell.way, cell.type, shape, state, cell.context)
      : interpretLocal(reading.rules, local ?? 'discover', shape, state)
    if (result._tag === 'Left') return fresh.refuse === result.left.kind
    const wanted = line(fresh, fresh.fired.map((one) => `${one.machine}.${one.event}`), fresh.replies, fresh.optional)
    return fresh.refuse === undefined && show(result) === wanted &&
      JSON.stringify([fresh.rules, fresh.notes]) === JSON.stringify([result.right.rules, result.right.notes])
  })
}

// ---- results ----

law('a refusal returns the very object that went in', (step) => refusalOf(step) !== undefined, (step) => refusalOf(step)?.state === step.self)

law('a step that changes nothing returns the very object that went in', (step) => outcomeOf(step) !== undefined, (step) => {
  const after = outcomeOf(step)?.state ?? step.self
  return triple(after) === triple(step.self) ? after === step.self : after.id === step.self.id && after.roles === step.self.roles
})

law('answers are frozen and shared', (step) => step.cell !== undefined && step.cell.type !== 'CX+CP' && outcomeOf(step) !== undefined, ({ reading, self, result, cell }) => {
  const again = cell === undefined ? undefined : reading.transition(self, cell.message)
  if (result._tag === 'Left' || again?._tag !== 'Right') return false
  return (['fired', 'replies', 'optional', 'notes', 'rules'] as const).every((part) =>
    result.right[part] === again.right[part] && Object.isFrozen(result.right[part]) && result.right[part].every((one) => Object.isFrozen(one)))
})

law('what is required and what is optional are disjoint, and each is listed once', (step) => outcomeOf(step) !== undefined, (step) => {
  const all = [...(outcomeOf(step)?.replies ?? []), ...(outcomeOf(step)?.optional ?? [])]
  return new Set(all).size === all.length
})

// ---- states ----

law('case-state letters only rise, by the events that were fired', (step) => outcomeOf(step) !== undefined, (step) => {
  const after = outcomeOf(step)?.state.cs ?? ''
  const wanted = Array.from(step.self.cs).map((letter) => (firedCase(step).includes(letter.toUpperCase()) ? letter.toUpperCase() : letter))
  return after === wanted.join('') && firedCase(step).every((event) => step.self.cs.includes(event.toLowerCase()))
})

law('Closed absorbs: nothing changes, only G* is answered, and RK is optional by the adopted reading', (step) => isClosed(step) && outcomeOf(step) !== undefined, (step) => {
  const outcome = outcomeOf(step)
  const type = step.cell?.way === 'received' ? step.cell.type : undefined
  const due = type === 'GI' ? 'GK' : type === 'GE' ? 'GI' : ''
  const acknowledges = type === undefined || ['RK', 'EK', 'CK', 'GI', 'GK', 'GE'].includes(type)
  return outcome?.state === step.self && outcome.fired.length === 0 && outcome.replies.join() === due &&
    outcome.optional.join() === (isAdopted(step) && !acknowledges ? 'RK' : '')
})

law('adopted: no step rests in a state that may only be passed through', (step) => isAdopted(step) && outcomeOf(step) !== undefined && !isClosed(step), (step) =>
  !passing.has(outcomeOf(step)?.state.cs ?? ''))

// But for what somebody recorded of the embargo itself: a record may tell of what should not have happened.
const recordOfEmbargo = (step: Step): boolean => step.observed?.startsWith('em.') === true
law('adopted: no embargo and no proposal outlives P, X or A', (step) => isAdopted(step) && !recordOfEmbargo(step) && firedCase(step).some((event) => 'PXA'.includes(event)), (step) =>
  !['Proposed', 'Active', 'Revise'].includes(outcomeOf(step)?.state.em ?? ''))

// ---- what may and must be sent ----

law('adopted: every receipt has an answer', (step) => isAdopted(step) && step.cell?.way === 'received', (step) => outcomeOf(step) !== undefined)

{
  // Open: who closes from a state that may only be passed through owes CP or CV, and has no row for them in Closed.
  const closesTooSoon = (step: Step): boolean => passing.has(step.self.cs) && outcomeOf(step)?.state.rm === 'Closed' && !isClosed(step)
  const answers = new Map<string, Message>()
  const canSend = (self: Participant, types: ReadonlyArray<MessageType>): boolean => {
    const key = types.join()
    const answer = answers.get(key) ?? messageWith('sent', types, { ...plain, reply: true })
    answers.set(key, answer)
    const result = adopted.transition(self, answer)
    return result._tag === 'Right' && result.right.fired.length === 0
  }
  law('adopted: what is due or optional can be sent from the state that was reached, alone and together, and moves nobody',
    (step) => isAdopted(step) && outcomeOf(step) !== undefined && !closesTooSoon(step), (step) => {
      const outcome = outcomeOf(step)
      if (outcome === undefined) return false
      const occasion = step.cell?.message ?? { id: 'm', case: 'case', to: ['peer'] }
      const settled = reply(outcome, occasion, { id: 'r', at: '2026-01-06', engaged: ['peer', 'third'] })
      const told = settled.flatMap((message) => message.types)
      return [...outcome.replies, ...outcome.optional].every((type) => canSend(outcome.state, [type])) &&
        settled.every((message) => canSend(outcome.state, message.types)) &&
        [...told].sort().join() === [...outcome.replies].sort().join()
    })
}

test('permitted lists what transition accepts from a sender that answers nothing, and nothing else', () => {
  const messages = rowTypes.map((unit) => [unit, contextsThatMatter('sent', unit).filter((context) => !context.reply)
    .map((context) => [context, messageWith('sent', typesOf(unit), context)] as const)] as const)
  const wrong = complaints()
  for (const reading of readings)
    for (const [, self] of participants) {
      const listed = reading.permitted(self)
      for (const one of listed) {
        const result = reading.transition(self, messageWith('sent', one.types, { ...plain, ...one.context }))
        if (result._tag === 'Left' || JSON.stringify([result.right.fired, result.right.replies, result.right.notes]) !== JSON.stringify([one.fired, one.replies, one.notes]))
          wrong.add(`${reading.name} ${triple(self)} ${one.types.join('+')} ${show(result)}`)
      }
      for (const [unit, variants] of messages) {
        const found = listed.filter((one) => one.types.join('+') === unit)
        const accepted = variants.filter(([, message]) => reading.transition(self, message)._tag === 'Right')
        const bare = accepted.some(([context]) => context.subject === 'own' && !context.existing && !context.answers)
        if ((found.length > 0) !== (accepted.length > 0) || found.some((one) => one.context === undefined) !== bare)
          wrong.add(`${reading.name} ${triple(self)} ${unit}: ${found.length} listed, ${accepted.length} contexts accepted`)
      }
    }
  expect(wrong.first).toEqual([])
})

{
  const known = new Map<string, string>()
  const allowed = ({ reading, self, shape, cell, local }: Step): string => {
    const way = cell?.way ?? 'local'
    const key = `${reading.name} ${way} ${shape} ${triple(self)}`
    const found = known.get(key) ?? (local !== undefined
      ? localEvents.filter((event) => reading.local(self, event)._tag === 'Right')
      : way === 'sent'
        ? messageTypeList.filter((type) => reading.transition(self, messageWith('sent', [type], plain))._tag === 'Right')
        : messageTypeList.filter((type) => reading.transition(self, messageWith('received', [type], plain))._tag === 'Right')).join()
    known.set(key, found)
    return found
  }
  law('a refusal says what would have been allowed', (step) => refusalOf(step) !== undefined && step.observed === undefined, (step) => refusalOf(step)?.allowed.join() === allowed(step))
}

test('permittedLocal lists the local steps that are taken, and nothing else', () => {
  for (const reading of readings)
    for (const [, self] of participants)
      same(reading.permittedLocal(self), localEvents.filter((event) => reading.local(self, event)._tag === 'Right'))
})

test('every step was looked at', () => {
  expect([taken.steps, taken.cells]).toEqual([2 * (341_880 + 3080 * (13 + 16)), 2 * 341_880])
})
