/**
 * Checks of how embargoes end: at once and not later, with a reason, when the fix is out, and after what ended them is told.
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import type { Id } from '../protocol/message.js'
import { readMoment, surelyBefore } from '../protocol/moment.js'
import type { Look, Sighting } from './look.js'
import { fires, isInForce } from './move.js'

/** ET ends an embargo now; an early end in the future is a revision. */
const endsLater: Look = {
  id: 'ends-later', requirements: ['VP-11-008', 'DVS-09'], finds: 'ET names an end in the future, where EV would propose it',
  watch: (scene, tell) => ({
    see: (entry, place) => {
      if (!('message' in entry) || !entry.message.types.includes('ET')) return
      const { at, embargo, from, id } = entry.message
      // Whoever names the terms by their whole content asks for nothing.
      if (embargo?.end !== undefined && embargo.end !== scene.embargoes.inForce()?.terms?.end && surelyBefore(at, embargo.end)) tell({ entry: place, participant: from, message: id, expected: ['EV'], got: ['ET'] })
    },
  }),
}

/** Who ends an embargo of its own accord says why. */
const endsWithoutReason: Look = {
  id: 'ends-without-reason', requirements: ['EMB-14-001'], finds: 'an embargo is ended before its time and without a reason',
  watch: (scene, tell) => ({
    see: (entry, place, moves) => {
      if (!('message' in entry) || !entry.message.types.includes('ET') || entry.message.embargo?.reason !== undefined) return
      const { at, from, id, types } = entry.message
      const move = moves.find((one) => one.way === 'sent' && one.who === from)
      if (move === undefined || !isInForce(move.before) || !move.before.cs.endsWith('pxa') || types.some((type) => type === 'CP' || type === 'CX' || type === 'CA')) return
      const terms = scene.embargoes.inForce()
      const end = terms?.terms?.end
      const [due, sent] = [end === undefined ? undefined : readMoment(end), readMoment(at)]
      // The end of terms that the log does not tell can have come.
      if (terms === undefined || (due !== undefined && sent !== undefined && due.earliest <= sent.latest)) return
      tell({ entry: place, participant: from, message: id, expected: ['embargo.reason'], got: ['ET'] })
    },
  }),
}

/** A fix that is deployed leaves nothing to keep secret for. */
const deployedUnderEmbargo: Look = {
  id: 'deployed-under-embargo', requirements: ['CSB-11-001'], finds: 'a fix is deployed, and the embargo is not ended',
  watch: (scene, tell) => {
    const waiting = new Map<Id, Sighting>()
    return {
      see: (entry, place, moves) => {
        for (const move of moves) {
          if (fires(move, 'cs', 'D') && move.after.cs.startsWith('VFD') && isInForce(move.before) && isInForce(move.after) && scene.answers(move.who))
            waiting.set(move.who, { entry: place, participant: move.who, ...('message' in entry ? { message: entry.message.id } : {}), expected: ['ET'], got: [], missing: true })
          if (!isInForce(move.after)) waiting.delete(move.who)
        }
      },
      end: () => waiting.forEach(tell),
    }
  },
}

/** An embargo that somebody has accepted by sending the report is not its to refuse any more. */
const takesBack: Look = {
  id: 'takes-back', requirements: ['VP-06-007', 'VP-05-003'], finds: 'who has accepted an embargo by sending the report refuses it afterwards',
  watch: (_scene, tell) => {
    const accepted = new Set<Id>()
    return {
      see: (entry, place, moves) => {
        if (!('message' in entry)) return
        const { from, id, types } = entry.message
        if (types.includes('RS') && moves.some((move) => move.way === 'sent' && fires(move, 'em', 'accept'))) accepted.add(from)
        if (types.includes('ER') && accepted.has(from) && moves.some((move) => move.who === from && isInForce(move.before)))
          tell({ entry: place, participant: from, message: id, expected: ['ET', 'EV'], got: ['ER'] })
      },
    }
  },
}

/** What has become public is told before the embargo is ended for it. */
const endsBeforeTelling: Look = {
  id: 'ends-before-telling', requirements: ['CSB-05-010'], finds: 'an embargo is ended for what has become public, before that is told',
  watch: (scene, tell) => {
    const untold = new Map<Id, ReadonlyArray<string>>()
    return {
      see: (entry, place, moves) => {
        if ('message' in entry) {
          const { from, id, types } = entry.message
          const due = (untold.get(from) ?? []).filter((type) => !types.some((one) => one === type))
          if (types.includes('ET') && due.length > 0) tell({ entry: place, participant: from, message: id, expected: due, got: ['ET'] })
          untold.set(from, types.includes('ET') ? [] : due)
        }
        for (const { result, way, who } of moves)
          if (way === 'received' && !isLeft(result) && result.right.replies.includes('ET') && scene.answers(who)) untold.set(who, result.right.replies.filter((type) => type === 'CP' || type === 'CX' || type === 'CA'))
      },
    }
  },
}

/** The checks of endings. */
export const endingLooks: ReadonlyArray<Look> = [endsLater, endsWithoutReason, deployedUnderEmbargo, takesBack, endsBeforeTelling]
