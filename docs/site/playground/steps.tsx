/**
 * The steps of a play: how far it has come, and the way to any of them.
 */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { goTo, type Play } from './model.js'
import { many, moveWords, troubleOf } from './words.js'

/** Back, forward, and the slider between; what happened last stands beside it and is read out. */
export const Stepper = ({ play, said, onPlay, children }: { readonly play: Play; readonly said: string; readonly onPlay: (play: Play) => void; readonly children?: ComponentChildren }) => {
  const { at, steps } = play
  const button = (label: string, sign: string, to: number, off: boolean) => (
    <button type="button" class="icon" aria-label={label} title={label} aria-disabled={off} onClick={() => { if (!off) onPlay(goTo(play, to)) }}>
      <svg viewBox="0 0 16 16" aria-hidden="true"><path d={sign} /></svg>
    </button>
  )
  return (
    <section class="stepper panel" aria-label="Through the steps">
      <div class="controls">
        {button('To the beginning', 'M3 3V13M13 3L6 8L13 13Z', 0, at === 0)}
        {button('One step back', 'M12 3L5 8L12 13Z', at - 1, at === 0)}
        {button('One step forward', 'M4 3L11 8L4 13Z', at + 1, at === steps.length)}
        {button('To the end', 'M13 3V13M3 3L10 8L3 13Z', steps.length, at === steps.length)}
        <label class="slider"><span>Step {at} of {steps.length}</span>
          <input type="range" min={0} max={steps.length} value={at} aria-valuetext={`Step ${at} of ${steps.length}`} onInput={(event) => onPlay(goTo(play, Number(event.currentTarget.value)))} />
        </label>
        {children}
      </div>
      <p class="news" role="status">{said}</p>
    </section>
  )
}

/** Every step, to be jumped to. Those that lie ahead are kept until something else is done. */
export const History = ({ play, onPlay }: { readonly play: Play; readonly onPlay: (play: Play) => void }) => {
  const list = useRef<HTMLOListElement>(null)
  // The step at which one stands is kept in sight, without moving the page.
  useEffect(() => {
    const now = list.current?.querySelector<HTMLElement>('[aria-current]')
    if (list.current !== null && now) list.current.scrollTop = now.offsetTop - list.current.offsetTop - list.current.clientHeight / 2
  }, [play])
  return (
    <section class="history panel" aria-labelledby="history-title">
      <h2 id="history-title">Steps</h2>
      <ol ref={list} class="plain" tabIndex={0} aria-label={many(play.steps.length, 'step')}>
        <li><button type="button" class={play.at === 0 ? 'now' : ''} {...(play.at === 0 ? { 'aria-current': 'step' as const } : {})} onClick={() => onPlay(goTo(play, 0))}>0 The beginning</button></li>
        {play.steps.map((step, index) => (
          <li key={index}>
            <button
              type="button" class={[index + 1 === play.at ? 'now' : '', index + 1 > play.at ? 'ahead' : '', step.move.kind].filter((name) => name !== '').join(' ')}
              {...(index + 1 === play.at ? { 'aria-current': 'step' as const } : {})} onClick={() => onPlay(goTo(play, index + 1))}
            >{index + 1} {moveWords(step.move, step.world)}{troubleOf(step) === undefined ? null : <span class="mark">{troubleOf(step)}</span>}</button>
          </li>
        ))}
      </ol>
    </section>
  )
}
