/**
 * The timeline of a case: one case worked out by hand, entry by entry, and what must hold of the timeline of any case.
 */
import fc from 'fast-check'
import { isLeft } from 'fp-ts/Either'
import type { Statement } from 'mpcvd'
import { type Case, caseOf, type Charter, entriesOf, idOf, ingest, openLedger } from 'mpcvd/case'
import { type Band, rows, sequenceDiagram, timelineOf, timelineSvg, timelineText, type Timeline } from 'mpcvd/diagram'
import { describe, expect, it } from 'vitest'
import { arbitraryCase } from './spec/ledger-cases.js'

const caseIn = (charter: Charter, entries: ReadonlyArray<Statement>): Case => {
  const opened = openLedger(charter)
  if (isLeft(opened)) throw new Error(JSON.stringify(opened.left))
  return caseOf(ingest(opened.right, entries))
}

/**
 * ann reports to acme and cert, and proposes x. cert accepts it and acme rejects it, neither having seen the other's word:
 * in the order of the case acme comes first (same place, by author), so x is rejected, and cert accepts what is no more.
 * ann proposes y, acme accepts, cert acknowledges. cert says two things under the id e7. zed joins, is offered y and signs.
 * acme validates, and publishes. From e8 on cert has said nothing, so all that decides is tentative.
 */
const charter: Charter = {
  case: 'c1', title: 'A crossing', protocol: 'adopted@1', decision: 'first', order: 'causal',
  participants: [{ id: 'acme', roles: ['vendor'] }, { id: 'ann', roles: ['finder', 'reporter'] }, { id: 'cert', roles: ['coordinator'] }],
}
const sent = (id: string, from: string, to: ReadonlyArray<string>, types: Statement extends infer S ? S extends { readonly message: infer M } ? M extends { readonly types: infer T } ? T : never : never : never, at: string, after: ReadonlyArray<string>, more: object = {}): Statement =>
  ({ message: { id, case: 'c1', from, to, types, at, after, ...more } })
const entries: ReadonlyArray<Statement> = [
  sent('e1', 'ann', ['acme', 'cert'], ['RS', 'EP'], '2026-01-05', [], { embargo: { id: 'x', end: '2026-04-05' } }),
  sent('e2', 'cert', ['ann', 'acme'], ['EA'], '2026-01-06', ['e1'], { embargo: { id: 'x' } }),
  sent('e3', 'acme', ['ann', 'cert'], ['ER'], '2026-01-07', ['e1'], { embargo: { id: 'x' } }),
  sent('e4', 'ann', ['acme', 'cert'], ['EP'], '2026-01-08', ['e1', 'e2', 'e3'], { embargo: { id: 'y', end: '2026-05-01' } }),
  sent('e5', 'acme', ['ann', 'cert'], ['EA'], '2026-01-09', ['e3', 'e4'], { embargo: { id: 'y' } }),
  sent('e6', 'cert', ['acme', 'ann'], ['EK'], '2026-01-10', ['e2', 'e5'], { inReplyTo: 'e5' }),
  // Says that it is older than what it has seen: it is drawn after that all the same.
  sent('e7', 'cert', ['ann'], ['GI'], '2026-01-01', ['e6'], { note: 'one thing' }),
  sent('e7', 'cert', ['ann'], ['GI'], '2026-01-01', ['e6'], { note: 'another' }),
  { membership: { id: 'e8', by: 'ann', participant: 'zed', change: 'joins', roles: ['vendor'], at: '2026-01-11', after: ['e4', 'e6'] } },
  sent('e9', 'ann', ['zed'], ['EP'], '2026-01-12', ['e8'], { embargo: { id: 'y', existing: true } }),
  sent('e10', 'zed', ['acme', 'ann', 'cert'], ['EA'], '2026-01-13', ['e9'], { embargo: { id: 'e10.y', answers: 'y' } }),
  { local: { id: 'e11', by: 'acme', event: 'validate', at: '2026-01-14', after: ['e5'] } },
  sent('e12', 'acme', ['ann', 'cert', 'zed'], ['CP'], '2026-01-15', ['e11', 'e5', 'e10']),
  // Neither is drawn.
  { stamp: { id: 's', by: 'ann', entry: 'e1', sequence: 1, at: '2026-01-16' } },
  { correction: { id: 'k', by: 'acme', of: 'e11', change: 'corrects', moment: '2026-01-13', at: '2026-01-16', after: ['e12'] } },
]

