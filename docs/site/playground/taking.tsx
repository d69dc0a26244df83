/**
 * Taking a case away: as an address, as JSON lines, as a drawing, as a sheet of evidence.
 */
import { useEffect, useState } from 'preact/hooks'
import type { CaseLog } from 'mpcvd'
import { timelineOf } from 'mpcvd/diagram'
import { caseIn } from './draft.js'
import { toFragment } from './fragment.js'
import { logOf, type Play, worldOf } from './model.js'
import { drawingOf } from './picture.js'
import { textOf } from './reading.js'

const save = (name: string, type: string, text: string): void => {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** A file name of whatever id the case has. */
const nameOf = (play: Play): string => play.first.header.case.replace(/[^\w.-]+/g, '-').slice(0, 60) || 'case'

const standards = [['iso-30111', 'ISO/IEC 30111'], ['iso-29147', 'ISO/IEC 29147'], ['iso-tr-5895', 'ISO/IEC TR 5895'], ['cra-14', 'Cyber Resilience Act, Article 14']] as const

const evidenceOf = async (play: Play, log: CaseLog, standard: (typeof standards)[number][0]): Promise<string> => {
  const { drawingsOf, evidence, evidencePage } = await import('./lazy-evidence.js')
  return evidencePage(evidence(log, standard), drawingsOf(timelineOf(caseIn(worldOf(play).everything))))
}

/** The ways to take a case away. */
export const Taking = ({ play, onSaid }: { readonly play: Play; readonly onSaid: (text: string) => void }) => {
  const [address, setAddress] = useState('')
  const log = logOf(play)
  useEffect(() => {
    void toFragment(play).then((fragment) => {
      history.replaceState(null, '', `#${fragment}`)
      setAddress(location.href)
    })
  }, [play])
  const withLog = (take: (log: CaseLog) => Promise<void>) => (): void => {
    if (log === undefined) onSaid('Nothing has arrived yet, and a log cannot say that: without receipts it is read as if all had arrived. Deliver a message first.')
    else void take(log)
  }
  return (
    <>
      <label class="block">The address of this case, with all its steps. It holds the case itself; nothing is stored anywhere else.
        <input type="text" readOnly value={address} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <p><button type="button" class="primary" onClick={() => { void navigator.clipboard.writeText(address).then(() => onSaid('The address is copied.'), () => onSaid('The browser does not allow copying. Copy the address by hand.')) }}>Copy the address</button></p>
      <h3>Files, of the case up to this step</h3>
      {log === undefined ? <p class="fault" id="unsayable">Nothing has arrived yet, and a log cannot say that: without receipts it is read as if all had arrived. Deliver a message first.</p> : null}
      <ul class="plain tools files">
        <li><button type="button" aria-disabled={log === undefined} onClick={withLog(async (one) => save(`${nameOf(play)}.jsonl`, 'application/jsonl', await textOf(one)))}>Case log, JSON lines</button></li>
        <li><button type="button" onClick={() => save(`${nameOf(play)}.svg`, 'image/svg+xml', drawingOf(worldOf(play), undefined, {}))}>Timeline, SVG</button></li>
        {standards.map(([standard, title]) => (
          <li key={standard}><button type="button" aria-disabled={log === undefined} onClick={withLog(async (one) => save(`${nameOf(play)}-${standard}.html`, 'text/html', await evidenceOf(play, one, standard)))}>Evidence for {title}</button></li>
        ))}
      </ul>
    </>
  )
}
