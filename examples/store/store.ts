/**
 * Cases kept in an event store, by many writers at once, with nothing lost and nothing doubled.
 *
 * Eight writers are told of the entries of four cases, most of them several times, in any order. One of them is killed
 * in the middle of its work and started again with all of it. Afterwards each stream must hold exactly what was sent, and
 * the ledger that is read from it must be, byte for byte, the one that the same entries make in memory in another order.
 * First in memory, then in PostgreSQL with a process for each writer, where it is installed.
 */
import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { getInMemoryEventStore } from '@event-driven-io/emmett'
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql'
import type { Id } from 'mpcvd'
import { ingest, logOf } from 'mpcvd/case'
import { encodeLog } from 'mpcvd/codec'
import { cases, dice, inboxes, shuffled } from './entries.js'
import { follow, readLines, type Store, unread } from './keep.js'
import { startPostgres } from './postgres.js'
import { type Report, watched, type Work, write } from './writer.js'

const SEED = Number(process.argv.slice(2).find((one) => /^\d+$/.test(one)) ?? 1)
const WRITERS = 8
/** Which writer dies, and at the how many-th append. */
const DOOMED = { writer: 3, append: 5 }

const all = cases()
const headers = all.map((one) => one.header)
const work = inboxes(all, WRITERS, SEED)

/** Per case, what the writers told of it. */
type Tally = Map<Id, { deliveries: number; appended: number; conflicts: number }>
const count = (tally: Tally, report: Report): void => {
  if (report.kind !== 'kept') return
  const { deliveries, appended, conflicts } = tally.get(report.name) ?? { deliveries: 0, appended: 0, conflicts: 0 }
  tally.set(report.name, { deliveries: deliveries + 1, appended: appended + report.appended, conflicts: conflicts + report.conflicts })
}

/** JSON with the keys in order, so that equal entries are equal lines. Not the library's: this is what checks it. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(sorted)
  : typeof value === 'object' && value !== null ? Object.entries(value).map(([key, held]) => [key, sorted(held)]).sort(([one], [other]) => (String(one) < String(other) ? -1 : 1))
  : value
const asSet = (lines: ReadonlyArray<string>): ReadonlyArray<string> => lines.map((line) => JSON.stringify(sorted(JSON.parse(line)))).sort()

/** Holds what the streams say against what was sent. */
const check = async (store: Store): Promise<void> => {
  const roll = dice(SEED)
  for (const { header, entries } of all) {
    const name = header.case
    const { lines } = await readLines(store, name)
    assert.deepEqual(asSet(lines), asSet(entries.map((entry) => JSON.stringify(entry))), `${name}: the stream does not hold what was sent, each entry once`)
    const kept = (await follow(store, name, unread(header))).ledger
    let made = unread(header).ledger
    for (const entry of shuffled(entries, roll)) made = ingest(made, [entry])
    assert(encodeLog(logOf(kept)) === encodeLog(logOf(made)), `${name}: the ledger depends on the order in which entries came`)
  }
}

const table = (tally: Tally, milliseconds: number): void => {
  const columns = (cells: ReadonlyArray<string | number>): string => `  ${cells.map((cell, at) => (at === 0 ? String(cell).padEnd(14) : String(cell).padStart(11))).join('')}`
  assert([...tally.values()].some((one) => one.conflicts > 0), 'no two writers met, so this has shown nothing: try another seed, `npx tsx examples/store/store.ts 2`')
  console.log(columns(['case', 'entries', 'webhooks', 'conflicts']))
  for (const { header, entries } of all) {
    const { deliveries, conflicts } = tally.get(header.case) ?? { deliveries: 0, conflicts: 0 }
    console.log(columns([header.case, entries.length, deliveries, conflicts]))
  }
  const sent = all.reduce((sum, one) => sum + one.entries.length, 0)
  const told = [...tally.values()].reduce((sum, one) => sum + one.appended, 0)
  assert(told < sent, `${told} of ${sent} entries were said to be kept, and there must be some that nobody could speak of`)
  console.log(`  writer ${DOOMED.writer} was killed; ${sent - told} of its entries had been kept, and it could not say so any more`)
  console.log(`  nothing lost, nothing doubled; ${Math.round(sent / (milliseconds / 1000))} entries a second\n`)
}

