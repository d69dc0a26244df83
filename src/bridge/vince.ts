/**
 * VINCE: the cases of a coordinator, and what each vendor in them says.
 *
 * A snapshot is what VINCE's interface answers for one case, put together by the caller: `case`, `report`, `vendors`, `vuls`
 * and `note`, as the addresses under `api/case/` are called. {@link observeVince} reads the case, the reporter's and the
 * coordinator's word; {@link observeVinceVendor} what the case says of one vendor, by its name there. `Unknown` says nothing:
 * a vendor that has not looked, one that does not know and one that does not share are all shown so (VINCE#140).
 *
 * Source: CERTCC/VINCE at adb241f (3.0.36): `vinny/serializers.py`, `vinny/urls.py`, `api_examples`.
 *
 * @module
 */
import type { Either } from 'fp-ts/Either'
import type { Fault } from '../codec/read.js'
import { observe } from './observe.js'
import type { Answer, Bridge, BridgeRow } from './row.js'
import type { Change, Observed, Scene } from './scene.js'
import { becomes, nothing } from './tracker.js'
import { fieldOf, itemsOf, textAt } from './value.js'

const proposed = (says: Answer['says']): Answer => ({ answer: 'proposed', meaning: 'It proposes an embargo to everybody in the case.', says })

const rows: ReadonlyArray<BridgeRow> = [
  { id: 'submitted', when: [{ path: 'report.date_submitted', was: 'nothing', is: 'something' }], speaker: 'reporter', to: 'coordinator', says: [['RS']], at: ['report.date_submitted'], quality: 'exact', note: 'The report form was sent to the coordinator.' },
  { id: 'opened', when: [{ path: 'case.created', was: 'nothing', is: 'something' }], speaker: 'coordinator', says: [['RV', 'RA']], at: ['case.created'], quality: 'lossy', note: 'The coordinator has made a case of the report: it holds it to be valid, and works on it.' },
  { id: 'submitted.public', when: becomes('report.vul_public', true), speaker: 'reporter', says: [['CP']], cause: 'observed', at: ['report.date_submitted'], quality: 'lossy', note: 'The reporter says in the form that it is public, not since when.' },
  { id: 'submitted.exploited', when: becomes('report.vul_exploited', true), speaker: 'reporter', says: [['CA']], cause: 'observed', at: ['report.date_submitted'], quality: 'lossy', note: 'The reporter says in the form that it is exploited, not since when.' },
  {
    id: 'submitted.plans', when: [{ path: 'report.disclosure_plans', was: 'nothing', is: 'something' }], speaker: 'reporter', at: ['report.date_submitted'], quality: 'inferred', needs: 'somebody who reads the text',
    asks: { question: 'The reporter writes of plans for disclosure, as free text. Do they propose an embargo?', answers: [proposed([['EP']]), nothing] }, note: 'A date may be in the text; the embargo that is proposed here has none.',
  },
  {
    id: 'due', when: [{ path: 'case.due_date', was: 'nothing', is: 'something' }], speaker: 'coordinator', until: ['case.due_date'], quality: 'inferred', needs: 'what the coordinator told the vendors of it',
    asks: { question: 'The case has an estimated public date. Was it proposed to everybody as the end of an embargo?', answers: [proposed([['EP']]), nothing] }, note: 'An estimate; its hour and zone were not shown to vendors (VINCE#140).',
  },
  {
    id: 'due.moved', when: [{ path: 'moved', is: 'something' }], speaker: 'coordinator', until: ['moved'], quality: 'inferred', needs: 'what the coordinator told the vendors of it',
    asks: { question: 'The estimated public date was moved. Was that proposed to everybody?', answers: [proposed([['EV'], ['EP']]), nothing] }, note: 'A revision where an embargo is in force, else a proposal.',
  },
  { id: 'published', when: [{ path: 'note.datefirstpublished', was: 'nothing', is: 'something' }], speaker: 'coordinator', says: [['CP']], cause: 'own', at: ['note.datefirstpublished'], quality: 'exact', note: 'The vulnerability note was published.' },
  {
    id: 'inactive', when: becomes('case.status', 'Inactive'), speaker: 'coordinator', quality: 'lossy', note: 'A case can be made active again, a closed report cannot be opened.',
    asks: { question: 'The case was made inactive, which VINCE takes back when it is made active again. Has the coordinator closed the report?', answers: [{ answer: 'closed', meaning: 'It has, for good.', says: [['RC'], ['RI', 'RC'], ['RD', 'RC']] }, nothing] },
  },
  { id: 'reactivated', when: [{ path: 'case.status', was: ['Inactive'], is: ['Active'] }], speaker: 'coordinator', says: [['GI']], undone: 'The case was made active again. A closed report stays closed; a new one may refer to it.', quality: 'lossy', note: 'Where the report was not closed, nothing needs to be undone.' },
]

