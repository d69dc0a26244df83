/**
 * The machines with everybody's place in them: the state of who acts is lit, and every participant stands as a small sign
 * by its own state, so that it is seen at a glance where they come apart.
 */
import type { ComponentChildren } from 'preact'
import type { Id } from 'mpcvd'
import { deployerPath, embargo, type Link, type Place, type Plan, publicFacts, report, vendorPath } from './layout.js'
import { shown } from './words.js'
import type { Replica } from './world.js'

const at = (plan: Plan, state: string): Place => plan.places[state] ?? [0, 0]

/** Where the line from the middle of a box towards a point leaves the box. */
const edgeOf = ([x, y]: Place, [w, h]: Place, [tx, ty]: Place): Place => {
  const [dx, dy] = [tx - x, ty - y]
  const scale = Math.min(dx === 0 ? Infinity : w / 2 / Math.abs(dx), dy === 0 ? Infinity : h / 2 / Math.abs(dy))
  return [x + dx * scale, y + dy * scale]
}

const n = (value: number): number => Math.round(value * 10) / 10

/** The path of a link and the middle of its words. Links there and back stand beside each other. */
const course = (plan: Plan, { from, to }: Link): { readonly path: string; readonly words: Place } => {
  const route = plan.routes?.[`${from} ${to}`]
  if (route !== undefined) return { path: route.path, words: route.at }
  const [a, b] = [at(plan, from), at(plan, to)]
  if (from === to) {
    const side = plan.loops?.[from] === 'left' ? -1 : 1
    const x = a[0] + (side * plan.box[0]) / 2
    return { path: `M${x} ${a[1] - 7}C${x + side * 30} ${a[1] - 16} ${x + side * 30} ${a[1] + 16} ${x} ${a[1] + 7}`, words: [a[0] + side * 42, a[1] + 25] }
  }
  const both = plan.links.some((one) => one.from === to && one.to === from)
  const length = Math.hypot(b[0] - a[0], b[1] - a[1])
  const aside = both ? 7 : 0
  const shift: Place = [(-(b[1] - a[1]) / length) * aside, ((b[0] - a[0]) / length) * aside]
  const [start, end] = [edgeOf(a, plan.box, b), edgeOf(b, plan.box, a)]
  const [p, q]: readonly [Place, Place] = [[start[0] + shift[0], start[1] + shift[1]], [end[0] + shift[0], end[1] + shift[1]]]
  const middle: Place = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2]
  // Beside the line where it has a twin, below it where it lies flat and is short, on it elsewhere.
  const words: Place = both ? [middle[0] + shift[0] * 0.9, middle[1] + shift[1] * 0.9] : a[1] === b[1] ? [middle[0], middle[1] + 9] : middle
  return { path: `M${n(p[0])} ${n(p[1])}L${n(q[0])} ${n(q[1])}`, words }
}

/** Who is where in one machine, and which way somebody went last. */
export interface Standing {
  readonly who: Id
  readonly state: string
}

/** As much of a name as tells it from the others, four letters at most. */
const shortName = (id: Id, all: ReadonlyArray<Id>): string => {
  const letters = Array.from(id)
  for (let length = 1; length < 4; length++) {
    const start = letters.slice(0, length).join('')
    if (all.every((other) => other === id || !other.startsWith(start))) return start
  }
  return letters.slice(0, 4).join('')
}

/** So many signs stand by one state; the others are counted. */
const SIGNS = 4

const Signs = ({ here, all, place: [x, y], box, acting }: { readonly here: ReadonlyArray<Id>; readonly all: ReadonlyArray<Id>; readonly place: Place; readonly box: Place; readonly acting: Id }) => {
  const shown = here.slice(0, SIGNS)
  const names = shown.map((id) => shortName(id, all))
  const widths = names.map((name) => 9 + Array.from(name).length * 6)
  const top = y - box[1] / 2 - 8
  const total = widths.reduce((sum, width) => sum + width + 2, 0)
  // They end at the corner, and grow out of the box before they would hide the line that comes in from above.
  let right = Math.max(x + box[0] / 2 + 5, x + 8 + total)
  return (
    <g class="signs">
      {shown.map((id, index) => {
        const width = widths[index] ?? 15
        right -= width + 2
        return (
          <g key={id} class={id === acting ? 'sign acting' : 'sign'}>
            <title>{id}</title>
            <rect x={right} y={top} width={width} height={15} rx={7.5} />
            <text x={right + width / 2} y={top + 11}>{names[index]}</text>
          </g>
        )
      })}
      {here.length > shown.length ? <text class="more" x={right - 8} y={top + 11}>+{here.length - shown.length}</text> : null}
    </g>
  )
}

