/**
 * The checker: how far a case log keeps the protocol.
 *
 * A log is replayed, and everything in it that a requirement speaks of is held against that requirement: single steps by
 * the demands, what is answered and announced by what the replay found owing, and the rest by the looks. All findings are
 * told, never only the first, each as a root or as derived from one.
 *
 * Nobody is blamed for what is not in the log unless the log claims to hold it: in an open world only what was done
 * counts, and in the log of one participant only what that participant left out.
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import { protocols } from '../protocol/editions.js'
import type { Finding } from '../protocol/finding.js'
import type { CaseLog, Edition, LogEntry } from '../protocol/log.js'
import { type Id, messageTypeList, messageTypes } from '../protocol/message.js'
import type { Participant } from '../protocol/participant.js'
import { replay } from '../protocol/replay.js'
import { isAnswer } from '../protocol/reply.js'
import type { Protocol } from '../protocol/transition.js'
import { demandsOn } from './asked.js'
import type { Breach, Severity } from './breach.js'
import type { Ask } from './demand.js'
import { forgiving } from './forgiving.js'
import type { Look, Sighting } from './look.js'
import { looks } from './looks.js'
import type { Move } from './move.js'
import { type NextStep, nextSteps, receipts } from './places.js'
import { requirementById } from './register.js'
import { type Level, levels } from './requirement.js'
import { partsOf, type Replayed, replayed, type Scene, walk, type Watcher } from './scene.js'

/** How a log is to be checked. */
export interface CheckOptions {
  /** The reading to go by; the one that the log was made under when absent. */
  readonly protocol?: Edition
  /** Requirements up to this level; all when absent. */
  readonly level?: Level
  /** The participant whose conduct is asked for: only it is replayed and blamed. Whom the log says when absent. */
  readonly as?: Id
}

/** What became of a log. */
export interface CheckReport {
  readonly case: Id
  readonly protocol: Edition
  readonly level: Level
  readonly world: 'open' | 'closed'
  readonly as?: Id
  /** `empty` for a log that says nothing; else the worst that was found. */
  readonly verdict: 'empty' | 'conforming' | 'warnings' | 'violations'
  /** In the order of the log; what follows from a root stands behind it. */
  readonly findings: ReadonlyArray<Breach>
  /** Everybody whose steps were replayed, as they are at the end. */
  readonly participants: ReadonlyArray<Participant>
  readonly messages: number
}

/** Strong words first. */
const severities: ReadonlyArray<Severity> = ['error', 'warning', 'none']

/**
 * What the errata make a matter of SHOULD, though rows of RMB, EMB and CSB have it within a MUST: acknowledgements
 * (D-RM-15, D-EM-38, D-CS-20), CV in answer to a report (D-RM-15), and the inquiry after an error.
 */
const courtesies: ReadonlyArray<string> = ['RK', 'EK', 'CK', 'CV', 'GI']
const courteous = (found: Found): boolean =>
  (found.kind === 'missing-reply' || found.kind === 'wrong-reply' || found.kind === 'missing-announcement') && found.expected.every((type) => courtesies.includes(type))

const severityOf = (ids: ReadonlyArray<string>, least: Severity): Severity => {
  const said = ids.map((id): Severity => {
    const modality = requirementById(id)?.modality ?? 'none'
    return modality.startsWith('MUST') ? 'error' : modality.startsWith('SHOULD') ? 'warning' : 'none'
  })
  return severities.find((severity) => severity === least || said.includes(severity)) ?? least
}

/** Kinds of replay findings that are about the log and not about a requirement, and how bad they are. */
const logFaults: Partial<Record<Finding['kind'], Severity>> = {
  'time-order': 'warning', 'impossible': 'error', 'unknown-participant': 'error', 'unknown-message': 'error', 'departed': 'warning', 'conflicting-id': 'error', 'other-case': 'warning',
}

/** A finding before its root is known; its severity is the least that it has, whatever its requirements say. */
type Found = Omit<Breach, 'root' | 'cause'>

