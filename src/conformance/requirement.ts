/**
 * Requirements of the formal protocol, as data: who must or may do what when, and where a checker can see it.
 *
 * A row restates one statement of the specification in a few symbols; `source` says where the words are. The register
 * itself lies in the files beside this one, a family or two to a file. Families: VP (the protocol), RMB, EMB and CSB (the
 * behaviour of its three machines, mostly restatements of VP), SM (state machines), PX (said only in the documents); and
 * further ST (structure, no obligation in words), DVS (the draft specification), EP (embargo policies) and DUR (durations).
 *
 * Symbols: P is any participant, Impl an implementation; c, a, d … are edges of a machine; states are given by their
 * letters, RM S R I V D A C, EM N P A R X, CS by patterns such as `···pxa`.
 *
 * @module
 */

/** How strongly a requirement speaks, in the words of RFC 2119; `none` for structure that is so, and for words in lower case. */
export type Modality = 'MUST' | 'MUST NOT' | 'SHOULD' | 'SHOULD NOT' | 'MAY' | 'none'

/**
 * The smallest evidence that shows whether a requirement is met: one step of one participant, that participant's own log,
 * the log of the whole case; or nothing that a log holds.
 */
export type Evidence = 'step' | 'own log' | 'case log' | 'none'

/**
 * What an implementation claims, each level on top of the one before: the words and machines (L1), single steps (L2), the
 * conduct of one participant (L3), the dealings of all (L4).
 */
export const levels = ['L1', 'L2', 'L3', 'L4'] as const

/** One of {@link levels}. */
export type Level = (typeof levels)[number]

/**
 * Why no log can show a requirement: it is about what people judge or intend (`judgement`), what a text promises or an
 * organisation has set up (`policy`), what goes on inside an implementation (`inside`), how messages are carried or
 * stored (`transport`), what the protocol as a whole can do (`design`), or only about counting (`counting`).
 */
export type Unseen = 'judgement' | 'policy' | 'inside' | 'transport' | 'design' | 'counting'

/** A requirement as its table has it: id, modality, who, under which condition, what, where it is written, and what evidence shows it, or why none can. */
export type RequirementRow = readonly [
  id: string, modality: Modality, who: string, when: string, what: string, source: string, evidence: Exclude<Evidence, 'none'> | Unseen,
]

/** The families by the first letters of their ids. */
export const families = ['VP', 'RMB', 'EMB', 'CSB', 'SM', 'PX', 'ST', 'DVS', 'EP', 'DUR'] as const

/** One of {@link families}. */
export type Family = (typeof families)[number]

/** The families that are the formal protocol; the others stand around it. */
export const coreFamilies: ReadonlyArray<Family> = ['VP', 'RMB', 'EMB', 'CSB', 'SM', 'PX']

/** One requirement. */
export interface Requirement {
  readonly id: string
  readonly family: Family
  readonly modality: Modality
  /** Whom it binds: P, a role, an implementation, the case. */
  readonly who: string
  /** Under which condition, in symbols. */
  readonly when: string
  /** What holds then. In a row that forbids, what is not done. */
  readonly what: string
  /** Where it is written: code and line as in the register of errata, and the line of its specification (`y` and a number). */
  readonly source: ReadonlyArray<string>
  readonly evidence: Evidence
  /** Why no log shows it, where `evidence` is `none`. */
  readonly unseen?: Unseen
  readonly level: Level
}

/** What each {@link Unseen} means, in a sentence. */
export const unseenBecause: Readonly<Record<Unseen, string>> = {
  judgement: 'people judge or intend it, and no message says so',
  policy: 'a text promises it or an organisation has set it up; messages presuppose it',
  inside: 'it goes on inside an implementation; messages show only what comes of it',
  transport: 'it is about how messages are carried or stored, not about what they say',
  design: 'it is a property of the protocol as a whole, which no single case proves',
  counting: 'it says what does not count when states are counted, and obliges nobody',
}

/** Families whose rows are about words, states, edges and formats; and the rows of other families that are. */
const vocabulary = /^(?:ST-|SM-|DUR-|CSB-1[67]|RMB-15|EMB-18|VP-15)/

/** Whom rows bind that are about more than one participant. */
const isTogether = (who: string): boolean => !/^(?:P|Impl|Vendor|Deployer|Coordinator|Sender|Receiver|recipient|actor|Actor|P with|proposer|exploit publisher|consumer|Vendor recipient|report recipient)\b/.test(who)

/** The level of a row: L1 for words and machines, then by what evidence it takes; a row without evidence by whom it binds. */
const levelOf = ([id, , who, , , , evidence]: RequirementRow): Level =>
  evidence === 'case log' ? 'L4'
  : evidence === 'own log' ? 'L3'
  : vocabulary.test(id) ? 'L1'
  : evidence === 'step' ? 'L2'
  : isTogether(who) ? 'L4' : 'L3'

const isUnseen = (evidence: RequirementRow[6]): evidence is Unseen => evidence in unseenBecause

/** A row with its fields by name. */
export const requirementOf = (row: RequirementRow): Requirement => {
  const [id, modality, who, when, what, source, evidence] = row
  return {
    id, family: families.find((family) => id.startsWith(`${family}-`)) ?? 'VP', modality, who, when, what,
    source: source.split('; '), evidence: isUnseen(evidence) ? 'none' : evidence, ...(isUnseen(evidence) ? { unseen: evidence } : {}), level: levelOf(row),
  }
}