const during = ({ from, to }: Pick<Band, 'from' | 'to'>): string => `${from === undefined ? '' : String(from)}-${to === undefined ? '' : String(to)}`
const bandsIn = ({ bands }: Timeline, lane: string): Readonly<Record<string, string>> =>
  Object.fromEntries(rows.flatMap((row) => {
    const found = bands.filter((band) => band.lane === lane && band.row === row)
    return found.length === 0 ? [] : [[row, found.map((band) => `${band.state} ${during(band)}`).join(', ')]]
  }))

describe('the timeline of a case that was worked out by hand', () => {
  const timeline = timelineOf(caseIn(charter, entries))

  it('has the steps, causes first and by their moments, each as it counts', () => {
    const all = ['acme', 'ann', 'cert']
    const others = (id: string): ReadonlyArray<string> => all.filter((one) => one !== id)
    expect(timeline.steps).toEqual([
      { shape: 'arrow', kind: 'normal', moment: '2026-01-05', from: 'ann', to: others('ann'), types: ['RS', 'EP'], label: 'until 2026-04-05' },
      { shape: 'arrow', kind: 'refused', moment: '2026-01-06', from: 'cert', to: ['ann', 'acme'], types: ['EA'] },
      { shape: 'arrow', kind: 'normal', moment: '2026-01-07', from: 'acme', to: others('acme'), types: ['ER'] },
      { shape: 'arrow', kind: 'normal', moment: '2026-01-08', from: 'ann', to: others('ann'), types: ['EP'], label: 'until 2026-05-01' },
      { shape: 'arrow', kind: 'normal', moment: '2026-01-09', from: 'acme', to: others('acme'), types: ['EA'] },
      { shape: 'arrow', kind: 'normal', moment: '2026-01-10', from: 'cert', to: others('cert'), types: ['EK'] },
      { shape: 'arrow', kind: 'void', moment: '2026-01-01', from: 'cert', to: ['ann'], types: ['GI'] },
      { shape: 'membership', kind: 'tentative', moment: '2026-01-11', lane: 'zed', what: 'joins', by: 'ann' },
      { shape: 'arrow', kind: 'tentative', moment: '2026-01-12', from: 'ann', to: ['zed'], types: ['EP'] },
      { shape: 'arrow', kind: 'tentative', moment: '2026-01-13', from: 'zed', to: all, types: ['EA'] },
      { shape: 'mark', kind: 'normal', moment: '2026-01-14', lane: 'acme', what: 'local', label: 'validate' },
      { shape: 'arrow', kind: 'tentative', moment: '2026-01-15', from: 'acme', to: ['ann', 'cert', 'zed'], types: ['CP'] },
    ])
  })

  it('names the case and everybody in it', () => {
    expect(timeline.title).toBe('A crossing')
    expect(timeline.lanes).toEqual([
      { id: 'acme', roles: ['vendor'] }, { id: 'ann', roles: ['finder', 'reporter'] }, { id: 'cert', roles: ['coordinator'] }, { id: 'zed', roles: ['vendor'] },
    ])
    const { title: _title, ...nameless } = charter
    expect(timelineOf(caseIn(nameless, entries)).title).toBe('c1')
  })

  it('says how everybody\'s states change, at which step', () => {
    // e3, which rejected x, comes before e2 in the order of the case, and is drawn after it: x is over once both are drawn.
    const em = 'None -0, Proposed 0-2, None 2-3, Proposed 3-4, Active 4-11, Exited 11-'
    expect(bandsIn(timeline, 'ann')).toEqual({ rm: 'Accepted -', em })
    expect(bandsIn(timeline, 'cert')).toEqual({ rm: 'Start -0, Received 0-', em })
    expect(bandsIn(timeline, 'acme')).toEqual({ rm: 'Start -0, Received 0-10, Valid 10-', em, fix: 'vfd unaware -0, Vfd aware 0-' })
    // zed is there from e8 on: offered y with e9, bound with e10; with e12 it hears of the vulnerability, as everybody does.
    expect(bandsIn(timeline, 'zed')).toEqual({ rm: 'Start 7-11, Received 11-', em: 'None 7-8, Proposed 8-9, Active 9-11, Exited 11-', fix: 'vfd unaware 7-11, Vfd aware 11-' })
    expect(timeline.bands.map((band) => `${band.lane} ${band.row}`).filter((one, index, all) => all.indexOf(one) === index))
      .toEqual(['acme rm', 'acme em', 'acme fix', 'ann rm', 'ann em', 'cert rm', 'cert em', 'zed rm', 'zed em', 'zed fix'])
  })

  it('says when embargoes were proposed and in force, what became public, and what is settled', () => {
    expect(timeline.spans).toEqual([
      { kind: 'proposed', label: 'until 2026-04-05', from: 0, to: 2 },
      { kind: 'proposed', label: 'until 2026-05-01', from: 3, to: 4 },
      { kind: 'force', label: 'until 2026-05-01', from: 4, to: 11 },
    ])
    expect(timeline.facts).toEqual([{ fact: 'P', step: 11 }])
    expect(timeline.settled).toBe(7)
  })

  it('has no more to settle once everybody has answered', () => {
    const answers = [
      sent('f1', 'cert', ['acme', 'ann', 'zed'], ['EK'], '2026-01-16', ['e7', 'e6', 'e12']), sent('f2', 'ann', ['acme', 'cert', 'zed'], ['EK'], '2026-01-17', ['e9', 'f1']),
      sent('f3', 'zed', ['acme', 'ann', 'cert'], ['EK'], '2026-01-18', ['e10', 'f2']), sent('f4', 'acme', ['ann', 'cert', 'zed'], ['EK'], '2026-01-19', ['e12', 'f3']),
    ]
    const later = timelineOf(caseIn(charter, [...entries, ...answers]))
    // The last acknowledgements themselves still lack answers, and change nothing.
    expect(later.steps.slice(0, 12).map(({ kind }) => kind)).toEqual(['normal', 'refused', 'normal', 'normal', 'normal', 'normal', 'void', 'normal', 'normal', 'normal', 'normal', 'normal'])
    expect(later.spans).toEqual(timeline.spans)
  })

  it('says who has left, that an embargo was there before the first step, and what was only observed', () => {
    const inherited: Charter = {
      case: 'c2', protocol: 'adopted@1', decision: 'first', order: 'causal', inherits: { from: ['c1'], embargo: { id: 'x', end: '2026-04-05' }, signed: ['ann', 'bob'] },
      participants: [{ id: 'ann', roles: ['finder'], start: '(A,A,pxa)' }, { id: 'bob', roles: ['vendor'], start: '(S,A,vfdpxa)' }],
    }
    const of = timelineOf(caseIn(inherited, [
      { observation: { id: 'o', event: 'A', at: '2026-01-05', source: 'a list' } },
      { membership: { id: 'm', by: 'ann', participant: 'ann', change: 'leaves', at: '2026-01-06', after: [] } },
      { observation: { id: 'q', event: 'V', about: 'bob', at: '2026-01-07', source: 'a list' } },
    ]))
    expect(of.lanes).toEqual([{ id: 'ann', roles: ['finder'], note: 'has left' }, { id: 'bob', roles: ['vendor'] }])
    expect(of.steps.map((step) => [step.shape, step.moment, 'lane' in step ? step.lane : undefined, 'label' in step ? step.label : undefined, 'by' in step])).toEqual([
      ['mark', '2026-01-05', '', 'A', false], ['membership', '2026-01-06', 'ann', undefined, false], ['mark', '2026-01-07', 'bob', 'V', false],
    ])
    expect(of.spans).toEqual([{ kind: 'force', label: 'until 2026-04-05' }])
    expect(of.facts).toEqual([{ fact: 'A', step: 0 }])
    // Who has left has no state in the case any more.
    expect(bandsIn(of, 'ann')).toEqual({ rm: 'Accepted -1', em: 'Active -1' })
  })

  it('of nothing is empty, with everybody as they start', () => {
    const of = timelineOf(caseIn(charter, []))
    expect(of).toMatchObject({ title: 'A crossing', steps: [], spans: [], facts: [] })
    expect(of.settled).toBeUndefined()
    expect(bandsIn(of, 'acme')).toEqual({ rm: 'Start -', em: 'None -', fix: 'vfd unaware -' })
  })

  it('is drawn', () => {
    const lines = timelineText(timeline).split('\n')
    expect(lines).toHaveLength(13)
    expect(lines[2]).toMatch(/^ 2 {2}2026-01-06 {2}cert -> ann, acme +EA \(refused\)$/)
    expect(lines[8]).toMatch(/^ 8~ 2026-01-11 {2}zed +joins by ann \(tentative\) +zed: RM Start EM None CS vfd unaware$/)
    expect(lines[12]).toMatch(/embargo ends: until 2026-05-01; P public$/)
    expect(unformed(timelineSvg(timeline))).toBeUndefined()
    expect(sequenceDiagram(timeline).split('\n').filter((line) => /^ {4}(rect|end)/.test(line))).toEqual(['    rect rgba(0, 114, 178, 0.12)', '    end'])
  })
})

