/**
 * The vectors: the files are what the generator makes of the transcription, byte by byte; they are what the manifest and
 * the schema say; and this library gives the right answer to every question in them. Nothing in them can change unnoticed.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Ajv2020 from 'ajv/dist/2020.js'
import { type Either, isLeft, isRight } from 'fp-ts/Either'
import { adopted, cs, em, type LocalEvent, localEvents, type Message, type Participant, published, rm, type Statement } from 'mpcvd'
import { caseOf, type Charter, ingest, openLedger } from 'mpcvd/case'
import { decodeEntry, decodeHeader, decodeMessage, decodeParticipant, type Decoding } from 'mpcvd/codec'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { forwards } from '../src/case/tree.js'
import { stepLine } from '../src/cli/step.js'
import { copyVectors, shippedVectors } from '../src/cli/vectors.js'
import { agrees, type Expected, type Question, questionKinds, questionsOf, vectorFile, type VectorFile } from '../src/conformance/vectors.js'
import { complaints, randomFrom } from './cells.js'
import { type Made, vectorFiles } from './vectors/generate.js'

const folder = fileURLToPath(new URL('../docs/vectors', import.meta.url))
const schemaPath = new URL('../docs/schema/vectors.schema.json', import.meta.url)
const bytesOf = (name: string): Buffer => readFileSync(join(folder, name))

interface Manifest {
  readonly version: string
  readonly files: readonly { readonly file: string; readonly kind: string; readonly level: string; readonly protocol?: string; readonly count: number; readonly bytes: number; readonly sha256: string }[]
}
const manifest = JSON.parse(bytesOf('manifest.json').toString('utf8')) as Manifest
const parsed = (name: string): unknown => JSON.parse(bytesOf(name).toString('utf8'))
const fileNamed = (name: string): VectorFile => vectorFile(parsed(name)) ?? expect.fail(`${name} is no vector file`)
const questions = (name: string, sample?: number): Question[] => [...questionsOf(fileNamed(name), sample)]
/** How many questions a file asks, and how many of these expect a step and a refusal; unpacked once for all that count. */
const counted = new Map<string, { readonly asked: number; readonly steps: number; readonly refused: number }>()
const countsOf = (name: string): { readonly asked: number; readonly steps: number; readonly refused: number } => {
  const known = counted.get(name)
  if (known !== undefined) return known
  let [asked, steps, refused] = [0, 0, 0]
  for (const { expected } of questionsOf(fileNamed(name))) {
    asked++
    if (expected.answer === 'step') steps++
    if (expected.answer === 'left') refused++
  }
  const counts = { asked, steps, refused }
  counted.set(name, counts)
  return counts
}
/** The questions about one type or event only. */
const questionsAbout = (name: string, about: string): Question[] => {
  const file = fileNamed(name)
  return file.kind === 'cells' ? [...questionsOf({ ...file, groups: file.groups.filter(({ type }) => type === about) })]
    : file.kind === 'locals' ? [...questionsOf({ ...file, groups: file.groups.filter(({ event }) => event === about) })]
    : expect.fail(name)
}

let made: readonly Made[] = []
beforeAll(() => {
  made = vectorFiles()
}, 120_000)

