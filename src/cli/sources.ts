/**
 * The formats that `mpcvd convert` reads and writes and `mpcvd bridges` tells of, in one table.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import { adopted } from '../index.js'
import type { Fault } from '../codec/index.js'
import { type Bridge, type Change, decodeStatusMap, observe, type Observed, type Scene, statusMapBridge } from '../bridge/index.js'
import { readActivity } from '../bridge/activitystreams.js'
import { bugcrowd } from '../bridge/bugcrowd.js'
import { csaf, csafOfOthers, observeCsaf } from '../bridge/csaf.js'
import { cve, observeCve } from '../bridge/cve.js'
import { defectDojo } from '../bridge/defectdojo.js'
import { github, githubDatabase, observeGithubWebhook } from '../bridge/github.js'
import { gitlab } from '../bridge/gitlab.js'
import { hackerOne } from '../bridge/hackerone.js'
import { jira } from '../bridge/jira.js'
import { observeOpenVex, openVex, openVexOfOthers } from '../bridge/openvex.js'
import { osidb } from '../bridge/osidb.js'
import { osv } from '../bridge/osv.js'
import { serviceNow } from '../bridge/servicenow.js'
import { fieldOf, itemsOf } from '../bridge/value.js'
import { observeVince, vince, vinceVendor } from '../bridge/vince.js'

/** A format that is read through rows. */
export interface Source {
  readonly name: string
  /** What it reads, in a few words. */
  readonly reads: string
  /** Its tables; of two, the second is for what others than the vendor write. */
  readonly bridges: ReadonlyArray<Bridge>
  /** Where the vulnerabilities of a document are named, where it may be about several. */
  readonly vulnerabilities?: (document: unknown) => ReadonlyArray<string>
  readonly read: (change: Change, scene: Scene, asked: Asked) => Either<ReadonlyArray<Fault>, Observed>
}

/** What the reading of some formats needs besides. */
export interface Asked {
  /** The vulnerability that the case is about; empty where the document is about one. */
  readonly vulnerability: string
  /** The participant that received an activity. */
  readonly as: string | undefined
}

const rowsOf = (bridge: Bridge, reads: string): Source => ({ name: bridge.name, reads, bridges: [bridge], read: (change, scene) => observe(bridge, change, scene) })

const texts = (values: ReadonlyArray<unknown>): ReadonlyArray<string> => [...new Set(values.flatMap((value) => (typeof value === 'string' ? [value] : [])))]
const isWebhook = (payload: unknown): boolean => fieldOf(payload, 'repository_advisory') !== undefined || fieldOf(payload, 'security_advisory') !== undefined

/** One activity, as its receiver reads it; whoever is in the case steps as the protocol has it. */
const readOne: Source['read'] = ({ now }, scene, { as }) => {
  const receiver = scene.participants.find(({ id }) => id === as)
  if (receiver === undefined) return left([{ path: '', expected: 'a receiver in the case (--as)', got: as ?? 'nobody' }])
  const sender = scene.participants.find(({ id }) => id === fieldOf(now, 'actor'))
  const read = readActivity(now, { em: receiver.em, seen: scene.seen, case: scene.case, to: [receiver.id], ...(sender?.cs.length === 6 ? { cs: sender.cs } : {}) })
  if (read._tag === 'Left') return left([read.left])
  const message = read.right
  const participants = scene.participants.map((each) => {
    const stepped = (scene.protocol ?? adopted).transition(each, message)
    return stepped._tag === 'Right' ? stepped.right.state : each
  })
  return right({ entries: [{ message }], messages: [message], observations: [], warnings: [], undecided: [], participants, rows: [] })
}

/** All formats that are read through rows. */
export const sources: ReadonlyArray<Source> = [
  {
    name: 'github', reads: 'repository advisories from the REST interface; webhooks about advisories', bridges: [github, githubDatabase],
    read: (change, scene) => (isWebhook(change.now) ? observeGithubWebhook(change.now, scene, fieldOf(change.before, 'repository_advisory') ?? fieldOf(change.before, 'security_advisory')) : observe(github, change, scene)),
  },
  rowsOf(hackerOne, 'reports'), rowsOf(bugcrowd, 'submissions'), rowsOf(osidb, 'flaws'), rowsOf(gitlab, 'vulnerabilities of a project'), rowsOf(defectDojo, 'findings'), rowsOf(serviceNow, 'vulnerable items'), rowsOf(jira, 'issues'),
  { name: 'vince', reads: 'cases of VINCE, as its interface answers', bridges: [vince, vinceVendor], read: observeVince },
  rowsOf(osv, 'OSV records'),
  {
    name: 'openvex', reads: 'OpenVEX documents, about one vulnerability', bridges: [openVex, openVexOfOthers],
    vulnerabilities: (document) => texts(itemsOf(fieldOf(document, 'statements')).map((each) => fieldOf(fieldOf(each, 'vulnerability'), 'name') ?? fieldOf(each, 'vulnerability'))),
    read: (change, scene, { vulnerability }) => observeOpenVex(change, { vulnerability }, scene),
  },
  { name: 'cve', reads: 'CVE records 5.x, with SSVC and CISA’s catalogue', bridges: [cve], read: observeCve },
  {
    name: 'csaf', reads: 'CSAF 2.0 and 2.1 documents, about one vulnerability', bridges: [csaf, csafOfOthers],
    vulnerabilities: (document) => texts(itemsOf(fieldOf(document, 'vulnerabilities')).map((each) => fieldOf(each, 'cve') ?? fieldOf(itemsOf(fieldOf(each, 'ids'))[0], 'text'))),
    read: (change, scene, { vulnerability }) => observeCsaf(change, vulnerability === '' ? 0 : vulnerability, scene),
  },
  { name: 'activitystreams', reads: 'activities as CERTCC/Vultron writes them, as --as received them', bridges: [], read: readOne },
]

/** A status map as a source. */
export const mapped = (input: unknown): Either<ReadonlyArray<Fault>, Source> => {
  const decoded = decodeStatusMap(input)
  return decoded._tag === 'Left' ? decoded : { _tag: 'Right', right: rowsOf(statusMapBridge(decoded.right.value), 'issues of a tracker with a status map of one’s own') }
}

/** What is written, and from what. */
export const targets = [
  { name: 'log', writes: 'a case log' },
  { name: 'activitystreams', writes: 'activities as CERTCC/Vultron writes them, one a line' },
  { name: 'icalendar', writes: 'the embargo as calendar objects (iTIP), one after the other' },
  { name: 'cve-timeline', writes: 'the timeline of a CVE record' },
  { name: 'csaf', writes: 'a CSAF 2.0 document' },
  { name: 'csaf-2.1', writes: 'a CSAF 2.1 document' },
] as const

/** One of {@link targets}. */
export type TargetName = (typeof targets)[number]['name']
