/**
 * `npm run bench`: the figures that matter, side by side with their peers in one run, on the built package.
 *
 * Every row is the median of many samples of one operation, in nanoseconds. Compare rows of one run; absolute times
 * belong to the machine. The table is printed and written to results.json beside this file.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { do_not_optimize, measure } from 'mitata'
import { createMachine, initialTransition, transition as xstateTransition } from 'xstate'
import {
  adopted, caseMachine, cs, em, type Message, messageTypeList, type Participant, pxa, replay, rm, transition,
} from 'mpcvd'
import { caseOf, ingest } from 'mpcvd/case'
import { decodeLog, decodeMessage, encodeLog, messageSchema } from 'mpcvd/codec'
import { check } from 'mpcvd/conformance'
import { evidence } from 'mpcvd/crosswalk'
import { isHistory, readWhen, score, tally, type Timeline } from 'mpcvd/measuring'
import { emptyTalk, talk } from './talk.js'

interface Row { readonly group: string; readonly name: string; readonly ns: number; readonly spread: string }
const rows: Row[] = []

/** Times one operation that does `per` units of work, and records the median per unit. */
const time = async (group: string, name: string, per: number, work: () => unknown): Promise<void> => {
  const stats = await measure(() => do_not_optimize(work()), { min_cpu_time: 300_000_000, min_samples: 20, inner_gc: false })
  const unit = (value: number): number => value / per
  rows.push({ group, name, ns: unit(stats.p50), spread: `${unit(stats.p25).toPrecision(3)} … ${unit(stats.p75).toPrecision(3)}` })
}

/* --- one transition --------------------------------------------------------------------------------------------------- */

const participants: Participant[] = rm.states.flatMap((rmState) =>
  em.states.flatMap((emState) => cs.states.map((csState): Participant => ({ id: 'v', roles: ['vendor'], rm: rmState, em: emState, cs: csState }))),
)
const messages: Message[] = messageTypeList.flatMap((type) => [
  { id: 'm', case: 'c', from: 'v', to: ['r'], types: [type], at: '2026-01-05T10:00:00Z' },
  { id: 'm', case: 'c', from: 'r', to: ['v'], types: [type], at: '2026-01-05T10:00:00Z' },
])
const steps = participants
  .filter((_, index) => index % 17 === 0)
  .flatMap((state) => messages.map((message) => [state, message] as const))
  .filter(([state, message]) => transition(state, message)._tag === 'Right')
  .filter((_, index) => index % 5 === 0)

/** Four parallel regions with the same edges, one event a step. XState does less here: no rows, no replies, no roles. */
const region = (machine: { readonly initial: string; readonly states: ReadonlyArray<string>; readonly edges: ReadonlyArray<{ from: string; event: string; to: string }> }, prefix: string) => ({
  initial: machine.initial,
  states: Object.fromEntries(machine.states.map((state) => [
    state,
    { on: Object.fromEntries(machine.edges.filter((edge) => edge.from === state).map((edge) => [`${prefix}.${edge.event}`, edge.to])) },
  ])),
})
const path = { initial: 'vfd', states: ['vfd', 'Vfd', 'VFd', 'VFD'], edges: [{ from: 'vfd', event: 'V', to: 'Vfd' }, { from: 'Vfd', event: 'F', to: 'VFd' }, { from: 'VFd', event: 'D', to: 'VFD' }] }
const chart = createMachine({ type: 'parallel', states: { rm: region(rm, 'rm'), em: region(em, 'em'), path: region(path, 'path'), world: region(pxa, 'world') } })
const [charted] = initialTransition(chart)
const chartEvents = ['rm.receive', 'em.propose', 'path.V', 'world.A', 'rm.validate', 'em.accept'].map((type) => ({ type }))

const table = new Int16Array(4096 * 64)
for (let i = 0; i < table.length; i++) table[i] = (i * 7919) % 4096

/* --- codec ------------------------------------------------------------------------------------------------------------- */