describe('the files', () => {
  test('are what the generator makes, byte by byte, and there are no others', () => {
    for (const { file, text } of made)
      if (!existsSync(join(folder, file)) || !bytesOf(file).equals(Buffer.from(text)))
        expect.fail(`docs/vectors/${file} is not what test/vectors makes; npx tsx --tsconfig test/tsconfig.json test/vectors/generate.ts writes it, and the difference is to be read`)
    expect(readdirSync(folder).sort()).toEqual(made.map(({ file }) => file).sort())
  })

  test('are as the manifest says', () => {
    expect([...manifest.files.map(({ file }) => file), 'manifest.json'].sort()).toEqual(made.map(({ file }) => file).sort())
    for (const { file, kind, level, protocol, count, bytes, sha256 } of manifest.files) {
      const content = bytesOf(file)
      expect([file, content.length, createHash('sha256').update(content).digest('hex')]).toEqual([file, bytes, sha256])
      const read = fileNamed(file)
      expect([file, read.kind, read.level, read.protocol]).toEqual([file, kind, level, protocol])
      expect([file, countsOf(file).asked]).toEqual([file, count])
    }
    expect(readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)).toBeLessThan(2_500_000)
  })

  test('are valid by the schema, and the schema by its draft', () => {
    const ajv = new Ajv2020({ strict: true })
    const schema = JSON.parse(readFileSync(schemaPath, 'utf8')) as object
    expect(ajv.validateSchema(schema)).toBe(true)
    const valid = ajv.compile(schema)
    for (const { file } of made) expect([file, valid(parsed(file)), ajv.errorsText(valid.errors)]).toEqual([file, true, 'No errors'])
    for (const wrong of [null, [], {}, { vectors: 1 }, { ...(parsed('words.json') as object), vectors: 2 }, { ...(parsed('words.json') as object), more: 1 }]) expect(valid(wrong)).toBe(false)
  })

  test('ask as many things as the standard and the other tests count', () => {
    const counts = Object.fromEntries(manifest.files.map(({ file, count }) => [file, count]))
    expect(counts).toMatchObject({
      'histories.json': 217 + 650, 'cells-adopted.json': 341_880, 'cells-published.json': 341_880, 'locals-adopted.json': 13 * 3080, 'locals-published.json': 13 * 3080,
    })
    const histories = parsed('histories.json') as { readonly complete: readonly string[]; readonly prefixes: readonly unknown[]; readonly refused: readonly { readonly word: string }[] }
    expect([histories.complete.length, histories.prefixes.length, histories.refused.length]).toEqual([70, 217, 650])
    expect(new Set([...histories.complete, ...histories.refused.map(({ word }) => word)]).size).toBe(720)
    const codec = parsed('codec.json') as Readonly<Record<string, readonly { readonly fault?: unknown }[]>>
    const faulty = (name: string): readonly [number, number] => [codec[name]?.filter(({ fault }) => fault === undefined).length ?? 0, codec[name]?.filter(({ fault }) => fault !== undefined).length ?? 0]
    expect(faulty('messages').reduce((sum, number) => sum + number, 0)).toBeGreaterThanOrEqual(120)
    for (const name of ['messages', 'participants', 'lines']) expect(Math.min(...faulty(name))).toBeGreaterThan(20)
    const words = parsed('words.json') as { readonly machines: readonly { readonly machine: string; readonly edges: readonly unknown[] }[] }
    expect(words.machines.map(({ machine, edges }) => [machine, edges.length])).toEqual([['rm', 11], ['em', 10], ['cs', 58]])
    const { ledgers } = parsed('ledgers.json') as { readonly ledgers: readonly { readonly entries: readonly unknown[]; readonly orders: readonly (readonly number[])[] }[] }
    expect(ledgers.length).toBeGreaterThanOrEqual(60)
    expect(ledgers.filter(({ entries, orders }) => orders.some((order) => order.length > entries.length)).length).toBeGreaterThan(60)
    // Whoever gives one answer to everything is wrong somewhere: no group of messages of two or more outcomes is missing.
    expect(new Set(questions('cells-adopted.json', 1_000_000).map(({ group }) => group)).size).toBe(111 * 4)
  })

  test('have every refused cell of the adopted reading', () => {
    expect(countsOf('cells-adopted.json').refused).toBe(112_120)
  })
})

// ---- this library's answers ----

type Answer = Readonly<Record<string, unknown>>

interface Stepping {
  readonly initial: string
  readonly eventLetters: Readonly<Record<string, string>>
  readonly step: (state: never, event: never) => Either<unknown, string>
}
const machines: Readonly<Record<string, Stepping>> = { rm, em, cs }

