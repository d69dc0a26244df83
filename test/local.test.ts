/**
 * Local steps and observed events, against a plain second implementation written from the documents: the edges of the
 * machines; in the adopted reading also roles, what the state forces first, what follows, and the announcement that is due.
 */
import { adopted, type LocalEvent, localEvents, type ObservedEvent, type Participant, published } from 'mpcvd'
import { expect, test } from 'vitest'
import { complaints, line, participants, show } from './cells.js'

interface Running { rm: string; em: string; cs: string; readonly fired: string[]; readonly due: Set<string> }

const isVendor = (cs: string): boolean => cs.length === 6
const has = (cs: string, letter: string): boolean => cs.includes(letter)
const raise = (cs: string, letter: string): string => cs.replace(letter.toLowerCase(), letter)

/** P, X and A end an embargo; becoming aware receives the report. */
const happen = (step: Running, letter: string): void => {
  step.cs = raise(step.cs, letter)
  step.fired.push(`cs.${letter}`)
  if (letter === 'V' && step.rm === 'Start') move(step, 'rm', 'receive', 'Received')
  if ('PXA'.includes(letter)) endEmbargo(step)
}
const move = (step: Running, machine: 'rm' | 'em', event: string, to: string): void => {
  step[machine] = to
  step.fired.push(`${machine}.${event}`)
}
const endEmbargo = (step: Running): void => {
  if (step.cs.endsWith('pxa')) return
  if (step.em === 'Proposed') {
    move(step, 'em', 'reject', 'None')
    step.due.add('ER')
  } else if (step.em === 'Active' || step.em === 'Revise') {
    move(step, 'em', 'terminate', 'Exited')
    step.due.add('ET')
  }
}
const settle = (step: Running): void => {
  if (has(step.cs, 'X') && has(step.cs, 'p')) {
    happen(step, 'P')
    step.due.add('CP')
  }
  if (isVendor(step.cs) && has(step.cs, 'P') && has(step.cs, 'v')) {
    happen(step, 'V')
    step.due.add('CV')
  }
}

const edges: Readonly<Record<string, readonly [from: ReadonlyArray<string>, to: string, announced: string]>> = {
  validate: [['Received', 'Invalid'], 'Valid', 'RV'],
  invalidate: [['Received'], 'Invalid', 'RI'],
  accept: [['Valid', 'Deferred'], 'Accepted', 'RA'],
  defer: [['Valid', 'Accepted'], 'Deferred', 'RD'],
  close: [['Invalid', 'Deferred', 'Accepted'], 'Closed', 'RC'],
}

/** `false` where the step has no row. */
const act = (step: Running, event: LocalEvent, announce: boolean): boolean => {
  const due = (type: string): void => {
    if (announce) step.due.add(type)
  }
  const edge = edges[event]
  if (edge !== undefined) {
    const [from, to, announced] = edge
    if (!from.includes(step.rm)) return false
    move(step, 'rm', event, to)
    due(announced)
    return true
  }
  const letter = /^learn (.)$/.exec(event)?.[1]
  if (letter !== undefined) {
    if (has(step.cs, letter)) {
      if (announce) endEmbargo(step)
      return announce
    }
    if (announce) happen(step, letter)
    else {
      step.cs = raise(step.cs, letter)
      step.fired.push(`cs.${letter}`)
    }
    due(`C${letter}`)
    return true
  }
  switch (event) {
    case 'discover':
      if (step.rm !== 'Start') return false
      move(step, 'rm', 'receive', 'Received')
      return true
    case 'aware':
      if (!has(step.cs, 'v')) return false
      happen(step, 'V')
      due('CV')
      return true
    case 'expire':
      if (step.em !== 'Active' && step.em !== 'Revise') return false
      move(step, 'em', 'terminate', 'Exited')
      due('ET')
      return true
    case 'ready':
      if (!has(step.cs, 'V') || !has(step.cs, 'f') || (announce && step.rm !== 'Accepted')) return false
      happen(step, 'F')
      due('CF')
      return true
    case 'deployed':
      if (!has(step.cs, 'd') || (isVendor(step.cs) ? !has(step.cs, 'F') : !announce)) return false
      if (announce && step.rm !== 'Accepted' && step.rm !== 'Deferred') return false
      happen(step, 'D')
      due('CD')
      return true
    default:
      return false
  }
}

const written = (step: Running): string =>
  line(step, ['rm', 'cs', 'em'].flatMap((machine) => step.fired.filter((one) => one.startsWith(machine))), [...step.due], [])

