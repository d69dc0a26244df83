/**
 * Where one can start: who takes part, and the case that is running when the page opens.
 *
 * The opening case is one in which two answers cross. By the tables the participants come apart and stay so (erratum
 * D-EM-13); by their ledgers they come together as soon as everything has arrived.
 */
import type { Edition, LogHeader, LogParticipant } from 'mpcvd'
import { deliveries, parcelMove, sendMove, type Wish } from './draft.js'
import { goTo, openPlay, type Play, take, worldOf } from './model.js'

/** Who takes part in a new case. */
export interface Cast {
  readonly name: string
  readonly participants: ReadonlyArray<LogParticipant>
}

const ann: LogParticipant = { id: 'ann', roles: ['finder', 'reporter'] }
const acme: LogParticipant = { id: 'acme', roles: ['vendor'] }
const bolt: LogParticipant = { id: 'bolt', roles: ['vendor'] }
const cert: LogParticipant = { id: 'cert', roles: ['coordinator'] }
const city: LogParticipant = { id: 'city', roles: ['deployer'] }

/** The casts that are offered. */
export const casts: ReadonlyArray<Cast> = [
  { name: 'A finder and a vendor', participants: [ann, acme] },
  { name: 'A finder, a vendor and a coordinator', participants: [ann, acme, cert] },
  { name: 'A finder, two vendors and a coordinator', participants: [ann, acme, bolt, cert] },
  { name: 'A finder, a vendor and who deploys its product', participants: [ann, acme, city] },
  { name: 'A vendor that finds it itself, and a coordinator', participants: [{ id: 'acme', roles: ['vendor', 'finder'] }, cert] },
]

/** The header of a new case. */
export const headerFor = (participants: ReadonlyArray<LogParticipant>, protocol: Edition, title?: string): LogHeader =>
  ({ log: 1, protocol, case: 'c1', participants, world: 'open', ...(title === undefined ? {} : { title }) })

/** A new case of a cast; without participants that is none. */
export const newPlay = (participants: ReadonlyArray<LogParticipant>, protocol: Edition): Play | undefined => {
  const opened = openPlay(headerFor(participants, protocol))
  return opened._tag === 'Right' ? opened.right : undefined
}

type Act = Wish | 'everything arrives' | { readonly message: string; readonly by: string }

const crossing: ReadonlyArray<Act> = [
  { from: 'ann', to: ['acme', 'cert'], types: ['RS', 'EP'] },
  'everything arrives',
  { from: 'acme', to: ['ann', 'cert'], types: ['RK', 'EK', 'CV'], inReplyTo: 'm1' },
  'everything arrives',
  { from: 'acme', to: ['ann', 'cert'], types: ['EA'] },
  { from: 'cert', to: ['ann', 'acme'], types: ['ER'] },
  { message: 'm3', by: 'ann' },
]

/** What is to be known of the opening case. */
export const openingStory = 'ann proposed an embargo. acme accepts it while cert rejects it, and neither has heard of the other yet. Deliver what is under way, and compare what their steps and their ledgers make of it.'

/** The case that runs when the page opens. */
export const opening = (): Play => {
  const opened = openPlay(headerFor([ann, acme, cert], 'adopted@1', 'Two answers that cross'))
  if (opened._tag === 'Left') throw new Error('the opening case has no header')
  return crossing.reduce<Play>((play, act) => {
    const world = worldOf(play)
    if (act === 'everything arrives') return take(play, deliveries(world, 'first'))
    return take(play, ['message' in act ? parcelMove(world, 'arrives', act.message, act.by) : sendMove(world, act, false)])
  }, goTo(opened.right, 0))
}