/** All writers in one process, taking turns wherever they wait; the doomed one breaks off between an append and saying so. */
const inMemory = async (): Promise<void> => {
  const store = getInMemoryEventStore()
  const tally: Tally = new Map()
  const tell = (report: Report): void => count(tally, report)
  const turns = watched(store, () => setImmediate())
  const death = new Error('this writer was killed')
  let left = DOOMED.append
  const deadly = watched(turns, () => undefined, () => {
    if (--left === 0) throw death
  })
  const began = performance.now()
  await Promise.all(
    work.map(async (inbox, writer) => {
      if (writer === DOOMED.writer) await assert.rejects(write(deadly, headers, inbox, tell), death)
      await write(turns, headers, inbox, tell)
    }),
  )
  const took = performance.now() - began
  await check(store)
  console.log(`In memory: ${WRITERS} writers that take turns`)
  table(tally, took)
}

const isReport = (message: unknown): message is Report => typeof message === 'object' && message !== null && 'kind' in message

/** A writer in a process of its own, as soon as it can start. */
const launch = async (): Promise<ChildProcess> => {
  const child = fork(fileURLToPath(new URL('./writer.ts', import.meta.url)))
  const [said] = await Promise.race([once(child, 'message'), once(child, 'exit')])
  assert(isReport(said), 'a writer did not start; what it says of it stands above')
  return child
}

/** Gives a writer its work, kills it at an append if it is to be killed, and waits for its end: whether it was killed. */
const employ = async (child: ChildProcess, job: Work, tally: Tally, killAt?: number): Promise<boolean> => {
  let appends = 0
  child.on('message', (message) => {
    if (!isReport(message)) return
    if (message.kind === 'appends' && ++appends === killAt) child.kill('SIGKILL')
    count(tally, message)
  })
  const end = Promise.all([once(child, 'exit'), once(child, 'disconnect')])
  child.send(job)
  const [[code, signal]] = await end
  assert(code === 0 || signal === 'SIGKILL', 'a writer failed; what it says of it stands above')
  return signal === 'SIGKILL'
}

/** A process for each writer. */
const inPostgres = async (): Promise<void> => {
  const server = startPostgres()
  if (server === undefined) {
    console.log('PostgreSQL is not installed, so this ran in memory only. To run it there too: apt-get install -y postgresql')
    return
  }
  const store = getPostgreSQLEventStore(server.url)
  try {
    await store.schema.migrate()
    const tally: Tally = new Map()
    const children = await Promise.all(work.map(launch))
    const began = performance.now()
    await Promise.all(
      children.map(async (child, writer) => {
        const job: Work = { url: server.url, headers, inbox: work[writer] ?? [] }
        if (writer !== DOOMED.writer) return employ(child, job, tally)
        // First from outside, wherever it is; then in the worst moment, when the store has its entries and nobody knows.
        assert(await employ(child, job, tally, DOOMED.append), 'the writer was done before it was killed')
        assert(await employ(await launch(), { ...job, appends: 1 }, tally), 'there was nothing left to append for the writer that was started again')
        return employ(await launch(), job, tally)
      }),
    )
    const took = performance.now() - began
    await check(store)
    console.log(`${server.version}: ${WRITERS} processes`)
    table(tally, took)
  } finally {
    await store.close()
    server.stop()
  }
}

console.log(`Seed ${SEED}: ${all.length} cases, ${work.flat().length} webhooks with ${work.flat().flatMap((one) => one.lines).length} entries in them\n`)
await inMemory()
if (!process.argv.includes('--memory')) await inPostgres()
