/**
 * Where the states of the machines are drawn. The states and the edges themselves come from the machines; only the places
 * are laid out by hand, in units of a drawing that is 340 wide.
 */
import { cs, dpxa, em, pxa, rm } from 'mpcvd'

/** The middle of a state's box. */
export type Place = readonly [x: number, y: number]

/** An edge as it is drawn: from state to state, with the words of all events that lead that way. */
export interface Link {
  readonly from: string
  readonly to: string
  readonly words: ReadonlyArray<string>
}

/** A machine as it is drawn. */
export interface Plan {
  readonly name: string
  readonly hue: 'report' | 'embargo' | 'state'
  readonly height: number
  /** The size of a state's box. */
  readonly box: Place
  readonly places: Readonly<Record<string, Place>>
  readonly links: ReadonlyArray<Link>
  /** Words below a state's name, where the name alone says little. */
  readonly notes?: Readonly<Record<string, string>>
  /** States that are passed through and not rested in. */
  readonly passing?: ReadonlyArray<string>
  /** Edges that do not go straight: the path, and where its words stand. */
  readonly routes?: Readonly<Record<string, { readonly path: string; readonly at: Place }>>
  /** Which side of its box an edge back to the same state stands on. */
  readonly loops?: Readonly<Record<string, 'left' | 'right'>>
}

/** Edges that lead the same way are one link. */
const linksOf = (edges: ReadonlyArray<{ readonly from: string; readonly event: string; readonly to: string }>): ReadonlyArray<Link> => {
  const links = new Map<string, Link>()
  for (const { from, event, to } of edges) {
    const known = links.get(`${from} ${to}`)
    if (known?.words.includes(event) !== true) links.set(`${from} ${to}`, { from, to, words: [...(known?.words ?? []), event] })
  }
  return [...links.values()]
}

/** Report Management. */
export const report: Plan = {
  name: rm.name, hue: 'report', height: 236, box: [70, 28],
  places: {
    Start: [40, 26], Received: [170, 26], Invalid: [300, 26], Valid: [170, 90], Deferred: [40, 154], Accepted: [170, 154], Closed: [170, 218],
  } satisfies Readonly<Record<(typeof rm.states)[number], Place>>,
  links: linksOf(rm.edges),
  routes: { 'Invalid Closed': { path: 'M300 40 V208 Q300 218 290 218 H206', at: [300, 154] } },
}

/** Embargo Management. */
export const embargo: Plan = {
  name: em.name, hue: 'embargo', height: 204, box: [82, 28],
  places: {
    None: [88, 34], Proposed: [252, 34], Revise: [88, 110], Active: [252, 110], Exited: [170, 186],
  } satisfies Readonly<Record<(typeof em.states)[number], Place>>,
  links: linksOf(em.edges),
  loops: { Proposed: 'right', Revise: 'left' },
}

/** The path to a fix: the first three letters of a vendor's case state, read from its automaton. */
export const vendorPath: Plan = {
  name: 'Case State: the path to a fix', hue: 'state', height: 62, box: [62, 36],
  places: { vfd: [34, 24], Vfd: [125, 24], VFd: [216, 24], VFD: [307, 24] },
  links: linksOf(cs.edges.filter(({ event }) => 'VFD'.includes(event)).map(({ from, event, to }) => ({ from: from.slice(0, 3), event, to: to.slice(0, 3) }))),
  notes: { vfd: 'unaware', Vfd: 'aware', VFd: 'fix ready', VFD: 'deployed' },
}

/** The path to a fix of a deployer that is no vendor: its first letter. */
export const deployerPath: Plan = {
  name: 'Case State: the fix at a deployer', hue: 'state', height: 62, box: [82, 36],
  places: { d: [88, 24], D: [252, 24] },
  links: linksOf(dpxa.edges.filter(({ event }) => event === 'D').map(({ from, event, to }) => ({ from: from.slice(0, 1), event, to: to.slice(0, 1) }))),
  notes: { d: 'not deployed', D: 'deployed' },
}

/** What the world knows: the last three letters, the same for every shape. */
export const publicFacts: Plan = {
  name: 'Case State: what the world knows', hue: 'state', height: 212, box: [62, 26],
  places: {
    pxa: [170, 20], Pxa: [52, 76], pXa: [170, 76], pxA: [288, 76], PXa: [52, 136], PxA: [170, 136], pXA: [288, 136], PXA: [170, 192],
  } satisfies Readonly<Record<(typeof pxa.states)[number], Place>>,
  links: linksOf(pxa.edges),
  passing: pxa.states.filter((state) => state.startsWith('pX')),
}
