/**
 * CSAF 2.0 and 2.1, written: a case as an advisory of one vulnerability, and what of the case the form cannot say.
 *
 * Each participant becomes an involvement, each vendor a product. The embargo becomes a date of disclosure that lies ahead
 * and a TLP label that is not for everybody; a public vulnerability a final document for everybody. What is lost on the way
 * is told field by field, as somebody would find who reads the document back with `csaf.ts`: a loss is what comes back
 * otherwise, or only by somebody's answer to a question other than whether an embargo is proposed and a report closed.
 *
 * Source: CSAF 2.0 and 2.1 (oasis-tcs/csaf at 27af37f), profile `csaf_base`.
 *
 * @module
 */
import type { ObservedEvent } from '../protocol/log.js'
import { type Id, type Json, type Moment, type Tlp, tlpLabels } from '../protocol/message.js'
import { readMoment } from '../protocol/moment.js'
import type { Participant, Role } from '../protocol/participant.js'
import type { RmState } from '../protocol/rm.js'

/** What a document is made of. */
export interface CsafCase {
  readonly participants: ReadonlyArray<Participant>
  /** When what happened, as far as it is known. */
  readonly moments?: ReadonlyArray<{ readonly event: ObservedEvent; readonly about?: Id; readonly at: Moment }>
  /** When the embargo is to end. */
  readonly embargoEnd?: Moment
  readonly vulnerability?: string
  /** The strictest label that the case's messages have. It holds until the vulnerability is public. */
  readonly tlp?: Tlp
  /** What became of the case, for the history of the document; one revision, as of its release, when absent. */
  readonly revisions?: ReadonlyArray<{ readonly at: Moment; readonly summary: string }>
  /** Who is thanked, by the name that it is to have in public. */
  readonly acknowledgments?: ReadonlyArray<{ readonly name: string; readonly summary?: string }>
  /** Why a vendor's product is not affected. */
  readonly flags?: Readonly<Record<Id, CsafFlag>>
  /** Texts of participants that are to be in the document. */
  readonly statements?: ReadonlyArray<{ readonly by: Id; readonly text: string }>
}

/** The reasons that CSAF knows for a product not being affected. */
export const csafFlags = ['component_not_present', 'inline_mitigations_already_exist', 'vulnerable_code_cannot_be_controlled_by_adversary', 'vulnerable_code_not_in_execute_path', 'vulnerable_code_not_present'] as const

/** One of {@link csafFlags}. */
export type CsafFlag = (typeof csafFlags)[number]

/** What a document needs besides. */
export interface CsafOptions {
  readonly version: '2.0' | '2.1'
  /** The id of the document at its publisher. */
  readonly id: string
  readonly title: string
  readonly publisher: { readonly category: 'coordinator' | 'discoverer' | 'other' | 'translator' | 'user' | 'vendor'; readonly name: string; readonly namespace: string }
  /** The instant of this revision, with its zone. */
  readonly released: Moment
  /** What the case tells, for people. */
  readonly summary?: string
}

/** A part of the case that cannot be read back from the document. */
export interface CsafLoss {
  readonly participant: Id
  readonly part: 'rm' | 'em' | 'V' | 'F' | 'D' | 'P' | 'X' | 'A' | 'involvement' | 'date' | 'flag' | 'tlp' | 'revision'
  readonly why: string
}

const partyOf: Readonly<Record<Role, string>> = { vendor: 'vendor', coordinator: 'coordinator', finder: 'discoverer', reporter: 'discoverer', deployer: 'user', observer: 'other' }
const partyOrder: ReadonlyArray<Role> = ['vendor', 'coordinator', 'reporter', 'finder', 'deployer', 'observer']

/** The status of each RM state; Closed is `completed`, whatever it came from. */
const statusOf: Readonly<Record<RmState, string>> = { Start: 'not_contacted', Received: 'open', Invalid: 'disputed', Valid: 'open', Deferred: 'open', Accepted: 'in_progress', Closed: 'completed' }

const BARE = /^\d{4}-\d\d-\d\d$/

/** A moment as an instant: the end of an interval, the midnight of a day. */
const bare = (moment: Moment): string => {
  const last = moment.split('/').at(-1) ?? moment
  return BARE.test(last) ? `${last}T00:00:00.000Z` : last
}

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json }
const isFix = (state: Participant): boolean => state.cs.includes('F')

interface Revision {
  readonly date: string
  readonly number: string
  readonly summary: string
}

/** The history of a document: before the vulnerability is public, versions before the first; afterwards, those from the publication on. */
const historyOf = (all: ReadonlyArray<{ readonly date: string; readonly summary: string }>, released: string, published: string | undefined): ReadonlyArray<Revision> => {
  const time = (date: string): number => readMoment(date)?.earliest ?? 0
  const [until, from] = [time(released), published === undefined ? -Infinity : Math.min(time(published), time(released))]
  const held = all.filter(({ date }) => time(date) >= from && time(date) < until).sort((one, other) => time(one.date) - time(other.date))
  return [...held, { date: released, summary: 'Written from the case.' }].map(({ date, summary }, place) => ({ date, number: published === undefined ? `0.${place + 1}.0` : `1.${place}.0`, summary }))
}

