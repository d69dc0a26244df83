/**
 * The adopted protocol, written a second time and as plainly as possible: the "dumb twin" of the
 * step function, used as an oracle and for nothing else.
 *
 * It was written from the documents alone, without reading `src/`: the transition tables of
 * CERTCC/Vultron (`FT n` is line n of docs/reference/formal_protocol/transitions.md, `NEG n` of
 * docs/topics/process_models/em/negotiating.md), the errata (`D-…` in docs/errata.md), what the
 * pages on messages and logs promise (`contract`: docs/messages.md, docs/log.md, docs/step.md), and
 * the decisions listed here, for which docs/decisions/ gives the reasons (`decision n`). Every branch names the one it follows. Where those leave something open
 * the comment says `open`.
 *
 *  1 Whose own EM changes because of P, X or A announces it: ER from Proposed, ET from Active or Revise.
 *  2 An ephemeral state is left first: P, with CP due, then V, with CV due, each with all it entails.
 *  3 An embargo that P, X or A should have ended is ended after the row of any E* but EE and EK.
 *  4 `existing` and `answers` tell a newcomer's or a late answer from an unexpected one.
 *  5 EK is optional beside a required ER or ET, but not where EE is required.
 *  6 EP needs pxa; ER may be sent from None, as an answer also from Exited; ET again from Exited.
 *  7 R* that cites a silent step may be sent in the state which that step reached; it changes nothing.
 *  8 In Closed nothing changes; RK is optional, but acknowledgements get nothing.
 *  9 Of C*, Closed is looked at first, then a relayed state, then the role, then the row.
 * 10 [CX,CP] is one row, both ways: X and P from px, X from Px, nothing from PX; it makes no CP due.
 * 11 RS accepts a proposal only where it names the one that it answers; both ways.
 * 12 Events are listed by machine, RM, CS, EM, including those that lead back to the same state.
 * 13 What has no branch here has no row.
 *
 * Keep it dumb: if and switch, family by family, no tables, no imports. Do not "fix" it to agree
 * with the library: find out which of the two the documents support.
 */

export interface Cell {
  way: 'sent' | 'received'
  /** One of the 28 types, or 'CX+CP': the bundle [CX,CP], handled as one row. */
  type: string
  /** Subset of finder reporter vendor coordinator deployer observer. */
  roles: readonly string[]
  /** Start Received Invalid Valid Deferred Accepted Closed */
  rm: string
  /** None Proposed Active Revise Exited */
  em: string
  /** Six letters for a vendor, four (dpxa) for a deployer that is no vendor, three (pxa) for all others. */
  cs: string
  subject: 'own' | 'other'
  cause: 'own' | 'observed' | 'none'
  /** The message has inReplyTo. */
  reply: boolean
  /** embargo.existing */
  existing: boolean
  /** embargo.answers names a proposal, and the message contains no EP. */
  answers: boolean
}

export type Result =
  | { left: 'no-row' | 'role' | 'subject' | 'bundle' | 'unspecified' }
  | {
      rm: string
      em: string
      cs: string
      /** All rm events, then cs, then em, each in the order in which they happened. */
      fired: string[]
      /** Required: responses of a receiver, and what either side now has to announce. Sorted set. */
      replies: string[]
      /** May be sent and conforms. Sorted set, disjoint from `replies`. */
      optional: string[]
    }

// ------------------------------------------------------------------------------------------------
// What a step changes while it runs
// ------------------------------------------------------------------------------------------------

interface Step {
  rm: string
  em: string
  cs: string
  rmFired: string[]
  csFired: string[]
  emFired: string[]
  replies: Set<string>
  optional: Set<string>
}

/** A row applied, or the kind of the refusal. */
type Applied = 'ok' | 'no-row' | 'role'

/** No information, no exploit and no attack is public or known: an embargo is viable. */
function embargoViable(step: Step): boolean {
  return step.cs.endsWith('pxa')
}

/** The letter as given (upper or lower case) is in the case state. */
function has(step: Step, letter: string): boolean {
  return step.cs.includes(letter)
}

