/**
 * The facts of the documentation, as Markdown.
 *
 * Prose is written by people; what the library knows is rendered from its exported data. A page holds a block between
 * `<!-- generated:NAME -->` and `<!-- /generated:NAME -->`; {@link blocks} has what belongs there. `test/docs.test.ts`
 * compares, and `npm run update` fills in anew. Everything here is pure: the same library gives the same text.
 *
 * What the fields, findings and refusals mean is written here and not on the pages, in records over the library's types:
 * a field without a meaning does not compile. That is why the file is long.
 *
 * @module
 */
import {
  adopted, type Advice, caseMachine, type CaseState, type CellPattern, type Consequence, consent, type Context, type Correction, cs, csSubsets, dpxa,
  em, type EmbargoTerms, emSubsets, enumerateSpace, errata, type Erratum, type ErratumKind, type Fire, type FindingKind, formatState, type Guard,
  type Inheritance, type Local, type LocalRow, type LogHeader, type LogParticipant, type Machine, type Membership, type Message, messageTypeList,
  messageTypes, type NoteKind, type Observation, type Protocol, published, pxa, type Receipt, type RefusalKind, type ReportReference, rm, rmSubsets,
  type Role, type RoleShape, roles, type Row, type RowType, shapeOf, sourceCodes, type SpaceName, spaceOf, type Stamp, start, stateSpaces, type Table,
  type Way,
} from 'mpcvd'
import type * as cases from 'mpcvd/case'
import { type JsonSchema, logEntrySchema, logHeaderSchema, messageSchema, participantSchema, type SchemaRule, schemaRules } from 'mpcvd/codec'
import {
  breachKinds, checkNames, coreFamilies, type Coverage, coverageOf, type Evidence, families, type Family, levels, type Modality, type RelationKind, relations,
  type Requirement, requirementCounts, requirements, specificationOf, type Unseen, unseenBecause,
} from 'mpcvd/conformance'
import { stateDiagram } from 'mpcvd/diagram'
import { passes } from '../src/protocol/interpret.js'
import { adviceBlocks } from './advised.js'
import { bridgeBlocks } from './bridged.js'
import { measuringBlocks } from './measured.js'
import { verificationBlocks } from './verified.js'

// ---- Markdown ----

/** Text of the register as Markdown: what Markdown would read as markup is escaped, code stays code. */
const prose = (text: string): string =>
  text.split('`').map((part, index) => (index % 2 === 0 ? part.replace(/[\\*_<>[\]~]/g, '\\$&') : part)).join('`')

const code = (text: string): string => `\`${text}\``
const codes = (all: ReadonlyArray<string>): string => all.map(code).join(' ')

const cell = (text: string): string => text.replaceAll('|', '\\|')
const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')

const erratumId = /^(D|L)-[\w-]+$/
/** An erratum's id within a sentence. */
const erratumIn = /\b[DL]-(?:\w+-)?\d+\b/g
/** An erratum's id as a link to its entry; anything else as it is. */
const cited = (source: string): string => (erratumId.test(source) ? `[${source}](errata.md#${source.toLowerCase()})` : source)
const citedAll = (sources: ReadonlyArray<string>): string => sources.map(cited).join(', ')

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

// ---- the machines ----

/** A machine as a matrix: a row a state, a column an event, the next state in the cell. */
const matrix = <T extends Table>(machine: Machine<T>): string => {
  const named = machine.states.some((state) => machine.stateLetters[state] !== state)
  const mark = (state: string): string =>
    [...(state === machine.initial ? ['initial'] : []), ...(machine.accepting.some((one) => one === state) ? ['accepting'] : [])].join(', ')
  const letters: Readonly<Record<string, string>> = machine.eventLetters
  return table(
    ['state', '', ...machine.events.map((event) => (letters[event] === event ? code(event) : `${code(event)} (${letters[event] ?? ''})`))],
    machine.states.map((state) => [
      named ? `${code(state)} (${machine.stateLetters[state]})` : code(state),
      mark(state),
      ...machine.events.map((event) => {
        const edge = machine.edges.find((one) => one.from === state && one.event === event)
        return edge === undefined ? '' : code(edge.to)
      }),
    ]),
  )
}

const size = <T extends Table>(machine: Machine<T>): string =>
  `${machine.states.length} states, ${machine.edges.length} edges, ${machine.events.length} events.`

const diagram = <T extends Table>(machine: Machine<T>): string => `\`\`\`mermaid\n${stateDiagram(machine)}\n\`\`\``

const subsets = (sets: Readonly<Record<string, ReadonlyArray<string>>>): string =>
  table(['set', 'states'], Object.entries(sets).map(([name, states]) => [code(name), codes(states)]))

// ---- participants ----

const roleTable = (): string =>
  table(
    ['role', 'case state', 'start', 'published state space'],
    roles.map((role: Role) => {
      const participant = start(role, [role])
      return [code(role), code(caseMachine[shapeOf([role])].initial), code(formatState(participant)), code(spaceOf([role]))]
    }),
  )

const spaceTable = (): string =>
  table(['space', 'states'], Object.keys(stateSpaces).map((name) => [code(name), String(enumerateSpace(name as SpaceName).length)]))

// ---- messages ----

