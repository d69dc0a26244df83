/**
 * The register of requirements against a second transcription of the specifications (test/spec/requirements.txt), made
 * from their files apart from the register; against the published counts; and against the table of facts, where that is
 * at hand. Then the relations: every id on either side exists, every contradiction rests on an erratum, every erratum
 * that writes out a requirement is found from it, and which rows of behaviour say something that VP does not say.
 */
import { existsSync, readFileSync } from 'node:fs'
import { errata } from 'mpcvd'
import { describe, expect, test, vi } from 'vitest'
import { showRequirements } from '../src/cli/requirements.js'
import { errataOf, type RelationKind, relations, relationsOf } from '../src/conformance/relations.js'
import { requirementById, requirementCounts, requirements, specificationOf } from '../src/conformance/register.js'
import { families, type Family, type Level, levels, type Requirement, unseenBecause } from '../src/conformance/requirement.js'
import { lines } from './transcription.js'

const oracle = lines('requirements.txt')

interface Transcribed {
  readonly id: string
  readonly modality: string
  readonly line: string
}

const transcribed: ReadonlyArray<Transcribed> = oracle.flatMap((text) => {
  const [, id, modality, line] = /^([A-Z]+-[\w-]+) (.+) (\S+)$/.exec(text) ?? []
  return id === undefined || modality === undefined || line === undefined ? [] : [{ id, modality, line: /^\d+$/.test(line) ? `y${line}` : line }]
})

/** Where field and words disagree, the words count (D-MS-10). */
const counted = (modality: string): string => modality.replace('MUST/', '')

const of = (family: Family): ReadonlyArray<Requirement> => requirements.filter((one) => one.family === family)

describe('the rows', () => {
  test('are those of the specifications: ids, order, modality, line', () => {
    const known = new Set(transcribed.map((one) => one.id))
    expect(known.size).toBe(transcribed.length)
    const ours = requirements.filter((one) => one.family !== 'ST')
    expect(ours.map((one) => `${one.id} ${one.modality}`)).toEqual(transcribed.map((one) => `${one.id} ${counted(one.modality)}`))
    expect(transcribed.filter((one) => !(requirementById(one.id)?.source.includes(one.line) ?? false))).toEqual([])
  })

  test('ids are unique, families follow one another, and each is found by its id', () => {
    expect(new Set(requirements.map((one) => one.id)).size).toBe(requirements.length)
    expect(requirements.map((one) => one.family)).toEqual(families.flatMap((family) => of(family).map(() => family)))
    expect(requirements.filter((one) => requirementById(one.id) !== one)).toEqual([])
    expect(requirements.filter((one) => !one.id.startsWith(`${one.family}-`))).toEqual([])
    for (const id of ['', 'VP', 'VP-01-0010', 'vp-01-001', '__proto__', 'constructor']) expect(requirementById(id)).toBeUndefined()
  })

  test('every field says something, in one line, and cites no erratum', () => {
    for (const { id, who, when, what, source } of requirements)
      for (const text of [who, when, what, ...source]) {
        expect(text.trim(), id).toBe(text)
        expect(text, id).not.toBe('')
        expect(text, id).not.toMatch(/[\n’]|D-[A-Z]{2}-\d/)
      }
  })

  test('rows that allow say may, and rows that oblige do not', () => {
    const says = (one: Requirement): boolean => /\bmay\b/.test(one.what)
    expect(requirements.filter((one) => one.modality === 'MAY' && !says(one)).map((one) => one.id)).toEqual([])
    // A duty with a permission in it (a duplicate, a counter-proposal, a veto, a prefix), and two facts.
    expect(requirements.filter((one) => one.modality !== 'MAY' && says(one)).map((one) => one.id)).toEqual([
      'VP-02-023', 'EMB-01-003', 'EMB-14-002', 'CSB-17-010', 'ST-17', 'ST-28',
    ])
  })

  test('what no log shows has a reason, and only that', () => {
    expect(requirements.filter((one) => (one.evidence === 'none') !== (one.unseen !== undefined))).toEqual([])
    for (const one of requirements) if (one.unseen !== undefined) expect(Object.keys(unseenBecause)).toContain(one.unseen)
    expect(new Set(requirements.map((one) => one.unseen))).toEqual(new Set([undefined, ...Object.keys(unseenBecause)]))
  })

  test('are shown by what was judged to show them', () => {
    const judged: ReadonlyMap<string, string> = new Map(
      oracle.flatMap((text) => {
        const [, family, evidence, ids = ''] = /^seen ([A-Z]+) ([a-z ]+): (.*)$/.exec(text) ?? []
        return family === undefined || evidence === undefined ? [] : ids.split(' ').map((id): readonly [string, string] => [`${family}-${id}`, evidence])
      }),
    )
    expect(judged.size).toBe(requirements.length)
    expect(requirements.filter((one) => judged.get(one.id) !== one.evidence).map((one) => `${one.id} ${one.evidence}`)).toEqual([])
  })

  test('levels: a case log is L4, an own log L3, and L1 is about words and machines', () => {
    for (const one of requirements) {
      if (one.evidence === 'case log') expect(one.level, one.id).toBe('L4')
      if (one.evidence === 'own log') expect(one.level, one.id).toBe('L3')
      if (one.evidence === 'step') expect(['L1', 'L2'], one.id).toContain(one.level)
    }
    expect(of('RMB').filter((one) => one.level === 'L1').map((one) => one.id)).toEqual(['RMB-15-001'])
  })

  test('every family names its specification', () => {
    expect(Object.keys(specificationOf)).toEqual([...families])
  })
})

