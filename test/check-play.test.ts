/**
 * The checker on random plays. A play is a log of a whole case in which everybody keeps the protocol: each sends only what
 * the protocol permits and does not advise against, to all who are engaged, and answers what is due before anything else
 * happens. Its network is its own, so a finding is either a mistake of the checker or one of the play.
 *
 * From a play, others are made of which is known what a checker may and may not say: with the world opened, seen by one
 * participant, with other names, with every entry twice, cut short, and with one step that is not permitted there.
 */
import fc from 'fast-check'
import { isLeft } from 'fp-ts/Either'
import {
  adopted, bundleRank, type CaseLog, type EmbargoTerms, type LocalEvent, type LogEntry, type LogHeader, type Message, type MessageType, messageTypeList, type Outcome,
  type Participant, protocols, reply, reshape, type Role, shapeOf, start,
} from 'mpcvd'
import { decodeLog, encodeLog } from 'mpcvd/codec'
import { type Breach, check, checkText, describeBreach } from 'mpcvd/conformance'
import { describe, expect, test } from 'vitest'
import { entriesOf, type HeaderFacts, headerOf } from './spec/requirement-logs-form.js'

interface Choice {
  readonly act: number
  readonly who: number
  readonly what: number
  readonly hours: number
}

interface Plan {
  readonly cast: ReadonlyArray<readonly [id: string, roles: ReadonlyArray<Role>]>
  readonly choices: ReadonlyArray<Choice>
}

/** A play, and the states that its own network ended with; `next` sends one more message in it. */
interface Play {
  readonly log: CaseLog
  readonly states: ReadonlyMap<string, Participant>
}

const number = fc.nat(10_000)
const others: ReadonlyArray<readonly [string, ReadonlyArray<Role>]> = [
  ['v', ['vendor']], ['w', ['vendor', 'deployer']], ['c', ['coordinator']], ['d', ['deployer']], ['o', ['observer']], ['x', ['vendor', 'coordinator']],
]
const plans: fc.Arbitrary<Plan> = fc.record({
  cast: fc.shuffledSubarray([...others], { minLength: 1, maxLength: 4 }),
  choices: fc.array(fc.record({ act: number, who: number, what: number, hours: fc.nat(20) }), { minLength: 1, maxLength: 40, size: 'max' }),
})

const HOUR = 3_600_000
const inForce = (state: Participant): boolean => state.em === 'Active' || state.em === 'Revise'
const engaged = (state: Participant): boolean => state.rm !== 'Start' && state.rm !== 'Closed'
const ordered = (types: ReadonlyArray<MessageType>): ReadonlyArray<MessageType> => [...types].sort((a, b) => bundleRank[a] - bundleRank[b])

/** Embargo messages have their scenes, in which they are answered at once. */
const staged: ReadonlyArray<MessageType> = ['EP', 'EA', 'ER', 'EV', 'EC', 'EJ', 'ET', 'RS']
/** Answers that nothing calls for, and inquiries, which are made where there is something to ask. */
const idle: ReadonlyArray<MessageType> = ['RK', 'EK', 'CK', 'GK', 'RE', 'EE', 'CE', 'GE']

