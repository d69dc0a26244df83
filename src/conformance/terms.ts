/**
 * Checks of embargo terms: that an embargo has an end, that it is not too far, that answers come in time, and which terms
 * are taken.
 *
 * Where the requirements name no number the reading is: an embargo of less than a day or more than half a year is not
 * "days to a few months"; more than 90 days need a reason in the terms; and whoever was asked without a date answers
 * within 14 days. A comparison of moments that are only half known proves nothing, so it is no finding.
 *
 * @module
 */
import { addDays, DAY } from '../case/calendar.js'
import type { LogEntry } from '../protocol/log.js'
import type { Id, Message, MessageType, Moment } from '../protocol/message.js'
import { readMoment, surelyBefore } from '../protocol/moment.js'
import type { Look } from './look.js'
import { fires, type Move } from './move.js'
import type { Offered } from './negotiation.js'
import { momentOf, type Player, type Scene } from './scene.js'

/** The least and the most number of days from one moment to another; undefined where one cannot be read. */
const days = (from: Moment, to: Moment): { readonly least: number; readonly most: number } | undefined => {
  const [start, end] = [readMoment(from), readMoment(to)]
  return start === undefined || end === undefined ? undefined : { least: (end.earliest - start.latest) / DAY, most: (end.latest - start.earliest) / DAY }
}

const proposes = (types: ReadonlyArray<MessageType>): boolean => types.includes('EP') || types.includes('EV')

/** A message that proposes terms which are not in force yet. */
const proposalIn = (entry: LogEntry) => ('message' in entry && proposes(entry.message.types) && entry.message.embargo?.existing !== true ? entry.message : undefined)

/** An embargo without an end is proposed. */
const openEnded: Look = {
  id: 'open-ended', requirements: ['VP-05-001', 'DUR-07-001'], finds: 'an embargo is proposed without an end',
  watch: (_scene, tell) => ({
    see: (entry, place) => {
      const message = proposalIn(entry)
      if (message !== undefined && message.embargo?.end === undefined)
        tell({ entry: place, participant: message.from, message: message.id, expected: ['embargo.end'], got: [] })
    },
  }),
}

/** What an entry puts into force: the terms, by whose answer. */
const acceptanceIn = (scene: Scene, entry: LogEntry, moves: ReadonlyArray<Move>) => {
  if (!('message' in entry)) return undefined
  const { at, embargo, from, id, types } = entry.message
  if (!moves.some((move) => move.who === from && fires(move, 'em', 'accept'))) return undefined
  const offer = scene.embargoes.named(embargo)
  return offer === undefined ? undefined : { at, from, id, types, offer, end: embargo?.end ?? offer.terms?.end, reason: embargo?.reason ?? offer.terms?.reason }
}

/** Terms without an end are accepted. */
const acceptsOpenEnded: Look = {
  id: 'accepts-open-ended', requirements: ['VP-04-001', 'VP-05-001', 'PX-01', 'DUR-07-001'], finds: 'an embargo without an end is accepted',
  watch: (scene, tell) => ({
    see: (entry, place, moves) => {
      const accepted = acceptanceIn(scene, entry, moves)
      if (accepted !== undefined && accepted.end === undefined)
        tell({ entry: place, participant: accepted.from, message: accepted.id, expected: ['embargo.end', 'ER'], got: accepted.types })
    },
  }),
}

