/**
 * `mpcvd advise STATE`: what a case state says beyond the protocol, and what those who work on the case could do.
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import { actions, type Asker, conditions, type Guidance, guidanceFor, rowsFor, statesOf, type Suggestion, suggestionsFor, type Topic, topics } from '../advice/index.js'
import { parseState, type Role, roles as allRoles, type VendorCaseState } from '../index.js'
import { unique } from '../protocol/interpret.js'
import { type Options, say, sayJson, table, type UsageError } from './terminal.js'

const rolesIn = (text: string): ReadonlyArray<Role> | UsageError => {
  const names = text.split(',').map((name) => name.trim())
  const known = allRoles.filter((role) => names.includes(role))
  return known.length === names.length ? known : { usage: `--roles expects some of ${allRoles.join(', ')}; got ${text}` }
}

const isTopic = (name: string): name is Topic => name in topics

const valuesOf = (guidance: Guidance, topic: Topic): string => {
  const value = guidance[topic]
  return typeof value === 'string' ? value : value.join(' ') || '-'
}

/** Where the values of a topic are written, in all of some states. */
const sourcesOf = (topic: Topic, states: ReadonlyArray<VendorCaseState>): string => {
  const rows = states.flatMap((state) => rowsFor(topic, state))
  return unique(rows.flatMap(({ requirements = [], source }) => [...source, ...requirements])).join(' ')
}

const notesOf = ({ embargoed, enabled, event, given }: Suggestion): string =>
  [
    ...(event === undefined ? [] : [`aims at ${event}${enabled === true ? '' : ', which cannot happen at once'}`]),
    ...(given === undefined ? [] : [conditions[given]]), ...(embargoed === true ? ['against the embargo in force'] : []),
  ].join('; ')

/** What is suggested in all of some states; what only some of them suggest is marked. */
const suggestionRows = (states: ReadonlyArray<VendorCaseState>, asker: Asker): ReadonlyArray<ReadonlyArray<string>> => {
  const all = states.map((state) => suggestionsFor(state, asker))
  return unique(all.flat().map(({ action }) => action)).flatMap((name) => {
    const those = all.flatMap((each) => each.filter(({ action }) => action === name))
    const [first] = those
    return first === undefined ? [] : [[
      actions[first.action], unique(those.flatMap(({ rules }) => rules)).join(' '), those.length === states.length ? '' : `in ${those.length} of ${states.length} states`,
      unique(those.map(notesOf)).filter((note) => note !== '').join(' / '),
    ]]
  })
}

/** Says what a case state says. It may be a vendor's, a shorter one, a pattern with dots, or a state in compact notation. */
export const advise = (text: string, options: Options): UsageError | undefined => {
  const notation = parseState(text)
  const known = isLeft(notation) ? undefined : notation.right
  const states = statesOf(known?.cs ?? text.trim())
  if (states.length === 0) return { usage: `cannot read the state: expected a case state such as Vfdpxa or pxa, a pattern such as V..P.., or (A,N,Vfdpxa); got ${text}` }
  const held = options.roles === undefined ? undefined : rolesIn(options.roles)
  if (held !== undefined && 'usage' in held) return held
  const asker: Asker = { ...(held === undefined ? {} : { roles: held }), ...(known === undefined ? {} : { em: known.em }) }
  if (options.json) {
    sayJson(states.map((state) => ({ state, guidance: guidanceFor(state), suggestions: suggestionsFor(state, asker) })))
    return undefined
  }
  say(states.length === 1 ? `${states[0] ?? ''}:` : `${text}, ${states.length} states: ${states.join(' ')}`)
  const guidance = states.map(guidanceFor)
  for (const row of table(Object.keys(topics).filter(isTopic).map((topic) => [topics[topic], unique(guidance.map((one) => valuesOf(one, topic))).join(' or '), sourcesOf(topic, states)]))) say(`  ${row}`)
  say('what could be done:')
  for (const row of table(suggestionRows(states, asker))) say(`  ${row}`)
  return undefined
}