/** Plays a plan. The first of the cast is the reporter; whoever is in the second half of the others joins later. */
const perform = ({ cast, choices }: Plan): Play => {
  const entries: LogEntry[] = []
  const states = new Map<string, Participant>()
  const away = new Set<string>()
  const later = cast.slice(Math.ceil(cast.length / 2))
  const first: ReadonlyArray<readonly [string, ReadonlyArray<Role>]> = [['r', ['finder', 'reporter']], ...cast.filter((one) => !later.includes(one))]
  for (const [id, roles] of first) states.set(id, start(id, roles))
  let clock = Date.UTC(2026, 0, 5)
  let terms: { readonly id: string; readonly end: number; readonly began: number } | undefined
  let proposed = false
  const at = (): string => new Date(clock).toISOString()
  const stateOf = (id: string): Participant => states.get(id) ?? expect.fail(`nobody is ${id}`)
  const present = (): ReadonlyArray<string> => [...states.keys()].filter((id) => !away.has(id))
  const atWork = (): ReadonlyArray<string> => present().filter((id) => engaged(stateOf(id)))
  const pick = <A>(all: ReadonlyArray<A>, by: number): A | undefined => all[by % Math.max(all.length, 1)]
  const pxa = (id: string): boolean => stateOf(id).cs.endsWith('pxa')

  const settle = (id: string, outcome: Outcome, occasion: Parameters<typeof reply>[1], due: Message[]): void => {
    for (const message of reply(outcome, occasion, { id: `${occasion.id}/${id}`, at: at(), engaged: atWork() }))
      due.push(message.types.some((type) => type === 'RD' || type === 'RC') ? { ...message, note: 'we keep to the embargo' } : message)
  }
  /** Sends a message, and everything that is due for it, and for that. `consents` is agreement to what another's answer has put into force. */
  const send = (message: Message, consents = false): void => {
    const due: Message[] = [message]
    for (let one = due.shift(); one !== undefined; one = due.shift()) {
      entries.push({ message: one })
      const result = adopted.transition(stateOf(one.from), one)
      if (isLeft(result)) {
        if (!consents || one !== message) expect.fail(`${one.from} may not send ${one.types.join('+')}: ${JSON.stringify(result.left)}`)
      } else {
        states.set(one.from, result.right.state)
        settle(one.from, result.right, one, due)
      }
      for (const to of one.to) {
        const received = adopted.transition(stateOf(to), one)
        if (isLeft(received)) expect.fail(`${to} cannot receive ${one.types.join('+')}`)
        states.set(to, received.right.state)
        settle(to, received.right, one, due)
      }
    }
    clock += HOUR
  }
  const say = (from: string, types: ReadonlyArray<MessageType>, more: Partial<Message> = {}, besides: ReadonlyArray<string> = []): string | undefined => {
    const to = [...new Set([...besides, ...atWork()])].filter((one) => one !== from)
    const id = `m${entries.length}`
    if (to.length === 0) return undefined
    send({ id, case: 'c1', from, to, types: ordered(types), at: at(), ...more }, types.includes('EA') || types.includes('EC'))
    return id
  }
  const may = (id: string, type: MessageType, context?: 'existing'): boolean =>
    adopted.permitted(stateOf(id)).some((one) => one.types.length === 1 && one.types[0] === type && one.context?.subject === undefined && (one.context?.existing === true) === (context === 'existing') && one.notes.length === 0)
  const isReporter = (id: string): boolean => stateOf(id).roles.includes('reporter')

  /** Somebody proposes, and everybody else is heard before anything else happens. */
  const negotiate = (by: string, revises: boolean, choice: Choice, retried = false): void => {
    const [proposal, yes, no] = revises ? ['EV', 'EC', 'EJ'] as const : ['EP', 'EA', 'ER'] as const
    if (!may(by, proposal) || atWork().some((id) => stateOf(id).em !== stateOf(by).em)) return
    const id = `e${entries.length}`
    const end = clock + (10 + (choice.what % 50)) * 24 * HOUR
    const offer: EmbargoTerms = { id, end: new Date(end).toISOString(), ...(choice.what % 3 === 0 ? { respondBy: new Date(clock + 100 * HOUR).toISOString() } : {}) }
    if (say(by, [proposal], { embargo: offer }) === undefined) return
    proposed = true
    const asked = atWork().filter((one) => one !== by)
    const refuser = asked.find((one) => !may(one, yes)) ?? (choice.what % 5 === 0 && !retried && !revises ? asked.find((one) => !isReporter(by) && one !== by) : undefined)
    if (refuser !== undefined) {
      say(refuser, [no], { embargo: { id, answers: id } })
      if (!retried && !revises) negotiate(by, revises, choice, true)
      return
    }
    const [accepts, ...rest] = choice.who % 2 === 0 ? asked : [...asked].reverse()
    if (accepts === undefined) return
    say(accepts, [yes], { embargo: { id, answers: id } })
    terms = { id, end, began: terms?.began ?? clock }
    if (choice.act % 2 === 0) for (const one of rest) say(one, [yes], { embargo: { id, answers: id } })
  }
  /** Brings the report to somebody who does not have it; under an embargo it agrees first. */
  const bring = (by: string, to: string, choice: Choice): void => {
    const { cs, em, rm } = stateOf(by)
    if (rm !== 'Accepted' || stateOf(to).rm !== 'Start' || (em === 'Exited' && pxa(by)) || em === 'Proposed' || em === 'Revise') return
    if (em === 'Active') {
      if (terms === undefined || !may(by, 'EP', 'existing')) return
      say(by, ['EP'], { embargo: { id: terms.id, existing: true, end: new Date(terms.end).toISOString() } }, [to])
      say(to, ['EA'], { embargo: { id: terms.id, answers: terms.id } }, [to])
    }
    const known = (['X', 'P', 'A'] as const).filter((letter) => cs.slice(-3).includes(letter)).map((letter) => `C${letter}` as const)
    say(by, ['RS', ...known], known.length === 0 ? {} : { cause: 'observed' }, [to])
    if (!proposed && pxa(by)) negotiate(choice.what % 2 === 0 && may(to, 'EP') ? to : by, false, choice)
  }
  const terminate = (by: string, reason: string): void => {
    if (inForce(stateOf(by))) say(by, ['ET'], { embargo: { id: terms?.id ?? 'e', reason } })
  }
  const step = (by: string, event: LocalEvent): void => {
    const result = adopted.local(stateOf(by), event)
    if (isLeft(result)) return
    const before = stateOf(by)
    const id = `l${entries.length}`
    entries.push({ local: { id, by, event, at: at() } })
    states.set(by, result.right.state)
    const due: Message[] = []
    settle(by, result.right, { id, case: 'c1' }, due)
    for (const message of due) send(message)
    if (stateOf(by).cs.startsWith('VFD') && !before.cs.startsWith('VFD')) terminate(by, 'fix-deployed')
  }
  const mayStep = (by: string): ReadonlyArray<LocalEvent> =>
    adopted.permittedLocal(stateOf(by)).filter((event) => event !== 'expire' && event !== 'discover' && !(event === 'close' && inForce(stateOf(by))))

  const take = (choice: Choice): void => {
    clock += choice.hours * HOUR
    const working = atWork()
    const by = pick(working, choice.who)
    if (by === undefined) return
    const outside = present().filter((id) => stateOf(id).rm === 'Start')
    switch (choice.act % 12) {
      case 0: {
        const to = pick(outside, choice.what)
        if (to !== undefined) bring(by, to, choice)
        return
      }
      case 1: {
        const newcomer = later.find(([id]) => !states.has(id))
        if (newcomer === undefined || stateOf(by).rm !== 'Accepted' || stateOf(by).em === 'Revise' || (stateOf(by).em === 'Exited' && pxa(by))) return
        // With a fix ready, the advice against new embargoes is also against offering the one in force.
        if (inForce(stateOf(by)) && !may(by, 'EP', 'existing')) return
        const [id, roles] = newcomer
        entries.push({ membership: { id: `k${entries.length}`, by, participant: id, change: 'joins', roles, at: at() } })
        states.set(id, start(id, roles))
        bring(by, id, choice)
        return
      }
      case 2:
        negotiate(by, inForce(stateOf(by)), choice)
        return
      case 3:
        if (choice.what % 8 === 0) terminate(by, 'other')
        return
      case 4: {
        const event = pick(mayStep(by).filter((one) => choice.what % 8 === 0 || !['learn P', 'learn X', 'learn A', 'close'].includes(one)), choice.what)
        if (event !== undefined) step(by, event)
        return
      }
      case 5: {
        if (terms === undefined || !inForce(stateOf(by)) || choice.what % 3 !== 0) return
        if (present().some((id) => ['Received', 'Valid'].includes(stateOf(id).rm))) return
        clock = Math.max(clock, terms.end)
        step(by, 'expire')
        return
      }
      case 6: {
        const letters = (['P', 'X', 'A'] as const)[choice.what % 30]
        if (letters === undefined) return
        entries.push({ observation: { event: letters, at: at(), source: 'a newspaper' } })
        for (const id of present()) {
          const result = adopted.observe(stateOf(id), letters)
          if (!isLeft(result)) states.set(id, result.right.state)
        }
        return
      }
      case 7: {
        if (choice.what % 5 !== 0 || working.length < 3) return
        if (inForce(stateOf(by))) say(by, ['GI'], { note: 'I keep to the embargo' })
        entries.push({ membership: { id: `k${entries.length}`, by, participant: by, change: 'leaves', at: at() } })
        away.add(by)
        return
      }
      case 8: {
        const { roles } = stateOf(by)
        const role = pick(['vendor', 'deployer', 'coordinator', 'observer'] as const, choice.what)
        if (role === undefined || roles.includes(role) || choice.who % 3 !== 0 || isReporter(by)) return
        const wider = [...roles, role]
        const state = { ...stateOf(by), roles: wider, cs: reshape(stateOf(by).cs, shapeOf(wider)) }
        entries.push({ membership: { id: `k${entries.length}`, by, participant: by, change: 'roles', roles: wider, at: at() } })
        const result = state.cs.includes('P') ? adopted.observe(state, 'P') : undefined
        states.set(by, result !== undefined && !isLeft(result) ? result.right.state : state)
        return
      }
      default: {
        const options = adopted.permitted(stateOf(by)).filter(({ context, notes, types }) =>
          context === undefined && notes.length === 0 && !types.some((type) => staged.includes(type) || idle.includes(type)) && (choice.what % 6 === 0 || !types.some((type) => ['CP', 'CX', 'CA', 'RC'].includes(type))))
        const option = pick(options, choice.what)
        if (option === undefined) return
        const publishes = option.types.includes('CP') || option.types.includes('CX')
        const own = publishes && !present().some((id) => inForce(stateOf(id)) || stateOf(id).em === 'Proposed') && [...states.values()].some((one) => one.rm === 'Accepted')
        const before = stateOf(by)
        say(by, option.types, {
          ...(publishes ? { cause: own ? 'own' : 'observed' } : {}), ...(option.types.some((type) => ['RD', 'RC', 'GI', 'RI'].includes(type)) ? { note: 'we keep to the embargo' } : {}),
        })
        if (stateOf(by).cs.startsWith('VFD') && !before.cs.startsWith('VFD')) terminate(by, 'fix-deployed')
      }
    }
  }

  const vendor = present()[1]
  if (vendor !== undefined && choices[0] !== undefined) bring('r', vendor, choices[0])
  choices.forEach(take)
  const [alone, ...more] = atWork()
  if (alone !== undefined && more.length === 0 && stateOf(alone).rm === 'Deferred') {
    const closed = present().filter((id) => stateOf(id).rm === 'Closed')
    if (may(alone, 'RC')) say(alone, ['RC'], { note: 'nothing is left to be done' }, closed)
    else say(alone, ['RA'], {}, closed)
  }
  const header: LogHeader = { log: 1, protocol: 'adopted@1', case: 'c1', world: 'closed', participants: first.map(([id, roles]) => ({ id, roles })) }
  return { log: { header, entries }, states }
}

