/**
 * The published trees that begin, and that take in messages (BT-01 to BT-10).
 *
 * Nodes, order and labels are those of the drawings; what a label means is in `leaves.ts`, which also sets right what is drawn
 * wrongly. Nodes that a drawing lacks are `added`, with their erratum. Source: docs/topics/behavior_logic/ in CERTCC/Vultron.
 *
 * @module
 */
import { action, cond, fallback, loop, sequence, type PublishedTree } from './drawing.js'

/** The published trees that begin, and that take in messages (BT-01 to BT-10). */
export const messageTrees = [
  {
    id: 'BT-01', name: 'CVD (root)', source: 'cvd_bt.md:16',
    root: loop('once', sequence(action('Discover Vulnerability'), action('Receive Messages'), action('Report Management'), action('Embargo Management'))),
  },
  {
    id: 'BT-02', name: 'Discover Vulnerability', source: 'vuldisco_bt.md:21',
    root: fallback(
      cond('RM not in S'),
      sequence(
        cond('discovery capability'),
        cond('discovery priority'),
        action('discover vulnerability'),
        action('RM S → R (emit RS)'),
        fallback(cond('not a vendor'), action('CS v → V (emit CV)')),
      ),
      cond('no vulnerability found'),
    ),
  },
  {
    id: 'BT-03', name: 'Receive Messages', source: 'msg_intro_bt.md:51',
    root: loop('failure',
      sequence(
        cond('RM in C?'),
        cond('msg queue not empty?'),
        fallback(
          sequence(
            action('pop msg'),
            fallback(action('process RM messages'), action('process EM messages'), action('process CS messages'), action('process other messages')),
          ),
          action('push msg'),
        ),
      ),
    ),
  },
  {
    id: 'BT-04', name: 'Process RM Messages', source: 'msg_rm_bt.md:25',
    root: sequence(
      cond('msg ∈ M_rm?'),
      fallback(
        cond('is RK msg?'),
        sequence(
          fallback(
            sequence(
              cond('is RS msg?'),
              fallback(cond('RM not in S?'), action('RM → R')),
              fallback(cond('role != vendor?'), cond('CS in V.....?'), action('CS → Vfd... (emit CV)')),
            ),
            sequence(cond('is RE msg?'), action('emit GI')),
            sequence(cond('RM not in S?'), action('update sender status')),
          ),
          action('emit RK'),
        ),
        action('emit RE'),
      ),
    ),
  },
  {
    id: 'BT-05', name: 'Process EM Messages', source: 'msg_em_bt.md:26',
    root: sequence(
      cond('msg ∈ M_em?'),
      fallback(
        cond('is EK msg?'),
        sequence(
          fallback(
            sequence(cond('is EE msg?'), action('emit GI')),
            sequence(cond('is ET msg?'), fallback(cond('EM in X?'), sequence(cond('EM in A or R?'), action('EM → X')))),
            sequence(cond('is ER msg?'), fallback(cond('EM in N?'), sequence(cond('EM in P?'), action('EM → N')))),
            sequence(cond('CS in ...pxa?'), action('handle viable embargo')),
            sequence(cond('CS not in ...pxa?'), action('terminate embargo')),
          ),
          action('emit EK'),
        ),
        action('emit EE'),
      ),
    ),
  },
  {
    id: 'BT-06', name: 'Handle Viable Embargo Message (subtree of BT-05)', source: 'msg_em_bt.md:118',
    root: fallback(
      sequence(cond('is EP msg?'), fallback(cond('EM in P?'), sequence(cond('EM in N?'), action('EM → P')))),
      sequence(cond('is EA msg?'), fallback(cond('EM in A?'), sequence(cond('EM in P?'), action('EM → A')))),
      sequence(cond('is EV msg?'), fallback(cond('EM in R?'), sequence(cond('EM in A?'), action('EM → R')))),
      sequence(
        cond('is EJ or EC msg?'),
        fallback(
          cond('EM in A?'),
          sequence(cond('EM in R?'), fallback(sequence(cond('is EJ msg?'), action('EM → A')), sequence(cond('is EC msg?'), action('EM → A')))),
        ),
      ),
    ),
  },
  {
    id: 'BT-07', name: 'Process CS Messages', source: 'msg_cs_bt.md:25',
    root: sequence(
      cond('msg ∈ M_cs?'),
      fallback(
        cond('is CK msg?'),
        sequence(
          fallback(
            action('Handle CS Participant-agnostic status msg'),
            action('Handle CS Participant-specific status msg'),
            sequence(cond('is CE msg?'), action('emit GI')),
          ),
          action('emit CK'),
        ),
        action('emit CE'),
      ),
    ),
  },
  {
    id: 'BT-08', name: 'CS Participant-agnostic Status (subtree of BT-07)', source: 'msg_cs_bt.md:78',
    root: sequence(
      fallback(
        sequence(cond('is CP msg?'), fallback(cond('CS not in ...P..?'), action('CS → ...P..'))),
        sequence(
          cond('is CX msg?'),
          fallback(
            cond('CS not in ...PX.?'),
            sequence(fallback(cond('CS in ...X..?'), action('CS → ....X.')), fallback(cond('CS in ...PX.?'), action('CS → ...PX. (emit CP)'))),
          ),
        ),
        sequence(cond('is CA msg?'), fallback(cond('CS not in .....A?'), action('CS → .....A'))),
      ),
      action('terminate embargo'),
    ),
  },
  {
    id: 'BT-09', name: 'CS Participant-specific Status (subtree of BT-07)', source: 'msg_cs_bt.md:159',
    root: sequence(cond('is CV, CF, or CD msg?'), action('update sender status')),
  },
  {
    id: 'BT-10', name: 'Process Other Messages', source: 'msg_other_bt.md:5',
    root: sequence(
      cond('msg ∈ M_*?'),
      fallback(cond('is GK msg?'), sequence(fallback(cond('is GI msg?'), sequence(cond('is GE msg?'), action('emit GI'))), action('emit GK'))),
    ),
  },
] as const satisfies ReadonlyArray<PublishedTree>