const typeTable = (): string =>
  table(
    ['type', 'name', 'family', 'meaning', 'acknowledges'],
    messageTypeList.map((type) => {
      const kind = messageTypes[type]
      return [code(type), kind.name, kind.family, kind.meaning, 'acknowledges' in kind ? codes(kind.acknowledges) : '']
    }),
  )

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The part of a schema that a path leads to. */
const within = (schema: JsonSchema, ...path: ReadonlyArray<string>): JsonSchema =>
  path.reduce<JsonSchema>((at, step) => {
    const next: unknown = Array.isArray(at['anyOf'])
      ? at['anyOf'].filter(isSchema).map((option) => propertiesOf(option)[step]).find(isSchema)
      : propertiesOf(at)[step]
    return isSchema(next) ? next : {}
  }, schema)

const propertiesOf = (schema: JsonSchema): JsonSchema => (isSchema(schema['properties']) ? schema['properties'] : {})

/** The form of a field in a few words. */
const form = (schema: JsonSchema): string => {
  if (Array.isArray(schema['anyOf'])) return schema['anyOf'].filter(isSchema).map(form).join(' or ')
  if (Array.isArray(schema['enum'])) return codes(schema['enum'].map(String))
  if (schema['const'] !== undefined) return code(JSON.stringify(schema['const']))
  switch (schema['type']) {
    case 'boolean':
      return '`true` `false`'
    case 'integer':
      return `whole number${typeof schema['minimum'] === 'number' ? ` from ${schema['minimum']}` : ''}`
    case 'array':
      return `list of ${isSchema(schema['items']) ? form(schema['items']) : ''}${schema['minItems'] === 1 ? ', at least one' : ''}`
    case 'string':
      return schema['pattern'] === undefined ? (schema['minLength'] === 1 ? 'id' : 'text') : 'moment'
    default:
      return schema['properties'] === undefined ? 'JSON object' : `object of ${codes(Object.keys(propertiesOf(schema)))}`
  }
}

/** The fields of a record, from its schema, with what each means. */
const fieldTable = (schema: JsonSchema, meanings: Readonly<Record<string, string>>): string => {
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  return table(
    ['field', '', 'form', 'meaning'],
    Object.entries(propertiesOf(schema)).map(([name, field]) => [
      code(name), required.includes(name) ? 'required' : '', name === 'types' ? 'list of message types, at least one' : isSchema(field) ? form(field) : '',
      meanings[name] ?? '',
    ]),
  )
}

const common = {
  after: 'what had been seen before, by id',
  note: 'free text for people',
  ext: 'anything else, kept as it came',
} as const

const messageFields: Readonly<Record<keyof Message, string>> = {
  ...common,
  id: 'of this message; unique in the case',
  case: 'the case; the caller routes by it',
  from: 'the sender, a participant',
  to: 'all recipients, the sender not among them; one send is one step',
  types: 'one type, or a bundle in its order',
  at: 'when it was sent; orders nothing',
  v: 'version of the format; 1 when absent',
  after: 'what the sender had seen: its own previous entry first, then the latest of the others; none when absent',
  inReplyTo: 'the message that this acknowledges or answers, or the silent local step that it announces',
  subject: 'whom CV, CF and CD are about; the sender when absent',
  cause: 'of CP, CX and CA: the sender did it, or saw it',
  embargo: 'what an E* message is about',
  report: 'the report that an R* message is about',
  tlp: 'Traffic Light Protocol 2.0 label',
}

const embargoFields: Readonly<Record<keyof EmbargoTerms, string>> = {
  id: 'of this proposal, this revision, or the embargo of this answer',
  answers: 'the proposal that this answers',
  existing: 'an embargo already in force is offered to a newcomer ([D-EM-08](errata.md#d-em-08))',
  end: 'when the embargo is to end',
  respondBy: 'until when an answer is asked for',
  reason: 'why, in the sender’s words or codes; an open list ([D-EM-41](errata.md#d-em-41))',
  scope: 'what the embargo covers',
}

const reportFields: Readonly<Record<keyof ReportReference, string>> = {
  id: 'of the report',
  duplicateOf: 'the report that this one duplicates',
  title: 'of the report',
  vulnerabilities: 'CVE or other vulnerability ids',
  products: 'what is affected',
}

// ---- the case log ----

