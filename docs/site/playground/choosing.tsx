/**
 * Buttons for what can be chosen, and the one place that explains the choice at hand.
 *
 * What is not permitted is greyed and can still be pointed at and focused. The explanation stands below the buttons, for
 * who sees; each button has its own as its description, for who does not.
 */
import type { ComponentChildren } from 'preact'
import type { Choice } from './choices.js'

/** A group of choices under a heading. `pressed` says which are chosen, where several can be. */
export const Choosing = <A extends Choice>({ title, label, kind, choices, pressed, onWarm, onChoose }: {
  readonly title: string
  readonly label: string
  readonly kind: string
  readonly choices: ReadonlyArray<A>
  readonly pressed?: ((choice: A) => boolean) | undefined
  /** Pointed at, or focused. */
  readonly onWarm: (choice: A) => void
  readonly onChoose: (choice: A) => void
}) => (
  <div role="group" aria-label={label} class={`family ${kind}`}>
    <h3 aria-hidden="true">{title}</h3>
    <div class="choices">
      {choices.map((choice) => {
        const id = `why-${choice.key.replace(/\s/g, '-')}`
        return [
          <button
            key={choice.key} type="button" class="choice" aria-disabled={choice.refused} aria-describedby={id} {...(pressed === undefined ? {} : { 'aria-pressed': pressed(choice) })}
            onFocus={() => onWarm(choice)} onMouseEnter={() => onWarm(choice)} onClick={() => onChoose(choice)}
          >{choice.key}</button>,
          <span key={id} id={id} hidden>{choice.title}. {choice.meaning} {choice.verdict}</span>,
        ]
      })}
    </div>
  </div>
)

/** The explanation of a choice, and what can be done about it. */
export const Why = ({ choice, children }: { readonly choice: Choice | undefined; readonly children: ComponentChildren }) => (
  <div class={`why${choice?.refused === true ? ' refused' : ''}`}>
    {choice === undefined
      ? <p class="quiet">Point at a type, or move to it with the keyboard, to read what it would do. What is greyed the protocol does not permit here, and says why.</p>
      : <p><b>{choice.key}</b> {choice.title}. <q>{choice.meaning}</q><br />{choice.verdict}</p>}
    {children}
  </div>
)