const source = 'CERTCC/VINCE at adb241f (3.0.36)'

/** The reporter's and the coordinator's word of a case. */
export const vince: Bridge = {
  name: 'vince', source, read: 'first-hand', id: ['case.vuid'], changed: ['case.modified', 'note.dateupdated'], created: ['report.date_submitted', 'case.created'], title: ['case.title'], vulnerabilities: ['vuls.*.name'], rows,
}

/** One vendor of a case, as {@link observeVinceVendor} cuts it out. */
export const vinceVendor: Bridge = {
  name: 'vince-vendor', source, read: 'first-hand', id: ['id'], changed: ['changed'], title: ['title'],
  rows: [
    { id: 'contacted', when: [{ path: 'vendor.date_added', was: 'nothing', is: 'something' }], speaker: 'coordinator', to: 'vendor', says: [['RS']], at: ['vendor.date_added'], quality: 'lossy', note: 'It was added to the case, which tells it. Whether it has read that is not said, so what it owes stays owed.' },
    { id: 'statement', when: [{ path: 'vendor.statement', was: 'nothing', is: 'something' }], speaker: 'vendor', says: [['GI']], at: ['vendor.statement_date'], quality: 'lossy', note: 'A statement is a text for the public.' },
    {
      id: 'affected', when: becomes('vendor.status', 'Affected'), speaker: 'vendor', at: ['vendor.statement_date'], quality: 'lossy', note: 'Affected says that the report is valid, not what is done about it.',
      asks: { question: 'The vendor is affected. Does it work on it?', answers: [{ answer: 'working', meaning: 'It does.', says: [['RV', 'RA']] }, { answer: 'no fix', meaning: 'It does not, for now.', says: [['RV', 'RD'], ['RD']] }, { answer: 'valid', meaning: 'That is not said.', says: [['RV']] }] },
    },
    { id: 'not-affected', when: becomes('vendor.status', 'Not Affected'), speaker: 'vendor', says: [['RI']], at: ['vendor.statement_date'], quality: 'exact', note: 'For this vendor, the report is invalid.' },
  ],
}

/** A snapshot with the date to which the estimated public date was moved since the one before. */
const withMoved = (before: unknown, now: unknown): unknown => {
  const [was, is] = [before, now].map((each) => textAt(each, ['case.due_date']))
  return typeof now !== 'object' || now === null || Array.isArray(now) ? now : {
    case: fieldOf(now, 'case'), report: fieldOf(now, 'report'), vuls: fieldOf(now, 'vuls'), note: fieldOf(now, 'note'), moved: was === undefined || is === was ? undefined : is,
  }
}

/** Reads a case: what its reporter and its coordinator say. */
export const observeVince = ({ before, now }: Change, scene: Scene): Either<ReadonlyArray<Fault>, Observed> => {
  try {
    return observe(vince, before === undefined ? { now: withMoved(undefined, now) } : { before, now: withMoved(before, now) }, scene)
  } catch {
    return observe(vince, { now: undefined }, scene)
  }
}

/** One vendor of a snapshot, by its name there; without one, a record that says nothing of it. */
const vendorIn = (snapshot: unknown, name: string): unknown => {
  const id = textAt(snapshot, ['case.vuid'])
  return {
    id: id === undefined ? undefined : `${id}:${name}`, title: textAt(snapshot, ['case.title']), changed: textAt(snapshot, ['case.modified']),
    vendor: itemsOf(fieldOf(snapshot, 'vendors')).find((each) => fieldOf(each, 'vendor') === name),
  }
}

/** Reads what a case says of one vendor, by the vendor's name in VINCE; `parties.vendor` of the scene is that vendor. */
export const observeVinceVendor = ({ before, now }: Change, name: string, scene: Scene): Either<ReadonlyArray<Fault>, Observed> => {
  try {
    return observe(vinceVendor, before === undefined ? { now: vendorIn(now, name) } : { before: vendorIn(before, name), now: vendorIn(now, name) }, scene)
  } catch {
    return observe(vinceVendor, { now: undefined }, scene)
  }
}
