/**
 * `npm run conformance`: every example and every log here, checked against the library, as one table.
 *
 * A line is `ok` when its log was read whole, replays to exactly the findings that `expected.ts` lists for it, and, for a
 * disclosure, when each vendor's events come in an order that can be: that is worked out here once more from the laws of
 * the case state, not from what the replay concludes. The programs among the examples assert far more on their own.
 */
import assert from 'node:assert/strict'
import {
  adopted, type CaseLog, caseMachine, describeFinding, formatState, type Id, type Participant, type Protocol, published, type Replay,
  replay, type ReplayStep,
} from 'mpcvd'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { caseOf, entriesOf, ingest, type Ledger, ledgerOf, linked, logOf } from 'mpcvd/case'
import { encodeLog } from 'mpcvd/codec'
import { check as checkRequirements } from 'mpcvd/conformance'
import { converging } from './converging.js'
import { evidenced } from './evidence.js'
import { coordinated } from './coordinator.js'
import { breachesIn, expectedIn, knownRecords } from './expected.js'
import { attacks, exploit, press } from './leak.js'
import { breachInBrief, inBrief, logsIn, readLog } from './logs.js'
import { advised } from './advising.js'
import { measured } from './measuring.js'
import { twoParty } from './two-party.js'
import { verifying } from './verifying.js'
import { checkFragment, workedExample } from './worked-example.js'

/** One line of the table, and below it what is wrong, if anything. */
interface Line {
  readonly cells: ReadonlyArray<string>
  readonly complaints: ReadonlyArray<string>
}

const WIDEST_NAME = 14
const brief = (text: string): string => (text.length > WIDEST_NAME ? `${text.slice(0, WIDEST_NAME - 1)}…` : text)

const states = (participants: ReadonlyArray<Participant>): string =>
  participants.map((one) => `${brief(one.id)} ${formatState(one)}`).join(' ')

/** Findings by kind, `expected: refused ×4, unexpected ×2, +3 more`: the two most frequent, and how many others. */
const counted = (replayed: Replay): string => {
  const kinds = [...new Set(replayed.findings.map((one) => one.kind))]
    .map((kind) => ({ kind, count: replayed.findings.filter((one) => one.kind === kind).length }))
    .sort((one, other) => other.count - one.count)
  const others = kinds.slice(2).reduce((sum, { count }) => sum + count, 0)
  return [...kinds.slice(0, 2).map(({ kind, count }) => `${kind} ×${count}`), ...(others > 0 ? [`+${others} more`] : [])].join(', ')
}

/** What was found and not expected, and what was expected and not found. */
const differences = (log: CaseLog, replayed: Replay, expected: ReadonlyArray<string>): ReadonlyArray<string> => {
  const found = replayed.findings.map((one) => inBrief(log, one))
  const differ = [
    ...replayed.findings.filter((_one, index) => !expected.includes(found[index] ?? '')).map((one) => `not expected: ${describeFinding(one)}`),
    ...expected.filter((one) => !found.includes(one)).map((one) => `expected, not found: ${one}`),
  ]
  return differ.length > 0 || found.length === expected.length ? differ : [`found more than once: ${found.join('; ')}`]
}

/**
 * Why a vendor's events cannot come in this order, if they cannot. A fix needs a vendor that is aware, a deployment needs a
 * fix, nothing happens twice, an exploit is public at the moment at which the vulnerability is, and what the public knows
 * the vendor knows.
 */
const outOfOrder = (start: string, events: ReadonlyArray<string>): string | undefined => {
  let state = start
  for (const [index, event] of events.entries()) {
    const wrong =
      state.includes(event) ? 'happens twice'
      : event === 'F' && state.startsWith('v') ? 'before V'
      : event === 'D' && !state.startsWith('VF') ? 'before F'
      : state.includes('pX') && event !== 'P' ? 'where P must follow X'
      : !state.includes('pX') && state.startsWith('v') && state.includes('P') && event !== 'V' ? 'where V must follow P'
      : undefined
    if (wrong !== undefined) return `${event} ${wrong}, in ${events.join(' ')}`
    const edge = caseMachine.vendor.edges.find((one) => one.from === state && one.event === event)
    if (edge === undefined) return `${events.slice(0, index + 1).join(' ')} is no prefix of a history`
    state = edge.to
  }
  return state.includes('pX') || (state.startsWith('v') && state.includes('P')) ? `the events end in ${state}, which cannot last` : undefined
}