function isVendorShape(step: Step): boolean {
  return step.cs.length === 6 // contract: any vendor has six letters
}

// --- single events ---

function fireRm(step: Step, event: string, next: string): void {
  step.rm = next
  step.rmFired.push('rm.' + event)
}

function fireEm(step: Step, event: string, next: string): void {
  step.em = next
  step.emFired.push('em.' + event)
}

function fireCs(step: Step, event: 'V' | 'F' | 'D' | 'P' | 'X' | 'A'): void {
  step.cs = step.cs.replace(event.toLowerCase(), event)
  step.csFired.push('cs.' + event)
}

// --- events with what they entail ---

/** Whoever's own EM changes because of P, X or A announces it: ER from Proposed, ET from Active or Revise. */
function endEmbargo(step: Step): void {
  if (step.em === 'Proposed') {
    fireEm(step, 'reject', 'None') // FT 292, 295, 298, 301, 318, 322, 327; D-CS-07
    step.replies.add('ER') // D-EM-23, decision 1
  } else if (step.em === 'Active' || step.em === 'Revise') {
    fireEm(step, 'terminate', 'Exited') // FT 293, 296, 299, 302, 319, 323, 328; D-CS-07
    step.replies.add('ET') // D-EM-23, decision 1
  }
}

/** The vendor becomes aware. Its announcement is CV. */
function vendorAware(step: Step): void {
  fireCs(step, 'V') // FT 131, 132, 288; D-CS-06
  step.replies.add('CV') // D-RM-11: CV once, on the V edge; D-CS-06
  if (step.rm === 'Start') {
    fireRm(step, 'receive', 'Received') // FT 131, 288; D-CS-06, D-CS-09
  }
}

/** P happens; `announce` says whether this participant has to tell the others with CP. */
function publicAware(step: Step, announce: boolean): void {
  fireCs(step, 'P') // FT 291-296, 318-320, 322-324
  if (announce) {
    step.replies.add('CP') // D-CS-03, decision 2
  }
  endEmbargo(step) // FT 292, 293, 318, 319, decision 2
  if (isVendorShape(step) && has(step, 'v')) {
    vendorAware(step) // D-CS-06: vP is left at once by V
  }
}

/** X happens; while p it forces P (X first, then P). */
function exploitPublic(step: Step, announceP: boolean): void {
  fireCs(step, 'X') // FT 294-299, 322-325
  endEmbargo(step) // FT 298, 299, D-CS-07
  if (has(step, 'p')) {
    publicAware(step, announceP) // FT 294-296, 322-324; D-CS-04, D-CS-05
  }
}

/** A happens. P stays as it is. */
function attacksObserved(step: Step): void {
  fireCs(step, 'A') // FT 300-302, 327-330; D-CS-01
  endEmbargo(step) // FT 301, 302, 327, 328; D-CS-07, D-EM-22
}

/** Before the row is looked up, an ephemeral state is left by its forced events. Not in Closed. */
function leaveEphemeralState(step: Step, type: string): void {
  if (step.rm === 'Closed') {
    return // contract: the triple never changes in Closed; decision 8
  }
  if (has(step, 'p') && has(step, 'X')) {
    publicAware(step, type !== 'CX+CP') // D-CS-05, D-CS-31, D-CS-32; no CP beside CX+CP: decisions 2, 10
  }
  if (isVendorShape(step) && has(step, 'v') && has(step, 'P')) {
    vendorAware(step) // D-CS-06, decision 2
  }
}

// ------------------------------------------------------------------------------------------------
// Sending
// ------------------------------------------------------------------------------------------------

