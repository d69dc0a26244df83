/**
 * The published trees about embargoes (BT-26 to BT-29).
 *
 * Nodes, order and labels are those of the drawings; what a label means is in `leaves.ts`, which also sets right what is drawn
 * wrongly. Nodes that a drawing lacks are `added`, with their erratum. Source: docs/topics/behavior_logic/ in CERTCC/Vultron.
 *
 * @module
 */
import { action, cond, fallback, sequence, type PublishedTree } from './drawing.js'

/** The published trees about embargoes (BT-26 to BT-29). */
export const embargoTrees = [
  {
    id: 'BT-26', name: 'Embargo Management', source: 'em_bt.md:29',
    root: fallback(
      cond('RM S or C?'),
      cond('EM X?'),
      sequence(cond('CS not in pxa?'), cond('EM N?')),
      sequence(cond('EM N?'), fallback(cond('stop trying?'), cond('propose'))),
      sequence(cond('EM P?'), fallback(action('terminate'), action('evaluate'), sequence(action('reject'), action('EM P → N (emit ER)')))),
      sequence(cond('EM A?'), fallback(action('terminate'), cond('current terms ok?'), action('propose'))),
      sequence(cond('EM R?'), fallback(action('terminate'), action('evaluate'), sequence(action('reject'), action('EM R → A (emit EJ)')))),
    ),
  },
  {
    id: 'BT-27', name: 'Propose Embargo', source: 'em_propose_bt.md:19',
    root: sequence(
      cond('CS in ...pxa?'),
      fallback(cond('CS ..d...?'), cond('other reason')),
      action('select terms'),
      fallback(
        sequence(cond('EM P or R?'), cond('no new proposal?')),
        sequence(cond('EM N or P?'), action('EM → P (emit EP)')),
        sequence(cond('EM A or R?'), action('EM → R (emit EV)')),
      ),
    ),
  },
  {
    id: 'BT-28', name: 'Evaluate Proposed Embargo', source: 'em_eval_bt.md:19',
    root: fallback(sequence(action('evaluate'), action('accept'), action('EM → A (emit EA)')), sequence(cond('willing to counter?'), action('propose'))),
  },
  {
    id: 'BT-29', name: 'Terminate Embargo', source: 'em_terminate_bt.md:19',
    root: fallback(
      cond('EM N or X?'),
      sequence(cond('EM P?'), fallback(cond('CS not in ...pxa?'), cond('other reason?')), action('EM P → N (emit ER)')),
      sequence(
        cond('EM A or R?'),
        fallback(cond('CS not in ...pxa?'), cond('timer expired?'), cond('other reason?')),
        action('exit embargo'),
        action('EM → X (emit ET)'),
      ),
    ),
  },
] as const satisfies ReadonlyArray<PublishedTree>
