/**
 * The model of `src/verify/model.ts` a second time, as the plainest program that can be: a state is a value, its key is its
 * text, and all states are visited breadth first with a map. What a step does is asked of the protocol by `transition`, `local`
 * and `dues`; nothing else is shared with the explorer but the model itself and the table of forms.
 *
 * What one participant can tell another is a *letter*. Two letters of the same types are the same where there is no participant,
 * of whatever roles in whatever state, to whom they do different things; this is tried out, not read off the rows.
 */
import { isRight } from 'fp-ts/Either'
import { type LocalEvent, localEvents } from '../../src/protocol/log.js'
import { type Message, type MessageType, messageTypes } from '../../src/protocol/message.js'
import { caseMachine, caseStateNamed, type Participant, type Role, shapeOf, start } from '../../src/protocol/participant.js'
import { em, rm } from '../../src/index.js'
import { dues } from '../../src/protocol/reply.js'
import type { Context } from '../../src/protocol/rules.js'
import type { Outcome, Protocol } from '../../src/protocol/transition.js'
import { type Form, forms, localTopics, topics } from '../../src/verify/alphabet.js'
import type { Model } from '../../src/verify/model.js'
import type { LocalStep, View } from '../../src/verify/property.js'

/** What is in a channel: types, what decides besides, and what it acknowledges (`of`) or whose terms it is about. */
export interface Letter {
  readonly types: ReadonlyArray<MessageType>
  readonly context: Partial<Context>
  readonly of: MessageType | ''
  readonly terms: number
}

/** Something owed: an answer to one participant, or an announcement to everybody (`to` −1). */
export interface Debt {
  readonly type: MessageType
  readonly to: number
  readonly of: MessageType | ''
}

/** A participant. Debts and what it waits for are sorted lists of texts, so that equal bodies have equal texts. */
export interface Body extends Pick<Participant, 'rm' | 'em' | 'cs'> {
  readonly owes: ReadonlyArray<string>
  /** A type and who has not acknowledged it. */
  readonly awaits: ReadonlyArray<string>
  readonly open: number
  readonly force: number
}

/** A global state: bodies, channels by sender and recipient with their letters by number, and what was used of the budgets. */
export interface World {
  readonly bodies: ReadonlyArray<Body>
  readonly channels: ReadonlyArray<ReadonlyArray<ReadonlyArray<number>>>
  readonly steps: number
  readonly repeats: number
}

/** A step out of a state. */
export interface Step {
  readonly kind: 'delivery' | 'payment' | 'send' | 'local'
  /** Who takes it, or gets what is delivered; and who sent that. */
  readonly by: number
  readonly from: number
  readonly name: string
  readonly lost: boolean
  /** It decides about a proposal that was open. */
  readonly decides: boolean
  /** For a payment, which debt it pays. */
  readonly debt: string
  /** As step properties see it; absent where a letter is lost. */
  readonly local: (() => LocalStep) | undefined
  readonly next: World
}

/** What can be done in a state, and what cannot. */
export interface Outlook {
  readonly steps: ReadonlyArray<Step>
  /** Somebody who would send finds a channel full. */
  readonly blocked: boolean
  /** There would be a step if budgets and script did not count. */
  readonly alive: boolean
  readonly rest: boolean
  /** Who can pay which debt, whether or not there is room. */
  readonly payable: ReadonlyArray<string>
}

const acknowledgements: ReadonlyArray<string> = ['RK', 'EK', 'CK', 'GK', 'GI']
const decisions: ReadonlyArray<string> = ['EA', 'ER', 'EC', 'EJ', 'ET']

const acknowledges = (type: MessageType): ReadonlyArray<string> => {
  const kind = messageTypes[type]
  return 'acknowledges' in kind ? kind.acknowledges : []
}

const sorted = (texts: ReadonlyArray<string>): ReadonlyArray<string> => [...new Set(texts)].sort()
const ascending = (numbers: ReadonlyArray<number>): ReadonlyArray<number> => [...numbers].sort((a, b) => a - b)
const debtText = ({ of, to, type }: Debt): string => `${type} ${to} ${of}`
const debtOf = (text: string): Debt => {
  const [type = '', to = '', of = ''] = text.split(' ')
  return { type: type as MessageType, to: Number(to), of: of as MessageType }
}
const replaced = <A>(all: ReadonlyArray<A>, place: number, value: A): ReadonlyArray<A> => all.map((one, other) => (other === place ? value : one))