describe('the counts', () => {
  const table = new Map(
    oracle.flatMap((text) => {
      const [, which, rows, rest] = /^counts (\S+) rows (\d+): (.*)$/.exec(text) ?? []
      return which === undefined || rest === undefined ? [] : [[which, { rows: Number(rows), modality: rest }] as const]
    }),
  )
  const printed = (some?: ReadonlyArray<Family>): { readonly rows: number; readonly modality: string } => {
    const { rows, modality } = requirementCounts(some)
    return { rows, modality: Object.entries(modality).map(([name, count]) => `${name} ${count}`).join(', ') }
  }

  test('by modality, as published', () => {
    expect(table.size).toBe(families.length + 1)
    expect(printed()).toEqual(table.get('core'))
    for (const family of families) expect(printed([family]), family).toEqual(table.get(family))
  })

  test('by evidence, as published', () => {
    const { evidence, rows, level, unseen } = requirementCounts()
    expect(`evidence core: ${Object.entries(evidence).map(([name, count]) => `${name} ${count}`).join(', ')}`).toBe(oracle.find((text) => text.startsWith('evidence')))
    const sum = (some: Readonly<Record<string, number>>): number => Object.values(some).reduce((a, b) => a + b, 0)
    expect([sum(level), sum(unseen)]).toEqual([rows, evidence.none])
    expect(requirementCounts([]).rows).toBe(0)
  })
})

test('the table of facts, where it is at hand', () => {
  const file = new URL('../../shared/reference/requirements.md', import.meta.url)
  if (!existsSync(file)) {
    console.info('The table of requirements is not beside the checkout: not compared.')
    return
  }
  // Two lines of the draft are where the sentence with the word of obligation begins, one beside the table.
  const corrected: Readonly<Record<string, string>> = { 'DVS-12': 'DV:638', 'DVS-24': 'DV:872' }
  const classes: Readonly<Record<string, string>> = { i: 'step', ii: 'own log', iii: 'case log', iv: 'none' }
  const facts = readFileSync(file, 'utf8').split('\n').flatMap((text) => {
    const cells = text.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim())
    const [id = '', modality = ''] = cells
    const name = id.replace(' (architecture)', '')
    if (!/^(?:VP|RMB|EMB|CSB|SM|PX|ST|DVS|EP|DUR)-\d/.test(name)) return []
    const spoken = /^(?:MUST|SHOULD|MAY)/.test(modality) && !name.startsWith('ST') ? modality.replace('*', '') : 'none'
    const source = (cells.at(-2) ?? '').replace('spec only; ', '')
    return [`${name} ${spoken} ${classes[cells.at(-1) ?? ''] ?? `class ${String(cells.at(-1))}`} ${corrected[name] ?? source}`]
  })
  expect(facts.length).toBe(527)
  expect(requirements.map((one) => `${one.id} ${one.modality} ${one.evidence} ${one.source.join('; ')}`)).toEqual(facts)
})

