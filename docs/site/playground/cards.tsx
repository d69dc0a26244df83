/**
 * A card for each participant: its state, what it owes, and the messages that are on their way to it.
 */
import { formatState, type Id } from 'mpcvd'
import type { Owed } from 'mpcvd/case'
import { caseIn, owedBy, payments, type Wish } from './draft.js'
import { bundled, listed, many, pathWords, shown, worldWords } from './words.js'
import type { Parcel, Replica, World } from './world.js'

/** What can be done on a card. */
export interface Handlers {
  readonly act: (id: Id) => void
  readonly send: (wish: Wish) => void
  readonly parcel: (kind: 'arrives' | 'lost', message: Id, to: Id) => void
}

const because: Readonly<Record<string, string>> = {
  answer: 'answer to', announcement: 'to announce, since', decision: 'decision on', offer: 'offer of the terms, since', expiry: 'the terms are over, of', revision: 'to propose again, of',
}

/** So many debts are shown at once. */
const SHOWN = 5

const Owes = ({ one, world, on }: { readonly one: Replica; readonly world: World; readonly on: Handlers }) => {
  const dues = owedBy(world, one)
  if (dues.length === 0) return <p class="quiet">Owes nothing.</p>
  const item = (due: Owed) => (
    <li key={`${due.kind} ${due.entry}`} class="row">
      <span><b>{due.types.join(due.kind === 'decision' ? ' or ' : ' ')}</b> <span class="quiet">{because[due.kind]} {shown(due.entry)}{due.to === undefined ? '' : `, to ${shown(due.to)}`}</span></span>
      <span class="tools">
        {payments(world, due).map((wish) => (
          <button key={bundled(wish.types)} type="button" class="small" onClick={() => on.send(wish)} aria-label={`Send ${bundled(wish.types)} from ${one.id} to ${listed(wish.to)}, owed for ${due.entry}`}>
            {due.kind === 'decision' ? bundled(wish.types) : 'Send'}
          </button>
        ))}
      </span>
    </li>
  )
  const [first, rest] = [dues.slice(0, SHOWN), dues.slice(SHOWN)]
  return (
    <>
      <ul class="plain">{first.map(item)}</ul>
      {rest.length === 0 ? null : <details><summary>and {rest.length} more</summary><ul class="plain">{rest.map(item)}</ul></details>}
    </>
  )
}

const about = ({ message }: Parcel): string => `${message.id} ${bundled(message.types)} from ${message.from}`

const Parcels = ({ id, parcels, on }: { readonly id: Id; readonly parcels: ReadonlyArray<Parcel>; readonly on: Handlers }) => {
  const waiting = parcels.filter(({ status }) => status === 'under way')
  const lost = parcels.filter(({ status }) => status === 'lost')
  const arrived = parcels.filter(({ status }) => status === 'arrived')
  const row = (one: Parcel, label: string, word: string, kind: 'arrives' | 'lost') => (
    <button type="button" class="small" onClick={() => on.parcel(kind, one.message.id, id)} aria-label={`${label}: ${about(one)} to ${id}`}>{word}</button>
  )
  return (
    <>
      {waiting.length === 0 ? null : (
        <ul class="plain parcels" aria-label={`Under way to ${id}`}>
          {waiting.map((one) => (
            <li key={one.message.id} class="row parcel">
              <span><b>{bundled(one.message.types)}</b> <span class="quiet">{shown(one.message.id)} from {shown(one.message.from)}</span></span>
              <span class="tools">{row(one, 'Deliver', 'Deliver', 'arrives')}{row(one, 'Lose', 'Lose', 'lost')}</span>
            </li>
          ))}
        </ul>
      )}
      {lost.length + arrived.length === 0 ? null : (
        <details class="arrived">
          <summary>{[arrived.length > 0 ? many(arrived.length, 'message') + ' arrived' : '', lost.length > 0 ? `${lost.length} lost` : ''].filter((part) => part !== '').join(', ')}</summary>
          <ul class="plain">
            {lost.map((one) => <li key={`lost ${one.message.id}`} class="row"><span><s>{bundled(one.message.types)}</s> <span class="quiet">{shown(one.message.id)} from {shown(one.message.from)}, lost</span></span><span class="tools">{row(one, 'Deliver after all', 'Deliver late', 'arrives')}</span></li>)}
            {arrived.map((one) => (
              <li key={one.message.id} class="row">
                <span>{bundled(one.message.types)} <span class="quiet">{shown(one.message.id)} from {shown(one.message.from)}{one.times > 1 ? `, ${one.times} times` : ''}</span></span>
                <span class="tools">{row(one, 'Deliver once more', 'Again', 'arrives')}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

const Card = ({ one, world, acting, was, on }: { readonly one: Replica; readonly world: World; readonly acting: boolean; readonly was: string | undefined; readonly on: Handlers }) => {
  const { id, state } = one
  const path = pathWords(state.cs)
  const of = caseIn(one.ledger)
  const consent = of.participants.find((other) => other.id === id)?.consent
  const now = formatState(state)
  return (
    <li data-participant={id} class={`card${acting ? ' acting' : ''}${one.departed ? ' departed' : ''}`}>
      <div class="row">
        <h3><bdi>{id}</bdi> <span class="roles">{state.roles.join(', ')}</span></h3>
        <button type="button" class="small" aria-pressed={acting} aria-label={`Act as ${id}`} onClick={() => on.act(id)}>Act</button>
      </div>
      {one.departed ? <p class="quiet">Has left the case.</p> : null}
      {one.followed ? (
        <>
          <p class="notation"><code>{now}</code>{was === undefined || was === now ? null : <span class="was">was <code>{was}</code></span>}</p>
          <p class="words">
            <span class="tag report">{state.rm}</span> <span class="tag embargo">{state.em}</span>{path === undefined ? null : <> <span class="tag state">{path}</span></>} <span class="tag state">{worldWords(state.cs)}</span>
          </p>
          {one.departed ? null : <p class={of.state.em === state.em ? 'ledger' : 'ledger differs'}>By its ledger: embargo {of.state.em}{consent === undefined ? '' : `, its consent ${consent}`}.</p>}
        </>
      ) : <p class="quiet">Not followed: this is the log of {world.header.as}.</p>}
      <h4>Owes</h4>
      <Owes one={one} world={world} on={on} />
      <Parcels id={id} parcels={world.parcels.filter((parcel) => parcel.to === id)} on={on} />
    </li>
  )
}

/** All cards. `before` has the states that the last step changed, as they were. */
export const Cards = ({ world, acting, before, on }: { readonly world: World; readonly acting: Id; readonly before: ReadonlyMap<Id, string>; readonly on: Handlers }) => (
  <ul class="cards plain" aria-label="Participants">
    {world.replicas.map((one) => <Card key={one.id} one={one} world={world} acting={one.id === acting} was={before.get(one.id)} on={on} />)}
  </ul>
)
