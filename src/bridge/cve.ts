/**
 * CVE records (JSON 5.x): what they and their additions (SSVC, CISA's catalogue) tell of a case, and a case's own timeline in
 * their form.
 *
 * A record is the word of whoever assigned the id, which is seldom a participant's: all of it is observed. The sentences of
 * its timeline are read as `mpcvd/measuring` reads them; what only may be meant is asked about. A date at midnight UTC is a
 * day.
 *
 * Source: the CVE record format 5.1; the ADP containers of CISA (cisagov/vulnrichment).
 *
 * @module
 */
import type { Either } from 'fp-ts/Either'
import type { Fault } from '../codec/read.js'
import { events } from '../measuring/chain.js'
import { readTimeline } from '../measuring/reader.js'
import { whenText } from '../measuring/when.js'
import type { CsEvent } from '../protocol/cs.js'
import { readMoment } from '../protocol/moment.js'
import { observe } from './observe.js'
import type { Answer, Bridge, BridgeRow } from './row.js'
import type { Observed, Scene } from './scene.js'
import { readDate } from './dates.js'
import { fieldOf, textAt, valuesAt } from './value.js'

const saysOf = { V: 'CV', F: 'CF', D: 'CD', P: 'CP', X: 'CX', A: 'CA' } as const
const meaningOf: Readonly<Record<CsEvent, string>> = {
  V: 'the vendor knew', F: 'the fix was ready', D: 'the fix was deployed', P: 'it was public', X: 'an exploit was public', A: 'attacks were seen',
}
const aboutOf = (event: CsEvent): { readonly about?: 'vendor' | 'deployer' } => (event === 'D' ? { about: 'deployer' } : event === 'V' || event === 'F' ? { about: 'vendor' } : {})
const no: Answer = { answer: 'no', meaning: 'It does not tell of that.', says: [] }

/** Rows of one event: told at its time, told to have happened by a time, and perhaps told. */
const eventRows = (event: CsEvent): ReadonlyArray<BridgeRow> => {
  const shared = { speaker: 'observer', ...aboutOf(event) } as const
  return [
    { ...shared, id: `at.${event}`, when: [{ path: `at.${event}`, was: 'nothing', is: 'something' }], at: [`at.${event}`], says: [[saysOf[event]]], quality: 'lossy', note: `A field or sentence says when ${meaningOf[event]}.` },
    { ...shared, id: `by.${event}`, when: [{ path: `by.${event}`, was: 'nothing', is: 'something' }, { path: `at.${event}`, is: 'nothing' }], at: [`by.${event}`], says: [[saysOf[event]]], quality: 'lossy', note: `A field or sentence says by when ${meaningOf[event]}: the date is the latest.` },
    {
      ...shared, id: `perhaps.${event}`, when: [{ path: `perhaps.${event}`, was: 'nothing', is: 'something' }, { path: `at.${event}`, is: 'nothing' }, { path: `by.${event}`, is: 'nothing' }], at: [`perhaps.${event}`], quality: 'inferred',
      asks: { question: `Single words of a sentence may mean that by then ${meaningOf[event]}. Do they?`, answers: [{ answer: 'yes', meaning: 'They do.', says: [[saysOf[event]]] }, no] }, needs: 'somebody who reads the sentence', note: 'Only single words decide.',
    },
  ]
}

const tagRow = (tag: string, event: CsEvent): BridgeRow => ({
  id: `tag.${tag}`, when: [{ path: 'tags', was: 'nothing' }, { path: 'tags.*', is: [tag] }, { path: `at.${event}`, is: 'nothing' }, { path: `by.${event}`, is: 'nothing' }], speaker: 'observer', ...aboutOf(event), at: ['published'], quality: 'inferred',
  asks: { question: `A reference has the tag ${tag}. Does it show that ${meaningOf[event]} when the record was published?`, answers: [{ answer: 'yes', meaning: 'It does.', says: [[saysOf[event]]] }, no] }, needs: 'the reference', note: 'A tag says what a page is, not since when it has been there.',
})

const refused: ReadonlyArray<Answer> = [{ answer: 'invalid', meaning: 'The vendor holds it to be none.', says: [['RI']] }, no]