function sendR(step: Step, cell: Cell): Applied {
  switch (cell.type) {
    case 'RS':
      if (step.rm === 'Accepted') {
        tacitAcceptance(step, cell) // D-EM-25, decision 11
        return 'ok' // FT 110, D-RM-03
      }
      return 'no-row' // FT 110

    case 'RI':
      if (step.rm === 'Received') {
        fireRm(step, 'invalidate', 'Invalid') // FT 111 with D-RM-01: not from Valid
        return 'ok'
      }
      if (step.rm === 'Invalid' && cell.reply) {
        return 'ok' // decision 7: late announcement of a silent change
      }
      return 'no-row' // D-RM-01, D-RM-02

    case 'RV':
      if (step.rm === 'Received' || step.rm === 'Invalid') {
        fireRm(step, 'validate', 'Valid') // FT 112
        return 'ok'
      }
      if (step.rm === 'Valid' && cell.reply) {
        return 'ok' // decision 7
      }
      return 'no-row' // FT 112

    case 'RD':
      if (step.rm === 'Valid' || step.rm === 'Accepted') {
        fireRm(step, 'defer', 'Deferred') // FT 113
        return 'ok'
      }
      if (step.rm === 'Deferred' && cell.reply) {
        return 'ok' // decision 7
      }
      return 'no-row' // FT 113, D-RM-13

    case 'RA':
      if (step.rm === 'Valid' || step.rm === 'Deferred') {
        fireRm(step, 'accept', 'Accepted') // FT 114
        return 'ok'
      }
      if (step.rm === 'Accepted' && cell.reply) {
        return 'ok' // decision 7
      }
      return 'no-row' // FT 114

    case 'RC':
      if (step.rm === 'Invalid' || step.rm === 'Deferred' || step.rm === 'Accepted') {
        fireRm(step, 'close', 'Closed') // FT 115, D-RM-05
        return 'ok'
      }
      if (step.rm === 'Closed' && cell.reply) {
        return 'ok' // decision 7
      }
      return 'no-row' // FT 115, D-RM-05: never from Valid or Received

    case 'RE':
      return 'ok' // FT 116, also from Closed: D-RM-09

    case 'RK':
      return 'ok' // FT 117, also from Closed: D-RM-09

    default:
      return 'no-row' // decision 13
  }
}

function sendE(step: Step, cell: Cell): Applied {
  if (step.rm === 'Closed') {
    return 'no-row' // FT 196-207: every row needs not-C
  }
  switch (cell.type) {
    case 'EP':
      if (!embargoViable(step)) {
        return 'no-row' // FT 196, 197, 149; decision 6
      }
      if (step.em === 'None' || step.em === 'Proposed') {
        fireEm(step, 'propose', 'Proposed') // FT 196, 197
        return 'ok'
      }
      if ((step.em === 'Active' || step.em === 'Revise') && cell.existing) {
        return 'ok' // D-EM-08: the embargo in force, proposed to a newcomer
      }
      return 'no-row' // FT 196, 197; Exited: D-EM-17

    case 'EA':
      if (embargoViable(step) && step.em === 'Proposed') {
        fireEm(step, 'accept', 'Active') // FT 198, D-EM-02
        return 'ok'
      }
      return 'no-row' // FT 198

    case 'EV':
      if (embargoViable(step) && (step.em === 'Active' || step.em === 'Revise')) {
        fireEm(step, 'propose', 'Revise') // FT 199, 200, D-EM-01
        return 'ok'
      }
      return 'no-row' // FT 199, 200, D-EM-03

    case 'EJ':
      if (embargoViable(step) && step.em === 'Revise') {
        fireEm(step, 'reject', 'Active') // FT 201
        return 'ok'
      }
      return 'no-row' // FT 201

    case 'EC':
      if (embargoViable(step) && step.em === 'Revise') {
        fireEm(step, 'accept', 'Active') // FT 202
        return 'ok'
      }
      return 'no-row' // FT 202

    case 'ER':
      if (step.em === 'Proposed') {
        fireEm(step, 'reject', 'None') // FT 203
        return 'ok'
      }
      if (step.em === 'None') {
        return 'ok' // D-EM-09, contract, decision 6
      }
      if (step.em === 'Exited' && cell.reply) {
        return 'ok' // D-EM-10: the ER required there must be sendable; decision 6
      }
      return 'no-row' // FT 203

    case 'ET':
      if (step.em === 'Active' || step.em === 'Revise') {
        fireEm(step, 'terminate', 'Exited') // FT 204, 205
        return 'ok'
      }
      if (step.em === 'Exited') {
        return 'ok' // contract, decision 6
      }
      return 'no-row' // FT 204, 205

    case 'EK':
      return 'ok' // FT 206

    case 'EE':
      return 'ok' // FT 207

    default:
      return 'no-row' // decision 13
  }
}

