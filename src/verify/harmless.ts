/**
 * Symbols whose receipt moves nobody: acknowledgements, errors and inquiries, as far as a rule set treats them so.
 *
 * A symbol is *inert* where no row lets it fire anything or be answered, whoever gets it in whatever state. It is *harmless*
 * where it is an answer or a general message, no row lets it fire or set off anything, and whatever it is answered with is
 * harmless again; and whoever sends it moves nobody either, itself included, and may send it until it has closed, which no receipt
 * makes it do. What is harmless makes participants talk, but decides nothing; `reduction.ts` uses that.
 *
 * @module
 */
import type { MessageType } from '../protocol/message.js'
import { isAnswer } from '../protocol/reply.js'
import { rm } from '../protocol/rm.js'
import type { Row, RuleSet } from '../protocol/rules.js'
import type { Symbol } from './alphabet.js'

/** Whether a row fires nothing and asks for nothing but RM states. */
const idle = ({ fire, refuse, signals, when }: Row): boolean =>
  fire === undefined && refuse === undefined && signals === undefined && Object.keys(when ?? {}).every((field) => field === 'rm')

const rowsAbout = (rows: ReadonlyArray<Row>, { types }: Symbol): ReadonlyArray<Row> => rows.filter((row) => row.types.some((type) => type === 'CX+CP' ? types.includes('CX') : types.includes(type)))

/** Idle rows that are about every RM state. */
const covering = (rows: ReadonlyArray<Row>): boolean => rows.every(idle) && rm.states.every((state) => rows.some(({ when }) => when?.rm?.includes(state) ?? true))

/** Whether each symbol is inert under these rows for receiving. */
export const inertSymbols = (rows: ReadonlyArray<Row>, symbols: ReadonlyArray<Symbol>): ReadonlyArray<boolean> =>
  symbols.map((symbol) => {
    const own = rowsAbout(rows, symbol)
    return symbol.of === undefined && covering(own) && own.every(({ replies }) => (replies ?? []).length === 0)
  })

/** Whether receipts or what follows from a step can move RM but from Start to Received: then what may be sent can change under who owes it. */
const movesReports = ({ consequences, forced, received }: RuleSet): boolean =>
  received.some(({ fire }) => fire?.rm !== undefined && fire.rm !== 'receive') || [...consequences, ...forced].some(({ fire }) => fire.rm !== undefined && fire.rm !== 'receive')

/** Whether sending a symbol that is owed does nothing but say it, by the first row for it that looks at no more than RM. */
const sentIdly = ({ sent }: RuleSet, symbol: Symbol): boolean => {
  const own = rowsAbout(sent, symbol)
  const [first] = own
  if (first?.when?.reply === true) return idle({ ...first, when: {} }) && (first.replies ?? []).length === 0
  return own.length > 0 && own.every((row) => idle(row) && (row.replies ?? []).length === 0)
}

/** Whether each symbol is harmless under a rule set: the largest set that answers itself only. */
export const harmlessSymbols = (rules: RuleSet, symbols: ReadonlyArray<Symbol>): ReadonlyArray<boolean> => {
  const rows = rules.received
  if (movesReports(rules)) return symbols.map(() => false)
  const talk = ({ of, types }: Symbol): boolean => of === undefined && types.every((type) => isAnswer(type) || type === 'GI')
  let harmless = symbols.map((symbol) => talk(symbol) && covering(rowsAbout(rows, symbol)) && sentIdly(rules, symbol))
  for (let before = -1, now = harmless.filter(Boolean).length; now !== before; before = now, now = harmless.filter(Boolean).length) {
    const types: ReadonlyArray<MessageType> = symbols.flatMap((symbol, place) => (harmless[place] === true ? symbol.types : []))
    harmless = symbols.map((symbol, place) => harmless[place] === true && rowsAbout(rows, symbol).every(({ replies }) => (replies ?? []).every((type) => types.includes(type))))
  }
  return harmless
}
