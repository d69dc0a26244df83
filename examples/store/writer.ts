/**
 * One writer: it takes in webhooks and keeps what they bring.
 *
 * As a process of its own it is started by `store.ts`, which gives it its work, may kill it at any moment, and starts
 * another one with the same work. The writer remembers nothing from before; what was kept already is in the stream.
 */
import { once } from 'node:events'
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql'
import type { Id, LogHeader } from 'mpcvd'
import { isProgram } from '../logs.js'
import type { Delivery } from './entries.js'
import { keep, readEntry, type Replica, type Store, unread } from './keep.js'

/** What a writer is given. */
export interface Work {
  readonly url: string
  readonly headers: ReadonlyArray<LogHeader>
  readonly inbox: ReadonlyArray<Delivery>
  /** After this many appends it dies, before it can say that the last one went through. */
  readonly appends?: number
}

/** What a writer says: it can start, it is about to append, and what became of a delivery. */
export type Report =
  | { readonly kind: 'ready' | 'appends' }
  | { readonly kind: 'kept'; readonly name: Id; readonly appended: number; readonly conflicts: number }

/** A store that lets one know before each append, and after each that went through. */
export const watched = (store: Store, before: () => unknown, after: () => void = () => undefined): Store => ({
  ...store,
  appendToStream: async (name, events, options) => {
    await before()
    const appended = await store.appendToStream(name, events, options)
    after()
    return appended
  },
})

/** Works through an inbox, webhook by webhook. */
export const write = async (store: Store, headers: ReadonlyArray<LogHeader>, inbox: ReadonlyArray<Delivery>, tell: (report: Report) => void): Promise<void> => {
  const replicas = new Map<Id, Replica>(headers.map((header) => [header.case, unread(header)]))
  for (const { name, lines } of inbox) {
    const replica = replicas.get(name)
    if (replica === undefined) throw new Error(`there is no case ${name}: open it before anything is sent about it`)
    const { replica: next, appended, conflicts } = await keep(store, name, replica, lines.map(readEntry))
    replicas.set(name, next)
    tell({ kind: 'kept', name, appended, conflicts })
  }
}

const asProcess = async (): Promise<void> => {
  const tell = (report: Report): void => {
    if (process.send === undefined) throw new Error('a writer is started by the example: npx tsx examples/store/store.ts')
    process.send(report)
  }
  // A writer does not outlive the program that started it.
  process.once('disconnect', () => process.exit())
  tell({ kind: 'ready' })
  const { url, headers, inbox, appends }: Work = (await once(process, 'message'))[0]
  const store = getPostgreSQLEventStore(url, { schema: { autoMigration: 'None' } })
  let left = appends ?? Infinity
  const mortal = watched(store, () => tell({ kind: 'appends' }), () => {
    if (--left === 0) process.kill(process.pid, 'SIGKILL')
  })
  await write(mortal, headers, inbox, tell)
  await store.close()
  process.disconnect()
}

if (isProgram(import.meta.url)) await asProcess()
