/**
 * Local steps, written a second time and as plainly as the twin of the step function in `adopted.ts`: an oracle, and
 * nothing else.
 *
 * It was written from the documents: the machines as transcribed (`rm.txt`, `em.txt`, `cs.txt`), the page on local events
 * (docs/log.md), the decisions (docs/decisions 0002 and 0003, cited as `decision 2` and so on), and the errata (`D-…`).
 * Every branch names what it follows.
 *
 * Adopted: a local step is what the participant would announce by a message, so it needs what the row for that message
 * needs, does what that does, and the announcement is due. Published: an edge of the machine, and nothing is due.
 */

export interface LocalCell {
  protocol: 'adopted' | 'published'
  event: string
  roles: readonly string[]
  rm: string
  em: string
  /** Six letters for a vendor, four (dpxa) for a deployer that is no vendor, three (pxa) for all others. */
  cs: string
}

export type LocalResult =
  | { left: 'no-row' | 'role' }
  | { rm: string; em: string; cs: string; fired: string[]; replies: string[] }

interface Step {
  rm: string
  em: string
  cs: string
  rmFired: string[]
  csFired: string[]
  emFired: string[]
  due: Set<string>
}

const has = (step: Step, letter: string): boolean => step.cs.includes(letter)

function fireRm(step: Step, event: string, next: string): void {
  step.rm = next
  step.rmFired.push('rm.' + event)
}

function fireEm(step: Step, event: string, next: string): void {
  step.em = next
  step.emFired.push('em.' + event)
}

function fireCs(step: Step, event: string): void {
  step.cs = step.cs.replace(event.toLowerCase(), event)
  step.csFired.push('cs.' + event)
}

// --- what follows from an event in the adopted reading (decision 3) ---

/** P, X and A end an embargo; whose own EM changes announces it. */
function endEmbargo(step: Step): void {
  if (step.em === 'Proposed') {
    fireEm(step, 'reject', 'None') // D-CS-07
    step.due.add('ER') // D-EM-23
  } else if (step.em === 'Active' || step.em === 'Revise') {
    fireEm(step, 'terminate', 'Exited') // D-CS-07
    step.due.add('ET') // D-EM-23
  }
}

function becomeAware(step: Step): void {
  fireCs(step, 'V') // D-CS-06
  step.due.add('CV') // D-CS-09
  if (step.rm === 'Start') {
    fireRm(step, 'receive', 'Received') // D-CS-06, D-CS-09
  }
}

/** A state that may only be passed through is left: pX by P, a vendor's vP by V (D-CS-05, D-CS-06, D-CS-31). */
function leaveEphemeral(step: Step): void {
  if (has(step, 'p') && has(step, 'X')) {
    fireCs(step, 'P')
    step.due.add('CP') // D-CS-03
    endEmbargo(step)
  }
  if (has(step, 'v') && has(step, 'P')) {
    becomeAware(step)
  }
}

// --- adopted ---

function takeAdopted(step: Step, cell: LocalCell): 'ok' | 'no-row' | 'role' {
  const closed = step.rm === 'Closed'
  switch (cell.event) {
    case 'discover':
      if (step.rm !== 'Start') return 'no-row' // D-RM-03, D-RM-04: r only from Start
      fireRm(step, 'receive', 'Received')
      return 'ok' // nothing announces r

    case 'validate':
      if (step.rm !== 'Received' && step.rm !== 'Invalid') return 'no-row' // rm.txt
      fireRm(step, 'validate', 'Valid')
      step.due.add('RV') // D-RM-02
      return 'ok'

    case 'invalidate':
      if (step.rm !== 'Received') return 'no-row' // rm.txt, D-RM-01
      fireRm(step, 'invalidate', 'Invalid')
      step.due.add('RI')
      return 'ok'

    case 'accept':
      if (step.rm !== 'Valid' && step.rm !== 'Deferred') return 'no-row' // rm.txt
      fireRm(step, 'accept', 'Accepted')
      step.due.add('RA')
      return 'ok'

    case 'defer':
      if (step.rm !== 'Valid' && step.rm !== 'Accepted') return 'no-row' // rm.txt
      fireRm(step, 'defer', 'Deferred')
      step.due.add('RD')
      return 'ok'

    case 'close':
      if (step.rm !== 'Invalid' && step.rm !== 'Deferred' && step.rm !== 'Accepted') return 'no-row' // rm.txt, D-RM-05
      fireRm(step, 'close', 'Closed')
      step.due.add('RC')
      return 'ok'

    case 'learn P':
    case 'learn X':
    case 'learn A': {
      if (closed) return 'ok' // D-CS-35: recorded silently; in Closed nothing changes
      const letter = cell.event.slice(-1)
      if (has(step, letter)) {
        endEmbargo(step) // D-CS-07: what should have ended is ended now
        return 'ok'
      }
      fireCs(step, letter)
      step.due.add('C' + letter) // D-CS-34
      endEmbargo(step) // D-CS-07
      return 'ok' // what X forces comes afterwards
    }

    case 'aware':
      if (closed) return 'no-row' // D-CS-09: not C
      if (!cell.roles.includes('vendor')) return 'role' // D-CS-09
      if (!has(step, 'v')) return 'no-row' // cs.txt: V only from v
      becomeAware(step)
      return 'ok'

    case 'expire':
      if (closed) return 'ok' // D-EM-49: the timer of a closed case changes nothing
      if (step.em !== 'Active' && step.em !== 'Revise') return 'no-row' // D-EM-16
      fireEm(step, 'terminate', 'Exited')
      step.due.add('ET') // D-EM-16
      return 'ok'

    case 'ready':
      if (closed) return 'no-row' // D-CS-11
      if (!cell.roles.includes('vendor')) return 'role' // D-CS-12
      if (!has(step, 'V') || !has(step, 'f') || step.rm !== 'Accepted') return 'no-row' // cs.txt, D-CS-11
      fireCs(step, 'F')
      step.due.add('CF')
      return 'ok'

    case 'deployed':
      if (closed) return 'no-row' // D-CS-11
      if (!cell.roles.includes('deployer')) return 'role' // D-CS-12
      if (!has(step, 'd') || has(step, 'f')) return 'no-row' // cs.txt: D after F; D-CS-13: without f from d
      if (step.rm !== 'Accepted' && step.rm !== 'Deferred') return 'no-row' // D-CS-11
      fireCs(step, 'D')
      step.due.add('CD')
      return 'ok'

    default:
      return 'no-row'
  }
}

