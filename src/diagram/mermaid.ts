/**
 * Machines as Mermaid state diagrams, drawn from their tables.
 *
 * @module
 */
import type { Machine, Table } from '../protocol/machine.js'

/**
 * A machine as a Mermaid `stateDiagram-v2`: its initial state, every edge with the event's name, its accepting states.
 * The text ends without a newline.
 */
export const stateDiagram = <T extends Table>(machine: Machine<T>): string =>
  [
    '---',
    `title: ${machine.name}`,
    '---',
    'stateDiagram-v2',
    '    direction LR',
    `    [*] --> ${machine.initial}`,
    ...machine.edges.map(({ from, event, to }) => `    ${from} --> ${to}: ${event}`),
    ...machine.accepting.map((state) => `    ${state} --> [*]`),
  ].join('\n')
