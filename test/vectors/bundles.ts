/**
 * Messages of several types, whose answer is that of their parts one after the other (docs/messages.md, "Bundles"); messages
 * with fields that decide nothing; messages to others; and lines of the protocol that are wrong in themselves.
 *
 * What the sender of a bundle says in it, in whichever part, it does not owe as well (docs/decisions/0012-conformance.md).
 */
import { type Answer, answerOf, type Protocol, type State } from './oracle.js'
import { bundleOrder, type Context, pick, randomFrom, shapes, statesOf, type Way, ways } from './states.js'

type Fields = { readonly [name: string]: unknown }

/** CX and CP stay together; everything else goes one by one. */
const partsOf = (types: readonly string[]): readonly string[] => {
  const pair = types.includes('CX') && types.includes('CP')
  return types.flatMap((type) => (pair && type === 'CP' ? [] : [pair && type === 'CX' ? 'CX+CP' : type]))
}

/** Parts from left to right, each in the state that the one before it left, all or nothing; events by machine, RM, CS, EM. */
const folded = (protocol: Protocol, way: Way, types: readonly string[], roles: readonly string[], before: State, context: Context): Answer => {
  let state = before
  const fired: string[] = []
  const [replies, optional] = [new Set<string>(), new Set<string>()]
  const { answers, ...others } = context
  // What the message answers counts where it carries no EP of its own.
  const read: Context = answers === true && !types.includes('EP') ? { ...others, answers } : others
  for (const part of partsOf(types)) {
    const answer = answerOf(protocol, way, part, roles, state, read)
    if ('left' in answer) return answer
    state = { rm: answer.rm, em: answer.em, cs: answer.cs }
    fired.push(...answer.fired)
    answer.replies.forEach((type) => {
      if (way === 'received' || types.length === 1 || !types.includes(type)) replies.add(type)
    })
    answer.optional.forEach((type) => optional.add(type))
  }
  const inOrder = ['rm.', 'cs.', 'em.'].flatMap((machine) => fired.filter((one) => one.startsWith(machine)))
  return { ...state, fired: inOrder, replies: [...replies].sort(), optional: [...optional].filter((type) => !replies.has(type)).sort() }
}

const messageOf = (way: Way, types: readonly string[], context: Context, more: Fields): Fields => ({
  id: 'm', case: 'c', from: way === 'sent' ? 'self' : 'peer', to: [way === 'sent' ? 'peer' : 'self'], types, at: '2026-01-05',
  ...(context.reply === undefined ? {} : { inReplyTo: 'earlier' }), ...(context.subject === undefined ? {} : { subject: 'third' }),
  ...(context.existing === undefined && context.answers === undefined
    ? {}
    : { embargo: { id: 'e', ...(context.existing === undefined ? {} : { existing: true }), ...(context.answers === undefined ? {} : { answers: 'e0' }) } }),
  ...more,
})

interface Asked {
  readonly protocol: Protocol
  readonly way: Way
  readonly types: readonly string[]
  readonly roles: readonly string[]
  readonly state: State
  readonly context?: Context
  /** Fields of the message that decide nothing. */
  readonly more?: Fields
  /** How the protocol is named; `absent` for adopted without a name. */
  readonly called?: string
}

const stepOf = ({ protocol, way, types, roles, state, context = {}, more = {}, called = `${protocol}@1` }: Asked, index: number): object => {
  const answer = folded(protocol, way, types, roles, state, context)
  const self = { id: 'self', roles, rm: state.rm, em: state.em, cs: state.cs }
  return {
    id: `${way} ${types.join('+')} ${index + 1}`,
    request: { ...(called === 'absent' ? {} : { protocol: called }), state: self, message: messageOf(way, types, context, more) },
    ...('left' in answer
      ? { left: answer.left }
      : {
          right: {
            state: { ...self, rm: answer.rm, em: answer.em, cs: answer.cs }, fired: answer.fired, replies: answer.replies,
            ...(answer.optional.length === 0 ? {} : { optional: answer.optional }),
          },
        }),
  }
}

