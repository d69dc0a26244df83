/**
 * What to do next: a coordinator's desk in the morning, a leak, and a week of cases by chance to try a house rule on.
 *
 * The desk lists what is due first. When the press has the story, the same question has another answer. And before a team lets a
 * bot send acknowledgements only, it plays a hundred days of cases with such a vendor, and looks at what the checks find.
 */
import assert from 'node:assert/strict'
import type { CaseLog, LogEntry, Message } from 'mpcvd'
import { becauseSays, type Behaviour, castOf, gainOf, guidanceFor, type Move, nextIn, ordinary, simulate } from 'mpcvd/advice'
import { type Case, caseOf, charterOf, ingest, linked, openLedger } from 'mpcvd/case'
import { check } from 'mpcvd/conformance'
import { toNumber } from 'mpcvd/measuring'
import { isProgram } from './logs.js'
import { twoParty } from './two-party.js'

const caseIn = (log: CaseLog): Case => {
  const opened = openLedger(charterOf(log.header))
  assert(opened._tag === 'Right')
  return caseOf(ingest(opened.right, linked([log])))
}
const asked = (of: Case, who: string, at: string): ReadonlyArray<Move> => {
  const found = nextIn(of, who, at)
  assert(found._tag === 'Right')
  return found.right
}
const line = ({ because, event, modality, types }: Move): string => `${modality.padEnd(10)} ${(event ?? types.join('+')).padEnd(10)} ${becauseSays[because]}`

const header: CaseLog['header'] = {
  log: 1, protocol: 'adopted@1', case: 'desk', world: 'closed', participants: [{ id: 'rita', roles: ['reporter'] }, { id: 'cert', roles: ['coordinator'] }, { id: 'acme', roles: ['vendor'] }],
}
const sent = (id: string, from: string, to: ReadonlyArray<string>, types: Message['types'], at: string, more: Partial<Message> = {}): LogEntry => ({ message: { id, case: 'desk', from, to, types, at, ...more } })
const morning: ReadonlyArray<LogEntry> = [
  sent('m1', 'rita', ['cert', 'acme'], ['EP'], '2026-03-02T08:00:00Z', { embargo: { id: 'e1', end: '2026-05-31' } }),
  sent('m2', 'cert', ['rita'], ['EK'], '2026-03-02T08:30:00Z', { inReplyTo: 'm1' }),
  sent('m3', 'rita', ['cert'], ['RS'], '2026-03-02T09:00:00Z', { report: { id: 'r1' } }),
]
const leaked = sent('m4', 'rita', ['cert', 'acme'], ['CP'], '2026-03-03T07:00:00Z', { cause: 'observed' })

/** The desk in the morning, and after the leak. */
export const desk = (): { readonly before: ReadonlyArray<Move>; readonly after: ReadonlyArray<Move> } => {
  const before = asked(caseIn({ header, entries: morning }), 'cert', '2026-03-02T10:00:00Z')
  assert.deepEqual(before.filter(({ modality }) => modality === 'must now' || modality === 'should').map(({ types }) => types.join('+')), ['RK', 'EA', 'ER', 'RV', 'RI'])
  const after = asked(caseIn({ header, entries: [...morning, leaked] }), 'cert', '2026-03-03T08:00:00Z')
  const now = after.filter(({ modality }) => modality === 'must now').flatMap(({ types }) => types)
  assert(now.includes('CK') && now.includes('ER'), now.join())
  assert(after.filter(({ modality }) => modality === 'must not').some(({ types }) => types.includes('EP')))
  return { before, after }
}

/** The story; it returns a case by chance, which keeps every requirement. */
export const advised = (): CaseLog => {
  desk()
  // In a case that is over nobody is asked anything; in the middle of one, a fix gains, and an attack would lose.
  const whole = twoParty()
  const half = caseIn({ header: whole.header, entries: whole.entries.slice(0, Math.ceil(whole.entries.length / 2)) })
  for (const { engaged, id, roles } of half.participants)
    if (engaged)
      for (const move of asked(half, id, '2026-02-01')) {
        if (move.types.join() === 'CA' && move.modality !== 'must not' && roles.includes('vendor')) assert(toNumber(gainOf(move)) <= 0)
        if (move.types.join() === 'CF' && move.fires.length > 0) assert(toNumber(gainOf(move)) > 0)
      }
  assert.equal(guidanceFor('VFdpxa').newEmbargo, 'SHOULD NOT')

  // A bot that publishes whenever an embargo is in force is found out; ordinary participants are not.
  const rash: Behaviour = (turn) => (turn.self.em === 'Active' ? turn.moves.find(({ because, types }) => because === 'bound' && types.includes('CP')) : undefined) ?? ordinary(turn)
  const played = (seed: number, vendor: Behaviour): CaseLog => {
    const log = simulate(castOf([['reporter'], ['coordinator'], ['vendor']]), { seed, behaviours: { vendor } })
    assert(log._tag === 'Right')
    return log.right
  }
  const seeds = [1, 2, 3, 4, 5, 6]
  assert(seeds.every((seed) => check(played(seed, ordinary), { level: 'L4' }).verdict === 'conforming'))
  assert(seeds.some((seed) => check(played(seed, rash), { level: 'L4' }).findings.some(({ requirements }) => requirements.includes('VP-05-014'))))
  return played(1, ordinary)
}

if (isProgram(import.meta.url)) {
  advised()
  const { after, before } = desk()
  for (const [title, moves] of [['In the morning', before], ['After the leak', after]] as const) {
    console.log(`\n${title}`)
    for (const move of moves) if (move.modality === 'must now' || move.modality === 'should') console.log(`  ${line(move)}`)
  }
}