const unique = (all: ReadonlyArray<string>): ReadonlyArray<string> => [...new Set(all)]

/** What demands of one kind say about a step. */
const idsAsked = (protocol: Protocol, move: Move, entry: LogEntry | undefined, asks: Ask['asks'], types?: ReadonlyArray<string>): ReadonlyArray<string> => {
  const plain = { subject: 'own', cause: 'none', reply: false, existing: false, answers: false } as const
  const message = entry !== undefined && 'message' in entry ? entry.message : undefined
  const parts = message !== undefined && (move.way === 'sent' || move.way === 'received')
    ? partsOf(protocol, move, message)
    : entry !== undefined && 'local' in entry
      ? [{ on: 'local', name: entry.local.event, state: move.before, roles: move.before.roles, context: plain } as const]
      : []
  const fired = asks === 'announce' && !isLeft(move.result)
    ? move.result.right.fired.map((one) => ({ on: 'fired', name: `${one.machine}.${one.event}`, state: move.after, roles: move.after.roles, context: plain }) as const)
    : []
  return unique([...parts, ...fired].flatMap((part) => demandsOn(part)).filter((one) => one.asks === asks && (types === undefined || !('with' in one) || one.with.some((type) => types.includes(type)))).flatMap((one) => one.ids))
}

/** Checks one log. What is not of its case is told, and left out; `checkText` splits a log that mixes cases. */
export const check = (log: CaseLog, options: CheckOptions = {}): CheckReport => {
  const edition = options.protocol ?? log.header.protocol
  const level = options.level ?? 'L4'
  const header = { ...log.header, ...(options.as === undefined ? {} : { as: options.as }) }
  const asked: CaseLog = { header, entries: log.entries }
  const protocol = protocols[edition]
  const strict = replayed(protocol, asked)
  const nextOf = nextSteps(asked)
  const seen = look(protocol, asked, strict, nextOf)
  const found = [...stepFindings(protocol, asked, strict, seen.consents), ...replayFindings(protocol, asked, strict, nextOf), ...seen.found]
  const limit = levels.indexOf(level)
  const within = (id: string): boolean => levels.indexOf(requirementById(id)?.level ?? 'L4') <= limit
  const kept = found
    .filter(({ requirements }) => requirements.length === 0 || requirements.some(within))
    .map((one) => (one.requirements.every(within) ? one : { ...one, requirements: one.requirements.filter(within) }))
    .sort((one, other) => one.entry - other.entry)
  const findings = rooted(protocol, asked, strict, kept)
  const worst = severities.find((severity) => findings.some((one) => one.severity === severity))
  return {
    case: header.case, protocol: edition, level, world: header.world, ...(header.as === undefined ? {} : { as: header.as }),
    verdict: log.entries.length === 0 ? 'empty' : worst === 'error' ? 'violations' : worst === 'warning' ? 'warnings' : 'conforming',
    findings, participants: strict.participants, messages: strict.messages,
  }
}

/** Steps that were not to be made: those that the protocol refuses, and those that a demand forbids. */
const stepFindings = (protocol: Protocol, log: CaseLog, { moves }: Replayed, consents: ReadonlySet<number>): ReadonlyArray<Found> => {
  const found: Found[] = []
  log.entries.forEach((entry, place) => {
    if (consents.has(place)) return
    for (const move of moves[place] ?? []) {
      if (move.way !== 'sent' && move.way !== 'local') continue
      const refusal = isLeft(move.result) ? move.result.left : undefined
      const ids = idsAsked(protocol, move, entry, 'not')
      if (refusal === undefined && ids.length === 0) continue
      found.push({
        kind: refusal === undefined ? 'advised-against' : 'refused', entry: place, participant: move.who, ...('message' in entry ? { message: entry.message.id } : {}),
        ...(refusal?.rule === undefined ? {} : { rule: refusal.rule }), requirements: refusal === undefined ? ids : [...ids, ...edgesIn(entry), 'ST-07'], severity: refusal === undefined ? 'none' : 'error',
        expected: refusal?.allowed ?? ['not to be done here'], got: 'message' in entry ? entry.message.types : 'local' in entry ? [entry.local.event] : [],
      })
    }
  })
  return found
}

