/**
 * The landing page: what this is, a program with what it prints, the install line, and a question to ask at once.
 *
 * The program is `example.ts`; it is run while the site is built, and what it prints stands beside it. Numbers on the
 * page are counted from the library.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { format } from 'node:util'
import { compileFunction } from 'node:vm'
import { transform } from 'esbuild'
import * as core from 'mpcvd'
import { behaviourTrees } from 'mpcvd/advice'
import { requirements } from 'mpcvd/conformance'
import { answerTo, askedRoles, caseStatesOf, firstQuestion } from './answer.js'
import { escaped, highlighted } from './code.js'
import { api, playground } from './layout.js'
import { root } from './pages.js'

/** The packages of the library, with a line each. An entry that is published and has no line here stops the build. */
const entries: Readonly<Record<string, readonly [line: string, page: string]>> = {
  '.': ['The automata, messages, rules and errata; transition, permitted, reply, replay. Carries no decoder.', 'guide.html'],
  './case': ['Cases of many participants: a ledger of entries that every replica reads alike, embargoes, deadlines, need to know.', 'case.html'],
  './codec': ['Decoding of messages and logs with every fault and its path; JSON Schema.', 'codec.html'],
  './conformance': ['The requirements as data, a checker of case logs, and vectors for implementations in any language.', 'requirements.html'],
  './crosswalk': ['Evidence for ISO/IEC 30111, ISO/IEC 29147, ISO/IEC TR 5895 and Article 14 of the Cyber Resilience Act.', 'evidence.html'],
  './diagram': ['Timelines of cases as SVG, Mermaid and text; state diagrams.', 'command.html#timeline'],
  './measuring': ['In which order things happened in a disclosure, and how far that is beyond luck.', 'measuring.html'],
  './advice': ['What to do next and why; the behaviour trees of the standard, to run.', 'advice.html'],
  './verify': ['A checker of the protocol itself: all runs of a few participants, and shortest runs that break a property.', 'verification.html'],
  './bridge': ['What a change in GitHub, a tracker, OSV, CSAF or a CVE record means for a case.', 'bridges.html'],
}

/** Where to go from here. */
const ways = (errata: number): ReadonlyArray<readonly [page: string, title: string, line: string]> => [
  ['guide.html', 'Guide', 'A case from the first report to the close, as one program.'],
  [playground.page, 'Playground', 'Run a case in the browser: send, deliver late, look at everybody.'],
  [api.page, 'API', 'Every exported name, with what it means.'],
  ['conform.html', 'Conformance kit', 'Ask a program in any language how far it keeps the protocol.'],
  ['evidence.html', 'Evidence', 'What a case log shows of the clauses of standards.'],
  ['verification.html', 'Verification', 'What holds of the protocol in all runs, and shortest runs where it does not.'],
  ['measuring.html', 'Measuring', 'Published disclosures, held against chance.'],
  ['errata.html', 'Errata', `${errata} places where the published text contradicts itself, and what is adopted.`],
]

/** Runs the example as it stands, and gives what it prints. */
const ran = async (source: string): Promise<string> => {
  const { code } = await transform(source, { loader: 'ts', format: 'cjs', target: 'node20' })
  const printed: string[] = []
  const require = createRequire(import.meta.url)
  const run = compileFunction(code, ['require', 'console', 'exports', 'module']) as (...given: ReadonlyArray<unknown>) => void
  run((name: string) => (name === 'mpcvd' ? core : (require(name) as unknown)), { log: (...all: ReadonlyArray<unknown>) => printed.push(format(...all)) }, {}, { exports: {} })
  return printed.join('\n')
}

const select = (name: string, label: string, options: ReadonlyArray<readonly [value: string, text: string]>, chosen: string): string =>
  `<label>${label}<select name="${name}" autocomplete="off">${options.map(([value, text]) => `<option value="${value}"${value === chosen ? ' selected' : ''}>${escaped(text)}</option>`).join('')}</select></label>`

const same = (all: ReadonlyArray<string>): ReadonlyArray<readonly [string, string]> => all.map((one) => [one, one])

