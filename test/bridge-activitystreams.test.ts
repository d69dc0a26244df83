/**
 * ActivityStreams as Vultron writes it: every message type there and back, what two honest parties read differently, and
 * each of Vultron's own examples. The examples lie beside the repository and stay there; without them they are skipped.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { em, type EmState, type Message, type MessageType, messageTypeList, start, transition } from 'mpcvd'
import { type ObjectKind, readActivity, type Receiver, writeActivity } from 'mpcvd/bridge/activitystreams'
import { caseOf, entriesOf, ingest, type Ledger, openLedger, unite } from 'mpcvd/case'
import { decodeMessage } from 'mpcvd/codec'
import { describe, expect, test } from 'vitest'
import { mutated } from './bridge/junk.js'

const message = (type: MessageType, more: Partial<Message> = {}): Message => ({
  id: 'urn:m', case: 'urn:case', from: 'urn:acme', to: ['urn:rita'], types: [type], at: '2024-03-01T10:00:00Z',
  ...(type.startsWith('E') ? { embargo: { id: 'urn:e', end: '2024-06-01T00:00:00Z', ...(['EA', 'EC', 'ER', 'EJ'].includes(type) ? { answers: 'urn:e' } : {}) } } : {}),
  ...(type === 'RS' ? { report: { id: 'urn:r' } } : {}), ...more,
})
const receiver = (state: EmState = 'None', more: Partial<Receiver> = {}): Receiver => ({ em: state, cs: 'vfdpxa', seen: '2024-03-02T00:00:00Z', ...more })
const written = (of: Message, cs = 'VFDPXA'): unknown => {
  const result = writeActivity(of, { cs })
  return result._tag === 'Right' ? JSON.parse(JSON.stringify(result.right)) as unknown : expect.fail(JSON.stringify(result.left))
}
const read = (activity: unknown, by: Receiver): string => {
  const result = readActivity(activity, by)
  return result._tag === 'Right' ? result.right.types.join('+') : `${result.left.path} ${result.left.got}`
}

/** The types that have no form on this wire: errors, and acknowledgements of other things than reports. */
const formless: ReadonlyArray<MessageType> = ['RE', 'EE', 'CE', 'GE', 'EK', 'CK', 'GK']

describe('there and back', () => {
  test('every type that has a form comes back as it was, where the receiver\'s state is the one in which it is expected', () => {
    const expectedIn: Partial<Record<MessageType, EmState>> = { EV: 'Active', EC: 'Revise', EJ: 'Revise', EA: 'Proposed', ER: 'Proposed', ET: 'Active' }
    for (const type of messageTypeList.filter((each) => !formless.includes(each))) {
      const of = message(type)
      const before = 'VFDPXA'.replace(type[1] ?? '', (letter) => letter.toLowerCase())
      const result = readActivity(written(of), receiver(expectedIn[type] ?? 'None', { cs: type.startsWith('C') ? before : 'vfdpxa' }))
      expect(result, type).toEqual({ _tag: 'Right', right: of })
    }
  })

  test('an answer names the embargo through the invitation, which has an id of its own: what is answered so comes into force', () => {
    const invite = written(message('EP')) as object
    const answer = { type: 'Accept', id: 'urn:a', actor: 'urn:rita', to: ['urn:acme'], context: 'urn:case', published: '2024-03-02T10:00:00Z' }
    const terms = { id: 'urn:e', answers: 'urn:e' }
    const whole = readActivity({ ...answer, object: invite }, receiver('Proposed'))
    const byId = readActivity({ ...answer, object: 'urn:m' }, receiver('Proposed', { kinds: { 'urn:m': 'invite' }, invitations: { 'urn:m': 'urn:e' } }))
    expect([whole._tag === 'Right' && whole.right.embargo, byId._tag === 'Right' && byId.right.embargo]).toEqual([{ ...terms, end: '2024-06-01T00:00:00Z' }, terms])
    const back = writeActivity(message('EA'), { invitation: 'urn:m' })
    expect(back._tag === 'Right' && back.right['object']).toMatchObject({ type: 'Invite', id: 'urn:m', object: { id: 'urn:e' } })
    const opened = openLedger({ case: 'urn:case', protocol: 'adopted@1', decision: 'first', order: 'causal', participants: [{ id: 'urn:acme', roles: ['vendor'], start: '(A,N,Vfdpxa)' }, { id: 'urn:rita', roles: ['reporter'], start: '(A,N,pxa)' }] })
    if (opened._tag === 'Left' || whole._tag === 'Left') return expect.fail('no ledger')
    const { findings, state } = caseOf(ingest(opened.right, [{ message: message('EP') }, { message: { ...whole.right, after: ['urn:m'] } }]))
    expect([state.em, findings]).toEqual(['Active', []])
  })

  test('a type without a form is refused, with what there is in its place', () => {
    for (const type of formless) {
      const result = writeActivity(message(type))
      expect(result._tag === 'Left' && result.left.expected, type).toMatch(/^a type that has a form; in its place: \S/)
    }
    expect(writeActivity(message('RS', { types: ['RS', 'EP'] }))._tag).toBe('Left')
    expect(writeActivity(message('CP'))._tag).toBe('Left')
  })

  test('what is read depends on the receiver\'s embargo state, in each of the five', () => {
    const readings = (type: MessageType): string => em.states.map((state) => read(written(message(type)), receiver(state))).join(' ')
    expect([readings('EP'), readings('EV'), readings('EA'), readings('EJ')]).toEqual(['EP EP EV EV EP', 'EP EP EV EV EP', 'EA EA EA EC EA', 'ER ER ER EJ ER'])
  })

  test('a status tells what was not known before, in the order of a bundle', () => {
    const status = written(message('CP'), 'VfdPXa')
    expect([read(status, receiver()), read(status, receiver('None', { cs: 'VfdPxa' })), read(status, receiver('None', { cs: 'VfdPXa' }))]).toEqual(['CX+CP', 'CX', '/object "PXa"'])
  })
})