const headerFields: Readonly<Record<keyof LogHeader, string>> = {
  log: 'version of the format',
  protocol: 'the reading and edition that the log was made under',
  case: 'the case; a message of another is a finding',
  participants: 'who is in the case from the start, each once',
  as: 'the participant whose log this is: only it is replayed',
  world: '`closed`: everything that was sent is in the log; `open`: only what somebody knows of',
  title: 'of the case',
  owner: 'the participant whose case it is',
  manager: 'the participant that keeps the case’s record',
  decision: 'whose word decides about an embargo: the first answer, everybody’s, or the owner’s; `first` when absent',
  order: 'what orders the entries that decide: what each had seen, or the manager’s stamps; `causal` when absent',
  inherits: 'what a case that was merged or split off starts with',
  projection: 'the participant that the log was cut down for',
  ext: common.ext,
}
const inheritanceFields: Readonly<Record<keyof Inheritance, string>> = {
  from: 'the cases that it comes from',
  siblings: 'other cases that were split off the same one',
  embargo: 'the terms that are in force from the start',
  signed: 'who has signed them',
}
const participantFields: Readonly<Record<keyof LogParticipant, string>> = {
  id: 'of the participant',
  roles: 'what it is in the case',
  start: 'another start than that of its roles, in compact notation',
  aliases: 'other ids under which sources know it; an entry under one of them is its own',
}
const receiptFields: Readonly<Record<keyof Receipt, string>> = {
  message: 'what arrived, by id', by: 'at whom', at: 'when',
}
const localFields: Readonly<Record<keyof Local, string>> = {
  ...common,
  id: 'of this entry, for the message that announces it',
  by: 'who took the step',
  event: 'the step',
  at: 'when',
  reason: 'how it came about: `self-discovery`, `public-source`, `invite-accepted`, `timer` …',
  cause: 'it did it, or saw it',
  product: 'what became ready or was deployed',
}
const membershipFields: Readonly<Record<keyof Membership, string>> = {
  ...common,
  id: 'of this entry',
  by: 'who recorded the change',
  participant: 'whom it is about',
  change: 'what changed',
  roles: 'the roles that it joins with, or has from now on; needed by `joins` and `roles`',
  start: 'the state that it joins in, in compact notation',
  at: 'when',
}
const observationFields: Readonly<Record<keyof Observation, string>> = {
  ...common,
  id: 'of this entry',
  event: 'a case-state event by its letter, an RM or EM event with its machine',
  about: 'whose event it is; needed but for P, X and A, which are about the world',
  at: 'when it happened',
  source: 'where it is written',
}

const stampFields: Readonly<Record<keyof Stamp, string>> = {
  id: 'of this entry',
  by: 'who placed it; only the manager’s stamps count',
  entry: 'the entry that it places, by id',
  sequence: 'its number',
  at: 'when',
  note: common.note,
}
const correctionFields: Readonly<Record<keyof Correction, string>> = {
  ...common,
  id: 'of this entry',
  by: 'who made the correction',
  of: 'the entry that it is about, by id',
  change: 'it says what should have been said, that it should not have been said, or that the content is to be removed for good',
  moment: 'when what the entry tells of happened, where that was wrong',
  digest: 'what stands for erased content, as `algorithm:value`',
  at: 'when it was made',
}

const findingMeanings: Readonly<Record<FindingKind, string>> = {
  refused: 'a send or a local step that the protocol does not allow there; it changed nothing',
  unexpected: 'a receipt that the protocol answers with an error',
  unspecified: 'a receipt for which the published tables have no row',
  'wrong-reply': 'an acknowledgement or error that the receipt does not call for',
  'missing-reply': 'an answer that was due and never came',
  'missing-announcement': 'a change that the others should have been told and were not',
  'time-order': 'an effect that was surely over before its cause began',
  impossible: 'a recorded fact that the state before it rules out',
  'unknown-participant': 'somebody who is not in the case',
  'unknown-message': 'a message that the log does not have, or that did not reach whoever cites it',
  departed: 'an entry of somebody who has left or was excluded; it changed nothing',
  'conflicting-id': 'one id, two contents; the second is not applied',
  'other-case': 'a message of another case; it is not applied',
}

// ---- cases ----

const caseFindingMeanings: Readonly<Record<cases.CaseFindingKind, string>> = {
  refused: 'the protocol does not allow the message there',
  'unknown-proposal': 'it answers a proposal that there is not, or does not say which of several',
  'taken-proposal': 'it proposes under an id that another proposal has',
  'stale-acceptance': 'it accepts what is no longer offered; the terms in force are to be offered again',
  'not-a-member': 'its author is not in the case at its place',
  'no-authority': 'its author may not make that change of membership',
  equivocation: 'its author says two things under one id, or two things of which neither has seen the other; neither counts, but for one that everybody else has answered to',
  circular: 'it refers to itself, by way of others',
  ended: 'its author had left the case, as far as it had seen',
  'own-step': 'a step of its author’s own report or fix that the protocol does not allow there',
  'not-announced': 'it decides, and was not sent to everybody engaged; it counts all the same',
  gap: 'it refers to what is not held',
  'open-ended': 'it proposes an embargo without an end; it counts all the same',
  'earlier-end': 'terms of a child case that end before those that it inherited; they count all the same',
}

const proposalMeanings: Readonly<Record<cases.ProposalStatus, string>> = {
  open: 'it awaits answers',
  'in force': 'it was accepted, and binds who signed it',
  replaced: 'a revision of it was accepted; who signed it and not the revision stays bound by it until it ends',
  superseded: 'another was accepted while it was open; it is to be proposed again as a revision (VP-07-008)',
  rejected: 'it was rejected',
  withdrawn: 'its proposer rejected it',
  ended: 'the embargo ended while it was in force, or while it was an open revision',
}

const owedMeanings: Readonly<Record<cases.OwedKind, string>> = {
  answer: 'an acknowledgement or error in answer to a message',
  announcement: 'a change that everybody engaged is to be told',
  decision: 'an acceptance or a rejection of an open proposal',
  offer: 'the terms in force, to a newcomer or to who accepted what was no longer offered',
  expiry: 'word that the embargo is over, once its end surely is; one message by anybody pays it',
  revision: 'a superseded proposal, made again',
}