/** What {@link cveFacts} makes of a record, as snapshots. */
export const cve: Bridge = {
  name: 'cve', source: 'CVE record format 5.1, CISA ADP', read: 'first-hand', midnightIsDay: true,
  id: ['id'], changed: ['changed'], title: ['title'], vulnerabilities: ['id'],
  rows: [
    {
      id: 'reserved', when: [{ path: 'reserved', was: 'nothing', is: 'something' }, { path: 'at.V', is: 'nothing' }], speaker: 'observer', about: 'vendor', at: ['reserved'], quality: 'inferred',
      asks: { question: 'The id was reserved: whoever did so knew. Was that the vendor?', answers: [{ answer: 'vendor', meaning: 'The vendor assigns its own ids.', says: [['CV']] }, no] }, needs: 'who assigned the id', note: 'The record does not say when the vendor knew (CVEProject/cve-schema#292).',
    },
    ...events.flatMap(eventRows),
    { id: 'kev', when: [{ path: 'kev', was: 'nothing', is: 'something' }], speaker: 'observer', at: ['kev'], says: [['CA']], quality: 'exact', note: 'In CISA\'s catalogue since: attacks were seen at the latest then.' },
    { id: 'ssvc.active', when: [{ path: 'exploitation.*', was: { not: ['active'] }, is: ['active'] }], speaker: 'observer', at: ['assessed'], says: [['CA']], quality: 'lossy', note: 'SSVC: exploitation is active, at the latest when it was assessed.' },
    { id: 'ssvc.poc', when: [{ path: 'exploitation.*', was: { not: ['poc', 'active'] }, is: ['poc'] }], speaker: 'observer', at: ['assessed'], says: [['CX']], quality: 'lossy', note: 'SSVC: there is a public proof of concept, at the latest when it was assessed.' },
    tagRow('exploit', 'X'), tagRow('patch', 'F'), tagRow('vendor-advisory', 'V'),
    { id: 'rejected', when: [{ path: 'state', was: { not: ['REJECTED'] }, is: ['REJECTED'] }], speaker: 'observer', about: 'vendor', quality: 'lossy', asks: { question: 'The record was rejected. Does the vendor hold it to be no vulnerability?', answers: refused }, note: 'A duplicate, a mistake, or no vulnerability.' },
    { id: 'disputed', when: [{ path: 'notices.*', was: { not: ['disputed'] }, is: ['disputed'] }], speaker: 'observer', about: 'vendor', quality: 'lossy', asks: { question: 'The record is disputed. By the vendor?', answers: refused }, note: 'Somebody disputes it.' },
  ],
}

/** What a record says, in one place each: what the rows of {@link cve} are about. */
export interface CveFacts {
  readonly id: string | undefined
  readonly [fact: string]: unknown
}

const earlier = (one: string | undefined, other: string): string => {
  if (one === undefined) return other
  const [a, b] = [readMoment(one), readMoment(other)]
  return a !== undefined && b !== undefined && b.latest < a.latest ? other : one
}

/** Brings together what a record says, in full or in short (`cveId`, `timeline`, `kevDateAdded`, `ssvcExploitation`). */
export const cveFacts = (record: unknown): CveFacts => {
  const read = readTimeline(record)
  const dates = { at: new Map<CsEvent, string>(), by: new Map<CsEvent, string>(), perhaps: new Map<CsEvent, string>() }
  if (read._tag === 'Right')
    for (const { confidence, entry, event, how, when } of read.right.readings) {
      const written = entry === undefined ? undefined : read.right.entries[entry]?.date
      const date = written === undefined ? undefined : readDate(written, true)
      const of = dates[confidence === 'guess' ? 'perhaps' : how]
      of.set(event, earlier(of.get(event), date ?? whenText(when)))
    }
  const metrics = valuesAt(record, 'containers.adp.*.metrics.*.other')
  const contents = (type: string): ReadonlyArray<unknown> => metrics.filter((each) => fieldOf(each, 'type') === type).map((each) => fieldOf(each, 'content'))
  const ssvc = contents('ssvc')
  const texts = (values: ReadonlyArray<unknown>): ReadonlyArray<string> => values.filter((each) => typeof each === 'string')
  return {
    id: textAt(record, ['cveMetadata.cveId', 'cveId']), title: textAt(record, ['containers.cna.title']), state: textAt(record, ['cveMetadata.state']),
    changed: textAt(record, ['cveMetadata.dateUpdated', 'cveMetadata.datePublished', 'datePublished']),
    reserved: textAt(record, ['cveMetadata.dateReserved', 'dateReserved']), published: textAt(record, ['cveMetadata.datePublished', 'datePublished']),
    at: Object.fromEntries(dates.at), by: Object.fromEntries(dates.by), perhaps: Object.fromEntries(dates.perhaps),
    exploitation: texts([...ssvc.flatMap((each) => valuesAt(each, 'options.*.Exploitation')), ...valuesAt(record, 'ssvcExploitation')]),
    assessed: ssvc.map((each) => textAt(each, ['timestamp'])).find((each) => each !== undefined) ?? textAt(record, ['ssvcTimestamp']),
    kev: contents('kev').map((each) => textAt(each, ['dateAdded'])).find((each) => each !== undefined) ?? textAt(record, ['kevDateAdded']),
    tags: [...new Set(texts(valuesAt(record, 'containers.cna.references.*.tags.*')))], notices: texts(valuesAt(record, 'containers.cna.tags.*')),
  }
}

/** Reads a record, and the one before it where there is one. */
export const observeCve = (change: { readonly before?: unknown; readonly now: unknown }, scene: Scene): Either<ReadonlyArray<Fault>, Observed> => {
  try {
    const now = cveFacts(change.now)
    return observe(cve, change.before === undefined ? { now } : { before: cveFacts(change.before), now }, scene)
  } catch {
    return observe(cve, { now: undefined }, scene)
  }
}