/** A label as a version of CSAF has it: 2.0 has those of TLP 1.0, where the next stricter one stands for AMBER+STRICT. */
const labelIn = (version: '2.0' | '2.1', tlp: Tlp): string => (version === '2.1' ? tlp : tlp === 'CLEAR' ? 'WHITE' : tlp === 'AMBER+STRICT' ? 'RED' : tlp)

/** A case as a CSAF document, and what was lost. */
export const csafDocument = (of: CsafCase, options: CsafOptions): { readonly document: JsonObject; readonly losses: ReadonlyArray<CsafLoss> } => {
  const { moments = [], participants } = of
  const { released, version } = options
  const losses: CsafLoss[] = []
  const lose = (participant: Id, part: CsafLoss['part'], why: string): void => void losses.push({ participant, part, why })

  /** An instant as CSAF wants it. */
  const instant = (moment: Moment, participant: Id): string => {
    const last = moment.split('/').at(-1) ?? moment
    if (last !== moment) lose(participant, 'date', `the interval ${moment} is written as its end`)
    if (BARE.test(last)) lose(participant, 'date', `the day ${last} is written as its midnight`)
    return bare(moment)
  }
  const whenOf = (event: ObservedEvent, about?: Id): Moment | undefined => moments.find((each) => each.event === event && (about === undefined || each.about === about))?.at
  const lastOf = (about: Id): Moment | undefined =>
    moments.filter((each) => each.about === about && each.event.startsWith('rm.')).map(({ at }) => at).reduce<Moment | undefined>((one, other) => (one !== undefined && (readMoment(one)?.latest ?? 0) > (readMoment(other)?.latest ?? 0) ? one : other), undefined)

  const known = (letter: string): boolean => participants.some(({ cs }) => cs.slice(-3).includes(letter))
  const [isPublic, hasExploit, hasAttacks] = [known('P'), known('X'), known('A')]
  const embargoed = participants.some(({ em }) => em === 'Proposed' || em === 'Active' || em === 'Revise')
  const planned = !isPublic && !hasExploit && !hasAttacks && embargoed && of.embargoEnd !== undefined && (readMoment(of.embargoEnd)?.earliest ?? 0) > (readMoment(released)?.latest ?? Infinity)
  const vendors = participants.filter(({ roles }) => roles.includes('vendor'))
  const productOf = new Map(vendors.map(({ id }, place) => [id, `PRODUCT-${place + 1}`]))

  /** Attacks have a date in CSAF 2.1, which needs a product; else a text tells of them. */
  const dated = version === '2.1' && productOf.size > 0

  const seen = new Set<string>()
  const involvements = participants.flatMap((each): ReadonlyArray<JsonObject> => {
    const role = partyOrder.find((one) => each.roles.includes(one)) ?? 'observer'
    const at = lastOf(each.id)
    const date = at === undefined ? undefined : instant(at, each.id)
    const key = `${partyOf[role]} ${date ?? ''}`
    if (seen.has(key)) {
      lose(each.id, 'involvement', 'another participant of the same part has the same date, and the two must differ')
      return []
    }
    seen.add(key)
    const product = productOf.get(each.id)
    return [{ party: partyOf[role], status: statusOf[each.rm], ...(date === undefined ? {} : { date }), ...(each.rm === 'Deferred' ? { summary: 'deferred' } : {}), ...(version === '2.1' && product !== undefined ? { product_ids: [product] } : {}) }]
  })

  const statuses = new Map<string, string[]>()
  const remediations: JsonObject[] = []
  for (const each of vendors) {
    const product = productOf.get(each.id) ?? ''
    const status = each.rm === 'Start' ? undefined : each.rm === 'Invalid' ? 'known_not_affected' : each.rm === 'Received' || each.rm === 'Valid' ? 'under_investigation' : 'known_affected'
    const category = isFix(each) ? 'known_affected' : status
    if (category !== undefined) statuses.set(category, [...(statuses.get(category) ?? []), product])
    const fixed = isFix(each) ? whenOf('F', each.id) : undefined
    if (isFix(each)) remediations.push({ category: 'vendor_fix', details: 'A fix is ready.', product_ids: [product], ...(fixed === undefined ? {} : { date: instant(fixed, each.id) }) })
    else if (each.rm === 'Deferred') remediations.push({ category: 'no_fix_planned', details: 'The report is deferred: no fix is planned for now.', product_ids: [product] })
  }
  for (const each of participants) {
    const { cs, em, id, rm } = each
    if (rm === 'Valid' || (rm === 'Received' && isFix(each))) lose(id, 'rm', 'open means received, valid or deferred; a fix means accepted')
    if (rm === 'Deferred' && isFix(each)) lose(id, 'rm', 'that it is deferred cannot be said beside a fix')
    if (rm === 'Start' && productOf.has(id)) {
      if (isPublic) lose(id, 'rm', 'whoever reads that it is public takes the vendor to have received it')
      if (isPublic !== cs.includes('V')) lose(id, 'V', isPublic ? 'whoever reads that it is public takes the vendor to know' : 'nothing says that a vendor knows that has no report')
    }
    if (rm === 'Start' && isFix(each)) lose(id, 'F', 'a fix is said of a vendor that has a report')
    if (rm === 'Closed' && cs.includes('v')) lose(id, 'V', 'whoever has closed a report knows of it')
    if (cs.includes('D')) lose(id, 'D', 'nothing says that a fix is deployed')
    if (cs.includes('X')) lose(id, 'X', 'a free text tells of it, which somebody has to read')
    if (cs.includes('A') && !dated) lose(id, 'A', 'a free text tells of it, which somebody has to read')
    if (em !== 'None' && !(em === 'Proposed' && planned)) lose(id, 'em', em === 'Exited' ? 'that an embargo has ended is not told from there being none' : planned ? 'nothing says that anybody agreed' : 'there is no date that lies ahead')
  }

  const note = { category: 'summary', text: options.summary ?? options.title, title: 'Summary' }
  const attacks = whenOf('A')
  const disclosure = isPublic ? whenOf('P') : planned ? of.embargoEnd : undefined
  const first = participants[0]?.id ?? ''
  const threats = [...(hasExploit ? ['An exploit is public.'] : []), ...(hasAttacks && !dated ? ['Attacks have been observed.'] : [])].map((details): JsonObject => ({ category: 'exploit_status', details }))
  const vulnerability: JsonObject = {
    ...(of.vulnerability === undefined ? {} : { cve: of.vulnerability }), notes: [{ ...note, category: 'description', title: 'Vulnerability' }, ...(of.statements ?? []).map(({ by, text }): JsonObject => ({ category: 'general', text, title: `Statement of ${by}` }))],
    ...(involvements.length > 0 ? { involvements } : {}), ...(statuses.size > 0 ? { product_status: Object.fromEntries(statuses) } : {}), ...(remediations.length > 0 ? { remediations } : {}), ...(threats.length > 0 ? { threats } : {}),
    ...(disclosure === undefined ? {} : { [version === '2.1' ? 'disclosure_date' : 'release_date']: instant(disclosure, first) }),
    ...(hasAttacks && dated ? { first_known_exploitation_dates: [{ date: released, exploitation_date: attacks === undefined ? released : instant(attacks, first), product_ids: [...productOf.values()] }] } : {}),
  }
  // What is not public is never labelled for everybody, or for a community, whatever a message said of itself.
  const said = of.tlp !== undefined && tlpLabels.indexOf(of.tlp) >= tlpLabels.indexOf('AMBER') ? of.tlp : undefined
  const tlp = isPublic ? 'CLEAR' : said ?? (embargoed ? 'RED' : 'AMBER')
  const label = labelIn(version, tlp)
  if (label !== tlp && tlp === 'AMBER+STRICT') lose(first, 'tlp', 'CSAF 2.0 has no AMBER+STRICT; RED is written')
  const flags = Object.entries(of.flags ?? {}).flatMap(([vendor, flag]): ReadonlyArray<JsonObject> => {
    const product = productOf.get(vendor)
    if (product !== undefined && statuses.get('known_not_affected')?.includes(product) === true) return [{ label: flag, product_ids: [product] }]
    lose(vendor, 'flag', 'a reason is written of a product that is not affected')
    return []
  })
  const history = of.revisions === undefined
    ? [{ date: released, number: isPublic ? '1' : '0', summary: 'Written from the case.' }]
    : historyOf(of.revisions.map(({ at, summary }) => ({ date: bare(at), summary })), released, isPublic ? bare(disclosure ?? released) : undefined)
  if (of.revisions?.some(({ at }) => bare(at) !== at) === true) lose(first, 'revision', 'days and intervals are written as their ends in the history')
  const told = (of.revisions?.length ?? 0) + 1 - history.length
  if (of.revisions !== undefined && told > 0) lose(first, 'revision', `${told} ${told === 1 ? 'event' : 'events'} before the publication, or not before the release, ${told === 1 ? 'is' : 'are'} not in the history`)
  const thanked = (of.acknowledgments ?? []).filter(({ name }) => name !== '').map(({ name, summary }): JsonObject => ({ names: [name], ...(summary === undefined ? {} : { summary }) }))
  const current = history.at(-1)?.number ?? ''
  return {
    losses,
    document: {
      ...(version === '2.1' ? { $schema: 'https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json' } : {}),
      document: {
        ...(thanked.length > 0 ? { acknowledgments: thanked } : {}), category: 'csaf_base', csaf_version: version, distribution: { tlp: { label } }, lang: 'en', notes: [note], publisher: options.publisher, title: options.title,
        tracking: { id: options.id, status: isPublic ? 'final' : 'draft', version: current, initial_release_date: history[0]?.date ?? released, current_release_date: released, revision_history: history.map((each): JsonObject => ({ ...each })) },
      },
      ...(productOf.size > 0 ? { product_tree: { full_product_names: [...productOf].map(([vendor, product_id]) => ({ name: `The product of ${vendor}`, product_id })) } } : {}),
      vulnerabilities: [{ ...vulnerability, ...(flags.length > 0 ? { flags } : {}) }],
    },
  }
}