/** Terms that last longer, or shorter, than an embargo should, or that are put off again and again. */
const tooLong: Look = {
  id: 'too-long', requirements: ['VP-05-002', 'VP-05-009', 'PX-02'],
  finds: 'an embargo is accepted for more than a year, for more than 90 days without a reason, for more than half a year, for less than a day, or put off to more than a year from when it began',
  watch: (scene, tell) => ({
    see: (entry, place, moves) => {
      const accepted = acceptanceIn(scene, entry, moves)
      if (accepted?.end === undefined) return
      const { at, end, from, id, offer, reason } = accepted
      const began = scene.embargoes.began()
      const [span, whole] = [days(at, end), days(began ?? at, end)]
      if (span === undefined || whole === undefined) return
      const about = { entry: place, participant: from, message: id, got: [end] }
      // How short an embargo is counts from its beginning: who joins late, or wants an early end, does not shorten it.
      if (offer.kind === 'revision' && whole.least > 366) tell({ ...about, requirements: ['PX-02'], expected: [`an end within a year of ${began ?? at}`] })
      if (span.least > 366) tell({ ...about, requirements: ['VP-05-002', 'VP-05-009'], expected: ['an end within a year'] })
      else if (span.least > 91 && reason === undefined) tell({ ...about, requirements: ['VP-05-002'], expected: ['an end within 90 days', 'embargo.reason'] })
      else if (span.least > 184 || (offer.status !== 'in force' && (offer.kind === 'revision' ? began !== undefined && whole.most < 1 : span.most < 1))) tell({ ...about, requirements: ['VP-05-009'], expected: ['an end in days to a few months'] })
    },
  }),
}

/** An answer is asked for in less time than there has to be. */
const respondBy: Look = {
  id: 'respond-by', requirements: ['EP-07-002'], finds: 'an answer is asked for within less than 72 hours',
  watch: (_scene, tell) => ({
    see: (entry, place) => {
      if (!('message' in entry) || !proposes(entry.message.types)) return
      const { at, embargo, from, id } = entry.message
      const span = embargo?.respondBy === undefined ? undefined : days(at, embargo.respondBy)
      if (span !== undefined && span.most < 3) tell({ entry: place, participant: from, message: id, expected: ['72 hours at least'], got: [embargo?.respondBy ?? ''] })
    },
  }),
}

/** Until when an answer to a proposal is due: what it says, or 14 days. */
const due = ({ at, embargo }: Message): Moment | undefined => embargo?.respondBy ?? addDays(at, 14)

/** A proposal is answered late or not at all by whom it was put to. */
const answerLate: Look = {
  id: 'answer-late', requirements: ['VP-06-004', 'VP-06-004b', 'VP-14-006', 'DVS-14'], finds: 'a proposal is answered late, or never',
  watch: (scene, tell) => {
    /** By whom it was put to: proposals to which nothing was said yet. */
    const waiting = new Map<Id, { readonly entry: number; readonly message: Id; readonly until: Moment }>()
    let last: Moment | undefined
    return {
      see: (entry, place, moves) => {
        last = momentOf(entry) ?? last
        if ('message' in entry) {
          const { message } = entry
          const asked = waiting.get(message.from)
          if (asked !== undefined && message.types.some((type) => ['EA', 'ER', 'EC', 'EJ', 'EP', 'EV', 'ET'].includes(type))) {
            waiting.delete(message.from)
            if (surelyBefore(asked.until, message.at))
              tell({ entry: place, participant: message.from, message: asked.message, requirements: ['VP-06-004', 'VP-14-006'], expected: [`an answer by ${asked.until}`], got: [message.at] })
          }
        }
        // Whoever's own embargo state has moved on, or who has left off, has nothing to answer any more.
        for (const { after, before, who } of moves) if (before.em !== after.em || after.rm === 'Closed') waiting.delete(who)
        if ('membership' in entry && (entry.membership.change === 'leaves' || entry.membership.change === 'excluded')) waiting.delete(entry.membership.participant)
        const proposal = proposalIn(entry)
        if (proposal === undefined) return
        const until = due(proposal)
        for (const { after, who, way } of moves)
          if (way === 'received' && until !== undefined && after.rm !== 'Closed' && scene.answers(who) && (after.em === 'Proposed' || after.em === 'Revise')) waiting.set(who, { entry: place, message: proposal.id, until })
      },
      end: () => {
        for (const [who, { entry, message, until }] of waiting)
          if (last !== undefined && surelyBefore(until, last)) tell({ entry, participant: who, message, expected: [`an answer by ${until}`], got: [], until })
      },
    }
  },
}