function sendC(step: Step, cell: Cell): Applied {
  if (step.rm === 'Closed') {
    return 'no-row' // FT 289-302, D-CS-09, D-CS-14: not-C; before the role test: decision 9
  }
  switch (cell.type) {
    case 'CV':
      if (cell.subject === 'other') {
        return 'ok' // D-CS-10: hearsay, no edge of the sender's own; decision 9
      }
      if (!cell.roles.includes('vendor')) {
        return 'role' // D-CS-09, decision 9
      }
      if (has(step, 'V')) {
        return 'ok' // contract: letter already set
      }
      vendorAware(step) // FT 288 with D-CS-09: in any RM but Closed, r only from Start
      return 'ok'

    case 'CF':
      if (cell.subject === 'other') {
        return 'ok' // D-CS-10, decision 9
      }
      if (!cell.roles.includes('vendor')) {
        return 'role' // D-CS-12
      }
      if (has(step, 'F')) {
        return 'ok' // contract: letter already set
      }
      if (has(step, 'V') && step.rm === 'Accepted') {
        fireCs(step, 'F') // FT 289 with D-CS-11
        return 'ok'
      }
      return 'no-row' // FT 289 (needs Vfd), D-CS-11 (needs Accepted)

    case 'CD':
      if (cell.subject === 'other') {
        return 'ok' // D-CS-10, decision 9
      }
      if (!cell.roles.includes('deployer')) {
        return 'role' // D-CS-12
      }
      if (has(step, 'D')) {
        return 'ok' // contract: letter already set
      }
      if (step.rm !== 'Accepted' && step.rm !== 'Deferred') {
        return 'no-row' // D-CS-11, decision 9
      }
      if (isVendorShape(step) && !has(step, 'F')) {
        return 'no-row' // FT 290: needs VFd
      }
      fireCs(step, 'D') // FT 290; four letters d to D: D-CS-13
      return 'ok'

    case 'CP':
      if (has(step, 'p')) {
        publicAware(step, false) // FT 291-293: the message is the announcement
        return 'ok'
      }
      endEmbargo(step) // D-CS-07: a re-announcement repairs
      return 'ok' // D-CS-16

    case 'CX':
      if (has(step, 'X')) {
        endEmbargo(step) // D-CS-07
        return 'ok' // D-CS-16
      }
      if (has(step, 'P')) {
        exploitPublic(step, false) // FT 297-299: P is there, so nothing is forced
        return 'ok'
      }
      return 'no-row' // D-CS-33: from px it takes CX+CP; decision 10

    case 'CX+CP':
      if (has(step, 'x')) {
        exploitPublic(step, false) // FT 294-296 from px, decision 10 from Px
        return 'ok'
      }
      endEmbargo(step) // D-CS-07
      return 'ok' // D-CS-16, decision 10 from PX

    case 'CA':
      if (has(step, 'a')) {
        attacksObserved(step) // FT 300-302
        return 'ok'
      }
      endEmbargo(step) // D-CS-07
      return 'ok' // D-CS-16

    case 'CK':
      return 'ok' // D-CS-14

    case 'CE':
      return 'ok' // D-CS-14

    default:
      return 'no-row' // decision 13
  }
}

function sendG(cell: Cell): Applied {
  switch (cell.type) {
    case 'GI':
      return 'ok' // FT 358
    case 'GK':
      return 'ok' // FT 359
    case 'GE':
      return 'ok' // FT 360
    default:
      return 'no-row' // decision 13
  }
}