describe('the relations', () => {
  const known = new Set(errata.map((one) => one.id))

  test('are between requirements of the register, and rest on errata that exist', () => {
    for (const { kind, of: one, by, errata: about } of relations) {
      expect(requirementById(one), `${by} ${kind} ${one}`).toBeDefined()
      expect(requirementById(by), `${by} ${kind} ${one}`).toBeDefined()
      expect(by, `${by} ${kind} itself`).not.toBe(one)
      expect(about.filter((id) => !known.has(id)), `${by} ${kind} ${one}`).toEqual([])
      expect(new Set(about).size).toBe(about.length)
      if (kind === 'contradicts') expect(about, `${by} contradicts ${one}`).not.toEqual([])
    }
  })

  test('have the contradictions that the errata tell of, read by hand', () => {
    const told: ReadonlyArray<readonly [erratum: string, by: string, of: string]> = [
      ['D-RM-05', 'RMB-06-002', 'VP-02-035'], ['D-RM-06', 'RMB-02-002', 'VP-03-010'], ['D-RM-06', 'RMB-06-003', 'VP-03-010'], ['D-RM-07', 'RMB-07-002', 'VP-03-011'],
      ['D-RM-08', 'RMB-08-002', 'VP-03-009'], ['D-RM-12', 'RMB-01-003', 'VP-03-002'], ['D-RM-14', 'RMB-10-001', 'VP-02-014'], ['D-RM-15', 'RMB-01-001', 'VP-03-009'],
      ['D-RM-15', 'RMB-01-002', 'VP-03-009'], ['D-EM-03', 'EMB-15-003', 'EMB-10-001'], ['D-EM-11', 'EMB-03-003', 'VP-11-004'], ['D-EM-19', 'EMB-10-002', 'VP-13-013'],
      ['D-EM-19', 'EMB-10-002', 'VP-13-014'], ['D-EM-20', 'EMB-02-003', 'EMB-02-001'], ['D-EM-21', 'CSB-10-001', 'VP-06-008'], ['D-EM-22', 'CSB-06-008', 'VP-14-013'],
      ['D-EM-22', 'CSB-06-008', 'CSB-14-001'], ['D-EM-25', 'VP-06-004b', 'VP-06-007'], ['D-EM-32', 'DUR-02-002', 'VP-05-002'], ['D-EM-34', 'EP-05-001', 'DVS-28'],
      ['D-EM-38', 'EMB-01-001', 'VP-11-004'], ['D-EM-38', 'EMB-01-003', 'VP-11-004'], ['D-EM-44', 'VP-05-020', 'VP-05-006'], ['D-EM-47', 'EMB-15-001', 'VP-06-010'],
      ['D-CS-01', 'CSB-06-001', 'ST-17'], ['D-CS-01', 'CSB-14-002', 'ST-17'], ['D-CS-03', 'CSB-05-001', 'CSB-13-001'], ['D-CS-04', 'CSB-13-001', 'CSB-17-002'],
      ['D-CS-07', 'CSB-05-004', 'CSB-13-002'], ['D-CS-10', 'CSB-01-001', 'VP-12-001'], ['D-CS-13', 'CSB-03-001', 'ST-12'], ['D-CS-20', 'CSB-01-001', 'VP-12-001'],
      ['D-CS-27', 'CSB-15-003', 'CSB-16-002'], ['D-CS-28', 'CSB-06-010', 'CSB-14-001'], ['D-MS-01', 'DVS-10', 'EMB-08-001'],
    ]
    const found = ([erratum, by, one]: readonly [string, string, string]): boolean =>
      relationsOf(one).some((relation) => relation.kind === 'contradicts' && relation.by === by && relation.errata.includes(erratum))
    expect(told.filter((one) => !found(one))).toEqual([])
  })

  test('are those of the specification itself, but for links that point elsewhere', () => {
    const links = oracle.flatMap((text) => {
      const [, from, to = ''] = /^link (\S+): (.*)$/.exec(text) ?? []
      return from === undefined ? [] : to.split(' ').map((one) => `${from} ${one}`)
    })
    expect(links.length).toBeGreaterThan(150)
    const have = new Set(relations.flatMap(({ by, of: one }) => [`${by} ${one}`, `${one} ${by}`]))
    expect(links.filter((link) => !have.has(link))).toEqual([
      // The specification names the wrong statement (D-MS-12).
      'VP-17-001 VP-02-001',
      // To announce is for the sender; the receiver notes it, which is VP-01-002.
      'RMB-02-001 VP-02-019', 'RMB-03-001 VP-02-019', 'RMB-04-001 VP-02-019', 'RMB-05-001 VP-02-019', 'RMB-06-001 VP-02-019',
      // To validate is not to have a defined process; to hold or revalidate a report is not to ask its Reporter.
      'RMB-09-001 VP-02-007', 'RMB-09-002 VP-02-013',
      // To start prioritisation is not to rank queues (D-RM-14).
      'RMB-10-001 VP-02-002', 'RMB-11-003 VP-02-013',
      // A permission that leaves out what is forbidden elsewhere; watching; and the wrong statement again (D-MS-12).
      'RMB-11-004 VP-13-005', 'RMB-12-002 VP-02-017', 'RMB-13-003 VP-02-002',
      // To receive a rejection is not to reject; to be free is not to accept; an end time is no consent (D-MS-12); termination of one's own, not received.
      'EMB-06-001 VP-05-017', 'EMB-10-001 VP-06-003', 'EMB-13-001 VP-04-001', 'EMB-14-001 EMB-07-001',
      // To decide is not to receive; to find out is not to be asked; what is late is not new.
      'EMB-15-001 EMB-01-001', 'EMB-15-003 EMB-01-001', 'EMB-15-004 EMB-06-001', 'EMB-16-001 EMB-01-002', 'EMB-16-001 EMB-06-001', 'EMB-17-004 EMB-13-002',
      // In P no embargo stands that could end; attacks are no publication (D-CS-01).
      'CSB-04-002 VP-09-001', 'CSB-05-002 VP-09-001', 'CSB-06-002 VP-09-001', 'CSB-06-003 VP-09-001',
      // To announce one's own V is not to know of another's; the wrong statement (D-MS-12); what may not last is not what is set together.
      'CSB-09-002 VP-12-001', 'CSB-14-004 VP-12-002', 'CSB-17-003 CSB-13-001',
      // The format of a policy serves those rules and says none of them.
      'EP-01-002 VP-05-001', 'EP-01-002 VP-07-001', 'EP-01-002 VP-07-002', 'EP-01-003 VP-05-001', 'EP-01-003 VP-07-006', 'EP-01-006 EP-01-003', 'EP-01-007 EP-01-003',
      'EP-03-001 VP-07-001', 'EP-03-001 VP-07-006', 'EP-03-001 VP-07-007', 'EP-03-002 VP-07-003', 'EP-03-002 VP-07-004', 'EP-03-002 VP-07-005',
      // A duty of its own: to log.
      'EP-07-005 EP-07-003',
    ])
  })

  test('stand once, in one direction', () => {
    const pairs = relations.map(({ of: one, by }) => [one, by].sort().join(' '))
    expect(pairs.filter((pair, index) => pairs.indexOf(pair) !== index)).toEqual([])
  })

  test('point up: a restatement is of a row that goes before it in rank', () => {
    const rank = (id: string): number => ['VP', 'PX', 'ST', 'RMB', 'EMB', 'CSB', 'SM', 'EP', 'DUR', 'DVS'].indexOf(requirementById(id)?.family ?? '')
    const down = relations.filter(({ kind, of: one, by }) => (kind === 'restates' || kind === 'narrows') && rank(by) < rank(one))
    expect(down.map(({ by, of: one }) => `${by} ${one}`)).toEqual([])
  })

  test('restate in no circle', () => {
    const above = (id: string, seen: ReadonlyArray<string>): ReadonlyArray<string> =>
      relationsOf(id).filter(({ by, kind }) => by === id && (kind === 'restates' || kind === 'narrows')).flatMap(({ of: one }) =>
        seen.includes(one) ? [`${seen.join(' ')} ${one}`] : above(one, [...seen, one]))
    expect(requirements.flatMap(({ id }) => above(id, [id]))).toEqual([])
  })

  test('a restatement does not turn a duty into its opposite', () => {
    const negative = (id: string): boolean => (requirementById(id)?.modality ?? '').endsWith('NOT')
    const turned = relations.filter(({ kind, of: one, by }) => kind === 'restates' && negative(one) !== negative(by)).map(({ by, of: one }) => `${by} ${one}`)
    // Each says the same the other way about (what is not done, what is done instead), or is a fact (none) behind a prohibition.
    expect(turned).toEqual([
      'VP-02-023 VP-02-022', 'VP-14-001 VP-06-001', 'VP-14-001 VP-11-001', 'VP-14-002 VP-06-001', 'VP-14-002 VP-11-001', 'RMB-11-002 VP-02-023',
      'RMB-14-003 VP-13-007', 'EMB-11-002 VP-05-014', 'EMB-11-004 VP-13-005', 'EMB-15-004 EMB-01-002', 'EMB-18-002 ST-02', 'CSB-11-001 VP-14-010',
      'CSB-12-002 VP-14-001', 'CSB-13-003 VP-14-002', 'CSB-17-006 ST-14', 'CSB-17-007 ST-14', 'CSB-17-010 CSB-17-005', 'SM-09-002 CSB-17-001', 'SM-09-002 ST-14', 'SM-10-003 ST-20',
      'DVS-04 VP-18-002', 'DVS-20 EP-07-004', 'DVS-21 EMB-17-001', 'DVS-61 ST-13', 'DVS-63 CSB-15-003', 'DUR-04-001 DUR-02-002',
    ])
  })

  test('restatements of another strength that no erratum decides: the row restated holds', () => {
    const strength: Readonly<Record<string, number>> = { MUST: 3, SHOULD: 2, MAY: 1, none: 0 }
    const force = (id: string): number => strength[(requirementById(id)?.modality ?? '').replace(' NOT', '')] ?? 0
    const uneven = relations.filter(({ kind, of: one, by, errata: about }) =>
      kind === 'restates' && about.length === 0 && force(one) > 0 && force(by) > 0 && force(one) !== force(by))
    expect(uneven.map(({ by, of: one }) => `${by} ${one}`)).toEqual([
      'RMB-09-002 VP-02-012', 'EMB-09-001 VP-11-004', 'DVS-29 EMB-13-001', 'DVS-45 VP-03-012', 'DVS-46 VP-01-001', 'DVS-52 DVS-41', 'DVS-58 DVS-40', 'DUR-07-002 VP-07-003',
    ])
  })

  test('are found from both sides, and none from nowhere', () => {
    for (const relation of relations) for (const id of [relation.of, relation.by]) expect(relationsOf(id)).toContain(relation)
    expect(requirements.flatMap(({ id }) => relationsOf(id)).length).toBe(2 * relations.length)
    for (const id of ['', 'VP', '__proto__']) expect([relationsOf(id), errataOf(id)]).toEqual([[], []])
  })

  test('say which sentence of the documents was replaced', () => {
    const replaced = relations.filter(({ kind }) => kind === 'replaces').map(({ of: one, by }) => `${one} by ${by}`)
    expect(replaced).toEqual(['PX-01 by VP-04-001', 'PX-02 by VP-05-002', 'PX-03 by VP-10-002', 'PX-05 by VP-14-008', 'PX-07 by VP-02-002'])
  })

  test('tell for every row of behaviour what it restates, or that it stands for itself', () => {
    const kinds: ReadonlyArray<RelationKind> = ['restates', 'narrows', 'contradicts']
    const above = (id: string): boolean => relationsOf(id).some((relation) => relation.by === id && kinds.includes(relation.kind))
    const alone = [...of('RMB'), ...of('EMB'), ...of('CSB')].filter(({ id }) => !above(id)).map(({ id }) => id)
    expect(alone).toEqual([
      // Watching a deferred report and working on an accepted one: VP has no such statement, and the links of the specification point elsewhere (D-MS-12).
      'RMB-12-002', 'RMB-13-003',
      // Resetting consent, and reasons for termination.
      'EMB-13-001', 'EMB-14-001',
      // Late acceptance, and one way to write EM.
      'EMB-17-001', 'EMB-18-001',
      // CS of the receiver, CK, and roles: said in the tables, not in VP.
      'CSB-04-001', 'CSB-04-002', 'CSB-04-004', 'CSB-05-002', 'CSB-05-005', 'CSB-06-005', 'CSB-07-001', 'CSB-08-001', 'CSB-15-001', 'CSB-17-001', 'CSB-17-004',
    ])
  })
})

