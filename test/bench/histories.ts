/** CS histories, and timelines of which only parts are known. */
import { caseMachine, cs } from 'mpcvd'
import { isHistory, readWhen, score, tally, type Timeline } from 'mpcvd/measuring'
import { type Group, time, timeLong } from './timing.js'

const histories = cs.words(6)
const table = caseMachine.vendor.table as Readonly<Record<string, Readonly<Record<string, string>>>>
const accepts = (history: string): boolean => {
  let state: string = cs.initial
  for (const event of history) {
    const next = table[state]?.[event]
    if (next === undefined) return false
    state = next
  }
  return state === 'VFDPXA'
}

/** Six events, each within one to eight days of a month. */
const partial = Array.from({ length: 1000 }, (_, i): Timeline => Object.fromEntries(['V', 'F', 'D', 'P', 'X', 'A'].map((event, place) => {
  const day = 1 + ((i * 7919 + place * 104_729) % 20)
  return [event, readWhen(`2024-01-${String(day).padStart(2, '0')}/2024-01-${String(day + ((i >> place) % 8)).padStart(2, '0')}`)]
})))

/** The rows. */
export const historyGroup = async (): Promise<Group> => ({
  id: 'histories', title: 'Histories of six events', unit: 'history',
  rows: [
    await time('isHistory', histories.length, () => { let held = 0; for (const one of histories) if (isHistory(one)) held++; return held }, { target: { atMost: 100, unit: 'ns' } }),
    await time('step by step through the machine’s table', histories.length, () => { let held = 0; for (const one of histories) if (accepts(one)) held++; return held }),
    await time('score of six partial dates', partial.length, () => { let right = 0; for (const one of partial) if (score(one)._tag === 'Right') right++; return right }),
    timeLong('tally of a million timelines of six partial dates', 1_000_000, 3, () => tally((function* () { for (let i = 0; i < 1000; i++) yield* partial })()).fitting),
  ],
})
