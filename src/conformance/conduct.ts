/**
 * Checks of one participant's conduct, beyond what a single step shows: what it says when it leaves off, what it
 * leaves undone.
 *
 * The requirements give no time for what is left undone. It is told when the log goes on for a month without it, or when it
 * is too late: everybody else has closed the report, or there is nothing left to keep secret. A log that stops proves nothing.
 *
 * @module
 */
import { addDays } from '../case/calendar.js'
import type { Id, Message, MessageType, Moment } from '../protocol/message.js'
import { surelyBefore } from '../protocol/moment.js'
import type { Participant } from '../protocol/participant.js'
import { isAnswer } from '../protocol/reply.js'
import type { RmState } from '../protocol/rm.js'
import type { Look, Sighting } from './look.js'
import { fires, isInForce } from './move.js'
import { momentOf } from './scene.js'

/** Whether a message says something in words: an inquiry, or a note. */
const speaks = (message: Message): boolean => message.types.includes('GI') || message.note !== undefined

/** Whoever stops work while an embargo is in force says whether it still keeps to it. */
const leavesInSilence: Look = {
  id: 'leaves-in-silence', requirements: ['VP-05-010', 'VP-13-007', 'RMB-14-003'], finds: 'a participant defers, closes or leaves while an embargo is in force, and does not say whether it keeps to it',
  watch: (scene, tell) => {
    const left = new Map<Id, Sighting>()
    const said = new Set<Id>()
    return {
      see: (entry, place, moves) => {
        if ('message' in entry && speaks(entry.message)) {
          const { from } = entry.message
          const state = scene.players.get(from)?.state
          const earlier = left.get(from)
          if (state !== undefined && isInForce(state)) said.add(from)
          // Said afterwards is said; only before closing it is to be said beforehand.
          if (earlier?.requirements?.includes('RMB-14-003') === true) left.set(from, { ...earlier, requirements: ['RMB-14-003'] })
          else left.delete(from)
        }
        for (const move of moves) {
          const closes = fires(move, 'rm', 'close')
          if (move.way === 'received' || !(closes || fires(move, 'rm', 'defer')) || !isInForce(move.before) || !scene.answers(move.who) || said.has(move.who)) continue
          left.set(move.who, {
            entry: place, participant: move.who, ...('message' in entry ? { message: entry.message.id } : {}), expected: ['GI or a note: whether it keeps to the embargo'], got: [],
            requirements: closes ? leavesInSilence.requirements : ['VP-05-010'],
          })
        }
        if ('membership' in entry && entry.membership.change === 'leaves') {
          const { note, participant } = entry.membership
          const state = scene.players.get(participant)?.state
          if (state !== undefined && note === undefined && isInForce(state) && scene.answers(participant) && !said.has(participant) && !left.has(participant))
            left.set(participant, { entry: place, participant, requirements: ['VP-05-010'], expected: ['GI or a note: whether it keeps to the embargo'], got: [] })
        }
      },
      end: () => left.forEach((sighting) => tell({ ...sighting, missing: true })),
    }
  },
}

/** Whoever no longer keeps to the embargo tells the others, in words. */
const withdrawsInSilence: Look = {
  id: 'withdraws-in-silence', requirements: ['VP-13-008', 'EMB-11-005', 'EMB-12-003'], finds: 'a participant withdraws from an embargo, and tells nobody in words',
  watch: (scene, tell) => {
    const withdrew = new Map<Id, { readonly sighting: Sighting; readonly state: Participant }>()
    const told = new Set<Id>()
    return {
      see: (entry, place) => {
        if ('message' in entry && speaks(entry.message)) {
          told.add(entry.message.from)
          withdrew.delete(entry.message.from)
        }
        if (!('membership' in entry) || entry.membership.change !== 'withdraws') return
        const { participant } = entry.membership
        const state = scene.players.get(participant)?.state
        if (state === undefined || !isInForce(state) || !scene.answers(participant) || told.has(participant) || entry.membership.note !== undefined) return
        withdrew.set(participant, { state, sighting: { entry: place, participant, expected: ['GI'], got: [], missing: true } })
      },
      end: () => withdrew.forEach(({ sighting, state }) => tell({ ...sighting, requirements: ['VP-13-008', state.em === 'Revise' ? 'EMB-12-003' : 'EMB-11-005'] })),
    }
  },
}

/** A duplicate is a valid report: it is deferred in favour of the original, not found invalid. */
const duplicateInvalid: Look = {
  id: 'duplicate-invalid', requirements: ['VP-02-023', 'VP-02-022', 'RMB-11-002'], finds: 'a duplicate is found invalid',
  watch: (_scene, tell) => ({
    see: (entry, place) => {
      if ('message' in entry && entry.message.types.includes('RI') && entry.message.report?.duplicateOf !== undefined)
        tell({ entry: place, participant: entry.message.from, message: entry.message.id, expected: ['RV', 'RD'], got: ['RI'] })
      if ('local' in entry && entry.local.event === 'invalidate' && entry.local.reason === 'duplicate')
        tell({ entry: place, participant: entry.local.by, expected: ['validate', 'defer'], got: ['invalidate'] })
    },
  }),
}

/** What is still to be done in a report state. */
export const undone: Partial<Record<RmState, { readonly ids: ReadonlyArray<string>; readonly expected: ReadonlyArray<string> }>> = {
  Received: { ids: ['VP-02-006'], expected: ['RV', 'RI'] },
  Valid: { ids: ['VP-02-014', 'PX-07'], expected: ['RA', 'RD'] },
  Deferred: { ids: ['VP-02-017'], expected: ['RA', 'RC'] },
}

