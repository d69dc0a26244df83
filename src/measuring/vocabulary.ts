/**
 * What the sentences of published timelines mean: tables of words, each with the event that they tell of.
 *
 * A sentence has the meaning of the first row whose words are in it, so that rows that say more stand before those that say
 * less, and rows that mean nothing before what they might be taken for. The fixed phrases of those who publish many records
 * are sure; whole clauses of plain English are likely; single words are a guess. An event is told `at` its time, or `by` a
 * time at which it had happened: a release shows that the fix was ready, not since when; an answer shows that the vendor
 * knew.
 *
 * Contact attempts are no awareness. What a finder, a coordinator or a third party learned is none of the vendor's events.
 * Readiness and deployment are seldom told, and not inferred.
 *
 * Sources: the value lists of Wordfence, Red Hat, Fedora, VulDB, Patchstack and CISA-ADP in CVE records (cisagov/vulnrichment
 * at b0ed758), the TIMELINE sections of curl's advisories (curl/curl-www), and single records, named by their assigner.
 *
 * @module
 */
import type { CsEvent } from '../protocol/cs.js'

/** How well words tell of an event. */
export const confidences = ['guess', 'likely', 'sure'] as const

/** One of {@link confidences}, from the least to the best. */
export type Confidence = (typeof confidences)[number]

/** What a sentence tells besides events: others than the vendor were told under embargo, somebody found it, somebody tried to reach the vendor, bookkeeping. */
export type Aside = 'others told' | 'found' | 'attempt' | 'bookkeeping'

/** Some words and what they mean. */
export interface VocabularyRow {
  readonly id: string
  /** Only in the records of these, by the short name of the assigner. */
  readonly of?: ReadonlyArray<string>
  readonly words: RegExp
  /** Nothing where the words tell of no event. */
  readonly means: ReadonlyArray<readonly [event: CsEvent, how: 'at' | 'by']>
  readonly aside?: Aside
  readonly confidence: Confidence
}

/** The fixed phrases of those who publish many records. */
const phrases: ReadonlyArray<VocabularyRow> = [
  { id: 'wordfence.discovered', of: ['Wordfence'], words: /^discovered$/i, means: [], aside: 'found', confidence: 'sure' },
  { id: 'wordfence.notified', of: ['Wordfence'], words: /^vendor notified$/i, means: [['V', 'at']], confidence: 'sure' },
  { id: 'wordfence.disclosed', of: ['Wordfence'], words: /^disclosed$/i, means: [['P', 'at']], confidence: 'sure' },
  { id: 'redhat.reported', of: ['redhat', 'fedora'], words: /^reported to red hat\.?$/i, means: [['V', 'at']], confidence: 'sure' },
  { id: 'redhat.public', of: ['redhat', 'fedora'], words: /^made public\.?$/i, means: [['P', 'at']], confidence: 'sure' },
  { id: 'vuldb.advisory', of: ['VulDB'], words: /^advisory disclosed$/i, means: [['P', 'at']], confidence: 'sure' },
  { id: 'vuldb.countermeasure', of: ['VulDB'], words: /^countermeasure disclosed$/i, means: [['F', 'by']], confidence: 'sure' },
  { id: 'vuldb.exploit', of: ['VulDB'], words: /^exploit disclosed$/i, means: [['X', 'at']], confidence: 'sure' },
  { id: 'vuldb.informed', of: ['VulDB'], words: /^vendor informed$/i, means: [['V', 'at']], confidence: 'sure' },
  { id: 'vuldb.acknowledged', of: ['VulDB'], words: /^vendor acknowledged$/i, means: [['V', 'by']], confidence: 'sure' },
  { id: 'vuldb.entry', of: ['VulDB'], words: /^(?:vuldb (?:entry )?(?:created|last update)|cve reserved)$/i, means: [], aside: 'bookkeeping', confidence: 'sure' },
  { id: 'vuldb.found', of: ['VulDB'], words: /^vulnerability (?:found|introduced)$/i, means: [], aside: 'found', confidence: 'sure' },
  { id: 'patchstack.notified', of: ['Patchstack'], words: /^vendor notified about the (?:vulnerability|issue)/i, means: [['V', 'at']], confidence: 'sure' },
  { id: 'patchstack.disclosed', of: ['Patchstack'], words: /^(?:vulnerability disclosed|disclosed by patchstack)\.?$/i, means: [['P', 'at']], confidence: 'sure' },
  { id: 'kev', words: /\badded to (?:the )?cisa kev\b|\bknown exploited vulnerabilities\b/i, means: [['A', 'by']], confidence: 'sure' },
]