const demo = (): string => `<section class="demo" aria-labelledby="ask">
<h2 id="ask">Ask it yourself</h2>
<p class="unscripted">This is one answer. With scripts allowed, you can ask for any other here.</p>
<form id="demo" class="choices" aria-labelledby="ask" autocomplete="off">
${select('role', 'role', same(askedRoles), firstQuestion.role)}
${select('rm', 'report (RM)', same(core.rm.states), firstQuestion.rm)}
${select('em', 'embargo (EM)', same(core.em.states), firstQuestion.em)}
${select('cs', 'case (CS)', same(caseStatesOf(firstQuestion.role)), firstQuestion.cs)}
${select('way', 'direction', [['received', 'receives'], ['sent', 'sends']], firstQuestion.way)}
${select('type', 'message', core.messageTypeList.map((type) => [type, `${type} ${core.messageTypes[type].name}`]), firstQuestion.type)}
</form>
<div id="demo-answer" class="answer" aria-live="polite">${answerTo(firstQuestion).html}</div>
<p class="scripted-only demo-buttons"><button class="button" type="button" id="demo-take">Take this step</button> <button class="button" type="button" id="demo-again">Start again</button></p>
</section>`

/** The body of the landing page. `timeline` is the picture of a case, an SVG in the site. */
export const landing = async (): Promise<{ readonly body: string; readonly printed: string }> => {
  const source = readFileSync(join(root, 'docs/site/example.ts'), 'utf8').trimEnd()
  const printed = await ran(source)
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly exports: Readonly<Record<string, unknown>> }
  const published = Object.entries(exports).flatMap(([name, to]) => (typeof to === 'string' || name.startsWith('./bridge/') ? [] : [name]))
  const rows = published.map((name) => {
    const [line, page] = entries[name] ?? []
    if (line === undefined || page === undefined) throw new Error(`docs/site/landing.ts has no line for ${name}`)
    return `<li><a href="${page}"><code>mpcvd${name.slice(1)}</code></a><span>${escaped(line)}</span></li>`
  })
  const body = `<section class="hero">
<div class="hero-words">
<h1>Coordinated vulnerability disclosure as data and one function</h1>
<p class="lead">The multi-party CVD protocol that CERT/CC publishes, in TypeScript: three automata, ${core.messageTypeList.length} message types, and <code>transition(state, message)</code>. It says what a message does, what is owed then, or why it may not be sent.</p>
<div class="install"><code>npm install mpcvd</code><button class="button scripted-only" type="button" data-copy="npm install mpcvd">Copy</button></div>
<p class="hero-links"><a class="button primary" href="guide.html">Guide</a> <a class="button" href="${playground.page}">Playground</a> <a class="button" href="${api.page}">API</a></p>
</div>
<div class="example">
<pre tabindex="0" role="group" aria-label="Example"><code>${highlighted(source, 'ts')}</code></pre>
<pre class="printed" tabindex="0" role="group" aria-label="What the example prints"><code>${escaped(printed)}</code></pre>
</div>
</section>
${demo()}
<section aria-labelledby="what">
<h2 id="what">What is in it</h2>
<ul class="entries">${rows.join('')}</ul>
<p class="facts">${core.errata.length} errata between the published text and what is adopted. ${requirements.length} requirements as data. ${behaviourTrees.length} behaviour trees. No input or output, no clock, no random numbers: the same arguments give the same answer, in Node 20 or later and in browsers.</p>
</section>
<section aria-labelledby="case">
<h2 id="case">A case, drawn</h2>
<figure class="picture"><div class="scroll" tabindex="0" role="region" aria-label="Timeline of a case"><img src="timeline.svg" style="--natural:1268px" width="1268" height="552" loading="lazy" alt="Timeline of a case: a row for each of three participants with the states of report, embargo and fix, and arrows for the messages between them"></div><figcaption>Two vendors and one embargo, by <a href="command.html#timeline"><code>mpcvd timeline</code></a>. Hatched steps have not been answered by everybody yet.</figcaption></figure>
</section>
<section aria-labelledby="where">
<h2 id="where">Where to go</h2>
<ul class="cards">${ways(core.errata.length).map(([page, title, line]) => `<li><a href="${page}"><strong>${title}</strong><span>${escaped(line)}</span></a></li>`).join('')}</ul>
</section>`
  return { body, printed }
}
