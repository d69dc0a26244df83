/**
 * What comes to the page from outside: files and texts that are dropped on it, and another address.
 */
import { useEffect } from 'preact/hooks'
import { fromFragment } from './fragment.js'
import type { Play } from './model.js'
import { textIn } from './reading.js'

/** Listens as long as the page is there; the first handlers are the ones that are kept. */
export const useArrivals = (on: { readonly play: (play: Play) => void; readonly fault: (fault: string) => void; readonly text: (title: string, text: string) => void }): void => {
  useEffect(() => {
    const reopen = (): void => {
      void fromFragment(location.hash).then((next) => {
        if (next === undefined) return
        if ('fault' in next) on.fault(next.fault)
        else on.play(next.play)
      })
    }
    const over = (event: DragEvent): void => event.preventDefault()
    const drop = (event: DragEvent): void => {
      event.preventDefault()
      const file = event.dataTransfer?.files[0]
      const text = event.dataTransfer?.getData('text/plain') ?? ''
      if (file !== undefined) void textIn(file).then((content) => on.text(file.name, content))
      else if (text !== '') on.text('The dropped log', text)
    }
    addEventListener('hashchange', reopen)
    addEventListener('dragover', over)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('hashchange', reopen)
      removeEventListener('dragover', over)
      removeEventListener('drop', drop)
    }
  }, [])
}
