/**
 * Guidance on case states against the published material: what it should say in all 32 states, and what the generated pages
 * print, which is the same but for the errata. Then the 49 rules, and input that is none.
 */
import { readFileSync } from 'node:fs'
import { cs, errata, type Role, roles, sourceCodes, type VendorCaseState } from 'mpcvd'
import {
  actionRules, actions, fitsPattern, guidanceErrata, guidanceFor, guidanceRows, guidanceSources, rowsFor, rulesFor, statesOf, suggestionsFor, supplierEngagement, supplierInvolvement,
  type Topic, topics,
} from 'mpcvd/advice'
import { requirementById } from 'mpcvd/conformance'
import { describe, expect, test } from 'vitest'

const linesOf = (name: string): ReadonlyArray<ReadonlyArray<string>> =>
  readFileSync(new URL(`spec/${name}`, import.meta.url), 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(' '))
const list = (text: string | undefined): ReadonlyArray<string> => (text === undefined || text === '-' ? [] : text.split(','))
const sorted = (all: ReadonlyArray<string>): ReadonlyArray<string> => [...all].sort()

const published = linesOf('advice.txt')
const pages = new Map(linesOf('advice-pages.txt').map(([state = '', ...rest]) => [state, rest]))
const topicNames = Object.keys(topics) as ReadonlyArray<Topic>

const written = { care: 'with care', risk: 'at risk', MUSTNOT: 'MUST NOT', SHOULDNOT: 'SHOULD NOT', 'MUST-end': 'MUST end', 'SHOULD-end': 'SHOULD end', prepare: 'SHOULD prepare to end', 'MAY-continue': 'MAY continue', poc: 'PoC', na: 'not applicable' }
const inFull = (word: string | undefined): string => Object.entries(written).find(([short]) => short === word)?.[1] ?? word ?? ''

