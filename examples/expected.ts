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

/**
 * Requirements that these logs do not keep under the adopted reading, by entry, severity, check and participant; all are
 * roots. Logs that are not listed keep every one.
 *
 * - `open-ended`, `accepts-open-ended`: the drawings of the worked example give no embargo an end;
 * - `told-to-some`: each arrow of a drawing goes to one participant, where all who are engaged are to be told (D-WE-11);
 * - `wrong-reply`, `missing-reply`, `missing-announcement`, `refused`: slips of the example, as its fragments list them;
 * - `time-order`: dates in the records, as above.
 */
const breaches: Readonly<Record<string, ReadonlyArray<string>>> = {
  'worked-example/W1': ['W1.4 error open-ended Finder', 'W1.5 warning missing-reply Finder'],
  'worked-example/W2a': ['W2a.1 error open-ended Reporter', 'W2a.2 warning wrong-reply Vendor', 'W2a.3 error accepts-open-ended Vendor'],
  'worked-example/W2b': ['W2b.1 error open-ended Reporter'],
  'worked-example/W2c': [
    'W2c.1 error open-ended Reporter', 'W2c.2 warning wrong-reply Vendor', 'W2c.3 error open-ended Vendor', 'W2c.4 warning wrong-reply Reporter',
    'W2c.5 error accepts-open-ended Reporter',
  ],
  'worked-example/W2d': [
    'W2d.1 error open-ended Reporter', 'W2d.2 warning wrong-reply Vendor', 'W2d.3 error accepts-open-ended Vendor', 'W2d.5 error open-ended Vendor',
    'W2d.6 warning wrong-reply Reporter', 'W2d.7 error accepts-open-ended Reporter',
  ],
  'worked-example/W3a': ['W3a.1 warning missing-announcement Vendor', 'W3a.2 warning missing-announcement Vendor'],
  'worked-example/W3b': ['W3b.1 warning missing-announcement Vendor', 'W3b.2 warning missing-announcement Vendor'],
  'worked-example/W4': ['W4.1 error open-ended Reporter', 'W4.3 error accepts-open-ended Coordinator'],
  'worked-example/W5': [
    'W5.2 warning missing-reply Coordinator', 'W5.2 warning told-to-some Vendor', 'W5.7 error refused Coordinator',
    'W5.7 warning told-to-some Coordinator', 'W5.11 warning told-to-some Vendor', 'W5.14 warning told-to-some Vendor', 'W5.17 warning told-to-some Vendor',
  ],
  'worked-example/W7': ['W7.2 warning missing-reply Coordinator', 'W7.2 warning told-to-some Vendor', 'W7.6 warning told-to-some Reporter'],
  'worked-example/W8': ['W8.2 warning told-to-some Reporter'],
  'disclosures/curl/CVE-2023-23914': ['line 3 warning time-order'],
  'disclosures/curl/CVE-2023-23915': ['line 3 warning time-order'],
  'disclosures/cve/CVE-2024-47059': ['line 3 warning time-order mautic'],
}

/** The requirements that a log is expected not to keep. */
export const breachesIn = (path: string): ReadonlyArray<string> => breaches[path] ?? []
