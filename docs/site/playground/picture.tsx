/**
 * The timeline of the case, drawn by the library, of all that was said or of what one participant has.
 *
 * The drawing is markup made by `timelineSvg`, and is put in as markup. That is safe whatever the ids, titles and terms in
 * the case are: the library writes every text through its own escaping, it writes no script, no link and no event handler,
 * and the test puts hostile ids in.
 */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Id } from 'mpcvd'
import { type SvgOptions, timelineOf, timelineSvg } from 'mpcvd/diagram'
import { caseIn } from './draft.js'
import { onTheme, theme } from './theme.js'
import { shown } from './words.js'
import type { World } from './world.js'

/** The drawing as text. */
export const drawingOf = (world: World, whose: Id | undefined, options: SvgOptions): string =>
  timelineSvg(timelineOf(caseIn(world.replicas.find(({ id }) => id === whose)?.ledger ?? world.everything)), options)

/** How many steps stand beside each other in a frame of some width; below five the drawing grows no narrower. */
const columnsIn = (width: number): number => Math.max(5, Math.floor((width - 306) / 64))

/** The timeline, and whose. */
export const Picture = ({ world }: { readonly world: World }) => {
  const [whose, setWhose] = useState<Id | undefined>(undefined)
  const [columns, setColumns] = useState(12)
  const [chosen, setChosen] = useState(theme)
  useEffect(() => onTheme(setChosen), [])
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => { if (entry !== undefined) setColumns(columnsIn(entry.contentRect.width)) })
    if (frame.current !== null) watch.observe(frame.current)
    return () => watch.disconnect()
  }, [])
  const svg = useMemo(() => ({ __html: drawingOf(world, whose, { columns, legend: false, theme: chosen === 'system' ? 'auto' : chosen }) }), [world, whose, columns, chosen])
  // What came last is kept in sight, where the drawing is taller than its frame.
  useEffect(() => {
    if (frame.current !== null) frame.current.scrollTop = frame.current.scrollHeight
  }, [svg])
  return (
    <section class="picture panel" aria-labelledby="picture-title">
      <div class="row">
        <h2 id="picture-title">Timeline</h2>
        <label>of <select value={whose ?? ''} onChange={(event) => setWhose(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}>
          <option value="">all that was said</option>
          {world.replicas.map(({ id }) => <option key={id} value={id}>what {shown(id)} has</option>)}
        </select></label>
      </div>
      <div ref={frame} class="scroll" tabIndex={0} role="region" aria-label="Drawing of the timeline" dangerouslySetInnerHTML={svg} />
      <p class="quiet">Hatched: not everybody has answered yet, so it can still turn out otherwise.</p>
    </section>
  )
}