/** Collects each vendor's case-state events while a log is replayed, and says what is wrong with their order. */
const vendorHistories = () => {
  const histories = new Map<Id, { readonly start: string; readonly events: string[] }>()
  return {
    watch: ({ before, result }: ReplayStep): void => {
      if (!before.roles.includes('vendor') || result._tag === 'Left') return
      const history = histories.get(before.id) ?? { start: before.cs, events: [] }
      histories.set(before.id, history)
      for (const one of result.right.fired) if (one.machine === 'cs') history.events.push(one.event)
    },
    complaints: (): ReadonlyArray<string> =>
      [...histories].flatMap(([id, { start, events }]) => {
        const wrong = outOfOrder(start, events)
        return wrong === undefined ? [] : [`${id}: ${wrong}`]
      }),
  }
}

/** Replays a log and makes its line. */
const lineOf = (name: string, log: CaseLog, protocol: Protocol, expected: ReadonlyArray<string>): Line => {
  const histories = vendorHistories()
  const replayed = replay(protocol, log, histories.watch)
  const complaints = [...differences(log, replayed, expected), ...(protocol === adopted ? histories.complaints() : [])]
  const findings = replayed.findings.length === 0 ? 'none' : `${complaints.length === 0 ? 'expected: ' : ''}${counted(replayed)}`
  return {
    cells: [name, `${replayed.messages}`, `${replayed.observations}`, states(replayed.participants), findings, complaints.length === 0 ? 'ok' : 'FAILED'],
    complaints,
  }
}

/** The line of a check; one that throws has failed, and the rest goes on. */
const attempt = (name: string, check: () => Line): Line => {
  try {
    return check()
  } catch (reason) {
    const complaint = reason instanceof Error ? reason.message : String(reason)
    return { cells: [name, '', '', '', '', 'FAILED'], complaints: complaint.split('\n') }
  }
}

/** A program among the examples: its own assertions, and then its log, in which there must be nothing to find. */
const program = (name: string, run: () => CaseLog): Line => attempt(name, () => lineOf(name, run(), adopted, []))

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** A fragment of the worked example under one reading; what holds of it under both is checked with each. */
const fragment = (path: string, protocol: Protocol): Line =>
  attempt(nameOf(path), () => {
    checkFragment(nameOf(path))
    return lineOf(nameOf(path), readLog(path), protocol, expectedIn(path, protocol.name))
  })

const disclosure = (path: string): Line =>
  attempt(nameOf(path), () => lineOf(nameOf(path), readLog(path), adopted, expectedIn(path, 'adopted')))

/** What holds of a set of logs as a whole. */
const assertion = (name: string, told: string, check: () => void): Line =>
  attempt(name, () => {
    check()
    return { cells: [name, '', '', told, '', 'ok'], complaints: [] }
  })

/** The ledger of a log, its entries taken in one by one, by a fixed shuffle. */
const shuffled = (log: CaseLog, empty: Ledger): Ledger =>
  linked([log])
    .map((entry, index) => ({ entry, key: (index * 7919 + 13) % 104_729 }))
    .sort((one, other) => one.key - other.key)
    .reduce((ledger, { entry }) => ingest(ledger, entry), empty)

/** Logs as ledgers: whatever the order in which entries arrive, the same bytes and the same findings. */
const asLedgers = (paths: ReadonlyArray<string>): void => {
  for (const path of paths) {
    const log = readLog(path)
    const [whole, empty] = [ledgerOf({ header: log.header, entries: linked([log]) }), ledgerOf({ header: log.header, entries: [] })]
    assert(whole._tag === 'Right' && empty._tag === 'Right', `${path}: the header is no charter`)
    const other = shuffled(log, empty.right)
    assert.equal(encodeLog(logOf(other)), encodeLog(logOf(whole.right)), `${path}: the order of arrival shows`)
    assert.deepEqual(caseOf(other).findings, caseOf(whole.right).findings, `${path}: the order of arrival shows in the findings`)
    assert(caseOf(whole.right).findings.every((one) => one.kind !== 'equivocation' && one.kind !== 'circular'), `${path}: its links make it contradict itself`)
  }
}

