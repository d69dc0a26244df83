/**
 * Why a step did what it did: the rules that decided, in their order, the notes with their requirements, and the rule that
 * a refusal cites. Each expectation is written from the rows' sources by hand.
 */
import { adopted, type LocalEvent, type Message, type MessageType, type Participant, parseState, type Protocol, protocol, published, replay, type Role } from 'mpcvd'
import { describe, expect, test } from 'vitest'

const at = (notation: string, ...roles: ReadonlyArray<Role>): Participant => {
  const state = parseState(notation)
  if (state._tag === 'Left') throw new Error(notation)
  return { id: 'self', roles, ...state.right }
}
const sends = (types: ReadonlyArray<MessageType>, more: Partial<Message> = {}): Message => ({ id: 'm', case: 'c', from: 'self', to: ['peer'], types, at: '2026-01-05', ...more })
const gets = (types: ReadonlyArray<MessageType>, more: Partial<Message> = {}): Message => ({ ...sends(types, more), from: 'peer', to: ['self'] })

const reasons = (self: Participant, message: Message, reading: Protocol = adopted) => {
  const result = reading.transition(self, message)
  return result._tag === 'Right'
    ? { rules: result.right.rules, notes: result.right.notes.map((one) => [one.note, ...one.requirements].join(' ')) }
    : { rule: result.left.rule, kind: result.left.kind, requirements: result.left.requirements }
}

describe('rules and notes', () => {
  test.each<[string, Participant, Message, ReadonlyArray<string>, ReadonlyArray<string>]>([
    ['a plain row', at('(A,N,pxa)', 'reporter'), sends(['RS']), ['sent.RS'], []],
    ['a report under an embargo', at('(A,A,pxa)', 'reporter'), sends(['RS']), ['sent.RS'], ['advised-against VP-08-006']],
    ['a report that stands for acceptance', at('(S,P,vfdpxa)', 'vendor'), gets(['RS'], { embargo: { id: 'e', answers: 'e' } }),
      ['received.RS.unaware', 'after.V', 'after.may-accept'], ['implied-acceptance VP-06-007']],
    ['a proposal with the report accepts nothing', at('(S,P,vfdpxa)', 'vendor'), gets(['RS', 'EP'], { embargo: { id: 'f', answers: 'e' } }),
      ['received.RS.unaware', 'after.V', 'received.EP'], []],
    ['a state that is passed through', at('(A,A,pXa)', 'coordinator'), gets(['GI']),
      ['forced.P', 'after.not-viable.in-force', 'received.GI'], ['forced CSB-17-010 SM-09-001']],
    ['an exploit seen by an unaware vendor', at('(S,P,vfdpxa)', 'vendor'), gets(['CX']),
      ['received.CX', 'after.not-viable.proposed', 'forced.P', 'forced.V', 'after.V'], ['forced CSB-17-010 SM-09-001', 'forced CSB-17-009']],
    ['a repeated announcement that ends an embargo', at('(A,R,Pxa)', 'reporter'), gets(['CP']), ['received.CP.again', 'after.not-viable.in-force'], []],
    ['publishing under an embargo', at('(A,A,pxa)', 'reporter'), sends(['CP'], { cause: 'own' }), ['sent.CP', 'after.not-viable.in-force'], ['advised-against VP-05-014']],
    ['seeing publicity under an embargo', at('(A,A,pxa)', 'reporter'), sends(['CP'], { cause: 'observed' }), ['sent.CP', 'after.not-viable.in-force'], []],
    ['publishing while a proposal is open', at('(A,P,pxa)', 'reporter'), sends(['CP'], { cause: 'own' }), ['sent.CP', 'after.not-viable.proposed'], ['advised-against VP-05-006']],
    ['publishing an exploit under an embargo', at('(A,A,pxa)', 'reporter'), sends(['CX', 'CP'], { cause: 'own' }),
      ['sent.CX+CP', 'after.not-viable.in-force'], ['advised-against VP-05-014', 'advised-against VP-14-012']],
    ['proposing out of Invalid', at('(I,N,Vfdpxa)', 'vendor'), sends(['EP'], { embargo: { id: 'e' } }), ['sent.EP'], ['advised-against VP-13-002 VP-13-003']],
    ['accepting in Invalid', at('(I,P,Vfdpxa)', 'vendor'), sends(['EA']), ['sent.EA'], ['advised-against VP-13-004']],
    ['an embargo when the fix is there', at('(A,N,VFdpxa)', 'vendor'), sends(['EP']), ['sent.EP'], ['advised-against VP-06-002 VP-14-007 VP-14-010']],
    ['closing under an embargo', at('(A,R,pxa)', 'reporter'), sends(['RC']), ['sent.RC'], ['advised-against VP-13-005']],
    ['deploying what is deferred', at('(D,N,VFdpxa)', 'vendor', 'deployer'), sends(['CD']), ['sent.CD'], ['advised-against ST-11']],
    ['a relayed state', at('(A,N,pxa)', 'coordinator'), sends(['CV'], { subject: 'acme' }), ['sent.relay'], ['relayed VP-12-001']],
    ['a late announcement', at('(V,N,Vfdpxa)', 'vendor'), sends(['RV'], { inReplyTo: 'l' }), ['sent.RV.late'], ['late-announcement VP-03-004 VP-03-012']],
    ['a late answer', at('(A,N,pxa)', 'reporter'), gets(['EA'], { embargo: { id: 'e', answers: 'e' } }), ['received.EA.late'], ['late-answer EMB-17-004']],
    ['an answer after the end', at('(A,X,pxa)', 'reporter'), gets(['EA']), ['received.EA.after'], ['late-answer EMB-17-004']],
    ['receiving is not advised against', at('(A,A,pxa)', 'reporter'), gets(['RC']), ['received.R'], []],
  ])('%s', (_, self, message, rules, notes) => {
    expect(reasons(self, message)).toEqual({ rules, notes })
  })
})