/** `(R,N,Vfdpxa)` as a state. */
const state = (text: string): State => {
  const [rm = '', em = '', cs = ''] = text.replace(/[()]/g, '').split(',')
  const named = (all: readonly string[], letter: string): string => all.find((name) => name.startsWith(letter)) ?? `no state ${letter}`
  return {
    rm: named(['Start', 'Received', 'Invalid', 'Valid', 'Deferred', 'Accepted', 'Closed'], rm), cs,
    em: em === 'X' ? 'Exited' : named(['None', 'Proposed', 'Active', 'Revise'], em),
  }
}
const rolesFor = (cs: string): readonly string[] => (cs.length === 6 ? ['vendor'] : cs.length === 4 ? ['deployer'] : ['coordinator'])

/** Bundles that people send, in the states in which they are told apart. */
const chosen: readonly (readonly [way: Way, types: string, states: string, context?: Context])[] = [
  ['received', 'RS EP', '(S,N,vfdpxa) (S,N,pxa) (R,P,Vfdpxa) (S,A,vfdpxa) (S,N,vfdPxa) (C,N,Vfdpxa) (A,X,pxa) (S,P,dpxa)'],
  ['received', 'RS EP', '(S,P,vfdpxa) (S,A,pxa)', { answers: true }], ['received', 'RS EP', '(S,A,vfdpxa) (S,R,pxa)', { existing: true }],
  ['received', 'RS EA', '(S,P,pxa) (S,A,pxa) (S,N,Vfdpxa)', { answers: true }], ['received', 'RS CP', '(S,P,vfdpxa) (S,A,vfdpxa)'], ['received', 'RS CV', '(S,N,vfdpxa) (A,N,Vfdpxa)'],
  ['received', 'ER EP', '(A,P,pxa) (A,N,pxa) (A,P,pxA)'], ['received', 'EJ EV', '(A,R,Vfdpxa) (A,A,pxa) (A,R,Pxa)'], ['received', 'EP EA', '(A,N,pxa) (A,P,pxa)'], ['received', 'ET CP', '(A,A,pxa) (A,R,Vfdpxa) (A,P,pxa)'],
  ['received', 'CX CP', '(A,A,pxa) (A,A,Pxa) (A,P,pxA) (A,A,PXa) (S,N,vfdpxa) (C,A,pxa) (A,R,VFdpxa) (A,A,pXa)'], ['received', 'CX CP CA', '(A,A,pxa) (A,P,VFDpxa) (A,A,PXA)'],
  ['received', 'CX CV', '(A,N,pxa) (A,A,pxa)'], ['received', 'CP CA', '(A,A,pxa) (A,P,dpxa)'], ['received', 'RK CV', '(A,N,pxa) (C,N,pxa)'], ['received', 'RK EK CK GK', '(A,A,pxa) (C,X,pxa) (S,N,vfdpxa)'],
  ['received', 'RE EE CE GE', '(A,A,pxa) (S,N,pxa) (C,N,pxa)'], ['received', 'RV RA', '(A,N,pxa) (S,N,pxa)'], ['received', 'RC ET', '(A,A,pxa) (A,N,pxa)'], ['received', 'RI GI', '(A,N,pxa) (C,N,pxa)'],
  ['received', 'CF CD', '(A,N,VFdpxa) (D,N,dpxa)'], ['received', 'EV CP', '(A,A,pxa) (A,R,Vfdpxa)'],
  ['sent', 'RS EP', '(A,N,pxa) (A,P,Vfdpxa) (A,A,pxa) (A,N,Pxa) (V,N,pxa)'], ['sent', 'RS EP', '(A,A,pxa) (A,R,Vfdpxa)', { existing: true }], ['sent', 'RS CX CP', '(A,A,pxa)'],
  ['sent', 'RV RA', '(R,N,Vfdpxa) (I,N,pxa) (V,N,Vfdpxa)'], ['sent', 'RD RC', '(A,N,pxa) (V,N,pxa) (R,N,pxa)'], ['sent', 'RI RC', '(R,N,pxa)'], ['sent', 'RI RV', '(R,N,pxa)'], ['sent', 'RD CF', '(A,N,Vfdpxa)'],
  ['sent', 'RA CF', '(V,N,Vfdpxa) (D,N,Vfdpxa)'], ['sent', 'ER EP', '(A,P,pxa) (A,N,pxa) (A,P,Pxa)'], ['sent', 'EJ EV', '(A,R,pxa) (A,A,pxa)'], ['sent', 'EJ ET', '(A,R,pxa)'], ['sent', 'EA EV', '(A,P,pxa)'],
  ['sent', 'ET CP', '(A,A,pxa) (A,R,Vfdpxa) (A,N,pxa)'], ['sent', 'CX CP', '(A,A,pxa) (A,N,Pxa) (A,P,PXa) (C,N,pxa) (S,N,pxa) (R,R,VFdpxa)'], ['sent', 'CX CP CA', '(A,A,pxa) (A,N,VFDpxa)'],
  ['sent', 'CX CA', '(A,A,Pxa) (A,A,pxa)'], ['sent', 'CV CF', '(A,N,vfdpxa) (S,N,vfdpxa) (A,N,Vfdpxa)'], ['sent', 'CF CD', '(A,N,Vfdpxa) (D,N,VFdpxa)'], ['sent', 'RK EK CK GK', '(C,N,pxa) (A,A,pxa) (S,N,pxa)'],
  ['sent', 'RK CV', '(R,N,Vfdpxa)'], ['sent', 'EK ER', '(A,P,pxa)'], ['sent', 'RV CV', '(V,N,Vfdpxa) (R,N,Vfdpxa)', { reply: true }], ['sent', 'GI GE', '(C,X,PXA)'],
]

