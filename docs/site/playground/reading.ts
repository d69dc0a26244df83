/**
 * A case log as text: read as far as it can be, with every fault and every finding at its line.
 *
 * Codec and checker are large, and are loaded when they are first wanted.
 */
import type { CaseLog } from 'mpcvd'
import { MOST, type Play, playOf } from './model.js'

/** A remark on one line, counted from 1. */
export interface Remark {
  readonly line: number
  readonly kind: 'fault' | 'warning' | 'error' | 'finding'
  readonly text: string
}

/** A log laid open: its lines, and what is to be said of them. */
export interface Sheet {
  readonly title: string
  readonly lines: ReadonlyArray<string>
  readonly remarks: ReadonlyArray<Remark>
  /** The line of each step of the play, in their order. */
  readonly stepLines: ReadonlyArray<number>
}

/** What became of a text. */
export interface Reading {
  readonly sheet: Sheet
  /** Nothing where not even the header could be read. */
  readonly play?: Play
}

/** Longer texts are not taken in. */
export const LONGEST_TEXT = 2_000_000

const byLine = (one: Remark, other: Remark): number => one.line - other.line

/** The findings of the checker, at their lines. What cannot be read is left to the codec, which says where in the line. */
const findingsIn = async (text: string): Promise<ReadonlyArray<Remark>> => {
  const { checkText, describeBreach } = await import('./lazy-check.js')
  return checkText(text).flatMap(({ findings }) => findings)
    .filter(({ kind }) => kind !== 'unreadable')
    .map((one): Remark => ({ line: one.line ?? 1, kind: one.severity === 'error' ? 'error' : 'finding', text: describeBreach(one) }))
}

/** Reads a log, and checks what can be read of it. */
export const readLog = async (title: string, text: string): Promise<Reading> => {
  const lines = text.split('\n')
  if (text.length > LONGEST_TEXT) return { sheet: { title, lines: [], remarks: [{ line: 1, kind: 'fault', text: `It is too long: at most ${LONGEST_TEXT} characters are read.` }], stepLines: [] } }
  const { decodeLog } = await import('./lazy-codec.js')
  const read = decodeLog(text)
  const said = (kind: Remark['kind']) => ({ line, path, expected, got }: { readonly line: number; readonly path: string; readonly expected: string; readonly got: string }): Remark =>
    ({ line, kind, text: `${path === '' ? 'the line' : path}: expected ${expected}, got ${got}` })
  if (read._tag === 'Left') return { sheet: { title, lines, remarks: read.left.map(said('fault')), stepLines: [] } }
  const { log, faults, warnings } = read.right
  const opened = playOf(log)
  const cut: ReadonlyArray<Remark> = log.entries.length > MOST ? [{ line: 1, kind: 'warning', text: `Only the first ${MOST} entries are played.` }] : []
  const header = opened._tag === 'Left' ? opened.left.map((one) => said('fault')({ line: 1, ...one })) : []
  const findings = opened._tag === 'Left' ? [] : await findingsIn(text)
  const remarks = [...faults.map(said('fault')), ...header, ...warnings.map(said('warning')), ...cut, ...findings].sort(byLine)
  return { sheet: { title, lines, remarks, stepLines: read.right.lines }, ...(opened._tag === 'Left' ? {} : { play: opened.right }) }
}

/** The text of a file; of a file that is too long, only so much that it is seen to be. */
export const textIn = (file: File): Promise<string> => file.slice(0, 4 * LONGEST_TEXT).text()

/** A log as JSON lines. */
export const textOf = async (log: CaseLog): Promise<string> => (await import('./lazy-codec.js')).encodeLog(log)
