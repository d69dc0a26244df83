/**
 * What the pages about bridges show from elsewhere.
 *
 * @module
 */
import { readFileSync } from 'node:fs'

const json = (file: string): string => `\`\`\`json\n${readFileSync(new URL(file, import.meta.url), 'utf8')}\`\`\``

/** The blocks of these pages, by name. */
export const bridgeBlocks = {
  'status-map': () => json('bridges/status-map.json'),
} as const
