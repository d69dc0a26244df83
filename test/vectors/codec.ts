/**
 * Values to be read, by hand from docs/messages.md, docs/codec.md, docs/log.md and the shipped JSON Schemas: what is taken
 * and what is left out of it, and what is not, with the place of each fault.
 *
 * The file is long because every field and every way of getting it wrong has a line.
 */

type Fields = { readonly [name: string]: unknown }
type Case = { readonly id: string; readonly value: unknown; readonly valid: true; readonly normal?: unknown } | { readonly id: string; readonly value: unknown; readonly fault: readonly string[] }

const ok = (id: string, value: unknown, normal?: unknown): Case => ({ id, value, valid: true, ...(normal === undefined ? {} : { normal }) })
const bad = (id: string, value: unknown, ...fault: readonly string[]): Case => ({ id, value, fault })

const without = (from: Fields, ...names: readonly string[]): Fields => Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name)))
/** As JSON has it: a field of any name, `__proto__` too. */
const parsed = (json: string): Fields => JSON.parse(json) as Fields

const nested = (depth: number): Fields => (depth === 0 ? {} : { in: nested(depth - 1) })
const nestedLists = (depth: number): unknown => (depth === 0 ? [] : [nestedLists(depth - 1)])

const least: Fields = { id: 'm1', case: 'c1', from: 'r', to: ['v'], types: ['RS'], at: '2026-01-05' }
const full: Fields = {
  ...least, v: 1, after: ['m0', 'l1'], inReplyTo: 'm0', subject: { participant: 'v2', product: 'router' }, cause: 'observed',
  embargo: { id: 'e2', answers: 'e1', existing: false, end: '2026-04-05', respondBy: '2026-01-12T10:00:00Z', reason: 'longer testing', scope: 'all products' },
  report: { id: 'r1', duplicateOf: 'r0', title: 'Overflow', vulnerabilities: ['CVE-2026-0001'], products: ['router', 'switch'] },
  tlp: 'AMBER+STRICT', note: 'for people', ext: { any: [1, -2.5, true, null, 'x', { deep: [] }] },
}
const m = (fields: Fields): Fields => ({ ...least, ...fields })

const moments: readonly string[] = [
  '2026-01-05', '2024-02-29', '2000-02-29', '2026-12-31', '2026-01-05T10:00:00Z', '2026-01-05T10:00:00.123456789Z', '2026-01-05T10:00:00+14:00',
  '2026-01-05T10:00:00-12:00', '2026-01-05T23:59:59-00:30', '2026-01-05T23:59:60Z', '2026-01-05/2026-01-08', '2026-01-05/2026-01-05',
  '2026-01-05T10:00:00Z/2026-01-06', '2026-01-05T10:00:00+02:00/2026-01-05T09:00:00Z', '2026-01-05T10:00:00Z/2026-01-05T10:00:00Z',
]
const noMoments: readonly (readonly [why: string, text: unknown])[] = [
  ['no such day', '2026-02-30'], ['no leap year', '2026-02-29'], ['no leap year by the century', '1900-02-29'], ['month 13', '2026-13-01'], ['month 0', '2026-00-10'],
  ['day 0', '2026-01-00'], ['April has 30 days', '2026-04-31'], ['short form', '2026-1-5'], ['basic form', '20260105'], ['only a year', '2026'],
  ['no zone', '2026-01-05T10:00:00'], ['no seconds', '2026-01-05T10:00Z'], ['a space for the T', '2026-01-05 10:00:00Z'], ['lower case', '2026-01-05t10:00:00z'],
  ['hour 24', '2026-01-05T24:00:00Z'], ['minute 60', '2026-01-05T10:60:00Z'], ['second 61', '2026-01-05T10:00:61Z'], ['no digits after the point', '2026-01-05T10:00:00.Z'],
  ['a zone without a colon', '2026-01-05T10:00:00+0100'], ['zone hour 24', '2026-01-05T10:00:00+24:00'], ['a named zone', '2026-01-05T10:00:00 CET'],
  ['an interval that ends before it begins', '2026-03-01/2026-01-05'], ['an interval of instants that ends before it begins', '2026-01-05T10:00:00Z/2026-01-05T09:59:59Z'],
  ['an interval without an end', '2026-01-05/'], ['an interval without a beginning', '/2026-01-05'], ['three moments', '2026-01-05/2026-01-06/2026-01-07'],
  ['an interval with a bad end', '2026-01-05/2026-02-30'], ['a space at the end', '2026-01-05 '], ['a newline at the end', '2026-01-05\n'], ['other digits', '２０２６-01-05'],
  ['empty', ''], ['a number', 1767571200], ['null', null], ['a duration', 'P45D'], ['words', 'tomorrow'],
]

