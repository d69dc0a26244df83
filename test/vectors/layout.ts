/** How vector files are written: compact JSON, but each item of a long list on a line of its own, so that changes can be read. */

/** JSON in which the items of the lists under these names each have a line. */
export const written = (value: unknown, broken: ReadonlySet<string>): string => {
  const isBroken = (one: unknown): boolean =>
    typeof one === 'object' && one !== null && !Array.isArray(one) && Object.entries(one).some(([name, part]) => broken.has(name) || isBroken(part))
  const write = (one: unknown, name: string): string => {
    if (Array.isArray(one) && broken.has(name)) return one.length === 0 ? '[]' : `[\n${one.map((item: unknown) => write(item, '')).join(',\n')}\n]`
    if (typeof one === 'object' && one !== null && !Array.isArray(one) && isBroken(one))
      return `{${Object.entries(one).map(([key, part]) => `\n${JSON.stringify(key)}:${write(part, key)}`).join(',')}\n}`
    return JSON.stringify(one)
  }
  return `${write(value, '')}\n`
}
