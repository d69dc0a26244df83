/**
 * The playground: one case, everybody in it, and what can be done next.
 *
 * All that happens is a change of the play (`model.ts`); the parts of the page show it and ask for the next one. What a
 * step did is written into one line, which is read out.
 */
import { useState } from 'preact/hooks'
import { formatState, type Id } from 'mpcvd'
import { Agreement } from './agreement.js'
import { useArrivals } from './arriving.js'
import { Begin, EditionChoice } from './begin.js'
import { Cards } from './cards.js'
import { Compose } from './compose.js'
import { Dialog } from './dialog.js'
import { answered, untilQuiet } from './conduct.js'
import { deliveries, joinFor, localFor, parcelMove, sendMove, type Wish } from './draft.js'
import { useFocusKept } from './focus.js'
import type { Shared } from './fragment.js'
import { Machines } from './machines.js'
import { lastOf, letGo, logOf, type Play, putAside, regained, rereadAs, take, worldOf } from './model.js'
import { Opening } from './opening.js'
import { Picture } from './picture.js'
import { opening, openingStory } from './presets.js'
import { type Reading, readLog, type Sheet, textOf } from './reading.js'
import { LogPanel, verdictOf } from './sheet.js'
import { History, Stepper } from './steps.js'
import { Taking } from './taking.js'
import { many, shown, stepWords } from './words.js'
import { present, replicaOf, type Move } from './world.js'

type Asked = 'begin' | 'open' | 'take'

/** What is said of where a play stands. */
const standingWords = (play: Play): string => {
  const last = lastOf(play)
  return last === undefined ? 'The beginning of the case. Nothing has been said.' : stepWords(last)
}