const types = 'RS RI RV RD RA RC RK RE EP ER EA EV EJ EC ET EK EE CV CF CD CP CX CA CK CE GI GK GE'.split(' ')
const bundles: readonly string[] = ['RS EP', 'RS EP CV GI', 'RK EK CK GK', 'ER EP', 'EJ EV', 'CX CP', 'CX CP CA', 'CP CV', 'RI RC', 'RS RK', 'CX CV', 'EA CK GI', 'CV CF CD', 'CD CF CV', 'GE GI', 'ET CX CP']
const noBundles: readonly string[] = ['EP RS', 'RK RS', 'CP CX', 'CV CX', 'CV CP', 'GI CA', 'CA EK', 'CK RS', 'GK RK', 'RS GI EP', 'CX CV CP', 'EP RV', 'RV RS']

const messages = (): readonly Case[] => [
  ok('least', least), ok('all fields', full),
  ...types.map((type) => ok(`type ${type}`, m({ types: [type] }))),
  ...bundles.map((all) => ok(`bundle ${all}`, m({ types: all.split(' ') }))),
  ...noBundles.map((all) => bad(`out of order ${all}`, m({ types: all.split(' ') }), '/types')),
  ...moments.map((at) => ok(`at ${at}`, m({ at }))),
  ...noMoments.map(([why, at]) => bad(`at: ${why}`, m({ at }), '/at')),
  // Single fields that may be there.
  ok('v 1', m({ v: 1 })), ok('after none', m({ after: [] })), ok('after two', m({ after: ['m0', 'x'] })), ok('in reply', m({ inReplyTo: 'm0' })),
  ok('in reply to the sender’s name', m({ inReplyTo: 'r' })), ok('subject by name', m({ types: ['CV'], subject: 'v2' })), ok('subject is the sender', m({ types: ['CV'], subject: 'r' })),
  ok('subject as object', m({ types: ['CF'], subject: { participant: 'v2' } })), ok('subject with product', m({ types: ['CF'], subject: { participant: 'v2', product: '' } })),
  ok('cause own', m({ types: ['CP'], cause: 'own' })), ok('cause observed', m({ types: ['CA'], cause: 'observed' })),
  ok('embargo least', m({ types: ['EP'], embargo: { id: 'e1' } })), ok('embargo existing', m({ types: ['EP'], embargo: { id: 'e1', existing: true } })),
  ok('embargo until an interval', m({ types: ['EP'], embargo: { id: 'e1', end: '2026-03-01/2026-04-01' } })),
  ok('embargo that answers itself', m({ types: ['EA'], embargo: { id: 'e1', answers: 'e1' } })),
  ok('report least', m({ report: { id: 'r1' } })), ok('report with empty lists', m({ report: { id: 'r1', vulnerabilities: [], products: [] } })),
  ok('report with empty texts', m({ report: { id: 'r1', title: '', vulnerabilities: [''] } })),
  ...['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'].map((tlp) => ok(`tlp ${tlp}`, m({ tlp }))),
  ok('note empty', m({ note: '' })), ok('note in any script', m({ note: 'ноты 笔记 😀 \u0000 \u2028' })), ok('ext empty', m({ ext: {} })),
  ok('several recipients', m({ to: ['v', 'w', 'x'] })), ok('ids of any characters', m({ id: ' ', case: '/~\\"', from: '😀', to: ['\u0000'] })),
  ok('ids that are names of JavaScript', m({ id: 'constructor', case: 'toString', from: '__proto__', to: ['hasOwnProperty'] })),
  ok('names that differ only in form', m({ from: 'e\u0301', to: ['\u00e9'] })), ok('names that differ only in case', m({ from: 'V' })),
  ok('id of 512 characters', m({ id: '€'.repeat(512) })), ok('id of 512 characters beyond the basic plane', m({ id: '😀'.repeat(512) })),
  ok('ext nested 64 deep', m({ ext: nested(64) })), ok('ext with lists nested 64 deep', m({ ext: { in: nestedLists(63) } })), ok('note of 20000 characters', m({ note: 'n'.repeat(20_000) })),
  ok('the message is written in another order', { at: '2026-01-05', types: ['RS'], to: ['v'], from: 'r', case: 'c1', id: 'm1' }, least),
  // What is left out.
  ok('unknown field', m({ colour: 'red' }), least), ok('unknown field null', m({ colour: null }), least), ok('unknown fields named like those of objects', m({ constructor: 1, toString: {}, hasOwnProperty: null }), least),
  ok('unknown field __proto__', { ...least, ...parsed('{"__proto__":{"note":"lent"}}') }, least),
  ok('unknown field in embargo', m({ embargo: { id: 'e1', starts: 'x' } }), m({ embargo: { id: 'e1' } })), ok('unknown field in report', m({ report: { id: 'r1', cvss: 10 } }), m({ report: { id: 'r1' } })),
  ok('unknown field in subject', m({ types: ['CV'], subject: { participant: 'v2', role: 'vendor' } }), m({ types: ['CV'], subject: { participant: 'v2' } })),
  ok('unknown field with an awkward name', m({ 'a/b~c': 1, '': 2 }), least), ok('ext with __proto__', m({ ext: parsed('{"a":1,"__proto__":{"b":2}}') }), m({ ext: { a: 1 } })),
  ok('unknown field spelt almost like a known one', m({ inreplyto: 'm0', InReplyTo: 'm0', Tlp: 'RED' }), least),
  // No object at all.
  bad('null', null, ''), bad('a text', 'RS', ''), bad('a number', 5, ''), bad('a list', [least], ''), bad('an empty list', [], ''), bad('true', true, ''),
  bad('nothing in it', {}, '/id', '/case', '/from', '/to', '/types', '/at'),
  // Missing, and of the wrong kind.
  ...Object.keys(least).map((name) => bad(`without ${name}`, without(least, name), `/${name}`)),
  ...Object.keys(full).map((name) => bad(`${name} null`, { ...full, [name]: null }, `/${name}`)),
  ...['id', 'case', 'from', 'inReplyTo'].flatMap((name) => [
    bad(`${name} empty`, m({ [name]: '' }), `/${name}`), bad(`${name} a number`, m({ [name]: 7 }), `/${name}`), bad(`${name} a list`, m({ [name]: ['x'] }), `/${name}`),
    bad(`${name} of 513 characters`, m({ [name]: 'x'.repeat(513) }), `/${name}`),
  ]),
  bad('id of 513 characters beyond the basic plane', m({ id: '😀'.repeat(513) }), '/id'), bad('two required fields wrong', m({ id: 1, at: 2 }), '/id', '/at'),
  bad('to a text', m({ to: 'v' }), '/to'), bad('to nobody', m({ to: [] }), '/to'), bad('to an object', m({ to: { 0: 'v', length: 1 } }), '/to'), bad('to a number', m({ to: ['v', 5] }), '/to/1'),
  bad('to an empty name', m({ to: [''] }), '/to/0'), bad('to the same twice', m({ to: ['v', 'w', 'v'] }), '/to/2'), bad('to a null', m({ to: [null] }), '/to/0'), bad('to a list', m({ to: [['v']] }), '/to/0'),
  bad('types a text', m({ types: 'RS' }), '/types'), bad('types none', m({ types: [] }), '/types'), bad('types unknown', m({ types: ['ZZ'] }), '/types/0'), bad('types in lower case', m({ types: ['rs'] }), '/types/0'),
  bad('types a number', m({ types: [1] }), '/types/0'), bad('types the same twice', m({ types: ['CK', 'CK'] }), '/types/1'), bad('types with a space', m({ types: ['RS '] }), '/types/0'),
  bad('types the pair of the rows', m({ types: ['CX+CP'] }), '/types/0'), bad('types constructor', m({ types: ['constructor'] }), '/types/0'), bad('types __proto__', m({ types: ['__proto__'] }), '/types/0'),
  bad('types one unknown of three', m({ types: ['RS', 'XX', 'GI'] }), '/types/1'),
  bad('v 2', m({ v: 2 }), '/v'), bad('v a text', m({ v: '1' }), '/v'), bad('v true', m({ v: true }), '/v'), bad('v 0', m({ v: 0 }), '/v'), bad('v 1.5', m({ v: 1.5 }), '/v'),
  bad('after a text', m({ after: 'm0' }), '/after'), bad('after a number', m({ after: [0] }), '/after/0'), bad('after the same twice', m({ after: ['m0', 'm0'] }), '/after/1'), bad('after an empty id', m({ after: [''] }), '/after/0'),
  bad('subject a number', m({ subject: 5 }), '/subject'), bad('subject empty', m({ subject: '' }), '/subject'), bad('subject a list', m({ subject: ['v2'] }), '/subject'),
  bad('subject with a wrong participant', m({ subject: { participant: 5 } }), '/subject/participant'), bad('subject with a wrong product', m({ subject: { participant: 'v2', product: 5 } }), '/subject/product'),
  bad('cause unknown', m({ cause: 'theirs' }), '/cause'), bad('cause toString', m({ cause: 'toString' }), '/cause'), bad('cause true', m({ cause: true }), '/cause'),
  bad('embargo a text', m({ embargo: 'e1' }), '/embargo'), bad('embargo a list', m({ embargo: [] }), '/embargo'), bad('embargo without id', m({ embargo: {} }), '/embargo/id'), bad('embargo id a number', m({ embargo: { id: 1 } }), '/embargo/id'),
  bad('embargo answers a number', m({ embargo: { id: 'e1', answers: 0 } }), '/embargo/answers'), bad('embargo existing 1', m({ embargo: { id: 'e1', existing: 1 } }), '/embargo/existing'),
  bad('embargo existing a text', m({ embargo: { id: 'e1', existing: 'true' } }), '/embargo/existing'), bad('embargo end impossible', m({ embargo: { id: 'e1', end: '2026-02-30' } }), '/embargo/end'),
  bad('embargo respondBy reversed', m({ embargo: { id: 'e1', respondBy: '2026-03-01/2026-01-01' } }), '/embargo/respondBy'), bad('embargo reason a list', m({ embargo: { id: 'e1', reason: ['x'] } }), '/embargo/reason'),
  bad('embargo scope null', m({ embargo: { id: 'e1', scope: null } }), '/embargo/scope'), bad('embargo with four faults', m({ embargo: { answers: '', end: 5, scope: {} } }), '/embargo/id', '/embargo/answers', '/embargo/end', '/embargo/scope'),
  bad('report a text', m({ report: 'r1' }), '/report'), bad('report without id', m({ report: { title: 'x' } }), '/report/id'), bad('report duplicateOf empty', m({ report: { id: 'r1', duplicateOf: '' } }), '/report/duplicateOf'),
  bad('report title a number', m({ report: { id: 'r1', title: 1 } }), '/report/title'), bad('report vulnerabilities a text', m({ report: { id: 'r1', vulnerabilities: 'CVE-2026-0001' } }), '/report/vulnerabilities'),
  bad('report products with a number', m({ report: { id: 'r1', products: ['a', 2] } }), '/report/products/1'), bad('report products the same twice', m({ report: { id: 'r1', products: ['a', 'a'] } }), '/report/products/1'),
  bad('tlp WHITE', m({ tlp: 'WHITE' }), '/tlp'), bad('tlp in lower case', m({ tlp: 'red' }), '/tlp'), bad('tlp with a prefix', m({ tlp: 'TLP:RED' }), '/tlp'), bad('tlp toString', m({ tlp: 'toString' }), '/tlp'),
  bad('note a number', m({ note: 1 }), '/note'), bad('note an object', m({ note: {} }), '/note'),
  bad('ext a list', m({ ext: [] }), '/ext'), bad('ext a text', m({ ext: '{}' }), '/ext'), bad('ext nested 65 deep', m({ ext: nested(65) }), '/ext'), bad('ext with lists nested 65 deep', m({ ext: { in: nestedLists(64) } }), '/ext'),
  bad('ext nested 500 deep', m({ ext: { in: nestedLists(500) } }), '/ext'),
  // Text that would not survive UTF-8.
  ...['id', 'case', 'from', 'inReplyTo', 'subject', 'note'].map((name) => bad(`${name} with a lone surrogate`, m({ [name]: 'x\ud800' }), `/${name}`)),
  bad('a lone low surrogate', m({ note: '\udc00' }), '/note'), bad('surrogates the wrong way round', m({ note: '\udc00\ud800' }), '/note'), bad('to with a lone surrogate', m({ to: ['\ud800'] }), '/to/0'),
  bad('ext with a lone surrogate', m({ ext: { a: ['\ud800'] } }), '/ext'), bad('ext with a lone surrogate in a name', m({ ext: { '\ud800': 1 } }), '/ext'),
  bad('embargo scope with a lone surrogate', m({ embargo: { id: 'e1', scope: '\ud800' } }), '/embargo/scope'), bad('report title with a lone surrogate', m({ report: { id: 'r1', title: '\udfff' } }), '/report/title'),
  // Fields that an object could be lent by its prototype.
  bad('fields lent by __proto__', { ...without(least, 'at'), ...parsed('{"__proto__":{"at":"2026-01-05"}}') }, '/at'),
  bad('embargo id lent by __proto__', m({ embargo: parsed('{"__proto__":{"id":"e1"}}') }), '/embargo/id'),
  // What holds between fields, looked at once the form is right.
  bad('the sender among the recipients', m({ to: ['v', 'r'] }), '/to/1'), bad('only to itself', m({ to: ['r'] }), '/to/0'), bad('in reply to itself', m({ inReplyTo: 'm1' }), '/inReplyTo'),
  bad('after itself', m({ after: ['m0', 'm1'] }), '/after/1'), bad('three of these at once', m({ to: ['r'], types: ['EP', 'RS'], inReplyTo: 'm1' }), '/to/0', '/types', '/inReplyTo'),
  bad('faults of form come first', m({ to: ['r'], types: ['EP', 'RS'], at: 'soon' }), '/at'),
]

