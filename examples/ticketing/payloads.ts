/**
 * Payloads as GitHub and Jira send them, for trying things out. GitHub's are checked against the types that GitHub
 * publishes (`@octokit/openapi-types`); Jira publishes none.
 */
import type { components } from '@octokit/openapi-types'

/** A repository advisory, as GitHub describes it. */
export type Advisory = components['schemas']['repository-advisory']
/** What a `repository_advisory` webhook carries besides the repository, which nothing here looks at. */
export type AdvisoryWebhook = Omit<components['schemas']['webhook-repository-advisory-published'] | components['schemas']['webhook-repository-advisory-reported'], 'repository'>
/** What a `security_advisory` webhook carries. */
export type SecurityAdvisoryWebhook = components['schemas']['webhook-security-advisory-published'] | components['schemas']['webhook-security-advisory-withdrawn']

/** A user of GitHub. */
export const user = (login: string): components['schemas']['simple-user'] => {
  const url = `https://api.github.com/users/${login}`
  return {
    login, id: 1, node_id: 'MDQ6VXNlcjE=', avatar_url: 'https://github.com/images/error/octocat_happy.gif', gravatar_id: '', url, html_url: `https://github.com/${login}`,
    followers_url: `${url}/followers`, following_url: `${url}/following{/other_user}`, gists_url: `${url}/gists{/gist_id}`, starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`, organizations_url: `${url}/orgs`, repos_url: `${url}/repos`, events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`, type: 'User', site_admin: false,
  }
}

/** An advisory that somebody has just reported in private, but for what is said otherwise. */
export const advisory = (ghsa: string, more: Partial<Advisory> = {}): Advisory => ({
  ghsa_id: ghsa, cve_id: null, url: `https://api.github.com/repos/acme/parser/security-advisories/${ghsa}`, html_url: `https://github.com/acme/parser/security/advisories/${ghsa}`,
  summary: 'The parser reads past the end of its input', description: 'How to reproduce it: …', severity: 'high', author: user('rita'), publisher: null,
  identifiers: [{ type: 'GHSA', value: ghsa }], state: 'triage', created_at: '2026-03-02T09:00:00Z', updated_at: '2026-03-02T09:00:00Z', published_at: null, closed_at: null,
  withdrawn_at: null, submission: { accepted: false },
  vulnerabilities: [{ package: { ecosystem: 'npm', name: 'parser' }, vulnerable_version_range: '< 1.4.2', patched_versions: '', vulnerable_functions: [] }],
  cvss: { vector_string: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', score: 7.5 }, cwes: [{ cwe_id: 'CWE-125', name: 'Out-of-bounds Read' }], cwe_ids: ['CWE-125'],
  credits: [{ login: 'rita', type: 'reporter' }], credits_detailed: [{ user: user('rita'), type: 'reporter', state: 'accepted' }], collaborating_users: [user('rita')],
  collaborating_teams: null, private_fork: null, ...more,
})

/** A patch for what is vulnerable. */
export const patched: Advisory['vulnerabilities'] = [{ package: { ecosystem: 'npm', name: 'parser' }, vulnerable_version_range: '< 1.4.2', patched_versions: '1.4.2', vulnerable_functions: [] }]

/** The webhook about an advisory. */
export const advisoryWebhook = (of: Advisory): AdvisoryWebhook => ({ action: of.state === 'published' ? 'published' : 'reported', repository_advisory: of, sender: user('octocat') })

/** GitHub's own database tells of an advisory. */
export const securityAdvisoryWebhook = (ghsa: string, at: string): SecurityAdvisoryWebhook => ({
  action: 'published',
  security_advisory: {
    cvss: { score: 7.5, vector_string: null }, cwes: [], description: 'The parser reads past the end of its input.', ghsa_id: ghsa, identifiers: [{ type: 'GHSA', value: ghsa }], published_at: at,
    references: [], severity: 'high', summary: 'The parser reads past the end of its input', updated_at: at,
    vulnerabilities: [{ first_patched_version: { identifier: '1.4.2' }, package: { ecosystem: 'npm', name: 'parser' }, severity: 'high', vulnerable_version_range: '< 1.4.2' }], withdrawn_at: null,
  },
})

/** What a webhook about a Jira issue carries, as far as anything here looks at it. */
export interface IssueWebhook {
  readonly timestamp: number
  readonly webhookEvent: string
  readonly issue: { readonly id: string; readonly key: string; readonly fields: Readonly<Record<string, unknown>> }
}

/** The webhook about an issue that has come to a status; a label names the advisory that it is about. */
export const issueWebhook = (key: string, status: string, updated: string, labels: ReadonlyArray<string> = []): IssueWebhook => ({
  timestamp: Date.parse(updated), webhookEvent: 'jira:issue_updated',
  issue: { id: '10042', key, fields: { summary: 'Out-of-bounds read in the parser', status: { name: status }, labels, created: '2026-03-02T11:00:00.000+0100', updated } },
})