const byHand = (): readonly Asked[] =>
  (['adopted', 'published'] as const).flatMap((protocol) => chosen.flatMap(([way, types, states, context = {}]) => {
    const all = types.split(' ')
    const canonical = bundleOrder.filter((type) => all.includes(type))
    return states.split(' ').map((text) => ({ protocol, way, types: canonical, roles: types === 'CF CD' ? ['vendor', 'deployer'].filter((role) => state(text).cs.length === 6 || role === 'deployer') : rolesFor(state(text).cs), state: state(text), context }))
  }))

/** Bundles at random, at most every second one refused. */
const atRandom = (protocol: Protocol, seed: number, count: number): readonly Asked[] => {
  const random = randomFrom(seed)
  const found: Asked[] = []
  let refused = 0
  while (found.length < count) {
    const some = new Set(Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(random, bundleOrder)))
    const types = bundleOrder.filter((type) => some.has(type))
    const [way, [shape, { roles }]] = [pick(random, ways), pick(random, Object.entries(shapes))]
    const before = pick(random, statesOf(shape))
    const context: Context = {
      ...(random() < 0.15 ? { subject: 'other' as const } : {}), ...(random() < 0.25 ? { reply: true as const } : {}),
      ...(random() < 0.15 ? { existing: true as const } : {}), ...(random() < 0.2 ? { answers: true as const } : {}),
    }
    if (types.length < 2) continue
    const isLeft = 'left' in folded(protocol, way, types, roles, before, context)
    if (isLeft && 2 * refused >= count) continue
    if (isLeft) refused++
    found.push({ protocol, way, types, roles, state: before, context })
  }
  return found
}