const someone: Fields = { id: 'v', roles: ['vendor'], rm: 'Start', em: 'None', cs: 'vfdpxa' }
const p = (fields: Fields): Fields => ({ ...someone, ...fields })
const rm = ['Start', 'Received', 'Invalid', 'Valid', 'Deferred', 'Accepted', 'Closed']
const em = ['None', 'Proposed', 'Active', 'Revise', 'Exited']

const participants = (): readonly Case[] => [
  ok('least', someone), ...rm.map((state) => ok(`rm ${state}`, p({ rm: state }))), ...em.map((state) => ok(`em ${state}`, p({ em: state }))),
  ...['vfdpxa', 'vfdPxa', 'vfdpXA', 'VfdpXa', 'VFdPXA', 'VFDPXA'].map((cs) => ok(`vendor ${cs}`, p({ cs }))),
  ...['dpxa', 'DpXa', 'DPXA'].map((cs) => ok(`deployer ${cs}`, p({ roles: ['deployer'], cs }))), ...['pxa', 'pXa', 'PXA'].map((cs) => ok(`observer ${cs}`, p({ roles: ['observer'], cs }))),
  ok('finder and reporter', p({ roles: ['finder', 'reporter'], cs: 'pxa' })), ok('coordinator', p({ roles: ['coordinator'], cs: 'pxa' })), ok('coordinator and deployer', p({ roles: ['coordinator', 'deployer'], cs: 'dpxa' })),
  ok('vendor and deployer', p({ roles: ['deployer', 'vendor'] })), ok('all roles', p({ roles: ['finder', 'reporter', 'vendor', 'coordinator', 'deployer', 'observer'] })),
  ok('unknown field', p({ name: 'Acme' }), someone), ok('unknown field __proto__', { ...someone, ...parsed('{"__proto__":{"x":1}}') }, someone), ok('id of 512 characters', p({ id: 'i'.repeat(512) })),
  bad('null', null, ''), bad('a list', [], ''), bad('a notation', '(S,N,vfdpxa)', ''), bad('nothing in it', {}, '/id', '/roles', '/rm', '/em', '/cs'),
  ...Object.keys(someone).flatMap((name) => [bad(`without ${name}`, without(someone, name), `/${name}`), bad(`${name} null`, p({ [name]: null }), `/${name}`)]),
  bad('id empty', p({ id: '' }), '/id'), bad('id with a lone surrogate', p({ id: '\ud800' }), '/id'), bad('roles none', p({ roles: [] }), '/roles'), bad('roles a text', p({ roles: 'vendor' }), '/roles'),
  bad('roles unknown', p({ roles: ['supplier'] }), '/roles/0'), bad('roles the same twice', p({ roles: ['vendor', 'vendor'] }), '/roles/1'), bad('roles constructor', p({ roles: ['constructor'] }), '/roles/0'),
  bad('rm a letter', p({ rm: 'S' }), '/rm'), bad('rm in lower case', p({ rm: 'start' }), '/rm'), bad('rm of another machine', p({ rm: 'None' }), '/rm'), bad('rm toString', p({ rm: 'toString' }), '/rm'),
  bad('em as printed', p({ em: 'eXited' }), '/em'), bad('em a letter', p({ em: 'N' }), '/em'), bad('em a number', p({ em: 0 }), '/em'),
  bad('cs in no order', p({ cs: 'fvdpxa' }), '/cs'), bad('cs that skips', p({ cs: 'vFdpxa' }), '/cs'), bad('cs D before F', p({ cs: 'VfDpxa' }), '/cs'), bad('cs too short', p({ cs: 'vfd' }), '/cs'), bad('cs with spaces', p({ cs: 'vfd pxa' }), '/cs'),
  bad('a vendor with three letters', p({ cs: 'pxa' }), '/cs'), bad('a vendor with four letters', p({ cs: 'dpxa' }), '/cs'), bad('an observer with six letters', p({ roles: ['observer'] }), '/cs'),
  bad('a deployer with three letters', p({ roles: ['deployer'], cs: 'pxa' }), '/cs'), bad('a deployer with six letters', p({ roles: ['deployer'] }), '/cs'), bad('a vendor and deployer with four letters', p({ roles: ['vendor', 'deployer'], cs: 'dpxa' }), '/cs'),
  bad('faults of form come first', p({ rm: 'start', cs: 'pxa' }), '/rm'),
]