/** `shared` is what the address held when the page was opened. */
export const App = ({ shared }: { readonly shared: Shared }) => {
  const given = shared !== undefined && 'play' in shared ? shared.play : undefined
  const [play, setPlay] = useState<Play>(() => given ?? opening())
  const [who, setWho] = useState<Id>(given?.first.header.as ?? given?.first.header.participants[0]?.id ?? 'cert')
  const [atOnce, setAtOnce] = useState(false)
  const [said, setSaid] = useState(() => (shared !== undefined && 'fault' in shared ? shared.fault : standingWords(play)))
  const [asked, setAsked] = useState<Asked | undefined>(undefined)
  const [story, setStory] = useState(given === undefined ? openingStory : '')
  const [read, setRead] = useState<Reading | undefined>(undefined)
  const [unread, setUnread] = useState<Sheet | undefined>(undefined)
  const world = worldOf(play)
  const acting = replicaOf(world, who) ?? present(world)[0] ?? world.replicas[0]
  const last = lastOf(play)
  const before = new Map((last?.effects ?? []).filter(({ again }) => !again).map((effect) => [effect.who, effect.before] as const).reverse())

  const focused = useFocusKept(asked === undefined ? play : undefined)

  const show = (next: Play): void => {
    setPlay(next)
    setSaid(standingWords(next))
  }
  const start = (next: Play): void => {
    const { as, participants } = next.first.header
    show(next)
    setWho(as ?? participants[0]?.id ?? '')
    setStory('')
    setRead(undefined)
    setAsked(undefined)
    setUnread(undefined)
  }
  const go = (moves: ReadonlyArray<Move>, nothing: string): void => {
    if (moves.length === 0) {
      setSaid(nothing)
      return
    }
    const next = take(play, moves)
    setPlay(next)
    setSaid(moves.length <= 4 ? next.steps.slice(-moves.length).map(stepWords).join(' ') : `${many(moves.length, 'step')}. ${standingWords(next)}`)
  }
  const send = (wish: Wish): void => go([sendMove(world, wish, atOnce)], '')
  /** Several moves at once, as they come of what is owed and under way. */
  const run = (next: Play, nothing: string): void => {
    if (next === play) {
      setSaid(nothing)
      return
    }
    setPlay(next)
    setSaid(`${many(next.at - play.at, 'step')}. ${standingWords(next)}`)
  }
  const readText = (title: string, text: string, about = ''): void => {
    void readLog(title, text).then((reading) => {
      if (reading.play === undefined) {
        setUnread(reading.sheet)
        setAsked('open')
        return
      }
      start(reading.play)
      setRead(reading)
      setStory(about)
      setSaid(`${title}: ${verdictOf(reading.sheet)} ${standingWords(reading.play)}`)
    }, () => setSaid('A part of the page could not be loaded. Load the page again.'))
  }
  const toLines = (): void => {
    const lines = document.querySelector<HTMLElement>('.log .sheet')
    lines?.scrollIntoView({ block: 'center' })
    lines?.focus({ preventScroll: true })
  }
  const check = (): void => {
    const log = logOf(play)
    if (log === undefined) setSaid('Nothing has arrived yet, and a log cannot say that: without receipts it is read as if all had arrived. Deliver a message first.')
    else void textOf(log).then((text) => readLog('The case as it stands', text)).then(({ sheet }) => setRead({ sheet }))
  }

  useArrivals({ play: start, fault: setSaid, text: readText })

  if (acting === undefined) return <main id="case"><p>There is nobody in this case.</p></main>
  // The step at which one stands has its line in the log, as long as the case is the one that was read.
  const line = last !== undefined && read?.play?.steps[play.at - 1] === last ? read.sheet.stepLines[play.at - 1] : undefined
  const { header } = world
  const waiting = world.parcels.filter(({ status }) => status === 'under way').length
  return (
    <main id="case" tabIndex={-1} onFocusIn={focused}>
      <section class="bar" aria-labelledby="case-title">
        <div>
          <h2 id="case-title"><bdi>{header.title ?? `Case ${header.case}`}</bdi></h2>
          <p class="quiet">{many(world.replicas.length, 'participant')}, {many(world.messages.size, 'message')}, {waiting} under way</p>
          {story === '' ? null : <p class="story">{story}</p>}
        </div>
        <div class="tools">
          <EditionChoice value={header.protocol} onChoose={(edition) => show(rereadAs(play, edition))} />
          <button type="button" onClick={() => setAsked('begin')}>New case</button>
          <button type="button" onClick={() => setAsked('open')}>Open</button>
          <button type="button" onClick={() => setAsked('take')}>Share and save</button>
        </div>
      </section>
      <div class="desk">
        <div class="main">
          <Stepper play={play} said={said} onPlay={show}>
            <div class="network tools" role="group" aria-label="Messages under way">
              <button type="button" aria-disabled={waiting === 0} onClick={() => go(deliveries(world, 'first'), 'Nothing is under way.')}>Deliver all</button>
              <button type="button" aria-disabled={waiting === 0} onClick={() => go(deliveries(world, 'last'), 'Nothing is under way.')}>Deliver latest first</button>
              <button type="button" onClick={() => run(answered(play, atOnce), 'Nobody owes an answer.')}>Send answers owed</button>
              <button type="button" onClick={() => run(untilQuiet(play), 'Nothing is under way, and nobody owes an answer.')}>Run until quiet</button>
            </div>
          </Stepper>
          {read === undefined || read.sheet.remarks.length === 0 ? null : (
            <p class="notice row"><span><bdi>{read.sheet.title}</bdi>: {verdictOf(read.sheet)}</span><button type="button" class="small" onClick={toLines}>To the lines</button></p>
          )}
          {play.givenUp === undefined ? null : (
            <p class="notice row"><span>{many(putAside(play).length, 'step')} of another course {putAside(play).length === 1 ? 'was' : 'were'} put aside.</span>
              <span class="tools"><button type="button" class="small" onClick={() => show(regained(play))}>Bring back</button><button type="button" class="small" onClick={() => setPlay(letGo(play))}>Let go</button></span></p>
          )}
          <Cards world={world} acting={acting.id} before={new Map([...before].map(([id, state]) => [id, formatState(state)]))} on={{
            act: (id) => {
              setWho(id)
              setSaid(`Acting as ${shown(id)}.`)
            },
            send,
            parcel: (kind, message, to) => go([parcelMove(world, kind, message, to)], ''),
          }} />
          <div class="pair">
            <Compose world={world} acting={acting} atOnce={atOnce} onAtOnce={setAtOnce} onSend={send} onSaid={setSaid}
              onLocal={(event) => go([{ kind: 'said', entry: { local: localFor(world, acting.id, event) }, atOnce: false }], '')}
              onJoin={(id, role) => go([joinFor(world, acting.id, id, [role])], '')} />
            <Agreement world={world} />
          </div>
          <Picture world={world} />
        </div>
        <div class="side">
          <Machines replicas={world.replicas} acting={acting} before={before.get(acting.id)} />
          <History play={play} onPlay={show} />
        </div>
      </div>
      <LogPanel sheet={read?.sheet} line={line} onCheck={check} onClose={() => setRead(undefined)} />
      {asked === 'begin' ? <Dialog title="A new case" onClose={() => setAsked(undefined)}><Begin protocol={header.protocol} onPlay={start} /></Dialog> : null}
      {asked === 'open' ? <Dialog title="Open a case" onClose={() => { setAsked(undefined); setUnread(undefined) }}><Opening unread={unread} onText={readText} /></Dialog> : null}
      {asked === 'take' ? <Dialog title="Share and save" onClose={() => setAsked(undefined)}><Taking play={play} onSaid={setSaid} /></Dialog> : null}
    </main>
  )
}
