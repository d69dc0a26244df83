/**
 * The 2026 draft as a profile: every type against a transcription of the draft's own tables, sending and reading with a case
 * manager between, what a log says of who keeps to it, and that all participants come to the same case.
 *
 * The transcription below was made from docs/reference/draft-vultron-spec.md (version 2026.08.07), sections 5.1 to 5.7, by
 * hand and before the table that it checks.
 */
import fc from 'fast-check'
import { em, type EmState, type LogEntry, type LogHeader, type Message, type MessageType, messageTypeList } from 'mpcvd'
import { caseOf, entriesOf, ingest, type Ledger, ledgerOf } from 'mpcvd/case'
import { decodeMessage } from 'mpcvd/codec'
import { announceDraft2026, type Draft2026Reader, draft2026Rows, type Draft2026Route, readDraft2026, sendDraft2026 } from 'mpcvd/bridge/draft-2026'
import { checkDraft2026 } from 'mpcvd/bridge/draft-2026-check'
import { describe, expect, test } from 'vitest'
import { mutated } from './bridge/junk.js'

/** Section 5.7, one line a type: its wire form; `none` where the draft says that there is none, `absent` where it does not name the type at all. */
const transcribed: Readonly<Record<MessageType, string>> = {
  RS: 'Offer(VulnerabilityReport)',
  RI: 'TentativeReject(Offer(VulnerabilityReport))',
  RV: 'Accept(Offer(VulnerabilityReport))',
  RD: 'Ignore(VulnerabilityCase)',
  RA: 'Join(VulnerabilityCase)',
  RC: 'Reject(Offer(VulnerabilityReport))',
  RK: 'Read(Offer(VulnerabilityReport))',
  RE: 'none',
  EP: 'Invite(Event)[context=VulnerabilityCase]',
  ER: 'Reject(Invite(Event)[context=VulnerabilityCase])',
  EA: 'Accept(Invite(Event)[context=VulnerabilityCase])',
  EV: 'Invite(Event)[context=VulnerabilityCase]',
  EJ: 'Reject(Invite(Event)[context=VulnerabilityCase])',
  EC: 'Accept(Invite(Event)[context=VulnerabilityCase])',
  ET: 'Remove(Event)',
  EK: 'none',
  EE: 'none',
  CV: 'Add(CaseStatus)[target=VulnerabilityCase]',
  CF: 'Add(CaseStatus)[target=VulnerabilityCase]',
  CD: 'Add(CaseStatus)[target=VulnerabilityCase]',
  CP: 'Add(CaseStatus)[target=VulnerabilityCase]',
  CX: 'Add(CaseStatus)[target=VulnerabilityCase]',
  CA: 'Add(CaseStatus)[target=VulnerabilityCase]',
  CK: 'none',
  CE: 'none',
  GI: 'absent',
  GK: 'absent',
  GE: 'absent',
}
/** Section 5.2, the warning, and 5.3: who cannot be told apart by the form. */
const collisions: ReadonlyArray<ReadonlyArray<MessageType>> = [['EP', 'EV'], ['ER', 'EJ'], ['EA', 'EC'], ['CV', 'CF', 'CD', 'CP', 'CX', 'CA']]

const route: Draft2026Route & { readonly manager: string } = { manager: 'urn:cora', owner: 'urn:acme', participants: ['urn:acme', 'urn:cora', 'urn:rita'] }
const message = (type: MessageType, from: string, more: Partial<Message> = {}): Message => ({
  id: 'urn:m', case: 'urn:case', from, to: route.participants.filter((id) => id !== from), types: [type], at: '2026-01-05T10:00:00Z',
  ...(type === 'EP' || type === 'EV' ? { embargo: { id: 'urn:e', end: '2026-06-01T00:00:00Z' } } : type === 'ET' ? { embargo: { id: 'urn:e' } } : ['EA', 'EC', 'ER', 'EJ'].includes(type) ? { embargo: { id: 'urn:e', answers: 'urn:e' } } : {}),
  ...(type === 'RS' ? { report: { id: 'urn:r' } } : {}), ...(type === 'GI' ? { note: 'Hello.' } : {}), ...more,
})
const beforeCase: Draft2026Route = { participants: route.participants }
const wayOf = (type: MessageType): Draft2026Route => (type === 'RS' ? beforeCase : route)
const send = (of: Message, by: Draft2026Route = wayOf(of.types[0] ?? 'GI'), cs = 'VFDPXA'): ReturnType<typeof sendDraft2026> => sendDraft2026(of, by, { cs, offer: 'urn:offer' })
type Activity = Extract<ReturnType<typeof sendDraft2026>, { readonly _tag: 'Right' }>['right']['activity']
const activityOf = (of: Message, by?: Draft2026Route): Activity => {
  const result = send(of, by)
  return result._tag === 'Right' ? result.right.activity : expect.fail(JSON.stringify(result.left))
}
const refusal = (of: Message, by?: Draft2026Route): string => {
  const result = send(of, by)
  return result._tag === 'Left' ? `${result.left.path}: ${result.left.expected}` : expect.fail(JSON.stringify(result.right))
}