/**
 * A conversation's log as a ledger ends in the states in which its replay ends; but that an embargo which is over is over
 * for those, too, who never came under it, whose own copy stays at None.
 */
const asCase = (log: CaseLog): void => {
  const ledger = ledgerOf({ header: log.header, entries: linked([log]) })
  assert(ledger._tag === 'Right', 'the header is no charter')
  const { participants, state } = caseOf(ledger.right)
  assert.deepEqual(
    participants.map((one) => `${one.id} ${formatState(one)}`),
    replay(adopted, log).participants.map((one) => `${one.id} ${formatState(state.em === 'Exited' ? { ...one, em: 'Exited' } : one)}`).sort(),
  )
}

/** Holds a log against every requirement: what it breaks, notes left out, must be what is expected of it. */
const held = (name: string, log: CaseLog, expected: ReadonlyArray<string>): void => {
  const report = checkRequirements(log, { protocol: 'adopted@1' })
  const found = report.findings.filter((one) => one.severity !== 'none').map((one) => breachInBrief(log, one))
  assert.deepEqual(found, expected, `${name}, ${report.world} world`)
}
const heldAll = (paths: ReadonlyArray<string>): void => paths.forEach((path) => held(path, readLog(path), breachesIn(path)))

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Asks a program some of the vectors, and gives back what `mpcvd conform` says. */
const conform = (...command: ReadonlyArray<string>): { readonly status: number | null; readonly text: string } => {
  const run = spawnSync(process.execPath, [at('../dist/cli.js'), 'conform', '--sample', '40', '--', ...command], { encoding: 'utf8' })
  return { status: run.status, text: `${run.stdout}${run.stderr}` }
}

/** What is wrong with each of the broken variants, as the runner has to say it. */
const broken: Readonly<Record<string, RegExp>> = {
  forgets_the_vendor: /\(S,N,vfdpxa\) (?:sends|receives) C[PX]/,
  acknowledges_acknowledgements: /\(S,N,pxa\) receives [REC]K/,
  negotiates_in_public: /\(S,N,Pxa\) receives EP/,
  closes_from_valid: /rvc/,
  remembers_participants: /inconsistent/,
}

const hasPython = spawnSync('python3', ['--version']).status === 0
const withPython = (name: string, told: string, act: () => void): Line =>
  hasPython ? assertion(name, told, act) : { cells: [name, '', '', 'skipped: there is no python3 here', '', 'ok'], complaints: [] }

const fragments = logsIn('worked-example')
const curl = logsIn('disclosures/curl')
const cve = logsIn('disclosures/cve')
const vince = logsIn('disclosures/vince')