const messageOf = (from: string, to: ReadonlyArray<string>, types: ReadonlyArray<MessageType>, context: Partial<Context>): Message => ({
  id: 'm', case: 'c', at: '2026-01-01', from, to, types,
  ...(context.reply === true ? { inReplyTo: 'before' } : {}),
  ...(context.subject === 'other' ? { subject: 'somebody else' } : {}),
  ...(context.existing === true || context.answers === true
    ? { embargo: { id: 'e', ...(context.existing === true ? { existing: true } : {}), ...(context.answers === true ? { answers: 'proposal' } : {}) } }
    : {}),
})

const shapes: ReadonlyArray<ReadonlyArray<Role>> = [['vendor'], ['vendor', 'deployer'], ['deployer'], ['observer']]
const everybody: ReadonlyArray<Participant> = shapes.flatMap((roles) =>
  rm.states.flatMap((one) => em.states.flatMap((two) => caseMachine[shapeOf(roles)].states.map((cs): Participant => ({ id: 'r', roles, rm: one, em: two, cs })))))

/** Contexts that messages of the model can have; of those that nobody tells apart, the first stands for all. */
const contexts: ReadonlyArray<Partial<Context>> = [{}, { reply: true }, { answers: true }, { existing: true }, { subject: 'other' }]
const known = new WeakMap<Protocol, Map<string, Partial<Context>>>()
const contextFor = (protocol: Protocol, types: ReadonlyArray<MessageType>, context: Partial<Context>): Partial<Context> => {
  const table = known.get(protocol) ?? new Map<string, Partial<Context>>()
  known.set(protocol, table)
  const key = `${types.join()} ${JSON.stringify(context)}`
  const before = table.get(key)
  if (before !== undefined) return before
  const { consequences, forced, received } = protocol.rules
  const guards = [...received, ...consequences, ...forced].map(({ when }) => when)
  const does = (one: Partial<Context>, receiver: Participant): string => {
    const result = protocol.transition(receiver, messageOf('s', ['r'], types, one))
    return isRight(result) ? JSON.stringify([result.right.state, result.right.fired, result.right.replies]) : ''
  }
  const alike = (one: Partial<Context>): boolean =>
    // No guard at all asks for what the two differ in; or else everybody is asked.
    (['reply', 'answers', 'existing', 'subject'] as const).every((field) => one[field] === context[field] || guards.every((guard) => guard?.[field] === undefined)) ||
    everybody.every((receiver) => does(one, receiver) === does(context, receiver))
  const found = contexts.find(alike) ?? context
  table.set(key, found)
  return found
}

/** A model as a program. */
export interface Naive {
  readonly initial: World
  readonly outlook: (world: World) => Outlook
  readonly views: (world: World) => ReadonlyArray<View>
  /** The number of a letter. */
  readonly letter: (letter: Letter) => number
}

/** The condition of fairness that a payment meets. */
const paying = ({ by, debt }: Pick<Step, 'by' | 'debt'>): string => `payment ${by} ${debt}`

