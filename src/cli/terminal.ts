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

/** Writes a line of text for people. */
export const say = (line: string): void => {
  process.stdout.write(`${line.split('\n').map(printable).join('\n')}\n`)
}

/** Writes a value as one line of JSON. */
export const sayJson = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

/** Writes one line about what went wrong. */
export const complain = (line: string): void => {
  process.stderr.write(`mpcvd: ${printable(line)}\n`)
}
