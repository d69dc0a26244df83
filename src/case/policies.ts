/**
 * Disclosure policies that many go by, as data.
 *
 * Each row restates facts of the text that `source` names; notes say where a reading had to be chosen. These are nobody's
 * official texts and no legal advice, and texts change: look at the source before you rely on a number. To go by other
 * numbers, write another row.
 *
 * @module
 */
import type { Cause, Policy } from './policy.js'

const p0 = 'https://googleprojectzero.blogspot.com/p/vulnerability-disclosure-policy.html'
const openssf = 'https://github.com/ossf/foundation/blob/main/vulnerability-disclosure-policy.md'

/** A vendor is told by whose policy it is. */
const vendorTold: Cause = { any: ['reported'], about: 'vendor', by: 'holder' }

/** Project Zero: 90 days for a fix, 30 more for its adoption. */
export const projectZero: Policy = {
  id: 'project-zero-90+30',
  title: 'Project Zero 90+30',
  source: p0,
  rules: [
    {
      id: 'fix',
      owes: 'fix',
      who: 'subject',
      per: 'participant',
      starts: [vendorTold],
      within: 'P90D',
      met: ['fix-ready'],
      changes: [{ when: ['embargo-accepted'], in: 'term', to: 'until', atMost: 'P14D' }],
      frees: 'publish',
    },
    {
      id: 'publish',
      owes: 'publish',
      who: 'author',
      per: 'participant',
      starts: [vendorTold],
      within: 'P90D',
      met: ['public'],
      changes: [
        { when: ['embargo-accepted'], in: 'term', to: 'until', atMost: 'P14D' },
        { when: ['fix-ready'], in: 'term', to: 'it', plus: 'P30D' },
        { when: ['fix-ready'], in: 'extension', to: 'term', plus: 'P30D' },
      ],
      note: 'The grace period is an embargo accepted in the 90 days that ends at most 14 days after them. A fix in it is published on day 120.',
    },
  ],
}

/** Project Zero, for what is exploited: 7 days instead of 90, 3 days of grace. */
export const projectZeroInTheWild: Policy = {
  id: 'project-zero-in-the-wild',
  title: 'Project Zero, exploited in the wild',
  source: p0,
  rules: [
    {
      id: 'publish',
      owes: 'publish',
      who: 'author',
      per: 'participant',
      starts: [vendorTold, { any: ['attacks'] }],
      within: 'P7D',
      met: ['public'],
      changes: [
        { when: ['embargo-accepted'], in: 'term', to: 'until', atMost: 'P3D' },
        { when: ['fix-ready'], in: 'term', to: 'it', plus: 'P30D' },
        { when: ['fix-ready'], in: 'extension', to: 'term', plus: 'P30D' },
      ],
      note: 'Where attacks are seen after the report, the 7 days run from then. A fix in the days of grace is published 30 days after the 7, as in 90+30.',
    },
  ],
}

/** Project Zero since 2025: within a week of the report, that there is one is public. */
export const projectZeroTransparency: Policy = {
  id: 'project-zero-reporting-transparency-2025',
  title: 'Project Zero reporting transparency (2025)',
  source: 'https://news.najib.digital/project-zero-policy-and-disclosure-2025-edition-50868.html',
  rules: [
    {
      id: 'announce',
      owes: 'announce',
      who: 'author',
      per: 'participant',
      starts: [vendorTold],
      within: 'P7D',
      met: ['existence-announced', 'public'],
      note: 'Vendor, product, date of the report and deadline, and no details. Whether that makes the vulnerability public (P) is for the case to say; here it does not.',
    },
  ],
}

/** The (linux-)distros lists: an embargo of at most 14 days. Give it a holder, the list, or every report is taken for one to the list. */
export const linuxDistros: Policy = {
  id: 'linux-distros',
  title: 'linux-distros mailing lists',
  source: 'https://oss-security.openwall.org/wiki/mailing-lists/distros',
  rules: [
    {
      id: 'publish',
      owes: 'publish',
      who: 'author',
      per: 'case',
      starts: [{ any: ['reported'], about: 'holder' }],
      within: 'P14D',
      met: ['public'],
    },
  ],
  embargo: { maximum: 'P14D', preferred: 'P7D' },
}