const wire = Array.from({ length: 256 }, (_, i) => ({
  id: `message-${i}`, case: 'VU#123456', from: `vendor-${i}`, to: ['reporter', 'coordinator'], types: ['RK', 'EK', 'CV'],
  at: '2026-01-05T10:00:00Z', after: [`m${i}`, `n${i}`], inReplyTo: `x${i}`, tlp: 'AMBER', cause: 'own',
  note: 'a note for people, somewhat longer than an id', embargo: { id: `e${i}`, end: '2026-03-05T10:00:00Z', reason: 'fix ready' },
}))
const texts = wire.map((message) => JSON.stringify(message))
const parsed = texts.map((text) => JSON.parse(text) as unknown)
const broken: unknown[] = parsed.map((message, i) => ({ ...(message as object), [['at', 'to', 'types', 'from'][i % 4] ?? 'at']: i % 8 < 4 ? 7 : 'x/y' }))
const ajv = new Ajv2020({ allErrors: true, strict: false }).compile(messageSchema)

/* --- a log -------------------------------------------------------------------------------------------------------------- */

const header = { log: 1, protocol: 'adopted@1', case: 'c', participants: [{ id: 'r', roles: ['reporter'] }, { id: 'v', roles: ['vendor'] }], world: 'open' } as const
const logText = encodeLog({
  header,
  entries: Array.from({ length: 10_000 }, (_, i): { message: Message } => ({
    message: { id: `m${i}`, case: 'c', from: i % 2 === 0 ? 'r' : 'v', to: [i % 2 === 0 ? 'v' : 'r'], types: ['GI'], at: '2026-01-05T10:00:00Z', note: 'something worth saying' },
  })),
})
const logLines = logText.trim().split('\n')
const decodedEntries = (text: string) => {
  const read = decodeLog(text)
  return read._tag === 'Right' ? read.right.log.entries.flatMap((entry) => ('message' in entry ? [entry] : [])) : []
}

/* --- histories ---------------------------------------------------------------------------------------------------------- */

const histories = cs.words(6)
const accepts = (history: string): boolean => {
  let state: string = cs.initial
  for (const event of history) {
    const next: string | undefined = (caseMachine.vendor.table as Readonly<Record<string, Readonly<Record<string, string>>>>)[state]?.[event]
    if (next === undefined) return false
    state = next
  }
  return state === 'VFDPXA'
}

/* --- partial timelines: six events, each within one to eight days of a month ------------------------------------------------ */

const partial = Array.from({ length: 1000 }, (_, i): Timeline => Object.fromEntries(['V', 'F', 'D', 'P', 'X', 'A'].map((event, place) => {
  const day = 1 + ((i * 7919 + place * 104_729) % 20)
  return [event, readWhen(`2024-01-${String(day).padStart(2, '0')}/2024-01-${String(day + ((i >> place) % 8)).padStart(2, '0')}`)]
})))

/* --- a ledger ----------------------------------------------------------------------------------------------------------- */

const long = talk(100_000)
const short = long.slice(0, 2_000)
const full = ingest(emptyTalk(), short)
/** The long case but for one entry, so far from its end; and that entry. */
const late = (back: number) => {
  const at = long.findIndex((entry, index) => index >= long.length - back && 'message' in entry && entry.message.types[0] === 'EK')
  return { ledger: ingest(emptyTalk(), long.filter((_, index) => index !== at)), entry: long[at] ?? long.slice(-1) }
}
const lateness = [10, 1_000].map((back) => ({ back, ...late(back) }))

await time('idle', 'an empty function', 1, () => 0)
await time('transition', 'raw table step, integers', 1000, () => { let s = 1; for (let i = 0; i < 1000; i++) s = table[s * 64 + (i & 63)] ?? 0; return s })
await time('transition', 'transition(state, message)', steps.length, () => { let n = 0; for (const [s, m] of steps) if (adopted.transition(s, m)._tag === 'Right') n++; return n })
await time('transition', 'XState v5 transition(), four parallel regions', chartEvents.length, () => { let s = charted; for (const event of chartEvents) s = xstateTransition(chart, s, event)[0]; return s })
await time('codec', 'JSON.parse', texts.length, () => { let n = 0; for (const text of texts) if (JSON.parse(text) !== null) n++; return n })
await time('codec', 'decodeMessage, valid', parsed.length, () => { let n = 0; for (const one of parsed) if (decodeMessage(one)._tag === 'Right') n++; return n })
await time('codec', 'Ajv compiled from our schema, valid', parsed.length, () => { let n = 0; for (const one of parsed) if (ajv(one)) n++; return n })
await time('codec', 'decodeMessage, invalid, all faults', broken.length, () => { let n = 0; for (const one of broken) if (decodeMessage(one)._tag === 'Left') n++; return n })
await time('codec', 'Ajv, invalid, all errors', broken.length, () => { let n = 0; for (const one of broken) if (!ajv(one)) n++; return n })
await time('log', 'JSON.parse of every line', logLines.length, () => { let n = 0; for (const line of logLines) if (JSON.parse(line) !== null) n++; return n })
await time('log', 'decodeLog and replay', logLines.length, () => { const log = decodeLog(logText); return log._tag === 'Right' ? replay(adopted, log.right.log).messages : 0 })
await time('histories', 'a CS history checked by the machine’s table', histories.length, () => { let n = 0; for (const one of histories) if (accepts(one)) n++; return n })

