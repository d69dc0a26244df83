/**
 * What a program is asked, in which order, under which ids, and what is kept of its answers.
 *
 * 1. The questions of all files, mixed: a program that remembers the last state, or knows the order of a file, fails.
 * 2. Some steps again under other names: a step depends on states, roles and types alone.
 * 3. Where only a sample of the states was asked, the simpler questions of each failing group, from the simplest up to the first failure.
 *    One of a group waits at a time, so that what is asked does not depend on how fast the answers are.
 *
 * @module
 */
import { type Dialogue, openDialogue, type TroubleList } from '../conformance/dialogue.js'
import { canRepeat, renamed } from '../conformance/repeat.js'
import { essenceOf } from '../conformance/saying.js'
import { type JsonObject, type Question, questionsOf, type VectorFile } from '../conformance/vectors.js'
import { groupKey, openTally, type Tally } from '../conformance/verdict.js'
import { type Chance, chanceOf, mixed, shuffled } from './chance.js'
import type { Interlocutor } from './program.js'

/** A question as it was sent. */
interface Asked {
  readonly name: string
  readonly request: JsonObject
  readonly question: Question
  /** For a step that is asked again: what was answered first, and the way back to the first names. */
  readonly again?: { readonly first: string; readonly restore: (answer: JsonObject) => JsonObject }
}

/** A step that was answered, to be asked again. */
interface Answered {
  readonly question: Question
  readonly essence: string
}

/** How many steps are asked again. */
const AGAIN = 1000

/** How many simpler questions of a failing group are looked at. */
const NEARER = 2000

/** The questions that are to be asked. */
export interface Selection {
  readonly files: ReadonlyArray<VectorFile>
  readonly wanted: (question: Question) => boolean
  readonly sample: number
  readonly seed: string
}

/** One run of questions. */
export interface Questioning extends Interlocutor {
  readonly tally: Tally
  /** What is still open when the run is over gets no answer for this reason. Whether all was asked and answered. */
  readonly finish: (why: string | undefined) => boolean
}

/** How thinly a file is sampled: only what is there by the hundred thousand, all states of a type, is. */
const sampleOf = (file: VectorFile, sample: number): number => (file.kind === 'cells' || file.kind === 'locals' ? sample : 1)

function* filtered(questions: Iterable<Question>, wanted: (question: Question) => boolean): Generator<Question> {
  for (const question of questions) if (wanted(question)) yield question
}

/** A choice of chance, each value as likely as the next, of however many come. */
const openUrn = <A>(chance: Chance): { readonly offer: (make: () => A) => void; readonly all: ReadonlyArray<A> } => {
  const all: A[] = []
  let offered = 0
  return {
    offer: (make) => {
      const place = offered++ < AGAIN ? all.length : chance.below(offered)
      if (place < AGAIN) all[place] = make()
    },
    all,
  }
}

/** The questions of failing groups that are simpler than the simplest failure, the simplest first. */
const simpler = ({ files, wanted }: Selection, failing: ReadonlyMap<string, number>, asked: ReadonlySet<string>): ReadonlyMap<string, ReadonlyArray<Question>> => {
  const found = new Map<string, Question[]>()
  for (const file of files.filter((one) => sampleOf(one, 2) > 1))
    for (const question of filtered(questionsOf(file), wanted)) {
      const key = groupKey(question)
      const limit = failing.get(key)
      if (limit === undefined || question.size >= limit || asked.has(JSON.stringify(question.request))) continue
      const list = found.get(key)
      if (list === undefined) found.set(key, [question])
      else list.push(question)
    }
  const order = (one: Question, other: Question): number => one.size - other.size || (one.name < other.name ? -1 : 1)
  return new Map([...found].map(([key, list]) => [key, list.sort(order).slice(0, NEARER)]))
}

