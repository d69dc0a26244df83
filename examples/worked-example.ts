/**
 * The worked example of the published protocol, replayed: twelve fragments, from the finder's discovery to the closing of
 * the case, each a case log in `worked-example/`.
 *
 * The example does not follow the protocol that it illustrates. It acknowledges embargo messages with RK, leaves
 * acknowledgements out, and has participants send what the printed tables do not allow them to. This program holds, finding
 * by finding, what the replay of each fragment has to report under both readings, with the errata that say why; under the
 * adopted reading, what the errata made legal is gone, and what remains are slips of the example itself. Sending what the
 * findings ask for must leave nothing to find.
 *
 * How the drawings became logs:
 *
 * - each arrow is one message to one recipient, as drawn, though the protocol would send to several at once;
 * - a label is a local step where it names one that happens without an arrow, and is left out where the arrow after it
 *   says the same, or where it changes no state;
 * - W3a and W3b begin with the vendor receiving a report that nobody is shown to send. The nearest step without a message
 *   is `aware`, by which a vendor learns of a vulnerability in some other way: it has the report then, and V. Under the
 *   adopted reading that makes CV due, which with the report itself would have been part of the vendor's answer;
 * - what coordinators pass on names its subject, and the offer in W5 says that the embargo exists: the example means both.
 *
 * Three errata on the example leave no finding: the report goes out before the newcomer is bound (D-WE-03, which is advised
 * against), a proposal that comes with the report is not accepted by it (D-WE-10, which the end of W1 shows), and each
 * closing is told to one participant only (D-WE-11).
 */
import assert from 'node:assert/strict'
import { adopted, type CaseLog, errata, type Finding, type Id, type LogEntry, type MessageType, messageTypeList, published, replay } from 'mpcvd'
import { endStates, inBrief, isProgram, logsIn, readLog } from './logs.js'

/** A finding that is expected: under which reading, the errata that explain it, and what it says. */
export type Known = readonly [under: 'both' | 'published' | 'adopted', errata: string, finding: string]

/** Where a fragment leaves its participants, under either reading, and what there is to find in it. */
export interface Fragment {
  readonly end: Readonly<Record<Id, string>>
  readonly known: ReadonlyArray<Known>
}

export const fragments: Readonly<Record<string, Fragment>> = {
  W1: {
    end: { Finder: '(A,P,pxa)', Vendor: '(R,P,Vfdpxa)' },
    known: [['both', 'D-WE-07', 'W1.5 missing-reply Finder: nothing, due CK']],
  },
  W2a: {
    end: { Reporter: '(A,A,pxa)', Vendor: '(R,A,Vfdpxa)' },
    known: [['both', 'D-WE-01', 'W2a.2 wrong-reply Vendor: RK, due EK']],
  },
  W2b: { end: { Reporter: '(A,N,pxa)', Vendor: '(R,N,Vfdpxa)' }, known: [] },
  W2c: {
    end: { Reporter: '(A,A,pxa)', Vendor: '(R,A,Vfdpxa)' },
    known: [
      ['both', 'D-WE-01', 'W2c.2 wrong-reply Vendor: RK, due EK'],
      ['both', 'D-WE-01', 'W2c.4 wrong-reply Reporter: RK, due EK'],
    ],
  },
  W2d: {
    end: { Reporter: '(A,A,pxa)', Vendor: '(R,A,Vfdpxa)' },
    known: [
      ['both', 'D-WE-01', 'W2d.2 wrong-reply Vendor: RK, due EK'],
      ['both', 'D-WE-01', 'W2d.6 wrong-reply Reporter: RK, due EK'],
    ],
  },
  W3a: {
    end: { Reporter: '(A,N,pxa)', Vendor: '(A,N,Vfdpxa)' },
    known: [
      ['adopted', 'D-RM-04 D-CS-09', 'W3a.1 missing-announcement Vendor: nothing, due CV'],
      ['adopted', 'D-WE-09', 'W3a.2 missing-announcement Vendor: nothing, due RV'],
    ],
  },
  W3b: {
    end: { Reporter: '(A,N,pxa)', Vendor: '(D,N,Vfdpxa)' },
    known: [
      ['adopted', 'D-RM-04 D-CS-09', 'W3b.1 missing-announcement Vendor: nothing, due CV'],
      ['adopted', 'D-WE-09', 'W3b.2 missing-announcement Vendor: nothing, due RV'],
    ],
  },
  W4: { end: { Reporter: '(A,A,pxa)', Coordinator: '(A,A,pxa)' }, known: [] },
  W5: {
    end: { Reporter: '(A,A,pxa)', Coordinator: '(A,A,pxa)', Vendor: '(A,A,VFdpxa)' },
    known: [
      ['published', 'D-WE-02 D-EM-08', 'W5.1 refused Coordinator: RS EP'],
      ['both', 'D-WE-07', 'W5.2 missing-reply Coordinator: nothing, due CK'],
      ['published', 'D-WE-06 D-CS-10', 'W5.3 refused Coordinator: CV'],
      ['published', 'D-WE-02 D-EM-06', 'W5.6 unexpected Coordinator: EA, due EE'],
      ['both', 'D-WE-02', 'W5.7 refused Coordinator: EA'],
      ['published', 'D-WE-02 D-EM-06', 'W5.7 unexpected Reporter: EA, due EE'],
      ['published', 'D-WE-02 D-EM-06', 'W5.9 wrong-reply Coordinator: EK, due EE'],
      ['published', 'D-WE-02 D-EM-06', 'W5.10 wrong-reply Reporter: EK, due EE'],
      ['published', 'D-WE-06 D-CS-10', 'W5.18 refused Coordinator: CF'],
    ],
  },
  W6: {
    end: { Reporter: '(A,X,pxa)', Coordinator: '(A,X,pxa)', Vendor: '(A,X,VFdpxa)' },
    known: [['published', 'D-WE-04 D-EM-16', 'W6.2 refused Coordinator: ET']],
  },
  W7: {
    end: { Reporter: '(A,X,Pxa)', Coordinator: '(A,X,Pxa)', Vendor: '(A,X,VFdPxa)' },
    known: [
      ['both', 'D-WE-07', 'W7.2 missing-reply Coordinator: nothing, due CK'],
      ['published', 'D-WE-05 D-CS-16', 'W7.3 refused Coordinator: CP'],
      ['published', 'D-WE-05 D-CS-16', 'W7.6 refused Reporter: CP'],
      ['published', 'D-WE-05 D-CS-16', 'W7.7 refused Coordinator: CP'],
      ['published', 'D-WE-05 D-CS-16', 'W7.11 refused Coordinator: CP'],
      ['published', 'D-WE-04 D-CS-16', 'W7.12 refused Coordinator: CP'],
    ],
  },
  W8: {
    end: { Reporter: '(C,X,Pxa)', Coordinator: '(C,X,Pxa)', Vendor: '(C,X,VFdPxa)' },
    known: [['published', 'D-WE-08 D-RM-09', 'W8.9 wrong-reply Coordinator: RK, due nothing']],
  },
}

