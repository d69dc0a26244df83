/**
 * Case ledgers: how ingesting grows with the case, what a late entry costs, and what checking costs beside replaying.
 *
 * The exponent is the slope of the whole time over the number of entries, both in logarithms: 1 is linear.
 */
import { adopted, type Message, replay } from 'mpcvd'
import { caseOf, ingest } from 'mpcvd/case'
import { check } from 'mpcvd/conformance'
import { evidence } from 'mpcvd/crosswalk'
import { emptyTalk, talk } from './talk.js'
import { type Group, type Row, time, timeLong } from './timing.js'

const sizes = [1_000, 10_000, 100_000] as const

/** How whole times grow between the smallest and the largest. */
export const exponentOf = (rows: ReadonlyArray<{ readonly size: number; readonly ns: number }>): number => {
  const [first, last] = [rows[0], rows.at(-1)]
  return first === undefined || last === undefined ? NaN : Math.log((last.ns * last.size) / (first.ns * first.size)) / Math.log(last.size / first.size)
}

/** The rows, and the exponent of ingesting. */
export const ledgerGroups = async (): Promise<{ readonly groups: ReadonlyArray<Group>; readonly exponent: number }> => {
  const long = talk(100_000)
  const grown = sizes.map((size) => ({ size, row: timeLong(`ingest of ${size.toLocaleString('en')}, at once`, size, 300_000 / size, () => ingest(emptyTalk(), long.slice(0, size))) }))
  const short = long.slice(0, 2_000)
  const full = ingest(emptyTalk(), short)
  const rows: Row[] = [
    ...grown.map(({ row }) => row),
    await time('ingest of 2,000, one by one', short.length, () => short.reduce((ledger, entry) => ingest(ledger, entry), emptyTalk())),
    await time('caseOf, of 2,000', short.length, () => caseOf(full)),
  ]
  /** The long case but for one entry, so far from its end; and that entry. */
  const late = await Promise.all([10, 1_000].map(async (back) => {
    const at = long.findIndex((entry, index) => index >= long.length - back && 'message' in entry && entry.message.types[0] === 'EK')
    const ledger = ingest(emptyTalk(), long.filter((_, index) => index !== at))
    return time(`into 100,000, ${back.toLocaleString('en')} from the end`, 1, () => ingest(ledger, long[at] ?? []))
  }))

  const logOf = (size: number) => ({
    header: { log: 1, protocol: 'adopted@1', case: 'c', participants: [{ id: 'r', roles: ['reporter'] }, { id: 'v', roles: ['vendor'] }], world: 'closed' } as const,
    entries: Array.from({ length: size }, (_, i): { message: Message } => ({
      message: { id: `m${i}`, case: 'c', from: i % 2 === 0 ? 'r' : 'v', to: [i % 2 === 0 ? 'v' : 'r'], types: ['GI'], at: '2026-01-05T10:00:00Z', note: 'something worth saying' },
    })),
  })
  const [ten, hundred] = [logOf(10_000), logOf(100_000)]
  return {
    exponent: exponentOf(grown.map(({ row, size }) => ({ size, ns: row.ns }))),
    groups: [
      { id: 'ledger', title: 'A case’s ledger', unit: 'entry', rows },
      { id: 'late', title: 'One entry that comes late', unit: 'entry', rows: late },
      {
        id: 'check', title: 'Checking a log, none of whose messages is answered', unit: 'message',
        rows: [
          timeLong('replay, 100,000 messages', 100_000, 3, () => replay(adopted, hundred)),
          timeLong('check at every level, 10,000 messages', 10_000, 5, () => check(ten)),
          timeLong('check at every level, 100,000 messages', 100_000, 3, () => check(hundred)),
          timeLong('evidence for ISO/IEC 30111, 10,000 messages', 10_000, 5, () => evidence(ten, 'iso-30111')),
        ],
      },
    ],
  }
}
