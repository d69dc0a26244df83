/**
 * Every way that a small case can go: who sends what having seen which of the others' messages, and what reaches whom
 * when. Honest participants send what the core allows them in their own view of the case, cite what `heads` says, and
 * send to everybody. Delivery is in any order and may fail.
 *
 * What a participant does hangs on what it holds alone, and what it holds is never more than was sent. So for a set of
 * messages the **views** that each participant can have come about independently of each other, and the states of the
 * whole are their products; the search goes from set to set with a list of views for each participant, and counts the
 * states without visiting them (`explore.test.ts` compares the count with a search that does, where that is small).
 * A view is a set of messages, is read once, and is reached along every edge that leads to it: that two orders of arrival
 * make the same ledger is checked on each edge.
 *
 * A participant that speaks with two tongues is two actors under one name, neither of which sees what the other says,
 * but for what the others cite of it.
 */
import { isLeft, isRight } from 'fp-ts/Either'
import { type EmbargoTerms, type Message, type MessageType, protocols, type Statement } from 'mpcvd'
import { type Case, caseOf, type CaseParticipant, type Charter, type Decided, heads, ingest, type Ledger, mayPublish, openLedger } from 'mpcvd/case'
import { stateIn } from '../src/case/ledger.js'
import { forwards, sizeOf } from '../src/case/tree.js'

/** What is explored: the case, who acts in it and how often, and what they may say. */
export interface Setting {
  readonly charter: Charter
  /** Who sends; a name that stands twice speaks with two tongues. */
  readonly actors: ReadonlyArray<string>
  readonly sends: number
  /** The types that each may send, by its place among the actors. */
  readonly menu: ReadonlyArray<ReadonlyArray<MessageType>>
  /** How often each may send at most; as often as there are sends where it is absent. */
  readonly each?: ReadonlyArray<number>
  /** What everybody holds at the start. */
  readonly given?: ReadonlyArray<Statement>
  /** Whether the states of the whole are visited one by one as well. */
  readonly visit?: boolean
}

/** What was found. */
export interface Explored {
  /** Sets of messages that can have been sent. */
  readonly sets: number
  /** Views: sets of messages that somebody can hold. */
  readonly views: number
  /** Arrivals: a view and one message more. */
  readonly arrivals: number
  /** States of the whole: who holds what. */
  readonly states: number
  /** States that were visited one by one. */
  readonly visited: number
  /** What does not hold, each law once, with the first state that it was found in. */
  readonly faults: ReadonlyMap<string, string>
}

const protocol = protocols['adopted@1']

/** A case without entries. */
export const open = (charter: Charter): Ledger => {
  const opened = openLedger(charter)
  if (isLeft(opened)) throw new Error(JSON.stringify(opened.left))
  return opened.right
}

/** A case of reporters, who all work on the report already. */
export const charter = (people: ReadonlyArray<string>, more: Partial<Charter> = {}): Charter => ({
  case: 'c', protocol: 'adopted@1', participants: [...people].sort().map((id) => ({ id, roles: ['reporter'] })), decision: 'first', order: 'causal', ...more,
})

/** The state that deciding entries leave, as text: two states say the same when their texts do. */
export const stateText = (state: Decided): string =>
  JSON.stringify([
    state.em, state.inForce ?? '', state.facts, state.ended ?? '', [...forwards(state.open)].map(([, id]) => id),
    [...forwards(state.proposals)].map(([id, one]) => [id, one.by, one.kind, one.number, one.status, one.terms ?? '', [...one.signed], [...one.rejected]]),
    [...state.members.values()].sort((one, other) => (one.id < other.id ? -1 : 1)),
  ])

/** Numbers for texts, and for the states that have them. */
export interface Texts {
  readonly numbers: Map<string, number>
  readonly states: WeakMap<Decided, number>
}

/** No texts yet. */
export const noTexts = (): Texts => ({ numbers: new Map(), states: new WeakMap() })

const numberedText = ({ numbers }: Texts, text: string): number => {
  const number = numbers.get(text) ?? numbers.size
  numbers.set(text, number)
  return number
}

/** A number of 53 bits that stands for a text. */
const digest = (text: string): number => {
  let [one, other] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    one = Math.imul(one ^ unit, 2654435761)
    other = Math.imul(other ^ unit, 1597334677)
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909)
  other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
  return 4294967296 * (2097151 & other) + (one >>> 0)
}

