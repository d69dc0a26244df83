/**
 * What somebody may send or do now. Every type and every local step is there; what the protocol does not permit can still
 * be pointed at and focused, and says why.
 *
 * The explanation stands in one place below the buttons, for who sees; each button has its own as its description, for who
 * does not.
 */
import { useState } from 'preact/hooks'
import { bundleRank, describe, type Family, formatState, type Id, type LocalEvent, localEvents, type MessageType, messageTypeList, messageTypes, type Role, roles } from 'mpcvd'
import { draftFor, judged, others, type Verdict, type Wish } from './draft.js'
import { bundled, listed, shown, stateChange } from './words.js'
import type { Replica, World } from './world.js'

const families: ReadonlyArray<readonly [family: Family, title: string]> = [['rm', 'Report'], ['em', 'Embargo'], ['cs', 'Case state'], ['general', 'General']]

const localMeanings: Readonly<Record<LocalEvent, string>> = {
  'discover': 'It finds the vulnerability itself.', 'learn P': 'It learns that the public knows.', 'learn X': 'It learns that an exploit is public.', 'learn A': 'It learns of attacks.',
  'aware': 'As a vendor, it hears of it other than by a report.', 'expire': 'The time of the embargo is up.', 'validate': 'It finds the report valid, and has not said so.',
  'invalidate': 'It finds the report invalid, and has not said so.', 'accept': 'It begins to work on the report, and has not said so.', 'defer': 'It stops working on the report, and has not said so.',
  'close': 'It closes the report, and has not said so.', 'ready': 'Its fix is ready, and it has not said so.', 'deployed': 'The fix is deployed, and it has not said so.',
}

/** What a step would do, or why it is refused. */
const verdictWords = (verdict: Verdict | undefined): string => {
  if (verdict === undefined) return ''
  if (verdict._tag === 'Left') return `Not permitted: ${describe(verdict.left)}`
  const { state, replies, notes } = verdict.right
  const advice = notes.flatMap((note) => ('requirements' in note && note.note === 'advised-against' ? note.requirements : []))
  return [
    `Permitted: ${shown(state.id)} ${stateChange(verdict.before ?? state, state)}.`,
    ...(replies.length === 0 ? [] : [`It would then owe ${listed(replies)}.`]),
    ...(advice.length === 0 ? [] : [`Advised against by ${listed(advice)}.`]),
  ].join(' ')
}

/** One thing to choose, with what is to be known of it. */
interface Choice {
  readonly key: string
  readonly title: string
  readonly meaning: string
  readonly verdict: string
  readonly refused: boolean
}

