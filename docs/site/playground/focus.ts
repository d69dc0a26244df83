/**
 * The focus, after a step that took away what was clicked: a parcel has arrived, a debt is paid. It stays in the same card
 * then, or goes to the case, so that who moves by keyboard does not begin anew at the top of the page.
 */
import { useLayoutEffect, useRef } from 'preact/hooks'

/** Keeps the focus whenever `play` is another one. Gives what is to be told of every focus within the case. */
export const useFocusKept = (play: unknown): ((event: FocusEvent) => void) => {
  const card = useRef<string | undefined>(undefined)
  const held = useRef(false)
  useLayoutEffect(() => {
    if (!held.current || document.activeElement !== document.body) return
    const same = [...document.querySelectorAll<HTMLElement>('[data-participant]')].find((one) => one.dataset['participant'] === card.current)
    const next = same?.querySelector<HTMLElement>('.parcel button') ?? same?.querySelector<HTMLElement>('button') ?? document.getElementById('case')
    next?.focus({ preventScroll: true })
  }, [play])
  return ({ target }) => {
    held.current = true
    card.current = target instanceof Element ? target.closest<HTMLElement>('[data-participant]')?.dataset['participant'] : undefined
  }
}