/** One type, in messages whose other fields decide nothing, and by participants of other roles. */
const plain = (): readonly Asked[] => {
  const fields: readonly Fields[] = [
    { cause: 'own' }, { cause: 'observed' }, { v: 1 }, { after: ['m0'] }, { tlp: 'RED' }, { note: 'RS EP' }, { ext: { types: ['RC'] } }, { report: { id: 'r' } }, { colour: 'red' },
    { embargo: { id: 'e', existing: false } }, { embargo: { id: 'e', end: '2026-04-05', reason: 'existing', scope: 'answers' } }, { at: '2026-01-05T10:00:00Z/2026-01-06' },
  ]
  const asked = (protocol: Protocol, way: Way, type: string, text: string, rest: Partial<Asked> = {}): Asked => ({ protocol, way, types: [type], roles: rolesFor(state(text).cs), state: state(text), ...rest })
  return [
    ...(['adopted', 'published'] as const).flatMap((protocol) => [
      ...fields.flatMap((more) => [asked(protocol, 'received', 'CP', '(A,A,Vfdpxa)', { more }), asked(protocol, 'sent', 'CA', '(A,P,pxa)', { more }), asked(protocol, 'received', 'EP', '(A,N,pxa)', { more })]),
      asked(protocol, 'sent', 'CF', '(A,N,Vfdpxa)', { more: { subject: 'self' } }), asked(protocol, 'sent', 'CF', '(A,N,Vfdpxa)', { more: { subject: { participant: 'self', product: 'router' } } }),
      asked(protocol, 'sent', 'CF', '(A,N,pxa)', { context: { subject: 'other' } }), asked(protocol, 'sent', 'CF', '(A,N,pxa)', { context: { subject: 'other' }, more: { subject: { participant: 'third' } } }),
      asked(protocol, 'received', 'CV', '(A,N,vfdpxa)', { context: { subject: 'other' }, more: { subject: 'self' } }), asked(protocol, 'received', 'CV', '(A,N,vfdpxa)', { more: { subject: 'peer' } }),
      asked(protocol, 'received', 'GI', '(S,N,vfdpxa)', { more: { to: ['other', 'self', 'third'] } }), asked(protocol, 'sent', 'GI', '(C,X,pxa)', { more: { to: ['other', 'third'] } }),
      ...[['finder', 'reporter'], ['reporter'], ['coordinator'], ['observer'], ['finder', 'coordinator', 'observer']].map((roles) => asked(protocol, 'received', 'RS', '(S,N,pxa)', { roles })),
      ...[['deployer', 'reporter'], ['coordinator', 'deployer']].flatMap((roles) => [asked(protocol, 'received', 'RS', '(S,N,dpxa)', { roles }), asked(protocol, 'sent', 'CD', '(A,N,dpxa)', { roles })]),
      ...[['deployer', 'vendor'], ['vendor', 'coordinator', 'reporter'], ['finder', 'reporter', 'vendor', 'coordinator', 'deployer', 'observer']].flatMap((roles) => [
        asked(protocol, 'received', 'RS', '(S,N,vfdpxa)', { roles }), asked(protocol, 'sent', 'CD', '(D,N,VFdpxa)', { roles }), asked(protocol, 'sent', 'CD', '(A,N,Vfdpxa)', { roles }),
      ]),
    ]),
    asked('adopted', 'received', 'CA', '(A,N,pxa)', { called: 'absent' }), asked('adopted', 'received', 'CA', '(A,N,pxa)', { called: 'adopted' }), asked('published', 'received', 'CA', '(A,N,pxa)', { called: 'published' }),
  ]
}

const self = { id: 'self', roles: ['vendor'], rm: 'Received', em: 'None', cs: 'Vfdpxa' }
const message = { id: 'm', case: 'c', from: 'peer', to: ['self'], types: ['GI'], at: '2026-01-05' }