/** The machines without whose edges a refused step was, as structure has it. */
const edgesIn = (entry: LogEntry): ReadonlyArray<string> =>
  'message' in entry
    ? unique(entry.message.types.flatMap((type) => (isAnswer(type) || type === 'RS' ? [] : edgesOf[messageTypes[type].family])))
    : []
const edgesOf = { rm: ['ST-01'], em: ['ST-02'], cs: ['ST-03'], general: [] } as const

/** What the replay found owing or out of order, with the requirements that ask for it. */
const replayFindings = (protocol: Protocol, log: CaseLog, { findings, moves }: Replayed, nextOf: NextStep): ReadonlyArray<Found> => {
  const receiptOf = receipts(log, moves)
  return findings.flatMap((finding): ReadonlyArray<Found> => {
    const { entry, expected, got, kind, message, participant, rule } = finding
    const about = { kind, entry, expected, got, ...(participant === undefined ? {} : { participant }), ...(message === undefined ? {} : { message }), ...(rule === undefined || rule === '' ? {} : { rule }) }
    const fault = logFaults[kind]
    if (fault !== undefined) return [{ ...about, requirements: kind === 'impossible' ? ['CSB-17-004', 'CSB-17-005', 'CSB-17-011'] : [], severity: fault }]
    const receipt = receiptOf(participant, message)
    switch (kind) {
      case 'refused':
        return []
      case 'unexpected':
      case 'unspecified':
        return [{ ...about, requirements: [], severity: 'none' }]
      case 'wrong-reply':
        return [{ ...about, requirements: receipt === undefined ? [] : idsAsked(protocol, ...receipt, 'answer'), severity: 'warning' }]
      case 'missing-reply':
        return [{ ...about, requirements: receipt === undefined ? [] : idsAsked(protocol, ...receipt, 'answer', expected), severity: 'warning', tolerable: nextOf(participant, entry) }]
      default: {
        const move = moves[entry]?.find((one) => one.who === participant)
        const step = receipt !== undefined && receipt[0] === move ? receipt[1] : log.entries[entry]
        return [{ ...about, requirements: move === undefined ? [] : idsAsked(protocol, move, step, 'announce', expected), severity: 'warning', tolerable: nextOf(participant, entry) }]
      }
    }
  })
}

/**
 * What the looks see; and the entries by which somebody agrees, for itself, to terms that another's answer has put into force
 * already. One participant's tables have no row for those, and a case of many has to have them: nobody is bound without its word.
 */
const look = (protocol: Protocol, log: CaseLog, { moves }: Replayed, nextOf: NextStep): { readonly found: ReadonlyArray<Found>; readonly consents: ReadonlySet<number> } => {
  const found: Found[] = []
  const consents = new Set<number>()
  const tell = ({ id, requirements }: Look, sighting: Sighting): void => {
    // In the log of one participant the others are known by hearsay.
    if (log.header.as !== undefined && sighting.participant !== undefined && sighting.participant !== log.header.as) return
    const { missing, until, ...seen } = sighting
    const tolerable = until === undefined ? (missing === true ? nextOf(seen.participant, seen.entry) : undefined) : { at: until }
    found.push({ requirements, ...seen, kind: id, severity: 'none', ...(tolerable === undefined ? {} : { tolerable }) })
  }
  const consenting = (scene: Scene): Watcher => ({
    see: (entry, place) => {
      if (!('message' in entry) || !entry.message.types.some((type) => type === 'EA' || type === 'EC')) return
      const { embargo, from } = entry.message
      const named = embargo?.answers === undefined ? undefined : scene.embargoes.named(embargo)
      if (named !== undefined && named === scene.embargoes.inForce() && !scene.embargoes.signed(from) && scene.players.get(from)?.state.em === 'Active') consents.add(place)
    },
  })
  walk(protocol, log, moves, (scene) => [consenting(scene), ...looks.map((one) => one.watch(scene, (sighting) => tell(one, sighting)))])
  return { found, consents }
}