await time('histories', 'isHistory', histories.length, () => { let n = 0; for (const one of histories) if (isHistory(one)) n++; return n })
await time('histories', 'score of six partial dates', partial.length, () => { let n = 0; for (const one of partial) if (score(one)._tag === 'Right') n++; return n })
await time('histories', 'tally of a million timelines of six partial dates, each', 1_000_000, () => tally((function* () { for (let i = 0; i < 1000; i++) yield* partial })()).fitting)

await time('ledger', 'ingest, 2,000 messages at once, each', short.length, () => ingest(emptyTalk(), short))
await time('ledger', 'ingest, 2,000 messages one by one, each', short.length, () => short.reduce((ledger, entry) => ingest(ledger, entry), emptyTalk()))
await time('ledger', 'caseOf, of 2,000 messages, each', short.length, () => caseOf(full))
for (const { back, ledger, entry } of lateness) await time('ledger', `ingest into 100,000, ${back} from the end`, 1, () => ingest(ledger, entry))

const whole = { header: { ...header, world: 'closed' as const }, entries: decodedEntries(logText) }
const hundredThousand = { header: whole.header, entries: Array.from({ length: 10 }, (_, part) => whole.entries.map(({ message }) => ({ message: { ...message, id: `${message.id}.${part}` } }))).flat() }
await time('check', 'check, all levels, 10,000 messages without an answer, each', whole.entries.length, () => check(whole))
await time('check', 'check, all levels, 100,000 messages without an answer, each', hundredThousand.entries.length, () => check(hundredThousand))
await time('check', 'replay of the same, each', hundredThousand.entries.length, () => replay(adopted, hundredThousand))
await time('check', 'evidence for ISO/IEC 30111, 10,000 messages, each', whole.entries.length, () => evidence(whole, 'iso-30111'))

const width = Math.max(...rows.map((row) => row.name.length))
const of = (name: string): number => rows.find((row) => row.name.startsWith(name))?.ns ?? NaN
console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}; median nanoseconds per operation`)
for (const { group, name, ns, spread } of rows) console.log(`${group.padEnd(11)}${name.padEnd(width + 2)}${ns.toPrecision(3).padStart(10)}   (${spread})`)
const ratios = {
  'transition against XState': of('XState') / of('transition('),
  'decode against Ajv': of('decodeMessage, valid') / of('Ajv compiled'),
  'decode against JSON.parse': of('decodeMessage, valid') / of('JSON.parse'),
  'log against JSON.parse': of('decodeLog') / of('JSON.parse of'),
  'checking against replaying': of('check, all levels, 100,000') / of('replay of the same'),
  'a late entry: 1,000 back against 10 back': of('ingest into 100,000, 1000') / of('ingest into 100,000, 10 '),
}
for (const [name, ratio] of Object.entries(ratios)) console.log(`${name}: ${ratio.toPrecision(3)} ×`)
const version = (name: string): string =>
  (JSON.parse(readFileSync(new URL(`../../node_modules/${name}/package.json`, import.meta.url), 'utf8')) as { readonly version: string }).version
writeFileSync(new URL('results.json', import.meta.url), `${JSON.stringify({
  node: process.version, processor: cpus()[0]?.model, versions: { xstate: version('xstate'), ajv: version('ajv'), mitata: version('mitata') }, rows, ratios,
}, null, 2)}\n`)