/** One machine. */
const Drawing = ({ plan, standing, everybody, acting, moved }: {
  readonly plan: Plan
  readonly everybody: ReadonlyArray<Id>
  readonly standing: ReadonlyArray<Standing>
  readonly acting: Id
  /** The link that who acts took last. */
  readonly moved: string | undefined
}) => {
  const lit = standing.find((one) => one.who === acting)?.state
  const label = `${plan.name}: ${standing.map(({ who, state }) => `${shown(who)} in ${state}`).join(', ')}`
  const arrow = `to-${plan.hue}-${plan.height}`
  return (
    <figure class={`machine ${plan.hue}`}>
      <figcaption>{plan.name}</figcaption>
      <svg viewBox={`0 0 340 ${plan.height}`} role="img" aria-label={label}>
        <defs>
          <marker id={arrow} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0.8L7.5 4L0 7.2z" /></marker>
        </defs>
        {plan.links.map((link) => {
          const { path } = course(plan, link)
          return <path key={path} class={`link${moved === `${link.from} ${link.to}` ? ' moved' : ''}`} d={path} marker-end={`url(#${arrow})`} />
        })}
        {Object.entries(plan.places).map(([state, place]): ComponentChildren => (
          <g key={state} class={`state${state === lit ? ' lit' : ''}${plan.passing?.includes(state) === true ? ' passing' : ''}`}>
            <rect x={place[0] - plan.box[0] / 2} y={place[1] - plan.box[1] / 2} width={plan.box[0]} height={plan.box[1]} rx={6} />
            <text x={place[0]} y={place[1] + (plan.notes === undefined ? 4.5 : -2)}>{state}</text>
            {plan.notes === undefined ? null : <text class="note" x={place[0]} y={place[1] + 11}>{plan.notes[state]}</text>}
          </g>
        ))}
        {plan.links.map((link) => {
          const { words: [x, y] } = course(plan, link)
          return <text key={`${link.from} ${link.to}`} class={`word${moved === `${link.from} ${link.to}` ? ' moved' : ''}`} x={n(x)} y={n(y) + 3.5}>{link.words.join(', ')}</text>
        })}
        {Object.entries(plan.places).map(([state, place]) => {
          const here = standing.filter((one) => one.state === state).map((one) => one.who)
          return here.length === 0 ? null : <Signs key={state} here={here} all={everybody} place={place} box={plan.box} acting={acting} />
        })}
      </svg>
    </figure>
  )
}

/** All machines, with the state of who acts lit. `before` is where it stood before the last step, where that step moved it. */
export const Machines = ({ replicas, acting, before }: { readonly replicas: ReadonlyArray<Replica>; readonly acting: Replica; readonly before: Replica['state'] | undefined }) => {
  const known = replicas.filter((one) => one.followed && !one.departed)
  const standing = (of: (one: Replica) => string | undefined): ReadonlyArray<Standing> =>
    known.flatMap((one) => {
      const state = of(one)
      return state === undefined ? [] : [{ who: one.id, state }]
    })
  const moved = (of: (state: Replica['state']) => string): string | undefined =>
    before === undefined || before.id !== acting.id || of(before) === of(acting.state) ? undefined : `${of(before)} ${of(acting.state)}`
  const path = (length: number) => (one: Replica): string | undefined => (one.state.cs.length === length + 3 ? one.state.cs.slice(0, length) : undefined)
  const [vendors, deployers] = [standing(path(3)), standing(path(1))]
  const machine = (plan: Plan, where: ReadonlyArray<Standing>, of: (state: Replica['state']) => string) =>
    <Drawing plan={plan} standing={where} everybody={known.map(({ id }) => id)} acting={acting.id} moved={moved(of)} />
  return (
    <section class="machines" aria-labelledby="machines-title">
      <h2 id="machines-title">Where <bdi>{shown(acting.id)}</bdi> stands</h2>
      {machine(report, standing((one) => one.state.rm), (state) => state.rm)}
      {machine(embargo, standing((one) => one.state.em), (state) => state.em)}
      {vendors.length > 0 ? machine(vendorPath, vendors, (state) => state.cs.slice(0, 3)) : null}
      {deployers.length > 0 ? machine(deployerPath, deployers, (state) => state.cs.slice(0, 1)) : null}
      {machine(publicFacts, standing((one) => one.state.cs.slice(-3)), (state) => state.cs.slice(-3))}
    </section>
  )
}