const sections: ReadonlyArray<readonly [title: string, lines: ReadonlyArray<Line>]> = [
  [
    'Conversations',
    [
      program('two-party', twoParty),
      program('coordinator', coordinated),
      program('leak: press', press),
      program('leak: exploit', exploit),
      program('leak: attacks', attacks),
    ],
  ],
  [
    'Cases',
    [
      attempt('converging', () => {
        const of = caseOf(converging())
        return { cells: ['converging', `${entriesOf(of.ledger).length}`, '0', states(of.participants), of.findings.map((one) => one.kind).join(', '), 'ok'], complaints: [] }
      }),
      assertion('conversations', 'as ledgers they end as in their replay', () => {
        for (const log of [twoParty(), coordinated(), press(), exploit(), attacks()]) asCase(log)
      }),
      assertion('arrival', `${fragments.length + curl.length + cve.length + vince.length} logs are the same in whatever order they arrive`, () => asLedgers([...fragments, ...curl, ...cve, ...vince])),
      assertion('store', 'concurrent writers, one killed, redelivered: nothing lost, nothing doubled', () => {
        const run = spawnSync(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('store/store.ts', import.meta.url)), '--memory'], { encoding: 'utf8' })
        assert.equal(run.status, 0, `${run.stdout}${run.stderr}`)
      }),
      assertion('ticketing', 'webhooks twice, late and forged; a restart; what is refused: as its page tells it', () => {
        const run = spawnSync(process.execPath, ['--import', 'tsx', at('ticketing/main.ts')], { encoding: 'utf8' })
        assert.equal(run.status, 0, `${run.stdout}${run.stderr}`)
        assert(readFileSync(at('ticketing/README.md'), 'utf8').includes(`\`\`\`text\n${run.stdout}\`\`\``), 'its page tells another story')
      }),
    ],
  ],
  ['The worked example, by the published tables', fragments.map((path) => fragment(path, published))],
  [
    'The worked example, by the adopted reading',
    [...fragments.map((path) => fragment(path, adopted)), assertion('all twelve', 'errata, and the findings put right', workedExample)],
  ],
  ['curl: advisories', curl.map(disclosure)],
  ['CVE records', cve.map(disclosure)],
  ['VINCE: vulnerability notes', vince.map(disclosure)],
  [
    'Held against the requirements, levels 1 to 4, by the adopted reading',
    [
      assertion('conversations', 'they keep every requirement', () => {
        for (const [name, log] of Object.entries({ twoParty, coordinated, press, exploit, attacks })) held(name, log(), [])
      }),
      assertion('worked example', 'they break what is expected, no more and no less', () => heldAll(fragments)),
      assertion('curl', `${curl.length} logs`, () => heldAll(curl)),
      assertion('CVE records', `${cve.length} logs`, () => heldAll(cve)),
      assertion('VINCE', `${vince.length} logs`, () => heldAll(vince)),
      assertion('evidence', 'ISO/IEC 30111 from a case log, clause by clause', () => evidenced()),
      assertion('measuring', 'which orders the dates of curl leave, by all 70 histories', () => measured()),
      assertion('advising', 'what is due first, before a leak and after; cases by chance keep every requirement', () => advised()),
      assertion('verifying', 'a crossing found, ledgers that settle it, a house rule that breaks', () => verifying()),
    ],
  ],
  [
    'Implementations, by the line protocol',
    [
      assertion('mpcvd step', 'conforming, all levels', () => {
        const { status, text } = conform(process.execPath, at('../dist/cli.js'), 'step')
        assert.equal(status, 0, text)
        assert.match(text, /conforming: L1, L2 adopted, L3, L4/)
      }),
      withPython('python', 'written from the requirements; L1 and L2 met', () => {
        const { status, text } = conform('python3', at('conform/mpcvd_step.py'))
        assert.equal(status, 0, text)
        assert.match(text, /L1: met[^]*L2 adopted: met/)
      }),
      ...Object.entries(broken).map(([name, verdict]) =>
        withPython('broken', `caught: ${name.replaceAll('_', ' ')}`, () => {
          const { status, text } = conform('python3', at(`conform/broken/${name}.py`))
          assert.equal(status, 1, text)
          assert.match(text, verdict)
        })),
    ],
  ],
  [
    'The disclosures together',
    [
      assertion('enough', `${curl.length} of curl, ${cve.length} of CVE records, ${vince.length} of VINCE`, () => {
        assert(curl.length >= 40 && cve.length >= 10 && vince.length >= 1, 'there must be 40 of curl, 10 of CVE records, 1 of VINCE')
      }),
      assertion('known slips', `${knownRecords.length} records`, () => {
        for (const path of knownRecords) assert([...curl, ...cve, ...vince].includes(path), `there is no ${path}`)
      }),
    ],
  ],
]

const heads = ['case', 'msgs', 'obs', 'end states', 'findings', 'verdict']
const all = sections.flatMap(([, lines]) => lines)
const widths = heads.map((head, column) => Math.max(head.length, ...all.map((line) => line.cells[column]?.length ?? 0)))
const isNumber = (column: number): boolean => column === 1 || column === 2
const row = (cells: ReadonlyArray<string>): string =>
  cells.map((cell, column) => (isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd()
const rule = '─'.repeat(row(heads.map((_head, column) => '·'.repeat(widths[column] ?? 0))).length)

console.log(row(heads))
for (const [title, lines] of sections) {
  console.log(`${rule}\n${title}`)
  for (const { cells, complaints } of lines) {
    console.log(row(cells))
    for (const complaint of complaints) console.log(`    ${complaint}`)
  }
}
console.log(rule)

const failed = all.filter((line) => line.complaints.length > 0).length
console.log(`${all.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