/** Lines that are wrong in themselves: nothing is compared but that they are faults. */
const wrong: readonly (readonly [why: string, request: Fields])[] = [
  ['empty', {}], ['no message and no local event', { state: self }], ['both a message and a local event', { state: self, message, local: 'validate' }], ['no state', { message }], ['state null', { state: null, message }],
  ['state a list', { state: [self], message }], ['state a notation', { state: '(R,N,Vfdpxa)', message }], ['state without roles', { state: { id: 'self', rm: 'Start', em: 'None', cs: 'pxa' }, message }], ['no roles', { state: { ...self, roles: [] }, message }],
  ['unknown role', { state: { ...self, roles: ['supplier'] }, message }], ['case state of another shape', { state: { ...self, cs: 'pxa' }, message }], ['case state that there is not', { state: { ...self, cs: 'vFdpxa' }, message }],
  ['case state of another shape, local', { state: { ...self, cs: 'dpxa' }, local: 'validate' }], ['report state by its letter', { state: { ...self, rm: 'R' }, message }], ['embargo state as printed', { state: { ...self, em: 'eXited' }, message }],
  ['report state that names something of JavaScript', { state: { ...self, rm: 'constructor' }, message }], ['no id of the state', { state: { ...self, id: '' }, message }],
  ['protocol of another edition', { protocol: 'adopted@2', state: self, message }], ['protocol in capitals', { protocol: 'ADOPTED', state: self, message }], ['protocol a number', { protocol: 1, state: self, message }], ['protocol toString', { protocol: 'toString', state: self, message }],
  ['message null', { state: self, message: null }], ['message a text', { state: self, message: 'GI' }], ['message without types', { state: self, message: { ...message, types: [] } }], ['unknown type', { state: self, message: { ...message, types: ['ZZ'] } }],
  ['types out of order', { state: self, message: { ...message, types: ['EP', 'RS'] } }], ['CP before CX', { state: self, message: { ...message, types: ['CP', 'CX'] } }], ['the same type twice', { state: self, message: { ...message, types: ['GI', 'GI'] } }],
  ['the pair as the rows write it', { state: self, message: { ...message, types: ['CX+CP'] } }], ['impossible date', { state: self, message: { ...message, at: '2026-02-30' } }], ['to nobody', { state: self, message: { ...message, to: [] } }],
  ['to the sender too', { state: self, message: { ...message, to: ['self', 'peer'] } }], ['in reply to itself', { state: self, message: { ...message, inReplyTo: 'm' } }], ['message without sender', { state: self, message: { ...message, from: undefined } }],
  ['unknown local event', { state: self, local: 'reopen' }], ['local event a number', { state: self, local: 5 }], ['local event in an object, unknown', { state: self, local: { event: 'reopen' } }], ['local event constructor', { state: self, local: 'constructor' }],
  ['local event by its letter', { state: self, local: 'v' }], ['local event of the embargo', { state: self, local: 'propose' }], ['local event in a list', { state: self, local: ['validate'] }],
]

/** Whom a message is none of the business of. */
const strangers = (): readonly object[] =>
  (['adopted@1', 'published@1'] as const).flatMap((protocol) => [
    { id: `elsewhere 1 ${protocol}`, request: { protocol, state: self, message: { ...message, to: ['other'] } }, left: 'not-addressed' },
    { id: `elsewhere 2 ${protocol}`, request: { protocol, state: self, message: { ...message, from: 'peer', to: ['Self', 'self '], types: ['RS', 'EP'] } }, left: 'not-addressed' },
    { id: `elsewhere 3 ${protocol}`, request: { protocol, state: { ...self, rm: 'Closed' }, message: { ...message, to: ['other', 'third'], subject: 'self', types: ['CV'] } }, left: 'not-addressed' },
  ])

/** A local event may be an object that names it. */
const localObject: readonly object[] = [
  { id: 'local object', request: { state: self, local: { event: 'validate' } }, right: { state: { ...self, rm: 'Valid' }, fired: ['rm.validate'], replies: ['RV'] } },
  { id: 'local object with more', request: { protocol: 'published', state: self, local: { event: 'validate', by: 'self' } }, right: { state: { ...self, rm: 'Valid' }, fired: ['rm.validate'], replies: [] } },
]

export const bundles = (): object => ({
  vectors: 1, kind: 'bundles', level: 'L2', title: 'Messages of several types, messages with all fields, and lines that are wrong in themselves',
  steps: [
    ...[...byHand(), ...atRandom('adopted', 0x5eed, 160), ...atRandom('published', 0xfeed, 80), ...plain()].map(stepOf), ...strangers(), ...localObject,
    ...wrong.map(([why, request]) => ({ id: why, request, fault: true })),
  ],
})