type CaseFunction = { [K in keyof typeof cases]: (typeof cases)[K] extends (...given: never) => unknown ? K : never }[keyof typeof cases]

/** Every function of the entry point, grouped as a reader looks for them. */
const caseFunctions: Readonly<Record<CaseFunction, readonly [topic: string, meaning: string]>> = {
  openLedger: ['ledger', 'a case without entries'],
  ingest: ['ledger', 'takes entries in, in any order, any number of times'],
  unite: ['ledger', 'what two ledgers of one charter hold together'],
  entriesOf: ['ledger', 'everything that a ledger holds, causes before effects'],
  logOf: ['ledger', 'a ledger as a case log'],
  ledgerOf: ['ledger', 'the ledger in a case log'],
  linked: ['ledger', 'the entries of logs that were kept without `after`, with it'],
  heads: ['ledger', 'the `after` of somebody’s next entry'],
  charterOf: ['charter', 'the charter in a log’s header'],
  headerOf: ['charter', 'the header of a charter’s log'],
  checkCharter: ['charter', 'what a charter lacks'],
  authorOf: ['entries', 'who made an entry'],
  idOf: ['entries', 'its id; its canonical JSON where it has none'],
  isDeciding: ['entries', 'whether everybody must have it'],
  referencesOf: ['entries', 'what it refers to'],
  skeletonOf: ['entries', 'what is left of it without what people wrote'],
  canonical: ['entries', 'the canonical JSON (RFC 8785) of a value'],
  caseOf: ['case', 'the case that a ledger holds'],
  describeCaseFinding: ['case', 'one sentence on a finding'],
  diff: ['case', 'what differs from one case to another'],
  viewOf: ['case', 'what a participant has been told of the others'],
  reportsOf: ['case', 'the reports, and which duplicates which'],
  owed: ['case', 'who has still to send what'],
  openIn: ['embargo', 'the open proposals'],
  boundBy: ['embargo', 'the proposals that bind somebody'],
  mayPublish: ['embargo', 'whether somebody may publish'],
  mayReceive: ['embargo', 'whether somebody may be given report content'],
  consentAt: ['embargo', 'consent at a time: who did not answer in time has declined'],
  stable: ['case', 'how much of a ledger is settled, and whom the rest waits for'],
  adheres: ['embargo', 'whether somebody keeps to the embargo in force'],
  expiry: ['embargo', 'whether the terms in force are over'],
  project: ['keeping', 'the part of a ledger that somebody may see'],
  seal: ['keeping', 'a hash chain over a ledger'],
  verifySeals: ['keeping', 'where a ledger differs from what was sealed'],
  snapshotOf: ['keeping', 'a ledger as one JSON value'],
  resume: ['keeping', 'a ledger from a snapshot, and what is read otherwise now'],
  mergeCases: ['keeping', 'the charter of the case that several become'],
  splitCase: ['keeping', 'the charters of the cases that one becomes'],
  migrate: ['keeping', 'what another edition makes of a log'],
  deadlines: ['deadlines', 'who owes what by when in a case, under policies'],
  deadlinesOf: ['deadlines', 'the same, from happenings'],
  happenings: ['deadlines', 'entries as clocks see them'],
  countingEntries: ['deadlines', 'the entries of a case that start and settle clocks'],
  checkPolicy: ['deadlines', 'what is wrong with a policy'],
  inZone: ['deadlines', 'a policy in the days of one zone'],
  vendorDefault: ['deadlines', 'a vendor’s default as a policy'],
  resolveDefaults: ['terms', 'the embargo that sender and receiver of a report come to'],
  settleProposals: ['terms', 'the same for several parties'],
  judgeTerms: ['terms', 'whether terms are in an embargo window'],
  respondBy: ['terms', 'until when an invitation is to be answered'],
  readDuration: ['moments', 'the milliseconds of a duration'],
  formatDuration: ['moments', 'a duration of so many milliseconds'],
  addDays: ['moments', 'a moment so many days on'],
  addMillis: ['moments', 'a moment so many milliseconds on'],
  formatInstant: ['moments', 'an instant as text'],
}

const caseFunctionTable = (): string =>
  table(['about', 'function', 'gives'], Object.entries(caseFunctions).map(([name, [topic, meaning]]) => [topic, code(name), meaning]))

// ---- refusals and notes ----

const refusalMeanings: Readonly<Record<RefusalKind, string>> = {
  'not-addressed': 'the participant is neither the sender nor a recipient',
  'no-row': 'no row allows this send or local step in this state',
  role: 'it needs a role that the participant does not have, or the case state does not have the shape of the roles',
  subject: 'this reading has no rule for relaying the state of another participant (published only)',
  bundle: 'the types are none, repeated, unknown, or out of order',
  unspecified: 'the tables have no row for this receipt (published only)',
}

const noteMeanings: Readonly<Record<NoteKind, string>> = {
  'implied-acceptance': 'RS that names the open proposal counted as its acceptance',
  relayed: 'CV, CF or CD about another participant: it moves nobody',
  'late-announcement': 'an R* message that announces an earlier silent step',
  'late-answer': 'an acceptance that came after the proposal or the embargo had ended',
  forced: 'an ephemeral case state was left',
  'advised-against': 'allowed, but the requirements named say that it should not be done, or not without thought',
}