/** A sender does not owe what it is just sending (open: D-EM-23 "once", D-CS-09, D-CS-32). */
function dischargeDues(step: Step, cell: Cell): void {
  if (cell.type === 'CP') {
    step.replies.delete('CP') // D-CS-32: CP from pX is the forced P step
  }
  if (cell.type === 'CV' && cell.subject === 'own') {
    step.replies.delete('CV') // D-CS-09: CV is the announcement emitted by the V step
  }
  if (cell.type === 'ER') {
    step.replies.delete('ER') // D-EM-23: once
  }
  if (cell.type === 'ET') {
    step.replies.delete('ET') // D-EM-23: once
  }
}

// ------------------------------------------------------------------------------------------------
// Receiving
// ------------------------------------------------------------------------------------------------

function receiveInClosed(step: Step, cell: Cell): Applied {
  switch (cell.type) {
    case 'GI':
    case 'GK':
    case 'GE':
      return receiveG(step, cell) // D-RM-10, contract: G* is answered

    case 'RK':
    case 'EK':
    case 'CK':
      return 'ok' // FT 130; decision 8: an acknowledgement gets nothing

    case 'RS':
    case 'RI':
    case 'RV':
    case 'RD':
    case 'RA':
    case 'RC':
    case 'RE':
    case 'EP':
    case 'EA':
    case 'EV':
    case 'EJ':
    case 'EC':
    case 'ER':
    case 'ET':
    case 'EE':
    case 'CV':
    case 'CF':
    case 'CD':
    case 'CP':
    case 'CX':
    case 'CX+CP':
    case 'CA':
    case 'CE':
      step.optional.add('RK') // FT 130 with D-RM-09, D-RM-10; decision 8
      return 'ok'

    default:
      return 'no-row' // no such message type
  }
}

function receiveR(step: Step, cell: Cell): Applied {
  switch (cell.type) {
    case 'RS':
      step.replies.add('RK') // FT 131-136
      if (isVendorShape(step) && has(step, 'v')) {
        vendorAware(step) // FT 131, 132: V, CV, and r if Start; D-RM-12
      } else if (isVendorShape(step)) {
        step.optional.add('CV') // FT 133, 134 with D-RM-11: CV again is optional
      }
      if (step.rm === 'Start') {
        fireRm(step, 'receive', 'Received') // FT 133, 135
      }
      tacitAcceptance(step, cell) // D-EM-25, decision 11
      return 'ok'

    case 'RI':
    case 'RV':
    case 'RD':
    case 'RA':
    case 'RC':
      if (step.rm === 'Start') {
        step.replies.add('RE') // FT 138, D-RM-06
        step.replies.add('GI') // FT 138, D-RM-06
        return 'ok'
      }
      step.replies.add('RK') // FT 137
      return 'ok'

    case 'RE':
      step.replies.add('RK') // FT 139, D-RM-07
      step.replies.add('GI') // FT 139, D-RM-07
      return 'ok'

    case 'RK':
      return 'ok' // FT 140, D-RM-08

    default:
      return 'no-row' // no such message type
  }
}

