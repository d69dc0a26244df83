/**
 * Properties of single steps: what no participant does, whoever the others are and whatever they do.
 *
 * Those that are about what messages mean are in `message-properties.ts`. Here is what goes wrong between two who both keep the
 * rules, what keeps embargoes and what is public apart, and what the machines themselves must not do.
 *
 * @module
 */
import { type MessageType, messageTypes } from '../protocol/message.js'
import { acknowledged, errors, forbidden, movesAsAsked, movesItsOwn, owesItsOwn, saysWhatIs, saysWhatItDoes, statedBy, told } from './message-properties.js'
import type { StepProperty } from './property.js'
import { isEngaged, isOut, lasts } from './standing.js'

/** A message that nobody foresaw there: no row is about its receipt. What Brand and Zafiropulo call an unspecified reception. */
export const unspecifiedReception: StepProperty = {
  kind: 'step', id: 'unspecified-reception', says: 'Every message that arrives has a row in the state that it arrives in.',
  source: ['Brand and Zafiropulo 1983', 'FI:46', 'ST-07'],
  violated: ({ unspecified }) => unspecified,
}

/** Two who both keep the rules, and yet one calls the other's message an error. */
export const errorAnswered: StepProperty = {
  kind: 'step', id: 'error-answered', says: 'Nothing that its sender is allowed to send is answered with an error.',
  source: ['Brand and Zafiropulo 1983', 'VP-03-010', 'FT:138', 'FT:244', 'FM:220', 'FM:230', 'FM:238'],
  violated: ({ replies, types, way }) => way === 'received' && !types.some((type) => errors.includes(type)) && replies.some((type) => errors.includes(type)),
}

/** A rule asks for something that no rule lets its debtor send. Whoever has closed owes no answers any more (VP-03-013). */
export const unsendableReply: StepProperty = {
  kind: 'step', id: 'unsendable-reply', says: 'What an engaged participant owes it may send.',
  source: ['ST-07', 'D-CS-14', 'L-02'],
  violated: ({ after, unsendable }) => isEngaged(after) && unsendable.length > 0,
}

const news: ReadonlyArray<MessageType> = ['ER', 'ET', 'CP', 'CX', 'CA']

/** Whoever leaves while the others do not know yet what is public or that an embargo has ended can no longer tell them. */
export const leavesUnsaid: StepProperty = {
  kind: 'step', id: 'leaves-unsaid', says: 'Nobody closes the report while it still owes the others the news that an embargo has ended, or of what is public.',
  source: ['VP-03-012', 'EMB-16-001', 'CSB-12-001', 'CSB-12-003', 'CSB-14-004'],
  violated: ({ after, before, unsendable }) => isEngaged(before) && !isEngaged(after) && unsendable.some((type) => news.includes(type)),
}

/** The report goes out from those who work on it. */
export const reportFromAccepted: StepProperty = {
  kind: 'step', id: 'report-from-accepted', says: 'Only who has accepted a report sends it to others.',
  source: ['VP-03-001', 'RMB-13-001', 'FT:110'],
  violated: ({ before, types, way }) => way === 'sent' && types.includes('RS') && before.rm !== 'Accepted',
}

/** Nobody is bound by an embargo, or keeps a proposal of one open, once it knows that there is nothing left to keep secret. For P and X that is a MUST, for A a SHOULD (VP-11-006). Asked of the steps that are about embargoes or about what is public: those that bring the one or the other about. */
export const boundAfterPublic: StepProperty = {
  kind: 'step', id: 'bound-after-public', says: 'Nobody stays under an embargo, or keeps a proposal open, after a step by which it knows P, X or A.',
  source: ['VP-09-001', 'VP-11-002', 'VP-11-006', 'VP-14-001', 'VP-14-002', 'EMB-16-001', 'CSB-12-001', 'CSB-13-002', 'CSB-14-001'],
  violated: ({ after, event, types }) => {
    const concerns = event?.startsWith('learn') === true || types.some((type) => /^(?:em\.|cs\.[PXA])/.test(statedBy.get(type)?.fires ?? ''))
    return concerns && isEngaged(after) && isOut(after) && (after.em === 'Proposed' || after.em === 'Active' || after.em === 'Revise')
  },
}

/** No embargo is sought, and none begins, where it can keep nothing secret. */
export const embargoBeginsPublic: StepProperty = {
  kind: 'step', id: 'embargo-begins-public', says: 'Whoever knows P, X or A proposes and accepts no embargo, and none begins for it.',
  source: ['VP-06-001', 'VP-11-001', 'VP-14-003', 'EMB-01-002', 'EMB-02-002', 'EMB-13-002', 'CSB-12-002', 'CSB-13-003', 'CSB-14-003'],
  violated: ({ before, fired, types, way }) => isEngaged(before) && isOut(before) && (
    fired.some(({ event, machine }) => machine === 'em' && (event === 'propose' || event === 'accept')) ||
    (way === 'sent' && types.some((type) => type === 'EP' || type === 'EA' || type === 'EV' || type === 'EC'))),
}

