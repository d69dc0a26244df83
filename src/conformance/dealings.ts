/**
 * Checks of how participants deal with one another: whom they tell, whom they let in, and what they leave alone.
 *
 * @module
 */
import { type Id, type Message, type MessageType, subjectOf } from '../protocol/message.js'
import { surelyBefore } from '../protocol/moment.js'
import { startOf } from '../protocol/participant.js'
import type { Look, Sighting } from './look.js'
import { fires, isInForce } from './move.js'
import type { Player, Scene } from './scene.js'

/** Whether the case has an embargo: somebody else who is engaged is under one. */
const othersBound = ({ bound }: Scene, than: Id): boolean => bound.size > (bound.has(than) ? 1 : 0)

/** Types that tell everybody engaged of a change, or decide about the embargo. */
const forAll: ReadonlyArray<MessageType> = ['RI', 'RV', 'RD', 'RA', 'RC', 'EP', 'EA', 'EV', 'EC', 'EJ', 'ER', 'ET', 'CV', 'CF', 'CD', 'CP', 'CX', 'CA']

/** How many of those who were left out a finding names. */
const NAMED = 20

/** A change is told to some, and not to others whom it concerns. */
const toldToSome: Look = {
  id: 'told-to-some', requirements: ['VP-03-012', 'VP-02-019'], finds: 'a change is told to some of those who are engaged, and not to all',
  watch: (scene, tell) => {
    /** By sender and type: what was told while somebody engaged had not heard of it, and how often who is engaged had changed when that was last looked at. */
    const tellings = new Map<string, { readonly sent: (readonly [message: Message, entry: number, type: MessageType])[]; turns: number }>()
    const left = new Map<Id, number>()
    const wasEngaged = (spell: ReadonlyArray<number>, entry: number): boolean => spell.filter((place) => place <= entry).length % 2 === 1
    const leftOut = ({ from }: Message, entry: number, type: MessageType): ReadonlyArray<Id> => {
      const heard = scene.told(from, type)
      const found: Id[] = []
      for (const [id, spell] of scene.spells) {
        if (id !== from && !heard.has(id) && (left.get(id) ?? -1) < entry && wasEngaged(spell, entry)) found.push(id)
        if (found.length > NAMED) return [...found.slice(0, NAMED), '…']
      }
      return found
    }
    return {
      see: (entry, place, moves) => {
        if ('membership' in entry && (entry.membership.change === 'leaves' || entry.membership.change === 'excluded')) left.set(entry.membership.participant, place)
        if (!('message' in entry)) return
        const { message } = entry
        const { embargo, from, inReplyTo, to, types } = message
        const sent = moves.find((one) => one.way === 'sent' && one.who === from)
        if (sent === undefined || !scene.answers(from)) return
        for (const type of types) {
          if (!forAll.includes(type)) continue
          // An offer to a newcomer is for it alone, and so is its answer; an ER to who proposed too late is an answer; hearsay binds nobody.
          const newcomer = (type === 'EA' || type === 'ER') && scene.embargoes.offered(from)?.status === 'open'
          if (newcomer || embargo?.existing === true || (type === 'ER' && inReplyTo !== undefined && sent.before.em !== 'Proposed') || subjectOf(message) !== from) continue
          const key = `${type} ${from}`
          const earlier = tellings.get(key) ?? { sent: [], turns: -1 }
          if (earlier.turns === scene.turns()) continue
          tellings.set(key, earlier)
          earlier.turns = scene.turns()
          const [heard, now] = [scene.told(from, type), new Set(to)]
          for (const one of scene.engaged) {
            if (one === from || heard.has(one) || now.has(one)) continue
            earlier.sent.push([message, place, type])
            break
          }
        }
      },
      end: () => {
        for (const { sent } of tellings.values())
          for (const [message, entry, type] of sent) {
            const untold = leftOut(message, entry, type)
            if (untold.length === 0) continue
            tell({
              entry, participant: message.from, message: message.id, requirements: type.startsWith('R') ? ['VP-03-012', 'VP-02-019'] : ['VP-03-012'],
              expected: [`${type} to ${untold.join(', ')}`], got: [`${type} to ${message.to.join(', ')}`], missing: true,
            })
            break
          }
      },
    }
  },
}

