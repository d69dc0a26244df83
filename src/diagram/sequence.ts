/**
 * The timeline of a case as text: a Mermaid sequence diagram, and lines for a terminal.
 *
 * @module
 */
import { type Fact, factWords, type Lane, settledSteps, stepOr, type Step, type StepKind, type Timeline } from './timeline.js'
import { cells, padded, visible } from './writing.js'

/**
 * Text that Mermaid shows as it is: everything but letters, digits, plain signs and the colons of a time becomes an entity
 * code, and so does the first letter of the word that ends a block. Where a text is empty, a space stands for it.
 */
const mermaid = (text: string): string =>
  text.trim() === ''
    ? '#160;'
    : visible(text).replace(
        /(?!(?<=\d):(?=\d))[^\p{L}\p{N}\p{M} .,()/_-]|\bend\b/giu,
        (found) => `#${found.codePointAt(0) ?? 0xfffd};${found.length > 2 ? found.slice(1) : ''}`,
      )

const arrows: Readonly<Record<StepKind, string>> = { normal: '->>', tentative: '-->>', refused: '-x', void: '--x' }

const factSentences: Readonly<Record<Fact['fact'], string>> = { P: 'public', X: 'exploit public', A: 'attacks known' }

/** What a step is, but for its participants: types or event, whether it counts, when. */
const said = (step: Step): string => {
  const what =
    step.shape === 'arrow' ? step.types.join(' ') : step.shape === 'mark' ? (step.what === 'observation' ? `observed: ${step.label}` : step.label) : step.what
  const by = step.shape === 'membership' && step.by !== undefined ? ` by ${step.by}` : ''
  const label = step.shape === 'mark' || step.label === undefined || step.label === '' ? '' : `, ${step.label}`
  return `${what}${by}${step.kind === 'normal' ? '' : ` (${step.kind})`}${label}`
}

/** The facts that become known at a step; −1 for those known before the first. */
const factsAt = (timeline: Timeline, index: number): ReadonlyArray<Fact['fact']> =>
  timeline.facts.filter(({ step }) => stepOr(step, -1) === index).map(({ fact }) => fact)

/** What embargoes do at a step: those that end there, then those that begin. */
const embargoesAt = (timeline: Timeline, index: number): ReadonlyArray<string> => {
  const named = (word: string, label: string): string => (label === '' ? word : `${word}: ${label}`)
  /** Other terms follow at once: the embargo goes on. */
  const renewed = timeline.spans.some(({ kind, from }) => kind === 'force' && stepOr(from, -1) === index)
  return [
    ...timeline.spans.filter(({ kind, to }) => kind === 'force' && stepOr(to, Infinity) === index && !renewed).map(({ label }) => named('embargo ends', label)),
    ...timeline.spans.filter(({ from }) => stepOr(from, -1) === index).map(({ kind, label }) => named(kind === 'force' ? 'embargo in force' : 'embargo proposed', label)),
  ]
}

/** Whether an embargo is in force after a step. */
const shaded = (timeline: Timeline, index: number): boolean =>
  timeline.spans.some(({ kind, from, to }) => kind === 'force' && stepOr(from, -1) <= index && index < stepOr(to, Infinity))

/**
 * A timeline as a Mermaid `sequenceDiagram`: an arrow for each recipient of each message, a note for what happens at one
 * participant, a shaded block while an embargo is in force, notes over all for embargoes, facts and where the settled
 * part ends. The texts of the case are escaped, and shown as they are. The text ends without a newline.
 */
