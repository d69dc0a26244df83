/**
 * Evidence as one HTML page that needs nothing else: no script, no font, no other file; to be read on a screen, and to be
 * printed on A4.
 *
 * The timeline of the case stands on top, then, for each participant, how many clauses stand how, the times, and every
 * clause with the entries that show it. All text from the log is escaped, and each piece of it keeps its direction of
 * writing to itself. The same evidence makes the same page, byte for byte.
 *
 * @module
 */
import { xml } from '../diagram/writing.js'
import { type Citation, type Clause, type NeedResult, type Status, statuses } from './clause.js'
import { type Evidence, type Measure, type Sheet, tally } from './evidence.js'
import { standardTitles } from './rows.js'
import { pageStyle } from './style.js'
import { caveatsOf, disclaimer, measureLabels, needText, statusLabels, statusMeanings, summaryOf, whoIn } from './words.js'

/** So many entries are written out for one thing; the others are named. All of them are in the JSON. */
const SHOWN = 6

/** A longer id is cut where many stand together. */
const LONGEST = 40

/** A stranger's text: escaped, and closed in itself. */
const foreign = (text: string): string => `<bdi>${xml(text)}</bdi>`

/** An id, or a list of them: long ones are cut, and are whole in the tooltip. */
const brief = (text: string): string =>
  text.length > LONGEST ? `<bdi title="${xml(text)}">${xml(/^.{0,39}/su.exec(text)?.[0] ?? '')}…</bdi>` : foreign(text)

/** Where an entry stands: its id and its line. */
const place = ({ id, line }: Citation): string => `${id === undefined ? '' : `${brief(id)}, `}line ${line}`

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const chip = (status: Status, count?: number): string =>
  `<span class="chip ${status}">${statusLabels[status][0]} ${count === undefined ? '' : `${count} `}${statusLabels[status][1]}</span>`

const citation = (one: Citation): string => {
  const { at, moved, needed, source, to, what } = one
  const who = to === undefined ? brief(whoIn(one)) : `${brief(one.by ?? '')} → ${to.slice(0, SHOWN).map(brief).join(', ')}${to.length > SHOWN ? ` and ${to.length - SHOWN} more` : ''}`
  const link = source !== undefined && /^https?:\/\//.test(source) ? `<a href="${xml(source)}" rel="noreferrer">${foreign(source)}</a>` : foreign(source ?? '')
  return `<li>${needed ? '●' : '◦'} ${needed ? '<b>' : '<span class="what">'}${foreign(what)}${needed ? '</b>' : '</span>'} ${who}, ${foreign(at)}` +
    `${moved.map((move) => `, <code class="moved">${xml(move)}</code>`).join('')}, ${place(one)}${source === undefined ? '' : `<br>source: ${link}`}</li>`
}

const citations = (all: ReadonlyArray<Citation>): string => {
  if (all.length === 0) return ''
  const ranked = [...all].sort((one, other) => Number(other.needed) - Number(one.needed) || one.entry - other.entry)
  const rest = ranked.slice(SHOWN)
  return `<ul class="cites">${ranked.slice(0, SHOWN).map(citation).join('')}${
    rest.length === 0 ? '' : `<li>◦ and ${rest.length} more: ${rest.slice(0, 40).map((one) => brief(one.id ?? `line ${one.line}`)).join(', ')}${rest.length > 40 ? ' …' : ''}</li>`}</ul>`
}

const need = (clause: Clause) => (one: NeedResult): string => {
  const kind = one.status === 'shown' ? '' : one.status === 'late' ? ' late' : one.status === 'pending' ? '' : ' open'
  return `<li class="need${kind}"><span>${capital(xml(needText(one, clause.cites)))}.</span>${citations(clause.cites.filter(({ entry }) => one.shows.includes(entry)))}</li>`
}

/** What no message can show; alone, where that is all there is to the clause. */
const limitOf = ({ cannot, status }: Clause): string => {
  if (cannot === undefined || status === 'not-applicable') return ''
  return status === 'not-by-messages' ? `<li>${capital(xml(cannot))}.</li>` : `<li class="cannot"><span>No message shows: ${xml(cannot)}.</span></li>`
}