describe('guidance', () => {
  test('the transcriptions are of the 32 states', () => {
    expect(sorted(published.map(([state]) => state ?? ''))).toEqual(sorted(cs.states))
    expect(sorted([...pages.keys()])).toEqual(sorted(cs.states))
  })

  test.each(published)('%s', (name, start, hold, newer, old, exploitation, isPublic, contacted, pva, exploit, _sei, remediation, zeroDay, vep, attack, imminent, rules) => {
    const state = name as VendorCaseState
    const said = guidanceFor(state)
    expect({
      embargoStart: said.embargoStart, embargoHold: said.embargoHold, newEmbargo: said.newEmbargo, oldEmbargo: said.oldEmbargo, exploitation: said.exploitation,
      reportPublic: said.reportPublic, supplierContacted: said.supplierContacted, publicValueAdded: said.publicValueAdded.map((value) => value.charAt(0)),
      cvss31Exploit: said.cvss31Exploit, cvss31Remediation: said.cvss31Remediation, zeroDay: said.zeroDay, vep: said.vep, attackSuccess: said.attackSuccess, imminent: said.imminent,
      rules: rulesFor(state).map(({ id }) => id.slice(1)),
    }).toEqual({
      embargoStart: inFull(start), embargoHold: inFull(hold), newEmbargo: inFull(newer), oldEmbargo: inFull(old), exploitation: inFull(exploitation),
      reportPublic: isPublic, supplierContacted: contacted, publicValueAdded: list(pva), cvss31Exploit: list(exploit), cvss31Remediation: list(remediation), zeroDay: list(zeroDay),
      vep: inFull(vep), attackSuccess: attack, imminent: list(imminent), rules: list(rules),
    })
  })

  test('CVSS 4.0 follows exploitation: nothing reported, a public exploit, attacks', () => {
    const meant = { none: 'U', PoC: 'P', active: 'A' }
    for (const state of cs.states) expect(guidanceFor(state).cvss40Exploit).toBe(meant[guidanceFor(state).exploitation])
  })

  test('the generated pages print the same, but where an erratum says so', () => {
    const differing = (topic: Topic): ReadonlyArray<string> => cs.states.filter((state) => guidanceErrata.some((one) => one.topic === topic && (one.patterns ?? []).some((pattern) => fitsPattern(pattern, state))))
    const wrong = new Map<Topic, string[]>(topicNames.map((topic) => [topic, []]))
    const compare = (topic: Topic, state: string, page: ReadonlyArray<string>, ours: ReadonlyArray<string>): void => {
      if (sorted(page).join() !== sorted(ours).join()) wrong.get(topic)?.push(state)
    }
    for (const state of cs.states) {
      const [attack = '', embargo, exploitation, isPublic = '', contacted = '', pva, exploit, remediation, vep, imminent, zeroDay] = pages.get(state) ?? []
      const said = guidanceFor(state)
      const has = (word: string): boolean => list(embargo).includes(word)
      compare('attackSuccess', state, [attack], [said.attackSuccess])
      compare('embargoStart', state, [has('nostart') ? 'no' : has('caution') ? 'with care' : has('start') ? 'yes' : ''], [said.embargoStart])
      compare('embargoHold', state, [has('viable') ? 'viable' : has('caution') ? 'at risk' : 'dead'], [said.embargoHold])
      compare('exploitation', state, [inFull(exploitation)], [said.exploitation])
      compare('reportPublic', state, [isPublic], [said.reportPublic])
      compare('supplierContacted', state, [contacted], [said.supplierContacted])
      compare('publicValueAdded', state, list(pva), said.publicValueAdded.map((value) => value.charAt(0)))
      compare('cvss31Exploit', state, list(exploit), said.cvss31Exploit)
      compare('cvss31Remediation', state, list(remediation), said.cvss31Remediation)
      compare('vep', state, [inFull(vep)], [said.vep])
      compare('imminent', state, list(imminent), said.imminent)
      compare('zeroDay', state, list(zeroDay), said.zeroDay)
    }
    expect(Object.fromEntries([...wrong].map(([topic, states]) => [topic, sorted(states)]))).toEqual(Object.fromEntries(topicNames.map((topic) => [topic, sorted(differing(topic))])))
  })

  test('the older table has no maturity where A-06 says so, and the same elsewhere', () => {
    for (const [state = '', ...rest] of published) expect(rest[9]).toBe(fitsPattern('....xA', state as VendorCaseState) ? '-' : rest[8])
  })

  test('a topic of one value has a row for every state, and rows that never decide are none', () => {
    for (const topic of topicNames) {
      const used = new Set(cs.states.flatMap((state) => rowsFor(topic, state)))
      expect(guidanceRows[topic].filter((row) => !used.has(row)), topic).toEqual([])
      if (typeof guidanceFor('vfdpxa')[topic] === 'string') for (const state of cs.states) expect(rowsFor(topic, state).map(({ value }) => value), `${topic} ${state}`).toEqual([guidanceFor(state)[topic]])
    }
  })

  test('sources and requirements exist', () => {
    const known = [...Object.keys(guidanceSources), ...Object.keys(sourceCodes)]
    const cited = [...Object.values(guidanceRows).flat(), ...actionRules, ...guidanceErrata]
    const ids = new Set([...errata.map(({ id }) => id), ...guidanceErrata.map(({ id }) => id)])
    const sources = cited.flatMap((row) => ('source' in row ? row.source : row.sources)).filter((one) => !ids.has(one) && !one.startsWith('inferred') && !one.startsWith('vultron/'))
    expect(sources.filter((one) => !known.includes(one.split(':')[0] ?? ''))).toEqual([])
    expect(Object.values(guidanceRows).flat().flatMap(({ requirements = [] }) => requirements).filter((id) => requirementById(id) === undefined)).toEqual([])
    expect(new Set(guidanceErrata.map(({ id }) => id)).size).toBe(guidanceErrata.length)
  })
})

