/**
 * Replay: recorded stories (`test/traces/*.txt`), each its own snapshot, and what must hold of every replay. A story is
 * commands, one a line, with what came of each indented below it; `-u` records anew, and the diff is to be read.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { isLeft } from 'fp-ts/Either'
import {
  type CaseLog, describeFinding, type Edition, type EmbargoTerms, type Finding, type FindingKind, formatState, localEvents, type LogEntry,
  type LogHeader, type Message, messageTypeList, type ObservedEvent, protocols, replay, type Replay, type ReplayStep, roles, startOf, type Subject,
} from 'mpcvd'
import { describe, expect, it } from 'vitest'
import { deepFreeze } from './arbitrary.js'

const known = <A extends string>(names: ReadonlyArray<A>, text: string | undefined): ReadonlyArray<A> =>
  (text ?? '').split(',').map((name) => names.find((one) => one === name) ?? expect.fail(`no such name: ${name}`))

/** The words after a command's own, as pairs: `at`, `re`, `after`, `embargo`, `answers`, `subject`, `cause`, `case`, `id`, `as`; and the flag `existing`. */
const options = (words: ReadonlyArray<string>): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    found.set(word, word === 'existing' ? '' : (words[++i] ?? expect.fail(`${word} what?`)))
  }
  return found
}

const messageOf = (words: ReadonlyArray<string>): Message => {
  const [id = '', from = '', , to = '', types] = words
  const more = options(words.slice(5))
  const [re, after, answers, embargo, subject, cause] = ['re', 'after', 'answers', 'embargo', 'subject', 'cause'].map((name) => more.get(name))
  const terms: EmbargoTerms = { id: embargo ?? '', ...(answers === undefined ? {} : { answers }), ...(more.has('existing') ? { existing: true } : {}) }
  const about: Subject | undefined = subject
  return {
    id, case: more.get('case') ?? 'c', from, to: to.split(','), types: known(messageTypeList, types), at: more.get('at') ?? '2026-01-01',
    ...(after === undefined ? {} : { after: after.split(',') }), ...(re === undefined ? {} : { inReplyTo: re }), ...(about === undefined ? {} : { subject: about }),
    ...(cause === 'own' || cause === 'observed' ? { cause } : {}), ...(embargo === undefined && answers === undefined ? {} : { embargo: terms }),
  }
}

const entryOf = (words: ReadonlyArray<string>): LogEntry => {
  const [verb = '', one = '', two = '', three = ''] = words
  switch (verb) {
    case 'receipt': {
      const at = options(words.slice(3)).get('at')
      return { receipt: { message: one, by: two, ...(at === undefined ? {} : { at }) } }
    }
    case 'local': {
      const twoWords = two === 'learn'
      const more = options(words.slice(twoWords ? 4 : 3))
      const [id, after] = [more.get('id'), more.get('after')]
      const event = localEvents.find((name) => name === (twoWords ? `learn ${three}` : two)) ?? expect.fail(two)
      return { local: { by: one, event, at: more.get('at') ?? '2026-01-01', ...(id === undefined ? {} : { id }), ...(after === undefined ? {} : { after: after.split(',') }) } }
    }
    case 'observe':
      return { observation: { event: one as ObservedEvent, ...(three === '' ? {} : { about: two }), at: three === '' ? two : three, source: 'a press report' } }
    case 'join': case 'leave': case 'exclude': case 'roles': {
      const change = { join: 'joins', leave: 'leaves', exclude: 'excluded', roles: 'roles' } as const
      return { membership: { by: one, participant: one, change: change[verb], at: '2026-01-01', ...(two === '' ? {} : { roles: known(roles, two) }), ...(three === '' ? {} : { start: three }) } }
    }
    default:
      return { message: messageOf(words) }
  }
}

interface Story {
  readonly log: CaseLog
  readonly result: Replay
  /** What came of each entry, and at the end. */
  readonly outcomes: ReadonlyArray<ReadonlyArray<string>>
  readonly end: ReadonlyArray<string>
}

const ways = { sent: 'sends', received: 'gets', local: 'steps', observed: 'sees' } as const

