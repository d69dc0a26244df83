/**
 * The behaviour trees: drawn as published, node by node; every leaf with a meaning or a question; the engine by its table of
 * results; and that nothing is proposed which may not be sent, over every state with chance for answers and messages.
 */
import { readFileSync } from 'node:fs'
import { adopted, errata, type Message, type MessageType, messageTypeList, type Participant } from 'mpcvd'
import {
  behaviourTrees, type CallbackAnswers, type CallbackName, callbacks, corrections, meanings, type PublishedTree, run, type Status, tick, tickIn, treeDiagram, type TreeNode,
} from 'mpcvd/advice'
import { caseOf, charterOf, ingest, linked, openLedger } from 'mpcvd/case'
import { describe, expect, test } from 'vitest'
import { complaints, messageWith, participants, pick, plain, randomFrom } from './cells.js'

const names = Object.keys(callbacks) as ReadonlyArray<CallbackName>
const drawn = new Map(readFileSync(new URL('spec/trees.txt', import.meta.url), 'utf8').split(/^## /m).slice(1).map((part) => {
  const [id = '', ...lines] = part.trimEnd().split('\n')
  return [id, lines] as const
}))
const outline = (node: TreeNode, depth = 0): ReadonlyArray<string> => {
  const indent = '  '.repeat(depth)
  switch (node.kind) {
    case 'condition':
      return [`${indent}Cond «${node.label}»`]
    case 'action':
      return [`${indent}Action «${node.label}»`]
    case 'added':
      return []
    default: {
      const head = { sequence: 'Sequence', fallback: 'Fallback', loop: node.kind === 'loop' && node.until === 'failure' ? 'Loop (until fail)' : 'Loop', parallel: node.kind === 'parallel' && node.needed === 1 ? 'Parallel (1)' : 'Parallel m/n' }[node.kind]
      return [`${indent}${head}`, ...node.children.flatMap((child) => outline(child, depth + 1))]
    }
  }
}
const leavesOf = (node: TreeNode): ReadonlyArray<string> => ('children' in node ? node.children.flatMap(leavesOf) : node.kind === 'added' ? leavesOf(node.child) : [node.label])
const addedIn = (node: TreeNode): ReadonlyArray<string> => {
  if (node.kind === 'added') return [node.erratum]
  return 'children' in node ? node.children.flatMap(addedIn) : []
}
const everyLeaf = behaviourTrees.flatMap(({ id, root }) => leavesOf(root).map((label) => ({ id, label, name: `${id} ${label}` })))