const afterWord = (name: string, word: string): Answer => {
  const machine = machines[name] ?? expect.fail(name)
  const events = new Map(Object.entries(machine.eventLetters).map(([event, letter]) => [letter, event]))
  let state: string = machine.initial
  for (const [at, letter] of Array.from(word).entries()) {
    const next = machine.step(state as never, (events.get(letter) ?? letter) as never)
    if (isLeft(next)) return { left: { kind: 'no-edge', at } }
    state = next.right
  }
  return { right: { state } }
}

const decoders: Readonly<Record<string, (input: unknown) => Decoding<unknown>>> = { message: decodeMessage, participant: decodeParticipant, header: decodeHeader, entry: decodeEntry }
const readBy = (read: string, value: unknown): Answer => {
  const decoded = decoders[read]?.(value) ?? expect.fail(read)
  return isLeft(decoded) ? { fault: decoded.left } : { right: { value: decoded.right.value } }
}

/** A step by the library itself; the line protocol is asked a sample of the same. */
const stepped = ({ protocol, state, message, local }: Answer): Answer => {
  const reading = protocol === 'published@1' ? published : adopted
  const event = localEvents.find((one) => one === local)
  const result = event === undefined ? reading.transition(state as Participant, message as Message) : reading.local(state as Participant, event satisfies LocalEvent)
  return isLeft(result) ? { left: result.left } : { right: result.right }
}
const byLine = (request: Answer): Answer => JSON.parse(stepLine(JSON.stringify({ id: 1, ...request }))) as Answer

const caseIn = ({ header, entries }: { readonly header: unknown; readonly entries: readonly unknown[] }): Answer => {
  const [head, lines] = [decodeHeader(header), entries.map((entry) => decodeEntry(entry))]
  if (isLeft(head) || !lines.every(isRight)) return { fault: isLeft(head) ? head.left : lines.filter(isLeft) }
  const { case: id, protocol, participants, owner, manager, decision = 'first', order = 'causal' } = head.right.value
  const charter: Charter = { case: id, protocol, participants, decision, order, ...(owner === undefined ? {} : { owner }), ...(manager === undefined ? {} : { manager }) }
  const opened = openLedger(charter)
  if (isLeft(opened)) return { fault: opened.left }
  const of = caseOf(ingest(opened.right, lines.map((line) => line.right.value as Statement)))
  return {
    right: {
      em: of.state.em, ...(of.state.inForce === undefined ? {} : { inForce: of.state.inForce }), facts: Object.keys(of.state.facts).join(''),
      participants: of.participants.map((one) => ({ id: one.id, rm: one.rm, em: one.em, cs: one.cs, engaged: one.engaged, consent: one.consent })),
      settled: of.settled.count, void: [...of.ledger.standing.voids.keys()], illegal: [...forwards(of.ledger.order)].flatMap(([, { node, illegal }]) => (illegal === undefined ? [] : [node.id])),
    },
  }
}

const answerTo = ({ kind, request }: Question): Answer => {
  switch (kind) {
    case 'word':
    case 'history':
      return afterWord(request['machine'] as string, request['word'] as string)
    case 'codec':
      return readBy(request['read'] as string, request['value'])
    case 'cell':
    case 'local':
      return stepped(request)
    case 'bundle':
      return byLine(request)
    case 'log':
      return 'log' in request ? byLine(request) : readBy(request['read'] as string, request['value'])
    case 'ledger':
      return caseIn(request['case'] as unknown as Parameters<typeof caseIn>[0])
  }
}

/** What is wrong with the answers to some questions. */
const disagreements = (all: Iterable<Question>, answer: (question: Question) => Answer = answerTo) => {
  const wrong = complaints()
  let asked = 0
  for (const question of all) {
    const complaint = agrees(question.expected, answer(question))
    if (complaint !== undefined) wrong.add(`${question.group}: ${question.name}: ${complaint}`)
    asked++
  }
  return { wrong: wrong.first, asked }
}