/** The order of a ledger, one number for each deciding entry: it, what became of it, and the state after it. Of what has an effect alone, if so wished, among the first entries. */
const orderOf = (ledger: Ledger, texts: Texts, effective = false, count = Infinity): ReadonlyArray<number> => {
  const order: number[] = []
  let place = 0
  for (const [, { node, before, after, void: kind, illegal }] of forwards(ledger.order)) {
    if (place++ >= count) break
    if (effective && before === after) continue
    const state = texts.states.get(after) ?? numberedText(texts, stateText(after))
    texts.states.set(after, state)
    order.push(numberedText(texts, `${node.id} ${kind ?? ''} ${illegal?.kind ?? ''} ${state}`))
  }
  return order
}

/** Everything that a ledger can be told by, its entries by their ids: two ledgers with the same texts go on in the same way. */
export const ledgerText = (ledger: Ledger, texts: Texts): string => {
  const { graph, own, standing, stamps } = ledger
  let text = orderOf(ledger, texts).join()
  for (const [, id] of forwards(own)) text += ` ${id}`
  for (const [id] of forwards(graph.tips)) text += `,${id}`
  for (const [id, one] of forwards(graph.nodes)) text += `;${id} ${one.depth} ${one.place} ${one.complete ? '' : 'lacks'}${one.circular ? 'circular' : ''}${one.variants.length}`
  if (standing.voids.size > 0) text += JSON.stringify([...standing.voids].sort())
  if (standing.ends.length > 0) text += JSON.stringify([standing.ends, [...standing.needed].sort()])
  return text + [...forwards(stamps.entries)].map(([number, ids]) => `#${number} ${[...ids].sort().join()}`).join('')
}

/** A set of messages, and what is read from the ledger of it. */
interface View {
  readonly ledger: Ledger
  /** The messages, by their numbers, ascending. */
  readonly held: ReadonlyArray<number>
  readonly key: string
  /** The digest of the ledger’s text. */
  readonly text: number
  /** Its deciding entries; where somebody speaks with two tongues, those alone that have an effect. */
  readonly order: ReadonlyArray<number>
  /** How many of these are settled. */
  readonly settled: number
  /** Who may publish, as this view has it. */
  readonly free: ReadonlySet<string>
  readonly people: ReadonlyArray<CaseParticipant>
  readonly next: Map<number, View>
}

/** A set of messages that was sent, and what each actor may hold of it. */
interface Sent {
  readonly all: View
  readonly views: ReadonlyArray<Set<View>>
}

/** Whether what is settled in one order stands at the beginning of another. */
const begins = (whole: ReadonlyArray<number>, { order, settled }: View): boolean => {
  for (let at = 0; at < settled; at++) if (whole[at] !== order[at]) return false
  return true
}

const isInForce = (em: string): boolean => em === 'Active' || em === 'Revise'

