/**
 * What somebody sends or does: to whom, which types, alone or several in one message, and steps of its own.
 */
import { useState } from 'preact/hooks'
import { type Family, formatState, type Id, type LocalEvent, type MessageType, messageTypes, type Role } from 'mpcvd'
import { Bringing } from './bringing.js'
import { type Choice, inBundle, localChoices, typeChoices, verdictWords } from './choices.js'
import { Choosing, Why } from './choosing.js'
import { draftFor, judged, others, type Wish } from './draft.js'
import { bundled, shown } from './words.js'
import type { Replica, World } from './world.js'

const families: ReadonlyArray<readonly [family: Family, title: string]> = [['rm', 'Report'], ['em', 'Embargo'], ['cs', 'Case state'], ['general', 'General']]

/** The panel of who acts. */
export const Compose = ({ world, acting, atOnce, onAtOnce, onSend, onLocal, onJoin, onSaid }: {
  readonly world: World
  readonly acting: Replica
  /** Whether messages arrive as they are sent. */
  readonly atOnce: boolean
  readonly onAtOnce: (atOnce: boolean) => void
  readonly onSend: (wish: Wish) => void
  readonly onLocal: (event: LocalEvent) => void
  readonly onJoin: (id: Id, role: Role) => void
  readonly onSaid: (text: string) => void
}) => {
  const everybody = others(world, acting.id)
  const [left, setLeft] = useState<ReadonlyArray<Id>>([])
  const [bundle, setBundle] = useState<ReadonlyArray<MessageType> | undefined>(undefined)
  const [cause, setCause] = useState<'own' | 'observed'>('observed')
  const [subject, setSubject] = useState<Id | undefined>(undefined)
  const [existing, setExisting] = useState(false)
  const [warm, setWarm] = useState<string | undefined>(undefined)
  /** The refused type that was chosen all the same. */
  const [insisted, setInsisted] = useState<MessageType | undefined>(undefined)
  const to = everybody.filter((id) => !left.includes(id))
  const about = subject !== undefined && everybody.includes(subject) ? { subject } : {}
  const wishFor = (types: ReadonlyArray<MessageType>): Wish => ({ from: acting.id, to, types, cause, existing, ...about })
  const types = typeChoices(world, acting, bundle ?? [], wishFor)
  const locals = localChoices(world, acting)
  const at: Choice | undefined = [...types, ...locals].find(({ key }) => key === warm)
  const look = ({ key }: Choice): void => {
    setWarm(key)
    if (key !== insisted) setInsisted(undefined)
  }
  const choose = (choice: (typeof types)[number]): void => {
    const { type } = choice
    look(choice)
    if (bundle !== undefined) setBundle(bundle.includes(type) ? bundle.filter((other) => other !== type) : inBundle(bundle, type))
    else if (choice.refused) {
      setInsisted(to.length > 0 && !acting.departed && acting.followed ? type : undefined)
      onSaid(`${type} was not sent. ${choice.verdict}`)
    } else onSend(wishFor([type]))
  }
  const whole = bundle === undefined || bundle.length === 0 || to.length === 0 ? undefined : judged(world, draftFor(world, wishFor(bundle)))
  const sendBundle = (): void => {
    if (bundle === undefined || whole === undefined) onSaid('Choose types first, and somebody to send them to.')
    else if (whole._tag === 'Left') onSaid(`${bundled(bundle)} was not sent. ${verdictWords(whole, acting)}`)
    else {
      onSend(wishFor(bundle))
      setBundle([])
    }
  }
  return (
    <section class="compose panel" aria-labelledby="compose-title">
      <h2 id="compose-title">What <bdi>{shown(acting.id)}</bdi> sends {acting.followed ? <span class="roles">in <code>{formatState(acting.state)}</code></span> : null}</h2>
      <div class="to">
        <fieldset>
          <legend>To</legend>
          {everybody.map((id) => (
            <label key={id}><input type="checkbox" checked={!left.includes(id)} onChange={() => setLeft(left.includes(id) ? left.filter((one) => one !== id) : [...left, id])} /> <bdi>{shown(id)}</bdi></label>
          ))}
        </fieldset>
      </div>
      <div class="to">
        <label><input type="checkbox" checked={atOnce} onChange={(event) => onAtOnce(event.currentTarget.checked)} /> Messages arrive at once</label>
        <label><input type="checkbox" checked={bundle !== undefined} onChange={(event) => setBundle(event.currentTarget.checked ? [] : undefined)} /> Several types in one message</label>
      </div>
      <div class="types">
        {families.map(([family, title]) => (
          <Choosing key={family} title={title} label={`${title} messages`} kind={family} choices={types.filter(({ type }) => messageTypes[type].family === family)}
            pressed={bundle === undefined ? undefined : ({ type }) => bundle.includes(type)} onWarm={look} onChoose={choose} />
        ))}
        <Choosing title="Own steps, unsaid" label="Steps of its own" kind="own" choices={locals} onWarm={look} onChoose={(choice) => {
          look(choice)
          if (choice.refused) onSaid(`${choice.key} was not done. ${choice.verdict}`)
          else onLocal(choice.event)
        }} />
      </div>
      <Why choice={at}>
        {bundle === undefined ? null : <p><button type="button" class="primary" aria-disabled={whole?._tag !== 'Right'} onClick={sendBundle}>Send {bundled(bundle) || 'nothing yet'}</button></p>}
        {insisted === undefined || insisted !== warm || bundle !== undefined || at?.refused !== true ? null : (
          <p><button type="button" class="small" onClick={() => {
            onSend(wishFor([insisted]))
            setInsisted(undefined)
          }}>Send {insisted} all the same</button> <span class="quiet">It changes nothing at {shown(acting.id)}; see what the others make of it.</span></p>
        )}
      </Why>
      <details class="more">
        <summary>More about the message</summary>
        <div class="to">
          <label>CP, CX, CA: {shown(acting.id)} <select value={cause} onChange={(event) => setCause(event.currentTarget.value === 'own' ? 'own' : 'observed')}><option value="observed">saw it</option><option value="own">did it</option></select></label>
          <label>CV, CF, CD: about <select value={subject ?? ''} onChange={(event) => setSubject(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}><option value="">itself</option>{everybody.map((id) => <option key={id} value={id}>{shown(id)}</option>)}</select></label>
          <label><input type="checkbox" checked={existing} onChange={(event) => setExisting(event.currentTarget.checked)} /> EP offers the terms that are in force already</label>
        </div>
        <Bringing taken={world.replicas.map(({ id }) => id)} onJoin={onJoin} onSaid={onSaid} />
      </details>
    </section>
  )
}