describe('actions', () => {
  test('49 rules; each action has a rule, each rule an action', () => {
    expect(actionRules.map(({ id }) => id)).toEqual(Array.from({ length: 49 }, (_, index) => `R${String(index + 1).padStart(2, '0')}`))
    expect(sorted([...new Set(actionRules.map(({ action }) => action))])).toEqual(sorted(Object.keys(actions)))
  })

  test('of 139 pairs of a rule and a state that aim at an event, 39 cannot reach it at once (A-12)', () => {
    const pairs = cs.states.flatMap((state) => rulesFor(state).flatMap(({ event }) => (event === undefined ? [] : [cs.enabled(state).some((one) => one === event)])))
    expect([pairs.length, pairs.filter((enabled) => !enabled).length]).toEqual([139, 39])
  })

  test('roles: a rule for non-vendors is for nobody with the role of a vendor, and no rule is lost', () => {
    const forRoles = (held: ReadonlyArray<Role>, government = false): ReadonlySet<string> => new Set(cs.states.flatMap((state) => rulesFor(state, { roles: held, government }).map(({ id }) => id)))
    expect([...forRoles(['vendor'])].filter((id) => ['R28', 'R32', 'R35', 'R36', 'R38', 'R45', 'R25'].includes(id))).toEqual([])
    expect(sorted([...forRoles(['vendor', 'deployer'])].filter((id) => ['R08', 'R23', 'R24', 'R25'].includes(id)))).toEqual(['R08', 'R23', 'R24', 'R25'])
    expect([...forRoles(['observer'])].filter((id) => ['R08', 'R23', 'R24', 'R25', 'R45'].includes(id))).toEqual([])
    expect(forRoles(['observer'], true).has('R45')).toBe(true)
    expect(new Set(roles.flatMap((role) => [...forRoles([role], true)])).size).toBe(49)
  })

  test('nothing is published under an embargo that holds: the suggestion says so (A-03)', () => {
    for (const state of cs.states)
      for (const em of ['Active', 'Revise'] as const)
        for (const { action, embargoed } of suggestionsFor(state, { em }))
          expect(embargoed === true, `${state} ${action}`).toBe(state.endsWith('pxa') && ['publish', 'publish-with-fix', 'publish-with-mitigations', 'publish-exploit'].includes(action))
    expect(suggestionsFor('Vfdpxa', { em: 'None' }).some(({ embargoed }) => embargoed)).toBe(false)
  })

  test('each action is suggested once, with every rule for it', () => {
    for (const state of cs.states) {
      const found = suggestionsFor(state)
      expect(new Set(found.map(({ action }) => action)).size).toBe(found.length)
      expect(sorted(found.flatMap(({ rules }) => rules))).toEqual(sorted(rulesFor(state).map(({ id }) => id)))
    }
    expect(suggestionsFor('VfdpXa').find(({ action }) => action === 'publish-with-mitigations')).toMatchObject({ rules: ['R15', 'R17'], event: 'P', enabled: true })
    expect(suggestionsFor('VfdpXa').find(({ action }) => action === 'publish-with-mitigations')).not.toHaveProperty('given')
    expect(suggestionsFor('Vfdpxa').find(({ action }) => action === 'publish-with-mitigations')).toMatchObject({ given: 'no-embargo' })
    expect(suggestionsFor('VfdpXa').find(({ action }) => action === 'create-fix')).toMatchObject({ event: 'F', enabled: false })
  })
})

describe('patterns', () => {
  test('a state is its own pattern, a shorter one leaves the path open', () => {
    for (const state of cs.states) expect(statesOf(state)).toEqual([state])
    expect(statesOf('pxa')).toEqual(['vfdpxa', 'Vfdpxa', 'VFdpxa', 'VFDpxa'])
    expect(statesOf('DPXA')).toEqual(['VFDPXA'])
    expect(statesOf('......')).toHaveLength(32)
    expect(statesOf('vF....')).toEqual([])
  })
  test.each(['', 'p', 'axp', 'vfdpxaa', 'vfdpx', '!pxa..', 'constructor', 'VFDPX!', 'pxa\n', 'ⅴfdpxa'])('%j leaves no state', (text) => expect(statesOf(text)).toEqual([]))
})

test('suppliers: engagement by report state, involvement by both', () => {
  expect(supplierEngagement.Received).toEqual(['Active', 'Unresponsive'])
  expect(Object.entries(supplierEngagement).filter(([, values]) => values.includes('Active')).map(([state]) => state)).toEqual(['Received', 'Valid', 'Deferred', 'Accepted'])
  expect([supplierInvolvement('Accepted', 'VFdpxa'), supplierInvolvement('Accepted', 'Vfdpxa'), supplierInvolvement('Valid', 'Vfdpxa'), supplierInvolvement('Deferred', 'Vfdpxa')])
    .toEqual(['Fix Ready', 'Cooperative', 'Cooperative', 'Uncooperative/Unresponsive'])
})