const meanings = (head: string, all: Readonly<Record<string, string>>): string =>
  table([head, 'meaning'], Object.entries(all).map(([name, meaning]) => [code(name), meaning]))

// ---- rows ----

const listed = (states: ReadonlyArray<string>): string =>
  states.length === rm.states.length - 1 && !states.includes('Closed') && states.includes('Start')
    ? 'not Closed'
    : states.join(', ')

const conditions = (guard: Guard): ReadonlyArray<string> => [
  ...(guard.cs === undefined ? [] : [`CS ${codes(typeof guard.cs === 'string' ? [guard.cs] : guard.cs)}`]),
  ...(guard.rm === undefined ? [] : [`RM ${listed(guard.rm)}`]),
  ...(guard.em === undefined ? [] : [`EM ${guard.em.join(', ')}`]),
  ...(guard.withoutRole === undefined ? [] : [`without role ${guard.withoutRole}`]),
  ...(guard.subject === undefined ? [] : [`subject ${guard.subject}`]),
  ...(guard.cause === undefined ? [] : [`cause ${guard.cause}`]),
  ...(['reply', 'existing', 'answers'] as const).flatMap((name) => (guard[name] === undefined ? [] : [guard[name] ? name : `no ${name}`])),
]
const when = (guard: Guard | undefined): string => (guard === undefined ? '' : conditions(guard).join('; '))

const fires = (fire: Fire | undefined): string =>
  [
    ...(fire?.rm === undefined ? [] : [`rm.${fire.rm}`]),
    ...(fire?.cs ?? []).map((event) => `cs.${event}`),
    ...(fire?.em === undefined ? [] : [`em.${fire.em}`]),
  ].map(code).join(' ')

const besides = (row: Partial<Pick<Row, 'refuse' | 'signals' | 'says' | 'note'>>): string =>
  [
    ...(row.refuse === undefined ? [] : [`refused: ${row.refuse}`]),
    ...(row.signals === undefined ? [] : [`signals ${row.signals}`]),
    ...(row.says === undefined ? [] : [`says ${row.says.join(' ')}`]),
    ...(row.note === undefined ? [] : [`note ${row.note}`]),
  ].join('; ')

const sources = (row: { readonly source: ReadonlyArray<string>; readonly requirements: ReadonlyArray<string> }): string =>
  [citedAll(row.source), row.requirements.join(', ')].filter((text) => text !== '').join('; ')

const messageRows = (rows: ReadonlyArray<Row>): string =>
  table(
    ['id', 'types', 'when', 'fires', 'replies', 'optional', 'besides', 'source'],
    rows.map((row) => [
      code(row.id), row.types.join(' '), when(row.when), fires(row.fire), (row.replies ?? []).join(' '), (row.optional ?? []).join(' '),
      besides(row), sources(row),
    ]),
  )

const localRows = (rows: ReadonlyArray<LocalRow>): string =>
  table(
    ['id', 'events', 'when', 'fires', 'then due', 'besides', 'source'],
    rows.map((row) => [
      code(row.id), row.events.map(code).join(', '), when(row.when), fires(row.fire), (row.replies ?? []).join(' '), besides(row), sources(row),
    ]),
  )

const consequenceRows = (rows: ReadonlyArray<Consequence>): string =>
  table(
    ['id', ...(rows.some((row) => row.after !== undefined) ? ['after'] : []), 'when', 'fires', 'announces', 'besides', 'source'],
    rows.map((row) => [
      code(row.id), ...(row.after === undefined ? [] : [row.after.map(code).join(', ')]), when(row.when), fires(row.fire),
      row.announce.join(' '), besides(row), sources(row),
    ]),
  )

const adviceRows = (rows: ReadonlyArray<Advice>): string =>
  table(['id', 'types', 'when', 'requirements'], rows.map((row) => [code(row.id), row.types.join(' '), when(row.when), row.requirements.join(', ')]))

const counted = ({ rules }: Protocol): string =>
  `${rules.sent.length} rows for sending, ${rules.received.length} for receiving, ${rules.local.length} for local steps, ` +
  `${rules.forced.length} forced, ${rules.consequences.length} consequences, ${rules.advice.length} pieces of advice.`

const extraEdges = ({ rules: { extraEdges: extra } }: Protocol): string =>
  table(
    ['machine', 'from', 'event', 'to'],
    (['rm', 'cs'] as const).flatMap((machine) =>
      Object.entries(extra[machine] ?? {}).flatMap(([from, row]) =>
        Object.entries(row).map(([event, to]) => [machine.toUpperCase(), code(from), code(event), code(to)]),
      ),
    ),
  )

// ---- errata ----

interface CountedState {
  readonly rm: (typeof rm.states)[number]
  readonly em: (typeof em.states)[number]
  readonly cs: CaseState
}

const shapes: ReadonlyArray<readonly [roles: RoleShape, states: ReadonlyArray<CaseState>]> = [
  ['vendor', cs.states], ['vendor+deployer', cs.states], ['deployer', dpxa.states], ['other', pxa.states],
]
const inhabitants: ReadonlyArray<readonly [roles: RoleShape, state: CountedState]> = shapes.flatMap(([shape, states]) =>
  rm.states.flatMap((rmState) => em.states.flatMap((emState) => states.map((state) => [shape, { rm: rmState, em: emState, cs: state }] as const))),
)
const ways: ReadonlyArray<Way> = ['sent', 'received']
const rowTypes: ReadonlyArray<RowType> = [...messageTypeList, 'CX+CP']

