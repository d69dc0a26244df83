/**
 * What the commands share: how they end, and how they write.
 *
 * Nothing that came from a file is written to a terminal as it came: control characters could move the cursor or colour
 * a verdict.
 *
 * @module
 */

/** How a command ends: all is well, there are findings, or something could not be read or understood. */
export type ExitCode = 0 | 1 | 2

/** A mistake in how the command was called: one line on stderr, exit code 2. */
export interface UsageError {
  readonly usage: string
}

/** The options that every command has. */
export interface Options {
  readonly json: boolean
  readonly protocol: 'published' | 'adopted' | undefined
  readonly roles: string | undefined
}

/** Text with control characters made visible. */
export const printable = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Writes one line of text for people; a line break inside it is made visible too, or an id could forge a verdict. */
export const say = (line: string): void => {
  process.stdout.write(`${printable(line)}\n`)
}

/** Writes text of our own, which has several lines. */
export const sayText = (text: string): void => text.split('\n').forEach(say)

/** Writes a value as one line of JSON, in which control characters can only stand in strings and are escaped there. */
export const sayJson = (value: unknown): void => say(JSON.stringify(value))

/** Rows as lines, each column as wide as its widest cell; the columns of numbers are set to the right. */
export const table = (rows: ReadonlyArray<ReadonlyArray<string>>, numbers: ReadonlyArray<number> = []): ReadonlyArray<string> => {
  const widths = rows.reduce<ReadonlyArray<number>>((all, row) => row.map((cell, column) => Math.max(all[column] ?? 0, cell.length)), [])
  const padded = (cell: string, column: number): string => (numbers.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))
  return rows.map((row) => row.map(padded).join('  ').trimEnd())
}

/** Writes one line about what went wrong. */
export const complain = (line: string): void => {
  process.stderr.write(`mpcvd: ${printable(line)}\n`)
}

/** What is wrong with a value, in one line. */
export const faultsText = (faults: ReadonlyArray<{ readonly path: string; readonly expected: string; readonly got: string }>): string =>
  faults.map(({ expected, got, path }) => `at ${path || 'the top'}, expected ${expected}, got ${got}`).join('; ')
