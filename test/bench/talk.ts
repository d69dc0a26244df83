/** A long case for the benchmarks: eight participants who take turns, each citing what it has seen. */
import type { Message, MessageType, Statement } from 'mpcvd'
import { type Ledger, openLedger } from 'mpcvd/case'

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** The ledger of that case, empty. */
export const emptyTalk = (): Ledger => {
  const opened = openLedger({ case: 'c', protocol: 'adopted@1', participants: ids.map((id) => ({ id, roles: ['vendor'] })), decision: 'first', order: 'causal' })
  if (opened._tag === 'Left') throw new Error(JSON.stringify(opened.left))
  return opened.right
}

const typeAt = (index: number): MessageType => (index === 0 ? 'EP' : index === 1 ? 'EA' : index % 10 < 5 ? 'EK' : index % 10 < 8 ? 'GI' : index % 20 === 8 ? 'EV' : index % 20 === 18 ? 'EC' : 'EK')

/** So many messages: an embargo, acknowledgements, inquiries, and a revision now and then that is accepted. */
export const talk = (count: number): ReadonlyArray<Statement> => {
  const latest = new Map<string, string>()
  let deciding: string | undefined
  let revision = ''
  return Array.from({ length: count }, (_, index): Statement => {
    const from = ids[index % 8] ?? ''
    const type = typeAt(index)
    const after = [...new Set([latest.get(from), deciding].filter((id) => id !== undefined))]
    if (type === 'EV') revision = `r${index}`
    const embargo = type === 'EP' ? { id: 'e0', end: '2026-03-01' } : type === 'EA' ? { id: 'e0', answers: 'e0' }
      : type === 'EV' ? { id: revision, end: '2026-04-01' } : type === 'EC' ? { id: revision, answers: revision } : undefined
    const message: Message = { id: `m${index}`, case: 'c', from, to: ids.filter((id) => id !== from), types: [type], at: '2026-01-05T10:00:00Z', after, ...(embargo === undefined ? {} : { embargo }) }
    latest.set(from, message.id)
    if (type !== 'GI') deciding = message.id
    return { message }
  })
}