/** Prepares a run of questions. */
export const openQuestioning = (selection: Selection, troubles: TroubleList): Questioning => {
  const { files, wanted, sample, seed } = selection
  const ids = chanceOf(seed, 'ids')
  const names = chanceOf(seed, 'names')
  const urn = openUrn<Answered>(chanceOf(seed, 'again'))
  const tally = openTally()
  const dialogue: Dialogue<Asked> = openDialogue<Asked>(troubles)
  const questions = mixed(files.map((file) => filtered(questionsOf(file, sampleOf(file, sample)), wanted)), chanceOf(seed, 'order'))
  const asked = new Set<string>()

  let exhausted = false
  let stage: 'first' | 'again' | 'nearer' | 'done' = 'first'
  let toRepeat: Answered[] = []
  let queues = new Map<string, Question[]>()
  /** The groups whose next question may be asked. */
  let ready: string[] = []

  const send = (one: Asked): string => {
    const id = ids.token()
    dialogue.ask(id, one)
    return JSON.stringify({ id, ...one.request })
  }
  const sendQuestion = (question: Question): string => {
    tally.ask(question)
    return send({ name: question.name, request: question.request, question })
  }
  const sendAgain = ({ question, essence }: Answered): string => {
    const { request, restore } = renamed(question.request, () => names.token())
    return send({ name: question.name, request, question, again: { first: essence, restore } })
  }
  /** Goes on to the next stage, once everything before is answered. */
  const advance = (): void => {
    if (stage === 'first') {
      stage = 'again'
      toRepeat = [...shuffled(urn.all, names)]
    } else if (stage === 'again' && sample > 1) {
      stage = 'nearer'
      queues = new Map([...simpler(selection, tally.failing(), asked)].map(([key, list]) => [key, [...list].reverse()]))
      ready = [...queues.keys()].sort()
    } else stage = 'done'
  }
  const draw = (): string | undefined => {
    switch (stage) {
      case 'first': {
        const next = questions.next()
        exhausted ||= next.done === true
        if (next.done === true) return undefined
        if (sample > 1) asked.add(JSON.stringify(next.value.request))
        return sendQuestion(next.value)
      }
      case 'again': {
        const next = toRepeat.pop()
        return next === undefined ? undefined : sendAgain(next)
      }
      case 'nearer': {
        const question = queues.get(ready.shift() ?? '')?.pop()
        return question === undefined ? undefined : sendQuestion(question)
      }
      case 'done':
        return undefined
    }
  }
  const next = (): string | undefined => {
    for (;;) {
      const line = draw()
      if (line !== undefined) return line
      if (stage === 'nearer' && ready.length > 0) continue
      if (stage === 'done' || dialogue.waiting() > 0) return undefined
      advance()
    }
  }

  const compare = ({ name }: Asked, { first, restore }: NonNullable<Asked['again']>, answer: JsonObject): void => {
    const second = essence(restore(answer))
    if (second !== first) troubles.add('inconsistent', `${name}: first ${first}, then ${second}`)
  }
  const essence = (answer: JsonObject): string => {
    try {
      return essenceOf(answer)
    } catch {
      return 'something nested too deep'
    }
  }
  const hear = (line: string): boolean => {
    const heard = dialogue.hear(line)
    if (heard === undefined) return false
    const { asked: one, answer, fault } = heard
    if (one.again !== undefined) {
      compare(one, one.again, answer)
      return true
    }
    const wrong = tally.answer(one.question, answer, fault)
    if (stage === 'first' && canRepeat(one.question)) urn.offer(() => ({ question: one.question, essence: essence(answer) }))
    if (stage === 'nearer') {
      const key = groupKey(one.question)
      if (wrong === undefined) ready.push(key)
      else queues.delete(key)
    }
    return true
  }

  return {
    tally, next, hear,
    open: dialogue.open,
    waiting: dialogue.waiting,
    answers: dialogue.answers,
    current: () => dialogue.next()?.name ?? 'nothing',
    passed: () => {
      const all = dialogue.passedOver()
      return all[0] === undefined ? undefined : `${all.length} passed over, the first ${all[0].name}`
    },
    finish: (why) => {
      for (const one of dialogue.passedOver()) if (one.again === undefined) tally.forsake(one.question, 'never answered')
      const current = dialogue.waiting() > 0 ? dialogue.next() : undefined
      if (why !== undefined && current !== undefined && current.again === undefined) tally.forsake(current.question, why)
      const constant = tally.constant()
      if (constant !== undefined) troubles.add('constant', `${constant.count} times ${constant.answer}`)
      return exhausted && dialogue.waiting() === 0
    },
  }
}