describe('this library', () => {
  test.each(manifest.files.map(({ file, count }) => [file, count] as const))('gives the right answers of %s', (file, count) => {
    expect(disagreements(questionsOf(fileNamed(file)))).toEqual({ wrong: [], asked: count })
  })

  test('gives them by the line protocol too', () => {
    for (const { file, count } of manifest.files)
      expect([file, disagreements(questionsOf(fileNamed(file), count > 1000 ? 40 : 1), ({ request }) => byLine(request)).wrong]).toEqual([file, []])
  })
})

// ---- unpacking ----

describe('questions', () => {
  test('are as the page says', () => {
    const received = questionsAbout('cells-adopted.json', 'RS').filter(({ group }) => group === 'received RS vendor')
    expect(received.length).toBe(7 * 5 * 32)
    expect(received[0]).toEqual({
      kind: 'cell', level: 'L2', group: 'received RS vendor', size: 0, name: '(S,N,vfdpxa) receives RS',
      request: {
        protocol: 'adopted@1', state: { id: 'self', roles: ['vendor'], rm: 'Start', em: 'None', cs: 'vfdpxa' },
        message: { id: 'm', case: 'c', from: 'peer', to: ['self'], types: ['RS'], at: '2026-01-05' },
      },
      expected: {
        answer: 'step', state: { id: 'self', roles: ['vendor'], rm: 'Received', em: 'None', cs: 'Vfdpxa' }, fired: ['rm.receive', 'cs.V'], replies: ['CV', 'RK'], optional: [],
      },
    } satisfies Question)
    const both = questionsAbout('cells-adopted.json', 'EA').find(({ group }) => group === 'sent EA deployer reply existing answers')
    expect(both?.request['message']).toEqual({
      id: 'm', case: 'c', from: 'self', to: ['peer'], types: ['EA'], at: '2026-01-05', inReplyTo: 'earlier', embargo: { id: 'e', existing: true, answers: 'e0' },
    })
    const far = questionsAbout('locals-published.json', 'learn P').find(({ name }) => name === '(C,X,VFDPXA) learn P')
    expect([far?.size, far?.group, far?.request['local'], far?.expected]).toEqual([6 + 4 + 6, 'local learn P vendor (published)', 'learn P', { answer: 'left', kind: 'no-row' }])
  })

  test('name every kind, and nothing twice in a group', () => {
    const kinds = new Set<string>()
    for (const { file } of manifest.files) {
      const seen = new Set<string>()
      for (const question of questionsOf(fileNamed(file), file.startsWith('cells') ? 50 : 1)) {
        kinds.add(question.kind)
        const key = `${question.group} | ${question.name}`
        if (seen.has(key)) expect.fail(`${file}: ${key} is there twice`)
        seen.add(key)
        if (!Number.isSafeInteger(question.size) || question.size < 0 || 'id' in question.request) expect.fail(`${file}: ${key} has the size ${question.size} or an id`)
      }
    }
    expect([...kinds].sort()).toEqual([...questionKinds].sort())
  })

  test('of a sample are some of them, always the same, with the first of each group and outcome', () => {
    for (const file of ['locals-adopted.json', 'codec.json', 'words.json', 'bundles.json']) {
      const all = questions(file)
      const some = questions(file, 50)
      const keyOf = ({ group, name }: Question): string => `${group} ${name}`
      const outcomeOf = ({ expected, size: _, ...rest }: Question): string =>
        `${rest.group} ${expected.answer === 'step' ? JSON.stringify([expected.fired, expected.replies, expected.optional]) : expected.answer === 'left' ? expected.kind : expected.answer}`
      const names = new Set(all.map(keyOf))
      expect(some.every((one) => names.has(keyOf(one)))).toBe(true)
      expect(questions(file, 50).map(keyOf)).toEqual(some.map(keyOf))
      expect(new Set(some.map(({ group }) => group))).toEqual(new Set(all.map(({ group }) => group)))
      expect(new Set(some.map(outcomeOf))).toEqual(new Set(all.map(outcomeOf)))
      expect(some.length).toBeLessThan(all.length / 2)
    }
    const few = questions('cells-adopted.json', 1_000_000)
    expect(questions('cells-adopted.json', 100).length - few.length).toBeGreaterThan(2500)
    for (const sample of [0, -1, 1, 0.5, NaN, 1.5]) expect(questions('words.json', sample).length).toBe(473)
  })
})