const plays = plans.map(perform)
const text = (found: ReadonlyArray<Breach>): ReadonlyArray<string> => found.map((one) => `${one.entry} ${one.severity} ${describeBreach(one)}`)
const told = (log: CaseLog): string => encodeLog(log)

/** A silent step that is allowed is announced by a message that is advised against: the one has no advice, the other has. */
const known = (one: Breach): boolean => one.kind === 'advised-against' && one.requirements.every((id) => id === 'ST-11')

/** Types that a message is given in place of its own, where an edit does that. */
type Edit = readonly [what: number, at: number, how: number]

const edits: fc.Arbitrary<ReadonlyArray<Edit>> = fc.array(fc.tuple(fc.nat(9), number, number), { minLength: 1, maxLength: 6 })
const pickOf = <A>(all: ReadonlyArray<A>, by: number): A => all[by % all.length] ?? expect.fail('nothing to pick')

/** A play in which something goes wrong: entries are lost, moved, changed or made up. */
const spoil = (log: CaseLog, all: ReadonlyArray<Edit>): CaseLog => {
  let entries = [...log.entries]
  const people = log.header.participants.map(({ id }) => id)
  for (const [what, where, how] of all) {
    const at = where % entries.length
    const entry = entries[at]
    if (entry === undefined) continue
    const type = pickOf(messageTypeList, how)
    const changed = (change: Partial<Message>): LogEntry => ('message' in entry ? { message: { ...entry.message, ...change } } : entry)
    const put = (...made: LogEntry[]): void => void (entries = [...entries.slice(0, at), ...made, ...entries.slice(at + 1)])
    const from = pickOf(people, how)
    const to = people.filter((id) => id !== from)
    switch (what) {
      case 0: put(); break
      case 1: put(entries[how % entries.length] ?? entry); break
      case 2: put(changed({ types: [type] })); break
      case 3: put(changed({ from, to })); break
      case 4: put(changed({ inReplyTo: `m${how % 40}` })); break
      case 5: put(changed({ at: new Date(Date.UTC(2026, how % 24, 3)).toISOString() })); break
      case 6: put(entry, { message: { id: `made-${how}`, case: 'c1', from, to, types: [type], at: '2026-01-20', ...(how % 3 === 0 ? { embargo: { id: `e${how % 20}`, answers: `e${how % 20}` } } : how % 3 === 1 ? { embargo: { id: `f${how}` } } : {}) } }); break
      case 7: put(entry, { membership: { by: from, participant: pickOf(people, where), change: pickOf(['leaves', 'excluded', 'withdraws', 'joins'] as const, how), roles: ['vendor'], at: '2026-01-20' } }); break
      case 8: put(entry, { local: { by: from, event: pickOf(['learn P', 'learn A', 'expire', 'validate', 'accept', 'defer', 'close', 'ready', 'deployed', 'aware'] as const, where), at: '2026-01-21' } }); break
      default: put(entry, { observation: { event: pickOf(['V', 'F', 'D', 'rm.close', 'em.terminate', 'em.accept'] as const, how), about: from, at: '2026-01-22', source: 'somebody' } })
    }
    if (entries.length === 0) entries = [entry]
  }
  return { ...log, entries }
}
const spoiled: fc.Arbitrary<CaseLog> = fc.tuple(plays.filter(({ log }) => log.entries.length > 0), edits).map(([{ log }, all]) => spoil(log, all))
const either = fc.oneof(spoiled, plays.map(({ log }) => log))