const header: Fields = { log: 1, protocol: 'adopted@1', case: 'c1', participants: [], world: 'open' }
const h = (fields: Fields): Fields => ({ ...header, ...fields })
const [r, v] = [{ id: 'r', roles: ['reporter'] }, { id: 'v', roles: ['vendor'] }]
const fullHeader = h({
  participants: [{ ...r, start: '(A,N,pxa)', aliases: ['reporter@example.org'] }, v], as: 'v', title: 'a case', ext: { any: 1 }, owner: 'v', manager: 'r', projection: 'v', decision: 'unanimous', order: 'manager',
  inherits: { from: ['c0'], siblings: ['c2'], embargo: { id: 'e1', end: '2026-04-05' }, signed: ['v'] },
})
const at = '2026-01-05'
const entries: Readonly<Record<string, Fields>> = {
  message: least, receipt: { message: 'm1', by: 'v' }, local: { by: 'v', event: 'validate', at }, membership: { by: 'v', participant: 'w', change: 'leaves', at },
  observation: { event: 'P', at, source: 'a list' }, stamp: { by: 'v', entry: 'm1', sequence: 1, at }, correction: { by: 'v', of: 'm1', change: 'retracts', at },
}
const fullEntries: Readonly<Record<string, Fields>> = {
  message: full, receipt: { message: 'm1', by: 'v', at }, local: { by: 'v', event: 'learn X', at, id: 'l1', after: ['m1'], reason: 'public-source', cause: 'observed', product: 'router', note: 'n', ext: {} },
  membership: { by: 'v', participant: 'w', change: 'joins', at, id: 'j1', roles: ['vendor'], start: '(R,N,Vfdpxa)', after: [], note: 'n', ext: {} },
  observation: { event: 'em.terminate', at, source: 'a page', id: 'o1', about: 'v', after: ['m1'], note: 'n', ext: {} }, stamp: { by: 'v', entry: 'm1', sequence: 9, at, id: 's1', note: 'n' },
  correction: { by: 'v', of: 'm1', change: 'corrects', at, id: 'k1', moment: '2026-01-04/2026-01-05', digest: 'sha256:00', after: ['m1'], note: 'n', ext: {} },
}
const one = (kind: string, fields: Fields = {}): Fields => ({ [kind]: { ...entries[kind], ...fields } })
const observed = ['V', 'F', 'D', 'rm.receive', 'rm.validate', 'rm.invalidate', 'rm.accept', 'rm.defer', 'rm.close', 'em.propose', 'em.accept', 'em.reject', 'em.terminate']
const events = ['discover', 'validate', 'invalidate', 'accept', 'defer', 'close', 'learn P', 'learn X', 'learn A', 'aware', 'expire', 'ready', 'deployed']