// ---- damage ----

describe('damage', () => {
  const copies: string[] = []
  const copied = (): string => {
    const place = mkdtempSync(join(tmpdir(), 'mpcvd-vectors-'))
    copies.push(place)
    return place
  }
  const said: string[] = []
  beforeAll(() => {
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, 'write').mockImplementation((text) => {
        said.push(String(text))
        return true
      })
  })
  afterAll(() => {
    vi.restoreAllMocks()
    copies.forEach((place) => rmSync(place, { recursive: true, force: true }))
  })

  test('of any one byte is noticed, in the bytes and by the hash', () => {
    const random = randomFrom(0xbad)
    const [from, to] = [copied(), join(copied(), 'never')]
    cpSync(folder, from, { recursive: true })
    const originals = new Map(made.map(({ file, text }) => [file, text]))
    for (const { file } of manifest.files) {
      const original = bytesOf(file)
      for (let i = 0; i < 12; i++) {
        const changed = Buffer.from(original)
        const place = Math.floor(random() * changed.length)
        changed[place] = (changed[place] ?? 0) ^ (1 << Math.floor(random() * 7))
        expect(changed.equals(Buffer.from(originals.get(file) ?? ''))).toBe(false)
        writeFileSync(join(from, file), changed)
        expect([file, place, copyVectors(to, { json: false, force: true, from })]).toEqual([file, place, 2])
      }
      writeFileSync(join(from, file), original)
    }
    expect(existsSync(to)).toBe(false)
    expect(copyVectors(to, { json: false, force: false, from })).toBe(0)
  })

  test('of an answer is noticed by an implementation that is right, or refused when it is read', () => {
    const random = randomFrom(0xface)
    const seen = { refused: 0, noticed: 0 }
    for (const name of ['cells-adopted.json', 'locals-adopted.json', 'cells-published.json'])
      for (let i = 0; i < 60; i++) {
        const file = parsed(name) as { outcomes: unknown[]; groups: { cells: number[] }[] }
        const group = file.groups[Math.floor(random() * file.groups.length)] ?? expect.fail('no group')
        const place = Math.floor(random() * group.cells.length)
        const old = group.cells[place] ?? 0
        group.cells[place] = place % 2 === 1 ? old + 1 : (old + 1 + Math.floor(random() * (file.outcomes.length - 1))) % file.outcomes.length
        const read = vectorFile({ ...file, groups: [group] })
        if (read === undefined) seen.refused++
        else if (disagreements(questionsOf(read)).wrong.length > 0) seen.noticed++
        else expect.fail(`${name}: outcome ${old} as ${group.cells[place]} makes no difference`)
      }
    expect(seen.refused + seen.noticed).toBe(180)
    expect(Math.min(seen.refused, seen.noticed)).toBeGreaterThan(40)
  })

  test('of the form is no vector file', () => {
    const words = parsed('words.json') as object
    const cells = parsed('cells-published.json') as { readonly groups: readonly object[] }
    const bundles = parsed('bundles.json') as { readonly steps: readonly object[] }
    const ledgers = parsed('ledgers.json') as { readonly ledgers: readonly object[] }
    const wrong: readonly unknown[] = [
      undefined, null, 1, 'words', [], {}, { vectors: 1 }, parsed('manifest.json'), { ...words, vectors: 2 }, { ...words, kind: 'cells' }, { ...words, kind: 'toString' }, { ...words, level: 'L5' }, { ...words, machines: {} },
      { ...words, machines: [{}] }, { ...words, machines: null }, { ...words, title: 1 }, { ...cells, outcomes: [] }, { ...cells, shapes: {} }, { ...cells, rm: ['Start'] },
      { ...cells, groups: [{ ...cells.groups[0], cells: [0] }] }, { ...cells, groups: [{ ...cells.groups[0], cells: [0, -1120] }] }, { ...cells, groups: [{ ...cells.groups[0], shape: 'constructor' }] }, { ...cells, groups: [{ ...cells.groups[0], contexts: [{ reply: false }] }] },
      { ...bundles, steps: [{ ...bundles.steps[0], fault: true }] }, { ...bundles, steps: [{ id: 'x', request: {} }] }, { ...ledgers, ledgers: [{ ...ledgers.ledgers[0], orders: [[0]] }] },
    ]
    const codec = parsed('codec.json') as object
    const nested: unknown = Array.from({ length: 50_000 }).reduce((inner) => [inner], 0)
    for (const one of [...wrong, { ...codec, messages: [{ id: 'deep', value: nested, valid: true }] }]) expect(vectorFile(one)).toBeUndefined()
    expect(vectorFile({ ...cells, unknown: 1 })).toBeDefined()
  })

  test('does not spread: files in the way stay, and are told', () => {
    const to = copied()
    expect(copyVectors(to, { json: false, force: false })).toBe(0)
    for (const { file } of made) expect(readFileSync(join(to, file)).equals(bytesOf(file))).toBe(true)
    expect(copyVectors(to, { json: false, force: false })).toBe(0)
    writeFileSync(join(to, 'words.json'), '{}')
    rmSync(join(to, 'codec.json'))
    said.length = 0
    expect(copyVectors(to, { json: true, force: false })).toBe(1)
    const [line = ''] = said
    expect(JSON.parse(line)).toMatchObject({ copied: false, files: [{ file: 'words.json', status: 'differs' }] })
    expect([readFileSync(join(to, 'words.json'), 'utf8'), existsSync(join(to, 'codec.json'))]).toEqual(['{}', false])
    expect(copyVectors(to, { json: false, force: true })).toBe(0)
    expect(readFileSync(join(to, 'words.json')).equals(bytesOf('words.json'))).toBe(true)
    writeFileSync(join(to, 'file'), '')
    expect(copyVectors(join(to, 'file'), { json: false, force: false })).toBe(2)
    expect(copyVectors(to, { json: false, force: false, from: join(to, 'nowhere') })).toBe(2)
    const evil = copied()
    writeFileSync(join(evil, 'manifest.json'), JSON.stringify({ files: [{ file: '../x.json', sha256: '' }, { file: '/etc/passwd' }, null] }))
    expect(copyVectors(to, { json: false, force: true, from: evil })).toBe(2)
    expect(shippedVectors()).toBe(folder)
  })
})