const isReporterThere = (scene: Scene, than: Id): boolean =>
  [...scene.engaged].some((id) => id !== than && scene.players.get(id)?.state.roles.some((role) => role === 'reporter' || role === 'finder') === true)

/** Whoever finds a report invalid gives its reporter a chance to add to it before the report is closed. */
const closedWithoutChance: Look = {
  id: 'closed-without-chance', requirements: ['VP-02-013'], finds: 'an invalid report is closed before its reporter could add to it',
  watch: (scene, tell) => {
    const informed = new Set<Id>()
    const found = new Set<Id>()
    return {
      see: (entry, place, moves) => {
        for (const move of moves) if (fires(move, 'rm', 'invalidate')) found.add(move.who)
        for (const move of moves)
          if (found.has(move.who) && (move.before.rm === 'Invalid' || fires(move, 'rm', 'invalidate')) && move.way !== 'received' && fires(move, 'rm', 'close') && !informed.has(move.who) && scene.answers(move.who) && isReporterThere(scene, move.who))
            tell({ entry: place, participant: move.who, ...('message' in entry ? { message: entry.message.id } : {}), expected: ['RI or GI to the reporter, and time to answer'], got: ['RC'] })
        if ('message' in entry && (entry.message.types.includes('RI') || entry.message.types.includes('GI'))) informed.add(entry.message.from)
      },
    }
  },
}

/** Whoever was party to an embargo keeps to it while it stands, also when it has left off. */
const publishesAfterLeaving: Look = {
  id: 'publishes-after-leaving', requirements: ['VP-05-011'], finds: 'a participant that has deferred, closed or left publishes while the embargo stands',
  watch: (scene, tell) => {
    const party = new Set<Id>()
    return {
      see: (entry, place, moves) => {
        if ('message' in entry && entry.message.types.some((type) => type === 'CP' || type === 'CX') && entry.message.cause === 'own') {
          const { from, id, types } = entry.message
          const sender = scene.players.get(from)
          const stands = [...scene.bound].some((id) => id !== from && scene.players.get(id)?.state.cs.endsWith('pxa') === true)
          if (sender !== undefined && party.has(from) && (sender.state.rm === 'Closed' || sender.state.rm === 'Deferred' || !sender.present) && stands)
            tell({ entry: place, participant: from, message: id, expected: ['nothing, while the embargo stands'], got: types })
        }
        for (const { after, who } of moves) if (isInForce(after)) party.add(who)
      },
    }
  },
}

/** Whoever has left an active embargo is left out of what is said in the case. */
const keepsLeaverInformed: Look = {
  id: 'keeps-leaver-informed', requirements: ['VP-05-012'], finds: 'somebody who left an active embargo is still sent what is said in the case',
  watch: (scene, tell) => {
    const gone = new Set<Id>()
    return {
      see: (entry, place) => {
        if ('membership' in entry && (entry.membership.change === 'withdraws' || entry.membership.change === 'leaves') && othersBound(scene, entry.membership.participant))
          gone.add(entry.membership.participant)
        if ('membership' in entry && entry.membership.change === 'joins') gone.delete(entry.membership.participant)
        if (!('message' in entry)) return
        const { from, id, inReplyTo, to, types } = entry.message
        // Whoever agrees again is back; and to ask it, or to offer it the terms once more, is not to keep it informed.
        if (types.some((type) => type === 'EA' || type === 'EC')) gone.delete(from)
        const told = to.filter((one) => gone.has(one))
        const ends = types.some((type) => type === 'ET' || type === 'CP' || type === 'CX' || type === 'CA') || types.every((type) => type === 'EP' || type === 'GI') || inReplyTo !== undefined
        if (told.length > 0 && !ends && !gone.has(from) && scene.bound.size > 0)
          tell({ entry: place, participant: from, message: id, expected: [`no message to ${told.join(', ')}`], got: types })
      },
    }
  },
}

