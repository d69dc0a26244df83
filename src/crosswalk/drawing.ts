/**
 * The timeline of a case, cut so that each piece fits a sheet of paper.
 *
 * A long case is drawn in several rows, and a picture is not broken across pages. So the one drawing is shown through
 * several windows, each over as many whole rows as a page holds; on a screen they join to the drawing again. The markup
 * is there once, in the first; the others refer to it within the page.
 *
 * @module
 */
import { layoutOf } from '../diagram/layout.js'
import { type Timeline, timelineSvg } from '../diagram/index.js'

/** So many steps stand beside each other: as many as can be read on A4. */
const COLUMNS = 11

/** How high a piece may be, as a share of its width; on the first page it is made a little smaller, to leave room for the heading. */
const TALLEST = 1.3

/** The pieces, top to bottom: SVG markup for `evidencePage`. */
export const drawingsOf = (timeline: Timeline): ReadonlyArray<string> => {
  const whole = timelineSvg(timeline, { columns: COLUMNS })
  const { staves } = layoutOf(timeline, COLUMNS)
  const size = /^<svg[^>]* viewBox="0 0 ([\d.]+) ([\d.]+)">/.exec(whole)
  if (size === null) return [whole]
  const [head, width = '0', height = '0'] = size
  const most = Number(width) * TALLEST
  const edges = [0]
  for (const [place, stave] of staves.entries()) {
    const end = staves[place + 1]?.top ?? Number(height)
    if (place > 0 && end - (edges.at(-1) ?? 0) > most) edges.push(stave.top - 6)
  }
  if (edges.length === 1) return [whole]
  return edges.map((top, place) => {
    const tall = Math.round(((edges[place + 1] ?? Number(height)) - top) * 10) / 10
    const box = `height="${tall}" viewBox="0 ${top} ${width} ${tall}">`
    return place === 0
      ? `${head.replace(/height="[\d.]+" viewBox="[^"]*">/, box)}<g id="mpcvd-drawing" class="mpcvd-timeline">${whole.slice(head.length).replace(/<\/svg>$/, '</g></svg>')}`
      : `<svg xmlns="http://www.w3.org/2000/svg" class="mpcvd-timeline" aria-hidden="true" width="${width}" ${box}<use href="#mpcvd-drawing"/></svg>`
  })
}