/** The form of an activity, written as the draft writes forms. An embargo event is a kind of Event (section 4.2). */
const formOf = (value: unknown): string => {
  const { context, object, target, type } = value as { readonly [name: string]: unknown }
  const inner = typeof object === 'object' && object !== null ? `(${formOf(object)})` : ''
  const name = type === 'EmbargoEvent' ? 'Event' : String(type)
  return `${name}${inner}${name === 'Invite' && context !== undefined ? '[context=VulnerabilityCase]' : ''}${target === undefined ? '' : '[target=VulnerabilityCase]'}`
}
/** The forms of the draft without what is only named by its id: the report in an offer, the context within an answer. */
const bare = (form: string): string => form.replace('(Offer(VulnerabilityReport))', '(Offer)').replace(/\((Invite\(Event\))\[context=VulnerabilityCase\]\)$/, '($1)')

describe('the table', () => {
  test('every type once, in the order of the protocol, with the form that the draft gives it', () => {
    expect(draft2026Rows.map(({ type }) => type)).toEqual(messageTypeList)
    expect(draft2026Rows.map(({ type, wire }) => `${type} ${wire ?? 'none'}`)).toEqual(messageTypeList.map((type) => `${type} ${transcribed[type].replace('absent', 'none')}`))
  })

  test('what collides, and what is replaced', () => {
    for (const { like = [], type } of draft2026Rows) expect([type, ...like].sort(), type).toEqual([...(collisions.find((each) => each.includes(type)) ?? [type])].sort())
    for (const { apart, instead, like, lines, wire } of draft2026Rows) {
      expect(like === undefined || apart !== undefined).toBe(true)
      expect(wire === undefined ? instead !== undefined && instead !== '' : true).toBe(true)
      expect(lines.length > 0 && lines.every((line) => line > 0 && line <= 1595)).toBe(true)
    }
  })
})