/** A model as a program. Where letters need not be told apart `exactly`, any two of different contexts are different, which takes more states but loses none. */
export const naive = (model: Model, exactly = true): Naive => {
  const { channel, protocol, script } = model
  const awaited: ReadonlyArray<MessageType> = model.awaits ?? []
  const places = model.participants.map((_, place) => place)
  const names = places.map((place) => `p${place}`)
  const rolesOf = places.map((place) => model.participants[place]?.roles ?? [])
  const about = model.about ?? topics
  const everyoneBut = (place: number): ReadonlyArray<number> => places.filter((other) => other !== place)

  const scripted = script?.map(({ does }) => does)
  const sends: ReadonlyArray<Form> = forms.filter(({ extra, name, topic }) => (scripted ?? model.sends)?.includes(name) ?? (extra !== true && about.includes(topic)))
  const { local: silent } = model
  const locals: ReadonlyArray<LocalEvent> = localEvents.filter((event) =>
    scripted !== undefined ? scripted.includes(event) : typeof silent === 'object' ? silent.includes(event) : silent === true && about.includes(localTopics[event]))

  const letters: Letter[] = []
  const letterNumbers = new Map<string, number>()
  const letterNumber = ({ context, of, terms, types }: Letter): number => {
    const letter = { types, context: exactly ? contextFor(protocol, types, context) : context, of, terms }
    const text = JSON.stringify(letter)
    const before = letterNumbers.get(text)
    if (before !== undefined) return before
    letterNumbers.set(text, letters.length)
    return letters.push(letter) - 1
  }

  const participant = (place: number, body: Body): Participant => ({ id: names[place] ?? '', roles: rolesOf[place] ?? [], rm: body.rm, em: body.em, cs: body.cs })
  const message = (from: number, to: ReadonlyArray<number>, types: ReadonlyArray<MessageType>, context: Partial<Context>): Message =>
    messageOf(names[from] ?? '', to.map((place) => names[place] ?? ''), types, context)

  const bodyAtFirst = (place: number): Body => {
    const own = start('', rolesOf[place] ?? [])
    const { cs, em: embargo, rm: report } = model.participants[place]?.start
      ?? (about.includes('rm') ? own : { ...own, rm: 'Accepted' as const, cs: caseStateNamed(own.cs.startsWith('v') ? `V${own.cs.slice(1)}` : own.cs) ?? own.cs })
    return { rm: report, em: embargo, cs, owes: [], awaits: [], open: -1, force: -1 }
  }
  const initial: World = { bodies: places.map(bodyAtFirst), channels: places.map(() => places.map(() => [])), steps: 0, repeats: 0 }

  /**
   * The body after a step. `from` is whose message it was, undefined for a step of its own; `proposer` whose proposal or
   * acceptance it is about; where nobody says so, what is accepted is what was open. Answers to nobody's message are told to everybody.
   */
  const bodyAfter = (before: Body, outcome: Outcome, types: ReadonlyArray<MessageType>, from: number | undefined, proposer: number): Body => {
    const { cs, em: embargo, rm: report } = outcome.state
    const debts = dues(outcome)
      .filter(({ required, type }) => required && (model.acknowledgements !== false || !acknowledgements.includes(type)))
      .flatMap(({ to, type }): string[] => {
        const target = to === 'everyone' || from === undefined ? -1 : from
        const of = awaited.filter((one) => types.includes(one) && acknowledges(type).includes(one))
        return of.length === 0 ? [debtText({ type, to: target, of: '' })] : of.map((one) => debtText({ type, to: target, of: one }))
      })
    const pending = embargo === 'Proposed' || embargo === 'Revise'
    const inForce = embargo === 'Active' || embargo === 'Revise'
    const agreed = outcome.fired.some(({ event, machine }) => machine === 'em' && event === 'accept')
    const named = (types.includes('EA') || types.includes('EC')) && proposer >= 0
    const proposed = types.includes('EP') || types.includes('EV')
    return {
      rm: report, em: embargo, cs, owes: sorted([...before.owes, ...debts]), awaits: before.awaits,
      open: model.terms !== true || !pending ? -1 : proposed ? proposer : before.open,
      force: model.terms !== true || !inForce ? -1 : !agreed ? before.force : named ? proposer : before.open,
    }
  }

  const unsendable = (place: number, body: Body): ReadonlyArray<MessageType> =>
    body.owes.map((text) => debtOf(text).type).filter((type) => !isRight(protocol.transition(participant(place, body), message(place, everyoneBut(place), [type], { reply: true }))))
  const seen = (place: number, before: Body, after: Body, outcome: Outcome | undefined, more: Pick<LocalStep, 'way' | 'types' | 'context' | 'owed' | 'event'>): (() => LocalStep) => {
    let step: LocalStep | undefined
    return () => (step ??= {
      ...more,
      before: participant(place, before), after: participant(place, after),
      fired: outcome?.fired ?? [], replies: outcome?.replies ?? [], optional: outcome?.optional ?? [], rules: outcome?.rules ?? [],
      unsendable: unsendable(place, after), unspecified: outcome === undefined,
    })
  }

  const withChannel = (channels: World['channels'], from: number, to: number, held: ReadonlyArray<number>): World['channels'] =>
    replaced(channels, from, replaced(channels[from] ?? [], to, channel.reordering === true ? ascending(held) : held))
  const heldBy = (channels: World['channels'], from: number, to: number): ReadonlyArray<number> => channels[from]?.[to] ?? []

  /** What becomes of a body, whatever else there is in the world, is worked out once. */
  const remembered = new Map<string, unknown>()
  const once = <A>(key: string, work: () => A): A => {
    if (!remembered.has(key)) remembered.set(key, work())
    return remembered.get(key) as A
  }

  const reception = (to: number, body: Body, from: number, { context, of, terms, types }: Letter): Pick<Step, 'local'> & { readonly after: Body } => {
    const asked = protocol.transition(participant(to, body), message(from, [to], types, context))
    const outcome = isRight(asked) ? asked.right : undefined
    const told = { ...body, awaits: body.awaits.filter((one) => one !== `${of} ${from}`) }
    const after = outcome === undefined ? told : bodyAfter(told, outcome, types, from, types.includes('EP') || types.includes('EV') ? from : terms)
    return { after, local: seen(to, body, after, outcome, { way: 'received', types, context, owed: false }) }
  }

  const deliveries = ({ bodies, channels, repeats, steps }: World): ReadonlyArray<Step> =>
    places.flatMap((from) => places.flatMap((to): Step[] => {
      const held = heldBy(channels, from, to)
      const body = bodies[to]
      if (body === undefined) return []
      return (channel.reordering === true ? [...new Set(held)] : held.slice(0, 1)).flatMap((number): Step[] => {
        const letter = letters[number]
        if (letter === undefined) throw new Error('a letter that nobody sent')
        const { after, local } = once(`reception ${to} ${from} ${number} ${JSON.stringify(body)}`, () => reception(to, body, from, letter))
        const index = held.indexOf(number)
        const left = withChannel(channels, from, to, held.filter((_, other) => other !== index))
        const reached = replaced(bodies, to, after)
        const step = { kind: 'delivery' as const, by: to, from, name: letter.types.join('+'), lost: false, decides: false, debt: '', local }
        return [
          { ...step, next: { bodies: reached, channels: left, steps, repeats } },
          ...(channel.duplicating === true ? [{ ...step, next: { bodies: reached, channels, steps, repeats } }] : []),
          ...(channel.losing === true ? [{ ...step, lost: true, local: undefined, next: { bodies, channels: left, steps, repeats } }] : []),
        ]
      })
    }))

  /** A payment, send or local step, whatever the channels and budgets. */
  interface Act extends Omit<Step, 'next'> {
    readonly after: Body
    readonly to: ReadonlyArray<number>
    readonly letter: number
  }

  /** What one participant sends: what of the same types it owes to those whom it reaches is settled. */
  const sending = (place: number, body: Body, kind: 'payment' | 'send', { name, types }: Pick<Form, 'name' | 'types'>, context: Partial<Context>, to: ReadonlyArray<number>, of: MessageType | '', debt: string): ReadonlyArray<Act> => {
    const asked = protocol.transition(participant(place, body), message(place, to, types, context))
    if (!isRight(asked)) return []
    const proposer = types.includes('EP') || types.includes('EV') || kind === 'payment' ? place : body.open
    const terms = model.terms === true && (types.includes('EA') || types.includes('EC')) ? proposer : -1
    const settles = (debt: Debt): boolean => types.includes(debt.type) && debt.of === of && (debt.to < 0 ? to.length === places.length - 1 : to.includes(debt.to))
    const left: Body = {
      ...body,
      owes: body.owes.filter((text) => !settles(debtOf(text))),
      awaits: sorted([...body.awaits, ...awaited.filter((type) => types.includes(type)).flatMap((type) => to.map((other) => `${type} ${other}`))]),
    }
    const after = bodyAfter(left, asked.right, types, undefined, proposer)
    return [{
      kind, by: place, from: place, name, lost: false, debt, after, to, letter: letterNumber({ types, context, of, terms }),
      decides: kind === 'send' && (body.em === 'Proposed' || body.em === 'Revise') && types.some((type) => decisions.includes(type)),
      local: seen(place, body, after, asked.right, { way: 'sent', types, context, owed: kind === 'payment' }),
    }]
  }

  const acts = (place: number, body: Body): ReadonlyArray<Act> => [
    ...body.owes.map(debtOf).flatMap(({ of, to, type }) => sending(place, body, 'payment', { name: type, types: [type] }, { reply: true }, to < 0 ? everyoneBut(place) : [to], of, debtText({ of, to, type }))),
    ...sends.flatMap((form) => sending(place, body, 'send', form, form.context ?? {}, everyoneBut(place), '', '')),
    ...locals.flatMap((event): ReadonlyArray<Act> => {
      const asked = protocol.local(participant(place, body), event)
      if (!isRight(asked)) return []
      const after = bodyAfter(body, asked.right, [], undefined, -1)
      if (JSON.stringify(after) === JSON.stringify(body)) return []
      return [{ kind: 'local', by: place, from: place, name: event, lost: false, decides: false, debt: '', after, to: [], letter: -1, local: seen(place, body, after, asked.right, { way: 'local', types: [], context: {}, owed: false, event }) }]
    }),
  ]

  /** The step of an act in a world: whether budgets and script allow it, whether there is room, and what it leads to. */
  const stepOf = ({ bodies, channels, repeats, steps }: World, { after, letter, to, ...step }: Act): { readonly step: Step; readonly free: boolean; readonly room: boolean } => {
    const before = bodies[step.by]
    const budgeted = step.kind !== 'payment'
    const again = before?.rm === after.rm && before.em === after.em && before.cs === after.cs
    const used = budgeted && (model.steps !== undefined || script !== undefined) ? steps + 1 : steps
    const repeated = budgeted && model.repeats !== undefined && again ? repeats + 1 : repeats
    const turn = script?.[steps]
    const sent = to.reduce((all, other) => withChannel(all, step.by, other, [...heldBy(all, step.by, other), letter]), channels)
    return {
      free: !budgeted || ((script !== undefined ? turn?.by === step.by && turn.does === step.name : model.steps === undefined || used <= model.steps) && (model.repeats === undefined || repeated <= model.repeats)),
      room: to.every((other) => heldBy(channels, step.by, other).length < channel.bound),
      step: { ...step, next: { bodies: replaced(bodies, step.by, after), channels: sent, steps: used, repeats: repeated } },
    }
  }

  const outlook = (world: World): Outlook => {
    const arriving = deliveries(world)
    const own = world.bodies.flatMap((body, place) => once(`acts ${place} ${JSON.stringify(body)}`, () => acts(place, body)).map((act) => stepOf(world, act)))
    return {
      steps: [...arriving, ...own.filter(({ free, room }) => free && room).map(({ step }) => step)],
      blocked: own.some(({ free, room }) => free && !room),
      alive: arriving.length > 0 || own.some(({ room }) => room),
      rest: arriving.length === 0 && !own.some(({ step }) => step.kind === 'payment'),
      payable: own.filter(({ step }) => step.kind === 'payment').map(({ step }) => paying(step)),
    }
  }

  const views = (world: World): ReadonlyArray<View> =>
    world.bodies.map((body, place) => ({
      state: participant(place, body), owes: body.owes.map((text) => debtOf(text).type),
      awaits: awaited.filter((type) => body.awaits.some((text) => text.startsWith(`${type} `))), open: body.open, force: body.force,
    }))

  return { initial, outlook, views, letter: letterNumber }
}