/** What is not an event of the vendor's case, and might be taken for one. */
const others: ReadonlyArray<VocabularyRow> = [
  { id: 'no-timeline', words: /\bnot reported using the regular means\b/i, means: [], aside: 'bookkeeping', confidence: 'likely' },
  { id: 'no-attacks', words: /\bnot aware of any\b/i, means: [], aside: 'bookkeeping', confidence: 'likely' },
  { id: 'cve', words: /\bmitre\b|\bcve[- ](?:details|id\b|ids\b|registration|request)|\bcve(?:-\d+-\d+)? was (?:assigned|requested|reserved)|\bvuldb\b/i, means: [], aside: 'bookkeeping', confidence: 'likely' },
  { id: 'told.lists', words: /\bdistros@|\blinux-distros\b|\bvendor-sec\b/i, means: [], aside: 'others told', confidence: 'likely' },
  { id: 'told.others', words: /\bdistributors\b.*\bnotified\b|\badvance[d]? notice given\b|\bpre-?notif/i, means: [], aside: 'others told', confidence: 'likely' },
  { id: 'told.also', words: /\balso sent to\b|\bmail to the \w+ project\b|\bwe contacted\b/i, means: [], aside: 'others told', confidence: 'guess' },
  { id: 'third-party', words: /\bplugins? review team\b|\bplugin is closed\b/i, means: [], aside: 'bookkeeping', confidence: 'likely' },
  { id: 'finder', words: /^report received from\b|\breceived information\b.*\bfrom\b|\bvalidated by patchstack\b|\bdiscovered by kaspersky\b|^vulnerability (?:discovered|found|introduced)\b/i, means: [], aside: 'found', confidence: 'likely' },
  { id: 'attempt', words: /\bcontact attempt\b|\bfollow[- ]?up\b|\binitial (?:request|email|contact)\b|\bcontact initiated\b|\bno (?:initial )?response\b|\brequest for confirmation\b|\bticket discarded\b|\blast time vendor\b/i, means: [], aside: 'attempt', confidence: 'likely' },
  { id: 'vendor.again', words: /\bvendor (?:was )?(?:notified|informed) about (?:the disclosure|incomplete|security update)|\binformed about security update\b/i, means: [['V', 'by']], confidence: 'likely' },
  { id: 'to-reporter', words: /\bpatch was (?:communicated|sent|provided) to the reporter\b/i, means: [['V', 'by']], confidence: 'likely' },
  { id: 'draft', words: /\bfirst patch\b|\bpatch to fix\b|\bfix proposed\b|\bmitigation\b|\bworkaround\b|\bcontained a valid patch\b/i, means: [['V', 'by']], confidence: 'guess' },
  { id: 'clarified', words: /\bclarified\b|\badditional info\b/i, means: [], aside: 'bookkeeping', confidence: 'likely' },
]