/** The model policy of the Open Source Security Foundation for what its members find in others' software. */
export const openssfOutbound: Policy = {
  id: 'openssf-model-outbound-0.1',
  title: 'OpenSSF model outbound disclosure policy, version 0.1',
  source: openssf,
  rules: [
    {
      id: 'publish',
      owes: 'publish',
      who: 'author',
      per: 'participant',
      starts: [vendorTold],
      within: 'P90D',
      workday: true,
      met: ['public'],
      changes: [
        { when: ['fix-scheduled'], in: 'term', to: 'until', atMost: 'P14D' },
        { when: ['fix-ready'], in: 'term', to: 'it' },
        { when: ['fix-ready'], in: 'extension', to: 'it' },
      ],
      note: 'Public holidays are those that the policy lists.',
    },
    {
      id: 'zero-day',
      owes: 'publish',
      who: 'author',
      per: 'participant',
      starts: [vendorTold, { any: ['attacks'] }],
      within: 'P7D',
      met: ['public'],
      note: 'The text counts the 7 days from the notice, which may be over when attacks are seen; here they run from the later of the two.',
    },
    {
      id: 'respond',
      owes: 'answer',
      who: 'subject',
      per: 'participant',
      starts: [vendorTold],
      within: 'P21D',
      met: ['answered'],
      note: 'An acknowledgement of receipt does not say how the issue is dealt with.',
    },
    {
      id: 'engage',
      owes: 'answer',
      who: 'subject',
      per: 'participant',
      starts: [vendorTold],
      within: 'P35D',
      met: ['answered', 'acknowledged'],
      frees: 'publish',
    },
    {
      id: 'refusal',
      owes: 'fix',
      who: 'subject',
      per: 'participant',
      starts: [vendorTold, { any: ['invalid', 'deferred', 'closed'], which: 'last', about: 'vendor' }],
      within: 'PT0S',
      met: ['fix-ready', 'public', 'accepted'],
      frees: 'publish',
      note: 'A vendor that will not fix, or sees no vulnerability, leaves the details free at once. Deferring counts as that, closing without a fix too.',
    },
  ],
}

/** CERT/CC: publication 45 days after the first attempt to reach a vendor. */
export const certcc: Policy = {
  id: 'cert-cc-45',
  title: 'CERT/CC, 45 days',
  source: 'https://certcc.github.io/CERT-Guide-to-CVD/tutorials/coord_certcc/vendor',
  rules: [
    {
      id: 'publish',
      owes: 'publish',
      who: 'author',
      per: 'case',
      starts: [{ any: ['contacted'], about: 'vendor', by: 'holder' }],
      within: 'P45D',
      met: ['public'],
      note: 'A target, open to negotiation; evidence of exploitation may make it earlier, by how much is not said.',
    },
  ],
}

/** EU Cyber Resilience Act, Article 14(2): reports on an actively exploited vulnerability. */
export const euCraArticle14: Policy = {
  id: 'eu-cra-art14-vulnerability',
  title: 'EU Cyber Resilience Act, Art. 14(2), actively exploited vulnerability',
  source: 'https://eur-lex.europa.eu/eli/reg/2024/2847/oj',
  rules: [
    {
      id: 'early-warning',
      owes: 'early-warning',
      who: 'subject',
      per: 'participant',
      starts: [{ any: ['attacks-known'], about: 'vendor' }],
      within: 'PT24H',
      met: ['early-warning'],
    },
    {
      id: 'notification',
      owes: 'notification',
      who: 'subject',
      per: 'participant',
      starts: [{ any: ['attacks-known'], about: 'vendor' }],
      within: 'PT72H',
      met: ['notification'],
    },
    {
      id: 'final-report',
      owes: 'final-report',
      who: 'subject',
      per: 'participant',
      starts: [{ any: ['attacks-known'], about: 'vendor' }, { any: ['fix-ready', 'mitigation-available'], about: 'vendor' }],
      within: 'P14D',
      met: ['final-report'],
      note: 'Runs from the corrective or mitigating measure, not from awareness; from awareness only where the measure was there before.',
    },
  ],
}

/** The prefix of the source of an observation that an exploited vulnerability was listed by CISA. */
export const kevCatalog = 'https://www.cisa.gov/known-exploited-vulnerabilities-catalog'

/** CISA's list of known exploited vulnerabilities under BOD 22-01, with the due date 21 days after the listing. */
export const cisaKev: Policy = {
  id: 'cisa-kev-bod-22-01',
  title: 'CISA KEV, BOD 22-01',
  source: kevCatalog,
  rules: [
    {
      id: 'deploy',
      owes: 'deploy',
      who: 'deployer',
      per: 'case',
      starts: [{ any: ['attacks'], source: kevCatalog }],
      within: 'P21D',
      met: ['deployed'],
      note: 'The listing is an observed A with the catalogue as source and the date added as moment. The catalogue gives every entry a due date of its own; 21 days is common, not promised.',
    },
  ],
}

/** HackerOne: a report that needs more information closes when none comes. */
export const hackerOneMoreInfo: Policy = {
  id: 'hackerone-needs-more-info',
  title: 'HackerOne, needs more info',
  source: 'https://docs.hackerone.com/organizations/report-states.html',
  rules: [
    {
      id: 'answer',
      owes: 'answer',
      who: 'subject',
      per: 'participant',
      starts: [{ any: ['asked'], which: 'last', about: 'reporter', by: 'holder' }],
      within: 'P30D',
      met: ['answered'],
      frees: 'close',
    },
  ],
}

/** The policies of this page. */
export const policies: ReadonlyArray<Policy> = [
  projectZero, projectZeroInTheWild, projectZeroTransparency, linuxDistros, openssfOutbound, certcc, euCraArticle14, cisaKev,
  hackerOneMoreInfo,
]