/** All that was found, state by state in the order in which they were met. */
export interface Found {
  readonly program: Naive
  readonly worlds: ReadonlyArray<World>
  readonly numbers: ReadonlyMap<string, number>
  readonly distance: ReadonlyArray<number>
  readonly outlooks: ReadonlyArray<Outlook>
  readonly transitions: number
}

/** Every state of a model, breadth first; undefined where there are more than a limit. */
export const visitAll = (model: Model, limit: number, exactly = true): Found | undefined => {
  const program = naive(model, exactly)
  const worlds: World[] = [program.initial]
  const numbers = new Map([[JSON.stringify(program.initial), 0]])
  const distance = [0]
  const outlooks: Outlook[] = []
  let transitions = 0
  for (let at = 0; at < worlds.length; at++) {
    const outlook = program.outlook(worlds[at] ?? program.initial)
    outlooks.push(outlook)
    transitions += outlook.steps.length
    for (const { next } of outlook.steps) {
      const key = JSON.stringify(next)
      if (numbers.has(key)) continue
      if (worlds.length >= limit) return undefined
      numbers.set(key, worlds.push(next) - 1)
      distance.push((distance[at] ?? 0) + 1)
    }
  }
  return { program, worlds, numbers, distance, outlooks, transitions }
}

/** Where states satisfy something, the least number of steps to one. */
export const nearest = ({ distance, worlds }: Found, wanted: (world: World, at: number) => boolean): number | undefined =>
  worlds.reduce<number | undefined>((least, world, at) => (wanted(world, at) ? Math.min(least ?? Infinity, distance[at] ?? 0) : least), undefined)

