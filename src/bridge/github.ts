/**
 * GitHub: repository security advisories, as the REST interface gives them, and the two kinds of webhooks about advisories.
 *
 * GitHub has five states and no embargo: whatever is known of an embargo comes from the case. It sends no event for
 * acceptance, closing, drafts or comments, so a case is followed by comparing snapshots, and a webhook is one more snapshot
 * (`repository_advisory`) or GitHub's own word as an observer (`security_advisory`). The same change gives the same ids
 * either way.
 *
 * Source: `@octokit/openapi` 23.0.2 and `@octokit/openapi-webhooks` 12.1.0 (`repository-advisory`, `webhook-repository-advisory-*`,
 * `webhook-security-advisory-*`).
 *
 * @module
 */
import type { Either } from 'fp-ts/Either'
import type { Fault } from '../codec/read.js'
import { observe } from './observe.js'
import type { Answer, Bridge, BridgeRow, Question } from './row.js'
import type { Observed, Scene } from './scene.js'
import { fieldOf } from './value.js'

const nothing: Answer = { answer: 'nothing', meaning: 'It tells of no step.', says: [] }

const whyClosed: Question = {
  question: 'The advisory was closed. GitHub does not say why; what was it?',
  answers: [
    { answer: 'invalid', meaning: 'The vendor holds the report to be invalid.', says: [['RI', 'RC'], ['RD', 'RC']] },
    { answer: 'not pursued', meaning: 'The report is valid, and the vendor does not work on it.', says: [['RV', 'RD', 'RC']] },
    { answer: 'duplicate', meaning: 'Another report tells of the same.', says: [['RI', 'RC'], ['RD', 'RC']] },
    { answer: 'done', meaning: 'The work is done.', says: [['RC']] },
    nothing,
  ],
}

const PATCHED = 'vulnerabilities.*.patched_versions'
const withdrawn = 'The advisory was withdrawn. What is public stays public.'
const reopened = 'The advisory was reopened. A closed report stays closed; a new one may refer to it.'

const rows: ReadonlyArray<BridgeRow> = [
  {
    id: 'reported', when: [{ path: 'submission', was: 'nothing', is: 'something' }], speaker: 'reporter', to: 'vendor', says: [['RS']], at: ['created_at'], quality: 'exact',
    note: 'Somebody reported it privately. GitHub acknowledges nothing, so the acknowledgement stays owed until somebody writes it.',
  },
  {
    id: 'reported.aware', when: [{ path: 'submission', was: 'nothing', is: 'something' }], speaker: 'vendor', says: [['CV']], at: ['created_at'], quality: 'exact',
    note: 'The repository has the report, so the vendor knows.',
  },
  {
    id: 'own', when: [{ path: 'submission', is: 'nothing' }, { path: 'state', was: 'nothing', is: ['draft', 'published'] }], speaker: 'vendor', at: ['created_at'], quality: 'inferred',
    asks: {
      question: 'The maintainers wrote this advisory themselves. Did the vendor find the vulnerability, and does it work on it?',
      answers: [{ answer: 'own finding', meaning: 'The vendor found it and works on it.', says: [['CV', 'RV', 'RA']] }, { answer: 'known', meaning: 'The vendor knows of it, no more.', says: [['CV']] }, nothing],
    },
    needs: 'whether the report came another way', note: 'An internal discovery, or a report by mail that somebody entered.',
  },
  {
    id: 'accepted', when: [{ path: 'submission.accepted', was: { not: [true] }, is: [true] }], speaker: 'vendor', says: [['RV', 'RA']], quality: 'lossy',
    note: 'One click means both that the report is valid and that the vendor works on it.',
  },
  {
    id: 'draft', when: [{ path: 'submission.accepted', is: { not: [true] } }, { path: 'submission', is: 'something' }, { path: 'state', was: ['triage'], is: ['draft'] }], speaker: 'vendor', says: [['RV', 'RA']], quality: 'lossy',
    note: 'The same, where the payload leaves the acceptance out.',
  },
  {
    id: 'closed', when: [{ path: 'state', was: { not: ['closed'] }, is: ['closed'] }], speaker: 'vendor', asks: whyClosed, at: ['closed_at'], quality: 'lossy',
    note: 'Duplicate, out of scope, invalid and done are one state.',
  },
  {
    id: 'reopened', when: [{ path: 'state', was: ['closed'], is: ['triage', 'draft'] }], speaker: 'vendor', says: [['GI']], undone: reopened, quality: 'lossy',
    note: 'Closing is final in the protocol.',
  },
  {
    id: 'collaborator', when: [{ path: 'state', is: ['triage', 'draft'] }, { path: 'state', was: 'something' }], each: { path: 'collaborating_users', name: 'login' }, speaker: 'vendor', quality: 'inferred',
    asks: {
      question: 'Somebody was given access to the advisory. As whom?',
      answers: [
        { answer: 'party', meaning: 'Another party to the case: it has the report now, and the embargo is offered to it.', says: [['RS', 'EP'], ['RS']] },
        { ...nothing, answer: 'member', meaning: 'One of the vendor\'s or the reporter\'s own people.' },
      ],
    },
    needs: 'who that is', note: 'A person who is a party, a colleague, or the reporter: GitHub does not tell them apart.',
  },
  {
    id: 'collaborating-team', when: [{ path: 'state', is: ['triage', 'draft'] }, { path: 'state', was: 'something' }], each: { path: 'collaborating_teams', name: 'slug' }, speaker: 'vendor', quality: 'inferred',
    asks: {
      question: 'A team was given access to the advisory. As whom?',
      answers: [
        { answer: 'party', meaning: 'Another party to the case: it has the report now, and the embargo is offered to it.', says: [['RS', 'EP'], ['RS']] },
        { ...nothing, answer: 'member', meaning: 'The vendor\'s own people.' },
      ],
    },
    needs: 'who that is', note: 'Teams belong to the organisation, so this is mostly the vendor itself.',
  },
  {
    id: 'patched', when: [{ path: PATCHED, was: 'nothing', is: 'something' }, { path: 'state', was: ['draft'], is: ['draft'] }], speaker: 'vendor', quality: 'inferred',
    asks: {
      question: 'Patched versions were filled in while the advisory is a draft. Is the fix ready?',
      answers: [{ answer: 'ready', meaning: 'The fix is ready.', says: [['CF']] }, { ...nothing, answer: 'planned', meaning: 'It is the version that will have it.' }],
    },
    needs: 'how the vendor fills in the field', note: 'Often filled in before the fix is ready.',
  },
  {
    id: 'published.fix', when: [{ path: 'state', was: { not: ['published', 'withdrawn'] }, is: ['published'] }, { path: PATCHED, is: 'something' }], speaker: 'vendor', says: [['CF']], at: ['published_at'], quality: 'exact',
    note: 'Published with patched versions: the fix is there, and before the publication, which ends what the embargo protects.',
  },
  {
    id: 'published', when: [{ path: 'state', was: { not: ['published', 'withdrawn'] }, is: ['published'] }], speaker: 'vendor', says: [['CP']], cause: 'own', at: ['published_at'], quality: 'exact',
    note: 'With an embargo in force its end is announced too, since it cannot outlive the publication.',
  },
  {
    id: 'published.patched', when: [{ path: 'state', was: ['published'], is: ['published'] }, { path: PATCHED, was: 'nothing', is: 'something' }], speaker: 'vendor', says: [['CF']], quality: 'exact',
    note: 'A fix after the publication.',
  },
  {
    id: 'withdrawn', when: [{ path: 'state', was: { not: ['withdrawn'] }, is: ['withdrawn'] }], speaker: 'vendor', says: [['GI']], undone: withdrawn, at: ['withdrawn_at'], quality: 'lossy',
    note: 'Whether the report is to be closed as well is the vendor\'s to say.',
  },
]

