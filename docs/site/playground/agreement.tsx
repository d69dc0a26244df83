/**
 * Whether the participants agree: by their own steps, as the tables have it, and by their ledgers. The one comes apart when
 * messages cross or are lost; the other comes together as soon as the same entries have arrived.
 */
import { describeCaseFinding, entriesOf, idOf } from 'mpcvd/case'
import type { Id } from 'mpcvd'
import { caseIn } from './draft.js'
import { sealOf } from './seals.js'
import { grouped, listed, many, shown } from './words.js'
import { present, type Replica, type World } from './world.js'

/** So many entries are named that somebody lacks for one reason; the others are counted. */
const SHOWN = 3

/** What somebody does not have of all that was said, and why. */
const lacking = (world: World, one: Replica): string => {
  const held = new Set(entriesOf(one.ledger).map(idOf))
  const reasons = new Map<string, ReadonlyArray<Id>>()
  for (const id of entriesOf(world.everything).map(idOf)) {
    if (held.has(id)) continue
    const parcel = world.parcels.find(({ message, to }) => message.id === id && to === one.id)
    const reason = parcel === undefined ? (world.messages.has(id) ? 'not sent to it' : 'told to nobody') : parcel.status
    reasons.set(reason, [...(reasons.get(reason) ?? []), id])
  }
  const named = (ids: ReadonlyArray<Id>): string => `${ids.slice(0, SHOWN).map(shown).join(', ')}${ids.length > SHOWN ? ` and ${ids.length - SHOWN} more` : ''}`
  return [...reasons].map(([reason, ids]) => `${named(ids)} (${reason})`).join(', ') || 'nothing'
}

/** What there is to say of the agreement, in sentences. */
const sentences = (world: World): { readonly tables: string; readonly steps: 'together' | 'waiting' | 'apart'; readonly ledgers: string; readonly same: boolean } => {
  const here = present(world).filter((one) => one.followed)
  const knowing = here.filter(({ state }) => state.rm !== 'Start' || state.em !== 'None')
  const states = knowing.map(({ id, state }) => [id, state.em] as const)
  const apart = new Set(states.map(([, em]) => em)).size > 1
  const waiting = world.parcels.filter(({ status }) => status === 'under way').length
  const underWay = waiting === 0 ? 'Nothing is under way' : `${many(waiting, 'message')} ${waiting === 1 ? 'is' : 'are'} under way`
  const same = new Set(present(world).map(({ ledger }) => sealOf(ledger))).size < 2
  const missed = world.parcels.some(({ status }) => status !== 'arrived')
  const embargoes = present(world).map(({ id, ledger }) => [id, caseIn(ledger).state.em] as const)
  const agreed = new Set(embargoes.map(([, em]) => em)).size < 2
  return {
    steps: !apart ? 'together' : waiting > 0 ? 'waiting' : 'apart', same: same || (!missed && agreed),
    tables: apart
      ? `${waiting === 0 ? 'They have come apart' : 'They differ'}. ${grouped(states)}. ${underWay}${waiting === 0 ? ': on their steps alone they stay apart.' : ', which can bring them together or drive them further apart.'}`
      : `${states.length === 0 ? 'Nobody knows of the report yet' : `All who know of the report are in ${states[0]?.[1] ?? 'None'}`}. ${underWay}.`,
    ledgers: `${same ? 'All hold the same entries: one seal, one case.' : missed ? 'They do not hold the same entries.' : 'Each holds all that was sent to it; not all of it was sent to everybody.'} Embargo ${agreed ? `${embargoes[0]?.[1] ?? 'None'} for all` : grouped(embargoes)}.`,
  }
}

const Row = ({ world, one }: { readonly world: World; readonly one: Replica }) => {
  const { settled, state } = caseIn(one.ledger)
  const deciding = settled.count + settled.tentative.length
  return (
    <tr>
      <th scope="row"><bdi>{shown(one.id)}</bdi></th>
      <td>{one.followed ? one.state.em : 'not followed'}</td>
      <td>{state.em}</td>
      <td>{settled.count} of {deciding}{settled.waitsFor.length === 0 ? '' : `, waits for ${settled.waitsFor.length > 3 ? many(settled.waitsFor.length, 'participant') : listed(settled.waitsFor)}`}</td>
      <td>{lacking(world, one)}</td>
      <td><code>{sealOf(one.ledger).slice(0, 8)}</code></td>
    </tr>
  )
}

/** The table of who holds what, and what is wrong with it. */
export const Agreement = ({ world }: { readonly world: World }) => {
  const { tables, ledgers, steps, same } = sentences(world)
  const findings = caseIn(world.everything).findings
  const ids: ReadonlyArray<Id> = present(world).map(({ id }) => id)
  return (
    <section class="agreement panel" aria-labelledby="agreement-title">
      <h2 id="agreement-title">Do they agree?</h2>
      <div class="verdicts">
        <p class={`steps ${steps}`}><b>By their own steps</b><br />{tables}</p>
        <p class={`ledgers ${same ? 'together' : 'waiting'}`}><b>By their ledgers</b><br />{ledgers}</p>
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label="Who holds what">
        <table>
          <thead><tr><th scope="col">Who</th><th scope="col">Embargo by steps</th><th scope="col">Embargo by ledger</th><th scope="col">Settled</th><th scope="col">Lacks</th><th scope="col">Seal</th></tr></thead>
          <tbody>{present(world).map((one) => <Row key={one.id} world={world} one={one} />)}</tbody>
        </table>
      </div>
      <p class="quiet">Steps: what the tables make of the messages in the order in which each participant had them. Ledger: what the set of entries that it holds comes to, whatever their order. Seal: the hash of that set.</p>
      <details class="findings" open={findings.length > 0 && ids.length > 0}>
        <summary>{findings.length === 0 ? 'Nothing is amiss in the entries' : `${many(findings.length, 'finding')} in all that was said`}</summary>
        <ul>{findings.map((one) => <li key={`${one.entry} ${one.kind}`}>{describeCaseFinding(one)}</li>)}</ul>
      </details>
    </section>
  )
}
