/**
 * What a participant may send, written out by hand for a few states, with what else has to be so of the message.
 */
import { adopted, parseState, type Participant, type Permitted, published, type Role } from 'mpcvd'
import { expect, test } from 'vitest'

const at = (notation: string, ...roles: ReadonlyArray<Role>): Participant => {
  const state = parseState(notation)
  if (state._tag === 'Left') throw new Error(notation)
  return { id: 'self', roles, ...state.right }
}
const brief = ({ types, context, fired, replies }: Permitted): string =>
  [types.join('+'), ...Object.entries(context ?? {}).map(([name, value]) => `${name}=${String(value)}`), ...fired.map((one) => `${one.machine}.${one.event}`), ...replies.map((type) => `!${type}`)].join(' ')

const always = ['GI', 'GK', 'GE']

test.each<[string, Participant, ReadonlyArray<string>]>([
  ['a closed participant', at('(C,X,Pxa)', 'reporter'), ['RK', 'RE', ...always]],
  ['a reporter with a proposal open', at('(A,P,pxa)', 'reporter'), [
    'RS', 'RS answers=true em.accept', 'RD rm.defer', 'RC rm.close', 'RK', 'RE', 'EP em.propose', 'ER em.reject', 'EA em.accept', 'EK', 'EE',
    'CV subject=other', 'CF subject=other', 'CD subject=other', 'CP cs.P em.reject !ER', 'CA cs.A em.reject !ER', 'CK', 'CE', ...always, 'CX+CP cs.X cs.P em.reject !ER',
  ]],
  ['a vendor that deploys, under an embargo', at('(A,A,VFdpxa)', 'vendor', 'deployer'), [
    'RS', 'RD rm.defer', 'RC rm.close', 'RK', 'RE', 'EP existing=true', 'EV em.propose', 'ET em.terminate', 'EK', 'EE', 'CV', 'CV subject=other', 'CF', 'CF subject=other',
    'CD cs.D', 'CD subject=other', 'CP cs.P em.terminate !ET', 'CA cs.A em.terminate !ET', 'CK', 'CE', ...always, 'CX+CP cs.X cs.P em.terminate !ET',
  ]],
])('%s', (_, self, wanted) => {
  expect(adopted.permitted(self).map(brief).sort()).toEqual([...wanted].sort())
})

test('a state that does not have the shape of the roles permits nothing', () => {
  const strange = { ...at('(A,N,pxa)', 'vendor') }
  expect([adopted.permitted(strange), adopted.permittedLocal(strange)]).toEqual([[], []])
  expect(adopted.local(strange, 'defer')).toMatchObject({ left: { kind: 'role', allowed: [] } })
  expect(published.observe(strange, 'P')).toMatchObject({ left: { kind: 'role' } })
})