const stepLine = ({ way, before, result }: ReplayStep): string => {
  if (isLeft(result)) return `  ${before.id} ${ways[way]} ${formatState(before)}: ${result.left.kind}${result.left.rule === undefined ? '' : ` by ${result.left.rule}`}`
  const { state, fired, replies, optional, notes } = result.right
  const list = (name: string, words: ReadonlyArray<string>): string => (words.length === 0 ? '' : `; ${name} ${words.join(' ')}`)
  return `  ${before.id} ${ways[way]} ${formatState(before)}${state === before ? '' : ` -> ${formatState(state)}`}` +
    list('fires', fired.map((one) => `${one.machine}.${one.event}`)) + list('owes', replies) + list('may', optional) + list('notes', notes.map((one) => one.note))
}
/** Without what a refusal would have allowed: other tests have that. */
const findingLine = ({ kind, participant, message, rule, expected, got }: Finding): string =>
  `  ! ${[kind, participant, message, rule].filter((part) => part !== undefined && part !== '').join(' ')}` +
  (kind === 'refused' || kind === 'unspecified' ? '' : `: expected ${expected.join(' ') || 'nothing'}`) + `, got ${got.join(' ') || 'nothing'}`

const play = (lines: ReadonlyArray<string>): Story => {
  const commands = lines.map((line) => line.split(' '))
  const [, name = '', world = '', ...rest] = commands.find(([verb]) => verb === 'case') ?? []
  const edition: Edition = name === 'published' ? 'published@1' : 'adopted@1'
  const as = options(rest).get('as')
  const header: LogHeader = {
    log: 1, protocol: edition, case: 'c', world: world === 'closed' ? 'closed' : 'open', ...(as === undefined ? {} : { as }),
    participants: commands.filter(([verb]) => verb === 'participant').map(([, id = '', held, start]) => ({ id, roles: known(roles, held), ...(start === undefined ? {} : { start }) })),
  }
  const log: CaseLog = deepFreeze({ header, entries: commands.filter(([verb]) => !['case', 'participant', 'end'].includes(verb ?? '')).map(entryOf) })
  const steps: ReplayStep[] = []
  const result = replay(protocols[edition], log, (step) => steps.push(step))
  return {
    log, result,
    outcomes: log.entries.map((_, index) => [...steps.filter(({ entry }) => entry === index).map(stepLine), ...result.findings.filter(({ entry }) => entry === index).map(findingLine)]),
    end: [...result.participants.map((one) => `  ${one.id} ${one.roles.join()} ${formatState(one)}`), `  ${result.messages} messages, ${result.observations} observations, ${result.findings.length} findings`],
  }
}

const storiesIn = (text: string): ReadonlyArray<ReadonlyArray<string>> =>
  text.split(/^(?=case )/m).slice(1).map((part) => part.split('\n').filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith(' ')))

/** The text with everything indented replaced by what comes of the commands now. */
const record = (text: string): string => {
  const stories = storiesIn(text).map(play)
  let [story, entry] = [-1, 0]
  return text.split('\n').filter((line) => !line.startsWith(' ')).flatMap((line) => {
    const verb = line.split(' ')[0] ?? ''
    if (verb === 'case') [story, entry] = [story + 1, 0]
    if (['', '#', 'case', 'participant'].includes(verb)) return [line]
    return [line, ...((verb === 'end' ? stories[story]?.end : stories[story]?.outcomes[entry++]) ?? [])]
  }).join('\n')
}

const folder = new URL('./traces/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.txt'))
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
const everyStory = files.flatMap((name) => storiesIn(read(name)).map((lines) => ({ name, ...play(lines) })))

describe('stories', () => {
  it.each(files)('%s', async (name) => {
    await expect(record(read(name))).toMatchFileSnapshot(`./traces/${name}`)
  })
})

const header: LogHeader = { log: 1, protocol: 'adopted@1', case: 'c', world: 'open', participants: [{ id: 'r', roles: ['reporter'] }, { id: 'v', roles: ['vendor'] }] }
const adopted = protocols['adopted@1']
const logOf = (entries: ReadonlyArray<LogEntry>, more: Partial<LogHeader> = {}): CaseLog => deepFreeze({ header: { ...header, ...more }, entries })
const lines = (text: string): ReadonlyArray<LogEntry> => text.split('\n').map((line) => entryOf(line.trim().split(' ')))
const ends = (log: CaseLog): ReadonlyArray<string> => replay(adopted, log).participants.map((one) => `${one.id} ${formatState(one)}`)