/** Searches all that can happen. */
export const explore = (setting: Setting): Explored => {
  const { actors, sends, menu, given = [] } = setting
  const everybody = setting.charter.participants.map((one) => one.id)
  const honest = actors.map((name) => actors.filter((one) => one === name).length === 1)
  const forked = honest.includes(false)
  const faults = new Map<string, string>()
  const texts = noTexts()
  const messages: Message[] = []
  const numbers = new Map<string, number>()
  const views = new Map<string, View>()
  let arrivals = 0

  const tell = (view: View): string => view.held.map((number) => {
    const message = messages[number]
    return `${message?.id ?? ''} ${message?.types.join('+') ?? ''} ${message?.embargo?.answers ?? ''}(${message?.after?.join(' ') ?? ''})`
  }).join('; ')
  const fault = (law: string, where: () => string): void => {
    if (!faults.has(law)) faults.set(law, where())
  }

  const read = (ledger: Ledger, held: ReadonlyArray<number>, key: string, text: number): View => {
    const of = caseOf(ledger)
    const view: View = {
      ledger, held, key, text, order: orderOf(ledger, texts, forked), settled: orderOf(ledger, texts, forked, of.settled.count).length, free: new Set(everybody.filter((id) => mayPublish(of, id).may)),
      people: of.participants, next: new Map(),
    }
    lawsOfOne(view, of)
    return view
  }

  /** What holds of every view by itself. */
  const lawsOfOne = (view: View, { state, settled, participants, gaps }: Case): void => {
    const where = (): string => tell(view)
    const inForce = [...forwards(state.proposals)].filter(([, one]) => one.status === 'in force').map(([id]) => id)
    if (inForce.length > 1 || inForce[0] !== state.inForce || isInForce(state.em) !== (inForce.length === 1)) fault('one embargo is in force where em says so', where)
    const open = [...forwards(state.proposals)].filter(([, one]) => one.status === 'open').length
    if (open !== sizeOf(state.open) || (state.em === 'Proposed' || state.em === 'Revise') !== open > 0) fault('something is open where em says so', where)
    const isPublic = state.facts.P !== undefined || state.facts.X !== undefined
    if (isPublic && (isInForce(state.em) || participants.some((one) => isInForce(one.em)))) fault('no embargo outlives publication', where)
    if (isPublic && view.free.size < everybody.length) fault('what is public may be published', where)
    const spoke = (id: string, types: ReadonlyArray<MessageType>): boolean =>
      view.held.some((number) => messages[number]?.from === id && messages[number].types.some((type) => types.includes(type)))
    for (const one of participants)
      if (one.consent === 'Signatory' && !spoke(one.id, ['EP', 'EV', 'EA', 'EC', 'RS'])) fault('consent is one’s own', where)
    for (const [, proposal] of forwards(state.proposals)) for (const [id, entry] of [...proposal.signed, ...proposal.rejected])
      if (!view.held.some((number) => messages[number]?.id === entry && messages[number].from === id)) fault('signatures and rejections are one’s own', where)
    const ids = new Set(view.held.map((number) => messages[number]?.id))
    const missing = new Set(view.held.flatMap((number) => (messages[number]?.after ?? []).filter((id) => !ids.has(id))))
    if ([...missing].sort().join() !== gaps.map((one) => one.missing).join()) fault('what is cited and not held is a gap', where)
    const steps = [...forwards(view.ledger.order)]
    if (steps.slice(0, settled.count).some(([, step]) => !step.node.complete)) fault('nothing that lacks something is settled', where)
    if (settled.tentative.join() !== steps.slice(settled.count).map(([, step]) => step.node.id).join()) fault('what is not settled is tentative', where)
    const bound = state.inForce !== undefined && settled.state.inForce === state.inForce ? [...forwards(state.proposals)].find(([id]) => id === state.inForce)?.[1].signed : undefined
    for (const id of bound?.keys() ?? []) if (view.free.has(id) && !isPublic) fault('who has not heard of an end is bound', where)
    for (const [, step] of steps) {
      const { entry } = step.node
      if (!('message' in entry) || !entry.message.types.includes('RC') || step.void !== undefined || !step.node.complete) continue
      const later = steps.filter(([, other]) => other.node.author === step.node.author && other.node.place > step.node.place && other.void === undefined)
      if (later.length > 0) fault('who has left changes nothing', where)
    }
  }

  /** The view with one message more; reached by another way than before, it must be the same. */
  const add = (view: View, number: number): View => {
    const known = view.next.get(number)
    if (known !== undefined) return known
    arrivals++
    const message = messages[number]
    if (message === undefined) throw new Error(`no message ${number}`)
    const held = [...view.held, number].sort((one, other) => one - other)
    const key = held.join()
    const ledger = ingest(view.ledger, { message })
    const text = digest(ledgerText(ledger, texts))
    const before = views.get(key)
    const after = before ?? read(ledger, held, key, text)
    if (before === undefined) {
      views.set(key, after)
      if (ingest(ledger, { message }) !== ledger) fault('what is held adds nothing', () => tell(after))
    } else if (before.text !== text) fault('the same entries make the same ledger', () => `${tell(view)} and then ${message.id}`)
    view.next.set(number, after)
    return after
  }

  /** What held before and after one arrival at somebody who keeps one chain, or at anybody who looks on. */
  const settlesOn = (before: View, after: View): void => {
    if (!begins(after.order, before)) fault('what is settled stays', () => `${tell(before)} | ${tell(after)}`)
    else if (after.settled < before.settled) fault('what is settled is not unsettled', () => `${tell(before)} | ${tell(after)}`)
  }

  const numberOf = (message: Omit<Message, 'id'>, own: number): number => {
    const key = JSON.stringify([message.from, message.types, message.embargo?.answers ?? '', message.inReplyTo ?? '', message.after])
    const known = numbers.get(key)
    if (known !== undefined) return known
    const number = messages.length
    messages.push({ id: `${message.from}${own}.${number}`, ...message })
    numbers.set(key, number)
    return number
  }

  /** What an actor may say in a view. */
  const choices = (actor: number, view: View): ReadonlyArray<number> => {
    const from = actors[actor] ?? ''
    const mine = view.held.filter((number) => number >= given.length && messages[number]?.from === from).length
    if (mine >= (setting.each?.[actor] ?? sends)) return []
    const own = view.people.find((one) => one.id === from)
    if (own === undefined) return []
    const to = everybody.filter((id) => id !== from)
    const after = heads(view.ledger, from, to)
    const fresh = after.filter((id) => {
      const cited = view.held.find((number) => messages[number]?.id === id)
      const message = cited === undefined ? undefined : messages[cited]
      return message !== undefined && message.from !== from && message.types[0] !== 'EK'
    })
    const state = stateIn(view.ledger)
    const open = [...forwards(state.open)].map(([, id]) => id)
    const found: number[] = []
    const offer = (type: MessageType, more: { readonly embargo?: EmbargoTerms; readonly inReplyTo?: string } = {}): void => {
      const message = { case: setting.charter.case, from, to, types: [type], at: '2026-01-05', after, ...more }
      if (isRight(protocol.transition(own, { id: 'new', ...message }))) found.push(numberOf(message, mine + 1))
    }
    for (const type of menu[actor] ?? [])
      switch (type) {
        case 'EA': case 'ER': case 'EC': case 'EJ':
          for (const answers of open) offer(type, { embargo: { id: 'answer', answers } })
          break
        case 'EK':
          if (fresh[0] !== undefined) offer(type, { inReplyTo: fresh[0] })
          break
        case 'EP': case 'EV':
          // One proposal of one's own at a time.
          if (!open.some((id) => id.startsWith(from))) offer(type)
          break
        case 'CP':
          if (state.facts.P === undefined) offer(type)
          break
        default:
          offer(type)
      }
    return found
  }

  const seen = open(setting.charter)
  let start = read(seen, [], '', digest(ledgerText(seen, texts)))
  views.set('', start)
  for (const entry of given) {
    if (!('message' in entry)) throw new Error('only messages can be given')
    messages.push(entry.message)
    start = add(start, messages.length - 1)
  }

  let layer = new Map<string, Sent>([[start.key, { all: start, views: actors.map(() => new Set([start])) }]])
  let sets = 0
  let states = 0
  for (let round = 0; round <= sends; round++) {
    const following = new Map<string, Sent>()
    for (const sent of layer.values()) {
      sets++
      const { all } = sent
      const state = stateIn(all.ledger)
      const isSecret = state.facts.P === undefined && state.facts.X === undefined && !all.held.some((number) => messages[number]?.types.includes('CP'))
      const signed = new Set(isInForce(state.em)
        ? [...forwards(state.proposals)].filter(([, one]) => one.status === 'in force' || one.status === 'replaced').flatMap(([, one]) => [...one.signed.keys()]) : [])
      states += sent.views.reduce((product, some, actor) => {
        const from = actors[actor] ?? ''
        for (const view of some) {
          for (const number of all.held) {
            if (view.held.includes(number) || messages[number]?.from === from) continue
            const more = add(view, number)
            if (honest[actor] === true) settlesOn(view, more)
            some.add(more)
          }
          if (honest[actor] !== true) continue
          if (!begins(all.order, view)) fault('what is settled is so for everybody', () => `${from}: ${tell(view)} | ${tell(all)}`)
          if (isSecret && view.free.has(from) && signed.has(from)) fault('nobody may publish what its signature binds', () => `${from}: ${tell(view)} | ${tell(all)}`)
        }
        return product * some.size
      }, 1)
      if (round === sends) continue
      sent.views.forEach((some, actor) => {
        for (const view of some)
          for (const number of choices(actor, view)) {
            const mine = add(view, number)
            if (honest[actor] === true) settlesOn(view, mine)
            const own = [...forwards(mine.ledger.order)].find(([, step]) => step.node.id === messages[number]?.id)?.[1]
            if (honest[actor] === true && (own?.illegal !== undefined || own?.void !== undefined)) fault('what the core allows in one’s view is legal there', () => tell(mine))
            const whole = all.held.includes(number) ? all : add(all, number)
            if (whole === all) continue
            const next = following.get(whole.key) ?? { all: whole, views: actors.map(() => new Set<View>()) }
            following.set(whole.key, next)
            next.views.forEach((theirs, other) => {
              if (other === actor) theirs.add(mine)
              else for (const one of sent.views[other] ?? []) theirs.add(one)
            })
          }
      })
    }
    layer = following
  }

  /** The same without the products: from each state of the whole, every send and every arrival. */
  const visit = (): number => {
    const found = new Set<string>()
    const waiting: { readonly all: View; readonly at: ReadonlyArray<View> }[] = []
    const reach = (all: View, at: ReadonlyArray<View>): void => {
      const key = [all, ...at].map((view) => view.key).join('|')
      if (!found.has(key)) waiting.push({ all, at })
      found.add(key)
    }
    reach(start, actors.map(() => start))
    for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
      const { all, at } = state
      at.forEach((view, actor) => {
        const put = (one: View): ReadonlyArray<View> => at.map((other, index) => (index === actor ? one : other))
        for (const number of all.held) if (!view.held.includes(number) && messages[number]?.from !== actors[actor]) reach(all, put(add(view, number)))
        if (all.held.length < given.length + sends) for (const number of choices(actor, view)) if (!all.held.includes(number)) reach(add(all, number), put(add(view, number)))
      })
    }
    return found.size
  }
  return { sets, views: views.size, arrivals, states, visited: setting.visit === true ? visit() : 0, faults }
}
