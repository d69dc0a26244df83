/**
 * The conformance kit: how answers are judged, by tables; and the runner as a process against programs that misbehave, each
 * in one way (`conform/program.js`), and against those that do not. Long, because each way to misbehave has its verdict.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Dialogue, openDialogue, openTroubles, type Sent, troubleKinds } from '../src/conformance/dialogue.js'
import { junitOf, xmlText } from '../src/conformance/junit.js'
import { canRepeat, renamed } from '../src/conformance/repeat.js'
import { essenceOf, requestKind, requestProtocol, showExpected } from '../src/conformance/saying.js'
import { summaryOf } from '../src/conformance/summary.js'
import type { Expected, JsonObject, Question } from '../src/conformance/vectors.js'
import { openTally, type RunReport, type Verdict } from '../src/conformance/verdict.js'
import { chanceOf, freshSeed, mixed, shuffled } from '../src/cli/chance.js'
import { conform, type ConformOptions } from '../src/cli/conform.js'

const root = fileURLToPath(new URL('..', import.meta.url))

// ---- questions made by hand ----

const noRow: Expected = { answer: 'left', kind: 'no-row' }
const step = (group: string, size: number, name: string, more: Partial<Question> = {}): Question => ({
  kind: 'cell', level: 'L2', group, size, name, request: { protocol: 'adopted@1', state: { id: 'self', n: name }, message: { id: 'm' } }, expected: noRow, ...more,
})
const word = (name: string, expected: Expected): Question => ({
  kind: 'word', level: 'L1', group: 'word rm', size: name.length, name, request: { machine: 'rm', word: name }, expected,
})
const left = (kind: string): JsonObject => ({ id: 'q', left: { kind } })
const fault: JsonObject = { id: 'q', fault: [{ path: '', expected: 'a', got: 'b' }] }

const judged = (answers: ReadonlyArray<readonly [Question, JsonObject | undefined]>, more: Partial<Parameters<ReturnType<typeof openTally>['verdict']>[0]> = {}): Verdict => {
  const tally = openTally()
  for (const [question, answer] of answers) {
    tally.ask(question)
    if (answer !== undefined) tally.answer(question, answer)
  }
  return tally.verdict({ levels: ['L1', 'L2'], named: false, troubles: [], finished: true, ...more })
}
const levelLines = ({ levels, verdict, exit }: Verdict): ReadonlyArray<string> =>
  [...levels.map((one) => `${one.level} ${one.protocol ?? '-'} ${one.verdict} ${one.asked}/${one.met}/${one.failed}/${one.unsupported}`), `${verdict} ${exit}`]

describe('what requests ask and answers say', () => {
  test.each([
    [{ state: {}, message: {} }, 'message', 'adopted'],
    [{ state: {}, local: 'expire', protocol: 'published' }, 'local', 'published'],
    [{ state: {}, local: 'expire', protocol: 'published@1' }, 'local', 'published'],
    [{ state: {} }, 'message', 'adopted'],
    [{ state: {}, local: 'expire', message: {} }, 'message', 'adopted'],
    [{ state: {}, message: {}, protocol: 'nonsense' }, 'message', 'adopted'],
    [{ machine: 'rm', word: '' }, 'word', undefined],
    [{ read: 'message', value: 1 }, 'read message', undefined],
    [{ read: 3, value: 1 }, 'read something', undefined],
    [{ log: {}, level: 'L3' }, 'log', undefined],
    [{ case: {} }, 'case', undefined],
  ])('%j asks for %s', (request, kind, protocol) => {
    expect([requestKind(request), requestProtocol(request)]).toEqual([kind, protocol])
  })

  const right = (fields: JsonObject): JsonObject => ({ id: 1, right: fields })
  test.each<[JsonObject, JsonObject, boolean]>([
    [right({ state: { a: 1, b: 2 }, fired: [], replies: ['RK', 'CV'] }), right({ replies: ['CV', 'RK'], fired: [], state: { b: 2, a: 1 }, optional: [], notes: ['x'] }), true],
    [right({ state: { a: 1 }, fired: [1, 2] }), right({ state: { a: 1 }, fired: [2, 1] }), false],
    [right({ state: { a: 1 } }), right({ state: { a: 2 } }), false],
    [right({ optional: ['RK'] }), right({ optional: [] }), false],
    [left('no-row'), { id: 2, left: { kind: 'no-row', allowed: ['RS'] } }, true],
    [left('no-row'), left('role'), false],
    [{ left: { kind: 'no-edge', at: 1 } }, { left: { kind: 'no-edge', at: 2 } }, false],
    [fault, { fault: [] }, true],
    [fault, left('no-row'), false],
    [{ right: null }, { right: 0 }, false],
  ])('%j and %j say the same: %s', (one, other, same) => {
    expect(essenceOf(one) === essenceOf(other)).toBe(same)
  })

  test('what is expected is written as the answer that would have been right', () => {
    expect([
      showExpected({ answer: 'step', state: { id: 'v' }, fired: ['rm.receive'], replies: ['RK'], optional: [] }),
      showExpected({ answer: 'left', kind: 'no-edge', at: 2 }),
      showExpected({ answer: 'fault', paths: ['/state/cs'] }),
      showExpected({ answer: 'state', state: 'Valid' }),
      showExpected({ answer: 'value', value: [1] }),
      showExpected({ answer: 'findings', some: ['A', 'B'], none: ['C'], blames: 'v' }),
      showExpected({ answer: 'case', state: { em: 'None' } }),
    ]).toEqual([
      '{"right":{"state":{"id":"v"},"fired":[{"machine":"rm","event":"receive"}],"replies":["RK"]}}', '{"left":{"kind":"no-edge","at":2}}', '{"fault":[{"path":"/state/cs"}]}',
      '{"right":{"state":"Valid"}}', '{"right":{"value":[1]}}', 'a finding that names A or B and blames v, no finding that names C', '{"right":{"em":"None"}}',
    ])
  })
})

describe('verdicts', () => {
  const [a, b] = [step('g', 3, 'b'), step('g', 2, 'c')]
  test.each<[string, Verdict, ReadonlyArray<string>]>([
    ['all met', judged([[a, left('no-row')], [word('r', noRow), left('no-row')]]), ['L1 - met 1/1/0/0', 'L2 adopted met 1/1/0/0', 'conforming 0']],
    ['a level without questions', judged([[a, left('no-row')]]), ['L1 - not asked 0/0/0/0', 'L2 adopted met 1/1/0/0', 'conforming 0']],
    ['one wrong', judged([[a, left('role')], [b, left('no-row')]]), ['L1 - not asked 0/0/0/0', 'L2 adopted failed 2/1/1/0', 'not conforming 1']],
    ['a kind that is unsupported', judged([[a, left('no-row')], [word('r', noRow), fault]]), ['L1 - unsupported 1/0/0/1', 'L2 adopted met 1/1/0/0', 'conforming in part 0']],
    ['the same, asked for by name', judged([[a, left('no-row')], [word('r', noRow), fault]], { named: true }), ['L1 - unsupported 1/0/0/1', 'L2 adopted met 1/1/0/0', 'conforming in part 1']],
    ['nothing but faults', judged([[a, fault], [word('r', noRow), fault]]), ['L1 - unsupported 1/0/0/1', 'L2 adopted unsupported 1/0/0/1', 'nothing supported 1']],
    ['an unsupported kind within a level',
      judged([[a, left('no-row')], [step('h', 0, 'x', { request: { state: {}, local: 'expire' } }), fault]], { levels: ['L2'] }), ['L2 adopted met in part 2/1/0/1', 'conforming in part 0']],
    ['a fault that was expected, of a kind that is supported', judged([[a, left('no-row')], [step('f', 0, 'x', { expected: { answer: 'fault' } }), fault]], { levels: ['L2'] }),
      ['L2 adopted met 2/2/0/0', 'conforming 0']],
    ['a fault that was expected, of a kind that is not', judged([[a, fault], [step('f', 0, 'x', { expected: { answer: 'fault' } }), fault]], { levels: ['L2'] }),
      ['L2 adopted unsupported 2/0/0/2', 'nothing supported 1']],
    ['only faults expected', judged([[step('f', 0, 'x', { expected: { answer: 'fault' } }), fault]], { levels: ['L2'] }), ['L2 adopted met 1/1/0/0', 'conforming 0']],
    ['a single fault where others answer', judged([[a, left('no-row')], [b, fault]], { levels: ['L2'] }), ['L2 adopted failed 2/1/1/0', 'not conforming 1']],
    ['no answer', judged([[a, left('no-row')], [b, undefined]], { levels: ['L2'], finished: false }), ['L2 adopted unfinished 2/1/0/0', 'unfinished 1']],
    ['readings apart', judged([[a, left('no-row')], [step('p', 0, 'x', { request: { protocol: 'published', state: {}, message: {} } }), left('role')]], { levels: ['L2'] }),
      ['L2 adopted met 1/1/0/0', 'L2 published failed 1/0/1/0', 'not conforming 1']],
    ['trouble', judged([[a, left('no-row')]], { levels: ['L2'], troubles: [{ kind: 'duplicate', count: 1, first: '' }] }), ['L2 adopted met 1/1/0/0', 'not conforming 1']],
    ['not started', judged([], { levels: ['L2'], troubles: [{ kind: 'not-started', count: 1, first: '' }], finished: false }), ['L2 - unfinished 0/0/0/0', 'not run 2']],
  ])('%s', (_, verdict, expected) => {
    expect(levelLines(verdict)).toEqual(expected)
  })

  test('the smallest failure is told, then the first by name, in whatever order they come', () => {
    const questions = [step('g', 2, 'd'), step('g', 3, 'a'), step('g', 2, 'c'), step('g', 5, 'b'), step('g', 1, 'met')]
    for (let from = 0; from < questions.length; from++) {
      const order = [...questions.slice(from), ...questions.slice(0, from)]
      const { groups } = judged(order.map((question) => [question, left(question.name === 'met' ? 'no-row' : 'role')]))
      expect(groups.map(({ asked, failed, smallest }) => [asked, failed, smallest?.name, smallest?.got, smallest?.why]))
        .toEqual([[5, 4, 'c', '{"left":{"kind":"role"}}', 'left: expected "no-row", got "role"']])
    }
  })

  test('an answer that is wrong in form fails whatever it says', () => {
    const tally = openTally()
    tally.ask(a)
    expect(tally.answer(a, left('no-row'), 'the request given back')).toBe('the request given back')
    expect(levelLines(tally.verdict({ levels: ['L2'], named: false, troubles: [], finished: true }))).toEqual(['L2 adopted failed 1/0/1/0', 'not conforming 1'])
  })

  test('a question that never gets an answer fails, even where all else is unsupported', () => {
    const tally = openTally()
    for (const question of [a, b]) tally.ask(question)
    tally.answer(a, fault)
    tally.forsake(b, 'no answer within 1 s')
    const verdict = tally.verdict({ levels: ['L2'], named: false, troubles: [], finished: false })
    expect(verdict.groups.map(({ verdict: of, smallest }) => [of, smallest !== undefined])).toEqual([['failed', true]])
  })

  test('the same answer to everything is noticed, but not where it was right, or a fault', () => {
    const constant = (answers: ReadonlyArray<JsonObject>, expected: Expected = noRow): number | undefined => {
      const tally = openTally()
      answers.forEach((answer, index) => tally.answer(step('g', index, String(index), { expected }), answer))
      return tally.constant()?.count
    }
    const twenty = <A>(one: A): ReadonlyArray<A> => new Array<A>(20).fill(one)
    expect([
      constant(twenty(left('role'))), constant(twenty(left('no-row'))), constant(twenty(fault)), constant(twenty(left('role')).slice(1)),
      constant([...twenty(left('role')), left('no-row')]),
    ]).toEqual([20, undefined, undefined, undefined, undefined])
  })

  test('an answer too deep to walk through is one that cannot be compared', () => {
    const deep = JSON.parse(`{"right":{"state":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`) as JsonObject
    const tally = openTally()
    expect(tally.answer(step('g', 0, 'x', { expected: { answer: 'step', state: {}, fired: [], replies: [], optional: [] } }), deep)).toBeTypeOf('string')
    expect(tally.verdict({ levels: ['L2'], named: false, troubles: [], finished: true }).groups[0]?.smallest?.got).toBe('something that cannot be written again')
  })
})

describe('the dialogue', () => {
  const one = (name: string): Sent => ({ name, request: { state: {}, message: {} } })
  const talk = (act: (dialogue: Dialogue<Sent>) => void): ReadonlyArray<string> => {
    const troubles = openTroubles()
    act(openDialogue<Sent>(troubles))
    return troubles.all().map(({ kind, count, first }) => `${kind} ${count} ${first}`)
  }
  const asking = (...lines: ReadonlyArray<string>) => (dialogue: Dialogue<Sent>): void => {
    for (const id of ['a', 'b', 'c', 'd']) dialogue.ask(id, one(`question ${id}`))
    for (const line of lines) dialogue.hear(line)
  }
  const right = (id: unknown): string => JSON.stringify({ id, right: {} })
  test.each<[string, (dialogue: Dialogue<Sent>) => void, ReadonlyArray<string>]>([
    ['answers in order', asking(right('a'), right('b'), right('c'), right('d')), []],
    ['no JSON', asking('hello', '{"id":"a",', right('a')), ['no-json 2 hello']],
    ['a byte order mark', asking('\ufeff{"id":"a","right":{}}'), ['no-json 1 \\ufeff{"id":"a","right":{}}']],
    ['an empty line', asking('', '\r'), ['no-json 2 an empty line']],
    ['no object', asking('[]', 'null', '7', '"a"'), ['no-object 4 []']],
    ['an id that was never asked', asking(right('x'), right(null), right(1), '{}'), ['unknown-id 4 {"id":"x","right":{}}']],
    ['an id by its prototype', asking(right('__proto__'), right('constructor')), ['unknown-id 2 {"id":"__proto__","right":{}}']],
    ['a second answer', asking(right('a'), right('a'), right('a')), ['duplicate 2 {"id":"a","right":{}}']],
    ['two answers the wrong way round', asking(right('b'), right('a'), right('c')), ['out-of-order 1 the answer to question a came after that to a later question']],
    ['all the wrong way round', asking(right('d'), right('c'), right('b'), right('a')), ['out-of-order 3 the answer to question c came after that to a later question']],
    ['an echo', asking('{"id":"a","state":{},"message":{}}'), ['echo 1 question a: {"id":"a","state":{},"message":{}}']],
    ['an answer with an echo', asking('{"id":"a","state":{},"message":{},"right":{}}'), []],
    ['nothing', asking('{"id":"a"}', '{"id":"b","__proto__":{"right":1}}'), ['shapeless 2 question a: {"id":"a"}']],
    ['too much', asking('{"id":"a","right":{},"fault":[]}'), ['ambiguous 1 question a: {"id":"a","right":{},"fault":[]}']],
    ['an answer before its question', (dialogue) => {
      dialogue.hear(right('later'))
      dialogue.ask('later', one('later'))
    }, ['unknown-id 1 {"id":"later","right":{}}', 'guessed 1 {"id":"later","right":{}}']],
  ])('%s', (_, act, expected) => {
    expect(talk(act)).toEqual(expected)
  })

  test('what waits, what was passed over, and what is next', () => {
    const dialogue = openDialogue<Sent>(openTroubles())
    expect([dialogue.open(), dialogue.waiting(), dialogue.next()]).toEqual([0, 0, undefined])
    for (const id of ['a', 'b', 'c', 'd']) dialogue.ask(id, one(id))
    expect([dialogue.open(), dialogue.waiting(), dialogue.next()?.name]).toEqual([4, 4, 'a'])
    dialogue.hear(right('c'))
    expect([dialogue.open(), dialogue.waiting(), dialogue.next()?.name, dialogue.passedOver().map(({ name }) => name)]).toEqual([3, 1, 'd', ['a', 'b']])
    dialogue.hear(right('d'))
    dialogue.hear(right('a'))
    expect([dialogue.open(), dialogue.waiting(), dialogue.next()?.name, dialogue.answers()]).toEqual([1, 0, 'b', 3])
  })
})

describe('steps under other names', () => {
  const request: JsonObject = {
    protocol: 'adopted@1', state: { id: 'self', roles: ['vendor'], rm: 'Start' },
    message: { id: 'm', case: 'c', from: 'peer', to: ['self', 'third'], types: ['EA'], at: '2026-01-05', subject: 'third', inReplyTo: 'peer', embargo: { id: 'e', answers: 'm', existing: true } },
  }
  test('the same name becomes the same, and the answer comes back under the first', () => {
    let next = 0
    const { request: other, restore } = renamed(request, () => `n${next++}`)
    expect(other).toEqual({
      protocol: 'adopted@1', state: { id: 'n0', roles: ['vendor'], rm: 'Start' },
      message: { id: 'n1', case: 'n2', from: 'n3', to: ['n0', 'n4'], types: ['EA'], at: '2026-01-05', subject: 'n4', inReplyTo: 'n3', embargo: { id: 'n5', answers: 'n1', existing: true } },
    })
    expect(restore({ id: 1, right: { state: { id: 'n0', rm: 'Received' }, replies: ['n0'] } })).toEqual({ id: 1, right: { state: { id: 'self', rm: 'Received' }, replies: ['n0'] } })
    expect(restore({ id: 1, right: { state: { id: 'self' } } })).toEqual({ id: 1, right: { state: { id: 'self' } } })
    expect(restore({ id: 1, left: { kind: 'role' } })).toEqual({ id: 1, left: { kind: 'role' } })
  })
  test('only steps that are steps, and only plain names', () => {
    expect([step('g', 0, 'x'), word('r', noRow), step('g', 0, 'x', { expected: { answer: 'fault' } }), step('g', 0, 'x', { request: { state: {} } })].map(canRepeat)).toEqual([true, false, false, false])
    expect(renamed({ state: { id: '' }, message: { id: '\u0000', from: 7, to: null, case: '__proto__' } }, () => 'n').request)
      .toEqual({ state: { id: '' }, message: { id: '\u0000', from: 7, to: null, case: 'n' } })
  })
})

describe('chance', () => {
  const sources = [Array.from({ length: 20_000 }, (_, index) => index), Array.from({ length: 300 }, (_, index) => 20_000 + index), []]
  test('mixes everything once, the same from the same seed, and not the same from another', () => {
    const [one, again, other] = ['s', 's', 't'].map((seed) => [...mixed(sources, chanceOf(seed, 'order'))])
    expect([...(one ?? [])].sort((a, b) => a - b)).toEqual(sources.flat())
    expect(again).toEqual(one)
    expect(other).not.toEqual(one)
    const kept = (one ?? []).filter((value, index) => value === (one ?? [])[index - 1]).length
    expect(kept).toBeLessThan(20)
    expect([...shuffled([1, 2, 3], chanceOf('s', 'x'))].sort()).toEqual([1, 2, 3])
  })
  test('ids do not repeat, and other purposes draw others', () => {
    const [ids, names] = [chanceOf('s', 'ids'), chanceOf('s', 'names')].map((chance) => Array.from({ length: 10_000 }, () => chance.token()))
    expect(new Set([...(ids ?? []), ...(names ?? [])]).size).toBe(20_000)
    expect(freshSeed()).not.toBe(freshSeed())
  })
})

describe('JUnit', () => {
  const report = (verdict: Verdict, more: Partial<RunReport> = {}): RunReport => ({
    program: ['prog', '<a>'], version: '0', vectors: { version: '1.0.0', sha256: '' }, protocols: ['adopted'], sample: 1, seed: 's', stderr: '', ...verdict, ...more,
  })
  test.each([
    ['<a & "b" \'c\'>', '&lt;a &amp; &quot;b&quot; &apos;c&apos;&gt;'],
    ['\u0000\u001b[2J\u007f\u0085', '\\u0000\\u001b[2J\\u007f\\u0085'],
    ['a\tb\nc\rd', 'a&#9;b&#10;c\\u000dd'],
    ['\ud800 \udc00 \ud83d\ude00', '\\ud800 \\udc00 \ud83d\ude00'],
    ['\ufffe\uffff\u202e', '\\ufffe\\uffff\\u202e'],
    [']]>', ']]&gt;'],
  ])('%j', (text, expected) => {
    expect(xmlText(text)).toBe(expected)
  })
  test('a suite for each level, a case for each group', () => {
    const verdict = judged([[step('g', 0, 'x\u001b'), left('role')], [step('h', 0, 'y'), left('no-row')], [word('r', noRow), fault]], { troubles: [{ kind: 'no-json', count: 3, first: '<\u0007' }] })
    expect(junitOf(report(verdict, { stderr: 'oops\u0000' }))).toBe([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="mpcvd conform prog &lt;a&gt;">',
      '  <testsuite name="mpcvd.L1" tests="1" failures="0" errors="0" skipped="1">',
      '    <testcase classname="mpcvd.L1" name="word rm" assertions="1">',
      '      <skipped message="unsupported"/>',
      '    </testcase>',
      '  </testsuite>',
      '  <testsuite name="mpcvd.L2.adopted" tests="2" failures="1" errors="0" skipped="0">',
      '    <testcase classname="mpcvd.L2.adopted" name="g" assertions="1">',
      '      <failure message="1 of 1 failed: left: expected &quot;no-row&quot;, got &quot;role&quot;">x\\u001b&#10;sent     ' +
        '{&quot;protocol&quot;:&quot;adopted@1&quot;,&quot;state&quot;:{&quot;id&quot;:&quot;self&quot;,&quot;n&quot;:&quot;x\\u001b&quot;},&quot;message&quot;:{&quot;id&quot;:&quot;m&quot;}}&#10;' +
        'expected {&quot;left&quot;:{&quot;kind&quot;:&quot;no-row&quot;}}&#10;got      {&quot;left&quot;:{&quot;kind&quot;:&quot;role&quot;}}</failure>',
      '    </testcase>',
      '    <testcase classname="mpcvd.L2.adopted" name="h" assertions="1"/>',
      '  </testsuite>',
      '  <testsuite name="mpcvd.lines" tests="1" failures="1" errors="0" skipped="0">',
      '    <testcase classname="mpcvd.lines" name="no-json">',
      '      <failure message="lines that are no JSON (3)">&lt;\\u0007</failure>',
      '    </testcase>',
      '    <system-err>oops\\u0000</system-err>',
      '  </testsuite>',
      '</testsuites>',
    ].join('\n'))
  })
  test('lack of support fails where it was asked for by name, and a run without an end fails', () => {
    const unsupported = judged([[step('g', 0, 'x'), left('no-row')], [word('r', noRow), fault]], { named: true })
    expect(junitOf(report(unsupported))).toContain('<failure message="unsupported">')
    const unfinished = judged([[step('g', 0, 'x'), undefined]], { finished: false })
    expect(junitOf(report(unfinished))).toContain('<error message="unfinished">0 of 1 met when the run ended</error>')
    expect(junitOf(report(judged([[word('r', noRow), fault]])))).toContain('<failure message="nothing supported">')
  })
  test('every kind of trouble can be told', () => {
    const troubles = Object.keys(troubleKinds).map((kind) => ({ kind: kind as keyof typeof troubleKinds, count: 2, first: 'x' }))
    const verdict = judged([], { troubles, finished: false })
    const text = summaryOf(report(verdict, { stderr: 'last words' })).join('\n')
    for (const kind of Object.keys(troubleKinds)) expect(text).toContain(`${kind} (2): `)
    expect(text).toContain('    last words')
  })
})

describe('text', () => {
  const lines = (verdict: Verdict, more: Partial<RunReport> = {}): ReadonlyArray<string> =>
    summaryOf({ program: ['prog'], version: '0', vectors: { version: '1', sha256: '' }, protocols: ['adopted', 'published'], sample: 1000, seed: 's', stderr: 'last words\n', ...verdict, ...more })
  const [a, b] = [step('g', 3, 'b'), step('g', 2, 'c')]
  test('a level a line, a failure with what was sent, expected and got', () => {
    expect(lines(judged([[a, left('no-row')], [b, left('role')], [word('r', noRow), fault]]))).toEqual([
      'prog: vectors 1, adopted and published, about one of 1,000 states, seed s',
      'L1: unsupported, 1 asked (unsupported requests: word)',
      'L2 adopted: failed, 2 asked: 1 met, 1 failed',
      '  g: 1 of 2 failed; the smallest: c',
      '    sent     {"protocol":"adopted@1","state":{"id":"self","n":"c"},"message":{"id":"m"}}',
      '    expected {"left":{"kind":"no-row"}}',
      '    got      {"left":{"kind":"role"}}',
      '    wrong    left: expected "no-row", got "role"',
      'not conforming: L2 adopted',
    ])
  })
  test('trouble comes with the end of standard error, and is counted', () => {
    const troubles: Verdict['troubles'] = [{ kind: 'no-json', count: 1234, first: 'hello' }, { kind: 'exited', count: 1, first: 'exit code 3' }]
    expect(lines(judged([[a, left('no-row')], [b, undefined]], { troubles, finished: false, levels: ['L2'] })).slice(1)).toEqual([
      'L2 adopted: unfinished, 2 asked: 1 met, 1 unanswered', 'no-json (1,234): lines that are no JSON', '    hello', 'exited: the program ended before it had answered', '    exit code 3',
      'standard error ended with', '    last words', 'not conforming: the run did not come to its end',
    ])
    expect(lines(judged([[a, left('no-row')]], { troubles, levels: ['L2'] })).at(-1)).toBe('not conforming: the exchange of lines')
  })
  test('beyond twelve failing groups only names', () => {
    const said = lines(judged(Array.from({ length: 15 }, (_, index) => [step(`g${index + 10}`, 0, 'x'), left('role')] as const), { levels: ['L2'] }))
    expect(said.filter((line) => line.includes('; the smallest: '))).toHaveLength(12)
    expect(said.at(-2)).toBe('  and 3 more groups: g22 (1 of 1), g23 (1 of 1), g24 (1 of 1)')
  })
  test.each<[Verdict, string]>([
    [judged([[a, left('no-row')], [word('r', noRow), left('no-row')]]), 'conforming: L1, L2 adopted'],
    [judged([[a, left('no-row')], [word('r', noRow), fault]]), 'conforming in part: nothing failed, L1 not or not wholly supported'],
    [judged([[a, fault]]), 'not conforming: nothing supported'],
    [judged([], { troubles: [{ kind: 'not-started', count: 1, first: 'x' }], finished: false }), 'not run'],
  ])('the last line: %#', (verdict, last) => {
    expect(lines(verdict).at(-1)).toBe(last)
  })
  test('the page names every kind of trouble, once', () => {
    const page = readFileSync(join(root, 'docs/conform.md'), 'utf8')
    expect([...page.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, kind]) => kind)).toEqual(Object.keys(troubleKinds))
  })
})

// ---- the runner as a process ----

const folder = mkdtempSync(join(tmpdir(), 'mpcvd-conform-'))
const entry = `
import { parseArgs } from 'node:util'
import { conform } from './src/cli/conform.ts'
const text = { type: 'string' }
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { level: text, protocol: text, sample: text, timeout: text, format: { ...text, default: 'json' }, vectors: text, seed: text },
})
process.exitCode = await conform(positionals, { version: '0', ...values })
`
const steps = join(folder, 'steps.mjs')
const runner = join(folder, 'conform.mjs')
const own = join(folder, 'mpcvd.mjs')
const vectors = join(folder, 'vectors')

/** A few groups of the shipped vectors, each in the plain context alone: soon asked, and enough to fill the pipes. */
const writeVectors = (at: string, wanted: ReadonlyArray<string>, change: (text: string) => string = (text) => text): void => {
  mkdirSync(at, { recursive: true })
  const shipped = JSON.parse(readFileSync(join(root, 'docs/vectors/cells-adopted.json'), 'utf8')) as { readonly groups: ReadonlyArray<{ readonly way: string; readonly type: string; readonly shape: string; readonly contexts: ReadonlyArray<object> }> }
  const groups = shipped.groups
    .filter(({ way, type, shape, contexts }) => wanted.includes(`${way} ${type} ${shape}`) && contexts.some((context) => Object.keys(context).length === 0))
    .map((group) => ({ ...group, contexts: [{}] }))
  expect(groups).toHaveLength(wanted.length)
  const text = change(JSON.stringify({ ...shipped, groups }))
  const files = [{ file: 'cells.json', kind: 'cells', level: 'L2', protocol: 'adopted@1', count: 0, bytes: 0, sha256: createHash('sha256').update(text).digest('hex') }]
  writeFileSync(join(at, 'cells.json'), text)
  writeFileSync(join(at, 'manifest.json'), JSON.stringify({ vectors: 1, version: '0.0.1', protocols: ['adopted@1'], files }))
}
const few = ['received RS vendor', 'received GK other', 'received CP other']
const broken = ['sent RC', 'received CP', 'received EP', 'received RK', 'received EK', 'received CK'].flatMap((type) => [`${type} vendor`, `${type} other`])