function receiveE(step: Step, cell: Cell): Applied {
  const viable = embargoViable(step)
  switch (cell.type) {
    case 'EP':
      if (viable) {
        if (step.em === 'None' || step.em === 'Proposed') {
          fireEm(step, 'propose', 'Proposed') // FT 224; FT 225 with D-EM-05: the symbol is recorded
          step.replies.add('EK')
        } else if ((step.em === 'Active' || step.em === 'Revise') && cell.existing) {
          step.replies.add('EK') // D-EM-08, decision 4
        } else {
          step.replies.add('EE') // FT 244
        }
      } else {
        if (step.em === 'None') {
          step.replies.add('ER') // FT 235, D-EM-09
        } else if (step.em === 'Proposed') {
          fireEm(step, 'reject', 'None') // FT 236
          step.replies.add('ER') // FT 236
        } else if (step.em === 'Exited') {
          step.replies.add('ER') // D-EM-10
        } else {
          step.replies.add('EE') // D-EM-10: Active, Revise; the termination is pending
        }
      }
      break

    case 'EA':
      if (step.em === 'Proposed' && viable) {
        fireEm(step, 'accept', 'Active') // FT 226, D-EM-20
        step.replies.add('EK')
      } else if (step.em === 'Proposed') {
        fireEm(step, 'reject', 'None') // FT 237
        step.replies.add('ER') // FT 237
      } else if (step.em === 'Active') {
        step.replies.add('EK') // D-EM-06
      } else if (step.em === 'Revise') {
        step.replies.add(cell.existing ? 'EK' : 'EE') // D-EM-08, decision 4; FT 244, D-EM-02
      } else if (step.em === 'Exited') {
        step.replies.add('EK') // D-EM-07
      } else {
        step.replies.add(cell.answers ? 'EK' : 'EE') // None: D-EM-07, decision 4
      }
      break

    case 'EV':
      if (step.em === 'Active' || step.em === 'Revise') {
        if (viable) {
          fireEm(step, 'propose', 'Revise') // FT 227; FT 228 with D-EM-05, decision 12
          step.replies.add('EK')
        } else {
          fireEm(step, 'terminate', 'Exited') // FT 238, 239
          step.replies.add('ET') // FT 238, 239
        }
      } else {
        step.replies.add('EE') // FT 244
      }
      break

    case 'EJ':
      if (step.em === 'Revise') {
        if (viable) {
          fireEm(step, 'reject', 'Active') // FT 229
          step.replies.add('EK')
        } else {
          fireEm(step, 'terminate', 'Exited') // FT 240
          step.replies.add('ET') // FT 240
        }
      } else if (step.em === 'Active') {
        step.replies.add('EK') // D-EM-06
      } else {
        step.replies.add('EE') // FT 244
      }
      break

    case 'EC':
      if (step.em === 'Revise') {
        if (viable) {
          fireEm(step, 'accept', 'Active') // FT 230
          step.replies.add('EK')
        } else {
          fireEm(step, 'terminate', 'Exited') // FT 241
          step.replies.add('ET') // FT 241
        }
      } else if (step.em === 'Active') {
        step.replies.add('EK') // D-EM-06
      } else {
        step.replies.add('EE') // FT 244
      }
      break

    case 'ER':
      if (step.em === 'Proposed') {
        fireEm(step, 'reject', 'None') // FT 231
        step.replies.add('EK')
      } else if (step.em === 'None') {
        step.replies.add('EK') // D-EM-06
      } else {
        step.replies.add('EE') // FT 244
      }
      break

    case 'ET':
      if (step.em === 'Active' || step.em === 'Revise') {
        fireEm(step, 'terminate', 'Exited') // FT 232, 233
        step.replies.add('EK')
      } else if (step.em === 'Exited') {
        step.replies.add('EK') // FT 234
      } else {
        step.replies.add('EE') // FT 244, D-EM-07
      }
      break

    case 'EE':
      step.replies.add('EK') // FT 242
      step.replies.add('GI') // FT 242
      return 'ok' // repairs nothing: decision 3

    case 'EK':
      return 'ok' // FT 243; no reply, repairs nothing: decision 3

    default:
      return 'no-row' // no such message type
  }

  if (!viable) {
    endEmbargo(step) // D-EM-10, D-EM-12, decision 3: the pending termination, after the row
  }
  if ((step.replies.has('ER') || step.replies.has('ET')) && !step.replies.has('EE')) {
    // D-EM-11, decision 5 (dropped in `result` where EK is required anyway). Beside EE it was
    // open, decided: docs/decisions. An acknowledgement contradicts an error.
    step.optional.add('EK')
  }
  return 'ok'
}