const row = (clause: Clause): string => {
  const shown = new Set(clause.needs.flatMap(({ shows }) => shows))
  const others = clause.cites.filter(({ entry }) => !shown.has(entry))
  const parts = [
    ...(clause.because === undefined ? [] : [`<li>${capital(xml(clause.because))}.</li>`]),
    ...clause.needs.map(need(clause)),
    ...(others.length === 0 ? [] : [`<li class="also"><span>${clause.because === undefined ? 'It also rests on' : 'It rests on'}</span>${citations(others)}</li>`]),
    limitOf(clause),
  ]
  return `<tr><th scope="row"><b>${xml(clause.clause)}</b> ${xml(clause.title)}</th><td>${chip(clause.status)}</td><td><ul>${parts.join('')}</ul></td></tr>`
}

const time = ({ from, name, reporter, text, to }: Measure): string => {
  const end = (one: Citation): string => `${foreign(one.what)}, ${foreign(one.at)}, ${place(one)}`
  return `<tr><th scope="row">${capital(measureLabels[name])}${reporter === undefined ? '' : ` (report of ${foreign(reporter)})`}</th><td>${xml(text)}</td><td>${end(from)}</td><td>${end(to)}</td></tr>`
}

const section = (of: Evidence) => (sheet: Sheet): string => {
  const counts = tally(sheet)
  return [
    `<section class="sheet"><h2>${foreign(sheet.of)} <span class="roles">${xml(sheet.roles.join(', '))}</span></h2>`,
    `<div class="tally">${statuses.filter((status) => counts[status] > 0).map((status) => chip(status, counts[status])).join('')}</div>`,
    `<ul class="notes">${caveatsOf(of, sheet).map((text) => `<li>${foreign(text)}</li>`).join('')}</ul>`,
    ...(sheet.measures.length === 0 ? [] : [
      '<h3>How long it took</h3>',
      `<table class="times"><thead><tr><th scope="col">Time</th><th scope="col">Length</th><th scope="col">From</th><th scope="col">To</th></tr></thead><tbody>${sheet.measures.map(time).join('\n')}</tbody></table>`,
    ]),
    '<h3>Clause by clause</h3>',
    `<table class="clauses"><thead><tr><th scope="col">Clause</th><th scope="col">Status</th><th scope="col">What the log shows</th></tr></thead><tbody>`,
    ...sheet.clauses.map(row),
    '</tbody></table></section>',
  ].join('\n')
}

/**
 * Evidence as an HTML document. `timeline` is markup and goes in as it is: an SVG of `timelineSvg`, or several, one below
 * the other, or nothing.
 */
export const evidencePage = (of: Evidence, timeline: string | ReadonlyArray<string> = []): string => {
  const { about, source, title } = standardTitles[of.standard]
  const drawings = typeof timeline === 'string' ? [timeline] : timeline
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
    `<title>${xml(`${title}: ${of.case}`)}</title>`,
    `<style>${pageStyle(`${title}, case ${of.case}`)}</style></head><body>`,
    `<header><h1>${xml(title)}: ${xml(about)}</h1>`,
    `<p>Case <b>${foreign(of.case)}</b>${of.title === undefined ? '' : `, ${foreign(of.title)}`}; ${of.entries} entries.</p>`,
    ...of.sheets.map((sheet) => `<p>${foreign(sheet.of)}: ${xml(summaryOf(sheet))}.</p>`),
    `<p class="soft">${xml(disclaimer)}</p></header>`,
    ...drawings.filter((one) => one !== '').map((one) => `<figure>${one}</figure>`),
    '<h3>What the statuses mean</h3>',
    `<dl class="legend">${statuses.map((status) => `<dt>${chip(status)}</dt><dd>${xml(capital(statusMeanings[status]))}.</dd>`).join('')}</dl>`,
    '<p class="soft">● marks an entry without which the clause would be weaker, ◦ any other that it rests on.</p>',
    ...(of.sheets.length === 0 ? ['<p>There is nobody in the log to make a sheet for.</p>'] : of.sheets.map(section(of))),
    `<footer><p>Crosswalk: <a href="${xml(source)}" rel="noreferrer">${xml(source)}</a></p></footer>`,
    '</body></html>',
    '',
  ].join('\n')
}
