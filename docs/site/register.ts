/** The page of all requirements: every row of the register, with an anchor of its own. */
import { errataOf, families, type Requirement, requirements, specificationOf } from 'mpcvd/conformance'
import { escaped } from './code.js'
import type { Heading, Rendered } from './markdown.js'

const shownBy = ({ evidence, unseen }: Requirement): string => (evidence === 'none' ? `nothing: ${unseen ?? ''}` : evidence)

const row = (one: Requirement): string => {
  const errata = errataOf(one.id).map((id) => `<a class="id" href="errata.html#${id.toLowerCase()}">${id}</a>`).join(', ')
  return `<tr id="${one.id}"><td class="name"><a href="#${one.id}"><code>${one.id}</code></a></td><td>${one.modality}</td><td>${escaped(one.who)}</td><td>${escaped(one.when)}</td><td>${escaped(one.what)}</td><td>${one.level}</td><td>${shownBy(one)}</td><td>${errata}</td></tr>`
}

const head = ['id', 'modality', 'who', 'when', 'what', 'level', 'shown by', 'errata'].map((name) => `<th scope="col">${name}</th>`).join('')

/** The page; its rows are those of the library. */
export const register = (): Rendered => {
  const headings: ReadonlyArray<Heading> = [
    { level: 1, id: 'all-requirements', text: 'All requirements' },
    ...families.map((family) => ({ level: 2, id: family.toLowerCase(), text: family })),
  ]
  const parts = families.map((family) => {
    const rows = requirements.filter((one) => one.family === family)
    return `<h2 id="${family.toLowerCase()}">${family} <a class="anchor" href="#${family.toLowerCase()}" aria-hidden="true" tabindex="-1">#</a></h2>
<p>${rows.length} rows, written in ${escaped(specificationOf[family])}.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Table: ${family}"><table class="register" style="--columns:8"><thead><tr>${head}</tr></thead><tbody>${rows.map(row).join('\n')}</tbody></table></div>`
  })
  return {
    html: `<h1 id="all-requirements">All requirements</h1>
<p>Every row of the register, as <code>requirements</code> in <code>mpcvd/conformance</code> has it. How to read a row, and what the levels are, is said in <a href="requirements.html">requirements</a>.</p>
${parts.join('\n')}`,
    title: 'All requirements', description: 'Every requirement of the protocol, by family, with its level, what shows it, and its errata.', headings,
    rows: requirements.map(({ id, modality, who, what }) => ({ id, text: `${id} ${who} ${modality} ${what}` })), needs: [],
  }
}