beforeAll(async () => {
  const define = { __VERSION__: '"0"' }
  const shared = { bundle: true, platform: 'node', format: 'esm', logLevel: 'error', define } as const
  await build({ ...shared, stdin: { contents: entry, resolveDir: root, loader: 'ts' }, outfile: runner })
  await build({ ...shared, entryPoints: [join(root, 'src/cli/step.ts')], outfile: steps })
  await build({ ...shared, entryPoints: [join(root, 'src/cli/main.ts')], outfile: own })
  writeVectors(vectors, few)
  writeVectors(join(folder, 'broken'), broken)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Told {
  readonly code: number
  readonly report: RunReport
  readonly text: string
  readonly complaint: string
}

const run = (args: ReadonlyArray<string>): Promise<{ readonly code: number; readonly out: string; readonly err: string }> =>
  new Promise((done) => {
    execFile(process.execPath, [runner, ...args], { maxBuffer: 2 ** 26, timeout: 50_000 }, (error, out, err) => {
      done({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err })
    })
  })
const told = async (args: ReadonlyArray<string>): Promise<Told> => {
  const { code, out, err } = await run(args)
  if (out === '') expect.fail(`no report: exit code ${code}, ${err}`)
  return { code, report: JSON.parse(out) as RunReport, text: out, complaint: err }
}
const misbehaving = (behaviour: string, ...options: ReadonlyArray<string>): Promise<Told> =>
  told(['--vectors', vectors, '--seed', 's', ...options, '--', process.execPath, join(root, 'test/conform/program.js'), behaviour, steps])

/** Trouble by trouble: how often, where that is sure, and what is told of the first time. */
type Said = readonly [kind: keyof typeof troubleKinds, count: number | 'some', first: RegExp]
const cell = String.raw`\([A-Z],[A-Z],[A-Za-z]+\) receives (RS|GK|CP)`
const re = (text: string): RegExp => new RegExp(text.replaceAll('CELL', cell))
const ALL = 1120 + 2 * 280

describe('programs that misbehave', { concurrent: true, timeout: 60_000 }, () => {
  const slow = ['--timeout', '2']
  const usual = ['--timeout', '20']
  test.each<[behaviour: string, options: ReadonlyArray<string>, verdict: Verdict['verdict'], exit: number, troubles: ReadonlyArray<Said>]>([
    ['honest', usual, 'conforming', 0, []],
    ['crlf', usual, 'conforming', 0, []],
    ['much on standard error', usual, 'conforming', 0, []],
    ['no last break', slow, 'not conforming', 1, [['unflushed', 1, re('^no answer within 2 s to CELL; it came')]]],

    ['silent', slow, 'not conforming', 1, [['time-out', 1, re('^no answer within 2 s to CELL, after 0 answers$')]]],
    ['deaf and dumb', slow, 'not conforming', 1, [['time-out', 1, re('^no answer within 2 s to CELL, after 0 answers$')]]],
    ['ends at once', usual, 'not run', 2, [['said-nothing', 1, re('^exit code 3 after 0 answers, before the answer to CELL$')]]],
    ['ends after 20', usual, 'not conforming', 1, [['exited', 1, re('^exit code 7 after 20 answers, before the answer to CELL$')]]],
    ['crashes after 20', usual, 'not conforming', 1, [['exited', 1, re('^signal SIGKILL after 20 answers, before the answer to CELL$')]]],
    ['leaves a child behind', slow, 'not conforming', 1, [['exited', 1, re('^exit code 4 after 20 answers, before the answer to CELL$')]]],
    ['slow with 21', slow, 'not conforming', 1, [['time-out', 1, re('^no answer within 2 s to CELL, after 2[01] answers$')]]],
    ['stuck at 21', slow, 'not conforming', 1, [['time-out', 1, re('^no answer within 2 s to CELL, after 20 answers$')]]],
    ['closes its output', slow, 'not conforming', 1, [['closed-output', 1, re('^after 20 answers, before the answer to CELL$')]]],
    ['closes its input', slow, 'not conforming', 1, [['closed-input', 1, re('^after \\d+ answers, before the answer to CELL$')]]],
    ['does not end', slow, 'not conforming', 1, [['hung-exit', 1, /^still running 2 s after its input ended; killed$/]]],
    ['ends badly', usual, 'not conforming', 1, [['exit-code', 1, /^exit code 5$/]]],
    ['answers when the input ends', slow, 'unfinished', 1, [['unflushed', 1, re('^no answer within 2 s to CELL; it came, with those after it, when the input ended$')]]],
    ['keeps the last answers', slow, 'not conforming', 1, [['unflushed', 1, re('^no answer within 2 s to CELL')]]],
    ['passes over every hundredth', slow, 'not conforming', 1, [['unanswered', 1, re('^\\d+ passed over, the first CELL$')]]],

    ['writes a banner', usual, 'not conforming', 1, [['no-json', 1, /^ready\.$/]]],
    ['logs to its output', usual, 'not conforming', 1, [['no-json', 'some', /^DEBUG number 10$/]]],
    ['writes arrays', slow, 'not conforming', 1, [['no-object', 'some', /^\[\{"id":/], ['unanswered', 1, re('passed over, the first CELL$')]]],
    ['writes empty lines', usual, 'not conforming', 1, [['no-json', 'some', /^an empty line$/]]],
    ['writes bytes', slow, 'not conforming', 1, [['not-utf8', 'some', /^\\x00\\xff\\xfe\\x1b\[2J$/], ['time-out', 1, re('after 0 answers$')]]],
    ['writes without an end', usual, 'not conforming', 1, [['endless-line', 1, /^more than 1048576 bytes without a line break: x{60}…$/]]],
    ['writes without a stop', slow, 'not conforming', 1, [['no-json', 'some', /^chatter$/], ['time-out', 1, re('after 0 answers$')]]],
    ['invents answers', usual, 'not conforming', 1, [['unknown-id', 'some', /^\{"id":"q10","right":\{\}\}$/]]],
    ['counts the ids itself', slow, 'not conforming', 1, [['unknown-id', 256, /^\{"id":1,/], ['time-out', 1, re('after 0 answers$')]]],
    ['answers twice', usual, 'not conforming', 1, [['duplicate', 'some', /^\{"id":/]]],
    ['swaps two answers', slow, 'not conforming', 1, [['out-of-order', 'some', re('^the answer to CELL came after that to a later question$')]]],
    ['echoes', usual, 'not conforming', 1, [['echo', 'some', re('^CELL: \\{"id":')]]],
    ['says right and left', usual, 'not conforming', 1, [['ambiguous', 'some', re('^CELL: \\{"right":')]]],
    ['says nothing of it', usual, 'not conforming', 1, [['shapeless', 'some', re('^CELL: \\{"id":"[^"]+","ok":true\\}$')]]],
    ['nests deeply', usual, 'not conforming', 1, []],

    ['always says the same', usual, 'not conforming', 1, [['constant', 1, /^1680 times left "no-row" null$/]]],
    ['always says fault', usual, 'nothing supported', 1, []],
    ['knows the kit by its names', usual, 'not conforming', 1, [['inconsistent', 'some', re('^CELL: first right .*, then left "no-row" null$')]]],
    ['keeps state between lines', usual, 'not conforming', 1, [['inconsistent', 'some', re('^CELL: first ')]]],
    ['is wrong far from the start', usual, 'not conforming', 1, []],
  ])('%s', async (behaviour, options, verdict, exit, troubles) => {
    const { code, report, complaint } = await misbehaving(behaviour, ...options)
    expect({ verdict: report.verdict, code, complaint, troubles: report.troubles.map(({ kind }) => kind) })
      .toEqual({ verdict, code: exit, complaint: '', troubles: troubles.map(([kind]) => kind) })
    expect(report.exit).toBe(exit)
    for (const [index, [kind, count, first]] of troubles.entries()) {
      const found = report.troubles[index]
      expect(found?.first, kind).toMatch(first)
      if (count === 'some') expect(found?.count, kind).toBeGreaterThan(1)
      else expect(found?.count, kind).toBe(count)
    }
  })

  test('a program that is not there, or cannot be run', async () => {
    for (const [command, said] of [['./no-such-program', /ENOENT/], [folder, /EACCES/]] as const) {
      const { code, report } = await told(['--vectors', vectors, '--', command])
      expect([code, report.verdict, report.troubles.map(({ kind }) => kind)]).toEqual([2, 'not run', ['not-started']])
      expect(report.troubles[0]?.first).toMatch(said)
    }
  })

  test('the end of standard error is told, and no more than that', async () => {
    expect((await misbehaving('ends after 20')).report.stderr).toBe('Traceback: out of luck\n')
    const { report } = await misbehaving('much on standard error')
    expect(report.stderr.length).toBe(4096)
    expect(report.stderr.endsWith('complaint \n')).toBe(true)
  })

  test('order and content are judged apart: swapped answers are right in themselves', async () => {
    const { report } = await misbehaving('swaps two answers')
    expect(report.levels).toEqual([{ level: 'L1', verdict: 'not asked', asked: 0, met: 0, failed: 0, unsupported: 0, lacks: [] },
      { level: 'L2', protocol: 'adopted', verdict: 'met', asked: ALL, met: ALL, failed: 0, unsupported: 0, lacks: [] },
      ...(['L3', 'L4'] as const).map((level) => ({ level, verdict: 'not asked', asked: 0, met: 0, failed: 0, unsupported: 0, lacks: [] }))])
  })
})

describe('failures', { timeout: 60_000 }, () => {
  // RS is received in Accepted, P public, EM not None: the nearest to the start are (A,P,vfdPxa) and what raises no more letters.
  const smallest = async (...options: ReadonlyArray<string>): Promise<unknown> => {
    const { report } = await misbehaving('is wrong far from the start', ...options)
    return report.groups.map(({ group, failed, smallest: one }) => ({ group, failed: failed > 0, name: one?.name, got: one?.got, sent: one?.sent }))
  }
  const expected = [{
    group: 'received RS vendor', failed: true, name: '(A,P,vfdPxa) receives RS', got: '{"left":{"kind":"no-row"}}',
    sent: '{"protocol":"adopted@1","state":{"id":"self","roles":["vendor"],"rm":"Accepted","em":"Proposed","cs":"vfdPxa"},"message":{"id":"m","case":"c","from":"peer","to":["self"],"types":["RS"],"at":"2026-01-05"}}',
  }]
  test('are told by the smallest, whatever the order', async () => {
    for (const seed of ['1', '2']) expect(await smallest('--seed', seed)).toEqual(expected)
  })
  test('are told by the smallest also where only a sample was asked', async () => {
    for (const sample of ['7', '40']) expect(await smallest('--sample', sample)).toEqual(expected)
  })
  test('are counted by group, all of them', async () => {
    const { report } = await misbehaving('is wrong far from the start')
    // Accepted, EM one of four, P in 16 of the 32 case states of a vendor.
    expect(report.groups.map(({ asked, failed }) => [asked, failed])).toEqual([[1120, 4 * 16]])
  })
  test('are the same again with the same seed', async () => {
    const [one, other] = await Promise.all([misbehaving('is wrong far from the start', '--sample', '7'), misbehaving('is wrong far from the start', '--sample', '7')])
    expect(one.text).toBe(other.text)
  })
})

describe('formats and options', { timeout: 60_000 }, () => {
  test('text', async () => {
    const { out } = await run(['--vectors', vectors, '--seed', 's', '--format', 'text', '--', process.execPath, join(root, 'test/conform/program.js'), 'is wrong far from the start', steps])
    const lines = out.trimEnd().split('\n')
    expect(lines[0]).toMatch(/program\.js is wrong far from the start .*: vectors 0\.0\.1, adopted, seed s$/)
    expect(lines.slice(1, 4)).toEqual([
      'L1: not asked', 'L2 adopted: failed, 1,680 asked: 1,616 met, 64 failed', '  received RS vendor: 64 of 1,120 failed; the smallest: (A,P,vfdPxa) receives RS',
    ])
    expect(lines.at(-1)).toBe('not conforming: L2 adopted')
  })
  test('junit', async () => {
    const { code, out } = await run(['--vectors', vectors, '--format', 'junit', '--', process.execPath, join(root, 'test/conform/program.js'), 'honest', steps])
    expect(code).toBe(0)
    expect(out.match(/<testcase [^>]*>/g)).toEqual([
      ...[['CP other', 280], ['GK other', 280], ['RS vendor', 1120]].map(([name, count]) => `<testcase classname="mpcvd.L2.adopted" name="received ${name ?? ''}" assertions="${count ?? ''}"/>`),
      '<testcase classname="mpcvd.lines" name="all"/>',
    ])
  })
  test.each<[ReadonlyArray<string>, RegExp]>([
    [['--', ''], /expects a program/],
    [[], /expects a program/],
    [['--level', 'L5', '--', 'x'], /--level expects L1, L2, L3, L4.*got L5/],
    [['--level', '', '--', 'x'], /got nothing/],
    [['--level', 'L2,', '--', 'x'], /got nothing/],
    [['--protocol', 'other', '--', 'x'], /--protocol expects adopted, published or both, got other/],
    [['--protocol', 'constructor', '--', 'x'], /--protocol expects/],
    [['--sample', '0', '--', 'x'], /--sample expects a whole number from 1, got 0/],
    [['--sample', '1.5', '--', 'x'], /--sample/],
    [['--timeout', '0', '--', 'x'], /--timeout expects seconds/],
    [['--timeout', '1e3', '--', 'x'], /--timeout expects seconds/],
    [['--format', 'yaml', '--', 'x'], /--format expects text, json, junit, got yaml/],
    [['--vectors', '/no/such/folder', '--', 'x'], /cannot read the vectors/],
  ])('%j is refused', async (args, said) => {
    const { code, out, err } = await run(args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(said)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })
  test('vectors that are not what the manifest lists', async () => {
    const other = join(folder, 'changed')
    const refused = async (said: RegExp): Promise<void> => {
      const { code, err } = await run(['--vectors', other, '--', process.execPath, '-e', ''])
      expect([code, said.test(err) ? said : err]).toEqual([2, said])
    }
    writeVectors(other, few)
    writeFileSync(join(other, 'cells.json'), readFileSync(join(other, 'cells.json'), 'utf8').replace('"no-row"', '"no-raw"'))
    await refused(/not the file that the manifest lists/)
    writeVectors(other, few, () => '{"vectors":1}')
    await refused(/expected vectors/)
    writeVectors(other, few, () => '{')
    await refused(/cannot read the vectors/)
    writeFileSync(join(other, 'manifest.json'), '{"vectors":1,"version":"1","files":[{"file":"../cells.json"}]}')
    await refused(/expected the name of a file/)
    writeFileSync(join(other, 'manifest.json'), '[]')
    await refused(/expected a manifest/)
  })
  test('a level that has no questions cannot be asked for', async () => {
    const { code, err } = await run(['--vectors', vectors, '--level', 'L4', '--', process.execPath, join(root, 'test/conform/program.js'), 'honest', steps])
    expect([code, err]).toEqual([2, 'mpcvd: the vectors have no questions for L4 of adopted\n'])
  })
  test('the vectors of the package are found', async () => {
    const options: ConformOptions = { level: 'L2', protocol: undefined, sample: '1000000', timeout: undefined, format: 'json', vectors: undefined, seed: 's', version: '0' }
    const written = process.stdout.write.bind(process.stdout)
    let out = ''
    process.stdout.write = (text: string | Uint8Array) => {
      out += String(text)
      return true
    }
    try {
      expect(await conform(['./no-such-program'], options)).toBe(2)
    } finally {
      process.stdout.write = written
    }
    expect(JSON.parse(out)).toMatchObject({ verdict: 'not run', seed: 's', sample: 1_000_000 })
  })
})

describe('programs that keep the protocol', { timeout: 120_000 }, () => {
  const shipped = ['--vectors', join(root, 'docs/vectors'), '--seed', 's']
  test('mpcvd step meets every level, in a sample of both readings', async () => {
    const { code, report } = await told([...shipped, '--protocol', 'both', '--sample', '1000', '--', process.execPath, own, 'step'])
    expect(report.groups.map(({ group, smallest }) => [group, smallest])).toEqual([])
    expect(report.troubles).toEqual([])
    expect([code, ...report.levels.map(({ level, protocol, verdict }) => `${level} ${protocol ?? '-'} ${verdict}`)]).toEqual([0, 'L1 - met', 'L2 adopted met', 'L2 published met', 'L3 - met', 'L4 - met'])
  })

  const hasPython = (): Promise<boolean> => new Promise((done) => execFile('python3', ['--version'], (error) => done(error === null)))
  const examples = join(root, 'examples/conform')

  test('the independent program in Python meets L1, and L2 in a sample of both readings', async (context) => {
    if (!(await hasPython())) return context.skip('python3 is not there')
    const { code, report } = await told([...shipped, '--protocol', 'both', '--sample', '1000', '--level', 'L1,L2', '--', 'python3', join(examples, 'mpcvd_step.py')])
    expect(report.groups.map(({ group, smallest }) => [group, smallest])).toEqual([])
    expect([code, report.troubles, ...report.levels.map(({ verdict }) => verdict)]).toEqual([0, [], 'met', 'met', 'met'])
  })

  // From what each variant says is broken: the failing groups among those asked, each with the failing state nearest to the start, and how many of
  // the group's states are wrong: six of seven report states (none is left of Closed), one of seven (Valid).
  const start = { vendor: '(S,N,vfdpxa)', other: '(S,N,pxa)' }
  test.each<[variant: string, failing: ReadonlyArray<readonly [group: string, smallest: string, failed?: number]>, troubles: ReadonlyArray<keyof typeof troubleKinds>]>([
    ['acknowledges_acknowledgements', ['CK', 'EK', 'RK'].flatMap((type) => [
      [`received ${type} other`, `${start.other} receives ${type}`, (6 * 280) / 7] as const, [`received ${type} vendor`, `${start.vendor} receives ${type}`, (6 * 1120) / 7] as const,
    ]), []],
    ['closes_from_valid', [['sent RC other', '(V,N,pxa) sends RC', 280 / 7], ['sent RC vendor', '(V,N,vfdpxa) sends RC', 1120 / 7]], []],
    ['forgets_the_vendor', [
      ...['CK', 'EK', 'EP', 'RK'].map((type) => [`received ${type} vendor`, `(S,N,vfdPxa) receives ${type}`] as const),
      ['received CP vendor', '(S,N,vfdpxa) receives CP'], ['sent RC vendor', '(I,N,vfdPxa) sends RC'],
    ], []],
    ['negotiates_in_public', [['received EP other', '(S,N,Pxa) receives EP'], ['received EP vendor', '(S,N,vfdPxa) receives EP']], []],
    ['remembers_participants', [
      ...['CK', 'CP', 'EK', 'EP', 'RK'].flatMap((type) => [[`received ${type} other`, `${start.other} receives ${type}`] as const, [`received ${type} vendor`, `${start.vendor} receives ${type}`] as const]),
    ], ['inconsistent']],
  ])('the broken variant %s is caught', async (variant, failing, troubles) => {
    if (!(await hasPython())) {
      console.log(`skipped ${variant}: python3 is not there`)
      return
    }
    const { code, report } = await told(['--vectors', join(folder, 'broken'), '--seed', 's', '--', 'python3', join(examples, 'broken', `${variant}.py`)])
    expect([code, report.verdict, report.troubles.map(({ kind }) => kind)]).toEqual([1, 'not conforming', troubles])
    // What a program remembers depends on the order of asking: which closing it refuses is left open.
    const found = report.groups.filter(({ group }) => variant !== 'remembers_participants' || !group.startsWith('sent RC'))
    const byName = (one: ReadonlyArray<unknown>, other: ReadonlyArray<unknown>): number => (String(one[0]) < String(other[0]) ? -1 : 1)
    expect(found.map(({ group, smallest }) => [group, smallest?.name]).sort(byName)).toEqual(failing.map(([group, smallest]) => [group, smallest]).sort(byName))
    for (const [group, , failed] of failing) if (failed !== undefined) expect(report.groups.find((one) => one.group === group)?.failed, group).toBe(failed)
  })
})