const keyOf = ({ entry, kind, message, participant }: Breach): string => `${entry} ${kind} ${participant ?? ''} ${message ?? ''}`

/** Another log whose ids are other ids: of participants, messages, embargoes and entries. */
const renamed = (log: CaseLog, name: (id: string) => string): CaseLog => {
  const fields = ['id', 'from', 'by', 'participant', 'inReplyTo', 'answers', 'message', 'subject', 'about', 'of', 'case', 'as', 'owner', 'manager']
  const rename = (value: unknown, field: string): unknown =>
    typeof value === 'string' ? (fields.includes(field) || field === 'to' || field === 'after' ? name(value) : value)
    : Array.isArray(value) ? value.map((one) => rename(one, field))
    : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, rename(one, key)]))
    : value
  return rename(log, '') as CaseLog
}
const reordered = <A>(value: A): A =>
  (Array.isArray(value) ? value.map(reordered) : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).reverse().map(([key, one]) => [key, reordered(one)])) : value) as A

/** What does not depend on names. */
const nameless = ({ cause, entry, kind, requirements, root, severity }: Breach): string => JSON.stringify([entry, kind, requirements, root, severity, cause])
const odd = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', ' ', '…', '\u0000', 'valueOf']

describe('a play in which everybody keeps the protocol', () => {
  test('has nothing in it that is to be told', () => {
    fc.assert(fc.property(plays, ({ log, states }) => {
      const report = check(log)
      expect(text(report.findings.filter((one) => !known(one))), told(log)).toEqual([])
      expect(report.verdict).toBe(log.entries.length === 0 ? 'empty' : 'conforming')
      for (const state of report.participants) expect(state, told(log)).toEqual(states.get(state.id))
    }), { numRuns: 200 })
  })

  test('still has nothing in it with inquiries between its entries', () => {
    fc.assert(fc.property(plays, number, ({ log }, where) => {
      const at = where % (log.entries.length + 1)
      const [one, other] = log.header.participants
      if (one === undefined || other === undefined) return
      const gone = log.entries.some((entry) => 'membership' in entry && entry.membership.change === 'leaves')
      if (gone) return
      const when = '2026-01-05'
      const asked: LogEntry[] = [
        { message: { id: 'ask', case: 'c1', from: one.id, to: [other.id], types: ['GI'], at: when } },
        { message: { id: 'told', case: 'c1', from: other.id, to: [one.id], types: ['GK'], at: when, inReplyTo: 'ask' } },
      ]
      const more = { ...log, entries: [...log.entries.slice(0, at), ...asked, ...log.entries.slice(at)] }
      expect(text(check(more).findings.filter((found) => !known(found))), told(more)).toEqual([])
    }), { numRuns: 200 })
  })

  test('still has nothing in it when it tells of every receipt', () => {
    fc.assert(fc.property(plays, ({ log }) => {
      const entries = log.entries.flatMap((entry): LogEntry[] => ('message' in entry ? [entry, ...entry.message.to.map((by) => ({ receipt: { message: entry.message.id, by } }))] : [entry]))
      expect(text(check({ ...log, entries }).findings.filter((one) => !known(one))), told({ ...log, entries })).toEqual([])
    }), { numRuns: 200 })
  })

  test('shows nothing to hold against one of them alone', () => {
    fc.assert(fc.property(plays, number, ({ log }, who) => {
      const as = pickOf(log.header.participants, who).id
      for (const world of ['open', 'closed'] as const) {
        const alone = { header: { ...log.header, world, as }, entries: log.entries }
        expect(text(check(alone).findings.filter((one) => one.severity !== 'none')), told(alone)).toEqual([])
      }
    }), { numRuns: 200 })
  })
})

