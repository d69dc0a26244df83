/**
 * A tick of the trees: what a participant would do by them, given its state, the messages that have come and answers to their
 * questions. It never acts: it gives the messages to send, in their order, and the questions that are open.
 *
 * Every message is asked of the protocol before it is given, in the state in which it would be sent; what that refuses fails
 * its leaf. So a tick proposes nothing that may not be sent. On a receipt the trees do what they draw, edge by edge; the rows
 * of the protocol, which also fire what follows, remain what counts (`transition`).
 *
 * @module
 */
import { isLeft, isRight } from 'fp-ts/Either'
import { adopted } from '../protocol/adopted.js'
import { cs, type CsEvent, dpxa, pxa } from '../protocol/cs.js'
import { em } from '../protocol/em.js'
import { passes, plainContext, roleShapeOf } from '../protocol/interpret.js'
import { caseStateNamed, type Participant } from '../protocol/participant.js'
import { bundleRank, type Message, type MessageType } from '../protocol/message.js'
import { rm } from '../protocol/rm.js'
import type { Context } from '../protocol/rules.js'
import type { Protocol } from '../protocol/transition.js'
import { type CallbackName, callbacks, type CallbackRow, isCallback } from './callbacks.js'
import { trial } from './candidate.js'
import type { PublishedTree } from './drawing.js'
import { corrections, type Meaning, meanings, type Sending } from './leaves.js'
import { run, type Leaf, type Status } from './tree.js'
import { embargoTrees } from './trees-embargo.js'
import { messageTrees } from './trees-messages.js'
import { workTrees } from './trees-work.js'

/** The 29 published trees. */
export const behaviourTrees: ReadonlyArray<PublishedTree> = [...messageTrees, ...workTrees, ...embargoTrees]

/** An answer to a question of the trees: yes, no, or under way; or a function that gives one, or nothing to leave it open. */
export type CallbackAnswer = boolean | 'running' | ((self: Participant, message: Message | undefined) => boolean | 'running' | undefined)

/** Answers, by the name of the question. */
export type CallbackAnswers = Partial<Readonly<Record<CallbackName, CallbackAnswer>>>

/** What a tick is given besides the participant. */
export interface TickOptions {
  /** Where to begin; the root of all, BT-01, when absent. */
  readonly tree?: PublishedTree['id']
  /** Messages that have come and are not handled yet, in their order. */
  readonly inbox?: ReadonlyArray<Message>
  readonly answers?: CallbackAnswers
  /** Whether somebody is known who has not got the report; nobody is when absent. */
  readonly untold?: boolean
  readonly protocol?: Protocol
}

/** A message that the trees would send. */
export interface ProposedMessage {
  readonly types: ReadonlyArray<MessageType>
  readonly context: Partial<Context>
  /** The message that it answers; absent for what goes to everybody. */
  readonly answers?: Message
  /** The state in which it would be sent. */
  readonly before: Participant
  readonly after: Participant
  /** The tree that proposes it. */
  readonly tree: PublishedTree['id']
}

/** What came of a tick. */
export interface TickResult {
  readonly status: Status
  /** The participant afterwards, had all of it been done. */
  readonly state: Participant
  readonly messages: ReadonlyArray<ProposedMessage>
  /** Questions that nobody answered, in the order in which they came up. */
  readonly questions: ReadonlyArray<CallbackName>
  /** Messages that were not handled: put back, or begun and not finished. */
  readonly unhandled: ReadonlyArray<Message>
}

const statusOf = (answer: boolean | 'running'): Status => (answer === 'running' ? 'running' : answer ? 'success' : 'failure')

/** The case state after an event; what is forced comes before it. */
const afterEvent = (state: Participant['cs'], event: CsEvent, forced = 2): Participant['cs'] | undefined => {
  if (state.includes(event)) return state
  const edges = [...cs.edges, ...dpxa.edges, ...pxa.edges].filter(({ from }) => from === state)
  const found = edges.find((edge) => edge.event === event)
  if (found !== undefined) return caseStateNamed(found.to)
  const [only] = edges
  const next = edges.length === 1 && forced > 0 && only !== undefined ? caseStateNamed(only.to) : undefined
  return next === undefined ? undefined : afterEvent(next, event, forced - 1)
}

/** A participant after an edge that a leaf takes; itself where it is there already, nothing where no edge leads there. */
const becoming = (self: Participant, target: Extract<Meaning, { readonly becomes: unknown }>['becomes']): Participant | undefined => {
  if ('cs' in target) {
    const next = afterEvent(self.cs, target.cs)
    return next === undefined ? undefined : { ...self, cs: next }
  }
  if ('rm' in target) return self.rm === target.rm || rm.edges.some(({ from, to }) => from === self.rm && to === target.rm) ? { ...self, rm: target.rm } : undefined
  return self.em === target.em || em.edges.some(({ from, to }) => from === self.em && to === target.em) ? { ...self, em: target.em } : undefined
}