const headers = (): readonly Case[] => [
  ok('least', header), ok('all fields', fullHeader), ok('published', h({ protocol: 'published@1' })), ok('closed world', h({ world: 'closed' })), ok('two participants', h({ participants: [r, v] })),
  ok('owner who is not in the case', h({ owner: 'org' })), ok('unknown field', h({ made: 'by hand' }), header), ok('unknown field of a participant', h({ participants: [{ ...v, name: 'Acme' }] }), h({ participants: [v] })),
  bad('null', null, ''), bad('nothing in it', {}, '/log', '/protocol', '/case', '/participants', '/world'), ...Object.keys(header).map((name) => bad(`without ${name}`, without(header, name), `/${name}`)),
  bad('log 2', h({ log: 2 }), '/log'), bad('log true', h({ log: true }), '/log'), bad('protocol without edition', h({ protocol: 'adopted' }), '/protocol'), bad('protocol of another edition', h({ protocol: 'adopted@2' }), '/protocol'),
  bad('world unknown', h({ world: 'flat' }), '/world'), bad('participants an object', h({ participants: {} }), '/participants'), bad('participant without roles', h({ participants: [{ id: 'v' }] }), '/participants/0/roles'),
  bad('the same participant twice', h({ participants: [v, r, { id: 'v', roles: ['observer'] }] }), '/participants/2/id'), bad('as somebody unknown', h({ participants: [v], as: 'w' }), '/as'),
  bad('start in another shape', h({ participants: [{ ...v, start: '(A,N,pxa)' }] }), '/participants/0/start'), bad('start in no notation', h({ participants: [{ ...v, start: 'Accepted' }] }), '/participants/0/start'),
  bad('decision unknown', h({ decision: 'majority' }), '/decision'), bad('order unknown', h({ order: 'time' }), '/order'), bad('inherits without from', h({ inherits: {} }), '/inherits/from'),
  bad('inherits an embargo without id', h({ inherits: { from: ['c0'], embargo: {} } }), '/inherits/embargo/id'), bad('title a number', h({ title: 1 }), '/title'),
]

