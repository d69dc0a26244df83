/**
 * How the requirement logs are written: a few lines of text that become the header and entries of a case log. Every line
 * begins with an id. A date holds for the lines after it as well.
 *
 *     m2 v>r,w RK+EA+EK <m1 [e1 answers=e1] subject=v cause=own report=r2~r1 note="…" @2026-01-06    a message
 *     l1 v: learn P reason=timer cause=observed note="…" @2026-01-07                                  a local step
 *     k1 w joins by v as vendor @2026-01-08                                                           a membership
 *     o1 D of v @2026-01-09                                                                           an observation
 *
 * In brackets stand the terms of the embargo: its id, then `end= respondBy= answers= reason= scope=` and `existing`.
 *
 * A violating log is the conforming one with edits, a line each: `- m3` leaves a line out, `= m2 …` writes it anew,
 * `+ m2 m2b …` puts a line after it.
 *
 * Participants: r reports and works on the report from the start, v and w are vendors, c coordinates, d deploys. `v=vendor,deployer`
 * gives other roles, `r(A,N,Pxa)` another start.
 */
import type { LocalEvent, LogEntry, LogHeader, MembershipChange, ObservedEvent } from '../../src/protocol/log.js'
import type { EmbargoTerms, Message, MessageType } from '../../src/protocol/message.js'
import type { Role } from '../../src/protocol/participant.js'

/** What a header says besides the participants. */
export type HeaderFacts = Partial<Pick<LogHeader, 'as' | 'world' | 'owner' | 'manager' | 'decision' | 'inherits'>>

/** A conforming log and, but for permissions, what makes it a violating one. */
export interface Scene {
  readonly ids: ReadonlyArray<string>
  /** Who is in the case from the start. */
  readonly cast: string
  readonly header?: HeaderFacts
  readonly log: string
  /** The edits that make the violating log. */
  readonly violating?: string
  /** Who violates the requirements. */
  readonly blames?: string
  /** What is wrong in the violating log; of a permission, what is used in the conforming one. */
  readonly why: string
  /** Requirements that the conforming log cannot keep, and why. */
  readonly unavoidable?: string
}

const rolesOf: Readonly<Record<string, ReadonlyArray<Role>>> = {
  r: ['finder', 'reporter'], v: ['vendor'], w: ['vendor'], c: ['coordinator'], d: ['deployer'], o: ['observer'],
}

const fail = (what: string, line: string): never => {
  throw new Error(`${what}: ${line}`)
}

const castOf = (cast: string): LogHeader['participants'] => cast.split(' ').map((word) => {
  const [, id = '', roles, start] = /^(\w+)(?:=([\w,]+))?(\(.*\))?$/.exec(word) ?? fail('no participant', word)
  return {
    id, roles: roles === undefined ? rolesOf[id] ?? fail('no roles', word) : roles.split(',') as Role[],
    ...(start === undefined ? {} : { start }),
  }
})

/** The words of a line: `key="a b"` and `[ … ]` are one word each. */
const wordsOf = (text: string): string[] => text.match(/\[[^\]]*\]|[\w]+="[^"]*"|\S+/g) ?? []

const pairsOf = (words: ReadonlyArray<string>, keys: ReadonlyArray<string>): Record<string, string> => {
  const pairs: Record<string, string> = {}
  for (const word of words) {
    const [, key = '', quoted, plain] = /^(\w+)=(?:"([^"]*)"|(\S+))$/.exec(word) ?? fail('no such word', word)
    if (!keys.includes(key)) fail('no such key', word)
    pairs[key] = quoted ?? plain ?? ''
  }
  return pairs
}

const termsOf = (bracketed: string): EmbargoTerms => {
  const [id = '', ...words] = wordsOf(bracketed.slice(1, -1))
  return {
    id, ...(words.includes('existing') ? { existing: true } : {}),
    ...pairsOf(words.filter((word) => word !== 'existing'), ['end', 'respondBy', 'answers', 'reason', 'scope']),
  }
}

const reportOf = (text: string): NonNullable<Message['report']> => {
  const [id = '', duplicateOf] = text.split('~')
  return duplicateOf === undefined ? { id } : { id, duplicateOf }
}