const expected = (self: Participant, event: LocalEvent, announce: boolean): string => {
  const step: Running = { rm: self.rm, em: self.em, cs: self.cs, fired: [], due: new Set() }
  if (self.rm === 'Closed') return announce && (event.startsWith('learn') || event === 'expire') ? written(step) : 'Left no-row'
  const role = event === 'aware' || event === 'ready' ? 'vendor' : event === 'deployed' ? 'deployer' : undefined
  if (announce && role !== undefined && !self.roles.includes(role)) return 'Left role'
  if (announce) settle(step)
  if (!act(step, event, announce)) return 'Left no-row'
  if (announce) settle(step)
  return written(step)
}

test.each([[adopted, true], [published, false]] as const)('local steps of the reading, in every state', (reading, announce) => {
  const wrong = complaints()
  for (const [, self] of participants)
    for (const event of localEvents) {
      const got = show(reading.local(self, event))
      const wanted = expected(self, event, announce)
      if (got !== wanted) wrong.add(`${reading.name} ${event} by ${self.roles.join('+')} at (${self.rm},${self.em},${self.cs}): wanted ${wanted}, got ${got}`)
    }
  expect(wrong.first).toEqual([])
})

const rmEdges: Readonly<Record<string, string>> = {
  'Start receive': 'Received', 'Received validate': 'Valid', 'Received invalidate': 'Invalid', 'Invalid validate': 'Valid', 'Invalid close': 'Closed',
  'Valid accept': 'Accepted', 'Valid defer': 'Deferred', 'Deferred accept': 'Accepted', 'Deferred close': 'Closed',
  'Accepted defer': 'Deferred', 'Accepted close': 'Closed',
}
const emEdges: Readonly<Record<string, string>> = {
  'None propose': 'Proposed', 'Proposed propose': 'Proposed', 'Proposed reject': 'None', 'Proposed accept': 'Active', 'Active propose': 'Revise',
  'Active terminate': 'Exited', 'Revise propose': 'Revise', 'Revise accept': 'Active', 'Revise reject': 'Active', 'Revise terminate': 'Exited',
}
const observable: ReadonlyArray<ObservedEvent> = [
  'V', 'F', 'D', 'P', 'X', 'A', 'rm.receive', 'rm.validate', 'rm.invalidate', 'rm.accept', 'rm.defer', 'rm.close',
  'em.propose', 'em.accept', 'em.reject', 'em.terminate',
]

/** What a recorded event does: it, if the state has it, and what is forced; nothing in Closed or where it is already so. Nobody owes anything. */
const recorded = (self: Participant, event: ObservedEvent, follows: boolean): string => {
  const step: Running = { rm: self.rm, em: self.em, cs: self.cs, fired: [], due: new Set() }
  const done = (): string => {
    if (follows) settle(step)
    step.due.clear()
    return written(step)
  }
  if (self.rm === 'Closed') return written(step)
  const [machine, name = ''] = event.split('.')
  const known = name === '' && has(self.cs, event)
  if (follows) settle(step)
  if (known) return done()
  if (machine === 'rm' || machine === 'em') {
    const to = machine === 'rm' ? (rmEdges[`${step.rm} ${name}`] ?? (follows || `${step.rm} ${name}` !== 'Valid invalidate' ? undefined : 'Invalid')) : emEdges[`${step.em} ${name}`]
    if (to === undefined) return step.fired.includes(event) ? done() : 'Left no-row'
    move(step, machine, name, to)
    return done()
  }
  const low = has(step.cs, event.toLowerCase())
  const ready = event === 'F' ? has(step.cs, 'V') : event !== 'D' || !isVendor(step.cs) || has(step.cs, 'F')
  if (!low || !ready) return step.fired.includes(`cs.${event}`) ? done() : 'Left no-row'
  if (follows) happen(step, event)
  else {
    step.cs = raise(step.cs, event)
    step.fired.push(`cs.${event}`)
  }
  return done()
}

test.each([[adopted, true], [published, false]] as const)('observed events of the reading, in every state', (reading, follows) => {
  const wrong = complaints()
  for (const [, self] of participants)
    for (const event of observable) {
      const got = show(reading.observe(self, event))
      const wanted = recorded(self, event, follows)
      if (got !== wanted) wrong.add(`${reading.name} ${event} by ${self.roles.join('+')} at (${self.rm},${self.em},${self.cs}): wanted ${wanted}, got ${got}`)
    }
  expect(wrong.first).toEqual([])
})