/** Newcomers are offered the terms in force, and hear of the report when they have accepted. */
const newcomers: Look = {
  id: 'newcomer', requirements: ['VP-08-001', 'VP-08-006', 'EMB-11-001'], finds: 'a newcomer is not offered the embargo in force, or is sent the report before it has accepted',
  watch: (scene, tell) => {
    const unasked = new Map<Id, Sighting>()
    return {
      see: (entry, place, moves) => {
        if ('membership' in entry && entry.membership.change !== 'joins') unasked.delete(entry.membership.participant)
        if ('membership' in entry && entry.membership.change === 'joins') {
          const { by, participant, start } = entry.membership
          const player = scene.players.get(participant) ?? { state: startOf(participant, entry.membership.roles ?? ['observer'], start) }
          // Only who is under the embargo can offer it; and who joins by itself, or is under it already, is offered nothing.
          if (scene.bound.has(by) && by !== participant && !isInForce(player.state) && scene.answers(by))
            unasked.set(participant, { entry: place, participant: by, requirements: ['VP-08-001'], expected: [`EP of the terms in force to ${participant}`], got: [], missing: true })
        }
        if (moves.some((move) => fires(move, 'em', 'terminate'))) unasked.clear()
        if (!('message' in entry)) return
        const { embargo, from, id, to, types } = entry.message
        if (types.includes('EP') && embargo?.existing === true) for (const one of to) unasked.delete(one)
        // Who ends the embargo, or says that there is none to keep, owes no offer of it any more.
        if (types.some((type) => type === 'ET' || type === 'CP' || type === 'CX' || type === 'CA')) unasked.clear()
        if (!types.includes('RS') || scene.bound.size === 0 || scene.embargoes.inForce() === undefined) return
        for (const one of to) {
          const player = scene.players.get(one)
          const signs = scene.embargoes.signed(one) || (player !== undefined && (isInForce(player.state) || player.state.rm !== 'Start'))
          if (!signs) tell({ entry: place, participant: from, message: id, requirements: ['VP-08-006', 'EMB-11-001'], expected: [`EA by ${one} first`], got: ['RS'] })
        }
      },
      end: () => unasked.forEach(tell),
    }
  },
}

const isUnaware = ({ state }: Player): boolean => state.rm === 'Start' || state.cs.startsWith('v')

/** What is said of a Vendor comes from who knows it at first hand. */
const hearsay: Look = {
  id: 'hearsay', requirements: ['VP-12-001'], finds: 'CV for a Vendor is sent by somebody who neither is that Vendor nor reported to it',
  watch: (scene, tell) => {
    const ignorant = new Set([...scene.players.values()].filter(isUnaware).map((one) => one.id))
    return { see: (entry, place) => {
      if ('membership' in entry && entry.membership.change === 'joins') ignorant.add(entry.membership.participant)
      if (!('message' in entry) || !entry.message.types.includes('CV')) return
      const { from, id } = entry.message
      const about = subjectOf(entry.message)
      // What is not in the log was not said only where the log is whole, and the Vendor knew nothing when it began.
      if (about === from || !scene.answers(from) || !ignorant.has(about)) return
      if (!scene.told(from, 'RS').has(about)) tell({ entry: place, participant: from, message: id, expected: [`CV by ${about}, or by who reported to it`], got: [`CV for ${about}`] })
    } }
  },
}

/** That one closes or defers is no reason to end an embargo for the others. */
const endsAutomatically: Look = {
  id: 'ends-automatically', requirements: ['VP-13-009', 'EMB-11-003', 'EMB-12-002'], finds: 'an embargo ends because somebody closed or deferred, while others are at work',
  watch: (scene, tell) => ({
    see: (entry, place, moves) => {
      if (!('message' in entry) || !entry.message.types.includes('ET')) return
      const { from, id, inReplyTo, types } = entry.message
      const sent = moves.find((one) => one.way === 'sent' && one.who === from)
      if (sent === undefined || !sent.before.cs.endsWith('pxa') || !isInForce(sent.before)) return
      const cited = inReplyTo === undefined ? undefined : scene.messages.get(inReplyTo)?.message
      const stops = (all: ReadonlyArray<MessageType>): boolean => all.includes('RC') || all.includes('RD')
      if (!stops(types) && (cited === undefined || !stops(cited.types))) return
      const atWork = [...scene.engaged].some((one) => one !== from && (cited === undefined || !stops(cited.types) || one !== cited.from) && ['Received', 'Valid', 'Accepted'].includes(scene.players.get(one)?.state.rm ?? ''))
      if (atWork)
        tell({ entry: place, participant: from, message: id, requirements: ['VP-13-009', sent.before.em === 'Revise' ? 'EMB-12-002' : 'EMB-11-003'], expected: ['no ET'], got: types })
    },
  }),
}