const entryOf = (id: string, words: ReadonlyArray<string>, at: string, line: string): LogEntry => {
  const [head = '', ...rest] = words
  const sent = /^(\w+)>([\w,]+)$/.exec(head)
  if (sent !== null) {
    const [types = '', ...more] = rest
    const inReplyTo = more.find((word) => word.startsWith('<'))?.slice(1)
    const terms = more.find((word) => word.startsWith('['))
    const { report, ...pairs } = pairsOf(more.filter((word) => !/^[<[]/.test(word)), ['subject', 'cause', 'report', 'note'])
    return { message: {
      id, case: 'c1', from: sent[1] ?? '', to: (sent[2] ?? '').split(','), types: types.split('+') as MessageType[], at,
      ...(inReplyTo === undefined ? {} : { inReplyTo }), ...pairs as Pick<Message, 'subject' | 'cause' | 'note'>,
      ...(terms === undefined ? {} : { embargo: termsOf(terms) }), ...(report === undefined ? {} : { report: reportOf(report) }),
    } }
  }
  if (head.endsWith(':')) {
    const [event = '', ...more] = rest
    const learns = event === 'learn'
    const pairs = pairsOf(learns ? more.slice(1) : more, ['reason', 'cause', 'product', 'note'])
    return { local: { id, by: head.slice(0, -1), event: (learns ? `learn ${more[0] ?? ''}` : event) as LocalEvent, at, ...pairs as { cause?: 'own' } } }
  }
  if (rest[0] === 'of') return { observation: { id, event: head as ObservedEvent, about: rest[1] ?? '', at, source: 'notes of a participant' } }
  const [change = '', , by = '', , roles] = rest
  if (rest[1] !== 'by') fail('no entry', line)
  return { membership: { id, by, participant: head, change: change as MembershipChange, at, ...(roles === undefined ? {} : { roles: roles.split(',') as Role[] }) } }
}

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '')

/** The entries that lines of text stand for. */
export const entriesOf = (text: string): LogEntry[] => {
  let at = '2026-01-05'
  return linesOf(text).map((line) => {
    const [id = '', ...words] = wordsOf(line)
    const date = words.find((word) => word.startsWith('@'))
    at = date?.slice(1) ?? at
    return entryOf(id, words.filter((word) => word !== date), at, line)
  })
}

/** Every line with its date, so that leaving one out dates no other. */
const dated = (text: string): string[] => {
  let at = '@2026-01-05'
  return linesOf(text).map((line) => {
    const date = wordsOf(line).find((word) => word.startsWith('@'))
    at = date ?? at
    return date === undefined ? `${line} ${at}` : line
  })
}

const idOf = (line: string): string => line.split(' ')[0] ?? ''
const dateOf = (line: string): string => wordsOf(line).find((word) => word.startsWith('@')) ?? ''

/** The lines with the edits made. A line that is written anew or put in has the date of the one it stands for or after, unless it has its own. */
export const edited = (text: string, edits: string): string => {
  let lines = dated(text)
  for (const edit of linesOf(edits)) {
    const [, sign = '', target = '', rest = ''] = /^([-=+]) (\w+)\s*(.*)$/.exec(edit) ?? fail('no edit', edit)
    const at = lines.findIndex((line) => idOf(line) === target)
    const there = lines[at] ?? fail('nothing to edit', edit)
    const withDate = (line: string): string => dateOf(line) === '' ? `${line} ${dateOf(there)}` : line
    const put = sign === '-' ? [] : sign === '=' ? [withDate(`${target} ${rest}`)] : [there, withDate(rest)]
    lines = [...lines.slice(0, at), ...put, ...lines.slice(at + 1)]
  }
  return lines.join('\n')
}

/** The header of a scene. */
export const headerOf = ({ cast, header = {} }: Scene): LogHeader => {
  const { world = 'closed', ...facts } = header
  return { log: 1, protocol: 'adopted@1', case: 'c1', participants: castOf(cast), world, ...facts }
}

const end = 'end=2026-03-30T00:00:00Z'

/** The terms of `e1`, as a proposal has them: less than ninety days. */
export const e1 = `[e1 ${end}]`

/** The terms of `e1`, as somebody has them who is offered what is in force. */
export const offered = `[e1 existing ${end}]`

/** r reports to v and proposes an embargo; v accepts both: m1 to m3. */
export const embargoed = `
  m1 r>v RS+EP ${e1} @2026-01-05
  m2 v>r RV+RA+RK+EA+EK+CV <m1 [e1 answers=e1] @2026-01-06
  m3 r>v RK+EK+CK <m2`

/** r reports to v, v proposes an embargo, r agrees, v accepts the report: m1 to m5. */
export const agreed = `
  m1 r>v RS @2026-01-05
  m2 v>r RK+EP+CV <m1 ${e1} @2026-01-06
  m3 r>v EA+EK+CK <m2 [e1 answers=e1]
  m4 v>r RV+RA+EK <m3 @2026-01-08
  m5 r>v RK <m4`

/** r, who begins knowing that the public knows, reports to v. There is no embargo to be sought: m1 to m3, and v is in Received. */
export const known = `
  m1 r>v RS+CP cause=observed @2026-01-05
  m2 v>r RK+CV+CK <m1 @2026-01-06
  m3 r>v CK <m2`

/** The cast of {@link known}. */
export const knowing = 'r(A,N,Pxa) v'

/** The cast of a case that goes on: r, v and w work on the report under an embargo that is in force. */
export const midway = 'r(A,A,pxa) v(A,A,Vfdpxa) w(A,A,Vfdpxa)'