// ---- comparison ----

describe('agreement', () => {
  const step: Expected = { answer: 'step', state: { id: 'v', rm: 'Received' }, fired: ['rm.receive', 'cs.V'], replies: ['RK', 'CV'], optional: [] }
  const right = { state: { id: 'v', rm: 'Received', more: 1 }, fired: [{ machine: 'rm', event: 'receive' }, { machine: 'cs', event: 'V' }], replies: ['CV', 'RK'] }
  const ledger: Expected = { answer: 'case', state: { em: 'None', facts: 'PX', participants: [{ id: 'a', rm: 'Start' }, { id: 'b', rm: 'Closed' }], settled: 2, illegal: ['x', 'y'], void: [] } }
  const state = { em: 'None', facts: 'XP', participants: [{ id: 'b', rm: 'Closed', more: 1 }, { id: 'a', rm: 'Start' }] }
  const found: Expected = { answer: 'findings', some: ['VP-01', 'VP-02'], none: [], blames: 'v' }
  const none: Expected = { answer: 'findings', some: [], none: ['VP-01'] }

  const good: readonly (readonly [Expected, unknown])[] = [
    [step, { id: 1, right }], [step, { right: { ...right, optional: [], notes: [] } }], [step, { right: { ...right, replies: ['RK', 'CV', 'RK'] } }],
    [{ answer: 'left', kind: 'no-row' }, { left: { kind: 'no-row', rule: 'x' } }], [{ answer: 'left', kind: 'no-edge', at: 2 }, { left: { kind: 'no-edge', at: 2 } }],
    [{ answer: 'fault' }, { fault: [{ path: '/at' }] }], [{ answer: 'fault', paths: ['/a', '/b'] }, { fault: [{ path: '/b' }, { path: '/a' }, { path: '/b' }] }],
    [{ answer: 'state', state: 'Valid' }, { right: { state: 'Valid' } }], [{ answer: 'value', value: { a: 1, b: [2] } }, { right: { value: { b: [2], a: 1 } } }], [{ answer: 'value', value: null }, { right: { value: null } }],
    [ledger, { right: state }], [ledger, { right: { ...state, settled: 2, illegal: ['y', 'x'], void: [] } }],
    [found, { right: { findings: [{ requirements: [] }, { requirements: ['X', 'VP-02'], participant: 'v' }] } }], [none, { right: { findings: [{ requirements: ['VP-02'] }] } }], [none, { right: { findings: [] } }],
  ]
  test.each(good)('%j with %j', (expected, answer) => {
    expect(agrees(expected, answer)).toBeUndefined()
  })

  const deep: unknown = Array.from({ length: 20_000 }).reduce((inner) => [inner], 0)
  const bad: readonly (readonly [Expected, unknown, RegExp])[] = [
    [step, undefined, /answer/], [step, null, /answer/], [step, 'right', /answer/], [step, [right], /answer/], [step, {}, /none of right, left and fault/], [step, { right, left: { kind: 'no-row' } }, /and left/], [step, { right, fault: [] }, /and fault/],
    [step, { left: { kind: 'no-row' } }, /expected right, got left/], [step, { fault: [{ path: '' }] }, /got fault/], [step, { right: null }, /right/], [step, { right: deep }, /right/], [step, { right: {} }, /state/], [step, { right: { ...right, state: { id: 'v', rm: 'Start' } } }, /^state rm: expected "Received", got "Start"$/],
    [step, { right: { ...right, state: deep } }, /state/], [step, { right: { ...right, fired: [] } }, /fired/], [step, { right: { ...right, fired: [...right.fired].reverse() } }, /fired/], [step, { right: { ...right, fired: ['rm.receive', 'cs.V'] } }, /fired/], [step, { right: { ...right, fired: [...right.fired, null] } }, /fired/],
    [step, { right: { ...right, replies: ['RK'] } }, /replies: expected \["CV","RK"\], got \["RK"\]/], [step, { right: { ...right, replies: 'RK CV' } }, /replies/], [step, { right: { ...right, replies: undefined } }, /replies/], [step, { right: { ...right, optional: ['EK'] } }, /optional/], [step, { right: { ...right, optional: [1] } }, /optional/],
    [{ answer: 'left', kind: 'role' }, { left: { kind: 'no-row' } }, /left: expected "role", got "no-row"/], [{ answer: 'left', kind: 'role' }, { left: 'role' }, /left/], [{ answer: 'left', kind: 'role' }, { right }, /expected left role/], [{ answer: 'left', kind: 'no-edge', at: 0 }, { left: { kind: 'no-edge' } }, /at/],
    [{ answer: 'fault' }, { fault: [] }, /fault/], [{ answer: 'fault' }, { fault: true }, /fault/], [{ answer: 'fault' }, { fault: ['/at'] }, /path/], [{ answer: 'fault', paths: ['/a'] }, { fault: [{ path: '/a' }, { path: '/b' }] }, /paths/], [{ answer: 'fault', paths: ['/a'] }, { right: { value: 1 } }, /expected fault/],
    [{ answer: 'state', state: 'Valid' }, { right: {} }, /state/], [{ answer: 'value', value: null }, { right: {} }, /value/], [{ answer: 'value', value: [1] }, { right: { value: { 0: 1 } } }, /value/], [{ answer: 'value', value: { a: 1 } }, { right: { value: { a: 1, b: 2 } } }, /value/],
    [ledger, { right: { ...state, em: 'Active' } }, /em/], [ledger, { right: { ...state, inForce: 'e' } }, /inForce/], [ledger, { right: { ...state, facts: 'P' } }, /facts/], [ledger, { right: { ...state, participants: [state.participants[0]] } }, /participants/],
    [ledger, { right: { ...state, participants: [...state.participants, { id: 'c' }] } }, /participants/], [ledger, { right: { ...state, participants: [...state.participants, { id: 'a', rm: 'Start' }] } }, /participants/], [ledger, { right: { ...state, participants: {} } }, /participants/],
    [ledger, { right: { ...state, participants: [{ id: 'a', rm: 'Start' }, { id: 'b', rm: 'Start' }] } }, /^b rm: expected "Closed", got "Start"$/], [ledger, { right: { ...state, settled: 3 } }, /settled/], [ledger, { right: { ...state, illegal: ['x'] } }, /illegal/],
    [found, { right: {} }, /findings/], [found, { right: { findings: [] } }, /VP-01 VP-02/], [found, { right: { findings: [{ requirements: ['VP-01'], participant: 'w' }] } }, /participant: expected "v", got \["w"\]/], [found, { right: { findings: [{ requirements: 'VP-01' }] } }, /findings/], [none, { right: { findings: [{ requirements: ['VP-01'] }] } }, /none of VP-01/],
  ]
  test.each(bad.map(([expected, answer, said], index) => [index, expected.answer, expected, answer, said] as const))('disagreement %i about %s', (_, __, expected, answer, told) => {
    const complaint = agrees(expected, answer) ?? 'nothing'
    expect(complaint).toMatch(told)
    expect(complaint.length).toBeLessThan(1000)
  })

  test('an answer that repeats the question, or is the same to everything, does not agree', () => {
    const all = ['cells-adopted.json', 'codec.json', 'words.json', 'bundles.json', 'ledgers.json'].flatMap((file) => questions(file, 20))
    for (const { request, expected } of all) expect(agrees(expected, { ...request })).toBeDefined()
    for (const same of [{ right: {} }, { left: { kind: 'no-row' } }, { fault: [{ path: '' }] }, { right: { state: 'Valid', value: null, findings: [] } }])
      expect(all.filter(({ expected }) => agrees(expected, same) === undefined).length).toBeLessThan(all.length / 3)
  })
})

