/**
 * Simulation: a case played by chance that can be had again, as a case log.
 *
 * What is due is done at once, by whoever owes it; else somebody is drawn, and its behaviour chooses among what it could do.
 * Every message reaches everybody at once. So the log shows participants who keep to the protocol, and whatever a behaviour
 * of the caller's own does beside it. The same seed, start and behaviours give the same log, entry by entry.
 *
 * @module
 */
import { type Either, isLeft, left, right } from 'fp-ts/Either'
import { DAY, formatInstant } from '../case/calendar.js'
import { type Case, caseOf } from '../case/case.js'
import { charterOf, type CharterFault } from '../case/charter.js'
import { isInForce } from '../case/embargo.js'
import { idOf } from '../case/entry.js'
import { heads } from '../case/heads.js'
import { ingest, type Ledger, openLedger } from '../case/ledger.js'
import { linked } from '../case/link.js'
import { owed } from '../case/owed.js'
import { get } from '../case/tree.js'
import { type CaseLog, contentOf, type LocalEvent, type LogEntry, type LogParticipant, type Statement } from '../protocol/log.js'
import { protocols } from '../protocol/editions.js'
import type { EmbargoTerms, Id, Message } from '../protocol/message.js'
import { unique } from '../protocol/interpret.js'
import { readMoment } from '../protocol/moment.js'
import type { Participant, Role } from '../protocol/participant.js'
import { dues } from '../protocol/reply.js'
import { type Behaviour, ordinary } from './behaviour.js'
import { type Chance, chanceFrom } from './chance.js'
import type { Move } from './move.js'
import { nextIn, payments } from './next-case.js'

/** How a case is played. */
export interface SimulationOptions {
  readonly seed: string | number
  /** What a participant does, by its id or by a role; the ordinary behaviour for who is not named. */
  readonly behaviours?: Readonly<Record<string, Behaviour>>
  /** After how many entries nothing new is begun; what is due then is still done. 200 when absent. */
  readonly steps?: number
}

/** When a case without entries begins; there is no clock to ask. */
const BEGIN = '2026-01-05T09:00:00Z'
const STEPS = 200
const MINUTE = 60_000
/** How long it takes to do what is due, and anything else: least and most, in minutes. */
const AT_ONCE = [5, 60] as const
const IN_TIME = [120, 2880] as const
/** How long an embargo is proposed for, in days, and how much that varies. */
const TERM = 45
const VARIES = 45

/** A log without entries, for participants of some roles each; a participant is named for its last role, and numbered where there are several. */
export const castOf = (roles: ReadonlyArray<ReadonlyArray<Role>>, name = 'simulated'): CaseLog => {
  const count = new Map<string, number>()
  const participants = roles.map((given): LogParticipant => {
    const held: ReadonlyArray<Role> = given.length === 0 ? ['observer'] : given
    const kind = held.at(-1) ?? 'observer'
    const number = (count.get(kind) ?? 0) + 1
    count.set(kind, number)
    return { id: number === 1 ? kind : `${kind}-${number}`, roles: held }
  })
  return { header: { log: 1, protocol: 'adopted@1', case: name, participants, world: 'closed' }, entries: [] }
}

/** What is being played. */
interface Play {
  readonly ledger: Ledger
  readonly entries: ReadonlyArray<LogEntry>
  /** The time of the last entry, in milliseconds. */
  readonly clock: number
}

/** Why an embargo is ended, in a word. */
const reasonOf = ({ because }: Move, { cs }: Participant): string =>
  because === 'expiry-due' ? 'expired' : !cs.endsWith('pxa') ? 'public' : cs.startsWith('VFD') ? 'fix deployed' : cs.startsWith('VF') ? 'fix ready' : 'other'

