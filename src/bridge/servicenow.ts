/**
 * ServiceNow: vulnerability response, the deployer's side.
 *
 * Read second-hand: its states and fields as other documents tell of them, not from payloads. Who uses it should compare the
 * rows with what his installation sends; a status map of one's own does the same.
 *
 * @module
 */
import type { Bridge } from './row.js'
import { type StatusMap, statusMapBridge } from './status-bridge.js'

/** ServiceNow, vulnerability response: the deployer's side. Its times have no zone, so they are read as days. */
export const serviceNowMap: StatusMap = {
  statusMap: 1, name: 'servicenow', source: 'ServiceNow vulnerable items', read: 'second-hand', speaker: 'deployer',
  id: ['number'], changed: ['sys_updated_on'], created: ['sys_created_on'], title: ['short_description'], status: 'state',
  statuses: [
    { status: 'Open', initial: true, says: [], to: ['Under Investigation', 'Deferred', 'Closed'] },
    { status: 'Under Investigation', says: [['RV', 'RA']], to: ['Awaiting Implementation', 'Deferred', 'Resolved', 'Closed'] },
    { status: 'Awaiting Implementation', says: [['RV', 'RA']], to: ['Deferred', 'Resolved', 'Closed'] },
    { status: 'Deferred', says: [['RV', 'RD']], to: ['Under Investigation', 'Resolved', 'Closed'] },
    { status: 'Resolved', says: [['CD'], ['RV', 'RA', 'CD']], to: ['Closed'] },
    { status: 'Closed', says: [['RC'], ['RI', 'RC'], ['RD', 'RC']], to: [] },
  ],
}

/** {@link serviceNowMap} as a bridge. */
export const serviceNow: Bridge = /* @__PURE__ */ statusMapBridge(serviceNowMap)