/** An edge between states in which something is pending, or out of them (`to` −1), and the condition of fairness that it meets. */
interface Edge {
  readonly to: number
  readonly meets: string
}

/**
 * Whether something can stay pending for ever, in a run that ends or in one that goes round, with or without fairness. The
 * states that a run goes round in are a set that hangs together; a condition of weak fairness is kept there where it is met, or
 * where some state of the set does not raise it; one of strong fairness where it is met, or no state raises it.
 */
export const staysPending = ({ numbers, outlooks, program, worlds }: Found, pending: (views: ReadonlyArray<View>) => boolean, fair: boolean): boolean => {
  const held = worlds.flatMap((world, at) => (pending(program.views(world)) ? [at] : []))
  const among = new Set(held)
  const edges = new Map<number, ReadonlyArray<Edge>>(held.map((at) => [at, (outlooks[at]?.steps ?? []).filter(({ lost }) => !fair || !lost).map((step): Edge => {
    const to = numbers.get(JSON.stringify(step.next)) ?? -1
    const meets = step.kind === 'delivery' ? `delivery ${step.from} ${step.by}` : step.kind === 'payment' ? paying(step) : step.decides ? `strong ${step.by}` : ''
    return { to: among.has(to) ? to : -1, meets }
  })]))
  const edgesOf = (at: number): ReadonlyArray<Edge> => edges.get(at) ?? []
  /** What a state raises: what can be done in it, and what is owed, which may wait for room but not for ever. */
  const raised = new Map(held.map((at) => [at, new Set([...edgesOf(at).map(({ meets }) => meets), ...(outlooks[at]?.payable ?? [])])]))
  const raises = (at: number, condition: string): boolean => raised.get(at)?.has(condition) === true
  if (held.some((at) => edgesOf(at).length === 0)) return true

  const reach = (from: number, inside: ReadonlySet<number>): ReadonlySet<number> => {
    const seen = new Set<number>()
    const queue = [from]
    for (const at of queue) for (const { to } of edgesOf(at)) {
      if (!inside.has(to) || seen.has(to)) continue
      seen.add(to)
      queue.push(to)
    }
    return seen
  }
  /** The parts that hang together: a state is in one where it can get back to itself. */
  const parts = (inside: ReadonlySet<number>): ReadonlyArray<ReadonlySet<number>> => {
    const reached = new Map([...inside].map((at) => [at, reach(at, inside)]))
    const left = new Set([...inside].filter((at) => reached.get(at)?.has(at) === true))
    return [...left].flatMap((at) => {
      if (!left.has(at)) return []
      const part = new Set([...left].filter((other) => reached.get(at)?.has(other) === true && reached.get(other)?.has(at) === true))
      part.forEach((one) => left.delete(one))
      return [part]
    })
  }
  const unmet = (part: ReadonlySet<number>): ReadonlyArray<string> => {
    const met = new Set([...part].flatMap(edgesOf).filter(({ to }) => part.has(to)).map(({ meets }) => meets))
    return [...new Set([...part].flatMap((at) => [...(raised.get(at) ?? [])]))].filter((one) => one !== '' && !met.has(one) && (one.startsWith('strong') || [...part].every((at) => raises(at, one))))
  }
  const subsets = (all: ReadonlyArray<number>): ReadonlyArray<ReadonlySet<number>> =>
    Array.from({ length: 2 ** all.length - 1 }, (_, bits) => new Set(all.filter((_one, place) => ((bits + 1) & (1 << place)) !== 0)))
  const goesRound = (inside: ReadonlySet<number>): boolean => parts(inside).some((part) => {
    if (!fair) return true
    // Every set of states there is, where they are few.
    if (part.size <= 10) return subsets([...part]).some((set) => [...set].every((at) => [...set].every((other) => reach(at, set).has(other))) && unmet(set).length === 0)
    const failing = unmet(part)
    if (failing.length === 0) return true
    if (failing.some((one) => !one.startsWith('strong'))) return false
    return goesRound(new Set([...part].filter((at) => !failing.some((one) => raises(at, one)))))
  })
  return goesRound(among)
}