describe('sending', () => {
  test('what has a form is sent in it, to the manager alone, with the draft\'s context; what has none is refused with what replaces it', () => {
    for (const type of messageTypeList) {
      const form = transcribed[type]
      if (form === 'none' || type === 'GK' || type === 'GE') {
        expect(refusal(message(type, 'urn:acme')), type).toMatch(/^\/types: a type that the draft has; in its place: \S/)
        continue
      }
      // The manager itself writes what is canonical; vendors' and deployers' own letters are claims in any case.
      const sender = ['CP', 'CX', 'CA'].includes(type) ? 'urn:cora' : 'urn:acme'
      const result = send(message(type, sender))
      if (result._tag === 'Left') return expect.fail(JSON.stringify(result.left))
      const { activity, to } = result.right
      const expected = type === 'GI' ? 'Add(Note)' : ['CV', 'CF', 'CD'].includes(type) ? bare(form).replace('CaseStatus', 'ParticipantStatus') : bare(form)
      expect([formOf(activity), activity['to'], to, activity['@context']], type).toEqual([expected, type === 'RS' ? ['urn:cora', 'urn:rita'] : ['urn:cora'], activity['to'], 'https://certcc.github.io/Vultron/ns/context.jsonld'])
    }
  })

  test('a participant claims, and does not write what is canonical', () => {
    for (const type of ['CV', 'CF', 'CD', 'CP', 'CX', 'CA'] as const) expect((activityOf(message(type, 'urn:rita'))['object'] as { readonly type: string }).type, type).toBe('ParticipantStatus')
  })

  test('a status says several letters at once, own ones and those of the world', () => {
    const both = send(message('CP', 'urn:acme', { types: ['CX', 'CP'] }), route, 'VfdPXa')
    expect(both._tag === 'Right' && both.right.activity['object']).toMatchObject({ type: 'ParticipantStatus', caseStatus: { type: 'CaseStatus', pxaState: 'PXa' } })
    const mixed = send(message('CP', 'urn:cora', { types: ['CP', 'CF'] }), route, 'VFdPxa')
    expect(mixed._tag === 'Right' && mixed.right.activity['object']).toMatchObject({ type: 'ParticipantStatus', vfdState: 'VFd', caseStatus: { pxaState: 'Pxa' } })
    const back = mixed._tag === 'Right' ? readDraft2026(mixed.right.activity, reader({ self: 'urn:cora', cs: 'Vfdpxa' })) : undefined
    expect(back?._tag === 'Right' && back.right.message.types).toEqual(['CP', 'CF'])
    expect(refusal(message('RV', 'urn:acme', { types: ['RV', 'RA'] }))).toMatch(/^\/types/)
  })

  test('before there is a case only a report is sent; afterwards no report is', () => {
    for (const { type, wire } of draft2026Rows.filter((row) => row.wire !== undefined)) {
      const by = message(type, 'urn:acme')
      if (type === 'RS') expect(refusal(by, route), wire).toMatch(/Invite\[target=VulnerabilityCase\]/)
      else expect(refusal(by, beforeCase), wire).toMatch(/^\/manager/)
    }
  })

  test('the owner ends the embargo, or the manager for it, and nobody else', () => {
    expect([send(message('ET', 'urn:acme'))._tag, send(message('ET', 'urn:cora'))._tag, refusal(message('ET', 'urn:rita')).slice(0, 6)]).toEqual(['Right', 'Right', '/from:'])
    expect(refusal(message('EP', 'urn:acme', { embargo: { id: 'urn:e', existing: true } }))).toMatch(/^\/embargo\/existing/)
  })

  test('an invitation says until when an answer is asked for, apart from when the embargo ends', () => {
    const activity = activityOf(message('EP', 'urn:acme', { embargo: { id: 'urn:e', end: '2026-06-01T00:00:00Z', respondBy: '2026-01-12T00:00:00Z' } }))
    expect([activity['endTime'], (activity['object'] as { readonly endTime: string }).endTime]).toEqual(['2026-01-12T00:00:00Z', '2026-06-01T00:00:00Z'])
  })
})

const reader = (more: Partial<Draft2026Reader> = {}): Draft2026Reader => ({ case: 'urn:case', self: 'urn:rita', em: 'None', cs: 'vfdpxa', seen: '2026-01-06T00:00:00Z', route, ...more })
const announced = (of: Message, index = 0): Activity => announceDraft2026(activityOf(of), 'urn:case', route, { index, received: '2026-01-05T11:00:00Z' })
const expectedIn: Partial<Record<MessageType, EmState>> = { EV: 'Active', EC: 'Revise', EJ: 'Revise', EA: 'Proposed', ER: 'Proposed', ET: 'Active' }