// --- published: edges of the machines, nothing is due, nothing follows (decision 2) ---

function takePublished(step: Step, cell: LocalCell): 'ok' | 'no-row' {
  if (step.rm === 'Closed') return 'no-row' // rm.txt: no edge leaves C; every CS and EM row needs not C
  switch (cell.event) {
    case 'discover':
      if (step.rm !== 'Start') return 'no-row'
      fireRm(step, 'receive', 'Received')
      return 'ok'
    case 'validate':
      if (step.rm !== 'Received' && step.rm !== 'Invalid') return 'no-row'
      fireRm(step, 'validate', 'Valid')
      return 'ok'
    case 'invalidate':
      if (step.rm !== 'Received') return 'no-row'
      fireRm(step, 'invalidate', 'Invalid')
      return 'ok'
    case 'accept':
      if (step.rm !== 'Valid' && step.rm !== 'Deferred') return 'no-row'
      fireRm(step, 'accept', 'Accepted')
      return 'ok'
    case 'defer':
      if (step.rm !== 'Valid' && step.rm !== 'Accepted') return 'no-row'
      fireRm(step, 'defer', 'Deferred')
      return 'ok'
    case 'close':
      if (step.rm !== 'Invalid' && step.rm !== 'Deferred' && step.rm !== 'Accepted') return 'no-row'
      fireRm(step, 'close', 'Closed')
      return 'ok'
    case 'learn P':
    case 'learn X':
    case 'learn A': {
      // Published has CS without forced successors: each letter from its lower case.
      const letter = cell.event.slice(-1)
      if (has(step, letter)) return 'no-row'
      fireCs(step, letter)
      return 'ok'
    }
    case 'aware':
      if (!has(step, 'v')) return 'no-row'
      fireCs(step, 'V')
      if (step.rm === 'Start') fireRm(step, 'receive', 'Received') // FT 288: V and r together
      return 'ok'
    case 'expire':
      if (step.em !== 'Active' && step.em !== 'Revise') return 'no-row'
      fireEm(step, 'terminate', 'Exited')
      return 'ok'
    case 'ready':
      if (!has(step, 'V') || !has(step, 'f')) return 'no-row'
      fireCs(step, 'F')
      return 'ok'
    case 'deployed':
      if (!has(step, 'F') || !has(step, 'd')) return 'no-row' // cs.txt has D from VFd alone; a deployer's d is D-CS-13
      fireCs(step, 'D')
      return 'ok'
    default:
      return 'no-row'
  }
}

export function local(cell: LocalCell): LocalResult {
  const step: Step = { rm: cell.rm, em: cell.em, cs: cell.cs, rmFired: [], csFired: [], emFired: [], due: new Set() }
  const adopted = cell.protocol === 'adopted'
  // Forced events first, then the step, then forced events again (decision 3); but in Closed nothing changes.
  if (adopted && step.rm !== 'Closed') leaveEphemeral(step)
  const taken = adopted ? takeAdopted(step, cell) : takePublished(step, cell)
  if (taken !== 'ok') return { left: taken }
  if (adopted && step.rm !== 'Closed') leaveEphemeral(step)
  return {
    rm: step.rm, em: step.em, cs: step.cs,
    fired: [...step.rmFired, ...step.csFired, ...step.emFired],
    replies: [...step.due].sort(),
  }
}
