/**
 * The words of the protocol, written out: states, types, contexts, in the order in which vectors have them. Transcribed
 * from the standard's pages (see the heads of `test/spec/*.txt`); nothing here is imported from the library.
 */

export const rmStates = ['Start', 'Received', 'Invalid', 'Valid', 'Deferred', 'Accepted', 'Closed'] as const
export const emStates = ['None', 'Proposed', 'Active', 'Revise', 'Exited'] as const

const worlds = ['pxa', 'pxA', 'pXa', 'pXA', 'Pxa', 'PxA', 'PXa', 'PXA']
const over = (paths: readonly string[]): string[] => paths.flatMap((path) => worlds.map((world) => path + world))

/** A set of roles for each way in which rows can tell roles apart, and its case states. */
export const shapes: Readonly<Record<string, { readonly roles: readonly string[]; readonly cs: readonly string[] }>> = {
  'vendor': { roles: ['vendor'], cs: over(['vfd', 'Vfd', 'VFd', 'VFD']) },
  'vendor+deployer': { roles: ['vendor', 'deployer'], cs: over(['vfd', 'Vfd', 'VFd', 'VFD']) },
  'deployer': { roles: ['deployer'], cs: over(['d', 'D']) },
  'other': { roles: ['observer'], cs: worlds },
}

/** The 28 types, in the standard's order, and the pair. */
export const rowTypes: readonly string[] =
  'RS RI RV RD RA RC RK RE EP ER EA EV EJ EC ET EK EE CV CF CD CP CX CA CK CE GI GK GE CX+CP'.split(' ')

/** All types in the order that a bundle must have (D-MS-05). */
export const bundleOrder: readonly string[] =
  'RS RI RV RD RA RC RK RE EP ER EA EV EJ EC ET EK EE CX CP CV CF CD CA CK CE GI GK GE'.split(' ')

export const localEvents: readonly string[] =
  ['discover', 'validate', 'invalidate', 'accept', 'defer', 'close', 'learn P', 'learn X', 'learn A', 'aware', 'expire', 'ready', 'deployed']

export type Way = 'sent' | 'received'
export const ways: readonly Way[] = ['sent', 'received']

export interface Context { readonly subject?: 'other'; readonly reply?: true; readonly existing?: true; readonly answers?: true }

/** The contexts that a row of either direction can look at, for each type (docs/messages.md, "What of a message decides"). */
export const contextsOf = (way: Way, type: string): readonly Context[] => {
  const switches: readonly Context[] = [
    ...(['CV', 'CF', 'CD'].includes(type) ? [{ subject: 'other' as const }] : []),
    ...(way === 'sent' ? [{ reply: true as const }] : []),
    ...(['EP', 'EA'].includes(type) ? [{ existing: true as const }] : []),
    ...(['RS', 'EA'].includes(type) ? [{ answers: true as const }] : []),
  ]
  return switches.reduce<readonly Context[]>((all, one) => [...all, ...all.map((context) => ({ ...context, ...one }))], [{}])
}

/** Every state of a shape, report state outermost, case state innermost. */
export const statesOf = (shape: string): readonly { readonly rm: string; readonly em: string; readonly cs: string }[] =>
  rmStates.flatMap((rm) => emStates.flatMap((em) => (shapes[shape]?.cs ?? []).map((cs) => ({ rm, em, cs }))))

/** Numbers from 0 up to 1 that depend on the seed alone. */
export const randomFrom = (seed: number): (() => number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
}

/** One of a list that is not empty. */
export const pick = <A>(random: () => number, all: readonly A[]): A => {
  const one = all[Math.floor(random() * all.length)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}