describe('reading', () => {
  test('what is announced comes back as it was, at its place, but for what is reported; the manager reads the same of what it was sent', () => {
    const terms = fc.record({ end: fc.constantFrom('2026-06-01', '2026-06-01T00:00:00Z'), respondBy: fc.constant('2026-01-12'), reason: fc.constant('why'), scope: fc.constant('what'), answers: fc.constantFrom('urn:e', 'urn:e0') }, { requiredKeys: [] })
    const fields = fc.record({ note: fc.constantFrom('', 'text'), tlp: fc.constant('RED' as const), after: fc.constant(['urn:before']), inReplyTo: fc.constant('urn:before'), cause: fc.constant('own' as const), subject: fc.constant('urn:acme'), ext: fc.constant({ a: 1 }), to: fc.constant(['urn:cora']), report: fc.constant({ id: 'urn:r', title: 't' }) }, { requiredKeys: [] })
    const types = messageTypeList.filter((type) => !['RS', 'GK', 'GE'].includes(type) && transcribed[type] !== 'none')
    fc.assert(
      fc.property(fc.constantFrom(...types), fields, terms, (type, more, added) => {
        const plain = message(type, 'urn:acme')
        const of: Message = { ...plain, ...more, ...(type === 'GI' ? { note: 'text' } : {}), ...(plain.embargo === undefined ? {} : { embargo: { ...plain.embargo, ...(['EP', 'EV'].includes(type) ? added : { ...added, end: '2026-06-01', answers: added.answers ?? plain.embargo.answers ?? 'urn:e' }) } }) }
        const sent = send(of)
        if (sent._tag === 'Left') return expect.fail(JSON.stringify(sent.left))
        const known = 'VFDPXA'.replace(type.startsWith('C') ? type[1] ?? '' : '-', (letter) => letter.toLowerCase())
        const at = { em: expectedIn[type] ?? 'None', cs: known } as const
        const result = readDraft2026(JSON.parse(JSON.stringify(announceDraft2026(sent.right.activity, 'urn:case', route, { index: 4, received: '2026-01-05T11:00:00Z' }))), reader(at))
        if (result._tag === 'Left') return expect.fail(JSON.stringify([of, result.left]))
        expect(result.right.stamp).toEqual({ by: 'urn:cora', entry: 'urn:m', sequence: 5, at: '2026-01-05T11:00:00Z' })
        const { message: back } = result.right
        const direct = readDraft2026(JSON.parse(JSON.stringify(sent.right.activity)), reader({ ...at, self: 'urn:cora' }))
        expect(direct).toEqual({ _tag: 'Right', right: { message: back } })
        const differs = {
          to: JSON.stringify([...back.to].sort()) !== JSON.stringify([...of.to].sort()), after: back.after !== of.after, inReplyTo: back.inReplyTo !== of.inReplyTo, subject: back.subject !== of.subject, cause: back.cause !== of.cause,
          report: JSON.stringify(back.report) !== JSON.stringify(of.report), tlp: back.tlp !== of.tlp, ext: back.ext !== of.ext, note: back.note !== of.note, respondBy: back.embargo?.respondBy !== of.embargo?.respondBy,
          reason: back.embargo?.reason !== of.embargo?.reason, scope: back.embargo?.scope !== of.embargo?.scope, embargo: back.embargo?.answers !== of.embargo?.answers || back.embargo?.id !== of.embargo?.id,
        }
        expect(sent.right.losses.map(({ part }) => part).sort(), JSON.stringify([of, back])).toEqual(Object.entries(differs).flatMap(([part, differing]) => (differing ? [part] : [])).sort())
        expect([back.types, back.from, back.case, back.at, back.id]).toEqual([of.types, of.from, of.case, of.at, of.id])
      }),
      { numRuns: 400 },
    )
  })

  test('revision or not, in each of the five states: section 5.2', () => {
    const types = (type: MessageType): string => em.states.map((state) => {
      const result = readDraft2026(announced(message(type, 'urn:acme')), reader({ em: state }))
      return result._tag === 'Right' ? result.right.message.types.join() : result.left.path
    }).join(' ')
    expect([types('EP'), types('EV')]).toEqual(['EP EP EV EV EP', 'EP EP EV EV EP'])
  })

  test('an invitation has an id of its own; the answer names the embargo', () => {
    const sent = sendDraft2026(message('EA', 'urn:rita'), route, { invitation: 'urn:invite' })
    const activity = sent._tag === 'Right' ? sent.right.activity : expect.fail(JSON.stringify(sent.left))
    expect(activity['object']).toMatchObject({ type: 'Invite', id: 'urn:invite', object: { id: 'urn:e' } })
    const back = readDraft2026(activity, reader({ self: 'urn:cora', em: 'Proposed' }))
    expect(back._tag === 'Right' && back.right.message.embargo).toEqual({ id: 'urn:e', answers: 'urn:e' })
  })

  test('what went past the manager, or is not recorded, or is not of the case, is refused', () => {
    const place = (input: unknown, more: Partial<Draft2026Reader> = {}): string => {
      const result = readDraft2026(input, reader(more))
      return result._tag === 'Left' ? result.left.path : expect.fail(JSON.stringify(result.right))
    }
    const entry = announced(message('EP', 'urn:acme'))
    const inside = (more: object): unknown => ({ ...entry, object: { ...(entry['object'] as object), ...more } })
    expect([
      place(activityOf(message('EP', 'urn:acme'))), place({ ...entry, actor: 'urn:acme' }), place(inside({ disposition: 'rejected' })), place(inside({ caseId: 'urn:other' })), place(inside({ logIndex: -1 })), place(inside({ logIndex: 0.5 })), place(inside({ type: 'Note' })),
      place(inside({ payloadSnapshot: { ...activityOf(message('EP', 'urn:acme')), actor: 'urn:eve' } })), place(inside({ receivedAt: 'today' })), place(activityOf(message('RS', 'urn:rita')), { self: 'urn:cora' }), place(activityOf(message('EP', 'urn:acme')), { route: beforeCase }), place(null), place(entry, { route: beforeCase }),
      place(announced(message('EP', 'urn:acme', { case: 'urn:other' }))),
    ]).toEqual(['/type', '/actor', '/object/disposition', '/object/caseId', '/object/logIndex', '/object/logIndex', '/object/type', '/object/payloadSnapshot/actor', '/object/receivedAt', '/type', '/type', '/type', '/actor', '/object/payloadSnapshot/context'])
    expect(readDraft2026(activityOf(message('RS', 'urn:rita')), reader({ self: 'urn:acme', route: beforeCase }))).toMatchObject({ _tag: 'Right', right: { message: { types: ['RS'], from: 'urn:rita' } } })
  })

  test('mutated, announcements are a fault with its place or a message that the codec takes in', () => {
    const samples = (['EP', 'EA', 'RV', 'CP', 'GI', 'ET'] as const).map((type) => announced(message(type, 'urn:cora')))
    fc.assert(
      fc.property(fc.constantFrom(...samples), mutated(), fc.constantFrom(...em.states), (sample, change, state) => {
        const result = readDraft2026(change(sample), reader({ em: state }))
        if (result._tag === 'Left') return
        const decoded = decodeMessage(JSON.parse(JSON.stringify(result.right.message)))
        if (decoded._tag === 'Left') expect.fail(JSON.stringify([result.right, decoded.left]))
      }),
      { numRuns: Number(process.env['JUNK'] ?? 1000) },
    )
  })
})