/** What is not well formed in an SVG, as far as tags, attributes and entities go; `test/timeline.test.ts` reads drawings in full. */
const unformed = (svg: string): string | undefined => {
  const open: string[] = []
  const tokens = /<(\/?)([a-z]+)((?: [\w:-]+="[^"<&]*(?:&(?:amp|lt|gt|quot|#\d+);[^"<&]*)*")*)(\/?)>|([^<>&]|&(?:amp|lt|gt|quot|#\d+);)+/gy
  let end = 0
  for (let found = tokens.exec(svg); found !== null; found = tokens.exec(svg)) {
    end = tokens.lastIndex
    const [all, slash, name = '', , closed] = found
    if (name === '') continue
    if (slash === '/') {
      if (open.pop() !== name) return `closes nothing: ${all}`
    } else if (closed !== '/') open.push(name)
    if (/\b(NaN|undefined|Infinity)\b/.test(all.replace(/aria-label="[^"]*"/, ''))) return `no number: ${all}`
  }
  return end < svg.length ? `no markup: ${svg.slice(end, end + 60)}` : open.length > 0 ? `open: ${open.join()}` : undefined
}

/** What can be drawn: of several entries under one id the first in the order of their canonical JSON; no stamps and corrections. */
const drawable = (of: Case): ReadonlyMap<string, Statement> => {
  const first = new Map<string, Statement>()
  for (const entry of entriesOf(of.ledger)) if (!first.has(idOf(entry))) first.set(idOf(entry), entry)
  return new Map([...first].filter(([, entry]) => !('stamp' in entry) && !('correction' in entry)))
}

const isIn = (steps: number, step: number | undefined): boolean => step === undefined || (Number.isInteger(step) && step >= 0 && step < steps)

describe('the timeline of any case', () => {
  const each = (check: (of: Case, timeline: Timeline, all: { readonly charter: Charter; readonly shuffled: ReadonlyArray<Statement> }) => void, numRuns = 200): void => {
    fc.assert(fc.property(arbitraryCase, ({ charter: of, shuffled }) => {
      const found = caseIn(of, shuffled)
      check(found, timelineOf(found), { charter: of, shuffled })
    }), { numRuns })
  }

  it('shows every entry once, but for stamps and corrections', () => {
    each((of, { steps }) => {
      const shown = drawable(of)
      expect(steps).toHaveLength(shown.size)
      const told = (from: string, to: ReadonlyArray<string>, types: ReadonlyArray<string>, at: string): string => JSON.stringify([from, to, types, at])
      const messages = [...shown.values()].flatMap((entry) => ('message' in entry ? [told(entry.message.from, entry.message.to, entry.message.types, entry.message.at)] : []))
      const arrows = steps.flatMap((step) => (step.shape === 'arrow' ? [told(step.from, step.to, step.types, step.moment)] : []))
      expect(arrows.sort()).toEqual(messages.sort())
    })
  })

  it('calls void, refused and tentative what the case does', () => {
    each((of, { steps, settled }) => {
      const count = (kind: string): number => steps.filter((step) => step.kind === kind).length
      const shown = drawable(of)
      const { voids } = of.ledger.standing
      expect(count('void')).toBe([...voids.keys()].filter((id) => shown.has(id)).length)
      const refusals = ['refused', 'unknown-proposal', 'taken-proposal', 'stale-acceptance', 'not-a-member', 'no-authority', 'own-step']
      expect(count('refused')).toBe(new Set(of.findings.filter(({ kind, entry }) => refusals.includes(kind) && !voids.has(entry) && shown.has(entry)).map(({ entry }) => entry)).size)
      const first = steps.findIndex(({ kind }) => kind === 'tentative')
      expect(settled).toBe(first < 0 ? undefined : first)
      if (of.settled.tentative.length === 0) expect(settled).toBeUndefined()
    })
  })

  it('has bands that do not overlap, without a gap where nobody comes or goes, and end as the case has it', () => {
    each((of, { steps, bands, lanes }) => {
      expect(lanes.map(({ id }) => id)).toEqual(of.participants.map(({ id }) => id))
      for (const band of bands) expect(isIn(steps.length, band.from) && isIn(steps.length, band.to) && (band.from ?? -1) < (band.to ?? steps.length)).toBe(true)
      for (const { id, rm, cs, em, engaged } of of.participants)
        for (const row of rows) {
          const own = bands.filter((band) => band.lane === id && band.row === row)
          own.slice(1).forEach((band, index) => {
            const before = own[index]
            expect(band.from).toBeGreaterThanOrEqual(before?.to ?? Infinity)
            if (band.from === before?.to) expect(band.state).not.toBe(before?.state)
          })
          const last = own.at(-1)
          if (!engaged) expect(last?.to ?? 0).toBeDefined()
          else if (row === 'fix') expect(last?.short).toBe(cs.length > 3 ? cs.slice(0, -3) : undefined)
          else if (row === 'rm') expect([last?.to, last?.state]).toEqual([undefined, rm])
          else if (cs.endsWith('pxa')) expect([last?.to, last?.state]).toEqual([undefined, em])
          if (!engaged) expect(last === undefined || last.to !== undefined).toBe(true)
        }
    })
  })

  it('has spans and facts within its steps, and the embargo of the case at its end', () => {
    each((of, { steps, spans, facts }) => {
      spans.forEach((span, index) => {
        expect(isIn(steps.length, span.from) && isIn(steps.length, span.to) && (span.from ?? -1) < (span.to ?? steps.length)).toBe(true)
        if (index > 0) expect(span.from).toBeGreaterThanOrEqual(spans[index - 1]?.to ?? Infinity)
      })
      const open = spans.filter(({ to }) => to === undefined).map(({ kind }) => kind)
      expect(open).toEqual(of.state.em === 'Active' || of.state.em === 'Revise' ? ['force'] : of.state.em === 'Proposed' ? ['proposed'] : [])
      for (const { step } of facts) expect(isIn(steps.length, step)).toBe(true)
      // Of an id with two contents one is drawn, whichever; a fact that only the other tells of is not there.
      const ids = entriesOf(of.ledger).map(idOf)
      const observed = (times: (count: number) => boolean): ReadonlyArray<string> =>
        entriesOf(of.ledger).flatMap((entry) => ('observation' in entry && times(ids.filter((id) => id === idOf(entry)).length) ? [entry.observation.event] : []))
      const drawn = facts.map(({ fact }) => fact)
      const perhaps = observed((count) => count > 1)
      expect(drawn).toEqual((['P', 'X', 'A'] as const).filter((fact) => of.state.facts[fact] !== undefined || observed((count) => count === 1).includes(fact) || (perhaps.includes(fact) && drawn.includes(fact))))
    })
  })

  it('is the same whatever the order in which entries came, and can be drawn', () => {
    each((_, timeline, { charter: of, shuffled }) => {
      expect(timelineOf(caseIn(of, [...shuffled].reverse()))).toEqual(timeline)
      expect(unformed(timelineSvg(timeline))).toBeUndefined()
      expect(timelineText(timeline).split('\n').filter((line) => /^ *\d+[ ~]/.test(line))).toHaveLength(timeline.steps.length)
      const mermaid = sequenceDiagram(timeline).split('\n')
      expect(mermaid.filter((line) => line.startsWith('    rect'))).toHaveLength(mermaid.filter((line) => line === '    end').length)
    }, 100)
  })

  it('draws no entry before what it refers to', () => {
    // Moments tell entries apart here: every one has its own, and many lie before those of their causes.
    fc.assert(fc.property(arbitraryCase, fc.infiniteStream(fc.nat(1_000_000)), ({ charter: of, entries: all }, times) => {
      const moments = new Map<string, string>()
      const dated = [...new Map(all.map((entry) => [idOf(entry), entry])).values()].map((entry) => {
        const at = new Date(Date.UTC(2026, 0, 1) + Number(times.next().value) * 60_000 + moments.size).toISOString()
        moments.set(at, idOf(entry))
        return JSON.parse(JSON.stringify(entry, (name, value: unknown) => (name === 'at' ? at : value))) as Statement
      })
      const found = caseIn(of, dated)
      const place = new Map(timelineOf(found).steps.map((step, index) => [moments.get(step.moment) ?? '', index]))
      const circular = new Set([...found.ledger.standing.voids].filter(([, kind]) => kind === 'circular').map(([id]) => id))
      for (const entry of dated) {
        const own = place.get(idOf(entry))
        if (own === undefined || circular.has(idOf(entry))) continue
        const content = 'message' in entry ? entry.message : 'local' in entry ? entry.local : 'membership' in entry ? entry.membership : undefined
        for (const cited of content?.after ?? []) expect(place.get(cited) ?? -1).toBeLessThan(own)
      }
    }), { numRuns: 100 })
  })
})
