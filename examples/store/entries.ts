/**
 * What is sent in this example: the entries of a few cases, and who is told of them how often and in which order.
 *
 * Three of the cases are conversations from the programs beside this folder. The fourth is busy: a coordinator asks five
 * vendors again and again, so that many writers want to append to one stream. It also holds what is hard to keep: text
 * that would break out of a query, and two messages with one id.
 *
 * Everything is the same in every run, except for the seed.
 */
import type { CaseLog, Id, LogHeader, Statement } from 'mpcvd'
import { conversation } from '../conversation.js'
import { coordinated } from '../coordinator.js'
import { attacks } from '../leak.js'
import { twoParty } from '../two-party.js'

/** A case, and all that was ever said in it. */
export interface Case {
  readonly header: LogHeader
  readonly entries: ReadonlyArray<Statement>
}

/** One webhook: some entries of one case, as the lines that came. */
export interface Delivery {
  readonly name: Id
  readonly lines: ReadonlyArray<string>
}

const caseOf = ({ header, entries }: CaseLog): Case => ({ header, entries: entries.filter((entry): entry is Statement => !('receipt' in entry)) })

const vendors = ['v1', 'v2', 'v3', 'v4', 'v5']
const ROUNDS = 40

const busy = (): Case => {
  const talk = conversation('busy', [
    { id: 'reporter', roles: ['finder', 'reporter'] },
    { id: 'hub', roles: ['coordinator'] },
    ...vendors.map((id) => ({ id, roles: ['vendor'] as const })),
  ])
  talk.send('reporter', ['RS', 'EP'], ['hub', ...vendors], { report: { id: 'r1' }, embargo: { id: 'e1', end: '2026-06-30' } })
  for (let round = 1; round <= ROUNDS; round++) talk.send('hub', ['GI'], vendors, { note: `How far are you? (${round})` })
  const { header, entries } = caseOf(talk.conclude())
  const at = '2026-03-30T10:00:00Z'
  const question = { id: 'q', case: 'busy', from: 'v1', to: ['hub'], types: ['GI'], at } as const
  return {
    header,
    entries: [
      ...entries,
      // Whoever says two things under one id has said both.
      { message: { ...question, note: 'Is it the parser?' } },
      { message: { ...question, note: 'Is it the printer?' } },
      { observation: { id: 'o1', event: 'A', at, source: "'); DROP TABLE emt_messages; --\n\\ %L $1 $$ \"\u0000\u{1F512}" } },
      { observation: { id: 'o2', event: 'P', at, source: 'feed', ext: { zeta: 1e21, alpha: [0.1, 1e-7, 'ü'], 10: null, 9: { b: 1, a: 2 } } } },
      // Without an id, an entry is what it says.
      { observation: { event: 'P', at, source: 'another feed' } },
    ],
  }
}

/** All cases. */
export const cases = (): ReadonlyArray<Case> => [...[twoParty(), coordinated(), attacks()].map(caseOf), busy()]

/** Numbers from 0 up to a limit, the same for the same seed (mulberry32). */
export const dice = (seed: number): ((limit: number) => number) => {
  let state = seed
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
}

/** The same things in another order. */
export const shuffled = <A>(things: ReadonlyArray<A>, roll: (limit: number) => number): ReadonlyArray<A> => {
  const rest = [...things]
  const mixed: A[] = []
  while (rest.length > 0) mixed.push(...rest.splice(roll(rest.length), 1))
  return mixed
}

/** An entry as its sender writes it down this time: JSON does not say in which order the fields come. */
const line = (entry: Statement, backwards: boolean): string =>
  JSON.stringify(entry, (_key, value: unknown) =>
    backwards && typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).reverse()) : value)

/**
 * What reaches each writer. Every entry reaches one to four times writers that chance picks, the same one among them
 * twice at times; and each writer gets its own in an order of its own, one to three in a webhook.
 */
export const inboxes = (all: ReadonlyArray<Case>, writers: number, seed: number): ReadonlyArray<ReadonlyArray<Delivery>> => {
  const roll = dice(seed)
  const told = all.flatMap(({ header, entries }) =>
    entries.flatMap((entry) =>
      Array.from({ length: 1 + roll(4) }, () => ({ name: header.case, writer: roll(writers), line: line(entry, roll(2) === 0) }))))
  return Array.from({ length: writers }, (_one, writer) => {
    const deliveries = all.flatMap(({ header: { case: name } }) => {
      const lines = shuffled(told.filter((one) => one.name === name && one.writer === writer), roll).map((one) => one.line)
      const webhooks: Delivery[] = []
      for (let from = 0; from < lines.length; from += webhooks.at(-1)?.lines.length ?? 0) webhooks.push({ name, lines: lines.slice(from, from + 1 + roll(3)) })
      return webhooks
    })
    return shuffled(deliveries, roll)
  })
}
