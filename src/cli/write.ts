/**
 * What `mpcvd convert` writes from a case log; what is lost on the way is told on stderr.
 *
 * @module
 */
import { isLeft } from 'fp-ts/Either'
import { writeActivity } from '../bridge/activitystreams.js'
import type { CsafOptions } from '../bridge/csaf-document.js'
import { csafOfLog } from '../bridge/csaf-log.js'
import { cveTimeline } from '../bridge/cve-timeline.js'
import { type EmbargoEvent, writeCalendar } from '../bridge/icalendar.js'
import { linked } from '../case/index.js'
import { encodeLog } from '../codec/index.js'
import { type CaseLog, protocols, replay } from '../index.js'
import type { TargetName } from './sources.js'
import { complain, type ExitCode, faultsText, sayJson, sayText, type UsageError } from './terminal.js'

/** What writing needs besides the log. */
export interface Wanted {
  /** Documents on one line. */
  readonly json: boolean
  /** The instant of writing. */
  readonly at: string
  /** Who publishes a document: CATEGORY,NAME,NAMESPACE. */
  readonly publisher: string | undefined
  /** Calendar addresses, each as PARTICIPANT=URI. */
  readonly addresses: ReadonlyArray<string>
}

const sayDocument = (document: unknown, { json }: Wanted): void => (json ? sayJson(document) : sayText(JSON.stringify(document, null, 2)))

const writeActivities = (log: CaseLog): ExitCode => {
  let code: ExitCode = 0
  replay(protocols[log.header.protocol], log, ({ entry, result, way }) => {
    const written = log.entries[entry]
    if (way !== 'sent' || written === undefined || !('message' in written)) return
    const { message } = written
    const letters = result._tag === 'Right' ? result.right.state.cs : result.left.state.cs
    for (const type of message.types) {
      const activity = writeActivity({ ...message, id: message.types.length > 1 ? `${message.id}#${type}` : message.id, types: [type] }, { cs: `${'vfd'.slice(0, 6 - letters.length)}${letters}` })
      if (activity._tag === 'Right') sayJson(activity.right)
      else {
        complain(`lost: ${message.id}: ${type}: expected ${activity.left.expected}, got ${activity.left.got}`)
        code = 1
      }
    }
  })
  return code
}

const writeTimeline = (log: CaseLog, wanted: Wanted): ExitCode => {
  const { losses, timeline } = cveTimeline(log)
  for (const { date, event, lost, vendor } of losses) complain(`lost: ${event} of ${vendor}, ${date}: ${lost}`)
  sayDocument(timeline, wanted)
  return losses.length > 0 ? 1 : 0
}

/** Each embargo message as a calendar object, one after the other; the object as it stands after one goes into the next. */
const writeCalendars = (log: CaseLog, { addresses }: Wanted): ExitCode | UsageError => {
  const pairs = addresses.map((each) => [each.slice(0, Math.max(each.indexOf('='), 0)), each.slice(each.indexOf('=') + 1)] as const)
  if (pairs.some(([id]) => id === '')) return { usage: `--address expects PARTICIPANT=URI, such as acme=mailto:psirt@acme.example; got ${addresses.join(' ')}` }
  let code: ExitCode = 0
  let event: EmbargoEvent | undefined
  for (const entry of log.entries) {
    if (!('message' in entry)) continue
    const types = entry.message.types.filter((type) => type.startsWith('E') && type !== 'EK' && type !== 'EE')
    if (types.length === 0) continue
    const written = writeCalendar({ ...entry.message, types }, { addresses: Object.fromEntries(pairs), ...(event === undefined ? {} : { event }) })
    if (isLeft(written)) {
      complain(`lost: ${entry.message.id}: at ${written.left.path || 'the message'}, expected ${written.left.expected}, got ${written.left.got}`)
      code = 1
      continue
    }
    event = written.right.event
    sayText(written.right.text.replaceAll('\r\n', '\n').trimEnd())
  }
  return code
}

const publishers: ReadonlyArray<CsafOptions['publisher']['category']> = ['coordinator', 'discoverer', 'other', 'translator', 'user', 'vendor']

const writeCsaf = (log: CaseLog, version: CsafOptions['version'], wanted: Wanted): ExitCode | UsageError => {
  const [kind, name, namespace, ...more] = (wanted.publisher ?? '').split(',')
  const category = publishers.find((each) => each === kind)
  if (category === undefined || name === undefined || namespace === undefined || more.length > 0) return { usage: `a CSAF document has a publisher: --publisher expects CATEGORY,NAME,NAMESPACE with a category of ${publishers.join(', ')}, such as vendor,ACME,https://acme.example; got ${wanted.publisher ?? 'none'}` }
  const of = csafOfLog({ header: log.header, entries: linked([log]) }, { version, id: log.header.case, title: log.header.title ?? log.header.case, publisher: { category, name, namespace }, released: wanted.at })
  if (isLeft(of)) return { usage: faultsText(of.left) }
  const { document, losses } = of.right
  for (const { part, participant, why } of losses) complain(`lost: ${part} of ${participant}: ${why}`)
  sayDocument(document, wanted)
  return losses.length > 0 ? 1 : 0
}

/** Writes a log in a format; 1 where something of it is lost. */
export const write = (target: TargetName, log: CaseLog, wanted: Wanted): ExitCode | UsageError => {
  switch (target) {
    case 'log':
      sayText(encodeLog(log).trimEnd())
      return 0
    case 'activitystreams':
      return writeActivities(log)
    case 'cve-timeline':
      return writeTimeline(log, wanted)
    case 'icalendar':
      return writeCalendars(log, wanted)
    case 'csaf':
      return writeCsaf(log, '2.0', wanted)
    case 'csaf-2.1':
      return writeCsaf(log, '2.1', wanted)
  }
}
