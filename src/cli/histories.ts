/**
 * `mpcvd histories [PREFIX|STATE]`: the 70 orders in which the events of a case can come, those that begin in one way, or
 * what may become of a case in one state.
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import { cs, stateNamed, type VendorCaseState } from '../index.js'
import {
  decimalText, describeHistoryFault, expectedCount, fractionText, histories, type History, pageRank, prefix, type Prefix, prospects, publishedRank, rankOf, type Rational, scoreOf,
  stateScore, visitProbability,
} from '../measuring/index.js'
import { say, sayJson, table, type UsageError } from './terminal.js'

const number = (of: Rational): { readonly fraction: string; readonly decimal: string } => ({ fraction: fractionText(of), decimal: decimalText(of, 4) })

const rowOf = (of: History): object => ({
  history: of.events, probability: number(of.probability), met: of.met, count: of.met.length, score: number(scoreOf(of)), rank: rankOf(of), publishedRank: publishedRank(of),
})

const showAll = (all: ReadonlyArray<History>, begun: Prefix, json: boolean): void => {
  if (json) {
    sayJson({ prefix: begun.events, state: begun.state, probability: number(begun.probability), ...(begun.forced === undefined ? {} : { forced: begun.forced }), histories: all.map(rowOf) })
    return
  }
  const forced = begun.forced === undefined ? '' : `; next must be ${begun.forced}`
  say(`${begun.events === '' ? 'histories' : `${begun.events}…`}: ${all.length}, in ${begun.state}${forced}; probability ${fractionText(begun.probability)}`)
  const rows = all.map((each) => [
    each.events, fractionText(each.probability), decimalText(each.probability, 4), String(each.met.length), fractionText(scoreOf(each)), decimalText(scoreOf(each)), String(rankOf(each)), each.met.join(' ') || '-',
  ])
  table([['history', 'probability', '', 'met', 'score', '', 'rank', 'orderings'], ...rows], [2, 3, 5, 6]).forEach(say)
}

const showState = (state: VendorCaseState, json: boolean): void => {
  const ahead = prospects(state)
  if (json) {
    sayJson({
      state, enabled: cs.enabled(state), visited: number(visitProbability(state)), pageRank: number(pageRank(state)), score: number(stateScore(state)), expected: number(expectedCount(state)),
      prospects: ahead.map(({ ordering, probability, standing }) => ({ ordering, standing, probability: number(probability) })),
    })
    return
  }
  say(`${state}: next ${cs.enabled(state).join(' ') || 'nothing'}; visited with ${fractionText(visitProbability(state))}; PageRank ${decimalText(pageRank(state), 3)}; ${decimalText(expectedCount(state), 2)} of 12 orderings expected`)
  for (const standing of ['secured', 'blocked', 'open', 'past'] as const) {
    const those = ahead.filter((each) => each.standing === standing)
    if (those.length > 0) say(`  ${standing.padEnd(8)}${those.map(({ ordering, probability }) => (standing === 'open' || standing === 'past' ? `${ordering} ${fractionText(probability)}` : ordering)).join(', ')}`)
  }
}

/** Shows histories: all, those with a beginning, or what may come of a state. A word in capitals is a history, not the last state. */
export const showHistories = (asked: string | undefined, { json }: { readonly json: boolean }): UsageError | undefined => {
  const state = asked === undefined || /^[A-Z]*$/.test(asked) ? undefined : stateNamed(cs, asked)
  if (state !== undefined) {
    showState(state, json)
    return undefined
  }
  const begun = prefix(asked ?? '')
  if (isLeft(begun)) return { usage: `histories expects a beginning of a history or a state such as Vfdpxa, got ${(asked ?? '').slice(0, 80)}: ${describeHistoryFault(begun.left)}` }
  showAll(histories.filter(({ events }) => events.startsWith(begun.right.events)), begun.right, json)
  return undefined
}