/** The contexts in which one type can do different things; what no row asks of it stands at its plain value. */
const contextsOf = (way: Way, type: RowType): ReadonlyArray<Context> => {
  const either = (matters: boolean): ReadonlyArray<boolean> => (matters ? [false, true] : [false])
  return (['CV', 'CF', 'CD'].includes(type) ? (['own', 'other'] as const) : (['own'] as const)).flatMap((subject) =>
    either(way === 'sent').flatMap((reply) =>
      either(['EP', 'EA'].includes(type)).flatMap((existing) =>
        either(['RS', 'EA'].includes(type)).map((answers) => ({ subject, cause: 'none' as const, reply, existing, answers })),
      ),
    ),
  )
}

const covers = (pattern: CellPattern, shape: RoleShape, state: CountedState, context: Context): boolean =>
  (pattern.roles === undefined || pattern.roles.includes(shape)) &&
  passes(pattern.when ?? {}, state, shape, context) &&
  !(pattern.except ?? []).some((guard) => passes(guard, state, shape, context))

/** How many cells at least one of some patterns names; all cells where no patterns are given. */
export const countCells = (patterns?: ReadonlyArray<CellPattern>): number => {
  let count = 0
  for (const way of ways)
    for (const type of rowTypes) {
      const about = patterns?.filter((pattern) => pattern.way === way && pattern.types.includes(type))
      if (about?.length === 0) continue
      for (const context of contextsOf(way, type))
        for (const [shape, state] of inhabitants)
          if (about === undefined || about.some((pattern) => covers(pattern, shape, state, context))) count++
    }
  return count
}

const number = (value: number): string => value.toLocaleString('en-US')

const parts: ReadonlyArray<readonly [prefix: string, title: string]> = [
  ['D-RM', 'Report Management'], ['D-EM', 'Embargo Management'], ['D-CS', 'Case State'], ['D-MS', 'Messages, ids and scope'],
  ['D-BT', 'Behaviour trees'], ['D-IS', 'ISO crosswalk pages'], ['D-WE', 'The worked example'], ['L', 'Found while building the library'],
]
const partOf = (prefix: string): ReadonlyArray<Erratum> => errata.filter((erratum) => erratum.id.startsWith(`${prefix}-`))

const entry = (erratum: Erratum): string =>
  [
    `#### ${erratum.id}`,
    '',
    `**${prose(erratum.title)}.** ${capital(erratum.kind)}${erratum.computes ? '; decides what is computed' : ''}.`,
    '',
    `- Conflict: ${prose(erratum.conflict)}`,
    `- Adopted: ${prose(erratum.adopted)}`,
    `- Reason: ${prose(erratum.reason)}`,
    `- Sources: ${erratum.sources.map((source) => (erratumId.test(source) ? cited(source) : prose(source))).join(', ')}`,
    `- Cells: ${erratum.cells.length === 0 ? 'none' : number(countCells(erratum.cells))}`,
  ].join('\n')

const register = (): string =>
  parts.map(([prefix, title]) => [`### ${title}`, ...partOf(prefix).map(entry)].join('\n\n')).join('\n\n')

const kinds: ReadonlyArray<ErratumKind> = ['transition', 'reply', 'constraint', 'scope', 'count', 'id', 'behaviour', 'notation']

const errataSummary = (): string => {
  const counts = (all: ReadonlyArray<Erratum>): ReadonlyArray<string> => [
    ...kinds.map((kind) => String(all.filter((erratum) => erratum.kind === kind).length)),
    String(all.filter((erratum) => erratum.computes).length),
    String(all.filter((erratum) => erratum.cells.length > 0).length),
    String(all.length),
  ]
  return table(
    ['part', ...kinds, 'computes', 'changes cells', 'all'],
    [
      ...parts.map(([prefix, title]) => [`[${title}](#${title.toLowerCase().replaceAll(',', '').replaceAll(' ', '-')})`, ...counts(partOf(prefix))]),
      ['all', ...counts(errata)],
    ],
  )
}

const changing = (): string =>
  table(
    ['erratum', 'title', 'cells'],
    errata.filter((erratum) => erratum.cells.length > 0)
      .map((erratum) => [cited(erratum.id), prose(erratum.title), number(countCells(erratum.cells))]),
  )

const cellTotals = (): string =>
  `There are ${number(countCells())} cells. The two readings differ on ${number(countCells(errata.flatMap((erratum) => erratum.cells)))} of them. ` +
  'A cell that several errata name is counted under each.'

/** The commit of CERTCC/Vultron that the sources are cited from. */
const SNAPSHOT = '6883299debe7e62844c409efc259cfbbfddfdf2c'

const sourceTable = (): string =>
  table(
    ['code', 'file'],
    Object.entries(sourceCodes).map(([short, file]) => [
      code(short),
      file.includes(' ')
        ? prose(file)
        : `[${file}](https://github.com/CERTCC/Vultron/blob/${SNAPSHOT}/${file}?plain=1)`,
    ]),
  )