describe('any log', () => {
  test('has no finding in an open world that it does not have in a closed one', () => {
    fc.assert(fc.property(either, (log) => {
      const closed = new Set(check(log).findings.map(keyOf))
      const open = { ...log, header: { ...log.header, world: 'open' } } as const
      expect(text(check(open).findings.filter((one) => !closed.has(keyOf(one)))), told(log)).toEqual([])
    }), { numRuns: 150 })
  })

  test('has findings about nobody but the participant that is asked for', () => {
    fc.assert(fc.property(either, number, (log, who) => {
      const as = pickOf(log.header.participants, who).id
      expect(text(check(log, { as }).findings.filter(({ participant, requirements }) => participant !== undefined && participant !== as && requirements.length > 0)), told(log)).toEqual([])
    }), { numRuns: 150 })
  })

  test('has the same findings with its fields in another order, and with other names', () => {
    fc.assert(fc.property(either, (log) => {
      const findings = check(log).findings
      expect(check(reordered(log)).findings).toEqual(findings)
      const names = new Map<string, string>()
      const name = (id: string): string => {
        const given = names.get(id) ?? (odd[names.size] ?? `${id}${names.size}`)
        names.set(id, given)
        return given
      }
      const other = check(renamed(log, name)).findings
      expect(other.map(nameless), told(log)).toEqual(findings.map(nameless))
      expect(other.map(({ message, participant }) => [message, participant])).toEqual(findings.map(({ message, participant }) => [message === undefined ? undefined : name(message), participant === undefined ? undefined : name(participant)]))
    }), { numRuns: 150 })
  })

  test('has the same findings when every message is there twice', () => {
    fc.assert(fc.property(either, (log) => {
      const places: number[] = []
      const entries = log.entries.flatMap((entry): LogEntry[] => {
        const twice: LogEntry[] = 'message' in entry ? [entry, entry] : [entry]
        places.push(...twice.map((_, index) => (index === 0 ? places.length : -1)))
        return twice
      })
      const at = places.flatMap((place, index) => (place >= 0 ? [index] : []))
      const { findings } = check(log)
      // Where one id has two contents, twice the second is twice the fault.
      fc.pre(findings.every(({ kind }) => kind !== 'conflicting-id'))
      const found = check({ ...log, entries }).findings
      expect(found.map(nameless).sort(), told(log)).toEqual(findings.map((one) => nameless({ ...one, entry: at[one.entry] ?? -1 })).sort())
    }), { numRuns: 150 })
  })

  test('has no error in its beginning that it does not have itself, but for what was still to come', () => {
    fc.assert(fc.property(either, number, (log, where) => {
      const whole = new Set(check(log).findings.map(keyOf))
      const part = { ...log, entries: log.entries.slice(0, where % (log.entries.length + 1)) }
      expect(text(check(part).findings.filter((one) => one.severity === 'error' && one.tolerable === undefined && !whole.has(keyOf(one)))), told(part)).toEqual([])
    }), { numRuns: 150 })
  })

  test('has a root for each finding that is derived, and it stands before it', () => {
    fc.assert(fc.property(either, (log) => {
      const { findings } = check(log)
      findings.forEach((one, index) => {
        if (one.root) expect(one.cause).toBeUndefined()
        else expect(one.cause !== undefined && one.cause < index && findings[one.cause]?.root, `${text([one]).join()}\n${told(log)}`).toBe(true)
      })
    }), { numRuns: 150 })
  })

  test('that is read from any text is checked', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), spoiled.map(encodeLog), fc.tuple(spoiled, number, fc.string()).map(([log, at, more]) => {
      const encoded = encodeLog(log)
      const place = (at * 97) % encoded.length
      return encoded.slice(0, place) + more + encoded.slice(place + more.length)
    })), (encoded) => {
      const reports = checkText(encoded)
      expect(reports.length).toBeGreaterThan(0)
      const decoded = decodeLog(encoded)
      if (!isLeft(decoded)) for (const edition of ['adopted@1', 'published@1'] as const) check(decoded.right.log, { protocol: edition })
      for (const report of reports) for (const one of report.findings) expect(describeBreach(one)).not.toBe('')
    }), { numRuns: 150 })
  })
})