test('proposals that cross an acceptance are read differently by two honest parties', () => {
  // Both have seen one proposal. Acme makes another; Rita has meanwhile accepted the first, which Acme does not know yet.
  const acme = { ...start('urn:acme', ['vendor']), rm: 'Accepted', em: 'Proposed', cs: 'Vfdpxa' } as const
  const rita = { ...start('urn:rita', ['reporter']), em: 'Active' } as const
  const proposal = message('EP')
  expect(transition(acme, proposal)._tag).toBe('Right')
  const received = readActivity(written(proposal), receiver(rita.em))
  if (received._tag === 'Left') return expect.fail(JSON.stringify(received.left))
  expect(received.right.types).toEqual(['EV'])
  // Under its own name the message is unexpected at Rita (EE); on this wire, it opens a revision that Acme has not proposed.
  const [named, wired] = [transition(rita, proposal), transition(rita, received.right)]
  expect([named._tag === 'Right' && [named.right.state.em, named.right.replies], wired._tag === 'Right' && [wired.right.state.em, wired.right.replies]]).toEqual([['Active', ['EE']], ['Revise', ['EK']]])
})

describe('what the ledger does about proposals that cross', () => {
  const opened = openLedger({ case: 'urn:case', protocol: 'adopted@1', decision: 'first', order: 'causal', participants: [{ id: 'urn:acme', roles: ['vendor'], start: '(A,N,Vfdpxa)' }, { id: 'urn:rita', roles: ['reporter'], start: '(A,N,pxa)' }] })
  const empty = opened._tag === 'Right' ? opened.right : undefined
  const proposal = message('EP', { id: 'urn:1', embargo: { id: 'urn:e1', end: '2024-06-01T00:00:00Z' } })
  const answer = message('EA', { id: 'urn:2', from: 'urn:rita', to: ['urn:acme'], after: ['urn:1'], embargo: { id: 'urn:e1', answers: 'urn:e1' } })
  const crossing = message('EP', { id: 'urn:3', after: ['urn:1'], embargo: { id: 'urn:e2', end: '2024-07-01T00:00:00Z' } })
  const ledger = (...all: ReadonlyArray<Message>): Ledger => (empty === undefined ? expect.fail('no ledger') : all.reduce((of, each) => ingest(of, { message: each }), empty))
  const summary = (of: Ledger): string => {
    const { findings, proposals, state } = caseOf(of)
    return [state.em, ...proposals.map(({ id, status }) => `${id} ${status}`), ...findings.map(({ entry, kind }) => `${entry} ${kind}`)].join(', ')
  }
  /** The crossing proposal as Rita reads it on this wire: she has accepted, so it is a revision to her. */
  const wired = readActivity(written(crossing), receiver('Active'))
  const asRead = wired._tag === 'Right' ? { ...wired.right, after: ['urn:1'] } : crossing

  test('as it was written it is one entry, and every participant comes to the same case, in whatever order it came', () => {
    const orders = [[proposal, answer, crossing], [proposal, crossing, answer], [crossing, answer, proposal], [answer, proposal, crossing]].map((all) => ledger(...all))
    expect([...new Set(orders.map(summary))]).toEqual(['Active, urn:e1 in force, urn:e2 superseded'])
    expect(new Set(orders.map((of) => JSON.stringify(entriesOf(of)))).size).toBe(1)
  })

  test('as each has read it it is two entries of one id: the ledger holds both, lets neither count, and says so to both alike', () => {
    expect([asRead.types, crossing.types]).toEqual([['EV'], ['EP']])
    const [acme, rita] = [ledger(proposal, crossing, answer), ledger(proposal, answer, asRead)]
    // In the ledger's order it stands before the acceptance, which its author had not seen: a revision of nothing.
    expect([summary(acme), summary(rita)]).toEqual(['Active, urn:e1 in force, urn:e2 superseded', 'Active, urn:e1 in force, urn:3 refused'])
    const [one, other] = [unite(acme, rita), unite(rita, acme)]
    if (one === undefined || other === undefined) return expect.fail('other charters')
    expect(summary(one)).toBe(summary(other))
    expect(summary(one)).toMatch(/^Active, urn:e1 in force, urn:3 equivocation/)
  })
})