/** A vendor is aware before it has a fix, and has a fix before it is deployed; who deploys the fix of others has only the last of these. */
export const pathOrder: StepProperty = {
  kind: 'step', id: 'path-order', says: 'V comes before F, and F before D.',
  source: ['ST-14', 'CSB-17-006', 'CSB-17-007', 'CSM:42'],
  violated: ({ before, fired }) => {
    const path = before.cs.slice(0, -3)
    const had = (letter: string, place: number): boolean => path.includes(letter) || fired.slice(0, place).some(({ event, machine }) => machine === 'cs' && event === letter)
    return fired.some(({ event, machine }, place) => machine === 'cs' && ((event === 'F' && !had('V', place)) || (event === 'D' && path.length === 3 && !had('F', place))))
  },
}

/** Fixes come from work on the report. Deployment may be put off together with it (D-CS-11). */
export const fixInHand: StepProperty = {
  kind: 'step', id: 'fix-in-hand', says: 'A fix becomes ready only in Accepted, and is deployed only in Accepted or Deferred.',
  source: ['ST-10', 'ST-11', 'REC:121', 'D-CS-11'],
  violated: ({ before, fired }) => fired.some(({ event, machine }) => machine === 'cs' && (
    (event === 'F' && before.rm !== 'Accepted') || (event === 'D' && before.rm !== 'Accepted' && before.rm !== 'Deferred'))),
}

/** What has happened has happened: letters rise, one with each event, and none falls. */
export const lettersRise: StepProperty = {
  kind: 'step', id: 'letters-rise', says: 'Each event of the case state raises its letter, nothing else raises one, and none falls.',
  source: ['CSB-17-002', 'CSB-17-008', 'ST-03'],
  violated: ({ after, before, fired }) => {
    const risen = fired.flatMap(({ event, machine }) => (machine === 'cs' ? [event] : []))
    return Array.from(before.cs).some((letter, place) => {
      const upper = letter.toUpperCase()
      const [was, is] = [letter === upper, after.cs[place] === upper]
      return was ? !is : is !== risen.some((event) => event === upper)
    })
  },
}

/** A vendor knows what the public knows, and the public knows of what there is an exploit for: states in which that is not so yet are left at once. */
export const passesThrough: StepProperty = {
  kind: 'step', id: 'passes-through', says: 'No step of an engaged participant leaves it in a case state that may only be passed through.',
  source: ['CSB-17-003', 'CSB-17-009', 'CSB-17-012', 'CSB-13-001', 'ST-15', 'ST-16'],
  violated: ({ after }) => isEngaged(after) && !lasts(after),
}

/** A vendor learns of the vulnerability by a report, or has one then. */
export const awareHasReport: StepProperty = {
  kind: 'step', id: 'aware-has-report', says: 'Whoever becomes aware as a vendor has received the report.',
  source: ['RMB-01-002', 'FT:131', 'FT:288', 'D-CS-06'],
  violated: ({ after, fired }) => after.rm === 'Start' && fired.some(({ event, machine }) => machine === 'cs' && event === 'V'),
}

/** Closed is the end: nothing moves who has closed the report, it answers nothing but inquiries, and it no longer speaks of embargoes or the case state. */
export const closedAbsorbs: StepProperty = {
  kind: 'step', id: 'closed-absorbs', says: 'Nothing moves who has closed the report; it answers inquiries alone, and speaks no more of embargoes or the case state.',
  source: ['ST-04', 'FT:130', 'FT:196-207', 'FT:289-302', 'VP-03-013', 'RMB-14-002'],
  violated: ({ after, before, owed, replies, types, way }) => !isEngaged(before) && (
    after.rm !== before.rm || after.em !== before.em || after.cs !== before.cs ||
    (way === 'sent' && types.some((type) => messageTypes[type].family === 'em' || messageTypes[type].family === 'cs' || (!owed && messageTypes[type].family === 'general'))) ||
    (way === 'received' && replies.length > 0 && types.some((type) => messageTypes[type].family !== 'general'))),
}

/** Every property of single steps, in the order of a reader: what goes wrong between two, what requirements ask, what keeps embargoes and secrets apart, what machines are. */
export const stepProperties: ReadonlyArray<StepProperty> = [
  unspecifiedReception, errorAnswered, unsendableReply, leavesUnsaid,
  saysWhatIs, saysWhatItDoes, movesAsAsked, acknowledged, told, forbidden, movesItsOwn, owesItsOwn,
  boundAfterPublic, embargoBeginsPublic, reportFromAccepted, fixInHand, awareHasReport, pathOrder, lettersRise, passesThrough, closedAbsorbs,
]