describe('what a refusal cites', () => {
  test.each<[string, Protocol, Participant, Message, object]>([
    ['the row that a send was held to', adopted, at('(R,N,Vfdpxa)', 'vendor'), sends(['CF']), { kind: 'no-row', rule: 'sent.CF', requirements: ['VP-12-001', 'CSB-15-001'] }],
    ['the row that asks for a role', adopted, at('(A,N,pxa)', 'coordinator'), sends(['CF']), { kind: 'role', rule: 'sent.CF.role', requirements: ['VP-12-001', 'CSB-15-001'] }],
    ['the printed row', published, at('(A,A,pxa)', 'coordinator'), sends(['EP']), { kind: 'no-row', rule: 'FT:196', requirements: ['VP-04-003', 'VP-06-001', 'VP-11-001', 'VP-06-011'] }],
    ['no row where a relay has none', published, at('(A,N,pxa)', 'coordinator'), sends(['CV'], { subject: 'acme' }), { kind: 'subject', rule: 'subject', requirements: ['VP-12-001', 'CSB-09-002'] }],
    ['nothing for strangers', adopted, at('(A,N,pxa)', 'coordinator'), { ...gets(['GI']), to: ['other'] }, { kind: 'not-addressed', rule: undefined, requirements: [] }],
    ['the rules of every type of a bundle', adopted, at('(S,N,vfdpxa)', 'vendor'), sends(['RS', 'ET']),
      { kind: 'no-row', rule: 'sent.RS', requirements: ['VP-03-001', 'RMB-13-001', 'VP-05-018', 'VP-11-002', 'EMB-07-003'] }],
  ])('%s', (_, reading, self, message, wanted) => {
    expect(reasons(self, message, reading)).toEqual(wanted)
  })

  test.each<[LocalEvent, Participant, string, string]>([
    ['expire', at('(A,X,pxa)', 'reporter'), 'no-row', 'local.expire'],
    ['ready', at('(A,N,pxa)', 'coordinator'), 'role', 'local.ready.role'],
    ['ready', at('(R,N,Vfdpxa)', 'vendor'), 'no-row', 'local.ready'],
    ['discover', at('(R,N,Vfdpxa)', 'vendor'), 'no-row', 'local.discover'],
  ])('a local step: %s', (event, self, kind, rule) => {
    const result = adopted.local(self, event)
    expect(result).toMatchObject({ _tag: 'Left', left: { kind, rule, tried: { way: 'local', event } } })
  })
})

test('a finding cites the row, not what the state forced before it', () => {
  const log = {
    header: { log: 1, protocol: 'adopted@1', case: 'c', participants: [{ id: 'peer', roles: ['reporter'] }, { id: 'self', roles: ['coordinator'], start: '(S,A,pXa)' }], world: 'open' },
    entries: [{ message: gets(['RV']) }],
  } as const
  expect(replay(adopted, log).findings.filter((one) => one.kind === 'unexpected').map((one) => one.rule)).toEqual(['received.R.start'])
})

describe('a rule set of somebody else', () => {
  test.each<[string, object]>([
    ['that forces what is no event of the state', { cs: ['P'] }],
    ['that forces in a circle', { em: 'propose' }],
  ])('%s ends all the same', (_, fire) => {
    const endless = { id: 'forced.ever', when: { rm: ['Accepted'] as const }, fire, announce: [], source: [], requirements: [] }
    const reading = protocol({ ...adopted.rules, forced: [endless] })
    expect(reading.transition(at('(A,P,Pxa)', 'reporter'), gets(['GI']))._tag).toBe('Right')
  })
})