describe('findings', () => {
  /** One entry for each kind; the compiler sees to it that none is left out. */
  const kinds: Readonly<Record<FindingKind, true>> = {
    refused: true, unexpected: true, unspecified: true, 'wrong-reply': true, 'missing-reply': true, 'missing-announcement': true, 'time-order': true,
    impossible: true, 'unknown-participant': true, 'unknown-message': true, departed: true, 'conflicting-id': true, 'other-case': true,
  }
  const findings = everyStory.flatMap((story) => story.result.findings)

  it('of every kind occur in the stories', () => {
    expect([...new Set(findings.map((one) => one.kind))].sort()).toEqual(Object.keys(kinds).sort())
  })
  it('are each one sentence, with the rule and the requirements', () => {
    for (const one of findings) {
      const sentence = describeFinding(one)
      expect(sentence).toMatch(new RegExp(`^${one.kind}: [^\\n]+$`))
      expect(sentence).not.toMatch(/undefined|null|\[object|\. [A-Z]/)
      for (const cited of [...(one.rule === undefined ? [] : [one.rule]), ...one.requirements]) expect(sentence).toContain(cited)
      for (const name of [...(one.participant === undefined ? [] : [one.participant]), ...one.got]) if (one.kind !== 'time-order' && one.kind !== 'conflicting-id') expect(sentence).toContain(name)
    }
  })
  it('stand in the order of the log, each at an entry of it', () => {
    for (const { log, result } of everyStory) {
      const places = result.findings.map((one) => one.entry)
      expect(places).toEqual([...places].sort((a, b) => a - b))
      expect(places.every((place) => place >= 0 && place < log.entries.length)).toBe(true)
    }
  })
})

describe('replay', () => {
  it('is a function of the log', () => {
    for (const { log } of everyStory) {
      const steps: ReplayStep[][] = [[], []]
      const results = steps.map((into) => replay(protocols[log.header.protocol], log, (step) => into.push(step)))
      expect(results[0]).toEqual(results[1])
      expect(steps[0]).toEqual(steps[1])
    }
  })
  it('takes each step in the state that the one before it left', () => {
    for (const { log } of everyStory.filter(({ log: one }) => one.entries.every((entry) => !('membership' in entry)))) {
      const states = new Map(log.header.participants.map((one) => [one.id, startOf(one.id, one.roles, one.start)]))
      replay(protocols[log.header.protocol], log, ({ before, result }) => {
        expect(before).toEqual(states.get(before.id))
        if (isLeft(result)) expect(result.left.state).toBe(before)
        else states.set(before.id, result.right.state)
      })
    }
  })
  it('changes nothing by messages and receipts that it has had', () => {
    for (const { log } of everyStory) {
      const entries = log.entries.filter((entry) => 'message' in entry || 'receipt' in entry)
      const run = (twice: boolean): Replay => replay(protocols[log.header.protocol], { header: log.header, entries: twice ? [...entries, ...entries] : entries })
      const [once, again] = [run(false), run(true)]
      expect(again.participants).toEqual(once.participants)
      expect(again.messages).toBe(once.messages)
      if (once.findings.every(({ kind }) => !/^(conflicting|unknown|other|time)/.test(kind))) expect(again.findings).toEqual(once.findings)
    }
  })
  it('takes two steps for each message, among ten thousand and a hundred thousand, and none for its copy', () => {
    for (const count of [10_000, 100_000]) {
      const entries = Array.from({ length: count }, (_, index): LogEntry => {
        const [from, to] = index % 2 === 0 ? ['r', 'v'] : ['v', 'r']
        return { message: { id: `m${index}`, case: 'c', from, to: [to], types: [index % 2 === 0 ? 'RS' : 'RK'], at: '2026-01-01', ...(index % 2 === 0 ? {} : { inReplyTo: `m${index - 1}` }) } }
      })
      let steps = 0
      const result = replay(adopted, { header: { ...header, world: 'closed' }, entries: [...entries, ...entries] }, () => steps++)
      expect([steps, result.messages]).toEqual([2 * count, count])
      expect(result.findings.map(({ kind, expected }) => [kind, expected])).toEqual([['missing-announcement', ['CV']]])
    }
  })
  it('starts as the header says, where the roles allow that', () => {
    expect(startOf('v', ['vendor'], '(A,P,VFdpxa)')).toEqual({ id: 'v', roles: ['vendor'], rm: 'Accepted', em: 'Proposed', cs: 'VFdpxa' })
    for (const wrong of ['(A,P,pxa)', 'nonsense', '']) expect(formatState(startOf('v', ['vendor'], wrong))).toBe('(S,N,vfdpxa)')
  })
  it('applies nothing of a sender who is unknown or has left, with receipts as without', () => {
    expect(ends(logOf(lines('m1 x -> v RS')))).toEqual(['r (A,N,pxa)', 'v (S,N,vfdpxa)'])
    expect.soft(ends(logOf(lines('m1 x -> v RS\nreceipt m1 v')))).toEqual(['r (A,N,pxa)', 'v (S,N,vfdpxa)'])
    expect.soft(ends(logOf(lines('leave r\nm1 r -> v RS\nreceipt m1 v')))).toEqual(['r (A,N,pxa)', 'v (S,N,vfdpxa)'])
  })
  it('does not send a message again because its sender has a receipt for it', () => {
    const steps: ReplayStep[] = []
    replay(adopted, logOf(lines('m1 r -> v EP\nreceipt m1 r')), (step) => steps.push(step))
    expect(steps.filter(({ result }) => !isLeft(result)).map((step) => [step.entry, step.way])).toEqual([[0, 'sent']])
  })
  it('keeps ids apart that only look alike when written one after the other', () => {
    const entries = (['a', 'a b'] as const).map((to): LogEntry => ({ message: { id: to === 'a' ? 'b c' : 'c', case: 'c', from: 'r', to: [to], types: ['RS'], at: '2026-01-01' } }))
    const participants = [...header.participants, { id: 'a', roles: ['vendor'] as const }, { id: 'a b', roles: ['vendor'] as const }]
    expect(ends(logOf(entries, { participants }))).toEqual(['r (A,N,pxa)', 'v (S,N,vfdpxa)', 'a (R,N,Vfdpxa)', 'a b (R,N,Vfdpxa)'])
  })
  it('takes a copy for a copy, in whatever order its fields are written', () => {
    const message = messageOf('m1 r -> v RS'.split(' '))
    const { id, at, ...rest } = message
    const copy: Message = { at, ...rest, id }
    expect(replay(adopted, logOf([{ message }, { message: copy }])).findings).toEqual([])
  })
  it('is not changed by stamps, corrections and who withdraws: these are for the record of a case', () => {
    // What is refused, unexpected or too late stays so, and nobody has moved: only the places of the entries are later.
    const idle = ({ header: { participants }, entries }: CaseLog, place: number): ReadonlyArray<LogEntry> => {
      const [who = 'nobody', other = who] = participants.map(({ id }) => id)
      const of = entries.flatMap((entry) => ('message' in entry ? [entry.message.id] : [])).at(place % 3) ?? 'm1'
      const [by, at] = [place % 2 === 0 ? who : other, '2026-01-01']
      return [
        { stamp: { id: `stamp ${place}`, by, entry: of, sequence: place + 1, at } },
        { correction: { by, of, change: (['corrects', 'retracts', 'erases'] as const)[place % 3] ?? 'erases', moment: '2020-01-01', at } },
        { membership: { by, participant: by, change: 'withdraws', at } },
      ]
    }
    for (const { log } of everyStory) {
      const woven = log.entries.flatMap((entry, place) => [...idle(log, place), entry])
      const run = (entries: ReadonlyArray<LogEntry>): readonly [Replay, ReadonlyArray<ReplayStep>] => {
        const steps: ReplayStep[] = []
        return [replay(protocols[log.header.protocol], { header: log.header, entries }, (step) => steps.push(step)), steps]
      }
      const [[plain, taken], [more, takenMore]] = [run(log.entries), run([...woven, ...idle(log, 0)])]
      expect(more.participants).toEqual(plain.participants)
      expect([more.messages, more.observations]).toEqual([plain.messages, plain.observations])
      expect(takenMore.map(({ entry, ...step }) => ({ ...step, entry: (entry - 3) / 4 }))).toEqual(taken.map(({ entry, ...step }) => ({ ...step, entry })))
      const own = more.findings.filter(({ entry }) => entry % 4 === 3)
      expect(own.map(({ entry, ...finding }) => ({ ...finding, entry: (entry - 3) / 4 }))).toEqual(plain.findings.map(({ entry, ...finding }) => ({ ...finding, entry })))
      // Nothing is said of the others, but that somebody who is not in the case has nothing to withdraw from.
      expect(more.findings.filter(({ entry, kind }) => entry % 4 !== 3 && !(entry % 4 === 2 && (kind === 'departed' || kind === 'unknown-participant')))).toEqual([])
    }
  })
  it('looks for the announcements of the participant whose log it is, though it cannot see how far the others are', () => {
    const log = logOf(lines('m1 r -> v RS\nm2 v -> r RK,CV re m1\nm3 r -> v CK re m2\nlocal r learn P'), { as: 'r' })
    expect(replay(adopted, log).findings.map(({ kind, expected }) => [kind, expected])).toEqual([['missing-announcement', ['CP']]])
  })
})