/** The terms that a message carries: those of a proposal, what an answer names, why an embargo ends. */
const termsOf = (move: Move, self: Participant, of: Case, id: Id, at: number, chance: Chance): { readonly embargo?: EmbargoTerms } => {
  const inForce = of.state.inForce === undefined ? undefined : get(of.state.proposals, of.state.inForce)
  if (move.context.existing === true) return inForce === undefined ? {} : { embargo: { ...inForce.terms, id: inForce.id, existing: true } }
  if (move.types.includes('EV') || move.types.includes('EP')) return { embargo: { id: `terms-${id}`, end: formatInstant(at + Math.ceil(TERM + chance() * VARIES) * DAY) } }
  if (move.types.includes('ET')) return { embargo: { id: inForce?.id ?? of.charter.case, reason: reasonOf(move, self) } }
  return move.proposal === undefined ? {} : { embargo: { id: move.proposal, answers: move.proposal } }
}

/** Who is told: whom the move is for; of a report, who has none yet; else everybody engaged. */
const audienceOf = (move: Move, self: Id, of: Case): ReadonlyArray<Id> => {
  const others = of.participants.filter(({ engaged, id }) => engaged && id !== self)
  return move.to !== undefined ? [move.to] : (move.types.includes('RS') ? others.filter(({ rm }) => rm === 'Start') : others).map(({ id }) => id)
}

/** What is done in silence where nobody is left to hear of it. */
const silently: Partial<Readonly<Record<string, LocalEvent>>> = { RV: 'validate', RI: 'invalidate', RA: 'accept', RD: 'defer', RC: 'close', CF: 'ready', CD: 'deployed' }

/** An id that no entry has: `e` and a number, the place of the entry where that is free. */
const newId = (entries: ReadonlyArray<LogEntry>): Id => {
  const taken = new Set(entries.flatMap((entry) => ('receipt' in entry ? [] : [idOf(entry)])))
  let number = entries.length + 1
  while (taken.has(`e${number}`)) number++
  return `e${number}`
}

/** A move as the entry of a log that makes it; nothing where nobody would hear of it. */
const entryOf = (move: Move, self: Participant, of: Case, { clock, entries, ledger }: Play, chance: Chance): Statement | undefined => {
  const [id, at] = [newId(entries), formatInstant(clock)]
  const last = entries.at(-1)
  // Besides what a deciding entry has to cite, all of the log has been seen; citing its end keeps the log's order.
  const after = unique([...heads(ledger, self.id, []), ...(last === undefined || 'receipt' in last ? [] : [idOf(last)])])
  const to = move.event === undefined ? audienceOf(move, self.id, of) : []
  const event = move.event ?? (to.length === 0 && move.context.reply !== true ? silently[move.types.join('+')] : undefined)
  if (event !== undefined) return { local: { id, by: self.id, event, at, after } }
  const keeps = move.types.some((type) => type === 'RD' || type === 'RC') && isInForce(self.em)
  const message: Message = {
    id, case: of.charter.case, from: self.id, to, types: move.types, at, after,
    ...(move.context.reply === true && move.debt !== undefined ? { inReplyTo: move.debt.entry } : {}),
    ...(move.context.cause === undefined || move.context.cause === 'none' ? {} : { cause: move.context.cause }),
    ...(move.types.includes('RS') ? { report: { id: `report-${of.charter.case}` } } : {}),
    ...termsOf(move, self, of, id, clock, chance), ...(keeps ? { note: 'The embargo is kept.' } : {}),
  }
  return to.length === 0 ? undefined : { message }
}

/** What is answered to a message by, or to, who has closed the report: the case no longer waits for that. */
const farewells = (of: Case, hearing: ReadonlyArray<Participant>, closing: Message): ReadonlyArray<{ readonly self: Participant; readonly move: Move }> =>
  hearing.filter(({ id }) => closing.to.includes(id)).flatMap((self) => {
    const heard = protocols[of.charter.protocol].transition(self, closing)
    const types = isLeft(heard) ? [] : dues(heard.right).filter(({ required, to }) => required && to === 'sender').map(({ type }) => type)
    const move: Move = {
      modality: 'must now', because: 'answer-due', types, context: { reply: true }, to: closing.from, debt: { entry: closing.id, since: closing.at },
      requirements: [], suggestedBy: [], fires: [], owes: [], due: [], outlooks: [],
    }
    return types.length === 0 ? [] : [{ self, move }]
  })

const behaviourFor = (behaviours: Readonly<Record<string, Behaviour>>, { id, roles }: Participant): Behaviour => {
  const name = [id, ...roles].find((each) => Object.hasOwn(behaviours, each))
  return (name === undefined ? undefined : behaviours[name]) ?? ordinary
}

