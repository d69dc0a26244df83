/**
 * A new case: who takes part, in which roles, and by which reading of the protocol.
 */
import { useState } from 'preact/hooks'
import { type Edition, editions, type LogParticipant, type Role, roles } from 'mpcvd'
import type { Play } from './model.js'
import { casts, newPlay } from './presets.js'

const readings: Readonly<Record<Edition, string>> = {
  'adopted@1': 'adopted: contradictions resolved', 'published@1': 'published: the tables as printed',
}

/** Ids longer than this make no names. */
const LONGEST_NAME = 40

/** The choice of a reading of the protocol. */
export const EditionChoice = ({ value, onChoose }: { readonly value: Edition; readonly onChoose: (edition: Edition) => void }) => (
  <label>Protocol <select value={value} onChange={(event) => onChoose(event.currentTarget.value === 'published@1' ? 'published@1' : 'adopted@1')}>
    {[...editions].reverse().map((edition) => <option key={edition} value={edition}>{readings[edition]}</option>)}
  </select></label>
)

const faultOf = (participants: ReadonlyArray<LogParticipant>): string | undefined => {
  const names = participants.map(({ id }) => id.trim())
  if (participants.length < 2) return 'A case needs two participants at least.'
  if (names.includes('')) return 'Every participant needs a name.'
  if (new Set(names).size < names.length) return 'No two participants have the same name.'
  const idle = participants.find((one) => one.roles.length === 0)
  return idle === undefined ? undefined : `${idle.id} needs a role.`
}

/** The form for it. */
export const Begin = ({ protocol, onPlay }: { readonly protocol: Edition; readonly onPlay: (play: Play) => void }) => {
  const [cast, setCast] = useState<ReadonlyArray<LogParticipant>>(casts[1]?.participants ?? [])
  const [edition, setEdition] = useState<Edition>(protocol)
  const [fault, setFault] = useState('')
  const change = (place: number, changed: Partial<LogParticipant>): void => setCast(cast.map((one, index) => (index === place ? { ...one, ...changed } : one)))
  const toggled = (one: LogParticipant, role: Role): ReadonlyArray<Role> => (one.roles.includes(role) ? one.roles.filter((other) => other !== role) : [...one.roles, role])
  return (
    <form onSubmit={(event) => {
      event.preventDefault()
      const named = cast.map((one) => ({ ...one, id: one.id.trim() }))
      const found = faultOf(named)
      setFault(found ?? '')
      const play = found === undefined ? newPlay(named, edition) : undefined
      if (play !== undefined) onPlay(play)
    }}>
      <fieldset class="casts"><legend>Begin with</legend>
        {casts.map(({ name, participants }) => <button key={name} type="button" class="small" aria-pressed={participants === cast} onClick={() => setCast(participants)}>{name}</button>)}
      </fieldset>
      <ul class="plain people">
        {cast.map((one, place) => (
          <li key={place}>
            <label>Name <input type="text" value={one.id} maxLength={LONGEST_NAME} onInput={(event) => change(place, { id: event.currentTarget.value })} /></label>
            <fieldset><legend>Roles of {one.id || 'the participant'}</legend>
              {roles.map((role) => <label key={role}><input type="checkbox" checked={one.roles.includes(role)} onChange={() => change(place, { roles: toggled(one, role) })} /> {role}</label>)}
            </fieldset>
            <button type="button" class="small" aria-label={`Remove ${one.id}`} onClick={() => setCast(cast.filter((_, index) => index !== place))}>Remove</button>
          </li>
        ))}
      </ul>
      <p class="tools">
        <button type="button" class="small" aria-disabled={cast.length >= 8} onClick={() => { if (cast.length < 8) setCast([...cast, { id: `p${cast.length + 1}`, roles: ['vendor'] }]) }}>Add a participant</button>
        <EditionChoice value={edition} onChoose={setEdition} />
      </p>
      <p role="alert" class="fault">{fault}</p>
      <p><button type="submit" class="primary">Begin the case</button></p>
    </form>
  )
}
