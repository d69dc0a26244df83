/**
 * Pictures of the protocol, as text that other tools draw.
 *
 * @module
 */
export { stateDiagram } from './mermaid.js'