// ---- several participants ----

const header: LogHeader = {
  log: 1, protocol: 'adopted@1', case: 'urn:case', world: 'closed', owner: 'urn:acme', manager: 'urn:cora', decision: 'owner', order: 'manager',
  participants: [{ id: 'urn:acme', roles: ['vendor'], start: '(A,N,Vfdpxa)' }, { id: 'urn:cora', roles: ['coordinator'], start: '(A,N,pxa)' }, { id: 'urn:rita', roles: ['reporter'], start: '(A,N,pxa)' }],
}
const opened = (): Ledger => {
  const ledger = ledgerOf({ header, entries: [] })
  return ledger._tag === 'Right' ? ledger.right : expect.fail(JSON.stringify(ledger.left))
}
const readWith = (ledger: Ledger, self: string, input: unknown): ReturnType<typeof readDraft2026> => {
  const { participants, state } = caseOf(ledger)
  const from = ((input as { readonly object?: { readonly payloadSnapshot?: { readonly actor?: string } }; readonly actor?: string }).object?.payloadSnapshot?.actor) ?? (input as { readonly actor?: string }).actor
  const cs = participants.find(({ id }) => id === from)?.cs ?? ''
  return readDraft2026(input, reader({ self, em: state.em, cs }))
}

/** A case with three replicas: the manager's takes in what it is sent, the others what is announced. */
const world = (): { readonly replicas: Map<string, Ledger>; readonly sends: (of: Message) => boolean; readonly deliver: (to: string) => boolean; readonly log: LogEntry[] } => {
  const replicas = new Map(route.participants.map((id) => [id, opened()]))
  const record: Activity[] = []
  const had = new Map(route.participants.map((id) => [id, 0]))
  const log: LogEntry[] = []
  const of = (id: string): Ledger => replicas.get(id) ?? opened()
  return {
    replicas, log,
    sends: (sent) => {
      const own = caseOf(of(sent.from)).participants.find(({ id }) => id === sent.from)?.cs ?? ''
      const result = send(sent, route, sent.types.reduce((cs, type) => (type.startsWith('C') ? cs.replace((type[1] ?? '').toLowerCase(), type[1] ?? '') : cs), own.length === 3 ? `vfd${own}` : own))
      if (result._tag === 'Left') return false
      const read = readWith(of(route.manager), route.manager, result.right.activity)
      if (read._tag === 'Left') return false
      const received = `2026-01-05T11:${String(record.length).padStart(2, '0')}:00Z`
      const entry = { message: read.right.message }
      const stamp = { stamp: { by: route.manager, entry: read.right.message.id, sequence: record.length + 1, at: received } }
      record.push(announceDraft2026(result.right.activity, header.case, route, { index: record.length, received }))
      replicas.set(route.manager, ingest(of(route.manager), [entry, stamp]))
      log.push(entry, stamp)
      return true
    },
    deliver: (to) => {
      const next = record[had.get(to) ?? 0]
      if (next === undefined || to === route.manager) return false
      const read = readWith(of(to), to, JSON.parse(JSON.stringify(next)))
      if (read._tag === 'Left') return expect.fail(JSON.stringify(read.left))
      had.set(to, (had.get(to) ?? 0) + 1)
      replicas.set(to, ingest(of(to), [{ message: read.right.message }, ...(read.right.stamp === undefined ? [] : [{ stamp: read.right.stamp }])]))
      return true
    },
  }
}
const summary = (ledger: Ledger): string => {
  const { participants, proposals, state } = caseOf(ledger)
  return JSON.stringify([state.em, proposals.map(({ id, status }) => `${id} ${status}`), participants.map(({ consent, cs, id }) => `${id} ${consent} ${cs}`), entriesOf(ledger)])
}

