/**
 * A dialog: it takes the focus, is closed by Escape or its button, and gives the focus back. The browser does all of that.
 */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

/** A dialog with its heading; it is open as long as it is there. */
export const Dialog = ({ title, onClose, children }: { readonly title: string; readonly onClose: () => void; readonly children: ComponentChildren }) => {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal()
  }, [])
  return (
    <dialog ref={dialog} aria-labelledby="dialog-title" onClose={onClose}>
      <div class="row">
        <h2 id="dialog-title">{title}</h2>
        <button type="button" class="small" onClick={() => dialog.current?.close()}>Close</button>
      </div>
      {children}
    </dialog>
  )
}