describe('Vultron\'s examples', () => {
  const folder = new URL('../../shared/data/vultron/reference-examples/', import.meta.url)
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  if (names.length === 0) console.log('skipped: Vultron\'s examples are not here')
  const example = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
  const by = (kind: ObjectKind, object: unknown): Receiver => receiver('None', { asType: true, to: ['urn:rita'], case: 'urn:case', ...(typeof object === 'string' ? { kinds: { [object]: kind } } : {}) })

  test('are no messages as they stand: all but objects and one have asType', () => {
    for (const name of names) expect(read(example(name), receiver()), name).toMatch(/^\/(type|actor|object) /)
  })

  test('with asType, and where it is said what ids stand for, these are messages, and the rest is refused with a reason', () => {
    const offers = ['read_report.json', 'validate_report.json', 'invalidate_report.json', 'close_report.json']
    const told = names.flatMap((name) => {
      const value = example(name) as { readonly object?: unknown }
      const types = read(value, by(offers.includes(name) ? 'offer' : 'case', value.object))
      return types.startsWith('/') ? [] : [`${name.replace('.json', '')} ${types}`]
    })
    if (names.length > 0)
      expect(told).toEqual([
        'accept_embargo EA', 'add_note_to_case GI', 'add_status_to_participant CV', 'defer_case RD', 'engage_case RA', 'invalidate_report RC', 'propose_embargo EP', 'read_report RK', 'reject_embargo ER', 'remove_embargo ET',
        'submit_report RS', 'validate_report RV',
      ])
  })

  test('mutated, they are a fault with its place or a message that the codec takes in', () => {
    const samples = [written(message('EP')), written(message('EA')), written(message('RS')), written(message('CP')), ...names.map(example)]
    fc.assert(
      fc.property(fc.constantFrom(...samples), mutated(), fc.constantFrom(...em.states), (sample, change, state) => {
        const result = readActivity(change(sample), receiver(state, { asType: true, to: ['urn:rita'], case: 'urn:case' }))
        if (result._tag === 'Left') return
        const decoded = decodeMessage(JSON.parse(JSON.stringify(result.right)))
        if (decoded._tag === 'Left') expect.fail(JSON.stringify([result.right, decoded.left]))
      }),
      { numRuns: Number(process.env['JUNK'] ?? 1000) },
    )
  })
})