/** One tick. */
export const tick = (self: Participant, options: TickOptions = {}): TickResult => {
  const { answers = {}, inbox = [], protocol = adopted, tree: begin = 'BT-01', untold = false } = options
  let state = self
  let place = 0
  let current: Message | undefined
  const messages: ProposedMessage[] = []
  const questions: CallbackName[] = []
  const unhandled: Message[] = []

  const ask = (name: CallbackName): Status => {
    const given = Object.hasOwn(answers, name) ? answers[name] : undefined
    const answer = typeof given === 'function' ? given(state, current) : given
    if (answer !== undefined) return statusOf(answer)
    const { otherwise }: CallbackRow = callbacks[name]
    if (otherwise === 'roles') return statusOf(!self.roles.includes('vendor'))
    if (otherwise === 'inbox') return fromInbox(name)
    if (otherwise !== undefined) return statusOf(otherwise)
    if (!questions.includes(name)) questions.push(name)
    return 'running'
  }
  const fromInbox = (name: CallbackName): Status => {
    if (name === 'BT-03 msg queue not empty?') {
      // The round before has dealt with its message.
      current = undefined
      return statusOf(place < inbox.length)
    }
    if (name === 'BT-03 push msg') {
      // Put back for a later tick: in this one it would only be taken again.
      if (current !== undefined) unhandled.push(current)
      return 'success'
    }
    current = inbox[place]
    place++
    return statusOf(current !== undefined)
  }

  const holds = (when: Sending['when']): boolean => when === undefined || passes(when, state, roleShapeOf(state.roles), plainContext)

  const send = (tree: PublishedTree['id'], rows: ReadonlyArray<Sending>): Status => {
    const row = rows.find(({ asked, when }) => holds(when) && (asked === undefined || (ask(asked.name) === 'success') === asked.answer))
    if (row === undefined) return 'failure'
    if (row.types.length === 0) return 'success'
    const reply = row.reply === true && current !== undefined
    const context: Partial<Context> = {
      ...(reply ? { reply: true } : {}), ...(row.existing === true ? { existing: true } : {}), ...(row.cause === undefined ? {} : { cause: row.cause }),
    }
    const to = [current?.from ?? 'everybody']
    const alone = protocol.transition(state, trial(state.id, to, row.types, context))
    if (isLeft(alone)) return 'failure'
    // What the protocol fires with it is to be told as well, and is told in the same message: the trees would find nothing left to end,
    // and who has closed the report could not tell it any more.
    const whole = [...row.types, ...alone.right.replies].sort((a, b) => bundleRank[a] - bundleRank[b])
    const together = whole.length === row.types.length ? alone : protocol.transition(state, trial(state.id, to, whole, context))
    if (isLeft(together)) return 'failure'
    messages.push({ types: whole, context, ...(reply && current !== undefined ? { answers: current } : {}), before: state, after: together.right.state, tree })
    state = together.right.state
    return 'success'
  }

  const mean = (tree: PublishedTree['id'], meaning: Meaning): Status => {
    if ('is' in meaning) return statusOf(holds(meaning.is))
    if ('role' in meaning) return statusOf(state.roles.includes(meaning.role) !== (meaning.not ?? false))
    if ('message' in meaning) return statusOf(current?.types.some((type) => meaning.message.includes(type)) === true)
    if ('tree' in meaning) return grow(meaning.tree)
    if ('sends' in meaning) return send(tree, meaning.sends)
    if ('told' in meaning) return statusOf(!untold)
    if ('unchanged' in meaning) return statusOf(state.cs === self.cs)
    if ('opposite' in meaning) {
      const status = ask(meaning.opposite)
      return status === 'success' ? 'failure' : status === 'failure' ? 'success' : 'running'
    }
    if ('becomes' in meaning) {
      const next = becoming(state, meaning.becomes)
      state = next ?? state
      return statusOf(next !== undefined)
    }
    if ('step' in meaning) {
      const result = protocol.local(state, meaning.step)
      if (isRight(result)) state = result.right.state
      return statusOf(isRight(result))
    }
    return 'success'
  }

  const leaf = (tree: PublishedTree['id'], { label }: Leaf): Status => {
    const name = `${tree} ${label}`
    const corrected = Object.hasOwn(corrections, name) ? corrections[name] : undefined
    if (corrected !== undefined) return mean(tree, corrected.means)
    if (isCallback(name)) return ask(name)
    const meaning = Object.hasOwn(meanings, label) ? meanings[label] : undefined
    return meaning === undefined ? 'failure' : mean(tree, meaning)
  }

  const grow = (id: PublishedTree['id']): Status => {
    const found = behaviourTrees.find((one) => one.id === id)
    return found === undefined ? 'failure' : run(found.root, { leaf: (one) => leaf(id, one), needed: (children) => (ask('BT-15 m') === 'success' ? children : 1) })
  }

  // A tree of messages that does not take them from the inbox itself is about the first of them.
  if (begin !== 'BT-01' && begin !== 'BT-03') current = inbox[0]
  const status = grow(begin)
  const begun = status === 'running' && current !== undefined && !unhandled.includes(current) ? [current] : []
  return { status, state, messages, questions, unhandled: [...unhandled, ...begun, ...(begin === 'BT-01' || begin === 'BT-03' ? inbox.slice(place) : [])] }
}
