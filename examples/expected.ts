/**
 * The findings that are no surprise: the one list of what is not as the protocol has it in these logs, and why it stays.
 * Everything else is a failure, and so is an expected finding that does not come.
 */
import { fragments, knownUnder } from './worked-example.js'

/** What there is to find in one log, and the reason. */
export interface Expected {
  /** The findings in brief, in the order of the log. */
  readonly findings: ReadonlyArray<string>
  readonly why: string
}

/** Dates that cannot all be right in the records themselves. They are restated as they are. */
const records: Readonly<Record<string, Expected>> = {
  'disclosures/curl/CVE-2023-23914': {
    findings: ['line 3 time-order: entry 2022-02-07, before message m1 2022-12-21'],
    why: 'the advisory dates the notice to the distributions ten months before the report and a year before publication; the year looks like a slip',
  },
  'disclosures/curl/CVE-2023-23915': {
    findings: ['line 3 time-order: entry 2022-02-07, before message m1 2022-12-21'],
    why: 'the same dates as in CVE-2023-23914',
  },
  'disclosures/cve/CVE-2024-47059': {
    findings: ['line 3 time-order mautic: F 2023-09-17T12:23:00Z, before V 2024-08-06T13:09:00Z'],
    why: 'the record dates the fix ten months before the report and a year before publication; the year looks like a slip',
  },
}

/** What is expected in a log under a reading. */
export const expectedIn = (path: string, reading: 'published' | 'adopted'): ReadonlyArray<string> => {
  const [folder, name = ''] = path.split('/')
  const fragment = folder === 'worked-example' ? fragments[name] : undefined
  return fragment === undefined ? (records[path]?.findings ?? []) : knownUnder(fragment, reading).map(([, , finding]) => finding)
}

/** The logs of which something is expected, besides the worked example. */
export const knownRecords: ReadonlyArray<string> = Object.keys(records)
