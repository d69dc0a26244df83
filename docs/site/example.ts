import { start, transition } from 'mpcvd'

const acme = start('acme', ['vendor'])
const result = transition(acme, {
  id: 'm1', case: 'c1', at: '2026-01-05',
  from: 'ada', to: ['acme'],
  types: ['RS'],
})
if (result._tag === 'Right') {
  const { state, replies } = result.right
  console.log(state.rm, state.cs, replies)
}