const logEntries = (): readonly Case[] => [
  ...Object.keys(entries).map((kind) => ok(`${kind}, least`, one(kind))), ...Object.entries(fullEntries).map(([kind, value]) => ok(`${kind}, all fields`, { [kind]: value })),
  ...events.map((event) => ok(`local ${event}`, one('local', { event }))), ...['P', 'X', 'A'].map((event) => ok(`observation ${event}`, one('observation', { event }))),
  ...observed.map((event) => ok(`observation ${event} about somebody`, one('observation', { event, about: 'v' }))), ...observed.map((event) => bad(`observation ${event} about nobody`, one('observation', { event }), '/observation/about')),
  ...['leaves', 'excluded', 'withdraws'].map((change) => ok(`membership ${change}`, one('membership', { change }))), ...['joins', 'roles'].map((change) => bad(`membership ${change} without roles`, one('membership', { change }), '/membership/roles')),
  ok('correction erases', one('correction', { change: 'erases', digest: 'sha256:00' })), ok('unknown field', one('receipt', { colour: 1 }), one('receipt')),
  bad('null', null, ''), bad('a text', 'P', ''), bad('nothing in it', {}, ''), bad('of no kind', { event: 'P' }, ''), bad('of two kinds', { ...one('message'), ...one('receipt') }, ''), bad('of a kind named constructor', { constructor: {} }, ''),
  ...Object.keys(entries).map((kind) => bad(`${kind} null`, { [kind]: null }, `/${kind}`)),
  ...Object.entries(entries).flatMap(([kind, value]) => Object.keys(value).map((name) => bad(`${kind} without ${name}`, { [kind]: without(value, name) }, `/${kind}/${name}`))),
  bad('message to its sender', one('message', { to: ['r'] }), '/message/to/0'), bad('message out of order', one('message', { types: ['EP', 'RS'] }), '/message/types'),
  bad('local unknown', one('local', { event: 'propose' }), '/local/event'), bad('local toString', one('local', { event: 'toString' }), '/local/event'), bad('membership change unknown', one('membership', { change: 'pauses' }), '/membership/change'),
  bad('membership start in another shape', one('membership', { change: 'joins', roles: ['observer'], start: '(R,N,Vfdpxa)' }), '/membership/start'), bad('membership with no role', one('membership', { change: 'joins', roles: [] }), '/membership/roles'),
  bad('observation unknown', one('observation', { event: 'rm.reopen', about: 'v' }), '/observation/event'), bad('stamp 0', one('stamp', { sequence: 0 }), '/stamp/sequence'), bad('stamp 1.5', one('stamp', { sequence: 1.5 }), '/stamp/sequence'),
  bad('stamp a text', one('stamp', { sequence: '1' }), '/stamp/sequence'), bad('correction change unknown', one('correction', { change: 'undoes' }), '/correction/change'), bad('correction moment impossible', one('correction', { moment: '2026-02-30' }), '/correction/moment'),
  bad('receipt at no moment', one('receipt', { at: 'yesterday' }), '/receipt/at'),
]

const distinct = (cases: readonly Case[]): readonly Case[] => {
  const ids = new Set(cases.map(({ id }) => id))
  if (ids.size !== cases.length) throw new Error(`two cases are called ${cases.find((one, index) => cases.findIndex(({ id }) => id === one.id) !== index)?.id ?? ''}`)
  return cases
}

export const codec = (): object => ({
  vectors: 1, kind: 'codec', level: 'L1', title: 'Messages, participants, and lines of logs to be read: what is read of them, or where the faults are',
  messages: distinct(messages()), participants: distinct(participants()),
  lines: [...distinct(headers()).map((each) => ({ ...each, read: 'header' })), ...distinct(logEntries()).map((each) => ({ ...each, read: 'entry' }))],
})