const isReporter = (player: Player | undefined): boolean => player?.state.roles.some((role) => role === 'reporter' || role === 'finder') === true

/** Terms that nobody has to accept: without an end, too long, too short or over. */
const isUnfit = ({ terms }: Offered, at: Moment): boolean => {
  const span = terms?.end === undefined ? undefined : days(at, terms.end)
  return span === undefined || span.most > 366 || (span.most > 91 && terms?.reason === undefined) || span.least < 1
}

/** Whoever holds the report to be invalid, or has a fix ready, is not to agree to an embargo. */
const mayRefuse = ({ state }: Player): boolean => !state.cs.endsWith('pxa') || state.rm === 'Invalid' || state.rm === 'Closed' || state.cs.startsWith('VF')

/** A proposal that should be accepted is rejected. */
const rejects: Look = {
  id: 'rejects', requirements: ['VP-06-003', 'VP-07-007', 'VP-08-005', 'VP-08-008', 'VP-14-009'],
  finds: 'a Reporter’s proposal, the terms in force as a newcomer, or more time for a Vendor without a fix, is rejected',
  watch: (scene, tell) => ({
    see: (entry, place) => {
      if (!('message' in entry)) return
      const { at, embargo, from, id, types } = entry.message
      const about = { entry: place, participant: from, message: id }
      const named = scene.embargoes.named(embargo)
      const player = scene.players.get(from)
      if (types.includes('ER') && !types.includes('EP') && player !== undefined && !mayRefuse(player)) {
        const existing = scene.embargoes.offered(from)
        const refused = existing?.status === 'open' ? existing : named
        if (refused === undefined || isUnfit(refused, at)) return
        if (existing?.status === 'open' && (embargo?.existing === true || scene.embargoes.inForce() !== undefined)) tell({ ...about, requirements: ['VP-08-005', 'VP-08-008'], expected: ['EA'], got: ['ER'] })
        else if (named?.status === 'open' && named.kind === 'initial' && named.by !== from && isReporter(scene.players.get(named.by))) tell({ ...about, requirements: ['VP-06-003', 'VP-07-007'], expected: ['EA', 'EP'], got: ['ER'] })
      }
      const offered = scene.embargoes.offered(from)
      if (types.includes('EP') && offered?.status === 'open' && embargo?.existing !== true && embargo?.end !== undefined && offered.terms?.end !== undefined && surelyBefore(offered.terms.end, embargo.end))
        tell({ ...about, requirements: ['VP-08-008'], expected: ['EA'], got: ['EP'] })
      if (types.includes('EJ') && named?.status === 'open' && named.kind === 'revision' && named.by !== from) {
        const current = scene.embargoes.inForce()?.terms?.end
        const shorter = current !== undefined && named.terms?.end !== undefined && !surelyBefore(current, named.terms.end)
        const fix = (id: Id): string => scene.players.get(id)?.state.cs.slice(0, -3).charAt(1) ?? ''
        if (!shorter && !isUnfit(named, at) && fix(from) === 'F' && fix(named.by) === 'f')
          tell({ ...about, requirements: ['VP-14-009'], expected: ['EC', 'EV'], got: ['EJ'] })
      }
    },
  }),
}

const endOf = (offer: Offered): Moment | undefined => offer.terms?.end