// ---- the JSON Schemas ----

const schemas: Readonly<Record<string, JsonSchema>> = {
  message: messageSchema, participant: participantSchema, 'log header': logHeaderSchema, 'log entry': logEntrySchema,
}

const ruleTable = (): string =>
  table(
    ['rule', 'what JSON Schema cannot state', 'listed by'],
    (Object.keys(schemaRules) as SchemaRule[]).map((rule) => {
      const listing = Object.entries(schemas).filter(([, schema]) => Array.isArray(schema['x-mpcvd-rules']) && schema['x-mpcvd-rules'].includes(rule))
      return [code(rule), schemaRules[rule], listing.map(([name]) => name).join(', ')]
    }),
  )

// ---- requirements and checks ----

const modalities: ReadonlyArray<Modality> = ['MUST', 'MUST NOT', 'SHOULD', 'SHOULD NOT', 'MAY', 'none']
const evidences: ReadonlyArray<Evidence> = ['step', 'own log', 'case log', 'none']
const relationKinds: ReadonlyArray<RelationKind> = ['restates', 'narrows', 'contradicts', 'replaces']
const isCore = ({ family }: Requirement): boolean => coreFamilies.includes(family)

/** Each family with its counts, and the sums of the core and of all. */
const byFamily = (counts: (of: ReadonlyArray<Family>) => ReadonlyArray<number>): ReadonlyArray<ReadonlyArray<string>> => {
  const row = (name: string, of: ReadonlyArray<Family>): ReadonlyArray<string> => [name, ...counts(of).map(String)]
  const further = families.filter((one) => !coreFamilies.includes(one))
  return [...coreFamilies.map((one) => row(one, [one])), row('**core**', coreFamilies), ...further.map((one) => row(one, [one])), row('**all**', families)]
}

const requirementTables = (): string => {
  const [core, all] = [requirementCounts(), requirementCounts(families)]
  const unseen = Object.entries(unseenBecause) as ReadonlyArray<readonly [Unseen, string]>
  return [
    table(['family', 'written in'], families.map((one) => [one, specificationOf[one]])),
    table(['modality', ...modalities, 'rows'], byFamily((of) => {
      const { modality, rows } = requirementCounts(of)
      return [...modalities.map((one) => modality[one]), rows]
    })),
    table(['shown by', 'step', 'own log', 'case log', 'nothing', ...levels], byFamily((of) => {
      const { evidence, level } = requirementCounts(of)
      return [...evidences.map((one) => evidence[one]), ...levels.map((one) => level[one])]
    })),
    table(['nothing shows it', 'because', 'core', 'all'], unseen.map(([name, meaning]) => [code(name), meaning, String(core.unseen[name]), String(all.unseen[name])])),
    table(['relation', 'pairs'], relationKinds.map((kind) => [code(kind), String(relations.filter((one) => one.kind === kind).length)])),
  ].join('\n\n')
}

/** Ids with what they share said once: VP-02-003 004, VP-03-001. */
const shortened = (ids: ReadonlyArray<string>): string => {
  const groups = new Map<string, string[]>()
  for (const id of ids) {
    const [, group = id, rest = ''] = /^(.*)-([^-]+)$/.exec(id) ?? []
    groups.set(group, [...(groups.get(group) ?? []), rest])
  }
  return [...groups].map(([group, rests]) => `${group}-${rests.join(' ')}`).join(', ')
}

/** The requirements that a check looks for. */
const lookedFor = (kind: string): ReadonlyArray<Requirement> =>
  requirements.filter((one) => {
    const { by, how } = coverageOf(one)
    return how === 'log' && by.includes(kind)
  })

/** The severity of what a check finds, by the strongest word of its requirements. */
const worst = (of: ReadonlyArray<Requirement>): string =>
  of.some(({ modality }) => modality.startsWith('MUST')) ? 'error' : of.some(({ modality }) => modality.startsWith('SHOULD')) ? 'warning' : 'none'

/** Kinds that are about a step and its consequences; the others are about the log. */
const stepKinds: ReadonlyArray<keyof typeof breachKinds> = [
  'refused', 'advised-against', 'wrong-reply', 'missing-reply', 'missing-announcement', 'unexpected', 'unspecified',
]

const stepCheckTable = (): string =>
  table(['finding', 'meaning', 'requirements'], stepKinds.map((kind) => [code(kind), breachKinds[kind], String(lookedFor(kind).length || '')]))

const checkTable = (): string =>
  table(['finding', 'meaning', 'at worst', 'requirements'], Object.entries(checkNames).map(([name, finds]) => {
    const ids = lookedFor(name)
    return [code(name), finds, worst(ids), shortened(ids.map(({ id }) => id))]
  }))

const logFaultTable = (): string =>
  table(['finding', 'meaning'], Object.entries(breachKinds).filter(([kind]) => !stepKinds.some((one) => one === kind)).map(([kind, meaning]) => [code(kind), meaning]))

const coverageColumns: ReadonlyArray<readonly [how: Coverage['how'], name: string]> = [
  ['log', 'found in logs'], ['step', 'asked as steps'], ['words', 'asked as words'], ['permission', 'permits'], ['none', 'neither'],
]