/** When the last entry of a log was made, as far as that is known, in milliseconds. */
const endOf = ({ entries }: CaseLog): number =>
  entries.reduce((last, entry) => {
    const at = 'receipt' in entry ? entry.receipt.at : contentOf(entry).at
    return Math.max(last, at === undefined ? last : readMoment(at)?.latest ?? last)
  }, readMoment(BEGIN)?.earliest ?? 0)

/** How many entries may be made after the last new thing: more than is ever due, but in a log whose debts nobody can pay. */
const SETTLING = 100

/** How many turns may pass one after the other before a play is over: everybody waits. */
const PATIENCE = 40

/**
 * Plays a case to its end: until everybody has closed the report or left, nobody does anything more, or enough entries are
 * made. It goes on from the entries that a log has; {@link castOf} makes one without. `Left` where the header is no charter.
 */
export const simulate = (begun: CaseLog, options: SimulationOptions): Either<ReadonlyArray<CharterFault>, CaseLog> => {
  const opened = openLedger(charterOf(begun.header))
  if (isLeft(opened)) return left(opened.left)
  const { behaviours = {}, seed, steps = STEPS } = options
  const chance = chanceFrom(seed)
  const most = begun.entries.length + steps
  let play: Play = { ledger: ingest(opened.right, linked([begun])), entries: begun.entries, clock: endOf(begun) }
  const later = (least: number, longest: number): number => play.clock + Math.ceil((least + chance() * (longest - least)) * MINUTE)
  const make = (move: Move, self: Participant, of: Case): Statement | undefined => {
    const entry = entryOf(move, self, of, play, chance)
    if (entry !== undefined) play = { ...play, ledger: ingest(play.ledger, entry), entries: [...play.entries, entry] }
    return entry
  }
  for (let passed = 0; passed < PATIENCE && play.entries.length < most + SETTLING; ) {
    const of = caseOf(play.ledger)
    const working = of.participants.filter(({ engaged, rm }) => engaged && rm !== 'Closed')
    const due = payments(of, owed(of, formatInstant(play.clock)).filter(({ by, kind }) => kind !== 'decision' && kind !== 'revision' && working.some(({ id }) => id === by)))
      .filter(({ by, move }) => move.modality === 'must now' && audienceOf(move, by, of).length > 0)
    // Answers change nothing, so all of them are given before the case is looked at again; anything else can make the rest idle.
    const answers = due.filter(({ move }) => move.because === 'answer-due')
    for (const { by, move } of answers.length > 0 ? answers : due.slice(0, 1)) {
      const self = working.find(({ id }) => id === by)
      play = { ...play, clock: later(...AT_ONCE) }
      if (self !== undefined) make(move, self, of)
    }
    if (due.length > 0) continue
    if (play.entries.length >= most) break
    const self = working[Math.floor(chance() * working.length)]
    if (self === undefined) break
    play = { ...play, clock: later(...IN_TIME) }
    const at = formatInstant(play.clock)
    const moves = nextIn(of, self.id, at)
    if (isLeft(moves)) break
    const chosen = moves.right.find((move) => move.modality === 'must now' && audienceOf(move, self.id, of).length > 0) ?? behaviourFor(behaviours, self)({ self, of, at, moves: moves.right, chance })
    const entry = chosen === undefined ? undefined : make(chosen, self, of)
    passed = entry === undefined ? passed + 1 : 0
    // Goodbyes are answered, and what is asked with them is; more is not said to who has left.
    let said = entry !== undefined && 'message' in entry && entry.message.types.includes('RC') ? [entry.message] : []
    for (let round = 0; round < 2; round++)
      said = said.flatMap((message) => farewells(of, of.participants.map((one) => (one.id === self.id ? { ...one, rm: 'Closed' as const } : one)), message)).flatMap(({ move, self: answering }) => {
        play = { ...play, clock: later(...AT_ONCE) }
        const answer = make(move, answering, of)
        return answer !== undefined && 'message' in answer ? [answer.message] : []
      })
  }
  return right({ header: begun.header, entries: play.entries })
}