/** How long after its last change something that is left undone is not yet called so, in days. */
const PATIENCE = 30

/** How many days there have to be for a proposal: as many as there have to be for an answer. */
const SOON = 3

/** The moment some days after another. */
const patience = (since: Moment | undefined, days = PATIENCE): Moment | undefined => (since === undefined ? undefined : addDays(since, days))

/** Whether a log surely goes on for some days after a moment. */
const goesOn = (since: Moment | undefined, last: Moment | undefined, days = PATIENCE): boolean => {
  const until = patience(since, days)
  return until !== undefined && last !== undefined && surelyBefore(until, last)
}

/** Reports that somebody has left lying. */
const leftUndone: Look = {
  id: 'left-undone', requirements: ['VP-02-006', 'VP-02-014', 'VP-02-017', 'PX-07'], finds: 'a participant has not validated or prioritised the report for a month, or keeps it deferred when everybody else has closed it',
  watch: (scene, tell) => {
    const since = new Map<Id, { readonly entry: number; readonly at: Moment | undefined }>()
    let first: Moment | undefined
    let last: Moment | undefined
    return {
      see: (entry, place, moves) => {
        last = momentOf(entry) ?? last
        first ??= last
        for (const { after, before, who } of moves) if (after.rm !== before.rm) since.set(who, { entry: place, at: last })
      },
      end: () => {
        const players = [...scene.players.values()].filter((one) => scene.replayed(one.id))
        const closed = players.some((one) => one.state.rm === 'Closed')
        const working = players.filter((one) => one.present && one.engaged).slice(0, 2)
        for (const { id, present, state } of players) {
          const what = undone[state.rm]
          if (what === undefined || !present || !scene.answers(id)) continue
          const change = since.get(id)
          // A report may stay deferred as long as others are at work on it.
          const about = { entry: change?.entry ?? 0, participant: id, requirements: what.ids, expected: what.expected, got: [] }
          const until = patience(change?.at ?? first)
          if (state.rm === 'Deferred' && closed && working.every((one) => one.id === id)) tell({ ...about, missing: true })
          else if (state.rm !== 'Deferred' && until !== undefined && goesOn(change?.at ?? first, last)) tell({ ...about, until })
        }
      },
    }
  },
}

/** Types by which something is agreed or refused. */
const openings: ReadonlyArray<MessageType> = ['EP', 'EV']

/** Whoever has a report, and nothing is public, soon speaks of an embargo. */
const noEmbargo: Look = {
  id: 'no-embargo', requirements: ['VP-08-002', 'VP-13-001', 'VP-14-005', 'CSB-09-001'], finds: 'a Vendor has the report while nothing is public, and nobody proposes an embargo for a month, or for the days before it is over',
  watch: (scene, tell) => {
    let told: { readonly sighting: Sighting; readonly at: Moment } | undefined
    let proposed = scene.log.header.inherits?.embargo !== undefined
    let last: Moment | undefined
    let over: Moment | undefined
    return {
      see: (entry, place, moves) => {
        last = momentOf(entry) ?? last
        if (moves.some(({ after }) => !after.cs.endsWith('pxa') || after.rm === 'Closed')) over ??= last
        if (!('message' in entry)) return
        const { at, id, types } = entry.message
        if (openings.some((type) => types.includes(type))) proposed = true
        for (const move of moves)
          if (fires(move, 'cs', 'V') && move.way === 'received' && move.after.cs.endsWith('pxa') && move.after.em === 'None' && scene.answers(move.who))
            told ??= { at, sighting: { entry: place, participant: move.who, message: id, expected: ['EP'], got: [], missing: true } }
      },
      end: () => {
        if (told !== undefined && !proposed && (over === undefined ? goesOn(told.at, last) : goesOn(told.at, over, SOON))) tell(told.sighting)
      },
    }
  },
}

/** After a first proposal fails, another may succeed. */
const notRetried: Look = {
  id: 'not-retried', requirements: ['VP-06-005'], finds: 'the first proposal was rejected while nothing was public, and who made it went on without another',
  watch: (scene, tell) => {
    let failures = 0
    let failed: Sighting | undefined
    let wentOn = false
    return {
      see: (entry, place, moves) => {
        // Once something is public there is nothing left to propose.
        if (!wentOn && moves.some((move) => move.who === failed?.participant && !move.after.cs.endsWith('pxa'))) failed = undefined
        if (!('message' in entry)) return
        const { from, id, types } = entry.message
        if (openings.some((type) => types.includes(type))) failed = undefined
        if (failed?.participant === from && !types.every((type) => isAnswer(type) || type === 'GI')) wentOn = true
        if (!types.includes('ER')) return
        const move = moves.find((one) => one.who === from)
        const offer = scene.embargoes.named(entry.message.embargo)
        if (move === undefined || !fires(move, 'em', 'reject') || !move.before.cs.endsWith('pxa') || offer === undefined) return
        failures++
        failed = failures > 1 || offer.by === from || !scene.answers(offer.by) ? undefined : { entry: place, participant: offer.by, message: id, expected: ['EP'], got: [], missing: true }
        wentOn = false
      },
      end: () => {
        if (failed !== undefined && wentOn) tell(failed)
      },
    }
  },
}

/** The checks of conduct. */
export const conductLooks: ReadonlyArray<Look> = [leavesInSilence, withdrawsInSilence, duplicateInvalid, leftUndone, noEmbargo, notRetried]
