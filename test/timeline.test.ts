/**
 * The drawings of a timeline: whether they are well formed whatever strangers wrote, whether everything is there and
 * stands where it belongs, and whether it can be read.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { palettes } from '../src/diagram/palette.js'
import { sequenceDiagram, timelineText } from '../src/diagram/sequence.js'
import { timelineSvg } from '../src/diagram/svg.js'
import { bandsOf, type Band, rows, type Step, type StepKind, summary, type Timeline } from '../src/diagram/timeline.js'
import { cells, cut, visible, whenOf, widthOf } from '../src/diagram/writing.js'

interface Node {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Array<Node | string>
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }
const allowed = (point: number): boolean =>
  point === 9 || point === 10 || point === 13 || (point >= 0x20 && point <= 0xd7ff) || (point >= 0xe000 && point <= 0xfffd) || point >= 0x10000

/** Reads what of XML 1.0 the drawings use, and complains of everything else: a small parser, as strict as the standard. */
const parsed = (text: string): Node => {
  for (const character of text) if (!allowed(character.codePointAt(0) ?? 0)) throw new Error(`no character of XML: ${String(character.codePointAt(0))}`)
  const plain = (raw: string): string => {
    if (/[<>]|]]>/.test(raw)) throw new Error(`markup in text: ${raw}`)
    return raw.replace(/&(?:#(\d+)|(\w+));|&/g, (found, digits: string | undefined, name: string | undefined) => {
      const meant = digits === undefined ? named[name ?? ''] : String.fromCodePoint(Number(digits))
      if (meant === undefined) throw new Error(`no entity: ${found}`)
      return meant
    })
  }
  const root: Node = { name: '', attributes: {}, children: [] }
  const open = [root]
  const top = (): Node => open.at(-1) ?? root
  const tag = /<(\/?)([a-zA-Z][\w-]*)((?: [a-zA-Z][\w:-]*="[^"<]*")*)(\/?)>/y
  for (let at = 0; at < text.length;) {
    const next = text.indexOf('<', at)
    const end = next < 0 ? text.length : next
    if (end > at) top().children.push(plain(text.slice(at, end)))
    at = end
    if (at === text.length) break
    tag.lastIndex = at
    const found = tag.exec(text)
    if (found === null) throw new Error(`no tag: ${text.slice(at, at + 80)}`)
    const [all, slash, name = '', raw = '', closed] = found
    at += all.length
    if (slash === '/') {
      if (open.pop()?.name !== name || raw !== '' || open.length === 0) throw new Error(`closes nothing: ${all}`)
      continue
    }
    const pairs = [...raw.matchAll(/ ([\w:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, plain(value)] as const)
    if (new Set(pairs.map(([key]) => key)).size !== pairs.length) throw new Error(`twice: ${all}`)
    const node: Node = { name, attributes: Object.fromEntries(pairs), children: [] }
    top().children.push(node)
    if (closed !== '/') open.push(node)
  }
  const [svg] = root.children
  if (open.length !== 1 || root.children.length !== 1 || typeof svg !== 'object') throw new Error('not one element')
  return svg
}

const nodes = (node: Node): ReadonlyArray<Node> => [node, ...node.children.flatMap((child) => (typeof child === 'string' ? [] : nodes(child)))]
const textOf = (node: Node): string => node.children.map((child) => (typeof child === 'string' ? child : '')).join('')
const textsIn = (node: Node): ReadonlyArray<string> => nodes(node).filter(({ name }) => name === 'text').map(textOf)
const has = (node: Node, ...classes: ReadonlyArray<string>): boolean => classes.every((one) => (node.attributes['class'] ?? '').split(' ').includes(`mpcvd-${one}`))
const inStep = (svg: Node, index: number): Node => {
  const found = nodes(svg).find((node) => node.name === 'g' && node.children.some((child) => typeof child === 'object' && child.name === 'title' && textOf(child).startsWith(`${index + 1}. `)))
  if (found === undefined) throw new Error(`step ${index} is not drawn`)
  return found
}

const arrow = (from: string, to: ReadonlyArray<string>, types: ReadonlyArray<string>, moment = '2026-01-05', kind: StepKind = 'normal'): Step => ({ shape: 'arrow', kind, moment, from, to, types })

const example: Timeline = {
  title: 'VU#123456: an example',
  lanes: [{ id: 'Finder', roles: ['finder', 'reporter'] }, { id: 'CERT', roles: ['coordinator'], note: 'owner' }, { id: 'Acme', roles: ['vendor'] }],
  steps: [
    arrow('Finder', ['CERT'], ['RS', 'EP'], '2026-01-05T09:00:00Z'),
    arrow('CERT', ['Finder', 'Acme'], ['EA'], '2026-01-05T10:30:00Z'),
    { shape: 'membership', kind: 'normal', moment: '2026-01-06', lane: 'Acme', what: 'joins', by: 'CERT' },
    { shape: 'mark', kind: 'normal', moment: '2026-01-07', lane: 'Acme', what: 'local', label: 'validate' },
    { shape: 'mark', kind: 'normal', moment: '2026-01-08/2026-01-09', lane: 'CERT', what: 'observation', label: 'attacks seen' },
    arrow('Acme', ['CERT', 'Finder'], ['CP'], '2026-01-10', 'refused'),
    arrow('Acme', ['CERT', 'Finder'], ['ER'], '2026-01-11', 'void'),
    arrow('CERT', ['Finder', 'Acme'], ['ET', 'CP'], '2026-01-12', 'tentative'),
  ],
  bands: [
    ...bandsOf('Finder', 'rm', Array<string>(9).fill('Accepted')),
    ...bandsOf('CERT', 'rm', ['Start', ...Array<string>(8).fill('Received')]),
    ...bandsOf('CERT', 'em', ['None', 'Proposed', ...Array<string>(6).fill('Active'), 'Exited']),
    ...bandsOf('Acme', 'fix', [undefined, undefined, undefined, 'vfd', ...Array<string>(4).fill('Vfd'), 'VFd']),
  ],
  spans: [{ kind: 'proposed', from: 0, to: 1, label: 'until 2026-04-05' }, { kind: 'force', from: 1, to: 7, label: 'until 2026-04-05' }],
  facts: [{ fact: 'A', step: 4 }, { fact: 'P', step: 7 }],
  settled: 7,
}

const empty: Timeline = { title: '', lanes: [], steps: [], bands: [], spans: [], facts: [] }

const hostileIds = [
  'end', 'END', 'a;b\nc', '"quoted" \'id\'', '#35; #quot;', '<script>alert(1)</script>', '&amp;]]>', '<![CDATA[', 'wrap: x', 'x'.repeat(5000), '\u202eevil\u0000\u001b[31m',
  '\ud800 lone \udfff', '漢字の会社です', '%%{init}%% $$x^2$$', 'p1->>p2: hi', 'style:#f;', '{ } [ ] ( ) @ `tick` \\n <br/>', 'مرحبا', '👩‍👩‍👧‍👦 family', '', ' ', '\ufffe\uffff\u0085', '__proto__', 'constructor', '--></style>',
]

const hostile = (ids: ReadonlyArray<string>): Timeline => ({
  title: ids.join(' '),
  lanes: ids.map((id) => ({ id, roles: [id], note: id })),
  steps: ids.flatMap((id, index): ReadonlyArray<Step> => [
    { ...arrow(id, [ids[(index + 1) % ids.length] ?? '', 'not there'], ['RS', id], id, (['normal', 'refused', 'void', 'tentative'] as const)[index % 4]), label: id },
    { shape: 'mark', kind: 'normal', moment: id, lane: id, what: 'observation', label: id },
    { shape: 'membership', kind: 'void', moment: id, lane: id, what: 'excluded', by: id, label: id },
    arrow('nobody', [id], [id]),
  ]),
  bands: ids.map((id) => ({ lane: id, row: 'em', from: 1, state: id, short: id, tone: 'high' })),
  spans: ids.map((id, index) => ({ kind: index % 2 === 0 ? 'force' : 'proposed', from: index, to: index + 3, label: id })),
  facts: [{ fact: 'X' }, { fact: 'P', step: 2 }, { fact: 'A', step: 2 }],
  settled: 3,
})

const junk = fc.oneof(fc.constantFrom(...hostileIds.map((id) => id.slice(0, 40))), fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 12 }))
const position = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: -2, max: 14 }) }, { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, 0.5, 1e300, -0, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER) })
const kind = fc.constantFrom<StepKind>('normal', 'refused', 'void', 'tentative')
const timelines: fc.Arbitrary<Timeline> = fc.array(junk, { maxLength: 5 }).chain((ids) => {
  const who = fc.oneof(junk, ...(ids.length > 0 ? [fc.constantFrom(...ids)] : []))
  const moment = fc.oneof(junk, fc.constantFrom('2026-01-05', '2026-01-05T10:00:00.123+02:00', '2026-01-05/2026-01-06', '2026-01-05T10:00:00Z/2026-01-05T11:00:00Z'))
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ shape: fc.constant('arrow' as const), kind, moment, from: who, to: fc.array(who, { maxLength: 4 }), types: fc.array(fc.oneof(fc.constantFrom('RS', 'EP', 'CV'), junk), { maxLength: 5 }) }),
    fc.record({ shape: fc.constant('mark' as const), kind, moment, lane: who, what: fc.constantFrom('local' as const, 'observation' as const), label: junk }),
    fc.record({ shape: fc.constant('membership' as const), kind, moment, lane: who, what: fc.constantFrom('joins' as const, 'leaves' as const, 'excluded' as const, 'roles' as const, 'withdraws' as const) }),
  )
  return fc.record({
    title: junk, lanes: fc.constant(ids.map((id) => ({ id, roles: [id] }))), steps: fc.array(step, { maxLength: 12 }),
    bands: fc.array(fc.record({ lane: who, row: fc.constantFrom(...rows), from: position, to: position, state: junk, short: junk, tone: fc.constantFrom<Band['tone']>('none', 'high', 'over') }), { maxLength: 6 }),
    spans: fc.array(fc.record({ kind: fc.constantFrom('proposed' as const, 'force' as const), from: position, to: position, label: junk }), { maxLength: 4 }),
    facts: fc.array(fc.record({ fact: fc.constantFrom('P' as const, 'X' as const, 'A' as const), step: position }), { maxLength: 4 }),
    settled: position,
  })
})

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen)
  return value
}

