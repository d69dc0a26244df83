/**
 * Bringing somebody into the case.
 */
import { useState } from 'preact/hooks'
import { type Id, type Role, roles } from 'mpcvd'
import { shown } from './words.js'

/** The form for it; `taken` are the ids that are in the case already. */
export const Bringing = ({ taken, onJoin, onSaid }: { readonly taken: ReadonlyArray<Id>; readonly onJoin: (id: Id, role: Role) => void; readonly onSaid: (text: string) => void }) => {
  const [newcomer, setNewcomer] = useState('')
  const [role, setRole] = useState<Role>('vendor')
  return (
    <form class="to" onSubmit={(event) => {
      event.preventDefault()
      const name = newcomer.trim()
      if (name === '') onSaid('Whoever comes in needs a name.')
      else if (taken.includes(name)) onSaid(`${shown(name)} is in the case already.`)
      else {
        onJoin(name, role)
        setNewcomer('')
      }
    }}>
      <label>Bring in <input type="text" class="short" value={newcomer} maxLength={40} onInput={(event) => setNewcomer(event.currentTarget.value)} /></label>
      <label>as <select value={role} onChange={(event) => setRole(roles.find((one) => one === event.currentTarget.value) ?? 'vendor')}>{roles.map((one) => <option key={one} value={one}>{one}</option>)}</select></label>
      <button type="submit" class="small">Bring in</button>
    </form>
  )
}