describe('a play with one step that is not allowed there', () => {
  test('has a root, and the first error is one', () => {
    fc.assert(fc.property(plays, number, number, ({ log }, where, what) => {
      const places = log.entries.flatMap((entry, place) => ('message' in entry && entry.message.inReplyTo === undefined ? [place] : []))
      if (places.length === 0) return
      const place = pickOf(places, where)
      const entry = log.entries[place]
      if (entry === undefined || !('message' in entry)) return
      const { message } = entry
      const state = check({ ...log, entries: log.entries.slice(0, place) }).participants.find(({ id }) => id === message.from)
      if (state === undefined) return
      const wrong = messageTypeList.filter((type) => isLeft(protocols['adopted@1'].transition(state, { ...message, types: [type] })) && type !== 'EA' && type !== 'EC')
      if (wrong.length === 0) return
      const spoilt = { ...log, entries: log.entries.map((one, at) => (at === place ? { message: { ...message, types: [pickOf(wrong, what)] } } : one)) }
      const { findings } = check(spoilt)
      const first = findings.find(({ severity }) => severity === 'error')
      expect(first?.root, `${place} ${text(findings).join('\n')}\n${told(spoilt)}`).toBe(true)
      expect(findings.some((one) => one.root && one.kind === 'refused' && one.entry === place && one.participant === message.from), `${place} ${text(findings).join('\n')}\n${told(spoilt)}`).toBe(true)
    }), { numRuns: 150 })
  })
})

const e1 = '[e1 end=2026-03-30T00:00:00Z]'
const agreed = `m1 r>v RS+EP ${e1} @2026-01-05
  m2 v>r RV+RA+RK+EA+EK+CV <m1 [e1 answers=e1] @2026-01-06
  m3 r>v RK+EK+CK <m2`
const inherited: HeaderFacts = { inherits: { from: ['c0'], embargo: { id: 'e1', end: '2026-03-30T00:00:00Z' }, signed: ['r', 'v', 'w'] } }