test('proposals that cross an acceptance are read alike by everybody, as the record has them', () => {
  const crossing = (first: MessageType, second: MessageType): ReadonlyArray<string> => {
    const { deliver, replicas, sends } = world()
    sends(message('EP', 'urn:acme', { id: 'urn:1', embargo: { id: 'urn:e1', end: '2026-06-01' } }))
    for (const id of route.participants) deliver(id)
    // Rita accepts while Acme proposes again; neither knows of the other. The manager gets them in one order or the other.
    const sent = { EA: message('EA', 'urn:rita', { id: 'urn:2', embargo: { id: 'urn:e1', answers: 'urn:e1' } }), EP: message('EP', 'urn:acme', { id: 'urn:3', embargo: { id: 'urn:e2', end: '2026-07-01' } }) }
    for (const type of [first, second]) sends(type === 'EA' ? sent.EA : sent.EP)
    for (const id of route.participants) while (deliver(id));
    const all = [...replicas.values()].map(summary)
    expect(new Set(all).size).toBe(1)
    const { proposals, state } = caseOf(replicas.get('urn:rita') ?? opened())
    return [state.em, ...proposals.map(({ id, status }) => `${id} ${status}`)]
  }
  expect([crossing('EA', 'EP'), crossing('EP', 'EA')]).toEqual([
    // A revision of what is in force, or another proposal that the acceptance of the first sets aside.
    ['Revise', 'urn:e1 in force', 'urn:e2 open'], ['Active', 'urn:e1 in force', 'urn:e2 superseded'],
  ])
})

test('whatever is sent, and whenever it arrives, every replica is the same case, and its log keeps to the draft', () => {
  const act = fc.record({ who: fc.constantFrom('urn:acme', 'urn:rita', 'urn:cora'), what: fc.constantFrom<MessageType[]>('EP', 'EV', 'EP', 'EV', 'EA', 'EC', 'EA', 'ER', 'EJ', 'ET', 'CP', 'CA', 'RV', 'GI'), which: fc.nat(4), deliver: fc.array(fc.constantFrom('urn:acme', 'urn:rita'), { maxLength: 3 }) })
  const seen = new Set<string>()
  fc.assert(
    fc.property(fc.array(act, { maxLength: 10, size: 'max' }), fc.boolean(), (drawn, inForce) => {
      const { deliver, log, replicas, sends } = world()
      const made: string[] = []
      const both = ['urn:acme', 'urn:rita']
      const acts = inForce ? [{ who: 'urn:acme', what: 'EP' as const, which: 0, deliver: both }, { who: 'urn:rita', what: 'EA' as const, which: 0, deliver: both }, ...drawn] : drawn
      acts.forEach(({ deliver: now, what, which, who }, place) => {
        const isProposal = what === 'EP' || what === 'EV'
        const id = isProposal ? `urn:e${place}` : made[which % Math.max(1, made.length)] ?? 'urn:e'
        if (isProposal) made.push(id)
        const isAnswer = ['EA', 'EC', 'ER', 'EJ'].includes(what)
        sends(message(what, who, { id: `urn:m${place}`, ...(what.startsWith('E') ? { embargo: { id, ...(isAnswer ? { answers: id } : what === 'ET' ? {} : { end: '2026-06-01' }) } } : {}) }))
        for (const to of now) deliver(to)
      })
      for (const id of route.participants) while (deliver(id));
      const all = [...replicas.values()].map(summary)
      expect(new Set(all).size, all.join('\n')).toBe(1)
      expect(caseOf(replicas.get('urn:acme') ?? opened()).findings.filter(({ kind }) => kind === 'equivocation')).toEqual([])
      const found = checkDraft2026({ header, entries: log })
      expect(found.filter(({ kind }) => kind !== 'not asked')).toEqual([])
      seen.add(caseOf(replicas.get('urn:acme') ?? opened()).state.em)
    }),
    { numRuns: 150 },
  )
  expect(seen.size).toBe(5)
})

