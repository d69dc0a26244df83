/**
 * A log line by line, with what is to be said of each line below it.
 */
import { useEffect, useRef } from 'preact/hooks'
import { many } from './words.js'
import type { Remark, Sheet } from './reading.js'

/** So many lines are shown where nothing is to be said of them; lines with remarks are all shown. */
const SHOWN = 300

const words: Readonly<Record<Remark['kind'], string>> = { fault: 'cannot be read', warning: 'left out', error: 'breaks a requirement', finding: 'to be looked at' }

/** The lines with their remarks. */
export const Sheets = ({ sheet, now }: { readonly sheet: Sheet; readonly now?: number | undefined }) => {
  const frame = useRef<HTMLDivElement>(null)
  // The line of the step at which one stands is kept in sight, without moving the page.
  useEffect(() => {
    const line = frame.current?.querySelector<HTMLElement>('[aria-current]')
    if (frame.current !== null && line) frame.current.scrollTop = line.offsetTop - frame.current.offsetTop - frame.current.clientHeight / 3
  }, [now])
  const { lines, remarks } = sheet
  const shown = lines.map((text, index) => ({ text, line: index + 1, own: remarks.filter((one) => one.line === index + 1) }))
    .filter(({ text, line, own }) => own.length > 0 || (line <= SHOWN && text.trim() !== ''))
  return (
    <div ref={frame} class="scroll sheet" tabIndex={0} role="region" aria-label={`Lines of ${sheet.title}`}>
      <ol class="plain">
        {shown.map(({ text, line, own }) => (
          <li key={line} {...(line === now ? { 'aria-current': 'step' as const } : {})} class={own.some(({ kind }) => kind === 'fault' || kind === 'error') ? 'bad' : own.length > 0 ? 'noted' : ''}>
            <code><span class="number">{line}</span> {text.length > 600 ? `${text.slice(0, 600)}…` : text}</code>
            {own.length === 0 ? null : <ul class="plain remarks">{own.map((one, index) => <li key={index} class={one.kind}><b>Line {line} {words[one.kind]}.</b> {one.text}</li>)}</ul>}
          </li>
        ))}
      </ol>
    </div>
  )
}

/** What there is to say of a whole log. */
export const verdictOf = ({ remarks }: Sheet): string => {
  const count = (kind: Remark['kind']): number => remarks.filter((one) => one.kind === kind).length
  const parts = [
    ...(count('fault') > 0 ? [`${many(count('fault'), 'fault')} that cannot be read`] : []), ...(count('error') > 0 ? [many(count('error'), 'error')] : []),
    ...(count('finding') > 0 ? [many(count('finding'), 'finding')] : []), ...(count('warning') > 0 ? [many(count('warning'), 'warning')] : []),
  ]
  return parts.length === 0 ? 'Clean: nothing to be said of any line.' : `${parts.join(', ')}.`
}

/** The panel of the log: of what was loaded, or of what was played. */
export const LogPanel = ({ sheet, line, onCheck, onClose }: { readonly sheet: Sheet | undefined; /** The line of the step at which the case stands. */ readonly line: number | undefined; readonly onCheck: () => void; readonly onClose: () => void }) => (
  <section class="log panel" aria-labelledby="log-title">
    <div class="row">
      <h2 id="log-title">{sheet === undefined ? 'The log' : sheet.title}</h2>
      <span class="tools">
        <button type="button" class="small" onClick={onCheck}>Check the case as it stands</button>
        {sheet === undefined ? null : <button type="button" class="small" onClick={onClose}>Put away</button>}
      </span>
    </div>
    {sheet === undefined
      ? <p class="quiet">The case as JSON lines, held against the requirements of the protocol, line by line.</p>
      : <><p>{verdictOf(sheet)}</p><Sheets sheet={sheet} now={line} /></>}
  </section>
)