/** Logs that look bad and are not: why each is none, who is in it, and what happens. A line `! m1 v` is the receipt of m1 by v. */
const innocent: ReadonlyArray<readonly [why: string, cast: string, log: string, header?: HeaderFacts]> = [
  ['who defers says afterwards that it keeps to the embargo', 'r v', `${agreed}
    m4 v>r RD @2026-01-20
    m5 r>v RK <m4
    m6 v>r GI note="we keep to it" @2026-01-21
    m7 r>v GK <m6`],
  ['a report may stay deferred while others work on it', 'r v', `${agreed}
    m4 v>r RD+GI note="we keep to it" @2026-01-10
    m5 r>v RK+GK <m4
    m6 r>v GI @2026-03-20
    m7 v>r GK <m6`],
  ['terms without an end must be refused, also a Reporter’s', 'r v', `
    m1 v>r EP ${e1}
    m2 r>v ER+EK <m1 [e1 answers=e1]
    m3 v>r EK <m2
    m4 v>r EP [e2 end=2026-02-20T00:00:00Z]
    m5 r>v EA+EK <m4 [e2 answers=e2]
    m6 v>r EK <m5`],
  ['an early end that is still to come is a revision, however near it is', 'r v', `${agreed}
    m4 r>v EV [e2 end=2026-02-01T12:00:00Z reason=leak] @2026-02-01T00:00:00Z
    m5 v>r EC+EK <m4 [e2 answers=e2]
    m6 r>v EK <m5
    l1 v: expire @2026-02-01T12:00:00Z
    m7 v>r ET <l1
    m8 r>v EK <m7`],
  ['what leaks within hours leaves no time to propose an embargo', 'r v', `
    m1 r>v RS @2026-01-05T08:00:00Z
    m2 v>r RK+CV <m1 @2026-01-05T09:00:00Z
    m3 r>v CK <m2
    l1 r: learn P @2026-01-05T10:00:00Z
    m4 r>v CP <l1
    m5 v>r CK <m4
    m6 v>r RV+RA @2026-01-06
    m7 r>v RK <m6
    m8 r>v GI @2026-03-05
    m9 v>r GK <m8`],
  ['after a refusal something leaks: there is nothing left to propose', 'r v', `
    m1 r>v RS
    m2 v>r RK+EP+CV <m1 ${e1}
    m3 r>v EK+CK <m2
    m4 r>v ER [e1 answers=e1]
    m5 v>r EK <m4
    l1 v: learn P
    m6 v>r CP <l1
    m7 r>v CK <m6`],
  ['who ends an embargo names its terms as they are', 'r v', `${agreed}
    m4 v>r ET [e1 end=2026-03-30T00:00:00Z reason=fix-ready] @2026-02-01
    m5 r>v EK <m4`],
  ['an end that the log does not know may have come', 'r(A,A,pxa) v(A,A,Vfdpxa)', `
    m1 v>r ET
    m2 r>v EK <m1`],
  ['a revision of inherited terms is not as short as what is left of it', 'r(A,A,pxa) v(A,A,Vfdpxa) w(A,A,Vfdpxa)', `
    m1 v>r,w EV [e2 end=2026-03-30T20:00:00Z reason=x] @2026-03-29T12:00:00Z
    m2 r>v,w EC+EK <m1 [e2 answers=e2]
    m3 w>v,r EK <m1
    m4 v>r EK <m2
    m5 w>r EK <m2
    k1 d joins by d as deployer`, inherited],
  ['two agree at once, each before it hears of the other', 'r v(R,N,Vfdpxa) w(R,N,Vfdpxa)', `
    m1 r>v,w EP ${e1}
    ! m1 v
    ! m1 w
    m2 v>r,w EA+EK <m1 [e1 answers=e1]
    m3 w>r,v EA+EK <m1 [e1 answers=e1]
    ! m2 r
    ! m2 w
    ! m3 r
    ! m3 v
    m4 r>v,w EK <m2
    m5 r>w,v EK <m3
    m6 v>w EK <m3
    m7 w>v EK <m2`],
  ['terms that somebody refuses are agreed to before that is heard', 'r v(R,N,Vfdpxa) c(R,N,pxa)', `
    m1 v>r,c EP ${e1}
    ! m1 r
    ! m1 c
    m2 c>r,v ER+EK <m1 [e1 answers=e1]
    m3 r>v,c EA+EK <m1 [e1 answers=e1]`],
  ['who has withdrawn is asked back, and agrees again', 'r(A,A,pxa) v(A,A,Vfdpxa) w(A,A,Vfdpxa)', `
    m1 w>r,v GI note="we withdraw"
    m2 r>w GK <m1
    m3 v>w GK <m1
    k1 w withdraws by w
    m4 r>w EP [e1 existing end=2026-03-30T00:00:00Z]
    m5 w>r EK <m4
    m6 w>r,v EA [e1 answers=e1]
    m7 r>w EK <m6
    m8 v>w EK <m6`, inherited],
  ['an outsider is asked, and told nothing', 'r v d', `${agreed}
    m4 v>d GI note="do you run it?"
    m5 d>v GK <m4
    m6 v>r CF
    m7 r>v CK <m6`, { world: 'open', as: 'v' }],
  ['it is not known who told the Vendor', 'v(R,N,Vfdpxa) c(A,N,pxa) d(A,N,dpxa)', `
    m1 c>d CV subject=v
    m2 d>c CK <m1`],
  ['the reporter has closed: there is nobody to give a chance to', 'r(C,N,pxa) c(R,N,pxa)', `
    l1 c: invalidate
    l2 c: close`],
  ['who has closed answers no proposal', 'r(A,N,pxa) v(A,N,Vfdpxa) w(A,N,Vfdpxa)', `
    m1 r>v,w EP ${e1}
    m2 v>r EK <m1
    m3 w>r EK <m1
    m4 w>r,v RC
    m5 r>w RK <m4
    m6 v>w RK <m4
    m7 v>r,w EA [e1 answers=e1] @2026-01-20
    m8 r>v EK <m7
    m9 r>v GI @2026-02-20
    m10 v>r GK <m9`],
]