const coverageTable = (): string => {
  const row = (name: string, of: ReadonlyArray<Requirement>): ReadonlyArray<string> =>
    [name, ...coverageColumns.map(([how]) => String(of.filter((one) => coverageOf(one).how === how).length)), String(of.length)]
  const core = requirements.filter(isCore)
  const further = requirements.filter((one) => !isCore(one))
  return table(['shown by', ...coverageColumns.map(([, name]) => name), 'rows'], [
    ...evidences.map((evidence) => row(evidence === 'none' ? 'nothing' : evidence, core.filter((one) => one.evidence === evidence))),
    row('**core**', core), row('further', further), row('**all**', requirements),
  ])
}

/** Requirements that something shows and that nothing looks or asks for, by the reason. */
const uncheckedTable = (): string => {
  const reasons = new Map<string, string[]>()
  for (const one of requirements) {
    const { because = 'no reason', how } = coverageOf(one)
    if (how === 'none' && one.evidence !== 'none') reasons.set(because, [...(reasons.get(because) ?? []), one.id])
  }
  return table(['rows', 'neither found nor asked', 'why'], [...reasons].map(([because, ids]) => [String(ids.length), shortened(ids), because.replace(erratumIn, cited)]))
}

/** Every block by its name, rendered when it is asked for. */
export const blocks: Readonly<Record<string, () => string>> = {
  'rm-size': () => size(rm),
  'rm-table': () => matrix(rm),
  'rm-diagram': () => diagram(rm),
  'rm-subsets': () => subsets(rmSubsets),
  'em-size': () => size(em),
  'em-table': () => matrix(em),
  'em-diagram': () => diagram(em),
  'em-subsets': () => subsets(emSubsets),
  'cs-size': () => size(cs),
  'cs-table': () => matrix(cs),
  'cs-diagram': () => diagram(cs),
  'cs-subsets': () => subsets(csSubsets),
  'dpxa-size': () => size(dpxa),
  'dpxa-table': () => matrix(dpxa),
  'dpxa-diagram': () => diagram(dpxa),
  'pxa-size': () => size(pxa),
  'pxa-table': () => matrix(pxa),
  'pxa-diagram': () => diagram(pxa),
  'consent-size': () => size(consent),
  'consent-table': () => matrix(consent),
  'consent-diagram': () => diagram(consent),
  roles: roleTable,
  'state-spaces': spaceTable,
  'message-types': typeTable,
  'message-fields': () => fieldTable(messageSchema, messageFields),
  'embargo-fields': () => fieldTable(within(messageSchema, 'embargo'), embargoFields),
  'report-fields': () => fieldTable(within(messageSchema, 'report'), reportFields),
  'header-fields': () => fieldTable(logHeaderSchema, headerFields),
  'inherits-fields': () => fieldTable(within(logHeaderSchema, 'inherits'), inheritanceFields),
  'log-participant-fields': () => fieldTable(itemsOf(within(logHeaderSchema, 'participants')), participantFields),
  'receipt-fields': () => fieldTable(within(logEntrySchema, 'receipt'), receiptFields),
  'local-fields': () => fieldTable(within(logEntrySchema, 'local'), localFields),
  'membership-fields': () => fieldTable(within(logEntrySchema, 'membership'), membershipFields),
  'observation-fields': () => fieldTable(within(logEntrySchema, 'observation'), observationFields),
  'stamp-fields': () => fieldTable(within(logEntrySchema, 'stamp'), stampFields),
  'correction-fields': () => fieldTable(within(logEntrySchema, 'correction'), correctionFields),
  'case-functions': caseFunctionTable,
  'case-finding-kinds': () => meanings('finding', caseFindingMeanings),
  'proposal-statuses': () => meanings('status', proposalMeanings),
  'owed-kinds': () => meanings('owed', owedMeanings),
  'finding-kinds': () => meanings('finding', findingMeanings),
  'refusal-kinds': () => meanings('kind', refusalMeanings),
  'note-kinds': () => meanings('note', noteMeanings),
  'adopted-counts': () => counted(adopted),
  'adopted-sent': () => messageRows(adopted.rules.sent),
  'adopted-received': () => messageRows(adopted.rules.received),
  'adopted-local': () => localRows(adopted.rules.local),
  'adopted-forced': () => consequenceRows(adopted.rules.forced),
  'adopted-consequences': () => consequenceRows(adopted.rules.consequences),
  'adopted-advice': () => adviceRows(adopted.rules.advice),
  'published-counts': () => counted(published),
  'published-sent': () => messageRows(published.rules.sent),
  'published-received': () => messageRows(published.rules.received),
  'published-local': () => localRows(published.rules.local),
  'published-edges': () => extraEdges(published),
  'errata-summary': errataSummary,
  'errata-cells': cellTotals,
  'errata-changing': changing,
  'source-codes': sourceTable,
  errata: register,
  requirements: requirementTables,
  'step-checks': stepCheckTable,
  checks: checkTable,
  'log-faults': logFaultTable,
  coverage: coverageTable,
  unchecked: uncheckedTable,
  'schema-rules': ruleTable,
  ...adviceBlocks,
  ...measuringBlocks,
  ...bridgeBlocks,
  ...verificationBlocks,
}

const itemsOf = (schema: JsonSchema): JsonSchema => (isSchema(schema['items']) ? schema['items'] : {})