function receiveC(step: Step, cell: Cell): Applied {
  switch (cell.type) {
    case 'CV':
    case 'CF':
    case 'CD':
      step.replies.add('CK') // FT 315-317, D-CS-17, D-CS-26
      return 'ok'

    case 'CP':
      step.replies.add('CK') // FT 318-321
      if (has(step, 'p')) {
        publicAware(step, false) // FT 318-320, D-CS-06, D-EM-23
      } else {
        endEmbargo(step) // FT 321 with D-CS-07
      }
      return 'ok'

    case 'CX':
      step.replies.add('CK') // FT 322-326
      if (has(step, 'x')) {
        exploitPublic(step, true) // FT 322-324 with D-CS-03 (CP is due); FT 325 with D-CS-07
      } else {
        endEmbargo(step) // FT 326 with D-CS-07; at pX also D-CS-15
      }
      return 'ok'

    case 'CX+CP':
      step.replies.add('CK') // FT 322-326, decision 10
      if (has(step, 'x')) {
        exploitPublic(step, false) // FT 322-325; the message says CP itself: decision 10
      } else {
        endEmbargo(step) // D-CS-07
      }
      return 'ok'

    case 'CA':
      step.replies.add('CK') // FT 327-331
      if (has(step, 'a')) {
        attacksObserved(step) // FT 327-330 with D-CS-01, D-CS-07
      } else {
        endEmbargo(step) // FT 331 with D-CS-07, D-CS-18
      }
      return 'ok'

    case 'CE':
      step.replies.add('CK') // FT 332, D-MS-02
      step.replies.add('GI') // FT 332
      return 'ok'

    case 'CK':
      return 'ok' // FT 333

    default:
      return 'no-row' // no such message type
  }
}

function receiveG(step: Step, cell: Cell): Applied {
  switch (cell.type) {
    case 'GI':
      step.replies.add('GK') // FT 373
      return 'ok'
    case 'GK':
      return 'ok' // FT 374
    case 'GE':
      step.replies.add('GI') // FT 375, D-MS-03
      return 'ok'
    default:
      return 'no-row' // no such message type
  }
}

// ------------------------------------------------------------------------------------------------
// Both ways
// ------------------------------------------------------------------------------------------------

/** RS that answers a pending proposal accepts it (NEG 148). */
function tacitAcceptance(step: Step, cell: Cell): void {
  if (cell.answers && step.em === 'Proposed' && embargoViable(step)) {
    fireEm(step, 'accept', 'Active') // D-EM-25, contract, decision 11
  }
}

function send(step: Step, cell: Cell): Applied {
  switch (cell.type.charAt(0)) {
    case 'R':
      return sendR(step, cell)
    case 'E':
      return sendE(step, cell)
    case 'C':
      return sendC(step, cell)
    case 'G':
      return sendG(cell)
    default:
      return 'no-row' // decision 13
  }
}

function receive(step: Step, cell: Cell): Applied {
  if (step.rm === 'Closed') {
    return receiveInClosed(step, cell) // FT 130
  }
  switch (cell.type.charAt(0)) {
    case 'R':
      return receiveR(step, cell)
    case 'E':
      return receiveE(step, cell)
    case 'C':
      return receiveC(step, cell)
    case 'G':
      return receiveG(step, cell)
    default:
      return 'no-row' // no such message type
  }
}

function result(step: Step): Result {
  const replies = [...step.replies].sort()
  const optional = [...step.optional].filter((type) => !step.replies.has(type)).sort()
  return {
    rm: step.rm,
    em: step.em,
    cs: step.cs,
    fired: [...step.rmFired, ...step.csFired, ...step.emFired], // decision 12
    replies,
    optional,
  }
}

export function adopted(cell: Cell): Result {
  const step: Step = {
    rm: cell.rm,
    em: cell.em,
    cs: cell.cs,
    rmFired: [],
    csFired: [],
    emFired: [],
    replies: new Set<string>(),
    optional: new Set<string>(),
  }

  leaveEphemeralState(step, cell.type) // contract: forced events first, then the row

  if (cell.way === 'sent') {
    const sent = send(step, cell)
    if (sent !== 'ok') {
      return { left: sent } // contract: a refused step changes nothing
    }
    dischargeDues(step, cell)
    return result(step)
  }

  const received = receive(step, cell)
  if (received !== 'ok') {
    return { left: received }
  }
  return result(step)
}
