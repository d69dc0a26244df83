/**
 * Opening a case: one of the repository's, or a log that is pasted, dropped or chosen as a file.
 */
import { useEffect, useState } from 'preact/hooks'
import type { Shelf } from 'catalog'
import { type Sheet, textIn } from './reading.js'
import { Sheets } from './sheet.js'

/** What the dialog holds. */
export const Opening = ({ unread, onText }: {
  /** A text that could not be read, with why. */
  readonly unread: Sheet | undefined
  readonly onText: (title: string, text: string, story?: string) => void
}) => {
  const [shelves, setShelves] = useState<ReadonlyArray<Shelf>>([])
  const [text, setText] = useState('')
  useEffect(() => {
    void import('catalog').then((catalog) => setShelves(catalog.shelves))
  }, [])
  return (
    <>
      {unread === undefined ? null : <div role="alert" class="unread"><p class="fault">{unread.title} cannot be read.</p><Sheets sheet={unread} /></div>}
      <form onSubmit={(event) => {
        event.preventDefault()
        onText('The pasted log', text)
      }}>
        <label class="block">A case log, one JSON object a line
          <textarea rows={5} spellcheck={false} value={text} placeholder='{"log":1,"protocol":"adopted@1", …}' onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <p class="tools">
          <button type="submit" class="primary">Read the log</button>
          <label class="file">or a file <input type="file" accept=".jsonl,.json,.txt,.ndjson" onChange={(event) => {
            const file = event.currentTarget.files?.[0]
            if (file !== undefined) void textIn(file).then((read) => onText(file.name, read))
          }} /></label>
          <span class="quiet">or drop one anywhere on the page. It stays in this browser.</span>
        </p>
      </form>
      <div class="shelves">
        {shelves.map(({ name, about, specimens }, index) => (
          <details key={name} open={index < 2}>
            <summary>{name} <span class="quiet">{specimens.length}</span></summary>
            <ul class="plain">
              {specimens.map((one) => <li key={one.name}><button type="button" class="specimen" onClick={() => onText(one.name, one.text, about)}>{one.title || one.name} <span class="quiet">{one.name}</span></button></li>)}
            </ul>
          </details>
        ))}
      </div>
    </>
  )
}
