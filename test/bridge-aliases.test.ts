/**
 * One participant under several ids: which tables are refused and why, and what joining does to scenes and entries.
 */
import fc from 'fast-check'
import { type LogEntry, type Message, type Participant, start } from 'mpcvd'
import { observe, type Scene } from 'mpcvd/bridge'
import { type Alias, type Aliases, aliasesOf, describeAliasFault, joinEntries, joinScene } from 'mpcvd/bridge/aliases'
import { readCalendar } from 'mpcvd/bridge/icalendar'
import { github } from 'mpcvd/bridge/github'
import { readActivity } from 'mpcvd/bridge/activitystreams'
import { describe, expect, test } from 'vitest'

type Line = readonly [source: string, id: string, participant: string]
const table = (...rows: ReadonlyArray<Line>): ReadonlyArray<Alias> => rows.map(([source, id, participant]) => ({ source, id, participant }))
const aliases = (...rows: ReadonlyArray<Line>): Aliases => {
  const result = aliasesOf(table(...rows))
  return result._tag === 'Right' ? result.right : expect.fail(JSON.stringify(result.left))
}
const faults = (...rows: ReadonlyArray<Line>): ReadonlyArray<string> => {
  const result = aliasesOf(table(...rows))
  return result._tag === 'Left' ? result.left.map((fault) => `${fault.kind} ${fault.id}: ${describeAliasFault(fault)}`) : []
}
const message = (from: string, to: ReadonlyArray<string>, more: Partial<Message> = {}): Message => ({ id: 'm', case: 'c', from, to, types: ['GI'], at: '2026-01-05', ...more })

describe('a table', () => {
  test('two participants for one id of one source are a conflict; the same row twice, and another source, are not', () => {
    expect(faults(['github', 'acme-inc', 'acme'], ['github', 'acme-inc', 'bolt'])).toEqual(['conflict acme-inc: acme-inc in github is said to be acme and bolt: which of them is it?'])
    expect(faults(['github', 'a', 'acme'], ['github', 'a', 'acme'], ['jira', 'a', 'bolt'], ['*', 'a', 'rita'], ['jira', 'bolt', 'bolt'])).toEqual([])
  })

  test('what leads on is a chain, what leads back a circle; both are said with the whole way', () => {
    expect(faults(['github', 'a', 'b'], ['github', 'b', 'c'])).toEqual(['chain a: a in github is b, which is c: say at once that it is c.'])
    expect(faults(['github', 'a', 'b'], ['*', 'b', 'c'])).toEqual(['chain a: a in github is b, which is c: say at once that it is c.'])
    expect(faults(['jira', 'a', 'b'], ['jira', 'b', 'a'])).toEqual([
      'circle a: a in jira leads in a circle: a, b, a. One of them has to be the participant\'s own id.', 'circle b: b in jira leads in a circle: b, a, b. One of them has to be the participant\'s own id.',
    ])
    expect(faults(['jira', 'x', 'a'], ['jira', 'a', 'b'], ['jira', 'b', 'a']).map((each) => each.split(':')[0])).toEqual(['circle x', 'circle a', 'circle b'])
    expect(faults(['*', 'a', 'b'], ['s', 'b', 'c'])).toEqual(['chain a: a in s is b, which is c: say at once that it is c.'])
    expect(faults(['*', 'a', 'b'], ['*', 'b', 'c'], ['s', 'd', 'e'])).toEqual(['chain a: a in any source is b, which is c: say at once that it is c.'])
    // Ids of one source do not lead on in another.
    expect(faults(['github', 'a', 'b'], ['jira', 'b', 'c'])).toEqual([])
  })

  test('an id is what its own source says, else what any says, else itself', () => {
    const { participantOf } = aliases(['github', 'a', 'acme'], ['*', 'a', 'rita'], ['*', 'b', 'bolt'])
    expect([participantOf('github', 'a'), participantOf('jira', 'a'), participantOf('github', 'b'), participantOf('github', 'c')]).toEqual(['acme', 'rita', 'bolt', 'c'])
  })

  test('a table that is taken in is the same applied twice, and every refusal has a reason: any table', () => {
    const ids = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', 'toString', '')
    fc.assert(
      fc.property(fc.array(fc.record({ source: fc.constantFrom('s', 't', '*', '__proto__'), id: ids, participant: ids }), { maxLength: 8 }), (rows) => {
        const result = aliasesOf(rows)
        // By hand: what each source's rows say, its own before those for any.
        const says = (source: string, id: string): ReadonlyArray<string> => {
          const own = rows.filter((row) => row.source === source && row.id === id)
          return [...new Set((own.length > 0 ? own : rows.filter((row) => row.source === '*' && row.id === id)).map(({ participant }) => participant))]
        }
        const every = ['s', 't', '*', '__proto__'].filter((source) => rows.some((row) => row.source === source))
        const wrong = every.some((source) => rows.some(({ id }) => {
          const [first, ...more] = says(source, id)
          const next = first === undefined ? undefined : says(source, first)[0]
          return more.length > 0 || (first !== undefined && next !== undefined && next !== first && first !== id)
        }))
        expect(result._tag, JSON.stringify(rows)).toBe(wrong ? 'Left' : 'Right')
        if (result._tag === 'Left') {
          expect(result.left.length > 0 && result.left.every((fault) => describeAliasFault(fault).length > 10)).toBe(true)
          return
        }
        for (const source of every) for (const { id } of rows) expect(result.right.participantOf(source, result.right.participantOf(source, id))).toBe(result.right.participantOf(source, id))
      }),
      { numRuns: 500 },
    )
  })
})