describe('a log that looks bad and is not', () => {
  test.each(innocent.map(([why, cast, log, header = {}]) => ({ why, cast, log, header })))('$why', ({ cast, log, header }) => {
    let at = '2026-01-05'
    const entries = log.split('\n').map((line) => line.trim()).filter((line) => line !== '').flatMap((line): LogEntry[] => {
      const [sign, message = '', by = ''] = line.split(' ')
      if (sign === '!') return [{ receipt: { message, by } }]
      at = /@(\S+)/.exec(line)?.[1] ?? at
      return entriesOf(line.includes('@') ? line : `${line} @${at}`)
    })
    const whole = { header: headerOf({ ids: [], cast, log, header, why: '' }), entries }
    const blamed = check(whole).findings.filter(({ kind, severity }) => severity !== 'none' && !kind.startsWith('missing-'))
    expect(text(blamed)).toEqual([])
  })
})

const crowd = (size: number, from: string): LogHeader['participants'] => Array.from({ length: size }, (_, index) => ({ id: `p${index}`, roles: ['coordinator'], start: from }))
const three: LogHeader['participants'] = [{ id: 'p0', roles: ['reporter'], start: '(A,A,pxa)' }, { id: 'p1', roles: ['vendor'], start: '(A,A,Vfdpxa)' }, { id: 'p2', roles: ['coordinator'], start: '(A,N,pxa)' }]
const sends = (index: number, from: string, to: ReadonlyArray<string>, types: ReadonlyArray<MessageType>, more: Partial<Message> = {}): LogEntry =>
  ({ message: { id: `m${index}`, case: 'c1', from, to, types, at: '2026-01-05', ...more } })
const joining = (index: number, change: 'joins' | 'leaves'): LogEntry => ({ membership: { by: 'p0', participant: `q${index}`, change, roles: ['coordinator'], start: '(A,A,pxa)', at: '2026-01-05' } })

/** Logs of `n` entries, each of which asks for the same thing again and again. */
const long: Readonly<Record<string, (n: number) => readonly [LogHeader['participants'], (index: number) => LogEntry]>> = {
  'proposals': () => [three, (i) => sends(i, 'p2', ['p0', 'p1'], ['EP'], { embargo: { id: `e${i}`, end: '2026-03-05' } })],
  'revisions, then answers by who may not answer': (n) => [three, (i) => (i < n / 2
    ? sends(i, 'p0', ['p1'], ['EV'], { embargo: { id: `e${i}`, end: '2026-03-05' } })
    : sends(i, 'p2', ['p0'], ['EC'], { embargo: { id: `x${i}`, answers: `e${i - n / 2}` } }))],
  'agreement to the same terms': () => [three, (i) => sends(i, 'p2', ['p0'], i === 0 ? ['EP'] : ['EA'], { embargo: { id: 'e', ...(i === 0 ? {} : { answers: 'e' }) } })],
  'newcomers': () => [three, (i) => joining(i, 'joins')],
  'newcomers who leave': (n) => [three, (i) => (i < n / 2 ? joining(i, 'joins') : joining(i - n / 2, 'leaves'))],
  'changes told to one of many': (n) => [crowd(n, '(R,N,pxa)'), (i) => sends(i, `p${i}`, [`p${(i + 1) % n}`], ['RV'])],
  'reports to one after the other': (n) => [[...crowd(n, '(S,N,pxa)'), { id: 'r', roles: ['reporter'], start: '(A,A,pxa)' }], (i) => sends(i, 'r', [`p${i}`], ['RS'])],
  'answers to nothing': () => [three, (i) => sends(i, `p${i % 3}`, [`p${(i + 1) % 3}`], ['GK'], { inReplyTo: `z${i}` })],
}

describe('a long log', () => {
  test.each(Object.entries(long))('of %s takes time in proportion', (_name, make) => {
    const timeOf = (n: number): (() => number) => {
      const [participants, entry] = make(n)
      const log: CaseLog = { header: { log: 1, protocol: 'adopted@1', case: 'c1', world: 'closed', participants }, entries: Array.from({ length: n }, (_, index) => entry(index)) }
      return () => {
        const before = process.cpuUsage()
        check(log)
        const { system, user } = process.cpuUsage(before)
        return user + system
      }
    }
    timeOf(1000)()
    const short = timeOf(2000)
    const long = timeOf(8000)
    const least = Math.max(Math.min(short(), short(), short()), 10_000)
    // Four times as much takes four times as long, or sixteen times where everything is compared with everything: in one of three attempts, since others are at work.
    expect([long, long, long].some((time) => time() / least < 9)).toBe(true)
  })
})