// ---- other languages ----

const page = readFileSync(new URL('../docs/vectors.md', import.meta.url), 'utf8')

test('the page counts what the files hold', () => {
  for (const { file, count } of manifest.files)
    if (file !== 'requirements.json') expect(page).toMatch(new RegExp(`^\\| \`${file.replace('.', '\\.')}\` \\| .*\\| ${count.toLocaleString('en-US')} \\|$`, 'm'))
})

const hasPython = (() => {
  try {
    return execFileSync('python3', ['--version'], { encoding: 'utf8' }).startsWith('Python 3')
  } catch {
    return false
  }
})()
if (!hasPython) process.stdout.write('vectors: skipping the Python of docs/vectors.md, there is no python3\n')

test.skipIf(!hasPython)('the Python of the page unpacks the same', () => {
  const program = /^```python\n(.*?)^```$/ms.exec(page)?.[1] ?? expect.fail('no program')
  const told = execFileSync('python3', ['-'], { input: program, cwd: folder, encoding: 'utf8' }).trim().split('\n')
  const wanted = ['cells-adopted.json', 'cells-published.json', 'locals-adopted.json', 'locals-published.json'].map((name) => {
    const { asked, steps } = countsOf(name)
    return `${name} ${asked} ${steps}`
  })
  expect(told).toEqual(wanted)
})