export const sequenceDiagram = (timeline: Timeline): string => {
  const { title, lanes, steps } = timeline
  // Where there is nobody, Mermaid still wants somebody for a note to stand over.
  const shown: ReadonlyArray<Lane> = lanes.length > 0 ? lanes : [{ id: 'nobody', roles: [] }]
  const names = new Map(shown.map(({ id }, index) => [id, `p${index + 1}`] as const).reverse())
  const all = shown.length === 1 ? 'p1' : `p1,p${shown.length}`
  const settled = settledSteps(timeline)
  const out = ['sequenceDiagram', ...(title.trim() === '' ? [] : [`    title ${mermaid(title)}`])]
  shown.forEach(({ id, roles }, index) => out.push(`    participant p${index + 1} as ${mermaid(roles.length === 0 ? id : `${id} (${roles.join(', ')})`)}`))
  const over = (text: string): unknown => out.push(`    Note over ${all}: ${mermaid(text)}`)
  const turn = (index: number): void => {
    for (const fact of factsAt(timeline, index)) over(factSentences[fact])
    const before = index >= 0 && shaded(timeline, index - 1)
    const after = index < steps.length - 1 && shaded(timeline, index)
    if (before && !after) out.push('    end')
    for (const text of embargoesAt(timeline, index)) over(text)
    if (after && !before) out.push('    rect rgba(0, 114, 178, 0.12)')
    if (index === settled - 1 && settled < steps.length) over('not settled from here on')
  }
  turn(-1)
  steps.forEach((step, index) => {
    const text = mermaid(`${index + 1}. ${said(step)}, ${step.moment}`)
    if (step.shape === 'arrow') {
      const from = names.get(step.from)
      const to = [...new Set(step.to.flatMap((id) => names.get(id) ?? []))]
      if (from === undefined || to.length === 0) out.push(`    Note over ${from ?? all}: ${mermaid(`${index + 1}. ${step.from} to ${step.to.join(', ')}: ${said(step)}, ${step.moment}`)}`)
      else for (const one of to) out.push(`    ${from}${arrows[step.kind]}${one}: ${text}`)
    } else out.push(`    Note over ${names.get(step.lane) ?? all}: ${text}`)
    turn(index)
  })
  return out.join('\n')
}

const rowLetters = { rm: 'RM', em: 'EM', fix: 'CS' } as const

/** The states that a step changes, those who change alike together: `Acme, Globex: RM Valid`. */
const changesAt = (timeline: Timeline, index: number): ReadonlyArray<string> => {
  const changes = new Map<string, string>()
  for (const { lane, row, from, state } of timeline.bands)
    if (from === index) changes.set(lane, `${changes.get(lane) ?? ''} ${rowLetters[row]} ${state}`)
  const alike = new Map<string, ReadonlyArray<string>>()
  for (const [lane, change] of changes) alike.set(change, [...(alike.get(change) ?? []), lane])
  return [...alike].map(([change, changed]) => `${changed.join(', ')}:${change}`)
}

/** A column is no wider than this: a longer text pushes its own line aside, and no other. */
const WIDEST = 44

const columnOf = (texts: ReadonlyArray<string>): number => texts.reduce((most, text) => Math.max(most, Math.min(cells(text), WIDEST)), 0)

/**
 * A timeline as lines for a terminal: the title, then a line a step in aligned columns: its number (with `~` where it is
 * not settled), when, who to whom, what, and what changed by it: states, embargoes, facts. No colours; line breaks and
 * control characters in ids are made visible. What was known before the first step has a line of its own. The text ends
 * without a newline.
 */
export const timelineText = (timeline: Timeline): string => {
  const { title, steps } = timeline
  const settled = settledSteps(timeline)
  const turned = (index: number): ReadonlyArray<string> => [
    ...embargoesAt(timeline, index),
    ...factsAt(timeline, index).map((fact) => `${fact} ${factWords[fact]}`),
  ]
  const table = steps.map((step, index) => ({
    number: `${index + 1}${index < settled ? ' ' : '~'}`,
    moment: visible(step.moment),
    who: visible(step.shape === 'arrow' ? `${step.from} -> ${step.to.join(', ')}` : step.lane),
    what: visible(said(step)),
    changes: visible([...changesAt(timeline, index), ...turned(index)].join('; ')),
  }))
  const wide = {
    number: String(steps.length).length + 1,
    moment: columnOf(table.map(({ moment }) => moment)),
    who: columnOf(table.map(({ who }) => who)),
    what: columnOf(table.map(({ what }) => what)),
  }
  const before = turned(-1)
  return [
    visible(title),
    ...(before.length === 0 ? [] : [visible(`before: ${before.join('; ')}`)]),
    ...table.map(({ number, moment, who, what, changes }) =>
      `${number.padStart(wide.number)} ${padded(moment, wide.moment)}  ${padded(who, wide.who)}  ${padded(what, wide.what)}  ${changes}`.trimEnd()),
  ].join('\n')
}