/** Of several proposals the one that ends first is accepted, and the others are made again as revisions. */
const acceptsLonger: Look = {
  id: 'accepts-longer', requirements: ['VP-07-008', 'VP-07-009', 'DVS-13'], finds: 'of several open proposals, one is accepted that does not end first',
  watch: (scene, tell) => ({
    see: (entry, place, moves) => {
      if (!('message' in entry) || !moves.some((move) => fires(move, 'em', 'accept'))) return
      const { embargo, from, id, types } = entry.message
      const type = types.find((one) => one === 'EA' || one === 'EC')
      const chosen = type === undefined ? undefined : scene.embargoes.named(embargo)
      const end = chosen === undefined ? undefined : endOf(chosen)
      if (type === undefined || chosen?.status !== 'open' || end === undefined) return
      const open = scene.embargoes.open().filter((one) => (one.kind === 'revision') === (type === 'EC'))
      const earlier = open.filter((one) => one !== chosen && (type === 'EC' || one.by !== chosen.by) && endOf(one) !== undefined && surelyBefore(endOf(one) ?? '', end))
      const [first] = earlier
      if (first !== undefined)
        tell({ entry: place, participant: from, message: id, requirements: type === 'EA' ? ['VP-07-008', 'DVS-13'] : ['VP-07-009'], expected: [`${type} of ${first.id} until ${endOf(first) ?? ''}`], got: [`${type} of ${chosen.id} until ${end}`] })
    },
  }),
}

/** A child case that ends before what it inherited tells its siblings. */
const endsBeforeSiblings: Look = {
  id: 'ends-before-siblings', requirements: ['VP-10-002', 'VP-10-003', 'VP-10-006', 'PX-03'], finds: 'a case that was split off agrees to an end before the one that it inherited',
  watch: (scene, tell) => ({
    see: (entry, place, moves) => {
      const inherited = scene.log.header.inherits
      const until = inherited?.embargo?.end
      if (until === undefined || !('message' in entry)) return
      const { embargo, from, id, note, types } = entry.message
      if (!types.some((type) => type === 'EA' || type === 'EC') || !moves.some((move) => fires(move, 'em', 'accept'))) return
      const target = scene.embargoes.named(embargo)
      const end = embargo?.end ?? target?.terms?.end
      const why = note ?? embargo?.reason ?? target?.terms?.reason
      if (end !== undefined && surelyBefore(end, until))
        tell({ entry: place, participant: target?.by ?? from, message: target?.message ?? id, requirements: why === undefined ? ['VP-10-002', 'VP-10-003', 'VP-10-006', 'PX-03'] : ['VP-10-006'], expected: [`an end not before ${until}`], got: [end] })
    },
  }),
}

/** Terms that somebody engaged has rejected are nobody's consensus, once that is known. */
const noConsensus: Look = {
  id: 'no-consensus', requirements: ['VP-08-003'], finds: 'terms are accepted that somebody engaged has rejected',
  watch: (scene, tell) => {
    /** Whose refusals each participant has received. */
    const heard = new Map<Id, Set<Id>>()
    return {
      see: (entry, place, moves) => {
        const message = 'message' in entry ? entry.message : 'receipt' in entry ? scene.messages.get(entry.receipt.message)?.message : undefined
        if (message === undefined) return
        if (message.types.some((type) => type === 'ER' || type === 'EJ'))
          for (const { way, who } of moves) if (way === 'received') heard.set(who, (heard.get(who) ?? new Set()).add(message.from))
        if (!('message' in entry) || !message.types.some((type) => type === 'EA' || type === 'EC')) return
        const { embargo, from, id, types } = message
        const target = scene.embargoes.named(embargo)
        if (target === undefined) return
        const against = [...scene.embargoes.against(target)].filter((one) => one !== from && heard.get(from)?.has(one) === true && scene.players.get(one)?.present === true)
        if (against.length > 0) tell({ entry: place, participant: from, message: id, expected: [`consent of ${against.slice(0, 20).join(', ')}`], got: types })
      },
    }
  },
}

/** The checks of terms. */
export const termLooks: ReadonlyArray<Look> = [openEnded, acceptsOpenEnded, tooLong, respondBy, answerLate, rejects, acceptsLonger, endsBeforeSiblings, noConsensus]