const misshapen = (svg: Node): ReadonlyArray<string> =>
  nodes(svg).flatMap(({ name, attributes }) => Object.entries(attributes)
    .filter(([key, value]) => (/^([xyr]|[cr]?[xy]|width|height)$/.test(key) && !/^-?\d+(\.\d)?$/.test(value)) || (/^(width|height|r)$/.test(key) && Number(value) < 0) || (/^(d|viewBox|transform)$/.test(key) && /NaN|Infinity|undefined|e/.test(value.replace(/translate|rotate/g, ''))))
    .map(([key, value]) => `${name} ${key}=${value}`))

describe('the SVG of a timeline', () => {
  const svg = parsed(timelineSvg(example))

  it('names itself and says to who does not see it what it shows', () => {
    expect(svg.attributes).toMatchObject({ xmlns: 'http://www.w3.org/2000/svg', role: 'img', 'aria-label': `${example.title}. ${summary(example)}` })
    const [title, desc] = svg.children.filter((child) => typeof child === 'object')
    expect([title?.name, desc?.name].join()).toBe('title,desc')
    expect(summary(example)).toBe(
      '3 participants, 8 steps, 2026-01-05 to 2026-01-12. Embargo proposed from step 1 to step 2 (until 2026-04-05). Embargo in force from step 2 to step 8 (until 2026-04-05). ' +
      'Attacks known from step 5 on. Public from step 8 on. Settled up to step 7.')
  })

  it('shows every lane, step, moment, state, embargo and fact as text', () => {
    const texts = textsIn(svg)
    for (const { id, roles } of example.lanes) expect(texts).toEqual(expect.arrayContaining([id, roles.join(', ')]))
    for (const { state, short } of example.bands) expect(texts.some((text) => text === state || text === short), state).toBe(true)
    for (const text of ['owner', 'RS EP', 'EA', 'joins', 'validate', 'attacks', 'CP', 'ER', 'ET CP', '2026-01-05', '09:00', '10:30', 'to 01-09', 'Embargo until 2026-04-05', 'Proposed', 'P', 'public', 'not settled'])
      expect(texts).toContain(text)
    for (const text of ['1', '8']) expect(texts).toContain(text)
    for (let index = 0; index < example.steps.length; index++) expect(inStep(svg, index).children.length).toBeGreaterThan(2)
    expect(texts).toContain('Embargo Termination')
  })

  it('ends an arrow at every recipient, with a head that says what became of it', () => {
    const ends = (index: number, ...classes: ReadonlyArray<string>): number => nodes(inStep(svg, index)).filter((node) => node.name === 'path' && has(node, ...classes)).length
    expect(ends(0, 'solid')).toBe(1)
    expect(ends(1, 'solid')).toBe(2)
    expect(ends(5, 'stroke', 'bad')).toBe(2)
    expect(ends(6, 'hollow', 'faded')).toBe(2)
    expect(ends(7, 'hollow')).toBe(2)
    expect(nodes(inStep(svg, 6)).some((node) => has(node, 'struck'))).toBe(true)
  })

  it('begins a state where the arrow stands that brought it about', () => {
    const bar = nodes(svg).find((node) => has(node, 'bar', 'em', 'waiting'))
    const dot = nodes(inStep(svg, 0)).find(({ name }) => name === 'circle')
    expect(bar?.attributes['x']).toBe(dot?.attributes['cx'])
    const shade = nodes(svg).find((node) => has(node, 'shade'))
    expect(shade?.attributes['x']).toBe(nodes(inStep(svg, 1)).find(({ name }) => name === 'circle')?.attributes['cx'])
  })

  it('carries light and dark, or the one that is wanted, and nothing from elsewhere', () => {
    const drawn = timelineSvg(example)
    expect(drawn).toMatch(/\.mpcvd-timeline\{--paper:#ffffff/)
    expect(drawn).toMatch(/@media \(prefers-color-scheme:dark\)\{\.mpcvd-timeline\{--paper:#12161c/)
    expect(timelineSvg(example, { theme: 'light' })).not.toMatch(/@media|#12161c/)
    expect(timelineSvg(example, { theme: 'dark' })).toMatch(/^\.mpcvd-timeline\{--paper:#12161c|\n<style>\.mpcvd-timeline\{--paper:#12161c/)
    expect(drawn).toContain('system-ui,sans-serif')
    expect(drawn).not.toMatch(/<script|@import|@font-face|<image|href=|url\((?!#)/)
    expect([...drawn.matchAll(/class="([^"]*)"/g)].flatMap(([, all = '']) => all.split(' ')).filter((one) => !one.startsWith('mpcvd-'))).toEqual([])
    expect([...drawn.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)).toEqual(['mpcvd-hatch'])
  })

  it('can be read: every text colour against everything that it stands on', () => {
    const luminance = (colour: string): number =>
      [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, index) => sum + part * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0)
    const contrast = (one: string, other: string): number => {
      const [dim = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
      return (bright + 0.05) / (dim + 0.05)
    }
    for (const [theme, palette] of Object.entries(palettes)) {
      for (const [name, colour] of Object.entries(palette))
        if (!['ink', 'soft', 'hair', 'alarm'].includes(name)) expect(contrast(palette.ink, colour), `${theme} ${name}`).toBeGreaterThanOrEqual(4.5)
      for (const [text, ground] of [['soft', 'paper'], ['soft', 'shade'], ['soft', 'none'], ['alarm', 'paper'], ['alarm', 'shade'], ['paper', 'alarm']] as const)
        expect(contrast(palette[text], palette[ground]), `${theme} ${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('is the same every time, and changes nothing', () => {
    const ice = frozen(structuredClone(example))
    expect(timelineSvg(ice)).toBe(timelineSvg(example))
    expect(sequenceDiagram(ice)).toBe(sequenceDiagram(example))
    expect(timelineText(ice)).toBe(timelineText(example))
  })

  it('is well formed whatever ids, moments and labels say', () => {
    for (const one of [hostile(hostileIds), ...hostileIds.map((id) => hostile([id]))]) {
      const drawn = parsed(timelineSvg(one))
      expect(misshapen(drawn)).toEqual([])
      for (const { name } of nodes(drawn)) expect(['svg', 'title', 'desc', 'style', 'defs', 'pattern', 'path', 'rect', 'circle', 'text', 'g']).toContain(name)
    }
    const texts = textsIn(parsed(timelineSvg(hostile(hostileIds))))
    for (const text of ['a;b\\u000ac', '"quoted" \'id\'', '&amp;]]>', '\ufffd lone \ufffd', '__proto__']) expect(texts).toContain(text)
  })

  it('is well formed for any timeline, however it is broken into staves', () => {
    fc.assert(fc.property(timelines, fc.constantFrom(undefined, 1, 2, 5, Infinity, NaN, 0, -3, 1.5), (one, columns) => {
      expect(misshapen(parsed(timelineSvg(one, columns === undefined ? {} : { columns })))).toEqual([])
    }), { numRuns: 300 })
  })

  it('cuts a long id, and says the whole of it where one points at it', () => {
    const id = 'Acme Corporation Product Security Incident Response Team, Europe'
    const drawn = parsed(timelineSvg({ ...empty, lanes: [{ id, roles: [] }] }))
    const name = nodes(drawn).find((node) => has(node, 'name'))
    expect(name === undefined ? '' : textOf(name)).toMatch(/^Acme Corp.*…$/)
    expect(name?.children.some((child) => typeof child === 'object' && child.name === 'title' && textOf(child) === id)).toBe(true)
  })

  it('draws nothing at all, and one lane without steps', () => {
    expect(misshapen(parsed(timelineSvg(empty)))).toEqual([])
    const one = parsed(timelineSvg({ ...empty, lanes: [{ id: 'Alice', roles: ['finder'] }], bands: bandsOf('Alice', 'rm', ['Accepted']), spans: [{ kind: 'force', label: 'x' }], facts: [{ fact: 'P' }] }))
    expect(textsIn(one)).toEqual(expect.arrayContaining(['Alice', 'finder', 'Accepted', 'public', 'Embargo x']))
  })

  it('draws 20 lanes and 500 steps, in staves of equal length, each with all the names', () => {
    const lanes = Array.from({ length: 20 }, (_, index) => ({ id: `Vendor ${index}`, roles: ['vendor'] }))
    const steps = Array.from({ length: 500 }, (_, index) => arrow(`Vendor ${index % 20}`, [`Vendor ${(index + 7) % 20}`], ['RA']))
    const bands = lanes.flatMap(({ id }) => bandsOf(id, 'rm', Array.from({ length: 501 }, (_, index) => (index % 9 < 4 ? 'Valid' : 'Accepted'))))
    const count = (columns?: number): number => textsIn(parsed(timelineSvg({ ...empty, lanes, steps, bands }, columns === undefined ? {} : { columns }))).filter((text) => text === 'Vendor 3').length
    expect(count()).toBe(21)
    expect(count(100)).toBe(5)
    expect(count(Infinity)).toBe(1)
    expect(textsIn(parsed(timelineSvg({ ...empty, lanes, steps, bands }, { legend: false })))).not.toContain('Report Accepted')
  })

  it('carries bands, embargoes and facts over from one stave to the next', () => {
    const texts = textsIn(parsed(timelineSvg(example, { columns: 3 })))
    expect(texts.filter((text) => text === 'Accepted').length).toBe(3)
    expect(texts.filter((text) => text === 'Embargo until 2026-04-05' || text === 'Embargo').length).toBe(3)
    expect(texts.filter((text) => text === 'A').length).toBe(3)
    // Steps 1–3, 4–6, 7–8: of CERT's embargo, None, Proposed and Active; Active; Active and Exited.
    expect(nodes(parsed(timelineSvg(example, { columns: 3 }))).filter((node) => has(node, 'bar', 'em')).length).toBe(6)
    // A state that ends with a stave's first step is in that stave too, up to there; one that ended before is not.
    const two = { ...empty, lanes: [{ id: 'a', roles: [] }], steps: Array.from({ length: 4 }, () => arrow('a', ['b'], [])) }
    const bars = (to: number): number => nodes(parsed(timelineSvg({ ...two, bands: [{ lane: 'a', row: 'rm', to, state: '', short: '', tone: 'high' }] }, { columns: 2 }))).filter((node) => has(node, 'bar')).length
    expect([bars(0), bars(1), bars(2), bars(3)]).toEqual([1, 1, 2, 2])
  })

  it('hatches what is not settled, from between the steps or from the edge of a stave', () => {
    const hatched = (settled: number, columns: number): ReadonlyArray<number> =>
      nodes(parsed(timelineSvg({ ...example, settled }, { columns, legend: false }))).filter(({ attributes }) => attributes['fill'] === 'url(#mpcvd-hatch)').map(({ attributes }) => Number(attributes['x']))
    const all = parsed(timelineSvg(example))
    const left = Math.min(...nodes(all).filter((node) => has(node, 'bar')).map(({ attributes }) => Number(attributes['x'])))
    const at = (index: number): number => Number(nodes(inStep(all, index)).find(({ name }) => name === 'circle')?.attributes['cx'])
    expect(hatched(7, 24)).toEqual([at(7) - (at(7) - at(6)) / 2])
    expect(hatched(4, 4)).toEqual([left])
    expect(hatched(2, 4)).toEqual([at(1) + (at(1) - at(0)) / 2, left])
    expect(hatched(0, 24)).toEqual([left])
    expect(hatched(8, 24)).toEqual([])
  })
})

describe('the bands of a row', () => {
  it('are runs of equal states, open where they begin before the first step or last', () => {
    expect(bandsOf('a', 'em', ['None', 'None', 'Proposed', 'Active', 'Active'])).toEqual([
      { lane: 'a', row: 'em', to: 1, state: 'None', short: 'N', tone: 'none' },
      { lane: 'a', row: 'em', from: 1, to: 2, state: 'Proposed', short: 'P', tone: 'waiting' },
      { lane: 'a', row: 'em', from: 2, state: 'Active', short: 'A', tone: 'high' },
    ])
    expect(bandsOf('a', 'fix', [undefined, 'Vfd', undefined, 'D'])).toEqual([
      { lane: 'a', row: 'fix', from: 0, to: 1, state: 'Vfd aware', short: 'Vfd', tone: 'low' },
      { lane: 'a', row: 'fix', from: 2, state: 'D deployed', short: 'D', tone: 'high' },
    ])
    expect(bandsOf('a', 'rm', ['constructor'])).toEqual([{ lane: 'a', row: 'rm', state: 'constructor', short: 'constructor', tone: 'none' }])
    expect(bandsOf('a', 'rm', [])).toEqual([])
  })
})

describe('the sequence diagram of a timeline', () => {
  const lines = (one: Timeline): ReadonlyArray<string> => sequenceDiagram(one).split('\n').slice(1)
  // What a text may hold: nothing that ends a statement, begins a comment or directive, or closes a block.
  const text = String.raw`(?:[\p{L}\p{N}\p{M} .,()/_-]|(?<=\d):(?=\d)|#\d+;)+`
  const statement = new RegExp(String.raw`^    (?:title ${text}|participant p\d+ as ${text}|p\d+(?:->>|-->>|-x|--x)p\d+: ${text}|Note over p\d+(?:,p\d+)?: ${text}|rect rgba\(0, 114, 178, 0\.12\)|end)$`, 'u')

  it('has participants, arrows, notes and a shaded embargo', () => {
    expect(sequenceDiagram(example)).toBe([
      'sequenceDiagram',
      '    title VU#35;123456#58; an example',
      '    participant p1 as Finder (finder, reporter)',
      '    participant p2 as CERT (coordinator)',
      '    participant p3 as Acme (vendor)',
      '    p1->>p2: 1. RS EP, 2026-01-05T09:00:00Z',
      '    Note over p1,p3: embargo proposed#58; until 2026-04-05',
      '    p2->>p1: 2. EA, 2026-01-05T10:30:00Z',
      '    p2->>p3: 2. EA, 2026-01-05T10:30:00Z',
      '    Note over p1,p3: embargo in force#58; until 2026-04-05',
      '    rect rgba(0, 114, 178, 0.12)',
      '    Note over p3: 3. joins by CERT, 2026-01-06',
      '    Note over p3: 4. validate, 2026-01-07',
      '    Note over p2: 5. observed#58; attacks seen, 2026-01-08/2026-01-09',
      '    Note over p1,p3: attacks known',
      '    p3-xp2: 6. CP (refused), 2026-01-10',
      '    p3-xp1: 6. CP (refused), 2026-01-10',
      '    p3--xp2: 7. ER (void), 2026-01-11',
      '    p3--xp1: 7. ER (void), 2026-01-11',
      '    Note over p1,p3: not settled from here on',
      '    p2-->>p1: 8. ET CP (tentative), 2026-01-12',
      '    p2-->>p3: 8. ET CP (tentative), 2026-01-12',
      '    Note over p1,p3: public',
      '    end',
      '    Note over p1,p3: embargo ends#58; until 2026-04-05',
    ].join('\n'))
  })

  it('holds nothing but statements of known form, and closes what it opens', () => {
    const check = (one: Timeline): void => {
      let depth = 0
      for (const line of lines(one)) {
        expect(line).toMatch(statement)
        expect(line.replace(/^ {4}end$/, '')).not.toMatch(/\bend\b/i)
        depth += line.startsWith('    rect') ? 1 : line === '    end' ? -1 : 0
        expect(depth === 0 || depth === 1).toBe(true)
      }
      expect(depth).toBe(0)
    }
    for (const one of [empty, example, hostile(hostileIds), ...hostileIds.map((id) => hostile([id]))]) check(one)
    fc.assert(fc.property(timelines, check), { numRuns: 300 })
  })

  it('says, once decoded, what was written', () => {
    const decoded = lines(hostile(hostileIds)).filter((line) => line.startsWith('    participant')).map((line) =>
      line.replace(/^ +participant p\d+ as /, '').replace(/#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits))))
    expect(decoded).toEqual(hostileIds.map((id) => visible(`${id} (${id})`)))
  })
})

describe('the lines of a timeline', () => {
  it('are a line a step, in columns', () => {
    expect(timelineText(example)).toBe([
      'VU#123456: an example',
      '1  2026-01-05T09:00:00Z   Finder -> CERT        RS EP                   CERT: RM Received EM Proposed; embargo proposed: until 2026-04-05',
      '2  2026-01-05T10:30:00Z   CERT -> Finder, Acme  EA                      CERT: EM Active; embargo in force: until 2026-04-05',
      '3  2026-01-06             Acme                  joins by CERT           Acme: CS vfd unaware',
      '4  2026-01-07             Acme                  validate                Acme: CS Vfd aware',
      '5  2026-01-08/2026-01-09  CERT                  observed: attacks seen  A attacks',
      '6  2026-01-10             Acme -> CERT, Finder  CP (refused)',
      '7  2026-01-11             Acme -> CERT, Finder  ER (void)',
      '8~ 2026-01-12             CERT -> Finder, Acme  ET CP (tentative)       CERT: EM Exited; Acme: CS VFd ready; embargo ends: until 2026-04-05; P public',
    ].join('\n'))
  })

  it('stay one line a step whatever an id says, with one more for what was known before', () => {
    expect(timelineText(empty)).toBe('')
    fc.assert(fc.property(timelines, (one) => {
      const text = timelineText(one)
      const before = text.split('\n')[1]?.startsWith('before: ') === true ? 1 : 0
      expect(text.split('\n').length).toBe(one.steps.length + 1 + before)
      expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/)
      expect(text.isWellFormed()).toBe(true)
    }), { numRuns: 300 })
    expect(timelineText({ ...example, facts: [{ fact: 'X' }], spans: [{ kind: 'force', label: '' }] }).split('\n')[1]).toBe('before: embargo in force; X exploit')
  })

  it('put together who changes alike', () => {
    const bands = ['a', 'b'].flatMap((id) => bandsOf(id, 'em', ['Active', 'Exited']))
    expect(timelineText({ ...empty, lanes: [{ id: 'a', roles: [] }, { id: 'b', roles: [] }], steps: [arrow('a', ['b'], ['ET'])], bands }).split('\n')[1]).toBe('1  2026-01-05  a -> b  ET  a, b: EM Exited')
  })
})

describe('writing', () => {
  it('makes visible what would not be seen', () => {
    expect(visible('a\u0000\n\u202e\ud800\ufffe b')).toBe('a\\u0000\\u000a\\u202e\ufffd\\ufffe b')
    expect(visible('漢字 👩‍👩‍👧 é')).toBe('漢字 👩‍👩‍👧 é')
  })
  it('cuts between characters, within the room', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 10, max: 200 }), (text, room) => {
      const short = cut(text, 10, room)
      expect(short.isWellFormed()).toBe(true)
      if (short !== text) expect(widthOf(short.slice(0, -1), 10)).toBeLessThanOrEqual(room)
    }))
    expect(cut('x'.repeat(1_000_000), 10, 100).length).toBeLessThan(40)
  })
  it('counts the cells of a terminal', () => {
    expect([cells('abc'), cells('漢字'), cells('e\u0301'), cells('👩')]).toEqual([3, 4, 1, 2])
  })
  it('splits a moment into day and time, and says a zone that is not UTC', () => {
    expect(['2026-01-05', '2026-01-05T10:00:30Z', '2026-01-05T10:00:00.5+02:00', '2026-01-05/2026-01-09', '2026-12-31/2027-01-02', '2026-01-05T10:00:00Z/2026-01-05T11:00:00Z', 'soon', ''].map(whenOf)).toEqual([
      { day: '2026-01-05', time: '' }, { day: '2026-01-05', time: '10:00' }, { day: '2026-01-05', time: '10:00 +02:00' }, { day: '2026-01-05', time: 'to 01-09' },
      { day: '2026-12-31', time: 'to 2027-01-02' }, { day: '2026-01-05', time: '10:00–11:00' }, { day: 'soon', time: '' }, { day: '', time: '' },
    ])
  })
})