describe('the errata of a requirement', () => {
  test('are all those that write it out', () => {
    const missing = errata.flatMap((erratum) =>
      requirements
        .filter(({ id }) => [...erratum.sources, erratum.conflict, erratum.adopted, erratum.reason].some((text) => new RegExp(`\\b${id}(?![\\w-])`).test(text)))
        .filter(({ id }) => !errataOf(id).includes(erratum.id))
        .map(({ id }) => `${erratum.id} ${id}`))
    expect(missing).toEqual([])
  })

  test('field and words that disagree: the nine of D-MS-10', () => {
    const clash = transcribed.filter((one) => one.modality === 'MUST/MUST NOT').map((one) => one.id)
    expect(clash.length).toBe(9)
    expect(requirements.filter(({ id }) => errataOf(id).includes('D-MS-10')).map(({ id }) => id).filter((id) => clash.includes(id))).toEqual(clash)
    // The two that mix both in one entry are named with them, in brackets.
    expect(requirements.filter(({ id }) => errataOf(id).includes('D-MS-10')).map(({ id }) => id).filter((id) => !clash.includes(id))).toEqual(['VP-14-001', 'VP-14-002'])
  })

  test('some of them, read by hand', () => {
    expect(errataOf('VP-03-009')).toEqual(expect.arrayContaining(['D-RM-08', 'D-RM-11', 'D-RM-15', 'D-MS-09']))
    expect(errataOf('VP-12-002c')).toEqual(['D-MS-13'])
    expect(errataOf('VP-13-015')).toContain('D-EM-19')
    expect(errataOf('CSB-06-002')).toEqual(expect.arrayContaining(['D-EM-23', 'D-CS-01']))
    expect(errataOf('ST-17')).toEqual(['D-CS-01'])
    expect(errataOf('ST-09')).toEqual(['D-RM-12'])
    expect(errataOf('VP-02-005')).toEqual([])
  })
})