/** An invitation that is accepted late is taken as what it is. */
const lateAcceptance: Look = {
  id: 'late-acceptance', requirements: ['EMB-17-001', 'EMB-17-002', 'EMB-17-003', 'EMB-17-005', 'EMB-17-006', 'EMB-17-007', 'EMB-17-008', 'DVS-21'],
  finds: 'who accepts terms late is refused, excluded, invited again to nothing, or not offered the terms in force',
  watch: (scene, tell) => {
    const late = new Map<Id, { readonly entry: number; readonly message: Id; readonly over: boolean }>()
    const stale = new Map<Id, Sighting>()
    return {
      see: (entry, place, moves) => {
        if ('membership' in entry && entry.membership.change === 'excluded') {
          const { by, participant } = entry.membership
          const accepted = late.get(participant)
          if (accepted !== undefined) tell({ entry: place, participant: by, requirements: accepted.over ? ['EMB-17-008', 'EMB-17-001'] : ['EMB-17-006', 'EMB-17-001'], expected: ['EK'], got: ['excluded'] })
        }
        if (!('message' in entry)) return
        const { embargo, from, id, inReplyTo, to, types } = entry.message
        for (const one of to) {
          const accepted = late.get(one)
          if (accepted !== undefined && inReplyTo === accepted.message && types.some((type) => type === 'ER' || type === 'EE'))
            tell({ entry: place, participant: from, message: id, requirements: ['EMB-17-001', 'EMB-17-006', 'DVS-21'], expected: ['EK'], got: types })
          if (types.includes('EP') && accepted?.over === true && !moves.some((move) => fires(move, 'em', 'propose')))
            tell({ entry: place, participant: from, message: id, requirements: ['EMB-17-007'], expected: ['nothing'], got: ['EP'] })
          if (types.includes('EP') && embargo?.existing === true) stale.delete(one)
          if (types.includes('EP') && embargo?.existing === true && accepted?.over === false && scene.embargoes.signed(one) && embargo.id === scene.embargoes.inForce()?.id)
            tell({ entry: place, participant: from, message: id, requirements: ['EMB-17-002'], expected: [`RS to ${one}`], got: types })
        }
        if (types.includes('RS')) for (const one of to) if (stale.has(one)) tell({ entry: place, participant: from, message: id, requirements: ['EMB-17-005'], expected: [`EP to ${one}, and EA of it`], got: types })
        if (!types.includes('EA') && !types.includes('EC')) return
        const current = scene.embargoes.inForce()
        const invited = scene.embargoes.offered(from)
        const named = invited?.status === 'open' ? invited : scene.embargoes.named(embargo)
        if (named === undefined || named.by === from || scene.embargoes.signed(from)) return
        const isLate = named.terms?.respondBy !== undefined && surelyBefore(named.terms.respondBy, entry.message.at)
        const isStale = named.kind === 'existing' ? named.id !== current?.id : named.status === 'over' || named.status === 'rejected'
        if (isLate || isStale) late.set(from, { entry: place, message: id, over: current === undefined })
        if (isStale && current !== undefined && scene.answers(named.by))
          stale.set(from, { entry: place, participant: named.by, message: id, requirements: ['EMB-17-003'], expected: [`EP of ${current.id} to ${from}`], got: [], missing: true })
      },
      end: () => stale.forEach(tell),
    }
  },
}

/** Coordinated publication presumes that somebody is at work. */
const publishedByNobody: Look = {
  id: 'published-by-nobody', requirements: ['ST-26'], finds: 'a participant publishes while nobody works on the report',
  watch: (scene, tell) => ({
    see: (entry, place, moves) => {
      if (!('message' in entry) || !entry.message.types.includes('CP') || entry.message.cause !== 'own' || scene.log.header.as !== undefined || scene.log.header.world !== 'closed') return
      const { from, id } = entry.message
      if (moves.some((move) => move.who === from && fires(move, 'cs', 'P')) && ![...scene.players.values()].some((one) => one.state.rm === 'Accepted'))
        tell({ entry: place, participant: from, message: id, expected: ['somebody at Accepted'], got: ['CP'] })
    },
  }),
}

/** The checks of dealings. */
export const dealingLooks: ReadonlyArray<Look> = [
  toldToSome, closedWithoutChance, publishesAfterLeaving, keepsLeaverInformed, newcomers, hearsay, endsAutomatically, lateAcceptance, publishedByNobody,
]
