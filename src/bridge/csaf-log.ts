/**
 * A case's log as a CSAF document: what {@link csafDocument} writes, taken from the log instead of by hand.
 *
 * The states are those of the case that the log holds, and the moments those of its entries, corrections counted. The date of
 * disclosure is the end of what is in force, or else of what was proposed last. The label is the strictest that a message has
 * while the vulnerability is not public; the history is what happened in the case, from its publication on where it is public.
 *
 * A log holds what nobody outside may read. So nothing written by people goes into the document by itself: the names of whom to
 * thank, the statements to print, and the reasons for a product not being affected are for the caller to give. The history names
 * vendors, whose products the document names anyway, and nobody else.
 *
 * Source: CSAF 2.0 and 2.1 (oasis-tcs/csaf at 27af37f); `mpcvd/case` for what a log says.
 *
 * @module
 */
import { type Either, left, right } from 'fp-ts/Either'
import { caseOf } from '../case/case.js'
import type { CharterFault } from '../case/charter.js'
import { type Happening, type HappeningKind, happenings } from '../case/happening.js'
import { ledgerOf } from '../case/ledger.js'
import type { CaseLog, ObservedEvent, Statement } from '../protocol/log.js'
import { type Id, type Message, type Moment, type Tlp, tlpLabels } from '../protocol/message.js'
import { type CsafCase, csafDocument, type CsafFlag, type CsafLoss, type CsafOptions, type JsonObject } from './csaf-document.js'

/** What a document needs besides the log. */
export interface CsafLogOptions extends CsafOptions {
  /** Whom to thank, by the name that each is to have in public. */
  readonly acknowledge?: Readonly<Record<Id, string>>
  /** The messages whose notes are to be printed. */
  readonly statements?: ReadonlyArray<Id>
  /** Why the product of a vendor is not affected. */
  readonly flags?: Readonly<Record<Id, CsafFlag>>
}

/** Which event a happening is, and how the history tells of it. */
const told: Readonly<Partial<Record<HappeningKind, { readonly event: ObservedEvent; readonly says: string }>>> = {
  reported: { event: 'rm.receive', says: 'was reported to' }, validated: { event: 'rm.validate', says: 'was held to be valid by' }, invalid: { event: 'rm.invalidate', says: 'was held to be invalid by' },
  accepted: { event: 'rm.accept', says: 'is worked on by' }, deferred: { event: 'rm.defer', says: 'was deferred by' }, closed: { event: 'rm.close', says: 'was closed by' },
  'fix-ready': { event: 'F', says: 'was fixed by' }, deployed: { event: 'D', says: 'was remedied at' },
  public: { event: 'P', says: 'is public' }, 'exploit-public': { event: 'X', says: 'has a public exploit' }, attacks: { event: 'A', says: 'is exploited' },
}

const CVE = /^CVE-\d{4}-\d{4,}$/

const strictest = (messages: ReadonlyArray<Message>): Tlp | undefined =>
  messages.flatMap(({ tlp }) => tlp ?? []).reduce<Tlp | undefined>((one, other) => (one === undefined || tlpLabels.indexOf(other) > tlpLabels.indexOf(one) ? other : one), undefined)

/** The first time that each event is told of each participant. */
const firsts = (all: ReadonlyArray<Happening>): ReadonlyArray<Happening> =>
  all.filter((one, place) => told[one.what] !== undefined && all.findIndex((other) => other.what === one.what && other.about === one.about) === place)

/** What a log says, as a document is made of. `Left` where the log lacks somebody whom its case needs. */
export const csafCaseOf = (log: CaseLog, options: Pick<CsafLogOptions, 'acknowledge' | 'statements' | 'flags'> = {}): Either<ReadonlyArray<CharterFault>, CsafCase> => {
  const ledger = ledgerOf(log)
  if (ledger._tag === 'Left') return left(ledger.left)
  const { participants, proposals } = caseOf(ledger.right)
  const entries = log.entries.filter((entry): entry is Statement => !('receipt' in entry))
  const messages = entries.flatMap((entry) => ('message' in entry ? [entry.message] : []))
  const happened = firsts(happenings(entries))
  const vulnerability = messages.flatMap(({ report }) => report?.vulnerabilities ?? []).find((id) => CVE.test(id))
  const tlp = strictest(messages)
  const isOpen = (status: string): boolean => status === 'in force' || status === 'open'
  const embargoEnd: Moment | undefined = (proposals.find(({ status }) => status === 'in force') ?? proposals.filter(({ status }) => isOpen(status)).at(-1))?.terms?.end
  const vendors = new Set(participants.filter(({ roles }) => roles.includes('vendor')).map(({ id }) => id))
  const named = (about: Id | undefined): string => (about === undefined ? '' : vendors.has(about) ? ` ${about}` : ' another participant')
  const thanks = new Map(Object.entries(options.acknowledge ?? {}))
  const people = log.header.participants.filter(({ id }) => thanks.has(id))
  return right({
    participants: participants.filter(({ engaged, rm }) => engaged || rm === 'Closed'),
    moments: happened.flatMap(({ about, at, what }) => {
      const event = told[what]?.event
      return event === undefined ? [] : [{ event, at, ...(about === undefined ? {} : { about }) }]
    }),
    revisions: happened.map(({ about, at, what }) => ({ at, summary: `The vulnerability ${told[what]?.says ?? ''}${named(about)}.` })),
    acknowledgments: people.map(({ id, roles }) => ({ name: thanks.get(id) ?? '', ...(roles.includes('reporter') || roles.includes('finder') ? { summary: roles.includes('finder') ? 'Found and reported the vulnerability.' : 'Reported the vulnerability.' } : {}) })),
    statements: messages.filter(({ id, note }) => note !== undefined && note !== '' && (options.statements ?? []).includes(id)).map(({ from, note = '' }) => ({ by: from, text: note })),
    flags: options.flags ?? {},
    ...(embargoEnd === undefined ? {} : { embargoEnd }), ...(vulnerability === undefined ? {} : { vulnerability }), ...(tlp === undefined ? {} : { tlp }),
  })
}

/** A log as a CSAF document, and what was lost. `Left` where the log lacks somebody whom its case needs. */
export const csafOfLog = (log: CaseLog, options: CsafLogOptions): Either<ReadonlyArray<CharterFault>, { readonly document: JsonObject; readonly losses: ReadonlyArray<CsafLoss> }> => {
  const of = csafCaseOf(log, options)
  return of._tag === 'Left' ? of : right(csafDocument(of.right, options))
}