describe('a log', () => {
  const stamp = (entry: string, sequence: number, by = 'urn:cora'): LogEntry => ({ stamp: { by, entry, sequence, at: '2026-01-05' } })
  const said = (type: MessageType, from: string, id: string, more: Partial<Message> = {}): LogEntry => ({ message: message(type, from, { id, ...more }) })
  const kinds = (entries: ReadonlyArray<LogEntry>, more: Partial<LogHeader> = {}): string => checkDraft2026({ header: { ...header, ...more }, entries }).map(({ about, entry, kind }) => [kind, ...(entry === undefined ? [] : [entry]), ...(about === undefined ? [] : [about.slice(4)])].join(' ')).join(', ')

  test('keeps to the draft where everything goes through the manager', () => {
    expect(kinds([said('RS', 'urn:rita', '1', { to: ['urn:acme'] }), said('RK', 'urn:acme', '2'), stamp('2', 1), said('EP', 'urn:acme', '3'), stamp('3', 2), { receipt: { message: '3', by: 'urn:rita' } }, said('EA', 'urn:rita', '4'), stamp('4', 3)])).toBe('')
  })

  test('each thing that is against it, with its place', () => {
    const { manager: _manager, owner: _owner, order: _order, decision: _decision, ...without } = header
    expect(checkDraft2026({ header: without, entries: [] }).map(({ kind }) => kind)).toEqual(['no manager', 'no order', 'no owner', 'not the owner\'s decision'])
    expect(kinds([], { owner: 'urn:nobody' })).toBe('no case')
    for (const type of messageTypeList.filter((each) => transcribed[each] === 'none' || each === 'GK' || each === 'GE')) expect(kinds([said(type, 'urn:acme', '1'), stamp('1', 1)]), type).toBe('no form 0 acme')
    expect(kinds([said('RV', 'urn:acme', '1'), stamp('1', 1), said('RS', 'urn:acme', '2'), stamp('2', 2)])).toBe('report within the case 2 acme')
    expect(kinds([said('RV', 'urn:acme', '1')])).toBe('not recorded 0 acme')
    expect(kinds([said('RV', 'urn:acme', '1'), stamp('1', 1, 'urn:rita')])).toBe('not recorded 0 acme')
    expect(kinds([said('RV', 'urn:acme', '1'), { receipt: { message: '1', by: 'urn:cora' } }, { receipt: { message: '1', by: 'urn:rita' } }, stamp('1', 1)])).toBe('past the manager 2 rita')
    expect(kinds([said('RV', 'urn:acme', '1', { types: ['RV', 'RA'] }), stamp('1', 1)])).toBe('several types 0 acme')
    const inForce = [said('EP', 'urn:acme', '1'), stamp('1', 1), said('EA', 'urn:rita', '2'), stamp('2', 2)]
    expect(kinds([...inForce, said('ET', 'urn:rita', '3'), stamp('3', 3)])).toBe('ended by another 4 rita')
    expect(kinds([...inForce, said('EP', 'urn:acme', '3', { embargo: { id: 'urn:e', existing: true } }), stamp('3', 3)])).toBe('existing embargo offered 4 acme')
    const newcomer: LogEntry = { membership: { id: '4', by: 'urn:acme', participant: 'urn:nora', change: 'joins', roles: ['vendor'], at: '2026-01-06' } }
    expect(kinds([...inForce, newcomer, stamp('4', 3)])).toBe('not asked nora')
    expect(checkDraft2026({ header, entries: [said('EE', 'urn:acme', '1'), stamp('1', 1)] })[0]?.instead).toMatch(/^Add\(Note\)/)
  })
})
