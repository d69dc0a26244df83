/**
 * The draft specification of 2026 as a profile of the protocol: the same core, another way over the wire.
 *
 * {@link draft2026Rows} says of each message type what becomes of it; {@link sendDraft2026}, {@link announceDraft2026} and
 * {@link readDraft2026} carry messages over a case manager. Whether a log keeps to it is said by `draft-2026-check.ts`, an entry
 * of its own, since that reads the case. Consent (PEC), which the draft requires, is kept by every case: see `mpcvd/case`.
 *
 * @module
 */
export { draft2026Context, type Draft2026Row, draft2026Row, draft2026Rows, type Draft2026Way } from './draft-2026-rows.js'
export {
  announceDraft2026, type Draft2026Loss, type Draft2026Read, type Draft2026Reader, type Draft2026Record, type Draft2026Route, type Draft2026Sent, readDraft2026, sendDraft2026,
} from './draft-2026-wire.js'
