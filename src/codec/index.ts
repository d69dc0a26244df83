/**
 * Reading and writing participants, messages and case logs: strict about what they are, complete about what is wrong.
 *
 * @module
 */
export { decodeMessage, MessageCodec, messageSchema } from './message.js'
export { decodeParticipant, ParticipantCodec, participantSchema } from './participant.js'
export {
  decodeEntry, decodeHeader, decodeLog, encodeLog, type LineFault, LogEntryCodec, logEntrySchema, LogHeaderCodec, logHeaderSchema, parseJson,
  type ReadLog,
} from './log.js'
export { type Decoded, type Decoding, encode, type Fault, type Warning } from './read.js'
export type { StandardSchema } from './standard.js'
export { type JsonSchema, type SchemaRule, schemaRules } from './leaf.js'
