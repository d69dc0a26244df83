/**
 * Jira: an example of a status map, since its statuses are everybody's own.
 *
 * Read second-hand: its states and fields as other documents tell of them, not from payloads. Who uses it should compare the
 * rows with what his installation sends; a status map of one's own does the same.
 *
 * @module
 */
import type { Bridge } from './row.js'
import { type StatusMap, statusMapBridge } from './status-bridge.js'

/** Jira: the statuses are everybody's own, so this is an example to be changed: a workflow of seven. */
export const jiraMap: StatusMap = {
  statusMap: 1, name: 'jira', source: 'Jira issue', read: 'second-hand', speaker: 'vendor',
  id: ['key', 'id'], changed: ['fields.updated'], created: ['fields.created'], title: ['fields.summary'], status: 'fields.status.name',
  statuses: [
    { status: 'To Do', initial: true, says: [['RK']], to: ['Triage', 'Rejected'] },
    { status: 'Triage', says: [], to: ['Confirmed', 'Rejected'] },
    { status: 'Confirmed', says: [['RV']], to: ['In Progress', 'Deferred'] },
    { status: 'In Progress', says: [['RA']], to: ['Fixed', 'Deferred'] },
    { status: 'Deferred', says: [['RD']], to: ['In Progress', 'Done'] },
    { status: 'Rejected', says: [['RI']], to: ['Confirmed', 'Done'] },
    { status: 'Fixed', says: [['CF']], to: ['Done'] },
    { status: 'Done', says: [['RC']], to: [] },
  ],
}

/** {@link jiraMap} as a bridge. */
export const jira: Bridge = /* @__PURE__ */ statusMapBridge(jiraMap)
