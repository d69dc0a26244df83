/**
 * `mpcvd simulate --seed SEED --roles ROLES`: a case played by chance, as a case log.
 *
 * @module
 */
import { castOf, simulate } from '../advice/index.js'
import { encodeLog } from '../codec/index.js'
import { type Role, roles as allRoles } from '../index.js'
import { faultsText, sayText, type UsageError } from './terminal.js'

/** What the command was asked for, as the options have it. */
export interface SimulateArguments {
  readonly seed: string | undefined
  readonly roles: string | undefined
  readonly steps: string | undefined
}

/** More entries than a play of a few participants ever needs. */
const MOST = 10_000

const castIn = (text: string): ReadonlyArray<ReadonlyArray<Role>> | undefined => {
  const cast = text.split(',').map((participant) => participant.split('+').map((name) => allRoles.find((role) => role === name.trim())))
  const known = cast.map((held) => held.flatMap((role) => (role === undefined ? [] : [role])))
  return cast.every((held, place) => held.length === known[place]?.length && new Set(held).size === held.length) ? known : undefined
}

/** Plays a case and prints its log. */
export const simulateCommand = ({ roles, seed = '1', steps }: SimulateArguments): UsageError | undefined => {
  const cast = roles === undefined ? undefined : castIn(roles)
  if (cast === undefined) return { usage: `simulate expects --roles: the participants, each with its roles of ${allRoles.join(', ')} joined by +, such as reporter,vendor+deployer` }
  const count = steps === undefined ? undefined : Number(steps)
  if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= MOST)) return { usage: `--steps expects a whole number from 1 to ${MOST}, got ${steps ?? ''}` }
  const played = simulate(castOf(cast, `simulated-${seed}`), { seed, ...(count === undefined ? {} : { steps: count }) })
  if (played._tag === 'Left') return { usage: faultsText(played.left) }
  sayText(encodeLog(played.right).trimEnd())
  return undefined
}