const shared = {
  source: '@octokit/openapi 23.0.2, @octokit/openapi-webhooks 12.1.0',
  read: 'first-hand', id: ['ghsa_id'], changed: ['updated_at'], title: ['summary'],
} as const

/** Repository advisories: snapshots from the REST interface, and what `repository_advisory` webhooks carry. */
export const github: Bridge = { ...shared, name: 'github', created: ['created_at'], vulnerabilities: ['cve_id'], rows }

const FIRST_PATCHED = 'vulnerabilities.*.first_patched_version'

/** Advisories of GitHub's own database, in both of their forms: the webhook has `{ identifier }` where the REST interface has a text. */
export const githubDatabase: Bridge = {
  ...shared, name: 'github-database', vulnerabilities: ['cve_id'],
  rows: [
    { id: 'published', when: [{ path: 'published_at', was: 'nothing', is: 'something' }], speaker: 'observer', says: [['CP']], at: ['published_at'], quality: 'exact', note: 'GitHub says that it is public. The payload does not name the repository.' },
    { id: 'patched', when: [{ path: FIRST_PATCHED, was: 'nothing', is: 'something' }], speaker: 'observer', about: 'vendor', says: [['CF']], quality: 'lossy', note: 'The fix was there by the time at which GitHub learned of it.' },
    { id: 'withdrawn', when: [{ path: 'withdrawn_at', was: 'nothing', is: 'something' }], speaker: 'observer', says: [['GI']], undone: withdrawn, at: ['withdrawn_at'], quality: 'lossy', note: 'An observer withdrew its record.' },
  ],
}

/** Reads a webhook about an advisory: `payload` is its body, `before` the last snapshot of the same advisory, where there is one. */
export const observeGithubWebhook = (payload: unknown, scene: Scene, before?: unknown): Either<ReadonlyArray<Fault>, Observed> => {
  const change = (now: unknown): { readonly now: unknown; readonly before?: unknown } => (before === undefined ? { now } : { now, before })
  const repository = fieldOf(payload, 'repository_advisory')
  return repository === undefined ? observe(githubDatabase, change(fieldOf(payload, 'security_advisory')), scene) : observe(github, change(repository), scene)
}