describe('mpcvd requirements', () => {
  interface Said {
    readonly lines: ReadonlyArray<string>
    readonly usage: string | undefined
  }

  const said = (names: ReadonlyArray<string>, options: { readonly json?: boolean; readonly level?: Level } = {}): Said => {
    const written: Array<string> = []
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0)
    const error = showRequirements(names, { json: options.json ?? false, level: options.level })
    spy.mockRestore()
    return { lines: written.join('').split('\n').slice(0, -1), usage: error?.usage }
  }

  test('lists all, or those of a level, in a line each', () => {
    expect(said([]).lines.length).toBe(528)
    expect(said([]).lines[1]).toMatch(/^VP-01-001 +SHOULD +L3 +nothing: inside +P +in a case: keeps a view/)
    for (const level of levels)
      expect(said([], { level }).lines.slice(1).filter((line) => !line.includes(` ${level} `))).toEqual([])
    expect(levels.reduce((sum, level) => sum + said([], { level }).lines.length - 1, 0)).toBe(527)
  })

  test('says all about one, a group or a family', () => {
    expect(said(['vp-03-001']).lines).toEqual([
      'VP-03-001: MUST, L2', '  who: P', '  when: sends RS', '  what: own RM=A', '  source: FT:37 (docs/reference/formal_protocol/transitions.md)',
      '  source: y232 (specs/vultron-protocol-spec.yaml)', '  seen in: one step of one participant', '  narrows VP-02-003 (D-EM-45)',
      '  restated by RMB-13-001 (D-RM-03)', '  erratum: D-RM-03 RS emitted on self-discovery', '  erratum: D-EM-45 RM state of a party that sends EP first',
      '  erratum: D-MS-09 Requirement ids cited in the transition page', '  checks: refused, advised-against',
    ])
    const heads = (names: ReadonlyArray<string>): ReadonlyArray<string> => said(names).lines.filter((line) => !line.startsWith(' '))
    expect([heads(['VP-03']).length, heads(['RMB']).length, heads(['VP-06-004']).length, heads(['VP-03', 'VP-03-001', 'PX-08']).length]).toEqual([13, 40, 1, 14])
    expect(said(['VP-02-001']).lines).toContain('  seen in: nothing; a text promises it or an organisation has set it up; messages presuppose it')
    expect(said(['PX-01']).lines).toContain('  replaced by VP-04-001 (D-EM-31)')
  })

  test('gives the same as JSON', () => {
    const [text = '', ...more] = said(['VP-03'], { json: true }).lines
    expect(more).toEqual([])
    const rows = JSON.parse(text) as ReadonlyArray<Requirement & { readonly relations: unknown; readonly errata: unknown; readonly checks: unknown }>
    expect(rows.map((row) => row.id)).toEqual(requirements.filter((one) => one.id.startsWith('VP-03-')).map((one) => one.id))
    expect(rows[0]).toEqual({ ...requirementById('VP-03-001'), relations: relationsOf('VP-03-001'), errata: errataOf('VP-03-001'), checks: ['refused', 'advised-against'] })
  })

  test('refuses what is nowhere, and says where to look', () => {
    for (const name of ['', 'V', 'VP-', 'VP-0', 'VP-03-0', 'D-RM-01', '__proto__', '-', '\u001b[31mVP', 'VP-03-001 ']) {
      const { lines: out, usage } = said(['VP-03-001', name])
      expect(out).toEqual([])
      expect(usage, name).toMatch(/^no requirement is called/)
    }
    expect(said(['VP-03'], { level: 'L1' }).usage).toBe('no requirement of VP-03 is of level L1')
  })
})