describe('the trees', () => {
  test('are the 29 that are published', () => expect(behaviourTrees.map(({ id }) => id)).toEqual([...drawn.keys()]))
  test.each(behaviourTrees)('$id $name is as it is drawn', ({ id, root }) => expect(outline(root)).toEqual(drawn.get(id)))

  test('89 questions: four of BT-02, three of BT-03, and so on', () => {
    const counted = names.reduce<Record<string, number>>((all, name) => ({ ...all, [name.slice(3, 5)]: (all[name.slice(3, 5)] ?? 0) + 1 }), {})
    expect(Object.entries(counted).sort().map(([tree, count]) => `${tree} ${count}`)).toEqual([
      '02 4', '03 3', '04 1', '09 1', '12 5', '13 7', '14 2', '15 2', '16 9', '17 2', '18 1', '19 4', '20 5', '21 4', '22 11', '23 3', '24 6', '25 7', '26 3', '27 3', '28 3', '29 3',
    ])
    expect(names).toHaveLength(89)
  })
  test('every leaf is a question or has a meaning, and every question, meaning and correction has a leaf', () => {
    const has = (all: object, name: string): boolean => Object.hasOwn(all, name)
    expect(everyLeaf.filter(({ label, name }) => !has(callbacks, name) && !has(corrections, name) && !has(meanings, label)).map(({ name }) => name)).toEqual([])
    expect(everyLeaf.filter(({ name }) => has(callbacks, name) && has(corrections, name))).toEqual([])
    const leafNames = new Set(everyLeaf.map(({ name }) => name))
    // Two are no leaves: how many kinds of work have to succeed, and how often a loop goes round.
    expect(names.filter((name) => !leafNames.has(name))).toEqual(['BT-15 m', 'BT-18 effort limit'])
    expect(Object.keys(corrections).filter((name) => !leafNames.has(name))).toEqual([])
    const labels = new Set(everyLeaf.map(({ label }) => label))
    expect(Object.keys(meanings).filter((label) => !labels.has(label) && !/^is \w\w msg\?$/.test(label))).toEqual([])
  })
  test('what is read otherwise, or added, is an erratum of the register', () => {
    const known = new Set(errata.map(({ id }) => id))
    const cited = [...Object.values(corrections).flatMap((one) => one.errata), ...behaviourTrees.flatMap(({ root }) => addedIn(root))]
    expect(cited.filter((id) => !known.has(id))).toEqual([])
    expect([...new Set(cited.filter((id) => id.startsWith('D-BT')))].sort()).toEqual(['D-BT-01', 'D-BT-02', 'D-BT-03', 'D-BT-04', 'D-BT-05', 'D-BT-06', 'D-BT-08', 'D-BT-09', 'D-BT-10'])
  })
  test('as Mermaid: a node for each, an arrow to each but the root', () => {
    const size = (node: TreeNode): number => (node.kind === 'added' ? size(node.child) : 1 + ('children' in node ? node.children.reduce((sum, child) => sum + size(child), 0) : 0))
    for (const tree of behaviourTrees) {
      const lines = treeDiagram(tree).split('\n')
      expect(lines[0]).toBe('flowchart TD')
      const [nodes, arrows] = [lines.filter((line) => /^ {2}n\d+[[({]/.test(line)), lines.filter((line) => /^ {2}n\d+ --> n\d+$/.test(line))]
      expect([nodes.length, arrows.length, lines.length]).toEqual([size(tree.root), size(tree.root) - 1, 2 * size(tree.root)])
    }
  })
})

describe('the engine', () => {
  const leaf = (label: Status): TreeNode => ({ kind: 'action', label })
  const result = (node: TreeNode, needed = 2): Status => run(node, { leaf: ({ label }) => label as Status, needed: () => needed })
  const all: ReadonlyArray<Status> = ['success', 'failure', 'running']
  const triples = all.flatMap((a) => all.flatMap((b) => all.map((c) => [a, b, c] as const)))

  test.each(triples)('%s, %s, %s', (...given) => {
    const children = given.map(leaf)
    const count = (status: Status): number => given.filter((one) => one === status).length
    expect(result({ kind: 'sequence', children })).toBe(given.find((one) => one !== 'success') ?? 'success')
    expect(result({ kind: 'fallback', children })).toBe(given.find((one) => one !== 'failure') ?? 'failure')
    expect(result({ kind: 'loop', until: 'once', children })).toBe(given.find((one) => one !== 'success') ?? 'success')
    for (const needed of [1, 2, 3]) expect(result({ kind: 'parallel', needed: 'm', children }, needed)).toBe(count('success') >= needed ? 'success' : 3 - count('failure') < needed ? 'failure' : 'running')
    expect(result({ kind: 'parallel', needed: 1, children })).toBe(count('success') > 0 ? 'success' : count('failure') === 3 ? 'failure' : 'running')
    expect(result({ kind: 'added', erratum: '', child: children[0] ?? leaf('failure') })).toBe(given[0])
  })
  test('what comes after the end of a sequence or fallback is not asked; a parallel asks all', () => {
    const asked: string[] = []
    const node = (kind: 'sequence' | 'fallback', ...labels: ReadonlyArray<string>): TreeNode => ({ kind, children: labels.map((label) => ({ kind: 'condition', label })) })
    const runner = { leaf: ({ label }: { readonly label: string }) => { asked.push(label); return label.startsWith('y') ? 'success' as const : 'failure' as const }, needed: () => 1 }
    run(node('sequence', 'y1', 'n1', 'y2'), runner)
    run(node('fallback', 'n2', 'y3', 'y4'), runner)
    run({ kind: 'parallel', needed: 1, children: [node('sequence', 'y5'), node('sequence', 'y6')] }, runner)
    expect(asked).toEqual(['y1', 'n1', 'n2', 'y3', 'y5', 'y6'])
  })
  test('a loop until one fails ends in success, and one that never fails ends', () => {
    let left = 3
    expect(run({ kind: 'loop', until: 'failure', children: [{ kind: 'condition', label: '' }] }, { leaf: () => (left-- > 0 ? 'success' : 'failure'), needed: () => 1 })).toBe('success')
    expect(left).toBe(-1)
    expect(result({ kind: 'loop', until: 'failure', children: [leaf('success')] })).toBe('running')
    expect([result({ kind: 'sequence', children: [] }), result({ kind: 'fallback', children: [] })]).toEqual(['success', 'failure'])
  })
})

const received = (types: ReadonlyArray<MessageType>): Message => messageWith('received', types, plain)
const sentBy = (self: Participant, inbox: ReadonlyArray<Message>, answers: CallbackAnswers = {}, tree?: PublishedTree['id'], untold = false): ReadonlyArray<string> =>
  tick(self, { inbox, answers, untold, ...(tree === undefined ? {} : { tree }) }).messages.map(({ types }) => types.join('+'))
const vendor = (rm: Participant['rm'], em: Participant['em'], cs: Participant['cs'], roles: Participant['roles'] = ['vendor']): Participant => ({ id: 'self', roles, rm, em, cs })

describe('a tick', () => {
  test('proposes nothing that may not be sent, whatever the state, the messages and the answers', () => {
    const random = randomFrom(0x7eee)
    const wrong = complaints()
    const seen = new Set<string>()
    const answerOf = (): boolean | 'running' | undefined => {
      const answer = pick(random, ['yes', 'yes', 'yes', 'no', 'no', 'running', 'open'])
      return answer === 'open' ? undefined : answer === 'running' ? answer : answer === 'yes'
    }
    for (let i = 0; i < 15_000; i++) {
      const [shape, self] = pick(random, participants)
      const answers: CallbackAnswers = Object.fromEntries(names.filter((name) => !name.startsWith('BT-03')).flatMap((name) => {
        const answer = answerOf()
        return answer === undefined ? [] : [[name, random() < 0.1 ? () => answer : answer]]
      }))
      const inbox = Array.from({ length: Math.floor(random() * 3) }, () => received([pick(random, messageTypeList)]))
      const tree = random() < 0.5 ? 'BT-01' : pick(random, behaviourTrees).id
      const result = tick(self, { tree, inbox, answers, untold: random() < 0.5 })
      const at = `${tree} ${shape} (${self.rm},${self.em},${self.cs}) ${inbox.map(({ types }) => types.join()).join(' ')}`
      for (const { after, before, context, types } of result.messages) {
        const step = adopted.transition(before, messageWith('sent', types, { ...plain, ...context }))
        if (step._tag === 'Left') wrong.add(`${at}: ${types.join('+')} is refused in (${before.rm},${before.em},${before.cs})`)
        else if (JSON.stringify(step.right.state) !== JSON.stringify(after)) wrong.add(`${at}: ${types.join('+')} leads elsewhere`)
        else if (step.right.replies.length > 0) wrong.add(`${at}: ${types.join('+')} leaves ${step.right.replies.join()} unsaid`)
        types.forEach((type) => seen.add(type))
      }
      const open = result.questions.filter((name) => answers[name] !== undefined && typeof answers[name] !== 'function')
      if (open.length > 0) wrong.add(`${at}: asked what was answered: ${open.join()}`)
      if (result.questions.some((name) => 'otherwise' in callbacks[name])) wrong.add(`${at}: asked what has a default`)
      if (result.unhandled.some((one) => !inbox.includes(one))) wrong.add(`${at}: a message from nowhere`)
      if (JSON.stringify(tick(self, { tree, inbox, answers: {} })) !== JSON.stringify(tick(self, { tree, inbox, answers: {} }))) wrong.add(`${at}: not the same again`)
    }
    expect(wrong.first).toEqual([])
    // All that the trees can emit (behaviours, table of emissions), with EC, which the drawing lacks; GE has no tree.
    expect([...messageTypeList].filter((type) => !seen.has(type))).toEqual(['GE'])
  })

  test('a report comes: the vendor says that it is aware, acknowledges, and is asked for its verdict', () => {
    const result = tick(vendor('Start', 'None', 'vfdpxa'), { inbox: [received(['RS'])] })
    expect(result.messages.map(({ answers, types }) => [types.join('+'), answers?.types.join()])).toEqual([['CV', undefined], ['RK', 'RS']])
    expect([result.state.rm, result.state.cs, result.status]).toEqual(['Received', 'Vfdpxa', 'running'])
    expect(result.questions).toEqual(['BT-12 evaluate credibility'])
    expect(result.unhandled).toEqual([])
  })
  test('verdicts: credible and valid, credible only, neither', () => {
    const self = vendor('Received', 'None', 'Vfdpxa')
    const verdict = (credible: boolean, valid: boolean): ReadonlyArray<string> => sentBy(self, [], { 'BT-12 evaluate credibility': credible, 'BT-12 evaluate validity': valid }, 'BT-12')
    expect([verdict(true, true), verdict(true, false), verdict(false, true)]).toEqual([['RV'], ['RI'], ['RI']])
    // D-RM-02: an invalid report that stays so is not announced again.
    expect(sentBy(vendor('Invalid', 'None', 'Vfdpxa'), [], { 'BT-12 enough info?': false, 'BT-12 gather info': true, 'BT-12 no new info': false, 'BT-12 evaluate credibility': false }, 'BT-12')).toEqual([])
  })
  test('priority: accept, defer, and what is deferred gets no work (D-BT-04)', () => {
    const later: CallbackAnswers = { 'BT-13 evaluate priority': true, 'BT-13 priority is not defer?': false, 'BT-13 defer': true, 'BT-13 enough info?': false, 'BT-13 gather info': false, 'BT-14 close criteria met?': false, 'BT-17 create fix': true, 'BT-17 fix ready?': true }
    expect(sentBy(vendor('Valid', 'None', 'Vfdpxa'), [], later, 'BT-11')).toEqual(['RD'])
    expect(sentBy(vendor('Accepted', 'None', 'Vfdpxa'), [], later, 'BT-11')).toEqual(['RD'])
    expect(sentBy(vendor('Accepted', 'None', 'Vfdpxa'), [], { ...later, 'BT-13 priority is not defer?': true }, 'BT-11')).toContain('CF')
    expect(sentBy(vendor('Valid', 'None', 'Vfdpxa'), [], { ...later, 'BT-13 priority is not defer?': true, 'BT-13 accept': true }, 'BT-11')).toEqual(['RA'])
  })
  test('nothing is to be done before there is a report (D-BT-03)', () => {
    expect(tick(vendor('Start', 'None', 'vfdpxa'), { tree: 'BT-11' }).status).toBe('success')
    expect(tick(vendor('Start', 'None', 'vfdpxa')).status).toBe('success')
  })
  test('the public learns of it: adopted, and the embargo ended, although the guards are drawn the other way round (D-BT-02)', () => {
    expect(sentBy(vendor('Accepted', 'Active', 'Vfdpxa'), [received(['CP'])], {}, 'BT-07')).toEqual(['ET', 'CK'])
    expect(sentBy(vendor('Accepted', 'Proposed', 'Vfdpxa'), [received(['CA'])], {}, 'BT-07')).toEqual(['ER', 'CK'])
    expect(sentBy(vendor('Accepted', 'Active', 'Vfdpxa'), [received(['CX'])], {}, 'BT-07')).toEqual(['ET+CP', 'CK'])
    expect(tick(vendor('Accepted', 'None', 'Vfdpxa'), { tree: 'BT-07', inbox: [received(['CP'])] }).state.cs).toBe('VfdPxa')
  })
  test('messages for a closed case are left alone, those before it are taken (D-BT-01)', () => {
    const closed = tick(vendor('Closed', 'None', 'Vfdpxa'), { tree: 'BT-03', inbox: [received(['RS'])] })
    expect([closed.messages.length, closed.unhandled.length, closed.status]).toEqual([0, 1, 'success'])
    expect(sentBy(vendor('Received', 'None', 'Vfdpxa'), [received(['RS']), received(['EP'])], {}, 'BT-03')).toEqual(['RK', 'EK'])
  })
  test('terms: accepted as EA, a revision as EC (D-EM-02); refused, countered', () => {
    const yes: CallbackAnswers = { 'BT-28 evaluate': true, 'BT-28 accept': true }
    expect(sentBy(vendor('Accepted', 'Proposed', 'Vfdpxa'), [], yes, 'BT-26')).toEqual(['EA'])
    expect(sentBy(vendor('Accepted', 'Revise', 'Vfdpxa'), [], yes, 'BT-26')).toEqual(['EC'])
    const no: CallbackAnswers = { 'BT-28 evaluate': true, 'BT-28 accept': false, 'BT-28 willing to counter?': false, 'BT-26 reject': true }
    expect(sentBy(vendor('Accepted', 'Proposed', 'Vfdpxa'), [], no, 'BT-26')).toEqual(['ER'])
    expect(sentBy(vendor('Accepted', 'Revise', 'Vfdpxa'), [], no, 'BT-26')).toEqual(['EJ'])
    const other: CallbackAnswers = { ...no, 'BT-28 willing to counter?': true, 'BT-27 select terms': true, 'BT-27 no new proposal?': false }
    expect(sentBy(vendor('Accepted', 'Proposed', 'Vfdpxa'), [], other, 'BT-26')).toEqual(['EP'])
    expect(sentBy(vendor('Accepted', 'Revise', 'Vfdpxa'), [], other, 'BT-26')).toEqual(['EV'])
    expect(tick(vendor('Accepted', 'Proposed', 'Vfdpxa'), { tree: 'BT-26' }).questions).toEqual(['BT-28 evaluate'])
  })
  test('a report under an embargo: the terms first (D-BT-05)', () => {
    const reach: CallbackAnswers = { 'BT-20 choose recipient': true, 'BT-20 recipient policy compatible?': true, 'BT-20 find contact info': true }
    expect(sentBy(vendor('Accepted', 'Active', 'Vfdpxa'), [], reach, 'BT-20', true)).toEqual(['EP'])
    expect(sentBy(vendor('Accepted', 'None', 'Vfdpxa'), [], reach, 'BT-20', true)).toEqual(['RS'])
    expect(sentBy(vendor('Accepted', 'None', 'Vfdpxa'), [], reach, 'BT-20')).toEqual([])
  })
  test('threats are told of once (D-BT-09); an exploit that is published too (D-BT-06)', () => {
    const attacks: CallbackAnswers = { 'BT-23 monitor attacks': true }
    expect(sentBy(vendor('Accepted', 'Active', 'Vfdpxa'), [], attacks, 'BT-23')).toEqual(['ET+CA'])
    expect(sentBy(vendor('Accepted', 'Exited', 'VfdpxA'), [], attacks, 'BT-23')).toEqual([])
    const publish: CallbackAnswers = { 'BT-21 publication intents set?': true, 'BT-21 all published?': false, 'BT-22 exploit ready?': true, 'BT-22 no publish fix?': true, 'BT-22 no publish report?': true, 'BT-21 publish': true, 'BT-26 stop trying?': true }
    expect(sentBy(vendor('Accepted', 'None', 'VFdpxa'), [], { ...publish, 'BT-22 no publish exploit?': false }, 'BT-21')).toEqual(['CX+CP'])
    expect(sentBy(vendor('Accepted', 'None', 'VFdpxa'), [], publish, 'BT-21')).toEqual(['CP'])
    expect(sentBy(vendor('Accepted', 'Active', 'VFdpxa'), [], { ...publish, 'BT-26 current terms ok?': true }, 'BT-21')).toEqual([])
  })
  test('answers that are functions are given the state and the message; names that are none are passed over', () => {
    const seen: (readonly [string, string | undefined])[] = []
    tick(vendor('Received', 'None', 'Vfdpxa'), { inbox: [received(['RV'])], answers: { 'BT-04 update sender status': (self, message) => { seen.push([self.rm, message?.types.join()]); return true }, ...({ 'BT-99 nothing': true } as object) } })
    expect(seen).toEqual([['Received', 'RV']])
    expect(tick(vendor('Received', 'None', 'Vfdpxa'), { answers: Object.create({ 'BT-12 evaluate credibility': true }) as CallbackAnswers }).questions).toEqual(['BT-12 evaluate credibility'])
    expect(tick(vendor('Received', 'None', 'Vfdpxa'), { tree: 'BT-77' }).status).toBe('failure')
  })

  test('of a case: its participant, whom nobody has told, and whether the embargo has run out', () => {
    const header = { log: 1, protocol: 'adopted@1', case: 'c', world: 'closed', participants: [{ id: 'r', roles: ['reporter'] }, { id: 'v', roles: ['vendor'] }] } as const
    const proposal: Message = { id: 'm1', case: 'c', from: 'r', to: ['v'], types: ['EP'], at: '2026-01-05', embargo: { id: 'e', end: '2026-02-01' } }
    const accepted: Message = { id: 'm2', case: 'c', from: 'v', to: ['r'], types: ['EA'], at: '2026-01-06', embargo: { id: 'e', answers: 'e' } }
    const opened = openLedger(charterOf(header))
    const of = caseOf(ingest(opened._tag === 'Right' ? opened.right : expect.fail('no charter'), linked([{ header, entries: [{ message: proposal }, { message: accepted }] }])))
    const messagesOf = (at: string, answers: CallbackAnswers): ReadonlyArray<string> => {
      const found = tickIn(of, 'r', at, { answers })
      return found._tag === 'Right' ? found.right.messages.map(({ types }) => types.join('+')) : expect.fail('no tick')
    }
    const idle: CallbackAnswers = { 'BT-14 close criteria met?': false, 'BT-13 enough info?': true, 'BT-26 current terms ok?': true }
    const told: CallbackAnswers = { ...idle, 'BT-19 all relevant parties known?': true, 'BT-20 choose recipient': true, 'BT-20 recipient policy compatible?': true, 'BT-20 find contact info': true }
    expect(messagesOf('2026-01-10', told)).toEqual(['EP'])
    expect(messagesOf('2026-01-10', idle)).toEqual([])
    expect(messagesOf('2026-03-01', idle)).toEqual(['ET'])
    expect(messagesOf('2026-03-01', { ...idle, 'BT-29 timer expired?': false })).toEqual([])
    expect(tickIn(of, 'nobody', '2026-01-10')).toMatchObject({ _tag: 'Left', left: { fault: 'unknown-participant' } })
  })
})