describe('entries', () => {
  test('two sources that name one vendor differently give one participant', () => {
    const known = aliases(['vultron', 'https://vultron.example/organizations/acme', 'acme'], ['calendar', 'mailto:psirt@acme.example', 'acme'], ['*', 'mailto:rita@mail.example', 'rita'], ['vultron', 'https://vultron.example/users/rita', 'rita'])
    const wire = readActivity({ type: 'Accept', id: 'urn:1', actor: 'https://vultron.example/organizations/acme', to: ['https://vultron.example/users/rita'], context: 'c', object: { type: 'Offer', id: 'urn:o' } }, { em: 'None', seen: '2026-01-05T00:00:00Z' })
    const calendar = readCalendar(['BEGIN:VCALENDAR', 'METHOD:REQUEST', 'BEGIN:VEVENT', 'UID:e1', 'DTSTAMP:20260110T120000Z', 'ORGANIZER:mailto:psirt@acme.example', 'ATTENDEE:mailto:rita@mail.example', 'DTSTART;VALUE=DATE:20260301', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n'), { case: 'c', em: 'None' })
    if (wire._tag === 'Left' || calendar._tag === 'Left' || calendar.right.message === undefined) return expect.fail(JSON.stringify([wire, calendar]))
    const joined = [...joinEntries(known, 'vultron', [{ message: wire.right }]).entries, ...joinEntries(known, 'calendar', [{ message: calendar.right.message }]).entries]
    expect(joined.map((entry) => ('message' in entry ? [entry.message.types[0], entry.message.from, entry.message.to] : []))).toEqual([['RV', 'acme', ['rita']], ['EP', 'acme', ['rita']]])
  })

  test('every kind of entry, and every place in it', () => {
    const known = aliases(['s', 'x', 'acme'])
    const entries: ReadonlyArray<LogEntry> = [
      { message: message('x', ['rita', 'x2'], { types: ['CV'], subject: { participant: 'x', product: 'p' } }) }, { receipt: { message: 'm', by: 'x' } }, { local: { by: 'x', event: 'discover', at: '2026-01-05' } }, { membership: { by: 'x', participant: 'x', change: 'leaves', at: '2026-01-05' } },
      { observation: { event: 'V', about: 'x', at: '2026-01-05', source: 'x' } }, { observation: { event: 'P', at: '2026-01-05', source: 'x' } }, { stamp: { by: 'x', entry: 'x', sequence: 1, at: '2026-01-05' } }, { correction: { by: 'x', of: 'x', change: 'retracts', at: '2026-01-05' } },
    ]
    expect(joinEntries(known, 's', entries)).toEqual({
      warnings: [],
      entries: [
        { message: message('acme', ['rita', 'x2'], { types: ['CV'], subject: { participant: 'acme', product: 'p' } }) }, { receipt: { message: 'm', by: 'acme' } }, { local: { by: 'acme', event: 'discover', at: '2026-01-05' } }, { membership: { by: 'acme', participant: 'acme', change: 'leaves', at: '2026-01-05' } },
        { observation: { event: 'V', about: 'acme', at: '2026-01-05', source: 'x' } }, { observation: { event: 'P', at: '2026-01-05', source: 'x' } }, { stamp: { by: 'acme', entry: 'x', sequence: 1, at: '2026-01-05' } }, { correction: { by: 'acme', of: 'x', change: 'retracts', at: '2026-01-05' } },
      ],
    })
    expect(joinEntries(known, 'other', entries).entries).toEqual(entries)
  })

  test('who turns out to have written to itself is told; nobody is its own recipient', () => {
    const known = aliases(['s', 'x', 'acme'], ['s', 'y', 'acme'])
    expect(joinEntries(known, 's', [{ message: message('x', ['y', 'rita']) }])).toEqual({ entries: [{ message: message('acme', ['rita']) }], warnings: [{ kind: 'to itself', what: 'm', says: 'acme is among its own recipients under another id' }] })
    const alone = joinEntries(known, 's', [{ message: message('x', ['y']) }])
    expect([alone.entries, alone.warnings.map(({ kind }) => kind)]).toEqual([[], ['to itself']])
    expect(joinEntries(known, 's', [{ message: message('rita', ['x', 'y', 'acme']) }]).entries).toEqual([{ message: message('rita', ['acme']) }])
  })

  test('ids that are names of properties are ids', () => {
    for (const id of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(joinEntries(aliases(['s', id, 'acme']), 's', [{ message: message(id, ['rita']) }]).entries).toEqual([{ message: message('acme', ['rita']) }])
      expect(joinEntries(aliases(['s', 'x', id]), 's', [{ message: message('x', ['rita']) }]).entries).toEqual([{ message: message(id, ['rita']) }])
      expect(joinEntries(aliases(['s', 'x', 'acme']), 's', [{ message: message(id, ['rita']) }]).entries).toEqual([{ message: message(id, ['rita']) }])
      expect(aliases(['__proto__', 'x', 'acme']).participantOf(id, 'x')).toBe(id === '__proto__' ? 'acme' : 'x')
    }
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})

describe('a scene', () => {
  const acme: Participant = { ...start('acme', ['vendor']), rm: 'Received', cs: 'Vfdpxa' }
  const scene = (more: Partial<Scene> = {}): Scene => ({ case: 'c', seen: '2026-02-01T00:00:00Z', participants: [start('rita', ['reporter']), acme], parties: { reporter: 'rita', vendor: 'acme' }, ...more })

  test('the source\'s ids become the case\'s, and its names are those of the table', () => {
    const known = aliases(['github', 'acme-inc', 'acme'], ['*', 'rita99', 'rita'], ['jira', 'ACME', 'acme'])
    const joined = joinScene(known, 'github', scene({ participants: [start('rita99', ['reporter']), acme], parties: { reporter: 'rita99', vendor: 'acme-inc' }, names: { nora: 'rita99' } }))
    expect([joined.scene.participants.map(({ id }) => id), joined.scene.parties, joined.scene.names, joined.warnings]).toEqual([['rita', 'acme'], { reporter: 'rita', vendor: 'acme' }, { 'acme-inc': 'acme', rita99: 'rita', nora: 'rita' }, []])
  })

  test('two participants who are one: the case\'s own stays, and a difference is told', () => {
    const known = aliases(['github', 'acme-inc', 'acme'])
    const joined = joinScene(known, 'github', scene({ participants: [start('acme-inc', ['vendor']), acme] }))
    expect([joined.scene.participants, joined.warnings.map(({ kind, what }) => `${kind} ${what}`)]).toEqual([[acme], ['two states acme']])
    expect(joinScene(known, 'github', scene({ participants: [{ ...acme, id: 'acme-inc' }, acme] })).warnings).toEqual([])
  })

  test('what a bridge then reads is said by one participant, by whatever name GitHub has it', () => {
    const advisory = { ghsa_id: 'GHSA-1', state: 'draft', submission: { accepted: true }, created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-05T00:00:00Z' }
    const before = { ...advisory, state: 'triage', submission: { accepted: false } }
    const joined = joinScene(aliases(['github', 'acme-inc', 'acme']), 'github', scene({ parties: { reporter: 'rita', vendor: 'acme-inc' }, policy: { refused: 'observe' } }))
    const result = observe(github, { before, now: advisory }, joined.scene)
    expect(result._tag === 'Right' && [...new Set(result.right.messages.map(({ from }) => from))]).toEqual(['acme'])
  })

  test('names that are names of properties stay names', () => {
    const known = aliases(['github', '__proto__', 'acme'], ['github', 'constructor', 'rita'])
    const { names = {} } = joinScene(known, 'github', scene()).scene
    expect([Object.hasOwn(names, '__proto__'), Object.getPrototypeOf(names) === Object.prototype, Object.entries(names)]).toEqual([true, true, [['__proto__', 'acme'], ['constructor', 'rita']]])
  })
})