/** What plain sentences mean. */
const sentences: ReadonlyArray<VocabularyRow> = [
  { id: 'fix.public-merge', words: /\b(?:fix|commit)\b.*\b(?:made public|merged publicly|pushed to git)\b|\bpatch fixing the flaw was published\b/i, means: [['F', 'by']], confidence: 'likely' },
  { id: 'exploit', words: /\b(?:exploit|proof[- ]of[- ]concept|poc)\b.*\b(?:published|disclosed|released|made public|public)\b/i, means: [['X', 'at']], confidence: 'likely' },
  { id: 'attacks', words: /\bexploited in the wild\b|\bactive(?:ly)? exploit|\battacks? (?:were |was )?(?:observed|seen|detected)\b/i, means: [['A', 'by']], confidence: 'likely' },
  { id: 'release.coordinated', words: /\breleased\b.*\b(?:coordinated|synchronous)\b|\bcoordinated the synchronous disclosure\b|\breleased\b.*\bpublicly disclosed\b|\badvisory was posted to\b.*\breleased\b/i, means: [['P', 'at'], ['F', 'by']], confidence: 'likely' },
  { id: 'release.due', words: /\bis to be released\b|\bwhile planning the release\b/i, means: [], aside: 'bookkeeping', confidence: 'likely' },
  { id: 'reported.publicly', words: /\bpublicly\b.{0,3}\breported\b|\breported\b.{0,12}\bpublicly\b|\breport\b.*\bmade in public\b|\bdiscussion on public\b/i, means: [['P', 'at'], ['V', 'at']], confidence: 'likely' },
  { id: 'public.fix', words: /\b(?:security bulletin|advisory|bulletin)\b.*\b(?:published|posted|released)\b|\badvisory published\b/i, means: [['P', 'at']], confidence: 'likely' },
  { id: 'public', words: /\bmade public\b|\bpublicly disclosed\b|\bissues? disclosed\b|\bvulnerability disclosed\b|^disclosed\b|\binitial publication\b|\bcve-\d+-\d+ published\b|\bpublic disclosure\b|\bcve\b.*\bmade public\b/i, means: [['P', 'at']], confidence: 'likely' },
  { id: 'fix.published', words: /\bfix(?:es)? published\b.*\bpublic\b/i, means: [['P', 'by'], ['F', 'by']], confidence: 'likely' },
  { id: 'fix.released', words: /\b(?:fix(?:es)?|patch|version|branch|update[d]?|curl|libcurl|wcurl)\b.*\b(?:released|available|published|uploaded)\b|\breleased to early access\b/i, means: [['F', 'by']], confidence: 'likely' },
  { id: 'fix.ready', words: /\bfix (?:was )?(?:completed|done|tested|merged)\b|^resolved\b|\bqa passed\b|\brelease vote\b|\bfixed by\b|\bpatch was produced\b|\bpatch to fix this flaw was made\b/i, means: [['F', 'by']], confidence: 'likely' },
  { id: 'confirmed', words: /\b(?:confirmed|acknowledged)\b.*\b(?:by|receipt)\b|\backnowledged\b|^confirmed\b|\bvendor confirmed\b|\bresponse from vendor\b|\brespond(?:ed|s)\b/i, means: [['V', 'by']], confidence: 'likely' },
  { id: 'reported.us', words: /\bwe were notified\b|\breported\b.{0,60}\bto (?:the curl project|us|security team|the asf security team|psirt|the rest of the team)\b|\breported to\b|\bnotified about it\b|\bbrought up with\b/i, means: [['V', 'at']], confidence: 'likely' },
  { id: 'reported', words: /^(?:issue |vulnerability |this (?:issue|flaw) was )?(?:first )?reported\b|\bissue was reported\b|\bwas (?:first )?reported\b|\breported this (?:problem|issue|flaw)\b|^reported by\b/i, means: [['V', 'at']], confidence: 'likely' },
  { id: 'self', words: /\b(?:discovered|figured out|realized)\b.*\b(?:curl (?:project|security team)|security impact)\b|\bdiscovered by the \w+ project\b/i, means: [['V', 'at']], confidence: 'likely' },
  { id: 'vendor.told', words: /\bvendor (?:was )?(?:notified|informed|contacted)\b|\b(?:initial )?notification of the vendor\b|\bdetails provided to the vendor\b|\bdisclosure to recipient/i, means: [['V', 'at']], confidence: 'likely' },
  { id: 'deployed', words: /\b(?:fix|patch|update)\b.*\b(?:deployed|rolled out)\b/i, means: [['D', 'by']], confidence: 'guess' },
  { id: 'described', words: /\bdescribed in\b|\bblog post\b|\bpresented at\b/i, means: [['P', 'by']], confidence: 'guess' },
]

/** All rows, in the order in which they are asked. */
export const vocabulary: ReadonlyArray<VocabularyRow> = [...phrases, ...others, ...sentences]

/** The most of a sentence that is looked at: nobody tells of an event in more. */
const LONGEST = 2000

/** What a sentence means: the first row whose words are in it, and the words; `undefined` where no row's are. */
export const meaningOf = (sentence: string, assigner?: string): { readonly row: VocabularyRow; readonly words: string } | undefined => {
  const text = sentence.slice(0, LONGEST).trim()
  for (const row of vocabulary) {
    if (row.of !== undefined && (assigner === undefined || !row.of.includes(assigner))) continue
    const match = row.words.exec(text)
    if (match !== null) return { row, words: match[0] }
  }
  return undefined
}