/** What there is to find in a fragment under one reading. */
export const knownUnder = (fragment: Fragment, reading: 'published' | 'adopted'): ReadonlyArray<Known> =>
  fragment.known.filter(([under]) => under === 'both' || under === reading)

/** The types that a finding says were due. */
const typesDue = (finding: Finding): ReadonlyArray<MessageType> => messageTypeList.filter((type) => finding.expected.includes(type))

/** The message that a missing answer or announcement would have been. */
const owed = (log: CaseLog, at: LogEntry, finding: Finding): LogEntry[] => {
  const [occasion, to] =
    'message' in at ? [at.message, [at.message.from]]
    : 'local' in at ? [at.local, log.header.participants.map((one) => one.id).filter((id) => id !== at.local.by)]
    : [undefined, []]
  const types = typesDue(finding)
  const id = occasion?.id ?? ''
  const message = { id: `${id}+${types.join('+')}`, case: log.header.case, from: finding.participant ?? '', to, types, at: occasion?.at ?? '', inReplyTo: id }
  return finding.kind.startsWith('missing-') ? [{ message }] : []
}

/** A log with its findings put right: what is owed is sent, a wrong answer is the one that was due, what was refused was never sent. */
const mend = (log: CaseLog, findings: ReadonlyArray<Finding>): CaseLog => {
  const unsent = findings.filter((one) => one.kind === 'refused').map((one) => one.message)
  const entries = log.entries.flatMap((entry, index): LogEntry[] => {
    const here = findings.filter((one) => one.entry === index)
    const wrong = here.find((one) => one.kind === 'wrong-reply')
    if ('message' in entry && (unsent.includes(entry.message.id) || unsent.some((id) => id === entry.message.inReplyTo))) return []
    const kept = 'message' in entry && wrong !== undefined ? { message: { ...entry.message, types: typesDue(wrong) } } : entry
    return [kept, ...here.flatMap((one) => owed(log, entry, one))]
  })
  return { header: log.header, entries }
}

/** D-WE-04: the end of the embargo as one message to both, where W6 draws two. */
const asOneSend = (log: CaseLog): CaseLog => ({
  header: log.header,
  entries: log.entries.flatMap((entry): LogEntry[] => {
    if (!('message' in entry) || entry.message.id === 'W6.2') return []
    const { id, to, inReplyTo } = entry.message
    return [{ message: { ...entry.message, to: id === 'W6.1' ? ['Reporter', 'Vendor'] : to, ...(inReplyTo === undefined ? {} : { inReplyTo: 'W6.1' }) } }]
  }),
})

/** Checks one fragment under both readings, and that it can be mended. */
export const checkFragment = (name: string): void => {
  const log = readLog(`worked-example/${name}`)
  const fragment = fragments[name] ?? assert.fail(`nothing is known of ${name}`)
  for (const reading of [published, adopted]) {
    const replayed = replay(reading, log)
    assert.deepEqual(endStates(replayed), fragment.end, `${name} ends otherwise under ${reading.name}`)
    assert.deepEqual(replayed.findings.map((one) => inBrief(log, one)), knownUnder(fragment, reading.name).map(([, , finding]) => finding))
  }
  for (const [, ids] of fragment.known) for (const id of ids.split(' ')) assert(errata.some((one) => one.id === id), `${id} is no erratum`)

  // An announcement that is sent at last has to be acknowledged; so it may take two rounds.
  const once = mend(log, replay(adopted, log).findings)
  const twice = mend(once, replay(adopted, once).findings)
  const mended = replay(adopted, twice)
  assert.deepEqual(mended.findings, [])
  assert.deepEqual(endStates(mended), fragment.end)
}

/** Checks the whole example. */
export const workedExample = (): void => {
  const names = logsIn('worked-example').map((path) => path.slice('worked-example/'.length))
  assert.deepEqual(names, Object.keys(fragments))
  names.forEach(checkFragment)
  assert.deepEqual(replay(published, asOneSend(readLog('worked-example/W6'))).findings, [])
}

if (isProgram(import.meta.url)) {
  workedExample()
  for (const [name, fragment] of Object.entries(fragments)) {
    console.log(`${name.padEnd(4)}${Object.entries(fragment.end).map(([id, state]) => `${id} ${state}`).join('  ')}`)
    for (const [under, ids, finding] of fragment.known) console.log(`      ${under.padEnd(11)}${ids.padEnd(17)}${finding}`)
  }
}