const ChoiceButton = ({ choice, pressed, onHot, onChoose }: {
  readonly choice: Choice
  readonly pressed?: boolean | undefined
  readonly onHot: (choice: Choice) => void
  readonly onChoose: (choice: Choice) => void
}) => {
  const id = `why-${choice.key.replace(/\s/g, '-')}`
  return (
    <>
      <button
        type="button" class="choice" aria-disabled={choice.refused} aria-describedby={id} {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        onFocus={() => onHot(choice)} onMouseEnter={() => onHot(choice)} onClick={() => onChoose(choice)}
      >{choice.key}</button>
      <span id={id} hidden>{choice.title}. {choice.meaning} {choice.verdict}</span>
    </>
  )
}

/** The panel of who acts. */
export const Compose = ({ world, acting, atOnce, onAtOnce, onSend, onLocal, onJoin, onSaid }: {
  readonly world: World
  readonly acting: Replica
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
  const [hot, setHot] = useState<string | undefined>(undefined)
  const [newcomer, setNewcomer] = useState('')
  const [role, setRole] = useState<Role>('vendor')
  const [insisted, setInsisted] = useState<string | undefined>(undefined)
  const to = everybody.filter((id) => !left.includes(id))
  const wishFor = (types: ReadonlyArray<MessageType>): Wish =>
    ({ from: acting.id, to, types, cause, ...(subject === undefined ? {} : { subject }), ...(existing ? { existing } : {}) })
  const verdictOf = (types: ReadonlyArray<MessageType>): Verdict | undefined => judged(world, draftFor(world, wishFor(types)))
  const unavailable = acting.departed ? `${acting.id} has left the case.` : to.length === 0 ? 'There is nobody to send it to.' : undefined
  const withType = (type: MessageType): ReadonlyArray<MessageType> =>
    bundle === undefined ? [type] : [...bundle.filter((other) => other !== type), type].sort((one, other) => bundleRank[one] - bundleRank[other])
  const choices: ReadonlyArray<Choice & { readonly type: MessageType }> = messageTypeList.map((type) => {
    const types = withType(type)
    const verdict = unavailable === undefined ? verdictOf(types) : undefined
    return {
      key: type, type, title: messageTypes[type].name, meaning: messageTypes[type].meaning, refused: verdict === undefined || verdict._tag === 'Left',
      verdict: unavailable ?? verdictWords(verdict === undefined || verdict._tag === 'Left' ? verdict : { ...verdict, before: acting.state }),
    }
  })
  const locals: ReadonlyArray<Choice & { readonly event: LocalEvent }> = localEvents.map((event) => {
    const verdict = world.protocol.local(acting.state, event)
    return {
      key: event, event, title: 'A step of its own, which no message carries', meaning: localMeanings[event], refused: verdict._tag === 'Left' || acting.departed,
      verdict: acting.departed ? `${acting.id} has left the case.` : verdictWords(verdict._tag === 'Left' ? verdict : { ...verdict, before: acting.state }),
    }
  })
  const all: ReadonlyArray<Choice> = [...choices, ...locals]
  const warmed = all.find(({ key }) => key === hot)
  const warm = (choice: Choice): void => {
    setHot(choice.key)
    if (choice.key !== insisted) setInsisted(undefined)
  }
  const choose = (type: MessageType, choice: Choice): void => {
    warm(choice)
    if (bundle !== undefined) setBundle(bundle.includes(type) ? bundle.filter((other) => other !== type) : withType(type))
    else if (choice.refused) {
      setInsisted(unavailable === undefined ? choice.key : undefined)
      onSaid(`${choice.key} was not sent. ${choice.verdict}`)
    } else onSend(wishFor([type]))
  }
  const whole = bundle === undefined || bundle.length === 0 ? undefined : verdictOf(bundle)
  return (
    <section class="compose panel" aria-labelledby="compose-title">
      <h2 id="compose-title">What <bdi>{shown(acting.id)}</bdi> sends <span class="roles">in <code>{formatState(acting.state)}</code></span></h2>
      <div class="to">
        <fieldset>
          <legend>To</legend>
          {everybody.map((id) => (
            <label key={id}><input type="checkbox" checked={!left.includes(id)} onChange={() => setLeft(left.includes(id) ? left.filter((one) => one !== id) : [...left, id])} /> <bdi>{shown(id)}</bdi></label>
          ))}
        </fieldset>
      </div>
      <div class="to">
        <label class="switch"><input type="checkbox" checked={atOnce} onChange={(event) => onAtOnce(event.currentTarget.checked)} /> Messages arrive at once</label>
        <label class="switch"><input type="checkbox" checked={bundle !== undefined} onChange={(event) => setBundle(event.currentTarget.checked ? [] : undefined)} /> Several types in one message</label>
      </div>
      <div class="types">
        {families.map(([family, title]) => (
          <div key={family} role="group" aria-label={`${title} messages`} class={`family ${family}`}>
            <h3 aria-hidden="true">{title}</h3>
            <div class="choices">
              {choices.filter(({ type }) => messageTypes[type].family === family).map((choice) => (
                <ChoiceButton key={choice.key} choice={choice} pressed={bundle?.includes(choice.type)} onHot={warm} onChoose={() => choose(choice.type, choice)} />
              ))}
            </div>
          </div>
        ))}
        <div role="group" aria-label="Steps of its own" class="family own">
          <h3 aria-hidden="true">Own steps, unsaid</h3>
          <div class="choices">
            {locals.map((choice) => (
              <ChoiceButton key={choice.key} choice={choice} onHot={warm} onChoose={() => {
                warm(choice)
                if (choice.refused) onSaid(`${choice.key} was not done. ${choice.verdict}`)
                else onLocal(choice.event)
              }} />
            ))}
          </div>
        </div>
      </div>
      <div class={`why${warmed?.refused === true ? ' refused' : ''}`}>
        {warmed === undefined
          ? <p class="quiet">Point at a type, or move to it with the keyboard, to read what it would do. What is greyed the protocol does not permit here, and says why.</p>
          : <p><b>{warmed.key}</b> {warmed.title}. <q>{warmed.meaning}</q><br />{warmed.verdict}</p>}
        {bundle === undefined ? null : (
          <p><button type="button" class="primary" aria-disabled={whole === undefined || whole._tag === 'Left'} onClick={() => {
            if (whole === undefined || whole._tag === 'Left') onSaid(whole === undefined ? 'Choose types first.' : verdictWords(whole))
            else {
              onSend(wishFor(bundle))
              setBundle([])
            }
          }}>Send {bundled(bundle) || 'nothing yet'}</button></p>
        )}
        {insisted === undefined || insisted !== warmed?.key || bundle !== undefined ? null : (
          <p><button type="button" class="small" onClick={() => {
            onSend(wishFor(choices.filter(({ key }) => key === insisted).map(({ type }) => type)))
            setInsisted(undefined)
          }}>Send {insisted} all the same</button> <span class="quiet">It changes nothing at {shown(acting.id)}; see what the others make of it.</span></p>
        )}
      </div>
      <details class="more">
        <summary>More about the message</summary>
        <div class="to">
          <label>CP, CX, CA: {shown(acting.id)} <select value={cause} onChange={(event) => setCause(event.currentTarget.value === 'own' ? 'own' : 'observed')}><option value="observed">saw it</option><option value="own">did it</option></select></label>
          <label>CV, CF, CD: about <select value={subject ?? ''} onChange={(event) => setSubject(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}><option value="">itself</option>{everybody.map((id) => <option key={id} value={id}>{shown(id)}</option>)}</select></label>
          <label class="switch"><input type="checkbox" checked={existing} onChange={(event) => setExisting(event.currentTarget.checked)} /> EP offers the terms that are in force already</label>
        </div>
        <form class="to" onSubmit={(event) => {
          event.preventDefault()
          const name = newcomer.trim()
          if (name === '' || world.replicas.some(({ id }) => id === name)) onSaid(name === '' ? 'Whoever comes in needs a name.' : `${name} is in the case already.`)
          else {
            onJoin(name, role)
            setNewcomer('')
          }
        }}>
          <label>Bring in <input type="text" class="short" value={newcomer} maxLength={40} onInput={(event) => setNewcomer(event.currentTarget.value)} /></label>
          <label>as <select value={role} onChange={(event) => setRole(roles.find((one) => one === event.currentTarget.value) ?? 'vendor')}>{roles.map((one) => <option key={one} value={one}>{one}</option>)}</select></label>
          <button type="submit" class="small">Bring in</button>
        </form>
      </details>
    </section>
  )
}