/** Kinds that can follow from a mistake before them. */
const consequential: ReadonlyArray<string> = ['refused', 'unexpected', 'unspecified', 'wrong-reply', 'missing-reply', 'missing-announcement']

/** Findings with their roots: what the forgiving replay does not find follows from an earlier mistake. */
const rooted = (protocol: Protocol, log: CaseLog, strict: Replayed, found: ReadonlyArray<Found>): ReadonlyArray<Breach> => {
  const isStep = (one: Found): boolean => one.kind === 'refused' || one.kind === 'unexpected' || one.kind === 'unspecified'
  if (!found.some(isStep)) return found.map((one) => breach(one, undefined))
  const roots = new Set<string>()
  let forgave = false
  const again = replayedForgiving(protocol, log, () => (forgave = true), (entry, who) => {
    if (forgave) roots.add(`${entry} ${who}`)
    forgave = false
  })
  const still = new Set(again.map(keyOf))
  const refusedSends = new Set(found.filter((one) => one.kind === 'refused').map((one) => one.message ?? ''))
  const isRoot = (one: Found): boolean =>
    !consequential.includes(one.kind) ? true
    : one.kind === 'refused' ? roots.has(`${one.entry} ${one.participant ?? ''}`)
    : one.message !== undefined && refusedSends.has(one.message) && strict.moves[one.entry]?.some((move) => move.who === one.participant && move.way === 'sent') !== true ? false
    : isStep(one) ? roots.has(`${one.entry} ${one.participant ?? ''}`)
    : still.has(keyOf(one))
  const places = new Map<string, number>()
  const note = (one: Found, place: number): void => {
    if (one.message !== undefined) places.set(`of ${one.message}`, place)
    for (const machine of machinesIn(one)) places.set(`by ${one.participant ?? ''} ${machine}`, place)
    places.set(`by ${one.participant ?? ''}`, place)
    places.set('any', place)
  }
  return found.map((one, index) => {
    if (isRoot(one)) {
      if (isStep(one)) note(one, index)
      return breach(one, undefined)
    }
    const who = `by ${one.participant ?? ''}`
    const cause = [`of ${one.message ?? ''}`, ...machinesIn(one).map((machine) => `${who} ${machine}`), who, 'any'].map((key) => places.get(key)).find((place) => place !== undefined) ?? -1
    if (one.message !== undefined && !places.has(`of ${one.message}`)) places.set(`of ${one.message}`, cause)
    return breach(one, cause)
  })
}

/** The machines that a finding is about, by what came. */
const machinesIn = ({ got }: Found): ReadonlyArray<string> => unique(got.flatMap((name) => messageTypeList.filter((type) => type === name).map((type) => messageTypes[type].family)))

const keyOf = ({ entry, kind, message, participant }: Pick<Finding, 'entry' | 'message' | 'participant'> & { readonly kind: string }): string => `${kind} ${entry} ${participant?.length ?? 0} ${participant ?? ''} ${message ?? ''}`

/** The findings of a replay that forgives, which tells after each step whether it had to. */
const replayedForgiving = (protocol: Protocol, log: CaseLog, forgave: () => void, stepped: (entry: number, who: Id) => void): ReadonlyArray<Finding> =>
  replay(forgiving(protocol, forgave), log, ({ before, entry }) => stepped(entry, before.id)).findings

const breach = (found: Found, cause: number | undefined): Breach => {
  const severity = courteous(found) ? 'warning' : severityOf(found.requirements, found.severity)
  return cause === undefined || cause < 0 ? { ...found, severity, root: cause === undefined } : { ...found, severity, root: false, cause }
}
